export * from "./compare.ts";
export * from "./flow.ts";
export * from "./intervals.ts";
export * from "./roll.ts";
export * from "./types.ts";
export * from "./vintage.ts";
export { monthText, percent } from "./words.ts";
