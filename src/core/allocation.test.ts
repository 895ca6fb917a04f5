import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ALLOCATION_SLOTS,
  type AllocationOrder,
  type AllocationSlot,
  allocate,
  type Claim,
  type ClaimKind,
  CN_DEFAULT_ORDER,
  completeOrder,
  type Timing,
} from "./allocation.ts";
import { formatMoney, type Minor, parseMoney } from "./money.ts";

const money = (text: string): Minor => parseMoney(text)!;
const claim = (timing: Timing, kind: ClaimKind, installment: number, amount: string): Claim => ({
  timing,
  kind,
  installment,
  amount: money(amount),
});

const pay = (payment: string, claims: readonly Claim[], order: AllocationOrder): string[] => {
  const { lines, unapplied } = allocate(money(payment), claims, order);
  const parts = lines.map(
    ({ timing, kind, installment, amount }) => `${timing}.${kind} ${installment}: ${formatMoney(amount)}`,
  );
  return unapplied > 0 ? [...parts, `unapplied: ${formatMoney(unapplied)}`] : parts;
};

describe("costs, interest, principal", () => {
  // owed: 20.00 recovery cost, 30.00 interest, 100.00 principal
  const owed = [
    claim("past-due", "principal", 1, "100.00"),
    claim("past-due", "fee", 0, "20.00"),
    claim("past-due", "interest", 1, "30.00"),
  ];

  it.each([
    // payment, recovery, interest, principal, unapplied
    ["0.00", "0.00", "0.00", "0.00", "0.00"],
    ["0.01", "0.01", "0.00", "0.00", "0.00"],
    ["19.99", "19.99", "0.00", "0.00", "0.00"],
    ["20.00", "20.00", "0.00", "0.00", "0.00"],
    ["20.01", "20.00", "0.01", "0.00", "0.00"],
    ["50.00", "20.00", "30.00", "0.00", "0.00"],
    ["50.01", "20.00", "30.00", "0.01", "0.00"],
    ["150.00", "20.00", "30.00", "100.00", "0.00"],
    ["150.01", "20.00", "30.00", "100.00", "0.01"],
  ])(
    "of a payment of %s take %s, %s and %s, and %s is left",
    (payment, recovery, interest, principal, left) => {
      const { lines, unapplied } = allocate(money(payment), owed, CN_DEFAULT_ORDER);
      const of = (kind: ClaimKind) =>
        formatMoney(lines.find((line) => line.kind === kind)?.amount ?? (0 as Minor));
      expect([of("fee"), of("interest"), of("principal"), formatMoney(unapplied)]).toEqual([
        recovery,
        interest,
        principal,
        left,
      ]);
    },
  );
});

describe("two installments past due and one to come", () => {
  const claims = [
    claim("past-due", "penalty", 0, "5.00"),
    claim("past-due", "interest", 1, "10.00"),
    claim("past-due", "principal", 1, "100.00"),
    claim("past-due", "interest", 2, "9.00"),
    claim("past-due", "principal", 2, "100.00"),
    claim("in-advance", "interest", 3, "8.00"),
    claim("in-advance", "principal", 3, "100.00"),
  ];
  const interestFirst: readonly AllocationSlot[] = [
    "past-due.penalty",
    "past-due.interest",
    "past-due.principal",
    "in-advance.interest",
    "in-advance.principal",
  ];
  const principalFirst: readonly AllocationSlot[] = [
    "past-due.principal",
    "past-due.interest",
    "past-due.penalty",
    "in-advance.principal",
    "in-advance.interest",
  ];

  it("by kind, one kind over all installments comes first", () => {
    expect(pay("130.00", claims, { order: interestFirst, by: "kind" })).toEqual([
      "past-due.penalty 0: 5.00",
      "past-due.interest 1: 10.00",
      "past-due.interest 2: 9.00",
      "past-due.principal 1: 100.00",
      "past-due.principal 2: 6.00",
    ]);
  });

  it("by installment, the oldest installment's kinds come first", () => {
    expect(pay("130.00", claims, { order: interestFirst, by: "installment" })).toEqual([
      "past-due.penalty 0: 5.00",
      "past-due.interest 1: 10.00",
      "past-due.principal 1: 100.00",
      "past-due.interest 2: 9.00",
      "past-due.principal 2: 6.00",
    ]);
  });

  it("by installment, late interest waits where the contract puts it last", () => {
    expect(pay("222.00", claims, { order: principalFirst, by: "installment" })).toEqual([
      "past-due.principal 1: 100.00",
      "past-due.interest 1: 10.00",
      "past-due.principal 2: 100.00",
      "past-due.interest 2: 9.00",
      "past-due.penalty 0: 3.00",
    ]);
    const between: readonly AllocationSlot[] = [
      "past-due.interest",
      "past-due.penalty",
      "past-due.principal",
    ];
    expect(pay("16.00", claims, { order: between, by: "installment" })).toEqual([
      "past-due.interest 1: 10.00",
      "past-due.penalty 0: 5.00",
      "past-due.principal 1: 1.00",
    ]);
  });

  it("by kind, late interest waits where the contract puts it last", () => {
    expect(pay("222.00", claims, { order: principalFirst, by: "kind" })).toEqual([
      "past-due.principal 1: 100.00",
      "past-due.principal 2: 100.00",
      "past-due.interest 1: 10.00",
      "past-due.interest 2: 9.00",
      "past-due.penalty 0: 3.00",
    ]);
  });

  it("what is past due comes before what is to come, by kind and by installment", () => {
    for (const by of ["kind", "installment"] as const) {
      expect(pay("230.00", claims, { order: interestFirst, by }).slice(-1)).toEqual([
        "in-advance.interest 3: 6.00",
      ]);
    }
  });

  it("of what is to come, the next installment comes whole before the one after it, by kind too", () => {
    const later = [claim("in-advance", "interest", 4, "7.00"), claim("in-advance", "principal", 4, "100.00")];
    for (const by of ["kind", "installment"] as const) {
      expect(pay("110.00", [...claims.slice(5), ...later], { order: interestFirst, by })).toEqual([
        "in-advance.interest 3: 8.00",
        "in-advance.principal 3: 100.00",
        "in-advance.interest 4: 2.00",
      ]);
    }
  });

  it("a claim whose slot the order does not name is left alone", () => {
    const order: readonly AllocationSlot[] = ["past-due.interest", "past-due.principal"];
    expect(pay("400.00", claims, { order, by: "kind" })).toEqual([
      "past-due.interest 1: 10.00",
      "past-due.interest 2: 9.00",
      "past-due.principal 1: 100.00",
      "past-due.principal 2: 100.00",
      "unapplied: 181.00",
    ]);
    expect(pay("1.00", claims, { order: [], by: "installment" })).toEqual(["unapplied: 1.00"]);
  });

  it("claims may come in any order", () => {
    const order = { order: interestFirst, by: "installment" } as const;
    expect(pay("130.00", [...claims].reverse(), order)).toEqual(pay("130.00", claims, order));
  });
});

