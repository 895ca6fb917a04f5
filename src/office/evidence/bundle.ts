import { type Day, formatDay, keyToNumber } from "../../core/index.ts";
import {
  batchText,
  closedPayload,
  FACTS,
  type Files,
  type Head,
  headText,
  isBundlePath,
  MANIFEST,
  type Manifest,
  manifestText,
  partText,
  SEALS,
  type SealedFact,
  type Seals,
  textLeaf,
  toHex,
  treeOf,
  utf8,
} from "../../evidence/index.ts";
import {
  batchRows,
  type Database,
  type HandedHead,
  handedHeads,
  type JournalEntry,
  type LoanFile,
  partsOfBatch,
  sealedFactsOf,
  sealedThrough,
} from "../../store/index.ts";
import { csvOf, htmlOf, type Sheet } from "./bundle-pages.ts";
import { sha256 } from "./offline.ts";
import { catalogueSheet, type Entry, permitOf, readMe, SIGNED, sheetsOf } from "./sheets.ts";

/** A paper that goes into the bundle as it is: a contract, a letter. */
export interface Enclosure {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly source: string;
  readonly proves: string;
  readonly pages: string;
}

export interface BundleAsked {
  readonly file: LoanFile;
  readonly asOf: Day;
  /** Heads that the reader holds, beside those that the book knows were handed out. */
  readonly heads: readonly Head[];
  readonly enclosures: readonly Enclosure[];
  readonly verifier: string;
  /** Prints the catalogue; where there is none, it is there as HTML and CSV only. */
  readonly print?: (sheet: Sheet, foot: readonly string[]) => Promise<Uint8Array | undefined>;
}

/** Why no bundle can be made: facts that are not sealed yet, or seals that do not hold. */
export type NoBundle =
  | { readonly no: "unsealed"; readonly facts: number }
  | { readonly no: "seals-broken"; readonly batch: number };

/**
 * The files of a bundle of evidence on a loan, by their paths: the papers, what people read, the facts of the loan and of its
 * borrower with their proofs, and what checks them.
 *
 * Holds   the same book, day and heads give the same bytes. Whatever is in it is in the manifest.
 */
export async function bundleOf(db: Database, asked: BundleAsked): Promise<Files | NoBundle> {
  const { file, asOf, enclosures, verifier } = asked;
  const loan = seenBy(file.journal, asOf);
  const person = seenBy(file.ofBorrower, asOf);
  const owner = { bucket: file.borrower.bucket, n: file.borrower.n };
  const keys = [
    { of: "loan" as const, ...file.key, facts: loan.length },
    { of: "borrower" as const, ...owner, facts: person.length },
  ];
  const through = await sealedThrough(db, [file.key, owner]);
  const unsealed = keys.reduce(
    (sum, key) => sum + Math.max(0, key.facts - (through.get(keyToNumber(key)) ?? 0)),
    0,
  );
  if (unsealed > 0) return { no: "unsealed", facts: unsealed };
  const sealed = await sealsOf(
    db,
    file.key.bucket,
    new Map(keys.map(({ n, facts }) => [n, facts])),
    asked.heads,
  );
  if ("no" in sealed) return sealed;
  const files = new Map<string, Uint8Array>();
  const put = (path: string, content: string | Uint8Array): void => {
    if (!isBundlePath(path) || files.has(path)) throw new Error(`${path} cannot stand in a bundle`);
    files.set(path, typeof content === "string" ? utf8(content) : content);
  };
  const catalogue: Entry[] = [];
  const list = (entry: Omit<Entry, "pages"> & { pages?: string }, content: string | Uint8Array): void => {
    put(entry.path, content);
    catalogue.push({ pages: "–", ...entry });
  };
  const lender = `${file.lender.name}`;
  for (const { bytes, ...entry } of enclosures) list(entry, bytes);
  for (const { sheet, path, ...words } of sheetsOf(file, loan, person, asOf)) {
    const source = `${lender} 业务系统按流水生成 / made from the journal of the lender`;
    list({ path: `${path}.html`, source, ...words }, htmlOf(sheet));
    put(`${path}.csv`, csvOf(sheet));
  }
  list(
    {
      path: "permits.jsonl",
      name: "触达许可（判定依据） / Permits, with what was known at each",
      source: `${lender} 合规闸口 / the gate`,
      proves:
        "每次触达发出之前的合规判定及其所依据的事实与规则版本 / what was judged before each contact, by which rules",
    },
    person.flatMap(permitOf).join(""),
  );
  list(
    {
      path: FACTS,
      name: "流水事实及其封存证明 / Facts as sealed, with their proofs",
      source: `${lender} 流水（电子数据） / the journal (electronic data)`,
      proves:
        "上列各项所依据的原始事实，自封存以来未被改动 / the facts behind all that is listed, not changed since they were sealed",
    },
    sealed.facts.map((fact) => `${JSON.stringify(fact)}\n`).join(""),
  );
  list(
    {
      path: SEALS,
      name: "封存批次与日志头 / Seals and the head of the log",
      source: `${lender} 封存日志 / the log of seals`,
      proves: "封存时间与日志的连续性 / when facts were sealed, and that the log only grew",
    },
    `${JSON.stringify(sealed.seals, null, 1)}\n`,
  );
  for (const { path, bytes, head, how } of sealed.stamps)
    list(
      {
        path,
        name: `日志头时间戳（第 ${head.size} 批） / Time-stamp of the head of size ${head.size}`,
        source: how,
        proves:
          "该日志头不晚于时间戳所载时间存在 / that this head existed at the time of the stamp (RFC 3161)",
      },
      bytes,
    );
  put("verify.mjs", verifier);
  put("read-me.txt", readMe(file, asOf));
  const pages = catalogueSheet(file, asOf, catalogue);
  put("catalogue.html", htmlOf(pages, SIGNED));
  put("catalogue.csv", csvOf(pages));
  const printed = await asked.print?.(pages, SIGNED);
  if (printed) put("catalogue.pdf", printed);
  const manifest: Manifest = {
    form: "arrears/bundle/1",
    lender: file.lender.code,
    loan: file.id,
    asOf: formatDay(asOf),
    keys,
    head: sealed.seals.head,
    files: [...files.keys()].sort().map((path) => {
      const bytes = files.get(path)!;
      return { path, bytes: bytes.length, sha256: toHex(sha256(bytes)) };
    }),
  };
  files.set(MANIFEST, utf8(manifestText(sha256, manifest)));
  return files;
}

