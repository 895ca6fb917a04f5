import { ceilingFor, LENDER_KINDS } from "../../packs/cn/index.ts";
import {
  ALLOCATION_SLOTS,
  type AllocationOrder,
  type AllocationSlot,
  addDays,
  booksOf,
  type Ceiling,
  CN_DEFAULT_ORDER,
  type Day,
  type DpdConvention,
  dayOf,
  decimalsOf,
  eventAt,
  type Fact,
  formatDay,
  type Grace,
  IN_ADVANCE,
  type LateFee,
  type LateInterest,
  type LoanTerms,
  type Product,
  positionOfBooks,
  reduce,
  type Seen,
  type WorkCalendar,
  weekday,
  ymd,
} from "../core/index.ts";
import { claimableJson, positionJson } from "../office/loans/position-json.ts";
import { orRefused, packWith } from "./calc-pack.ts";
import { termsAt } from "./calc-terms.ts";
import {
  answering,
  dayAt,
  flagAt,
  fractionAt,
  Impossible,
  type Json,
  known,
  listAt,
  mapAt,
  moneyAt,
  oneOf,
  rateAt,
  wholeAt,
} from "./json-in.ts";

const POLICY_KEYS = [
  "allocation",
  "lateInterest",
  "lateFee",
  "grace",
  "dpd",
  "daysOff",
  "ceiling",
  "buckets",
] as const;

/** `arrears calc position`: a loan, its policy and its events in; one position per day asked. */
export const calcPosition = answering((request) => {
  known(request, ["loan", "policy", "events", "asOf"], "");
  const terms = termsAt(mapAt(request.loan, "loan"), "loan");
  const policy = mapAt(request.policy ?? {}, "policy");
  const days = listAt(request.asOf, "asOf").map((item, i) => seenAt(item, `asOf[${i}]`));
  const product = productAt(policy, terms, days);
  const decimals = decimalsOf(terms.currency);
  const facts = eventsAt(request.events ?? [], terms, decimals);
  return {
    positions: days.map((seen) => {
      const books = booksOf(terms, facts, product, seen);
      if (!books) return { asOf: formatDay(seen.asOf), status: "not-paid-out" };
      return {
        ...positionJson(positionOfBooks(books, product), decimals),
        ...(isGiven(policy.ceiling)
          ? claimableJson(
              books,
              product,
              ceilingAt(policy.ceiling, terms.disbursedOn, seen.asOf, "policy.ceiling"),
              decimals,
            )
          : {}),
      };
    }),
  };
});

/** A day, or a day with the day whose knowledge of it is asked for. */
function seenAt(value: unknown, at: string): Seen {
  if (typeof value === "string") return { asOf: dayAt(value, at) };
  const seen = mapAt(value, at);
  known(seen, ["asOf", "knownOn"], at);
  const asOf = dayAt(seen.asOf, `${at}.asOf`);
  return seen.knownOn === undefined ? { asOf } : { asOf, knownOn: dayAt(seen.knownOn, `${at}.knownOn`) };
}

function eventsAt(value: unknown, { rate, disbursedOn }: LoanTerms, decimals: number): Fact[] {
  const facts = listAt(value, "events").map((item, i): Fact => {
    const context = { at: `events[${i}].`, id: `event ${i}`, decimals, ratePer: rate.per, disbursedOn };
    return eventAt(mapAt(item, `events[${i}]`), context);
  });
  const ids = new Set<string>();
  for (const [i, fact] of facts.entries()) {
    if (!("id" in fact) || fact.kind === "EntryReversed") continue;
    if (ids.has(fact.id))
      throw new Impossible("id-twice", `two events are called "${fact.id}"`, `events[${i}].id`);
    ids.add(fact.id);
  }
  for (const [i, fact] of facts.entries()) {
    if (fact.kind === "EntryReversed" && !ids.has(fact.id))
      throw new Impossible("no-such-event", `there is no event "${fact.id}" to reverse`, `events[${i}].of`);
  }
  return facts;
}

