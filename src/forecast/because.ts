import type { Day } from "../core/index.ts";
import { sourcesIn } from "../legal/index.ts";
import type { Pack } from "../policy/index.ts";
import type { Because } from "./types.ts";

/** Reasons of law by the names of parameters and rules, those that the pack has; a name that it does not have gives none. */
export const lawOf = (pack: Pack | undefined, on: Day, ...names: readonly string[]): Because[] =>
  sourcesIn(pack, on, ...names).map((source) => ({ from: "law", ref: source.param, source }));
