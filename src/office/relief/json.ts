import { formatDay, formatMoney, type Minor } from "../../core/index.ts";
import { type Surplus, type Way, type WaysOut, whyNotWords } from "../../relief/index.ts";
import { sourceJson } from "../limitation/json.ts";

/** What can be paid in a month: as said, or from the month's household. */
export interface BudgetAsked {
  readonly surplus: Minor | undefined;
  readonly household?: Surplus;
}

export function waysJson(
  { loan, currency, asOf, position, surplus, ways: all }: WaysOut,
  { household }: BudgetAsked,
  decimals: number,
): Readonly<Record<string, unknown>> {
  const money = (sum: number): string => formatMoney(sum as Minor, decimals);
  return {
    loan,
    currency,
    asOf: formatDay(asOf),
    pastDue: money(position.arrears.total),
    payoff: money(position.payoff),
    surplus: surplus === undefined ? null : money(surplus),
    ...(household
      ? {
          household: {
            needed: money(household.needed),
            short: money(household.short),
            left: money(household.leftToLiveOn),
          },
        }
      : {}),
    ways: all.map((way) => wayJson(way, money)),
  };
}

function wayJson(way: Way, money: (sum: number) => string): Readonly<Record<string, unknown>> {
  const because = way.because.map(sourceJson);
  if (!way.possible)
    return {
      way: way.way,
      possible: false,
      why: way.why,
      says: way.says ?? whyNotWords(way, "en"),
      ...(way.least === undefined ? {} : { leastMonthly: money(way.least) }),
      because,
    };
  const { record, lateAfter } = way;
  return {
    way: way.way,
    possible: true,
    total: money(way.total),
    cost: money(way.cost),
    months: way.months,
    monthly: money(way.monthly),
    endsOn: formatDay(way.endsOn),
    ...(way.affordable === undefined ? {} : { affordable: way.affordable }),
    needs: way.needs,
    exposure: way.exposure,
    record: { kind: record.kind, ...("on" in record && record.on ? { on: formatDay(record.on) } : {}) },
    lateAfter: { pastDue: money(lateAfter.pastDue), dpd: lateAfter.dpd },
    restartsLimitation: way.restartsLimitation,
    ...(way.heavier === undefined ? {} : { heavier: money(way.heavier) }),
    payments: way.payments.map(({ on, amount: sum }) => ({ on: formatDay(on), amount: money(sum) })),
    because,
  };
}
