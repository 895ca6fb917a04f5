import { describe, expect, test } from "vitest";
import { type BureauFact, day, formatDay } from "../core/index.ts";
import {
  amendedOf,
  answerBy,
  complaintsOf,
  type Dispute,
  decideBureau,
  disputesOf,
  isDisputed,
  reminderDue,
} from "./bureau-life.ts";

const base = { on: day("2026-11-02"), at: 0, debt: "L-1", by: "mei" };
const disputed: BureauFact = {
  kind: "BureauDisputed",
  ...base,
  id: "d1",
  received: day("2026-11-02"),
  answerBy: answerBy(day("2026-11-02"), 20),
  months: ["2026-09"],
  words: "paid",
  via: "lender",
};
const answered: BureauFact = {
  kind: "BureauAnswered",
  ...base,
  id: "a1",
  of: "d1",
  outcome: "stands",
  dated: day("2026-11-20"),
  words: "no payment was found",
  proof: "sha",
};
const reported = new Map([
  ["2026-09", "1"],
  ["2026-10", "2"],
]);
const code = (wish: BureauFact, facts: readonly BureauFact[] = []): string => {
  const decided = decideBureau(wish, facts, reported);
  return decided.ok ? "ok" : decided.refusal.code;
};

describe("an objection", () => {
  // Regulations on credit reporting art. 25: 20 days from the day of receipt, which does not count.
  test("is answered by the twentieth day after it came, day off or not", () => {
    expect(formatDay(answerBy(day("2026-11-02"), 20))).toBe("2026-11-22");
    // 22 November 2026 is a Sunday.
    expect(formatDay(answerBy(day("2026-09-11"), 20))).toBe("2026-10-01");
  });

  test("marks its months until it is answered, and no others", () => {
    const on = (facts: readonly BureauFact[], month: string, text: string) =>
      isDisputed(facts, "L-1", month, day(text));
    expect(on([disputed], "2026-09", "2026-11-01")).toBe(false);
    expect(on([disputed], "2026-09", "2026-11-02")).toBe(true);
    expect(on([disputed], "2026-10", "2026-11-02")).toBe(false);
    expect(on([{ ...disputed, months: [] }], "2026-10", "2026-11-02")).toBe(true);
    expect(on([disputed, answered], "2026-09", "2026-11-19")).toBe(true);
    expect(on([disputed, answered], "2026-09", "2026-11-20")).toBe(false);
  });

  test.each([
    ["2026-11-11", undefined],
    ["2026-11-12", 10],
    ["2026-11-16", 6],
    ["2026-11-17", 5],
    ["2026-11-21", 1],
    ["2026-11-22", 0],
    ["2026-11-23", -1],
  ])("is brought up on %s with %s days left", (on, left) => {
    const [dispute] = disputesOf([disputed]) as [Dispute];
    expect(reminderDue(dispute, [10, 5, 1], day(on))).toBe(left);
  });

  test("is brought up once for each number of days, and once when it is late", () => {
    const remind = (daysLeft: number): BureauFact => ({
      kind: "BureauReminded",
      ...base,
      id: `r${daysLeft}`,
      of: "d1",
      answerBy: day("2026-11-22"),
      daysLeft,
    });
    const due = (facts: readonly BureauFact[], on: string) =>
      reminderDue((disputesOf([disputed, ...facts]) as [Dispute])[0], [10, 5, 1], day(on));
    expect(due([remind(10)], "2026-11-13")).toBeUndefined();
    expect(due([remind(10)], "2026-11-17")).toBe(5);
    expect(due([remind(6)], "2026-11-16")).toBeUndefined();
    expect(due([remind(-1)], "2026-12-01")).toBeUndefined();
    expect(due([remind(1)], "2026-11-25")).toBe(-3);
    expect(due([answered], "2026-11-21")).toBeUndefined();
  });

  test("answered after its last day is late", () => {
    const late = { ...answered, dated: day("2026-11-23") } as BureauFact;
    expect(disputesOf([disputed, answered])[0]).toMatchObject({ state: "answered", late: false });
    expect(disputesOf([disputed, late])[0]).toMatchObject({ late: true });
  });
});

describe("what may be recorded", () => {
  const corrected: BureauFact = {
    kind: "BureauCorrected",
    ...base,
    id: "k1",
    month: "2026-09",
    was: "",
    to: "N",
    reason: "payment found",
    of: "d1",
  };
  const deleted: BureauFact = {
    kind: "BureauDeleted",
    ...base,
    id: "x1",
    months: ["2026-10"],
    reason: "not his",
  };

  test.each<[string, BureauFact, readonly BureauFact[], string]>([
    ["an objection", disputed, [], "ok"],
    ["the same id again", disputed, [disputed], "bureau-known"],
    ["an answer to nothing", answered, [], "bureau-no-entry"],
    ["an answer", answered, [disputed], "ok"],
    ["a second answer", { ...answered, id: "a2" }, [disputed, answered], "bureau-answered"],
    [
      "an answer that says corrected before anything is",
      { ...answered, outcome: "corrected" },
      [disputed],
      "bureau-outcome",
    ],
    ["the same after it is", { ...answered, outcome: "corrected" }, [disputed, corrected], "ok"],
    ["a correction to what stands already", { ...corrected, to: "1" }, [], "bureau-no-change"],
    ["a correction to no sign", { ...corrected, to: "8" }, [], "bureau-no-sign"],
    [
      "a correction of a month that was not reported",
      { ...corrected, month: "2026-08" },
      [],
      "bureau-not-reported",
    ],
    ["a deletion", deleted, [], "ok"],
    ["a deletion of nothing", { ...deleted, months: [] }, [], "bureau-no-months"],
    [
      "a deletion of a month that was not reported",
      { ...deleted, months: ["2026-08"] },
      [],
      "bureau-not-reported",
    ],
    [
      "a mark of a day to come",
      { kind: "BureauMarked", ...base, id: "m", mark: "guarantor", dated: day("2026-11-03"), reason: "x" },
      [],
      "bureau-future",
    ],
  ] as const)("%s", (_, wish, facts, expected) => {
    expect(code(wish, facts)).toBe(expected);
  });

  test("a correction says what it was, and the last word stands", () => {
    const decided = decideBureau(corrected, [], reported);
    expect(decided).toMatchObject({ ok: true, value: { was: "1", to: "N" } });
    expect([...amendedOf([corrected, { ...deleted, months: ["2026-09"] } as BureauFact], "L-1")]).toEqual([
      ["2026-09", "deleted"],
    ]);
  });

  test("a complaint to the authority has thirty days there", () => {
    const complained: BureauFact = {
      kind: "BureauComplained",
      ...base,
      id: "c1",
      to: "PBOC branch",
      accepted: day("2026-11-02"),
      answerBy: answerBy(day("2026-11-02"), 30),
      words: "no answer",
    };
    expect(formatDay(complained.answerBy)).toBe("2026-12-02");
    expect(complaintsOf([complained])[0]?.answeredOn).toBeUndefined();
  });
});
