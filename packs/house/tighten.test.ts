import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, parseInstant } from "../../src/core/index.ts";
import {
  type ContactMade,
  type GateFacts,
  gate,
  type ProposedStep,
  type StepKind,
} from "../../src/policy/index.ts";
import { loadPack, readHouseFor } from "../load.ts";
import { type House, withHouse } from "./tighten.ts";

const pack = loadPack("cn");
const HEAD = 'house: example\nfrom: "2026-02-01"\n';

function house(settings: string): House {
  const read = readHouseFor("cn", pack, HEAD + settings, "house.yaml");
  if (!read.ok) throw new Error(read.refusals.map(({ at, says }) => `${at} ${says}`).join("\n"));
  return read.house;
}
const refusals = (text: string) => {
  const read = readHouseFor("cn", pack, text, "house.yaml");
  return read.ok ? [] : read.refusals.map(({ at, code, says }) => `${at} ${code}: ${says}`);
};
const at = (text: string): number => parseInstant(`${text}:00+08:00`)!;
const made = (
  when: string,
  kind: StepKind,
  outcome: ContactMade["outcome"],
  address?: string,
): ContactMade => ({
  at: at(when),
  kind,
  outcome,
  ...(address ? { address } : {}),
});

function asked(
  settings: string,
  when: string,
  kind: StepKind,
  facts: Partial<GateFacts> = {},
  address?: string,
) {
  const step: ProposedStep = {
    kind,
    to: { role: "borrower", ...(address ? { address } : {}) },
    at: at(when),
    actor: { role: "lender" },
  };
  const known = { borrowerZone: "Asia/Shanghai", holds: [], contacts: [], ...facts };
  const { verdict, because, allowedFrom } = gate(withHouse(pack, house(settings)), step, known);
  const by = because.filter(({ outcome }) => outcome.outcome === "forbid").map(({ rule }) => rule.id);
  const from =
    typeof allowedFrom === "number" ? formatInstant("Asia/Shanghai", allowedFrom).slice(0, 16) : allowedFrom;
  return verdict === "forbid" ? [...by, from] : verdict;
}

const one = (outcome: ContactMade["outcome"], when = "2026-03-31T09:00") => made(when, "call", outcome, "A");

