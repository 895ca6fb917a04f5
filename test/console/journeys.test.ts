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

  let worked: string;
  it("lets a collector work twenty cases by keyboard alone, and take a promise, in Chinese", async () => {
    const page = await enter(browser, await world.link("collector"), { lang: "zh" });
    await page.getByRole("heading", { level: 1, name: "作业清单" }).waitFor();
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const dialog = page.getByRole("dialog");
    const number = page.locator(".number");
    const here = page.locator(".queue button[aria-current='true']");
    const inHand = page.locator(".desk .tag.on");
    const caseHere = (): Promise<string | null> => here.getAttribute("data-case");
    const isCall = async (): Promise<boolean> =>
      (await page.getByRole("button", { name: /^(拨打|登记承诺)/ }).count()) > 0;
    /** Begins the call; whether it may be made at this second, the gate says. */
    const call = async (): Promise<boolean> => {
      await press("c");
      await page.locator(".number, .desk .trouble").first().waitFor();
      return (await number.count()) > 0;
    };
    const moved = async (before: string | null): Promise<void> => {
      await dialog.waitFor({ state: "hidden" });
      await expect.poll(caseHere, { timeout: 15_000 }).not.toBe(before);
      await inHand.waitFor();
    };
    await press("j");
    await press("k");
    await press("e");
    await inHand.waitFor();

    // A message has approved words or a reason why not; there is no field for words of one's own.
    await press("s");
    await dialog.locator(".script, .trouble, .nothing").first().waitFor();
    expect(await dialog.getByRole("textbox").count()).toBe(0);
    await press("Escape");
    await dialog.waitFor({ state: "hidden" });

    let promised = false;
    for (let i = 0; i < 20; i++) {
      const before = await caseHere();
      const loan = (await here.locator(".strong").innerText()).trim();
      const spoke = (await isCall()) && (await call());
      if (spoke && !promised) {
        worked = loan;
        await press("p");
        await dialog.getByLabel("承诺金额").waitFor();
        await page.keyboard.type("50.00");
        await press("Tab");
        await page.keyboard.type("2026-07-10");
        await press("Enter");
        // The picker keeps the keys until it has closed; then the note is the next field.
        const note = dialog.getByLabel("备注");
        for (let tabs = 0; tabs < 4 && !(await note.evaluate((field) => field.matches(":focus"))); tabs++)
          await press("Tab");
        // What may not be said is marked while it is typed.
        await page.keyboard.type("再不还就让警察抓你");
        await dialog.locator(".forbidden").waitFor();
        await press("Control+a");
        await page.keyboard.type("下周五还");
        await dialog.locator(".forbidden").waitFor({ state: "hidden" });
        await press("Enter");
        await moved(before);
        promised = true;
        continue;
      }
      await press("e");
      await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").waitFor();
      await page.keyboard.type((await isCall()) ? "no-answer" : "agreed");
      await press("Enter");
      // The field that comes next has the keys by itself.
      await expect
        .poll(() => dialog.getByLabel("备注").evaluate((field) => field.matches(":focus")))
        .toBe(true);
      await press("Enter");
      await moved(before);
    }
    expect(promised).toBe(true);
    const answer = await page.request.get(`${world.base}/v1/loans/${worked}?asOf=2026-07-01`);
    const { promises = [] } = (await answer.json()) as { promises?: unknown[] };
    expect(JSON.stringify(promises)).toContain("50.00");
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

  it("lets a lawyer return one letter, approve a batch after a look, and sign it, in Chinese", async () => {
    const page = await enter(browser, await world.link("law-firm"), { lang: "zh" });
    await page.getByRole("link", { name: "律师函", exact: true }).click();
    const rows = page.locator("tbody tr.ant-table-row");
    await rows.first().waitFor();
    const letters = await page
      .locator("tbody a[href*='/letters/']")
      .evaluateAll((links) =>
        links.map((link) => ({ path: link.getAttribute("href")!, number: link.textContent! })),
      );
    expect(letters.length).toBeGreaterThanOrEqual(4);
    const read = async (path: string): Promise<void> => {
      await page.goto(`${world.base}${path}`);
      await page.getByRole("button", { name: "查看函件" }).click();
      await page.locator("article.paper").waitFor();
    };
    const [first, ...others] = letters;
    await read(first!.path);
    await page.getByRole("button", { name: "退回" }).click();
    await page.getByRole("dialog").getByLabel("理由").fill("金额请与台账再核对");
    await page.keyboard.press("Enter");
    await page.locator(".head .tag", { hasText: "已退回" }).waitFor();

    // While one of them is unread none goes through, and the look says which; when it is read, all do.
    const unread = others.at(-1)!;
    for (const { path } of others.slice(0, -1)) await read(path);
    const dialog = page.getByRole("dialog");
    const look = async (): Promise<void> => {
      await page.getByRole("link", { name: "全部函件" }).click();
      for (const { number } of others) await page.getByRole("checkbox", { name: `选择 ${number}` }).check();
      await page.getByRole("button", { name: `批准 ${others.length} 封…` }).click();
      await dialog.getByRole("button", { name: "先行试算" }).click();
    };
    await look();
    await dialog.getByText("可通过 0 封").waitFor();
    await dialog.getByRole("link", { name: unread.number }).first().waitFor();
    await read(unread.path);
    await look();
    await dialog.getByText(`可通过 ${others.length} 封，将被拒 0 封`).waitFor();
    await dialog.getByRole("button", { name: `批准 ${others.length} 封`, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });

    await page.getByRole("button", { name: `签署 ${others.length} 封…` }).click();
    await dialog.getByRole("button", { name: "先行试算" }).click();
    await dialog.getByText("Hengxin").waitFor();
    await dialog.getByRole("button", { name: `签署 ${others.length} 封`, exact: true }).click();
    await dialog.waitFor({ state: "hidden", timeout: 60_000 });
    await expect.poll(() => page.getByText("已签名", { exact: true }).count()).toBe(others.length);
    expect(page.said).toEqual([]);
  });

  it("lets a clerk record a hearing in the court room, checked before it is written", async () => {
    const page = await enter(browser, await world.link("operations"));
    await page.getByRole("link", { name: "Court", exact: true }).click();
    await page.getByRole("link", { name: "(2026)沪0115民初1203号" }).click();
    await page.getByRole("heading", { level: 2, name: "Days" }).waitFor();
    await page.getByRole("button", { name: "Record an event" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What happened").fill("hearing adjourned");
    await page.keyboard.press("Enter");
    const day = dialog.getByLabel("On", { exact: true });
    await day.fill("1 Jul 2026");
    await page.keyboard.press("Enter");
    await dialog.getByLabel("Reason").fill("the judge is ill");
    await dialog.getByRole("button", { name: "Check first" }).click();
    await dialog.getByText("It would be recorded.").waitFor();
    // While its spinner leaves, the button is called "loading Record".
    await dialog.getByRole("button", { name: /^(loading )?Record$/ }).click();
    await dialog.waitFor({ state: "hidden" });
    await page
      .getByText(/adjourned/)
      .first()
      .waitFor();
  });

  it("lets compliance find every contact to one person and export its bundle, with a second person", async () => {
    const asking = await enter(browser, await world.link("compliance"));
    await asking.getByRole("link", { name: "Audit" }).click();
    await asking.getByRole("tab", { name: "Contacts with one person" }).click();
    await asking.getByRole("searchbox", { name: "Loan number" }).fill(worked);
    await asking.keyboard.press("Enter");
    await asking.getByText(/found by loan/).waitFor();
    await expect.poll(() => asking.locator("tbody tr.ant-table-row").count()).toBeGreaterThan(0);
    await asking.goto(`${world.base}/console/cases/${worked}`);
    await asking.getByRole("button", { name: "Ask for the evidence bundle" }).click();
    const dialog = asking.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("asked for by the regulator");
    await asking.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });

    const second = await enter(browser, await world.link("compliance"), { lang: "zh" });
    await second.getByRole("link", { name: "复核" }).click();
    await second.getByRole("button", { name: "同意" }).first().click();
    await second.getByRole("dialog").getByLabel("理由").fill("监管来函");
    await second.keyboard.press("Enter");
    await second.getByRole("dialog").waitFor({ state: "hidden" });

    await asking.getByRole("link", { name: "Second person" }).click();
    await asking.locator(".ant-segmented-item", { hasText: "agreed" }).click();
    const href = await asking.getByRole("link", { name: "Fetch the bundle" }).getAttribute("href");
    const bundle = await asking.request.get(`${world.base}${href}`);
    expect([bundle.status(), (await bundle.body()).subarray(0, 2).toString()]).toEqual([200, "PK"]);
  });

  it("gives an auditor every room to read and nothing to change", async () => {
    const page = await enter(browser, await world.link("auditor"));
    const me = (await (await page.request.get(`${world.base}/v1/me/may`)).json()) as { may: string[] };
    const loan = await worthALook(page, world, "largest-arrears");
    const suit = world.office.suits[1]!;
    const rail = await page
      .locator(".rail-link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    const all = [...rail, `/console/cases/${loan}`, `/console/court/${suit}/proceeding/S-${suit}`];
    // Every button that an auditor meets only shows something; none of them writes.
    const WRITES =
      /Promise to pay|Show in full|Ask for|Record|Take .* back|Open a proceeding|Close the days|Propose|Release|Withdraw|Write a new|Agree|Refuse|Approve|Sign \d|Send message|Take the next|Dry run|Check the file|Apply/;
    for (const path of all) {
      await page.goto(`${world.base}${path}`);
      await settled(page);
      const buttons = await page.locator("#content button, #content a.ant-btn").allInnerTexts();
      expect(
        buttons.filter((name) => WRITES.test(name)),
        path,
      ).toEqual([]);
      const primary = await page.locator("#content .ant-btn-primary").allInnerTexts();
      expect([path, primary.filter((name) => name.trim() !== "")]).toEqual([path, []]);
    }
    // And what no page offers, the server does not take.
    const { csrf } = (await (await page.request.get(`${world.base}/v1/me`)).json()) as { csrf: string };
    const tries: readonly (readonly [string, unknown])[] = [
      ["/v1/closes", { through: "2026-07-01" }],
      [`/v1/loans/${loan}/events`, { kind: "hold", with: { hold: "dispute" } }],
      [`/v1/loans/${loan}/messages`, { step: "early/send-overdue@1", via: "text" }],
      [`/v1/loans/${suit}/proceedings/S-${suit}/events`, { event: "heard", on: "2026-07-01" }],
      ["/v1/strategies/micro-standard/1/release", {}],
      ["/v1/letters/approve", { letters: ["none"] }],
    ];
    for (const [url, data] of tries) {
      const refused = await page.request.post(`${world.base}${url}`, {
        headers: { "x-csrf-token": csrf, "idempotency-key": `auditor-tries-${url}` },
        data,
      });
      expect([url, refused.status()]).toEqual([url, 403]);
    }
    expect(me.may).not.toContain("loan.record");
  });

  it("takes a case from an agency while it looks at it, when the house takes the case back", async () => {
    const page = await enter(browser, await world.link("agency"), { lang: "zh" });
    const loan = world.office.placed[0]!;
    await page.getByRole("link", { name: loan }).click();
    await page.getByRole("heading", { level: 2, name: "应还明细" }).waitFor();
    await world.recall(loan);
    await page.getByText("不存在，或不在您的可见范围内").first().waitFor({ timeout: 20_000 });
    expect(await page.getByRole("heading", { level: 2, name: "应还明细" }).count()).toBe(0);
  });

  it("shows two people on one case each other, and a stale write is refused with what changed", async () => {
    const loan = world.office.placed[1]!;
    const mine = await enter(browser, await world.link("operations"));
    await mine.goto(`${world.base}/console/cases/${loan}`);
    await mine.getByRole("button", { name: "Promise to pay" }).click();
    const other = await enter(browser, await world.link("compliance"));
    await other.goto(`${world.base}/console/cases/${loan}`);
    await other.getByText(/looks at this case too/).waitFor();
    await other.getByRole("button", { name: "Promise to pay" }).click();
    const promise = async (page: typeof mine): Promise<void> => {
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Amount").fill("20.00");
      await dialog.getByLabel("By", { exact: true }).fill("10 Jul 2026");
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Take the promise" }).click();
    };
    await promise(other);
    await other.getByRole("dialog").waitFor({ state: "hidden" });
    await promise(mine);
    const diff = mine.getByRole("dialog").locator("table.diff");
    await diff.waitFor();
    expect(await diff.innerText()).toMatch(/Facts in the journal/);
    await mine.getByRole("dialog").locator(".log", { hasText: "20.00" }).waitFor();
  });

  it("lets a supervisor try a strategy on the whole book, and release it with a second person", async () => {
    const proposer = await enter(browser, await world.link("supervisor"));
    await proposer.getByRole("link", { name: "Strategy" }).click();
    await proposer.getByRole("button", { name: "Write a new version" }).click();
    const editor = proposer.getByRole("textbox", { name: "New version" });
    const text = await editor.inputValue();
    await editor.fill(
      text.replace(/^version: 1$/m, "version: 2").replace(/^from: .*$/m, 'from: "2026-08-01"'),
    );
    // Tomorrow on the real book, beside the version in force, before anybody proposes it.
    await proposer.getByRole("button", { name: "Dry run" }).click();
    await proposer
      .getByText(/and micro-standard@2 on|micro-standard@2/)
      .first()
      .waitFor({ timeout: 60_000 });
    await proposer.getByText("Why steps would be refused").waitFor({ timeout: 60_000 });
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
    // Lists and figures are those of the day: the ages are replayed, and no case has a later figure.
    await page.getByRole("link", { name: "Today", exact: true }).click();
    await page.getByText("At the close of Sun 28 Jun 2026").waitFor();
    await page.getByRole("link", { name: "Cases", exact: true }).click();
    await page.locator("tbody tr.ant-table-row").first().waitFor();
    expect(await page.getByRole("button", { name: /Promise|Record/ }).count()).toBe(0);
    await page.getByRole("link", { name: "Imports and closes" }).click();
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
      const kept = screen.alone ? undefined : pages.get(screen.role);
      const page = kept ?? (await enter(browser, await world.link(screen.role), look));
      if (!screen.alone) pages.set(screen.role, page);
      await screen.open(page, world);
      if (!screen.passes) await settled(page);
      for (const one of await seriousOn(page)) found.push(`${screen.name}: ${one}`);
      if (screen.alone) await page.context().close();
    }
    expect(found).toEqual([]);
    expect([...pages.values()].flatMap(({ said }) => said)).toEqual([]);
  }, 400_000);
});
