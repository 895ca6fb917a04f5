import { type Books, chargeOpen, isClosed, payoffOf } from "./books.ts";
import { type Day, NEVER } from "./calendar.ts";
import type {
  BalanceReported,
  ChargeKind,
  EntryReversed,
  Fact,
  LoanBooked,
  LoanStatus,
  MoneyFact,
} from "./facts.ts";
import { isMoneyFact } from "./ledger.ts";
import { inBookedOrder } from "./loan.ts";
import { type Minor, minor, ZERO } from "./money.ts";
import { booksFromFacts, positionFromFacts, positionOfBooks, type Seen } from "./position.ts";
import { type Product, termsOf } from "./product.ts";
import { type Head, type Heads, type StatementLine, statementOf } from "./statement.ts";
import { invariant } from "./trouble.ts";

/** The heads under which something is owed, as accounts are named after them. */
const NAMES = {
  principal: "Principal",
  interest: "Interest",
  lateInterest: "LateInterest",
  fee: "Fee",
  penalty: "Penalty",
  recoveryCost: "RecoveryCost",
} as const satisfies Record<Exclude<Head, "unapplied">, string>;
type OwedHead = keyof typeof NAMES;
type Name = (typeof NAMES)[OwedHead];
const OWED = Object.keys(NAMES) as OwedHead[];

/** Where a debt that is owed still is carried at nothing: its contra account. */
type OffBooks = "WrittenOff" | "Assigned";

/** Accounts that each loan has for itself. */
export type LoanAccount =
  | `Assets:${"Receivable" | OffBooks}:${Name}`
  | "Liabilities:Unapplied"
  | "Liabilities:Reversed";

/** Accounts of the book as a whole. */
export type BookAccount =
  | "Assets:Bank"
  | "Assets:CostsAdvanced"
  | "Assets:Assignments"
  | "Liabilities:DueToAssignee"
  | "Equity:Reported"
  | "Income:Interest"
  | "Income:LateInterest"
  | "Income:Fees"
  | "Income:Penalties"
  | "Income:Recoveries"
  | "Expenses:Judgments"
  | `Expenses:${"Waivers" | "Settlements" | "WriteOff"}:${Name}`;

export type Account = LoanAccount | BookAccount;

export const BOOK_ACCOUNTS: readonly BookAccount[] = [
  "Assets:Bank",
  "Assets:CostsAdvanced",
  "Assets:Assignments",
  "Liabilities:DueToAssignee",
  "Equity:Reported",
  "Income:Interest",
  "Income:LateInterest",
  "Income:Fees",
  "Income:Penalties",
  "Income:Recoveries",
  "Expenses:Judgments",
  ...(["Waivers", "Settlements", "WriteOff"] as const).flatMap((why) =>
    OWED.map((head) => `Expenses:${why}:${NAMES[head]}` as const),
  ),
];

const ofBook: ReadonlySet<string> = new Set(BOOK_ACCOUNTS);
export const isLoanAccount = (account: Account): account is LoanAccount => !ofBook.has(account);

/** Above zero is a debit, below zero a credit. */
export interface Posting {
  readonly account: Account;
  readonly amount: Minor;
}

export interface Transaction {
  /** The day from which it counts. */
  readonly on: Day;
  /** The day it was entered, where that is another. */
  readonly bookedOn?: Day;
  readonly description: string;
  /** Id of the fact behind it, if one is. */
  readonly fact?: string;
  readonly postings: readonly Posting[];
}

/**
 * A loan's life as double entry.
 *
 * Takes   its facts in any order, `LoanBooked` among them; its product; the day, and whose knowledge of it.
 * Gives   transactions in order of their days; `undefined` before the pay-out.
 * Holds   each transaction sums to zero; on each day the loan's accounts are the heads of its position on that day, with
 *         what is held unapplied as a liability.
 */
export function transactionsFromFacts(
  facts: readonly Fact[],
  product: (id: number) => Product,
  { asOf, knownOn = NEVER }: Seen,
): Transaction[] | undefined {
  const known = inBookedOrder(facts).filter(({ on }) => on <= knownOn);
  const first = known.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!first || first.disbursedOn > asOf) return undefined;
  const ofLoan = product(first.product);
  if (ofLoan.source === "fed") return ofReports(first, known, asOf);
  const lines = statementOf(termsOf(first, ofLoan), known, ofLoan, { asOf })!;
  // Both are in order of day, and sorting keeps the order within one.
  return [...transactionsOf(lines), ...ofReversed(known, asOf)].sort((a, b) => a.on - b.on);
}

