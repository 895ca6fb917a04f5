import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { addDays, day, type Fact } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { compareOnBook } from "../../src/office/strategy/outlook.ts";
import {
  ACTORS,
  bookStore,
  CopyWriter,
  closeStore,
  type Database,
  factsOf,
  findLender,
  knownStrategies,
  loanFile,
  migrate,
  migrations,
  proposeStrategy,
  releaseStrategy,
  strategies,
  verifyBook,
  withdrawStrategy,
} from "../../src/store/index.ts";
import { JOURNAL_COLUMNS, writeJournal } from "../../src/store/rows.ts";
import { furnish, LADDER, loanRecord, paymentRecord, shelves, strategyOf } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const pack = loadPack("cn");
const AT = Date.UTC(2026, 0, 5);

const version = (n: number, from: string, steps = "{ on_dpd: 2, call: borrower }") => {
  const body = `strategy: ladder\nversion: ${n}\nfrom: "${from}"\nstages: [{ stage: a, dpd: 1..30, steps: [${steps}] }]\n`;
  return { name: "ladder", version: n, from: day(from), body, sha256: `${n} ${from} ${steps}` };
};
const inUse = async (db: Database) => (await strategies(db)).map((one) => `${one.name}@${one.version}`);

describe.each(ENGINES)("versions of a strategy over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db);
    await bookStore(database.db, shelves(pack)).loans("test-lender", [
      loanRecord({ id: "L1", disbursedOn: "2025-12-10", installments: 1 }),
    ]);
  });
  afterAll(() => database.drop());

  test("one is used once a second person released it, and its loans are awake on its first day", async () => {
    const { db } = database;
    await runClose(closeStore(db, shelves(pack)), "test-lender", day("2026-01-04"));
    const second = version(2, "2026-01-08");
    expect(await proposeStrategy(db, second, { by: "Li Na", at: AT, remark: "softer" })).toBe("new");
    expect(await proposeStrategy(db, second, { by: "Li Na", at: AT })).toBe("same");
    expect(await inUse(db)).toEqual(["ladder@1"]);
    expect(await releaseStrategy(db, second, { by: " li  na", at: AT })).toEqual({
      no: "same-person",
      by: "Li Na",
    });
    expect(await inUse(db)).toEqual(["ladder@1"]);
    expect(await releaseStrategy(db, second, { by: "Wang Wei", at: AT })).toBe("done");
    expect(await inUse(db)).toEqual(["ladder@1", "ladder@2"]);
    expect((await loanFile(db, "L1"))!.stored.wakeOn).toBeLessThanOrEqual(day("2026-01-08"));
    const known = (await knownStrategies(db)).find((one) => one.version === 2)!;
    expect([
      known.state,
      known.products,
      known.events.map(({ what, by, remark }) => [what, by, remark]),
    ]).toEqual([
      "released",
      ["test-lender/micro"],
      [
        ["proposed", "Li Na", "softer"],
        ["released", "Wang Wei", ""],
      ],
    ]);
  });

  test("another text under a number that is taken is told beside the one in the book", async () => {
    const { db } = database;
    const other = version(2, "2026-01-08", "{ on_dpd: 3, call: borrower }");
    const done = await proposeStrategy(db, other, { by: "Li Na", at: AT });
    expect(done).toMatchObject({
      differs: { version: 2, state: "released", body: version(2, "2026-01-08").body },
    });
  });

  test("one that would begin on closed days is not released, and one that was used is not withdrawn", async () => {
    const { db } = database;
    const third = version(3, "2026-01-03");
    await proposeStrategy(db, third, { by: "Li Na", at: AT });
    expect(await releaseStrategy(db, third, { by: "Wang Wei", at: AT })).toEqual({
      no: "too-early",
      lender: "test-lender",
      free: day("2026-01-05"),
    });
    expect(await releaseStrategy(db, { name: "ladder", version: 9 }, { by: "Wang Wei", at: AT })).toEqual({
      no: "unknown",
    });
    const [first, second] = [
      { name: "ladder", version: 1 },
      { name: "ladder", version: 2 },
    ];
    expect(await withdrawStrategy(db, first, { by: "Wang Wei", at: AT })).toMatchObject({ no: "in-use" });
    expect(await withdrawStrategy(db, second, { by: "Wang Wei", at: AT })).toBe("done");
    expect(await withdrawStrategy(db, second, { by: "Wang Wei", at: AT })).toEqual({ no: "withdrawn" });
    expect(await releaseStrategy(db, second, { by: "Zhao", at: AT })).toEqual({
      no: "not-proposed",
      state: "withdrawn",
    });
    expect(await inUse(db)).toEqual(["ladder@1"]);
  });

  test("what two versions would do is told without a change to the book, and is what the closes do", async () => {
    const { db } = database;
    const lender = (await findLender(db, "test-lender"))!;
    const before = await db.query("select * from loan_state order by bucket, n");
    const ladder = { strategy: strategyOf(LADDER), others: [] };
    const calls = { strategy: strategyOf(version(4, "2026-02-01").body), others: [] };
    const through = addDays(lender.openOn, 29);
    const question = {
      lender,
      names: ["ladder"],
      sides: [ladder, calls],
      first: lender.openOn,
      through,
    } as const;
    const { outlooks, borrowers, loans } = await compareOnBook(db, shelves(pack), question);
    const made = outlooks.map(({ steps }) =>
      [...steps].map(([name, { all }]) => `${name} ${all.planned + all.asked}`),
    );
    // Due on 2026-01-10: the ladder's reminder, messages on days 1 and 10, its call on day 5, its letter on day 20.
    expect([borrowers, loans, made]).toEqual([
      1,
      1,
      [
        [
          "before/send-reminder 1",
          "early/send-overdue 1",
          "early/call-borrower 1",
          "early/send-overdue-again 1",
          "late/letter-demand 1",
        ],
        ["a/call-borrower 1"],
      ],
    ]);
    expect(await db.query("select * from loan_state order by bucket, n")).toEqual(before);
    await runClose(closeStore(db, shelves(pack)), "test-lender", through);
    const facts = factsOf((await loanFile(db, "L1"))!).filter(({ kind }) =>
      /StepPlanned|StepAsked/.test(kind),
    );
    expect(facts).toHaveLength(5);
  });

  test("how often a loan was late before is in its row, in its journal and in what verify says", async () => {
    const { db } = database;
    const book = bookStore(db, shelves(pack));
    const on = (await findLender(db, "test-lender"))!.openOn;
    await book.loans("test-lender", [
      loanRecord({ id: "L2", disbursedOn: addDays(on, -40), installments: 2 }),
    ]);
    const close = (through: number) =>
      runClose(closeStore(db, shelves(pack)), "test-lender", through as typeof on);
    await close(on);
    await book.payments("test-lender", [paymentRecord("L2", "P1", 60_000, addDays(on, 1))]);
    await close(on + 1);
    expect((await loanFile(db, "L2"))!.stored.timesLate).toBe(1);
    expect((await verifyBook(db, shelves(pack), BOOK_CHECKS)).findings).toEqual([]);
  });
});

