import {
  type Award,
  type Day,
  type Fact,
  isProceedingFact,
  type Procedure,
  type ProceedingEvent,
  type ProceedingKind,
  type ProceedingMoved,
  type ProceedingOpened,
  type ProceedingState,
  type ProceedingTakenBack,
} from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import { EVENT_WORDS, PROCEEDING_STATE_WORDS } from "./proceeding-words.ts";

/**
 * The life of a proceeding as data: for each way to court, from which state what may happen, under which guards, and what it makes of
 * it. Whoever records an event asks `mayProceed` first.
 */
export type ProceedingEventType = ProceedingEvent["type"];

/** An event by what it does to the state: some do different things by what they say. */
export type EventKey =
  | Exclude<
      ProceedingEventType,
      "served" | "objected" | "appeal-decided" | "jurisdiction-ruled" | "adjourned" | "ruled"
    >
  | "served-complaint"
  | "served-payment-order"
  | "served-judgment"
  | "served-ruling"
  | "served-appeal"
  | "objected"
  | "objected-in-vain"
  | "appeal-upheld"
  | "appeal-changed"
  | "appeal-remanded"
  | "appeal-withdrawn"
  | "transferred"
  | "jurisdiction-stays"
  | "adjourned"
  | "adjourned-to"
  | "not-accepted"
  | "dismissed";

export function eventKey(event: ProceedingEvent): EventKey {
  switch (event.type) {
    case "served":
      return `served-${event.paper}`;
    case "objected":
      return event.counts ? "objected" : "objected-in-vain";
    case "appeal-decided":
      return `appeal-${event.outcome}`;
    case "jurisdiction-ruled":
      return event.upheld ? "transferred" : "jurisdiction-stays";
    case "adjourned":
      return event.hearingOn === undefined ? "adjourned" : "adjourned-to";
    case "ruled":
      return event.ruling === "dismissal" ? "dismissed" : "not-accepted";
    default:
      return event.type;
  }
}

/** What has to hold at the moment of an event. Tested in this order; the first that fails is the refusal. */
export type ProceedingGuard =
  | "in-order"
  | "case-number"
  | "procedure"
  | "other-procedure"
  | "consent"
  | "no-public-notice"
  | "award"
  | "two-instances"
  | "appeal-over"
  | "objection-over"
  | "reason";

/** What is known at the moment of an event; what an event does not ask for is left out, and is then not there. */
export interface ProceedingMoment {
  /** It happened no earlier than what was recorded before it. */
  readonly inOrder?: boolean;
  /** The court's number has the form that such numbers have. */
  readonly caseNumber?: boolean;
  readonly procedure?: Procedure;
  /** The procedure as it is now. */
  readonly procedureNow?: Procedure;
  /** Not by electronic means, or he consented in one of the four forms. */
  readonly consent?: boolean;
  readonly publicNotice?: boolean;
  /** There are sums for each loan of the proceeding and for no other. */
  readonly award?: boolean;
  /** The time to appeal is over for both sides, or there is none. */
  readonly appealOver?: boolean;
  readonly objectionOver?: boolean;
  readonly reason?: string;
}

const GUARDS: Readonly<
  Record<ProceedingGuard, { readonly holds: (moment: ProceedingMoment) => boolean; readonly says: Words }>
