import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import {
  answerSignIn,
  askSignIn,
  type Passkey,
  passkeyKnown,
  passkeysOf,
  type Sql,
  takePasskeyCounter,
} from "../../store/index.ts";
import type { Api } from "../api.ts";
import { hashOf, newSecret } from "./secrets.ts";

/** How long an authenticator may take to answer. */
const PATIENCE_MS = 5 * 60_000;

const Base64 = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\w-]+$/);

/** What a browser answers, as WebAuthn level 3 names it; what else it sends is not read. */
export const Registered = z.strictObject({
  id: Base64,
  rawId: Base64,
  type: z.literal("public-key"),
  response: z.strictObject({
    clientDataJSON: Base64,
    attestationObject: Base64,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

export const Signed = z.strictObject({
  id: Base64,
  rawId: Base64,
  type: z.literal("public-key"),
  response: z.strictObject({
    clientDataJSON: Base64,
    authenticatorData: Base64,
    signature: Base64,
    userHandle: Base64.nullish(),
  }),
});

/** Where pages of ours are: as it was configured, else as the browser named this server. */
export function originOf(api: Pick<Api, "origin" | "secure">, request: FastifyRequest): string {
  if (api.origin !== undefined) return api.origin;
  return `${api.secure ? "https" : "http"}://${request.headers.host ?? "localhost"}`;
}

const siteOf = (origin: string): string => new URL(origin).hostname;

/** A challenge that can be answered once, and is kept as a hash. */
async function challengeFor(
  sql: Sql,
  what: "register" | "passkey",
  staff: string | null,
  now: number,
): Promise<string> {
  const challenge = newSecret();
  await askSignIn(
    sql,
    { hash: hashOf(challenge), what, staff, body: null, expiresAt: now + PATIENCE_MS },
    now,
  );
  return challenge;
}

/** The challenge within what a browser signed; `undefined` where it is nothing of the kind. */
function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8"));
    const { challenge } = (read ?? {}) as { challenge?: unknown };
    return typeof challenge === "string" && challenge.length <= 100 ? challenge : undefined;
  } catch {
    return undefined;
  }
}

/** What the browser is asked for to make a passkey: one that its owner unlocks, and that needs no name to be found. */
export async function registrationFor(
  api: Pick<Api, "db" | "origin" | "secure">,
  request: FastifyRequest,
  who: { readonly id: string; readonly name: string },
  now: number,
) {
  const known = await passkeysOf(api.db, who.id);
  return generateRegistrationOptions({
    rpName: "Arrears",
    rpID: siteOf(originOf(api, request)),
    userName: who.id,
    userDisplayName: who.name,
    userID: new Uint8Array(Buffer.from(hashOf(`passkey ${who.id}`), "base64url")),
    challenge: new Uint8Array(Buffer.from(await challengeFor(api.db, "register", who.id, now), "base64url")),
    attestationType: "none",
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: transports as never })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    timeout: PATIENCE_MS,
  });
}

/** Checks a new passkey of somebody; nothing where anything about it is wrong. */
export async function registered(
  api: Pick<Api, "db" | "origin" | "secure">,
  request: FastifyRequest,
  staff: string,
  given: z.output<typeof Registered>,
  now: number,
): Promise<Omit<Passkey, "usedAt" | "name"> | undefined> {
  const challenge = challengeIn(given.response.clientDataJSON);
  if (challenge === undefined) return undefined;
  const asked = await answerSignIn(api.db, hashOf(challenge), "register", now);
  if (asked?.staff !== staff) return undefined;
  const origin = originOf(api, request);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...given, clientExtensionResults: {} } as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: siteOf(origin),
      requireUserVerification: true,
    });
    if (!verified) return undefined;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { id, staff, publicKey, counter, transports: given.response.transports ?? [], createdAt: now };
  } catch {
    return undefined;
  }
}

/** What the browser is asked for to sign in. No name goes in, and no list of keys comes out: nobody learns who has one. */
export const authenticationFor = async (
  api: Pick<Api, "db" | "origin" | "secure">,
  request: FastifyRequest,
  now: number,
) =>
  generateAuthenticationOptions({
    rpID: siteOf(originOf(api, request)),
    challenge: new Uint8Array(Buffer.from(await challengeFor(api.db, "passkey", null, now), "base64url")),
    userVerification: "preferred",
    timeout: PATIENCE_MS,
  });

/**
 * Whose signature it is, and whether the authenticator had its owner unlock it.
 *
 * Holds   the challenge is used up whatever comes of it; a counter that does not go on is refused, of two at once one is taken.
 */
export async function signedBy(
  api: Pick<Api, "db" | "origin" | "secure">,
  request: FastifyRequest,
  given: z.output<typeof Signed>,
  now: number,
): Promise<{ readonly staff: string; readonly verified: boolean } | undefined> {
  const challenge = challengeIn(given.response.clientDataJSON);
  if (challenge === undefined || !(await answerSignIn(api.db, hashOf(challenge), "passkey", now)))
    return undefined;
  const key = await passkeyKnown(api.db, given.id);
  if (!key) return undefined;
  const origin = originOf(api, request);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...given, clientExtensionResults: {} } as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: siteOf(origin),
      credential: {
        id: key.id,
        publicKey: new Uint8Array(key.publicKey),
        counter: key.counter,
        transports: key.transports as never,
      },
      requireUserVerification: false,
    });
    if (!verified) return undefined;
    const { newCounter, userVerified } = authenticationInfo;
    if (!(await takePasskeyCounter(api.db, key.id, newCounter, now))) return undefined;
    return { staff: key.staff, verified: userVerified };
  } catch {
    return undefined;
  }
}
