export * from "./agency.ts";
export * from "./quality.ts";
export * from "./results.ts";
export * from "./worklist.ts";
