import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOLD_KINDS, type Hold, minuteOfDay, parseInstant } from "../../src/core/index.ts";
import {
  type ContactMade,
  type GateFacts,
  gate,
  type Inconvenient,
  type ProposedStep,
  type StepKind,
  type StopRequest,
} from "../../src/policy/index.ts";
import { loadPack } from "../load.ts";

const pack = loadPack("us");
const ZONES = [
  "America/New_York",
  "America/Phoenix",
  "America/Denver",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
  "America/Adak",
];
const KINDS: readonly StepKind[] = [
  "call",
  "call",
  "email",
  "text",
  "app",
  "visit",
  "letter",
  "suit",
  "bureau",
];
const STRICTNESS = ["allow", "allow-with-risk", "ask-person", "forbid"];
const MINUTE = 60_000;
const DAY = 86_400_000;

const at = fc
  .integer({
    min: parseInstant("2025-02-25T00:00:00Z")! / MINUTE,
    max: parseInstant("2027-12-01T00:00:00Z")! / MINUTE,
  })
  .map((minutes) => minutes * MINUTE);
const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  to: fc.constant({ role: "borrower" as const, place: "home" as const }),
  at,
  actor: fc.constantFrom(
    { role: "agency" } as const,
    { role: "agency" } as const,
    { role: "lender", ownName: true } as const,
  ),
  debts: fc.constantFrom(["A"], ["A", "B"]),
});
const contactNear = (when: number): fc.Arbitrary<ContactMade> =>
  fc.record(
    {
      at: fc.integer({ min: -9 * 1440, max: 1440 }).map((minutes) => when + minutes * MINUTE),
      kind: fc.constantFrom<StepKind>("call", "call", "call", "email", "text"),
      outcome: fc.constantFrom<ContactMade["outcome"]>("connected", "no-answer", "voicemail", "busy", "sent"),
      debts: fc.constantFrom(["A"], ["B"], ["A", "B"]),
    },
    { requiredKeys: ["at", "kind", "outcome"] },
  );
const hold: fc.Arbitrary<Hold> = fc.record(
  {
    kind: fc.constantFrom(...HOLD_KINDS),
    until: fc.integer({ min: 20_150, max: 21_150 }).map((n) => n as never),
  },
  { requiredKeys: ["kind"] },
);
const wish: fc.Arbitrary<Inconvenient> = fc.record(
  {
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
    from: fc.constantFrom("00:00", "09:30", "15:00", "22:00"),
    to: fc.constantFrom("06:00", "12:00", "17:00", "24:00"),
  },
  { requiredKeys: ["weekdays"] },
);
const stopNear = (when: number): fc.Arbitrary<StopRequest> =>
  fc.record(
    {
      at: fc.integer({ min: -20, max: 1 }).map((days) => when + days * DAY),
      kinds: fc.constantFrom<StepKind[]>(["call"], ["text"], ["email", "text"]),
      written: fc.boolean(),
      debt: fc.constantFrom("A", "C"),
    },
    { requiredKeys: ["at"] },
  );
const cases = step.chain((found) =>
  fc.record({
    step: fc.constant<ProposedStep>(found),
    facts: fc.record<GateFacts>({
      zones: fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 }),
      holds: fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(hold, { maxLength: 2 }) },
      ),
      contacts: fc.array(contactNear(found.at), { maxLength: 16 }),
      stops: fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(stopNear(found.at), { maxLength: 2 }) },
      ),
      inconvenient: fc.array(wish, { maxLength: 2 }),
      attorney: fc.constant({ known: false }),
      notices: fc.constantFrom([], [{ kind: "validation-notice", at: found.at - 10 * DAY }]),
      debts: fc.constant([
        { id: "A", timeBarred: false },
        { id: "B", timeBarred: false },
      ]),
    }) as fc.Arbitrary<GateFacts>,
    more: fc.record({ contact: contactNear(found.at), stop: stopNear(found.at), hold, wish }),
  }),
);
const strict = (step: ProposedStep, facts: GateFacts): number =>
  STRICTNESS.indexOf(gate(pack, step, facts).verdict);

