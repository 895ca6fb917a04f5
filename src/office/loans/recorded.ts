import type { Day } from "../../core/index.ts";
import type { EventRecord } from "../../intake/index.ts";
import { bookStore, type Database, type Refused, type Shelves } from "../../store/index.ts";

export type Recorded =
  | { readonly refused: Refused }
  | { readonly became: "recorded" | "known" | "would-record"; readonly bookedOn: Day };

/** One event that a person records of a loan, under its own id: what became of it, or under `dryRun` what would. */
export async function recordOne(
  db: Database,
  shelves: Shelves,
  lender: string,
  { loan, id, event }: { readonly loan: string; readonly id: string; readonly event: EventRecord["event"] },
  how: { readonly dryRun: boolean; readonly ifFacts?: number },
): Promise<Recorded> {
  const record = { kind: "event" as const, line: 1, loanId: loan, id, event };
  const done = await bookStore(db, shelves).events(lender, [record], { actor: "person", ...how });
  const [refused] = done.refused;
  if (refused) return { refused };
  const [told] = done.told;
  const known = told!.known || (!how.dryRun && done.added === 0);
  return { became: known ? "known" : how.dryRun ? "would-record" : "recorded", bookedOn: told!.fact.on };
}
