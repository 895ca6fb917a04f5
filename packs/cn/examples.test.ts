import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  addDays,
  day,
  formatInstant,
  HOLD_KINDS,
  type Hold,
  type HoldKind,
  isWorkingDay,
  parseDay,
  parseInstant,
  parseMinute,
} from "../../src/core/index.ts";
import {
  type Actor,
  type Consent,
  type ContactBan,
  type ContactMade,
  coversDay,
  type DebtFact,
  type Decision,
  type GateFacts,
  gate,
  type NoticeGiven,
  type PersonRole,
  type ProposedStep,
  type Purpose,
  STEP_KINDS,
  type StepKind,
  type StopRequest,
} from "../../src/policy/index.ts";
import { loadCalendar, loadPack, loadWords } from "../load.ts";
import { withoutGaps } from "../params.ts";
import { cnPack } from "./index.ts";

const pack = loadPack("cn");
const calendar = loadCalendar("cn");

/** A fact as the files write it: its instants are text. */
type Told<T> = { readonly [K in keyof T]: number extends T[K] ? string : T[K] };

interface Example {
  readonly says: string;
  readonly cite: { readonly law: string; readonly at: string; readonly quote: string };
  readonly step: {
    readonly kind: StepKind;
    readonly to: PersonRole;
    readonly at: string;
    /** The number or address. */
    readonly number?: string;
    readonly place?: "home" | "work";
    /** The lender in its own name, unless said; `none`: not known. */
    readonly actor?: "none" | Actor;
    readonly purpose?: Purpose;
    readonly debts?: readonly string[];
    readonly text?: string;
    readonly adverse?: boolean;
  };
  readonly facts?: {
    readonly zone?: string;
    readonly holds?: "none" | readonly { readonly kind: HoldKind; readonly until?: string }[];
    readonly contacts?: "none" | readonly Told<ContactMade>[];
    readonly unanswered?: { readonly number: string; readonly from: string; readonly times: number };
    readonly agreed_contact_times?: { readonly from: string; readonly to: string };
    readonly agreed_call_caps?: { readonly connected?: number; readonly attempts?: number };
    readonly zones?: readonly string[];
    readonly debts?: readonly DebtFact[];
    readonly consents?: readonly Told<Consent>[];
    readonly stops?: "none" | readonly Told<StopRequest>[];
    readonly notices?: "none" | readonly Told<NoticeGiven>[];
    readonly bans?: readonly Told<ContactBan>[];
    readonly unreachable?: boolean;
    readonly capacity?: GateFacts["capacity"];
    readonly refuses_automation?: boolean;
    readonly lender_kind?: string;
  };
  readonly expect: {
    readonly verdict: string;
    readonly by?: readonly string[];
    readonly allowed_from?: string;
  };
}

const folder = new URL("examples/", import.meta.url);
/** Steps and their verdicts. Limitation asks for days, in `limitation.test.ts`. */
const files = readdirSync(folder)
  .filter((file) => file !== "limitation.yaml")
  .sort();
for (const file of files) {
  const examples = parse(readFileSync(new URL(file, folder), "utf8")) as readonly Example[];
  describe(file, () => {
    test.each(examples.map((example) => [example.says, example] as const))("%s", (_, example) => {
      const decision = gate(pack, stepOf(example), factsOf(example));
      expect(shown(decision)).toEqual({ by: [], ...example.expect });
      expect(text(example.cite.law), "the example's citation").toContain(
        example.cite.quote.replace(/\s+/g, ""),
      );
    });
  });
}

test("every rule of the pack decides at least one example", () => {
  const decided = new Set<string>();
  for (const file of files) {
    for (const { expect } of parse(readFileSync(new URL(file, folder), "utf8")) as readonly Example[]) {
      for (const id of expect.by ?? []) decided.add(id);
    }
  }
  expect(pack.rules.map(({ id }) => id).filter((id) => !decided.has(id))).toEqual([]);
});

test("every hold has an example", () => {
  const examples = parse(readFileSync(new URL("house.yaml", folder), "utf8")) as readonly Example[];
  const held = new Set(
    examples.flatMap(({ facts }) =>
      facts?.holds === "none" ? [] : (facts?.holds ?? []).map(({ kind }) => kind),
    ),
  );
  expect(HOLD_KINDS.filter((kind) => !held.has(kind))).toEqual([]);
});

