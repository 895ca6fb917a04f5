import { createHash, randomUUID } from "node:crypto";
import swagger from "@fastify/swagger";
import Fastify, {
  type FastifyContextConfig,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifySerializerCompiler,
} from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import { z } from "zod";
import { invariant } from "../core/index.ts";
import { type Access, forgetKey, isPassing, keepAnswer, takeKey } from "../store/index.ts";
import { checkCsrf, whoAsks } from "./access/authenticate.ts";
import { accessLog } from "./access/log.ts";
import { rowTroubles } from "./access/matrix.ts";
import { isGranted } from "./access/roles.ts";
import { type Named, subjectOf } from "./access/subject.ts";
import type { Api, Given } from "./api.ts";
import { clientOf } from "./attempts.ts";
import { changesOf } from "./changes.ts";
import { serveConsole } from "./console.ts";
import { etagOf, guardTroubles, type Shown, versionAsked, versionTold } from "./guard.ts";
import { cutOf } from "./http/cut.ts";
import { readJson } from "./http/json-body.ts";
import { metrics } from "./http/metrics.ts";
import { PROBLEMS, Problem, type ProblemBody, problemBody, refusedBy } from "./http/problem.ts";
import { languageOf, said, saidOfIssue } from "./http/said.ts";
import { shaped, takeFields } from "./http/shaped.ts";
import { jobRunner } from "./jobs.ts";
import { headersOf, openApiInfo } from "./openapi.ts";
import { servePortal } from "./portal/serve.ts";
import { readsOf } from "./reads.ts";
import { returnRoute } from "./return-page.ts";
import type { AskWhole, OpenRoute, Route, Subjects, Who } from "./route.ts";
import { OPEN_ROUTES, ROUTES } from "./routes/index.ts";
import { serve } from "./server.ts";
import { SIGN_IN_PAGE, SIGN_IN_POLICY } from "./sign-in-page.ts";
import { tracedDatabase, tracedJobs, traceRequests } from "./tracing.ts";

/** A body that is no file. */
const MOST_BYTES = 256 * 1024;
const HEADER_BYTES = 16 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    who?: Who;
    client?: string;
    beganAt?: number;
    problem?: string;
  }
  interface FastifyContextConfig {
    route?: Route;
    open?: OpenRoute;
  }
}

const HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

export interface App {
  readonly fastify: FastifyInstance;
  readonly api: Api;
}

const PURPOSES = new Map(ROUTES.map(({ id, says }) => [id, says]));

/** The whole server, not yet listening: `fastify.inject` asks it without a socket. */
export async function buildApp(asked: Given): Promise<App> {
  const { tracer } = asked;
  const given = tracer ? { ...asked, db: tracedDatabase(asked.db, tracer) } : asked;
  const troubles = [...rowTroubles(ROUTES), ...guardTroubles(ROUTES)];
  invariant(troubles.length === 0, troubles.join("; "));
  const counted = metrics();
  const jobs = jobRunner(given.db, given.now, (error, kind) =>
    given.log({ level: "error", job: kind, says: says(error) }),
  );
  const api: Api = {
    ...given,
    accessLog: accessLog(given.db),
    metrics: counted,
    reads: readsOf(given),
    purpose: (action) => PURPOSES.get(action),
    jobs: tracer ? tracedJobs(jobs, tracer) : jobs,
  };
  const fastify = Fastify({
    logger: false,
    bodyLimit: MOST_BYTES,
    genReqId: () => randomUUID(),
    requestTimeout: 60_000,
    forceCloseConnections: true,
    return503OnClosing: true,
    http: { maxHeaderSize: HEADER_BYTES },
    routerOptions: { maxParamLength: 200, caseSensitive: true },
  });
  fastify.setValidatorCompiler(validatorCompiler);
  fastify.setSerializerCompiler(api.checkAnswers ? checkedSerializer : plainSerializer);
  fastify.setErrorHandler(async (error, request, reply) => fail(api, error, request, reply));
  fastify.setNotFoundHandler(async (request, reply) => fail(api, new Problem("not-found"), request, reply));
  if (tracer) traceRequests(fastify, tracer, where);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    try {
      done(null, text === "" ? undefined : readJson(text as string));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addHook("onRequest", async (request, reply) => {
    request.beganAt = performance.now();
    for (const [name, value] of Object.entries(HEADERS)) reply.header(name, value);
    if (api.secure) reply.header("strict-transport-security", "max-age=31536000; includeSubDomains");
    reply.header("x-request-id", request.id);
    await admit(api, request);
  });
  fastify.addHook("preValidation", async (request) => takeFields(request));
  fastify.addHook("onResponse", async (request, reply) => told(api, request, reply));
  await fastify.register(swagger, {
    openapi: openApiInfo(),
    transform: described,
    transformObject: jsonSchemaTransformObject,
  });
  await fastify.register(async (inner) => {
    for (const route of OPEN_ROUTES) addOpen(inner, api, route);
    for (const route of ROUTES) addRoute(inner, api, route);
    inner.get("/openapi.json", { schema: { hide: true } }, async () => fastify.swagger());
    inner.get("/metrics", { schema: { hide: true } }, async (request, reply) => {
      // For a collector on this machine: how busy a book is, and how often somebody was told no, is nobody else's matter.
      if (!/^(?:127\.|0:0:0:0::\/64$)/.test(request.client ?? "")) throw new Problem("not-found");
      reply.type("text/plain; version=0.0.4; charset=utf-8");
      return counted.text();
    });
  });
  const hasConsole = given.console !== undefined && serveConsole(fastify, given.console);
  fastify.get("/sign-in", { schema: { hide: true } }, async (_request, reply) => {
    // What stands behind the # goes along with the browser, and to nobody else.
    if (hasConsole) return reply.redirect("/console/sign-in");
    reply.type("text/html; charset=utf-8").header("content-security-policy", SIGN_IN_POLICY);
    return SIGN_IN_PAGE;
  });
  returnRoute(fastify, api, hasConsole);
  const { pages, portal } = given;
  if (portal) servePortal(fastify, api, portal);
  if (pages)
    await fastify.register(async (inner) => {
      inner.removeAllContentTypeParsers();
      // The page reads its form by itself, as a stream.
      inner.addContentTypeParser("*", (_request, _payload, done) => done(null));
      for (const url of [...(portal ? [] : ["/"]), "/verify", "/verify/", "/verify/:code", "/verify/:code/"])
        inner.all(url, { schema: { hide: true } }, async (request, reply) => {
          reply.hijack();
          await serve(request.raw, reply.raw, portal ? { ...pages, onward: "/enter" } : pages);
        });
    });
  await fastify.ready();
  return { fastify, api };
}

/** Cuts an answer to what its schema names. */
const plainSerializer: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  const cut = cutOf(schema);
  return (value) => JSON.stringify(cut(value));
};

