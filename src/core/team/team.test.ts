import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, day } from "../calendar.ts";
import { HOLD_KINDS } from "../holds.ts";
import { type Minor, parseMoney } from "../money.ts";
import type { PersonFact, Placed, Recalled } from "../person-facts.ts";
import { CONTACT_OUTCOMES } from "../ways.ts";
import { inSegment, mayAgencySee, segmentOf } from "./agency.ts";
import { type Checkable, sampleOf } from "./quality.ts";
import { RESULTS, resultOf } from "./results.ts";
import { type Case, type Collector, canTake, rank } from "./worklist.ts";

const TODAY = day("2026-03-06");
const NOON = TODAY * 86_400_000 + 4 * 3_600_000;

describe("the worklist", () => {
  const one = (more: Partial<Case> = {}): Case => ({
    act: "call",
    on: TODAY,
    slot: NOON,
    language: "zh",
    products: ["micro"],
    stages: ["early"],
    dpd: 5,
    arrears: 10_000 as Minor,
    ...more,
  });

  test("each case stands under its first reason, and the reasons in their order", () => {
    const cases = [
      one(),
      one({ act: "ask" }),
      one({ on: addDays(TODAY, -1) }),
      one({ lastDay: TODAY }),
      one({ brokenOn: addDays(TODAY, -2), lastDay: TODAY }),
      one({ supervisor: true, brokenOn: TODAY }),
    ];
    expect(rank(cases, TODAY).map(({ reason }) => reason)).toEqual([
      "supervisor",
      "promise-broken",
      "last-day",
      "left-over",
      "question",
      "planned-today",
    ]);
  });

  test("among equals the larger arrears, then who has not been spoken with for longest", () => {
    const cases = [
      one({ arrears: 1 as Minor }),
      one({ arrears: 3 as Minor, lastContact: NOON }),
      one({ arrears: 3 as Minor, lastContact: NOON - 1 }),
      one({ arrears: 3 as Minor }),
    ];
    expect(rank(cases, TODAY).map(({ case: { arrears, lastContact } }) => [arrears, lastContact])).toEqual([
      [3, undefined],
      [3, NOON - 1],
      [3, NOON],
      [1, undefined],
    ]);
  });

  test("a collector takes a case only when he has its language, all its products and its stages", () => {
    const who = (skills: Collector["skills"], active = true): Collector => ({
      id: "a",
      name: "a",
      team: "",
      skills,
      active,
    });
    expect(canTake(who({}), one())).toBe(true);
    expect(canTake(who({}, false), one())).toBe(false);
    expect(canTake(who({ languages: ["en"] }), one())).toBe(false);
    expect(canTake(who({ products: ["micro"] }), one({ products: ["micro", "car"] }))).toBe(false);
    expect(canTake(who({ products: ["micro", "car"] }), one({ products: ["micro", "car"] }))).toBe(true);
    expect(canTake(who({ stages: [] }), one())).toBe(true);
  });
});

describe("the table of result codes", () => {
  test("says each code once, in both languages, and what comes of it in words that the book knows", () => {
    expect(new Set(RESULTS.map(({ code }) => code)).size).toBe(RESULTS.length);
    for (const { code, of, outcome, says, does } of RESULTS) {
      expect(says.en, code).not.toBe("");
      expect(says.zh, code).toMatch(/[\u4e00-\u9fff]/);
      if (of === "call") expect(CONTACT_OUTCOMES, code).toContain(outcome);
      else expect(outcome, code).toBeUndefined();
      for (const hold of does.holds ?? []) expect(HOLD_KINDS, code).toContain(hold);
    }
    expect(resultOf("shouting")).toBeUndefined();
  });
});

