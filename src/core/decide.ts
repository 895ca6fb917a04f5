import {
  type Books,
  chargeOpen,
  firstBooks,
  interestOpen,
  isClosed,
  lateDue,
  outstandingOf,
  payoffOf,
} from "./books.ts";
import { type Day, formatDay } from "./calendar.ts";
import { misordered, type RecordedFact } from "./events.ts";
import { type Fact, factToText, type LoanBooked, type MoneyFact, type WaivableKind } from "./facts.ts";
import { advance, inValueOrder, isMoneyFact, standing } from "./ledger.ts";
import { fold, holdsOn, inBookedOrder, type LoanState, replay } from "./loan.ts";
import { decimalsOf, formatMoney, type Minor, minor } from "./money.ts";
import { type Product, termsOf } from "./product.ts";
import {
  DEFAULT_PROMISES,
  isPromiseFact,
  lastDayOf,
  openPromise,
  type PromiseFact,
  promisedBy,
} from "./promise.ts";
import { InvariantError, ok, type Refusal, type Result, refuse } from "./trouble.ts";

/** A fact that may be recorded, with what somebody should know of it who records it. */
export interface Decided {
  readonly fact: RecordedFact;
  /** It stands in the book already, word for word: there is nothing to do. */
  readonly known: boolean;
  readonly notes: readonly Refusal[];
}

/** A loan as it stands, and the day that is asked about. */
export interface DecisionContext {
  /** All facts of the loan, journaled or waiting, from `LoanBooked` on. */
  readonly facts: readonly Fact[];
  readonly product: Product;
  /** The business day that is open: no fact counts from a later day. */
  readonly today: Day;
}

/**
 * Whether a fact may be recorded on a loan as it stands.
 *
 * Takes   the fact that is wished for, with the day on which it would be booked.
 * Gives   the fact, whether it is known already, and notes: what is allowed and should be looked at all the same.
 * Refuses the first of, in this order: `not-booked`, `before-payout`, `future-day`, `fed-loan`, `differs-from-accepted`,
 *         `reserved-id`, `zero`, `negative`, `order-of-days`, `no-installments`, `loan-assigned`, `loan-closed`; then what its kind asks for
 *         (`no-such-entry`, `already-reversed`, `nothing-owed`, `more-than-owed`, `not-paused`, `nothing-to-come`,
 *         `more-than-unapplied`, `already-written-off`, `no-such-hold`, `no-such-promise`, `promise-over`, `promise-open`, `too-far-ahead`); last
 *         `cannot-be-counted`.
 * Units   minor units; `at` of a refusal names the field in camelCase.
 * Holds   a fact that is allowed never makes the fold throw, on any day on which the close may take it.
 */
export function decide(wish: RecordedFact, context: DecisionContext): Result<Decided> {
  const { facts, product, today } = context;
  const booked = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!booked) return refuse("not-booked", "the loan is not in the book; import it first");
  const day = dayOf(wish);
  if (day < booked.disbursedOn)
    return refuse(
      "before-payout",
      `the loan was paid out on ${formatDay(booked.disbursedOn)}, after ${formatDay(day)}; check the day or the loan id`,
      "on",
    );
  if (day > today)
    return refuse(
      "future-day",
      `${formatDay(day)} is still to come: the open business day is ${formatDay(today)}; record it when its day has come`,
      "on",
    );
  if (isMoney(wish) && product.source === "fed")
    return refuse(
      "fed-loan",
      "the loan is fed: the core system reports its balance, and nothing that moves money is kept here; import balances instead",
    );
  const known = knownAs(wish, facts);
  if (known) return known;
  const no =
    troubleInItself(wish) ?? troubleWith(wish, booked, context) ?? troubleOfFold(wish, booked, context);
  return no
    ? { ok: false, refusal: no }
    : ok({ fact: wish, known: false, notes: notesOn(wish, booked, context) });
}

