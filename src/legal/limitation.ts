import {
  addDays,
  addMonths,
  type Day,
  formatDay,
  isPublished,
  ok,
  type Result,
  refuse,
  type WorkCalendar,
} from "../core/index.ts";
import { lastDay } from "./deadline.ts";
import type { Source } from "./source.ts";

/** What one has to show for an event, from the best to the worst. `failed`: it is known not to have arrived. */
export type Proof =
  | "signed"
  | "delivered"
  | "read"
  | "recorded"
  | "written"
  | "booked"
  | "published"
  | "filed"
  | "delivered-elsewhere"
  | "sent"
  | "refused"
  | "returned"
  | "words"
  | "withdrawn"
  | "none"
  | "failed";
export const PROOFS: readonly Proof[] = [
  "signed",
  "delivered",
  "read",
  "recorded",
  "written",
  "booked",
  "published",
  "filed",
  "delivered-elsewhere",
  "sent",
  "refused",
  "returned",
  "words",
  "withdrawn",
  "none",
  "failed",
];

const ARRIVING = [
  "signed",
  "delivered",
  "read",
  "recorded",
  "delivered-elsewhere",
  "sent",
  "refused",
  "returned",
  "words",
  "failed",
  "none",
] as const;
const SAYING = ["signed", "written", "recorded", "words", "none"] as const;
const FILING = ["filed", "withdrawn", "words", "none"] as const;
const BOOKING = ["booked", "recorded", "words", "none"] as const;

/** Each kind of event that can restart limitation, and what can prove it. */
export const PROOFS_OF = {
  "demand-in-person": ARRIVING,
  letter: ARRIVING,
  message: ARRIVING,
  call: ["recorded", "words", "failed", "none"],
  debit: BOOKING,
  "public-notice": ["published", "none"],
  "assignment-notice": ARRIVING,
  "installment-plan": SAYING,
  "part-payment": BOOKING,
  security: SAYING,
  "extension-request": SAYING,
  promise: SAYING,
  acknowledgment: SAYING,
  suit: FILING,
  arbitration: FILING,
  "payment-order": FILING,
  "insolvency-claim": FILING,
  "missing-or-dead": FILING,
  "pre-suit-measure": FILING,
  enforcement: FILING,
  joinder: FILING,
  "set-off": FILING,
  mediation: FILING,
  "police-report": FILING,
} as const satisfies Record<string, readonly Proof[]>;

export type RestartKind = keyof typeof PROOFS_OF;
export const RESTART_KINDS = Object.keys(PROOFS_OF) as readonly RestartKind[];

/** A demand; the debtor's agreement; his bare admission, which may be one; what runs before a court or an authority. */
export type RestartClass = "demand" | "agreement" | "admission" | "proceedings";

export type ObstacleKind = "force-majeure" | "no-representative" | "no-heir" | "controlled" | "other";
export const OBSTACLE_KINDS: readonly ObstacleKind[] = [
  "force-majeure",
  "no-representative",
  "no-heir",
  "controlled",
  "other",
];

/** Of an obstacle: papers that show it, or somebody's word. */
export const OBSTACLE_PROOFS = ["recorded", "words", "none"] as const satisfies readonly Proof[];
export type ObstacleProof = (typeof OBSTACLE_PROOFS)[number];

interface Happened {
  readonly on: Day;
  /** What it is called where it is kept: the id of a payment, a letter, an action. Goes with the reason, and decides nothing. */
  readonly ref?: string;
}

export interface Restart extends Happened {
  readonly kind: RestartKind;
  readonly proof: Proof;
  /** Of proceedings: the day they ended. Absent while they run. */
  readonly endedOn?: Day;
  /** Only a part was claimed, and the rest was given up in words: the rest is not restarted. */
  readonly restGivenUp?: boolean;
}

export interface Obstacle extends Happened {
  readonly kind: "obstacle";
  readonly of: ObstacleKind;
  readonly proof: ObstacleProof;
  /** The day on which it went away; absent while it lasts. */
  readonly until?: Day;
}

/** The whole debt is made due, so that no installment is waited for. */
export interface Acceleration extends Happened {
  readonly kind: "acceleration";
}

/** A judgment on the debt: from then on the time to apply for its enforcement runs. */
export interface Judged extends Happened {
  readonly kind: "judgment";
  /** Last day to perform. */
  readonly performBy: Day;
}

export type LimitationEvent = Restart | Obstacle | Acceleration | Judged;

