import {
  type DaysCounted,
  type Figure,
  type Fraction,
  formatDay,
  formatExact,
  formatPercent,
  type LateRun,
  type LoanTerms,
  type Product,
  type Rate,
  type Why,
  type WhyPart,
  type WhyRow,
  wideOf,
} from "../../core/index.ts";
import { type Align, amount, count, type Language, table } from "../io.ts";
import { lineSentence, signed } from "./statement-words.ts";

type Words = Readonly<Record<Language, string>>;

export const FIGURE_WORDS: Readonly<Record<Figure | "interestRun", Words>> = {
  dpd: { en: "days past due", zh: "逾期天数" },
  outstanding: { en: "principal outstanding", zh: "剩余本金" },
  arrears: { en: "past due", zh: "逾期欠款" },
  principal: { en: "principal past due", zh: "逾期本金" },
  interest: { en: "interest past due", zh: "逾期未付利息" },
  interestRun: { en: "interest run", zh: "已计利息" },
  lateInterest: { en: "late interest", zh: "逾期利息（罚息）" },
  fee: { en: "fees", zh: "费用" },
  penalty: { en: "late fees", zh: "违约金" },
  recoveryCost: { en: "costs of recovery", zh: "实现债权的费用" },
  unapplied: { en: "held unapplied", zh: "未分配款" },
  contractual: { en: "owed in all", zh: "合同债权总额" },
  payoff: { en: "to pay off", zh: "结清金额" },
  claimable: { en: "claimable under the ceiling", zh: "上限内可主张金额" },
};

const ROUNDING: Readonly<Record<string, Words>> = {
  "half-up": { en: "half up", zh: "四舍五入" },
  "half-even": { en: "half to even", zh: "四舍六入五成双" },
  up: { en: "up", zh: "向上取整" },
  down: { en: "down", zh: "向下取整" },
};

const PER: Readonly<Record<Rate["per"], Words>> = {
  day: { en: "a day", zh: "每日" },
  month: { en: "a month", zh: "每月" },
  year: { en: "a year", zh: "每年" },
};

/** What the words are about: the loan's contract, and how its money is written. */
export interface Telling {
  readonly language: Language;
  readonly decimals: number;
  readonly terms: LoanTerms;
  readonly product: Product;
}

/** A figure's working as lines of text. */
export function whyLines(why: Why, telling: Telling): string[] {
  const { language } = telling;
  const money = moneyOf(telling);
  const name = FIGURE_WORDS[why.figure][language];
  const lines = [`${name}: ${why.kind === "days" ? count(why.days) : money(why.amount)}`, ""];
  switch (why.kind) {
    case "sum":
      return [...lines, ...sumLines(why.parts, telling)];
    case "rows":
      return [...lines, rowsTable(why.rows, telling)];
    case "account":
      return [...lines, ...accountLines(why, telling)];
    case "late":
      return [...lines, ...lateLines(why, telling)];
    case "days":
      return [...lines, ...daysLines(why.count, telling)];
    case "ceiling":
      return [...lines, ...ceilingLines(why, telling)];
  }
}

export const moneyOf =
  ({ decimals }: Telling) =>
  (value: number): string =>
    amount(value, decimals);

function sumLines(parts: readonly WhyPart[], telling: Telling): string[] {
  const { language } = telling;
  const money = moneyOf(telling);
  const rows = parts
    .filter((part) => part.amount !== 0)
    .map((part) => [FIGURE_WORDS[part.figure][language], money(part.amount)]);
  if (rows.length === 0) return [language === "zh" ? "没有任何欠款。" : "Nothing is owed."];
  const asked =
    language === "zh"
      ? "各项均可再问：--why outstanding、interest、lateInterest 等。"
      : "Each part can be asked in turn: --why outstanding, interest, lateInterest …";
  return [plain(rows, ["left", "right"]), "", asked];
}

function rowsTable(rows: readonly WhyRow[], telling: Telling): string {
  const money = moneyOf(telling);
  if (rows.length === 0)
    return telling.language === "zh" ? "没有逾期未还的分期。" : "No installment is past due.";
  const heads =
    telling.language === "zh"
      ? ["期", "应还日", "应还", "已还", "减免或转出", "未还"]
      : ["n", "due on", "asked", "paid", "released", "open"];
  return table(
    heads,
    rows.map((row) => [
      String(row.installment),
      formatDay(row.dueOn),
      money(row.asked),
      money(row.paid),
      money(row.released),
      money(row.open),
    ]),
    ["right", "left", "right", "right", "right", "right"],
  );
}

