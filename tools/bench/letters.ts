import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../../packs/load.ts";
import { compose, type Letter, type LetterDocument, readLetter } from "../../src/documents/index.ts";
import { openPress } from "../../src/press/index.ts";

type Args = ReadonlyMap<string, string>;
type Say = (text: string) => void;

/** What one engine came to, in a process of its own. CPU of all its threads and children; memory of the process at its highest. */
interface Figures {
  readonly letters: number;
  readonly pages: number;
  readonly cpuSeconds: number;
  readonly lettersPerCpuSecond: number;
  readonly kilobytes: number;
  readonly peakMegabytes: number;
  /** Memory after a tenth of the letters and after all of them: equal where it is flat. */
  readonly megabytesEarly?: number;
  readonly megabytesLate?: number;
  readonly sameBytesTwice?: boolean;
}
type Engine = (count: number, say: Say) => Promise<Figures | string>;

const USUAL: Readonly<Record<string, number>> = { typst: 1000, pdfkit: 100, chromium: 10, libreoffice: 30 };
const ENGINES: Readonly<Record<string, Engine>> = {
  typst: benchTypst,
  pdfkit: benchPdfkit,
  chromium: benchChromium,
  libreoffice: benchLibreOffice,
};

/**
 * Two-page letters in Chinese by each engine, each in a process of its own, in one run: ours to PDF/A-2a, tagged; pdfkit with a
 * layout of the same texts; Chromium printing our HTML; LibreOffice converting our Word documents, as a mail merge ends.
 */
export async function benchLetters(args: Args, say: Say): Promise<Record<string, unknown>> {
  const only = args.get("engine");
  if (only !== undefined) {
    const count = Number(args.get("letters") ?? USUAL[only] ?? 1);
    const figures = await ENGINES[only]!(count, say);
    return typeof figures === "string" ? { skipped: figures } : { ...figures };
  }
  const all: Record<string, unknown> = {};
  for (const engine of Object.keys(ENGINES)) {
    say(`${engine} …`);
    const count = engine === "typst" ? args.get("letters") : undefined;
    all[engine] = await inOwnProcess(engine, count);
  }
  const rate = (engine: string): number | undefined =>
    (all[engine] as Partial<Figures> | undefined)?.lettersPerCpuSecond;
  for (const engine of ["pdfkit", "chromium", "libreoffice"]) {
    const other = rate(engine);
    if (other !== undefined) all[`typstBy${engine}`] = rate("typst")! / other;
  }
  return all;
}

function inOwnProcess(engine: string, count: string | undefined): Promise<Record<string, unknown>> {
  const more = count === undefined ? [] : ["--letters", count];
  const child = spawn(
    process.execPath,
    [process.argv[1]!, "letters", "--engine", engine, ...more, "--json"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let out = "";
  child.stdout.on("data", (part: Buffer) => {
    out += part.toString();
  });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) =>
      code === 0 ? done(JSON.parse(out)) : failed(new Error(`the bench of ${engine} ended with ${code}`)),
    );
  });
}

/** The demand of the examples, with another number, code and name each time. */
function* letters(count: number): Generator<Letter> {
  const read = readLetter(
    JSON.parse(readFileSync(join(packageRoot(), "examples/letters/demand.zh.json"), "utf8")),
  );
  if (!read.ok) throw new Error(read.refusal.says);
  const names = [..."沈韩杨朱秦许何吕施张孔曹严华金魏"];
  for (let n = 0; n < count; n++) {
    yield {
      ...read.value,
      number: `示明律函〔2026〕第${n}号`,
      code: `7K3M-9QXT-${n}`,
      verifyUrl: `https://letters.example/verify/7K3M-9QXT-${n}`,
      addressee: {
        ...read.value.addressee,
        name: `${names[n % 16]}${names[(n >> 4) % 16]}${names[(n >> 8) % 16]}`,
      },
    };
  }
}

const MEGABYTE = 1024 * 1024;
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

function figures(
  count: number,
  pages: number,
  bytes: number,
  cpuSeconds: number,
  more: Partial<Figures> = {},
): Figures {
  return {
    letters: count,
    pages,
    cpuSeconds,
    lettersPerCpuSecond: count / cpuSeconds,
    kilobytes: bytes / count / 1024,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    ...more,
  };
}

async function benchTypst(count: number, say: Say): Promise<Figures> {
  const press = await openPress();
  // The first letter reads the fonts, once a process: it is not counted.
  for (const letter of letters(1)) await press.pdf(letter);
  const start = cpu();
  let bytes = 0;
  let pages = 0;
  let n = 0;
  let megabytesEarly = 0;
  let first = "";
  const hash = (of: Uint8Array): string => createHash("sha256").update(of).digest("hex");
  for (const letter of letters(count)) {
    const printed = await press.pdf(letter);
    if (!printed.ok) throw new Error(printed.refusal.says);
    bytes += printed.value.bytes.length;
    pages = printed.value.pages;
    if (n === 0) first = hash(printed.value.bytes);
    n += 1;
    if (n === Math.ceil(count / 10)) megabytesEarly = process.memoryUsage.rss() / MEGABYTE;
    if (n % 1000 === 0) say(`${n} letters, ${Math.round(process.memoryUsage.rss() / MEGABYTE)} MB`);
  }
  const spent = cpu() - start;
  const megabytesLate = process.memoryUsage.rss() / MEGABYTE;
  const again = await press.pdf([...letters(1)][0]!);
  await press.close();
  const sameBytesTwice = again.ok && hash(again.value.bytes) === first;
  return figures(count, pages, bytes, spent, { megabytesEarly, megabytesLate, sameBytesTwice });
}

