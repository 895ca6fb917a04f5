import type { WorkCalendar } from "../core/index.ts";
import type { Vault } from "./vault.ts";

/** A value as a statement takes it: numbers, text, bytes, and flat lists of them. */
export type Param = number | string | null | Uint8Array | readonly number[] | readonly (string | null)[];
export type Row = Record<string, unknown>;

/**
 * The one way to the database; two adapters speak it, PGlite and PostgreSQL. Bulk data goes by COPY in PostgreSQL's
 * binary form, which both take alike: rows through a driver cost several times the CPU.
 */
export interface Sql {
  /** int8 comes back as a number: every int8 we store is a safe one. */
  query<R extends Row = Row>(text: string, params?: readonly Param[]): Promise<R[]>;
  /** Runs a statement and gives the number of rows it changed. */
  run(text: string, params?: readonly Param[]): Promise<number>;
  copyOut(select: string): Promise<Buffer>;
  copyIn(table: string, columns: readonly string[], bytes: Uint8Array): Promise<void>;
  /** Several statements with no parameters. */
  script(text: string): Promise<void>;
  /**
   * Working days by place, from the wiring. A product names its place's calendar and never holds it, so that a year which
   * is published later counts for it too.
   */
  readonly calendar?: Calendars;
  /** What seals and opens the fields that say something of a person; a book without keys has none, and they lie open. */
  readonly vault?: Vault;
}

export type Calendars = (place: string) => WorkCalendar | undefined;

export interface Database extends Sql {
  readonly engine: "embedded" | "postgres";
  /** One transaction; thrown errors roll it back. Not to be nested. */
  tx<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The same database, knowing what the wiring gives: the working days of places, the keys of its fields. */
export const carrying = (db: Database, carried: Pick<Sql, "calendar" | "vault">): Database => ({
  ...db,
  ...carried,
  tx: (work) => db.tx((sql) => work({ ...sql, ...carried })),
});

export const withCalendars = (db: Database, calendar: Calendars): Database => carrying(db, { calendar });

/** SQLSTATE of an error from either adapter. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Worth another try: lost connections, serialization and deadlock, no resources, shutdown and its like. */
export function isPassing(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return /^(08|40|53|57P)/.test(state);
  const code = (error as { code?: unknown } | null)?.code;
  return code === "ECONNRESET" || code === "ECONNREFUSED" || code === "EPIPE";
}
