import { CHANNELS, HOLD_KINDS } from "../core/index.ts";
import type { Act } from "./types.ts";

/**
 * Every word that a strategy file may hold. The reader and the published schema are both made of these tables, so that an
 * editor and the program can never disagree.
 */
export interface Shape {
  /** How a refusal names such a map. */
  readonly where: string;
  readonly fields: Readonly<Record<string, Field>>;
}

export interface Field {
  readonly kind: Kind;
  readonly required?: true;
  /** What an editor shows beside the word. */
  readonly says: string;
}

export type Kind =
  /** Text or a number, not empty. */
  | { readonly is: "text" }
  | { readonly is: "whole"; readonly least?: number; readonly most?: number }
  | { readonly is: "day" }
  | { readonly is: "minute" }
  | { readonly is: "flag" }
  /** Text of one form; `code` and `expected` make the refusal. */
  | { readonly is: "form"; readonly form: string; readonly code: string; readonly expected: string }
  | { readonly is: "word"; readonly of: readonly string[] }
  /** A list of known words, written with `_` or `-`. */
  | { readonly is: "words"; readonly of: readonly string[]; readonly least?: number }
  /** A list of names. */
  | { readonly is: "names" }
  | { readonly is: "list"; readonly of: Shape };

const text = { is: "text" } as const;
const names = { is: "names" } as const;
const channels = (least = 0): Kind => ({ is: "words", of: CHANNELS, least });

const DAYS: Kind = {
  is: "form",
  form: String.raw`^(-?\d{1,5})\.\.(-?\d{1,5})?$`,
  code: "not-a-range",
  expected: "a range of days; write 1..7, -3..0 or 121..",
};
const COUNTS: Kind = {
  is: "form",
  form: String.raw`^(\d{1,5})\.\.(\d{1,5})?$`,
  code: "not-a-range",
  expected: "a range of counts; write 0..1 or 2..",
};
const AMOUNTS: Kind = {
  is: "form",
  form: String.raw`^(\d{1,12}(?:\.\d{1,2})?)\.\.(\d{1,12}(?:\.\d{1,2})?)?$`,
  code: "not-a-range",
  expected: "a range of amounts; write 0..5000.00 or 5000.01..",
};

/** At most so many in each so many days. */
export const CADENCE = String.raw`^(\d{1,2}) per (?:(day|week)|(\d{1,3}) days)$`;
export const EVERY = String.raw`^(\d{1,3}) days$`;
export const VERSION_NAME = String.raw`^(\S+)@(\d{1,6})$`;

export interface ActWord {
  readonly act: Act;
  /** Says by which channels. */
  readonly by?: true;
  /** Only a person may take it: it becomes a question, which names the steps that should be behind it. */
  readonly person?: true;
  /** Acts of which one has to be named under `after`. */
  readonly needs?: readonly string[];
  readonly says: string;
}

/** What a step can do; it does exactly one of these. */
export const ACT_WORDS: Readonly<Record<string, ActWord>> = {
  send: { act: "message", by: true, says: "A message of this name." },
  call: { act: "call", says: "A call to the borrower; nobody else can be called." },
  letter: {
    act: "ask-letter",
    person: true,
    says: "A letter of this name, a lawyer's letter among them: a person is asked to see to it.",
  },
  ask: { act: "ask", says: "A question to a person; nothing goes out." },
  offer: { act: "message", by: true, says: "A message that offers a way out of this name." },
  mediation: { act: "ask-mediation", person: true, says: "Mediation: a person is asked to apply." },
  payment_order: {
    act: "ask-payment-order",
    person: true,
    says: "A payment order: a person is asked to apply.",
  },
  suit: { act: "ask-suit", person: true, says: "A suit: a person is asked to file it." },
  enforcement: {
    act: "ask-enforcement",
    person: true,
    needs: ["mediation", "payment_order", "suit"],
    says: "Enforcement of a title: a person is asked to apply. Name under `after` what gives the title.",
  },
  bureau: {
    act: "ask-bureau",
    person: true,
    says: "A notice before a report to a credit bureau: a person is asked to see to it.",
  },
};

/** Nobody else owes the debt, so no strategy can have anyone else called. */
export const CALLED = ["borrower"];
export const PAUSES = [...HOLD_KINDS, "promise-to-pay", "plan-kept", "hold"] as const;
export const EXITS = ["cured", "settled", "written-off"] as const;
export const STATES = ["open", "written-off"] as const;

