import { describe, expect, test } from "vitest";
import { day, formatDay, minor } from "../../src/core/index.ts";
import { type ChannelAdapter, dispatch } from "../../src/dispatch/index.ts";
import { moveComplaint, openComplaint } from "../../src/office/requests/index.ts";
import { bookStore, type Database, outboxStore } from "../../src/store/index.ts";
import { furnish, loanRecord } from "../support/book.ts";
import { ENGINES } from "../support/database.ts";
import { helpBook, LENDER } from "../support/help.ts";
import { at } from "../support/letters.ts";

const ASKING = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: A message a week, and a letter.
stages:
  - stage: early
    dpd: 1..60
    steps:
      - { on_dpd: 3, send: overdue, by: [app] }
      - { on_dpd: 8, letter: demand }
      - { on_dpd: 10, send: overdue, by: [app] }
      - { on_dpd: 17, send: overdue, by: [app] }
      - { on_dpd: 24, send: overdue, by: [app] }
    pause_on: [dispute]
`;

async function live(db: Database, daily: boolean) {
  await furnish(db, ASKING);
  const book = helpBook(db, daily, "2026-01-04");
  await bookStore(db, book.shelf("2026-01-05")).loans(LENDER, [
    loanRecord({ id: "L1", disbursedOn: "2026-01-05", principal: "3000.00" }),
  ]);
  const sent: string[] = [];
  const channel: ChannelAdapter = {
    name: "recorder",
    carries: ["app"],
    send: async (_, { text }) => {
      sent.push(text);
      return { outcome: "sent", receipt: `r${sent.length}` };
    },
  };
  /** What is said on a day, of the steps that its close planned. */
  const heard = async (on: string): Promise<string> => {
    await book.close(on);
    const before = sent.length;
    await dispatch(outboxStore(db, book.shelf(on)), [channel], () => at(on, 18 * 60));
    return sent.slice(before).join("\n");
  };
  const complain = async (on: string, disputed?: number) => {
    const outcome = await openComplaint(
      await book.desk(on, "borrower"),
      {
        loans: ["L1"],
        topic: "sum-wrong",
        words: "I paid some of it",
        channel: "portal",
        ...(disputed === undefined ? {} : { disputed: minor(disputed) }),
      },
      false,
    );
    return book.done(outcome).id;
  };
  const answer = async (on: string, id: string) =>
    book.done(
      await moveComplaint(
        await book.desk(on, "carl"),
        id,
        { type: "answered", outcome: "rejected", reason: { en: "It was not paid.", zh: "未收到该款。" } },
        {},
        false,
      ),
    );
  // Falls due on 5 February. Two parts are contested, 60.00 and 40.00.
  const [one, two] = [await complain("2026-02-06", 6_000), await complain("2026-02-06", 4_000)];
  const part = await heard("2026-02-08");
  const lateOn = async (on: string) => (await book.position("L1", on)).arrears;
  const owed = await lateOn("2026-02-08");
  await book.close("2026-02-13");
  await answer("2026-02-14", two);
  const less = await heard("2026-02-15");
  const owedThen = await lateOn("2026-02-15");
  // All of it but the contested 60.00 is paid: nothing is left that could be asked for, though late interest goes on.
  await book.pay("L1", "P1", "2026-02-16", (await lateOn("2026-02-16")).total - 6_000);
  const nothing = await heard("2026-02-22");
  // The whole is contested now; then only the part again; then nothing.
  const whole = await complain("2026-02-23");
  await answer("2026-02-24", whole);
  await answer("2026-02-24", one);
  const all = await heard("2026-03-01");
  return {
    part,
    owed,
    less,
    owedThen,
    nothing,
    all,
    owedAll: (await lateOn("2026-03-01")).total,
    holds: (await book.facts("L1")).flatMap((fact) =>
      fact.kind === "HoldPlaced"
        ? [`${formatDay(fact.on)} ${fact.part ?? "whole"}`]
        : fact.kind === "HoldLifted"
          ? [`${formatDay(fact.on)} lifted`]
          : [],
    ),
    refused: (await book.facts("L1")).flatMap((fact) =>
      fact.kind === "StepRefused" && fact.on < day("2026-02-23")
        ? [`${formatDay(fact.on)} ${fact.via} ${fact.rules.join(" ")}`]
        : [],
    ),
    findings: await book.findings("2026-03-01"),
  };
}

/** By hand: the part, and of the late interest what it bears of the rest, each fen of it. */
const without = ({ total, lateInterest }: { total: number; lateInterest: number }, part: number): number =>
  total - part - Math.ceil((lateInterest * part) / (total - lateInterest));
const yuan = (amount: number): string => (amount / 100).toFixed(2);

describe("a dispute of a part of the sum", () => {
  test.each(ENGINES)("rests that part and no more, over $name", async (engine) => {
    const database = await engine.open();
    try {
      const one = await live(database.db, engine.name === "postgres");
      expect(one.part).toContain(`应还${yuan(without(one.owed, 10_000))}元`);
      expect(one.part).toContain("您有异议的部分正在核查");
      expect(one.part).not.toContain(yuan(one.owed.total));
      expect(one.less).toContain(`应还${yuan(without(one.owedThen, 6_000))}元`);
      expect(one.nothing).toBe("");
      expect(one.all).toContain(`应还${yuan(one.owedAll)}元`);
      expect(one.all).not.toContain("您有异议的部分正在核查");
      expect(one.holds).toEqual([
        "2026-02-06 6000",
        "2026-02-06 10000",
        "2026-02-14 6000",
        "2026-02-23 whole",
        "2026-02-24 6000",
        "2026-02-24 lifted",
      ]);
      // The letter states the whole claim; it is looked at again when another part is contested.
      expect(one.refused).toEqual([
        "2026-02-13 letter house/holds strategy/pause-on-dispute",
        "2026-02-14 letter house/holds strategy/pause-on-dispute",
        "2026-02-22 app house/holds strategy/pause-on-dispute",
      ]);
      expect(one.findings).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});
