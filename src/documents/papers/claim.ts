import {
  type Books,
  booksOf,
  type Ceiling,
  chargeOpen,
  claimableOf,
  type Day,
  type Fact,
  type Fraction,
  formatDay,
  formatExact,
  formatPercent,
  type LoanBooked,
  lastDayToPay,
  lateDue,
  lateRateOf,
  type Minor,
  minor,
  outstandingOf,
  type Position,
  type Product,
  positionOfBooks,
  termsOf,
  why,
  wideOf,
  ZERO,
} from "../../core/index.ts";
import { chineseDay } from "../compose.ts";
import { claimLines, lateWorking } from "../from-book.ts";
import type { StatementKind } from "../letter.ts";
import type { ClaimFigures } from "./facts.ts";
import { yuan } from "./form.ts";
import type { FieldSource, Known } from "./paper.ts";

/** A kept debt, and how the ceiling on its cost stands. */
export interface KeptDebt {
  readonly loan: string;
  readonly product: Product;
  readonly booked: LoanBooked;
  readonly facts: readonly Fact[];
  /** Absent where no text on it was read: then nothing is claimed by a figure. */
  readonly ceiling?: Ceiling;
}

/** What the ledger says of a kept loan on the day of a paper. */
export interface KeptRead {
  readonly books: Books;
  readonly position: Position;
  readonly claim: ClaimFigures | undefined;
  /** Everything has fallen due: by the plan, or since the loan was called in. */
  readonly matured: boolean;
  readonly accelerated: boolean;
  readonly paidPrincipal: Minor;
  readonly paidInterest: Minor;
  /** Last day through which interest is paid without a gap. */
  readonly paidThrough: Day | undefined;
}

/**
 * The figures of a kept loan for a paper of one day: the ledger's position and nothing beside it.
 *
 * Takes   the loan's facts; `whole` asks for all that is owed although not all of it is due, because the suit itself calls it in.
 * Gives   `undefined` where the money was paid out later.
 * Holds   the heads add up to the position's past due, or to all that is owed; what is claimed is never more, and where a ceiling
 *         on the cost of the loan is lower, the difference is named.
 */
export function readKept(debt: KeptDebt, asOf: Day, whole: boolean): KeptRead | undefined {
  const { product, booked, facts, ceiling } = debt;
  const terms = termsOf(booked, product);
  const books = booksOf(terms, facts, product, { asOf });
  if (!books) return undefined;
  const position = positionOfBooks(books, product);
  const rows = position.installments;
  const accelerated = facts.some((fact) => fact.kind === "LoanAccelerated" && fact.valueOn <= asOf);
  const matured = rows.every(({ dueOn }) => lastDayToPay(dueOn, product) < asOf);
  const scope = whole || matured ? "whole" : "past-due";
  const sum = (of: (row: (typeof rows)[number]) => number): Minor =>
    minor(rows.reduce((total, row) => total + of(row), 0));
  return {
    books,
    position,
    matured,
    accelerated,
    claim: ceiling && figures(debt, books, position, scope, ceiling),
    paidPrincipal: sum((row) => row.principalPaid),
    paidInterest: sum((row) => row.interestPaid),
    paidThrough: paidThrough(rows),
  };
}

function paidThrough(rows: Position["installments"]): Day | undefined {
  let through: Day | undefined;
  for (const { interest, interestPaid, dueOn, n } of rows) {
    // A row that a new plan emptied asks for nothing, and nothing was paid of it.
    if (n === 0 || interest === 0) continue;
    // Interest that was given up or became principal was not paid.
    if (interestPaid < interest) break;
    through = dueOn;
  }
  return through;
}

type Heads = Readonly<Record<StatementKind, Minor>> & { readonly compound: Minor };

function headsOf(books: Books, position: Position, product: Product, scope: ClaimFigures["scope"]): Heads {
  const { arrears } = position;
  if (scope === "past-due") return { ...arrears, compound: arrears.compoundInterest };
  const late = lateDue(books, product);
  const open = (kind: string): number =>
    books.charges.reduce((total, charge) => total + (charge.kind === kind ? chargeOpen(charge) : 0), 0);
  const [fee, penalty, recoveryCost] = [open("fee"), open("penalty"), open("recovery-cost")];
  const beside = position.outstanding + late.total + fee + penalty + recoveryCost;
  return {
    principal: position.outstanding,
    interest: minor(position.contractual - beside),
    lateInterest: late.total,
    compound: late.compound,
    fee: minor(fee),
    penalty: minor(penalty),
    recoveryCost: minor(recoveryCost),
  };
}

