export * from "./arms.ts";
export * from "./changes.ts";
export * from "./due.ts";
export * from "./place.ts";
export * from "./read.ts";
export * from "./schema.ts";
export * from "./types.ts";
