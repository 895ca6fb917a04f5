import {
  CHANNELS,
  type Fact,
  formatDay,
  formatInstant,
  fromBits,
  type HoldKind,
  isBureauFact,
  isEnforcementFact,
  isLetterFact,
  isMatterFact,
  isPersonFact,
  isPlanFact,
  isProceedingFact,
  isReplyFact,
  isRequestFact,
} from "../../core/index.ts";
import { bureauSentence } from "../bureau/sentences.ts";
import { matterSentence } from "../court/matter-words.ts";
import { proceedingSentence } from "../court/proceeding-words.ts";
import { enforcementSentence } from "../enforcement/words.ts";
import { HOLD_NAMES } from "../gate/reasons.ts";
import { amount, type Language } from "../io.ts";
import { letterSentence } from "../letters/sentences.ts";
import { limitationSentence } from "../limitation/words.ts";
import { promiseSentence } from "../loans/promises.ts";
import { personSentence } from "../people/sentences.ts";
import { planSentence, requestSentence } from "../requests/words.ts";
import { teamSentence } from "../team/words.ts";
import { moneySentence } from "./money.ts";
import { replySentence } from "./replies.ts";

export function factSentence(fact: Fact, decimals: number, zone: string): Record<Language, string> {
  const money = (value: number) => amount(value, decimals);
  switch (fact.kind) {
    case "LoanBooked":
      return { en: `booked: ${money(fact.principal)} lent`, zh: `入账：本金 ${money(fact.principal)}` };
    case "EntryReversed":
      return { en: `entry ${fact.id} reversed: ${fact.reason}`, zh: `冲正 ${fact.id}：${fact.reason}` };
    case "BalanceReported":
      return {
        en: `reported for ${formatDay(fact.asOf)}: ${fact.status}, principal ${money(fact.principal)}, oldest unpaid due day ${fact.dueOn === null ? "none" : formatDay(fact.dueOn)}`,
        zh: `${formatDay(fact.asOf)} 报送：${fact.status}，剩余本金 ${money(fact.principal)}，最早未还应还日 ${fact.dueOn === null ? "无" : formatDay(fact.dueOn)}`,
      };
    case "HoldPlaced": {
      const until =
        fact.until === null
          ? { en: "", zh: "" }
          : { en: ` until ${formatDay(fact.until)}`, zh: `至 ${formatDay(fact.until)}` };
      const part =
        fact.part === undefined
          ? { en: "", zh: "" }
          : { en: ` of ${money(fact.part)}`, zh: `（${money(fact.part)}）` };
      return {
        en: `hold: ${fact.hold}${part.en}${until.en}`,
        zh: `暂停：${holdName(fact.hold)}${part.zh}${until.zh}`,
      };
    }
    case "HoldLifted":
      return { en: `hold lifted: ${fact.hold}`, zh: `解除暂停：${holdName(fact.hold)}` };
    case "ReachChanged":
      return {
        en: `addresses on file now for: ${fromBits(fact.reach, CHANNELS).join(", ") || "nothing"}`,
        zh: `可用渠道变为：${fromBits(fact.reach, CHANNELS).join("、") || "无"}`,
      };
    case "BandEntered":
      return {
        en: `M${Math.max(0, fact.from)} → M${fact.band}: ${fact.dpd} ${fact.dpd === 1 ? "day" : "days"} past due, ${money(fact.arrears)} overdue`,
        zh: `M${Math.max(0, fact.from)} → M${fact.band}：逾期 ${fact.dpd} 天，逾期欠款 ${money(fact.arrears)}`,
      };
    case "Cured":
      return { en: `cured, from M${fact.from}`, zh: `由 M${fact.from} 恢复正常` };
    case "LoanEnded":
      return { en: `ended: ${fact.how}`, zh: `结束：${ENDED[fact.how]}` };
    case "StepPlanned":
      return {
        en: `step ${fact.step} planned by ${fact.via} from ${formatInstant(zone, fact.slot)}${fact.under ? `, said together with ${fact.under.step} of loan ${fact.under.loan}` : ""}`,
        zh: `动作 ${fact.step} 计划经 ${fact.via} 于 ${formatInstant(zone, fact.slot)} 起执行${fact.under ? `，并入第 ${fact.under.loan} 笔贷款的 ${fact.under.step}` : ""}`,
      };
    case "StepRefused":
      return {
        en: `step ${fact.step} REFUSED by ${fact.rules.join(", ")}${fact.retryOn < 2_000_000 ? `; looked at again on ${formatDay(fact.retryOn)}` : ""}`,
        zh: `动作 ${fact.step} 被拒：${fact.rules.join("、")}${fact.retryOn < 2_000_000 ? `；${formatDay(fact.retryOn)} 再看` : ""}`,
      };
    case "StepAsked":
      return {
        en: `step ${fact.step} waits for a person (${fact.rules.join(", ")})${fact.after ? `; should be behind it: ${fact.after.join(", ")}` : ""}`,
        zh: `动作 ${fact.step} 待人工决定（${fact.rules.join("、")}）${fact.after ? `；此前应已完成：${fact.after.join("、")}` : ""}`,
      };
    case "StageEntered":
      return {
        en: `stage ${fact.stage} of ${fact.strategy}${fact.segment ? `, segment ${fact.segment}` : ""}${fact.arm ? `, arm ${fact.arm} (drawn with ${fact.share} %)` : ""}`,
        zh: `进入 ${fact.strategy} 的阶段 ${fact.stage}${fact.segment ? `，客群 ${fact.segment}` : ""}${fact.arm ? `，分组 ${fact.arm}（抽取概率 ${fact.share}%）` : ""}`,
      };
    case "StepLapsed":
      return {
        en: `step ${fact.step} lapsed: ${fact.why}${fact.by ? ` by ${fact.by}` : ""}`,
        zh: `动作 ${fact.step} 失效：${LAPSED[fact.why]}${fact.by ? `（${fact.by}）` : ""}`,
      };
    case "SetAside":
      return { en: `SET ASIDE: ${fact.reason}`, zh: `搁置：${fact.reason}` };
    case "PromiseMade":
    case "PromiseReplaced":
    case "PromiseWithdrawn":
    case "PromiseKept":
    case "PromiseBroken":
    case "PromiseReopened":
    case "PromiseLapsed":
      return promiseSentence(fact, money);
    case "CaseClaimed":
    case "CaseReleased":
    case "ContactResult":
    case "QuestionAnswered":
    case "ContactChecked":
    case "AddressDropped":
    case "LanguageNoted":
    case "CaseShown":
      return teamSentence(fact, zone);
    case "ContactStarted":
      return {
        en: `contact by ${fact.via} begun at ${formatInstant(zone, fact.at)}`,
        zh: `${formatInstant(zone, fact.at)} 开始经 ${fact.via} 触达`,
      };
    case "ContactEnded":
      return { en: `contact ended: ${fact.outcome}`, zh: `触达结果：${fact.outcome}` };
    case "ActionCancelled":
      return {
        en: `not sent: ${[fact.why, ...fact.rules].join(", ")}`,
        zh: `未发送：${[fact.why, ...fact.rules].join("、")}`,
      };
    case "ActionConsolidated":
      return {
        en: `said together with ${fact.into}, which goes out as ${fact.by.step} of loan ${fact.by.loan}`,
        zh: `并入 ${fact.into}，以第 ${fact.by.loan} 笔贷款的 ${fact.by.step} 发出`,
      };
    case "ContactWithdrawn":
      return {
        en: `contact not handed over: ${fact.why}; judged again`,
        zh: `触达未交出：${fact.why}；重新判定`,
      };
    case "ActionFellBack":
      return {
        en: `${fact.from} failed, so ${fact.to ?? "the next way"} is tried`,
        zh: `${fact.from} 未成功，改用${fact.to ? ` ${fact.to}` : "下一渠道"}`,
      };
    case "PersonErased":
      return {
        en: `personal values of ${fact.facts} facts erased by ${fact.by}: ${fact.ground}`,
        zh: `${fact.by} 删除 ${fact.facts} 条事实中的个人信息：${fact.ground}`,
      };
    case "PersonChanged":
      return {
        en: `looked at again: ${fact.what} ${fact.of}`,
        zh: `重新判断：${fact.what} ${fact.of}`,
      };
    case "LimitationWarned":
    case "LimitationReckoned":
    case "LimitationPassed":
      return limitationSentence(fact);
    default:
      if (isReplyFact(fact)) return replySentence(fact, zone);
      if (isLetterFact(fact)) return letterSentence(fact, zone);
      if (isBureauFact(fact)) return bureauSentence(fact);
      if (isMatterFact(fact)) return matterSentence(fact);
      if (isEnforcementFact(fact)) return enforcementSentence(fact, decimals);
      if (isProceedingFact(fact)) return proceedingSentence(fact, money);
      if (isRequestFact(fact)) return requestSentence(fact);
      if (isPlanFact(fact)) return planSentence(fact, money);
      return isPersonFact(fact) ? personSentence(fact, zone) : moneySentence(fact, money);
  }
}

const ENDED = { "paid-off": "已结清", settled: "和解结清", cancelled: "已撤销", assigned: "已转让" } as const;

const LAPSED = {
  overtaken: "被更晚的动作取代",
  "stage-over": "阶段已过",
  "not-in-strategy": "策略中已无此动作",
} as const;

const holdName = (kind: HoldKind): string => HOLD_NAMES[kind];
