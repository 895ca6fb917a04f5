import { checkLoan, gapIn } from "../../dayclose/index.ts";
import { verifyBook } from "../../store/index.ts";
import { lendersAsked, shelvesOf, withBook } from "../book.ts";
import { count, type Io } from "../io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {} as const;

export async function run(_asked: Asked, io: Io, place: string): Promise<number> {
  return withBook(place, io, async (db) => {
    await lendersAsked(db, undefined, io);
    const { loans, facts, findings, unfinished } = await verifyBook(
      db,
      shelvesOf(io),
      { loan: checkLoan, journal: gapIn },
      (done, of) => io.progress("verify", done, of),
    );
    io.object({ loans, facts, findings, unfinished });
    for (const lender of unfinished) io.note(say.unfinished[io.language](lender));
    if (findings.length === 0) io.out(say.verified[io.language](count(loans), count(facts)));
    else io.out(say.findings[io.language](count(findings.length)));
    for (const { loan, says } of findings) io.out(`  ${loan}  ${says}`);
    return findings.length > 0 ? 1 : 0;
  });
}
