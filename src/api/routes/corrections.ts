import { type ComplaintEvent, type Correction, formatDay, formatMoney } from "../../core/index.ts";
import { correctionEntry } from "../../legal/index.ts";
import { moveComplaint, openRequests } from "../../office/requests/index.ts";
import { type Approval, findLender, type Lender, propose } from "../../store/index.ts";
import { newId } from "../access/secrets.ts";
import type { Api } from "../api.ts";
import { Problem } from "../http/problem.ts";
import type { BorrowerFile, Who } from "../route.ts";
import { type EventAsked, recordEvent } from "./loans.ts";

const WEEK_MS = 7 * 86_400_000;

interface Booking {
  readonly correction: Correction;
  readonly asked: EventAsked & { readonly id: string };
}

/** What an outcome corrects in the ledger, as events; what is corrected elsewhere is none of these. */
export function bookingsOf(
  what: ComplaintEvent,
  complaint: string,
  { decimals, on }: { readonly decimals: number; readonly on: Parameters<typeof formatDay>[0] },
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

/** Whether the ledger would take them: an outcome that promises what cannot be booked is not given. */
export async function tryBookings(
  api: Api,
  borrower: BorrowerFile,
  bookings: readonly Booking[],
): Promise<void> {
  for (const { correction, asked } of bookings) {
    const file = borrower.files.find(({ id }) => id === correction.debt);
    if (!file) throw new Problem("not-found");
    await recordEvent(api, file, asked, { dryRun: true });
  }
}

/** Each is put before a second person, whatever its sum: who decides that a complaint is right does not book it alone. */
export async function proposeBookings(
  api: Api,
  lender: Lender,
  who: Who,
  now: number,
  complaint: string,
  bookings: readonly Booking[],
): Promise<void> {
  for (const { correction, asked } of bookings)
    await propose(api.db, {
      id: newId(),
      lender: lender.code,
      what: "loan.record",
      subject: `loan ${correction.debt}`,
      body: JSON.stringify({ loan: correction.debt, ...asked, complaint }),
      reason: asked.with.reason!,
      proposedBy: who.id,
      proposedAt: now,
      expiresAt: now + WEEK_MS,
    });
}

/** The complaint knows that what it asked for was booked; one that is closed meanwhile stays as it is. */
export async function noteCorrected(
  api: Api,
  one: Approval,
  complaint: string,
  entry: string,
): Promise<void> {
  const lender = await findLender(api.db, one.lender);
  const opened = lender && (await openRequests({ db: api.db, lender, now: api.now(), by: one.decidedBy! }));
  if (!opened?.ok) throw new Problem("not-found");
  const what = { type: "corrected", entry, reason: one.remark ?? one.reason } as const;
  await moveComplaint(opened.desk, complaint, what, { event: `approval/${one.id}` }, false);
}
