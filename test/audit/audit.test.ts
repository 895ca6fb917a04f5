import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  advance,
  book,
  booksOf,
  type Ceiling,
  claimableOf,
  type Day,
  type EntryReversed,
  evolve,
  type Fact,
  firstBooks,
  fold,
  formatDay,
  isMoneyFact,
  type LoanState,
  lentOutstandingOf,
  type MoneyFact,
  type Position,
  type Product,
  position,
  positionOfBooks,
  positionReader,
  replay,
  standing,
  termsOf,
} from "../../src/core/index.ts";
import { anyLife, type Given, PAID_OUT, SPAN } from "./lives.ts";
import { audit } from "./oracle.ts";
import { shown } from "./shown.ts";

/**
 * Lives of random loans against what the ledger promises. `ARREARS_AUDIT_RUNS=20` makes twenty times as many of them.
 */
const TIMES = Number(process.env.ARREARS_AUDIT_RUNS ?? 1);
/** Stops, with what it then has, before the test runner would call the test stuck: in a long shrinking, say. */
const MOST_MILLISECONDS = 100_000;
const runs = (numRuns: number) => ({
  numRuns: numRuns * TIMES,
  interruptAfterTimeLimit: MOST_MILLISECONDS,
});

const KEY = { bucket: 7, n: 4097 };
const END = addDays(PAID_OUT, 2 * SPAN);
const anyDays = fc
  .array(fc.nat(2 * SPAN), { minLength: 1, maxLength: 6 })
  .map((given) => given.map((n) => addDays(PAID_OUT, n)));

const seeBooks = ({ product, booked }: Given, facts: readonly Fact[], asOf: Day, knownOn?: Day) =>
  booksOf(termsOf(booked as never, product), facts, product, knownOn ? { asOf, knownOn } : { asOf })!;
const see = (life: Given, asOf: Day, facts: readonly Fact[] = life.facts, knownOn?: Day): Position =>
  positionOfBooks(seeBooks(life, facts, asOf, knownOn), life.product);

const inBookedOrder = (facts: readonly Fact[]): Fact[] => [...facts].sort((a, b) => a.on - b.on);

/** As a store keeps it and gives it back. */
const stored = (loan: LoanState): LoanState =>
  loan.extra ? { ...loan, extra: JSON.parse(JSON.stringify(loan.extra)) } : loan;

/** The state row after each fact, in the order in which they were booked, through a store each time. */
function folded({ product, booked }: Given, facts: readonly Fact[]): LoanState {
  let loan = book(KEY, booked, product);
  const earlier: Fact[] = [booked];
  for (const fact of inBookedOrder(facts)) {
    const before = [...earlier];
    loan = stored(evolve(loan, fact, product, () => before));
    earlier.push(fact);
  }
  return loan;
}

const reversalOf = ({ id }: MoneyFact, on: Day): EntryReversed => ({
  kind: "EntryReversed",
  on,
  id,
  reason: "returned",
});

