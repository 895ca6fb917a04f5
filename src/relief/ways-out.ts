import {
  addDays,
  addMonths,
  type Books,
  type Day,
  decide,
  dueDay,
  type Fact,
  type LoanBooked,
  type Minor,
  minor,
  ok,
  type PlanReplaced,
  type Position,
  type Product,
  payoffOf,
  positionFromFacts,
  type Result,
  refuse,
  termsOf,
  ymd,
} from "../core/index.ts";
import { numberIn, type Source, sourcesIn } from "../legal/index.ts";
import { booksAfter, follow, owedThrough, type Paid, paymentOf, totalAsAgreed } from "./follow.ts";
import {
  type ClosedWay,
  type Consent,
  type Exposure,
  type OpenWay,
  type RecordOutcome,
  USUALLY_ASKED,
  WAYS_OUT,
  type Way,
  type WayKind,
  type WaysAsked,
  type WaysOut,
  type WhyNot,
} from "./types.ts";

/**
 * Every way out of a loan side by side, those that cannot be gone with the reason.
 *
 * Takes   the loan's facts, the day, what can really be paid in a month and what could be paid now.
 * Gives   one entry a way, in the order of `WAYS_OUT`. Each sum is the ledger's: a way is written as facts (a payment, a new plan) and kept
 *         to its end in thought.
 * Refuses `not-booked`; `ended`: nothing is owed.
 * Holds   no plan, extension or hardship plan that is possible asks in any month for more than the surplus.
 * Units   minor units.
 */
export function waysOut(asked: WaysAsked): Result<WaysOut> {
  const { facts, product, asOf, surplus } = asked;
  const booked = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  const position = positionFromFacts({ bucket: 0, n: 0 }, facts, () => product, asOf);
  if (!booked || !position) return refuse("not-booked", "the loan is not paid out yet on that day", "asOf");
  if (position.status !== "open" && position.status !== "written-off")
    return refuse("ended", "nothing is owed to this lender on this loan any more");
  const scene: Scene =
    product.source === "kept"
      ? { ...asked, booked, position, books: booksAfter(facts, product, asOf) }
      : { ...asked, booked, position };
  return ok({
    loan: booked.id,
    currency: product.terms.currency,
    asOf,
    position,
    ...(surplus === undefined ? {} : { surplus }),
    ...(asked.guarantor === undefined ? {} : { guarantor: asked.guarantor }),
    ways: WAYS_OUT.map((way) => WAYS[way](scene)),
  });
}

interface Scene extends WaysAsked {
  readonly booked: LoanBooked;
  readonly position: Position;
  /** Absent of a fed loan, whose plan the core system holds. */
  readonly books?: Books;
}

const isLate = ({ position }: Scene): boolean => position.dpd > 0 || position.arrears.total > 0;

const WAYS: Readonly<Record<WayKind, (scene: Scene) => Way>> = {
  "pay-all": payAll,
  "catch-up": catchUp,
  "part-payment": partPayment,
  plan: (scene) => planned(scene, "plan", scene.willing?.planMonths ?? USUALLY_ASKED.planMonths),
  extension,
  hardship,
  settlement,
  "enforcement-settlement": enforcementSettlement,
};

const closed = (scene: Scene, way: WayKind, why: WhyNot, more: Partial<ClosedWay> = {}): ClosedWay => ({
  way,
  possible: false,
  why,
  because: sourcesOf(scene, way),
  ...more,
});

const LAW: Readonly<Record<WayKind, readonly string[]>> = {
  "pay-all": ["way-out.prepayment"],
  "catch-up": ["way-out.return"],
  "part-payment": ["allocation.order", "limitation.by.part-payment"],
  plan: ["way-out.agreement", "limitation.by.installment-plan"],
  extension: ["way-out.extension", "limitation.by.extension-request"],
  hardship: ["way-out.agreement", "limitation.by.installment-plan"],
  settlement: ["way-out.agreement"],
  "enforcement-settlement": ["enforcement.settlement", "enforcement.settlement.kept"],
};
const CARD_LAW = ["card-plan.longest", "cn/card-plan-kept", "limitation.by.installment-plan"];

