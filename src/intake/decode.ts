import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import iconv from "iconv-lite";
import type { Refusal } from "../core/index.ts";

/** A path, bytes in memory, or a stream. Only the first two can be read twice. */
export type Source = string | Uint8Array | Readable;

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "big5" | "windows-1252";
export const ENCODINGS: readonly Encoding[] = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "gb18030",
  "big5",
  "windows-1252",
];

/** Bytes looked at before the encoding is chosen. A file that changes its mind later gets bad rows, not a new guess. */
export const HEAD_BYTES = 262_144;
const CHUNK_BYTES = 262_144;

/**
 * A file as text, in pieces of about 256 KB.
 *
 * Takes   plain or gzip bytes (known by their first two), in any of `ENCODINGS`.
 * Gives   `text()` once; the getters are final when it ends.
 * Refuses by `refusal`, after the text that could be read: an unreadable path, a gzip that is cut short or damaged.
 * Holds   never throws for what the bytes are; bytes that are no text become U+FFFD.
 */
export class FileText {
  readonly name: string;
  bytesRead = 0;
  /** Size of the file, where it is known beforehand. */
  totalBytes: number | undefined;
  gzip = false;
  encoding: Encoding | undefined;
  refusal: Refusal | undefined;
  readonly #source: Source;
  readonly #hash = createHash("sha256");
  readonly #declared: Encoding | undefined;
  #digest: string | undefined;

  constructor(source: Source, declared?: Encoding) {
    this.#source = source;
    this.#declared = declared;
    this.name = typeof source === "string" ? source : "";
  }

  /** SHA-256 of the raw bytes, once all of them were read. */
  get sha256(): string | undefined {
    return this.#digest;
  }

  async *text(): AsyncGenerator<string> {
    const bytes = this.#unzipped();
    try {
      const head: Buffer[] = [];
      let headBytes = 0;
      while (headBytes < HEAD_BYTES) {
        const { value, done } = await bytes.next();
        if (done) break;
        head.push(value);
        headBytes += value.length;
      }
      const first = Buffer.concat(head);
      this.encoding = this.#declared ?? sniffEncoding(first.subarray(0, HEAD_BYTES));
      const decoder = decoderOf(this.encoding);
      yield decoder.write(first.subarray(byteOrderMark(first, this.encoding)));
      for await (const chunk of bytes) yield decoder.write(chunk);
      yield decoder.end();
    } finally {
      // A reader that stops early closes the file too.
      await bytes.return(undefined);
    }
  }

  async *#raw(): AsyncGenerator<Buffer> {
    const source = this.#source;
    try {
      if (typeof source === "string") this.totalBytes = (await stat(source)).size;
      else if (!(source instanceof Readable)) this.totalBytes = source.byteLength;
      const chunks =
        typeof source === "string"
          ? createReadStream(source, { highWaterMark: CHUNK_BYTES })
          : source instanceof Readable
            ? source
            : slices(source);
      for await (const chunk of chunks) {
        const bytes: Buffer = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
        this.#hash.update(bytes);
        this.bytesRead += bytes.length;
        yield bytes;
      }
      this.#digest = this.#hash.digest("hex");
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.refusal = {
        code: "cannot-read",
        says: `The file could not be read (${reason}): check that it exists and may be read, then import it again.`,
      };
    }
  }

  async *#unzipped(): AsyncGenerator<Buffer> {
    const raw = this.#raw();
    try {
      let first = Buffer.alloc(0);
      while (first.length < 2) {
        const { value, done } = await raw.next();
        if (done) break;
        first = Buffer.concat([first, value]);
      }
      this.gzip = first[0] === 0x1f && first[1] === 0x8b;
      if (this.gzip) yield* this.#gunzip(first, raw);
      else {
        if (first.length > 0) yield first;
        yield* raw;
      }
    } finally {
      await raw.return(undefined);
    }
  }

  /**
   * Written to by hand and not piped: a pipe that fails throws away what it had already unpacked, and those rows are
   * wanted. Input goes in by 16 KB, so that even the densest gzip (1,000 : 1) unpacks to 16 MB at a time.
   */
  async *#gunzip(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const unzip = createGunzip({ chunkSize: CHUNK_BYTES });
    let out: Buffer[] = [];
    let failed: Error | undefined;
    unzip.on("data", (chunk: Buffer) => out.push(chunk));
    // Told of each write's end, of the end of all, and of a failure, after which no write ever ends.
    let settle = () => {};
    unzip.on("error", (error) => {
      failed = error;
      settle();
    });
    unzip.on("end", () => settle());
    const settled = (start: (done: () => void) => void) =>
      new Promise<void>((resolve) => {
        settle = resolve;
        if (failed) resolve();
        else start(resolve);
      });
    const emptied = () => {
      const chunks = out;
      out = [];
      return chunks;
    };
    const feed = async function* (chunk: Buffer) {
      for (let at = 0; at < chunk.length && !failed; at += 16_384) {
        const piece = chunk.subarray(at, at + 16_384);
        await settled((done) => unzip.write(piece, () => done()));
        yield* emptied();
      }
    };
    try {
      yield* feed(first);
      for await (const chunk of rest) yield* feed(chunk);
      if (!failed && !this.refusal) await settled(() => unzip.end());
      yield* emptied();
    } finally {
      unzip.destroy();
    }
    if (failed && !this.refusal) {
      const cut = /unexpected end of file/.test(failed.message);
      this.refusal = {
        code: cut ? "gzip-cut-short" : "gzip-damaged",
        says: `The gzip file ${cut ? "ends before its content does" : `is damaged (${failed.message})`}: rows up to there were read; ask for the file again and import it whole.`,
      };
    }
  }
}

