import { describe, expect, test } from "vitest";
import { loadPack, loadWords } from "../../packs/load.ts";
import { FIRST_NOTICE, findAll, readWordRules, wordsRule } from "../../packs/words.ts";
import { day, parseInstant } from "../../src/core/index.ts";
import { type ActorRole, findWords, gate, type WordContext, type WordRule } from "../../src/policy/index.ts";

const on = day("2026-11-25");
const house = loadWords("house");
const us = { own: loadWords("us"), house };
const cn = { own: loadWords("cn"), house };
const ids = (text: string, context: Partial<WordContext>, rules = us): string[] =>
  findAll(text, { kind: "text", on, ...context }, rules).map(({ rule }) => rule.id);

const LINES =
  "Acme Recovery on behalf of Demo Bank. From: Acme. USD 50.00 is owed. If you dispute it, call us. Reply STOP to opt out. ";
const FIRST =
  "This is an attempt to collect a debt. Any information obtained will be used for that purpose. ";
const LATER = "This is from a debt collector.";

describe("the lines of Regulation F", () => {
  test.each<[string, string, boolean | undefined, string[]]>([
    ["the first communication with its lines", LINES + FIRST, true, []],
    ["the first without them", LINES, true, ["us/words/first", "us/words/first"]],
    ["a later one with its line", LINES + LATER, false, []],
    ["a later one without it", LINES, false, ["us/words/later"]],
    [
      "one of which nobody knows whether it is the first needs both",
      LINES + FIRST,
      undefined,
      ["us/words/later"],
    ],
  ])("%s", (_, text, first, expected) => {
    expect(ids(text, { actor: "agency", ...(first === undefined ? {} : { first }) })).toEqual(expected);
  });

  test.each<[ActorRole | undefined, boolean]>([
    ["agency", true],
    ["law-firm", true],
    ["debt-buyer", true],
    ["lender", false],
    [undefined, true],
  ])("bind %s: %s", (actor, bound) => {
    const found = ids(LINES, { first: false, ...(actor ? { actor } : {}) });
    expect(found.includes("us/words/later")).toBe(bound);
  });

  test("a letter needs no way to opt out", () => {
    const text = (LINES + LATER).replace("Reply STOP to opt out. ", "");
    expect(ids(text, { actor: "agency", first: false, kind: "letter" })).toEqual([]);
    expect(ids(text, { actor: "agency", first: false })).toEqual(["us/words/opt-out"]);
  });

  test("words that it forbids are found by its rules, and by the house's for a lender", () => {
    const text = "You will be arrested.";
    expect(ids(text, { actor: "agency", first: false })).toContain("us/words/arrest");
    expect(ids(text, { actor: "lender" })).toContain("house/words/truth");
    expect(ids(text, { actor: "lender" })).not.toContain("us/words/arrest");
  });

  test("a rule holds from its first day on", () => {
    const text = "You will be arrested.";
    expect(ids(text, { actor: "agency", on: day("2021-11-29") })).not.toContain("us/words/arrest");
    expect(ids(text, { actor: "agency", on: day("2021-11-30") })).toContain("us/words/arrest");
  });
});

test("a suit may be announced once it is on record as intended", () => {
  const text = "我行将对您提起诉讼。";
  expect(ids(text, {}, cn)).toContain("house/words/announced");
  expect(ids(text, { intended: ["suit"] }, cn)).not.toContain("house/words/announced");
});

