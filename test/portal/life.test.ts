import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addDays,
  type Day,
  day,
  dayAt,
  formatMoney,
  type HardshipOffer,
  type Minor,
  positionFromFacts,
} from "../../src/core/index.ts";
import { shelvesOf } from "../../src/office/book.ts";
import { closeLender } from "../../src/office/close/lender.ts";
import { shownOf, usualDay } from "../../src/office/loans/shown.ts";
import { makeWish, moveComplaint, moveHardship, openRequests } from "../../src/office/requests/index.ts";
import { explained } from "../../src/office/story/explained.ts";
import { bookStore, factsOf, findLender, listLoans, loanFile, products } from "../../src/store/index.ts";
import { paymentRecord } from "../support/book.ts";
import { anythingOn, openBrowser } from "../support/browser.ts";
import { SAMPLE } from "../support/console.ts";
import { onPhone, type PortalWorld, portalWorld } from "../support/portal.ts";
import { type LetterInHand, lettersInHand } from "../support/portal-letter.ts";

/** Two borrowers who are late, each with one loan and one language: their lives go on side by side through the same nights. */
const LANGS = ["zh", "en"] as const;
type Lang = (typeof LANGS)[number];
interface Reader {
  readonly page: Awaited<ReturnType<typeof onPhone>>;
  readonly letter: LetterInHand;
  readonly loan: string;
  readonly borrower: string;
  readonly phone: string;
  request?: string;
  offer?: HardshipOffer;
}

let world: PortalWorld;
let browser: Browser;
const readers = {} as Record<Lang, Reader>;
let closed = day("2026-06-30");

