import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, seriousOn } from "../support/browser.ts";
import { type ConsoleWorld, consoleWorld, enter } from "../support/console.ts";
import { lookBack, openRefused, SCREENS, settled, worthALook } from "./screens.ts";

/** People at a real browser, over the sample book and the real server. One book and one browser for all of them. */
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

  it("lets the operations lead see last night, open a refused step and read why", async () => {
    const page = await enter(browser, await world.link("operations"));
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    const told = (await (await page.request.get(`${world.base}/v1/today`)).json()) as {
      book: { loans: number; inArrears: number };
      night: { actions: number };
    };
    // The screen says what the API says, and adds nothing up.
    const figures = page.locator(".figures");
    await figures.getByText(String(told.book.loans), { exact: true }).first().waitFor();
    await figures.getByText(String(told.night.actions), { exact: true }).first().waitFor();

    await openRefused(page, world);
    const why = await page.locator("td .why").first().innerText();
    expect(why).toMatch(/[a-z]+\/[a-z-]+/);
    const loan = page.locator("td a[href*='/cases/']").first();
    const number = await loan.innerText();
    await loan.click();
    await page.getByRole("heading", { level: 1, name: number }).waitFor();
    await page.getByText("REFUSED").first().waitFor();
    expect(page.said).toEqual([]);
  });

  it("shows a case whose table adds up to the cent", async () => {
    const page = await enter(browser, await world.link("operations"));
    const loan = await worthALook(page, world, "largest-arrears");
    await page.goto(`${world.base}/console/cases/${loan}`);
    const table = page.locator("table", { has: page.locator("tr.sum") });
    await table.waitFor();
    const cents = async (cells: string): Promise<number[]> =>
      (await table.locator(cells).allInnerTexts()).map((text) => Number(text.replaceAll(/[^\d]/g, "")));
    const parts = await cents("tr:not(.sum) td.num");
    const [total] = await cents("tr.sum td.num");
    expect(parts).toHaveLength(7);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
    expect(total).toBeGreaterThan(0);
  });

  it("lets a collector work cases by keyboard alone and take a promise, in Chinese", async () => {
    const page = await enter(browser, await world.link("collector"), { lang: "zh" });
    await page.getByRole("heading", { level: 1, name: "作业清单" }).waitFor();
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const inHand = page.locator(".desk .tag.on");
    await press("j");
    await press("k");
    await press("e");
    await inHand.waitFor();
    const first = await page.locator(".queue button[aria-current='true'] .strong").innerText();

    await press("c");
    const number = page.locator(".number");
    await number.waitFor();
    expect(await number.innerText()).toMatch(/^\+?\d{8,}$/);
    await press("p");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("承诺金额").fill("50.00");
    await press("Tab");
    await page.keyboard.type("2026-07-10");
    await press("Enter");
    await press("Tab");
    await dialog.getByLabel("备注").focus();
    await page.keyboard.type("下周五还");
    await press("Enter");
    await dialog.waitFor({ state: "hidden" });
    const here = page.locator(".queue button[aria-current='true']");
    await expect.poll(() => here.innerText()).not.toContain(first);
    const answer = await page.request.get(`${world.base}/v1/loans/${first}?asOf=2026-07-01`);
    const { promises = [] } = (await answer.json()) as { promises?: unknown[] };
    expect(JSON.stringify(promises)).toContain("50.00");

    // Three more: a call that nobody answers, or a question that is agreed to.
    for (let i = 0; i < 3; i++) {
      const before = await here.innerText();
      const isCall = (await page.getByRole("button", { name: /^拨打/ }).count()) > 0;
      if (isCall) {
        await press("c");
        await number.waitFor();
      }
      await press("e");
      await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").waitFor();
      await page.keyboard.type(isCall ? "no-answer" : "agreed");
      await press("Enter");
      // The field that comes next has the keys by itself.
      await expect
        .poll(() => dialog.getByLabel("备注").evaluate((field) => field.matches(":focus")))
        .toBe(true);
      await press("Enter");
      await dialog.waitFor({ state: "hidden" });
      await expect.poll(() => here.innerText()).not.toBe(before);
      await inHand.waitFor();
    }
    expect(world.trouble).toEqual([]);
  });

  it("opens the loans behind a number: as many as it says, down to one loan's page", async () => {
    const page = await enter(browser, await world.link("operations"));
    await page.getByRole("link", { name: "Analytics" }).click();
    await page
      .getByText(/loans? rolled|No loan rolled/)
      .first()
      .waitFor();
    await page.locator(".chart svg").first().waitFor();
    await page.getByRole("tab", { name: "Ages of a day" }).click();
    const late = page.locator("tr", { hasText: /^M1/ }).locator("button.link").first();
    const told = Number((await late.innerText()).replaceAll(",", ""));
    expect(told).toBeGreaterThan(0);
    await late.click();
    const loans = page.locator(".ant-drawer a[href*='/cases/']");
    await loans.first().waitFor();
    expect(await loans.count()).toBe(told);
    const file = await page.request.get(`${world.base}/v1/analytics/ages/file?lang=zh`);
    expect((await file.text()).split("\n")[0]).toBe("账龄段,笔数,占比（%）,本金余额,余额占比（%）");
    const number = await loans.first().innerText();
    await loans.first().click();
    await page.getByRole("heading", { level: 1, name: number }).waitFor();
    expect(page.said).toEqual([]);
  });

  it("lets a complaint be answered with its reason in both languages, and its hold goes", async () => {
    const page = await enter(browser, await world.link("compliance"));
    await page.getByRole("link", { name: "Complaints" }).click();
    await page.locator("td a[href*='/complaints/']").first().click();
    await page.getByText("Conduct is contested: contact stops until it is answered.").waitFor();
    await page.getByText("15 days", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Answer it" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Outcome").click();
    await page.keyboard.type("up");
    await page.keyboard.press("Enter");
    await dialog.getByLabel("Reason, in Chinese").fill("当日致电时间晚于约定。");
    await dialog.getByLabel("Reason, in English").fill("The call came later than was agreed.");
    await dialog.getByRole("button", { name: "Answer it" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByText("It stops nothing now.").waitFor();
    await page.getByText("The call came later than was agreed.").first().waitFor();
    expect(page.said).toEqual([]);
  });

  it("compares what could be offered to somebody who asked for help, and offers a plan he can pay", async () => {
    const page = await enter(browser, await world.link("operations"), { lang: "zh" });
    await page.goto(`${world.base}/console${world.asked.help}`);
    await page.getByRole("heading", { level: 2, name: "今日可提出的方案" }).waitFor();
    // 9,000.00 less 4,000.00: what can really be paid is the API's, not the page's.
    await page.getByText("5,000.00").first().waitFor();
    await page.getByRole("button", { name: "提出此方案" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("理由").fill("月供在其能力之内");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("heading", { level: 2, name: "协议", exact: true }).waitFor();
    await page.getByText("分期还款协议").first().waitFor();
    const { state } = (await (
      await page.request.get(
        `${world.base}/v1/borrowers/${world.asked.help.split("/")[2]}/hardship/${world.asked.help.split("/")[3]}`,
      )
    ).json()) as { state: string };
    expect(state).toBe("offered");
    expect(page.said).toEqual([]);
  });

  it("gives an auditor every room to read and nothing to change", async () => {
    const page = await enter(browser, await world.link("auditor"));
    const loan = await worthALook(page, world, "largest-arrears");
    await page.goto(`${world.base}/console/cases/${loan}`);
    await page.getByRole("heading", { level: 2, name: "What is owed" }).waitFor();
    for (const name of ["Promise to pay", "Show in full", "Ask for the evidence bundle"])
      expect(await page.getByRole("button", { name }).count()).toBe(0);
    await page.goto(`${world.base}/console/data`);
    await page.getByRole("heading", { level: 2, name: "Closes" }).waitFor();
    expect(await page.locator("#content .ant-btn-primary").count()).toBe(0);
    // And what the page does not offer, the server does not take.
    const { csrf } = (await (await page.request.get(`${world.base}/v1/me`)).json()) as { csrf: string };
    const refused = await page.request.post(`${world.base}/v1/closes`, {
      headers: { "x-csrf-token": csrf, "idempotency-key": "auditor-tries-it" },
      data: { through: "2026-07-01" },
    });
    expect(refused.status()).toBe(403);
  });

  it("takes a second person for a strategy", async () => {
    const proposer = await enter(browser, await world.link("supervisor"));
    await proposer.getByRole("link", { name: "Strategy" }).click();
    await proposer.getByRole("button", { name: "Write a new version" }).click();
    const editor = proposer.getByRole("textbox", { name: "New version" });
    const text = await editor.inputValue();
    await editor.fill(
      text.replace(/^version: 1$/m, "version: 2").replace(/^from: .*$/m, 'from: "2026-08-01"'),
    );
    await proposer.getByRole("button", { name: "Propose for release" }).click();
    await proposer.getByRole("button", { name: "Release", exact: true }).click();
    await proposer.getByRole("dialog").getByRole("button", { name: "Release" }).click();
    await proposer.getByText("A second person has to do this").waitFor();

    const second = await enter(browser, await world.link("supervisor"));
    await second.getByRole("link", { name: "Strategy" }).click();
    await second.getByRole("button", { name: /v2/ }).click();
    await second.getByRole("button", { name: "Release", exact: true }).click();
    await second.getByRole("dialog").getByRole("button", { name: "Release" }).click();
    await second.getByText("in force").first().waitFor();
  });

  it("changes nothing while the past is looked at", async () => {
    const page = await enter(browser, await world.link("operations"));
    await page.getByRole("link", { name: "Imports and closes" }).click();
    await page.getByRole("button", { name: "Close the days" }).waitFor();
    await lookBack(page);
    expect(await page.getByRole("button", { name: "Close the days" }).count()).toBe(0);
    await page.getByRole("button", { name: "Back to now" }).click();
    await page.getByRole("button", { name: "Close the days" }).waitFor();
  });

  it("has nothing serious for axe on any screen, and no style or script that the page's policy stops", async () => {
    const found: string[] = [];
    const looks = {
      operations: { lang: "zh", theme: "dark" },
      supervisor: { lang: "zh", theme: "dark" },
    } as const;
    const pages = new Map<string, Awaited<ReturnType<typeof enter>>>();
    for (const screen of SCREENS) {
      const look = looks[screen.role as keyof typeof looks];
      const page = pages.get(screen.role) ?? (await enter(browser, await world.link(screen.role), look));
      pages.set(screen.role, page);
      await screen.open(page, world);
      await settled(page);
      for (const one of await seriousOn(page)) found.push(`${screen.name}: ${one}`);
    }
    expect(found).toEqual([]);
    expect([...pages.values()].flatMap(({ said }) => said)).toEqual([]);
  });
});
