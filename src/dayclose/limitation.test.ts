import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { PRODUCT } from "../../test/support/product.ts";
import {
  actionId,
  addDays,
  book,
  type Day,
  day,
  type Fact,
  formatDay,
  instantAt,
  isLimitationFact,
  type LoanState,
  minor,
  NEVER,
  type OutsideFact,
  type Product,
  replay,
} from "../core/index.ts";
import { limitation, limitedDebt } from "../legal/index.ts";
import { limitationWatchOf } from "../office/limitation/json.ts";
import { readStrategy, strategyLine } from "../strategy/index.ts";
import { closeBorrower } from "./close.ts";
import type { CloseContext } from "./types.ts";
import { nextWake } from "./wake.ts";

const ZONE = "Asia/Shanghai";
const CN = loadPack("cn");
const watch = limitationWatchOf("cn")!;

const strategy = (() => {
  const read = readStrategy(
    `strategy: plan
version: 1
from: "2020-01-01"
intent: For tests.
stages:
  - stage: early
    dpd: 1..10
    steps:
      - { on_dpd: 1, send: reminder, by: [text] }
`,
    "test.yaml",
  );
  if (!read.ok) throw new Error(JSON.stringify(read.refusals));
  return read.strategy;
})();

const contextFor = (product: Product): CloseContext => ({
  zone: ZONE,
  pack: CN,
  product: () => product,
  strategy: () => strategyLine([strategy]),
  limitation: watch,
});

interface Idea {
  readonly due?: string;
  readonly installments?: number;
  /** The day on which it is booked. */
  readonly on?: string;
  readonly product?: Product;
  readonly waiting?: readonly OutsideFact[];
  readonly ofBorrower?: readonly Fact[];
}

/** A life closed on each of the days given, in that order; what a close wrote is what the next one begins with. */
function closed(idea: Idea, days: readonly Day[]): { facts: Fact[]; loan: LoanState } {
  const { product = PRODUCT, waiting = [], ofBorrower = [], installments = 1 } = idea;
  const firstDueOn = day(idea.due ?? "2023-03-10");
  const booked: Fact = {
    kind: "LoanBooked",
    on: day(idea.on ?? "2023-02-10"),
    id: "L1",
    product: 1,
    principal: minor(1_200_000),
    rateE8: 50_000,
    disbursedOn: addDays(firstDueOn, -28),
    firstDueOn,
    installments,
    reach: 255,
  };
  let loan = book({ bucket: 0, n: 1 }, booked, product);
  let facts: Fact[] = [booked];
  for (const on of days) {
    const waits = waiting.filter((fact) => fact.on <= on && !facts.includes(fact));
    const borrower = {
      bucket: 0,
      n: 0,
      loans: [{ loan, id: "L1", waiting: waits, journal: facts }],
      contacts: [],
      journal: ofBorrower,
    };
    const after = closeBorrower(borrower, on, contextFor(product)).loans[0]!;
    loan = after.after;
    facts = [...facts, ...after.facts];
  }
  return { facts, loan };
}

const told = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => {
    switch (fact.kind) {
      case "LimitationWarned":
        return [`${formatDay(fact.on)} warned: ${fact.days} days, ${formatDay(fact.worstOn)}`];
      case "LimitationReckoned":
      case "LimitationPassed":
        return [`${formatDay(fact.on)} ${fact.kind.slice(10).toLowerCase()}: ${formatDay(fact.worstOn)}`];
      default:
        return [];
    }
  });

const live = (idea: Idea, through = "2026-04-30"): string[] => told(closed(idea, [day(through)]).facts);

const paid = (on: string, amount: number, valueOn = on): OutsideFact => ({
  kind: "PaymentReceived",
  on: day(on),
  id: `P ${on} ${amount}`,
  amount: minor(amount),
  valueOn: day(valueOn),
});

/** A message of the first day past due, and the carrier's word on it. */
const REMINDER = actionId(day("2025-03-11"), "message", 0);
const sent = (on: string): Fact => ({
  kind: "ContactStarted",
  on: day(on),
  at: instantAt(ZONE, day(on), 600),
  action: REMINDER,
  via: "text",
  address: "13800000000",
  pack: "x",
  rules: [],
});
const reported = (on: string, status: "delivered" | "failed"): Fact => ({
  kind: "DeliveryReported",
  on: day(on),
  at: instantAt(ZONE, day(on), 601),
  id: `R ${on}`,
  channel: "sms",
  via: "text",
  action: REMINDER,
  status,
});

