/**
 * What a bundle must hold, checked without its maker: files as the manifest lists them, facts as they were sealed. One changed
 * byte, a missing fact, an added file is found and named. Nothing is read but the files that are given.
 */
import { fromHex, type Hash, provesConsistency, provesInclusion, toHex } from "./merkle.ts";
import {
  type Batch,
  batchOfText,
  type Disclosed,
  type FactRow,
  factOfText,
  type Head,
  headOfText,
  type Part,
  partOfText,
  saltedValue,
  textLeaf,
  utf8,
} from "./texts.ts";
import { type Files, isBundlePath } from "./zip.ts";

export const MANIFEST = "manifest.json";
export const SEALS = "seals.json";
export const FACTS = "facts.jsonl";

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Whose facts stand in the bundle, and how many of each: all from the first to this one. */
export interface ManifestKey {
  readonly of: "loan" | "borrower";
  readonly bucket: number;
  readonly n: number;
  readonly facts: number;
}

export interface Manifest {
  readonly form: "arrears/bundle/1";
  readonly lender: string;
  readonly loan: string;
  readonly asOf: string;
  readonly keys: readonly ManifestKey[];
  readonly head: string;
  readonly files: readonly ManifestFile[];
}

/** A fact with its way up to the root of its part. */
export interface SealedFact {
  /** The sealed text. */
  readonly fact: string;
  readonly batch: number;
  /** Its place in the part of its bucket. */
  readonly index: number;
  readonly proof: readonly string[];
  /** Personal values, as far as they are shown. */
  readonly shown?: Readonly<Record<string, Disclosed>>;
}

/** The parts of some batches with their way up to the batches' roots, and the batches with theirs up to the head. */
export interface Seals {
  readonly form: "arrears/seals/1";
  readonly head: string;
  readonly batches: readonly {
    readonly text: string;
    readonly proof: readonly string[];
    readonly part: { readonly text: string; readonly index: number; readonly proof: readonly string[] };
  }[];
  /** Heads that were handed outside before, each with the proof that this log begins with that one. */
  readonly earlier: readonly { readonly head: string; readonly proof: readonly string[] }[];
}

export type FindingCode =
  | "name"
  | "manifest-missing"
  | "manifest-changed"
  | "manifest-other"
  | "file-missing"
  | "file-changed"
  | "file-added"
  | "facts-unreadable"
  | "seals-unreadable"
  | "fact-missing"
  | "fact-twice"
  | "fact-strange"
  | "fact-unsealed"
  | "value-changed"
  | "batch-unsealed"
  | "head-differs"
  | "head-unknown";

export interface BundleFinding {
  readonly code: FindingCode;
  /** The file, or the fact, that it is about. */
  readonly at: string;
  readonly en: string;
  readonly zh: string;
}

export interface BundleChecked {
  readonly findings: readonly BundleFinding[];
  readonly manifest?: Manifest;
  /** SHA-256 of the manifest file: who knows it from elsewhere knows the whole bundle. */
  readonly manifestSha256?: string;
  readonly head?: Head;
  readonly files: number;
  readonly facts: number;
  /** Instants of the first and the last seal under which its facts stand. */
  readonly sealed?: { readonly first: number; readonly last: number };
  /** Of the heads that were handed in, how many this log is shown to begin with. */
  readonly headsAgreed: number;
}

/** What the reader has from elsewhere. */
export interface Known {
  /** Heads that were handed out, in the texts in which they were: each must be the beginning of this log. */
  readonly heads?: readonly string[];
  readonly manifestSha256?: string;
}

/** The manifest as the file holds it: indented, with the digest of all the rest at its end. */
export function manifestText(hash: Hash, manifest: Manifest): string {
  const { form, lender, loan, asOf, keys, head, files } = manifest;
  const body = { form, lender, loan, asOf, keys, head, files };
  const digest = toHex(hash(utf8(JSON.stringify(body))));
  return `${JSON.stringify({ ...body, digest }, null, 2)}\n`;
}

const sha256Hex = (hash: Hash, bytes: Uint8Array): string => toHex(hash(bytes));