beforeAll(async () => {
  [world, browser] = await Promise.all([portalWorld(), openBrowser()]);
  const own = (await products(world.db)).filter(({ lender }) => lender === SAMPLE).map(({ id }) => id);
  const late = await listLoans(world.db, { products: own, bands: [1, 2, 3, 4, 5, 6, 7], limit: 100 });
  const files = await Promise.all(late.map(({ id }) => loanFile(world.db, id, SAMPLE)));
  const alone = files.flatMap((file) => (file?.siblings.length === 0 && file.borrower.phone ? [file] : []));
  const letters = await lettersInHand(
    world,
    alone.slice(0, 2).map(({ id }) => id),
  );
  for (const [i, lang] of LANGS.entries()) {
    const { id, borrower } = alone[i]!;
    const letter = letters.find(({ loan }) => loan === id)!;
    readers[lang] = {
      page: await onPhone(browser, { lang }),
      letter,
      loan: id,
      borrower: borrower.external_id,
      phone: borrower.phone!,
    };
  }
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

// --- what the tests do by hand ------------------------------------------------------------------------------------------

const textOf = async (page: Page): Promise<string> => (await page.locator("main").textContent()) ?? "";
/** Presses a button of a form and waits for the page that answers it: only then is done what was asked. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  const answered = page.waitForEvent("domcontentloaded");
  await page.getByRole("button", { name, exact: typeof name === "string" }).click();
  await answered;
}
const sumsIn = (text: string): string[] =>
  [...text.matchAll(/¥([\d,]+\.\d\d)/g)].map(([, sum]) => sum!.replaceAll(",", ""));
const refOf = (page: Page): string => /\/me\/requests\/([A-Z0-9-]+)/.exec(page.url())![1]!;

/** By the code that goes to his phone, as anybody comes in. */
async function signIn(lang: Lang): Promise<void> {
  const { page, phone, loan } = readers[lang];
  const known = new Set(world.codes().map((one) => JSON.stringify(one)));
  await page.goto(`${world.base}/enter`);
  if (!page.url().endsWith("/enter")) return;
  await page.locator("#name").fill(loan);
  await page.locator("#phone").fill(phone);
  await page.locator('form[action="/enter"] button').click();
  const sent = () => world.codes().find((one) => one.to === phone && !known.has(JSON.stringify(one)));
  await expect.poll(sent).toBeDefined();
  await page.locator("#code").fill(/\d{6}/.exec(sent()!.text)![0]);
  await page.locator('form[action="/enter/code"] button').click();
  await page.waitForURL("**/me");
}

/** From the form over the answers to check to the page that says it was received. */
async function sendIt(lang: Lang): Promise<string> {
  const { page } = readers[lang];
  await press(page, lang === "zh" ? "下一步：核对" : "Next: check your answers");
  expect(await textOf(page)).toContain(lang === "zh" ? "提交以后" : "What happens then");
  await press(page, lang === "zh" ? "提交" : "Send it");
  await page.waitForURL("**/me/requests/**");
  const said = await textOf(page);
  expect(said).toContain(lang === "zh" ? "已收到" : "It was received");
  expect(said).toContain(refOf(page));
  return refOf(page);
}

const ask = (lang: Lang, what: string): Promise<unknown> =>
  readers[lang].page.goto(`${world.base}/me/ask/${what}?loan=${readers[lang].loan}`);

async function desk(by: string) {
  const lender = (await findLender(world.db, SAMPLE))!;
  const opened = await openRequests({ db: world.db, lender, now: world.io.now(), by });
  if (!opened.ok) throw new Error(opened.says);
  return opened.desk;
}
function must<T>(outcome: { done: true; value: T } | { done: false; refusal: { says: { en: string } } }): T {
  if (!outcome.done) throw new Error(outcome.refusal.says.en);
  return outcome.value;
}
/** What somebody of the house decides about a request for help. */
const house = async (by: string, reference: string, wished: Parameters<typeof moveHardship>[2]) =>
  must(await moveHardship(await desk(by), reference, wished, {}, false));

/** What may be asked of him today, as the house sees it, in fen. */
async function askable(lang: Lang): Promise<number> {
  const file = (await loanFile(world.db, readers[lang].loan, SAMPLE))!;
  const asOf = usualDay(file, world.io);
  const position = positionFromFacts(file.key, factsOf(file), () => file.product, asOf)!;
  return shownOf(file, position, { asOf }).askable.sum;
}

/** The rules by which a message of collection is refused this minute. */
async function refusedBy(lang: Lang, via: "call" | "text" | "letter" = "text"): Promise<string[]> {
  const file = (await loanFile(world.db, readers[lang].loan, SAMPLE))!;
  const { json } = await explained(world.db, file, { at: world.io.now(), via });
  const channels = json.channels as { via: string; because: { rule: string; outcome: string }[] }[];
  return channels
    .find((one) => one.via === via)!
    .because.filter(({ outcome }) => outcome === "forbid")
    .map(({ rule }) => rule);
}

async function closeThrough(last: Day): Promise<void> {
  if (last <= closed) return;
  const lender = (await findLender(world.db, SAMPLE))!;
  await closeLender(world.db, world.io, lender, last);
  closed = last;
  const today = dayAt(lender.zone, world.io.now());
  if (last + 1 > today) world.later((last + 1 - today) * 86_400_000);
}

const positionOn = async (lang: Lang, on: Day) => {
  const file = (await loanFile(world.db, readers[lang].loan, SAMPLE))!;
  return positionFromFacts(file.key, factsOf(file), () => file.product, on)!;
};
async function pay(lang: Lang, id: string, amount: number, on: Day): Promise<void> {
  const { refused } = await bookStore(world.db, shelvesOf(world.io)).payments(SAMPLE, [
    paymentRecord(readers[lang].loan, id, amount, on, 1),
  ]);
  if (refused.length > 0) throw new Error(refused[0]!.says);
}

// --- the night on which the letter came ----------------------------------------------------------------------------------

describe.each(LANGS)("a lawyer's letter came, on an old phone, in %s", (lang) => {
  const zh = lang === "zh";

  test("its code says that it is genuine and how it stands, the file itself is compared, and the page leads on", async () => {
    const { page, letter } = readers[lang];
    await page.goto(`${world.base}/`);
    await page.locator('main a[href="/check"]').first().click();
    await page.locator("#code").fill(letter.code);
    await page.locator('form[action="/check/letter"] button').click();
    await page.waitForURL("**/verify/**");
    const said = await textOf(page);
    for (const word of [letter.number, "恒信律师事务所", "王律师"]) expect(said).toContain(word);
    expect(said).toMatch(zh ? /不是法院|并非法院/ : /not (?:a|of a|from a|by a)? ?court|no court/i);
    // A summary of what is private is not there.
    expect(sumsIn(said)).toEqual([]);
    expect(await anythingOn(page)).toEqual([]);
    await page
      .locator("#file")
      .setInputFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer: letter.pdf });
    await page.locator('form[enctype="multipart/form-data"] button').first().click();
    expect(await textOf(page)).toMatch(zh ? /一致|相同/ : /same|identical/i);
    await page.getByRole("link", { name: zh ? "看我欠多少、怎么办" : "See what I owe" }).click();
    await page.waitForURL("**/enter**");
  });

  test("the code that came by message lets him in; what is owed is the ledger's to the cent, and what comes next has its days", async () => {
    const { page } = readers[lang];
    await signIn(lang);
    const { arrears, payoff } = await positionOn(lang, day("2026-07-01"));
    const text = await textOf(page);
    expect(sumsIn(text)[0]).toBe(formatMoney(arrears.total as Minor));
    expect(sumsIn(text)).toContain(formatMoney(payoff as Minor));
    await page.getByRole("link", { name: zh ? "是，接下来呢" : "Yes, what next" }).click();
    const next = await textOf(page);
    expect(next).toMatch(
      zh ? /2026-\d\d-\d\d 周./ : /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2} 2026/,
    );
    expect(await page.locator("ol.line > li").count()).toBeGreaterThan(2);
  });

  test('"a false hearing message": what is wrong with it is said, how to ask the court, and no day is reckoned by it', async () => {
    const { page } = readers[lang];
    await page.goto(`${world.base}/check`);
    await page
      .locator("#text")
      .fill("【法院】您有一笔欠款，请立即转账至账户 6222020200112233445 否则明天抓捕，点击 http://t.cn/abc");
    await page.locator('form[action="/check/message"] button').click();
    const said = await textOf(page);
    expect(said).toMatch(zh ? /含有诈骗短信常见的特征/ : /signs that scams have/);
    expect(said).toContain("12368");
    expect(said).not.toMatch(zh ? /这些日子重要/ : /these days matter/);
    expect(await anythingOn(page)).toEqual([]);
  });
});

