import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  addDays,
  CN_DEFAULT_ORDER,
  claimable,
  day,
  formatDay,
  formatMoney,
  formatPercent,
  type LateInterest,
  parseMoney,
  parseRate,
  reduce,
  ZERO,
} from "../../src/core/index.ts";
import { loadPack } from "../load.ts";
import {
  allocationOrder,
  ceilingFor,
  checkLateInterest,
  LENDER_KINDS,
  type LenderKind,
  lateInterestBounds,
  lprOn,
} from "./ledger.ts";
import { lprParams } from "./lpr.ts";

const pack = loadPack("cn");

/** `24 % on request, unverified`, or the code of the refusal. */
const ceiling = (lenderKind: LenderKind, contractOn: string, on: string, filedOn?: string): string => {
  const found = ceilingFor(
    { lenderKind, contractOn: day(contractOn), on: day(on), ...(filedOn ? { filedOn: day(filedOn) } : {}) },
    pack,
  );
  if (!found.ok) return found.refusal.code;
  const { rate, onRequest, verification } = found.value;
  return `${formatPercent(rate)} % ${onRequest ? "on request" : "in any case"}, ${verification}`;
};

describe("the ceiling on the cost of a private loan, by the day of the contract", () => {
  test.each([
    // Provisions of 2015, arts 26, 29, 30: 24 % from 2015-09-01, for charges until 2020-08-19.
    ["2015-08-31", "2015-08-31", "no-text-read"],
    ["2015-09-01", "2015-09-01", "24 % in any case, verified"],
    ["2020-08-19", "2020-08-19", "24 % in any case, verified"],
    // Art. 31 of the text of 2021: for charges from 2020-08-20 the day of the suit counts.
    ["2020-08-19", "2020-08-20", "filing-day-needed"],
    // First revision, arts 26, 29, 30: four times 3.85 % from 2020-08-20. LPR by two lists: verified-reprint.
    ["2020-08-20", "2020-08-20", "15.4 % in any case, verified-reprint"],
    ["2020-12-31", "2022-06-01", "15.4 % in any case, verified-reprint"],
    // Second revision, arts 25, 28, 29: the LPR of the day of the contract, whatever it is later.
    ["2021-01-01", "2021-01-01", "15.4 % in any case, verified-reprint"],
    ["2021-12-19", "2026-01-01", "15.4 % in any case, verified-reprint"],
    ["2021-12-20", "2026-01-01", "15.2 % in any case, verified-reprint"],
    ["2025-05-19", "2026-01-01", "12.4 % in any case, verified-reprint"],
    ["2025-05-20", "2026-01-01", "12 % in any case, verified-reprint"],
    // One list only, or files that quote it: the ceiling carries the weakest state.
    ["2025-06-19", "2026-01-01", "12 % in any case, verified-reprint"],
    ["2025-06-20", "2026-01-01", "12 % in any case, unverified"],
    ["2025-09-22", "2026-01-01", "12 % in any case, verified-reprint"],
    // The fixing of 20 October 2026 was not found.
    ["2026-10-19", "2026-10-19", "12 % in any case, unverified"],
    ["2026-10-20", "2026-10-20", "lpr-not-read"],
    ["2026-01-02", "2026-01-01", "order-of-days"],
  ])("contract of %s, measured on %s: %s", (contractOn, on, says) => {
    expect(ceiling("private", contractOn, on)).toBe(says);
  });

  // Provisions, text of 2021, art. 31(2).
  test.each([
    ["2019-05-01", "2020-08-19", "2021-01-01", "24 % in any case, verified"],
    ["2019-05-01", "2020-08-20", "2020-12-31", "no-text-read"],
    ["2019-05-01", "2020-08-20", "2021-01-01", "15.4 % in any case, verified-reprint"],
    ["2019-05-01", "2023-01-01", "2024-10-20", "13.4 % in any case, verified-reprint"],
    ["2019-05-01", "2023-01-01", "2024-10-21", "12.4 % in any case, verified-reprint"],
    ["2019-05-01", "2023-01-01", "2026-10-20", "lpr-not-read"],
    ["2019-05-01", "2023-01-01", "2019-04-30", "order-of-days"],
  ])("contract of %s, measured on %s, suit of %s: %s", (contractOn, on, filedOn, says) => {
    expect(ceiling("private", contractOn, on, filedOn)).toBe(says);
  });
});

