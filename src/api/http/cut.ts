import { z } from "zod";

type Cut = (value: unknown) => unknown;

/**
 * What of an answer goes out: the members that its schema names, and nothing else. Made once from the schema, because reading
 * every text of every answer again costs more than making the answer: whether the values fit the schema is a matter of the tests,
 * in which both are done and compared.
 */
export function cutOf(schema: z.ZodType): Cut {
  return cutFor(schema) ?? ((value) => value);
}

/** `undefined` where nothing can be in it that the schema does not name. */
function cutFor(schema: z.ZodType): Cut | undefined {
  if (schema instanceof z.ZodObject) return cutObject(schema);
  if (schema instanceof z.ZodArray) {
    const each = cutFor(schema.element as z.ZodType);
    return each && ((value) => (Array.isArray(value) ? value.map(each) : value));
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    const inner = cutFor(schema.unwrap() as z.ZodType);
    return inner && ((value) => (value == null ? value : inner(value)));
  }
  if (schema instanceof z.ZodRecord) {
    const each = cutFor(schema.valueType as z.ZodType);
    return each && ((value) => mapped(value, each));
  }
  if (schema instanceof z.ZodUnion) {
    const options = schema.options as readonly z.ZodType[];
    if (options.every((option) => cutFor(option) === undefined)) return undefined;
    return (value) => z.encode(schema as z.ZodType, value);
  }
  const { type } = schema.def;
  return PLAIN.has(type) ? undefined : (value) => z.encode(schema as z.ZodType, value);
}

const PLAIN: ReadonlySet<string> = new Set([
  "string",
  "number",
  "int",
  "boolean",
  "null",
  "enum",
  "literal",
  "unknown",
  "any",
]);

function cutObject(schema: z.ZodObject): Cut {
  if (schema.def.catchall !== undefined) return (value) => z.encode(schema as z.ZodType, value);
  const members = Object.entries(schema.shape).map(
    ([name, member]) => [name, cutFor(member as z.ZodType)] as const,
  );
  return (value) => {
    if (typeof value !== "object" || value === null) return value;
    const given = value as Readonly<Record<string, unknown>>;
    const kept: Record<string, unknown> = {};
    for (const [name, cut] of members) {
      const member = given[name];
      if (member !== undefined) kept[name] = cut ? cut(member) : member;
    }
    return kept;
  };
}

const mapped = (value: unknown, each: Cut): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]))
    : value;
