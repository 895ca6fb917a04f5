import {
  type Day,
  type DishonestGround,
  type EnforcementAccepted,
  type EnforcementApplied,
  type EnforcementFact,
  type EnforcementNoticed,
  type EnforcementSettled,
  type EnforcementState,
  type EnforcementStayed,
  type Fact,
  isEnforcementFact,
  type ListMoved,
  type ListName,
  type ListState,
  type MeasureGranted,
  type MeasureWished,
  type RemovalCase,
  type RoundEnded,
} from "../core/index.ts";
import type { DelayPause } from "./delay-interest.ts";

/** An enforcement as its facts tell it. */
export interface EnforcementLife {
  readonly id: string;
  /** The loan whose judgment it enforces. */
  readonly debt: string;
  readonly state: EnforcementState;
  readonly applied: EnforcementApplied;
  readonly accepted?: EnforcementAccepted;
  readonly noticed?: EnforcementNoticed;
  readonly assets?: Extract<EnforcementFact, { kind: "AssetsReported" }>;
  readonly measures: readonly Measure[];
  readonly settlement?: EnforcementSettled;
  readonly broken?: Extract<EnforcementFact, { kind: "SettlementBroken" }>;
  readonly stays: readonly Stay[];
  readonly round?: RoundEnded;
  /** Looks for assets since the round ended. */
  readonly searches: readonly Extract<EnforcementFact, { kind: "AssetsSearched" }>[];
  readonly penalties: readonly Extract<EnforcementFact, { kind: "PenaltyImposed" }>[];
  readonly closed?: Extract<EnforcementFact, { kind: "EnforcementClosed" }>;
  readonly rejected?: Extract<EnforcementFact, { kind: "EnforcementRejected" }>;
  readonly lists: Readonly<Record<ListName, ListLife>>;
  /** Everything that counts, in order: contrary entries and what they undo are gone. */
  readonly facts: readonly EnforcementFact[];
}

export interface Measure {
  readonly id: string;
  readonly wished?: MeasureWished;
  readonly granted?: MeasureGranted;
  readonly ended?: Extract<EnforcementFact, { kind: "MeasureEnded" }>;
}

/** From the day of the stay to the day before it went on; open while it lasts. */
export interface Stay {
  readonly from: Day;
  readonly to?: Day;
  readonly why: EnforcementStayed["why"];
  readonly atRequest: boolean;
}

/** What became of a list: of the list of dishonest debtors, or of an order that limits consumption. */
export interface ListLife {
  readonly state: ListState;
  readonly ground?: DishonestGround;
  /** A listing with a term has its years; one without has none. */
  readonly years?: number;
  readonly decidedOn?: Day;
  /** Last day of grace, or of an order or relief. */
  readonly until?: Day;
  /** From when it has to be deleted, and why. */
  readonly entitled?: { readonly case: RemovalCase; readonly on: Day };
  readonly removedOn?: Day;
  /** The case in which it was deleted. */
  readonly removedFor?: RemovalCase;
  readonly facts: readonly ListMoved[];
}

/** What each fact makes of an enforcement; what is not here changes nothing of its state. */
const STATE_AFTER: Readonly<Partial<Record<EnforcementFact["kind"], EnforcementState>>> = {
  EnforcementApplied: "applied",
  EnforcementAccepted: "accepted",
  EnforcementRejected: "rejected",
  EnforcementNoticed: "noticed",
  EnforcementSettled: "settled",
  EnforcementStayed: "stayed",
  RoundEnded: "round-ended",
  EnforcementClosed: "closed",
};

/** The enforcements that a borrower's journal holds, by id, in the order in which they were applied for. */
export function enforcementsOf(facts: readonly Fact[]): ReadonlyMap<string, EnforcementLife> {
  const own = facts.filter(isEnforcementFact);
  const undone = new Set(own.flatMap((fact) => (fact.kind === "EnforcementReversed" ? [fact.of] : [])));
  const lives = new Map<string, EnforcementLife>();
  for (const fact of own) {
    if (fact.kind === "EnforcementReversed" || undone.has(fact.event)) continue;
    const next = enforcementAfter(lives.get(fact.id), fact);
    if (next) lives.set(fact.id, next);
  }
  return lives;
}

/** A life after one more fact; none where it has not begun. */
export function enforcementAfter(
  before: EnforcementLife | undefined,
  fact: EnforcementFact,
): EnforcementLife | undefined {
  if (fact.kind === "EnforcementApplied")
    return {
      id: fact.id,
      debt: fact.debt,
      state: "applied",
      applied: fact,
      measures: [],
      stays: [],
      searches: [],
      penalties: [],
      lists: { dishonest: { state: "none", facts: [] }, consumption: { state: "none", facts: [] } },
      facts: [fact],
    };
  if (!before) return undefined;
  const life = { ...before, facts: [...before.facts, fact], state: stateAfter(before, fact) };
  return { ...life, ...partAfter(life, fact) };
}

