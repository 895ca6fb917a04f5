import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type AllocationOrder,
  type AllocationSlot,
  addDays,
  askableOf,
  askableOn,
  booksFromFacts,
  type Ceiling,
  type ChargeKind,
  type ClaimKind,
  CN_DEFAULT_ORDER,
  claimableOf,
  type Day,
  type DpdConvention,
  day,
  dayOf,
  disputeBy,
  disputeOn,
  evolve,
  type Fact,
  formatDay,
  formatMoney,
  type InAdvance,
  type LateFee,
  type LateInterest,
  type LoanBooked,
  type LoanState,
  type Method,
  type Minor,
  type Position,
  type Product,
  type PromiseRules,
  parseMoney,
  parseRate,
  position,
  positionFromFacts,
  promiseOn,
  promisePause,
  type Rate,
  REPLANS,
  type Replan,
  type ReportedStatus,
  rateToE8,
  replay,
  schedule,
  termsOf,
  usualFirstDue,
  type WaivableKind,
  type WorkCalendar,
} from "../../src/core/index.ts";
import { promisesJudged } from "../../src/dayclose/index.ts";

/**
 * Each `*.txt` here is a loan's life as a timeline. First its name as a sentence, then the contract, then one line a
 * fact or a look: day, what, and the figures that must hold once it is folded in. `#` lines show the arithmetic.
 *
 * The contract, of which only `loan` is required:
 *
 *   loan     3000.00 in 3, paid out 2026-01-01, at 0.05 % a day [, METHOD]
 *   late     1.5 x contract on principal [and interest] [, compound]       or   24 % a year on principal
 *   grace    5 days, free                        or   5 days, waiting
 *   fee      15.00 after 3 days                  or   5 % after 3 days
 *   dpd      unbroken arrears, grace waits, grace excluded, tolerance 10.00, 30/360     any of them
 *   off      weekends, 2026-05-01
 *   order    installment: principal, interest, penalty
 *   ahead    next | last | reamortise
 *   ceiling  24 % a year of 365 days
 *   promises kept from 95 %                      or   half keeps 3 days
 *
 * What happens:
 *
 *   close                    a look at the loan on that day
 *   due AMOUNT               the plan has an installment of that amount on that day
 *   payment AMOUNT [as ID] [valued DAY]
 *   reversal ID
 *   charge AMOUNT KIND [due DAY] [as ID]         waiver AMOUNT of KIND
 *   pause late interest runs|stops [until DAY]   resume
 *   deferral | extension | restructure | re-age  from DAY [in N] [at R % a day] [by METHOD]
 *                                                [interest capitalise|waive] [late capitalise|waive]
 *   accelerate                                   judgment principal A interest A costs A by DAY [at R % a day]
 *   settle AMOUNT by DAY                         refund AMOUNT
 *   write-off late interest runs|stops           assign to NAME
 *   report principal A arrears A charges A [due DAY] [for DAY] [status S]     the core system's word on a fed loan
 *   promise AMOUNT by DAY [and AMOUNT by DAY] [as ID] [replacing ID]        withdraw ID
 *   dispute AMOUNT|whole     answered            a hold for dispute, of a part or of the whole; and what lifts it
 *   known DAY                the loan on another day, as known on this one
 */
const KEY = { bucket: 1, n: 4097 };
const money = (text: string): Minor => {
  const value = parseMoney(text);
  if (value === undefined) throw new Error(`"${text}" is no amount`);
  return value;
};

interface Line {
  readonly at: string;
  readonly on: Day;
  readonly what: string;
  readonly words: readonly string[];
  readonly expected: Readonly<Record<string, string>>;
}

interface Scenario {
  readonly name: string;
  readonly product: Product;
  readonly booked: LoanBooked;
  readonly ceiling: Ceiling | undefined;
  readonly lines: readonly Line[];
}

const FIGURES: Readonly<
  Record<string, (position: Position, claimable: Minor | undefined, loan?: LoanState) => string>
