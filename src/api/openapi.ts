import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../packs/load.ts";
import { UNGUARDED } from "./guard.ts";
import type { Route } from "./route.ts";

/** What stands at the head of the description of the API. */
export function openApiInfo() {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    version: string;
  };
  return {
    openapi: "3.1.0" as const,
    info: {
      title: "Arrears",
      version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description:
        "Money is text, days are ISO, instants have an offset. Errors are application/problem+json with a stable code. Who may what: docs/reference/access.md.",
    },
    components: {
      securitySchemes: {
        session: { type: "apiKey" as const, in: "cookie" as const, name: "__Host-arrears" },
        token: { type: "http" as const, scheme: "bearer" },
      },
    },
    security: [{ session: [] }, { token: [] }],
  };
}

const header = (description: string, pattern?: string) => ({
  type: "string",
  description,
  ...(pattern === undefined ? {} : { pattern }),
});

/** The headers of a route beside those that all have, as JSON schema; nothing where it has none. */
export function headersOf({ guard, method, once, takesFile }: Route): Record<string, unknown> {
  if (method === "GET") return {};
  const isGuarded = guard !== undefined && "by" in guard;
  const isKeyed = !once && !takesFile;
  const properties = {
    ...(isKeyed
      ? {
          "idempotency-key": header(
            "New for each thing that is done; the same once more gives the same answer",
            "^[\\w-]{8,100}$",
          ),
        }
      : {}),
    ...(isGuarded
      ? { "if-match": header(`The version of the ${guard.by} that was read, as ETag gave it: "12"`) }
      : {}),
  };
  const required = Object.keys(properties);
  return {
    ...(required.length === 0 ? {} : { headers: { type: "object", properties, required } }),
    ...(guard && "none" in guard ? { "x-no-if-match": UNGUARDED[guard.none] } : {}),
  };
}

/** The description as it is committed: the same bytes for the same routes. */
export const openApiText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
