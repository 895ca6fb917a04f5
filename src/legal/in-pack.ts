import type { Day } from "../core/index.ts";
import { coversDay, type DatedValue, type Pack } from "../policy/index.ts";
import type { Source } from "./source.ts";

/** A pack's value in force on a day; nothing where the place has none. */
export const valueIn = (pack: Pack | undefined, name: string, on: Day): DatedValue | undefined =>
  pack?.params[name]?.find((value) => coversDay(value, on));

/** A number that a parameter holds under a key: `credit.retention` has `{ years: 5 }`. */
export function numberIn(pack: Pack | undefined, name: string, key: string, on: Day): number | undefined {
  const value = valueIn(pack, name, on)?.value;
  const found = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof found === "number" ? found : undefined;
}

/** Where a parameter or a rule of the pack stands, as it is in force on a day. */
export function sourceIn(pack: Pack | undefined, name: string, on: Day): Source | undefined {
  const dated = valueIn(pack, name, on) ?? pack?.rules.find((one) => one.id === name && coversDay(one, on));
  if (!dated) return undefined;
  const { cite, force, verification } = dated;
  return { param: name, cite, force, verification };
}

/** The same of several; a name that the pack does not have is left out. */
export const sourcesIn = (pack: Pack | undefined, on: Day, ...names: readonly string[]): readonly Source[] =>
  names.flatMap((name) => sourceIn(pack, name, on) ?? []);
