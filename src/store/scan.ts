import { BUCKETS, CONTACT_DAYS, type Day, type Key, keyToNumber } from "../core/index.ts";
import type { WokenBorrower } from "../dayclose/index.ts";
import type { BookedContact } from "../policy/index.ts";
import type { Lender } from "./catalog.ts";
import {
  borrowersOf,
  contactsOf,
  extrasIn,
  journalsFor,
  knowing,
  productIds,
  readWaiting,
} from "./close-store.ts";
import { idsOf } from "./lookups.ts";
import { personsOf } from "./persons.ts";
import { LOAN_COLUMNS, LoanRows } from "./rows.ts";
import type { Database } from "./sql.ts";

/** Buckets that are read together: a partition of the book. */
const RANGE = 64;

/** Who is told what the book holds. */
export interface BookReader {
  /** Every recent contact with anybody, before the first borrower. */
  contacts(made: Iterable<BookedContact>): void;
  borrower(one: WokenBorrower): void;
}

/**
 * All borrowers of a lender as the book has them on a day: every loan, asleep or awake, with the facts that wait and the
 * contacts of the last days. Read by runs of buckets, a few statements each and none a loan, in one snapshot.
 */
export async function scanBorrowers(
  db: Database,
  lender: Pick<Lender, "id">,
  today: Day,
  take: BookReader,
  onProgress: (buckets: number, of: number) => void = () => {},
): Promise<void> {
  await db.tx(async (sql) => {
    await sql.script("set transaction isolation level repeatable read, read only");
    const ids = await productIds(sql, lender.id);
    // One pass over the journal for the whole book: it lies in the order of its days, not of its buckets.
    const contacted = await sql.query<{ bucket: number; n: number }>(
      "select distinct bucket, n from journal where bucket >= 0 and kind in (40, 55) and on_day >= $1",
      [today - CONTACT_DAYS],
    );
    const contacts: ReadonlyMap<number, BookedContact[]> =
      contacted.length > 0 ? await contactsOf(sql, contacted, (today - CONTACT_DAYS) as Day) : new Map();
    take.contacts([...contacts.values()].flat());
    for (let from = 0; from < BUCKETS; from += RANGE) {
      const range = `bucket >= ${from} and bucket < ${from + RANGE}`;
      const columns = LOAN_COLUMNS.join(", ");
      const rows = new LoanRows([
        await sql.copyOut(`select ${columns} from loan_state where ${range} and product in (${ids})`),
      ]);
      const extras = rows.withExtra.size > 0 ? await extrasIn(sql, range) : new Map<number, string>();
      const origins = new Map();
      const waiting = await readWaiting(sql, `${range} and lender = ${lender.id}`, origins);
      const journals = await journalsFor(sql, rows, extras, waiting);
      const recorded = await sql.query<{ bucket: number; n: number }>(
        `select bucket, n from person where ${range} and lender = $1`,
        [lender.id],
      );
      const persons = await personsOf(sql, recorded);
      const all = [...borrowersOf({ rows, extras, waiting, origins, journals })];
      const named = await idsOf(sql, loansNamed(all, contacts, persons));
      for (const borrower of all) {
        const id = keyToNumber(borrower);
        const [made, person] = [contacts.get(id), persons.get(id)];
        take.borrower(made || person ? knowing(borrower, made ?? [], person, named) : borrower);
      }
      onProgress(from + RANGE, BUCKETS);
    }
  });
}

/** The loans of borrowers of whom a fact may name one. */
const loansNamed = (
  borrowers: readonly WokenBorrower[],
  contacts: ReadonlyMap<number, readonly BookedContact[]>,
  persons: ReadonlyMap<number, unknown>,
): Key[] =>
  borrowers
    .filter((borrower) => {
      const id = keyToNumber(borrower);
      return persons.has(id) || contacts.get(id)?.some(({ made }) => made.debts !== undefined);
    })
    .flatMap(({ loans }) => loans.map(({ loan }) => loan));
