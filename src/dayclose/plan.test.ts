import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { PRODUCT } from "../../test/support/product.ts";
import {
  addDays,
  book,
  borrowerKey,
  CHANNELS,
  day,
  type Fact,
  formatDay,
  keyToNumber,
  loanKey,
  minor,
  type OutsideFact,
  toBits,
} from "../core/index.ts";
import { armOf, readStrategy, type Strategy, strategyLine } from "../strategy/index.ts";
import { closeBorrower } from "./close.ts";
import type { CloseContext, WokenLoan } from "./types.ts";

const CN = loadPack("cn");

function strategy(text: string, version = 1, from = "2020-01-01"): Strategy {
  const read = readStrategy(`strategy: plan\nversion: ${version}\nfrom: "${from}"\n${text}`, "test.yaml");
  if (!read.ok) throw new Error(read.refusals.map(({ at, says }) => `${at} ${says}`).join("\n"));
  return read.strategy;
}

interface Idea {
  readonly amount?: string;
  readonly installments?: number;
  readonly reach?: readonly (typeof CHANNELS)[number][];
  readonly waiting?: readonly OutsideFact[];
}

/** The life of one borrower's loans, due first on 2026-01-10, under versions of a strategy, as lines. */
function live(
  ideas: readonly Idea[],
  versions: readonly Strategy[],
  through: string,
  borrower = 0,
  others: readonly Strategy[] = [],
): string[] {
  const line = strategyLine(versions, others);
  const context: CloseContext = {
    zone: "Asia/Shanghai",
    pack: CN,
    product: () => PRODUCT,
    strategy: () => line,
  };
  const owner = borrowerKey(0, borrower);
  const loans = ideas.map(
    ({ amount = "1000.00", installments = 1, reach = CHANNELS, waiting = [] }, i): WokenLoan => {
      const fact: Fact = {
        kind: "LoanBooked",
        on: day("2026-01-01"),
        id: `L${i + 1}`,
        product: 1,
        principal: minor(Math.round(Number(amount) * 100)),
        rateE8: 50_000,
        disbursedOn: day("2025-12-10"),
        firstDueOn: day("2026-01-10"),
        installments,
        reach: toBits(reach, CHANNELS),
      };
      return { loan: book(loanKey(owner, i + 1), fact, PRODUCT), waiting, journal: [fact] };
    },
  );
  const closed = closeBorrower({ ...owner, loans, contacts: [] }, day(through), context);
  return closed.loans
    .flatMap(({ facts }, i) => facts.map((fact) => ({ on: fact.on, text: tell(fact, i + 1) })))
    .filter(({ text }) => text !== "")
    .sort((a, b) => a.on - b.on)
    .map(({ on, text }) => `${formatDay(on)} ${text}`);
}

function tell(fact: Fact, loan: number): string {
  switch (fact.kind) {
    case "StageEntered": {
      const arm = fact.arm === undefined ? "" : `, arm ${fact.arm} ${fact.share} % draw ${fact.draw}`;
      return `L${loan} enters ${fact.stage} of ${fact.strategy}${fact.segment ? ` as ${fact.segment}` : ""}${arm}`;
    }
    case "StepPlanned":
      return `L${loan} planned ${fact.step}`;
    case "StepRefused":
      return `L${loan} refused ${fact.step} by ${fact.rules.join(", ")}`;
    case "StepAsked":
      return `L${loan} asked ${fact.step} by ${fact.rules.join(", ")}${fact.after ? ` after ${fact.after.join(", ")}` : ""}`;
    case "StepLapsed":
      return `L${loan} lapsed ${fact.step}: ${fact.why}`;
    case "PaymentReceived":
    case "Cured":
      return `L${loan} ${fact.kind}`;
    default:
      return "";
  }
}

const paid = (on: string, amount: number): OutsideFact => ({
  kind: "PaymentReceived",
  on: day(on),
  id: `P ${on}`,
  amount: minor(amount),
  valueOn: day(on),
});
const writtenOff = (on: string): OutsideFact => ({
  kind: "WrittenOff",
  on: day(on),
  id: `W ${on}`,
  valueOn: day(on),
  lateInterest: "runs",
});

const SEGMENTED = `segments:
  - { segment: small, amount: 0..2000.00 }
  - { segment: large }
stages:
  - stage: early
    dpd: 1..5
    steps:
      - { on_dpd: 1, send: overdue, by: [app] }
      - { on_dpd: 3, call: borrower, segments: [large] }
      - { on_dpd: 4, send: kindly, by: [app], segments: [small] }
  - stage: late
    dpd: 6..20
    steps:
      - { on_dpd: 6, send: options, by: [app], segments: [small] }
      - { on_dpd: 6, call: borrower, segments: [large] }
`;

