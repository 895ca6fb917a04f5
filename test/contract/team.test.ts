import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { day, MAY_WE, minor, type ResultCode, THE_LENDER } from "../../src/core/index.ts";
import { BOOK_CHECKS, gapIn } from "../../src/dayclose/index.ts";
import { type ChannelAdapter, dispatch, type Inbound, repliesOf } from "../../src/dispatch/index.ts";
import {
  bookStore,
  factsOf,
  inboundStore,
  loanFile,
  openBook,
  outboxStore,
  promiseOfCall,
  promisesByCollector,
  verifyBook,
} from "../../src/store/index.ts";
import { LADDER, paymentRecord } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { at, LEASE, MINUTE, Team } from "../support/team.ts";

/** Steps pause for a promise, and the borrower is reminded the day before. */
const WITH_PROMISES = LADDER.replace("    dpd: 1..15\n", "    dpd: 1..15\n    pause_on: [promise_to_pay]\n");

describe.each(ENGINES)("the collection team over $name", (engine) => {
  let database: TestDatabase;
  let team: Team;
  // Falls due on 10 January; five days past due, on the 15th at 09:30, the ladder asks for a call.
  const NOW = at("2026-01-15", 10 * 60);
  beforeAll(async () => {
    database = await engine.open();
    team = new Team(database.db);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await team.begin(WITH_PROMISES);
    await team.hire("mei");
    await team.hire("lin");
    await team.loans(
      { id: "L1", disbursedOn: "2025-12-10", phone: "19900000001" },
      { id: "L2", disbursedOn: "2025-12-10", phone: "19900000002", principal: "5000.00" },
    );
    await team.closeThrough("2026-01-15");
  });

  test("the larger arrears come first among calls that are planned for the same day, and each row says why", async () => {
    const rows = await team.list(NOW);
    expect(rows.map(({ case: one, reason }) => [one.loans, one.dpd, reason])).toEqual([
      [["L2"], 5, "planned-today"],
      [["L1"], 5, "planned-today"],
    ]);
    expect(await team.list(at("2026-01-15", 9 * 60))).toEqual([]);
  });

  test("a call that nobody made while its stage lasted is asked of nobody any more", async () => {
    await team.closeThrough("2026-01-26");
    const calls = async (day: string) =>
      (await team.list(at(day, 12 * 60))).flatMap(({ case: { act, loans }, reason }) =>
        act === "call" ? [[loans[0], reason]] : [],
      );
    // Fifteen days past due on the 25th, which is the last day of the stage.
    expect(await calls("2026-01-25")).toEqual([
      ["L2", "last-day"],
      ["L1", "last-day"],
    ]);
    expect(await calls("2026-01-26")).toEqual([]);
  });

  test("a case that was put off is given to nobody before its instant, then again to whoever asks", async () => {
    const back = NOW + 60 * MINUTE;
    const loansOf = async (now: number) => (await team.list(now)).map(({ case: { loans } }) => loans[0]);
    await team.next("mei", NOW);
    for (const wrong of [NOW + 1, NOW + 1 + 15 * 1440 * MINUTE])
      expect(await team.release("mei", NOW + 1, wrong)).toMatchObject({ ok: false, code: "not-then" });
    expect(await team.release("mei", NOW + 1, back)).toEqual({ ok: true });
    expect(await loansOf(NOW + 2)).toEqual(["L1"]);
    expect(await loansOf(back - 1)).toEqual(["L1"]);
    expect(await team.next("lin", NOW + 2)).toMatchObject({ ok: true, taken: { case: { loans: ["L1"] } } });
    expect(await team.next("mei", NOW + 3)).toMatchObject({ ok: false, code: "nothing-to-do" });
    expect(await loansOf(back)).toContain("L2");
    expect(await team.next("mei", back)).toMatchObject({ ok: true, taken: { case: { loans: ["L2"] } } });
    const released = (await loanFile(database.db, "L2"))!.ofBorrower.flatMap(({ fact }) =>
      fact.kind === "CaseReleased" ? [fact] : [],
    );
    expect(released).toMatchObject([{ why: "returned", backAt: back }]);
    // Given back without an instant it is there at once.
    await team.release("mei", back + 1);
    expect(await loansOf(back + 2)).toContain("L2");
  });

  test("two collectors hold two borrowers; one who asks again gets his own case", async () => {
    const [first, second] = [await team.next("mei", NOW), await team.next("lin", NOW)];
    expect(first).toMatchObject({ ok: true, again: false, taken: { case: { loans: ["L2"] } } });
    expect(second).toMatchObject({ ok: true, taken: { case: { loans: ["L1"] } } });
    expect(await team.next("mei", NOW + 1)).toMatchObject({
      ok: true,
      again: true,
      taken: { case: { loans: ["L2"] } },
    });
    await team.hire("kai");
    expect(await team.next("kai", NOW)).toMatchObject({ ok: false, code: "nothing-to-do" });
    expect(await team.next("nobody", NOW)).toMatchObject({ ok: false, code: "unknown-collector" });
  });

  test("a case that is given back, or whose lease is over, is somebody else's", async () => {
    await team.next("mei", NOW);
    expect(await team.release("mei", NOW + 1)).toEqual({ ok: true });
    expect(await team.release("mei", NOW + 2)).toMatchObject({ ok: false, code: "no-case" });
    expect(await team.next("lin", NOW + 3)).toMatchObject({ ok: true, taken: { case: { loans: ["L2"] } } });
    // Lin goes home without a word.
    const later = NOW + 3 + LEASE;
    expect(await team.next("mei", later - 1)).toMatchObject({ ok: true, taken: { case: { loans: ["L1"] } } });
    await team.release("mei", later);
    expect(await team.next("mei", later)).toMatchObject({ ok: true, taken: { case: { loans: ["L2"] } } });
    const file = (await loanFile(database.db, "L2"))!;
    expect(
      file.ofBorrower.flatMap(({ fact }) =>
        fact.kind === "CaseClaimed" || fact.kind === "CaseReleased"
          ? [`${fact.collector} ${fact.kind === "CaseClaimed" ? "claimed" : fact.why}`]
          : [],
      ),
    ).toEqual(["mei claimed", "mei returned", "lin claimed", "lin expired", "mei claimed"]);
  });

  test("skills and capacity decide what a collector gets", async () => {
    await team.hire("ana", { languages: ["es"] });
    await team.hire("otto", { products: ["car-loans"] });
    await team.hire("wei", { stages: ["late"] });
    for (const id of ["ana", "otto", "wei"])
      expect(await team.next(id, NOW), id).toMatchObject({ ok: false, code: "nothing-to-do" });
    await team.hire("one", { languages: ["zh"], products: ["micro"], stages: ["early"] }, { capacity: 1 });
    expect(await team.next("one", NOW)).toMatchObject({ ok: true });
    await team.begun("one", NOW);
    expect(await team.result("one", "no-answer", NOW + MINUTE)).toMatchObject({ ok: true });
    expect(await team.next("one", NOW + 2 * MINUTE)).toMatchObject({ ok: false, code: "capacity" });
  });

  test("a call is judged at its second, recorded as begun, and made once", async () => {
    await team.next("mei", NOW);
    expect(await team.result("mei", "no-answer", NOW)).toMatchObject({ ok: false, code: "not-begun" });
    const begun = await team.begun("mei", NOW);
    expect(begun).toMatchObject({
      ok: true,
      may: true,
      message: { via: "call", to: "19900000002" },
    });
    expect(await team.begun("mei", NOW + 1)).toMatchObject({ ok: false, code: "already-begun" });
    expect(await team.next("mei", NOW + 2)).toMatchObject({ ok: false, code: "already-begun" });
    expect(await team.result("mei", "agreed", NOW + MINUTE)).toMatchObject({ ok: false, code: "wrong-code" });
    expect(await team.result("mei", "no-answer", NOW + MINUTE)).toMatchObject({ ok: true, loans: ["L2"] });
    expect(await team.result("mei", "no-answer", NOW + 2 * MINUTE)).toMatchObject({
      ok: false,
      code: "no-case",
    });
    const file = (await loanFile(database.db, "L2"))!;
    expect(file.ofBorrower.map(({ fact }) => fact.kind)).toEqual([
      "CaseClaimed",
      "ContactStarted",
      "ContactEnded",
      "ContactResult",
      "CaseReleased",
    ]);
    expect(gapIn(file.ofBorrower)).toBeUndefined();
  });

  test("at night no call may be begun, and it says from when", async () => {
    const night = at("2026-01-15", 22 * 60 + 30);
    await team.next("mei", night);
    expect(await team.begun("mei", night)).toMatchObject({
      ok: true,
      may: false,
      why: "later",
      from: at("2026-01-16", 8 * 60),
      rules: ["cn/quiet-hours"],
    });
  });

  test("who has paid since the close is not called", async () => {
    await team.next("mei", NOW);
    await bookStore(database.db, team.shelf).payments("test-lender", [
      paymentRecord("L2", "P1", 200_000, day("2026-01-15")),
    ]);
    expect(await team.begun("mei", NOW)).toMatchObject({
      ok: true,
      may: false,
      why: "no-longer-due",
    });
    expect(await team.next("mei", NOW)).toMatchObject({ ok: true, taken: { case: { loans: ["L1"] } } });
  });

  test("dispatch leaves the calls of a lender with collectors to them", async () => {
    const ways: string[] = [];
    const channel: ChannelAdapter = {
      name: "recorder",
      carries: ["app", "text", "call"],
      send: async (_permit, { via }) => {
        ways.push(via);
        return { outcome: "sent", receipt: "r" };
      },
    };
    await dispatch(outboxStore(database.db, team.shelf), [channel], () => NOW);
    expect(ways).toEqual(["app", "app"]);
    expect(await team.list(NOW)).toHaveLength(2);
  });

  test("a promise that is told in a call is taken from it: its steps pause, it is broken, and its taker is counted", async () => {
    await team.next("mei", NOW);
    await team.begun("mei", NOW);
    const promise = (texts: object) => ({ promise: { event: { on: "2026-01-15", ...texts } } });
    expect(await team.result("mei", "connected-promised", NOW + MINUTE)).toMatchObject({
      ok: false,
      code: "missing",
    });
    const tooMuch = await team.result(
      "mei",
      "connected-promised",
      NOW + MINUTE,
      promise({ amount: "9999.00", by: "2026-01-21" }),
    );
    expect(tooMuch).toMatchObject({ ok: false, refused: [{ code: "more-than-owed" }] });
    const told = promise({ amount: "500.00", by: "2026-01-21" });
    expect(await team.result("mei", "connected-promised", NOW + MINUTE, told)).toMatchObject({ ok: true });
    await team.closeThrough("2026-01-22");
    expect(await team.facts("L2")).toEqual([
      "2026-01-01 LoanBooked",
      "2026-01-07 StepPlanned",
      "2026-01-11 BandEntered",
      "2026-01-11 StepPlanned",
      "2026-01-15 StepPlanned",
      "2026-01-16 PromiseMade",
      // The reminder of the 20th goes out; the ladder's message of that day waits for the promise, and no longer.
      "2026-01-20 StepLapsed",
      "2026-01-20 StepPlanned",
      "2026-01-22 PromiseBroken",
    ]);
    const [count] = await promisesByCollector(database.db, team.lender, {
      from: day("2026-01-01"),
      to: day("2026-12-31"),
    });
    expect(count).toMatchObject({
      collector: "mei",
      taken: 1,
      open: 0,
      kept: 0,
      broken: 1,
      promised: 50_000,
    });
    const verified = await verifyBook(database.db, team.shelf, BOOK_CHECKS);
    expect(verified.findings).toEqual([]);
  });

  test("whether a step may be made that a rule leaves to a person is in the worklist until it is known", async () => {
    const asked = (rows: Awaited<ReturnType<typeof team.list>>) =>
      rows.flatMap(({ case: { what, loans }, reason }) =>
        what.startsWith(MAY_WE) ? [`${loans}: ${what}, ${reason}`] : [],
      );
    const of = (on: string) => ({ on: day(on), id: on, at: at(on, 9 * 60) });
    await team.person("L1", {
      kind: "ConsentWithdrawn",
      ...of("2026-01-16"),
      kinds: ["app", "text", "email"],
    });
    await team.closeThrough("2026-01-20");
    const then = at("2026-01-20", 12 * 60);
    expect(asked(await team.list(then))).toEqual(["L1: may-we/overdue-again, rule-asks"]);
    const again = { kinds: ["text"], to: THE_LENDER } as const;
    await team.person("L1", { kind: "ConsentGiven", ...of("2026-01-21"), ...again });
    await team.closeThrough("2026-01-22");
    expect(asked(await team.list(at("2026-01-22", 12 * 60)))).toEqual([]);
    expect((await team.facts("L1")).filter((line) => /Step(Asked|Planned)/.test(line)).slice(-2)).toEqual([
      "2026-01-20 StepAsked",
      "2026-01-21 StepPlanned",
    ]);
  });

  test("a wrong number is not called again, and no file brings it back", async () => {
    await team.next("mei", NOW);
    await team.begun("mei", NOW);
    expect(await team.result("mei", "wrong-number", NOW + MINUTE)).toMatchObject({
      ok: true,
      dropped: "19900000002",
    });
    await team.loans({ id: "L2", disbursedOn: "2025-12-10", phone: "19900000002", principal: "5000.00" });
    expect((await loanFile(database.db, "L2"))!.borrower.phone).toBeNull();
    await team.closeThrough("2026-01-16");
    expect((await loanFile(database.db, "L2"))!.stored.reach).toBe(1);
    await team.loans({ id: "L2", disbursedOn: "2025-12-10", phone: "19900000009", principal: "5000.00" });
    expect((await loanFile(database.db, "L2"))!.borrower.phone).toBe("19900000009");
  });

  test.each<[ResultCode, string]>([
    ["dispute-raised", "dispute"],
    ["hardship-told", "hardship"],
    ["complaint-raised", "complaint"],
    ["deceased-told", "deceased"],
    ["cease-asked", "cease-contact"],
    ["represented", "represented"],
    ["minor-told", "minor"],
    ["insolvency-told", "insolvency"],
  ])("%s places a hold for %s, and what comes after is refused", async (code, hold) => {
    await team.next("mei", NOW);
    await team.begun("mei", NOW);
    expect(await team.result("mei", code, NOW + MINUTE, { note: "as he said" })).toMatchObject({
      ok: true,
      holds: [hold],
    });
    await team.closeThrough("2026-01-20");
    const facts = await team.facts("L2");
    expect(facts).toContain(`2026-01-16 HoldPlaced ${hold}`);
    expect(facts.at(-1)).toBe("2026-01-20 StepRefused");
  });

  test("what needs a supervisor comes first, and only one who leads can take it", async () => {
    await team.next("mei", NOW);
    await team.begun("mei", NOW);
    expect(await team.result("mei", "abuse", NOW + MINUTE)).toMatchObject({ ok: false, code: "missing" });
    await team.result("mei", "abuse", NOW + MINUTE, { note: "shouted" });
    const [first] = await team.list(NOW + 2 * MINUTE);
    expect(first).toMatchObject({ reason: "supervisor", case: { what: "supervisor/abuse", loans: ["L2"] } });
    expect(await team.next("mei", NOW + 2 * MINUTE)).toMatchObject({
      ok: true,
      taken: { case: { loans: ["L1"] } },
    });
    await team.hire("chief", {}, { lead: true });
    expect(await team.next("chief", NOW + 2 * MINUTE)).toMatchObject({
      ok: true,
      taken: { reason: "supervisor" },
    });
    expect(await team.begun("chief", NOW + 3 * MINUTE)).toMatchObject({ ok: false, code: "not-a-call" });
    expect(await team.result("chief", "agreed", NOW + 3 * MINUTE)).toMatchObject({ ok: true });
    expect((await team.list(NOW + 4 * MINUTE)).map(({ reason }) => reason)).toEqual(["planned-today"]);
  });

  test("who broke a promise comes before the others, until somebody has spoken with him", async () => {
    await team.next("mei", NOW);
    await team.begun("mei", NOW);
    const event = { on: "2026-01-15", amount: "10.00", by: "2026-01-16" };
    await team.result("mei", "connected-promised", NOW + MINUTE, { promise: { event } });
    await team.closeThrough("2026-02-19");
    // Forty days past due, the ladder asks about both loans, and its letter of day 20 is not decided yet. L1 owes less, and
    // nobody has spoken with him either.
    const rows = await team.list(at("2026-02-19", 12 * 60));
    const asks = rows.filter(({ case: one }) => one.act === "ask");
    expect(asks.map(({ case: one, reason }) => [one.loans[0], reason])).toEqual([
      ["L2", "promise-broken"],
      ["L2", "promise-broken"],
      ["L1", "left-over"],
      ["L1", "question"],
    ]);
  });
});

