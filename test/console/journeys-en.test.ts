import { describe, expect, it } from "vitest";
import { walk } from "../support/console.ts";
import { disputedPart, journeys, staged } from "./journeys.ts";
import { lookBack, worthALook } from "./screens.ts";
import { waysIn } from "./sign-in.ts";

/** People at a real browser, over the sample book and the real server. One book and one browser for all of them. */
describe("the console in English", () => {
  const stage = staged("en");
  journeys("en", stage);
  waysIn("en", stage);

  it("shows a case whose table adds up to the cent", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("operations"));
    const loan = await worthALook(page, world, "largest-arrears");
    await walk(page, `/cases/${loan}`);
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

  it("opens the loans behind a number: as many as it says, down to one loan's page", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("operations"));
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
    const { world, first } = stage();
    const page = await first.take(await world.link("compliance"));
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

  it("lets a clerk record a hearing in the court room, checked before it is written", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("operations"));
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

  it("shows two people on one case each other, and a stale write is refused with what changed", async () => {
    const { world, first, second } = stage();
    const loan = world.office.placed[1]!;
    const mine = await first.take(await world.link("operations"));
    await walk(mine, `/cases/${loan}`);
    await mine.getByRole("button", { name: "Promise to pay" }).click();
    const other = await second.take(await world.link("compliance"));
    await walk(other, `/cases/${loan}`);
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

  it("changes nothing while the past is looked at", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("operations"));
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

  disputedPart("en", stage);
});
