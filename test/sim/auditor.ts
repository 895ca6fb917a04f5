import { addDays, type Day, formatDay, NEVER } from "../../src/core/index.ts";
import type { LoanRecord } from "../../src/intake/index.ts";
import type { Dump } from "../support/memory-store.ts";
import type { World } from "./world.ts";

/**
 * Checks a closed book against the rules, written from the rules and not from the engine's code: it knows the world's
 * events and reads the journal as text. It walks day by day and counts in BigInt, which is slow and plain.
 *
 * Gives   one sentence for each thing that is wrong.
 */
export function audit(world: World, dump: Dump): string[] {
  const wrong: string[] = [];
  const journals = new Map(
    Object.entries(dump.loans).map(([id, { facts }]) => [id, facts.map((text) => readFact(text))]),
  );
  for (const loan of world.loans) {
    const journal = journals.get(loan.loanId);
    const say = (text: string) => wrong.push(`${loan.loanId}: ${text}`);
    if (!journal) {
      say("is not in the book");
      continue;
    }
    arrivals(world, loan, journal, say);
    holdsKept(journal, say);
    // The auditor knows payments and what undoes them; other loans are held against the replay of their journals instead.
    if (loan.product !== "fed" && !journal.some(({ kind }) => BY_HAND.includes(kind)))
      balances(world, loan, journal, JSON.parse(dump.loans[loan.loanId]!.state), say);
  }
  contacts(world, journals, dump, (text) => wrong.push(text));
  arms(world, journals, (text) => wrong.push(text));
  // A hold on a person waits, on a loan that is paid out only after the last day, for that day.
  const last = formatDay(world.through);
  for (const waiting of dump.waiting)
    if (waiting.split(" ")[1]! <= last) wrong.push(`still waits: ${waiting}`);
  return wrong;
}

/** Kinds of money facts whose effect the auditor does not count again. */
const BY_HAND = [
  "ChargeAdded",
  "ClaimWaived",
  "AgeingPaused",
  "AgeingResumed",
  "PlanReplaced",
  "LoanAccelerated",
  "JudgmentEntered",
  "SettlementAgreed",
  "RefundPaid",
  "WrittenOff",
  "LoanAssigned",
];

interface Told {
  readonly on: string;
  readonly kind: string;
  readonly body: { readonly [name: string]: string | number | null };
}

function readFact(text: string): Told {
  const [on, kind] = text.split(" ", 2);
  return { on: on!, kind: kind!, body: JSON.parse(text.slice(on!.length + kind!.length + 2)) };
}

/** Each payment, reversal and entry by hand of the world stands in the journal once, on the day on which it arrived. */
function arrivals(
  world: World,
  loan: LoanRecord,
  journal: readonly Told[],
  say: (text: string) => void,
): void {
  const MONEY = ["PaymentReceived", "EntryReversed", ...BY_HAND];
  const sent = world.events
    .filter((event) => event.loan === loan && MONEY.includes(event.fact.kind))
    .map(({ fact }) => `${formatDay(fact.on)} ${fact.kind} ${"id" in fact ? fact.id : ""}`);
  const kept = journal
    .filter(({ kind }) => MONEY.includes(kind))
    .map(({ on, kind, body }) => `${on} ${kind} ${body.id}`);
  if (sent.sort().join() !== kept.sort().join())
    say(`money sent ${sent.join("; ")}, in the journal ${kept.join("; ")}`);
  if (journal.filter(({ kind }) => kind === "LoanBooked").length !== 1) say("is not booked exactly once");
  for (let i = 1; i < journal.length; i++)
    if (journal[i]!.on < journal[i - 1]!.on) say(`fact ${i + 1} is booked before fact ${i}`);
}

/** No contact is planned on a day on which a hold of the loan is in force. */
function holdsKept(journal: readonly Told[], say: (text: string) => void): void {
  const holds = new Map<string, string>();
  for (const { on, kind, body } of journal) {
    if (kind === "HoldPlaced")
      holds.set(String(body.hold), body.until === null ? "9999-12-31" : formatDay(body.until as Day));
    else if (kind === "HoldLifted") holds.delete(String(body.hold));
    else if (kind === "StepPlanned") {
      for (const [hold, until] of holds)
        if (until >= on) say(`${body.step} is planned on ${on} under a ${hold} hold`);
    }
  }
}

