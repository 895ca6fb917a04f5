import { type Day, formatDay } from "../calendar.ts";
import type { Minor } from "../money.ts";
import type { PersonFact, Placed, PlacedRole } from "../person-facts.ts";
import { ok, type Refusal, type Result, refuse } from "../trouble.ts";
import type { Instant } from "../zone.ts";

/** Who collects for the lender under its mandate. */
export interface Agency {
  readonly name: string;
  readonly role: PlacedRole;
  readonly contact?: string;
  /** The lawyer who answers for a law firm's letters. */
  readonly lawyer?: string;
  readonly licence?: string;
  /** It stands in the list of agencies that the lender publishes. */
  readonly listed?: boolean;
  /** When it was last judged, and its people trained: once a year. */
  readonly evaluatedOn?: Day;
  readonly trainedOn?: Day;
  readonly active: boolean;
}

/** What an agency may be given, from when until when, and for what. */
export interface Mandate {
  readonly id: string;
  readonly agency: string;
  readonly from: Day;
  /** Last day; open where absent. */
  readonly to?: Day;
  /** Share of what it brings in, as text in percent. */
  readonly commissionPercent?: string;
  /** Segments that it covers, as `segmentOf` reads them; any where empty. */
  readonly segments: readonly string[];
  /** Loans that may be placed under it at one time. */
  readonly most?: number;
}

/** What can be known to be wrong with an agency or its mandate, before any loan is looked at. */
export function mandateTrouble(agency: Agency, mandate: Mandate, today: Day): Refusal | undefined {
  const no = (code: string, says: string): Refusal => ({ code, says });
  if (!agency.active) return no("agency-not-active", `${agency.name} is not active`);
  if (mandate.agency !== agency.name)
    return no("another-agency", `mandate ${mandate.id} is ${mandate.agency}'s, not ${agency.name}'s`);
  if (today < mandate.from)
    return no("mandate-not-begun", `mandate ${mandate.id} begins on ${formatDay(mandate.from)}`);
  if (mandate.to !== undefined && today > mandate.to)
    return no("mandate-over", `mandate ${mandate.id} ended on ${formatDay(mandate.to)}`);
  return undefined;
}

/** What somebody should look at before anything is placed: dates that the standard and the guides ask for once a year. */
export function agencyNotes(agency: Agency, today: Day): Refusal[] {
  const notes: Refusal[] = [];
  const old = (day: Day | undefined): boolean => day === undefined || today - day > YEAR;
  if (!agency.listed)
    notes.push({
      code: "not-listed",
      says: `${agency.name} is not marked as published in the lender's list`,
    });
  if (old(agency.evaluatedOn))
    notes.push({ code: "not-evaluated", says: `${agency.name} was not evaluated in the last year` });
  if (old(agency.trainedOn))
    notes.push({ code: "not-trained", says: `training of ${agency.name} was not recorded in the last year` });
  return notes;
}
const YEAR = 366;

// --- segments ------------------------------------------------------------------------------------------------------

/** Which loans: all that is said has to hold. */
export interface Segment {
  readonly dpd?: readonly [number, number];
  readonly arrears?: readonly [Minor, Minor];
  readonly products?: readonly string[];
}

export interface SegmentAsked {
  readonly dpd: number;
  readonly arrears: Minor;
  readonly product: string;
}

/** `dpd=31..90,product=micro+weekly,arrears=500.00..`: what is left out may be anything. */
export function segmentOf(text: string, money: (text: string) => Minor | undefined): Result<Segment> {
  let segment: Segment = {};
  for (const part of text.split(",").filter((one) => one.trim() !== "")) {
    const [key, value = ""] = part.trim().split("=");
    const range = /^([^.]*(?:\.\d+)?)\.\.(.*)$/.exec(value);
    if (key === "product") segment = { ...segment, products: value.split("+") };
    else if (key === "dpd" && range) {
      const [from, to] = [Number(range[1]), range[2] === "" ? Number.POSITIVE_INFINITY : Number(range[2])];
      if (!Number.isInteger(from) || Number.isNaN(to) || to < from) return badPart(part);
      segment = { ...segment, dpd: [from, to] };
    } else if (key === "arrears" && range) {
      const from = range[1] === "" ? (0 as Minor) : money(range[1]!);
      const to = range[2] === "" ? (Number.MAX_SAFE_INTEGER as Minor) : money(range[2]!);
      if (from === undefined || to === undefined || to < from) return badPart(part);
      segment = { ...segment, arrears: [from, to] };
    } else return badPart(part);
  }
  return ok(segment);
}

