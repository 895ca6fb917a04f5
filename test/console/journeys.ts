import { afterAll, beforeAll, expect, it } from "vitest";
import type { Lang } from "../../apps/console/src/lib/format.ts";
import { caseWords } from "../../apps/console/src/words/case.ts";
import { courtWords } from "../../apps/console/src/words/court.ts";
import { frame, rooms } from "../../apps/console/src/words/frame.ts";
import { lettersWords } from "../../apps/console/src/words/letters.ts";
import { approvalWords, auditWords, dataWords } from "../../apps/console/src/words/office.ts";
import { requestWords } from "../../apps/console/src/words/requests.ts";
import { strategyWords } from "../../apps/console/src/words/strategies.ts";
import { work } from "../../apps/console/src/words/work.ts";
import { PROBLEMS } from "../../src/api/http/problem.ts";
import { openBrowser } from "../support/browser.ts";
import { type ConsoleWorld, consoleWorld, type Room, type Seat, seat, walk } from "../support/console.ts";
import { openRefused, settled, worthALook } from "./screens.ts";
import { sayIn } from "./words.ts";

/** Where the journeys of one language are made: a book with its server, and two windows of that language. */
export interface Stage {
  readonly world: ConsoleWorld;
  readonly first: Seat;
  readonly second: Seat;
}

/** The stage of a file of tests, there while they run. */
export function staged(lang: Lang): () => Stage {
  let stage: Stage;
  let down: () => Promise<void>;
  beforeAll(async () => {
    const [world, browser] = await Promise.all([consoleWorld(), openBrowser()]);
    down = async () => {
      await browser.close();
      await world.close();
    };
    stage = { world, first: await seat(browser, { lang }), second: await seat(browser, { lang }) };
  });
  afterAll(() => down?.());
  return () => stage;
}

