import { type Day, keyToNumber, type Minor, openPromise, positionFromFacts } from "../core/index.ts";
import { findLender, products } from "./catalog.ts";
import { addExtras } from "./close-store.ts";
import { loansWithJournals } from "./limitation.ts";
import { idsOf } from "./lookups.ts";
import type { BookSummary } from "./read.ts";
import { LOAN_COLUMNS, readLoans } from "./rows.ts";
import type { Sql } from "./sql.ts";

/**
 * Arrears by band on a day of the past, as they were known at its close: every loan is replayed from its journal, so it costs what the
 * journals weigh. Equals `summarise` on the last closed day.
 *
 * Gives   nothing where the book has more loans than `most`.
 */
export async function summariseOn(
  sql: Sql,
  code: string,
  asOf: Day,
  most: number,
): Promise<BookSummary | undefined> {
  const lender = await findLender(sql, code);
  if (!lender) throw new Error(`no lender ${code} in this book`);
  const [count] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  if (count!.loans > most) return undefined;
  const bands = new Map<number, { band: number; loans: number; outstanding: number; arrears: number }>();
  const counts = { loans: 0, ended: 0, writtenOff: 0, setAside: 0 };
  for await (const { loans } of loansWithJournals(sql, code, ({ disbursedOn }) => disbursedOn <= asOf))
    for (const { loan, product, facts } of loans) {
      const position = positionFromFacts(loan, facts, () => product, asOf, asOf);
      if (!position) continue;
      counts.loans += 1;
      if (position.status === "written-off") counts.writtenOff += 1;
      else if (position.status !== "open") counts.ended += 1;
      else {
        const band = Number(/\d+/.exec(position.band)?.[0] ?? 0);
        const total = bands.get(band) ?? { band, loans: 0, outstanding: 0, arrears: 0 };
        bands.set(band, total);
        total.loans += 1;
        total.outstanding += position.outstanding;
        total.arrears += position.arrears.total;
      }
    }
  const currency = (await products(sql)).find(({ lender: of }) => of === code)?.terms.currency ?? "";
  const ordered = [...bands.values()].sort((a, b) => a.band - b.band);
  return { lender, asOf, currency, ...counts, bands: ordered, toLookAt: [] };
}

/** A promise that is waited for, as the last close left it. */
export interface OpenPromise {
  readonly loan: string;
  readonly currency: string;
  readonly on: Day;
  readonly amount: Minor;
  readonly takenBy: string | null;
}

/** Parts of promises that fall due on these days and are not kept yet, the next first. Reads the few loans that have a promise. */
export async function promisesDue(
  sql: Sql,
  code: string,
  { from, to, asOf }: { readonly from: Day; readonly to: Day; readonly asOf: Day },
): Promise<OpenPromise[]> {
  const own = new Map((await products(sql)).filter((one) => one.lender === code).map((one) => [one.id, one]));
  if (own.size === 0) return [];
  const stored = readLoans(
    await sql.copyOut(
      `select ${LOAN_COLUMNS.map((column) => `l.${column}`).join(", ")} from loan_extra e
       join loan_state l on l.bucket = e.bucket and l.n = e.n
       where e.bucket >= 0 and position('"promises"' in e.body) > 0 and l.product in (${[...own.keys()].join(", ")})
       order by l.bucket, l.n`,
    ),
  );
  await addExtras(sql, stored);
  const due = stored.flatMap(({ loan }) => {
    const product = own.get(loan.product)!;
    const promise = openPromise(loan, product, asOf);
    return (promise?.parts ?? [])
      .filter(({ on }, i) => on >= from && on <= to && promise!.paid[i]! < promisedBy(promise!.parts, i))
      .map(({ on, amount }) => ({
        key: { bucket: loan.bucket, n: loan.n },
        product,
        on,
        amount,
        takenBy: promise!.takenBy ?? null,
      }));
  });
  const ids = await idsOf(
    sql,
    due.map(({ key }) => key),
  );
  return due
    .map(({ key, product, on, amount, takenBy }) => ({
      loan: ids.get(keyToNumber(key)) ?? "",
      currency: product.terms.currency,
      on,
      amount,
      takenBy,
    }))
    .sort((a, b) => a.on - b.on || a.loan.localeCompare(b.loan));
}

/** What is promised up to a part, it included. */
const promisedBy = (parts: readonly { readonly amount: Minor }[], part: number): number =>
  parts.slice(0, part + 1).reduce((sum, { amount }) => sum + amount, 0);