describe("the pack of the United States", () => {
  test("a refused step is not refused at the instant from which it is allowed, and is one minute before", () => {
    fc.assert(
      fc.property(cases, ({ step, facts: found }) => {
        // Nobody knows at the instant of asking of a contact that is still to come.
        const facts = { ...found, contacts: found.contacts!.filter((contact) => contact.at <= step.at) };
        const { verdict, allowedFrom } = gate(pack, step, facts);
        if (verdict !== "forbid" || allowedFrom === undefined || allowedFrom === "never") return;
        expect(allowedFrom).toBeGreaterThan(step.at);
        expect(gate(pack, { ...step, at: allowedFrom }, facts).verdict).not.toBe("forbid");
        expect(gate(pack, { ...step, at: allowedFrom - MINUTE }, facts).verdict).toBe("forbid");
      }),
      { numRuns: 1500 },
    );
  });

  test("one more hold, stop, wish or unanswered contact never loosens a verdict", () => {
    fc.assert(
      fc.property(cases, ({ step, facts, more }) => {
        const before = strict(step, facts);
        const unanswered: ContactMade = { ...more.contact, outcome: "no-answer" };
        expect(strict(step, { ...facts, holds: [...facts.holds!, more.hold] })).toBeGreaterThanOrEqual(
          before,
        );
        expect(strict(step, { ...facts, stops: [...facts.stops!, more.stop] })).toBeGreaterThanOrEqual(
          before,
        );
        expect(
          strict(step, { ...facts, inconvenient: [...facts.inconvenient!, more.wish] }),
        ).toBeGreaterThanOrEqual(before);
        expect(strict(step, { ...facts, contacts: [...facts.contacts!, unanswered] })).toBeGreaterThanOrEqual(
          before,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("the house's rules never loosen: without them every verdict is as strict or less", () => {
    const law = { ...pack, version: "us-law", rules: pack.rules.filter(({ layer }) => layer !== "house") };
    fc.assert(
      fc.property(cases, ({ step, facts }) => {
        if (step.actor?.role === "lender" || step.kind === "suit" || step.kind === "bureau") return;
        const alone = gate(law, step, facts);
        if (alone.because.length === 0) return;
        expect(strict(step, facts)).toBeGreaterThanOrEqual(STRICTNESS.indexOf(alone.verdict));
      }),
      { numRuns: 500 },
    );
  });

  test("no change of clocks and no zone lets a call out of its hours, for an agency or a lender", () => {
    // The days on which clocks change in the United States, and those around them.
    const changes = ["2025-03-09", "2025-11-02", "2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"];
    const near = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -1440, max: 3 * 1440 }))
      .map(([date, minutes]) => parseInstant(`${date}T00:00:00Z`)! + minutes * MINUTE);
    fc.assert(
      fc.property(cases, fc.oneof(near, at), ({ step, facts }, when) => {
        const call: ProposedStep = { ...step, kind: "call", at: when };
        if (gate(pack, call, facts).verdict === "forbid") return;
        for (const zone of facts.zones!) {
          const minute = minuteOfDay(zone, when);
          expect(minute, zone).toBeGreaterThanOrEqual(480);
          expect(minute, zone).toBeLessThan(1260);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("without a zone, contacts, stops, holds, wishes, notices or word of an attorney nothing of an agency passes", () => {
    const names = ["zones", "contacts", "stops", "holds", "inconvenient", "notices", "attorney"] as const;
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(...names),
        fc.constantFrom<StepKind>("call", "text", "email", "app"),
        (found, name, kind) => {
          const { [name]: _, ...facts } = found.facts;
          const step: ProposedStep = { ...found.step, kind, actor: { role: "agency" } };
          expect(["ask-person", "forbid"]).toContain(gate(pack, step, facts).verdict);
        },
      ),
      { numRuns: 500 },
    );
  });
});

// By hand: 08:00 in Chatham (+13:45 in its summer) is 18:15 UTC, 20:15 in Cairo (+2) and 14:15 in Havana (-4). In Cairo it is past 21:00
// until its summer time ends on 29 October 2027; in Chatham and Havana together nothing fits before and after their own changes.
test("an hour that three zones far apart have in common is found months away", () => {
  const step: ProposedStep = {
    kind: "text",
    to: { role: "borrower" },
    at: parseInstant("2027-05-11T12:00:00+00:00")!,
    actor: { role: "law-firm" },
    purpose: "marketing",
  };
  const zones = ["America/Havana", "Pacific/Chatham", "Africa/Cairo"];
  const decision = gate(pack, step, { zones, holds: [], contacts: [] });
  expect(decision).toMatchObject({
    verdict: "forbid",
    allowedFrom: parseInstant("2027-10-29T18:15:00+00:00"),
  });
});
