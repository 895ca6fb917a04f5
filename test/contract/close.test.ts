import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, formatDay } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { bookStore, closeStore, factsOf, loanFile, verifyBook } from "../../src/store/index.ts";
import { furnish, loanRecord, OPENED, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const pack = loadPack("cn");

describe.each(ENGINES)("the close over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db);
  });
  afterAll(() => database.drop());

  test("a loan that misses its installment enters M1, is reminded, called and written to, and cures", async () => {
    const { db } = database;
    const book = bookStore(db, shelves(pack));
    const loans = [
      loanRecord({ id: "L1", borrower: "B1", disbursedOn: "2025-12-10" }, 2),
      loanRecord({ id: "L2", borrower: "B1", disbursedOn: "2025-12-10" }, 3),
      loanRecord(
        {
          id: "L3",
          borrower: "B2",
          disbursedOn: "2025-12-15",
          hold: { kind: "dispute", until: day("2026-01-18") },
        },
        4,
      ),
    ];
    expect(await book.loans("test-lender", loans)).toEqual({ added: 3, same: 0, updated: 0, refused: [] });
    expect(await book.loans("test-lender", loans)).toEqual({ added: 0, same: 3, updated: 0, refused: [] });
    const paid = [
      paymentRecord("L1", "P1", 21_500, day("2026-01-12")),
      paymentRecord("L9", "P2", 1, day("2026-01-12"), 3),
    ];
    const first = await book.payments("test-lender", paid);
    expect(first).toMatchObject({ added: 1, same: 0, refused: [{ line: 3, code: "unknown-loan" }] });
    expect(await book.payments("test-lender", paid)).toMatchObject({ added: 0, same: 1 });

    const store = closeStore(db, shelves(pack));
    for (let on = OPENED; on <= day("2026-02-20"); on = (on + 1) as Day) {
      await runClose(store, "test-lender", on);
    }
    const file = (await loanFile(db, "L2"))!;
    const told = factsOf(file).map(
      (fact) =>
        `${formatDay(fact.on)} ${fact.kind}${"step" in fact ? ` ${fact.step}` : ""}${"rules" in fact ? ` ${fact.rules.join()}` : ""}`,
    );
    expect(told).toMatchInlineSnapshot(`
      [
        "2026-01-01 LoanBooked",
        "2026-01-07 StepPlanned before/send-reminder@-3",
        "2026-01-11 BandEntered",
        "2026-01-11 StepPlanned early/send-overdue@1",
        "2026-01-15 StepPlanned early/call-borrower@5",
        "2026-01-20 StepPlanned early/send-overdue-again@10",
        "2026-01-30 StepAsked late/letter-demand@20 strategy/person-decides",
        "2026-02-10 BandEntered",
        "2026-02-19 StepAsked late/ask-lawyers-letter@40 strategy/ask-person",
      ]
    `);
    const held = factsOf((await loanFile(db, "L3"))!).map(
      (fact) =>
        `${formatDay(fact.on)} ${fact.kind}${"step" in fact ? ` ${fact.step}` : ""}${"rules" in fact ? ` ${fact.rules.join()}` : ""}`,
    );
    expect(held).toMatchInlineSnapshot(`
      [
        "2026-01-01 LoanBooked",
        "2026-01-01 HoldPlaced",
        "2026-01-12 StepRefused before/send-reminder@-3 house/holds",
        "2026-01-16 BandEntered",
        "2026-01-16 StepLapsed before/send-reminder@-3",
        "2026-01-16 StepRefused early/send-overdue@1 house/holds",
        "2026-01-19 StepPlanned early/send-overdue@1",
        "2026-01-20 StepPlanned early/call-borrower@5",
        "2026-01-25 StepPlanned early/send-overdue-again@10",
        "2026-02-04 StepAsked late/letter-demand@20 strategy/person-decides",
        "2026-02-15 BandEntered",
      ]
    `);
    expect(
      factsOf((await loanFile(db, "L1"))!).map((fact) => `${formatDay(fact.on)} ${fact.kind}`),
    ).toMatchInlineSnapshot(`
      [
        "2026-01-01 LoanBooked",
        "2026-01-07 StepPlanned",
        "2026-01-11 BandEntered",
        "2026-01-11 StepPlanned",
        "2026-01-12 PaymentReceived",
        "2026-01-15 StepPlanned",
        "2026-01-20 StepPlanned",
        "2026-01-30 StepAsked",
        "2026-02-10 BandEntered",
        "2026-02-19 StepAsked",
      ]
    `);
    const verified = await verifyBook(db, shelves(pack), BOOK_CHECKS);
    expect(verified.findings).toEqual([]);
  });
});

describe.each(ENGINES)("a person's holds and addresses over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db);
  });
  afterAll(() => database.drop());
  const holdsOf = async (id: string): Promise<string[]> =>
    factsOf((await loanFile(database.db, id))!).flatMap((fact) =>
      fact.kind === "HoldPlaced" ? [fact.hold] : [],
    );

  test("who asked on one loan not to be contacted is not contacted about his others, now or later", async () => {
    const book = bookStore(database.db, shelves(pack));
    const first = loanRecord({ id: "A1", borrower: "P", disbursedOn: "2025-12-10" }, 2);
    const second = loanRecord(
      { id: "A2", borrower: "P", disbursedOn: "2025-12-10", hold: { kind: "cease-contact" } },
      3,
    );
    await book.loans("test-lender", [first]);
    await book.loans("test-lender", [second]);
    expect(await holdsOf("A1")).toEqual(["cease-contact"]);
    await book.loans("test-lender", [loanRecord({ id: "A3", borrower: "P", disbursedOn: "2025-12-20" }, 4)]);
    expect(await holdsOf("A3")).toEqual(["cease-contact"]);

    const store = closeStore(database.db, shelves(pack));
    await runClose(store, "test-lender", day("2026-01-25"));
    const kinds = factsOf((await loanFile(database.db, "A1"))!).map(({ kind }) => kind);
    expect(kinds).toContain("StepRefused");
    expect(kinds).not.toContain("StepPlanned");
  });

  test("a new telephone number is the one that is used, and the row says that it brought news", async () => {
    const book = bookStore(database.db, shelves(pack));
    await book.loans("test-lender", [
      loanRecord({ id: "N1", disbursedOn: "2025-12-10", phone: "19900000001" }),
    ]);
    const again = await book.loans("test-lender", [
      loanRecord({ id: "N1", disbursedOn: "2025-12-10", phone: "19900000002" }),
    ]);
    expect(again).toEqual({ added: 0, same: 0, updated: 1, refused: [] });
    expect((await loanFile(database.db, "N1"))!.borrower.phone).toBe("19900000002");
  });
});
