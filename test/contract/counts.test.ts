import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { monthMatrix, movedKey, stockOf } from "../../src/analytics/index.ts";
import {
  addDays,
  CELL,
  cellOf,
  type Day,
  day,
  type Fact,
  keyToNumber,
  monthIndex,
  monthStart,
  type OutsideFact,
  principalOwed,
  replay,
} from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { personBatch } from "../../src/store/batch.ts";
import {
  bookStore,
  closeStore,
  contextOf,
  type Database,
  ensureLender,
  ensureProduct,
  FIRST_DAY,
  figuresBetween,
  findKeys,
  findLender,
  freezeStrategy,
  journalsOf,
  loansBehind,
  migrate,
  migrations,
  products,
  rolledIn,
} from "../../src/store/index.ts";
import { putFacts } from "../../src/store/receipts.ts";
import { loanRecord, PRODUCT, paymentRecord, shelves, strategyOf } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

/** A plan with three arms, one of them a hold-out, so that stages and arms are written down. */
const PLAN = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: For tests.
arms:
  - { arm: usual, share: 55 }
  - { arm: other, share: 40 }
  - { arm: quiet, share: 5, hold_out: true }
stages:
  - stage: early
    dpd: 1..30
    steps:
      - { on_dpd: 1, send: overdue, by: [app, text] }
      - { on_dpd: 5, call: borrower, at: "09:30" }
  - stage: late
    dpd: 31..
    steps:
      - { on_dpd: 40, ask: lawyers-letter }
