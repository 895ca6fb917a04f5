import {
  add,
  atLeastZero,
  type Day,
  invariant,
  least,
  type Minor,
  minor,
  mulDivRound,
  type Result,
  subtract,
  ZERO,
} from "../core/index.ts";
import { type CourtFee, courtFee, type FeeStep } from "./court-fee.ts";
import { type Counting, type Deadline, deadline } from "./deadline.ts";
import type {
  AppealFeeEnd,
  CourtFeeLaw,
  FeeLife,
  FeeLine,
  FeeReason,
  FeeRule,
  FeesOfLife,
  LegalCost,
  SuitFeeEnd,
  SuitFees,
} from "./fee-life.ts";

/**
 * What the courts and others cost over the life of a case: prepaid by whom, refunded, borne by whom, and by which sentence.
 *
 * Takes   what happened or is imagined; the law of fees on the day.
 * Gives   a line a fee in the order of a case, and the sums of all.
 * Units   minor units. Each fee is rounded half up once; a refund is a difference of rounded fees.
 * Refuses nothing. A share of the debtor above the fee is taken as all of it.
 * Source  measures on litigation costs of 2007; interpretation on the Civil Procedure Law arts 195, 199, 206, 207.
 */
export function feesOf(life: FeeLife, law: CourtFeeLaw): FeesOfLife {
  const lines: FeeLine[] = [];
  const order = life.paymentOrder && paymentOrderLine(life.paymentOrder, law);
  const into = order && life.suit?.after === "payment-order" ? order.charged : ZERO;
  if (order) lines.push(into > 0 ? movedInto(order, law) : order);
  if (life.preservation) lines.push(preservationLine(life.preservation.amount, law));
  if (life.suit) lines.push(suitLine(life.suit, into, law));
  if (life.appeal) lines.push(appealLine(life.appeal, law));
  if (life.enforcement) lines.push(enforcementLine(life.enforcement, law));
  for (const cost of life.costs ?? []) lines.push(costLine(cost, law));
  for (const line of lines) holds(line);
  const sum = (key: keyof FeesOfLife["total"]): Minor => add(...lines.map((line) => line[key]));
  return {
    lines,
    total: {
      charged: sum("charged"),
      prepaid: sum("prepaid"),
      fromCourt: sum("fromCourt"),
      fromDebtor: sum("fromDebtor"),
      applicant: sum("applicant"),
      debtor: sum("debtor"),
      open: sum("open"),
    },
  };
}

/** The last day to prepay a fee of which the court told on a day. */
export const prepayBy = (toldOn: Day, law: CourtFeeLaw, counting: Counting): Result<Deadline<"prepay">> =>
  deadline(
    "prepay",
    toldOn,
    { period: { days: law.prepayDays }, source: law.sources["prepay-days"] },
    counting,
  );

/** The last day on which a court gives back what it has to, after its paper took effect. */
export const refundBy = (
  effectiveOn: Day,
  law: CourtFeeLaw,
  counting: Counting,
): Result<Deadline<"refund">> =>
  deadline(
    "refund",
    effectiveOn,
    { period: { days: law.refundDays }, source: law.sources["refund-days"] },
    counting,
  );

const NONE = {
  creditedIn: ZERO,
  creditedOut: ZERO,
  fromCourt: ZERO,
  fromDebtor: ZERO,
  toPay: ZERO,
  applicant: ZERO,
  debtor: ZERO,
  open: ZERO,
  mayClaim: false,
} as const;

function paymentOrderLine({ amount, end }: NonNullable<FeeLife["paymentOrder"]>, law: CourtFeeLaw): FeeLine {
  const fee = courtFee(amount, "payment-order", law.tiers);
  const reason = reasons(law);
  const base: FeeLine = {
    ...NONE,
    of: "payment-order",
    charged: fee.fee,
    prepaidBy: "lender",
    prepaid: fee.fee,
    fee,
    because: [reason("application-prepaid", fee.fee)],
  };
  switch (end) {
    case "unopposed":
      return {
        ...base,
        debtor: fee.fee,
        fromDebtor: fee.fee,
        because: [...base.because, reason("payment-order.unopposed", fee.fee)],
      };
    case "opposed":
      return {
        ...base,
        applicant: fee.fee,
        mayClaim: true,
        because: [...base.because, reason("payment-order.opposed", fee.fee)],
      };
    case "pending":
    case "other":
      return { ...base, open: fee.fee };
  }
}

