import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import {
  borrowerN,
  type Day,
  day,
  formatDay,
  instantAt,
  type Key,
  type PersonFact,
} from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { type ChannelAdapter, dispatch, type Message } from "../../src/dispatch/index.ts";
import { type GateFacts, type Permit, type ProposedStep, replay } from "../../src/policy/index.ts";
import {
  bookStore,
  closeStore,
  contactBegun,
  factsOf,
  findKeys,
  findLender,
  loanFile,
  outboxStore,
  personFactsOf,
  verifyBook,
} from "../../src/store/index.ts";
import { furnish, loanRecord, OPENED, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { emptyBook } from "../support/sql-book.ts";

const ZONE = "Asia/Shanghai";
const pack = loadPack("cn");
const at = (text: string, minute: number): number => instantAt(ZONE, day(text), minute);

function recorder(): ChannelAdapter & { readonly sent: { permit: Permit; message: Message }[] } {
  const sent: { permit: Permit; message: Message }[] = [];
  return {
    name: "recorder",
    carries: ["app", "text", "call", "email", "letter"],
    sent,
    send: async (permit, message) => {
      sent.push({ permit, message });
      return { outcome: "sent", receipt: `r${sent.length}` };
    },
  };
}

describe.each(ENGINES)("facts of the person over $name", (engine) => {
  let database: TestDatabase;
  let clock = 0;
  const shelf = shelves(pack, () => ++clock);
  const book = () => bookStore(database.db, shelf);
  const close = async (from: string, through: string): Promise<void> => {
    for (let on = day(from); on <= day(through); on = (on + 1) as Day)
      await runClose(closeStore(database.db, shelf), "test-lender", on);
  };
  const events = (rows: readonly Record<string, string>[], how = {}) =>
    book().events(
      "test-lender",
      rows.map(({ loan, id, ...event }, i) => ({
        kind: "event",
        line: i + 2,
        loanId: loan!,
        id: id ?? `E${i}`,
        event,
      })),
      how,
    );
  const told = async (id: string): Promise<string[]> =>
    factsOf((await loanFile(database.db, id))!).map(
      (fact) =>
        `${formatDay(fact.on)} ${fact.kind}${"step" in fact ? ` ${fact.step}` : ""}${"rules" in fact ? ` ${fact.rules.join()}` : ""}`,
    );
  const ownerOf = async (loan: string): Promise<Key> => {
    const lender = (await findLender(database.db, "test-lender"))!;
    const { bucket, n } = (await findKeys(database.db, lender, [loan])).get(loan)!;
    return { bucket, n: borrowerN(n) };
  };
  const findings = async () =>
    (await verifyBook(database.db, shelf, BOOK_CHECKS)).findings.map(({ says }) => says);

  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    clock = at("2026-01-01", 12 * 60);
    await emptyBook(database.db);
    await furnish(database.db);
    // Due on 10 January; both of one borrower. The ladder sends on the day after and calls on the fifth.
    await book().loans("test-lender", [
      loanRecord({ id: "L1", borrower: "B", disbursedOn: "2025-12-10" }, 2),
      loanRecord({ id: "L2", borrower: "B", disbursedOn: "2025-12-10" }, 3),
      loanRecord({ id: "L3", borrower: "C", disbursedOn: "2025-12-10" }, 4),
    ]);
  });

  test("a wish is told once, whoever sends it again, and with other content under its id it is refused", async () => {
    const stop = { loan: "L1", kind: "stop", on: "2026-01-01", kinds: "text", id: "S" };
    expect(await events([stop])).toMatchObject({ added: 1, same: 0, refused: [] });
    clock += 60_000;
    // Said again through the borrower's other loan it is another event; through the same one it is the same.
    expect(await events([stop])).toMatchObject({ added: 0, same: 1, refused: [] });
    expect(await events([{ ...stop, kinds: "call" }])).toMatchObject({
      added: 0,
      refused: [{ line: 2, code: "differs-from-accepted" }],
    });
    const file = (await loanFile(database.db, "L2"))!;
    expect(personFactsOf(file)).toMatchObject([{ kind: "StopRequested", id: "S", kinds: ["text"] }]);
    expect(file.ofBorrower.map(({ seq, actor }) => [seq, actor])).toEqual([[1, 2]]);
    expect(await findings()).toEqual([]);
  });

  test("a dry run says what would be told, and nothing is", async () => {
    const done = await events([{ loan: "L1", kind: "placement", on: "2026-01-01", with: "Agency" }], {
      dryRun: true,
    });
    expect(done).toMatchObject({ added: 1, told: [{ known: false, fact: { kind: "Placed", debt: "L1" } }] });
    expect(personFactsOf((await loanFile(database.db, "L1"))!)).toEqual([]);
  });

  test.each([
    ["a loan of somebody else", { kind: "stop", debt: "L3" }, "not-his-debt"],
    ["a recall of what is not placed", { kind: "recall" }, "not-placed"],
    ["a day that is still to come", { kind: "attorney", on: "2026-02-01" }, "future-day"],
    ["a word that is none", { kind: "contact", via: "phone", at: "09:00" }, "unknown-value"],
  ])("%s is refused, and the rest of the file is taken", async (_, event, code) => {
    const done = await events([
      { loan: "L1", on: "2026-01-01", ...event },
      { loan: "L1", on: "2026-01-01", kind: "employer" },
    ]);
    expect(done).toMatchObject({ added: 1, refused: [{ line: 2, code }] });
  });

  test("what arrives after its day was closed is booked on the next, and the day is not told it", async () => {
    await close("2026-01-01", "2026-01-09");
    clock = at("2026-01-09", 20 * 60);
    const done = await events([{ loan: "L1", kind: "ban", on: "2026-01-05" }]);
    expect(done.told[0]!.fact.on).toBe(day("2026-01-10"));
  });

  test("STOP by text between planning and sending: the message is not sent to him, and is to others", async () => {
    await close("2026-01-01", "2026-01-11");
    const planned = (await told("L1")).filter((line) => line.includes("StepPlanned"));
    expect(planned).toContain("2026-01-11 StepPlanned early/send-overdue@1");
    clock = at("2026-01-11", 9 * 60 + 30);
    await events([{ loan: "L2", kind: "stop", on: "2026-01-11", kinds: "app,text" }]);
    const channel = recorder();
    const report = await dispatch(outboxStore(database.db, shelf), [channel], () =>
      at("2026-01-11", 10 * 60),
    );
    expect(channel.sent.map(({ message }) => message.to)).toEqual(["app-1"]);
    expect(report).toMatchObject({ sent: 1, because: { "cn/private-peace": 1 } });
    const { ofBorrower } = (await loanFile(database.db, "L1"))!;
    const cancelled = ofBorrower.map(({ fact }) => fact).filter(({ kind }) => kind === "ActionCancelled");
    expect(cancelled.at(-1)).toMatchObject({ why: "not-allowed", rules: ["cn/private-peace"] });
  });

  test("a loan placed between planning and sending: the lender's message is not sent", async () => {
    await close("2026-01-01", "2026-01-11");
    clock = at("2026-01-11", 9 * 60 + 30);
    await events([
      { loan: "L1", kind: "placement", on: "2026-01-11", with: "Agency", id: "P1" },
      { loan: "L2", kind: "placement", on: "2026-01-11", with: "Agency", id: "P2" },
    ]);
    const report = await dispatch(outboxStore(database.db, shelf), [recorder()], () => at("2026-01-11", 600));
    expect(report).toMatchObject({ sent: 1, because: { "strategy/placed": 1 } });
  });

  test("of two loans the one that is placed is left out of the message", async () => {
    await close("2026-01-01", "2026-01-11");
    clock = at("2026-01-11", 9 * 60 + 30);
    await events([{ loan: "L1", kind: "placement", on: "2026-01-11", with: "Agency" }]);
    const channel = recorder();
    await dispatch(outboxStore(database.db, shelf), [channel], () => at("2026-01-11", 600));
    expect(channel.sent.map(({ message }) => message.loans).sort()).toEqual([["L2"], ["L3"]]);
  });

  test("a placed loan waits through the closes, and its recall takes up what waited", async () => {
    await events([{ loan: "L1", kind: "placement", on: "2026-01-01", with: "Agency", id: "P" }]);
    await close("2026-01-01", "2026-01-12");
    clock = at("2026-01-13", 8 * 60);
    await events([{ loan: "L1", kind: "recall", on: "2026-01-13", id: "R" }]);
    await close("2026-01-13", "2026-01-14");
    expect((await told("L1")).filter((line) => line.includes("@1"))).toEqual([
      "2026-01-11 StepRefused early/send-overdue@1 strategy/placed",
      "2026-01-13 StepPlanned early/send-overdue@1",
    ]);
    expect((await told("L2")).filter((line) => line.includes("@1"))).toEqual([
      "2026-01-11 StepPlanned early/send-overdue@1",
    ]);
    expect(await findings()).toEqual([]);
  });

  test("calls that an agency reports are counted with the lender's own, and a report made by mistake is taken out", async () => {
    const calls = [8 * 60, 8 * 60 + 20, 8 * 60 + 40].map((minute, i) => ({
      loan: "L1",
      kind: "contact",
      on: "2026-01-15",
      at: `0${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`,
      via: "call",
      outcome: "connected",
      who: "Agency",
      id: `K${i}`,
    }));
    await close("2026-01-01", "2026-01-14");
    clock = at("2026-01-15", 9 * 60);
    expect(await events(calls)).toMatchObject({ added: 3, refused: [] });
    await close("2026-01-15", "2026-01-15");
    const call = async () => (await told("L1")).filter((line) => line.includes("call-borrower"));
    expect(await call()).toEqual(["2026-01-15 StepRefused early/call-borrower@5 cn/connected-calls"]);
    clock = at("2026-01-15", 20 * 60);
    await events([
      { loan: "L1", kind: "reversal", on: "2026-01-15", of: "K2", reason: "another person", id: "X" },
    ]);
    const facts = personFactsOf((await loanFile(database.db, "L1"))!);
    expect(facts.at(-1)).toMatchObject({ kind: "PersonFactReversed", of: "K2", on: day("2026-01-16") });
    await close("2026-01-16", "2026-01-16");
    expect((await call()).at(-1)).toBe("2026-01-16 StepPlanned early/call-borrower@5");
    expect(await findings()).toEqual([]);
  });

  test("a permit keeps what was known of the person, and judges again to the same answer", async () => {
    await events([
      { loan: "L3", kind: "consent", on: "2026-01-01", kinds: "text,app", id: "C" },
      { loan: "L3", kind: "notice", on: "2026-01-01", notice: "outsourcing", id: "N" },
      { loan: "L3", kind: "stop", on: "2026-01-01", kinds: "call", id: "S" },
    ]);
    await close("2026-01-01", "2026-01-11");
    clock = at("2026-01-11", 600);
    const channel = recorder();
    await dispatch(outboxStore(database.db, shelf), [channel], () => at("2026-01-11", 600));
    const { message } = channel.sent.find(({ message: { loans } }) => loans.includes("L3"))!;
    const { fact } = (await contactBegun(database.db, message.id))!;
    const { step, facts } = fact.judged as { step: ProposedStep; facts: GateFacts };
    expect(facts).toMatchObject({
      consents: [{ kinds: ["text", "app"], to: "actor" }],
      notices: [{ kind: "outsourcing", debt: "L3" }],
      stops: [{ kinds: ["call"] }],
      debts: [{ id: "L3", state: "open" }],
    });
    const recorded = { pack: fact.pack, verdict: fact.verdict!, rules: fact.rules, step, facts };
    expect(replay(recorded, pack)).toMatchObject({ samePack: true, sameVerdict: true, gone: [], added: [] });
  });

  test("facts that a channel or an agency brings are told by the borrower's key", async () => {
    const fact: PersonFact = {
      kind: "StopRequested",
      on: OPENED,
      id: "inbound 1",
      at: clock,
      kinds: ["text"],
      words: "STOP",
    };
    const record = { line: 1, owner: await ownerOf("L1"), fact };
    expect(await book().persons("test-lender", [record], { actor: "dispatch" })).toMatchObject({ added: 1 });
    expect(await book().persons("test-lender", [record], { actor: "dispatch" })).toMatchObject({ same: 1 });
    const [entry] = (await loanFile(database.db, "L2"))!.ofBorrower;
    expect(entry).toMatchObject({ actor: 3, fact: { words: "STOP" } });
  });

  test("two who tell of one borrower at once both stand, numbered without a gap", async () => {
    const owner = await ownerOf("L1");
    const fact = (id: string): PersonFact => ({
      kind: "EmployerNoted",
      on: OPENED,
      id,
      at: clock,
      forbids: true,
    });
    const tell = (id: string) =>
      bookStore(database.db, shelf).persons("test-lender", [{ line: 1, owner, fact: fact(id) }]);
    await Promise.all(["A", "B", "C", "D"].map(tell));
    const { ofBorrower } = (await loanFile(database.db, "L1"))!;
    expect(ofBorrower.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await findings()).toEqual([]);
  });

  test("verify finds a row of the person that his journal does not say, and one that is missing", async () => {
    await events([{ loan: "L1", kind: "stop", on: "2026-01-01", kinds: "text", id: "S" }]);
    await database.db.run("update person set facts = replace(facts, 'text', 'call') where bucket >= 0");
    expect(await findings()).toEqual([expect.stringContaining("the row of what is known of the person is")]);
    await database.db.run("delete from person where bucket >= 0");
    expect(await findings()).toEqual([expect.stringContaining("absent and by replay")]);
  });
});
