import { courtFeeLaw, courtFeeTiers, delayInterestRule, severalDebtsSource } from "../../packs/cn/index.ts";
import {
  allocateAcross,
  type Day,
  type Debt,
  decimalsOf,
  formatDay,
  formatMoney,
  formatPercent,
  type Minor,
} from "../core/index.ts";
import {
  COURT_FEE_KINDS,
  courtFee,
  type DelayInterest,
  delayInterest,
  type FeeStep,
  feesOf,
} from "../legal/index.ts";
import { feesJson, lifeAt } from "./calc-fees.ts";
import { orRefused, packWith } from "./calc-pack.ts";
import {
  answering,
  dayAt,
  Impossible,
  type Json,
  known,
  listAt,
  mapAt,
  moneyAt,
  oneOf,
  rateAt,
  textAt,
  wholeAt,
} from "./json-in.ts";
import { sourceJson } from "./limitation-json.ts";

const FEE_KEYS = ["pack", "amount", "kind", "on", "life"];

/** `arrears calc court-fee`: what a court asks for, with each line of the sum. */
export const calcCourtFee = answering((request) => {
  known(request, FEE_KEYS, "");
  const pack = packWith("court-fee.", "court fees", request.pack);
  const amount = moneyAt(request.amount, YUAN, "amount");
  const kind = oneOf(request.kind, COURT_FEE_KINDS, "kind");
  const on = dayAt(request.on, "on");
  const tiers = orRefused(courtFeeTiers(pack, on));
  const life =
    request.life === undefined
      ? {}
      : { life: feesJson(feesOf(lifeAt(request.life, "life"), orRefused(courtFeeLaw(pack, on)))) };
  const { fee, steps, source, scale } = courtFee(amount, kind, tiers);
  return {
    fee: money(fee),
    steps: steps.map(feeStepJson),
    cite: sourceJson(source),
    ...(scale ? { scale: sourceJson(scale) } : {}),
    ...life,
  };
});

/** `arrears calc debts`: one payment over several debts of one debtor to one creditor. */
export const calcDebts = answering((request) => {
  known(request, ["pack", "amount", "on", "debts", "designated"], "");
  const pack = packWith("allocation.several-debts", "order of payment over several debts", request.pack);
  const amount = moneyAt(request.amount, YUAN, "amount");
  const on = dayAt(request.on, "on");
  const debts = listAt(request.debts, "debts").map((item, i) => debtAt(mapAt(item, `debts[${i}]`), i, on));
  const ids = debts.map(({ id }) => id);
  unique(ids, "debts");
  const designated = listAt(request.designated ?? [], "designated").map((id, i) =>
    oneOf(id, ids, `designated[${i}]`),
  );
  unique(designated, "designated");
  const source = orRefused(severalDebtsSource(pack, on));
  const { lines, left } = allocateAcross(amount, debts, designated);
  return {
    lines: lines.map((line) => ({ debt: line.debt, amount: money(line.amount), because: line.because })),
    left: money(left),
    cite: sourceJson(source),
  };
});

function debtAt(debt: Json, place: number, on: Day): Debt {
  const at = `debts[${place}]`;
  known(debt, ["id", "amount", "dueOn", "security", "rate"], at);
  const dueOn = dayAt(debt.dueOn, `${at}.dueOn`);
  const rate = mapAt(debt.rate ?? { percent: "0", per: "year" }, `${at}.rate`);
  known(rate, ["percent", "per"], `${at}.rate`);
  return {
    id: textAt(debt.id, `${at}.id`),
    amount: moneyAt(debt.amount, YUAN, `${at}.amount`),
    due: dueOn <= on,
    dueOn,
    security: wholeAt(debt.security ?? 0, 0, 1000, `${at}.security`),
    burden: rateAt(rate.percent, rate.per, `${at}.rate`),
  };
}

function unique(ids: readonly string[], at: string): void {
  const twice = ids.findIndex((id, i) => ids.indexOf(id) < i);
  if (twice >= 0) throw new Impossible("id-twice", `"${ids[twice]}" stands twice`, `${at}[${twice}]`);
}

const DELAY_KEYS = ["pack", "debt", "from", "to", "payments", "generalRate"];

/** `arrears calc delay-interest`: the price of not performing a judgment, part by part. */
export const calcDelayInterest = answering((request) => {
  known(request, DELAY_KEYS, "");
  const pack = packWith("delay-interest.", "interest for delayed performance", request.pack);
  const debt = moneyAt(request.debt, YUAN, "debt");
  const time = { from: dayAt(request.from, "from"), to: dayAt(request.to, "to") };
  const payments = listAt(request.payments ?? [], "payments").map((item, i) => {
    const at = `payments[${i}]`;
    const payment = mapAt(item, at);
    known(payment, ["on", "amount"], at);
    return { on: dayAt(payment.on, `${at}.on`), amount: moneyAt(payment.amount, YUAN, `${at}.amount`) };
  });
  const generalRate = generalRateAt(request.generalRate);
  const rule = orRefused(delayInterestRule(pack, time));
  const found = orRefused(
    delayInterest({ debt, ...time, payments, ...(generalRate ? { generalRate } : {}) }, rule),
  );
  return delayJson(found, formatPercent(rule.rate));
});

function generalRateAt(value: unknown) {
  if (value === undefined || value === null) return undefined;
  const rate = mapAt(value, "generalRate");
  known(rate, ["percent", "per"], "generalRate");
  return rateAt(rate.percent, rate.per, "generalRate");
}

const YUAN = decimalsOf("CNY");
const money = (amount: Minor): string => formatMoney(amount, YUAN);

function feeStepJson(step: FeeStep): Json {
  switch (step.step) {
    case "flat":
      return { ...step, upTo: money(step.upTo) };
    case "band": {
      const { above, upTo, part, percent, gives } = step;
      const edge = upTo === undefined ? {} : { upTo: money(upTo) };
      return { step: step.step, above: money(above), ...edge, part: money(part), percent, gives };
    }
    case "share":
    case "most":
      return { ...step };
  }
}

function delayJson(
  { doubled, general, left, unapplied, steps, dayCount, sources }: DelayInterest,
  percent: string,
): Json {
  return {
    doubled: money(doubled),
    general: money(general),
    left: { debt: money(left.debt), general: money(left.general), doubled: money(left.doubled) },
    unapplied: money(unapplied),
    steps: steps.map((step) => ({
      ...step,
      part: money(step.part),
      from: formatDay(step.from),
      until: formatDay(step.until),
    })),
    percentPerDay: percent,
    dayCount: { is: dayCount, cite: sourceJson(sources.dayCount) },
    order: { cite: sourceJson(sources.order) },
    cite: sourceJson(sources.rate),
  };
}
