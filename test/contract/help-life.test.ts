import { describe, expect, test } from "vitest";
import {
  addDays,
  type Day,
  day,
  type Fact,
  formatDay,
  formatMoney,
  minor,
  positionFromFacts,
} from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { agreementText } from "../../src/documents/index.ts";
import { type HardshipLife, hardshipsOf } from "../../src/legal/index.ts";
import {
  agreementOf,
  moveComplaint,
  moveHardship,
  openComplaint,
  openRequests,
  type RequestDesk,
  type RequestOutcome,
  requestHardship,
} from "../../src/office/requests/index.ts";
import {
  bookStore,
  closeStore,
  type Database,
  factsOf,
  findLender,
  listRequests,
  loanFile,
  sha256Hex,
  verifyBook,
  worklist,
} from "../../src/store/index.ts";
import { furnish, loanRecord, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES } from "../support/database.ts";
import { at, pack } from "../support/letters.ts";

const LENDER = "test-lender";
const STRATEGY = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: A plan is left in peace.
stages:
  - stage: before
    dpd: -3..0
    steps:
      - { on_dpd: -3, send: reminder, by: [app] }
  - stage: early
    dpd: 1..60
    steps:
      - { on_dpd: 2, call: borrower, at: "09:30" }
      - { on_dpd: 6, send: overdue, by: [app] }
    pause_on: [hardship, plan_kept, dispute]
`;

/** Facts that say what became of the request and its plan, and of the steps beside it. */
const TOLD = [
  "PlanAgreed",
  "PlanMissed",
  "PlanCaughtUp",
  "PlanBroken",
  "HoldPlaced",
  "HoldLifted",
  "PlanReplaced",
];

/** Everything that the closes and the desk write, in one life; `daily` closes each day by itself. */
async function live(db: Database, daily: boolean) {
  await furnish(db, STRATEGY);
  const shelf = (on: string) => shelves(pack, () => at(on));
  let closed = day("2026-01-04");
  const close = async (through: string): Promise<void> => {
    const last = day(through);
    for (let on = addDays(closed, 1); daily && on < last; on = addDays(on, 1))
      await runClose(closeStore(db, shelf(formatDay(on))), LENDER, on);
    await runClose(closeStore(db, shelf(through)), LENDER, last);
    closed = last;
  };
  const desk = async (on: string, by: string): Promise<RequestDesk> => {
    const opened = await openRequests({ db, lender: (await findLender(db, LENDER))!, now: at(on), by });
    if (!opened.ok) throw new Error(opened.says);
    return { ...opened.desk, reference: (prefix) => `${prefix}-0000-0000-0001` };
  };
  const done = <T>(outcome: RequestOutcome<T>): T => {
    if (!outcome.done) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.says.en}`);
    return outcome.value;
  };
  const pay = async (
    life: HardshipLife,
    n: number,
    on: string,
    amount: number = life.offer!.payments[n - 1]!.amount,
  ): Promise<void> => {
    const { refused } = await bookStore(db, shelf(on)).payments(LENDER, [
      paymentRecord("L1", `P${n}`, amount, day(on)),
    ]);
    if (refused.length > 0) throw new Error(refused[0]!.says);
  };
  const facts = async (): Promise<readonly Fact[]> => factsOf((await loanFile(db, "L1"))!);
  const positionOn = async (on: string) => {
    const { key, product } = (await loanFile(db, "L1"))!;
    return positionFromFacts(key, await facts(), () => product, day(on))!;
  };
  // With the contract's late interest for the five days.
  const arrearsOn = async (on: string): Promise<number> => (await positionOn(on)).arrears.total;
  const questions = async (on: string): Promise<string[]> => {
    const lender = (await findLender(db, LENDER))!;
    const cases = await worklist(db, shelf(on), lender, at(on));
    return cases.flatMap(({ case: one }) => (one.what.startsWith("matter/") ? [...one.steps] : []));
  };

  await bookStore(db, shelf("2026-01-05")).loans(LENDER, [
    loanRecord({ id: "L1", disbursedOn: "2026-01-05", principal: "60000.00" }),
    loanRecord({ id: "L2", disbursedOn: "2026-01-05" }),
  ]);
  await close("2026-02-09");

  // He asks on the fifth day past due; collection rests for 30 days (law/house/requests.md, "rest").
  const asked = done(
    await requestHardship(
      await desk("2026-02-10", "borrower"),
      {
        loan: "L1",
        reasons: ["job-loss"],
        words: "out of work since January",
        channel: "portal",
        household: { income: minor(1_500_000), living: minor(700_000), dependants: 0, otherDebts: minor(0) },
      },
      false,
    ),
  );
  await close("2026-02-11");
  const wish = { type: "offer", asked: { way: "hardship", months: 12 }, reason: "he can pay it" } as const;
  const proposed = done(await moveHardship(await desk("2026-02-12", "anna"), asked.id, wish, {}, false));
  const same = await moveHardship(await desk("2026-02-12", "anna"), asked.id, { type: "approve" }, {}, false);
  const offered = done(
    await moveHardship(await desk("2026-02-13", "sun"), asked.id, { type: "approve" }, {}, false),
  );
  const file = (await loanFile(db, "L1"))!;
  const text = agreementText(agreementOf(offered, file, "zh-CN")!);
  const accepted = done(
    await moveHardship(
      await desk("2026-02-14", "borrower"),
      asked.id,
      { type: "accept", language: "zh-CN", sha256: sha256Hex(text), how: "electronic" },
      {},
      false,
    ),
  );
  await close("2026-02-14");
  const dpdAfter = (await positionOn("2026-02-15")).dpd;
  for (const [n, on] of [
    [1, "2026-03-05"],
    [2, "2026-04-05"],
    [3, "2026-05-05"],
  ] as const) {
    await close(formatDay(addDays(day(on), -1)));
    await pay(accepted, n, on);
    await close(on);
  }
  // The fourth is missed, and made up on the fifth day of grace.
  await close("2026-06-09");
  await pay(accepted, 4, "2026-06-10", await arrearsOn("2026-06-10"));
  await close("2026-07-03");
  const before = await questions("2026-07-03");
  // The fifth is missed too: so much is forgiven once.
  await close("2026-07-08");
  return {
    proposed,
    same,
    offered,
    accepted,
    dpdAfter,
    facts: await facts(),
    ofBorrower: file.ofBorrower,
    before,
    after: await questions("2026-07-08"),
    rows: await listRequests(db, (await findLender(db, LENDER))!, { sort: "hardship" }),
    verified: (await verifyBook(db, shelf("2026-07-08"), BOOK_CHECKS)).findings,
  };
}

