import { describe, expect, test } from "vitest";
import { PRODUCT } from "../../test/support/product.ts";
import { type Day, day, type Fact, minor, type Product } from "../core/index.ts";
import { recoveriesOf } from "./history.ts";

// 12,000 lent without interest in four installments from 2026-02-10: what is owed is what was not paid.
const BOOKED: Fact = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L1",
  product: 1,
  principal: minor(1_200_000),
  rateE8: 0,
  disbursedOn: day("2026-01-10"),
  firstDueOn: day("2026-02-10"),
  installments: 4,
  reach: 255,
};
const paid = (id: string, on: string, amount: number): Fact => ({
  kind: "PaymentReceived",
  on: day(on),
  id,
  amount: minor(amount),
  valueOn: day(on),
});
const late = (on: string, band: number): Fact => ({
  kind: "BandEntered",
  on: day(on),
  from: 1,
  band,
  dpd: 60,
  arrears: minor(600_000),
});
const judged = (on: string): Fact => ({
  kind: "JudgmentEntered",
  on: day(on),
  id: `j${on}`,
  valueOn: day(on),
  principal: minor(1_000_000),
  interest: minor(0),
  costs: minor(0),
  performBy: day(on),
});
const found = (
  facts: readonly Fact[],
  asOf: string,
  product: Product = PRODUCT,
  ofBorrower: readonly Fact[] = [],
) =>
  recoveriesOf(
    { key: { bucket: 0, n: 1 }, facts: [BOOKED, ...facts], ofBorrower, product },
    { asOf: day(asOf) as Day, months: 6, fromBand: 3 },
  ).map(({ way, band, owed, recovered }) => `${way} M${band} ${owed} ${recovered}`);

describe("what a step brought in", () => {
  test("a wait: what came in within six months after the loan entered the band, of all that was owed", () => {
    const facts = [
      late("2026-04-12", 3),
      paid("p1", "2026-05-01", 100_000),
      paid("p2", "2026-10-12", 50_000),
    ];
    expect(found(facts, "2026-12-31")).toEqual(["waiting M3 1200000 150000"]);
  });

  test("not what came in on the day itself, nor after the six months", () => {
    const facts = [
      late("2026-04-12", 3),
      paid("p1", "2026-04-12", 100_000),
      paid("p2", "2026-10-13", 50_000),
    ];
    expect(found(facts, "2026-12-31")).toEqual(["waiting M3 1100000 0"]);
  });

  test("not what went back", () => {
    const back: Fact = { kind: "EntryReversed", on: day("2026-05-03"), id: "p1", reason: "returned" };
    const facts = [late("2026-04-12", 3), paid("p1", "2026-05-01", 100_000), back];
    expect(found(facts, "2026-12-31")).toEqual(["waiting M3 1200000 0"]);
  });

  test("a young case is no failure: it does not count before its six months are over", () => {
    expect(found([late("2026-04-12", 3)], "2026-10-11")).toEqual([]);
    expect(found([late("2026-04-12", 3)], "2026-10-12")).toHaveLength(1);
  });

  test("a judgment ends the wait and counts by itself, of what was adjudged", () => {
    const facts = [late("2026-04-12", 3), judged("2026-05-12"), paid("p1", "2026-06-01", 250_000)];
    expect(found(facts, "2026-12-31")).toEqual(["judgment M3 1000000 250000"]);
  });

  test("a suit that was filed counts from that day, and one that was only decided on does not", () => {
    const opened: Fact = {
      kind: "ProceedingOpened",
      on: day("2026-04-20"),
      at: 0,
      id: "P1",
      by: "a person",
      way: "suit",
      court: "a court",
      debts: ["L1"],
      dated: day("2026-04-20"),
    };
    const filed: Fact = {
      kind: "ProceedingMoved",
      on: day("2026-05-04"),
      at: 0,
      id: "P1",
      by: "a person",
      event: "e1",
      dated: day("2026-05-04"),
      what: { type: "filed" },
    };
    const facts = [late("2026-04-12", 3), paid("p1", "2026-06-01", 300_000)];
    expect(found(facts, "2026-12-31", PRODUCT, [opened])).toEqual(["waiting M3 1200000 300000"]);
    expect(found(facts, "2026-12-31", PRODUCT, [opened, filed])).toEqual(["suit M3 1200000 300000"]);
  });

  test("more than was owed counts as all of it", () => {
    const facts = [late("2026-04-12", 3), paid("p1", "2026-05-01", 9_000_000)];
    expect(found(facts, "2026-12-31")).toEqual(["waiting M3 1200000 1200000"]);
  });

  test("an early band is no wait that anybody would end by a suit", () => {
    expect(found([late("2026-03-12", 2)], "2026-12-31")).toEqual([]);
  });
});
