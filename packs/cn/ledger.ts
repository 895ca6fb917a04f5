import {
  type AllocationOrder,
  type AllocationSlot,
  type Ceiling,
  type Day,
  day,
  type Fraction,
  formatDay,
  formatPercent,
  type LateInterest,
  ok,
  parseRate,
  type Rate,
  type Result,
  reduce,
  refuse,
  type Wide,
  wideOf,
} from "../../src/core/index.ts";
import type { Citation, DatedValue, Force, Pack, Verification, Words } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";

/**
 * Who lends. The first two are institutions that a national regulator approved, the next seven are those that a local
 * one supervises, and `private` is everybody else: private lending provisions art. 1 and the reply of 2020, item 1.
 */
export type LenderKind =
  | "licensed-bank"
  | "consumer-finance"
  | "micro-loan"
  | "financing-guarantee"
  | "regional-equity-market"
  | "pawnbroker"
  | "financial-leasing"
  | "factoring"
  | "local-asset-manager"
  | "private";
export const LENDER_KINDS: readonly LenderKind[] = [
  "licensed-bank",
  "consumer-finance",
  "micro-loan",
  "financing-guarantee",
  "regional-equity-market",
  "pawnbroker",
  "financial-leasing",
  "factoring",
  "local-asset-manager",
  "private",
];

export interface CeilingQuestion {
  readonly lenderKind: LenderKind;
  readonly contractOn: Day;
  /** The day whose charges are measured. */
  readonly on: Day;
  /** The day of the suit, where one was filed: the line of a private contract made before 20 August 2020 hangs on it. */
  readonly filedOn?: Day;
  /** No text read says which; 365 gives the lower line, and so favours the borrower. */
  readonly yearDays?: 360 | 365;
}

/** The first day of the texts that measure by the LPR: private lending provisions, first revision. */
const BY_LPR = day("2020-08-20");

/**
 * The most that a loan may cost, by who lends.
 *
 * Takes   the kind of lender, the day of the contract, the day that is measured, and the day of the suit if there is
 *         one.
 * Gives   a ceiling with its citation, its force and how far the texts behind it were checked: the least of them. For
 *         licensed lenders it is an indicator (`onRequest`, and the text is unverified): what is contractual stays
 *         owed.
 * Refuses `order-of-days`: the measured day before the contract, or the suit before it.
 *         `no-text-read`: no text of that day is in the pack: a private contract before 2015-09-01, a suit before
 *         2021-01-01 on a contract before 2020-08-20, a licensed lender before 2017-08-04.
 *         `lender-kind-unsettled`: one of the seven local kinds before the reply of 2021-01-01.
 *         `filing-day-needed`: a private contract before 2020-08-20, measured from that day on, with no suit filed.
 *         `lpr-not-read`: the LPR of the day was not read. Nothing is filled in.
 * Holds   the rate is a whole multiple of a published one, exact.
 * Source  `cost-ceiling.*`, `lender.*`, `lpr.one-year`. Of a private contract made before 2020-08-20 there are two
 *         lines, one for the charges until 2020-08-19 and one for those after: ask for each and never measure the
 *         whole time by one.
 */
export function ceilingFor(question: CeilingQuestion, pack: Pack): Result<Ceiling> {
  const { lenderKind, contractOn, on, filedOn, yearDays = 365 } = question;
  if (on < contractOn)
    return refuse(
      "order-of-days",
      `${formatDay(on)} lies before the contract of ${formatDay(contractOn)}`,
      "on",
    );
  if (filedOn !== undefined && filedOn < contractOn)
    return refuse("order-of-days", "the suit lies before the contract", "filedOn");
  return lenderKind === "private"
    ? privateCeiling({ contractOn, on, yearDays, ...(filedOn === undefined ? {} : { filedOn }) }, pack)
    : licensedCeiling(lenderKind, on, yearDays, pack);
}

type YearDays = Ceiling["yearDays"];
interface CeilingValue {
  readonly percent?: string;
  readonly times_lpr?: number;
  readonly on_request: boolean;
}

