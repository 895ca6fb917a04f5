import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import encodeQR from "qr";
import { type Day, ok, type Result, refuse, ymd } from "../core/index.ts";
import {
  compose,
  docxParts,
  type Letter,
  type LetterDocument,
  toHtml,
  toText,
  typstData,
} from "../documents/index.ts";
import { type Paper, paperDocxParts, paperTypstData } from "../documents/papers/index.ts";
import { type FontFile, missingGlyphs, readFont } from "./glyphs.ts";
import { sha256 } from "./hash.ts";
import { labelsFile, paperFile, sheetFile, templateFile } from "./paths.ts";
import { Pool } from "./pool.ts";
import { type LetterTemplate, templateDocx } from "./template.ts";
import { packDocx } from "./zip.ts";

/** The archive form that courts and archives take: tagged, all characters with their Unicode. */
export const PDF_STANDARD = "a-2a";

export interface PressOptions {
  /** Compilers at work at one time, each in its own thread with its own 150 MB; 1 where absent. */
  readonly workers?: number;
}

export interface Printed {
  readonly bytes: Uint8Array;
  /** SHA-256 over all that the bytes hang on: data, template, fonts, version of the compiler. */
  readonly inputsSha256: string;
}

export interface PrintedPages extends Printed {
  readonly pages: number;
}

/** A table to print. `columns`: the share of the width that each takes; 0 for what its text needs. */
export interface PrintedSheet {
  readonly title: string;
  readonly on: Day;
  readonly notes: readonly string[];
  readonly heads: readonly string[];
  readonly columns: readonly number[];
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[];
}

/** Turns a letter into bytes. The same letter gives the same bytes, whatever the day and the machine. */
export interface Press {
  /** PDF/A-2a, tagged. Refuses a character that the fonts lack (`no-glyph`), before anything is printed. */
  pdf(letter: Letter): Promise<Result<PrintedPages>>;
  /** Word document, in the house's form or in a firm's own template. */
  docx(letter: Letter, template?: LetterTemplate): Promise<Result<Printed>>;
  html(letter: Letter): Printed;
  text(letter: Letter): Printed;
  /** Address labels, from what `bundleLetters` says. */
  labels(data: string): Promise<{ readonly bytes: Uint8Array }>;
  /** A table with a title and lines to sign, as PDF/A-2a. Refuses a character that the fonts lack. */
  sheet(sheet: PrintedSheet): Promise<Result<{ readonly bytes: Uint8Array; readonly pages: number }>>;
  /** A paper of a court as PDF/A-2a. Refuses a character that the fonts lack. `author` is whoever files it. */
  paper(paper: Paper, author: string): Promise<Result<PrintedPages>>;
  /** The same as a Word document. */
  paperDocx(paper: Paper, author: string): Printed;
  /** The hash that `pdf` will state, without printing. */
  inputsOf(letter: Letter): string;
  close(): Promise<void>;
}

/**
 * Opens the press: reads the fonts and starts the compilers, each in a thread of its own.
 *
 * Needs   the packages `@myriaddreamin/typst-ts-node-compiler` and `@expo-google-fonts/noto-serif-sc`; says so where they
 *         are missing. Close it after use.
 */
