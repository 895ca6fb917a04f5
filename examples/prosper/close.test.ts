import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, type Day, day, formatDay, minor, positionFromFacts } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { shelvesOf } from "../../src/office/book.ts";
import { importFile, readMap } from "../../src/office/imports/file.ts";
import type { Io } from "../../src/office/io.ts";
import { closeStore, factsOf, loanFile, verifyBook } from "../../src/store/index.ts";
import { ENGINES, type TestDatabase } from "../../test/support/database.ts";

/** The tape read by the test itself: no quotes and no commas within cells. */
const [header, ...lines] = readFileSync(new URL("loans.csv", import.meta.url), "utf8")
  .trim()
  .split(/\r?\n/);
const names = header!.split(",");
const tape = new Map(
  lines.map((line) => {
    const cells = line.split(",");
    const row = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
    return [row.LoanNumber!, row];
  }),
);
/** Cents of a figure with up to six decimals, rounded half to even on the digits beyond: the map's own rule. */
const cents = (text: string): number => Math.round(Number(text) * 100);

const AS_OF = day("2014-03-11");
const EDGES = [1, 31, 61, 91, 121];
const bandAt = (dpd: number): number => EDGES.filter((edge) => dpd >= edge).length;

const io: Io = {
  language: "en",
  json: false,
  out: () => {},
  object: () => {},
  note: () => {},
  progress: () => {},
  now: () => 1_394_500_000_000,
};

let database: TestDatabase;
beforeAll(async () => {
  database = await ENGINES[0]!.open();
  const file = new URL("loans.csv", import.meta.url).pathname;
  const map = readMap(new URL("loans.map.yaml", import.meta.url).pathname, "loans", io);
  const quarantine = `${process.env.TMPDIR ?? "/tmp"}/prosper-quarantine-${process.pid}.csv`;
  const outcome = await importFile(database.db, io, { file, map, mapFolder: ".", quarantine, quiet: true });
  expect(outcome).toEqual({ rows: 2765, added: 2762, same: 0, updated: 0, bad: 3 });
});
afterAll(() => database.drop());

test("days past due and principal outstanding are the tape's own, for a loan of every status", async () => {
  const late = [...tape.values()].filter((row) => row.LoanCurrentDaysDelinquent !== "0");
  // 51 past due, and those defaulted or charged off.
  expect(late.length).toBeGreaterThan(400);
  const others = [...tape.values()].filter((row) => row.LoanCurrentDaysDelinquent === "0").slice(0, 200);
  for (const row of [...late, ...others]) {
    const file = (await loanFile(database.db, row.LoanNumber!))!;
    const position = positionFromFacts(file.key, factsOf(file), () => file.product, AS_OF)!;
    expect([row.LoanNumber, position.dpd]).toEqual([row.LoanNumber, Number(row.LoanCurrentDaysDelinquent)]);
    const outstanding = cents(row.LoanOriginalAmount!) - cents(row.LP_CustomerPrincipalPayments!);
    expect([row.LoanNumber, position.outstanding]).toEqual([row.LoanNumber, minor(outstanding)]);
  }
});

test("thirty closed days move each loan from band to band on the calendar's days and no others", async () => {
  const { db } = database;
  const store = closeStore(db, shelvesOf(io));
  const last = addDays(AS_OF, 29);
  for (let on = AS_OF; on <= last; on = (on + 1) as Day) await runClose(store, "prosper-tape", on);

  let moves = 0;
  for (const row of tape.values()) {
    const dpd = Number(row.LoanCurrentDaysDelinquent);
    if (dpd === 0 || row.LoanStatus === "Completed" || row.LoanStatus === "Cancelled") continue;
    const expected: string[] = [];
    for (let i = 0; i < 30; i++) {
      const before = i === 0 ? 0 : bandAt(dpd + i - 1);
      if (bandAt(dpd + i) !== before) expected.push(`${formatDay(addDays(AS_OF, i))} M${bandAt(dpd + i)}`);
    }
    const file = (await loanFile(db, row.LoanNumber!))!;
    const entered = factsOf(file).flatMap((fact) =>
      fact.kind === "BandEntered" ? [`${formatDay(fact.on)} M${fact.band}`] : [],
    );
    expect([row.LoanNumber, ...entered]).toEqual([row.LoanNumber, ...expected]);
    moves += entered.length;
  }
  expect(moves).toBeGreaterThan(450);
  const verified = await verifyBook(db, shelvesOf(io), BOOK_CHECKS);
  expect(verified.findings).toEqual([]);
});