/** The facts up to the last one that was booked by the day: a journal's beginning, without a gap. */
function seenBy(journal: readonly JournalEntry[], asOf: Day): readonly JournalEntry[] {
  const last = journal.findLastIndex(({ fact }) => fact.on <= asOf);
  return journal.slice(0, last + 1);
}

// --- seals -----------------------------------------------------------------------------------------------------------

interface Sealed {
  readonly facts: readonly SealedFact[];
  readonly seals: Seals;
  readonly stamps: readonly {
    readonly path: string;
    readonly bytes: Uint8Array;
    readonly head: Head;
    readonly how: string;
  }[];
}

async function sealsOf(
  db: Database,
  bucket: number,
  wanted: ReadonlyMap<number, number>,
  known: readonly Head[],
): Promise<Sealed | NoBundle> {
  const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(toHex);
  const { facts, parts } = await sealedFactsOf(db, sha256, bucket, wanted);
  const batches = await batchRows(db);
  const log = treeOf(
    sha256,
    batches.map((batch) => textLeaf(sha256, batchText(batch))),
  );
  const trees = new Map(parts.map((part) => [part.batch, treeOf(sha256, part.leaves)]));
  const shown: Seals["batches"][number][] = [];
  for (const { batch, bucket: of, facts: count, root } of parts) {
    const others = await partsOfBatch(db, batch);
    const index = others.findIndex((other) => other.bucket === of);
    const ofBatch = treeOf(
      sha256,
      others.map((other) => textLeaf(sha256, partText(other))),
    );
    if (toHex(trees.get(batch)!.root) !== root || toHex(ofBatch.root) !== batches[batch]?.root)
      return { no: "seals-broken", batch };
    shown.push({
      text: batchText(batches[batch]!),
      proof: hexes(log.inclusion(batch)),
      part: {
        text: partText({ bucket: of, facts: count, root }),
        index,
        proof: hexes(ofBatch.inclusion(index)),
      },
    });
  }
  const headAt = (size: number): Head => {
    const last = batches[size - 1]!;
    return { size, root: last.head, at: last.at };
  };
  const handed = (await handedHeads(db)).filter(({ size }) => size <= log.size);
  const earlier = new Map<string, readonly string[]>();
  for (const head of [...handed.map(({ size }) => headAt(size)), ...known])
    if (head.size >= 1 && head.size < log.size)
      earlier.set(headText(head), hexes(log.consistency(head.size)));
  const texts = [...earlier.keys()].sort((a, b) => sizeOf(a) - sizeOf(b) || (a < b ? -1 : 1));
  return {
    facts: facts.map(({ row, text, salt, batch, index }) => {
      const { disclosed } = closedPayload(sha256, row.payload, salt ?? "");
      return {
        fact: text,
        batch,
        index,
        proof: hexes(trees.get(batch)!.inclusion(index)),
        ...(Object.keys(disclosed).length > 0 ? { shown: disclosed } : {}),
      };
    }),
    seals: {
      form: "arrears/seals/1",
      head: headText({ ...headAt(log.size), root: toHex(log.root) }),
      batches: shown,
      earlier: texts.map((head) => ({ head, proof: earlier.get(head)! })),
    },
    stamps: handed.filter(isStamped).map(({ size, token, how }, i) => ({
      path: `timestamps/head-${size}-${i + 1}.tsr`,
      bytes: token,
      head: headAt(size),
      how,
    })),
  };
}

const isStamped = (one: HandedHead): one is HandedHead & { token: Uint8Array } => one.token !== undefined;
const sizeOf = (head: string): number => (JSON.parse(head) as [string, number])[1];
