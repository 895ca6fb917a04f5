import type { Day, Hold, Minor, Rate, ReportedStatus } from "../core/index.ts";
import type { Json } from "../core/json-in.ts";

/** What one good row of a loans file says, in our words and units. */
export interface LoanRecord {
  readonly kind: "loan";
  readonly line: number;
  readonly loanId: string;
  readonly borrowerId: string;
  /** Code of one of the map's products. */
  readonly product: string;
  readonly principal: Minor;
  readonly rate: Rate;
  readonly disbursedOn: Day;
  readonly firstDueOn: Day;
  readonly installments: number;
  readonly borrower: BorrowerRecord;
  readonly hold?: Hold;
  /** Only on fed loans: what the core banking system says today. */
  readonly balance?: Balance;
}

export interface BorrowerRecord {
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly app?: string;
  readonly address?: string;
  /** IANA zone; the lender's unless the file says otherwise. */
  readonly zone?: string;
  readonly language?: "en" | "zh";
}

export type FedStatus = ReportedStatus;

/** A reported position: the last one is the truth of a fed loan. */
export interface Balance {
  readonly asOf: Day;
  readonly status: FedStatus;
  /** Principal still owed. */
  readonly principal: Minor;
  /** Interest paid so far, where reported. */
  readonly interestPaid: Minor;
  /** All that is overdue and unpaid, where reported. */
  readonly arrears: Minor;
  /** Late charges within it, where reported. */
  readonly charges: Minor;
  /** Oldest unpaid due day: in the past when overdue, else the next one if known. */
  readonly dueOn?: Day;
}

export interface BalanceRecord extends Balance {
  readonly kind: "balance";
  readonly line: number;
  readonly loanId: string;
  /** Where the file or its map says it; the loan's own otherwise. */
  readonly currency?: string;
}

export interface PaymentRecord {
  readonly kind: "payment";
  readonly line: number;
  /** The file's id, or one made from its content and its place among equal rows. */
  readonly paymentId: string;
  readonly loanId: string;
  readonly amount: Minor;
  readonly valueOn: Day;
  /** The day it was entered; the next open day unless the file says otherwise. */
  readonly bookedOn?: Day;
  /** Where the file or its map says it; the loan's own otherwise. */
  readonly currency?: string;
}

/** What one row of an events file says: its figures are read once its loan, and with it the currency, is known. */
export interface EventRecord {
  readonly kind: "event";
  readonly line: number;
  readonly loanId: string;
  /** The row's own id, or one made from its content and its place among equal rows. */
  readonly id: string;
  /** As `readEvent` takes it. */
  readonly event: Json;
}

export type IntakeRecord = LoanRecord | BalanceRecord | PaymentRecord;
export type IntakeKind = "loans" | "payments" | "balances";

/** A row that was not taken, and why: enough to find it and to mend it. */
export interface BadRow {
  readonly line: number;
  /** Our field, or empty when it is the row as a whole that cannot be read. */
  readonly column: string;
  /** The file's own name for it, where the value comes from a column. */
  readonly fileColumn: string;
  /** At most 80 characters of it. */
  readonly value: string;
  readonly code: string;
  /** What was found, what was expected, what to do. */
  readonly says: string;
  /** The row's raw text, so that it can be found and mended; its first 10,000 characters. */
  readonly raw: string;
}