describe("the ceiling on the cost of a licensed loan, by the day measured", () => {
  // Opinions of 2017, item 2 (unverified); provisions art. 1; reply of 2020, item 1, in force 2021-01-01.
  test.each<[LenderKind, string, string]>([
    ["licensed-bank", "2017-08-03", "no-text-read"],
    ["licensed-bank", "2017-08-04", "24 % on request, unverified"],
    ["consumer-finance", "2026-11-25", "24 % on request, unverified"],
    ["micro-loan", "2020-12-31", "lender-kind-unsettled"],
    ["micro-loan", "2021-01-01", "24 % on request, unverified"],
    ["factoring", "2020-12-31", "lender-kind-unsettled"],
    ["local-asset-manager", "2021-01-01", "24 % on request, unverified"],
  ])("a lender of the kind %s on %s: %s", (kind, on, says) => {
    expect(ceiling(kind, "2017-01-01", on)).toBe(says);
  });

  test("every kind of lender has a line today, and four times the LPR is for private ones only", () => {
    for (const kind of LENDER_KINDS) {
      const says = kind === "private" ? "12 % in any case, unverified" : "24 % on request, unverified";
      expect(ceiling(kind, "2026-09-20", "2026-10-01"), kind).toBe(says);
    }
  });

  test("a ceiling names its texts", () => {
    const found = ceilingFor(
      { lenderKind: "private", contractOn: day("2021-12-20"), on: day("2022-01-01") },
      pack,
    );
    expect(found).toMatchObject({
      ok: true,
      value: { rule: "cost-ceiling.private", force: "judicial interpretation", yearDays: 365 },
    });
    expect(found.ok && found.value.cite).toBe(
      "cn/private-lending-2021 art. 29: 总计超过合同成立时一年期贷款市场报价利率四倍的部分，人民法院不予支持; cn/lpr list A: 2021-12-20 3.80",
    );
  });
});

// Worked by hand: 2,000.00 late for 45 days at 0.05 % a day x 1.5 = 0.00075 x 45 x 2,000 = 67.50.
// The line: 2,000 x 0.24 x 45 / 365 = 59.178… and / 360 = 60.00. (Opinions of 2017, item 2.)
test.each([
  [365, "59.18", "8.32"],
  [360, "60.00", "7.50"],
] as const)(
  "67.50 of late interest over 45 days on 2,000.00, by %i days: line %s, reducible %s",
  (yearDays, line, excess) => {
    const found = ceilingFor(
      { lenderKind: "licensed-bank", contractOn: day("2026-01-01"), on: day("2026-06-01"), yearDays },
      pack,
    );
    if (!found.ok) throw new Error(found.refusal.says);
    const penalty = parseMoney("67.50")!;
    const charges = { interest: ZERO, fee: ZERO, penalty };
    const sum = claimable(
      {
        principalDays: 200_000 * 45,
        charged: charges,
        unpaid: { ...charges, principal: parseMoney("2000.00")! },
        rounding: "half-up",
      },
      found.value,
    );
    expect(formatMoney(sum.allowed)).toBe(line);
    expect(formatMoney(sum.excess)).toBe(excess);
    expect(formatMoney(sum.contractual)).toBe("2067.50");
    expect(sum.ceiling).toMatchObject({ onRequest: true, verification: "unverified" });
  },
);

