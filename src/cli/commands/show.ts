import {
  type Books,
  booksFromFacts,
  type Ceiling,
  claimableOf,
  type Day,
  decimalsOf,
  FIGURES,
  type Figure,
  type Finding,
  findingsOf,
  formatDay,
  formatMoney,
  formatPercent,
  type LoanBooked,
  nearest,
  type Position,
  positionFromFacts,
  rateFromE8,
  replay,
  type Seen,
  statementOf,
  termsOf,
  why,
} from "../../core/index.ts";
import { factsOf, type LoanFile, loanFile } from "../../store/index.ts";
import { dayOption, todayAt, withBook } from "../book.ts";
import { ceilingOf } from "../ceilings.ts";
import { amount, Declined, dayOrDash, type Io, table, WrongUse } from "../io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { claimableJson, positionJson } from "../position-json.ts";
import { statementJson, whyJson } from "../why-json.ts";
import { FIGURE_WORDS, statementTable, type Telling, whyLines } from "../why-words.ts";

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
  return withBook(place, async (db) => {
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
    const claim = claimOn(file, seen);
    const findings = position.source === "fed" ? reportedFindings(file, seen) : [];
    io.object(jsonOf(file, position, claim, findings));
    tell(io, file, position, claim, findings);
    return 0;
  });
}

// --- what can be claimed, and where a report and our own derivation part --------------------------------------------

/** The books with the ceiling that holds for them, or why there is none. */
type Claim = { readonly books: Books; readonly ceiling: Ceiling } | { readonly none: string };

function claimOn(file: LoanFile, seen: Seen): Claim {
  if (file.product.source === "fed") return { none: "fed" };
  const books = booksFromFacts(factsOf(file), () => file.product, seen);
  const ceiling = ceilingOf(file.lender, file.product, file.stored, seen.asOf);
  if (!ceiling.ok) return { none: ceiling.refusal.says };
  return books ? { books, ceiling: ceiling.value } : { none: "" };
}

function reportedFindings(file: LoanFile, { asOf, knownOn }: Seen): Finding[] {
  const known = factsOf(file).filter(
    (fact) =>
      (knownOn === undefined || fact.on <= knownOn) &&
      (fact.kind === "LoanBooked" || (fact.kind === "BalanceReported" && fact.asOf <= asOf)),
  );
  const loan = replay(file.key, known, () => file.product);
  return loan ? findingsOf(loan, file.product) : [];
}

// --- why ---------------------------------------------------------------------------------------------------------

function figureAsked(word: string | undefined, io: Io): Figure | undefined {
  if (word === undefined) return undefined;
  const figure = FIGURES.find((known) => known === word);
  if (figure) return figure;
  const near = nearest(word, FIGURES);
  const known = FIGURES.join(", ");
  throw new WrongUse(
    io.language === "zh"
      ? `没有名为“${word}”的数字${near ? `；是否指 ${near}？` : ""}可选：${known}`
      : `there is no figure "${word}"${near ? `; did you mean ${near}?` : ""} Known are ${known}`,
  );
}

function questionOf(file: LoanFile, seen: Seen, io: Io) {
  const facts = factsOf(file);
  const booked = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!booked || file.product.source === "fed")
    throw new Declined(
      io.language === "zh"
        ? "报送的贷款只有报送的数字，此处没有其计算过程；差异见 arrears show"
        : "a fed loan has the figures that were reported and no working of ours; arrears show lists where they differ",
    );
  return { terms: termsOf(booked, file.product), facts, product: file.product, ...seen };
}

function tellingOf(file: LoanFile, terms: Telling["terms"], io: Io): Telling {
  const decimals = decimalsOf(file.product.terms.currency);
  return { language: io.language, decimals, terms, product: file.product };
}

function tellWhy(io: Io, file: LoanFile, figure: Figure, seen: Seen): number {
  const claim = claimOn(file, seen);
  const ceiling = "ceiling" in claim ? { ceiling: claim.ceiling } : {};
  const question = questionOf(file, seen, io);
  const found = why(figure, { ...question, ...ceiling });
  if (!found) throw new Declined("none" in claim ? claim.none : "");
  const telling = tellingOf(file, question.terms, io);
  io.object({ loan: file.id, asOf: formatDay(seen.asOf), ...whyJson(found, telling) });
  io.out(`${file.id} · ${formatDay(seen.asOf)}`);
  for (const line of whyLines(found, telling)) io.out(line);
  return 0;
}

