import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type AllocationOrder,
  type AllocationSlot,
  type ClaimKind,
  CN_DEFAULT_ORDER,
  type Day,
  day,
  evolve,
  type Fact,
  formatDay,
  formatMoney,
  type LoanBooked,
  type LoanState,
  type Minor,
  type Position,
  type Product,
  parseMoney,
  parseRate,
  position,
  positionFromFacts,
  type ReportedStatus,
  rateToE8,
  replay,
  schedule,
  termsOf,
  usualFirstDue,
} from "../../src/core/index.ts";

/**
 * Each `*.txt` here is a loan's life as a timeline. First its name as a sentence, then the contract, then one line a
 * fact or a look: day, what, and the figures that must hold once it is folded in. `#` lines show the arithmetic.
 *
 *   close                    a look at the loan on that day
 *   due AMOUNT               the plan has an installment of that amount on that day
 *   payment AMOUNT [as ID] [valued DAY]
 *   reversal ID
 *   report principal A arrears A charges A [due DAY] [for DAY] [status S]     the core system's word on a fed loan
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
  readonly lines: readonly Line[];
}

const FIGURES: Readonly<Record<string, (position: Position) => string>> = {
  dpd: (p) => String(p.dpd),
  band: (p) => p.band,
  arrears: (p) => formatMoney(p.arrears.total),
  principal: (p) => formatMoney(p.arrears.principal),
  interest: (p) => formatMoney(p.arrears.interest),
  late: (p) => formatMoney(p.arrears.lateInterest),
  outstanding: (p) => formatMoney(p.outstanding),
  payoff: (p) => formatMoney(p.payoff),
  unapplied: (p) => formatMoney(p.unapplied),
  next: (p) => (p.nextDue ? formatMoney(p.nextDue.amount) : "none"),
  due: (p) => (p.dueOn === null ? "none" : formatDay(p.dueOn)),
  status: (p) => p.status,
};

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

function contract(settings: Map<string, string>, file: string): { product: Product; booked: LoanBooked } {
  const terms = /^(\S+) in (\d+), paid out (\S+), at (\S+) % a day$/.exec(settings.get("loan") ?? "");
  if (!terms)
    throw new Error(
      `${file}: the contract is written "loan  3000.00 in 3, paid out 2026-01-01, at 0.05 % a day"`,
    );
  const disbursedOn = day(terms[3]!);
  const late = settings.get("late");
  if (late !== undefined && late !== "1.5 x contract on principal")
    throw new Error(`${file}: late "${late}" is not known`);
  const product: Product = {
    id: 1,
    lender: "demo",
    code: "scenario",
    source: settings.get("source") === "fed" ? "fed" : "kept",
    terms: {
      currency: "CNY",
      every: { months: 1 },
      method: "equal-principal",
      ratePer: "day",
      dayCount: "ACT/365",
      interest: "daily",
      monthEnd: "clamp",
      rounding: { mode: "half-up", residual: "last", installmentMultiple: money("0.01") },
    },
    ...(late
      ? { lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" as const } }
      : {}),
    allocation: allocationOrder(settings.get("order")),
    bandEdges: [1, 31, 61, 91],
    strategy: "micro-standard",
  };
  const booked: LoanBooked = {
    kind: "LoanBooked",
    on: disbursedOn,
    id: file,
    product: 1,
    principal: money(terms[1]!),
    rateE8: rateToE8(parseRate(terms[4]!, "day")!)!,
    disbursedOn,
    firstDueOn: usualFirstDue(disbursedOn, { months: 1 }, "clamp"),
    installments: Number(terms[2]),
    reach: 0,
  };
  return { product, booked };
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

function factOf({ what, words, on, at }: Line): Fact | undefined {
  if (what === "payment") {
    const valueOn = day(after(words, "valued") ?? formatDay(on));
    return { kind: "PaymentReceived", on, id: after(words, "as") ?? at, amount: money(words[0]!), valueOn };
  }
  if (what === "reversal")
    return { kind: "EntryReversed", on, id: words[0]!, reason: "returned by the bank" };
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

function holds(seen: Position | undefined, line: Line): void {
  if (seen === undefined) throw new Error(`${line.at}: the loan does not exist on that day`);
  const found = Object.fromEntries(Object.keys(line.expected).map((key) => [key, FIGURES[key]!(seen)]));
  expect(found, line.at).toEqual(line.expected);
}

function live({ product, booked, lines }: Scenario): void {
  const products = () => product;
  const facts: Fact[] = [booked];
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
      holds(positionFromFacts(KEY, facts, products, day(line.words[0]!), line.on), line);
      continue;
    } else if (line.what !== "close") throw new Error(`${line.at}: "${line.what}" is not known`);
    const seen = position(loan, product, line.on);
    holds(seen, line);
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
