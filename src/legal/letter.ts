import {
  CASE_STATE_AFTER,
  type CaseFact,
  type CaseOffered,
  type CaseState,
  type Day,
  type Fact,
  isCaseFact,
  isLetterLifeFact,
  LETTER_STATE_AFTER,
  type LetterApproved,
  type LetterDrafted,
  type LetterHandedOver,
  type LetterLifeFact,
  type LetterSigned,
  type LetterState,
  type NextStep,
} from "../core/index.ts";
import type { Words } from "../policy/index.ts";

/**
 * The life of a lawyer's letter as data: from which states what may happen, under which guards, and what it makes of it.
 * Every event is one kind of fact; whoever writes one asks `mayMove` first.
 */
export type LetterEvent = LetterLifeFact["kind"];
export const LETTER_EVENTS = Object.keys(LETTER_STATE_AFTER) as readonly LetterEvent[];

/** What has to hold at the moment of an event. Each is tested in this order; the first that fails is the refusal. */
export type Guard =
  | "lawyer"
  | "engagement"
  | "checks"
  | "owed"
  | "figures"
  | "same-text"
  | "read"
  | "permit"
  | "reason"
  | "proof"
  | "deadline"
  | "silence"
  | "second-letter";

/** What is known at the moment of an event; what an event does not ask for is left out, and is then not there. */
export interface Moment {
  /** He is named in the engagement and his licence is valid on the day. */
  readonly lawyer?: boolean;
  readonly engagement?: boolean;
  /** Nothing is missing and nothing stops it. */
  readonly checks?: boolean;
  /** Something of what it asks for is still owed. */
  readonly owed?: boolean;
  /** Nothing that moves the figures came since they were taken. */
  readonly figures?: boolean;
  /** The text is, byte for byte, the one that was drafted or approved. */
  readonly sameText?: boolean;
  /** The lawyer opened it as it stands now, or a sample of its batch in which he opened every letter. */
  readonly read?: boolean;
  readonly permit?: boolean;
  readonly reason?: string;
  readonly proof?: string;
  /** The last day to answer is over. */
  readonly deadline?: boolean;
  /** The carrier has been silent for as long as is waited for it. */
  readonly silence?: boolean;
  readonly secondLetter?: string;
}

const GUARDS: Readonly<Record<Guard, { readonly holds: (moment: Moment) => boolean; readonly says: Words }>> =
  {
    lawyer: {
      holds: ({ lawyer }) => lawyer === true,
      says: {
        en: "only a lawyer whom the engagement names, with a licence that is valid today, does this; arrears firm list shows them",
        zh: "仅限委托合同载明、且执业证当日有效的律师办理；arrears firm list 可查",
      },
    },
    engagement: {
      holds: ({ engagement }) => engagement === true,
      says: {
        en: "the engagement is not in force today; nothing is done in the firm's name without one",
        zh: "委托合同当日不在有效期内，不得以律师事务所名义办理",
      },
    },
    checks: {
      holds: ({ checks }) => checks === true,
      says: {
        en: "something is missing or stands in the way; arrears letter preflight lists it",
        zh: "有缺失或障碍；arrears letter preflight 逐项列出",
      },
    },
    owed: {
      holds: ({ owed }) => owed === true,
      says: {
        en: "what it asks for is paid; the letter is stopped and not sent",
        zh: "所催款项已还清，本函停止，不再发出",
      },
    },
    figures: {
      holds: ({ figures }) => figures === true,
      says: {
        en: "something was booked since its figures were taken; draft it again",
        zh: "取数之后又有入账，须重新起草",
      },
    },
    "same-text": {
      holds: ({ sameText }) => sameText === true,
      says: {
        en: "this is not the text that was drafted; look at it again",
        zh: "与已起草的文本不一致，须重新查看",
      },
    },
    read: {
      holds: ({ read }) => read === true,
      says: {
        en: "the lawyer has not opened it as it stands now; nobody approves what he has not read",
        zh: "律师尚未查看现行文本；未经查看不得批准",
      },
    },
    permit: {
      holds: ({ permit }) => permit === true,
      says: {
        en: "the gate gave no permit for it at this second; its rules are listed",
        zh: "此刻未获许可；所据规则已列出",
      },
    },
    reason: {
      holds: ({ reason }) => reason !== undefined && reason.trim() !== "",
      says: { en: "say why: --reason", zh: "须说明理由：--reason" },
    },
    proof: {
      holds: ({ proof }) => proof !== undefined && proof.trim() !== "",
      says: {
        en: "what shows it is missing: the id of a receipt, or a document with its hash",
        zh: "缺少凭证：回执编号，或带哈希值的文件",
      },
    },
    deadline: {
      holds: ({ deadline }) => deadline === true,
      says: {
        en: "the last day to answer is not over yet",
        zh: "答复期限尚未届满",
      },
    },
    silence: {
      holds: ({ silence }) => silence === true,
      says: {
        en: "the carrier may still report on it",
        zh: "承运方仍可能回报",
      },
    },
    "second-letter": {
      holds: ({ secondLetter }) => secondLetter !== undefined && secondLetter !== "",
      says: {
        en: "a letter that left the house is corrected or withdrawn by a second letter; name it",
        zh: "已发出的函件须以另一函件更正或撤回，请指明",
      },
    },
  };
