import { type CallOutcome, formatDay, formatInstant, formatMoney, type ReplyFact } from "../../core/index.ts";
import type { Language } from "../io.ts";

const STATUS: Readonly<Record<string, string>> = {
  accepted: "已受理",
  delivered: "已送达",
  failed: "未送达",
  expired: "超时未送达",
  bounced: "退回",
  unknown: "结果不明",
  posted: "已寄出",
  refused: "拒收",
  returned: "退回",
};
const OUTCOME: Readonly<Record<CallOutcome, string>> = {
  connected: "接通",
  promised: "接通，承诺还款",
  refused: "接通，拒绝",
  "third-person": "第三人接听",
  "wrong-number": "非本人号码",
  voicemail: "语音信箱",
  busy: "占线",
  "no-answer": "未接",
  "not-in-service": "空号",
};

/** One line on what came back. */
export function replySentence(fact: ReplyFact, zone: string): Readonly<Record<Language, string>> {
  const at = formatInstant(zone, fact.at);
  switch (fact.kind) {
    case "DeliveryReported": {
      const reason = fact.reason ? ` (${fact.reason})` : "";
      return {
        en: `${fact.channel} says at ${at}: ${fact.status}${reason}`,
        zh: `${fact.channel} 于 ${at} 报告：${STATUS[fact.status]}${reason}`,
      };
    }
    case "MessageReceived": {
      const stop = fact.wish === "stop";
      return {
        en: `he wrote by ${fact.via} at ${at}${stop ? ", asking us to stop" : ""}: ${fact.text}`,
        zh: `对方于 ${at} 经 ${fact.via} 来信${stop ? "，要求停止" : ""}：${fact.text}`,
      };
    }
    case "CallReported": {
      const promised = fact.promisedOn === undefined ? "" : ` ${formatDay(fact.promisedOn)}`;
      const amount = fact.promisedAmount === undefined ? "" : ` ${formatMoney(fact.promisedAmount, 2)}`;
      const by = fact.by === undefined ? { en: "", zh: "" } : { en: ` by ${fact.by}`, zh: `（${fact.by}）` };
      return {
        en: `call at ${at}${by.en}: ${fact.outcome}${promised}${amount}`,
        zh: `${at} 通话${by.zh}：${OUTCOME[fact.outcome]}${promised}${amount}`,
      };
    }
    case "LetterTracked":
      return {
        en: `letter ${fact.status} on ${formatDay(fact.dated)}${fact.reason ? ` (${fact.reason})` : ""}`,
        zh: `信函 ${formatDay(fact.dated)} ${STATUS[fact.status]}${fact.reason ? `（${fact.reason}）` : ""}`,
      };
    case "ContactReopened":
      return {
        en: `put back by ${fact.by} (it was ${fact.was}): ${fact.reason}`,
        zh: `由 ${fact.by} 重新放回（原为 ${fact.was === "failed" ? "失败" : "结果不明"}）：${fact.reason}`,
      };
  }
}
