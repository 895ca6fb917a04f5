import type { Figure, Rolled } from "../analytics/index.ts";
import {
  borrowerN,
  CELL,
  type Day,
  FACT_CODES,
  type Fact,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  type Minor,
  minor,
  monthStart,
  type PersonFact,
} from "../core/index.ts";
import type { ActionKey } from "../dispatch/index.ts";
import type { Lender } from "./catalog.ts";
import { idsOf } from "./lookups.ts";
import { actionKeyOf } from "./outbox.ts";
import { openedPerson } from "./persons.ts";
import { JOURNAL_COLUMNS, keyArrays, readJournal } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** Figures of some kinds over days from one to another, added up; no loan is read. */
export async function figuresBetween(
  sql: Sql,
  products: readonly number[],
  whats: readonly string[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Figure[]> {
  return sql.query<Figure & Record<string, unknown>>(
    `select product, what, x, y, sum(n)::int8 as n, sum(amount)::int8 as amount from count_day
     where product = any($1::int2[]) and what = any($2::text[]) and on_day >= $3 and on_day <= $4
     group by product, what, x, y having sum(n) <> 0 or sum(amount) <> 0 order by product, what, x, y`,
    [products, whats, from, to],
  );
}

/** Before any day that a book counts. */
export const FIRST_DAY = -1_000_000 as Day;

/** The first day of which anything was counted: a book that was in use before is counted from its last close then. */
export async function countedFrom(sql: Sql, products: readonly number[]): Promise<Day | undefined> {
  const [row] = await sql.query<{ first: number | null }>(
    "select min(on_day) as first from count_day where product = any($1::int2[]) and what = 'stock'",
    [products],
  );
  return row?.first === null || row === undefined ? undefined : (row.first as Day);
}

/** Loan-days past due over days from one to another, each day as at its close. */
export async function lateLoanDays(
  sql: Sql,
  products: readonly number[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<number> {
  // A change on a day counts on it and on each day after it.
  const [row] = await sql.query<{ days: number | null }>(
    `select sum(n * ($4 - greatest(on_day, $3) + 1))::int8 as days from count_day
     where product = any($1::int2[]) and what = 'stock' and x <> all($2::text[]) and on_day <= $4`,
    [products, [String(0), String(CELL.ended), String(CELL.fresh), String(CELL.writtenOff)], from, to],
  );
  return row?.days ?? 0;
}

/** One kind of figure day by day. */
export async function dailyCounts(
  sql: Sql,
  products: readonly number[],
  what: string,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<{ readonly on: Day; readonly n: number }[]> {
  return sql.query<{ readonly on: Day; readonly n: number }>(
    `select on_day as "on", sum(n)::int8 as n from count_day
     where product = any($1::int2[]) and what = $2 and on_day >= $3 and on_day <= $4 group by on_day order by on_day`,
    [products, what, from, to],
  );
}

/** What moved in some months. */
export async function rolledIn(
  sql: Sql,
  products: readonly number[],
  months: readonly number[],
): Promise<Rolled[]> {
  return sql.query<Rolled & Record<string, unknown>>(
    `select product, month, from_cell as "from", to_cell as "to", sum(n)::int8 as n, sum(amount)::int8 as amount
     from count_roll where product = any($1::int2[]) and month = any($2::int4[])
     group by product, month, from_cell, to_cell having sum(n) <> 0 or sum(amount) <> 0`,
    [products, months],
  );
}

// --- the loans behind a figure -------------------------------------------------------------------------------------

/** A figure whose loans are asked for. */
export type Wanted =
  | { readonly of: "stock"; readonly on: Day; readonly cell: number }
  | { readonly of: "roll"; readonly month: number; readonly cell: number; readonly to: number }
  | {
      readonly of: "fact";
      readonly what: string;
      readonly from: Day;
      readonly to: Day;
      readonly x?: string;
      readonly y?: string;
    }
  | { readonly of: "ever"; readonly level: number; readonly month: number; readonly months: number }
  | { readonly of: "booked"; readonly month: number };

/** A loan behind a figure; where a fact made it count, its day and sum. */
export interface LoanBehind {
  readonly key: Key;
  readonly loan: string;
  readonly on?: Day;
  readonly amount?: Minor;
}

type Found = Omit<LoanBehind, "loan">;

/**
 * The loans behind a figure, in the order of their keys.
 *
 * Reads   the journal, some buckets at a time, and stops once a page is full: the figure itself is never made from it, so that
 *         the two can be held against each other.
 * Gives   `next` where there may be more; a page can be short of its limit and still not be the last.
 */
export async function loansBehind(
  sql: Sql,
  products: readonly number[],
  wanted: Wanted,
  { after, limit }: { readonly after?: Key; readonly limit: number },
): Promise<{ readonly items: readonly LoanBehind[]; readonly next: Key | undefined }> {
  if (products.length === 0) return { items: [], next: undefined };
  const found: Found[] = [];
  let next: Key | undefined;
  if (wanted.of === "ever" || wanted.of === "booked") {
    found.push(...(await keysOf(sql, products, wanted, after, limit)));
    if (found.length === limit) next = found.at(-1)!.key;
  } else {
    let [from, run] = [after?.bucket ?? 0, FIRST_RUN];
    for (let read = 0; ; ) {
      const to = Math.min(BUCKETS, from + run);
      const { rows, items } = await inRun(sql, products, wanted, from, to);
      read += rows;
      for (const item of items) if (!after || keyToNumber(item.key) > keyToNumber(after)) found.push(item);
      from = to;
      if (found.length >= limit) break;
      if (from >= BUCKETS) break;
      if (read >= MOST_READ) {
        next = { bucket: from - 1, n: LAST_N };
        break;
      }
      if (rows < SMALL_RUN && run < 1024) run *= 2;
      else if (rows > 4 * SMALL_RUN && run > 1) run = Math.ceil(run / 4);
    }
    if (found.length >= limit) {
      // Whole loans only: the next page begins after the last one.
      const last = found[limit - 1]!.key;
      let end = limit;
      while (end < found.length && keyToNumber(found[end]!.key) === keyToNumber(last)) end += 1;
      const isAll = end === found.length && from >= BUCKETS;
      found.length = end;
      next = isAll ? undefined : last;
    }
  }
  const ids = await idsOf(
    sql,
    found.map(({ key }) => key),
  );
  return { items: found.map((one) => ({ ...one, loan: ids.get(keyToNumber(one.key)) ?? "" })), next };
}

const BUCKETS = 4096;
const FIRST_RUN = 64;
const SMALL_RUN = 5_000;
/** Facts that one page reads at most, in whole runs of buckets. */
const MOST_READ = 200_000;
const LAST_N = 2 ** 31 - 1;

const whole = (value: number): number => Math.trunc(value);
const listed = (products: readonly number[]): string => products.map(whole).join(", ");

async function keysOf(
  sql: Sql,
  products: readonly number[],
  wanted: Extract<Wanted, { of: "ever" | "booked" }>,
  after: Key | undefined,
  limit: number,
): Promise<Found[]> {
  const paidOut = `disbursed_on >= ${monthStart(wanted.month)} and disbursed_on < ${monthStart(wanted.month + 1)}`;
  const past = after ? `and (bucket, n) > (${whole(after.bucket)}, ${whole(after.n)})` : "";
  const own = `product in (${listed(products)}) and ${paidOut} ${past}`;
  const rows = await sql.query<{ bucket: number; n: number; on_day: number | null; principal: number }>(
    wanted.of === "ever"
      ? `select bucket, n, on_day, principal from ever_late where level = ${whole(wanted.level)} and ${own}
         and on_day < ${monthStart(wanted.month + wanted.months + 1)} order by bucket, n limit ${whole(limit)}`
      : `select bucket, n, null::int4 as on_day, principal from loan_state where ${own} order by bucket, n limit ${whole(limit)}`,
  );
  return rows.map(({ bucket, n, on_day, principal }) => ({
    key: { bucket, n },
    amount: minor(principal),
    ...(on_day === null ? {} : { on: on_day as Day }),
  }));
}

/** Facts by which a loan's place is told. */
const PLACING = [
  FACT_CODES.LoanBooked,
  FACT_CODES.EntryReversed,
  FACT_CODES.BalanceReported,
  FACT_CODES.WrittenOff,
  FACT_CODES.BandEntered,
  FACT_CODES.Cured,
  FACT_CODES.LoanEnded,
];

/** Kinds of facts that are counted as `what`, beside those. */
const KINDS_OF: Readonly<Record<string, readonly number[]>> = {
  move: [],
  cured: [],
  ended: [],
  paid: [FACT_CODES.PaymentReceived],
  charged: [FACT_CODES.ChargeAdded],
  waived: [FACT_CODES.ClaimWaived],
  planned: [FACT_CODES.StepPlanned],
  refused: [FACT_CODES.StepRefused],
  asked: [FACT_CODES.StepAsked],
  "stage-in": [FACT_CODES.StageEntered],
  promised: [FACT_CODES.PromiseMade, FACT_CODES.PromiseReplaced],
  "promise-kept": [FACT_CODES.PromiseKept],
  "promise-broken": [FACT_CODES.PromiseBroken],
  "promise-lapsed": [FACT_CODES.PromiseLapsed],
  "promise-dropped": [FACT_CODES.PromiseReplaced, FACT_CODES.PromiseWithdrawn],
  "complaint-hold": [FACT_CODES.HoldPlaced],
  complaint: [FACT_CODES.ComplaintOpened],
  contact: [FACT_CODES.ContactStarted],
};

/** What can be asked for as a fact. */
export const FACT_WHATS: readonly string[] = Object.keys(KINDS_OF);

async function inRun(
  sql: Sql,
  products: readonly number[],
  wanted: Exclude<Wanted, { of: "ever" | "booked" }>,
  from: number,
  to: number,
): Promise<{ rows: number; items: Found[] }> {
  if (wanted.of === "fact" && wanted.what === "contact") return contactsIn(sql, products, wanted, from, to);
  if (wanted.of === "fact" && wanted.what === "complaint")
    return complaintsIn(sql, products, wanted, from, to);
  const kinds = [...PLACING, ...(wanted.of === "fact" ? (KINDS_OF[wanted.what] ?? []) : [])];
  const last =
    wanted.of === "stock" ? wanted.on : wanted.of === "fact" ? wanted.to : monthStart(wanted.month + 1) - 1;
  const bytes = await sql.copyOut(
    `select ${JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ")} from journal j
     join loan_state l on l.bucket = j.bucket and l.n = j.n
     where j.bucket >= ${whole(from)} and j.bucket < ${whole(to)} and l.bucket >= ${whole(from)} and l.bucket < ${whole(to)}
       and j.kind in (${kinds.join(", ")}) and j.on_day <= ${whole(last)} and l.product in (${listed(products)})
     order by j.bucket, j.n, j.seq`,
  );
  let rows = 0;
  const items: Found[] = [];
  let life: { key: Key; facts: Fact[] } | undefined;
  const done = (): void => {
    if (life) items.push(...matching(life.facts, wanted).map((match) => ({ key: life!.key, ...match })));
  };
  for (const { bucket, n, fact } of readJournal(bytes, sql.vault)) {
    rows += 1;
    if (life?.key.bucket !== bucket || life.key.n !== n) {
      done();
      life = { key: { bucket, n }, facts: [] };
    }
    life.facts.push(fact);
  }
  done();
  return { rows, items };
}

type Match = Omit<Found, "key">;

/** What of a loan's story counts in the figure. */
function matching(facts: readonly Fact[], wanted: Exclude<Wanted, { of: "ever" | "booked" }>): Match[] {
  const found: Match[] = [];
  let [band, writtenOff] = [0, false];
  let offBy: string | undefined;
  let booked: Day | undefined;
  const start = wanted.of === "roll" ? (monthStart(wanted.month) as number) : Number.NEGATIVE_INFINITY;
  let cell = 0;
  let atStart: number | undefined;
  for (const fact of facts) {
    if (wanted.of === "roll" && fact.on >= start && atStart === undefined)
      atStart = booked === undefined ? CELL.fresh : cell;
    const before = cell;
    if (fact.kind === "LoanBooked") booked = fact.on;
    else if (fact.kind === "BandEntered") band = fact.band;
    else if (fact.kind === "Cured") band = 0;
    else if (fact.kind === "LoanEnded") band = CELL.ended;
    else if (fact.kind === "WrittenOff") [writtenOff, offBy] = [true, fact.id];
    else if (fact.kind === "EntryReversed" && fact.id === offBy) writtenOff = false;
    else if (fact.kind === "BalanceReported") writtenOff = fact.status === "written-off";
    cell = writtenOff && band !== CELL.ended ? CELL.writtenOff : band;
    if (wanted.of === "fact" && fact.on >= wanted.from) {
      const named = namesOf(fact, wanted.what, before, cell);
      if (named && (wanted.what === "move" ? fitsMove : fits)(named, wanted))
        found.push({ on: fact.on, ...(named.amount === undefined ? {} : { amount: minor(named.amount) }) });
    }
  }
  if (booked === undefined) return found;
  if (wanted.of === "stock") return cell === wanted.cell ? [{}] : [];
  if (wanted.of === "roll") return (atStart ?? cell) === wanted.cell && cell === wanted.to ? [{}] : [];
  return found;
}

/** Older and younger are told by the order of bands; a loan written off is older than all of them, one that ended is neither. */
function fitsMove({ x, y }: { x: string; y: string }, wanted: { x?: string; y?: string }): boolean {
  if (wanted.y !== "older" && wanted.y !== "younger") return fits({ x, y }, wanted);
  const rank = (cell: string): number => (Number(cell) === CELL.writtenOff ? 1000 : Number(cell));
  if (wanted.x !== undefined && wanted.x !== x) return false;
  return wanted.y === "older" ? rank(y) > rank(x) : Number(y) > 0 && rank(y) < rank(x);
}

const fits = (named: { x: string; y: string }, { x, y }: { x?: string; y?: string }): boolean =>
  (x === undefined || x === named.x) && (y === undefined || y === named.y);

/** The names under which a fact was counted as `what`. */
function namesOf(
  fact: Fact,
  what: string,
  before: number,
  after: number,
): { x: string; y: string; amount?: number } | undefined {
  const at = String(before);
  if (what === "move") return before === after ? undefined : { x: at, y: String(after) };
  switch (fact.kind) {
    case "Cured":
      return what === "cured" ? { x: String(fact.from), y: "" } : undefined;
    case "LoanEnded":
      return what === "ended" ? { x: fact.how, y: at } : undefined;
    case "PaymentReceived":
      return what === "paid" ? { x: at, y: "", amount: fact.amount } : undefined;
    case "ChargeAdded":
      return what === "charged" ? { x: fact.charge, y: "", amount: fact.amount } : undefined;
    case "ClaimWaived":
      return what === "waived" ? { x: fact.claim, y: "", amount: fact.amount } : undefined;
    case "StepPlanned":
      return what === "planned" && !fact.under ? { x: fact.via, y: stageOf(fact.step) } : undefined;
    case "StepRefused":
      return what === "refused" ? { x: fact.via, y: stageOf(fact.step) } : undefined;
    case "StepAsked":
      return what === "asked" ? { x: fact.via, y: stageOf(fact.step) } : undefined;
    case "StageEntered":
      return what === "stage-in" ? { x: fact.stage, y: fact.segment ?? "" } : undefined;
    case "HoldPlaced":
      return what === "complaint-hold" && fact.hold === "complaint" ? { x: "", y: "" } : undefined;
    case "PromiseMade":
      return what === "promised" ? { x: at, y: "" } : undefined;
    case "PromiseReplaced":
      return what === "promised" || what === "promise-dropped" ? { x: at, y: "" } : undefined;
    case "PromiseWithdrawn":
      return what === "promise-dropped" ? { x: at, y: "" } : undefined;
    case "PromiseKept":
      return what === "promise-kept" ? { x: at, y: "", amount: fact.paid } : undefined;
    case "PromiseBroken":
      return what === "promise-broken" ? { x: at, y: "", amount: fact.paid } : undefined;
    case "PromiseLapsed":
      return what === "promise-lapsed" ? { x: at, y: "", amount: fact.paid } : undefined;
    default:
      return undefined;
  }
}

const stageOf = (step: string): string => step.slice(0, Math.max(0, step.indexOf("/")));

/** Contacts stand in the borrower's journal; the loan of the step that led each is found in the outbox. */
async function contactsIn(
  sql: Sql,
  products: readonly number[],
  wanted: Extract<Wanted, { of: "fact" }>,
  from: number,
  to: number,
): Promise<{ rows: number; items: Found[] }> {
  const bytes = await sql.copyOut(
    `select ${JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ")} from journal j
     where j.bucket >= ${whole(from)} and j.bucket < ${whole(to)} and j.kind = ${FACT_CODES.ContactStarted}
       and j.on_day >= ${whole(wanted.from)} and j.on_day <= ${whole(wanted.to)} order by j.bucket, j.n, j.seq`,
  );
  const made: { key: Key; on: Day; via: string; action: ActionKey }[] = [];
  let rows = 0;
  for (const { bucket, n, fact } of readJournal(bytes, sql.vault)) {
    rows += 1;
    const action = fact.kind === "ContactStarted" ? actionKeyOf(fact.action) : undefined;
    if (fact.kind === "ContactStarted" && action && (wanted.x === undefined || wanted.x === fact.via))
      made.push({ key: { bucket, n }, on: fact.on, via: fact.via, action });
  }
  if (made.length === 0) return { rows, items: [] };
  const steps = await sql.query<{ i: number; steps: string }>(
    `select k.i::int4 as i, o.steps
     from unnest($1::int4[], $2::int4[], $3::int4[], $4::int2[], $5::int2[]) with ordinality as k(bucket, n, on_day, act, item, i)
     join outbox o on o.bucket = k.bucket and o.n = k.n and o.on_day = k.on_day and o.act = k.act and o.item = k.item`,
    [
      made.map(({ action }) => action.bucket),
      made.map(({ action }) => action.n),
      made.map(({ action }) => action.on),
      made.map(({ action }) => action.act),
      made.map(({ action }) => action.item),
    ],
  );
  const led = steps.flatMap(({ i, steps: carried }) => {
    const one = made[i - 1]!;
    const lead = leadOf(carried);
    return lead ? [{ ...one, key: { bucket: one.key.bucket, n: lead.n }, y: stageOf(lead.step) }] : [];
  });
  const owners = await productsOf(
    sql,
    led.map(({ key }) => key),
  );
  const items = led
    .filter(
      ({ key, via, y }) =>
        products.includes(owners.get(keyToNumber(key)) ?? -1) && fits({ x: via, y }, wanted),
    )
    .map(({ key, on }) => ({ key, on }))
    .sort((a, b) => keyToNumber(a.key) - keyToNumber(b.key) || a.on - b.on);
  return { rows, items };
}

/** Complaints stand in the borrower's journal; each is shown by the first loan that it is about. */
async function complaintsIn(
  sql: Sql,
  products: readonly number[],
  wanted: Extract<Wanted, { of: "fact" }>,
  from: number,
  to: number,
): Promise<{ rows: number; items: Found[] }> {
  const bytes = await sql.copyOut(
    `select ${JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ")} from journal j
     where j.bucket >= ${whole(from)} and j.bucket < ${whole(to)} and j.kind = ${FACT_CODES.ComplaintOpened}
       and j.on_day >= ${whole(wanted.from)} and j.on_day <= ${whole(wanted.to)} order by j.bucket, j.n, j.seq`,
  );
  let rows = 0;
  const made: { owner: Key; debt: string; on: Day }[] = [];
  for (const { bucket, n, fact } of readJournal(bytes, sql.vault)) {
    rows += 1;
    if (
      fact.kind === "ComplaintOpened" &&
      fact.debts[0] !== undefined &&
      fits({ x: fact.topic, y: fact.channel }, wanted)
    )
      made.push({ owner: { bucket, n }, debt: fact.debts[0], on: fact.on });
  }
  if (made.length === 0) return { rows, items: [] };
  const loans = await sql.query<{ bucket: number; n: number; product: number }>(
    `select l.bucket, l.n, l.product from ${keyArrays(made.map(({ owner }) => owner))}
     join loan_state l on l.bucket = k.bucket and l.n > k.n and l.n < k.n + ${LOANS_A_BORROWER}`,
  );
  const ids = await idsOf(sql, loans);
  const items = made.flatMap(({ owner, debt, on }): Found[] => {
    const loan = loans.find(
      (one) =>
        one.bucket === owner.bucket &&
        borrowerN(one.n) === owner.n &&
        ids.get(keyToNumber(one)) === debt &&
        products.includes(one.product),
    );
    return loan ? [{ key: { bucket: loan.bucket, n: loan.n }, on }] : [];
  });
  return { rows, items: items.sort((a, b) => keyToNumber(a.key) - keyToNumber(b.key)) };
}

const leadOf = (steps: string): { n: number; step: string } | undefined =>
  (JSON.parse(steps) as { n: number; step: string }[])[0];

async function productsOf(sql: Sql, keys: readonly Key[]): Promise<Map<number, number>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ bucket: number; n: number; product: number }>(
    `select l.bucket, l.n, l.product from ${keyArrays(keys)} join loan_state l on l.bucket = k.bucket and l.n = k.n`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), row.product]));
}

