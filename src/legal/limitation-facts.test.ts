import { describe, expect, test } from "vitest";
import { PRODUCT } from "../../test/support/product.ts";
import {
  actionId,
  type ContactEnded,
  type Day,
  day,
  type Fact,
  formatDay,
  instantAt,
  minor,
  type ProceedingEvent,
  type ProceedingKind,
  type Product,
} from "../core/index.ts";
import { limitedDebt } from "./limitation-facts.ts";

const ZONE = "Asia/Shanghai";

const BOOKED: Fact = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L1",
  product: 1,
  principal: minor(1_200_000),
  rateE8: 50_000,
  disbursedOn: day("2026-01-10"),
  firstDueOn: day("2026-02-10"),
  installments: 3,
  reach: 255,
};
const on = day("2026-05-01");
const at = (text: string): number => instantAt(ZONE, day(text), 600);

interface Told {
  readonly loan?: readonly Fact[];
  readonly person?: readonly Fact[];
  readonly product?: Product;
  readonly knownOn?: Day;
}

const debtOf = ({ loan = [], person = [], product = PRODUCT, knownOn }: Told) =>
  limitedDebt({ product, facts: [BOOKED, ...loan], ofBorrower: person, zone: ZONE }, knownOn)!;

/** Each event as a line: its day, its kind, its proof, what it is called. */
const events = (told: Told): string[] =>
  debtOf(told).events.map((event) =>
    [formatDay(event.on), event.kind, "proof" in event ? event.proof : "", event.ref ?? ""]
      .join(" ")
      .trimEnd(),
  );

const paid = (id: string, valueOn: string, bookedOn = valueOn): Fact => ({
  kind: "PaymentReceived",
  on: day(bookedOn),
  id,
  amount: minor(1000),
  valueOn: day(valueOn),
});

describe("what falls due", () => {
  test("is the contract's plan", () => {
    expect(debtOf({}).dueOn.map(formatDay)).toEqual(["2026-02-10", "2026-03-10", "2026-04-10"]);
    expect(debtOf({}).provenDueOn).toBeUndefined();
  });

  test("is a new plan where one was agreed, and the contract's stays what is proved", () => {
    const replaced: Fact = {
      kind: "PlanReplaced",
      on: day("2026-03-20"),
      id: "R1",
      valueOn: day("2026-03-20"),
      how: "restructure",
      firstDueOn: day("2026-06-10"),
      installments: 2,
      interest: "carry",
      late: "keep",
    };
    const debt = debtOf({ loan: [replaced] });
    expect(formatDay(Math.max(...debt.dueOn) as Day)).toBe("2026-07-10");
    expect(formatDay(Math.max(...debt.provenDueOn!) as Day)).toBe("2026-04-10");
    expect(events({ loan: [replaced] })).toEqual(["2026-03-20 installment-plan words R1"]);
    const undone: Fact = { kind: "EntryReversed", on, id: "R1", reason: "mistake" };
    expect(debtOf({ loan: [replaced, undone] })).toEqual(debtOf({}));
  });

  test("of a loan that was made due and then planned anew is the new plan; proved is the day on which it was made due", () => {
    const due: Fact = { kind: "LoanAccelerated", on: day("2026-03-15"), id: "A", valueOn: day("2026-03-15") };
    const replaced: Fact = {
      kind: "PlanReplaced",
      on: day("2026-03-20"),
      id: "R1",
      valueOn: day("2026-03-20"),
      how: "restructure",
      firstDueOn: day("2026-06-10"),
      installments: 2,
      interest: "carry",
      late: "keep",
    };
    const debt = debtOf({ loan: [due, replaced] });
    expect(formatDay(Math.max(...debt.dueOn) as Day)).toBe("2026-07-10");
    expect(debt.provenDueOn!.map(formatDay)).toEqual(["2026-03-15"]);
    expect(events({ loan: [due, replaced] })).toEqual(["2026-03-20 installment-plan words R1"]);
  });

  test("is nothing before the loan was booked", () => {
    const asked = { product: PRODUCT, facts: [BOOKED], ofBorrower: [], zone: ZONE };
    expect(limitedDebt(asked, day("2025-12-31"))).toBeUndefined();
    expect(limitedDebt(asked, day("2026-01-01"))).toBeDefined();
  });
});