/** Under one version a borrower is in one arm, whichever of his loans and whenever; and who is a hold-out is not called. */
function arms(
  world: World,
  journals: ReadonlyMap<string, readonly Told[]>,
  say: (text: string) => void,
): void {
  const seen = new Map<string, string>();
  for (const loan of world.loans) {
    for (const { kind, body } of journals.get(loan.loanId) ?? []) {
      if (kind === "StageEntered" && body.arm !== undefined) {
        const under = `${loan.borrowerId} ${body.strategy}`;
        const arm = String(body.arm);
        if ((seen.get(under) ?? arm) !== arm) say(`${under}: in ${seen.get(under)} and in ${arm}`);
        seen.set(under, arm);
      }
      if (kind === "StepPlanned" && seen.get(`${loan.borrowerId} ${body.strategy}`) === "quiet")
        if (!["reminder", "options"].some((what) => String(body.step).includes(what)))
          say(`${loan.loanId}: ${body.step} is planned for a hold-out`);
    }
  }
}

/** At most one message and one call a borrower a day, between 08:00 and 22:00, and each in the outbox once. */
function contacts(
  world: World,
  journals: ReadonlyMap<string, readonly Told[]>,
  dump: Dump,
  say: (text: string) => void,
): void {
  const planned = new Map<string, Set<string>>();
  const wanted = new Set<string>();
  for (const loan of world.loans) {
    for (const { on, kind, body } of journals.get(loan.loanId) ?? []) {
      if (kind !== "StepPlanned") continue;
      const act = String(body.action).split("/")[1]!;
      wanted.add(`${loan.borrowerId} ${body.action}`);
      const hour = ((((body.slot as number) + 8 * 3_600_000) / 3_600_000) % 24) as number;
      if (hour < 8 || hour >= 22) say(`${loan.loanId}: ${body.step} is planned for hour ${hour} in Shanghai`);
      if (act !== "message" && act !== "call") continue;
      const day = `${loan.borrowerId} ${on} ${act}`;
      planned.set(day, (planned.get(day) ?? new Set()).add(String(body.action)));
    }
  }
  for (const [day, actions] of planned) if (actions.size > 1) say(`${day}: ${actions.size} on one day`);
  const listed = new Set<string>();
  for (const text of dump.actions) {
    const [on, borrower] = text.split(" ", 2);
    const { act, item } = JSON.parse(text.slice(on!.length + borrower!.length + 2));
    const id = `${borrower} ${on}/${act}${item === 0 ? "" : `/${item}`}`;
    if (listed.has(id)) say(`${id} is in the outbox twice`);
    listed.add(id);
    if (!String(act).startsWith("ask") && !wanted.has(id))
      say(`${id} is in the outbox and no step asked for it`);
  }
  for (const id of wanted) if (!listed.has(id)) say(`${id} is planned and not in the outbox`);
}

// --- balances ----------------------------------------------------------------------------------------------------

interface Row {
  readonly dueOn: number;
  principal: bigint;
  interest: bigint;
  readonly fullInterest: bigint;
  /** Outstanding principal during its period. */
  readonly balance: bigint;
}

const least = (a: bigint, b: bigint): bigint => [a, b].sort((x, y) => Number(x - y))[0]!;

const halfUp = (over: bigint, under: bigint): bigint => (2n * over + under) / (2n * under);

function dueDays(loan: LoanRecord): number[] {
  const from = new Date(loan.disbursedOn * 86_400_000);
  return Array.from({ length: loan.installments }, (_, i) => {
    if (loan.product === "weekly") return loan.disbursedOn + 7 * (i + 1);
    const months = from.getUTCMonth() + i + 1;
    const last = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
    return Date.UTC(from.getUTCFullYear(), months, Math.min(from.getUTCDate(), last)) / 86_400_000;
  });
}

/** Equal principal, the odd cent in the last row (weekly: in the first), interest by days on what is outstanding. */
function planOf(loan: LoanRecord): Row[] {
  const rate = { over: BigInt(loan.rate.numerator), under: 10n ** BigInt(loan.rate.scale) };
  const count = BigInt(loan.installments);
  const part = halfUp(BigInt(loan.principal), count);
  const odd = loan.product === "weekly" ? 0 : loan.installments - 1;
  let balance = BigInt(loan.principal);
  let from: number = loan.disbursedOn;
  return dueDays(loan).map((dueOn, i) => {
    const principal = i === odd ? BigInt(loan.principal) - part * (count - 1n) : part;
    const interest = halfUp(balance * rate.over * BigInt(dueOn - from), rate.under);
    const row: Row = { dueOn, principal, interest, fullInterest: interest, balance };
    balance -= principal;
    from = dueOn;
    return row;
  });
}

interface Ledger {
  readonly rows: Row[];
  principalPaid: bigint;
  interestPaid: bigint;
  latePaid: bigint;
  unapplied: bigint;
  paidOff: boolean;
}

