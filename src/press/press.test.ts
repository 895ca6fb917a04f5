import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleLetter, exampleLetters } from "../../test/golden/letters.ts";
import { day, type HardshipOffer, minor } from "../core/index.ts";
import { agreement, agreementPaper, compose, type Letter, type LetterDocument } from "../documents/index.ts";
import { bundleLetters, openPress, type Press, printBatch } from "./index.ts";
import { zip } from "./zip.ts";

let press: Press;
let folder: string;
beforeAll(async () => {
  press = await openPress();
  folder = mkdtempSync(join(tmpdir(), "arrears-press-"));
});
afterAll(async () => {
  await press.close();
  rmSync(folder, { recursive: true, force: true });
});

const demand = exampleLetter("demand.zh");
const pdfOf = async (letter: Letter) => {
  const printed = await press.pdf(letter);
  if (!printed.ok) throw new Error(printed.refusal.says);
  return printed.value;
};
const docxOf = async (letter: Letter) => {
  const printed = await press.docx(letter);
  if (!printed.ok) throw new Error(printed.refusal.says);
  return printed.value;
};

const squeeze = (text: string): string => text.normalize("NFKC").replace(/\s/g, "");

/** The text of a PDF page by page, without white space. */
async function pdfText(bytes: Uint8Array): Promise<readonly string[]> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    pages.push(squeeze(items.map((item) => ("str" in item ? item.str : "")).join("")));
  }
  await task.destroy();
  return pages;
}

const plainOf = (xml: string): string =>
  xml.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const docxText = (bytes: Uint8Array): string =>
  squeeze(plainOf(strFromU8(unzipSync(bytes)["word/document.xml"]!).replace(/<[^>]*>/g, "")));

/** Every text of a letter, in order, as all its forms print it. */
const textsOf = (document: LetterDocument): readonly string[] => [
  document.letterhead.name,
  ...document.letterhead.lines,
  document.title,
  document.subtitle,
  ...document.fields.flatMap(({ label, value }) => [label, value]),
  document.salutation,
  ...document.blocks.flatMap((block) => {
    switch (block.kind) {
      case "heading":
      case "paragraph":
        return [block.text];
      case "quote":
        return [block.source, block.text];
      case "list":
        return block.items;
      default:
        return [...block.columns.map(({ head }) => head), ...block.rows.flat()];
    }
  }),
  document.closing,
];

const sorted = (text: string): string => [...text].sort().join("");

describe("one text, whatever it is printed as", () => {
  test.each(exampleLetters())(
    "$name says the same in PDF and DOCX, and no word besides",
    async ({ letter }) => {
      const document = compose(letter);
      const pages = await pdfText((await pdfOf(letter)).bytes);
      const word = docxText((await docxOf(letter)).bytes);
      const body = textsOf(document).map(squeeze);
      const end = [...document.signature, ...document.check.lines, document.enclosures ?? ""].map(squeeze);
      expect(word.startsWith(body.join(""))).toBe(true);
      expect(sorted(word)).toBe(sorted([...body, ...end].join("")));
      // The PDF has the foot of each page and the numbers of its lists besides, which Word counts by itself.
      const zh = letter.language === "zh-CN";
      const feet = pages.map((_, n) =>
        squeeze(
          `${document.footer}${zh ? `第${n + 1}页共${pages.length}页` : `Page ${n + 1} of ${pages.length}`}`,
        ),
      );
      const numbers = document.blocks.flatMap((block) =>
        block.kind === "list" ? block.items.map((_, n) => `${n + 1}.`) : [],
      );
      for (const [n, page] of pages.entries()) expect(page).toContain(feet[n]!);
      expect(sorted(pages.join(""))).toBe(sorted([...body, ...end, ...feet, ...numbers].join("")));
      for (const text of end) expect(squeeze(pages.at(-1)!)).toContain(text);
    },
  );

  test("a letter made for trying says so on every page", async () => {
    const pages = await pdfText((await pdfOf({ ...demand, development: true })).bytes);
    expect(pages.length).toBe(2);
    for (const page of pages) expect(page).toContain("不具有法律效力");
  });
});

