/** Keys and clocks that are elsewhere: PKCS#12 files, a remote signing service, time-stamp authorities over HTTP. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  createECDH,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
} from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import forge from "node-forge";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samplePdf } from "../../test/support/sample-pdf.ts";
import { remoteSigner } from "./csc.ts";
import { type DevelopmentAuthority, developmentAuthority } from "./development.ts";
import { openPkcs12 } from "./pkcs12.ts";
import { certificatesOfPem, pemOf } from "./pki.ts";
import { signPdf } from "./sign.ts";
import { pemSigner } from "./signer.ts";
import { answerTimeStamp, checkTimeStamp, httpTimeStamps } from "./time-stamps.ts";
import { verifyPdf } from "./verify.ts";

const folder = mkdtempSync(join(tmpdir(), "arrears-far-"));
const AT = Date.UTC(2026, 2, 2, 1, 30, 0);
const OPENSSL = spawnSync("openssl", ["version"]).status === 0;
if (!OPENSSL)
  console.log(
    "NOTICE: openssl is not installed; its time stamps and its PKCS#12 files are not tried (Debian: apt-get install openssl)",
  );
const servers: Server[] = [];
let dev: DevelopmentAuthority;

beforeAll(async () => {
  dev = await developmentAuthority(join(folder, "dev"), "A firm");
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { readonly status?: number; readonly body: Uint8Array | string };
async function serve(
  answer: (
    path: string,
    body: Buffer,
    headers: Readonly<Record<string, unknown>>,
  ) => Answer | Promise<Answer>,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { status = 200, body } = await answer(request.url!, Buffer.concat(parts), request.headers);
    response.writeHead(status).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a time-stamp authority over HTTP", () => {
  const serial = Uint8Array.of(1, 2, 3);
  const stamped = (change: (answer: Uint8Array, request: Buffer) => Uint8Array | Promise<Uint8Array>) =>
    serve(async (_path, request) => ({
      body: await change(await answerTimeStamp(request, { signer: dev.stamper, at: AT, serial }), request),
    }));

  test("stamps, is asked with the right type, and its own time is kept", async () => {
    let asked: Readonly<Record<string, unknown>> = {};
    const url = await serve(async (_path, request, headers) => {
      asked = headers;
      return { body: await answerTimeStamp(request, { signer: dev.stamper, at: AT, serial }) };
    });
    const timeStamps = httpTimeStamps({ url, authorization: "Basic eA==" });
    const { bytes, record } = await signPdf(samplePdf("table"), {
      signer: dev.signer,
      timeStamps,
      at: AT - 5000,
    });
    expect(record.timeStamp).toMatchObject({ at: AT, by: "Development time stamps", serial: "010203" });
    expect(asked).toMatchObject({
      "content-type": "application/timestamp-query",
      authorization: "Basic eA==",
    });
    expect((await verifyPdf(bytes, { roots: [dev.root], at: AT })).signature?.timeStamp?.at).toBe(AT);
  });

  test.each<[string, string, (answer: Uint8Array, request: Buffer) => Uint8Array | Promise<Uint8Array>]>([
    [
      "refuses",
      "timestamp-refused",
      () => answerTimeStamp(Buffer.from("no request"), { signer: dev.stamper, at: AT, serial }),
    ],
    ["answers in words", "timestamp-unreadable", () => Buffer.from("<html>maintenance</html>")],
    [
      "answers with one byte more",
      "timestamp-unreadable",
      (answer) => Buffer.concat([answer, Buffer.from("x")]),
    ],
    [
      "signs with a certificate for letters",
      "timestamp-usage",
      (_, request) => answerTimeStamp(request, { signer: dev.signer, at: AT, serial }),
    ],
    [
      "stamps another hash",
      "timestamp-imprint",
      (_, request) =>
        answerTimeStamp(changed(request, Buffer.from(digest), 31), { signer: dev.stamper, at: AT, serial }),
    ],
    [
      "answers another request",
      "timestamp-nonce",
      // The nonce is the nine bytes behind its tag and length, the last but the certificate request.
      (_, request) =>
        answerTimeStamp(changed(request, request.subarray(-12, -3), 8), {
          signer: dev.stamper,
          at: AT,
          serial,
        }),
    ],
    ["has a signature that is wrong", "signature-wrong", (answer) => changed(answer, answer.subarray(-8), 7)],
  ])("that %s is not believed: %s", async (_, code, change) => {
    const url = await stamped(change);
    await expect(httpTimeStamps({ url }).stamp(digest)).rejects.toMatchObject({ code });
  });

  test("that is out of order or out of reach is an error, and no letter is half signed", async () => {
    const url = await serve(() => ({ status: 503, body: "" }));
    await expect(httpTimeStamps({ url }).stamp(digest)).rejects.toMatchObject({ code: "timestamp-refused" });
    const gone = httpTimeStamps({ url: "http://127.0.0.1:1" });
    await expect(
      signPdf(samplePdf("table"), { signer: dev.signer, timeStamps: gone, at: AT }),
    ).rejects.toThrow("fetch failed");
  });

  test.skipIf(!OPENSSL)("that is openssl's is believed, for its root", async () => {
    const at = (name: string): string => join(folder, name);
    const openssl = (...args: string[]): Buffer =>
      execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    writeFileSync(
      at("ts.cnf"),
      "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=openssl authority\n[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n" +
        "[leaf]\nbasicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n" +
        "[tsa]\ndefault_tsa=t\n[t]\nserial=./serial\nsigner_cert=./leaf.pem\nsigner_key=./leaf.key\ncerts=./root.pem\nsigner_digest=sha256\ndefault_policy=1.2.3.4.5\n" +
        "digests=sha256\naccuracy=secs:1\nordering=no\ntsa_name=no\ness_cert_id_chain=no\n",
    );
    writeFileSync(at("serial"), "0A\n");
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "root.key",
      "-out",
      "root.pem",
      "-days",
      "30",
      "-config",
      "ts.cnf",
      "-extensions",
      "root",
      "-subj",
      "/CN=openssl root",
    );
    openssl(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "leaf.key",
      "-out",
      "leaf.csr",
      "-config",
      "ts.cnf",
    );
    openssl(
      "x509",
      "-req",
      "-in",
      "leaf.csr",
      "-CA",
      "root.pem",
      "-CAkey",
      "root.key",
      "-CAcreateserial",
      "-out",
      "leaf.pem",
      "-days",
      "30",
      "-extfile",
      "ts.cnf",
      "-extensions",
      "leaf",
    );
    const url = await serve((_path, request) => {
      writeFileSync(at("query.tsq"), request);
      openssl(
        "ts",
        "-reply",
        "-config",
        "ts.cnf",
        "-section",
        "t",
        "-queryfile",
        "query.tsq",
        "-out",
        "reply.tsr",
      );
      return { body: readFileSync(at("reply.tsr")) };
    });
    const [root] = certificatesOfPem(readFileSync(at("root.pem"), "utf8"));
    const stamp = await httpTimeStamps({ url }).stamp(digest);
    expect(stamp).toMatchObject({ by: "openssl authority", serial: "0b" });
    expect(await checkTimeStamp(stamp.token, digest, [root!])).toMatchObject({ at: stamp.at });
    await expect(checkTimeStamp(stamp.token, digest, [dev.root])).rejects.toMatchObject({
      code: "timestamp-untrusted",
    });
    // And the other way round: openssl believes ours.
    const own = await dev.timeStamps(() => AT).stamp(digest);
    writeFileSync(at("own.tst"), own.token);
    writeFileSync(at("dev-root.pem"), pemOf(dev.root));
    const says = openssl(
      "ts",
      "-verify",
      "-token_in",
      "-in",
      "own.tst",
      "-digest",
      Buffer.from(digest).toString("hex"),
      "-CAfile",
      "dev-root.pem",
    );
    expect(says.toString()).toContain("Verification: OK");
  });
});

const digest = new Uint8Array(createHash("sha256").update("stamped").digest());

/** The bytes with one changed: the one at `place` of a stretch that stands in them. */
function changed(bytes: Uint8Array, stretch: Uint8Array, place: number): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(stretch);
  expect(at).toBeGreaterThanOrEqual(0);
  copy[at + place]! ^= 1;
  return copy;
}

