import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  type Day,
  day,
  ENFORCEMENT_FACT_CODES,
  ENFORCEMENT_STATES,
  type EnforcementFact,
  type EnforcementState,
  type Fact,
  minor,
} from "../core/index.ts";
import {
  ENFORCEMENT_EVENT_WORDS,
  ENFORCEMENT_TRANSITIONS,
  type EnforcementEvent,
  type EnforcementMoment,
  mayEnforce,
} from "./enforcement.ts";
import { enforcementAfter, enforcementsOf, pausesOf } from "./enforcement-life.ts";

const ALL: EnforcementMoment = {
  judgmentDue: true,
  owed: true,
  number: "(2026)沪0115执1号",
  measure: true,
  measureOpen: true,
  livingCosts: true,
  parts: true,
  missed: true,
  assets: "a car",
  paid: true,
  settlementPaid: true,
  reason: "because",
};
const EVENTS = Object.keys(ENFORCEMENT_EVENT_WORDS) as EnforcementEvent[];
const FROM = ["none", ...ENFORCEMENT_STATES] as const;
const DAY = day("2026-03-02");

/** A fact of each kind, as its reader would make it. */
const fact = (kind: EnforcementFact["kind"], more: Record<string, unknown> = {}): EnforcementFact => {
  const base = { on: DAY, at: 0, id: "E1", event: `${kind}-${JSON.stringify(more)}`, by: "anna", dated: DAY };
  const own: Partial<Record<EnforcementFact["kind"], Record<string, unknown>>> = {
    EnforcementApplied: {
      debt: "L1",
      court: "c",
      judgment: {
        performBy: DAY,
        valueOn: DAY,
        debt: minor(1),
        outsideBase: minor(0),
        court: "c",
        number: "n",
      },
      applyBy: DAY,
      late: false,
    },
    EnforcementAccepted: { number: "n" },
    EnforcementRejected: { why: "not-accepted" },
    EnforcementNoticed: { performBy: DAY, warned: true, assetsOrdered: true },
    AssetsReported: { outcome: "reported" },
    MeasureWished: { measure: "M1", type: "freeze-deposits", what: "w" },
    MeasureGranted: { measure: "M1", type: "freeze-deposits", what: "w" },
    MeasureEnded: { measure: "M1", why: "lifted" },
    MoneyRecovered: { amount: minor(1), how: "paid", payment: "p" },
    EnforcementSettled: { parts: [{ dueOn: DAY, amount: minor(1) }] },
    SettlementBroken: { next: "resume" },
    EnforcementStayed: { why: "retrial", atRequest: false },
    EnforcementResumed: { why: "stay-over" },
    RoundEnded: { approved: "applicant", listedIfQualified: true, searched: true, soughtAndSanctioned: true },
    AssetsSearched: { found: false },
    PenaltyImposed: { penalty: "fine", amount: minor(1) },
    EnforcementClosed: { why: "ended" },
  };
  return { kind, ...base, ...own[kind], ...more } as unknown as EnforcementFact;
};

/**
 * Row: state before. Column: event. Cell: state after, = where it stays, . where the event has no place. Written by hand from the law of
 * enforcement; the code is compared with it cell by cell.
 */
const TABLE = `
                   Applied  Accepted  Rejected  Noticed  Assets  Wished  Granted  MEnded  Money  Settled  Broken             Stayed  Resumed  Round        Searched  Penalty  Closed
none               applied  .         .         .        .       .       .        .       .      .        .                  .       .        .            .         .        .
applied            .        accepted  rejected  .        .       =       .        .       .      .        .                  .       .        .            .         .        closed
accepted           .        .         rejected  noticed  .       =       =        =       =      settled  .                  stayed  .        .            .         .        closed
noticed            .        .         rejected  .        =       =       =        =       =      settled  .                  stayed  .        round-ended  .         =        closed
settled            .        .         .         .        .       =       =        =       =      .        settlement-broken  stayed  .        .            .         =        closed
settlement-broken  .        .         .         .        .       =       .        =       =      .        .                  .       noticed  .            .         =        closed
stayed             .        .         rejected  .        .       =       =        =       =      .        .                  .       noticed  .            .         =        closed
round-ended        .        .         .         .        =       =       .        =       =      .        .                  .       noticed  .            =         =        closed
sued               .        .         .         .        .       .       .        =       =      .        .                  .       .        .            .         .        closed
rejected           .        .         .         .        .       .       .        =       =      .        .                  .       .        .            .         .        .
closed             .        .         .         .        .       .       .        .       .      .        .                  .       .        .            .         .        .
`;
const [, ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));

