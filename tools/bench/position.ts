import { Decimal } from "decimal.js";
import {
  addDays,
  type Day,
  day,
  type Fact,
  interestBetween,
  type LoanBooked,
  type LoanState,
  lateRateADay,
  minor,
  type Position,
  type Product,
  position,
  positionReader,
  rateFromE8,
  replay,
  schedule,
  termsOf,
  usualFirstDue,
} from "../../src/core/index.ts";

const PERIODS = 12;
const LOANS = 2048;
/** Days asked of each loan, spread over two years after its last payment. */
const DAYS = 64;
const SECONDS_MEASURED = 1;

const EVERY = { months: 1 };
const PRODUCT: Product = {
  id: 1,
  lender: "bench",
  code: "bench",
  source: "kept",
  terms: {
    currency: "CNY",
    every: EVERY,
    method: "equal-installment",
    ratePer: "year",
    dayCount: "ACT/365",
    interest: "daily",
    monthEnd: "clamp",
    rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
  },
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  allocation: {
    order: (["past-due", "due", "in-advance"] as const).flatMap((timing) =>
      (["fee", "penalty", "interest", "principal"] as const).map((kind) => `${timing}.${kind}` as const),
    ),
    by: "kind",
  },
  bandEdges: [1, 31, 61, 91],
  strategy: "none",
};

/**
 * Positions of twelve-period loans a CPU second: many days of one loan through its reader, and one day of a fresh state
 * row, beside the same arithmetic over a decimal library in one run. Before it measures it checks that all give the same
 * figures. The two packages that schedules are measured beside know no payment and no late interest, so that there is
 * nothing of theirs to put beside a position.
 */
export async function benchPosition(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const seconds = Number(args.get("seconds") ?? SECONDS_MEASURED);
  const loans = Array.from({ length: LOANS }, (_, i) => liveOf(i));
  progress("checking that all give the same figures");
  const checked = checkAll(loans);
  progress("many days of one loan");
  const reader = aCpuSecond(loans, seconds, (loan, of) => {
    const read = positionReader(loan, PRODUCT);
    let sum = 0;
    for (const asked of of) sum += read(asked).payoff;
    return sum;
  });
  progress("a fresh loan each time");
  const fresh = aCpuSecond(loans, seconds, (loan, of) => {
    let sum = 0;
    for (const asked of of) sum += position(loan, PRODUCT, asked).payoff;
    return sum;
  });
  progress("decimal.js, many days of one loan");
  const decimal = aCpuSecond(loans, seconds, (loan, of) => {
    const read = decimalReader(loan);
    let sum = 0;
    for (const asked of of) sum += read(asked).payoff;
    return sum;
  });
  return {
    bench: "position",
    periods: PERIODS,
    loans: LOANS,
    daysOfEach: DAYS,
    target: 2_000_000,
    readerACpuSecond: Math.round(reader),
    freshACpuSecond: Math.round(fresh),
    decimalACpuSecond: Math.round(decimal),
    ratioToDecimal: reader / decimal,
    positionsChecked: checked,
  };
}

/** Some installments paid in time, then one late and in part; all loans differ. */
function liveOf(i: number): LoanState {
  const disbursedOn = addDays(day("2024-01-01"), (i * 37) % 700);
  const booked: LoanBooked = {
    kind: "LoanBooked",
    on: disbursedOn,
    id: `L-${i}`,
    product: 1,
    principal: minor(100_000 + ((i * 7919) % 9_000_000)),
    rateE8: 3_000_000 + ((i * 13) % 21) * 1_000_000,
    disbursedOn,
    firstDueOn: usualFirstDue(disbursedOn, EVERY, "clamp"),
    installments: PERIODS,
    reach: 0,
  };
  const plan = schedule(termsOf(booked as never, PRODUCT));
  const payment = (n: number, on: Day, amount: number): Fact => ({
    kind: "PaymentReceived",
    on,
    id: `P-${n}`,
    amount: minor(amount),
    valueOn: on,
  });
  const facts: Fact[] = [booked];
  const inTime = i % 6;
  for (const { n, dueOn, principal, interest } of plan.slice(0, inTime))
    facts.push(payment(n, dueOn, principal + interest));
  const late = plan[inTime]!;
  facts.push(
    payment(late.n, addDays(late.dueOn, 1 + (i % 20)), Math.ceil((late.principal + late.interest) / 2)),
  );
  return replay({ bucket: 0, n: i + 1 }, facts, () => PRODUCT)!;
}

const daysOf = (loan: LoanState, i: number): Day[] =>
  Array.from({ length: DAYS }, (_, k) => addDays(loan.lateOn, (i * 31 + k * 197) % 730));

