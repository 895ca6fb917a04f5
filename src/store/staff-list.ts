import type { Instant } from "../core/index.ts";
import { endSessions, STAFF_COLUMNS, type StaffMember, type StaffRow, staffOf } from "./access.ts";
import type { Sql } from "./sql.ts";

/** A user as whoever looks after the users sees him. */
export interface UserListed extends StaffMember {
  readonly passkeys: number;
  /** Sessions that are open now. */
  readonly sessions: number;
  readonly createdAt: Instant;
  /** None who never came in. */
  readonly signedInAt: Instant | null;
}

interface UserRow extends Record<string, unknown> {
  readonly passkeys: number;
  readonly sessions: number;
  readonly created_at: number;
  readonly signed_in_at: number | null;
}

/** The lender's users by their names, page by page; borrowers, who come by their own door, are not among them. */
export async function usersListed(
  sql: Sql,
  lender: string,
  asked: {
    readonly now: Instant;
    readonly idleMs: number;
    readonly after?: string;
    readonly limit: number;
    readonly only?: string;
  },
): Promise<UserListed[]> {
  const rows = await sql.query<UserRow & StaffRow>(
    `select ${STAFF_COLUMNS}, s.created_at, s.signed_in_at,
       (select count(*) from passkey p where p.staff = s.id)::int4 as passkeys,
       (select count(*) from staff_session o where o.staff = s.id and o.ends_at > $2 and o.seen_at > $3)::int4 as sessions
     from staff s join lender l on l.id = s.lender
     where l.code = $1 and s.role <> 'borrower' and s.id > $4 and ($5::text is null or s.id = $5) order by s.id limit $6`,
    [lender, asked.now, asked.now - asked.idleMs, asked.after ?? "", asked.only ?? null, asked.limit],
  );
  return rows.map((row) => ({
    ...staffOf(sql, row),
    passkeys: row.passkeys,
    sessions: row.sessions,
    createdAt: row.created_at,
    signedInAt: row.signed_in_at,
  }));
}

export const signedIn = (sql: Sql, id: string, now: Instant): Promise<number> =>
  sql.run("update staff set signed_in_at = $2 where id = $1", [id, now]);

/** Takes away whatever he could come in with, and every way in that is open: he sets both anew by a link. */
export async function dropWaysIn(sql: Sql, id: string, now: Instant): Promise<void> {
  await sql.run(
    "update staff set password = null, totp = null, totp_step = null, changed_at = greatest($2::int8, changed_at + 1) where id = $1",
    [id, now],
  );
  await sql.run("delete from passkey where staff = $1", [id]);
  await sql.run("delete from sign_in_link where staff = $1 and used_at is null", [id]);
  await endSessions(sql, id);
}
