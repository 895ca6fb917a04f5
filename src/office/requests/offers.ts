import {
  addDays,
  type Day,
  decide,
  decimalsOf,
  type Fact,
  formatDay,
  formatMoney,
  formatPercent,
  type HardshipOffer,
  type HouseholdTold,
  type Minor,
  minor,
  type OfferedChange,
  type PlanReplaced,
  type Product,
  parseMoney,
  RATE_E8_SCALE,
} from "../../core/index.ts";
import type { HardshipLaw, HardshipLife, RequestRefusal } from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import { follow, type OpenWay, type Surplus, surplusOf, type WaysOut, waysOut } from "../../relief/index.ts";
import { refusalWords } from "../refusal-words.ts";
import { refusal } from "./desk.ts";

/** What somebody of the house wants to offer. */
export interface OfferAsked {
  readonly way: "plan" | "hardship" | "extension" | "settlement";
  /** Of a plan for hardship: in how many monthly payments; the most that the rule allows unless said. */
  readonly months?: number;
  /** Of a settlement. */
  readonly amount?: Minor;
  readonly by?: Day;
  readonly guarantor?: string;
}

/** The household as it was told, and what it leaves. */
export const surplusTold = (household: HouseholdTold | undefined): Surplus | undefined => {
  // Of somebody whose data were erased nothing is left to reckon with.
  if (typeof household !== "object") return undefined;
  const made = surplusOf({ dependantsNeed: undefined, ...household });
  return made.ok ? made.value : undefined;
};

export interface CheckScene {
  readonly facts: readonly Fact[];
  readonly product: Product;
  readonly pack: Pack | undefined;
  readonly law: HardshipLaw;
  readonly today: Day;
  readonly surplus: Minor | undefined;
  /** Who answers for the loan, as the books know him. */
  readonly guarantor?: string | undefined;
}

/** Every way out as it could be offered today: none above what he can really pay, none longer than the rule. */
export function waysFor(
  { facts, product, pack, law, today, surplus, guarantor }: CheckScene,
  months?: number,
) {
  return waysOut({
    facts,
    product,
    asOf: today,
    pack,
    ...(surplus === undefined ? {} : { surplus }),
    ...(guarantor === undefined ? {} : { guarantor }),
    willing: { planMonths: law.planMonths, hardshipMonths: months ?? law.hardshipMonths },
    // Whoever accepts on the last day of the offer has a week before the first payment.
    firstAfter: law.offerDays + 7,
  });
}

/** An offer by one of the ways, or why it cannot be made. */
export function offerBy(
  scene: CheckScene,
  asked: OfferAsked,
):
  | { readonly ok: true; readonly offer: HardshipOffer }
  | { readonly ok: false; readonly refusal: RequestRefusal } {
  const { law, today } = scene;
  const guarantor = asked.guarantor ?? scene.guarantor;
  const common = {
    validUntil: addDays(today, law.offerDays),
    graceDays: law.graceDays,
    missesForgiven: law.missesForgiven,
    ...(guarantor === undefined ? {} : { guarantor }),
  };
  const no = (code: string, en: string, zh: string) => ({
    ok: false as const,
    refusal: refusal(code, en, zh),
  });
  if (asked.months !== undefined && (asked.months < 2 || asked.months > law.hardshipMonths))
    return no(
      "offer-too-long",
      `a plan has 2 to ${law.hardshipMonths} monthly payments`,
      `分期须为 2 至 ${law.hardshipMonths} 期`,
    );
  const ways = waysFor(scene, asked.months);
  if (!ways.ok) return no(ways.refusal.code, ways.refusal.says, refusalWords(ways.refusal, "zh"));
  if (asked.way === "settlement") return settlement(ways.value, asked, common, no);
  const way = ways.value.ways.find((one) => one.way === asked.way)!;
  if (!way.possible)
    return no(
      `offer-${way.why}`,
      way.least === undefined
        ? `this way cannot be offered: ${way.says ?? way.why}`
        : `this way cannot be offered: its least month would be ${formatMoney(way.least, decimalsFor(scene))}, above what he can pay`,
      way.least === undefined
        ? `不能提出该方案：${way.says ?? way.why}`
        : `不能提出该方案：月供最低 ${formatMoney(way.least, decimalsFor(scene))}，超出其还款能力`,
    );
  const { change } = way;
  if (!change) return no("offer-no-change", "this way changes no plan", "该方案不涉及还款计划变更");
  return {
    ok: true,
    offer: {
      way: asked.way,
      change: changeOf(change),
      payments: way.payments,
      total: way.total,
      cost: way.cost,
      ...common,
      ...(guarantor === undefined || law.guarantee.length === 0 ? {} : { heavier: way.heavier! }),
    },
  };
}

