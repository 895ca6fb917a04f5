import type {
  Day,
  EnforcementFact,
  EnforcementState,
  ListMove,
  ListMoved,
  ListName,
  ListState,
  Minor,
} from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import type { EnforcementLife } from "./enforcement-life.ts";

/**
 * The life of an enforcement as data: from which states what may happen, under which guards, by when, and where that stands.
 * A guard is asked of what we do and of what could not have happened; what a court did is recorded even where it departs from
 * the text, and `remarksOn` says that it does.
 */
export type EnforcementEvent = Exclude<EnforcementFact["kind"], "EnforcementReversed" | "ListMoved">;
export type EnforcementFrom = EnforcementState | "none";

export type EnforcementGuard =
  | "judgment-due"
  | "owed"
  | "number"
  | "measure"
  | "measure-open"
  | "living-costs"
  | "parts"
  | "missed"
  | "assets"
  | "paid"
  | "settlement-paid"
  | "reason";

/** What is known at the moment of an event. What an event does not ask for is left out. */
export interface EnforcementMoment {
  /** The judgment's last day to perform is over. */
  readonly judgmentDue?: boolean;
  /** Something of the judgment is still owed. */
  readonly owed?: boolean;
  readonly number?: string;
  /** The measure is known, and open. */
  readonly measure?: boolean;
  readonly measureOpen?: boolean;
  /** What it leaves to live on is said, or it takes no income. */
  readonly livingCosts?: boolean;
  readonly parts?: boolean;
  /** A day of the settlement is over, and less than was agreed by it was paid. */
  readonly missed?: boolean;
  readonly assets?: string;
  /** Nothing of the judgment and of the doubled part is owed. */
  readonly paid?: boolean;
  readonly settlementPaid?: boolean;
  readonly reason?: string;
}

interface Guarded {
  readonly holds: (moment: EnforcementMoment) => boolean;
  readonly says: Words;
}

const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== "";

/** In the order in which they are tested. */
const GUARDS: Readonly<Record<EnforcementGuard, Guarded>> = {
  "judgment-due": {
    holds: ({ judgmentDue }) => judgmentDue === true,
    says: {
      en: "the judgment's last day to perform is not over yet; ask again the day after it",
      zh: "生效法律文书确定的履行期间尚未届满；届满次日再申请",
    },
  },
  owed: {
    holds: ({ owed }) => owed === true,
    says: {
      en: "nothing of the judgment is owed any more; there is nothing to enforce",
      zh: "生效法律文书确定的义务已履行完毕，无需申请执行",
    },
  },
  number: {
    holds: ({ number }) => filled(number),
    says: { en: "say under which case number: --number", zh: "须写明执行案号：--number" },
  },
  measure: {
    holds: ({ measure }) => measure === true,
    says: {
      en: "no measure of that name is known; arrears enforce show lists them",
      zh: "没有该措施；arrears enforce show 可查",
    },
  },
  "measure-open": {
    holds: ({ measureOpen }) => measureOpen === true,
    says: { en: "that measure has ended already", zh: "该措施已经结束" },
  },
  "living-costs": {
    holds: ({ livingCosts }) => livingCosts === true,
    says: {
      en: "income is taken only beyond what the person and those he keeps live on; say what is left to him a month: --keeps",
      zh: "扣留、提取收入应当保留被执行人及其所扶养家属的生活必需费用；请写明每月保留数额：--keeps",
    },
  },
  parts: {
    holds: ({ parts }) => parts === true,
    says: {
      en: 'a settlement names its days and sums: --parts "2026-12-01 500.00; 2027-01-01 500.00"',
      zh: '和解协议须写明各期日期与金额：--parts "2026-12-01 500.00; 2027-01-01 500.00"',
    },
  },
  missed: {
    holds: ({ missed }) => missed === true,
    says: {
      en: "the settlement is kept so far: no day of it is over with less paid than agreed; the court does not resume while it is kept",
      zh: "和解协议目前仍在按约履行：没有到期未付的款项；履行期间法院不予恢复执行",
    },
  },
  assets: {
    holds: ({ assets }) => filled(assets),
    says: { en: "say which assets were found: --assets", zh: "须写明发现的财产：--assets" },
  },
  paid: {
    holds: ({ paid }) => paid === true,
    says: {
      en: "something of the judgment or of the doubled part is still owed; arrears enforce show says how much",
      zh: "判决债务或加倍部分债务利息尚未清偿完毕；arrears enforce show 列明数额",
    },
  },
  "settlement-paid": {
    holds: ({ settlementPaid }) => settlementPaid === true,
    says: {
      en: "less was paid than the settlement says; arrears enforce show says how much",
      zh: "尚未按和解协议付清；arrears enforce show 列明数额",
    },
  },
  reason: {
    holds: ({ reason }) => filled(reason),
    says: { en: "say why: --note", zh: "须说明理由：--note" },
  },
};
const GUARD_ORDER = Object.keys(GUARDS) as readonly EnforcementGuard[];

