import {
  actionId,
  askableOn,
  CHANNELS,
  type Channel,
  type Day,
  dayAt,
  daysFromDue,
  type Hold,
  holdsOn,
  holdsOnAsking,
  type Instant,
  type LoanStatus,
  minor,
  NEVER,
  offerNoticeHolds,
  offerNoticeOf,
  openPromise,
  outsourcedTo,
  type Placed,
  placementOn,
  planNoticeHolds,
  planNoticeOf,
  promisePause,
  reminderHolds,
  reminderOf,
  ZERO,
} from "../core/index.ts";
import { actorOf, type Decision, debtOf, gate, gateFactsOf, type ProposedStep } from "../policy/index.ts";
import type { Step } from "../strategy/index.ts";
import type {
  ChannelAdapter,
  Draft,
  Judged,
  Message,
  Pending,
  PlannedAction,
  StandingLoan,
} from "./types.ts";
import { type Owed, textOf } from "./words.ts";

/**
 * The second judgment, at the second of sending: is it still due, and may we, now?
 *
 * Takes   the action as planned and everything as it stands now, payments of the last minutes included.
 * Gives   a permit with the message; or why not: paid meanwhile, stage over, overtaken, forbidden; or a later slot.
 * Holds   no message without a permit of this very instant; what was judged is what is sent, to the letter.
 */
export function judge(pending: Pending, now: Instant, words: WordsOf = () => undefined): Judged {
  const { action, addressee, context } = pending;
  const today = dayAt(addressee.zone, now);
  const fallback = action.tried.length > 0;
  if (fallback && dayAt(addressee.zone, action.slot) !== today)
    return { kind: "cancel", why: "no-channel-left-that-day", rules: [] };
  const covered = pending.loans.filter(({ loan }) => action.steps.some(({ n }) => n === loan.n));
  const due = covered.filter((standing) => stillDue(standing, pending, today));
  if (due.length === 0) {
    const promised = covered.some((standing) => waitsForPromise(standing, pending, today));
    return promised
      ? { kind: "cancel", why: "promise-open", rules: ["strategy/pause-on-promise-to-pay"] }
      : { kind: "cancel", why: "no-longer-due", rules: [] };
  }
  const { open, agent } = workedHere(due, pending, today);
  if (open.length === 0) return { kind: "cancel", why: "not-allowed", rules: ["strategy/placed"] };
  if (!context.pack) return { kind: "cancel", why: "no-pack", rules: ["pack/none-for-lender"] };
  const tried: { via: Channel; decision: Decision }[] = [];
  const channels = channelsOf(pending);
  for (const via of channels) {
    const to = addressee.addresses[via]!;
    const message = messageOf(pending, open, agent, via, to, today, words);
    const step: ProposedStep = {
      kind: via,
      to: { role: "borrower", address: to },
      at: now,
      actor: actorOf(agent),
      // Nothing is asked for in it.
      ...(message.owed?.ended || message.owed?.offerOver !== undefined ? { purpose: "notice" as const } : {}),
      debts: message.loans,
      text: message.text,
    };
    const facts = gateFactsOf({
      zone: addressee.zone,
      holds: holdsOf(open, today, via),
      contacts: pending.contacts,
      reach: Object.keys(addressee.addresses) as Channel[],
      person: pending.person,
      placement: agent,
      debts: open.map(({ id, loan }) => debtOf(id, loan.status, agent)),
      lenderKind: lenderKindOf(open),
    });
    const decision = gate(context.pack, step, facts);
    if (decision.permit) {
      const next = channels.slice(channels.indexOf(via) + 1);
      return { kind: "send", permit: decision.permit, message, next };
    }
    tried.push({ via, decision });
  }
  if (tried.length === 0)
    return { kind: "cancel", why: fallback ? "no-channel-left" : "no-address", rules: ["reach/no-address"] };
  const refused = refusal(
    tried.map(({ decision }) => decision),
    now,
  );
  // What a channel could not carry goes by the next one on the same day or not at all.
  return fallback && refused.kind === "later" && dayAt(addressee.zone, refused.slot) !== today
    ? { kind: "cancel", why: "not-allowed", rules: refused.rules }
    : refused;
}

/** The name of a contact, which goes to the carrier as key: a second channel's is another one. */
export function contactId({ bucket, n, on, act, item, tried }: PlannedAction): string {
  const again = tried.length > 0 ? `+${tried.length + 1}` : "";
  return `${bucket}-${n}/${actionId(on, act, item)}${again}`;
}

/** The words that a channel's carrier has approved for a message; `undefined` where it takes any. */
export type WordsOf = (draft: Draft) => string | undefined;

/** The channel that carries a message: its lender's own before one for everybody. */
export function channelFor(
  channels: readonly ChannelAdapter[],
  { via, lender }: Pick<Message, "via" | "lender">,
): ChannelAdapter | undefined {
  const able = channels.filter(({ carries }) => carries.includes(via));
  return (
    able.find((channel) => channel.lender !== undefined && channel.lender === lender) ??
    able.find((channel) => channel.lender === undefined)
  );
}

