import { formatDay, formatInstant, type LetterFact } from "../../core/index.ts";
import type { Language } from "../io.ts";

type Sentence = Readonly<Record<Language, string>>;

const because = (reason: string | undefined): Sentence => ({
  en: reason === undefined ? "" : `: ${reason}`,
  zh: reason === undefined ? "" : `：${reason}`,
});

/** What a fact of a case or of a letter says, as a sentence. */
export function letterSentence(fact: LetterFact, zone: string): Sentence {
  const { id, by } = fact;
  switch (fact.kind) {
    case "CaseOffered":
      return {
        en: `${fact.debt} was offered to ${fact.firm} under ${fact.engagement} (batch ${fact.batch}) by ${by}`,
        zh: `${by} 将 ${fact.debt} 按委托合同 ${fact.engagement} 提供给 ${fact.firm}（批次 ${fact.batch}）`,
      };
    case "CaseAccepted":
      return {
        en: `${id} was accepted by ${by}; lawyer ${fact.lawyer}`,
        zh: `${by} 接受 ${id}，承办律师 ${fact.lawyer}`,
      };
    case "CaseDeclined":
      return {
        en: `${id} was declined by ${by}: ${fact.reason}`,
        zh: `${by} 拒绝 ${id}：${fact.reason}`,
      };
    case "CaseRecalled": {
      const why = because(fact.reason);
      return {
        en: `${id} was recalled by ${by} (${fact.why})${why.en}`,
        zh: `${by} 收回 ${id}（${fact.why}）${why.zh}`,
      };
    }
    case "LetterDrafted":
      return {
        en: `letter ${id} (${fact.letter}, ${fact.number}) drafted with the figures of ${formatDay(fact.dated)}, to be answered by ${formatDay(fact.answerBy)}`,
        zh: `起草函件 ${id}（${fact.letter}，${fact.number}），取数日 ${formatDay(fact.dated)}，答复期限 ${formatDay(fact.answerBy)}`,
      };
    case "LetterOpened":
      return {
        en: `letter ${id} opened by lawyer ${by}, licence ${fact.licence}`,
        zh: `律师 ${by}（执业证 ${fact.licence}）查看函件 ${id}`,
      };
    case "LetterApproved": {
      const { sample } = fact;
      return {
        en: `letter ${id} approved by lawyer ${by}, licence ${fact.licence}${sample ? `, in batch ${sample.batch} of ${sample.of} of which he opened ${sample.n} (seed ${sample.seed})` : ""}`,
        zh: `律师 ${by}（执业证 ${fact.licence}）审核通过函件 ${id}${sample ? `，批次 ${sample.batch} 共 ${sample.of} 封，抽查 ${sample.n} 封（种子 ${sample.seed}）` : ""}`,
      };
    }
    case "LetterSentBack":
      return {
        en: `letter ${id} sent back by lawyer ${by}: ${fact.reason}`,
        zh: `律师 ${by} 退回函件 ${id}：${fact.reason}`,
      };
    case "LetterSigned": {
      const stamped = fact.stampedAt === undefined ? "" : formatInstant(zone, fact.stampedAt);
      return {
        en: `letter ${id} signed by ${by} with the certificate of ${fact.certificate}${fact.development ? " (for trying only)" : ""}${stamped && `, time-stamped ${stamped}`}; file ${fact.file}`,
        zh: `${by} 以 ${fact.certificate} 的证书签署函件 ${id}${fact.development ? "（仅供试用）" : ""}${stamped && `，时间戳 ${stamped}`}；文件 ${fact.file}`,
      };
    }
    case "LetterHandedOver":
      return {
        en: `letter ${id} handed over by ${fact.way} as ${fact.action}${fact.receipt === "" ? ", without a word of the carrier" : ""}`,
        zh: `函件 ${id} 经 ${fact.way} 交付，触达 ${fact.action}${fact.receipt === "" ? "，承运方未回应" : ""}`,
      };
    case "LetterDelivered":
      return {
        en: `letter ${id} delivered by ${fact.way} on ${formatDay(fact.dated)}${fact.receivedBy ? ` to ${fact.receivedBy}` : ""}; proof ${fact.proof}`,
        zh: `函件 ${id} 于 ${formatDay(fact.dated)} 经 ${fact.way} 送达${fact.receivedBy ? `，签收人 ${fact.receivedBy}` : ""}；凭证 ${fact.proof}`,
      };
    case "LetterRefused":
    case "LetterReturned": {
      const why = because(fact.reason);
      const refused = fact.kind === "LetterRefused";
      return {
        en: `letter ${id} ${refused ? "refused" : "came back"} on ${formatDay(fact.dated)}${why.en}; proof ${fact.proof}`,
        zh: `函件 ${id} 于 ${formatDay(fact.dated)} ${refused ? "被拒收" : "被退回"}${why.zh}；凭证 ${fact.proof}`,
      };
    }
    case "LetterLost":
      return {
        en: `letter ${id}: no word of the carrier for ${fact.days} days`,
        zh: `函件 ${id}：承运方 ${fact.days} 天无回报`,
      };
    case "LetterAnswered":
      return {
        en: `letter ${id} answered on ${formatDay(fact.dated)}: ${fact.answer}${because(fact.words).en}`,
        zh: `函件 ${id} 于 ${formatDay(fact.dated)} 得到答复：${fact.answer}${because(fact.words).zh}`,
      };
    case "LetterDeadlinePassed":
      return {
        en: `letter ${id} was not answered by ${formatDay(fact.answerBy)}`,
        zh: `函件 ${id} 至 ${formatDay(fact.answerBy)} 未得到答复`,
      };
    case "NextStepProposed":
      return {
        en: `after letter ${id}, proposed next: ${fact.next} (${fact.why})`,
        zh: `函件 ${id} 之后的建议：${fact.next}（${fact.why}）`,
      };
    case "LetterStopped":
      return { en: `letter ${id} stopped: ${fact.says}`, zh: `函件 ${id} 停止：${fact.says}` };
    case "LetterWithdrawn":
      return {
        en: `letter ${id} withdrawn by ${by}: ${fact.reason}${fact.letter ? `, by letter ${fact.letter}` : ""}`,
        zh: `${by} 撤回函件 ${id}：${fact.reason}${fact.letter ? `，以函件 ${fact.letter}` : ""}`,
      };
    case "LetterReplaced":
      return {
        en: `letter ${id} replaced by ${fact.letter}: ${fact.reason}`,
        zh: `函件 ${id} 由 ${fact.letter} 替代：${fact.reason}`,
      };
  }
}
