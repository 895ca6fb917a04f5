import { formatDay, type LimitationFact } from "../../core/index.ts";
import type { LimitationEffect, LimitationReason, LimitationState } from "../../legal/index.ts";
import type { Language } from "../io.ts";

type Said = Readonly<Record<Language, string>>;

export const STATE_WORDS: Readonly<Record<LimitationState, Said>> = {
  "not-started": { en: "has not begun", zh: "尚未起算" },
  running: { en: "running", zh: "进行中" },
  suspended: { en: "suspended", zh: "中止" },
  interrupted: { en: "interrupted while proceedings run", zh: "程序进行中（中断）" },
  expired: { en: "run out", zh: "已届满" },
  waived: { en: "run out, and the defence given up", zh: "已届满，抗辩已放弃" },
};

const EFFECT_WORDS: Readonly<Record<LimitationEffect, Said>> = {
  starts: { en: "begins to run", zh: "起算" },
  restarts: { en: "runs anew", zh: "中断，重新计算" },
  interrupts: { en: "interrupted until it ends", zh: "中断，至程序终结" },
  suspends: { en: "suspended", zh: "中止" },
  enforcement: { en: "time to apply for enforcement runs", zh: "改计申请执行期间" },
  "next-working-day": { en: "a day off: moved to the next working day", zh: "休息日，顺延至次一工作日" },
  "calendar-unknown": {
    en: "days off of that year are not published: only Saturdays and Sundays are taken as such",
    zh: "该年休假安排未公布：仅按周六、周日计",
  },
  "long-stop": { en: "no later than twenty years after it fell due", zh: "不超过自权利受损起二十年" },
  waives: { en: "after the end: the defence is given up", zh: "届满后：放弃抗辩" },
  superseded: { en: "moves nothing", zh: "不影响" },
  "too-late": { en: "after the end: restarts nothing", zh: "届满后：不发生中断" },
  "outside-window": { en: "not in the last six months: suspends nothing", zh: "不在最后六个月内：不中止" },
  "rest-given-up": { en: "the rest was given up: restarts nothing for it", zh: "已放弃剩余债权：对其不中断" },
  defence: { en: "a defence from this day on, which he has to raise", zh: "自此日起可抗辩（须本人提出）" },
  failed: { en: "did not arrive: restarts nothing", zh: "未到达：不中断" },
  "not-yet": { en: "has not happened yet", zh: "尚未发生" },
};

const WHAT_WORDS: Readonly<Record<LimitationReason["what"], Said>> = {
  "demand-in-person": { en: "demand handed over", zh: "当面送交催告" },
  letter: { en: "letter", zh: "信件" },
  message: { en: "message", zh: "数据电文" },
  call: { en: "call", zh: "电话" },
  debit: { en: "debit", zh: "扣收" },
  "public-notice": { en: "public notice", zh: "公告" },
  "assignment-notice": { en: "notice of assignment", zh: "债权转让通知" },
  "installment-plan": { en: "plan agreed", zh: "分期或清偿计划" },
  "part-payment": { en: "part paid", zh: "部分履行" },
  security: { en: "security given", zh: "提供担保" },
  "extension-request": { en: "more time asked for", zh: "请求延期" },
  promise: { en: "promise to pay", zh: "承诺还款" },
  acknowledgment: { en: "debt admitted", zh: "承认债务" },
  suit: { en: "suit", zh: "起诉" },
  arbitration: { en: "arbitration", zh: "仲裁" },
  "payment-order": { en: "payment order", zh: "支付令" },
  "insolvency-claim": { en: "claim in insolvency", zh: "申报破产债权" },
  "missing-or-dead": { en: "declaration as missing or dead", zh: "宣告失踪或死亡" },
  "pre-suit-measure": { en: "measure before a suit", zh: "诉前措施" },
  enforcement: { en: "enforcement applied for", zh: "申请强制执行" },
  joinder: { en: "party to a suit", zh: "追加当事人" },
  "set-off": { en: "set-off in a suit", zh: "诉讼中抵销" },
  mediation: { en: "mediation asked for", zh: "申请调解" },
  "police-report": { en: "report to the police", zh: "报案" },
  due: { en: "fell due", zh: "履行期限届满" },
  obstacle: { en: "obstacle", zh: "障碍" },
  acceleration: { en: "made due as a whole", zh: "加速到期" },
  judgment: { en: "judgment", zh: "判决" },
  end: { en: "end", zh: "届满" },
};

const COUNTS_WORDS: Readonly<Record<LimitationReason["counts"], Said>> = {
  worst: { en: "", zh: "" },
  usual: { en: " (not in the worst case)", zh: "（最坏情形不计）" },
  nowhere: { en: "", zh: "" },
};

/** One step of the reckoning in one line. */
export function reasonLine(reason: LimitationReason, language: Language): string {
  const { on, what, effect, counts, proof, endsOn, source } = reason;
  const shown = proof === undefined ? "" : ` [${proof}]`;
  const ends = endsOn === undefined ? "" : ` → ${formatDay(endsOn)}`;
  const cite = `${source.cite.law} ${source.cite.at}`;
  return `${formatDay(on)}  ${WHAT_WORDS[what][language]}${shown}: ${EFFECT_WORDS[effect][language]}${ends}${COUNTS_WORDS[counts][language]} · ${cite}`;
}

export function limitationSentence(fact: LimitationFact): Said {
  const worst = formatDay(fact.worstOn);
  switch (fact.kind) {
    case "LimitationWarned":
      return {
        en: `LIMITATION: in the worst case the time to claim ends on ${worst}, in ${fact.worstOn - fact.on} days`,
        zh: `诉讼时效提示：最坏情形下于 ${worst} 届满，还有 ${fact.worstOn - fact.on} 日`,
      };
    case "LimitationReckoned":
      return {
        en: `limitation looked at: it ends on ${worst} in the worst case`,
        zh: `核对诉讼时效：最坏情形下于 ${worst} 届满`,
      };
    case "LimitationPassed":
      return {
        en: `LIMITATION: the worst case is over since ${worst}; the debt is owed, and the debtor may have a defence`,
        zh: `诉讼时效：最坏情形已于 ${worst} 届满；债权仍在，义务人可能提出抗辩`,
      };
  }
}
