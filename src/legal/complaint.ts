import {
  addDays,
  COMPLAINT_KINDS,
  type ComplaintEvent,
  type ComplaintKind,
  type ComplaintMoved,
  type ComplaintOpened,
  type ComplaintState,
  type Correction,
  type Day,
  type Fact,
  type RequestFileAdded,
  type WatchedDate,
  whatHappened,
} from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import { naturalEnd, type PeriodRule } from "./deadline.ts";
import type { Source } from "./source.ts";

/** The life of a complaint as data: from which state what may happen, under which guards, and what it makes of it. */
export type ComplaintEventType = ComplaintEvent["type"];
export const COMPLAINT_EVENTS: readonly ComplaintEventType[] = [
  "acknowledged",
  "asked",
  "informed",
  "extended",
  "answered",
  "corrected",
  "escalated",
  "withdrawn",
  "closed",
  "noted",
];
/** What the borrower himself may add to his own complaint. */
export const COMPLAINT_EVENTS_OF_HIS: readonly ComplaintEventType[] = ["informed", "escalated", "withdrawn"];

type To = ComplaintState | "stays" | "outcome";
type Row = readonly [from: readonly ComplaintState[], event: ComplaintEventType, to: To];

/** Nobody has decided yet. */
const OPEN: readonly ComplaintState[] = ["received", "acknowledged", "asked", "escalated"];
const DECIDED: readonly ComplaintState[] = ["upheld", "partly", "rejected"];
const EVERY: readonly ComplaintState[] = [...OPEN, ...DECIDED, "withdrawn", "closed"];

const ROWS: readonly Row[] = [
  [["received"], "acknowledged", "acknowledged"],
  [["acknowledged", "escalated"], "asked", "asked"],
  [["asked"], "informed", "acknowledged"],
  [["received", "acknowledged", "escalated", ...DECIDED], "informed", "stays"],
  [["received", "acknowledged", "asked"], "extended", "stays"],
  [OPEN, "answered", "outcome"],
  [["upheld", "partly"], "corrected", "stays"],
  // From one office to the next as well: the head office first, then the authority.
  [["received", "acknowledged", "asked", "escalated", ...DECIDED, "closed"], "escalated", "escalated"],
  [OPEN, "withdrawn", "withdrawn"],
  [DECIDED, "closed", "closed"],
  [["escalated"], "closed", "closed"],
  [EVERY, "noted", "stays"],
];

export interface ComplaintTransition {
  readonly from: ComplaintState;
  readonly event: ComplaintEventType;
  readonly to: To;
}

/** Everything that can happen to a complaint; what is not here is refused. */
export const COMPLAINT_TRANSITIONS: readonly ComplaintTransition[] = ROWS.flatMap(([states, event, to]) =>
  states.map((from) => ({ from, event, to })),
);
const TABLE = new Map(COMPLAINT_TRANSITIONS.map((one) => [`${one.from} ${one.event}`, one]));

export const isOpenComplaint = (state: ComplaintState): boolean => OPEN.includes(state);

export const complaintMayFollow = (from: ComplaintState): readonly ComplaintEventType[] =>
  COMPLAINT_TRANSITIONS.filter((one) => one.from === from).map(({ event }) => event);

/**
 * What a complaint pauses at once, on which hold the gate rests: what is contested as a claim is a dispute, what is contested as conduct a
 * complaint. Nothing where what is wrong can be set right while reminders go on.
 * Source  law/house/requests.md, "effect".
 */
export const COMPLAINT_HOLD: Readonly<Record<ComplaintKind, "dispute" | "complaint" | undefined>> = {
  "sum-wrong": "dispute",
  "not-mine": "dispute",
  "identity-theft": "dispute",
  conduct: "complaint",
  privacy: "complaint",
  "third-person": "complaint",
  "letter-false": "complaint",
  "credit-record": undefined,
  other: undefined,
};

export interface RequestRefusal {
  readonly code: string;
  readonly says: Words;
}

// --- the law ---------------------------------------------------------------------------------------------------------

/** What a pack says about complaints on a day. */
export interface ComplaintLaw {
  /** By when it is answered; then once it was extended, and once it was extended with approval. As many as the law has. */
  readonly answer: readonly [PeriodRule, ...PeriodRule[]];
  /** By when one about the credit record is answered. */
  readonly creditRecord: PeriodRule;
  /** How many days before its last day people are told. */
  readonly remindDays: number;
  readonly because: readonly Source[];
}

/** The day by which it has to be answered, and where that stands. */
export interface AnswerDay {
  readonly what: "complaint-answer";
  readonly from: Day;
  readonly lastOn: Day;
  readonly source: Source;
}

/**
 * The last day to answer a complaint. Days are counted from the day after its receipt and end on the day itself, day off or not: no text was
 * read that moves it, and earlier is safe.
 */
