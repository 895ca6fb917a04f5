import { strToU8, unzipSync, zipSync } from "fflate";
import { type Day, formatDay } from "../core/index.ts";

/** A zip file with one fixed time on every entry, in the order given: the same entries give the same bytes. */
export function zip(entries: Iterable<readonly [path: string, bytes: Uint8Array]>, on: Day): Uint8Array {
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: entryTime(on) });
}

/** Zip files keep local time, from 1980 on: the parts of the day are given, so that the zone of the machine does not count. */
const entryTime = (on: Day): Date => {
  const [year, month, day] = formatDay(on).split("-").map(Number) as [number, number, number];
  return new Date(Math.max(1980, year), month - 1, day, 0, 0, 0);
};

export function packDocx(
  parts: ReadonlyMap<string, string>,
  pictures: ReadonlyMap<string, Uint8Array>,
  on: Day,
): Uint8Array {
  return zip([...[...parts].map(([path, text]) => [path, strToU8(text)] as const), ...pictures], on);
}

/** The same zip file again with fixed times: what libraries pack carries the hour. */
export const withFixedTimes = (bytes: Uint8Array, on: Day): Uint8Array =>
  zip(Object.entries(unzipSync(bytes)), on);
