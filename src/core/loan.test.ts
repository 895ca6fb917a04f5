import { describe, expect, it } from "vitest";
import { CN_DEFAULT_ORDER } from "./allocation.ts";
import { addDays, type Day, day, formatDay, NEVER } from "./calendar.ts";
import type { Fact, LoanBooked } from "./facts.ts";
import { HOLD_KINDS, toBits } from "./holds.ts";
import { book, evolve, holdsOn, type LoanState, needsHistory, replay, STEPS_FROM_START } from "./loan.ts";
import { type Minor, parseMoney } from "./money.ts";
import { arrearsOn, position } from "./position.ts";
import type { Product } from "./product.ts";

const money = (text: string): Minor => parseMoney(text)!;
const KEY = { bucket: 7, n: 4096 + 1 };

const kept: Product = {
  id: 1,
  lender: "demo",
  code: "micro",
  source: "kept",
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
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61, 91],
  strategy: "micro-standard",
};
const { lateInterest: _none, ...plain } = kept;
const fed: Product = { ...plain, id: 2, source: "fed" };

/** 3,000.00 paid out on 2026-01-01 in three months at 0.05 % a day: 1,046.50, 1,028.00 and 1,015.50 fall due. */
const booked: LoanBooked = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  product: 1,
  id: "L-1",
  principal: money("3000.00"),
  rateE8: 50_000,
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 3,
  reach: 3,
};

const paid = (on: string, id: string, amount: string, valueOn = on): Fact => ({
  kind: "PaymentReceived",
  on: day(on),
  id,
  amount: money(amount),
  valueOn: day(valueOn),
});
const reversed = (on: string, id: string): Fact => ({
  kind: "EntryReversed",
  on: day(on),
  id,
  reason: "returned",
});

const life = (facts: readonly Fact[], product = kept): LoanState =>
  replay(KEY, [{ ...booked, product: product.id }, ...facts], () => product)!;

describe("a loan", () => {
  it("is booked with its first due day as the oldest unpaid one, and awake", () => {
    const loan = book(KEY, booked, kept);
    expect(loan).toMatchObject({ version: 1, status: "open", stepsThrough: STEPS_FROM_START });
    expect(formatDay(loan.dueOn)).toBe("2026-02-01");
    expect(loan.wakeOn).toBe(booked.on);
  });

  it("counts its facts", () => {
    const facts = [paid("2026-02-01", "a", "10.00"), reversed("2026-02-02", "a")];
    expect(life(facts).version).toBe(3);
  });

  it("is booked once", () => {
    expect(() => evolve(book(KEY, booked, kept), booked, kept)).toThrow("booked once");
  });

  it("has a journal that begins with its booking", () => {
    expect(() => replay(KEY, [paid("2026-02-01", "a", "1.00")], () => kept)).toThrow(
      "begin with its booking",
    );
    expect(replay(KEY, [], () => kept)).toBeUndefined();
    expect(replay(KEY, [booked], () => kept, day("2025-12-31"))).toBeUndefined();
  });
});

describe("a payment", () => {
  it("moves the oldest unpaid due day when it covers the installment, and not a cent before", () => {
    expect(formatDay(life([paid("2026-02-01", "a", "1046.49")]).dueOn)).toBe("2026-02-01");
    expect(formatDay(life([paid("2026-02-01", "a", "1046.50")]).dueOn)).toBe("2026-03-01");
  });

  it("counted from no later than money already folded in needs the earlier facts", () => {
    const loan = life([paid("2026-02-10", "a", "10.00")]);
    const late = paid("2026-02-12", "b", "10.00", "2026-02-09");
    expect(needsHistory(loan, [paid("2026-02-12", "b", "10.00", "2026-02-11")])).toBe(false);
    expect(needsHistory(loan, [paid("2026-02-12", "b", "10.00", "2026-02-10")])).toBe(true);
    expect(needsHistory(loan, [late])).toBe(true);
    expect(needsHistory(loan, [reversed("2026-02-12", "a")])).toBe(true);
    expect(() => evolve(loan, late, kept)).toThrow("give its earlier facts");
  });

  it("before the pay-out day is an error", () => {
    expect(() => life([paid("2026-02-01", "a", "1.00", "2025-12-31")])).toThrow("in order of value day");
  });

  it("of less than nothing is an error", () => {
    expect(() => life([paid("2026-02-01", "a", "-1.00")])).toThrow(
      "is a reversal and not a negative payment",
    );
  });

  it("is not kept on a fed loan, and neither is its reversal", () => {
    expect(() => life([paid("2026-02-01", "a", "1.00")], fed)).toThrow("a fed loan's balance is reported");
    expect(() => life([reversed("2026-02-01", "a")], fed)).toThrow("a fed loan's balance is reported");
  });

  it("sent again after its reversal stands, whether folded now or from the start", () => {
    const facts = [
      paid("2026-02-01", "a", "1046.50"),
      reversed("2026-02-03", "a"),
      paid("2026-02-05", "a", "1046.50"),
    ];
    const loan = life(facts);
    // A back-dated payment makes the loan settle all money from the start.
    const settled = life([...facts, paid("2026-02-06", "b", "0.01", "2026-02-02")]);
    expect(loan.principalPaid + loan.interestPaid + loan.latePaid).toBe(money("1046.50"));
    expect(settled.principalPaid + settled.interestPaid + settled.latePaid).toBe(money("1046.51"));
  });

  it("a reversal of a payment that never came changes no figure", () => {
    const facts = [paid("2026-02-01", "a", "1046.50")];
    const on = day("2026-04-15");
    expect(position(life([...facts, reversed("2026-02-03", "x")]), kept, on)).toEqual(
      position(life(facts), kept, on),
    );
  });
});

