import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatDay, formatMinute } from "../core/index.ts";
import { readStrategy } from "./read.ts";
import { type Strategy, strategyId } from "./types.ts";

const HEAD = `strategy: try
version: 1
from: "2026-01-01"
stages:
`;
const file = (stages: string): string => HEAD + stages;
const stage = (steps: string, dpd = "1..7"): string =>
  file(`  - stage: early\n    dpd: ${dpd}\n    steps:\n      - ${steps}\n`);

function good(text: string): Strategy {
  const read = readStrategy(text, "try.yaml");
  if (!read.ok) expect.fail(read.refusals.map(({ at, says }) => `${at} ${says}`).join("\n"));
  return read.strategy;
}

function refused(text: string): string[] {
  const read = readStrategy(text, "try.yaml");
  return read.ok ? [] : read.refusals.map(({ code, at, says }) => `${at} ${code}: ${says}`);
}

describe("a strategy file", () => {
  it("is read into its stages and steps", () => {
    const read = good(`strategy: consumer-standard
version: 3
from: "2026-01-01"
intent: Remind early.
stages:
  - stage: early
    dpd: 1..7
    goal: The borrower knows.
    steps:
      - { on_dpd: 5, call: borrower }
      - { on_dpd: 1, send: reminder, by: [app, text], at: "08:30" }
    pause_on: [promise_to_pay, cease_contact]
`);
    expect(strategyId(read)).toBe("consumer-standard@3");
    expect(formatDay(read.from)).toBe("2026-01-01");
    expect(read.stages).toEqual([{ name: "early", from: 1, to: 7, goal: "The borrower knows." }]);
    // In order of days past due, whatever the order in the file.
    expect(read.steps).toEqual([
      {
        key: "early/send-reminder@1",
        stage: "early",
        dpd: 1,
        until: 7,
        act: "message",
        what: "reminder",
        by: ["app", "text"],
        minute: 510,
        pauseOn: ["promise-to-pay", "cease-contact"],
      },
      {
        key: "early/call-borrower@5",
        stage: "early",
        dpd: 5,
        until: 7,
        act: "call",
        what: "borrower",
        by: ["call"],
        minute: 600,
        pauseOn: ["promise-to-pay", "cease-contact"],
      },
    ]);
  });

  it("may leave out what people only read, and give its day without quotes", () => {
    const read = good(HEAD.replace('"2026-01-01"', "2026-01-01").replace("stages:\n", "stages: []\n"));
    expect([read.intent, read.steps.length]).toEqual(["", 0]);
  });

  it("reads stages before the due day and one without an end", () => {
    const read = good(
      file(`  - { stage: before, dpd: -3..0, steps: [{ on_dpd: -3, send: reminder, by: [app] }] }
  - { stage: late, dpd: 61.., steps: [{ on_dpd: 61, ask: lawyers-letter }, { on_dpd: 900, letter: demand }] }
`),
    );
    expect(read.stages.map(({ from, to }) => [from, to])).toEqual([
      [-3, 0],
      [61, Number.POSITIVE_INFINITY],
    ]);
    expect(read.steps.map(({ dpd, until, act, by }) => [dpd, until, act, by])).toEqual([
      [-3, 0, "message", ["app"]],
      [61, Number.POSITIVE_INFINITY, "ask", []],
      [900, Number.POSITIVE_INFINITY, "ask-letter", []],
    ]);
  });

  it("repeats a daily step on every day left in its stage, each for its own day", () => {
    const read = good(stage("{ on_dpd: 5, call: borrower, at_most: 1 per day }"));
    expect(read.steps.map(({ key, dpd, until }) => [key, dpd, until])).toEqual([
      ["early/call-borrower@5", 5, 5],
      ["early/call-borrower@6", 6, 6],
      ["early/call-borrower@7", 7, 7],
    ]);
  });

  it("names a step as the file does, so that two of a kind can stand on one day", () => {
    const read = good(
      file(`  - stage: early
    dpd: 1..7
    steps:
      - { on_dpd: 1, send: reminder, by: [app] }
      - { name: second, on_dpd: 1, send: reminder, by: [text] }
`),
    );
    expect(read.steps.map(({ key }) => key)).toEqual(["early/send-reminder@1", "early/second@1"]);
  });
});

