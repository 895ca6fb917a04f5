import {
  allow,
  askPerson,
  CONTACT_KINDS,
  forbid,
  type Outcome,
  type Proposed,
  type RuleContext,
  rule,
} from "../../../src/policy/index.ts";
import { isLimitedContent } from "../limited-content.ts";
import { COLLECTORS, debtsOf, holds, isCovered, toConsumer, US_FIRST_DAY } from "../scope.ts";

export interface Lines {
  readonly collecting: readonly string[];
  readonly use: readonly string[];
  readonly collector: readonly string[];
}

/** Whether the person has heard of every debt of the step from this actor; undefined while that is not known. */
export function isLater({ step, facts }: Proposed): boolean | undefined {
  const debts = debtsOf(step, facts);
  if (debts.length === 0 || debts.some(({ firstCommunicated }) => firstCommunicated === undefined))
    return undefined;
  return debts.every(({ firstCommunicated }) => firstCommunicated! < step.at);
}

/**
 * Words are judged once they are known; a confirmation of an opt-out may say nothing else. A voicemail of limited content
 * is no communication (1006.2(d)), so it discloses nothing.
 */
export const hasWords = (context: Proposed): boolean =>
  isCovered(context) &&
  toConsumer(context) &&
  context.step.text !== undefined &&
  context.step.notice !== "opt-out-confirmation" &&
  !(context.step.kind === "call" && isLimitedContent(context.step.text));

/** The worst of the languages used: each needs its own lines. */
export function inEachLanguage(
  { step, param }: RuleContext,
  judge: (lines: Lines, text: string) => Outcome,
): Outcome {
  const known = param<Readonly<Record<string, Lines>>>("text.disclosure");
  let worst: Outcome = allow();
  for (const language of step.languages ?? ["en"]) {
    const lines = known[language];
    const outcome =
      lines === undefined
        ? askPerson({ en: `No disclosure is known in ${language}.`, zh: `未收录${language}的告知用语。` })
        : judge(lines, step.text!);
    if (outcome.outcome === "forbid") return outcome;
    if (outcome.outcome !== "allow") worst = outcome;
  }
  return worst;
}

/** The first communication, and the first in writing after one by word of mouth: both say it. */
export const disclosureFirst = rule({
  id: "us/disclosure-first",
  says: {
    en: "The first communication says that it is an attempt to collect a debt and that information will be used for that, in each language used.",
    zh: "首次联系须说明系为催收债务，所获信息将用于该目的，并使用联系所用的每种语言。",
  },
  cite: {
    law: "us/reg-f-1006-18",
    at: "1006.18(e)(1)",
    quote:
      "the debt collector is attempting to collect a debt and that any information obtained will be used for that purpose",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  covers: (context) => hasWords(context) && isLater(context) !== true,
  needs: [],
  params: ["text.disclosure"],
  check: (context) =>
    inEachLanguage(context, (lines, text) => {
      if (holds(text, lines.collecting) && holds(text, lines.use)) return allow();
      if (isLater(context) === undefined && (holds(text, lines.collector) || holds(text, lines.collecting))) {
        return askPerson({
          en: "Whether this is the first communication is not known, and the words are those of a later one.",
          zh: "不知是否首次联系，而文字仅为后续联系的告知。",
        });
      }
      return forbid(
        { en: "The disclosure of a first communication is missing.", zh: "缺少首次联系的告知。" },
        "never",
      );
    }),
});
