import { HOLD_KINDS, type HoldKind } from "../../core/index.ts";
import type { Pack } from "../../policy/index.ts";
import type { Language } from "../io.ts";

export const HOLD_NAMES: Readonly<Record<HoldKind, string>> = {
  dispute: "异议",
  complaint: "投诉",
  hardship: "经济困难",
  represented: "已委托代理",
  "cease-contact": "要求停止联系",
  insolvency: "破产程序",
  deceased: "身故",
  minor: "未成年",
};

/** Why a step was not made, in one sentence: a rule of the pack, or one of the house's own reasons. */
export function reasonWords(pack: Pack | undefined, id: string, language: Language): string | undefined {
  const rule = pack?.rules.find((candidate) => candidate.id === id);
  if (rule) return rule.says[language];
  const pause = HOLD_KINDS.find((kind) => id === `strategy/pause-on-${kind}`);
  if (pause)
    return language === "zh"
      ? `策略在“${HOLD_NAMES[pause]}”期间暂停该动作。`
      : `The strategy pauses this step while a hold for ${pause} stands.`;
  return OWN_REASONS[id]?.[language];
}

/** Every reason that is no rule of a pack, by its name. */
export const ownReasons = (): readonly string[] => [
  ...HOLD_KINDS.map((kind) => `strategy/pause-on-${kind}`),
  ...Object.keys(OWN_REASONS),
];

/** Reasons that are no rule of a pack. */
const OWN_REASONS: Readonly<Record<string, Record<Language, string>>> = {
  "reach/no-address": {
    en: "No address is on file for any channel of this step.",
    zh: "该动作的各渠道均无可用地址。",
  },
  "pack/none-for-lender": {
    en: "No compliance pack is installed for this lender's place: every step asks a person.",
    zh: "未安装该出借人所在地的合规包：每个动作均须人工决定。",
  },
  "pack/no-rule-for-step": {
    en: "No rule of the pack speaks of this kind of step: a person decides.",
    zh: "合规包中没有规则涉及该类动作：须人工决定。",
  },
  "strategy/person-decides": {
    en: "Only a person may take this step: somebody decides, and sees to it.",
    zh: "该动作只能由人工决定并办理。",
  },
  "strategy/pause-on-promise-to-pay": {
    en: "The strategy pauses this step while a promise to pay is open.",
    zh: "策略在承诺还款期间暂停该动作。",
  },
  "strategy/placed": {
    en: "The loan is placed with somebody else, who works it: the lender's own steps wait until it is recalled.",
    zh: "该贷款已委托他人办理：收回之前，出借人自己的动作暂停。",
  },
  "strategy/ask-person": {
    en: "The strategy itself asks for a person's decision.",
    zh: "策略本身要求人工决定。",
  },
};
