import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { isCommon } from "./common-passwords.ts";

/** 256 random bits as text that fits into addresses, cookies and headers. */
export const newSecret = (): string => randomBytes(32).toString("base64url");
export const newId = (): string => randomBytes(12).toString("base64url");

/** What is kept of a secret with so many bits: it needs no salt and no slowness. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(hashOf(a)), Buffer.from(hashOf(b))];
  return timingSafeEqual(left, right);
}

/** The token that a page sends beside its cookie: who has only the cookie sent for him cannot know it. */
export const csrfOf = (session: string): string =>
  createHmac("sha256", session).update("arrears csrf").digest("base64url");

/**
 * A token as it stands in a page that is packed: another text each time, so that nothing about it shows in the page's length (BREACH).
 */
export function maskedToken(token: string): string {
  const bytes = Buffer.from(token, "base64url");
  const mask = randomBytes(bytes.length);
  return Buffer.concat([mask, xor(mask, bytes)]).toString("base64url");
}

/** The token behind a masked one; of anything else some text that equals none. */
export function unmaskedToken(masked: string): string {
  const bytes = Buffer.from(masked, "base64url");
  const half = bytes.length / 2;
  return Number.isInteger(half)
    ? xor(bytes.subarray(0, half), bytes.subarray(half)).toString("base64url")
    : "";
}

const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, i) => byte ^ b[i]!));

// --- passwords -------------------------------------------------------------------------------------------------------

/** OWASP's first setting for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const LEAST_PASSWORD = 12;
export const MOST_PASSWORD = 128;

/** `words` are those of this place, which somebody who attacks it tries too: the user's name, the lender's. */
export function passwordTrouble(
  password: string,
  ...words: readonly string[]
): "too-short" | "too-long" | "too-plain" | undefined {
  const length = [...password].length;
  if (length < LEAST_PASSWORD) return "too-short";
  if (length > MOST_PASSWORD) return "too-long";
  const name = words[0]?.toLowerCase();
  if (name && password.toLowerCase().includes(name)) return "too-plain";
  return isCommon(password, ["arrears", ...words]) ? "too-plain" : undefined;
}

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), COST);

let stranger: Promise<string> | undefined;

/** Compares with nobody's password where there is none, so that a name without one takes as long. */
export async function isPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  stranger ??= hashPassword(newSecret());
  const same = await verify(kept ?? (await stranger), password.normalize("NFKC"));
  return same && kept != null;
}

// --- one-time codes ----------------------------------------------------------------------------------------------------

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
export const TOTP_SECONDS = 30;

/** 160 bits, as RFC 4226 section 4 recommends, in base32 as apps want it. */
export const newTotpSecret = (): string => toBase32(randomBytes(20));

export function toBase32(bytes: Uint8Array): string {
  let text = "";
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text;
}

export function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const letter of text) {
    held = (held << 5) | BASE32.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >>> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}

/** The code of a step, RFC 6238 with SHA-1 and six digits, which is what apps can. */
export function totpAt(secret: Uint8Array, step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const at = mac[mac.length - 1]! & 15;
  const code = (mac.readUInt32BE(at) & 0x7fffffff) % 10 ** digits;
  return String(code).padStart(digits, "0");
}

export const totpStep = (now: number): number => Math.floor(now / 1000 / TOTP_SECONDS);

/** The step whose code it is: this one or the one before, for who types slowly. `undefined` where it is neither's. */
export function totpStepOf(secret: string, code: string, now: number): number | undefined {
  const typed = code.replaceAll(/[\s-]/g, "");
  if (!/^\d{6}$/.test(typed)) return undefined;
  const key = fromBase32(secret);
  const step = totpStep(now);
  return [step, step - 1].find((one) => isSame(totpAt(key, one), typed));
}

export const totpAddress = (secret: string, who: string): string =>
  `otpauth://totp/Arrears:${encodeURIComponent(who)}?secret=${secret}&issuer=Arrears&algorithm=SHA1&digits=6&period=${TOTP_SECONDS}`;