describe("every life of a loan", () => {
  it("has the figures that living it day by day gives", () => {
    fc.assert(
      fc.property(anyLife, anyDays, (life, days) => {
        const terms = termsOf(life.booked as never, life.product);
        const expected = audit(terms, life.facts, life.product, days);
        for (const [i, day] of days.entries())
          expect(shown(see(life, day)), formatDay(day)).toEqual(expected[i]!.figures);
      }),
      runs(400),
    );
  });

  it("conserves money: what came in is paid by kind, unapplied, or given back", () => {
    fc.assert(
      fc.property(anyLife, anyDays, (life, days) => {
        for (const day of days) {
          const books = seeBooks(life, life.facts, day);
          const sum = (of: (fact: MoneyFact) => number) =>
            life.facts.reduce((total, fact) => total + (fact.valueOn <= day ? of(fact) : 0), 0);
          const cameIn = sum((fact) => (fact.kind === "PaymentReceived" ? fact.amount : 0));
          const wentBack = sum((fact) => (fact.kind === "RefundPaid" ? fact.amount : 0));
          // What went back beyond what was held is owed again, as a charge of the refund's own id.
          const refunds = new Set(life.facts.filter(({ kind }) => kind === "RefundPaid").map(({ id }) => id));
          const owedAgain = books.charges.reduce(
            (total, one) => total + (refunds.has(one.id) ? one.amount : 0),
            0,
          );
          const paid =
            books.rows.reduce((total, row) => total + row.principalPaid + row.interestPaid, 0) +
            books.charges.reduce((total, one) => total + one.paid, 0) +
            books.late.paid;
          expect(paid + books.unapplied + wentBack - owedAgain).toBe(cameIn);
        }
      }),
      runs(600),
    );
  });

  it("has parts that are never negative and that make up their totals", () => {
    fc.assert(
      fc.property(anyLife, anyDays, (life, days) => {
        for (const day of days) {
          const seen = see(life, day);
          const { total, compoundInterest, ...parts } = seen.arrears;
          expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
          expect(compoundInterest).toBeLessThanOrEqual(parts.lateInterest);
          for (const row of seen.installments)
            for (const figure of [row.principalPaid, row.interestPaid, row.released, row.balance])
              expect(figure).toBeGreaterThanOrEqual(0);
          let open = 0;
          for (const row of seen.installments) {
            const left = row.principal + row.interest - row.principalPaid - row.interestPaid - row.released;
            expect(left).toBeGreaterThanOrEqual(0);
            open += left;
          }
          expect(seen.outstanding).toBeLessThanOrEqual(open);
          for (const figure of [
            seen.outstanding,
            seen.contractual,
            seen.payoff,
            seen.unapplied,
            seen.dpd,
            total,
          ])
            expect(figure).toBeGreaterThanOrEqual(0);
          expect(seen.installments.at(-1)!.balance).toBe(0);
        }
      }),
      runs(500),
    );
  });

  it("ends the same in whatever order its facts arrive", () => {
    const arrivals = anyLife.chain((life) =>
      fc.record({
        life: fc.constant(life),
        booked: fc.array(fc.nat(100), { minLength: life.facts.length, maxLength: life.facts.length }),
        day: fc.nat(2 * SPAN),
      }),
    );
    fc.assert(
      fc.property(arrivals, ({ life, booked, day }) => {
        const on = addDays(PAID_OUT, day);
        const others = life.facts.map((fact, i) => ({ ...fact, on: addDays(fact.valueOn, booked[i]!) }));
        expect(see(life, on, others)).toEqual(see(life, on));
      }),
      runs(400),
    );
  });

  it("is as if an entry had never come once it is reversed, and still has it as known before", () => {
    fc.assert(
      fc.property(anyLife, anyDays, fc.nat(6), (life, days, which) => {
        fc.pre(life.facts.length > 0);
        const gone = life.facts[which % life.facts.length]!;
        const on = addDays(END, 1);
        const facts = [...life.facts, reversalOf(gone, on)];
        const without = { ...life, facts: life.facts.filter((fact) => fact !== gone) };
        for (const day of days) {
          expect(see(life, day, facts)).toEqual(see(without, day));
          expect(see(life, day, facts, END)).toEqual(see(life, day, life.facts, END));
        }
        const lastly = addDays(on, 7);
        const cancelled = folded(life, facts);
        expect(position(cancelled, life.product, lastly)).toEqual(see(without, lastly));
      }),
      runs(250),
    );
  });

  it("is the same from its state row as from its facts, and replayed as folded one by one", () => {
    fc.assert(
      fc.property(anyLife, fc.nat(60), (life, later) => {
        const loan = folded(life, life.facts);
        const journal = [life.booked, ...inBookedOrder(life.facts)];
        expect(loan).toEqual(stored(replay(KEY, journal, () => life.product)!));
        const on = addDays(loan.lateOn, later);
        expect(position(loan, life.product, on)).toEqual(see(life, on));
        const read = positionReader(loan, life.product);
        for (const more of [0, 31, later]) {
          const day = addDays(loan.lateOn, more);
          expect(read(day)).toEqual(see(life, day));
        }
      }),
      runs(600),
    );
  });

  it("has the same figures counted in one step as day by day", () => {
    fc.assert(
      fc.property(anyLife, fc.nat(120), (life, days) => {
        const { product } = life;
        const counted = standing(life.facts.filter(isMoneyFact));
        const until = addDays(counted.at(-1)?.valueOn ?? PAID_OUT, days);
        let books = firstBooks(termsOf(life.booked as never, product));
        const facts = [...counted];
        for (let day = PAID_OUT; day <= until; day = addDays(day, 1)) {
          books = advance(books, product, day);
          while (facts[0]?.valueOn === day) books = fold(books, [facts.shift()!], product);
        }
        expect(positionOfBooks(books, product)).toEqual(see(life, until));
        expect(books).toEqual(seeBooks(life, life.facts, until));
      }),
      runs(250),
    );
  });

  it("claims at most what the contract says, never less than principal, and adds up under a ceiling", () => {
    const ceiling: Ceiling = {
      rule: "test",
      rate: { numerator: 24, scale: 2, per: "year" },
      yearDays: 365,
      onRequest: true,
      cite: "the test",
      force: "none",
      verification: "none",
    };
    fc.assert(
      fc.property(anyLife, anyDays, (life, days) => {
        for (const day of days) {
          const books = seeBooks(life, life.facts, day);
          const { claimable, contractual, reduced, excess, paidAbove } = claimableOf(
            books,
            life.product,
            ceiling,
          );
          const taken = reduced.interest + reduced.fee + reduced.penalty;
          expect(claimable + taken).toBe(contractual);
          expect(taken + paidAbove).toBe(excess);
          // What a plan made principal is price; what was lent is never reduced.
          expect(claimable).toBeGreaterThanOrEqual(lentOutstandingOf(books));
        }
      }),
      runs(400),
    );
  });

  it("counts principal out day by day for the ceiling", () => {
    fc.assert(
      fc.property(anyLife, fc.nat(2 * SPAN), (life, n) => {
        const day = addDays(PAID_OUT, n);
        const [seen] = audit(termsOf(life.booked as never, life.product), life.facts, life.product, [day]);
        expect(BigInt(seeBooks(life, life.facts, day).principalDays!)).toBe(seen!.price.principalDays);
      }),
      runs(150),
    );
  });

  it("is closed by its pay-off amount on any day, with nothing open and nothing left over", () => {
    fc.assert(
      fc.property(anyLife, fc.nat(SPAN), (life, n) => {
        const all = life.product.allocation.order.length === 12;
        const valueOn = addDays(PAID_OUT, SPAN + n);
        const before = see(life, valueOn);
        fc.pre(all && before.payoff > 0);
        // Where less was agreed, less closes it.
        fc.pre(!life.facts.some(({ kind }) => kind === "SettlementAgreed"));
        const payment: Fact = { kind: "PaymentReceived", on: END, id: "z", valueOn, amount: before.payoff };
        const after = see(life, valueOn, [...life.facts, payment]);
        expect(after.status).toBe("paid-off");
        const { outstanding, payoff, contractual, dpd, dueOn } = after;
        expect({ outstanding, payoff, contractual, dpd, dueOn, unapplied: after.unapplied }).toEqual({
          outstanding: 0,
          payoff: 0,
          contractual: 0,
          dpd: 0,
          dueOn: null,
          unapplied: 0,
        });
        expect(after.arrears.total).toBe(0);
      }),
      runs(500),
    );
  });
});