> = {
  dpd: (p) => String(p.dpd),
  band: (p) => p.band,
  arrears: (p) => formatMoney(p.arrears.total),
  principal: (p) => formatMoney(p.arrears.principal),
  interest: (p) => formatMoney(p.arrears.interest),
  late: (p) => formatMoney(p.arrears.lateInterest),
  compound: (p) => formatMoney(p.arrears.compoundInterest),
  fee: (p) => formatMoney(p.arrears.fee),
  penalty: (p) => formatMoney(p.arrears.penalty),
  costs: (p) => formatMoney(p.arrears.recoveryCost),
  contractual: (p) => formatMoney(p.contractual),
  outstanding: (p) => formatMoney(p.outstanding),
  payoff: (p) => formatMoney(p.payoff),
  unapplied: (p) => formatMoney(p.unapplied),
  next: (p) => (p.nextDue ? formatMoney(p.nextDue.amount) : "none"),
  due: (p) => (p.dueOn === null ? "none" : formatDay(p.dueOn)),
  status: (p) => p.status,
  promise: (p, _, loan) => lastPromise(p, loan)?.status ?? "none",
  came: (p, _, loan) => formatMoney(lastPromise(p, loan)?.paid ?? (0 as Minor)),
  paused: (p, _, loan) => {
    const through =
      loan && scenarioProducts.get(loan) && promisePause(loan, scenarioProducts.get(loan)!, p.asOf);
    return through === undefined ? "no" : formatDay(through);
  },
  disputed: (p, _, loan) => formatMoney(askableOf(p, loan && disputeOn(loan, p.asOf)).disputed),
  askable: (p, _, loan) => formatMoney(askableOf(p, loan && disputeOn(loan, p.asOf)).sum),
  claimable: (_, claimable) => (claimable === undefined ? "no ceiling" : formatMoney(claimable)),
};

const scenarioProducts = new WeakMap<LoanState, Product>();

function lastPromise({ asOf }: Position, loan: LoanState | undefined) {
  const promise = loan?.extra?.promises?.at(-1);
  return promise && loan && promiseOn(promise, loan, scenarioProducts.get(loan)!, asOf);
}

function read(text: string, file: string): Scenario {
  const [name = "", ...rest] = text.split("\n");
  const settings = new Map<string, string>();
  const lines: Line[] = [];
  for (const [i, raw] of rest.entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const at = `${file}:${i + 2}`;
    if (/^\d{4}-/.test(line)) lines.push(readLine(line, at));
    else settings.set(line.split(/\s+/)[0]!, line.replace(/^\S+\s+/, ""));
  }
  return { name, lines, ...contract(settings, file) };
}

/** Words of a fact come first; figures that must hold stand behind two or more blanks. */
function readLine(line: string, at: string): Line {
  const [date = "", what = "", ...parts] = line.split(/\s{2,}/);
  const isFigure = (part: string) => part.split(" ").length === 2 && (part.split(" ")[0] ?? "") in FIGURES;
  const firstFigure = parts.findIndex(isFigure);
  const words = (firstFigure < 0 ? parts : parts.slice(0, firstFigure)).join(" ").split(" ");
  const expected: Record<string, string> = {};
  for (const figure of firstFigure < 0 ? [] : parts.slice(firstFigure)) {
    if (!isFigure(figure))
      throw new Error(`${at}: "${figure}" is no figure; known are ${Object.keys(FIGURES)}`);
    const [key = "", value = ""] = figure.split(" ");
    expected[key] = value;
  }
  return { at, on: day(date), what, words, expected };
}

const KNOWN = [
  "loan",
  "source",
  "rounding",
  "late",
  "grace",
  "fee",
  "dpd",
  "off",
  "order",
  "ahead",
  "ceiling",
  "promises",
];

