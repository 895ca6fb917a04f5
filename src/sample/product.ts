import { minor, type Product, reduce } from "../core/index.ts";

export const LENDER = {
  code: "sample-micro",
  name: "示例小额贷款",
  zone: "Asia/Shanghai",
  pack: "cn",
} as const;
export const STRATEGY = "micro-standard";
export const TIMES_LATE = "1.5";

/** Monthly periods on offer; the product `micro-10` has ten. */
export const PERIODS = [5, 10, 20] as const;
export type Periods = (typeof PERIODS)[number];
export const productCode = (periods: Periods): string => `micro-${periods}`;

/** The three products differ in nothing but the number of periods, which each loan states itself. */
export const PRODUCT: Product = {
  id: 1,
  lender: LENDER.code,
  code: "micro",
  source: "kept",
  terms: {
    currency: "CNY",
    every: { months: 1 },
    method: "equal-principal",
    ratePer: "day",
    dayCount: "ACT/365",
    interest: "daily",
    monthEnd: "clamp",
    rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
  },
  lenderKind: "micro-loan",
  lateInterest: { rate: { times: reduce(3, 2) }, on: "principal" },
  allocation: {
    by: "installment",
    order: [
      "past-due.penalty",
      "past-due.interest",
      "past-due.principal",
      "due.interest",
      "due.principal",
      "in-advance.interest",
      "in-advance.principal",
    ],
  },
  bandEdges: [1, 31, 61, 91, 121, 151, 181],
  strategy: STRATEGY,
};

/** Daily rates in 1e-8 of the balance: 0.020 % to 0.050 % in steps of 0.005 %. */
export const RATES_E8 = [20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 50_000] as const;
