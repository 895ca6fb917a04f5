import {
  type Channel,
  type Day,
  dayAt,
  holdsOn,
  type Instant,
  keyToNumber,
  type LetterFact,
  type LetterWay,
} from "../../core/index.ts";
import {
  type ChannelAdapter,
  contactId,
  handOver,
  type Judged,
  type Message,
  type PlannedAction,
  type Standing,
} from "../../dispatch/index.ts";
import type { Letter } from "../../documents/letter.ts";
import { mayMove } from "../../legal/index.ts";
import { debtOf, gate, gateFactsOf } from "../../policy/index.ts";
import {
  atDesk,
  type KeptLetter,
  keptFile,
  letterOf,
  outboxStore,
  takeLettersOut,
} from "../../store/index.ts";
import { lenderKindOf, stepOf } from "./checks.ts";
import { lettersOfPerson, stopFor, stopped } from "./moves.ts";
import { momentOf, type Office, type Outcome } from "./office.ts";

/** The channel of the book by which each way goes. */
const CHANNEL_OF = { post: "letter", email: "email", portal: "app" } as const satisfies Partial<
  Record<LetterWay, Channel>
>;
export type SentWay = keyof typeof CHANNEL_OF;

/** What is laid beside the words for the carrier: the signed file. */
export type Attached = NonNullable<Message["file"]>;

/**
 * Hands signed letters over by a way, each under a permit of the gate of this second.
 *
 * Holds   a letter whose debt was paid since it was signed is stopped; one on which anything that its figures rest on has changed
 *         does not leave; none is handed over twice.
 */
export async function handOverLetters(
  office: Office,
  letters: readonly KeptLetter[],
  asked: {
    readonly way: SentWay;
    readonly by: string;
    readonly channels: readonly ChannelAdapter[];
    readonly clock: () => Instant;
  },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const files = new Map<string, Buffer>();
  await stopPaid(office, letters, outcomes);
  const left = letters.filter(({ id }) => !outcomes.some((one) => one.id === id));
  // One letter a person at a time: what is told of the first changes what the second is judged by.
  for (let wave = left; wave.length > 0; ) {
    const { now: these, later } = waveOf(wave);
    wave = later;
    for (const kept of these) {
      const bytes = kept.file === null ? undefined : await keptFile(office.db, kept.file);
      if (bytes) files.set(kept.id, bytes);
    }
    await wavedOut(office, these, asked, files, outcomes);
    files.clear();
    office.onProgress?.("hand over", outcomes.length, letters.length);
  }
  return outcomes;
}

const WAVE = 50;

function waveOf(letters: readonly KeptLetter[]): { now: KeptLetter[]; later: KeptLetter[] } {
  const seen = new Set<number>();
  const now: KeptLetter[] = [];
  const later: KeptLetter[] = [];
  for (const one of letters) {
    const owner = keyToNumber(one.owner);
    if (now.length < WAVE && !seen.has(owner)) now.push(one);
    else later.push(one);
    seen.add(owner);
  }
  return { now, later };
}

async function stopPaid(office: Office, letters: readonly KeptLetter[], outcomes: Outcome[]): Promise<void> {
  await atDesk(
    office.db,
    office.lender,
    letters.map(({ owner }) => owner),
    office.now,
    (person) => {
      const facts = lettersOfPerson(letters, person).flatMap(({ id }) => {
        const stop = stopFor(
          office,
          person,
          id,
          person.letters.get(id)!.state,
          momentOf(office, person, id).moment,
        );
        return stop ? [stop] : [];
      });
      for (const { id } of facts) outcomes.push(stopped(id));
      return facts.length === 0 ? undefined : { facts };
    },
  );
}