describe("a sample of contacts", () => {
  const contacts = (count: number, by: string, complaints = 0): Checkable[] =>
    Array.from({ length: count }, (_, i) => ({ contact: `${by}-${i}`, by, complaint: i < complaints }));
  const rules = { seed: 7, each: 3, complaintPercent: 100 };

  test("has so many of each collector as far as there are, and every complaint", () => {
    const all = [...contacts(10, "mei", 5), ...contacts(2, "lin"), ...contacts(40, "anxin")];
    const drawn = sampleOf(all, rules);
    const of = (by: string) => drawn.filter((one) => one.by === by);
    expect(of("lin")).toHaveLength(2);
    expect(of("anxin")).toHaveLength(3);
    expect(of("mei").filter(({ why }) => why === "complaint")).toHaveLength(5);
    expect(of("mei").length).toBeGreaterThanOrEqual(5);
  });

  test("is the same for the same seed in whatever order the contacts stand, and hangs on nobody else's", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 8 }), fc.array(fc.nat(30)), (seed, each, order) => {
        const all = [...contacts(12, "mei", 2), ...contacts(9, "lin")];
        const shuffled = order.reduce((list, at) => {
          const i = at % list.length;
          return [...list.slice(i), ...list.slice(0, i)];
        }, all);
        const asked = { seed, each, complaintPercent: 50 };
        expect(sampleOf(shuffled, asked)).toEqual(sampleOf(all, asked));
        const mei = (list: readonly Checkable[]) => sampleOf(list, asked).filter(({ by }) => by === "mei");
        expect(mei(contacts(12, "mei", 2))).toEqual(mei(all));
      }),
    );
  });

  test("another seed draws others", () => {
    const all = contacts(100, "mei");
    expect(sampleOf(all, rules)).not.toEqual(sampleOf(all, { ...rules, seed: 8 }));
  });
});

describe("what an agency may see", () => {
  const placed = (more: Partial<Placed> = {}): Placed => ({
    kind: "Placed",
    on: TODAY,
    id: "p1",
    at: NOON,
    debt: "L1",
    with: "anxin",
    role: "agency",
    from: TODAY,
    lenderSteps: "pause",
    ...more,
  });
  const recalled = (more: Partial<Recalled> = {}): Recalled => ({
    kind: "Recalled",
    on: TODAY,
    id: "r1",
    at: NOON + 1000,
    debt: "L1",
    reason: "complaint",
    ...more,
  });
  const asked = (facts: readonly PersonFact[], at = NOON, on: Day = TODAY, agency = "anxin", debt = "L1") => {
    const may = mayAgencySee(facts, agency, debt, at, on);
    return may.ok ? may.value.id : may.refusal.code;
  };

  test.each<[string, string, string]>([
    ["its own loan", asked([placed()]), "p1"],
    ["another loan of the same person", asked([placed()], NOON, TODAY, "anxin", "L2"), "never-placed"],
    ["another agency's", asked([placed()], NOON, TODAY, "other"), "never-placed"],
    ["the day before it is placed", asked([placed()], NOON - 86_400_000, addDays(TODAY, -1)), "not-yet"],
    ["its last day", asked([placed({ until: TODAY })]), "p1"],
    [
      "the day after",
      asked([placed({ until: TODAY })], NOON + 86_400_000, addDays(TODAY, 1)),
      "placement-over",
    ],
    ["a moment before the recall", asked([placed(), recalled()], NOON + 999), "p1"],
    ["the moment of the recall", asked([placed(), recalled()], NOON + 1000), "recalled"],
    [
      "a loan that is placed with it again",
      asked([placed(), recalled(), placed({ id: "p2", at: NOON + 2000 })], NOON + 3000),
      "p2",
    ],
    [
      "a loan that went to another one after it",
      asked([placed(), recalled(), placed({ id: "p2", with: "other" })], NOON + 3000),
      "recalled",
    ],
    [
      "a placement that was a mistake",
      asked([
        placed(),
        { kind: "PersonFactReversed", on: TODAY, id: "x", at: NOON, of: "p1", reason: "wrong loan" },
      ]),
      "never-placed",
    ],
  ])("%s: %s", (_, found, expected) => {
    expect(found).toBe(expected);
  });

  test("a segment is read, with its borders, and what it is not is said", () => {
    const read = (text: string) => segmentOf(text, (sum) => parseMoney(sum));
    const segment = read("dpd=31..90,product=micro+weekly,arrears=500.00..");
    if (!segment.ok) throw new Error(segment.refusal.says);
    const fits = (dpd: number, arrears: number, product: string) =>
      inSegment(segment.value, { dpd, arrears: arrears as Minor, product });
    expect([fits(31, 50_000, "micro"), fits(90, 50_000, "weekly")]).toEqual([true, true]);
    expect([fits(30, 50_000, "micro"), fits(91, 50_000, "micro")]).toEqual([false, false]);
    expect([fits(31, 49_999, "micro"), fits(31, 50_000, "car")]).toEqual([false, false]);
    const cents = read("arrears=0.01..99.99");
    expect(cents.ok && cents.value.arrears).toEqual([1, 9999]);
    for (const bad of ["dpd=5", "dpd=9..1", "days=1..2", "arrears=x..", "dpd=a..b"])
      expect(read(bad), bad).toMatchObject({ ok: false, refusal: { code: "not-a-segment" } });
    expect(read("")).toEqual({ ok: true, value: {} });
  });
});
