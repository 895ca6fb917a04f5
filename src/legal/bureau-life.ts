import {
  addDays,
  BUREAU_CODES,
  type BureauComplained,
  type BureauDisputed,
  type BureauFact,
  type Day,
  type DisputeOutcome,
  formatDay,
  ok,
  type Result,
  refuse,
} from "../core/index.ts";

/** An objection as its facts leave it. */
export interface Dispute {
  readonly opened: BureauDisputed;
  readonly state: "open" | "answered";
  readonly outcome?: DisputeOutcome;
  readonly answeredOn?: Day;
  /** Answered after its last day. */
  readonly late: boolean;
  /** Numbers of days of the reminders that were written. */
  readonly reminded: readonly number[];
}

/** A complaint to the authority as its facts leave it. */
export interface AuthorityComplaint {
  readonly opened: BureauComplained;
  readonly answeredOn?: Day;
}

/** What a month is reported as after corrections and deletions; `deleted` where it was taken back. */
export type Amended = ReadonlyMap<string, string>;

export function disputesOf(facts: readonly BureauFact[], debt?: string): readonly Dispute[] {
  const disputes = new Map<string, Dispute>();
  for (const fact of facts) {
    if (debt !== undefined && fact.debt !== debt) continue;
    if (fact.kind === "BureauDisputed")
      disputes.set(fact.id, { opened: fact, state: "open", late: false, reminded: [] });
    else if (fact.kind === "BureauReminded") {
      const before = disputes.get(fact.of);
      if (before) disputes.set(fact.of, { ...before, reminded: [...before.reminded, fact.daysLeft] });
    } else if (fact.kind === "BureauAnswered") {
      const before = disputes.get(fact.of);
      if (before)
        disputes.set(fact.of, {
          ...before,
          state: "answered",
          outcome: fact.outcome,
          answeredOn: fact.dated,
          late: fact.dated > before.opened.answerBy,
        });
    }
  }
  return [...disputes.values()];
}

export function complaintsOf(facts: readonly BureauFact[], debt?: string): readonly AuthorityComplaint[] {
  const complaints = new Map<string, AuthorityComplaint>();
  for (const fact of facts) {
    if (debt !== undefined && fact.debt !== debt) continue;
    if (fact.kind === "BureauComplained") complaints.set(fact.id, { opened: fact });
    else if (fact.kind === "BureauComplaintAnswered") {
      const before = complaints.get(fact.of);
      if (before) complaints.set(fact.of, { ...before, answeredOn: fact.dated });
    }
  }
  return [...complaints.values()];
}

/** Months of a loan that were corrected or taken back, with what they are now. */
export function amendedOf(facts: readonly BureauFact[], debt: string): Amended {
  const amended = new Map<string, string>();
  for (const fact of facts) {
    if (fact.debt !== debt) continue;
    if (fact.kind === "BureauCorrected") amended.set(fact.month, fact.to);
    else if (fact.kind === "BureauDeleted") for (const month of fact.months) amended.set(month, "deleted");
  }
  return amended;
}

/** Objections to a loan's entry that nobody has answered by a day, of a month or of all. */
export const isDisputed = (facts: readonly BureauFact[], debt: string, month: string, on: Day): boolean =>
  disputesOf(facts, debt).some(
    ({ opened, state, answeredOn }) =>
      opened.received <= on &&
      (state === "open" || answeredOn! > on) &&
      (opened.months.length === 0 || opened.months.includes(month)),
  );

/**
 * The last day to answer an objection in writing: so many days after it was received, which itself does not count.
 *
 * Holds   a day off does not move it: the regulations do not say that one does (law/house/bureau.md).
 * Source  `credit.objection`: Regulations on credit reporting art. 25.
 */
export const answerBy = (received: Day, days: number): Day => addDays(received, days);

/** The reminder that is due on a day and was not written yet; days left, below zero once it is late. */
export function reminderDue(
  { opened, state, reminded }: Dispute,
  before: readonly number[],
  on: Day,
): number | undefined {
  if (state !== "open") return undefined;
  const left = opened.answerBy - on;
  if (left < 0) return reminded.some((days) => days < 0) ? undefined : left;
  const step = before.findLast((days) => left <= days);
  return step === undefined || reminded.some((days) => days >= 0 && days <= step) ? undefined : left;
}

