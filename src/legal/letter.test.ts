import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day, type Fact, LETTER_FACT_CODES, LETTER_STATES, type LetterDrafted } from "../core/index.ts";
import {
  casesOf,
  LETTER_EVENTS,
  LETTER_TRANSITIONS,
  lettersOf,
  type Moment,
  mayCase,
  mayMove,
  nextStepFor,
} from "./letter.ts";

const ALL: Moment = {
  lawyer: true,
  engagement: true,
  checks: true,
  owed: true,
  figures: true,
  sameText: true,
  read: true,
  permit: true,
  reason: "because",
  proof: "R1",
  deadline: true,
  silence: true,
  secondLetter: "hx-2",
};
const FROM = ["none", ...LETTER_STATES] as const;

/**
 * Row: state before. Column: event. Cell: state after, or nothing where the event has no place. Written by hand from the life of
 * a letter as lawyers work; the code is compared with it cell by cell.
 */
const TABLE = `
                 Drafted  Opened    Approved  SentBack   Signed  HandedOver   Delivered  Refused  Returned  Lost     Answered  DeadlinePassed   NextStep       Stopped  Withdrawn  Replaced
none             drafted  .         .         .          .       .            .          .        .         .        .         .                .              .        .          .
drafted          drafted  drafted   approved  sent-back  .       .            .          .        .         .        .         .                .              stopped  withdrawn  .
approved         drafted  approved  .         sent-back  signed  .            .          .        .         .        .         .                .              stopped  withdrawn  .
sent-back        drafted  .         .         .          .       .            .          .        .         .        .         .                .              stopped  withdrawn  .
signed           .        .         .         .          .       handed-over  .          .        .         .        .         .                .              stopped  withdrawn  replaced
handed-over      .        .         .         .          .       .            delivered  refused  returned  unknown  answered  .                .              .        withdrawn  replaced
delivered        .        .         .         .          .       .            .          .        .         .        answered  deadline-passed  .              .        withdrawn  replaced
refused          .        .         .         .          .       .            .          .        .         .        answered  deadline-passed  .              .        withdrawn  replaced
returned         .        .         .         .          .       .            .          .        .         .        .         .                next-proposed  .        withdrawn  replaced
unknown          .        .         .         .          .       .            delivered  refused  returned  .        answered  .                next-proposed  .        withdrawn  replaced
answered         .        .         .         .          .       .            .          .        .         .        .         .                next-proposed  .        withdrawn  replaced
deadline-passed  .        .         .         .          .       .            .          .        .         .        answered  .                next-proposed  .        withdrawn  replaced
next-proposed    .        .         .         .          .       .            .          .        .         .        answered  .                .              .        withdrawn  replaced
stopped          .        .         .         .          .       .            .          .        .         .        .         .                .              .        .          .
withdrawn        .        .         .         .          .       .            .          .        .         .        .         .                .              .        .          .
replaced         .        .         .         .          .       .            .          .        .         .        .         .                .              .        .          .
`;
const [head, ...lines] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const eventNamed = (name: string) =>
  LETTER_EVENTS.find(
    (event) => event === `Letter${name}` || (name === "NextStep" && event === "NextStepProposed"),
  )!;

