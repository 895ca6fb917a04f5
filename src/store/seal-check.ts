import { BUCKETS, type Key, keyToNumber, type LoanBooked, loanIndex } from "../core/index.ts";
import {
  append,
  batchText,
  closedPayload,
  type Edge,
  EMPTY_EDGE,
  edgeRoot,
  type FactRow,
  factText,
  type Hash,
  type Head,
  openMembers,
  partText,
  textLeaf,
  toHex,
} from "../evidence/index.ts";
import { CopyReader } from "./copy.ts";
import { type Run, runsOf } from "./packed.ts";
import { JOURNAL_COLUMNS } from "./rows.ts";
import { CHECK_BYTES, keysBehind, logOf, marksIn, rowsOf, runsOfBuckets } from "./seals.ts";
import type { Sql } from "./sql.ts";

/** Something that is not as it was sealed. */
export interface SealFinding {
  readonly code:
    | "fact-missing"
    | "fact-changed"
    | "salt-missing"
    | "part-changed"
    | "batch-changed"
    | "head-differs";
  /** The loan by its id, the borrower by his, or which seal. */
  readonly at: string;
  readonly seq?: number;
  readonly batch?: number;
}

export interface SealsChecked {
  readonly batches: number;
  /** Facts that stand under a seal. */
  readonly sealed: number;
  /** Facts that no batch has taken yet. */
  readonly unsealed: number;
  readonly head?: Head;
  readonly headsAgreed: number;
  readonly findings: readonly SealFinding[];
}

/** A part as it is stored. */
interface StoredPart {
  readonly bucket: number;
  readonly batch: number;
  readonly facts: number;
  readonly root: string;
  readonly runs: readonly Run[];
  readonly checks: Uint8Array;
}

/**
 * Checks that every sealed fact stands in the journal as it was sealed, that parts, batches and the log agree, and that the
 * log goes on from heads that were handed out.
 *
 * Holds   no more than one bucket's facts in memory at a time. Keeps up to `limit` findings.
 */
export async function verifySeals(
  sql: Sql,
  hash: Hash,
  heads: readonly Head[] = [],
  onProgress: (buckets: number, of: number) => void = () => {},
  limit = 100,
): Promise<SealsChecked> {
  const findings: SealFinding[] = [];
  const find = (finding: SealFinding): void => {
    if (findings.length < limit) findings.push(finding);
  };
  const batches = new Map<number, { facts: number; parts: Edge }>();
  let unsealed = 0;
  for (const { from, to } of await runsOfBuckets(sql)) {
    const range = `bucket >= ${from} and bucket < ${to}`;
    const sealedIn = await bucketsWithParts(sql, range);
    for (const bucket of sealedIn) {
      const parts = await partsOf(sql, bucket);
      await checkBucket(sql, hash, bucket, parts, find);
      for (const part of parts) {
        const batch = batches.get(part.batch) ?? { facts: 0, parts: EMPTY_EDGE };
        batches.set(part.batch, {
          facts: batch.facts + part.facts,
          parts: append(hash, batch.parts, textLeaf(hash, partText(part))),
        });
      }
    }
    const behind = await keysBehind(sql, range, await marksIn(sql, range));
    unsealed += behind.reduce((sum, { after, upTo }) => sum + upTo - after, 0);
    onProgress(to, BUCKETS);
  }
  const log = await checkLog(sql, hash, batches, heads, find);
  const sealed = [...batches.values()].reduce((sum, { facts }) => sum + facts, 0);
  return { sealed, unsealed, ...log, findings };
}

async function bucketsWithParts(sql: Sql, range: string): Promise<number[]> {
  const rows = await sql.query<{ bucket: number }>(
    `select distinct bucket from seal_part where ${range} order by bucket`,
  );
  return rows.map(({ bucket }) => bucket);
}

async function partsOf(sql: Sql, bucket: number): Promise<StoredPart[]> {
  const reader = new CopyReader(
    await sql.copyOut(
      `select batch, facts, root, members, checks from seal_part where bucket = ${bucket} order by batch`,
    ),
  );
  const parts: StoredPart[] = [];
  while (reader.row())
    parts.push({
      bucket,
      batch: reader.int4(),
      facts: reader.int4(),
      root: reader.text(),
      runs: runsOf(reader.bytes()),
      checks: reader.bytes(),
    });
  return parts;
}

