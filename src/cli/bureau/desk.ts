import {
  BUREAU_MARKS,
  type BureauFact,
  type Day,
  DISPUTE_OUTCOMES,
  dayAt,
  formatDay,
  ok,
  type Result,
} from "../../core/index.ts";
import { amendedOf, answerBy, decideBureau, formatMonth, parseMonth } from "../../legal/index.ts";
import { dayOption, packFor, shelvesOf } from "../../office/book.ts";
import { type BureauLaw, bureauLaw } from "../../office/bureau/law.ts";
import { bureauSentence } from "../../office/bureau/sentences.ts";
import { BUREAU_SAY } from "../../office/bureau/words.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { refusalWords } from "../../office/refusal-words.ts";
import {
  type BureauEntry,
  bookStore,
  type Database,
  type LoanFile,
  recordBureau,
} from "../../store/index.ts";
import { listOf, oneWordOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";

export const DESK_VERBS = [
  "dispute",
  "answer",
  "correct",
  "delete",
  "mark",
  "unmark",
  "complain",
  "complaint-answered",
] as const;
export type DeskVerb = (typeof DESK_VERBS)[number];

/** What is reported of a loan's months now: as told, with what was corrected and taken back since. */
export function reportedNow({ notes, told }: BureauEntry, loan: string): Map<string, string> {
  const reported = new Map<string, string>();
  for (const [month, { code }] of told) reported.set(formatMonth(month), code);
  for (const [month, now] of amendedOf(notes, loan)) reported.set(month, now);
  return reported;
}

/** Records one fact of a loan's entry, as the words and options say. */
export async function atBureauDesk(
  db: Database,
  file: LoanFile,
  verb: DeskVerb,
  asked: Asked,
  io: Io,
): Promise<number> {
  const { lender } = file;
  const pack = await packFor(db, lender);
  if (!pack) throw new Declined(BUREAU_SAY.noPack[io.language](lender.pack));
  const now = io.now();
  const today = dayAt(lender.zone, now);
  const law = bureauLaw(pack, today);
  if (!law.ok) throw new Declined(law.refusal.says);
  const by = required(asked, "by", "--by mei", io);
  const dryRun = asked.flag("dry-run");
  const base = {
    on: Math.max(today, lender.openOn) as Day,
    at: now,
    debt: file.id,
    by,
  };
  const wish = wishOf(verb, asked, base, law.value, today, io);
  // The hold first: if the second step fails, the loan is held all the same, and the same command goes on from there.
  if (verb === "dispute" && !dryRun) await hold(db, file, wish.id, "hold", base.on, io);
  const done = await recordBureau(
    db,
    lender,
    file.key,
    now,
    { dryRun },
    (entry): Result<readonly BureauFact[]> => {
      const decided = decideBureau(wish, entry.notes, reportedNow(entry, file.id));
      return decided.ok ? ok([decided.value]) : decided;
    },
  );
  const known = !done.ok && done.refusal.code === "bureau-known";
  if (!done.ok && !known)
    throw new Declined(`${done.refusal.code}: ${refusalWords(done.refusal, io.language)}`);
  if (verb === "answer" && !dryRun && "of" in wish)
    await hold(db, file, String(wish.of), "lift", base.on, io);
  const fact = done.ok ? done.value[0]! : wish;
  io.object({
    loan: file.id,
    lender: lender.code,
    kind: verb,
    id: fact.id,
    bookedOn: formatDay(fact.on),
    ...("answerBy" in fact ? { answerBy: formatDay(fact.answerBy) } : {}),
    ...("was" in fact ? { was: fact.was, to: fact.to } : {}),
    says: bureauSentence(fact).en,
    ...(verb === "dispute" && law.value.objection ? { cite: law.value.objection.source.cite } : {}),
    known,
    dryRun,
  });
  io.out(bureauSentence(fact)[io.language]);
  if (known) io.out(BUREAU_SAY.known[io.language]());
  else if (dryRun) io.out(BUREAU_SAY.dryRun[io.language]());
  else io.out(say.seeIt[io.language](`arrears bureau show ${file.id}`));
  return 0;
}

/** The hold that an objection places on its loan, and that its answer lifts. */
async function hold(
  db: Database,
  file: LoanFile,
  id: string,
  kind: "hold" | "lift",
  on: Day,
  io: Io,
): Promise<void> {
  const event = { kind, on: formatDay(on), hold: "dispute" };
  const done = await bookStore(db, shelvesOf(io)).events(
    file.lender.code,
    [{ kind: "event", line: 1, loanId: file.id, id: `bureau ${kind} ${id}`, event }],
    { actor: "person" },
  );
  const [refused] = done.refused;
  // A hold that somebody lifted by hand is gone, and that is what was wanted.
  if (refused && refused.code !== "no-such-hold" && refused.code !== "differs-from-accepted")
    throw new Declined(`${refused.code}: ${refusalWords(refused, io.language)}`);
}

type Base = Pick<BureauFact, "on" | "at" | "debt" | "by">;

function wishOf(verb: DeskVerb, asked: Asked, base: Base, law: BureauLaw, today: Day, io: Io): BureauFact {
  const dated = dayOption(asked.text("on"), "--on", io) ?? today;
  const id = asked.text("id") ?? `${verb}-${formatDay(dated)}`;
  const words = (option: string, example: string) => required(asked, option, example, io);
  const of = () => words("of", "--of dispute-2026-11-26");
  switch (verb) {
    case "dispute": {
      const days = law.objection?.days;
      if (days === undefined) throw new Declined("no text on the days to answer an objection was read");
      return {
        kind: "BureauDisputed",
        ...base,
        id,
        received: dated,
        answerBy: answerBy(dated, days),
        months: monthsAsked(asked, io),
        words: words("says", '--says "paid on 9 October"'),
        via: asked.text("via") === "bureau" ? "bureau" : "lender",
      };
    }
    case "answer":
      return {
        kind: "BureauAnswered",
        ...base,
        id,
        of: of(),
        outcome: oneWordOf(asked.text("outcome"), DISPUTE_OUTCOMES, "outcome", io),
        dated,
        words: words("says", '--says "the payment of 9 October was found"'),
        proof: words("proof", "--proof letter-2026-11-30.pdf"),
      };
    case "correct":
      return {
        kind: "BureauCorrected",
        ...base,
        id: asked.text("id") ?? `correct-${words("month", "--month 2026-10")}-${formatDay(today)}`,
        month: monthWord(words("month", "--month 2026-10"), io),
        was: "",
        to: words("to", "--to N"),
        reason: words("reason", '--reason "payment of 9 October booked late"'),
        ...(asked.text("of") === undefined ? {} : { of: of() }),
      };
    case "delete":
      return {
        kind: "BureauDeleted",
        ...base,
        id,
        months: monthsAsked(asked, io),
        reason: words("reason", '--reason "another person\'s loan"'),
        ...(asked.text("of") === undefined ? {} : { of: of() }),
      };
    case "mark":
      return {
        kind: "BureauMarked",
        ...base,
        id: asked.text("id") ?? `${asked.text("mark") ?? "mark"}-${formatDay(dated)}`,
        mark: oneWordOf(asked.text("mark"), BUREAU_MARKS, "mark", io),
        dated,
        reason: words("reason", '--reason "guarantee called"'),
      };
    case "unmark":
      return {
        kind: "BureauMarkReversed",
        ...base,
        id,
        of: of(),
        reason: words("reason", '--reason "entered by mistake"'),
      };
    case "complain": {
      const days = law.complaint?.days;
      if (days === undefined) throw new Declined("no text on complaints to an authority was read");
      return {
        kind: "BureauComplained",
        ...base,
        id,
        to: words("to", '--to "人民银行上海总部"'),
        accepted: dated,
        answerBy: answerBy(dated, days),
        words: words("says", '--says "…"'),
      };
    }
    case "complaint-answered":
      return {
        kind: "BureauComplaintAnswered",
        ...base,
        id,
        of: of(),
        dated,
        words: words("says", '--says "…"'),
      };
  }
}

function monthWord(text: string, io: Io): string {
  if (parseMonth(text) === undefined) throw new WrongUse(BUREAU_SAY.badMonth[io.language](text));
  return text;
}

const monthsAsked = (asked: Asked, io: Io): string[] =>
  listOf(asked.text("months") ?? asked.text("month") ?? "").map((text) => monthWord(text, io));