/** The seven journeys that stand for the office's work, told once and made in each language over a book of its own. */
export function journeys(lang: Seat["lang"], stage: () => Stage): void {
  const say = sayIn(lang);
  const rail = (page: Room, room: keyof typeof rooms): Promise<void> =>
    page
      .getByRole("navigation", { name: say(frame.rail) })
      .getByRole("link", { name: say(rooms[room]), exact: true })
      .click();
  const button = (name: string) => ["button", { name, exact: true }] as const;

  it("lets the operations lead see last night, open a refused step and read why", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("operations"));
    await page.getByRole("heading", { level: 1, name: say(rooms.today), exact: true }).waitFor();
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
    // The rule in the reader's words; the law that it cites is quoted as it is written.
    expect(why).toMatch(lang === "zh" ? /\p{Script=Han}/u : /[a-z]+ [a-z]+ [a-z]+/);
    const loan = page.locator("td a[href*='/cases/']").first();
    const number = await loan.innerText();
    await loan.click();
    await page.getByRole("heading", { level: 1, name: number }).waitFor();
    await page
      .locator(".timeline")
      .getByText(lang === "zh" ? /拒/ : /refused/i)
      .first()
      .waitFor();
    expect(page.said).toEqual([]);
  });

  let worked: string;
  it("lets a collector work twenty cases by keyboard alone, and take a promise", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("collector"));
    await page.getByRole("heading", { level: 1, name: say(work.title) }).waitFor();
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const dialog = page.getByRole("dialog");
    const number = page.locator(".number");
    const here = page.locator(".queue button[aria-current='true']");
    const inHand = page.locator(".desk .tag.on");
    const caseHere = (): Promise<string | null> => here.getAttribute("data-case");
    // Each act has its key beside its name: "Call C".
    const acts = [work.call, work.promise].map((act) => new RegExp(`^${say(act)}\\s*[A-Z]$`));
    const isCall = async (): Promise<boolean> => {
      const there = await Promise.all(acts.map((name) => page.getByRole("button", { name }).count()));
      return there.some((count) => count > 0);
    };
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
    const note = dialog.getByLabel(say(work.notes), { exact: true });
    const hasKeys = (): Promise<boolean> => note.evaluate((field) => field.matches(":focus"));
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
      const asked = await isCall();
      const spoke = asked && (await call());
      if (spoke && !promised) {
        worked = loan;
        await press("p");
        await dialog.getByLabel(say(work.amount)).waitFor();
        await page.keyboard.type("50.00");
        await press("Tab");
        await page.keyboard.type("2026-07-10");
        await press("Enter");
        // The picker keeps the keys until it has closed; then the note is the next field.
        for (let tabs = 0; tabs < 4 && !(await hasKeys()); tabs++) await press("Tab");
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
      await page.keyboard.type(asked ? "no-answer" : "agreed");
      await press("Enter");
      // The field that comes next has the keys by itself.
      await expect.poll(hasKeys).toBe(true);
      await press("Enter");
      await moved(before);
    }
    expect(promised).toBe(true);

    // Put off by Enter, a case is given back once.
    let given = 0;
    page.on("request", (one) => {
      if (one.url().endsWith("/v1/worklist/release")) given += 1;
    });
    await press("z");
    await dialog.getByLabel(say(work.why)).fill("下午再打");
    await press("Enter");
    await inHand.waitFor({ state: "hidden" });
    expect(given).toBe(1);

    const answer = await page.request.get(`${world.base}/v1/loans/${worked}?asOf=2026-07-01`);
    const { promises = [] } = (await answer.json()) as { promises?: unknown[] };
    expect(JSON.stringify(promises)).toContain("50.00");
    expect(world.trouble).toEqual([]);
    // Four hundred keys, each with what follows from it: it is long where others use the machine too.
  }, 240_000);

  it("lets a lawyer return one letter, approve a batch after a look, and sign it", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("law-firm"));
    await rail(page, "letters");
    const links = page.locator("tbody a[href*='/letters/']");
    await links.first().waitFor();
    const letters = await links.allInnerTexts();
    expect(letters.length).toBeGreaterThanOrEqual(4);
    const all = page.getByRole("link", { name: say(lettersWords.all), exact: true });
    const read = async (number: string): Promise<void> => {
      if ((await all.count()) > 0) await all.click();
      await page.getByRole("link", { name: number, exact: true }).click();
      await page.getByRole(...button(say(lettersWords.read))).click();
      await page.locator("article.paper").waitFor();
    };
    const dialog = page.getByRole("dialog");
    const [returned, ...others] = letters as [string, ...string[]];
    await read(returned);
    await page.getByRole(...button(say(lettersWords.back))).click();
    await dialog.getByLabel(say(frame.reason)).fill("金额请与台账再核对");
    await page.keyboard.press("Enter");
    await page.locator(".head .tag", { hasText: say(lettersWords.states["sent-back"]) }).waitFor();
    await dialog.waitFor({ state: "hidden" });

    // While one of them is unread none goes through, and the look says which; when it is read, all do.
    const unread = others.at(-1)!;
    const many = String(others.length);
    for (const number of others.slice(0, -1)) await read(number);
    const look = async (): Promise<void> => {
      await all.click();
      for (const number of others)
        await page.getByRole("checkbox", { name: `${say(lettersWords.select)} ${number}` }).check();
      await page.getByRole(...button(say(lettersWords.approveSelected)(others.length))).click();
      await dialog.getByRole(...button(say(lettersWords.tryMany))).click();
    };
    await look();
    await dialog.getByText(say(lettersWords.would)("0", "…").split("…")[0]!).waitFor();
    await dialog.getByRole("link", { name: unread, exact: true }).first().click();
    await page.getByRole(...button(say(lettersWords.read))).click();
    await page.locator("article.paper").waitFor();
    await look();
    await dialog.getByText(say(lettersWords.would)(many, "0")).waitFor();
    await dialog.getByRole(...button(say(lettersWords.approveN)(many))).click();
    await dialog.waitFor({ state: "hidden" });

    await page.getByRole(...button(say(lettersWords.signSelected)(others.length))).click();
    await dialog.getByRole(...button(say(lettersWords.tryMany))).click();
    // Whatever it says instead stands in the failure.
    await expect
      .poll(() => dialog.allInnerTexts(), { timeout: 60_000 })
      .toEqual([expect.stringContaining("Hengxin")]);
    await dialog.getByRole(...button(say(lettersWords.signN)(many))).click();
    await dialog.waitFor({ state: "hidden", timeout: 60_000 });
    const signed = page.locator("tbody .tag").getByText(say(lettersWords.states.signed), { exact: true });
    await expect.poll(() => signed.count()).toBe(others.length);
    expect(page.said).toEqual([]);
  });

  it("lets compliance find every contact to one person and export its bundle, with a second person", async () => {
    const { world, first, second } = stage();
    const asking = await first.take(await world.link("compliance"));
    await rail(asking, "audit");
    await asking.getByRole("tab", { name: say(auditWords.contacts) }).click();
    await asking.getByRole("searchbox", { name: say(auditWords.findLoan) }).fill(worked);
    await asking.keyboard.press("Enter");
    await asking.getByRole("heading", { level: 2 }).filter({ hasText: worked }).waitFor();
    const contacts = (await (
      await asking.request.get(`${world.base}/v1/loans/${worked}/contacts`)
    ).json()) as { items: unknown[] };
    expect(contacts.items.length).toBeGreaterThan(0);
    await expect
      .poll(() => asking.getByRole("tabpanel").locator("tbody tr.ant-table-row").count())
      .toBe(contacts.items.length);
    await walk(asking, `/cases/${worked}`);
    await asking.getByRole(...button(say(caseWords.bundle))).click();
    const dialog = asking.getByRole("dialog");
    await dialog.getByLabel(say(frame.reason)).fill("asked for by the regulator");
    await asking.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });

    const agreeing = await second.take(await world.link("compliance"));
    await rail(agreeing, "approvals");
    await agreeing
      .getByRole(...button(say(approvalWords.agree)))
      .first()
      .click();
    await agreeing.getByRole("dialog").getByLabel(say(frame.reason)).fill("监管来函");
    await agreeing.keyboard.press("Enter");
    await agreeing.getByRole("dialog").waitFor({ state: "hidden" });

    await rail(asking, "approvals");
    await asking.locator(".ant-segmented-item", { hasText: say(approvalWords.states.approved) }).click();
    const href = await asking.getByRole("link", { name: say(approvalWords.fetch) }).getAttribute("href");
    const bundle = await asking.request.get(`${world.base}${href}`);
    expect([bundle.status(), (await bundle.body()).subarray(0, 2).toString()]).toEqual([200, "PK"]);
    expect([...asking.said, ...agreeing.said]).toEqual([]);
  });

  it("gives an auditor every room to read and nothing to change", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("auditor"));
    const me = (await (await page.request.get(`${world.base}/v1/me/may`)).json()) as { may: string[] };
    const loan = await worthALook(page, world, "largest-arrears");
    const suit = world.office.suits[1]!;
    const paths = await page
      .locator(".rail-link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")!.replace("/console", "")));
    // Every button that an auditor meets only shows something; none of them writes.
    const writes = WRITES.map(say);
    for (const path of [...paths, `/cases/${loan}`, `/court/${suit}/proceeding/S-${suit}`]) {
      await walk(page, path);
      await page.waitForURL(`**/console${path}`);
      await settled(page);
      const buttons = await page.locator("#content button, #content a.ant-btn").allInnerTexts();
      expect([path, buttons.filter((name) => writes.includes(name.trim()))]).toEqual([path, []]);
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
    expect(page.said).toEqual([]);
  });

  it("takes a case from an agency while it looks at it, when the house takes the case back", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("agency"));
    const loan = world.office.placed[0]!;
    await page.getByRole("link", { name: loan, exact: true }).click();
    const owed = page.getByRole("heading", { level: 2, name: say(caseWords.owed) });
    await owed.waitFor();
    // The first part of the page that is refused takes all of it along, whether or not the case itself is asked for again.
    await page.route(
      ({ pathname }) => pathname === `/v1/loans/${loan}`,
      (route) => route.abort(),
    );
    await world.recall(loan);
    await page.getByText(PROBLEMS["not-found"][lang]).first().waitFor({ timeout: 20_000 });
    expect(await owed.count()).toBe(0);
    await page.unrouteAll();
  });

  it("lets a supervisor try a strategy on the whole book, and release it with a second person", async () => {
    const { world, first, second } = stage();
    const proposer = await first.take(await world.link("supervisor"));
    await rail(proposer, "strategy");
    await proposer.getByRole(...button(say(strategyWords.edit))).click();
    const editor = proposer.getByRole("textbox", { name: say(strategyWords.editing) });
    const text = await editor.inputValue();
    await editor.fill(
      text.replace(/^version: 1$/m, "version: 2").replace(/^from: .*$/m, 'from: "2026-08-01"'),
    );
    // Tomorrow on the real book, beside the version in force, before anybody proposes it.
    await proposer.getByRole(...button(say(strategyWords.tryBook))).click();
    const column = say(strategyWords.dayOf)("micro-standard@2");
    await proposer.getByRole("columnheader", { name: column }).waitFor({ timeout: 60_000 });
    await proposer.getByText(say(strategyWords.whyRefused)).waitFor();
    await proposer.getByRole(...button(say(strategyWords.propose))).click();
    const release = async (page: Room): Promise<void> => {
      await page.getByRole(...button(say(strategyWords.release))).click();
      await page
        .getByRole("dialog")
        .getByRole(...button(say(strategyWords.release)))
        .click();
    };
    const answer = proposer.waitForResponse((one) => one.url().endsWith("/release"));
    await release(proposer);
    expect((await answer).status()).toBe(PROBLEMS["second-person"].status);
    await proposer.getByText(PROBLEMS["second-person"][lang]).waitFor();

    const agreeing = await second.take(await world.link("supervisor"));
    await rail(agreeing, "strategy");
    await agreeing.getByRole("button", { name: /v2/ }).click();
    await release(agreeing);
    const released = agreeing.getByText(say(strategyWords.states.released), { exact: true });
    await released.first().waitFor();
    // What the browser says by itself of each answer that is a no.
    const said = proposer.said.filter((one) => !/ status of 422 /.test(one));
    expect([...said, ...agreeing.said]).toEqual([]);
  });
}

