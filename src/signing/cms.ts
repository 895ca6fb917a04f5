import { constants, createHash, verify, X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { certificateDer, certificateOf, der, OID, octets, PkiTrouble, readDer, serialOf } from "./pki.ts";
import type { Signer } from "./signer.ts";

const DIGESTS: Readonly<Record<string, string>> = {
  [OID.sha256]: "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
const RSA = [OID.rsaEncryption, OID.sha256WithRsa, "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13"];
const RSA_PSS = "1.2.840.113549.1.1.10";
const ECDSA = [OID.ecdsaWithSha256, "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4"];

export function hashBy(algorithm: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => hashBy("sha256", ...parts);

/** A signature before its time is stamped, and the same with the token of a time-stamp authority in it. */
export interface Signed {
  /** What a time-stamp authority is given the hash of. */
  readonly value: Uint8Array;
  encode(token?: Uint8Array): Uint8Array;
}

/**
 * Signs a content's digest as CMS, in the form of CAdES: the signer's certificate is named by its hash among what is
 * signed, so that no other can be put in its place. The content itself is not in it.
 *
 * Source  RFC 5652, RFC 5035, ETSI EN 319 122-1; no signing-time, which EN 319 142-1 leaves to the PDF's own entry.
 */
export async function signCms(
  signer: Signer,
  digest: Uint8Array,
  content: { readonly type: string; readonly bytes?: Uint8Array } = { type: OID.data },
): Promise<Signed> {
  const leaf = certificateOf(signer.chain[0]!);
  const attributes = [
    attribute(OID.contentType, new asn1js.ObjectIdentifier({ value: content.type })),
    attribute(OID.messageDigest, octets(digest)),
    attribute(OID.signingCertificateV2, certificateNamed(signer.chain[0]!)),
  ].sort((a, b) => Buffer.compare(der(a.toSchema()), der(b.toSchema())));
  const signedBytes = der(new asn1js.Set({ value: attributes.map((one) => one.toSchema()) }));
  const value = await signer.sign(sha256(signedBytes), signedBytes);
  const rsa = signer.algorithm === "rsa-sha256";
  // Keys that are far away answer wrongly in many ways; a wrong signature never leaves the house.
  const { publicKey } = new X509Certificate(signer.chain[0]!);
  if (!verify("sha256", signedBytes, publicKey, value))
    throw new PkiTrouble("signature-wrong", "what the signer gave back is no signature of its certificate");
  const encode = (token?: Uint8Array): Uint8Array => {
    const info = new pkijs.SignerInfo({
      version: 1,
      sid: new pkijs.IssuerAndSerialNumber({ issuer: leaf.issuer, serialNumber: leaf.serialNumber }),
      digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 }),
      signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
      signatureAlgorithm: new pkijs.AlgorithmIdentifier(
        rsa
          ? { algorithmId: OID.sha256WithRsa, algorithmParams: new asn1js.Null() }
          : { algorithmId: OID.ecdsaWithSha256 },
      ),
      signature: octets(value),
      ...(token === undefined
        ? {}
        : {
            unsignedAttrs: new pkijs.SignedAndUnsignedAttributes({
              type: 1,
              attributes: [attribute(OID.timeStampToken, readDer(token, "timestamp-unreadable").value)],
            }),
          }),
    });
    const data = new pkijs.SignedData({
      version: content.type === OID.data ? 1 : 3,
      digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 })],
      encapContentInfo: new pkijs.EncapsulatedContentInfo({
        eContentType: content.type,
        ...(content.bytes === undefined ? {} : { eContent: octets(content.bytes) }),
      }),
      certificates: signer.chain.map(certificateOf),
      signerInfos: [info],
    });
    return der(
      new pkijs.ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) }).toSchema(),
    );
  };
  return { value, encode };
}

const attribute = (type: string, value: asn1js.AsnType): pkijs.Attribute =>
  new pkijs.Attribute({ type, values: [value] });

/** SigningCertificateV2 with one ESSCertIDv2; SHA-256 is its default and is therefore not written. */
const certificateNamed = (certificate: Uint8Array): asn1js.Sequence =>
  new asn1js.Sequence({
    value: [new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [octets(sha256(certificate))] })] })],
  });

/** A CMS that was read, with what its one signer says. */
export interface Cms {
  readonly leaf: pkijs.Certificate;
  readonly others: readonly pkijs.Certificate[];
  readonly digest: string;
  readonly value: Uint8Array;
  readonly content?: Uint8Array;
  /** Token among what is not signed. */
  readonly token?: Uint8Array;
  check(contentDigest: (algorithm: string) => Uint8Array): void;
}

/**
 * Reads a CMS with one signer. `check` then throws `PkiTrouble`: `digest-mismatch`, `signature-wrong` or `certificate-not-named`.
 *
 * Throws  `cms-unreadable`, `signer-missing`, `digest-weak`.
 */
