import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadWords } from "../../packs/load.ts";
import { findAll } from "../../packs/words.ts";
import { day, minor } from "../../src/core/index.ts";
import { textOf } from "../../src/dispatch/index.ts";
import type { WordContext, WordFinding } from "../../src/policy/index.ts";

interface Corpus {
  readonly forbidden: readonly { readonly says: string; readonly found: readonly string[] }[];
  readonly lawful: readonly { readonly says: string; readonly full?: boolean }[];
}

const corpus = parse(readFileSync(new URL("corpus.yaml", import.meta.url), "utf8")) as Corpus;
const rules = { own: loadWords("cn"), house: loadWords("house") };
const context: WordContext = { kind: "text", on: day("2026-11-25"), actor: "lender" };
const find = (text: string): readonly WordFinding[] => findAll(text, context, rules);
const found = (text: string): string[] => [
  ...new Set(
    find(text)
      .filter(({ kind }) => kind === "forbidden")
      .map(({ rule }) => rule.id),
  ),
];
const shown = (text: string): string[] =>
  find(text)
    .filter(({ kind }) => kind === "forbidden")
    .map((one) => `${one.rule.id} “${one.found}” ${one.what.en}`);

describe("forbidden messages are found, each by its rule and no other", () => {
  test.each(corpus.forbidden.map((one) => [one.says, one.found] as const))("%s", (says, expected) => {
    expect(found(says).sort(), shown(says).join("; ")).toEqual([...expected].sort());
  });
});

describe("lawful messages are left alone", () => {
  test.each(corpus.lawful.map((one) => [one.says, one.full ?? false] as const))("%s", (says, full) => {
    expect(shown(says)).toEqual([]);
    const missing = find(says).filter(({ kind }) => kind === "required");
    if (full) expect(missing.map(({ what }) => what.en)).toEqual([]);
  });
});

