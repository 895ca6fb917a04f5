import {
  arrearsOn,
  askableOn,
  type Case,
  type Day,
  dayAt,
  dayAtDpd,
  daysFromDue,
  type Fact,
  type Instant,
  type Key,
  keyToNumber,
  type LoanState,
  MATTER,
  MAY_WE,
  type Minor,
  minor,
  promiseOn,
  type Ranked,
  rank,
} from "../core/index.ts";
import type { Action, CloseContext } from "../dayclose/index.ts";
import type { ActionKey } from "../dispatch/index.ts";
import type { Lender, Shelves } from "./catalog.ts";
import { contextOf } from "./close-store.ts";
import { loansAt, loansByKey } from "./loans-at.ts";
import { holdsWaiting, idsOf } from "./lookups.ts";
import { ACT_CODES, actionName, STATE, SUPERVISOR } from "./outbox-rows.ts";
import { distinctKeys, keyArrays } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** A case of the worklist: the action, and whose it is. */
export interface WorkCase extends Case {
  readonly key: ActionKey;
  readonly id: string;
  readonly borrower: string;
  /** Outside ids of the loans that it is about. */
  readonly loans: readonly string[];
  /** Of what is asked for, what is contested and rests; and what is left to ask for. */
  readonly disputed: Minor;
  readonly askable: Minor;
  readonly what: string;
  readonly steps: readonly string[];
  readonly claimedBy?: string;
  readonly claimedUntil?: Instant;
}

/** Planned acts that are read at once: so few that their loans are looked up by key, however large the book. */
const AT_ONCE = 1_000;
/** Days back in which a contact, or a word for the supervisor, is looked for. */
const LOOK_BACK = 60;

interface PlannedRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly on_day: number;
  readonly act: number;
  readonly item: number;
  readonly slot: number;
  readonly what: string;
  readonly steps: string;
  readonly borrower: string;
  readonly language: string | null;
  readonly zone: string | null;
  readonly collector: string | null;
  readonly until_at: number | null;
}

/**
 * The calls and questions that are planned by now, in the order in which they are to be taken, each with its reason.
 *
 * Holds   a case somebody holds is told with his name, and is nobody else's; what is paid by the last close is left out, and
 *         so is a call that nobody made while its stage lasted. A question waits until somebody answers it.
 */
export async function worklist(
  db: Sql,
  shelves: Shelves,
  lender: Lender,
  now: Instant,
): Promise<Ranked<WorkCase>[]> {
  const context = await contextOf(db, shelves, lender.code);
  const cases: WorkCase[] = [];
  for await (const rows of plannedRows(db, lender, now))
    cases.push(...(await casesOf(db, rows, context, lender, now)));
  return rank(cases, dayAt(lender.zone, now));
}

/** The same of some borrowers only, as they stand at this moment. */
export async function casesNow(
  db: Sql,
  context: CloseContext,
  lender: Lender,
  borrowers: readonly Key[],
  now: Instant,
): Promise<Ranked<WorkCase>[]> {
  if (borrowers.length === 0) return [];
  const distinct = distinctKeys(borrowers);
  const rows = await db.query<PlannedRow>(
    `${planned(`${keyArrays(distinct)} join outbox o on o.bucket = k.bucket and o.n = k.n`)} order by ${ORDER}`,
    [lender.id, now],
  );
  return rank(await casesOf(db, rows, context, lender, now), dayAt(lender.zone, now));
}

const ORDER = "o.bucket, o.n, o.on_day, o.act, o.item";

/** Whether an act was put off beyond the moment. Of several calls to one person one carries them all: they are put off together. */
const PUT_OFF = `select 1 from put_off p where p.bucket = o.bucket and p.n = o.n and p.act = o.act and p.until_at > $2
     and (p.act = ${ACT_CODES.call} or (p.on_day = o.on_day and p.item = o.item))`;

/** $1 the lender, $2 the moment. */
const planned = (from: string): string =>
  `select o.bucket, o.n, o.on_day, o.act, o.item, o.slot, o.what, o.steps, b.external_id as borrower, b.language,
     b.zone, c.collector, c.until_at
   from ${from} join borrower b on b.bucket = o.bucket and b.n = o.n
   left join claim c on c.bucket = o.bucket and c.n = o.n and c.until_at > $2
   where o.lender = $1 and o.state = ${STATE.planned} and o.slot <= $2
     and o.act not in (${ACT_CODES.message}, ${ACT_CODES.letter}) and not exists (${PUT_OFF})`;

