import type { Lang } from "./format.ts";

/** What the API says no with (RFC 9457); `code` is stable, the words are for a person. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly titles: Readonly<Record<Lang, string>>;
  readonly details: Readonly<Record<Lang, string>> | undefined;
  readonly errors: readonly ProblemAt[];
  /** What somebody else did since this page read what it wanted to change. */
  readonly changes: readonly Change[];
  readonly request: string | undefined;
  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? `http-${status}`;
    this.titles = { en: body.title ?? `HTTP ${status}`, zh: body.titleZh ?? body.title ?? `HTTP ${status}` };
    this.details =
      body.detail === undefined ? undefined : { en: body.detail, zh: body.detailZh ?? body.detail };
    this.errors = body.errors ?? [];
    this.changes = body.changes ?? [];
    this.request = body.instance;
  }
}

export interface ProblemAt {
  readonly at: string;
  readonly says: string;
  readonly saysZh?: string;
}

export interface Change {
  readonly at: string;
  readonly by: string;
  readonly says: Readonly<Record<Lang, string>>;
}

interface ProblemBody {
  readonly title: string;
  readonly titleZh: string;
  readonly code: string;
  readonly detail?: string;
  readonly detailZh?: string;
  readonly errors?: readonly ProblemAt[];
  readonly changes?: readonly Change[];
  readonly instance: string;
}

/** The session's own token, which every write has to bring (`GET /v1/me` gives it). */
let csrf: string | null = null;
export const setCsrf = (token: string | null): void => {
  csrf = token;
};

export interface Asking {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly query?: Readonly<Record<string, string | number | boolean | undefined | null>>;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function addressOf(path: string, query: Asking["query"] = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== "") asked.set(name, String(value));
  const text = asked.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Asks the API once. A write brings its own key, so that a doubled click is done once. */
export async function ask<T>(path: string, asking: Asking = {}): Promise<T> {
  const { method = "GET", query, body, form, ifMatch, signal } = asking;
  // Both languages are in every "no"; which is shown is the reader's switch, whatever his browser prefers.
  const headers: Record<string, string> = { accept: "application/json", "accept-language": "en" };
  if (method !== "GET") {
    if (csrf !== null) headers["x-csrf-token"] = csrf;
    headers["idempotency-key"] = newKey();
  }
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = `"${ifMatch}"`;
  const answer = await fetch(addressOf(path, query), {
    method,
    headers,
    credentials: "same-origin",
    ...(form ? { body: form } : body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
  const read: unknown = isJson ? await answer.json() : undefined;
  if (!answer.ok) throw new ApiProblem(answer.status, (read ?? {}) as Partial<ProblemBody>);
  return read as T;
}
