import { inflateSync } from "node:zlib";

/**
 * The structure of a PDF file, read as ISO 32000 says and no more leniently: a file that signs or accuses somebody is not
 * guessed at. There is no repair of broken files, no encryption, and no filter but Flate for what the structure itself needs.
 */
export type PdfValue =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** As it is written, so that writing it again changes nothing. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  /** `at` and `end` are its place in the file, delimiters included. */
  | { readonly kind: "string"; readonly bytes: Uint8Array; readonly at: number; readonly end: number }
  | { readonly kind: "array"; readonly items: readonly PdfValue[] }
  | PdfDict
  | { readonly kind: "ref"; readonly n: number; readonly generation: number };

export interface PdfDict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, PdfValue>;
  /** Where the bytes of a stream begin; absent for a plain dictionary. */
  readonly streamAt?: number;
}

/** Where an object stands: in the file, or as the n-th of an object stream. */
type Place =
  | { readonly offset: number; readonly generation: number }
  | { readonly stream: number; readonly index: number };

export interface PdfFile {
  readonly bytes: Uint8Array;
  readonly trailer: PdfDict;
  /** Of the newest cross-reference section. */
  readonly startxref: number;
  /** The newest section is a stream, so that what is appended must be one too. */
  readonly xrefIsStream: boolean;
  readonly places: ReadonlyMap<number, Place>;
  /** The object of that number, `null` where there is none. */
  object(n: number): PdfValue;
  /** The value, or what it refers to. */
  follow(value: PdfValue | undefined): PdfValue;
}

/** The file is not what ISO 32000 says, or has something that is not read here. */
export class PdfTrouble extends Error {
  override name = "PdfTrouble";
  readonly code: "not-a-pdf" | "pdf-unreadable" | "pdf-encrypted";
  constructor(code: PdfTrouble["code"], says: string) {
    super(says);
    this.code = code;
  }
}

const broken = (says: string): PdfTrouble => new PdfTrouble("pdf-unreadable", says);
const NULL: PdfValue = { kind: "null" };
/** No file of ours comes near; a file made to exhaust the reader does. */
const MOST_OBJECTS = 1_000_000;
const MOST_INFLATED = 64 * 1024 * 1024;
const MOST_NESTED = 100;
const MOST_SECTIONS = 1000;

/**
 * Reads the structure of a PDF.
 *
 * Takes   the bytes of the file, up to the end of the revision that is asked for.
 * Throws  `PdfTrouble` where the file is no PDF, is encrypted or cannot be read.
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  const text = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString("latin1");
  if (!/^%PDF-[12]\.\d/.test(text(0, 8))) throw new PdfTrouble("not-a-pdf", "it does not begin with %PDF-");
  const tail = text(Math.max(0, bytes.length - 1024), bytes.length);
  const start = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(tail);
  if (!start) throw broken("no startxref at its end");
  const startxref = Number(start[1]);

  const places = new Map<number, Place>();
  const freed = new Set<number>();
  const put = (n: number, place: Place | undefined): void => {
    if (places.has(n) || freed.has(n)) return;
    if (places.size + freed.size > MOST_OBJECTS) throw broken("more objects than are read here");
    if (place) places.set(n, place);
    else freed.add(n);
  };
  let trailer: PdfDict | undefined;
  let xrefIsStream = false;
  const seen = new Set<number>();
  for (let next: number | undefined = startxref; next !== undefined; ) {
    if (seen.has(next) || seen.size >= MOST_SECTIONS) throw broken("its cross-references go in a circle");
    seen.add(next);
    const section = readSection(bytes, next, put);
    // A table may point to a stream that holds what the table cannot say, and calls those objects free itself.
    const beside = numberIn(section.trailer, "XRefStm");
    const free = beside === undefined ? [] : readSection(bytes, beside, put).free;
    for (const n of [...section.free, ...free]) put(n, undefined);
    if (!trailer) {
      trailer = section.trailer;
      xrefIsStream = section.isStream;
    }
    next = numberIn(section.trailer, "Prev");
  }
  if (!trailer) throw broken("no trailer");
  if (trailer.entries.has("Encrypt")) throw new PdfTrouble("pdf-encrypted", "it is encrypted");

  const known = new Map<number, PdfValue>();
  const streams = new Map<number, readonly PdfValue[]>();
  const object = (n: number): PdfValue => {
    const cached = known.get(n);
    if (cached) return cached;
    const place = places.get(n);
    if (!place) return NULL;
    known.set(n, NULL);
    const value = "offset" in place ? objectAt(bytes, place.offset, n).value : packed(place);
    known.set(n, value);
    return value;
  };
  const packed = ({ stream, index }: { stream: number; index: number }): PdfValue => {
    let values = streams.get(stream);
    if (!values) {
      const holder = object(stream);
      if (holder.kind !== "dict" || !isName(holder.entries.get("Type"), "ObjStm"))
        throw broken(`object ${stream} is no object stream`);
      values = readObjectStream(streamBytes(bytes, holder, follow), holder);
      streams.set(stream, values);
    }
    return values[index] ?? NULL;
  };
  const follow = (value: PdfValue | undefined): PdfValue => {
    let at = value ?? NULL;
    for (let hops = 0; at.kind === "ref"; hops += 1) {
      if (hops > MOST_NESTED) throw broken("references go in a circle");
      at = object(at.n);
    }
    return at;
  };
  return { bytes, trailer, startxref, xrefIsStream, places, object, follow };
}

export const isName = (value: PdfValue | undefined, name: string): boolean =>
  value?.kind === "name" && value.name === name;

/** A whole number of a dictionary. */
export function numberIn(dict: PdfDict, key: string): number | undefined {
  const value = dict.entries.get(key);
  return value?.kind === "number" && /^\+?\d{1,15}$/.test(value.text) ? Number(value.text) : undefined;
}