describe("a PKCS#12 file", () => {
  let rsa: { key: KeyObject; certificate: forge.pki.Certificate };
  beforeAll(() => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    rsa = { key: privateKey, certificate: selfSigned(privateKey) };
  });
  const packed = (algorithm: "aes256" | "3des"): Buffer => {
    const key = forge.pki.privateKeyFromPem(rsa.key.export({ type: "pkcs1", format: "pem" }) as string);
    const p12 = forge.pkcs12.toPkcs12Asn1(key, [rsa.certificate], "secret", { algorithm });
    return Buffer.from(forge.asn1.toDer(p12).getBytes(), "latin1");
  };

  test.each(["aes256", "3des"] as const)(
    "of %s signs, and the same twice gives the same bytes",
    async (algorithm) => {
      const signer = await openPkcs12(packed(algorithm), "secret");
      expect(signer).toMatchObject({ algorithm: "rsa-sha256", development: false });
      const one = await signPdf(samplePdf("table"), { signer, at: AT });
      const two = await signPdf(samplePdf("table"), { signer, at: AT });
      expect(one.record.signedSha256).toBe(two.record.signedSha256);
      expect((await verifyPdf(one.bytes, { roots: [signer.chain[0]!], at: AT })).ok).toBe(true);
      expect((await verifyPdf(one.bytes, { roots: [dev.root], at: AT })).refusal?.code).toBe(
        "chain-untrusted",
      );
    },
  );

  test("with a wrong password, or that is none, is refused", async () => {
    await expect(openPkcs12(packed("aes256"), "Secret")).rejects.toMatchObject({ code: "p12-password" });
    await expect(openPkcs12(Buffer.from("none"), "secret")).rejects.toMatchObject({ code: "p12-unreadable" });
  });

  test.skipIf(!OPENSSL)("that openssl makes of an elliptic key opens too", async () => {
    const at = (name: string): string => join(folder, "dev", name);
    execFileSync("openssl", [
      "pkcs12",
      "-export",
      "-inkey",
      at("signer.key.pem"),
      "-in",
      at("signer.pem"),
      "-certfile",
      at("ca.pem"),
      "-out",
      at("ec.p12"),
      "-passout",
      "pass:p",
    ]);
    const signer = await openPkcs12(readFileSync(at("ec.p12")), "p");
    expect(signer).toMatchObject({ algorithm: "ecdsa-sha256", development: true });
    expect(signer.chain.map((one) => Buffer.from(one).toString("hex"))).toEqual(
      dev.signer.chain.map((one) => Buffer.from(one).toString("hex")),
    );
  });

  test.skipIf(!OPENSSL)(
    "of a certificate that was issued by one that may issue none leads to no root",
    async () => {
      const at = (name: string): string => join(folder, "dev", name);
      const openssl = (...args: string[]): Buffer =>
        execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"] });
      openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        at("evil.key.pem"),
        "-out",
        at("evil.csr"),
        "-subj",
        "/CN=The court",
      );
      openssl(
        "x509",
        "-req",
        "-in",
        at("evil.csr"),
        "-CA",
        at("signer.pem"),
        "-CAkey",
        at("signer.key.pem"),
        "-CAcreateserial",
        "-days",
        "3650",
        "-out",
        at("evil.pem"),
      );
      const chain = ["evil.pem", "signer.pem"].map(
        (name) => certificatesOfPem(readFileSync(at(name), "utf8"))[0]!,
      );
      const signer = pemSigner(readFileSync(at("evil.key.pem"), "utf8"), chain);
      const { bytes } = await signPdf(samplePdf("table"), { signer, at: AT });
      const [from] = execFileSync("openssl", ["x509", "-in", at("evil.pem"), "-noout", "-startdate"], {
        encoding: "utf8",
      })
        .split("=")
        .slice(1);
      const report = await verifyPdf(bytes, { roots: [dev.root], at: Date.parse(from!) + 1000 });
      expect(report.refusal).toMatchObject({
        code: "chain-untrusted",
        says: expect.stringContaining("The court"),
      });
    },
  );
});

