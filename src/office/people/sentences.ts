import {
  formatDay,
  formatInstant,
  formatMinute,
  type Instant,
  type PersonFact,
  type StepKind,
  THE_LENDER,
} from "../../core/index.ts";
import type { Language } from "../io.ts";

const WAYS: Readonly<Record<StepKind, string>> = {
  app: "应用内消息",
  text: "短信",
  email: "电子邮件",
  call: "电话",
  visit: "上门",
  letter: "信函",
  post: "邮寄",
  mediation: "调解",
  "payment-order": "支付令",
  suit: "起诉",
  enforcement: "强制执行",
  bureau: "征信报送",
};

const waysZh = (kinds: readonly StepKind[]): string => kinds.map((kind) => WAYS[kind]).join("、");
const toEn = (to: string): string => (to === THE_LENDER ? "the lender" : to);
const toZh = (to: string): string => (to === THE_LENDER ? "出借人" : to);

const OUTCOMES = {
  connected: "接通",
  "no-answer": "未接",
  voicemail: "语音信箱",
  busy: "占线",
  "not-in-service": "空号",
  "wrong-number": "非本人号码",
  sent: "已发送",
  bounced: "退回",
  unknown: "结果不明",
} as const;

const LENDER_STEPS_ZH = {
  pause: "出借人自己的动作暂停",
  continue: "出借人继续以自己名义进行",
  "as-agent": "出借人的动作以受托人名义进行",
} as const;
const LENDER_STEPS_EN = {
  pause: "the lender's own steps wait",
  continue: "the lender's own steps go on",
  "as-agent": "the lender's steps go on for them",
} as const;

