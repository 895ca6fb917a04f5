export * from "./court-fee.ts";
export * from "./delay-interest.ts";
export * from "./letter.ts";
export * from "./limitation.ts";
export * from "./preflight.ts";
export * from "./sampling.ts";
export type { Source } from "./source.ts";
