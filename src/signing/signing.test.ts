import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import PDFDocument from "pdfkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samplePdf } from "../../test/support/sample-pdf.ts";
import { type DevelopmentAuthority, developmentAuthority } from "./development.ts";
import { DEVELOPMENT } from "./development-mark.ts";
import { readPdf } from "./pdf-file.ts";
import { pemOf } from "./pki.ts";
import { hexSha256, type SignedPdf, signPdf } from "./sign.ts";
import { checkTimeStamp, ownTimeStamps } from "./time-stamps.ts";
import { verifyPdf } from "./verify.ts";

const folder = mkdtempSync(join(tmpdir(), "arrears-signing-"));
const AT = Date.UTC(2026, 2, 2, 1, 30, 0);
const STAMPED = AT + 2000;
let dev: DevelopmentAuthority;
let other: DevelopmentAuthority;
let kit: Uint8Array;
let signed: SignedPdf;
/** One page by Typst 0.14.2 as PDF/A-2a, with a few glyphs of DejaVu Sans. */
const typst = new Uint8Array(readFileSync(new URL("../../test/support/typst-pdf-a-2a.pdf", import.meta.url)));

beforeAll(async () => {
  dev = await developmentAuthority(join(folder, "dev"), "某某律师事务所");
  other = await developmentAuthority(join(folder, "other"), "Somebody else");
  kit = await pdfkitPage();
  signed = await sign(kit);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sign = (pdf: Uint8Array, who = dev): Promise<SignedPdf> =>
  signPdf(pdf, { signer: who.signer, timeStamps: who.timeStamps(() => STAMPED), at: AT, reason: "律师函" });
const verify = (bytes: Uint8Array, at = AT, roots = [dev.root]) => verifyPdf(bytes, { roots, at });
const codeOf = async (bytes: Uint8Array): Promise<string | undefined> => (await verify(bytes)).refusal?.code;

function pdfkitPage(): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const page = new PDFDocument({ info: { CreationDate: new Date(AT) } });
    page.on("data", (part: Buffer) => parts.push(part));
    page.on("end", () => resolve(Buffer.concat(parts)));
    page.text("Demand letter").addPage().text("Second page");
    page.end();
  });
}

const has = (program: string, option = "--version"): boolean =>
  spawnSync(program, [option]).error === undefined;
for (const [program, debian] of [
  ["pdfsig", "poppler-utils"],
  ["qpdf", "qpdf"],
] as const)
  if (!has(program))
    console.log(
      `NOTICE: ${program} is not installed; what it would check is skipped (Debian: apt-get install ${debian})`,
    );