/** Everything that can be checked of a bundle. Findings stand in the order of what is checked. */
export function checkBundle(hash: Hash, files: Files, known: Known = {}): BundleChecked {
  const findings: BundleFinding[] = [];
  const find = (code: FindingCode, at: string, en: string, zh: string): void => {
    findings.push({ code, at, en, zh });
  };
  const manifest = manifestOf(hash, files, known, find);
  const bytes = files.get(MANIFEST);
  const common = {
    findings,
    files: files.size,
    ...(bytes ? { manifestSha256: sha256Hex(hash, bytes) } : {}),
  };
  if (!manifest) return { ...common, facts: 0, headsAgreed: 0 };
  checkFiles(hash, manifest, files, find);
  const seals = sealsOf(files, find);
  const facts = factsOf(files, find);
  if (!seals || !facts) return { ...common, manifest, facts: 0, headsAgreed: 0 };
  const head = headOfText(seals.head);
  if (!head || seals.head !== manifest.head) {
    find(
      "head-differs",
      SEALS,
      `the head in ${SEALS} is not the one that ${MANIFEST} names`,
      `${SEALS} 中的日志头与 ${MANIFEST} 所载不一致`,
    );
    return { ...common, manifest, facts: 0, headsAgreed: 0 };
  }
  const proved = provedBatches(hash, seals, head, find);
  const times = checkFacts(hash, manifest, facts, proved, find);
  const headsAgreed = checkHeads(hash, seals, head, known.heads ?? [], find);
  return { ...common, manifest, head, facts: facts.length, ...(times ? { sealed: times } : {}), headsAgreed };
}

type Find = (code: FindingCode, at: string, en: string, zh: string) => void;

function manifestOf(hash: Hash, files: Files, known: Known, find: Find): Manifest | undefined {
  const bytes = files.get(MANIFEST);
  if (!bytes) {
    find("manifest-missing", MANIFEST, `${MANIFEST} is missing`, `缺少 ${MANIFEST}`);
    return undefined;
  }
  if (known.manifestSha256 !== undefined && sha256Hex(hash, bytes) !== known.manifestSha256)
    find(
      "manifest-other",
      MANIFEST,
      `${MANIFEST} has the SHA-256 ${sha256Hex(hash, bytes)}, and not the one that was given`,
      `${MANIFEST} 的 SHA-256 为 ${sha256Hex(hash, bytes)}，与所给的不一致`,
    );
  const manifest = parsed<Manifest>(bytes);
  if (manifest && isManifest(manifest) && manifestText(hash, manifest) === textOf(bytes)) return manifest;
  find(
    "manifest-changed",
    MANIFEST,
    `${MANIFEST} was changed: its digest does not cover what it says`,
    `${MANIFEST} 已被改动：其摘要与内容不符`,
  );
  return undefined;
}

const isManifest = (value: Manifest): boolean =>
  value.form === "arrears/bundle/1" &&
  Array.isArray(value.files) &&
  value.files.every((file) => typeof file?.path === "string" && typeof file.sha256 === "string") &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => [key?.bucket, key?.n, key?.facts].every(Number.isSafeInteger));

function checkFiles(hash: Hash, manifest: Manifest, files: Files, find: Find): void {
  const listed = new Set<string>([MANIFEST]);
  for (const { path, sha256 } of manifest.files) {
    listed.add(path);
    const bytes = files.get(path);
    if (!bytes) find("file-missing", path, `${path} is missing`, `缺少文件 ${path}`);
    else if (sha256Hex(hash, bytes) !== sha256)
      find(
        "file-changed",
        path,
        `${path} was changed: its SHA-256 is not the one in ${MANIFEST}`,
        `${path} 已被改动：其 SHA-256 与 ${MANIFEST} 所载不符`,
      );
  }
  for (const path of files.keys()) {
    if (!isBundlePath(path))
      find(
        "name",
        path,
        `${JSON.stringify(path)} is no path of a bundle`,
        `${JSON.stringify(path)} 不是证据包允许的路径`,
      );
    else if (!listed.has(path))
      find(
        "file-added",
        path,
        `${path} was added: ${MANIFEST} does not list it`,
        `${path} 为多出的文件：${MANIFEST} 未列入`,
      );
  }
}