describe("a mistake in a strategy file is told with its line and column", () => {
  it.each<[string, string, string[]]>([
    [
      "a key that is nearly right",
      stage("{ on_dpd: 1, sned: reminder, by: [app] }"),
      [
        'try.yaml:8:22 unknown-word: "sned" is not known in a step; did you mean "send"?',
        "try.yaml:8:9 one-act: a step does one thing: give exactly one of send, call, letter, ask, offer, mediation, payment_order, suit, enforcement, bureau",
      ],
    ],
    [
      "a channel that is nearly right",
      stage("{ on_dpd: 1, send: reminder, by: [app, txt] }"),
      ['try.yaml:8:48 unknown-word: "txt" is not known in by; did you mean "text"?'],
    ],
    [
      "a word that is near to nothing",
      file("  - stage: early\n    dpd: 1..7\n    steps: []\n    pause_on: [thunderstorm]\n"),
      [
        'try.yaml:8:16 unknown-word: "thunderstorm" is not known in pause_on; known are dispute, complaint, hardship, represented, cease-contact, insolvency, deceased, minor, promise-to-pay, plan-kept, hold',
      ],
    ],
    [
      "two acts in one step",
      stage("{ on_dpd: 1, send: reminder, call: borrower, by: [app] }"),
      [
        "try.yaml:8:9 one-act: a step does one thing: give exactly one of send, call, letter, ask, offer, mediation, payment_order, suit, enforcement, bureau",
      ],
    ],
    [
      "a step on a day that is not the stage's",
      stage("{ on_dpd: 8, call: borrower }"),
      ["try.yaml:8:19 outside-stage: on_dpd 8 lies outside the stage's days 1..7"],
    ],
    [
      "a message without a channel",
      stage("{ on_dpd: 1, send: reminder }"),
      ["try.yaml:8:9 no-channel: say by which channels it is sent: by: [app, text, call, email, letter]"],
    ],
    [
      "channels of a call",
      stage("{ on_dpd: 1, call: borrower, by: [text] }"),
      ["try.yaml:8:42 by-without-send: by is said of send and offer alone; a call has its own way"],
    ],
    [
      "a call to someone who does not owe the debt",
      stage("{ on_dpd: 1, call: employer }"),
      ['try.yaml:8:28 unknown-word: "employer" is not known in call; known are borrower'],
    ],
    [
      "a time that is none",
      stage('{ on_dpd: 1, call: borrower, at: "9:30" }'),
      ['try.yaml:8:42 not-a-time: at: "9:30" is not a time of day; write it as "10:00", in quotes'],
    ],
    [
      "midnight at the end of the day",
      stage('{ on_dpd: 1, call: borrower, at: "24:00" }'),
      ['try.yaml:8:42 not-a-time: at: "24:00" is not a time of day; write it as "10:00", in quotes'],
    ],
    [
      "a time written as minutes",
      stage("{ on_dpd: 1, call: borrower, at: 630 }"),
      ['try.yaml:8:42 not-a-time: at: "630" is not a time of day; write it as "10:00", in quotes'],
    ],
    [
      "a cadence that is not known",
      stage("{ on_dpd: 1, call: borrower, at_most: 3 per day }"),
      [
        'try.yaml:8:47 cadence: at_most: "3 per day" is no cadence: from once in many days to once a day; write "1 per day" or "2 per week"',
      ],
    ],
    [
      "a daily step in a stage without an end",
      stage("{ on_dpd: 1, call: borrower, at_most: 1 per day }", "1.."),
      ["try.yaml:8:9 endless: a daily step needs a stage with an end; give the stage's dpd a last day"],
    ],
    [
      "days past due that are not whole",
      stage("{ on_dpd: 1.5, call: borrower }"),
      ["try.yaml:8:19 not-a-number: on_dpd must be a whole number"],
    ],
    [
      "a range that is none",
      stage("{ on_dpd: 1, call: borrower }", "1-7"),
      ['try.yaml:6:10 not-a-range: dpd: "1-7" is not a range of days; write 1..7, -3..0 or 121..'],
    ],
    [
      "a range that runs backwards",
      stage("{ on_dpd: 1, call: borrower }", "7..1"),
      ['try.yaml:6:10 not-a-range: dpd: "7..1" is not a range of days; write 1..7, -3..0 or 121..'],
    ],
    [
      "stages that overlap, told at the later one",
      file("  - { stage: a, dpd: 1..7, steps: [] }\n  - { stage: b, dpd: 7..9, steps: [] }\n"),
      ["try.yaml:6:5 overlap: stages a and b share day 7 past due"],
    ],
    [
      "a stage that begins after one without an end",
      file("  - { stage: a, dpd: 1.., steps: [] }\n  - { stage: b, dpd: 90..99, steps: [] }\n"),
      ["try.yaml:6:5 overlap: stages a and b share day 90 past due"],
    ],
    [
      "two steps of one name on one day, told once though they repeat",
      file(`  - stage: a
    dpd: 1..7
    steps:
      - { on_dpd: 1, call: borrower, at_most: 1 per day }
      - { on_dpd: 3, call: borrower, at_most: 1 per day }
`),
      ["try.yaml:9:9 same-step: two steps are called a/call-borrower@3; give one of them a name"],
    ],
    [
      "a list that is none",
      stage("{ on_dpd: 1, send: reminder, by: app }"),
      [
        "try.yaml:8:42 not-a-list: by must be a list",
        "try.yaml:8:42 no-channel: say by which channels it is sent: by: [app, text, call, email, letter]",
      ],
    ],
    [
      "a day that does not exist",
      'strategy: try\nversion: 1\nfrom: "2026-02-29"\nstages: []\n',
      ['try.yaml:3:7 not-a-day: from: "2026-02-29" is not a calendar day; write it as "2026-01-31"'],
    ],
    [
      "what is missing",
      "version: one\nstages: []\n",
      [
        "try.yaml:1:1 missing: strategy is missing or empty",
        "try.yaml:1:10 not-a-number: version must be a whole number",
        "try.yaml:1:1 missing: from is missing or empty",
      ],
    ],
    [
      "a remark that is no text",
      'strategy: try\nversion: 1\nfrom: "2026-01-01"\nintent: [a]\nstages: []\n',
      ["try.yaml:4:9 missing: intent is missing or empty"],
    ],
    [
      "an empty file",
      "",
      [
        "try.yaml:1:1 not-a-map: the file must be a map with strategy, version, from, intent, exits, consolidate, segments, arms, salt, stages, at_end",
      ],
    ],
    ["a key given twice", "version: 1\nversion: 2\n", ["try.yaml:2:1 not-yaml: Map keys must be unique"]],
  ])("%s", (_, text, expected) => {
    expect(refused(text)).toEqual(expected);
  });

  it("and all of them at once", () => {
    const text = file(`  - stage: a
    dpd: 1..7
    steps:
      - { on_dpd: 9, call: borrower }
      - { on_dpd: 1, send: reminder }
  - { stage: b, dpd: 5..9, step: [] }
`);
    expect(refused(text).map((line) => line.split(" ")[1])).toEqual([
      "outside-stage:",
      "no-channel:",
      "unknown-word:",
      "not-a-list:",
      "overlap:",
    ]);
  });
});

