import { addDays, addMonths, type Day } from "./calendar.ts";
import {
  compare,
  exp,
  type Fixed,
  fixed,
  ln,
  minus,
  NOTHING,
  ONE,
  over,
  plus,
  power,
  times,
  wide,
} from "./fixed.ts";
import { add, type Minor } from "./money.ts";
import type { Wide } from "./rate.ts";
import { ok, type Refusal, type Result, refuse } from "./trouble.ts";
import {
  monthsBack,
  type Series,
  seriesOf,
  type UnitPeriod,
  type UnitPeriods,
  unitPeriodOfDays,
  unitPeriodOfYears,
  unitPeriodsBetween,
  unitPeriodsIn,
  unitPeriodsPerYear,
} from "./unit-period.ts";

/**
 * How the price of a loan is told as a yearly rate.
 *
 * `us-actuarial`   Regulation Z, Appendix J: the rate of a unit-period times the unit-periods of a year; a fraction of a
 *                  unit-period bears simple interest.
 * `eu-effective`   Directive 2008/48/EC, Annex I: the yearly rate, compounded over years and fractions of them.
 * `irr-annual`     People's Bank of China, announcement 2021 no. 3, compound interest (复利): the internal rate of return.
 * `simple-annual`  the same announcement, simple interest (单利): all that is paid beyond what was lent, as a share of the
 *                  principal in use and the time of its use.
 */
export type AprMethod = "us-actuarial" | "eu-effective" | "irr-annual" | "simple-annual";
export const APR_METHODS: readonly AprMethod[] = [
  "us-actuarial",
  "eu-effective",
  "irr-annual",
  "simple-annual",
];

/** Money that changes hands, on a day or a share of a year after the contract's first day. One transaction has one kind. */
export type CashFlow = { readonly amount: Minor } & ({ readonly on: Day } | { readonly years: Wide });

export interface AprTerms {
  readonly method: AprMethod;
  /** What the borrower gets: the amount financed, less what is kept back. */
  readonly advances: readonly CashFlow[];
  /** What the borrower pays, charges too. */
  readonly payments: readonly CashFlow[];
  /**
   * Of times given as days. For `us-actuarial`, in place of the one that the text would find; for the two Chinese rates,
   * counted in place of days by 365; for `eu-effective` months or weeks, in place of the choice that is made else.
   */
  readonly unitPeriod?: UnitPeriod;
}

export interface Apr {
  /** The rate in millionths of a percent: 12.345678 % is 12345678n. Rounded half up. */
  readonly percentE6: bigint;
  readonly advanced: Minor;
  readonly paid: Minor;
  /** What was counted, where it was found by `us-actuarial` or given. */
  readonly unitPeriod?: UnitPeriod;
}

/**
 * The price of a loan as a yearly rate.
 *
 * Takes   amounts above zero in any order. The first advance begins the term.
 * Gives   the rate at which what is lent and what is paid are worth the same, with what was lent and paid in all.
 * Units   millionths of a percent. The last digit is decided by the sign of the equation half a digit to either side, in
 *         60 decimals; nothing is approximated by doubles.
 * Refuses in this order: `no-advances`, `no-payments`, `not-an-amount`, `mixed-times`, `payment-before-advance`,
 *         `unit-period-unused`, `unit-period-unknown`, `negative-rate` (less is paid than was lent, by a method that tells no such price),
 *         `no-rate`, `rate-not-unique`.
 * Holds   a scale on all amounts changes nothing; payments equal to the advances give 0.
 * Source  per method, in `law/us`, `law/eu`, `law/cn`; what the texts leave open is said at `momentsOf`.
 */
