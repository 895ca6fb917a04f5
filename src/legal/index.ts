export * from "./court-fee.ts";
export * from "./delay-interest.ts";
export * from "./limitation.ts";
export type { Source } from "./source.ts";
