import {
  type AssetClass,
  advance,
  agedFrom,
  areSimple,
  arrearsOn,
  type BureauCode,
  type BureauFact,
  completeOrder,
  countedFacts,
  type Day,
  dpdOn,
  type Fact,
  firstBooks,
  fold,
  type Installment,
  isMoneyFact,
  type Key,
  type LoanBooked,
  type LoanState,
  type LoanStatus,
  type LoanTerms,
  type Minor,
  minor,
  type Product,
  type ProductTerms,
  positionOfBooks,
  post,
  replay,
  type SpecialTransaction,
  schedule,
  termsOf,
  ymd,
  ZERO,
} from "../core/index.ts";
import {
  type BureauRule,
  classOf,
  firstDayOf,
  isLast,
  lastDayOf,
  type Month,
  type MonthSeen,
  monthCode,
  monthOf,
} from "./bureau.ts";

/** A loan at a month's end. */
export interface MonthEntry {
  readonly code: BureauCode;
  readonly class: AssetClass | undefined;
  readonly dpd: number;
  /** Days since the oldest due day that is not fully paid; 0 while none is past. */
  readonly dueAge: number;
  readonly outstanding: Minor;
  readonly pastDue: Minor;
  readonly special: readonly SpecialTransaction[];
  /** The row's own sum of overdue amount x days: whether it grew says whether the loan was late since. */
  readonly lateUnits: number;
}

/** What a month-end is taken by: the month, and the rule of its last day. */
export interface MonthEnd {
  readonly month: Month;
  readonly first: Day;
  readonly last: Day;
  readonly rule: BureauRule;
}

export const monthEndOf = (month: Month, rule: BureauRule): MonthEnd => ({
  month,
  first: firstDayOf(month),
  last: lastDayOf(month),
  rule,
});

// --- marks -------------------------------------------------------------------------------------------------------------

const LASTING: readonly string[] = ["bad-debt", "unknown", "ended"];

/** The marks on a loan that count in a month: those booked by its end, dated by it and not reversed by it. */
export function marksOf(
  facts: readonly BureauFact[],
  debt: string,
  { month, last }: Pick<MonthEnd, "month" | "last">,
): Set<string> {
  const known = facts.filter((fact) => fact.debt === debt && fact.on <= last);
  const reversed = new Set(known.flatMap((fact) => (fact.kind === "BureauMarkReversed" ? [fact.of] : [])));
  const marks = new Set<string>();
  for (const fact of known) {
    if (fact.kind !== "BureauMarked" || reversed.has(fact.id) || fact.dated > last) continue;
    if (LASTING.includes(fact.mark) || monthOf(fact.dated) === month) marks.add(fact.mark);
  }
  return marks;
}

const NO_MARKS: ReadonlySet<string> = new Set();

// --- from the state row -----------------------------------------------------------------------------------------------------

/** What is known of a loan beside its row. */
export interface Beside {
  /** Its entry of the month before, where that month was taken and the loan was in it. */
  readonly before: MonthEntry | undefined;
  /** A close wrote down its end in this month. */
  readonly endedNow: boolean;
  /** A report on a fed loan that was booked in this month told of arrears. */
  readonly reportedLate?: boolean;
}

/**
 * A loan's month from its state row alone, where the row says all: so it is with nearly every loan, and its journal stays unread.
 *
 * Takes   the row as the close of the month's last day left it, or with nothing booked since; no mark on the loan.
 * Gives   the entry; nothing where none is due; `journal` where only its facts tell.
 * Holds   what it gives is what `monthFromFacts` gives (a property test).
 */