/** One fact about the person, in a sentence; instants on the clock of a zone. */
export function personSentence(fact: PersonFact, zone: string): Record<Language, string> {
  const at = (instant: Instant): string => formatInstant(zone, instant);
  const since = at(fact.at);
  const both = (en: string, zh: string): Record<Language, string> => ({ en, zh });
  const debtEn = (debt: string | undefined): string => (debt === undefined ? "" : ` on ${debt}`);
  const debtZh = (debt: string | undefined): string => (debt === undefined ? "" : `（${debt}）`);
  switch (fact.kind) {
    case "ConsentGiven": {
      const { kinds, address, to, until, purpose, by } = fact;
      const en = [address, by && `by ${by}`, purpose && `for ${purpose}`, until && `until ${at(until)}`];
      const zh = [address, by && `方式 ${by}`, purpose && `目的 ${purpose}`, until && `至 ${at(until)}`];
      return both(
        `consented to ${[kinds.join(", "), ...en].filter(Boolean).join(", ")}, told to ${toEn(to)}, from ${since}`,
        `向${toZh(to)}同意：${[waysZh(kinds), ...zh].filter(Boolean).join("，")}，自 ${since} 起`,
      );
    }
    case "ConsentWithdrawn": {
      const { kinds, address } = fact;
      return both(
        `took back consent to ${kinds.join(", ")}${address ? ` at ${address}` : ""}, from ${since}`,
        `撤回对${waysZh(kinds)}${address ? `（${address}）` : ""}的同意，自 ${since} 起`,
      );
    }
    case "StopRequested": {
      const { kinds, address, debt, written, by } = fact;
      const who = by === undefined || by === "borrower" ? "" : ` (${by})`;
      return both(
        `asked${who} to stop ${kinds?.join(", ") ?? "all contact"}${address ? ` at ${address}` : ""}${debtEn(debt)}${written ? ", in writing" : ""}, from ${since}`,
        `要求停止${kinds ? waysZh(kinds) : "一切联系"}${address ? `（${address}）` : ""}${debtZh(debt)}${who}${written ? "，书面" : ""}，自 ${since} 起`,
      );
    }
    case "StopLifted":
      return both(`stop ${fact.of} lifted, from ${since}`, `停止要求 ${fact.of} 解除，自 ${since} 起`);
    case "TimesRefused": {
      const span =
        fact.from === undefined && fact.to === undefined
          ? ""
          : ` ${formatMinute(fact.from ?? 0)}–${formatMinute(fact.to ?? 1440)}`;
      const days = [
        ...(fact.weekdays ?? []).map((weekday) => `${WEEKDAYS[weekday - 1]}`),
        ...(fact.dates ?? []).map(formatDay),
      ].join(", ");
      const place = fact.place ? ` (${fact.place})` : "";
      const until = fact.until === undefined ? "" : ` – ${formatDay(fact.until)}`;
      const says = `${days}${span}${place}${until}`.trim();
      return both(`times that do not suit: ${says || "any"}`, `不便联系的时间：${says || "任何时间"}`);
    }
    case "TimesAgreed": {
      const span =
        fact.from === undefined || fact.to === undefined
          ? []
          : [`${formatMinute(fact.from)}–${formatMinute(fact.to)}`];
      const caps = [
        ...(fact.connected === undefined ? [] : [`connected/day ${fact.connected}`]),
        ...(fact.attempts === undefined ? [] : [`attempts/day ${fact.attempts}`]),
      ];
      const says = [...span, ...caps].join(", ");
      return both(`agreed to: ${says}`, `约定：${says}`);
    }
    case "NoticeGiven":
      return both(
        `notice ${fact.notice}${debtEn(fact.debt)} given at ${since}`,
        `${since} 告知 ${fact.notice}${debtZh(fact.debt)}`,
      );
    case "NoticeReturned":
      return both(`notice ${fact.of} came back at ${since}`, `${since} 通知 ${fact.of} 退回`);
    case "ContactBanned":
      return both(
        `an order forbids contact from ${since}${fact.until === undefined ? "" : ` until ${at(fact.until)}`}`,
        `禁止接触令自 ${since} 起${fact.until === undefined ? "" : `至 ${at(fact.until)}`}`,
      );
    case "ContactBanEnded":
      return both(`the order ${fact.of} ended at ${since}`, `${since} 禁止接触令 ${fact.of} 结束`);
    case "AttorneyNoted": {
      if (!fact.known) return both("no attorney speaks for him", "无律师代理");
      const en = [fact.answers === false && "does not answer", fact.consents && "agrees to direct contact"];
      const zh = [fact.answers === false && "未答复", fact.consents && "同意直接联系本人"];
      return both(
        `an attorney speaks for him: ${[fact.name ?? "name not known", ...en].filter(Boolean).join(", ")}`,
        `已委托律师：${[fact.name ?? "姓名不详", ...zh].filter(Boolean).join("，")}`,
      );
    }
    case "EmployerNoted":
      return fact.forbids
        ? both("his employer forbids contact at work", "用人单位禁止在单位联系")
        : both("his employer allows contact at work", "用人单位允许在单位联系");
    case "GuarantorNoted":
      return fact.known
        ? both(`${fact.name} answers for ${fact.debt} as guarantor`, `${fact.name} 为 ${fact.debt} 的保证人`)
        : both(`nobody answers for ${fact.debt} as guarantor`, `${fact.debt} 没有保证人`);
    case "ContactReported": {
      const about = fact.debts === undefined ? "" : ` ${fact.debts.join(", ")}`;
      return both(
        `${fact.inbound ? "he made contact" : `contact by ${toEn(fact.who)}`}: ${fact.via} at ${since}, ${fact.outcome}${about}`,
        `${fact.inbound ? "本人主动联系" : `${toZh(fact.who)}联系`}：${since} ${WAYS[fact.via]}，${OUTCOMES[fact.outcome]}${about}`,
      );
    }
    case "Placed": {
      const until = fact.until === undefined ? "" : ` – ${formatDay(fact.until)}`;
      const mandate =
        fact.mandate === undefined
          ? both("", "")
          : fact.mandate
            ? both(", with a written mandate", "，有书面委托")
            : both(", without a mandate", "，无书面委托");
      return both(
        `${fact.debt} placed with ${fact.with} (${fact.role}) from ${formatDay(fact.from)}${until}${mandate.en}; ${LENDER_STEPS_EN[fact.lenderSteps]}`,
        `${fact.debt} 自 ${formatDay(fact.from)}${until} 委托 ${fact.with}（${fact.role}）${mandate.zh}；${LENDER_STEPS_ZH[fact.lenderSteps]}`,
      );
    }
    case "Recalled":
      return both(
        `${fact.debt} recalled at ${since}${fact.reason ? `: ${fact.reason}` : ""}`,
        `${since} 收回 ${fact.debt} 的委托${fact.reason ? `：${fact.reason}` : ""}`,
      );
    case "PersonFactReversed":
      return both(`${fact.of} reversed: ${fact.reason}`, `冲正 ${fact.of}：${fact.reason}`);
  }
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
