export * from "./court-fee.ts";
export * from "./delay-interest.ts";
export type { Source } from "./source.ts";
