import { z } from "zod";
import {
  COMPLAINT_KINDS,
  COMPLAINT_STATES,
  ESCALATED_TO,
  HARDSHIP_REASONS,
  HARDSHIP_STATES,
  REQUEST_CHANNELS,
  WISH_KINDS,
} from "../../core/index.ts";
import { Cite, DayText, Id, line, Money, Words } from "./shapes.ts";

/** Shapes of what borrowers ask for, as `src/office/requests/json.ts` tells it. */

export const wordsOf = <T extends string>(list: readonly T[]) => z.enum(list as [T, ...T[]]);
const Both = z.object({ en: z.string(), zh: z.string() });
const Source = Cite.extend({ param: z.string(), force: z.string(), verification: z.string() });

const Happened = z.object({
  event: z.string(),
  says: Both,
  on: z.string(),
  at: z.string(),
  by: z.string(),
  words: z.string().nullable(),
  reason: z.union([z.string(), Both]).nullable(),
  to: z.string().nullable().optional(),
});

const File = z.object({
  sha256: z.string(),
  name: z.string(),
  bytes: z.int(),
  type: z.enum(["pdf", "jpeg", "png"]),
  at: z.string(),
});

export const ComplaintShape = z.object({
  reference: z.string(),
  sort: z.literal("complaint"),
  kind: wordsOf(COMPLAINT_KINDS),
  kindWords: Both,
  state: wordsOf(COMPLAINT_STATES),
  stateWords: Both,
  since: z.string(),
  loans: z.array(z.string()),
  currency: z.string(),
  receivedOn: z.string(),
  channel: wordsOf(REQUEST_CHANNELS),
  words: z.string(),
  disputed: Money.nullable(),
  happenedOn: z.string().nullable(),
  against: z.string().nullable(),
  outside: z.string().nullable(),
  holds: z.enum(["dispute", "complaint"]).nullable().describe("What it stops while nobody has decided"),
  answerBy: z.string().nullable(),
  daysLeft: z.int().nullable(),
  extensions: z.int(),
  because: Source.nullable(),
  outcome: z.object({ outcome: z.enum(["upheld", "partly", "rejected"]), reason: Both }).nullable(),
  pending: z.array(
    z.object({ loan: z.string(), what: z.string(), amount: Money.nullable(), of: z.string().nullable() }),
  ),
  events: z.array(Happened),
  files: z.array(File),
  mayFollow: z.array(z.string()),
  version: z.int().describe("If-Match takes it"),
});

const Offer = z.object({
  way: z.string(),
  change: z.string(),
  firstDueOn: z.string().nullable(),
  settlement: z.object({ amount: Money, by: z.string() }).nullable(),
  payments: z.array(z.object({ on: z.string(), amount: Money })),
  total: Money,
  cost: Money.describe(
    "Beyond the principal owed on the day of the offer; below zero where a part is given up",
  ),
  validUntil: z.string(),
  graceDays: z.int(),
  missesForgiven: z.int(),
  guarantor: z.string().nullable(),
  heavier: Money.nullable().describe("By how much it asks for more in all than the contract as it stood"),
});

const Guarantor = z.object({
  name: z.string(),
  consent: z.enum(["not-needed", "awaited", "given", "without"]),
  heavier: Money.nullable(),
  proof: z.string().nullable(),
  words: Both,
  because: z.array(Source),
});

export const HardshipShape = z.object({
  reference: z.string(),
  sort: z.literal("hardship"),
  state: wordsOf(HARDSHIP_STATES),
  stateWords: Both,
  since: z.string(),
  loan: z.string(),
  currency: z.string(),
  receivedOn: z.string(),
  channel: wordsOf(REQUEST_CHANNELS),
  reasons: z.array(z.object({ reason: wordsOf(HARDSHIP_REASONS), words: Both })),
  words: z.string(),
  wish: Money.nullable(),
  household: z
    .object({
      income: Money,
      living: Money,
      dependants: z.int(),
      dependantsNeed: Money.nullable(),
      otherDebts: Money,
      surplus: Money.nullable(),
      short: Money.nullable(),
      leftToLiveOn: Money.nullable(),
    })
    .nullable(),
  restsUntil: z.string().nullable().describe("Collection rests through this day"),
  next: z
    .object({
      what: z.enum(["hardship-answer", "hardship-offer"]),
      by: z.enum(["us", "debtor"]),
      lastOn: z.string(),
      daysLeft: z.int(),
      because: Source.nullable(),
    })
    .nullable(),
  offer: Offer.nullable(),
  proposedBy: z.string().nullable(),
  refused: Both.nullable(),
  accepted: z
    .object({
      on: z.string(),
      at: z.string(),
      sha256: z.string(),
      language: z.enum(["zh-CN", "en"]),
      how: z.string(),
    })
    .nullable(),
  guarantor: Guarantor.nullable(),
  plan: z
    .string()
    .nullable()
    .describe("kept, missed, broken, completed, ended; beginning until the next close"),
  entry: z.string().nullable(),
  events: z.array(Happened),
  files: z.array(File),
  mayFollow: z.array(z.string()),
  version: z.int().describe("If-Match takes it"),
});