/** A debt for which time runs. */
export interface LimitedDebt {
  /** Each day on which a part of it falls due, as agreed last. */
  readonly dueOn: readonly Day[];
  /** The same by the plan that can be proved, where that is another: the worst case begins by it if it ends sooner. */
  readonly provenDueOn?: readonly Day[];
  /** Of a credit card, what is sent to the address on file counts when it is sent. */
  readonly card: boolean;
  readonly events: readonly LimitationEvent[];
}

/** The law of a place on limitation; a pack gives it for the day asked about. */
export interface LimitationRule {
  /** Length of a period that begins on a day; absent before the first text that was read. */
  readonly period: (beginsOn: Day) => { readonly years: number; readonly source: Source } | undefined;
  readonly firstDay: string;
  readonly longStop: { readonly years: number; readonly source: Source };
  readonly suspension: { readonly lastMonths: number; readonly restMonths: number; readonly source: Source };
  readonly enforcement?: { readonly years: number; readonly source: Source };
  readonly guarantee: { readonly months: number; readonly source: Source };
  readonly calendar: WorkCalendar;
  readonly restarts: Readonly<Record<RestartKind, { readonly as: RestartClass; readonly source: Source }>>;
  readonly obstacles: Readonly<Record<ObstacleKind, Source>>;
  /** Of a card: an agreed debit, sending to what is on file, a report to the police. Absent before its text. */
  readonly card?: { readonly debit: Source; readonly sent: Source; readonly report: Source };
  readonly proofs: { readonly grade: Readonly<Record<Proof, ProofGrade>>; readonly source: Source };
  readonly sources: {
    readonly start: Source;
    readonly installments: Source;
    readonly lastDayOff: Source;
    readonly rest: Source;
    readonly part: Source;
    readonly defence: Source;
    readonly paidAfter: Source;
    readonly agreedAfter: Source;
    readonly newAgreement: Source;
    readonly signedDemand: Source;
  };
}

/** `holds` counts always; `doubtful` not in the worst case; `nothing` never. */
export type ProofGrade = "holds" | "doubtful" | "nothing";

/**
 * `not-started`: nothing has to be enforced yet. `interrupted`: proceedings run, and time with them not. `waived`: it had
 * run out, and the debtor agreed to perform all the same. `expired` gives him a defence and takes no debt away.
 */
export type LimitationState = "not-started" | "running" | "suspended" | "interrupted" | "expired" | "waived";

export type LimitationEffect =
  | "starts"
  | "restarts"
  | "interrupts"
  | "suspends"
  | "enforcement"
  | "next-working-day"
  | "calendar-unknown"
  | "long-stop"
  | "waives"
  | "superseded"
  | "too-late"
  | "outside-window"
  | "rest-given-up"
  | "defence"
  | "failed"
  | "not-yet";

/** One step of the reckoning, with the words that carry it. */
export interface LimitationReason {
  readonly on: Day;
  readonly what: RestartKind | "due" | "obstacle" | "acceleration" | "judgment" | "end";
  readonly effect: LimitationEffect;
  /** `worst`: in the worst case too. `usual`: not there. `nowhere`: it moves nothing. */
  readonly counts: "worst" | "usual" | "nowhere";
  readonly proof?: Proof;
  readonly ref?: string;
  /** The end as it stands after this step; absent while it has none. */
  readonly endsOn?: Day;
  readonly source: Source;
}

/** What a letter's checks need to know. */
export interface LimitationSummary {
  /** Last day of the period; absent while proceedings or an obstacle last. */
  readonly expiresOn: Day | undefined;
  /** The same with nothing counted that is not proved, and no day won by a calendar that is not published. */
  readonly worstOn: Day;
  readonly state: LimitationState;
}

export interface Limitation extends LimitationSummary {
  readonly worstState: LimitationState;
  /** What time runs for: the claim, or after a judgment its enforcement. */
  readonly of: "claim" | "enforcement";
  /** The day whose morrow is the first that counts, before any restart. */
  readonly startsOn: Day;
  readonly longStopOn: Day;
  readonly because: readonly LimitationReason[];
}

/**
 * When the time to claim a debt runs out, and in the worst case.
 *
 * Takes   the debt with what happened to it, in any order; the day asked about: what lies after it has not happened.
 * Gives   both ends, the state on that day, and each step with its proof and its source.
 * Refuses `no-due-day`: a debt that never falls due; `no-text-read`: a period that begins before the first text.
 * Holds   worst <= usual end; an event that restarts brings neither nearer; leaving proofs out moves no worst case later.
 * Source  the pack's parameters `limitation.*`.
 */
