import { addDays, day, formatDay, invariant, parseRate } from "../../src/core/index.ts";
import { dayText, mapping, onlyKeys, text } from "../params.ts";

const KEYS = ["checked_on", "read_through", "force", "law", "lists", "fixings"];
const CLAUSES: Readonly<Record<string, string>> = {
  A: "list A",
  "B+": "list B+",
  B: "list B",
  C: "list C",
};

/**
 * The fixings of `lpr.yaml` as dated values of the parameter `lpr.one-year`, each in force until the day before the next.
 *
 * Takes   the parsed file.
 * Gives   the parameter as a file of parameters would have it, one value a fixing with its own state; the last one
 *         ends with `read_through`, so that a day after it has no value.
 * Refuses by throwing: a row out of order, a list that is not described, a rate that is none.
 */
export function lprParams(file: unknown): Readonly<Record<string, unknown>> {
  const found = mapping(file, "lpr");
  onlyKeys(found, KEYS, "lpr");
  const lists = mapping(found.lists, "lpr: lists");
  const rows = found.fixings;
  invariant(Array.isArray(rows) && rows.length > 0, "lpr: fixings is not a list");
  const fixings = rows.map((row: unknown, index) => {
    const at = `lpr: fixings[${index}]`;
    invariant(Array.isArray(row) && row.length === 3, `${at} is not [day, percent, list]`);
    const [on, percent, list] = [
      dayText(row[0], `${at}[0]`),
      text(row[1], `${at}[1]`),
      text(row[2], `${at}[2]`),
    ];
    invariant(
      parseRate(percent, "year") !== undefined,
      `${at}[1] is "${percent}", expected a rate such as "3.85"`,
    );
    invariant(
      Object.hasOwn(lists, list) && Object.hasOwn(CLAUSES, list),
      `${at}[2] names no known list: ${list}`,
    );
    return { on, percent, list };
  });
  const readThrough = dayText(found.read_through, "lpr: read_through");
  const values = fixings.map(({ on, percent, list }, index) => {
    const next = fixings[index + 1];
    const to = next === undefined ? readThrough : formatDay(addDays(day(next.on), -1));
    return {
      from: on,
      to,
      value: { percent },
      force: found.force,
      verification: lists[list],
      checked_on: found.checked_on,
      cite: { law: found.law, at: CLAUSES[list], quote: `${on} ${percent}` },
    };
  });
  return { "lpr.one-year": values };
}
