import { maskName, type PublicLetter, type PublicLetters, type PublicStanding } from "../../api/index.ts";
import type { LetterLifeFact } from "../../core/index.ts";
import type { LetterKind } from "../../documents/letter.ts";
import { lettersOf } from "../../legal/index.ts";
import { type Database, journalsOf, type KeptLetter, keptLetter, letterOf } from "../../store/index.ts";

/** The letters of a book as the public page may see them: only those that have left the house, under the code on the paper. */
export function publicLetters(db: Database): PublicLetters {
  return {
    byCode: async (code) => {
      const kept = await keptLetter(db, code);
      // An id is no code: what is printed on the letter has to be known.
      if (!kept || kept.code !== code || kept.handedOverAt === null || kept.file === null) return undefined;
      const facts = [...(await journalsOf(db, [kept.owner])).values()].flat();
      const life = lettersOf(facts).get(kept.id);
      const by = life?.facts.findLast((fact) => fact.kind === "LetterReplaced");
      const second = by && (await keptLetter(db, by.letter));
      return shown(kept, standingOf(life?.facts ?? [], second?.number));
    },
  };
}

function shown(kept: KeptLetter, standing: PublicStanding): PublicLetter {
  const { number, kind, on, firm, lawyer, client, addressee } = letterOf(kept);
  return {
    number,
    kind: kind satisfies LetterKind,
    on,
    firm: { name: firm.name, licence: firm.licence },
    lawyer,
    client: { name: client.name },
    addressee: maskName(addressee.name),
    standing,
    sha256: kept.file!,
    ...(kept.signature ? { signature: kept.signature } : {}),
  };
}

function standingOf(facts: readonly LetterLifeFact[], second: string | undefined): PublicStanding {
  const last = facts.findLast(
    (fact) =>
      fact.kind === "LetterWithdrawn" ||
      fact.kind === "LetterReplaced" ||
      (fact.kind === "LetterAnswered" && fact.answer === "paid"),
  );
  switch (last?.kind) {
    case "LetterWithdrawn":
      return { status: "withdrawn", on: last.on };
    case "LetterReplaced":
      return { status: "replaced", on: last.on, by: second ?? last.letter };
    case "LetterAnswered":
      return { status: "paid", on: last.on };
    default:
      return { status: "valid" };
  }
}
