import { randomBytes } from "node:crypto";
import {
  type ComplaintEvent,
  type Correction,
  type Day,
  eventOfTexts,
  formatDay,
  formatMoney,
  type Instant,
} from "../../core/index.ts";
import { correctionEntry } from "../../legal/index.ts";
import {
  type Approval,
  approvalResult,
  approvalsOn,
  type Database,
  decideApproval,
  type Lender,
  propose,
  type Refused,
  type Shelves,
} from "../../store/index.ts";
import { type Recorded, recordOne } from "../loans/recorded.ts";
import { moveComplaint } from "./complaints.ts";
import { openRequests } from "./desk.ts";

/** A correction of the ledger as the event that books it. */
export interface Booking {
  readonly correction: Correction;
  readonly asked: {
    readonly kind: string;
    readonly on: string;
    readonly id: string;
    readonly with: Readonly<Record<string, string>>;
  };
}

/** What an outcome corrects in the ledger, as events; what is corrected elsewhere is none of these. */
export function bookingsOf(
  what: ComplaintEvent,
  complaint: string,
  { decimals, on }: { readonly decimals: number; readonly on: Day },
): Booking[] {
  if (what.type !== "answered") return [];
  const reason = `${complaint}: ${what.reason.en}`;
  return (what.corrections ?? []).flatMap((correction, n): Booking[] => {
    const { what: kind, amount, of } = correction;
    if (kind !== "waiver" && kind !== "reversal") return [];
    const keys = {
      ...(kind === "waiver" ? { claim: of ?? "" } : { of: of ?? "" }),
      ...(amount === undefined ? {} : { amount: formatMoney(amount, decimals) }),
      reason,
    };
    const id = correctionEntry(complaint, n);
    return [{ correction, asked: { kind, on: formatDay(on), id, with: keys } }];
  });
}

/** Who proposes or decides, and where. */
export interface Deciding {
  readonly db: Database;
  readonly lender: Lender;
  readonly by: string;
  readonly now: Instant;
}

const proposedOf = ({ body }: Approval) =>
  JSON.parse(body) as Booking["asked"] & { readonly loan: string; readonly complaint?: string };

/** What was put before a second person of a complaint, whatever became of it. */
async function proposalsOf(db: Database, lender: Lender, complaint: string, loans: readonly string[]) {
  const subjects = [...new Set(loans)].map((loan) => `loan ${loan}`);
  const all = await approvalsOn(db, lender.code, "loan.record", subjects);
  return all.filter((one) => proposedOf(one).complaint === complaint);
}

/**
 * Each is put before a second person, whatever its sum: who decides that a complaint is right does not book it alone.
 *
 * Holds   one that waits or was decided is not proposed again, so that the same outcome can be sent twice; one that waited too long is.
 */
export async function proposeBookings(
  { db, lender, by, now }: Deciding,
  complaint: string,
  bookings: readonly Booking[],
): Promise<void> {
  if (bookings.length === 0) return;
  const loans = bookings.map(({ correction }) => correction.debt);
  const before = new Set(
    (await proposalsOf(db, lender, complaint, loans))
      .filter(({ state, expiresAt }) => state !== "proposed" || expiresAt > now)
      .map((one) => proposedOf(one).id),
  );
  for (const { correction, asked } of bookings) {
    if (before.has(asked.id)) continue;
    await propose(db, {
      id: randomBytes(12).toString("base64url"),
      lender: lender.code,
      what: "loan.record",
      subject: `loan ${correction.debt}`,
      body: JSON.stringify({ loan: correction.debt, ...asked, complaint }),
      reason: asked.with.reason!,
      proposedBy: by,
      proposedAt: now,
    });
  }
}

/** A correction that waits for a second person. */
export interface WaitingCorrection {
  readonly approval: Approval;
  readonly asked: Booking["asked"] & { readonly loan: string };
}

/** The corrections of a complaint that nobody has decided yet, or that were agreed to and not booked: the oldest first. */
export async function waitingCorrections(
  { db, lender, now }: Pick<Deciding, "db" | "lender" | "now">,
  complaint: string,
  loans: readonly string[],
): Promise<WaitingCorrection[]> {
  return (await proposalsOf(db, lender, complaint, loans))
    .filter(
      ({ state, result, expiresAt }) =>
        (state === "proposed" && expiresAt > now) || (state === "approved" && result === null),
    )
    .map((approval) => ({ approval, asked: proposedOf(approval) }));
}

/** What the ledger says of a booking; under `dryRun` what it would say. */
export function bookCorrection(
  { db, lender }: Pick<Deciding, "db" | "lender">,
  shelves: Shelves,
  loan: string,
  { kind, on, id, with: more }: Booking["asked"],
  dryRun: boolean,
): Promise<Recorded> {
  const event = eventOfTexts(new Map([...Object.entries(more), ["kind", kind], ["on", on]]));
  return recordOne(db, shelves, lender.code, { loan, id, event }, { dryRun });
}

export type Decided =
  | { readonly became: "same-person" | "decided" | "over" | "unknown" }
  | { readonly became: "refused"; readonly no?: Refused }
  | { readonly became: "recorded" | "known"; readonly bookedOn: Day };

/** A second person's word on a waiting correction; agreed to, it is booked, and the complaint knows that it was. */
export async function decideCorrection(
  who: Deciding,
  shelves: Shelves,
  { approval: one, asked }: WaitingCorrection,
  word: { readonly state: "approved" | "refused"; readonly remark: string },
): Promise<Decided> {
  const { db, lender, by, now } = who;
  const done = await decideApproval(db, { lender: lender.code, id: one.id }, { ...word, by, at: now });
  // Agreed to and then interrupted: it is booked under the id that the proposal gave it, once.
  const again = done === "decided" && one.state === "approved" && word.state === "approved";
  if (done !== "done" && !again) return { became: done };
  if (word.state === "refused") return { became: "refused" };
  const booked = await bookCorrection(who, shelves, asked.loan, asked, false);
  if ("refused" in booked) {
    const { code, says } = booked.refused;
    await approvalResult(db, one.id, JSON.stringify({ refused: code, says }));
    return { became: "refused", no: booked.refused };
  }
  const { complaint } = proposedOf(one);
  await noteCorrected(who, { id: one.id, reason: word.remark }, complaint!, asked.id);
  const result = { loan: asked.loan, id: asked.id, kind: asked.kind, ...booked, approval: null };
  await approvalResult(db, one.id, JSON.stringify({ ...result, bookedOn: formatDay(booked.bookedOn) }));
  return { became: booked.became as "recorded" | "known", bookedOn: booked.bookedOn };
}

/** The complaint knows that what it asked for was booked; one that is closed meanwhile stays as it is. */
export async function noteCorrected(
  who: Deciding,
  one: Pick<Approval, "id" | "reason">,
  complaint: string,
  entry: string,
): Promise<void> {
  const opened = await openRequests(who);
  if (!opened.ok) throw new Error(opened.says);
  const what = { type: "corrected", entry, reason: one.reason } as const;
  await moveComplaint(opened.desk, complaint, what, { event: `approval/${one.id}` }, false);
}