const GUARD_ORDER = Object.keys(GUARDS) as readonly Guard[];

export interface Transition {
  readonly from: LetterState | "none";
  readonly event: LetterEvent;
  readonly to: LetterState;
  readonly needs: readonly Guard[];
}

const DRAFTING: readonly Guard[] = ["engagement", "checks", "owed"];
const STANDING: readonly Guard[] = ["lawyer", "engagement", "checks", "owed", "figures", "same-text"];
const APPROVING: readonly Guard[] = [...STANDING, "read"];
const SIGNING: readonly Guard[] = [...STANDING, "proof"];
const HANDING: readonly Guard[] = ["engagement", "checks", "owed", "figures", "same-text", "permit"];
/** States of a letter that has left the house and on which nothing later stands. */
const OUT: readonly LetterState[] = [
  "handed-over",
  "delivered",
  "refused",
  "returned",
  "unknown",
  "answered",
  "deadline-passed",
  "next-proposed",
];
const INSIDE: readonly LetterState[] = ["drafted", "approved", "sent-back", "signed"];

const at = (from: Transition["from"], event: LetterEvent, needs: readonly Guard[] = []): Transition => ({
  from,
  event,
  to: LETTER_STATE_AFTER[event] ?? (from as LetterState),
  needs,
});

/** Everything that can happen to a letter; what is not here is refused. */
export const LETTER_TRANSITIONS: readonly Transition[] = [
  at("none", "LetterDrafted", DRAFTING),
  at("drafted", "LetterDrafted", DRAFTING),
  at("sent-back", "LetterDrafted", DRAFTING),
  at("approved", "LetterDrafted", DRAFTING),

  at("drafted", "LetterOpened", ["lawyer", "same-text"]),
  at("approved", "LetterOpened", ["lawyer", "same-text"]),
  at("drafted", "LetterApproved", APPROVING),
  at("drafted", "LetterSentBack", ["lawyer", "reason"]),
  at("approved", "LetterSentBack", ["lawyer", "reason"]),
  at("approved", "LetterSigned", SIGNING),
  at("signed", "LetterHandedOver", HANDING),

  at("handed-over", "LetterDelivered", ["proof"]),
  at("handed-over", "LetterRefused", ["proof"]),
  at("handed-over", "LetterReturned", ["proof"]),
  at("handed-over", "LetterLost", ["silence"]),
  // A carrier's word may come late, and still counts.
  at("unknown", "LetterDelivered", ["proof"]),
  at("unknown", "LetterRefused", ["proof"]),
  at("unknown", "LetterReturned", ["proof"]),

  // An answer can come before the carrier's report, and after the deadline.
  ...(["handed-over", "delivered", "refused", "unknown", "deadline-passed", "next-proposed"] as const).map(
    (from) => at(from, "LetterAnswered"),
  ),
  at("delivered", "LetterDeadlinePassed", ["deadline"]),
  at("refused", "LetterDeadlinePassed", ["deadline"]),
  ...(["returned", "unknown", "answered", "deadline-passed"] as const).map((from) =>
    at(from, "NextStepProposed", ["reason"]),
  ),

  ...INSIDE.map((from) => at(from, "LetterStopped", ["reason"])),
  ...INSIDE.map((from) => at(from, "LetterWithdrawn", ["reason"])),
  ...OUT.map((from) => at(from, "LetterWithdrawn", ["reason", "second-letter"])),
  at("signed", "LetterReplaced", ["reason", "second-letter"]),
  ...OUT.map((from) => at(from, "LetterReplaced", ["reason", "second-letter"])),
];

const TABLE = new Map(LETTER_TRANSITIONS.map((one) => [`${one.from} ${one.event}`, one]));

/** An expected "no", in both languages. */
export interface LetterRefusal {
  readonly code: string;
  readonly says: Words;
}

export type Moved =
  | { readonly ok: true; readonly to: LetterState }
  | { readonly ok: false; readonly refusal: LetterRefusal };

/**
 * May this happen to a letter in this state, with what is known?
 *
 * Gives   the state after it, or the refusal: `letter-STATE` where the event has no place there, `letter-no-GUARD` for the first
 *         guard that does not hold.
 * Holds   total: every state and event has an answer.
 */
