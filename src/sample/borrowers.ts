import {
  addDays,
  addMonths,
  type Channel,
  type Day,
  day,
  dayOf,
  daysInMonth,
  type Hold,
  type HoldKind,
  invariant,
  type Minor,
  minor,
  type Rate,
  rateFromE8,
  ymd,
} from "../core/index.ts";
import { drawKind, drawPerson, type KindName, type Person } from "./behaviour.ts";
import type { Contract } from "./ledger.ts";
import { type Periods, productCode, RATES_E8 } from "./product.ts";
import { between, pick, type Random, randomOf } from "./random.ts";
import { type Life, live } from "./simulate.ts";

export interface SampleOptions {
  readonly borrowers: number;
  readonly seed: number;
  /** First business day of the book; 2026-01-01 unless given. */
  readonly openedOn?: Day;
  /** Last day on which anybody pays; 2026-06-30 unless given. */
  readonly through?: Day;
}

export interface SampleLoan {
  readonly loanId: string;
  readonly borrowerId: string;
  readonly product: string;
  readonly principal: Minor;
  readonly rate: Rate;
  readonly rateE8: number;
  readonly disbursedOn: Day;
  readonly firstDueOn: Day;
  readonly installments: number;
  readonly phone?: string;
  readonly email?: string;
  readonly app?: string;
  readonly hold?: Hold;
}

export interface SamplePayment {
  readonly paymentId: string;
  readonly loanId: string;
  readonly amount: Minor;
  readonly valueOn: Day;
  readonly bookedOn: Day;
}

/** One person with his loans and all their payments since pay-out, in order of day. */
export interface SampleBorrower {
  readonly borrowerId: string;
  /** The model's secret; in no file. */
  readonly kind: KindName;
  readonly loans: readonly SampleLoan[];
  readonly payments: readonly SamplePayment[];
}

export interface SampleWindow {
  readonly openedOn: Day;
  readonly through: Day;
}

export function windowOf(options: Partial<SampleOptions>): SampleWindow {
  const openedOn = options.openedOn ?? day("2026-01-01");
  const through = options.through ?? day("2026-06-30");
  invariant(through - openedOn >= 60, "a sample book needs at least 60 days from its opening");
  return { openedOn, through };
}

/**
 * A simulated book of Chinese micro-loans, one borrower at a time, so that a million of them need no memory.
 *
 * Takes   borrowers >= 0, a whole-number seed, and the book's first and last day.
 * Gives   borrowers 1, 2, 3 … Borrower n depends on the seed, the window and n alone, not on how many there are.
 * Holds   every loan is open on `openedOn` or paid out later; payments end on `through`.
 */
export function* sampleBorrowers(options: SampleOptions): Generator<SampleBorrower, void, undefined> {
  const window = windowOf(options);
  for (let n = 1; n <= options.borrowers; n++) yield sampleBorrower(n, options.seed, window);
}

/** Draws loans until one of them is part of the book. The person stays who he is. */
function sampleBorrower(n: number, seed: number, window: SampleWindow): SampleBorrower {
  const random = randomOf(`${seed}/${n}`);
  const kind = drawKind(random);
  const borrowerId = `B${digits(n, 7)}`;
  for (let attempt = 1; ; attempt++) {
    const contracts = drawContracts(random, window, attempt > 5);
    const person = drawPerson(random, kind, contracts[0]!.firstDueOn, window.through);
    const life = live(person, contracts, window.through, random);
    const kept = contracts.map((_, i) => i).filter((i) => isInBook(life, i, window.openedOn));
    if (kept.length === 0) continue;
    const reach = drawReach(random, n);
    const hold = drawHold(random, person, window);
    const loans = kept.map((from, i) => loanOf(contracts[from]!, borrowerId, i, reach, hold));
    return { borrowerId, kind, loans, payments: paymentsOf(life, kept, loans) };
  }
}

function isInBook(life: Life, i: number, openedOn: Day): boolean {
  const { status, lateOn } = life.ledgers[i]!.state;
  return status === "open" || lateOn >= openedOn;
}

function loanOf(
  contract: Contract,
  borrowerId: string,
  i: number,
  reach: Reach,
  hold: Hold | undefined,
): SampleLoan {
  return {
    loanId: `L${borrowerId.slice(1)}-${i + 1}`,
    borrowerId,
    product: productCode(contract.installments as Periods),
    ...contract,
    rate: rateFromE8(contract.rateE8, "day"),
    ...reach,
    // A dispute is about one loan; what concerns the person stands on each.
    ...(hold && (i === 0 || hold.kind !== "dispute") ? { hold } : {}),
  };
}

function paymentsOf(life: Life, kept: readonly number[], loans: readonly SampleLoan[]): SamplePayment[] {
  const payments: SamplePayment[] = [];
  const counts = loans.map(() => 0);
  for (const { loan, on, amount } of life.payments) {
    const i = kept.indexOf(loan);
    if (i < 0) continue;
    counts[i]! += 1;
    const { loanId } = loans[i]!;
    payments.push({
      paymentId: `P${loanId.slice(1)}-${digits(counts[i]!, 3)}`,
      loanId,
      amount,
      valueOn: on,
      bookedOn: on,
    });
  }
  return payments;
}

const digits = (n: number, length: number): string => n.toString().padStart(length, "0");

// --- contracts -------------------------------------------------------------------------------------------------

const HOW_MANY = [
  [0.52, 1],
  [0.3, 2],
  [0.18, 3],
] as const;

