import { BUCKETS, type Key } from "../core/index.ts";
import {
  append,
  batchText,
  closedPayload,
  type Edge,
  EMPTY_EDGE,
  edgeRoot,
  type FactRow,
  factText,
  fromHex,
  type Hash,
  type Head,
  openMembers,
  partText,
  textLeaf,
  toHex,
} from "../evidence/index.ts";
import { chunksFor } from "./close-store.ts";
import { CopyReader, CopyWriter } from "./copy.ts";
import { marksOf, packMarks, packRuns, type Run } from "./packed.ts";
import { JOURNAL_COLUMNS, openedPayload } from "./rows.ts";
import { type Database, isPassing, type Sql } from "./sql.ts";
import { holdsSealed, KeyMissing, type Vault } from "./vault.ts";

/** What sealing takes from outside. */
export interface SealTools {
  readonly hash: Hash;
  /** Sixteen bytes that nobody can guess, new each time. */
  readonly salt: () => Uint8Array;
  readonly now: () => number;
}

export interface SealedBatch {
  /** Facts that were sealed; 0 where nothing was new, and then there is no new batch. */
  readonly facts: number;
  readonly head?: Head;
  /** Keys whose next fact is missing, so that nothing of theirs was sealed. */
  readonly gaps: readonly (Key & { readonly seq: number })[];
}

/** Facts that are held at a time, about: a journal of any length takes no more memory than that. */
const FACTS_AT_ONCE = 20_000;
const RETRIES = 5;

/**
 * Seals all facts that stand in the journal and are not sealed yet, as one batch.
 *
 * Holds   each fact is in one batch. Facts of a key are numbered without a gap, and whoever writes one holds its owner's
 *         row until commit: so what can be seen of a key is all up to some number, and a writer that commits later can only
 *         add higher ones, which the next batch takes. One seals at a time, and writers wait for nobody.
 */
export async function sealFacts(
  db: Database,
  tools: SealTools,
  onProgress: (buckets: number, of: number, facts: number) => void = () => {},
): Promise<SealedBatch> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.tx((sql) => seal(sql, tools, onProgress));
    } catch (error) {
      if (attempt >= RETRIES || !isPassing(error)) throw error;
    }
  }
}

async function seal(
  sql: Sql,
  tools: SealTools,
  onProgress: (buckets: number, of: number, facts: number) => void,
): Promise<SealedBatch> {
  const { hash } = tools;
  const log = await logOf(sql, "for update");
  const gaps: (Key & { seq: number })[] = [];
  let parts: Edge = EMPTY_EDGE;
  let facts = 0;
  for (const { from, to } of await runsOfBuckets(sql)) {
    const part = (bucket: number, of: number, root: string): void => {
      parts = append(hash, parts, textLeaf(hash, partText({ bucket, facts: of, root })));
      facts += of;
    };
    await sealRange(sql, tools, log.size, from, to, gaps, part);
    onProgress(to, BUCKETS, facts);
  }
  if (facts === 0) return { facts, gaps };
  const batch = {
    index: log.size,
    at: tools.now(),
    facts,
    parts: parts.size,
    root: toHex(edgeRoot(hash, parts)),
  };
  const edge = append(hash, log, textLeaf(hash, batchText(batch)));
  const head = { size: edge.size, root: toHex(edgeRoot(hash, edge)), at: batch.at };
  await sql.run(
    "insert into seal_batch (n, sealed_at, facts, parts, root, head) values ($1, $2, $3, $4, $5, $6)",
    [batch.index, batch.at, facts, batch.parts, batch.root, head.root],
  );
  await sql.run("update seal_log set size = $1, edge = $2", [edge.size, edge.subtrees.map(toHex).join(" ")]);
  return { facts, head, gaps };
}

