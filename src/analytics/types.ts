import type { Day } from "../core/index.ts";

/** A sentence or a name in both languages. */
export interface Says {
  readonly en: string;
  readonly zh: string;
}

/** A figure of one product, added up over days: what `x` and `y` of each `what` mean stands in docs/reference/analytics.md. */
export interface Figure {
  readonly product: number;
  readonly what: string;
  readonly x: string;
  readonly y: string;
  readonly n: number;
  /** Minor units. */
  readonly amount: number;
}

/** Loans that stood in one place when a month began and in another at its end (or now), of those that moved in it. */
export interface Rolled {
  readonly product: number;
  readonly month: number;
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly amount: number;
}

/** Days from one to another, both included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

export type ColumnKind = "text" | "count" | "money" | "share" | "range";

export interface Column {
  readonly key: string;
  readonly kind: ColumnKind;
  readonly says: Says;
}

/** How the loans behind a figure are asked for: the query of `GET /v1/analytics/loans`. */
export type Behind = Readonly<Record<string, string>>;

export interface Cell {
  /** A count as digits, money in the report's currency, a share in percent, a range as `8.1–12.4`; null where there is none. */
  readonly value: string | null;
  readonly behind?: Behind;
}

export interface Row {
  readonly key: string;
  readonly says: Says;
  readonly cells: readonly Cell[];
  /** Not to be relied on yet: too few cases, or time that has not passed. */
  readonly caution?: Says;
}

export interface Table {
  readonly key: string;
  readonly says: Says;
  /** Of the first column, which holds the row's name. */
  readonly of: Says;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Report {
  readonly id: ReportId;
  readonly currency: string;
  readonly from: Day;
  readonly to: Day;
  /** The figures that matter, in words. */
  readonly says: readonly Says[];
  readonly tables: readonly Table[];
  /** What the words of the tables mean. */
  readonly means: readonly Says[];
}

export const REPORT_IDS = [
  "roll",
  "vintage",
  "funnel",
  "contacts",
  "recoveries",
  "promises",
  "agencies",
  "arms",
  "complaints",
  "ages",
] as const;
export type ReportId = (typeof REPORT_IDS)[number];
