import { createHash } from "node:crypto";
import { BUCKETS, hash32, type Instant, type Key } from "../core/index.ts";
import type { LoanDocument, LoanDocumentKind } from "../legal/index.ts";
import { keyArrays } from "./rows.ts";
import type { Sql } from "./sql.ts";
import { openedBytes } from "./vault.ts";

export const sha256Hex = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

/** Never changed: stored rows depend on it. */
const bucketOfFile = (sha256: string): number => hash32(`file\u0000${sha256}`) % BUCKETS;

export const filePlace = (sha256: string): string => `kept_file:${sha256}:bytes`;

/**
 * Keeps a file under the hash of its bytes, once.
 *
 * In the database and not in a folder beside it: the file is then there exactly when the fact that names it is, on every machine
 * that works on the book, and in every backup of it.
 */
export async function keepFile(sql: Sql, bytes: Uint8Array, now: Instant): Promise<string> {
  const sha256 = sha256Hex(bytes);
  await sql.run(
    `insert into kept_file (kept_at, bucket, sha256, bytes) values ($1, $2, $3, $4) on conflict (bucket, sha256) do nothing`,
    [now, bucketOfFile(sha256), sha256, sql.vault ? sql.vault.sealBytes(filePlace(sha256), bytes) : bytes],
  );
  return sha256;
}

/** Keeps a document that somebody added to a request, and that it is his. */
export async function keepRequestFile(sql: Sql, owner: Key, bytes: Uint8Array, now: Instant): Promise<void> {
  const sha256 = await keepFile(sql, bytes, now);
  await sql.run(
    `insert into request_file (bucket, owner_bucket, owner_n, sha256) values ($1, $2, $3, $4)
     on conflict (bucket, sha256, owner_bucket, owner_n) do nothing`,
    [bucketOfFile(sha256), owner.bucket, owner.n, sha256],
  );
}

/** They are his no longer; the bytes stand until somebody sees that nobody else has them. */
export async function dropRequestFiles(sql: Sql, owner: Key, files: readonly string[]): Promise<void> {
  await sql.run(
    `delete from request_file where bucket = any($1::int4[]) and sha256 = any($2::text[])
       and owner_bucket = $3 and owner_n = $4`,
    [files.map(bucketOfFile), files, owner.bucket, owner.n],
  );
}

/** The bytes of a kept file; `undefined` where there is none of that hash. One that was changed in its place throws. */
export async function keptFile(sql: Sql, sha256: string): Promise<Buffer | undefined> {
  const [row] = await sql.query<{ bytes: Uint8Array }>(
    "select bytes from kept_file where bucket = $1 and sha256 = $2",
    [bucketOfFile(sha256), sha256],
  );
  if (!row) return undefined;
  const bytes = openedBytes(sql.vault, filePlace(sha256), row.bytes);
  if (sha256Hex(bytes) !== sha256) throw new Error(`the file kept as ${sha256} has other bytes now`);
  return bytes;
}

/** A document of the lender on one loan, as it was registered. */
export interface RegisteredDocument extends LoanDocument {
  readonly bytes: number;
  readonly registeredAt: Instant;
  readonly by: string;
}

export interface DocumentAsked {
  readonly kind: LoanDocumentKind;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly by: string;
}

/** Registers a document on a loan, by the key of the loan. The same bytes under the same kind are one document. */
export async function addDocument(
  sql: Sql,
  loan: Key,
  { kind, name, bytes, by }: DocumentAsked,
  now: Instant,
): Promise<RegisteredDocument> {
  const sha256 = await keepFile(sql, bytes, now);
  await sql.run(
    `insert into loan_document (registered_at, bucket, n, bytes, kind, name, sha256, registered_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (bucket, n, sha256, kind) do nothing`,
    [now, loan.bucket, loan.n, bytes.length, kind, name, sha256, by],
  );
  return { kind, name, sha256, bytes: bytes.length, registeredAt: now, by };
}

interface DocumentRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly registered_at: number;
  readonly bytes: number;
  readonly kind: LoanDocumentKind;
  readonly name: string;
  readonly sha256: string;
  readonly registered_by: string;
}

/** The documents of loans, oldest first, with the key of each one's loan. */
export async function documentsOf(
  sql: Sql,
  loans: readonly Key[],
): Promise<(RegisteredDocument & { readonly loan: Key })[]> {
  if (loans.length === 0) return [];
  const rows = await sql.query<DocumentRow>(
    `select d.* from ${keyArrays(loans)} join loan_document d on d.bucket = k.bucket and d.n = k.n
     order by d.bucket, d.n, d.registered_at, d.kind, d.sha256`,
  );
  return rows.map(({ bucket, n, registered_at, registered_by, kind, name, sha256, bytes }) => ({
    loan: { bucket, n },
    kind,
    name,
    sha256,
    bytes,
    registeredAt: registered_at,
    by: registered_by,
  }));
}