// --- agencies ------------------------------------------------------------------------------------------------------

export interface AgencyTally {
  readonly agency: string;
  loans: number;
  principal: number;
  received: number;
  payments: number;
  cured: number;
  complaints: number;
}

interface Placement {
  readonly agency: string;
  readonly from: Day;
  readonly until: Day;
}

/**
 * What agencies had in hand in a period and what came of it.
 *
 * Reads   what is known of the people whose loans were ever placed, and the journals of those loans alone.
 */
export async function agencyTallies(
  sql: Sql,
  lender: Pick<Lender, "id">,
  products: readonly number[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<AgencyTally[]> {
  const people = await sql.query<{ bucket: number; n: number; facts: string }>(
    "select bucket, n, facts from person where bucket >= 0 and lender = $1 and facts like '%\"Placed\"%'",
    [lender.id],
  );
  const placed = new Map<string, Placement[]>();
  const owners: Key[] = [];
  for (const row of people) {
    const { bucket, n } = row;
    const own = placementsOf(JSON.parse(openedPerson(sql, row)) as PersonFact[], from, to);
    if (own.size === 0) continue;
    owners.push({ bucket, n });
    for (const [debt, list] of own) placed.set(`${bucket} ${n} ${debt}`, list);
  }
  const tallies = new Map<string, AgencyTally>();
  const of = (agency: string): AgencyTally => {
    const known = tallies.get(agency) ?? {
      agency,
      loans: 0,
      principal: 0,
      received: 0,
      payments: 0,
      cured: 0,
      complaints: 0,
    };
    tallies.set(agency, known);
    return known;
  };
  for (let at = 0; at < owners.length; at += OWNERS_AT_ONCE) {
    const some = owners.slice(at, at + OWNERS_AT_ONCE);
    const bytes = await sql.copyOut(
      `select ${JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ")} from ${keyArrays(some)}
       join loan_state l on l.bucket = k.bucket and l.n > k.n and l.n < k.n + ${LOANS_A_BORROWER} and l.product in (${listed(products)})
       join journal j on j.bucket = l.bucket and j.n = l.n
       where j.kind in (1, ${FACT_CODES.PaymentReceived}, ${FACT_CODES.Cured}, ${FACT_CODES.LoanEnded}, ${FACT_CODES.HoldPlaced})
       order by j.bucket, j.n, j.seq`,
    );
    let list: readonly Placement[] = [];
    let over = new Set<string>();
    for (const { bucket, n, fact } of readJournal(bytes, sql.vault)) {
      if (fact.kind === "LoanBooked") {
        list = placed.get(`${bucket} ${borrowerN(n)} ${fact.id}`) ?? [];
        over = new Set();
        for (const agency of new Set(list.map(({ agency }) => agency))) {
          const tally = of(agency);
          tally.loans += 1;
          tally.principal += fact.principal;
        }
        continue;
      }
      const holder = list.find((one) => one.from <= fact.on && fact.on <= one.until);
      if (!holder || fact.on < from || fact.on > to) continue;
      const tally = of(holder.agency);
      if (fact.kind === "PaymentReceived") {
        tally.received += fact.amount;
        tally.payments += 1;
      } else if (fact.kind === "HoldPlaced") tally.complaints += fact.hold === "complaint" ? 1 : 0;
      else if (!over.has(holder.agency)) {
        over.add(holder.agency);
        tally.cured += 1;
      }
    }
  }
  return [...tallies.values()].sort((a, b) => (a.agency < b.agency ? -1 : 1));
}

const OWNERS_AT_ONCE = 500;
const NO_END = 2_147_483_647 as Day;

/** Placements with agencies that lie in a period, by loan, each until it was recalled. */
function placementsOf(facts: readonly PersonFact[], from: Day, to: Day): Map<string, Placement[]> {
  const found = new Map<string, { agency: string; from: Day; until: Day }[]>();
  const reversed = new Set(facts.flatMap((fact) => (fact.kind === "PersonFactReversed" ? [fact.of] : [])));
  for (const fact of facts) {
    if (reversed.has(fact.id)) continue;
    if (fact.kind === "Placed" && fact.role === "agency") {
      const own = found.get(fact.debt) ?? [];
      for (const one of own) one.until = Math.min(one.until, fact.from - 1) as Day;
      found.set(fact.debt, [...own, { agency: fact.with, from: fact.from, until: fact.until ?? NO_END }]);
    } else if (fact.kind === "Recalled")
      for (const one of found.get(fact.debt) ?? []) one.until = Math.min(one.until, fact.on) as Day;
  }
  const inTime = new Map<string, Placement[]>();
  for (const [debt, list] of found) {
    const own = list.filter((one) => one.from <= to && one.until >= from);
    if (own.length > 0) inTime.set(debt, own);
  }
  return inTime;
}
