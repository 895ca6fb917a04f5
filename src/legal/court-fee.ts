import { type Fraction, invariant, type Minor, minor, type Wide, wideOf, wideRound } from "../core/index.ts";
import { exactText, NOTHING, plus, times } from "./exact.ts";
import type { Source } from "./source.ts";

/** What the court is asked for. `case` is the ordinary procedure of a property case, `summary` the simple one. */
export type CourtFeeKind = "case" | "summary" | "payment-order" | "preservation" | "enforcement";
export const COURT_FEE_KINDS: readonly CourtFeeKind[] = [
  "case",
  "summary",
  "payment-order",
  "preservation",
  "enforcement",
];

/** A part of the amount, from the edge below it to its own; the last one has no edge. */
export interface FeeBand {
  readonly upTo?: Minor;
  /** As the text has it, `"2.5"`. */
  readonly percent: string;
  readonly share: Fraction;
}

/** A flat fee for what does not exceed `upTo`, and a share of each part above it; `most` caps the whole. */
export interface FeeScale {
  readonly upTo: Minor;
  readonly flat: Minor;
  readonly bands: readonly FeeBand[];
  readonly most?: Minor;
  readonly source: Source;
}

/** A share of the fee by the scale of a case. */
export interface FeeShare {
  readonly share: Fraction;
  readonly source: Source;
}

/** The fees of a place on a day; a pack gives them. */
export interface CourtFeeTiers {
  readonly case: FeeScale;
  readonly preservation: FeeScale;
  readonly enforcement: FeeScale;
  readonly summary: FeeShare;
  readonly "payment-order": FeeShare;
}

/** One line of the sum. `gives` is exact, as text, before any rounding. */
export type FeeStep =
  | { readonly step: "flat"; readonly upTo: Minor; readonly gives: string }
  | {
      readonly step: "band";
      readonly above: Minor;
      readonly upTo?: Minor;
      readonly part: Minor;
      readonly percent: string;
      readonly gives: string;
    }
  | { readonly step: "share"; readonly share: string; readonly of: string; readonly gives: string }
  | { readonly step: "most"; readonly of: string; readonly gives: string };

export interface CourtFee {
  readonly fee: Minor;
  readonly steps: readonly FeeStep[];
  readonly source: Source;
  /** Of a share: where the scale stands that it is a share of. */
  readonly scale?: Source;
}

/**
 * What a court asks for: a scale in bands, or a share of that scale.
 *
 * Takes   the amount claimed, secured or enforced, at least zero; the fees in force on the day.
 * Gives   the fee, each line of the sum, and where it stands.
 * Units   minor units. Rounded half up once, at the end: no text read has a rule of rounding.
 * Refuses nothing. An amount below zero is the caller's bug.
 * Holds   never falls as the amount grows.
 * Source  the pack's parameters `court-fee.*`.
 */
export function courtFee(amount: Minor, kind: CourtFeeKind, tiers: CourtFeeTiers): CourtFee {
  invariant(amount >= 0, `a court fee is asked of an amount of at least zero, found ${amount}`);
  if (kind !== "summary" && kind !== "payment-order") {
    const { sum, steps } = byScale(amount, tiers[kind]);
    return { fee: rounded(sum), steps, source: tiers[kind].source };
  }
  const { share, source } = tiers[kind];
  const whole = byScale(amount, tiers.case);
  const { numerator, denominator } = wideOf(share);
  const sum: Wide = {
    numerator: whole.sum.numerator * numerator,
    denominator: whole.sum.denominator * denominator,
  };
  const step: FeeStep = {
    step: "share",
    share: `${numerator}/${denominator}`,
    of: exactText(whole.sum),
    gives: exactText(sum),
  };
  return { fee: rounded(sum), steps: [...whole.steps, step], source, scale: tiers.case.source };
}

const rounded = ({ numerator, denominator }: Wide): Minor => wideRound(numerator, denominator, "half-up");

function byScale(amount: Minor, scale: FeeScale): { sum: Wide; steps: readonly FeeStep[] } {
  let sum = plus(NOTHING, { numerator: BigInt(scale.flat), denominator: 1n });
  const steps: FeeStep[] = [{ step: "flat", upTo: scale.upTo, gives: exactText(sum) }];
  let above = scale.upTo;
  for (const { upTo, percent, share } of scale.bands) {
    if (amount <= above) break;
    const part = minor((upTo === undefined || amount < upTo ? amount : upTo) - above);
    const gives = times(part, wideOf(share));
    sum = plus(sum, gives);
    const edge = upTo === undefined ? {} : { upTo };
    steps.push({ step: "band", above, ...edge, part, percent, gives: exactText(gives) });
    if (upTo === undefined) break;
    above = upTo;
  }
  const { most } = scale;
  if (most === undefined || sum.numerator <= BigInt(most) * sum.denominator) return { sum, steps };
  const capped: Wide = { numerator: BigInt(most), denominator: 1n };
  steps.push({ step: "most", of: exactText(sum), gives: exactText(capped) });
  return { sum: capped, steps };
}
