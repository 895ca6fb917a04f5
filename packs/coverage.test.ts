import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { coverage, gapIn } from "./coverage.ts";
import { coverageOf, loadPack, loadWords, PLACES } from "./load.ts";

/** Only places with a pack: a text that was quoted for a place without one is carried by nothing yet. */
describe.each(PLACES)("the texts of %s and of the house", (place) => {
  test("are each carried by a rule or a parameter, or say why not", () => {
    const clauses = coverageOf(place, loadPack(place));
    expect(clauses.length).toBeGreaterThan(20);
    expect(clauses.map(gapIn).filter((gap) => gap !== undefined)).toEqual([]);
  });

  test("name only files that there are", () => {
    const named = new Set(
      coverageOf(place, loadPack(place)).flatMap(({ modules, tests }) => [...modules, ...tests]),
    );
    expect([...named].filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
  });
});

test("a house text on one place is asked of its pack only", () => {
  const has = (place: "cn" | "us") =>
    coverageOf(place, loadPack(place)).some(({ law }) => law === "house/us-collection");
  expect([has("us"), has("cn")]).toEqual([true, false]);
});

describe("a clause", () => {
  const pack = loadPack("cn");
  const rule = pack.rules[0]!;
  const cite = { law: "x/a", at: "art. 1", quote: "no calls" };
  const of = (text: string, rules = [{ ...rule, cite }], examples = [{ cite }]) =>
    coverage({ ...pack, rules, params: {} }, new Map([["x/a", text]]), examples);
  const text = "# A\n\n## art. 1 — calls [verified]\n\n> no calls\n> at night\n";

  test("is carried by the rule that quotes it, and tried by its examples", () => {
    const [clause] = of(text);
    expect(clause).toMatchObject({ law: "x/a", at: "art. 1", subject: "calls", state: "verified" });
    expect(clause).toMatchObject({ rules: [rule.id], params: [], examples: 1 });
    expect(gapIn(clause!)).toBeUndefined();
  });

  test("is carried by a rule on words that quotes it", () => {
    const words = [{ ...loadWords("house")[0]!, id: "x/words/calls", cite }];
    const [clause] = coverage({ ...pack, rules: [], params: {} }, new Map([["x/a", text]]), [], words);
    expect(clause).toMatchObject({ rules: [], words: ["x/words/calls"] });
    expect(gapIn(clause!)).toBeUndefined();
  });

  test("that nothing quotes is a gap until it says why", () => {
    expect(gapIn(of(text, [])[0]!)).toContain("x/a art. 1 — calls: no rule and no parameter cites it");
    const said = of(`${text}\nNot modelled: it gives\nno hours.\n\nRead in B.\n`, [])[0]!;
    expect(said.notModelled).toBe("it gives no hours.");
    expect(gapIn(said)).toBeUndefined();
    expect(gapIn(of(`${text}\nParameter only: the calendar.`, [])[0]!)).toBeUndefined();
  });

  test("that says it is not modelled while a rule quotes it is a gap too", () => {
    expect(gapIn(of(`${text}\nNot modelled: no.\n`)[0]!)).toContain(`but ${rule.id} cites it`);
  });

  test("can name the rule that carries it by another sentence, and only one that there is", () => {
    const other = text.replace("no calls", "no letters");
    const named = of(`${other}\nCarried by: \`${rule.id}\`.\n`, undefined, [
      { cite: { ...cite, quote: "no letters" } },
    ])[0]!;
    expect(named.rules).toEqual([rule.id]);
    expect(gapIn(named)).toBeUndefined();
    expect(gapIn(of(`${other}\nCarried by: \`cn/nobody\`.\n`)[0]!)).toContain(
      "cn/nobody, which the pack does not have",
    );
  });

  test("can name the clause whose examples try it, and only one that has some", () => {
    const law = text.replace("no calls", "no letters");
    const line = (at: string) => `${law}\nCarried by: \`${rule.id}\`, tried under \`x/b ${at}\`.\n`;
    const elsewhere = [{ cite: { law: "x/b", at: "art. 2", quote: "-" } }];
    const [tried] = of(line("art. 2"), undefined, elsewhere);
    expect(tried).toMatchObject({ rules: [rule.id], examples: 1 });
    expect(gapIn(tried!)).toBeUndefined();
    expect(gapIn(of(line("art. 3"), undefined, elsewhere)[0]!)).toContain("x/b art. 3, which");
  });

  test("can name the source file that carries it, with the test that tries it", () => {
    const law = text.replace("no calls", "no letters");
    const line = (more: string) => `${law}\nCarried by: \`src/core/apr.ts\`${more}.\n`;
    const [named] = of(line(", tried in `src/core/apr.test.ts`"));
    expect(named).toMatchObject({ rules: [], modules: ["src/core/apr.ts"], tests: ["src/core/apr.test.ts"] });
    expect(gapIn(named!)).toBeUndefined();
    const [told] = of(line(", told in `test/scenarios/acceleration.txt`"));
    expect(told).toMatchObject({ modules: ["src/core/apr.ts"], tests: ["test/scenarios/acceleration.txt"] });
    expect(gapIn(of(line(""))[0]!)).toContain("src/core/apr.ts carries it, and no test is named");
    expect(gapIn(of(`${line("")}\nNot modelled: no.\n`)[0]!)).toContain("but src/core/apr.ts cites it");
  });

  test("whose line names nothing in code marks is a gap", () => {
    expect(gapIn(of(`${text}\nCarried by: the tests.\n`, [])[0]!)).toContain("no rule and no parameter");
  });

  test("whose rule has no example is one", () => {
    expect(gapIn(of(text, undefined, [])[0]!)).toContain("has no example that cites it");
  });

  test("with the words of another clause under the same number is not carried", () => {
    const [clause] = of(text.replace("no calls", "no letters"));
    expect(clause!.rules).toEqual([]);
  });
});
