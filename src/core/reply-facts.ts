import type { Day } from "./calendar.ts";
import type { Channel } from "./holds.ts";
import type { Minor } from "./money.ts";
import type { Instant } from "./zone.ts";

/**
 * What came back: from carriers, from telephone systems, from the borrower himself. Each stands in his own journal (index
 * 0) under the id that its source gave it, once. `at` is when it happened by the source's clock, `on` the day it was booked on.
 */
export type ReplyFact = DeliveryReported | MessageReceived | CallReported | LetterTracked | ContactReopened;

interface Reply {
  readonly on: Day;
  readonly at: Instant;
  /** What the source calls it. */
  readonly id: string;
  /** Name of the channel that it came by. */
  readonly channel: string;
}

/** What became of a message, in the carrier's last word. `accepted` is not there yet; `bounced` came back from his side. */
export type DeliveryStatus = "accepted" | "delivered" | "failed" | "expired" | "bounced" | "unknown";
export const DELIVERY_STATUSES: readonly DeliveryStatus[] = [
  "accepted",
  "delivered",
  "failed",
  "expired",
  "bounced",
  "unknown",
];

export interface DeliveryReported extends Reply {
  readonly kind: "DeliveryReported";
  readonly via: Channel;
  readonly action: string;
  readonly status: DeliveryStatus;
  readonly reason?: string;
}

/** Words of the borrower, or of whoever has his address. `stop` where they asked to be left alone there. */
export interface MessageReceived extends Reply {
  readonly kind: "MessageReceived";
  readonly via: Channel;
  readonly address: string;
  readonly text: string;
  readonly action?: string;
  readonly wish?: "stop";
  /** The address is on file with other borrowers too: who of them wrote is not known. */
  readonly shared?: true;
}

/** What became of a call that a person made. */
export type CallOutcome =
  | "connected"
  | "promised"
  | "refused"
  | "third-person"
  | "wrong-number"
  | "voicemail"
  | "busy"
  | "no-answer"
  | "not-in-service";
/** From the one that says most of a contact to the one that says least: of several reports on one call the first stands. */
export const CALL_OUTCOMES: readonly CallOutcome[] = [
  "promised",
  "refused",
  "connected",
  "third-person",
  "wrong-number",
  "voicemail",
  "busy",
  "no-answer",
  "not-in-service",
];

export interface CallReported extends Reply {
  readonly kind: "CallReported";
  readonly action: string;
  readonly outcome: CallOutcome;
  /** The number that was called, where it turned out to be somebody else's. */
  readonly address?: string;
  /** Who called. */
  readonly by?: string;
  readonly note?: string;
  readonly promisedOn?: Day;
  readonly promisedAmount?: Minor;
}

export type LetterStatus = "posted" | "delivered" | "refused" | "returned";
export const LETTER_STATUSES: readonly LetterStatus[] = ["posted", "delivered", "refused", "returned"];

export interface LetterTracked extends Reply {
  readonly kind: "LetterTracked";
  readonly action: string;
  readonly status: LetterStatus;
  /** The day that the post names. */
  readonly dated: Day;
  readonly reason?: string;
}

/**
 * A person put an action back that had failed, or whose end nobody knew: it is judged again like any planned one. Of an
 * unknown one he has said that it did not go out, and answers for it.
 */
export interface ContactReopened {
  readonly kind: "ContactReopened";
  readonly on: Day;
  readonly at: Instant;
  readonly action: string;
  readonly was: "failed" | "unknown";
  readonly by: string;
  readonly reason: string;
}

/** What can be said of something that came back, as a file has it in columns and a call in keys. */
export const REPLY_FIELDS: readonly string[] = [
  "kind",
  "id",
  "via",
  "at",
  "action",
  "reference",
  "address",
  "status",
  "outcome",
  "reason",
  "text",
  "on",
  "by",
  "note",
  "promised_on",
  "promised_amount",
];

/** The numbers of these kinds in the journal. Never change one; only add. */
export const REPLY_FACT_CODES = {
  DeliveryReported: 70,
  MessageReceived: 71,
  CallReported: 72,
  LetterTracked: 73,
  ContactReopened: 74,
} as const satisfies Record<ReplyFact["kind"], number>;

export const isReplyFact = (fact: { readonly kind: string }): fact is ReplyFact =>
  fact.kind in REPLY_FACT_CODES;
