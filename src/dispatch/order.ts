import { type Day, dayAt, daysFromDue, type Instant, loanIndex } from "../core/index.ts";
import type { ActionStep } from "../dayclose/index.ts";
import { contactId, judge, plannedStep, stillDue } from "./judge.ts";
import type { Decided, Pending, PlannedAction, Standing, StandingLoan } from "./types.ts";

type Judging = (pending: Pending, now: Instant) => ReturnType<typeof judge>;

/**
 * What becomes of all that is due for one borrower, in which order.
 *
 * 1. Of several messages (of several calls, of several letters about one loan) the last planned one carries them all:
 *    what was put off from yesterday, missed for a week, or planned by two closes on one day goes out as one. It is made
 *    as the highest of its steps that is still due: the one of the latest day past due, of two on the same day the one
 *    whose name comes last in the alphabet, of two with one name that of the loan that was booked last.
 * 2. The rest is judged by slot, then message before call before letter, until one is to be sent. The next one is judged
 *    when the end of that one is known, because it counts.
 */
export function decide(standing: Standing, now: Instant, judged: Judging = judge): Decided {
  const due = standing.actions.filter(({ slot }) => slot <= now);
  const { consolidated, carriers } = consolidate(standing, due, now);
  const gone = new Set<PlannedAction>(consolidated.map(({ action }) => action));
  const queue = due
    .filter((action) => !gone.has(action))
    .map((action) => carriers.get(keyOf(action)) ?? action)
    .sort(bySlot);
  const results: Decided["judged"][number][] = [];
  const { actions: _, ...known } = standing;
  for (const action of queue) {
    const pending: Pending = { ...known, action, id: contactId(action) };
    const result = judged(pending, now);
    results.push({ action, judged: result });
    if (result.kind === "send") break;
  }
  return {
    consolidated,
    carriers: [...carriers.values()],
    judged: results,
    more: results.length < queue.length,
  };
}

const ACT_ORDER: Readonly<Record<string, number>> = { message: 1, call: 2, letter: 3 };

const bySlot = (a: PlannedAction, b: PlannedAction): number =>
  a.slot - b.slot || ACT_ORDER[a.act]! - ACT_ORDER[b.act]! || a.item - b.item || a.on - b.on;

const keyOf = ({ on, act, item }: PlannedAction): string => `${on} ${act} ${item}`;

/** Due actions that a later planned one carries from now on. */
function consolidate(
  standing: Standing,
  due: readonly PlannedAction[],
  now: Instant,
): { consolidated: Decided["consolidated"]; carriers: Map<string, PlannedAction> } {
  const consolidated: Decided["consolidated"][number][] = [];
  const carriers = new Map<string, PlannedAction>();
  for (const sort of new Set(due.map(sortOf))) {
    const carrier = standing.actions
      .filter((action) => sortOf(action) === sort)
      .reduce((last, action) => (action.on > last.on ? action : last));
    const earlier = due.filter((action) => sortOf(action) === sort && action !== carrier);
    if (earlier.length === 0) continue;
    const { into, by } = merged(standing, carrier, earlier, now);
    carriers.set(keyOf(carrier), into);
    for (const action of earlier) consolidated.push({ action, into, by });
  }
  return { consolidated, carriers };
}

const sortOf = ({ act, item }: PlannedAction): string => `${act} ${item}`;

interface Candidate {
  readonly entry: ActionStep;
  readonly from: PlannedAction;
  readonly dpd: number;
}

/** Days past due for which a step was planned; of a reminder or a notice, which no strategy names, those of today. */
const dpdOf = (standing: StandingLoan, pending: Pick<Pending, "action" | "context">, today: Day): number =>
  plannedStep(standing, pending)?.dpd ?? daysFromDue(standing.loan, standing.product, today);

/** The carrier with the steps of all; of one loan's two steps the later planned one stands if it is still due. */
function merged(
  standing: Standing,
  carrier: PlannedAction,
  earlier: readonly PlannedAction[],
  now: Instant,
): { into: PlannedAction; by: { loan: number; step: string } } {
  const today = dayAt(standing.addressee.zone, now);
  const byLoan = new Map<number, Candidate>();
  const newestFirst = [carrier, ...[...earlier].sort((a, b) => b.on - a.on)];
  for (const from of newestFirst) {
    for (const { n, step, on = from.on } of from.steps) {
      const loan = standing.loans.find((one) => one.loan.n === n);
      const pending = { action: { ...from, steps: [{ n, step, on }] }, context: standing.context };
      if (byLoan.has(n) || !loan || !stillDue(loan, pending, today)) continue;
      byLoan.set(n, { entry: { n, step, on }, from, dpd: dpdOf(loan, pending, today) });
    }
  }
  const candidates = [...byLoan.values()];
  // Nothing of it all is due any more: the carrier says so when it is judged, and the others went with it.
  if (candidates.length === 0) {
    const first = carrier.steps[0]!;
    return { into: carrier, by: { loan: loanIndex(first.n), step: first.step } };
  }
  const lead = candidates.reduce((best, one) => (isHigher(one, best) ? one : best));
  const { what, via, strategy } = lead.from;
  const own = lead.from === carrier ? {} : { what, via, strategy };
  const steps = candidates.map(({ entry }) =>
    entry.on === carrier.on ? { n: entry.n, step: entry.step } : entry,
  );
  return {
    into: { ...carrier, ...own, steps: steps.sort((a, b) => a.n - b.n) },
    by: { loan: loanIndex(lead.entry.n), step: lead.entry.step },
  };
}

const isHigher = (a: Candidate, b: Candidate): boolean =>
  a.dpd !== b.dpd
    ? a.dpd > b.dpd
    : a.entry.step !== b.entry.step
      ? a.entry.step > b.entry.step
      : a.entry.n > b.entry.n;
