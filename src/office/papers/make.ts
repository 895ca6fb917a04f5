import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { Day } from "../../core/index.ts";
import {
  checkPaper,
  composePaper,
  gatherCase,
  mayBeFiled,
  type Paper,
  type PaperFacts,
  type PaperFinding,
  type PaperKind,
  paperHtml,
  paperText,
} from "../../documents/papers/index.ts";
import { letterFileName, type Press } from "../../press/index.ts";
import type { LoanFile } from "../../store/index.ts";
import type { Bundled } from "./bundled.ts";
import { caseOfLoan, type PaperDesk } from "./case.ts";

export const PAPER_FORMATS = ["pdf", "docx", "html", "text"] as const;
export type PaperFormat = (typeof PAPER_FORMATS)[number];
export const ENDINGS: Readonly<Record<PaperFormat, string>> = {
  pdf: "pdf",
  docx: "docx",
  html: "html",
  text: "txt",
};

/** A paper of one case with what was found about it. */
export interface MadePaper {
  readonly paper: Paper;
  readonly facts: PaperFacts;
  readonly findings: readonly PaperFinding[];
  readonly filed: boolean;
}

/** Composes papers of one loan; `undefined` where it was paid out after the day. */
export async function papersOfLoan(
  desk: PaperDesk,
  file: LoanFile,
  kinds: readonly PaperKind[],
  on: Day,
  bundled?: Bundled,
): Promise<MadePaper[] | undefined> {
  const given = await caseOfLoan(desk, file, on, bundled);
  const made: MadePaper[] = [];
  for (const kind of kinds) {
    const facts = gatherCase(given, kind);
    if (!facts) return undefined;
    const paper = composePaper(kind, facts);
    const findings = checkPaper(paper, facts);
    made.push({ paper, facts, findings, filed: mayBeFiled(findings) });
  }
  return made;
}

/** What nobody may take for the paper itself. */
export const asDraft = (paper: Paper): Paper => ({
  ...paper,
  subtitle: `${paper.subtitle ?? ""}（草稿，要素未齐，不得提交）`,
});

export interface PaperFile {
  readonly name: string;
  readonly format: PaperFormat;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly pages?: number;
}

/** A paper as files, one a format. Refuses a character that the fonts lack, before anything is written. */
export async function filesOf(
  paper: Paper,
  author: string,
  formats: readonly PaperFormat[],
  press: () => Promise<Press>,
  name = `${paper.kind}`,
): Promise<PaperFile[] | string> {
  const files: PaperFile[] = [];
  const add = (format: PaperFormat, bytes: Uint8Array, pages?: number): void => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.push({
      name: `${name}.${ENDINGS[format]}`,
      format,
      bytes,
      sha256,
      ...(pages === undefined ? {} : { pages }),
    });
  };
  for (const format of formats) {
    if (format === "html") add(format, Buffer.from(paperHtml(paper)));
    else if (format === "text") add(format, Buffer.from(paperText(paper)));
    else if (format === "docx") add(format, (await press()).paperDocx(paper, author).bytes);
    else {
      const printed = await (await press()).paper(paper, author);
      if (!printed.ok) return printed.refusal.says;
      add(format, printed.value.bytes, printed.value.pages);
    }
  }
  return files;
}

/** Where `--out` puts files: the one file that it names, or a folder. */
export function placed(
  out: string,
  files: readonly PaperFile[],
): { readonly path: string; readonly file: PaperFile }[] {
  const [only] = files;
  if (files.length === 1 && only && extname(out) === `.${ENDINGS[only.format]}`)
    return [{ path: out, file: only }];
  return files.map((file) => ({ path: join(out, file.name), file }));
}

export function writeAll(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): void {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/** Two ids may differ only in signs that no folder can have: then the place in the batch tells them apart. */
export function folderNames(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.map((id, n) => {
    const plain = letterFileName(id);
    const name = seen.has(plain) || plain === "." || plain === ".." ? `${n + 1}-${plain}` : plain;
    seen.add(name);
    return name;
  });
}
