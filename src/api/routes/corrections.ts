import { type Booking, noteCorrected as noted } from "../../office/requests/index.ts";
import { type Approval, findLender } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { Problem } from "../http/problem.ts";
import type { BorrowerFile } from "../route.ts";
import { recordEvent } from "./loans.ts";

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

/** The complaint knows that what it asked for was booked. */
export async function noteCorrected(
  api: Api,
  one: Approval,
  complaint: string,
  entry: string,
): Promise<void> {
  const lender = await findLender(api.db, one.lender);
  if (!lender) throw new Problem("not-found");
  const who = { db: api.db, lender, by: one.decidedBy!, now: api.now() };
  await noted(who, { id: one.id, reason: one.remark ?? one.reason }, complaint, entry);
}
