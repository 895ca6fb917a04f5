import { createPrivateKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import { DEVELOPMENT } from "./development-mark.ts";
import { certificateOf, PkiTrouble } from "./pki.ts";

/** How a key signs. Digests are SHA-256 with both. */
export type SignatureAlgorithm = "rsa-sha256" | "ecdsa-sha256";

/** Who signs: a certificate and what only its holder can do. The key may be far away. */
export interface Signer {
  /** DER, the signer's own certificate first. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** A certificate made here for trying: without legal effect. */
  readonly development: boolean;
  /**
   * Signs.
   *
   * Takes   SHA-256 of what is signed, and the bytes themselves for those that want to hash by themselves.
   * Gives   PKCS #1 v1.5 for RSA, the DER pair for ECDSA.
   * Throws  where the key cannot be reached.
   */
  sign(digest: Uint8Array, bytes: Uint8Array): Promise<Uint8Array>;
}

/** A signer whose key is in this process. */
export function localSigner(key: KeyObject, chain: readonly Uint8Array[]): Signer {
  const leaf = leafOf(chain);
  if (!leaf.checkPrivateKey(key))
    throw new PkiTrouble("key-mismatch", "the private key does not belong to the first certificate");
  return {
    chain,
    algorithm: algorithmOf(leaf),
    development: isDevelopment(chain),
    sign: async (_digest, bytes) => new Uint8Array(sign("sha256", bytes, key)),
  };
}

/** A signer out of PEM files: certificates with the signer's own first, and its key. */
export const pemSigner = (key: string, chain: readonly Uint8Array[]): Signer =>
  localSigner(createPrivateKey(key), chain);

export function leafOf(chain: readonly Uint8Array[]): X509Certificate {
  if (chain.length === 0) throw new PkiTrouble("no-certificate", "there is no certificate to sign with");
  return new X509Certificate(chain[0]!);
}

/** Only what every reader of PDF can check is signed with. */
export function algorithmOf({ publicKey }: X509Certificate): SignatureAlgorithm {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType === "rsa" && bits >= 2048) return "rsa-sha256";
  const curve = publicKey.asymmetricKeyDetails?.namedCurve ?? "";
  if (publicKey.asymmetricKeyType === "ec" && ["prime256v1", "secp384r1", "secp521r1"].includes(curve))
    return "ecdsa-sha256";
  throw new PkiTrouble(
    "key-not-supported",
    `a key ${publicKey.asymmetricKeyType} ${curve || bits}: expected RSA from 2048 bits, or ECDSA on P-256, P-384 or P-521`,
  );
}

/** Told by the issuer's name: a mark that warns needs no proof. */
export const isDevelopment = (chain: readonly Uint8Array[]): boolean =>
  chain.length > 0 &&
  certificateOf(chain[0]!).issuer.typesAndValues.some(({ value }) => value.valueBlock.value === DEVELOPMENT);
