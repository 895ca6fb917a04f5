export {
  type AgreementFacts,
  type AgreementLanguage,
  type AgreementText,
  agreement,
  agreementPaper,
  agreementText,
} from "./agreement.ts";
export { amountWords } from "./amount-words.ts";
export { type Block, type LetterDocument, PAGE_WORDS, type Table } from "./blocks.ts";
export { compose } from "./compose.ts";
export { type DocxPicture, docxParts } from "./docx.ts";
export { escapeHtml, toHtml } from "./html.ts";
export { type CalendarEntry, calendarFeed } from "./icalendar.ts";
export { LETTER_LAW, type Quoted } from "./law.ts";
export type * from "./letter.ts";
export { DOCUMENT_LANGUAGES, LETTER_KINDS, readLetter } from "./letter-in.ts";
export { asciiPunctuation } from "./lint.ts";
export { LETTER_TAGS, type LetterTag, LOOP_TAGS, REQUIRED_TAGS, type TagValues, tagValues } from "./tags.ts";
export { toText } from "./text.ts";
export { typstData } from "./typst.ts";
