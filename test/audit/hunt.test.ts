import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, booksOf, type Day, positionOfBooks, termsOf, formatDay } from "../../src/core/index.ts";
import { anyLife, PAID_OUT, SPAN } from "./lives.ts";
import { audit } from "./oracle.ts";
import { shown } from "./shown.ts";

const runs = Number(process.env.ARREARS_AUDIT_RUNS ?? 300);
const only = process.env.HUNT_SKIP ?? "";
it("engine = oracle", () => {
  fc.assert(
    fc.property(anyLife, fc.array(fc.nat(SPAN * 2), { minLength: 1, maxLength: 6 }), ({ product, booked, facts }, offsets) => {
      for (const word of only.split(",").filter(Boolean)) if (JSON.stringify([product, facts]).includes(word)) return;
      const days = offsets.map((n) => addDays(PAID_OUT, n));
      const terms = termsOf(booked as never, product);
      const want = audit(terms, facts, product, days);
      for (const [i, day] of days.entries()) {
        const got = shown(positionOfBooks(booksOf(terms, facts, product, { asOf: day as Day })!, product));
        expect(got, formatDay(day)).toEqual(want[i]!.figures);
      }
    }),
    { numRuns: runs, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) },
  );
});