// --- the short ways ------------------------------------------------------------------------------------------------------

/** One point, white. */
const RECEIPT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

describe.each(LANGS)("somebody who is late says what he has to say, in %s", (lang) => {
  const zh = lang === "zh";
  const takeBack = zh ? "撤回" : "Take it back";

  test('"stop calling my mother" counts from this minute, and can be taken back', async () => {
    const { page, loan } = readers[lang];
    await ask(lang, "contact");
    await page
      .getByLabel(zh ? "不要联系我的家人、同事、朋友" : "Do not contact my family, colleagues or friends")
      .check();
    await page.locator("#words").fill(zh ? "不要再给我母亲打电话" : "Stop calling my mother");
    const ref = await sendIt(lang);
    const file = (await loanFile(world.db, loan, SAMPLE))!;
    const stops = file.ofBorrower.flatMap(({ fact }) => (fact.kind === "StopRequested" ? [fact.by] : []));
    expect(stops.sort()).toEqual(["contact-person", "third-person"]);
    const lift = zh ? "撤回这个要求" : "Take this wish back";
    await press(page, lift);
    await page.goto(`${world.base}/me/requests/${ref}`);
    expect(await page.getByRole("button", { name: lift }).count()).toBe(0);
  });

  test("times that he sets are the only ones from then on; without them the form says what is missing", async () => {
    const { page } = readers[lang];
    await ask(lang, "contact");
    await page.getByLabel(zh ? "只在这些时间联系我" : "Contact me only at these times").check();
    await press(page, zh ? "下一步：核对" : "Next: check your answers");
    expect(await page.title()).toMatch(zh ? /^有误：/ : /^Error: /);
    await page.locator("#from").fill("18:00");
    await page.locator("#to").fill("20:00");
    await sendIt(lang);
    // It is ten in the morning: outside of them.
    expect(await refusedBy(lang, "call")).toContain("cn/quiet-hours");
    await page.goto(`${world.base}/me/rights`);
    expect(await textOf(page)).toContain(zh ? "您约定：18:00 到 20:00" : "As you agreed: 18:00 to 20:00");
  });

  test('"the sum is wrong": the part that he contests is not asked for, a receipt is added and the house sees it; what was answered is taken further', async () => {
    const { page, borrower } = readers[lang];
    const asked = await askable(lang);
    await ask(lang, "wrong-sum");
    await page.locator("#words").fill(zh ? "六月已经还过一期" : "I paid one in June");
    await page.locator("#disputed").fill("300");
    const ref = await sendIt(lang);
    // law/house/requests.md, "part": a letter states the whole claim and rests; a message asks for the rest alone.
    expect(await refusedBy(lang, "letter")).toContain("house/holds");
    expect(await refusedBy(lang)).not.toContain("house/holds");
    expect(asked - (await askable(lang))).toBeGreaterThanOrEqual(300_00);
    // 15 days from 1 July are the 16th: complaint measures.
    expect(await textOf(page)).toContain(zh ? "2026-07-16 周四" : "Thu 16 Jul 2026");
    const add = async (name: string, buffer: Buffer): Promise<void> => {
      await page.locator("summary", { hasText: zh ? "添加照片或文件" : "Add a photo or a document" }).click();
      await page.locator("#file").setInputFiles({ name, mimeType: "image/png", buffer });
      await press(page, zh ? "添加这个文件" : "Add this file");
    };
    await add("evil.png", Buffer.from("<script>alert(1)</script>"));
    expect(await textOf(page)).toContain("PDF");
    if (zh) {
      await add("large.png", Buffer.concat([RECEIPT, Buffer.alloc(10_020_000)]));
      expect(await textOf(page)).toContain("文件太大");
    }
    await add("../../receipt.png", RECEIPT);
    await page.waitForURL("**#files");
    expect(await textOf(page)).toContain("receipt.png");
    expect(await anythingOn(page)).toEqual([]);
    const own = await page.by.request.get(
      world.base + (await page.locator("#files + ul a").getAttribute("href"))!,
    );
    expect(Buffer.compare(await own.body(), RECEIPT)).toBe(0);
    // Somebody of the house has it before him in his room.
    const staff = await browser.newContext();
    const room = await staff.newPage();
    await room.goto(await world.link("operations"));
    await room.getByRole("button", { name: /^(Sign in|登录)$/ }).click();
    await room.getByRole("navigation", { name: /^(Rooms|功能导航)$/ }).waitFor();
    await room.goto(`${world.base}/console/complaints/${borrower}/${ref}`);
    await room.getByText("receipt.png").waitFor();
    await staff.close();
    must(
      await moveComplaint(
        await desk("olga"),
        ref,
        {
          type: "answered",
          outcome: "rejected",
          reason: { zh: "账上没有这笔还款。", en: "No such payment came." },
        },
        {},
        false,
      ),
    );
    await page.reload();
    expect(await textOf(page)).toContain(zh ? "账上没有这笔还款" : "No such payment came");
    // The authority's number is named, and that nobody has verified it.
    expect(await textOf(page)).toMatch(zh ? /12378[^。]*。?.*未核实/ : /12378.*Not verified/);
    const further = async (label: string, number: string): Promise<void> => {
      await page.locator("summary", { hasText: zh ? "再往上反映" : "Take it further" }).click();
      await page.getByLabel(label).check();
      await page.locator("#their-number").fill(number);
      await press(page, zh ? "登记" : "Note it");
    };
    await further(zh ? "出借人总部：请再看一次" : "the lender's head office: please look again", "");
    expect(await textOf(page)).toContain(
      zh ? "已反映到：出借人总部" : "taken further: the lender's head office",
    );
    await further(zh ? "监管部门：我已投诉" : "the authority: I have complained there", "12378-77");
    expect(await textOf(page)).toContain("12378-77");
    expect(await textOf(page)).toContain(zh ? "已升级至其他机构" : "before another office");
    await press(page, takeBack);
  });

  test('"this is not mine" is a dispute: nobody collects until it is answered', async () => {
    const { page } = readers[lang];
    await ask(lang, "not-mine");
    await page.getByLabel(zh ? "不是本人债务" : "this debt is not mine").check();
    await page.locator("#words").fill(zh ? "没有借过" : "I never borrowed this");
    await sendIt(lang);
    expect(await refusedBy(lang)).toContain("house/holds");
    await press(page, takeBack);
    expect(await refusedBy(lang)).not.toContain("house/holds");
  });

  test('"I have a lawyer": from this minute it is the lawyer who is spoken to', async () => {
    const { page, loan } = readers[lang];
    await ask(lang, "helper");
    await page.locator("#representative").fill(zh ? "王律师 010-12345678" : "Ms Wang, lawyer, 010-12345678");
    await sendIt(lang);
    expect(await refusedBy(lang)).toContain("house/holds");
    // Ended again, so that the rest of the story is between the two.
    must(
      await makeWish(
        await desk("borrower"),
        { loan, wish: "representative-ended", channel: "portal" },
        false,
      ),
    );
  });

  test('"I cannot pay at all": no plan is pressed on him, collection rests, and a person answers', async () => {
    const { page, loan } = readers[lang];
    await page.goto(`${world.base}/me/plan?loan=${loan}`);
    for (const [field, value] of [
      ["income", "2000"],
      ["living", "3500"],
      ["dependants", "0"],
      ["otherDebts", "0"],
    ])
      await page.locator(`#${field}`).fill(value!);
    await page.locator("#plan button").click();
    expect(await textOf(page)).toContain(zh ? "没有付得起的方案" : "No plan is affordable");
    await page
      .getByRole("link", { name: zh ? "告诉出借人我还不起" : "Tell the lender that I cannot pay" })
      .first()
      .click();
    await page.getByLabel(zh ? "失业" : "lost work").check();
    await page.locator("#words").fill(zh ? "没有收入" : "Nothing comes in");
    await sendIt(lang);
    expect(await refusedBy(lang)).toContain("house/holds");
    await press(page, takeBack);
    expect(await refusedBy(lang)).not.toContain("house/holds");
  });
});

