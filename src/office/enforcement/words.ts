import {
  type EnforcementFact,
  formatDay,
  formatMoney,
  type ListMove,
  type ListName,
  type ListState,
  type MeasureType,
  type Minor,
} from "../../core/index.ts";
import { type EnforcementDateWhat, GROUND_WORDS } from "../../legal/index.ts";
import type { Words } from "../../policy/index.ts";

/** What each day of an enforcement is for, in words. */
export const ENFORCEMENT_DATE_WORDS: Readonly<Record<EnforcementDateWhat, Words>> = {
  "enforcement-accept": { en: "the court accepts the application or not", zh: "法院决定是否立案" },
  "enforcement-notice": { en: "the court sends the notice", zh: "法院发出执行通知" },
  "enforcement-usual-end": { en: "the case is as a rule closed", zh: "一般应当执行结案" },
  "enforcement-upper-court": {
    en: "after it the upper court may be asked",
    zh: "其后可向上一级法院申请执行",
  },
  "notice-perform": { en: "he performs as the notice says", zh: "按执行通知履行" },
  "settlement-part": { en: "a part of the settlement falls due", zh: "和解协议一期到期" },
  "settlement-resume": { en: "to ask that the judgment be enforced again", zh: "申请恢复执行" },
  "measure-renew": { en: "to ask that a freeze or seizure be renewed", zh: "申请续行查封、扣押、冻结" },
  "assets-recheck": { en: "the court looks for assets again", zh: "法院再次查询财产" },
  "list-decision": { en: "the court decides on the listing", zh: "法院决定是否纳入失信名单" },
  "list-publish": { en: "grace ends; then it is published", zh: "宽限期届满，其后发布" },
  "list-removal": { en: "the listing is deleted", zh: "删除失信信息" },
  "list-removal-chase": { en: "ask again whether the listing is deleted", zh: "再次催办删除失信信息" },
  "list-term-end": { en: "the listing's term ends", zh: "纳入期限届满" },
  "list-again": { en: "until then we cannot ask for it again", zh: "其前不得再次申请纳入" },
  "correction-answer": { en: "the court answers on the correction", zh: "法院审查纠正申请" },
  "correction-made": { en: "the correction is made", zh: "作出纠正" },
  "correction-review": { en: "he may ask the upper court for review", zh: "可申请复议" },
  "correction-review-answer": { en: "the upper court decides", zh: "上一级法院作出复议决定" },
  "order-lift": { en: "the order limiting consumption is lifted", zh: "解除限制消费令" },
  "order-lift-chase": { en: "ask again whether the order is lifted", zh: "再次催办解除限制消费令" },
  "order-end": { en: "the order's own period ends", zh: "限制消费期间届满" },
  "relief-end": { en: "the temporary relief ends", zh: "暂时解除期届满" },
  "round-possible": { en: "after it the round may be ended", zh: "其后可终结本次执行程序" },
};

export const LIST_WORDS: Readonly<Record<ListName, Words>> = {
  dishonest: { en: "the list of dishonest debtors", zh: "失信被执行人名单" },
  consumption: { en: "the order limiting consumption", zh: "限制消费令" },
};

export const LIST_STATE_WORDS: Readonly<Record<ListState, Words>> = {
  none: { en: "none", zh: "无" },
  applied: { en: "asked for", zh: "已申请" },
  refused: { en: "refused", zh: "未准许" },
  "in-grace": { en: "decided, in grace", zh: "已决定、宽限期内" },
  listed: { en: "listed", zh: "已纳入" },
  removed: { en: "deleted", zh: "已删除" },
  ordered: { en: "ordered", zh: "已限制" },
  lifted: { en: "lifted", zh: "已解除" },
};

