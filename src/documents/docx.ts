import { type Day, formatDay } from "../core/index.ts";
import { type Block, type LetterDocument, PAGE_WORDS, type Table } from "./blocks.ts";
import type { DocumentLanguage } from "./letter.ts";

/** A picture in the package, with its size on paper in millimetres. */
export interface DocxPicture {
  readonly name: string;
  readonly millimetres: number;
}

/**
 * The letter as the parts of a Word document (ECMA-376), to be zipped: the same texts as every other form, for lawyers to edit.
 *
 * Gives   text by the part's path, in the order in which they are packed. Nothing in them hangs on a clock.
 */
export function docxParts(document: LetterDocument, qr: DocxPicture): ReadonlyMap<string, string> {
  const { language, footer, warning, letterhead, subtitle, fields, on } = document;
  return wordPackage({
    body: bodyXml(document, qr),
    language,
    title: `${subtitle} ${fields[0]?.value ?? ""}`,
    creator: letterhead.name,
    on,
    footer,
    lists: countLists(document),
    picture: qr,
    ...(warning === undefined ? {} : { header: warning }),
  });
}

export interface WordPackage {
  /** Paragraphs and tables, in WordprocessingML. */
  readonly body: string;
  readonly language: DocumentLanguage;
  readonly title: string;
  readonly creator: string;
  readonly on: Day;
  readonly footer: string;
  readonly header?: string;
  /** Numbered lists in the body, numbered from 1. */
  readonly lists: number;
  readonly picture?: DocxPicture;
}

/** The parts of a Word document around its body, in the order in which they are packed. */
export function wordPackage(given: WordPackage): ReadonlyMap<string, string> {
  return new Map([
    ["[Content_Types].xml", CONTENT_TYPES],
    ["_rels/.rels", ROOT_RELS],
    ["docProps/core.xml", coreXml(given)],
    ["word/document.xml", documentXml(given.body)],
    ["word/_rels/document.xml.rels", documentRels(given.picture)],
    ["word/styles.xml", stylesXml(given.language)],
    ["word/numbering.xml", numberingXml(given.lists)],
    ["word/footer1.xml", footerXml(given)],
    ["word/header1.xml", headerXml(given)],
  ]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const run = (text: string): string => `<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
export const bold = (text: string): string =>
  `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
export const paragraph = (style: string, runs: string, more = ""): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${runs}</w:p>`;
export const lines = (texts: readonly string[]): string => texts.map(run).join("<w:r><w:br/></w:r>");

function bodyXml(document: LetterDocument, qr: DocxPicture): string {
  let lists = 0;
  const numbered = (items: readonly string[]): string => {
    lists += 1;
    const number = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${lists}"/></w:numPr>`;
    return items.map((item) => paragraph("ListNumber", run(item), number)).join("");
  };
  const block = (one: Block): string => {
    switch (one.kind) {
      case "heading":
        return paragraph("Heading2", run(one.text));
      case "paragraph":
        return paragraph("BodyText", run(one.text));
      case "quote":
        return paragraph("Quote", `${bold(one.source)}<w:r><w:br/></w:r>${run(one.text)}`);
      case "list":
        return numbered(one.items);
      case "table":
        return tableXml(one);
    }
  };
  const { letterhead, fields, enclosures } = document;
  const body = [
    paragraph("Firm", run(letterhead.name)),
    paragraph("FirmLines", lines(letterhead.lines)),
    paragraph("Heading1", run(document.title)),
    paragraph("Subtitle", run(document.subtitle)),
    ...fields.map(({ label, value }) => paragraph("Field", `${bold(label)}<w:r><w:tab/></w:r>${run(value)}`)),
    paragraph("Salutation", bold(document.salutation)),
    ...document.blocks.map(block),
    paragraph("BodyText", run(document.closing), "<w:keepNext/>"),
    paragraph("Signature", lines(document.signature), "<w:keepNext/><w:keepLines/>"),
    paragraph("Check", pictureXml(qr, document.check.alt), "<w:keepNext/>"),
    paragraph("Check", lines(document.check.lines), "<w:keepLines/>"),
    ...(enclosures === undefined ? [] : [paragraph("Check", run(enclosures))]),
  ];
  return body.join("");
}

const documentXml = (body: string): string =>
  `${XML}<w:document ${W} xmlns:r="${OFFICE}/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1474" w:bottom="1304" w:left="1474" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`;

export function tableXml({ caption, columns, rows, total }: Table): string {
  const border = ["top", "left", "bottom", "right", "insideH", "insideV"]
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="555555"/>`)
    .join("");
  const cell = (text: string, align: string, strong: boolean): string =>
    `<w:tc><w:tcPr><w:vAlign w:val="center"/></w:tcPr>${paragraph("TableText", strong ? bold(text) : run(text), `<w:jc w:val="${align}"/>`)}</w:tc>`;
  const head = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${columns.map((column) => cell(column.head, "center", true)).join("")}</w:tr>`;
  const body = rows.map(
    (row, n) =>
      `<w:tr><w:trPr><w:cantSplit/></w:trPr>${row.map((text, at) => cell(text, columns[at]!.align, total && n === rows.length - 1)).join("")}</w:tr>`,
  );
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${border}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>` +
    `<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val="${escapeXml(caption)}"/></w:tblPr><w:tblGrid>${columns.map(() => "<w:gridCol/>").join("")}</w:tblGrid>${head}${body.join("")}</w:tbl>${paragraph("AfterTable", "")}`
  );
}

const EMU_PER_MILLIMETRE = 36_000;

function pictureXml({ millimetres }: DocxPicture, alt: string): string {
  const size = millimetres * EMU_PER_MILLIMETRE;
  const text = escapeXml(alt);
  return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${size}" cy="${size}"/><wp:docPr id="1" name="QR" descr="${text}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="QR" descr="${text}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId5"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${size}" cy="${size}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
}

const field = (code: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;

function footerXml({ footer, language }: WordPackage): string {
  const [before, between, after] = PAGE_WORDS[language];
  return `${XML}<w:ftr ${W}>${paragraph("Footer", `${run(footer)}<w:r><w:tab/></w:r>${run(before)}${field("PAGE")}${run(between)}${field("NUMPAGES")}${run(after)}`)}</w:ftr>`;
}

const headerXml = ({ header }: WordPackage): string =>
  `${XML}<w:hdr ${W}>${paragraph("Header", header === undefined ? "" : bold(header))}</w:hdr>`;

const coreXml = ({ on, title, creator }: WordPackage): string => {
  const date = `${formatDay(on)}T00:00:00Z`;
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(creator)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${date}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${date}</dcterms:modified></cp:coreProperties>`;
};