// --- the long way ----------------------------------------------------------------------------------------------------------

describe.each(LANGS)("a plan that he can afford, in %s", (lang) => {
  const zh = lang === "zh";

  test("he says what his month looks like, asks, reads what is offered word for word, and accepts; contact stops", async () => {
    const { page, loan } = readers[lang];
    await page.goto(`${world.base}/me/plan?loan=${loan}`);
    for (const [field, value] of [
      ["income", "9000"],
      ["living", "6000"],
      ["dependants", "0"],
      ["otherDebts", "0"],
    ])
      await page.locator(`#${field}`).fill(value!);
    await page.locator("#plan button").click();
    expect(await textOf(page)).toContain("¥3,000.00");
    await page
      .getByRole("link", { name: zh ? "请出借人同意这个方案" : "Ask the lender for this plan" })
      .first()
      .click();
    await page.getByLabel(zh ? "失业" : "lost work").check();
    await page
      .locator("#words")
      .fill(zh ? "五月失业，下月有新工作" : "Out of work since May, a new job in August");
    await page.locator("#income").fill("9000");
    await page.locator("#living").fill("6000");
    const ref = await sendIt(lang);
    readers[lang].request = ref;
    let life = await house("olga", ref, { type: "offer", asked: { way: "plan" }, reason: "fits" });
    if (life.state === "proposed") life = await house("sun", ref, { type: "approve" });
    const offer = life.offer!;
    readers[lang].offer = offer;
    expect(Math.max(...offer.payments.map(({ amount }) => amount))).toBeLessThanOrEqual(300_000);
    await page.goto(`${world.base}/me/requests/${ref}`);
    // The offer's own table adds up to what it says.
    const table = await page
      .locator("table", { hasText: zh ? "合计" : "in all" })
      .locator("td.n")
      .allInnerTexts();
    const cents = table.map((cell) => Math.round(Number(cell.replaceAll(/[¥,]/g, "")) * 100));
    expect(cents.slice(0, -1).reduce((all, one) => all + one, 0)).toBe(cents.at(-1));
    expect(await anythingOn(page)).toEqual([]);
    await page.getByRole("link", { name: zh ? "读协议全文" : "Read the whole agreement" }).click();
    const accept = zh ? "接受" : "Accept";
    await press(page, accept);
    expect(await textOf(page)).toContain(zh ? "请先勾选已读" : "Tick that you have read it");
    await page.getByLabel(zh ? "我读过了，同意" : "I have read it and agree").check();
    expect(await anythingOn(page)).toEqual([]);
    await press(page, accept);
    await page.waitForURL(/\/me\/requests\/H-[^/]+$|new=1/);
    expect(await textOf(page)).toContain(zh ? "已达成协议" : "agreed");
    const file = await page.by.request.get(`${world.base}/me/requests/${ref}/file`);
    expect(await file.text()).toMatch(zh ? /分期还款协议/ : /agreement/i);
    expect(page.said).toEqual([]);
  });
});

