import { borrowerN, type Instant } from "../core/index.ts";
import { lenders } from "./catalog.ts";
import { findKeys } from "./lookups.ts";
import { borrowersByPhone } from "./profile.ts";
import type { Sql } from "./sql.ts";

/** A borrower by the lender's code and his id there. */
export type PortalPerson = readonly [lender: string, borrower: string];

/**
 * Who has a number and a name.
 *
 * Takes   the number as it may stand in the book, with and without its country; what tells whose it is: his name, or the number of a loan of
 *         his. A number alone may be somebody else's by now.
 * Gives   borrowers of any lender of the book; nobody where two of one lender have both, since it cannot be told which of them asks.
 */
export async function portalPeople(
  sql: Sql,
  phones: readonly string[],
  { isName, loan }: { readonly isName: (name: string) => boolean; readonly loan: string },
): Promise<PortalPerson[]> {
  const all = await lenders(sql);
  const owners = new Set<string>();
  for (const lender of all)
    for (const { bucket, n } of (await findKeys(sql, lender, [loan])).values())
      owners.add(`${lender.id} ${bucket} ${borrowerN(n)}`);
  const fit = (await borrowersByPhone(sql, phones, 50))
    .filter(
      ({ lender, bucket, n, name }) =>
        (name !== null && isName(name)) || owners.has(`${lender} ${bucket} ${n}`),
    )
    .map(({ lender, id }) => ({ lender: all.find((one) => one.id === lender)!.code, id }));
  return fit
    .filter(({ lender }) => fit.filter((one) => one.lender === lender).length === 1)
    .map(({ lender, id }) => [lender, id] as const);
}

export const addPortalCode = (
  sql: Sql,
  code: {
    readonly ticket: string;
    readonly code: string;
    readonly people: readonly PortalPerson[];
    readonly expiresAt: Instant;
  },
): Promise<number> =>
  sql.run("insert into portal_code (ticket, code, people, tries, expires_at) values ($1, $2, $3, 0, $4)", [
    code.ticket,
    code.code,
    JSON.stringify(code.people),
    code.expiresAt,
  ]);

/** How often one code may be tried. */
const MOST_TRIES = 5;

/** Uses a code up and says whose it is. A wrong one counts as a try, and after five none is right any more. */
export async function takePortalCode(
  sql: Sql,
  { ticket, code, now }: { readonly ticket: string; readonly code: string; readonly now: Instant },
): Promise<readonly PortalPerson[] | undefined> {
  const rows = await sql.query<{ people: string }>(
    `update portal_code set tries = tries + 1, used_at = case when code = $2 and people <> '[]' then $3::int8 end
     where ticket = $1 and used_at is null and tries < $4 and expires_at > $3
     returning case when code = $2 then people else '[]' end as people`,
    [ticket, code, now, MOST_TRIES],
  );
  const people = JSON.parse(rows[0]?.people ?? "[]") as PortalPerson[];
  return people.length > 0 ? people : undefined;
}

/** Who may go in by a code that was right a moment ago, where he has to choose between lenders. */
export async function portalCodeUsed(
  sql: Sql,
  ticket: string,
  now: Instant,
): Promise<readonly PortalPerson[]> {
  const rows = await sql.query<{ people: string }>(
    "select people from portal_code where ticket = $1 and used_at is not null and expires_at > $2",
    [ticket, now],
  );
  return JSON.parse(rows[0]?.people ?? "[]") as PortalPerson[];
}

export const dropPortalCode = (sql: Sql, ticket: string): Promise<number> =>
  sql.run("delete from portal_code where ticket = $1", [ticket]);

// --- devices -------------------------------------------------------------------------------------------------------

export interface PortalDevice {
  readonly hash: string;
  readonly createdAt: Instant;
  readonly endsAt: Instant;
}

export const addPortalDevice = (sql: Sql, staff: string, device: PortalDevice): Promise<number> =>
  sql.run("insert into portal_device (hash, staff, created_at, ends_at) values ($1, $2, $3, $4)", [
    device.hash,
    staff,
    device.createdAt,
    device.endsAt,
  ]);

export async function portalDeviceOf(sql: Sql, hash: string, now: Instant): Promise<string | undefined> {
  const [row] = await sql.query<{ staff: string }>(
    `select d.staff from portal_device d join staff s on s.id = d.staff and s.active = 1
     where d.hash = $1 and d.ends_at > $2`,
    [hash, now],
  );
  return row?.staff;
}

export const portalDevices = (sql: Sql, staff: string, now: Instant): Promise<PortalDevice[]> =>
  sql.query<PortalDevice & Record<string, unknown>>(
    `select hash, created_at as "createdAt", ends_at as "endsAt" from portal_device
     where staff = $1 and ends_at > $2 order by created_at, hash`,
    [staff, now],
  );

/** Forgets every device of somebody. */
export const forgetPortalDevices = (sql: Sql, staff: string): Promise<number> =>
  sql.run("delete from portal_device where staff = $1", [staff]);

/** What is over is dropped. */
export async function dropPortalOver(sql: Sql, now: Instant): Promise<void> {
  await sql.run("delete from portal_code where expires_at <= $1", [now]);
  await sql.run("delete from portal_device where ends_at <= $1", [now]);
}