export interface EnforcementTransition {
  readonly from: EnforcementFrom;
  readonly event: EnforcementEvent;
  readonly needs: readonly EnforcementGuard[];
  /** The period of law within which it is due, by the name of its parameter; none where no text sets one. */
  readonly within?: string;
  /** The parameter under which the text stands. */
  readonly source: string;
}

const RUNNING: readonly EnforcementState[] = ["accepted", "noticed"];
const OPEN: readonly EnforcementState[] = [
  "applied",
  "accepted",
  "noticed",
  "settled",
  "settlement-broken",
  "stayed",
  "round-ended",
];
/** Once it was accepted money may come in whatever the state: the debt stays. */
const ONCE_ACCEPTED: readonly EnforcementState[] = [...OPEN.slice(1), "sued", "rejected"];

const each = (
  from: readonly EnforcementFrom[],
  event: EnforcementEvent,
  source: string,
  needs: readonly EnforcementGuard[] = [],
  within?: string,
): EnforcementTransition[] =>
  from.map((one) => ({ from: one, event, needs, source, ...(within === undefined ? {} : { within }) }));

export const ENFORCEMENT_TRANSITIONS: readonly EnforcementTransition[] = [
  ...each(
    ["none"],
    "EnforcementApplied",
    "limitation.enforcement",
    ["judgment-due", "owed"],
    "limitation.enforcement",
  ),
  ...each(["applied"], "EnforcementAccepted", "enforcement.accept", ["number"], "enforcement.accept"),
  ...each(["applied"], "EnforcementRejected", "enforcement.accept", ["reason"], "enforcement.accept"),
  ...each(["accepted", "noticed", "stayed"], "EnforcementRejected", "enforcement.late-application", [
    "reason",
  ]),
  ...each(["accepted"], "EnforcementNoticed", "enforcement.notice", [], "enforcement.notice"),
  ...each(["noticed", "round-ended"], "AssetsReported", "enforcement.asset-report"),
  ...each(OPEN, "MeasureWished", "enforcement.measures"),
  ...each([...RUNNING, "stayed", "settled"], "MeasureGranted", "enforcement.measures", ["living-costs"]),
  ...each(ONCE_ACCEPTED, "MeasureEnded", "enforcement.measures", ["measure", "measure-open"]),
  ...each(ONCE_ACCEPTED, "MoneyRecovered", "delay-interest.stop"),
  ...each(RUNNING, "EnforcementSettled", "enforcement.settlement", ["parts"]),
  ...each(["settled"], "SettlementBroken", "enforcement.settlement.broken", ["missed"]),
  ...each([...RUNNING, "settled"], "EnforcementStayed", "enforcement.stay"),
  ...each(["stayed"], "EnforcementResumed", "enforcement.stay"),
  ...each(["settlement-broken"], "EnforcementResumed", "enforcement.settlement.broken.law"),
  ...each(["round-ended"], "EnforcementResumed", "enforcement.round.resumed", ["assets"]),
  ...each(["noticed"], "RoundEnded", "enforcement.round"),
  ...each(["round-ended"], "AssetsSearched", "enforcement.round.recheck"),
  ...each(OPEN.slice(2), "PenaltyImposed", "enforcement.refusal"),
  ...each([...OPEN.slice(1), "sued"], "EnforcementClosed", "enforcement.end"),
  ...each(["applied"], "EnforcementClosed", "enforcement.end", ["reason"]),
];
const TABLE = new Map(ENFORCEMENT_TRANSITIONS.map((one) => [`${one.from} ${one.event}`, one]));