/** The suit took the order over: its fee is counted in and only the rest is paid. */
const movedInto = (order: FeeLine, law: CourtFeeLaw): FeeLine => ({
  ...order,
  ...NONE,
  charged: ZERO,
  creditedOut: order.charged,
  because: [order.because[0]!, reasons(law)("payment-order.top-up", order.charged)],
});

function preservationLine(amount: Minor, law: CourtFeeLaw): FeeLine {
  const fee = courtFee(amount, "preservation", law.tiers);
  const reason = reasons(law);
  return {
    ...NONE,
    of: "preservation",
    charged: fee.fee,
    prepaidBy: "lender",
    prepaid: fee.fee,
    applicant: fee.fee,
    mayClaim: true,
    fee,
    because: [reason("application-prepaid", fee.fee), reason("preservation.bearer", fee.fee)],
  };
}

function suitLine(suit: SuitFees, creditedIn: Minor, law: CourtFeeLaw): FeeLine {
  const { procedure, changed, turnedOrdinary, end } = suit;
  invariant(
    procedure !== "ordinary" || turnedOrdinary === undefined,
    "a case of ordinary procedure cannot turn into one",
  );
  const reason = reasons(law);
  const because: FeeReason[] = [];
  const of = (amount: Minor, half: boolean): CourtFee =>
    courtFee(amount, half ? "summary" : "case", law.tiers);
  const began = of(suit.amount, procedure !== "ordinary");
  const paidFirst = atLeastZero(subtract(began.fee, creditedIn));
  because.push(reason("prepaid", paidFirst));
  if (creditedIn > 0) because.push(reason("payment-order.top-up", paidFirst));

  const late = changed !== undefined && changed.amount < suit.amount && !changed.inTime;
  const amount = changed === undefined || late ? suit.amount : changed.amount;
  const simple = procedure !== "ordinary" && turnedOrdinary === undefined;
  const stays = of(amount, simple || turnedOrdinary === "unpaid");
  // What was collected before the end: never less than what was paid at first, since a refund is a step of its own.
  const collected = minor(Math.max(stays.fee, began.fee));
  if (changed !== undefined)
    because.push(changeReason(suit, subtract(of(amount, simple).fee, of(suit.amount, simple).fee), law));
  if (turnedOrdinary === "paid")
    because.push(reason("turned-ordinary", subtract(of(amount, false).fee, of(amount, true).fee)));

  const ended = endOfSuit(amount, stays, simple, end, turnedOrdinary, law);
  because.push(...ended.because);
  const { charged } = ended;
  // Of a claim made smaller too late, the part that fell away stays with who made it smaller.
  const mine = late ? atLeastZero(subtract(charged, of(changed.amount, ended.halved).fee)) : ZERO;
  const borne = bearers(subtract(charged, mine), turnedOrdinary === "unpaid" ? WITHDRAWN : end, law);
  because.push(...borne.because);
  const applicant = add(borne.applicant, mine);
  const prepaid = atLeastZero(subtract(collected, creditedIn));
  const back = subtract(add(prepaid, creditedIn), add(applicant, borne.open));
  const fromDebtor = borne.direct ? least(back, borne.debtor) : ZERO;
  return {
    ...NONE,
    of: "case",
    charged,
    prepaidBy: "lender",
    prepaid,
    creditedIn,
    fromCourt: subtract(back, fromDebtor),
    fromDebtor,
    applicant,
    debtor: borne.debtor,
    open: borne.open,
    fee: ended.fee,
    because,
  };
}

const WITHDRAWN = { kind: "withdrawn" } as const;

