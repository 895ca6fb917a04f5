import { describe, expect, it } from "vitest";
import { walk } from "../support/console.ts";
import { disputedPart, journeys, staged } from "./journeys.ts";

/** People at a real browser, over the sample book and the real server. One book and one browser for all of them. */
describe("the console in Chinese", () => {
  const stage = staged("zh");
  journeys("zh", stage);

  it("compares what could be offered to somebody who asked for help, and offers a plan he can pay", async () => {
    const { world, first } = stage();
    const page = await first.take(await world.link("operations"));
    await walk(page, `${world.asked.help}`);
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

  disputedPart("zh", stage);
});
