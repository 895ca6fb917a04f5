import { createHash } from "node:crypto";
import {
  dictOf,
  isName,
  numberIn,
  type PdfDict,
  type PdfFile,
  PdfTrouble,
  type PdfValue,
  write,
} from "./pdf-file.ts";

export interface SignatureField {
  /** Instant that the file claims, in milliseconds since 1970. */
  readonly at: number;
  readonly name?: string;
  readonly reason?: string;
  /** Bytes kept free for the signature. */
  readonly reserve: number;
}

export interface Prepared {
  /** The whole file with its byte range filled in and zeros where the signature will stand. */
  readonly bytes: Uint8Array;
  /** Place of the first hex digit of the signature, and how many bytes it may have. */
  readonly contentsAt: number;
  readonly reserve: number;
  /** The two stretches that the signature covers. */
  readonly covered: readonly [Uint8Array, Uint8Array];
}

const FIELD_NAME = "Signature1";
const WIDTH = 10;

/**
 * Appends an empty signature to a PDF. The bytes that were there stay as they are, so that their hash can still be shown;
 * what is new is one more revision, with a cross-reference of the same kind as the file has.
 *
 * Throws  `PdfTrouble` where the file cannot be read or has a signature already.
 */
export function appendSignature(file: PdfFile, field: SignatureField): Prepared {
  const rootRef = file.trailer.entries.get("Root");
  if (rootRef?.kind !== "ref") throw new PdfTrouble("pdf-unreadable", "no catalogue");
  const root = dictOf(file.follow(rootRef), "the catalogue");
  const page = firstPage(file, root);
  if (rootRef.generation !== 0 || page.generation !== 0)
    throw new PdfTrouble(
      "pdf-unreadable",
      "objects of a later generation: save the file anew before it is signed",
    );
  const size = Math.max(numberIn(file.trailer, "Size") ?? 0, ...[...file.places.keys()].map((n) => n + 1));
  const signature = size;
  const widget = size + 1;
  const changed = new Map<number, string>();

  const form = dictOf(file.follow(root.entries.get("AcroForm") ?? EMPTY), "the form");
  const fields = file.follow(form.entries.get("Fields"));
  const standing = fields.kind === "array" ? fields.items : [];
  if (standing.length > 0)
    throw new PdfTrouble(
      "pdf-unreadable",
      "it has form fields or a signature already: sign the file as it was made",
    );
  const signedForm = withEntries(form, { Fields: list([ref(widget)]), SigFlags: number(3) });
  changed.set(rootRef.n, write(withEntries(root, { AcroForm: signedForm })));

  const annots = file.follow(page.dict.entries.get("Annots"));
  const others = annots.kind === "array" ? annots.items : [];
  changed.set(page.n, write(withEntries(page.dict, { Annots: list([...others, ref(widget)]) })));
  // PDF/A asks for the print flag on every annotation, and for no appearance on one without a size.
  changed.set(
    widget,
    `<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 0 0]/F 4/T(${FIELD_NAME})/V ${signature} 0 R/P ${page.n} 0 R>>`,
  );
  const hole = `<${"0".repeat(field.reserve * 2)}>`;
  const range = `/ByteRange[0 ${"*".repeat(WIDTH)} ${"*".repeat(WIDTH)} ${"*".repeat(WIDTH)}]`;
  changed.set(
    signature,
    `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached${range}/Contents${hole}/M(${pdfDate(field.at)})` +
      `${field.name === undefined ? "" : `/Name${textString(field.name)}`}` +
      `${field.reason === undefined ? "" : `/Reason${textString(field.reason)}`}>>`,
  );

  const { text, offsets } = revision(file, changed, widget + 1);
  const bytes = Buffer.concat([file.bytes, Buffer.from(text, "latin1")]);
  const begins = offsets.get(signature)!;
  const holeAt = bytes.indexOf(hole, begins, "latin1");
  const holeEnd = holeAt + hole.length;
  const figures = [holeAt, holeEnd, bytes.length - holeEnd].map((figure) =>
    String(figure).padEnd(WIDTH, " "),
  );
  const filled = `/ByteRange[0 ${figures.join(" ")}]`;
  bytes.write(filled, bytes.indexOf(range, begins, "latin1"), "latin1");
  return {
    bytes,
    contentsAt: holeAt + 1,
    reserve: field.reserve,
    covered: [bytes.subarray(0, holeAt), bytes.subarray(holeEnd)],
  };
}

/** Puts the signature where zeros were kept for it. */
export function fillSignature({ bytes, contentsAt, reserve }: Prepared, signature: Uint8Array): Uint8Array {
  if (signature.length > reserve)
    throw new Error(
      `the signature has ${signature.length} bytes, and ${reserve} are kept free: raise reserve`,
    );
  const filled = Buffer.from(bytes);
  filled.write(Buffer.from(signature).toString("hex"), contentsAt, "latin1");
  return filled;
}