function contract(
  settings: Map<string, string>,
  file: string,
): { product: Product; booked: LoanBooked; ceiling: Ceiling | undefined } {
  for (const key of settings.keys())
    if (!KNOWN.includes(key)) throw new Error(`${file}: "${key}" is not known`);
  const terms = /^(\S+) in (\d+), paid out (\S+), at (\S+) % a day(?:, (\S+))?$/.exec(
    settings.get("loan") ?? "",
  );
  if (!terms)
    throw new Error(
      `${file}: the contract is written "loan  3000.00 in 3, paid out 2026-01-01, at 0.05 % a day"`,
    );
  const disbursedOn = day(terms[3]!);
  const read = <T>(key: string, reader: (text: string) => T | undefined): T | undefined => {
    const text = settings.get(key);
    if (text === undefined) return undefined;
    const value = reader(text);
    if (value === undefined) throw new Error(`${file}: ${key} "${text}" is not known`);
    return value;
  };
  const late = read("late", lateInterest);
  const grace = read("grace", (text) => {
    const found = /^(\d+) days, (free|waiting)$/.exec(text);
    return found ? { days: Number(found[1]), free: found[2] === "free" } : undefined;
  });
  const fee = read("fee", lateFee);
  const dpd = read("dpd", dpdConvention);
  const off = read("off", daysOff);
  const product: Product = {
    id: 1,
    lender: "demo",
    code: "scenario",
    source: settings.get("source") === "fed" ? "fed" : "kept",
    terms: {
      currency: "CNY",
      every: { months: 1 },
      method: (terms[5] ?? "equal-principal") as Method,
      ratePer: "day",
      dayCount: "ACT/365",
      interest: "daily",
      monthEnd: "clamp",
      rounding: { mode: "half-up", residual: "last", installmentMultiple: money("0.01") },
    },
    ...(late ? { lateInterest: late } : {}),
    ...(grace ? { grace } : {}),
    ...(fee ? { lateFee: fee } : {}),
    ...(dpd ? { dpd } : {}),
    ...(off ? { payableOn: off } : {}),
    allocation: {
      ...allocationOrder(settings.get("order")),
      inAdvance: (settings.get("ahead") ?? "next") as InAdvance,
    },
    bandEdges: [1, 31, 61, 91],
    strategy: "micro-standard",
    ...(settings.has("promises") ? { promises: read("promises", promiseRules)! } : {}),
  };
  const booked: LoanBooked = {
    kind: "LoanBooked",
    on: disbursedOn,
    id: file,
    product: 1,
    principal: money(terms[1]!),
    rateE8: e8(terms[4]!),
    disbursedOn,
    firstDueOn: usualFirstDue(disbursedOn, { months: 1 }, "clamp"),
    installments: Number(terms[2]),
    reach: 0,
  };
  return { product, booked, ceiling: read("ceiling", ceilingOf) };
}

const e8 = (percentADay: string): number => rateToE8(parseRate(percentADay, "day")!)!;

function lateInterest(text: string): LateInterest | undefined {
  const found = /^(?:(\S+) x contract|(\S+) % a (day|year)) on principal( and interest)?(, compound)?$/.exec(
    text,
  );
  if (!found) return undefined;
  const [, times, percent, per, interest, compound] = found;
  const tenths = Number((times ?? "0").replace(/^(\d+)(?:\.(\d))?$/, (_, a, b) => `${a}${b ?? 0}`));
  return {
    rate: times
      ? { times: { numerator: tenths, denominator: 10 } }
      : parseRate(percent!, per as Rate["per"])!,
    on: interest ? "principal+interest" : "principal",
    ...(compound ? { compound: true } : {}),
  };
}

function lateFee(text: string): LateFee | undefined {
  const found = /^(\S+)( %)? after (\d+) days$/.exec(text);
  if (!found) return undefined;
  const fee = found[2]
    ? { share: { numerator: Number(found[1]), denominator: 100 } }
    : { amount: money(found[1]!) };
  return { afterDays: Number(found[3]), fee };
}

function dpdConvention(text: string): DpdConvention | undefined {
  const words = text.split(", ");
  const tolerance = words.find((word) => word.startsWith("tolerance "));
  return {
    ...(words.includes("unbroken arrears") ? { since: "unbroken-arrears" } : {}),
    ...(words.includes("grace waits") ? { grace: "waits" } : {}),
    ...(words.includes("grace excluded") ? { grace: "excluded" } : {}),
    ...(words.includes("30/360") ? { basis: "30/360" } : {}),
    ...(tolerance ? { tolerance: money(tolerance.split(" ")[1]!) } : {}),
  };
}

/** All other days are working days. */
function daysOff(text: string): WorkCalendar {
  const words = text.split(", ");
  const years = new Set([2025, 2026, 2027]);
  const makeUpWorkdays = new Set<Day>();
  if (!words.includes("weekends"))
    for (let one = dayOf(2025, 1, 1); one < dayOf(2028, 1, 1); one = addDays(one, 1)) makeUpWorkdays.add(one);
  const off = words.filter((word) => word !== "weekends").map(day);
  return { place: "scenario's", source: "the scenario", years, daysOff: new Set(off), makeUpWorkdays };
}

