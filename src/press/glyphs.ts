/** Which characters a font file has: the character map (`cmap`) of a TrueType file, and nothing else of it. */
export interface FontFile {
  readonly name: string;
  readonly has: (codePoint: number) => boolean;
}

const BMP_ONLY = 4;
const FULL = 12;

/**
 * Reads the character map of a TrueType or OpenType file.
 *
 * Takes   the bytes of one font, no collection.
 * Refuses by throwing where the file has no Unicode map.
 * Source  OpenType specification, table `cmap`, formats 4 and 12.
 */
export function readFont(name: string, bytes: Buffer): FontFile {
  const tables = bytes.readUInt16BE(4);
  for (let n = 0; n < tables; n++) {
    const record = 12 + n * 16;
    if (bytes.toString("latin1", record, record + 4) === "cmap")
      return { name, has: cmapOf(bytes, bytes.readUInt32BE(record + 8), name) };
  }
  throw new Error(`${name} is no font file with a character map`);
}

function cmapOf(bytes: Buffer, at: number, name: string): FontFile["has"] {
  const subtables = Array.from({ length: bytes.readUInt16BE(at + 2) }, (_, n) => {
    const offset = at + bytes.readUInt32BE(at + 4 + n * 8 + 4);
    return { offset, format: bytes.readUInt16BE(offset) };
  });
  const full = subtables.find(({ format }) => format === FULL);
  if (full !== undefined) return groupsOf(bytes, full.offset);
  const bmp = subtables.find(({ format }) => format === BMP_ONLY);
  if (bmp !== undefined) return segmentsOf(bytes, bmp.offset);
  throw new Error(`${name} has no Unicode character map that is known (formats 4 and 12)`);
}

function groupsOf(bytes: Buffer, at: number): FontFile["has"] {
  const count = bytes.readUInt32BE(at + 12);
  const start = (n: number): number => bytes.readUInt32BE(at + 16 + n * 12);
  const end = (n: number): number => bytes.readUInt32BE(at + 20 + n * 12);
  return (codePoint) => {
    const n = firstWhere(count, (group) => end(group) >= codePoint);
    return n < count && start(n) <= codePoint;
  };
}

function segmentsOf(bytes: Buffer, at: number): FontFile["has"] {
  const count = bytes.readUInt16BE(at + 6) / 2;
  const end = (n: number): number => bytes.readUInt16BE(at + 14 + n * 2);
  const start = (n: number): number => bytes.readUInt16BE(at + 16 + count * 2 + n * 2);
  return (codePoint) => {
    if (codePoint >= 0xffff) return false;
    const n = firstWhere(count, (segment) => end(segment) >= codePoint);
    return n < count && start(n) <= codePoint;
  };
}

function firstWhere(count: number, holds: (n: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What a text may hold although no glyph is drawn for it. */
const UNDRAWN = new Set([0x0a]);

/** Characters of a text that one of the fonts lacks, each once, in the order of the text. */
export function missingGlyphs(text: string, fonts: readonly FontFile[]): readonly string[] {
  const missing = [...new Set(text)].filter((character) => {
    const codePoint = character.codePointAt(0)!;
    return !UNDRAWN.has(codePoint) && fonts.some(({ has }) => !has(codePoint));
  });
  return missing;
}
