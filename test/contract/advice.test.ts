import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jurisdictionLaw } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import { terminalIo } from "../../src/cli/terminal.ts";
import { day } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { NO_COURT_TERMS } from "../../src/legal/index.ts";
import { lookThrough } from "../../src/office/advice/book.ts";
import { bookStore, closeStore, findLender } from "../../src/store/index.ts";
import { furnish, loanRecord, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const pack = loadPack("cn");
const LENDER = "test-lender";

// The book opens on 2026-01-01; one installment each, due 2026-01-10. Band M3 begins on day 61, 2026-03-12.
describe.each(ENGINES)("what steps brought in, over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db);
  });
  afterAll(() => database.drop());

  test("one pass gives the waits that are over, and the cases that are late enough", async () => {
    const { db } = database;
    const book = bookStore(db, shelves(pack));
    const late = (n: number) =>
      loanRecord({ id: `L${n}`, borrower: `B${n}`, disbursedOn: "2025-12-10", installments: 1 }, n + 1);
    await book.loans(LENDER, [late(1), late(2), late(3)]);
    const store = closeStore(db, shelves(pack));
    await runClose(store, LENDER, day("2026-03-20"));
    await book.payments(LENDER, [paymentRecord("L1", "P1", 5_000, day("2026-03-25"))]);
    await runClose(store, LENDER, day("2026-04-30"));
    const found = jurisdictionLaw(pack, day("2026-04-30"));
    if (!found.ok) throw new Error(found.refusal.says);
    const lender = (await findLender(db, LENDER))!;
    const around = { lender, pack, terms: NO_COURT_TERMS, law: found.value, on: day("2026-04-30") };
    const look = (minDpd: number | undefined) =>
      lookThrough(
        db,
        around,
        {
          months: 1,
          said: {},
          about: ({ loan }) => loan !== "L2",
          ...(minDpd === undefined ? {} : { minDpd }),
        },
        { ...terminalIo("en", false), progress: () => {} },
      );
    const { history, cases } = await look(60);
    // M3 from 2026-03-12: one month later is over, and L1 paid 50.00 in it. M4 from 2026-04-11 is not over yet.
    expect(history.map(({ way, band, recovered }) => `${way} M${band} ${recovered}`).sort()).toEqual([
      "waiting M3 0",
      "waiting M3 0",
      "waiting M3 5000",
    ]);
    expect(cases.map(({ loan }) => loan).sort()).toEqual(["L1", "L3"]);
    expect(cases[0]!.facts).toMatchObject({
      band: 4,
      whereabouts: undefined,
      otherLoans: 0,
      disputed: false,
    });
    expect((await look(111)).cases).toEqual([]);
    expect((await look(undefined)).cases).toEqual([]);
  });
});
