import { type Day, formatDay, type Instant, NEVER, type Product } from "../core/index.ts";
import { lenders, products, type StoredStrategy } from "./catalog.ts";
import type { Database, Sql } from "./sql.ts";

/** `shipped`: taken by an import from the program as it comes, which counts as a release. */
export type StrategyState = "proposed" | "released" | "shipped" | "withdrawn";

export interface StrategyEvent {
  readonly what: StrategyState;
  readonly by: string;
  readonly at: Instant;
  readonly remark: string;
}

/** A version of a strategy that the book knows, with all that was done with it. */
export interface KnownStrategy extends StoredStrategy {
  readonly state: StrategyState;
  readonly events: readonly StrategyEvent[];
  /** `lender/product` of the products that name this strategy, whatever the version. */
  readonly products: readonly string[];
}

/** Who does something, and when. */
export interface Doing {
  readonly by: string;
  readonly at: Instant;
  readonly remark?: string;
  /** So many events the version had when it was read. */
  readonly ifEvents?: number;
}

/** Every version that the book knows, in use or not, by name and version. */
export async function knownStrategies(sql: Sql, name?: string): Promise<KnownStrategy[]> {
  const stored = await sql.query<StoredStrategy & Record<string, unknown>>(
    `select name, version, from_day as "from", body, sha256 from strategy
     where $1::text is null or name = $1 order by name, version`,
    [name ?? null],
  );
  const events = await sql.query<StrategyEvent & { name: string; version: number } & Record<string, unknown>>(
    `select name, version, what, by_whom as by, at, remark from strategy_event
     where $1::text is null or name = $1 order by name, version, n`,
    [name ?? null],
  );
  const users = await products(sql);
  return stored.map((strategy) => {
    const own = events
      .filter((event) => event.name === strategy.name && event.version === strategy.version)
      .map(({ what, by, at, remark }) => ({ what, by, at, remark }));
    return {
      ...strategy,
      state: own.at(-1)!.what,
      events: own,
      products: users
        .filter((product) => product.strategy === strategy.name)
        .map(({ lender, code }) => `${lender}/${code}`),
    };
  });
}

/** The versions that closes use: released by a second person, or as shipped, and not withdrawn. */
export async function strategies(sql: Sql): Promise<StoredStrategy[]> {
  return sql.query<StoredStrategy & Record<string, unknown>>(
    `select s.name, s.version, s.from_day as "from", s.body, s.sha256 from strategy s
     where (select e.what from strategy_event e where e.name = s.name and e.version = s.version
            order by e.n desc limit 1) in ('released', 'shipped')
     order by s.name, s.version`,
  );
}

export type Proposed = "new" | "same" | { readonly differs: KnownStrategy };

/** Puts a version into the book, unused until a second person releases it. Another text under a known number is not taken. */
export async function proposeStrategy(
  db: Database,
  strategy: StoredStrategy,
  doing: Doing,
): Promise<Proposed> {
  return db.tx(async (sql) => {
    const known = await find(sql, strategy);
    if (known?.sha256 === strategy.sha256) return "same";
    if (known) return { differs: known };
    await insert(sql, strategy);
    await tell(sql, strategy, "proposed", doing);
    return "new";
  });
}

export type Released =
  | "done"
  | { readonly no: "unknown" }
  | { readonly no: "changed-meanwhile" }
  | { readonly no: "not-proposed"; readonly state: StrategyState }
  | { readonly no: "same-person"; readonly by: string }
  | TooEarly;

/** A lender's days are closed beyond the version's first day, under an earlier version. */
interface TooEarly {
  readonly no: "too-early";
  readonly lender: string;
  readonly free: Day;
}

type VersionName = Pick<StoredStrategy, "name" | "version">;

/**
 * Releases a proposed version: from its first day on closes use it. By somebody else than proposed it, and not for days that
 * are closed under an earlier version. Loans that may have a step under it sooner than they sleep are woken on its first day.
 */
export async function releaseStrategy(db: Database, which: VersionName, doing: Doing): Promise<Released> {
  return db.tx(async (sql) => {
    await lockLenders(sql);
    const known = await find(sql, which);
    if (!known) return { no: "unknown" };
    if (doing.ifEvents !== undefined && doing.ifEvents !== known.events.length)
      return { no: "changed-meanwhile" };
    if (known.state !== "proposed") return { no: "not-proposed", state: known.state };
    const proposer = known.events.findLast(({ what }) => what === "proposed")!.by;
    if (samePerson(proposer, doing.by)) return { no: "same-person", by: proposer };
    const early = await tooEarly(sql, known);
    if (early) return early;
    await tell(sql, which, "released", doing);
    await wake(sql, known);
    return "done";
  });
}