describe("a loan's segment", () => {
  test("is the first that fits on the day on which it enters a stage, and is written down once", () => {
    expect(live([{}, { amount: "3000.00" }], [strategy(SEGMENTED)], "2026-01-15")).toEqual([
      "2026-01-11 L1 enters early of plan@1 as small",
      "2026-01-11 L1 planned early/send-overdue@1",
      "2026-01-11 L2 enters early of plan@1 as large",
      "2026-01-11 L2 planned early/send-overdue@1",
      "2026-01-13 L2 planned early/call-borrower@3",
      "2026-01-14 L1 planned early/send-kindly@4",
    ]);
  });

  test("stays while the stage lasts, and is decided again on entering the next", () => {
    // A part of what is owed is paid: 1,500.00 of principal is left, but the due day stays the oldest unpaid one.
    const facts = live(
      [{ amount: "3000.00", waiting: [paid("2026-01-12", 150_000)] }],
      [strategy(SEGMENTED)],
      "2026-01-17",
    );
    expect(facts).toEqual([
      "2026-01-11 L1 enters early of plan@1 as large",
      "2026-01-11 L1 planned early/send-overdue@1",
      "2026-01-12 L1 PaymentReceived",
      "2026-01-13 L1 planned early/call-borrower@3",
      "2026-01-16 L1 enters late of plan@1 as small",
      "2026-01-16 L1 planned late/send-options@6",
    ]);
  });

  test("is decided anew on the first day of a new version", () => {
    const second = strategy(
      "segments: [{ segment: everyone }]\nstages: [{ stage: early, dpd: 1..5, steps: [{ on_dpd: 4, call: borrower, segments: [everyone] }] }]\n",
      2,
      "2026-01-13",
    );
    expect(live([{}], [strategy(SEGMENTED), second], "2026-01-15").slice(2)).toEqual([
      "2026-01-13 L1 enters early of plan@2 as everyone",
      "2026-01-14 L1 planned early/call-borrower@4",
    ]);
  });

  test("knows how often the loan was late before: once more with each cure", () => {
    const text = `segments:
  - { segment: again, times_late: 1.. }
  - { segment: first }
stages:
  - { stage: early, dpd: 1..20, steps: [{ on_dpd: 1, send: overdue, by: [app] }] }
`;
    const facts = live(
      [{ amount: "200.00", installments: 3, waiting: [paid("2026-01-20", 7_000)] }],
      [strategy(text)],
      "2026-02-12",
    );
    expect(facts.filter((line) => /enters|Cured/.test(line))).toEqual([
      "2026-01-11 L1 enters early of plan@1 as first",
      "2026-01-20 L1 Cured",
      "2026-02-11 L1 enters early of plan@1 as again",
    ]);
  });
});

const COMPARED = `salt: spring
arms:
  - { arm: champion, share: 45 }
  - { arm: other, share: 50, follows: elsewhere@4 }
  - { arm: quiet, share: 5, hold_out: true }
stages:
  - stage: early
    dpd: 1..9
    steps:
      - { on_dpd: 1, send: overdue, by: [app], required: true }
      - { on_dpd: 2, call: borrower }
      - { on_dpd: 3, ask: review }
`;
const ELSEWHERE: Strategy = {
  ...strategy("stages: [{ stage: apart, dpd: 2..9, steps: [{ on_dpd: 2, send: kindly, by: [app] }] }]\n", 4),
  name: "elsewhere",
};

describe("a borrower's arm", () => {
  const drawn = strategyLine([strategy(COMPARED)], [ELSEWHERE]).on(day("2026-01-01"))!;
  const borrowerIn = (arm: string): number => {
    for (let n = 0; ; n++) if (armOf(drawn, keyToNumber(borrowerKey(0, n)))!.name === arm) return n;
  };

  test("decides whose steps all of his loans get, and is recorded with how likely it was", () => {
    expect(live([{}, {}], [strategy(COMPARED)], "2026-01-13", borrowerIn("champion"), [ELSEWHERE])).toEqual([
      "2026-01-11 L1 enters early of plan@1, arm champion 45 % draw 1",
      "2026-01-11 L1 planned early/send-overdue@1",
      "2026-01-11 L2 enters early of plan@1, arm champion 45 % draw 1",
      "2026-01-11 L2 planned early/send-overdue@1",
      "2026-01-12 L1 planned early/call-borrower@2",
      "2026-01-12 L2 planned early/call-borrower@2",
      "2026-01-13 L1 asked early/ask-review@3 by strategy/ask-person",
      "2026-01-13 L2 asked early/ask-review@3 by strategy/ask-person",
    ]);
  });

  test("that follows another strategy has its stages and steps, under the name of the first", () => {
    expect(live([{}], [strategy(COMPARED)], "2026-01-13", borrowerIn("other"), [ELSEWHERE])).toEqual([
      "2026-01-12 L1 enters apart of plan@1, arm other 50 % draw 1",
      "2026-01-12 L1 planned apart/send-kindly@2",
    ]);
  });

  test("that is the hold-out gets what is required and what people are asked, and nothing else", () => {
    expect(live([{}], [strategy(COMPARED)], "2026-01-19", borrowerIn("quiet"), [ELSEWHERE])).toEqual([
      "2026-01-11 L1 enters early of plan@1, arm quiet 5 % draw 1",
      "2026-01-11 L1 planned early/send-overdue@1",
      "2026-01-13 L1 asked early/ask-review@3 by strategy/ask-person",
    ]);
  });
});

