import { describe, expect, test } from "vitest";
import { bureauRule } from "../../packs/cn/bureau.ts";
import { type Day, day, type Fact, formatDay, minor } from "../../src/core/index.ts";
import { type ChannelAdapter, dispatch } from "../../src/dispatch/index.ts";
import { lastDayOf, monthEndOf, monthFromFacts, parseMonth } from "../../src/legal/index.ts";
import {
  bookStore,
  type Database,
  findLender,
  listRequests,
  loanFile,
  outboxStore,
  worklist,
} from "../../src/store/index.ts";
import { furnish, loanRecord } from "../support/book.ts";
import { ENGINES } from "../support/database.ts";
import { HOUSEHOLD, helpBook, LENDER } from "../support/help.ts";
import { at, pack } from "../support/letters.ts";

const ASKING = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: It rests while somebody waits, and goes on after.
stages:
  - stage: before
    dpd: -3..0
    steps:
      - { on_dpd: -3, send: reminder, by: [app] }
  - stage: early
    dpd: 1..60
    steps:
      - { on_dpd: 10, call: borrower, at: "09:30" }
      - { on_dpd: 30, call: borrower, at: "09:30" }
    pause_on: [hardship, plan_kept]
`;

const TIGHT = { ...HOUSEHOLD, income: minor(750_000) };

/** Four that ask for help: nobody accepts the first two, the third pays early, the fourth asks before anything is due. */
async function live(db: Database, daily: boolean) {
  await furnish(db, ASKING);
  const book = helpBook(db, daily, "2026-01-04");
  const loans = ["OPEN", "WAITING", "EARLY"];
  await bookStore(db, book.shelf("2026-01-05")).loans(LENDER, [
    ...loans.map((id) => loanRecord({ id, disbursedOn: "2026-01-05", principal: "3000.00" })),
    loanRecord({ id: "AHEAD", disbursedOn: "2026-02-01", principal: "3000.00" }),
  ]);
  const { refused } = await bookStore(db, book.shelf("2026-01-05")).events(
    LENDER,
    [
      {
        kind: "event",
        line: 1,
        loanId: "WAITING",
        id: "G",
        event: { id: "G", kind: "guarantor", on: "2026-01-05", name: "Li" },
      },
    ],
    { actor: "person" },
  );
  if (refused[0]) throw new Error(refused[0].says);
  await book.close("2026-02-09");
  const lives = new Map<string, Awaited<ReturnType<typeof book.ask>>>();
  for (const id of [...loans, "AHEAD"]) lives.set(id, await book.ask("2026-02-10", id, { household: TIGHT }));
  for (const id of loans) lives.set(id, await book.offer("2026-02-12", lives.get(id)!.id, { way: "plan" }));
  lives.set("AHEAD", await book.offer("2026-02-12", lives.get("AHEAD")!.id, { way: "extension" }));
  for (const id of ["WAITING", "EARLY", "AHEAD"])
    lives.set(id, book.done(await book.accept("2026-02-13", lives.get(id)!)));
  await book.close("2026-02-26");
  const lender = (await findLender(db, LENDER))!;
  const states = async () =>
    Object.fromEntries(
      (await listRequests(db, lender, { sort: "hardship" })).map(({ loans: [loan], state, nextOn }) => [
        loan,
        nextOn === null ? state : `${state} until ${formatDay(nextOn)}`,
      ]),
    );
  const onLastDay = await states();
  const tooLate = await book.accept("2026-02-27", lives.get("OPEN")!);
  await book.close("2026-02-27");
  const sent: string[] = [];
  const channel: ChannelAdapter = {
    name: "recorder",
    carries: ["app", "call"],
    send: async (_, { text, via }) => {
      sent.push(`${via} ${text}`);
      return { outcome: "sent", receipt: `r${sent.length}` };
    },
  };
  await dispatch(outboxStore(db, book.shelf("2026-02-27")), [channel], () => at("2026-02-27", 18 * 60));
  const after = await states();
  const questions = (await worklist(db, book.shelf("2026-02-27"), lender, at("2026-02-27"))).flatMap(
    ({ case: one }) => (one.what.startsWith("matter/") ? [...one.steps] : []),
  );
  // Asked for anew, it can be offered again.
  const again = await book.offer("2026-02-28", lives.get("OPEN")!.id, { way: "plan" });
  const [first] = lives.get("EARLY")!.offer!.payments;
  await book.close(formatDay((first!.on - 1) as Day));
  await book.pay("EARLY", "P1", formatDay(first!.on), first!.amount);
  await book.close(formatDay(first!.on));
  const rest = (await book.position("EARLY", formatDay(first!.on))).payoff;
  const { on: due } = lives.get("AHEAD")!.offer!.payments[0]!;
  const early = formatDay((first!.on + 1) as Day);
  await book.pay("EARLY", "P2", early, rest + 200);
  await book.close(formatDay((due - 1) as Day));
  const dayBefore = await book.position("AHEAD", formatDay((due - 1) as Day));
  await book.close(formatDay((due + 1) as Day));
  return {
    lives,
    onLastDay,
    tooLate,
    sent,
    after,
    questions,
    again,
    due,
    dayBefore,
    dayAfter: await book.position("AHEAD", formatDay((due + 1) as Day)),
    facts: Object.fromEntries(
      await Promise.all([...loans, "AHEAD"].map(async (id) => [id, await book.facts(id)] as const)),
    ) as Record<string, readonly Fact[]>,
    ofOpen: (await book.life("OPEN", lives.get("OPEN")!.id)).events,
    months: await monthsOf(db, ["2026-02", "2026-03", "2026-04"], await book.facts("AHEAD")),
    findings: await book.findings(formatDay((due + 1) as Day)),
  };
}

/** The sign of each month of a loan, as a report to the credit bureau tells it. */
async function monthsOf(db: Database, months: readonly string[], facts: readonly Fact[]): Promise<string[]> {
  const { key, product } = (await loanFile(db, "AHEAD"))!;
  return months.map((text) => {
    const month = parseMonth(text)!;
    const rule = bureauRule(pack, lastDayOf(month));
    if (!rule.ok) throw new Error(rule.refusal.says);
    const end = monthEndOf(month, rule.value);
    return `${text} ${monthFromFacts({ key, facts, product, marks: new Set() }, end)?.code}`;
  });
}

const said = (facts: readonly Fact[], kinds: readonly string[]): string[] =>
  facts.flatMap((fact) => (kinds.includes(fact.kind) ? [`${formatDay(fact.on as Day)} ${fact.kind}`] : []));

describe("how help ends, or does not begin", () => {
  const made = new Map<string, Awaited<ReturnType<typeof live>>>();

  test.each(ENGINES)("is lived over $name", async (engine) => {
    const database = await engine.open();
    try {
      made.set(engine.name, await live(database.db, engine.name === "postgres"));
    } finally {
      await database.drop();
    }
    const one = made.get(engine.name)!;
    expect(one.findings).toEqual([]);
    // Offered on 12 February, open for 14 days.
    expect(one.onLastDay).toEqual({
      OPEN: "offered until 2026-02-26",
      WAITING: "consenting until 2026-02-26",
      EARLY: "running",
      AHEAD: "running",
    });
    expect(one.tooLate).toMatchObject({ done: false, refusal: { code: "hardship-offer-over" } });
    expect(one.after).toEqual({ OPEN: "lapsed", WAITING: "lapsed", EARLY: "running", AHEAD: "running" });
    expect(one.again.state).toBe("offered");
  });

  test("day by day and many days at once are the same facts", () => {
    // What was recorded in one instant has no order of its own.
    const told = (one: { facts: Record<string, readonly Fact[]> } | undefined) =>
      Object.entries(one!.facts).map(([id, facts]) => [id, facts.map((fact) => JSON.stringify(fact)).sort()]);
    const [a, b] = [...made.values()];
    expect(told(a)).toEqual(told(b));
  });

  test("an offer that nobody accepts lapses by the close: he is told, and what rested goes on", () => {
    const [one] = [...made.values()];
    expect(one!.ofOpen.map(({ what, by, dated }) => `${formatDay(dated)} ${what.type} ${by}`)).toEqual([
      "2026-02-12 offered anna",
      "2026-02-27 lapsed close",
      "2026-02-28 offered anna",
      "2026-03-15 lapsed close",
    ]);
    // Nobody is asked about it: nothing is left to decide.
    expect(one!.questions).toEqual([]);
    expect(one!.sent.filter((text) => text.startsWith("app")).sort()).toEqual(
      Array(2).fill(
        "app 【Test lender】我们就您的贷款提出的还款方案有效期至2026-02-26，现已失效；双方未达成协议，贷款仍按原合同履行。如暂时无法还款，您可以再次申请协商。",
      ),
    );
    const steps = (id: string) =>
      one!.facts[id]!.flatMap((fact) =>
        fact.kind === "StepPlanned" && fact.on >= day("2026-02-10") && fact.on < day("2026-02-28")
          ? [`${formatDay(fact.on)} ${fact.step.replace(/@H.*/, "")}`]
          : [],
      );
    for (const id of ["OPEN", "WAITING"])
      expect(steps(id)).toEqual(["2026-02-27 plan/offer-lapsed", "2026-02-27 early/call-borrower@10"]);
    expect(said(one!.facts.WAITING!, ["PlanAgreed", "PlanReplaced"])).toEqual([]);
  });

  test("paid early, a plan is completed on that day", () => {
    const [one] = [...made.values()];
    const [first] = one!.lives.get("EARLY")!.offer!.payments;
    expect(said(one!.facts.EARLY!, ["PlanMissed", "PlanBroken", "PlanCompleted"])).toEqual([
      `${formatDay((first!.on + 1) as Day)} PlanCompleted`,
    ]);
  });

  test("asked before the day, more time is given: nothing is late on the old day, and the next closes count from the new one", () => {
    const [one] = [...made.values()];
    const ahead = one!.facts.AHEAD!;
    expect(one!.lives.get("AHEAD")!.offer!.change.change).toBe("extension");
    // The old first day was 1 March; the new one leaves three weeks from the offer, and keeps the day of the month.
    expect(formatDay(one!.due)).toBe("2026-04-01");
    expect([one!.dayBefore.dpd, one!.dayBefore.arrears.total]).toEqual([0, 0]);
    expect(one!.dayAfter.dpd).toBe(1);
    expect(one!.dayAfter.nextDue?.on).toBe(day("2026-05-01"));
    // The credit bureau is told of no late day before the new one; April's is its own.
    expect(one!.months).toEqual(["2026-02 *", "2026-03 *", "2026-04 1"]);
    expect(said(ahead, ["BandEntered", "PlanReplaced", "PlanMissed"])).toEqual([
      "2026-02-13 PlanReplaced",
      "2026-04-02 PlanMissed",
      "2026-04-02 BandEntered",
    ]);
    expect(
      ahead.flatMap((fact) => (fact.kind === "StepPlanned" ? [`${formatDay(fact.on)} ${fact.step}`] : [])),
    ).toContain("2026-03-29 before/send-reminder@-3");
  });
});
