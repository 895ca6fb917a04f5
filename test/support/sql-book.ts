import {
  codeOf,
  type Day,
  factToText,
  hash32,
  keyToNumber,
  type LoanBooked,
  type OutsideFact,
} from "../../src/core/index.ts";
import type { Action } from "../../src/dayclose/index.ts";
import { addExtras } from "../../src/store/close-store.ts";
import type { Database, JournalEntry, Shelves } from "../../src/store/index.ts";
import {
  ACTORS,
  ensureLender,
  ensureProduct,
  findKeys,
  findLender,
  freezeStrategy,
} from "../../src/store/index.ts";
import {
  INBOX_SELECT,
  JOURNAL_COLUMNS,
  LOAN_COLUMNS,
  readInbox,
  readJournal,
  readLoans,
} from "../../src/store/rows.ts";
import { ACTS } from "../../src/strategy/index.ts";
import { WORLD_LENDER, type World } from "../sim/world.ts";
import { strategyOf } from "./book.ts";
import { type Dump, tellAction, tellFact, tellState } from "./memory-store.ts";

/** Registers a world's lender, products and strategies. */
export async function furnishWorld(
  db: Database,
  world: Pick<World, "products" | "strategies">,
): Promise<void> {
  const lender = await ensureLender(db, WORLD_LENDER);
  for (const body of world.strategies) {
    const { name, version, from } = strategyOf(body);
    await freezeStrategy(db, { name, version, from, body, sha256: String(hash32(body)) });
  }
  for (const product of world.products) await ensureProduct(db, lender, product);
}

const TABLES = [
  "access_log",
  "job",
  "approval",
  "kept_answer",
  "api_token",
  "sign_in_try",
  "staff_session",
  "sign_in_link",
  "staff",
  "count_day",
  "count_roll",
  "band_month",
  "ever_late",
  "seal_part",
  "seal_mark",
  "seal_salt",
  "seal_batch",
  "seal_handed",
  "kept_file",
  "loan_document",
  "letter_ref",
  "letter",
  "legal_case",
  "enforcement",
  "enforcement_ref",
  "letter_number",
  "letter_terms",
  "engagement",
  "firm_lawyer",
  "firm",
  "claim",
  "put_off",
  "person",
  "collector_day",
  "collector",
  "mandate",
  "agency",
  "close_chunk",
  "address_ref",
  "contact_ref",
  "inbound_kept",
  "outbox",
  "inbox",
  "receipt",
  "journal",
  "person",
  "loan_extra",
  "loan_state",
  "loan_ref",
  "borrower",
  "bucket_counter",
  "import_file",
  "house",
  "product",
  "strategy_event",
  "strategy",
  "lender",
  "person_ref",
];

/** A database as new, for the next try: deleting, since to truncate each partition takes longer than a small close. */
export const emptyBook = (db: Database): Promise<void> =>
  db.script(
    `${TABLES.map((table) => `delete from ${table};`).join(" ")} update dispatch_lease set until = 0 where until > 0;
     update seal_log set size = 0, edge = '' where size > 0;`,
  );

/** Facts that no file brings, straight into the inbox, as a person's screen would put them there. */
export async function putFacts(
  db: Database,
  shelves: Pick<Shelves, "now">,
  entries: readonly { readonly loan: string; readonly fact: OutsideFact }[],
): Promise<void> {
  if (entries.length === 0) return;
  await db.tx(async (sql) => {
    const lender = (await findLender(sql, WORLD_LENDER.code, "for share"))!;
    const keys = await findKeys(sql, lender, [...new Set(entries.map(({ loan }) => loan))]);
    const recordedAt = shelves.now();
    for (const [ord, { loan, fact }] of entries.entries()) {
      const { bucket, n } = keys.get(loan)!;
      const on = Math.max(fact.on, lender.openOn) as Day;
      await sql.run(
        `insert into inbox (recorded_at, bucket, n, on_day, ord, lender, actor, kind, payload)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [recordedAt, bucket, n, on, ord, lender.id, ACTORS.person, codeOf(fact), factToText(fact)],
      );
    }
  });
}

/** Everything in the book, by outside ids, in the form in which books are compared. */
export async function dumpBook(db: Database): Promise<Dump> {
  const journals = new Map<number, JournalEntry[]>();
  const names = new Map<number, string>();
  for (const entry of readJournal(
    await db.copyOut(`select ${JOURNAL_COLUMNS.join(", ")} from journal order by bucket, n, seq`),
    db.vault,
  )) {
    const id = keyToNumber(entry);
    const own = journals.get(id) ?? [];
    journals.set(id, own);
    own.push(entry);
    if (entry.seq !== own.length) throw new Error(`a gap in the journal of ${entry.bucket}/${entry.n}`);
    if (entry.seq === 1 && entry.fact.kind === "LoanBooked") names.set(id, (entry.fact as LoanBooked).id);
  }
  const stored = readLoans(await db.copyOut(`select ${LOAN_COLUMNS.join(", ")} from loan_state`));
  await addExtras(db, stored);
  const loans: Record<string, { facts: string[]; state: string }> = {};
  for (const { loan } of stored) {
    const facts = journals.get(keyToNumber(loan)) ?? [];
    loans[names.get(keyToNumber(loan))!] = {
      facts: facts.map(({ fact }) => tellFact(fact)),
      state: tellState(loan),
    };
  }
  const owners = await db.query<{ bucket: number; n: number; external_id: string }>(
    "select bucket, n, external_id from borrower",
  );
  const ownerNames = new Map(owners.map((row) => [keyToNumber(row), row.external_id]));
  const actions = (await actionsOf(db)).map((action) =>
    tellAction(
      ownerNames.get(keyToNumber(action))!,
      action,
      (n) => names.get(keyToNumber({ bucket: action.bucket, n }))!,
    ),
  );
  const inbox = [
    ...readInbox(
      await db.copyOut(`select ${INBOX_SELECT} from inbox order by on_day, recorded_at, ord`),
      db.vault,
    ),
  ];
  const waiting = inbox.map((entry) => `${names.get(keyToNumber(entry))} ${tellFact(entry.fact)}`);
  return { loans: sorted(loans), actions: actions.sort(), waiting: waiting.sort() };
}

export async function actionsOf(db: Database): Promise<Action[]> {
  const rows = await db.query<{ on_day: number; act: number; steps: string }>(
    "select bucket, n, on_day, act, item, via, what, slot, strategy, pack, steps from outbox order by bucket, n, on_day, act, item",
  );
  return rows.map(({ on_day, act, steps, ...rest }) => ({
    ...(rest as unknown as Action),
    on: on_day as Day,
    act: ACTS[act - 1]!,
    steps: JSON.parse(steps),
  }));
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
