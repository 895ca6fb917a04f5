import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Day, day, type Fact, formatDay, formatMoney, positionFromFacts } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { readChannels, wireChannels } from "../../src/dispatch/index.ts";
import { parseMonth, proceedingsOf } from "../../src/legal/index.ts";
import { monthEnd } from "../../src/office/bureau/month-end.ts";
import { creditRecord } from "../../src/office/bureau/record.ts";
import {
  type Court,
  moveProceeding,
  type Outcome,
  openCourt,
  takeBack,
} from "../../src/office/court/desk.ts";
import { courtFeed } from "../../src/office/court/feed.ts";
import { openProceeding } from "../../src/office/court/opening.ts";
import { runningProceedings } from "../../src/office/court/told.ts";
import type { Io } from "../../src/office/io.ts";
import { moveCases, offerCases } from "../../src/office/letters/cases.ts";
import { draftLetters } from "../../src/office/letters/draft.ts";
import { lettersDue } from "../../src/office/letters/due.ts";
import { moveLetters } from "../../src/office/letters/moves.ts";
import { handOverLetters } from "../../src/office/letters/out.ts";
import { signLetters } from "../../src/office/letters/signing.ts";
import {
  bookStore,
  closeStore,
  factsOf,
  findLender,
  listCases,
  listLetters,
  listProceedings,
  loanFile,
  verifyBook,
  worklist,
} from "../../src/store/index.ts";
import { furnish, LADDER, loanRecord, PRODUCT, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { enforcer } from "../support/enforcement.ts";
import { at, type LetterBook, letterBook, pack, plainSigner } from "../support/letters.ts";
import { testTools } from "../support/permit.ts";

const LENDER = "test-lender";
const COURT = "上海市浦东新区人民法院";
const SUIT = "S-L1-20260401";
const quiet: Io = {
  language: "en",
  json: true,
  out: () => {},
  object: () => {},
  note: () => {},
  progress: () => {},
  now: () => at("2026-10-31"),
};

/** What a clerk does on a day, over one engine. */
function clerk(database: () => TestDatabase) {
  const shelf = (on: string) => shelves(pack, () => at(on));
  const desk = async (on: string): Promise<Court> => {
    const { db } = database();
    const opened = await openCourt({ db, lender: (await findLender(db, LENDER))!, now: at(on), by: "chen" });
    if (!opened.ok) throw new Error(opened.says);
    return opened.court;
  };
  const done = (outcome: Outcome): Extract<Outcome, { done: true }> => {
    if (!outcome.done) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.says.en}`);
    return outcome;
  };
  return {
    desk,
    done,
    close: async (through: string) =>
      runClose(closeStore(database().db, shelf(through)), LENDER, day(through)),
    event: async (id: string, name: string, on: string, more: Record<string, string> = {}, recorded = on) =>
      done(await moveProceeding(await desk(recorded), id, name, { on, ...more }, false)),
    refused: async (id: string, name: string, on: string, more: Record<string, string> = {}) => {
      const outcome = await moveProceeding(await desk(on), id, name, { on, ...more }, false);
      return outcome.done ? "done" : outcome.refusal.code;
    },
    loanFacts: async (loan: string): Promise<readonly Fact[]> =>
      factsOf((await loanFile(database().db, loan))!),
    ofBorrower: async (loan: string): Promise<readonly Fact[]> =>
      (await loanFile(database().db, loan))!.ofBorrower.map(({ fact }) => fact),
    questions: async (on: string) => {
      const { db } = database();
      const lender = (await findLender(db, LENDER))!;
      const cases = await worklist(db, shelf(on), lender, at(on));
      return cases.flatMap(({ case: one }) => (one.what.startsWith("matter/") ? one.steps : []));
    },
    checked: async () => (await verifyBook(database().db, shelf("2026-06-30"), BOOK_CHECKS)).findings,
  };
}

const toldOf = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) =>
    fact.kind === "MatterDateCame" ? [`${formatDay(fact.on)} ${fact.what} ${fact.state}`] : [],
  );

// One life. Every day is counted by hand on the calendar of 2026, every sum is the judgment's own; the articles are named where they decide.
// On the server alone: what a store does of it is tried over both below.
describe.each(ENGINES.filter(({ name }) => name === "postgres"))(
  "from a letter to a judgment in force, its enforcement, the last deletion, and a clean record",
  (engine) => {
    let database: TestDatabase;
    let book: LetterBook;
    let folder: string;
    const { desk, done, close, event, refused, loanFacts, ofBorrower, questions, checked } = clerk(
      () => database,
    );
    beforeAll(async () => {
      database = await engine.open();
      book = await letterBook(database.db, ["L1"]);
      await book.papers(["L1"]);
      folder = mkdtempSync(join(tmpdir(), "arrears-court-"));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      return database.drop();
    });

    test("the letter is delivered, its last day passes, and the next step is proposed to a person", async () => {
      const { db } = database;
      const DAY = "2026-03-02";
      const office = await book.office(DAY);
      await offerCases(office, {
        engagement: "HX-2026-1",
        batch: "B1",
        by: "anna",
        loans: ["L1"],
        dryRun: false,
      });
      const cases = await listCases(db, book.lender, { batch: "B1" });
      await moveCases(office, cases, { to: "accepted", by: "wang", lawyer: "wang", dryRun: false });
      const owners = (await listCases(db, book.lender)).map(({ owner }) => owner);
      await draftLetters(office, owners, { kind: "demand", language: "zh-CN", by: "anna", dryRun: false });
      const letters = (state: "drafted" | "approved" | "signed" | "handed-over") =>
        listLetters(db, book.lender, { states: [state] });
      for (const kind of ["LetterOpened", "LetterApproved"] as const)
        await moveLetters(office, await letters("drafted"), "wang", { kind });
      await signLetters(
        office,
        await letters("approved"),
        "wang",
        plainSigner(() => at(DAY)),
      );
      const read = readChannels(
        `channels:\n  print: { adapter: post, folder: ${JSON.stringify(folder)}, sender: [恒信], service: registered }\nroutes:\n  - { letter: [print] }\n`,
        "channels.yaml",
      );
      if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
      const wired = wireChannels(read.file, testTools(office.now), {});
      await handOverLetters(office, await letters("signed"), {
        way: "post",
        by: "anna",
        channels: wired.routed,
        clock: () => office.now,
      });
      await wired.close();
      const delivered = {
        kind: "LetterDelivered",
        way: "post",
        dated: day("2026-03-05"),
        proof: "EMS-1",
      } as const;
      await moveLetters(await book.office("2026-03-05"), await letters("handed-over"), "anna", delivered);
      await lettersDue(await book.office("2026-03-27"));
      const facts = await ofBorrower("L1");
      expect(facts.at(-1)).toMatchObject({ kind: "NextStepProposed" });
    });

    test("a suit is opened by a person, filed and accepted; each day that follows is watched", async () => {
      await close("2026-03-31");
      const opened = await openProceeding(
        await desk("2026-04-01"),
        {
          loans: ["L1"],
          way: "suit",
          court: COURT,
          dated: day("2026-04-01"),
          engagement: "HX-2026-1",
          lawyer: "wang",
          firm: "hengxin",
          letter: "hengxin-2026-000001",
        },
        false,
      );
      expect(done(opened).life.id).toBe(SUIT);
      expect(await refused("S-none", "filed", "2026-04-02")).toBe("no-such-proceeding");
      await event(SUIT, "filed", "2026-04-02");
      expect(
        await refused(SUIT, "accepted", "2026-04-08", { case_number: "案号不详", procedure: "summary" }),
      ).toBe("proceeding-no-case-number");
      const { life } = await event(SUIT, "accepted", "2026-04-08", {
        case_number: "（2026）沪0115民初 1234 号",
        procedure: "summary",
      });
      expect([life.state, life.caseNumber]).toEqual(["accepted", "(2026)沪0115民初1234号"]);
      // Art. 22(1) of the fee measures: seven days after Wednesday 8 April are Wednesday the 15th; a person is asked five days before.
      await event(SUIT, "fee-noticed", "2026-04-08", { amount: "25.00" });
      await close("2026-04-09");
      expect(await questions("2026-04-10")).toEqual([]);
      await close("2026-04-10");
      expect(await questions("2026-04-11")).toEqual([`matter/${SUIT}/pay-fee@2026-04-15`]);
      await event(SUIT, "fee-paid", "2026-04-13", { amount: "25.00" });
      expect(await questions("2026-04-13")).toEqual([]);
    });

    test("what came is found by the court's number too, and the same event twice changes nothing", async () => {
      const number = "（2026）沪0115民初1234号";
      await event(number, "served", "2026-04-10", { paper: "complaint", to: "debtor" }, "2026-04-13");
      const again = await event(
        number,
        "served",
        "2026-04-10",
        { paper: "complaint", to: "debtor" },
        "2026-04-14",
      );
      expect(again.known).toBe(true);
      // Summary procedure: no service by public notice (art. 140 of the interpretation); electronic service needs consent (art. 90).
      const served = { paper: "complaint", to: "debtor" };
      expect(await refused(number, "served", "2026-04-14", { ...served, how: "public-notice" })).toBe(
        "proceeding-no-no-public-notice",
      );
      expect(await refused(number, "served", "2026-04-14", { ...served, how: "electronic" })).toBe(
        "proceeding-no-consent",
      );
      await event(SUIT, "hearing-set", "2026-04-14", {
        hearing: "2026-04-28",
        at: "09:30",
        place: "第三法庭",
      });
    });

    test("the calendar has the hearing at its hour and the days of both languages", async () => {
      const court = await desk("2026-04-14");
      const feed = courtFeed(await runningProceedings(court), court).replace(/\r\n /g, "");
      expect(feed).toContain("DTSTART:20260428T013000Z");
      expect(feed).toContain("SUMMARY:开庭 / hearing · (2026)沪0115民初1234号");
      // Art. 128: fifteen days after 10 April are Saturday the 25th, so Monday the 27th. Art. 164: three months after 8 April.
      expect(feed).toContain("DTSTART;VALUE=DATE:20260427");
      expect(feed).toContain("DTSTART;VALUE=DATE:20260708");
      const again = courtFeed(await runningProceedings(court), court).replace(/\r\n /g, "");
      expect(again).toBe(feed);
    });

    test("judgment, and in force on the day after the later appeal period; its sums stand in the ledger", async () => {
      await close("2026-04-27");
      await event(SUIT, "heard", "2026-04-28");
      const sums = { principal: "1000.00", interest: "90.00", costs: "25.00", perform_days: "10" };
      await event(SUIT, "judgment", "2026-04-30", sums);
      await event(SUIT, "served", "2026-05-06", { paper: "judgment", to: "us" });
      expect(await refused(SUIT, "effective", "2026-05-22")).toBe("not-served");
      await event(SUIT, "served", "2026-05-08", {
        paper: "judgment",
        to: "debtor",
        how: "electronic",
        consent: "agreed-before",
      });
      // Fifteen days after Wednesday 6 May are Thursday the 21st; after Friday 8 May Saturday the 23rd, so Monday the 25th (arts 85, 171).
      expect(await refused(SUIT, "effective", "2026-05-25")).toBe("proceeding-no-appeal-over");
      await close("2026-05-25");
      const before = (await loanFacts("L1")).length;
      const { life, booked } = await event(SUIT, "effective", "2026-05-26");
      // Ten days from 26 May are Friday 5 June.
      expect([life.state, formatDay(life.performBy!), booked]).toEqual(["effective", "2026-06-05", ["L1"]]);
      await close("2026-05-26");
      const facts = await loanFacts("L1");
      expect(facts.slice(before).find(({ kind }) => kind === "JudgmentEntered")).toMatchObject({
        valueOn: day("2026-04-30"),
        principal: 100_000,
        interest: 9_000,
        costs: 2_500,
        performBy: day("2026-06-05"),
      });
      // Nothing runs on but what the judgment says, and it grants no interest after its day: 1,000.00 + 90.00 + 25.00.
      const file = (await loanFile(database.db, "L1"))!;
      const position = positionFromFacts(file.key, facts, () => file.product, day("2026-06-05"))!;
      expect(formatMoney(position.payoff)).toBe("1115.00");
      // The question of what the strategy asks is not begun again, and the day to apply for enforcement is watched (art. 250).
      expect(
        file.stored.extra?.matters?.[0]?.dates.map(
          ({ what, lastOn }) => `${what} ${formatDay(lastOn as Day)}`,
        ),
      ).toEqual(["perform 2026-06-05", "enforce 2028-06-05"]);
    });

    test("nights were missed, and what was near or over is told all the same", async () => {
      await close("2026-06-20");
      expect(toldOf(await loanFacts("L1"))).toEqual([
        "2026-04-10 pay-fee near",
        "2026-04-23 hearing near",
        // The answer was due on Monday 27 April and none was recorded.
        "2026-04-28 answer over",
        "2026-05-16 appeal near",
        "2026-05-22 appeal over",
        "2026-06-06 perform over",
      ]);
      expect(await checked()).toEqual([]);
    });

    test("what was recorded wrongly is taken back, in the ledger too, and recorded anew", async () => {
      const court = await desk("2026-06-22");
      const earlier = await takeBack(court, SUIT, "judgment", "wrong", false);
      expect(earlier.done ? "" : earlier.refusal.code).toBe("not-the-last");
      expect(done(await takeBack(court, SUIT, "effective", "day of effect misread", false)).life.state).toBe(
        "judged",
      );
      await close("2026-06-22");
      const without = await loanFacts("L1");
      expect(
        without.at(-1)?.kind === "EntryReversed" || without.some(({ kind }) => kind === "EntryReversed"),
      ).toBe(true);
      const again = await event(SUIT, "effective", "2026-05-26", { perform_by: "2026-06-08" }, "2026-06-23");
      expect(formatDay(again.life.performBy!)).toBe("2026-06-08");
      await close("2026-06-23");
      const file = (await loanFile(database.db, "L1"))!;
      const position = positionFromFacts(
        file.key,
        await loanFacts("L1"),
        () => file.product,
        day("2026-06-23"),
      )!;
      expect(formatMoney(position.payoff)).toBe("1115.00");
      const life = proceedingsOf(await ofBorrower("L1")).get(SUIT)!;
      expect([life.state, life.takenBack.length, life.award?.sums[0]?.costs]).toEqual([
        "effective",
        1,
        2_500,
      ]);
      expect((await listProceedings(database.db, book.lender)).map(({ state }) => state)).toEqual([
        "effective",
      ]);
      expect(await checked()).toEqual([]);
    });

    // 1,000.00 from 8 June; 300.00 on 1 July pay 115.00 of interest and costs and 185.00 of the debt (interpretation of 2014, art. 4).
    // Doubled part: 185.00 x 0.000175 x 23 = 0.7446 and 815.00 x 0.000175 x 112 = 15.974, in all 16.72.
    test("and on: a part is paid, the rest is enforced, listed, paid in full, and the listing is gone in three working days", async () => {
      const enforced = enforcer(() => database.db, LENDER, "L1");
      await bookStore(
        database.db,
        shelves(pack, () => at("2026-07-01")),
      ).payments(LENDER, [paymentRecord("L1", "P-part", 30_000, day("2026-07-01"))]);
      await close("2026-07-01");
      expect(await enforced.apply("2026-07-06", { court: COURT })).toMatchObject({ done: true, remarks: [] });
      await enforced.done("2026-07-08", "acc", { kind: "accepted", number: "(2026)沪0115执9号" });
      await enforced.done("2026-07-10", "not", { kind: "noticed", performBy: "2026-07-24" });
      await close("2026-08-02");
      await enforced.done(
        "2026-08-03",
        "listed",
        { kind: "list", list: "dishonest", move: "decided", ground: "able-but-refusing", proof: "流水" },
        { able: true },
      );
      await enforced.done("2026-08-03", "limited", { kind: "list", list: "consumption", move: "ordered" });
      await close("2026-09-27");
      await enforced.done("2026-09-28", "paid", { kind: "recovered", amount: "831.72" });
      await enforced.done("2026-09-28", "closed", { kind: "closed", why: "performed" });
      await event(SUIT, "performed", "2026-09-28");
      const file = (await loanFile(database.db, "L1"))!;
      const paid = positionFromFacts(file.key, await loanFacts("L1"), () => file.product, day("2026-09-28"))!;
      expect([formatMoney(paid.payoff), paid.status]).toEqual(["0.00", "paid-off"]);
      await enforced.done("2026-09-29", "lifted", { kind: "list", list: "consumption", move: "lifted" });
      // Rules on the list art. 10(1): 29 and 30 September, and after the holiday Thursday 8 October.
      await close("2026-10-07");
      const watched = (await loanFile(database.db, "L1"))!.stored.extra?.matters?.[0]?.dates ?? [];
      expect(
        watched.filter(({ what }) => what === "list-removal").map(({ lastOn }) => formatDay(lastOn as Day)),
      ).toEqual(["2026-10-08"]);
      await enforced.done("2026-10-08", "gone", { kind: "list", list: "dishonest", move: "removed" });
      await close("2026-10-31");
      expect(toldOf(await loanFacts("L1")).filter((one) => one.includes("list"))).toEqual([]);
      expect((await loanFile(database.db, "L1"))!.stored.extra?.matters).toBeUndefined();
      expect(await checked()).toEqual([]);
    });

    // Regulations on credit reporting art. 16: five years from the end of the arrears, which ended with the payment of 28 September 2026.
    test("the bad months stay in the credit record for five years from the day on which nothing was owed, and then go", async () => {
      const lender = (await findLender(database.db, LENDER))!;
      for (const month of ["2026-08", "2026-09"])
        await monthEnd(database.db, lender, { month: parseMonth(month), dryRun: false }, quiet);
      const seen = async (asOf: string) => {
        const file = (await loanFile(database.db, "L1"))!;
        const { months, spells } = await creditRecord(database.db, file, pack, day(asOf), at("2026-10-31"));
        expect(spells.map(({ clearedOn }) => clearedOn && formatDay(clearedOn))).toEqual(["2026-09-28"]);
        return months.map(({ month, now, negative, clearing }) => [month, now, negative, clearing?.state]);
      };
      // The ledger counts from the judgment's last day to perform, 8 June: 84 days on 31 August. Paid in full in September.
      expect(await seen("2031-09-28")).toEqual([
        ["2026-08", "3", true, "kept"],
        ["2026-09", "C", false, undefined],
      ]);
      expect((await seen("2031-09-29"))[0]).toEqual(["2026-08", "3", true, "cleared"]);
    });
  },
);

const ASKS = LADDER.replace(
  "      - { on_dpd: 40, ask: lawyers-letter }",
  "      - { on_dpd: 40, suit: claim }",
);

describe.each(ENGINES)("proceedings over $name", (engine) => {
  let database: TestDatabase;
  const { desk, done, close, event, refused, loanFacts, questions, checked } = clerk(() => database);
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db, ASKS, PRODUCT);
    await bookStore(database.db, shelves(pack)).loans(LENDER, [
      loanRecord({ id: "A1", borrower: "B1", disbursedOn: "2025-12-10", installments: 3 }, 2),
      loanRecord({ id: "A2", borrower: "B1", disbursedOn: "2025-12-10", installments: 3 }, 3),
      loanRecord({ id: "C1", borrower: "B2", disbursedOn: "2025-12-10", installments: 3 }, 4),
    ]);
  });
  afterAll(() => database.drop());
  const open = async (
    loans: readonly string[],
    on: string,
    way: "suit" | "payment-order" | "mediation" = "suit",
    dryRun = false,
  ) => openProceeding(await desk(on), { loans, way, court: COURT, dated: day(on) }, dryRun);
  const asked = async (on: string) => {
    const lender = (await findLender(database.db, LENDER))!;
    const cases = await worklist(
      database.db,
      shelves(pack, () => at(on)),
      lender,
      at(on),
    );
    return cases
      .filter(({ case: { id } }) => id.includes("ask-suit"))
      .map(({ case: { loans } }) => loans.join());
  };

  test("opening a suit answers the question that the strategy asked a person, and no other", async () => {
    await close("2026-02-25");
    expect((await asked("2026-02-26")).sort()).toEqual(["A1", "A2", "C1"]);
    const tried = await open(["A1", "A2"], "2026-02-26", "suit", true);
    expect(done(tried).life.state).toBe("prepared");
    expect((await asked("2026-02-26")).sort()).toEqual(["A1", "A2", "C1"]);
    done(await open(["A1", "A2"], "2026-02-26"));
    expect(await asked("2026-02-26")).toEqual(["C1"]);
  });

  test("the same opening twice is one; another about the same debt waits for the first; loans of two people are two", async () => {
    expect(done(await open(["A1", "A2"], "2026-02-26")).known).toBe(true);
    const code = (outcome: Outcome) => (outcome.done ? "done" : outcome.refusal.code);
    expect(code(await open(["A2"], "2026-02-27", "payment-order"))).toBe("already-open");
    expect(code(await open(["A1", "C1"], "2026-02-27"))).toBe("two-borrowers");
    expect(code(await open(["Z9"], "2026-02-27"))).toBe("unknown-loan");
    expect(
      (await listProceedings(database.db, (await findLender(database.db, LENDER))!)).map(({ id }) => id),
    ).toEqual(["S-A1-20260226"]);
  });

  test("a judgment on two loans gives each its own sums, in both ledgers or in none", async () => {
    const id = "S-A1-20260226";
    await event(id, "filed", "2026-02-27");
    await event(id, "accepted", "2026-03-02", {
      case_number: "（2026）沪0115民初77号",
      procedure: "small-claims",
    });
    await event(id, "served", "2026-03-04", { paper: "complaint", to: "debtor" });
    expect(
      await refused(id, "judgment", "2026-03-20", { sum: "A1=1000.00/50.00/0.00", perform_days: "10" }),
    ).toBe("proceeding-no-award");
    expect(await refused(id, "judgment", "2026-03-20", { sum: "A1=1000/fifty/0", perform_days: "10" })).toBe(
      "not-money",
    );
    await event(id, "judgment", "2026-03-20", {
      sum: "A1=1000.00/50.00/10.00;A2=1000.00/40.00/15.00/0.02",
      perform_days: "10",
    });
    // A small claim has no appeal (art. 165): in force when served on the last of both.
    await event(id, "served", "2026-03-23", { paper: "judgment", to: "us" });
    await event(id, "served", "2026-03-24", { paper: "judgment", to: "debtor" });
    expect(await refused(id, "appealed", "2026-03-25", { side: "us" })).toBe("proceeding-no-two-instances");
    const { booked, life } = await event(id, "effective", "2026-03-24", {}, "2026-03-25");
    // Ten days from 24 March are Friday 3 April.
    expect([booked, formatDay(life.performBy!)]).toEqual([["A1", "A2"], "2026-04-03"]);
    await close("2026-03-25");
    const judged = async (loan: string) =>
      (await loanFacts(loan)).find(({ kind }) => kind === "JudgmentEntered");
    expect(await judged("A1")).toMatchObject({ principal: 100_000, interest: 5_000, costs: 1_000 });
    expect(await judged("A2")).toMatchObject({ interest: 4_000, costs: 1_500, interestE8ADay: 20_000 });
    await event(id, "performed", "2026-04-01");
    await close("2026-04-10");
    expect(toldOf(await loanFacts("A1"))).toEqual([]);
    expect(await questions("2026-04-11")).toEqual([]);
  });

  test("a payment order: inability is no objection, and neither is a word; what is void becomes a suit or is refused", async () => {
    const id = "PO-C1-20260402";
    done(await open(["C1"], "2026-04-02", "payment-order"));
    await event(id, "filed", "2026-04-02");
    await event(id, "accepted", "2026-04-07", { case_number: "（2026）沪0115民督12号" });
    await event(id, "issued", "2026-04-10", { principal: "1000.00", interest: "60.00" });
    await event(id, "served", "2026-04-14", { paper: "payment-order", to: "debtor" });
    const vain = await event(id, "objected", "2026-04-20", { ground: "inability" });
    expect([vain.life.state, vain.because?.cite.at]).toEqual(["served", "art. 436(1)"]);
    // Fifteen days after 14 April are 29 April: in force from the 30th.
    expect(await refused(id, "effective", "2026-04-29")).toBe("proceeding-no-objection-over");
    const good = await event(id, "objected", "2026-04-29", { ground: "debt" });
    expect(good.life.state).toBe("objected");
    await event(id, "voided", "2026-05-06", { why: "objection" });
    await close("2026-05-08");
    // Seven days after 6 May are the 13th; a person is asked from the 8th on whether no suit is wished for (art. 438).
    expect(await questions("2026-05-09")).toEqual([`matter/${id}/refuse-suit@2026-05-13`]);
    const suit = await openProceeding(
      await desk("2026-05-09"),
      { loans: ["C1"], way: "suit", court: COURT, dated: day("2026-05-09"), after: id },
      false,
    );
    await event(id, "became-suit", "2026-05-09", { proceeding: done(suit).life.id });
    expect(await questions("2026-05-09")).toEqual([]);
    await close("2026-05-31");
    expect(toldOf(await loanFacts("C1"))).toEqual(["2026-05-08 refuse-suit near"]);
    expect(await checked()).toEqual([]);
  });
});
