import { strFromU8, strToU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleLetter } from "../../test/golden/letters.ts";
import { GOOD_TEMPLATE, word } from "../../test/support/word.ts";
import { compose, REQUIRED_TAGS } from "../documents/index.ts";
import { checkTemplate, openPress, type Press } from "./index.ts";

const codes = async (lines: readonly string[]): Promise<readonly string[]> => {
  const checked = await checkTemplate(word(lines));
  return checked.ok ? [] : checked.refusals.map(({ code, at }) => `${code} ${at ?? ""}`.trim());
};

describe("a firm's own template", () => {
  let press: Press;
  beforeAll(async () => {
    press = await openPress();
  });
  afterAll(() => press.close());

  test("that has every field is taken, and prints the letter's own sentences", async () => {
    const checked = await checkTemplate(word(GOOD_TEMPLATE));
    expect(checked).toMatchObject({ ok: true });
    if (!checked.ok) return;
    const letter = exampleLetter("demand.zh");
    const printed = await press.docx(letter, checked.value);
    if (!printed.ok) throw new Error(printed.refusal.says);
    const text = strFromU8(unzipSync(printed.value.bytes)["word/document.xml"]!).replace(/<[^>]*>/g, "");
    for (const block of compose(letter).blocks)
      if (block.kind === "paragraph" || block.kind === "heading") expect(text).toContain(block.text);
    expect(text).not.toMatch(/[{}]/);
    const again = await press.docx(letter, checked.value);
    expect(again.ok && Buffer.compare(again.value.bytes, printed.value.bytes)).toBe(0);
  });

  test.each(REQUIRED_TAGS.filter((tag) => tag !== "paragraphs"))("is refused without {%s}", async (tag) => {
    expect(await codes(GOOD_TEMPLATE.map((line) => line.replace(`{${tag}}`, "")))).toEqual([
      `missing-tag ${tag}`,
    ]);
  });

  test("is refused without the loop that holds the text", async () => {
    expect(await codes(GOOD_TEMPLATE.filter((line) => !line.includes("paragraphs")))).toEqual([
      "missing-tag paragraphs",
    ]);
  });

  test("all that is wrong is told at once, with the nearest field that is known", async () => {
    const checked = await checkTemplate(
      word([...GOOD_TEMPLATE, "{lawyr}", "{waysToPay}", "{#number}{/number}"]),
    );
    expect(checked.ok ? [] : checked.refusals.map(({ says }) => says)).toEqual([
      "{lawyr} is not a field of a letter; did you mean {lawyer}?",
      "{waysToPay} is a list: write {#waysToPay}{text}{/waysToPay}",
      "{number} is one text: write it without # and /",
      "{number} is one text: write it without # and /",
    ]);
  });

  test("a loop that is not closed, and a file that is no Word document, are refused", async () => {
    expect((await codes(GOOD_TEMPLATE.filter((line) => line !== "{/paragraphs}")))[0]).toMatch(
      /loop-not-closed|not-a-docx/,
    );
    expect(await checkTemplate(strToU8("no zip"))).toMatchObject({
      ok: false,
      refusals: [{ code: "not-a-docx" }],
    });
  });
});
