import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Day, formatDay } from "../../core/index.ts";
import { type Files, headOfText, MANIFEST, toHex, zipOf } from "../../evidence/index.ts";
import { dayOption, mustBeFile, withBook } from "../../office/book.ts";
import { bundleOf } from "../../office/evidence/bundle.ts";
import type { Sheet } from "../../office/evidence/bundle-pages.ts";
import { enclosuresOf } from "../../office/evidence/enclosures.ts";
import { readHeads, sha256 } from "../../office/evidence/offline.ts";
import { sealSay } from "../../office/evidence/seal-words.ts";
import { verifierText } from "../../office/evidence/verifier.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { usualDay } from "../../office/loans/shown.ts";
import { loanFile } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  "as-of": { type: "string" },
  out: { type: "string" },
  heads: { type: "string" },
  lender: { type: "string" },
} as const;

const EXAMPLE = "arrears evidence bundle L000123 --out L000123.zip";

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [verb, id] = asked.words;
  const out = asked.text("out");
  if (verb !== "bundle" || !id) throw new WrongUse(say.missing[io.language]("bundle LOAN", EXAMPLE));
  if (!out) throw new WrongUse(say.missing[io.language]("--out FOLDER|FILE.zip", EXAMPLE));
  mustBeFree(out, io);
  return withBook(place, io, async (db) => {
    const file = await loanFile(db, id, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](id));
    const asOf = dayOption(asked.text("as-of"), "--as-of", io) ?? usualDay(file, io);
    if (asOf < file.stored.disbursedOn) throw new Declined(say.noLoan[io.language](id));
    const made = await bundleOf(db, {
      file,
      asOf,
      heads: headsAsked(asked.text("heads"), io),
      enclosures: await enclosuresOf(db, file, asOf),
      verifier: verifierText(),
      print: (sheet, foot) => printed(sheet, foot, asOf, io),
    });
    if ("no" in made)
      throw new Declined(
        made.no === "unsealed"
          ? sealSay.unsealed[io.language](made.facts)
          : sealSay.sealsBroken[io.language](made.batch),
      );
    write(out, made);
    const manifest = made.get(MANIFEST)!;
    const digest = toHex(sha256(manifest));
    const { keys } = JSON.parse(new TextDecoder().decode(manifest)) as { keys: { facts: number }[] };
    const facts = keys.reduce((sum, key) => sum + key.facts, 0);
    io.object({ loan: file.id, asOf: formatDay(asOf), out, files: made.size, facts, manifestSha256: digest });
    io.out(sealSay.bundled[io.language](out, made.size, facts));
    io.out(sealSay.manifest[io.language](digest));
    return 0;
  });
}

/** What was there before would be taken for a part of the bundle. */
function mustBeFree(out: string, io: Io): void {
  if (!existsSync(out)) return;
  if (statSync(out).isDirectory() && readdirSync(out).length === 0) return;
  throw new Declined(sealSay.notEmpty[io.language](out));
}

function headsAsked(file: string | undefined, io: Io) {
  if (file === undefined) return [];
  mustBeFile(file, io);
  const heads = readHeads(file);
  if (typeof heads === "string") throw new Declined(sealSay.badHeads[io.language](heads));
  return heads.map((text) => headOfText(text)!);
}

function write(out: string, files: Files): void {
  if (/\.zip$/i.test(out)) {
    writeFileSync(out, zipOf(files));
    return;
  }
  for (const [path, bytes] of files) {
    const at = join(out, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, bytes);
  }
}

/** Widths of the catalogue's columns: the number as it needs, what each thing proves the widest. */
const COLUMNS = [0, 4, 4, 6, 0, 4];

/** The catalogue as PDF/A, where what prints it is installed; else a note says why there is none. */
async function printed(
  { title, notes, heads, rows }: Sheet,
  foot: readonly string[],
  on: Day,
  io: Io,
): Promise<Uint8Array | undefined> {
  try {
    const { openPress } = await import("../../press/index.ts");
    const press = await openPress();
    try {
      const made = await press.sheet({ title, on, notes, heads, columns: COLUMNS, rows, foot });
      if (made.ok) return made.value.bytes;
      io.note(sealSay.notPrinted[io.language](made.refusal.says));
    } finally {
      await press.close();
    }
  } catch (error) {
    io.note(sealSay.notPrinted[io.language]((error as Error).message));
  }
  return undefined;
}