describe("the gate", () => {
  const at = parseInstant("2026-11-25T10:00:00+08:00")!;
  const step = { kind: "text", to: { role: "borrower" }, at, actor: { role: "lender" } } as const;
  const facts = { borrowerZone: "Asia/Shanghai", holds: [], contacts: [] };
  const bad = "【示例银行】应还100元，不还就报警。如金额有误，请联系我们。";

  test("forbids for good, and says the words, the rule, its force and what to write instead", () => {
    const decision = gate(loadPack("cn"), { ...step, text: bad }, facts);
    expect(decision).toMatchObject({ verdict: "forbid", allowedFrom: "never" });
    const reason = decision.because.find(({ rule }) => rule.id === "cn/words")!;
    expect(reason.outcome).toMatchObject({
      says: {
        zh: expect.stringContaining(
          "报警”（以拘留、逮捕或刑事责任相威胁；cn/words/threats，self-regulation，verified-press）",
        ),
      },
    });
  });

  const only = (words: readonly WordRule[]) => ({
    place: "test",
    version: "1",
    rules: [wordsRule("test", words)],
    params: {},
  });

  test("asks a person where the text behind the rule is unverified", () => {
    const words = house.map((rule) => ({ ...rule, verification: "unverified" as const }));
    expect(gate(only(words), { ...step, text: bad }, facts).verdict).toBe("ask-person");
  });

  test("asks a person where a pack was built without rules on words", () => {
    expect(gate(only([]), { ...step, text: "Hello" }, facts).verdict).toBe("ask-person");
  });

  test("takes a notice of the first communication for a sign that this is a later one", () => {
    const agency = { ...step, actor: { role: "agency" }, text: LINES + LATER } as const;
    const pack = only(us.own);
    expect(gate(pack, agency, { ...facts, notices: [] }).verdict).toBe("forbid");
    expect(gate(pack, agency, { ...facts, notices: [{ kind: FIRST_NOTICE, at: 0 }] }).verdict).toBe("allow");
  });
});

describe("reading", () => {
  const rule = {
    id: "x/a",
    says: { en: "a", zh: "甲" },
    cite: { law: "house/words", at: "gate", quote: "q" },
    layer: "house",
    force: "house rule",
    verification: "house",
    checked_on: "2026-11-25",
    from: "2026-01-01",
    languages: ["en"],
    suggestion: { en: "b", zh: "乙" },
    forbidden: [{ catches: { en: "c", zh: "丙" }, en: ["bad ~4 word"] }],
  };
  const read = (change: object, more: object = {}) =>
    readWordRules({ a: { rules: [{ ...rule, ...change }], ...more } });

  test("a rule is as its file says", () => {
    const found = findWords("This bad little word.", { kind: "text", on }, read({}));
    expect(found).toEqual([]);
    expect(findWords("This bad old word.", { kind: "text", on }, read({}))).toMatchObject([
      { from: 5, to: 17, found: "bad old word" },
    ]);
  });

  test.each<[string, object, string]>([
    ["an unknown key", { forbiden: [] }, "did you mean forbidden"],
    ["a sentence in one language", { says: { en: "a" } }, "says.zh is missing"],
    ["both kinds at once", { required: [] }, "either forbidden or required"],
    ["a set that is not there", { forbidden: [{ catches: rule.says, en: ["<nobody>"] }] }, "set <nobody>"],
    ["a group that is not there", { forbidden: [{ use: "nothing" }] }, "group nothing"],
    ["no pattern", { forbidden: [{ catches: rule.says }] }, "no pattern in any language"],
    ["an unknown force", { force: "advice" }, "expected one of"],
  ])("%s is refused", (_, change, says) => {
    expect(() => read(change)).toThrow(says);
  });

  test.each([
    [["bad ||word"], "an empty word"],
    [["报b警"], "mixes Chinese and Latin"],
    [["***"], "no letter or character"],
  ])("the pattern %j is refused when it is used", (en, says) => {
    const rules = read({ forbidden: [{ catches: rule.says, en }] });
    expect(() => findWords("x", { kind: "text", on }, rules)).toThrow(says);
  });

  test("an exception of another shape is refused", () => {
    const rules = read({ forbidden: [{ ...rule.forbidden[0], unless: ["not *"] }] });
    expect(() => findWords("x", { kind: "text", on }, rules)).toThrow("is no exception");
  });
});
