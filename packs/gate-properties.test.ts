import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Day, HOLD_KINDS, type Hold, type Instant, parseInstant } from "../src/core/index.ts";
import {
  allow,
  allowWithRisk,
  askPerson,
  CONTACT_OUTCOMES,
  type ContactMade,
  type Decision,
  forbid,
  type GateFacts,
  gate,
  type Pack,
  PERSON_ROLES,
  type ProposedStep,
  PURPOSES,
  replay,
  rule,
  STEP_KINDS,
} from "../src/policy/index.ts";
import { loadPack, PLACES, type Place } from "./load.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const utc = (text: string): Instant => parseInstant(text)!;

/** Zones whose clocks change at night, at midnight, by half an hour, or never; and some that are not on the hour. */
const ZONES = [
  "Asia/Shanghai",
  "Asia/Urumqi",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "America/New_York",
  "America/Los_Angeles",
  "America/St_Johns",
  "America/Santiago",
  "America/Havana",
  "Europe/London",
  "Europe/Berlin",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Australia/Adelaide",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
];

// ------------------------------------------------------------------------------------- the clock, by Intl and nothing of ours

const clocks = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  ]),
);
/** Minutes since local midnight. */
function minuteIn(zone: string, at: Instant): number {
  const [hour, minute] = clocks.get(zone)!.format(at).split(":").map(Number);
  return hour! * 60 + minute!;
}

/** The first quarter of an hour from `from` until before `until` of which something is true. */
function quarter(from: Instant, until: Instant, isSo: (at: Instant) => boolean): Instant | undefined {
  for (let at = from; at < until; at += 15 * MINUTE) if (isSo(at)) return at;
  return undefined;
}

const FROM = utc("2025-03-01T12:00:00Z");
const TO = utc("2027-12-31T12:00:00Z");
/** Noons (UTC) after which the clocks of a zone change within a day. */
const changes = ZONES.flatMap((zone) => {
  const found: { zone: string; noon: Instant }[] = [];
  for (let noon = FROM; noon < TO; noon += DAY) {
    if (minuteIn(zone, noon) !== minuteIn(zone, noon + DAY)) found.push({ zone, noon });
  }
  return found;
});

// ------------------------------------------------------------------------------------------------------------ any decision

const at = fc.oneof(
  fc.integer({ min: FROM, max: TO }),
  fc
    .record({ change: fc.constantFrom(...changes), after: fc.integer({ min: -DAY, max: 2 * DAY }) })
    .map(({ change, after }) => change.noon + after),
);
const role = fc.oneof(fc.constant("borrower" as const), fc.constantFrom(...PERSON_ROLES));
const step: fc.Arbitrary<ProposedStep> = fc.record(
  {
    kind: fc.oneof(fc.constantFrom("call" as const, "text" as const), fc.constantFrom(...STEP_KINDS)),
    to: fc.record({ role, address: fc.constantFrom("A", "B") }, { requiredKeys: ["role"] }),
    at,
    actor: fc.record({ role: fc.constantFrom("lender" as const, "agency" as const, "law-firm" as const) }),
    purpose: fc.constantFrom(...PURPOSES),
  },
  { requiredKeys: ["kind", "to", "at"] },
);
const hold = (near: Instant): fc.Arbitrary<Hold> =>
  fc.record(
    {
      kind: fc.constantFrom(...HOLD_KINDS),
      until: fc.integer({ min: -3, max: 6 }).map((days) => (Math.floor(near / DAY) + days) as Day),
    },
    { requiredKeys: ["kind"] },
  );
const contact = (near: Instant): fc.Arbitrary<ContactMade> =>
  fc.record(
    {
      at: fc.integer({ min: near - 3 * DAY, max: near }),
      kind: fc.constantFrom("call", "call", "text", "app", "letter"),
      outcome: fc.constantFrom(...CONTACT_OUTCOMES),
      address: fc.constantFrom("A", "B"),
    },
    { requiredKeys: ["at", "kind", "outcome"] },
  );
