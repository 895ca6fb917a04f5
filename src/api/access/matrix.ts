import type { OpenRoute, Route } from "../route.ts";
import { isGranted, RELATIONS, type Relation, ROLE_WORDS, ROLES, type Role, relationsOf } from "./roles.ts";

export interface Cell {
  readonly action: string;
  readonly role: Role;
  readonly relation: Relation;
  readonly allowed: boolean;
}

/** Every cell there is: each route, each role, each way in which that role can stand to what the route is about. */
export const cellsOf = (routes: readonly Route[]): Cell[] =>
  routes.flatMap((route) =>
    ROLES.flatMap((role) =>
      relationsOf(role, route.of).map((relation) => ({
        action: route.id,
        role,
        relation,
        // A program is judged here with the scope that the route names; without it it may nothing.
        allowed: isGranted(route.may, role, relation, {
          asked: route.scope,
          held: route.scope === undefined ? [] : [route.scope],
        }),
      })),
    ),
  );

/** What is wrong with the rows themselves; a server with any of it does not start. */
export function rowTroubles(routes: readonly Route[]): string[] {
  const troubles: string[] = [];
  const seen = new Set<string>();
  for (const { id, may, of, scope, method, url } of routes) {
    if (seen.has(id)) troubles.push(`${id}: two routes have this name`);
    seen.add(id);
    for (const role of ROLES) {
      const grant = may[role];
      if (grant === undefined) troubles.push(`${id}: nobody has decided for the role ${role}`);
      else if (grant !== "never" && !RELATIONS.includes(grant))
        troubles.push(`${id}: ${role}: no relation ${grant}`);
      else if (grant !== "never" && !relationsOf(role, of).includes(grant))
        troubles.push(`${id}: ${role} can never stand as ${grant} to a ${of}`);
    }
    if (may.integrator !== "never" && scope === undefined)
      troubles.push(`${id}: programs may, and no scope is named`);
    if (
      may.auditor !== "never" &&
      method !== "GET" &&
      !url.startsWith("/v1/me") &&
      !url.startsWith("/v1/session")
    )
      troubles.push(`${id}: an auditor changes nothing`);
  }
  return troubles;
}

/** The matrix as a page: `docs/reference/access.md`. */
export function matrixText(routes: readonly Route[], open: readonly OpenRoute[]): string {
  const heads = ROLES.map((role) => ROLE_WORDS[role].en);
  const lines = [
    "# Who may what",
    "",
    "Made from the routes by `npm run api-docs`; a test says when it is stale. Each row is a route, each column a role. A cell names the one",
    "relation in which the role may; – is never. Relations are found before a route runs, from the book as it is at that instant: what is",
    "recalled, or whose engagement ended, is gone with the next request. What somebody may not see is answered exactly as what does not exist.",
    "",
    "| relation | is true when |",
    "| --- | --- |",
    "| `anybody` | it belongs to nobody in particular: rules of law, one's own session |",
    "| `own-lender` | it is the lender's for whom he works |",
    "| `placed` | the loan is placed with his agency now, within the placement's days, and not recalled |",
    "| `mandated` | a case on the loan is offered to or accepted by his firm, or the letter is his firm's, under an engagement in force today |",
    "| `himself` | it is his own loan |",
    "",
    "The others – `other-lender`, `recalled`, `not-placed`, `mandate-over`, `not-mandated`, `somebody-else` – are in no cell: nothing is allowed in",
    `them. There are ${cellsOf(routes).length} cells; \`test/api/matrix.test.ts\` asks the server each of them.`,
    "",
    `| route | action | ${heads.join(" | ")} | scope |`,
    `| --- | --- | ${heads.map(() => "---").join(" | ")} | --- |`,
    ...routes.map(
      ({ method, url, id, may, scope }) =>
        `| \`${method} ${url}\` | \`${id}\` | ${ROLES.map((role) => (may[role] === "never" ? "–" : may[role])).join(" | ")} | ${scope && may.integrator !== "never" ? `\`${scope}\`` : "–"} |`,
    ),
    "",
    "## Open to everybody",
    "",
    "| route | action | what |",
    "| --- | --- | --- |",
    ...open.map(({ method, url, id, says }) => `| \`${method} ${url}\` | \`${id}\` | ${says.en} |`),
    "| `GET /verify`, `GET /verify/CODE`, `POST` to either | – | the public page on letters ([guide](../guide/verify-page.md)) |",
    "| `GET /sign-in` | – | the page behind a sign-in link |",
    "| `GET /openapi.json` | – | the description of the API |",
    "| `GET /metrics` | – | counts for a collector on this machine; from elsewhere there is no such address |",
    "",
  ];
  return lines.join("\n");
}