describe("a remote signing service", () => {
  type Vault = { readonly chain: readonly Uint8Array[]; sign(hash: Buffer): Buffer };
  type Asked = { path: string; body: Record<string, unknown>; authorization: unknown };
  /** Speaks what CSC API 2.0 says, with the development key behind it. */
  async function service(
    turn: (path: string, answer: Record<string, unknown>) => Answer | undefined = () => undefined,
    own?: Vault,
  ) {
    const asked: Asked[] = [];
    const vault: Vault = own ?? {
      chain: dev.signer.chain,
      sign: (hash) =>
        signHash(createPrivateKey(readFileSync(join(folder, "dev", "signer.key.pem"), "utf8")), hash),
    };
    const url = await serve((path, bytes, headers) => {
      const body = path.endsWith("token")
        ? Object.fromEntries(new URLSearchParams(bytes.toString()))
        : (JSON.parse(bytes.toString()) as Record<string, unknown>);
      asked.push({ path, body, authorization: headers.authorization });
      const answer = answerOf(path, body, vault);
      return turn(path, answer) ?? { body: JSON.stringify(answer) };
    });
    return { url, asked };
  }

  function answerOf(path: string, body: Record<string, unknown>, vault: Vault): Record<string, unknown> {
    if (path === "/oauth2/token") return { access_token: "fresh", token_type: "Bearer", expires_in: 3600 };
    if (path === "/csc/v2/credentials/info")
      return {
        key: { status: "enabled", algo: ["1.2.840.10045.4.3.2"], len: 256, curve: "1.2.840.10045.3.1.7" },
        cert: {
          status: "valid",
          certificates: vault.chain.map((one) => Buffer.from(one).toString("base64")),
        },
        auth: { mode: "explicit" },
      };
    if (path === "/csc/v2/credentials/authorize") return { SAD: `for ${(body.hashes as string[])[0]}` };
    // A hash is signed here as it would be in a vault: the bytes behind it are never seen.
    expect(body.SAD).toBe(`for ${(body.hashes as string[])[0]}`);
    return {
      signatures: [vault.sign(Buffer.from((body.hashes as string[])[0]!, "base64")).toString("base64")],
    };
  }

  test("signs the hash alone, authorised for that hash", async () => {
    const { url, asked } = await service();
    const signer = await remoteSigner({
      url: `${url}/`,
      credential: "seal-1",
      client: { id: "arrears", secret: "s" },
      authData: [{ id: "PIN", value: "1234" }],
    });
    expect(signer).toMatchObject({ algorithm: "ecdsa-sha256", development: true });
    const { bytes } = await signPdf(samplePdf("stream"), { signer, at: AT });
    expect((await verifyPdf(bytes, { roots: [dev.root], at: AT })).ok).toBe(true);
    expect(asked.map(({ path }) => path)).toEqual([
      "/oauth2/token",
      "/csc/v2/credentials/info",
      "/csc/v2/credentials/authorize",
      "/csc/v2/signatures/signHash",
    ]);
    expect(asked[0]).toMatchObject({
      body: { grant_type: "client_credentials" },
      authorization: `Basic ${btoa("arrears:s")}`,
    });
    expect(asked[1]).toMatchObject({
      body: { credentialID: "seal-1", certificates: "chain" },
      authorization: "Bearer fresh",
    });
    expect(asked[2]!.body).toMatchObject({ numSignatures: 1, authData: [{ id: "PIN", value: "1234" }] });
    expect(asked[3]!.body).toMatchObject({
      credentialID: "seal-1",
      hashAlgorithmOID: "2.16.840.1.101.3.4.2.1",
      signAlgo: "1.2.840.10045.4.3.2",
    });
    expect(Buffer.from((asked[3]!.body.hashes as string[])[0]!, "base64")).toHaveLength(32);
  });

  test("signs with RSA too", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const certificate = forge.asn1.toDer(forge.pki.certificateToAsn1(selfSigned(privateKey))).getBytes();
    const chain = [new Uint8Array(Buffer.from(certificate, "latin1"))];
    // PKCS #1 signs the hash behind the name of its algorithm.
    const name = Buffer.from("3031300d060960864801650304020105000420", "hex");
    const sign = (hash: Buffer): Buffer => privateEncrypt(privateKey, Buffer.concat([name, hash]));
    const { url, asked } = await service(undefined, { chain, sign });
    const { bytes } = await signWith(url);
    expect((await verifyPdf(bytes, { roots: chain, at: AT })).signature).toMatchObject({
      signer: "Example law firm",
      development: false,
    });
    expect(asked.at(-1)!.body.signAlgo).toBe("1.2.840.113549.1.1.11");
  });

  const wrong = (path: string, body: unknown, status = 200) =>
    service((asked) => (asked.endsWith(path) ? { status, body: JSON.stringify(body) } : undefined));
  const signWith = async (url: string) =>
    signPdf(samplePdf("table"), {
      signer: await remoteSigner({ url, credential: "seal-1", token: "t" }),
      at: AT,
    });

  test.each([
    ["credentials/info", { key: { status: "disabled" } }, 200, "remote-disabled"],
    ["credentials/info", { key: { status: "enabled" }, cert: {} }, 200, "no-certificate"],
    [
      "credentials/authorize",
      { error: "invalid_pin", error_description: "The PIN is wrong" },
      400,
      "remote-refused",
    ],
    ["credentials/authorize", {}, 200, "remote-unreadable"],
    ["signatures/signHash", { signatures: [] }, 200, "remote-unreadable"],
    ["signatures/signHash", { signatures: [Buffer.alloc(64, 7).toString("base64")] }, 200, "signature-wrong"],
    ["signatures/signHash", "no JSON object", 500, "remote-refused"],
  ])("whose %s answers %j, %i, is refused: %s", async (path, body, status, code) => {
    const { url } = await wrong(path, body, status);
    await expect(signWith(url)).rejects.toMatchObject({ code });
  });

  test("that gives the two numbers of ECDSA without their wrapping is understood", async () => {
    const { url } = await service((path, answer) => {
      if (!path.endsWith("signHash")) return undefined;
      const pair = Buffer.from((answer.signatures as string[])[0]!, "base64");
      const plain = [readInteger(pair, 2), readInteger(pair, 4 + pair[3]!)];
      return { body: JSON.stringify({ signatures: [Buffer.concat(plain).toString("base64")] }) };
    });
    for (let i = 0; i < 8; i += 1) await signWith(url);
  });

  const readInteger = (pair: Buffer, at: number): Buffer => {
    const bytes = pair.subarray(at + 2, at + 2 + pair[at + 1]!);
    return Buffer.concat([Buffer.alloc(33), bytes]).subarray(-32);
  };
});

