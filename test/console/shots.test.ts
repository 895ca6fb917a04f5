import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { type ConsoleWorld, consoleWorld, enter, type Look, MORNING } from "../support/console.ts";
import { SCREENS } from "./screens.ts";

/** `npm run shots`: a picture of every screen, in both languages and themes, wide and narrow, into a folder outside git. */
const folder = process.env.ARREARS_SHOTS;
const only = process.env.ARREARS_SHOTS_ONLY?.split(",");
const screens = process.env.ARREARS_SHOTS_SCREENS?.split(",");

const LOOKS: readonly (Required<Omit<Look, "height">> & { readonly height: number })[] = (
  ["light", "dark"] as const
).flatMap((theme) =>
  (["zh", "en"] as const).flatMap((lang) => [
    { theme, lang, width: 1440, height: 900 },
    { theme, lang, width: 390, height: 844 },
  ]),
);

describe.runIf(folder !== undefined)("pictures of the console", () => {
  let world: ConsoleWorld;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([consoleWorld(), openBrowser()]);
    mkdirSync(folder!, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  for (const look of LOOKS) {
    const name = `${look.theme}-${look.lang}-${look.width > 800 ? "wide" : "narrow"}`;
    if (only && !only.includes(name)) continue;
    it(`shows every screen ${name}`, async () => {
      const wide: string[] = [];
      const pages = new Map<string, Awaited<ReturnType<typeof enter>>>();
      for (const screen of SCREENS) {
        if (screens && !screens.includes(screen.name)) continue;
        const kept = screen.alone ? undefined : pages.get(screen.role);
        const page = kept ?? (await enter(browser, await world.link(screen.role), look));
        // The day on the wall is the server's: what a form proposes fits the book.
        if (!kept) await page.clock.setSystemTime(MORNING);
        if (!screen.alone) pages.set(screen.role, page);
        await screen.open(page, world);
        if (!screen.passes) {
          await page.waitForLoadState("networkidle");
          await page.waitForTimeout(250);
        }
        // The whole of a page is shown from its top, or what sticks there would hang in its middle.
        if (screen.whole) await page.evaluate("scrollTo(0, 0)");
        await page.screenshot({
          path: join(folder!, `${screen.name}-${name}.png`),
          fullPage: screen.whole ?? false,
        });
        // A page is never wider than its window: what is wide scrolls within itself.
        const over = (await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        )) as number;
        if (over > 0) wide.push(`${screen.name}: ${over}`);
        if (screen.alone) await page.context().close();
      }
      expect(wide).toEqual([]);
      expect([...pages.values()].flatMap(({ said }) => said)).toEqual([]);
    }, 900_000);
  }
});