const MOVE_WORDS: Readonly<Record<ListMove, Words>> = {
  applied: { en: "asked for", zh: "已申请" },
  refused: { en: "refused by the court", zh: "法院未准许" },
  decided: { en: "decided by the court", zh: "法院决定纳入" },
  published: { en: "published", zh: "已发布" },
  entitled: { en: "a case for deletion has come", zh: "出现应当删除的情形" },
  chased: { en: "the court was asked to delete or lift", zh: "已催请法院删除或解除" },
  removed: { en: "deleted", zh: "已删除" },
  "correction-asked": { en: "correction was asked for", zh: "已申请纠正" },
  "correction-granted": { en: "correction was granted", zh: "准予纠正" },
  "correction-refused": { en: "correction was refused", zh: "驳回纠正申请" },
  "review-asked": { en: "the upper court was asked for review", zh: "已申请复议" },
  "review-decided": { en: "the upper court decided", zh: "已作复议决定" },
  ordered: { en: "ordered by the court", zh: "法院发出限制消费令" },
  permitted: { en: "a thing was permitted", zh: "准许一次消费" },
  relieved: { en: "lifted for a time", zh: "暂时解除" },
  lifted: { en: "lifted", zh: "已解除" },
};

export const MEASURE_WORDS: Readonly<Record<MeasureType, Words>> = {
  "freeze-deposits": { en: "freeze of deposits", zh: "冻结存款" },
  "deduct-deposits": { en: "deduction from deposits", zh: "划拨存款" },
  "withhold-income": { en: "withholding of income", zh: "扣留、提取收入" },
  "seize-movables": { en: "seizure of movables", zh: "查封、扣押动产" },
  "seize-immovables": { en: "seizure of immovables", zh: "查封不动产" },
  "freeze-other": { en: "freeze of other rights", zh: "冻结其他财产权" },
  auction: { en: "auction", zh: "拍卖、变卖" },
  "exit-ban": { en: "exit ban", zh: "限制出境" },
};