test("the corpus is large enough, and its figures are told", () => {
  const caught = corpus.forbidden.filter(({ says }) => found(says).length > 0).length;
  const flagged = corpus.lawful.filter(({ says }) => found(says).length > 0).length;
  expect(corpus.forbidden.length).toBeGreaterThanOrEqual(60);
  expect(corpus.lawful.length).toBeGreaterThanOrEqual(40);
  const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)} %`;
  console.info(
    `words: recall ${percent(caught, corpus.forbidden.length)} of ${corpus.forbidden.length} forbidden, precision ${percent(caught, caught + flagged)} over ${corpus.forbidden.length + corpus.lawful.length} messages of the corpus`,
  );
  expect({ caught, flagged }).toEqual({ caught: corpus.forbidden.length, flagged: 0 });
});

describe("dodges", () => {
  const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character);
  const SOFT = [" ", "*", "·", "\u200b", "\u2060", "-", "_", "/", "~", "＊", "　", "^", "\u00ad", "🙂", "|"];
  // A blank inside an English word makes two words, as "not ify" would be: only a word that is spelled out is seen.
  const IN_WORDS = SOFT.filter((mark) => mark.trim() !== "" && mark !== "/");
  const wide = (text: string): string =>
    [...text]
      .map((one) => (one > " " && one < "\x7f" ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one))
      .join("");
  const chinese = corpus.forbidden.filter(({ says }) => /\p{Script=Han}/u.test(says));
  const english = corpus.forbidden.filter(({ says }) => /^[\x20-\x7e]+$/.test(says));

  /** Separators where a hand would put them: between two characters, or between two letters of a word. */
  const between = (text: string, picks: readonly number[]): string => {
    let n = 0;
    const characters = [...text];
    return characters
      .map((one, i) => {
        const next = characters[i + 1] ?? "";
        const inside = (isHan(one) && isHan(next)) || (/[a-z]/i.test(one) && /[a-z]/i.test(next));
        return inside ? one + ((isHan(one) ? SOFT : IN_WORDS)[picks[n++ % picks.length]!] ?? "") : one;
      })
      .join("");
  };
  const picks = fc.array(fc.nat(SOFT.length + 10), { minLength: 1, maxLength: 40 });

  test("separators between Chinese characters change nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...chinese), picks, ({ says, found: expected }, how) => {
        const dodged = between(says, how);
        expect(found(dodged), dodged).toEqual(expect.arrayContaining([...expected]));
      }),
      { numRuns: 2000 },
    );
  });

  test("separators inside English words change nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...english), picks, ({ says, found: expected }, how) => {
        const dodged = between(says, how);
        expect(found(dodged), dodged).toEqual(expect.arrayContaining([...expected]));
      }),
      { numRuns: 2000 },
    );
  });

  test("full width, capitals and zero-width marks change nothing", () => {
    for (const { says, found: expected } of corpus.forbidden) {
      for (const dodged of [wide(says), says.toUpperCase(), [...says].join("\u200d")])
        expect(found(dodged), dodged).toEqual(expect.arrayContaining([...expected]));
    }
  });

  test("words spelled out with blanks are read", () => {
    for (const { says, found: expected } of [...chinese, ...english]) {
      // A digit that stands alone is a digit.
      if (/\d/.test(says)) continue;
      const dodged = [...says].join(" ");
      expect(found(dodged), dodged).toEqual(expect.arrayContaining([...expected]));
    }
  });

  test("a stop between every two characters of a word is seen through", () => {
    expect(found("我们要报。警。抓。人。了")).toEqual(["cn/words/threats"]);
    expect(found("等着被拘，留，吧")).toEqual(["cn/words/threats"]);
    expect(found("you go to j. a. i. l. now")).toEqual(["cn/words/threats"]);
  });

  test("lawful texts with separators stay lawful", () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpus.lawful), picks, ({ says }, how) => {
        const dodged = between(says, how);
        expect(shown(dodged), dodged).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    for (const { says } of corpus.lawful) expect(shown(wide(says)), says).toEqual([]);
  });

  test("words that meet across the end of a clause are two words", () => {
    expect(found("请尽快回报，警惕诈骗。")).toEqual([]);
    expect(found("We met in court. Order now.")).toEqual([]);
  });
});

describe("findings", () => {
  test("stand at the words as written, in the order of the text", () => {
    const text = "您好，再不还就报 警 抓人，并通知您的父母。";
    for (const { from, to, found: words } of find(text).filter(({ kind }) => kind === "forbidden"))
      expect(text.slice(from, to)).toBe(words);
    expect(
      find(text)
        .filter(({ kind }) => kind === "forbidden")
        .map(({ found: words }) => words),
    ).toEqual(["就报 警", "抓人", "通知您的父母"]);
  });

  test("the same text gives the same findings, whatever was read before", () => {
    const text = corpus.forbidden[0]!.says;
    const first = find(text);
    for (const { says } of corpus.lawful) find(says);
    expect(find(text)).toEqual(first);
  });

  test("any text gives offsets inside it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        for (const { from, to } of find(text)) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(from).toBeLessThanOrEqual(to);
        }
      }),
    );
  });

  test("time grows with the length and not faster, on texts made to be slow", () => {
    const cpu = (text: string): number => {
      find(text);
      const start = process.cpuUsage();
      find(text);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    for (const piece of [
      "公安",
      "通知联系",
      "不会不会",
      "你你你 ",
      "a ",
      "your wages ",
      "{{",
      "【",
      "no not ",
      "contact your ",
    ]) {
      const text = piece.repeat(100_000 / piece.length);
      cpu(text);
      // Quadratic work on 100 kB would be minutes; linear work is tens of milliseconds.
      expect(cpu(text), piece).toBeLessThan(3000);
    }
  });
});

describe("the texts that are sent", () => {
  const owed = {
    lender: "示例小贷",
    currency: "CNY",
    loans: 1,
    dueOn: day("2026-11-01"),
    asOf: day("2026-11-25"),
    total: minor(104_650),
    lateInterest: minor(120),
  };
  test.each(
    (["en", "zh"] as const).flatMap((language) =>
      [-3, 0, 1, 55].flatMap((dpd) =>
        [1, 3].flatMap((loans) =>
          (["app", "text", "email"] as const).map((kind) => [language, dpd, loans, kind] as const),
        ),
      ),
    ),
  )("pass every rule in %s, %i days past due, %i loans, by %s", (language, dpd, loans, kind) => {
    const text = textOf(language, { ...owed, dpd, loans });
    expect(findAll(text, { ...context, kind, language }, rules)).toEqual([]);
    const promised = { on: day("2026-11-26"), amount: minor(50_000) };
    const reminder = textOf(language, { ...owed, dpd, loans, promised });
    expect(reminder).toContain("500.00");
    expect(findAll(reminder, { ...context, kind, language }, rules)).toEqual([]);
    const notice = textOf(language, { ...owed, dpd, loans, outsourcedTo: "Anxin" });
    expect(notice).toContain("Anxin");
    expect(findAll(notice, { ...context, kind, language }, rules)).toEqual([]);
  });
});