describe("the PDF", () => {
  test("has the same bytes from another press, and other bytes for another letter", async () => {
    const first = await pdfOf(demand);
    const second = await openPress();
    try {
      const again = await second.pdf(demand);
      expect(again.ok && Buffer.compare(again.value.bytes, first.bytes)).toBe(0);
      expect(again.ok && again.value.inputsSha256).toBe(first.inputsSha256);
    } finally {
      await second.close();
    }
    const other = await pdfOf({ ...demand, number: "示明律函〔2026〕第0999号" });
    expect(Buffer.compare(other.bytes, first.bytes)).not.toBe(0);
    expect(other.inputsSha256).not.toBe(first.inputsSha256);
    expect(press.inputsOf(demand)).toBe(first.inputsSha256);
  });

  test("says that it is PDF/A-2a and tagged, in the letter's language and with its date", async () => {
    const { bytes } = await pdfOf(demand);
    const text = Buffer.from(bytes).toString("latin1");
    expect(text).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
    expect(text).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/);
    const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
    const pdf = await task.promise;
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const { info } = (await pdf.getMetadata()) as unknown as { info: Record<string, string> };
    expect(info.CreationDate).toContain("20261020");
    await task.destroy();
  });

  test("user text is set as it is, and never read as markup", async () => {
    const name = '#panic("x") *b* $x$ \\ ]#[';
    const pages = await pdfText((await pdfOf({ ...demand, addressee: { ...demand.addressee, name } })).bytes);
    expect(pages[0]).toContain(squeeze(name));
  });

  test("a character that the fonts lack stops that letter, and is named", async () => {
    const name = "张☑";
    expect(await press.pdf({ ...demand, addressee: { ...demand.addressee, name } })).toMatchObject({
      ok: false,
      refusal: { code: "no-glyph", says: expect.stringContaining("☑ (U+2611)") },
    });
  });

  // Rare characters of names: each is in the fonts.
  test.each([..."䶮㛃㵑𬱖𬭎𫖯𠅤𬞟〇"])("prints the name 李%s", async (character) => {
    const pages = await pdfText(
      (await pdfOf({ ...demand, addressee: { ...demand.addressee, name: `李${character}` } })).bytes,
    );
    expect(pages[0]).toContain(`李${character}`);
  });
});

describe("the Word document", () => {
  test("has the same bytes twice, and only parts that belong there", async () => {
    const first = await docxOf(demand);
    expect(Buffer.compare((await docxOf(demand)).bytes, first.bytes)).toBe(0);
    expect(Object.keys(unzipSync(first.bytes))).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "docProps/core.xml",
      "word/document.xml",
      "word/_rels/document.xml.rels",
      "word/styles.xml",
      "word/numbering.xml",
      "word/footer1.xml",
      "word/header1.xml",
      "word/media/qr.gif",
    ]);
  });
});