/** A fact of an enforcement or of a list, as a sentence for a timeline. */
export function enforcementSentence(fact: EnforcementFact, decimals: number): Words {
  const { id, by } = fact;
  const on = formatDay(fact.dated);
  const sum = (amount: Minor): string => formatMoney(amount, decimals);
  const say = (en: string, zh: string): Words => ({
    en: `enforcement ${id}, ${on}: ${en} (${by})`,
    zh: `执行 ${id}，${on}：${zh}（${by}）`,
  });
  switch (fact.kind) {
    case "EnforcementApplied":
      return say(
        `applied for at ${fact.court} on ${fact.judgment.number}, debt ${sum(fact.judgment.debt)}; the period ${fact.late ? "had ended" : "ends"} on ${formatDay(fact.applyBy)}`,
        `依 ${fact.judgment.number} 向${fact.court}申请执行，债务 ${sum(fact.judgment.debt)}；申请期间${fact.late ? "已于" : "至"} ${formatDay(fact.applyBy)}${fact.late ? " 届满" : ""}`,
      );
    case "EnforcementAccepted":
      return say(`accepted as ${fact.number}`, `立案，案号 ${fact.number}`);
    case "EnforcementRejected":
      return say(`not enforced: ${fact.why}`, `不予受理或不予执行：${fact.why}`);
    case "EnforcementNoticed":
      return say(
        `notice went out, to perform by ${formatDay(fact.performBy)}${fact.warned ? ", with the warning of the list" : ""}${fact.assetsOrdered ? ", with the order to report assets" : ""}`,
        `发出执行通知，限 ${formatDay(fact.performBy)} 前履行${fact.warned ? "，载明失信风险提示" : ""}${fact.assetsOrdered ? "，责令报告财产" : ""}`,
      );
    case "AssetsReported":
      return say(`asset report: ${fact.outcome}`, `财产报告：${fact.outcome}`);
    case "MeasureWished":
      return say(
        `${MEASURE_WORDS[fact.type].en} asked for (${fact.measure}): ${fact.what}`,
        `申请${MEASURE_WORDS[fact.type].zh}（${fact.measure}）：${fact.what}`,
      );
    case "MeasureGranted": {
      const until = fact.until === undefined ? "" : formatDay(fact.until);
      const keeps = fact.keeps === undefined ? "" : sum(fact.keeps);
      return say(
        `${MEASURE_WORDS[fact.type].en} (${fact.measure}): ${fact.what}${fact.amount === undefined ? "" : `, ${sum(fact.amount)}`}${until && `, until ${until}`}${keeps && `, leaving ${keeps} a month`}`,
        `${MEASURE_WORDS[fact.type].zh}（${fact.measure}）：${fact.what}${fact.amount === undefined ? "" : `，${sum(fact.amount)}`}${until && `，至 ${until}`}${keeps && `，每月保留 ${keeps}`}`,
      );
    }
    case "MeasureEnded":
      return say(`measure ${fact.measure} ended: ${fact.why}`, `措施 ${fact.measure} 结束：${fact.why}`);
    case "MoneyRecovered":
      return say(
        `${sum(fact.amount)} recovered (${fact.how}), payment ${fact.payment}`,
        `回款 ${sum(fact.amount)}（${fact.how}），还款 ${fact.payment}`,
      );
    case "EnforcementSettled": {
      const parts = fact.parts.map(({ dueOn, amount }) => `${formatDay(dueOn)} ${sum(amount)}`).join("; ");
      return say(`settled: ${parts}`, `达成执行和解：${parts}`);
    }
    case "SettlementBroken":
      return say(
        `settlement broken; ${fact.next === "sue" ? "sued on" : "asked to resume"}`,
        `和解未履行；${fact.next === "sue" ? "就和解协议起诉" : "申请恢复执行"}`,
      );
    case "EnforcementStayed":
      return say(
        `stayed: ${fact.why}${fact.atRequest ? ", at the debtor's request" : ""}`,
        `中止执行：${fact.why}${fact.atRequest ? "（应被执行人申请）" : ""}`,
      );
    case "EnforcementResumed":
      return say(
        `resumed: ${fact.why}${fact.assets === undefined ? "" : `, ${fact.assets}`}`,
        `恢复执行：${fact.why}${fact.assets === undefined ? "" : `，${fact.assets}`}`,
      );
    case "RoundEnded":
      return say("the round is ended; the debt stays", "终结本次执行程序；债务仍在");
    case "AssetsSearched":
      return say(
        fact.found ? "assets were found" : "no assets were found",
        fact.found ? "发现财产" : "未发现可供执行财产",
      );
    case "PenaltyImposed": {
      const of =
        fact.amount !== undefined ? ` ${sum(fact.amount)}` : fact.days !== undefined ? ` ${fact.days} d` : "";
      return say(`${fact.penalty}${of}`, `${fact.penalty}${of}`);
    }
    case "EnforcementClosed":
      return say(`closed: ${fact.why}`, `结案：${fact.why}`);
    case "ListMoved": {
      const ground = fact.ground && GROUND_WORDS[fact.ground];
      const term =
        fact.list === "dishonest" && fact.move === "decided"
          ? fact.years === undefined
            ? { en: ", without a term", zh: "，无期限" }
            : { en: `, for ${fact.years} years`, zh: `，期限 ${fact.years} 年` }
          : { en: "", zh: "" };
      const until = fact.until === undefined ? "" : formatDay(fact.until);
      return say(
        `${LIST_WORDS[fact.list].en}: ${MOVE_WORDS[fact.move].en}${ground ? ` (${ground.en})` : ""}${term.en}${fact.case ? `, ${fact.case}` : ""}${until && `, until ${until}`}`,
        `${LIST_WORDS[fact.list].zh}：${MOVE_WORDS[fact.move].zh}${ground ? `（${ground.zh}）` : ""}${term.zh}${fact.case ? `，${fact.case}` : ""}${until && `，至 ${until}`}`,
      );
    }
    case "EnforcementReversed":
      return say(`${fact.of} was recorded by mistake: ${fact.reason}`, `冲正 ${fact.of}：${fact.reason}`);
  }
}
