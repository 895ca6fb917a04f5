import { decimalsOf, type Fact } from "../../core/index.ts";
import type { JournalEntry, LoanFile } from "../../store/index.ts";
import type { Language } from "../io.ts";
import { factSentence } from "./facts.ts";

export interface Told {
  readonly fact: Fact;
  readonly by: string;
  readonly says: Record<Language, string>;
  readonly rules: readonly string[];
}

export const ACTOR_NAMES: Readonly<Record<number, string>> = {
  1: "close",
  2: "import",
  3: "dispatch",
  4: "person",
};

/** The loan's and the borrower's facts in one line of time: by their days, and within a day as they were recorded. */
export function storyOf(file: LoanFile, step: string | undefined): Told[] {
  const decimals = decimalsOf(file.product.terms.currency);
  const byDay = <T extends Recorded>(entries: readonly T[]): T[] =>
    [...entries].sort((a, b) => a.fact.on - b.fact.on);
  const entries = merged(byDay([...file.journal, ...file.waiting]), byDay(file.ofBorrower));
  const told = entries.map(({ fact, actor }) => ({
    fact,
    by: ACTOR_NAMES[actor] ?? "?",
    says: factSentence(fact, decimals, file.borrower.zone ?? file.lender.zone),
    rules: "rules" in fact ? fact.rules : [],
  }));
  return step === undefined ? told : told.filter(({ fact }) => "step" in fact && fact.step.includes(step));
}

type Recorded = Pick<JournalEntry, "fact" | "actor" | "recordedAt">;

/** Two journals as one; the facts of each keep their own order. */
function merged(ofLoan: readonly Recorded[], ofBorrower: readonly Recorded[]): Recorded[] {
  const story: Recorded[] = [];
  let at = 0;
  for (const own of ofLoan) {
    for (let other = ofBorrower[at]; other && isBefore(other, own); other = ofBorrower[++at])
      story.push(other);
    story.push(own);
  }
  return [...story, ...ofBorrower.slice(at)];
}

const isBefore = (one: Recorded, other: Recorded): boolean =>
  one.fact.on < other.fact.on || (one.fact.on === other.fact.on && one.recordedAt < other.recordedAt);