const OF_PERIODS = [
  [0.28, 5],
  [0.44, 10],
  [0.28, 20],
] as const;

const MONTHS_BACK = 20;
const LAST_DAYS_WITHOUT_LOANS = 15;

/** Oldest loan first. A second loan often shares the first one's due day. */
function drawContracts(random: Random, window: SampleWindow, onlyNew: boolean): Contract[] {
  const count = pick(random, HOW_MANY);
  const dueDayOfMonth = drawDueDay(random);
  const contracts: Contract[] = [];
  for (let i = 0; i < count; i++) {
    const installments = pick(random, OF_PERIODS);
    const disbursedOn = drawDisbursedOn(random, window, installments, onlyNew);
    const ownDay = i > 0 && random() < 0.4 ? drawDueDay(random) : dueDayOfMonth;
    contracts.push({
      principal: drawPrincipal(random),
      rateE8: RATES_E8[between(random, 0, RATES_E8.length - 1)]!,
      disbursedOn,
      firstDueOn: firstDueAfter(disbursedOn, ownDay),
      installments,
    });
  }
  return contracts.sort((a, b) => a.disbursedOn - b.disbursedOn);
}

/** Most loans are young enough to be running still; the others are in the book only if something went wrong. */
function drawDisbursedOn(
  random: Random,
  { openedOn, through }: SampleWindow,
  periods: number,
  onlyNew: boolean,
): Day {
  const months = random() < 0.85 ? Math.min(MONTHS_BACK, periods) : MONTHS_BACK;
  const earliest = onlyNew ? addDays(openedOn, -20) : addMonths(openedOn, -months, "clamp");
  return between(random, earliest, through - LAST_DAYS_WITHOUT_LOANS) as Day;
}

/** 1 to 28, and now and then 29 to 31, which not every month has. */
const drawDueDay = (random: Random): number =>
  random() < 0.06 ? between(random, 29, 31) : between(random, 1, 28);

/** The first such day of a month at least 20 days after the pay-out; the 28th where that would take too long. */
function firstDueAfter(disbursedOn: Day, dueDayOfMonth: number): Day {
  const earliest = addDays(disbursedOn, 20);
  let { year, month } = ymd(earliest);
  for (;;) {
    const found = dayOf(year, month, Math.min(dueDayOfMonth, daysInMonth(year, month)));
    const exact = dueDayOfMonth <= daysInMonth(year, month);
    if (found >= earliest && exact && found - disbursedOn <= 60) return found;
    if (found - disbursedOn > 60) return firstDueAfter(disbursedOn, 28);
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year += 1;
  }
}

/** Principal in yuan at the ends of equal shares of loans: half are below 3,200. */
const PRINCIPAL_STEPS = [500, 900, 1_300, 1_800, 2_400, 3_200, 4_300, 6_000, 9_000, 16_000, 50_000];

function drawPrincipal(random: Random): Minor {
  const at = random() * (PRINCIPAL_STEPS.length - 1);
  const step = Math.floor(at);
  const from = PRINCIPAL_STEPS[step]!;
  const yuan = from + (at - step) * (PRINCIPAL_STEPS[step + 1]! - from);
  return minor(Math.round(yuan / 100) * 100 * 100);
}

// --- persons ---------------------------------------------------------------------------------------------------

type Reach = Pick<SampleLoan, "phone" | "email" | "app">;

/** What the model says of addresses: shares of borrowers who have one on file. */
const REACHED_BY: Readonly<Partial<Record<Channel, number>>> = { call: 0.97, email: 0.3, app: 0.85 };
/** Of those without a phone, half have nothing at all. */
const NOTHING_AT_ALL = 0.5;

/** Made-up addresses: numbers 199 0000 0001 and up, mail at example.com, which nobody can own (RFC 2606). */
function drawReach(random: Random, n: number): Reach {
  const phone = random() < REACHED_BY.call!;
  const none = random() < NOTHING_AT_ALL;
  const email = random() < REACHED_BY.email!;
  const app = random() < REACHED_BY.app!;
  if (!phone && none) return {};
  return {
    ...(phone ? { phone: `199${digits(n, 8)}` } : {}),
    ...(email ? { email: `b${digits(n, 7)}@example.com` } : {}),
    ...(app ? { app: `app-${digits(n, 7)}` } : {}),
  };
}

/** Holds come from what befell the person by the opening, and a few from conduct that has nothing to do with paying. */
function drawHold(random: Random, person: Person, { openedOn, through }: SampleWindow): Hold | undefined {
  const known = person.struckOn !== undefined && person.struckOn <= openedOn;
  const over = person.struckUntil !== undefined && person.struckUntil < openedOn;
  if (known && !over) {
    if (person.kind === "deceased") return { kind: "deceased" };
    if (person.kind === "dispute") return held("dispute", person.struckUntil);
    if (person.kind === "hardship" && random() < 0.5) {
      const kind = pick<HoldKind>(random, [
        [0.7, "hardship"],
        [0.15, "represented"],
        [0.15, "cease-contact"],
      ]);
      return held(kind, kind === "hardship" ? person.struckUntil : undefined);
    }
  }
  if (random() >= 0.008) return undefined;
  const kind = pick<HoldKind>(random, [
    [0.6, "complaint"],
    [0.2, "cease-contact"],
    [0.2, "represented"],
  ]);
  return held(kind, kind === "complaint" ? (between(random, openedOn + 5, through) as Day) : undefined);
}

const held = (kind: HoldKind, until: Day | undefined): Hold =>
  until === undefined ? { kind } : { kind, until };
