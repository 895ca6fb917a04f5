import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readChannels, wireChannels } from "../../src/dispatch/index.ts";
import { packFor, shelvesOf } from "../../src/office/book.ts";
import { moveLetters } from "../../src/office/letters/moves.ts";
import { type Office, type Outcome, openOffice } from "../../src/office/letters/office.ts";
import { handOverLetters } from "../../src/office/letters/out.ts";
import { openPressOf } from "../../src/office/letters/press.ts";
import { signLetters } from "../../src/office/letters/signing.ts";
import { findLender, type KeptLetter, listLetters, sha256Hex } from "../../src/store/index.ts";
import { type ConsoleWorld, SAMPLE } from "./console.ts";
import { letterFacts, lettersOf } from "./console-office.ts";
import { bytesFrom, firmOf, plainSigner } from "./letters.ts";
import { testTools } from "./permit.ts";

/** A letter as it lies in somebody's hand. */
export interface LetterInHand {
  readonly loan: string;
  readonly code: string;
  readonly number: string;
  readonly pdf: Buffer;
}

/**
 * A lawyer's letter about each of these loans, by every step of the house: accepted by the firm, drafted, read, approved and signed by the lawyer, printed,
 * and handed to the post. Gives what arrives.
 */
export async function lettersInHand(
  { db, io }: Pick<ConsoleWorld, "db" | "io">,
  loans: readonly string[],
): Promise<readonly LetterInHand[]> {
  const lender = (await findLender(db, SAMPLE))!;
  const now = io.now();
  await firmOf(db, lender, "2027-05-31");
  await letterFacts(db, io, lender, loans, now);
  await lettersOf(db, io, lender, loans, now);
  const { press, close } = openPressOf();
  const office: Office = (await openOffice({
    db,
    lender,
    shelves: { ...shelvesOf(io), now: () => now },
    now,
    pack: (await packFor(db, lender))!,
    press,
    randomBytes: bytesFrom(4712),
  }))!;
  const folder = mkdtempSync(join(tmpdir(), "arrears-post-"));
  try {
    const letters = (state: "drafted" | "approved" | "signed"): Promise<KeptLetter[]> =>
      listLetters(db, lender, { states: [state] });
    for (const kind of ["LetterOpened", "LetterApproved"] as const)
      well(await moveLetters(office, await letters("drafted"), "wang", { kind }));
    well(
      await signLetters(
        office,
        await letters("approved"),
        "wang",
        plainSigner(() => now),
      ),
    );
    const signed = await letters("signed");
    const read = readChannels(
      `channels:\n  print: { adapter: post, folder: ${JSON.stringify(folder)}, sender: [恒信], service: registered }\nroutes:\n  - { letter: [print] }\n`,
      "channels.yaml",
    );
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    const wired = wireChannels(read.file, testTools(now), {});
    well(
      await handOverLetters(office, signed, {
        way: "post",
        by: "anna",
        channels: wired.routed,
        clock: () => now,
      }),
    );
    await wired.close();
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".pdf"),
    );
    const printed = files.map((name) => readFileSync(join(folder, name)));
    return signed.map(({ code, number, file, loans: [loan = ""] }) => {
      const pdf = printed.find((bytes) => sha256Hex(bytes) === file);
      if (!pdf) throw new Error(`the post has nothing of letter ${number}`);
      return { loan, code, number, pdf };
    });
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function well(outcomes: readonly Outcome[]): void {
  const bad = outcomes.find(({ done }) => !done);
  if (bad || outcomes.length === 0) throw new Error(`no letter: ${JSON.stringify(bad ?? "none")}`);
}
