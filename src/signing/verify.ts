import * as pkijs from "pkijs";
import type { Refusal } from "../core/index.ts";
import { type Cms, hashBy, readCms, sha256 } from "./cms.ts";
import {
  dictOf,
  isName,
  type PdfDict,
  type PdfFile,
  PdfTrouble,
  type PdfValue,
  readPdf,
  write,
} from "./pdf-file.ts";
import { certificateDer, checkChain, nameIn, OID, PkiTrouble, serialOf } from "./pki.ts";
import { isDevelopment } from "./signer.ts";
import { checkTimeStamp, type TimeStamp } from "./time-stamps.ts";

export interface VerifySettings {
  /** Certificates, in DER, that a signer's must lead to. */
  readonly roots: readonly Uint8Array[];
  /** The same for time-stamp authorities; the roots above where absent. */
  readonly stampRoots?: readonly Uint8Array[];
  /** Now, in milliseconds since 1970: a certificate is judged by it where no time stamp says when the signature was made. */
  readonly at: number;
}

/** What a signature says, as far as it could be read. Nothing of it is proved unless the report is `ok`. */
export interface SignatureFacts {
  readonly signer: string;
  readonly issuer: string;
  readonly serial: string;
  readonly development: boolean;
  /** Instant that the file claims. */
  readonly claimedAt?: number;
  readonly timeStamp?: Omit<TimeStamp, "token">;
  /** Bytes of the file up to the end of what is signed. */
  readonly covers: number;
}

/** One object that a later revision added, changed or removed. */
export interface Change {
  readonly object: number;
  readonly was: "added" | "changed" | "removed";
  /** What it is, as the file calls it: `Page`, `Annot`, `XObject`, or `stream`, `value`. */
  readonly type: string;
}

export interface SignatureReport {
  readonly ok: boolean;
  /** The first thing that was found wrong. */
  readonly refusal?: Refusal;
  readonly signature?: SignatureFacts;
  /** Objects that differ from what was signed, where something was appended afterwards. */
  readonly changes?: readonly Change[];
}

/**
 * Checks the signature of a PDF: that it covers the whole file and nothing was appended, that it was made with the key of
 * its certificate, that this leads to a root that is trusted, and that its time stamp is genuine.
 *
 * Refuses  in this order: `not-a-pdf`, `pdf-encrypted`, `pdf-unreadable`, `unsigned`, `signed-twice`, `byte-range`,
 *          `cms-unreadable`, `signer-missing`, `digest-weak`, `digest-mismatch`, `signature-wrong`, `algorithm-unknown`,
 *          `certificate-not-named`, `changed-after-signing`, `key-usage`, `timestamp-…`, `certificate-expired`, `chain-untrusted`.
 * Holds    any byte changed, added or taken away is refused.
 * Not done revocation: neither lists nor OCSP are asked.
 */
export async function verifyPdf(bytes: Uint8Array, settings: VerifySettings): Promise<SignatureReport> {
  let signature: SignatureFacts | undefined;
  let changes: readonly Change[] | undefined;
  try {
    const file = readPdf(bytes);
    const found = signatureOf(file);
    const { end, covered, contents } = rangeOf(file, found);
    const cms = readCms(contents, OID.data);
    signature = factsOf(cms, found, end);
    cms.check((algorithm) => hashBy(algorithm, ...covered));
    if (end !== bytes.length) {
      changes = changesSince(file, end);
      throw new PkiTrouble(
        "changed-after-signing",
        `${bytes.length - end} bytes were appended after it was signed`,
      );
    }
    mayBindItsHolder(cms.leaf);
    const stamp = cms.token
      ? await checkTimeStamp(cms.token, sha256(cms.value), settings.stampRoots ?? settings.roots)
      : undefined;
    if (stamp) {
      const { token: _, ...timeStamp } = stamp;
      signature = { ...signature, timeStamp };
    }
    await checkChain(cms.leaf, cms.others, settings.roots, stamp?.at ?? settings.at);
    return { ok: true, signature };
  } catch (error) {
    if (!(error instanceof PkiTrouble || error instanceof PdfTrouble)) throw error;
    return {
      ok: false,
      refusal: { code: error.code, says: error.message },
      ...(signature === undefined ? {} : { signature }),
      ...(changes === undefined ? {} : { changes }),
    };
  }
}

/** The one signature that the file's form leads to. */
function signatureOf(file: PdfFile): PdfDict {
  const root = dictOf(file.follow(file.trailer.entries.get("Root")), "the catalogue");
  const form = file.follow(root.entries.get("AcroForm"));
  const found: PdfDict[] = [];
  const seen = new Set<PdfValue>();
  const walk = (value: PdfValue | undefined, inherited: boolean): void => {
    const field = file.follow(value);
    if (field.kind !== "dict" || seen.has(field)) return;
    seen.add(field);
    const type = field.entries.get("FT");
    const signs = type ? isName(file.follow(type), "Sig") : inherited;
    const signed = file.follow(field.entries.get("V"));
    if (signs && signed.kind === "dict") found.push(signed);
    const kids = file.follow(field.entries.get("Kids"));
    if (kids.kind === "array") for (const kid of kids.items) walk(kid, signs);
  };
  const fields = form.kind === "dict" ? file.follow(form.entries.get("Fields")) : form;
  if (fields.kind === "array") for (const field of fields.items) walk(field, false);
  if (found.length === 0) throw new PkiTrouble("unsigned", "it has no signature");
  if (found.length > 1)
    throw new PkiTrouble(
      "signed-twice",
      `it has ${found.length} signatures; one is expected, and each further one changes the file`,
    );
  const format = file.follow(found[0]!.entries.get("SubFilter"));
  if (!isName(format, "ETSI.CAdES.detached"))
    throw new PkiTrouble(
      "cms-unreadable",
      `a signature of the form ${write(format)}; expected ETSI.CAdES.detached`,
    );
  return found[0]!;
}

