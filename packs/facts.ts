import type {
  Consent,
  DebtFact,
  GateFacts,
  PersonRole,
  ProposedStep,
  StopRequest,
} from "../src/policy/index.ts";

/** One list for the millions of steps of which nothing of the kind is known. */
const NONE: readonly never[] = [];

/** The debts known that a step is about: all of them where it names none. */
export const debtsOf = (step: ProposedStep, { debts = NONE }: GateFacts): readonly DebtFact[] =>
  step.debts === undefined || debts.length === 0 ? debts : debts.filter(({ id }) => step.debts!.includes(id));

/**
 * Whether he was told before the step, of every debt that it is about. A notice that names no debt is about all of them;
 * one that came back told him nothing. Where neither the step nor the facts name debts, only the first kind counts.
 */
export function wasTold(kind: string, step: ProposedStep, { notices = [], debts }: GateFacts): boolean {
  const given = notices.filter(
    (notice) => notice.kind === kind && notice.at < step.at && notice.returned === undefined,
  );
  if (given.some(({ debt }) => debt === undefined)) return true;
  const about = step.debts ?? debts?.map(({ id }) => id) ?? [];
  return about.length > 0 && about.every((id) => given.some(({ debt }) => debt === id));
}

/** A consent to offers has to say so, and concerns nothing else. */
const concerns = (step: ProposedStep, { kinds, address, purpose }: Consent): boolean =>
  kinds.includes(step.kind) &&
  (purpose === "marketing") === (step.purpose === "marketing") &&
  (address === undefined || step.to.address === undefined || address === step.to.address);

const stands = (step: ProposedStep, { given, until, withdrawn }: Consent): boolean =>
  given <= step.at &&
  (until === undefined || step.at < until) &&
  (withdrawn === undefined || step.at < withdrawn);

/** Consents to this way and address that stand at the step's instant. */
export const standingConsents = (step: ProposedStep, { consents = [] }: GateFacts): readonly Consent[] =>
  consents.filter((consent) => concerns(step, consent) && stands(step, consent));

/** Whether a consent to this way and address was taken back, and no later one stands in its place. */
export const consentWithdrawn = (step: ProposedStep, facts: GateFacts): boolean =>
  (facts.consents ?? NONE).some(
    (consent) =>
      concerns(step, consent) &&
      consent.withdrawn !== undefined &&
      consent.withdrawn <= step.at &&
      !standingConsents(step, facts).some(({ given }) => given > consent.withdrawn!),
  );

/** Requests to stop that the borrower made and that name this way, address and debt, or leave them open. */
export const borrowersStops = (step: ProposedStep, { stops = NONE }: GateFacts): readonly StopRequest[] =>
  stops.filter(
    ({ at, by = "borrower", kinds, address, debt }) =>
      by === "borrower" &&
      at <= step.at &&
      (kinds === undefined || kinds.includes(step.kind)) &&
      (address === undefined || step.to.address === undefined || address === step.to.address) &&
      (debt === undefined || step.debts === undefined || step.debts.includes(debt)),
  );

/** People who owe nothing themselves and speak for nobody who does. */
export const OTHERS: readonly PersonRole[] = ["contact-person", "third-person", "spouse"];
export const isOther = ({ to }: ProposedStep): boolean => OTHERS.includes(to.role);
