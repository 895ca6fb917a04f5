import { addDays, type Day, day, hash32, invariant, nearest, parseDay } from "../src/core/index.ts";
import {
  type Citation,
  coversDay,
  type DatedValue,
  type Force,
  type Rule,
  type Verification,
} from "../src/policy/index.ts";

export type Params = Readonly<Record<string, readonly DatedValue[]>>;

/** Says what is wrong with a value of a parameter, or nothing. */
export type ValueCheck = (value: unknown) => string | undefined;

export const FORCES: readonly Force[] = [
  "law",
  "administrative regulation",
  "judicial interpretation",
  "departmental rule",
  "normative document",
  "recommended standard",
  "self-regulation",
  "house rule",
];
export const VERIFICATIONS: readonly Verification[] = [
  "verified",
  "verified-reprint",
  "verified-press",
  "unverified",
  "house",
];
const KEYS = ["from", "to", "value", "unless_agreed", "force", "verification", "checked_on", "cite"];

/**
 * Reads a pack's parameters from its parsed YAML files.
 *
 * Takes   the files by name without ending; the parameters the pack knows, each with the check of its value.
 * Refuses by throwing, because these files are ours: an unknown name or key, a missing one, a wrong shape, two versions
 *         of a value for one day, a day between two versions with none.
 */
export function readParams(
  files: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, ValueCheck>>,
): Params {
  const params: Record<string, readonly DatedValue[]> = {};
  for (const file of Object.keys(files).sort()) {
    const names = mapping(files[file], file);
    for (const [name, versions] of Object.entries(names)) {
      const at = `${file}: ${name}`;
      const check = Object.hasOwn(known, name) ? known[name] : undefined;
      invariant(
        check !== undefined,
        () => `${at} is not a parameter of this pack${hint(name, Object.keys(known))}`,
      );
      invariant(!Object.hasOwn(params, name), `${at} stands in two files`);
      invariant(Array.isArray(versions) && versions.length > 0, `${at} is not a list of dated values`);
      const values = versions.map((version, index) => datedValue(version, `${at}[${index}]`, check));
      withoutGaps(values, at);
      params[name] = values;
    }
  }
  for (const name of Object.keys(known)) {
    invariant(Object.hasOwn(params, name), `the parameter ${name} is missing from the pack's files`);
  }
  return params;
}

function datedValue(found: unknown, at: string, check: ValueCheck): DatedValue {
  const entry = mapping(found, at);
  onlyKeys(entry, KEYS, at);
  const cite = mapping(entry.cite, `${at}.cite`);
  onlyKeys(cite, ["law", "at", "quote"], `${at}.cite`);
  const wrong = check(entry.value);
  invariant(wrong === undefined, `${at}.value: ${wrong}`);
  const agreed = entry.unless_agreed;
  invariant(agreed === undefined || typeof agreed === "boolean", `${at}.unless_agreed is not true or false`);
  return {
    from: dayText(entry.from, `${at}.from`),
    ...(entry.to === undefined ? {} : { to: dayText(entry.to, `${at}.to`) }),
    value: entry.value,
    ...(agreed === undefined ? {} : { unlessAgreed: agreed }),
    force: oneOf(entry.force, FORCES, `${at}.force`),
    verification: oneOf(entry.verification, VERIFICATIONS, `${at}.verification`),
    checkedOn: dayText(entry.checked_on, `${at}.checked_on`),
    cite: {
      law: text(cite.law, `${at}.cite.law`),
      at: text(cite.at, `${at}.cite.at`),
      quote: text(cite.quote, `${at}.cite.quote`),
    } satisfies Citation,
  };
}

/** The version of a value in force on a day; none before the first text that was read, and none after the last. */
export const valueOn = (params: Params, name: string, on: Day): DatedValue | undefined =>
  params[name]?.find((value) => coversDay(value, on));

/** Versions follow each other day by day; only the last is open. */
export function withoutGaps(values: readonly DatedValue[], at: string): void {
  values.forEach((value, index) => {
    const next = values[index + 1];
    invariant(
      value.to === undefined || day(value.from) <= day(value.to),
      `${at}[${index}] ends on ${value.to}, before it begins on ${value.from}`,
    );
    if (next === undefined) return;
    invariant(
      value.to !== undefined && addDays(day(value.to), 1) === day(next.from),
      `${at}[${index}] must end the day before ${next.from}, where the next version begins; found ${value.to ?? "no end"}`,
    );
  });
}

/** Every rule finds each of its parameters on each of its days. */
export function rulesFindParams(rules: readonly Rule[], params: Params): void {
  const ids = new Set<string>();
  for (const rule of rules) {
    invariant(!ids.has(rule.id), `two rules are called ${rule.id}`);
    ids.add(rule.id);
    for (const name of rule.params ?? []) {
      const versions = Object.hasOwn(params, name) ? params[name]! : [];
      const first = versions[0];
      invariant(
        first !== undefined,
        `rule ${rule.id} needs the parameter ${name}, which the pack does not have`,
      );
      const last = versions[versions.length - 1]!;
      const ends =
        last.to === undefined || (rule.to !== undefined && day(rule.to) <= day(last.to))
          ? undefined
          : last.to;
      invariant(
        day(first.from) <= day(rule.from) && ends === undefined,
        `rule ${rule.id} is in force from ${rule.from} to ${rule.to ?? "now"}, the parameter ${name} from ${first.from} to ${last.to ?? "now"}`,
      );
    }
  }
}

/**
 * A short name for exactly these rules and parameters. The text of each check, and of what a rule covers, is part of it, so that a changed condition
 * changes the name; a build by another compiler may differ too, which errs on the side of telling apart.
 */
export function packVersion(place: string, rules: readonly Rule[], params: Params): string {
  const content = canonical({
    rules: rules.map((rule) => ({ ...rule, check: rule.check.toString(), covers: rule.covers?.toString() })),
    params,
  });
  return `${place}-${hash32(content).toString(16).padStart(8, "0")}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}

export function mapping(found: unknown, at: string): Readonly<Record<string, unknown>> {
  invariant(
    typeof found === "object" && found !== null && !Array.isArray(found),
    `${at} is not a set of "name: value" lines`,
  );
  return found as Record<string, unknown>;
}

export function onlyKeys(
  found: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  at: string,
): void {
  for (const key of Object.keys(found)) {
    invariant(keys.includes(key), () => `${at} has the unknown key ${key}${hint(key, keys)}`);
  }
}

export function text(found: unknown, at: string): string {
  invariant(typeof found === "string" && found.trim() !== "", `${at} is ${show(found)}, expected some text`);
  return found;
}

export function dayText(found: unknown, at: string): string {
  invariant(
    typeof found === "string" && parseDay(found) !== undefined,
    `${at} is ${show(found)}, expected a day in quotes such as "2026-03-01"`,
  );
  return found;
}

export function oneOf<T extends string>(found: unknown, words: readonly T[], at: string): T {
  invariant(words.includes(found as T), `${at} is ${show(found)}, expected one of: ${words.join(", ")}`);
  return found as T;
}

export const show = (found: unknown): string => (found === undefined ? "missing" : JSON.stringify(found));

function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `; did you mean ${near}?`;
}
