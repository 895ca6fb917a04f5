import { hash32 } from "../identity.ts";

/** A contact that can be looked at again. */
export interface Checkable {
  /** Action of the outbox, or the id of a contact that was reported. */
  readonly contact: string;
  /** Collector or agency who made it. */
  readonly by: string;
  /** It was complained about, or answered with a complaint. */
  readonly complaint: boolean;
}

export interface SampleRules {
  /** The same seed gives the same sample of the same contacts. */
  readonly seed: number;
  /** At least so many of each collector or agency, as far as there are as many. */
  readonly each: number;
  /** Of contacts with a complaint, so many in a hundred, beside those. */
  readonly complaintPercent: number;
}

export interface Sampled extends Checkable {
  /** Why it was drawn. */
  readonly why: "stratum" | "complaint";
}

/**
 * A reproducible sample of contacts, stratified by who made them.
 *
 * Gives   per collector the `each` contacts with the smallest draw, and of those with a complaint their share, rounded
 *         up. In order of collector and contact.
 * Holds   whether a contact is drawn hangs on the seed, on it and on those of the same collector: not on the order in
 *         which they are given, nor on anybody else's.
 */
export function sampleOf(contacts: readonly Checkable[], rules: SampleRules): Sampled[] {
  const strata = new Map<string, Checkable[]>();
  for (const one of contacts) {
    const own = strata.get(one.by);
    if (own) own.push(one);
    else strata.set(one.by, [one]);
  }
  const drawn: Sampled[] = [];
  for (const [, own] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const ordered = inDrawOrder(own, rules.seed);
    const taken = new Map<string, Sampled>(
      ordered.slice(0, rules.each).map((one) => [one.contact, { ...one, why: "stratum" }]),
    );
    const complaints = ordered.filter(({ complaint }) => complaint);
    const wanted = Math.ceil((complaints.length * rules.complaintPercent) / 100);
    for (const one of complaints.slice(0, wanted)) taken.set(one.contact, { ...one, why: "complaint" });
    drawn.push(...[...taken.values()].sort((a, b) => (a.contact < b.contact ? -1 : 1)));
  }
  return drawn;
}

const inDrawOrder = (contacts: readonly Checkable[], seed: number): Checkable[] => {
  const draw = new Map(contacts.map((one) => [one.contact, hash32(`${seed}/${one.by}/${one.contact}`)]));
  return [...contacts].sort(
    (a, b) => draw.get(a.contact)! - draw.get(b.contact)! || (a.contact < b.contact ? -1 : 1),
  );
};

/** What a checked contact can fail by. In any order, one or several. */
export const CHECK_REASONS = [
  { code: "identity", says: { en: "did not say who called, and for whom", zh: "未表明身份及所代表机构" } },
  { code: "not-verified", says: { en: "did not make sure who answered", zh: "未核实接听人身份" } },
  { code: "third-party", says: { en: "told a third person of the debt", zh: "向第三人透露债务" } },
  { code: "threat", says: { en: "threatened or pressed", zh: "威胁、施压" } },
  { code: "misleading", says: { en: "misled about amount or consequences", zh: "误导金额或后果" } },
  { code: "rude", says: { en: "rude words", zh: "用语不当" } },
  { code: "wrong-amount", says: { en: "named a wrong amount", zh: "金额错误" } },
  {
    code: "private-account",
    says: { en: "asked for payment to a private account", zh: "要求向个人账户付款" },
  },
  { code: "ignored-dispute", says: { en: "passed over a dispute or hardship", zh: "忽视异议或困难" } },
  { code: "wrong-code", says: { en: "the result code does not say what happened", zh: "结果码与实际不符" } },
  { code: "no-recording", says: { en: "there is no recording", zh: "无录音" } },
] as const;
export const CHECK_CODES: readonly string[] = CHECK_REASONS.map(({ code }) => code);
