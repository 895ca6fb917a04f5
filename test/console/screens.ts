import type { Page } from "playwright-core";
import { expect } from "vitest";
import { PROBLEMS } from "../../src/api/http/problem.ts";
import { beginJob, endJob, jobOf } from "../../src/store/index.ts";
import { type ConsoleWorld, MORNING, SAMPLE } from "../support/console.ts";

type Role = Parameters<ConsoleWorld["link"]>[0];

export interface Screen {
  readonly name: string;
  readonly role: Role;
  readonly whole?: boolean;
  /** In a window of its own, which is closed afterwards: it is left in trouble, signed out, or with work in hand. */
  readonly alone?: true;
  /** What it shows passes: the picture is taken at once. */
  readonly passes?: true;
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

/** A file of payments whose rows are wrong in three ways, checked and not booked. */
async function checkBadFile(page: Page, { base }: ConsoleWorld): Promise<void> {
  await page.goto(`${base}/console/data`);
  await page.locator(".head-acts button").first().click();
  const files = page.locator(".ant-modal input[type=file]");
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await files.nth(0).setInputFiles(file("payments.map.yaml", PAYMENTS_MAP));
  await files.nth(1).setInputFiles(file("payments-june.csv", BAD_PAYMENTS));
  await page.locator(".ant-modal-footer .ant-btn-primary").click();
  await page.locator(".ant-modal table tbody tr").first().waitFor();
}

const PAYMENTS_MAP = `map: sample-micro-payments
kind: payments
lender: { code: sample-micro }
columns:
  payment_id: 流水号
  loan_id: 借据号
  amount: 还款金额
  value_on: 还款日期
  booked_on: 还款日期
`;
const BAD_PAYMENTS = `流水号,借据号,还款金额,还款日期
P-9001,L0000028-1,120.00,2026-07-01
P-9002,L0000028-1,12O.00,2026-07-01
P-9003,L0000028-1,120.00,2026-13-01
P-9004,,88.00,2026-07-01
`;

/** Two people on one loan: what the other one recorded meanwhile stands beside what was meant. */
async function writeStale(page: Page, { base, office }: ConsoleWorld): Promise<void> {
  const loan = office.placed[2]!;
  await page.goto(`${base}/console/cases/${loan}`);
  await page.locator(".head-acts .ant-btn-primary").click();
  const { csrf } = (await (await page.request.get(`${base}/v1/me`)).json()) as { csrf: string };
  const { version } = (await (await page.request.get(`${base}/v1/loans/${loan}`)).json()) as {
    version: number;
  };
  const id = `other-${Math.round(performance.now())}`;
  const recorded = await page.request.post(`${base}/v1/loans/${loan}/events`, {
    data: { kind: "charge", id, with: { amount: "5.00", reason: "sent by courier" } },
    headers: { "x-csrf-token": csrf, "idempotency-key": id, "if-match": `"${version}"` },
  });
  expect(recorded.status(), await recorded.text()).toBeLessThan(300);
  const dialog = page.getByRole("dialog");
  await dialog.locator("input").first().fill("20.00");
  await dialog
    .locator(".ant-picker input")
    .fill(PROMISED[(await page.locator("html").getAttribute("lang"))!]!);
  await page.keyboard.press("Enter");
  await dialog.locator(".ant-btn-primary").click();
  await dialog.locator(".trouble").waitFor();
}
const PROMISED: Readonly<Record<string, string>> = { en: "10 Jul 2026", "zh-CN": "2026-07-10" };

/** The first room when the server is in trouble, cannot be reached, or has not answered yet. */
function meet(what: 500 | "offline" | "nothing") {
  return async (page: Page, { base }: ConsoleWorld): Promise<void> => {
    await page.route("**/v1/today", (route) =>
      what === 500
        ? route.fulfill({
            status: 500,
            contentType: "application/problem+json",
            body: JSON.stringify({
              title: PROBLEMS.internal.en,
              titleZh: PROBLEMS.internal.zh,
              code: "internal",
              instance: "req-4f1a",
            }),
          })
        : what === "offline"
          ? route.abort("internetdisconnected")
          : new Promise<void>(() => {}),
    );
    await page.goto(`${base}/console/today`);
    await page
      .locator(what === "nothing" ? "#content .loading" : "#content .trouble")
      .waitFor({ timeout: 30_000 });
  };
}

/** The day after the last close, closed while one looks on. */
async function beginClose(page: Page, { base }: ConsoleWorld): Promise<void> {
  await page.goto(`${base}/console/data`);
  await page.locator(".head-acts .ant-btn-primary").click();
  await page.locator(".ant-modal-footer .ant-btn-primary").click();
  await page.locator(".ant-progress").waitFor();
}

/** The list of closes with one that somebody called off and one that broke. */
async function cancelledClose(page: Page, { base, db }: ConsoleWorld): Promise<void> {
  const began = MORNING - 3_600_000;
  const ends = [
    { id: "close-called-off", state: "cancelled", result: null },
    { id: "close-failed", state: "failed", result: { says: "failed" } },
  ] as const;
  for (const { id, state, result } of ends) {
    if (await jobOf(db, SAMPLE, id)) continue;
    const asked = JSON.stringify({ through: "2026-07-01" });
    await beginJob(db, { id, lender: SAMPLE, kind: "close", asked, by: "olga", startedAt: began });
    await endJob(db, id, { state, at: began + 60_000, result: JSON.stringify(result) });
  }
  await page.goto(`${base}/console/data`);
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
  {
    name: "did",
    role: "operations",
    open: at("/today/did/2026-06-30/planned"),
  },
  { name: "did-nothing", role: "operations", open: at("/today/did/2026-06-30/set-aside") },
  { name: "promises", role: "operations", open: at("/today/promises") },
  { name: "placed", role: "agency", open: at("/placed") },
  {
    name: "enforcement",
    role: "operations",
    whole: true,
    open: async (page, world) => at(`/court/${world.office.suits[2]!}/enforcement`)(page, world),
  },
  {
    name: "letter",
    role: "law-firm",
    whole: true,
    open: async (page, world) => {
      const answer = await page.request.get(`${world.base}/v1/letters?limit=1`);
      const { items } = (await answer.json()) as { items: { letter: string }[] };
      await at(`/letters/${encodeURIComponent(items[0]!.letter)}`)(page, world);
      await page.locator(".head-acts .ant-btn-primary").click();
      await page.locator(".paper").first().waitFor();
    },
  },
  {
    name: "letters-batch",
    role: "law-firm",
    open: async (page, world) => {
      await at("/letters")(page, world);
      await page.locator("thead input[type=checkbox]").check();
      await page.locator(".head-acts button").first().click();
      await page.locator(".ant-modal-footer .ant-btn-primary").click();
      await page.locator(".ant-modal [role=status]").waitFor();
    },
  },
  {
    name: "strategy-try",
    role: "supervisor",
    whole: true,
    open: async (page, world) => {
      await at("/strategy")(page, world);
      await page.locator(".strategy-main .panel .filters .ant-select + button").click();
      await page.locator(".strategy-main caption").first().waitFor();
    },
  },
  { name: "upload", role: "operations", open: checkBadFile },
  { name: "account", role: "operations", open: at("/account") },
  { name: "users", role: "operations", open: at("/users") },
  {
    name: "users-invite",
    role: "operations",
    open: async (page, world) => {
      await at("/users")(page, world);
      await page.locator(".head-acts .ant-btn-primary").click();
      await page.locator("#user").fill("chen");
      for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"])
        await page.locator("#role").press(key);
    },
  },
  {
    name: "user",
    role: "operations",
    open: async (page, world) => {
      await at("/users")(page, world);
      await page.locator("td button.link").first().click();
      await page.locator(".ant-drawer dl").waitFor();
    },
  },
  {
    name: "plan-settlement",
    role: "operations",
    open: async (page, world) => {
      await at(world.asked.help)(page, world);
      await page.locator("table.plain th").first().waitFor();
      await page.locator(".head-acts .ant-dropdown-trigger").click();
      // The page may still scroll back to where it was left, and the menu with it.
      await page.getByRole("menuitem").first().dispatchEvent("click");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "complaint-answer",
    role: "compliance",
    open: async (page, world) => {
      await at(world.asked.complaint)(page, world);
      await page.locator(".head-acts .ant-btn-primary").click();
      for (const key of ["ArrowDown", "Enter"]) await page.locator("#outcome").press(key);
      await page.locator(".corrections button").last().click();
      await page.locator(".correction").waitFor();
    },
  },
  {
    name: "worklist-put-off",
    role: "collector",
    alone: true,
    open: async (page, world) => {
      await at("/worklist")(page, world);
      await page.locator(".act-row button").first().click();
      await page.locator(".act-row button").nth(2).waitFor();
      await page.keyboard.press("z");
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "stale", role: "operations", alone: true, open: writeStale },
  {
    name: "sign-in",
    role: "auditor",
    alone: true,
    open: async (page, { base }) => {
      await page.context().clearCookies();
      await page.goto(`${base}/console/sign-in`);
      await page.locator("form").waitFor();
    },
  },
  { name: "trouble", role: "operations", alone: true, open: meet(500) },
  { name: "offline", role: "operations", alone: true, open: meet("offline") },
  { name: "loading", role: "operations", alone: true, passes: true, open: meet("nothing") },
  { name: "closing", role: "operations", alone: true, passes: true, open: beginClose },
  { name: "closes", role: "operations", open: cancelledClose },
];

/** Until a page has what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.locator("#content > *, form").first().waitFor();
  await expect.poll(() => page.locator(".loading").count(), { timeout: 20_000 }).toBe(0);
}
