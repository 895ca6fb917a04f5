import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { noticeAskedBy } from "../../src/cli/commands/agency.ts";
import {
  AGENCY_FIELDS,
  type Agency,
  day,
  instantAt,
  type Mandate,
  type Minor,
  minor,
} from "../../src/core/index.ts";
import { BOOK_CHECKS, gapIn, runClose } from "../../src/dayclose/index.ts";
import { type ChannelAdapter, dispatch } from "../../src/dispatch/index.ts";
import {
  type AgencyReport,
  agencyTallies,
  bookStore,
  caseFiles,
  closeStore,
  factsOf,
  findLender,
  type Lender,
  loanFile,
  mandates,
  outboxStore,
  placeSegment,
  products,
  promisesByCollector,
  putAgency,
  putMandate,
  recall,
  takeReports,
  verifyBook,
} from "../../src/store/index.ts";
import { furnish, loanRecord, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { emptyBook } from "../support/sql-book.ts";

const pack = loadPack("cn");
const at = (text: string, minute: number): number => instantAt("Asia/Shanghai", day(text), minute);
const NOON = 12 * 60;
const ANXIN: Agency = {
  name: "anxin",
  role: "agency",
  listed: true,
  evaluatedOn: day("2026-01-05"),
  trainedOn: day("2026-01-05"),
  active: true,
};
const MANDATE: Mandate = {
  id: "M1",
  agency: "anxin",
  from: day("2026-01-01"),
  to: day("2026-06-30"),
  segments: [],
};

const recorder = (): ChannelAdapter & { readonly sent: string[] } => {
  const sent: string[] = [];
  return {
    name: "recorder",
    carries: ["app", "text", "call", "email", "letter"],
    sent,
    send: async (_permit, message) => {
      sent.push(`${message.via} ${message.loans.join()} ${message.text}`);
      return { outcome: "sent", receipt: `r${sent.length}` };
    },
  };
};

describe.each(ENGINES)("placement with an agency over $name", (engine) => {
  let database: TestDatabase;
  let lender: Lender;
  let clock = 0;
  const shelf = shelves(pack, () => clock);
  const shelfAt = (now: number) => {
    clock = Math.max(clock, now);
    return shelf;
  };
  // 26 February: L1 to L3 are 47 days past due, L4 is not past due.
  const NOW = at("2026-02-26", NOON);

  const closeThrough = async (text: string): Promise<void> => {
    clock = Math.max(clock, at(text, 60));
    await runClose(closeStore(database.db, shelf), "test-lender", day(text));
    lender = (await findLender(database.db, "test-lender"))!;
  };
  const place = async (now: number, more: { mandate?: Mandate; dryRun?: boolean; agency?: Agency } = {}) => {
    const { mandate = MANDATE, dryRun = false, agency = ANXIN } = more;
    const asked = {
      agency,
      mandate,
      segment: { dpd: [31, 90] as const },
      now,
      lenderSteps: "pause" as const,
      dryRun,
    };
    return placeSegment(database.db, shelfAt(now), lender, asked, noticeAskedBy(pack, agency, now));
  };
  const told = async (now: number, more = {}) => {
    const done = await place(now, more);
    if (!done.ok) return done.refusal.code;
    return done.loans.map(({ loan, became, why }) => `${loan} ${became}${why ? ` ${why}` : ""}`).sort();
  };
  const send = async (now: number) => {
    const channel = recorder();
    clock = Math.max(clock, now);
    await dispatch(outboxStore(database.db, shelf), [channel], () => now);
    return channel.sent;
  };
  /** Planned, told of, delivered and placed. */
  const placed = async (): Promise<void> => {
    await place(NOW);
    await send(NOW);
    await place(NOW + 60_000);
  };

  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    clock = at("2026-01-01", 0);
    await emptyBook(database.db);
    await furnish(database.db);
    const loans = ["L1", "L2", "L3"].map((id, i) =>
      loanRecord({ id, borrower: `B of ${id}`, disbursedOn: "2025-12-10" }, i + 2),
    );
    const book = bookStore(database.db, shelf);
    await book.loans("test-lender", [...loans, loanRecord({ id: "L4", disbursedOn: "2026-02-20" }, 9)]);
    await closeThrough("2026-02-25");
    await putAgency(database.db, lender, ANXIN);
    expect(await putMandate(database.db, lender, MANDATE)).toBeUndefined();
  });

  test("the borrower is told first: the notice goes out through the gate, and only then is the loan placed", async () => {
    expect(await told(NOW, { dryRun: true })).toEqual([
      "L1 notice-first",
      "L2 notice-first",
      "L3 notice-first",
    ]);
    expect(await send(NOW)).toEqual([]);
    expect(await told(NOW)).toEqual(["L1 notice-first", "L2 notice-first", "L3 notice-first"]);
    expect(await told(NOW + 1)).toEqual(["L1 notice-underway", "L2 notice-underway", "L3 notice-underway"]);
    // At night the notice waits as any message does.
    expect(await send(at("2026-02-26", 23 * 60))).toEqual([]);
    const sent = await send(at("2026-02-27", 9 * 60));
    expect(sent).toHaveLength(3);
    expect(sent[0]).toContain("anxin");
    const later = at("2026-02-27", NOON);
    expect(await told(later)).toEqual(["L1 placed", "L2 placed", "L3 placed"]);
    expect(await told(later + 1)).toEqual([
      "L1 refused placed-already: anxin",
      "L2 refused placed-already: anxin",
      "L3 refused placed-already: anxin",
    ]);
    const file = (await loanFile(database.db, "L1"))!;
    // What the ladder planned for January is stale by now, and is not said any more.
    const kinds = file.ofBorrower.map(({ fact }) => fact.kind).filter((kind) => !kind.startsWith("Action"));
    expect(kinds).toEqual(["ContactStarted", "ContactEnded", "NoticeGiven", "Placed"]);
    expect(gapIn(file.ofBorrower)).toBeUndefined();
  });

  test("what an agency had in hand, and the money that came meanwhile, is told of it and of nobody else", async () => {
    await placed();
    const book = bookStore(database.db, shelfAt(NOW));
    await book.payments("test-lender", [
      paymentRecord("L1", "P1", 50_000, day("2026-02-28")),
      paymentRecord("L4", "P2", 10_000, day("2026-02-28"), 3),
    ]);
    await closeThrough("2026-03-02");
    const own = (await products(database.db)).map(({ id }) => id);
    const tallies = (from: string, to: string) =>
      agencyTallies(database.db, lender, own, { from: day(from), to: day(to) });
    // Three loans of 1,000.00; 500.00 came on L1. L4 was never placed.
    const anxin = {
      agency: "anxin",
      loans: 3,
      principal: 300_000,
      received: 50_000,
      payments: 1,
      complaints: 0,
    };
    expect(await tallies("2026-02-01", "2026-03-31")).toMatchObject([anxin]);
    expect(await tallies("2026-03-01", "2026-03-31")).toMatchObject([{ ...anxin, received: 0, payments: 0 }]);
    expect(await tallies("2026-01-01", "2026-01-31")).toEqual([]);
  });

  test("a loan with a dispute, with a promise or beyond the mandate's number stays with the lender", async () => {
    const book = bookStore(database.db, shelfAt(NOW));
    await book.events("test-lender", [
      {
        kind: "event",
        line: 1,
        loanId: "L1",
        id: "D",
        event: { kind: "hold", on: "2026-02-25", hold: "dispute" },
      },
      {
        kind: "event",
        line: 2,
        loanId: "L2",
        id: "P",
        event: { kind: "promise", on: "2026-02-25", amount: "100.00", by: "2026-03-01" },
      },
    ]);
    await closeThrough("2026-02-26");
    const now = at("2026-02-27", NOON);
    expect(await told(now)).toEqual([
      "L1 refused held: dispute",
      "L2 refused promise-open",
      "L3 notice-first",
    ]);
    await putMandate(database.db, lender, { ...MANDATE, id: "M2", most: 0 as number });
    expect((await told(now + 1, { mandate: { ...MANDATE, id: "M2", most: 0 } }))[2]).toBe(
      "L3 refused mandate-full",
    );
  });

  test("nothing is placed under a mandate that is over, not begun or another's, or with an agency that is not active", async () => {
    expect(await told(at("2026-07-01", NOON))).toBe("mandate-over");
    expect(await told(NOW, { mandate: { ...MANDATE, from: day("2026-03-01") } })).toBe("mandate-not-begun");
    expect(await told(NOW, { mandate: { ...MANDATE, agency: "other" } })).toBe("another-agency");
    expect(await told(NOW, { agency: { ...ANXIN, active: false } })).toBe("agency-not-active");
  });

  test("a mandate in the book changes its last day, and nothing else", async () => {
    expect(await putMandate(database.db, lender, { ...MANDATE, to: day("2026-03-31") })).toBeUndefined();
    expect((await mandates(database.db, lender))[0]!.to).toBe(day("2026-03-31"));
    expect(await putMandate(database.db, lender, { ...MANDATE, commissionPercent: "30" })).toMatchObject({
      code: "mandate-differs",
    });
  });

  test("the agency sees its own loans while they are placed, the fields it may, and that is recorded", async () => {
    expect(await caseFiles(database.db, lender, "anxin", NOW)).toEqual([]);
    await placed();
    const files = await caseFiles(database.db, lender, "anxin", NOW + 120_000);
    expect(files.map(({ loan, dpd, arrears, contactsToday }) => [loan, dpd, arrears, contactsToday])).toEqual(
      // Two installments are due, each 200.00; interest of the first 15.50, of the second 400 less: see the position.
      expect.arrayContaining([["L1", 47, expect.stringMatching(/^4\d\d\.\d\d$/), 1]]),
    );
    expect(files).toHaveLength(3);
    expect(Object.keys(files[0]!).sort()).toEqual([...AGENCY_FIELDS].sort());
    expect(await caseFiles(database.db, lender, "other", NOW + 120_000)).toEqual([]);
    const file = (await loanFile(database.db, "L1"))!;
    expect(file.ofBorrower.at(-1)!.fact).toMatchObject({ kind: "CaseShown", agency: "anxin", debt: "L1" });

    await recall(database.db, shelfAt(NOW + 180_000), lender, {
      agency: "anxin",
      reason: "complaint",
      loans: ["L1", "L9"],
      now: NOW + 180_000,
      dryRun: false,
    }).then((done) => {
      expect(done.recalled).toEqual(["L1"]);
      expect(done.refused).toMatchObject([{ value: "L9", code: "not-placed" }]);
    });
    const left = await caseFiles(database.db, lender, "anxin", NOW + 240_000);
    expect(left.map(({ loan }) => loan).sort()).toEqual(["L2", "L3"]);
  });

  test("what it reports counts while the loan is placed; on a recalled loan it is refused with the reason", async () => {
    await placed();
    const call = (loanId: string, id: string, when: number, line: number): AgencyReport => ({
      line,
      loanId,
      id,
      at: when,
      told: { kind: "contact", fact: { via: "call", outcome: "connected", address: "19900000000" } },
    });
    const when = NOW + 10 * 60_000;
    const promise: AgencyReport = {
      line: 4,
      loanId: "L1",
      id: "R4",
      at: when,
      told: { kind: "promise", event: { on: "2026-02-26", amount: "100.00", by: "2026-03-05" } },
    };
    const rows = [
      call("L1", "R1", when, 1),
      call("L2", "R2", at("2026-02-20", NOON), 2),
      call("L4", "R3", when, 3),
      promise,
      call("L1", "R5", when + 3_600_000, 5),
    ];
    const done = await takeReports(database.db, shelfAt(when), lender, "anxin", rows, when + 60_000);
    expect(done).toMatchObject({ contacts: 1, promises: 1, same: 0 });
    expect(done.refused.map(({ line, code }) => [line, code])).toEqual([
      [2, "not-yet"],
      [3, "never-placed"],
      [5, "future"],
    ]);
    const again = await takeReports(
      database.db,
      shelfAt(when),
      lender,
      "anxin",
      rows.slice(0, 1),
      when + 120_000,
    );
    expect(again).toMatchObject({ contacts: 0, same: 1, refused: [] });
    const [count] = await promisesByCollector(database.db, lender, {
      from: day("2026-01-01"),
      to: day("2026-12-31"),
    });
    expect(count).toMatchObject({ collector: "anxin", taken: 1, promised: minor(10_000) as Minor });

    const back = when + 3_600_000;
    await recall(database.db, shelfAt(back), lender, {
      agency: "anxin",
      reason: "complaint",
      loans: ["L1"],
      now: back,
      dryRun: false,
    });
    const late = await takeReports(
      database.db,
      shelfAt(back),
      lender,
      "anxin",
      [call("L1", "R6", back + 60_000, 1), call("L1", "R7", when + 1, 2), call("L2", "R8", when + 1, 3)],
      back + 120_000,
    );
    expect(late.contacts).toBe(1);
    expect(late.refused.map(({ line, code }) => [line, code])).toEqual([
      [1, "recalled"],
      [2, "recalled"],
    ]);
    expect(late.refused[0]!.says).toContain("complaint");
  });

  test("what is paid, and what stands under a mandate that is over, is recalled by itself", async () => {
    await placed();
    await bookStore(database.db, shelf).payments("test-lender", [
      paymentRecord("L2", "all", 150_000, day("2026-02-26")),
    ]);
    await closeThrough("2026-02-27");
    const now = at("2026-02-28", NOON);
    const asked = { agency: "anxin", now, dryRun: false };
    const dry = await recall(database.db, shelfAt(now), lender, { ...asked, reason: "paid", dryRun: true });
    expect(dry.recalled).toEqual(["L2"]);
    expect((await recall(database.db, shelfAt(now), lender, { ...asked, reason: "paid" })).recalled).toEqual([
      "L2",
    ]);
    expect((await recall(database.db, shelfAt(now), lender, { ...asked, reason: "paid" })).recalled).toEqual(
      [],
    );
    expect((await recall(database.db, shelfAt(now), lender, { ...asked, reason: "ended" })).recalled).toEqual(
      [],
    );
    await putMandate(database.db, lender, { ...MANDATE, to: day("2026-02-27") });
    const ended = await recall(database.db, shelfAt(now), lender, { ...asked, reason: "ended" });
    expect([...ended.recalled].sort()).toEqual(["L1", "L3"]);
  });

  test("while a loan is placed the lender's own steps wait, and after the recall they go on", async () => {
    await placed();
    await closeThrough("2026-03-20");
    const during = factsOf((await loanFile(database.db, "L1"))!).filter(({ on }) => on > day("2026-02-26"));
    expect(during.some(({ kind }) => kind === "StepPlanned")).toBe(false);
    const verified = await verifyBook(database.db, shelf, BOOK_CHECKS);
    expect(verified.findings).toEqual([]);
  });
});