const isMoney = (fact: RecordedFact): boolean =>
  fact.kind !== "HoldPlaced" && fact.kind !== "HoldLifted" && !isPromiseFact(fact);

const dayOf = (fact: RecordedFact): Day => ("valueOn" in fact ? fact.valueOn : fact.on);

const trouble = (code: string, says: string, at?: string): Refusal =>
  at === undefined ? { code, says } : { code, says, at };

// --- what was accepted before ----------------------------------------------------------------------------------------

function knownAs(wish: RecordedFact, facts: readonly Fact[]): Result<Decided> | undefined {
  if (isMoneyFact(wish)) {
    const before = facts.find((fact): fact is MoneyFact => isMoneyFact(fact) && fact.id === wish.id);
    if (!before) return undefined;
    return before.kind === wish.kind && factToText(before) === factToText(wish)
      ? ok({ fact: before, known: true, notes: reversedSince(before, facts) })
      : refuse(
          "differs-from-accepted",
          `${wish.id} was accepted before with other content; a correction is a reversal and a new id`,
          "id",
        );
  }
  if (isPromiseFact(wish)) return promiseKnownAs(wish, facts);
  if (wish.kind !== "EntryReversed") return undefined;
  const before = facts.find((fact) => fact.kind === "EntryReversed" && fact.id === wish.id);
  return before && factToText(before) === factToText(wish)
    ? ok({ fact: wish, known: true, notes: [] })
    : undefined;
}

function promiseKnownAs(wish: PromiseFact, facts: readonly Fact[]): Result<Decided> | undefined {
  const withdraws = wish.kind === "PromiseWithdrawn";
  const before = facts.find(
    (fact): fact is PromiseFact =>
      isPromiseFact(fact) && (fact.kind === "PromiseWithdrawn") === withdraws && fact.id === wish.id,
  );
  if (!before) return undefined;
  if (before.kind === wish.kind && factToText(before) === factToText(wish))
    return ok({ fact: wish, known: true, notes: [] });
  return withdraws
    ? refuse("already-reversed", `promise ${wish.id} was withdrawn before`, "of")
    : refuse(
        "differs-from-accepted",
        `${wish.id} was accepted before with other content; take another id, and name the promise that it replaces`,
        "id",
      );
}

function reversedSince(fact: MoneyFact, facts: readonly Fact[]): Refusal[] {
  if (standing(inBookedOrder(facts)).includes(fact)) return [];
  return [
    trouble(
      "reversed-since",
      `${fact.id} was recorded and reversed since; to record it anew, give it another id`,
      "id",
    ),
  ];
}

// --- what the fact says by itself ------------------------------------------------------------------------------------

/** Fees that fall in by themselves are called so in the books. */
const RESERVED = /^late-fee\//;

function troubleInItself(wish: RecordedFact): Refusal | undefined {
  if (isMoneyFact(wish) && RESERVED.test(wish.id))
    return trouble(
      "reserved-id",
      `${wish.id} is what the product's own late fees are called; give another id`,
      "id",
    );
  if ("amount" in wish && wish.amount === 0)
    return trouble("zero", "the amount is 0; give an amount above it", "amount");
  for (const [at, value] of sumsOf(wish))
    if (value < 0) return trouble("negative", "a sum is not below 0; money that goes back is a reversal", at);
  const days = misordered(wish);
  if (days) return days;
  if (wish.kind === "PlanReplaced" && wish.installments !== undefined && wish.installments < 1)
    return trouble("no-installments", "a plan has at least one installment", "installments");
  return undefined;
}

function sumsOf(wish: RecordedFact): (readonly [string, number])[] {
  if (wish.kind === "JudgmentEntered")
    return [
      ["principal", wish.principal],
      ["interest", wish.interest],
      ["costs", wish.costs],
      ["percentADay", wish.interestE8ADay ?? 0],
    ];
  if (wish.kind === "PlanReplaced") return [["rate", wish.rateE8 ?? 0]];
  return "amount" in wish ? [["amount", wish.amount]] : [];
}

