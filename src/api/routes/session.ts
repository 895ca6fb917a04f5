import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  countFailedTry,
  endSession,
  endSessions,
  forgetTries,
  type Session,
  sessionsOf,
  setPassword,
  setTotp,
  signInTries,
  staffNameOf,
  staffSecrets,
  takeTotpStep,
  useLink,
} from "../../store/index.ts";
import { sessionCookie } from "../access/authenticate.ts";
import { logSignIn, openSession, SignedIn, waitMs } from "../access/opening.ts";
import {
  csrfOf,
  fromBase32,
  hashOf,
  hashPassword,
  isPassword,
  isSame,
  LEAST_PASSWORD,
  MOST_PASSWORD,
  newTotpSecret,
  passwordTrouble,
  totpAddress,
  totpStepOf,
} from "../access/secrets.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { openRoute, route } from "../route.ts";
import { EVERY_PERSON } from "./rows.ts";
import { Id, utc } from "./shapes.ts";

const Code = z.string().max(12).describe("Six digits of the app");
const Secret = z.string().min(1).max(400);

export const SIGN_IN = [
  openRoute({
    id: "session.sign-in",
    method: "POST",
    url: "/v1/session",
    says: { en: "Sign in by name, password and one-time code", zh: "用用户名、密码和动态码登录" },
    body: z.strictObject({ user: Id, password: Secret, code: Code }),
    answers: SignedIn,
    handle: async ({ api, now, client, body, request, reply }) => {
      const id = staffNameOf(body.user);
      const who = hashOf(`${id}\u0000${client}`);
      // While one waits nothing is compared: a right password looks like a wrong one, for everybody and for nobody's name.
      const { waitUntil } = await signInTries(api.db, who);
      const known = await staffSecrets(api.db, id);
      const usable = known?.active && known.password !== null && known.totp !== null ? known : undefined;
      const isRight = await isPassword(usable?.password, body.password);
      const step = totpStepOf(usable?.totp ?? "A".repeat(32), body.code, now);
      const taken =
        usable && isRight && step !== undefined && waitUntil <= now && (await takeTotpStep(api.db, id, step));
      await logSignIn(api, request.id, known, now, taken ? 200 : 401);
      if (!taken) {
        await countFailedTry(api.db, who, now, waitMs);
        api.metrics.count("sign_in_refused");
        throw new Problem("sign-in-refused");
      }
      await forgetTries(api.db, who);
      return openSession({ api, now, reply }, id, "password");
    },
  }),
  openRoute({
    id: "session.use-link",
    method: "POST",
    url: "/v1/session/link",
    says: { en: "Sign in by a link that works once", zh: "用一次性链接登录" },
    body: z.strictObject({ link: z.string().min(20).max(100) }),
    answers: SignedIn,
    handle: async ({ api, now, body, request, reply }) => {
      const used = await useLink(api.db, hashOf(body.link), now);
      if (!used) {
        api.metrics.count("sign_in_refused");
        throw new Problem("link-refused");
      }
      await logSignIn(api, request.id, await staffSecrets(api.db, used.staff), now, 200);
      return openSession({ api, now, reply }, used.staff, used.purpose === "whole" ? "link" : "link-set-up");
    },
  }),
];

const Me = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  lender: z.string(),
  party: z.string().nullable(),
  csrf: z.string().nullable(),
  setUp: z.boolean(),
  session: z
    .object({ id: z.string(), how: z.string(), createdAt: z.string(), endsAt: z.string() })
    .nullable(),
});

export const OpenSession = z.object({
  id: z.string(),
  how: z.string(),
  createdAt: z.string(),
  seenAt: z.string(),
  endsAt: z.string(),
});
export const sessionShape = ({
  id,
  how,
  createdAt,
  seenAt,
  endsAt,
}: Session): z.input<typeof OpenSession> => ({
  id,
  how,
  createdAt: utc(createdAt),
  seenAt: utc(seenAt),
  endsAt: utc(endsAt),
});

const Done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

/** Binds a new key to the session that was given it, so that nobody can be made to confirm another's. */
const proofOf = (session: string, secret: string): string =>
  createHmac("sha256", session).update(`totp ${secret}`).digest("base64url");