/**
 * Whether a fact of the credit record may be recorded, as its borrower's facts stand.
 *
 * Takes   the fact wished for; all facts of the record of him so far; the statuses of the loan's months that were reported.
 * Refuses the first of `bureau-known`, `bureau-no-entry`, `bureau-answered`, `bureau-no-months`, `bureau-not-reported`, `bureau-no-change`,
 *         `bureau-outcome`, `bureau-future`.
 */
export function decideBureau<F extends BureauFact>(
  wish: F,
  facts: readonly BureauFact[],
  reported: ReadonlyMap<string, string>,
): Result<F> {
  if (facts.some(({ id }) => id === wish.id))
    return refuse("bureau-known", `${wish.id} was recorded before; bureau show lists it`, "id");
  switch (wish.kind) {
    case "BureauMarked":
      return wish.dated > wish.on
        ? refuse("bureau-future", `${formatDay(wish.dated)} is still to come`, "dated")
        : ok(wish);
    case "BureauMarkReversed":
      return standsOnce(wish, facts, "BureauMarked", "BureauMarkReversed");
    case "BureauAnswered": {
      const open = standsOnce(wish, facts, "BureauDisputed", "BureauAnswered");
      if (!open.ok) return open;
      const changed = facts.some(
        (fact) =>
          (fact.kind === "BureauCorrected" || fact.kind === "BureauDeleted") &&
          fact.of === wish.of &&
          (wish.outcome === "corrected") === (fact.kind === "BureauCorrected"),
      );
      return wish.outcome === "stands" || changed
        ? ok(wish)
        : refuse(
            "bureau-outcome",
            `nothing was ${wish.outcome} for objection ${wish.of}; do that first: bureau ${wish.outcome === "corrected" ? "correct" : "delete"} ${wish.debt} --of ${wish.of}`,
            "outcome",
          );
    }
    case "BureauComplaintAnswered":
      return standsOnce(wish, facts, "BureauComplained", "BureauComplaintAnswered");
    case "BureauCorrected": {
      const was = reported.get(wish.month);
      if (was === undefined || was === "deleted") return notReported(wish.month, reported);
      if (!(BUREAU_CODES as readonly string[]).includes(wish.to))
        return refuse(
          "bureau-no-sign",
          `${wish.to} is no sign of a month; known are ${BUREAU_CODES.join(" ")}`,
          "to",
        );
      return was === wish.to
        ? refuse("bureau-no-change", `${wish.month} is reported as ${was} already`, "to")
        : ok({ ...wish, was });
    }
    case "BureauDeleted": {
      if (wish.months.length === 0)
        return refuse(
          "bureau-no-months",
          "name the months that are taken back: --months 2026-09,2026-10",
          "months",
        );
      const strange = wish.months.find((month) => (reported.get(month) ?? "deleted") === "deleted");
      return strange === undefined ? ok(wish) : notReported(strange, reported);
    }
    default:
      return ok(wish);
  }
}

const notReported = (month: string, reported: ReadonlyMap<string, string>) =>
  refuse(
    "bureau-not-reported",
    `${month} stands in no report of this loan; reported are ${[...reported.keys()].join(", ") || "none"}`,
    "month",
  );

/** The entry that it ends is there, and nothing has ended it yet. */
function standsOnce<F extends BureauFact & { readonly of?: string }>(
  wish: F,
  facts: readonly BureauFact[],
  opened: BureauFact["kind"],
  ended: BureauFact["kind"],
): Result<F> {
  const ids = facts.filter(({ kind, debt }) => kind === opened && debt === wish.debt).map(({ id }) => id);
  if (!ids.includes(wish.of!))
    return refuse(
      "bureau-no-entry",
      `nothing of ${wish.debt} is called ${wish.of}; there is ${ids.join(", ") || "none"}`,
      "of",
    );
  return facts.some((fact) => fact.kind === ended && "of" in fact && fact.of === wish.of)
    ? refuse("bureau-answered", `${wish.of} was ended before`, "of")
    : ok(wish);
}
