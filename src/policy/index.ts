export * from "./gate.ts";
export * from "./person.ts";
export * from "./replay.ts";
export * from "./types.ts";
export * from "./words.ts";
