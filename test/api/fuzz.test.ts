import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/api/access/secrets.ts";
import { type ApiWorld, apiWorld, type Client } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses?: Readonly<Record<string, unknown>>;
}

/** Values that have broken other programs: of every kind, at every edge. */
const NASTY: readonly unknown[] = [
  "",
  " ",
  "\u0000",
  "'",
  "';--",
  "../../x",
  "%00",
  "𠀀",
  "\u202e",
  "<script>",
  "=1+1",
  "L1",
  "L2",
  "borrower of L1",
  "-1",
  "1e999",
  "NaN",
  "9".repeat(40),
  "2026-02-30",
  "2026-03-01",
  "9999-12-31",
  "0000-00-00",
  "x".repeat(5000),
  "mei",
  "hengxin-2026-000001",
  "\ud800",
  "ladder",
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  [],
  {},
  [[]],
  { a: {} },
  ["L1", "L1"],
];

/** Something that a schema takes, mostly; else something nasty. */
function anyOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const nasty = fc.constantFrom(...NASTY);
  return fc.oneof({ weight: 3, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: nasty });
}

function fitting(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  if ("const" in schema) return fc.constant(schema.const);
  const of = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (of) return fc.oneof(...of.map((one) => anyOf(one, depth + 1)));
  switch (schema.type) {
    case "integer":
    case "number":
      return fc.integer({ min: -5, max: 300 });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(anyOf((schema.items ?? {}) as Schema, depth + 1), { maxLength: 3 });
    case "object": {
      const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
      const required = (schema.required ?? []) as string[];
      const record = fc.record(
        Object.fromEntries(members.map(([name, one]) => [name, anyOf(one, depth + 1)])),
        { requiredKeys: required },
      );
      if (schema.additionalProperties && typeof schema.additionalProperties === "object")
        return fc.dictionary(
          fc.constantFrom("amount", "reason", "claim", "hold", "by", "until", "x"),
          anyOf({ type: "string" }, depth + 1),
          { maxKeys: 4 },
        );
      return record;
    }
    default:
      return fc.constantFrom(
        ...NASTY.filter((value) => typeof value === "string"),
        "2026-03-01",
        "10.00",
        "asked on the phone",
      );
  }
}

/** Versions that things of a small book have, and what no version is. */
const VERSIONS = ['"1"', '"2"', '"3"', '"4"', '"9"', "*", 'W/"1"', `"${"9".repeat(40)}"`, "1"];
/** Streams go on by themselves, and signing out ends the run. */
const LEFT_OUT = ["job.progress", "session.sign-out", "session.end-others", "import.upload"];
const EACH = 6;

describe("whatever is sent to an operation of the description", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  const clients: Client[] = [];
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    for (const role of ["operations", "collector", "supervisor", "law-firm", "agency", "borrower"] as const)
      clients.push(await world.as(role));
  });
  afterAll(() => database.drop());

  test("gets an answer that the description knows, and never one of ours going wrong", async () => {
    const { paths } = world.app.fastify.swagger() as unknown as {
      paths: Record<string, Record<string, Operation>>;
    };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        path,
        method: method.toUpperCase(),
        operation,
      })),
    );
    expect(operations.length).toBeGreaterThan(50);
    for (const { path, method, operation } of operations) {
      if (LEFT_OUT.includes(operation.operationId)) continue;
      const parameters = operation.parameters ?? [];
      const part = (where: string) =>
        fc.record(
          Object.fromEntries(
            parameters.filter((one) => one.in === where).map(({ name, schema }) => [name, anyOf(schema)]),
          ),
          where === "path" ? {} : { requiredKeys: [] },
        );
      const body = operation.requestBody?.content["application/json"]?.schema;
      await fc.assert(
        fc.asyncProperty(
          part("path"),
          part("query"),
          body ? anyOf(body) : fc.constant(undefined),
          fc.constantFrom(...clients),
          fc.constantFrom(...VERSIONS),
          async (inPath, inQuery, payload, who, version) => {
            const text = (value: unknown) => {
              try {
                return encodeURIComponent(typeof value === "string" ? value : JSON.stringify(value));
              } catch {
                return "%EF%BF%BD";
              }
            };
            const url = path.replaceAll(
              /\{(\w+)\}/g,
              (_, name: string) => text((inPath as Record<string, unknown>)[name]) || "-",
            );
            const query = Object.entries(inQuery).map(([name, value]) => `${name}=${text(value)}`);
            const answer = await who(method as "GET", `${url}?${query.join("&")}`, undefined, {
              ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
              headers: {
                "if-match": version,
                "idempotency-key": newId(),
                ...(payload === undefined ? {} : { "content-type": "application/json" }),
              },
            });
            if (answer.statusCode >= 500)
              throw new Error(
                `${method} ${url}?${query.join("&")} ${JSON.stringify(payload)}: ${answer.statusCode} ${JSON.stringify(world.log.findLast(({ level, says }) => level === "error" && says !== undefined))}`,
              );
            if (answer.statusCode >= 400)
              expect(answer.json()).toMatchObject({ status: answer.statusCode, code: expect.any(String) });
          },
        ),
        { numRuns: EACH, seed: 4711, endOnFailure: true },
      );
    }
  });
});