describe("a signed letter", () => {
  test.each([
    ["a table of cross-references", () => samplePdf("table")],
    ["cross-references in a stream", () => samplePdf("stream")],
    ["what pdfkit makes", () => kit],
    ["what Typst makes", () => typst],
  ])("with %s begins with the bytes that it had, and is verified", async (_, make) => {
    const pdf = make();
    const { bytes, record } = await sign(pdf);
    expect(Buffer.compare(bytes.subarray(0, pdf.length), pdf)).toBe(0);
    expect(record.unsignedSha256).toBe(hexSha256(pdf));
    expect(record.signedSha256).toBe(hexSha256(bytes));
    expect(await verify(bytes)).toEqual({
      ok: true,
      signature: {
        signer: "某某律师事务所",
        issuer: "Development root",
        serial: expect.stringMatching(/^[0-9a-f]{32}$/),
        development: true,
        claimedAt: AT,
        covers: bytes.length,
        timeStamp: { at: STAMPED, by: "Development time stamps", serial: record.timeStamp!.serial },
      },
    });
  });

  test("of PDF/A says as before that it is", async () => {
    const declared = ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"];
    const text = Buffer.from((await sign(typst)).bytes).toString("latin1");
    for (const one of declared) expect(text).toContain(one);
    // What PDF/A asks of the annotation that a signature is: it prints, and it has no size, so it needs no appearance.
    expect(text).toContain("/Rect[0 0 0 0]/F 4");
  });

  test("has a record from which its time can be proved without the file", async () => {
    const { timeStamp, development, signedAt } = signed.record;
    expect({ development, signedAt }).toEqual({ development: true, signedAt: AT });
    expect(timeStamp!.token.length).toBeGreaterThan(300);
    const made = await signPdf(kit, { signer: dev.signer, at: AT, inputsSha256: "ab".repeat(32) });
    expect(made.record.inputsSha256).toBe("ab".repeat(32));
    expect(made.record.timeStamp).toBeUndefined();
    expect((await verify(made.bytes)).signature?.timeStamp).toBeUndefined();
  });

  test("with any byte of it changed is refused", async () => {
    const { bytes } = signed;
    const contents = bytesOfContents(bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        // Inside its own string a signature may be written in small or capital digits: that changes nothing that is signed.
        fc.pre(place < contents.from || place >= contents.to);
        const changed = Uint8Array.from(bytes);
        changed[place]! ^= change;
        expect((await verify(changed)).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test("with any digit of its signature changed does not pass as stamped", async () => {
    const { bytes } = signed;
    const { from, to } = bytesOfContents(bytes);
    const end = from + Buffer.from(bytes.subarray(from, to)).toString("latin1").replace(/0+$/, "").length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: end + 2, max: to - 1 }), async (place) => {
        const changed = Uint8Array.from(bytes);
        changed[place] = "7".charCodeAt(0);
        expect(await codeOf(changed)).toBe("cms-unreadable");
      }),
      { numRuns: 20 },
    );
  });

  test("cut short or with something appended says so", async () => {
    const { bytes } = signed;
    expect(await codeOf(bytes.subarray(0, bytes.length - 1))).toBe("byte-range");
    expect(await codeOf(Buffer.concat([bytes, Buffer.from("\n")]))).toBe("changed-after-signing");
    expect(await codeOf(kit)).toBe("unsigned");
    expect(await codeOf(Buffer.from("hello"))).toBe("not-a-pdf");
    expect(await codeOf(bytes.subarray(0, 100))).toBe("pdf-unreadable");
  });

  test("with a later revision says which objects were changed", async () => {
    const { bytes } = signed;
    const file = readPdf(bytes);
    const page = [...file.places.keys()].find((n) => {
      const value = file.object(n);
      return (
        value.kind === "dict" && value.entries.get("Type")?.kind === "name" && value.entries.has("MediaBox")
      );
    })!;
    const revision = `${page} 0 obj\n<</Type/Page/MediaBox[0 0 10 10]>>\nendobj\n99 0 obj\n(new)\nendobj\n`;
    const at = bytes.length + revision.length;
    const offset = (n: number): string => String(n).padStart(10, "0");
    const root = file.trailer.entries.get("Root") as { n: number };
    const tail =
      `xref\n${page} 1\n${offset(bytes.length)} 00000 n \n99 1\n${offset(bytes.length + revision.indexOf("99 0"))} 00000 n \n` +
      `trailer\n<</Size 100/Root ${root.n} 0 R/Prev ${file.startxref}>>\nstartxref\n${at}\n%%EOF\n`;
    const report = await verify(Buffer.concat([bytes, Buffer.from(revision + tail)]));
    expect(report.refusal?.code).toBe("changed-after-signing");
    expect(report.changes).toEqual([
      { object: page, was: "changed", type: "Page" },
      { object: 99, was: "added", type: "value" },
    ]);
  });

  test("whose byte range leaves something else out is refused", async () => {
    const text = Buffer.from(signed.bytes).toString("latin1");
    const [whole, length, next, rest] = /\/ByteRange\[0 (\d+) +(\d+) +(\d+) *\]/.exec(text)!;
    const ranged = (a: string, b: string, c: string, from = "0"): Uint8Array =>
      Buffer.from(
        text.replace(
          whole,
          `/ByteRange[${from} ${a} ${b} ${c}]`
            .padEnd(whole.length - 1)
            .replace(/\]?\s*$/, (s) => `${" ".repeat(Math.max(0, s.length - 1))}]`),
        ),
        "latin1",
      );
    for (const forged of [
      ranged(String(Number(length) - 1), next!, rest!),
      ranged(length!, String(Number(next) + 1), String(Number(rest) - 1)),
      ranged(length!, next!, rest!, "1"),
      ranged(length!, next!, String(Number(rest) + 9)),
    ])
      expect(["byte-range", "pdf-unreadable"]).toContain(await codeOf(forged));
  });

  test("is refused where its certificate leads to no trusted root", async () => {
    expect((await verify(signed.bytes, AT, [other.root])).refusal?.code).toBe("timestamp-untrusted");
    const trusting = await verifyPdf(signed.bytes, { roots: [other.root], stampRoots: [dev.root], at: AT });
    expect(trusting.refusal).toMatchObject({
      code: "chain-untrusted",
      says: expect.stringContaining("某某律师事务所"),
    });
    expect((await verify(signed.bytes, AT, [])).ok).toBe(false);
  });

  test("without a time stamp is judged by the time of asking", async () => {
    const { bytes } = await signPdf(kit, { signer: dev.signer, at: AT });
    expect((await verify(bytes, Date.UTC(2049, 11, 31))).ok).toBe(true);
    expect((await verify(bytes, Date.UTC(2050, 0, 2))).refusal?.code).toBe("certificate-expired");
    expect((await verify(signed.bytes, Date.UTC(2060, 0, 1))).ok).toBe(true);
  });

  test("signed with a certificate for time stamps is refused", async () => {
    const { bytes } = await signPdf(kit, { signer: dev.stamper, at: AT });
    expect(await codeOf(bytes)).toBe("key-usage");
  });

  test("stamped by a certificate that is not for time stamps is not made", async () => {
    const timeStamps = ownTimeStamps(dev.signer, () => STAMPED);
    await expect(signPdf(kit, { signer: dev.signer, timeStamps, at: AT })).rejects.toMatchObject({
      code: "timestamp-usage",
    });
  });

  test("cannot be signed a second time", async () => {
    await expect(sign(signed.bytes)).rejects.toMatchObject({ code: "pdf-unreadable" });
  });

  test("that is no PDF, or is broken, is not signed", async () => {
    await expect(sign(Buffer.from("x"))).rejects.toMatchObject({ code: "not-a-pdf" });
    await expect(sign(kit.subarray(0, kit.length - 30))).rejects.toMatchObject({ code: "pdf-unreadable" });
  });

  test("of random bytes after a head is refused, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
        const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), noise, Buffer.from("\nstartxref\n9\n%%EOF")]);
        expect((await verify(bytes)).ok).toBe(false);
      }),
    );
  });

  test("proves its time by the token alone", async () => {
    const digest = new Uint8Array(32).fill(7);
    const { token } = await dev.timeStamps(() => STAMPED).stamp(digest);
    expect((await checkTimeStamp(token, digest, [dev.root])).at).toBe(STAMPED);
    await expect(checkTimeStamp(token, new Uint8Array(32), [dev.root])).rejects.toMatchObject({
      code: "timestamp-imprint",
    });
    await expect(checkTimeStamp(token, digest, [other.root])).rejects.toMatchObject({
      code: "timestamp-untrusted",
    });
  });
});

