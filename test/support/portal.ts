import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { packageRoot } from "../../packs/load.ts";
import { borrowerLink } from "../../src/api/access/links.ts";
import { portalMember } from "../../src/api/portal/door.ts";
import { quietIo } from "../../src/api/quiet-io.ts";
import { folderCourier } from "../../src/cli/courier.ts";
import { portalSettings } from "../../src/cli/portal.ts";
import { day } from "../../src/core/index.ts";
import { borrowerLoans, findLender, type LoanFile, loanFile, summarise } from "../../src/store/index.ts";
import { type ConsoleWorld, consoleWorld, MORNING, SAMPLE } from "./console.ts";

export interface PortalWorld extends ConsoleWorld {
  /** Codes that went out, the newest last. */
  codes(): { readonly to: string; readonly text: string; readonly what: string }[];
  /** The loan with the largest arrears of the book, and whose it is. */
  readonly loan: string;
  readonly borrower: string;
  borrowerLink(borrower?: string): Promise<string>;
  files(): Promise<LoanFile[]>;
}

/** The sample book with a borrower's pages over it; codes go into a folder. */
export async function portalWorld(borrowers = 120): Promise<PortalWorld> {
  const out = mkdtempSync(join(tmpdir(), "arrears-codes-"));
  const io = quietIo({ now: () => MORNING });
  let clock: () => number = () => MORNING;
  const world = await consoleWorld(
    borrowers,
    {
      portal: portalSettings(join(packageRoot(), "examples/portal.yaml"), io),
      courier: folderCourier(out, { now: () => clock() as never }),
    },
    false,
  );
  clock = world.io.now;
  const { toLookAt } = await summarise(world.db, SAMPLE, day("2026-06-30"));
  const loan = toLookAt[0]!.id;
  const borrower = (await loanFile(world.db, loan, SAMPLE))!.borrower.external_id;
  return {
    ...world,
    loan,
    borrower,
    codes: () =>
      readdirSync(out)
        .sort()
        .map((name) => JSON.parse(readFileSync(join(out, name), "utf8"))),
    borrowerLink: async (of = borrower) => {
      const now = world.io.now();
      const staff = await portalMember({ db: world.db }, [SAMPLE, of], now);
      return borrowerLink(world.db, staff, { now, base: world.base });
    },
    files: async () => borrowerLoans(world.db, (await findLender(world.db, SAMPLE))!, borrower),
    close: async () => {
      await world.close();
      rmSync(out, { recursive: true, force: true });
    },
  };
}

export interface Phone {
  readonly lang?: "zh" | "en";
  readonly theme?: "light" | "dark";
  readonly script?: boolean;
  readonly large?: boolean;
}

/** An old phone: 360 by 640. Whatever the page says is wrong is kept, and every address that is asked for. */
export async function onPhone(
  browser: Browser,
  { lang = "zh", theme = "light", script = true }: Phone = {},
): Promise<Page & { readonly said: string[]; readonly asked: string[]; readonly by: BrowserContext }> {
  const by = await browser.newContext({
    viewport: { width: 360, height: 640 },
    locale: lang === "zh" ? "zh-CN" : "en-GB",
    colorScheme: theme,
    timezoneId: "Asia/Shanghai",
    javaScriptEnabled: script,
    reducedMotion: "reduce",
  });
  const page = await by.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => {
    // The mark of the window is asked for whenever the browser likes.
    if (!request.url().endsWith("/portal/icon.svg")) asked.push(`${request.method()} ${request.url()}`);
  });
  return Object.assign(page, { said, asked, by });
}

/** Lets a borrower in by a link that works once. */
export async function letIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator("main form button").click();
  await page.waitForURL("**/me");
}
