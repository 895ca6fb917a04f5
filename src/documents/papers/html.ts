import { escapeHtml, pageHtml, tableHtml } from "../html.ts";
import type { Line, Paper, PaperBlock } from "./paper.ts";
import { boxText } from "./text.ts";

/** The paper as one page of HTML: every text escaped, no script, nothing that is fetched. */
export function paperHtml(paper: Paper): string {
  const { title, subtitle, blocks, signature, enclosures, on } = paper;
  return pageHtml({
    language: "zh-CN",
    on,
    title: `${title}${subtitle ?? ""}`,
    style: STYLE,
    main: `<h1>${escapeHtml(title)}</h1>
${subtitle === undefined ? "" : `<p class="subtitle">${escapeHtml(subtitle)}</p>\n`}${blocksHtml(blocks)}
<p class="signature">${signature.map(escapeHtml).join("<br>\n")}</p>${enclosures === undefined ? "" : `\n<p>${escapeHtml(enclosures)}</p>`}`,
  });
}

/** Rows that follow each other stand in one table, as the form has them. */
function blocksHtml(blocks: readonly PaperBlock[]): string {
  const parts: string[] = [];
  let rows: string[] = [];
  const close = (): void => {
    if (rows.length > 0) parts.push(`<table class="form">\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`);
    rows = [];
  };
  for (const block of blocks) {
    if (block.kind === "band" || block.kind === "row") rows.push(rowHtml(block));
    else {
      close();
      parts.push(blockHtml(block));
    }
  }
  close();
  return parts.join("\n");
}

const lineHtml = (line: Line): string =>
  line
    .map((piece) =>
      typeof piece === "string"
        ? escapeHtml(piece)
        : `<span role="img" aria-label="${piece.box ? "已选" : "未选"}">${boxText(piece)}</span>`,
    )
    .join("");

function rowHtml(block: Extract<PaperBlock, { kind: "band" | "row" }>): string {
  if (block.kind === "band")
    return `<tr class="band"><th colspan="2" scope="colgroup">${escapeHtml(block.text)}${block.note === undefined ? "" : `<br><small>${escapeHtml(block.note)}</small>`}</th></tr>`;
  return `<tr><th scope="row">${escapeHtml(block.label)}</th><td>${block.lines.map(lineHtml).join("<br>\n")}</td></tr>`;
}

function blockHtml(block: Exclude<PaperBlock, { kind: "band" | "row" }>): string {
  switch (block.kind) {
    case "notice":
      return `<div class="notice">${block.lines.map((one) => `<p>${escapeHtml(one)}</p>`).join("\n")}</div>`;
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "paragraph":
      return `<p class="body">${escapeHtml(block.text)}</p>`;
    case "plain":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "table":
      return tableHtml(block);
  }
}

const STYLE = `body { margin: 0; font: 15px/1.6 "Noto Serif SC", "Songti SC", SimSun, serif; color: #1a1a1a; background: #fff; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem; }
h1 { text-align: center; margin: 1rem 0 0; letter-spacing: .2em; }
.subtitle { text-align: center; margin: 0 0 1rem; }
h2 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
p { margin: .4rem 0; }
.body { text-indent: 2em; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; table-layout: fixed; }
th, td { border: 1px solid #444; padding: .3rem .5rem; text-align: left; vertical-align: top; font-weight: normal; overflow-wrap: anywhere; }
.form th { width: 26%; }
.band th { width: auto; text-align: center; font-weight: bold; background: #f0f0f0; }
.notice { border: 1px solid #444; padding: .4rem .8rem; font-size: .9rem; }
.notice p { margin: .1rem 0; }
.signature { text-align: right; margin-top: 1.5rem; line-height: 2.2; }
@media print { body { font-size: 10.5pt; } main { max-width: none; padding: 0; } }`;
