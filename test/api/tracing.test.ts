import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { expect, test } from "vitest";
import { csrfOf } from "../../src/api/access/secrets.ts";
import { buildApp } from "../../src/api/app.ts";
import { telemetryOf } from "../../src/cli/telemetry.ts";
import { apiWorld, PHONE } from "../support/api.ts";
import { ENGINES } from "../support/database.ts";

test("spans tell the route, the role, the status and the kind of statement, and nobody's id, name or number", async () => {
  const database = await ENGINES[1]!.open();
  const world = await apiWorld(database.db);
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const { fastify, api } = await buildApp({ ...world.app.api, tracer: provider.getTracer("test") });
  const ops = await world.as("operations", { id: "anna.secret" });
  const headers = { cookie: `arrears-session=${ops.secret}` };
  expect(
    (await fastify.inject({ method: "GET", url: "/v1/loans/L1?asOf=2026-02-28", headers })).statusCode,
  ).toBe(200);
  expect((await fastify.inject({ method: "GET", url: "/v1/loans/NOBODY-7", headers })).statusCode).toBe(404);
  const body = { name: "core", scopes: ["book:read"] };
  const write = { ...headers, "x-csrf-token": csrfOf(ops.secret) };
  expect(
    (await fastify.inject({ method: "POST", url: "/v1/tokens", headers: write, payload: body })).statusCode,
  ).toBe(201);
  await api.jobs.start({ lender: "test-lender", kind: "verify", asked: "{}", by: "x" }, async (progress) => {
    progress({ label: "borrower of L1", done: 1, of: 2 });
    await api.db.query("select 1 as one");
  });
  await api.jobs.idle();
  const spans = exporter.getFinishedSpans();
  const told = spans.map(({ name, attributes, events, status }) => ({
    name,
    attributes,
    events: events.map(({ attributes }) => attributes),
    status,
  }));
  expect(told).toContainEqual(
    expect.objectContaining({
      name: "GET loan.read",
      attributes: {
        "http.request.method": "GET",
        "http.route": "/v1/loans/:loan",
        "arrears.action": "loan.read",
        "arrears.role": "operations",
        "http.response.status_code": 200,
      },
    }),
  );
  expect(told.map(({ name }) => name)).toContain("job verify");
  expect(
    told.filter(({ attributes }) => attributes["db.system.name"] === "postgresql").length,
  ).toBeGreaterThan(4);
  // Each statement leads up to a request or to a job, through its transaction where it is in one.
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const rootOf = (span: (typeof spans)[number]): (typeof spans)[number] => {
    const above = span.parentSpanContext && byId.get(span.parentSpanContext.spanId);
    return above ? rootOf(above) : span;
  };
  const below = (name: string) =>
    spans.filter((span) => span.name !== name && rootOf(span).name === name).map(({ name: own }) => own);
  expect(below("GET loan.read").length).toBeGreaterThan(2);
  expect(below("POST token.create")).toEqual(expect.arrayContaining([expect.stringContaining("insert")]));
  expect(below("job verify"), "what a job does is its own").toContain("select");
  const lost = spans.filter((span) => span.attributes["db.system.name"] && rootOf(span) === span);
  // The job's own row: this test started it, and no request.
  expect(lost.map(({ name }) => name)).toEqual(["insert", "update"]);
  const text = JSON.stringify(told);
  for (const own of ["L1", "NOBODY", "anna", "borrower of", PHONE, ops.secret, "2026-02-28"])
    expect(text, own).not.toContain(own);
  await fastify.close();
  await world.app.fastify.close();
  await database.drop();
});

test("without an address nothing is traced; with one the spans arrive there", async () => {
  expect(await telemetryOf({})).toBeUndefined();
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    request.resume().on("end", () => response.writeHead(200).end("{}"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint;
  const telemetry = (await telemetryOf(process.env))!;
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  telemetry.tracer.startSpan("one").end();
  await telemetry.end();
  server.close();
  expect(paths).toEqual(["/v1/traces"]);
});