function* slices(bytes: Uint8Array): Generator<Buffer> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < buffer.length; at += CHUNK_BYTES) yield buffer.subarray(at, at + CHUNK_BYTES);
}

function decoderOf(encoding: Encoding): { write(bytes: Buffer): string; end(): string } {
  if (encoding === "utf-8" || encoding === "utf-16le") {
    const decoder = new StringDecoder(encoding === "utf-8" ? "utf8" : "utf16le");
    return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() };
  }
  const decoder = iconv.getDecoder(encoding);
  return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? "" };
}

function byteOrderMark(head: Buffer, encoding: Encoding): number {
  if (encoding === "utf-8" && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3;
  if (encoding === "utf-16le" && head[0] === 0xff && head[1] === 0xfe) return 2;
  if (encoding === "utf-16be" && head[0] === 0xfe && head[1] === 0xff) return 2;
  if (encoding === "gb18030" && head.subarray(0, 4).equals(Buffer.from([0x84, 0x31, 0x95, 0x33]))) return 4;
  return 0;
}

/**
 * The encoding that the head of a file speaks for: byte-order mark, then the pattern of NULs that UTF-16 makes of
 * digits and delimiters, then UTF-8 where it is valid.
 *
 * A head that is not valid UTF-8 is GB18030, unless it is clearly UTF-8 with damage (well-formed sequences of three
 * bytes are more than half as many as broken ones; in GBK text they are one in fifty) or is not valid GB18030 either: then the broken rows
 * are shown as such, since a guess that turns a name into other characters would go unnoticed.
 */
export function sniffEncoding(head: Buffer): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const sixteen = sniffUtf16(head);
  if (sixteen) return sixteen;
  const { sequences, broken } = countUtf8(head);
  if (broken === 0 || sequences * 2 > broken) return "utf-8";
  // The head may end in the middle of a character, which a decoder that is not ended keeps to itself.
  return iconv.getDecoder("gb18030").write(head).includes("\uFFFD") ? "utf-8" : "gb18030";
}

function sniffUtf16(head: Buffer): Encoding | undefined {
  const nuls = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nuls[i % 2]! += 1;
  const [even, odd] = nuls as [number, number];
  const many = head.length / 2 / 5;
  if (odd > 1 && odd >= many && even * 10 <= odd) return "utf-16le";
  if (even > 1 && even >= many && odd * 10 <= even) return "utf-16be";
  return undefined;
}

/** Well-formed sequences of three bytes and more, and broken ones; a sequence cut off by the end is neither. */
function countUtf8(head: Buffer): { sequences: number; broken: number } {
  let sequences = 0;
  let broken = 0;
  for (let i = 0; i < head.length; ) {
    const lead = head[i]!;
    if (lead < 0x80) {
      i += 1;
      continue;
    }
    const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
    const whole = lead >= 0xc2 && lead < 0xf5;
    let at = 1;
    while (whole && at < length && i + at < head.length && continues(lead, head[i + at]!, at)) at += 1;
    if (whole && at === length) {
      if (length >= 3) sequences += 1;
    } else if (!whole || i + at < head.length) broken += 1;
    i += at;
  }
  return { sequences, broken };
}

/** The second byte rules out overlong forms, surrogates and what lies beyond U+10FFFF (RFC 3629 section 4). */
function continues(lead: number, byte: number, at: number): boolean {
  if (at > 1) return byte >= 0x80 && byte < 0xc0;
  const from = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const to = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return byte >= from && byte <= to;
}

/** Text as bytes for whoever reads files in another encoding. What the encoding lacks becomes a question mark. */
export const encodeText = (text: string, encoding: "utf-8" | "gb18030"): Uint8Array =>
  iconv.encode(text, encoding, { addBOM: encoding === "utf-8" });