/** An expected "no", in both languages. */
export interface EnforcementRefusal {
  readonly code: string;
  readonly says: Words;
}
export type EnforcementMay =
  | { readonly ok: true; readonly transition: EnforcementTransition }
  | { readonly ok: false; readonly refusal: EnforcementRefusal };

/**
 * May this happen to an enforcement in this state, with what is known?
 *
 * Gives   the row of the table, or the refusal: `enforcement-STATE` where it has no place there, `enforcement-no-GUARD` for the
 *         first guard that does not hold.
 * Holds   total: every state and event has an answer.
 */
export function mayEnforce(
  from: EnforcementFrom,
  event: EnforcementEvent,
  moment: EnforcementMoment,
  more: readonly EnforcementGuard[] = [],
): EnforcementMay {
  const transition = TABLE.get(`${from} ${event}`);
  if (!transition) return { ok: false, refusal: outOfPlace(from, event) };
  const needs = [...transition.needs, ...more];
  const failed = GUARD_ORDER.find((guard) => needs.includes(guard) && !GUARDS[guard].holds(moment));
  return failed
    ? { ok: false, refusal: { code: `enforcement-no-${failed}`, says: GUARDS[failed].says } }
    : { ok: true, transition };
}

function outOfPlace(from: EnforcementFrom, event: EnforcementEvent): EnforcementRefusal {
  const may = [
    ...new Set(ENFORCEMENT_TRANSITIONS.filter((one) => one.from === from).map((one) => one.event)),
  ];
  const list = (language: "en" | "zh", between: string): string =>
    may.map((one) => ENFORCEMENT_EVENT_WORDS[one][language]).join(between);
  return {
    code: `enforcement-${from}`,
    says: {
      en: `${ENFORCEMENT_EVENT_WORDS[event].en} has no place where the enforcement ${ENFORCEMENT_STATE_WORDS[from].en}; ${may.length === 0 ? "nothing follows any more" : `what may follow: ${list("en", ", ")}`}`,
      zh: `执行${ENFORCEMENT_STATE_WORDS[from].zh}时不能${ENFORCEMENT_EVENT_WORDS[event].zh}；${may.length === 0 ? "此后不再变动" : `此时可：${list("zh", "、")}`}`,
    },
  };
}

/** Which guards a closing needs beside its place in the table. */
export const closingNeeds = (
  why: "performed" | "settlement-performed" | "withdrawn" | "ended",
): readonly EnforcementGuard[] =>
  why === "performed" ? ["paid"] : why === "settlement-performed" ? ["settlement-paid"] : ["reason"];

// --- the lists ---------------------------------------------------------------------------------------------------------

interface ListTransition {
  readonly list: ListName;
  readonly from: readonly ListState[];
  readonly move: ListMove;
  readonly source: string;
}

export const LIST_TRANSITIONS: readonly ListTransition[] = [
  { list: "dishonest", from: ["none", "refused", "removed"], move: "applied", source: "dishonest.decision" },
  { list: "dishonest", from: ["applied"], move: "refused", source: "dishonest.decision" },
  {
    list: "dishonest",
    from: ["none", "applied", "refused", "removed"],
    move: "decided",
    source: "dishonest.grounds",
  },
  { list: "dishonest", from: ["in-grace"], move: "published", source: "dishonest.grace" },
  { list: "dishonest", from: ["in-grace", "listed"], move: "entitled", source: "dishonest.removal" },
  { list: "dishonest", from: ["in-grace", "listed"], move: "chased", source: "dishonest.removal" },
  { list: "dishonest", from: ["in-grace", "listed"], move: "removed", source: "dishonest.removal" },
  {
    list: "dishonest",
    from: ["in-grace", "listed"],
    move: "correction-asked",
    source: "dishonest.correction",
  },
  { list: "dishonest", from: ["in-grace", "listed"], move: "correction-granted", source: "dishonest.wrong" },
  {
    list: "dishonest",
    from: ["in-grace", "listed"],
    move: "correction-refused",
    source: "dishonest.correction.answer",
  },
  {
    list: "dishonest",
    from: ["in-grace", "listed"],
    move: "review-asked",
    source: "dishonest.correction.review",
  },
  {
    list: "dishonest",
    from: ["in-grace", "listed"],
    move: "review-decided",
    source: "dishonest.correction.review.answer",
  },
  {
    list: "consumption",
    from: ["none", "refused", "lifted"],
    move: "applied",
    source: "consumption.application",
  },
  { list: "consumption", from: ["applied"], move: "refused", source: "consumption.application" },
  {
    list: "consumption",
    from: ["none", "applied", "refused", "lifted"],
    move: "ordered",
    source: "consumption.order",
  },
  { list: "consumption", from: ["ordered"], move: "permitted", source: "consumption.permission" },
  { list: "consumption", from: ["ordered"], move: "relieved", source: "consumption.temporary" },
  { list: "consumption", from: ["ordered"], move: "chased", source: "consumption.lift.must" },
  { list: "consumption", from: ["ordered"], move: "lifted", source: "consumption.lift.must" },
];