function changeReason(
  { amount, changed }: SuitFees,
  difference: Minor | number,
  law: CourtFeeLaw,
): FeeReason {
  const reason = reasons(law);
  const moved = minor(Math.abs(difference));
  if (changed!.amount >= amount) return reason("increased", moved);
  return changed!.inTime ? reason("reduced", moved) : reason("reduced-late");
}

function endOfSuit(
  amount: Minor,
  stays: CourtFee,
  simple: boolean,
  end: SuitFeeEnd,
  turnedOrdinary: SuitFees["turnedOrdinary"],
  law: CourtFeeLaw,
): { charged: Minor; fee: CourtFee; halved: boolean; because: readonly FeeReason[] } {
  const reason = reasons(law);
  if (turnedOrdinary === "unpaid") {
    const refund = mulDivRound(stays.fee, 1, 2, "half-up");
    return {
      charged: subtract(stays.fee, refund),
      fee: stays,
      halved: true,
      because: [reason("turned-ordinary.unpaid", refund)],
    };
  }
  if (end.kind === "rejected")
    return { charged: ZERO, fee: stays, halved: simple, because: [reason("rejected", stays.fee)] };
  if (end.kind !== "mediated" && end.kind !== "withdrawn")
    return { charged: stays.fee, fee: stays, halved: simple, because: [] };
  // Half already: a second half is refused by the interpretation, whatever the way it ended.
  if (simple) return { charged: stays.fee, fee: stays, halved: true, because: [reason("halved-once")] };
  const half = settledFee(amount, law);
  return { charged: half.fee, fee: half, halved: true, because: [reason("settled", half.fee)] };
}

const settledFee = (amount: Minor, { tiers, settled }: CourtFeeLaw): CourtFee =>
  courtFee(amount, "summary", { ...tiers, summary: settled });

interface Borne {
  readonly applicant: Minor;
  readonly debtor: Minor;
  readonly open: Minor;
  /** The debtor pays the lender his share, and the court gives nothing back. */
  readonly direct: boolean;
  readonly because: readonly FeeReason[];
}

/** Who bears a fee of the lender's case, by how it ended. */
function bearers(
  charged: Minor,
  end: SuitFeeEnd | AppealFeeEnd,
  law: CourtFeeLaw,
  by: "lender" | "debtor" = "lender",
): Borne {
  const reason = reasons(law);
  const none = { applicant: ZERO, debtor: ZERO, open: ZERO, direct: false, because: [] };
  switch (end.kind) {
    case "pending":
      return { ...none, open: charged };
    case "rejected":
    case "remanded":
      return none;
    case "withdrawn":
      return {
        ...none,
        ...(by === "lender" ? { applicant: charged } : { debtor: charged }),
        because: [reason("withdrawn", charged)],
      };
    case "mediated": {
      if (end.debtorBears === undefined) return { ...none, open: charged, because: [reason("mediated")] };
      const debtor = least(charged, end.debtorBears);
      return {
        ...none,
        debtor,
        applicant: subtract(charged, debtor),
        direct: true,
        because: [reason("mediated", debtor)],
      };
    }
    case "judgment": {
      const { debtorBears, directly = false } = end;
      if (debtorBears === undefined) return { ...none, open: charged, because: [reason("part-won")] };
      const debtor =
        debtorBears === "all" ? charged : debtorBears === "none" ? ZERO : least(charged, debtorBears);
      const part = debtor > 0 && debtor < charged;
      const refunded = by === "lender" && debtor > 0 && !directly ? [reason("refund", debtor)] : [];
      return {
        ...none,
        debtor,
        applicant: subtract(charged, debtor),
        direct: directly,
        because: [reason(part ? "part-won" : "loser-pays", debtor), ...refunded],
      };
    }
  }
}

