import type {
  Day,
  Fact,
  HardshipEvent,
  HardshipMoved,
  HardshipOffer,
  HardshipReason,
  HardshipRequested,
  HardshipState,
  HouseholdTold,
  RequestFileAdded,
  WatchedDate,
} from "../core/index.ts";
import { addDays, whatHappened } from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import { type RequestRefusal, withFile } from "./complaint.ts";
import { naturalEnd, type PeriodRule } from "./deadline.ts";
import type { Source } from "./source.ts";

/** The life of a request for help as data, to the plan that comes of it or the reason why none does. */
export type HardshipEventType = HardshipEvent["type"];
export const HARDSHIP_EVENTS: readonly HardshipEventType[] = [
  "asked",
  "informed",
  "proposed",
  "offered",
  "returned",
  "refused",
  "review-asked",
  "accepted",
  "consented",
  "unconsented",
  "started",
  "declined",
  "lapsed",
  "withdrawn",
  "ended",
  "noted",
];
/** What the borrower himself may do. */
export const HARDSHIP_EVENTS_OF_HIS: readonly HardshipEventType[] = [
  "informed",
  "review-asked",
  "accepted",
  "declined",
  "withdrawn",
];

type Row = readonly [
  from: readonly HardshipState[],
  event: HardshipEventType,
  to: HardshipState | "stays" | "as-accepted",
];

/** Nobody has answered him yet. */
const WAITING: readonly HardshipState[] = ["requested", "asked", "proposed"];
const EVERY: readonly HardshipState[] = [
  ...WAITING,
  "offered",
  "consenting",
  "running",
  "refused",
  "declined",
  "lapsed",
  "withdrawn",
  "ended",
];

const ROWS: readonly Row[] = [
  [["requested"], "asked", "asked"],
  [["asked"], "informed", "requested"],
  [["requested", "offered"], "informed", "stays"],
  [["requested", "asked", "offered", "declined", "lapsed"], "proposed", "proposed"],
  [["requested", "asked", "proposed", "offered", "declined", "lapsed"], "offered", "offered"],
  [["proposed"], "returned", "requested"],
  [["requested", "asked", "proposed"], "refused", "refused"],
  [["refused"], "review-asked", "requested"],
  [["offered"], "accepted", "as-accepted"],
  [["consenting"], "consented", "running"],
  [["consenting"], "unconsented", "running"],
  [["running"], "started", "stays"],
  [["offered", "consenting"], "declined", "declined"],
  [["offered", "consenting"], "lapsed", "lapsed"],
  [[...WAITING, "offered", "consenting"], "withdrawn", "withdrawn"],
  [["running", "declined", "lapsed", "refused"], "ended", "ended"],
  [EVERY, "noted", "stays"],
];

export interface HardshipTransition {
  readonly from: HardshipState;
  readonly event: HardshipEventType;
  readonly to: HardshipState | "stays" | "as-accepted";
}
export const HARDSHIP_TRANSITIONS: readonly HardshipTransition[] = ROWS.flatMap(([states, event, to]) =>
  states.map((from) => ({ from, event, to })),
);
const TABLE = new Map(HARDSHIP_TRANSITIONS.map((one) => [`${one.from} ${one.event}`, one]));

export const hardshipMayFollow = (from: HardshipState): readonly HardshipEventType[] =>
  HARDSHIP_TRANSITIONS.filter((one) => one.from === from).map(({ event }) => event);

export const isWaitingHardship = (state: HardshipState): boolean => WAITING.includes(state);
/** Collection rests: he waits for an answer, or the answer waits for him. */
export const isRestingHardship = (state: HardshipState): boolean =>
  isWaitingHardship(state) || state === "offered" || state === "consenting";

// --- the house's rules -------------------------------------------------------------------------------------------------

/** What a pack says about requests for help on a day. */
export interface HardshipLaw {
  /** By when a person answers. */
  readonly answer: PeriodRule;
  /** For how long collection rests from the request on, and again from an offer on. */
  readonly restDays: number;
  readonly offerDays: number;
  readonly graceDays: number;
  readonly missesForgiven: number;
  /** Most months of a plan, and of one for hardship. */
  readonly planMonths: number;
  readonly hardshipMonths: number;
  readonly remindDays: number;
  /** Where more than this is owed, a second person agrees to an offer. A sum as text, in the unit of the currency. */
  readonly secondPersonAbove: string;
  /** What a guarantor answers for who did not consent; nothing where no text was read. */
  readonly guarantee: readonly Source[];
  readonly because: readonly Source[];
}

export interface HardshipDay {
  readonly what: "hardship-answer" | "hardship-offer";
  readonly by: "us" | "debtor";
  readonly lastOn: Day;
  readonly source?: Source;
}

export function hardshipDay(life: HardshipLife, law: HardshipLaw): HardshipDay | undefined {
  const { period, source } = law.answer;
  if (isWaitingHardship(life.state) && !("workingDays" in period))
    return { what: "hardship-answer", by: "us", lastOn: naturalEnd(life.askedOn, period), source };
  if ((life.state === "offered" || life.state === "consenting") && life.offer)
    return { what: "hardship-offer", by: "debtor", lastOn: life.offer.validUntil };
  return undefined;
}