export function readCms(bytes: Uint8Array, contentType: string): Cms {
  const data = signedDataOf(bytes);
  const info = data.signerInfos[0];
  if (!info || data.signerInfos.length !== 1)
    throw new PkiTrouble("cms-unreadable", `${data.signerInfos.length} signers; expected one`);
  if (data.encapContentInfo.eContentType !== contentType)
    throw new PkiTrouble("cms-unreadable", `content of the type ${data.encapContentInfo.eContentType}`);
  const certificates = (data.certificates ?? []).filter((one) => one instanceof pkijs.Certificate);
  const leaf = certificates.find((one) => isSigner(info, one));
  if (!leaf) throw new PkiTrouble("signer-missing", "the signer's certificate is not in the signature");
  const digest = DIGESTS[info.digestAlgorithm.algorithmId];
  if (!digest)
    throw new PkiTrouble(
      "digest-weak",
      `digest ${info.digestAlgorithm.algorithmId}; expected SHA-256 or longer`,
    );
  const value = new Uint8Array(info.signature.valueBlock.valueHexView);
  const attributes = info.signedAttrs;
  const signed = (type: string): asn1js.AsnType | undefined => oneOf(attributes, type);
  const token = oneOf(info.unsignedAttrs, OID.timeStampToken);
  const content = data.encapContentInfo.eContent;
  return {
    leaf,
    others: certificates.filter((one) => one !== leaf),
    digest,
    value,
    ...(content === undefined ? {} : { content: new Uint8Array(content.getValue()) }),
    ...(token === undefined ? {} : { token: der(token) }),
    check: (contentDigest) => {
      if (!attributes) throw new PkiTrouble("certificate-not-named", "nothing is signed but the content");
      const type = signed(OID.contentType);
      if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== contentType)
        throw new PkiTrouble("cms-unreadable", "the type of the content is not among what is signed");
      const said = signed(OID.messageDigest);
      const found = contentDigest(digest);
      if (!(said instanceof asn1js.OctetString) || !same(new Uint8Array(said.getValue()), found))
        throw new PkiTrouble("digest-mismatch", "the content is not the one that was signed");
      const raw = Buffer.from(attributes.encodedValue);
      if (!verified(info.signatureAlgorithm.algorithmId, digest, raw, leaf, value))
        throw new PkiTrouble("signature-wrong", "the signature was not made with the key of its certificate");
      if (!isNamed(leaf, signed(OID.signingCertificateV2), signed(OID.signingCertificate)))
        throw new PkiTrouble("certificate-not-named", "the certificate is not named among what is signed");
    },
  };
}

function signedDataOf(bytes: Uint8Array): pkijs.SignedData {
  const { value } = readDer(bytes, "cms-unreadable");
  try {
    const info = new pkijs.ContentInfo({ schema: value });
    return new pkijs.SignedData({ schema: info.content });
  } catch (error) {
    throw new PkiTrouble("cms-unreadable", (error as Error).message);
  }
}

function isSigner({ sid }: pkijs.SignerInfo, certificate: pkijs.Certificate): boolean {
  return (
    sid instanceof pkijs.IssuerAndSerialNumber &&
    certificate.issuer.isEqual(sid.issuer) &&
    serialOf(certificate) === Buffer.from(sid.serialNumber.valueBlock.valueHexView).toString("hex")
  );
}

function oneOf(set: pkijs.SignedAndUnsignedAttributes | undefined, type: string): asn1js.AsnType | undefined {
  const found = set?.attributes.filter((one) => one.type === type) ?? [];
  if (found.length > 1 || (found[0] && found[0].values.length !== 1))
    throw new PkiTrouble("cms-unreadable", `attribute ${type} stands there more than once`);
  return found[0]?.values[0] as asn1js.AsnType | undefined;
}

function verified(
  algorithm: string,
  digest: string,
  bytes: Uint8Array,
  leaf: pkijs.Certificate,
  value: Uint8Array,
): boolean {
  const { publicKey: key } = new X509Certificate(certificateDer(leaf));
  const type = key.asymmetricKeyType;
  if (type === "rsa" && RSA.includes(algorithm)) return verify(digest, bytes, key, value);
  if (type === "rsa" && algorithm === RSA_PSS)
    return verify(digest, bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING }, value);
  if (type === "ec" && ECDSA.includes(algorithm)) return verify(digest, bytes, key, value);
  throw new PkiTrouble("algorithm-unknown", `a signature by ${algorithm}, which is not checked here`);
}

/** The first certificate that the attribute names is the signer's. The older attribute knows SHA-1 only and is still usual in tokens. */
function isNamed(leaf: pkijs.Certificate, second?: asn1js.AsnType, first?: asn1js.AsnType): boolean {
  const attribute = second ?? first;
  const list = attribute instanceof asn1js.Sequence ? attribute.valueBlock.value[0] : undefined;
  const named = list instanceof asn1js.Sequence ? list.valueBlock.value[0] : undefined;
  if (!(named instanceof asn1js.Sequence)) return false;
  const parts = named.valueBlock.value;
  const hash = parts.find((part) => part instanceof asn1js.OctetString);
  if (!hash) return false;
  const by = parts[0] instanceof asn1js.Sequence ? parts[0].valueBlock.value[0] : undefined;
  const named2 = by instanceof asn1js.ObjectIdentifier ? DIGESTS[by.valueBlock.toString()] : "sha256";
  const algorithm = second ? named2 : "sha1";
  if (!algorithm) return false;
  return same(new Uint8Array(hash.getValue()), hashBy(algorithm, certificateDer(leaf)));
}

export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
