import { rooms } from "../words/frame.ts";
import type { Both } from "./settings.tsx";

export interface Room {
  readonly path:
    | "/today"
    | "/worklist"
    | "/cases"
    | "/placed"
    | "/letters"
    | "/court"
    | "/plans"
    | "/complaints"
    | "/approvals"
    | "/strategy"
    | "/rules"
    | "/analytics"
    | "/data"
    | "/audit"
    | "/users";
  readonly name: Both<string>;
  /** The room is there for whoever may do this. */
  readonly needs: string;
  readonly icon: string;
  /** Whether it can show a day of the past. */
  readonly looksBack: boolean;
}

/** The rooms in the order in which a day goes. One that is not in the API is not here. */
export const ROOMS: readonly Room[] = [
  { path: "/today", name: rooms.today, needs: "today.read", icon: "today", looksBack: true },
  { path: "/worklist", name: rooms.worklist, needs: "worklist.read", icon: "worklist", looksBack: false },
  { path: "/placed", name: rooms.placed, needs: "placed.list", icon: "worklist", looksBack: false },
  { path: "/cases", name: rooms.cases, needs: "loans.list", icon: "cases", looksBack: true },
  { path: "/letters", name: rooms.letters, needs: "letters.list", icon: "letters", looksBack: false },
  { path: "/court", name: rooms.court, needs: "proceedings.list", icon: "court", looksBack: false },
  { path: "/plans", name: rooms.plans, needs: "hardship.list", icon: "plans", looksBack: false },
  {
    path: "/complaints",
    name: rooms.complaints,
    needs: "complaints.list",
    icon: "complaints",
    looksBack: false,
  },
  { path: "/strategy", name: rooms.strategy, needs: "strategies.list", icon: "strategy", looksBack: false },
  { path: "/approvals", name: rooms.approvals, needs: "approvals.list", icon: "approvals", looksBack: false },
  { path: "/rules", name: rooms.rules, needs: "rules.list", icon: "rules", looksBack: false },
  {
    path: "/analytics",
    name: rooms.analytics,
    needs: "analytics.read",
    icon: "analytics",
    looksBack: true,
  },
  { path: "/data", name: rooms.data, needs: "imports.list", icon: "data", looksBack: false },
  { path: "/audit", name: rooms.audit, needs: "audit.list", icon: "audit", looksBack: false },
  { path: "/users", name: rooms.users, needs: "users.list", icon: "users", looksBack: false },
];

/** A collector begins with his cases; the others with the day, or with the first room they have. */
export function roomsOf(may: readonly string[], role: string): readonly Room[] {
  const own = ROOMS.filter(({ needs }) => may.includes(needs));
  return role === "collector"
    ? [...own].sort((a, b) => Number(b.path === "/worklist") - Number(a.path === "/worklist"))
    : own;
}