describe("warnings", () => {
  // Worked by hand: three years from 2023-03-10 end on Tuesday 2026-03-10; 180, 60 and 14 days before it.
  const PLAIN = [
    "2025-09-11 warned: 180 days, 2026-03-10",
    "2026-01-09 warned: 60 days, 2026-03-10",
    "2026-02-24 warned: 14 days, 2026-03-10",
    "2026-03-11 passed: 2026-03-10",
  ];

  test("come 180, 60 and 14 days before the worst case ends, and once when it is over", () => {
    expect(live({})).toEqual(PLAIN);
  });

  test("come on the days that a product names instead", () => {
    expect(live({ product: { ...PRODUCT, limitationWarnings: [30] } })).toEqual([
      "2026-02-08 warned: 30 days, 2026-03-10",
      "2026-03-11 passed: 2026-03-10",
    ]);
    expect(live({ product: { ...PRODUCT, limitationWarnings: [] } })).toEqual([
      "2026-03-11 passed: 2026-03-10",
    ]);
  });

  test("do not come where money came since: a look says how far the end is now", () => {
    expect(live({ waiting: [paid("2025-06-02", 1000)] })).toEqual(["2025-09-11 reckoned: 2028-06-02"]);
  });

  test("stop where money comes after the first, and begin anew before the new end", () => {
    expect(live({ waiting: [paid("2025-10-09", 1000)] }, "2028-10-31")).toEqual([
      PLAIN[0],
      "2026-01-09 reckoned: 2028-10-09",
      "2028-04-12 warned: 180 days, 2028-10-09",
      "2028-08-10 warned: 60 days, 2028-10-09",
      "2028-09-25 warned: 14 days, 2028-10-09",
      "2028-10-10 passed: 2028-10-09",
    ]);
  });

  test("do not come where a message arrived, and do where nobody says that it did", () => {
    // The first step is planned on 2025-03-11, from which on the pack has rules on contacts. 2028 is a leap year.
    const late = (...ofBorrower: readonly Fact[]) =>
      live({ due: "2025-03-10", on: "2025-03-01", ofBorrower }, "2028-04-30");
    expect(late(sent("2025-03-11"), reported("2025-03-12", "delivered"))).toEqual([
      "2027-09-12 reckoned: 2028-03-12",
      "2027-09-14 warned: 180 days, 2028-03-12",
      "2028-01-12 warned: 60 days, 2028-03-12",
      "2028-02-27 warned: 14 days, 2028-03-12",
      "2028-03-13 passed: 2028-03-12",
    ]);
    const plain = [
      "2027-09-12 warned: 180 days, 2028-03-10",
      "2028-01-10 warned: 60 days, 2028-03-10",
      "2028-02-25 warned: 14 days, 2028-03-10",
      "2028-03-11 passed: 2028-03-10",
    ];
    expect(late(sent("2025-03-11"))).toEqual(plain);
    expect(late(sent("2025-03-11"), reported("2025-03-12", "failed"))).toEqual(plain);
  });

  test("begin with the nearest one where a loan arrives late", () => {
    expect(live({ on: "2026-02-01" })).toEqual([
      "2026-02-01 warned: 60 days, 2026-03-10",
      "2026-02-24 warned: 14 days, 2026-03-10",
      "2026-03-11 passed: 2026-03-10",
    ]);
    expect(live({ on: "2026-03-20" })).toEqual(["2026-03-20 passed: 2026-03-10"]);
  });

  test("come sooner where the whole was made due, and not where that is undone", () => {
    const accelerated: OutsideFact = {
      kind: "LoanAccelerated",
      on: day("2023-03-20"),
      id: "A",
      valueOn: day("2023-03-20"),
    };
    // Where the plan is not the contract's a first look comes 180 days before two years from the pay-out, 2023-02-10.
    const plan = { installments: 12, waiting: [accelerated] };
    expect(live(plan)).toEqual([
      "2024-08-14 reckoned: 2026-03-20",
      "2025-09-21 warned: 180 days, 2026-03-20",
      "2026-01-19 warned: 60 days, 2026-03-20",
      "2026-03-06 warned: 14 days, 2026-03-20",
      "2026-03-21 passed: 2026-03-20",
    ]);
    const undone: OutsideFact = { kind: "EntryReversed", on: day("2026-01-20"), id: "A", reason: "mistake" };
    // Twelve installments: the last one falls due on 2024-02-10, and three years later is 2027-02-10.
    expect(live({ ...plan, waiting: [accelerated, undone] }, "2026-12-31")).toEqual([
      "2024-08-14 reckoned: 2026-03-20",
      "2025-09-21 warned: 180 days, 2026-03-20",
      "2026-01-19 warned: 60 days, 2026-03-20",
      "2026-08-14 warned: 180 days, 2027-02-10",
      "2026-12-12 warned: 60 days, 2027-02-10",
    ]);
  });

  test("after a judgment count to the end of the time to apply for enforcement", () => {
    const judgment: OutsideFact = {
      kind: "JudgmentEntered",
      on: day("2024-02-01"),
      id: "J",
      valueOn: day("2024-02-01"),
      principal: minor(1_200_000),
      interest: minor(0),
      costs: minor(0),
      performBy: day("2024-03-12"),
    };
    expect(live({ waiting: [judgment] })).toEqual([
      "2024-08-14 reckoned: 2026-03-12",
      "2025-09-13 warned: 180 days, 2026-03-12",
      "2026-01-11 warned: 60 days, 2026-03-12",
      "2026-02-26 warned: 14 days, 2026-03-12",
      "2026-03-13 passed: 2026-03-12",
    ]);
  });

  test("come not for what is paid off, nor for what fell due before the first text", () => {
    expect(live({ waiting: [paid("2023-04-10", 9_000_000)] })).toEqual([]);
    expect(live({ due: "2017-09-30", on: "2025-01-01" })).toEqual([]);
  });
});

