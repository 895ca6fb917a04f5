import { type Day, formatDay } from "../core/index.ts";
import type { Block, LetterDocument, Table } from "./blocks.ts";

/**
 * The letter as one page of HTML, for the portal and for mails: every text escaped, no script, no address that is fetched.
 *
 * Takes   the document; the QR code as SVG, where one is to stand on the page.
 */
export function toHtml(document: LetterDocument, qrSvg?: string): string {
  const { letterhead, title, subtitle, fields, salutation, closing, signature, check, enclosures } = document;
  const lines = (items: readonly string[]): string => items.map(escapeHtml).join("<br>\n");
  return pageHtml({
    language: document.language,
    on: document.on,
    title: `${title.replaceAll("　", "")} ${document.fields[0]?.value ?? ""}`,
    style: STYLE,
    main: `${document.warning === undefined ? "" : `<p class="warning" role="note">${escapeHtml(document.warning)}</p>\n`}<header>
<p class="firm">${escapeHtml(letterhead.name)}</p>
<p class="firm-lines">${lines(letterhead.lines)}</p>
</header>
<h1>${escapeHtml(title)}</h1>
<p class="subtitle">${escapeHtml(subtitle)}</p>
<dl>
${fields.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join("\n")}
</dl>
<p>${escapeHtml(salutation)}</p>
${document.blocks.map(blockHtml).join("\n")}
<p>${escapeHtml(closing)}</p>
<p class="signature">${lines(signature)}</p>
<section class="check">
${qrSvg === undefined ? "" : `<img alt="${escapeHtml(check.alt)}" width="120" height="120" src="data:image/svg+xml,${encodeURIComponent(qrSvg)}">\n`}<p>${lines(check.lines)}</p>
</section>
${enclosures === undefined ? "" : `<p>${escapeHtml(enclosures)}</p>\n`}<footer>${escapeHtml(document.footer)}</footer>`,
  });
}

/** A page with nothing on it that is fetched or run: its head, and what stands in `main`, escaped already. */
export const pageHtml = (page: {
  readonly language: string;
  readonly on: Day;
  readonly title: string;
  readonly style: string;
  readonly main: string;
}): string => `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="date" content="${formatDay(page.on)}">
<title>${escapeHtml(page.title)}</title>
<style>
${page.style}
</style>
</head>
<body>
<main>
${page.main}
</main>
</body>
</html>
`;

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const list = (items: readonly string[]): string =>
  `<ol>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("\n")}\n</ol>`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "paragraph":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "quote":
      return `<blockquote><p>${escapeHtml(block.source)}</p><p>${escapeHtml(block.text)}</p></blockquote>`;
    case "list":
      return list(block.items);
    case "table":
      return tableHtml(block);
  }
}

export function tableHtml({ caption, columns, rows, total }: Table): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, n) =>
        n === 0
          ? `<th scope="row">${escapeHtml(cell)}</th>`
          : `<td class="${columns[n]!.align}">${escapeHtml(cell)}</td>`,
      )
      .join("");
  return `<table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${columns.map(({ head, align }) => `<th scope="col" class="${align}">${escapeHtml(head)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map((row, n) => `<tr${total && n === rows.length - 1 ? ' class="total"' : ""}>${cells(row)}</tr>`).join("\n")}
</tbody>
</table>`;
}

const STYLE = `body { margin: 0; font: 16px/1.7 "Noto Serif SC", "Songti SC", SimSun, serif; color: #1a1a1a; background: #fff; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem; }
header { text-align: center; border-bottom: 3px double #333; }
.firm { font-size: 1.5rem; font-weight: bold; margin: 0; }
.firm-lines { font-size: .85rem; margin: .3rem 0 .8rem; }
h1 { text-align: center; margin: 1.5rem 0 0; }
.subtitle { text-align: center; margin: 0 0 1rem; }
h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
blockquote { margin: .5rem 0 .5rem 1.5rem; padding-left: 1rem; border-left: 3px solid #999; }
blockquote p { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .6rem 0; }
caption { text-align: left; font-weight: bold; padding: .2rem 0; }
th, td { border: 1px solid #666; padding: .25rem .5rem; text-align: left; font-weight: normal; }
thead th { font-weight: bold; background: #f2f2f2; }
.right { text-align: right; }
.total th, .total td { font-weight: bold; }
.signature { text-align: right; }
.check { display: flex; gap: 1rem; align-items: center; overflow-wrap: anywhere; font-size: .9rem; }
.warning { border: 2px solid #9a0000; color: #9a0000; padding: .5rem; text-align: center; font-weight: bold; }
footer { border-top: 1px solid #999; margin-top: 1.5rem; font-size: .8rem; }
@media print { body { font-size: 10.5pt; line-height: 1.5; } main { max-width: none; padding: 0; } h1 { margin-top: .6rem; } }`;
