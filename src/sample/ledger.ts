import {
  addDays,
  arrearsOn,
  book,
  type Day,
  evolve,
  type Installment,
  interestOpen,
  isOpen,
  type LoanState,
  lateDue,
  type Minor,
  minor,
  NEVER,
  openBooks,
  position,
  principalOpen,
  type Row,
  schedule,
  termsOf,
} from "../core/index.ts";
import { PRODUCT } from "./product.ts";

/** The contract, as far as money is concerned. */
export interface Contract {
  readonly principal: Minor;
  readonly rateE8: number;
  readonly disbursedOn: Day;
  readonly firstDueOn: Day;
  readonly installments: number;
}

/** One loan as its payments leave it, with its plan kept at hand. All figures are core's. */
export class Ledger {
  readonly plan: readonly Installment[];
  #state: LoanState;

  constructor({ principal, rateE8, disbursedOn, firstDueOn, installments }: Contract) {
    const contract = { principal, rateE8, disbursedOn, firstDueOn, installments };
    const fact = { kind: "LoanBooked", id: "", on: disbursedOn, product: PRODUCT.id, reach: 0 } as const;
    this.#state = book({ bucket: 0, n: 1 }, { ...fact, ...contract }, PRODUCT);
    this.plan = schedule(termsOf(this.#state, PRODUCT));
  }

  get state(): LoanState {
    return this.#state;
  }

  /** Oldest due day not fully paid; `NEVER` once all is paid. */
  get dueOn(): Day {
    return this.#state.dueOn;
  }

  get outstanding(): Minor {
    return minor(this.#state.principal - this.#state.principalPaid);
  }

  receive(on: Day, amount: Minor): void {
    this.#state = this.#onTime(on, amount) ?? this.#folded(on, amount);
  }

  /** All that is overdue or due on the day. */
  owed(on: Day): Minor {
    let amount: number = this.dueOn < on ? arrearsOn(this.#state, PRODUCT, on, this.plan).total : 0;
    for (const row of this.#open()) {
      if (row.dueOn > on) break;
      if (row.dueOn === on) amount += principalOpen(row) + interestOpen(row);
    }
    return minor(amount);
  }

  /** What is left of the oldest overdue installment, with all late interest. */
  owedOfOldest(on: Day): Minor {
    const oldest = this.#open()[0]!;
    const { lateInterest } = arrearsOn(this.#state, PRODUCT, on, this.plan);
    return minor(lateInterest + principalOpen(oldest) + interestOpen(oldest));
  }

  /** The pay-off amount, with which the loan ends. */
  owedToClose(on: Day): Minor {
    return position(this.#state, PRODUCT, on).payoff;
  }

  #open(): Row[] {
    return openBooks(this.#state, PRODUCT, NEVER, this.plan).rows.filter(isOpen);
  }

  #folded(on: Day, amount: Minor): LoanState {
    return evolve(this.#state, { kind: "PaymentReceived", on, id: "", amount, valueOn: on }, PRODUCT);
  }

  /**
   * Eight payments of ten are an installment to the cent on its due day, with nothing else open: there is nothing to
   * split, and the next state can be said without folding. A test holds this against the fold.
   */
  #onTime(on: Day, amount: Minor): LoanState | undefined {
    const state = this.#state;
    if (state.dueOn !== on || state.extra) return undefined;
    if (state.lateUnits > 0) {
      const books = openBooks(state, PRODUCT, NEVER, this.plan);
      if (lateDue(books, PRODUCT).total > 0) return undefined;
    }
    let interestBefore = 0;
    let at = 0;
    for (; this.plan[at]!.dueOn < on; at++) interestBefore += this.plan[at]!.interest;
    const row = this.plan[at]!;
    const next = this.plan[at + 1];
    const wholeRowOpen =
      state.interestPaid === interestBefore &&
      state.principal - state.principalPaid === row.balance + row.principal;
    if (!wholeRowOpen || amount !== row.principal + row.interest) return undefined;
    return {
      ...state,
      version: state.version + 1,
      principalPaid: minor(state.principalPaid + row.principal),
      interestPaid: minor(state.interestPaid + row.interest),
      lateOn: on,
      ...(next ? { dueOn: next.dueOn } : { dueOn: NEVER, status: "paid-off" }),
    };
  }
}

/** The mornings, first to last, on which a loan was in one state: a payment counts from the next morning. */
export interface Stretch {
  readonly dueOn: Day;
  readonly outstanding: Minor;
  readonly from: Day;
  readonly to: Day;
}

/** A loan's life as a lender's books show it, from its pay-out through the morning after the last day. */
export function stretchesOf(
  contract: Contract,
  payments: readonly { readonly valueOn: Day; readonly amount: Minor }[],
  through: Day,
): Stretch[] {
  const stretches: Stretch[] = [];
  const ledger = new Ledger(contract);
  let from = addDays(contract.disbursedOn, 1);
  const until = (to: Day) => {
    const { dueOn, outstanding } = ledger;
    if (to >= from) stretches.push({ dueOn, outstanding, from, to });
    from = addDays(to, 1);
  };
  for (const { amount, valueOn } of payments) {
    until(valueOn);
    ledger.receive(valueOn, amount);
  }
  until(addDays(through, 1));
  return stretches;
}
