import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, seriousOn } from "../support/browser.ts";
import { byLinks, type ConsoleWorld, consoleWorld, enter, seat } from "../support/console.ts";
import { SCREENS, type Screen, settled } from "./screens.ts";

describe("the console", () => {
  let world: ConsoleWorld;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([consoleWorld(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it("has nothing serious for axe on any screen, and no style or script that the page's policy stops", async () => {
    const [found, said]: [string[], string[]] = [[], []];
    const dark = { lang: "zh", theme: "dark" } as const;
    const [night, day] = [await seat(browser, dark), await seat(browser)];
    const lookAt = async (page: Page, screen: Screen): Promise<void> => {
      await screen.open(page, world);
      if (!screen.passes) await settled(page);
      // A day that was typed is taken before its calendar has gone.
      await page.locator(".ant-picker-dropdown:visible").waitFor({ state: "hidden" });
      // And a dialog is there before the page behind it has grown dark: halfway the colours are nobody's.
      const moving = page.locator(".ant-modal-mask.ant-fade, .ant-modal.ant-zoom");
      await expect.poll(() => moving.count(), { timeout: 10_000 }).toBe(0);
      for (const one of await seriousOn(page)) found.push(`${screen.name}: ${one}`);
    };
    for (const role of new Set(SCREENS.map((screen) => screen.role))) {
      const isDark = role === "operations" || role === "supervisor";
      const screens = SCREENS.filter((screen) => screen.role === role);
      const page = await (isDark ? night : day).take(await world.link(role));
      for (const screen of screens.filter(({ alone }) => !alone))
        await lookAt(byLinks(page, world.base), screen);
      said.push(...page.said);
      for (const screen of screens.filter(({ alone }) => alone)) {
        const own = await enter(browser, await world.link(role), isDark ? dark : {});
        await lookAt(own, screen);
        await own.context().close();
      }
    }
    expect(found).toEqual([]);
    expect(said).toEqual([]);
  }, 400_000);
});