> = {
  "in-order": {
    holds: ({ inOrder }) => inOrder === true,
    says: {
      en: "it would have happened before the last event that was recorded; check the day, or take that event back first",
      zh: "日期早于已登记的上一事件；请核对日期，或先撤回该事件",
    },
  },
  "case-number": {
    holds: ({ caseNumber }) => caseNumber === true,
    says: {
      en: "the case number does not have the form of a court's number, such as （2026）浙0106民初1234号; copy it from the notice",
      zh: "案号格式不符，应如（2026）浙0106民初1234号；请按通知书填写",
    },
  },
  procedure: {
    holds: ({ procedure }) => procedure !== undefined,
    says: {
      en: "say how the court hears it: --procedure ordinary, summary or small-claims",
      zh: "须注明适用程序：--procedure ordinary（普通）、summary（简易）或 small-claims（小额）",
    },
  },
  "other-procedure": {
    holds: ({ procedure, procedureNow }) => procedure !== undefined && procedure !== procedureNow,
    says: {
      en: "the case is heard in that procedure already",
      zh: "案件已适用该程序",
    },
  },
  consent: {
    holds: ({ consent }) => consent === true,
    says: {
      en: "service by electronic means needs consent in one of four forms: --consent express, agreed-before, address-given or acted-on",
      zh: "电子送达须经受送达人同意，请注明方式：--consent express（明示）、agreed-before（诉前约定）、address-given（主动提供地址）或 acted-on（以行为接受）",
    },
  },
  "no-public-notice": {
    holds: ({ publicNotice, procedureNow }) =>
      publicNotice !== true || procedureNow === undefined || procedureNow === "ordinary",
    says: {
      en: "nothing is served by public notice in summary or small-claims procedure, nor a payment order; record first that the case became an ordinary one",
      zh: "简易程序、小额诉讼及支付令不适用公告送达；请先登记转为普通程序",
    },
  },
  award: {
    holds: ({ award }) => award === true,
    says: {
      en: "give what it awards on each loan of the proceeding, and on no other: --sum LOAN=principal/interest/costs, and by when it has to be performed",
      zh: "须逐笔填写所判金额（仅限本案贷款）：--sum 贷款=本金/利息/费用，并注明履行期限",
    },
  },
  "two-instances": {
    holds: ({ procedureNow }) => procedureNow !== "small-claims",
    says: {
      en: "a small claim ends with its first judgment: there is no appeal",
      zh: "小额诉讼一审终审，不得上诉",
    },
  },
  "appeal-over": {
    holds: ({ appealOver }) => appealOver === true,
    says: {
      en: "the time to appeal is not over for both sides on that day; record on which day the judgment was served on each",
      zh: "该日双方上诉期尚未届满；请登记判决书送达双方的日期",
    },
  },
  "objection-over": {
    holds: ({ objectionOver }) => objectionOver === true,
    says: {
      en: "the fifteen days in which the debtor can pay or object are not over on that day",
      zh: "该日债务人清偿或异议的十五日期限尚未届满",
    },
  },
  reason: {
    holds: ({ reason }) => reason !== undefined && reason.trim() !== "",
    says: { en: "say why: --reason", zh: "须说明理由：--reason" },
  },
};
const GUARD_ORDER = Object.keys(GUARDS) as readonly ProceedingGuard[];

export interface ProceedingTransition {
  readonly way: ProceedingKind;
  readonly from: ProceedingState;
  readonly event: EventKey;
  readonly to: ProceedingState;
  readonly needs: readonly ProceedingGuard[];
}

type Row = readonly [
  from: readonly ProceedingState[],
  event: EventKey,
  to: ProceedingState | "stays",
  needs?: readonly ProceedingGuard[],
];

const HEARD: readonly ProceedingState[] = ["accepted", "served", "hearing", "heard"];
const SERVING: readonly ProceedingGuard[] = ["consent", "no-public-notice"];
const FEES: readonly EventKey[] = ["fee-noticed", "fee-paid", "fee-refunded"];
const PERIODS: readonly EventKey[] = ["period-set", "period-kept"];
const each = (from: readonly ProceedingState[], events: readonly EventKey[]): Row[] =>
  events.map((event): Row => [from, event, "stays"]);