/** The same, with every value read against its schema, for tests: an answer that does not fit fails, and so does a cut that differs. */
const checkedSerializer: FastifySerializerCompiler<z.ZodType> = (given) => {
  const [plain, read] = [plainSerializer(given), serializerCompiler(given)];
  return (value) => {
    const [text, whole] = [plain(value), read(value)];
    invariant(text === whole, `an answer is cut to another than its schema: ${text} and ${whole}`);
    return text;
  };
};

// --- before a body is read ------------------------------------------------------------------------------------------

/** Counts the request, finds out who asks, and refuses who may not at all. */
async function admit(api: Api, request: FastifyRequest): Promise<void> {
  const { route, open } = request.routeOptions.config;
  const heard = request.headers["x-forwarded-for"];
  const client = clientOf(
    request.socket.remoteAddress ?? "",
    Array.isArray(heard) ? heard.join(", ") : heard,
    api.proxies,
  );
  request.client = client;
  if (!route && !open) return;
  const wait = api.attempts.take(client, api.now());
  if (wait !== undefined) throw new Problem("too-many", { retryAfter: wait });
  if (!route) return;
  const who = await whoAsks(api, request);
  if (!who) throw new Problem("not-signed-in");
  request.who = who;
  checkCsrf(who, request);
  const settingUp = who.session?.how === "link-set-up";
  if (route.may[who.role] !== "never" && !settingUp) return;
  if (settingUp && route.whileSettingUp) return;
  await api.accessLog.write(
    accessOf(api, request, route, who, { relation: "none", subject: "", allowed: false, status: 403 }),
  );
  api.metrics.count("denied", { action: route.id });
  throw new Problem("not-allowed");
}

const accessOf = (
  api: Api,
  request: FastifyRequest,
  route: Route,
  who: Who,
  more: Pick<Access, "relation" | "subject" | "allowed" | "status"> & { readonly remark?: string },
): Access => ({
  lender: who.lender.code,
  at: api.now(),
  id: request.id,
  who: who.id,
  role: who.role,
  action: route.id,
  relation: more.relation,
  subject: more.subject,
  allowed: more.allowed,
  status: more.status,
  remark: more.remark ?? null,
});

// --- routes ----------------------------------------------------------------------------------------------------------

const PROBLEM_SCHEMA = z
  .object({
    type: z.string(),
    title: z.string(),
    titleZh: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    detailZh: z.string().optional(),
    at: z.string().optional(),
    errors: z.array(z.object({ at: z.string(), says: z.string(), saysZh: z.string() })).optional(),
    version: z.int().optional(),
    changes: z
      .array(z.object({ at: z.string(), by: z.string(), says: z.object({ en: z.string(), zh: z.string() }) }))
      .optional(),
    instance: z.string(),
  })
  .meta({ id: "Problem", description: "application/problem+json, RFC 9457; `code` is stable" });

