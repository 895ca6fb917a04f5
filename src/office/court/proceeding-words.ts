import {
  type Award,
  formatDay,
  formatMoney,
  type Minor,
  type ProceedingEvent,
  type ProceedingFact,
} from "../../core/index.ts";
import { type DeadlineName, EVENT_WORDS, eventKey, PROCEDURE_WORDS, WAY_WORDS } from "../../legal/index.ts";
import type { Words } from "../../policy/index.ts";

/** What a day of a proceeding is for. */
export const DEADLINE_WORDS: Readonly<Record<DeadlineName, Words>> = {
  "sue-after-preservation": { en: "sue, or the preservation ends", zh: "诉前保全后起诉" },
  "court-accepts": { en: "the court accepts it or refuses", zh: "法院立案或裁定不予受理" },
  "pay-fee": { en: "pay the case fee", zh: "交纳案件受理费" },
  "court-serves": { en: "the court sends the complaint to the defendant", zh: "法院送达起诉状副本" },
  answer: { en: "the defendant answers", zh: "被告答辩" },
  "object-to-court": { en: "the defendant objects to jurisdiction", zh: "被告提出管辖异议" },
  "notice-of-hearing": { en: "the court tells of the hearing", zh: "法院通知开庭" },
  hearing: { en: "hearing", zh: "开庭" },
  "set-by-court": { en: "period set by the court", zh: "法院指定期间" },
  "court-decides": { en: "the court decides", zh: "法院审结" },
  appeal: { en: "our appeal", zh: "我方上诉" },
  "debtor-appeals": { en: "the defendant's appeal", zh: "被告上诉" },
  "appeal-ruling": { en: "our appeal against the ruling", zh: "我方就裁定上诉" },
  "court-sends-appeal": { en: "the court sends the appeal on", zh: "法院送达上诉状副本" },
  "answer-appeal": { en: "our answer to the appeal", zh: "我方就上诉答辩" },
  "appeal-decided": { en: "the second instance decides", zh: "二审审结" },
  confirm: { en: "apply together for judicial confirmation", zh: "共同申请司法确认" },
  "court-issues": { en: "the court issues the payment order", zh: "法院发出支付令" },
  "serve-order": { en: "the payment order is served, or loses its force", zh: "支付令送达期限" },
  "object-to-order": { en: "the debtor pays or objects in writing", zh: "债务人清偿或书面异议" },
  "refuse-suit": { en: "say that no suit is wished for, or it becomes one", zh: "表明不同意提起诉讼" },
  perform: { en: "the debtor performs", zh: "债务人履行" },
  enforce: { en: "apply for enforcement", zh: "申请强制执行" },
};

/** `set-by-court:evidence` has the court's own name behind it. */
export function deadlineWords(what: string): Words | undefined {
  const [name, own] = what.split(/:(.*)/s) as [string, string?];
  const words = DEADLINE_WORDS[name as DeadlineName];
  if (!words || own === undefined) return words;
  return { en: `${own} (${words.en})`, zh: `${own}（${words.zh}）` };
}

const SIDE_WORDS: Readonly<Record<string, Words>> = {
  us: { en: "us", zh: "我方" },
  debtor: { en: "the debtor", zh: "债务人" },
};
const SERVICE_WORDS: Readonly<Record<string, Words>> = {
  paper: { en: "on paper", zh: "直接或邮寄送达" },
  left: { en: "left at his home", zh: "留置送达" },
  electronic: { en: "by electronic means", zh: "电子送达" },
  "public-notice": { en: "by public notice", zh: "公告送达" },
};
const CONSENT_WORDS: Readonly<Record<string, Words>> = {
  express: { en: "he agreed expressly", zh: "明示同意" },
  "agreed-before": { en: "agreed before the suit", zh: "诉前约定" },
  "address-given": { en: "he gave the address", zh: "主动提供地址" },
  "acted-on": { en: "he acted on it", zh: "以行为接受" },
};

