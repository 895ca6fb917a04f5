import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shelvesOf } from "../../src/cli/book.ts";
import { closeLender } from "../../src/cli/commands/close.ts";
import { explained } from "../../src/cli/commands/explain.ts";
import { makeWish, moveHardship, openRequests } from "../../src/cli/requests/index.ts";
import { addDays, type Day, dayAt, type HardshipOffer, positionFromFacts } from "../../src/core/index.ts";
import { bookStore, factsOf, findLender, loanFile } from "../../src/store/index.ts";
import { paymentRecord } from "../support/book.ts";
import { openBrowser } from "../support/browser.ts";
import { SAMPLE } from "../support/console.ts";
import { letIn, onPhone, type PortalWorld, portalWorld } from "../support/portal.ts";

let world: PortalWorld;
let browser: Browser;
beforeAll(async () => {
  world = await portalWorld(60);
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const textOf = async (page: Page): Promise<string> => (await page.locator("main").textContent()) ?? "";
const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("button", { name }).click();

/** What somebody of the house decides. */
async function house(by: string, reference: string, wished: Parameters<typeof moveHardship>[2]) {
  const lender = (await findLender(world.db, SAMPLE))!;
  const opened = await openRequests({ db: world.db, lender, now: world.io.now(), by });
  if (!opened.ok) throw new Error(opened.says);
  const outcome = await moveHardship(opened.desk, reference, wished, {}, false);
  if (!outcome.done) throw new Error(outcome.refusal.says.en);
  return outcome.value;
}

async function closeThrough(last: Day): Promise<void> {
  const lender = (await findLender(world.db, SAMPLE))!;
  await closeLender(world.db, world.io, lender, last);
  const today = dayAt(lender.zone, world.io.now());
  if (last + 1 > today) world.later((last + 1 - today) * 86_400_000);
}

async function pay(offer: HardshipOffer, n: number, on: Day): Promise<void> {
  const { refused } = await bookStore(world.db, shelvesOf(world.io)).payments(SAMPLE, [
    paymentRecord(world.loan, `plan-${n}`, offer.payments[n - 1]!.amount, on, 1),
  ]);
  if (refused.length > 0) throw new Error(refused[0]!.says);
}

/** The rules by which a way of contact is refused this minute. */
async function refusedBy(via: "call" | "text"): Promise<string[]> {
  const file = (await loanFile(world.db, world.loan, SAMPLE))!;
  const { json } = await explained(world.db, file, { at: world.io.now(), via });
  const [channel] = json.channels as { because: { rule: string; outcome: string }[] }[];
  return channel!.because.filter(({ outcome }) => outcome === "forbid").map(({ rule }) => rule);
}

const reference = async (page: Page): Promise<string> => /\/me\/requests\/([A-Z0-9-]+)/.exec(page.url())![1]!;

/** From the form over the answers to check to the page that says it was received. */
async function sendIt(page: Page): Promise<string> {
  await press(page, "下一步：核对");
  expect(await textOf(page)).toContain("提交以后");
  await press(page, "提交");
  await page.waitForURL("**/me/requests/**");
  const said = await textOf(page);
  expect(said).toContain("已收到");
  expect(said).toContain(await reference(page));
  return reference(page);
}

describe("somebody who is late says what he has to say, on an old phone", () => {
  let page: Awaited<ReturnType<typeof onPhone>>;
  beforeAll(async () => {
    page = await onPhone(browser);
    await letIn(page, await world.borrowerLink());
  });
  afterAll(() => page.by.close());

  test("the nine ways are of one size, two taps from the first screen, and paying is not chosen for him", async () => {
    await page.locator('main a[href="/me/ways"]').first().click();
    const ways = page.locator("ul.ways a");
    expect(await ways.count()).toBe(9);
    const boxes = await ways.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    expect(Math.max(...boxes) - Math.min(...boxes)).toBeLessThan(2);
    for (const at of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
      const href = (await ways.nth(at).getAttribute("href"))!;
      const answer = await page.by.request.get(world.base + href);
      expect(answer.status(), href).toBe(200);
      expect(await answer.text()).not.toMatch(/<input type="radio"[^>]*checked/);
    }
  });

  test('"stop calling my mother" counts from this minute, and can be taken back', async () => {
    await page.goto(`${world.base}/me/ask/contact`);
    await page.getByLabel("不要联系我的家人、同事、朋友").check();
    await page.locator("#words").fill("不要再给我母亲打电话");
    const ref = await sendIt(page);
    const file = (await loanFile(world.db, world.loan, SAMPLE))!;
    const stops = file.ofBorrower.flatMap(({ fact }) => (fact.kind === "StopRequested" ? [fact] : []));
    expect(stops.map(({ by }) => by).sort()).toEqual(["contact-person", "third-person"]);
    await press(page, "撤回这个要求");
    await page.goto(`${world.base}/me/requests/${ref}`);
    expect(await page.getByRole("button", { name: "撤回这个要求" }).count()).toBe(0);
  });

  test("times that he sets are the only ones from then on; without them the form says what is missing", async () => {
    await page.goto(`${world.base}/me/ask/contact`);
    await page.getByLabel("只在这些时间联系我").check();
    await press(page, "下一步：核对");
    expect(await page.title()).toMatch(/^有误：/);
    await page.locator("#from").fill("18:00");
    await page.locator("#to").fill("20:00");
    await sendIt(page);
    // It is ten in the morning: outside of them.
    expect(await refusedBy("call")).toContain("cn/quiet-hours");
    await page.goto(`${world.base}/me/rights`);
    expect(await textOf(page)).toContain("您约定：18:00 到 20:00");
  });

  test("a wrong sum and a debt that is not his are disputes: contact stops, a day of answer is named, sent twice it counts once", async () => {
    await page.goto(`${world.base}/me/ask/wrong-sum`);
    await page.locator("#words").fill("六月已经还过一期");
    await page.locator("#disputed").fill("300");
    await press(page, "下一步：核对");
    const form = await page.evaluate(
      `[...new FormData(document.querySelector('form[action="/me/ask/wrong-sum"]'))].map(([name, value]) => [name, value])`,
    );
    await press(page, "提交");
    await page.waitForURL("**/me/requests/**");
    const ref = await reference(page);
    expect(await refusedBy("text")).toContain("house/holds");
    // 15 days from 1 July are the 16th: complaint measures.
    expect(await textOf(page)).toContain("2026-07-16 周四");
    const again = await page.by.request.post(`${world.base}/me/ask/wrong-sum`, {
      form: { ...Object.fromEntries(form as [string, string][]), step: "send" },
      maxRedirects: 0,
    });
    expect(again.headers().location).toContain(ref);
    await press(page, "撤回");
    expect(await refusedBy("text")).not.toContain("house/holds");
    await page.goto(`${world.base}/me/ask/not-mine`);
    await page.getByLabel("不是本人债务").check();
    await page.locator("#words").fill("没有借过");
    await sendIt(page);
    expect(await refusedBy("text")).toContain("house/holds");
    await press(page, "撤回");
  });

  test('"I have a lawyer": from this minute it is the lawyer who is spoken to', async () => {
    await page.goto(`${world.base}/me/ask/helper`);
    await page.locator("#representative").fill("王律师 010-12345678");
    await sendIt(page);
    expect(await refusedBy("text")).toContain("house/holds");
    // Ended again, so that the rest of the story is between the two.
    const lender = (await findLender(world.db, SAMPLE))!;
    const opened = await openRequests({ db: world.db, lender, now: world.io.now(), by: "borrower" });
    if (!opened.ok) throw new Error(opened.says);
    await makeWish(opened.desk, { loan: world.loan, wish: "representative-ended", channel: "portal" }, false);
  });

  test('"I cannot pay": collection rests, a plan within what he can pay is offered, read, accepted; then it is kept for three months, one is missed, told, made up', async () => {
    await page.goto(`${world.base}/me/ask/cannot-pay?loan=${world.loan}`);
    await page.getByLabel("失业").check();
    await page.locator("#words").fill("五月失业，下月有新工作");
    await page.locator("#income").fill("9000");
    await page.locator("#living").fill("6000");
    const ref = await sendIt(page);
    expect(await refusedBy("text")).toContain("house/holds");
    let life = await house("olga", ref, { type: "offer", asked: { way: "plan" }, reason: "fits" });
    if (life.state === "proposed") life = await house("sun", ref, { type: "approve" });
    const offer = life.offer!;
    expect(Math.max(...offer.payments.map(({ amount }) => amount))).toBeLessThanOrEqual(300_000);
    await page.goto(`${world.base}/me/requests/${ref}`);
    await page.getByRole("link", { name: "读协议全文" }).click();
    await press(page, "接受");
    expect(await textOf(page)).toContain("请先勾选已读");
    await page.getByLabel("我读过了，同意").check();
    await press(page, "接受");
    await page.waitForURL(/\/me\/requests\/H-[^/]+$|new=1/);
    expect(await textOf(page)).toContain("已达成协议");
    const file = await page.by.request.get(`${world.base}/me/requests/${ref}/file`);
    expect(await file.text()).toContain("分期还款协议");
    const plan = async (): Promise<string> => {
      await page.by.clearCookies();
      await letIn(page, await world.borrowerLink());
      await page.goto(`${world.base}/me/requests/${ref}`);
      return textOf(page);
    };
    for (const n of [1, 2, 3]) {
      const { on } = offer.payments[n - 1]!;
      await pay(offer, n, on);
      await closeThrough(on);
      expect(await plan()).toContain("您在按方案还款");
    }
    const missed = offer.payments[3]!.on;
    await closeThrough(addDays(missed, 1));
    const told = await plan();
    expect(told).toContain("有一期没有按时到账");
    await page.goto(`${world.base}/me`);
    expect(await textOf(page)).toContain("今天逾期未还");
    await pay(offer, 4, addDays(missed, 2));
    await payLate(addDays(missed, 2));
    await closeThrough(addDays(missed, 3));
    expect(await plan()).toContain("您在按方案还款");
  }, 240_000);
});

/** What the two days of lateness cost beside the payment. */
async function payLate(on: Day): Promise<void> {
  const file = (await loanFile(world.db, world.loan, SAMPLE))!;
  const late = positionFromFacts(file.key, factsOf(file), () => file.product, on)!.arrears.total;
  if (late > 0)
    await bookStore(world.db, shelvesOf(world.io)).payments(SAMPLE, [
      paymentRecord(world.loan, "late-interest", late, on, 1),
    ]);
}
