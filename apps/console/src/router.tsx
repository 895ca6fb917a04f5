import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { Gate } from "./frame/gate.tsx";
import { NotFound, RoomTrouble } from "./frame/lost.tsx";
import { SignIn } from "./frame/sign-in.tsx";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignIn });
/** Everything behind the sign-in, within the frame. */
const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Gate });
const at = <const Path extends string>(path: Path, load: () => Promise<{ Page: () => React.ReactNode }>) =>
  createRoute({
    getParentRoute: () => inside,
    path,
    component: lazyRouteComponent(load, "Page"),
    errorComponent: RoomTrouble,
  });

const tree = root.addChildren([
  signIn,
  inside.addChildren([
    createRoute({ getParentRoute: () => inside, path: "/" }),
    at("/account", () => import("./rooms/account.tsx")),
    at("/today", () => import("./rooms/today.tsx")),
    at("/today/refused/$day/$rule", () => import("./rooms/refused.tsx")),
    at("/today/did/$day/$what", () => import("./rooms/did.tsx")),
    at("/today/promises", () => import("./rooms/promises.tsx")),
    at("/worklist", () => import("./rooms/worklist.tsx")),
    at("/placed", () => import("./rooms/placed.tsx")),
    at("/cases", () => import("./rooms/cases.tsx")),
    at("/cases/$loan", () => import("./rooms/case.tsx")),
    at("/letters", () => import("./rooms/letters.tsx")),
    at("/letters/$letter", () => import("./rooms/letter.tsx")),
    at("/court", () => import("./rooms/court.tsx")),
    at("/court/$loan/proceeding/$proceeding", () => import("./rooms/proceeding.tsx")),
    at("/court/$loan/enforcement", () => import("./rooms/enforcement.tsx")),
    at("/plans", () => import("./rooms/plans.tsx")),
    at("/plans/$borrower/$reference", () => import("./rooms/plan.tsx")),
    at("/complaints", () => import("./rooms/complaints.tsx")),
    at("/complaints/$borrower/$reference", () => import("./rooms/complaint.tsx")),
    at("/strategy", () => import("./rooms/strategy.tsx")),
    at("/approvals", () => import("./rooms/approvals.tsx")),
    at("/rules", () => import("./rooms/rules.tsx")),
    at("/rules/$pack/$rule", () => import("./rooms/rule.tsx")),
    at("/analytics", () => import("./rooms/analytics.tsx")),
    at("/analytics/$report", () => import("./rooms/analytics.tsx")),
    at("/data", () => import("./rooms/data.tsx")),
    at("/audit", () => import("./rooms/audit.tsx")),
    at("/users", () => import("./rooms/users.tsx")),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: "/console",
  defaultPreload: "intent",
  scrollRestoration: true,
  context: { queries: undefined as unknown as QueryClient },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