function accountLines(why: Extract<Why, { kind: "account" }>, telling: Telling): string[] {
  const money = moneyOf(telling);
  if (why.lines.length === 0)
    return [telling.language === "zh" ? "没有任何变动。" : "Nothing ever moved it."];
  let sum = 0;
  const rows = why.lines.map((line) => {
    sum += line.change[why.head];
    return [
      formatDay(line.on),
      lineSentence(line, telling),
      signed(line.change[why.head], money),
      money(sum),
    ];
  });
  const heads =
    telling.language === "zh" ? ["日期", "摘要", "变动", "余额"] : ["day", "entry", "change", "balance"];
  return [table(heads, rows, ["left", "left", "right", "right"])];
}

function lateLines(why: Extract<Why, { kind: "late" }>, telling: Telling): string[] {
  const { language, product } = telling;
  const money = moneyOf(telling);
  const lines = [lateRule(telling)];
  for (const run of why.runs) lines.push("", ...runLines(run, telling));
  if (why.lines.length > 0) {
    const rows = why.lines.map((line) => [
      formatDay(line.on),
      lineSentence(line, telling),
      signed(line.change.lateInterest, money),
    ]);
    lines.push("", plain(rows, ["left", "left", "right"]));
  }
  if (why.runs.length === 0 && !product.lateInterest)
    return [language === "zh" ? "该产品不计逾期利息。" : "The product charges no late interest."];
  return lines;
}

function lateRule({ language, product, terms }: Telling): string {
  const { lateInterest, grace, terms: productTerms } = product;
  const rounding = ROUNDING[productTerms.rounding.mode]![language];
  if (!lateInterest) return "";
  const { rate } = lateInterest;
  const told =
    "times" in rate
      ? language === "zh"
        ? `合同利率 ${rateWords(terms.rate, language)} 的 ${decimalOf(rate.times)} 倍`
        : `${decimalOf(rate.times)} times the contract's ${rateWords(terms.rate, language)}`
      : rateWords(rate, language);
  const base =
    lateInterest.on === "principal"
      ? { en: "overdue principal", zh: "逾期本金" }
      : { en: "overdue principal and interest", zh: "逾期本息" };
  const spared =
    grace === undefined
      ? { en: "", zh: "" }
      : grace.free
        ? { en: `, ${grace.days} days of grace left out`, zh: `，宽限期 ${grace.days} 天不计` }
        : {
            en: `, once ${grace.days} days of grace are over`,
            zh: `，宽限期 ${grace.days} 天届满仍未还的自应还日起计`,
          };
  const compound = lateInterest.compound
    ? {
        en: "; overdue interest bears the same rate (compound interest)",
        zh: "；逾期利息部分按同一利率计收复利",
      }
    : { en: "", zh: "" };
  return language === "zh"
    ? `规则：按${told}，以${base.zh}为基数，自应还日次日起逐日计算${spared.zh}${compound.zh}；合计后一次取整到分（${rounding}）。`
    : `Rule: ${told}, on ${base.en}, for each day after the due day${spared.en}${compound.en}; summed, then rounded once, ${rounding}.`;
}

function runLines(run: LateRun, telling: Telling): string[] {
  const { language } = telling;
  const money = moneyOf(telling);
  const percent = `${decimalOf(timesHundred(run.rate))} %`;
  const rows = run.segments.map((segment) => [
    String(segment.installment),
    `${formatDay(segment.from)} … ${formatDay(segment.through)}`,
    money(segment.base),
    String(segment.days),
    percent,
    exact(segment.base * segment.days, run.rate, telling),
  ]);
  const heads =
    language === "zh"
      ? ["期", "计息期间（首日不计）", "基数", "天数", "日利率", "乘积"]
      : ["n", "days after … through", "base", "days", "a day", "product"];
  const what =
    run.what === "compound-interest"
      ? { en: "compound interest on overdue interest", zh: "对逾期利息计收的复利" }
      : { en: "late interest", zh: "逾期利息" };
  const total = exact(run.units, run.rate, telling);
  return [
    `${what[language]}:`,
    table(heads, rows, ["right", "left", "right", "right", "right", "right"]),
    language === "zh"
      ? `合计 ${total}，取整为 ${money(run.rounded)}`
      : `sum ${total}, rounded ${money(run.rounded)}`,
  ];
}