function tellStatement(io: Io, file: LoanFile, seen: Seen): number {
  const question = questionOf(file, seen, io);
  const lines = statementOf(question.terms, question.facts, question.product, seen) ?? [];
  const telling = tellingOf(file, question.terms, io);
  for (const line of lines) io.object({ loan: file.id, ...statementJson(line, telling) });
  io.out(`${file.id} · ${file.lender.name} · ${file.product.code} · ${formatDay(seen.asOf)}`);
  io.out(statementTable(lines, telling));
  return 0;
}

/** The last closed day where the book has closed any, so that a sample of the past shows its own last day. */
export function usualDay(file: LoanFile, io: Io): Day {
  const { closedThrough, openOn } = file.lender;
  const today = todayAt(file.lender, io);
  return closedThrough >= file.stored.disbursedOn && closedThrough < today
    ? closedThrough
    : (Math.max(openOn - 1, file.stored.disbursedOn) as Day);
}

function jsonOf(
  file: LoanFile,
  position: Position,
  claim: Claim,
  findings: readonly Finding[],
): Record<string, unknown> {
  const { currency } = file.product.terms;
  const decimals = decimalsOf(currency);
  return {
    loan: file.id,
    lender: file.lender.code,
    product: file.product.code,
    source: position.source,
    currency,
    principal: formatMoney(file.stored.principal, decimals),
    ...positionJson(position, decimals),
    ...("ceiling" in claim ? claimableJson(claim.books, file.product, claim.ceiling, decimals) : {}),
    ...(position.source === "fed" ? { differences: findings.map((one) => findingJson(one, decimals)) } : {}),
  };
}

const findingJson = (finding: Finding, decimals: number): Record<string, unknown> =>
  "reported" in finding
    ? {
        code: finding.code,
        reported: formatMoney(finding.reported, decimals),
        derived: formatMoney(finding.derived, decimals),
      }
    : {
        code: finding.code,
        reported: finding.reportedOn === undefined ? null : formatDay(finding.reportedOn),
        derived: finding.derivedOn === undefined ? null : formatDay(finding.derivedOn),
      };

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
    charges: "charges",
    claimable: "claimable",
    onRequest: "on the borrower's request",
    differences: "where the report and the contract's own arithmetic part (the report stands):",
    next: "next due",
    payoff: "to pay off today",
    unapplied: "unapplied",
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
    charges: "费用",
    claimable: "上限内可主张",
    onRequest: "须借款人请求",
    differences: "报送数字与按合同推算的差异（以报送为准）：",
    next: "下期应还",
    payoff: "当日结清金额",
    unapplied: "未分配款",
    heads: ["期", "应还日", "本金", "利息", "已还", "期后本金", ""],
    paid: "已还清",
    overdue: "逾期",
    fed: "余额由核心系统报送，此处不保存还款计划",
  },
} as const;

function tell(io: Io, file: LoanFile, position: Position, claim: Claim, findings: readonly Finding[]): void {
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
    [
      words.next,
      position.nextDue ? `${formatDay(position.nextDue.on)}  ${money(position.nextDue.amount)}` : "–",
    ],
    [words.payoff, money(position.payoff)],
  ];
  if (position.unapplied > 0) lines.push([words.unapplied, money(position.unapplied)]);
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

/** The figure, the line it rests on, and how far that text was checked. */
function claimLine(
  { books, ceiling }: { books: Books; ceiling: Ceiling },
  file: LoanFile,
  onRequest: string,
  money: (value: number) => string,
): string {
  const found = claimableOf(books, file.product, ceiling);
  const request = ceiling.onRequest ? ` · ${onRequest}` : "";
  return `${money(found.claimable)}  ≤ ${formatPercent(ceiling.rate)} %${request} · ${ceiling.rule} (${ceiling.verification})`;
}

const FINDING_WORDS = {
  "principal-above-lent": { en: "principal above what was lent", zh: "剩余本金高于放款本金" },
  "ended-with-principal": { en: "paid off, with principal left", zh: "已结清但仍有本金" },
  "not-a-due-day": {
    en: "the oldest unpaid day is none of the contract's due days",
    zh: "最早未还日并非合同应还日",
  },
  "due-day-differs": { en: "oldest unpaid due day", zh: "最早未还应还日" },
  "arrears-differ": { en: "past due without charges", zh: "逾期欠款（不含费用）" },
} as const;

function findingLine(finding: Finding, io: Io, money: (value: number) => string): string {
  const [reported, derived] =
    "reported" in finding
      ? [money(finding.reported), money(finding.derived)]
      : [dayOrDash(finding.reportedOn), dayOrDash(finding.derivedOn)];
  const words = FINDING_WORDS[finding.code][io.language];
  return io.language === "zh"
    ? `${words}：报送 ${reported}，推算 ${derived}`
    : `${words}: reported ${reported}, by the contract ${derived}`;
}
