import {
  borrowerN,
  type Channel,
  CONTACT_DAYS,
  type Day,
  dayAt,
  evolve,
  type Fact,
  type Instant,
  InvariantError,
  keyToNumber,
  LOANS_A_BORROWER,
  type LoanState,
  personOf,
} from "../core/index.ts";
import type { CloseContext } from "../dayclose/index.ts";
import type { Addressee, BorrowerKey, PlannedAction, Standing, StandingLoan } from "../dispatch/index.ts";
import type { BookedContact } from "../policy/index.ts";
import type { Lender } from "./catalog.ts";
import { contactsOf, journalsOf } from "./close-store.ts";
import { loansOfOwners } from "./loans-at.ts";
import { idsOf } from "./lookups.ts";
import {
  ACT_CODES,
  ACTS,
  DUE_ACTS,
  lockBorrowers,
  notOfATeam,
  type OwnerRow,
  STATE,
  seqsOf,
} from "./outbox-rows.ts";
import { personsOf } from "./persons.ts";
import { bucketRange, INBOX_SELECT, type InboxEntry, keyArrays, readInbox } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** The lenders of a book and what each one's actions are judged by. */
export interface Lenders {
  readonly all: ReadonlyMap<number, Lender>;
  readonly contexts: ReadonlyMap<number, CloseContext>;
}

/** A borrower as he stands, and what it takes to write his facts down. */
export interface Stood {
  readonly key: BorrowerKey;
  readonly zone: string;
  /** `undefined` where his loans could not be built: our own bug, which `broken` names. */
  readonly standing: Standing | undefined;
  readonly broken?: string;
  /** Number of his last fact. */
  readonly seq: number;
  readonly mark: (seq: number) => string;
}

/**
 * Locks borrowers in the order of their keys and reads, set by set, all that the second judgment of their planned
 * actions needs: his row is the lock under which all contacts with a person are decided, over all workers.
 */
export async function readStanding(
  sql: Sql,
  keys: readonly BorrowerKey[],
  now: Instant,
  { all, contexts }: Lenders,
  /** Whose actions: what dispatch sends, or the calls that a collector makes. */
  whose: "dispatch" | "team" = "dispatch",
): Promise<Stood[]> {
  const rows = await lockBorrowers(sql, keys);
  if (rows.length === 0) return [];
  const actions = await plannedOf(sql, rows, whose);
  const open = rows.filter((row) => actions.has(keyToNumber(row)));
  if (open.length === 0) return [];
  const lenderOf = (row: OwnerRow): Lender => all.get(row.lender)!;
  const zoneOf = (row: OwnerRow): string => row.zone ?? lenderOf(row).zone;
  const inbox = await inboxOf(sql, open);
  const loans = await loansOf(sql, open);
  const waiting = new Map<number, Fact[]>();
  for (const row of open) {
    const today = dayAt(zoneOf(row), now);
    for (const { bucket, n, fact } of inbox.get(keyToNumber(row)) ?? []) {
      if (!hasCome(fact, today)) continue;
      const id = keyToNumber({ bucket, n });
      waiting.set(id, [...(waiting.get(id) ?? []), fact]);
    }
  }
  const states = [...loans.values()].flat();
  const ids = await idsOf(sql, states);
  const journals = await journalsOf(
    sql,
    states.filter((loan) => waiting.has(keyToNumber(loan))),
  );
  const first = Math.min(...[...actions.values()].flat().map(({ on }) => on));
  const today = Math.min(...open.map((row) => dayAt(zoneOf(row), now)));
  const persons = await personsOf(sql, open);
  const contacts = await contactsOf(sql, open, (Math.min(first, today) - CONTACT_DAYS) as Day);
  const seqs = await seqsOf(sql, open);
  return open.map((row): Stood => {
    const id = keyToNumber(row);
    const own = loans.get(id) ?? [];
    const context = contexts.get(row.lender)!;
    const held = (inbox.get(id) ?? []).length;
    const person = persons.get(id);
    const versions = own.reduce((sum, { version }) => sum + version, 0);
    const base = {
      key: { bucket: row.bucket, n: row.n },
      zone: zoneOf(row),
      seq: seqs.get(id) ?? 0,
      mark: (seq: number) => markOf(held, versions, seq),
    };
    try {
      const standing: StandingLoan[] = own.map((loan) => {
        const product = context.product(loan.product);
        const facts = waiting.get(keyToNumber(loan)) ?? [];
        const earlier = journals.get(keyToNumber(loan)) ?? [];
        return { id: ids.get(keyToNumber(loan))!, product, loan: folded(loan, facts, earlier, product) };
      });
      return {
        ...base,
        standing: {
          addressee: addresseeOf(row, lenderOf(row)),
          loans: standing,
          contacts: standingContacts(contacts.get(id) ?? []),
          ...(person ? { person: personOf(person) } : {}),
          context,
          actions: actions.get(id)!,
        },
      };
    } catch (error) {
      if (!(error instanceof InvariantError)) throw error;
      return { ...base, standing: undefined, broken: error.message };
    }
  });
}

/** What the book holds of a borrower, in one word: any fact that is recorded, moved or folded in changes it. */
const markOf = (waiting: number, versions: number, seq: number): string => `${waiting}/${versions}/${seq}`;

