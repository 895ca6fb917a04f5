export * from "./budget.ts";
export * from "./debts.ts";
export { booksAfter, follow, owedThrough, type Paid } from "./follow.ts";
export * from "./optimum.ts";
export * from "./orders.ts";
export * from "./read.ts";
export * from "./types.ts";
export * from "./ways-out.ts";
export * from "./words.ts";