/** Only days pass after the last fact: what each figure may do. */
describe("while only days pass", () => {
  const still = fc.tuple(anyLife, fc.nat(120));
  const lookedAt = (life: Given, n: number): [Position, Position] => {
    const last = life.facts.reduce(
      (latest, { valueOn }) => Math.max(latest, valueOn),
      PAID_OUT as number,
    ) as Day;
    return [see(life, addDays(last, n)), see(life, addDays(last, n + 1))];
  };
  /** Money that lies unapplied meets later what falls due, and can cure. */
  const cannotCure = ([one]: [Position, Position]) => one.unapplied === 0;

  it("late interest never falls", () => {
    fc.assert(
      fc.property(still, ([life, n]) => {
        const seen = lookedAt(life, n);
        fc.pre(cannotCure(seen));
        expect(seen[1].arrears.lateInterest).toBeGreaterThanOrEqual(seen[0].arrears.lateInterest);
        expect(seen[1].arrears.total).toBeGreaterThanOrEqual(seen[0].arrears.total);
      }),
      runs(300),
    );
  });

  it("days past due never fall, by any convention, and rise by one a day by actual days outside a pause and a grace", () => {
    fc.assert(
      fc.property(still, ([life, n]) => {
        const seen = lookedAt(life, n);
        fc.pre(cannotCure(seen));
        const rise = seen[1].dpd - seen[0].dpd;
        // By 30/360 the step from a 31st is none and the one over the end of February two or three more.
        expect(rise).toBeGreaterThanOrEqual(0);
        expect(rise).toBeLessThanOrEqual(mostRise(life.product));
        const plain = !life.product.dpd && !life.facts.some(({ kind }) => kind === "AgeingPaused");
        if (plain && seen[0].dpd > 0) expect(rise).toBe(1);
      }),
      runs(400),
    );
  });

  /** A wait for a grace ends with all its days at once. */
  function mostRise(product: Product): number {
    const waits = product.dpd?.grace === "waits" ? (product.grace?.days ?? 0) : 0;
    const byMonths = product.dpd?.basis === "30/360" ? 2 : 0;
    return 1 + waits + byMonths;
  }
});
