import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { letIn, onPhone, type PortalWorld, portalWorld } from "../support/portal.ts";

/** `npm run shots`: a picture of every page on an old phone, both languages and themes, large letters. */
const folder = process.env.ARREARS_SHOTS;

const OPEN = [
  "/",
  "/check",
  "/verify",
  "/guides",
  "/guides/record",
  "/guides/hearing",
  "/debts",
  "/borrow",
  "/enter",
];
const OWN = [
  "/me",
  "/me/next",
  "/me/ways",
  "/me/plan",
  "/me/pay",
  "/me/ask/cannot-pay",
  "/me/ask/contact",
  "/me/requests",
  "/me/rights",
  "/me/calendar",
  "/me/guides/calls",
  "/me/devices",
];
const PRINTED = ["/me", "/me/next", "/me/ways", "/me/rights", "/me/guides/cannot-pay"];

describe.runIf(folder !== undefined)("pictures of the borrower's pages", () => {
  let world: PortalWorld;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([portalWorld(), openBrowser()]);
    mkdirSync(folder!, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  for (const look of [
    { lang: "zh", theme: "light", text: "" },
    { lang: "en", theme: "dark", text: "" },
    { lang: "zh", theme: "light", text: "large" },
  ] as const)
    it(`shows every page ${look.lang} ${look.theme} ${look.text}`, async () => {
      const page = await onPhone(browser, look);
      const shoot = async (path: string): Promise<void> => {
        await page.goto(world.base + path, { waitUntil: "networkidle" });
        const name = `portal${path.replaceAll("/", "-")}-${look.lang}-${look.theme}${look.text && "-large"}.png`;
        await page.screenshot({ path: join(folder!, name), fullPage: true });
      };
      if (look.text) await page.goto(`${world.base}/?text=large`);
      for (const path of OPEN) await shoot(path);
      await letIn(page, await world.borrowerLink());
      for (const path of OWN) await shoot(path);
      await page.goto(`${world.base}/me/ask/wrong-sum`);
      await page.locator("#words").fill(look.lang === "zh" ? "六月已经还过一期" : "I paid one in June");
      await page.locator("form button.act").click();
      await page.screenshot({
        path: join(folder!, `portal-check-answers-${look.lang}-${look.theme}.png`),
        fullPage: true,
      });
      await page.locator('button[value="send"]').click();
      await page.waitForURL("**/me/requests/**");
      await page.evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = true; })`);
      await page.screenshot({
        path: join(folder!, `portal-request-${look.lang}-${look.theme}.png`),
        fullPage: true,
      });
      await page.emulateMedia({ media: "print" });
      for (const path of PRINTED) {
        await page.goto(world.base + path);
        const name = `portal-print${path.replaceAll("/", "-")}-${look.lang}.pdf`;
        await page.pdf({ path: join(folder!, name), format: "A4" });
      }
      expect(page.said).toEqual([]);
      await page.by.close();
    });
});
