import { randomBytes } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { hashBy, readCms, same, sha256, signCms } from "./cms.ts";
import { alone, checkChain, der, nameIn, OID, octets, PkiTrouble, readDer } from "./pki.ts";
import type { Signer } from "./signer.ts";

/** Says that something existed at a time, by somebody who is believed. */
export interface TimeStamps {
  /**
   * Takes   SHA-256 of what is stamped.
   * Throws  where the authority cannot be reached, refuses, or answers something else than was asked.
   */
  stamp(digest: Uint8Array): Promise<TimeStamp>;
}

export interface TimeStamp {
  /** The token of RFC 3161 in DER. */
  readonly token: Uint8Array;
  /** The authority's own time, in milliseconds since 1970. */
  readonly at: number;
  readonly by: string;
  readonly serial: string;
}

const PATIENCE_MS = 20_000;
const MOST_BYTES = 64 * 1024;

export interface TimeStampSettings {
  readonly url: string;
  /** `Authorization` header, where the authority asks for one. */
  readonly authorization?: string;
  readonly policy?: string;
}

/** A time-stamp authority by RFC 3161 over HTTP. */
export function httpTimeStamps({ url, authorization, policy }: TimeStampSettings): TimeStamps {
  return {
    stamp: async (digest) => {
      const nonce = newNonce();
      const request = new pkijs.TimeStampReq({
        version: 1,
        messageImprint: imprintOf(digest),
        certReq: true,
        nonce: new asn1js.Integer({ valueHex: alone(nonce) }),
        ...(policy === undefined ? {} : { reqPolicy: policy }),
      });
      const response = await fetch(url, {
        method: "POST",
        redirect: "error",
        headers: {
          "content-type": "application/timestamp-query",
          accept: "application/timestamp-reply",
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: der(request.toSchema()),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!response.ok)
        throw new PkiTrouble("timestamp-refused", `${url} answered ${response.status}; expected 200`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > MOST_BYTES) throw new PkiTrouble("timestamp-unreadable", `${url} answered too much`);
      return tokenOf(bytes, digest, nonce);
    },
  };
}

/** Positive and without leading zeros, as an INTEGER of DER is written. */
function newNonce(): Uint8Array {
  const bytes = randomBytes(9);
  bytes[0] = 1;
  return new Uint8Array(bytes);
}

const imprintOf = (digest: Uint8Array): pkijs.MessageImprint =>
  new pkijs.MessageImprint({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({
      algorithmId: OID.sha256,
      algorithmParams: new asn1js.Null(),
    }),
    hashedMessage: octets(digest),
  });

/** The token of a response, after its status, its signature, its hash and its nonce were checked. */
async function tokenOf(bytes: Uint8Array, digest: Uint8Array, nonce: Uint8Array): Promise<TimeStamp> {
  const { value } = readDer(bytes, "timestamp-unreadable");
  let response: pkijs.TimeStampResp;
  try {
    response = new pkijs.TimeStampResp({ schema: value });
  } catch (error) {
    throw new PkiTrouble("timestamp-unreadable", (error as Error).message);
  }
  const { status, statusStrings } = response.status;
  if (status > 1 || !response.timeStampToken) {
    const says = (statusStrings ?? []).map((one) => one.valueBlock.value).join("; ");
    throw new PkiTrouble(
      "timestamp-refused",
      `the authority refused: status ${status}${says && `, ${says}`}`,
    );
  }
  const token = der(response.timeStampToken.toSchema());
  const read = readToken(token, digest);
  if (!read.nonce || !same(read.nonce, nonce))
    throw new PkiTrouble("timestamp-nonce", "the token answers another request");
  return read.stamp;
}

interface ReadToken {
  readonly stamp: TimeStamp;
  readonly nonce?: Uint8Array;
  readonly leaf: pkijs.Certificate;
  readonly others: readonly pkijs.Certificate[];
}

/** Reads a token, and holds it against what it should stamp; its signature is checked, whether its root is trusted is not. */
function readToken(token: Uint8Array, digest: Uint8Array): ReadToken {
  const cms = readCms(token, OID.tstInfo);
  const content = cms.content;
  if (!content) throw new PkiTrouble("timestamp-unreadable", "the token says no time");
  cms.check((algorithm) => hashBy(algorithm, content));
  let info: pkijs.TSTInfo;
  try {
    info = new pkijs.TSTInfo({ schema: readDer(content, "timestamp-unreadable").value });
  } catch (error) {
    throw new PkiTrouble("timestamp-unreadable", (error as Error).message);
  }
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithmId !== OID.sha256 || !same(new Uint8Array(hashedMessage.getValue()), digest))
    throw new PkiTrouble("timestamp-imprint", "the token stamps something else");
  mayStamp(cms.leaf);
  return {
    leaf: cms.leaf,
    others: cms.others,
    ...(info.nonce === undefined ? {} : { nonce: new Uint8Array(info.nonce.valueBlock.valueHexView) }),
    stamp: {
      token,
      at: info.genTime.getTime(),
      by: nameIn(cms.leaf.subject),
      serial: Buffer.from(info.serialNumber.valueBlock.valueHexView).toString("hex"),
    },
  };
}

/** RFC 3161, 2.3: the key usage is for time stamps alone, and says so critically. */
function mayStamp(leaf: pkijs.Certificate): void {
  const usage = leaf.extensions?.find(({ extnID }) => extnID === OID.extendedKeyUsage);
  const purposes = usage?.parsedValue instanceof pkijs.ExtKeyUsage ? usage.parsedValue.keyPurposes : [];
  if (!usage?.critical || purposes.length !== 1 || purposes[0] !== OID.timeStamping)
    throw new PkiTrouble(
      "timestamp-usage",
      `the certificate of ${nameIn(leaf.subject)} is not for time stamps`,
    );
}

/**
 * Checks a token that was kept.
 *
 * Takes   SHA-256 of what it should stamp, and the roots of authorities that are believed.
 * Throws  `PkiTrouble`.
 */
export async function checkTimeStamp(
  token: Uint8Array,
  digest: Uint8Array,
  roots: readonly Uint8Array[],
): Promise<TimeStamp> {
  const { stamp, leaf, others } = readToken(token, digest);
  try {
    await checkChain(leaf, others, roots, stamp.at);
  } catch (error) {
    if (error instanceof PkiTrouble) throw new PkiTrouble("timestamp-untrusted", error.message);
    throw error;
  }
  return stamp;
}

/**
 * Answers a request as an authority does: for trying, and for tests of everything above. The time is the caller's.
 *
 * Takes   the bytes of the request, the authority's signer and serial number.
 * Gives   the bytes of the response; a request that cannot be read is refused in it.
 */
export async function answerTimeStamp(
  request: Uint8Array,
  { signer, at, serial }: { readonly signer: Signer; readonly at: number; readonly serial: Uint8Array },
): Promise<Uint8Array> {
  let asked: pkijs.TimeStampReq;
  try {
    asked = new pkijs.TimeStampReq({ schema: readDer(request, "timestamp-unreadable").value });
  } catch {
    return der(
      new pkijs.TimeStampResp({
        status: new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.rejection }),
      }).toSchema(),
    );
  }
  const info = new pkijs.TSTInfo({
    version: 1,
    policy: asked.reqPolicy ?? "1.2.3.4.1",
    messageImprint: asked.messageImprint,
    serialNumber: new asn1js.Integer({ valueHex: alone(serial) }),
    genTime: new Date(at),
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
  });
  const bytes = der(info.toSchema());
  const signed = await signCms(signer, sha256(bytes), { type: OID.tstInfo, bytes });
  const response = new pkijs.TimeStampResp({
    status: new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.granted }),
    timeStampToken: new pkijs.ContentInfo({
      schema: readDer(signed.encode(), "timestamp-unreadable").value,
    }),
  });
  return der(response.toSchema());
}

/** An authority within this process: for trying. */
export function ownTimeStamps(signer: Signer, now: () => number): TimeStamps {
  return {
    stamp: async (digest) => {
      const nonce = newNonce();
      const request = new pkijs.TimeStampReq({
        version: 1,
        messageImprint: imprintOf(digest),
        nonce: new asn1js.Integer({ valueHex: alone(nonce) }),
      });
      const serial = newNonce();
      const response = await answerTimeStamp(der(request.toSchema()), { signer, at: now(), serial });
      return tokenOf(response, digest, nonce);
    },
  };
}