/** All that is planned, some hundred acts at once; those of one person always come together. */
async function* plannedRows(db: Sql, lender: Lender, now: Instant): AsyncGenerator<readonly PlannedRow[]> {
  let after: Key = { bucket: -1, n: 0 };
  for (let most = AT_ONCE; ; ) {
    const rows = await db.query<PlannedRow>(
      `${planned("outbox o")} and (o.bucket, o.n) > ($3, $4) order by ${ORDER} limit ${most}`,
      [lender.id, now, after.bucket, after.n],
    );
    if (rows.length < most) return yield rows;
    // The last person may have more than was read.
    const { bucket, n } = rows.at(-1)!;
    const whole = rows.filter((row) => row.bucket !== bucket || row.n !== n);
    if (whole.length === 0) most *= 2;
    else {
      yield whole;
      after = { bucket: whole.at(-1)!.bucket, n: whole.at(-1)!.n };
    }
  }
}

async function casesOf(
  db: Sql,
  rows: readonly PlannedRow[],
  context: CloseContext,
  lender: Lender,
  now: Instant,
): Promise<WorkCase[]> {
  const loans = await loansOf(db, rows);
  const holds = await holdsWaiting(db, [...loans.values()]);
  const contacts = await lastContacts(db, rows, (dayAt(lender.zone, now) - LOOK_BACK) as Day);
  const ids = await idsOf(
    db,
    [...loans.values()].map(({ bucket, n }) => ({ bucket, n })),
  );
  return lastCalls(rows).flatMap(
    (row) => caseOf(row, { loans, holds, contacts, ids, context, lender, now }) ?? [],
  );
}

/**
 * Of several calls that are planned for one person the last one carries them all, as dispatch has it; of a question whether
 * a step may be made that was asked again, the last one stands.
 */
function lastCalls(rows: readonly PlannedRow[]): PlannedRow[] {
  const last = new Map<string, PlannedRow>();
  for (const row of rows) {
    const { bucket, n, on_day, act, item, what } = row;
    const which = what.startsWith(MAY_WE) ? what : what.startsWith(MATTER) ? row.steps : on_day;
    last.set(`${bucket} ${n} ${act}${act === ACT_CODES.call ? "" : ` ${item} ${which}`}`, row);
  }
  return [...last.values()];
}

interface Known {
  readonly loans: ReadonlyMap<number, LoanState>;
  readonly holds: ReadonlyMap<number, readonly Fact[]>;
  readonly contacts: ReadonlyMap<number, Instant>;
  readonly ids: ReadonlyMap<number, string>;
  readonly context: CloseContext;
  readonly lender: Lender;
  readonly now: Instant;
}

function caseOf(row: PlannedRow, known: Known): WorkCase | undefined {
  const { bucket, n, act, item, what, slot, borrower } = row;
  const { context, lender, now } = known;
  const steps = JSON.parse(row.steps) as Action["steps"];
  const zone = row.zone ?? lender.zone;
  const today = dayAt(zone, now);
  const on = row.on_day as Day;
  const asksWhether = what.startsWith(MAY_WE);
  const asksMatter = what.startsWith(MATTER);
  const open = steps.flatMap(({ n: of, step }) => {
    const loan = known.loans.get(keyToNumber({ bucket, n: of }));
    if (!loan || (!isOwed(loan) && !asksMatter) || loan.setAside) return [];
    // What was allowed since, or has lapsed, is asked of nobody.
    if (asksWhether && !loan.extra?.blocked?.some((blocked) => blocked.step === step)) return [];
    return [{ loan, step }];
  });
  // A supervisor's question outlives the debt; a call does not.
  if (open.length === 0 && !what.startsWith(SUPERVISOR)) return undefined;
  const last = known.contacts.get(keyToNumber({ bucket, n }));
  const all = open.map((one) =>
    figuresOf(one, {
      context,
      today,
      plannedOn: on,
      last,
      zone,
      since: known.holds.get(keyToNumber(one.loan)) ?? [],
    }),
  );
  const figures = act === ACT_CODES.call ? all.filter(({ isOver }) => !isOver) : all;
  if (open.length > 0 && figures.length === 0) return undefined;
  const least = (days: readonly (number | undefined)[]): Day | undefined =>
    days.reduce<number | undefined>(
      (a, b) => (b === undefined ? a : a === undefined ? b : Math.min(a, b)),
      undefined,
    ) as Day | undefined;
  const lastDay = least(figures.map((one) => one.lastDay));
  const brokenOn = least(figures.map((one) => one.brokenOn));
  return {
    key: { bucket, n, on, act, item },
    id: actionName({ bucket, n, on, act, item }),
    act: act === ACT_CODES.call ? "call" : "ask",
    on,
    slot,
    borrower,
    what,
    language: row.language ?? (lender.pack === "cn" ? "zh" : "en"),
    loans: steps.flatMap(({ n: of }) => known.ids.get(keyToNumber({ bucket, n: of })) ?? []),
    steps: steps.map(({ step }) => step),
    products: [...new Set(open.map(({ loan }) => context.product(loan.product).code))],
    stages: [...new Set(open.map(({ step }) => step.split("/")[0]!))],
    dpd: Math.max(0, ...figures.map(({ dpd }) => dpd)),
    arrears: minor(figures.reduce((sum, { arrears }) => sum + arrears, 0)),
    disputed: minor(figures.reduce((sum, { disputed }) => sum + disputed, 0)),
    askable: minor(figures.reduce((sum, { askable }) => sum + askable, 0)),
    ...(lastDay === undefined ? {} : { lastDay }),
    ...(brokenOn === undefined ? {} : { brokenOn }),
    ...(last === undefined ? {} : { lastContact: last }),
    ...(what.startsWith(SUPERVISOR) ? { supervisor: true } : {}),
    ...(asksWhether ? { ruleAsks: true } : {}),
    ...(row.collector === null ? {} : { claimedBy: row.collector, claimedUntil: row.until_at! }),
  };
}

