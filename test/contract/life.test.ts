import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { day, type Fact, formatInstant, formatMoney, position } from "../../src/core/index.ts";
import { BOOK_CHECKS } from "../../src/dayclose/index.ts";
import { dispatch, readChannels, repliesOf, type Wired, wireChannels } from "../../src/dispatch/index.ts";
import {
  bookStore,
  type InboundStore,
  inboundStore,
  listOutbox,
  loanFile,
  outboxStore,
  verifyBook,
} from "../../src/store/index.ts";
import { JOURNAL_COLUMNS, readJournal } from "../../src/store/rows.ts";
import { loanRecord, paymentRecord } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { testTools } from "../support/permit.ts";
import { Centre } from "../support/smpp-centre.ts";
import { at, MINUTE, Team } from "../support/team.ts";

const STRATEGY = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: A life from the reminder to the thanks.
stages:
  - stage: before
    dpd: -3..0
    steps:
      - { on_dpd: -3, send: reminder, by: [text] }
  - stage: early
    dpd: 1..15
    steps:
      - { on_dpd: 1, send: overdue, by: [text] }
      - { on_dpd: 5, call: borrower, at: "18:30" }
    pause_on: [promise_to_pay]
  - stage: formal
    dpd: 16..90
    steps:
      - { on_dpd: 20, letter: lawyers-letter }
      - { on_dpd: 22, call: borrower, at: "18:30" }
    pause_on: [promise_to_pay]
at_end:
  - { when: [paid_off, settled], send: thanks, by: [text], at: "10:00" }
`;
const PHONE = "19900000001";

describe.each(ENGINES)("the whole life of a loan over $name", (engine) => {
  let database: TestDatabase;
  let team: Team;
  let centre: Centre;
  let wired: Wired;
  let inbound: InboundStore;
  const tools = testTools();
  beforeAll(async () => {
    database = await engine.open();
    team = new Team(database.db);
    centre = new Centre();
    const port = await centre.open();
    const yaml = `
channels:
  sms: { adapter: smpp, host: 127.0.0.1, port: ${port}, system_id: lender, password: { env: SMPP_PASSWORD }, from: "10690000", country_code: "86", long: payload }
routes:
  - text: [sms]