function productAt(policy: Json, terms: LoanTerms, days: readonly Seen[]): Product {
  known(policy, POLICY_KEYS, "policy");
  const { principal: _p, rate, disbursedOn: _d, firstDueOn: _f, installments: _i, ...product } = terms;
  const { allocation, lateInterest, lateFee, grace, dpd, daysOff, buckets } = policy;
  const decimals = decimalsOf(terms.currency);
  const last = days.reduce((latest, { asOf }) => Math.max(latest, asOf), terms.disbursedOn as number);
  return {
    id: 1,
    lender: "calc",
    code: "calc",
    source: "kept",
    terms: { ...product, ratePer: rate.per },
    ...(isGiven(lateInterest) ? { lateInterest: lateAt(lateInterest, "policy.lateInterest") } : {}),
    ...(isGiven(lateFee) ? { lateFee: lateFeeAt(lateFee, decimals, "policy.lateFee") } : {}),
    ...(isGiven(grace) ? graceAt(grace, "policy.grace") : {}),
    ...(isGiven(dpd) ? { dpd: dpdAt(dpd, decimals, "policy.dpd") } : {}),
    ...(isGiven(daysOff)
      ? { payableOn: calendarAt(daysOff, terms.disbursedOn, last as Day, "policy.daysOff") }
      : {}),
    allocation: isGiven(allocation) ? allocationAt(allocation, "policy.allocation") : CN_DEFAULT_ORDER,
    bandEdges: isGiven(buckets) ? edgesAt(buckets, "policy.buckets") : [1, 31, 61, 91],
    strategy: "none",
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function allocationAt(value: unknown, at: string): AllocationOrder {
  const allocation = mapAt(value, at);
  known(allocation, ["order", "by", "inAdvance"], at);
  const order = listAt(allocation.order ?? CN_DEFAULT_ORDER.order, `${at}.order`).map(
    (slot, i): AllocationSlot => oneOf(slot, ALLOCATION_SLOTS, `${at}.order[${i}]`),
  );
  const twice = order.findIndex((slot, i) => order.indexOf(slot) < i);
  if (twice >= 0)
    throw new Impossible(
      "slot-twice",
      `"${order[twice]}" stands twice in the order`,
      `${at}.order[${twice}]`,
    );
  return {
    order,
    by: oneOf(allocation.by ?? "installment", ["installment", "kind"] as const, `${at}.by`),
    inAdvance: oneOf(allocation.inAdvance ?? "next", IN_ADVANCE, `${at}.inAdvance`),
  };
}

function lateAt(value: unknown, at: string): LateInterest {
  const late = mapAt(value, at);
  known(late, ["times", "percent", "per", "on", "compound"], at);
  const on = oneOf(late.on ?? "principal", ["principal", "principal+interest"] as const, `${at}.on`);
  const compound = flagAt(late.compound ?? false, `${at}.compound`);
  if (compound && on !== "principal")
    throw new Impossible(
      "twice",
      'interest that bears late interest already does not bear compound interest too; write "on":"principal"',
      `${at}.compound`,
    );
  const rate =
    late.times === undefined
      ? rateAt(late.percent, late.per, at)
      : { times: fractionAt(late.times, "a multiple such as", "1.5", `${at}.times`) };
  return { rate, on, ...(compound ? { compound } : {}) };
}

function lateFeeAt(value: unknown, decimals: number, at: string): LateFee {
  const fee = mapAt(value, at);
  known(fee, ["afterDays", "amount", "percent"], at);
  const afterDays = wholeAt(fee.afterDays ?? 1, 1, 3650, `${at}.afterDays`);
  if ((fee.amount === undefined) === (fee.percent === undefined))
    throw new Impossible("one-of-two", "a late fee is an amount or a percent of what is unpaid", at);
  if (fee.amount !== undefined)
    return { afterDays, fee: { amount: moneyAt(fee.amount, decimals, `${at}.amount`) } };
  const share = fractionAt(fee.percent, "a percent such as", "5", `${at}.percent`);
  return { afterDays, fee: { share: reduce(share.numerator, share.denominator * 100) } };
}

function graceAt(value: unknown, at: string): { grace?: Grace } {
  const grace = mapAt(value, at);
  known(grace, ["days", "free"], at);
  const days = wholeAt(grace.days ?? 0, 0, 366, `${at}.days`);
  const free = flagAt(grace.free ?? true, `${at}.free`);
  return days === 0 ? {} : { grace: { days, free } };
}

function dpdAt(value: unknown, decimals: number, at: string): DpdConvention {
  const dpd = mapAt(value, at);
  known(dpd, ["since", "grace", "tolerance", "basis"], at);
  return {
    since: oneOf(dpd.since ?? "oldest-unpaid", ["oldest-unpaid", "unbroken-arrears"] as const, `${at}.since`),
    grace: oneOf(dpd.grace ?? "counts", ["counts", "waits", "excluded"] as const, `${at}.grace`),
    basis: oneOf(dpd.basis ?? "actual", ["actual", "30/360"] as const, `${at}.basis`),
    ...(dpd.tolerance === undefined
      ? {}
      : { tolerance: moneyAt(dpd.tolerance, decimals, `${at}.tolerance`) }),
  };
}

/** Days off as a list, `"weekends"` among them for all Saturdays and Sundays; all other days are working days. */
function calendarAt(value: unknown, from: Day, through: Day, at: string): WorkCalendar {
  const daysOff = new Set<Day>();
  const years = new Set<number>();
  // A due day on the last day asked can still be paid days later.
  for (let year = ymd(from).year; year <= ymd(through).year + 1; year++) years.add(year);
  const items = listAt(value, at);
  const weekends = items.includes("weekends");
  for (const [i, item] of items.entries()) if (item !== "weekends") daysOff.add(dayAt(item, `${at}[${i}]`));
  const makeUpWorkdays = new Set<Day>();
  if (!weekends) {
    const end = dayOf(ymd(through).year + 2, 1, 1);
    for (let day = from; day < end; day = addDays(day, 1)) if (weekday(day) > 5) makeUpWorkdays.add(day);
  }
  return { place: "request's", source: "the request", years, daysOff, makeUpWorkdays };
}

/** A rate of the request's own, or the one that a pack has for a kind of lender on the day that is measured. */
function ceilingAt(value: unknown, contractOn: Day, on: Day, at: string): Ceiling {
  const ceiling = mapAt(value, at);
  known(ceiling, ["percent", "yearDays", "pack", "lenderKind"], at);
  const yearDays = ceiling.yearDays ?? 365;
  if (yearDays !== 360 && yearDays !== 365)
    throw new Impossible("unknown-value", "a year of a ceiling has 360 or 365 days", `${at}.yearDays`);
  if (ceiling.pack !== undefined) {
    const lenderKind = oneOf(ceiling.lenderKind, LENDER_KINDS, `${at}.lenderKind`);
    const pack = packWith("cost-ceiling.", "ceiling on the cost of a loan", ceiling.pack, `${at}.pack`);
    return orRefused(ceilingFor({ lenderKind, contractOn, on, yearDays }, pack), at);
  }
  return {
    rule: "request",
    rate: rateAt(ceiling.percent, "year", at),
    yearDays,
    onRequest: true,
    cite: "the request",
    force: "none",
    verification: "as the request says",
  };
}

function edgesAt(value: unknown, at: string): number[] {
  const edges = listAt(value, at).map(Number);
  if (edges.some((edge, i) => !Number.isSafeInteger(edge) || edge < 1 || (i > 0 && edge <= edges[i - 1]!)))
    throw new Impossible("not-in-order", "buckets are first days past due, in rising order: [1, 31, 61]", at);
  return edges;
}
