import { formatInstant } from "../../core/index.ts";

/** What people read in a bundle: plain tables, as CSV and as HTML without script. The same input gives the same bytes. */

export interface Sheet {
  /** In both languages, as all heads are. */
  readonly title: string;
  readonly notes: readonly string[];
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of figures, which stand to the right. */
  readonly figures?: readonly number[];
}

const quoted = (cell: string): string =>
  // A cell that begins like a formula would be run as one by a spreadsheet.
  /^[=+@\t\r＝＋－＠]|^-[^\d]/.test(cell)
    ? `"'${cell.replaceAll('"', '""')}"`
    : /[",\n\r]/.test(cell)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;

/** Comma-separated, with the mark by which spreadsheets know that it is UTF-8. */
export const csvOf = ({ heads, rows }: Pick<Sheet, "heads" | "rows">): string =>
  `\ufeff${[heads, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const STYLE = `
body { font: 14px/1.55 "Noto Serif SC", "Songti SC", SimSun, serif; color: #111; margin: 2.2em auto; max-width: 60em; padding: 0 1em }
h1 { font-size: 1.4em; margin: 0 0 .4em } p { margin: .2em 0 } table { border-collapse: collapse; width: 100%; margin-top: 1.2em }
th, td { border: 1px solid #999; padding: .35em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { background: #f2f2f2; font-weight: 600 } td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.sign { margin-top: 2.4em } @media print { body { margin: 0; max-width: none } thead { display: table-header-group } tr { break-inside: avoid } }
`;

export function htmlOf(
  { title, notes, heads, rows, figures = [] }: Sheet,
  foot: readonly string[] = [],
): string {
  const cell = (text: string, i: number): string =>
    `<td${figures.includes(i) ? ' class="n"' : ""}>${escaped(text)}</td>`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>
${notes.map((note) => `<p>${escaped(note)}</p>`).join("\n")}
<table><thead><tr>${heads.map((head) => `<th>${escaped(head)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n")}
</tbody></table>
${foot.map((line) => `<p class="sign">${escaped(line)}</p>`).join("\n")}
</body></html>
`;
}

export const instantOf = (zone: string, at: number): string => formatInstant(zone, at);
