import { decimalsOf, formatDay, formatInstant, formatMoney, type Minor } from "../../core/index.ts";
import { type Because, eventWords, type Forecast, type ForecastEvent } from "../../forecast/index.ts";
import { limitationBrief, sourceJson } from "../limitation/json.ts";

type Json = Readonly<Record<string, unknown>>;

/** A forecast with the keys of docs/reference/forecast.md; words in English, whatever the locale. */
export function forecastJson(found: Forecast, zone: string): Json {
  const decimals = decimalsOf(found.currency);
  const money = (amount: number): string => formatMoney(amount as Minor, decimals);
  const { position, pay, unknownFrom, limitation } = found;
  const { arrears } = position;
  return {
    loan: found.loan,
    currency: found.currency,
    asOf: formatDay(found.asOf),
    through: formatDay(found.through),
    ...(pay ? { pay: { amount: money(pay.amount), on: formatDay(pay.on) } } : {}),
    now: {
      dpd: position.dpd,
      pastDue: money(arrears.total),
      principal: money(arrears.principal),
      interest: money(arrears.interest),
      lateInterest: money(arrears.lateInterest),
      fee: money(arrears.fee + arrears.penalty + arrears.recoveryCost),
      payoff: money(position.payoff),
    },
    events: found.events.map((event) => eventJson(event, money, zone)),
    heldBack: found.heldBack.map(({ on, step, via, because, againOn }) => ({
      on: formatDay(on),
      step,
      via,
      againOn: againOn === undefined ? null : formatDay(againOn),
      because: because.map(becauseJson),
    })),
    ...(unknownFrom ? { unknownFrom: { on: formatDay(unknownFrom.on), reason: unknownFrom.reason } } : {}),
    ...(limitation ? { limitation: limitationBrief(limitation) } : {}),
  };
}

export function eventJson(event: ForecastEvent, money: (amount: number) => string, zone: string): Json {
  const { on, through, kind, certainty, sum, pastDue, payoff, dpd, via, what, slot, n, sign } = event;
  const { record, stop, because } = event;
  return {
    on: formatDay(on),
    ...(through === undefined ? {} : { through: formatDay(through) }),
    kind,
    certainty,
    ...(sum === undefined ? {} : { sum: money(sum) }),
    pastDue: money(pastDue),
    payoff: money(payoff),
    dpd,
    ...(via === undefined ? {} : { via }),
    ...(what === undefined ? {} : { what }),
    ...(slot === undefined ? {} : { at: formatInstant(zone, slot) }),
    ...(n === undefined ? {} : { n }),
    ...(sign === undefined ? {} : { sign }),
    record,
    stop: stop ? { amount: money(stop.amount), by: formatDay(stop.by), clears: money(stop.clears) } : null,
    says: eventWords(event, { language: "en", money, zone }),
    because: because.map(becauseJson),
  };
}

export const becauseJson = ({ from, ref, source }: Because): Json => ({
  from,
  ref,
  ...(source ? { cite: sourceJson(source) } : {}),
});

/** What the payment keeps away, and what comes only with it. */
export function changesJson(
  nothing: Forecast,
  told: Forecast,
  zone: string,
): Readonly<Record<string, unknown>> {
  const nameOf = ({ on, kind, what, n }: Forecast["events"][number]) => `${on} ${kind} ${what} ${n}`;
  const decimals = decimalsOf(told.currency);
  const only = (one: Forecast, other: Forecast) => {
    const names = new Set(other.events.map(nameOf));
    return one.events
      .filter((event) => !names.has(nameOf(event)))
      .map((event) => eventJson(event, (sum) => formatMoney(sum as Minor, decimals), zone));
  };
  return { goes: only(nothing, told), comes: only(told, nothing) };
}