export async function logOf(sql: Sql, lock = ""): Promise<Edge> {
  const [row] = await sql.query<{ size: number; edge: string }>(`select size, edge from seal_log ${lock}`);
  const { size, edge } = row!;
  return { size, subtrees: edge === "" ? [] : edge.split(" ").map((hash) => fromHex(hash)!) };
}

/** Runs of buckets that are looked at together, sized as those of a close. */
export async function runsOfBuckets(sql: Sql): Promise<readonly { from: number; to: number }[]> {
  const [count] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  return chunksFor(count!.loans);
}

/** A key of which facts are to be sealed: those after `after`, up to `upTo` and what came since. */
interface Behind {
  readonly bucket: number;
  readonly n: number;
  readonly after: number;
  readonly upTo: number;
}

async function sealRange(
  sql: Sql,
  tools: SealTools,
  batch: number,
  from: number,
  to: number,
  gaps: (Key & { seq: number })[],
  onPart: (bucket: number, facts: number, root: string) => void,
): Promise<void> {
  const range = `bucket >= ${from} and bucket < ${to}`;
  const marks = await marksIn(sql, range);
  const behind = await keysBehind(sql, range, marks);
  if (behind.length === 0) return;
  const written = new WrittenSeals(tools, batch, marks, onPart);
  for (const slice of slicesOf(behind)) {
    const bytes = await sql.copyOut(
      `select ${JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ")}
       from ${behindArrays(slice)} join journal j on j.bucket = k.bucket and j.n = k.n and j.seq > k.after
         and j.${range.replace(" and ", " and j.")}
       order by j.bucket, j.n, j.seq`,
    );
    written.take(slice, rowsOf(bytes, sql.vault), gaps);
  }
  await written.store(sql);
}

export async function marksIn(sql: Sql, range: string): Promise<Map<number, Map<number, number>>> {
  const reader = new CopyReader(await sql.copyOut(`select bucket, marks from seal_mark where ${range}`));
  const marks = new Map<number, Map<number, number>>();
  while (reader.row()) marks.set(reader.int4(), marksOf(reader.bytes()));
  return marks;
}

/**
 * Keys that have facts beyond what is sealed, in order. A loan's row knows how many it has, so that no journal is read;
 * a borrower's last fact is one step in the journal's key.
 */
export async function keysBehind(
  sql: Sql,
  range: string,
  marks: ReadonlyMap<number, ReadonlyMap<number, number>>,
): Promise<Behind[]> {
  const reader = new CopyReader(
    await sql.copyOut(
      `select bucket, n, version as seq from loan_state where ${range}
       union all
       select b.bucket, b.n, j.seq from (select bucket, n from borrower where ${range}) b
       cross join lateral (
         select seq from journal where bucket = b.bucket and n = b.n order by seq desc limit 1
       ) j`,
    ),
  );
  const behind: Behind[] = [];
  while (reader.row()) {
    const [bucket, n, upTo] = [reader.int4(), reader.int4(), reader.int4()];
    const after = marks.get(bucket)?.get(n) ?? 0;
    if (upTo > after) behind.push({ bucket, n, after, upTo });
  }
  return behind.sort((a, b) => a.bucket - b.bucket || a.n - b.n);
}

function* slicesOf(behind: readonly Behind[]): Generator<Behind[]> {
  let slice: Behind[] = [];
  let facts = 0;
  for (const one of behind) {
    slice.push(one);
    facts += one.upTo - one.after;
    if (facts < FACTS_AT_ONCE) continue;
    yield slice;
    slice = [];
    facts = 0;
  }
  if (slice.length > 0) yield slice;
}

function behindArrays(keys: readonly Behind[]): string {
  const list = (of: (key: Behind) => number) => `'{${keys.map((key) => of(key) | 0).join(",")}}'::int4[]`;
  return `unnest(${list(({ bucket }) => bucket)}, ${list(({ n }) => n)}, ${list(({ after }) => after)}) as k(bucket, n, after)`;
}

