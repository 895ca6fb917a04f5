import {
  addDays,
  addMonths,
  booksFromFacts,
  type Day,
  dayOf,
  daysInMonth,
  dpdOn,
  type Fact,
  isClosed,
  type LoanState,
  minor,
  NEVER,
  openBooks,
  ymd,
} from "../core/index.ts";
import {
  courtFee,
  type Limitation,
  limitation,
  limitedDebt,
  monthCode,
  numberIn,
  valueIn,
} from "../legal/index.ts";
import { lawOf } from "./because.ts";
import type { Foreseen } from "./thought.ts";
import { type Bare, RECORD } from "./told.ts";
import type { Because, Certainty, EventKind, ForecastAsked } from "./types.ts";

const TERMS: Because = { from: "contract", ref: "terms" };

const made = (
  on: Day,
  kind: EventKind,
  certainty: Certainty,
  because: readonly Because[],
  more: Partial<Bare> = {},
): Bare => ({ on, kind, certainty, record: RECORD[kind], because, ...more });

/** What the contract alone brings: each day on which something falls due, and fixed late fees that fall in by themselves. */
export function contractEvents(world: Foreseen, through: Day): Bare[] {
  const { product, asOf, context } = world;
  if (product.source === "fed") return [];
  const last = world.after(through);
  const law = lawOf(context.pack, asOf, "way-out.return");
  const dues = openBooks(last, product)
    .rows.filter((row) => row.n > 0 && row.dueOn > asOf && row.dueOn <= through)
    .flatMap((row) => {
      const open = row.principal - row.principalPaid - row.principalReleased;
      const interest = row.interest - row.interestPaid - row.interestReleased;
      const sum = minor(open + interest);
      return sum > 0 ? [made(row.dueOn, "due", "contract", [TERMS, ...law], { sum, n: row.n })] : [];
    });
  return [...dues, ...lateFees(world, last, through)];
}

function lateFees(world: Foreseen, last: LoanState, through: Day): Bare[] {
  const { product, asOf } = world;
  if (!product.lateFee) return [];
  const all = [...world.known, ...world.facts(through)];
  const books = booksFromFacts(all, () => product, { asOf: through });
  if (!books || isClosed(last)) return [];
  return books.charges
    .filter(({ id, dueOn }) => id.startsWith("late-fee/") && dueOn > asOf && dueOn <= through)
    .map(({ dueOn, amount, installment }) =>
      made(dueOn, "late-fee", "contract", [TERMS], { sum: amount, n: installment }),
    );
}

/**
 * What the credit record may tell: a sign at the end of each month in which something stands past due, as far as the place's pack knows
 * the signs, and the day on which it is deleted once everything late is paid.
 */
export function recordEvents(world: Foreseen, through: Day): Bare[] {
  const { asOf, context, product } = world;
  const { pack } = context;
  const events: Bare[] = [];
  const because = (on: Day): Because[] =>
    lawOf(pack, on, "credit.status.days", "credit.retention", "cn/bureau-notice", "cn/bureau-consent");
  for (let on = monthEnd(addDays(asOf, 1)); on <= through; on = monthEnd(addDays(on, 1))) {
    const edges = valueIn(pack, "credit.status.days", on)?.value as { from: readonly number[] } | undefined;
    const { status, setAside } = world.after(on);
    const dpd = dpdOn(world.after(on), product, on);
    if (!edges || dpd < 1) continue;
    const seen = {
      status,
      unknown: setAside,
      marks: NO_MARKS,
      late: { dpd },
      dueInMonth: true,
      paidLate: false,
    };
    const sign = monthCode(seen, edges.from);
    events.push(made(on, "record-month", "intended", because(on), { sign }));
  }
  const cured = curedOn(world, through);
  const years = numberIn(pack, "credit.retention", "years", asOf);
  if (cured === undefined || years === undefined) return events;
  const clears = addMonths(cured, years * 12, "clamp");
  return [
    ...events,
    made(clears, "record-clears", "contract", lawOf(pack, cured, "credit.retention"), { n: years }),
  ];
}

const NO_MARKS: ReadonlySet<string> = new Set();

function monthEnd(on: Day): Day {
  const { year, month } = ymd(on);
  return dayOf(year, month, daysInMonth(year, month));
}

/** The day on which lateness that was there is over, where it is within these days. */
function curedOn(world: Foreseen, through: Day): Day | undefined {
  const facts = world.facts(through);
  const over = facts.findLast(
    ({ kind }) => kind === "Cured" || kind === "LoanEnded" || kind === "BandEntered",
  );
  const wasLate = world.after(world.asOf).band > 0 || facts.some(({ kind }) => kind === "BandEntered");
  return wasLate && over && over.kind !== "BandEntered" ? over.on : undefined;
}

// --- courts ------------------------------------------------------------------------------------------------------------

