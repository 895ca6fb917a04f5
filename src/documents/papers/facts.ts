import type { Day, Minor } from "../../core/index.ts";
import type { FieldSource, Known } from "./paper.ts";

/** What a form's list of kinds of organisation has, in its order. */
export const ORGANISATIONS = {
  "limited-company": "有限责任公司",
  "joint-stock-company": "股份有限公司",
  "listed-company": "上市公司",
  "other-enterprise": "其他企业法人",
  institution: "事业单位",
  association: "社会团体",
  foundation: "基金会",
  "social-service": "社会服务机构",
  state: "机关法人",
  "rural-collective": "农村集体经济组织法人",
  cooperative: "城镇农村的合作经济组织法人",
  "self-governing": "基层群众性自治组织法人",
  "sole-proprietorship": "个人独资企业",
  partnership: "合伙企业",
  "professional-service": "不具有法人资格的专业服务机构",
} as const;
export type Organisation = keyof typeof ORGANISATIONS;

/** 国有（控股、参股）, 民营. */
export type Ownership = "state-controlled" | "state-participating" | "private";
export const OWNERSHIPS: readonly Ownership[] = ["state-controlled", "state-participating", "private"];

export interface LenderParty {
  readonly name: Known;
  readonly address?: Known;
  readonly registeredAt?: Known;
  readonly representative?: Known;
  readonly representativeTitle?: Known;
  readonly phone?: Known;
  readonly creditCode?: Known;
  readonly organisation?: Known<Organisation>;
  readonly ownership?: Known<Ownership>;
}

export type Authority = "general" | "special";

export interface Agent {
  readonly name: Known;
  readonly unit?: Known;
  readonly title?: Known;
  readonly phone?: Known;
  /** Number of the lawyer's practice licence. */
  readonly licence?: Known;
}

/** A natural person, as the forms ask for him. */
export interface PersonParty {
  readonly name?: Known;
  readonly sex?: Known<"male" | "female">;
  readonly bornOn?: Known<Day>;
  readonly ethnicity?: Known;
  readonly employer?: Known;
  readonly position?: Known;
  readonly phone?: Known;
  readonly registered?: Known;
  readonly habitual?: Known;
  readonly idType?: Known;
  readonly idNumber?: Known;
}

export type RepaymentMethod =
  | "equal-installment"
  | "equal-principal"
  | "bullet"
  | "monthly-interest"
  | "quarterly-interest"
  | "yearly-interest"
  | "other";

/** Numbers of the clauses of the lender's own contract. */
export const CLAUSES = [
  "rate",
  "uplift",
  "compound",
  "late",
  "acceleration",
  "liability",
  "recoveryCosts",
  "jurisdiction",
  "service",
] as const;
export type Clause = (typeof CLAUSES)[number];

export interface Contract {
  readonly name?: Known;
  readonly number?: Known;
  readonly signedOn?: Known<Day>;
  readonly signedAt?: Known;
  readonly principal: Known<Minor>;
  readonly disbursed?: Known<Minor>;
  readonly disbursedOn: Known<Day>;
  readonly through?: Known<Day>;
  /** The last day of the plan that took the place of the agreed one. */
  readonly throughNow?: Known<Day>;
  /** All of it has fallen due. */
  readonly matured?: Known<boolean>;
  /** `18.25 %/年`, as the contract has it. */
  readonly rate: Known<{ readonly percent: string; readonly per: "day" | "month" | "year" }>;
  /** The price of lateness in a year, and how many times the contract's it is where that is how it is agreed. */
  readonly late?: Known<{ readonly percentAYear: string; readonly uplift?: string }>;
  readonly compound?: Known<boolean>;
  readonly method?: Known<RepaymentMethod>;
  /** What `other` is, in words. */
  readonly methodSaid?: string;
  readonly clauses: Readonly<Partial<Record<Clause, Known>>>;
  /** New plans that came after it, in words. */
  readonly replans: readonly Known[];
}

/** What is claimed, to the day of the paper. */
export interface ClaimFigures {
  readonly asOf: Day;
  /** `past-due`: what has fallen due; `whole`: all that is owed. */
  readonly scope: "past-due" | "whole";
  readonly principal: Known<Minor>;
  readonly interest?: Known<Minor>;
  readonly compound?: Known<Minor>;
  /** Late interest without compound interest, and agreed penalties. */
  readonly late?: Known<Minor>;
  /** Of it, agreed penalties. */
  readonly penalty?: Known<Minor>;
  readonly fees?: Known<Minor>;
  /** By the contract, before any ceiling. */
  readonly contractual: Minor;
  readonly total?: Known<Minor>;
  /** What is left out because the ceiling on the cost of a loan is lower, and its source. */
  readonly reduced?: { readonly amount: Minor; readonly cite: string; readonly percent: string };
  /** How it was counted, sentence by sentence. */
  readonly calculation: readonly string[];
  /** Lies with the lender, not yet applied to anything. */
  readonly unapplied: Minor;
}

