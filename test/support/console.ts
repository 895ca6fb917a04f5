import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { signIn } from "../../apps/console/src/words/frame.ts";
import { linkFor } from "../../src/api/access/links.ts";
import type { Role } from "../../src/api/access/roles.ts";
import { quietIo } from "../../src/api/quiet-io.ts";
import { writeSample } from "../../src/cli/commands/sample.ts";
import { type ServeAsked, serveBook } from "../../src/cli/serving.ts";
import { day, instantAt, type Minor } from "../../src/core/index.ts";
import { closeLender } from "../../src/office/close/lender.ts";
import { sealBook } from "../../src/office/evidence/sealing.ts";
import { importFile, readMap } from "../../src/office/imports/file.ts";
import type { Io } from "../../src/office/io.ts";
import { openComplaint, openRequests, requestHardship } from "../../src/office/requests/index.ts";
import {
  addStaff,
  type Database,
  findLender,
  listLoans,
  products,
  putCollector,
} from "../../src/store/index.ts";
import { furnishOffice, type OfficeLoans, recall } from "./console-office.ts";
import { ENGINES } from "./database.ts";
import { plainSigner } from "./letters.ts";

export const SAMPLE = "sample-micro";
const THROUGH = day("2026-06-30");
/** Ten in the morning of the day after the last close, there where the borrowers are. */
export const MORNING = instantAt("Asia/Shanghai", day("2026-07-01"), 10 * 60);

/** Whose people of a role are, unless a test says otherwise. */
const PARTIES: Partial<Record<Role, string>> = {
  collector: "mei",
  agency: "anxin",
  "agency-collector": "anxin",
  "law-firm": "hengxin:wang",
};

export interface ConsoleWorld {
  readonly base: string;
  readonly db: Database;
  readonly io: Io;
  /** The server's clock goes on by so much at once. */
  later(ms: number): void;
  /** Addresses of a complaint and of a request for help, in their rooms. */
  readonly asked: { readonly complaint: string; readonly help: string };
  readonly trouble: string[];
  readonly office: OfficeLoans;
  /** The house takes a placed loan back at once. */
  recall(loan: string): Promise<void>;
  /** A link that lets somebody of a role in once, made as the command line makes it. */
  link(role: Exclude<Role, "integrator" | "borrower">, lender?: string, party?: string): Promise<string>;
  /** Somebody who cannot sign in yet, and the link by which he sets that up, made as the command line makes it. */
  newcomer(role: Role): Promise<{ readonly id: string; readonly link: string }>;
  close(): Promise<void>;
}

