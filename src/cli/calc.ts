import {
  ALLOCATION_SLOTS,
  type AllocationOrder,
  type AllocationSlot,
  book,
  CN_DEFAULT_ORDER,
  CURRENCIES,
  DAY_COUNTS,
  decimalsOf,
  type Every,
  type Fact,
  formatDay,
  formatMoney,
  type LateInterest,
  type LoanBooked,
  type LoanTerms,
  METHODS,
  type Minor,
  minor,
  type Product,
  positionFromFacts,
  RATE_PERIODS,
  ROUNDING_MODES,
  rateToE8,
  reduce,
  schedule,
  usualFirstDue,
} from "../core/index.ts";
import {
  answering,
  dayAt,
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
import { positionJson } from "./position-json.ts";

/** `arrears calc schedule`: terms in, the plan out. */
export const calcSchedule = answering((request) => {
  const terms = termsAt(request, "");
  const money = (value: number) => formatMoney(value as Minor, decimalsOf(terms.currency));
  const plan = schedule(terms);
  const sum = (of: "principal" | "interest") => plan.reduce((total, row) => total + row[of], 0);
  return {
    installments: plan.map((row) => ({
      n: row.n,
      dueOn: formatDay(row.dueOn),
      days: row.days,
      principal: money(row.principal),
      interest: money(row.interest),
      fee: money(0),
      penalty: money(0),
      total: money(row.principal + row.interest),
      balance: money(row.balance),
    })),
    totals: {
      principal: money(sum("principal")),
      interest: money(sum("interest")),
      fee: money(0),
      penalty: money(0),
      total: money(sum("principal") + sum("interest")),
    },
  };
});

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
        return { kind: "PaymentReversed", on: booked, id: String(event.of ?? ""), reason: "asked" };
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

const TERM_KEYS = [
  "principal",
  "currency",
  "disbursedOn",
  "firstDueOn",
  "installments",
  "every",
  "method",
  "rate",
  "dayCount",
  "interest",
  "monthEnd",
  "graceOnPrincipal",
  "rounding",
];

function termsAt(request: Json, at: string): LoanTerms {
  const path = (key: string) => (at ? `${at}.${key}` : key);
  known(request, TERM_KEYS, at);
  const currency = oneOf(request.currency ?? "CNY", CURRENCIES, path("currency"));
  const principal = moneyAt(request.principal, decimalsOf(currency), path("principal"));
  const disbursedOn = dayAt(request.disbursedOn, path("disbursedOn"));
  const every = everyAt(request.every ?? { months: 1 }, path("every"));
  const monthEnd = oneOf(request.monthEnd ?? "clamp", ["clamp", "roll"] as const, path("monthEnd"));
  const installments = wholeAt(request.installments, 1, 600, path("installments"));
  if (request.graceOnPrincipal !== undefined && request.graceOnPrincipal !== 0)
    throw new Impossible(
      "not-supported",
      "grace on principal is not supported in this version",
      path("graceOnPrincipal"),
    );
  const firstDueOn =
    request.firstDueOn === undefined || request.firstDueOn === null
      ? usualFirstDue(disbursedOn, every, monthEnd)
      : dayAt(request.firstDueOn, path("firstDueOn"));
  if (firstDueOn <= disbursedOn)
    throw new Impossible(
      "order-of-days",
      "the first due day must come after the pay-out day",
      path("firstDueOn"),
    );
  const rate = mapAt(request.rate, path("rate"));
  known(rate, ["percent", "per"], path("rate"));
  const rounding = mapAt(request.rounding ?? {}, path("rounding"));
  known(rounding, ["mode", "installmentMultiple", "residual"], path("rounding"));
  const multiple = rounding.installmentMultiple;
  return {
    principal,
    currency,
    disbursedOn,
    firstDueOn,
    installments,
    every,
    method: oneOf(request.method, METHODS, path("method")),
    rate: rateAt(rate.percent, rate.per, path("rate")),
    ratePer: oneOf(rate.per, RATE_PERIODS, path("rate.per")),
    dayCount: oneOf(request.dayCount ?? "ACT/365", DAY_COUNTS, path("dayCount")),
    interest: oneOf(request.interest ?? "daily", ["daily", "period"] as const, path("interest")),
    monthEnd,
    rounding: {
      mode: oneOf(rounding.mode ?? "half-even", ROUNDING_MODES, path("rounding.mode")),
      residual: oneOf(
        rounding.residual ?? "last",
        ["last", "first", "level"] as const,
        path("rounding.residual"),
      ),
      installmentMultiple:
        multiple === undefined
          ? minor(1)
          : moneyAt(multiple, decimalsOf(currency), path("rounding.installmentMultiple")),
    },
  };
}

function everyAt(value: unknown, at: string): Every {
  const every = mapAt(value, at);
  known(every, ["months", "weeks", "days"], at);
  const units = Object.keys(every);
  if (units.length !== 1) throw new Impossible("one-unit", 'a period has one unit: {"months":1}', at);
  const unit = units[0] as "months" | "weeks" | "days";
  return { [unit]: wholeAt(every[unit], 1, 400, `${at}.${unit}`) } as Every;
}