/** Judges in the words that the channels can carry. While a channel rests its actions stay planned, and are judged anew. */
export const judgeFor =
  (channels: readonly ChannelAdapter[]) =>
  (pending: Pending, now: Instant): Judged => {
    const judged = judge(pending, now, (draft) => channelFor(channels, draft)?.words?.(draft));
    if (judged.kind !== "send") return judged;
    const until = channelFor(channels, judged.message)?.rests?.(now);
    return until === undefined ? judged : { kind: "later", slot: until, rules: ["channel/rests"] };
  };

const LATER_MS = 2 * 86_400_000;

/** What is forbidden now and allowed in a day or two waits for it; beyond that the closes have planned anew. */
function refusal(decisions: readonly Decision[], now: Instant): Judged {
  const rules = [
    ...new Set(
      decisions.flatMap(({ because, verdict }) =>
        because.filter(({ outcome }) => outcome.outcome === verdict).map(({ rule }) => rule.id),
      ),
    ),
  ];
  const later = decisions.map(({ allowedFrom }) => allowedFrom).filter((from) => typeof from === "number");
  const slot = Math.min(...later);
  if (later.length > 0 && slot - now <= LATER_MS) return { kind: "later", slot, rules };
  return { kind: "cancel", why: "not-allowed", rules };
}

/** The planned channel first, then the others of the step that leads: with an address on file, and not tried in vain. */
function channelsOf(pending: Pending): Channel[] {
  const { action, addressee } = pending;
  const planned = action.via as Channel;
  const steps = pending.loans.map((standing) => plannedStep(standing, pending));
  const leading = steps.find((step) => step?.what === action.what && step.by.includes(planned));
  const order = [planned, ...(leading?.by ?? []).filter((via) => via !== planned)];
  return order.filter(
    (via) => CHANNELS.includes(via) && addressee.addresses[via] && !action.tried.includes(via),
  );
}

/** The step as planned for this loan: by its own product's strategy, in the version of the day it was planned on. */
export function plannedStep(
  { loan, product }: StandingLoan,
  { action, context }: Pick<Pending, "action" | "context">,
): Step | undefined {
  const planned = action.steps.find(({ n }) => n === loan.n);
  return planned && context.strategy(product.strategy)?.step(planned.on ?? action.on, planned.step);
}

/** The borrower promised since the step was planned, and it is one that waits for a promise. */
function waitsForPromise(
  { loan, product }: StandingLoan,
  pending: Pick<Pending, "action" | "context">,
  today: Day,
): boolean {
  if (!plannedStep({ id: "", loan, product }, pending)?.pauseOn.includes("promise-to-pay")) return false;
  return promisePause(loan, product, today) !== undefined;
}

/** The loan is open, its stage is not over, and the step is still about the same arrears, however late it is made. */
export function stillDue(
  standing: StandingLoan,
  pending: Pick<Pending, "action" | "context">,
  today: Day,
): boolean {
  const { loan, product } = standing;
  const key = pending.action.steps.find(({ n }) => n === loan.n)?.step;
  if (loan.setAside) return false;
  // Who still owes is told before somebody else collects, written off or not.
  if (key !== undefined && outsourcedTo(key)) return loan.status === "open" || loan.status === "written-off";
  if (key !== undefined && planNoticeOf(key)) return planNoticeHolds(key, loan);
  if (key !== undefined && offerNoticeOf(key)) return offerNoticeHolds(key, loan, today);
  if (key !== undefined && reminderOf(key)) return reminderHolds(key, loan, product, today);
  if (waitsForPromise(standing, pending, today)) return false;
  const step = plannedStep(standing, pending);
  if (step?.ended) return isStillNews(step, loan.status, plannedOn(loan.n, pending.action), today);
  if (!step || loan.status !== (step.state ?? "open")) return false;
  const dpd = daysFromDue(loan, product, today);
  return (
    loan.dueOn !== NEVER &&
    dpd >= Math.min(step.dpd, 1) &&
    dpd <= step.until &&
    loan.dueOn + step.dpd <= plannedOn(loan.n, pending.action)
  );
}

/** A loan stays ended unless its last payment was taken back; after a week nobody waits for the word any more. */
const isStillNews = ({ ended }: Step, status: LoanStatus, planned: Day, today: Day): boolean =>
  (ended as readonly string[]).includes(status) && today < planned + 7;

/** The installment that the step was planned for is still the oldest one unpaid, if it had fallen due by that day. */
const plannedOn = (n: number, { on, steps }: PlannedAction): Day =>
  steps.find((step) => step.n === n)?.on ?? on;

/**
 * The loans of which the lender's steps go on, and for whom: one message speaks for one. A loan placed meanwhile is worked
 * by somebody else, unless its placement says that these steps go on.
 */