/** Told last: it leaves a complaint in the book that the other journeys would meet. */
export function disputedPart(lang: Seat["lang"], stage: () => Stage): void {
  const say = sayIn(lang);
  it("shows which part of a debt is disputed and must not be asked for, and suggests the rest as a promise", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("operations"));
    const read = async <T>(path: string): Promise<T> =>
      (await (await page.request.get(`${world.base}/v1${path}`)).json()) as T;
    const { csrf } = await read<{ csrf: string }>("/me");
    // One that no other journey looks at.
    const loan = (await read<{ items: { loan: string }[] }>("/loans?late=true&limit=100")).items.at(-1)!.loan;
    const { borrower } = await read<{ borrower: string }>(`/loans/${loan}/borrower`);
    const opened = await page.request.post(
      `${world.base}/v1/borrowers/${encodeURIComponent(borrower)}/complaints`,
      {
        data: { loans: [loan], kind: "sum-wrong", words: "ten of it are paid", disputed: "10.00" },
        headers: { "x-csrf-token": csrf, "idempotency-key": `part-of-${loan}` },
      },
    );
    expect(opened.status(), await opened.text()).toBe(201);
    const told = await read<{ disputed: string; askable: string; arrears: { total: string } }>(
      `/loans/${loan}`,
    );
    // With the late interest that the ten bear.
    expect(told.disputed).toMatch(/^1\d\.\d\d$/);
    await page.goto(`${world.base}/console/cases/${loan}`);
    const row = (name: string) => page.locator("tr").filter({ has: page.getByText(name, { exact: true }) });
    await row(say(work.disputed)).getByText(told.disputed).waitFor();
    await row(say(work.askable)).waitFor();
    await page.getByRole("button", { name: say(caseWords.promise), exact: true }).click();
    const amount = page.getByRole("dialog").getByLabel(say(caseWords.amount));
    expect(await amount.inputValue()).toBe(told.askable);
    await page.keyboard.press("Escape");
    expect(world.trouble).toEqual([]);
  });
}

/** Whatever a button says that changes something, in any room that an auditor has. */
const WRITES = [
  caseWords.promise,
  caseWords.reveal,
  caseWords.bundle,
  courtWords.open,
  courtWords.record,
  courtWords.takeBack,
  courtWords.applyEnforcement,
  dataWords.close,
  dataWords.check,
  lettersWords.approve,
  lettersWords.back,
  requestWords.act,
  strategyWords.edit,
  strategyWords.propose,
  strategyWords.release,
  strategyWords.withdraw,
  strategyWords.tryBook,
  approvalWords.agree,
  approvalWords.refuse,
  work.take,
  work.sendMessage,
] as const;