function ledgerOf(
  loan: LoanRecord,
  payments: readonly { valueOn: number; amount: bigint }[],
  through: Day,
): Ledger {
  const rows = planOf(loan);
  const book: Ledger = {
    rows,
    principalPaid: 0n,
    interestPaid: 0n,
    latePaid: 0n,
    unapplied: 0n,
    paidOff: false,
  };
  const rate = { over: BigInt(loan.rate.numerator), under: 10n ** BigInt(loan.rate.scale) };
  let units = 0n;
  for (let day: number = loan.disbursedOn; day <= through; day++) {
    // A day is late for what was due before it.
    if (!book.paidOff) for (const row of rows) if (row.dueOn < day) units += row.principal;
    for (const { amount } of payments.filter(({ valueOn }) => valueOn === day)) {
      let money = amount + book.unapplied;
      book.unapplied = 0n;
      const late =
        loan.product === "micro" ? halfUp(units * rate.over * 3n, rate.under * 2n) - book.latePaid : 0n;
      const penalty = late > 0n ? late : 0n;
      const earned = earnedBy(loan, rows, day, rate);
      const payoff = BigInt(loan.principal) - book.principalPaid + earned - book.interestPaid + penalty;
      if (!book.paidOff && money >= payoff) {
        book.principalPaid = BigInt(loan.principal);
        book.interestPaid = earned;
        book.latePaid += penalty;
        book.paidOff = true;
        book.unapplied = money - payoff;
        continue;
      }
      if (!book.paidOff) money = allocateTo(loan, book, day, money, penalty);
      book.unapplied = money;
    }
  }
  return book;
}

/** Late interest, then past due, then due today, then in advance; interest before principal. */
function allocateTo(loan: LoanRecord, book: Ledger, day: number, money: bigint, penalty: bigint): bigint {
  let left = money;
  const take = (owed: bigint): bigint => {
    const part = owed < left ? owed : left;
    left -= part;
    return part;
  };
  const interest = (row: Row) => {
    const part = take(row.interest);
    row.interest -= part;
    book.interestPaid += part;
  };
  const principal = (row: Row) => {
    const part = take(row.principal);
    row.principal -= part;
    book.principalPaid += part;
  };
  book.latePaid += take(penalty);
  const past = book.rows.filter(({ dueOn }) => dueOn < day);
  if (loan.product === "weekly") {
    for (const row of past) {
      interest(row);
      principal(row);
    }
  } else {
    past.forEach(interest);
    past.forEach(principal);
  }
  for (const row of book.rows.filter(({ dueOn }) => dueOn >= day)) {
    interest(row);
    principal(row);
  }
  return left;
}

/** Interest of the periods that have ended, and of the running one for its days. */
function earnedBy(
  loan: LoanRecord,
  rows: readonly Row[],
  day: number,
  rate: { over: bigint; under: bigint },
): bigint {
  let earned = 0n;
  let from: number = loan.disbursedOn;
  for (const { dueOn, fullInterest, balance } of rows) {
    if (dueOn > day) {
      const running = halfUp(balance * rate.over * BigInt(day - from), rate.under);
      return earned + least(running, fullInterest);
    }
    earned += fullInterest;
    from = dueOn;
  }
  return earned;
}

const EDGES: Readonly<Record<string, readonly number[]>> = { micro: [1, 31, 61, 91], weekly: [1, 8, 15] };

function balances(
  world: World,
  loan: LoanRecord,
  journal: readonly Told[],
  state: Record<string, number | string> & { extra?: { unapplied?: number } },
  say: (text: string) => void,
): void {
  let standing: { id: string; valueOn: number; amount: bigint }[] = [];
  for (const { kind, body } of journal) {
    if (kind === "PaymentReceived")
      standing.push({
        id: String(body.id),
        valueOn: Number(body.valueOn),
        amount: BigInt(Number(body.amount)),
      });
    if (kind === "EntryReversed") standing = standing.filter(({ id }) => id !== body.id);
  }
  const through = addDays(world.through, 0);
  const book = ledgerOf(loan, standing, through);
  const open = book.rows.find(({ principal, interest }) => principal > 0n || interest > 0n);
  const dueOn = book.paidOff || !open ? NEVER : open.dueOn;
  const dpd = dueOn === NEVER ? 0 : Math.max(0, through - dueOn);
  const expected = {
    principalPaid: Number(book.principalPaid),
    interestPaid: Number(book.interestPaid),
    latePaid: Number(book.latePaid),
    unapplied: Number(book.unapplied),
    status: book.paidOff ? "paid-off" : "open",
    dueOn,
    band:
      loan.disbursedOn > through
        ? 0
        : book.paidOff
          ? -1
          : EDGES[loan.product]!.filter((edge) => edge <= dpd).length,
  };
  const found = { ...state, unapplied: state.extra?.unapplied ?? 0 } as unknown as typeof expected;
  for (const [name, value] of Object.entries(expected)) {
    const got = found[name as keyof typeof expected];
    if (got !== value) say(`${name} is ${got}, by the auditor ${value}`);
  }
}
