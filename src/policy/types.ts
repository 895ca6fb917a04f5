import type {
  ActorRole,
  ConsentBy,
  ContactOutcome,
  Hold,
  Instant,
  PersonRole,
  Purpose,
  StepKind,
} from "../core/index.ts";
import type { WordRule } from "./words.ts";

export {
  ACTOR_ROLES,
  type ActorRole,
  CONTACT_KINDS,
  CONTACT_OUTCOMES,
  type ContactOutcome,
  PERSON_ROLES,
  type PersonRole,
  PURPOSES,
  type Purpose,
  STEP_KINDS,
  type StepKind,
} from "../core/index.ts";

export interface Actor {
  readonly role: ActorRole;
  /** False where the lender collects under another name than its own. */
  readonly ownName?: boolean;
  /** Whether it holds a written mandate for this debt. */
  readonly mandate?: boolean;
  /** The lawyer who answers for what a law firm sends. */
  readonly lawyer?: string;
}

/** One try to reach the person, by anyone who acts on this debt: the lender or any of its agencies. */
export interface ContactMade {
  readonly at: Instant;
  readonly kind: StepKind;
  readonly outcome: ContactOutcome;
  readonly address?: string;
  /** Debts that it was about; absent: it counts for every one. */
  readonly debts?: readonly string[];
  /** Begun by the person. */
  readonly inbound?: boolean;
  /** Made at the person's own wish, within what he allowed. */
  readonly asked?: boolean;
  /** Whom it was to reach; the borrower unless said. */
  readonly to?: PersonRole;
}

/** One debt in collection, as far as rules ask. Absent means not known. */
export interface DebtFact {
  readonly id: string;
  /** Whether it was already in default when the actor got it. */
  readonly inDefaultWhenObtained?: boolean;
  readonly timeBarred?: boolean;
  readonly state?: "open" | "paid" | "settled" | "discharged";
  /** Debts with the same word here are counted as one: student loans under one account number. */
  readonly countsAs?: string;
  /** When the actor first conveyed something about it to the person. */
  readonly firstCommunicated?: Instant;
  readonly kind?: "loan" | "card";
  /** An agreed plan of repayment on it, and whether he keeps it. */
  readonly plan?: "kept" | "broken";
}

/** What the person allowed, to whom, for which ways and address. */
export interface Consent {
  readonly kinds: readonly StepKind[];
  readonly address?: string;
  /** Given to the one who acts now, or to the creditor or an earlier collector. */
  readonly to: "actor" | "creditor" | "earlier-collector";
  readonly given: Instant;
  readonly until?: Instant;
  readonly withdrawn?: Instant;
  /** How it was given, where a rule asks: the person used the address with the actor, or said so. */
  readonly by?: ConsentBy;
  /** What it was given for, where that was said. A consent to offers is no consent to anything else, nor the reverse. */
  readonly purpose?: Purpose;
  /** First instant that it covers, where that is later than `given`. */
  readonly from?: Instant;
  /** Debts that it names; every one where absent. */
  readonly debts?: readonly string[];
  /** Last day on which he could refuse what a notice told him of. */
  readonly refuseBy?: string;
}

/** A wish of the person that something stop: a way, an address, or everything on a debt. */
export interface StopRequest {
  readonly at: Instant;
  /** Ways that it names; every one where absent. */
  readonly kinds?: readonly StepKind[];
  readonly address?: string;
  /** The debt that it names; every one where absent. */
  readonly debt?: string;
  /** In writing, where a rule asks. */
  readonly written?: boolean;
  /** Who asked: the borrower where absent. */
  readonly by?: PersonRole;
}

/** Times that the person said do not suit him: days of the week (1 Monday … 7 Sunday) or dates, all day or a span. */
export interface Inconvenient {
  readonly weekdays?: readonly number[];
  readonly dates?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly place?: "home" | "work";
  /** Last date for which he said so. */
  readonly until?: string;
}

/** A notice that a later step needs: when it was given and whether it came back. */
export interface NoticeGiven {
  readonly kind: string;
  readonly at: Instant;
  readonly debt?: string;
  readonly returned?: Instant;
}

/** An order of the police or a court that nobody of this side approaches the person; without an end, until it is lifted. */
export interface ContactBan {
  readonly from: Instant;
  /** First instant after it. */
  readonly until?: Instant;
}

/**
 * What is known about the person and the debt when a step is judged. Absent means not known, and a rule that needs an
 * absent fact asks a person.
 */
export interface GateFacts {
  /** The one zone the borrower lives in, from the IANA database. A name that is not in it counts as not known. */
  readonly borrowerZone?: string;
  /**
   * Every zone in which he may be, where there are several: a time has to suit in all of them. Given alone, the first is
   * `borrowerZone`; a rule reads them by `zonesOf`.
   */
  readonly zones?: readonly string[];
  readonly debts?: readonly DebtFact[];
  readonly consents?: readonly Consent[];
  readonly stops?: readonly StopRequest[];
  readonly inconvenient?: readonly Inconvenient[];
  readonly notices?: readonly NoticeGiven[];
  /** Whether a lawyer speaks for him on the debt, and whether that lawyer answers. */
  readonly attorney?: {
    readonly known: boolean;
    readonly answers?: boolean;
    /** Whether that lawyer agreed that the person be addressed himself. */
    readonly consents?: boolean;
  };
  /** Whether his employer is known to forbid such contacts at work. */
  readonly employerForbids?: boolean;
  /** Whether he can be reached at all, as the pack's test of it says. */
  readonly unreachable?: boolean;
  /** Actions that may lawfully be taken and are intended: what a text may announce. */
  readonly intended?: readonly string[];
  readonly holds?: readonly Hold[];
  /** Contacts of at least the last eight calendar days. */
  readonly contacts?: readonly ContactMade[];
  /** Kinds for which an address is on file. */
  readonly reach?: readonly StepKind[];
  /** Times of day that the person agreed to, in minutes since local midnight. */
  readonly agreedContactTimes?: { readonly from: number; readonly to: number };
  /** Calls a day that the person agreed to, in place of a cap that an agreement can change. */
  readonly agreedCallCaps?: { readonly connected?: number; readonly attempts?: number };
  /** What the creditor is, in the pack's words (`micro-loan`), where a rule binds some creditors only. */
  readonly lenderKind?: string;
  /** Known of the borrower himself: that he died, or lacks full capacity. */
  readonly capacity?: "deceased" | "limited";
  readonly bans?: readonly ContactBan[];
  /** Whether he refuses decisions that a machine makes alone. */
  readonly refusesAutomation?: boolean;
}

