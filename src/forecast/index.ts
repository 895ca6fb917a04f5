export * from "./forecast.ts";
export * from "./law.ts";
export * from "./types.ts";