function ceilingOf(text: string): Ceiling | undefined {
  const found = /^(\S+) % a year of (360|365) days$/.exec(text);
  if (!found) return undefined;
  return {
    rule: "scenario",
    rate: parseRate(found[1]!, "year")!,
    yearDays: Number(found[2]) as 360 | 365,
    onRequest: true,
    cite: "the scenario",
    force: "none",
    verification: "none",
  };
}

function promiseRules(text: string): PromiseRules | undefined {
  const found = /^(?:kept from (\d+) %|half keeps (\d+) days)$/.exec(text);
  if (!found) return undefined;
  return found[1]
    ? { keptFromPercent: Number(found[1]) }
    : { partial: { fromPercent: 50, pauseDays: Number(found[2]) } };
}

function allocationOrder(text: string | undefined): AllocationOrder {
  if (text === undefined) return CN_DEFAULT_ORDER;
  const [by, kinds = ""] = text.split(": ") as ["installment" | "kind", string];
  const slots = (["past-due", "due", "in-advance"] as const).flatMap((timing) =>
    kinds.split(", ").map((kind): AllocationSlot => `${timing}.${kind as ClaimKind}`),
  );
  return { order: slots, by };
}

/** The word after a marker: `1049.50 as A` → `A`. */
const after = (words: readonly string[], marker: string): string | undefined =>
  words.includes(marker) ? words[words.indexOf(marker) + 1] : undefined;

const isReplan = (what: string): what is Replan => (REPLANS as readonly string[]).includes(what);

function factOf({ what, words, on, at }: Line): Fact | undefined {
  const valueOn = day(after(words, "valued") ?? formatDay(on));
  const common = { on, id: after(words, "as") ?? at, valueOn };
  const amount = () => money(words[0]!);
  const runsOrStops = (words.includes("stops") ? "stops" : "runs") as "runs" | "stops";
  const dayAfter = (marker: string): Day | undefined => {
    const text = after(words, marker);
    return text === undefined ? undefined : day(text);
  };
  if (what === "payment") return { kind: "PaymentReceived", ...common, amount: amount() };
  if (what === "reversal")
    return { kind: "EntryReversed", on, id: words[0]!, reason: "returned by the bank" };
  if (what === "charge") {
    const dueOn = dayAfter("due");
    const charge = words[1] as ChargeKind;
    const due = dueOn === undefined ? {} : { dueOn };
    return { kind: "ChargeAdded", ...common, amount: amount(), charge, ...due, reason: "as agreed" };
  }
  if (what === "waiver") {
    const claim = after(words, "of") as WaivableKind;
    return { kind: "ClaimWaived", ...common, amount: amount(), claim, reason: "as agreed" };
  }
  if (what === "pause") {
    const until = dayAfter("until");
    return {
      kind: "AgeingPaused",
      ...common,
      ...(until === undefined ? {} : { until }),
      lateInterest: runsOrStops,
    };
  }
  if (what === "resume") return { kind: "AgeingResumed", ...common };
  if (isReplan(what)) {
    const [count, percent, method] = [after(words, "in"), after(words, "at"), after(words, "by")];
    return {
      kind: "PlanReplaced",
      ...common,
      how: what,
      firstDueOn: dayAfter("from")!,
      ...(count === undefined ? {} : { installments: Number(count) }),
      ...(percent === undefined ? {} : { rateE8: e8(percent) }),
      ...(method === undefined ? {} : { method: method as Method }),
      interest: (after(words, "interest") ?? "carry") as "carry",
      late: (after(words, "late") ?? "keep") as "keep",
    };
  }
  if (what === "accelerate") return { kind: "LoanAccelerated", ...common };
  if (what === "judgment") {
    const percent = after(words, "at");
    return {
      kind: "JudgmentEntered",
      ...common,
      principal: money(after(words, "principal")!),
      interest: money(after(words, "interest")!),
      costs: money(after(words, "costs")!),
      performBy: dayAfter("by")!,
      ...(percent === undefined ? {} : { interestE8ADay: e8(percent) }),
    };
  }
  if (what === "settle")
    return { kind: "SettlementAgreed", ...common, amount: amount(), by: dayAfter("by")! };
  if (what === "refund") return { kind: "RefundPaid", ...common, amount: amount() };
  if (what === "write-off") return { kind: "WrittenOff", ...common, lateInterest: runsOrStops };
  if (what === "assign") return { kind: "LoanAssigned", ...common, to: after(words, "to")! };
  if (what === "withdraw") return { kind: "PromiseWithdrawn", on, id: words[0]!, reason: "by mistake" };
  if (what === "promise") {
    const said = words.join(" ").matchAll(/(\S+) by (\d{4}-\d\d-\d\d)/g);
    const parts = [...said].map(([, sum, by]) => ({ on: day(by!), amount: money(sum!) }));
    const replaces = after(words, "replacing");
    return replaces === undefined
      ? { kind: "PromiseMade", ...common, parts }
      : { kind: "PromiseReplaced", ...common, parts, replaces };
  }
  if (what === "dispute") {
    const part = words[0] === "whole" ? {} : { part: amount() };
    return { kind: "HoldPlaced", on, hold: "dispute", until: null, ...part };
  }
  if (what === "answered") return { kind: "HoldLifted", on, hold: "dispute" };
  if (what === "report") {
    const dueOn = after(words, "due");
    return {
      kind: "BalanceReported",
      on,
      asOf: day(after(words, "for") ?? formatDay(on)),
      status: (after(words, "status") ?? "open") as ReportedStatus,
      principal: money(after(words, "principal")!),
      interestPaid: money("0.00"),
      arrears: money(after(words, "arrears")!),
      charges: money(after(words, "charges")!),
      dueOn: dueOn === undefined ? null : day(dueOn),
    };
  }
  return undefined;
}

