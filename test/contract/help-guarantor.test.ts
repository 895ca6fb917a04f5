import { describe, expect, test } from "vitest";
import { day, formatDay, minor } from "../../src/core/index.ts";
import { hardshipJson } from "../../src/office/requests/index.ts";
import { bookStore, type Database, loanFile } from "../../src/store/index.ts";
import { furnish, loanRecord } from "../support/book.ts";
import { ENGINES } from "../support/database.ts";
import { HOUSEHOLD, helpBook, LENDER } from "../support/help.ts";

const ASKED = { way: "plan" } as const;
const PLAIN = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: Nothing but the books.
stages:
  - stage: early
    dpd: 1..60
    steps:
      - { on_dpd: 2, send: overdue, by: [app] }
    pause_on: [hardship, plan_kept]
`;

async function live(db: Database) {
  await furnish(db, PLAIN);
  const book = helpBook(db, false, "2026-01-04");
  const loans = ["L1", "L2", "L3", "L4"];
  await bookStore(db, book.shelf("2026-01-05")).loans(
    LENDER,
    loans.map((id) => loanRecord({ id, disbursedOn: "2026-01-05", principal: "3000.00" })),
  );
  // Li answers for three of them; who answered for the fourth does not any more.
  const noted = (loanId: string, id: string, more: object) => ({
    kind: "event" as const,
    line: 1,
    loanId,
    id,
    event: { id, kind: "guarantor", on: "2026-01-05", ...more },
  });
  const { refused } = await bookStore(db, book.shelf("2026-01-05")).events(
    LENDER,
    [...loans.map((id) => noted(id, `G-${id}`, { name: "Li" })), noted("L4", "G-L4-over", { known: false })],
    { actor: "person" },
  );
  if (refused[0]) throw new Error(refused[0].says);
  await book.close("2026-02-09");
  const asked = new Map<string, string>();
  for (const id of loans)
    asked.set(
      id,
      (await book.ask("2026-02-10", id, { household: { ...HOUSEHOLD, income: minor(750_000) } })).id,
    );
  const offers = new Map<string, Awaited<ReturnType<typeof book.offer>>>();
  for (const id of loans) offers.set(id, await book.offer("2026-02-11", asked.get(id)!, ASKED));
  const states: string[] = [];
  for (const id of loans) states.push(book.done(await book.accept("2026-02-12", offers.get(id)!)).state);
  await book.close("2026-02-13");
  // Nobody's plan stands before the guarantor's word, and his alone is taken.
  const before = (await book.facts("L1")).some(({ kind }) => kind === "PlanReplaced");
  const [one, two, three] = [asked.get("L1")!, asked.get("L2")!, asked.get("L3")!];
  const refusals = [];
  for (const wished of [
    { type: "consented", guarantor: "Wang", proof: "paper 1" },
    { type: "consented", guarantor: "Li", proof: " " },
  ] as const)
    refusals.push(await book.move("2026-02-14", "anna", one, wished));
  await book.moved("2026-02-14", "anna", one, { type: "consented", guarantor: "Li", proof: "paper 1" });
  await book.moved("2026-02-14", "anna", two, { type: "unconsented", reason: "he cannot be found" });
  // A payment while it waited: the table would be wrong, so the consent comes too late for it.
  await book.pay("L3", "P1", "2026-02-14", 10_000);
  refusals.push(
    await book.move("2026-02-14", "anna", three, { type: "consented", guarantor: "Li", proof: "p" }),
  );
  await book.close("2026-02-16");
  const told = async (loan: string) => {
    const file = (await loanFile(db, loan))!;
    const desk = await book.desk("2026-02-16", "anna");
    return hardshipJson(
      await book.life(loan, asked.get(loan)!),
      desk.hardship,
      { today: day("2026-02-16"), zone: "Asia/Shanghai", decimals: 2, currency: "CNY", himself: true },
      file.stored,
    );
  };
  const plansIn = async (loan: string) =>
    (await book.facts(loan)).flatMap((fact) =>
      fact.kind === "PlanReplaced" || fact.kind === "PlanAgreed"
        ? [`${formatDay(fact.on)} ${fact.kind}`]
        : [],
    );
  return {
    offers,
    states,
    before,
    refusals: refusals.map((one) => (one.done ? "done" : one.refusal.code)),
    text: await book.text(offers.get("L1")!),
    told: { one: await told("L1"), two: await told("L2"), three: await told("L3") },
    plans: {
      one: await plansIn("L1"),
      two: await plansIn("L2"),
      three: await plansIn("L3"),
      four: await plansIn("L4"),
    },
    stored: await db.query<{ payload: string }>("select payload from journal where kind = 182"),
    findings: await book.findings("2026-02-16"),
  };
}

describe("a plan of a loan for which somebody answers", () => {
  test.each(ENGINES)("over $name", async (engine) => {
    const database = await engine.open();
    try {
      const one = await live(database.db);
      const offer = one.offers.get("L1")!.offer!;
      // Civil Code art. 695: a longer term costs more interest, for which he does not answer unless he consents in writing.
      expect(offer.guarantor).toBe("Li");
      expect(offer.heavier).toBeGreaterThan(0);
      expect(one.text).toContain("The guarantor, Li, is asked for his written consent.");
      expect(one.states).toEqual(["consenting", "consenting", "consenting", "running"]);
      expect(one.before).toBe(false);
      expect(one.refusals).toEqual([
        "hardship-other-guarantor",
        "hardship-no-proof",
        "hardship-books-changed",
      ]);
      expect(one.plans).toEqual({
        one: ["2026-02-14 PlanReplaced", "2026-02-14 PlanAgreed"],
        two: ["2026-02-14 PlanReplaced", "2026-02-14 PlanAgreed"],
        three: [],
        four: ["2026-02-12 PlanReplaced", "2026-02-12 PlanAgreed"],
      });
      expect(one.told.one.guarantor).toMatchObject({ consent: "given", proof: "paper 1" });
      expect(one.told.two.guarantor).toMatchObject({ consent: "without", proof: null });
      expect(one.told.two.guarantor!.words.en).toContain(
        `he does not answer for ${one.told.two.guarantor!.heavier}`,
      );
      expect(one.told.two.guarantor!.because.map(({ at }) => at)).toEqual(["art. 695(1)", "art. 695(2)"]);
      expect(one.told.three).toMatchObject({ state: "consenting", guarantor: { consent: "awaited" } });
      // His name stands where an erasure finds it, and nowhere else.
      expect(one.stored.filter(({ payload }) => /"guarantor":"Li"/.test(payload))).toEqual([]);
      expect(one.findings).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});