const said = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => {
    switch (fact.kind) {
      case "HoldPlaced":
        return [`${formatDay(fact.on)} hold ${fact.hold} until ${formatDay(fact.until!)}`];
      case "HoldLifted":
        return [`${formatDay(fact.on)} lift ${fact.hold}`];
      case "PlanMissed":
        return [
          `${formatDay(fact.on)} missed ${formatDay(fact.dueOn)}, to be made up until ${formatDay(fact.graceUntil)}`,
        ];
      case "PlanBroken":
        return [`${formatDay(fact.on)} broken ${formatDay(fact.dueOn)} ${fact.why}`];
      default:
        return TOLD.includes(fact.kind) ? [`${formatDay(fact.on as Day)} ${fact.kind}`] : [];
    }
  });

describe("help, from the request to a plan that is kept, missed, made up, and missed again", () => {
  const lives = new Map<string, Awaited<ReturnType<typeof live>>>();

  test.each(ENGINES)("is lived over $name", async (engine) => {
    const database = await engine.open();
    try {
      // One engine closes each day, the other as many as there are at once: what both say is the same.
      lives.set(engine.name, await live(database.db, engine.name === "postgres"));
    } finally {
      await database.drop();
    }
    const one = lives.get(engine.name)!;
    expect(one.verified).toEqual([]);
    expect(one.proposed.state).toBe("proposed");
    expect(one.same).toMatchObject({ done: false, refusal: { code: "hardship-same-person" } });
    expect(one.offered.offer!.payments).toHaveLength(12);
    // Nobody is asked for more than his surplus: 15,000.00 less 7,000.00.
    expect(Math.max(...one.offered.offer!.payments.map(({ amount }) => amount))).toBeLessThanOrEqual(800_000);
    expect(one.accepted.state).toBe("running");
    expect(one.dpdAfter).toBe(0);
    expect(one.rows.map(({ state }) => state)).toEqual(["running"]);
  });

  test("day by day and many days at once are the same facts", () => {
    const [a, b] = [...lives.values()];
    expect(a!.facts).toEqual(b!.facts);
  });

  test("rests while he waits, then while the plan is kept; one stumble is told and forgiven, a second is not", () => {
    const [one] = [...lives.values()];
    expect(said(one!.facts)).toEqual([
      "2026-02-10 hold hardship until 2026-03-12",
      "2026-02-14 lift hardship",
      // In the order in which they are written: what the ledger takes comes before the plan that rests on it.
      "2026-02-14 PlanReplaced",
      "2026-02-14 PlanAgreed",
      "2026-06-06 missed 2026-06-05, to be made up until 2026-06-15",
      "2026-06-10 PlanCaughtUp",
      "2026-07-06 broken 2026-07-05 missed-again",
    ]);
  });

  test("he is told on the day after, nobody calls him while it can be made up, and who broke it is a person's question", () => {
    const [one] = [...lives.values()];
    const steps = one!.facts.flatMap((fact) => {
      if (fact.on < day("2026-06-01")) return [];
      if (fact.kind === "StepPlanned") return [`${formatDay(fact.on)} planned ${fact.step}`];
      return fact.kind === "StepRefused"
        ? [`${formatDay(fact.on)} refused ${fact.step} ${fact.rules.join(" ")}`]
        : [];
    });
    expect(steps).toEqual([
      "2026-06-02 planned before/send-reminder@-3",
      "2026-06-06 planned plan/missed-1@H-0000-0000-0001",
      "2026-06-07 refused early/call-borrower@2 strategy/pause-on-plan-kept",
      "2026-07-02 planned before/send-reminder@-3",
      "2026-07-07 planned early/call-borrower@2",
    ]);
    expect(one!.before).toEqual([]);
    expect(one!.after).toEqual(["matter/H-0000-0000-0001/plan-broken@2026-07-05"]);
  });

  test("the agreed payments are those of the ledger", () => {
    const [one] = [...lives.values()];
    const first = one!.accepted.offer!.payments;
    // 60,000.00 at 0.05 % a day, taken up on the 38th day: level parts, the last takes the rest.
    expect(new Set(first.slice(0, -1).map(({ amount }) => formatMoney(amount))).size).toBe(1);
    expect(formatDay(first[0]!.on)).toBe("2026-03-05");
  });
});

