import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Award,
  type Day,
  day,
  type Fact,
  formatDay,
  formatMoney,
  minor,
  PROCEEDING_KINDS,
  PROCEEDING_STATES,
  type ProceedingEvent,
  type ProceedingKind,
  type ProceedingMoved,
  type ProceedingOpened,
} from "../../src/core/index.ts";
import {
  EVENT_WORDS,
  type EventKey,
  effectiveFrom,
  eventKey,
  feeLifeOf,
  feesOf,
  isOverState,
  mayFollow,
  mayProceed,
  movedLife,
  objectionCounts,
  PROCEEDING_DAYS,
  PROCEEDING_EVENT_COLUMNS,
  PROCEEDING_PERIODS,
  PROCEEDING_POINTS,
  PROCEEDING_TRANSITIONS,
  type ProceedingLife,
  performanceDay,
  proceedingDays,
  proceedingsOf,
  watchedDays,
} from "../../src/legal/index.ts";
import { loadCalendar, loadPack } from "../load.ts";
import { courtFeeLaw } from "./court-fee-law.ts";
import { proceedingLaw } from "./proceeding.ts";

const law = (() => {
  const found = proceedingLaw(loadPack("cn"), loadCalendar("cn"), day("2026-03-01"));
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
})();

const feeLaw = (() => {
  const found = courtFeeLaw(loadPack("cn"), day("2026-03-01"));
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
})();

const award: Award = {
  sums: [{ debt: "L1", principal: minor(100_000), interest: minor(5_000), costs: minor(2_500) }],
  countedTo: day("2026-03-01"),
  performDays: 10,
};
const opened = (way: ProceedingKind): ProceedingOpened => ({
  kind: "ProceedingOpened",
  on: day("2026-01-05"),
  at: 0,
  id: "P1",
  by: "clerk",
  way,
  court: "杭州市上城区人民法院",
  debts: ["L1"],
  dated: day("2026-01-05"),
});
const moved = (what: ProceedingEvent, on: string, n: number): ProceedingMoved => ({
  kind: "ProceedingMoved",
  on: day(on),
  at: 0,
  id: "P1",
  by: "clerk",
  event: `e${n}`,
  dated: day(on),
  what,
});
/** All that a careful clerk would know: whatever is refused then is refused for its place. */
const ALL = {
  inOrder: true,
  caseNumber: true,
  consent: true,
  award: true,
  appealOver: true,
  objectionOver: true,
  reason: "because",
} as const;
type Told = readonly [on: string, what: ProceedingEvent];
function life(way: ProceedingKind, told: readonly Told[]): ProceedingLife {
  let one = proceedingsOf([opened(way)]).get("P1")!;
  told.forEach(([on, what], n) => {
    const procedure =
      "procedure" in what && what.procedure !== undefined ? { procedure: what.procedure } : {};
    const now = one.procedure === undefined ? {} : { procedureNow: one.procedure };
    const may = mayProceed(way, one.state, eventKey(what), { ...ALL, ...procedure, ...now });
    if (!may.ok) throw new Error(`${on} ${what.type}: ${may.refusal.says.en}`);
    one = movedLife(one, moved(what, on, n));
    expect(one.state).toBe(may.to);
  });
  return one;
}
const daysOf = (one: ProceedingLife): string[] =>
  proceedingDays(one, law).map(
    ({ what, by, lastOn, source }) => `${formatDay(lastOn)} ${what} (${by}) ${source?.cite.at ?? "-"}`,
  );

const NUMBER = "(2026)浙0102民初1234号";
const accepted = (procedure: "ordinary" | "summary" | "small-claims"): ProceedingEvent => ({
  type: "accepted",
  caseNumber: NUMBER,
  procedure,
});
const served = (
  paper: "complaint" | "judgment" | "payment-order" | "ruling" | "appeal",
  to: "us" | "debtor",
): ProceedingEvent => ({
  type: "served",
  paper,
  to,
  way: "paper",
});