`;

const FROM = day("2026-01-01");
const THROUGH = day("2026-05-05");
const LENDER = "test-lender";
const WAYS = ["every-day", "at-once", "now-and-then"] as const;
type Way = (typeof WAYS)[number];
const WHATS = [
  "stock",
  "move",
  "booked",
  "ever-30",
  "ever-90",
  "cured",
  "relapsed",
  "stage-in",
  "stage-out",
  "planned",
  "refused",
  "asked",
  "paid",
  "ended",
  "arm-late",
  "arm-older",
  "arm-paid",
  "arm-planned",
  "complaint-hold",
  "arm-complaint",
];

/** The same numbers in every run: a linear congruence, so that a failure can be looked at again. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** 40 loans paid out over four months; some pay, some late, some in part, some never, some payments come back. */
async function fill(db: Database): Promise<void> {
  const lender = LENDER;
  await ensureLender(db, { code: lender, name: lender, zone: "Asia/Shanghai", pack: "cn", openOn: FROM });
  const { name, version, from } = strategyOf(PLAN);
  await freezeStrategy(db, { name, version, from, body: PLAN, sha256: "plan" });
  const found = await db.query<{ id: number }>("select id from lender where code = $1", [lender]);
  await ensureProduct(db, { id: found[0]!.id, code: lender } as never, PRODUCT);
  const book = bookStore(db, shelves());
  const next = drawn(4711);
  const loans = Array.from({ length: 40 }, (_, i) =>
    loanRecord(
      {
        id: `L${i}`,
        borrower: `B${i % 27}`,
        disbursedOn: addDays(day("2025-11-05"), Math.floor(next() * 120)),
        installments: 4,
      },
      i + 2,
    ),
  );
  expect((await book.loans(lender, loans)).added).toBe(40);
  const payments = [];
  const back: { loan: string; of: string; on: Day }[] = [];
  for (const { loanId, disbursedOn } of loans) {
    const care = next();
    for (let i = 1; i <= 6; i++) {
      if (next() > 0.25 + care * 0.75) continue;
      const on = addDays(disbursedOn, 31 * i + Math.floor(next() * (care > 0.6 ? 3 : 45)) - 2);
      const amount = Math.floor((next() < 0.3 ? 0.4 : 1) * (25_000 + next() * 3_000));
      const booked = addDays(on, next() < 0.15 ? 9 : 0);
      payments.push(paymentRecord(loanId, `${loanId}-P${i}`, amount, on, payments.length + 2, booked));
      if (next() < 0.08)
        back.push({ loan: loanId, of: `${loanId}-P${i}`, on: addDays(Math.max(booked, FROM) as Day, 6) });
    }
  }
  const put = await book.payments(lender, payments);
  expect(put.refused).toEqual([]);
  // What people record is for days that have come; here it waits for its close like money that came ahead.
  await db.tx(async (sql) => {
    const owner = (await findLender(sql, lender))!;
    const keys = await findKeys(
      sql,
      owner,
      loans.map(({ loanId }) => loanId),
    );
    const ahead = (loan: string, fact: OutsideFact, id: string) => ({
      line: 1,
      key: keys.get(loan)!,
      fact,
      id,
      column: "",
      value: "",
    });
    const facts = [
      ...back.map(({ loan, of, on }) =>
        ahead(loan, { kind: "EntryReversed", on, id: of, reason: "returned" }, `back ${of}`),
      ),
      ...["L3", "L11", "L20"].flatMap((loan, i) => {
        const on = addDays(day("2026-04-06"), i * 5);
        return [
          ahead(
            loan,
            { kind: "WrittenOff", on, id: `off ${loan}`, valueOn: on, lateInterest: "stops" },
            `off ${loan}`,
          ),
          ahead(loan, { kind: "HoldPlaced", on, hold: "complaint", until: null }, `held ${loan}`),
        ];
      }),
    ];
    await putFacts(personBatch(sql, owner, 1_767_225_600_000), facts, []);
  });
}

describe("figures of each day", () => {
  const books = new Map<Way, TestDatabase>();
  const dbOf = (way: Way): Database => books.get(way)!.db;
  let own: number[] = [];
  beforeAll(async () => {
    for (const way of WAYS) {
      books.set(way, await ENGINES[1]!.open());
      await fill(dbOf(way));
    }
    own = (await products(dbOf("at-once"))).map(({ id }) => id);
    const close = (way: Way, through: Day) => runClose(closeStore(dbOf(way), shelves()), LENDER, through);
    for (let on = FROM; on <= THROUGH; on = addDays(on, 1)) {
      await close("every-day", on);
      if ((on * 7) % 11 < 2) await close("now-and-then", on);
    }
    await close("now-and-then", THROUGH);
    await close("at-once", THROUGH);
  }, 120_000);
  afterAll(async () => {
    for (const book of books.values()) await book.drop();
  });

  const plain = async (way: Way) => {
    const days: string[] = [];
    // Day by day, so that no difference is hidden by a sum.
    const rows = await dbOf(way).query<{
      on_day: number;
      what: string;
      x: string;
      y: string;
      n: number;
      amount: number;
    }>(
      `select on_day, what, x, y, sum(n)::int8 as n, sum(amount)::int8 as amount from count_day where product = any($1::int2[])
       group by on_day, what, x, y having sum(n) <> 0 or sum(amount) <> 0 order by on_day, what, x, y`,
      [own],
    );
    for (const { on_day, what, x, y, n, amount } of rows)
      days.push(`${on_day} ${what} ${x}/${y} ${n} ${amount}`);
    const months = [];
    for (let month = monthIndex(FROM); month <= monthIndex(THROUGH); month++) {
      const rolled = (await rolledIn(dbOf(way), own, [month])).filter(({ from, to }) => from !== to);
      months.push(...rolled.map(({ from, to, n, amount }) => `${month} ${from} ${to} ${n} ${amount}`).sort());
    }
    return { days, months };
  };

  test("are the same whether every day is closed, or all at once, or now and then", async () => {
    const [everyDay, atOnce, nowAndThen] = await Promise.all(WAYS.map(plain));
    expect(everyDay!.days.length).toBeGreaterThan(150);
    expect(atOnce).toEqual(everyDay);
    expect(nowAndThen).toEqual(everyDay);
  });

  test("each kind that the book can bring was met", async () => {
    const met = new Set(
      (await figuresBetween(dbOf("every-day"), own, WHATS, { from: FIRST_DAY, to: THROUGH })).map(
        ({ what }) => what,
      ),
    );
    // Without a pack every step asks a person, and nothing is planned or refused.
    expect(WHATS.filter((what) => !met.has(what))).toEqual(["planned", "refused", "arm-planned"]);
  });

  test("a chunk that is closed again adds nothing", async () => {
    const before = await plain("every-day");
    await runClose(closeStore(dbOf("every-day"), shelves()), LENDER, THROUGH);
    expect(await plain("every-day")).toEqual(before);
  });

  /** The loans of the book by their journals alone, as they stood at the end of a day. */
  async function standing(way: Way, on: Day) {
    const db = dbOf(way);
    const keys = await db.query<{ bucket: number; n: number }>(
      "select bucket, n from loan_state where product = any($1::int2[])",
      [own],
    );
    const journals = await journalsOf(db, keys);
    const { product } = await contextOf(db, shelves(), LENDER);
    return keys.map((key) => {
      const facts: readonly Fact[] = journals.get(keyToNumber(key))!;
      const loan = replay(key, facts, product, on);
      return loan
        ? { cell: cellOf(loan), owed: principalOwed(loan) }
        : { cell: CELL.fresh as number, owed: 0 };
    });
  }

  test("the stock of each month's end is a full count of the book", async () => {
    for (const on of ["2026-01-31", "2026-02-28", "2026-04-30", "2026-05-05"].map(day)) {
      const stock = stockOf(
        await figuresBetween(dbOf("every-day"), own, ["stock"], { from: FIRST_DAY, to: on }),
      );
      const full = new Map<number, { n: number; amount: number }>();
      for (const { cell, owed } of await standing("at-once", on)) {
        if (cell === CELL.ended || cell === CELL.fresh) continue;
        const known = full.get(cell) ?? { n: 0, amount: 0 };
        full.set(cell, { n: known.n + 1, amount: known.amount + owed });
      }
      const sorted = (of: ReadonlyMap<number, { n: number; amount: number }>) =>
        [...of].filter(([, { n }]) => n !== 0).sort(([a], [b]) => a - b);
      expect(sorted(stock)).toEqual(sorted(full));
    }
  });

  test("the matrix of each month is what the journals say of every loan, and each of its cells lists those loans", async () => {
    let moved = 0;
    for (let month = monthIndex(FROM); month <= monthIndex(THROUGH); month++) {
      const last = Math.min(monthStart(month + 1) - 1, THROUGH) as Day;
      const [then, now] = [
        await standing("every-day", addDays(monthStart(month), -1)),
        await standing("every-day", last),
      ];
      const full = new Map<string, number>();
      then.forEach(({ cell: from }, i) => {
        const { cell: to } = now[i]!;
        if (to === CELL.fresh || (from === CELL.ended && to === CELL.ended)) return;
        full.set(movedKey(from, to), (full.get(movedKey(from, to)) ?? 0) + 1);
      });
      const stock = stockOf(
        await figuresBetween(dbOf("every-day"), own, ["stock"], {
          from: FIRST_DAY,
          to: addDays(monthStart(month), -1),
        }),
      );
      const booked = (
        await figuresBetween(dbOf("every-day"), own, ["booked"], { from: monthStart(month), to: last })
      ).reduce((sum, { n, amount }) => ({ n: sum.n + n, amount: sum.amount + amount }), { n: 0, amount: 0 });
      const matrix = monthMatrix(month, stock, booked, await rolledIn(dbOf("every-day"), own, [month]));
      const told = new Map([...matrix.moved].filter(([, { n }]) => n !== 0).map(([key, { n }]) => [key, n]));
      expect([...told].sort()).toEqual([...full].sort());
      for (const [key, n] of full) {
        const [cell, to] = key.split(" ").map(Number) as [number, number];
        const { items } = await loansBehind(
          dbOf("every-day"),
          own,
          { of: "roll", month, cell, to },
          { limit: 100 },
        );
        expect(items.length, `${month}: ${key}`).toBe(n);
        if (cell !== to) moved += n;
      }
    }
    expect(moved).toBeGreaterThan(30);
  });

  test("the loans behind payments, cures and first times are as many as the figures say", async () => {
    const asked = { from: FROM, to: THROUGH };
    for (const { what, x, y, n, amount } of await figuresBetween(
      dbOf("every-day"),
      own,
      ["cured", "move", "stage-in", "asked"],
      asked,
    )) {
      const { items } = await loansBehind(
        dbOf("every-day"),
        own,
        { of: "fact", what, ...asked, x, y },
        { limit: 500 },
      );
      expect(items.length, `${what} ${x}/${y} of ${amount}`).toBe(n);
    }
    for (const { x, y, n } of await figuresBetween(dbOf("every-day"), own, ["ever-30"], asked)) {
      const months = Number(y);
      const upTo = (limit: number) =>
        loansBehind(
          dbOf("every-day"),
          own,
          { of: "ever", level: 30, month: Number(x), months: limit },
          { limit: 100 },
        );
      expect((await upTo(months)).items.length - (await upTo(months - 1)).items.length).toBe(n);
    }
  });

  test("a page of loans goes on where the one before ended, and none is missed", async () => {
    const wanted = { of: "stock", on: day("2026-04-30"), cell: 1 } as const;
    const all = (await loansBehind(dbOf("every-day"), own, wanted, { limit: 100 })).items.map(
      ({ loan }) => loan,
    );
    const paged: string[] = [];
    let after: { bucket: number; n: number } | undefined;
    do {
      const { items, next } = await loansBehind(dbOf("every-day"), own, wanted, {
        limit: 3,
        ...(after ? { after } : {}),
      });
      paged.push(...items.map(({ loan }) => loan));
      after = next;
    } while (after);
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThanOrEqual(3);
  });
});

test("a book that is in use already is counted from its last close on, with what stood in it and who was ever late", async () => {
  const database = await ENGINES[1]!.open();
  const { db } = database;
  await fill(db);
  const store = closeStore(db, shelves());
  for (const on of ["2026-02-28", "2026-03-10"].map(day)) await runClose(store, LENDER, on);
  const own = (await products(db)).map(({ id }) => id);
  const asked = { from: FIRST_DAY, to: day("2026-03-10") };
  const sums = async (whats: string[]) =>
    (await figuresBetween(db, own, whats, asked)).map(
      ({ what, x, y, n, amount }) => `${what} ${x}/${y} ${n} ${amount}`,
    );
  const [stock, late] = [await sums(["stock"]), await sums(["ever-30", "ever-90"])];
  const ever = await db.query("select bucket, n, level, on_day from ever_late order by bucket, n, level");
  expect(late.length).toBeGreaterThan(3);
  // As a book of the version before: the tables are not there.
  await db.script(
    "drop table count_day, count_roll, band_month, ever_late; delete from migration where version >= 25",
  );
  await migrate(
    db,
    migrations().filter(({ version }) => version <= 25),
  );
  // Loans that are booked on days to come stand in the book already, and are in the count of its last close.
  const ahead = await sums(["stock"]);
  expect(ahead.filter((line) => !line.startsWith("stock 0/"))).toEqual(
    stock.filter((line) => !line.startsWith("stock 0/")),
  );
  // How many is known from the journals; of the principal of that day only what is outstanding now.
  const counted = (lines: readonly string[]) => lines.map((line) => line.split(" ").slice(0, 3).join(" "));
  expect(counted(await sums(["ever-30", "ever-90"]))).toEqual(counted(late));
  expect(await db.query("select bucket, n, level, on_day from ever_late order by bucket, n, level")).toEqual(
    ever,
  );
  await runClose(store, LENDER, THROUGH);
  expect((await sums(["stock"])).length).toBeGreaterThan(0);
  await database.drop();
}, 60_000);
