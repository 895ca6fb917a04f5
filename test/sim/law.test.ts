import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { addDays, borrowerN, type Day } from "../../src/core/index.ts";
import { BOOK_CHECKS, checkLoan, runClose } from "../../src/dayclose/index.ts";
import { bookStore, closeStore, findKeys, findLender, verifyBook } from "../../src/store/index.ts";
import { shelves } from "../support/book.ts";
import { ENGINES } from "../support/database.ts";
import { type Dump, MemoryBook } from "../support/memory-store.ts";
import { dumpBook, emptyBook, furnishWorld, putFacts } from "../support/sql-book.ts";
import { audit } from "./auditor.ts";
import {
  draw,
  type ToldOfPerson,
  toldOf,
  WORLD_LENDER,
  type World,
  type WorldSize,
  worldOf,
} from "./world.ts";

const pack = loadPack("cn");

/**
 * The worlds of a law that also counts how often a thing happened are the same in each run: how often is a fact about a
 * sample, and another sample may have met it less. The other laws meet new worlds each time.
 */
const COUNTED = 20_260_701;

/** When to close, day by day; what arrived on a day is there before its close begins. */
type Rhythm = (book: MemoryBook, day: Day, last: boolean) => Promise<void>;

const close = async (book: MemoryBook, day: Day): Promise<void> => {
  await runClose(book, WORLD_LENDER.code, day);
};
const everyDay: Rhythm = close;
const wakeDays: Rhythm = async (book, day, last) => {
  if (last || book.nextWork() <= day) await close(book, day);
};
const every =
  (k: number): Rhythm =>
  async (book, day, last) => {
    if (last || day % k === 0) await close(book, day);
  };
/** Every third commit fails, the chunk is as it was, and the close runs again. */
const crashing = (seed: number): Rhythm => {
  let commits = 0;
  return async (book, day, last) => {
    if (!last && draw(seed, `skip ${day}`, 3) === 0) return;
    book.beforeCommit = () => {
      commits += 1;
      if (draw(seed, `crash ${commits}`, 3) === 0) throw new Error("a crash");
    };
    for (;;) {
      try {
        return await close(book, day);
      } catch (error) {
        if ((error as Error).message !== "a crash") throw error;
      }
    }
  };
};

async function live(
  world: World,
  rhythm: Rhythm,
  prepare: (book: MemoryBook) => void = () => {},
  inspect: (book: MemoryBook) => void = () => {},
  told: readonly ToldOfPerson[] = [],
): Promise<Dump> {
  const book = new MemoryBook(world, pack);
  prepare(book);
  await book.loans(WORLD_LENDER.code, world.loans);
  for (let day = world.opened; day <= world.through; day = addDays(day, 1)) {
    const today = world.events.filter(({ fact }) => fact.on === day);
    await book.put(today.map(({ loan, fact }) => ({ loan: loan.loanId, fact })));
    await book.tell(told.filter(({ fact }) => fact.on === day));
    await rhythm(book, day, day === world.through);
  }
  inspect(book);
  return book.dump();
}

const sizes: fc.Arbitrary<WorldSize> = fc.record({
  borrowers: fc.integer({ min: 1, max: 4 }),
  events: fc.integer({ min: 0, max: 30 }),
  days: fc.integer({ min: 5, max: 75 }),
});
const worlds = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  size: sizes,
  k: fc.integer({ min: 2, max: 20 }),
});

/** Reasons that only facts of the person give. */
const PERSONAL = ["cn/contact-ban", "cn/outsourcing-notice", "cn/private-peace", "strategy/placed"];