/** The sample book, closed, and the server that stands over it: one for all journeys. */
export async function consoleWorld(
  borrowers = 400,
  more: Partial<ServeAsked> = {},
  /** Work of an office on it: letters, suits, placements, requests. Without it `office` and `asked` are empty. */
  furnished = true,
): Promise<ConsoleWorld> {
  const engine = ENGINES.find(({ name }) => name === "postgres")!;
  const { db, drop } = await engine.open(6);
  const folder = mkdtempSync(join(tmpdir(), "arrears-console-"));
  // It goes on as the test does: requests are counted by time, and one that stands still would let in only the first of them.
  const began = performance.now();
  let skipped = 0;
  const now = (): number => MORNING + skipped + Math.round(performance.now() - began);
  const io = quietIo({ now: now as never });
  await writeSample(io, folder, { borrowers, seed: 7 });
  for (const kind of ["loans", "payments"] as const)
    await importFile(db, io, {
      file: join(folder, `${kind}.csv`),
      map: readMap(join(folder, `${kind}.map.yaml`), kind, io),
      mapFolder: folder,
      quarantine: join(folder, `${kind}.quarantine.csv`),
      quiet: true,
    });
  await closeLender(db, io, (await findLender(db, SAMPLE))!, THROUGH);
  await sealBook(db, io);
  const lender = (await findLender(db, SAMPLE))!;
  const office = furnished ? await furnishOffice(db, io, lender, now() as never) : ({} as OfficeLoans);
  await putCollector(db, lender, { id: "mei", name: "Mei", team: "", skills: {}, lead: true, active: true });
  const requests = furnished ? await someRequests(db, MORNING) : { complaint: "", help: "" };
  const trouble: string[] = [];
  const asked: ServeAsked = {
    host: "127.0.0.1",
    port: 0,
    zone: "Asia/Shanghai",
    proxies: [],
    secure: false,
    waiverLimit: 100_000,
    verifier: () => "// a program that checks",
    signer: async () => plainSigner(() => now()),
    log: (line) => {
      if (line.level === "error") trouble.push(JSON.stringify(line));
    },
    ...more,
  };
  const serving = await serveBook(db, io, asked);
  const base = `http://127.0.0.1:${serving.port}`;
  let people = 0;
  const someone = async (role: Role, of = SAMPLE, party = PARTIES[role] ?? null): Promise<string> => {
    people += 1;
    const id = `${role}-${people}`;
    await addStaff(db, { id, lender: of, role, name: id, party }, now() as never);
    return id;
  };
  return {
    base,
    db,
    io,
    later: (ms) => {
      skipped += ms;
    },
    trouble,
    office,
    recall: (loan) => recall(db, io, lender, loan, now() as never),
    asked: requests,
    link: async (role, of = SAMPLE, party) =>
      linkFor(db, await someone(role, of, party), "whole", { now: now() as never, base }),
    newcomer: async (role) => {
      const id = await someone(role);
      return { id, link: await linkFor(db, id, "set-up", { now: now() as never, base }) };
    },
    close: async () => {
      await serving.close();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A complaint and a request for help of two borrowers who owe nothing that is late: nobody's worklist changes by them. */
async function someRequests(db: Database, now: number): Promise<ConsoleWorld["asked"]> {
  const lender = (await findLender(db, SAMPLE))!;
  const opened = await openRequests({ db, lender, now: now as never, by: "borrower" });
  if (!opened.ok) throw new Error(opened.says);
  const { desk } = opened;
  const own = (await products(db)).filter(({ lender: code }) => code === SAMPLE).map(({ id }) => id);
  const rows = (await listLoans(db, { products: own, bands: [0], limit: 200 }))
    .filter(({ loan }) => loan.status === "open")
    .map(({ id, borrower }) => ({ loan: id, borrower }));
  const [first, second] = [rows[0]!, rows.find(({ borrower }) => borrower !== rows[0]!.borrower)!];
  const complaint = await openComplaint(
    desk,
    { loans: [first.loan], topic: "conduct", words: "晚上十一点还打电话。", channel: "portal" },
    false,
  );
  const help = await requestHardship(
    desk,
    {
      loan: second.loan,
      reasons: ["job-loss"],
      words: "五月起没有工作。",
      channel: "portal",
      household: {
        income: 900_000 as Minor,
        living: 400_000 as Minor,
        dependants: 0,
        otherDebts: 0 as Minor,
      },
    },
    false,
  );
  if (!complaint.done || !help.done) throw new Error(JSON.stringify([complaint, help]));
  const at = ({ borrower }: { borrower: string }, id: string) => `${encodeURIComponent(borrower)}/${id}`;
  return {
    complaint: `/complaints/${at(first, complaint.value.id)}`,
    help: `/plans/${at(second, help.value.id)}`,
  };
}

export interface Look {
  readonly lang?: "zh" | "en";
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
}

export type Room = Page & { readonly said: string[] };

/** A window at which people sit down one after another: who was signed in goes, what the browser keeps of the pages stays. */
export interface Seat {
  readonly lang: "zh" | "en";
  readonly page: Page;
  /** Signs somebody in by a link; whatever the page says is wrong is kept until the next one sits down. */
  take(link: string): Promise<Room>;
}

/** A new browser reads, compiles and keeps a megabyte of script before it shows its first page: a third of the time of a short journey. */
export async function seat(
  browser: Browser,
  { lang = "en", theme = "light", width = 1440, height = 900 }: Look = {},
): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === "zh" ? "zh-CN" : "en-GB",
    colorScheme: theme,
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  let said: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(String(error)));
  return {
    lang,
    page,
    take: async (link) => {
      await page.goto(link);
      const go = page.getByRole("button", { name: signIn.go[lang], exact: true });
      await go.waitFor();
      // Only now: the page before may have asked something until it was left.
      await context.clearCookies();
      said = [];
      await go.click();
      // In a narrow window the rail is there and not shown.
      await page.locator("nav.rail").waitFor({ state: "attached" });
      return Object.assign(page, { said });
    },
  };
}

/** A window of its own, signed in by a link. */
export const enter = async (browser: Browser, link: string, look: Look = {}): Promise<Room> =>
  (await seat(browser, look)).take(link);

/** Goes to another page of the console as a link does: the address changes, nothing is loaded anew, and the page before is gone. */
export async function walk(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, "", ${JSON.stringify(`/console${path}`)})`);
  await page.locator(`#content[data-shown$=${JSON.stringify(path.replace(/[?#].*$/, ""))}]`).waitFor();
}

/** The same page, which goes to another one of the console as a link does, unless it shows that one, a dialog, or a day of the past. */
export function byLinks(page: Page, base: string): Page {
  const start = `${base}/console`;
  const goto: Page["goto"] = async (url, options) => {
    const anew =
      page.url() === url || (await page.locator(".looks-back, [role='dialog']:visible").count()) > 0;
    if (anew || !url.startsWith(start)) return page.goto(url, options);
    await walk(page, url.slice(start.length));
    return null;
  };
  return new Proxy(page, {
    get: (it, name) => {
      const own: unknown = name === "goto" ? goto : Reflect.get(it, name, it);
      return typeof own === "function" ? own.bind(it) : own;
    },
  });
}