function figures(
  debt: KeptDebt,
  books: Books,
  position: Position,
  scope: ClaimFigures["scope"],
  ceiling: Ceiling,
): ClaimFigures {
  const { product } = debt;
  const { asOf } = position;
  const heads = headsOf(books, position, product, scope);
  const { reduced } = claimableOf(books, product, ceiling);
  const lines = claimLines(heads, reduced);
  const claimed = (kind: StatementKind): Minor => lines.find((one) => one.kind === kind)!.claimable;
  const contractual = minor(lines.reduce((total, one) => total + one.contractual, 0));
  const total = minor(lines.reduce((sum, one) => sum + one.claimable, 0));
  // What is left of late interest after the ceiling: compound interest is given up first, as the dearest part.
  const lateCut = heads.lateInterest - claimed("lateInterest");
  const compound = minor(Math.max(0, heads.compound - lateCut));
  const from = (head: string): FieldSource => ({
    from: "ledger",
    at: `position ${debt.loan} ${formatDay(asOf)}: ${head}`,
  });
  const known = (head: string, value: Minor): Known<Minor> => ({ value, source: from(head) });
  const left = contractual - total;
  return {
    asOf,
    scope,
    principal: known(scope === "whole" ? "outstanding" : "arrears.principal", claimed("principal")),
    interest: known(scope === "whole" ? "interest run" : "arrears.interest", claimed("interest")),
    compound: known("compoundInterest", compound),
    late: known("lateInterest + penalty", minor(claimed("lateInterest") - compound + claimed("penalty"))),
    penalty: known("penalty", claimed("penalty")),
    fees: known("fee + recoveryCost", minor(claimed("fee") + claimed("recoveryCost"))),
    contractual,
    total: known(scope === "whole" ? "contractual" : "arrears.total", total),
    ...(left > 0
      ? { reduced: { amount: minor(left), cite: ceiling.cite, percent: formatPercent(ceiling.rate) } }
      : {}),
    calculation: calculation(debt, books, asOf),
    unapplied: position.unapplied,
  };
}

const PER = { day: "日", month: "月", year: "年" } as const;
/** Stretches of late interest that are told one by one; more are a matter for the statement of account. */
const STRETCHES_TOLD = 8;

function calculation(debt: KeptDebt, books: Books, asOf: Day): string[] {
  const { product } = debt;
  const { currency } = product.terms;
  const rate = books.terms.rate;
  const basis = product.terms.interest === "period" ? "按期计息" : "按日计息";
  const capitalised = Math.min(books.capitalised ?? 0, outstandingOf(books));
  const told = [
    ...(capitalised > 0
      ? [`尚欠本金中含合同变更时计入本金的利息、罚息及费用${yuan(minor(capitalised), currency)}。`]
      : []),
    `期内利息：以尚未归还的借款本金为基数，按约定的${PER[product.terms.ratePer]}利率${formatPercent(rate)}%${basis}，计至${chineseDay(asOf)}（未到期部分计至该日）。`,
  ];
  if (product.lateInterest) {
    const { numerator, denominator } = wideOf(lateRateOf(books, product));
    const { on } = product.lateInterest;
    const base = on === "principal" ? "逾期本金" : "逾期本金及利息";
    told.push(
      `罚息：以${base}为基数，自逾期之次日起按每日${formatExact(numerator * 100n, denominator)}%${upliftSaid(product)}逐日计算${product.lateInterest.compound ? "；对逾期利息按同一标准计收复利" : ""}。`,
    );
    const working = stretchesOwed(debt, asOf);
    if (working === undefined) told.push("已冲抵、减免部分见所附对账单。");
    else if (working.length > 0 && working.length <= STRETCHES_TOLD)
      told.push(
        `明细：${working
          .map(
            ({ from, to, base: amount, days, rate: daily, product: gives, what }) =>
              `${what === "compound-interest" ? "复利，" : ""}${chineseDay(from)}（不含）至${chineseDay(to)}，${yuan(amount, currency)}×${days}天×${daily}＝${gives}元`,
          )
          .join("；")}。各段合计后四舍五入至分。`,
      );
    else if (working.length > STRETCHES_TOLD)
      told.push(`罚息共分${working.length}段计算，逐段明细见所附对账单。`);
  }
  return told;
}

