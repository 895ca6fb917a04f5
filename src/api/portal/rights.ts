import {
  type ContactEnded,
  type ContactReported,
  type ContactStarted,
  type Day,
  dayAt,
  decimalsOf,
  formatInstant,
  personOf,
} from "../../core/index.ts";
import { calendarFeed } from "../../documents/index.ts";
import { numberIn, sourcesIn } from "../../legal/index.ts";
import { creditRecord } from "../../office/bureau/record.ts";
import { Declined } from "../../office/io.ts";
import { coversDay, type Pack } from "../../policy/index.ts";
import {
  type ContactShown,
  datesPage,
  dueEntry,
  duesOf,
  type MonthShown,
  REMIND_DAYS,
  rightsPage,
} from "../../portal/index.ts";
import { personFactsOf } from "../../store/index.ts";
import { masked } from "../access/mask.ts";
import { bookDay, loansOn } from "./book.ts";
import { usualHours } from "./own-answers.ts";
import { type OwnVisit, own, type Reply } from "./visit.ts";

/** So many contacts stand on the page; the newest first. */
const MOST_CONTACTS = 100;

async function rights(visit: OwnVisit): Promise<Reply> {
  const { api, lender, files, now, show } = visit;
  const on = bookDay(lender, now);
  const pack = await api.packFor(lender);
  const [file] = files;
  const person = file ? personOf(personFactsOf(file)) : undefined;
  const currency = file?.product.terms.currency ?? "CNY";
  const objectionDays = numberIn(pack, "credit.objection", "days", on);
  const { agreed } = person ?? {};
  return {
    page: rightsPage(
      {
        on,
        currency,
        decimals: decimalsOf(currency),
        contacts: contactsOf(visit, pack),
        ...(agreed?.from !== undefined && agreed.to !== undefined
          ? { agreed: { from: agreed.from, to: agreed.to } }
          : {}),
        ...usualHours(pack, on),
        stops: (person?.stops ?? []).map(({ at, kinds }) => ({ at, kinds: kinds ?? [] })),
        months: pack ? await monthsOf(visit, pack, on) : [],
        ...(objectionDays === undefined ? {} : { objectionDays }),
        law: sourcesIn(
          pack,
          on,
          "contact.quiet-hours",
          "contact.hours",
          "credit.retention",
          "credit.objection",
          "complaint.deadline.simple",
        ),
      },
      show,
    ),
  };
}

/** Every contact of his journal, made from here or told of by others. */
function contactsOf({ files, lender }: OwnVisit, pack: Pack | undefined): ContactShown[] {
  const facts = files[0]?.ofBorrower.map(({ fact }) => fact) ?? [];
  const ends = new Map(
    facts.flatMap((fact) =>
      fact.kind === "ContactEnded" ? [[(fact as ContactEnded).action, fact.outcome]] : [],
    ),
  );
  const rules = (ids: readonly string[], at: number): ContactShown["rules"] => {
    const day = dayAt(lender.zone, at as never);
    return (pack?.rules ?? []).filter((rule) => ids.includes(rule.id) && coversDay(rule, day));
  };
  const made = facts.flatMap((fact): ContactShown[] => {
    if (fact.kind === "ContactStarted") {
      const { at, via, address, action, rules: ids } = fact as ContactStarted;
      const outcome = ends.get(action);
      return [
        {
          at,
          via,
          address: shown(via, address),
          asked: false,
          ...(outcome === undefined ? {} : { outcome }),
          rules: rules(ids, at),
        },
      ];
    }
    if (fact.kind !== "ContactReported") return [];
    const { at, via, address, who, asked, outcome, inbound } = fact as ContactReported;
    if (inbound) return [];
    return [
      {
        at,
        via,
        ...(address === undefined ? {} : { address: shown(via, address) }),
        ...(who === "lender" ? {} : { who }),
        asked: asked === true,
        outcome,
        rules: [],
      },
    ];
  });
  return made.sort((a, b) => b.at - a.at).slice(0, MOST_CONTACTS);
}

/** Masked even here: somebody may read over a shoulder. */
const shown = (via: string, address: string): string =>
  via === "email"
    ? masked.email(address)
    : via === "letter" || via === "post" || via === "visit"
      ? masked.address(address)
      : via === "app"
        ? masked.app()
        : masked.phone(address);

async function monthsOf({ api, files, now }: OwnVisit, pack: Pack, on: Day): Promise<MonthShown[]> {
  const months: MonthShown[] = [];
  for (const file of files) {
    try {
      const found = await creditRecord(api.db, file, pack, on, now);
      for (const { month, entry, now: sign, reports, disputed, clearing } of found.months)
        months.push({
          loan: file.id,
          month,
          sign,
          ...(sign === entry.code ? {} : { was: entry.code }),
          pastDue: entry.pastDue,
          reported: reports.length > 0,
          disputed,
          ...(clearing ? { clearing } : {}),
        });
    } catch (error) {
      // The place has no text on the record: then nothing is told of it.
      if (!(error instanceof Declined)) throw error;
    }
  }
  return months.sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : a.loan < b.loan ? -1 : 1));
}

// --- dates -----------------------------------------------------------------------------------------------------------

const dates = async (visit: OwnVisit): Promise<Reply> => {
  const on = bookDay(visit.lender, visit.now);
  return { page: datesPage({ dues: duesOf(loansOn(visit.files, on), on), on }, visit.show) };
};

async function calendar(visit: OwnVisit): Promise<Reply> {
  const { lender, files, now, query, show } = visit;
  const on = bookDay(lender, now);
  const asked = Number(query.get("days"));
  const remindDays = REMIND_DAYS.find((days) => days === asked) ?? 3;
  const discreet = query.get("discreet") === "yes";
  const entries = duesOf(loansOn(files, on), on).map((due) => ({
    ...dueEntry(due, discreet, show),
    on: due.on,
    remindDays,
  }));
  const stamp = `${formatInstant("UTC", now).slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  const name = discreet ? (show.language === "zh" ? "付款" : "Payments") : lender.name;
  return {
    type: "text/calendar; charset=utf-8",
    file: "dates.ics",
    text: calendarFeed(entries, { name, stamp }),
  };
}

export const RIGHTS_PAGES = [
  own("portal.rights", "GET", "/me/rights", rights),
  own("portal.dates", "GET", "/me/calendar", dates),
  own("portal.calendar", "GET", "/me/calendar.ics", calendar),
] as const;
