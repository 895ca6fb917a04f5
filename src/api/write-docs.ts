import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../packs/load.ts";
import { matrixText } from "./access/matrix.ts";
import type { Given } from "./api.ts";
import { buildApp } from "./app.ts";
import { attempts, proxyList } from "./attempts.ts";
import { clientOperations, type Described } from "./client-types.ts";
import { openApiText } from "./openapi.ts";
import { OPEN_ROUTES, ROUTES } from "./routes/index.ts";

/** Writes what is committed of the API: `npm run api-docs`. Routes are described, not called, so that no book is needed. */
const given = {
  db: {},
  now: () => 0,
  log: () => {},
  proxies: proxyList([]),
  attempts: attempts({ atOnce: 1, everyMs: 1 }),
  webhookAllow: proxyList([]),
  secure: true,
  waiverLimit: 0,
  scratch: "",
} as unknown as Given;

const { fastify } = await buildApp(given);
const folder = join(packageRoot(), "docs/reference");
writeFileSync(join(folder, "openapi.json"), openApiText(fastify.swagger()));
writeFileSync(
  join(packageRoot(), "src/client/operations.ts"),
  clientOperations(fastify.swagger() as unknown as Described),
);
writeFileSync(join(folder, "access.md"), matrixText(ROUTES, OPEN_ROUTES));
await fastify.close();