/** What is asked of an application of ours to the list of dishonest debtors, and of what is recorded of a list. */
export interface ListMoment {
  readonly proof?: string;
  readonly minor?: boolean;
  /** He is able to perform, as far as that is shown. */
  readonly able?: boolean;
  /** One of the cases in which the first ground does not list: security, enough seized, later in order. */
  readonly excluded?: boolean;
  /** Last day on which this creditor cannot ask again. */
  readonly barredUntil?: Day;
  readonly dated: Day;
}

/**
 * May this be recorded of a list?
 *
 * Refuses `list-STATE`: it has no place there; `list-no-GUARD`: `case` without one of the seven; `ground` without one of the six;
 *         of an application of ours also `proof`, `minor`, `able` (the first ground needs ability, and inability is none),
 *         `excluded`, `barred`, and `round` while no enforcement was accepted.
 */
export function mayList(
  life: EnforcementLife,
  wish: Pick<ListMoved, "list" | "move" | "ground" | "case">,
  moment: ListMoment,
): EnforcementRefusal | undefined {
  const { list, move } = wish;
  const { state } = life.lists[list];
  const rows = LIST_TRANSITIONS.filter((one) => one.list === list);
  if (!rows.some((one) => one.move === move && one.from.includes(state)))
    return {
      code: `list-${state}`,
      says: {
        en: `"${move}" has no place where the ${list === "dishonest" ? "listing" : "order"} is "${state}"; what may follow: ${rows
          .filter((one) => one.from.includes(state))
          .map((one) => one.move)
          .join(", ")}`,
        zh: `${list === "dishonest" ? "失信名单" : "限制消费"}状态为“${state}”，不能“${move}”；可：${rows
          .filter((one) => one.from.includes(state))
          .map((one) => one.move)
          .join("、")}`,
      },
    };
  if (!life.accepted) return LIST_REFUSALS["list-no-round"];
  if (move === "entitled" && wish.case === undefined) return LIST_REFUSALS["list-no-case"];
  if (list !== "dishonest" || (move !== "applied" && move !== "decided")) return undefined;
  if (wish.ground === undefined) return LIST_REFUSALS["list-no-ground"];
  return move === "applied" ? troubleOfApplying(wish.ground, moment) : undefined;
}

function troubleOfApplying(ground: string, moment: ListMoment): EnforcementRefusal | undefined {
  if (moment.minor === true) return LIST_REFUSALS["list-no-minor"];
  if (moment.barredUntil !== undefined && moment.dated <= moment.barredUntil)
    return LIST_REFUSALS["list-no-barred"];
  if (ground === "able-but-refusing") {
    if (moment.able !== true) return LIST_REFUSALS["list-no-able"];
    if (moment.excluded === true) return LIST_REFUSALS["list-no-excluded"];
  }
  return filled(moment.proof) ? undefined : LIST_REFUSALS["list-no-proof"];
}