describe("steps handled", () => {
  const step = (on: string, dpd: number): Fact => ({
    kind: "StepPlanned",
    on: day(on),
    step: `early/send-reminder@${dpd}`,
    dpd,
    strategy: "micro-standard@1",
    via: "app",
    slot: 0,
    pack: "cn@1",
    action: "x",
  });

  it("start afresh for a due day that is still to come", () => {
    // 1,046.50 and late interest 1,000.00 x 0.00075 x 5 days = 3.75
    const loan = life([step("2026-02-06", 5), paid("2026-02-06", "a", "1050.25")]);
    expect(formatDay(loan.dueOn)).toBe("2026-03-01");
    expect(loan.stepsThrough).toBe(STEPS_FROM_START);
  });

  it("stay when money leaves the oldest due day where it is", () => {
    expect(life([step("2026-02-06", 5), paid("2026-02-06", "a", "1.00")]).stepsThrough).toBe(5);
  });

  it("of a newer due day already past go on from today's days past due", () => {
    // By kind: late interest 0.75 a day x 37 and x 9 days = 34.50, interest 46.50 + 28.00, then principal 1,000.00.
    // 2026-03-10 is 9 days after 1 March: the steps through 8 are taken as done for the older installment.
    const loan = life([step("2026-03-03", 30), paid("2026-03-10", "a", "1109.00")]);
    expect(formatDay(loan.dueOn)).toBe("2026-03-01");
    expect(loan.stepsThrough).toBe(8);
  });

  it("go on from today's days past due when a reversal brings an old due day back", () => {
    const loan = life([paid("2026-02-01", "a", "1046.50"), reversed("2026-02-11", "a")]);
    expect(formatDay(loan.dueOn)).toBe("2026-02-01");
    expect(loan.stepsThrough).toBe(9);
  });

  it("a refused step waits for its day, a later fact on it takes it off, a new due day forgets it", () => {
    const refused: Fact = {
      kind: "StepRefused",
      on: day("2026-02-02"),
      step: "early/send-reminder@1",
      dpd: 1,
      strategy: "micro-standard@1",
      via: "app",
      rules: ["cn/contact-hours"],
      pack: "cn@1",
      retryOn: day("2026-02-05"),
    };
    expect(life([refused]).extra?.blocked).toEqual([{ step: refused.step, retryOn: refused.retryOn }]);
    expect(life([refused, step("2026-02-05", 1)]).extra).toBeUndefined();
    expect(life([refused, { ...refused, retryOn: day("2026-02-07") }]).extra?.blocked).toHaveLength(1);
    expect(life([refused, paid("2026-02-03", "a", "1050.00")]).extra).toBeUndefined();
    const lifted = life([refused, { kind: "HoldLifted", on: day("2026-02-03"), hold: "dispute" }]);
    expect(lifted.extra?.blocked).toEqual([{ step: refused.step, retryOn: day("2026-02-03") }]);
  });
});

