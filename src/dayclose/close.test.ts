import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { PRODUCT } from "../../test/support/product.ts";
import {
  addDays,
  book,
  CHANNELS,
  CONTACT_KINDS,
  type Day,
  day,
  type Fact,
  formatDay,
  formatInstant,
  instantAt,
  isKept,
  type LoanState,
  mayAllow,
  minor,
  NEVER,
  type OutsideFact,
  type PersonFact,
  THE_LENDER,
  toBits,
} from "../core/index.ts";
import { contactReported, type Pack } from "../policy/index.ts";
import { readStrategy, type Strategy, strategyLine } from "../strategy/index.ts";
import { closeBorrower } from "./close.ts";
import type { Action, CloseContext, WokenLoan } from "./types.ts";

const ZONE = "Asia/Shanghai";
const START = day("2026-01-01");
const CN = loadPack("cn");

/** One stage of a strategy; `at` and the like as a strategy file writes them. */
const plan = (steps: string, options: { from?: string; version?: number; pause?: string } = {}): Strategy => {
  const read = readStrategy(
    `strategy: plan
version: ${options.version ?? 1}
from: "${options.from ?? "2020-01-01"}"
intent: For tests.
stages:
  - stage: early
    dpd: 1..10
    ${options.pause ? `pause_on: [${options.pause}]` : ""}
    steps:
${steps}
`,
    "test.yaml",
  );
  if (!read.ok) throw new Error(JSON.stringify(read.refusals));
  return read.strategy;
};

interface Idea {
  /** First due day; the loan is paid out a month before. */
  readonly due?: string;
  readonly reach?: readonly (typeof CHANNELS)[number][];
  readonly waiting?: readonly OutsideFact[];
  readonly change?: Partial<LoanState>;
}

/** A borrower's life under a strategy, closed through a day at once, as lines that a lawyer can read. */
function live(
  ideas: readonly Idea[],
  strategies: readonly Strategy[],
  through: string,
  pack: Pack | undefined = CN,
  person: readonly PersonFact[] = [],
): { lines: string[]; actions: string[]; after: LoanState[] } {
  const context: CloseContext = {
    zone: ZONE,
    pack,
    product: () => PRODUCT,
    strategy: () => strategyLine(strategies),
  };
  const loans = ideas.map((idea, i): WokenLoan => {
    const firstDueOn = day(idea.due ?? "2026-01-10");
    const fact: Fact = {
      kind: "LoanBooked",
      on: START,
      id: `L${i + 1}`,
      product: 1,
      principal: minor(100_000),
      rateE8: 50_000,
      disbursedOn: addDays(firstDueOn, -31),
      firstDueOn,
      installments: 1,
      reach: toBits(idea.reach ?? CHANNELS, CHANNELS),
    };
    const loan = { ...book({ bucket: 0, n: i + 1 }, fact, PRODUCT), ...idea.change };
    const waiting = [...(idea.waiting ?? []), ...wakes(person)].sort((a, b) => a.on - b.on);
    return { loan, id: `L${i + 1}`, waiting, journal: [fact] };
  });
  const contacts = person.flatMap((fact) =>
    fact.kind === "ContactReported" ? [{ on: fact.on, made: contactReported(fact) }] : [],
  );
  const known = person.filter(isKept);
  const borrower = { bucket: 0, n: 0, loans, contacts, ...(known.length > 0 ? { person: known } : {}) };
  const closed = closeBorrower(borrower, day(through), context);
  const lines = closed.loans
    .flatMap(({ facts }, i) =>
      facts.map((fact) => ({ on: fact.on, text: `${formatDay(fact.on)} L${i + 1} ${tell(fact)}` })),
    )
    .sort((a, b) => a.on - b.on)
    .map(({ text }) => text);
  return { lines, actions: closed.actions.map(tellAction), after: closed.loans.map(({ after }) => after) };
}

/** What is put on each of his loans beside a fact that may allow more. */
const wakes = (person: readonly PersonFact[]): OutsideFact[] =>
  person.filter(mayAllow).map(({ kind: what, on, id }) => ({ kind: "PersonChanged", on, what, of: id }));

