import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { calcGate } from "../../src/cli/calc-gate.ts";
import { addDays, day, parseInstant } from "../../src/core/index.ts";
import { coversDay, type GateFacts, gate, type ProposedStep, STEP_KINDS } from "../../src/policy/index.ts";
import { loadPack } from "../load.ts";

const pack = loadPack("us");

interface Example {
  readonly says: string;
  readonly cite: { readonly law: string; readonly at: string; readonly quote: string };
  readonly step: Readonly<Record<string, unknown>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly expect: {
    readonly verdict: string;
    readonly by?: readonly string[];
    readonly allowedFrom?: string;
    /** Outcomes of rules that did not decide. */
    readonly also?: Readonly<Record<string, string>>;
  };
}
interface Answer {
  readonly verdict?: string;
  readonly because?: readonly { readonly rule: string; readonly outcome: string }[];
  readonly allowedFrom?: string;
  readonly error?: unknown;
}

const folder = new URL("examples/", import.meta.url);
const GATE = ["calls", "channels", "disclosures", "times"];
const examplesOf = (name: string): readonly Example[] =>
  parse(readFileSync(new URL(`${name}.yaml`, folder), "utf8"));
const all = GATE.flatMap(examplesOf);

for (const name of GATE) {
  describe(name, () => {
    test.each(examplesOf(name).map((example) => [example.says, example] as const))("%s", (_, example) => {
      const answer = calcGate({ pack: "us", step: example.step, facts: example.facts }) as Answer;
      const because = answer.because ?? [];
      const by = because.filter(({ outcome }) => outcome === answer.verdict).map(({ rule }) => rule);
      const also = Object.fromEntries(
        Object.keys(example.expect.also ?? {}).map((id) => [
          id,
          because.find(({ rule }) => rule === id)?.outcome ?? "not asked",
        ]),
      );
      expect({
        verdict: answer.verdict ?? answer.error,
        by: answer.verdict === "allow" ? [] : by,
        ...(answer.allowedFrom === undefined ? {} : { allowedFrom: answer.allowedFrom }),
        also,
      }).toEqual({ by: [], also: {}, ...example.expect });
    });
  });
}

/** A request of calc gate without them says that there is none; the gate itself takes nothing for known. */
describe("at the gate itself", () => {
  const known: GateFacts = {
    borrowerZone: "America/New_York",
    contacts: [],
    holds: [],
    stops: [],
    inconvenient: [],
    notices: [],
    attorney: { known: false },
  };
  test.each([
    ["stops", ["us/cease", "us/stopped-medium"]],
    ["attorney", ["us/attorney"]],
    ["inconvenient", ["us/inconvenient-times", "us/inconvenient-places"]],
    ["notices", ["us/validation-notice", "us/dispute", "us/original-creditor"]],
  ] as const)("%s not known: a person is asked", (name, rules) => {
    const step: ProposedStep = {
      kind: "call",
      to: { role: "borrower" },
      at: parseInstant("2026-08-06T10:00:00-04:00")!,
      actor: { role: "agency" },
    };
    expect(gate(pack, step, known).verdict).toBe("allow");
    const { [name]: _, ...facts } = known;
    const { verdict, because } = gate(pack, step, facts);
    expect(verdict).toBe("ask-person");
    expect(
      because.filter(({ outcome }) => outcome.outcome === "ask-person").map(({ rule }) => rule.id),
    ).toEqual(rules);
  });
});

test("every example quotes the clause that it names", () => {
  for (const { says, cite } of all) {
    const page = readFileSync(new URL(`../../law/${cite.law}.md`, import.meta.url), "utf8");
    const clauses = page.split(/^## /m).filter((section) => section.startsWith(`${cite.at} — `));
    const words = clauses.join("").replace(/[\s>]+/g, "");
    expect(words, says).toContain(cite.quote.replace(/\s+/g, ""));
  }
});

test("every rule of the pack decides, or is shown beside, at least one example", () => {
  const shown = new Set(all.flatMap(({ expect: { by = [], also = {} } }) => [...by, ...Object.keys(also)]));
  expect(pack.rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
});

describe("dated values", () => {
  test("no day from 2021-11-30 to 2028 has two versions of a value, and none lies between two", () => {
    for (const [name, versions] of Object.entries(pack.params)) {
      const first = day(versions[0]!.from);
      expect(versions[versions.length - 1]!.to, name).toBeUndefined();
      for (let on = day("2021-11-30"); on <= day("2028-12-31"); on = addDays(on, 1)) {
        const covering = versions.filter((version) => coversDay(version, on)).length;
        expect(covering, `${name} on day ${on}`).toBe(on < first ? 0 : 1);
      }
    }
  });

  test("every day from 2021 to 2028 has a rule for every kind of step", () => {
    for (const kind of STEP_KINDS) {
      for (let on = day("2021-01-01"); on <= day("2028-12-31"); on = addDays(on, 1)) {
        const rules = pack.rules.filter((rule) => rule.governs.includes(kind) && coversDay(rule, on));
        expect(rules.length, `${kind} on day ${on}`).toBeGreaterThan(0);
      }
    }
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