const facts = (near: Instant): fc.Arbitrary<GateFacts> =>
  fc.record(
    {
      borrowerZone: fc.constantFrom(...ZONES),
      holds: fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, fc.array(hold(near), { maxLength: 2 })),
      contacts: fc.array(contact(near), { maxLength: 9 }),
      zones: fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 }),
      agreedContactTimes: fc.record({
        from: fc.integer({ min: 0, max: 1439 }),
        to: fc.integer({ min: 0, max: 1440 }),
      }),
      agreedCallCaps: fc.record({ connected: fc.nat(5), attempts: fc.nat(8) }),
    },
    { requiredKeys: ["borrowerZone", "holds", "contacts"] },
  );
const cases = step.chain((step) => fc.record({ step: fc.constant(step), facts: facts(step.at) }));

const STRICTNESS: readonly Decision["verdict"][] = ["allow", "allow-with-risk", "ask-person", "forbid"];
const stricter = ({ verdict, allowedFrom }: Decision): readonly [number, number] => [
  STRICTNESS.indexOf(verdict),
  allowedFrom === "never" ? Number.POSITIVE_INFINITY : (allowedFrom ?? 0),
];
function neverLooser(before: Decision, after: Decision): void {
  const [was, wasFrom] = stricter(before);
  const [is, isFrom] = stricter(after);
  expect(is).toBeGreaterThanOrEqual(was);
  if (is === was) expect(isFrom).toBeGreaterThanOrEqual(wasFrom);
}
const with_ = (facts: GateFacts, more: { hold?: Hold; contact?: ContactMade }): GateFacts => ({
  ...facts,
  holds: more.hold ? [...facts.holds!, more.hold] : facts.holds!,
  contacts: more.contact ? [...facts.contacts!, more.contact] : facts.contacts!,
});

describe.each(PLACES)("the pack %s", (place) => {
  const pack = loadPack(place);

  test("a refused step is refused until the minute from which it is allowed, and not at it", () => {
    fc.assert(
      fc.property(cases, fc.nat(1000), ({ step, facts }, share) => {
        const { verdict, allowedFrom } = gate(pack, step, facts);
        if (verdict !== "forbid" || allowedFrom === "never") return;
        const on = (at: Instant) => gate(pack, { ...step, at }, facts).verdict;
        expect(on(allowedFrom!)).not.toBe("forbid");
        expect(on(Math.max(step.at, allowedFrom! - MINUTE))).toBe("forbid");
        expect(on(allowedFrom! - 1)).toBe("forbid");
        expect(on(step.at + Math.floor(((allowedFrom! - 1 - step.at) * share) / 1000))).toBe("forbid");
      }),
      { numRuns: 1000 },
    );
  });

  test("a time that he agreed to begins to the minute, however the clocks change in it", () => {
    const times = [
      { from: 30, to: 90 },
      { from: 90, to: 150 },
      { from: 130, to: 175 },
      { from: 1410, to: 60 },
    ];
    for (const { zone, noon } of changes)
      for (const agreedContactTimes of times) {
        const facts: GateFacts = { borrowerZone: zone, holds: [], contacts: [], agreedContactTimes };
        const decide = (at: Instant) =>
          gate(pack, { kind: "call", to: { role: "borrower" }, at, actor: { role: "lender" } }, facts);
        for (let at = noon; at < noon + DAY; at += 60 * MINUTE) {
          const { verdict, allowedFrom } = decide(at);
          if (verdict !== "forbid" || allowedFrom === "never") continue;
          expect(decide(allowedFrom!).verdict).not.toBe("forbid");
          const early = quarter(at, allowedFrom!, (before) => decide(before).verdict !== "forbid");
          expect(early, `${zone} at ${at}, refused until ${allowedFrom}`).toBeUndefined();
        }
      }
  });

  test("one more hold, contact or place where he may be never makes a verdict looser", () => {
    const more = cases.chain((found) =>
      fc.record({
        found: fc.constant(found),
        hold: hold(found.step.at),
        contact: contact(found.step.at),
        zone: fc.constantFrom(...ZONES),
      }),
    );
    fc.assert(
      fc.property(more, ({ found: { step, facts }, hold, contact, zone }) => {
        const before = gate(pack, step, facts);
        neverLooser(before, gate(pack, step, with_(facts, { hold })));
        neverLooser(before, gate(pack, step, with_(facts, { contact })));
        const { zones = [facts.borrowerZone!] } = facts;
        const first = zones.includes(facts.borrowerZone!) ? facts.borrowerZone! : zones[0]!;
        neverLooser(before, gate(pack, step, { ...facts, borrowerZone: first, zones: [...zones, zone] }));
      }),
      { numRuns: 600 },
    );
  });

  test("one more house rule never makes a verdict looser", () => {
    const says = { en: "A rule of this test.", zh: "测试规则。" };
    const outcomes = [allow(), allowWithRisk(says), askPerson(says), forbid(says, "never")];
    const stricterPacks = outcomes.map((outcome): Pack => {
      const added = rule({
        id: "house/added",
        says,
        cite: { law: "house/added", at: "added", quote: "added" },
        layer: "house",
        force: "house rule",
        verification: "house",
        from: "2020-01-01",
        governs: STEP_KINDS,
        needs: [],
        check: () => outcome,
      });
      return { ...pack, rules: [...pack.rules, added] };
    });
    fc.assert(
      fc.property(cases, fc.constantFrom(...stricterPacks), ({ step, facts }, stricterPack) => {
        neverLooser(gate(pack, step, facts), gate(stricterPack, step, facts));
      }),
      { numRuns: 300 },
    );
  });

  test("a decision that went through JSON is made again, word for word", () => {
    fc.assert(
      fc.property(cases, (found) => {
        const decision = gate(pack, found.step, found.facts);
        const kept = JSON.parse(JSON.stringify(found)) as typeof found;
        const again = gate(pack, kept.step, kept.facts);
        expect(JSON.stringify(again)).toBe(JSON.stringify(decision));
        const rules = decision.because.map(({ rule }) => rule.id);
        const recorded = { ...kept, pack: pack.version, verdict: decision.verdict, rules };
        expect(replay(recorded, pack)).toMatchObject({
          samePack: true,
          sameVerdict: true,
          gone: [],
          added: [],
        });
      }),
      { numRuns: 500 },
    );
  });
});

