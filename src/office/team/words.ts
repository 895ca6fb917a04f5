import {
  CHECK_REASONS,
  formatInstant,
  formatMoney,
  type Minor,
  type Ranked,
  type Reason,
  resultOf,
  type TeamFact,
} from "../../core/index.ts";
import type { TeamRefusal, WorkCase } from "../../store/index.ts";
import type { Language } from "../io.ts";

/** Why a case stands where it stands, as a sentence. */
export const REASON_WORDS: Readonly<Record<Reason, Readonly<Record<Language, string>>>> = {
  supervisor: { en: "a supervisor has to look at it", zh: "须主管查看" },
  "promise-broken": {
    en: "a promise was broken, and nobody has spoken with him since",
    zh: "失约后尚未联系",
  },
  "last-day": { en: "the last day on which the step makes sense", zh: "该动作的最后一天" },
  "left-over": { en: "planned for an earlier day and not done", zh: "此前计划，尚未完成" },
  "rule-asks": {
    en: "a rule leaves it to a person whether this step may be made; arrears explain LOAN says which",
    zh: "规则要求由人工判断该动作可否实施；用 arrears explain 查看",
  },
  question: { en: "a question of the strategy waits for an answer", zh: "策略提问，待人工决定" },
  "planned-today": { en: "planned for today", zh: "今日计划" },
};

/** A case of the worklist as JSON; money as text. */
export function caseJson({ case: one, reason }: Ranked<WorkCase>, zone: string): Record<string, unknown> {
  return {
    action: one.id,
    act: one.act,
    what: one.what,
    borrower: one.borrower,
    loans: one.loans,
    products: one.products,
    stages: one.stages,
    language: one.language,
    dpd: one.dpd,
    arrears: formatMoney(one.arrears as Minor),
    disputed: formatMoney(one.disputed),
    askable: formatMoney(one.askable),
    reason,
    says: REASON_WORDS[reason].en,
    since: formatInstant(zone, one.slot),
    lastContact: one.lastContact === undefined ? null : formatInstant(zone, one.lastContact),
    claimedBy: one.claimedBy ?? null,
    claimedUntil: one.claimedUntil === undefined ? null : formatInstant(zone, one.claimedUntil),
  };
}

const IN_CHINESE: Readonly<Record<TeamRefusal, string>> = {
  "unknown-collector": "没有该催收员",
  "not-active": "该催收员未启用",
  capacity: "已达当日上限",
  "nothing-to-do": "作业清单中没有适合的案件",
  "no-case": "手中没有案件",
  "taken-over": "案件已由他人领取或领取已到期",
  "not-a-call": "该案件是问题，不是电话",
  "not-begun": "尚未开始拨打",
  "already-begun": "已开始拨打，尚无结果",
  "wrong-code": "结果码与案件种类不符",
  missing: "缺少该结果码要求的内容",
  "not-then": "推后时间须在此刻之后十四天内",
};

export const teamRefusalWords = (code: TeamRefusal, says: string, language: Language): string =>
  language === "zh" ? `${IN_CHINESE[code]}（${says}）` : says;

const RELEASED = {
  done: { en: "with a result", zh: "已有结果" },
  returned: { en: "without a result", zh: "未完成退回" },
  expired: { en: "its lease was over", zh: "领取到期" },
} as const;

/** What a fact of the team says, as a sentence. */
export function teamSentence(fact: TeamFact, zone: string): Record<Language, string> {
  switch (fact.kind) {
    case "CaseClaimed":
      return {
        en: `case taken by ${fact.collector} until ${formatInstant(zone, fact.until)}`,
        zh: `案件由 ${fact.collector} 领取，至 ${formatInstant(zone, fact.until)}`,
      };
    case "CaseReleased": {
      const back = fact.backAt === undefined ? undefined : formatInstant(zone, fact.backAt);
      return {
        en: `case given back by ${fact.collector}, ${RELEASED[fact.why].en}${back ? `, to come again ${back}` : ""}${fact.reason ? `: ${fact.reason}` : ""}`,
        zh: `${fact.collector} 退回案件：${RELEASED[fact.why].zh}${back ? `，${back} 再次处理` : ""}${fact.reason ? `，${fact.reason}` : ""}`,
      };
    }
    case "ContactResult":
    case "QuestionAnswered": {
      const row = resultOf(fact.code);
      const note = fact.note === undefined ? "" : ` (${fact.note})`;
      return {
        en: `${fact.collector}: ${row?.says.en ?? fact.code}${note}`,
        zh: `${fact.collector}：${row?.says.zh ?? fact.code}${note}`,
      };
    }
    case "ContactChecked": {
      const reasons = fact.reasons.map((code) => CHECK_REASONS.find((one) => one.code === code));
      const [en, zh] = [
        reasons.map((one) => one?.says.en).join(", "),
        reasons.map((one) => one?.says.zh).join("、"),
      ];
      const passed = fact.result === "pass";
      return {
        en: `contact ${fact.contact} of ${fact.collector} checked by ${fact.by}: ${passed ? "passed" : `FAILED: ${en}`}`,
        zh: `质检 ${fact.contact}（${fact.collector}），质检人 ${fact.by}：${passed ? "合格" : `不合格：${zh}`}`,
      };
    }
    case "AddressDropped":
      return {
        en: `the number ${fact.address} is used no longer: ${resultOf(fact.why)?.says.en ?? fact.why}`,
        zh: `号码 ${fact.address} 不再使用：${resultOf(fact.why)?.says.zh ?? fact.why}`,
      };
    case "CaseShown":
      return {
        en: `${fact.agency} was shown loan ${fact.debt}`,
        zh: `向 ${fact.agency} 提供借据 ${fact.debt} 的案件资料`,
      };
    case "LanguageNoted":
      return { en: `he speaks ${fact.language}`, zh: `使用语言：${fact.language}` };
  }
}
