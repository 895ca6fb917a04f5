import { type Day, dayAt, type Instant, type Product } from "../core/index.ts";
import type { LimitationWatch } from "../dayclose/index.ts";
import type { Pack } from "../policy/index.ts";
import type { Strategy, StrategyLine } from "../strategy/index.ts";
import { everyRequest } from "./every-request.ts";
import type { Database, Sql } from "./sql.ts";

/** What the wiring gives the store, because it lies in files: packs by place, and how strategy text is read. */
export interface Shelves {
  /** The pack of a place with a lender's own settings, given as recorded, by first day. */
  readonly pack: (place: string, house: readonly string[]) => Pack | undefined;
  readonly readStrategy: (body: string) => Strategy;
  /** The versions of one strategy; those of all strategies, which their arms may follow. */
  readonly line: (versions: readonly Strategy[], all: readonly Strategy[]) => StrategyLine;
  /** The law on limitation of a place, where its pack has it. */
  readonly limitation?: (place: string) => LimitationWatch | undefined;
  /** The clock of the edge, in milliseconds. */
  readonly now: () => number;
}

export interface Lender {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly zone: string;
  readonly pack: string;
  readonly openOn: Day;
  readonly closedThrough: Day;
}

const LENDER = `select id, code, name, zone, pack, open_on as "openOn", closed_through as "closedThrough" from lender`;

const LENDER_OF = everyRequest(`${LENDER} where code = $1`);

/** A lender as one column of a statement in which its table is `l`: a text that `JSON.parse` reads as `Lender`. */
export const LENDER_TEXT = `json_build_object('id', l.id, 'code', l.code, 'name', l.name, 'zone', l.zone, 'pack', l.pack,
    'openOn', l.open_on, 'closedThrough', l.closed_through)::text`;

export async function lenders(sql: Sql): Promise<Lender[]> {
  return sql.query<Lender & Record<string, unknown>>(`${LENDER} order by id`);
}

export async function findLender(
  sql: Sql,
  code: string,
  lock: "" | "for share" | "for update" = "",
): Promise<Lender | undefined> {
  const text = lock === "" ? LENDER_OF : `${LENDER} where code = $1 ${lock}`;
  const rows = await sql.query<Lender & Record<string, unknown>>(text, [code]);
  return rows[0];
}

export type LenderSettings = Pick<Lender, "code" | "name" | "zone" | "pack" | "openOn">;

/** Registers a lender at its first import; later imports find it. */
export async function ensureLender(sql: Sql, settings: LenderSettings): Promise<Lender> {
  const found = await findLender(sql, settings.code);
  if (found) return found;
  const { code, name, zone, pack, openOn } = settings;
  await sql.run(
    `insert into lender (id, code, name, zone, pack, open_on, closed_through)
     select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5::int4, $5::int4 - 1 from lender
     on conflict (code) do nothing`,
    [code, name, zone, pack, openOn],
  );
  return (await findLender(sql, code))!;
}

/** A product as it is registered: instead of a calendar, which grows year by year, it has the rule. */
export type ProductSettings = Omit<Product, "id" | "lender" | "payableOn"> & {
  readonly payableOn?: "next-working-day";
};

type StoredProduct = ProductSettings & Pick<Product, "id" | "lender"> & { readonly pack: string };

async function storedProducts(sql: Sql): Promise<StoredProduct[]> {
  const rows = await sql.query<{ id: number; lender: string; code: string; pack: string; body: string }>(
    `select p.id, l.code as lender, p.code, l.pack, p.body from product p join lender l on l.id = p.lender
     order by p.id`,
  );
  return rows.map(({ body, ...row }) => ({ ...JSON.parse(body), ...row }));
}

export const products = async (sql: Sql): Promise<Product[]> =>
  (await storedProducts(sql)).map((stored) => furnished(stored, sql));

/** With the working days of its lender's place, as far as they are published. */
function furnished({ pack, payableOn, ...product }: StoredProduct, sql: Sql): Product {
  if (payableOn === undefined) return product;
  const calendar = sql.calendar?.(pack);
  if (!calendar)
    throw new Error(
      `product ${product.code} of ${product.lender} is payable on working days, and no calendar of ${pack} is at hand; install its pack`,
    );
  return { ...product, payableOn: calendar };
}

/** Registers a product; the same code with other terms is refused, because loans already stand on the first ones. */
export async function ensureProduct(sql: Sql, lender: Lender, settings: ProductSettings): Promise<Product> {
  const { code, ...terms } = settings;
  const body = JSON.stringify(terms);
  const known = (await storedProducts(sql)).find(
    (product) => product.lender === lender.code && product.code === code,
  );
  if (known) {
    const { id: _id, lender: _lender, code: _code, pack: _pack, ...before } = known;
    if (JSON.stringify(before) !== body) {
      throw new Error(
        `product ${code} of ${lender.code} is in the book with other terms; give the new terms a new product code`,
      );
    }
    return furnished(known, sql);
  }
  await sql.run(
    "insert into product (id, lender, code, body) select coalesce(max(id), 0) + 1, $1::int2, $2, $3 from product",
    [lender.id, code, body],
  );
  return (await products(sql)).find((product) => product.lender === lender.code && product.code === code)!;
}