describe("what is booked on the loan", () => {
  test("a payment counts from its value day, is proved by its entry, and not at all when it is reversed", () => {
    expect(events({ loan: [paid("P1", "2026-04-20", "2026-04-22")] })).toEqual([
      "2026-04-20 part-payment booked P1",
    ]);
    const reversed: Fact = { kind: "EntryReversed", on, id: "P1", reason: "bounced" };
    expect(events({ loan: [paid("P1", "2026-04-20"), reversed] })).toEqual([]);
  });

  test("a fact that was booked later is not known", () => {
    const loan = [paid("P1", "2026-04-20", "2026-04-22")];
    expect(events({ loan, knownOn: day("2026-04-21") })).toEqual([]);
    expect(events({ loan, knownOn: day("2026-04-22") })).toHaveLength(1);
  });

  const valueOn = day("2026-04-20");
  test.each<[string, Fact, string]>([
    ["acceleration", { kind: "LoanAccelerated", on, id: "A", valueOn }, "2026-04-20 acceleration  A"],
    [
      "a judgment",
      {
        kind: "JudgmentEntered",
        on,
        id: "J",
        valueOn,
        principal: minor(1),
        interest: minor(0),
        costs: minor(0),
        performBy: day("2026-05-10"),
      },
      "2026-04-20 judgment  J",
    ],
    [
      "a settlement, of which no paper is on record",
      { kind: "SettlementAgreed", on, id: "S", valueOn, amount: minor(100), by: day("2026-06-01") },
      "2026-04-20 installment-plan words S",
    ],
    [
      "an assignment, on the day of its notice",
      { kind: "LoanAssigned", on, id: "B", valueOn, to: "Buyer", noticeOn: day("2026-04-25") },
      "2026-04-25 assignment-notice words B",
    ],
    [
      "a promise, which may have been recorded or not",
      { kind: "PromiseMade", on, id: "W", valueOn, parts: [{ on: day("2026-05-05"), amount: minor(100) }] },
      "2026-04-20 promise words W",
    ],
  ])("%s", (_, fact, line) => {
    expect(events({ loan: [fact] })).toEqual([line]);
  });

  test.each<[string, Fact[]]>([
    ["an assignment without a notice", [{ kind: "LoanAssigned", on, id: "B", valueOn, to: "Buyer" }]],
    [
      "a charge",
      [{ kind: "ChargeAdded", on, id: "C", valueOn, charge: "fee", amount: minor(5), reason: "x" }],
    ],
    ["a hold", [{ kind: "HoldPlaced", on, hold: "dispute", until: null }]],
    [
      "a promise that was taken back",
      [
        { kind: "PromiseMade", on, id: "W", valueOn, parts: [{ on: day("2026-05-05"), amount: minor(100) }] },
        { kind: "PromiseWithdrawn", on, id: "W", reason: "mistake" },
      ],
    ],
  ])("%s is nothing", (_, loan) => {
    expect(events({ loan })).toEqual([]);
  });

  test("of a fed loan, money that came between two reports is their word, on the later one's day", () => {
    const report = (asOf: string, principal: number, interestPaid: number): Fact => ({
      kind: "BalanceReported",
      on: day(asOf),
      asOf: day(asOf),
      status: "open",
      principal: minor(principal),
      interestPaid: minor(interestPaid),
      arrears: minor(0),
      charges: minor(0),
      dueOn: day("2026-02-10"),
    });
    const loan = [
      report("2026-04-01", 1_200_000, 0),
      report("2026-04-02", 1_200_000, 0),
      report("2026-04-03", 1_200_000, 500),
      report("2026-04-04", 1_100_000, 500),
    ];
    expect(events({ loan, product: { ...PRODUCT, source: "fed" } })).toEqual([
      "2026-04-03 part-payment words",
      "2026-04-04 part-payment words",
    ]);
  });
});

