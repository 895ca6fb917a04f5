import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRODUCT } from "../../test/support/product.ts";
import {
  addDays,
  book,
  type Day,
  day,
  type Fact,
  formatDay,
  isMatterFact,
  type LoanState,
  type MatterWatched,
  minor,
  NEVER,
  type OutsideFact,
  replay,
  type WatchedDate,
} from "../core/index.ts";
import { closeBorrower } from "./close.ts";
import type { Action, CloseContext } from "./types.ts";

const context: CloseContext = {
  zone: "Asia/Shanghai",
  pack: undefined,
  product: () => PRODUCT,
  strategy: () => undefined,
};
const booked: Fact = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L1",
  product: 1,
  principal: minor(100_000),
  rateE8: 50_000,
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 1,
  reach: 0,
};
const LOAN = book({ bucket: 0, n: 1 }, booked as never, PRODUCT);

const watched = (
  on: string,
  dates: readonly WatchedDate[],
  more: Partial<MatterWatched> = {},
): MatterWatched => ({
  kind: "MatterWatched",
  on: day(on),
  id: `P1#${on}`,
  matter: "P1",
  of: "proceeding",
  dates,
  ...more,
});
const answer: WatchedDate = {
  what: "pay-fee",
  by: "us",
  lastOn: day("2026-03-10"),
  remindOn: day("2026-03-05"),
};
const court: WatchedDate = { what: "accept", by: "court", lastOn: day("2026-03-12") };

/** Closes through each of these days in turn, as if each were a night. */
function closed(waiting: readonly OutsideFact[], nights: readonly Day[]) {
  let loan: LoanState = LOAN;
  const facts: Fact[] = [];
  const actions: Action[] = [];
  let from: number = Number.NEGATIVE_INFINITY;
  for (const night of nights) {
    const now = waiting.filter(({ on }) => on > from && on <= night);
    const done = closeBorrower(
      { bucket: 0, n: 0, loans: [{ loan, waiting: now, journal: [booked, ...facts] }], contacts: [] },
      night,
      context,
    );
    loan = done.loans[0]!.after;
    facts.push(...done.loans[0]!.facts);
    actions.push(...done.actions);
    from = night;
  }
  return { loan, facts, actions };
}
const everyDay = (from: string, through: string): Day[] =>
  Array.from({ length: day(through) - day(from) + 1 }, (_, i) => addDays(day(from), i));
const told = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) =>
    fact.kind === "MatterDateCame" ? [`${formatDay(fact.on)} ${fact.what} ${fact.state}`] : [],
  );

