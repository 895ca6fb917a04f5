import type {
  AdviceWhy,
  Condition,
  ConditionState,
  RouteFound,
  RouteName,
  RouteRule,
  Stretch,
} from "../../legal/index.ts";
import type { Language } from "../io.ts";

export type Both = Readonly<Record<Language, string>>;

export const ROUTE_WORDS: Readonly<Record<RouteName | "do-not-sue", Both>> = {
  mediation: { en: "mediation", zh: "调解" },
  "payment-order": { en: "payment order", zh: "支付令" },
  "small-claims": { en: "small claim", zh: "小额诉讼" },
  summary: { en: "summary suit", zh: "简易程序诉讼" },
  ordinary: { en: "ordinary suit", zh: "普通程序诉讼" },
  "do-not-sue": { en: "do not sue now", zh: "暂不起诉" },
};

export const STANDING_WORDS: Readonly<Record<RouteFound["standing"], Both>> = {
  open: { en: "open", zh: "可行" },
  unsure: { en: "not sure", zh: "待确认" },
  closed: { en: "closed", zh: "不可行" },
};

export const STATE_MARKS: Readonly<Record<ConditionState, Both>> = {
  met: { en: "met", zh: "符合" },
  "not-met": { en: "NOT met", zh: "不符合" },
  "not-known": { en: "not known", zh: "不明" },
};

interface Asked {
  readonly is: Both;
  /** What to supply where it is not known. */
  readonly supply: Both;
}

const NONE: Both = { en: "", zh: "" };
const WHEREABOUTS: Both = {
  en: "record a conversation with him, or say --whereabouts known|missing",
  zh: "记录与本人的通话，或用 --whereabouts known|missing 说明",
};

/** Only what is asked as a condition; the other sentences stand behind times and fees. */
export const CONDITION_WORDS: Readonly<Partial<Record<RouteRule, Asked>>> = {
  mediation: {
    is: { en: "the borrower agrees to mediate", zh: "借款人同意调解" },
    supply: { en: "ask him; say --mediation yes|no", zh: "征求其意见，用 --mediation yes|no 说明" },
  },
  "payment-order.due-and-fixed": {
    is: { en: "due, and of a fixed amount", zh: "已到期且数额确定" },
    supply: NONE,
  },
  "payment-order.no-other-debts": {
    is: { en: "no other disputes over debts between the two", zh: "双方没有其他债务纠纷" },
    supply: {
      en: "he has other loans here: look whether any is disputed",
      zh: "其另有贷款：请核对是否有争议",
    },
  },
  "payment-order.no-counter-duty": {
    is: {
      en: "the lender owes nothing in return",
      zh: "出借人无对待给付义务（贷款已发放）",
    },
    supply: NONE,
  },
  "payment-order.in-china": {
    is: { en: "he is in China and not missing", zh: "在我国境内且未下落不明" },
    supply: {
      en: "residents_only in the court terms, and that he was spoken to (--whereabouts)",
      zh: "court-terms 中 residents_only，及可证明能联系本人（--whereabouts）",
    },
  },
  "payment-order.serviceable": {
    is: { en: "it can be served on him", zh: "支付令能够送达" },
    supply: {
      en: "an address on file, and that he is there (--whereabouts)",
      zh: "在册地址，及其仍在该处（--whereabouts）",
    },
  },
  "payment-order.no-preservation": {
    is: { en: "no assets were frozen before", zh: "未申请诉前保全" },
    supply: NONE,
  },
  "suit.defendant": {
    is: { en: "the defendant is identified", zh: "有明确的被告" },
    supply: { en: "his name is not on file", zh: "在册信息无姓名" },
  },
  "suit.claim": {
    is: { en: "a claim with facts and reasons", zh: "有具体的诉讼请求和事实、理由" },
    supply: NONE,
  },
  "suit.no-arbitration": {
    is: { en: "no arbitration was agreed", zh: "未约定仲裁" },
    supply: { en: "the product's clauses in the court terms", zh: "court-terms 中该产品的条款" },
  },
  summary: {
    is: { en: "a simple case: no dispute is on record", zh: "简单案件：无争议记录" },
    supply: NONE,
  },
  "summary.not-missing": { is: { en: "he is not missing", zh: "未下落不明" }, supply: WHEREABOUTS },
  "small-claims.must": {
    is: { en: "at most half of the province's wage", zh: "标的额不超过省年平均工资的 50%" },
    supply: NONE,
  },
  "small-claims.may": {
    is: {
      en: "above half and up to twice the wage, and both agree",
      zh: "超过 50% 但在二倍以下，且双方约定",
    },
    supply: { en: "say --small-claims-agreed yes|no", zh: "用 --small-claims-agreed yes|no 说明" },
  },
  "small-claims.not-missing": { is: { en: "he is not missing", zh: "一方未下落不明" }, supply: WHEREABOUTS },
  "small-claims.no-foreign": {
    is: { en: "no foreign element", zh: "非涉外案件" },
    supply: { en: "residents_only in the court terms", zh: "court-terms 中 residents_only" },
  },
  "small-claims.no-appraisal": {
    is: { en: "nothing is to be appraised", zh: "无需评估、鉴定" },
    supply: NONE,
  },
  "small-claims.no-counterclaim": { is: { en: "no counterclaim", zh: "无反诉" }, supply: NONE },
};