function tell(fact: Fact): string {
  switch (fact.kind) {
    case "StepPlanned":
      return `planned ${fact.step} by ${fact.via} at ${formatInstant(ZONE, fact.slot).slice(11, 16)}`;
    case "StepRefused":
      return `refused ${fact.step} by ${fact.rules.join(", ")}, again ${fact.retryOn === NEVER ? "never" : formatDay(fact.retryOn)}`;
    case "StepAsked":
      return `asked ${fact.step} by ${fact.rules.join(", ")}`;
    case "StepLapsed":
      return `lapsed ${fact.step}: ${fact.why}`;
    case "SetAside":
      return `set aside: ${fact.reason}`;
    case "BandEntered":
      return `band M${fact.band}`;
    default:
      return fact.kind;
  }
}

const tellAction = ({ on, act, via, what, steps }: Action): string =>
  `${formatDay(on)} ${act} ${what} by ${via} for ${steps.map(({ n }) => `L${n}`).join(", ")}`;

const REMIND = plan("      - { on_dpd: 1, send: reminder, by: [app, text] }");
const hold = (on: string, until: string | null): OutsideFact => ({
  kind: "HoldPlaced",
  on: day(on),
  hold: "dispute",
  until: until === null ? null : day(until),
});
const paid = (on: string, amount: number, valueOn = on): OutsideFact => ({
  kind: "PaymentReceived",
  on: day(on),
  id: `P ${on}`,
  amount: minor(amount),
  valueOn: day(valueOn),
});

