import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, type Fact, formatDay } from "../../src/core/index.ts";
import { BOOK_CHECKS, earliestEnd, runClose } from "../../src/dayclose/index.ts";
import { limitedDebt } from "../../src/legal/index.ts";
import { limitationWatchOf } from "../../src/office/limitation/json.ts";
import {
  bookStore,
  closeStore,
  factsOf,
  loanFile,
  loansWithJournals,
  migrate,
  migrations,
  verifyBook,
} from "../../src/store/index.ts";
import { furnish, loanRecord, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const pack = loadPack("cn");
const watch = limitationWatchOf("cn")!;
const LENDER = "test-lender";

const toldOf = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) =>
    fact.kind === "LimitationWarned" || fact.kind === "LimitationReckoned" || fact.kind === "LimitationPassed"
      ? [`${formatDay(fact.on)} ${fact.kind} ${formatDay(fact.worstOn)}`]
      : [],
  );

// The book opens on 2026-01-01. One installment, due a month after the pay-out; three years later, by the calendar of 2026.
describe.each(ENGINES)("limitation over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db);
  });
  afterAll(() => database.drop());

  test("the close warns by all that was booked, reads journals only where it is near, and the book stands the check", async () => {
    const { db } = database;
    const book = bookStore(db, shelves(pack));
    await book.loans(LENDER, [
      // Due 2023-03-10: ends 2026-03-10. The second was paid in part, the third is far from its end.
      loanRecord({ id: "L1", borrower: "B1", disbursedOn: "2023-02-10", installments: 1 }, 2),
      loanRecord({ id: "L2", borrower: "B1", disbursedOn: "2023-02-10", installments: 1 }, 3),
      loanRecord({ id: "L3", borrower: "B2", disbursedOn: "2025-11-10", installments: 5 }, 4),
    ]);
    await book.payments(LENDER, [paymentRecord("L2", "P1", 1_000, day("2024-05-06"))]);
    const store = closeStore(db, shelves(pack));
    await runClose(store, LENDER, day("2026-01-20"));
    await runClose(store, LENDER, day("2026-03-31"));
    const told = async (id: string) => toldOf(factsOf((await loanFile(db, id))!));
    expect(await told("L1")).toEqual([
      "2026-01-01 LimitationWarned 2026-03-10",
      "2026-01-09 LimitationWarned 2026-03-10",
      "2026-02-24 LimitationWarned 2026-03-10",
      "2026-03-11 LimitationPassed 2026-03-10",
    ]);
    // 2027-05-06 is a Thursday of a year whose days off are not published.
    expect(await told("L2")).toEqual(["2026-01-01 LimitationReckoned 2027-05-06"]);
    expect(await told("L3")).toEqual([]);
    const verified = await verifyBook(db, shelves(pack), BOOK_CHECKS);
    expect(verified.findings).toEqual([]);
  });

  test("the list reads the journals of those alone that may be near", async () => {
    const found: string[] = [];
    const until = day("2027-12-31");
    const wanted = (on: Day) => on <= until;
    for await (const { loans } of loansWithJournals(database.db, LENDER, (loan, product) =>
      wanted(earliestEnd(loan, product, watch)),
    )) {
      for (const booked of loans) {
        const debt = limitedDebt({ ...booked, zone: "Asia/Shanghai" })!;
        const [first] = booked.facts;
        found.push(
          `${first?.kind === "LoanBooked" ? first.id : "?"} ${debt.events.map(({ kind }) => kind).join()}`,
        );
      }
    }
    expect(found.sort()).toEqual(["L1 ", "L2 part-payment"]);
  });
});

describe.each(ENGINES)("a book of before over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());

  test("wakes its sleeping loans once, so that each knows when to be looked at", async () => {
    const { db } = database;
    await furnish(db);
    const book = bookStore(db, shelves(pack));
    await book.loans(LENDER, [
      loanRecord({ id: "OLD", borrower: "B1", disbursedOn: "2023-02-10", installments: 1 }, 2),
      loanRecord({ id: "PAID", borrower: "B2", disbursedOn: "2023-02-10", installments: 1 }, 3),
      loanRecord({ id: "NEW", borrower: "B3", disbursedOn: "2025-12-20", installments: 5 }, 4),
    ]);
    await book.payments(LENDER, [paymentRecord("PAID", "P1", 900_000, day("2023-03-10"))]);
    const { limitation: _, ...before } = shelves(pack);
    await runClose(closeStore(db, before), LENDER, day("2026-01-10"));
    expect(toldOf(factsOf((await loanFile(db, "OLD"))!))).toEqual([]);

    const limitation = migrations().find(({ name }) => name.startsWith("0010"))!;
    await db.script(limitation.text);
    const wakes = async (id: string) => formatDay((await loanFile(db, id))!.stored.wakeOn);
    expect(await wakes("OLD")).toBe("2026-01-11");
    expect((await loanFile(db, "PAID"))!.stored.wakeOn).toBeGreaterThan(day("2199-12-31"));
    expect(await wakes("NEW")).not.toBe("2026-01-11");
    await runClose(closeStore(db, shelves(pack)), LENDER, day("2026-01-11"));
    expect(toldOf(factsOf((await loanFile(db, "OLD"))!))).toEqual(["2026-01-11 LimitationWarned 2026-03-10"]);
    await migrate(db);
  });
});
