import { type Day, dayAt, formatDay } from "../core/index.ts";
import {
  type EnforcementDate,
  isOverState,
  NO_COURT_TERMS,
  type ProceedingDay,
  type ProceedingLife,
} from "../legal/index.ts";
import { type Court, openCourt } from "../office/court/desk.ts";
import { ACTOR_WORDS, matterWhat } from "../office/court/matter-words.ts";
import { DEADLINE_WORDS } from "../office/court/proceeding-words.ts";
import { Declined } from "../office/io.ts";
import { type Lender, listCases } from "../store/index.ts";
import { firmOf } from "./access/party.ts";
import { isEngaged } from "./access/subject.ts";
import type { Api, CourtSet } from "./api.ts";
import { refusedBy } from "./http/problem.ts";
import type { Who } from "./route.ts";
import { citeOf } from "./routes/shapes.ts";

/** The desk of a lender's proceedings; refused where the law of its place was not read. */
export async function courtOf(api: Api, lender: Lender, now: number, by: string): Promise<Court> {
  const opened = await openCourt({ db: api.db, lender, now, by });
  if (!opened.ok) throw refusedBy({ code: "no-law-on-proceedings", says: opened.says });
  return opened.court;
}

export const todayOf = ({ lender, now }: Pick<Court, "lender" | "now">): Day => dayAt(lender.zone, now);

/** Loans for which a firm has the mandate now; of everybody else nothing, which means all. */
export async function mandatedLoans(
  api: Api,
  lender: Lender,
  who: Who,
  now: number,
): Promise<string[] | undefined> {
  if (who.role !== "law-firm") return undefined;
  const firm = firmOf(who.party) ?? "";
  const stands = new Map<string, boolean>();
  const loans: string[] = [];
  for (const { loan, engagement, state } of await listCases(api.db, lender, { firm })) {
    if (state !== "offered" && state !== "accepted") continue;
    if (!stands.has(engagement))
      stands.set(engagement, await isEngaged(api.db, lender, firm, engagement, now));
    if (stands.get(engagement)) loans.push(loan);
  }
  return loans;
}

/** A day of a matter as lists show it. */
export interface MatterDay {
  readonly what: string;
  readonly says: { readonly en: string; readonly zh: string };
  readonly by: string;
  readonly actor: { readonly en: string; readonly zh: string };
  readonly lastOn: string;
  readonly daysLeft: number;
  /** False where the days off of that year are not published: then it is not before this day. */
  readonly certain: boolean;
  readonly cite: { readonly law: string; readonly at: string; readonly quote: string } | null;
  readonly verification: string | null;
}

export function matterDay(day: ProceedingDay, today: Day): MatterDay {
  const { what, name, by, lastOn, unknown, source } = day;
  const words = DEADLINE_WORDS[what];
  return {
    what,
    says: name === undefined ? { ...words } : { en: `${name} (${words.en})`, zh: `${name}（${words.zh}）` },
    by,
    actor: { ...ACTOR_WORDS[by] },
    lastOn: formatDay(lastOn),
    daysLeft: lastOn - today,
    certain: unknown === undefined,
    cite: source ? citeOf(source) : null,
    verification: source?.verification ?? null,
  };
}

/** A day of an enforcement as lists show it. */
export const enforcementDay = (
  { what, of, by, lastOn, certain, source }: EnforcementDate,
  today: Day,
): MatterDay & { readonly cite: NonNullable<MatterDay["cite"]>; readonly verification: string } => ({
  what,
  says: { ...matterWhat(of === undefined ? what : `${what}:${of}`) },
  by,
  actor: { ...ACTOR_WORDS[by] },
  lastOn: formatDay(lastOn),
  daysLeft: lastOn - today,
  certain,
  cite: citeOf(source),
  verification: source.verification,
});

/** The days that somebody watches: that the court has to tell of a hearing is behind the hearing itself. */
export const watchedOf = (days: readonly ProceedingDay[]): ProceedingDay[] =>
  days.filter(({ what }) => what !== "notice-of-hearing");

/** The next day of a proceeding that still runs; one that passed unseen comes first. */
export const nextOf = (life: ProceedingLife, days: readonly ProceedingDay[]): ProceedingDay | undefined =>
  isOverState(life.state) ? undefined : [...watchedOf(days)].sort((a, b) => a.lastOn - b.lastOn)[0];

/** What the lender supplies about courts; mistakes in its files are refused in words, since only the lender can mend them. */
export function courtSetOf({ courtSet }: Api): CourtSet {
  if (!courtSet) return { terms: NO_COURT_TERMS, settings: new Map() };
  try {
    return courtSet();
  } catch (error) {
    if (error instanceof Declined) throw refusedBy({ code: "court-files", says: error.message });
    throw error;
  }
}
