import {
  APR_METHODS,
  apr,
  type CashFlow,
  CURRENCIES,
  decimalsOf,
  formatMoney,
  formatPercentE6,
  minor,
  parseYears,
  type UnitPeriod,
  unitPeriodsPerYear,
  type Wide,
} from "../core/index.ts";
import { answering, dayAt, Impossible, known, listAt, mapAt, moneyAt, oneOf, wholeAt } from "./json-in.ts";

const KEYS = ["method", "currency", "advances", "payments", "unitPeriod"];
const FLOW_KEYS = ["amount", "on", "years"];

/** `arrears calc apr`: what is lent and what is paid in, the price as a yearly rate out. */
export const calcApr = answering((request) => {
  known(request, KEYS, "");
  const method = oneOf(request.method, APR_METHODS, "method");
  const decimals = decimalsOf(oneOf(request.currency ?? "CNY", CURRENCIES, "currency"));
  const advances = flowsAt(request.advances, decimals, "advances");
  const payments = flowsAt(request.payments, decimals, "payments");
  const unitPeriod =
    request.unitPeriod === undefined || request.unitPeriod === null
      ? {}
      : { unitPeriod: unitPeriodAt(request.unitPeriod) };
  const answer = apr({ method, advances, payments, ...unitPeriod });
  if (!answer.ok) {
    const { code, says, at } = answer.refusal;
    throw new Impossible(code, says, at ?? "");
  }
  const { percentE6, advanced, paid, unitPeriod: unit } = answer.value;
  return {
    apr: formatPercentE6(percentE6),
    method,
    advanced: formatMoney(advanced, decimals),
    paid: formatMoney(paid, decimals),
    cost: formatMoney(minor(paid - advanced), decimals),
    ...(unit === undefined
      ? {}
      : { unitPeriod: unitPeriodText(unit), unitPeriodsPerYear: ratioText(unitPeriodsPerYear(unit)) }),
  };
});

function flowsAt(value: unknown, decimals: number, at: string): CashFlow[] {
  return listAt(value, at).map((item, i): CashFlow => {
    const place = `${at}[${i}]`;
    const flow = mapAt(item, place);
    known(flow, FLOW_KEYS, place);
    const amount = moneyAt(flow.amount, decimals, `${place}.amount`);
    if ((flow.on === undefined) === (flow.years === undefined))
      throw new Impossible("mixed-times", 'give one time, "on" or "years"', place);
    if (flow.on !== undefined) return { amount, on: dayAt(flow.on, `${place}.on`) };
    const years = typeof flow.years === "string" ? parseYears(flow.years) : undefined;
    if (years === undefined)
      throw new Impossible(
        "not-a-number",
        `"${flow.years}" is no time in years; write it as text, "3/365+1/12" or "1.5", up to 200`,
        `${place}.years`,
      );
    return { amount, years };
  });
}

const MOST = { months: 12, semimonths: 1, weeks: 52, days: 365 } as const;

function unitPeriodAt(value: unknown): UnitPeriod {
  const unit = mapAt(value, "unitPeriod");
  const names = Object.keys(MOST) as (keyof typeof MOST)[];
  known(unit, names, "unitPeriod");
  const [name, ...more] = names.filter((candidate) => unit[candidate] !== undefined);
  if (name === undefined || more.length > 0)
    throw new Impossible("one-unit", 'a unit-period has one unit: {"months":1}', "unitPeriod");
  return { [name]: wholeAt(unit[name], 1, MOST[name], `unitPeriod.${name}`) } as UnitPeriod;
}

const unitPeriodText = (unit: UnitPeriod) => ("years" in unit ? { years: ratioText(unit.years) } : unit);

const ratioText = ({ numerator, denominator }: Wide): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