function workedHere(
  due: readonly StandingLoan[],
  { person }: Pending,
  today: Day,
): { readonly open: readonly StandingLoan[]; readonly agent: Placed | undefined } {
  if (!person) return { open: due, agent: undefined };
  const placed = due.map((standing) => ({ standing, placement: placementOn(person, standing.id, today) }));
  const going = placed
    .filter(({ placement }) => placement?.lenderSteps !== "pause")
    .map(({ standing, placement }) => ({
      standing,
      agent: placement?.lenderSteps === "as-agent" ? placement : undefined,
    }));
  const agent = going[0]?.agent;
  return {
    open: going.filter((one) => one.agent?.with === agent?.with).map(({ standing }) => standing),
    agent,
  };
}

/** What the creditor is; not known where the loans' products do not agree. */
function lenderKindOf(open: readonly StandingLoan[]): string | undefined {
  const kind = open[0]!.product.lenderKind;
  return open.every(({ product }) => product.lenderKind === kind) ? kind : undefined;
}

/** Holds of all covered loans together: one message must offend none of them. */
function holdsOf(open: readonly StandingLoan[], today: Day, via: Channel): Hold[] {
  return open.flatMap(({ loan, product }) =>
    via === "letter" ? holdsOn(loan, today) : holdsOnAsking(loan, product, today),
  );
}

function messageOf(
  pending: Pending,
  open: readonly StandingLoan[],
  agent: Placed | undefined,
  via: Channel,
  to: string,
  today: Day,
  words: WordsOf,
): Message {
  const { action, addressee } = pending;
  const sender = senderOf(addressee.lender, agent);
  const owed: Owed = isEnding(open, pending)
    ? nothingOwed(open, sender, today)
    : { ...owedBy(open, sender, today), ...promisedBy(open, pending, today) };
  const draft: Draft = {
    id: pending.id,
    via,
    to,
    language: addressee.language,
    what: action.what,
    loans: open.map(({ id }) => id),
    lender: addressee.lenderCode,
    ...(addressee.name === null ? {} : { name: addressee.name }),
    owed,
  };
  return { ...draft, text: words(draft) ?? textOf(addressee.language, owed) };
}

/** Who writes, and for whom. */
const senderOf = (lender: string, agent: Placed | undefined): string =>
  agent === undefined ? lender : `${agent.with} (${lender})`;

function owedBy(open: readonly StandingLoan[], lender: string, asOf: Day): Owed {
  let total = 0;
  let late = 0;
  let partDisputed = false;
  let dueOn: number = NEVER;
  let dpd = Number.NEGATIVE_INFINITY;
  for (const { loan, product } of open) {
    const asked = askableOn(loan, product, asOf);
    total += asked.sum;
    late += asked.lateInterest;
    partDisputed ||= asked.disputed > 0;
    dueOn = Math.min(dueOn, loan.dueOn);
    dpd = Math.max(dpd, daysFromDue(loan, product, asOf));
  }
  return {
    lender,
    currency: open[0]!.product.terms.currency,
    loans: open.length,
    dpd,
    dueOn: dueOn as Day,
    asOf,
    total: minor(total),
    lateInterest: minor(late),
    ...(partDisputed ? { partDisputed } : {}),
  };
}

const isEnding = (open: readonly StandingLoan[], pending: Pending): boolean =>
  plannedStep(open[0]!, pending)?.ended !== undefined;

/** Of loans that have ended. */
function nothingOwed(open: readonly StandingLoan[], lender: string, asOf: Day): Owed {
  const { loan, product } = open[0]!;
  const settled = open.some((one) => one.loan.status === "settled");
  return {
    lender,
    currency: product.terms.currency,
    loans: open.length,
    dpd: 0,
    dueOn: asOf,
    asOf,
    total: ZERO,
    lateInterest: ZERO,
    ended: {
      how: settled ? "settled" : "paid-off",
      principal: loan.principal,
      disbursedOn: loan.disbursedOn,
    },
  };
}

/** What was promised, where the message is the reminder of it; who will collect, or which offer lapsed, where it is the notice of that. */
function promisedBy(
  open: readonly StandingLoan[],
  { action }: Pending,
  today: Day,
): Pick<Owed, "promised" | "outsourcedTo" | "offerOver"> {
  for (const { loan, product } of open) {
    const key = action.steps.find(({ n }) => n === loan.n)?.step;
    const agency = key === undefined ? undefined : outsourcedTo(key);
    if (agency !== undefined) return { outsourcedTo: agency };
    if (key !== undefined && offerNoticeOf(key) && loan.extra?.lapsed)
      return { offerOver: loan.extra.lapsed.lastOn };
    const named = key === undefined ? undefined : reminderOf(key);
    const promise = named && openPromise(loan, product, today);
    const part = promise?.id === named?.id ? promise?.parts[named!.part] : undefined;
    if (part) return { promised: part };
  }
  return {};
}