describe("a batch", () => {
  const letters = Array.from({ length: 6 }, (_, n) => ({
    ...demand,
    number: `第${n + 1}号`,
    code: `CODE-${n + 1}`,
  }));
  const bad: Letter = { ...demand, number: "坏1", addressee: { name: "☑" } };
  const wrong: Letter = { ...demand, number: "坏2", answerBy: day("2026-01-01") };

  test("a bad letter is named and does not stop the others; run again, it goes on where it stopped", async () => {
    const out = join(folder, "batch");
    const seen: number[] = [];
    const first = await printBatch(press, [letters[0]!, bad, wrong, ...letters.slice(1, 4)], out, {
      onProgress: ({ done }) => seen.push(done),
    });
    expect(first.items.map(({ number }) => number)).toEqual(["第1号", "第2号", "第3号", "第4号"]);
    expect(first.refused.map(({ number, refusal }) => `${number} ${refusal.code}`).sort()).toEqual([
      "坏1 no-glyph",
      "坏2 bad-letter",
    ]);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    const second = await printBatch(press, letters, out);
    expect(second.skipped).toBe(4);
    expect(second.items).toHaveLength(6);
    expect(second.items.slice(0, 4)).toEqual(first.items);
  });

  test("a file that was changed, and a letter that was changed, are printed anew", async () => {
    const out = join(folder, "anew");
    await printBatch(press, letters.slice(0, 3), out);
    writeFileSync(join(out, "第1号.pdf"), "not a letter");
    const changed = [letters[0]!, { ...letters[1]!, code: "OTHER" }, letters[2]!];
    const again = await printBatch(press, changed, out);
    expect(again.skipped).toBe(1);
    expect(readFileSync(join(out, "第1号.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("two letters with one number throw", async () => {
    await expect(printBatch(press, [demand, demand], join(folder, "double"))).rejects.toThrow("two letters");
  });
});

describe("the bundle for the print house", () => {
  test("is a folder of PDFs with a manifest and labels, and the same zip file twice", async () => {
    const out = join(folder, "bundle");
    const { address: _, ...unaddressed } = demand.addressee;
    const letters: Letter[] = [
      demand,
      { ...demand, number: "二", addressee: { ...demand.addressee, name: '=1+1,"李"' } },
      { ...demand, number: "三", addressee: unaddressed },
    ];
    const on = day("2026-10-21");
    const bundle = await bundleLetters(press, letters, out, { on, zip: true });
    expect(bundle.unaddressed).toEqual(["三"]);
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    expect(manifest.on).toBe("2026-10-21");
    expect(manifest.letters.map((letter: { pages: number }) => letter.pages)).toEqual([2, 2, 2]);
    expect(readFileSync(join(out, "manifest.csv"), "utf8")).toContain(`"'=1+1,""李"""`);
    const labels = (await pdfText(readFileSync(join(out, "labels.pdf")))).join("");
    expect(labels).toContain(squeeze(demand.addressee.address!));
    expect(labels).not.toContain("三");
    const zipped = readFileSync(`${out}.zip`);
    expect(Object.keys(unzipSync(zipped)).sort()).toEqual([...bundle.files].sort());
    await bundleLetters(press, letters, out, { on, zip: true });
    expect(Buffer.compare(readFileSync(`${out}.zip`), zipped)).toBe(0);
    expect(readdirSync(out).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});

describe("an agreement on paper", () => {
  const offered: Omit<HardshipOffer, "change" | "way"> = {
    payments: [
      { on: day("2026-04-05"), amount: minor(62_500) },
      { on: day("2026-05-05"), amount: minor(62_505) },
    ],
    total: minor(125_005),
    cost: minor(5_005),
    validUntil: day("2026-03-16"),
    graceDays: 10,
    missesForgiven: 1,
    guarantor: "李四",
    heavier: minor(1_234),
  };
  const plan = (change: "restructure" | "extension"): HardshipOffer => ({
    ...offered,
    way: change,
    change: {
      change,
      firstDueOn: day("2026-04-05"),
      installments: 2,
      interest: "capitalise",
      late: "capitalise",
    },
  });
  const settles: HardshipOffer = {
    ...offered,
    way: "settlement",
    change: { change: "settlement", amount: minor(100_000), by: day("2026-04-05") },
    payments: [{ on: day("2026-04-05"), amount: minor(100_000) }],
    total: minor(100_000),
    heavier: minor(0),
  };
  const kinds = [
    ["a plan", plan("restructure")],
    ["more time", plan("extension")],
    ["a settlement", settles],
  ] as const;
  const cases = kinds.flatMap(([what, offer]) =>
    (["zh-CN", "en"] as const).map((language) => ({ what, offer, language })),
  );

  test.each(cases)("$what in $language: every clause, and its own foot", async ({ offer, language }) => {
    const made = agreement(
      {
        reference: "H-7K4M-0XQ2-9RTD",
        lender: "Bank",
        borrower: "王五",
        loan: "L1",
        currency: "CNY",
        decimals: 2,
        offer,
        on: day("2026-03-02"),
      },
      language,
    );
    const printed = await press.paper(agreementPaper(made, { on: day("2026-03-02"), language }), "Bank");
    if (!printed.ok) throw new Error(printed.refusal.says);
    const pages = await pdfText(printed.value.bytes);
    const all = pages.join("");
    for (const clause of [...made.parties, ...made.clauses, made.total])
      expect(all).toContain(squeeze(clause));
    const foot = language === "en" ? `Page1of${pages.length}` : `第1页共${pages.length}页`;
    expect(pages[0]).toContain(foot);
    expect(/第\d+页/.test(all)).toBe(language === "zh-CN");
  });
});

test("a zip file does not hang on the zone of the machine", () => {
  const zone = process.env.TZ;
  const bytes = ["Asia/Shanghai", "America/Los_Angeles"].map((name) => {
    process.env.TZ = name;
    return zip([["a.txt", Buffer.from("a")]], day("2026-03-01"));
  });
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(Buffer.compare(bytes[0]!, bytes[1]!)).toBe(0);
});
