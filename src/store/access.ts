import type { Instant } from "../core/index.ts";
import { LENDER_TEXT, type Lender } from "./catalog.ts";
import { everyRequest } from "./every-request.ts";
import type { Sql } from "./sql.ts";
import { opened, openedOrNull, sealed } from "./vault.ts";

/** Somebody who may sign in. Roles are words to the store; what they may is decided in `src/api/access`. */
export interface StaffMember {
  readonly id: string;
  readonly lender: string;
  readonly role: string;
  readonly name: string;
  /** The agency, law firm, collector or borrower that he is or works for. */
  readonly party: string | null;
  readonly active: boolean;
  readonly hasPassword: boolean;
  readonly hasTotp: boolean;
  /** When anything of him was changed last: what was read of him is known by it. */
  readonly changedAt: Instant;
}

/** What sign-in compares with. */
export interface StaffSecrets extends StaffMember {
  readonly password: string | null;
  readonly totp: string | null;
  readonly totpStep: number | null;
}

export interface StaffRow extends Record<string, unknown> {
  readonly id: string;
  readonly lender: string;
  readonly role: string;
  readonly name: string;
  readonly party: string | null;
  readonly active: number;
  readonly password: string | null;
  readonly totp: string | null;
  readonly totp_step: number | null;
  readonly changed_at: number;
}

/** What a `StaffRow` is read from. */
export const STAFF_COLUMNS =
  "s.id, l.code as lender, s.role, s.name, s.party, s.active, s.password, s.totp, s.totp_step, s.changed_at";
const STAFF = `select ${STAFF_COLUMNS} from staff s join lender l on l.id = s.lender`;

export const namePlace = (id: string): string => `staff:${id}:name`;
export const totpPlace = (id: string): string => `staff:${id}:totp`;

const secretsOf = (sql: Sql, { totp_step, changed_at, active, ...row }: StaffRow): StaffSecrets => ({
  ...row,
  name: opened(sql.vault, namePlace(row.id), row.name),
  totp: openedOrNull(sql.vault, totpPlace(row.id), row.totp),
  active: active === 1,
  totpStep: totp_step,
  changedAt: changed_at,
  hasPassword: row.password !== null,
  hasTotp: row.totp !== null,
});

/** A row of `staff` as a member, without what sign-in compares with. */
export function staffOf(sql: Sql, row: StaffRow): StaffMember {
  const { password: _password, totp: _totp, totpStep: _step, ...member } = secretsOf(sql, row);
  return member;
}

export const staffNameOf = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

export async function staff(sql: Sql, lender?: string): Promise<StaffMember[]> {
  const rows = await sql.query<StaffRow>(`${STAFF} where $1::text is null or l.code = $1 order by s.id`, [
    lender ?? null,
  ]);
  return rows.map((row) => staffOf(sql, row));
}

export async function staffSecrets(sql: Sql, id: string): Promise<StaffSecrets | undefined> {
  const [row] = await sql.query<StaffRow>(`${STAFF} where s.id = $1`, [id]);
  return row && secretsOf(sql, row);
}

export type NewStaff = Pick<StaffMember, "id" | "lender" | "role" | "name" | "party">;

/** Adds somebody; `false` where the name is taken, by whomever. */
export async function addStaff(sql: Sql, one: NewStaff, now: Instant): Promise<boolean> {
  const added = await sql.run(
    `insert into staff (id, lender, role, name, party, active, created_at, changed_at)
     select $1, l.id, $3, $4, $5, 1, $6::int8, $6::int8 from lender l where l.code = $2 on conflict (id) do nothing`,
    [one.id, one.lender, one.role, sealed(sql.vault, namePlace(one.id), one.name), one.party, now],
  );
  return added === 1;
}

/** Changes a role or switches somebody off; every session of his ends with it. `false` where nobody has that name. */
export async function changeStaff(
  sql: Sql,
  id: string,
  change: { readonly role?: string; readonly party?: string | null; readonly active?: boolean },
  now: Instant,
  /** Only where nothing of him was changed since this instant. */
  ifChangedAt?: Instant,
): Promise<boolean> {
  const active = change.active === undefined ? null : change.active ? 1 : 0;
  const changed = await sql.run(
    `update staff set role = coalesce($2, role), active = coalesce($3::int2, active),
       party = case when $4::int4 = 1 then $5 else party end, changed_at = greatest($6::int8, changed_at + 1)
     where id = $1 and ($7::int8 is null or changed_at = $7::int8)`,
    [
      id,
      change.role ?? null,
      active,
      change.party === undefined ? 0 : 1,
      change.party ?? null,
      now,
      ifChangedAt ?? null,
    ],
  );
  if (changed === 0) return false;
  await endSessions(sql, id);
  return true;
}

/** A new password; all that was open before is ended by the caller, who may keep his own session. */
export const setPassword = (sql: Sql, id: string, hash: string, now: Instant): Promise<number> =>
  sql.run("update staff set password = $2, changed_at = greatest($3::int8, changed_at + 1) where id = $1", [
    id,
    hash,
    now,
  ]);