export function dictOf(value: PdfValue, what: string): PdfDict {
  if (value.kind !== "dict") throw broken(`${what} is no dictionary`);
  return value;
}

/** Writes a value as it would stand in a file. */
export function write(value: PdfValue): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(value.value);
    case "number":
      return value.text;
    case "name":
      return `/${value.name.replace(/[^!"$&'*-.0-;=?-Z\\^-z|~]/g, (character) => `#${hex(character)}`)}`;
    case "string":
      return `<${Buffer.from(value.bytes).toString("hex")}>`;
    case "ref":
      return `${value.n} ${value.generation} R`;
    case "array":
      return `[${value.items.map(write).join(" ")}]`;
    case "dict":
      return `<<${[...value.entries].map(([key, inner]) => `${write({ kind: "name", name: key })} ${write(inner)}`).join("")}>>`;
  }
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, "0");

interface Section {
  readonly trailer: PdfDict;
  readonly isStream: boolean;
  /** Numbers that it says no object has. */
  readonly free: readonly number[];
}

type Put = (n: number, place: Place) => void;

function readSection(bytes: Uint8Array, at: number, put: Put): Section {
  const reader = new Reader(bytes, at);
  reader.blank();
  if (!reader.takes("xref")) return readXrefStream(bytes, at, put);
  const free: number[] = [];
  for (;;) {
    reader.blank();
    if (reader.takes("trailer")) break;
    const first = reader.integer();
    reader.blank();
    const count = reader.integer();
    for (let n = first; n < first + count; n += 1) {
      reader.blank();
      const offset = reader.integer();
      reader.blank();
      const generation = reader.integer();
      reader.blank();
      if (reader.takes("n")) put(n, { offset, generation });
      else if (reader.takes("f")) free.push(n);
      else throw broken(`a cross-reference that is neither used nor free, for object ${n}`);
    }
  }
  return { trailer: dictOf(reader.value(), "the trailer"), isStream: false, free };
}

function readXrefStream(bytes: Uint8Array, at: number, put: Put): Section {
  const { value, n: own } = objectAt(bytes, at);
  const dict = dictOf(value, "the cross-reference stream");
  if (!isName(dict.entries.get("Type"), "XRef")) throw broken("startxref does not lead to cross-references");
  const data = streamBytes(bytes, dict, (inside) => inside ?? NULL);
  const widths = integers(dict.entries.get("W"));
  if (widths.length !== 3 || widths.some((width) => width > 6))
    throw broken("cross-references of another form");
  const size = numberIn(dict, "Size") ?? 0;
  const index = dict.entries.has("Index") ? integers(dict.entries.get("Index")) : [0, size];
  const [a, b, c] = widths as [number, number, number];
  const free: number[] = [];
  let from = 0;
  const field = (width: number, absent: number): number => {
    if (width === 0) return absent;
    let sum = 0;
    for (let i = 0; i < width; i += 1) sum = sum * 256 + (data[from + i] ?? 0);
    from += width;
    return sum;
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    for (let n = index[pair]!; n < index[pair]! + index[pair + 1]!; n += 1) {
      if (from + a + b + c > data.length) throw broken("cross-references end too early");
      const type = field(a, 1);
      const second = field(b, 0);
      const third = field(c, 0);
      if (type === 1) put(n, { offset: second, generation: third });
      else if (type === 2) put(n, { stream: second, index: third });
      else free.push(n);
    }
  }
  put(own, { offset: at, generation: 0 });
  return { trailer: dict, isStream: true, free };
}

const integers = (value: PdfValue | undefined): number[] =>
  value?.kind === "array"
    ? value.items.map((item) => {
        if (item.kind !== "number" || !/^\d{1,15}$/.test(item.text))
          throw broken("a whole number is missing");
        return Number(item.text);
      })
    : [];