function sealsOf(files: Files, find: Find): Seals | undefined {
  const bytes = files.get(SEALS);
  const seals = bytes && parsed<Seals>(bytes);
  const readable =
    seals?.form === "arrears/seals/1" &&
    typeof seals.head === "string" &&
    Array.isArray(seals.batches) &&
    Array.isArray(seals.earlier) &&
    seals.batches.every(
      (batch) =>
        typeof batch?.text === "string" &&
        areTexts(batch.proof) &&
        typeof batch.part?.text === "string" &&
        areTexts(batch.part.proof),
    ) &&
    seals.earlier.every((earlier) => typeof earlier?.head === "string" && areTexts(earlier.proof));
  if (readable) return seals;
  find("seals-unreadable", SEALS, `${SEALS} cannot be read`, `${SEALS} 无法读取`);
  return undefined;
}

function factsOf(files: Files, find: Find): SealedFact[] | undefined {
  const bytes = files.get(FACTS);
  const lines = bytes ? textOf(bytes).split("\n") : [];
  const facts = lines.slice(0, -1).map((line) => parsed<SealedFact>(utf8(line)));
  const at = facts.findIndex(
    (fact) => typeof fact?.fact !== "string" || !areTexts(fact.proof) || !isShown(fact.shown),
  );
  if (bytes && at < 0 && lines.at(-1) === "") return facts as SealedFact[];
  find(
    "facts-unreadable",
    FACTS,
    `${FACTS} cannot be read${at < 0 ? "" : `, line ${at + 1}`}`,
    `${FACTS} 无法读取${at < 0 ? "" : `，第 ${at + 1} 行`}`,
  );
  return undefined;
}

interface ProvedPart {
  readonly batch: Batch;
  readonly part: Part;
}

/** The parts that are shown to stand under the head, by batch and bucket. */
function provedBatches(hash: Hash, seals: Seals, head: Head, find: Find): Map<string, ProvedPart> {
  const proved = new Map<string, ProvedPart>();
  const root = fromHex(head.root);
  for (const { text, proof, part: under } of seals.batches) {
    const batch = batchOfText(text);
    const part = partOfText(under.text);
    const holds =
      batch !== undefined &&
      part !== undefined &&
      root !== undefined &&
      included(hash, { index: batch.index, text }, { size: head.size, root: head.root }, proof) &&
      included(
        hash,
        { index: under.index, text: under.text },
        { size: batch.parts, root: batch.root },
        under.proof,
      );
    if (holds) proved.set(`${batch.index}/${part.bucket}`, { batch, part });
    else
      find(
        "batch-unsealed",
        SEALS,
        `a seal does not stand under the head: ${text}`,
        `该封存批次不在日志头之下：${text}`,
      );
  }
  return proved;
}

function included(
  hash: Hash,
  entry: { readonly index: number; readonly text: string },
  tree: { readonly size: number; readonly root: string },
  proof: readonly string[],
): boolean {
  const root = fromHex(tree.root);
  const path = proof.map(fromHex);
  if (!root || path.includes(undefined)) return false;
  const leaf = textLeaf(hash, entry.text);
  return provesInclusion(hash, { index: entry.index, leaf }, { size: tree.size, root }, path as Uint8Array[]);
}

/** How a fact is named to people. */
const nameOf = (of: string, seq: number): { en: string; zh: string } => ({
  en: `fact ${seq} of the ${of}`,
  zh: `${of === "loan" ? "贷款" : "借款人"}第 ${seq} 条事实`,
});