/** CPU seconds and not wall seconds: other work on the machine shall not count. */
function aCpuSecond(
  loans: readonly LoanState[],
  seconds: number,
  work: (loan: LoanState, days: readonly Day[]) => number,
): number {
  const days = loans.map(daysOf);
  let sum = 0;
  const round = () => {
    for (let i = 0; i < loans.length; i++) sum += work(loans[i]!, days[i]!);
  };
  const spent = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const until = spent() + seconds / 2;
  do round();
  while (spent() < until);
  const start = spent();
  let rounds = 0;
  do {
    round();
    rounds += 1;
  } while (spent() < start + seconds);
  if (!Number.isSafeInteger(sum) || sum === 0) throw new Error("the positions owe nothing");
  return (rounds * loans.length * DAYS) / (spent() - start);
}

type Figures = Pick<Position, "outstanding" | "dpd" | "payoff"> & {
  readonly principal: number;
  readonly interest: number;
  readonly lateInterest: number;
};

/** What the core does for a loan paid oldest first, over decimal.js. */
function decimalReader(loan: LoanState): (asOf: Day) => Figures {
  const terms = termsOf(loan, PRODUCT);
  const { numerator, denominator } = lateRateADay(rateFromE8(loan.rateE8, "year"), PRODUCT);
  const rate = new Decimal(numerator).dividedBy(denominator);
  let principalLeft = new Decimal(loan.principalPaid);
  let interestLeft = new Decimal(loan.interestPaid);
  let from = terms.disbursedOn;
  let balance = new Decimal(terms.principal);
  const rows = schedule(terms).map((row) => {
    const principal = Decimal.max(0, new Decimal(row.principal).minus(principalLeft));
    const interest = Decimal.max(0, new Decimal(row.interest).minus(interestLeft));
    principalLeft = Decimal.max(0, principalLeft.minus(row.principal));
    interestLeft = Decimal.max(0, interestLeft.minus(row.interest));
    const made = { from, dueOn: row.dueOn, planned: balance, whole: row.interest, principal, interest };
    from = row.dueOn;
    balance = balance.minus(row.principal);
    return made;
  });
  return (asOf) => {
    let units = new Decimal(loan.lateUnits);
    let [principal, interest, outstanding, run] = [0, 0, 0, 0].map((zero) => new Decimal(zero)) as [
      Decimal,
      Decimal,
      Decimal,
      Decimal,
    ];
    let dueOn: Day | undefined;
    for (const row of rows) {
      outstanding = outstanding.plus(row.principal);
      const open = !row.principal.isZero() || !row.interest.isZero();
      if (open) dueOn ??= row.dueOn;
      if (row.dueOn <= asOf) run = run.plus(row.interest);
      else if (row.from < asOf) {
        const share = interestBetween(terms.rate, terms.dayCount, row.from, asOf);
        const earned = row.planned.times(share.numerator).dividedBy(share.denominator);
        const paid = new Decimal(row.whole).minus(row.interest);
        run = run.plus(Decimal.min(row.whole, earned.toDecimalPlaces(0, Decimal.ROUND_HALF_UP)).minus(paid));
      }
      if (row.dueOn >= asOf) continue;
      principal = principal.plus(row.principal);
      interest = interest.plus(row.interest);
      const days = asOf - Math.max(row.dueOn, loan.lateOn);
      units = units.plus(row.principal.times(days));
    }
    const late = units.times(rate).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).minus(loan.latePaid);
    return {
      outstanding: minor(outstanding.toNumber()),
      dpd: dueOn === undefined ? 0 : Math.max(0, asOf - dueOn),
      payoff: minor(outstanding.plus(run).plus(late).toNumber()),
      principal: principal.toNumber(),
      interest: interest.toNumber(),
      lateInterest: late.toNumber(),
    };
  };
}

function checkAll(loans: readonly LoanState[]): number {
  let checked = 0;
  for (const [i, loan] of loans.entries()) {
    const read = positionReader(loan, PRODUCT);
    const other = decimalReader(loan);
    for (const asked of daysOf(loan, i)) {
      const { outstanding, dpd, payoff, arrears } = read(asked);
      const { principal, interest, lateInterest } = arrears;
      const own = JSON.stringify({ outstanding, dpd, payoff, principal, interest, lateInterest });
      const theirs = JSON.stringify(other(asked));
      if (own !== theirs)
        throw new Error(`decimal.js gives ${theirs} and not ${own} on ${asked} of loan ${i}`);
      if (position(loan, PRODUCT, asked).payoff !== payoff) throw new Error(`loan ${i} differs when fresh`);
      checked += 1;
    }
  }
  return checked;
}
