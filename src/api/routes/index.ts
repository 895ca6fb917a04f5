import { z } from "zod";
import { Problem } from "../http/problem.ts";
import { type OpenRoute, openRoute, type Route } from "../route.ts";
import { ACTION_ROUTES } from "./actions.ts";
import { ANALYTICS_ROUTES } from "./analytics.ts";
import { BOOK_ROUTES } from "./book.ts";
import { BORROWER_ROUTES } from "./borrowers.ts";
import { CLOSE_ROUTES } from "./closes.ts";
import { CONTACT_ROUTES } from "./contacts.ts";
import { COURT_ROUTES } from "./court.ts";
import { COURT_BOOK_ROUTES } from "./court-book.ts";
import { ENFORCEMENT_ROUTES } from "./enforcement.ts";
import { EVENT_ROUTES } from "./events.ts";
import { HAND_ROUTES } from "./hand.ts";
import { HARDSHIP_ROUTES } from "./hardship.ts";
import { IDENTITY_ROUTES } from "./identity.ts";
import { IMPORT_ROUTES } from "./imports.ts";
import { JOB_ROUTES } from "./jobs.ts";
import { LETTER_ROUTES } from "./letters.ts";
import { LOAN_ROUTES } from "./loans.ts";
import { NIGHT_ROUTES } from "./nights.ts";
import { OUTLOOK_ROUTES } from "./outlook.ts";
import { OVERSIGHT_ROUTES } from "./oversight.ts";
import { PAPER_ROUTES } from "./papers.ts";
import { PASSKEY_ROUTES, PASSKEY_SIGN_IN } from "./passkeys.ts";
import { PROMISE_ROUTES } from "./promises.ts";
import { REGISTER_ROUTES } from "./registers.ts";
import { REQUEST_ROUTES } from "./requests.ts";
import { SEARCH_ROUTES } from "./search.ts";
import { SESSION_ROUTES, SIGN_IN } from "./session.ts";
import { STRATEGY_ROUTES } from "./strategies.ts";
import { TODAY_ROUTES } from "./today.ts";
import { TOKEN_ROUTES } from "./tokens.ts";
import { USER_ROUTES } from "./users.ts";
import { WEBHOOK_ROUTES } from "./webhooks.ts";
import { WORK_ROUTES } from "./work.ts";

const HEALTH = [
  openRoute({
    id: "server.health",
    method: "GET",
    url: "/healthz",
    says: { en: "The process answers", zh: "进程存活" },
    answers: z.object({ ok: z.literal(true) }),
    handle: async () => ({ ok: true as const }),
  }),
  openRoute({
    id: "server.ready",
    method: "GET",
    url: "/readyz",
    says: { en: "The database answers too", zh: "数据库可用" },
    answers: z.object({ ok: z.literal(true), version: z.int() }),
    handle: async ({ api }) => {
      try {
        const [row] = await api.db.query<{ version: number }>(
          "select max(version) as version from migration",
        );
        return { ok: true as const, version: row!.version };
      } catch {
        throw new Problem("unavailable");
      }
    },
  }),
];

/** Everything for which nobody signs in. */
export const OPEN_ROUTES: readonly OpenRoute[] = [
  ...HEALTH,
  ...SIGN_IN,
  ...PASSKEY_SIGN_IN,
  ...IDENTITY_ROUTES,
];

/** Everything else: each names, for every role, the one relation in which it may. */
export const ROUTES: readonly Route[] = [
  ...SESSION_ROUTES,
  ...PASSKEY_ROUTES,
  ...BOOK_ROUTES,
  ...LOAN_ROUTES,
  ...EVENT_ROUTES,
  ...BORROWER_ROUTES,
  ...WORK_ROUTES,
  ...ACTION_ROUTES,
  ...HAND_ROUTES,
  ...LETTER_ROUTES,
  ...COURT_BOOK_ROUTES,
  ...COURT_ROUTES,
  ...REQUEST_ROUTES,
  ...HARDSHIP_ROUTES,
  ...REGISTER_ROUTES,
  ...ENFORCEMENT_ROUTES,
  ...PAPER_ROUTES,
  ...OUTLOOK_ROUTES,
  ...STRATEGY_ROUTES,
  ...ANALYTICS_ROUTES,
  ...IMPORT_ROUTES,
  ...CLOSE_ROUTES,
  ...JOB_ROUTES,
  ...OVERSIGHT_ROUTES,
  ...USER_ROUTES,
  ...TOKEN_ROUTES,
  ...WEBHOOK_ROUTES,
  ...TODAY_ROUTES,
  ...NIGHT_ROUTES,
  ...PROMISE_ROUTES,
  ...SEARCH_ROUTES,
  ...CONTACT_ROUTES,
];
