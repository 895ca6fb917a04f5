/**
 * PostgreSQL's COPY BINARY form: a signature, then per row a field count and per field a length and its bytes, then a
 * trailer. Source: PostgreSQL documentation, COPY, "Binary Format".
 */
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/** Writes rows field by field into one growing buffer. */
export class CopyWriter {
  #bytes: Buffer;
  // DataView's setters compile to single instructions; Buffer's own check and split each value first.
  #view: DataView;
  #at: number;
  rows = 0;

  constructor(size = 1 << 16) {
    this.#bytes = Buffer.from(new ArrayBuffer(size));
    this.#view = new DataView(this.#bytes.buffer);
    this.#at = SIGNATURE.copy(this.#bytes);
  }

  /** Begins a row; the caller then writes exactly `fields` fields. */
  row(fields: number): void {
    // Room for the row's fixed fields at once: none is longer than twelve bytes with its length.
    this.#reserve(2 + 12 * fields);
    this.#view.setInt16(this.#at, fields);
    this.#at += 2;
    this.rows += 1;
  }

  int2(value: number): void {
    const at = this.#at;
    this.#view.setInt32(at, 2);
    this.#view.setInt16(at + 4, value);
    this.#at = at + 6;
  }

  int4(value: number): void {
    const at = this.#at;
    this.#view.setInt32(at, 4);
    this.#view.setInt32(at + 4, value);
    this.#at = at + 8;
  }

  int4OrNull(value: number | undefined): void {
    if (value !== undefined) {
      this.int4(value);
      return;
    }
    this.#view.setInt32(this.#at, -1);
    this.#at += 4;
  }

  /** Any safe whole number. */
  int8(value: number): void {
    const at = this.#at;
    const high = Math.floor(value / 4_294_967_296);
    this.#view.setInt32(at, 8);
    this.#view.setInt32(at + 4, high);
    this.#view.setUint32(at + 8, value - high * 4_294_967_296);
    this.#at = at + 12;
  }

  text(value: string): void {
    // Three bytes a UTF-16 unit is the most that UTF-8 takes; and the row's other fields keep their room.
    this.#reserve(4 + value.length * 3 + SPARE);
    const at = this.#at;
    const length = value.length < SHORT ? this.#ascii(value, at + 4) : this.#bytes.utf8Write(value, at + 4);
    this.#view.setInt32(at, length);
    this.#at = at + 4 + length;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(4 + value.length + SPARE);
    this.#view.setInt32(this.#at, value.length);
    this.#bytes.set(value, this.#at + 4);
    this.#at += 4 + value.length;
  }

  textOrNull(value: string | null | undefined): void {
    if (value !== null && value !== undefined) {
      this.text(value);
      return;
    }
    this.#view.setInt32(this.#at, -1);
    this.#at += 4;
  }

  finish(): Buffer {
    this.#reserve(2);
    this.#view.setInt16(this.#at, -1);
    return this.#bytes.subarray(0, this.#at + 2);
  }

  /** Short texts are mostly plain ASCII, and a loop beats the call into C++ for them. */
  #ascii(value: string, at: number): number {
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127) return this.#bytes.utf8Write(value, at);
      this.#bytes[at + i] = code;
    }
    return value.length;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.#bytes.length * 2, this.#at + bytes)));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const SHORT = 64;
/** Room for the fixed fields that may follow a text in its row. */
const SPARE = 256;

/** Reads rows field by field: `while (reader.row()) { reader.int4(); … }`, in the order of the select list. */
export class CopyReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #at: number;

  /** Begins at the first row, or at the first field of a row whose place is known. */
  constructor(bytes: Buffer, at?: number) {
    if (at === undefined && bytes.subarray(0, 11).compare(SIGNATURE, 0, 11) !== 0)
      throw new Error("these bytes are not COPY BINARY");
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at ?? 19 + this.#view.getInt32(15);
  }

  get at(): number {
    return this.#at;
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  /** Steps to the next row; false after the last. */
  row(): boolean {
    const fields = this.#view.getInt16(this.#at);
    this.#at += 2;
    return fields >= 0;
  }

  int2(): number {
    const value = this.#view.getInt16(this.#at + 4);
    this.#at += 6;
    return value;
  }

  int4(): number {
    const value = this.#view.getInt32(this.#at + 4);
    this.#at += 8;
    return value;
  }

  int8(): number {
    const at = this.#at;
    this.#at = at + 12;
    return this.#view.getInt32(at + 4) * 4_294_967_296 + this.#view.getUint32(at + 8);
  }

  text(): string {
    const length = this.#view.getInt32(this.#at);
    const start = this.#at + 4;
    this.#at = start + length;
    return this.#bytes.utf8Slice(start, start + length);
  }

  /** The field's bytes, as they lie in what was read: copy what is to be kept. */
  bytes(): Buffer {
    const length = this.#view.getInt32(this.#at);
    const start = this.#at + 4;
    this.#at = start + length;
    return this.#bytes.subarray(start, start + length);
  }

  textOrNull(): string | null {
    if (this.#view.getInt32(this.#at) !== -1) return this.text();
    this.#at += 4;
    return null;
  }
}

declare global {
  interface Buffer {
    // In Node since its first versions, and typed nowhere: they do not look their encoding up by name.
    utf8Write(text: string, offset?: number): number;
    utf8Slice(start?: number, end?: number): string;
  }
}
