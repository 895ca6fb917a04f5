import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Database, type Sql, statementName } from "../store/index.ts";
import type { Jobs } from "./jobs.ts";

/**
 * Spans of requests, statements and long work. Attributes are words of ours: the route's pattern, the role, the status, what kind
 * of statement; never an address, an id, a body, a parameter or the text of an error. Without a tracer nothing here is called.
 *
 * A statement is a child of its transaction, that of its request. Which span a piece of work belongs to is carried along by Node
 * itself; a statement that several requests share is the child of the one that came first.
 */
declare module "fastify" {
  interface FastifyRequest {
    span?: Span;
  }
}

const CURRENT = new AsyncLocalStorage<Span>();

/** Under what stands now; at the root where nothing does. */
const parent = (): Context => {
  const span = CURRENT.getStore();
  return span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT;
};

/** A span for each request, from its head to its answer. */
export function traceRequests(
  fastify: FastifyInstance,
  tracer: Tracer,
  where: (request: FastifyRequest) => string,
): void {
  fastify.addHook("onRequest", (request, _reply, done) => {
    const action = where(request);
    const attributes = {
      "http.request.method": request.method,
      "http.route": request.routeOptions.url ?? "",
      "arrears.action": action,
    };
    const asked = { kind: SpanKind.SERVER, attributes };
    // A header of a stranger's names no parent: who may write into a trace is not decided by who calls.
    request.span = tracer.startSpan(`${request.method} ${action}`, asked, ROOT_CONTEXT);
    CURRENT.run(request.span, done);
  });
  // What reads a body goes on in the stream's own time, and has to be led back to its request.
  fastify.addHook("preValidation", (request, _reply, done) => {
    if (request.span) CURRENT.run(request.span, done);
    else done();
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
  const attributes = { "db.system.name": "postgresql", "db.operation.name": verb };
  const asked = { kind: SpanKind.CLIENT, attributes };
  const span = tracer.startSpan(name === "" ? verb : `${verb} ${name}`, asked, parent());
  try {
    return await CURRENT.run(span, work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Long work, with an event for each step: of a close that is each chunk. It outlives the request that started it, and is a trace
 * of its own with a link to that.
 */
export function tracedJobs(jobs: Jobs, tracer: Tracer): Jobs {
  return {
    ...jobs,
    start: (asked, work) =>
      jobs.start(asked, async (progress) => {
        const starter = CURRENT.getStore();
        const links = starter ? [{ context: starter.spanContext() }] : [];
        const attributes = { "arrears.job": asked.kind };
        const span = tracer.startSpan(`job ${asked.kind}`, { attributes, links }, ROOT_CONTEXT);
        try {
          return await CURRENT.run(span, () =>
            work((at) => {
              span.addEvent("step", { done: at.done, of: at.of });
              progress(at);
            }),
          );
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}