test("a promise that the report of a call brings is taken on its loan; one that cannot be is put before the team's lead", async () => {
  const { db, drop } = await ENGINES[0]!.open();
  const team = new Team(db);
  await team.begin(WITH_PROMISES);
  await team.loans({ id: "L1", disbursedOn: "2025-12-10" }, { id: "L2", disbursedOn: "2025-12-10" });
  await team.closeThrough("2026-01-15");
  const now = at("2026-01-15", 10 * 60);
  const calls: string[] = [];
  const tasks: ChannelAdapter = {
    name: "calls",
    carries: ["app", "call"],
    send: async (_permit, { id, via, loans }) => {
      if (via === "call") calls.push(`${loans.join()} ${id}`);
      return { outcome: "sent", receipt: id };
    },
  };
  await team.list(now);
  // Nobody is hired, so the calls are handed to the telephone system as tasks.
  await dispatch(outboxStore(db, team.shelf), [tasks], () => now);
  expect(calls).toHaveLength(2);
  const inbound = inboundStore(
    db,
    repliesOf,
    async () => {},
    (lender, owner, report) => promiseOfCall(db, team.shelf, lender, owner, report),
  );
  const report = (loan: string, amount: number): Inbound =>
    ({
      kind: "call",
      id: loan,
      channel: "calls",
      via: "call",
      at: now + MINUTE,
      action: calls.find((one) => one.startsWith(loan))!.split(" ")[1]!,
      outcome: "promised",
      by: "Li Na",
      promisedOn: day("2026-01-20"),
      promisedAmount: minor(amount),
    }) as Inbound;
  expect(await inbound.take(report("L1", 10_000), now + 2 * MINUTE)).toBe("new");
  expect(await inbound.take(report("L1", 10_000), now + 3 * MINUTE)).toBe("same");
  expect(await inbound.take(report("L2", 900_000), now + 2 * MINUTE)).toBe("new");
  const promisesOf = async (id: string) =>
    factsOf((await loanFile(db, id))!).filter(({ kind }) => kind === "PromiseMade");
  expect(await promisesOf("L1")).toMatchObject([{ takenBy: "Li Na", parts: [{ amount: 10_000 }] }]);
  expect(await promisesOf("L2")).toEqual([]);
  expect((await team.list(now + 4 * MINUTE)).map(({ reason, case: one }) => [reason, one.loans])).toEqual([
    ["supervisor", ["L2"]],
  ]);
  await drop();
}, 60_000);

