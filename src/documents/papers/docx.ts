import { escapeXml, lines, paragraph, run, tableXml, wordPackage } from "../docx.ts";
import type { Line, Paper, PaperBlock } from "./paper.ts";

/** The paper as the parts of a Word document, for lawyers to go on with: the same texts as every other form. */
export function paperDocxParts(paper: Paper, creator: string): ReadonlyMap<string, string> {
  const { title, subtitle, blocks, signature, enclosures, on } = paper;
  const body = [
    paragraph("Heading1", run(title)),
    ...(subtitle === undefined ? [] : [paragraph("Subtitle", run(subtitle))]),
    blocksXml(blocks),
    paragraph("Signature", lines(signature), "<w:keepLines/>"),
    ...(enclosures === undefined ? [] : [paragraph("Check", run(enclosures))]),
  ];
  return wordPackage({
    body: body.join(""),
    language: "zh-CN",
    title: `${title}${subtitle ?? ""}`,
    creator,
    on,
    footer: "",
    lists: 0,
  });
}

/** Word has both boxes in a font of every machine; the same signs as in text. */
const boxXml = (ticked: boolean): string =>
  `<w:r><w:rPr><w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol"/></w:rPr><w:t>${ticked ? "☑" : "□"}</w:t></w:r>`;

const lineXml = (line: Line): string =>
  line.map((piece) => (typeof piece === "string" ? run(piece) : boxXml(piece.box))).join("");

const BORDERS = ["top", "left", "bottom", "right", "insideH", "insideV"]
  .map((side) => `<w:${side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>`)
  .join("");
const WIDTH = 8958;
const LABEL = 2300;

const cell = (width: number, content: string, more = ""): string =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${more}</w:tcPr>${content}</w:tc>`;

function rowXml(block: Extract<PaperBlock, { kind: "band" | "row" | "notice" }>): string {
  const texts = (all: readonly Line[]): string =>
    all.map((one) => paragraph("TableText", lineXml(one))).join("");
  if (block.kind === "row")
    return `<w:tr>${cell(LABEL, paragraph("TableText", run(block.label)), '<w:vAlign w:val="center"/>')}${cell(WIDTH - LABEL, texts(block.lines))}</w:tr>`;
  const span = '<w:gridSpan w:val="2"/>';
  if (block.kind === "notice")
    return `<w:tr>${cell(WIDTH, texts(block.lines.map((one) => [one])), span)}</w:tr>`;
  const center = '<w:jc w:val="center"/>';
  const text = paragraph(
    "TableText",
    `<w:r><w:rPr><w:b/></w:rPr><w:t>${escapeXml(block.text)}</w:t></w:r>`,
    center,
  );
  const note = block.note === undefined ? "" : paragraph("TableText", run(block.note), center);
  return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cell(WIDTH, text + note, `${span}<w:shd w:val="clear" w:color="auto" w:fill="F0F0F0"/>`)}</w:tr>`;
}

/** Bands and rows that follow each other are one table of two columns. */
function blocksXml(blocks: readonly PaperBlock[]): string {
  const parts: string[] = [];
  let rows: string[] = [];
  const close = (): void => {
    if (rows.length > 0)
      parts.push(
        `<w:tbl><w:tblPr><w:tblW w:w="${WIDTH}" w:type="dxa"/><w:tblBorders>${BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="${LABEL}"/><w:gridCol w:w="${WIDTH - LABEL}"/></w:tblGrid>${rows.join("")}</w:tbl>${paragraph("AfterTable", "")}`,
      );
    rows = [];
  };
  for (const block of blocks) {
    if (block.kind === "band" || block.kind === "row" || block.kind === "notice") rows.push(rowXml(block));
    else {
      close();
      if (block.kind === "table") parts.push(tableXml(block));
      else if (block.kind === "heading") parts.push(paragraph("Heading2", run(block.text)));
      else if (block.kind === "paragraph") parts.push(paragraph("BodyText", run(block.text)));
      else parts.push(paragraph("Plain", run(block.text)));
    }
  }
  close();
  return parts.join("");
}