const schemaOf = (route: Route | OpenRoute): Record<string, unknown> => ({
  operationId: route.id,
  summary: route.says.en,
  description: route.says.zh,
  tags: [route.id.split(".")[0]!],
  ...("params" in route && route.params ? { params: route.params } : {}),
  ...("query" in route && route.query ? { querystring: route.query } : {}),
  ...(route.body ? { body: route.body } : {}),
  ...("streams" in route && route.streams
    ? {}
    : { response: { [route.status ?? 200]: route.answers, default: PROBLEM_SCHEMA } }),
});

/**
 * A route as it is described: with the headers that it takes. They are looked at by `run`, which says by its own code what is
 * missing; a schema would only say that the request cannot be read.
 */
const described: typeof jsonSchemaTransform = (given) => {
  const made = jsonSchemaTransform(given);
  const { route } = (given.route as { config?: FastifyContextConfig }).config ?? {};
  const more = route && headersOf(route);
  return more ? { ...made, schema: { ...made.schema, ...more } } : made;
};

function addOpen(fastify: FastifyInstance, api: Api, open: OpenRoute): void {
  fastify.route({
    method: open.method,
    url: open.url,
    schema: schemaOf(open),
    config: { open },
    handler: async (request, reply) => {
      reply.code(open.status ?? 200);
      return open.handle({
        api,
        now: api.now(),
        client: request.client ?? "",
        body: request.body as undefined,
        request,
        reply,
      });
    },
  });
}

function addRoute(fastify: FastifyInstance, api: Api, route: Route): void {
  const define = (inner: FastifyInstance): void => {
    inner.route({
      method: route.method,
      url: route.url,
      schema: schemaOf(route),
      config: { route },
      ...(route.mostBytes === undefined ? {} : { bodyLimit: route.mostBytes }),
      handler: (request, reply) => run(api, route, request, reply),
    });
  };
  if (!route.takesFile) {
    define(fastify);
    return;
  }
  fastify.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser("multipart/form-data", (_request, payload, done) => done(null, payload));
    define(inner);
  });
}

/** Looks up what is asked about, decides, does it, and has it in the log before anything is answered. */
async function run(api: Api, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const who = request.who!;
  const now = api.now();
  const named = (request.params ?? {}) as Named;
  const { relation, subject, found } = await subjectOf(api, who, route.of, named, now);
  const remarks: string[] = [];
  const write = (allowed: boolean, status: number): Promise<void> =>
    api.accessLog.write(
      accessOf(api, request, route, who, {
        relation,
        subject,
        allowed,
        status,
        ...(remarks.length > 0 ? { remark: remarks.join("; ") } : {}),
      }),
    );
  const scope = { asked: route.scope, held: who.scopes };
  if (!found || !isGranted(route.may, who.role, relation, scope)) {
    // What is not his to see looks like what does not exist; a program that lacks a scope is told so.
    const lacking = who.role === "integrator" && found !== undefined;
    await write(false, lacking ? 403 : 404);
    api.metrics.count("denied", { action: route.id });
    throw new Problem(lacking ? "not-allowed" : "not-found");
  }
  const status = route.status ?? 200;
  const ask: AskWhole = {
    ...(found as Subjects["lender"]),
    api,
    who,
    relation,
    now,
    params: request.params as undefined,
    query: request.query as undefined,
    body: request.body as undefined,
    version: undefined,
    request,
    reply,
    remark: (text: string) => {
      remarks.push(text);
    },
  };
  const guarded = route.guard && "by" in route.guard ? route.guard.by : undefined;
  try {
    const handle = async (): Promise<unknown> => {
      const version = guarded && versionAsked(request.headers["if-match"]);
      const answer = await route.handle({ ...ask, version });
      const told = versionTold(route.shows ?? guarded, answer);
      if (told !== undefined) reply.header("etag", etagOf(told));
      return answer;
    };
    if (route.method !== "GET" && !route.once && !route.takesFile)
      return await keyed(api, route, request, reply, write, handle);
    reply.code(status);
    const answer = await handle();
    const text = shaped(route, answer, request, reply);
    await write(true, status);
    if (text === undefined) return answer;
    reply.serializer((whole: unknown) => whole as string);
    return text;
  } catch (error) {
    const told = guarded ? await withChanges(guarded, error, ask) : error;
    await write(true, told instanceof Problem ? PROBLEMS[told.code].status : 500);
    throw told;
  }
}

