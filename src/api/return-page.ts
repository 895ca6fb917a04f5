import type { FastifyInstance } from "fastify";
import { answerSignIn, staffSecrets } from "../store/index.ts";
import { cookieOf } from "./access/authenticate.ts";
import { arrived, type Flow, userOf } from "./access/identity.ts";
import { logSignIn, openSession } from "./access/opening.ts";
import { originOf } from "./access/passkeys.ts";
import { hashOf } from "./access/secrets.ts";
import type { Api } from "./api.ts";

/** How long somebody may take at his provider. */
export const FLOW_MS = 10 * 60_000;

/** Binds a flow to the browser that began it. `Lax`, because the provider sends the browser back from another site. */
const flowName = (api: Pick<Api, "secure">): string => (api.secure ? "__Host-arrears-flow" : "arrears-flow");
export const flowCookie = (api: Pick<Api, "secure">, state: string, ms: number): string =>
  `${flowName(api)}=${state}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(ms / 1000)}${api.secure ? "; Secure" : ""}`;

/**
 * Where a provider sends people back to; each has an address of its own, so that one cannot answer for another.
 *
 * Holds   a state counts once, within minutes, in the browser that began; whatever fails leads back to the sign-in page with one word.
 */
export function returnRoute(fastify: FastifyInstance, api: Api, hasConsole: boolean): void {
  const door = hasConsole ? "/console/sign-in" : "/sign-in";
  fastify.get<{ Params: { provider: string } }>(
    "/sign-in/from/:provider",
    { schema: { hide: true } },
    async (request, reply) => {
      const refuse = (says: string): unknown => {
        api.metrics.count("sign_in_refused");
        api.log({ level: "info", action: "session.return", code: "provider-refused", says });
        return reply.header("set-cookie", flowCookie(api, "", 0)).redirect(`${door}?refused=provider`);
      };
      const now = api.now();
      if (api.attempts.take(request.client ?? "", now) !== undefined) return refuse("too many");
      const back = new URL(request.url, originOf(api, request));
      const state = back.searchParams.get("state") ?? "";
      const held = cookieOf(request.headers.cookie, flowName(api));
      if (state === "" || state.length > 100 || held !== state) return refuse("not the browser that began");
      const asked = await answerSignIn(api.db, hashOf(state), "oidc", now);
      const flow = asked?.body ? (JSON.parse(asked.body) as Flow) : undefined;
      const provider = api.providers?.find(({ id }) => id === request.params.provider);
      if (!flow || !provider || flow.provider !== provider.id) return refuse("no such flow");
      let id: string | undefined;
      try {
        const who = await arrived(provider, flow, state, back);
        id = await api.db.tx((sql) => userOf(sql, provider, who, now));
      } catch (error) {
        // What the library says names members of protocols, and nobody.
        return refuse(error instanceof Error ? error.message : "");
      }
      const known = id === undefined ? undefined : await staffSecrets(api.db, id);
      await logSignIn(api, request.id, known, now, known?.active ? 200 : 401, "session.return");
      if (!known?.active) return refuse("nobody here");
      const cookies: string[] = [flowCookie(api, "", 0)];
      const keep = { header: (_name: string, value: string) => cookies.push(value) };
      await openSession({ api, now, reply: keep }, known.id, `provider:${provider.id}`);
      return reply.header("set-cookie", cookies).redirect(hasConsole ? "/console/" : "/sign-in");
    },
  );
}