describe("the close of a borrower's days", () => {
  test("three loans due on one day get one message, and the highest step says what is in it", () => {
    const steps = plan(`      - { on_dpd: 1, send: reminder, by: [app] }
      - { on_dpd: 3, send: second-reminder, by: [text] }`);
    const { actions } = live(
      [{ due: "2026-01-10" }, { due: "2026-01-12" }, { due: "2026-01-12" }],
      [steps],
      "2026-01-13",
    );
    expect(actions).toEqual([
      "2026-01-11 message reminder by app for L1",
      "2026-01-13 message second-reminder by text for L1, L2, L3",
    ]);
  });

  test("a loan that arrives nine days late is not written to for the days before, but a person is asked about it", () => {
    const steps = plan(`      - { on_dpd: 1, send: reminder, by: [app] }
      - { on_dpd: 3, ask: first-look }
      - { on_dpd: 5, ask: lawyers-letter }
      - { on_dpd: 10, send: last-reminder, by: [app] }`);
    const { lines } = live([{ due: "2025-12-23" }], [steps], "2026-01-02");
    expect(lines).toEqual([
      "2026-01-01 L1 band M1",
      "2026-01-01 L1 lapsed early/ask-first-look@3: overtaken",
      "2026-01-01 L1 asked early/ask-lawyers-letter@5 by strategy/ask-person",
      "2026-01-02 L1 planned early/send-last-reminder@10 by app at 10:00",
    ]);
  });

  test("of two messages due at once after missed steps, the lower one is overtaken", () => {
    const steps = plan(`      - { on_dpd: 1, send: reminder, by: [app] }
      - { on_dpd: 3, send: second-reminder, by: [app] }`);
    const { lines } = live([{ waiting: [hold("2026-01-10", "2026-01-12")] }], [steps], "2026-01-13");
    expect(lines).toEqual([
      "2026-01-10 L1 HoldPlaced",
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 refused early/send-reminder@1 by house/holds, again 2026-01-13",
      "2026-01-13 L1 lapsed early/send-reminder@1: overtaken",
      "2026-01-13 L1 planned early/send-second-reminder@3 by app at 10:00",
    ]);
  });

  test("a step that a hold refuses is made on the day after the hold ends", () => {
    const { lines } = live([{ waiting: [hold("2026-01-05", "2026-01-14")] }], [REMIND], "2026-01-25");
    expect(lines).toEqual([
      "2026-01-05 L1 HoldPlaced",
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 refused early/send-reminder@1 by house/holds, again 2026-01-15",
      "2026-01-15 L1 planned early/send-reminder@1 by app at 10:00",
    ]);
  });

  test("a step that is refused until its stage is over lapses on the day after it", () => {
    const { lines } = live([{ waiting: [hold("2026-01-05", null)] }], [REMIND], "2026-02-05");
    expect(lines).toEqual([
      "2026-01-05 L1 HoldPlaced",
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 refused early/send-reminder@1 by house/holds, again 2026-01-21",
      "2026-01-21 L1 lapsed early/send-reminder@1: stage-over",
    ]);
  });

  test("a hold that is lifted lets the step be made on that day", () => {
    const lifted: OutsideFact = { kind: "HoldLifted", on: day("2026-01-13"), hold: "dispute" };
    const { lines } = live([{ waiting: [hold("2026-01-05", null), lifted] }], [REMIND], "2026-01-20");
    expect(lines.slice(-2)).toEqual([
      "2026-01-13 L1 HoldLifted",
      "2026-01-13 L1 planned early/send-reminder@1 by app at 10:00",
    ]);
  });

  test("a call wanted at 07:30 is moved to 08:00, and one wanted at 22:30 is refused until its stage's next morning", () => {
    const early = plan('      - { on_dpd: 1, call: borrower, at: "07:30" }');
    expect(live([{}], [early], "2026-01-12").lines[1]).toBe(
      "2026-01-11 L1 planned early/call-borrower@1 by call at 08:00",
    );
    const late = plan('      - { on_dpd: 1, call: borrower, at: "22:30" }');
    expect(live([{}], [late], "2026-01-11").lines[1]).toBe(
      "2026-01-11 L1 refused early/call-borrower@1 by cn/quiet-hours, again 2026-01-12",
    );
  });

  test("without an address the step is refused, and made on the day on which one is known", () => {
    const reached: OutsideFact = {
      kind: "ReachChanged",
      on: day("2026-01-14"),
      reach: toBits(["text"], CHANNELS),
    };
    const { lines } = live([{ reach: ["letter"], waiting: [reached] }], [REMIND], "2026-01-20");
    expect(lines).toEqual([
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 refused early/send-reminder@1 by reach/no-address, again 2026-01-21",
      "2026-01-14 L1 ReachChanged",
      "2026-01-14 L1 planned early/send-reminder@1 by text at 10:00",
    ]);
  });

  test("a lender without a pack has each step asked of a person", () => {
    const { lines, actions } = live([{}], [REMIND], "2026-01-20", null as never);
    expect(lines[1]).toBe("2026-01-11 L1 asked early/send-reminder@1 by pack/none-for-lender");
    expect(actions).toEqual([]);
  });

  test("a close that catches up nine missed days writes each step on its own day", () => {
    const daily = plan("      - { on_dpd: 2, call: borrower, at_most: 1 per day }");
    const { actions } = live([{}], [daily], "2026-01-25");
    expect(actions).toEqual(
      Array.from(
        { length: 9 },
        (_, i) => `${formatDay(addDays(day("2026-01-12"), i))} call borrower by call for L1`,
      ),
    );
  });

  test("a loan that is paid off ends once and sleeps for ever", () => {
    const { lines, after } = live([{ waiting: [paid("2026-01-12", 200_000)] }], [REMIND], "2027-01-12");
    expect(lines.slice(-2)).toEqual(["2026-01-12 L1 PaymentReceived", "2026-01-12 L1 LoanEnded"]);
    expect(after[0]!.wakeOn).toBe(NEVER);
  });

  test("a payment that is told late and counts from the due day cures the loan on the day it is booked", () => {
    const { lines } = live(
      [{ waiting: [paid("2026-01-14", 101_550, "2026-01-10")] }],
      [REMIND],
      "2026-02-14",
    );
    expect(lines).toEqual([
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 planned early/send-reminder@1 by app at 10:00",
      "2026-01-14 L1 PaymentReceived",
      "2026-01-14 L1 LoanEnded",
    ]);
  });

  test("a loan whose row breaks an invariant is set aside with its reason, and the borrower's other loan goes on", () => {
    const { lines, actions, after } = live(
      [{ change: { principalPaid: minor(100_001) } }, {}],
      [REMIND],
      "2026-01-20",
    );
    expect(lines).toEqual([
      "2026-01-01 L1 set aside: principal paid lies within the principal",
      "2026-01-11 L2 band M1",
      "2026-01-11 L2 planned early/send-reminder@1 by app at 10:00",
    ]);
    expect(actions).toEqual(["2026-01-11 message reminder by app for L2"]);
    expect(after[0]).toMatchObject({ setAside: true, wakeOn: NEVER });
  });

  test("a loan that was set aside is built again from its journal with its next fact, and goes on", () => {
    const { lines, after } = live(
      [{ change: { principalPaid: minor(100_001) }, waiting: [paid("2026-01-05", 5_000)] }],
      [REMIND],
      "2026-01-20",
    );
    expect(lines).toEqual([
      "2026-01-01 L1 set aside: principal paid lies within the principal",
      "2026-01-05 L1 PaymentReceived",
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 planned early/send-reminder@1 by app at 10:00",
    ]);
    expect(after[0]!.setAside).toBe(false);
    expect(after[0]!.principalPaid + after[0]!.interestPaid).toBe(5_000);
  });

  test("from the day of a new strategy version its steps are made, and what only the old one had lapses", () => {
    const first = plan(`      - { on_dpd: 1, send: reminder, by: [app] }
      - { on_dpd: 6, send: old-reminder, by: [app] }`);
    const second = plan("      - { on_dpd: 4, send: new-reminder, by: [text] }", {
      version: 2,
      from: "2026-01-13",
    });
    const waiting = [hold("2026-01-11", "2026-01-12")];
    const { lines } = live([{ waiting }], [first, second], "2026-01-30");
    expect(lines).toEqual([
      "2026-01-11 L1 HoldPlaced",
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 refused early/send-reminder@1 by house/holds, again 2026-01-13",
      "2026-01-13 L1 lapsed early/send-reminder@1: not-in-strategy",
      "2026-01-14 L1 planned early/send-new-reminder@4 by text at 10:00",
    ]);
  });

  test("a strategy that pauses on a hold says so beside the law's own refusal", () => {
    const paused = plan("      - { on_dpd: 1, send: reminder, by: [app] }", { pause: "dispute" });
    const { lines } = live([{ waiting: [hold("2026-01-05", "2026-01-14")] }], [paused], "2026-01-25");
    expect(lines.slice(2)).toEqual([
      "2026-01-11 L1 refused early/send-reminder@1 by house/holds, strategy/pause-on-dispute, again 2026-01-15",
      "2026-01-15 L1 planned early/send-reminder@1 by app at 10:00",
    ]);
  });

  test("closing the same day again with the next state writes nothing", () => {
    const { after } = live([{}], [REMIND], "2026-01-20");
    const context: CloseContext = {
      zone: ZONE,
      pack: CN,
      product: () => PRODUCT,
      strategy: () => strategyLine([REMIND]),
    };
    const again = closeBorrower(
      {
        bucket: 0,
        n: 0,
        loans: [{ loan: { ...after[0]!, wakeOn: day("2026-01-20") as Day }, waiting: [] }],
        contacts: [],
      },
      day("2026-01-20"),
      context,
    );
    expect(again.loans[0]!.facts).toEqual([]);
    expect(again.actions).toEqual([]);
  });
});

