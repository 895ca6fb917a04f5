import {
  type Day,
  type Fact,
  isMoneyFact,
  MATTER,
  type StepAsked,
  type StepPlanned,
  type StepRefused,
} from "../core/index.ts";
import type { Act, Step } from "../strategy/index.ts";
import { lawOf } from "./because.ts";
import type { Foreseen } from "./thought.ts";
import type { Because, Certainty, EventKind, ForecastEvent, HeldBack, RecordEffect } from "./types.ts";
import { isOfRequest } from "./words.ts";

/** An event before the figures of its day and what stops it are put to it. */
export type Bare = Omit<ForecastEvent, "pastDue" | "payoff" | "dpd" | "stop">;

const ASKED: Readonly<Partial<Record<Act, EventKind>>> = {
  ask: "review",
  "ask-letter": "lawyers-letter",
  "ask-mediation": "mediation",
  "ask-payment-order": "payment-order",
  "ask-suit": "suit",
  "ask-enforcement": "enforcement",
  "ask-bureau": "bureau-notice",
};

/** What each kind does to the credit record by itself. */
export const RECORD: Readonly<Record<EventKind, RecordEffect>> = {
  due: "none",
  late: "may-report-late",
  older: "may-report-late",
  "late-fee": "none",
  message: "none",
  call: "none",
  letter: "none",
  review: "none",
  "may-we": "none",
  "lawyers-letter": "none",
  "bureau-notice": "notice-before-report",
  mediation: "none",
  "payment-order": "none",
  suit: "none",
  enforcement: "if-listed",
  "promise-broken": "none",
  "promise-over": "none",
  "matter-day": "none",
  cured: "none",
  ended: "none",
  "record-month": "may-report-late",
  "record-clears": "clears",
  "court-accepts": "none",
  "court-judges": "none",
  "court-order": "none",
  "court-enforces": "if-listed",
  "suit-possible": "none",
  "limitation-ends": "none",
};

/** What the close writes that is no event for the person whose loan it is: how the lender sorts and counts. */
const WITHIN: readonly Fact["kind"][] = [
  "StageEntered",
  "StepLapsed",
  "LimitationReckoned",
  "LimitationWarned",
  "LimitationPassed",
  "SetAside",
];

/** A fact of a coming close as an event; nothing for what concerns only the lender's own books. */
export function eventOf(fact: Fact, world: Foreseen): Bare | undefined {
  const pack = world.context.pack;
  const event = (
    kind: EventKind,
    certainty: Certainty,
    because: readonly Because[],
    more: Partial<Bare> = {},
  ): Bare => ({ on: fact.on, kind, certainty, record: RECORD[kind], because, fact, ...more });
  const terms: Because = { from: "contract", ref: "terms" };
  switch (fact.kind) {
    case "BandEntered": {
      const report = lawOf(pack, fact.on, "cn/bureau-notice", "cn/bureau-consent");
      const late = lawOf(pack, fact.on, "way-out.late-interest");
      return fact.from === 0 && fact.band === 1
        ? event("late", "contract", [terms, ...late, ...report])
        : event("older", "contract", [terms, ...report], { n: fact.band });
    }
    case "Cured":
      return event("cured", "contract", [terms]);
    case "LoanEnded":
      return event("ended", "contract", [terms]);
    case "StepPlanned":
      return planned(fact, event, world);
    case "StepAsked":
      return askedEvent(fact, event, world);
    case "PromiseBroken":
      return event("promise-broken", "contract", [terms]);
    case "PromiseKept":
    case "PromiseLapsed":
    case "PromiseReopened":
      return event("promise-over", "contract", [terms]);
    case "MatterDateCame":
      // The day of his own request comes by itself; no court is asked.
      return event(
        "matter-day",
        isOfRequest(fact.what) ? "contract" : "court",
        [{ from: "court", ref: `${MATTER}${fact.of}` }],
        {
          what: fact.what,
          through: Math.max(fact.lastOn, fact.on) as Day,
        },
      );
    default:
      if (isMoneyFact(fact) || WITHIN.includes(fact.kind) || fact.kind === "StepRefused") return undefined;
      return undefined;
  }
}