export function hardshipWatched(life: HardshipLife, law: HardshipLaw): readonly WatchedDate[] {
  const day = hardshipDay(life, law);
  if (!day) return [];
  const { what, by, lastOn } = day;
  return [{ what, by, lastOn, remindOn: addDays(lastOn, -law.remindDays) }];
}

// --- from the journal ------------------------------------------------------------------------------------------------

export interface HardshipLife {
  readonly id: string;
  readonly requested: HardshipRequested;
  readonly state: HardshipState;
  readonly since: Day;
  /** The day from which the time to answer counts: the request, or the review that he asked for. */
  readonly askedOn: Day;
  readonly debt: string;
  /** What he told last. */
  readonly household?: HouseholdTold;
  readonly offer?: HardshipOffer;
  /** Who proposed what waits for a second person. */
  readonly proposedBy?: string;
  readonly accepted?: Extract<HardshipEvent, { type: "accepted" }> & {
    readonly on: Day;
    readonly at: number;
  };
  /** Of a guarantor whose consent is needed: what became of it. */
  readonly consent?:
    | { readonly how: "given"; readonly proof: string; readonly on: Day }
    | { readonly how: "without"; readonly on: Day };
  readonly refused?: Extract<HardshipEvent, { type: "refused" }>;
  /** The entry by which the plan stands in the ledger. */
  readonly entry?: string;
  readonly events: readonly HardshipMoved[];
  readonly files: readonly RequestFileAdded[];
  readonly version: number;
}

export function hardshipsOf(facts: Iterable<Fact>): Map<string, HardshipLife> {
  const lives = new Map<string, HardshipLife>();
  for (const fact of facts) {
    if (fact.kind === "HardshipRequested") lives.set(fact.id, requestedLife(fact));
    else if (fact.kind === "HardshipMoved") {
      const life = lives.get(fact.id);
      if (life) lives.set(fact.id, movedHardship(life, fact));
    } else if (fact.kind === "RequestFileAdded") {
      const life = lives.get(fact.id);
      if (life) lives.set(fact.id, withFile(life, fact));
    }
  }
  return lives;
}

const requestedLife = (requested: HardshipRequested): HardshipLife => ({
  id: requested.id,
  requested,
  state: "requested",
  since: requested.receivedOn,
  askedOn: requested.receivedOn,
  debt: requested.debt,
  ...(requested.household ? { household: requested.household } : {}),
  events: [],
  files: [],
  version: 1,
});

function movedHardship(life: HardshipLife, fact: HardshipMoved): HardshipLife {
  const { dated, by, at } = fact;
  const what = whatHappened(fact);
  const row = TABLE.get(`${life.state} ${what.type}`);
  const to =
    !row || row.to === "stays"
      ? life.state
      : row.to === "as-accepted"
        ? needsConsent(life.offer)
          ? "consenting"
          : "running"
        : row.to;
  const next: HardshipLife = {
    ...life,
    state: to,
    since: to === life.state ? life.since : dated,
    events: [...life.events, fact],
    version: life.version + 1,
  };
  switch (what.type) {
    case "informed":
      return what.household ? { ...next, household: what.household } : next;
    case "proposed":
      return { ...next, offer: what.offer, proposedBy: by };
    case "offered":
      return { ...next, offer: what.offer };
    case "refused":
      return { ...next, refused: what };
    case "review-asked":
      return { ...next, askedOn: dated };
    case "accepted":
      return { ...next, accepted: { ...what, on: dated, at } };
    case "consented":
      return { ...next, consent: { how: "given", proof: what.proof, on: dated } };
    case "unconsented":
      return { ...next, consent: { how: "without", on: dated } };
    case "started":
      return { ...next, entry: what.entry };
    default:
      return next;
  }
}

/** A plan that makes the debt heavier waits for whoever answers for it; one that does not needs nobody but the two. */
export const needsConsent = (offer: HardshipOffer | undefined): boolean =>
  offer?.guarantor !== undefined && offer.heavier !== 0;

// --- what is written -------------------------------------------------------------------------------------------------

/** What has to be known beside the life itself. */
export interface HardshipMoment {
  readonly dated: Day;
  readonly by: string;
  /** SHA-256 of the text that the offer makes now. */
  readonly sha256?: string;
}

/**
 * May this happen to a request, on this day?
 *
 * Refuses `hardship-STATE` where it has no place; `hardship-no-reason`; `hardship-same-person`: a second person is another one;
 *         `hardship-offer-over`: accepted after its last day; `hardship-other-text`: accepted another text than the offer has;
 *         `hardship-other-guarantor`; `hardship-no-proof`; `hardship-order-of-days`.
 */
