import {
  CELL,
  cellOf,
  type Day,
  type LoanState,
  monthIndex,
  principalOwed,
  STAYED_DAYS,
} from "../core/index.ts";
import type { CountRow, DayCounts, MonthMove } from "../dayclose/index.ts";
import { CopyWriter } from "./copy.ts";
import type { Sql } from "./sql.ts";

/** Rows that are added to what stands under their key; those of facts that no close writes as well. */
export type AddedRow = Omit<CountRow, "what"> & { readonly what: CountRow["what"] | OutsideWhat };

/** What is counted where it is written down, because no close sees it. */
export type OutsideWhat = "contact" | "complaint";

/**
 * Adds figures to the days they are of, under the first bucket of what is written in the same transaction.
 *
 * Holds   in the order of their keys, so that two who add to the same rows wait for each other and never both.
 */
export async function addCounts(sql: Sql, bucket: number, rows: readonly AddedRow[]): Promise<void> {
  const sorted = merged(rows);
  if (sorted.length === 0) return;
  const column = <T>(of: (row: AddedRow) => T): T[] => sorted.map(of);
  await sql.run(
    `insert into count_day as c (bucket, on_day, product, what, x, y, n, amount)
     select $1, k.on_day, k.product, k.what, k.x, k.y, k.n, k.amount
     from unnest($2::int4[], $3::int2[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::int8[])
       as k(on_day, product, what, x, y, n, amount)
     on conflict (bucket, on_day, product, what, x, y)
     do update set n = c.n + excluded.n, amount = c.amount + excluded.amount`,
    [
      bucket,
      column(({ on }) => on),
      column(({ product }) => product),
      column(({ what }) => what),
      column(({ x }) => x),
      column(({ y }) => y),
      column(({ n }) => n),
      column(({ amount }) => amount),
    ],
  );
}

/** Writes what a chunk's close counted, in its own transaction: a chunk that is closed again finds its fence and adds nothing. */
export async function storeCounts(sql: Sql, bucket: number, counts: DayCounts): Promise<void> {
  const { moves, relapses, everLate } = counts;
  const more: AddedRow[] = [];
  // Before this close's own cures stand in the months: of those its counts know already.
  if (relapses.length > 0) more.push(...(await relapsed(sql, relapses)));
  if (everLate.length > 0) more.push(...(await firstTimes(sql, everLate)));
  if (moves.length > 0) await roll(sql, bucket, moves);
  await addCounts(sql, bucket, merged([...counts.rows(), ...more]));
}

