import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { ConsoleWorld } from "../support/console.ts";

type Role = Parameters<ConsoleWorld["link"]>[0];

export interface Screen {
  readonly name: string;
  readonly role: Role;
  readonly whole?: boolean;
  open(page: Page, world: ConsoleWorld): Promise<void>;
}

const at =
  (path: string) =>
  async (page: Page, { base }: ConsoleWorld): Promise<void> => {
    await page.goto(`${base}/console${path}`);
  };

/** A page whose chart has been drawn: it comes in a file of its own, after the page. */
const chart =
  (path: string) =>
  async (page: Page, world: ConsoleWorld): Promise<void> => {
    await at(path)(page, world);
    await page.locator(".chart svg").first().waitFor();
  };

/** The first loan that the day names as worth a look. */
export async function worthALook(page: Page, { base }: ConsoleWorld, why = "refused"): Promise<string> {
  const answer = await page.request.get(`${base}/v1/today`);
  const { lookAt } = (await answer.json()) as { lookAt: { loan: string; why: string }[] };
  return (lookAt.find((one) => one.why === why) ?? lookAt[0])!.loan;
}

/** Looks at the book as it was on a day, typed as a person types it. */
export async function lookBack(page: Page): Promise<void> {
  await page.locator(".as-of input").click();
  await page.locator(".as-of input").fill("2026-06-28");
  await page.keyboard.press("Enter");
  await page.locator(".past").waitFor();
}

/** Picks a night in which something was refused, opens its first rule, and asks why of its first loan. */
export async function openRefused(page: Page, { base }: ConsoleWorld): Promise<void> {
  await page.goto(`${base}/console/today`);
  const night = page
    .locator("tbody tr", { has: page.locator("button[aria-pressed]") })
    .filter({ has: page.locator("td:nth-child(4)", { hasNotText: /^0$/ }) })
    .first();
  await night.locator("button").click();
  await page.locator("a[href*='/refused/']").first().click();
  await page.locator("td button[aria-expanded='false']").first().click();
  await page.locator("td .why").first().waitFor();
}

/** Every screen, by who uses it. */
export const SCREENS: readonly Screen[] = [
  { name: "today", role: "operations", whole: true, open: at("/today") },
  { name: "refused", role: "operations", open: openRefused },
  { name: "cases", role: "operations", open: at("/cases?band=1") },
  {
    name: "case",
    role: "compliance",
    whole: true,
    open: async (page, world) => {
      await page.goto(`${world.base}/console/cases/${await worthALook(page, world)}`);
      await page.locator(".channels").waitFor();
      const why = page.locator(".channels button").first();
      if ((await why.count()) > 0) await why.click();
    },
  },
  { name: "worklist", role: "collector", open: at("/worklist") },
  { name: "court", role: "operations", whole: true, open: at("/court") },
  {
    name: "court-calendar",
    role: "operations",
    whole: true,
    open: async (page, world) => {
      await page.goto(`${world.base}/console/court`);
      await page.locator(".views .ant-segmented-item").nth(1).click();
      await page.locator(".sheet, .plain").first().waitFor({ state: "attached" });
    },
  },
  {
    name: "proceeding",
    role: "operations",
    whole: true,
    open: async (page, world) => {
      const loan = world.office.suits[1]!;
      await page.goto(`${world.base}/console/court/${loan}/proceeding/S-${loan}`);
    },
  },
  {
    name: "proceeding-event",
    role: "operations",
    open: async (page, world) => {
      const loan = world.office.suits[1]!;
      await page.goto(`${world.base}/console/court/${loan}/proceeding/S-${loan}`);
      await page.locator(".head-acts .ant-btn-primary").click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "forecast",
    role: "compliance",
    whole: true,
    open: async (page, world) => {
      await page.goto(`${world.base}/console/cases/${await worthALook(page, world)}`);
      await page.getByRole("tab").nth(1).click();
      await page.locator(".coming").first().waitFor();
    },
  },
  { name: "letters", role: "compliance", open: at("/letters") },
  { name: "plans", role: "operations", open: at("/plans") },
  {
    name: "plan",
    role: "operations",
    whole: true,
    open: async (page, world) => {
      await page.goto(`${world.base}/console${world.asked.help}`);
      await page.locator("table.plain th").first().waitFor();
    },
  },
  { name: "complaints", role: "compliance", open: at("/complaints") },
  {
    name: "complaint",
    role: "compliance",
    whole: true,
    open: async (page, world) => {
      await page.goto(`${world.base}/console${world.asked.complaint}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
    },
  },
  { name: "strategy", role: "supervisor", open: at("/strategy") },
  { name: "approvals", role: "supervisor", open: at("/approvals") },
  { name: "rules", role: "compliance", open: at("/rules") },
  {
    name: "rule",
    role: "compliance",
    open: async (page, world) => {
      await page.goto(`${world.base}/console/rules`);
      await page.locator("td a").first().click();
      await page.locator("blockquote").first().waitFor();
    },
  },
  { name: "analytics", role: "operations", whole: true, open: chart("/analytics") },
  { name: "analytics-vintage", role: "operations", open: chart("/analytics/vintage") },
  { name: "analytics-funnel", role: "supervisor", open: chart("/analytics/funnel") },
  {
    name: "analytics-loans",
    role: "operations",
    open: async (page, world) => {
      await at("/analytics/ages")(page, world);
      await page.locator("table button.link").first().click();
      await page.locator(".ant-drawer a[href*='/cases/']").first().waitFor();
    },
  },
  { name: "data", role: "operations", open: at("/data") },
  { name: "audit", role: "compliance", open: at("/audit") },
  {
    name: "as-of",
    role: "operations",
    open: async (page, world) => {
      await page.goto(`${world.base}/console/today`);
      await lookBack(page);
    },
  },
  {
    name: "palette",
    role: "operations",
    open: async (page, world) => {
      await page.goto(`${world.base}/console/today`);
      await page.locator(".figures").waitFor();
      await page.keyboard.press("Control+k");
    },
  },
];

/** Until a page has what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.locator("#content > *").first().waitFor();
  await expect.poll(() => page.locator(".loading").count()).toBe(0);
}
