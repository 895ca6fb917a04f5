import { expect, test } from "vitest";
import { type LoansMap, parseMap } from "../../intake/index.ts";
import { settingsOf } from "./product-settings.ts";

const map = (more = "") => `map: m
kind: loans
lender: { code: demo, name: Demo, zone: Asia/Shanghai, pack: cn }
products:
  a:
    source: kept
    currency: CNY
    method: equal-principal
    every: { months: 1 }
    rate_per: day
    day_count: ACT/365
    interest: daily
    late_interest: { times: "1.5", on: principal }
    grace_days: 0
    strategy: standard
${more}columns: { loan_id: L, borrower_id: B, principal: P, rate_percent: R, disbursed_on: D, installments: N }
`;

function textOf(more?: string): string {
  const read = parseMap(map(more));
  if (!read.ok) throw new Error(read.refusals[0]!.says);
  return JSON.stringify(settingsOf((read.value as LoansMap).products.get("a")!));
}

/** As the first version wrote it. */
const FIRST =
  '{"code":"a","source":"kept","terms":{"currency":"CNY","every":{"months":1},"method":"equal-principal","ratePer":"day","dayCount":"ACT/365","interest":"daily","monthEnd":"clamp","rounding":{"mode":"half-even","residual":"last","installmentMultiple":1}},"lateInterest":{"rate":{"times":{"numerator":3,"denominator":2}},"on":"principal"},"allocation":{"order":["past-due.fee","past-due.penalty","past-due.interest","past-due.principal","due.fee","due.penalty","due.interest","due.principal","in-advance.fee","in-advance.penalty","in-advance.interest","in-advance.principal"],"by":"kind"},"bandEdges":[1,31,61,91,121],"strategy":"standard"}';

test("a map of the first version gives the product that it gave then, letter for letter", () => {
  expect(textOf()).toBe(FIRST);
});

test("an option that is spelled out as it is unless given changes nothing", () => {
  expect(
    textOf(`    grace: { days: 0, free: true }
    late_fee: none
    dpd: { since: oldest-unpaid, grace: counts, basis: actual }
    payable_on: due-day
    in_advance: next
    grace_on_principal: 0
`),
  ).toBe(FIRST);
});

test("the options of a product stand behind what was there before", () => {
  const text = textOf(`    grace: { days: 3, free: false }
    payable_on: next-working-day
    in_advance: last
`);
  expect(text).toBe(
    FIRST.replace('"by":"kind"}', '"by":"kind","inAdvance":"last"}').replace(
      '"strategy":"standard"}',
      '"strategy":"standard","grace":{"days":3,"free":false},"payableOn":"next-working-day"}',
    ),
  );
});