export function answerDay(life: ComplaintLife, law: ComplaintLaw): AnswerDay | undefined {
  if (!isOpenComplaint(life.state) || life.state === "escalated") return undefined;
  const rule =
    life.about === "credit-record"
      ? law.creditRecord
      : law.answer[Math.min(life.extensions, law.answer.length - 1)]!;
  const { period, source } = rule;
  if ("workingDays" in period) return undefined;
  return {
    what: "complaint-answer",
    from: life.opened.receivedOn,
    lastOn: naturalEnd(life.opened.receivedOn, period),
    source,
  };
}

/** What the close watches of it. */
export function complaintWatched(life: ComplaintLife, law: ComplaintLaw): readonly WatchedDate[] {
  const day = answerDay(life, law);
  return day
    ? [
        {
          what: "complaint-answer",
          by: "us",
          lastOn: day.lastOn,
          remindOn: addDays(day.lastOn, -law.remindDays),
        },
      ]
    : [];
}

// --- from the journal ------------------------------------------------------------------------------------------------

/** A complaint as its facts tell it. */
export interface ComplaintLife {
  readonly id: string;
  readonly opened: ComplaintOpened;
  readonly about: ComplaintKind;
  readonly state: ComplaintState;
  readonly since: Day;
  readonly debts: readonly string[];
  readonly extensions: number;
  readonly outcome?: Extract<ComplaintEvent, { type: "answered" }>;
  /** Corrections that an outcome asks for and nobody has recorded as done. */
  readonly pending: readonly Correction[];
  readonly events: readonly ComplaintMoved[];
  readonly files: readonly RequestFileAdded[];
  /** How many facts it has: the version that a writer names. */
  readonly version: number;
}

export function complaintLives(facts: Iterable<Fact>): Map<string, ComplaintLife> {
  const lives = new Map<string, ComplaintLife>();
  for (const fact of facts) {
    if (fact.kind === "ComplaintOpened") lives.set(fact.id, openedComplaint(fact));
    else if (fact.kind === "ComplaintMoved") {
      const life = lives.get(fact.id);
      if (life) lives.set(fact.id, movedComplaint(life, fact));
    } else if (fact.kind === "RequestFileAdded") {
      const life = lives.get(fact.id);
      if (life) lives.set(fact.id, withFile(life, fact));
    }
  }
  return lives;
}

/** What somebody asked for, with one more of his documents. */
export const withFile = <
  Life extends { readonly files: readonly RequestFileAdded[]; readonly version: number },
>(
  life: Life,
  fact: RequestFileAdded,
): Life => ({ ...life, files: [...life.files, fact], version: life.version + 1 });

const openedComplaint = (opened: ComplaintOpened): ComplaintLife => ({
  id: opened.id,
  opened,
  about: opened.topic,
  state: "received",
  since: opened.receivedOn,
  debts: opened.debts,
  extensions: 0,
  pending: [],
  events: [],
  files: [],
  version: 1,
});

function movedComplaint(life: ComplaintLife, fact: ComplaintMoved): ComplaintLife {
  const { dated } = fact;
  const what = whatHappened(fact);
  const row = TABLE.get(`${life.state} ${what.type}`);
  const to = !row || row.to === "stays" ? life.state : row.to === "outcome" ? outcomeOf(what) : row.to;
  const next: ComplaintLife = {
    ...life,
    state: to,
    since: to === life.state ? life.since : dated,
    events: [...life.events, fact],
    version: life.version + 1,
  };
  switch (what.type) {
    case "extended":
      return { ...next, extensions: life.extensions + 1 };
    case "answered":
      return { ...next, outcome: what, pending: what.corrections ?? [] };
    case "corrected":
      return { ...next, pending: withoutCorrected(life, what.entry) };
    default:
      return next;
  }
}

/** The entry by which a correction is booked that a second person agreed to: it says which one it was. */
export const correctionEntry = (complaint: string, n: number): string => `${complaint}/correction-${n + 1}`;

/** One that nobody named the first is meant by. */
function withoutCorrected({ id, outcome, pending }: ComplaintLife, entry: string): readonly Correction[] {
  const named = outcome?.corrections?.findIndex((_, n) => correctionEntry(id, n) === entry) ?? -1;
  const done = (named >= 0 ? outcome!.corrections![named] : pending[0])!;
  return pending.filter((one) => one !== done);
}

const outcomeOf = (what: ComplaintEvent): ComplaintState =>
  what.type === "answered" ? what.outcome : "closed";

// --- what is written -------------------------------------------------------------------------------------------------

/**
 * May this happen to a complaint, on this day?
 *
 * Refuses `complaint-STATE` where it has no place; `complaint-no-reason`; `complaint-no-approval`: a second extension without somebody who
 *         approved it; `complaint-no-more-time`; `complaint-no-outcome`: corrections of what was rejected; `complaint-order-of-days`.
 */
