/**
 * The code under which anybody can ask whether a letter is genuine. It is typed by hand from paper, so its alphabet has no
 * 0, O, 1, I, L, S or Z, and its last character tells a typing error from a code that nobody gave out, without a look-up.
 */
const ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXY";
/** Prime, so that the check below finds every single wrong character and every two that changed places. */
const SYMBOLS = ALPHABET.length;
const FREE = 23;
const GROUP = 4;
/** Largest multiple of the alphabet's size in a byte: what lies above it is drawn again, so that no character is likelier. */
const FAIR = 256 - (256 % SYMBOLS);

declare const letterCode: unique symbol;
/** Six groups of four characters: `7K3M-…`. 23 of them are free: 29^23 is more than 2^111. */
export type LetterCode = string & { readonly [letterCode]: true };

/**
 * Makes a code out of random bytes.
 *
 * Takes   a source of random bytes that nobody can foresee: at the edge `randomBytes` of node:crypto.
 */
export function newLetterCode(randomBytes: (count: number) => Uint8Array): LetterCode {
  const symbols: number[] = [];
  while (symbols.length < FREE)
    for (const byte of randomBytes(FREE))
      if (byte < FAIR && symbols.length < FREE) symbols.push(byte % SYMBOLS);
  symbols.push(checkSymbol(symbols));
  return grouped(symbols.map((symbol) => ALPHABET[symbol]!).join(""));
}

export type ReadCode =
  | { readonly ok: true; readonly code: LetterCode }
  /** `length` and `character` say what no code can be; `check` says that one character or two were mistyped. */
  | { readonly ok: false; readonly why: "length" | "character" | "check" };

/** Reads what somebody typed: small letters, blanks and dashes do not matter, and S and Z are read as 5 and 2. */
export function readLetterCode(typed: string): ReadCode {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}_.]/gu, "")
    .replaceAll("S", "5")
    .replaceAll("Z", "2");
  if (plain.length !== FREE + 1) return { ok: false, why: "length" };
  const symbols = [...plain].map((character) => ALPHABET.indexOf(character));
  if (symbols.includes(-1)) return { ok: false, why: "character" };
  const right = checkSymbol(symbols.slice(0, FREE)) === symbols[FREE];
  return right ? { ok: true, code: grouped(plain) } : { ok: false, why: "check" };
}

/** Address of the public page that answers for this code; `base` is where `arrears serve` is reached from outside. */
export const verifyUrl = (base: string, code: LetterCode): string =>
  `${base.replace(/\/+$/, "")}/verify/${code}`;

/** The last symbol makes the sum of place times symbol a multiple of the alphabet's size. */
function checkSymbol(symbols: readonly number[]): number {
  const sum = symbols.reduce((total, symbol, place) => total + symbol * (place + 1), 0) % SYMBOLS;
  // The weight of the last place is 24, and 24 x 23 = 552 = 19 x 29 + 1: dividing by 24 is multiplying by 23.
  return ((SYMBOLS - sum) * 23) % SYMBOLS;
}

const grouped = (plain: string): LetterCode =>
  plain.match(new RegExp(`.{${GROUP}}`, "g"))!.join("-") as LetterCode;
