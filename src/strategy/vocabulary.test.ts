import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readStrategy } from "./read.ts";
import { BEYOND_SCHEMA, strategySchema } from "./schema.ts";
import type { Strategy } from "./types.ts";

const HEAD = 'strategy: try\nversion: 1\nfrom: "2026-01-01"\n';
const stages = (text: string, more = ""): string => `${HEAD}${more}stages:\n${text}`;
const steps = (text: string, dpd = "1..60", more = ""): string =>
  stages(`  - stage: early\n    dpd: ${dpd}\n    steps:\n${text.replace(/^/gm, "      ")}\n`, more);

function good(text: string): Strategy {
  const read = readStrategy(text, "try.yaml");
  if (!read.ok) expect.fail(read.refusals.map(({ at, says }) => `${at} ${says}`).join("\n"));
  return read.strategy;
}
function refused(text: string): string[] {
  const read = readStrategy(text, "try.yaml");
  return read.ok ? [] : read.refusals.map(({ code, at, says }) => `${at} ${code}: ${says}`);
}

const ARMS = `arms:
  - { arm: champion, share: 87 }
  - { arm: challenger, share: 10, follows: other@2 }
  - { arm: quiet, share: 3, hold_out: true }
`;
const SEGMENTS = `segments:
  - { segment: small, amount: 0..5000.00, reach: [text], product: [cash, 7], times_late: 0..1 }
  - { segment: unreached, no_reach: [app, text] }
  - { segment: came-late, dpd: 2.. }
  - { segment: rest }
`;

describe("what only a person may take", () => {
  it.each([
    ["letter: lawyers-letter", "ask-letter"],
    ["mediation: apply", "ask-mediation"],
    ["payment_order: apply", "ask-payment-order"],
    ["suit: claim", "ask-suit"],
    ["bureau: notice", "ask-bureau"],
    ["ask: review", "ask"],
  ])("%s is a question", (words, act) => {
    const [step] = good(steps(`- { on_dpd: 5, ${words} }`)).steps;
    expect([step!.act, step!.by]).toEqual([act, []]);
  });

  it("names the steps that should be behind it, by their stage", () => {
    const { steps: all } = good(
      steps(`- { on_dpd: 5, letter: demand }
- { on_dpd: 9, suit: claim, after: [letter-demand] }
- { on_dpd: 40, enforcement: apply, after: [early/suit-claim, letter-demand] }`),
    );
    expect(all.map(({ key, after }) => [key, after])).toEqual([
      ["early/letter-demand@5", undefined],
      ["early/suit-claim@9", ["early/letter-demand"]],
      ["early/enforcement-apply@40", ["early/suit-claim", "early/letter-demand"]],
    ]);
  });
});

describe("a cadence", () => {
  it.each<[string, number[]]>([
    ["at_most: 1 per day", [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]],
    // Evenly in each week from the first day on: the first and the fourth.
    ["at_most: 2 per week", [10, 13, 17, 20]],
    ["at_most: 3 per week", [10, 12, 14, 17, 19]],
    ["at_most: 1 per 5 days", [10, 15, 20]],
    ["at_most: 2 per 10 days", [10, 15, 20]],
    ["every: 4 days", [10, 14, 18]],
  ])("%s from day 10 to 20", (words, days) => {
    expect(
      good(steps(`- { on_dpd: 10, call: borrower, ${words} }`, "1..20")).steps.map(({ dpd }) => dpd),
    ).toEqual(days);
  });

  it("lets each one lapse the day before the next", () => {
    const { steps: all } = good(steps("- { on_dpd: 10, call: borrower, every: 4 days }", "1..20"));
    expect(all.map(({ dpd, until }) => [dpd, until])).toEqual([
      [10, 13],
      [14, 17],
      [18, 20],
    ]);
  });
});