// --- what the loan says to it ----------------------------------------------------------------------------------------

/** The books just before the fact counts, from what was booked by its own day. */
function booksBefore(wish: MoneyFact, booked: LoanBooked, { facts, product }: DecisionContext): Books {
  const earlier = standing(knownBy(facts, wish.on)).filter((fact) => inValueOrder(fact, wish) < 0);
  const books = fold(firstBooks(termsOf(booked, product)), earlier, product);
  return advance(books, product, wish.valueOn);
}

const knownBy = (facts: readonly Fact[], on: Day): Fact[] =>
  inBookedOrder(facts).filter((fact) => fact.on <= on);

/** What a loan that is closed or sold still takes. A charge makes a closed loan owe again. */
const ON_CLOSED: readonly RecordedFact["kind"][] = ["RefundPaid", "ChargeAdded", "JudgmentEntered"];
const ON_ASSIGNED: readonly RecordedFact["kind"][] = ["RefundPaid"];

function troubleWith(wish: RecordedFact, booked: LoanBooked, context: DecisionContext): Refusal | undefined {
  if (wish.kind === "EntryReversed") return reversalTrouble(wish.id, knownBy(context.facts, wish.on));
  if (wish.kind === "HoldPlaced") return undefined;
  if (isPromiseFact(wish)) return promiseTrouble(wish, booked, context);
  if (wish.kind === "HoldLifted") {
    const loan = replayed(knownBy(context.facts, wish.on), context.product);
    if (typeof loan === "string") return cannotCount(loan);
    return holdsOn(loan, wish.on).some(({ kind }) => kind === wish.hold)
      ? undefined
      : trouble(
          "no-such-hold",
          `there is no hold for ${wish.hold} on that day; nothing needs to be lifted`,
          "hold",
        );
  }
  let books: Books;
  try {
    books = booksBefore(wish, booked, context);
  } catch (error) {
    return cannotCount(invariantOf(error));
  }
  return statusTrouble(wish, books) ?? kindTrouble(wish, books, context.product);
}

/** What is owed at most by the last day of a promise, late interest of the days between included. */
function promiseTrouble(
  wish: PromiseFact,
  booked: LoanBooked,
  context: DecisionContext,
): Refusal | undefined {
  const { product } = context;
  const facts = knownBy(context.facts, wish.on);
  const loan = replayed(facts, product);
  if (typeof loan === "string") return cannotCount(loan);
  const named = wish.kind === "PromiseReplaced" ? wish.replaces : wish.id;
  if (wish.kind !== "PromiseMade") {
    const at = wish.kind === "PromiseReplaced" ? "replaces" : "of";
    if (!loan.extra?.promises?.some(({ id }) => id === named))
      return trouble("no-such-promise", `the loan has no promise ${named}; show and explain list them`, at);
  }
  if (wish.kind === "PromiseWithdrawn") return undefined;
  const open = openPromise(loan, product, wish.valueOn);
  if (wish.kind === "PromiseReplaced" && !open)
    return trouble(
      "promise-over",
      `promise ${named} is not waited for any more; record this one without naming it`,
      "replaces",
    );
  if (open && open.id !== named)
    return trouble(
      "promise-open",
      `promise ${open.id} is waited for until ${formatDay(lastDayOf(open))}; say that this one replaces it, or withdraw it first`,
      "replaces",
    );
  const within = product.promises?.withinDays ?? DEFAULT_PROMISES.withinDays;
  const last = lastDayOf(wish);
  if (last > wish.valueOn + within)
    return trouble(
      "too-far-ahead",
      `a promise on this product lies at most ${within} days ahead, and ${formatDay(last)} is later; what takes longer is an arrangement or a new plan`,
      "by",
    );
  return promiseSumTrouble(wish, booked, context, loan);
}