function objectAt(bytes: Uint8Array, offset: number, expected?: number): { value: PdfValue; n: number } {
  if (offset >= bytes.length) throw broken(`object ${expected ?? ""} stands behind the end of the file`);
  const reader = new Reader(bytes, offset);
  reader.blank();
  const n = reader.integer();
  reader.blank();
  reader.integer();
  reader.blank();
  if (!reader.takes("obj") || (expected !== undefined && n !== expected))
    throw broken(`object ${expected ?? n} is not where the cross-references say`);
  const value = reader.value();
  if (value.kind !== "dict") return { value, n };
  reader.blank();
  if (!reader.takes("stream")) return { value, n };
  // The keyword is followed by a line end, which does not belong to the data.
  if (bytes[reader.at] === 13) reader.at += 1;
  if (bytes[reader.at] === 10) reader.at += 1;
  return { value: { ...value, streamAt: reader.at }, n };
}

function streamBytes(
  bytes: Uint8Array,
  dict: PdfDict,
  follow: (value: PdfValue | undefined) => PdfValue,
): Uint8Array {
  const length = follow(dict.entries.get("Length"));
  if (dict.streamAt === undefined || length.kind !== "number") throw broken("a stream without its length");
  const raw = bytes.subarray(dict.streamAt, dict.streamAt + Number(length.text));
  const filter = only(follow(dict.entries.get("Filter")));
  if (filter.kind === "null") return raw;
  if (!isName(filter, "FlateDecode")) throw broken("a filter of the structure that is not Flate");
  let data: Uint8Array;
  try {
    data = inflateSync(raw, { maxOutputLength: MOST_INFLATED });
  } catch {
    throw broken("a stream that cannot be inflated");
  }
  const parms = only(follow(dict.entries.get("DecodeParms")));
  if (parms.kind !== "dict") return data;
  const predictor = numberIn(parms, "Predictor") ?? 1;
  if (predictor === 1) return data;
  if (predictor < 10) throw broken("a predictor that is not one of PNG");
  return unpredicted(data, numberIn(parms, "Columns") ?? 1);
}

/** A list of one is what stands in it. */
function only(value: PdfValue): PdfValue {
  if (value.kind !== "array") return value;
  if (value.items.length > 1) throw broken("several filters on one stream of the structure");
  return value.items[0] ?? NULL;
}

/** Undoes the PNG filters of rows of one byte a column. */
function unpredicted(data: Uint8Array, columns: number): Uint8Array {
  const rows = Math.floor(data.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (columns + 1)]!;
    for (let column = 0; column < columns; column += 1) {
      const to = row * columns + column;
      const left = column > 0 ? out[to - 1]! : 0;
      const above = row > 0 ? out[to - columns]! : 0;
      const corner = row > 0 && column > 0 ? out[to - columns - 1]! : 0;
      out[to] = data[row * (columns + 1) + 1 + column]! + guess(filter, left, above, corner);
    }
  }
  return out;
}

