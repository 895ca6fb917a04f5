import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { day, type Fact, formatDay, holdsOn, positionFromFacts, replay } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { bookStore, closeStore, factsOf, loanFile, migrate } from "../../src/store/index.ts";
import { furnish, loanRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { at, pack } from "../support/letters.ts";

const LOANS = Array.from({ length: 12 }, (_, i) => `L${i + 1}`);
const NOON = at("2026-01-20", 12 * 60);

describe.each(ENGINES)("facts of one millisecond over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db);
    await bookStore(
      database.db,
      shelves(pack, () => at("2026-01-05")),
    ).loans(
      "test-lender",
      LOANS.map((id, i) => loanRecord({ id, borrower: id, disbursedOn: "2026-01-05" }, i + 2)),
    );
    await runClose(
      closeStore(
        database.db,
        shelves(pack, () => at("2026-01-19")),
      ),
      "test-lender",
      day("2026-01-19"),
    );
  });
  afterAll(() => database.drop());

  /** One write by somebody of his own, at noon to the millisecond: another request, or another process. */
  const put = async (id: string, more: Record<string, unknown>): Promise<void> => {
    const { refused } = await bookStore(
      database.db,
      shelves(pack, () => NOON),
    ).events("test-lender", [
      {
        kind: "event",
        line: 1,
        loanId: id,
        id: `${id} ${JSON.stringify(more)}`,
        event: { on: "2026-01-20", ...more },
      },
    ]);
    expect(refused).toEqual([]);
  };
  const told = (facts: readonly Fact[]): string[] =>
    facts.flatMap((fact) =>
      fact.kind === "HoldPlaced"
        ? [`${fact.hold} until ${fact.until === null ? "answered" : formatDay(fact.until)}`]
        : fact.kind === "HoldLifted"
          ? [`${fact.hold} lifted`]
          : fact.kind === "PaymentReceived"
            ? [`paid ${fact.amount}`]
            : [],
    );

  test("stand in the order in which they came, on every read, before their close and after it", async () => {
    // Each act of the hold changes what the one before it left: in another order the loan would end elsewhere.
    const acts = [
      { kind: "hold", hold: "dispute", until: "2026-02-01" },
      { kind: "lift", hold: "dispute" },
      { kind: "hold", hold: "complaint", until: "2026-02-02" },
      { kind: "payment", amount: "10.00" },
      { kind: "lift", hold: "complaint" },
      { kind: "hold", hold: "dispute" },
      { kind: "payment", amount: "20.00" },
    ];
    for (const act of acts) for (const id of LOANS) await put(id, act);
    const expected = [
      "dispute until 2026-02-01",
      "dispute lifted",
      "complaint until 2026-02-02",
      "paid 1000",
      "complaint lifted",
      "dispute until answered",
      "paid 2000",
    ];
    const seen = async (id: string) => {
      const file = (await loanFile(database.db, id))!;
      const facts = factsOf(file);
      const loan = replay(file.key, facts, () => file.product)!;
      return {
        told: told(facts),
        holds: holdsOn(loan, day("2026-01-25")),
        position: positionFromFacts(file.key, facts, () => file.product, day("2026-02-20")),
      };
    };
    const first = await Promise.all(LOANS.map(seen));
    for (const one of first) {
      expect(one.told).toEqual(expected);
      expect(one.holds).toEqual([{ kind: "dispute" }]);
    }
    // Rows lie elsewhere in the table after each touch; the order is the same.
    for (let i = 0; i < 3; i++) {
      await database.db.run(`update inbox set payload = payload where ord % 3 = ${i}`);
      expect(await Promise.all(LOANS.map(seen))).toEqual(first);
    }
    await runClose(
      closeStore(
        database.db,
        shelves(pack, () => at("2026-01-20", 23 * 60)),
      ),
      "test-lender",
      day("2026-01-20"),
    );
    expect(await database.db.query("select n from inbox")).toEqual([]);
    const after = await Promise.all(LOANS.map(seen));
    for (const [i, one] of after.entries()) {
      expect(one.told).toEqual(expected);
      expect(one.position).toEqual(first[i]!.position);
    }
  });

  test("many facts of one write keep their order behind those of another write of that millisecond", async () => {
    const many = (from: number) =>
      Array.from({ length: 30 }, (_, i) => ({
        kind: "event" as const,
        line: i + 1,
        loanId: LOANS[i % 3]!,
        id: `many ${from + i}`,
        event: { kind: "payment", on: "2026-01-21", amount: ((from + i) / 100).toFixed(2) },
      }));
    const shelf = shelves(pack, () => at("2026-01-21", 60));
    for (const from of [1, 101, 201])
      expect((await bookStore(database.db, shelf).events("test-lender", many(from))).refused).toEqual([]);
    const file = (await loanFile(database.db, "L1"))!;
    const waiting = file.waiting.map(({ fact }) => (fact.kind === "PaymentReceived" ? fact.amount : 0));
    const own = (from: number) => Array.from({ length: 10 }, (_, i) => from + 3 * i);
    expect(waiting).toEqual([...own(1), ...own(101), ...own(201)]);
  });
});

describe.each(ENGINES)("a book in which facts wait when the program is renewed, over $name", ({ open }) => {
  test("keeps their order, and numbers those that stood equal once and for all", async () => {
    const { db, drop } = await open();
    try {
      // The table as it was before.
      await db.script(`
        delete from migration where version = 47;
        alter table inbox drop constraint inbox_pkey;
        alter table inbox add column digest int4 not null default 0;
        alter table inbox add primary key (bucket, n, recorded_at, ord, digest);`);
      const rows = [
        // recorded_at, bucket, n, ord, digest
        [1000, 7, 1, 0, 5],
        [1000, 7, 1, 0, -3],
        [1000, 7, 1, 1, 9],
        [1000, 7, 1, 1, 4],
        [2000, 7, 1, 6, 1],
        [1000, 7, 2, 4, 2],
      ];
      for (const row of rows)
        await db.run(
          `insert into inbox (recorded_at, bucket, n, ord, digest, on_day, lender, actor, kind, payload)
           values ($1, $2, $3, $4, $5, 20000, 1, 0, 4, $6)`,
          [...row, `{"was":"${row[3]}/${row[4]}"}`],
        );
      await migrate(db);
      const told = await db.query<{ n: number; at: number; ord: number; payload: string }>(
        "select n, recorded_at as at, ord, payload from inbox order by n, recorded_at, ord",
      );
      expect(
        told.map(({ n, at: then, ord, payload }) => `${n} ${then} ${ord} ${JSON.parse(payload).was}`),
      ).toEqual([
        "1 1000 0 0/-3",
        "1 1000 1 0/5",
        "1 1000 2 1/4",
        "1 1000 3 1/9",
        "1 2000 0 6/1",
        "2 1000 0 4/2",
      ]);
    } finally {
      await drop();
    }
  });
});
