import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { branchMap } from "../../test/support/branch-map.ts";
import { type Desk, desk, type Ran } from "../../test/support/cli.ts";
import { lineDiff } from "../office/strategy/line-diff.ts";

const strategies = fileURLToPath(new URL("../../strategies/", import.meta.url));
const MAP = branchMap(["strategy: gentle"], ", phone: phone");
/** Two of one person, one of another; 1,000.00 each in five installments, due on the 10th from January on. */
const LOANS = `loan,person,phone,amount,rate,paid_out,n
L1,B1,19900000001,1000.00,0.05,2025-12-10,5
L2,B1,19900000001,1000.00,0.05,2025-12-10,5
L3,B3,19900000003,1000.00,0.05,2025-12-10,5
`;
const own = (version: number, from: string, share: number): string => `strategy: gentle
version: ${version}
from: "${from}"
intent: A call on the third day, compared with one on the fifth.
segments:
  - { segment: small, amount: 0..5000.00 }
  - { segment: rest }
arms:
  - { arm: third, share: ${share} }
  - { arm: fifth, share: ${97 - share} }
  - { arm: quiet, share: 3, hold_out: true }
stages:
  - stage: early
    dpd: 1..20
    goal: We have spoken.
    steps:
      - { on_dpd: 3, call: borrower, arms: [third], at: "23:00" }
      - { on_dpd: 5, call: borrower, arms: [fifth], name: late-call }
  - stage: formal
    dpd: 21..
    steps:
      - { on_dpd: 30, letter: demand }
      - { on_dpd: 60, suit: claim, after: [letter-demand] }
`;

let place: Desk;
let folder = "";
const run = (...args: string[]): Promise<Ran> => place.run(...args);
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

beforeAll(async () => {
  place = await desk("strategy");
  folder = place.folder;
  write("loans.map.yaml", MAP);
  write("loans.csv", LOANS);
  expect((await run("import", "loans", "loans.csv", "--map", "loans.map.yaml")).code).toBe(0);
  write("own.v2.yaml", own(2, "2026-01-05", 60));
}, 60_000);
afterAll(() => place.clear());