test("of twenty collectors who ask at once on a server, each gets another borrower, and none is left over", async () => {
  const { db, url, drop } = await ENGINES[1]!.open();
  const team = new Team(db);
  await team.begin(WITH_PROMISES);
  const ids = Array.from({ length: 20 }, (_, i) => `c${i}`);
  for (const id of ids) await team.hire(id);
  await team.loans(...ids.map((id) => ({ id: `of ${id}`, borrower: `b ${id}`, disbursedOn: "2025-12-10" })));
  await team.closeThrough("2026-01-15");
  const now = at("2026-01-15", 10 * 60);
  // Twenty processes, each with its own connections.
  const doors = await Promise.all(ids.map(() => openBook(url!)));
  const round = async (): Promise<string[]> => {
    const claims = await Promise.all(ids.map((id, i) => team.next(id, now, doors[i])));
    return claims.flatMap((claim) => (claim.ok ? [claim.taken.case.borrower] : []));
  };
  const first = await round();
  expect(new Set(first).size).toBe(first.length);
  // Who found only locked rows asks again; who has a case keeps it.
  const second = await round();
  expect(second).toHaveLength(20);
  expect(new Set(second).size).toBe(20);
  expect(second).toEqual(expect.arrayContaining(first));
  const [held] = await db.query<{ held: number }>("select count(*)::int4 as held from claim");
  expect(held!.held).toBe(20);
  for (const door of doors) await door.close();
  await drop();
}, 60_000);
