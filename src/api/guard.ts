import { Problem } from "./http/problem.ts";
import { said } from "./http/said.ts";
import type { Route } from "./route.ts";

/** Things that two people may have before them at once, each with the member of its answer that says how often it was changed. */
export const SHOWN = {
  loan: "version",
  letter: "version",
  proceeding: "version",
  enforcement: "version",
  complaint: "version",
  hardship: "version",
  strategy: "revision",
  approval: "version",
  user: "version",
} as const;

export type Shown = keyof typeof SHOWN;

/** Why a write does not ask which version was read. */
export const UNGUARDED = {
  own: "it is about oneself alone",
  adds: "it adds something; what was shown stays as it was, and the same once more is refused or known",
  keeps: "nothing is kept",
  now: "it is judged anew at this second, and takes nobody's word for what was read before",
  rows: "each row is checked against its thing as it stands, and says what became of it",
  taken: "a case is held by one person, who alone records on it",
  work: "it starts or ends work; one of a kind runs at a time",
  once: "it ends or replaces a secret; whoever does it again does no harm to what was read",
} as const;

/** How a write knows what somebody else did meanwhile: by `If-Match` with the version of what was read, or not, with the reason. */
export type Guard = { readonly by: Shown } | { readonly none: keyof typeof UNGUARDED };

/** What was done to a thing since it was read. */
export interface Change {
  readonly at: string;
  readonly by: string;
  readonly says: { readonly en: string; readonly zh: string };
}

/** The version that a write names by `If-Match`: one, in quotes, as `ETag` gave it. */
export function versionAsked(header: string | undefined): number {
  if (header === undefined) throw new Problem("version-missing");
  const read = /^"(\d{1,15})"$/.exec(header.trim());
  if (!read) throw new Problem("bad-request", { ...said.badVersion(), at: "headers/if-match" });
  return Number(read[1]);
}

export const etagOf = (version: number): string => `"${version}"`;

/** The version that an answer tells, where the route shows a thing. */
export function versionTold(shows: Shown | undefined, answer: unknown): number | undefined {
  if (shows === undefined || typeof answer !== "object" || answer === null) return undefined;
  const version = (answer as Readonly<Record<string, unknown>>)[SHOWN[shows]];
  return typeof version === "number" ? version : undefined;
}

/** What is wrong with how routes are guarded; a server with any of it does not start. */
export function guardTroubles(routes: readonly Route[]): string[] {
  const shown = new Set(routes.flatMap(({ shows }) => shows ?? []));
  return routes.flatMap(({ id, method, guard }) => {
    if (method === "GET") return guard ? [`${id}: a read is not guarded`] : [];
    if (!guard) return [`${id}: nobody has said whether it asks for a version, or why not`];
    return "by" in guard && !shown.has(guard.by) ? [`${id}: no read gives the version of a ${guard.by}`] : [];
  });
}
