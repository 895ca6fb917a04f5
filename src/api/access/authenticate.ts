import type { FastifyRequest } from "fastify";
import { sessionSeen, tokenKnown } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { Problem } from "../http/problem.ts";
import type { Who } from "../route.ts";
import { ROLES, type Role } from "./roles.ts";
import { csrfOf, hashOf, isSame } from "./secrets.ts";

/** A session nobody used for so long is over, and so is one that is so old whatever it did (ASVS 5.0, 7.3). */
export const IDLE_MS = 30 * 60_000;
export const OLDEST_MS = 12 * 3_600_000;
/** One that came by a link lasts as long as it takes to set up a password and a code. */
export const LINK_SESSION_MS = 8 * 3_600_000;
/** How exactly it is kept when a session was used last. */
const SEEN_EVERY_MS = 60_000;

/** `__Host-` binds the cookie to this host and to HTTPS; a browser keeps no such cookie over plain HTTP, as on one's own machine. */
export const cookieName = (secure: boolean): string => (secure ? "__Host-arrears" : "arrears-session");

export const sessionCookie = (api: Pick<Api, "secure">, secret: string, ms: number): string =>
  `${cookieName(api.secure)}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(ms / 1000)}${api.secure ? "; Secure" : ""}`;

export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Who sends a request, by the cookie of staff unless another is named; `undefined` where it brings nothing that says so, or what it brings is over. */
export async function whoAsks(api: Api, request: FastifyRequest, cookie?: string): Promise<Who | undefined> {
  const { authorization } = request.headers;
  if (authorization !== undefined && cookie === undefined) return whoseToken(api, authorization);
  const secret = cookieOf(request.headers.cookie, cookie ?? cookieName(api.secure));
  if (secret === undefined || secret.length > 100) return undefined;
  const now = api.now();
  const hash = hashOf(secret);
  const found = await api.reads.session(hash);
  if (!found) return undefined;
  const { session, member, lender } = found;
  if (session.endsAt <= now || session.seenAt + IDLE_MS <= now) return undefined;
  if (session.seenAt + SEEN_EVERY_MS <= now) await sessionSeen(api.db, hash, now);
  const role = ROLES.find((one) => one === member.role);
  if (!role || role === "integrator") return undefined;
  return {
    kind: "person",
    id: member.id,
    name: member.name,
    role,
    lender,
    party: member.party,
    scopes: [],
    session: { ...session, secret },
  };
}

/** `Bearer arr_ID_SECRET`. */
async function whoseToken(api: Api, header: string): Promise<Who | undefined> {
  const read = /^Bearer arr_([\w-]{16})_([\w-]{43})$/.exec(header);
  if (!read) return undefined;
  const known = await tokenKnown(api.db, read[1]!);
  if (!known) return undefined;
  const { token, lender } = known;
  if (!isSame(token.hash, hashOf(read[2]!))) return undefined;
  if (token.revokedAt !== null || token.expiresAt <= api.now()) return undefined;
  return {
    kind: "program",
    id: `token:${token.id}`,
    name: token.name,
    role: "integrator" satisfies Role,
    lender,
    party: null,
    scopes: token.scopes,
  };
}

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses a write that a browser sends along with the cookie without a page of ours having asked for it: it must bring the
 * session's own token, and where the browser says from where it comes, that must be here.
 */
export function checkCsrf(who: Who, request: FastifyRequest): void {
  if (!who.session || SAFE.includes(request.method)) return;
  if (!isFromHere(request)) throw new Problem("csrf");
  const sent = request.headers["x-csrf-token"];
  if (typeof sent !== "string" || !isSame(sent, csrfOf(who.session.secret))) throw new Problem("csrf");
}

/** Whether a write comes from a page of ours, as far as the browser says from where it comes. */
export function isFromHere(request: FastifyRequest): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin } = request.headers;
  return origin === undefined || isHere(origin, request);
}

function isHere(origin: string, request: FastifyRequest): boolean {
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}
