import {
  type Askable,
  decimalsOf,
  type Finding,
  formatDay,
  formatPercent,
  type Position,
  positionFromFacts,
  rateFromE8,
  type Seen,
} from "../../core/index.ts";
import type { Limitation } from "../../legal/index.ts";
import { dayOption, withBook } from "../../office/book.ts";
import { amount, Declined, dayOrDash, type Io, table, WrongUse } from "../../office/io.ts";
import { limitationLine } from "../../office/limitation/of.ts";
import { type Claim, claimLine } from "../../office/loans/claims.ts";
import { findingLine } from "../../office/loans/findings.ts";
import { type PromiseTold, promiseLine } from "../../office/loans/promises.ts";
import { shownOf, usualDay } from "../../office/loans/shown.ts";
import { FIGURE_WORDS } from "../../office/loans/why-words.ts";
import { tellPerson } from "../../office/people/known.ts";
import { factsOf, type LoanFile, loanFile } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { figureAsked, tellStatement, tellWhy } from "../working.ts";

export const options = {
  "as-of": { type: "string" },
  "known-on": { type: "string" },
  lender: { type: "string" },
  why: { type: "string" },
  statement: { type: "boolean" },
} as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [id] = asked.words;
  if (!id) throw new WrongUse(say.missing[io.language]("LOAN", "arrears show L000123 --as-of 2026-03-31"));
  return withBook(place, io, async (db) => {
    const file = await loanFile(db, id, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](id));
    const asOf = dayOption(asked.text("as-of"), "--as-of", io) ?? usualDay(file, io);
    const knownOn = dayOption(asked.text("known-on"), "--known-on", io);
    const seen: Seen = knownOn === undefined ? { asOf } : { asOf, knownOn };
    const position = positionFromFacts(file.key, factsOf(file), () => file.product, asOf, knownOn);
    if (!position) {
      const on = formatDay(file.stored.disbursedOn);
      throw new Declined(
        io.language === "zh"
          ? `该日尚无此贷款：放款日 ${on}`
          : `there is no such loan on that day: paid out on ${on}`,
      );
    }
    const figure = figureAsked(asked.text("why"), io);
    if (figure) return tellWhy(io, file, figure, seen);
    if (asked.flag("statement")) return tellStatement(io, file, seen);
    const { claim, askable, findings, promises, person, limited, json } = shownOf(file, position, seen);
    const zone = file.borrower.zone ?? file.lender.zone;
    io.object(json);
    tell(io, file, position, askable, claim, findings, promises, limited);
    if (person) tellPerson(io, person, zone);
    return 0;
  });
}

const WORDS = {
  en: {
    contract: "contract",
    paidOut: "paid out",
    per: { day: "a day", month: "a month", year: "a year" },
    asOf: "as of",
    status: "status",
    outstanding: "principal outstanding",
    dpd: "days past due",
    oldest: "oldest unpaid due day",
    arrears: "past due",
    disputed: "of which disputed, not to be asked for",
    askable: "to be asked for",
    charges: "charges",
    claimable: "claimable",
    onRequest: "on the borrower's request",
    differences: "where the report and the contract's own arithmetic part (the report stands):",
    next: "next due",
    payoff: "to pay off today",
    unapplied: "unapplied",
    promise: "promise to pay",
    limitation: "limitation ends",
    heads: ["n", "due on", "principal", "interest", "paid", "balance after", ""],
    paid: "paid",
    overdue: "past due",
    fed: "fed: the core system reports the balance; its schedule is not kept here",
  },
  zh: {
    contract: "合同",
    paidOut: "放款",
    per: { day: "每日", month: "每月", year: "每年" },
    asOf: "截至",
    status: "状态",
    outstanding: "剩余本金",
    dpd: "逾期天数",
    oldest: "最早未还应还日",
    arrears: "逾期欠款",
    disputed: "其中有异议，不得催收",
    askable: "可催收",
    charges: "费用",
    claimable: "上限内可主张",
    onRequest: "须借款人请求",
    differences: "报送数字与按合同推算的差异（以报送为准）：",
    next: "下期应还",
    payoff: "当日结清金额",
    unapplied: "未分配款",
    promise: "承诺还款",
    limitation: "诉讼时效届满",
    heads: ["期", "应还日", "本金", "利息", "已还", "期后本金", ""],
    paid: "已还清",
    overdue: "逾期",
    fed: "余额由核心系统报送，此处不保存还款计划",
  },
} as const;

