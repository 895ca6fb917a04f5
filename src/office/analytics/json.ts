import type { Report, Table } from "../../analytics/index.ts";
import { formatDay } from "../../core/index.ts";
import { csvOf } from "../csv.ts";
import type { Language } from "../io.ts";

/** A report as the API and `--json` give it: every text in both languages, every figure with the query of its loans. */
export const reportJson = ({ id, currency, from, to, says, tables, means }: Report) => ({
  report: id,
  currency,
  from: formatDay(from),
  to: formatDay(to),
  says: says.map((one) => ({ ...one })),
  tables: tables.map(({ key, says, of, columns, rows }) => ({
    key,
    says: { ...says },
    of: { ...of },
    columns: columns.map((column) => ({ ...column, says: { ...column.says } })),
    rows: rows.map((row) => ({
      key: row.key,
      says: { ...row.says },
      cells: row.cells.map(({ value, behind }) => ({ value, behind: behind ? { ...behind } : null })),
      caution: row.caution ? { ...row.caution } : null,
    })),
  })),
  means: means.map((one) => ({ ...one })),
});

/** A table as a file for a spreadsheet: names in one language, figures as they are. */
export const tableCsv = ({ of, columns, rows }: Table, language: Language): string =>
  csvOf([
    [of[language], ...columns.map(({ says }) => says[language])],
    ...rows.map(({ says, cells }) => [says[language], ...cells.map(({ value }) => value ?? "")]),
  ]);
