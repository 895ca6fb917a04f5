import {
  ALLOCATION_SLOTS,
  type AllocationOrder,
  type AllocationSlot,
  book,
  CN_DEFAULT_ORDER,
  decimalsOf,
  type Fact,
  formatDay,
  type LateInterest,
  type LoanBooked,
  type LoanTerms,
  type Product,
  positionFromFacts,
  rateToE8,
  reduce,
} from "../core/index.ts";
import { rateAt, termsAt } from "./calc-terms.ts";
import { answering, dayAt, Impossible, type Json, known, listAt, mapAt, moneyAt, oneOf } from "./json-in.ts";
import { positionJson } from "./position-json.ts";

const POSITION_KEYS = ["loan", "policy", "events", "asOf"];
const POLICY_KEYS = ["allocation", "lateInterest", "grace", "buckets"];
const EVENT_KEYS = ["id", "on", "kind", "amount", "of", "bookedOn"];
const EVENT_KINDS = ["payment", "reversal"] as const;

/** `arrears calc position`: a loan, its policy and its events in; one position per day asked. */
export const calcPosition = answering((request) => {
  known(request, POSITION_KEYS, "");
  const terms = termsAt(mapAt(request.loan, "loan"), "loan");
  const rateE8 = rateToE8(terms.rate);
  if (rateE8 === undefined)
    throw new Impossible("rate-too-fine", "rates are kept to six decimals of a percent", "loan.rate.percent");
  const product = productOf(terms, mapAt(request.policy ?? {}, "policy"));
  const first: LoanBooked = {
    kind: "LoanBooked",
    on: terms.disbursedOn,
    id: "calc",
    product: 1,
    principal: terms.principal,
    rateE8,
    disbursedOn: terms.disbursedOn,
    firstDueOn: terms.firstDueOn,
    installments: terms.installments,
    reach: 0,
  };
  const decimals = decimalsOf(terms.currency);
  const facts: Fact[] = [first, ...eventsAt(request.events ?? [], terms, decimals)];
  const key = { bucket: 0, n: 1 };
  book(key, first, product);
  const days = listAt(request.asOf, "asOf").map((text, i) => dayAt(text, `asOf[${i}]`));
  return {
    positions: days.map((asOf) => {
      const position = positionFromFacts(key, facts, () => product, asOf);
      return position ? positionJson(position, decimals) : { asOf: formatDay(asOf), status: "not-paid-out" };
    }),
  };
});

function eventsAt(value: unknown, terms: LoanTerms, decimals: number): Fact[] {
  return listAt(value, "events")
    .map((item, i): Fact => {
      const at = `events[${i}]`;
      const event = mapAt(item, at);
      known(event, EVENT_KEYS, at);
      const kind = oneOf(event.kind, EVENT_KINDS, `${at}.kind`);
      const on = dayAt(event.on, `${at}.on`);
      if (on < terms.disbursedOn)
        throw new Impossible("before-payout", "an event comes after the pay-out", `${at}.on`);
      const booked = event.bookedOn === undefined ? on : dayAt(event.bookedOn, `${at}.bookedOn`);
      const id = typeof event.id === "string" && event.id !== "" ? event.id : `event ${i}`;
      if (kind === "reversal")
        return { kind: "EntryReversed", on: booked, id: String(event.of ?? ""), reason: "asked" };
      const amount = moneyAt(event.amount, decimals, `${at}.amount`);
      return { kind: "PaymentReceived", on: booked, id, amount, valueOn: on };
    })
    .sort((a, b) => a.on - b.on);
}

function productOf(terms: LoanTerms, policy: Json): Product {
  known(policy, POLICY_KEYS, "policy");
  if (
    policy.grace !== undefined &&
    JSON.stringify(policy.grace) !== "{}" &&
    (policy.grace as Json).days !== 0
  )
    throw new Impossible(
      "not-supported",
      "grace above 0 days is not supported in this version",
      "policy.grace",
    );
  const { principal: _p, rate, disbursedOn: _d, firstDueOn: _f, installments: _i, ...product } = terms;
  const late = lateAt(policy.lateInterest);
  return {
    id: 1,
    lender: "calc",
    code: "calc",
    source: "kept",
    terms: { ...product, ratePer: rate.per },
    ...(late ? { lateInterest: late } : {}),
    allocation:
      policy.allocation === undefined
        ? CN_DEFAULT_ORDER
        : allocationAt(mapAt(policy.allocation, "policy.allocation")),
    bandEdges: policy.buckets === undefined ? [1, 31, 61, 91] : edgesAt(policy.buckets),
    strategy: "none",
  };
}

function allocationAt(value: Json): AllocationOrder {
  known(value, ["order", "by", "inAdvance"], "policy.allocation");
  if (value.inAdvance !== undefined && value.inAdvance !== "next")
    throw new Impossible(
      "not-supported",
      'money in advance goes to the "next" installment in this version',
      "policy.allocation.inAdvance",
    );
  const order = listAt(value.order, "policy.allocation.order").map(
    (slot, i): AllocationSlot => oneOf(slot, ALLOCATION_SLOTS, `policy.allocation.order[${i}]`),
  );
  return {
    order,
    by: oneOf(value.by ?? "installment", ["installment", "kind"] as const, "policy.allocation.by"),
  };
}

function lateAt(value: unknown): LateInterest | undefined {
  if (value === undefined || value === null) return undefined;
  const late = mapAt(value, "policy.lateInterest");
  known(late, ["times", "percent", "per", "on"], "policy.lateInterest");
  const on = oneOf(
    late.on ?? "principal",
    ["principal", "principal+interest"] as const,
    "policy.lateInterest.on",
  );
  if (late.times !== undefined) {
    const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(String(late.times));
    if (!match)
      throw new Impossible(
        "not-a-number",
        `"${late.times}" is no multiple such as "1.5"`,
        "policy.lateInterest.times",
      );
    const fraction = match[2] ?? "";
    return { rate: { times: reduce(Number(match[1] + fraction), 10 ** fraction.length) }, on };
  }
  return { rate: rateAt(late.percent, late.per, "policy.lateInterest"), on };
}

function edgesAt(value: unknown): number[] {
  const edges = listAt(value, "policy.buckets").map(Number);
  if (edges.some((edge, i) => !Number.isSafeInteger(edge) || edge < 1 || (i > 0 && edge <= edges[i - 1]!)))
    throw new Impossible(
      "not-in-order",
      "buckets are first days past due, in rising order: [1, 31, 61]",
      "policy.buckets",
    );
  return edges;
}
