import {
  advance,
  type Books,
  booksFromFacts,
  chargeOpen,
  type Day,
  type Fact,
  interestOpen,
  invariant,
  isClosed,
  isOpen,
  lateDue,
  type Minor,
  minor,
  type PaymentReceived,
  type Product,
  payoffOf,
  post,
  principalOpen,
} from "../core/index.ts";

/** A sum on a day. */
export interface Paid {
  readonly on: Day;
  readonly amount: Minor;
}

/** The books of a kept loan on a day, these payments among what is known. */
export function booksAfter(facts: readonly Fact[], product: Product, on: Day): Books {
  const books = booksFromFacts(facts, () => product, { asOf: on });
  invariant(books !== undefined, "a way out begins after the pay-out");
  return books;
}

/** What has to be paid on a day so that nothing that fell due by it stays open. */
export function owedThrough(books: Books, product: Product): Minor {
  let owed: number = lateDue(books, product).total;
  for (const row of books.rows) if (row.dueOn <= books.on) owed += principalOpen(row) + interestOpen(row);
  for (const one of books.charges) if (one.dueOn <= books.on) owed += chargeOpen(one);
  return minor(Math.max(0, owed - books.unapplied));
}

export const paymentOf = ({ on, amount }: Paid, id: string): PaymentReceived => ({
  kind: "PaymentReceived",
  on,
  id: `way-out/${id}`,
  amount,
  valueOn: on,
});

/**
 * Keeps a plan to its end: on each of its days, what the ledger says is due.
 *
 * Takes   the facts, a new plan or first payments among them; the day after which days count.
 * Gives   the payments, the last of which closes the loan.
 */
export function follow(facts: readonly Fact[], product: Product, after: Day): readonly Paid[] {
  const payments: Paid[] = [];
  let books = booksAfter(facts, product, after);
  if (isClosed(books)) return payments;
  const { rows, charges } = books;
  const days = [
    ...new Set([
      ...rows.filter((row) => isOpen(row) && row.dueOn > after).map(({ dueOn }) => dueOn),
      ...charges.filter((one) => chargeOpen(one) > 0 && one.dueOn > after).map(({ dueOn }) => dueOn),
    ]),
  ].sort((a, b) => a - b);
  for (const [i, on] of days.entries()) {
    books = advance(books, product, on);
    const owed = i === days.length - 1 ? Math.max(0, payoffOf(books, product)) : owedThrough(books, product);
    if (owed <= 0) continue;
    const paid = { on, amount: minor(owed) };
    payments.push(paid);
    books = post(books, paymentOf(paid, String(i)), product);
  }
  invariant(days.length === 0 || isClosed(books), "a plan that is kept to its end leaves nothing owed");
  return payments;
}

/** What the contract as it stands asks for in all from a day on: what is late on that day, and each installment on its own. */
export function totalAsAgreed(facts: readonly Fact[], product: Product, on: Day): Minor {
  const amount = owedThrough(booksAfter(facts, product, on), product);
  const known = amount > 0 ? [...facts, paymentOf({ on, amount }, "caught-up")] : facts;
  return minor(amount + follow(known, product, on).reduce((sum, paid) => sum + paid.amount, 0));
}