export function limitation(debt: LimitedDebt, rule: LimitationRule, asOf: Day): Result<Limitation> {
  if (debt.dueOn.length === 0)
    return refuse("no-due-day", "expected at least one day on which it falls due", "dueOn");
  const events = [...debt.events].sort(byDay);
  const due = Math.max(...debt.dueOn) as Day;
  const accelerated = events.find(({ kind, on }) => kind === "acceleration" && on <= asOf && on < due);
  const startsOn = accelerated?.on ?? due;
  const proven = Math.min(
    startsOn,
    ...(debt.provenDueOn?.length ? [Math.max(...debt.provenDueOn)] : []),
  ) as Day;
  if (rule.period(proven) === undefined)
    return refuse(
      "no-text-read",
      `the period begins on ${formatDay(proven)}; no text before ${rule.firstDay} was read`,
      "dueOn",
    );
  const single = debt.dueOn.length === 1 || accelerated !== undefined;
  const begins: LimitationReason = {
    on: startsOn,
    what: accelerated ? "acceleration" : "due",
    effect: "starts",
    counts: "worst",
    source: single ? rule.sources.start : rule.sources.installments,
    ...(accelerated?.ref === undefined ? {} : { ref: accelerated.ref }),
  };
  const usual = reckon({ debt, events, rule, startsOn, asOf, worst: false });
  const worst = reckon({ debt, events, rule, startsOn: proven, asOf, worst: true });
  return ok({
    expiresOn: usual.endsOn,
    worstOn: worst.endsOn!,
    state: stateOn(usual, asOf),
    worstState: stateOn(worst, asOf),
    of: usual.of,
    startsOn,
    longStopOn: usual.longStopOn,
    because: [{ ...begins, endsOn: usual.firstEnd }, ...both(usual.reasons, worst.reasons)],
  });
}

/** One order for the same events however they came. */
const byDay = (a: LimitationEvent, b: LimitationEvent): number =>
  a.on - b.on ||
  (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) ||
  compared(JSON.stringify(a), JSON.stringify(b));
const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Reckoning {
  readonly debt: LimitedDebt;
  readonly events: readonly LimitationEvent[];
  readonly rule: LimitationRule;
  readonly startsOn: Day;
  readonly asOf: Day;
  readonly worst: boolean;
}

type ReasonKey = LimitationEvent | "end" | "long-stop" | "defence";

interface Reckoned {
  readonly endsOn: Day | undefined;
  readonly firstEnd: Day;
  readonly longStopOn: Day;
  readonly of: "claim" | "enforcement";
  /** The day before the first that counts: of the claim, or of its enforcement. */
  readonly beginsOn: Day;
  readonly stops: "proceedings" | "obstacle" | undefined;
  readonly waived: boolean;
  readonly reasons: ReadonlyMap<ReasonKey, LimitationReason>;
}

function stateOn({ endsOn, stops, waived, beginsOn }: Reckoned, asOf: Day): LimitationState {
  if (waived) return "waived";
  if (stops === "proceedings") return "interrupted";
  if (endsOn !== undefined && asOf > endsOn) return "expired";
  if (asOf <= beginsOn) return "not-started";
  return stops === "obstacle" ? "suspended" : "running";
}

