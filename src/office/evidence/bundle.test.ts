import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../../test/support/build.ts";
import { spawned } from "../../../test/support/cli.ts";
import { freshServerDatabase } from "../../../test/support/database.ts";
import { dayAt, formatDay } from "../../core/index.ts";
import {
  checkBundle,
  FACTS,
  type Files,
  filesOfZip,
  isBundlePath,
  MANIFEST,
  type Manifest,
  manifestText,
  SEALS,
  type SealedFact,
  type Seals,
  toHex,
  utf8,
  zipOf,
} from "../../evidence/index.ts";
import { answerTimeStamp, checkTimeStamp, developmentAuthority } from "../../signing/index.ts";
import { openPostgres } from "../../store/index.ts";
import { type Bundled, evidenceOfBundle } from "../papers/bundled.ts";
import { csvOf, htmlOf } from "./bundle-pages.ts";
import { LAW_QUOTES, readBundle, sha256 } from "./offline.ts";

let folder = "";
let loan = "";
/** On the server: a dozen commands one after the other open it sooner than as many embedded ones. */
let book: Awaited<ReturnType<typeof freshServerDatabase>>;
const run = (...args: string[]) => spawned(folder, [...args, "--db", book.url]);
const bundle = (): Files => readBundle(join(folder, "bundle")) as Files;
const text = (files: Files, path: string): string => new TextDecoder().decode(files.get(path));
const changed = (files: Files, path: string, bytes: Uint8Array): Files => new Map(files).set(path, bytes);
const namesOf = (files: Files, known = {}) =>
  checkBundle(sha256, files, known).findings.map(({ code, at }) => `${code} ${at}`);

/** The bundle as somebody would hand it on who changes files and makes the manifest fit them. */
function remade(
  files: Files,
  changes: Readonly<Record<string, string>>,
  more: Partial<Manifest> = {},
): Files {
  const after = new Map(files);
  for (const [path, content] of Object.entries(changes)) after.set(path, utf8(content));
  const manifest = { ...(JSON.parse(text(files, MANIFEST)) as Manifest), ...more };
  const listed = manifest.files.map(({ path }) => {
    const bytes = after.get(path)!;
    return { path, bytes: bytes.length, sha256: toHex(sha256(bytes)) };
  });
  return after.set(MANIFEST, utf8(manifestText(sha256, { ...manifest, files: listed })));
}
const factsIn = (files: Files): SealedFact[] =>
  text(files, FACTS)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const factLines = (facts: readonly SealedFact[]): string =>
  facts.map((fact) => `${JSON.stringify(fact)}\n`).join("");

beforeAll(async () => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), "arrears-bundle-"));
  book = await freshServerDatabase();
  const span = ["--opened-on", "2025-12-01", "--through", "2026-02-20"];
  await run("sample", "--borrowers", "25", "--seed", "7", "--out", "sample", ...span);
  for (const kind of ["loans", "payments"])
    expect((await run("import", kind, `sample/${kind}.csv`, "--map", `sample/${kind}.map.yaml`)).code).toBe(
      0,
    );
  expect((await run("close", "--through", "2026-02-20")).code).toBe(0);
  await run("dispatch", "--out", "outbox", "--at", "2026-02-21T10:00:00+08:00");
  await run("seal", "heads", "--out", "head.txt");
  expect((await run("close", "--through", "2026-02-22")).code).toBe(0);
  // Whoever was written to: his bundle has a demand and a permit in it.
  const outbox = readdirOf(join(folder, "outbox"));
  const [bucket, n] = /^(\d+)-(\d+)/.exec(outbox[0]!)!.slice(1).map(Number);
  loan = await loanOf(bucket!, n!);
  const made = await run("evidence", "bundle", loan, "--as-of", "2026-02-22", "--out", "bundle", "--json");
  expect(made.err).toBe("");
  expect(made.code).toBe(0);
});
afterAll(async () => {
  await book.drop();
  rmSync(folder, { recursive: true, force: true });
});

const readdirOf = (place: string): string[] => {
  const files = readBundle(place);
  return typeof files === "string" ? [] : [...files.keys()].map((path) => path.split("/").at(-1)!).sort();
};

async function loanOf(bucket: number, n: number): Promise<string> {
  const db = await openPostgres(book.url, { max: 1 });
  try {
    const [row] = await db.query<{ payload: string }>(
      "select payload from journal where bucket = $1 and n = $2 and kind = 1",
      [bucket, n + 1],
    );
    return JSON.parse(row!.payload).id;
  } finally {
    await db.close();
  }
}