const GUARANTEE_LAW = ["way-out.guarantor", "way-out.guarantor.term"];
/** Ways by which the contract is varied. */
const VARIED: readonly WayKind[] = ["plan", "extension", "hardship"];

const sourcesOf = ({ pack, asOf, card, guarantor }: Scene, way: WayKind): readonly Source[] =>
  sourcesIn(
    pack,
    asOf,
    ...(way === "hardship" && card ? CARD_LAW : LAW[way]),
    ...(guarantor !== undefined && VARIED.includes(way) ? GUARANTEE_LAW : []),
  );

// --- what the contract gives -------------------------------------------------------------------------------------------

function payAll(scene: Scene): Way {
  const { books, product, position, asOf } = scene;
  const amount = books
    ? minor(payoffOf(books, product))
    : minor(Math.max(position.payoff, position.arrears.total));
  return opened(scene, "pay-all", [{ on: asOf, amount }], { needs: "nobody", exposure: "over" });
}

function catchUp(scene: Scene): Way {
  const { books, product, position, asOf, facts } = scene;
  if (!isLate(scene)) return closed(scene, "catch-up", "nothing-past-due");
  // Of a fed loan only what is reported is known: what falls due after it, the core system says.
  if (!books)
    return opened(scene, "catch-up", [{ on: asOf, amount: position.arrears.total }], {
      needs: "nobody",
      exposure: "in-time",
    });
  const first = { on: asOf, amount: owedThrough(books, product) };
  const rest = follow([...facts, paymentOf(first, "first")], product, asOf);
  return opened(scene, "catch-up", [first, ...rest], { needs: "nobody", exposure: "in-time" });
}

/** A part now and the rest of what is late with the next installment. */
function partPayment(scene: Scene): Way {
  const { books, product, asOf, facts, now } = scene;
  if (!isLate(scene)) return closed(scene, "part-payment", "nothing-past-due");
  if (!books) return closed(scene, "part-payment", "fed");
  if (now === undefined || now <= 0) return closed(scene, "part-payment", "no-sum-told");
  if (now >= owedThrough(books, product)) return closed(scene, "part-payment", "covers-all");
  const first = { on: asOf, amount: now };
  const known = [...facts, paymentOf(first, "first")];
  const days = booksAfter(known, product, asOf).rows.filter(({ dueOn }) => dueOn > asOf);
  // Where nothing falls due any more, the rest comes a month later.
  const rest =
    days.length > 0 ? follow(known, product, asOf) : [allOn(known, product, addMonths(asOf, 1, "clamp"))];
  return opened(scene, "part-payment", [first, ...rest], { needs: "nobody", exposure: "goes-on" });
}

const allOn = (facts: readonly Fact[], product: Product, on: Day): Paid => ({
  on,
  amount: minor(payoffOf(booksAfter(facts, product, on), product)),
});

function settlement(scene: Scene): Way {
  const { books, asOf, product } = scene;
  const offer = books?.settlement;
  // Only what stands in the books was offered: nobody is told of a sum that nobody named.
  if (!books || !offer || offer.by < asOf || payoffOf(books, product) <= 0)
    return closed(scene, "settlement", "not-offered");
  const amount = minor(Math.max(0, offer.amount - offer.received));
  return opened(scene, "settlement", [{ on: asOf, amount }], { needs: "lender", exposure: "over" });
}

// --- what has to be agreed ---------------------------------------------------------------------------------------------

/** Days between an agreement and its first payment: nobody can pay before he knows. */
const FIRST_AFTER = 7;

interface PlanTerms {
  readonly how: PlanReplaced["how"];
  readonly installments: number;
  readonly interestFree?: boolean;
}