/** A life in a state that was reached with a notice, so that going on leads back to it. */
function lifeIn(state: EnforcementState) {
  const started = [fact("EnforcementApplied"), fact("EnforcementAccepted"), fact("EnforcementNoticed")];
  const life = started.reduce<ReturnType<typeof enforcementAfter>>(enforcementAfter, undefined)!;
  return { ...life, state };
}

describe("the life of an enforcement", () => {
  test.each(rows)("%s", (from, ...cells) => {
    const found = EVENTS.map((event) => {
      const may = mayEnforce(from as (typeof FROM)[number], event, ALL);
      if (!may.ok) return ".";
      const before = from === "none" ? undefined : lifeIn(from as EnforcementState);
      const after = enforcementAfter(before, fact(event))!.state;
      return after === from ? "=" : after;
    });
    expect(found).toEqual(cells);
    expect(rows.map(([state]) => state)).toEqual(FROM);
  });

  test("each guard that is missing is the refusal, in both languages, and every other answer says what may follow", () => {
    for (const { from, event, needs } of ENFORCEMENT_TRANSITIONS)
      for (const guard of needs) {
        const key = {
          "judgment-due": "judgmentDue",
          "measure-open": "measureOpen",
          "living-costs": "livingCosts",
          "settlement-paid": "settlementPaid",
        } as const;
        const { [(key as Record<string, string>)[guard] ?? guard]: _, ...rest } = ALL as Record<
          string,
          unknown
        >;
        const may = mayEnforce(from, event, rest);
        expect(may.ok ? "" : may.refusal.code).toBe(`enforcement-no-${guard}`);
      }
    const out = mayEnforce("closed", "EnforcementNoticed", ALL);
    expect(out.ok ? "" : out.refusal.says.en).toContain("nothing follows any more");
    const early = mayEnforce("applied", "EnforcementNoticed", ALL);
    expect(early.ok ? "" : early.refusal.says.zh).toContain("立案");
  });

  test("a broken settlement is resumed, or sued on and then not resumed", () => {
    const settled = enforcementAfter(lifeIn("noticed"), fact("EnforcementSettled"))!;
    const resumed = enforcementAfter(
      enforcementAfter(settled, fact("SettlementBroken"))!,
      fact("EnforcementResumed"),
    )!;
    expect(resumed.state).toBe("noticed");
    const sued = enforcementAfter(settled, fact("SettlementBroken", { next: "sue" }))!;
    expect(sued.state).toBe("sued");
    expect(mayEnforce("sued", "EnforcementResumed", ALL).ok).toBe(false);
  });

  test("a stay before any notice goes back to where it stood; its days end the day before", () => {
    const accepted = enforcementAfter(
      enforcementAfter(undefined, fact("EnforcementApplied")),
      fact("EnforcementAccepted"),
    )!;
    const stayed = enforcementAfter(accepted, fact("EnforcementStayed", { atRequest: true }))!;
    expect(pausesOf(stayed, addDays(DAY, 9))).toEqual([
      { from: DAY, to: addDays(DAY, 9), why: "retrial", atRequest: true },
    ]);
    const on = enforcementAfter(stayed, fact("EnforcementResumed", { dated: addDays(DAY, 5) }))!;
    expect([on.state, on.stays]).toEqual([
      "accepted",
      [{ from: DAY, to: addDays(DAY, 4), why: "retrial", atRequest: true }],
    ]);
  });

  test("the numbers of its facts lie between 150 and 169, each once", () => {
    const codes = Object.values(ENFORCEMENT_FACT_CODES);
    expect(new Set(codes).size).toBe(codes.length);
    expect(Math.min(...codes)).toBe(150);
    expect(Math.max(...codes)).toBeLessThanOrEqual(169);
  });
});

test("an entry that was undone leaves the life that there would be without it", () => {
  const kinds = fc.array(fc.constantFrom(...EVENTS.filter((one) => one !== "EnforcementApplied")), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(kinds, fc.nat(), (wished, pick) => {
      const facts: EnforcementFact[] = [fact("EnforcementApplied")];
      for (const [i, kind] of wished.entries()) {
        const { state } = enforcementsOf(facts).get("E1")!;
        if (mayEnforce(state, kind, ALL).ok)
          facts.push({ ...fact(kind), event: `e${i}`, dated: addDays(DAY, i) as Day });
      }
      const undone = facts[pick % facts.length]!;
      const reversal = fact("EnforcementReversed", { of: undone.event, reason: "mistake" });
      const all: Fact[] = [...facts, reversal];
      expect(enforcementsOf(all)).toEqual(enforcementsOf(facts.filter((one) => one !== undone)));
      // Told again from the journal it is the same, whatever stands between.
      expect(enforcementsOf([...facts, { ...fact("EnforcementApplied"), id: "E2" }]).get("E1")).toEqual(
        enforcementsOf(facts).get("E1"),
      );
    }),
  );
});
