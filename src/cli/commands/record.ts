import {
  type Day,
  decimalsOf,
  eventOfTexts,
  type Fact,
  formatDay,
  formatInstant,
  type Hold,
  holdsOn,
  InvariantError,
  isMoneyFact,
  isPersonFact,
  keysOfKind,
  keysOfPersonEvent,
  nearest,
  PERSON_EVENT_KINDS,
  type PersonFact,
  type Position,
  personOf,
  positionFromFacts,
  RECORD_KINDS,
  type RecordedFact,
  readEvent,
  readPersonEvent,
  replay,
} from "../../core/index.ts";
import { EVENT_COLUMNS, madeEventId } from "../../intake/index.ts";
import { dayOption, shelvesOf, todayAt, withBook } from "../../office/book.ts";
import { amount, Declined, dayOrDash, type Io, table, WrongUse } from "../../office/io.ts";
import { positionJson } from "../../office/loans/position-json.ts";
import { type PromiseTold, promiseJson, promiseLine, promisesTold } from "../../office/loans/promises.ts";
import { usualDay } from "../../office/loans/shown.ts";
import { personJson, tellPerson } from "../../office/people/known.ts";
import { personSentence } from "../../office/people/sentences.ts";
import { refusalWords } from "../../office/refusal-words.ts";
import {
  bookStore,
  factsOf,
  type LoanFile,
  loanFile,
  personFactsOf,
  type ToldEvent,
} from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

const kebab = (column: string): string => column.replaceAll("_", "-");
/** Of one loan, and of the person who owes it. */
const ALL_KINDS: readonly string[] = [...RECORD_KINDS, ...PERSON_EVENT_KINDS];
/** The keys of an event as options; loan and kind are words, the day has a usual value. */
const KEYS = EVENT_COLUMNS.filter((column) => column !== "loan_id" && column !== "kind");

export const options: Readonly<Record<string, { readonly type: "string" | "boolean" }>> = {
  ...Object.fromEntries(KEYS.map((column) => [kebab(column), { type: "string" as const }])),
  lender: { type: "string" },
  "dry-run": { type: "boolean" },
};

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [kind, loanId] = asked.words;
  if (kind === undefined || !ALL_KINDS.includes(kind)) {
    const near = kind === undefined ? undefined : nearest(kind, ALL_KINDS);
    throw new WrongUse(
      say.missing[io.language](
        ALL_KINDS.join(" | "),
        `arrears record ${near ?? "charge"} L000123 --amount 30.00`,
      ),
    );
  }
  if (!loanId) throw new WrongUse(say.missing[io.language]("LOAN", `arrears record ${kind} L000123`));
  dayOption(asked.text("on"), "--on", io);
  return withBook(place, io, async (db) => {
    const file = await loanFile(db, loanId, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](loanId));
    const texts = textsOf(asked, kind, formatDay(todayAt(file.lender, io)));
    const id = asked.text("id") ?? madeEventId(loanId, texts);
    const event = eventOfTexts(texts);
    // What is written wrongly is wrong use, and told before the loan is asked.
    const { currency, ratePer } = file.product.terms;
    const { disbursedOn } = file.stored;
    const zone = file.borrower.zone ?? file.lender.zone;
    const read = PERSON_EVENT_KINDS.includes(kind)
      ? readPersonEvent(event, { id, loan: loanId, zone, now: io.now() })
      : readEvent(event, { at: "", id, decimals: decimalsOf(currency), ratePer, disbursedOn });
    if (!read.ok && read.refusal.code !== "before-payout")
      throw new WrongUse(optionSays(read.refusal, kind, io));
    const dryRun = asked.flag("dry-run");
    const before = factsOf(file);
    const done = await bookStore(db, shelvesOf(io)).events(
      file.lender.code,
      [{ kind: "event", line: 1, loanId, id, event }],
      { actor: "person", dryRun },
    );
    const [refused] = done.refused;
    if (refused) throw new Declined(`${refused.code}: ${refusalWords(refused, io.language)}`);
    const [told] = done.told;
    const known = told!.known || (!dryRun && done.added === 0);
    const { fact } = told!;
    if (isPersonFact(fact)) tellOfPerson(io, file, { kind, fact, known, dryRun });
    else tell(io, file, { kind, id, told: { ...told!, fact, known }, dryRun, before });
    return 0;
  });
}