describe("segments, arms, states and exits", () => {
  it("are read with their bounds in hundredths and counts", () => {
    const read = good(
      steps("- { on_dpd: 1, call: borrower, segments: [small], arms: [quiet] }", "1..9", ARMS + SEGMENTS),
    );
    expect(read.segments).toEqual([
      { name: "small", amount: [0, 500_000], reach: ["text"], product: ["cash", "7"], timesLate: [0, 1] },
      { name: "unreached", noReach: ["app", "text"] },
      { name: "came-late", dpd: [2, Number.POSITIVE_INFINITY] },
      { name: "rest" },
    ]);
    expect(read.arms).toEqual([
      { name: "champion", share: 87 },
      { name: "challenger", share: 10, follows: "other@2" },
      { name: "quiet", share: 3, holdOut: true },
    ]);
    expect([read.steps[0]!.segments, read.steps[0]!.arms, read.salt]).toEqual([["small"], ["quiet"], "try"]);
  });

  it("a stage after write-off may share its days with one before", () => {
    const read = good(
      stages(
        "  - { stage: a, dpd: 1.., steps: [] }\n  - { stage: b, dpd: 1.., state: written_off, steps: [{ on_dpd: 400, ask: review }] }\n",
        "exits: [cured, settled]\n",
      ),
    );
    expect([read.exits, read.steps[0]!.state]).toEqual([["cured", "settled"], "written-off"]);
  });
});

describe("a mistake is told with what to do", () => {
  it.each<[string, string, string[]]>([
    [
      "enforcement that rests on nothing",
      steps("- { on_dpd: 9, enforcement: apply }"),
      [
        "try.yaml:8:9 missing: after is missing: enforcement names the step that gives its title (mediation, payment_order, suit)",
      ],
    ],
    [
      "enforcement that rests on a letter",
      steps("- { on_dpd: 5, letter: demand }\n- { on_dpd: 9, enforcement: apply, after: [letter-demand] }"),
      ["try.yaml:9:9 needs-a-title: after names none of mediation, payment_order, suit, which give a title"],
    ],
    [
      "an earlier step that is not there",
      steps("- { on_dpd: 5, letter: demand }\n- { on_dpd: 9, suit: claim, after: [letter-demnd] }"),
      [
        'try.yaml:9:9 unknown-name: after: "letter-demnd" is not in this file; there is early/letter-demand, early/suit-claim',
      ],
    ],
    [
      "an earlier step that is later",
      steps("- { on_dpd: 9, letter: demand }\n- { on_dpd: 5, suit: claim, after: [letter-demand] }"),
      ["try.yaml:9:9 not-earlier: early/letter-demand is due on day 9, not before day 5"],
    ],
    [
      "a segment that nobody named",
      steps("- { on_dpd: 1, call: borrower, segments: [small] }"),
      ['try.yaml:8:9 unknown-name: segments: "small" is not in this file; the file names no segments'],
    ],
    [
      "shares that do not make a hundred",
      steps(
        "- { on_dpd: 1, call: borrower }",
        "1..9",
        "arms: [{ arm: a, share: 60 }, { arm: b, share: 30 }]\n",
      ),
      ["try.yaml:4:8 shares: the shares of all arms make 90 percent; they must make 100"],
    ],
    [
      "a hold-out of a tenth",
      steps(
        "- { on_dpd: 1, call: borrower }",
        "1..9",
        "arms: [{ arm: a, share: 90 }, { arm: b, share: 10, hold_out: true }]\n",
      ),
      ["try.yaml:4:48 hold-out: a hold-out has 2 to 5 percent, and b has 10"],
    ],
    [
      "a plan that goes on with a loan that is paid",
      steps("- { on_dpd: 1, call: borrower }", "1..9", "exits: [settled]\n"),
      ["try.yaml:4:8 exits: a loan that is cured leaves every plan: list it"],
    ],
    [
      "a stage for loans that have left the plan",
      stages("  - { stage: b, dpd: 1.., state: written_off, steps: [] }\n"),
      [
        "try.yaml:5:5 exits: stage b is for loans written off, and the plan ends there; write exits: [cured, settled]",
      ],
    ],
    [
      "two cadences",
      steps("- { on_dpd: 1, call: borrower, every: 3 days, at_most: 1 per day }"),
      ["try.yaml:8:45 cadence: a step has one cadence: at_most or every, not both"],
    ],
    [
      "a way of consolidating that is not known",
      steps("- { on_dpd: 1, call: borrower }", "1..9", "consolidate: borower\n"),
      ['try.yaml:4:14 unknown-word: "borower" is not known in consolidate; did you mean "borrower"?'],
    ],
  ])("%s", (_, text, expected) => {
    expect(refused(text)).toEqual(expected);
  });
});