const isOwed = ({ status }: LoanState): boolean => status === "open" || status === "written-off";

interface Then {
  readonly context: CloseContext;
  readonly today: Day;
  readonly plannedOn: Day;
  /** Last contact with him. */
  readonly last: Instant | undefined;
  readonly zone: string;
  /** Holds that the last close has not seen. */
  readonly since: readonly Fact[];
}

function figuresOf(
  { loan, step }: { readonly loan: LoanState; readonly step: string },
  { context, today, plannedOn, last, zone, since }: Then,
): {
  dpd: number;
  arrears: number;
  disputed: number;
  askable: number;
  isOver: boolean;
  lastDay?: Day;
  brokenOn?: Day;
} {
  const product = context.product(loan.product);
  const planned = context.strategy(product.strategy)?.step(plannedOn, step);
  const dpd = daysFromDue(loan, product, today);
  const until = planned?.until;
  const broken = (loan.extra?.promises ?? []).flatMap((promise) => {
    if (promise.told !== "broken") return [];
    return [(promise.parts[promiseOn(promise, loan, product, today).part]!.on + 1) as Day];
  });
  const brokenOn = broken.at(-1);
  const spoken = last !== undefined && brokenOn !== undefined && dayAt(zone, last) >= brokenOn;
  const asOf = Math.max(today, loan.lateOn) as Day;
  const arrears = arrearsOn(loan, product, asOf);
  const { sum, disputed } = askableOn(loan, product, asOf, { since, arrears });
  return {
    dpd,
    // Its stage has ended, or the installment that it was planned for is paid and another one is late.
    isOver: planned !== undefined && (dpd > planned.until || loan.dueOn + planned.dpd > plannedOn),
    arrears: arrears.total,
    disputed,
    askable: sum,
    ...(until !== undefined && Number.isFinite(until) ? { lastDay: dayAtDpd(loan, product, until) } : {}),
    ...(brokenOn === undefined || spoken ? {} : { brokenOn }),
  };
}

async function loansOf(sql: Sql, rows: readonly PlannedRow[]): Promise<Map<number, LoanState>> {
  const keys = new Map<number, Key>();
  for (const { bucket, steps } of rows)
    for (const { n } of JSON.parse(steps) as Action["steps"])
      keys.set(keyToNumber({ bucket, n }), { bucket, n });
  return loansByKey(await loansAt(sql, [...keys.values()]));
}

/** The last contact with each borrower, by anybody: begun from here, or reported. */
async function lastContacts(sql: Sql, rows: readonly Key[], since: Day): Promise<Map<number, Instant>> {
  if (rows.length === 0) return new Map();
  const owners = distinctKeys(rows);
  const found = await sql.query<{ bucket: number; n: number; at: number }>(
    `select j.bucket, j.n, max((j.payload::json->>'at')::int8) as at
     from ${keyArrays(owners)} join journal j on j.bucket = k.bucket and j.n = k.n
     where j.kind in (40, 55) and j.on_day >= ${since} group by j.bucket, j.n`,
  );
  return new Map(found.map(({ at, ...key }) => [keyToNumber(key), at]));
}
