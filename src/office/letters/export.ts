import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayAt, type Refusal } from "../../core/index.ts";
import type { Letter } from "../../documents/index.ts";
import {
  bundleLetters,
  type LetterTemplate,
  letterFileName,
  openPress,
  type Press,
} from "../../press/index.ts";
import { type KeptLetter, keptFile, letterOf, releasedTemplate } from "../../store/index.ts";
import { Declined } from "../io.ts";
import type { Office } from "./office.ts";

export const EXPORT_FORMATS = ["pdf", "docx", "html", "txt"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportAsked {
  readonly format: ExportFormat;
  readonly folder: string;
  /** A firm's own Word template by its name, in its newest released version. */
  readonly template?: string;
}

export interface Exported {
  readonly letter: string;
  readonly file?: string;
  readonly refusal?: Refusal;
}

/**
 * Writes letters into a folder, for whoever edits, reads or prints them. Nothing is said of it in the book: a letter leaves the
 * house by being handed over.
 *
 * Takes   letters in any state. A signed one gives the very bytes that were signed, as PDF.
 * Gives   of each its file, or why there is none. PDFs of letters that are not signed come with a manifest and address labels,
 *         and one that stands there already is not printed again.
 */
export async function exportLetters(
  office: Office,
  letters: readonly KeptLetter[],
  { format, folder, template }: ExportAsked,
): Promise<readonly Exported[]> {
  mkdirSync(folder, { recursive: true });
  const own = template === undefined ? undefined : await templateOf(office, template);
  const press = await openPress();
  try {
    if (format === "pdf") return await pdfs(office, letters, folder, press);
    const made: Exported[] = [];
    for (const kept of letters) {
      const letter = letterOf(kept);
      const printed = await printedAs(format, letter, press, own);
      if ("refusal" in printed) made.push({ letter: kept.id, refusal: printed.refusal });
      else made.push({ letter: kept.id, file: put(folder, letter, format, printed.bytes) });
      office.onProgress?.("export", made.length, letters.length);
    }
    return made;
  } finally {
    await press.close();
  }
}

async function templateOf({ db }: Office, name: string): Promise<LetterTemplate> {
  const found = await releasedTemplate(db, name);
  if (found) return { bytes: found.body, sha256: found.sha256, tags: found.tags };
  throw new Declined(`no version of template ${name} is released; arrears template list`);
}

async function printedAs(
  format: Exclude<ExportFormat, "pdf">,
  letter: Letter,
  press: Press,
  template: LetterTemplate | undefined,
): Promise<{ readonly bytes: Uint8Array } | { readonly refusal: Refusal }> {
  if (format === "html") return press.html(letter);
  if (format === "txt") return press.text(letter);
  const printed = await press.docx(letter, template);
  return printed.ok ? printed.value : { refusal: printed.refusal };
}

async function pdfs(
  office: Office,
  letters: readonly KeptLetter[],
  folder: string,
  press: Press,
): Promise<readonly Exported[]> {
  const made: Exported[] = [];
  const unsigned: KeptLetter[] = [];
  for (const kept of letters) {
    const bytes = kept.file === null ? undefined : await keptFile(office.db, kept.file);
    if (bytes) made.push({ letter: kept.id, file: put(folder, letterOf(kept), "pdf", bytes) });
    else unsigned.push(kept);
  }
  if (unsigned.length === 0) return made;
  const bundle = await bundleLetters(press, unsigned.map(letterOf), folder, {
    on: dayAt(office.lender.zone, office.now),
    onProgress: ({ done }) => office.onProgress?.("export", made.length + done, letters.length),
  });
  const ids = new Map(unsigned.map((kept) => [letterOf(kept).number, kept.id]));
  for (const { number, file } of bundle.items) made.push({ letter: ids.get(number)!, file });
  for (const { number, refusal } of bundle.refused) made.push({ letter: ids.get(number)!, refusal });
  return made;
}

function put(folder: string, { number }: Letter, format: ExportFormat, bytes: Uint8Array): string {
  const file = `${letterFileName(number)}.${format}`;
  writeFileSync(join(folder, file), bytes);
  return file;
}