/** Rows of the journal as they are hashed, undecoded: the payload's own text counts, as it was before a key sealed parts of it. */
export function* rowsOf(
  bytes: Buffer,
  vault: Vault | undefined,
  unopened: "fails" | "as it is" = "fails",
): Generator<FactRow> {
  const reader = new CopyReader(bytes);
  while (reader.row()) {
    const row = {
      bucket: reader.int4(),
      n: reader.int4(),
      seq: reader.int4(),
      day: reader.int4(),
      recordedAt: reader.int8(),
      actor: reader.int2(),
      kind: reader.int2(),
      payload: reader.text(),
    };
    yield holdsSealed(row.payload) ? openedRow(row, vault, unopened) : row;
  }
}

/** Whoever checks wants a changed value told as a changed fact, and goes on. */
function openedRow(row: FactRow, vault: Vault | undefined, unopened: "fails" | "as it is"): FactRow {
  try {
    return { ...row, payload: openedPayload(vault, row, row.payload) };
  } catch (error) {
    if (unopened === "fails" || error instanceof KeyMissing) throw error;
    return row;
  }
}

/** Bytes of a leaf's hash that a part keeps, to name the fact that was changed. */
export const CHECK_BYTES = 4;

/** The parts of a run of buckets, fact by fact. */
class WrittenSeals {
  readonly #tools: SealTools;
  readonly #batch: number;
  readonly #marks: Map<number, Map<number, number>>;
  readonly #onPart: (bucket: number, facts: number, root: string) => void;
  readonly #parts = new CopyWriter();
  readonly #salts = new CopyWriter();
  readonly #marked = new CopyWriter();
  readonly #touched: number[] = [];
  #open: { bucket: number; edge: Edge; runs: Run[] } | undefined;
  /** The beginnings of the open part's leaves, one after the other. */
  #checks = new Uint8Array(1024);

  constructor(
    tools: SealTools,
    batch: number,
    marks: Map<number, Map<number, number>>,
    onPart: (bucket: number, facts: number, root: string) => void,
  ) {
    this.#tools = tools;
    this.#batch = batch;
    this.#marks = marks;
    this.#onPart = onPart;
  }

  /** Rows come in order of their keys, each key whole. */
  take(keys: readonly Behind[], rows: Iterable<FactRow>, gaps: (Key & { seq: number })[]): void {
    let at = 0;
    let run: FactRow[] = [];
    const close = (): void => {
      const first = run[0];
      if (!first) return;
      while (keys[at]!.bucket !== first.bucket || keys[at]!.n !== first.n) this.#missing(keys[at++]!, gaps);
      this.#run(keys[at++]!, run, gaps);
      run = [];
    };
    for (const row of rows) {
      if (run.length > 0 && (row.n !== run[0]!.n || row.bucket !== run[0]!.bucket)) close();
      run.push(row);
    }
    close();
    while (at < keys.length) this.#missing(keys[at++]!, gaps);
  }