const EMPTY: PdfDict = { kind: "dict", entries: new Map() };
const ref = (n: number): PdfValue => ({ kind: "ref", n, generation: 0 });
const list = (items: readonly PdfValue[]): PdfValue => ({ kind: "array", items });
const number = (value: number): PdfValue => ({ kind: "number", text: String(value) });
const withEntries = (dict: PdfDict, more: Readonly<Record<string, PdfValue>>): PdfDict => ({
  kind: "dict",
  entries: new Map([...dict.entries, ...Object.entries(more)]),
});

function firstPage(file: PdfFile, root: PdfDict): { n: number; generation: number; dict: PdfDict } {
  let at = root.entries.get("Pages");
  for (let depth = 0; depth < 50 && at?.kind === "ref"; depth += 1) {
    const dict = dictOf(file.follow(at), "a page");
    if (isName(dict.entries.get("Type"), "Page")) return { n: at.n, generation: at.generation, dict };
    const kids = file.follow(dict.entries.get("Kids"));
    at = kids.kind === "array" ? kids.items[0] : undefined;
  }
  throw new PdfTrouble("pdf-unreadable", "no first page");
}

function revision(
  file: PdfFile,
  changed: ReadonlyMap<number, string>,
  next: number,
): { text: string; offsets: ReadonlyMap<number, number> } {
  const offsets = new Map<number, number>();
  const numbers = [...changed.keys()].sort((a, b) => a - b);
  let text = file.bytes.at(-1) === 10 ? "" : "\n";
  for (const n of numbers) {
    offsets.set(n, file.bytes.length + text.length);
    text += `${n} 0 obj\n${changed.get(n)}\nendobj\n`;
  }
  const at = file.bytes.length + text.length;
  text += file.xrefIsStream
    ? xrefStream(file, offsets, numbers, next, at)
    : xrefTable(file, offsets, numbers, next);
  return { text: `${text}startxref\n${at}\n%%EOF\n`, offsets };
}

/** Runs of numbers that follow each other, as cross-references name them. */
function runsOf(numbers: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last && last.at(-1) === n - 1) last.push(n);
    else runs.push([n]);
  }
  return runs;
}

function xrefTable(
  file: PdfFile,
  offsets: ReadonlyMap<number, number>,
  numbers: readonly number[],
  size: number,
): string {
  const rows = runsOf(numbers).map(
    (run) =>
      `${run[0]} ${run.length}\n${run.map((n) => `${String(offsets.get(n)).padStart(10, "0")} 00000 n \n`).join("")}`,
  );
  return `xref\n${rows.join("")}trailer\n${write(trailerOf(file, size, {}))}\n`;
}

function xrefStream(
  file: PdfFile,
  offsets: ReadonlyMap<number, number>,
  numbers: readonly number[],
  own: number,
  at: number,
): string {
  const all = [...numbers, own];
  const data = Buffer.alloc(all.length * 7);
  for (const [row, n] of all.entries()) {
    data.writeUInt8(1, row * 7);
    data.writeUInt32BE(n === own ? at : offsets.get(n)!, row * 7 + 1);
  }
  const dict = trailerOf(file, own + 1, {
    Type: { kind: "name", name: "XRef" },
    W: list([1, 4, 2].map(number)),
    Index: list(runsOf(all).flatMap((run) => [number(run[0]!), number(run.length)])),
    Length: number(data.length),
  });
  return `${own} 0 obj\n${write(dict)}\nstream\n${data.toString("latin1")}\nendstream\nendobj\n`;
}

function trailerOf(file: PdfFile, size: number, more: Readonly<Record<string, PdfValue>>): PdfDict {
  const kept = ["Root", "Info", "ID"].flatMap((key) => {
    const value = file.trailer.entries.get(key);
    return value === undefined ? [] : [[key, key === "ID" ? newId(file, value) : value] as const];
  });
  return {
    kind: "dict",
    entries: new Map<string, PdfValue>([
      ["Size", number(size)],
      ...kept,
      ["Prev", number(file.startxref)],
      ...Object.entries(more),
    ]),
  };
}

/** The first half names the document and stays; the second names the revision, and is made of what it stands on. */
function newId(file: PdfFile, id: PdfValue): PdfValue {
  const pair = file.follow(id);
  const bytes = createHash("sha256").update(file.bytes).digest().subarray(0, 16);
  return pair.kind === "array" ? list([pair.items[0]!, { kind: "string", bytes, at: 0, end: 0 }]) : id;
}

/** UTF-16 with its mark, as a text string that may have any character. */
const textString = (text: string): string =>
  `<FEFF${Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase()}>`;

/** `D:20260301093000Z`, in UTC. */
export function pdfDate(at: number): string {
  const [day, time] = new Date(at).toISOString().split("T") as [string, string];
  return `D:${day.replaceAll("-", "")}${time.slice(0, 8).replaceAll(":", "")}Z`;
}