describe("steps that only a person may take", () => {
  const FORMAL = strategy(`stages:
  - stage: formal
    dpd: 1..30
    pause_on: [hardship]
    steps:
      - { on_dpd: 2, letter: demand }
      - { on_dpd: 5, mediation: apply, after: [letter-demand] }
      - { on_dpd: 5, bureau: notice }
      - { on_dpd: 9, suit: claim, after: [letter-demand, mediation-apply] }
`);

  test("are asked of a person with what should be behind them, and two kinds on one day are both asked", () => {
    expect(live([{}], [FORMAL], "2026-01-30")).toEqual([
      "2026-01-12 L1 asked formal/letter-demand@2 by strategy/person-decides",
      "2026-01-15 L1 asked formal/mediation-apply@5 by strategy/person-decides after formal/letter-demand",
      "2026-01-15 L1 asked formal/bureau-notice@5 by strategy/person-decides",
      "2026-01-19 L1 asked formal/suit-claim@9 by strategy/person-decides after formal/letter-demand, formal/mediation-apply",
    ]);
  });

  test("wait while a hold pauses them", () => {
    const hardship: OutsideFact = {
      kind: "HoldPlaced",
      on: day("2026-01-11"),
      hold: "hardship",
      until: day("2026-01-13"),
    };
    expect(live([{ waiting: [hardship] }], [FORMAL], "2026-01-14")).toEqual([
      "2026-01-12 L1 refused formal/letter-demand@2 by house/holds, strategy/pause-on-hardship",
      "2026-01-14 L1 asked formal/letter-demand@2 by strategy/person-decides",
    ]);
  });

  test("a loan that comes in the middle of its lateness is asked about all the same", () => {
    const late = strategy("stages: [{ stage: a, dpd: 1..90, steps: [{ on_dpd: 5, letter: demand }] }]\n");
    const line = strategyLine([late]);
    const context: CloseContext = {
      zone: "Asia/Shanghai",
      pack: CN,
      product: () => PRODUCT,
      strategy: () => line,
    };
    const fact: Fact = {
      kind: "LoanBooked",
      on: day("2026-01-31"),
      id: "L1",
      product: 1,
      principal: minor(100_000),
      rateE8: 50_000,
      disbursedOn: addDays(day("2026-01-10"), -31),
      firstDueOn: day("2026-01-10"),
      installments: 1,
      reach: 31,
    };
    const loans = [{ loan: book({ bucket: 0, n: 1 }, fact, PRODUCT), waiting: [] }];
    const closed = closeBorrower({ bucket: 0, n: 0, loans, contacts: [] }, day("2026-01-31"), context);
    expect(closed.actions.map(({ act, what, via }) => [act, what, via])).toEqual([
      ["ask-letter", "demand", "person"],
    ]);
  });
});

describe("a loan that is written off", () => {
  const GOES_ON = `exits: [cured, settled]
stages:
  - { stage: early, dpd: 1..30, steps: [{ on_dpd: 3, call: borrower }] }
  - { stage: after, dpd: 1..30, state: written_off, steps: [{ on_dpd: 5, ask: still-owed, every: 10 days }] }
`;
  test("goes on with the stages for such loans where the plan does not end there", () => {
    expect(live([{ waiting: [writtenOff("2026-01-12")] }], [strategy(GOES_ON)], "2026-02-20")).toEqual([
      "2026-01-11 L1 enters early of plan@1",
      "2026-01-12 L1 enters after of plan@1",
      "2026-01-15 L1 asked after/ask-still-owed@5 by strategy/ask-person",
      "2026-01-25 L1 asked after/ask-still-owed@15 by strategy/ask-person",
      "2026-02-04 L1 asked after/ask-still-owed@25 by strategy/ask-person",
    ]);
  });

  test("and gets no step more where it does", () => {
    const ends = strategy("stages: [{ stage: early, dpd: 1..30, steps: [{ on_dpd: 3, call: borrower }] }]\n");
    expect(live([{ waiting: [writtenOff("2026-01-12")] }], [ends], "2026-02-20")).toEqual([]);
  });
});
