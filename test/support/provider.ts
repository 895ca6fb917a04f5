import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export interface TestProvider {
  readonly issuer: string;
  /** Who is signed in there when the next person comes: claims of his account. */
  account: { sub: string; email?: string; email_verified?: boolean; name?: string };
  /** Follows the address as a browser would, signs in, agrees, and gives where it is sent back to. */
  visit(address: string): Promise<URL>;
  close(): Promise<void>;
}

export const CLIENT = { id: "arrears", secret: "a-secret-of-the-test-client-0123456789" };

/** A certified provider of OpenID Connect in this process, on loopback; it lets in whoever `account` says. */
export async function testProvider(redirects: readonly string[]): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: { account: TestProvider["account"] } = { account: { sub: "u1" } };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [...redirects],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub", "amr", "acr"], email: ["email", "email_verified"], profile: ["name"] },
    // What is asked for stands in the identity token itself.
    conformIdTokenClaims: false,
    acrValues: ["urn:two-factor"],
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({ ...state.account, sub: id }),
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ["a key of the test"] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith("/interaction/")) return next();
    const details = await provider.interactionDetails(context.req, context.res);
    const { prompt, params, session } = details;
    if (prompt.name === "login") {
      await provider.interactionFinished(context.req, context.res, {
        login: { accountId: state.account.sub, amr: ["pwd", "otp"], acr: "urn:two-factor" },
      });
    } else {
      const grant = new provider.Grant({
        accountId: session!.accountId,
        clientId: params.client_id as string,
      });
      grant.addOIDCScope("openid email profile");
      await provider.interactionFinished(context.req, context.res, {
        consent: { grantId: await grant.save() },
      });
    }
    context.respond = false;
  });
  server.on("request", provider.callback());
  return {
    issuer,
    get account() {
      return state.account;
    },
    set account(account) {
      state.account = account;
    },
    visit: async (address) => {
      const jar = new Map<string, string>();
      let url = new URL(address);
      for (let step = 0; step < 20; step++) {
        if (url.origin !== issuer) return url;
        const answer = await fetch(url, {
          redirect: "manual",
          headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
        });
        for (const line of answer.headers.getSetCookie()) {
          const [pair] = line.split(";");
          const at = pair!.indexOf("=");
          jar.set(pair!.slice(0, at), pair!.slice(at + 1));
        }
        const to = answer.headers.get("location");
        if (!to)
          throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
        url = new URL(to, url);
      }
      throw new Error("the provider sends in circles");
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