describe("contacts", () => {
  const MESSAGE = actionId(day("2026-04-11"), "message", 0);
  const planned = (action: string): Fact => ({
    kind: "StepPlanned",
    on: day("2026-04-11"),
    step: "early/send-overdue@1",
    dpd: 1,
    strategy: "plan@1",
    via: "text",
    slot: at("2026-04-11"),
    pack: "x",
    action,
  });
  const started = (via: string, action = MESSAGE): Fact => ({
    kind: "ContactStarted",
    on: day("2026-04-11"),
    at: at("2026-04-11"),
    action,
    via,
    address: "13800000000",
    pack: "x",
    rules: [],
  });
  const ended = (outcome: ContactEnded["outcome"], receipt = "r"): Fact => ({
    kind: "ContactEnded",
    on: day("2026-04-11"),
    at: at("2026-04-11"),
    action: MESSAGE,
    outcome,
    receipt,
  });
  const delivery = (status: "accepted" | "delivered" | "failed", on = "2026-04-12"): Fact => ({
    kind: "DeliveryReported",
    on: day(on),
    at: at(on),
    id: `D ${on} ${status}`,
    channel: "sms",
    via: "text",
    action: MESSAGE,
    status,
  });
  const tracked = (status: "posted" | "delivered" | "refused" | "returned", dated = "2026-04-15"): Fact => ({
    kind: "LetterTracked",
    on: day("2026-04-16"),
    at: at("2026-04-16"),
    id: `T ${status}`,
    channel: "post",
    action: MESSAGE,
    status,
    dated: day(dated),
  });
  const lines = (...person: Fact[]) => events({ loan: [planned(MESSAGE)], person });

  test.each<[string, Fact[], string]>([
    ["a message of which no word came", [started("text")], `2026-04-11 message sent ${MESSAGE}`],
    ["one that was taken over", [started("text"), ended("sent")], `2026-04-11 message sent ${MESSAGE}`],
    ["one that came back", [started("text"), ended("bounced")], `2026-04-11 message failed ${MESSAGE}`],
    [
      "one that arrived, on the day it did",
      [started("text"), ended("sent"), delivery("delivered")],
      `2026-04-12 message delivered ${MESSAGE}`,
    ],
    [
      "one that arrived, whatever is said later",
      [started("text"), delivery("delivered"), delivery("failed", "2026-04-13")],
      `2026-04-12 message delivered ${MESSAGE}`,
    ],
    ["one that failed", [started("email"), delivery("failed")], `2026-04-11 message failed ${MESSAGE}`],
    ["a letter that was posted", [started("letter"), tracked("posted")], `2026-04-11 letter sent ${MESSAGE}`],
    [
      "a letter that arrived, on the day that the post names",
      [started("letter"), tracked("posted"), tracked("delivered")],
      `2026-04-15 letter delivered ${MESSAGE}`,
    ],
    ["a letter refused", [started("letter"), tracked("refused")], `2026-04-15 letter refused ${MESSAGE}`],
    ["a letter returned", [started("letter"), tracked("returned")], `2026-04-15 letter returned ${MESSAGE}`],
    [
      "a call in which he was spoken to",
      [started("call"), ended("connected", "connected-refused")],
      `2026-04-11 call words ${MESSAGE}`,
    ],
  ])("%s", (_, person, line) => {
    expect(lines(...person)).toEqual([line]);
  });

  test.each<[string, Fact[]]>([
    ["a call that nobody answered", [started("call"), ended("no-answer", "no-answer")]],
    ["a call that somebody else answered", [started("call"), ended("connected", "third-person")]],
    [
      "a message that never left the house",
      [started("text"), { kind: "ContactWithdrawn", on, at: at("2026-04-11"), action: MESSAGE, why: "paid" }],
    ],
    ["a message about his other loans", [started("text", actionId(day("2026-04-11"), "message", 2))]],
  ])("%s is nothing", (_, person) => {
    expect(lines(...person)).toEqual([]);
  });

  test("what was said together with a later message counts by that one", () => {
    const later = actionId(day("2026-04-12"), "message", 0);
    const into: Fact = {
      kind: "ActionConsolidated",
      on: day("2026-04-12"),
      at: at("2026-04-12"),
      action: MESSAGE,
      into: later,
      by: { loan: 2, step: "early/send-overdue@1" },
    };
    expect(lines(into, started("text", later))).toEqual([`2026-04-11 message sent ${later}`]);
  });

  const others = (via: "call" | "visit" | "letter" | "text", more: object = {}): Fact => ({
    kind: "ContactReported",
    on,
    id: "C1",
    at: at("2026-04-20"),
    via,
    outcome: via === "call" || via === "visit" ? "connected" : "sent",
    who: "Acme",
    ...more,
  });
  test.each([
    ["call", "2026-04-20 call words C1"],
    ["visit", "2026-04-20 demand-in-person words C1"],
    ["letter", "2026-04-20 letter sent C1"],
    ["text", "2026-04-20 message sent C1"],
  ] as const)("a %s that an agency reports is its word", (via, line) => {
    expect(events({ person: [others(via)] })).toEqual([line]);
    expect(events({ person: [others(via, { debts: ["L1", "L2"] })] })).toEqual([line]);
  });

  test.each([
    ["about another debt", { debts: ["L2"] }],
    ["that he began himself", { inbound: true }],
    ["with somebody else", { to: "contact-person" }],
    ["that reached nobody", { outcome: "no-answer" }],
  ])("one %s is nothing", (_, more) => {
    expect(events({ person: [others("call", more)] })).toEqual([]);
  });

  test("one that was reported by mistake is nothing", () => {
    const undone: Fact = {
      kind: "PersonFactReversed",
      on,
      id: "X",
      at: at("2026-04-21"),
      of: "C1",
      reason: "mistake",
    };
    expect(events({ person: [others("call"), undone] })).toEqual([]);
  });
});