/** When the time to claim ends as things stand today, with each step of the reckoning. */
export function limitationNow(world: Foreseen, ofBorrower: readonly Fact[]): Limitation | undefined {
  const { context, product, asOf } = world;
  const watch = context.limitation;
  if (!watch || asOf < watch.from) return undefined;
  const debt = limitedDebt({ facts: world.known, ofBorrower, product, zone: context.zone });
  if (!debt || debt.dueOn.length === 0) return undefined;
  const found = limitation(debt, watch.rule(asOf), asOf);
  return found.ok ? found.value : undefined;
}

/**
 * What may come before a court, with the periods of law behind it. Where the lender's plan names a day on which somebody decides to sue, the
 * periods run from it; else it is told only that a suit is possible while time to claim lasts.
 */
export function courtEvents(
  world: Foreseen,
  events: readonly Bare[],
  { courtFees }: Pick<ForecastAsked, "courtFees">,
  payoffOn: (on: Day) => number,
  limited: Limitation | undefined,
): Bare[] {
  const { pack } = world.context;
  const found: Bare[] = [];
  for (const event of events) {
    if (event.kind === "suit") found.push(...suitOf(world, event, courtFees, payoffOn(event.on)));
    if (event.kind === "payment-order") found.push(...orderOf(world, event));
  }
  const late = firstLate(world, events);
  if (late === undefined || !limited) return found;
  if (!events.some(({ kind }) => kind === "suit" || kind === "payment-order"))
    found.push(
      made(late, "suit-possible", "court", lawOf(pack, late, "limitation.period"), {
        through: limited.worstOn,
      }),
    );
  const because = lawOf(pack, world.asOf, "limitation.period", "limitation.defence", "limitation.restart");
  const through = limited.expiresOn ?? limited.worstOn;
  return [...found, made(limited.worstOn, "limitation-ends", "court", because, { through })];
}

/** The first day that is late, today if it is late already. */
function firstLate(world: Foreseen, events: readonly Bare[]): Day | undefined {
  const { asOf, product } = world;
  const now = world.after(asOf);
  if (now.status !== "open" && now.status !== "written-off") return undefined;
  if (now.dueOn !== NEVER && dpdOn(now, product, asOf) > 0) return asOf;
  return events.find(({ kind }) => kind === "late" || kind === "older")?.on;
}

/** A suit filed on the day on which the plan asks about it. */
function suitOf(
  world: Foreseen,
  { on }: Bare,
  courtFees: ForecastAsked["courtFees"],
  payoff: number,
): Bare[] {
  const { pack } = world.context;
  const days = numberIn(pack, "proceeding.accept", "days", on);
  const longest = numberIn(pack, "proceeding.time.ordinary", "months", on);
  if (days === undefined || longest === undefined) return [];
  const tiers = courtFees?.(on);
  const fee = tiers ? { sum: courtFee(minor(payoff), "case", tiers).fee } : {};
  const accepted = addDays(on, days);
  const judged = addMonths(accepted, longest, "clamp");
  const answer = numberIn(pack, "court.answer", "days", on);
  return [
    made(on, "court-accepts", "court", lawOf(pack, on, "proceeding.accept", "court.answer"), {
      through: accepted,
      ...(answer === undefined ? {} : { n: answer }),
    }),
    made(
      accepted,
      "court-judges",
      "court",
      lawOf(pack, on, "proceeding.time.summary", "proceeding.time.ordinary"),
      { through: judged, ...fee },
    ),
    enforcing(world, judged),
  ];
}

function orderOf(world: Foreseen, { on }: Bare): Bare[] {
  const { pack } = world.context;
  const accept = numberIn(pack, "proceeding.payment-order.accept", "days", on);
  const issue = numberIn(pack, "proceeding.payment-order.issue", "days", on);
  const object = numberIn(pack, "court.payment-order", "days", on);
  if (accept === undefined || issue === undefined || object === undefined) return [];
  const issued = addDays(on, accept + issue);
  const because = lawOf(pack, on, "proceeding.payment-order.issue", "court.payment-order");
  return [
    made(on, "court-order", "court", because, { through: issued, n: object }),
    enforcing(world, addDays(issued, object)),
  ];
}

/** The creditor may ask for enforcement of what a court decided within two years. */
function enforcing(world: Foreseen, from: Day): Bare {
  const { pack } = world.context;
  const years = numberIn(pack, "limitation.enforcement", "years", world.asOf) ?? 0;
  const because = lawOf(
    pack,
    world.asOf,
    "limitation.enforcement",
    "enforcement.measures.income",
    "delay-interest.rate",
  );
  return made(from, "court-enforces", "court", because, { through: addMonths(from, years * 12, "clamp") });
}

/** The first fact that says that the loan cannot be counted further: our calendars end, or an entry does not add up. */
export const setAsideIn = (facts: readonly Fact[]): { on: Day; reason: string } | undefined => {
  const found = facts.find((fact) => fact.kind === "SetAside");
  return found?.kind === "SetAside" ? { on: found.on, reason: found.reason } : undefined;
};
