/** What the wire takes: bytes, their coding, and whether a header that joins parts stands before them. */
export interface Part {
  readonly bytes: Buffer;
  /** 0 the carrier's default alphabet (GSM 03.38, one byte a septet), 8 UCS-2. */
  readonly coding: 0 | 8;
  readonly joined: boolean;
}

const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const ESCAPE = 0x1b;
const EXTENDED: Readonly<Record<string, number>> = {
  "\f": 0x0a,
  "^": 0x14,
  "{": 0x28,
  "}": 0x29,
  "\\": 0x2f,
  "[": 0x3c,
  "~": 0x3d,
  "]": 0x3e,
  "|": 0x40,
  "€": 0x65,
};

/** Septets of each character, or nothing where the alphabet of GSM 03.38 lacks one. */
function septets(text: string): number[][] | undefined {
  const all: number[][] = [];
  for (const character of text) {
    const basic = character === "\u001b" ? -1 : BASIC.indexOf(character);
    const extended = EXTENDED[character];
    if (basic >= 0) all.push([basic]);
    else if (extended !== undefined) all.push([ESCAPE, extended]);
    else return undefined;
  }
  return all;
}

/** Bytes of each character in UTF-16, high byte first; a character outside the plane is four, and is never cut. */
const units = (text: string): number[][] =>
  [...text].map((character) => {
    const bytes: number[] = [];
    for (let i = 0; i < character.length; i++) {
      const unit = character.charCodeAt(i);
      bytes.push(unit >> 8, unit & 0xff);
    }
    return bytes;
  });

const ONE = { 0: 160, 8: 140 } as const;
/** What is left of 140 octets beside the header of six: 153 septets, or 67 characters of two octets. */
const ONE_OF_MANY = { 0: 153, 8: 134 } as const;
const MOST_PARTS = 255;

/**
 * Cuts a text into the short messages that carry it: GSM 03.38 where its alphabet does, UCS-2 where not.
 *
 * Takes   the text; a reference that the parts share, 0 to 255; `payload` to leave the cutting to the carrier.
 * Gives   one part, or several with the header 05 00 03 (3GPP TS 23.040, 9.2.3.24.1). `undefined` where it is too long.
 */
export function partsOf(
  text: string,
  reference: number,
  how: "udh" | "payload",
): readonly Part[] | undefined {
  const seven = septets(text);
  const coding = seven ? 0 : 8;
  const characters = seven ?? units(text);
  const length = characters.reduce((sum, { length: bytes }) => sum + bytes, 0);
  if (how === "payload" || length <= ONE[coding])
    return [{ bytes: Buffer.from(characters.flat()), coding, joined: false }];
  const parts: number[][] = [[]];
  for (const bytes of characters) {
    const last = parts.at(-1)!;
    if (last.length + bytes.length > ONE_OF_MANY[coding]) parts.push([...bytes]);
    else last.push(...bytes);
  }
  if (parts.length > MOST_PARTS) return undefined;
  return parts.map((bytes, i) => ({
    bytes: Buffer.from([5, 0, 3, reference & 0xff, parts.length, i + 1, ...bytes]),
    coding,
    joined: true,
  }));
}