export const SESSION_ROUTES = [
  route({
    id: "session.me",
    method: "GET",
    url: "/v1/me",
    says: { en: "Who I am here", zh: "我的身份" },
    of: "nothing",
    may: EVERY_PERSON,
    whileSettingUp: true,
    answers: Me,
    handle: async ({ who }) => ({
      id: who.id,
      name: who.name,
      role: who.role,
      lender: who.lender.code,
      party: who.party,
      csrf: who.session ? csrfOf(who.session.secret) : null,
      setUp: who.session?.how === "link-set-up",
      session: who.session
        ? {
            id: who.session.id,
            how: who.session.how,
            createdAt: utc(who.session.createdAt),
            endsAt: utc(who.session.endsAt),
          }
        : null,
    }),
  }),
  route({
    id: "session.sign-out",
    method: "DELETE",
    url: "/v1/session",
    says: { en: "Sign out", zh: "退出登录" },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    whileSettingUp: true,
    once: true,
    answers: Done,
    handle: async ({ api, who, reply }) => {
      await endSession(api.db, who.id, who.session!.id);
      reply.header("set-cookie", sessionCookie(api, "", 0));
      // Language and look stay; what was read goes.
      reply.header("clear-site-data", '"cache"');
      return DONE;
    },
  }),
  route({
    id: "session.list",
    method: "GET",
    url: "/v1/me/sessions",
    says: { en: "My sessions", zh: "我的会话" },
    of: "nothing",
    may: EVERY_PERSON,
    answers: z.object({
      items: z.array(OpenSession.extend({ isThis: z.boolean() })),
    }),
    handle: async ({ api, who }) => ({
      items: (await sessionsOf(api.db, who.id)).map((one) => ({
        ...sessionShape(one),
        isThis: one.id === who.session?.id,
      })),
    }),
  }),
  route({
    id: "session.end-others",
    method: "DELETE",
    url: "/v1/me/sessions",
    says: { en: "End all my other sessions", zh: "结束我的其他会话" },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    once: true,
    answers: z.object({ ended: z.int() }),
    handle: async ({ api, who }) => ({ ended: await endSessions(api.db, who.id, who.session!.id) }),
  }),
  route({
    id: "session.set-password",
    method: "POST",
    url: "/v1/me/password",
    says: { en: "Set my password; all my other sessions end", zh: "设置密码；其他会话随即结束" },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    whileSettingUp: true,
    once: true,
    body: z.strictObject({ password: Secret, before: Secret.optional() }),
    answers: Done,
    handle: async ({ api, who, now, body }) => {
      const known = (await staffSecrets(api.db, who.id))!;
      // A set-up link stands for a password that was forgotten; a session alone does not.
      const mustKnow = known.password !== null && who.session!.how !== "link-set-up";
      if (mustKnow && !(await isPassword(known.password, body.before ?? "")))
        throw refusedBy({
          code: "wrong-password",
          says: "the password until now is not right",
          at: "before",
        });
      const trouble = passwordTrouble(body.password, who.id, who.name, who.lender.code);
      if (trouble)
        throw refusedBy({
          code: `password-${trouble}`,
          says: `a password has ${LEAST_PASSWORD} to ${MOST_PASSWORD} characters, is no common word and does not hold your name`,
          at: "password",
        });
      if (await api.isLeaked?.(body.password))
        throw refusedBy({
          code: "password-leaked",
          says: "this password is in a list of leaked ones; choose another",
          at: "password",
        });
      await setPassword(api.db, who.id, await hashPassword(body.password), now);
      await endSessions(api.db, who.id, who.session!.id);
      return DONE;
    },
  }),
  route({
    id: "session.begin-code",
    method: "POST",
    url: "/v1/me/code",
    says: {
      en: "A new key for my one-time codes; it counts once it is confirmed",
      zh: "生成新的动态码密钥，确认后生效",
    },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    whileSettingUp: true,
    once: true,
    answers: z.object({ key: z.string(), address: z.string(), proof: z.string() }),
    handle: async ({ who }) => {
      const key = newTotpSecret();
      return { key, address: totpAddress(key, who.id), proof: proofOf(who.session!.secret, key) };
    },
  }),
  route({
    id: "session.confirm-code",
    method: "POST",
    url: "/v1/me/code/confirm",
    says: { en: "Confirm the new key by its first code", zh: "用首个动态码确认新密钥" },
    of: "nothing",
    guard: { none: "own" },
    may: EVERY_PERSON,
    whileSettingUp: true,
    once: true,
    body: z.strictObject({
      key: z.string().regex(/^[A-Z2-7]{32}$/),
      proof: z.string().max(100),
      code: Code,
      before: Code.optional().describe("A code by the key until now, where there is one"),
    }),
    answers: Done,
    handle: async ({ api, who, now, body }) => {
      const known = (await staffSecrets(api.db, who.id))!;
      const wrong = refusedBy({
        code: "wrong-code",
        says: "the code does not fit the key; check the clock of the phone",
        at: "code",
      });
      if (!isSame(body.proof, proofOf(who.session!.secret, body.key)) || fromBase32(body.key).length !== 20)
        throw wrong;
      const mustKnow = known.totp !== null && who.session!.how !== "link-set-up";
      if (mustKnow && totpStepOf(known.totp!, body.before ?? "", now) === undefined) throw wrong;
      const step = totpStepOf(body.key, body.code, now);
      if (step === undefined) throw wrong;
      await setTotp(api.db, who.id, body.key, step, now);
      await endSessions(api.db, who.id, who.session!.id);
      return DONE;
    },
  }),
  route({
    id: "session.may",
    method: "GET",
    url: "/v1/me/may",
    says: { en: "What my role may do at all, by the names of the matrix", zh: "本角色可执行的操作" },
    of: "nothing",
    may: EVERY_PERSON,
    answers: z.object({ may: z.array(z.string()) }),
    handle: async ({ who }) => {
      // The list of routes has this one in it, so it is looked up when it is asked.
      const { ROUTES } = await import("./index.ts");
      return { may: ROUTES.filter(({ may }) => may[who.role] !== "never").map(({ id }) => id) };
    },
  }),
];