const SUIT: readonly Row[] = [
  [["prepared"], "preserved", "stays"],
  [["prepared"], "filed", "filed"],
  [["filed"], "accepted", "accepted", ["case-number", "procedure"]],
  [["filed"], "not-accepted", "ruled"],
  [["accepted"], "served-complaint", "served", SERVING],
  [["served", "hearing", "heard"], "served-complaint", "stays", SERVING],
  [["served", "hearing", "heard"], "answered", "stays"],
  [HEARD, "jurisdiction-objected", "stays"],
  [HEARD, "jurisdiction-stays", "stays"],
  [HEARD, "served-ruling", "stays", SERVING],
  [HEARD, "transferred", "filed"],
  [HEARD, "converted", "stays", ["other-procedure"]],
  [[...HEARD, "appealed"], "extended", "stays"],
  [HEARD, "hearing-set", "hearing"],
  [["appealed"], "hearing-set", "stays"],
  [["appealed"], "heard", "stays"],
  [["hearing"], "adjourned", "served", ["reason"]],
  [["hearing"], "adjourned-to", "hearing", ["reason"]],
  [["hearing"], "heard", "heard"],
  [["filed", ...HEARD, "appealed"], "mediated", "mediated", ["award"]],
  [["filed", ...HEARD], "mediation-failed", "stays"],
  [["mediated"], "mediation-failed", "served"],
  [["mediated"], "effective", "effective", ["award"]],
  [["filed", ...HEARD], "withdrawn", "ended", ["reason"]],
  [HEARD, "dismissed", "ruled"],
  [HEARD, "judgment", "judged", ["award"]],
  [HEARD, "claim-dismissed", "judged"],
  [["ruled"], "served-ruling", "stays", SERVING],
  [["ruled"], "appealed", "ruling-appealed", ["two-instances"]],
  [["ruling-appealed"], "appeal-accepted", "stays", ["case-number"]],
  [["ruling-appealed"], "appeal-upheld", "ended"],
  [["ruling-appealed"], "appeal-withdrawn", "ended"],
  [["ruling-appealed"], "appeal-changed", "filed"],
  [["ruling-appealed"], "appeal-remanded", "filed"],
  [["judged"], "served-judgment", "stays", SERVING],
  [["judged"], "appealed", "appealed", ["two-instances"]],
  [["judged"], "effective", "effective", ["award", "appeal-over"]],
  [["appealed"], "appealed", "stays"],
  [["appealed"], "served-appeal", "stays", ["consent"]],
  [["appealed"], "answered", "stays"],
  [["appealed"], "appeal-accepted", "stays", ["case-number"]],
  [["appealed"], "appeal-upheld", "final"],
  [["appealed"], "appeal-withdrawn", "final"],
  [["appealed"], "appeal-changed", "final", ["award"]],
  [["appealed"], "appeal-remanded", "filed"],
  [["final"], "served-judgment", "stays", ["consent"]],
  [["final"], "effective", "effective", ["award", "appeal-over"]],
  [["effective"], "enforcement-applied", "stays"],
  [["effective"], "performed", "performed"],
  [["prepared", "ruled", "judged", "mediated", "final", "effective"], "ended", "ended", ["reason"]],
  ...each(["filed", ...HEARD, "judged", "appealed", "ruled", "effective", "performed", "ended"], FEES),
  ...each([...HEARD, "appealed"], PERIODS),
];

const PAYMENT_ORDER: readonly Row[] = [
  [["prepared"], "filed", "filed"],
  [["filed"], "accepted", "accepted", ["case-number"]],
  [["filed"], "not-accepted", "ended"],
  [["accepted"], "dismissed", "ended"],
  [["accepted"], "issued", "issued", ["award"]],
  [["issued"], "served-payment-order", "served", SERVING],
  [["issued", "served", "objected"], "voided", "void"],
  [["filed", "accepted", "issued"], "withdrawn", "ended", ["reason"]],
  [["served"], "objected", "objected"],
  [["served", "objected"], "objected-in-vain", "stays"],
  [["objected"], "objection-dismissed", "served"],
  [["served"], "effective", "effective", ["award", "objection-over"]],
  [["effective"], "enforcement-applied", "stays"],
  [["issued", "served", "effective"], "performed", "performed"],
  [["void"], "suit-refused", "ended"],
  [["void"], "became-suit", "ended"],
  [["prepared", "void", "effective"], "ended", "ended", ["reason"]],
  ...each(["filed", "accepted", "issued", "served", "void", "ended"], FEES),
  ...each(["accepted", "issued"], PERIODS),
];

