export * from "./quality.ts";
export * from "./results.ts";
export * from "./worklist.ts";
