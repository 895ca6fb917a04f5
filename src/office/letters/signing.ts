import type { LetterFact } from "../../core/index.ts";
import { mayMove } from "../../legal/index.ts";
import { atDesk, type DeskWish, type KeptLetter, type KeptSignature, keepFile } from "../../store/index.ts";
import { CHANGED_MEANWHILE } from "../refusal-words.ts";
import { lettersOfPerson, signedFile, stopFor, stopped, versionOfLetter } from "./moves.ts";
import { type LetterSigner, momentOf, type Office, type Outcome } from "./office.ts";

/**
 * Renders and signs approved letters, and keeps each file under its hash.
 *
 * Holds   what is signed is made of the very text that the lawyer approved; rendering holds no lock, and everything is looked at
 *         again under the lock before the signature is kept.
 */
export async function signLetters(
  office: Office,
  letters: readonly KeptLetter[],
  by: string,
  signer: LetterSigner,
  version?: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let done = 0;
  for (let from = 0; from < letters.length; from += SIGN_AT_A_TIME) {
    const group = letters.slice(from, from + SIGN_AT_A_TIME);
    const made = new Map<string, Signed | Outcome>();
    await Promise.all(
      group.map(async (kept) => {
        made.set(kept.id, await signedFile(office, kept, signer));
      }),
    );
    await atDesk(
      office.db,
      office.lender,
      group.map(({ owner }) => owner),
      office.now,
      async (person, sql) => {
        const facts: LetterFact[] = [];
        const signed: NonNullable<DeskWish["signed"]>[number][] = [];
        for (const { id, body } of lettersOfPerson(group, person)) {
          const file = made.get(id)!;
          if (version !== undefined && version !== versionOfLetter(person.facts, id)) {
            outcomes.push({ id, done: false, ...CHANGED_MEANWHILE });
            continue;
          }
          const kept = person.letters.get(id)!;
          const { moment } = momentOf(office, person, id);
          const stop = stopFor(office, person, id, kept.state, moment);
          if (stop) {
            facts.push(stop);
            outcomes.push(stopped(id));
            continue;
          }
          if ("code" in file) {
            outcomes.push(file);
            continue;
          }
          const same = body === kept.body;
          const moved = mayMove(kept.state, "LetterSigned", {
            ...moment,
            sameText: same && moment.sameText === true,
            proof: file.sha256,
          });
          if (!moved.ok) {
            outcomes.push({ id, done: false, ...moved.refusal });
            continue;
          }
          await keepFile(sql, file.bytes, office.now);
          signed.push({ id, file: file.sha256, signature: file.signature });
          facts.push({
            kind: "LetterSigned",
            on: person.today,
            at: office.now,
            id,
            by,
            file: file.sha256,
            bytes: file.bytes.length,
            certificate: file.signature.signer,
            ...(file.signature.stampedAt === undefined ? {} : { stampedAt: file.signature.stampedAt }),
            ...(file.signature.development ? { development: true as const } : {}),
          });
          outcomes.push({ id, done: true, code: "signed" });
        }
        return facts.length === 0 ? undefined : { facts, signed };
      },
    );
    done += group.length;
    office.onProgress?.("sign", done, letters.length);
  }
  return outcomes;
}

const SIGN_AT_A_TIME = 50;

export interface Signed {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly signature: KeptSignature;
}
