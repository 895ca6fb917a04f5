import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from "node:crypto";
import { isOpenMember, PERSONAL_MEMBERS } from "../evidence/index.ts";
import type { Keyring } from "./keyring.ts";

/**
 * What lies encrypted, and how it is found again.
 *
 * Form    `enc.KEY.` and, in base64url, 12 bytes of nonce, the ciphertext and 16 bytes of tag: AES-256-GCM.
 * Holds   a value opens only in the place it was sealed for: `where` is `table:row:column`, and is what the tag covers besides.
 */
export interface Vault {
  seal(where: string, text: string): string;
  /** A value that was never sealed is given back as it is: a book that is older than its keys has such. */
  open(where: string, text: string): string;
  sealBytes(where: string, bytes: Uint8Array): Buffer;
  openBytes(where: string, bytes: Uint8Array): Buffer;
  /** 128 bits of HMAC-SHA-256 over what a value is and its plainest form: equal for equal values, and nothing else. */
  blind(what: string, form: string): string;
  /** The key under which new values are sealed. */
  readonly current: string;
}

export class KeyMissing extends Error {
  override name = "KeyMissing";
}

const SEALED = /^enc\.([a-z0-9]{1,16})\.[A-Za-z0-9_-]{38,}$/;
const BYTES_MARK = Buffer.from("enc.");
const NONCE = 12;
const TAG = 16;

export const isSealed = (text: string): boolean => text.startsWith("enc.") && SEALED.test(text);

/** Which key a value is under; `undefined` where it lies open. */
export const keyOf = (text: string): string | undefined =>
  text.startsWith("enc.") ? SEALED.exec(text)?.[1] : undefined;

export function keyOfBytes(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 24)).toString("latin1");
  return /^enc\.([a-z0-9]{1,16})\./.exec(head)?.[1];
}

/** Nonces by the handful: asking the system for twelve bytes costs more than encrypting with them. */
const pool = Buffer.alloc(NONCE * 1024);
let used = pool.length;
function nonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += NONCE;
  return pool.subarray(used - NONCE, used);
}

/** `reload` gives the ring anew where a value names a key that another process has added since. */
export function vaultOf(first: Keyring, reload: () => Keyring = () => first): Vault {
  let ring = first;
  let keys = new Map(ring.keys.map(({ id, key }) => [id, key]));
  const index = Buffer.from(hkdfSync("sha256", ring.index, "", "arrears blind index", 32));
  const keyFor = (id: string): Buffer => {
    if (!keys.has(id)) {
      ring = reload();
      keys = new Map(ring.keys.map((one) => [one.id, one.key]));
    }
    const key = keys.get(id);
    if (!key)
      throw new KeyMissing(
        `a value of this book is under the key ${id}, which is not among the keys at hand`,
      );
    return key;
  };
  const encrypt = (where: string, plain: Uint8Array | string): Buffer => {
    const iv = nonce();
    const cipher = createCipheriv("aes-256-gcm", keyFor(ring.current), iv);
    cipher.setAAD(Buffer.from(where));
    const body = typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain);
    cipher.final();
    return Buffer.concat([iv, body, cipher.getAuthTag()]);
  };
  const decrypt = (where: string, id: string, bytes: Buffer): Buffer => {
    const key = keyFor(id);
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(where));
      decipher.setAuthTag(bytes.subarray(-TAG));
      const plain = decipher.update(bytes.subarray(NONCE, -TAG));
      decipher.final();
      return plain;
    } catch (error) {
      throw new Error(`${where} does not open: it was changed, or moved here from another place`, {
        cause: error,
      });
    }
  };
  return {
    get current() {
      return ring.current;
    },
    seal: (where, text) => `enc.${ring.current}.${encrypt(where, text).toString("base64url")}`,
    open: (where, text) => {
      const id = keyOf(text);
      if (id === undefined) return text;
      return decrypt(where, id, Buffer.from(text.slice(id.length + 5), "base64url")).toString("utf8");
    },
    sealBytes: (where, bytes) =>
      Buffer.concat([BYTES_MARK, Buffer.from(`${ring.current}.`), encrypt(where, bytes)]),
    openBytes: (where, bytes) => {
      const id = keyOfBytes(bytes);
      const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      return id === undefined ? all : decrypt(where, id, all.subarray(id.length + 5));
    },
    blind: (what, form) =>
      createHmac("sha256", index)
        .update(`${what}\u0000${form}`)
        .digest()
        .subarray(0, 16)
        .toString("base64url"),
  };
}