// Each day counted by hand on the calendar of 2026 (Spring Festival off 15 to 23 February, 14 and 28 February worked).
describe("the days of a suit", () => {
  test("the court has seven days to accept it, over Spring Festival until the first working day after", () => {
    // 7 days after 9 February is the 16th, inside the festival.
    expect(daysOf(life("suit", [["2026-02-09", { type: "filed" }]]))).toEqual([
      "2026-02-24 court-accepts (court) art. 126",
    ]);
    // 7 days after 7 February is Saturday the 14th, which is worked.
    expect(daysOf(life("suit", [["2026-02-07", { type: "filed" }]]))).toEqual([
      "2026-02-14 court-accepts (court) art. 126",
    ]);
  });

  test("accepted: five days to send it on, six, three or two months to decide", () => {
    const of = (procedure: "ordinary" | "summary" | "small-claims") =>
      daysOf(
        life("suit", [
          ["2026-03-02", { type: "filed" }],
          ["2026-03-09", accepted(procedure)],
        ]),
      );
    // 14 March is a Saturday, 9 May a Saturday that is worked.
    expect(of("ordinary")).toEqual([
      "2026-03-16 court-serves (court) art. 128(1)",
      "2026-09-09 court-decides (court) art. 152",
    ]);
    expect(of("summary")[1]).toBe("2026-06-09 court-decides (court) art. 164");
    expect(of("small-claims")[1]).toBe("2026-05-09 court-decides (court) art. 168");
  });

  test("the case fee is paid within seven days of the day after the notice", () => {
    // 7 days after Friday 6 March is Friday the 13th; after Saturday 7 March, Saturday the 14th, so Monday the 16th.
    const noticed = (on: string) =>
      daysOf(
        life("suit", [
          ["2026-03-02", { type: "filed" }],
          [on, { type: "fee-noticed", amount: minor(2_500) }],
        ]),
      );
    expect(noticed("2026-03-06")).toContain("2026-03-13 pay-fee (us) art. 22(1)");
    expect(noticed("2026-03-07")).toContain("2026-03-16 pay-fee (us) art. 22(1)");
    const paid = life("suit", [
      ["2026-03-02", { type: "filed" }],
      ["2026-03-06", { type: "fee-noticed", amount: minor(2_500) }],
      ["2026-03-10", { type: "fee-paid", amount: minor(2_500), of: "case" }],
    ]);
    expect(daysOf(paid).some((one) => one.includes("pay-fee"))).toBe(false);
  });

  test("fifteen days to answer and to object to the court; of a small claim at most as many, by its own sentence", () => {
    const of = (procedure: "ordinary" | "small-claims") =>
      daysOf(
        life("suit", [
          ["2026-03-02", { type: "filed" }],
          ["2026-03-09", accepted(procedure)],
          ["2026-03-12", served("complaint", "debtor")],
        ]),
      );
    expect(of("ordinary").slice(0, 2)).toEqual([
      "2026-03-27 answer (debtor) art. 128(1)",
      "2026-03-27 object-to-court (debtor) art. 130(1)",
    ]);
    expect(of("small-claims")[0]).toBe("2026-03-27 answer (debtor) art. 275(2)");
  });

  test("a notice in the paper serves after thirty days, and the answer is counted from then", () => {
    const one = life("suit", [
      ["2026-03-02", { type: "filed" }],
      ["2026-03-09", accepted("ordinary")],
      ["2026-03-12", { type: "served", paper: "complaint", to: "debtor", way: "public-notice" }],
    ]);
    // 30 days after 12 March is Saturday 11 April, so Monday the 13th; 15 days after it is the 28th.
    expect(daysOf(one)[0]).toBe("2026-04-28 answer (debtor) art. 128(1)");
  });

  test("three days' notice of a hearing in ordinary procedure; the hearing itself is ours to attend and moves nowhere", () => {
    const told: Told[] = [
      ["2026-03-02", { type: "filed" }],
      ["2026-03-09", accepted("ordinary")],
      ["2026-03-12", served("complaint", "debtor")],
      ["2026-04-03", { type: "hearing-set", hearingOn: day("2026-04-07") }],
    ];
    expect(daysOf(life("suit", told))).toContain("2026-04-04 notice-of-hearing (court) art. 139");
    expect(daysOf(life("suit", told))).toContain("2026-04-07 hearing (us) -");
    const later = life("suit", [
      ...told,
      ["2026-04-07", { type: "adjourned", reason: "no defendant", hearingOn: day("2026-04-21") }],
    ]);
    expect(daysOf(later).filter((one) => one.includes(" hearing "))).toEqual(["2026-04-21 hearing (us) -"]);
  });

  const judged: Told[] = [
    ["2026-03-02", { type: "filed" }],
    ["2026-03-09", accepted("summary")],
    ["2026-03-12", served("complaint", "debtor")],
    ["2026-03-30", { type: "hearing-set", hearingOn: day("2026-04-08") }],
    ["2026-04-08", { type: "heard" }],
    ["2026-04-10", { type: "judgment", ...award }],
  ];

  test("fifteen days to appeal from the service on each side; in force on the day after the later one", () => {
    const one = life("suit", [
      ...judged,
      ["2026-04-13", served("judgment", "us")],
      ["2026-04-17", served("judgment", "debtor")],
    ]);
    // 13 April + 15 = 28 April; 17 April + 15 = 2 May, in the May holiday (1 to 5 May), so 6 May.
    expect(daysOf(one)).toEqual([
      "2026-04-28 appeal (us) art. 171(1)",
      "2026-05-06 debtor-appeals (debtor) art. 171(1)",
    ]);
    expect(effectiveFrom(one, law)).toEqual({ ok: true, value: day("2026-05-07") });
    // Ten days from 7 May are over on Sunday 17 May, so Monday the 18th.
    expect(performanceDay(one, day("2026-05-07"), law)).toEqual({ ok: true, value: day("2026-05-18") });
    const force = life("suit", [
      ...judged,
      ["2026-04-13", served("judgment", "us")],
      ["2026-04-17", served("judgment", "debtor")],
      ["2026-05-07", { type: "effective", performBy: day("2026-05-18"), entry: "P1/judgment/9" }],
    ]);
    const left = proceedingDays(force, law);
    // Two years to apply for enforcement end in 2028, which no calendar reaches: by then it is safe, and it says so.
    expect(daysOf(force)).toEqual(["2026-05-18 perform (debtor) -", "2028-05-18 enforce (us) art. 250(1)"]);
    expect(left[1]!.unknown?.code).toBe("calendar-unknown");
  });

  test("a judgment that was not served on both sides is not in force", () => {
    const one = life("suit", [...judged, ["2026-04-13", served("judgment", "us")]]);
    expect(effectiveFrom(one, law)).toMatchObject({ ok: false, refusal: { code: "not-served" } });
  });

  test("a small claim ends with its first judgment, which is in force when it is served on the last of them", () => {
    const small = judged.map(
      ([on, what]): Told => (what.type === "accepted" ? [on, accepted("small-claims")] : [on, what]),
    );
    const one = life("suit", [
      ...small,
      ["2026-04-13", served("judgment", "us")],
      ["2026-04-17", served("judgment", "debtor")],
    ]);
    expect(daysOf(one)).toEqual([]);
    expect(effectiveFrom(one, law)).toEqual({ ok: true, value: day("2026-04-17") });
    expect(mayProceed("suit", "judged", "appealed", { ...ALL, procedureNow: "small-claims" })).toMatchObject({
      ok: false,
      refusal: { code: "proceeding-no-two-instances" },
    });
  });

  test("an appeal: five days to send it on, fifteen to answer, three months to decide, and final when served", () => {
    const appealed = life("suit", [
      ...judged,
      ["2026-04-13", served("judgment", "us")],
      ["2026-04-17", served("judgment", "debtor")],
      ["2026-04-27", { type: "appealed", side: "debtor" }],
    ]);
    // 5 days after 27 April is 2 May, in the holiday: 6 May. Our own appeal stays open until 28 April.
    expect(daysOf(appealed)).toEqual([
      "2026-04-28 appeal (us) art. 171(1)",
      "2026-05-06 court-sends-appeal (court) art. 174(1)",
    ]);
    let one = movedLife(appealed, moved(served("appeal", "us"), "2026-05-06", 20));
    expect(daysOf(one)).toContain("2026-05-21 answer-appeal (us) art. 174(1)");
    one = movedLife(
      one,
      moved({ type: "appeal-accepted", caseNumber: "(2026)浙01民终55号" }, "2026-06-01", 21),
    );
    expect(daysOf(one)).toContain("2026-09-01 appeal-decided (court) art. 183(1)");
    one = movedLife(one, moved({ type: "appeal-decided", outcome: "upheld" }, "2026-07-01", 22));
    expect([one.state, one.award?.sums[0]?.principal]).toEqual(["final", minor(100_000)]);
    one = movedLife(one, moved(served("judgment", "us"), "2026-07-03", 23));
    one = movedLife(one, moved(served("judgment", "debtor"), "2026-07-06", 24));
    expect(effectiveFrom(one, law)).toEqual({ ok: true, value: day("2026-07-06") });
  });

  test("a ruling can be appealed within ten days, not fifteen", () => {
    const one = life("suit", [
      ["2026-03-02", { type: "filed" }],
      ["2026-03-09", { type: "ruled", ruling: "no-acceptance" }],
      ["2026-03-10", served("ruling", "us")],
    ]);
    expect(daysOf(one)).toEqual(["2026-03-20 appeal-ruling (us) art. 171(2)"]);
  });

  test("assets preserved before the suit are let go when nothing is filed within thirty days", () => {
    expect(daysOf(life("suit", [["2026-02-10", { type: "preserved" }]]))).toEqual([
      "2026-03-12 sue-after-preservation (us) art. 104(3)",
    ]);
  });
});