describe("late interest of a contract", () => {
  const times = (text: string): LateInterest => {
    const [whole = "0", fraction = ""] = text.split(".");
    return { rate: { times: reduce(Number(whole + fraction), 10 ** fraction.length) }, on: "principal" };
  };
  const findings = (
    kind: LenderKind,
    percent: string,
    late: LateInterest,
    reason: "late" | "misuse" = "late",
  ) =>
    checkLateInterest(
      {
        lenderKind: kind,
        contractOn: day("2026-01-15"),
        rate: parseRate(percent, "day")!,
        lateInterest: late,
        reason,
      },
      pack,
    ).map(({ code, says }) => `${code}: ${says.en}`);

  // Notice 〔2003〕251, item 3: 在借款合同载明的贷款利率水平上加收30%-50%. At 0.02 % a day the line of 24 % is far.
  test.each([
    ["1.3", []],
    ["1.5", []],
    [
      "1.2999",
      [
        "below-uplift: Late interest is 1.2999 times the rate of the contract; the notice names 1.3–1.5 times.",
      ],
    ],
    [
      "1.5001",
      [
        "above-uplift: Late interest is 1.5001 times the rate of the contract; the notice names 1.3–1.5 times.",
      ],
    ],
    [
      "1.6",
      ["above-uplift: Late interest is 1.6 times the rate of the contract; the notice names 1.3–1.5 times."],
    ],
  ])("%s times the rate at a bank: %j", (multiple, found) => {
    expect(findings("licensed-bank", "0.02", times(multiple))).toEqual(found);
  });

  // The same item: 加收50%-100% (unverified).
  test.each([
    ["1.5", 0],
    ["1.4999", 1],
    ["2", 0],
    ["2.0001", 1],
  ])("%s times for a loan used for another purpose: %i findings", (multiple, count) => {
    expect(findings("licensed-bank", "0.02", times(multiple), "misuse")).toHaveLength(count);
  });

  test("a rate of its own is measured against the contract's", () => {
    const late: LateInterest = { rate: parseRate("0.03", "day")!, on: "principal" };
    expect(findings("licensed-bank", "0.02", late)).toEqual([]);
    expect(findings("licensed-bank", "0", late)[0]).toContain("on a loan without interest");
  });

  // 0.05 % a day x 1.5 x 365 = 27.375 % a year; x 1.3 = 23.725 %.
  test("0.05 % a day at x 1.5 lies above the line, at x 1.3 below it", () => {
    expect(findings("licensed-bank", "0.05", times("1.5"))).toEqual([
      "above-ceiling: Late interest is 27.375 % a year, above the line of 24 %.",
    ]);
    expect(findings("licensed-bank", "0.05", times("1.3"))).toEqual([]);
  });

  // Provisions, text of 2021, art. 28: 以不超过合同成立时一年期贷款市场报价利率四倍为限; 4 x 3.00 %.
  test("a private lender's late rate is measured by four times the LPR, and the notice does not speak of it", () => {
    const yearly = (percent: string): LateInterest => ({
      rate: parseRate(percent, "year")!,
      on: "principal",
    });
    expect(findings("private", "0.02", yearly("12"))).toEqual([]);
    expect(findings("private", "0.02", yearly("12.0001"))).toEqual([
      "above-ceiling: Late interest is 12.0001 % a year, above the line of 12 %.",
    ]);
  });

  test("what cannot be checked is said", () => {
    const [found] = checkLateInterest(
      {
        lenderKind: "private",
        contractOn: day("2026-11-01"),
        rate: parseRate("10", "year")!,
        lateInterest: times("1.5"),
      },
      pack,
    );
    expect(found).toMatchObject({ code: "not-checked" });
    expect(found!.says.en).toContain("2026-11-01 was not read");
  });

  test("before 2004 no text was read, and a finding carries the state of its text", () => {
    expect(lateInterestBounds("late", day("2003-12-31"), pack)).toMatchObject({
      ok: false,
      refusal: { code: "no-text-read" },
    });
    expect(lateInterestBounds("late", day("2004-01-01"), pack)).toMatchObject({
      ok: true,
      value: { verification: "verified-reprint" },
    });
    expect(lateInterestBounds("misuse", day("2026-01-01"), pack)).toMatchObject({
      ok: true,
      value: { verification: "unverified" },
    });
  });
});

describe("the one-year LPR", () => {
  // The change points of the one-year rate.
  test.each([
    ["2019-08-20", "4.25"],
    ["2019-09-20", "4.2"],
    ["2019-11-20", "4.15"],
    ["2020-02-20", "4.05"],
    ["2020-04-20", "3.85"],
    ["2021-12-20", "3.8"],
    ["2022-01-20", "3.7"],
    ["2022-08-22", "3.65"],
    ["2023-06-20", "3.55"],
    ["2023-08-21", "3.45"],
    ["2024-07-22", "3.35"],
    ["2024-10-21", "3.1"],
    ["2025-05-20", "3"],
  ])("becomes on %s %s %%, and was another the day before", (on, percent) => {
    const rateOn = (at: number) => {
      const found = lprOn(at as ReturnType<typeof day>, pack);
      return found.ok ? formatPercent(found.value.rate) : found.refusal.code;
    };
    expect(rateOn(day(on))).toBe(percent);
    expect(rateOn(addDays(day(on), -1))).not.toBe(percent);
  });

  test("has a value on every day from its first fixing to the last day read, and none outside", () => {
    for (let on = day("2019-08-20"); on <= day("2026-10-19"); on = addDays(on, 1))
      expect(lprOn(on, pack).ok, formatDay(on)).toBe(true);
    for (const on of ["2019-08-19", "2026-10-20", "2026-11-25"])
      expect(lprOn(day(on), pack)).toMatchObject({ ok: false, refusal: { code: "lpr-not-read" } });
  });

  test("a table out of order, or with a list that nobody described, is refused", () => {
    const file = parse(readFileSync(new URL("params/lpr.yaml", import.meta.url), "utf8")) as {
      fixings: string[][];
    };
    expect(() => lprParams({ ...file, fixings: [["2026-01-20", "3.00", "D"]] })).toThrow(
      "names no known list: D",
    );
    expect(() => lprParams({ ...file, fixings: [["2026-01-20", "3,00", "A"]] })).toThrow('"3,00"');
    expect(() => lprParams({ ...file, fixings: [["2026-01-20", "3.00"]] })).toThrow(
      "is not [day, percent, list]",
    );
  });
});

// Civil Code art. 561.
test("the pack's order of payment is the core's, from the Civil Code on", () => {
  expect(allocationOrder(pack, day("2021-01-01"))).toEqual({ ok: true, value: CN_DEFAULT_ORDER });
  expect(allocationOrder(pack, day("2020-12-31"))).toMatchObject({
    ok: false,
    refusal: { code: "no-text-read" },
  });
});
