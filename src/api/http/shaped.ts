import type { FastifyReply, FastifyRequest } from "fastify";
import { csvOf } from "../../office/csv.ts";
import type { Route } from "../route.ts";
import { cutOf } from "./cut.ts";
import { Problem } from "./problem.ts";
import { said } from "./said.ts";

declare module "fastify" {
  interface FastifyRequest {
    fields?: readonly string[];
  }
}

/** Takes `fields` out of what a read asks, before its own schema looks: every read knows it. */
export function takeFields(request: FastifyRequest): void {
  const query = request.query as Record<string, unknown> | undefined;
  if (request.method !== "GET" || query?.fields === undefined) return;
  const { fields, ...rest } = query;
  if (typeof fields !== "string" || !/^[\w.]{1,60}(?:,[\w.]{1,60}){0,49}$/.test(fields))
    throw new Problem("bad-request", {
      ...said.fields(),
      at: "query/fields",
    });
  request.query = rest;
  request.fields = fields.split(",");
}

const wantsCsv = (request: FastifyRequest): boolean =>
  /^text\/csv\b/.test((request.headers.accept ?? "").trim());

/**
 * An answer as it was asked for: of each item only some members, or the list as a table. What a role is not shown is cut away
 * before, so that no choice of fields brings it back. `undefined` where the usual answer goes out.
 */
export function shaped(
  route: Pick<Route, "answers" | "method" | "streams">,
  answer: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): string | undefined {
  const csv = wantsCsv(request);
  if (route.method !== "GET" || route.streams || (!csv && !request.fields)) return undefined;
  const whole = cutOf(route.answers)(answer) as Readonly<Record<string, unknown>>;
  const { items } = whole;
  if (csv) {
    if (!Array.isArray(items)) throw new Problem("not-so", said.onlyLists());
    const rows = items.map((item) => flat(pickOf(item, request.fields)));
    const heads = request.fields ?? [...new Set(rows.flatMap((row) => [...row.keys()]))];
    reply.type("text/csv; charset=utf-8");
    if (typeof whole.next === "string") reply.header("x-next-cursor", whole.next);
    return csvOf([[...heads], ...rows.map((row) => heads.map((head) => row.get(head) ?? ""))]);
  }
  reply.type("application/json; charset=utf-8");
  return JSON.stringify(
    Array.isArray(items)
      ? { ...whole, items: items.map((item) => pickOf(item, request.fields)) }
      : pickOf(whole, request.fields),
  );
}

function pickOf(item: unknown, fields: readonly string[] | undefined): unknown {
  if (!fields || typeof item !== "object" || item === null) return item;
  const given = item as Readonly<Record<string, unknown>>;
  const names = new Set(fields.map((field) => field.split(".")[0]!));
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
}

/** Members of members as `arrears.total`; lists as JSON. */
function flat(value: unknown, before = ""): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [name, part] of Object.entries((value ?? {}) as object)) {
    const key = before + name;
    if (typeof part === "object" && part !== null && !Array.isArray(part))
      for (const [inner, text] of flat(part, `${key}.`)) cells.set(inner, text);
    else cells.set(key, part == null ? "" : typeof part === "object" ? JSON.stringify(part) : String(part));
  }
  return cells;
}