// 2026-03-31 is a Tuesday.
describe("a lender's own settings", () => {
  test.each<[string, string, string, StepKind, ContactMade[], unknown]>([
    [
      "quiet hours end later",
      'quiet_hours: { from: "20:00", to: "09:00" }',
      "2026-03-31T08:59",
      "text",
      [],
      ["lender/quiet-hours", "2026-03-31T09:00"],
    ],
    [
      "and at that minute they are over",
      'quiet_hours: { from: "20:00", to: "09:00" }',
      "2026-03-31T09:00",
      "text",
      [],
      "allow",
    ],
    [
      "and begin earlier",
      'quiet_hours: { from: "20:00", to: "09:00" }',
      "2026-03-31T20:00",
      "letter",
      [],
      ["lender/quiet-hours", "2026-04-01T09:00"],
    ],
    [
      "until that minute nothing is quiet",
      'quiet_hours: { from: "20:00", to: "09:00" }',
      "2026-03-31T19:59",
      "letter",
      [],
      "allow",
    ],
    [
      "before their first day they say nothing",
      'quiet_hours: { from: "20:00", to: "09:00" }',
      "2026-01-31T20:00",
      "letter",
      [],
      "allow",
    ],
    [
      "one connected call a day",
      "call_caps: [{ count: connected, most: 1 }]",
      "2026-03-31T15:00",
      "call",
      [one("connected")],
      ["lender/call-cap-1", "2026-04-01T08:00"],
    ],
    [
      "a busy line leaves it",
      "call_caps: [{ count: connected, most: 1 }]",
      "2026-03-31T15:00",
      "call",
      [one("busy")],
      "allow",
    ],
    [
      "two tries at a number in three days",
      "call_caps: [{ count: attempts, most: 2, days: 3, on: number }]",
      "2026-03-31T15:00",
      "call",
      [one("no-answer", "2026-03-29T09:00"), one("no-answer")],
      ["lender/call-cap-1", "2026-04-01T08:00"],
    ],
    [
      "a try four days back is no more of the three",
      "call_caps: [{ count: attempts, most: 2, days: 3, on: number }]",
      "2026-03-31T15:00",
      "call",
      [one("no-answer", "2026-03-28T09:00"), one("no-answer")],
      "allow",
    ],
    [
      "tries at another number neither",
      "call_caps: [{ count: attempts, most: 1, on: number }]",
      "2026-03-31T15:00",
      "call",
      [made("2026-03-31T09:00", "call", "no-answer", "B")],
      "allow",
    ],
    [
      "all calls of a week",
      "call_caps: [{ count: all, most: 2, days: 7 }]",
      "2026-03-31T15:00",
      "call",
      [one("busy", "2026-03-25T09:00"), one("connected", "2026-03-30T09:00")],
      ["lender/call-cap-1", "2026-04-01T08:00"],
    ],
    [
      "a channel that is not used",
      "channels_not_used: [post, letter]",
      "2026-03-31T15:00",
      "post",
      [],
      ["lender/channels-not-used", "never"],
    ],
    ["one that is", "channels_not_used: [post]", "2026-03-31T15:00", "letter", [], "allow"],
    [
      "a weekend off",
      "days_off: [saturday, sunday]",
      "2026-04-04T10:00",
      "text",
      [],
      ["lender/days-off", "2026-04-06T08:00"],
    ],
    [
      "a date off beside it",
      'days_off: [saturday, sunday, "2026-04-06"]',
      "2026-04-04T10:00",
      "text",
      [],
      ["lender/days-off", "2026-04-07T08:00"],
    ],
    ["a working day", "days_off: [saturday, sunday]", "2026-04-03T21:59", "text", [], "allow"],
    [
      "four hours between contacts",
      "gap_minutes: 240",
      "2026-03-31T12:59",
      "text",
      [one("connected")],
      ["lender/gap", "2026-03-31T13:00"],
    ],
    ["and not one minute more", "gap_minutes: 240", "2026-03-31T13:00", "text", [one("connected")], "allow"],
    [
      "two contacts in two days over all channels",
      "contact_cap: { most: 2, days: 2 }",
      "2026-03-31T15:00",
      "text",
      [one("connected"), made("2026-03-30T09:00", "letter", "sent")],
      ["lender/contact-cap", "2026-04-01T08:00"],
    ],
    [
      "what he began is none",
      "contact_cap: { most: 1 }",
      "2026-03-31T15:00",
      "text",
      [{ ...one("connected"), inbound: true }],
      "allow",
    ],
  ])("%s", (_, settings, when, kind, contacts, expected) => {
    expect(asked(settings, when, kind, { contacts }, kind === "call" ? "A" : undefined)).toEqual(expected);
  });

  test("hold in every zone where the borrower may be", () => {
    const zones = { zones: ["Asia/Shanghai", "Asia/Urumqi"] };
    expect(asked('quiet_hours: { from: "20:00", to: "09:00" }', "2026-03-31T10:30", "text", zones)).toEqual([
      "lender/quiet-hours",
      "2026-03-31T11:00",
    ]);
    expect(asked("days_off: [sunday]", "2026-04-06T01:00", "text", zones)).toEqual([
      "cn/quiet-hours",
      "cn/quiet-hours-consent",
      "lender/days-off",
      "2026-04-06T10:00",
    ]);
  });

  test("give way to later ones from their first day, each under a name of its own", () => {
    const [first, second] = [house("gap_minutes: 60"), { ...house("gap_minutes: 90"), from: "2026-05-01" }];
    const rules = withHouse(pack, first, second).rules.slice(pack.rules.length);
    expect(rules.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["lender/gap", first.from, "2026-04-30"],
      ["lender/gap@2026-05-01", "2026-05-01", undefined],
    ]);
  });

  test("change the pack's version, and only when they change", () => {
    const plain = withHouse(pack, house("gap_minutes: 60"));
    expect(plain.version).toMatch(new RegExp(`^${pack.version}-house-[0-9a-f]{8}$`));
    expect(withHouse(pack, house("# the same\ngap_minutes: 60")).version).toBe(plain.version);
    expect(withHouse(pack, house("gap_minutes: 61")).version).not.toBe(plain.version);
  });
});

