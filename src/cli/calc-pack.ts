import { loadPack, PLACES, type Place } from "../../packs/load.ts";
import type { Result } from "../core/index.ts";
import type { Pack } from "../policy/index.ts";
import { Impossible, oneOf } from "./json-in.ts";

/** A pack is read once, when it is first asked for. */
const packs = new Map<Place, Pack>();

export function packAt(value: unknown, at = "pack"): Pack {
  const place = oneOf(value, PLACES, at);
  const found = packs.get(place) ?? loadPack(place);
  packs.set(place, found);
  return found;
}

/** A pack that has values of this kind at all: one that has none says so, and speaks of no day. */
export function packWith(kind: string, what: string, value: unknown, at = "pack"): Pack {
  const pack = packAt(value, at);
  if (Object.keys(pack.params).some((name) => name.startsWith(kind))) return pack;
  throw new Impossible("no-text-read", `the pack ${pack.place} has no ${what}`, at);
}

/** A pack's refusal is the request's: `within` is the place of what was asked. */
export function orRefused<T>(result: Result<T>, within = ""): T {
  if (result.ok) return result.value;
  const { code, says, at = "" } = result.refusal;
  throw new Impossible(code, says, within && at ? `${within}.${at}` : within || at);
}