export const setTotp = (sql: Sql, id: string, secret: string, step: number, now: Instant): Promise<number> =>
  sql.run(
    "update staff set totp = $2, totp_step = $3, changed_at = greatest($4::int8, changed_at + 1) where id = $1",
    [id, sealed(sql.vault, totpPlace(id), secret), step, now],
  );

/** Takes a one-time code's step; `false` where it, or a later one, was taken already: of two at once one wins. */
export async function takeTotpStep(sql: Sql, id: string, step: number): Promise<boolean> {
  const taken = await sql.run(
    "update staff set totp_step = $2 where id = $1 and (totp_step is null or totp_step < $2)",
    [id, step],
  );
  return taken === 1;
}

// --- links ---------------------------------------------------------------------------------------------------------

export type LinkPurpose = "set-up" | "whole";

export const addLink = (
  sql: Sql,
  link: {
    readonly hash: string;
    readonly staff: string;
    readonly by: string;
    /** `set-up` leads only to setting how he signs in. */
    readonly purpose: LinkPurpose;
    readonly expiresAt: Instant;
  },
): Promise<number> =>
  sql.run(
    "insert into sign_in_link (hash, staff, by_whom, purpose, expires_at) values ($1, $2, $3, $4, $5)",
    [link.hash, link.staff, link.by, link.purpose, link.expiresAt],
  );

/** Uses a link up and says whose it is; nobody's where it is unknown, used, over, or its person is switched off. */
export async function useLink(
  sql: Sql,
  hash: string,
  now: Instant,
): Promise<{ readonly staff: string; readonly purpose: LinkPurpose } | undefined> {
  const rows = await sql.query<{ staff: string; purpose: LinkPurpose }>(
    `update sign_in_link set used_at = $2 where hash = $1 and used_at is null and expires_at > $2
       and exists (select 1 from staff s where s.id = sign_in_link.staff and s.active = 1) returning staff, purpose`,
    [hash, now],
  );
  return rows[0];
}

// --- sessions ------------------------------------------------------------------------------------------------------

export interface Session {
  readonly id: string;
  readonly staff: string;
  /** How he signed in: `link` or `password`. */
  readonly how: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly endsAt: Instant;
}

const SESSION = `s.id, s.staff, s.how, s.created_at as "createdAt", s.seen_at as "seenAt", s.ends_at as "endsAt"`;

