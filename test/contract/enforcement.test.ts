import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { day, type Fact, formatDay, formatMoney, minor, positionFromFacts } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { enforcementDates, enforcementsOf, owedUnder } from "../../src/legal/index.ts";
import { paymentsUnder } from "../../src/office/enforcement/moment.ts";
import {
  bookStore,
  closeStore,
  factsOf,
  findLender,
  type Lender,
  listEnforcements,
  listOutbox,
  loanFile,
  verifyBook,
} from "../../src/store/index.ts";
import { furnish, LADDER, loanRecord, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { enforcer, law, noonOf } from "../support/enforcement.ts";

const pack = loadPack("cn");
const CODE = "test-lender";
const FILINGS = `      - { on_dpd: 50, suit: claim }
      - { on_dpd: 60, enforcement: apply, after: [suit-claim] }
`;

/**
 * One life from the judgment on. The sums by hand: general interest 10,000.00 x 0.02 % = 2.00 a day from 2026-03-02; the doubled part
 * 0.0175 % a day of what is unpaid from 2026-03-16, when the period ends (interpretation of 2014, arts 1 and 2; the day of payment
 * counts, art. 3(1)). What is paid goes to interest and costs, then to the debt, then to the doubled part (art. 4).
 */
describe.each(ENGINES)("the life of an enforcement over $name", (engine) => {
  let database: TestDatabase;
  let lender: Lender;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db, `${LADDER}${FILINGS}`);
    const { db } = database;
    lender = (await findLender(db, CODE))!;
    const book = bookStore(
      db,
      shelves(pack, () => noonOf("2026-03-02")),
    );
    await book.loans(CODE, [
      loanRecord({
        id: "L1",
        borrower: "B1",
        principal: "12000.00",
        disbursedOn: "2025-09-10",
        installments: 5,
      }),
    ]);
  });
  afterAll(() => database.drop());

  const record = async (on: string, event: Record<string, unknown>): Promise<void> => {
    const done = await bookStore(
      database.db,
      shelves(pack, () => noonOf(on)),
    ).events(
      CODE,
      [{ kind: "event", line: 1, loanId: "L1", id: String(event.id), event: { on, ...event } }],
      { actor: "person" },
    );
    expect(done.refused).toEqual([]);
  };
  const { apply, add, done } = enforcer(() => database.db, CODE, "L1");
  const file = async () => (await loanFile(database.db, "L1"))!;
  const lifeNow = async () => enforcementsOf((await file()).ofBorrower.map(({ fact }) => fact)).get("E1")!;
  const owedOn = async (on: string) => {
    const loan = await file();
    const life = await lifeNow();
    const delay = law.delay({ from: life.applied.judgment.performBy, to: day(on) });
    if (!delay.ok) throw new Error(delay.refusal.says);
    const owed = owedUnder(life, paymentsUnder(life, loan, factsOf(loan)), day(on), delay.value);
    if (!owed.ok) throw new Error(owed.refusal.says);
    const { found, doubled, total } = owed.value;
    return [found.left.debt, found.left.general, doubled, total]
      .map((sum) => formatMoney(minor(sum)))
      .join(" ");
  };
  const payoff = async (on: string): Promise<string> => {
    const loan = await file();
    const position = positionFromFacts(loan.key, factsOf(loan), () => loan.product, day(on))!;
    return `${formatMoney(position.payoff)} ${position.status}`;
  };
  const dates = async (on: string): Promise<string[]> => {
    const rule = law.rule(day(on));
    if (!rule.ok) throw new Error(rule.refusal.says);
    return enforcementDates(await lifeNow(), rule.value)
      .slice(0, 6)
      .map(({ what, by, lastOn }) => `${formatDay(lastOn)} ${what} ${by}`);
  };
  const close = (through: string) => runClose(closeStore(database.db, shelves(pack)), CODE, day(through));
  const questions = async (state: "planned" | "done"): Promise<string[]> =>
    (await listOutbox(database.db, [state], 50)).map(({ what }) => what).filter((what) => what === "apply");
  const asked = async (): Promise<string[]> =>
    factsOf(await file())
      .filter((fact): fact is Extract<Fact, { kind: "MatterDateCame" }> => fact.kind === "MatterDateCame")
      .map(({ on, what, state }) => `${formatDay(on)} ${what} ${state}`);

  test("from the judgment to the application: too early it is refused, in time it has until two years after the last payment", async () => {
    await record("2026-03-02", {
      id: "J1",
      kind: "judgment",
      principal: "10000.00",
      interest: "400.00",
      costs: "100.00",
      performBy: "2026-03-16",
      percentADay: "0.02",
    });
    expect(await apply("2026-03-16")).toMatchObject({ done: false, code: "enforcement-no-judgment-due" });
    // 44 days x 2.00 = 88.00 of general interest, 500.00 of interest and costs, 1,412.00 of the debt.
    await bookStore(
      database.db,
      shelves(pack, () => noonOf("2026-04-15")),
    ).payments(CODE, [paymentRecord("L1", "P1", 200_000, day("2026-04-15"))]);
    await close("2026-03-01");
    expect(await questions("planned")).toEqual(["apply"]);
    const applied = await apply("2026-05-06");
    expect([await questions("planned"), await questions("done")]).toEqual([[], ["apply"]]);
    expect(applied).toMatchObject({ done: true, code: "applied", remarks: [] });
    // Civil Procedure Law art. 250: two years; the part payment began them anew (Civil Code art. 195), and 2028-04-15 is a Saturday.
    expect(formatDay((await lifeNow()).applied.applyBy)).toBe("2028-04-17");
    // Doubled: 1,412.00 x 0.000175 x 30 = 7.413, and 8,588.00 x 0.000175 x 51 = 76.6479.
    expect(await owedOn("2026-05-06")).toBe("8588.00 36.07 84.06 8708.13");
    expect(await payoff("2026-05-06")).toBe("8624.07 open");
    expect(await apply("2026-05-07", { dated: day("2026-05-06") })).toMatchObject({
      done: true,
      known: true,
    });
    expect(await apply("2026-05-07")).toMatchObject({ done: false, code: "differs-from-accepted" });
  });

  test("the court's days: seven to accept, ten for the notice, which moves over the weekend; the close asks when they pass", async () => {
    // 2026-05-16 is a Saturday (interpretation art. 480, Civil Procedure Law art. 85).
    expect(await dates("2026-05-06")).toEqual([
      "2026-05-13 enforcement-accept court",
      "2026-05-18 enforcement-notice court",
    ]);
    await close("2026-05-14");
    expect(await asked()).toEqual(["2026-05-14 enforcement-accept over"]);
    expect(await add("2026-05-15", "acc", { kind: "accepted" })).toMatchObject({
      code: "enforcement-no-number",
    });
    const accepted = await done("2026-05-15", "acc", { kind: "accepted", number: "(2026)沪0115执567号" });
    expect(accepted.remarks.map(({ code }) => code)).toEqual(["court-late"]);
    expect(await done("2026-05-18", "not", { kind: "noticed", performBy: "2026-05-29" })).toMatchObject({
      code: "noticed",
      remarks: [],
    });
    expect(await add("2026-05-18", "not2", { kind: "noticed", performBy: "2026-05-29" })).toMatchObject({
      code: "enforcement-noticed",
    });
  });

  test("measures leave what living needs; a deduction is credited in the order of the law, once", async () => {
    expect(
      await add("2026-06-16", "m1", {
        kind: "granted",
        measure: "M1",
        type: "withhold-income",
        what: "工资",
        amount: "2000.00",
      }),
    ).toMatchObject({ code: "enforcement-no-living-costs" });
    await done("2026-06-16", "m1", {
      kind: "granted",
      measure: "M1",
      type: "withhold-income",
      what: "工资",
      amount: "2000.00",
      keeps: "3000.00",
    });
    const long = await done("2026-06-16", "m2", {
      kind: "granted",
      measure: "M2",
      type: "freeze-deposits",
      what: "尾号1234",
      until: "2027-06-17",
    });
    expect(long.remarks.map(({ code }) => code)).toEqual(["too-long"]);
    const taken = { kind: "recovered", amount: "5000.00", how: "deducted" };
    await done("2026-07-20", "r1", taken);
    expect(await done("2026-07-20", "r1", taken)).toMatchObject({ known: true });
    // General by then 12.4256 + 8,588.00 x 0.0002 x 140 = 252.8896, less 88.00 paid: 164.89; the rest to the debt: 4,835.11.
    // Doubled 7.413 + 4,835.11 x 0.000175 x 126 + 3,752.89 x 0.000175 x 126 = 196.7783.
    expect(await owedOn("2026-07-20")).toBe("3752.89 0.00 196.78 3949.67");
    expect(await payoff("2026-07-20")).toBe("3752.89 open");
    expect(factsOf(await file()).filter(({ kind }) => kind === "PaymentReceived")).toHaveLength(2);
  });

  test("the list needs ability, shown by something; a limit on consumption only that the notice was not followed", async () => {
    const wish = { kind: "list", list: "dishonest", move: "applied", ground: "able-but-refusing" };
    expect(await add("2026-07-21", "l1", { ...wish, proof: "流水" })).toMatchObject({ code: "list-no-able" });
    expect(await add("2026-07-21", "l1", { ...wish, proof: "流水" }, { able: false })).toMatchObject({
      code: "list-no-able",
    });
    expect(await add("2026-07-21", "l1", wish, { able: true })).toMatchObject({ code: "list-no-proof" });
    expect(
      await add("2026-07-21", "l1", { ...wish, proof: "流水" }, { able: true, seizedEnough: true }),
    ).toMatchObject({ code: "list-no-excluded" });
    expect(
      await add("2026-07-21", "l1", { ...wish, proof: "流水" }, { able: true, minor: true }),
    ).toMatchObject({
      code: "list-no-minor",
    });
    await done("2026-07-21", "l1", { ...wish, proof: "流水" }, { able: true });
    // Rules on the list art. 5(2): fifteen days.
    expect(await dates("2026-07-21")).toContain("2026-08-05 list-decision court");
    const listed = await done(
      "2026-08-03",
      "l2",
      { kind: "list", list: "dishonest", move: "decided", ground: "able-but-refusing" },
      { able: true },
    );
    expect(listed.remarks).toEqual([]);
    const ordered = await done("2026-08-03", "c1", { kind: "list", list: "consumption", move: "ordered" });
    expect(ordered.remarks).toEqual([]);
    expect(
      (await listEnforcements(database.db, lender)).map(({ state, listing, consumption }) => [
        state,
        listing,
        consumption,
      ]),
    ).toEqual([["noticed", "listed", "ordered"]]);
  });

  test("full payment closes it; the listing is chased until it is gone, three working days over a make-up Saturday", async () => {
    expect(await add("2026-10-09", "z", { kind: "closed", why: "performed" })).toMatchObject({
      code: "enforcement-no-paid",
    });
    // General 313.6864 in all, less 252.89 paid: 60.80. Doubled 7.413 + 106.6142 + 3,752.89 x 0.000175 x 207 = 249.98.
    expect(await owedOn("2026-10-09")).toBe("3752.89 60.80 249.98 4063.67");
    await done("2026-10-09", "r2", { kind: "recovered", amount: "4063.67", how: "paid" });
    expect(await owedOn("2026-10-09")).toBe("0.00 0.00 0.00 0.00");
    expect(await payoff("2026-10-09")).toBe("0.00 paid-off");
    expect(await done("2026-10-09", "z", { kind: "closed", why: "performed" })).toMatchObject({
      code: "closed",
    });
    // Art. 10(1): three working days from Friday 9 October: Saturday 10 is a make-up working day, then 12 and 13.
    expect((await dates("2026-10-09")).slice(0, 3)).toEqual([
      "2026-10-10 order-lift court",
      "2026-10-13 list-removal court",
      "2026-10-14 order-lift-chase court",
    ]);
    await done("2026-10-12", "c2", { kind: "list", list: "consumption", move: "lifted" });
    await close("2026-10-17");
    expect((await asked()).filter((one) => one.includes("list-removal"))).toEqual([
      "2026-10-14 list-removal over",
      "2026-10-17 list-removal-chase over",
    ]);
    expect(
      await done("2026-10-19", "l3", { kind: "list", list: "dishonest", move: "removed" }),
    ).toMatchObject({
      remarks: [],
      life: { state: "closed", lists: { dishonest: { state: "removed", removedFor: "performed" } } },
    });
    await close("2026-12-31");
    expect((await asked()).filter((one) => one.includes("list-removal"))).toHaveLength(2);
    expect((await file()).stored.extra?.matters).toBeUndefined();
    const findings = async () => (await verifyBook(database.db, shelves(pack), BOOK_CHECKS)).findings;
    expect(await findings()).toEqual([]);
    await database.db.script("update enforcement set number = '(2026)0101执9号'");
    expect((await findings()).map(({ says }) => says)).toEqual([
      expect.stringMatching(
        /^the row of enforcement \S+ is closed, listed removed, limited \w+, \(2026\)0101执9号 and by replay closed, listed removed/,
      ),
    ]);
  });
});