function licensedCeiling(kind: LenderKind, on: Day, yearDays: YearDays, pack: Pack): Result<Ceiling> {
  const name = "cost-ceiling.licensed";
  const line = valueOn(pack.params, name, on);
  if (line === undefined)
    return refuse(
      "no-text-read",
      `no text on the cost of a licensed loan on ${formatDay(on)} was read`,
      "on",
    );
  const listed = [valueOn(pack.params, "lender.licensed", on), valueOn(pack.params, "lender.local", on)].find(
    (dated) => (dated?.value as readonly string[] | undefined)?.includes(kind),
  );
  if (listed === undefined)
    return refuse(
      "lender-kind-unsettled",
      `no text read says before 2021-01-01 whether a lender of the kind ${kind} is a private lender`,
      "on",
    );
  const { percent, on_request } = line.value as CeilingValue;
  return ok(ceilingOf(name, parseRate(percent!, "year")!, yearDays, on_request, [line, listed]));
}

function privateCeiling(
  { contractOn, on, filedOn, yearDays }: { contractOn: Day; on: Day; filedOn?: Day; yearDays: YearDays },
  pack: Pack,
): Result<Ceiling> {
  const older = contractOn < BY_LPR && on >= BY_LPR;
  if (older && filedOn === undefined)
    return refuse(
      "filing-day-needed",
      "of a contract before 2020-08-20, charges from that day on are measured by the LPR of the day of the suit; give it",
      "filedOn",
    );
  const name = older ? "cost-ceiling.private.older-contracts" : "cost-ceiling.private";
  const counts = older ? filedOn! : contractOn;
  const line = valueOn(pack.params, name, counts);
  if (line === undefined)
    return refuse(
      "no-text-read",
      `no text on the cost of a private loan on ${formatDay(counts)} was read`,
      older ? "filedOn" : "contractOn",
    );
  const { percent, times_lpr, on_request } = line.value as CeilingValue;
  if (times_lpr === undefined)
    return ok(ceilingOf(name, parseRate(percent!, "year")!, yearDays, on_request, [line]));
  const lpr = lprOn(counts, pack);
  if (!lpr.ok) return lpr;
  const { rate, dated } = lpr.value;
  const four = parseRate(formatPercent({ ...rate, numerator: rate.numerator * times_lpr }), "year")!;
  return ok(ceilingOf(name, four, yearDays, on_request, [line, dated]));
}

/** From the weakest to the strongest. */
const STATES: readonly Verification[] = [
  "unverified",
  "verified-press",
  "verified-reprint",
  "verified",
  "house",
];

function ceilingOf(
  rule: string,
  rate: Rate,
  yearDays: YearDays,
  onRequest: boolean,
  texts: readonly DatedValue[],
): Ceiling {
  const weakest = Math.min(...texts.map(({ verification }) => STATES.indexOf(verification)));
  return {
    rule,
    rate,
    yearDays,
    onRequest,
    cite: texts.map(({ cite }) => citeText(cite)).join("; "),
    force: texts[0]!.force,
    verification: STATES[weakest]!,
  };
}

const citeText = ({ law, at, quote }: Citation): string => `${law} ${at}: ${quote}`;

/**
 * The one-year LPR that holds on a day.
 *
 * Refuses `lpr-not-read`: before the first fixing (2019-08-20), and from the day on which the next fixing after the
 *         last one read was to be published. A fixing holds until the next, and the next may differ.
 * Source  `lpr.one-year`, a value a fixing, each with its own state.
 */
export function lprOn(on: Day, pack: Pack): Result<{ rate: Rate; dated: DatedValue }> {
  const dated = valueOn(pack.params, "lpr.one-year", on);
  if (dated === undefined) {
    const fixings = pack.params["lpr.one-year"] ?? [];
    const known = `from ${fixings[0]?.from} to ${fixings[fixings.length - 1]?.to}`;
    return refuse("lpr-not-read", `the one-year LPR of ${formatDay(on)} was not read; it is known ${known}`);
  }
  return ok({ rate: parseRate((dated.value as { percent: string }).percent, "year")!, dated });
}