/** A plan in level monthly parts of all that is owed today; late interest of the past becomes part of it, and none is added while it is kept. */
function planFact(
  { booked, product, asOf, firstAfter = FIRST_AFTER }: Scene,
  { how, installments, interestFree }: PlanTerms,
): PlanReplaced {
  return {
    kind: "PlanReplaced",
    on: asOf,
    id: "way-out/plan",
    valueOn: asOf,
    how,
    firstDueOn: firstDay(booked, product, asOf, firstAfter),
    installments,
    method: interestFree ? "equal-principal" : "equal-installment",
    every: { months: 1 },
    interest: "capitalise",
    late: "capitalise",
    ...(interestFree ? { rateE8: 0 } : {}),
  };
}

/** On the loan's own day of the month where it has one. */
function firstDay(booked: LoanBooked, product: Product, asOf: Day, after: number): Day {
  const terms = termsOf(booked, product);
  if (!("months" in terms.every)) return addMonths(asOf, 1, "clamp");
  for (let n = 1; ; n++) {
    const day = dueDay({ ...terms, every: { months: 1 } }, n);
    if (day >= asOf + after) return day;
  }
}

interface Tried {
  readonly fact: PlanReplaced;
  readonly payments: readonly Paid[];
  readonly monthly: Minor;
}

/** A plan kept to its end, or why the ledger does not take it. */
function tried(scene: Scene, terms: PlanTerms): Tried | { readonly says: string } {
  const { facts, product, asOf } = scene;
  const fact = planFact(scene, terms);
  const decided = decide(fact, { facts, product, today: asOf });
  if (!decided.ok) return { says: decided.refusal.says };
  const payments = follow([...facts, fact], product, asOf);
  return { fact, payments, monthly: heaviest(payments) };
}

/** The shortest plan of at most so many months of which none asks for more than can be paid. */
function planned(scene: Scene, way: "plan" | "hardship" | "extension", most: number, least = 2): Way {
  const { books, surplus } = scene;
  if (!books) return closed(scene, way, "fed");
  if (books.judgmentE8 !== undefined) return closed(scene, way, "judged");
  if (surplus === undefined) return closed(scene, way, "no-surplus-told");
  return shortest(scene, way, { how: way === "extension" ? "extension" : "restructure" }, { least, most });
}

function shortest(
  scene: Scene,
  way: WayKind,
  terms: Omit<PlanTerms, "installments">,
  { least, most }: { least: number; most: number },
): Way {
  const longest = tried(scene, { ...terms, installments: most });
  if ("says" in longest) return closed(scene, way, "refused", { says: longest.says });
  const surplus = scene.surplus!;
  if (longest.monthly > surplus) return closed(scene, way, "above-surplus", { least: longest.monthly });
  let [low, high, found] = [least - 1, most, longest];
  // More months never ask for more in one; what is found is looked at once more below.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const one = tried(scene, { ...terms, installments: middle });
    if (!("says" in one) && one.monthly <= surplus) [high, found] = [middle, one];
    else low = middle;
  }
  const exposure = way === "hardship" && scene.card ? "rests-by-rule" : "by-agreement";
  return opened(scene, way, found.payments, { needs: "lender", exposure, change: found.fact });
}

function extension(scene: Scene): Way {
  const { books, asOf, willing } = scene;
  if (!books) return closed(scene, "extension", "fed");
  // Asked for before the term ends; while something is late it would not help.
  if (books.rows.every(({ dueOn }) => dueOn <= asOf)) return closed(scene, "extension", "term-ended");
  if (isLate(scene)) return closed(scene, "extension", "past-due");
  const left = books.rows.filter(({ dueOn }) => dueOn > asOf).length;
  const most = left + (willing?.planMonths ?? USUALLY_ASKED.planMonths);
  return planned(scene, "extension", most, left + 1);
}

