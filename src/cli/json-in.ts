import { InvariantError, type Refusal } from "../core/index.ts";
import { Impossible, type Json, mapAt } from "../core/json-in.ts";

export * from "../core/json-in.ts";

export type Answer = Json | { readonly error: Refusal };

/** A calculator of one request: what cannot be computed is given back as `{"error": …}`. */
export function answering(compute: (request: Json) => Json): (request: unknown) => Answer {
  return (request) => {
    try {
      return compute(mapAt(request, ""));
    } catch (error) {
      if (error instanceof Impossible) return { error: error.refusal };
      if (error instanceof InvariantError)
        return { error: { code: "impossible", says: error.message, at: "" } };
      throw error;
    }
  };
}
