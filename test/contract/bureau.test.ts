import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atBureauDesk, type DeskVerb } from "../../src/cli/bureau/desk.ts";
import { checkReport, type FormatName, makeReport } from "../../src/cli/bureau/report.ts";
import { options } from "../../src/cli/commands/bureau.ts";
import { readOptions } from "../../src/cli/options.ts";
import { type Day, day, formatDay, holdsOn, type PersonFact } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { parseMonth } from "../../src/legal/index.ts";
import { bureauDue } from "../../src/office/bureau/due.ts";
import { monthEnd } from "../../src/office/bureau/month-end.ts";
import { creditRecord } from "../../src/office/bureau/record.ts";
import type { Io } from "../../src/office/io.ts";
import {
  bookStore,
  closeStore,
  findLender,
  type Lender,
  loanFile,
  ownersOfLoans,
  verifyBook,
} from "../../src/store/index.ts";
import { furnish, LADDER, loanRecord, PRODUCT, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { at, pack } from "../support/letters.ts";

/** Terms by hand: 1,000.00 in five months at 0.05 % a day from 10 January 2026; the first installment is 200.00 + 15.50 on 10 February. */
const LOANS = ["ON-TIME", "LATE", "UNTOLD", "NO-CONSENT", "PAID-LATE"] as const;

describe.each(ENGINES)("the credit record on $name", ({ open }) => {
  let test_: TestDatabase;
  let folder: string;
  let clock = at("2026-01-10");
  const objects: Record<string, unknown>[] = [];
  const io: Io = {
    language: "en",
    json: true,
    out: () => undefined,
    object: (value) => void objects.push(value),
    note: () => undefined,
    progress: () => undefined,
    now: () => clock,
  };
  const lender = async (): Promise<Lender> => (await findLender(test_.db, "test-lender"))!;
  const shelf = shelves(pack, () => clock);
  const close = async (through: string): Promise<void> => {
    clock = Math.max(clock, at(through));
    await runClose(closeStore(test_.db, shelf), "test-lender", day(through));
  };
  const said = async (work: () => Promise<unknown>): Promise<Record<string, unknown>[]> => {
    objects.length = 0;
    await work();
    return [...objects];
  };
  const desk = async (verb: DeskVerb, loan: string, ...args: string[]): Promise<Record<string, unknown>> => {
    const file = (await loanFile(test_.db, loan))!;
    const asked = readOptions([verb, loan, "--by", "mei", ...args], options, "en");
    const [told] = await said(() => atBureauDesk(test_.db, file, verb, asked, io));
    return told!;
  };
  const report = (month: string, format: FormatName, out: string, dryRun = false) =>
    said(async () =>
      makeReport(
        test_.db,
        await lender(),
        { month: parseMonth(month)!, format, out: join(folder, out), by: "mei", decided: [], dryRun },
        io,
      ),
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "arrears-bureau-"));
    test_ = await open();
    await furnish(test_.db, LADDER, { ...PRODUCT, lenderKind: "micro-loan" });
    const book = bookStore(test_.db, shelf);
    await book.loans(
      "test-lender",
      LOANS.map((id, i) => loanRecord({ id, disbursedOn: "2026-01-10", installments: 5 }, i + 2)),
    );
    const owners = await ownersOfLoans(test_.db, await lender(), LOANS);
    const facts: PersonFact[] = [];
    const of = (id: string): Pick<PersonFact, "on" | "at" | "id"> => ({
      on: day("2026-01-10"),
      at: at("2026-01-10", 600),
      id,
    });
    const consent = (id: string): PersonFact => ({
      kind: "ConsentGiven",
      ...of(`c ${id}`),
      kinds: ["bureau"],
      to: "lender",
      by: "writing",
    });
    const notice = (id: string): PersonFact => ({
      kind: "NoticeGiven",
      ...of(`n ${id}`),
      notice: "bureau-negative",
      debt: id,
      via: "letter",
    });
    const records = LOANS.flatMap((id) => [
      ...(id === "NO-CONSENT" ? [] : [{ owner: owners.get(id)!, fact: consent(id) }]),
      ...(id === "UNTOLD" ? [] : [{ owner: owners.get(id)!, fact: notice(id) }]),
    ]);
    facts.push(...records.map(({ fact }) => fact));
    await book.persons(
      "test-lender",
      records.map((one, line) => ({ line, ...one })),
    );
    await book.payments("test-lender", [
      paymentRecord("ON-TIME", "p1", 21_550, day("2026-02-10")),
      // One day of late interest on 200.00 at 0.075 %: 0.15.
      paymentRecord("PAID-LATE", "p2", 21_565, day("2026-02-11")),
    ]);
    await close("2026-02-28");
  });
  afterAll(async () => {
    await test_.drop();
    rmSync(folder, { recursive: true });
  });

  test("a month that is not closed is not taken", async () => {
    await expect(
      monthEnd(test_.db, await lender(), { month: parseMonth("2026-03"), dryRun: false }, io),
    ).rejects.toThrow("not closed");
  });

  test("a month's end is taken in one pass, and twice is once", async () => {
    const dry = await said(async () =>
      monthEnd(test_.db, await lender(), { month: parseMonth("2026-02"), dryRun: true }, io),
    );
    const [first] = await said(async () =>
      monthEnd(test_.db, await lender(), { month: undefined, dryRun: false }, io),
    );
    // 18 days late interest on 200.00: 2.70, with 215.50.
    expect(first).toMatchObject({
      month: "2026-02",
      loans: 5,
      known: false,
      verification: "unverified",
      byStatus: {
        CNY: {
          "1": { loans: 3, outstanding: "3000.00", pastDue: "654.60" },
          N: { loans: 1, outstanding: "800.00", pastDue: "0.00" },
          M: { loans: 1, outstanding: "800.00", pastDue: "0.00" },
        },
      },
    });
    expect(dry[0]).toMatchObject({ dryRun: true, byStatus: first!.byStatus });
    const [again] = await said(async () =>
      monthEnd(test_.db, await lender(), { month: parseMonth("2026-02"), dryRun: false }, io),
    );
    expect(again).toMatchObject({ known: true, byStatus: first!.byStatus });
    expect(
      await said(async () => monthEnd(test_.db, await lender(), { month: undefined, dryRun: false }, io)),
    ).toEqual([]);
  });

  test("without consent nothing is reported, without notice nothing bad; both are listed with their rule", async () => {
    clock = at("2026-03-02");
    const tried = await report("2026-02", "jsonl", "try.jsonl", true);
    expect(tried.at(-1)).toMatchObject({ accounts: 3, held: 2, dryRun: true, file: null });
    expect(tried.filter(({ verdict }) => verdict !== undefined)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          loan: "UNTOLD",
          verdict: "refused",
          rules: ["cn/bureau-notice"],
          allowedFrom: "never",
        }),
        expect.objectContaining({ loan: "NO-CONSENT", verdict: "refused", rules: ["cn/bureau-consent"] }),
      ]),
    );
    const made = (await report("2026-02", "jsonl", "feb.jsonl")).at(-1)!;
    expect(made).toMatchObject({ report: 1, accounts: 3, held: 2, file: join(folder, "feb.jsonl") });
    const text = readFileSync(join(folder, "feb.jsonl"), "utf8");
    expect(made.sha256).toBe(createHash("sha256").update(text).digest("hex"));
    const rows = text
      .split("\n")
      .filter((one) => one !== "")
      .map((one) => JSON.parse(one));
    expect(
      rows
        .map(({ record, loan, status }) => [record, loan, status])
        .filter(([record]) => record === "account")
        .sort(),
    ).toEqual([
      ["account", "LATE", "1"],
      ["account", "ON-TIME", "N"],
      ["account", "PAID-LATE", "M"],
    ]);
  });

  test("once is reported once; what becomes allowed later goes in a later report", async () => {
    const again = (await report("2026-02", "jsonl", "again.jsonl")).at(-1)!;
    expect(again).toMatchObject({ report: null, accounts: 0, held: 2, file: null });
    const owner = (await ownersOfLoans(test_.db, await lender(), ["UNTOLD"])).get("UNTOLD")!;
    const notice: PersonFact = {
      kind: "NoticeGiven",
      on: day("2026-03-02"),
      at: clock - 60_000,
      id: "told",
      notice: "bureau-negative",
      debt: "UNTOLD",
    };
    await bookStore(test_.db, shelf).persons("test-lender", [{ line: 1, owner, fact: notice }]);
    const more = (await report("2026-02", "csv", "more.csv")).at(-1)!;
    expect(more).toMatchObject({ report: 2, accounts: 1, held: 1 });
  });

  test("a file can be added up again, and a changed byte shows", async () => {
    const check = async (name: string) =>
      (await said(async () => checkReport(test_.db, [await lender()], join(folder, name), io)))[0]!;
    expect(await check("feb.jsonl")).toMatchObject({
      totalsHold: true,
      bodyHolds: true,
      report: { report: 1, month: "2026-02" },
    });
    expect(await check("more.csv")).toMatchObject({
      format: "csv",
      totalsHold: true,
      bodyHolds: true,
      report: { report: 2 },
    });
    const text = readFileSync(join(folder, "feb.jsonl"), "utf8");
    writeFileSync(join(folder, "changed.jsonl"), text.replace('"status":"1"', '"status":"N"'));
    expect(await check("changed.jsonl")).toMatchObject({ totalsHold: false, bodyHolds: false, report: null });
  });

  test("an objection holds the loan, marks what is reported and is answered in twenty days", async () => {
    const dispute = [
      "--says",
      "paid on 9 February",
      "--months",
      "2026-02",
      "--on",
      "2026-03-02",
      "--id",
      "d1",
    ];
    expect(await desk("dispute", "LATE", ...dispute)).toMatchObject({ answerBy: "2026-03-22", known: false });
    expect(await desk("dispute", "LATE", ...dispute)).toMatchObject({ known: true });
    await close("2026-03-11");
    const held = (await loanFile(test_.db, "LATE"))!;
    expect(holdsOn(held.stored, day("2026-03-11")).map(({ kind }) => kind)).toEqual(["dispute"]);
    const due = (on: string) => lender().then((own) => bureauDue(test_.db, own, pack, day(on), at(on)));
    expect(await due("2026-03-11")).toEqual([]);
    expect(await due("2026-03-12")).toMatchObject([{ loan: "LATE", dispute: "d1", daysLeft: 10 }]);
    expect(await due("2026-03-12")).toEqual([]);
    expect(await due("2026-03-13")).toEqual([]);
    expect(await due("2026-03-21")).toMatchObject([{ daysLeft: 1 }]);
  });

  test("the answer corrects the month, lifts the hold, and the next report carries it", async () => {
    clock = at("2026-03-22");
    const answered = "--of d1 --outcome corrected --says found --proof sha --id a1".split(" ");
    await expect(desk("answer", "LATE", ...answered)).rejects.toThrow("bureau-outcome");
    await expect(desk("correct", "LATE", "--month", "2026-01", "--to", "N", "--reason", "x")).rejects.toThrow(
      "bureau-not-reported",
    );
    const fix = [
      "--month",
      "2026-02",
      "--to",
      "N",
      "--reason",
      "payment of 9 February found",
      "--of",
      "d1",
      "--id",
      "k1",
    ];
    expect(await desk("correct", "LATE", ...fix)).toMatchObject({ was: "1", to: "N" });
    await desk("answer", "LATE", ...answered);
    await close("2026-03-31");
    const [march] = await said(async () =>
      monthEnd(test_.db, await lender(), { month: undefined, dryRun: false }, io),
    );
    expect(march).toMatchObject({ month: "2026-03", loans: 5 });
    clock = at("2026-04-02");
    const made = (await report("2026-03", "jsonl", "mar.jsonl")).at(-1)!;
    expect(made).toMatchObject({ report: 3, corrections: 1, deletions: 0 });
    const rows = readFileSync(join(folder, "mar.jsonl"), "utf8")
      .split("\n")
      .filter((one) => one.includes('"correction"'));
    expect(JSON.parse(rows[0]!)).toMatchObject({ loan: "LATE", month: "2026-02", of: 1, was: "1", now: "N" });
    expect((await report("2026-03", "jsonl", "mar2.jsonl")).at(-1)).toMatchObject({
      report: null,
      corrections: 0,
    });
    expect(holdsOn((await loanFile(test_.db, "LATE"))!.stored, day("2026-03-31"))).toEqual([]);
  });

  test("a guarantor's payment is told of its month, and a deletion takes months back", async () => {
    await close("2026-04-10");
    await desk(
      "mark",
      "UNTOLD",
      "--mark",
      "guarantor",
      "--reason",
      "guarantee called",
      "--on",
      "2026-04-02",
      "--id",
      "m1",
    );
    await desk("delete", "UNTOLD", "--months", "2026-02", "--reason", "another person's loan", "--id", "x1");
    await close("2026-04-30");
    await monthEnd(test_.db, await lender(), { month: undefined, dryRun: false }, io);
    const record = await creditRecord(
      test_.db,
      (await loanFile(test_.db, "UNTOLD"))!,
      pack,
      day("2026-04-30"),
      clock,
    );
    expect(record.months.map(({ month, now, entry }) => [month, now, entry.code])).toEqual([
      ["2026-02", "deleted", "1"],
      ["2026-03", "2", "2"],
      ["2026-04", "D", "D"],
    ]);
  });

  test("arrears cleared on 23 November 2026 go from the record after 23 November 2031", async () => {
    const through = async (on: string): Promise<void> => {
      await close(on);
      await monthEnd(test_.db, await lender(), { month: undefined, dryRun: false }, io);
    };
    await through("2026-10-31");
    await bookStore(test_.db, shelf).payments("test-lender", [
      paymentRecord("PAID-LATE", "p9", 200_000, day("2026-11-23")),
    ]);
    await through("2026-11-30");
    const on = async (asOf: string) => {
      const record = await creditRecord(
        test_.db,
        (await loanFile(test_.db, "PAID-LATE"))!,
        pack,
        day(asOf),
        clock,
      );
      return record.months
        .filter(({ month }) => month === "2026-10")
        .map(({ now, clearing }) => [
          now,
          clearing?.state,
          clearing && "lastOn" in clearing ? formatDay(clearing.lastOn as Day) : undefined,
        ]);
    };
    expect(await on("2026-10-31")).toEqual([["7", "arrears-last", undefined]]);
    expect(await on("2026-11-23")).toEqual([["7", "kept", "2031-11-23"]]);
    expect(await on("2031-11-23")).toEqual([["7", "kept", "2031-11-23"]]);
    expect(await on("2031-11-24")).toEqual([["7", "cleared", "2031-11-23"]]);
  });

  test("months that were missed are taken in order, and what a later close knows changes none of them", async () => {
    const codes = async (loan: string) =>
      (await creditRecord(test_.db, (await loanFile(test_.db, loan))!, pack, day("2026-11-30"), clock)).months
        .map(({ entry }) => entry.code)
        .join("");
    // The installment of 10 March is unpaid until 23 November: 21, 51, 82, 112, 143, 174, 204 and 235 days at the months' ends.
    expect(await codes("PAID-LATE")).toBe("M12345677C");
  });

  test("the journal holds what the row beside it says, and numbers it without a gap", async () => {
    const found = await verifyBook(test_.db, shelf, BOOK_CHECKS);
    expect(found.findings).toEqual([]);
  });
});