test("kept for three months of closes it is told as kept and nobody collects; one payment missed is told with the days to make it up; made up, it is kept again: both languages, each step on the phone", async () => {
  const KEPT = { zh: "您在按方案还款", en: "You are keeping the plan" };
  const steps = LANGS.flatMap((lang) => {
    const { payments } = readers[lang].offer!;
    const amount = (n: number): number => payments[n - 1]!.amount;
    const kept = [1, 2, 3].map((n) => ({
      lang,
      on: payments[n - 1]!.on,
      pays: amount(n),
      look: async (): Promise<void> => {
        expect(await planTold(lang)).toContain(KEPT[lang]);
        await restsOn(lang);
      },
    }));
    const missed = payments[3]!.on;
    return [
      ...kept,
      {
        lang,
        on: addDays(missed, 1),
        pays: 0,
        look: async (): Promise<void> => {
          expect(await planTold(lang)).toContain(
            lang === "zh" ? "有一期没有按时到账" : "One payment did not come on its day",
          );
          await readers[lang].page.goto(`${world.base}/me`);
          expect(await textOf(readers[lang].page)).toContain(lang === "zh" ? "今天逾期未还" : "Late today");
        },
      },
      {
        lang,
        on: addDays(missed, 3),
        pays: amount(4),
        look: async (): Promise<void> => {
          expect(await planTold(lang)).toContain(KEPT[lang]);
          await readers[lang].page.goto(`${world.base}/me`);
          expect(await textOf(readers[lang].page)).not.toContain(
            lang === "zh" ? "今天逾期未还" : "Late today",
          );
        },
      },
    ];
  }).sort((a, b) => a.on - b.on);
  for (const { lang, on, pays, look } of steps) {
    await closeThrough(addDays(on, -1));
    if (pays > 0) {
      await pay(lang, `plan-${lang}-${on}`, pays, on);
      // What days of lateness cost beside the payment.
      const late = (await positionOn(lang, on)).arrears.total;
      if (late > 0) await pay(lang, `late-${lang}-${on}`, late, on);
    }
    await closeThrough(on);
    await look();
  }
}, 300_000);

/** His plan's page, in a session of that day. */
async function planTold(lang: Lang): Promise<string> {
  const { page, request } = readers[lang];
  await page.by.clearCookies();
  await page.by.addCookies([{ name: "arrears-look", value: `${lang}.usual`, url: world.base }]);
  await signIn(lang);
  await page.goto(`${world.base}/me/requests/${request}`);
  return textOf(page);
}

/** Nobody was contacted about it since he accepted, by the record that he is shown. */
async function restsOn(lang: Lang): Promise<void> {
  const { page } = readers[lang];
  expect(await textOf(page)).toContain(
    lang === "zh" ? "按方案还款期间，不再催收" : "While you keep the plan there is no collection",
  );
}
