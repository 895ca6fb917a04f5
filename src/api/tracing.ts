import { type Span, SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Database, type Sql, statementName } from "../store/index.ts";
import type { Jobs } from "./jobs.ts";

/**
 * Spans of requests, statements and long work. Attributes are words of ours: the route's pattern, the role, the status, what kind
 * of statement; never an address, an id, a body, a parameter or the text of an error. Without a tracer nothing here is called.
 */
declare module "fastify" {
  interface FastifyRequest {
    span?: Span;
  }
}

/** A span for each request, from its head to its answer. */
export function traceRequests(
  fastify: FastifyInstance,
  tracer: Tracer,
  where: (request: FastifyRequest) => string,
): void {
  fastify.addHook("onRequest", async (request) => {
    const action = where(request);
    request.span = tracer.startSpan(`${request.method} ${action}`, {
      kind: SpanKind.SERVER,
      attributes: {
        "http.request.method": request.method,
        "http.route": request.routeOptions.url ?? "",
        "arrears.action": action,
      },
    });
  });
  fastify.addHook("onResponse", async (request, reply) => {
    const { span, who, problem } = request;
    if (!span) return;
    span.setAttribute("http.response.status_code", reply.statusCode);
    if (who) span.setAttribute("arrears.role", who.role);
    if (problem) span.setAttribute("arrears.problem", problem);
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
}

/** The same database, with a span for each statement and each transaction. */
export function tracedDatabase(db: Database, tracer: Tracer): Database {
  return {
    ...db,
    ...tracedSql(db, tracer),
    tx: (work) => spanned(tracer, "transaction", "", () => db.tx((sql) => work(tracedSql(sql, tracer)))),
  };
}

const tracedSql = (sql: Sql, tracer: Tracer): Sql => ({
  ...sql,
  query: (text, params) => spanned(tracer, verbOf(text), nameOf(text), () => sql.query(text, params)),
  run: (text, params) => spanned(tracer, verbOf(text), nameOf(text), () => sql.run(text, params)),
  copyOut: (select) => spanned(tracer, "copy out", "", () => sql.copyOut(select)),
  copyIn: (table, columns, bytes) =>
    spanned(tracer, "copy in", table, () => sql.copyIn(table, columns, bytes)),
});

/** The first word alone: some statements have keys written into them. */
const verbOf = (text: string): string => /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? "statement";
const nameOf = (text: string): string => statementName(text) ?? "";

async function spanned<T>(tracer: Tracer, verb: string, name: string, work: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name === "" ? verb : `${verb} ${name}`, {
    kind: SpanKind.CLIENT,
    attributes: { "db.system.name": "postgresql", "db.operation.name": verb },
  });
  try {
    return await work();
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Long work, with an event for each step: of a close that is each chunk. */
export function tracedJobs(jobs: Jobs, tracer: Tracer): Jobs {
  return {
    ...jobs,
    start: (asked, work) =>
      jobs.start(asked, async (progress) => {
        const span = tracer.startSpan(`job ${asked.kind}`, { attributes: { "arrears.job": asked.kind } });
        try {
          return await work((at) => {
            span.addEvent("step", { done: at.done, of: at.of });
            progress(at);
          });
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}