export async function openPress(options: PressOptions = {}): Promise<Press> {
  const kit = readKit();
  const pool = new Pool(options.workers ?? 1, { fonts: kit.paths, standard: PDF_STANDARD });
  const dataOf = (document: LetterDocument): string => typstData(document, qrSvg(document.check.url));
  return {
    pdf: async (letter) => {
      const document = compose(letter);
      const missing = missingGlyphs(JSON.stringify(document), kit.fonts);
      if (missing.length > 0) return refuse("no-glyph", noGlyph(letter, missing), "letter");
      const data = dataOf(document);
      const { bytes, pages } = await pool.print(kit.template, data);
      return ok({ bytes, pages, inputsSha256: kit.hash(data) });
    },
    docx: async (letter, template) => {
      if (template !== undefined) return templateDocx(letter, template);
      const document = compose(letter);
      const parts = docxParts(document, { name: "qr.gif", millimetres: 24 });
      const picture = encodeQR(document.check.url, "gif", { ecc: "medium", scale: 6, border: 2 });
      const bytes = packDocx(parts, new Map([["word/media/qr.gif", picture]]), letter.on);
      return ok({ bytes, inputsSha256: sha256(bytes) });
    },
    html: (letter) => {
      const document = compose(letter);
      return plain(toHtml(document, qrSvg(document.check.url)));
    },
    text: (letter) => plain(toText(compose(letter))),
    labels: (data) => pool.print(kit.labels, data),
    sheet: async ({ on, ...sheet }) => {
      const missing = missingGlyphs(JSON.stringify(sheet), kit.fonts);
      if (missing.length > 0)
        return refuse(
          "no-glyph",
          `the fonts lack ${missing.join(", ")}, so this page is not printed`,
          "rows",
        );
      return ok(await pool.print(kit.sheet, JSON.stringify({ ...sheet, date: ymd(on) })));
    },
    paper: async (paper, author) => {
      const data = paperTypstData(paper, author);
      // Which block is of which kind is told in Latin letters, and so is every key: the fonts have them.
      const missing = missingGlyphs(data, kit.fonts);
      if (missing.length > 0)
        return refuse(
          "no-glyph",
          `the fonts lack ${missing.join(", ")}, so this paper is not printed`,
          "paper",
        );
      return ok({ ...(await pool.print(kit.paper, data)), inputsSha256: kit.paperHash(data) });
    },
    paperDocx: (paper, author) => {
      const bytes = packDocx(paperDocxParts(paper, author), new Map(), paper.on);
      return { bytes, inputsSha256: sha256(bytes) };
    },
    inputsOf: (letter) => kit.hash(dataOf(compose(letter))),
    close: () => pool.close(),
  };
}

/** Text and HTML come from the letter alone: their own bytes are all their inputs. */
const plain = (text: string): Printed => {
  const bytes = Buffer.from(text, "utf8");
  return { bytes, inputsSha256: sha256(bytes) };
};

export const qrSvg = (url: string): string => encodeQR(url, "svg", { ecc: "medium", border: 2 });

function noGlyph(letter: Letter, missing: readonly string[]): string {
  const named = missing.map((character) => `${character} (U+${hex(character)})`).join(", ");
  return (
    `letter ${letter.number} has characters that the letter fonts lack: ${named}. It is not printed, because a blank would stand ` +
    "in their place; print this one by hand, or correct the name if it was mistyped"
  );
}

const hex = (character: string): string =>
  character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");

// --- what the press works with ----------------------------------------------------------------------------------------

interface Kit {
  readonly paths: readonly string[];
  readonly fonts: readonly FontFile[];
  readonly template: string;
  readonly labels: string;
  readonly sheet: string;
  readonly paper: string;
  readonly hash: (data: string) => string;
  readonly paperHash: (data: string) => string;
}

const COMPILER = "@myriaddreamin/typst-ts-node-compiler";
const FONTS = "@expo-google-fonts/noto-serif-sc";
const FACES = ["400Regular/NotoSerifSC_400Regular.ttf", "700Bold/NotoSerifSC_700Bold.ttf"];

function readKit(): Kit {
  const compiler = packageFolder(COMPILER);
  const folder = packageFolder(FONTS);
  const version = (JSON.parse(readFileSync(join(compiler, "package.json"), "utf8")) as { version: string })
    .version;
  const paths = FACES.map((face) => join(folder, face));
  const files = paths.map((path) => readFileSync(path));
  const template = readFileSync(templateFile(), "utf8");
  const paper = readFileSync(paperFile(), "utf8");
  const fonts = files.map((file) => sha256(file));
  const hashWith = (form: string) => {
    const frame = sha256(JSON.stringify([COMPILER, version, PDF_STANDARD, sha256(form), ...fonts]));
    return (data: string): string => sha256(`${frame}\n${data}`);
  };
  return {
    paths,
    fonts: files.map((file, n) => readFont(FACES[n]!, file)),
    template,
    labels: readFileSync(labelsFile(), "utf8"),
    sheet: readFileSync(sheetFile(), "utf8"),
    paper,
    hash: hashWith(template),
    paperHash: hashWith(paper),
  };
}

function packageFolder(name: string): string {
  const here = createRequire(import.meta.url);
  for (const folder of here.resolve.paths(name) ?? []) {
    if (existsSync(join(folder, name, "package.json"))) return join(folder, name);
  }
  throw new Error(`printing letters needs the package ${name}: npm install ${COMPILER}@0.7.0 ${FONTS}@0.4.3`);
}