export function monthFromRow(
  loan: LoanState,
  product: Product,
  end: MonthEnd,
  beside: Beside,
): MonthEntry | undefined | "journal" {
  if (loan.disbursedOn > end.last) return undefined;
  if (loan.setAside) return "journal";
  if (isOver(loan) && !beside.endedNow) return undefined;
  if (loan.extra?.unapplied || loan.lateOn > end.last) return "journal";
  if (isOver(loan)) {
    if (loan.status === "assigned" || loan.status === "settled" || loan.extra?.books) return "journal";
    return entryOf(
      seenOf(loan, 0, false, false),
      figuresOf(loan, ZERO, 0),
      product.source === "kept" && endedEarly(termsOf(loan, product), loan.status, loan.lateOn, end)
        ? EARLY
        : NO_SPECIAL,
      end,
    );
  }
  const dpd = dpdOn(loan, product, end.last);
  if (dpd > 0) {
    const pastDue = arrearsOn(loan, product, end.last).total;
    return entryOf(
      seenOf(loan, dpd, false, false),
      figuresOf(loan, pastDue, end.last - loan.dueOn),
      NO_SPECIAL,
      end,
    );
  }
  const late =
    loan.status === "written-off"
      ? false
      : product.source === "fed"
        ? reportedLateInMonth(beside)
        : lateInMonth(loan, product, end, beside);
  if (late === "journal") return late;
  return entryOf(
    seenOf(loan, 0, hasDue(loan, product, end), late),
    figuresOf(loan, ZERO, 0),
    NO_SPECIAL,
    end,
  );
}

const NO_SPECIAL: readonly SpecialTransaction[] = [];
const EARLY: readonly SpecialTransaction[] = ["early-payoff"];

const seenOf = (
  { status, setAside }: Pick<LoanState, "status" | "setAside">,
  dpd: number,
  dueInMonth: boolean,
  paidLate: boolean,
): MonthSeen => ({ status, unknown: setAside, marks: NO_MARKS, late: { dpd }, dueInMonth, paidLate });

const figuresOf = (loan: LoanState, pastDue: Minor, dueAge: number) => ({
  dueAge: Math.max(0, dueAge),
  outstanding: minor(loan.principal - loan.principalPaid),
  pastDue,
  lateUnits: loan.lateUnits,
});

function entryOf(
  seen: MonthSeen,
  figures: Pick<MonthEntry, "dueAge" | "outstanding" | "pastDue" | "lateUnits">,
  special: readonly SpecialTransaction[],
  { rule }: MonthEnd,
): MonthEntry {
  const dpd = "dpd" in seen.late ? seen.late.dpd : 0;
  const code = monthCode(seen, rule.daysLate.from);
  const over = isLast(code);
  return {
    code,
    class: over ? undefined : classOf(dpd, rule),
    dpd: over ? 0 : dpd,
    dueAge: over ? 0 : figures.dueAge,
    outstanding: over ? ZERO : figures.outstanding,
    pastDue: over ? ZERO : figures.pastDue,
    special,
    lateUnits: figures.lateUnits,
  };
}

/** Paid off, by money that counts through a day, before the last day of its plan. */
function endedEarly(terms: LoanTerms, status: LoanStatus, through: Day, { last }: MonthEnd): boolean {
  if (status !== "paid-off") return false;
  const plan = schedule(terms);
  const lastDue = plan[plan.length - 1]!.dueOn;
  return lastDue > last || lastDue > through;
}

/**
 * Whether something was paid after its day in a month at whose end nothing is past due.
 *
 * Late interest that never began to run says that nothing ever was late, where each late day bears it; no money in the month, that
 * nothing was late in it. Of the others, a loan that was not past due at the end of the month before and whose late days grew was late
 * in between; every other one is asked for its facts.
 */
function lateInMonth(
  loan: LoanState,
  product: Product,
  { first }: MonthEnd,
  { before }: Beside,
): boolean | "journal" {
  if (loan.lateOn < first) return false;
  if (loan.extra?.books || !showsLateDays(product)) return "journal";
  if (loan.lateUnits === 0 && loan.latePaid === 0) return false;
  if (!before || before.dpd > 0 || product.grace || product.payableOn || product.dpd) return "journal";
  if (before.code === "#" || before.code === "B") return "journal";
  return before.lateUnits !== loan.lateUnits;
}

/** A fed loan was late where a report said so, or where the month before ended with it. */
const reportedLateInMonth = ({ before, reportedLate }: Beside): boolean | "journal" =>
  !before || before.dpd > 0 || before.code === "#" || before.code === "B" || reportedLate ? "journal" : false;

const lateDaysShown = new WeakMap<Product, boolean>();

/**
 * Every late day leaves a trace in the row: late interest runs from the first of them, and on something. It runs on principal alone
 * only where each installment has principal, and interest is paid before it.
 */
