import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, seriousOn } from "../support/browser.ts";
import { type ConsoleWorld, consoleWorld, enter } from "../support/console.ts";

let world: ConsoleWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([consoleWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

test("somebody adds a passkey in the console, signs out, and comes back by it alone", async () => {
  // Browsers make passkeys for names of hosts, and not for bare addresses.
  const base = world.base.replace("127.0.0.1", "localhost");
  const page = await enter(browser, (await world.link("operations")).replace("127.0.0.1", "localhost"));
  const devices = await page.context().newCDPSession(page);
  await devices.send("WebAuthn.enable");
  await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await page.goto(`${base}/console/account`);
  await page.getByRole("heading", { level: 1, name: "My sign-in" }).waitFor();
  await page.getByLabel("What you call it").fill("office laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("office laptop").waitFor();
  expect(await seriousOn(page)).toEqual([]);

  await page.locator("button.account").click();
  await page.getByText("Sign out").click();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  const passkey = page.getByRole("button", { name: "Sign in with a passkey" });
  await passkey.waitFor();
  expect(await seriousOn(page)).toEqual([]);
  await passkey.click();
  await page.locator("button.account").waitFor();
  await page.goto(`${base}/console/account`);
  await page.getByText("last used").waitFor();
  expect(page.said).toEqual([]);
});
