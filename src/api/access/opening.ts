import { z } from "zod";
import { addSession, dropOver, type StaffMember, signedIn } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { utc } from "../routes/shapes.ts";
import { IDLE_MS, LINK_SESSION_MS, OLDEST_MS, sessionCookie } from "./authenticate.ts";
import { csrfOf, hashOf, newId, newSecret } from "./secrets.ts";

/** After five wrong tries from one network at one name each doubles the wait, up to a quarter of an hour. */
const FREE_TRIES = 5;
export const waitMs = (failed: number): number =>
  failed < FREE_TRIES ? 0 : Math.min(900_000, 1000 * 2 ** Math.min(20, failed - FREE_TRIES));

export const SignedIn = z.object({
  csrf: z.string().describe("Send it as X-CSRF-Token with every write"),
  endsAt: z.string(),
  setUp: z.boolean().describe("True where this session is only for setting a password and a code"),
});

export interface Opening {
  readonly api: Api;
  readonly now: number;
  readonly reply: { header(name: string, value: string): unknown };
}

/** A new session with a new secret, whatever the browser had before. */
export async function openSession(
  { api, now, reply }: Opening,
  staff: string,
  how: string,
): Promise<z.input<typeof SignedIn>> {
  const secret = newSecret();
  const ms = how.startsWith("link") ? LINK_SESSION_MS : OLDEST_MS;
  await dropOver(api.db, now, IDLE_MS);
  await addSession(api.db, hashOf(secret), {
    id: newId(),
    staff,
    how,
    createdAt: now,
    seenAt: now,
    endsAt: now + ms,
  });
  await signedIn(api.db, staff, now);
  reply.header("set-cookie", sessionCookie(api, secret, ms));
  return { csrf: csrfOf(secret), endsAt: utc(now + ms), setUp: how === "link-set-up" };
}

/** Of names that nobody has there is no lender to whose log they could go; they are counted. */
export async function logSignIn(
  api: Api,
  id: string,
  member: Pick<StaffMember, "id" | "lender" | "role"> | undefined,
  at: number,
  status: number,
  by = "session.sign-in",
): Promise<void> {
  if (!member) return;
  const { lender, role } = member;
  await api.accessLog.write({
    lender,
    at,
    id,
    who: member.id,
    role,
    action: by,
    relation: "anybody",
    subject: "",
    allowed: status === 200,
    status,
    remark: null,
  });
}