function showsLateDays(product: Product): boolean {
  const known = lateDaysShown.get(product);
  if (known !== undefined) return known;
  const { lateInterest, grace, terms, allocation } = product;
  const { order } = completeOrder(allocation);
  const interestFirst = (["past-due", "due", "in-advance"] as const).every(
    (timing) => order.indexOf(`${timing}.interest`) < order.indexOf(`${timing}.principal`),
  );
  const shown =
    lateInterest !== undefined &&
    !grace &&
    (lateInterest.on === "principal+interest" || (isLevel(terms) && interestFirst));
  lateDaysShown.set(product, shown);
  return shown;
}

/** Each installment repays principal. */
const isLevel = ({ method, graceOnPrincipal }: ProductTerms): boolean =>
  (method === "equal-principal" || method === "equal-installment" || method === "flat") && !graceOnPrincipal;

/** Whether an installment of the plan falls due in the month. */
function hasDue(loan: LoanState, product: Product, end: MonthEnd): boolean {
  const rows = loan.extra?.books?.rows;
  if (rows) return rows.some((row) => isDueIn(row, end));
  const { every, monthEnd } = product.terms;
  if (
    isLevel(product.terms) &&
    "months" in every &&
    every.months === 1 &&
    (monthEnd === "clamp" || ymd(loan.firstDueOn).day <= 28)
  ) {
    const from = monthOf(loan.firstDueOn);
    return end.month >= from && end.month < from + loan.installments;
  }
  return schedule(termsOf(loan, product)).some((row) => isDueIn(row, end));
}

const isDueIn = (
  { dueOn, principal, interest }: Pick<Installment, "dueOn" | "principal" | "interest">,
  { first, last }: MonthEnd,
): boolean => dueOn >= first && dueOn <= last && principal + interest > 0;

// --- from the facts ---------------------------------------------------------------------------------------------------------

/** A loan's facts and what was recorded of its entry, for `monthFromFacts`. */
export interface LoanFacts {
  readonly key: Key;
  readonly facts: readonly Fact[];
  readonly product: Product;
  readonly marks: ReadonlySet<string>;
}

/**
 * A loan's month from its journal: only what was booked by its last day counts.
 *
 * Gives   the entry; nothing where the loan was not open yet, or had ended before the month.
 * Holds   whatever is booked later changes nothing of it.
 */
export function monthFromFacts(
  { key, facts, product, marks }: LoanFacts,
  end: MonthEnd,
): MonthEntry | undefined {
  const known = facts.filter(({ on }) => on <= end.last);
  const booked = known.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!booked || booked.disbursedOn > end.last) return undefined;
  return product.source === "fed"
    ? fedMonth(key, known, product, marks, end)
    : keptMonth(booked, known, product, marks, end);
}

/** One fold over the loan's money: what its books say at the end, and whether something was late before a day's money came. */
function keptMonth(
  booked: LoanBooked,
  known: readonly Fact[],
  product: Product,
  marks: ReadonlySet<string>,
  end: MonthEnd,
): MonthEntry | undefined {
  const terms = termsOf(booked, product);
  let books = firstBooks(terms);
  let paidLate = false;
  for (const fact of countedFacts(known, { asOf: end.last })) {
    if (fact.valueOn >= end.first && books.on < fact.valueOn) {
      books = advance(books, product, fact.valueOn);
      paidLate ||= dpdOn({ dueOn: agedFrom(books, product), extra: { books } }, product, fact.valueOn) > 0;
    }
    books = post(books, fact, product);
  }
  if (isOver(books)) {
    const before = countedFacts(
      known.filter(({ on }) => on < end.first),
      { asOf: end.last },
    );
    if (isOver(fold(firstBooks(terms), before, product))) return undefined;
  }
  // The row counts late days through the last money that ever came, even if it was reversed since.
  let through: Day = terms.disbursedOn;
  for (const fact of known) if (isMoneyFact(fact) && fact.valueOn > through) through = fact.valueOn;
  const lateUnits = advance(books, product, through).late.units;
  const special = specialOf(known, marks, end);
  if (areSimple(books) && endedEarly(terms, books.status, through, end)) special.push("early-payoff");
  const position = positionOfBooks(advance(books, product, end.last), product);
  const { dpd, dueOn, installments, outstanding } = position;
  const seen: MonthSeen = {
    status: books.status,
    unknown: isSetAside(known),
    marks,
    late: { dpd },
    dueInMonth: installments.some((row) => isDueIn(row, end)),
    paidLate: dpd === 0 && paidLate,
  };
  const figures = {
    dueAge: dpd > 0 && dueOn !== null ? Math.max(0, end.last - dueOn) : 0,
    outstanding,
    pastDue: dpd > 0 ? position.arrears.total : ZERO,
    lateUnits,
  };
  return entryOf(seen, figures, special.sort(), end);
}