export interface StoredStrategy {
  readonly name: string;
  readonly version: number;
  readonly from: Day;
  readonly body: string;
  readonly sha256: string;
}

/** A lender's own settings as recorded: in force from their first day until the next ones'. */
export interface HouseSettings {
  readonly from: Day;
  readonly body: string;
  readonly sha256: string;
}

/** In the order of their first days. */
export async function houseSettings(sql: Sql, lender: Pick<Lender, "id">): Promise<HouseSettings[]> {
  return sql.query<HouseSettings & Record<string, unknown>>(
    `select from_day as "from", body, sha256 from house where lender = $1 order by from_day`,
    [lender.id],
  );
}

/**
 * Records a lender's own settings; the same text again changes nothing. What was judged without them must come out the
 * same when it is judged again, so they begin after every day that is closed, after the settings before them, and after
 * today where anything was handed over already; `too-early` says the first day that is free. With `dryRun` nothing is written.
 */
export async function recordHouse(
  db: Database,
  code: string,
  { from, body, sha256 }: HouseSettings,
  now: Instant,
  dryRun: boolean,
): Promise<"new" | "same" | { readonly tooEarly: Day }> {
  return db.tx(async (sql) => {
    const lender = await findLender(sql, code, "for update");
    if (!lender) throw new Error(`no lender ${code} in this book`);
    const known = await houseSettings(sql, lender);
    if (known.some((one) => one.sha256 === sha256)) return "same";
    const [sent] = await sql.query<{ any: boolean }>(
      "select exists (select 1 from outbox where bucket >= 0 and lender = $1 and state <> 0) as any",
      [lender.id],
    );
    const free = Math.max(
      lender.openOn,
      ...known.map((one) => one.from + 1),
      sent!.any ? dayAt(lender.zone, now) + 1 : 0,
    ) as Day;
    if (from < free) return { tooEarly: free };
    if (!dryRun)
      await sql.run(
        "insert into house (lender, from_day, body, sha256, recorded_at) values ($1, $2, $3, $4, $5)",
        [lender.id, from, body, sha256, now],
      );
    return "new";
  });
}

export interface ImportedFile {
  readonly lender: string;
  readonly kind: string;
  readonly name: string;
  readonly sha256: string;
  readonly recordedAt: number;
  /** Rows that were set aside. */
  readonly bad: number;
}

/** The import of these very bytes, and else the last one of a file with this name. */
export async function findImport(
  sql: Sql,
  file: Pick<ImportedFile, "lender" | "kind" | "name" | "sha256">,
): Promise<ImportedFile | undefined> {
  const rows = await sql.query<Omit<ImportedFile, "bad"> & { report: string }>(
    `select lender, kind, name, sha256, recorded_at as "recordedAt", report from import_file
     where lender = $1 and kind = $2 and (sha256 = $3 or name = $4)
     order by (sha256 = $3) desc, recorded_at desc limit 1`,
    [file.lender, file.kind, file.sha256, file.name],
  );
  const [found] = rows;
  if (!found) return undefined;
  const { report, ...imported } = found;
  return { ...imported, bad: JSON.parse(report).bad };
}

/** A lender's imports with what they reported, the newest first. */
export async function imports(
  sql: Sql,
  lender: string,
  limit: number,
): Promise<(Omit<ImportedFile, "bad"> & { readonly report: Record<string, unknown> })[]> {
  const rows = await sql.query<Omit<ImportedFile, "bad"> & { report: string } & Record<string, unknown>>(
    `select lender, kind, name, sha256, recorded_at as "recordedAt", report from import_file where lender = $1
     order by recorded_at desc, sha256 limit $2`,
    [lender, limit],
  );
  return rows.map(({ report, ...row }) => ({
    ...row,
    report: JSON.parse(report) as Record<string, unknown>,
  }));
}

/** The last import of the same bytes is the one that counts: of rows set aside before, it may have taken some. */
export async function rememberImport(
  sql: Sql,
  file: Omit<ImportedFile, "bad">,
  report: Pick<ImportedFile, "bad">,
): Promise<void> {
  await sql.run(
    `insert into import_file (lender, kind, sha256, name, recorded_at, report) values ($1, $2, $3, $4, $5, $6)
     on conflict (lender, kind, sha256)
     do update set name = excluded.name, recorded_at = excluded.recorded_at, report = excluded.report`,
    [file.lender, file.kind, file.sha256, file.name, file.recordedAt, JSON.stringify(report)],
  );
}
