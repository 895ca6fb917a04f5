import * as client from "openid-client";
import {
  addIdentity,
  addStaff,
  type Sql,
  staffByIdentity,
  staffSecrets,
  takeIdentity,
} from "../../store/index.ts";
import type { Role } from "./roles.ts";

/** A provider of identities by OpenID Connect, as the operator configured it. */
export interface Provider {
  /** In the address that it sends people back to; small letters, digits and -. */
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly scopes: readonly string[];
  /** Authentication contexts of which the provider must have used one. */
  readonly acr?: readonly string[];
  /** Methods all of which must be among those that it used. */
  readonly amr?: readonly string[];
  /** Makes a user of whoever comes and is not known; without it nobody gets in who was not there before. */
  readonly create?: { readonly lender: string; readonly role: Role };
}

/** Roles that a provider's newcomer can be given: those that are nobody in particular at the lender. */
export const CREATED_ROLES: readonly Role[] = ["operations", "supervisor", "compliance", "auditor"];

/** A flow that was begun: what is kept until the person comes back. */
export interface Flow {
  readonly provider: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Arrived {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | undefined;
  /** Only one that the provider says it verified. */
  readonly email: string | undefined;
}

/** Metadata of providers, asked for once and again where that failed. */
const known = new WeakMap<Provider, Promise<client.Configuration>>();

function configurationOf(provider: Provider): Promise<client.Configuration> {
  const before = known.get(provider);
  if (before) return before;
  const issuer = new URL(provider.issuer);
  // Anything but this machine is asked over TLS only, which is what proves who answers.
  const isHere = /^(?:127\.|localhost$|\[::1\]$)/.test(issuer.hostname);
  const found = client.discovery(
    issuer,
    provider.clientId,
    provider.clientSecret,
    provider.clientSecret === undefined ? client.None() : undefined,
    {
      execute: [client.enableNonRepudiationChecks, ...(isHere ? [client.allowInsecureRequests] : [])],
      timeout: 10,
    },
  );
  known.set(provider, found);
  found.catch(() => known.delete(provider));
  return found;
}

export const returnAddress = (origin: string, provider: Pick<Provider, "id">): string =>
  `${origin}/sign-in/from/${provider.id}`;

/** Where the browser is sent: authorization code with PKCE, a nonce and a state of its own each time. */
export async function flowFor(
  provider: Provider,
  origin: string,
  state: string,
): Promise<{ readonly address: string; readonly flow: Flow }> {
  const config = await configurationOf(provider);
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: returnAddress(origin, provider),
    scope: [...new Set(["openid", ...provider.scopes])].join(" "),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ...(provider.acr ? { acr_values: provider.acr.join(" ") } : {}),
  });
  return { address: address.href, flow: { provider: provider.id, nonce, verifier } };
}

/**
 * Who came back.
 *
 * Throws  where the provider said no, or its answer is not the one to this flow: another state, nonce, issuer, audience or signature,
 *         a code that was used, a context or method that was asked for and not used.
 */
export async function arrived(provider: Provider, flow: Flow, state: string, back: URL): Promise<Arrived> {
  const config = await configurationOf(provider);
  const tokens = await client.authorizationCodeGrant(config, back, {
    pkceCodeVerifier: flow.verifier,
    expectedNonce: flow.nonce,
    expectedState: state,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!;
  if (claims.iss !== config.serverMetadata().issuer) throw new Error("another issuer");
  if (provider.acr && !provider.acr.includes(String(claims.acr)))
    throw new Error("the authentication context that was asked for was not used");
  const used = Array.isArray(claims.amr) ? claims.amr : [];
  if (provider.amr?.some((method) => !used.includes(method)))
    throw new Error("a method that was asked for was not used");
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: typeof claims.name === "string" ? claims.name.slice(0, 100) : undefined,
    email: typeof claims.email === "string" && claims.email_verified === true ? claims.email : undefined,
  };
}

/**
 * Which user it is: by the subject; else, once, by an address that was named for him, whose subject is his from then on; else, only
 * where that is configured, a new one. An address that the provider gives to another account later lets that account not in.
 */
export async function userOf(
  sql: Sql,
  provider: Provider,
  { issuer, subject, name, email }: Arrived,
  now: number,
): Promise<string | undefined> {
  const bySubject = { issuer, kind: "subject", value: subject } as const;
  const one = await staffByIdentity(sql, bySubject);
  if (one !== undefined) return one;
  const other =
    email === undefined ? undefined : await takeIdentity(sql, { issuer, kind: "email", value: email });
  if (other !== undefined) return (await addIdentity(sql, other, bySubject, now)) ? other : undefined;
  if (!provider.create) return undefined;
  const id = newcomer(provider, email, subject);
  if (await staffSecrets(sql, id)) return undefined;
  const { lender, role } = provider.create;
  if (!(await addStaff(sql, { id, lender, role, name: name ?? id, party: null }, now))) return undefined;
  await addIdentity(sql, id, bySubject, now);
  return id;
}

/** A name that nobody is given by hand: it says by which provider he came. */
const newcomer = (provider: Provider, email: string | undefined, subject: string): string =>
  `${
    (email?.split("@")[0] ?? subject)
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]/g, "")
      .slice(0, 40) || "user"
  }@${provider.id}`;