/** Set aside by a close, and nothing from outside since, which would take it back. */
function isSetAside(known: readonly Fact[]): boolean {
  const at = known.findLastIndex(({ kind }) => kind === "SetAside");
  return at >= 0 && !known.slice(at + 1).some((fact) => isMoneyFact(fact) || TAKE_BACK.includes(fact.kind));
}
const TAKE_BACK: readonly Fact["kind"][] = [
  "EntryReversed",
  "BalanceReported",
  "HoldPlaced",
  "HoldLifted",
  "ReachChanged",
  "PersonChanged",
  "PromiseMade",
  "PromiseReplaced",
  "PromiseWithdrawn",
];

function fedMonth(
  key: Key,
  known: readonly Fact[],
  product: Product,
  marks: ReadonlySet<string>,
  end: MonthEnd,
): MonthEntry | undefined {
  const at = (facts: readonly Fact[]) => replay(key, facts, () => product);
  const loan = at(known)!;
  if (isOver(loan)) {
    const before = at(known.filter(({ on }) => on < end.first));
    if (before && isOver(before)) return undefined;
  }
  const dpd = loan.setAside ? 0 : dpdOn(loan, product, end.last);
  const seen: MonthSeen = {
    status: loan.status,
    unknown: loan.setAside,
    marks,
    late: { dpd },
    dueInMonth: hasDue(loan, product, end),
    paidLate: dpd === 0 && wasReportedLate(key, known, product, end.first, end.last),
  };
  const pastDue = dpd > 0 ? arrearsOn(loan, product, end.last).total : ZERO;
  return entryOf(
    seen,
    figuresOf(loan, pastDue, dpd > 0 ? end.last - loan.dueOn : 0),
    specialOf(known, marks, end),
    end,
  );
}

const isOver = ({ status }: { readonly status: LoanStatus }): boolean =>
  status !== "open" && status !== "written-off";

function wasReportedLate(key: Key, known: readonly Fact[], product: Product, first: Day, last: Day): boolean {
  const isLate = (on: Day): boolean => {
    const loan = replay(
      key,
      known.filter(
        (fact) => fact.kind === "LoanBooked" || (fact.kind === "BalanceReported" && fact.asOf <= on),
      ),
      () => product,
    );
    return loan !== undefined && loan.status === "open" && loan.lateUnits > 0 && dpdOn(loan, product, on) > 0;
  };
  if (isLate((first - 1) as Day)) return true;
  return known.some(
    (fact) => fact.kind === "BalanceReported" && fact.asOf >= first && fact.asOf <= last && isLate(fact.asOf),
  );
}

const SPECIAL_OF: Readonly<Record<string, SpecialTransaction>> = {
  LoanAssigned: "assigned",
  ClaimWaived: "reduction",
  SettlementAgreed: "reduction",
  JudgmentEntered: "judicial",
};

function specialOf(known: readonly Fact[], marks: ReadonlySet<string>, end: MonthEnd): SpecialTransaction[] {
  const found = new Set<SpecialTransaction>();
  const reversed = new Set(known.flatMap((fact) => (fact.kind === "EntryReversed" ? [fact.id] : [])));
  for (const fact of known) {
    if (!isMoneyFact(fact) || fact.on < end.first || reversed.has(fact.id)) continue;
    const special = SPECIAL_OF[fact.kind];
    if (special) found.add(special);
    if (fact.kind === "PlanReplaced" && fact.how === "extension") found.add("extension");
  }
  if (marks.has("guarantor")) found.add("guarantor");
  if (marks.has("in-kind")) found.add("in-kind");
  return [...found].sort();
}