describe("programs from outside", () => {
  test.skipIf(!has("pdfsig"))("pdfsig finds the signature valid and the whole file signed", async () => {
    for (const pdf of [samplePdf("table"), samplePdf("stream"), kit, typst]) {
      const path = join(folder, "signed.pdf");
      writeFileSync(path, (await sign(pdf)).bytes);
      const says = execFileSync("pdfsig", [...trusting(), path], { encoding: "utf8" });
      expect(says).toContain("Signature Validation: Signature is Valid.");
      expect(says).toContain("ETSI.CAdES.detached");
      expect(says).toContain("Total document signed");
      if (trusting().length > 0) expect(says).toContain("Certificate is Trusted");
    }
  });

  test.skipIf(!has("qpdf"))("qpdf finds nothing wrong with its structure", async () => {
    for (const pdf of [samplePdf("table"), samplePdf("stream"), kit, typst]) {
      const path = join(folder, "checked.pdf");
      writeFileSync(path, (await sign(pdf)).bytes);
      const { status, stdout, stderr } = spawnSync("qpdf", ["--check", path], { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("No syntax or stream encoding errors found");
    }
  });

  /** A database of certificates in which the root is trusted, where NSS has its tool here. */
  function trusting(): readonly string[] {
    if (!has("certutil", "-H")) return [];
    const nss = join(folder, "nss");
    if (!readdirSync(folder).includes("nss")) {
      execFileSync("mkdir", ["-p", nss]);
      writeFileSync(join(folder, "root.pem"), pemOf(dev.root));
      execFileSync("certutil", ["-N", "-d", `sql:${nss}`, "--empty-password"]);
      execFileSync("certutil", [
        "-A",
        "-d",
        `sql:${nss}`,
        "-n",
        "root",
        "-t",
        "CT,C,C",
        "-i",
        join(folder, "root.pem"),
      ]);
    }
    return ["-nssdir", nss];
  }
});

describe("development certificates", () => {
  test("are made once, and only their owner can read the keys", async () => {
    const place = join(folder, "once");
    const first = await developmentAuthority(place, "A firm");
    const again = await developmentAuthority(place, "Another name");
    expect(again.root).toEqual(first.root);
    expect(again.signer.chain).toEqual(first.signer.chain);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(place)) expect(statSync(join(place, file)).mode & 0o777).toBe(0o600);
  });

  test("say in their names that they have no legal effect", () => {
    expect(dev.signer.development).toBe(true);
    expect(hexOf(dev.root)).toContain(Buffer.from(DEVELOPMENT).toString("hex"));
    for (const chain of [dev.signer.chain, dev.stamper.chain])
      for (const one of chain) expect(hexOf(one)).toContain(Buffer.from(DEVELOPMENT).toString("hex"));
  });

  test("with the key of another are refused", async () => {
    const place = join(folder, "mixed");
    await developmentAuthority(place, "A firm");
    chmodSync(join(place, "signer.key.pem"), 0o600);
    writeFileSync(join(place, "signer.key.pem"), readFileSync(join(folder, "other", "signer.key.pem")));
    await expect(developmentAuthority(place, "A firm")).rejects.toMatchObject({ code: "key-mismatch" });
  });
});

const hexOf = (certificate: Uint8Array): string => Buffer.from(certificate).toString("hex");

function bytesOfContents(bytes: Uint8Array): { from: number; to: number } {
  const text = Buffer.from(bytes).toString("latin1");
  const from = text.indexOf("/Contents<") + "/Contents<".length;
  return { from, to: text.indexOf(">", from) };
}