const decimalsFor = ({ product }: Pick<CheckScene, "product">): number => decimalsOf(product.terms.currency);

function settlement(
  { position }: WaysOut,
  { amount, by }: OfferAsked,
  common: Pick<HardshipOffer, "validUntil" | "graceDays" | "missesForgiven" | "guarantor">,
  no: (code: string, en: string, zh: string) => { readonly ok: false; readonly refusal: RequestRefusal },
) {
  if (amount === undefined || by === undefined || amount <= 0)
    return no("offer-no-sum", "a settlement names a sum and a day", "和解须写明金额与日期");
  if (amount >= position.payoff)
    return no("offer-no-settlement", "the sum is not less than what is owed", "和解金额不低于欠款总额");
  if (by < common.validUntil)
    return no(
      "offer-day-too-near",
      `the day to pay is not before the offer's last day, ${formatDay(common.validUntil)}`,
      `付款日不得早于方案有效期末日 ${formatDay(common.validUntil)}`,
    );
  return {
    ok: true as const,
    offer: {
      way: "settlement",
      change: { change: "settlement" as const, amount, by },
      payments: [{ on: by, amount }],
      total: amount,
      cost: minor(amount - position.outstanding),
      ...common,
      // Less than is owed: the debt is lighter, whoever answers for it.
      ...(common.guarantor === undefined ? {} : { heavier: minor(0) }),
    },
  };
}

const changeOf = ({
  how,
  firstDueOn,
  installments,
  rateE8,
  method,
  every,
  interest,
  late,
}: PlanReplaced): OfferedChange => ({
  change: how,
  firstDueOn,
  installments: installments!,
  ...(rateE8 === undefined ? {} : { rateE8 }),
  ...(method === undefined ? {} : { method }),
  ...(every === undefined ? {} : { every }),
  interest,
  late,
});

/** Whether two people have to agree, and why. */
export function needsSecond(
  { position }: Pick<WaysOut, "position">,
  offer: HardshipOffer,
  law: HardshipLaw,
  decimals: number,
): boolean {
  const limit = parseMoney(law.secondPersonAbove, decimals) ?? 0;
  return offer.change.change === "settlement" || offer.cost < 0 || position.outstanding > limit;
}

/** The event by which what was accepted goes into the ledger, counted from the day of the offer. */
export function ledgerEvent(
  { offer, id }: HardshipLife,
  { offeredOn, bookedOn, product }: { offeredOn: Day; bookedOn: Day; product: Product },
): Record<string, unknown> {
  const { change } = offer!;
  const days = { on: formatDay(offeredOn), bookedOn: formatDay(bookedOn) };
  if (change.change === "settlement")
    return {
      kind: "settlement",
      ...days,
      amount: formatMoney(change.amount, decimalsOf(product.terms.currency)),
      by: formatDay(change.by),
    };
  return {
    kind: change.change,
    ...days,
    firstDueOn: formatDay(change.firstDueOn),
    installments: change.installments,
    ...(change.rateE8 === undefined
      ? {}
      : {
          rate: formatPercent({ numerator: change.rateE8, scale: RATE_E8_SCALE, per: product.terms.ratePer }),
        }),
    ...(change.method === undefined ? {} : { method: change.method }),
    ...(change.every === undefined ? {} : { every: change.every }),
    interest: change.interest,
    late: change.late,
    id: `${id}/plan`,
  };
}

/**
 * Whether the books would still make of the offer what it says: a payment or a charge since then asks for a new one, so that nobody pays by
 * another table than the one that he signed.
 */
export function stillHolds(
  { facts, product }: Pick<CheckScene, "facts" | "product">,
  offer: HardshipOffer,
  offeredOn: Day,
  today: Day,
): boolean {
  const { change } = offer;
  if (change.change === "settlement") return change.by >= today;
  const { change: how, ...terms } = change;
  const fact: PlanReplaced = {
    kind: "PlanReplaced",
    on: today,
    id: "offer/plan",
    valueOn: offeredOn,
    how,
    ...terms,
  };
  const decided = decide(fact, { facts, product, today });
  if (!decided.ok) return false;
  const made = follow([...facts, fact], product, today);
  return (
    made.length === offer.payments.length &&
    made.every((one, i) => one.on === offer.payments[i]!.on && one.amount === offer.payments[i]!.amount)
  );
}

export const openWays = (ways: WaysOut): readonly OpenWay[] =>
  ways.ways.filter((way): way is OpenWay => way.possible);
