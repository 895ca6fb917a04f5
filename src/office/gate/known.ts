import {
  CHANNELS,
  type Day,
  fromBits,
  holdsOn,
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
} from "../../policy/index.ts";

/** What the gate is told of one loan at an instant, and the step as it stands but for its kind. */
export interface GateKnown {
  readonly known: GateFacts;
  readonly step: Omit<ProposedStep, "kind">;
  readonly person: PersonFacts | undefined;
  readonly placement: Placed | undefined;
}

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
  const known = gateFactsOf({
    zone,
    holds: holdsOn(loan, day),
    contacts,
    reach: fromBits(loan.reach, CHANNELS),
    person,
    placement,
    debts: [debtOf(id, loan.status, placement)],
    lenderKind: product.lenderKind,
  });
  return {
    known,
    step: { to: { role: "borrower" }, at, actor: actorOf(placement), debts: [id] },
    person,
    placement,
  };
}
