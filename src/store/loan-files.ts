import {
  borrowerN,
  bucketOf,
  type Day,
  factFromText,
  LOANS_A_BORROWER,
  loanKey,
  type Product,
} from "../core/index.ts";
import { type Lender, products } from "./catalog.ts";
import { everyRequest } from "./every-request.ts";
import { refBucket } from "./lookups.ts";
import { openBorrower } from "./profile.ts";
import type { BorrowerRow, LoanFile } from "./read.ts";
import {
  type JournalEntry,
  LOAN_COLUMNS,
  type LoanRowColumns,
  loanOfRow,
  openedPayload,
  openedWaiting,
} from "./rows.ts";
import type { Sql } from "./sql.ts";

/** Between the facts of a text, and between the parts of a fact: a JSON text escapes both, so no payload has them. */
const FACT = "\u001e";
const PART = "\u001f";

const COLUMNS = `concat_ws(U&'\\001F', t.seq, t.on_day, t.recorded_at, t.actor, t.kind, t.payload)`;
const WAITS = `concat_ws(U&'\\001F', 0, t.on_day, t.recorded_at, t.actor, t.kind, t.payload)`;
const toText = (what: string, from: string, order: string): string =>
  `(select string_agg(${what}, U&'\\001E' order by ${order}) from ${from})`;

/**
 * All of a loan in one row, its facts as texts: a statement of few rows costs the driver a tenth of one that gives each fact
 * as a row, and half of a COPY. The keys come from `k`.
 */
const fileOf = (keys: string): string =>
  `select k.at, k.bucket, k.n, ${LOAN_COLUMNS.filter((name) => name !== "bucket" && name !== "n")
    .map((name) => `l.${name}`)
    .join(", ")}, x.body as extra, row_to_json(b)::text as owner,
   ${toText(COLUMNS, "journal t where t.bucket = k.bucket and t.n = k.n", "t.seq")} as facts,
   ${toText(COLUMNS, `journal t where t.bucket = k.bucket and t.n = k.n - k.n % ${LOANS_A_BORROWER}`, "t.seq")} as person,
   ${toText(WAITS, "inbox t where t.bucket = k.bucket and t.n = k.n", "t.on_day, t.recorded_at, t.ord")} as waiting,
   ${toText(
     "concat_ws(U&'\\001F', t.n, t.payload)",
     `journal t where t.bucket = k.bucket and t.n > k.n - k.n % ${LOANS_A_BORROWER}
        and t.n < k.n - k.n % ${LOANS_A_BORROWER} + ${LOANS_A_BORROWER} and t.seq = 1`,
     "t.n",
   )} as firsts
   from ${keys} join loan_state l on l.bucket = k.bucket and l.n = k.n
   join borrower b on b.bucket = k.bucket and b.n = k.n - k.n % ${LOANS_A_BORROWER}
   left join loan_extra x on x.bucket = k.bucket and x.n = k.n`;

const FILES_BY_ID = everyRequest(
  fileOf(
    `(select i.at, r.loan_bucket as bucket, r.loan_n as n
      from unnest($1::int4[], $2::int2[], $3::text[]) with ordinality as i(bucket, lender, id, at)
      join loan_ref r on r.bucket = i.bucket and r.lender = i.lender and r.external_id = i.id) k`,
  ),
);
const FILES_BY_KEY = everyRequest(fileOf("unnest($1::int4[], $2::int4[], $3::int4[]) as k(bucket, n, at)"));
const OWNERS = everyRequest(
  `select i.at, b.bucket, b.n, b.loans from unnest($1::int4[], $2::int2[], $3::text[]) with ordinality as i(bucket, lender, id, at)
   join borrower b on b.bucket = i.bucket and b.lender = i.lender and b.external_id = i.id`,
);

interface FileRow extends LoanRowColumns {
  readonly at: number;
  readonly extra: string | null;
  readonly owner: string;
  readonly facts: string | null;
  readonly person: string | null;
  readonly waiting: string | null;
  readonly firsts: string;
}

