import { ymd } from "../core/index.ts";
import { type LetterDocument, PAGE_WORDS } from "./blocks.ts";

/**
 * What the Typst template is given: the document, its day in parts, and the QR code. JSON, with the keys always in one order,
 * because the bytes of a letter hang on nothing else.
 */
export function typstData(document: LetterDocument, qrSvg: string): string {
  const [lang, region] = document.language === "zh-CN" ? ["zh", "CN"] : ["en", "GB"];
  return JSON.stringify({
    lang,
    region,
    date: ymd(document.on),
    letterhead: document.letterhead,
    title: document.title,
    subtitle: document.subtitle,
    fields: document.fields,
    salutation: document.salutation,
    blocks: document.blocks,
    closing: document.closing,
    signature: document.signature,
    check: document.check,
    enclosures: document.enclosures ?? null,
    footer: document.footer,
    warning: document.warning ?? null,
    page: PAGE_WORDS[document.language],
    qr: qrSvg,
  });
}