function stateAfter(before: EnforcementLife, fact: EnforcementFact): EnforcementState {
  if (fact.kind === "SettlementBroken") return fact.next === "sue" ? "sued" : "settlement-broken";
  // It goes on where it stood: one that was stayed before any notice has still to be given notice.
  if (fact.kind === "EnforcementResumed") return before.noticed ? "noticed" : "accepted";
  return STATE_AFTER[fact.kind] ?? before.state;
}

function partAfter(life: EnforcementLife, fact: EnforcementFact): Partial<EnforcementLife> {
  switch (fact.kind) {
    case "EnforcementAccepted":
      return { accepted: fact };
    case "EnforcementNoticed":
      return { noticed: fact };
    case "EnforcementRejected":
      return { rejected: fact, lists: entitledBy(life, "not-enforced", fact.dated) };
    case "AssetsReported":
      return { assets: fact };
    case "MeasureWished":
      return { measures: measured(life, fact.measure, { wished: fact }) };
    case "MeasureGranted":
      return { measures: measured(life, fact.measure, { granted: fact }) };
    case "MeasureEnded":
      return { measures: measured(life, fact.measure, { ended: fact }) };
    case "EnforcementSettled":
      return { settlement: fact };
    case "SettlementBroken":
      return { broken: fact };
    case "EnforcementStayed":
      return {
        stays: [...life.stays, { from: fact.dated, why: fact.why, atRequest: fact.atRequest }],
        ...(fact.why === "retrial" ? { lists: entitledBy(life, "stayed", fact.dated) } : {}),
      };
    case "EnforcementResumed":
      return { stays: life.stays.map((stay) => (stay.to === undefined ? ended(stay, fact.dated) : stay)) };
    case "RoundEnded":
      return { round: fact, searches: [] };
    case "AssetsSearched":
      return { searches: [...life.searches, fact] };
    case "PenaltyImposed":
      return { penalties: [...life.penalties, fact] };
    case "EnforcementClosed":
      return { closed: fact, lists: entitledBy(life, CASE_OF[fact.why], fact.dated) };
    case "ListMoved":
      return { lists: { ...life.lists, [fact.list]: listAfter(life.lists[fact.list], fact) } };
    default:
      return {};
  }
}

const CASE_OF = {
  performed: "performed",
  "settlement-performed": "settlement-performed",
  withdrawn: "ended",
  ended: "ended",
} as const;

const ended = (stay: Stay, on: Day): Stay => ({ ...stay, to: Math.max(stay.from, on - 1) as Day });

function measured(life: EnforcementLife, id: string, part: Omit<Measure, "id">): readonly Measure[] {
  const known = life.measures.find((one) => one.id === id);
  if (!known) return [...life.measures, { id, ...part }];
  // Granted again is renewed: its earlier end counts no longer.
  const { ended: _, ...open } = known;
  return life.measures.map((one) => (one === known ? { ...(part.granted ? open : known), ...part } : one));
}

/** What stands on a list has to be deleted from the day of one of the seven cases on, whatever its term: who asks looks at that. */
function entitledBy(life: EnforcementLife, by: RemovalCase, on: Day): EnforcementLife["lists"] {
  const { dishonest } = life.lists;
  return dishonest.entitled
    ? life.lists
    : { ...life.lists, dishonest: { ...dishonest, entitled: { case: by, on } } };
}

function listAfter(before: ListLife, fact: ListMoved): ListLife {
  const life = { ...before, facts: [...before.facts, fact] };
  switch (fact.move) {
    case "applied":
      return { ...life, state: "applied", ...grounded(fact) };
    case "refused":
      return { ...life, state: "refused" };
    case "decided": {
      const { entitled: _, years: __, until: ___, removedOn: ____, removedFor: _____, ...fresh } = life;
      return {
        ...fresh,
        state: fact.until === undefined ? "listed" : "in-grace",
        decidedOn: fact.dated,
        ...grounded(fact),
        ...(fact.years === undefined ? {} : { years: fact.years }),
        ...(fact.until === undefined ? {} : { until: fact.until }),
      };
    }
    case "published":
      return { ...life, state: "listed" };
    case "entitled":
      return { ...life, entitled: { case: fact.case!, on: fact.dated } };
    case "removed": {
      const removedFor = fact.case ?? life.entitled?.case;
      return {
        ...life,
        state: "removed",
        removedOn: fact.dated,
        ...(removedFor === undefined ? {} : { removedFor }),
      };
    }
    case "ordered":
      return {
        ...life,
        state: "ordered",
        decidedOn: fact.dated,
        ...(fact.until === undefined ? {} : { until: fact.until }),
      };
    case "lifted":
      return { ...life, state: "lifted", removedOn: fact.dated };
    default:
      return life;
  }
}

const grounded = ({ ground }: ListMoved): { readonly ground?: DishonestGround } =>
  ground === undefined ? {} : { ground };

/** The stays of an enforcement as the doubled part counts them; an open one lasts to the day asked about. */
export const pausesOf = ({ stays }: EnforcementLife, through: Day): readonly DelayPause[] =>
  stays
    .filter(({ from }) => from <= through)
    .map(({ from, to, why, atRequest }) => ({ from, to: to ?? through, why, atRequest }));