test("without the journals the close asks for them, writes nothing of it, and does the rest of the day", () => {
  const { facts, loan } = closed({}, [day("2025-09-10")]);
  const borrower = { bucket: 0, n: 0, loans: [{ loan, id: "L1", waiting: [] }], contacts: [] };
  const without = closeBorrower(borrower, day("2025-09-30"), contextFor(PRODUCT)).loans[0]!;
  expect(without).toMatchObject({ wantsJournals: true, facts: [] });
  const withThem = { ...borrower, journal: [], loans: [{ ...borrower.loans[0]!, journal: facts }] };
  const again = closeBorrower(withThem, day("2025-09-30"), contextFor(PRODUCT)).loans[0]!;
  expect(again.wantsJournals).toBeUndefined();
  expect(told(again.facts)).toHaveLength(1);
});

test("where the pack has no law on limitation nothing is written", () => {
  const { limitation: _, ...elsewhere } = contextFor(PRODUCT);
  const { loan, facts } = closed({}, [day("2025-09-10")]);
  const borrower = {
    bucket: 0,
    n: 0,
    loans: [{ loan, id: "L1", waiting: [], journal: facts }],
    contacts: [],
  };
  expect(closeBorrower({ ...borrower, journal: [] }, day("2026-12-31"), elsewhere).loans[0]!.facts).toEqual(
    [],
  );
});

