import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadCalendar, loadPack } from "../../packs/load.ts";
import { addDays, type Day, day } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import type { EventRecord } from "../../src/intake/index.ts";
import {
  type Book,
  bookStore,
  closeStore,
  migrate,
  openBook,
  products,
  verifyBook,
  withCalendars,
} from "../../src/store/index.ts";
import { liveByFiles } from "../sim/timeline.ts";
import { WORLD_LENDER, type World, worldOf } from "../sim/world.ts";
import { furnish, LADDER, loanRecord, PRODUCT, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { MemoryBook } from "../support/memory-store.ts";
import { dumpBook, emptyBook, furnishWorld, putFacts } from "../support/sql-book.ts";
import { Crash, crashingAt } from "./faults.ts";

const pack = loadPack("cn");
const { code } = WORLD_LENDER;
const START = WORLD_LENDER.openOn;
const bare: Pick<World, "products" | "strategies"> = worldOf(1, { borrowers: 0, events: 0, days: 1 });

let clock = 1_767_225_600_000;
const shelf = shelves(pack, () => ++clock);
const checks = BOOK_CHECKS;

/** One book behind the ports, whichever engine holds it. */
interface Shop {
  readonly book: Book;
  readonly store: ReturnType<typeof closeStore>;
  put: (entries: Parameters<MemoryBook["put"]>[0]) => Promise<void>;
  dump: () => Promise<ReturnType<MemoryBook["dump"]>>;
}

/** Where books are kept: opened once, emptied for each test. */
interface Site {
  fresh: () => Promise<Shop>;
  drop: () => Promise<void>;
}

const SITES: readonly { name: string; open: () => Promise<Site> }[] = [
  {
    name: "memory",
    open: async () => ({
      fresh: async () => {
        const memory = new MemoryBook(bare, pack);
        const put: Shop["put"] = (entries) => memory.put(entries);
        return { book: memory, store: memory, put, dump: async () => memory.dump() };
      },
      drop: async () => {},
    }),
  },
  ...ENGINES.map((engine) => ({
    name: engine.name,
    open: async (): Promise<Site> => {
      const { db, drop } = await engine.open();
      const fresh = async (): Promise<Shop> => {
        await emptyBook(db);
        await furnishWorld(db, bare);
        return {
          book: bookStore(db, shelf),
          store: closeStore(db, shelf),
          put: (entries) => putFacts(db, shelf, entries),
          dump: () => dumpBook(db),
        };
      };
      return { fresh, drop };
    },
  })),
];

describe.each(SITES)("a book in $name", ({ open }) => {
  let site: Site;
  let shop: Shop;
  beforeAll(async () => {
    site = await open();
  });
  afterAll(() => site.drop());
  beforeEach(async () => {
    shop = await site.fresh();
    await shop.book.loans(code, [loanRecord({ id: "L1", disbursedOn: "2025-12-10" })]);
  });

  test("importing the same file twice changes nothing", async () => {
    const loans = [
      loanRecord({ id: "L1", disbursedOn: "2025-12-10" }),
      loanRecord({ id: "L2", disbursedOn: "2025-12-12" }, 3),
    ];
    const payments = [
      paymentRecord("L1", "P1", 5000, addDays(START, 3)),
      paymentRecord("L2", "P1", 5000, addDays(START, 3), 3),
    ];
    expect(await shop.book.loans(code, loans)).toMatchObject({ added: 1, same: 1, updated: 0 });
    expect(await shop.book.payments(code, payments)).toMatchObject({ added: 2, same: 0 });
    const before = await shop.dump();
    expect(await shop.book.loans(code, loans)).toMatchObject({ added: 0, same: 2, updated: 0, refused: [] });
    expect(await shop.book.payments(code, payments)).toMatchObject({ added: 0, same: 2, refused: [] });
    expect(await shop.dump()).toEqual(before);
  });

  test("a payment under a known id with another amount is refused, and the first one stands", async () => {
    await shop.book.payments(code, [paymentRecord("L1", "P1", 5000, START)]);
    const again = await shop.book.payments(code, [paymentRecord("L1", "P1", 5001, START)]);
    expect(again).toMatchObject({ added: 0, same: 0, refused: [{ line: 2, code: "differs-from-accepted" }] });
    expect((await shop.dump()).waiting).toHaveLength(1);
  });

  test("a payment for a loan that the book does not know is refused, and the others are taken", async () => {
    const recorded = await shop.book.payments(code, [
      paymentRecord("L9", "P1", 5000, START),
      paymentRecord("L1", "P2", 5000, START, 3),
    ]);
    expect(recorded).toMatchObject({ added: 1, refused: [{ line: 2, code: "unknown-loan" }] });
  });

  test("new addresses are taken once, however often their file comes before the close", async () => {
    const moved = {
      ...loanRecord({ id: "L1", disbursedOn: "2025-12-10" }),
      borrower: { email: "b@example.org" },
    };
    expect(await shop.book.loans(code, [moved])).toMatchObject({ updated: 1 });
    await shop.store.begin(code, START);
    expect(await shop.book.loans(code, [moved])).toMatchObject({ updated: 0, same: 1 });
    expect((await shop.dump()).waiting).toHaveLength(1);
  });

  test("a payment that arrives after its close is booked on the next day, and counts from its value day", async () => {
    await runClose(shop.store, code, addDays(START, 14));
    // Due on the 10th and paid that day; told on the 15th, when two days of reminders had gone out.
    await shop.book.payments(code, [paymentRecord("L1", "P1", 21_550, day("2026-01-10"))]);
    await runClose(shop.store, code, addDays(START, 15));
    const { facts, state } = (await shop.dump()).loans.L1!;
    expect(facts.slice(-2)).toEqual([
      '2026-01-16 PaymentReceived {"amount":21550,"id":"P1","valueOn":20463}',
      '2026-01-16 Cured {"from":1}',
    ]);
    expect(JSON.parse(state)).toMatchObject({ lateUnits: 0, latePaid: 0, dueOn: day("2026-02-10"), band: 0 });
  });

  test("what arrives between two transactions of a close is booked on the next day and is not lost", async () => {
    const more = Array.from({ length: 40 }, (_, i) =>
      loanRecord({ id: `M${i}`, disbursedOn: "2025-12-01" }, i + 2),
    );
    await shop.book.loans(code, more);
    let sent = 0;
    const through = addDays(START, 9);
    await runClose(
      {
        ...shop.store,
        begin: (...args) => shop.store.begin(...args),
        finish: (...args) => shop.store.finish(...args),
        closeChunk: async (...args) => {
          const done = await shop.store.closeChunk(...args);
          await shop.book.payments(code, [paymentRecord(`M${sent % 40}`, `P${sent}`, 100, START)]);
          sent += 1;
          return done;
        },
      },
      code,
      through,
    );
    const waiting = (await shop.dump()).waiting;
    expect(waiting).toHaveLength(sent);
    expect(waiting.every((text) => text.includes(" 2026-01-11 PaymentReceived"))).toBe(true);
    await runClose(shop.store, code, addDays(through, 1));
    const after = await shop.dump();
    expect(after.waiting).toEqual([]);
    const paid = Object.values(after.loans).flatMap(({ facts }) =>
      facts.filter((text) => text.includes("PaymentReceived")),
    );
    expect(paid).toHaveLength(sent);
  });
});

describe.each(ENGINES)("a close over $name", (engine) => {
  const world = worldOf(7, { borrowers: 12, events: 30, days: 12, filesOnly: true });
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());

  test("that fails before any one of its statements is finished by closing again, to the same journal", async () => {
    const through = addDays(START, 3);
    const life = async (db: TestDatabase["db"], at: number) => {
      const crashing = crashingAt(db, at);
      let failed = false;
      try {
        await runClose(closeStore(crashing, shelf), code, through);
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        failed = true;
      }
      await runClose(closeStore(db, shelf), code, through);
      return { calls: crashing.calls(), failed };
    };
    const prepare = async (db: TestDatabase["db"]) => {
      await furnishWorld(db, world);
      await bookStore(db, shelf).loans(code, world.loans);
      await putFacts(
        db,
        shelf,
        world.events
          .filter(({ fact }) => fact.on <= through)
          .map(({ loan, fact }) => ({ loan: loan.loanId, fact })),
      );
    };
    const { db } = database;
    await prepare(db);
    const { calls } = await life(db, 0);
    const expected = await dumpBook(db);
    expect(Object.values(expected.loans).some(({ facts }) => facts.length > 3)).toBe(true);
    // Every statement on the server; every fifteenth on the slower embedded engine, where the statements are the same.
    const step = engine.name === "postgres" ? 1 : 15;
    for (let at = 1; at <= calls; at += step) {
      await emptyBook(db);
      await prepare(db);
      const { failed } = await life(db, at);
      expect(failed, `call ${at}`).toBe(true);
      expect(await dumpBook(db), `crash at call ${at} of ${calls}`).toEqual(expected);
    }
    expect((await verifyBook(db, shelf, checks)).findings).toEqual([]);
    await emptyBook(db);
    // A book made anew for each statement takes its time where others work beside it.
  }, 300_000);

  test("a loan that is set aside in a long close is taken up by its next fact, as if each day were closed by itself", async () => {
    const { db } = database;
    await emptyBook(db);
    const memory = new MemoryBook(bare, pack);
    const loan = loanRecord({ id: "L1", disbursedOn: "2025-12-10" });
    const facts = [3, 9].map((days, i) => ({
      loan: "L1",
      fact: {
        kind: "PaymentReceived" as const,
        on: addDays(START, days),
        id: `P${i}`,
        amount: 5000 as never,
        valueOn: addDays(START, days),
      },
    }));
    await furnishWorld(db, bare);
    await bookStore(db, shelf).loans(code, [loan]);
    await memory.loans(code, [loan]);
    await runClose(memory, code, START);
    await runClose(closeStore(db, shelf), code, START);
    memory.plant("L1", { principalPaid: 100_001 as never });
    await db.run("update loan_state set principal_paid = 100001 where bucket >= 0");
    await memory.put(facts);
    await putFacts(db, shelf, facts);
    for (let on = START; on <= addDays(START, 40); on = addDays(on, 1)) await runClose(memory, code, on);
    await runClose(closeStore(db, shelf), code, addDays(START, 40));
    const told = await dumpBook(db);
    expect(told.loans.L1!.facts.some((text) => text.includes("SetAside"))).toBe(true);
    expect(told).toEqual(memory.dump());
    expect((await verifyBook(db, shelf, checks)).findings).toEqual([]);
  });

  test("lives a world as the book in memory does, day by day", async () => {
    const memory = new MemoryBook(world, pack);
    await liveByFiles(world, memory, memory, addDays(START, -1));
    const { db } = database;
    await emptyBook(db);
    await furnishWorld(db, world);
    await liveByFiles(world, bookStore(db, shelf), closeStore(db, shelf), addDays(START, -1));
    expect(await dumpBook(db)).toEqual(memory.dump());
  });

  test("verification finds a planted wrong sum, a missing fact and a loan that oversleeps", async () => {
    const { db } = database;
    expect((await verifyBook(db, shelf, checks)).findings).toEqual([]);
    const rows = await db.query<{ bucket: number; n: number; version: number }>(
      "select bucket, n, version from loan_state where product <> 3 and status & 7 = 0 and version > 2 and wake_on < 2147483647 order by bucket, n limit 3",
    );
    expect(rows).toHaveLength(3);
    const [sum, gap, asleep] = rows;
    await db.run("update loan_state set principal_paid = principal_paid + 1 where bucket = $1 and n = $2", [
      sum!.bucket,
      sum!.n,
    ]);
    await db.run("delete from journal where bucket = $1 and n = $2 and seq = 2", [gap!.bucket, gap!.n]);
    await db.run("update loan_state set wake_on = wake_on + 500 where bucket = $1 and n = $2", [
      asleep!.bucket,
      asleep!.n,
    ]);
    const says = (await verifyBook(db, shelf, checks)).findings.map((finding) => finding.says);
    expect(says).toHaveLength(3);
    expect(says.join("\n")).toMatch(/principalPaid is \d+ in the row and \d+ by replay/);
    expect(says.join("\n")).toContain("fact 2 is missing from the journal");
    expect(says.join("\n")).toMatch(/it sleeps until day \d+ and should wake on day \d+/);
  });

  test("a database that a newer program made is refused", async () => {
    await database.db.run("insert into migration values (9999, '9999_future.sql')");
    await expect(migrate(database.db)).rejects.toThrow("this database is at version 9999");
    await database.db.run("delete from migration where version = 9999");
  });
});