/** The stretches that make up what is owed; `undefined` where payments or waivers took from late interest, so that they do not. */
function stretchesOwed({ product, booked, facts }: KeptDebt, asOf: Day) {
  const late = why("lateInterest", { terms: termsOf(booked, product), facts, product, asOf });
  const taken = late?.kind === "late" ? late.lines.map(({ on }) => on) : [];
  const anew = facts.findLast(
    (fact) => fact.kind === "PlanReplaced" && fact.late !== "keep" && fact.valueOn <= asOf,
  );
  const since = anew?.kind === "PlanReplaced" ? anew.valueOn : undefined;
  if (taken.some((on) => since === undefined || on > since)) return undefined;
  return lateWorking({ product, booked, facts }, asOf).filter(
    ({ days, from }) => days > 0 && (since === undefined || from >= since),
  );
}

function upliftSaid(product: Product): string {
  const late = product.lateInterest;
  if (!late || !("times" in late.rate)) return "";
  return `（合同利率的${timesText(late.rate.times)}倍）`;
}

export const timesText = (times: Parameters<typeof wideOf>[0]): string => {
  const { numerator, denominator } = wideOf(times);
  return formatExact(numerator, denominator);
};

/** A rate of one day as percent a year, as the product's days of a year count it. */
export function percentAYear(day: Fraction, { terms }: Product): string {
  const { numerator, denominator } = wideOf(day);
  const days = terms.dayCount.endsWith("360") ? 360n : terms.dayCount.endsWith("364") ? 364n : 365n;
  return formatExact(numerator * 100n * days, denominator);
}

/** What the core system says of a fed loan, with the split that its own statement has. */
export interface FedDebt {
  readonly loan: string;
  readonly reportedOn: Day | undefined;
  readonly outstanding: Minor;
  readonly arrears: Minor;
  /** Heads of the core system's own statement of a day, where somebody gave them. */
  readonly split?: {
    readonly asOf: Day;
    readonly principal: Minor;
    readonly interest: Minor;
    readonly compound: Minor;
    readonly late: Minor;
    readonly fees: Minor;
  };
}

/**
 * The figures of a fed loan: as the core system reported them, and said so.
 *
 * Holds   nothing is worked out here. Without a split, only principal outstanding is known; interest and late interest stay empty.
 */
export function claimOfFed(debt: FedDebt, asOf: Day): ClaimFigures {
  const { split, reportedOn } = debt;
  const report: FieldSource = {
    from: "report",
    at: `balance report ${reportedOn === undefined ? "–" : formatDay(reportedOn)}`,
  };
  if (!split)
    return {
      asOf: reportedOn ?? asOf,
      scope: "whole",
      principal: { value: debt.outstanding, source: report },
      contractual: debt.outstanding,
      calculation: ["上列金额为出借人核心系统报送的数额。"],
      unapplied: ZERO,
    };
  const source: FieldSource = {
    from: "particulars",
    at: `core system's statement ${formatDay(split.asOf)}`,
  };
  const known = (value: Minor): Known<Minor> => ({ value, source });
  const total = minor(split.principal + split.interest + split.compound + split.late + split.fees);
  return {
    asOf: split.asOf,
    scope: "whole",
    principal: known(split.principal),
    interest: known(split.interest),
    compound: known(split.compound),
    late: known(split.late),
    fees: known(split.fees),
    contractual: total,
    total: {
      value: total,
      source: { from: "computed", at: "principal + interest + compound + late + fees" },
    },
    calculation: [
      `上列金额为出借人核心系统截至${chineseDay(split.asOf)}的结欠明细数额，计算标准为合同约定的利率及罚息利率，逐笔明细见所附对账单。`,
    ],
    unapplied: ZERO,
  };
}