export interface LateInterestBounds {
  readonly rule: string;
  /** So many times the rate of the contract. */
  readonly least: Fraction;
  readonly most: Fraction;
  readonly cite: Citation;
  readonly force: Force;
  readonly verification: Verification;
}

/**
 * Between which multiples of the contract rate late interest of a licensed lender lies.
 *
 * Takes   why: `late`, or `misuse` of a loan for another purpose; the day of the contract.
 * Refuses `no-text-read` before 2004.
 * Source  `late-interest.uplift`, `late-interest.uplift.misuse`: notice 〔2003〕251, item 3, whose force today was not
 *         confirmed.
 */
export function lateInterestBounds(
  reason: "late" | "misuse",
  on: Day,
  pack: Pack,
): Result<LateInterestBounds> {
  const rule = reason === "late" ? "late-interest.uplift" : "late-interest.uplift.misuse";
  const dated = valueOn(pack.params, rule, on);
  if (dated === undefined)
    return refuse(
      "no-text-read",
      `no text on late interest of ${formatDay(on)} was read; the first is of 2004`,
      "on",
    );
  const { cite, force, verification } = dated;
  const { least, most } = dated.value as { least: string; most: string };
  return ok({ rule, least: timesOf(least), most: timesOf(most), cite, force, verification });
}

function timesOf(text: string): Fraction {
  const [whole = "0", fraction = ""] = text.split(".");
  return reduce(Number(whole + fraction), 10 ** fraction.length);
}

export interface LateInterestTerms {
  readonly lenderKind: LenderKind;
  readonly contractOn: Day;
  /** The rate of the contract. */
  readonly rate: Rate;
  readonly lateInterest: LateInterest;
  readonly reason?: "late" | "misuse";
  readonly filedOn?: Day;
  /** The day that is measured; the day of the contract unless given. */
  readonly on?: Day;
}

export interface LateInterestFinding {
  readonly code: "above-uplift" | "below-uplift" | "above-ceiling" | "not-checked";
  readonly says: Words;
  /** The parameter it rests on; none where nothing could be checked. */
  readonly rule?: string;
  readonly cite?: string;
  readonly force?: string;
  readonly verification?: string;
}

/**
 * What stands out in the price of lateness of a contract, for the people who set up a product.
 *
 * Takes   the terms of the contract and who lends.
 * Gives   findings, none when nothing stands out: a multiple above or below what notice 251 names (licensed lenders
 *         only, since it speaks of them), a late rate above the ceiling on the cost of the loan (`above-ceiling`), and
 *         what could not be checked.
 *         They refuse nothing: the notice's force was not confirmed, and the ceiling is tested on the whole cost and
 *         not on a rate.
 * Units   a daily rate counts 365 days a year and a monthly one twelve months, as in the ceiling.
 * Source  `late-interest.uplift`, `cost-ceiling.*`.
 */
export function checkLateInterest(terms: LateInterestTerms, pack: Pack): readonly LateInterestFinding[] {
  const { lenderKind, contractOn, rate, lateInterest, reason = "late", filedOn, on = contractOn } = terms;
  const late = yearly(rateOf(lateInterest, rate));
  const findings: LateInterestFinding[] = [];
  if (lenderKind !== "private") {
    const bounds = lateInterestBounds(reason, contractOn, pack);
    if (bounds.ok) findings.push(...upliftFindings(late, yearly(wideRate(rate)), bounds.value));
    else findings.push(notChecked(bounds.refusal.says));
  }
  const ceiling = ceilingFor(
    { lenderKind, contractOn, on, ...(filedOn === undefined ? {} : { filedOn }) },
    pack,
  );
  if (!ceiling.ok) findings.push(notChecked(ceiling.refusal.says));
  else if (compare(late, yearly(wideRate(ceiling.value.rate))) > 0) {
    const { rule, cite, force, verification, rate: line } = ceiling.value;
    const found = percentText(late);
    findings.push({
      code: "above-ceiling",
      says: {
        en: `Late interest is ${found} % a year, above the line of ${formatPercent(line)} %.`,
        zh: `逾期利率折合年利率${found}%，高于${formatPercent(line)}%的界限。`,
      },
      rule,
      cite,
      force,
      verification,
    });
  }
  return findings;
}

