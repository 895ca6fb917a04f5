import type { Tones } from "../../../tokens/tokens.ts";
import type { Answers } from "../lib/answers.ts";
import type { Lang } from "../lib/format.ts";
import type { ChartAsked, Series } from "./chart.tsx";

type Report = Answers["analytics.read"];
type Table = Report["tables"][number];

/** Which table a report draws, how, and which of its columns. */
const DRAWN: Readonly<
  Record<string, { readonly kind: ChartAsked["kind"]; readonly columns: RegExp; readonly percent?: boolean }>
> = {
  "roll share": { kind: "stack", columns: /^to/, percent: true },
  "vintage 30-loans": { kind: "lines", columns: /^m\d+$/, percent: true },
  "vintage 90-loans": { kind: "lines", columns: /^m\d+$/, percent: true },
  "funnel bands": { kind: "bars", columns: /^(?:came|worse|cured|ended)$/ },
  "contacts channel": { kind: "bars", columns: /^(?:planned|refused|made)$/ },
  "recoveries bands": { kind: "bars", columns: /^received$/ },
  "promises bands": { kind: "bars", columns: /^(?:kept|broken)$/ },
  "agencies agencies": { kind: "bars", columns: /^share$/, percent: true },
  "arms arms": { kind: "bars", columns: /^share$/, percent: true },
  "ages bands": { kind: "bars", columns: /^loans$/ },
};
/** More lines than these cannot be told apart; the table has them all. */
const MOST_LINES = 8;

/** The chart of a table; none where it has nothing to show. */
export function chartOf(report: Report, table: Table, tones: Tones, lang: Lang): ChartAsked | undefined {
  const drawn = DRAWN[`${report.report} ${table.key}`];
  if (!drawn) return undefined;
  const at = table.columns.flatMap(({ key }, i) => (drawn.columns.test(key) ? [i] : []));
  const value = (text: string | null | undefined): number | null =>
    text === null || text === undefined ? null : Number(text);
  const percent = drawn.percent ? { percent: true } : {};
  if (drawn.kind === "lines") {
    const rows = table.rows.filter(({ cells }) => at.filter((i) => cells[i]?.value !== null).length > 2);
    const shown = rows.slice(-MOST_LINES);
    if (shown.length === 0) return undefined;
    const months = at.filter((i) => shown.some(({ cells }) => cells[i]?.value !== null));
    return {
      kind: "lines",
      ...percent,
      names: months.map((i) => table.columns[i]!.says[lang]),
      series: shown.map(
        ({ key, cells }, n): Series => ({
          name: key,
          values: months.map((i) => value(cells[i]?.value)),
          colour: n === shown.length - 1 ? tones.accent : tones.ages[n % 2 === 0 ? 1 : 3],
        }),
      ),
    };
  }
  // What is not past due would dwarf every band; the table has it.
  const rows = report.report === "ages" ? table.rows.filter(({ key }) => Number(key) > 0) : table.rows;
  const series = at.map((i, n): Series => {
    const { key, says } = table.columns[i]!;
    return {
      name: says[lang],
      values: rows.map(({ cells }) => value(cells[i]?.value)),
      colour: colourOf(key, n, at.length, tones),
    };
  });
  const isEmpty = series.every(({ values }) => values.every((one) => one === null || one === 0));
  if (rows.length === 0 || isEmpty) return undefined;
  return { kind: drawn.kind, ...percent, names: rows.map(({ says }) => says[lang]), series };
}

/** Ages are one ramp; what ended well is the accent. */
function colourOf(key: string, n: number, of: number, tones: Tones): string {
  const cell = /^to(-?\d+)$/.exec(key)?.[1];
  if (cell === "-1") return tones.accent;
  if (cell === "-3") return tones.ink;
  if (cell !== undefined) return tones.ages[Math.min(5, Number(cell)) as 0];
  if (key === "worse" || key === "broken" || key === "refused") return tones.ages[3];
  if (key === "cured" || key === "kept" || key === "made") return tones.accent;
  return of === 1 ? tones.accent : n === 0 ? tones.ages[1] : tones.ages[0];
}