export const STEP: Shape = {
  where: "a step",
  fields: {
    name: { kind: text, says: "Its name, where two steps of a stage would have the same one." },
    on_dpd: {
      kind: { is: "whole" },
      required: true,
      says: "The day past due on which it falls due: 0 is the due day, 1 the day after it.",
    },
    ...Object.fromEntries(
      Object.entries(ACT_WORDS).map(([word, { says }]): [string, Field] => [
        word,
        { kind: word === "call" ? { is: "word", of: CALLED } : text, says },
      ]),
    ),
    by: { kind: channels(1), says: "Channels in order of preference; of messages and offers alone." },
    at: { kind: { is: "minute" }, says: 'Preferred time of day where the borrower lives, "10:00".' },
    at_most: {
      kind: {
        is: "form",
        form: CADENCE,
        code: "cadence",
        expected: 'known; the cadence is "1 per day", "2 per week" or "1 per 3 days"',
      },
      says: "Repeats the step on the days left in its stage, evenly and at most so often.",
    },
    every: {
      kind: { is: "form", form: EVERY, code: "cadence", expected: 'known; write "every: 3 days"' },
      says: "Repeats the step every so many days until its stage ends.",
    },
    after: { kind: names, says: "Steps that should be behind it: `step` or `stage/step`." },
    segments: { kind: names, says: "Only for loans of these segments." },
    arms: { kind: names, says: "Only for borrowers in these arms." },
    required: { kind: { is: "flag" }, says: "Made for a hold-out too: law or contract asks for it." },
  },
};

export const STAGE: Shape = {
  where: "a stage",
  fields: {
    stage: { kind: text, required: true, says: "Its name." },
    dpd: { kind: DAYS, required: true, says: "Days past due: 1..7, -3..0, or 61.. without an end." },
    goal: { kind: text, says: "What it is to bring about, for people." },
    steps: { kind: { is: "list", of: STEP }, required: true, says: "Its steps." },
    pause_on: { kind: { is: "words", of: PAUSES }, says: "What holds its steps back while it lasts." },
    state: { kind: { is: "word", of: STATES }, says: "Which loans it is for: open ones unless said." },
    segments: { kind: names, says: "Its steps are only for loans of these segments." },
    arms: { kind: names, says: "Its steps are only for borrowers in these arms." },
  },
};

export const ENDED_HOW = ["paid-off", "settled"] as const;

export const ENDING: Shape = {
  where: "an ending",
  fields: {
    when: {
      kind: { is: "words", of: ENDED_HOW, least: 1 },
      required: true,
      says: "How the loan ended: paid_off, settled.",
    },
    send: { kind: text, required: true, says: "A message of this name." },
    by: { kind: channels(1), required: true, says: "Channels in order of preference." },
    at: { kind: { is: "minute" }, says: 'Preferred time of day where the borrower lives, "10:00".' },
    required: { kind: { is: "flag" }, says: "Made for a hold-out too: law or contract asks for it." },
  },
};

export const SEGMENT: Shape = {
  where: "a segment",
  fields: {
    segment: { kind: text, required: true, says: "Its name." },
    amount: { kind: AMOUNTS, says: "Principal outstanding." },
    product: { kind: names, says: "Codes of products." },
    reach: { kind: channels(1), says: "At least one of these channels has an address." },
    no_reach: { kind: channels(1), says: "None of these channels has an address." },
    times_late: { kind: COUNTS, says: "How often it was late before and cured; 7 stands for more." },
    dpd: { kind: DAYS, says: "Days past due on the day on which it enters the stage." },
  },
};

export const ARM: Shape = {
  where: "an arm",
  fields: {
    arm: { kind: text, required: true, says: "Its name." },
    share: {
      kind: { is: "whole", least: 1, most: 99 },
      required: true,
      says: "Percent of borrowers; all arms together 100.",
    },
    follows: {
      kind: { is: "form", form: VERSION_NAME, code: "not-a-version", expected: "a version; write name@2" },
      says: "The version of another strategy whose steps it takes.",
    },
    hold_out: {
      kind: { is: "flag" },
      says: "Contacted as little as may be, to know what contacts bring: 2 to 5 percent.",
    },
  },
};

export const FILE: Shape = {
  where: "the file",
  fields: {
    strategy: { kind: text, required: true, says: "Its name; products name it." },
    version: { kind: { is: "whole" }, required: true, says: "Steps record name@version." },
    from: { kind: { is: "day" }, required: true, says: "First business day of this version, in quotes." },
    intent: { kind: text, says: "What it is for, in a sentence for people." },
    exits: {
      kind: { is: "words", of: EXITS },
      says: "What ends the plan: cured and settled always; leave out written_off to go on after it.",
    },
    consolidate: {
      kind: { is: "word", of: ["borrower"] },
      says: "One message and one call a day for a borrower over all his loans; no other way is known.",
    },
    segments: { kind: { is: "list", of: SEGMENT }, says: "Kinds of loans; the first that fits counts." },
    arms: { kind: { is: "list", of: ARM }, says: "Treatments that are compared." },
    salt: { kind: text, says: "What arms are drawn with: another one draws anew." },
    stages: { kind: { is: "list", of: STAGE }, required: true, says: "Stages; no two share a day." },
    at_end: {
      kind: { is: "list", of: ENDING },
      says: "What is said once, on the day on which nothing is owed any more.",
    },
  },
};
