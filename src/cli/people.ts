import { hashOf, newSecret } from "../api/access/secrets.ts";
import type { Instant } from "../core/index.ts";
import { addLink, type LinkPurpose, type Sql } from "../store/index.ts";

const DAY_MS = 86_400_000;

/** A link that lets a borrower into his own pages once. Behind no #: it works without script, and a page only asks for the button. */
export async function borrowerLink(
  sql: Sql,
  staff: string,
  { now, base, ms = DAY_MS }: { readonly now: Instant; readonly base: string; readonly ms?: number },
): Promise<string> {
  const secret = newSecret();
  await addLink(sql, {
    hash: hashOf(secret),
    staff,
    by: "command line",
    purpose: "whole",
    expiresAt: now + ms,
  });
  return `${base}/in/${secret}`;
}

/** A link that lets somebody in once; the address is of this machine unless one is given. */
export async function linkFor(
  sql: Sql,
  staff: string,
  purpose: LinkPurpose,
  { now, base, ms = DAY_MS }: { readonly now: Instant; readonly base: string; readonly ms?: number },
): Promise<string> {
  const secret = newSecret();
  await addLink(sql, { hash: hashOf(secret), staff, by: "command line", purpose, expiresAt: now + ms });
  // Behind the #: what stands there is sent to no server and kept in no log.
  return `${base}/sign-in#${secret}`;
}