/** A walk along the events: each either lies in the period as it stands then and moves its end, or comes too late. */
function reckon(asked: Reckoning): Reckoned {
  const { events, rule, startsOn, asOf, worst } = asked;
  const reasons = new Map<ReasonKey, LimitationReason>();
  const longStopOn = lastDay(addMonths(startsOn, rule.longStop.years * 12, "clamp"), rule.calendar, worst);
  const period = rule.period(startsOn)!;
  let span: Span = { base: startsOn, months: period.years * 12, of: "claim", longStopOn };
  let [pending, waived] = [false, false];
  let beginsOn = startsOn;
  const firstEnd = endOf(span, asked).endsOn ?? startsOn;
  const note = (
    event: LimitationEvent,
    reason: Pick<LimitationReason, "effect" | "source"> & Partial<LimitationReason>,
  ): void => {
    const { on, kind: what, ref } = event;
    const proof = "proof" in event ? { proof: event.proof } : {};
    reasons.set(event, {
      on,
      what,
      counts: "nowhere",
      ...proof,
      ...(ref === undefined ? {} : { ref }),
      ...reason,
    });
  };
  for (const event of events) {
    if (event.kind === "acceleration" || event.kind === "obstacle") continue;
    if (event.kind === "judgment") {
      if (event.on > asOf || !rule.enforcement) continue;
      const { years, source } = rule.enforcement;
      span = { base: event.performBy, months: years * 12, of: "enforcement", longStopOn };
      [pending, waived] = [false, false];
      beginsOn = event.performBy;
      note(event, { effect: "enforcement", counts: "worst", source, endsOn: endOf(span, asked).endsOn! });
      continue;
    }
    const { as, source } = sourceOf(event, asked);
    const grade = gradeOf(event, as, asked);
    if (event.on > asOf) {
      note(event, { effect: "not-yet", source });
      continue;
    }
    if (grade === "nothing") {
      note(event, { effect: "failed", source });
      continue;
    }
    if (grade === "doubtful" && worst) continue;
    const now = endOf(span, asked);
    if (pending || (event.on <= span.base && restartDay(event, asOf) === event.on)) {
      note(event, { effect: "superseded", source });
    } else if (now.endsOn !== undefined && event.on > now.endsOn) {
      const waives = waiver(event, as, rule);
      if (waives && !(waives.doubtful && worst)) {
        waived = true;
        note(event, { effect: "waives", counts: "usual", source: waives.source, endsOn: now.endsOn });
      } else note(event, { effect: "too-late", source });
    } else if (event.restGivenUp) {
      note(event, { effect: "rest-given-up", source: rule.sources.part });
    } else {
      const from = as === "proceedings" ? restartDay(event, asOf) : event.on;
      // In the worst case what runs before a court is withdrawn in the end, and has interrupted once.
      pending = from === undefined && !worst;
      span = restarted(span, Math.max(span.base, from ?? event.on) as Day, rule);
      const { endsOn } = endOf(span, asked);
      const ends = pending || endsOn === undefined ? {} : { endsOn };
      note(event, { effect: pending ? "interrupts" : "restarts", counts: "usual", source, ...ends });
    }
  }
  const last = endOf(span, asked);
  for (const [obstacle, reason] of last.obstacles) note(obstacle, reason);
  for (const [key, reason] of last.moves) reasons.set(key, reason);
  if (!pending && last.endsOn !== undefined && asOf > last.endsOn)
    reasons.set("defence", {
      on: addDays(last.endsOn, 1),
      what: "end",
      effect: "defence",
      counts: "usual",
      source: rule.sources.defence,
    });
  return {
    endsOn: pending ? undefined : last.endsOn,
    firstEnd,
    longStopOn,
    of: span.of,
    beginsOn,
    stops: pending ? "proceedings" : last.suspended ? "obstacle" : undefined,
    waived,
    reasons,
  };
}

/** A period that runs: from which day, how long, and for what. */
interface Span {
  readonly base: Day;
  readonly months: number;
  readonly of: "claim" | "enforcement";
  readonly longStopOn: Day;
}

const restarted = (span: Span, base: Day, rule: LimitationRule): Span =>
  span.of === "enforcement" ? { ...span, base } : { ...span, base, months: rule.period(base)!.years * 12 };

/** The day from which the period runs anew: of proceedings the day they ended; absent while they run. */
const restartDay = ({ on, kind, endedOn }: Restart, asOf: Day): Day | undefined =>
  PROOFS_OF[kind] !== FILING ? on : endedOn !== undefined && endedOn <= asOf ? endedOn : undefined;

interface SpanEnd {
  /** Absent while an obstacle lasts that has no end. */
  readonly endsOn: Day | undefined;
  readonly suspended: boolean;
  readonly obstacles: ReadonlyMap<Obstacle, Pick<LimitationReason, "effect" | "source" | "counts">>;
  readonly moves: ReadonlyMap<"end" | "long-stop", LimitationReason>;
}