function text(law: string): string {
  return readFileSync(new URL(`../../law/${law}.md`, import.meta.url), "utf8").replace(/[\s>]+/g, "");
}

function instant(text: string): number {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(`"${text}" is not an instant`);
  return at;
}

function stepOf({ step }: Example): ProposedStep {
  const { kind, to: role, at, number: address, place, actor = { role: "lender" }, ...rest } = step;
  const to = { role, ...(address ? { address } : {}), ...(place ? { place } : {}) };
  return { kind, to, at: instant(at), ...(actor === "none" ? {} : { actor }), ...rest };
}

/** The same facts with their instants read. */
const read = <T>(told: readonly Told<T>[]): T[] =>
  told.map(
    (one) =>
      Object.fromEntries(
        Object.entries(one).map(([key, value]) => [
          key,
          ["at", "given", "until", "withdrawn", "returned", "from"].includes(key)
            ? instant(String(value))
            : value,
        ]),
      ) as T,
  );

function factsOf({ facts = {} }: Example): GateFacts {
  const {
    zone = "Asia/Shanghai",
    holds = [],
    contacts = [],
    unanswered,
    agreed_contact_times: times,
  } = facts;
  const listed = contacts === "none" ? [] : read<ContactMade>(contacts);
  const { debts, consents, stops, notices, bans, unreachable, capacity } = facts;
  const rung = Array.from({ length: unanswered?.times ?? 0 }, (_, n) => ({
    at: instant(unanswered!.from) + n * 60_000,
    kind: "call" as const,
    outcome: "no-answer" as const,
    address: unanswered!.number,
  }));
  return {
    ...(facts.zones ? { zones: facts.zones } : zone === "none" ? {} : { borrowerZone: zone }),
    ...(holds === "none" ? {} : { holds: holds.map(holdOf) }),
    ...(contacts === "none" ? {} : { contacts: [...listed, ...rung] }),
    ...(times ? { agreedContactTimes: { from: parseMinute(times.from)!, to: parseMinute(times.to)! } } : {}),
    ...(facts.agreed_call_caps ? { agreedCallCaps: facts.agreed_call_caps } : {}),
    ...(debts ? { debts } : {}),
    ...(consents ? { consents: read<Consent>(consents) } : {}),
    ...(stops && stops !== "none" ? { stops: read<StopRequest>(stops) } : {}),
    ...(notices && notices !== "none" ? { notices: read<NoticeGiven>(notices) } : {}),
    ...(bans ? { bans: read<ContactBan>(bans) } : {}),
    ...(unreachable === undefined ? {} : { unreachable }),
    ...(capacity ? { capacity } : {}),
    ...(facts.refuses_automation ? { refusesAutomation: true } : {}),
    ...(facts.lender_kind ? { lenderKind: facts.lender_kind } : {}),
  };
}

const holdOf = ({ kind, until }: { kind: HoldKind; until?: string }): Hold =>
  until === undefined ? { kind } : { kind, until: day(until) };

/** The decision as an example writes it: the rules that gave the verdict, and the instant on the clock in Shanghai. */
function shown({ verdict, because, allowedFrom }: Decision) {
  const by = because.filter(({ outcome }) => outcome.outcome === verdict).map(({ rule }) => rule.id);
  return {
    verdict,
    by: verdict === "allow" ? [] : by,
    ...(allowedFrom === undefined
      ? {}
      : { allowed_from: allowedFrom === "never" ? "never" : formatInstant("Asia/Shanghai", allowedFrom) }),
  };
}

