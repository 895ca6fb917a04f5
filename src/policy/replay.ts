import { type Decision, gate } from "./gate.ts";
import type { GateFacts, Pack, ProposedStep } from "./types.ts";

/** A decision as it was recorded when a contact was made. */
export interface Recorded {
  readonly pack: string;
  readonly verdict: Decision["verdict"];
  /** The rules that governed the step, in the pack's order. */
  readonly rules: readonly string[];
  readonly step: ProposedStep;
  readonly facts: GateFacts;
}

export interface Replayed {
  readonly decision: Decision;
  /** Whether the pack at hand is the one that judged then. */
  readonly samePack: boolean;
  readonly sameVerdict: boolean;
  /** Rules that governed then and not now, and the other way round: only another pack can make a difference. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/**
 * Judges a recorded step again, with what was known then.
 *
 * Holds   under the pack of the recorded version, the same verdict by the same rules: the gate is pure. Under another
 *         one the difference is what has changed in the texts since, or in how they are read.
 */
export function replay(recorded: Recorded, pack: Pack): Replayed {
  const decision = gate(pack, recorded.step, recorded.facts);
  const rules = decision.because.map(({ rule }) => rule.id);
  return {
    decision,
    samePack: pack.version === recorded.pack,
    sameVerdict: decision.verdict === recorded.verdict,
    gone: recorded.rules.filter((id) => !rules.includes(id)),
    added: rules.filter((id) => !recorded.rules.includes(id)),
  };
}
