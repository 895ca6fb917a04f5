import {
  type Fraction,
  formatDay,
  formatMoney,
  HEADS,
  type Head,
  type LateSegment,
  type Minor,
  type StatementLine,
  type Why,
  wideOf,
} from "../../core/index.ts";
import { lineSentence } from "./statement-words.ts";
import type { Telling } from "./why-words.ts";

/** A line of a statement: what moved by head, the balance after it, and the sentence that people read. */
export function statementJson(line: StatementLine, telling: Telling): Record<string, unknown> {
  const money = moneyOf(telling);
  const moved = HEADS.filter((head) => line.change[head] !== 0);
  return {
    on: formatDay(line.on),
    kind: line.kind === "fact" ? line.fact.kind : line.kind,
    ...(line.kind === "fact" ? { id: line.fact.id, bookedOn: formatDay(line.fact.on) } : {}),
    says: lineSentence(line, telling),
    change: Object.fromEntries(moved.map((head): [Head, string] => [head, money(line.change[head])])),
    balance: money(line.balance),
  };
}

/** A figure with its working; rates a day as exact ratios, `"3/4000"`. */
export function whyJson(why: Why, telling: Telling): Record<string, unknown> {
  const money = moneyOf(telling);
  const { figure } = why;
  switch (why.kind) {
    case "sum":
      return {
        figure,
        amount: money(why.amount),
        parts: why.parts.map((part) => ({ figure: part.figure, amount: money(part.amount) })),
      };
    case "rows":
      return {
        figure,
        amount: money(why.amount),
        rows: why.rows.map((row) => ({
          n: row.installment,
          dueOn: formatDay(row.dueOn),
          asked: money(row.asked),
          paid: money(row.paid),
          released: money(row.released),
          open: money(row.open),
        })),
      };
    case "account":
      return {
        figure,
        amount: money(why.amount),
        lines: why.lines.map((line) => statementJson(line, telling)),
      };
    case "late":
      return {
        figure,
        amount: money(why.amount),
        runs: why.runs.map((run) => ({
          what: run.what,
          ratePerDay: ratio(run.rate),
          segments: run.segments.map((segment) => segmentJson(segment, money)),
          rounded: money(run.rounded),
        })),
        lines: why.lines.map((line) => statementJson(line, telling)),
      };
    case "days":
      return {
        figure,
        days: why.days,
        ...(why.count
          ? {
              from: formatDay(why.count.from),
              lastDayToPay: formatDay(why.count.lastDayToPay),
              elapsed: why.count.elapsed,
              paused: why.count.paused,
              graceDays: why.count.graceDays,
            }
          : {}),
      };
    case "ceiling": {
      const { claim } = why;
      return {
        figure,
        amount: money(why.amount),
        principalDays: money(why.principalDays),
        allowed: money(claim.allowed),
        charged: money(claim.charged),
        excess: money(claim.excess),
        contractual: money(claim.contractual),
        paidAbove: money(claim.paidAbove),
        cite: claim.ceiling.cite,
        force: claim.ceiling.force,
        verification: claim.ceiling.verification,
        onRequest: claim.ceiling.onRequest,
      };
    }
  }
}

const moneyOf =
  ({ decimals }: Telling) =>
  (value: number): string =>
    formatMoney(value as Minor, decimals);

const segmentJson = (segment: LateSegment, money: (value: number) => string): Record<string, unknown> => ({
  n: segment.installment,
  base: money(segment.base),
  after: formatDay(segment.from),
  through: formatDay(segment.through),
  days: segment.days,
});

function ratio(rate: Fraction): string {
  const { numerator, denominator } = wideOf(rate);
  return `${numerator}/${denominator}`;
}