/** What is asked, in words, and what to supply where it is not known. */
export function conditionWords(condition: Condition, language: Language): { is: string; supply: string } {
  const words = CONDITION_WORDS[condition.what];
  const { needs } = condition;
  if (needs) {
    const where = needs.province ?? (language === "zh" ? "省份不明" : "province not known");
    return {
      is: words?.is[language] ?? condition.what,
      supply:
        language === "zh"
          ? `缺 W（${where}，${needs.year} 年）不能判断：在 court-terms 的 wages 中填写，附来源`
          : `cannot be decided without W(${where}, ${needs.year}): put it into wages of the court terms, with its source`,
    };
  }
  return {
    is: words?.is[language] ?? condition.what,
    supply: condition.state === "not-known" ? (words?.supply[language] ?? "") : "",
  };
}

export const WHY_WORDS: Readonly<Record<AdviceWhy, Both>> = {
  "limitation-run-out": {
    en: "the time to claim is over: in a suit he can raise that; an agreement with him gives the defence up",
    zh: "诉讼时效已届满，诉讼中对方可抗辩；与其达成协议则放弃抗辩",
  },
  "limitation-near": {
    en: "in the worst case the time to claim ends within 90 days: act before that",
    zh: "最坏情形下诉讼时效 90 日内届满，请在此前行动",
  },
  "gate-forbids": { en: "the rules forbid every filing", zh: "规则禁止各类申请" },
  "nothing-open": { en: "no way before a court is open", zh: "没有可行的司法途径" },
  "costs-more-than-it-brings": { en: "it costs more than it brings", zh: "成本高于预期回收" },
  "waiting-brings-more": {
    en: "debts like it brought as much without a court",
    zh: "类似债权不经法院的回收不低于此",
  },
  "best-net": {
    en: "of what is known, it brings most after its costs",
    zh: "就已知数据，扣除成本后回收最多",
  },
  "cheapest-open": { en: "the cheapest way that is not closed", zh: "可行途径中费用最低" },
  "thin-history": {
    en: "what it brings is not known: too few comparable cases",
    zh: "可比案例过少，回收情况不明",
  },
  "not-all-known": { en: "some of its conditions are not known yet", zh: "部分条件尚不明" },
  "mediation-wanted": {
    en: "he agrees to mediate, and that costs no court fee",
    zh: "借款人同意调解，且无诉讼费",
  },
  "nothing-due": { en: "nothing is past due", zh: "没有逾期欠款" },
  "in-court-already": {
    en: "it is before a court or a mediator already: see court list",
    zh: "已在法院或调解程序中：见 court list",
  },
  "judged-already": {
    en: "there is a judgment already: see enforcement",
    zh: "已有判决：见强制执行",
  },
};

export const STRETCH_WORDS: Readonly<Record<Stretch["what"], Both>> = {
  filing: { en: "filing", zh: "立案" },
  told: { en: "told whether it is taken", zh: "通知是否受理" },
  issued: { en: "issued", zh: "发出支付令" },
  served: { en: "served, or over", zh: "送达，逾期终结" },
  answer: { en: "pay or object", zh: "清偿或异议" },
  trial: { en: "trial", zh: "审理" },
  appeal: { en: "appeal", zh: "上诉" },
  confirm: { en: "confirmation applied for", zh: "申请司法确认" },
};

export function stretchWords({ what, days, months, more }: Stretch, language: Language): string {
  const zh = language === "zh";
  const n = (value: number, one: string) => `${value} ${one}${value === 1 ? "" : "s"}`;
  const length = zh
    ? [months === undefined ? "" : `${months} 个月`, days === undefined ? "" : `${days} 日`].join("")
    : [months === undefined ? "" : n(months, "month"), days === undefined ? "" : n(days, "day")].join("");
  const longer = more === undefined ? "" : zh ? `（可延 ${more} 个月）` : ` (+${more})`;
  return `${STRETCH_WORDS[what][language]} ${length}${longer}`;
}

/** Ten-thousandths as percent. */
export const percentOf = (share: number): string => `${(share / 100).toFixed(1)} %`;

export const SAY = {
  en: {
    note: "An outlook from the book and the texts quoted, never legal advice. The outlay counts in full, though a court gives back what the debtor bears; cases were not chosen at random.",
    heads: [
      "way",
      "standing",
      "outlay",
      "if lost",
      "over by",
      "with leave",
      "cases",
      "brings, net",
      "break-even",
    ],
    thin: (n: number) => `thin: ${n}`,
    claim: "past due",
    advice: "advice",
    time: "time by law",
    fee: "court fee",
    gate: "gate",
    history: (months: number, n: number) =>
      `history: ${n} comparable cases over ${months} months each, of the same age band and size`,
    none: "history: not asked for",
    waiting: "without a court",
    columns: ["loan", "band", "past due", "advice", "outlay", "break-even", "net", "limitation", "why"],
    loans: (n: string) => `${n} ${n === "1" ? "loan" : "loans"}`,
  },
  zh: {
    note: "以上为依账簿与所引条文的推算，不构成法律意见。费用按全额计，未扣除法院退还或由债务人负担的部分；案例并非随机选取。",
    heads: ["途径", "状态", "先行支出", "败诉负担", "最迟", "延长后", "案例", "净回收", "盈亏平衡"],
    thin: (n: number) => `过少：${n}`,
    claim: "逾期欠款",
    advice: "建议",
    time: "法定时限",
    fee: "诉讼费",
    gate: "判定",
    history: (months: number, n: number) =>
      `历史：${n} 个可比案例（同账龄段、同规模，各观察 ${months} 个月）`,
    none: "历史：未查询",
    waiting: "不经法院",
    columns: ["借据号", "账龄", "逾期欠款", "建议", "先行支出", "盈亏平衡", "净回收", "时效最坏", "理由"],
    loans: (n: string) => `${n} 笔`,
  },
} as const;
