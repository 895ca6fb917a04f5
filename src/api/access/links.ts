import type { Instant } from "../../core/index.ts";
import {
  addLink,
  agencies,
  borrowerLoans,
  collectors,
  firmLawyers,
  firms,
  type Lender,
  type LinkPurpose,
  type Sql,
} from "../../store/index.ts";
import { firmOf, lawyerOf } from "./party.ts";
import { ROLES_OF_PARTY, type Role } from "./roles.ts";
import { hashOf, newSecret } from "./secrets.ts";

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
  {
    now,
    base,
    ms = DAY_MS,
    by = "command line",
  }: { readonly now: Instant; readonly base: string; readonly ms?: number; readonly by?: string },
): Promise<string> {
  const secret = newSecret();
  await addLink(sql, { hash: hashOf(secret), staff, by, purpose, expiresAt: now + ms });
  // Behind the #: what stands there is sent to no server and kept in no log.
  return `${base}/sign-in#${secret}`;
}

/** Names that one signs in by: letters, digits and . _ @ -, in whatever writing. */
export const STAFF_NAME = /^[\p{L}\p{N}._@-]{2,60}$/u;

/** Whether a lender has such a collector, agency, firm with its lawyer, or borrower: a name that it does not know would see nothing for ever. */
export async function isPartyKnown(sql: Sql, lender: Lender, role: Role, party: string): Promise<boolean> {
  switch (role) {
    case "collector":
      return (await collectors(sql, lender)).some(({ id }) => id === party);
    case "agency":
    case "agency-collector":
      return (await agencies(sql, lender)).some(({ name }) => name === party);
    case "law-firm": {
      const [firm, lawyer] = [firmOf(party), lawyerOf(party)];
      if (lawyer === undefined) return (await firms(sql, lender)).some(({ id }) => id === firm);
      return (await firmLawyers(sql, lender)).some((one) => one.firm === firm && one.id === lawyer);
    }
    case "borrower":
      return (await borrowerLoans(sql, lender, party)).length > 0;
    default:
      return !ROLES_OF_PARTY.includes(role);
  }
}
