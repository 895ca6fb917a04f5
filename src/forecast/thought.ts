import {
  addDays,
  type BalanceReported,
  type Day,
  evolve,
  type Fact,
  invariant,
  type LoanState,
  type Minor,
  minor,
  NEVER,
  type OutsideFact,
  type Product,
  type ReportedStatus,
} from "../core/index.ts";
import {
  afterClosed,
  type CloseContext,
  type ClosedBorrower,
  projectBorrower,
  type WokenBorrower,
  type WokenLoan,
} from "../dayclose/index.ts";
import type { Thought } from "./types.ts";

/** The coming closes of one borrower in thought, each asked for once. */
export class Foreseen {
  readonly borrower: WokenBorrower;
  readonly context: CloseContext;
  readonly asOf: Day;
  readonly index: number;
  readonly product: Product;
  readonly #through = new Map<Day, ClosedBorrower>();
  readonly #from = new Map<Day, Foreseen>();

  constructor(borrower: WokenBorrower, n: number, asOf: Day, context: CloseContext) {
    this.borrower = borrower;
    this.context = context;
    this.asOf = asOf;
    this.index = borrower.loans.findIndex(({ loan }) => loan.n === n);
    invariant(this.index >= 0, "the loan asked about is one of the borrower's");
    this.product = context.product(this.#own.loan.product);
  }

  get #own(): WokenLoan {
    return this.borrower.loans[this.index]!;
  }

  /** All facts of the loan that are known, in order. */
  get known(): readonly Fact[] {
    return [...(this.#own.journal ?? []), ...this.#own.waiting];
  }

  closed(through: Day): ClosedBorrower {
    const before = this.#through.get(through);
    if (before) return before;
    const closed = projectBorrower(this.borrower, through, this.context);
    this.#through.set(through, closed);
    return closed;
  }

  facts(through: Day): readonly Fact[] {
    return this.closed(through).loans[this.index]!.facts;
  }

  /** The loan as the close of a day leaves it. */
  after(day: Day): LoanState {
    return day <= this.asOf ? this.#own.loan : this.closed(day).loans[this.index]!.after;
  }

  /** The same, with a sum paid on a day beside what is known. */
  paying(thought: Thought): Foreseen {
    const fact = paymentFact(this.after(thought.on), this.product, thought, addDays(thought.on, 1));
    const loans = this.borrower.loans.map((woken, i) =>
      i === this.index ? { ...woken, waiting: withFact(woken.waiting, fact) } : woken,
    );
    return new Foreseen({ ...this.borrower, loans }, this.#own.loan.n, this.asOf, this.context);
  }

  /** What comes once a day has come, with nothing before it told again. */
  from(day: Day): Foreseen {
    if (day <= this.asOf) return this;
    const known = this.#from.get(day);
    if (known) return known;
    const borrower = afterClosed(this.borrower, this.closed(day), day);
    const later = new Foreseen(borrower, this.#own.loan.n, day, this.context);
    this.#from.set(day, later);
    return later;
  }

  /** The loan just after a sum of a day came in; what has to be reckoned from an earlier day takes its journal. */
  paid(thought: Thought): LoanState {
    const state = this.after(thought.on);
    const fact = paymentFact(state, this.product, thought, addDays(thought.on, 1));
    return evolve(state, fact, this.product, () => [...this.known, ...this.facts(thought.on)]);
  }
}

/** Booked on the morrow: money of a day reaches the books once its close has begun. */
function withFact(waiting: readonly OutsideFact[], fact: OutsideFact): readonly OutsideFact[] {
  const after = waiting.findIndex(({ on }) => on > fact.on);
  return after < 0 ? [...waiting, fact] : waiting.toSpliced(after, 0, fact);
}

/** What money of a day becomes in the books: an entry, or on a fed loan the next report of the core system. */
function paymentFact(loan: LoanState, product: Product, { amount, on }: Thought, bookedOn: Day): OutsideFact {
  return product.source === "kept"
    ? { kind: "PaymentReceived", on: bookedOn, id: `thought/${on}`, amount, valueOn: on }
    : reportAfter(loan, amount, on, bookedOn);
}

/**
 * How a core system would report a fed loan of which so much was paid: charges first, then what is past due. While anything is past due
 * its day stays; what falls due after that only the core system knows.
 */
function reportAfter(loan: LoanState, amount: Minor, asOf: Day, on: Day): BalanceReported {
  const arrears = Math.max(0, loan.lateUnits - amount);
  const charges = Math.max(0, loan.latePaid - amount);
  const principal = loan.principal - loan.principalPaid;
  const repaid = Math.min(principal, Math.max(0, amount - loan.latePaid));
  return {
    kind: "BalanceReported",
    on,
    asOf,
    status: loan.status as ReportedStatus,
    principal: minor(principal - repaid),
    interestPaid: loan.interestPaid,
    arrears: minor(arrears),
    charges: minor(Math.min(charges, arrears)),
    dueOn: arrears > 0 && loan.dueOn !== NEVER ? loan.dueOn : null,
  };
}