/** The marks of borrowers as they are now, in the order asked. */
export async function marksOf(sql: Sql, keys: readonly BorrowerKey[]): Promise<string[]> {
  const rows = await sql.query<
    BorrowerKey & { waiting: number; versions: number; seq: number } & Record<string, unknown>
  >(
    `select k.bucket, k.n,
       (select count(*)::int4 from inbox i
        where i.bucket = k.bucket and i.n >= k.n and i.n < k.n + ${LOANS_A_BORROWER}) as waiting,
       (select coalesce(sum(l.version), 0)::int4 from loan_state l
        where ${bucketRange(keys, "l")} and l.bucket = k.bucket and l.n > k.n and l.n < k.n + ${LOANS_A_BORROWER}) as versions,
       (select coalesce(max(j.seq), 0)::int4 from journal j where j.bucket = k.bucket and j.n = k.n) as seq
     from ${keyArrays(keys)}`,
  );
  const marks = new Map(rows.map((row) => [keyToNumber(row), markOf(row.waiting, row.versions, row.seq)]));
  return keys.map((key) => marks.get(keyToNumber(key))!);
}

interface PlannedRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly on_day: number;
  readonly act: number;
  readonly item: number;
  readonly slot: number;
  readonly via: string;
  readonly what: string;
  readonly strategy: string;
  readonly pack: string;
  readonly steps: string;
  readonly tried: string | null;
}

async function plannedOf(
  sql: Sql,
  keys: readonly BorrowerKey[],
  whose: "dispatch" | "team",
): Promise<Map<number, PlannedAction[]>> {
  const own =
    whose === "team" ? `o.act = ${ACT_CODES.call}` : `o.act in (${DUE_ACTS}) and ${notOfATeam("o")}`;
  const rows = await sql.query<PlannedRow>(
    `select o.bucket, o.n, o.on_day, o.act, o.item, o.slot, o.via, o.what, o.strategy, o.pack, o.steps, o.tried
     from ${keyArrays(keys)} join outbox o on o.bucket = k.bucket and o.n = k.n
     where o.state = ${STATE.planned} and ${own} order by o.bucket, o.n, o.on_day, o.act, o.item`,
  );
  const planned = new Map<number, PlannedAction[]>();
  for (const { bucket, n, on_day, act, item, slot, via, what, strategy, pack, steps, tried } of rows) {
    const id = keyToNumber({ bucket, n });
    const action: PlannedAction = {
      bucket,
      n,
      on: on_day as Day,
      act: ACTS[act]!,
      item,
      slot,
      via,
      what,
      strategy,
      pack,
      steps: JSON.parse(steps),
      tried: tried === null ? [] : (tried.split(",") as Channel[]),
    };
    const own = planned.get(id);
    if (own) own.push(action);
    else planned.set(id, [action]);
  }
  return planned;
}

async function inboxOf(sql: Sql, keys: readonly BorrowerKey[]): Promise<Map<number, InboxEntry[]>> {
  const columns = INBOX_SELECT.split(", ").map((column) => `i.${column}`);
  const bytes = await sql.copyOut(
    `select ${columns.join(", ")} from ${keyArrays(keys)}
     join inbox i on i.bucket = k.bucket and i.n >= k.n and i.n < k.n + ${LOANS_A_BORROWER}
     where ${bucketRange(keys, "i")} order by i.on_day, i.recorded_at, i.ord`,
  );
  return byBorrower(readInbox(bytes, sql.vault));
}

const loansOf = async (sql: Sql, keys: readonly BorrowerKey[]): Promise<Map<number, LoanState[]>> =>
  byBorrower(await loansOfOwners(sql, keys));

function byBorrower<T extends BorrowerKey>(rows: Iterable<T>): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const row of rows) {
    const id = keyToNumber({ bucket: row.bucket, n: borrowerN(row.n) });
    const own = found.get(id);
    if (own) own.push(row);
    else found.set(id, [row]);
  }
  return found;
}

/** Every contact as it is known now: not those reported by mistake, nor what an earlier word made of one. */
const standingContacts = (contacts: readonly BookedContact[]): Standing["contacts"] =>
  contacts.filter(({ until }) => until === undefined).map(({ made }) => made);

function addresseeOf(borrower: OwnerRow, lender: Lender): Addressee {
  const { phone, email, app, address } = borrower;
  const addresses: Partial<Record<Channel, string>> = {};
  if (app) addresses.app = app;
  if (phone) {
    addresses.text = phone;
    addresses.call = phone;
  }
  if (email) addresses.email = email;
  if (address) addresses.letter = address;
  return {
    bucket: borrower.bucket,
    n: borrower.n,
    lender: lender.name,
    lenderCode: lender.code,
    name: borrower.name,
    addresses,
    zone: borrower.zone ?? lender.zone,
    language:
      borrower.language === "en" || borrower.language === "zh" ? borrower.language : languageOf(lender),
  };
}

const languageOf = (lender: Lender): "en" | "zh" => (lender.pack === "cn" ? "zh" : "en");

/**
 * Whether a fact that waits for its close counts today. Money counts from its value day, though it is booked on the next
 * open one; what has no value day counts at once, unless it is dated further ahead than that.
 */
function hasCome(fact: Fact, today: Day): boolean {
  if (fact.kind === "PaymentReceived") return fact.valueOn <= today;
  if (fact.kind === "BalanceReported") return fact.asOf <= today;
  return fact.on <= today + 1;
}

/** The loan with the facts that wait folded in: a payment of this minute counts. */
function folded(
  loan: LoanState,
  waiting: readonly Fact[],
  journal: readonly Fact[],
  product: StandingLoan["product"],
): LoanState {
  let next = loan;
  const earlier = [...journal];
  for (const fact of waiting) {
    next = evolve(next, fact, product, () => earlier);
    earlier.push(fact);
  }
  return next;
}