describe("dated values", () => {
  test("no day from 2024 to 2027 has two versions of a value, and none lies between two", () => {
    for (const [name, versions] of Object.entries(pack.params)) {
      const first = day(versions[0]!.from);
      // Only a table that was read to a day has an end: after it nothing is known, and nothing is filled in.
      const end = versions[versions.length - 1]!.to;
      expect(end !== undefined, name).toBe(name === "lpr.one-year");
      const wrong: number[] = [];
      for (let on = day("2024-01-01"); on <= day("2027-12-31"); on = addDays(on, 1)) {
        const covering = versions.filter((version) => coversDay(version, on)).length;
        if (covering !== (on < first || (end && on > day(end)) ? 0 : 1)) wrong.push(on);
      }
      expect(wrong, name).toEqual([]);
    }
  });

  test("every day from 2024 to 2027 has a rule for every kind of step", () => {
    for (const kind of STEP_KINDS) {
      for (let on = day("2024-01-01"); on <= day("2027-12-31"); on = addDays(on, 1)) {
        const rules = pack.rules.filter((rule) => rule.governs.includes(kind) && coversDay(rule, on));
        expect(rules.length, `${kind} on day ${on}`).toBeGreaterThan(0);
      }
    }
  });

  test("a gap and an overlap are refused with the day that is wrong", () => {
    const version = pack.params["contact.attempt-cap"]![0]!;
    const two = (to: string) => [
      { ...version, to },
      { ...version, from: "2027-01-01" },
    ];
    expect(() => withoutGaps(two("2026-12-31"), "x")).not.toThrow();
    expect(() => withoutGaps(two("2026-12-30"), "x")).toThrow("must end the day before 2027-01-01");
    expect(() => withoutGaps(two("2027-01-01"), "x")).toThrow("found 2027-01-01");
  });
});

describe("the pack's files", () => {
  const FILES = readdirSync(new URL("params/", import.meta.url))
    .map((file) => file.replace(/\.yaml$/, ""))
    .filter((name) => name !== "calendar");
  const files = () =>
    Object.fromEntries(
      FILES.map((name) => [
        name,
        parse(readFileSync(new URL(`params/${name}.yaml`, import.meta.url), "utf8")) as Record<
          string,
          unknown
        >,
      ]),
    );

  test("the version is the same for the same files and another for any change", () => {
    const words = { own: loadWords("cn"), house: loadWords("house") };
    expect(cnPack(files(), words).version).toBe(pack.version);
    expect(cnPack(files()).version).not.toBe(pack.version);
    const changed = files();
    (changed.contact!["contact.attempt-cap"] as { value: number }[])[0]!.value = 5;
    expect(cnPack(changed, words).version).not.toBe(pack.version);
  });

  test("an unknown parameter is refused with the nearest known one", () => {
    expect(() => cnPack({ ...files(), more: { "contact.attemptcap": [] } })).toThrow(
      "more: contact.attemptcap is not a parameter of this pack; did you mean contact.attempt-cap?",
    );
  });

  test("a missing file is refused by the name of what is missing", () => {
    const { contact: _, ...rest } = files();
    expect(() => cnPack(rest)).toThrow("the parameter contact.attempt-cap is missing");
  });

  test.each([
    [{ from: "28.2.2025" }, 'contact.attempt-cap[0].from is "28.2.2025", expected a day in quotes'],
    [{ value: "6" }, 'contact.attempt-cap[0].value: found "6", expected a whole number above zero'],
    [{ force: "statute" }, "expected one of: law, administrative regulation"],
    [{ verification: undefined }, "contact.attempt-cap[0].verification is missing"],
    [{ chekced_on: "2026-11-23" }, "has the unknown key chekced_on; did you mean checked_on?"],
    [{ cite: { law: "cn/x", at: "1" } }, "contact.attempt-cap[0].cite.quote is missing"],
    [{ from: "2026-03-01" }, "rule cn/attempts-a-number is in force from 2026-01-30"],
  ])("%j is refused with its place", (change, says) => {
    const changed = files();
    Object.assign((changed.contact!["contact.attempt-cap"] as object[])[0]!, change);
    expect(() => cnPack(changed)).toThrow(says);
  });
});

