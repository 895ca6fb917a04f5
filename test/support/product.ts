import { CN_DEFAULT_ORDER, minor, type Product } from "../../src/core/index.ts";

/** A plain kept product of the core, without a book: equal principal, monthly, in yuan. */
export const PRODUCT: Product = {
  id: 1,
  lender: "test",
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
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61],
  strategy: "plan",
};