const badPart = (part: string) =>
  refuse(
    "not-a-segment",
    `"${part}" is no part of a segment; write dpd=31..90, product=micro+weekly or arrears=500.00..`,
    "segment",
  );

export const inSegment = (segment: Segment, { dpd, arrears, product }: SegmentAsked): boolean =>
  (!segment.dpd || (dpd >= segment.dpd[0] && dpd <= segment.dpd[1])) &&
  (!segment.arrears || (arrears >= segment.arrears[0] && arrears <= segment.arrears[1])) &&
  (!segment.products || segment.products.includes(product));

// --- what it may see -------------------------------------------------------------------------------------------------

/**
 * Whether an agency may see a loan, and tell of it, at an instant: only what is placed with it, and only while it is.
 *
 * Takes   the facts of the person in the order of his journal; the day that the instant is where he lives.
 * Gives   the placement under which it may.
 * Refuses `never-placed`, `not-yet`, `placement-over`, `recalled`.
 */
export function mayAgencySee(
  facts: readonly PersonFact[],
  agency: string,
  debt: string,
  at: Instant,
  on: Day,
): Result<Placed> {
  const reversed = new Set(facts.flatMap((fact) => (fact.kind === "PersonFactReversed" ? [fact.of] : [])));
  const standing = facts.filter(({ id }) => !reversed.has(id));
  const placements = standing.filter(
    (fact): fact is Placed => fact.kind === "Placed" && fact.debt === debt && fact.with === agency,
  );
  if (placements.length === 0)
    return refuse("never-placed", `loan ${debt} was never placed with ${agency}`, "loan_id");
  let last: Result<Placed> | undefined;
  for (const placed of placements) {
    const recalled = standing.find(
      (fact) =>
        fact.kind === "Recalled" &&
        fact.debt === debt &&
        standing.indexOf(fact) > standing.indexOf(placed) &&
        !placements.some(
          (other) =>
            standing.indexOf(other) > standing.indexOf(placed) &&
            standing.indexOf(other) < standing.indexOf(fact),
        ),
    );
    if (recalled?.kind === "Recalled" && at >= recalled.at) {
      const why = recalled.reason === undefined ? "" : ` (${recalled.reason})`;
      last = refuse(
        "recalled",
        `loan ${debt} was recalled from ${agency}${why}: nothing of it is the agency's to see or tell any more`,
        "loan_id",
      );
    } else if (on < placed.from)
      last = refuse(
        "not-yet",
        `loan ${debt} is placed with ${agency} from ${formatDay(placed.from)} on`,
        "at",
      );
    else if (placed.until !== undefined && on > placed.until)
      last = refuse(
        "placement-over",
        `the placement of loan ${debt} with ${agency} ended on ${formatDay(placed.until)}`,
        "at",
      );
    else return ok(placed);
  }
  return last!;
}

/** The step of a notice that an agency will collect, by its name; `undefined` for every other step. */
export const outsourcedTo = (step: string): string | undefined =>
  step.startsWith(OUTSOURCING) ? step.slice(OUTSOURCING.length) : undefined;
export const OUTSOURCING = "notice/outsourcing@";

/** What an agency sees of a loan, and nothing else: no other loan, no identity number, no word of other agencies. */
export const AGENCY_FIELDS = [
  "loan",
  "placement",
  "from",
  "until",
  "lender",
  "name",
  "phone",
  "address",
  "language",
  "zone",
  "currency",
  "dpd",
  "dueOn",
  "arrears",
  "disputed",
  "askable",
  "payoff",
  "promise",
  "contactsToday",
] as const;
export type AgencyField = (typeof AGENCY_FIELDS)[number];

export const RECALL_REASONS = ["paid", "ended", "complaint", "other"] as const;
export type RecallReason = (typeof RECALL_REASONS)[number];
