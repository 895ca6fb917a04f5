import { type BureauFact, type Day, formatDay, type Instant, ok, type Result } from "../../core/index.ts";
import { type Dispute, disputesOf, reminderDue } from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import { type Database, findKeys, type Lender, notedBorrowers, recordBureau } from "../../store/index.ts";
import { bureauLaw } from "./law.ts";

export interface Reminder {
  readonly loan: string;
  readonly dispute: string;
  readonly answerBy: Day;
  readonly daysLeft: number;
}

/**
 * Objections whose answer is near its last day or late, each brought up once for each number of days that the pack names.
 *
 * Takes   the day that is closed. Run again, it says nothing twice; after missed nights, the nearest reminder is written.
 */
export async function bureauDue(
  db: Database,
  lender: Lender,
  pack: Pack,
  day: Day,
  now: Instant,
): Promise<Reminder[]> {
  const law = bureauLaw(pack, day);
  if (!law.ok) return [];
  const { reminders } = law.value;
  const found: Reminder[] = [];
  for (const { notes } of await notedBorrowers(db, lender))
    for (const dispute of disputesOf(notes)) {
      if (dispute.opened.received > day || reminderDue(dispute, reminders, day) === undefined) continue;
      const { debt } = dispute.opened;
      const key = (await findKeys(db, lender, [debt])).get(debt)!;
      const done = await recordBureau(db, lender, key, now, { actor: "close" }, (entry) =>
        remind(disputesOf(entry.notes, debt), dispute, reminders, day, now),
      );
      if (done.ok)
        for (const fact of done.value)
          if (fact.kind === "BureauReminded")
            found.push({ loan: debt, dispute: fact.of, answerBy: fact.answerBy, daysLeft: fact.daysLeft });
    }
  return found;
}

/** Looked at once more under the borrower's lock: an answer may have come. */
function remind(
  disputes: readonly Dispute[],
  { opened }: Dispute,
  reminders: readonly number[],
  day: Day,
  now: Instant,
): Result<readonly BureauFact[]> {
  const standing = disputes.find((one) => one.opened.id === opened.id);
  const daysLeft = standing && reminderDue(standing, reminders, day);
  if (daysLeft === undefined) return ok([]);
  return ok([
    {
      kind: "BureauReminded",
      on: day,
      at: now,
      id: `reminder of ${opened.id} on ${formatDay(day)}`,
      debt: opened.debt,
      by: "close",
      of: opened.id,
      answerBy: opened.answerBy,
      daysLeft,
    },
  ]);
}