/** Salts of a bucket's facts, by key and then number. */
async function saltsIn(sql: Sql, bucket: number, ns = ""): Promise<Map<string, string>> {
  const reader = new CopyReader(
    await sql.copyOut(`select n, seq, salt from seal_salt where bucket = ${bucket}${ns}`),
  );
  const salts = new Map<string, string>();
  while (reader.row()) salts.set(`${reader.int4()}/${reader.int4()}`, reader.bytes().toString("hex"));
  return salts;
}

/** The text of a fact as it was sealed; `undefined` where its salt is gone and its personal values are not. */
export function sealedText(hash: Hash, row: FactRow, salt: string | undefined): string | undefined {
  if (openMembers(row.payload).length === 0) return factText(row);
  return salt === undefined
    ? undefined
    : factText({ ...row, payload: closedPayload(hash, row.payload, salt).payload });
}

async function checkBucket(
  sql: Sql,
  hash: Hash,
  bucket: number,
  parts: readonly StoredPart[],
  find: (finding: SealFinding) => void,
): Promise<void> {
  const salts = await saltsIn(sql, bucket);
  const leaves = new Map<number, (Uint8Array | null)[]>();
  const names = new Map<number, string>();
  const bytes = await sql.copyOut(
    `select ${JOURNAL_COLUMNS.join(", ")} from journal where bucket = ${bucket} order by n, seq`,
  );
  for (const row of rowsOf(bytes, sql.vault, "as it is")) {
    const text = sealedText(hash, row, salts.get(`${row.n}/${row.seq}`));
    const own = leaves.get(row.n) ?? [];
    leaves.set(row.n, own);
    own[row.seq] = text === undefined ? null : textLeaf(hash, text);
    if (row.seq === 1 && loanIndex(row.n) > 0) {
      const { id } = JSON.parse(row.payload) as LoanBooked;
      names.set(row.n, id);
    }
  }
  const nameOf = (n: number): string => names.get(n) ?? `${bucket}/${n}`;
  for (const { batch, facts, root, runs, checks } of parts) {
    let edge: Edge = EMPTY_EDGE;
    let found = 0;
    for (const { n, from, count } of runs) {
      for (let seq = from; seq < from + count; seq++) {
        const leaf = leaves.get(n)?.[seq];
        const check = checks.subarray(edge.size * CHECK_BYTES, (edge.size + 1) * CHECK_BYTES);
        const as = { at: nameOf(n), seq, batch };
        const code =
          leaf === undefined
            ? "fact-missing"
            : leaf === null
              ? "salt-missing"
              : check.every((byte, i) => byte === leaf[i])
                ? undefined
                : "fact-changed";
        if (code) {
          find({ code, ...as });
          found += 1;
        }
        edge = append(hash, edge, leaf ?? new Uint8Array(32));
      }
    }
    // Where no fact can be named, the seal itself was changed.
    if (found === 0 && (edge.size !== facts || toHex(edgeRoot(hash, edge)) !== root))
      find({ code: "part-changed", at: `${bucket}`, batch });
  }
}

async function checkLog(
  sql: Sql,
  hash: Hash,
  batches: ReadonlyMap<number, { readonly facts: number; readonly parts: Edge }>,
  known: readonly Head[],
  find: (finding: SealFinding) => void,
): Promise<{ batches: number; head?: Head; headsAgreed: number }> {
  const rows = await batchRows(sql);
  const wanted = new Map<number, Head[]>();
  for (const head of known) wanted.set(head.size, [...(wanted.get(head.size) ?? []), head]);
  const stored = await logOf(sql);
  let edge: Edge = EMPTY_EDGE;
  let head: Head | undefined;
  let agreed = 0;
  for (const row of rows) {
    const own = batches.get(row.index);
    const root = own ? toHex(edgeRoot(hash, own.parts)) : "";
    if (
      row.index !== edge.size ||
      !own ||
      own.facts !== row.facts ||
      own.parts.size !== row.parts ||
      root !== row.root
    )
      find({ code: "batch-changed", at: `${row.index}`, batch: row.index });
    edge = append(hash, edge, textLeaf(hash, batchText(row)));
    head = { size: edge.size, root: toHex(edgeRoot(hash, edge)), at: row.at };
    if (head.root !== row.head) find({ code: "head-differs", at: `${edge.size}` });
    for (const one of wanted.get(edge.size) ?? []) {
      if (one.root === head.root && one.at === head.at) agreed += 1;
      else find({ code: "head-differs", at: `${one.size}` });
    }
  }
  for (const batch of batches.keys())
    if (batch >= rows.length) find({ code: "batch-changed", at: `${batch}`, batch });
  // A log that is shorter than one that was seen before was cut off.
  for (const one of known) if (one.size > edge.size) find({ code: "head-differs", at: `${one.size}` });
  if (stored.size !== edge.size || toHex(edgeRoot(hash, stored)) !== toHex(edgeRoot(hash, edge)))
    find({ code: "head-differs", at: `${stored.size}` });
  return { batches: rows.length, ...(head ? { head } : {}), headsAgreed: agreed };
}