/** What the options say, under the names of a file's columns, so that both make the same id of the same event. */
function textsOf(asked: Asked, kind: string, today: string): Map<string, string> {
  const texts = new Map([
    ["kind", kind],
    ["on", asked.text("on") ?? today],
  ]);
  for (const column of KEYS) {
    const text = asked.text(kebab(column));
    if (column !== "on" && column !== "id" && text !== undefined) texts.set(column, text);
  }
  return texts;
}

function optionSays(
  { code, says, at = "" }: { code: string; says: string; at?: string },
  kind: string,
  io: Io,
): string {
  const option = kebab(at.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).replaceAll(".", "-");
  const takes = [...keysOfKind(kind), ...keysOfPersonEvent(kind)].map(
    (key) => `--${kebab(key.replace(/[A-Z]/g, (l) => `-${l.toLowerCase()}`))}`,
  );
  return say.badOption[io.language](
    `--${option}`,
    refusalWords({ code, says }, io.language),
    kind,
    takes.join(" "),
  );
}

/** What was recorded of the person, and what is known of him before and after it. */
function tellOfPerson(
  io: Io,
  file: LoanFile,
  { kind, fact, known, dryRun }: { kind: string; fact: PersonFact; known: boolean; dryRun: boolean },
): void {
  const zone = file.borrower.zone ?? file.lender.zone;
  const before = personFactsOf(file);
  const after = personOf(known ? before : [...before, fact]);
  const undo = fact.kind === "PersonFactReversed" ? undefined : `record reversal ${file.id} --of ${fact.id}`;
  io.object({
    loan: file.id,
    lender: file.lender.code,
    borrower: file.borrower.external_id,
    kind,
    id: fact.id,
    bookedOn: formatDay(fact.on),
    at: formatInstant(zone, fact.at),
    says: personSentence(fact, zone).en,
    known,
    dryRun,
    before: personJson(personOf(before), zone),
    after: personJson(after, zone),
    undo: undo ?? null,
  });
  const how = known ? "known" : dryRun ? "dry-run" : "new";
  io.out(say.recorded[io.language](kind, file.id, formatDay(fact.on), how));
  io.out(personSentence(fact, zone)[io.language]);
  io.out(say.recordedId[io.language](fact.id));
  if (file.siblings.length > 0) io.out(say.forAllLoans[io.language]([file.id, ...file.siblings].join(", ")));
  tellPerson(io, after, zone);
  io.out("");
  if (dryRun || known) return;
  io.out(say.seeIt[io.language](`arrears explain ${file.id}`));
  io.out(undo === undefined ? say.noUndo[io.language]() : say.undo[io.language](`arrears ${undo}`));
}

interface Outcome {
  readonly kind: string;
  readonly id: string;
  readonly told: ToldEvent & { readonly fact: RecordedFact };
  readonly dryRun: boolean;
  readonly before: readonly Fact[];
}

function tell(io: Io, file: LoanFile, { kind, id, told, dryRun, before }: Outcome): void {
  const { fact, known, notes } = told;
  const day = Math.max(usualDay(file, io), "valueOn" in fact ? fact.valueOn : fact.on) as Day;
  const sides = [seen(file, before, day), seen(file, known ? before : [...before, fact], day)] as const;
  const undo = undoOf(fact, file.id);
  const decimals = decimalsOf(file.product.terms.currency);
  io.object({
    loan: file.id,
    lender: file.lender.code,
    kind,
    id: fact.kind === "EntryReversed" ? fact.id : id,
    bookedOn: formatDay(fact.on),
    known,
    dryRun,
    notes: notes.map(({ code, says }) => ({ code, says })),
    before: sideJson(sides[0], decimals),
    after: sideJson(sides[1], decimals),
    undo: undo ?? null,
  });
  for (const note of notes) io.note(say.noted[io.language](refusalWords(note, io.language)));
  io.out(
    say.recorded[io.language](
      kind,
      file.id,
      formatDay(fact.on),
      known ? "known" : dryRun ? "dry-run" : "new",
    ),
  );
  if (fact.kind !== "EntryReversed") io.out(say.recordedId[io.language](id));
  io.out("");
  io.out(sideTable(io, day, sides, decimals));
  io.out("");
  if (dryRun || known) return;
  io.out(say.seeIt[io.language](`arrears show ${file.id} --as-of ${formatDay(day)}`));
  io.out(undo === undefined ? say.noUndo[io.language]() : say.undo[io.language](`arrears ${undo}`));
}