// ---------------------------------------------------------------------------------------------------------- hours of the day

/** Hours in which a pack lets a call be made, from the first minute until before the last, wherever he may be. */
const HOURS: Partial<Record<Place, { readonly from: number; readonly to: number }>> = {
  cn: { from: 8 * 60, to: 22 * 60 },
  us: { from: 8 * 60, to: 21 * 60 },
};

describe.each(Object.entries(HOURS))(
  "in the pack %s no trick of clocks lets a call out of its hours",
  (place, hours) => {
    const pack = loadPack(place as Place);
    const suits = (zones: readonly string[], at: Instant): boolean =>
      zones.every((zone) => {
        const minute = minuteIn(zone, at);
        return minute >= hours.from && minute < hours.to;
      });
    const decide = (zones: readonly string[], at: Instant): Decision =>
      gate(
        pack,
        { kind: "call", to: { role: "borrower" }, at, actor: { role: "lender" } },
        {
          zones,
          holds: [],
          contacts: [],
          stops: [],
          inconvenient: [],
          attorney: { known: false },
          notices: [],
        },
      );

    /** The gate at an instant against the clock on the wall, and the instant from which it allows against every quarter. */
    function check(zones: readonly string[], at: Instant): void {
      const { verdict, allowedFrom } = decide(zones, at);
      const where = `${zones.join(" and ")} at ${at}`;
      expect(verdict, where).toBe(suits(zones, at) ? "allow" : "forbid");
      if (verdict !== "forbid" || allowedFrom === "never") return;
      expect(suits(zones, allowedFrom!), where).toBe(true);
      expect(suits(zones, allowedFrom! - MINUTE), where).toBe(false);
      const early = quarter(at, allowedFrom!, (before) => suits(zones, before));
      expect(early, `${where}, refused until ${allowedFrom}`).toBeUndefined();
    }

    test("around every change of clocks from 2025 to 2027, each quarter of an hour", () => {
      expect(changes.length).toBeGreaterThan(60);
      for (const { zone, noon } of changes) {
        for (let at = noon - 6 * HOUR; at < noon + 30 * HOUR; at += 15 * MINUTE) check([zone], at);
      }
    });

    test("in two or three zones at once, at the edges of their hours and anywhere else", () => {
      const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 2, maxLength: 3 });
      fc.assert(
        fc.property(zones, at, (zones, at) => {
          check(zones, at);
          const { allowedFrom } = decide(zones, at);
          if (typeof allowedFrom !== "number") return;
          check(zones, allowedFrom);
          check(zones, allowedFrom - 1);
        }),
        { numRuns: 400 },
      );
    });
  },
);
