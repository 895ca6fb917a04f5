import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const require = createRequire(import.meta.url);
const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * A real browser: the machine's own where there is one (`ARREARS_TEST_CHROMIUM`, or the usual places), else, or where that variable
 * says `packed`, the one that a development dependency brings, with its libraries and a face that has Chinese characters, both of which it lacks.
 */
export async function openBrowser(): Promise<Browser> {
  const asked = process.env.ARREARS_TEST_CHROMIUM;
  const own = asked === "packed" ? undefined : (asked ?? INSTALLED.find((path) => existsSync(path)));
  if (own !== undefined) return chromium.launch({ executablePath: own, args: ["--no-sandbox"] });
  const { default: packed } = await import("@sparticuz/chromium");
  const folder = dirname(require.resolve("@sparticuz/chromium"));
  const { inflate } = require(join(folder, "lambdafs.cjs")) as { inflate(file: string): Promise<string> };
  const libraries = join(await inflate(join(folder, "../../bin/al2023.tar.br")), "lib");
  const args = packed.args.filter((arg) => !arg.startsWith("--headless"));
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args,
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontsFile() } as Record<
      string,
      string
    >,
  });
}

function fontsFile(): string {
  const face = dirname(require.resolve("@expo-google-fonts/noto-serif-sc/package.json"));
  const folder = join(tmpdir(), "arrears-fonts");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${face}</dir><cachedir>${folder}</cachedir></fontconfig>`,
  );
  return file;
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe finds serious or critical on a page as it stands, by WCAG 2.2 A and AA; one line each. */
export const seriousOn = async (page: Page): Promise<string[]> =>
  (await foundOn(page)).filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(lineOf);

/** Whatever axe finds, however small, best practices included. */
export const anythingOn = async (page: Page): Promise<string[]> =>
  (await foundOn(page, true)).flatMap(lineOf);

const lineOf = ({ id, nodes }: Found): string[] =>
  nodes.map(
    ({ target, failureSummary = "" }) =>
      `${id}: ${target.join(" ")} ${failureSummary.split("\n").slice(0, 3).join(" ")}`,
  );

async function foundOn(page: Page, all = false): Promise<Found[]> {
  // By the debugger's door: the page's content policy lets no script in.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(`${AXE}; undefined`);
  const only = all ? "" : 'runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], ';
  // What lies behind an open dialog is veiled, and can be neither read nor reached until it closes.
  const where = `document.querySelector("[role=dialog][aria-modal=true]") ?? document`;
  return (await page.evaluate(
    `axe.run(${where}, { ${only}resultTypes: ["violations"] }).then(({ violations }) => violations)`,
  )) as Found[];
}