function daysLines(counted: DaysCounted | undefined, { language, product }: Telling): string[] {
  const zh = language === "zh";
  if (!counted)
    return [zh ? "没有已过应还日而未还清的分期。" : "No installment is past its due day and unpaid."];
  const { from, lastDayToPay, elapsed, paused, graceDays } = counted;
  const since = product.dpd?.since === "unbroken-arrears";
  const lines = [
    zh
      ? since
        ? `自 ${formatDay(from)} 起一直有逾期未还款项`
        : `最早未还清的应还日：${formatDay(from)}`
      : since
        ? `something has been past due without a break since ${formatDay(from)}`
        : `oldest due day not fully paid: ${formatDay(from)}`,
  ];
  if (lastDayToPay !== from)
    lines.push(
      zh
        ? `应还日为休息日，可于 ${formatDay(lastDayToPay)} 按期还款`
        : `it is a day off: what was due could be paid in time on ${formatDay(lastDayToPay)}`,
    );
  const basis = product.dpd?.basis === "30/360" ? " (30/360)" : "";
  lines.push(zh ? `其后经过 ${elapsed} 天${basis}` : `days since then: ${elapsed}${basis}`);
  if (paused > 0)
    lines.push(zh ? `减去暂停的 ${paused} 天` : `less ${paused} days on which the count stood still`);
  if (graceDays > 0) lines.push(zh ? `宽限期 ${graceDays} 天` : `days of grace: ${graceDays}`);
  lines.push(zh ? `账龄段 M${counted.band}` : `band M${counted.band}`);
  return lines;
}

function ceilingLines(why: Extract<Why, { kind: "ceiling" }>, telling: Telling): string[] {
  const { language } = telling;
  const zh = language === "zh";
  const money = moneyOf(telling);
  const { claim, principalDays } = why;
  const { ceiling, reduced } = claim;
  const rate = `${formatPercent(ceiling.rate)} %`;
  const days = money(principalDays);
  const rows = [
    [
      zh
        ? `允许的最高成本：本金 × 天数之和 ${days} × ${rate} ÷ ${ceiling.yearDays}`
        : `may have cost: principal x days, summed, ${days} x ${rate} / ${ceiling.yearDays}`,
      money(claim.allowed),
    ],
    [zh ? "已计利息、罚息、费用合计" : "charged: interest, late interest, fees", money(claim.charged)],
    [zh ? "超出部分" : "beyond the ceiling", money(claim.excess)],
    [zh ? "合同债权总额" : "owed in all", money(claim.contractual)],
    [zh ? "从未付罚息中减去" : "off unpaid late interest and late fees", signed(-reduced.penalty, money)],
    [zh ? "从未付费用中减去" : "off unpaid fees", signed(-reduced.fee, money)],
    [zh ? "从未付利息中减去" : "off unpaid interest", signed(-reduced.interest, money)],
    [zh ? "可主张金额" : "claimable", money(claim.claimable)],
  ];
  if (claim.paidAbove > 0)
    rows.push([zh ? "已付超出部分" : "paid above the ceiling", money(claim.paidAbove)]);
  const state = `${ceiling.cite} · ${ceiling.force} · ${ceiling.verification}`;
  const request = ceiling.onRequest
    ? zh
      ? "该上限须借款人向法院请求方予调减；未请求时合同约定仍属应付。"
      : "A court cuts to this line only if the borrower asks for it; until then the contract's sum is owed."
    : zh
      ? "超过该上限的部分，法院不予支持。"
      : "A court does not grant what is above this line.";
  return [plain(rows, ["left", "right"]), "", state, request];
}

const plain = (rows: string[][], align: Align[]): string =>
  table(rows[0]?.map(() => "") ?? [], rows, align)
    .split("\n")
    .slice(2)
    .join("\n");

const rateWords = (rate: Rate, language: Language): string =>
  language === "zh"
    ? `${PER[rate.per].zh} ${formatPercent(rate)} %`
    : `${formatPercent(rate)} % ${PER[rate.per].en}`;

function timesHundred(rate: Fraction): Fraction {
  const { numerator, denominator } = wideOf(rate);
  return {
    numerator: Number.NaN,
    denominator: Number.NaN,
    wide: { numerator: numerator * 100n, denominator },
  };
}

/** An exact decimal, or its first ten decimals and an ellipsis. */
function decimalOf(share: Fraction): string {
  const { numerator, denominator } = wideOf(share);
  return formatExact(numerator, denominator);
}

/** Amount x days x rate, in the currency's units, exact. */
function exact(units: number, rate: Fraction, telling: Telling): string {
  const { numerator, denominator } = wideOf(rate);
  return formatExact(BigInt(units) * numerator, denominator * 10n ** BigInt(telling.decimals));
}
