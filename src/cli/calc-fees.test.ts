import { expect, test } from "vitest";
import { calcCourtFee } from "./calc-legal.ts";

const ask = (life: unknown) =>
  calcCourtFee({ pack: "cn", amount: "20000.00", kind: "case", on: "2026-11-25", life }) as {
    fee: string;
    steps: unknown[];
    life: { lines: Record<string, unknown>[]; total: Record<string, string> };
    error?: { code: string; at: string };
  };

test("without a life the answer keeps its shape; with one it has it beside the fee", () => {
  const plain = ask(undefined);
  expect(Object.keys(plain)).toEqual(["fee", "steps", "cite"]);
  const { fee, life } = ask({ suit: { amount: "20000.00", procedure: "summary", end: "withdrawn" } });
  expect(fee).toBe("300.00");
  // Half once: 150.00, borne by who withdraws (arts 15, 16, 34; interpretation art. 206).
  expect(life.lines[0]).toMatchObject({
    of: "case",
    charged: "150.00",
    prepaid: "150.00",
    borne: { applicant: "150.00", debtor: "0.00", open: "0.00" },
    because: [
      { rule: "prepaid", gives: "150.00", cite: { at: "art. 20(1)" } },
      { rule: "halved-once", cite: { at: "art. 206" } },
      { rule: "withdrawn", gives: "150.00", cite: { at: "art. 34(1)" } },
    ],
  });
});

test("a whole life: a payment order that became a suit, preservation, an appeal, enforcement, a lawyer", () => {
  const { life } = ask({
    paymentOrder: { amount: "20000.00", end: "opposed" },
    preservation: { amount: "20000.00" },
    suit: {
      amount: "20000.00",
      procedure: "summary",
      after: "payment-order",
      end: { kind: "judgment", debtorBears: "all" },
    },
    appeal: { amount: "12000.00", by: "debtor", end: { kind: "judgment", debtorBears: "all" } },
    enforcement: { amount: "20000.00" },
    costs: [{ kind: "lawyer", amount: "800.00", claimable: true }],
  });
  // Prepaid: 100 for the order, 220 for preservation, 50 more for the suit, 800; back from the court 150.
  expect(life.total).toEqual({
    charged: "1470.00",
    prepaid: "1170.00",
    fromCourt: "150.00",
    fromDebtor: "0.00",
    applicant: "1020.00",
    debtor: "450.00",
    open: "0.00",
  });
});

test("a wrong life is refused with its place", () => {
  const at = (life: unknown) => {
    const { error } = ask(life);
    return `${error!.code} ${error!.at}`;
  };
  expect(at({ suit: { amount: "1.00", procedure: "fast" } })).toBe("unknown-value life.suit.procedure");
  expect(at({ suit: { amount: "1.00", procedure: "ordinary", turnedOrdinary: "paid" } })).toBe(
    "already-ordinary life.suit.turnedOrdinary",
  );
  expect(at({ suit: { amount: "1.00", procedure: "ordinary", end: { kind: "lost" } } })).toBe(
    "unknown-value life.suit.end.kind",
  );
  expect(at({ enforcement: { amount: "0" } })).toBe("not-an-amount life.enforcement.amount");
  expect(at({ cost: [] })).toBe("unknown-key life.cost");
});