describe("the law of the close", () => {
  test("closing every day, on wake days, many days at once or again after crashes gives one journal", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ seed, size, k }) => {
        const world = worldOf(seed, size);
        const daily = await live(world, everyDay);
        expect(await live(world, wakeDays)).toEqual(daily);
        expect(await live(world, every(k))).toEqual(daily);
        expect(await live(world, every(10_000))).toEqual(daily);
        expect(await live(world, crashing(seed))).toEqual(daily);
      }),
      { numRuns: 300 },
    );
  });

  test("also where people consent, ask to stop, are told things, and are placed with agencies, on any day", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(worlds, async ({ seed, size, k }) => {
        const world = worldOf(seed, size);
        const told = toldOf(world, 12);
        const lived = (rhythm: Rhythm, prepare?: (book: MemoryBook) => void) =>
          live(world, rhythm, prepare, undefined, told);
        const daily = await lived(everyDay);
        expect(await lived(wakeDays)).toEqual(daily);
        expect(await lived(every(k))).toEqual(daily);
        expect(await lived(every(10_000))).toEqual(daily);
        expect(await lived(crashing(seed))).toEqual(daily);
        const forced = await lived(everyDay, (book) => {
          book.wakeAll = true;
        });
        expect(forced).toEqual(daily);
        for (const { facts } of Object.values(daily.loans))
          for (const fact of facts)
            for (const rule of PERSONAL) if (fact.includes(`"${rule}"`)) seen.add(rule);
      }),
      { numRuns: 300, seed: COUNTED },
    );
    // None of it holds by nothing happening: each of these stopped some step.
    expect([...seen].sort()).toEqual([...PERSONAL].sort());
  });

  test("an auditor who knows only the rules finds the same balances, and no contact that the rules forbid", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ seed, size, k }) => {
        const world = worldOf(seed, size);
        expect(audit(world, await live(world, every(k)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("every row follows from its journal, also of loans with charges, pauses, new plans and judgments", async () => {
    let byHand = 0;
    const promised: Record<string, number> = {};
    const tell = (what: string): void => {
      promised[what] = (promised[what] ?? 0) + 1;
    };
    await fc.assert(
      fc.asyncProperty(worlds, async ({ seed, size, k }) => {
        const world = worldOf(seed, size);
        await live(world, every(k), undefined, (book) => {
          for (const { loanId } of world.loans) {
            const [loan, journal] = [book.state(loanId), book.journal(loanId)];
            const facts = journal.map((fact, i) => ({ seq: i + 1, fact }));
            const product = book.context.product(loan.product);
            expect(
              checkLoan({ loan, facts, product, closedThrough: world.through }, book.context),
            ).toBeUndefined();
            expect(journal.filter(({ kind }) => kind === "SetAside")).toEqual([]);
            if (loan.extra?.books) byHand += 1;
            for (const fact of journal) {
              if (fact.kind.startsWith("Promise")) tell(fact.kind);
              if (fact.kind === "StepPlanned" && fact.step.startsWith("promise/")) tell("reminder");
              if (fact.kind === "StepRefused" && fact.rules.includes("strategy/pause-on-promise-to-pay"))
                tell("pause");
            }
          }
        });
      }),
      { numRuns: 300, seed: COUNTED },
    );
    expect(byHand).toBeGreaterThan(50);
    // Each thing that can become of a promise happened, and often enough for the laws above to have met it.
    for (const what of ["Made", "Replaced", "Withdrawn", "Kept", "Broken", "Reopened", "Lapsed"])
      expect(promised[`Promise${what}`] ?? 0, what).toBeGreaterThan(0);
    expect(promised.reminder).toBeGreaterThan(10);
    expect(promised.pause).toBeGreaterThan(50);
  });

  test("a loan that sleeps misses nothing: waking it every day writes the same facts", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ seed, size }) => {
        const world = worldOf(seed, size);
        const forced = await live(world, everyDay, (book) => {
          book.wakeAll = true;
        });
        expect(forced).toEqual(await live(world, everyDay));
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(ENGINES)("the law of the close over $name", (engine) => {
  test("many days at once leave the book that closing every day leaves in memory", async () => {
    const { db, drop } = await engine.open();
    let clock = 1_767_225_600_000;
    const shelf = shelves(pack, () => ++clock);
    const property = fc.asyncProperty(worlds, async ({ seed, size, k }) => {
      const world = worldOf(seed, size);
      await emptyBook(db);
      await furnishWorld(db, world);
      await bookStore(db, shelf).loans(WORLD_LENDER.code, world.loans);
      const store = closeStore(db, shelf);
      for (let day = world.opened; day <= world.through; day = addDays(day, 1)) {
        const today = world.events.filter(({ fact }) => fact.on === day);
        await putFacts(
          db,
          shelf,
          today.map(({ loan, fact }) => ({ loan: loan.loanId, fact })),
        );
        if (day === world.through || day % k === 0) await runClose(store, WORLD_LENDER.code, day);
      }
      expect(await dumpBook(db)).toEqual(await live(world, everyDay));
    });
    await fc.assert(property, { numRuns: 12 });
    await drop();
  });

  test("the same with what becomes known of the people, and the row of each is what his journal says", async () => {
    const { db, drop } = await engine.open();
    let clock = 1_767_225_600_000;
    const shelf = shelves(pack, () => ++clock);
    const property = fc.asyncProperty(worlds, async ({ seed, size, k }) => {
      const world = worldOf(seed, size);
      const told = toldOf(world, 12);
      await emptyBook(db);
      await furnishWorld(db, world);
      const book = bookStore(db, shelf);
      await book.loans(WORLD_LENDER.code, world.loans);
      const lender = (await findLender(db, WORLD_LENDER.code))!;
      const keys = await findKeys(
        db,
        lender,
        world.loans.map(({ loanId }) => loanId),
      );
      const store = closeStore(db, shelf);
      for (let day = world.opened; day <= world.through; day = addDays(day, 1)) {
        const arrived = world.events.filter(({ fact }) => fact.on === day);
        await putFacts(
          db,
          shelf,
          arrived.map(({ loan, fact }) => ({ loan: loan.loanId, fact })),
        );
        const records = told
          .filter(({ fact }) => fact.on === day)
          .map(({ loan, fact }, line) => {
            const { bucket, n } = keys.get(loan)!;
            return { line, owner: { bucket, n: borrowerN(n) }, fact };
          });
        if (records.length > 0) await book.persons(WORLD_LENDER.code, records);
        if (day === world.through || day % k === 0) await runClose(store, WORLD_LENDER.code, day);
      }
      expect(await dumpBook(db)).toEqual(await live(world, everyDay, undefined, undefined, told));
      const verified = await verifyBook(db, shelf, BOOK_CHECKS);
      expect(verified.findings).toEqual([]);
    });
    await fc.assert(property, { numRuns: 12 });
    await drop();
  });
});
