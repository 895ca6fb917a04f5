/** A letter from the press, signed: still the PDF/A that it was, and genuine to programs that are not ours. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { day, minor } from "../../src/core/index.ts";
import type { Letter } from "../../src/documents/index.ts";
import { verifyUrl } from "../../src/documents/letter-code.ts";
import { openPress } from "../../src/press/index.ts";
import { developmentAuthority, type SignedPdf, signPdf, verifyPdf } from "../../src/signing/index.ts";
import { codeOf } from "../support/public-letters.ts";

const AT = Date.UTC(2026, 2, 2, 1, 30);
const code = codeOf(1);
const LETTER: Letter = {
  kind: "demand",
  language: "zh-CN",
  number: "（2026）示律函字第 0301 号",
  code,
  verifyUrl: verifyUrl("https://letters.example", code),
  on: day("2026-03-02"),
  firm: {
    name: "示例律师事务所",
    licence: "31110000E00000000X",
    address: "示例市示例路 1 号",
    phone: "010-00000000",
  },
  lawyer: { name: "王示例", licence: "11101202610000000" },
  client: {
    name: "示例小额贷款有限公司",
    phone: "400-000-0000",
    waysToPay: ["官方应用内还款"],
    objections: "致电 400-000-0000",
  },
  addressee: { name: "张三", address: "示例市示例路 2 号" },
  mandate: { number: "M-2026-1", signedOn: day("2026-01-05") },
  currency: "CNY",
  debts: [
    {
      loan: "L1",
      contractNumber: "C-1",
      contractOn: day("2025-12-01"),
      principal: minor(1_000_000),
      disbursedOn: day("2025-12-01"),
      installments: 10,
      rate: "日利率 0.05%",
      dpd: 60,
      missed: [{ n: 1, dueOn: day("2026-01-01"), due: minor(115_500), paid: minor(0), open: minor(115_500) }],
      statement: {
        asOf: day("2026-03-02"),
        lines: [{ kind: "principal", contractual: minor(115_500), claimable: minor(115_500) }],
        contractual: minor(115_500),
        claimable: minor(115_500),
        working: [],
      },
    },
  ],
  demanded: minor(115_500),
  answerBy: day("2026-03-17"),
  enclosures: ["委托书"],
  development: true,
};

const has = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;
const folder = mkdtempSync(join(tmpdir(), "arrears-signed-letter-"));
const file = join(folder, "letter.pdf");
let made: Uint8Array;
let signed: SignedPdf;
let root: Uint8Array;

beforeAll(async () => {
  const press = await openPress({ workers: 1 });
  const printed = await press.pdf(LETTER);
  await press.close();
  if (!printed.ok) throw new Error(printed.refusal.says);
  made = printed.value.bytes;
  const dev = await developmentAuthority(join(folder, "dev"), LETTER.firm.name);
  root = dev.root;
  signed = await signPdf(made, {
    signer: dev.signer,
    timeStamps: dev.timeStamps(() => AT + 2000),
    at: AT,
    name: LETTER.firm.name,
  });
  writeFileSync(file, signed.bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a signed letter begins with the bytes of the press, says PDF/A-2a, and is verified", async () => {
  expect(Buffer.compare(signed.bytes.subarray(0, made.length), made)).toBe(0);
  const text = Buffer.from(signed.bytes).toString("latin1");
  expect(text).toContain("<pdfaid:part>2</pdfaid:part>");
  expect(text).toContain("<pdfaid:conformance>A</pdfaid:conformance>");
  const { ok, signature } = await verifyPdf(signed.bytes, { roots: [root], at: AT });
  expect([ok, signature?.signer, signature?.timeStamp?.at]).toEqual([true, LETTER.firm.name, AT + 2000]);
});

test.skipIf(!has("pdfsig"))("pdfsig finds it valid and signed whole", () => {
  const says = execFileSync("pdfsig", [file], { encoding: "utf8" });
  expect(says).toContain("Signature is Valid.");
  expect(says).toContain("Total document signed");
});

test.skipIf(!has("qpdf"))("qpdf finds nothing wrong with it", () => {
  const { status, stderr } = spawnSync("qpdf", ["--check", file], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.skipIf(!has("pdftotext"))("it says on its pages that the certificate is for trying", () => {
  const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/\s+/g, "");
  expect(text).toContain("试用证书");
  expect(text).toContain(code.replaceAll("-", "").slice(0, 4));
});