describe("days of a matter", () => {
  test("people are told when a day of ours is near, when it is over, and of the court's only when it is over", () => {
    const { facts, actions, loan } = closed(
      [watched("2026-03-01", [answer, court])],
      everyDay("2026-03-01", "2026-03-31"),
    );
    expect(told(facts)).toEqual([
      "2026-03-05 pay-fee near",
      "2026-03-11 pay-fee over",
      "2026-03-13 accept over",
    ]);
    expect(actions.map(({ on, act, what, steps }) => [formatDay(on), act, what, steps[0]!.step])).toEqual([
      ["2026-03-05", "ask-matter", "matter/proceeding", "matter/P1/pay-fee@2026-03-10"],
      ["2026-03-11", "ask-matter", "matter/proceeding", "matter/P1/pay-fee@2026-03-10"],
      ["2026-03-13", "ask-matter", "matter/proceeding", "matter/P1/accept@2026-03-12"],
    ]);
    expect(loan.extra?.matters).toEqual([{ matter: "P1", of: "proceeding", dates: [] }]);
  });

  test("what was done in time is asked of nobody, and a day that stays is not told twice", () => {
    const again = watched("2026-03-07", [answer]);
    const gone = watched("2026-03-09", [court]);
    const { facts } = closed(
      [watched("2026-03-01", [answer]), again, gone],
      everyDay("2026-03-01", "2026-03-11"),
    );
    expect(told(facts)).toEqual(["2026-03-05 pay-fee near"]);
  });

  test("a day that was over when it became known is told at once", () => {
    const { facts } = closed([watched("2026-03-20", [answer])], everyDay("2026-03-20", "2026-03-25"));
    expect(told(facts)).toEqual(["2026-03-20 pay-fee over"]);
  });

  test("a matter that runs on when the debt is paid asks once, and sleeps for good when it is ended", () => {
    const paid: OutsideFact = {
      kind: "PaymentReceived",
      on: day("2026-03-03"),
      id: "pay",
      amount: minor(200_000),
      valueOn: day("2026-03-03"),
    };
    const facts = [watched("2026-03-01", [answer]), paid] as const;
    const open = closed(facts, everyDay("2026-03-01", "2026-03-31"));
    expect(told(open.facts)).toEqual([
      "2026-03-03 debt-ended debt-ended",
      "2026-03-05 pay-fee near",
      "2026-03-11 pay-fee over",
    ]);
    const ended = watched("2026-03-04", [], { ended: true });
    const over = closed([...facts, ended], everyDay("2026-03-01", "2026-03-31"));
    expect(told(over.facts)).toEqual(["2026-03-03 debt-ended debt-ended"]);
    expect(over.loan.wakeOn).toBe(NEVER);
    expect(over.loan.extra?.matters).toBeUndefined();
  });

  test("two matters on one day are one question with a step for each", () => {
    const other = watched("2026-03-01", [answer], { matter: "E1", of: "enforcement", id: "E1#1" });
    const { actions } = closed(
      [watched("2026-03-01", [answer]), other],
      everyDay("2026-03-01", "2026-03-06"),
    );
    expect(actions.map(({ steps }) => steps.map(({ step }) => step))).toEqual([
      ["matter/P1/pay-fee@2026-03-10", "matter/E1/pay-fee@2026-03-10"],
    ]);
  });
});

test("the law of the close: every night, some nights, or one night leave the same journal, and replay the same row", () => {
  const date = fc.record({
    what: fc.constantFrom("pay-fee", "accept", "appeal"),
    by: fc.constantFrom("us" as const, "court" as const),
    lastOn: fc.integer({ min: -5, max: 40 }).map((n) => addDays(day("2026-03-01"), n)),
    early: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
  });
  const fact = fc.record({
    after: fc.integer({ min: 0, max: 30 }),
    matter: fc.constantFrom("P1", "E1"),
    dates: fc.uniqueArray(date, { maxLength: 3, selector: ({ what, lastOn }) => `${what}${lastOn}` }),
    ended: fc.boolean(),
    pays: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(fact, { minLength: 1, maxLength: 5 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 44 }), { maxLength: 8 }),
      (wished, some) => {
        const waiting = wished
          .map(({ after, matter, dates, ended, pays }, i): OutsideFact => {
            const on = addDays(day("2026-03-01"), after);
            if (pays && i === 1)
              return { kind: "PaymentReceived", on, id: `p${i}`, amount: minor(200_000), valueOn: on };
            return {
              kind: "MatterWatched",
              on,
              id: `${matter}#${i}`,
              matter,
              of: "proceeding",
              dates: dates.map(({ early, ...one }) =>
                early === undefined ? one : { ...one, remindOn: addDays(one.lastOn, -early) },
              ),
              ...(ended && dates.length === 0 ? { ended: true as const } : {}),
            };
          })
          .sort((a, b) => a.on - b.on);
        const nights = everyDay("2026-03-01", "2026-04-14");
        const last = nights.at(-1)!;
        const each = closed(waiting, nights);
        const picked = closed(waiting, [...some.sort((a, b) => a - b).map((n) => nights[n]!), last]);
        const once = closed(waiting, [last]);
        expect(picked).toEqual(each);
        expect(once).toEqual(each);
        expect(each.facts.filter(isMatterFact).length).toBeGreaterThanOrEqual(
          waiting.filter(({ kind }) => kind === "MatterWatched").length,
        );
        const again = replay(LOAN, [booked, ...each.facts], () => PRODUCT);
        expect({ ...again, wakeOn: 0 }).toEqual({ ...each.loan, wakeOn: 0 });
      },
    ),
    { numRuns: 60 },
  );
});