interface PdfkitPage {
  font(file: string): PdfkitPage;
  fontSize(size: number): PdfkitPage;
  text(text: string, options?: { align?: string; indent?: number }): PdfkitPage;
  on(event: "data", take: (part: Buffer) => void): void;
  on(event: "end", take: () => void): void;
  on(event: "pageAdded", take: () => void): void;
  end(): void;
}
type Pdfkit = new (options: { size: string; margin: number; info: { CreationDate: Date } }) => PdfkitPage;

async function benchPdfkit(count: number): Promise<Figures | string> {
  const load = createRequire(import.meta.url);
  let PDFDocument: Pdfkit;
  let font: string;
  try {
    PDFDocument = load("pdfkit") as Pdfkit;
    font = load.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf");
  } catch {
    return "pdfkit is not installed";
  }
  const print = (document: LetterDocument): Promise<{ bytes: number; pages: number }> =>
    new Promise((done) => {
      const page = new PDFDocument({ size: "A4", margin: 72, info: { CreationDate: new Date(0) } });
      let bytes = 0;
      let pages = 1;
      page.on("data", (part) => {
        bytes += part.length;
      });
      page.on("pageAdded", () => {
        pages += 1;
      });
      page.on("end", () => done({ bytes, pages }));
      page.font(font).fontSize(19).text(document.letterhead.name, { align: "center" });
      page.fontSize(10.5);
      for (const { label, value } of document.fields) page.text(`${label} ${value}`);
      for (const block of document.blocks) {
        if (block.kind === "list") for (const item of block.items) page.text(item);
        else if (block.kind === "table")
          for (const row of [block.columns.map(({ head }) => head), ...block.rows])
            page.text(row.join("   "));
        else page.text(block.text, { align: "justify", indent: 21 });
      }
      for (const line of [document.closing, ...document.signature, ...document.check.lines]) page.text(line);
      page.end();
    });
  const start = cpu();
  let bytes = 0;
  let pages = 0;
  for (const letter of letters(count)) {
    const printed = await print(compose(letter));
    bytes += printed.bytes;
    pages = printed.pages;
  }
  return figures(count, pages, bytes, cpu() - start);
}

/** CPU of ended children, which only Linux tells: fields 16 and 17 of the process's own line, in hundredths of a second. */
function childrenCpu(): number {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

const found = (program: string): boolean =>
  spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;

/** One start of the browser for each letter, as a command line does it; a browser that is kept open spares most of that. */
async function benchChromium(count: number): Promise<Figures | string> {
  const program = ["chromium", "chromium-browser", "google-chrome"].find(found);
  if (program === undefined || process.platform !== "linux") return "no Chromium here";
  return inFolder(async (folder) => {
    const press = await openPress();
    const pages = [...letters(count)].map((letter, n) => {
      const path = join(folder, `${n}.html`);
      writeFileSync(path, press.html(letter).bytes);
      return path;
    });
    await press.close();
    const start = childrenCpu();
    for (const page of pages)
      spawnSync(
        program,
        [
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--no-pdf-header-footer",
          `--user-data-dir=${folder}/profile`,
          `--print-to-pdf=${page}.pdf`,
          pathToFileURL(page).href,
        ],
        { stdio: "ignore" },
      );
    return converted(folder, count, childrenCpu() - start);
  });
}

async function benchLibreOffice(count: number): Promise<Figures | string> {
  const program = ["soffice", "libreoffice"].find(found);
  if (program === undefined || process.platform !== "linux") return "no LibreOffice here";
  return inFolder(async (folder) => {
    const press = await openPress();
    const files: string[] = [];
    for (const letter of letters(count)) {
      const printed = await press.docx(letter);
      if (!printed.ok) throw new Error(printed.refusal.says);
      files.push(join(folder, `${files.length}.docx`));
      writeFileSync(files.at(-1)!, printed.value.bytes);
    }
    await press.close();
    const start = childrenCpu();
    spawnSync(
      program,
      [
        `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        ...files,
      ],
      { stdio: "ignore" },
    );
    return converted(folder, count, childrenCpu() - start);
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "arrears-letters-"));
  mkdirSync(join(folder, "profile"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function converted(folder: string, count: number, cpuSeconds: number): Figures | string {
  const files = readdirSync(folder).filter((name) => name.endsWith(".pdf"));
  if (files.length < count) return `it made ${files.length} of ${count} files`;
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const first = readFileSync(join(folder, files[0]!)).toString("latin1");
  const { peakMegabytes: _, ...rest } = figures(
    count,
    first.split(/\/Type\s*\/Page\b/).length - 1,
    bytes,
    cpuSeconds,
  );
  return rest as Figures;
}