function tell(
  io: Io,
  file: LoanFile,
  position: Position,
  askable: Askable,
  claim: Claim,
  findings: readonly Finding[],
  promises: readonly PromiseTold[],
  limited: Limitation | undefined,
): void {
  const words = WORDS[io.language];
  const { stored, product } = file;
  const { currency } = product.terms;
  const decimals = decimalsOf(currency);
  const money = (value: number) => amount(value, decimals);
  const rate = formatPercent(rateFromE8(stored.rateE8, product.terms.ratePer));
  const { arrears } = position;
  const parts = (["principal", "interest", "lateInterest", "fee", "penalty", "recoveryCost"] as const)
    .filter((part, i) => i < 3 || arrears[part] > 0)
    .map((part) => `${PART_WORDS[part][io.language]} ${money(arrears[part])}`);
  const lines: [string, string][] = [
    [
      words.contract,
      `${currency} ${money(stored.principal)} · ${rate} % ${words.per[product.terms.ratePer]} · ${stored.installments} × ${product.terms.method} · ${words.paidOut} ${formatDay(stored.disbursedOn)}`,
    ],
    [words.asOf, formatDay(position.asOf)],
    [words.status, position.status],
    [words.outstanding, money(position.outstanding)],
    [words.dpd, `${position.dpd} (${position.band})`],
    [words.oldest, dayOrDash(position.dueOn)],
    [words.arrears, `${money(arrears.total)}  =  ${parts.join(" + ")}`],
    ...(askable.disputed === 0
      ? []
      : ([
          [words.disputed, money(askable.disputed)],
          [words.askable, money(askable.sum)],
        ] as [string, string][])),
    [
      words.next,
      position.nextDue ? `${formatDay(position.nextDue.on)}  ${money(position.nextDue.amount)}` : "–",
    ],
    [words.payoff, money(position.payoff)],
  ];
  if (position.unapplied > 0) lines.push([words.unapplied, money(position.unapplied)]);
  for (const promise of promises) lines.push([words.promise, promiseLine(promise, money, io.language)]);
  if (limited) lines.push([words.limitation, limitationLine(limited, io)]);
  if ("ceiling" in claim) lines.push([words.claimable, claimLine(claim, file, words.onRequest, money)]);
  io.out(`${file.id} · ${file.lender.name} · ${product.code}`);
  io.out(table(["", ""], lines, ["left", "left"]).split("\n").slice(2).join("\n"));
  io.out("");
  if (position.source === "fed") {
    io.out(words.fed);
    if (findings.length > 0) io.out(`\n${words.differences}`);
    for (const finding of findings) io.out(`  ${findingLine(finding, io, money)}`);
    return;
  }
  const rows = position.installments.map((row) => {
    const paid = row.principalPaid + row.interestPaid;
    const whole = paid === row.principal + row.interest;
    const state = whole ? words.paid : row.dueOn < position.asOf ? words.overdue : "";
    return [
      String(row.n),
      formatDay(row.dueOn),
      money(row.principal),
      money(row.interest),
      money(paid),
      money(row.balance),
      state,
    ];
  });
  io.out(table(words.heads, rows, ["right", "left", "right", "right", "right", "right", "left"]));
}

const PART_WORDS = {
  ...FIGURE_WORDS,
  principal: { en: "principal", zh: "本金" },
  interest: { en: "interest", zh: "利息" },
  lateInterest: { en: "late interest", zh: "逾期利息" },
} as const;
