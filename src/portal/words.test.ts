import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ASK_FORMS } from "./ask.ts";
import { GUIDES } from "./guides.ts";
import { GUIDES_US } from "./guides-us.ts";
import type { Said } from "./show.ts";

/** Every text of the guides and of the forms, as it is read. */
const GUIDE_TEXTS: readonly Said[] = [...GUIDES, ...GUIDES_US].flatMap(({ asks, short, parts }) => [
  asks,
  short,
  ...parts.flatMap(({ head, lines }) => [...(head ? [head] : []), ...lines]),
]);
const FORM_TEXTS: readonly Said[] = Object.values(ASK_FORMS).flatMap(
  ({ title, intro, effect, questions }) => [
    title,
    intro,
    effect,
    ...questions.flatMap(({ says, hint }) => [says, ...(hint ? [hint] : [])]),
  ],
);
const ALL = [...GUIDE_TEXTS, ...FORM_TEXTS];

/** Every text that stands in a page of the room, with its file. */
const ROOM: readonly (readonly [string, string])[] = readdirSync(import.meta.dirname)
  .filter((one) => one.endsWith(".ts") && !one.endsWith(".test.ts"))
  .flatMap((name) =>
    [
      ...readFileSync(join(import.meta.dirname, name), "utf8").matchAll(
        /\b(?:zh|en):(?: \([^)]*\) =>)?\s+(?:"([^"]+)"|`([^`]+)`)/g,
      ),
    ].map(([, plain, made]) => [name, plain ?? made!.replaceAll(/\$\{[^}]*\}/g, "0")] as const),
  );

const sentences = (text: string): string[] =>
  text.split(/[。？！.?!]+(?:\s|$)?/).filter((part) => part.trim() !== "");
const mean = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0) / counts.length;
const hanzi = (text: string): number => [...text].filter((sign) => /\p{Script=Han}/u.test(sign)).length;
const words = (text: string): string[] => text.match(/[A-Za-z']+/g) ?? [];
const syllables = (word: string): number =>
  Math.max(
    1,
    (
      word
        .toLowerCase()
        .replace(/e$/, "")
        .match(/[aeiouy]+/g) ?? []
    ).length,
  );

/** Words of the trade that a frightened reader should not have to look up. */
const JARGON = {
  zh: /标的|诉讼请求|罚息|展期费|催告函|履行义务|主张权利|清偿|债权人会议|M[1-7]\b|失联修复|委外|核销|计提/,
  en: /\b(?:hereby|pursuant|notwithstanding|delinquen\w+|accru\w+|amorti[sz]\w+|obligor|liabilit\w+|arrears|DPD|remit\w*|herein|forthwith|utili[sz]e)\b/i,
};

describe("what a frightened reader reads", () => {
  test("Chinese sentences have at most 25 characters on average, and none more than 48", () => {
    const counts = ALL.flatMap(({ zh }) => sentences(zh)).map(hanzi);
    expect(mean(counts)).toBeLessThanOrEqual(25);
    expect(Math.max(...counts)).toBeLessThanOrEqual(48);
  });

  test("English reads at seventh grade or below, by Flesch and Kincaid, and no sentence has more than 24 words", () => {
    const parts = ALL.flatMap(({ en }) => sentences(en));
    const counts = parts.map((part) => words(part).length).filter((count) => count > 0);
    const all = parts.flatMap(words);
    const grade = 0.39 * mean(counts) + 11.8 * mean(all.map(syllables)) - 15.59;
    expect(grade).toBeLessThanOrEqual(7);
    expect(Math.max(...counts)).toBeLessThanOrEqual(24);
  });

  test("there is no jargon, no shouting, no countdown and nobody is told what he must feel", () => {
    for (const { zh, en } of ALL) {
      expect(zh).not.toMatch(JARGON.zh);
      expect(en).not.toMatch(JARGON.en);
      for (const text of [zh, en]) expect(text).not.toMatch(/[!！]|\b[A-Z]{4,}\b/);
    }
  });

  test("nor does any page of the room: each of its texts is as plain and as short, and none shouts or counts down", () => {
    const all = { zh: [] as string[], en: [] as string[] };
    for (const [name, text] of ROOM) {
      const language = /[一-鿿]/.test(text) ? "zh" : "en";
      expect(text, name).not.toMatch(/[!！]/);
      expect(text, name).not.toMatch(/倒计时|立刻还款|最后机会|hurry|last chance|act now/i);
      expect(text, name).not.toMatch(JARGON[language]);
      for (const part of sentences(text)) {
        if (language === "zh") expect(hanzi(part), `${name}: ${part}`).toBeLessThanOrEqual(48);
        else expect(words(part).length, `${name}: ${part}`).toBeLessThanOrEqual(24);
        all[language].push(part);
      }
    }
    expect(mean(all.zh.map(hanzi))).toBeLessThanOrEqual(25);
    const counts = all.en.map((part) => words(part).length).filter((count) => count > 0);
    const grade = 0.39 * mean(counts) + 11.8 * mean(all.en.flatMap(words).map(syllables)) - 15.59;
    expect(grade).toBeLessThanOrEqual(7);
  });
});