describe("the calendar", () => {
  // Added by hand from the two notices: 1+8+3+5+3+8 off and 2+1+2 worked; 3+9+3+5+3+3+7 off and 1+2+1+2 worked.
  test.each([
    [2025, 28, 5],
    [2026, 33, 6],
  ])("%i has %i days off by notice and %i make-up workdays", (year, off, work) => {
    const inYear = (days: ReadonlySet<number>) =>
      [...days].filter((on) => on >= day(`${year}-01-01`) && on <= day(`${year}-12-31`)).length;
    expect(inYear(calendar.daysOff)).toBe(off);
    expect(inYear(calendar.makeUpWorkdays)).toBe(work);
  });

  test.each([
    ["2025-01-26", true],
    ["2025-01-28", false],
    ["2025-02-05", true],
    ["2025-10-08", false],
    ["2026-01-04", true],
    ["2026-02-14", true],
    ["2026-02-23", false],
    ["2026-02-24", true],
    ["2026-09-20", true],
    ["2026-11-22", false],
  ])("%s is a working day: %s", (on, working) => {
    expect(isWorkingDay(calendar, parseDay(on)!)).toBe(working);
  });

  test.each([2025, 2026])("the days of %i are those of the table in law/", (year) => {
    const page = readFileSync(new URL(`../../law/cn/holidays-${year}.md`, import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\|[^|]+\|([^|]+)\|([^|]+)\|$/gm)].slice(2);
    const datesOf = (cell: string) => cell.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
    const off = rows.flatMap(([, cell]) => {
      const [first, last = first] = datesOf(cell!).map((date) => day(date));
      return Array.from({ length: last! - first! + 1 }, (_, n) => first! + n);
    });
    const work = rows.flatMap(([, , cell]) => datesOf(cell!).map((date) => day(date) as number));
    const inYear = (days: ReadonlySet<number>) =>
      [...days].filter((on) => on >= day(`${year}-01-01`) && on <= day(`${year}-12-31`)).sort();
    expect(off.length).toBeGreaterThan(20);
    expect(inYear(calendar.daysOff)).toEqual(off.sort());
    expect(inYear(calendar.makeUpWorkdays)).toEqual(work.sort());
  });

  test("a year without a notice is an error and never a working day", () => {
    expect(() => isWorkingDay(calendar, day("2027-01-04"))).toThrow("no holiday notice for 2027");
  });
});

