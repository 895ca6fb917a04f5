export * from "./forecast.ts";
export * from "./types.ts";
export * from "./words.ts";