describe("the published schema", () => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(strategySchema());

  it("is the generated one", () => {
    const published = readFileSync(new URL("../../strategies/strategy.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(strategySchema())));
  });

  const step = "- { on_dpd: 1, call: borrower }";
  const GOOD: readonly string[] = [
    ...readdirSync(new URL("../../strategies/", import.meta.url))
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => readFileSync(new URL(`../../strategies/${name}`, import.meta.url), "utf8")),
    steps(step),
    `${HEAD}stages: []\n`,
    steps('- { on_dpd: 1, send: overdue, by: [app], at: "23:59", name: 7, required: true }'),
    steps("- { on_dpd: -2, send: overdue, by: [app, letter] }", "-3..0"),
    steps(
      "- { on_dpd: 5, letter: a }\n- { on_dpd: 9, suit: b, after: [letter-a] }\n- { on_dpd: 12, enforcement: c, after: [suit-b] }",
    ),
    steps(
      step,
      "1..",
      "exits: [cured, settled, written_off]\nconsolidate: borrower\nsalt: spring\nintent: x\n",
    ),
    steps(
      "- { on_dpd: 1, offer: parts, by: [app], every: 3 days, segments: [small], arms: [quiet] }",
      "1..9",
      SEGMENTS + ARMS,
    ),
    `${HEAD}stages: []\nat_end: [{ when: [paid_off], send: thanks, by: [app] }, { when: [settled], send: done, by: [text], at: "18:00", required: true }]\n`,
    stages(
      "  - { stage: a, dpd: 1..9, state: open, steps: [], pause_on: [promise-to-pay, plan_kept, hold], goal: g }\n",
    ),
  ];
  /** Each with one mistake. */
  const BAD: readonly string[] = [
    "",
    "- a list\n",
    "strategy: x\n",
    `${HEAD}stages: {}\n`,
    `${HEAD}stages: []\nstag: 1\n`,
    steps(step).replace("version: 1", "version: one"),
    steps(step).replace("version: 1", "version: 1.5"),
    steps(step).replace('"2026-01-01"', "soon"),
    steps(step).replace('"2026-01-01"', "20260101"),
    steps(step).replace("strategy: try", 'strategy: "  "'),
    steps(step).replace("strategy: try", "strategy: true"),
    steps(step, "1-7"),
    steps(step, "5"),
    steps(step, "1..60", "exits: [cured, settled, sold]\n"),
    steps(step, "1..60", "consolidate: loan\n"),
    steps(step, "1..60", "intent: [a]\n"),
    steps(step, "1..60", "segments: [{ amount: 0..1 }]\n"),
    steps(step, "1..60", "segments: [{ segment: a, amount: 0..1.005 }]\n"),
    steps(step, "1..60", "segments: [{ segment: a, times_late: -1..2 }]\n"),
    steps(step, "1..60", "segments: [{ segment: a, reach: [] }]\n"),
    steps(step, "1..60", "segments: [{ segment: a, reach: [fax] }]\n"),
    steps(step, "1..60", "segments: [{ segment: a, product: [] }]\n"),
    steps(step, "1..60", "arms: [{ arm: a, share: 100 }]\n"),
    steps(step, "1..60", "arms: [{ arm: a, share: 0 }, { arm: b, share: 99 }]\n"),
    steps(step, "1..60", "arms: [{ arm: a, share: 50, follows: other }, { arm: b, share: 50 }]\n"),
    steps(step, "1..60", "arms: [{ arm: a, share: 96 }, { arm: b, share: 4, hold_out: yes please }]\n"),
    steps("- { on_dpd: 1 }"),
    steps("- { on_dpd: one, call: borrower }"),
    steps("- { call: borrower }"),
    steps("- { on_dpd: 1, call: borrower, send: overdue, by: [app] }"),
    steps("- { on_dpd: 1, call: employer }"),
    steps("- { on_dpd: 1, call: borrower, by: [app] }"),
    steps("- { on_dpd: 1, call: borrower, after: [x] }"),
    steps("- { on_dpd: 1, send: overdue }"),
    steps("- { on_dpd: 1, send: overdue, by: [] }"),
    steps("- { on_dpd: 1, send: overdue, by: app }"),
    steps("- { on_dpd: 1, send: overdue, by: [txt] }"),
    steps("- { on_dpd: 1, letter: a, by: [letter] }"),
    steps("- { on_dpd: 1, enforcement: a }"),
    steps("- { on_dpd: 1, suit: a, after: [] }"),
    steps("- { on_dpd: 1, call: borrower, at: 630 }"),
    steps('- { on_dpd: 1, call: borrower, at: "24:00" }'),
    steps('- { on_dpd: 1, call: borrower, at: "9:30" }'),
    steps("- { on_dpd: 1, call: borrower, at_most: daily }"),
    steps("- { on_dpd: 1, call: borrower, every: day }"),
    steps("- { on_dpd: 1, call: borrower, every: 2 days, at_most: 1 per day }"),
    steps("- { on_dpd: 1, call: borrower, required: maybe }"),
    steps("- { on_dpd: 1, call: borrower, segments: small }"),
    stages("  - { stage: a, dpd: 1..9, steps: [], state: late }\n"),
    stages("  - { stage: a, dpd: 1..9, steps: [], pause_on: [rain] }\n"),
    stages("  - { stage: a, dpd: 1..9 }\n"),
    stages("  - { dpd: 1..9, steps: [] }\n"),
    `${HEAD}stages: []\nat_end: [{ send: thanks, by: [app] }]\n`,
    `${HEAD}stages: []\nat_end: [{ when: [], send: thanks, by: [app] }]\n`,
    `${HEAD}stages: []\nat_end: [{ when: [sold], send: thanks, by: [app] }]\n`,
    `${HEAD}stages: []\nat_end: [{ when: [paid_off], call: borrower }]\n`,
    `${HEAD}stages: []\nat_end: [{ when: [paid_off], send: thanks }]\n`,
    `${HEAD}stages: []\nat_end: [{ when: [paid_off], send: thanks, by: [] }]\n`,
  ];
  /** What only the reader can see. */
  const BEYOND: readonly string[] = [
    steps(step).replace("2026-01-01", "2026-02-29"),
    steps("- { on_dpd: 70, call: borrower }"),
    steps(step, "7..1"),
    steps("- { on_dpd: 1, call: borrower, at_most: 3 per day }"),
    steps("- { on_dpd: 1, call: borrower, every: 3 days }", "1.."),
    stages("  - { stage: a, dpd: 1..7, steps: [] }\n  - { stage: b, dpd: 7..9, steps: [] }\n"),
    steps(`${step}\n${step}`),
    steps("- { on_dpd: 1, call: borrower, arms: [none] }"),
    steps("- { on_dpd: 9, letter: a }\n- { on_dpd: 5, suit: b, after: [letter-a] }"),
    steps("- { on_dpd: 5, letter: a }\n- { on_dpd: 9, enforcement: b, after: [letter-a] }"),
    steps(step, "1..60", "segments: [{ segment: a }, { segment: a }]\n"),
    steps(step, "1..60", "arms: [{ arm: a, share: 60 }, { arm: b, share: 30 }]\n"),
    steps(step, "1..60", "arms: [{ arm: a, share: 90 }, { arm: b, share: 10, hold_out: true }]\n"),
    steps(step, "1..60", "exits: [cured]\n"),
    `${HEAD}stages: []\nat_end: [{ when: [paid_off, settled], send: a, by: [app] }, { when: [settled], send: b, by: [app] }]\n`,
  ];
  const isValid = (text: string): boolean => validate(parse(text));
  const codes = (text: string): string[] => {
    const read = readStrategy(text, "x.yaml");
    return read.ok ? [] : read.refusals.map(({ code }) => code);
  };

  it.each(GOOD.map((text, i) => [i, text] as const))("and the reader take good file %i", (_, text) => {
    expect([codes(text), isValid(text)]).toEqual([[], true]);
  });

  it.each(BAD.map((text, i) => [i, text] as const))("and the reader refuse bad file %i", (_, text) => {
    expect([codes(text).length > 0, isValid(text)], text).toEqual([true, false]);
  });

  it.each(BEYOND.map((text, i) => [i, text] as const))(
    "passes what only the reader can see: %i",
    (_, text) => {
      const found = codes(text);
      expect([found.length > 0, isValid(text)], text).toEqual([true, true]);
      expect(BEYOND_SCHEMA).toEqual(expect.arrayContaining(found));
    },
  );

  it("has a file for each code that is beyond it, but for what is not YAML", () => {
    expect([...new Set(BEYOND.flatMap(codes))].sort()).toEqual(
      BEYOND_SCHEMA.filter((code) => code !== "not-yaml").sort(),
    );
  });
});
