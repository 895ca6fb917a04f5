import {
  addDays,
  type Day,
  formatDay,
  type LoanBooked,
  type Minor,
  NEVER,
  ok,
  type Position,
  positionReader,
  type Result,
  refuse,
  ZERO,
} from "../core/index.ts";
import { contractEvents, courtEvents, limitationNow, recordEvents, setAsideIn } from "./beside.ts";
import { Stops } from "./stops.ts";
import { Foreseen } from "./thought.ts";
import { type Bare, eventOf, heldBackOf } from "./told.ts";
import type { Forecast, ForecastAsked, ForecastEvent, Stop } from "./types.ts";

/**
 * Everything that comes of a loan over some days if nobody does anything, or if a sum is paid on a day.
 *
 * Takes   the borrower as the next close would be given him, the lender's strategies and rules, the days.
 * Gives   the events in order of their days, each with what makes it, what it does to the credit record, and the smallest sum that keeps
 *         it away; what the closes will write, from which all of it is told.
 * Refuses `ended`: nothing is owed to this lender any more; `not-ahead`: the last day is not after the first; `before-now`, `nothing`:
 *         a sum thought of before the day that is open, or none.
 * Holds   `facts` and `actions` are what the coming closes write and plan, if what is planned is sent and nothing else happens:
 *         they are made by the close itself. Each `stop` was tried, and one minor unit less too.
 * Units   minor units.
 */
export function forecast(asked: ForecastAsked): Result<Forecast> {
  const { borrower, n, asOf, through, context, pay } = asked;
  if (through <= asOf)
    return refuse(
      "not-ahead",
      `${formatDay(through)} is not after ${formatDay(asOf)}, the last closed day`,
      "through",
    );
  if (pay && pay.on < asOf)
    return refuse(
      "before-now",
      `${formatDay(pay.on)} is over; think of a payment on ${formatDay(asOf)} or later`,
      "on",
    );
  if (pay && pay.amount <= 0) return refuse("nothing", "a payment is more than 0", "pay");
  const nothing = new Foreseen(borrower, n, asOf, context);
  const now = nothing.after(asOf);
  if (now.status !== "open" && now.status !== "written-off")
    return refuse(
      "ended",
      "nothing is owed to this lender on this loan any more: there is nothing to foresee",
    );
  const world = pay ? nothing.paying(pay) : nothing;
  const unknownFrom = setAsideIn(world.facts(through));
  const last = unknownFrom ? addDays(unknownFrom.on, -1) : through;
  const figures = new Figures(world);
  const limited = limitationNow(world, borrower.journal ?? []);
  const facts = world.facts(through);
  const bare = [
    ...(last > asOf ? contractEvents(world, last) : []),
    ...facts.flatMap((fact) => eventOf(fact, world) ?? []),
    ...(last > asOf ? recordEvents(world, last) : []),
  ];
  const all = [...bare, ...courtEvents(world, bare, asked, (on) => figures.on(on).payoff, limited)];
  const stops = new Stops(world);
  return ok({
    loan: (nothing.known[0] as LoanBooked).id,
    currency: nothing.product.terms.currency,
    asOf,
    through,
    ...(pay ? { pay } : {}),
    position: figures.on(asOf),
    events: all.map((event) => whole(event, world, figures, stops)).sort(inOrder),
    heldBack: facts.flatMap((fact) => (fact.kind === "StepRefused" ? [heldBackOf(fact, world, NEVER)] : [])),
    ...(unknownFrom ? { unknownFrom } : {}),
    ...(limited ? { limitation: limited } : {}),
    facts,
    actions: world.closed(through).actions,
  });
}

/** The loan's figures on the days of its events, each reckoned once. */
class Figures {
  readonly #world: Foreseen;
  readonly #known = new Map<Day, Position>();

  constructor(world: Foreseen) {
    this.#world = world;
  }

  on(day: Day): Position {
    const before = this.#known.get(day);
    if (before) return before;
    const found = positionReader(this.#world.after(day), this.#world.product)(day);
    this.#known.set(day, found);
    return found;
  }
}

/** Far days have no figures of their own: nobody knows what will have been paid by then. */
const FAR: readonly ForecastEvent["kind"][] = [
  "record-clears",
  "limitation-ends",
  "court-judges",
  "court-enforces",
];

function whole(event: Bare, world: Foreseen, figures: Figures, stops: Stops): ForecastEvent {
  const far = FAR.includes(event.kind);
  const { arrears, payoff, dpd } = figures.on(far ? world.asOf : event.on);
  const stop = stopOf(event, world, payoff, stops);
  return {
    ...event,
    pastDue: far ? ZERO : arrears.total,
    payoff: far ? ZERO : payoff,
    dpd: far ? 0 : dpd,
    ...(stop ? { stop } : {}),
  };
}

/** Good news, and what only the calendar brings, is not stopped. */
const NOT_STOPPED: readonly ForecastEvent["kind"][] = ["due", "cured", "ended", "promise-over", "matter-day"];

function stopOf(event: Bare, world: Foreseen, payoff: Minor, stops: Stops): Stop | undefined {
  if (NOT_STOPPED.includes(event.kind)) return undefined;
  if (event.kind === "record-month") return stops.ofLateness(event.on, payoff);
  return event.fact && event.on > world.asOf ? stops.ofFact(event.fact, payoff) : undefined;
}

const ORDER: readonly ForecastEvent["certainty"][] = ["contract", "intended", "court"];

const inOrder = (a: ForecastEvent, b: ForecastEvent): number =>
  a.on - b.on ||
  ORDER.indexOf(a.certainty) - ORDER.indexOf(b.certainty) ||
  (a.through ?? a.on) - (b.through ?? b.on) ||
  (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0);
