import { ACT_WORDS, FILE, type Kind, type Shape, STEP } from "./vocabulary.ts";

type Json = Readonly<Record<string, unknown>>;

/** Mistakes that concern more than one word, or the calendar: the reader finds them, a schema cannot say them. */
export const BEYOND_SCHEMA: readonly string[] = [
  "not-yaml",
  "not-a-day",
  "not-a-range",
  "cadence",
  "outside-stage",
  "endless",
  "overlap",
  "same-step",
  "same-ending",
  "unknown-name",
  "not-earlier",
  "needs-a-title",
  "same-name",
  "shares",
  "hold-out",
  "exits",
];

/** The JSON Schema (2020-12) of a strategy file, made of the tables that the reader goes by. */
export function strategySchema(): Json {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:arrears:strategy",
    title: "A strategy of Arrears",
    description: "The lender's plan: what is done on which day past due. No expressions, no code.",
    ...shapeSchema(FILE),
  };
}

function shapeSchema(shape: Shape): Json {
  const fields = Object.entries(shape.fields);
  const required = fields.filter(([, field]) => field.required).map(([key]) => key);
  return {
    type: "object",
    additionalProperties: false,
    required,
    properties: Object.fromEntries(
      fields.map(([key, { kind, says }]) => [key, { description: says, ...kindSchema(kind) }]),
    ),
    ...(shape === STEP ? stepRules() : {}),
  };
}

function kindSchema(kind: Kind): Json {
  switch (kind.is) {
    case "text":
      return { type: ["string", "number"], pattern: "\\S" };
    case "whole":
      return {
        type: "integer",
        minimum: kind.least ?? Number.MIN_SAFE_INTEGER,
        maximum: kind.most ?? Number.MAX_SAFE_INTEGER,
      };
    case "day":
      return { type: "string", pattern: String.raw`^\d{4}-\d{2}-\d{2}$` };
    case "minute":
      return { type: "string", pattern: String.raw`^([01]\d|2[0-3]):[0-5]\d$` };
    case "flag":
      return { type: "boolean" };
    case "form":
      return { type: "string", pattern: kind.form };
    case "word":
      return { enum: spellings(kind.of) };
    case "words":
      return { type: "array", minItems: kind.least ?? 0, items: { enum: spellings(kind.of) } };
    case "names":
      return { type: "array", minItems: 1, items: { type: ["string", "number"], pattern: "\\S" } };
    case "list":
      return { type: "array", items: shapeSchema(kind.of) };
  }
}

/** Both spellings are read; the one with underscores is offered first. */
const spellings = (words: readonly string[]): string[] => [
  ...new Set([...words.map((word) => word.replaceAll("-", "_")), ...words]),
];

/** A step does one thing, and says only what belongs to it. */
function stepRules(): Json {
  const words = Object.keys(ACT_WORDS);
  return {
    oneOf: Object.entries(ACT_WORDS).map(([word, { by, person, needs }]) => ({
      required: [word, ...(by ? ["by"] : []), ...(needs ? ["after"] : [])],
      properties: {
        ...Object.fromEntries(words.filter((other) => other !== word).map((other) => [other, false])),
        ...(by ? {} : { by: false }),
        ...(person ? {} : { after: false }),
      },
    })),
    not: { required: ["at_most", "every"] },
  };
}
