import { describe, expect, test } from "vitest";
import { courtFeeTiers } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import { strategyOf } from "../../test/support/book.ts";
import { PRODUCT } from "../../test/support/product.ts";
import {
  book,
  CHANNELS,
  type Day,
  day,
  formatDay,
  formatMoney,
  type LoanBooked,
  minor,
  type Product,
  toBits,
} from "../core/index.ts";
import type { CloseContext } from "../dayclose/index.ts";
import { limitationWatchOf } from "../office/limitation/json.ts";
import { strategyLine } from "../strategy/index.ts";
import { CERTAINTIES, eventWords, type Forecast, type ForecastAsked, forecast } from "./index.ts";

const product: Product = {
  ...PRODUCT,
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  bandEdges: [1, 31, 61, 91],
};
const booked: LoanBooked = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L-1",
  product: 1,
  principal: minor(300_000),
  rateE8: 50_000,
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 3,
  reach: toBits(CHANNELS, CHANNELS),
};
const pack = loadPack("cn");

const contextOf = (strategy: string, of: Product = product): CloseContext => {
  const line = strategyLine([strategyOf(strategy)]);
  return {
    zone: "Asia/Shanghai",
    pack,
    product: () => of,
    strategy: () => line,
    limitation: limitationWatchOf("cn")!,
  };
};

const SUES = `strategy: made
version: 1
from: "2020-01-01"
intent: To go to court.
stages:
  - stage: late
    dpd: 1..
    steps:
      - { on_dpd: 1, send: overdue, by: [app, text], at: "10:00" }
      - { on_dpd: 5, call: borrower, at: "14:00" }
      - { on_dpd: 40, suit: claim }
      - { on_dpd: 50, payment_order: apply }
`;

function foreseen(change: Partial<ForecastAsked> = {}, of: Product = product, strategy = SUES): Forecast {
  const loan = book({ bucket: 7, n: 4097 }, booked, of);
  const borrower = {
    bucket: 7,
    n: 4096,
    loans: [{ loan, waiting: [], journal: [booked], id: "L-1" }],
    contacts: [],
    journal: [],
  };
  const made = forecast({
    borrower,
    n: loan.n,
    asOf: day("2026-01-20"),
    through: day("2026-04-30"),
    context: contextOf(strategy, of),
    courtFees: (on: Day) => {
      const tiers = courtFeeTiers(pack, on);
      return tiers.ok ? tiers.value : undefined;
    },
    ...change,
  });
  if (!made.ok) throw new Error(made.refusal.says);
  return made.value;
}
const told = ({ events }: Forecast) =>
  events.map(({ on, through, kind, certainty }) =>
    [formatDay(on), through ? formatDay(through) : "", certainty, kind].filter(Boolean).join(" "),
  );