/** The end of a period with its obstacles: each that stands in its last months moves it, and may let the next one count. */
function endOf({ base, months, of, longStopOn }: Span, { events, rule, asOf, worst }: Reckoning): SpanEnd {
  const { lastMonths, restMonths, source } = rule.suspension;
  const natural = addMonths(base, months, "clamp");
  const window = addMonths(natural, -lastMonths, "clamp");
  const obstacles = new Map<Obstacle, Pick<LimitationReason, "effect" | "source" | "counts">>();
  const moves = new Map<"end" | "long-stop", LimitationReason>();
  let unmoved = natural;
  let endsOn: Day | undefined = lastDay(natural, rule.calendar, worst);
  let suspended = false;
  for (const event of events) {
    if (event.kind !== "obstacle" || event.on > asOf) continue;
    const cite = rule.obstacles[event.of];
    if (worst && rule.proofs.grade[event.proof] !== "holds") continue;
    const until = event.until !== undefined && event.until <= asOf ? event.until : undefined;
    if (endsOn === undefined || event.on > endsOn || (until !== undefined && until <= window)) {
      obstacles.set(event, { effect: "outside-window", source, counts: "nowhere" });
      continue;
    }
    if (until === undefined) {
      // It may be gone tomorrow, or not be found to be one: in the worst case it has stopped nothing.
      if (asOf <= window || worst) continue;
      suspended = true;
      endsOn = undefined;
      obstacles.set(event, { effect: "suspends", source: cite, counts: "usual" });
      continue;
    }
    const after = addMonths(until, restMonths, "clamp");
    if (after > unmoved) unmoved = after;
    endsOn = lastDay(unmoved, rule.calendar, worst);
    obstacles.set(event, { effect: "suspends", source: cite, counts: "usual" });
  }
  if (endsOn === undefined) return { endsOn, suspended, obstacles, moves };
  if (of === "claim" && endsOn > longStopOn) {
    moves.set("long-stop", {
      on: longStopOn,
      what: "end",
      effect: "long-stop",
      counts: "usual",
      endsOn: longStopOn,
      source: rule.longStop.source,
    });
    return { endsOn: longStopOn, suspended, obstacles, moves };
  }
  const known = isPublished(rule.calendar, unmoved);
  if (endsOn !== unmoved || !known)
    moves.set("end", {
      on: unmoved,
      what: "end",
      effect: known ? "next-working-day" : "calendar-unknown",
      counts: "usual",
      endsOn,
      source: rule.sources.lastDayOff,
    });
  return { endsOn, suspended, obstacles, moves };
}

/** Where an event's effect stands; a card has words of its own for some. */
function sourceOf(
  { kind, proof }: Restart,
  { debt, rule }: Reckoning,
): { readonly as: RestartClass; readonly source: Source } {
  const { as, source } = rule.restarts[kind];
  const { card } = rule;
  if (!debt.card || !card) return { as, source };
  if (kind === "debit") return { as, source: card.debit };
  if (kind === "police-report") return { as, source: card.report };
  return proof === "sent" && isSending(kind) ? { as, source: card.sent } : { as, source };
}

const isSending = (kind: RestartKind): boolean => kind === "letter" || kind === "message";

function gradeOf({ kind, proof }: Restart, as: RestartClass, { debt, rule }: Reckoning): ProofGrade {
  if (debt.card && rule.card && proof === "sent" && isSending(kind)) return "holds";
  const grade = rule.proofs.grade[proof];
  return as === "admission" && grade === "holds" ? "doubtful" : grade;
}

/** After the end: what gives the defence away. A part paid shows no will to pay the rest; a signature has to be read by a court. */
function waiver(
  { kind, proof }: Restart,
  as: RestartClass,
  { sources }: LimitationRule,
): { readonly doubtful: boolean; readonly source: Source } | undefined {
  if (kind === "demand-in-person" && proof === "signed")
    return { doubtful: true, source: sources.signedDemand };
  if (kind === "part-payment") return { doubtful: true, source: sources.paidAfter };
  if (kind === "installment-plan" && proof === "signed")
    return { doubtful: false, source: sources.newAgreement };
  if (as === "agreement") return { doubtful: false, source: sources.agreedAfter };
  return as === "admission" ? { doubtful: true, source: sources.agreedAfter } : undefined;
}

/** What moves the usual end, and whether it moves the worst one too. */
function both(usual: Reckoned["reasons"], worst: Reckoned["reasons"]): LimitationReason[] {
  const merged = [...usual].map(([key, reason]) => {
    const there = worst.get(key);
    const counts = there?.counts === "usual" ? "worst" : reason.counts;
    return { ...reason, counts } as const;
  });
  const place = ({ what }: LimitationReason): number => (what === "end" ? 1 : 0);
  return merged.sort((a, b) => place(a) - place(b) || a.on - b.on);
}

/**
 * Last day of a guarantee's period where nothing else is agreed. It is neither suspended nor interrupted.
 *
 * Takes   the day on which the principal debt falls due.
 * Gives   the last day, and in the worst case.
 */
export function guaranteeEnd(
  dueOn: Day,
  { guarantee, calendar }: LimitationRule,
): { readonly endsOn: Day; readonly worstOn: Day; readonly source: Source } {
  const natural = addMonths(dueOn, guarantee.months, "clamp");
  return {
    endsOn: lastDay(natural, calendar, false),
    worstOn: lastDay(natural, calendar, true),
    source: guarantee.source,
  };
}