/** What an event says beside its name. */
function detail(event: ProceedingEvent, money: (amount: Minor) => string): Words {
  const both = (en: string, zh = en): Words => ({ en, zh });
  switch (event.type) {
    case "accepted":
    case "appeal-accepted":
      return both(
        `${event.caseNumber}${"procedure" in event && event.procedure ? `, ${PROCEDURE_WORDS[event.procedure].en}` : ""}`,
        `${event.caseNumber}${"procedure" in event && event.procedure ? `，${PROCEDURE_WORDS[event.procedure].zh}` : ""}`,
      );
    case "served": {
      const consent = event.consent === undefined ? undefined : CONSENT_WORDS[event.consent];
      return both(
        `on ${SIDE_WORDS[event.to]!.en} ${SERVICE_WORDS[event.way]!.en}${consent ? ` (${consent.en})` : ""}`,
        `${SIDE_WORDS[event.to]!.zh}，${SERVICE_WORDS[event.way]!.zh}${consent ? `（${consent.zh}）` : ""}`,
      );
    }
    case "fee-noticed":
    case "fee-paid":
    case "fee-refunded":
      return both(money(event.amount));
    case "hearing-set":
      return both(
        `${formatDay(event.hearingOn)}${event.place ? `, ${event.place}` : ""}`,
        `${formatDay(event.hearingOn)}${event.place ? `，${event.place}` : ""}`,
      );
    case "adjourned":
      return both(
        `${event.reason}${event.hearingOn === undefined ? "" : `, to ${formatDay(event.hearingOn)}`}`,
        `${event.reason}${event.hearingOn === undefined ? "" : `，改期至 ${formatDay(event.hearingOn)}`}`,
      );
    case "converted":
      return PROCEDURE_WORDS[event.procedure];
    case "extended":
      return both(`${event.months} months`, `${event.months} 个月`);
    case "period-set":
      return both(
        `${event.name}, until ${formatDay(event.until)}`,
        `${event.name}，至 ${formatDay(event.until)}`,
      );
    case "period-kept":
      return both(event.name);
    case "judgment":
    case "mediated":
    case "issued":
    case "agreed":
      return awardWords(event, money);
    case "appeal-decided":
      return event.award ? awardWords(event.award, money) : both("");
    case "appealed":
      return both(`by ${SIDE_WORDS[event.side]!.en}`, SIDE_WORDS[event.side]!.zh);
    case "effective":
      return both(
        `to be performed by ${formatDay(event.performBy)}`,
        `履行期限至 ${formatDay(event.performBy)}`,
      );
    case "withdrawn":
    case "ended":
      return both(event.reason);
    case "became-suit":
      return both(event.proceeding ?? "");
    default:
      return both("reason" in event && event.reason !== undefined ? event.reason : "");
  }
}

function awardWords({ sums }: Award, money: (amount: Minor) => string): Words {
  const each = (language: "en" | "zh"): string =>
    sums
      .map(({ debt, principal, interest, costs }) =>
        language === "zh"
          ? `${debt} 本金 ${money(principal)}、利息 ${money(interest)}、费用 ${money(costs)}`
          : `${debt} principal ${money(principal)}, interest ${money(interest)}, costs ${money(costs)}`,
      )
      .join(language === "zh" ? "；" : "; ");
  return { en: each("en"), zh: each("zh") };
}

/** What a fact of a proceeding says, as a sentence. */
export function proceedingSentence(
  fact: ProceedingFact,
  money: (amount: Minor) => string = formatMoney,
): Words {
  const { id } = fact;
  switch (fact.kind) {
    case "ProceedingOpened": {
      const way = WAY_WORDS[fact.way];
      return {
        en: `proceeding ${id} opened by ${fact.by}: ${way.en} at ${fact.court} about ${fact.debts.join(", ")}; nothing is filed by it`,
        zh: `${fact.by} 建立程序 ${id}：${way.zh}，${fact.court}，涉及 ${fact.debts.join("、")}；尚未提交`,
      };
    }
    case "ProceedingMoved": {
      const name = EVENT_WORDS[eventKey(fact.what)];
      const more = detail(fact.what, money);
      const dated = formatDay(fact.dated);
      return {
        en: `proceeding ${id}: ${name.en} on ${dated}${more.en === "" ? "" : `: ${more.en}`}`,
        zh: `程序 ${id}：${dated} ${name.zh}${more.zh === "" ? "" : `：${more.zh}`}`,
      };
    }
    case "ProceedingTakenBack":
      return {
        en: `proceeding ${id}: ${fact.event} was recorded wrongly and is taken back: ${fact.reason}`,
        zh: `程序 ${id}：撤回误登记的 ${fact.event}：${fact.reason}`,
      };
  }
}