  async store(sql: Sql): Promise<void> {
    this.#closePart();
    if (this.#salts.rows > 0)
      await sql.copyIn("seal_salt", ["bucket", "n", "seq", "salt"], this.#salts.finish());
    if (this.#parts.rows === 0) return;
    const columns = ["bucket", "batch", "facts", "root", "members", "checks"];
    await sql.copyIn("seal_part", columns, this.#parts.finish());
    await sql.run("delete from seal_mark where bucket = any($1::int4[])", [this.#touched]);
    await sql.copyIn("seal_mark", ["bucket", "marks"], this.#marked.finish());
  }

  #missing({ bucket, n, after }: Behind, gaps: (Key & { seq: number })[]): void {
    gaps.push({ bucket, n, seq: after + 1 });
  }

  #run(key: Behind, rows: readonly FactRow[], gaps: (Key & { seq: number })[]): void {
    const gap = rows.findIndex(({ seq }, i) => seq !== key.after + 1 + i);
    if (gap >= 0) {
      this.#missing({ ...key, after: key.after + gap }, gaps);
      return;
    }
    const { bucket, n } = key;
    if (this.#open?.bucket !== bucket) this.#closePart();
    this.#open ??= { bucket, edge: EMPTY_EDGE, runs: [] };
    const open = this.#open;
    const { hash } = this.#tools;
    for (const row of rows) {
      const leaf = textLeaf(hash, this.#text(row));
      this.#check(open.edge.size * CHECK_BYTES, leaf);
      open.edge = append(hash, open.edge, leaf);
    }
    open.runs.push({ n, from: key.after + 1, count: rows.length });
    const marks = this.#marks.get(bucket) ?? new Map<number, number>();
    this.#marks.set(bucket, marks.set(n, key.after + rows.length));
  }

  #check(at: number, leaf: Uint8Array): void {
    if (at + CHECK_BYTES > this.#checks.length) {
      const larger = new Uint8Array(2 * this.#checks.length);
      larger.set(this.#checks);
      this.#checks = larger;
    }
    for (let i = 0; i < CHECK_BYTES; i++) this.#checks[at + i] = leaf[i]!;
  }

  #text(row: FactRow): string {
    if (openMembers(row.payload).length === 0) return factText(row);
    const salt = this.#tools.salt();
    this.#salts.row(4);
    this.#salts.int4(row.bucket);
    this.#salts.int4(row.n);
    this.#salts.int4(row.seq);
    this.#salts.bytes(salt);
    const { payload } = closedPayload(this.#tools.hash, row.payload, toHex(salt));
    return factText({ ...row, payload });
  }

  #closePart(): void {
    const open = this.#open;
    if (!open) return;
    const { bucket, edge, runs } = open;
    const root = toHex(edgeRoot(this.#tools.hash, edge));
    this.#parts.row(6);
    this.#parts.int4(bucket);
    this.#parts.int4(this.#batch);
    this.#parts.int4(edge.size);
    this.#parts.text(root);
    this.#parts.bytes(packRuns(runs));
    this.#parts.bytes(this.#checks.subarray(0, edge.size * CHECK_BYTES));
    this.#marked.row(2);
    this.#marked.int4(bucket);
    this.#marked.bytes(packMarks(this.#marks.get(bucket)!));
    this.#touched.push(bucket);
    this.#onPart(bucket, edge.size, root);
    this.#open = undefined;
  }
}

/** The heads of the log, from its first batch on. */
export async function sealHeads(sql: Sql): Promise<Head[]> {
  const rows = await sql.query<{ n: number; head: string; sealed_at: number }>(
    "select n, head, sealed_at from seal_batch order by n",
  );
  return rows.map(({ n, head, sealed_at: at }) => ({ size: n + 1, root: head, at }));
}

export interface HandedHead {
  readonly size: number;
  readonly handedAt: number;
  /** `file NAME`, or the authority that stamped it. */
  readonly how: string;
  /** RFC 3161 time-stamp token of the head's text. */
  readonly token?: Uint8Array;
}

export async function handedHeads(sql: Sql): Promise<HandedHead[]> {
  const rows = await sql.query<{ size: number; handed_at: number; how: string; token: Uint8Array | null }>(
    "select size, handed_at, how, token from seal_handed order by size, handed_at, how",
  );
  return rows.map(({ size, handed_at: handedAt, how, token }) => ({
    size,
    handedAt,
    how,
    ...(token ? { token: new Uint8Array(token) } : {}),
  }));
}

/** Notes that heads left the house, so that every later bundle proves that it goes on from them. */
export async function noteHanded(sql: Sql, heads: readonly HandedHead[]): Promise<void> {
  for (const { size, handedAt, how, token } of heads)
    await sql.run(
      `insert into seal_handed (size, handed_at, how, token) values ($1, $2, $3, $4)
       on conflict (size, handed_at, how) do nothing`,
      [size, handedAt, how, token ?? null],
    );
}
