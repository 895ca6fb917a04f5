import { formatInstant } from "../../core/index.ts";
import type { Json } from "../../core/json-in.ts";
import type { Decision, Rule } from "../../policy/index.ts";

/** A decision as every command gives it out; instants on the clock of a zone. */
export function decisionJson(decision: Decision, zone: string): Json {
  const { verdict, because, allowedFrom } = decision;
  return {
    verdict,
    because: because.map(({ rule, outcome }) => ({
      rule: rule.id,
      outcome: outcome.outcome,
      says: "says" in outcome ? outcome.says : rule.says,
      cite: rule.cite,
      layer: rule.layer,
      force: rule.force,
      verification: rule.verification,
    })),
    ...(allowedFrom === undefined
      ? {}
      : { allowedFrom: allowedFrom === "never" ? "never" : formatInstant(zone, allowedFrom) }),
  };
}

/** A rule as data; its rules on words by their names, since `policy show` gives each. */
export function ruleJson({ check: _check, covers: _covers, words, ...rule }: Rule) {
  return { ...rule, ...(words === undefined ? {} : { words: words.map(({ id }) => id) }) };
}
