import type { Block } from "./blocks.ts";
import { compose, saidOf } from "./compose.ts";
import type { Letter } from "./letter.ts";

/**
 * What a firm's own Word template can ask for. A name with `#` opens a loop and the same with `/` ends it; `{text}` inside
 * it is one line: `{#paragraphs}{text}{/paragraphs}`.
 */
export const LETTER_TAGS = [
  "number",
  "date",
  "code",
  "verifyUrl",
  "firm",
  "firmLicence",
  "firmAddress",
  "firmPhone",
  "lawyer",
  "lawyerLicence",
  "client",
  "clientPhone",
  "addressee",
  "addresseeAddress",
  "subtitle",
  "salutation",
  "demanded",
  "answerBy",
  "closing",
  "warning",
  "paragraphs",
  "waysToPay",
  "enclosures",
  "text",
] as const;
export type LetterTag = (typeof LETTER_TAGS)[number];

/** The tags that repeat what stands between them. */
export const LOOP_TAGS: readonly LetterTag[] = ["paragraphs", "waysToPay", "enclosures"];

/**
 * Without these a letter is not complete, or cannot be checked, or hides that it is a trial: a template that lacks one is
 * refused. The facts, the account, the demand and what follows from it all stand in `paragraphs`.
 */
export const REQUIRED_TAGS: readonly LetterTag[] = [
  "number",
  "date",
  "firm",
  "lawyer",
  "lawyerLicence",
  "client",
  "addressee",
  "paragraphs",
  "code",
  "verifyUrl",
  "warning",
];

type Line = { readonly text: string };
export type TagValues = Readonly<Record<Exclude<LetterTag, "text">, string | readonly Line[]>>;

/** What each tag is in one letter: the same sentences as in every other form of it. */
export function tagValues(letter: Letter): TagValues {
  const document = compose(letter);
  const { money, day } = saidOf(letter);
  const line = (text: string): Line => ({ text });
  return {
    number: letter.number,
    date: day(letter.on),
    code: letter.code,
    verifyUrl: letter.verifyUrl,
    firm: letter.firm.name,
    firmLicence: letter.firm.licence,
    firmAddress: letter.firm.address,
    firmPhone: letter.firm.phone,
    lawyer: letter.lawyer.name,
    lawyerLicence: letter.lawyer.licence,
    client: letter.client.name,
    clientPhone: letter.client.phone,
    addressee: letter.addressee.name,
    addresseeAddress: letter.addressee.address ?? "",
    subtitle: document.subtitle,
    salutation: document.salutation,
    demanded: money(letter.demanded),
    answerBy: day(letter.answerBy),
    closing: document.closing,
    warning: document.warning ?? "",
    paragraphs: document.blocks.flatMap(linesOf).map(line),
    waysToPay: letter.client.waysToPay.map(line),
    enclosures: letter.enclosures.map(line),
  };
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return [block.text];
    case "quote":
      return [block.source, block.text];
    case "list":
      return block.items.map((item, n) => `${n + 1}. ${item}`);
    case "table":
      return [block.columns.map(({ head }) => head), ...block.rows].map((row) => row.join("\t"));
  }
}