export function mayMoveHardship(
  life: HardshipLife,
  what: HardshipEvent,
  { dated, by, sha256 }: HardshipMoment,
): RequestRefusal | undefined {
  if (!TABLE.has(`${life.state} ${what.type}`)) return outOfPlace(life.state, what.type);
  if (dated < life.since)
    return no(
      "hardship-order-of-days",
      "it would have happened before what was recorded last",
      "日期早于已登记的上一事件",
    );
  switch (what.type) {
    case "refused":
      return what.reason.en.trim() === "" || what.reason.zh.trim() === ""
        ? no("hardship-no-reason", "a refusal gives its reason in both languages", "拒绝须以中英文说明理由")
        : undefined;
    case "offered":
      return life.state === "proposed" && (what.approves ?? life.proposedBy) === by
        ? no("hardship-same-person", "what somebody proposed, another person agrees to", "方案须由另一人复核")
        : undefined;
    case "consented":
      if (what.guarantor.trim() !== life.offer?.guarantor)
        return no(
          "hardship-other-guarantor",
          `the guarantor of the offer is ${life.offer?.guarantor}`,
          `方案所列保证人为 ${life.offer?.guarantor}`,
        );
      if (what.proof.trim() === "")
        return no(
          "hardship-no-proof",
          "consent is in writing: name the paper, or the document that was added to the request",
          "保证人须书面同意：请写明书面文件或已上传的文件",
        );
      return isOver(life, dated);
    case "unconsented":
      return isOver(life, dated);
    case "accepted":
      if (isOver(life, dated)) return isOver(life, dated);
      return sha256 !== undefined && what.sha256 !== sha256
        ? no(
            "hardship-other-text",
            "the text that was accepted is not the text of the offer; read it again",
            "所接受的文本与方案文本不一致，请重新阅读",
          )
        : undefined;
    default:
      return undefined;
  }
}

const isOver = ({ offer }: HardshipLife, dated: Day): RequestRefusal | undefined =>
  offer && dated > offer.validUntil
    ? no(
        "hardship-offer-over",
        "the last day of the offer is over; ask for it anew",
        "方案已过有效期，请重新申请",
      )
    : undefined;

const no = (code: string, en: string, zh: string): RequestRefusal => ({ code, says: { en, zh } });

function outOfPlace(from: HardshipState, event: HardshipEventType): RequestRefusal {
  const may = hardshipMayFollow(from);
  return no(
    `hardship-${from}`,
    `the request is ${HARDSHIP_STATE_WORDS[from].en}, and "${HARDSHIP_EVENT_WORDS[event].en}" has no place there; what can follow: ${may.map((one) => HARDSHIP_EVENT_WORDS[one].en).join(", ")}`,
    `申请状态为“${HARDSHIP_STATE_WORDS[from].zh}”，不能登记“${HARDSHIP_EVENT_WORDS[event].zh}”；可登记：${may.map((one) => HARDSHIP_EVENT_WORDS[one].zh).join("、")}`,
  );
}

// --- words -----------------------------------------------------------------------------------------------------------

export const HARDSHIP_REASON_WORDS: Readonly<Record<HardshipReason, Words>> = {
  illness: { en: "illness", zh: "患病" },
  "job-loss": { en: "lost work", zh: "失业" },
  "income-fell": { en: "income fell", zh: "收入下降" },
  family: { en: "family: birth, care, death, separation", zh: "家庭变故" },
  disaster: { en: "disaster", zh: "灾害" },
  accident: { en: "accident", zh: "意外事故" },
  "business-failed": { en: "business failed", zh: "经营困难" },
  other: { en: "something else", zh: "其他" },
};

export const HARDSHIP_STATE_WORDS: Readonly<Record<HardshipState, Words>> = {
  requested: { en: "being checked", zh: "审核中" },
  asked: { en: "waiting for information", zh: "待补充材料" },
  proposed: { en: "waiting for a second person", zh: "待第二人复核" },
  offered: { en: "offered", zh: "已提出方案" },
  consenting: { en: "accepted, waiting for the guarantor", zh: "已接受，待保证人同意" },
  running: { en: "agreed", zh: "已达成协议" },
  refused: { en: "refused", zh: "未同意" },
  declined: { en: "declined by the borrower", zh: "借款人未接受" },
  lapsed: { en: "lapsed", zh: "方案已失效" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
  ended: { en: "ended", zh: "已终止" },
};

export const HARDSHIP_EVENT_WORDS: Readonly<Record<HardshipEventType, Words>> = {
  asked: { en: "information asked for", zh: "要求补充材料" },
  informed: { en: "information came", zh: "已补充材料" },
  proposed: { en: "a plan proposed to a second person", zh: "方案提交复核" },
  offered: { en: "a plan offered", zh: "提出方案" },
  returned: { en: "returned by the second person", zh: "复核退回" },
  refused: { en: "refused", zh: "不同意" },
  "review-asked": { en: "another look asked for", zh: "申请复议" },
  accepted: { en: "accepted", zh: "接受方案" },
  consented: { en: "the guarantor consented", zh: "保证人同意" },
  unconsented: { en: "put into force without the guarantor", zh: "未经保证人同意生效" },
  started: { en: "put into the books", zh: "入账生效" },
  declined: { en: "declined", zh: "不接受方案" },
  lapsed: { en: "lapsed", zh: "方案失效" },
  withdrawn: { en: "withdrawn", zh: "撤回" },
  ended: { en: "ended", zh: "终止" },
  noted: { en: "noted inside", zh: "内部备注" },
};