describe("properties", () => {
  const zones = ["Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Africa/Cairo", "Pacific/Apia"];
  const at = fc.integer({ min: instant("2025-03-01T00:00:00Z"), max: instant("2027-12-31T00:00:00Z") });
  const step = fc.record({
    kind: fc.constantFrom(...STEP_KINDS),
    to: fc.record({
      role: fc.constantFrom<PersonRole>("borrower", "borrower", "borrower", "guarantor", "contact-person"),
    }),
    at,
    actor: fc.constantFrom<Actor>({ role: "lender" }, { role: "lender" }, { role: "agency" }),
  });
  const hold = fc.record(
    {
      kind: fc.constantFrom(...HOLD_KINDS),
      until: fc.integer({ min: 20_100, max: 21_200 }).map((n) => n as never),
    },
    { requiredKeys: ["kind"] },
  );
  const contactsNear = (when: number) =>
    fc.array(
      fc.record({
        at: fc.integer({ min: when - 2 * 86_400_000, max: when + 86_400_000 }),
        kind: fc.constantFrom<StepKind>("call", "text", "app", "email", "letter"),
        outcome: fc.constantFrom<ContactMade["outcome"]>(
          "connected",
          "no-answer",
          "sent",
          "unknown",
          "voicemail",
        ),
      }),
      { maxLength: 10 },
    );
  const ban = (when: number) =>
    fc.record({
      from: fc.constant(when - 86_400_000),
      until: fc.integer({ min: when, max: when + 86_400_000 }),
    });
  const stop = (when: number) =>
    fc.record(
      {
        at: fc.integer({ min: when - 86_400_000, max: when + 86_400_000 }),
        by: fc.constantFrom<PersonRole>("borrower", "contact-person"),
        kinds: fc.constant<StepKind[]>(["call"]),
      },
      { requiredKeys: ["at"] },
    );
  const minutes = fc.record({
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 0, max: 1440 }),
  });
  const cases = step.chain((step) =>
    fc.record({
      step: fc.constant<ProposedStep>(step),
      facts: fc.record(
        {
          borrowerZone: fc.constantFrom(...zones),
          holds: fc.array(hold, { maxLength: 2 }),
          contacts: contactsNear(step.at),
          agreedContactTimes: minutes,
          agreedCallCaps: fc.record({ connected: fc.integer({ min: 0, max: 5 }) }),
          zones: fc.uniqueArray(fc.constantFrom(...zones), { minLength: 2, maxLength: 3 }),
          bans: fc.array(ban(step.at), { maxLength: 2 }),
          stops: fc.array(stop(step.at), { maxLength: 2 }),
        },
        { requiredKeys: ["borrowerZone", "holds", "contacts"] },
      ) as fc.Arbitrary<GateFacts>,
    }),
  );

  test("a refused step is not refused at the instant from which it is allowed, and is one second before", () => {
    fc.assert(
      fc.property(cases, ({ step, facts }) => {
        const { verdict, allowedFrom } = gate(pack, step, facts);
        if (verdict !== "forbid" || allowedFrom === undefined || allowedFrom === "never") return;
        expect(allowedFrom).toBeGreaterThan(step.at);
        expect(gate(pack, { ...step, at: allowedFrom }, facts).verdict).not.toBe("forbid");
        expect(gate(pack, { ...step, at: allowedFrom - 1000 }, facts).verdict).toBe("forbid");
      }),
      { numRuns: 1000 },
    );
  });

  test("one more hold, contact, request to stop or ban never loosens", () => {
    const strictness = ["allow", "allow-with-risk", "ask-person", "forbid"];
    const more = cases.chain((found) =>
      fc.record({
        found: fc.constant(found),
        hold,
        contacts: contactsNear(found.step.at),
        stop: stop(found.step.at),
        ban: ban(found.step.at),
      }),
    );
    fc.assert(
      fc.property(more, ({ found: { step, facts }, hold, contacts, stop, ban }) => {
        const plain = gate(pack, step, facts);
        const stricter: Partial<GateFacts>[] = [
          { holds: [...facts.holds!, hold as Hold] },
          { contacts: [...facts.contacts!, ...contacts] },
          { stops: [...(facts.stops ?? []), stop] },
          { bans: [...(facts.bans ?? []), ban] },
        ];
        // A list that was not known and is given now answers a question; that is no loosening.
        for (const added of stricter.filter((one) => Object.keys(one).every((key) => key in facts))) {
          const { verdict } = gate(pack, step, { ...facts, ...added });
          expect(strictness.indexOf(verdict)).toBeGreaterThanOrEqual(strictness.indexOf(plain.verdict));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("the strictest rule's verdict is the step's", () => {
    const strictness = ["allow", "allow-with-risk", "ask-person", "forbid"];
    fc.assert(
      fc.property(cases, ({ step, facts }) => {
        const { verdict, because, permit } = gate(pack, step, facts);
        const strictest = Math.max(...because.map(({ outcome }) => strictness.indexOf(outcome.outcome)));
        expect(verdict).toBe(strictness[strictest]);
        expect(permit !== undefined).toBe(strictest <= 1);
      }),
      { numRuns: 500 },
    );
  });

  test("without a zone, with a zone that does not exist, without holds or without contacts, no message is allowed", () => {
    const without: ((facts: GateFacts) => GateFacts)[] = [
      ({ borrowerZone: _, zones: __, ...rest }) => rest,
      ({ zones: _, ...facts }) => ({ ...facts, borrowerZone: "Asia/Nowhere" }),
      (facts) => ({ ...facts, zones: ["Asia/Shanghai", "Asia/Nowhere"] }),
      ({ holds: _, ...rest }) => rest,
      ({ contacts: _, ...rest }) => rest,
    ];
    fc.assert(
      fc.property(cases, fc.constantFrom("app", "text", "email", "call"), (found, kind) => {
        for (const drop of without) {
          const { verdict } = gate(pack, { ...found.step, kind: kind as StepKind }, drop(found.facts));
          expect(["ask-person", "forbid"]).toContain(verdict);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("PACK.md counts rules and parameters by their state", () => {
  const page = readFileSync(new URL("PACK.md", import.meta.url), "utf8").replace(/ +/g, " ");
  const newest = Object.values(pack.params).map((versions) => versions[versions.length - 1]!);
  for (const state of ["verified", "verified-reprint", "verified-press", "unverified", "house"]) {
    const rules = pack.rules.filter(({ verification }) => verification === state).length;
    const params = newest.filter(({ verification }) => verification === state).length;
    expect(page).toContain(`| ${state} | ${rules} | ${params} |`);
  }
  for (const { id } of pack.rules) expect(page).toContain(`| \`${id}\` |`);
});