const refusal = (code: string, en: string, zh: string): EnforcementRefusal => ({ code, says: { en, zh } });
const LIST_REFUSALS = Object.fromEntries(
  [
    refusal(
      "list-no-round",
      "a list comes with an enforcement that the court has accepted",
      "名单与限制消费以法院已受理的执行案件为前提",
    ),
    refusal(
      "list-no-case",
      "say which of the seven cases it is: --case",
      "须写明属于七种删除情形中的哪一种：--case",
    ),
    refusal(
      "list-no-ground",
      "say on which of the six grounds: --ground; that nothing was paid is none of them",
      "须写明六项理由中的哪一项：--ground；仅未履行不构成理由",
    ),
    refusal(
      "list-no-minor",
      "he is a minor: a minor is never put on the list",
      "被执行人为未成年人，不得纳入失信被执行人名单",
    ),
    refusal(
      "list-no-barred",
      "it was deleted at the creditor's own request less than six months ago; the court does not take a new one",
      "失信信息系依申请执行人申请删除，六个月内再次申请法院不予支持",
    ),
    refusal(
      "list-no-able",
      "the first ground needs ability to perform, and it is not shown: being unable to pay is no ground; name what shows it with --able yes, or another ground",
      "第一项理由以有履行能力为前提，现未证明有履行能力；没有履行能力不是纳入理由；如有证据请注明 --able yes，或改用其他理由",
    ),
    refusal(
      "list-no-excluded",
      "the first ground does not list whoever gave full security, of whom enough is seized, or who is later in order",
      "已提供充分有效担保、已查控财产足以清偿或履行顺序在后的，不得依第一项纳入",
    ),
    refusal(
      "list-no-proof",
      "name what shows the ground: --proof, the id or hash of a document",
      "须写明证明该理由的材料：--proof",
    ),
  ].map((one) => [one.code, one]),
) as Readonly<Record<`list-no-${string}`, EnforcementRefusal>>;

// --- words -------------------------------------------------------------------------------------------------------------

export const ENFORCEMENT_STATE_WORDS: Readonly<Record<EnforcementFrom, Words>> = {
  none: { en: "is not applied for", zh: "尚未申请" },
  applied: { en: "is applied for", zh: "已申请" },
  accepted: { en: "is accepted", zh: "已立案" },
  noticed: { en: "runs: the notice went out", zh: "已发执行通知" },
  settled: { en: "is stayed by a settlement", zh: "已达成执行和解" },
  "settlement-broken": { en: "waits to be resumed: the settlement is broken", zh: "和解未履行、待恢复" },
  stayed: { en: "is stayed", zh: "已中止" },
  "round-ended": { en: "has ended its round; the debt stays", zh: "已终结本次执行程序（债务仍在）" },
  sued: { en: "gave way to a suit on the settlement", zh: "已就和解协议起诉" },
  rejected: { en: "was not taken or not enforced", zh: "不予受理或不予执行" },
  closed: { en: "is closed", zh: "已结案" },
};

export const ENFORCEMENT_EVENT_WORDS: Readonly<Record<EnforcementEvent, Words>> = {
  EnforcementApplied: { en: "apply", zh: "申请执行" },
  EnforcementAccepted: { en: "accept", zh: "立案" },
  EnforcementRejected: { en: "reject", zh: "不予受理、不予执行" },
  EnforcementNoticed: { en: "notice", zh: "发出执行通知" },
  AssetsReported: { en: "asset report", zh: "登记财产报告" },
  MeasureWished: { en: "wish for a measure", zh: "申请执行措施" },
  MeasureGranted: { en: "grant a measure", zh: "登记执行措施" },
  MeasureEnded: { en: "end a measure", zh: "登记措施结束" },
  MoneyRecovered: { en: "money recovered", zh: "登记回款" },
  EnforcementSettled: { en: "settle", zh: "达成执行和解" },
  SettlementBroken: { en: "broken settlement", zh: "登记和解未履行" },
  EnforcementStayed: { en: "stay", zh: "中止执行" },
  EnforcementResumed: { en: "resume", zh: "恢复执行" },
  RoundEnded: { en: "end of the round", zh: "终结本次执行程序" },
  AssetsSearched: { en: "search for assets", zh: "登记财产查询" },
  PenaltyImposed: { en: "penalty", zh: "登记罚款、拘留等" },
  EnforcementClosed: { en: "close", zh: "结案" },
};

/** So much as was agreed by a day, under a settlement. */
export const agreedBy = (
  parts: readonly { readonly dueOn: Day; readonly amount: Minor }[],
  day: Day,
): number => parts.reduce((sum, { dueOn, amount }) => sum + (dueOn <= day ? amount : 0), 0);