function selfSigned(key: KeyObject): forge.pki.Certificate {
  const own = forge.pki.privateKeyFromPem(key.export({ type: "pkcs1", format: "pem" }) as string);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(own.n, own.e);
  certificate.serialNumber = "01a2";
  certificate.validity.notBefore = new Date(AT - 86_400_000);
  certificate.validity.notAfter = new Date(AT + 86_400_000 * 365);
  const name = [{ name: "commonName", value: "Example law firm" }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true },
    { name: "keyUsage", digitalSignature: true, keyCertSign: true },
  ]);
  certificate.sign(own, forge.md.sha256.create());
  return certificate;
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** ECDSA on P-256 of a hash that was made elsewhere, which node:crypto does not offer: r and s by the book, the point by ECDH. */
function signHash(key: KeyObject, hash: Buffer): Buffer {
  const secret = big(Buffer.from(key.export({ format: "jwk" }).d!, "base64url"));
  const curve = createECDH("prime256v1");
  curve.generateKeys();
  const once = big(curve.getPrivateKey());
  const r = big(curve.getPublicKey().subarray(1, 33)) % ORDER;
  const s = (inverse(once) * (big(hash) + r * secret)) % ORDER;
  const integer = (value: bigint): Buffer => {
    const digits = value.toString(16);
    const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
    const positive = bytes[0]! >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
    return Buffer.concat([Buffer.from([2, positive.length]), positive]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

const big = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);

/** By Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, value % ORDER, ORDER - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}