describe("the strategies that come with the program", () => {
  const folder = new URL("../../strategies/", import.meta.url);
  const files = readdirSync(folder).filter((name) => /\.v\d+\.yaml$/.test(name));
  const shipped = (name: string): Strategy => good(readFileSync(new URL(name, folder), "utf8"));

  it.each(files)("%s is read without a refusal and is named as its file", (name) => {
    const strategy = shipped(name);
    expect(name).toBe(`${strategy.name}.v${strategy.version}.yaml`);
    expect(strategy.intent).not.toBe("");
    for (const step of strategy.steps) {
      expect(step.minute, `${step.key} at ${formatMinute(step.minute)}`).toBeGreaterThanOrEqual(9 * 60);
      expect(step.minute, `${step.key} at ${formatMinute(step.minute)}`).toBeLessThan(20 * 60);
      expect(step.pauseOn).toEqual(
        expect.arrayContaining(["dispute", "cease-contact", "insolvency", "deceased"]),
      );
    }
  });

  it("micro-standard calls nobody before day 3 and asks a person for anything formal", () => {
    const { steps } = shipped("micro-standard.v1.yaml");
    expect(steps.filter(({ act }) => act === "call").map(({ dpd }) => dpd)).toEqual([3, 7, 12, 20, 35, 48]);
    expect(steps.filter(({ dpd }) => dpd > 60).every(({ act }) => act === "ask")).toBe(true);
    expect(steps.some(({ act }) => act === "letter")).toBe(false);
    expect(steps.filter(({ dpd }) => dpd <= 0).map(({ dpd, by }) => [dpd, by])).toEqual([
      [-3, ["app", "text"]],
      [0, ["app", "text"]],
    ]);
  });

  it("fed-minimal sends four messages and then asks a person", () => {
    const { steps } = shipped("fed-minimal.v1.yaml");
    expect(steps.map(({ dpd, act }) => `${dpd} ${act}`)).toEqual([
      "1 message",
      "15 message",
      "31 message",
      "61 message",
      "91 ask",
    ]);
  });
});
