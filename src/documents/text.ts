import type { Block, LetterDocument, Table } from "./blocks.ts";

/** The letter as plain text: for reading on a terminal, for mails, and to compare other forms with. Ends with a line feed. */
export function toText(document: LetterDocument): string {
  const { letterhead, title, subtitle, fields, salutation, closing, signature, check, enclosures } = document;
  const parts = [
    ...(document.warning === undefined ? [] : [document.warning]),
    [letterhead.name, ...letterhead.lines].join("\n"),
    [title, subtitle].join("\n"),
    fields
      .map(({ label, value }) => `${label}${document.language === "en" ? ": " : "："}${value}`)
      .join("\n"),
    salutation,
    ...document.blocks.map(blockText),
    closing,
    signature.join("\n"),
    check.lines.join("\n"),
    ...(enclosures === undefined ? [] : [enclosures]),
    document.footer,
  ];
  return `${parts.join("\n\n")}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return block.text;
    case "quote":
      return `  ${block.source}\n  ${block.text}`;
    case "list":
      return block.items.map((item, n) => `${n + 1}. ${item}`).join("\n");
    case "table":
      return tableText(block);
  }
}

export function tableText({ columns, rows }: Table): string {
  const all = [columns.map(({ head }) => head), ...rows];
  const widths = columns.map((_, n) => Math.max(...all.map((row) => width(row[n]!))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, n) => {
        const pad = " ".repeat(widths[n]! - width(cell));
        return columns[n]!.align === "right" ? pad + cell : cell + pad;
      })
      .join("   ")
      .trimEnd();
  return all.map((row) => `  ${line(row)}`).join("\n");
}

/** Columns on a terminal: a Chinese character takes two. */
const width = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.codePointAt(0)! >= 0x2e80 ? 2 : 1), 0);