export function apr(terms: AprTerms): Result<Apr> {
  const refusal = refusalOf(terms);
  if (refusal) return { ok: false, refusal };
  const advanced = add(...terms.advances.map(({ amount }) => amount));
  const paid = add(...terms.payments.map(({ amount }) => amount));
  const unitPeriod = terms.unitPeriod ?? (terms.method === "us-actuarial" ? unitPeriodOf(terms) : undefined);
  if (terms.method === "us-actuarial" && unitPeriod === undefined)
    return refuse(
      "unit-period-unknown",
      "no interval occurs twice, and the regulation rounds an average of days, not of shares of a year; name the unit-period",
      "unitPeriod",
    );
  if (paid < advanced && !TELLS_NEGATIVE[terms.method])
    return refuse(
      "negative-rate",
      "less is paid than was advanced: there is no charge, and this method tells no negative rate",
      "payments",
    );
  const flows = flowsOf(terms, unitPeriod);
  const equation = equationOf(terms.method, flows, unitPeriod);
  const found = solve(equation);
  if (found === undefined)
    return refuse(
      "no-rate",
      "no yearly rate from -100 % to a million million percent makes payments and advances equal; check days and amounts",
      "payments",
    );
  if (!owesThroughout(equation, flows, found))
    return refuse(
      "rate-not-unique",
      "the borrower would have paid more than is owed before a later advance, so that more than one rate may fit",
      "advances",
    );
  return ok({
    percentE6: found,
    advanced,
    paid,
    ...(unitPeriod === undefined ? {} : { unitPeriod }),
  });
}