describe("holds", () => {
  it("are in force through their last day, and one without a last day until it is lifted", () => {
    const loan = life([
      { kind: "HoldPlaced", on: day("2026-02-02"), hold: "dispute", until: day("2026-02-10") },
      { kind: "HoldPlaced", on: day("2026-02-02"), hold: "hardship", until: null },
    ]);
    expect(loan.holds).toBe(toBits(["dispute", "hardship"], HOLD_KINDS));
    expect(holdsOn(loan, day("2026-02-10")).map((hold) => hold.kind)).toEqual(["dispute", "hardship"]);
    expect(holdsOn(loan, day("2026-02-11")).map((hold) => hold.kind)).toEqual(["hardship"]);
    const lifted = evolve(loan, { kind: "HoldLifted", on: day("2026-02-12"), hold: "hardship" }, kept);
    expect(holdsOn(lifted, day("2026-02-12"))).toEqual([]);
  });

  it("placed again take the newer last day", () => {
    const loan = life([
      { kind: "HoldPlaced", on: day("2026-02-02"), hold: "dispute", until: day("2026-02-10") },
      { kind: "HoldPlaced", on: day("2026-02-03"), hold: "dispute", until: null },
    ]);
    expect(holdsOn(loan, day("2027-01-01"))).toEqual([{ kind: "dispute" }]);
  });
});

describe("a fed loan", () => {
  const report = (on: string, asOf: string, dueOn: string | null, arrears = "0.00"): Fact => ({
    kind: "BalanceReported",
    on: day(on),
    asOf: day(asOf),
    status: "open",
    principal: money("2000.00"),
    interestPaid: money("46.50"),
    arrears: money(arrears),
    charges: money("1.50"),
    dueOn: dueOn === null ? null : day(dueOn),
  });

  it("has no due day before the first report", () => {
    expect(book(KEY, { ...booked, product: 2 }, fed).dueOn).toBe(NEVER);
  });

  it("stands as the last report says", () => {
    const loan = life([report("2026-03-02", "2026-03-01", "2026-03-01", "1029.50")], fed);
    expect(position(loan, fed, day("2026-03-06"))).toMatchObject({
      source: "fed",
      dpd: 5,
      band: "M1",
      outstanding: money("2000.00"),
      arrears: { total: money("1029.50"), lateInterest: money("1.50"), principal: money("1028.00") },
      installments: [],
    });
  });

  it("a report for an older day than the last one changes no figure", () => {
    const newer = report("2026-03-02", "2026-03-01", "2026-03-01", "1029.50");
    const loan = life([newer, report("2026-03-03", "2026-02-20", "2026-02-01", "1.00")], fed);
    expect(formatDay(loan.dueOn)).toBe("2026-03-01");
    expect(arrearsOn(loan, fed, day("2026-03-03")).total).toBe(money("1029.50"));
    expect(loan.version).toBe(3);
  });

  it("a report for the same day corrects the one before", () => {
    const loan = life(
      [report("2026-03-02", "2026-03-01", "2026-03-01", "9.00"), report("2026-03-02", "2026-03-01", null)],
      fed,
    );
    expect(loan.dueOn).toBe(NEVER);
    expect(position(loan, fed, day("2026-06-01"))).toMatchObject({ dpd: 0, band: "M0", dueOn: null });
  });
});

describe("waking", () => {
  it("any fact from outside wakes the loan on its day and takes it back from the loans set aside", () => {
    const asleep: LoanState = { ...book(KEY, booked, kept), wakeOn: day("2026-02-01"), setAside: true };
    const facts: Fact[] = [
      paid("2026-01-10", "a", "1.00"),
      { kind: "HoldPlaced", on: day("2026-01-10"), hold: "dispute", until: null },
      { kind: "HoldLifted", on: day("2026-01-10"), hold: "dispute" },
      { kind: "ReachChanged", on: day("2026-01-10"), reach: 1 },
    ];
    for (const fact of facts) {
      const next = evolve(asleep, fact, kept);
      expect([next.wakeOn, next.setAside]).toEqual([day("2026-01-10"), false]);
      expect(evolve({ ...asleep, wakeOn: addDays(fact.on, -1) as Day }, fact, kept).wakeOn).toBe(fact.on - 1);
    }
  });

  it("facts of the borrower are not folded into one loan", () => {
    const fact: Fact = {
      kind: "ActionCancelled",
      on: booked.on,
      at: 0,
      action: "x",
      why: "cured",
      rules: [],
    };
    expect(() => evolve(book(KEY, booked, kept), fact, kept)).toThrow("a fact of the borrower");
  });
});
