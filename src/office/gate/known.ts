import {
  CHANNELS,
  type Day,
  fromBits,
  type Hold,
  holdsOn,
  holdsOnAsking,
  type Instant,
  type LoanState,
  type PersonFact,
  type PersonFacts,
  type Placed,
  type Product,
  personOf,
  placementOn,
} from "../../core/index.ts";
import {
  actorOf,
  type ContactMade,
  debtOf,
  type GateFacts,
  gateFactsOf,
  type ProposedStep,
  type StepKind,
} from "../../policy/index.ts";

/** What the gate is told of one loan at an instant, and the step as it stands but for its kind. */
export interface GateKnown {
  /** By the kind of step: a dispute of a part rests letters and filings, which state the whole claim; of messages and calls that part alone. */
  readonly known: (kind: StepKind) => GateFacts;
  readonly step: Omit<ProposedStep, "kind">;
  readonly person: PersonFacts | undefined;
  readonly placement: Placed | undefined;
}

const ASKS_FOR_A_SUM: readonly StepKind[] = ["app", "text", "call", "email"];

export function gateKnown(
  loan: LoanState,
  product: Product,
  {
    id,
    zone,
    at,
    day,
    contacts,
    facts,
  }: {
    readonly id: string;
    readonly zone: string;
    readonly at: Instant;
    readonly day: Day;
    readonly contacts: readonly ContactMade[];
    readonly facts: readonly PersonFact[];
  },
): GateKnown {
  const person = facts.length > 0 ? personOf(facts) : undefined;
  const placement = person && placementOn(person, id, day);
  const knowing = (holds: readonly Hold[]): GateFacts =>
    gateFactsOf({
      zone,
      holds,
      contacts,
      reach: fromBits(loan.reach, CHANNELS),
      person,
      placement,
      debts: [debtOf(id, loan.status, placement)],
      lenderKind: product.lenderKind,
    });
  const asking = knowing(holdsOnAsking(loan, product, Math.max(day, loan.lateOn) as Day));
  const claiming = knowing(holdsOn(loan, day));
  return {
    known: (kind) => (ASKS_FOR_A_SUM.includes(kind) ? asking : claiming),
    step: { to: { role: "borrower" }, at, actor: actorOf(placement), debts: [id] },
    person,
    placement,
  };
}
