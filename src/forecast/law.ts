import type { Day } from "../core/index.ts";
import type { Source } from "../legal/index.ts";
import { coversDay, type DatedValue, type Pack } from "../policy/index.ts";
import type { Because } from "./types.ts";

/** A pack's value in force on a day; nothing where the place has none. */
export const valueIn = (pack: Pack | undefined, name: string, on: Day): DatedValue | undefined =>
  pack?.params[name]?.find((value) => coversDay(value, on));

/** Where a parameter or a rule of the pack stands, as it is in force on a day. */
export function sourceIn(pack: Pack | undefined, name: string, on: Day): Source | undefined {
  const value = valueIn(pack, name, on);
  if (value) {
    const { cite, force, verification } = value;
    return { param: name, cite, force, verification };
  }
  const rule = pack?.rules.find((one) => one.id === name && coversDay(one, on));
  return rule && { param: name, cite: rule.cite, force: rule.force, verification: rule.verification };
}

/** Reasons of law by name, those that the pack has; a name that it does not have gives none. */
export const lawOf = (pack: Pack | undefined, on: Day, ...names: readonly string[]): Because[] =>
  names.flatMap((ref): Because[] => {
    const source = sourceIn(pack, ref, on);
    return source ? [{ from: "law", ref, source }] : [];
  });

/** A number that a parameter holds under a key: `credit.retention` has `{ years: 5 }`. */
export function numberIn(pack: Pack | undefined, name: string, key: string, on: Day): number | undefined {
  const value = valueIn(pack, name, on)?.value;
  const found = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof found === "number" ? found : undefined;
}