describe("a loan that has ended", () => {
  // 1,000.00 for 31 days at 0.05 % a day: 15.50 of interest.
  const DUE = 101_550;
  const paid = (on: string, id = "P1", amount = DUE): OutsideFact => ({
    kind: "PaymentReceived",
    on: day(on),
    id,
    amount: minor(amount),
    valueOn: day(on),
  });
  const back = (on: string, id: string): OutsideFact => ({
    kind: "EntryReversed",
    on: day(on),
    id,
    reason: "returned",
  });
  const thanking = (
    steps: string,
    atEnd = "- { when: [paid_off], send: thanks, by: [app, text] }",
  ): Strategy => {
    const read = readStrategy(
      `strategy: plan\nversion: 1\nfrom: "2020-01-01"\nstages:\n  - stage: early\n    dpd: 1..10\n    steps:\n${steps}\nat_end:\n  ${atEnd}\n`,
      "test.yaml",
    );
    if (!read.ok) throw new Error(JSON.stringify(read.refusals));
    return read.strategy;
  };
  const CALL = "      - { on_dpd: 1, send: reminder, by: [app, text] }";

  test("has its borrower thanked on the day of the end, once, and nothing is made of it afterwards", () => {
    const { lines, actions } = live([{ waiting: [paid("2026-01-10")] }], [thanking(CALL)], "2026-06-30");
    expect(lines).toEqual([
      "2026-01-10 L1 PaymentReceived",
      "2026-01-10 L1 LoanEnded",
      "2026-01-10 L1 planned at-end/send-thanks@0 by app at 10:00",
    ]);
    expect(actions).toEqual(["2026-01-10 message thanks by app for L1"]);
  });

  test("and was settled is not thanked where the plan thanks only those who paid everything", () => {
    const settled: OutsideFact = {
      kind: "SettlementAgreed",
      on: day("2026-01-15"),
      id: "S1",
      valueOn: day("2026-01-15"),
      amount: minor(50_000),
      by: day("2026-01-31"),
    };
    const waiting = [settled, paid("2026-01-20", "P1", 50_000)];
    const both = thanking(CALL, "- { when: [paid_off, settled], send: thanks, by: [app] }");
    const told = (plan: Strategy) =>
      live([{ waiting }], [plan], "2026-02-28").lines.filter((line) => line.includes("at-end"));
    expect(told(thanking(CALL))).toEqual([]);
    expect(told(both)).toEqual(["2026-01-20 L1 planned at-end/send-thanks@0 by app at 10:00"]);
  });

  test("is told of by a message of its own, beside that about another loan which is late", () => {
    const ideas = [{ waiting: [paid("2026-01-11", "P1", 101_628)] }, {}];
    const { actions } = live(ideas, [thanking(CALL)], "2026-01-11");
    expect(actions.sort()).toEqual([
      "2026-01-11 message reminder by app for L2",
      "2026-01-11 message thanks by app for L1",
    ]);
  });

  test("two that end on one day are one message", () => {
    const ideas = [{ waiting: [paid("2026-01-10")] }, { waiting: [paid("2026-01-10", "P2")] }];
    expect(live(ideas, [thanking(CALL)], "2026-01-31").actions).toEqual([
      "2026-01-10 message thanks by app for L1, L2",
    ]);
  });

  test("is left alone while its borrower has asked for that, and not thanked later", () => {
    const asked: OutsideFact = {
      kind: "HoldPlaced",
      on: day("2026-01-09"),
      hold: "cease-contact",
      until: null,
    };
    const { lines, after } = live([{ waiting: [asked, paid("2026-01-10")] }], [thanking(CALL)], "2026-06-30");
    expect(lines.at(-1)).toMatch(/^2026-01-10 L1 refused at-end\/send-thanks@0 by .*house\/holds/);
    expect(after[0]!.wakeOn).toBe(NEVER);
  });

  test("goes on where its last payment is taken back, and is asked about anew", () => {
    const asks = thanking("      - { on_dpd: 1, ask: review }");
    const waiting = [paid("2026-01-12", "P1", 101_706), back("2026-01-14", "P1")];
    const { lines } = live([{ waiting }], [asks], "2026-01-20");
    expect(lines.filter((line) => !line.includes("PaymentReceived"))).toEqual([
      "2026-01-11 L1 band M1",
      "2026-01-11 L1 asked early/ask-review@1 by strategy/ask-person",
      "2026-01-12 L1 LoanEnded",
      "2026-01-12 L1 planned at-end/send-thanks@0 by app at 10:00",
      "2026-01-14 L1 EntryReversed",
      "2026-01-14 L1 band M1",
      "2026-01-14 L1 asked early/ask-review@1 by strategy/ask-person",
    ]);
  });
});