export function mayMove(from: Transition["from"], event: LetterEvent, moment: Moment): Moved {
  const transition = TABLE.get(`${from} ${event}`);
  if (!transition) return { ok: false, refusal: outOfPlace(from, event) };
  const failed = GUARD_ORDER.find(
    (guard) => transition.needs.includes(guard) && !GUARDS[guard].holds(moment),
  );
  return failed
    ? { ok: false, refusal: { code: `letter-no-${failed}`, says: GUARDS[failed].says } }
    : { ok: true, to: transition.to };
}

function outOfPlace(from: Transition["from"], event: LetterEvent): LetterRefusal {
  const state = STATE_WORDS[from];
  const wish = EVENT_WORDS[event];
  const may = LETTER_TRANSITIONS.filter((one) => one.from === from).map((one) => one.event);
  const then = {
    en: may.length === 0 ? "nothing follows any more" : `it can be ${list(may, "en", ", ")}`,
    zh: may.length === 0 ? "此后不再变动" : `可${list(may, "zh", "、")}`,
  };
  return {
    code: `letter-${from}`,
    says: {
      en: `a letter that ${state.en} cannot be ${wish.en}; ${then.en}`,
      zh: `${state.zh}的函件不能${wish.zh}；${then.zh}`,
    },
  };
}

const list = (events: readonly LetterEvent[], language: "en" | "zh", between: string): string =>
  events.map((event) => EVENT_WORDS[event][language]).join(between);

export const STATE_WORDS: Readonly<Record<Transition["from"], Words>> = {
  none: { en: "is not drafted", zh: "未起草" },
  drafted: { en: "is drafted", zh: "已起草待审" },
  approved: { en: "is approved", zh: "已审核通过" },
  "sent-back": { en: "was sent back by the lawyer", zh: "被律师退回" },
  signed: { en: "is signed", zh: "已签署" },
  "handed-over": { en: "is handed over", zh: "已交付寄送" },
  delivered: { en: "is delivered", zh: "已送达" },
  refused: { en: "was refused", zh: "被拒收" },
  returned: { en: "came back", zh: "被退回（未送达）" },
  unknown: { en: "is lost sight of", zh: "下落不明" },
  answered: { en: "is answered", zh: "已答复" },
  "deadline-passed": { en: "was not answered in time", zh: "逾期未答复" },
  "next-proposed": { en: "has its next step proposed", zh: "已提出下一步建议" },
  stopped: { en: "was stopped", zh: "已停止" },
  withdrawn: { en: "was withdrawn", zh: "已撤回" },
  replaced: { en: "was replaced", zh: "已被替代" },
};

const EVENT_WORDS: Readonly<Record<LetterEvent, Words>> = {
  LetterDrafted: { en: "drafted", zh: "起草" },
  LetterOpened: { en: "opened by the lawyer", zh: "由律师查看" },
  LetterApproved: { en: "approved", zh: "审核通过" },
  LetterSentBack: { en: "sent back", zh: "由律师退回" },
  LetterSigned: { en: "signed", zh: "签署" },
  LetterHandedOver: { en: "handed over", zh: "交付寄送" },
  LetterDelivered: { en: "delivered", zh: "登记送达" },
  LetterRefused: { en: "refused", zh: "登记拒收" },
  LetterReturned: { en: "returned", zh: "登记退回" },
  LetterLost: { en: "lost sight of", zh: "登记下落不明" },
  LetterAnswered: { en: "answered", zh: "登记答复" },
  LetterDeadlinePassed: { en: "past its deadline", zh: "登记期限届满" },
  NextStepProposed: { en: "followed by a next step", zh: "提出下一步" },
  LetterStopped: { en: "stopped", zh: "停止" },
  LetterWithdrawn: { en: "withdrawn", zh: "撤回" },
  LetterReplaced: { en: "replaced", zh: "替代" },
};

// --- from the journal ------------------------------------------------------------------------------------------------

/** A letter as its facts tell it. */
export interface LetterLife {
  readonly id: string;
  readonly state: LetterState;
  readonly drafted: LetterDrafted;
  /** The approval that stands; drafting anew takes it away. */
  readonly approved?: LetterApproved;
  readonly signed?: LetterSigned;
  readonly handedOver?: LetterHandedOver;
  /** Everything that happened, in order: who, when, on what proof. */
  readonly facts: readonly LetterLifeFact[];
}

/** The letters that a borrower's journal holds, by id, in the order in which they were drafted. */
export function lettersOf(facts: readonly Fact[]): ReadonlyMap<string, LetterLife> {
  const letters = new Map<string, LetterLife>();
  for (const fact of facts) {
    if (!isLetterLifeFact(fact)) continue;
    const before = letters.get(fact.id);
    const next = after(before, fact);
    if (next) letters.set(fact.id, next);
  }
  return letters;
}