describe.each(ENGINES)("a book made before releases were recorded, over $name", (engine) => {
  test("keeps its strategies in use and counts the cures in its journals", async () => {
    const { db, drop } = await engine.open();
    const older = migrations().filter(({ version: n }) => n < 7);
    // As a program of then would have left it.
    await db.script("drop schema public cascade; create schema public");
    await migrate(db, older);
    await db.run("insert into strategy values ('old', 1, 0, 'body', 'sha')");
    const cured: Fact = { kind: "Cured", on: day("2026-01-05"), from: 1 };
    const writer = new CopyWriter();
    for (const [n, cures] of [
      [1, 0],
      [2, 2],
      [3, 9],
    ] as const) {
      await db.run(
        `insert into loan_state (principal, principal_paid, interest_paid, late_units, late_paid, bucket, n, rate_e8,
           disbursed_on, first_due_on, due_on, late_on, version, wake_on, status, band, steps_through, holds, product,
           installments) values (1, 0, 0, 0, 0, 5, $1, 0, 0, 0, 0, 0, 1, 0, 496, 0, 0, 0, 1, 1)`,
        [n],
      );
      for (let seq = 1; seq <= cures; seq++)
        writeJournal(
          writer,
          { bucket: 5, n, seq, recordedAt: 0, actor: ACTORS.close, fact: cured },
          undefined,
        );
    }
    await db.copyIn("journal", JOURNAL_COLUMNS, writer.finish());
    await migrate(db);
    expect((await knownStrategies(db)).map(({ name, state }) => [name, state])).toEqual([["old", "shipped"]]);
    const rows = await db.query("select n, status from loan_state order by n");
    // Reach in bits 4 to 8 as before; the count in bits 10 to 12, 7 at most.
    expect(rows).toEqual([
      { n: 1, status: 496 },
      { n: 2, status: 496 | (2 << 10) },
      { n: 3, status: 496 | (7 << 10) },
    ]);
    await drop();
  });
});