/** As light as it can be: of a card over as many months as the law lets it take, of a loan over as many as the lender is willing to. */
function hardship(scene: Scene): Way {
  const { pack, asOf, card, willing } = scene;
  const byLaw = (numberIn(pack, "card-plan.longest", "years", asOf) ?? 0) * 12;
  const most = card && byLaw > 0 ? byLaw : (willing?.hardshipMonths ?? USUALLY_ASKED.hardshipMonths);
  return planned(scene, "hardship", most, most);
}

/** What a judgment says, in equal parts without new interest, as both sides agree before the court that enforces. */
function enforcementSettlement(scene: Scene): Way {
  const { books, surplus, willing } = scene;
  const way = "enforcement-settlement";
  if (books?.judgmentE8 === undefined) return closed(scene, way, "no-judgment");
  if (surplus === undefined) return closed(scene, way, "no-surplus-told");
  const most = willing?.planMonths ?? USUALLY_ASKED.planMonths;
  return shortest(scene, way, { how: "restructure", interestFree: true }, { least: 2, most });
}

// --- one way, told -----------------------------------------------------------------------------------------------------

function opened(
  scene: Scene,
  way: WayKind,
  payments: readonly Paid[],
  {
    needs,
    exposure,
    change,
  }: { readonly needs: Consent; readonly exposure: Exposure; readonly change?: PlanReplaced },
): OpenWay {
  const { position, surplus } = scene;
  const total = minor(payments.reduce((sum, { amount }) => sum + amount, 0));
  const monthly = heaviest(payments);
  const endsOn = payments.at(-1)!.on;
  return {
    way,
    possible: true,
    payments,
    total,
    cost: minor(total - position.outstanding),
    endsOn,
    months: byMonth(payments).size,
    monthly,
    ...(surplus === undefined ? {} : { affordable: monthly <= surplus }),
    needs,
    exposure,
    record: recordOf(scene, way, payments),
    lateAfter: lateAfter(scene, way, payments[0]!),
    restartsLimitation: way !== "pay-all" && way !== "settlement",
    ...(change ? { change, heavier: heavierBy(scene, total) } : {}),
    because: sourcesOf(scene, way),
  };
}

const heavierBy = ({ facts, product, asOf }: Scene, total: Minor): Minor =>
  minor(Math.max(0, total - totalAsAgreed(facts, product, asOf)));

function byMonth(payments: readonly Paid[]): Map<number, number> {
  const months = new Map<number, number>();
  for (const { on, amount } of payments) {
    const { year, month } = ymd(on);
    const key = year * 12 + month;
    months.set(key, (months.get(key) ?? 0) + amount);
  }
  return months;
}

/** The most that one calendar month asks for. */
export const heaviest = (payments: readonly Paid[]): Minor =>
  minor(Math.max(0, ...byMonth(payments).values()));

function recordOf(scene: Scene, way: WayKind, payments: readonly Paid[]): RecordOutcome {
  const { pack, asOf } = scene;
  if (!isLate(scene)) return way === "extension" ? { kind: "by-agreement" } : { kind: "never-late" };
  if (way === "part-payment") return { kind: "stays-late" };
  if (way === "plan" || way === "hardship" || way === "enforcement-settlement")
    return { kind: "by-agreement" };
  const years = numberIn(pack, "credit.retention", "years", asOf);
  const ended = payments[0]!.on;
  return years === undefined
    ? { kind: "clears" }
    : { kind: "clears", on: addMonths(ended, years * 12, "clamp") };
}

/** What is late on the day after the first payment, or after the agreement. */
function lateAfter(scene: Scene, way: WayKind, first: Paid): OpenWay["lateAfter"] {
  const { facts, product, asOf, books } = scene;
  if (!books || way !== "part-payment") return { pastDue: minor(0), dpd: 0 };
  const known = [...facts, paymentOf(first, "first")];
  const after = positionFromFacts({ bucket: 0, n: 0 }, known, () => product, addDays(asOf, 1))!;
  return { pastDue: after.arrears.total, dpd: after.dpd };
}