function after(before: LetterLife | undefined, fact: LetterLifeFact): LetterLife | undefined {
  if (fact.kind === "LetterDrafted")
    return { id: fact.id, state: "drafted", drafted: fact, facts: [...(before?.facts ?? []), fact] };
  if (!before) return undefined;
  const { approved: _, ...unapproved } = before;
  const base = fact.kind === "LetterSentBack" ? unapproved : before;
  return {
    ...base,
    state: LETTER_STATE_AFTER[fact.kind] ?? before.state,
    facts: [...before.facts, fact],
    ...(fact.kind === "LetterApproved" ? { approved: fact } : {}),
    ...(fact.kind === "LetterSigned" ? { signed: fact } : {}),
    ...(fact.kind === "LetterHandedOver" ? { handedOver: fact } : {}),
  };
}

/** A case as its facts tell it. */
export interface CaseLife {
  readonly id: string;
  readonly state: CaseState;
  readonly offered: CaseOffered;
  readonly lawyer?: string;
  readonly facts: readonly CaseFact[];
}

export function casesOf(facts: readonly Fact[]): ReadonlyMap<string, CaseLife> {
  const cases = new Map<string, CaseLife>();
  for (const fact of facts) {
    if (!isCaseFact(fact)) continue;
    const before = cases.get(fact.id);
    if (fact.kind === "CaseOffered")
      cases.set(fact.id, { id: fact.id, state: "offered", offered: fact, facts: [fact] });
    else if (before)
      cases.set(fact.id, {
        ...before,
        state: CASE_STATE_AFTER[fact.kind],
        facts: [...before.facts, fact],
        ...(fact.kind === "CaseAccepted" ? { lawyer: fact.lawyer } : {}),
      });
  }
  return cases;
}

/** What may become of a case: a refusal has its code and its sentence. */
export function mayCase(from: CaseState | "none", to: CaseState, reason?: string): LetterRefusal | undefined {
  const may: Readonly<Record<CaseState | "none", readonly CaseState[]>> = {
    none: ["offered"],
    offered: ["accepted", "declined", "recalled"],
    accepted: ["recalled", "declined"],
    declined: [],
    recalled: [],
  };
  if (!may[from].includes(to))
    return {
      code: `case-${from}`,
      says: {
        en: `a case that is ${from} cannot be ${to}; offer the loan again for a new one`,
        zh: `案件状态为 ${from}，不能变为 ${to}；如需办理请重新提供`,
      },
    };
  return to === "declined" && !reason?.trim()
    ? {
        code: "case-no-reason",
        says: {
          en: "a case is declined with a reason: --reason",
          zh: "拒绝接案须说明理由：--reason",
        },
      }
    : undefined;
}

// --- what comes next -------------------------------------------------------------------------------------------------

/** What should follow a letter, as a proposal for a person. */
export function nextStepFor(
  { state, facts, drafted }: Pick<LetterLife, "state" | "facts" | "drafted">,
  small: boolean,
): { readonly next: NextStep; readonly why: Words } {
  const answer = facts.findLast((fact) => fact.kind === "LetterAnswered");
  switch (state) {
    case "returned":
      return {
        next: "find-address",
        why: {
          en: "the letter came back: the address has to be found first",
          zh: "函件被退回，须先核实地址",
        },
      };
    case "unknown":
      return {
        next: "send-again",
        why: { en: "nobody knows whether it arrived", zh: "不能确认是否送达" },
      };
    case "answered":
      switch (answer?.answer) {
        case "disputes":
          return {
            next: "dispute-reply",
            why: { en: "he disputes the debt and is owed an answer", zh: "对方提出异议，须予答复" },
          };
        case "asks-for-plan":
        case "pays":
          return {
            next: "plan-offer",
            why: { en: "he wants to pay in parts or at a later day", zh: "对方提出还款安排" },
          };
        default:
          return {
            next: "ask-person",
            why: { en: "a person reads the answer and decides", zh: "由人工阅读答复后决定" },
          };
      }
    default:
      if (drafted.letter === "demand" || drafted.letter === "acceleration")
        return small
          ? {
              next: "payment-order",
              why: {
                en: "delivered and not answered by its deadline; a clear sum, for which a payment order is quick and cheap",
                zh: "已送达而逾期未答复；金额明确，支付令程序较快且费用较低",
              },
            }
          : {
              next: "mediation",
              why: {
                en: "delivered and not answered by its deadline; mediation comes before a suit",
                zh: "已送达而逾期未答复；起诉前宜先行调解",
              },
            };
      return {
        next: "suit",
        why: {
          en: "the last letter was not answered by its deadline",
          zh: "末次函件逾期未答复",
        },
      };
  }
}

/** Days after the hand-over after which a carrier that has said nothing is taken to know nothing. */
export const SILENT_DAYS = 30;

export const isSilent = (handedOverOn: Day, today: Day): boolean => today - handedOverOn > SILENT_DAYS;
