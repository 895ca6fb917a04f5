import { describe, expect, test } from "vitest";
import { day } from "../core/index.ts";
import { type LoansMap, parseMap } from "./map.ts";

const LOANS = `map: tape
kind: loans
lender: { code: demo, name: Demo Lender, zone: Asia/Shanghai, pack: cn, opened_on: 2026-01-01 }
products:
  a:
    source: fed
    currency: CNY
    method: equal-installment
    every: { months: 1 }
    rate_per: day
    day_count: ACT/360
    interest: daily
    month_end: roll
    rounding: { mode: half-up, residual: first, installment_multiple: "1.00" }
    late_interest: { times: "1.5", on: principal }
    grace: { days: 3, free: false }
    allocation: { by: installment, order: [past-due.penalty, past-due.interest, past-due.principal] }
    buckets: [1, 31, 61]
    strategy: standard
columns: { loan_id: L, borrower_id: B, principal: P, rate_percent: R, disbursed_on: D, installments: N, as_of: A, outstanding: O }
derive:
  status: { lookup: S, table: { Current: open, "Past Due": open } }
formats: { encoding: gbk, delimiter: tab, date: [yyyy/MM/dd, yyyyMMdd], decimal: ",", on_bad_row: hold }
`;

const refusals = (text: string) => {
  const result = parseMap(text, "x.yaml");
  return result.ok ? [] : result.refusals;
};