describe("two processes on one PostgreSQL server", () => {
  let database: TestDatabase;
  const others: Awaited<ReturnType<typeof openBook>>[] = [];
  beforeEach(async () => {
    database = await ENGINES[1]!.open();
    others.push(await openBook(database.url!), await openBook(database.url!));
  });
  afterEach(async () => {
    for (const db of others.splice(0)) await db.close();
    await database.drop();
  });

  test("close the same days at once, and the work is done once", async () => {
    const world = worldOf(11, { borrowers: 60, events: 0, days: 30 });
    const memory = new MemoryBook(world, pack);
    await memory.loans(code, world.loans);
    await furnishWorld(database.db, world);
    await bookStore(database.db, shelf).loans(code, world.loans);
    for (const through of [addDays(START, 3), addDays(START, 20)]) {
      await runClose(memory, code, through);
      const reports = await Promise.all(others.map((db) => runClose(closeStore(db, shelf), code, through)));
      const facts = reports.flatMap(({ days }) => days.map((tally) => tally.facts));
      expect(facts.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    }
    expect(await dumpBook(database.db)).toEqual(memory.dump());
  });

  test("import and close at once, and every payment is folded in once", async () => {
    const world = worldOf(13, { borrowers: 40, events: 0, days: 30 });
    await furnishWorld(database.db, world);
    await bookStore(database.db, shelf).loans(code, world.loans);
    const kept = world.loans.filter(({ product }) => product !== "fed");
    const [importer, closer] = others;
    let sent = 0;
    const importing = (async () => {
      const book = bookStore(importer!, shelf);
      for (; sent < 60; sent++) {
        const loan = kept[sent % kept.length]!;
        const valueOn = Math.max(START, loan.disbursedOn) as Day;
        expect(await book.payments(code, [paymentRecord(loan.loanId, `P${sent}`, 1, valueOn)])).toMatchObject(
          { added: 1 },
        );
      }
    })();
    for (let on = START; on < addDays(START, 12); on = addDays(on, 1))
      await runClose(closeStore(closer!, shelf), code, on);
    await importing;
    await runClose(closeStore(closer!, shelf), code, addDays(START, 29));
    const { loans, waiting } = await dumpBook(database.db);
    expect(waiting).toEqual([]);
    const paid = Object.values(loans).flatMap(({ facts }) =>
      facts.filter((text) => text.includes(" PaymentReceived ")),
    );
    expect(paid).toHaveLength(60);
    expect((await verifyBook(database.db, shelf, checks)).findings).toEqual([]);
  });
});

describe.each(ENGINES)("events in $name", (engine) => {
  const event = (loanId: string, id: string, texts: Record<string, string>, line = 2): EventRecord => ({
    kind: "event",
    line,
    loanId,
    id,
    event: { id, ...texts },
  });
  const refund = (id: string) => event("L1", id, { kind: "refund", on: "2026-01-01", amount: "30.00" });

  test("are checked against the loan with all that was accepted before them, and each is taken once", async () => {
    const { db, drop } = await engine.open();
    await emptyBook(db);
    await furnishWorld(db, bare);
    const book = bookStore(db, shelf);
    await book.loans(code, [loanRecord({ id: "L1", disbursedOn: "2025-12-10" })]);
    // Paid in full on the day: 1,000.00 and 11.00 of interest for 22 days; 89.00 lies unapplied.
    const paid = event("L1", "P1", { kind: "payment", on: "2026-01-01", amount: "1100.00" });
    const first = await book.events(code, [paid, refund("R1"), refund("R2"), refund("R3")]);
    expect(first).toMatchObject({
      added: 3,
      same: 0,
      refused: [{ column: "amount", code: "more-than-unapplied" }],
    });
    expect(await book.events(code, [paid, refund("R1")])).toMatchObject({ added: 0, same: 2, refused: [] });
    const dry = event("L1", "P1", { kind: "payment", on: "2026-01-01", amount: "1.00" });
    expect(await book.events(code, [dry], { dryRun: true })).toMatchObject({
      refused: [{ column: "id", value: "P1", code: "differs-from-accepted" }],
    });
    expect((await dumpBook(db)).waiting).toHaveLength(3);
    await runClose(closeStore(db, shelf), code, START);
    const after = await book.events(code, [refund("R4")]);
    expect(after).toMatchObject({ added: 0, refused: [{ code: "more-than-unapplied" }] });
    expect(await verifyBook(db, shelf, checks)).toMatchObject({ findings: [] });
    await drop();
  });

  test("two people at once cannot give back the same money", async () => {
    const { db, drop } = await engine.open();
    await emptyBook(db);
    await furnishWorld(db, bare);
    const book = bookStore(db, shelf);
    await book.loans(code, [loanRecord({ id: "L1", disbursedOn: "2025-12-10" })]);
    await book.payments(code, [paymentRecord("L1", "P1", 105_100, START)]);
    const done = await Promise.all([
      bookStore(db, shelf).events(code, [refund("R1")], { actor: "person" }),
      bookStore(db, shelf).events(code, [refund("R2")], { actor: "person" }),
    ]);
    expect(done.map(({ added }) => added).sort()).toEqual([0, 1]);
    await drop();
  });
});

describe.each(ENGINES)("a product payable on the next working day, in $name", (engine) => {
  const calendar = loadCalendar("cn");
  const product = { ...PRODUCT, payableOn: "next-working-day" as const };

  test("keeps the rule and no calendar; without one at hand its loans are not read at all", async () => {
    const { db, drop } = await engine.open();
    await emptyBook(db);
    const known = withCalendars(db, () => calendar);
    await furnish(known, LADDER, product);
    await furnish(known, LADDER, product);
    expect(await db.query("select body from product")).toEqual([
      { body: expect.stringContaining('"payableOn":"next-working-day"') },
    ]);
    expect(await known.tx((sql) => products(sql))).toMatchObject([{ payableOn: { place: "cn" } }]);
    await expect(products(db)).rejects.toThrow("payable on working days, and no calendar of cn is at hand");
    await drop();
  });

  test("counts from the last day to pay, and sets a loan aside when a year is not published: it guesses nothing", async () => {
    const { db, drop } = await engine.open();
    await emptyBook(db);
    const known = withCalendars(db, () => calendar);
    await furnish(known, LADDER, product);
    const book = bookStore(known, shelf);
    // Due on 3 October 2026, in the holidays of 1 to 7 October: in time on the 8th. The fourth is due on 3 January 2027.
    await book.loans("test-lender", [loanRecord({ id: "L1", disbursedOn: "2026-09-03" })]);
    const late = async (on: string) => {
      await runClose(closeStore(known, shelf), "test-lender", day(on));
      const { facts } = (await dumpBook(known)).loans.L1!;
      return facts.filter((fact) => / (BandEntered|SetAside) /.test(fact));
    };
    expect(await late("2026-10-08")).toEqual([]);
    expect(await late("2026-10-09")).toMatchObject([
      expect.stringMatching(/^2026-10-09 BandEntered .*"dpd":1/),
    ]);
    // 600.00 of principal with its interest, paid on 3 December: coming rows lie in a year without a notice.
    await book.payments("test-lender", [paymentRecord("L1", "P1", 65_500, day("2026-12-03"))]);
    const before = await late("2027-01-03");
    expect(before.filter((fact) => fact.includes("SetAside"))).toEqual([]);
    const after = await late("2027-01-10");
    expect(after.slice(before.length)).toMatchObject([
      expect.stringMatching(/^2027-01-04 SetAside .*the cn calendar has no holiday notice for 2027/),
    ]);
    expect((await verifyBook(known, shelf, checks)).findings).toEqual([]);
    await drop();
  });
});