const MEDIATION: readonly Row[] = [
  [["prepared"], "filed", "filed"],
  [["filed", "confirming"], "accepted", "stays", ["case-number"]],
  [["filed"], "agreed", "agreed", ["award"]],
  [["filed"], "mediation-failed", "ended"],
  [["filed"], "withdrawn", "ended", ["reason"]],
  [["agreed"], "confirmation-applied", "confirming"],
  [["confirming"], "confirmed", "final"],
  [["confirming"], "confirmation-refused", "agreed"],
  [["final"], "effective", "effective", ["award"]],
  [["effective"], "enforcement-applied", "stays"],
  [["agreed", "confirming", "final", "effective"], "performed", "performed"],
  [["prepared", "agreed", "final", "effective"], "ended", "ended", ["reason"]],
  ...each(["filed", "agreed", "confirming"], PERIODS),
];

const unfolded = (way: ProceedingKind, rows: readonly Row[]): ProceedingTransition[] =>
  rows.flatMap(([states, event, to, needs = []]) =>
    states.map((from) => ({
      way,
      from,
      event,
      to: to === "stays" ? from : to,
      needs: ["in-order", ...needs],
    })),
  );

/** Everything that can happen in a proceeding; what is not here is refused. */
export const PROCEEDING_TRANSITIONS: readonly ProceedingTransition[] = [
  ...unfolded("suit", SUIT),
  ...unfolded("payment-order", PAYMENT_ORDER),
  ...unfolded("mediation", MEDIATION),
];
const TABLE = new Map(PROCEEDING_TRANSITIONS.map((one) => [`${one.way} ${one.from} ${one.event}`, one]));

/** An expected "no", in both languages. */
export interface ProceedingRefusal {
  readonly code: string;
  readonly says: Words;
}

/**
 * May this happen in a proceeding in this state, with what is known?
 *
 * Gives   the state after it, or the refusal: `proceeding-STATE` where the event has no place there, `proceeding-no-GUARD` for the first guard
 *         that does not hold.
 * Holds   total: every way, state and event has an answer.
 */
export function mayProceed(
  way: ProceedingKind,
  from: ProceedingState,
  event: EventKey,
  moment: ProceedingMoment,
):
  | { readonly ok: true; readonly to: ProceedingState }
  | { readonly ok: false; readonly refusal: ProceedingRefusal } {
  const transition = TABLE.get(`${way} ${from} ${event}`);
  if (!transition) return { ok: false, refusal: outOfPlace(way, from, event) };
  const failed = GUARD_ORDER.find(
    (guard) => transition.needs.includes(guard) && !GUARDS[guard].holds(moment),
  );
  return failed
    ? { ok: false, refusal: { code: `proceeding-no-${failed}`, says: GUARDS[failed].says } }
    : { ok: true, to: transition.to };
}

/** What can follow in a state, in the order of the table. */
export const mayFollow = (way: ProceedingKind, from: ProceedingState): readonly EventKey[] =>
  PROCEEDING_TRANSITIONS.filter((one) => one.way === way && one.from === from).map(({ event }) => event);

function outOfPlace(way: ProceedingKind, from: ProceedingState, event: EventKey): ProceedingRefusal {
  const may = mayFollow(way, from);
  const list = (language: "en" | "zh"): string =>
    may.map((one) => EVENT_WORDS[one][language]).join(language === "zh" ? "、" : ", ");
  const state = PROCEEDING_STATE_WORDS[from];
  const wish = EVENT_WORDS[event];
  return {
    code: `proceeding-${from}`,
    says: {
      en: `the proceeding ${state.en}, and "${wish.en}" has no place there; ${may.length === 0 ? "nothing follows any more" : `what can follow: ${list("en")}`}`,
      zh: `程序状态为“${state.zh}”，不能登记“${wish.zh}”；${may.length === 0 ? "此后不再变动" : `可登记：${list("zh")}`}`,
    },
  };
}

// --- from the journal ------------------------------------------------------------------------------------------------