/** Somebody was quicker: with what he did since the asker read it. */
async function withChanges(of: Shown, error: unknown, ask: AskWhole): Promise<unknown> {
  if (!(error instanceof Problem) || error.code !== "changed-meanwhile") return error;
  const read = versionAsked(ask.request.headers["if-match"]);
  return new Problem("changed-meanwhile", { ...error.more, ...(await changesOf(of, ask, read)) });
}

/** A write with its key: done once, and answered again with the same words. */
async function keyed(
  api: Api,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  write: (allowed: boolean, status: number) => Promise<void>,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || !/^[\w-]{8,100}$/.test(key))
    throw new Problem("key-missing", {
      ...said.badKey(),
    });
  const named = { who: request.who!.id, key };
  const digest = createHash("sha256")
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest("base64url");
  const taken = await takeKey(api.db, { ...named, digest }, api.now());
  if (taken.is === "other") throw new Problem("key-reused");
  if (taken.is === "running") throw new Problem("same-key-running", { retryAfter: 1 });
  if (taken.is === "known") {
    await write(true, taken.status);
    reply.code(taken.status).header("idempotency-replayed", "true");
    return JSON.parse(taken.body) as unknown;
  }
  let answer: unknown;
  try {
    answer = await work();
  } catch (error) {
    // A "no" changes nothing and may be asked again when things have changed.
    await forgetKey(api.db, named);
    throw error;
  }
  const status = route.status ?? 200;
  await keepAnswer(api.db, named, { status, body: JSON.stringify(answer ?? null) });
  await write(true, status);
  reply.code(status);
  return answer;
}

// --- trouble and the log -----------------------------------------------------------------------------------------------

const says = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ keyword, instancePath, message, params }) => ({
      at: `${error.validationContext ?? "body"}${instancePath}`,
      ...saidOfIssue(keyword, message, params),
    }));
    return new Problem("bad-request", { errors });
  }
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) return new Problem("too-large");
  if (statusCode === 415) return new Problem("wrong-type");
  if (code === "FST_ERR_ROUTE_METHOD_NOT_SUPPORTED") return new Problem("not-so");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem("bad-request", said.unread());
  if (isPassing(error)) return new Problem("unavailable", { retryAfter: 1 });
  // Expected "no"s of functions that commands use too.
  const { name } = error as Error;
  if (name === "Declined" || name === "WrongUse") return refusedBy({ code: "declined", says: says(error) });
  return new Problem("internal");
}

function fail(api: Api, error: unknown, request: FastifyRequest, reply: FastifyReply): ProblemBody {
  const problem = problemOf(error);
  request.problem = problem.more.refusal ?? problem.code;
  if (problem.code === "internal" || problem.code === "unavailable")
    api.log({ level: "error", request: request.id, action: where(request), says: says(error) });
  if (problem.more.retryAfter !== undefined) reply.header("retry-after", String(problem.more.retryAfter));
  if (problem.code === "not-signed-in") reply.header("www-authenticate", "Bearer");
  const language = languageOf(request.headers["accept-language"]);
  const body: ProblemBody = problemBody(problem, request.id, language);
  if (api.checkAnswers) mustSpeakChinese(body);
  reply
    .code(body.status)
    .type("application/problem+json; charset=utf-8")
    .headers({ "content-language": language === "zh" ? "zh-CN" : "en", vary: "accept-language" })
    .serializer((value: unknown) => JSON.stringify(value));
  return body;
}

/** In tests every "no" that is given anywhere is looked at: what it says in English it says in Chinese. */
function mustSpeakChinese({ code, titleZh, detailZh, errors = [] }: ProblemBody): void {
  const spoken = [
    titleZh,
    ...(detailZh === undefined ? [] : [detailZh]),
    ...errors.map(({ saysZh }) => saysZh),
  ];
  for (const text of spoken)
    invariant(/\p{Script=Han}/u.test(text), `the problem ${code} is not said in Chinese: ${text}`);
}

/** The route's own pattern: an address has ids in it, and its query may have what somebody looked for. */
const where = (request: FastifyRequest): string =>
  request.routeOptions.config.route?.id ??
  request.routeOptions.config.open?.id ??
  request.routeOptions.url ??
  "nowhere";

function told(api: Api, request: FastifyRequest, reply: FastifyReply): void {
  const ms = performance.now() - (request.beganAt ?? performance.now());
  const action = where(request);
  api.metrics.request(action, reply.statusCode, ms);
  const { who } = request;
  api.log({
    level: reply.statusCode >= 500 ? "error" : "info",
    request: request.id,
    action,
    status: reply.statusCode,
    ms: Math.round(ms * 10) / 10,
    role: who?.role,
    // Borrowers are not named in the log.
    who: who && who.role !== "borrower" ? who.id : undefined,
    code: request.problem,
  });
}