export function mayMoveComplaint(
  life: ComplaintLife,
  what: ComplaintEvent,
  dated: Day,
  law: Pick<ComplaintLaw, "answer">,
): RequestRefusal | undefined {
  if (!TABLE.has(`${life.state} ${what.type}`)) return outOfPlace(life.state, what.type);
  if (dated < life.since)
    return no(
      "complaint-order-of-days",
      "it would have happened before what was recorded last",
      "日期早于已登记的上一事件",
    );
  switch (what.type) {
    case "answered":
      if (what.reason.en.trim() === "" || what.reason.zh.trim() === "")
        return no(
          "complaint-no-reason",
          "an outcome gives its reason in both languages",
          "处理结果须以中英文说明理由",
        );
      return what.outcome === "rejected" && (what.corrections?.length ?? 0) > 0
        ? no(
            "complaint-no-outcome",
            "nothing is corrected where a complaint is rejected",
            "不予支持的投诉不含更正事项",
          )
        : undefined;
    case "extended":
      if (life.about === "credit-record")
        return no(
          "complaint-no-more-time",
          "the time to answer an objection to the credit record is not extended",
          "征信异议的答复期限不得延长",
        );
      if (life.extensions + 1 >= law.answer.length)
        return no("complaint-no-more-time", "it was extended as often as the rule allows", "延长次数已用尽");
      return life.extensions >= 1 && (what.approvedBy ?? "").trim() === ""
        ? no(
            "complaint-no-approval",
            "the second extension needs the approval of a superior body or of senior management: say whose",
            "再次延长须经上级机构或者高管人员审批：请写明审批人",
          )
        : undefined;
    default:
      return undefined;
  }
}

const no = (code: string, en: string, zh: string): RequestRefusal => ({ code, says: { en, zh } });

function outOfPlace(from: ComplaintState, event: ComplaintEventType): RequestRefusal {
  const may = complaintMayFollow(from);
  return no(
    `complaint-${from}`,
    `the complaint is ${COMPLAINT_STATE_WORDS[from].en}, and "${COMPLAINT_EVENT_WORDS[event].en}" has no place there; what can follow: ${may.map((one) => COMPLAINT_EVENT_WORDS[one].en).join(", ")}`,
    `投诉状态为“${COMPLAINT_STATE_WORDS[from].zh}”，不能登记“${COMPLAINT_EVENT_WORDS[event].zh}”；可登记：${may.map((one) => COMPLAINT_EVENT_WORDS[one].zh).join("、")}`,
  );
}

// --- words -----------------------------------------------------------------------------------------------------------

export const COMPLAINT_KIND_WORDS: Readonly<Record<ComplaintKind, Words>> = {
  "sum-wrong": { en: "the sum is wrong", zh: "金额有误" },
  "not-mine": { en: "this debt is not mine", zh: "不是本人债务" },
  "identity-theft": { en: "somebody used my name", zh: "被冒名" },
  conduct: { en: "how I was treated", zh: "催收行为不当" },
  privacy: { en: "my data were told or used wrongly", zh: "个人信息被泄露或滥用" },
  "third-person": { en: "somebody else was contacted", zh: "联系了第三人" },
  "letter-false": { en: "a letter or message is false", zh: "函件或短信内容不实" },
  "credit-record": { en: "my credit record is wrong", zh: "征信记录有误" },
  other: { en: "something else", zh: "其他" },
};

export const COMPLAINT_STATE_WORDS: Readonly<Record<ComplaintState, Words>> = {
  received: { en: "received", zh: "已收到" },
  acknowledged: { en: "being checked", zh: "处理中" },
  asked: { en: "waiting for information", zh: "待补充材料" },
  upheld: { en: "upheld", zh: "成立" },
  partly: { en: "upheld in part", zh: "部分成立" },
  rejected: { en: "not upheld", zh: "不成立" },
  escalated: { en: "before another office", zh: "已升级至其他机构" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
  closed: { en: "closed", zh: "已办结" },
};

export const COMPLAINT_EVENT_WORDS: Readonly<Record<ComplaintEventType, Words>> = {
  acknowledged: { en: "receipt confirmed", zh: "确认收到" },
  asked: { en: "information asked for", zh: "要求补充材料" },
  informed: { en: "information came", zh: "已补充材料" },
  extended: { en: "time extended", zh: "延长期限" },
  answered: { en: "answered", zh: "作出处理决定" },
  corrected: { en: "corrected", zh: "已更正" },
  escalated: { en: "taken to another office", zh: "升级处理" },
  withdrawn: { en: "withdrawn", zh: "撤回" },
  closed: { en: "closed", zh: "办结" },
  noted: { en: "noted inside", zh: "内部备注" },
};

/** The kind that somebody means by a word of his. */
export const complaintKindOf = (text: string): ComplaintKind | undefined =>
  COMPLAINT_KINDS.find((kind) => kind === text || COMPLAINT_KIND_WORDS[kind].zh === text);