// --- kept loans ------------------------------------------------------------------------------------------------------

const NOTHING_OWED: Readonly<Record<OwedHead, number>> = {
  principal: 0,
  interest: 0,
  lateInterest: 0,
  fee: 0,
  penalty: 0,
  recoveryCost: 0,
};

/** The lines of a statement of account as balanced transactions. */
export function transactionsOf(lines: readonly StatementLine[]): Transaction[] {
  const transactions: Transaction[] = [];
  const owed = { ...NOTHING_OWED };
  let before: OffBooks | undefined;
  for (const line of lines) {
    const entry = new Entry();
    for (const head of OWED) {
      owed[head] += line.change[head];
      entry.add(`Assets:Receivable:${NAMES[head]}`, line.change[head]);
    }
    entry.add("Liabilities:Unapplied", -line.change.unapplied);
    entry.add("Assets:Bank", bankOf(line));
    if (before === undefined) addCounters(entry, line);
    else addOffBooks(entry, line.change, before);
    const after = offBooksOf(line.status);
    if (after !== before) carryOver(entry, owed, before, after);
    before = after;
    const fact = line.kind === "fact" ? line.fact : undefined;
    const told = fact && { fact: fact.id, ...(fact.on === fact.valueOn ? {} : { bookedOn: fact.on }) };
    const transaction = { on: line.on, ...told, description: describe(line), postings: entry.postings() };
    if (transaction.postings.length > 0) transactions.push(transaction);
  }
  return transactions;
}

/** A transaction as it is put together: one posting an account. */
class Entry {
  private readonly amounts = new Map<Account, number>();

  add(account: Account, amount: number): void {
    this.amounts.set(account, (this.amounts.get(account) ?? 0) + amount);
  }

  get rest(): number {
    let sum = 0;
    for (const amount of this.amounts.values()) sum += amount;
    return -sum;
  }

  postings(): Posting[] {
    invariant(this.rest === 0, `debits and credits of a transaction differ by ${this.rest}`);
    return [...this.amounts]
      .filter(([, amount]) => amount !== 0)
      .map(([account, amount]) => ({ account, amount: minor(amount) }));
  }
}

/** Money that came into the bank, or left it. */
function bankOf(line: StatementLine): number {
  if (line.kind === "payout") return -line.change.principal;
  if (line.kind !== "fact") return 0;
  if (line.fact.kind === "PaymentReceived") return line.fact.amount;
  return line.fact.kind === "RefundPaid" ? -line.fact.amount : 0;
}

const INCOME: Readonly<Record<ChargeKind, BookAccount>> = {
  fee: "Income:Fees",
  penalty: "Income:Penalties",
  // What the lender paid to a court stands in its own books; here it is passed on, and is no income.
  "recovery-cost": "Assets:CostsAdvanced",
};

/** What stands against the loan's accounts while it is on the books. */
function addCounters(entry: Entry, line: StatementLine): void {
  const { change } = line;
  switch (line.kind) {
    case "interest":
      entry.add("Income:Interest", -change.interest);
      break;
    case "late-interest":
      entry.add("Income:LateInterest", -change.lateInterest);
      break;
    case "late-fee":
      entry.add("Income:Penalties", -change.penalty);
      break;
    case "fact":
      addCountersOfFact(entry, line.fact, line);
  }
}

function addCountersOfFact(
  entry: Entry,
  fact: MoneyFact,
  { change, paid, status }: { change: Heads; paid: Heads; status: LoanStatus },
): void {
  const givenUp = (why: "Waivers" | "Settlements", heads: readonly OwedHead[]): void => {
    for (const head of heads) entry.add(`Expenses:${why}:${NAMES[head]}`, -change[head] - paid[head]);
  };
  switch (fact.kind) {
    case "ChargeAdded":
      entry.add(INCOME[fact.charge], -fact.amount);
      break;
    case "ClaimWaived":
      givenUp("Waivers", OWED);
      break;
    case "PaymentReceived":
      if (status === "settled") givenUp("Settlements", OWED);
      break;
    case "PlanReplaced":
      // What is made principal is a posting from one receivable to the other, and needs no third account.
      if (fact.interest === "waive") givenUp("Waivers", ["interest"]);
      if (fact.late === "waive") givenUp("Waivers", ["lateInterest", "fee", "penalty", "recoveryCost"]);
      break;
    case "JudgmentEntered":
      // Costs awarded are costs advanced; all else is one sum, for a judgment knows no late interest beside interest.
      if (change.recoveryCost > 0) entry.add("Assets:CostsAdvanced", -change.recoveryCost);
      entry.add("Expenses:Judgments", entry.rest);
  }
}

