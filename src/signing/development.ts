import { randomBytes, type webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { DEVELOPMENT } from "./development-mark.ts";
import { alone, certificateDer, certificatesOfPem, der, OID, pemOf, readDer } from "./pki.ts";
import { pemSigner, type Signer } from "./signer.ts";
import { ownTimeStamps, type TimeStamps } from "./time-stamps.ts";

/** Certificates made on this machine, for trying: whoever reads one finds that it has no legal effect. */
export interface DevelopmentAuthority {
  /** The root that its certificates lead to, in DER. */
  readonly root: Uint8Array;
  readonly signer: Signer;
  /** Signs time stamps. */
  readonly stamper: Signer;
  /** Stamps with the clock of this machine. */
  timeStamps(now: () => number): TimeStamps;
}

const FILES = ["ca", "signer", "stamper"] as const;
/** Long enough for any business day that is tried out. */
const FROM = new Date("2015-01-01T00:00:00Z");
const TO = new Date("2049-12-31T23:59:59Z");
const OWNER_ONLY = 0o600;
const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;

/**
 * The development certificates of a folder; they are made where there are none. Only the owner can read the keys.
 *
 * Takes   a folder, and the name that the signer's certificate is to bear.
 */
export async function developmentAuthority(folder: string, firm: string): Promise<DevelopmentAuthority> {
  if (!FILES.every((name) => existsSync(join(folder, `${name}.pem`)))) await make(folder, firm);
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const root = certificatesOfPem(read("ca.pem"))[0]!;
  const signerOf = (name: string): Signer =>
    pemSigner(read(`${name}.key.pem`), [certificatesOfPem(read(`${name}.pem`))[0]!, root]);
  const stamper = signerOf("stamper");
  return {
    root,
    signer: signerOf("signer"),
    stamper,
    timeStamps: (now) => ownTimeStamps(stamper, now),
  };
}

async function make(folder: string, firm: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [ca, signer, stamper] = await Promise.all(FILES.map(() => newKeys()));
  const issuer = nameOf("Development root");
  const keep = async (
    name: string,
    keys: webcrypto.CryptoKeyPair,
    certificate: pkijs.Certificate,
  ): Promise<void> => {
    const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
    const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString("base64").replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PRIVATE KEY-----\n`;
    writeFileSync(join(folder, `${name}.key.pem`), key, { mode: OWNER_ONLY });
    writeFileSync(join(folder, `${name}.pem`), pemOf(certificateDer(certificate)), { mode: OWNER_ONLY });
  };
  const issue = async (keys: webcrypto.CryptoKeyPair, subject: string, more: readonly pkijs.Extension[]) =>
    certificate({ keys, subject: nameOf(subject), issuer, by: ca!, extensions: more });
  await keep("signer", signer!, await issue(signer!, firm, [usage(0b1100_0000)]));
  await keep(
    "stamper",
    stamper!,
    await issue(stamper!, "Development time stamps", [
      usage(0b1000_0000),
      extension(OID.extendedKeyUsage, true, new pkijs.ExtKeyUsage({ keyPurposes: [OID.timeStamping] })),
    ]),
  );
  // Last, since its presence says that all of them are there.
  await keep(
    "ca",
    ca!,
    await certificate({
      keys: ca!,
      subject: issuer,
      issuer,
      by: ca!,
      extensions: [
        extension("2.5.29.19", true, new pkijs.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
        usage(0b0000_0110),
      ],
    }),
  );
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);

/** One part after the other, as certificates are usually named; pkijs would write both as one part of two values. */
function nameOf(commonName: string): pkijs.RelativeDistinguishedNames {
  const named = (type: string, value: string): asn1js.Set =>
    new asn1js.Set({
      value: [
        new asn1js.Sequence({
          value: [new asn1js.ObjectIdentifier({ value: type }), new asn1js.Utf8String({ value })],
        }),
      ],
    });
  const parts = new asn1js.Sequence({
    value: [named(OID.organisation, DEVELOPMENT), named(OID.commonName, commonName)],
  });
  return new pkijs.RelativeDistinguishedNames({
    schema: readDer(der(parts), "certificate-unreadable").value,
  });
}

const extension = (
  extnID: string,
  critical: boolean,
  value: { toSchema(): { toBER(sizeOnly?: boolean): ArrayBuffer } },
): pkijs.Extension => new pkijs.Extension({ extnID, critical, extnValue: alone(der(value.toSchema())) });

/** Bits of KeyUsage from the left: digital signature, content commitment, …, certificate signing is the sixth. */
function usage(bits: number): pkijs.Extension {
  const unusedBits = Math.clz32(bits & -bits) === 32 ? 0 : 31 - Math.clz32(bits & -bits);
  const value = new asn1js.BitString({ valueHex: alone(Uint8Array.of(bits)), unusedBits });
  return new pkijs.Extension({ extnID: OID.keyUsage, critical: true, extnValue: alone(der(value)) });
}

async function certificate({
  keys,
  subject,
  issuer,
  by,
  extensions,
}: {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly subject: pkijs.RelativeDistinguishedNames;
  readonly issuer: pkijs.RelativeDistinguishedNames;
  readonly by: webcrypto.CryptoKeyPair;
  readonly extensions: readonly pkijs.Extension[];
}): Promise<pkijs.Certificate> {
  const made = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: alone(serial()) }),
    subject,
    issuer,
    notBefore: new pkijs.Time({ value: FROM }),
    notAfter: new pkijs.Time({ value: TO }),
    extensions: [...extensions],
  });
  await made.subjectPublicKeyInfo.importKey(keys.publicKey);
  await made.sign(by.privateKey, "SHA-256");
  return made;
}

/** Positive, and without a leading zero. */
function serial(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return new Uint8Array(bytes);
}
