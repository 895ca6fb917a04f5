import { strToU8 } from "fflate";
import { day } from "../../src/core/index.ts";
import { zip } from "../../src/press/zip.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/** The least Word file: one paragraph a line. */
export const word = (lines: readonly string[]): Uint8Array =>
  zip(
    [
      [
        "[Content_Types].xml",
        strToU8(
          `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`,
        ),
      ],
      [
        "_rels/.rels",
        strToU8(
          `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
        ),
      ],
      [
        "word/document.xml",
        strToU8(
          `<w:document ${W}><w:body>${lines.map((line) => `<w:p><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p>`).join("")}</w:body></w:document>`,
        ),
      ],
    ],
    day("2026-01-01"),
  );

/** A firm's template that has all it needs. */
export const GOOD_TEMPLATE = [
  "{warning}",
  "{firm}",
  "{number} {date}",
  "{addressee}",
  "{#paragraphs}",
  "{text}",
  "{/paragraphs}",
  "{client} {lawyer} {lawyerLicence}",
  "{code} {verifyUrl}",
];