function checkFacts(
  hash: Hash,
  manifest: Manifest,
  facts: readonly SealedFact[],
  proved: ReadonlyMap<string, ProvedPart>,
  find: Find,
): { first: number; last: number } | undefined {
  const seen = new Map(
    manifest.keys.map((key) => [`${key.bucket}/${key.n}`, { key, seqs: new Set<number>() }]),
  );
  let first = Number.MAX_SAFE_INTEGER;
  let last = 0;
  facts.forEach((sealed, line) => {
    const row = factOfText(sealed.fact);
    const own = row && seen.get(`${row.bucket}/${row.n}`);
    if (!row || !own || row.seq < 1 || row.seq > own.key.facts) {
      find(
        "fact-strange",
        `${FACTS}:${line + 1}`,
        `line ${line + 1} of ${FACTS} is no fact of this loan or its borrower`,
        `${FACTS} 第 ${line + 1} 行不是本贷款或其借款人的事实`,
      );
      return;
    }
    const { en, zh } = nameOf(own.key.of, row.seq);
    if (own.seqs.has(row.seq)) find("fact-twice", en, `${en} stands there twice`, `${zh}重复出现`);
    own.seqs.add(row.seq);
    const under = proved.get(`${sealed.batch}/${row.bucket}`);
    const holds =
      under !== undefined &&
      included(
        hash,
        { index: sealed.index, text: sealed.fact },
        { size: under.part.facts, root: under.part.root },
        sealed.proof,
      );
    if (!holds)
      find(
        "fact-unsealed",
        en,
        `${en} is not what was sealed: its proof does not lead to the head`,
        `${zh}与封存内容不符：其证明不能通到日志头`,
      );
    else {
      first = Math.min(first, under.batch.at);
      last = Math.max(last, under.batch.at);
    }
    checkShown(hash, row, sealed, { en, zh }, find);
    if (own.key.of === "loan" && row.seq === 1) checkLoan(manifest, row, find);
  });
  for (const { key, seqs } of seen.values()) {
    for (let seq = 1; seq <= key.facts; seq++) {
      const { en, zh } = nameOf(key.of, seq);
      if (!seqs.has(seq)) find("fact-missing", en, `${en} is missing from ${FACTS}`, `${FACTS} 中缺少${zh}`);
    }
  }
  return last > 0 ? { first, last } : undefined;
}

/** What is shown of a personal value must be what was sealed. */
function checkShown(
  hash: Hash,
  row: FactRow,
  { shown = {} }: SealedFact,
  name: { readonly en: string; readonly zh: string },
  find: Find,
): void {
  const members: Record<string, unknown> = JSON.parse(row.payload);
  for (const [member, { salt, json }] of Object.entries(shown)) {
    if (members[member] === saltedValue(hash, salt, member, json)) continue;
    find(
      "value-changed",
      name.en,
      `${name.en}: what it shows as "${member}" is not what was sealed`,
      `${name.zh}：所示的“${member}”与封存内容不符`,
    );
  }
}

/** The first fact of a loan is its booking, and names it. */
function checkLoan(manifest: Manifest, row: FactRow, find: Find): void {
  const booked: Record<string, unknown> = JSON.parse(row.payload);
  if (row.kind === 1 && booked.id === manifest.loan) return;
  find(
    "fact-strange",
    FACTS,
    `these are the facts of another loan than ${manifest.loan}`,
    `这些事实不属于贷款 ${manifest.loan}`,
  );
}

/** Heads that were handed out before must be the beginning of this log. Gives how many are shown to be. */
function checkHeads(hash: Hash, seals: Seals, head: Head, texts: readonly string[], find: Find): number {
  const proofs = new Map(seals.earlier.map((earlier) => [earlier.head, earlier.proof]));
  let agreed = 0;
  const holds = (text: string, proof: readonly string[]): boolean => {
    const older = headOfText(text);
    const path = proof.map(fromHex);
    const [from, to] = [older && fromHex(older.root), fromHex(head.root)];
    if (!older || !from || !to || path.includes(undefined)) return false;
    return provesConsistency(
      hash,
      { size: older.size, root: from },
      { size: head.size, root: to },
      path as Uint8Array[],
    );
  };
  const differs = (text: string): void =>
    find(
      "head-differs",
      SEALS,
      `the log does not begin with the head ${text}: it was rewritten since`,
      `日志并非以该日志头为开端，事后被改写：${text}`,
    );
  for (const { head: text, proof } of seals.earlier) if (!holds(text, proof)) differs(text);
  for (const text of texts) {
    const proof = proofs.get(text) ?? (headOfText(text)?.size === head.size ? [] : undefined);
    if (proof === undefined)
      find(
        "head-unknown",
        SEALS,
        `the bundle has no proof from the head ${text}: ask for one that was made with it`,
        `证据包没有自该日志头起的一致性证明，请要求提供：${text}`,
      );
    else if (holds(text, proof)) agreed += 1;
    else differs(text);
  }
  return agreed;
}

const areTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

const isShown = (shown: unknown): boolean =>
  shown === undefined ||
  (typeof shown === "object" &&
    shown !== null &&
    Object.values(shown).every((one) => areTexts([one?.salt, one?.json])));

const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

function parsed<T>(bytes: Uint8Array): T | undefined {
  try {
    const value: unknown = JSON.parse(textOf(bytes));
    return typeof value === "object" && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
