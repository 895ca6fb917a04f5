/**
 * ZIP archives as bundles use them: files stored and not compressed, no folders, no time but 1980-01-01, in order of their
 * names. So the same files are the same bytes wherever and whenever they are packed, and reading takes no library. Source:
 * PKWARE, .ZIP File Format Specification 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */

export type Files = ReadonlyMap<string, Uint8Array>;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const UTF8 = 0x0800;
const FIRST_OF_1980 = 0x21;
const MOST = 0xffffffff;

/**
 * A path of a bundle: small letters, digits, `.`, `_`, `-` in up to four steps, none of which begins with a dot. Nothing
 * that leads out of a folder, or that means two files on one system and one on another.
 */
export const isBundlePath = (path: string): boolean =>
  path.length <= 200 && /^[a-z0-9_-][a-z0-9._-]*(?:\/[a-z0-9_-][a-z0-9._-]*){0,3}$/.test(path);

/** Packs files whose paths are those of a bundle. */
export function zipOf(files: Files): Uint8Array {
  const names = [...files.keys()].sort();
  const size = names.reduce((sum, name) => sum + files.get(name)!.length + 2 * name.length + 30 + 46, 22);
  if (size > MOST || names.length > 0xffff) throw new Error("a bundle of 4 GB or more is given as a folder");
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const starts: number[] = [];
  let at = 0;
  const fields = (name: string): void => {
    const content = files.get(name)!;
    view.setUint16(at, 20, true);
    view.setUint16(at + 2, UTF8, true);
    view.setUint16(at + 4, 0, true);
    view.setUint16(at + 6, 0, true);
    view.setUint16(at + 8, FIRST_OF_1980, true);
    view.setUint32(at + 10, crc32(content), true);
    view.setUint32(at + 14, content.length, true);
    view.setUint32(at + 18, content.length, true);
    view.setUint16(at + 22, name.length, true);
    at += 26;
  };
  const put = (part: Uint8Array): void => {
    bytes.set(part, at);
    at += part.length;
  };
  const encoder = new TextEncoder();
  for (const name of names) {
    starts.push(at);
    view.setUint32(at, LOCAL, true);
    at += 4;
    fields(name);
    put(encoder.encode(name));
    put(files.get(name)!);
  }
  const directory = at;
  names.forEach((name, i) => {
    view.setUint32(at, CENTRAL, true);
    view.setUint16(at + 4, 20, true);
    at += 6;
    fields(name);
    view.setUint32(at + 10, starts[i]!, true);
    at += 14;
    put(encoder.encode(name));
  });
  view.setUint32(at, END, true);
  view.setUint16(at + 8, names.length, true);
  view.setUint16(at + 10, names.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return bytes;
}

/**
 * The files of an archive that was packed like this, or the reason why it is not one: a name twice, a path that leads
 * elsewhere, something compressed, a byte that belongs to nothing.
 */
export function filesOfZip(bytes: Uint8Array): Files | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== END)
    return "it does not end as a ZIP archive of a bundle does";
  const count = view.getUint16(end + 10, true);
  const files = new Map<string, Uint8Array>();
  const decoder = new TextDecoder("latin1");
  const ends: { readonly name: string; readonly end: number }[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 30 > end || view.getUint32(at, true) !== LOCAL)
      return `file ${i + 1} does not begin where it should`;
    const [method, length] = [view.getUint16(at + 8, true), view.getUint32(at + 22, true)];
    const start = at + 30 + view.getUint16(at + 26, true);
    if (start + length > end) return `file ${i + 1} ends outside the archive`;
    const name = decoder.decode(bytes.subarray(at + 30, start));
    if (method !== 0) return `${JSON.stringify(name)} is compressed; a bundle stores its files as they are`;
    if (!isBundlePath(name)) return `${JSON.stringify(name)} is no path of a bundle`;
    if (files.has(name)) return `${name} is in it twice`;
    files.set(name, bytes.subarray(start, start + length));
    at = start + length;
    ends.push({ name, end: at });
  }
  // Packed again it must be the same: so the directory lists just these files, and no byte stands beside them.
  const again = zipOf(files);
  const differs =
    again.length !== bytes.length ? bytes.length : again.findIndex((byte, i) => byte !== bytes[i]);
  if (differs < 0) return files;
  const changed = ends.find(({ end: last }) => differs < last);
  return changed
    ? `${changed.name} was changed: it does not agree with its own check sum (byte ${differs})`
    : `its list of files does not agree with them (byte ${differs})`;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 of ISO 3309, as ZIP writes it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
