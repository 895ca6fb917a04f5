import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  booksOf,
  type Ceiling,
  claimableOf,
  type Day,
  formatExact,
  parseRate,
  positionOfBooks,
  termsOf,
} from "../../src/core/index.ts";
import { composeLetter, figuresStand, type LetterFrame } from "../../src/documents/from-book.ts";
import { anyLife, PAID_OUT, SPAN } from "./lives.ts";

/** A letter's figures against the ledger's, over random lives. `ARREARS_AUDIT_RUNS=20` makes twenty times as many of them. */
const runs = { numRuns: 150 * Number(process.env.ARREARS_AUDIT_RUNS ?? 1), interruptAfterTimeLimit: 60_000 };

const ceilingOf = (percent: string): Ceiling => ({
  rule: "test",
  rate: parseRate(percent, "year")!,
  yearDays: 365,
  onRequest: true,
  cite: "test",
  force: "house rule",
  verification: "house",
});
const frameOn = (on: Day): LetterFrame => ({
  kind: "demand",
  language: "zh-CN",
  number: "1",
  code: "c",
  verifyUrl: "u",
  on,
  firm: { name: "f", licence: "1", address: "a", phone: "1" },
  lawyer: { name: "l", licence: "2" },
  client: { name: "c", phone: "1", waysToPay: [], objections: "o" },
  addressee: { name: "n" },
  mandate: { number: "m", signedOn: on },
  answerBy: addDays(on, 15),
  enclosures: [],
});

test("every figure in a letter is the position's on the letter's day, and no more is demanded than can be claimed", () => {
  let arrears = 0;
  let cut = 0;
  fc.assert(
    fc.property(
      anyLife,
      fc.nat(2 * SPAN),
      fc.constantFrom("8", "24", "36"),
      ({ product, booked, facts }, n, percent) => {
        const on = addDays(PAID_OUT, n);
        const ceiling = ceilingOf(percent);
        const debt = { loan: "L1", product, booked, facts, ceiling };
        const letter = composeLetter(frameOn(on), [debt]);
        const books = booksOf(termsOf(booked, product), facts, product, { asOf: on })!;
        const position = positionOfBooks(books, product);
        const { statement, missed, dpd } = letter.debts[0]!;

        expect(dpd).toBe(position.dpd);
        expect(statement.asOf).toBe(on);
        expect(statement.contractual).toBe(position.arrears.total);
        for (const { kind, contractual, claimable } of statement.lines) {
          expect(contractual).toBe(position.arrears[kind]);
          expect(claimable).toBeGreaterThanOrEqual(0);
          expect(claimable).toBeLessThanOrEqual(contractual);
        }
        expect(statement.lines.reduce((sum, line) => sum + line.contractual, 0)).toBe(position.arrears.total);
        expect(missed.reduce((sum, { open }) => sum + open, 0)).toBe(
          position.arrears.principal + position.arrears.interest,
        );
        for (const { due, paid, open } of missed) expect(due - paid).toBe(open);

        const claim = claimableOf(books, product, ceiling);
        const excess = claim.contractual - claim.claimable;
        expect(statement.claimable).toBe(
          Math.max(0, position.arrears.total - excess) + kept(position.arrears, excess),
        );
        expect(letter.demanded).toBe(Math.max(0, statement.claimable - position.unapplied));

        // What a reader multiplies is what is printed: base x days x rate.
        for (const { base, days, rate, product: printed } of statement.working) {
          if (rate.includes("…") || printed.includes("…")) continue;
          const [whole, fraction = ""] = rate.slice(0, -1).split(".");
          const scale = 10n ** BigInt(fraction.length);
          expect(formatExact(BigInt(base * days) * BigInt(`${whole}${fraction}`), scale * 10_000n)).toBe(
            printed,
          );
        }
        if (position.arrears.total > 0) arrears += 1;
        if (statement.claimable < statement.contractual) cut += 1;
        expect(figuresStand(letter, [debt], on)).toBe(true);
      },
    ),
    runs,
  );
  // The lives are such that something was looked at.
  expect(arrears).toBeGreaterThan(20);
  expect(cut).toBeGreaterThan(5);
});

/** Costs of recovery stand outside of the ceiling: an excess above all the rest leaves them. */
function kept(arrears: { readonly total: number; readonly recoveryCost: number }, excess: number): number {
  return Math.max(0, Math.min(arrears.recoveryCost, excess - (arrears.total - arrears.recoveryCost)));
}