export interface ProposedStep {
  readonly kind: StepKind;
  readonly to: {
    readonly role: PersonRole;
    readonly address?: string;
    /** What the address is, where a rule asks. */
    readonly place?: "home" | "work";
  };
  readonly at: Instant;
  /** Who acts; a rule that binds some actors only takes an unknown one for bound. */
  readonly actor?: Actor;
  /** Debts that it is about; all of them where absent. */
  readonly debts?: readonly string[];
  readonly purpose?: Purpose;
  /** The exact words, where they are known: always at the second of sending. */
  readonly text?: string;
  /** Stage of the strategy, where required lines hang on it. */
  readonly stage?: string;
  /** Which notice, where the purpose is `notice`, by the words of `NoticeGiven.kind`. */
  readonly notice?: string;
  /** Languages of the words, `en` unless said. */
  readonly languages?: readonly string[];
  /** Why the court of a suit is the one: the contract was signed there, he lives there, the land lies there. */
  readonly venue?: "signed" | "lives" | "property" | "elsewhere";
  /** Whether what is reported to a bureau is to the person's disadvantage; taken for it unless said. */
  readonly adverse?: boolean;
}

export type Force =
  | "law"
  | "administrative regulation"
  | "judicial interpretation"
  | "departmental rule"
  | "normative document"
  | "recommended standard"
  | "self-regulation"
  | "house rule";

/** How far the text behind a rule was checked (law/README.md). Shown wherever the rule is shown. */
export type Verification = "verified" | "verified-reprint" | "verified-press" | "unverified" | "house";

export interface Citation {
  /** File under `law/`, without its ending: `cn/gbt-45251-2025`. House rules cite `house/...`. */
  readonly law: string;
  readonly at: string;
  readonly quote: string;
}

/** Order of strictness of sources; a lower layer only makes a verdict stricter. */
export type Layer = "law" | "industry" | "provider" | "house";

export type Outcome =
  | { readonly outcome: "allow" }
  | { readonly outcome: "allow-with-risk"; readonly says: Words }
  | { readonly outcome: "ask-person"; readonly says: Words }
  | {
      readonly outcome: "forbid";
      readonly says: Words;
      /** Earliest instant at which this rule would allow the step; `never` while the facts stay as they are. */
      readonly allowedFrom: Instant | "never";
    };

/** One sentence in the two languages of the house. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** What is to be judged. */
export interface Proposed {
  readonly step: ProposedStep;
  readonly facts: GateFacts;
}

/** What a rule is asked with. */
export interface RuleContext extends Proposed {
  /** The parameter's value in force on the step's day. */
  readonly param: <T>(name: string) => T;
}

export interface Rule {
  readonly id: string;
  readonly says: Words;
  readonly cite: Citation;
  readonly layer: Layer;
  readonly force: Force;
  readonly verification: Verification;
  readonly from: string;
  readonly to?: string;
  readonly governs: readonly StepKind[];
  /** Actors whom it binds; every one where absent. */
  readonly binds?: readonly ActorRole[];
  /** Purposes that it speaks of; every one where absent. */
  readonly purposes?: readonly Purpose[];
  /** Persons of whom it speaks, by how they stand to the debt; every one where absent. */
  readonly persons?: readonly PersonRole[];
  /** Whether it covers this debt and step at all; left out of the reasons where it does not. */
  readonly covers?: (proposed: Proposed) => boolean;
  readonly needs: readonly (keyof GateFacts)[];
  readonly params?: readonly string[];
  readonly check: (context: RuleContext) => Outcome;
  /** Rules on words that it runs over the text, each with a source of its own. */
  readonly words?: readonly WordRule[];
}

/** A value with the day it came into force, its source, and who last found it in force. */
export interface DatedValue {
  readonly from: string;
  readonly to?: string;
  readonly value: unknown;
  readonly unlessAgreed?: boolean;
  readonly force: Force;
  readonly verification: Verification;
  readonly checkedOn: string;
  readonly cite: Citation;
}

export interface Pack {
  readonly place: string;
  /** Changes with any rule or parameter; stored with every decision. */
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly params: Readonly<Record<string, readonly DatedValue[]>>;
}

const ALLOW: Outcome = Object.freeze({ outcome: "allow" });
/** One shared object: most rules say nothing else, millions of times a night. */
export const allow = (): Outcome => ALLOW;
export const allowWithRisk = (says: Words): Outcome => ({ outcome: "allow-with-risk", says });
export const askPerson = (says: Words): Outcome => ({ outcome: "ask-person", says });
export const forbid = (says: Words, allowedFrom: Instant | "never"): Outcome => ({
  outcome: "forbid",
  says,
  allowedFrom,
});

/** Gives the rule back; it is here so that a rule file reads as a rule. */
export const rule = (definition: Rule): Rule => definition;
