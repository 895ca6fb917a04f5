export * from "./bureau.ts";
export * from "./bureau-clearing.ts";
export * from "./bureau-file.ts";
export * from "./bureau-life.ts";
export * from "./bureau-metro2.ts";
export * from "./bureau-month.ts";
export * from "./bureau-words.ts";
export * from "./bureau-work.ts";
export * from "./case-number.ts";
export * from "./complaint.ts";
export * from "./court-fee.ts";
export * from "./court-message.ts";
export * from "./court-message-words.ts";
export * from "./court-terms.ts";
export * from "./deadline.ts";
export * from "./delay-interest.ts";
export * from "./delivery.ts";
export * from "./enforcement.ts";
export * from "./enforcement-deadlines.ts";
export * from "./enforcement-life.ts";
export * from "./enforcement-remarks.ts";
export * from "./enforcement-sums.ts";
export * from "./fee-life.ts";
export * from "./fees.ts";
export * from "./hardship.ts";
export * from "./history.ts";
export * from "./in-pack.ts";
export * from "./jurisdiction.ts";
export * from "./letter.ts";
export * from "./limitation.ts";
export * from "./limitation-facts.ts";
export type { Link, LinkOwner } from "./message-links.ts";
export { SIGN_CODES, type Sign, type SignCode } from "./message-signs.ts";
export * from "./preflight.ts";
export * from "./proceeding.ts";
export * from "./proceeding-days.ts";
export * from "./proceeding-fees.ts";
export * from "./proceeding-fields.ts";
export {
  ALL_EVENT_COLUMNS,
  EVENT_COLUMNS as PROCEEDING_EVENT_COLUMNS,
  EVENT_NAMES,
  type EventTexts,
  readMove,
} from "./proceeding-in.ts";
export * from "./proceeding-record.ts";
export * from "./proceeding-rows.ts";
export * from "./proceeding-words.ts";
export * from "./request-law.ts";
export * from "./routes.ts";
export * from "./sampling.ts";
export * from "./service.ts";
export type { Source } from "./source.ts";
export * from "./what-follows.ts";
