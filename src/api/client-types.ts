/**
 * The types of a client from the description of the API: what each operation takes and answers, by its name. The console is
 * compiled against them, so that a page which asks for what is not there does not build.
 */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

export interface Described {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What `arrears/client` is made of: each operation's place, and what it takes and answers. Files and streams are not among them. */
export function clientOperations(document: Described): string {
  const calls: string[] = [];
  const places: string[] = [];
  for (const [path, operations] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(operations)) {
      const { operationId, responses = {}, requestBody } = operation;
      const answer = Object.entries(responses).find(([status]) => /^2\d\d$/.test(status))?.[1];
      const schema = answer?.content?.["application/json"]?.schema;
      if (!operationId || !schema) continue;
      const name = JSON.stringify(operationId);
      const body = requestBody?.content?.["application/json"]?.schema;
      const parts = [
        ...partOf(operation, "path", "params"),
        ...partOf(operation, "query", "query"),
        ...(body ? [`    readonly body${requestBody?.required ? "" : "?"}: ${typeOf(body, 2)};`] : []),
        `    readonly answer: ${typeOf(schema, 2)};`,
      ];
      calls.push(`  readonly ${name}: {\n${parts.join("\n")}\n  };`);
      places.push(`  ${name}: [${JSON.stringify(method.toUpperCase())}, ${JSON.stringify(path)}],`);
    }
  return `${HEAD}export interface Calls {\n${calls.sort().join("\n")}\n}\n\nexport const PLACES = {\n${places.sort().join("\n")}\n} as const;\n`;
}

function partOf({ parameters = [] }: Operation, where: string, name: string): string[] {
  const own = parameters.filter((one) => one.in === where);
  if (own.length === 0) return [];
  const isNeeded = own.some(({ required }) => required);
  const members = own.map(
    (one) =>
      `readonly ${/^\w+$/.test(one.name) ? one.name : JSON.stringify(one.name)}${one.required ? "" : "?"}: ${one.schema ? typeOf(one.schema, 3) : "unknown"}`,
  );
  return [`    readonly ${name}${isNeeded ? "" : "?"}: { ${members.join("; ")} };`];
}

const HEAD = "// Made by `npm run api-docs` from the description of the API. Not to be edited.\n\n";

function typeOf(schema: Schema, depth: number): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => typeOf(one, depth)))].join(" | ");
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, depth)).join(" & ");
  const { type } = schema;
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one }, depth)).join(" | ");
  switch (type) {
    case "string":
    case "boolean":
    case "null":
      return type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return `readonly (${schema.items ? typeOf(schema.items, depth) : "unknown"})[]`;
    case "object":
      return objectOf(schema, depth);
    default:
      return "unknown";
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema, depth: number): string {
  const names = Object.entries(properties);
  if (names.length === 0)
    return `Readonly<Record<string, ${typeof additionalProperties === "object" ? typeOf(additionalProperties, depth) : "unknown"}>>`;
  const pad = "  ".repeat(depth + 1);
  const lines = names.map(
    ([name, schema]) =>
      `${pad}readonly ${/^\w+$/.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? "" : "?"}: ${typeOf(schema, depth + 1)};`,
  );
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}
