/**
 * The texts that are hashed. Each is a JSON array on one line whose first member names its form and version, written as
 * below to the byte, in UTF-8. docs/reference/seals.md says the same for whoever writes another verifier.
 */
import { type Hash, toHex } from "./merkle.ts";

/** A fact as the journal's columns hold it. */
export interface FactRow {
  readonly bucket: number;
  readonly n: number;
  readonly seq: number;
  /** Business day, whole days since 1970-01-01. */
  readonly day: number;
  /** Instant of writing, milliseconds since 1970-01-01T00:00Z. */
  readonly recordedAt: number;
  readonly actor: number;
  readonly kind: number;
  /** JSON text of an object. */
  readonly payload: string;
}

/**
 * Members of a fact that can say something of a person which he may have erased one day. What stands under them goes into
 * the sealed text as a salted hash: whatever the kind of fact, so that a kind that comes later is covered too.
 */
export const PERSONAL_MEMBERS: readonly string[] = [
  "about",
  "address",
  "addressee",
  "answer",
  "body",
  "checks",
  "email",
  "household",
  "idNumber",
  "idTail",
  "judged",
  "name",
  "note",
  "phone",
  "reason",
  "receivedBy",
  "text",
  "words",
];

const ANY_PERSONAL = new RegExp(`"(?:${PERSONAL_MEMBERS.join("|")})":`);
/** What stands in the place of a personal value: in every sealed text, and in the journal once it was erased. */
const SALTED = /^salted:[0-9a-f]{64}$/;

type Members = Readonly<Record<string, unknown>>;

/** Names of the members of a payload that are personal, not empty and not yet replaced by their salted hash. */
export function openMembers(payload: string): readonly string[] {
  // Most facts have none, and are not read for it.
  return ANY_PERSONAL.test(payload) ? openIn(JSON.parse(payload)) : NONE;
}

const NONE: readonly string[] = [];

/** Whether there is something under a personal member still: not empty, and not replaced by its salted hash. */
export const isOpenMember = (value: unknown): boolean =>
  value !== undefined && value !== "" && !(typeof value === "string" && SALTED.test(value));

const openIn = (members: Members): readonly string[] =>
  PERSONAL_MEMBERS.filter((name) => isOpenMember(members[name]));

/** The salt of one member, so that one can be shown without the others. */
export const memberSalt = (hash: Hash, salt: string, member: string): string =>
  toHex(hash(utf8(`["arrears/salt/1","${salt}","${member}"]`)));

/** What stands for a value: `json` is its JSON text. */
export const saltedValue = (hash: Hash, salt: string, member: string, json: string): string =>
  `salted:${toHex(hash(utf8(`["arrears/salted/1","${salt}","${member}",${json}]`)))}`;

/** What is needed to check that a value is the one that was sealed. */
export interface Disclosed {
  readonly salt: string;
  /** JSON text of the value. */
  readonly json: string;
}

/** The payload with each open personal member replaced, and what was replaced. `salt` is the fact's own, in hexadecimal. */
export function closedPayload(
  hash: Hash,
  payload: string,
  salt: string,
): { readonly payload: string; readonly disclosed: Readonly<Record<string, Disclosed>> } {
  const members: Record<string, unknown> = JSON.parse(payload);
  const disclosed: Record<string, Disclosed> = {};
  for (const member of openIn(members)) {
    const json = JSON.stringify(members[member]);
    const own = memberSalt(hash, salt, member);
    disclosed[member] = { salt: own, json };
    members[member] = saltedValue(hash, own, member, json);
  }
  return { payload: JSON.stringify(members), disclosed };
}

/** The sealed text of a fact; its payload has no open personal member. */
export const factText = (row: FactRow): string =>
  `["arrears/fact/1",${row.bucket},${row.n},${row.seq},${row.day},${row.recordedAt},${row.actor},${row.kind},${row.payload}]`;

/** A bucket's share of a batch: a tree over its facts in order of `n` and then `seq`. */
export interface Part {
  readonly bucket: number;
  readonly facts: number;
  readonly root: string;
}

export const partText = ({ bucket, facts, root }: Part): string =>
  `["arrears/part/1",${bucket},${facts},"${root}"]`;

/** A batch: a tree over its parts in order of their buckets. It is the entry `index` of the log. */
export interface Batch {
  readonly index: number;
  /** Instant of sealing. */
  readonly at: number;
  readonly facts: number;
  readonly parts: number;
  readonly root: string;
}

export const batchText = ({ index, at, facts, parts, root }: Batch): string =>
  `["arrears/batch/1",${index},${at},${facts},${parts},"${root}"]`;

/** The log of all batches at one size: `at` is the instant of its last batch. */
export interface Head {
  readonly size: number;
  readonly root: string;
  readonly at: number;
}

export const headText = ({ size, root, at }: Head): string => `["arrears/head/1",${size},"${root}",${at}]`;

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Hash of a text as an entry of a tree: what `leafHash` gives for its bytes, without copying them. */
export function textLeaf(hash: Hash, text: string): Uint8Array {
  // Three bytes a UTF-16 unit is the most that UTF-8 takes; the first byte is the mark of a leaf, and stays 0.
  if (leaf.length < 1 + 3 * text.length) leaf = new Uint8Array(2 * (1 + 3 * text.length));
  const { written } = encoder.encodeInto(text, leaf.subarray(1));
  return hash(leaf.subarray(0, 1 + written));
}

/** Scratch for one text at a time: a seal hashes millions. */
let leaf = new Uint8Array(1024);

export function factOfText(text: string): FactRow | undefined {
  const fields = listOf(text, "arrears/fact/1", 9);
  if (!fields?.slice(1, 8).every(Number.isSafeInteger) || !text.endsWith("]")) return undefined;
  const [, bucket, n, seq, day, recordedAt, actor, kind, members] = fields as [string, ...number[]];
  if (typeof members !== "object" || members === null) return undefined;
  const row = { bucket, n, seq, day, recordedAt, actor, kind } as Omit<FactRow, "payload">;
  // The payload as it was written: whatever follows the eight fields before it.
  const head = factText({ ...row, payload: "" }).slice(0, -1);
  return text.startsWith(head) ? { ...row, payload: text.slice(head.length, -1) } : undefined;
}

export function partOfText(text: string): Part | undefined {
  const fields = listOf(text, "arrears/part/1", 4);
  if (!fields) return undefined;
  const [, bucket, facts, root] = fields as [string, number, number, string];
  const part = { bucket, facts, root };
  return partText(part) === text ? part : undefined;
}

export function batchOfText(text: string): Batch | undefined {
  const fields = listOf(text, "arrears/batch/1", 6);
  if (!fields) return undefined;
  const [, index, at, facts, parts, root] = fields as [string, number, number, number, number, string];
  const batch = { index, at, facts, parts, root };
  return batchText(batch) === text ? batch : undefined;
}

export function headOfText(text: string): Head | undefined {
  const fields = listOf(text, "arrears/head/1", 4);
  if (!fields) return undefined;
  const [, size, root, at] = fields as [string, number, string, number];
  const head = { size, root, at };
  return headText(head) === text ? head : undefined;
}

function listOf(text: string, form: string, length: number): unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.length === length && list[0] === form ? list : undefined;
  } catch {
    return undefined;
  }
}