const countLists = ({ blocks }: LetterDocument): number =>
  blocks.filter(({ kind }) => kind === "list").length;

/** Each list counts from 1, so each has its own number. */
function numberingXml(lists: number): string {
  const abstract =
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="840" w:hanging="420"/></w:pPr></w:lvl></w:abstractNum>';
  const numbers = Array.from(
    { length: lists },
    (_, n) =>
      `<w:num w:numId="${n + 1}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
  );
  return `${XML}<w:numbering ${W}>${abstract}${numbers.join("")}</w:numbering>`;
}

/** 仿宋 is the customary face of legal papers, and every Chinese Word has it; both font sets are named, or Word picks a Japanese one. */
function stylesXml(language: DocumentLanguage): string {
  const indent = language === "zh-CN" ? '<w:ind w:firstLineChars="200" w:firstLine="420"/>' : "";
  const style = (id: string, name: string, ppr: string, rpr = ""): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${ppr}</w:pPr><w:rPr>${rpr}</w:rPr></w:style>`;
  const size = (half: number): string => `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`;
  const space = (before: number, after: number): string =>
    `<w:spacing w:before="${before}" w:after="${after}" w:line="240" w:lineRule="auto"/>`;
  return [
    `${XML}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="FangSong" w:cs="Times New Roman"/>${size(21)}<w:lang w:val="${language === "zh-CN" ? "en-US" : "en-GB"}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>`,
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
    style("Firm", "Firm", `${space(0, 60)}<w:jc w:val="center"/>`, `<w:b/>${size(38)}`),
    style(
      "FirmLines",
      "Firm lines",
      `<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="18" w:space="4" w:color="000000"/></w:pBdr>${space(0, 240)}<w:jc w:val="center"/>`,
      size(17),
    ),
    style(
      "Heading1",
      "heading 1",
      `${space(120, 60)}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>`,
      `<w:b/>${size(36)}`,
    ),
    style("Subtitle", "Subtitle", `${space(0, 200)}<w:jc w:val="center"/>`, size(24)),
    style(
      "Field",
      "Field",
      `<w:tabs><w:tab w:val="left" w:pos="1470"/></w:tabs>${space(0, 40)}<w:ind w:left="1470" w:hanging="1470"/>`,
    ),
    style("Salutation", "Salutation", space(200, 120)),
    style(
      "Heading2",
      "heading 2",
      `<w:keepNext/>${space(200, 100)}<w:outlineLvl w:val="1"/>`,
      `<w:b/>${size(22)}`,
    ),
    style(
      "BodyText",
      "Body Text",
      `<w:spacing w:after="100" w:line="340" w:lineRule="auto"/>${indent}<w:jc w:val="both"/>`,
    ),
    style("Plain", "Plain", '<w:spacing w:after="100" w:line="340" w:lineRule="auto"/>'),
    style("Quote", "Quote", '<w:spacing w:after="100" w:line="320" w:lineRule="auto"/><w:ind w:left="420"/>'),
    style("ListNumber", "List Number", '<w:spacing w:after="60" w:line="320" w:lineRule="auto"/>'),
    style("TableText", "Table Text", space(40, 40), size(18)),
    style("AfterTable", "After Table", space(0, 60), size(10)),
    style(
      "Signature",
      "Signature",
      '<w:spacing w:before="200" w:after="200" w:line="360" w:lineRule="auto"/><w:ind w:left="4700"/>',
    ),
    style("Check", "Check", space(60, 60), size(17)),
    style("Header", "header", '<w:jc w:val="center"/>', `<w:color w:val="9A0000"/>${size(17)}`),
    style(
      "Footer",
      "footer",
      '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="555555"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="8958"/></w:tabs>',
      size(17),
    ),
    "</w:styles>",
  ].join("");
}

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="gif" ContentType="image/gif"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${WORD}.numbering+xml"/><Override PartName="/word/footer1.xml" ContentType="${WORD}.footer+xml"/><Override PartName="/word/header1.xml" ContentType="${WORD}.header+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const ROOT_RELS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

const documentRels = (picture: DocxPicture | undefined): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="${OFFICE}/relationships/footer" Target="footer1.xml"/><Relationship Id="rId4" Type="${OFFICE}/relationships/header" Target="header1.xml"/>${picture ? `<Relationship Id="rId5" Type="${OFFICE}/relationships/image" Target="media/${picture.name}"/>` : ""}</Relationships>`;