interface Range {
  readonly end: number;
  readonly covered: readonly [Uint8Array, Uint8Array];
  readonly contents: Uint8Array;
}

/** All but the signature itself must be covered, from the first byte on: the gap is exactly the string that holds it. */
function rangeOf({ bytes, follow }: PdfFile, signature: PdfDict): Range {
  const range = follow(signature.entries.get("ByteRange"));
  const figures =
    range.kind === "array"
      ? range.items.map((item) =>
          item.kind === "number" && /^\d{1,10}$/.test(item.text) ? Number(item.text) : -1,
        )
      : [];
  const [from, length, next, rest] = figures as [number, number, number, number];
  const contents = signature.entries.get("Contents");
  const wrong = (says: string): PkiTrouble => new PkiTrouble("byte-range", says);
  if (figures.length !== 4 || figures.includes(-1))
    throw wrong("what is signed is not told by four whole numbers");
  if (contents?.kind !== "string") throw wrong("the signature is not where it should be");
  if (from !== 0) throw wrong(`the first ${from} bytes are not signed`);
  // What is left out must spell the signature, digit for digit: its place alone could be that in another stream.
  const gap = Buffer.from(bytes.subarray(length, next)).toString("latin1").toLowerCase();
  const spelt = `<${Buffer.from(contents.bytes).toString("hex")}>`;
  if (length !== contents.at || next !== contents.end || gap !== spelt)
    throw wrong("bytes beside the signature itself are left out of what is signed");
  if (next + rest > bytes.length) throw wrong("bytes that were signed are missing at the end");
  return {
    end: next + rest,
    covered: [bytes.subarray(0, length), bytes.subarray(next, next + rest)],
    contents: contents.bytes,
  };
}

function factsOf({ leaf, others }: Cms, signature: PdfDict, covers: number): SignatureFacts {
  const claimedAt = instantOf(signature.entries.get("M"));
  return {
    signer: nameIn(leaf.subject),
    issuer: nameIn(leaf.issuer),
    serial: serialOf(leaf),
    development: isDevelopment([leaf, ...others].map(certificateDer)),
    ...(claimedAt === undefined ? {} : { claimedAt }),
    covers,
  };
}

/** `D:20260301093000+08'00'` as an instant. */
function instantOf(value: PdfValue | undefined): number | undefined {
  if (value?.kind !== "string") return undefined;
  const text = Buffer.from(value.bytes).toString("latin1");
  const read = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)'?)?/.exec(text);
  if (!read) return undefined;
  const [, year, month, day, hour, minute, second, sign, aheadHours, aheadMinutes] = read;
  const plain = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!);
  const ahead = sign === undefined ? 0 : (Number(aheadHours) * 60 + Number(aheadMinutes)) * 60_000;
  return plain - (sign === "-" ? -ahead : ahead);
}

/** A certificate for something else, such as a server's or an authority's own, does not speak for its holder. */
function mayBindItsHolder(leaf: pkijs.Certificate): void {
  const usage = leaf.extensions?.find(({ extnID }) => extnID === OID.keyUsage)?.parsedValue;
  // The two leftmost bits: digital signature and content commitment.
  const bits = usage && "valueBlock" in usage ? (usage.valueBlock.valueHexView[0] ?? 0) : 0b1100_0000;
  const purposes = leaf.extensions?.find(({ extnID }) => extnID === OID.extendedKeyUsage)?.parsedValue;
  const stampsOnly =
    purposes instanceof pkijs.ExtKeyUsage && purposes.keyPurposes.every((one) => one === OID.timeStamping);
  if ((bits & 0b1100_0000) === 0 || stampsOnly)
    throw new PkiTrouble(
      "key-usage",
      `the certificate of ${nameIn(leaf.subject)} is not for signing documents`,
    );
}

/** Which objects differ between the file and its first `end` bytes. */
function changesSince(now: PdfFile, end: number): readonly Change[] {
  let then: PdfFile;
  try {
    then = readPdf(now.bytes.subarray(0, end));
  } catch (error) {
    if (error instanceof PdfTrouble) return [];
    throw error;
  }
  const changes: Change[] = [];
  for (const n of [...new Set([...now.places.keys(), ...then.places.keys()])].sort((a, b) => a - b)) {
    const [before, after] = [then.places.get(n), now.places.get(n)];
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    const was = !before ? "added" : after ? "changed" : "removed";
    changes.push({ object: n, was, type: typeOf((after ? now : then).object(n)) });
  }
  return changes;
}

function typeOf(value: PdfValue): string {
  if (value.kind !== "dict") return "value";
  const type = value.entries.get("Type") ?? value.entries.get("Subtype");
  return type?.kind === "name" ? type.name : value.streamAt === undefined ? "value" : "stream";
}
