import {
  formatDay,
  hardshipReasons,
  type PlanFact,
  type RequestFact,
  type WishKind,
  whatHappened,
} from "../../core/index.ts";
import {
  COMPLAINT_EVENT_WORDS,
  COMPLAINT_KIND_WORDS,
  COMPLAINT_STATE_WORDS,
  HARDSHIP_EVENT_WORDS,
  HARDSHIP_REASON_WORDS,
} from "../../legal/index.ts";
import type { Words } from "../../policy/index.ts";

export const WISH_WORDS: Readonly<Record<WishKind, Words>> = {
  "stop-all": { en: "no contact at all", zh: "停止一切联系" },
  "stop-channel": { en: "not by this way", zh: "停止使用该方式" },
  "stop-number": { en: "not at this number or address", zh: "停止使用该号码或地址" },
  "stop-third-person": { en: "nobody else is contacted", zh: "停止联系第三人" },
  "only-at-times": { en: "only at these times", zh: "只在约定时段联系" },
  "not-at-times": { en: "not at these times", zh: "这些时段不要联系" },
  representative: { en: "somebody speaks for me", zh: "由代理人代为沟通" },
  "representative-ended": { en: "nobody speaks for me any more", zh: "代理已终止" },
  lift: { en: "an earlier wish is taken back", zh: "撤回此前的要求" },
};

/** Where whoever answers for a loan stands by an agreement; `heavier` is the sum by which it asks for more, as text. */
export const GUARANTOR_WORDS: Readonly<
  Record<"not-needed" | "awaited" | "given" | "without", (name: string, heavier: string) => Words>
> = {
  "not-needed": (name) => ({
    en: `${name} answers for what is owed by the plan, which is no heavier than the contract; the time in which he answers did not move`,
    zh: `方案未加重债务，${name} 仍承担保证责任，保证期间不变`,
  }),
  awaited: (name) => ({
    en: `waits for the written consent of ${name}`,
    zh: `等待保证人 ${name} 书面同意`,
  }),
  given: (name) => ({
    en: `${name} consented in writing and answers for the plan`,
    zh: `${name} 已书面同意，对变更后的债务承担保证责任`,
  }),
  without: (name, heavier) => ({
    en: `${name} did not consent: he does not answer for ${heavier}, by which the plan is heavier, and the time in which he answers did not move`,
    zh: `${name} 未书面同意：其对加重的 ${heavier} 不承担保证责任，保证期间不变`,
  }),
};

/** A fact about a request, for a person. What is personal in it is not told. */
export function requestSentence(fact: RequestFact): Words {
  const { id } = fact;
  switch (fact.kind) {
    case "ComplaintOpened": {
      const { en, zh } = COMPLAINT_KIND_WORDS[fact.topic];
      return { en: `complaint ${id} received: ${en}`, zh: `收到投诉 ${id}：${zh}` };
    }
    case "ComplaintMoved": {
      const what = whatHappened(fact);
      const { en, zh } = COMPLAINT_EVENT_WORDS[what.type];
      const outcome = what.type === "answered" ? COMPLAINT_STATE_WORDS[what.outcome] : undefined;
      return {
        en: `complaint ${id}: ${en}${outcome ? `, ${outcome.en}` : ""}`,
        zh: `投诉 ${id}：${zh}${outcome ? `，${outcome.zh}` : ""}`,
      };
    }
    case "HardshipRequested": {
      const of = hardshipReasons(fact).map((reason) => HARDSHIP_REASON_WORDS[reason]);
      return {
        en: `help asked for, ${id}: ${of.map(({ en }) => en).join(", ")}; collection rests until ${formatDay(fact.restsUntil)}`,
        zh: `收到协商申请 ${id}：${of.map(({ zh }) => zh).join("、")}；暂停催收至 ${formatDay(fact.restsUntil)}`,
      };
    }
    case "HardshipMoved": {
      const { en, zh } = HARDSHIP_EVENT_WORDS[whatHappened(fact).type];
      return { en: `request ${id}: ${en}`, zh: `协商申请 ${id}：${zh}` };
    }
    case "WishMade": {
      const { en, zh } = WISH_WORDS[fact.wish];
      return { en: `wish ${id}: ${en}`, zh: `联系要求 ${id}：${zh}` };
    }
    case "RequestFileAdded":
      return { en: `a document was added to ${id}`, zh: `${id} 已补充文件` };
  }
}

/** A fact about an agreed plan. */
export function planSentence(fact: PlanFact, money: (value: number) => string): Words {
  const { id } = fact;
  switch (fact.kind) {
    case "PlanAgreed":
      return {
        en: `plan ${id} agreed; a missed payment can be made up within ${fact.graceDays} days, ${fact.missesForgiven === 1 ? "once" : `${fact.missesForgiven} times`}`,
        zh: `分期还款协议 ${id} 生效；未按期支付可在 ${fact.graceDays} 日内补足，以 ${fact.missesForgiven} 次为限`,
      };
    case "PlanEnded":
      return { en: `plan ${id} ended`, zh: `分期还款协议 ${id} 终止` };
    case "PlanMissed":
      return {
        en: `plan ${id}: the payment of ${formatDay(fact.dueOn)} is missing, ${money(fact.arrears)}; it can be made up until ${formatDay(fact.graceUntil)}`,
        zh: `分期还款协议 ${id}：${formatDay(fact.dueOn)} 应付 ${money(fact.arrears)} 未付，可于 ${formatDay(fact.graceUntil)} 前补足`,
      };
    case "PlanCaughtUp":
      return {
        en: `plan ${id}: the payment of ${formatDay(fact.dueOn)} was made up in time`,
        zh: `分期还款协议 ${id}：${formatDay(fact.dueOn)} 应付款已在宽限期内补足`,
      };
    case "PlanBroken":
      return {
        en: `plan ${id} is not kept any more: ${fact.why === "grace-over" ? `the payment of ${formatDay(fact.dueOn)} was not made up in time` : "another payment was missed"}; ${money(fact.arrears)} is late, and a person is asked what follows`,
        zh: `分期还款协议 ${id} 未履行：${fact.why === "grace-over" ? `${formatDay(fact.dueOn)} 应付款未在宽限期内补足` : "再次未按期支付"}；逾期 ${money(fact.arrears)}，请人决定后续处理`,
      };
    case "PlanCompleted":
      return { en: `plan ${id} completed: ${fact.how}`, zh: `分期还款协议 ${id} 履行完毕` };
  }
}
