import { z } from "zod";
import {
  addPasskey,
  countFailedTry,
  dropPasskey,
  endSessions,
  forgetTries,
  passkeysOf,
  signInTries,
  staffNameOf,
  staffSecrets,
} from "../../store/index.ts";
import { logSignIn, openSession, SignedIn, waitMs } from "../access/opening.ts";
import {
  authenticationFor,
  Registered,
  registered,
  registrationFor,
  Signed,
  signedBy,
} from "../access/passkeys.ts";
import { hashOf, isPassword } from "../access/secrets.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { openRoute, route } from "../route.ts";
import { EVERY_PERSON } from "./rows.ts";
import { Id, Loose, utc, utcOrNull } from "./shapes.ts";

const Options = z.object({
  options: Loose.describe("What `navigator.credentials` takes, as JSON (WebAuthn level 3)"),
});

export const PASSKEY_SIGN_IN = [
  openRoute({
    id: "passkey.ask",
    method: "POST",
    url: "/v1/session/passkey/ask",
    says: { en: "What an authenticator has to sign for signing in", zh: "获取通行密钥登录所需的质询" },
    body: z.strictObject({}),
    answers: Options,
    handle: async ({ api, now, request }) => ({
      options: { ...(await authenticationFor(api, request, now)) },
    }),
  }),
  openRoute({
    id: "passkey.sign-in",
    method: "POST",
    url: "/v1/session/passkey",
    says: {
      en: "Sign in by a passkey that its owner unlocked, or by any passkey together with name and password",
      zh: "用已解锁的通行密钥登录，或用通行密钥加用户名与密码登录",
    },
    body: z.strictObject({
      passkey: Signed,
      user: Id.optional(),
      password: z.string().min(1).max(400).optional(),
    }),
    answers: SignedIn,
    handle: async ({ api, now, client, body, request, reply }) => {
      const named = body.user === undefined ? undefined : staffNameOf(body.user);
      const who = hashOf(`${named ?? body.passkey.id}\u0000${client}`);
      const { waitUntil } = await signInTries(api.db, who);
      const signed = await signedBy(api, request, body.passkey, now);
      const known = signed && (await staffSecrets(api.db, signed.staff));
      const isHis = named === undefined || named === known?.id;
      const withPassword = body.password !== undefined;
      const isRight = withPassword
        ? await isPassword(known?.active ? known.password : undefined, body.password!)
        : signed?.verified === true;
      const isIn = known?.active === true && isHis && isRight && waitUntil <= now;
      await logSignIn(api, request.id, known, now, isIn ? 200 : 401, "passkey.sign-in");
      if (!isIn) {
        await countFailedTry(api.db, who, now, waitMs);
        api.metrics.count("sign_in_refused");
        throw new Problem("sign-in-refused");
      }
      await forgetTries(api.db, who);
      return openSession({ api, now, reply }, known.id, withPassword ? "passkey-and-password" : "passkey");
    },
  }),
];

const Done = z.object({ done: z.literal(true) });

export const PASSKEY_ROUTES = [
  route({
    id: "passkey.list",
    method: "GET",
    url: "/v1/me/passkeys",
    says: { en: "My passkeys", zh: "我的通行密钥" },
    of: "nothing",
    may: EVERY_PERSON,
    whileSettingUp: true,
    answers: z.object({
      items: z.array(
        z.object({ id: z.string(), name: z.string(), createdAt: z.string(), usedAt: z.string().nullable() }),
      ),
    }),
    handle: async ({ api, who }) => ({
      items: (await passkeysOf(api.db, who.id)).map(({ id, name, createdAt, usedAt }) => ({
        id,
        name,
        createdAt: utc(createdAt),
        usedAt: utcOrNull(usedAt),
      })),
    }),
  }),
  route({
    id: "passkey.begin",
    method: "POST",
    url: "/v1/me/passkeys/begin",
    says: { en: "What an authenticator has to make for a new passkey of mine", zh: "开始登记新的通行密钥" },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    whileSettingUp: true,
    once: true,
    body: z.strictObject({}),
    answers: Options,
    handle: async ({ api, who, now, request }) => ({
      options: { ...(await registrationFor(api, request, who, now)) },
    }),
  }),
  route({
    id: "passkey.add",
    method: "POST",
    url: "/v1/me/passkeys",
    says: { en: "Add a passkey; all my other sessions end", zh: "登记通行密钥；其他会话随即结束" },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    whileSettingUp: true,
    once: true,
    status: 201,
    body: z.strictObject({
      name: z.string().trim().min(1).max(60),
      passkey: Registered,
      password: z
        .string()
        .min(1)
        .max(400)
        .optional()
        .describe("Mine, where I have one: a session alone adds no way in"),
    }),
    answers: z.object({ id: z.string(), name: z.string() }),
    handle: async ({ api, who, now, body, request }) => {
      const known = (await staffSecrets(api.db, who.id))!;
      if (
        known.password !== null &&
        who.session!.how !== "link-set-up" &&
        !(await isPassword(known.password, body.password ?? ""))
      )
        throw refusedBy({ code: "wrong-password", says: "the password is not right", at: "password" });
      const made = await registered(api, request, who.id, body.passkey, now);
      if (!made || !(await addPasskey(api.db, { ...made, name: body.name })))
        throw refusedBy({
          code: "wrong-passkey",
          says: "what the authenticator made does not fit what was asked for; begin again",
          at: "passkey",
        });
      await endSessions(api.db, who.id, who.session!.id);
      return { id: made.id, name: body.name };
    },
  }),
  route({
    id: "passkey.remove",
    method: "DELETE",
    url: "/v1/me/passkeys/:passkey",
    says: { en: "Remove a passkey of mine", zh: "移除通行密钥" },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    once: true,
    params: z.strictObject({ passkey: Id }),
    answers: Done,
    handle: async ({ api, who, params }) => {
      const [all, known] = [await passkeysOf(api.db, who.id), (await staffSecrets(api.db, who.id))!];
      if (!all.some(({ id }) => id === params.passkey))
        throw refusedBy({ code: "no-such-passkey", says: "you have no passkey of that id" });
      if (all.length === 1 && !(known.hasPassword && known.hasTotp))
        throw refusedBy({
          code: "last-way-in",
          says: "it is the only way in that you have; set a password and a code first",
        });
      await dropPasskey(api.db, who.id, params.passkey);
      return { done: true as const };
    },
  }),
];