describe("a payment order", () => {
  const issued: Told[] = [
    ["2026-03-02", { type: "filed" }],
    ["2026-03-06", { type: "accepted", caseNumber: "(2026)浙0102民督8号" }],
    ["2026-03-16", { type: "issued", ...award }],
  ];
  test("five days to accept, fifteen to issue, thirty to serve", () => {
    // 5 days after 2 March is Saturday the 7th; 15 after the 6th is Saturday the 21st; 30 after the 16th is 15 April.
    expect(daysOf(life("payment-order", issued.slice(0, 1)))).toEqual([
      "2026-03-09 court-accepts (court) art. 226",
    ]);
    expect(daysOf(life("payment-order", issued.slice(0, 2)))).toEqual([
      "2026-03-23 court-issues (court) art. 227(1)",
    ]);
    expect(daysOf(life("payment-order", issued))).toEqual(["2026-04-15 serve-order (court) art. 430(2)"]);
  });

  const one = life("payment-order", [...issued, ["2026-03-19", served("payment-order", "debtor")]]);
  test("fifteen days to pay or to object in writing, and in force on the day after", () => {
    expect(daysOf(one)).toEqual(["2026-04-03 object-to-order (debtor) art. 227(2)"]);
    expect(effectiveFrom(one, law)).toEqual({ ok: true, value: day("2026-04-04") });
    const unnamed = { ...one, award: { sums: award.sums, countedTo: award.countedTo } };
    expect(performanceDay(unnamed, day("2026-04-04"), law)).toEqual({ ok: true, value: day("2026-04-03") });
  });

  test.each([
    ["in writing, about the debt, on the last day", true, "debt", "2026-04-03", true, undefined],
    ["a day late", true, "debt", "2026-04-04", false, "art. 431(2)"],
    ["by word of mouth", false, "debt", "2026-03-20", false, "art. 436(3)"],
    ["that he cannot pay", true, "inability", "2026-03-20", false, "art. 436(1)"],
    ["that he wants more time", true, "more-time", "2026-03-20", false, "art. 436(1)"],
    ["that he wants to pay in another way", true, "other-way", "2026-03-20", false, "art. 436(1)"],
  ] as const)("an objection %s", (_, written, ground, dated, counts, at) => {
    const found = objectionCounts(one, { written, ground, dated: day(dated) }, law);
    expect([found.counts, found.because?.cite.at]).toEqual([counts, at]);
  });

  test("void: seven days to say that no suit is wished for", () => {
    const void_ = life("payment-order", [
      ...issued,
      ["2026-03-19", served("payment-order", "debtor")],
      ["2026-03-25", { type: "objected", written: true, ground: "debt", counts: true }],
      ["2026-04-01", { type: "voided", why: "objection" }],
    ]);
    expect(daysOf(void_)).toEqual(["2026-04-08 refuse-suit (us) art. 438(1)"]);
  });

  test("inability leaves it where it is", () => {
    const still = life("payment-order", [
      ...issued,
      ["2026-03-19", served("payment-order", "debtor")],
      ["2026-03-25", { type: "objected", written: true, ground: "inability", counts: false }],
    ]);
    expect(still.state).toBe("served");
    expect(daysOf(still)).toEqual(["2026-04-03 object-to-order (debtor) art. 227(2)"]);
  });
});