describe("proceedings", () => {
  const opened = (way: ProceedingKind, debts: readonly string[] = [BOOKED.id]): Fact => ({
    kind: "ProceedingOpened",
    on: day("2026-05-01"),
    at: at("2026-05-01"),
    id: "P1",
    by: "clerk",
    way,
    court: "a court",
    debts,
    dated: day("2026-05-01"),
  });
  const moved = (dated: string, what: ProceedingEvent, bookedOn = dated): Fact => ({
    kind: "ProceedingMoved",
    on: day(bookedOn),
    at: at(bookedOn),
    id: "P1",
    by: "clerk",
    event: `${what.type}@${dated}`,
    dated: day(dated),
    what,
  });
  const withdrawn: ProceedingEvent = { type: "withdrawn", deemed: false, reason: "paid in part" };

  // Interpretation on limitation, arts 10 to 12: from the day on which it was handed in.
  test.each(["suit", "payment-order", "mediation"] as const)(
    "a %s interrupts from the day it was filed, and nothing before",
    (way) => {
      expect(events({ person: [opened(way)] })).toEqual([]);
      expect(events({ person: [opened(way), moved("2026-05-04", { type: "filed" })] })).toEqual([
        `2026-05-04 ${way} filed P1`,
      ]);
    },
  );

  test("it runs until it ends; one that was withdrawn is doubtful", () => {
    const person = [opened("suit"), moved("2026-05-04", { type: "filed" })];
    expect(debtOf({ person }).events[0]).not.toHaveProperty("endedOn");
    const over = debtOf({ person: [...person, moved("2026-06-01", withdrawn)] }).events[0];
    expect(over).toMatchObject({ kind: "suit", proof: "withdrawn", endedOn: day("2026-06-01") });
  });

  test("one about another loan interrupts nothing here, nor one that was recorded later than asked about", () => {
    expect(events({ person: [opened("suit", ["other"]), moved("2026-05-04", { type: "filed" })] })).toEqual(
      [],
    );
    const late = [opened("suit"), moved("2026-05-04", { type: "filed" }, "2026-05-20")];
    expect(events({ person: late, knownOn: day("2026-05-19") })).toEqual([]);
    expect(events({ person: late, knownOn: day("2026-05-20") })).toHaveLength(1);
  });
});

describe("an enforcement", () => {
  const base = (event: string, dated: string) => ({
    on,
    id: "E1",
    event,
    at: at(dated),
    by: "anna",
    dated: day(dated),
  });
  const applied: Fact = {
    kind: "EnforcementApplied",
    ...base("a", "2026-04-20"),
    debt: "L1",
    court: "c",
    judgment: {
      court: "c",
      number: "n",
      valueOn: day("2026-03-01"),
      performBy: day("2026-03-16"),
      debt: minor(1000),
      outsideBase: minor(0),
    },
    applyBy: day("2028-03-16"),
    late: false,
  };
  const closed = (why: "performed" | "withdrawn"): Fact => ({
    kind: "EnforcementClosed",
    ...base("z", "2026-04-28"),
    why,
  });

  test("is proceedings from the application on, of this debt alone, until it is closed", () => {
    expect(events({ person: [applied] })).toEqual(["2026-04-20 enforcement filed E1"]);
    expect(events({ person: [{ ...applied, debt: "L2" }] })).toEqual([]);
    expect(debtOf({ person: [applied, closed("performed")] }).events).toMatchObject([
      { endedOn: day("2026-04-28") },
    ]);
    expect(events({ person: [applied, closed("withdrawn")] })).toEqual([
      "2026-04-20 enforcement withdrawn E1",
    ]);
  });

  test("that was recorded by mistake is nothing", () => {
    const undone: Fact = {
      kind: "EnforcementReversed",
      ...base("x", "2026-04-21"),
      of: "a",
      reason: "mistake",
    };
    expect(events({ person: [applied, undone] })).toEqual([]);
  });
});