export async function batchRows(sql: Sql) {
  const rows = await sql.query<{
    n: number;
    sealed_at: number;
    facts: number;
    parts: number;
    root: string;
    head: string;
  }>("select n, sealed_at, facts, parts, root, head from seal_batch order by n");
  return rows.map(({ n: index, sealed_at: at, facts, parts, root, head }) => ({
    index,
    at,
    facts,
    parts,
    root,
    head,
  }));
}

// --- what a bundle takes ---------------------------------------------------------------------------------------------

/** A fact with its sealed text's place in the part of its batch. */
export interface FoundFact {
  readonly row: FactRow;
  readonly text: string;
  /** The fact's salt, where it has open personal values. */
  readonly salt?: string;
  readonly batch: number;
  readonly index: number;
}

/** The parts under which the facts of some keys of a bucket stand, with all leaves of each. */
export interface FoundPart {
  readonly bucket: number;
  readonly batch: number;
  readonly facts: number;
  readonly root: string;
  readonly leaves: readonly Uint8Array[];
}

/**
 * The sealed facts of keys that lie in one bucket, up to a number of each, and the parts that hold them.
 *
 * Takes   for each key the last fact that is wanted.
 * Gives   facts in order of key and number; those that no batch has yet are left out.
 */
export async function sealedFactsOf(
  sql: Sql,
  hash: Hash,
  bucket: number,
  wanted: ReadonlyMap<number, number>,
): Promise<{ readonly facts: readonly FoundFact[]; readonly parts: readonly FoundPart[] }> {
  const facts: FoundFact[] = [];
  const parts: FoundPart[] = [];
  for (const part of await partsOf(sql, bucket)) {
    if (!part.runs.some(({ n, from }) => from <= (wanted.get(n) ?? 0))) continue;
    const runs = part.runs.map(({ n, from, count }) => `(${n},${from},${from + count - 1})`).join(",");
    const salts = await saltsIn(sql, bucket, ` and n in (${part.runs.map(({ n }) => n).join(",")})`);
    const bytes = await sql.copyOut(
      `select ${JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ")}
       from (values ${runs}) as k(n, first, last)
       join journal j on j.bucket = ${bucket} and j.n = k.n and j.seq between k.first and k.last
       order by j.n, j.seq`,
    );
    const leaves: Uint8Array[] = [];
    for (const row of rowsOf(bytes, sql.vault, "as it is")) {
      const salt = salts.get(`${row.n}/${row.seq}`);
      const text = sealedText(hash, row, salt) ?? factText(row);
      const index = leaves.push(textLeaf(hash, text)) - 1;
      if (row.seq <= (wanted.get(row.n) ?? 0))
        facts.push({ row, text, batch: part.batch, index, ...(salt === undefined ? {} : { salt }) });
    }
    parts.push({ bucket, batch: part.batch, facts: part.facts, root: part.root, leaves });
  }
  facts.sort((a, b) => a.row.n - b.row.n || a.row.seq - b.row.seq);
  return { facts, parts };
}

/** The parts of a batch in order of their buckets: the leaves of its tree. */
export async function partsOfBatch(
  sql: Sql,
  batch: number,
): Promise<readonly { readonly bucket: number; readonly facts: number; readonly root: string }[]> {
  return sql.query(
    "select bucket, facts, root from seal_part where bucket >= 0 and batch = $1 order by bucket",
    [batch],
  );
}

/** How many facts of a key are sealed. */
export async function sealedThrough(sql: Sql, keys: readonly Key[]): Promise<Map<number, number>> {
  const through = new Map<number, number>();
  for (const key of keys) {
    const marks = await marksIn(sql, `bucket = ${key.bucket}`);
    through.set(keyToNumber(key), marks.get(key.bucket)?.get(key.n) ?? 0);
  }
  return through;
}