export type Withdrawn =
  | "done"
  | { readonly no: "unknown" }
  | { readonly no: "changed-meanwhile" }
  | { readonly no: "withdrawn" }
  | { readonly no: "in-use"; readonly lender: string; readonly since: Day };

/** Takes a version back: a proposed one always, a released one before any day was closed under it. Its number stays taken. */
export async function withdrawStrategy(db: Database, which: VersionName, doing: Doing): Promise<Withdrawn> {
  return db.tx(async (sql) => {
    await lockLenders(sql);
    const known = await find(sql, which);
    if (!known) return { no: "unknown" };
    if (doing.ifEvents !== undefined && doing.ifEvents !== known.events.length)
      return { no: "changed-meanwhile" };
    if (known.state === "withdrawn") return { no: "withdrawn" };
    if (known.state !== "proposed") {
      const used = (await lendersOf(sql, known.name)).find(({ openOn }) => openOn > known.from);
      if (used) return { no: "in-use", lender: used.code, since: known.from };
    }
    await tell(sql, which, "withdrawn", doing);
    return "done";
  });
}

/**
 * Takes a version in as it is shipped: the same text again changes nothing, another text under the same number is refused,
 * and so is a version that would have begun on days that are closed under an earlier one.
 */
export async function freezeStrategy(
  sql: Sql,
  strategy: StoredStrategy,
  doing: Doing = { by: "import", at: 0 },
): Promise<"new" | "same"> {
  const { name, version } = strategy;
  const known = await find(sql, strategy);
  if (known?.sha256 === strategy.sha256) return "same";
  if (known) {
    throw new Error(
      `strategy ${name} version ${version} is frozen with another text; give the change a new version`,
    );
  }
  const early = await tooEarly(sql, strategy);
  if (early) {
    const [begins, free] = [formatDay(strategy.from), formatDay(early.free)];
    throw new Error(
      `strategy ${name} version ${version} begins on ${begins}, and ${early.lender} is closed beyond that day under an earlier version; give it from: "${free}" or later`,
    );
  }
  await insert(sql, strategy);
  await tell(sql, strategy, "shipped", doing);
  await wake(sql, strategy);
  return "new";
}

async function find(sql: Sql, { name, version }: VersionName): Promise<KnownStrategy | undefined> {
  return (await knownStrategies(sql, name)).find((known) => known.version === version);
}

/** Closes take their lender's row too, so that no day is closed while a version comes or goes. */
const lockLenders = (sql: Sql): Promise<unknown> => sql.query("select id from lender order by id for update");

async function insert(sql: Sql, { name, version, from, body, sha256 }: StoredStrategy): Promise<void> {
  await sql.run("insert into strategy (name, version, from_day, body, sha256) values ($1, $2, $3, $4, $5)", [
    name,
    version,
    from,
    body,
    sha256,
  ]);
}

async function tell(
  sql: Sql,
  { name, version }: VersionName,
  what: StrategyState,
  { by, at, remark = "" }: Doing,
): Promise<void> {
  await sql.run(
    `insert into strategy_event (name, version, n, what, by_whom, at, remark)
     select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6 from strategy_event where name = $1 and version = $2`,
    [name, version, what, by, at, remark],
  );
}

const usersOf = async (sql: Sql, name: string): Promise<Product[]> =>
  (await products(sql)).filter((product) => product.strategy === name);

async function lendersOf(sql: Sql, name: string) {
  const codes = new Set((await usersOf(sql, name)).map(({ lender }) => lender));
  return (await lenders(sql)).filter(({ code }) => codes.has(code));
}

async function tooEarly(sql: Sql, { name, from }: StoredStrategy): Promise<TooEarly | undefined> {
  if (!(await strategies(sql)).some((other) => other.name === name)) return undefined;
  const closed = (await lendersOf(sql, name)).find(({ openOn }) => from < openOn);
  return closed && { no: "too-early", lender: closed.code, free: closed.openOn };
}

async function wake(sql: Sql, { name, from }: StoredStrategy): Promise<void> {
  const users = await usersOf(sql, name);
  await sql.run(
    `update loan_state set wake_on = $1 where bucket >= 0 and wake_on > $1 and due_on < ${NEVER}
     and product = any($2::int2[])`,
    [from, users.map(({ id }) => id)],
  );
}

/** The same name however it is written: until people sign in, a name is all there is. */
export const samePerson = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (name: string): string => name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