const notChecked = (why: string): LateInterestFinding => ({
  code: "not-checked",
  says: { en: `Not checked: ${why}.`, zh: `未能核对：${why}。` },
});

function upliftFindings(late: Wide, contract: Wide, bounds: LateInterestBounds): LateInterestFinding[] {
  const at = (times: Fraction): number => {
    const { numerator, denominator } = wideOf(times);
    return compare(late, {
      numerator: contract.numerator * numerator,
      denominator: contract.denominator * denominator,
    });
  };
  const above = at(bounds.most) > 0;
  if (!above && at(bounds.least) >= 0) return [];
  const { rule, force, verification, cite } = bounds;
  const named = `${decimal(wideOf(bounds.least))}–${decimal(wideOf(bounds.most))}`;
  const found =
    contract.numerator === 0n
      ? { en: "on a loan without interest", zh: "（合同无利息）" }
      : ((times) => ({ en: `${times} times the rate of the contract`, zh: `为合同利率的${times}倍` }))(
          decimal({
            numerator: late.numerator * contract.denominator,
            denominator: late.denominator * contract.numerator,
          }),
        );
  return [
    {
      code: above ? "above-uplift" : "below-uplift",
      says: {
        en: `Late interest is ${found.en}; the notice names ${named} times.`,
        zh: `逾期利率${found.zh}，通知所列为${named}倍。`,
      },
      rule,
      cite: citeText(cite),
      force,
      verification,
    },
  ];
}

type WideRate = Wide & { readonly per: Rate["per"] };

const wideRate = ({ numerator, scale, per }: Rate): WideRate => ({
  numerator: BigInt(numerator),
  denominator: 10n ** BigInt(scale),
  per,
});

function rateOf({ rate }: LateInterest, contract: Rate): WideRate {
  if (!("times" in rate)) return wideRate(rate);
  const { numerator, denominator, per } = wideRate(contract);
  const times = wideOf(rate.times);
  return { numerator: numerator * times.numerator, denominator: denominator * times.denominator, per };
}

const A_YEAR: Readonly<Record<Rate["per"], bigint>> = { day: 365n, month: 12n, year: 1n };
const yearly = ({ numerator, denominator, per }: WideRate): Wide => ({
  numerator: numerator * A_YEAR[per],
  denominator,
});

function compare(a: Wide, b: Wide): number {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** At most four decimals, cut off, without zeros behind: for sentences, never for sums. */
function decimal({ numerator, denominator }: Wide): string {
  const digits = ((numerator * 10_000n) / denominator).toString().padStart(5, "0");
  const fraction = digits.slice(-4).replace(/0+$/, "");
  return `${digits.slice(0, -4)}${fraction && `.${fraction}`}`;
}

const percentText = ({ numerator, denominator }: Wide): string =>
  decimal({ numerator: numerator * 100n, denominator });

/** Slots of the core for each kind that the article names. It calls late interest interest; the core takes it first. */
const SLOTS: Readonly<Record<string, readonly ("fee" | "penalty" | "interest" | "principal")[]>> = {
  recovery_cost: ["fee"],
  interest: ["penalty", "interest"],
  principal: ["principal"],
};

/**
 * The order in which a payment that does not cover everything is applied where the contract is silent.
 *
 * Refuses `no-text-read` before the Civil Code, 2021-01-01.
 * Source  `allocation.order`: Civil Code art. 561. That what is past due comes before what is due, and both before
 *         what is to come, is the core's: the article speaks of what is owed.
 */
export function allocationOrder(pack: Pack, on: Day): Result<AllocationOrder> {
  const dated = valueOn(pack.params, "allocation.order", on);
  if (dated === undefined)
    return refuse("no-text-read", `no text on the order of payment of ${formatDay(on)} was read`, "on");
  const kinds = (dated.value as readonly string[]).flatMap((kind) => SLOTS[kind]!);
  const order = (["past-due", "due", "in-advance"] as const).flatMap((timing) =>
    kinds.map((kind): AllocationSlot => `${timing}.${kind}`),
  );
  return ok({ order, by: "kind" });
}