describe("a complaint, from its opening to its outcome", () => {
  test("is watched to its fifteenth day, and stops contact until it is answered", async () => {
    const database = await ENGINES[0]!.open();
    try {
      const { db } = database;
      await furnish(db, STRATEGY);
      const shelf = (on: string) => shelves(pack, () => at(on));
      await bookStore(db, shelf("2026-01-05")).loans(LENDER, [
        loanRecord({ id: "L1", disbursedOn: "2026-01-05" }),
      ]);
      const close = (through: string) => runClose(closeStore(db, shelf(through)), LENDER, day(through));
      await close("2026-02-05");
      const desk = async (on: string, by: string) => {
        const opened = await openRequests({ db, lender: (await findLender(db, LENDER))!, now: at(on), by });
        if (!opened.ok) throw new Error(opened.says);
        return opened.desk;
      };
      const made = await openComplaint(
        await desk("2026-02-06", "borrower"),
        { loans: ["L1"], topic: "not-mine", words: "I never took this loan", channel: "portal" },
        false,
      );
      if (!made.done) throw new Error(made.refusal.says.en);
      // 15 days from 6 February are the 21st; people are told on the 18th, and again on the 22nd.
      await close("2026-02-23");
      const days = (facts: readonly Fact[]) =>
        facts.flatMap((fact) =>
          fact.kind === "MatterDateCame" ? [`${formatDay(fact.on)} ${fact.what} ${fact.state}`] : [],
        );
      const facts = factsOf((await loanFile(db, "L1"))!);
      expect(days(facts)).toEqual(["2026-02-18 complaint-answer near", "2026-02-22 complaint-answer over"]);
      expect(facts.some((fact) => fact.kind === "StepPlanned" && fact.on >= day("2026-02-06"))).toBe(false);
      const answered = await moveComplaint(
        await desk("2026-02-24", "carl"),
        made.value.id,
        {
          type: "answered",
          outcome: "rejected",
          reason: { en: "The contract carries your signature.", zh: "合同系本人签署。" },
        },
        {},
        false,
      );
      expect(answered).toMatchObject({ done: true, value: { state: "rejected" } });
      const lender = (await findLender(db, LENDER))!;
      expect(
        (await listRequests(db, lender, { sort: "complaint" })).map(({ state, nextOn }) => [state, nextOn]),
      ).toEqual([["rejected", null]]);
      expect(await worklist(db, shelf("2026-02-24"), lender, at("2026-02-24"))).toEqual([]);
      await close("2026-02-24");
      const held = factsOf((await loanFile(db, "L1"))!).filter(({ kind }) => kind === "HoldLifted");
      expect(held.map(({ on }) => formatDay(on))).toEqual(["2026-02-24"]);
      expect(hardshipsOf([]).size).toBe(0);
    } finally {
      await database.drop();
    }
  });
});
