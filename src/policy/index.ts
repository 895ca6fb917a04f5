export * from "./gate.ts";
export * from "./types.ts";
