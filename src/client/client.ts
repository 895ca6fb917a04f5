import { type Calls, PLACES } from "./operations.ts";

export type Operation = keyof Calls;
/** What an operation takes, each part as the description of the API has it. */
export type Asked<O extends Operation> = Omit<Calls[O], "answer"> & {
  /** The version that was read, as `etag` gave it: what changes a thing is refused where it was changed since. */
  readonly ifMatch?: string;
  /** Names the act, so that sending it twice does it once; a new one is made where none is given. */
  readonly key?: string;
  readonly signal?: AbortSignal;
};
export type Answer<O extends Operation> = Calls[O]["answer"];

/** Operations that answer page by page. */
export type Paged = {
  [O in Operation]: Answer<O> extends { readonly items: readonly unknown[]; readonly next: string | null }
    ? O
    : never;
}[Operation];
export type Item<O extends Paged> = Answer<O> extends { readonly items: readonly (infer I)[] } ? I : never;

type NoParts = Readonly<Record<string, never>>;
/** What may be left out whole where no part of it is needed. */
type Parts<O extends Operation> =
  NoParts extends Omit<Calls[O], "answer"> ? [asked?: Asked<O>] : [asked: Asked<O>];

export interface ClientSettings {
  /** `https://arrears.example.com`. */
  readonly base: string;
  /** A program's token. In a browser the cookie speaks, and a write needs the session's `csrf` beside it. */
  readonly token?: string;
  readonly csrf?: string;
  readonly fetch?: typeof fetch;
}

/** A "no" of the API (RFC 9457). `code` is stable; the sentences are for people, in both languages. */
export class ArrearsProblem extends Error {
  override readonly name = "ArrearsProblem";
  readonly status: number;
  readonly code: string;
  readonly body: {
    readonly title: string;
    readonly titleZh: string;
    readonly detail?: string;
    readonly detailZh?: string;
    readonly at?: string;
    readonly errors?: readonly { readonly at: string; readonly says: string; readonly saysZh: string }[];
    /** Of `changed-meanwhile`: its version now, and what was done since it was read. */
    readonly version?: number;
    readonly changes?: readonly {
      readonly at: string;
      readonly by: string;
      readonly says: { readonly en: string; readonly zh: string };
    }[];
    readonly instance: string;
  };
  /** Seconds after which to try again, where the API says so. */
  readonly retryAfter: number | undefined;
  constructor(status: number, body: ArrearsProblem["body"] & { readonly code: string }, retryAfter?: number) {
    super(body.detail ?? body.title);
    this.status = status;
    this.code = body.code;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

export interface Told<T> {
  readonly data: T;
  /** The version that `ifMatch` takes. */
  readonly etag: string | undefined;
  /** The same key was used before: nothing was done again. */
  readonly replayed: boolean;
}

/** A step of long work, or its end. */
export interface JobEvent {
  readonly event: string;
  readonly data: unknown;
}

export interface Client {
  call<O extends Operation>(operation: O, ...asked: Parts<O>): Promise<Answer<O>>;
  /** The same, with the version of what was read. */
  tell<O extends Operation>(operation: O, ...asked: Parts<O>): Promise<Told<Answer<O>>>;
  /** Every item of a list, page after page as they are taken. */
  items<O extends Paged>(operation: O, ...asked: Parts<O>): AsyncGenerator<Item<O>, void, undefined>;
  /** The steps of a job as they come; ends with it. */
  follow(job: string, signal?: AbortSignal): AsyncGenerator<JobEvent, void, undefined>;
}

/**
 * Asks the API with its own types.
 *
 * Throws  `ArrearsProblem` for every answer that is no success; what `fetch` throws where nobody answers.
 */
export function client(settings: ClientSettings): Client {
  const send = settings.fetch ?? fetch;
  const headersOf = (isWrite: boolean, { ifMatch, key }: { ifMatch?: string; key?: string }): Headers => {
    const headers = new Headers({ accept: "application/json" });
    if (settings.token !== undefined) headers.set("authorization", `Bearer ${settings.token}`);
    if (isWrite && settings.csrf !== undefined) headers.set("x-csrf-token", settings.csrf);
    if (isWrite) headers.set("idempotency-key", key ?? crypto.randomUUID());
    if (ifMatch !== undefined) headers.set("if-match", ifMatch);
    return headers;
  };
  const tell = async <O extends Operation>(operation: O, ...[asked]: Parts<O>): Promise<Told<Answer<O>>> => {
    const given = (asked ?? {}) as AnyAsked;
    const [method, path] = PLACES[operation];
    const headers = headersOf(method !== "GET", given);
    if (given.body !== undefined) headers.set("content-type", "application/json");
    const response = await send(addressOf(settings.base, path, given), {
      method,
      headers,
      credentials: "same-origin",
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      ...(given.signal ? { signal: given.signal } : {}),
    });
    if (!response.ok) throw await problemOf(response);
    return {
      data: (await response.json()) as Answer<O>,
      etag: response.headers.get("etag") ?? undefined,
      replayed: response.headers.get("idempotency-replayed") === "true",
    };
  };
  return {
    tell,
    call: async (operation, ...asked) => (await tell(operation, ...asked)).data,
    items: async function* (operation, ...[asked]) {
      const given = (asked ?? {}) as AnyAsked;
      let cursor = given.query?.cursor;
      do {
        const query = cursor === undefined ? given.query : { ...given.query, cursor };
        const page = (await tell(operation, ...([{ ...given, query }] as never))).data as {
          readonly items: readonly never[];
          readonly next: string | null;
        };
        yield* page.items;
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
    },
    follow: async function* (job, signal) {
      const headers = headersOf(false, {});
      headers.set("accept", "text/event-stream");
      const path = `/v1/jobs/${encodeURIComponent(job)}/progress`;
      const response = await send(new URL(path, settings.base), {
        headers,
        credentials: "same-origin",
        ...(signal ? { signal } : {}),
      });
      if (!response.ok) throw await problemOf(response);
      if (response.body) yield* eventsOf(response.body);
    },
  };
}

interface AnyAsked {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly signal?: AbortSignal;
}

function addressOf(base: string, path: string, { params = {}, query = {} }: AnyAsked): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const url = new URL(filled, base);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

async function problemOf(response: Response): Promise<ArrearsProblem> {
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfter = Number.isFinite(wait) ? wait : undefined;
  const plain = { title: response.statusText, titleZh: response.statusText, instance: "", code: "no-answer" };
  const body = (await response.json().catch(() => plain)) as typeof plain;
  return new ArrearsProblem(response.status, { ...plain, ...body }, retryAfter);
}

/** Server-sent events of a stream: blocks of lines, each with its event and its data. */
async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<JobEvent, void, undefined> {
  const decoder = new TextDecoder();
  let text = "";
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1];
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) as unknown };
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
