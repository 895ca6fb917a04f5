export * from "./due.ts";
export * from "./read.ts";
export * from "./types.ts";