describe("a bundle of evidence", () => {
  test("holds what a court asks for, in a catalogue with number, source and what each thing proves", () => {
    const files = bundle();
    expect([...files.keys()].sort()).toEqual([
      "catalogue.csv",
      "catalogue.html",
      "catalogue.pdf",
      "contract.csv",
      "contract.html",
      "demands.csv",
      "demands.html",
      FACTS,
      "history.csv",
      "history.html",
      MANIFEST,
      "permits.jsonl",
      "read-me.txt",
      SEALS,
      "statement.csv",
      "statement.html",
      "verify.mjs",
    ]);
    const catalogue = text(files, "catalogue.csv");
    expect(catalogue.split("\r\n")[0]).toBe(
      "编号 No.,证据名称 Name,来源 Source,证明对象和内容 Proves,页数 Pages,文件 File",
    );
    expect(catalogue).toMatch(/\r\n1,/);
    for (const path of ["statement.html", "demands.html", "permits.jsonl", FACTS, SEALS])
      expect(catalogue).toContain(path);
    expect(text(files, "catalogue.html")).toContain("提交人（签名或者盖章）");
    expect(text(files, "catalogue.html")).not.toContain("<script");
    expect(text(files, "catalogue.pdf").slice(0, 5)).toBe("%PDF-");
  });

  test("its demands are those of the journal with receipts, and each has the permit by which it went out", () => {
    const files = bundle();
    const permits = text(files, "permits.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(permits.length).toBeGreaterThan(0);
    expect(permits[0]).toMatchObject({
      verdict: expect.stringMatching(/^allow/),
      judged: { step: {}, facts: {} },
    });
    const demands = text(files, "demands.csv");
    for (const { permit } of permits) expect(demands).toContain(permit);
    expect(demands).toContain("sent");
  });

  test("its last balance is what closes the loan on the day, as arrears show says", async () => {
    const [shown] = (await run("show", loan, "--as-of", "2026-02-22", "--json")).objects();
    const lines = text(bundle(), "statement.csv").trimEnd().split("\r\n");
    expect(lines.at(-1)!.split(",").at(-1)).toBe(shown!.payoff);
  });

  test("is checked by the command and by its own verifier alike, and goes on from a head that was handed out", async () => {
    const by = await run("verify", "bundle", "--heads", "head.txt", "--json");
    expect(by.objects()).toMatchObject([
      { bundle: { loan, lender: "sample-micro", asOf: "2026-02-22" }, findings: [] },
    ]);
    expect((by.objects()[0] as { headsAgreed: number }).headsAgreed).toBeGreaterThan(0);
    const alone = mkdtempSync(join(tmpdir(), "arrears-alone-"));
    try {
      for (const [path, bytes] of bundle()) {
        mkdirSync(join(alone, path, ".."), { recursive: true });
        writeFileSync(join(alone, path), bytes);
      }
      const node = (...args: string[]) =>
        spawnSync(process.execPath, ["verify.mjs", ...args], {
          cwd: alone,
          encoding: "utf8",
          env: { LANG: "en" },
        });
      const heads = join(folder, "head.txt");
      expect(node("--heads", heads, "--json").stdout).toBe(by.out);
      expect(node().status).toBe(0);
      expect(node("--lang", "zh").stdout).toContain("全部一致");
      writeFileSync(join(alone, "statement.csv"), "nothing owed");
      expect(node().stdout).toContain("statement.csv was changed");
      expect(node().status).toBe(1);
    } finally {
      rmSync(alone, { recursive: true, force: true });
    }
  });

  test("the same book and day give the same bytes, as a folder and as a ZIP", async () => {
    const asked = ["evidence", "bundle", loan, "--as-of", "2026-02-22"];
    for (const name of ["one.zip", "two.zip"]) expect((await run(...asked, "--out", name)).code).toBe(0);
    const [one, two] = ["one.zip", "two.zip"].map((name) => readFileSync(join(folder, name)));
    expect(one!.equals(two!)).toBe(true);
    expect(new Map(filesOfZip(new Uint8Array(one!)) as Files)).toEqual(
      new Map([...bundle()].sort(([a], [b]) => (a < b ? -1 : 1))),
    );
    expect((await run("verify", "one.zip")).code).toBe(0);
    const again = await run(...asked, "--out", "one.zip");
    expect(again.code).toBe(1);
    expect(again.err).toContain("is there already");
  });

  test("facts that are not sealed yet make no bundle, and the words say what to do", async () => {
    await run("record", "hold", loan, "--on", "2026-02-22", "--hold", "dispute");
    await run("close", "--through", "2026-02-23", "--no-seal");
    const { code, err } = await run("evidence", "bundle", loan, "--as-of", "2026-02-23", "--out", "later");
    expect(code).toBe(1);
    expect(err).toContain("are not sealed yet: run arrears seal");
    expect((await run("evidence", "bundle", loan, "--as-of", "2026-02-22", "--out", "earlier")).code).toBe(0);
  });
});

describe("what comes from elsewhere", () => {
  test("papers of the lender go in as they are, under a path that leads nowhere, and stand in the catalogue", async () => {
    writeFileSync(
      join(folder, "借款合同 No. 7.pdf"),
      "%PDF-1.7\n<< /Type /Page >>\n<< /Type/Page >>\n<< /Type /Pages >>",
    );
    const added = await run(
      "document",
      "add",
      loan,
      "借款合同 No. 7.pdf",
      "--kind",
      "contract",
      "--by",
      "Li Na",
    );
    expect(added.err).toBe("");
    // The lender's day: in the evening of London it is tomorrow there.
    const today = formatDay(dayAt("Asia/Shanghai", Date.now()));
    await run("seal");
    expect((await run("evidence", "bundle", loan, "--as-of", today, "--out", "with-papers.zip")).err).toBe(
      "",
    );
    const files = readBundle(join(folder, "with-papers.zip")) as Files;
    expect(text(files, "documents/1-contract-no.-7.pdf")).toContain("%PDF-1.7");
    expect(text(files, "catalogue.csv")).toMatch(
      /\r\n1,借款合同 \/ Loan contract: 借款合同 No\. 7\.pdf,.*,2,documents\/1-contract-no\.-7\.pdf\r\n/,
    );
    const bundled = evidenceOfBundle(join(folder, "with-papers.zip"), loan) as Bundled;
    expect(bundled.items[0]).toMatchObject({ name: "借款合同（借款合同 No. 7.pdf）", pages: "2" });
    expect(bundled.items.map(({ name }) => name)).toContain("对账单");
    expect(evidenceOfBundle(join(folder, "with-papers.zip"), "another")).toContain(`is of ${loan}`);
    expect(namesOf(files)).toEqual([]);
  });

  test("a head that an authority stamped goes into the bundle with its token, which is for just that head", async () => {
    const dev = await developmentAuthority(join(folder, "dev"), "A firm");
    const at = Date.UTC(2026, 1, 23);
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", async () => {
        const answer = { signer: dev.stamper, at, serial: Uint8Array.of(7) };
        response.setHeader("content-type", "application/timestamp-reply");
        response.end(await answerTimeStamp(Buffer.concat(parts), answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const stamped = await run("seal", "stamp", "--tsa", `http://127.0.0.1:${port}/`, "--json");
      expect(stamped.objects()).toMatchObject([{ by: "Development time stamps" }]);
      const head = stamped.objects()[0]!.text as string;
      expect((await run("evidence", "bundle", loan, "--as-of", "2026-02-22", "--out", "stamped")).code).toBe(
        0,
      );
      const files = readBundle(join(folder, "stamped")) as Files;
      const path = [...files.keys()].find((name) => name.startsWith("timestamps/"))!;
      const stamp = await checkTimeStamp(files.get(path)!, sha256(utf8(head)), [dev.root]);
      expect(stamp.at).toBe(at);
      expect(namesOf(files, { heads: [head] })).toEqual([]);
    } finally {
      server.close();
    }
  });
});

describe("whatever is changed in a bundle is found and named", () => {
  test("one bit anywhere in any file", () => {
    const files = bundle();
    expect(namesOf(files)).toEqual([]);
    for (const [path, bytes] of files) {
      // All of a short file, and places all over a long one.
      const step = Math.max(1, Math.floor(bytes.length / 25));
      for (let at = 0; at < bytes.length; at += step) {
        const other = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
        const found = namesOf(changed(files, path, other));
        const named = path === MANIFEST ? `manifest-changed ${path}` : `file-changed ${path}`;
        expect(found, `${path} at ${at}`).toContain(named);
      }
    }
  });

  test("a file that is missing, that was added, or that was renamed", () => {
    const files = bundle();
    for (const path of files.keys()) {
      const without = new Map(files);
      without.delete(path);
      expect(namesOf(without)).toContain(
        path === MANIFEST ? `manifest-missing ${path}` : `file-missing ${path}`,
      );
    }
    expect(namesOf(changed(files, "extra.txt", utf8("x")))).toEqual(["file-added extra.txt"]);
    for (const path of [
      "../out.txt",
      "/etc/passwd",
      "a\\b",
      "C:x",
      "sub/../../x",
      "Statement.csv",
      ".hidden",
      "a/.b",
      "",
    ])
      expect(namesOf(changed(files, path, utf8("x")))).toEqual([`name ${path}`]);
  });

  test("the whole manifest, for whoever knows its hash", () => {
    const files = bundle();
    const other = remade(files, { "statement.csv": "nothing owed\r\n" });
    // Files and manifest fit each other again: only the facts speak for themselves.
    expect(namesOf(other)).toEqual([]);
    const known = { manifestSha256: toHex(sha256(files.get(MANIFEST)!)) };
    expect(namesOf(files, known)).toEqual([]);
    expect(namesOf(other, known)).toEqual([`manifest-other ${MANIFEST}`]);
  });

  test("a fact that was taken out, put in twice or exchanged, though the manifest was made to fit", () => {
    const files = bundle();
    const facts = factsIn(files);
    const manifest = JSON.parse(text(files, MANIFEST)) as Manifest;
    const nameAt = (i: number): string => {
      const [, , n, seq] = JSON.parse(facts[i]!.fact) as [string, number, number, number];
      return `fact ${seq} of the ${manifest.keys.find((key) => key.n === n)!.of}`;
    };
    facts.forEach((_, i) => {
      const without = remade(files, { [FACTS]: factLines(facts.toSpliced(i, 1)) });
      expect(namesOf(without)).toContain(`fact-missing ${nameAt(i)}`);
    });
    const twice = remade(files, { [FACTS]: factLines([...facts, facts[1]!]) });
    expect(namesOf(twice)).toContain(`fact-twice ${nameAt(1)}`);
    const exchanged = facts.with(1, {
      ...facts[1]!,
      fact: facts[1]!.fact.replace(/,(\d{5}),/, (_, day) => `,${Number(day) + 1},`),
    });
    expect(namesOf(remade(files, { [FACTS]: factLines(exchanged) }))).toContain(`fact-unsealed ${nameAt(1)}`);
    // Fewer facts and a manifest that says so: the last ones could be left out so, and the text of the check says it.
    const keys = manifest.keys.map((key) => ({ ...key, facts: key.facts + 1 }));
    expect(namesOf(remade(files, {}, { keys })).filter((one) => one.startsWith("fact-missing"))).toHaveLength(
      2,
    );
  });

  test("a bit of any fact, of its proof, or of what it shows of a person", () => {
    const files = bundle();
    const facts = factsIn(files);
    const shows = facts.findIndex(({ shown }) => shown?.address);
    expect(shows).toBeGreaterThanOrEqual(0);
    const { address } = facts[shows]!.shown!;
    const lie = { ...facts[shows]!, shown: { address: { ...address!, json: '"19911112222"' } } };
    expect(namesOf(remade(files, { [FACTS]: factLines(facts.with(shows, lie)) }))).toEqual([
      expect.stringMatching(/^value-changed fact \d+ of the borrower$/),
    ]);
    facts.forEach((fact, i) => {
      const proof = fact.proof.map((hash) => hash.replace(/^./, (c) => (c === "0" ? "1" : "0")));
      const index = fact.index + 1;
      for (const other of [
        { ...fact, proof },
        { ...fact, index },
        { ...fact, batch: 99 },
      ].slice(proof.length ? 0 : 1))
        expect(namesOf(remade(files, { [FACTS]: factLines(facts.with(i, other)) })).join()).toContain(
          "fact-unsealed",
        );
    });
  });

  test("the facts of another loan under this one's name", () => {
    const files = bundle();
    expect(namesOf(remade(files, {}, { loan: "L9999999-1" }))).toContain(`fact-strange ${FACTS}`);
  });

  test("a seal, a head, and a log that was written anew", () => {
    const files = bundle();
    const seals = JSON.parse(text(files, SEALS)) as Seals;
    const [first] = seals.batches;
    const with_ = (other: Seals) => namesOf(remade(files, { [SEALS]: JSON.stringify(other) }));
    const batch = { ...first!, text: first!.text.replace(/,(\d{13}),/, (_, at) => `,${Number(at) + 1},`) };
    expect(with_({ ...seals, batches: [batch, ...seals.batches.slice(1)] })).toContain(
      `batch-unsealed ${SEALS}`,
    );
    expect(with_({ ...seals, head: seals.head.replace(/\d+\]$/, "1]") })).toContain(`head-differs ${SEALS}`);
    const [earlier] = seals.earlier;
    expect(earlier).toBeDefined();
    const rewritten = earlier!.head.replace(/"[0-9a-f]{64}"/, `"${"0".repeat(64)}"`);
    expect(with_({ ...seals, earlier: [{ ...earlier!, head: rewritten }] })).toContain(
      `head-differs ${SEALS}`,
    );
    expect(namesOf(files, { heads: [earlier!.head, seals.head] })).toEqual([]);
    expect(namesOf(files, { heads: [rewritten] })).toEqual([`head-unknown ${SEALS}`]);
  });

  test.each([
    ["not JSON", "x"],
    ["a list", "[]"],
    ["null", "null"],
    ["no lists in it", '{"form":"arrears/seals/1","head":"x","batches":[null],"earlier":[]}'],
  ])("seals that are %s", (_, content) => {
    expect(namesOf(remade(bundle(), { [SEALS]: content }))).toContain(`seals-unreadable ${SEALS}`);
  });

  test.each([
    ["cut off", '{"fact":"x","batch":0,"index":0,"proof":[]'],
    ["of another form", '{"fact":"x","batch":0,"index":0,"proof":[1]}\n'],
    ["with nothing shown", '{"fact":"x","batch":0,"index":0,"proof":[],"shown":null}\n'],
  ])("facts that are %s", (_, content) => {
    expect(namesOf(remade(bundle(), { [FACTS]: content }))).toContain(`facts-unreadable ${FACTS}`);
  });
});

describe("an archive", () => {
  const files = new Map([
    ["b.txt", utf8("two")],
    ["a/c.txt", utf8("three")],
  ]);

  test("comes back as it was, whatever the order of its files", () => {
    const other = new Map([...files].reverse());
    expect(zipOf(files)).toEqual(zipOf(other));
    expect(new Map(filesOfZip(zipOf(files)) as Files)).toEqual(new Map([...files].reverse()));
  });

  test("one bit anywhere, a byte more or less: it is refused", () => {
    const bytes = zipOf(files);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const read = filesOfZip(bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
      expect(typeof read, `bit ${bit}`).toBe("string");
    }
    expect(filesOfZip(bytes.slice(0, -1))).toContain("does not end");
    expect(typeof filesOfZip(Uint8Array.of(0, ...bytes))).toBe("string");
    expect(filesOfZip(Uint8Array.of(1))).toContain("does not end");
  });

  test("a path that leads out of it is refused", () => {
    const bytes = zipOf(new Map([["aa/bb.txt", utf8("x")]]));
    const led = new TextDecoder("latin1").decode(bytes).replaceAll("aa/bb.txt", "../bb.txt");
    expect(filesOfZip(Uint8Array.from(led, (c) => c.charCodeAt(0)))).toBe(
      '"../bb.txt" is no path of a bundle',
    );
  });

  test.each(["a.txt", "letters/2026-001.pdf", "a/b/c/d.json"])("%s is a path of a bundle", (path) => {
    expect(isBundlePath(path)).toBe(true);
  });
  test.each([
    "",
    "/a",
    "a/",
    "../a",
    "a/../b",
    "a//b",
    "a\\b",
    "A.txt",
    ".a",
    "a b",
    "c:a",
    "a/b/c/d/e",
    "合同.pdf",
  ])("%j is none", (path) => {
    expect(isBundlePath(path)).toBe(false);
  });

  test("a folder with a link in it is no bundle", () => {
    const place = mkdtempSync(join(tmpdir(), "arrears-link-"));
    try {
      symlinkSync("/etc/hostname", join(place, "a.txt"));
      expect(readBundle(place)).toContain("a.txt is neither a file nor a folder");
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});

describe("its pages", () => {
  const sheet = {
    title: "T",
    notes: [],
    heads: ["a", "b"],
    rows: [
      ['say "no", please', "<b>&"],
      ["=1+1", "-5.00"],
    ],
  };

  test("in a table for spreadsheets nothing is run as a formula, and commas stay in their cell", () => {
    expect(csvOf(sheet)).toBe('\ufeffa,b\r\n"say ""no"", please",<b>&\r\n"\'=1+1",-5.00\r\n');
  });

  test("nothing of a cell is markup", () => {
    expect(htmlOf(sheet)).toContain("<td>say &quot;no&quot;, please</td><td>&lt;b&gt;&amp;</td>");
  });
});

test("the words of law in a check stand in the texts that it names", () => {
  const words = (file: string): string =>
    readFileSync(fileURLToPath(new URL(`../../../law/cn/${file}.md`, import.meta.url)), "utf8");
  expect(words("online-litigation-rules")).toContain(LAW_QUOTES.art16);
  expect(words("online-litigation-rules")).toContain(LAW_QUOTES.art18);
  expect(words("civil-evidence-rules")).toContain(LAW_QUOTES.evidence93);
});
