import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../packs/load.ts";

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

/** The description as it is committed: the same bytes for the same routes. */
export const openApiText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