function holds(seen: Position | undefined, claimable: Minor | undefined, line: Line, loan?: LoanState): void {
  if (seen === undefined) throw new Error(`${line.at}: the loan does not exist on that day`);
  const found = Object.fromEntries(
    Object.keys(line.expected).map((key) => [key, FIGURES[key]!(seen, claimable, loan)]),
  );
  expect(found, line.at).toEqual(line.expected);
}

function live({ product, booked, ceiling, lines }: Scenario): void {
  const products = () => product;
  const facts: Fact[] = [booked];
  const claimableOn = (asOf: Day, knownOn: Day): Minor | undefined => {
    const books = ceiling && booksFromFacts(facts, products, { asOf, knownOn });
    return books && claimableOf(books, product, ceiling).claimable;
  };
  let loan: LoanState = replay(KEY, facts, products)!;
  for (const line of lines) {
    const fact = factOf(line);
    if (fact) {
      const earlier = [...facts];
      loan = evolve(loan, fact, product, () => earlier);
      facts.push(fact);
      expect(replay(KEY, facts, products), `${line.at}: replay`).toEqual(loan);
    } else if (line.what === "due") {
      const row = schedule(termsOf(loan, product)).find(({ dueOn }) => dueOn === line.on);
      expect(row && formatMoney((row.principal + row.interest) as Minor), line.at).toBe(line.words[0]);
      continue;
    } else if (line.what === "known") {
      const asOf = day(line.words[0]!);
      holds(positionFromFacts(KEY, facts, products, asOf, line.on), claimableOn(asOf, line.on), line);
      continue;
    } else if (line.what !== "close") throw new Error(`${line.at}: "${line.what}" is not known`);
    // What the close of the day records of promises, as it would.
    if (line.what === "close")
      for (const outcome of promisesJudged(loan, product, line.on)) {
        loan = evolve(loan, outcome, product);
        facts.push(outcome);
      }
    scenarioProducts.set(loan, product);
    const seen = position(loan, product, line.on);
    holds(seen, claimableOn(line.on, line.on), line, loan);
    // What may be asked for is one answer, whoever asks: of the row, of its position, of the journal.
    const askable = askableOn(loan, product, line.on);
    expect(askableOf(seen, disputeOn(loan, line.on)), `${line.at}: askable`).toEqual(askable);
    expect(askableOf(seen, disputeBy(facts, line.on)), `${line.at}: askable from facts`).toEqual(askable);
    // The same figures must come out of the journal alone.
    expect(positionFromFacts(KEY, facts, products, line.on, line.on), `${line.at}: from facts`).toEqual(seen);
  }
}

describe("scenarios", () => {
  const folder = new URL("./", import.meta.url);
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort()) {
    const scenario = read(readFileSync(new URL(file, folder), "utf8"), file);
    it(scenario.name, () => live(scenario));
  }
});
