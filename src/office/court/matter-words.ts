import { formatDay, type MatterActor, type MatterFact } from "../../core/index.ts";
import type { Words } from "../../policy/index.ts";
import { ENFORCEMENT_DATE_WORDS } from "../enforcement/words.ts";
import { deadlineWords } from "./proceeding-words.ts";

/** What days of matters are for, each kind of matter with its own; what is not here is shown by its name. */
const WHAT: Readonly<Record<string, Words>> = {
  "complaint-answer": { en: "the complaint is to be answered", zh: "投诉答复期限" },
  "hardship-answer": { en: "the request for help is to be answered", zh: "协商申请答复期限" },
  "hardship-offer": { en: "the offered plan is open to him until then", zh: "方案有效期" },
  "plan-broken": { en: "an agreed plan is not kept any more", zh: "分期协议未履行" },
  "debt-ended": { en: "the debt has ended", zh: "债务已了结" },
};

export const ACTOR_WORDS: Readonly<Record<MatterActor, Words>> = {
  us: { en: "for us to act", zh: "我方办理" },
  court: { en: "for the court to act", zh: "法院办理" },
  debtor: { en: "for the other side to act", zh: "对方办理" },
};

/** `measure-renew:M1`: which of several may stand behind it. */
export function matterWhat(what: string): Words {
  const [name = what, of] = what.split(":");
  const words =
    WHAT[name] ?? deadlineWords(name) ?? ENFORCEMENT_DATE_WORDS[name as keyof typeof ENFORCEMENT_DATE_WORDS];
  if (!words) return { en: what, zh: what };
  return of === undefined ? words : { en: `${words.en} (${of})`, zh: `${words.zh}（${of}）` };
}

/** A fact about the days of a matter, for a person. */
export function matterSentence(fact: MatterFact): Words {
  if (fact.kind === "MatterWatched") {
    const { matter, dates, ended } = fact;
    if (ended) return { en: `${matter}: its days are watched no longer`, zh: `${matter}：不再提示期限` };
    if (dates.length === 0)
      return { en: `${matter}: no day to watch for now`, zh: `${matter}：目前没有待提示的期限` };
    const list = (language: "en" | "zh"): string =>
      dates
        .map(({ what, lastOn }) => `${matterWhat(what)[language]} ${formatDay(lastOn)}`)
        .join(language === "zh" ? "；" : "; ");
    return { en: `${matter}: days watched: ${list("en")}`, zh: `${matter}：关注的期限：${list("zh")}` };
  }
  const { matter, what, by, lastOn, state } = fact;
  const [name, who] = [matterWhat(what), ACTOR_WORDS[by]];
  const on = formatDay(lastOn);
  switch (state) {
    case "near":
      return {
        en: `${matter}: ${name.en}, ${who.en}, last day ${on}; a person is asked`,
        zh: `${matter}：${name.zh}（${who.zh}），末日 ${on}；请人处理`,
      };
    case "over":
      return {
        en: `${matter}: ${name.en}, ${who.en}: ${on} is over and nothing was recorded; a person is asked`,
        zh: `${matter}：${name.zh}（${who.zh}）：${on} 已过且无记录；请人处理`,
      };
    case "debt-ended":
      return {
        en: `${matter}: nothing is owed on the loan any more, and the matter still runs; a person is asked to end it`,
        zh: `${matter}：该笔贷款已无欠款而程序仍在进行；请人了结`,
      };
  }
}
