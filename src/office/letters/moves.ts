import {
  type Day,
  type Fact,
  keyToNumber,
  type LetterAnswer,
  type LetterFact,
  type LetterLifeFact,
  type LetterWay,
} from "../../core/index.ts";
import {
  type LetterLife,
  leastSample,
  lettersOf,
  type Moment,
  mayMove,
  sampleOf,
} from "../../legal/index.ts";
import {
  atDesk,
  type DeskPerson,
  type KeptLetter,
  keptLetter,
  letterOf,
  sha256Hex,
} from "../../store/index.ts";
import { CHANGED_MEANWHILE } from "../refusal-words.ts";
import { INSIDE } from "./cases.ts";
import { type LetterSigner, momentOf, type Office, type Outcome } from "./office.ts";
import type { Signed } from "./signing.ts";

/** The kinds of facts whose moment is more than the letter's own: each with what it takes. */
type Wish =
  | { readonly kind: "LetterOpened" }
  | {
      readonly kind: "LetterApproved";
      readonly sample?: Extract<LetterLifeFact, { kind: "LetterApproved" }>["sample"];
    }
  | { readonly kind: "LetterSentBack"; readonly reason: string | undefined }
  | {
      readonly kind: "LetterDelivered";
      readonly way: LetterWay;
      readonly dated: Day;
      readonly proof: string;
      readonly receivedBy?: string;
    }
  | {
      readonly kind: "LetterRefused" | "LetterReturned";
      readonly way: LetterWay;
      readonly dated: Day;
      readonly proof: string;
      readonly reason?: string;
    }
  | {
      readonly kind: "LetterAnswered";
      readonly answer: LetterAnswer;
      readonly dated: Day;
      readonly words?: string;
      readonly proof?: string;
    }
  | { readonly kind: "LetterStopped"; readonly why: "held" | "recalled"; readonly says: string }
  | {
      readonly kind: "LetterWithdrawn" | "LetterReplaced";
      readonly reason: string | undefined;
      readonly letter?: string;
    };

/** Whether anything of what is asked is a lawyer's to do. */
const LAWYERS: readonly string[] = ["LetterOpened", "LetterApproved", "LetterSentBack"];

/**
 * Does one thing to each of these letters, where its life and the moment allow it.
 *
 * Takes   the version that was read, where it was: how many facts the letter had. With more of them by now it is refused.
 * Holds   a letter that asks for money which is paid is stopped instead of going on.
 */
export async function moveLetters(
  office: Office,
  letters: readonly KeptLetter[],
  by: string,
  wish: Wish,
  dryRun = false,
  version?: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const second = "letter" in wish && wish.letter ? await keptLetter(office.db, wish.letter) : undefined;
  await atDesk(
    office.db,
    office.lender,
    letters.map(({ owner }) => owner),
    office.now,
    (person) => {
      const facts: LetterFact[] = [];
      for (const { id } of lettersOfPerson(letters, person)) {
        if (version !== undefined && version !== versionOfLetter(person.facts, id)) {
          outcomes.push({ id, done: false, ...CHANGED_MEANWHILE });
          continue;
        }
        const kept = person.letters.get(id)!;
        const { moment, checks, letter } = momentOf(
          office,
          person,
          id,
          LAWYERS.includes(wish.kind) ? by : undefined,
        );
        const stop = stopFor(office, person, id, kept.state, moment);
        if (stop && wish.kind === "LetterApproved") {
          facts.push(stop);
          outcomes.push(stopped(id));
          continue;
        }
        const life = lettersOf(person.facts).get(id);
        const sampled = wish.kind === "LetterApproved" && wish.sample !== undefined;
        const read = sampled || (life !== undefined && isOpenedBy(life, by, sha256Hex(kept.body)));
        const moved = mayMove(kept.state, wish.kind, { ...moment, read, ...momentOfWish(wish, second) });
        if (!moved.ok) {
          outcomes.push({ id, done: false, ...moved.refusal, checks });
          continue;
        }
        outcomes.push({ id, done: true, code: moved.to });
        facts.push(factOf(office, person, kept, by, wish, letter.lawyer.licence));
      }
      return dryRun || facts.length === 0 ? undefined : { facts };
    },
    (done, of) => office.onProgress?.("letters", done, of),
  );
  return outcomes;
}

export const lettersOfPerson = <T extends Pick<KeptLetter, "owner">>(
  letters: readonly T[],
  { key }: Pick<DeskPerson, "key">,
): T[] => letters.filter(({ owner }) => keyToNumber(owner) === keyToNumber(key));

/** How many facts a letter has: what was read of it is known by this number. */
export const versionOfLetter = (facts: readonly Fact[], id: string): number =>
  lettersOf(facts).get(id)?.facts.length ?? 0;

/** A second letter counts once it is signed: a draft takes nobody's place. */
function momentOfWish(wish: Wish, second: KeptLetter | undefined): Moment {
  const reason = "reason" in wish ? wish.reason : "says" in wish ? wish.says : undefined;
  const signed = second !== undefined && second.file !== null;
  return {
    ...(reason === undefined ? {} : { reason }),
    ...("proof" in wish && wish.proof !== undefined ? { proof: wish.proof } : {}),
    ...(signed ? { secondLetter: second.id } : {}),
  };
}