// --- with a book that may have no keys ------------------------------------------------------------------------------

export const sealed = (vault: Vault | undefined, where: string, text: string): string =>
  vault ? vault.seal(where, text) : text;

export function opened(vault: Vault | undefined, where: string, text: string): string {
  if (!text.startsWith("enc.")) return text;
  if (vault) return vault.open(where, text);
  if (isSealed(text))
    throw new KeyMissing(`${where} is encrypted, and this book was opened without its keys`);
  return text;
}

export function openedBytes(vault: Vault | undefined, where: string, bytes: Uint8Array): Buffer {
  if (vault) return vault.openBytes(where, bytes);
  if (keyOfBytes(bytes) !== undefined)
    throw new KeyMissing(`${where} is encrypted, and this book was opened without its keys`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

export const sealedOrNull = (vault: Vault | undefined, where: string, text: string | null): string | null =>
  text === null ? null : sealed(vault, where, text);
export const openedOrNull = (vault: Vault | undefined, where: string, text: string | null): string | null =>
  text === null ? null : opened(vault, where, text);

// --- facts -----------------------------------------------------------------------------------------------------------

type Members = Readonly<Record<string, unknown>>;

const PERSONAL: ReadonlySet<string> = new Set(PERSONAL_MEMBERS);

/** Most facts have no personal member, and cost a look at the names that they have. */
export function hasPersonal(members: object): boolean {
  for (const name in members) if (PERSONAL.has(name)) return true;
  return false;
}

/**
 * A fact's text with each personal member sealed in its place, so that the order of its members stays: what is hashed for a seal
 * is the text that comes back.
 */
export const sealedFact = (vault: Vault, where: string, text: string): string =>
  JSON.stringify(sealMembers(vault, where, JSON.parse(text) as Members));

function sealMembers(vault: Vault, where: string, members: Members): Members {
  if (!hasPersonal(members)) return members;
  const kept: Record<string, unknown> = { ...members };
  for (const [name, value] of Object.entries(members))
    if (PERSONAL.has(name) && isOpenMember(value) && !(typeof value === "string" && isSealed(value)))
      kept[name] = vault.seal(`${where}:${name}`, JSON.stringify(value));
  return kept;
}

const ANY_SEALED = '":"enc.';
export const holdsSealed = (text: string): boolean => text.includes(ANY_SEALED);

/** The text of a fact as it was before it was sealed. */
export const openedFact = (vault: Vault | undefined, where: string, text: string): string =>
  JSON.stringify(openMembers(vault, where, JSON.parse(text) as Members));

function openMembers(vault: Vault | undefined, where: string, members: Members): Members {
  const kept: Record<string, unknown> = { ...members };
  for (const [name, value] of Object.entries(members))
    if (PERSONAL.has(name) && typeof value === "string" && isSealed(value))
      kept[name] = JSON.parse(opened(vault, `${where}:${name}`, value));
  return kept;
}

/** The same of a row that holds several facts side by side, as a JSON array. */
export const sealedFacts = (vault: Vault | undefined, where: string, text: string): string =>
  vault
    ? JSON.stringify((JSON.parse(text) as Members[]).map((members) => sealMembers(vault, where, members)))
    : text;

export const openedFacts = (vault: Vault | undefined, where: string, text: string): string =>
  holdsSealed(text)
    ? JSON.stringify((JSON.parse(text) as Members[]).map((members) => openMembers(vault, where, members)))
    : text;
