export * from "./case-number.ts";
export * from "./court-fee.ts";
export * from "./court-message.ts";
export * from "./delay-interest.ts";
export * from "./limitation.ts";
export * from "./limitation-facts.ts";
export type { Link, LinkOwner } from "./message-links.ts";
export { SIGN_CODES, type Sign, type SignCode } from "./message-signs.ts";
export type { Source } from "./source.ts";