describe("a map file", () => {
  test("gives the lender and the products in our own types", () => {
    const result = parseMap(LOANS, "x.yaml");
    expect(result.ok).toBe(true);
    const map = (result as { value: LoansMap }).value;
    expect(map.lender).toEqual({
      code: "demo",
      name: "Demo Lender",
      zone: "Asia/Shanghai",
      pack: "cn",
      openedOn: day("2026-01-01"),
    });
    expect(map.products.get("a")).toEqual({
      code: "a",
      source: "fed",
      terms: {
        currency: "CNY",
        every: { months: 1 },
        method: "equal-installment",
        ratePer: "day",
        dayCount: "ACT/360",
        interest: "daily",
        monthEnd: "roll",
        rounding: { mode: "half-up", residual: "first", installmentMultiple: 100 },
      },
      lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
      grace: { days: 3, free: false },
      allocation: {
        by: "installment",
        order: ["past-due.penalty", "past-due.interest", "past-due.principal"],
      },
      bandEdges: [1, 31, 61],
      strategy: "standard",
    });
    expect(map.formats).toMatchObject({
      encoding: "gb18030",
      delimiter: "\t",
      numbers: { decimal: ",", thousands: "." },
      onBadRow: "hold",
    });
    // One product alone needs no column that says so.
    expect(map.constants.get("product")).toBe("a");
  });

  test("gives every option of a product in the core's own types", () => {
    const options = `    grace_on_principal: 2
    grace_on_interest: 0
    interest_free: 1
    late_fee: { after_days: 3, percent: "2.5" }
    dpd: { since: unbroken-arrears, grace: waits, tolerance: "1.00", basis: 30/360 }
    payable_on: next-working-day
    lender_kind: micro-loan
    in_advance: reamortise
`;
    const text = LOANS.replace("    buckets:", `${options}    buckets:`)
      .replace("equal-installment", "interest-only")
      .replace("residual: first", "residual: first, installment_mode: up, unit: 0.10")
      .replace("on: principal }", "on: principal, compound: true }");
    const result = parseMap(text, "x.yaml", { lenderKinds: () => ["micro-loan"], hasCalendar: () => true });
    const product = result.ok ? (result.value as LoansMap).products.get("a") : result.refusals;
    expect(product).toMatchObject({
      terms: {
        method: "interest-only",
        rounding: {
          mode: "half-up",
          residual: "first",
          installmentMultiple: 100,
          installmentMode: "up",
          unit: 10,
        },
        graceOnPrincipal: 2,
        interestFree: 1,
      },
      lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal", compound: true },
      lateFee: { afterDays: 3, fee: { share: { numerator: 1, denominator: 40 } } },
      dpd: { since: "unbroken-arrears", grace: "waits", tolerance: 100, basis: "30/360" },
      payableOn: "next-working-day",
      lenderKind: "micro-loan",
      inAdvance: "reamortise",
    });
    expect(Object.keys((product as { terms: object }).terms)).not.toContain("graceOnInterest");
  });

  test("checks the kind of lender and the calendar against the packs that are installed, where they are known", () => {
    const kind = LOANS.replace("    buckets:", "    lender_kind: micro-lone\n    buckets:");
    const days = LOANS.replace("    buckets:", "    payable_on: next-working-day\n    buckets:");
    const places = { lenderKinds: () => ["micro-loan", "private"], hasCalendar: () => false };
    const of = (text: string) => {
      const result = parseMap(text, "x.yaml", places);
      return result.ok ? [] : result.refusals;
    };
    expect(of(kind)).toMatchObject([{ code: "bad-value", line: 18, column: 18 }]);
    expect(of(kind)[0]!.says).toContain('did you mean "micro-loan"?');
    expect(of(days)[0]!.says).toContain('No days off are published here for the place "cn"');
    expect(refusals(kind)).toEqual([]);
  });

  test("says the line and the column of an unknown key, and the nearest known one", () => {
    const [first] = refusals(LOANS.replace("late_interest:", "late_intrest:"));
    expect(first).toMatchObject({ code: "unknown-key", line: 15, column: 5, at: "x.yaml:15:5" });
    expect(first!.says).toContain('did you mean "late_interest"?');
  });

  test.each([
    ["method: equal-installment", "method: annuity", "bad-value"],
    ["currency: CNY", "currency: XYZ", "unknown-currency"],
    ["zone: Asia/Shanghai", "zone: Asia/Shangai", "unknown-zone"],
    ["every: { months: 1 }", "every: { months: 1, days: 3 }", "bad-value"],
    ["every: { months: 1 }", "every: { months: 0 }", "bad-value"],
    ["buckets: [1, 31, 61]", "buckets: [1, 61, 31]", "bad-value"],
    ['times: "1.5"', 'times: "1.5", percent: "0.05"', "bad-value"],
    ["past-due.penalty,", "past-due.penality,", "bad-value"],
    ["grace: { days: 3, free: false }", "grace_days: 3", "bad-value"],
    ["free: false", "free: no", "bad-value"],
    [", free: false", "", "missing-key"],
    ["on: principal }", "on: principal+interest, compound: true }", "bad-value"],
    ["month_end: roll", "month_end: roll\n    late_fee: { amount: 5.00, percent: 5 }", "bad-value"],
    ["month_end: roll", "month_end: roll\n    late_fee: { after_days: 0, amount: 5.00 }", "bad-value"],
    ["month_end: roll", "month_end: roll\n    dpd: { sinse: oldest-unpaid }", "unknown-key"],
    ["month_end: roll", "month_end: roll\n    dpd: { tolerance: 0 }", "bad-value"],
    ["month_end: roll", "month_end: roll\n    in_advance: later", "bad-value"],
    ["month_end: roll", "month_end: roll\n    payable_on: working-day", "bad-value"],
    ["month_end: roll", "month_end: roll\n    interest_free: -1", "bad-value"],
    ["residual: first", "residual: first, unit: 0", "bad-value"],
    ["past-due.penalty,", "past-due.interest,", "bad-value"],
    ["loan_id: L, ", "", "missing-field"],
    ["outstanding: O", "arrears: O", "missing-field"],
    ["derive:\n", "constants: { loan_id: x }\nderive:\n", "given-twice"],
    ["lookup: S, ", "lookup: S, when_above: 3, ", "unknown-key"],
    ["yyyyMMdd]", "yyyyWW]", "bad-pattern"],
    ['decimal: ","', 'decimal: ",", thousands: ","', "bad-value"],
    ["opened_on: 2026-01-01", "opened_on: 2026-02-30", "bad-value"],
    ["kind: loans", "kind: loan", "bad-value"],
    ["map: tape", "map: tape\nmap: other", "bad-yaml"],
    ["map: tape", "map: [tape", "bad-yaml"],
    ["map: tape", "map: &x tape\ncontrol: *x", "bad-yaml"],
  ])("with %j changed to %j is refused", (from, to, code) => {
    expect(LOANS).toContain(from);
    expect(refusals(LOANS.replace(from, to)).map((refusal) => refusal.code)).toContain(code);
  });

  test("lists everything that is wrong with it, not only the first", () => {
    const text = LOANS.replace("currency: CNY", "currency: XYZ").replace("rate_per: day", "rate_per: week");
    expect(refusals(text).map(({ line }) => line)).toEqual([7, 10]);
  });

  test.each(["", "just text", "- a\n- b", "null", "{}", "\u0000", "map: !!js/function x", "? [a]: b"])(
    "such as %j is refused and never thrown at",
    (text) => {
      expect(refusals(text).length).toBeGreaterThan(0);
    },
  );
});