function appealLine({ amount, by, end }: NonNullable<FeeLife["appeal"]>, law: CourtFeeLaw): FeeLine {
  const reason = reasons(law);
  const whole = courtFee(amount, "case", law.tiers);
  const halved = end.kind === "mediated" || end.kind === "withdrawn";
  const fee = halved ? settledFee(amount, law) : whole;
  const charged = end.kind === "remanded" ? ZERO : fee.fee;
  const borne = bearers(charged, end, law, by);
  const because = [reason("appeal", whole.fee), reason("appeal-prepaid", whole.fee)];
  if (halved) because.push(reason("settled", fee.fee));
  if (end.kind === "remanded") because.push(reason("remanded", whole.fee));
  because.push(...borne.because);
  const { applicant, debtor, open } = borne;
  const line = { ...NONE, of: "appeal", charged, fee, applicant, debtor, open, because } as const;
  if (by === "debtor") return { ...line, prepaidBy: "debtor", prepaid: ZERO, toPay: applicant };
  const back = subtract(whole.fee, add(applicant, open));
  const fromDebtor = borne.direct ? least(back, debtor) : ZERO;
  return {
    ...line,
    prepaidBy: "lender",
    prepaid: whole.fee,
    fromCourt: subtract(back, fromDebtor),
    fromDebtor,
  };
}

function enforcementLine(
  { amount, settled }: NonNullable<FeeLife["enforcement"]>,
  law: CourtFeeLaw,
): FeeLine {
  const reason = reasons(law);
  const fee = courtFee(amount, "enforcement", law.tiers);
  const line = { ...NONE, of: "enforcement", charged: fee.fee, prepaidBy: "nobody", prepaid: ZERO } as const;
  const first = reason("application-prepaid");
  if (!settled)
    return { ...line, debtor: fee.fee, fee, because: [first, reason("enforcement.bearer", fee.fee)] };
  if (settled.debtorBears === undefined)
    return { ...line, open: fee.fee, fee, because: [first, reason("enforcement.settled")] };
  const debtor = least(fee.fee, settled.debtorBears);
  const applicant = subtract(fee.fee, debtor);
  return {
    ...line,
    debtor,
    applicant,
    toPay: applicant,
    fee,
    because: [first, reason("enforcement.settled", debtor)],
  };
}

function costLine({ kind, amount, claimable = false, debtorBears }: LegalCost, law: CourtFeeLaw): FeeLine {
  const ofCourt = kind === "announcement" || kind === "appraisal";
  const debtor = debtorBears === undefined ? ZERO : least(amount, debtorBears);
  const rest = subtract(amount, debtor);
  const undecided = ofCourt && debtorBears === undefined;
  return {
    ...NONE,
    of: kind,
    charged: amount,
    prepaidBy: "lender",
    prepaid: amount,
    debtor,
    fromDebtor: debtor,
    ...(undecided ? { open: rest } : { applicant: rest }),
    mayClaim: claimable,
    because: ofCourt ? [reasons(law)("other-costs", amount)] : [],
  };
}

const reasons =
  ({ sources }: CourtFeeLaw) =>
  (rule: FeeRule, gives?: Minor): FeeReason => ({
    rule,
    source: sources[rule],
    ...(gives === undefined ? {} : { gives }),
  });

/** Both sums of `FeeLine`, on the way out. */
function holds(line: FeeLine): void {
  const { of, charged, prepaidBy, prepaid, applicant, debtor, open, toPay } = line;
  invariant(
    applicant + debtor + open === charged,
    `the fee of ${of} is ${charged}, borne ${applicant} + ${debtor} + ${open}`,
  );
  const kept = prepaid + line.creditedIn - line.creditedOut - line.fromCourt - line.fromDebtor;
  if (prepaidBy === "lender")
    invariant(kept === applicant + open, `of ${of} the lender keeps ${kept}, borne ${applicant} + ${open}`);
  else invariant(toPay === applicant, `of ${of} the lender owes ${applicant}, and is told to pay ${toPay}`);
  const all = [charged, prepaid, applicant, debtor, open, toPay, line.fromCourt, line.fromDebtor];
  invariant(
    all.every((amount) => amount >= 0),
    `the fee of ${of} has a part below zero: ${all.join(", ")}`,
  );
}

/** The lines of a sum as they are told: those of a court's fee, none of other costs. */
export const stepsOf = (line: FeeLine): readonly FeeStep[] => line.fee?.steps ?? [];
