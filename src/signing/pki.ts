import { X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

export const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  tstInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  timeStampToken: "1.2.840.113549.1.9.16.2.14",
  sha256: "2.16.840.1.101.3.4.2.1",
  rsaEncryption: "1.2.840.113549.1.1.1",
  sha256WithRsa: "1.2.840.113549.1.1.11",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  keyUsage: "2.5.29.15",
  extendedKeyUsage: "2.5.29.37",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  commonName: "2.5.4.3",
  organisation: "2.5.4.10",
} as const;

/** What a signature or a token was found to be wrong with. The code is stable; the sentence says what was found. */
export class PkiTrouble extends Error {
  override name = "PkiTrouble";
  readonly code: string;
  constructor(code: string, says: string) {
    super(says);
    this.code = code;
  }
}

/** The bytes alone, in a buffer of their own: asn1js and pkijs take nothing else. */
export const alone = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
export const octets = (bytes: Uint8Array): asn1js.OctetString =>
  new asn1js.OctetString({ valueHex: alone(bytes) });
/** DER of what pkijs or asn1js holds. */
export const der = (value: { toBER(sizeOnly?: boolean): ArrayBuffer }): Uint8Array =>
  new Uint8Array(value.toBER(false));

/** Reads one element of DER; what follows it must be zeros, since room that was kept and not used is filled with them. */
export function readDer(bytes: Uint8Array, code: string): { value: asn1js.AsnType; length: number } {
  const length = derLength(bytes);
  if (length === undefined || length > bytes.length)
    throw new PkiTrouble(code, "it is no DER, or it ends too early");
  if (bytes.subarray(length).some((byte) => byte !== 0))
    throw new PkiTrouble(code, "something follows it that is not part of it");
  const { result } = asn1js.fromBER(alone(bytes.subarray(0, length)));
  if (result.error) throw new PkiTrouble(code, result.error);
  return { value: result, length };
}

function derLength(bytes: Uint8Array): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  if (first < 128) return 2 + first;
  const count = first & 127;
  // 128 alone would be a length that is not told, which DER does not have.
  if (count === 0 || count > 4) return undefined;
  let length = 0;
  for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[2 + i] ?? 0);
  return 2 + count + length;
}

export function certificateOf(bytes: Uint8Array): pkijs.Certificate {
  try {
    return pkijs.Certificate.fromBER(alone(bytes));
  } catch (error) {
    throw new PkiTrouble("certificate-unreadable", (error as Error).message);
  }
}

export const certificateDer = (certificate: pkijs.Certificate): Uint8Array =>
  der(certificate.toSchema(false));

/** Certificates of a PEM file, in its order. */
export function certificatesOfPem(pem: string): readonly Uint8Array[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].map(
    ([one]) => new Uint8Array(new X509Certificate(one).raw),
  );
}

export const pemOf = (certificate: Uint8Array): string => new X509Certificate(certificate).toString();

/** The common name of a certificate's holder or issuer, or else its organisation. */
export function nameIn({ typesAndValues }: pkijs.RelativeDistinguishedNames): string {
  const named = (type: string): string | undefined =>
    typesAndValues.find((one) => one.type === type)?.value.valueBlock.value;
  return named(OID.commonName) ?? named(OID.organisation) ?? "";
}

export const serialOf = ({ serialNumber }: pkijs.Certificate): string =>
  Buffer.from(serialNumber.valueBlock.valueHexView).toString("hex");

/** Whose certificate it is, who issued it, and its number, as people look them up. */
export function certificateFacts(bytes: Uint8Array): {
  readonly signer: string;
  readonly issuer: string;
  readonly serial: string;
} {
  const certificate = certificateOf(bytes);
  return {
    signer: nameIn(certificate.subject),
    issuer: nameIn(certificate.issuer),
    serial: serialOf(certificate),
  };
}

/**
 * Whether certificates lead from the leaf to a root that is trusted, all of them valid at one instant.
 *
 * Not asked: whether one was revoked. Neither lists of revoked certificates nor OCSP are fetched.
 * Throws   `PkiTrouble` with `chain-untrusted` and what the path lacks.
 */
export async function checkChain(
  leaf: pkijs.Certificate,
  others: readonly pkijs.Certificate[],
  roots: readonly Uint8Array[],
  at: number,
): Promise<void> {
  const checkDate = new Date(at);
  const outside = [leaf.notBefore.value, leaf.notAfter.value];
  if (checkDate < outside[0]! || checkDate > outside[1]!) {
    const [from, to] = outside.map((date) => date.toISOString().slice(0, 10));
    throw new PkiTrouble(
      "certificate-expired",
      `the certificate of ${nameIn(leaf.subject)} is valid from ${from} to ${to}, and the time is ${checkDate.toISOString()}`,
    );
  }
  const trustedCerts = roots.map(certificateOf);
  const engine = new pkijs.CertificateChainValidationEngine({
    certs: [...trustedCerts, ...others, leaf],
    trustedCerts,
    checkDate,
  });
  const { result, resultMessage } = trustedCerts.length
    ? await engine.verify()
    : { result: false, resultMessage: "no root is trusted" };
  if (!result)
    throw new PkiTrouble(
      "chain-untrusted",
      `the certificate of ${nameIn(leaf.subject)}, issued by ${nameIn(leaf.issuer)}, leads to no trusted root: ${resultMessage}`,
    );
}