describe("every state and event", () => {
  test("is in the table", () => {
    expect(head!.map(eventNamed).sort()).toEqual([...LETTER_EVENTS].sort());
    expect(lines.map(([state]) => state)).toEqual(FROM.slice());
  });

  test.each(lines.map(([state, ...cells]) => ({ state: state as (typeof FROM)[number], cells })))(
    "of $state moves as written there, or is refused with a sentence in both languages",
    ({ state, cells }) => {
      for (const [i, cell] of cells.entries()) {
        const event = eventNamed(head![i]!);
        const moved = mayMove(state, event, ALL);
        if (cell !== ".") expect([event, moved]).toEqual([event, { ok: true, to: cell }]);
        else {
          expect([event, moved.ok]).toEqual([event, false]);
          if (moved.ok) continue;
          expect(moved.refusal.code).toBe(`letter-${state}`);
          expect(moved.refusal.says.en).toMatch(/^a letter that .* cannot be .*; /);
          expect(moved.refusal.says.zh).toMatch(/的函件不能.*；/);
        }
      }
    },
  );

  test.each(LETTER_TRANSITIONS.map((one) => ({ ...one, name: `${one.from} ${one.event}` })))(
    "$name needs each of its guards, and none of the others",
    ({ from, event, needs, to }) => {
      const key = (guard: string) =>
        guard === "same-text" ? "sameText" : guard === "second-letter" ? "secondLetter" : guard;
      for (const guard of needs) {
        const { [key(guard) as keyof Moment]: _, ...without } = ALL;
        const moved = mayMove(from, event, without);
        expect(moved).toMatchObject({ ok: false, refusal: { code: `letter-no-${guard}` } });
      }
      const only = Object.fromEntries(needs.map((guard) => [key(guard), ALL[key(guard) as keyof Moment]]));
      expect(mayMove(from, event, only)).toEqual({ ok: true, to });
    },
  );

  test("an empty reason or proof is none", () => {
    expect(mayMove("drafted", "LetterSentBack", { ...ALL, reason: " " }).ok).toBe(false);
    expect(mayMove("handed-over", "LetterDelivered", { ...ALL, proof: "" }).ok).toBe(false);
  });
});

test("no way leads to a signed letter but by an approving lawyer, and none out of the house but by a permit", () => {
  const into = (state: string) => LETTER_TRANSITIONS.filter(({ to, from }) => to === state && from !== state);
  expect(into("signed").map(({ from }) => from)).toEqual(["approved"]);
  expect(
    into("approved").every(({ needs }) => needs.includes("lawyer") && needs.includes("engagement")),
  ).toBe(true);
  expect(into("signed").every(({ needs }) => needs.includes("lawyer") && needs.includes("engagement"))).toBe(
    true,
  );
  expect(into("handed-over").map(({ from }) => from)).toEqual(["signed"]);
  expect(into("handed-over").every(({ needs }) => needs.includes("permit"))).toBe(true);
});

test("whatever is tried in whatever order, a signed letter has an approval since its last draft, and one outside a permit", () => {
  const yes = fc.oneof(
    { weight: 18, arbitrary: fc.constant(true) },
    fc.constant(false),
    fc.constant(undefined),
  );
  const words = fc.oneof(
    { weight: 18, arbitrary: fc.constant("x") },
    fc.constant(""),
    fc.constant(undefined),
  );
  const moment = fc.record({
    lawyer: yes,
    engagement: yes,
    checks: yes,
    owed: yes,
    figures: yes,
    sameText: yes,
    read: yes,
    permit: yes,
    reason: words,
    proof: words,
    deadline: yes,
    silence: yes,
    secondLetter: words,
  });
  const onward = ["LetterDrafted", "LetterApproved", "LetterSigned", "LetterHandedOver"] as const;
  const event = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...onward) },
    fc.constantFrom(...LETTER_EVENTS.filter((one) => one !== "LetterStopped" && one !== "LetterWithdrawn")),
  );
  const tries = fc.array(fc.tuple(event, moment), {
    minLength: 30,
    maxLength: 80,
  });
  let outside = 0;
  fc.assert(
    fc.property(tries, (given) => {
      let state: (typeof FROM)[number] = "none";
      const done: { readonly event: string; readonly moment: Moment }[] = [];
      for (const [event, at] of given) {
        const known = Object.fromEntries(
          Object.entries(at).filter(([, value]) => value !== undefined),
        ) as Moment;
        const moved = mayMove(state, event, known);
        if (!moved.ok) continue;
        state = moved.to;
        done.push({ event, moment: known });
      }
      const last = (event: string) => done.findLastIndex((one) => one.event === event);
      const signed = last("LetterSigned");
      if (signed >= 0) {
        const approved = last("LetterApproved");
        expect(approved).toBeGreaterThan(last("LetterDrafted"));
        expect(approved).toBeGreaterThan(last("LetterSentBack"));
        expect(approved).toBeLessThan(signed);
        for (const at of [approved, signed])
          expect(done[at]!.moment).toMatchObject({
            lawyer: true,
            engagement: true,
            checks: true,
            owed: true,
          });
      }
      const out = last("LetterHandedOver");
      if (out >= 0) {
        expect(out).toBeGreaterThan(signed);
        expect(signed).toBeGreaterThanOrEqual(0);
        expect(done[out]!.moment).toMatchObject({
          permit: true,
          engagement: true,
          owed: true,
          figures: true,
        });
        outside += 1;
      }
    }),
    { numRuns: 2000, seed: 4711 },
  );
  expect(outside).toBeGreaterThan(20);
});