/** One row a key, in order: a statement cannot change the same row twice. */
function merged(rows: readonly AddedRow[]): AddedRow[] {
  const sums = new Map<string, AddedRow>();
  for (const row of rows) {
    const key = `${row.on} ${row.product} ${row.what} ${row.x} ${row.y}`;
    const known = sums.get(key);
    if (known) {
      known.n += row.n;
      known.amount += row.amount;
    } else sums.set(key, { ...row });
  }
  return [...sums]
    .filter(([, { n, amount }]) => n !== 0 || amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
}

/** Of loans that are late again: the months of their last cures, where those are not too long ago to be told of. */
async function relapsed(sql: Sql, relapses: DayCounts["relapses"]): Promise<AddedRow[]> {
  const found = await sql.query<{ i: number; cured_on: number }>(
    `select k.i::int4 as i, max(b.cured_on)::int4 as cured_on
     from unnest($1::int4[], $2::int4[], $3::int4[], $4::int4[]) with ordinality as k(bucket, n, on_day, month, i)
     join band_month b on b.bucket = k.bucket and b.n = k.n and b.month in (k.month, k.month - 1, k.month - 2, k.month - 3)
       and b.cured_on <= k.on_day
     group by k.i`,
    [
      relapses.map(({ bucket }) => bucket),
      relapses.map(({ n }) => n),
      relapses.map(({ on }) => on),
      relapses.map(({ on }) => monthIndex(on)),
    ],
  );
  return found.flatMap(({ i, cured_on }) => {
    const { on, product } = relapses[i - 1]!;
    return STAYED_DAYS.filter((days) => on - cured_on <= days).map(
      (days): AddedRow => ({
        on,
        product,
        what: "relapsed",
        x: String(monthIndex(cured_on as Day)),
        y: String(days),
        n: 1,
        amount: 0,
      }),
    );
  });
}

async function firstTimes(sql: Sql, everLate: DayCounts["everLate"]): Promise<AddedRow[]> {
  const rows = await sql.query<{
    level: number;
    on_day: number;
    disbursed_on: number;
    product: number;
    principal: number;
  }>(
    `insert into ever_late (bucket, level, n, on_day, product, disbursed_on, principal)
     select k.bucket, k.level, k.n, k.on_day, k.product, k.disbursed_on, k.principal
     from unnest($1::int4[], $2::int2[], $3::int4[], $4::int4[], $5::int2[], $6::int4[], $7::int8[])
       as k(bucket, level, n, on_day, product, disbursed_on, principal)
     on conflict (bucket, level, n) do nothing
     returning level, on_day, disbursed_on, product, principal`,
    [
      everLate.map(({ bucket }) => bucket),
      everLate.map(({ level }) => level),
      everLate.map(({ n }) => n),
      everLate.map(({ on }) => on),
      everLate.map(({ product }) => product),
      everLate.map(({ disbursedOn }) => disbursedOn),
      everLate.map(({ principal }) => principal),
    ],
  );
  return rows.map(({ level, on_day, disbursed_on, product, principal }): AddedRow => {
    const disbursed = monthIndex(disbursed_on as Day);
    const months = monthIndex(on_day as Day) - disbursed;
    return {
      on: on_day as Day,
      product,
      what: level === 30 ? "ever-30" : "ever-90",
      x: String(disbursed),
      y: String(months),
      n: 1,
      amount: principal,
    };
  });
}

/** A day before any; a list of numbers holds no null. */
const NO_CURE = -2_147_483_648;

const MOVE_COLUMNS = [
  "principal",
  "bucket",
  "month",
  "n",
  "cured_on",
  "product",
  "from_cell",
  "to_cell",
] as const;

/**
 * Look-ups by key in a table that grows by the month: while statistics lag, or a batch is large beside it, the planner would
 * read it whole, once for each chunk.
 */
const BY_KEY =
  "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off";
const AS_EVER =
  "set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on";

interface KnownMove extends Record<string, unknown> {
  readonly i: number;
  readonly from_cell: number;
  readonly to_cell: number;
  readonly principal: number;
}

const KEYS = "unnest($1::int4[], $2::int4[], $3::int4[])";
const keysOf = (moves: readonly MonthMove[]): number[][] => [
  moves.map(({ bucket }) => bucket),
  moves.map(({ month }) => month),
  moves.map(({ n }) => n),
];

/**
 * Months of loans that moved, and what that changes in the matrix of each month. Asking which of them have a row already and
 * copying in the others costs a third of an insert that looks for conflicts.
 */
async function roll(sql: Sql, bucket: number, moves: readonly MonthMove[]): Promise<void> {
  await sql.script(BY_KEY);
  const known = new Map(
    (
      await sql.query<KnownMove>(
        `select k.i::int4 as i, b.from_cell, b.to_cell, b.principal from ${KEYS} with ordinality as k(bucket, month, n, i)
         join band_month b on b.bucket = k.bucket and b.month = k.month and b.n = k.n`,
        keysOf(moves),
      )
    ).map((row) => [row.i - 1, row]),
  );
  const again = moves.filter((_, i) => known.has(i));
  if (again.length > 0)
    await sql.run(
      `update band_month b set to_cell = k.to_cell, cured_on = coalesce(nullif(k.cured_on, ${NO_CURE}), b.cured_on)
       from unnest($1::int4[], $2::int4[], $3::int4[], $4::int2[], $5::int4[]) as k(bucket, month, n, to_cell, cured_on)
       where b.bucket = k.bucket and b.month = k.month and b.n = k.n`,
      [...keysOf(again), again.map(({ to }) => to), again.map(({ curedOn }) => curedOn ?? NO_CURE)],
    );
  await sql.script(AS_EVER);
  const fresh = new CopyWriter(1 << 18);
  moves.forEach((move, i) => {
    if (!known.has(i)) writeMove(fresh, move);
  });
  if (fresh.rows > 0) await sql.copyIn("band_month", MOVE_COLUMNS, fresh.finish());
  const sums = new Map<
    string,
    { month: number; product: number; from: number; to: number; n: number; amount: number }
  >();
  const add = (month: number, product: number, from: number, to: number, n: number, amount: number): void => {
    const key = `${month} ${product} ${from} ${to}`;
    const sum = sums.get(key);
    if (sum) {
      sum.n += n;
      sum.amount += amount;
    } else sums.set(key, { month, product, from, to, n, amount });
  };
  moves.forEach(({ month, product, from, to, principal }, i) => {
    const row = known.get(i);
    if (row) {
      add(month, product, row.from_cell, row.to_cell, -1, -row.principal);
      add(month, product, row.from_cell, to, 1, row.principal);
    } else add(month, product, from, to, 1, principal);
  });
  const rows = [...sums.values()].filter(({ n, amount }) => n !== 0 || amount !== 0);
  if (rows.length === 0) return;
  await sql.run(
    `insert into count_roll as c (bucket, month, product, from_cell, to_cell, n, amount)
     select $1, k.month, k.product, k.from_cell, k.to_cell, k.n, k.amount
     from unnest($2::int4[], $3::int2[], $4::int2[], $5::int2[], $6::int8[], $7::int8[])
       as k(month, product, from_cell, to_cell, n, amount)
     on conflict (bucket, month, product, from_cell, to_cell)
     do update set n = c.n + excluded.n, amount = c.amount + excluded.amount`,
    [
      bucket,
      rows.map(({ month }) => month),
      rows.map(({ product }) => product),
      rows.map(({ from }) => from),
      rows.map(({ to }) => to),
      rows.map(({ n }) => n),
      rows.map(({ amount }) => amount),
    ],
  );
}

/** Loans as they are taken into the book: counted on the day on which they are booked. */
export class BookedCounts {
  readonly #rows: AddedRow[] = [];
  readonly #fresh = new CopyWriter();
  #bucket: number | undefined;

  add(loan: LoanState, on: Day): void {
    this.#bucket ??= loan.bucket;
    const { product, principal, disbursedOn, bucket, n } = loan;
    const owed = principalOwed(loan);
    const [month, paidOut] = [monthIndex(on), monthIndex(disbursedOn)];
    const row = { on, product, y: "", n: 1 } as const;
    const cell = cellOf(loan);
    this.#rows.push({ ...row, what: "stock", x: String(cell), amount: owed });
    this.#rows.push({ ...row, what: "booked", x: String(paidOut), amount: principal });
    // Booked in a later month than that of its pay-out: in this month it stood nowhere before.
    if (month !== paidOut)
      writeMove(this.#fresh, {
        bucket,
        n,
        month,
        product,
        from: CELL.fresh,
        to: cell,
        principal: owed,
        curedOn: undefined,
      });
  }

  async store(sql: Sql): Promise<void> {
    if (this.#bucket === undefined) return;
    if (this.#fresh.rows > 0) await sql.copyIn("band_month", MOVE_COLUMNS, this.#fresh.finish());
    // Under the run of buckets of a file's first loan: any run will do, and one spares rows.
    await addCounts(sql, this.#bucket - (this.#bucket % 256), this.#rows);
  }
}

function writeMove(writer: CopyWriter, move: MonthMove): void {
  writer.row(MOVE_COLUMNS.length);
  writer.int8(move.principal);
  writer.int4(move.bucket);
  writer.int4(move.month);
  writer.int4(move.n);
  writer.int4OrNull(move.curedOn);
  writer.int2(move.product);
  writer.int2(move.from);
  writer.int2(move.to);
}
