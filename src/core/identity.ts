import { invariant } from "./trouble.ts";

export const BUCKETS = 4096;
/** Loans that one borrower can have over all time; index 0 is the borrower himself. */
export const LOANS_A_BORROWER = 4096;
export const BORROWERS_A_BUCKET = 2 ** 31 / LOANS_A_BORROWER;

/**
 * Internal key of a borrower or of a loan. `n` counts borrowers within the bucket times 4,096, plus the loan's index:
 * so a loan's key names its borrower, and a borrower's loans lie side by side.
 */
export interface Key {
  readonly bucket: number;
  readonly n: number;
}

export const borrowerKey = (bucket: number, borrower: number): Key => ({
  bucket,
  n: borrower * LOANS_A_BORROWER,
});
export const loanKey = (borrower: Key, index: number): Key => {
  invariant(
    index >= 1 && index < LOANS_A_BORROWER,
    `a borrower can have ${LOANS_A_BORROWER - 1} loans, not more`,
  );
  return { bucket: borrower.bucket, n: borrower.n + index };
};
export const isSameKey = (a: Key, b: Key): boolean => a.bucket === b.bucket && a.n === b.n;
export const borrowerN = (n: number): number => n - (n % LOANS_A_BORROWER);
export const loanIndex = (n: number): number => n % LOANS_A_BORROWER;

/** Outside the store a key is one safe whole number. */
export const keyToNumber = ({ bucket, n }: Key): number => bucket * 2 ** 31 + n;
export const numberToKey = (id: number): Key => ({ bucket: Math.floor(id / 2 ** 31), n: id % 2 ** 31 });

/** The bucket of a borrower, from his identity at the lender. Never changed: every stored row depends on it. */
export function bucketOf(lender: string, borrower: string): number {
  return hash32(`${lender}\u0000${borrower}`) % BUCKETS;
}

/** MurmurHash3, 32 bits, seed 0, over the text's UTF-8 bytes (Austin Appleby, public domain). */
export function hash32(text: string): number {
  const length = utf8(text);
  const blocks = length >> 2;
  let h = 0;
  for (let i = 0; i < blocks; i++) {
    const at = i * 4;
    h ^= scramble(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = length - 1; i >= blocks * 4; i--) tail = (tail << 8) | bytes[i]!;
  h ^= scramble(tail) ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function scramble(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

/** Scratch for one text at a time: imports hash every row. */
let bytes = new Uint8Array(1024);

/** Writes the text's UTF-8 bytes to `bytes` and gives their number; a lone surrogate counts as U+FFFD. */
function utf8(text: string): number {
  if (text.length * 3 > bytes.length) bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = text.charCodeAt(i + 1);
      const paired = code < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
      code = paired ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
      if (paired) i += 1;
    }
    if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 63);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
    }
    bytes[at++] = 0x80 | (code & 63);
  }
  return at;
}
