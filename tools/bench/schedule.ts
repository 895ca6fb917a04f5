import { createRequire } from "node:module";
import { Decimal } from "decimal.js";
import {
  day,
  type Installment,
  interestBetween,
  interestOfPeriod,
  type LoanTerms,
  type Method,
  type Minor,
  minor,
  parseRate,
  schedule,
  usualFirstDue,
} from "../../src/core/index.ts";

const PERIODS = 12;
/** Loans of each method and kind of interest, all different: other days, principals and rates. */
const LOANS = 4096;
const ROUNDS_OF_WARMING = 20;
const SECONDS_MEASURED = 1;

interface Peers {
  readonly Loan: new (
    amount: number,
    count: number,
    percent: number,
    kind: "annuity" | "diminishing",
  ) => { installments: { capital: number; interest: number; remain: number }[] };
  readonly Calculator: {
    calculate(config: { method: string; apr: number; balance: number; loanTerm: number; startDate?: Date }): {
      schedule: { interest: number; principal: number; remainingBalance: number }[];
    };
  };
}

/**
 * Schedules of twelve periods a CPU second, beside two packages of the same purpose and the same algorithm over a decimal
 * library, in one run. Before it measures it checks that all give the same plan: the decimal one to the cent, the two
 * packages, which reckon in doubles, to a few cents.
 */
export async function benchSchedule(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const seconds = Number(args.get("seconds") ?? SECONDS_MEASURED);
  const { Loan, Calculator } = peers();
  const whole = (method: Method) => loans(method, "period");
  const daily = (method: Method) => loans(method, "daily");
  const own = (terms: LoanTerms) => schedule(terms).length;
  const annuity = (terms: LoanTerms) =>
    new Loan(terms.principal / 100, PERIODS, percentOf(terms), "annuity").installments.length;
  const diminishing = (terms: LoanTerms) =>
    new Loan(terms.principal / 100, PERIODS, percentOf(terms), "diminishing").installments.length;
  const mortgage = (terms: LoanTerms) =>
    Calculator.calculate({
      method: "mortgage",
      apr: percentOf(terms),
      balance: terms.principal / 100,
      loanTerm: PERIODS,
    }).schedule.length;
  const decimal = (terms: LoanTerms) => decimalSchedule(terms).length;

  progress("checking that all give the same plan");
  const apart = checkAll(Loan, Calculator);

  const rate = (name: string, terms: readonly LoanTerms[], make: (terms: LoanTerms) => number): number => {
    progress(name);
    return aCpuSecond(terms, make, seconds);
  };
  const installmentPeriod = rate("equal installments", whole("equal-installment"), own);
  const installmentDaily = rate("equal installments, daily", daily("equal-installment"), own);
  const principalPeriod = rate("equal principal", whole("equal-principal"), own);
  const principalDaily = rate("equal principal, daily", daily("equal-principal"), own);
  const loanjsAnnuity = rate("loanjs annuity", whole("equal-installment"), annuity);
  const loanjsDiminishing = rate("loanjs diminishing", whole("equal-principal"), diminishing);
  const amortizejs = rate("amortizejs mortgage", whole("equal-installment"), mortgage);
  const decimalInstallment = rate("decimal.js", whole("equal-installment"), decimal);
  const decimalPrincipal = rate("decimal.js equal principal", whole("equal-principal"), decimal);
  return {
    bench: "schedule",
    periods: PERIODS,
    loans: LOANS,
    target: 500_000,
    // The slowest of the four, so that none hides behind another.
    schedulesACpuSecond: Math.round(
      Math.min(installmentPeriod, installmentDaily, principalPeriod, principalDaily),
    ),
    equalInstallmentACpuSecond: Math.round(installmentPeriod),
    equalInstallmentDailyACpuSecond: Math.round(installmentDaily),
    equalPrincipalACpuSecond: Math.round(principalPeriod),
    equalPrincipalDailyACpuSecond: Math.round(principalDaily),
    loanjsAnnuityACpuSecond: Math.round(loanjsAnnuity),
    loanjsDiminishingACpuSecond: Math.round(loanjsDiminishing),
    amortizejsACpuSecond: Math.round(amortizejs),
    decimalEqualInstallmentACpuSecond: Math.round(decimalInstallment),
    decimalEqualPrincipalACpuSecond: Math.round(decimalPrincipal),
    ratioToLoanjs: installmentPeriod / loanjsAnnuity,
    ratioToLoanjsDiminishing: principalPeriod / loanjsDiminishing,
    ratioToAmortizejs: installmentPeriod / amortizejs,
    ratioToDecimal: installmentPeriod / decimalInstallment,
    ratioToDecimalEqualPrincipal: principalPeriod / decimalPrincipal,
    plansChecked: apart.checked,
    largestGapToLoanjs: apart.loanjs,
    largestGapToAmortizejs: apart.amortizejs,
  };
}

function peers(): Peers {
  // Both are CommonJS, and their types do not resolve under our settings.
  const load = createRequire(import.meta.url);
  const { Loan } = load("loanjs") as Pick<Peers, "Loan">;
  const { Calculator } = load("amortizejs") as Pick<Peers, "Calculator">;
  return { Loan, Calculator };
}