/** Everything the book holds on loans, by their outside ids at a lender; in the order asked, `undefined` where there is none. */
export async function loanFilesById(
  sql: Sql,
  asked: readonly { readonly lender: Lender; readonly id: string }[],
): Promise<(LoanFile | undefined)[]> {
  const rows = await sql.query<FileRow>(FILES_BY_ID, [
    asked.map(({ lender, id }) => refBucket(lender, id)),
    asked.map(({ lender }) => lender.id),
    asked.map(({ id }) => id),
  ]);
  const files: (LoanFile | undefined)[] = asked.map(() => undefined);
  for (const { at, file } of await filesOf(sql, rows, asked)) files[at] = file;
  return files;
}

/** All loans of borrowers, by their outside ids at a lender, in the order asked; none of whom the lender does not know. */
export async function loanFilesOfOwners(
  sql: Sql,
  asked: readonly { readonly lender: Lender; readonly id: string }[],
): Promise<LoanFile[][]> {
  const owners = await sql.query<{ at: number; bucket: number; n: number; loans: number }>(OWNERS, [
    asked.map(({ lender, id }) => bucketOf(lender.code, id)),
    asked.map(({ lender }) => lender.id),
    asked.map(({ id }) => id),
  ]);
  // Not one statement: a server that guesses how many loans a borrower has reads whole buckets.
  const keys = owners.flatMap(({ at, loans, ...owner }) =>
    Array.from({ length: loans }, (_, i) => ({ at, ...loanKey(owner, i + 1) })),
  );
  const rows = await sql.query<FileRow>(FILES_BY_KEY, [
    keys.map(({ bucket }) => bucket),
    keys.map(({ n }) => n),
    keys.map(({ at }) => at),
  ]);
  const files: LoanFile[][] = asked.map(() => []);
  for (const { at, file } of await filesOf(sql, rows, asked)) files[at]!.push(file);
  for (const own of files) own.sort((a, b) => a.key.n - b.key.n);
  return files;
}

/** A product never changes once it is registered: what was read of one stands. */
const PRODUCTS = new WeakMap<Sql, Map<number, Product>>();

async function productsFor(sql: Sql, ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
  const known = PRODUCTS.get(sql) ?? new Map<number, Product>();
  PRODUCTS.set(sql, known);
  if (ids.some((id) => !known.has(id)))
    for (const product of await products(sql)) known.set(product.id, product);
  return known;
}

/** A file with the place at which it was asked for. */
interface FileAt {
  readonly at: number;
  readonly file: LoanFile;
}

async function filesOf(
  sql: Sql,
  rows: readonly FileRow[],
  asked: readonly { readonly lender: Lender }[],
): Promise<FileAt[]> {
  const known = await productsFor(
    sql,
    rows.map(({ product }) => product),
  );
  return rows.map((row) => {
    const { bucket, n } = row;
    const at = row.at - 1;
    const owner = borrowerN(n);
    const ids = row.firsts.split(FACT).map((text) => {
      const [of, payload] = text.split(PART) as [string, string];
      return { n: Number(of), id: (JSON.parse(payload) as { id: string }).id };
    });
    const file = {
      key: { bucket, n },
      id: ids.find((one) => one.n === n)!.id,
      lender: asked[at]!.lender,
      product: known.get(row.product)!,
      borrower: openBorrower(sql, JSON.parse(row.owner) as BorrowerRow),
      stored: loanOfRow(row, row.extra),
      journal: entriesOf(row.facts, bucket, n, (seq, text) =>
        openedPayload(sql.vault, { bucket, n, seq }, text),
      ),
      waiting: entriesOf(row.waiting, bucket, n, (_, text) => openedWaiting(sql.vault, { bucket, n }, text)),
      ofBorrower: entriesOf(row.person, bucket, owner, (seq, text) =>
        openedPayload(sql.vault, { bucket, n: owner, seq }, text),
      ),
      siblings: ids.filter((one) => one.n !== n).map(({ id }) => id),
    };
    return { at, file };
  });
}

function entriesOf(
  text: string | null,
  bucket: number,
  n: number,
  open: (seq: number, payload: string) => string,
): JournalEntry[] {
  if (text === null) return [];
  return text.split(FACT).map((entry) => {
    const [seq, on, recordedAt, actor, kind, payload] = entry.split(PART) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const fact = factFromText(Number(kind), Number(on) as Day, open(Number(seq), payload));
    return { bucket, n, seq: Number(seq), recordedAt: Number(recordedAt), actor: Number(actor), fact };
  });
}