describe("strategies are released by two people", () => {
  test("the one that is shipped is in use as an import took it, and recorded as such", async () => {
    const { objects } = await run("strategy", "list", "--json");
    expect(objects()).toMatchObject([
      {
        strategy: "gentle@1",
        state: "shipped",
        products: ["branch/cash"],
        events: [{ what: "shipped", by: "import", remark: "as shipped" }],
      },
    ]);
  });

  test("who proposes one does not release it; the second person does, and the close goes by it", async () => {
    const proposed = await run(
      "strategy",
      "propose",
      "own.v2.yaml",
      "--by",
      "Li Na",
      "--reason",
      "fewer calls",
    );
    expect(proposed.out).toContain("gentle@2 proposed by Li Na: closes do not use it until a second person");
    const alone = await run("strategy", "release", "gentle@2", "--by", "li  na");
    expect([alone.code, alone.err]).toEqual([
      1,
      "arrears: Li Na proposed gentle@2; a second person releases it\n",
    ]);
    const released = await run("strategy", "release", "gentle@2", "--by", "Wang Wei");
    expect([released.code, released.out]).toEqual([
      0,
      "gentle@2 released by Wang Wei: in use from 2026-01-05\n",
    ]);
    expect((await run("close", "--through", "2026-01-20")).code).toBe(0);
    const { objects } = await run("explain", "L1", "--json");
    const facts = (objects()[0] as { facts: { kind: string; strategy?: string; arm?: string }[] }).facts;
    expect(facts.find(({ kind }) => kind === "StageEntered")).toMatchObject({
      strategy: "gentle@2",
      stage: "early",
      segment: "small",
      draw: 1,
    });
  });

  test("a version whose file changed is refused, and the change is told", async () => {
    write("own.v2.yaml", own(2, "2026-01-05", 50));
    const { code, err } = await run("strategy", "propose", "own.v2.yaml", "--by", "Li Na");
    expect(code).toBe(1);
    expect(err).toContain("gentle@2 is in the book with another text than own.v2.yaml has (- book, + file)");
    expect(err).toContain("-   - { arm: third, share: 60 }");
    expect(err).toContain("+   - { arm: third, share: 50 }");
  });

  test("one can be withdrawn before its first day, and one that was used cannot", async () => {
    write("own.v3.yaml", own(3, "2026-02-01", 50));
    await run("strategy", "propose", "own.v3.yaml", "--by", "Li Na");
    await run("strategy", "release", "gentle@3", "--by", "Wang Wei");
    const back = await run("strategy", "withdraw", "gentle@3", "--by", "Zhao", "--reason", "too soon");
    expect([back.code, back.out]).toEqual([0, "gentle@3 withdrawn by Zhao; its number stays taken\n"]);
    const shown = await run("strategy", "show", "gentle@3");
    expect(shown.out).toMatch(
      /# proposed by Li Na at .*\n# released by Wang Wei at .*\n# withdrawn by Zhao at .*: too soon\nstrategy: gentle/,
    );
    const used = await run("strategy", "withdraw", "gentle@2", "--by", "Zhao");
    expect([used.code, used.err]).toEqual([
      1,
      "arrears: gentle@2 is in use at branch since 2026-01-05, and a version that was used stays; release another one with a later from\n",
    ]);
  });

  test("an import of loans whose strategy nobody released says how to release it", async () => {
    write("mine.yaml", own(1, "2026-01-01", 60).replace("strategy: gentle", "strategy: mine"));
    write(
      "mine.map.yaml",
      MAP.replace("strategy: gentle", "strategy: mine").replace("code: branch", "code: other"),
    );
    const first = await run("import", "loans", "loans.csv", "--map", "mine.map.yaml", "--db", "mine-book");
    expect(first.code).toBe(1);
    expect(first.err).toContain("arrears strategy propose mine.yaml --by NAME");
    await run("strategy", "propose", "mine.yaml", "--by", "Li Na", "--db", "mine-book");
    await run("strategy", "release", "mine@1", "--by", "Wang Wei", "--db", "mine-book");
    expect(
      (await run("import", "loans", "loans.csv", "--map", "mine.map.yaml", "--db", "mine-book")).code,
    ).toBe(0);
  });

  test("without a name, or with what names no version, it is wrong use", async () => {
    const [nobody, nothing, verb] = await Promise.all([
      run("strategy", "propose", "own.v2.yaml"),
      run("strategy", "release", "gentle", "--by", "Zhao"),
      run("strategy", "tri", "own.v2.yaml"),
    ]);
    expect([nobody.code, nothing.code, verb.code]).toEqual([2, 2, 2]);
    expect(nobody.err).toContain("--by NAME");
    expect(nothing.err).toContain("write it as micro-loan@1");
  });
});

describe("a strategy is tried", () => {
  test("as a calendar, with the arm, the segment, and why a step is refused or asked", async () => {
    const { code, out } = await run(
      "strategy",
      "try",
      "own.v3.yaml",
      "--from",
      "2026-01-05",
      "--arm",
      "third",
    );
    expect(code).toBe(0);
    expect(out).toContain("arm third (50 % of borrowers, as asked); arms: third 50 %, fifth 47 %, quiet 3 %");
    expect(out).toContain("── early · days 1…20 · We have spoken. · treated as segment small");
    expect(out).toMatch(
      /2026-02-08 +Sun +3 +call +REFUSED by cn\/quiet-hours, cn\/quiet-hours-consent, tried again each day until 2026-02-25/,
    );
    expect(out).toMatch(
      /suit, by a person: claim +a person +asks a person; to be behind it: formal\/letter-demand/,
    );
    expect(out).toMatch(/\n {2}cn\/quiet-hours {2}\S/);
  });

  test("a hold-out is asked about and not called", async () => {
    const { objects } = await run(
      "strategy",
      "try",
      "own.v3.yaml",
      "--from",
      "2026-01-05",
      "--arm",
      "quiet",
      "--json",
    );
    const kinds = objects().map(({ kind }) => kind);
    expect(kinds).toContain("StageEntered");
    expect(kinds).toContain("StepAsked");
    expect(kinds).not.toContain("StepPlanned");
  });

  test("each planned step with the gate's verdict at its slot", async () => {
    const { objects } = await run(
      "strategy",
      "try",
      `${strategies}gentle.v1.yaml`,
      "--from",
      "2026-01-05",
      "--json",
    );
    const planned = objects().filter(({ kind }) => kind === "StepPlanned");
    expect(planned.length).toBeGreaterThan(5);
    expect(new Set(planned.map(({ verdict }) => verdict))).toEqual(new Set(["allow"]));
  });
});

