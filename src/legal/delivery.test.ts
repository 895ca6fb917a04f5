import { expect, test } from "vitest";
import { limitationRule } from "../../packs/cn/index.ts";
import { loadCalendar, loadPack } from "../../packs/load.ts";
import { PRODUCT } from "../../test/support/book.ts";
import { day, type Fact, LETTER_WAYS, type LoanBooked } from "../core/index.ts";
import { DELIVERY_OUTCOMES, deliveryValue } from "./delivery.ts";
import { limitation } from "./limitation.ts";
import { limitedDebt } from "./limitation-facts.ts";

const ON = day("2026-03-20");
const found = limitationRule(loadPack("cn"), loadCalendar("cn"), ON);
if (!found.ok) throw new Error(found.refusal.says);
const rule = found.value;

test("each way and end says what it is worth, and by which text", () => {
  const rows = LETTER_WAYS.flatMap((way) =>
    DELIVERY_OUTCOMES.map((outcome) => {
      const value = deliveryValue(way, outcome, rule);
      expect(value.says.en).not.toBe("");
      expect(value.says.zh).not.toBe("");
      expect(value.sources[0]!.cite.law).toBe("cn/limitation-interpretation");
      return `${way} ${outcome} ${value.proof} ${value.grade}`;
    }),
  );
  expect(rows).toEqual([
    "post sent sent doubtful",
    "post delivered delivered holds",
    "post refused refused doubtful",
    "post returned returned doubtful",
    "email sent sent doubtful",
    "email delivered delivered holds",
    "email refused refused doubtful",
    "email returned failed nothing",
    "portal sent sent doubtful",
    "portal delivered read holds",
    "portal refused refused doubtful",
    "portal returned failed nothing",
    "in-person sent sent doubtful",
    "in-person delivered delivered holds",
    "in-person refused refused doubtful",
    "in-person returned failed nothing",
  ]);
  expect(deliveryValue("in-person", "delivered", rule, "he himself").proof).toBe("signed");
});

const booked: LoanBooked = {
  kind: "LoanBooked",
  on: day("2025-12-10"),
  id: "L1",
  product: 1,
  principal: 100_000 as never,
  rateE8: 50_000,
  disbursedOn: day("2025-12-10"),
  firstDueOn: day("2026-01-10"),
  installments: 1,
  reach: 0,
};
const base = { on: day("2026-03-02"), at: Date.UTC(2026, 2, 2), id: "hx-1", by: "anna" } as const;
const drafted = (letter: string): Fact => ({
  kind: "LetterDrafted",
  ...base,
  letter,
  number: "1",
  firm: "hx",
  engagement: "E1",
  debts: ["L1"],
  cases: [],
  dated: base.on,
  demanded: 1 as never,
  answerBy: day("2026-03-17"),
  sha256: "",
  checks: [],
});
const started: Fact = {
  kind: "ContactStarted",
  on: base.on,
  at: base.at,
  action: "1-0/2026-03-02/letter/8192",
  via: "letter",
  address: "a",
  pack: "p",
  rules: [],
};
const handed: Fact = {
  kind: "LetterHandedOver",
  ...base,
  way: "post",
  action: "1-0/2026-03-02/letter/8192",
  receipt: "r",
};
const tracked = (status: "delivered" | "returned"): Fact => ({
  kind: "LetterTracked",
  on: day("2026-03-06"),
  at: Date.UTC(2026, 2, 6),
  id: "EMS1",
  channel: "print",
  action: "1-0/2026-03-02/letter/8192",
  status,
  dated: day("2026-03-05"),
});
const worst = (...facts: Fact[]) => {
  const product = { ...PRODUCT, id: 1, lender: "x" } as never;
  const debt = limitedDebt({ product, facts: [booked], ofBorrower: facts, zone: "Asia/Shanghai" })!;
  const reckoned = limitation(debt, rule, ON);
  if (!reckoned.ok) throw new Error(reckoned.refusal.says);
  return reckoned.value.worstOn;
};

// Due on 10 January 2026, so three years end on 10 January 2029; a delivery on 5 March 2026 makes it 5 March 2029.
test("a letter restarts limitation by its delivery, and by nothing less", () => {
  expect(worst()).toBe(day("2029-01-10"));
  expect(worst(drafted("demand"), started, handed)).toBe(day("2029-01-10"));
  expect(worst(drafted("demand"), started, handed, tracked("returned"))).toBe(day("2029-01-10"));
  expect(worst(drafted("demand"), started, handed, tracked("delivered"))).toBe(day("2029-03-05"));
});

test("a letter that demands nothing restarts nothing, delivered or not", () => {
  expect(worst(drafted("settlement-confirmation"), started, handed, tracked("delivered"))).toBe(
    day("2029-01-10"),
  );
});

test("a delivery that a person recorded with its paper counts like a carrier's", () => {
  const delivered: Fact = {
    kind: "LetterDelivered",
    ...base,
    way: "in-person",
    dated: day("2026-03-09"),
    proof: "ab12",
    receivedBy: "he himself",
  };
  expect(worst(drafted("demand"), started, handed, delivered)).toBe(day("2029-03-09"));
});
