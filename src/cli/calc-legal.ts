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
  RECOVERED_HOWS,
  STAY_WHYS,
} from "../core/index.ts";
import {
  COURT_FEE_KINDS,
  courtFee,
  DELAY_DAY_COUNTS,
  DELAY_ORDERS,
  DELAY_PRACTICES,
  type DelayedDebt,
  type DelayInterest,
  delayInterest,
  type FeeStep,
  feesOf,
} from "../legal/index.ts";
import { sourceJson } from "../office/limitation/json.ts";
import { feesJson, lifeAt } from "./calc-fees.ts";
import { orRefused, packWith } from "./calc-pack.ts";
import {
  answering,
  dayAt,
  flagAt,
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

const DELAY_KEYS = [
  "pack",
  "debt",
  "parts",
  "from",
  "to",
  "payments",
  "pauses",
  "generalRate",
  "generalFrom",
  "penaltyRate",
  "outsideBase",
  "liquidatedDamages",
  "practices",
  "order",
  "dayCount",
];

/** `arrears calc delay-interest`: the price of not performing a judgment, part by part. */
export const calcDelayInterest = answering((request) => {
  known(request, DELAY_KEYS, "");
  const pack = packWith("delay-interest.", "interest for delayed performance", request.pack);
  const delayed = delayedAt(request);
  const law = orRefused(delayInterestRule(pack, delayed));
  const rule =
    request.dayCount === undefined
      ? law
      : { ...law, dayCount: oneOf(request.dayCount, DELAY_DAY_COUNTS, "dayCount") };
  return delayJson(orRefused(delayInterest(delayed, rule)), formatPercent(rule.rate));
});

function delayedAt(request: Json): DelayedDebt {
  const parts = request.parts === undefined ? undefined : listAt(request.parts, "parts").map(partAt);
  if (parts && parts.length === 0) throw new Impossible("nothing", "a debt has at least one part", "parts");
  const debt =
    parts === undefined
      ? moneyAt(request.debt, YUAN, "debt")
      : (parts.reduce((sum, { amount }) => sum + amount, 0) as Minor);
  const from =
    parts === undefined || request.from !== undefined
      ? dayAt(request.from, "from")
      : (Math.min(...parts.map(({ dueOn }) => dueOn)) as Day);
  const { liquidatedDamages: damages, outsideBase, generalFrom } = request;
  const generalRate = judgedRateAt(request.generalRate, "generalRate");
  const penaltyRate = judgedRateAt(request.penaltyRate, "penaltyRate");
  return {
    debt,
    from,
    ...(parts ? { parts } : {}),
    to: dayAt(request.to, "to"),
    payments: listAt(request.payments ?? [], "payments").map(paymentAt),
    pauses: listAt(request.pauses ?? [], "pauses").map(pauseAt),
    ...(generalRate ? { generalRate } : {}),
    ...(generalFrom === undefined ? {} : { generalFrom: dayAt(generalFrom, "generalFrom") }),
    ...(outsideBase === undefined ? {} : { outsideBase: moneyAt(outsideBase, YUAN, "outsideBase") }),
    ...(penaltyRate ? { penaltyRate } : {}),
    ...(damages === undefined ? {} : { liquidatedDamages: moneyAt(damages, YUAN, "liquidatedDamages") }),
    practices: listAt(request.practices ?? [], "practices").map((name, i) =>
      oneOf(name, DELAY_PRACTICES, `practices[${i}]`),
    ),
    order: oneOf(request.order ?? "judgment-first", DELAY_ORDERS, "order"),
  };
}

function partAt(item: unknown, i: number) {
  const at = `parts[${i}]`;
  const part = mapAt(item, at);
  known(part, ["dueOn", "amount"], at);
  return { dueOn: dayAt(part.dueOn, `${at}.dueOn`), amount: moneyAt(part.amount, YUAN, `${at}.amount`) };
}

function paymentAt(item: unknown, i: number) {
  const at = `payments[${i}]`;
  const payment = mapAt(item, at);
  known(payment, ["on", "amount", "how"], at);
  return {
    on: dayAt(payment.on, `${at}.on`),
    amount: moneyAt(payment.amount, YUAN, `${at}.amount`),
    how: oneOf(payment.how ?? "paid", RECOVERED_HOWS, `${at}.how`),
  };
}

function pauseAt(item: unknown, i: number) {
  const at = `pauses[${i}]`;
  const pause = mapAt(item, at);
  known(pause, ["from", "to", "why", "atRequest"], at);
  return {
    from: dayAt(pause.from, `${at}.from`),
    to: dayAt(pause.to, `${at}.to`),
    why: oneOf(pause.why, STAY_WHYS, `${at}.why`),
    atRequest: pause.atRequest === undefined ? false : flagAt(pause.atRequest, `${at}.atRequest`),
  };
}

function judgedRateAt(value: unknown, at: string) {
  if (value === undefined || value === null) return undefined;
  const rate = mapAt(value, at);
  known(rate, ["percent", "per"], at);
  return rateAt(rate.percent, rate.per, at);
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

function delayJson(found: DelayInterest, percent: string): Json {
  const { left, steps, pauses, dayCount, order, sources, practice } = found;
  return {
    doubled: money(found.doubled),
    general: money(found.general),
    penalty: money(found.penalty),
    left: {
      debt: money(left.debt),
      damages: money(left.damages),
      outsideBase: money(left.outsideBase),
      general: money(left.general),
      penalty: money(left.penalty),
      doubled: money(left.doubled),
    },
    unapplied: money(found.unapplied),
    steps: steps.map((step) => ({
      ...step,
      part: money(step.part),
      from: formatDay(step.from),
      until: formatDay(step.until),
    })),
    pauses: pauses.map((pause) => ({
      ...pause,
      from: formatDay(pause.from),
      to: formatDay(pause.to),
      ...(sources.pause ? { cite: sourceJson(sources.pause) } : {}),
    })),
    percentPerDay: percent,
    dayCount: { is: dayCount, cite: sourceJson(sources.dayCount) },
    order: { is: order, cite: sourceJson(sources.order) },
    practice: practice.map(({ name, source }) => ({ name, cite: sourceJson(source) })),
    cite: sourceJson(sources.rate),
  };
}
