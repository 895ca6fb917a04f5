import { addDays, CHANNELS, type Day, fromBits } from "../../src/core/index.ts";
import { type CloseStore, runClose } from "../../src/dayclose/index.ts";
import type { BalanceRecord, BorrowerRecord, LoanRecord, PaymentRecord } from "../../src/intake/index.ts";
import type { Book } from "../../src/store/index.ts";
import { draw, WORLD_LENDER, type World } from "./world.ts";

const LOANS_A_BATCH = 50;

/**
 * Lives a world through files alone: each day's imports, and then its close. Starting again from the first day that is
 * not closed changes nothing that was done, so a killed process simply runs this again. `once` passes over a file that
 * was taken whole; the one in whose middle the process died comes again.
 */
export async function liveByFiles(
  world: World,
  book: Book,
  store: CloseStore,
  closedThrough: Day,
  once: (file: string, work: () => Promise<unknown>) => Promise<unknown> = (_file, work) => work(),
): Promise<void> {
  const { code } = WORLD_LENDER;
  if (closedThrough < world.opened) {
    for (let at = 0; at < world.loans.length; at += LOANS_A_BATCH)
      await once(`tape ${at}`, () => book.loans(code, world.loans.slice(at, at + LOANS_A_BATCH)));
  }
  for (let day = world.opened; day <= world.through; day = addDays(day, 1)) {
    if (day <= closedThrough) continue;
    // Most nights are missed: the next close takes their days too. Files still arrive each day.
    if (day < world.through && isMissed(world, day)) continue;
    for (const on of daysThrough(world, closedThrough, day)) await importDay(book, world, on, once);
    await runClose(store, code, day);
    closedThrough = day;
  }
}

export const isMissed = (world: World, day: Day): boolean => draw(world.seed, `missed ${day}`, 3) > 0;

function* daysThrough(world: World, closedThrough: Day, day: Day): Generator<Day> {
  for (let on = Math.max(closedThrough + 1, world.opened) as Day; on <= day; on = addDays(on, 1)) yield on;
}

type Once = NonNullable<Parameters<typeof liveByFiles>[4]>;

async function importDay(book: Book, world: World, on: Day, once: Once): Promise<void> {
  const { code } = WORLD_LENDER;
  const loans: LoanRecord[] = [];
  const payments: PaymentRecord[] = [];
  const balances: BalanceRecord[] = [];
  for (const { loan, fact } of world.events) {
    if (fact.on !== on) continue;
    const line = loans.length + payments.length + balances.length + 2;
    if (fact.kind === "PaymentReceived") {
      const { id: paymentId, amount, valueOn } = fact;
      payments.push({ kind: "payment", line, paymentId, loanId: loan.loanId, amount, valueOn, bookedOn: on });
    } else if (fact.kind === "BalanceReported") {
      const { kind: _kind, on: _on, dueOn, ...sums } = fact;
      balances.push({
        kind: "balance",
        line,
        loanId: loan.loanId,
        ...sums,
        ...(dueOn === null ? {} : { dueOn }),
      });
    } else if (fact.kind === "HoldPlaced") {
      const hold = { kind: fact.hold, ...(fact.until === null ? {} : { until: fact.until }) };
      // A loan stands once in a file: the last row of the day is the one that is sent.
      loans.push({ ...withoutNews(loan), line, hold, borrower: standingReach(world, loan, on) });
    } else if (fact.kind === "ReachChanged") {
      loans.push({ ...withoutNews(loan), line, borrower: borrowerOf(fact.reach) });
    }
  }
  for (const [i, batch] of oncePerLoan(loans).entries())
    await once(`loans ${on} ${i}`, () => book.loans(code, batch));
  if (payments.length > 0) await once(`payments ${on}`, () => book.payments(code, payments));
  if (balances.length > 0) await once(`balances ${on}`, () => book.balances(code, balances));
}

const withoutNews = ({ hold: _hold, balance: _balance, ...loan }: LoanRecord): LoanRecord => loan;

/** The addresses that the last file named, this day's included. */
function standingReach(world: World, loan: LoanRecord, on: Day): BorrowerRecord {
  const last = world.events.findLast(
    (event) => event.loan === loan && event.fact.kind === "ReachChanged" && event.fact.on <= on,
  );
  return last?.fact.kind === "ReachChanged" ? borrowerOf(last.fact.reach) : loan.borrower;
}

function borrowerOf(reach: number): BorrowerRecord {
  const channels = fromBits(reach, CHANNELS);
  return {
    ...(channels.includes("app") ? { app: "app-1" } : {}),
    ...(channels.includes("text") ? { phone: "19900000000" } : {}),
    ...(channels.includes("email") ? { email: "a@example.org" } : {}),
    ...(channels.includes("letter") ? { address: "1 Example Road" } : {}),
  };
}

function oncePerLoan(records: readonly LoanRecord[]): LoanRecord[][] {
  const batches: LoanRecord[][] = [];
  for (const record of records) {
    const batch = batches.find((one) => one.every(({ loanId }) => loanId !== record.loanId));
    if (batch) batch.push(record);
    else batches.push([record]);
  }
  return batches;
}
