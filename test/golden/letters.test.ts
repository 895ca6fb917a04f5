import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadWords } from "../../packs/load.ts";
import { addDays, type Minor, minor } from "../../src/core/index.ts";
import {
  asciiPunctuation,
  compose,
  LETTER_KINDS,
  LETTER_LAW,
  type Letter,
  readLetter,
  toHtml,
  toText,
} from "../../src/documents/index.ts";
import { findWords } from "../../src/policy/index.ts";
import { exampleLetter, exampleLetters } from "./letters.ts";

const examples = exampleLetters();
const rules = [...loadWords("cn"), ...loadWords("house")];

/** What no letter may say, whoever reads it. A stated intention to sue is not one of them: it is lawful. */
const forbidden = (letter: Letter): readonly string[] =>
  findWords(
    toText(compose(letter)),
    { kind: "letter", on: letter.on, actor: "law-firm", language: letter.language === "en" ? "en" : "zh" },
    rules,
  )
    .filter(({ kind }) => kind === "forbidden")
    .map(({ rule, found }) => `${rule.id}: ${found}`);

describe("the letters, as a lawyer reads them", () => {
  test("there is one example of each kind in each language", () => {
    expect(examples.map(({ letter }) => `${letter.kind} ${letter.language}`).sort()).toEqual(
      LETTER_KINDS.flatMap((kind) => [`${kind} en`, `${kind} zh-CN`]).sort(),
    );
  });

  test.each(examples)("$name reads as it was approved", async ({ name, letter }) => {
    await expect(toText(compose(letter))).toMatchFileSnapshot(`letters/${name}.txt`);
  });

  test.each(examples)("$name says nothing that the rules on words forbid", ({ letter }) => {
    expect(forbidden(letter)).toEqual([]);
  });

  test("a letter with a threat in it would be found", () => {
    const letter = exampleLetter("dispute-reply.zh");
    const about = {
      ...letter.about,
      kind: "dispute",
      answer: "如不还款将通知您的家人和单位。",
    } as Letter["about"];
    expect(forbidden({ ...letter, about: about! })).not.toEqual([]);
  });

  test.each(examples.filter(({ letter }) => letter.language === "zh-CN"))(
    "$name has full-width punctuation",
    ({ letter }) => {
      expect(asciiPunctuation(toText(compose(letter)))).toEqual([]);
    },
  );

  test("a half-width comma would be found", () => {
    expect(asciiPunctuation("请您,于今日")).toEqual(["请您,于今日"]);
    expect(asciiPunctuation("利率0.05%，分3期")).toEqual([]);
  });
});

describe("law is cited or is not there", () => {
  test.each(LETTER_LAW)("$at stands in law/$law.md, word for word and in that state", (quoted) => {
    const text = readFileSync(new URL(`../../law/${quoted.law}.md`, import.meta.url), "utf8");
    const clause = text.split(/^## /m).find((part) => part.startsWith(`${quoted.at} `));
    expect(clause).toContain(`> ${quoted.quote}`);
    expect(clause!.split("\n")[0]).toContain(`[${quoted.verification}]`);
    expect(text).toContain(`force: ${quoted.force}`);
    expect(text).toContain(`in_force_from: "${quoted.from}"`);
  });

  test("no letter quotes what was not verified", () => {
    expect(LETTER_LAW.map(({ verification }) => verification)).not.toContain("unverified");
  });
});

describe("figures", () => {
  const demand = exampleLetter("demand.zh");

  // By hand: 800.00 x 71 days x 0.075% = 42.60, 1,000.00 x 40 x 0.075% = 30.00, 1,000.00 x 10 x 0.075% = 7.50.
  test("each figure of the demand stands in its data, or is a sum of the data", () => {
    const text = toText(compose(demand));
    for (const figure of [
      "3,068.73",
      "3,078.60",
      "2,800.00",
      "198.50",
      "80.10",
      "70.23",
      "42.60",
      "30.00",
      "7.50",
    ])
      expect(text).toContain(figure);
    // 1,124.00 + 1,108.50 + 1,090.00, and what is open of it.
    expect(text).toMatch(/合计 +3,322\.50 +324\.00 +2,998\.50/);
    expect(text).toContain("人民币叁仟零陆拾捌元柒角叁分");
  });

  test.each([
    ["more than can be claimed", { demanded: minor(306_874) }, "demands no more than can be claimed"],
    ["an answer before the letter", { answerBy: addDays(demand.on, -1) }, "answered on its day or later"],
    ["no debt", { debts: [] }, "names a debt"],
  ])("a letter with %s is never written", (_, change, says) => {
    expect(() => compose({ ...demand, ...change })).toThrow(says);
  });

  test.each(["due", "paid", "open"] as const)(
    "an installment whose %s is a cent off stops the letter",
    (key) => {
      const [debt] = demand.debts;
      const [first, ...others] = debt!.missed;
      const wrong = { ...debt!, missed: [{ ...first!, [key]: (first![key] + 1) as Minor }, ...others] };
      expect(() => compose({ ...demand, debts: [wrong] })).toThrow("is open by what is due and not paid");
    },
  );

  test("a statement whose lines do not add up stops the letter", () => {
    const [debt] = demand.debts;
    const statement = { ...debt!.statement, contractual: (debt!.statement.contractual + 1) as Minor };
    expect(() => compose({ ...demand, debts: [{ ...debt!, statement }] })).toThrow("add up");
  });

  test("a kind without its subject stops the letter", () => {
    const { about: _, ...bare } = exampleLetter("withdrawal.en");
    expect(() => compose(bare)).toThrow("has a subject of the kind withdrawal");
  });

  test("two debts are numbered, and what is demanded is of both", () => {
    const two = {
      ...demand,
      debts: [demand.debts[0]!, { ...demand.debts[0]!, loan: "L-2" }],
      demanded: minor(613_746),
    };
    const text = toText(compose(two));
    expect(text).toContain("（1）您与委托人");
    expect(text).toContain("（2）您与委托人");
    expect(text).toContain("6,137.46");
  });
});

describe("reading a letter", () => {
  const raw = (): Record<string, unknown> =>
    JSON.parse(readFileSync(new URL("../../examples/letters/demand.zh.json", import.meta.url), "utf8"));

  test.each([
    ["an unknown key", { adressee: {} }, "adressee", 'did you mean "addressee"'],
    ["a number for money", { demanded: 3068.73 }, "demanded", "write it as text"],
    ["no day", { on: "2026-13-01" }, "on", "is not a calendar day"],
    ["an unknown kind", { kind: "demands" }, "kind", 'did you mean "demand"'],
  ])("refuses %s, by its place", (_, change, at, says) => {
    const read = readLetter({ ...raw(), ...change });
    expect(read).toMatchObject({ ok: false, refusal: { at, says: expect.stringContaining(says) } });
  });
});

describe("the page for a browser", () => {
  test.each(examples)("$name has no script and fetches nothing", ({ letter }) => {
    const page = toHtml(compose(letter));
    expect(page).not.toMatch(/<script|<link|<iframe|<img|\son\w+=|https?:\/\/(?!letters\.example)/i);
    expect(page).toContain(`<html lang="${letter.language}">`);
  });

  test("whatever a name holds, it stays text", () => {
    const demand = exampleLetter("demand.zh");
    const structure = (page: string): number => page.split("<").length;
    const plain = structure(toHtml(compose(demand)));
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const page = toHtml(
          compose({ ...demand, addressee: { ...demand.addressee, name: `<b>${name}"'&` } }),
        );
        expect(structure(page)).toBe(plain);
        expect(page).toContain("&#60;b&#62;");
      }),
    );
  });
});