const offBooksOf = (status: LoanStatus): OffBooks | undefined =>
  status === "written-off" ? "WrittenOff" : status === "assigned" ? "Assigned" : undefined;

/**
 * Off the books, what is owed and its contra account change together, so that neither interest that runs nor a waiver is
 * income or loss. Only money is: recovered, or collected for whom the debt now belongs to.
 */
function addOffBooks(entry: Entry, change: Heads, where: OffBooks): void {
  for (const head of OWED) entry.add(`Assets:${where}:${NAMES[head]}`, -change[head]);
  entry.add(where === "WrittenOff" ? "Income:Recoveries" : "Liabilities:DueToAssignee", entry.rest);
}

/** The debt leaves the books, or comes back to them, with all that is owed. */
function carryOver(
  entry: Entry,
  owed: Readonly<Record<OwedHead, number>>,
  before: OffBooks | undefined,
  after: OffBooks | undefined,
): void {
  for (const head of OWED) {
    const name = NAMES[head];
    for (const [where, amount] of [
      [before, owed[head]],
      [after, -owed[head]],
    ] as const) {
      if (where !== undefined) entry.add(`Assets:${where}:${name}`, amount);
      // What was written off before it was sold is worth nothing on either side: the price is all gain.
      else
        entry.add(
          (before ?? after) === "Assigned" ? "Assets:Assignments" : `Expenses:WriteOff:${name}`,
          amount,
        );
    }
  }
}

const WORDS: Readonly<Record<MoneyFact["kind"], string>> = {
  PaymentReceived: "payment received",
  ChargeAdded: "charge",
  ClaimWaived: "waiver",
  AgeingPaused: "pause",
  AgeingResumed: "resumed",
  PlanReplaced: "new plan",
  LoanAccelerated: "acceleration",
  JudgmentEntered: "judgment",
  SettlementAgreed: "settlement agreed",
  RefundPaid: "refund",
  WrittenOff: "write-off",
  LoanAssigned: "assignment",
};

function describe(line: StatementLine): string {
  switch (line.kind) {
    case "payout":
      return "pay-out";
    case "interest":
      return `interest of installment ${line.run.installment}, ${line.run.days} days`;
    case "late-interest":
      return "late interest";
    case "late-fee":
      return `late fee of installment ${line.installments.join(", ")}`;
    case "applied":
      return "money held unapplied meets what fell due";
    case "fact":
      return WORDS[line.fact.kind];
  }
}

/**
 * Money whose entry was reversed. For the loan it never came; the bank saw it come and go, so it waits in between on an
 * account of its own.
 */
function ofReversed(known: readonly Fact[], asOf: Day): Transaction[] {
  const transactions: Transaction[] = [];
  for (const [fact, reversal] of reversedIn(known)) {
    if (fact.kind !== "PaymentReceived" && fact.kind !== "RefundPaid") continue;
    const amount = fact.kind === "PaymentReceived" ? fact.amount : minor(-fact.amount);
    const back = Math.max(fact.valueOn, reversal.on) as Day;
    const common = { fact: fact.id };
    const came = moved(amount);
    const description = `${WORDS[fact.kind]}, reversed later`;
    const bookedOn = fact.on === fact.valueOn ? {} : { bookedOn: fact.on };
    if (fact.valueOn <= asOf)
      transactions.push({ on: fact.valueOn, ...bookedOn, ...common, description, postings: came });
    if (back <= asOf)
      transactions.push({ on: back, ...common, description: "reversal", postings: moved(minor(-amount)) });
  }
  return transactions;
}

const moved = (amount: Minor): Posting[] =>
  amount === 0
    ? []
    : [
        { account: "Assets:Bank", amount },
        { account: "Liabilities:Reversed", amount: minor(-amount) },
      ];

function reversedIn(known: readonly Fact[]): [MoneyFact, EntryReversed][] {
  const pairs: [MoneyFact, EntryReversed][] = [];
  let standing: MoneyFact[] = [];
  for (const fact of known) {
    if (isMoneyFact(fact)) standing.push(fact);
    if (fact.kind !== "EntryReversed") continue;
    for (const one of standing) if (one.id === fact.id) pairs.push([one, fact]);
    standing = standing.filter(({ id }) => id !== fact.id);
  }
  return pairs;
}

// --- fed loans -------------------------------------------------------------------------------------------------------