describe("two strategies are compared on the book", () => {
  test("by step, rule, people and money; and the same with itself differs in nothing", async () => {
    const { code, objects } = await run("strategy", "diff", "gentle@2", "own.v3.yaml", "--json");
    expect(code).toBe(0);
    const lines = objects();
    expect(lines[0]).toMatchObject({
      a: "gentle@2",
      b: "gentle@3",
      lender: "branch",
      first: "2026-01-21",
      loans: 3,
      borrowers: 2,
    });
    const letter = lines.find(({ step }) => step === "formal/letter-demand");
    // Due on 2026-01-10 and never paid: 30 days past due on 2026-02-09, one letter for each of the three loans.
    expect(letter).toMatchObject({ all: { a: { asked: 3 }, b: { asked: 3 } } });
    const same = await run("strategy", "diff", "gentle@2", "gentle@2");
    expect(same.out).toContain("the plans have the same steps");
    expect(same.out).not.toMatch(/ [+-]\d/);
  });

  test("what changed in the plan is told in words, in both languages", async () => {
    const english = await run("strategy", "diff", "gentle@1", "own.v3.yaml");
    const chinese = await run("strategy", "diff", "gentle@1", "own.v3.yaml", "--lang", "zh");
    expect(english.out).toContain("+ formal/suit-claim on day 60");
    expect(chinese.out).toContain("+ 新增 formal/suit-claim，第 60 天");
    expect(chinese.out).toContain("假定自 2026-01-21 至 2026-02-19");
  });

  test("a strategy that no product uses is refused with those that are used", async () => {
    const { code, err } = await run(
      "strategy",
      "diff",
      `${strategies}fed-book.v1.yaml`,
      `${strategies}micro-loan.v1.yaml`,
    );
    expect(code).toBe(1);
    expect(err).toContain("no product of this lender uses fed-book, micro-loan; its products use gentle");
  });
});

describe("the shipped strategies", () => {
  test("that books use already are what they were, byte for byte", () => {
    const sha256 = (file: string) =>
      createHash("sha256")
        .update(readFileSync(join(strategies, file)))
        .digest("hex");
    // A change here makes books refuse to open their next import: ship a new version or another file instead.
    expect([sha256("fed-minimal.v1.yaml"), sha256("micro-standard.v1.yaml")]).toMatchInlineSnapshot(`
      [
        "131f49825edcd6194709c0c277efd99779deb8b0e89e574b5bd1a85473f155e4",
        "73fecf5027d423dc0222a673a03083d3760b754e3c65b04914f142f75cf53b0e",
      ]
    `);
  });

  test("name their schema, so that an editor helps; but for the two that were shipped before there was one", () => {
    const without = readdirSync(strategies)
      .filter((file) => file.endsWith(".yaml"))
      .filter(
        (file) =>
          !readFileSync(join(strategies, file), "utf8").startsWith(
            "# yaml-language-server: $schema=./strategy.schema.json\n",
          ),
      );
    expect(without).toEqual(["fed-minimal.v1.yaml", "micro-standard.v1.yaml"]);
  });
});

test("what differs between two texts is told line by line, with the line before and after", () => {
  expect(lineDiff("a\nb\nc\nd\ne\nf", "a\nb\nC\nd\ne\nf\ng")).toBe(
    "    b\n  - c\n  + C\n    d\n    …\n    f\n  + g",
  );
  expect(lineDiff("same", "same")).toBe("");
});
