import { sha256, signCms } from "./cms.ts";
import { appendSignature, fillSignature } from "./pdf-append.ts";
import { PdfTrouble, readPdf } from "./pdf-file.ts";
import { PkiTrouble } from "./pki.ts";
import { leafOf, type Signer } from "./signer.ts";
import type { TimeStamp, TimeStamps } from "./time-stamps.ts";

export interface SignSettings {
  readonly signer: Signer;
  /** Without it the signature is PAdES B-B: nobody but the signer says when it was made. */
  readonly timeStamps?: TimeStamps;
  /** Instant that the file claims for its signature, in milliseconds since 1970. */
  readonly at: number;
  readonly name?: string;
  readonly reason?: string;
  /** SHA-256, in hex, of the data that the document was made of: it goes into the record unchanged. */
  readonly inputsSha256?: string;
}

/** What proves later that this file, and no other, was signed then. Hashes are in hex. */
export interface SigningRecord {
  readonly inputsSha256?: string;
  /** Of the PDF as it was made; the signed file begins with the same bytes. */
  readonly unsignedSha256: string;
  readonly signedSha256: string;
  /** Certificate of the signer, in DER. */
  readonly certificate: Uint8Array;
  readonly signedAt: number;
  readonly timeStamp?: TimeStamp;
  /** Signed with a certificate made here for trying: without legal effect. */
  readonly development: boolean;
}

export interface SignedPdf {
  readonly bytes: Uint8Array;
  readonly record: SigningRecord;
}

/** Room for the certificates of the signer and of the authority, and for the rest of both signatures. */
const ROOM_TOKEN = 8192;
const ROOM_REST = 2048;

/**
 * Signs a PDF as PAdES baseline B-T, or B-B without a time-stamp authority. The file is not written anew: a revision is
 * appended, and the bytes before it stay.
 *
 * Throws  `PkiTrouble` where the file cannot be signed (`not-a-pdf`, `pdf-unreadable`, `pdf-encrypted`), the key cannot
 *         be used or the authority does not stamp. Nothing is half signed: it gives a whole file or none.
 * Source  ISO 32000-1 12.8, ETSI EN 319 142-1.
 */
export async function signPdf(pdf: Uint8Array, settings: SignSettings): Promise<SignedPdf> {
  const { signer, timeStamps, at, name, reason, inputsSha256 } = settings;
  const leaf = leafOf(signer.chain);
  const chainBytes = signer.chain.reduce((sum, { length }) => sum + length, 0);
  const prepared = asPki(() =>
    appendSignature(readPdf(pdf), {
      at,
      reserve: chainBytes + ROOM_REST + (timeStamps ? ROOM_TOKEN : 0),
      ...(name === undefined ? {} : { name }),
      ...(reason === undefined ? {} : { reason }),
    }),
  );
  const signed = await signCms(signer, sha256(...prepared.covered));
  const timeStamp = await timeStamps?.stamp(sha256(signed.value));
  const bytes = fillSignature(prepared, signed.encode(timeStamp?.token));
  return {
    bytes,
    record: {
      ...(inputsSha256 === undefined ? {} : { inputsSha256 }),
      unsignedSha256: hexSha256(pdf),
      signedSha256: hexSha256(bytes),
      certificate: new Uint8Array(leaf.raw),
      signedAt: at,
      ...(timeStamp === undefined ? {} : { timeStamp }),
      development: signer.development,
    },
  };
}

export const hexSha256 = (bytes: Uint8Array): string => Buffer.from(sha256(bytes)).toString("hex");

export function asPki<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PdfTrouble) throw new PkiTrouble(error.code, error.message);
    throw error;
  }
}
