import type { Day, Minor } from "../core/index.ts";
import type { LegalCost } from "./fee-life.ts";
import type { ConsentShown } from "./service.ts";

/** The five places of a jurisdiction clause that are connected with a dispute by the law's own words; `other` needs proof. */
export const CONNECTING_PLACES = [
  "defendant-domicile",
  "performance",
  "signing",
  "plaintiff-domicile",
  "object",
  "other",
] as const;
export type ConnectingPlace = (typeof CONNECTING_PLACES)[number];

/** One court that a clause names, by its own name or by the area alone. */
export interface AgreedCourt {
  readonly tie: ConnectingPlace;
  readonly court?: string;
  readonly area?: string;
  /** What proves that the place is connected with the dispute; needed of `other`. */
  readonly proof?: string;
}

/** What the parties agreed on courts before the dispute. */
export interface AgreedClause {
  /** Its number in the contract, `第十七条`. */
  readonly clause?: string;
  readonly says?: string;
  readonly inWriting: boolean;
  readonly courts: readonly AgreedCourt[];
  /** Standard terms: whether the borrower's attention was called to it in a reasonable way. Left out: nobody knows. */
  readonly pointedOut?: boolean;
  /** Arbitration is agreed: alone, or as the other of two ways. */
  readonly arbitration?: "only" | "or-suit";
}

/** Consent to service by electronic means that stands in the contract. */
export interface ElectronicServiceClause {
  readonly clause?: string;
  readonly says?: string;
  /** The address or number on the loan's file is the one meant. */
  readonly toAddressOnFile: boolean;
}

/** What a product's contract says about courts. `clauses` are the numbers of other clauses by subject, for papers. */
export interface ProductCourtTerms {
  readonly contractName?: string;
  readonly jurisdiction?: AgreedClause;
  readonly electronicService?: ElectronicServiceClause;
  readonly signedAt?: string;
  readonly performedAt?: string;
  /** Signed and performed wholly on the internet: what the internet courts' list of 2018 asks. */
  readonly madeOnline?: boolean;
  /** Lent to people who live in mainland China only. */
  readonly residentsOnly?: boolean;
  readonly clauses: Readonly<Record<string, string>>;
}

/** The lender as a party. */
export interface LenderParticulars {
  readonly name?: string;
  readonly address?: string;
  /** The area of its main office, by which a court is found: `广东省深圳市南山区`. */
  readonly area?: string;
  readonly creditCode?: string;
  readonly representative?: string;
  readonly representativeTitle?: string;
  readonly phone?: string;
}

/** The average yearly wage of employed persons of a province, of which small claims are half or twice. No text has it for all. */
export interface WageFigure {
  readonly province: string;
  readonly year: number;
  readonly amount: Minor;
  /** Who published it, and where. */
  readonly source: string;
  readonly publishedOn?: Day;
}

export const COST_WAYS = ["mediation", "payment-order", "suit", "enforcement"] as const;
export type CostWay = (typeof COST_WAYS)[number];

/** What a way costs a lender besides the court's fee, by its own contracts. */
export interface CostTerm extends LegalCost {
  readonly way: CostWay;
}

/** What a lender supplies about courts: its own particulars, its contracts' clauses, its costs, and figures that no text of the pack has. */
export interface CourtTerms {
  readonly lender: LenderParticulars;
  /** Which basic court is competent for an area. */
  readonly courts: Readonly<Record<string, string>>;
  readonly wages: readonly WageFigure[];
  readonly costs: readonly CostTerm[];
  readonly products: Readonly<Record<string, ProductCourtTerms>>;
}

/** What serves as consent to electronic service before a suit: the clause, where the product's contract has one. */
export const consentsOf = (terms: ProductCourtTerms | undefined, signedOn: Day): readonly ConsentShown[] => {
  const clause = terms?.electronicService;
  if (!clause) return [];
  return [
    { form: "agreed-before", on: signedOn, ...(clause.clause === undefined ? {} : { proof: clause.clause }) },
  ];
};

export const NO_COURT_TERMS: CourtTerms = { lender: {}, courts: {}, wages: [], costs: [], products: {} };

/**
 * The wage by which a claim filed on a day is small or not: that of the year before if it was published by then, else the latest one that was.
 *
 * Source  Civil Procedure Law art. 165; interpretation art. 272.
 */
export function wageOn(
  wages: readonly WageFigure[],
  province: string,
  on: Day,
  year: number,
): WageFigure | undefined {
  const known = wages.filter(
    (wage) =>
      wage.province === province &&
      wage.year < year &&
      (wage.publishedOn === undefined || wage.publishedOn <= on),
  );
  return known.sort((a, b) => b.year - a.year)[0];
}