async function wavedOut(
  office: Office,
  letters: readonly KeptLetter[],
  { way, by, channels, clock }: Parameters<typeof handOverLetters>[2],
  files: ReadonlyMap<string, Buffer>,
  outcomes: Outcome[],
): Promise<void> {
  const { db, shelves, lender, now } = office;
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  const outbox = outboxStore(db, shelves);
  const refusals = new Map<string, Outcome>();
  const { taken, ended } = await takeLettersOut(
    db,
    shelves,
    lender,
    letters.map(({ owner, id }) => ({ owner, letter: id })),
    {
      now,
      carry: (begun) => handOver(outbox, channels, begun, clock, () => false),
      ready: (person, id) => {
        const kept = person.letters.get(id)!;
        const { moment, checks } = momentOf(office, person, id);
        const moved = mayMove(kept.state, "LetterHandedOver", { ...moment, permit: true });
        if (moved.ok && files.has(id)) return undefined;
        const refusal: Outcome = moved.ok
          ? {
              id,
              done: false,
              code: "no-file",
              says: { en: "its signed file is not in the book", zh: "书中没有其签署文件" },
            }
          : { id, done: false, ...moved.refusal, checks };
        refusals.set(id, refusal);
        return refusal.code;
      },
      judge: (standing, action, id) =>
        judgeLetter(office, standing, action, way, letterOf(byId.get(id)!), {
          name: `${id}.pdf`,
          bytes: files.get(id)!,
        }),
    },
  );
  const facts = new Map<string, LetterFact>();
  const told = (id: string, at: Instant, action: string, receipt: string): void => {
    const on = dayAt(lender.zone, at) as Day;
    facts.set(id, { kind: "LetterHandedOver", on, at, id, by, way, action, receipt });
    outcomes.push({ id, done: true, code: "handed-over" });
  };
  for (const one of taken) {
    const { letter: id } = one;
    if (one.taken === "made") told(id, now, one.action, "");
    else if (one.taken === "refused") {
      const code = one.rules.length > 0 ? "letter-no-permit" : one.why;
      const says = {
        en: one.rules.length > 0 ? `the gate: ${one.rules.join(", ")}` : one.why,
        zh: one.rules.length > 0 ? `合规判定：${one.rules.join("、")}` : one.why,
      };
      outcomes.push(refusals.get(id) ?? { id, done: false, code, says, rules: one.rules });
    } else {
      const { begun, ending } = ended.get(id)!;
      if (ending.outcome === "sent") told(id, now, begun.message.id, ending.receipt);
      // Nobody knows whether the carrier has it: it counts as handed over, and is looked for.
      else if (ending.outcome === "unknown") told(id, now, begun.message.id, "");
      else {
        const why = "why" in ending ? ending.why : ending.receipt;
        outcomes.push({ id, done: false, code: ending.outcome, says: { en: why, zh: why } });
      }
    }
  }
  await atDesk(
    db,
    lender,
    letters.filter(({ id }) => facts.has(id)).map(({ owner }) => owner),
    now,
    (person) => {
      const own = lettersOfPerson(letters, person).flatMap(({ id }) => {
        const fact = facts.get(id);
        return fact ? [fact] : [];
      });
      return own.length === 0 ? undefined : { facts: own };
    },
  );
}

/** The second judgment of a letter, by the same gate and the same facts as any contact. */
function judgeLetter(
  office: Office,
  { addressee, contacts, person, loans }: Standing,
  action: PlannedAction,
  way: SentWay,
  letter: Letter,
  file: Attached,
): Judged {
  const via = CHANNEL_OF[way];
  const to = addressee.addresses[via];
  if (to === undefined) return { kind: "cancel", why: "no-address", rules: ["reach/no-address"] };
  const about = loans.filter(({ id }) => letter.debts.some(({ loan }) => loan === id));
  const text = office.press.text(letter);
  const step = stepOf(letter, to, via, office.now, text);
  const today = dayAt(addressee.zone, office.now);
  const decision = gate(office.pack, step, {
    ...gateFactsOf({
      zone: addressee.zone,
      holds: about.flatMap(({ loan }) => holdsOn(loan, today)),
      contacts,
      reach: Object.keys(addressee.addresses) as Channel[],
      person,
      debts: about.map(({ id, loan }) => debtOf(id, loan.status, undefined)),
    }),
    ...lenderKindOf(about),
  });
  if (!decision.permit) {
    const rules = decision.because
      .filter(({ outcome }) => outcome.outcome === decision.verdict)
      .map(({ rule }) => rule.id);
    return { kind: "cancel", why: "not-allowed", rules: rules.length > 0 ? rules : ["gate/silent"] };
  }
  const message: Message = {
    id: contactId(action),
    via,
    to,
    language: letter.language === "en" ? "en" : "zh",
    what: action.what,
    text,
    loans: about.map(({ id }) => id),
    lender: addressee.lenderCode,
    name: letter.addressee.name,
    file,
  };
  return { kind: "send", permit: decision.permit, message, next: [] };
}
