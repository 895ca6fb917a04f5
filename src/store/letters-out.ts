import { type Instant, type Key, keyToNumber } from "../core/index.ts";
import type { Begun, Decided, Ended, Judged, PlannedAction, Standing } from "../dispatch/index.ts";
import { type Lender, products, type Shelves } from "./catalog.ts";
import { type DeskPerson, readDesk } from "./letters.ts";
import { lendersOf, outboxStore, Written } from "./outbox.ts";
import { ACT_CODES, OUTBOX_COLUMNS, STATE } from "./outbox-rows.ts";
import type { Database, Sql } from "./sql.ts";
import { readStanding } from "./standing.ts";

/** Letters stand in the outbox beside the lender's own; their numbers within a day begin here, so that neither meets the other. */
const FIRST_ITEM = 8192;
/** What the outbox says of a lawyer's letter: whoever looks sees which. */
const whatOf = (letter: string): string => `lawyers-letter/${letter}`;

/** A letter that is to be handed over now. */
export interface LetterOut {
  readonly owner: Key;
  readonly letter: string;
}

/** What became of it: begun, or why not. */
export type LetterTaken =
  | { readonly letter: string; readonly taken: "begun" }
  | {
      readonly letter: string;
      readonly taken: "refused";
      readonly why: string;
      readonly rules: readonly string[];
    }
  /** The contact was made in an earlier run, which did not come to write so. */
  | { readonly letter: string; readonly taken: "made"; readonly action: string; readonly at: Instant };

export interface OutAsked {
  readonly now: Instant;
  readonly carry: (begun: readonly Begun[]) => Promise<readonly Ended[]>;
  /** May it go, by its own life? Why not, where it may not. */
  readonly ready: (person: DeskPerson, letter: string) => string | undefined;
  /** The gate's word at this second, as for any contact. */
  readonly judge: (standing: Standing, action: PlannedAction, letter: string) => Judged;
}

/**
 * Hands letters over as contacts: each judged by the gate at its second under the borrower's lock, written down as begun before the
 * carrier has it, ended by the carrier's word.
 *
 * Holds   at most once: a letter whose contact was begun is not begun again, whatever became of the run that began it.
 */
export async function takeLettersOut(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  letters: readonly LetterOut[],
  asked: OutAsked,
): Promise<{ readonly taken: readonly LetterTaken[]; readonly ended: ReadonlyMap<string, Ended> }> {
  const all = await lendersOf(db, shelves);
  const own = await products(db);
  const begun = new Map<string, Begun>();
  const taken = await db.tx(async (sql) => {
    const told: LetterTaken[] = [];
    const people = await readDesk(
      sql,
      lender,
      own,
      letters.map(({ owner }) => owner),
      asked.now,
    );
    const byOwner = new Map(people.map((person) => [keyToNumber(person.key), person]));
    const going: LetterOut[] = [];
    for (const one of letters) {
      const person = byOwner.get(keyToNumber(one.owner))!;
      const signed = person.letters.get(one.letter)?.state === "signed";
      const before = signed ? await earlierContact(sql, one) : undefined;
      if (before) told.push(before);
      else {
        const why = asked.ready(person, one.letter);
        if (why === undefined) going.push(one);
        else told.push({ letter: one.letter, taken: "refused", why, rules: [] });
      }
    }
    if (going.length === 0) return told;
    for (const one of going) await plan(sql, lender, one, byOwner.get(keyToNumber(one.owner))!, asked.now);
    const written = new Written(asked.now, sql.vault);
    const letterOf = new Map(going.map(({ letter }) => [whatOf(letter), letter]));
    const refused = new Map<string, LetterTaken>();
    const decide = (standing: Standing): Decided => {
      const mine = standing.actions.filter(({ what }) => letterOf.has(what));
      return {
        consolidated: [],
        carriers: [],
        more: false,
        judged: mine.map((action) => {
          const letter = letterOf.get(action.what)!;
          const judged = asked.judge(standing, action, letter);
          if (judged.kind === "send") return { action, judged };
          const why = judged.kind === "cancel" ? judged.why : "not-now";
          refused.set(letter, { letter, taken: "refused", why, rules: judged.rules });
          // A letter that may not go now is not left for another run to find: somebody hands it over again.
          return { action, judged: { kind: "cancel", why, rules: judged.rules } as const };
        }),
      };
    };
    const owners = [...new Map(going.map(({ owner }) => [keyToNumber(owner), owner])).values()];
    for (const stood of await readStanding(sql, owners, asked.now, all)) written.decide(stood, decide);
    await written.store(sql);
    const [broken] = written.broken;
    if (broken) throw new Error(broken.says);
    for (const one of written.begun) begun.set(letterOf.get(one.message.what)!, one);
    for (const { letter } of going) told.push(refused.get(letter) ?? { letter, taken: "begun" });
    return told;
  });
  const ends = await asked.carry([...begun.values()]);
  const outbox = outboxStore(db, shelves);
  await outbox.end({ worker: "letters", forMs: 0 }, ends, asked.now, []);
  // One that was taken back is not left planned: the lender's own dispatch knows nothing of letters.
  for (const { begun: one, ending } of ends) if (ending.outcome === "withdrawn") await cancel(db, one);
  const byMessage = new Map(ends.map((one) => [one.begun.message.id, one]));
  return {
    taken,
    ended: new Map([...begun].map(([letter, one]) => [letter, byMessage.get(one.message.id)!])),
  };
}

async function earlierContact(sql: Sql, { owner, letter }: LetterOut): Promise<LetterTaken | undefined> {
  const [row] = await sql.query<{ state: number; action: string; at: number }>(
    `select state, state_at as at, bucket || '-' || n || '/' || to_char(date '1970-01-01' + on_day, 'YYYY-MM-DD') || '/letter/' || item as action
     from outbox where bucket = $1 and n = $2 and what = $3 and state in (${STATE.started}, ${STATE.done}, ${STATE.unknown})`,
    [owner.bucket, owner.n, whatOf(letter)],
  );
  if (!row) return undefined;
  if (row.state !== STATE.started) return { letter, taken: "made", action: row.action, at: row.at };
  return { letter, taken: "refused", why: "under-way", rules: [] };
}

async function plan(
  sql: Sql,
  lender: Lender,
  { owner, letter }: LetterOut,
  person: DeskPerson,
  now: Instant,
): Promise<void> {
  const loans = person.letters.get(letter)!.loans;
  const steps = person.loans
    .filter(({ id }) => loans.includes(id))
    .map(({ key }) => ({ n: key.n, step: whatOf(letter) }));
  await sql.run(
    `insert into outbox (${OUTBOX_COLUMNS.join(", ")})
     select $1, $1, $2, $3, $4, ${ACT_CODES.letter}, greatest(${FIRST_ITEM}, coalesce(max(o.item) + 1, 0))::int2, $5,
       ${STATE.planned}, 'letter', $6, 'law-firm', 'none', $7
     from (select item from outbox where bucket = $2 and n = $3 and on_day = $4 and act = ${ACT_CODES.letter}) o`,
    [now, owner.bucket, owner.n, person.today, lender.id, whatOf(letter), JSON.stringify(steps)],
  );
}

const cancel = (sql: Sql, { key }: Begun): Promise<number> =>
  sql.run(
    `update outbox set state = ${STATE.cancelled}
     where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5 and state = ${STATE.planned}`,
    [key.bucket, key.n, key.on, key.act, key.item],
  );