function loans(method: Method, interest: "daily" | "period"): LoanTerms[] {
  const every = { months: 1 };
  return Array.from({ length: LOANS }, (_, i): LoanTerms => {
    const disbursedOn = (day("2024-01-01") + ((i * 37) % 1000)) as LoanTerms["disbursedOn"];
    const rate = parseRate(`${3 + (i % 30)}.${10 + (i % 89)}`, "year")!;
    return {
      currency: "CNY",
      principal: minor(100_000 + ((i * 7919) % 9_000_000)),
      rate,
      ratePer: "year",
      every,
      method,
      dayCount: "ACT/365",
      interest,
      monthEnd: "clamp",
      disbursedOn,
      firstDueOn: usualFirstDue(disbursedOn, every, "clamp"),
      installments: PERIODS,
      rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
    };
  });
}

const percentOf = (terms: LoanTerms): number => terms.rate.numerator / 10 ** (terms.rate.scale - 2);

/** CPU seconds and not wall seconds: other work on the machine shall not count. */
function aCpuSecond(
  terms: readonly LoanTerms[],
  make: (terms: LoanTerms) => number,
  seconds: number,
): number {
  let rows = 0;
  const round = () => {
    for (const one of terms) rows += make(one);
  };
  const spent = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const until = spent() + seconds / 2;
  for (let i = 0; i < ROUNDS_OF_WARMING && spent() < until; i++) round();
  rows = 0;
  const start = spent();
  let rounds = 0;
  do {
    round();
    rounds += 1;
  } while (spent() < start + seconds);
  const cpu = spent() - start;
  if (rows !== rounds * terms.length * PERIODS) throw new Error("a plan has not twelve rows");
  return (rounds * terms.length) / cpu;
}

/** What the core does, over decimal.js: exact shares, interest rounded once a row, the last row takes the rest. */
function decimalSchedule(terms: LoanTerms): Installment[] {
  const plan: Installment[] = [];
  const share = decimalShare(terms);
  const level =
    terms.method === "equal-installment"
      ? new Decimal(terms.principal)
          .times(share)
          .dividedBy(new Decimal(1).minus(new Decimal(1).plus(share).pow(-PERIODS)))
          .toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
      : undefined;
  const part = new Decimal(terms.principal).dividedBy(PERIODS).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  let balance = new Decimal(terms.principal);
  for (let n = 1; n <= PERIODS; n++) {
    const interest = balance.times(share).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
    const wanted = level ? level.minus(interest) : part;
    const paid = n === PERIODS ? balance : wanted;
    balance = balance.minus(paid);
    plan.push({
      n,
      dueOn: terms.firstDueOn,
      days: 0,
      principal: paid.toNumber() as Minor,
      interest: interest.toNumber() as Minor,
      balance: balance.toNumber() as Minor,
    });
  }
  return plan;
}

function decimalShare(terms: LoanTerms): Decimal {
  const { numerator, denominator } =
    terms.interest === "period"
      ? interestOfPeriod(terms.rate, terms.dayCount, terms.every)
      : interestBetween(terms.rate, terms.dayCount, terms.disbursedOn, terms.firstDueOn);
  return new Decimal(numerator).dividedBy(denominator);
}

/** The packages carry cents that they never round, so that a row may be off by what a dozen roundings make. */
const CENTS_APART = 12;

function checkAll(Loan: Peers["Loan"], Calculator: Peers["Calculator"]) {
  let checked = 0;
  let loanjs = 0;
  let amortizejs = 0;
  for (const method of ["equal-installment", "equal-principal"] as const) {
    for (const terms of loans(method, "period")) {
      const plan = schedule(terms);
      for (const [i, row] of decimalSchedule(terms).entries())
        if (row.principal !== plan[i]!.principal || row.interest !== plan[i]!.interest)
          throw new Error(`decimal.js gives another row ${i + 1} of ${JSON.stringify(terms)}`);
      const kind = method === "equal-installment" ? "annuity" : "diminishing";
      const other = new Loan(terms.principal / 100, PERIODS, percentOf(terms), kind).installments;
      loanjs = Math.max(
        loanjs,
        gap(
          plan,
          other.map((row) => row.interest),
        ),
      );
      if (method === "equal-installment") {
        const third = Calculator.calculate({
          method: "mortgage",
          apr: percentOf(terms),
          balance: terms.principal / 100,
          loanTerm: PERIODS,
        }).schedule;
        amortizejs = Math.max(
          amortizejs,
          gap(
            plan,
            third.map((row) => row.interest),
          ),
        );
      }
      checked += 1;
    }
  }
  if (loanjs > CENTS_APART || amortizejs > CENTS_APART)
    throw new Error(`the plans differ by ${Math.max(loanjs, amortizejs)} cents`);
  return { checked, loanjs, amortizejs };
}

const gap = (plan: readonly Installment[], interests: readonly number[]): number =>
  interests.length === plan.length
    ? plan.reduce(
        (most, row, i) => Math.max(most, Math.abs(row.interest - Math.round(interests[i]! * 100))),
        0,
      )
    : Number.POSITIVE_INFINITY;