`;
    const read = readChannels(yaml, "channels.yaml");
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    wired = wireChannels(read.file, tools, { SMPP_PASSWORD: "secret" });
  });
  afterAll(async () => {
    await wired.close();
    await centre.close();
    await database.drop();
  });
  beforeEach(async () => {
    await team.begin(STRATEGY);
    await team.hire("mei");
    // 1,000.00 in five parts, paid out on 10 December: the first, 200.00 and 15.50 interest, falls due on 10 January.
    const record = loanRecord({ id: "L1", borrower: "Wang", disbursedOn: "2025-12-10" });
    await bookStore(database.db, team.shelf).loans("test-lender", [
      { ...record, borrower: { phone: PHONE } },
    ]);
    inbound = inboundStore(database.db, repliesOf, async () => {});
    for (const { listen } of wired.named)
      void listen?.(async (event) => void (await inbound.take(event, tools.at)));
  });
  afterEach(() => {
    centre.submitted.splice(0);
  });

  const send = async (now: number) => {
    tools.at = now;
    return dispatch(outboxStore(database.db, team.shelf), wired.routed, () => now);
  };
  const texts = (): string[] =>
    centre.submitted.map(({ message_payload }) => {
      const { message } = message_payload as { message: Buffer | string };
      return typeof message === "string" ? message : message.swap16().toString("utf16le");
    });
  /** Facts of the borrower himself since a place in his journal, each in a few words. */
  const said = async (): Promise<string[]> => {
    const bytes = await database.db.copyOut(
      `select ${JOURNAL_COLUMNS.join(", ")} from journal where bucket >= 0 and n % 4096 = 0 order by bucket, n, seq`,
    );
    return [...readJournal(bytes, database.db.vault)].map(({ fact }) => inWords(fact));
  };

  test("reminded, late, called, promised, broken, a letter asked for, paid, thanked", async () => {
    // Three days before: the reminder goes out by SMPP, and the carrier's receipt comes back on the same line.
    await team.closeThrough("2026-01-07");
    expect(await send(at("2026-01-07", 10 * 60))).toMatchObject({ sent: 1 });
    expect(texts().at(-1)).toMatch(/^【Test lender】您的贷款将于2026-01-10到期，应还215\.50元。/u);
    expect(await centre.delivered("AB1", `86${PHONE}`, "DELIVRD", "2601071001")).toBe(0);

    // Nothing is paid on the 10th. The day after, the loan is late and its borrower is told.
    await team.closeThrough("2026-01-11");
    expect(await send(at("2026-01-11", 10 * 60))).toMatchObject({ sent: 1 });
    expect(texts().at(-1)).toContain("您有1笔贷款自2026-01-10起逾期");
    expect(await centre.delivered("AB2", `86${PHONE}`, "DELIVRD", "2601111001")).toBe(0);

    // Five days late a call is due in the evening. At 22:00 the collector may not make it any more, and is told why.
    await team.closeThrough("2026-01-15");
    const night = at("2026-01-15", 22 * 60);
    expect(await team.next("mei", night)).toMatchObject({ ok: true });
    expect(await team.begun("mei", night)).toMatchObject({
      ok: true,
      may: false,
      rules: ["cn/quiet-hours"],
      from: at("2026-01-16", 8 * 60),
    });
    // At 08:00 she may: he promises 215.50 and the late interest by the 20th.
    const morning = at("2026-01-16", 8 * 60);
    await team.closeThrough("2026-01-16");
    expect(await team.next("mei", morning)).toMatchObject({ ok: true });
    expect(await team.begun("mei", morning)).toMatchObject({ ok: true, may: true });
    const event = { on: "2026-01-16", amount: "218.00", by: "2026-01-20" };
    const told = { promise: { event } };
    expect(await team.result("mei", "connected-promised", morning + 5 * MINUTE, told)).toMatchObject({
      ok: true,
    });

    // On the 19th he is reminded of it; on the 20th nothing comes, and the day after the promise is broken.
    await team.closeThrough("2026-01-19");
    expect(await send(at("2026-01-19", 10 * 60))).toMatchObject({ sent: 1 });
    expect(texts().at(-1)).toContain("您此前告知将于2026-01-20还款218.00元");
    await team.closeThrough("2026-01-21");
    expect((await team.facts("L1")).at(-1)).toBe("2026-01-21 PromiseBroken");

    // Twenty days late a person is asked for a lawyer's letter; two days later another call is due. Nobody has come to either.
    await team.closeThrough("2026-02-01");
    const waiting = await team.list(at("2026-02-01", 19 * 60));
    expect(waiting.map(({ case: { act, what } }) => `${act} ${what}`).sort()).toEqual([
      "ask lawyers-letter",
      "call borrower",
    ]);

    // On 2 February he pays all that is owed: 1,000.00; interest of 31 days on 1,000.00 = 15.50 and of 23 days on 800.00 =
    // 9.20; late interest of 23 days on 200.00 at 0.075 % a day = 3.45.
    const file = (await loanFile(database.db, "L1"))!;
    const { payoff } = position(file.stored, file.product, day("2026-02-02"));
    expect(formatMoney(payoff)).toBe("1028.15");
    const payment = paymentRecord("L1", "P1", payoff, day("2026-02-02"));
    await bookStore(database.db, team.shelf).payments("test-lender", [payment]);
    await team.closeThrough("2026-02-02");
    expect((await team.facts("L1")).slice(-3)).toEqual([
      "2026-02-02 PaymentReceived",
      "2026-02-02 LoanEnded",
      "2026-02-02 StepPlanned",
    ]);
    // What was pending is cancelled, and he is thanked.
    expect(await team.list(at("2026-02-02", 19 * 60))).toEqual([]);
    expect(await send(at("2026-02-02", 10 * 60))).toMatchObject({ sent: 1 });
    expect(texts().at(-1)).toBe(
      "【Test lender】您于2025-12-10借入的1000.00元贷款已全部结清，不再有应还款项，感谢您的还款。如需结清证明或有疑问，请与我们联系。",
    );
    expect(await centre.delivered("AB4", `86${PHONE}`, "DELIVRD", "2602021001")).toBe(0);

    // Nothing more is ever made of it.
    await team.closeThrough("2026-03-31");
    expect(await send(at("2026-03-31", 10 * 60))).toMatchObject({ sent: 0 });
    expect(await listOutbox(database.db, ["planned", "started", "unknown", "failed"], 10)).toEqual([]);
    expect(await said()).toEqual([
      "2026-01-07 10:00 text begun under cn",
      "2026-01-07 10:00 sent",
      "2026-01-07 10:00 delivered",
      "2026-01-11 10:00 text begun under cn",
      "2026-01-11 10:00 sent",
      "2026-01-11 10:00 delivered",
      // At night the case was taken and given back.
      "CaseClaimed",
      "CaseReleased",
      "CaseClaimed",
      "2026-01-16 08:00 call begun under cn",
      "2026-01-16 08:05 connected",
      "ContactResult",
      "CaseReleased",
      "2026-01-19 10:00 text begun under cn",
      "2026-01-19 10:00 sent",
      "2026-02-02 letter cancelled: loan-ended",
      "2026-02-02 call cancelled: loan-ended",
      "2026-02-02 10:00 text begun under cn",
      "2026-02-02 10:00 sent",
      "2026-02-02 10:00 delivered",
    ]);
    const checks = BOOK_CHECKS;
    expect((await verifyBook(database.db, team.shelf, checks)).findings).toEqual([]);
  });
});

function inWords(fact: Fact): string {
  const when =
    "at" in fact
      ? formatInstant("Asia/Shanghai", fact.at as number)
          .slice(0, 16)
          .replace("T", " ")
      : "";
  switch (fact.kind) {
    case "ContactStarted":
      return `${when} ${fact.via} begun under ${fact.pack.split(" ")[0]!.split("-")[0]!}`;
    case "ContactEnded":
      return `${when} ${fact.outcome}`;
    case "DeliveryReported":
      return `${when} ${fact.status}`;
    case "ActionCancelled":
      return `${when.slice(0, 10)} ${/letter|call/.exec(fact.action)?.[0]} cancelled: ${fact.why}`;
    default:
      return fact.kind;
  }
}