function factOf(
  office: Office,
  person: DeskPerson,
  kept: KeptLetter,
  by: string,
  wish: Wish,
  licence: string,
): LetterLifeFact {
  const base = { on: person.today, at: office.now, id: kept.id, by };
  const sha256 = sha256Hex(kept.body);
  switch (wish.kind) {
    case "LetterOpened":
      return { kind: wish.kind, ...base, licence, sha256 };
    case "LetterApproved":
      return { kind: wish.kind, ...base, licence, sha256, ...(wish.sample ? { sample: wish.sample } : {}) };
    case "LetterSentBack":
      return { kind: wish.kind, ...base, licence, reason: wish.reason! };
    case "LetterWithdrawn":
      return {
        ...base,
        kind: wish.kind,
        reason: wish.reason!,
        ...(wish.letter ? { letter: wish.letter } : {}),
      };
    case "LetterReplaced":
      return { ...base, kind: wish.kind, reason: wish.reason!, letter: wish.letter! };
    default:
      return { ...base, ...wish };
  }
}

/** What stops a letter of its own accord: what it asks for is paid. */
export function stopFor(
  office: Office,
  person: DeskPerson,
  id: string,
  state: string,
  { owed }: Moment,
): LetterLifeFact | undefined {
  return owed === false && INSIDE.includes(state)
    ? {
        kind: "LetterStopped",
        on: person.today,
        at: office.now,
        id,
        by: "ledger",
        why: "paid",
        says: "what it asks for is paid",
      }
    : undefined;
}

export const stopped = (id: string): Outcome => ({
  id,
  done: false,
  code: "stopped",
  says: { en: "what it asks for is paid; it was stopped", zh: "所催款项已还清，函件已停止" },
});

// --- a batch by sample -----------------------------------------------------------------------------------------------

export interface BatchAsked {
  readonly lawyer: string;
  readonly batch: string;
  readonly n: number;
  readonly seed: number;
}

/** The sample of a batch, and what of it this lawyer has opened as it stands now. */
export async function sampleOfBatch(
  office: Office,
  letters: readonly KeptLetter[],
  { lawyer, n, seed }: BatchAsked,
): Promise<{ readonly sample: readonly string[]; readonly unopened: readonly string[] }> {
  const sample = sampleOf(
    letters.map(({ id }) => id),
    n,
    seed,
  );
  const opened = new Set<string>();
  const some = letters.filter(({ id }) => sample.includes(id));
  await atDesk(
    office.db,
    office.lender,
    some.map(({ owner }) => owner),
    office.now,
    (person) => {
      for (const life of lettersOf(person.facts).values()) {
        const kept = person.letters.get(life.id);
        if (kept && isOpenedBy(life, lawyer, sha256Hex(kept.body))) opened.add(life.id);
      }
      return undefined;
    },
  );
  return { sample, unopened: sample.filter((id) => !opened.has(id)) };
}

const isOpenedBy = ({ facts }: LetterLife, lawyer: string, sha256: string): boolean =>
  facts.some((fact) => fact.kind === "LetterOpened" && fact.by === lawyer && fact.sha256 === sha256);

/** A letter of the sample that he has not opened as it stands. */
const notOpened = (id: string, lawyer: string): Outcome => ({
  id,
  done: false,
  code: "sample-not-opened",
  says: {
    en: `${lawyer} has to open it as it stands, and has not`,
    zh: `须由 ${lawyer} 查看现行文本，尚未查看`,
  },
});

/** Approves a batch of which the lawyer has opened the sample; letter by letter, each with the guards of its own. */
export async function approveBatch(
  office: Office,
  letters: readonly KeptLetter[],
  asked: BatchAsked,
  dryRun: boolean,
): Promise<Outcome[]> {
  const least = leastSample(letters.length);
  if (asked.n < least)
    return [
      {
        id: asked.batch,
        done: false,
        code: "sample-too-small",
        says: {
          en: `of ${letters.length} letters at least ${least} are opened`,
          zh: `共 ${letters.length} 封，至少须查看 ${least} 封`,
        },
      },
    ];
  const { unopened } = await sampleOfBatch(office, letters, asked);
  if (unopened.length > 0) return unopened.map((id) => notOpened(id, asked.lawyer));
  const { batch, seed, n } = asked;
  const sample = { batch, seed, n, of: letters.length };
  return moveLetters(office, letters, asked.lawyer, { kind: "LetterApproved", sample }, dryRun);
}

export async function signedFile(
  office: Office,
  kept: KeptLetter,
  signer: LetterSigner,
): Promise<Signed | Outcome> {
  const letter = letterOf(kept);
  const refused = (code: string, en: string, zh: string): Outcome => ({
    id: kept.id,
    done: false,
    code,
    says: { en, zh },
  });
  if (kept.state !== "approved") {
    const moved = mayMove(kept.state, "LetterSigned", {});
    return { id: kept.id, done: false, ...(moved.ok ? { code: "" } : moved.refusal) };
  }
  if (signer.development !== (letter.development === true))
    return refused(
      "another-certificate",
      signer.development
        ? "the letter was drafted for the firm's certificate, and this one is for trying; draft it again for that"
        : "the letter was drafted as a trial and says so on each page; draft it again for the firm's certificate",
      signer.development
        ? "函件按律所证书起草，现为试用证书；如需试用请重新起草"
        : "函件按试用起草并逐页注明；请按律所证书重新起草",
    );
  try {
    const { bytes, signature } = await signer.sign(await office.press.pdf(letter), letter);
    return { bytes, sha256: sha256Hex(bytes), signature };
  } catch (error) {
    const says = (error as Error).message;
    return refused("not-rendered", says, says);
  }
}
