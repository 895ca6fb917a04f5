import { describe, expect, test } from "vitest";
import { coverage, gapIn } from "./coverage.ts";
import { coverageOf, loadPack, PLACES } from "./load.ts";

/** Only places with a pack: a text that was quoted for a place without one is carried by nothing yet. */
describe.each(PLACES)("the texts of %s and of the house", (place) => {
  test("are each carried by a rule or a parameter, or say why not", () => {
    const clauses = coverageOf(place, loadPack(place));
    expect(clauses.length).toBeGreaterThan(20);
    expect(clauses.map(gapIn).filter((gap) => gap !== undefined)).toEqual([]);
  });
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

  test("whose rule has no example is one", () => {
    expect(gapIn(of(text, undefined, [])[0]!)).toContain("has no example that cites it");
  });

  test("with the words of another clause under the same number is not carried", () => {
    const [clause] = of(text.replace("no calls", "no letters"));
    expect(clause!.rules).toEqual([]);
  });
});