const BASE = { on: day("2026-03-02"), at: 0, by: "wang" } as const;
const drafted: LetterDrafted = {
  kind: "LetterDrafted",
  ...BASE,
  id: "hx-1",
  letter: "demand",
  number: "1",
  firm: "hx",
  engagement: "E1",
  debts: ["L1"],
  cases: ["case/L1/1"],
  dated: day("2026-03-02"),
  demanded: 100 as never,
  answerBy: day("2026-03-17"),
  sha256: "aa",
  checks: [],
};
const approved = { kind: "LetterApproved", ...BASE, id: "hx-1", licence: "1", sha256: "aa" } as const;

describe("out of the journal", () => {
  test("drafting anew takes an approval away, and so does sending back", () => {
    const life = (facts: readonly Fact[]) => lettersOf(facts).get("hx-1")!;
    expect(life([drafted, approved]).approved).toBeDefined();
    expect(life([drafted, approved, drafted])).toMatchObject({ state: "drafted" });
    expect(life([drafted, approved, drafted]).approved).toBeUndefined();
    const back = { kind: "LetterSentBack", ...BASE, id: "hx-1", licence: "1", reason: "x" } as const;
    expect(life([drafted, approved, back]).approved).toBeUndefined();
    expect(life([drafted, approved, back]).facts).toHaveLength(3);
  });

  test("being opened changes no state", () => {
    const opened = { kind: "LetterOpened", ...BASE, id: "hx-1", licence: "1", sha256: "aa" } as const;
    expect(lettersOf([drafted, opened]).get("hx-1")!.state).toBe("drafted");
  });

  test("a case goes from offered to accepted, declined or recalled, and no further", () => {
    const offered = {
      kind: "CaseOffered",
      ...BASE,
      id: "case/L1/1",
      debt: "L1",
      firm: "hx",
      engagement: "E1",
      batch: "B1",
    } as const;
    const accepted = { kind: "CaseAccepted", ...BASE, id: "case/L1/1", lawyer: "wang" } as const;
    expect(casesOf([offered, accepted]).get("case/L1/1")).toMatchObject({
      state: "accepted",
      lawyer: "wang",
    });
    expect(mayCase("declined", "accepted")).toMatchObject({ code: "case-declined" });
    expect(mayCase("offered", "declined")).toMatchObject({ code: "case-no-reason" });
    expect(mayCase("offered", "declined", "conflict")).toBeUndefined();
    expect(mayCase("accepted", "recalled")).toBeUndefined();
  });

  test("each kind has a number of its own between 100 and 129", () => {
    const codes = Object.values(LETTER_FACT_CODES);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => code >= 100 && code <= 129)).toBe(true);
  });
});

describe("what is proposed next", () => {
  const after = (state: (typeof LETTER_STATES)[number], letter = "demand", small = false, answer?: string) =>
    nextStepFor(
      {
        state,
        drafted: { ...drafted, letter },
        facts: answer
          ? [
              {
                kind: "LetterAnswered",
                ...BASE,
                id: "hx-1",
                answer: answer as "pays",
                dated: day("2026-03-09"),
              },
            ]
          : [],
      },
      small,
    ).next;
  test.each([
    ["returned", "demand", false, undefined, "find-address"],
    ["unknown", "demand", false, undefined, "send-again"],
    ["answered", "demand", false, "disputes", "dispute-reply"],
    ["answered", "demand", false, "asks-for-plan", "plan-offer"],
    ["answered", "demand", false, "other", "ask-person"],
    ["deadline-passed", "demand", true, undefined, "payment-order"],
    ["deadline-passed", "demand", false, undefined, "mediation"],
    ["deadline-passed", "final-notice", false, undefined, "suit"],
  ] as const)("%s, %s, small %s, answer %s: %s", (state, letter, small, answer, next) => {
    expect(after(state, letter, small, answer)).toBe(next);
  });
});
