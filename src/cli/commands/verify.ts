import { formatInstant } from "../../core/index.ts";
import { BOOK_CHECKS } from "../../dayclose/index.ts";
import { checkBundle, headOfText } from "../../evidence/index.ts";
import { lendersAsked, mustBeFile, shelvesOf, withBook } from "../../office/book.ts";
import {
  jsonOfChecked,
  linesOfChecked,
  readBundle,
  readHeads,
  sha256,
} from "../../office/evidence/offline.ts";
import { sealFinding, sealSay } from "../../office/evidence/seal-words.ts";
import { sealsJson } from "../../office/evidence/sealing.ts";
import { count, Declined, type Io } from "../../office/io.ts";
import { type SealsChecked, verifyBook, verifySeals } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = { heads: { type: "string" }, manifest: { type: "string" } } as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const heads = headsAsked(asked.text("heads"), io);
  const [bundle] = asked.words;
  if (bundle !== undefined) return checkOne(bundle, heads, asked.text("manifest"), io);
  return withBook(place, io, async (db) => {
    await lendersAsked(db, undefined, io);
    const { loans, facts, findings, unfinished } = await verifyBook(
      db,
      shelvesOf(io),
      BOOK_CHECKS,
      (done, of) => io.progress("verify", done, of),
    );
    const seals = await verifySeals(
      db,
      sha256,
      heads.map((text) => headOfText(text)!),
      (done, of) => io.progress("seals", done, of),
    );
    io.object({
      loans,
      facts,
      findings: findings.map(({ loan, says }) => ({ loan, says })),
      unfinished,
      seals: sealsJson(seals),
    });
    for (const lender of unfinished) io.note(say.unfinished[io.language](lender));
    if (findings.length === 0) io.out(say.verified[io.language](count(loans), count(facts)));
    else io.out(say.findings[io.language](count(findings.length)));
    for (const { loan, says } of findings) io.out(`  ${loan}  ${says}`);
    tellSeals(seals, io);
    return findings.length + seals.findings.length > 0 ? 1 : 0;
  });
}

function headsAsked(file: string | undefined, io: Io): readonly string[] {
  if (file === undefined) return [];
  mustBeFile(file, io);
  const heads = readHeads(file);
  if (typeof heads === "string") throw new Declined(sealSay.badHeads[io.language](heads));
  return heads;
}

function tellSeals(seals: SealsChecked, io: Io): void {
  const { language } = io;
  if (seals.batches === 0 && seals.findings.length === 0) {
    io.out(sealSay.noSeals[language]());
    return;
  }
  io.out(sealSay.checked[language](count(seals.batches), count(seals.sealed), count(seals.unsealed)));
  if (seals.head) io.out(`  ${seals.head.root}  ${formatInstant("UTC", seals.head.at)}`);
  if (seals.headsAgreed > 0) io.out(sealSay.headsAgreed[language](seals.headsAgreed));
  for (const finding of seals.findings) io.out(`  ${finding.at}  ${sealFinding(finding, language)}`);
}

/** A bundle needs no book: everything that can be checked of it is in it, or is a head that the reader has. */
function checkOne(place: string, heads: readonly string[], manifest: string | undefined, io: Io): number {
  const files = readBundle(place);
  if (typeof files === "string") throw new Declined(sealSay.unreadable[io.language](place, files));
  const known = { heads, ...(manifest === undefined ? {} : { manifestSha256: manifest }) };
  const checked = checkBundle(sha256, files, known);
  io.object(jsonOfChecked(checked));
  for (const line of linesOfChecked(checked, io.language)) io.out(line);
  return checked.findings.length > 0 ? 1 : 0;
}