/** A proceeding as its facts tell it. */
export interface ProceedingLife {
  readonly id: string;
  readonly opened: ProceedingOpened;
  readonly way: ProceedingKind;
  readonly state: ProceedingState;
  readonly court: string;
  readonly debts: readonly string[];
  readonly procedure?: Procedure;
  readonly caseNumber?: string;
  /** The second instance's own number. */
  readonly appealNumber?: string;
  /** What stands of an award: the judgment's, the order's, the agreement's, as an appeal left it. */
  readonly award?: Award;
  readonly effectiveOn?: Day;
  readonly performBy?: Day;
  /** The day on which it came into its state: nothing later can have happened before. */
  readonly since: Day;
  /** What happened and was not taken back, in order. */
  readonly events: readonly ProceedingMoved[];
  readonly takenBack: readonly ProceedingTakenBack[];
  /** How many facts there are of it: what its days are numbered by. */
  readonly facts: number;
}

/** States in which nothing more is waited for. */
export const isOverState = (state: ProceedingState): boolean => state === "ended" || state === "performed";

/** The proceedings that a borrower's journal holds, by id, in the order in which they were opened. */
export function proceedingsOf(facts: readonly Fact[]): ReadonlyMap<string, ProceedingLife> {
  const lives = new Map<string, ProceedingLife>();
  for (const fact of facts) {
    if (!isProceedingFact(fact)) continue;
    if (fact.kind === "ProceedingOpened") {
      lives.set(fact.id, openedLife(fact));
      continue;
    }
    const before = lives.get(fact.id);
    if (!before) continue;
    lives.set(fact.id, fact.kind === "ProceedingMoved" ? movedLife(before, fact) : takenBack(before, fact));
  }
  return lives;
}

const openedLife = (opened: ProceedingOpened): ProceedingLife => ({
  id: opened.id,
  opened,
  way: opened.way,
  state: "prepared",
  since: opened.dated,
  court: opened.court,
  debts: opened.debts,
  ...(opened.procedure === undefined ? {} : { procedure: opened.procedure }),
  events: [],
  takenBack: [],
  facts: 1,
});

/** The proceeding after one more event, which `mayProceed` allowed. */
export function movedLife(life: ProceedingLife, fact: ProceedingMoved): ProceedingLife {
  const { what, dated } = fact;
  const row = TABLE.get(`${life.way} ${life.state} ${eventKey(what)}`);
  const next = {
    ...life,
    state: row?.to ?? life.state,
    since: row && row.to !== life.state ? dated : life.since,
    events: [...life.events, fact],
    facts: life.facts + 1,
  };
  switch (what.type) {
    case "accepted":
      return {
        ...next,
        caseNumber: what.caseNumber,
        ...(what.procedure === undefined ? {} : { procedure: what.procedure }),
      };
    case "converted":
      return { ...next, procedure: what.procedure };
    case "jurisdiction-ruled":
      return what.upheld && what.court !== undefined ? { ...next, court: what.court } : next;
    case "appeal-accepted":
      return { ...next, appealNumber: what.caseNumber };
    case "mediated":
    case "judgment":
    case "issued":
    case "agreed":
      return { ...next, award: awardOf(what) };
    case "claim-dismissed":
    case "mediation-failed":
      return withoutAward(next);
    case "appeal-decided":
      if (what.outcome === "remanded") return withoutAward(next);
      return what.award ? { ...next, award: what.award } : next;
    case "effective":
      return { ...next, effectiveOn: dated, performBy: what.performBy };
    default:
      return next;
  }
}

const withoutAward = ({ award: _, ...life }: ProceedingLife): ProceedingLife => life;

const awardOf = ({ sums, countedTo, performBy, performDays }: Award): Award => ({
  sums,
  countedTo,
  ...(performBy === undefined ? {} : { performBy }),
  ...(performDays === undefined ? {} : { performDays }),
});

/** The proceeding as if the event, which is the last one, had never been recorded. */
function takenBack(life: ProceedingLife, fact: ProceedingTakenBack): ProceedingLife {
  const events = life.events.filter(({ event }) => event !== fact.event);
  const again = events.reduce(movedLife, openedLife(life.opened));
  return { ...again, takenBack: [...life.takenBack, fact], facts: life.facts + 1 };
}