describe("the law of the close", () => {
  const first = day("2025-03-01");
  const last = day("2029-12-31");
  const within = (from: Day, to: Day) =>
    fc.integer({ min: 0, max: to - from }).map((n) => formatDay(addDays(from, n)));
  const fact = fc.oneof(
    fc
      .record({ on: within(day("2025-03-02"), last), amount: fc.integer({ min: 1, max: 90_000 }) })
      .map(({ on, amount }) => paid(on, amount)),
    within(day("2025-03-12"), last).map(
      (on): OutsideFact => ({ kind: "LoanAccelerated", on: day(on), id: `A ${on}`, valueOn: day(on) }),
    ),
    within(day("2025-03-12"), last).map(
      (on): OutsideFact => ({
        kind: "JudgmentEntered",
        on: day(on),
        id: `J ${on}`,
        valueOn: day(on),
        principal: minor(1_000_000),
        interest: minor(0),
        costs: minor(0),
        performBy: addDays(day(on), 20),
      }),
    ),
    fc.tuple(within(day("2025-03-12"), last), fc.integer({ min: 1, max: 400 })).map(
      ([on, after]): OutsideFact => ({
        kind: "PlanReplaced",
        on: day(on),
        id: `R ${on}`,
        valueOn: day(on),
        how: "restructure",
        firstDueOn: addDays(day(on), after),
        installments: 3,
        interest: "carry",
        late: "keep",
      }),
    ),
  );
  const idea = fc
    .record({
      installments: fc.constantFrom(1, 12),
      facts: fc.array(fact, { maxLength: 4 }),
      delivered: fc.option(within(day("2025-03-12"), last), { nil: undefined }),
      undo: fc.option(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 300 })), { nil: undefined }),
    })
    .map(({ installments, facts, delivered, undo }): Idea => {
      const money = [...new Map(facts.map((one) => ["id" in one ? one.id : "", one])).values()];
      const undone = undo && money[undo[0]];
      const reversal: readonly OutsideFact[] =
        undo && undone && "id" in undone
          ? [{ kind: "EntryReversed", on: addDays(undone.on, undo[1]), id: undone.id, reason: "mistake" }]
          : [];
      return {
        due: "2025-03-10",
        on: "2025-03-01",
        installments,
        waiting: [...money, ...reversal].sort((a, b) => a.on - b.on),
        ofBorrower: delivered ? [sent("2025-03-11"), reported(delivered, "delivered")] : [],
      };
    });

  test("closing daily, only on wake days, at once, and after a crash give the same journal", () => {
    fc.assert(
      fc.property(
        idea,
        fc.array(fc.integer({ min: 0, max: last - first }), { maxLength: 6 }),
        (one, cuts) => {
          const atOnce = closed(one, [last]);
          const days = [...cuts].sort((a, b) => a - b).map((n) => addDays(first, n));
          expect(closed(one, [...days, last])).toEqual(atOnce);
          const daily = Array.from({ length: last - first + 1 }, (_, n) => addDays(first, n));
          const eventful = new Set(atOnce.facts.map(({ on }) => on));
          // Every day on which anything is written, and the days beside it.
          const near = daily.filter((on) => [-1, 0, 1].some((n) => eventful.has(addDays(on, n))));
          expect(closed(one, [...near, last])).toEqual(atOnce);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the row is what its journal gives, and nobody oversleeps", () => {
    fc.assert(
      fc.property(idea, fc.integer({ min: 0, max: last - first }), (one, n) => {
        const through = addDays(first, n);
        const { facts, loan } = closed(one, [through]);
        const { wakeOn, ...again } = replay({ bucket: 0, n: 1 }, facts, () => PRODUCT)!;
        expect(loan).toEqual({ ...again, wakeOn: loan.wakeOn });
        const wake =
          loan.band < 0 ? NEVER : nextWake(loan, PRODUCT, strategyLine([strategy]), through, watch);
        expect(loan.wakeOn).toBe(wake);
      }),
      { numRuns: 200 },
    );
  });

  test("no day comes near the end without a warning of that very end", () => {
    fc.assert(
      fc.property(idea, fc.integer({ min: 0, max: last - first }), (one, n) => {
        const on = addDays(first, n);
        const { facts, loan } = closed(one, [on]);
        if (loan.dueOn === NEVER || (loan.status !== "open" && loan.status !== "written-off")) return;
        const debt = limitedDebt(
          { product: PRODUCT, facts, ofBorrower: one.ofBorrower ?? [], zone: ZONE },
          on,
        )!;
        const found = limitation(debt, watch.rule(on), on);
        if (!found.ok) throw new Error(found.refusal.says);
        const { worstOn } = found.value;
        if (worstOn - on > 180) return;
        const seen = facts.findLast(isLimitationFact);
        expect(seen).toMatchObject({
          worstOn,
          kind: worstOn < on ? "LimitationPassed" : "LimitationWarned",
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("no warning comes later than the days that it names, and none after the end", () => {
    fc.assert(
      fc.property(idea, (one) => {
        for (const fact of closed(one, [last]).facts) {
          if (fact.kind !== "LimitationWarned") continue;
          expect(fact.worstOn - fact.on).toBeLessThanOrEqual(fact.days);
          expect(fact.worstOn).toBeGreaterThanOrEqual(fact.on);
        }
      }),
      { numRuns: 200 },
    );
  });
});