function guess(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) throw broken("a row filter that PNG does not know");
  const near = left + above - corner;
  const [a, b, c] = [Math.abs(near - left), Math.abs(near - above), Math.abs(near - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function readObjectStream(data: Uint8Array, dict: PdfDict): readonly PdfValue[] {
  const first = numberIn(dict, "First") ?? 0;
  const count = numberIn(dict, "N") ?? 0;
  if (count > MOST_OBJECTS) throw broken("more objects than are read here");
  const head = new Reader(data, 0);
  const offsets: number[] = [];
  for (let i = 0; i < count; i += 1) {
    head.blank();
    head.integer();
    head.blank();
    offsets.push(head.integer());
  }
  return offsets.map((offset) => new Reader(data, first + offset).value());
}

const isBlank = (byte: number | undefined): boolean =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9 || byte === 12 || byte === 0;
const DELIMITERS = new Set([..."()<>[]{}/%"].map((character) => character.charCodeAt(0)));
const isRegular = (byte: number | undefined): boolean =>
  byte !== undefined && !isBlank(byte) && !DELIMITERS.has(byte);

class Reader {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Goes over blanks and comments. */
  blank(): void {
    for (;;) {
      const byte = this.#bytes[this.at];
      if (isBlank(byte)) this.at += 1;
      else if (byte === 37) {
        while (this.at < this.#bytes.length && this.#bytes[this.at] !== 10 && this.#bytes[this.at] !== 13)
          this.at += 1;
      } else return;
    }
  }

  takes(word: string): boolean {
    for (let i = 0; i < word.length; i += 1)
      if (this.#bytes[this.at + i] !== word.charCodeAt(i)) return false;
    this.at += word.length;
    return true;
  }

  integer(): number {
    const from = this.at;
    while (this.#bytes[this.at]! >= 48 && this.#bytes[this.at]! <= 57) this.at += 1;
    if (this.at === from || this.at - from > 15) throw broken(`a whole number is missing at byte ${from}`);
    return Number(this.#word(from));
  }

  value(depth = 0): PdfValue {
    if (depth > MOST_NESTED) throw broken("objects nested too deeply");
    this.blank();
    const byte = this.#bytes[this.at];
    if (byte === 47) return { kind: "name", name: this.#name() };
    if (byte === 40) return this.#literal();
    if (byte === 60) return this.#bytes[this.at + 1] === 60 ? this.#dict(depth) : this.#hex();
    if (byte === 91) return this.#array(depth);
    const from = this.at;
    while (isRegular(this.#bytes[this.at])) this.at += 1;
    const word = this.#word(from);
    if (word === "null") return NULL;
    if (word === "true" || word === "false") return { kind: "boolean", value: word === "true" };
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) throw broken(`"${word.slice(0, 20)}" at byte ${from}`);
    return this.#reference(word) ?? { kind: "number", text: word };
  }

  /** `12 0 R` after its first number was read; puts the place back where it is only a number. */
  #reference(first: string): PdfValue | undefined {
    if (!/^\d{1,10}$/.test(first)) return undefined;
    const back = this.at;
    this.blank();
    const from = this.at;
    while (this.#bytes[this.at]! >= 48 && this.#bytes[this.at]! <= 57) this.at += 1;
    const second = this.#word(from);
    this.blank();
    if (/^\d{1,5}$/.test(second) && this.#bytes[this.at] === 82 && !isRegular(this.#bytes[this.at + 1])) {
      this.at += 1;
      return { kind: "ref", n: Number(first), generation: Number(second) };
    }
    this.at = back;
    return undefined;
  }

  #word(from: number): string {
    return Buffer.from(this.#bytes.subarray(from, this.at)).toString("latin1");
  }

  #name(): string {
    const from = this.at + 1;
    this.at += 1;
    while (isRegular(this.#bytes[this.at])) this.at += 1;
    return this.#word(from).replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  #array(depth: number): PdfValue {
    this.at += 1;
    const items: PdfValue[] = [];
    for (this.blank(); this.#bytes[this.at] !== 93; this.blank()) items.push(this.value(depth + 1));
    this.at += 1;
    return { kind: "array", items };
  }

  #dict(depth: number): PdfDict {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (this.blank(); !this.takes(">>"); this.blank()) {
      if (this.#bytes[this.at] !== 47) throw broken(`a key is missing at byte ${this.at}`);
      const key = this.#name();
      // Of two entries with one key readers differ in which one counts, so none is chosen.
      if (entries.has(key)) throw broken(`the key ${key} stands twice in one dictionary`);
      entries.set(key, this.value(depth + 1));
    }
    return { kind: "dict", entries };
  }

  #hex(): PdfValue {
    const at = this.at;
    const end = this.#bytes.indexOf(62, at);
    if (end < 0) throw broken("a string without an end");
    this.at = end + 1;
    const digits = Buffer.from(this.#bytes.subarray(at + 1, end))
      .toString("latin1")
      .replace(/\s+/g, "");
    if (!/^[0-9A-Fa-f]*$/.test(digits)) throw broken("a string in hex with other characters");
    return {
      kind: "string",
      bytes: Buffer.from(digits.padEnd(digits.length + (digits.length % 2), "0"), "hex"),
      at,
      end: end + 1,
    };
  }

  #literal(): PdfValue {
    const at = this.at;
    const out: number[] = [];
    let open = 1;
    this.at += 1;
    while (open > 0) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) throw broken("a string without an end");
      this.at += 1;
      if (byte === 92) this.#escape(out);
      else {
        if (byte === 40) open += 1;
        if (byte === 41) open -= 1;
        if (open > 0) out.push(byte);
      }
    }
    return { kind: "string", bytes: Uint8Array.from(out), at, end: this.at };
  }

  #escape(out: number[]): void {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw broken("a string without an end");
    this.at += 1;
    const plain = ESCAPES.get(byte);
    if (plain !== undefined) out.push(plain);
    else if (byte >= 48 && byte <= 55) {
      let value = byte - 48;
      for (let i = 0; i < 2 && this.#bytes[this.at]! >= 48 && this.#bytes[this.at]! <= 55; i += 1) {
        value = value * 8 + this.#bytes[this.at]! - 48;
        this.at += 1;
      }
      out.push(value & 255);
    } else if (byte === 13) {
      if (this.#bytes[this.at] === 10) this.at += 1;
    } else if (byte !== 10) out.push(byte);
  }
}

const ESCAPES = new Map([..."nrtbf"].map((letter, i) => [letter.charCodeAt(0), [10, 13, 9, 8, 12][i]!]));