export const WishShape = z.object({
  reference: z.string(),
  sort: z.literal("wish"),
  wish: wordsOf(WISH_KINDS),
  wishWords: Both,
  loan: z.string(),
  at: z.string(),
  by: z.string(),
  channel: wordsOf(REQUEST_CHANNELS),
  words: z.string().nullable(),
  became: z.array(z.string()),
});

export const Became = z.enum(["recorded", "known", "would-record"]);

/** A month of his household, as he tells it. */
export const Household = z.strictObject({
  income: Money,
  living: Money,
  dependants: z.int().min(0).max(99).default(0),
  dependantsNeed: Money.optional(),
  otherDebts: Money.default("0"),
});

const BothGiven = z.strictObject({ en: Words, zh: Words });

export const ComplaintBody = z.strictObject({
  loans: z.array(Id).min(1).max(20),
  kind: wordsOf(COMPLAINT_KINDS),
  words: Words,
  channel: wordsOf(REQUEST_CHANNELS).default("portal"),
  receivedOn: DayText.optional().describe("Only from the house: a borrower's own is received now"),
  disputed: Money.optional(),
  happenedOn: DayText.optional(),
  against: line(200).optional(),
});

export const ComplaintEventBody = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("acknowledged") }),
  z.strictObject({ type: z.literal("asked"), words: Words }),
  z.strictObject({ type: z.literal("informed"), words: Words }),
  z.strictObject({ type: z.literal("extended"), reason: Words, approvedBy: line(100).optional() }),
  z.strictObject({
    type: z.literal("answered"),
    outcome: z.enum(["upheld", "partly", "rejected"]),
    reason: BothGiven,
    corrections: z
      .array(
        z.strictObject({
          loan: Id,
          what: z.enum(["waiver", "reversal", "bureau-correction", "stop", "letter-withdrawn"]),
          amount: Money.optional(),
          of: Id.optional(),
        }),
      )
      .max(20)
      .default([]),
  }),
  z.strictObject({ type: z.literal("corrected"), entry: Id, reason: Words }),
  z.strictObject({ type: z.literal("escalated"), to: wordsOf(ESCALATED_TO), reference: Id.optional() }),
  z.strictObject({ type: z.literal("withdrawn"), reason: Words.optional() }),
  z.strictObject({ type: z.literal("closed"), reason: Words }),
  z.strictObject({ type: z.literal("noted"), words: Words }),
]);

export const HardshipBody = z.strictObject({
  loan: Id,
  reasons: z.array(wordsOf(HARDSHIP_REASONS)).min(1).max(8),
  words: Words,
  channel: wordsOf(REQUEST_CHANNELS).default("portal"),
  receivedOn: DayText.optional(),
  household: Household.optional(),
  wish: Money.optional(),
});

export const HardshipEventBody = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("asked"), words: Words }),
  z.strictObject({ type: z.literal("informed"), words: Words, household: Household.optional() }),
  z.strictObject({
    type: z.literal("offer"),
    way: z.enum(["plan", "hardship", "extension", "settlement"]),
    months: z.int().min(2).max(600).optional(),
    amount: Money.optional(),
    by: DayText.optional(),
    guarantor: line(100).optional(),
    reason: Words,
  }),
  z.strictObject({ type: z.literal("returned"), reason: Words }),
  z.strictObject({ type: z.literal("refused"), reason: BothGiven }),
  z.strictObject({ type: z.literal("review-asked"), words: Words }),
  z.strictObject({
    type: z.literal("accept"),
    language: z.enum(["zh-CN", "en"]),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    how: z.enum(["electronic", "paper", "call"]).default("electronic"),
  }),
  z.strictObject({ type: z.literal("consented"), guarantor: line(100), proof: line(200) }),
  z.strictObject({ type: z.literal("unconsented"), reason: Words }),
  z.strictObject({ type: z.literal("declined"), reason: Words.optional() }),
  z.strictObject({ type: z.literal("lapsed") }),
  z.strictObject({ type: z.literal("withdrawn"), reason: Words.optional() }),
  z.strictObject({ type: z.literal("ended"), reason: Words }),
  z.strictObject({ type: z.literal("noted"), words: Words }),
]);

export const Ways = z.object({
  loan: z.string(),
  currency: z.string(),
  asOf: z.string(),
  pastDue: Money,
  payoff: Money,
  surplus: Money.nullable(),
  household: z.object({ needed: Money, short: Money, left: Money }).optional(),
  ways: z.array(
    z.looseObject({
      way: z.string(),
      words: Both,
      possible: z.boolean(),
      offerable: z.boolean().optional().describe("Whether it is a new plan that can be offered"),
      total: Money.optional(),
      cost: Money.optional(),
      months: z.int().optional(),
      monthly: Money.optional(),
      endsOn: z.string().optional(),
      affordable: z.boolean().optional(),
      exposureWords: Both.optional(),
      recordWords: Both.optional(),
      heavier: Money.optional().describe("Of a new plan: beyond what the contract asks for in all"),
      guarantorWords: Both.optional(),
      restartsLimitation: z.boolean().optional(),
      payments: z.array(z.object({ on: z.string(), amount: Money })).optional(),
      whyWords: Both.optional(),
      leastMonthly: Money.optional(),
      says: z.string().optional(),
    }),
  ),
});
