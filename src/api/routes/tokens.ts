import { z } from "zod";
import { addToken, revokeToken, tokens } from "../../store/index.ts";
import { SCOPES } from "../access/roles.ts";
import { hashOf, newId, newSecret } from "../access/secrets.ts";
import { Problem } from "../http/problem.ts";
import { route } from "../route.ts";
import { OVERSIGHT_READS, RUNS } from "./rows.ts";
import { Id, utc, utcOrNull } from "./shapes.ts";

const LONGEST_TOKEN_DAYS = 400;
const DAY_MS = 86_400_000;

export const TOKEN_ROUTES = [
  route({
    id: "tokens.list",
    method: "GET",
    url: "/v1/tokens",
    says: { en: "Tokens of programs, without their secrets", zh: "接口令牌列表" },
    of: "lender",
    may: OVERSIGHT_READS,
    answers: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          scopes: z.array(z.string()),
          createdBy: z.string(),
          createdAt: z.string(),
          expiresAt: z.string(),
          revokedAt: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender }) => ({
      items: (await tokens(api.db, lender.code)).map(
        ({ lender: _, createdAt, expiresAt, revokedAt, scopes, ...one }) => ({
          ...one,
          scopes: [...scopes],
          createdAt: utc(createdAt),
          expiresAt: utc(expiresAt),
          revokedAt: utcOrNull(revokedAt),
        }),
      ),
    }),
  }),
  route({
    id: "token.create",
    method: "POST",
    url: "/v1/tokens",
    says: { en: "A token for a program; its secret is told this once", zh: "新建接口令牌（仅显示一次）" },
    of: "lender",
    guard: { none: "adds" },
    may: RUNS,
    once: true,
    status: 201,
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
      days: z.number().int().min(1).max(LONGEST_TOKEN_DAYS).default(90),
    }),
    answers: z.object({ id: z.string(), token: z.string(), expiresAt: z.string() }),
    handle: async ({ api, who, lender, now, body, remark }) => {
      const [id, secret] = [newId(), newSecret()];
      const expiresAt = now + body.days * DAY_MS;
      await addToken(api.db, hashOf(secret), {
        id,
        lender: lender.code,
        name: body.name,
        scopes: [...new Set(body.scopes)],
        createdBy: who.id,
        createdAt: now,
        expiresAt,
      });
      remark(`token ${id}: ${body.scopes.join(", ")}`);
      return { id, token: `arr_${id}_${secret}`, expiresAt: utc(expiresAt) };
    },
  }),
  route({
    id: "token.revoke",
    method: "DELETE",
    url: "/v1/tokens/:token",
    says: { en: "Revoke a token, at once", zh: "吊销接口令牌" },
    of: "lender",
    guard: { none: "once" },
    may: RUNS,
    once: true,
    params: z.strictObject({ token: Id }),
    answers: z.object({ id: z.string(), revoked: z.literal(true) }),
    handle: async ({ api, lender, now, params }) => {
      if (!(await revokeToken(api.db, params.token, lender.code, now))) throw new Problem("not-found");
      return { id: params.token, revoked: true as const };
    },
  }),
];