/** `12345678n` → `"12.345678"`. */
export function formatPercentE6(percentE6: bigint): string {
  const digits = (percentE6 < 0n ? -percentE6 : percentE6).toString().padStart(7, "0");
  return `${percentE6 < 0n ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/**
 * Reads an exact time in years: a sum of whole numbers, decimals and fractions, `"3/365+1/12"`, `"1.5"`, `"2"`, `"0"`.
 * Anything else, and a time beyond 200 years, gives `undefined`.
 */
export function parseYears(text: string): Wide | undefined {
  let sum = NOTHING;
  for (const term of text.split("+")) {
    const match = /^\s*(\d{1,9})(?:\.(\d{1,12})|\/(\d{1,9}))?\s*$/.exec(term);
    if (!match) return undefined;
    const [, whole = "", decimals = "", below] = match;
    const denominator = below === undefined ? 10n ** BigInt(decimals.length) : BigInt(below);
    if (denominator === 0n) return undefined;
    sum = plus(sum, wide(BigInt(whole + decimals), denominator));
  }
  return compare(sum, MOST_YEARS) > 0 ? undefined : sum;
}

const MOST_YEARS = wide(200n, 1n);

/**
 * Whether a method tells a negative rate. An equation of compound interest has one as long as something is paid. Appendix J
 * tells the price of a finance charge, and simple interest has no rule for how a payment would be applied to interest that
 * the lender owes.
 */
const TELLS_NEGATIVE: Readonly<Record<AprMethod, boolean>> = {
  "us-actuarial": false,
  "eu-effective": true,
  "irr-annual": true,
  "simple-annual": false,
};

function refusalOf({ method, advances, payments, unitPeriod }: AprTerms): Refusal | undefined {
  const no = (code: string, says: string, at: string): Refusal => ({ code, says, at });
  if (advances.length === 0) return no("no-advances", "a price needs at least one advance", "advances");
  if (payments.length === 0) return no("no-payments", "a price needs at least one payment", "payments");
  for (const [name, flows] of [
    ["advances", advances],
    ["payments", payments],
  ] as const) {
    for (const [i, flow] of flows.entries()) {
      if (flow.amount <= 0)
        return no("not-an-amount", "advances and payments are above zero", `${name}[${i}].amount`);
      if ("on" in flow !== "on" in advances[0]!)
        return no("mixed-times", "give every time as a day or every time in years", `${name}[${i}]`);
    }
  }
  const first = [...advances].sort(inTime)[0]!;
  const early = payments.findIndex((payment) => inTime(payment, first) < 0);
  if (early >= 0)
    return no(
      "payment-before-advance",
      "a payment comes before the first advance; take charges kept back off the advance",
      `payments[${early}].${"on" in first ? "on" : "years"}`,
    );
  if (unitPeriod === undefined || method === "us-actuarial") return undefined;
  if ("years" in first)
    return no("unit-period-unused", "times in years are taken as they are; leave it out", "unitPeriod");
  if (method === "eu-effective" && !("months" in unitPeriod || "weeks" in unitPeriod))
    return no(
      "unit-period-unused",
      "the directive counts months or weeks, and days beside them",
      "unitPeriod",
    );
  return undefined;
}

/** Only for flows of one kind. */
function inTime(a: CashFlow, b: CashFlow): number {
  if ("on" in a && "on" in b) return a.on - b.on;
  return "years" in a && "years" in b ? compare(a.years, b.years) : 0;
}

const daysOf = (flows: readonly CashFlow[]): Day[] =>
  flows.flatMap((flow) => ("on" in flow ? [flow.on] : []));
const yearsOf = (flows: readonly CashFlow[]): Wide[] =>
  flows.flatMap((flow) => ("years" in flow ? [flow.years] : []));

function unitPeriodOf({ advances, payments }: AprTerms): UnitPeriod | undefined {
  const isSingle = advances.length === 1 && payments.length === 1;
  const first = [...advances].sort(inTime)[0]!;
  const sameMoment = inTime(first, [...payments].sort(inTime).at(-1)!) === 0;
  // A term of no length has no unit-period, and no rate: any will do to find that out.
  if (sameMoment) return { months: 1 };
  return "on" in first
    ? unitPeriodOfDays(seriesOf(daysOf(advances), first.on), seriesOf(daysOf(payments), first.on), isSingle)
    : unitPeriodOfYears(yearsOf(advances), yearsOf(payments), isSingle);
}

/** A flow as the equations take it: what the borrower gets is above zero, what is paid below; flows of one moment are one. */
interface Placed {
  readonly amount: bigint;
  readonly at: UnitPeriods;
}

/** All flows in order of time: in unit-periods for Appendix J, in years for the others. */
function flowsOf(terms: AprTerms, unit: UnitPeriod | undefined): readonly Placed[] {
  const momentOf = momentsOf(terms, unit);
  const placed = [
    ...terms.advances.map((flow) => ({ amount: BigInt(flow.amount), at: momentOf(flow, "advances") })),
    ...terms.payments.map((flow) => ({ amount: BigInt(-flow.amount), at: momentOf(flow, "payments") })),
  ];
  const order = ({ at: a }: Placed, { at: b }: Placed): number =>
    a.full === b.full ? compare(a.fraction, b.fraction) : a.full < b.full ? -1 : 1;
  placed.sort(order);
  const merged: Placed[] = [];
  for (const flow of placed) {
    const last = merged.at(-1);
    if (last !== undefined && order(last, flow) === 0)
      merged[merged.length - 1] = { amount: last.amount + flow.amount, at: flow.at };
    else merged.push(flow);
  }
  return merged;
}

/**
 * When each flow happens after the first advance, as its method counts.
 *
 * `us-actuarial` counts unit-periods by Appendix J (b)(5). `eu-effective` takes whole months if every interval is one, else
 * whole weeks if every interval is one, else months and days, both measured back from the later day; the days are divided
 * by 365, or by 366 where the year that ends with them has a 29 February. The directive presumes 12 equal months, 52 weeks,
 * and years of 365 or 366 days, and leaves the choice open, so that the caller may make it. `irr-annual` and
 * `simple-annual` count days and divide by 365: the announcement names no basis. Told a unit-period, they count it as
 * Appendix J does. Times given in years are taken as they are.
 */
function momentsOf(terms: AprTerms, unit: UnitPeriod | undefined) {
  const { advances, payments, method } = terms;
  const first = [...advances].sort(inTime)[0]!;
  const inYears = (fraction: Wide): UnitPeriods => ({ full: 0n, fraction });
  if (!("on" in first)) {
    return (flow: CashFlow): UnitPeriods => {
      const years = "years" in flow ? minus(flow.years, first.years) : NOTHING;
      return unit === undefined ? inYears(years) : unitPeriodsIn(years, unit);
    };
  }
  const series = {
    advances: seriesOf(daysOf(advances), first.on),
    payments: seriesOf(daysOf(payments), first.on),
  };
  const weeks = unit === undefined ? inWeeks(first.on, series) : "weeks" in unit;
  return (flow: CashFlow, side: "advances" | "payments"): UnitPeriods => {
    const on = "on" in flow ? flow.on : first.on;
    const { dayOfMonth } = series[side];
    if (method === "eu-effective") return inYears(euYears(first.on, on, weeks, dayOfMonth));
    if (unit === undefined) return inYears(wide(BigInt(on - first.on), 365n));
    const counted = unitPeriodsBetween(first.on, on, unit, dayOfMonth);
    if (method === "us-actuarial") return counted;
    const { numerator, denominator } = unitPeriodsPerYear(unit);
    const number = plus(wide(counted.full, 1n), counted.fraction);
    return inYears(wide(number.numerator * denominator, number.denominator * numerator));
  };
}

/** Whether every interval is whole weeks, and not every one whole months. */
function inWeeks(first: Day, { advances, payments }: Record<"advances" | "payments", Series>): boolean {
  const all = [advances, payments].flatMap(({ days, dayOfMonth }) =>
    days.map((day) => ({ days: day - first, isMonths: monthsBack(first, day, dayOfMonth).begins === first })),
  );
  return all.every(({ days }) => days % 7 === 0) && !all.every(({ isMonths }) => isMonths);
}

function euYears(from: Day, to: Day, weeks: boolean, dayOfMonth: number): Wide {
  const inMonths = monthsBack(from, to, dayOfMonth);
  const fullWeeks = Math.floor((to - from) / 7);
  const begins = weeks ? addDays(to, -7 * fullWeeks) : inMonths.begins;
  const whole = weeks ? wide(BigInt(fullWeeks), 52n) : wide(BigInt(inMonths.months), 12n);
  const yearDays = begins - addMonths(begins, -12, "clamp");
  return plus(whole, wide(BigInt(begins - from), BigInt(yearDays)));
}

/**
 * What the borrower still owes after each flow, at a rate. The price is the rate at which the last of them is nothing. Any
 * scale will do that is above zero and the same for all: present worth, or the balance itself.
 */
type Equation = (rate: Wide) => readonly { readonly owed: Fixed; readonly scale: Fixed }[];

function equationOf(method: AprMethod, flows: readonly Placed[], unit: UnitPeriod | undefined): Equation {
  if (method === "us-actuarial") return (rate) => actuarial(flows, rate, unitPeriodsPerYear(unit!));
  return method === "simple-annual" ? (rate) => simple(flows, rate) : (rate) => compound(flows, rate);
}

/**
 * Source  Appendix J (b)(8): amounts divided by (1 + f i)(1 + i)^t, with the fraction's simple interest of (b)(6). The
 *         equation is a picture in the copies of the text that were read; see law/us/reg-z-appendix-j.md.
 */
function actuarial(flows: readonly Placed[], rate: Wide, perYear: Wide) {
  const i = fixed({
    numerator: rate.numerator * perYear.denominator,
    denominator: rate.denominator * perYear.numerator,
  });
  const discount = over(ONE, ONE + i);
  let full = 0n;
  let worth = ONE;
  let owed = 0n;
  return flows.map(({ amount, at }) => {
    worth = times(worth, power(discount, at.full - full));
    full = at.full;
    const { numerator, denominator } = at.fraction;
    const scale = numerator === 0n ? worth : over(worth, ONE + (i * numerator) / denominator);
    owed += amount * scale;
    return { owed, scale };
  });
}

/** Source  Directive 2008/48/EC, Annex I, part I: amounts divided by (1 + X)^t, t in years. */
function compound(flows: readonly Placed[], rate: Wide) {
  const growth = ln(ONE + fixed(rate));
  const steps = new Map<string, Fixed>();
  let at = NOTHING;
  let scale = ONE;
  let owed = 0n;
  return flows.map((flow) => {
    const step = minus(flow.at.fraction, at);
    at = flow.at.fraction;
    const key = `${step.numerator}/${step.denominator}`;
    // Most loans have a handful of different intervals, and a power costs as much as fifty products.
    const discount = steps.get(key) ?? exp((-growth * step.numerator) / step.denominator);
    steps.set(key, discount);
    scale = times(scale, discount);
    owed += flow.amount * scale;
    return { owed, scale };
  });
}

/**
 * Interest is earned on the principal that is still in use and never on interest. A payment pays the interest that has
 * accrued, then principal. So the price is the sum of all charges over the sum of principal times the years of its use.
 *
 * Source  announcement 2021 no. 3 of the People's Bank of China, item 3: the principal in use is what is left of it after
 *         each payment. Which part of a payment is principal it does not say.
 */
function simple(flows: readonly Placed[], rate: Wide) {
  let principal = 0n;
  let accrued = 0n;
  let at = NOTHING;
  return flows.map(({ amount, at: { fraction } }) => {
    const step = minus(fraction, at);
    at = fraction;
    accrued += (principal * rate.numerator * step.numerator) / (rate.denominator * step.denominator);
    const interest = amount < 0n ? (accrued < -amount * ONE ? accrued : -amount * ONE) : 0n;
    accrued -= interest;
    principal += amount * ONE + interest;
    return { owed: principal + accrued, scale: ONE };
  });
}

const RATE_E8 = 100_000_000n;
/** A million million percent. Beyond it a year's rate says nothing, and 60 decimals would not hold its powers. */
const MOST_E8 = 10_000_000_000n * RATE_E8;

/**
 * The rate in units of 1e-8, rounded half up: the least k at which the borrower would still owe something half a unit
 * above. Found on whole numbers, by steps along the chord and by halving in turn, so that it always ends.
 */
function solve(equation: Equation): bigint | undefined {
  const above = (k: bigint): bigint => {
    const last = equation({ numerator: 2n * k + 1n, denominator: 2n * RATE_E8 }).at(-1)!;
    // Sums that are nothing but for the last of 60 decimals are nothing: a rate that lies exactly between is rounded up.
    const noise = ONE >> 120n;
    return last.owed > noise || last.owed < -noise ? last.owed : 0n;
  };
  let low = -1n;
  let high = 0n;
  let atLow = above(low);
  let atHigh = above(high);
  for (let step = RATE_E8 / 100n; atHigh <= 0n; step *= 4n) {
    low = high;
    atLow = atHigh;
    if (high >= MOST_E8) return undefined;
    high = high + step > MOST_E8 ? MOST_E8 : high + step;
    atHigh = above(high);
  }
  for (let step = RATE_E8 / 100n; atLow > 0n; step *= 4n) {
    high = low;
    atHigh = atLow;
    if (low <= -RATE_E8) return undefined;
    low = low - step < -RATE_E8 ? -RATE_E8 : low - step;
    atLow = above(low);
  }
  for (let turn = 0; high - low > 1n; turn++) {
    const chord = low + ((high - low) * -atLow) / (atHigh - atLow);
    const probe = turn % 3 === 2 ? (low + high) / 2n : chord;
    const k = probe <= low ? low + 1n : probe >= high ? high - 1n : probe;
    const value = above(k);
    if (value > 0n) [high, atHigh] = [k, value];
    else [low, atLow] = [k, value];
  }
  return high;
}

/**
 * Whether the borrower owes something, or nothing, at every moment before the last. Then no other rate fits: a higher one
 * makes every balance higher, and a lower one makes what is still to be paid worth more at every moment. A millionth of all
 * flows is left aside, since the rate is rounded.
 */
function owesThroughout(equation: Equation, flows: readonly Placed[], rateE8: bigint): boolean {
  const total = flows.reduce((sum, { amount }) => sum + (amount < 0n ? -amount : amount), 0n);
  return equation({ numerator: rateE8, denominator: RATE_E8 })
    .slice(0, -1)
    .every(({ owed, scale }) => owed >= (-total * scale) / 1_000_000n);
}