function promiseSumTrouble(
  wish: Exclude<PromiseFact, { kind: "PromiseWithdrawn" }>,
  booked: LoanBooked,
  { facts, product }: DecisionContext,
  loan: LoanState,
): Refusal | undefined {
  const last = lastDayOf(wish);
  const promised = promisedBy(wish.parts, wish.parts.length - 1);
  let owed: number;
  try {
    const seen = standing(knownBy(facts, wish.on));
    owed =
      product.source === "fed"
        ? loan.status === "open" || loan.status === "written-off"
          ? Math.max(loan.principal - loan.principalPaid + loan.latePaid, loan.lateUnits)
          : 0
        : owedOn(seen, booked, product, Math.max(last, loan.lateOn) as Day);
  } catch (error) {
    return cannotCount(invariantOf(error));
  }
  const money = (value: number): string => formatMoney(value as Minor, decimalsOf(product.terms.currency));
  if (owed <= 0) return trouble("nothing-owed", "nothing is owed that could be promised", "amount");
  return promised > owed
    ? trouble(
        "more-than-owed",
        `${money(owed)} is all that is owed by ${formatDay(last)}, and ${money(promised)} would be promised`,
        "amount",
      )
    : undefined;
}

function owedOn(seen: readonly MoneyFact[], booked: LoanBooked, product: Product, on: Day): number {
  const books = advance(fold(firstBooks(termsOf(booked, product)), seen, product), product, on);
  if (isClosed(books) || books.status === "assigned") return 0;
  return payoffOf(books, product);
}

function reversalTrouble(id: string, facts: readonly Fact[]): Refusal | undefined {
  if (standing(facts).some((fact) => fact.id === id)) return undefined;
  return facts.some((fact) => isMoneyFact(fact) && fact.id === id)
    ? trouble("already-reversed", `${id} was reversed before; nothing of it counts any more`, "of")
    : trouble("no-such-entry", `the loan has no entry ${id} booked by that day; explain lists them`, "of");
}

function statusTrouble(wish: MoneyFact, books: Books): Refusal | undefined {
  const day = formatDay(books.on);
  if (books.status === "assigned" && !ON_ASSIGNED.includes(wish.kind))
    return trouble(
      "loan-assigned",
      `the loan was assigned by ${day}: it is another creditor's, and only unapplied money can be given back`,
    );
  if (!isClosed(books) || ON_CLOSED.includes(wish.kind)) return undefined;
  const word = books.status === "settled" ? "settled" : "paid off";
  return wish.kind === "PaymentReceived"
    ? trouble(
        "loan-closed",
        `the loan was ${word} by ${day}: nothing is owed; check the loan id. Money that came all the same is taken by import payments, is held unapplied, and can be refunded`,
      )
    : trouble("loan-closed", `the loan was ${word} by ${day}: nothing is owed any more`);
}

function kindTrouble(wish: MoneyFact, books: Books, product: Product): Refusal | undefined {
  const money = (value: number): string => formatMoney(value as Minor, decimalsOf(product.terms.currency));
  switch (wish.kind) {
    case "ClaimWaived": {
      const owed = owedOf(wish.claim, books, product);
      if (owed === 0)
        return trouble("nothing-owed", `nothing of ${wish.claim} is owed on ${formatDay(books.on)}`, "claim");
      return wish.amount > owed
        ? trouble(
            "more-than-owed",
            `${money(owed)} of ${wish.claim} is owed on ${formatDay(books.on)}, and ${money(wish.amount)} would be given up; give up ${money(owed)} or less`,
            "amount",
          )
        : undefined;
    }
    case "SettlementAgreed": {
      const owed = Math.max(0, payoffOf(books, product));
      return wish.amount > owed
        ? trouble(
            "more-than-owed",
            `${money(owed)} closes the loan on ${formatDay(books.on)}: a settlement is for less, and ${money(wish.amount)} is more`,
            "amount",
          )
        : undefined;
    }
    case "AgeingResumed":
      return books.pauses.some(({ ageing, through }) => ageing && through > books.on)
        ? undefined
        : trouble(
            "not-paused",
            `no pause holds on ${formatDay(books.on)}; nothing needs to be resumed`,
            "on",
          );
    case "PlanReplaced":
      return outstandingOf(books) > 0
        ? undefined
        : trouble("nothing-owed", `no principal is owed on ${formatDay(books.on)} that a plan could spread`);
    case "LoanAccelerated":
      return books.rows.some((row) => row.dueOn > books.on)
        ? undefined
        : trouble("nothing-to-come", `every installment has fallen due by ${formatDay(books.on)}`, "on");
    case "RefundPaid":
      return wish.amount > books.unapplied
        ? trouble(
            "more-than-unapplied",
            `${money(books.unapplied)} lies unapplied on ${formatDay(books.on)}, and ${money(wish.amount)} would be given back; what was applied comes back only by a reversal`,
            "amount",
          )
        : undefined;
    case "WrittenOff":
      return books.status === "written-off"
        ? trouble("already-written-off", "the loan was written off before", "on")
        : undefined;
    default:
      return undefined;
  }
}