export interface Demand {
  readonly on: Day;
  /** As it is called in Chinese. */
  readonly how: string;
  readonly came?: string;
}

/** Security of a loan. `none` where the contract has none. */
export interface Security {
  readonly none?: Known<boolean>;
  readonly things?: Known;
  readonly guarantor?: Known;
  readonly signedOn?: Known<Day>;
  readonly kind?: Known<"general" | "joint">;
  readonly said?: Known;
}

/** What the claimant decides, and no book can. */
export interface Wishes {
  readonly untilPaid?: Known<boolean>;
  readonly early?: Known<"accelerate" | "terminate" | "no">;
  readonly security?: Known<boolean>;
  readonly recoveryCosts?: Known<string | false>;
  readonly courtFees?: Known<boolean>;
  readonly other?: Known;
  readonly basis?: Known;
  readonly mediationKnown?: Known<boolean>;
  readonly mediationBenefits?: Known<boolean>;
  readonly mediation?: Known<"yes" | "no" | "undecided">;
}

export interface EvidenceItem {
  readonly name: string;
  readonly proves: string;
  readonly source: string;
  readonly pages: string;
  readonly sha256: string;
}

/** Where the claimant, or his agent, takes what a court serves. */
export interface Delivery {
  readonly address?: Known;
  readonly recipient?: Known;
  readonly phone?: Known;
  readonly post?: Known;
  readonly email?: Known;
  readonly platform?: Known;
  readonly consent?: Known<boolean>;
}

/** Everything that a paper can be filled from. What is not known is left out. */
export interface PaperFacts {
  readonly on: Day;
  readonly loan: string;
  readonly currency: string;
  /** `fed`: the core system keeps the ledger, and these are its figures. */
  readonly kept: boolean;
  readonly lender: LenderParty;
  readonly agents: readonly Agent[];
  readonly authority?: Known<Authority>;
  readonly firm?: Known<{
    readonly name: string;
    readonly licence: string;
    readonly address: string;
    readonly phone: string;
  }>;
  readonly engagement?: Known;
  readonly borrower: PersonParty;
  readonly contract: Contract;
  readonly claim?: ClaimFigures;
  readonly paid?: {
    readonly principal?: Known<Minor>;
    readonly interest?: Known<Minor>;
    readonly through?: Known<Day>;
    /** Paid after the oldest day that is unpaid. */
    readonly sinceLate?: Known<Minor>;
  };
  readonly lateSince?: Known<Day>;
  readonly daysLate?: Known<number>;
  readonly demands: Known<readonly Demand[]>;
  readonly security: Security;
  readonly wishes: Wishes;
  readonly court?: Known;
  /** The court that is competent by the law on jurisdiction, where that is certain. */
  readonly competent?: Known;
  readonly agreedCourt?: Known<string | false>;
  readonly proceeding?: Known;
  readonly preservation?: {
    readonly court?: Known;
    readonly on?: Known<Day>;
    readonly number?: Known;
    readonly done?: Known<boolean>;
  };
  /** Property to freeze, and what secures the application. */
  readonly property?: Known;
  readonly bond?: Known;
  /** Why it cannot wait, or why a judgment would be hard to enforce. */
  readonly urgency?: Known;
  /** The conditions of a payment order: no other debts, none owed in return, he can be served. */
  readonly conditions?: Known<boolean>;
  readonly judgment?: {
    readonly number?: Known;
    readonly court?: Known;
    readonly on?: Known<Day>;
    readonly principal: Known<Minor>;
    readonly interest: Known<Minor>;
    readonly costs: Known<Minor>;
    readonly performBy: Known<Day>;
    readonly open?: Known<Minor>;
  };
  readonly mediator?: Known;
  readonly mediatedOn?: Known<Day>;
  /** What parties agreed: the sum, its last day, and by which parts. */
  readonly agreement?: { readonly amount?: Known<Minor>; readonly by?: Known<Day>; readonly terms?: Known };
  readonly withdrawalReason?: Known;
  readonly evidence: readonly EvidenceItem[];
  readonly evidenceSource: FieldSource;
  readonly delivery: Delivery;
  readonly card?: {
    readonly number?: Known;
    readonly holder?: Known;
    readonly issuedOn?: Known<Day>;
    readonly fees?: Known;
    readonly termination?: Known;
    readonly notice?: Known;
  };
}
