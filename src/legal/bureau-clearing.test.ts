import { describe, expect, test } from "vitest";
import { clearingRule } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import { PRODUCT } from "../../test/support/product.ts";
import { type Day, day, type Fact, formatDay, type LoanBooked, parseMoney } from "../core/index.ts";
import { parseMonth } from "./bureau.ts";
import { type ArrearsSpell, arrearsSpells, clearingOf, usReportableThrough } from "./bureau-clearing.ts";

const rule = clearingRule(loadPack("cn"), day("2026-11-26"));
const money = (text: string) => parseMoney(text)!;
const spell = (from: string, clearedOn?: string): ArrearsSpell => ({
  from: day(from),
  ...(clearedOn === undefined ? {} : { clearedOn: day(clearedOn) }),
});
const clears = (
  month: string,
  spells: readonly ArrearsSpell[],
  asOf: string,
  pastDue = "20000.00",
): string => {
  const found = clearingOf({ month: parseMonth(month)!, pastDue: money(pastDue) }, spells, rule, day(asOf));
  if (found.state === "arrears-last") return found.state;
  return `${found.state} ${formatDay(found.state === "hidden" ? found.hiddenFrom : found.lastOn)}`;
};

describe("bad information is kept five years from the end of the arrears (art. 16)", () => {
  // cn.md 7.5: arrears cleared 2026-11-23, record deleted after 2031-11-23.
  test("arrears cleared on 23 November 2026 are deleted after 23 November 2031", () => {
    const spells = [spell("2026-03-11", "2026-11-23")];
    expect(clears("2026-03", spells, "2026-11-22")).toBe("arrears-last");
    expect(clears("2026-03", spells, "2026-11-23")).toBe("kept 2031-11-23");
    expect(clears("2026-10", spells, "2031-11-23")).toBe("kept 2031-11-23");
    expect(clears("2026-10", spells, "2031-11-24")).toBe("cleared 2031-11-23");
  });

  test("while they last no year has begun", () => {
    expect(clears("2020-03", [spell("2020-03-11")], "2040-01-01")).toBe("arrears-last");
  });

  test("each month goes with its own stretch of arrears", () => {
    const spells = [spell("2024-01-11", "2024-02-20"), spell("2026-05-11", "2026-06-01")];
    expect(clears("2024-01", spells, "2026-07-01")).toBe("kept 2029-02-20");
    expect(clears("2026-05", spells, "2026-07-01")).toBe("kept 2031-06-01");
  });

  test("cleared on 29 February they are kept through 28 February", () => {
    expect(clears("2028-01", [spell("2028-01-11", "2028-02-29")], "2028-03-01")).toBe("kept 2033-02-28");
  });
});

describe("the one-off repair of 22 December 2025", () => {
  test.each([
    // Paid by 30 November 2025: from 1 January 2026.
    ["2025-11-30", "2026-01-01", "10000.00", "hidden 2026-01-01"],
    ["2025-11-30", "2025-12-31", "10000.00", "kept 2030-11-30"],
    // Paid from 1 December 2025 to 31 March 2026: by the end of the next month.
    ["2025-12-01", "2026-02-01", "10000.00", "hidden 2026-02-01"],
    ["2026-03-31", "2026-05-01", "10000.00", "hidden 2026-05-01"],
    ["2026-03-31", "2026-04-30", "10000.00", "kept 2031-03-31"],
    // A day or a fen too much.
    ["2026-04-01", "2026-12-01", "10000.00", "kept 2031-04-01"],
    ["2025-11-30", "2026-01-01", "10000.01", "kept 2030-11-30"],
  ])("cleared on %s, asked on %s, %s past due: %s", (cleared, asOf, pastDue, expected) => {
    expect(clears("2025-10", [spell("2025-10-11", cleared)], asOf, pastDue)).toBe(expected);
  });

  test("months before 2020 and after 2025 are outside it", () => {
    expect(clears("2019-12", [spell("2019-12-11", "2020-01-05")], "2024-01-01", "10.00")).toBe(
      "kept 2025-01-05",
    );
    expect(clears("2020-01", [spell("2020-01-11", "2025-06-05")], "2026-01-01", "10.00")).toBe(
      "hidden 2026-01-01",
    );
    expect(clears("2026-01", [spell("2026-01-11", "2026-02-05")], "2026-06-01", "10.00")).toBe(
      "kept 2031-02-05",
    );
  });
});

describe("stretches of arrears", () => {
  const key = { bucket: 7, n: 4097 };
  const booked: LoanBooked = {
    kind: "LoanBooked",
    on: day("2026-01-10"),
    product: 1,
    id: "L-1",
    principal: money("3000.00"),
    rateE8: 50_000,
    disbursedOn: day("2026-01-10"),
    firstDueOn: day("2026-02-10"),
    installments: 3,
    reach: 3,
  };
  const paid = (valueOn: string, amount: string): Fact => ({
    kind: "PaymentReceived",
    on: day(valueOn),
    id: `p ${valueOn}`,
    amount: money(amount),
    valueOn: day(valueOn),
  });
  const told = (facts: readonly Fact[], through: string) =>
    arrearsSpells({ key, facts: [booked, ...facts], product: PRODUCT }, day(through)).map(
      ({ from, clearedOn }) => `${formatDay(from)}..${clearedOn === undefined ? "" : formatDay(clearedOn)}`,
    );

  // Due by hand: 1,046.50 on 10 February, 1,028.00 on 10 March, 1,015.50 on 10 April.
  test("begin on the day after the due day and end with the day's money", () => {
    expect(told([paid("2026-02-10", "1046.50")], "2026-03-10")).toEqual([]);
    expect(told([paid("2026-02-11", "1046.50")], "2026-02-28")).toEqual(["2026-02-11..2026-02-11"]);
    expect(told([paid("2026-02-15", "1000.00"), paid("2026-02-20", "46.50")], "2026-02-28")).toEqual([
      "2026-02-11..2026-02-20",
    ]);
    expect(told([], "2026-04-30")).toEqual(["2026-02-11.."]);
  });

  test("are apart where nothing was past due between them", () => {
    expect(told([paid("2026-02-20", "1046.50"), paid("2026-03-12", "1028.00")], "2026-04-30")).toEqual([
      "2026-02-11..2026-02-20",
      "2026-03-11..2026-03-12",
      "2026-04-11..",
    ]);
  });

  test("are one where the next installment fell due before the last was paid", () => {
    expect(told([paid("2026-03-20", "2074.50")], "2026-03-31")).toEqual(["2026-02-11..2026-03-20"]);
  });
});

describe("in the United States", () => {
  // 15 U.S.C. 1681c(c)(1): seven years, after the 180 days that begin with the delinquency where it was charged off.
  test("seven years count from the first missed payment, and 180 days later for what was charged off", () => {
    const through = (on: string, off: boolean): string =>
      formatDay(usReportableThrough(day(on) as Day, off, { years: 7, days: 180 }));
    expect(through("1997-01-15", false)).toBe("2004-01-15");
    expect(through("1997-01-15", true)).toBe("2004-07-14");
  });
});
