import { type BureauFact, type BureauMark, formatDay } from "../../core/index.ts";
import type { Language } from "../io.ts";

type Sentence = Readonly<Record<Language, string>>;

export const MARK_WORDS: Readonly<Record<BureauMark, Sentence>> = {
  guarantor: { en: "repaid by a guarantor", zh: "由担保人代还" },
  "in-kind": { en: "settled in kind", zh: "以资抵债" },
  "bad-debt": { en: "classed as bad debt", zh: "列为呆账" },
  ended: { en: "ended otherwise than by payment", zh: "非结清的结束" },
  unknown: { en: "not known", zh: "状态未知" },
};

const monthsOf = (months: readonly string[]): Sentence =>
  months.length === 0
    ? { en: "all months", zh: "全部月份" }
    : { en: months.join(", "), zh: months.join("、") };

/** What a fact of the credit record says, as a sentence. */
export function bureauSentence(fact: BureauFact): Sentence {
  const { id, debt, by } = fact;
  switch (fact.kind) {
    case "BureauMarked": {
      const { en, zh } = MARK_WORDS[fact.mark];
      return {
        en: `credit record: ${debt} ${en} on ${formatDay(fact.dated)} (${id}, by ${by}): ${fact.reason}`,
        zh: `征信：${debt} 于 ${formatDay(fact.dated)} ${zh}（${id}，${by}）：${fact.reason}`,
      };
    }
    case "BureauMarkReversed":
      return {
        en: `credit record: ${fact.of} of ${debt} no longer holds (by ${by}): ${fact.reason}`,
        zh: `征信：${debt} 的 ${fact.of} 不再有效（${by}）：${fact.reason}`,
      };
    case "BureauDisputed": {
      const { en, zh } = monthsOf(fact.months);
      return {
        en: `credit record: objection ${id} to ${debt} (${en}) received ${formatDay(fact.received)}, to be answered in writing by ${formatDay(fact.answerBy)}: ${fact.words}`,
        zh: `征信异议 ${id}：${formatDay(fact.received)} 收到，涉及 ${debt}（${zh}），须于 ${formatDay(fact.answerBy)} 前书面答复：${fact.words}`,
      };
    }
    case "BureauAnswered":
      return {
        en: `credit record: objection ${fact.of} answered on ${formatDay(fact.dated)} by ${by}, ${fact.outcome}: ${fact.words} [${fact.proof}]`,
        zh: `征信异议 ${fact.of}：${by} 于 ${formatDay(fact.dated)} 书面答复（${{ stands: "维持", corrected: "更正", deleted: "删除" }[fact.outcome]}）：${fact.words} [${fact.proof}]`,
      };
    case "BureauCorrected":
      return {
        en: `credit record: ${fact.month} of ${debt} corrected from ${fact.was} to ${fact.to} by ${by}: ${fact.reason}`,
        zh: `征信：${by} 将 ${debt} 的 ${fact.month} 由 ${fact.was} 更正为 ${fact.to}：${fact.reason}`,
      };
    case "BureauDeleted": {
      const { en, zh } = monthsOf(fact.months);
      return {
        en: `credit record: ${en} of ${debt} deleted by ${by}: ${fact.reason}`,
        zh: `征信：${by} 删除 ${debt} 的 ${zh}：${fact.reason}`,
      };
    }
    case "BureauComplained":
      return {
        en: `credit record: complaint ${id} about ${debt} with ${fact.to}, accepted ${formatDay(fact.accepted)}, answered there by ${formatDay(fact.answerBy)}: ${fact.words}`,
        zh: `征信投诉 ${id}：${fact.to} 于 ${formatDay(fact.accepted)} 受理，涉及 ${debt}，应于 ${formatDay(fact.answerBy)} 前答复：${fact.words}`,
      };
    case "BureauComplaintAnswered":
      return {
        en: `credit record: complaint ${fact.of} answered on ${formatDay(fact.dated)}: ${fact.words}`,
        zh: `征信投诉 ${fact.of}：${formatDay(fact.dated)} 已答复：${fact.words}`,
      };
    case "BureauReminded":
      return fact.daysLeft < 0
        ? {
            en: `CREDIT RECORD: the answer to objection ${fact.of} is late since ${formatDay(fact.answerBy)}`,
            zh: `征信异议 ${fact.of}：答复期限 ${formatDay(fact.answerBy)} 已过`,
          }
        : {
            en: `credit record: objection ${fact.of} has to be answered by ${formatDay(fact.answerBy)}, in ${fact.daysLeft} days`,
            zh: `征信异议 ${fact.of}：须于 ${formatDay(fact.answerBy)} 前答复，还有 ${fact.daysLeft} 日`,
          };
  }
}