describe("every allocation", () => {
  const anyClaim = fc.record({
    timing: fc.constantFrom<Timing>("past-due", "due", "in-advance"),
    kind: fc.constantFrom<ClaimKind>("penalty", "fee", "interest", "principal"),
    installment: fc.nat(5),
    amount: fc.nat(10_000).map((n) => n as Minor),
  });
  const anyOrder = fc.record({
    order: fc.shuffledSubarray([...ALLOCATION_SLOTS]),
    by: fc.constantFrom("kind" as const, "installment" as const),
  });

  it("adds up to the payment, gives no claim more than it is, and leaves money only when all named claims are paid", () => {
    fc.assert(
      fc.property(
        fc.nat(200_000),
        fc.array(anyClaim, { maxLength: 20 }),
        anyOrder,
        (payment, claims, order) => {
          const { lines, unapplied } = allocate(payment as Minor, claims, order);
          const paid = lines.reduce((sum, line) => sum + line.amount, 0);
          expect(paid + unapplied).toBe(payment);
          expect(lines.every((line) => line.amount > 0)).toBe(true);
          const named = claims.filter((c) => order.order.includes(`${c.timing}.${c.kind}`));
          const owed = named.reduce((sum, c) => sum + c.amount, 0);
          expect(paid).toBe(Math.min(payment, owed));
          // Only the last line can be a part of its claim.
          for (const line of lines.slice(0, -1))
            expect(named.some((c) => c.kind === line.kind && c.amount === line.amount)).toBe(true);
        },
      ),
    );
  });

  it("a payment in two parts reaches what the whole would have reached", () => {
    fc.assert(
      fc.property(
        fc.nat(50_000),
        fc.nat(50_000),
        fc.uniqueArray(anyClaim, {
          maxLength: 12,
          selector: (c) => `${c.timing}.${c.kind} ${c.installment}`,
        }),
        anyOrder,
        (first, second, claims, order) => {
          const key = (c: Claim) => `${c.timing}.${c.kind} ${c.installment}`;
          const paid = new Map<string, number>();
          const take = (lines: readonly Claim[]) => {
            for (const line of lines) paid.set(key(line), (paid.get(key(line)) ?? 0) + line.amount);
          };
          const one = allocate(first as Minor, claims, order);
          take(one.lines);
          // The rest of each claim stays, even at zero, so that the oldest installment stays the oldest.
          const rest = claims.map((c) => ({ ...c, amount: (c.amount - (paid.get(key(c)) ?? 0)) as Minor }));
          take(allocate((second + one.unapplied) as Minor, rest, order).lines);
          const whole = new Map(
            allocate((first + second) as Minor, claims, order).lines.map((line) => [key(line), line.amount]),
          );
          expect(Object.fromEntries(paid)).toEqual(Object.fromEntries(whole));
        },
      ),
    );
  });
});

it("an order that speaks only of arrears is completed for what is due and what is ahead", () => {
  const order = completeOrder({ order: ["past-due.interest", "past-due.principal"], by: "installment" });
  expect(order.order).toEqual([
    "past-due.interest",
    "past-due.principal",
    "due.interest",
    "due.principal",
    "in-advance.interest",
    "in-advance.principal",
  ]);
  expect(completeOrder(CN_DEFAULT_ORDER)).toEqual(CN_DEFAULT_ORDER);
});