export const addSession = (sql: Sql, hash: string, session: Session): Promise<number> =>
  sql.run(
    `insert into staff_session (hash, id, staff, how, created_at, seen_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [hash, session.id, session.staff, session.how, session.createdAt, session.seenAt, session.endsAt],
  );

const SESSIONS_OF = everyRequest(
  `select s.hash, ${LENDER_TEXT} as house, p.id, l.code as lender, p.role, p.name, p.party, p.active, p.password, p.totp, p.totp_step,
     s.id as session, s.staff, s.how, s.created_at as "createdAt", s.seen_at as "seenAt", s.ends_at as "endsAt"
   from staff_session s join staff p on p.id = s.staff join lender l on l.id = p.lender
   where s.hash = any($1) and p.active = 1`,
);

/** A session with the person as he stands now: what was changed a moment ago counts. */
export interface SessionFound {
  readonly session: Session;
  readonly member: StaffMember;
  readonly lender: Lender;
}

/** In the order of the hashes; `undefined` where there is no such session, or its person is switched off. */
export async function sessionsByHash(
  sql: Sql,
  hashes: readonly string[],
): Promise<(SessionFound | undefined)[]> {
  const rows = await sql.query<
    StaffRow & Omit<Session, "id"> & { hash: string; house: string; session: string }
  >(SESSIONS_OF, [hashes]);
  const found = new Map(
    rows.map(({ hash, house, session, staff: owner, how, createdAt, seenAt, endsAt, ...person }) => [
      hash,
      {
        session: { id: session, staff: owner, how, createdAt, seenAt, endsAt },
        member: staffOf(sql, person as StaffRow),
        lender: JSON.parse(house) as Lender,
      },
    ]),
  );
  return hashes.map((hash) => found.get(hash));
}

export const sessionOf = async (sql: Sql, hash: string): Promise<SessionFound | undefined> =>
  (await sessionsByHash(sql, [hash]))[0];

export const sessionSeen = (sql: Sql, hash: string, now: Instant): Promise<number> =>
  sql.run("update staff_session set seen_at = $2 where hash = $1 and seen_at < $2", [hash, now]);

export const sessionsOf = (sql: Sql, owner: string): Promise<Session[]> =>
  sql.query<Session & Record<string, unknown>>(
    `select ${SESSION} from staff_session s where s.staff = $1 order by s.created_at, s.id`,
    [owner],
  );

/** Ends one session of somebody, or all of them but one; gives how many. */
export const endSession = (sql: Sql, owner: string, id: string): Promise<number> =>
  sql.run("delete from staff_session where staff = $1 and id = $2", [owner, id]);
export const endSessions = (sql: Sql, owner: string, but = ""): Promise<number> =>
  sql.run("delete from staff_session where staff = $1 and id <> $2", [owner, but]);

/** What is over is dropped, so that the tables stay as small as what is in use. */
export async function dropOver(sql: Sql, now: Instant, idleMs: number): Promise<void> {
  await sql.run("delete from staff_session where ends_at <= $1 or seen_at <= $2", [now, now - idleMs]);
  await sql.run("delete from sign_in_link where expires_at <= $1", [now - 86_400_000]);
  await sql.run("delete from sign_in_try where last_at <= $1", [now - 86_400_000]);
}

// --- tries ---------------------------------------------------------------------------------------------------------

export interface SignInTries {
  readonly failed: number;
  readonly waitUntil: Instant;
}

export async function signInTries(sql: Sql, who: string): Promise<SignInTries> {
  const [row] = await sql.query<SignInTries & Record<string, unknown>>(
    `select failed, wait_until as "waitUntil" from sign_in_try where who = $1`,
    [who],
  );
  return row ?? { failed: 0, waitUntil: 0 };
}

/** Counts a failed try; the wait is the caller's, by the count that this one makes. */
export async function countFailedTry(
  sql: Sql,
  who: string,
  now: Instant,
  waitMs: (failed: number) => number,
): Promise<void> {
  const [row] = await sql.query<{ failed: number }>(
    `insert into sign_in_try (who, failed, last_at, wait_until) values ($1, 1, $2, 0)
     on conflict (who) do update set failed = sign_in_try.failed + 1, last_at = excluded.last_at returning failed`,
    [who, now],
  );
  await sql.run("update sign_in_try set wait_until = greatest(wait_until, $2) where who = $1", [
    who,
    now + waitMs(row!.failed),
  ]);
}

export const forgetTries = (sql: Sql, who: string): Promise<number> =>
  sql.run("delete from sign_in_try where who = $1", [who]);

// --- tokens of programs ----------------------------------------------------------------------------------------------

export interface ApiToken {
  readonly id: string;
  readonly lender: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

interface TokenRow extends Record<string, unknown> {
  readonly scopes: string;
}

const TOKEN_COLUMNS = `t.id, l.code as lender, t.name, t.scopes, t.created_by as "createdBy",
  t.created_at as "createdAt", t.expires_at as "expiresAt", t.revoked_at as "revokedAt", t.hash`;
const TOKEN_ROWS = "from api_token t join lender l on l.id = t.lender";

const tokenOf = ({ hash, scopes, ...row }: TokenRow): ApiToken & { readonly hash: string } => ({
  ...(row as unknown as Omit<ApiToken, "scopes">),
  scopes: JSON.parse(scopes) as string[],
  hash: hash as string,
});

export const addToken = (sql: Sql, hash: string, token: Omit<ApiToken, "revokedAt">): Promise<number> =>
  sql.run(
    `insert into api_token (id, hash, lender, name, scopes, created_by, created_at, expires_at)
     select $1, $2, l.id, $4, $5, $6, $7::int8, $8::int8 from lender l where l.code = $3`,
    [
      token.id,
      hash,
      token.lender,
      token.name,
      JSON.stringify(token.scopes),
      token.createdBy,
      token.createdAt,
      token.expiresAt,
    ],
  );

export async function tokens(sql: Sql, lender?: string): Promise<ApiToken[]> {
  const rows = await sql.query<TokenRow>(
    `select ${TOKEN_COLUMNS} ${TOKEN_ROWS} where $1::text is null or l.code = $1 order by t.id`,
    [lender ?? null],
  );
  return rows.map(tokenOf).map(({ hash: _, ...token }) => token);
}

const TOKEN_OF = everyRequest(
  `select ${TOKEN_COLUMNS}, ${LENDER_TEXT} as house ${TOKEN_ROWS} where t.id = $1`,
);

/** With its hash, for whoever compares it, and the lender as he stands now. */
export async function tokenKnown(
  sql: Sql,
  id: string,
): Promise<{ readonly token: ApiToken & { readonly hash: string }; readonly lender: Lender } | undefined> {
  const [row] = await sql.query<TokenRow & { house: string }>(TOKEN_OF, [id]);
  if (!row) return undefined;
  const { house, ...rest } = row;
  return { token: tokenOf(rest), lender: JSON.parse(house) as Lender };
}

/** `false` where there is no such token of the lender, or it was revoked before. */
export async function revokeToken(
  sql: Sql,
  id: string,
  lender: string | undefined,
  now: Instant,
): Promise<boolean> {
  const revoked = await sql.run(
    `update api_token set revoked_at = $3 where id = $1 and revoked_at is null
       and ($2::text is null or lender = (select l.id from lender l where l.code = $2))`,
    [id, lender ?? null, now],
  );
  return revoked === 1;
}
