import { nearest } from "../core/index.ts";
import { ISO_DAYS, PLAIN_NUMBERS, shown } from "./fields.ts";
import type { Layout } from "./rows.ts";

/** How files are read whose columns are called as ours are, so that nobody has to write a map for them. */
export const OWN_FORMATS: Layout<unknown>["formats"] = {
  encoding: "auto",
  delimiter: "auto",
  dates: ISO_DAYS,
  numbers: PLAIN_NUMBERS,
  header: true,
  onBadRow: "quarantine",
};

/** What is said of a column that is none of ours: the nearest one, or all of them. */
export function unknownColumn(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `The file has a column "${shown(name)}"${near ? `; did you mean "${near}"?` : `: known are ${known.join(", ")}.`}`;
}
