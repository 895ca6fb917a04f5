import { tableText } from "../text.ts";
import type { Line, Paper, PaperBlock, Piece } from "./paper.ts";

/** A box as text has it; on paper it is drawn. */
export const boxText = (piece: Piece): string => (typeof piece === "string" ? piece : piece.box ? "☑" : "□");

export const lineText = (line: Line): string => line.map(boxText).join("");

/** The paper as plain text: for reading on a terminal, and to compare other forms with. Ends with a line feed. */
export function paperText(paper: Paper): string {
  const { title, subtitle, blocks, signature, enclosures } = paper;
  const parts = [
    [title, ...(subtitle === undefined ? [] : [subtitle])].join("\n"),
    ...blocks.map(blockText),
    signature.join("\n"),
    ...(enclosures === undefined ? [] : [enclosures]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function blockText(block: PaperBlock): string {
  switch (block.kind) {
    case "notice":
      return block.lines.join("\n");
    case "band":
      return [block.text, ...(block.note === undefined ? [] : [block.note])].join("\n");
    case "row":
      return [block.label, ...block.lines.map((line) => `    ${lineText(line)}`.trimEnd())].join("\n");
    case "heading":
    case "paragraph":
    case "plain":
      return block.text;
    case "table":
      return tableText(block);
  }
}