describe("a loan of 3,000.00 in three months, of which nothing is paid", () => {
  test("is told from due day to court, and what each thing rests on", () => {
    expect(told(foreseen())).toEqual([
      "2026-02-01 contract due",
      "2026-02-02 contract late",
      "2026-02-02 intended message",
      "2026-02-06 intended call",
      // 27 days late: sign 1, from pages that explain the report and were not verified.
      "2026-02-28 intended record-month",
      "2026-03-01 contract due",
      "2026-03-04 contract older",
      "2026-03-13 intended suit",
      // Seven days to accept it (art. 126).
      "2026-03-13 2026-03-20 court court-accepts",
      // Six months in ordinary procedure from then (art. 152), then two years to apply for enforcement (art. 250).
      "2026-03-20 2026-09-20 court court-judges",
      "2026-03-23 intended payment-order",
      // Five days to accept, fifteen to issue (arts 226, 227); fifteen to pay or object, then two years.
      "2026-03-23 2026-04-12 court court-order",
      "2026-03-31 intended record-month",
      "2026-04-01 contract due",
      "2026-04-03 contract older",
      "2026-04-27 2028-04-27 court court-enforces",
      "2026-04-30 intended record-month",
      "2026-09-20 2028-09-20 court court-enforces",
      // Three years from the last due day, 1 April 2026 (arts 188, 189), which in 2029 is a Sunday.
      "2029-04-01 2029-04-02 court limitation-ends",
    ]);
  });

  test("costs nothing where it is paid in time, and each event says from what on it does not come", () => {
    const { events } = foreseen();
    const of = (kind: string) => events.find((event) => event.kind === kind)!;
    expect(of("due")).toMatchObject({ sum: minor(104_650) });
    expect(of("late").stop).toEqual({ amount: 104_650, by: day("2026-02-01"), clears: 104_650 });
    // Four days late on the fifth of February: 1,000.00 x 0.075 % x 4 = 3.00.
    expect(of("call").stop).toEqual({ amount: 104_950, by: day("2026-02-05"), clears: 104_950 });
    // On 12 March the second installment is late too: 29.25 + 8.25 of late interest, 46.50 + 28.00 of interest, 1,000.00; and 1,000.00 more.
    expect(of("suit").stop).toEqual({ amount: 111_200, by: day("2026-03-12"), clears: 211_200 });
  });

  test("has the fee of a court for what was owed on the day of the suit", () => {
    // 3,000.00 and little more is not above 10,000.00: 50.00 (measures on litigation costs, art. 13(1)).
    const judged = foreseen().events.find(({ kind }) => kind === "court-judges")!;
    expect(judged.sum).toBe(5_000);
  });

  test("paid in part, shows what that keeps away", () => {
    const paid = foreseen({ pay: { amount: minor(104_650), on: day("2026-02-01") } });
    expect(told(paid)).not.toContain("2026-02-02 contract late");
    expect(told(paid)).toContain("2026-03-02 contract late");
    expect(told(paid).filter((line) => line.endsWith("suit"))).toEqual(["2026-04-10 intended suit"]);
    const late = foreseen({ pay: { amount: minor(200_000), on: day("2026-02-10") } });
    // Late until the tenth: nothing is late from the eleventh on, and the record of it goes five years after (regulations, art. 16).
    expect(told(late)).toContain("2026-02-11 contract cured");
    expect(late.events.find(({ kind }) => kind === "record-clears")).toBeUndefined();
    const whole = foreseen({ pay: { amount: minor(400_000), on: day("2026-02-10") } });
    expect(told(whole)).toContain("2031-02-11 contract record-clears");
  });

  test("has plain words for every event, in both languages, and no certainty that is not among the three", () => {
    for (const language of ["en", "zh"] as const) {
      const telling = { language, money: (sum: number) => formatMoney(minor(sum)), zone: "Asia/Shanghai" };
      for (const event of foreseen().events) {
        const [headline, not] = eventWords(event, telling);
        expect(headline).toMatch(language === "en" ? /\.$/ : /。$/);
        expect(not).toBeDefined();
        expect(`${headline}${not}`).not.toMatch(/undefined|NaN/);
        expect(CERTAINTIES).toContain(event.certainty);
        expect(event.because.length).toBeGreaterThan(0);
      }
    }
  });

  test("shows a text that was not verified as such, where one is behind an event", () => {
    const { events } = foreseen();
    const [month] = events.filter(({ kind }) => kind === "record-month");
    expect(month).toMatchObject({ sign: "1", certainty: "intended", record: "may-report-late" });
    // Nothing late at the month's end once the first installment and 27 days of late interest, 20.25, are paid by it.
    expect(month!.stop).toMatchObject({ amount: 106_675, by: day("2026-02-28") });
    const state = (kind: string) =>
      events.find((event) => event.kind === kind)!.because.map(({ source }) => source?.verification);
    expect(state("record-month")).toContain("unverified");
    expect(state("limitation-ends")).not.toContain("unverified");
  });
});

test("where a product's working days are not published any more, the forecast ends and says so", () => {
  const payableOn = {
    place: "test",
    source: "test",
    years: new Set([2026]),
    daysOff: new Set<Day>(),
    makeUpWorkdays: new Set<Day>(),
  };
  const late: LoanBooked = {
    ...booked,
    firstDueOn: day("2026-12-01"),
    disbursedOn: day("2026-11-01"),
    on: day("2026-11-01"),
  };
  const of = { ...product, payableOn };
  const loan = book({ bucket: 7, n: 4097 }, late, of);
  const made = forecast({
    borrower: {
      bucket: 7,
      n: 4096,
      loans: [{ loan, waiting: [], journal: [late], id: "L-1" }],
      contacts: [],
      journal: [],
    },
    n: loan.n,
    asOf: day("2026-11-20"),
    through: day("2027-03-31"),
    context: contextOf(SUES, of),
  });
  expect(made.ok && made.value.unknownFrom?.reason).toMatch(/no holiday notice for 2027/);
});

test("a forecast of a loan that is over, of no time, or of a payment in the past is refused", () => {
  const loan = { ...book({ bucket: 7, n: 4097 }, booked, product), status: "paid-off" as const };
  const borrower = {
    bucket: 7,
    n: 4096,
    loans: [{ loan, waiting: [], journal: [booked], id: "L-1" }],
    contacts: [],
  };
  const asked = {
    borrower,
    n: loan.n,
    asOf: day("2026-01-20"),
    through: day("2026-04-30"),
    context: contextOf(SUES),
  };
  const code = (change: Partial<ForecastAsked>) => {
    const made = forecast({ ...asked, ...change });
    return made.ok ? undefined : made.refusal.code;
  };
  expect(code({})).toBe("ended");
  expect(code({ through: day("2026-01-20") })).toBe("not-ahead");
  expect(code({ pay: { amount: minor(1), on: day("2026-01-19") } })).toBe("before-now");
  expect(code({ pay: { amount: minor(0), on: day("2026-01-20") } })).toBe("nothing");
});