test("an agreement in mediation is confirmed on a joint application within thirty days", () => {
  const one = life("mediation", [
    ["2026-03-02", { type: "filed" }],
    ["2026-03-11", { type: "agreed", ...award }],
  ]);
  expect(daysOf(one)).toEqual(["2026-04-10 confirm (us) art. 205"]);
});

describe("the table", () => {
  test("every way, state and event has an answer, and every transition can be reached from the start", () => {
    const events = Object.keys(EVENT_WORDS) as EventKey[];
    for (const way of PROCEEDING_KINDS)
      for (const state of PROCEEDING_STATES)
        for (const event of events) {
          const answer = mayProceed(way, state, event, {});
          expect(
            answer.ok ? "" : answer.refusal.says.en.length > 20 && answer.refusal.says.zh.length > 6,
          ).toBe(true);
        }
    for (const way of PROCEEDING_KINDS) {
      const reached = new Set(["prepared"]);
      for (let i = 0; i < PROCEEDING_STATES.length; i++)
        for (const one of PROCEEDING_TRANSITIONS)
          if (one.way === way && reached.has(one.from)) reached.add(one.to);
      const unreached = PROCEEDING_TRANSITIONS.filter((one) => one.way === way && !reached.has(one.from));
      expect(unreached).toEqual([]);
    }
    const once = PROCEEDING_TRANSITIONS.map(({ way, from, event }) => `${way} ${from} ${event}`);
    expect(new Set(once).size).toBe(once.length);
    const used = new Set(PROCEEDING_TRANSITIONS.map(({ event }) => event));
    expect(events.filter((event) => !used.has(event))).toEqual([]);
  });

  test("from every state but the last ones something can follow, and an end can be reached", () => {
    for (const way of PROCEEDING_KINDS) {
      const ends = new Set(["ended", "performed"]);
      for (let i = 0; i < PROCEEDING_STATES.length; i++)
        for (const one of PROCEEDING_TRANSITIONS) if (one.way === way && ends.has(one.to)) ends.add(one.from);
      for (const one of PROCEEDING_TRANSITIONS)
        if (one.way === way) expect([way, one.to, ends.has(one.to)]).toEqual([way, one.to, true]);
    }
    expect(mayFollow("suit", "prepared")).toEqual(["preserved", "filed", "ended"]);
  });

  test("each guard refuses with its own code", () => {
    const code = (...asked: Parameters<typeof mayProceed>) => {
      const found = mayProceed(...asked);
      return found.ok ? found.to : found.refusal.code;
    };
    expect(code("suit", "filed", "accepted", { ...ALL, caseNumber: false })).toBe(
      "proceeding-no-case-number",
    );
    expect(code("suit", "filed", "accepted", ALL)).toBe("proceeding-no-procedure");
    expect(code("suit", "accepted", "served-complaint", { ...ALL, consent: false })).toBe(
      "proceeding-no-consent",
    );
    expect(
      code("suit", "accepted", "served-complaint", { ...ALL, publicNotice: true, procedureNow: "summary" }),
    ).toBe("proceeding-no-no-public-notice");
    expect(
      code("suit", "accepted", "served-complaint", { ...ALL, publicNotice: true, procedureNow: "ordinary" }),
    ).toBe("served");
    expect(code("suit", "judged", "effective", { ...ALL, appealOver: false })).toBe(
      "proceeding-no-appeal-over",
    );
    expect(code("suit", "heard", "judgment", { ...ALL, award: false })).toBe("proceeding-no-award");
    expect(code("payment-order", "served", "effective", { ...ALL, objectionOver: false })).toBe(
      "proceeding-no-objection-over",
    );
    expect(code("suit", "accepted", "withdrawn", { ...ALL, reason: " " })).toBe("proceeding-no-reason");
    expect(code("suit", "filed", "accepted", { ...ALL, inOrder: false })).toBe("proceeding-no-in-order");
    expect(
      code("suit", "accepted", "converted", { ...ALL, procedure: "summary", procedureNow: "summary" }),
    ).toBe("proceeding-no-other-procedure");
    expect(code("suit", "ended", "filed", ALL)).toBe("proceeding-ended");
  });

  test("an event that is taken back leaves the proceeding as if it had never been recorded", () => {
    const facts: Fact[] = [
      opened("suit"),
      moved({ type: "filed" }, "2026-03-02", 1),
      moved(accepted("summary"), "2026-03-09", 2),
      {
        kind: "ProceedingTakenBack",
        on: day("2026-03-10"),
        at: 0,
        id: "P1",
        by: "clerk",
        event: "e2",
        reason: "another case",
      },
    ];
    const [before, after] = [facts.slice(0, 2), facts].map((some) => proceedingsOf(some).get("P1")!);
    expect({ ...after, takenBack: [], facts: 0 }).toEqual({ ...before, takenBack: [], facts: 0 });
    expect(after!.takenBack).toHaveLength(1);
  });

  test("whatever is tried in whatever order, no judgment is in force without sums, and what ended has no open days", () => {
    const pool: ProceedingEvent[] = [
      { type: "filed" },
      accepted("ordinary"),
      accepted("small-claims"),
      served("complaint", "debtor"),
      served("judgment", "us"),
      served("judgment", "debtor"),
      served("payment-order", "debtor"),
      { type: "hearing-set", hearingOn: day("2026-05-12") },
      { type: "heard" },
      { type: "judgment", ...award },
      { type: "claim-dismissed" },
      { type: "appealed", side: "debtor" },
      { type: "appeal-decided", outcome: "remanded" },
      { type: "appeal-decided", outcome: "upheld" },
      { type: "issued", ...award },
      { type: "voided", why: "other" },
      { type: "agreed", ...award },
      { type: "mediated", ...award },
      { type: "mediation-failed" },
      { type: "confirmed" },
      { type: "confirmation-applied" },
      { type: "effective", performBy: day("2026-06-01"), entry: "P1/judgment/9" },
      { type: "performed" },
      { type: "ended", reason: "over" },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...PROCEEDING_KINDS),
        fc.array(fc.constantFrom(...pool), { maxLength: 25 }),
        (way, wished) => {
          let one = proceedingsOf([opened(way)]).get("P1")!;
          wished.forEach((what, n) => {
            const moment = {
              ...ALL,
              award: "sums" in what || one.award !== undefined,
              procedure: "procedure" in what ? what.procedure : undefined,
              procedureNow: one.procedure,
            };
            const may = mayProceed(way, one.state, eventKey(what), moment as never);
            if (may.ok) one = movedLife(one, moved(what, "2026-04-01", n));
          });
          if (one.state === "effective") expect(one.award).toBeDefined();
          const days = proceedingDays(one, law);
          if (isOverState(one.state)) expect(days).toEqual([]);
          expect(new Set(watchedDays(days, law).map(({ what, lastOn }) => `${what}${lastOn}`)).size).toBe(
            watchedDays(days, law).length,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("fees by the law, of what is claimed", () => {
  const fees = (told: readonly Told[], way: ProceedingKind = "suit") => {
    const one = life(way, told);
    const lives = feeLifeOf({ ...one, opened: { ...one.opened, claimed: minor(5_000_000) } });
    const found = lives && feesOf(lives, feeLaw);
    return found?.lines.map(({ charged, fromCourt }) => [formatMoney(charged), formatMoney(fromCourt)]);
  };
  const filed: Told[] = [["2026-03-02", { type: "filed" }]];
  // Of 50,000.00 the case fee is 50 + 40,000 x 2.5 % = 1,050.00 (art. 13); halved once (arts 15, 16; interpretation art. 206); a third, 350.00 (art. 14).
  test("summary procedure is half of ordinary, and settled or withdrawn halves once", () => {
    expect(fees([...filed, ["2026-03-09", accepted("ordinary")]])).toEqual([["1050.00", "0.00"]]);
    expect(fees([...filed, ["2026-03-09", accepted("summary")]])).toEqual([["525.00", "0.00"]]);
    const withdrawn: Told = ["2026-03-20", { type: "withdrawn", deemed: false, reason: "paid" }];
    expect(fees([...filed, ["2026-03-09", accepted("ordinary")], withdrawn])).toEqual([["525.00", "525.00"]]);
    expect(fees([...filed, ["2026-03-09", accepted("summary")], withdrawn])).toEqual([["525.00", "0.00"]]);
  });
  test("a case that becomes an ordinary one is topped up to the whole fee", () => {
    const turned: Told[] = [
      ...filed,
      ["2026-03-09", accepted("summary")],
      ["2026-03-20", { type: "converted", procedure: "ordinary" }],
    ];
    expect(
      fees([...turned, ["2026-03-23", { type: "fee-paid", amount: minor(52_500), of: "case" }]]),
    ).toEqual([["1050.00", "0.00"]]);
  });
  test("a payment order is a third, mediation nothing, and without a claim there is no figure", () => {
    expect(fees(filed, "payment-order")).toEqual([["350.00", "0.00"]]);
    expect(fees(filed, "mediation")).toBeUndefined();
    expect(feeLifeOf(life("suit", filed))).toBeUndefined();
  });
});

test("people are told of our own days five days before, sixty before enforcement lapses, and of others' not before they are over", () => {
  const force = life("payment-order", [
    ["2026-03-02", { type: "filed" }],
    ["2026-03-06", { type: "accepted", caseNumber: "(2026)浙0102民督8号" }],
    ["2026-03-16", { type: "issued", ...award }],
    ["2026-03-19", served("payment-order", "debtor")],
    ["2026-04-04", { type: "effective", performBy: day("2026-04-03"), entry: "P1/judgment/9" }],
  ]);
  const told = watchedDays(proceedingDays(force, law), law);
  expect(
    told.map(({ what, remindOn }) => [what, remindOn === undefined ? undefined : formatDay(remindOn as Day)]),
  ).toEqual([
    ["perform", undefined],
    ["enforce", "2028-02-03"],
  ]);
});

test("the reference names each state, event, column and day", () => {
  const page = readFileSync(new URL("../../docs/reference/proceedings.md", import.meta.url), "utf8");
  const columnsOf = page.slice(page.indexOf("## Events and their columns"));
  for (const { from, event, to } of PROCEEDING_TRANSITIONS) {
    expect(page).toContain(`| ${from} | `);
    expect(page).toContain(from === to ? `\`${event}\`` : `\`${event}\` → ${to}`);
  }
  for (const [event, columns] of Object.entries(PROCEEDING_EVENT_COLUMNS)) {
    const row = columnsOf
      .split("\n")
      .find((line) => line.startsWith(`| \`${event}\` | `) && !line.includes("→"))!;
    for (const column of columns) expect(row).toContain(`\`${column}\``);
  }
  for (const { what } of PROCEEDING_DAYS) expect(page).toContain(`\`${what}\``);
});

test("all that it rests on stands in the pack with its sentence, and nothing before 2024 is guessed", () => {
  for (const name of PROCEEDING_PERIODS)
    expect(law.periods[name].source.cite.quote.length).toBeGreaterThan(4);
  for (const name of PROCEEDING_POINTS) expect(law.points[name].cite.law).toMatch(/^cn\//);
  expect(proceedingLaw(loadPack("cn"), loadCalendar("cn"), day("2023-12-31"))).toMatchObject({
    ok: false,
    refusal: { code: "no-text-read" },
  });
});