/** What a core system reports is a balance and no movement: each report moves it against `Equity:Reported`. */
function ofReports(first: LoanBooked, known: readonly Fact[], asOf: Day): Transaction[] {
  const transactions: Transaction[] = [];
  let before: Reported = { principal: 0, charges: 0, off: false };
  const tell = (on: Day, bookedOn: Day, next: Reported, description: string): void => {
    const entry = new Entry();
    entry.add("Assets:Receivable:Principal", next.principal - before.principal);
    entry.add("Assets:Receivable:LateInterest", next.charges - before.charges);
    entry.add("Assets:WrittenOff:Principal", contra(next, "principal") - contra(before, "principal"));
    entry.add("Assets:WrittenOff:LateInterest", contra(next, "charges") - contra(before, "charges"));
    entry.add("Equity:Reported", entry.rest);
    const postings = entry.postings();
    before = next;
    if (postings.length > 0)
      transactions.push({ on, ...(bookedOn === on ? {} : { bookedOn }), description, postings });
  };
  tell(first.disbursedOn, first.on, { principal: first.principal, charges: 0, off: false }, "lent");
  for (const report of reportsOf(first, known)) {
    if (report.asOf > asOf) break;
    const { principal, charges, status } = report;
    tell(report.asOf, report.on, { principal, charges, off: status === "written-off" }, "balance reported");
  }
  return transactions;
}

interface Reported {
  readonly principal: number;
  readonly charges: number;
  readonly off: boolean;
}
const contra = (reported: Reported, what: "principal" | "charges"): number =>
  reported.off ? -reported[what] : 0;

/** The last word on each day, in order of the days; a report for a day before the pay-out says nothing. */
function reportsOf(first: LoanBooked, known: readonly Fact[]): BalanceReported[] {
  const byDay = new Map<Day, BalanceReported>();
  for (const fact of known)
    if (fact.kind === "BalanceReported" && fact.asOf >= first.disbursedOn) byDay.set(fact.asOf, fact);
  return [...byDay.values()].sort((a, b) => a.asOf - b.asOf);
}

// --- what the position says ------------------------------------------------------------------------------------------

/**
 * What a loan's accounts must hold on a day, from its position: books counted in one go, and not from the statement.
 *
 * Gives   every account that is not zero; those that are not named hold nothing. `Liabilities:Reversed` is no part of a
 *         position.
 */
export function balancesFromFacts(
  key: { bucket: number; n: number },
  facts: readonly Fact[],
  product: (id: number) => Product,
  seen: Seen,
): Map<LoanAccount, Minor> | undefined {
  const first = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!first) return undefined;
  const ofLoan = product(first.product);
  if (ofLoan.source === "fed") {
    const position = positionFromFacts(key, facts, product, seen.asOf, seen.knownOn);
    if (!position) return undefined;
    const { outstanding: principal, arrears, status } = position;
    return balances({ ...NOTHING_OWED, principal, lateInterest: arrears.lateInterest }, ZERO, status);
  }
  const books = booksFromFacts(facts, product, seen);
  return books && balances(owedBy(books, ofLoan), books.unapplied, books.status);
}

function owedBy(books: Books, product: Product): Record<OwedHead, number> {
  const { outstanding: principal, arrears } = positionOfBooks(books, product);
  const charges = { fee: 0, penalty: 0, "recovery-cost": 0 };
  for (const one of books.charges) charges[one.kind] += chargeOpen(one);
  const { fee, penalty, "recovery-cost": recoveryCost } = charges;
  const { lateInterest } = arrears;
  // A position tells interest past due; what has run since is the rest of what would close the loan.
  const rest = principal + lateInterest + fee + penalty + recoveryCost;
  const interest = isClosed(books) ? 0 : payoffOf(books, product) - rest;
  return { principal, interest, lateInterest, fee, penalty, recoveryCost };
}

function balances(
  owed: Readonly<Record<OwedHead, number>>,
  unapplied: Minor,
  status: LoanStatus,
): Map<LoanAccount, Minor> {
  const found = new Map<LoanAccount, Minor>();
  const off = offBooksOf(status);
  for (const head of OWED) {
    if (owed[head] === 0) continue;
    found.set(`Assets:Receivable:${NAMES[head]}`, minor(owed[head]));
    if (off) found.set(`Assets:${off}:${NAMES[head]}`, minor(-owed[head]));
  }
  if (unapplied !== 0) found.set("Liabilities:Unapplied", minor(-unapplied));
  return found;
}