/** What is owed of one kind, as a waiver finds it: interest of rows whose due day has come, principal of all. */
export function owedOf(claim: WaivableKind, books: Books, product: Product): Minor {
  switch (claim) {
    case "late-interest":
      return lateDue(books, product).total;
    case "principal":
      return outstandingOf(books);
    case "interest":
      return minor(books.rows.reduce((sum, row) => sum + (row.dueOn > books.on ? 0 : interestOpen(row)), 0));
    default:
      return minor(books.charges.reduce((sum, one) => sum + (one.kind === claim ? chargeOpen(one) : 0), 0));
  }
}

// --- whether the loan can be counted with it -------------------------------------------------------------------------

const cannotCount = (why: string): Refusal =>
  trouble(
    "cannot-be-counted",
    `with it the loan's entries could not be counted any more (${why}); reverse the later entry that stands in its way first`,
  );

/** The fact among the others, in the order in which a close would take them, day by day. */
function troubleOfFold(wish: RecordedFact, booked: LoanBooked, { facts, product, today }: DecisionContext) {
  const all = inBookedOrder([...facts, wish]);
  const loan = replayed(all, product);
  if (typeof loan === "string") return cannotCount(loan);
  if (product.source === "fed") return undefined;
  try {
    const through = Math.max(today, loan.lateOn) as Day;
    advance(fold(firstBooks(termsOf(booked, product)), standing(all), product), product, through);
    return undefined;
  } catch (error) {
    return cannotCount(invariantOf(error));
  }
}

function replayed(facts: readonly Fact[], product: Product) {
  try {
    return replay({ bucket: 0, n: 0 }, facts, () => product)!;
  } catch (error) {
    return invariantOf(error);
  }
}

function invariantOf(error: unknown): string {
  if (error instanceof InvariantError) return error.message;
  throw error;
}

// --- what should be known of it --------------------------------------------------------------------------------------

function notesOn(wish: RecordedFact, booked: LoanBooked, context: DecisionContext): Refusal[] {
  const notes: Refusal[] = [];
  if (!isMoneyFact(wish)) return notes;
  const books = booksBefore(wish, booked, context);
  if (wish.kind === "PlanReplaced" && wish.how === "extension") {
    const last = books.rows.reduce((latest: number, { dueOn }) => Math.max(latest, dueOn), 0) as Day;
    // An agreement binds whenever it is made; the article says when the borrower has to ask for it.
    if (wish.valueOn > last)
      notes.push(
        trouble(
          "term-has-ended",
          `the last installment fell due on ${formatDay(last)}: a borrower applies for an extension before the term ends (Civil Code of China art. 678); say how this one came about`,
          "on",
        ),
      );
  }
  if (isClosed(books) && wish.kind !== "RefundPaid")
    notes.push(trouble("opens-again", "the loan was closed, and is owed again with this entry"));
  return notes;
}