describe("what is known of the person", () => {
  const of = (on: string, id: string, minute = 12 * 60) => ({
    on: day(on),
    id,
    at: instantAt(ZONE, day(on), minute),
  });
  const banned: PersonFact = { kind: "ContactBanned", ...of("2026-01-05", "B") };
  const ended = (on: string): PersonFact => ({ kind: "ContactBanEnded", ...of(on, "E"), of: "B" });
  const placed = (more: Partial<Extract<PersonFact, { kind: "Placed" }>> = {}): PersonFact => ({
    kind: "Placed",
    ...of("2026-01-05", "P"),
    debt: "L1",
    with: "Agency",
    role: "agency",
    from: day("2026-01-05"),
    lenderSteps: "pause",
    ...more,
  });
  const recalled = (on: string): PersonFact => ({ kind: "Recalled", ...of(on, "R"), debt: "L1" });
  const told = (on: string, notice: string): PersonFact => ({ kind: "NoticeGiven", ...of(on, "N"), notice });
  const lines = (person: readonly PersonFact[], through = "2026-01-20", loans = 1, pack: Pack = CN) =>
    live(
      Array.from({ length: loans }, () => ({})),
      [REMIND],
      through,
      pack,
      person,
    ).lines.filter((line) => !line.includes("band") && !line.includes("PersonChanged"));

  test("a step that an order forbids is made on the day on which the order ends, after it has ended", () => {
    expect(lines([banned, ended("2026-01-14")])).toEqual([
      "2026-01-11 L1 refused early/send-reminder@1 by cn/contact-ban, again 2026-01-21",
      "2026-01-14 L1 planned early/send-reminder@1 by app at 12:01",
    ]);
  });

  test("where a rule leaves a step to a person, somebody is asked; it is made once what was missing is known", () => {
    const taken: PersonFact = { kind: "ConsentWithdrawn", ...of("2026-01-05", "W"), kinds: ["app", "text"] };
    const given: PersonFact = {
      kind: "ConsentGiven",
      ...of("2026-01-14", "G"),
      kinds: ["text"],
      to: THE_LENDER,
    };
    const { lines: told, actions } = live([{}], [REMIND], "2026-01-25", CN, [taken, given]);
    expect(told.filter((line) => !/band|PersonChanged/.test(line))).toEqual([
      "2026-01-11 L1 asked early/send-reminder@1 by cn/consent-withdrawn",
      "2026-01-14 L1 planned early/send-reminder@1 by text at 12:01",
    ]);
    expect(actions).toEqual([
      "2026-01-11 ask may-we/reminder by person for L1",
      "2026-01-14 message reminder by text for L1",
    ]);
  });

  test("a question to a person lapses with its stage", () => {
    const taken: PersonFact = {
      kind: "ConsentWithdrawn",
      ...of("2026-01-05", "W"),
      kinds: CONTACT_KINDS,
    };
    expect(lines([taken], "2026-02-28")).toEqual([
      "2026-01-11 L1 asked early/send-reminder@1 by cn/consent-withdrawn",
      "2026-01-21 L1 lapsed early/send-reminder@1: stage-over",
    ]);
  });

  test("two steps of one day that rules leave to a person are one question, under the one that the strategy asks itself", () => {
    const taken: PersonFact = {
      kind: "ConsentWithdrawn",
      ...of("2026-01-05", "W"),
      kinds: CONTACT_KINDS,
    };
    const many = plan(`      - { on_dpd: 1, send: reminder, by: [app] }
      - { on_dpd: 1, call: borrower }
      - { on_dpd: 1, ask: review }`);
    const { actions } = live([{}], [many], "2026-01-11", CN, [taken]);
    expect(actions).toEqual(["2026-01-11 ask review by person for L1, L1, L1"]);
  });

  test("what is recorded on the fourteenth is not known on the eleventh, though both are closed at once", () => {
    const late: PersonFact = { kind: "ContactBanned", ...of("2026-01-14", "B") };
    expect(lines([late])).toEqual(["2026-01-11 L1 planned early/send-reminder@1 by app at 10:00"]);
  });

  test("a wish that was heard later on the day of the step is heeded on that day", () => {
    const stop: PersonFact = { kind: "StopRequested", ...of("2026-01-11", "S"), kinds: ["app", "text"] };
    expect(lines([stop])).toEqual(["2026-01-11 L1 asked early/send-reminder@1 by cn/private-peace"]);
  });

  test("a stop of one way lets the step take the next", () => {
    const stop: PersonFact = { kind: "StopRequested", ...of("2026-01-05", "S"), kinds: ["app"] };
    expect(lines([stop])).toEqual(["2026-01-11 L1 planned early/send-reminder@1 by text at 10:00"]);
  });

  test("a loan that is placed waits, the borrower's other loan does not, and the recall takes up what waited", () => {
    expect(lines([placed(), recalled("2026-01-14")], "2026-01-20", 2)).toEqual([
      "2026-01-11 L1 refused early/send-reminder@1 by strategy/placed, again 2026-01-21",
      "2026-01-11 L2 planned early/send-reminder@1 by app at 10:00",
      "2026-01-14 L1 planned early/send-reminder@1 by app at 12:01",
    ]);
  });

  test("a placement that ends by itself is waited for", () => {
    expect(lines([placed({ until: day("2026-01-12") })])).toEqual([
      "2026-01-11 L1 refused early/send-reminder@1 by strategy/placed, again 2026-01-13",
      "2026-01-13 L1 planned early/send-reminder@1 by app at 10:00",
    ]);
  });

  test("where the lender's steps go on in its own name, nothing waits", () => {
    expect(lines([placed({ lenderSteps: "continue" })])).toEqual([
      "2026-01-11 L1 planned early/send-reminder@1 by app at 10:00",
    ]);
  });

  test("steps made for the agency are the agency's: they wait for the notice that it collects", () => {
    const asAgent = placed({ lenderSteps: "as-agent" });
    expect(lines([asAgent, told("2026-01-14", "outsourcing")])).toEqual([
      "2026-01-11 L1 refused early/send-reminder@1 by cn/outsourcing-notice, again 2026-01-21",
      "2026-01-14 L1 planned early/send-reminder@1 by app at 12:01",
    ]);
  });

  test("one message for the lender and one for the agency are two actions", () => {
    const asAgent = placed({ lenderSteps: "as-agent" });
    const { actions } = live([{}, {}], [REMIND], "2026-01-12", CN, [
      asAgent,
      told("2026-01-06", "outsourcing"),
    ]);
    expect(actions).toEqual([
      "2026-01-11 message reminder by app for L1",
      "2026-01-11 message reminder by app for L2",
    ]);
  });

  test("a question to the lender's people keeps its hour, and is asked of a placed loan too", () => {
    const ask = plan("      - { on_dpd: 1, ask: lawyers-letter }");
    const stop: PersonFact = { kind: "StopRequested", ...of("2026-01-11", "S", 900) };
    const { after, lines: told } = live([{}], [ask], "2026-01-12", CN, [placed(), stop]);
    expect(told.slice(1)).toEqual(["2026-01-11 L1 asked early/ask-lawyers-letter@1 by strategy/ask-person"]);
    expect(after[0]!.extra).toBeUndefined();
  });

  test("of a placed loan whose borrower has no address, the address is what is missing", () => {
    const { lines: told } = live([{ reach: [] }], [REMIND], "2026-01-11", CN, [placed()]);
    expect(told.slice(1)).toEqual([
      "2026-01-11 L1 refused early/send-reminder@1 by reach/no-address, again 2026-01-21",
    ]);
  });

  test("calls that others reported are counted from the day on which they were reported", () => {
    const call = plan("      - { on_dpd: 1, call: borrower }");
    const made = (on: string): PersonFact[] =>
      [500, 520, 540].map((minute, i) => ({
        kind: "ContactReported",
        ...of("2026-01-11", `K${i}`, minute),
        on: day(on),
        via: "call",
        outcome: "connected",
        who: "Agency",
      }));
    const called = (on: string) => live([{}], [call], "2026-01-12", CN, made(on)).lines.slice(1);
    expect(called("2026-01-11")).toEqual([
      "2026-01-11 L1 refused early/call-borrower@1 by cn/connected-calls, again 2026-01-12",
      "2026-01-12 L1 planned early/call-borrower@1 by call at 10:00",
    ]);
    expect(called("2026-01-12")).toEqual(["2026-01-11 L1 planned early/call-borrower@1 by call at 10:00"]);
  });
});