type MakeEvent = (
  kind: EventKind,
  certainty: Certainty,
  because: readonly Because[],
  more?: Partial<Bare>,
) => Bare;

const planOf = (fact: StepPlanned | StepAsked | StepRefused): Because => ({
  from: "strategy",
  ref: `${fact.strategy} ${fact.step}`,
});

/** The step as the version in use on its day has it; a reminder of a promise is in no strategy. */
const stepOf = (
  fact: StepPlanned | StepAsked,
  { context, product }: Pick<Foreseen, "context" | "product">,
): Step | undefined => context.strategy(product.strategy)?.step(fact.on, fact.step);

function planned(fact: StepPlanned, event: MakeEvent, world: Foreseen): Bare {
  const kind: EventKind = fact.via === "call" ? "call" : fact.via === "letter" ? "letter" : "message";
  const what = stepOf(fact, world)?.what ?? "promise-reminder";
  const law = kind === "call" ? ["cn/quiet-hours"] : [];
  return event(kind, "intended", [planOf(fact), ...lawOf(world.context.pack, fact.on, ...law)], {
    via: fact.via,
    what,
    slot: fact.slot,
  });
}

/** Where somebody of the lender decides: what he is asked, and the law that the step stands under. */
function askedEvent(fact: StepAsked, event: MakeEvent, world: Foreseen): Bare {
  const step = stepOf(fact, world);
  const own = fact.rules.filter((rule) => !rule.startsWith("strategy/"));
  const kind = own.length > 0 ? "may-we" : questionOf(step);
  const law = lawOf(world.context.pack, fact.on, ...own, ...(BEHIND[kind] ?? []));
  return event(kind, "intended", [planOf(fact), ...law], {
    ...(step ? { what: step.what } : {}),
    via: fact.via,
  });
}

/** A plan can ask for a deed by its act, or put the deed's name into a plain question. */
function questionOf(step: Step | undefined): EventKind {
  const kinds = Object.values(ASKED);
  const named = step?.act === "ask" ? kinds.find((kind) => kind === step.what) : undefined;
  return named ?? ASKED[step?.act ?? "ask"] ?? "review";
}

const BEHIND: Readonly<Partial<Record<EventKind, readonly string[]>>> = {
  "lawyers-letter": ["cn/lawyers-letter"],
  "bureau-notice": ["cn/bureau-notice", "cn/bureau-consent"],
  mediation: ["proceeding.mediation.first"],
  "payment-order": ["proceeding.payment-order.issue"],
  suit: ["proceeding.accept"],
  enforcement: ["limitation.enforcement"],
};

/** A step that a rule or a pause keeps back, with the day on which it is looked at again. */
export function heldBackOf(fact: StepRefused, world: Foreseen, never: Day): HeldBack {
  const { on, step, via, rules, retryOn } = fact;
  const because = rules.flatMap((rule): Because[] => {
    const law = lawOf(world.context.pack, on, rule);
    return law.length > 0 ? law : [{ from: "strategy", ref: rule }];
  });
  return { on, step, via, because, ...(retryOn < never ? { againOn: retryOn } : {}) };
}

/** Whether the closes through an event's day still write what makes it. */
export function isWritten(fact: Fact, facts: readonly Fact[]): boolean {
  return facts.some(
    (other) => other.on === fact.on && other.kind === fact.kind && nameOf(other) === nameOf(fact),
  );
}

/** What tells two facts of one kind and day apart. */
function nameOf(fact: Fact): string {
  switch (fact.kind) {
    case "StepPlanned":
    case "StepAsked":
    case "StepRefused":
    case "StepLapsed":
      return fact.step;
    case "BandEntered":
      return String(fact.band);
    case "MatterDateCame":
      return `${fact.matter} ${fact.what} ${fact.state}`;
    case "PromiseBroken":
    case "PromiseKept":
    case "PromiseReopened":
    case "PromiseLapsed":
      return fact.id;
    default:
      return "";
  }
}