function undoOf(fact: RecordedFact, loan: string): string | undefined {
  if (isMoneyFact(fact)) return `record reversal ${loan} --of ${fact.id}`;
  if (fact.kind === "PromiseMade" || fact.kind === "PromiseReplaced")
    return `record promise-withdrawal ${loan} --of ${fact.id}`;
  if (fact.kind === "PromiseWithdrawn") return undefined;
  if (fact.kind === "HoldPlaced") return `record lift ${loan} --hold ${fact.hold}`;
  return fact.kind === "HoldLifted" ? `record hold ${loan} --hold ${fact.hold}` : undefined;
}

/** The loan on a day with some facts; a loan that is set aside cannot be counted, and shows nothing. */
interface Side {
  readonly position: Position | undefined;
  readonly holds: readonly Hold[];
  readonly promises: readonly PromiseTold[];
}

function seen(file: LoanFile, facts: readonly Fact[], day: Day): Side {
  const product = () => file.product;
  try {
    const loan = replay(file.key, facts, product);
    return {
      position: positionFromFacts(file.key, facts, product, day),
      holds: loan ? holdsOn(loan, day) : [],
      promises: loan ? promisesTold(loan, file.product, day) : [],
    };
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    return { position: undefined, holds: [], promises: [] };
  }
}

function sideJson({ position, holds, promises }: Side, decimals: number): Record<string, unknown> | null {
  if (!position) return null;
  const { installments: _, ...json } = positionJson(position, decimals);
  return {
    ...json,
    holds: holds.map(({ kind, until }) => ({
      hold: kind,
      until: until === undefined ? null : formatDay(until),
    })),
    promises: promises.map((promise) => promiseJson(promise, decimals)),
  };
}

const WORDS = {
  en: {
    before: "before",
    after: "after",
    status: "status",
    dpd: "days past due",
    arrears: "past due",
    outstanding: "principal outstanding",
    next: "next due",
    payoff: "to pay off",
    unapplied: "unapplied",
    holds: "holds",
    promises: "promise",
  },
  zh: {
    before: "之前",
    after: "之后",
    status: "状态",
    dpd: "逾期天数",
    arrears: "逾期欠款",
    outstanding: "剩余本金",
    next: "下期应还",
    payoff: "结清金额",
    unapplied: "未分配款",
    holds: "暂停",
    promises: "承诺还款",
  },
} as const;

function sideTable(io: Io, day: Day, sides: readonly Side[], decimals: number): string {
  const words = WORDS[io.language];
  const money = (value: number) => amount(value, decimals);
  const cells = sides.map(({ position, holds, promises }) => {
    const held = holds.map(({ kind, until }) =>
      until === undefined ? kind : `${kind} – ${formatDay(until)}`,
    );
    const promised = promises.map((one) => promiseLine(one, money, io.language)).join("; ") || "–";
    if (!position) return ["?", "?", "?", "?", "?", "?", "?", held.join(", "), promised];
    const { nextDue } = position;
    return [
      position.status,
      `${position.dpd} (${position.band})`,
      money(position.arrears.total),
      money(position.outstanding),
      nextDue ? `${dayOrDash(nextDue.on)} ${money(nextDue.amount)}` : "–",
      money(position.payoff),
      money(position.unapplied),
      held.join(", ") || "–",
      promised,
    ];
  });
  const names = [
    "status",
    "dpd",
    "arrears",
    "outstanding",
    "next",
    "payoff",
    "unapplied",
    "holds",
    "promises",
  ] as const;
  const rows = names
    .map((name, i) => [words[name], cells[0]![i]!, cells[1]![i]!])
    .filter((row, i) => names[i] !== "promises" || row[1] !== "–" || row[2] !== "–");
  return table([formatDay(day), words.before, words.after], rows, ["left", "right", "right"]);
}
