import {
  type ContactReported,
  type ContactStarted,
  type Day,
  parseMinute,
  personOf,
} from "../../core/index.ts";
import { isOverState, proceedingsOf, valueIn } from "../../legal/index.ts";
import { creditRecord } from "../../office/bureau/record.ts";
import type { Pack } from "../../policy/index.ts";
import { type GuideId, isOpen, type Own, type OwnKnown, ownOf } from "../../portal/index.ts";
import { personFactsOf } from "../../store/index.ts";
import { bookDay, forecastsOf, loanMeant, loansOn } from "./book.ts";
import type { OwnVisit } from "./visit.ts";

const MONTH_MS = 30 * 86_400_000;

/** What the book knows of a reader that the six questions ask for. */
export async function knownOf(visit: OwnVisit, foreseen: boolean): Promise<OwnKnown> {
  const { lender, files, now } = visit;
  const on = bookDay(lender, now);
  const loans = loansOn(files, on);
  const loan = loanMeant(visit, loans);
  const [made] = foreseen && loan && isOpen(loan) ? await forecastsOf(visit, loan.id, [undefined]) : [];
  const [file] = files;
  const person = file ? personOf(personFactsOf(file)) : undefined;
  const facts = file?.ofBorrower.map(({ fact }) => fact) ?? [];
  const starts = facts.flatMap((fact) =>
    isContact(fact) && fact.at > now - MONTH_MS ? [{ at: fact.at, via: fact.via }] : [],
  );
  const term = loan?.position.installments.at(-1)?.dueOn;
  return {
    on,
    loans,
    ...(made?.ok ? { forecast: made.forecast } : {}),
    contacts: starts.sort((a, b) => b.at - a.at),
    ...(person?.agreed?.from !== undefined && person.agreed.to !== undefined
      ? { agreed: { from: person.agreed.from, to: person.agreed.to } }
      : {}),
    ...usualHours(await visit.api.packFor(lender), on),
    stops: person?.stops.length ?? 0,
    helper: person?.attorney?.known ?? false,
    proceedings: [...proceedingsOf(facts).values()]
      .filter(({ state }) => !isOverState(state))
      .map(({ court, caseNumber, events }) => {
        const set = events.findLast(({ what }) => what.type === "hearing-set")?.what;
        return {
          court,
          ...(caseNumber === undefined ? {} : { number: caseNumber }),
          ...(set?.type === "hearing-set"
            ? { hearing: { on: set.hearingOn, ...(set.minute === undefined ? {} : { minute: set.minute }) } }
            : {}),
        };
      }),
    ...(term !== undefined && term > on ? { termEndsOn: term } : {}),
  };
}

/** Between which minutes of the day anybody may be reached: a place tells its quiet hours, or the other ones. */
export function usualHours(
  pack: Pack | undefined,
  on: Day,
): { readonly usual?: { readonly from: number; readonly to: number } } {
  type Span = { readonly from: string; readonly to: string } | undefined;
  const quiet = valueIn(pack, "contact.quiet-hours", on)?.value as Span;
  const hours = quiet
    ? { from: quiet.to, to: quiet.from }
    : (valueIn(pack, "contact.hours", on)?.value as Span);
  return hours ? { usual: { from: parseMinute(hours.from)!, to: parseMinute(hours.to)! } } : {};
}

const isContact = (fact: { readonly kind: string }): fact is ContactStarted | ContactReported =>
  fact.kind === "ContactStarted" || (fact.kind === "ContactReported" && !("inbound" in fact && fact.inbound));

/** The answer of one guide for the reader himself. */
export async function ownAnswer(id: GuideId, visit: OwnVisit): Promise<Own> {
  const known = await knownOf(visit, id !== "installments");
  return ownOf(id, id === "record" ? { ...known, record: await recordOf(visit) } : known, visit.show);
}

async function recordOf({ api, files, lender, now }: OwnVisit): Promise<NonNullable<OwnKnown["record"]>> {
  const pack = await api.packFor(lender);
  const none = { reported: false, late: 0, lasts: false };
  if (!pack) return none;
  let [late, reported, lasts] = [0, false, false];
  const clears: Day[] = [];
  for (const file of files) {
    const found = await creditRecord(api.db, file, pack, bookDay(lender, now), now);
    for (const month of found.months) {
      reported ||= month.reports.length > 0;
      if (!month.negative || month.reports.length === 0) continue;
      late += 1;
      const { clearing } = month;
      if (clearing?.state === "arrears-last") lasts = true;
      if (clearing && "lastOn" in clearing) clears.push(clearing.lastOn);
    }
  }
  const clearsOn = clears.length > 0 ? (Math.max(...clears) as Day) : undefined;
  return { reported, late, lasts, ...(clearsOn === undefined ? {} : { clearsOn }) };
}