describe("a settings file is refused", () => {
  test.each([
    [
      "quiet_hour: {}",
      '3:1 unknown-word: "quiet_hour" is not known in the file; did you mean "quiet_hours"?',
    ],
    [
      "days_off: [sundy]",
      '3:12 unknown-word: "sundy" is not known in days_off, beside dates; did you mean "sunday"?',
    ],
    ["call_caps: [{ count: conected, most: 1 }]", 'did you mean "connected"?'],
    [
      "call_caps: [{ count: all, most: 1, days: 8 }]",
      "3:42 not-a-number: days must be a whole number from 1 to 7",
    ],
    ["call_caps: { most: 1 }", "3:12 not-a-list: call_caps must be a list"],
    ["channels_not_used: [suit]", "known are app, text, email, call, visit, letter, post"],
    ['quiet_hours: { from: "21:00", to: "21:00" }', "no time would be left"],
    ['quiet_hours: { from: "25:00", to: "21:00" }', "3:22 not-a-time"],
    [
      "days_off: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
      "no day of the week would be left",
    ],
    ["gap_minutes: 0", "gap_minutes must be a whole number from 1 to 10080"],
    ["gap_minutes: [", "not-yaml"],
  ])("%s", (settings, says) => {
    expect(refusals(HEAD + settings).join("\n")).toContain(says);
  });

  test("without a name or a first day", () => {
    expect(refusals("gap_minutes: 5").join("\n")).toContain(
      "house.yaml:1:1 missing: house is missing or empty",
    );
    expect(refusals("house: x\nfrom: 1.2.2026").join("\n")).toContain("2:7 not-a-day");
    expect(refusals("")).toHaveLength(1);
  });

  test.each([
    [
      'quiet_hours: { from: "22:00", to: "07:59" }',
      "cn/quiet-hours",
      "from 22:00 or earlier, to 08:00 or later",
    ],
    [
      'quiet_hours: { from: "22:01", to: "08:00" }',
      "cn/quiet-hours",
      "from 22:00 or earlier, to 08:00 or later",
    ],
    ["call_caps: [{ count: connected, most: 4 }]", "cn/connected-calls", "most: 3 or less"],
    ["call_caps: [{ count: connected, most: 22, days: 7 }]", "cn/connected-calls", "most: 21 or less"],
    ["call_caps: [{ count: attempts, most: 7, on: number }]", "cn/attempts-a-number", "most: 6 or less"],
  ])("%s would loosen a rule, which is named with its source", (settings, rule, strictEnough) => {
    const read = readHouseFor("cn", pack, HEAD + settings, "house.yaml");
    expect(read.ok).toBe(false);
    if (read.ok) return;
    const [refusal] = read.refusals;
    expect(read.refusals).toHaveLength(1);
    expect(refusal!.code).toBe("looser-than-the-pack");
    expect(refusal!.loosens).toMatchObject({ rule, strictEnough });
    expect(refusal!.says).toContain(refusal!.loosens!.cite.quote);
  });

  test.each([
    'quiet_hours: { from: "22:00", to: "08:00" }',
    "call_caps: [{ count: connected, most: 3 }]",
    "call_caps: [{ count: connected, most: 21, days: 7 }]",
    "call_caps: [{ count: attempts, most: 6, on: number }]",
  ])("%s is as strict as the pack and passes", (settings) => {
    expect(refusals(HEAD + settings)).toEqual([]);
  });
});

describe("properties", () => {
  const zones = ["Asia/Shanghai", "Asia/Urumqi", "America/New_York"];
  const start = parseInstant("2026-02-05T00:00:00Z")!;
  const settings = fc.record(
    {
      quietHours: fc.record({
        from: fc.integer({ min: 1080, max: 1320 }),
        to: fc.integer({ min: 480, max: 720 }),
      }),
      gapMinutes: fc.integer({ min: 1, max: 3000 }),
      contactCap: fc.record({ most: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 7 }) }),
      weekdaysOff: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
      channelsNotUsed: fc.constantFrom<StepKind[]>([], ["post"], ["call"]),
      callCaps: fc.array(
        fc.record({
          count: fc.constantFrom("connected" as const, "attempts" as const, "all" as const),
          most: fc.integer({ min: 1, max: 3 }),
          days: fc.integer({ min: 1, max: 7 }),
          eachNumber: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ["weekdaysOff", "channelsNotUsed", "callCaps"] },
  );
  const cases = fc.integer({ min: start, max: start + 60 * 86_400_000 }).chain((when) =>
    fc.record({
      house: settings.map((some): House => ({ name: "x", from: "2026-02-01", datesOff: [], ...some })),
      step: fc.record({
        kind: fc.constantFrom<StepKind>("text", "call", "letter"),
        to: fc.constant({ role: "borrower" as const }),
        at: fc.constant(when),
        actor: fc.constant({ role: "lender" as const }),
      }) as fc.Arbitrary<ProposedStep>,
      facts: fc.record(
        {
          borrowerZone: fc.constantFrom(...zones),
          holds: fc.constant([]),
          contacts: fc.array(
            fc.record({
              at: fc.integer({ min: when - 8 * 86_400_000, max: when }),
              kind: fc.constantFrom<StepKind>("text", "call", "letter"),
              outcome: fc.constantFrom<ContactMade["outcome"]>("connected", "no-answer", "sent"),
            }),
            { maxLength: 6 },
          ),
          zones: fc.constant(["Asia/Shanghai", "Asia/Urumqi"]),
        },
        { requiredKeys: ["borrowerZone", "holds", "contacts"] },
      ) as fc.Arbitrary<GateFacts>,
    }),
  );
  const strictness = ["allow", "allow-with-risk", "ask-person", "forbid"];

  test("a house never loosens, and is exact about when it would allow", () => {
    fc.assert(
      fc.property(cases, ({ house, step, facts }) => {
        const own = withHouse(pack, house);
        const { verdict, allowedFrom } = gate(own, step, facts);
        expect(strictness.indexOf(verdict)).toBeGreaterThanOrEqual(
          strictness.indexOf(gate(pack, step, facts).verdict),
        );
        if (typeof allowedFrom !== "number") return;
        expect(gate(own, { ...step, at: allowedFrom }, facts).verdict).not.toBe("forbid");
        expect(gate(own, { ...step, at: allowedFrom - 1000 }, facts).verdict).toBe("forbid");
      }),
      { numRuns: 1500 },
    );
  });
});
