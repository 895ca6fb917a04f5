import type { Instant } from "../core/index.ts";
import type { Sql } from "./sql.ts";

// --- passkeys --------------------------------------------------------------------------------------------------------

export interface Passkey {
  readonly id: string;
  readonly staff: string;
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
}

const PASSKEY = `select p.id, p.staff, p.name, p.public_key as "publicKey", p.counter, p.transports,
  p.created_at as "createdAt", p.used_at as "usedAt" from passkey p`;

const passkeyOf = ({ transports, ...row }: Record<string, unknown>): Passkey => ({
  ...(row as unknown as Omit<Passkey, "transports">),
  transports: JSON.parse(transports as string) as string[],
});

export async function passkeysOf(sql: Sql, staff: string): Promise<Passkey[]> {
  const rows = await sql.query(`${PASSKEY} where p.staff = $1 order by p.created_at, p.id`, [staff]);
  return rows.map(passkeyOf);
}

export async function passkeyKnown(sql: Sql, id: string): Promise<Passkey | undefined> {
  const [row] = await sql.query(`${PASSKEY} where p.id = $1`, [id]);
  return row && passkeyOf(row);
}

/** `false` where the credential is somebody's already, his own or another's. */
export async function addPasskey(sql: Sql, one: Omit<Passkey, "usedAt">): Promise<boolean> {
  const added = await sql.run(
    `insert into passkey (id, staff, name, public_key, counter, transports, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing`,
    [one.id, one.staff, one.name, one.publicKey, one.counter, JSON.stringify(one.transports), one.createdAt],
  );
  return added === 1;
}

/** Takes a signature's counter; `false` where it, or a later one, was seen: a copy of the key, or a replay. */
export async function takePasskeyCounter(
  sql: Sql,
  id: string,
  counter: number,
  now: Instant,
): Promise<boolean> {
  const taken = await sql.run(
    "update passkey set counter = $2, used_at = $3 where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))",
    [id, counter, now],
  );
  return taken === 1;
}

export const dropPasskey = (sql: Sql, staff: string, id: string): Promise<number> =>
  sql.run("delete from passkey where staff = $1 and id = $2", [staff, id]);

// --- what was asked --------------------------------------------------------------------------------------------------

export interface SignInAsked {
  readonly hash: string;
  readonly what: "register" | "passkey" | "oidc";
  readonly staff: string | null;
  readonly body: string | null;
  readonly expiresAt: Instant;
}

export async function askSignIn(sql: Sql, asked: SignInAsked, now: Instant): Promise<void> {
  await sql.run("delete from sign_in_asked where expires_at <= $1", [now]);
  await sql.run(
    "insert into sign_in_asked (hash, what, staff, body, expires_at) values ($1, $2, $3, $4, $5)",
    [asked.hash, asked.what, asked.staff, asked.body, asked.expiresAt],
  );
}

/** Uses up what was asked; nothing where it is unknown, answered, over, or was asked for something else. */
export async function answerSignIn(
  sql: Sql,
  hash: string,
  what: SignInAsked["what"],
  now: Instant,
): Promise<Pick<SignInAsked, "staff" | "body"> | undefined> {
  const [row] = await sql.query<{ staff: string | null; body: string | null }>(
    "delete from sign_in_asked where hash = $1 and what = $2 and expires_at > $3 returning staff, body",
    [hash, what, now],
  );
  return row;
}

// --- identities at providers -----------------------------------------------------------------------------------------

export interface Identity {
  readonly issuer: string;
  readonly kind: "subject" | "email";
  readonly value: string;
}

const identityValue = (sql: Sql, { kind, value }: Identity): string => {
  const form = kind === "email" ? value.normalize("NFKC").trim().toLowerCase() : value;
  return sql.vault ? sql.vault.blind(`identity ${kind}`, form) : form;
};

/** `false` where somebody has that identity already. */
export async function addIdentity(
  sql: Sql,
  staff: string,
  identity: Identity,
  now: Instant,
): Promise<boolean> {
  const added = await sql.run(
    `insert into staff_identity (issuer, kind, value, staff, added_at) values ($1, $2, $3, $4, $5)
     on conflict (issuer, kind, value) do nothing`,
    [identity.issuer, identity.kind, identityValue(sql, identity), staff, now],
  );
  return added === 1;
}

export async function staffByIdentity(sql: Sql, identity: Identity): Promise<string | undefined> {
  const [row] = await sql.query<{ staff: string }>(
    "select staff from staff_identity where issuer = $1 and kind = $2 and value = $3",
    [identity.issuer, identity.kind, identityValue(sql, identity)],
  );
  return row?.staff;
}

/** Uses an identity up: an address leads to somebody once, and then his subject does. */
export async function takeIdentity(sql: Sql, identity: Identity): Promise<string | undefined> {
  const [row] = await sql.query<{ staff: string }>(
    "delete from staff_identity where issuer = $1 and kind = $2 and value = $3 returning staff",
    [identity.issuer, identity.kind, identityValue(sql, identity)],
  );
  return row?.staff;
}
