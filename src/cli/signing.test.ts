import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../test/support/build.ts";
import { arrears } from "../../test/support/cli.ts";
import { codeOf } from "../../test/support/public-letters.ts";
import { samplePdf } from "../../test/support/sample-pdf.ts";
import { bothLanguages } from "../../tools/tidy/tidy.ts";
import { KINDS, WORDS as PAGE, STANDING } from "../api/verify-words.ts";
import { Declined, type Io, WrongUse } from "../office/io.ts";
import { openBook } from "../store/index.ts";
import * as serve from "./commands/serve.ts";
import { checkSignature, sign } from "./commands/sign.ts";
import { readOptions } from "./options.ts";
import { signingSay } from "./signing-words.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder = "";
beforeAll(() => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), "arrears-sign-cli-"));
  writeFileSync(join(folder, "letter.pdf"), samplePdf("stream"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const silent: Io = {
  language: "en",
  json: true,
  out: () => {},
  object: () => {},
  note: () => {},
  progress: () => {},
  now: () => Date.UTC(2026, 2, 2),
};
const run = (...args: string[]) => arrears(folder, args);

describe("signing by command", () => {
  test("makes a signed file whose signature the other command finds valid, and any change invalid", async () => {
    const signed = await run(
      "sign",
      "letter.pdf",
      "--dev",
      "--name",
      "某某律师事务所",
      "--out",
      "signed.pdf",
      "--json",
    );
    expect([signed.code, signed.err]).toEqual([0, "DEVELOPMENT CERTIFICATE: no legal effect\n"]);
    const [said] = signed.objects();
    expect(said).toMatchObject({
      signed: "signed.pdf",
      signer: "某某律师事务所",
      issuer: "Development root",
      development: true,
      stampedBy: "Development time stamps",
      token: expect.stringMatching(/^MII/),
      signedSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(readdirSync(join(folder, ".arrears.development")).sort()).toEqual(
      ["ca", "signer", "stamper"].flatMap((name) => [`${name}.key.pem`, `${name}.pem`]),
    );
    // A file of its own has no book: none is made.
    expect(existsSync(join(folder, ".arrears"))).toBe(false);

    const checked = await run("check-signature", "signed.pdf", "--dev", "--json");
    expect(checked.code).toBe(0);
    expect(checked.objects()[0]).toMatchObject({
      valid: true,
      signature: { signer: "某某律师事务所", serial: said!.serial },
    });
    expect(await run("check-signature", "signed.pdf", "--root", ".arrears.development/ca.pem")).toMatchObject(
      {
        code: 0,
        out: expect.stringContaining("valid: signed by 某某律师事务所"),
      },
    );

    const untrusted = await run("check-signature", "signed.pdf", "--lang", "zh");
    expect(untrusted).toMatchObject({
      code: 1,
      out: expect.stringContaining("无效  timestamp-untrusted：时间戳机构不受信任"),
    });
    const bytes = readFileSync(join(folder, "signed.pdf"));
    bytes[100]! ^= 1;
    writeFileSync(join(folder, "changed.pdf"), bytes);
    const changed = await run("check-signature", "changed.pdf", "--dev", "--json");
    expect(changed.code).toBe(1);
    expect(changed.objects()[0]).toMatchObject({
      valid: false,
      refusal: { code: expect.stringMatching(/digest-mismatch|pdf-unreadable/) },
    });
  });

  test.each([
    ["sign", ["letter.pdf", "--out", "x.pdf"], "one of --dev, --p12"],
    ["sign", ["letter.pdf", "--dev", "--p12", "a.p12", "--out", "x.pdf"], "one certificate signs"],
    ["sign", ["letter.pdf", "--dev", "--out", "./letter.pdf"], "give another one"],
    ["sign", ["--dev"], "PDF"],
    ["sign", ["letter.pdf", "--p12", "letter.pdf", "--out", "x.pdf"], "ARREARS_P12_PASSWORD"],
    ["sign", ["letter.pdf", "--remote", "https://sign.example", "--out", "x.pdf"], "--credential"],
    [
      "sign",
      ["letter.pdf", "--remote", "https://sign.example", "--credential", "c", "--out", "x.pdf"],
      "ARREARS_SIGN_TOKEN",
    ],
    ["check", ["letter.pdf", "--root", "letter.pdf"], "no certificate in PEM form"],
    ["serve", ["--port", "99999"], "--port"],
    ["serve", ["--proxy", "10.0.0.0/33"], "--proxy"],
    ["serve", ["--zone", "Middle/Earth"], "--zone"],
  ] as const)("%s %j is wrong use: %s", async (name, args, says) => {
    const command = { sign, check: checkSignature, serve }[name];
    const inFolder = args.map((word) => (/letter\.pdf$|x\.pdf$/.test(word) ? join(folder, word) : word));
    const asked = readOptions(inFolder, command.options, "en");
    const done = command.run(asked, silent, asked.text("db") ?? join(folder, "book"));
    await expect(done).rejects.toThrow(WrongUse);
    await expect(done).rejects.toThrow(says);
  });

  test("with a file that is no PKCS#12 is declined, and its password is not told", async () => {
    writeFileSync(join(folder, "password"), "secret\n");
    const words = ["letter.pdf", "--p12", "letter.pdf", "--password-file", "password", "--out", "x.pdf"];
    const asked = readOptions(
      words.map((word) => (/^(letter|password|x)/.test(word) ? join(folder, word) : word)),
      sign.options,
      "zh",
    );
    const done = sign.run(asked, { ...silent, language: "zh" }, folder);
    await expect(done).rejects.toThrow(Declined);
    await expect(done).rejects.toThrow(/^p12-unreadable: PKCS#12 文件无法读取（(?!.*secret)/);
    expect(existsSync(join(folder, "x.pdf"))).toBe(false);
  });

  test("has its words in both languages", () => {
    for (const words of [signingSay, PAGE, STANDING, KINDS])
      expect(bothLanguages(words, "words")).toEqual([]);
  });
});

test("the public page is served of a book, and a book that is not there is not made for it", async () => {
  expect((await run("serve", "--db", "none")).code).toBe(1);
  await (await openBook(join(folder, "book"), () => undefined)).close();
  const server = spawn(
    process.execPath,
    [join(root, "bin/arrears"), "serve", "--db", "book", "--port", "0", "--json"],
    { cwd: folder },
  );
  const lines = createInterface({ input: server.stdout });
  const [first] = (await once(lines, "line")) as [string];
  const { port } = JSON.parse(first) as { port: number };
  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect((await at("/verify")).status).toBe(200);
  expect((await at(`/verify/${codeOf(1)}`)).status).toBe(404);
  server.kill("SIGTERM");
  const [code] = (await once(server, "close")) as [number];
  expect(code).toBe(0);
});
