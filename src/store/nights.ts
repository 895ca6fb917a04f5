import { type Day, FACT_CODES, type Fact, type Key, keyToNumber } from "../core/index.ts";
import type { DayTally } from "../dayclose/index.ts";
import type { Lender } from "./catalog.ts";
import { idsOf } from "./lookups.ts";
import { JOURNAL_COLUMNS, readJournal } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** What a lender's closes counted on days from one to another: a tally of each closed part of the book. Nothing of the book itself is read. */
export async function talliesBetween(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { from, through }: { readonly from: Day; readonly through: Day },
): Promise<DayTally[]> {
  const rows = await sql.query<{ tallies: string }>(
    "select tallies from close_chunk where lender = $1 and through >= $2 and tallies <> ''",
    [lender.id, from],
  );
  return rows
    .flatMap(({ tallies }) => JSON.parse(tallies) as DayTally[])
    .filter(({ day }) => day >= from && day <= through);
}

/** A step that a night did not plan, because a rule forbade it or left it to a person. */
export interface StoppedStep {
  readonly key: Key;
  readonly seq: number;
  readonly loan: string;
  readonly fact: Extract<Fact, { readonly kind: "StepRefused" | "StepAsked" }>;
}

export interface StoppedAsked {
  readonly day: Day;
  /** A rule's id: letters, digits, `/` and `-`. */
  readonly rule: string;
  readonly products: readonly number[];
  readonly after?: Key & { readonly seq: number };
  readonly limit: number;
}

/** The steps that one rule stopped on one day, by the order of their loans. Reads the journal of that day. */
export async function stoppedBy(sql: Sql, { rule, ...asked }: StoppedAsked): Promise<StoppedStep[]> {
  // It goes into a statement that takes no parameters.
  if (!/^[\w/-]{1,100}$/.test(rule)) return [];
  const found = await factsOfDay(
    sql,
    ["StepRefused", "StepAsked"],
    asked,
    `and position('"${rule}"' in j.payload) > 0`,
  );
  return found.flatMap(({ fact, ...rest }) =>
    fact.kind === "StepRefused" || fact.kind === "StepAsked" ? [{ ...rest, fact }] : [],
  );
}

/** A fact of a loan with the loan's number. */
export interface DayFact {
  readonly key: Key;
  readonly seq: number;
  readonly loan: string;
  readonly fact: Fact;
}

/** Facts of these kinds on one day, by the order of their loans. Reads the journal of that day. */
export async function factsOfDay(
  sql: Sql,
  kinds: readonly (keyof typeof FACT_CODES)[],
  { day, products, after, limit }: Omit<StoppedAsked, "rule">,
  more = "",
): Promise<DayFact[]> {
  if (products.length === 0) return [];
  const whole = (value: number): number => Math.trunc(value);
  const from = after
    ? `and (j.bucket, j.n, j.seq) > (${whole(after.bucket)}, ${whole(after.n)}, ${whole(after.seq)})`
    : "";
  const bytes = await sql.copyOut(
    `select ${JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ")} from journal j
     join loan_state l on l.bucket = j.bucket and l.n = j.n
     where j.kind in (${kinds.map((kind) => FACT_CODES[kind]).join(", ")}) and j.on_day = ${whole(day)}
       ${more} and l.product in (${products.map(whole).join(", ")}) ${from}
     order by j.bucket, j.n, j.seq limit ${whole(limit)}`,
  );
  const found = [...readJournal(bytes, sql.vault)].map(({ bucket, n, seq, fact }) => ({
    key: { bucket, n },
    seq,
    fact,
  }));
  const ids = await idsOf(
    sql,
    found.map(({ key }) => key),
  );
  return found.map((one) => ({ ...one, loan: ids.get(keyToNumber(one.key)) ?? "" }));
}
