import { z } from "zod";
import { askSignIn } from "../../store/index.ts";
import { flowFor } from "../access/identity.ts";
import { originOf } from "../access/passkeys.ts";
import { hashOf, newSecret } from "../access/secrets.ts";
import { Problem } from "../http/problem.ts";
import { FLOW_MS, flowCookie } from "../return-page.ts";
import { openRoute } from "../route.ts";

export const IDENTITY_ROUTES = [
  openRoute({
    id: "session.ways",
    method: "GET",
    url: "/v1/session/ways",
    says: { en: "How one can sign in here", zh: "可用的登录方式" },
    answers: z.object({
      passkeys: z.boolean(),
      providers: z.array(z.object({ id: z.string(), name: z.object({ en: z.string(), zh: z.string() }) })),
    }),
    handle: async ({ api }) => ({
      passkeys: true,
      providers: (api.providers ?? []).map(({ id, name }) => ({ id, name: { ...name } })),
    }),
  }),
  openRoute({
    id: "session.go",
    method: "POST",
    url: "/v1/session/provider",
    says: {
      en: "Begin to sign in at a provider of identities; the browser goes on to the address",
      zh: "前往身份提供方登录",
    },
    body: z.strictObject({ provider: z.string().regex(/^[a-z0-9-]{1,30}$/) }),
    answers: z.object({ address: z.string() }),
    handle: async ({ api, now, body, request, reply }) => {
      const provider = api.providers?.find(({ id }) => id === body.provider);
      if (!provider) throw new Problem("not-found");
      const state = newSecret();
      try {
        const { address, flow } = await flowFor(provider, originOf(api, request), state);
        const expiresAt = now + FLOW_MS;
        const kept = {
          hash: hashOf(state),
          what: "oidc",
          staff: null,
          body: JSON.stringify(flow),
          expiresAt,
        } as const;
        await askSignIn(api.db, kept, now);
        reply.header("set-cookie", flowCookie(api, state, FLOW_MS));
        return { address };
      } catch (error) {
        if (error instanceof Problem) throw error;
        api.log({ level: "error", action: "session.go", says: error instanceof Error ? error.message : "" });
        throw new Problem("unavailable", { retryAfter: 30 });
      }
    },
  }),
];
