import { type Day, dayAt, formatDay, formatMoney, holdsOn } from "../../core/index.ts";
import {
  type ArrearsSpell,
  amendedOf,
  arrearsSpells,
  type Clearing,
  clearingOf,
  formatMonth,
  isDisputed,
  lastDayOf,
  type MonthEntry,
  monthOf,
  monthsShown,
  usReportableThrough,
  windowOf,
} from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import {
  type BureauEntry,
  bureauEntry,
  type Database,
  factsOf,
  type LoanFile,
  monthsOf,
  personFactsOf,
} from "../../store/index.ts";
import { Declined } from "../io.ts";
import { sourceJson } from "../limitation/json.ts";
import { judgeReport } from "./judge.ts";
import { type BureauLaw, bureauLaw } from "./law.ts";

/** One month of a loan, as its borrower sees it. */
export interface MonthSeenBy {
  readonly month: string;
  readonly entry: MonthEntry;
  /** What it is reported as now: corrected, or `deleted`. */
  readonly now: string;
  /** Reports that told of it. */
  readonly reports: readonly number[];
  readonly negative: boolean;
  readonly disputed: boolean;
  readonly clearing?: Clearing;
  /** The last day on which a report in the United States may tell of it. */
  readonly reportableThrough?: Day;
}

/** A loan's entry in the credit record on a day: what is reported, why, since when, and when it goes. */
export interface CreditRecord {
  readonly loan: string;
  readonly asOf: Day;
  readonly window: string;
  readonly months: readonly MonthSeenBy[];
  readonly spells: readonly ArrearsSpell[];
  /** What would stand in the way of reporting the newest month now. */
  readonly held: ReturnType<typeof judgeReport> | undefined;
  readonly law: BureauLaw;
}

/**
 * A loan's entry on a day, past or to come.
 *
 * Takes   a day to come: what is known today, and the years that will have run by then.
 * Refuses by throwing `Declined` where the place has no text on the record.
 */
export async function creditRecord(
  db: Database,
  file: LoanFile,
  pack: Pack,
  asOf: Day,
  now: number,
): Promise<CreditRecord> {
  const law = bureauLaw(pack, asOf);
  if (!law.ok) throw new Declined(law.refusal.says);
  const { rule, clearing } = law.value;
  const entry = await bureauEntry(db, file.lender, file.key);
  const taken = await monthsOf(db, file.lender, file.key);
  const spells = arrearsSpells({ key: file.key, facts: factsOf(file), product: file.product }, asOf);
  const amended = amendedOf(entry.notes, file.id);
  const months = [...taken]
    .filter(([month]) => lastDayOf(month) <= asOf)
    .map(([month, one]): MonthSeenBy => {
      const name = formatMonth(month);
      const reported = amended.get(name) ?? one.code;
      const negative = reported !== "deleted" && rule.negative.codes.includes(reported);
      return {
        month: name,
        entry: one,
        now: reported,
        reports: entry.told.get(month)?.reports ?? [],
        negative,
        disputed: isDisputed(entry.notes, file.id, name, asOf),
        ...(negative && clearing
          ? { clearing: clearingOf({ month, pastDue: one.pastDue }, spells, clearing, asOf) }
          : {}),
        ...(negative && law.value.age
          ? {
              reportableThrough: usReportableThrough(
                startOf(one, lastDayOf(month)),
                one.code === "B",
                law.value.age,
              ),
            }
          : {}),
      };
    });
  const newest = [...taken].at(-1);
  return {
    loan: file.id,
    asOf,
    window: windowOf(shown(months), {
      opened: monthOf(file.stored.disbursedOn),
      last: newest ? newest[0] : monthOf(asOf),
      months: rule.window.months,
    }),
    months,
    spells,
    held: newest ? heldNow(file, pack, law.value, entry, newest, now) : undefined,
    law: law.value,
  };
}

const startOf = ({ dueAge }: MonthEntry, last: Day): Day => (last - dueAge) as Day;

/** What the window shows: nothing that was taken back, cleared or hidden. */
const shown = (months: readonly MonthSeenBy[]) =>
  monthsShown(
    months.map(({ month, now, clearing }) => ({
      month,
      now,
      gone: clearing?.state === "hidden" || clearing?.state === "cleared" ? clearing.state : undefined,
    })),
  );

function heldNow(
  file: LoanFile,
  pack: Pack,
  { rule }: BureauLaw,
  { notes }: BureauEntry,
  [month, entry]: readonly [number, MonthEntry],
  now: number,
) {
  const { stored: loan, borrower, product, id, lender } = file;
  return judgeReport(
    {
      id,
      loan,
      borrower,
      product,
      entry,
      notes,
      person: personFactsOf(file),
      contacts: [],
      holds: holdsOn(loan, dayAt(lender.zone, now)),
    },
    { lender, pack, rule, month, now, decided: [] },
  );
}

export const sourcesOf = ({ rule, clearing, age, objection }: BureauLaw) =>
  [
    rule.daysLate.source,
    rule.negative.source,
    ...(clearing ? [clearing.retention.source] : []),
    ...(clearing?.repair ? [clearing.repair.source] : []),
    ...(age ? [age.source] : []),
    ...(objection ? [objection.source] : []),
  ].map(sourceJson);

export const monthJson = (
  { month, entry, now, reports, negative, disputed, clearing, reportableThrough }: MonthSeenBy,
  decimals: number,
) => ({
  month,
  status: entry.code,
  now,
  dpd: entry.dpd,
  class: entry.class ?? null,
  outstanding: formatMoney(entry.outstanding, decimals),
  pastDue: formatMoney(entry.pastDue, decimals),
  reports,
  negative,
  disputed,
  clearing: clearing ? clearingJson(clearing) : null,
  ...(reportableThrough === undefined ? {} : { reportableThrough: formatDay(reportableThrough) }),
});

const clearingJson = (clearing: Clearing): Record<string, unknown> =>
  clearing.state === "arrears-last"
    ? { state: clearing.state }
    : {
        state: clearing.state,
        endedOn: formatDay(clearing.endedOn),
        ...(clearing.state === "hidden"
          ? { hiddenFrom: formatDay(clearing.hiddenFrom) }
          : { lastOn: formatDay(clearing.lastOn) }),
        cite: sourceJson(clearing.source),
      };
