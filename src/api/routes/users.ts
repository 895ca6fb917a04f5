import type { FastifyRequest } from "fastify";
import { z } from "zod";
import {
  type Approval,
  agencies,
  approval,
  changeApprovalResult,
  changeStaff,
  collectors,
  endSessions,
  findLender,
  firmLawyers,
  firms,
  type Lender,
  propose,
  type StaffMember,
  sessionsOf,
  staffNameOf,
  type UserListed,
  usersListed,
} from "../../store/index.ts";
import { IDLE_MS } from "../access/authenticate.ts";
import { linkFor } from "../access/links.ts";
import { originOf } from "../access/passkeys.ts";
import { ROLES, ROLES_OF_TWO, type Role } from "../access/roles.ts";
import { newId } from "../access/secrets.ts";
import { checkWish, grantWish, LEADS_IN, type UserWish, userOfLender } from "../access/user-wishes.ts";
import type { Api } from "../api.ts";
import { keyOf, pageOf } from "../http/cursor.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { route, type Who } from "../route.ts";
import { OVERSIGHT_READS, RUNS } from "./rows.ts";
import { OpenSession, sessionShape } from "./session.ts";
import { Id, line, Paging, page, Reason, utc, utcOrNull } from "./shapes.ts";

/** A link that a second person agreed to can be fetched for so long. */
const FETCH_MS = 86_400_000;

/** Roles of people who are looked after here: borrowers come by their own door, programs have tokens. */
const PEOPLE = ROLES.filter((role) => role !== "borrower" && role !== "integrator") as [Role, ...Role[]];
const PersonRole = z.enum(PEOPLE);
const Party = line(100).optional().describe("Which collector, agency, or firm:lawyer he is");

const User = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  party: z.string().nullable(),
  active: z.boolean(),
  hasPassword: z.boolean(),
  hasCode: z.boolean(),
  passkeys: z.int(),
  sessions: z.int().describe("Open now"),
  createdAt: z.string(),
  signedInAt: z.string().nullable().describe("Null where he never came in"),
  version: z.int().describe("If-Match takes it"),
  twoPeople: z.boolean().describe("Letting him in, or changing his role, takes a second person"),
});

const userShape = (one: UserListed): z.input<typeof User> => ({
  id: one.id,
  name: one.name,
  role: one.role,
  party: one.party,
  active: one.active,
  hasPassword: one.hasPassword,
  hasCode: one.hasTotp,
  passkeys: one.passkeys,
  sessions: one.sessions,
  createdAt: utc(one.createdAt),
  signedInAt: utcOrNull(one.signedInAt),
  version: one.changedAt,
  twoPeople: ROLES_OF_TWO.includes(one.role as Role),
});

/** Done at once, or waiting for a second person; a link is told this once. */
const Granted = z.object({
  user: z.string(),
  done: z.boolean(),
  approval: z.string().nullable().describe("Where a second person has to agree first"),
  link: z.string().nullable().describe("Works once, within a day; it is told now and never again"),
});

interface Asking {
  readonly api: Api;
  readonly who: Who;
  readonly lender: Lender;
  readonly now: number;
  /** Of the user, as it was read; none of one who is invited. */
  readonly version: number | undefined;
  readonly request: FastifyRequest;
  remark(text: string): void;
}

/** Grants a wish, or puts it before a second person where the role asks for one. */
async function wished(
  { api, who, lender, now, version, request, remark }: Asking,
  wish: UserWish,
  reason: string,
): Promise<z.input<typeof Granted>> {
  remark(`${wish.wish} ${wish.user}: ${reason}`);
  const { two, known } = await checkWish(api.db, lender, who.id, wish);
  if (known && known.changedAt !== version) throw new Problem("changed-meanwhile");
  if (two) {
    const id = newId();
    const { wish: what, ...asked } = wish;
    await propose(api.db, {
      id,
      lender: lender.code,
      what,
      subject: `user ${wish.user}`,
      body: JSON.stringify(asked),
      reason,
      proposedBy: who.id,
      proposedAt: now,
    });
    return { user: wish.user, done: false, approval: id, link: null };
  }
  await grantWish(api.db, lender, wish, now);
  const link = LEADS_IN.includes(wish.wish) ? await linkTo(api, request, wish.user, who, now) : null;
  return { user: wish.user, done: true, approval: null, link };
}

const linkTo = (api: Api, request: FastifyRequest, user: string, who: Who, now: number): Promise<string> =>
  linkFor(api.db, user, "set-up", { now, base: originOf(api, request), by: who.id });

/** What a second person agreed to of a user. Looked at anew: it may be that he is gone since. */
export async function grantUser(api: Api, one: Approval): Promise<unknown> {
  const lender = await findLender(api.db, one.lender);
  if (!lender) throw new Problem("not-found");
  const wish = { wish: one.what, ...(JSON.parse(one.body) as object) } as UserWish;
  if (wish.user === one.decidedBy)
    throw refusedBy({
      code: "oneself",
      says: "nobody decides about himself",
      saysZh: "不能复核与本人有关的事项",
    });
  if (wish.wish !== "user.invite") await checkWish(api.db, lender, one.proposedBy, wish);
  await grantWish(api.db, lender, wish, api.now());
  return { user: wish.user, done: true, ...(LEADS_IN.includes(wish.wish) ? { linkGiven: false } : {}) };
}

async function mustFind(api: Api, lender: Lender, user: string): Promise<StaffMember> {
  const known = await userOfLender(api.db, lender, user);
  if (!known) throw new Problem("not-found");
  return known;
}

const UserParams = z.strictObject({ user: Id });
/** What every act on a user has in common: who may, and that it says why. */
const ON_USER = {
  of: "lender",
  may: RUNS,
  once: true,
  params: UserParams,
  body: z.strictObject({ reason: Reason }),
} as const;

export const USER_ROUTES = [
  route({
    id: "users.list",
    method: "GET",
    url: "/v1/users",
    says: {
      en: "Who may sign in for this lender, with how and when he last did",
      zh: "用户列表及其登录情况",
    },
    of: "lender",
    may: OVERSIGHT_READS,
    query: z.strictObject(Paging),
    answers: page(User),
    handle: async ({ api, lender, now, query }) => {
      const [after] = keyOf("users", query.cursor, ["string"]) ?? [];
      const found = await usersListed(api.db, lender.code, {
        now,
        idleMs: IDLE_MS,
        limit: query.limit + 1,
        ...(after === undefined ? {} : { after: after as string }),
      });
      const { shown, next } = pageOf("users", found, query.limit, ({ id }) => [id]);
      return { items: shown.map(userShape), next };
    },
  }),
  route({
    id: "users.parties",
    method: "GET",
    url: "/v1/user-parties",
    says: {
      en: "Which collectors, agencies and lawyers a user can be linked to",
      zh: "用户可关联的催收员、委外机构与律师",
    },
    of: "lender",
    may: RUNS,
    answers: z.object({
      items: z.array(z.object({ role: PersonRole, party: z.string(), name: z.string() })),
    }),
    handle: async ({ api, lender }) => {
      const [team, outside, offices, lawyers] = await Promise.all([
        collectors(api.db, lender),
        agencies(api.db, lender),
        firms(api.db, lender),
        firmLawyers(api.db, lender),
      ]);
      const office = new Map(offices.map(({ id, name }) => [id, name]));
      return {
        items: [
          ...team
            .filter(({ active }) => active)
            .map(({ id, name }) => ({ role: "collector" as const, party: id, name })),
          ...outside
            .filter(({ active }) => active)
            .flatMap(({ name }) =>
              (["agency", "agency-collector"] as const).map((role) => ({ role, party: name, name })),
            ),
          ...offices
            .filter(({ active }) => active)
            .map(({ id, name }) => ({ role: "law-firm" as const, party: id, name })),
          ...lawyers
            .filter(({ active }) => active)
            .map(({ id, firm, name }) => ({
              role: "law-firm" as const,
              party: `${firm}:${id}`,
              name: `${office.get(firm) ?? firm} · ${name}`,
            })),
        ],
      };
    },
  }),
  route({
    id: "user.read",
    method: "GET",
    url: "/v1/users/:user",
    says: { en: "A user, and where he is signed in", zh: "用户详情与会话" },
    of: "lender",
    shows: "user",
    may: OVERSIGHT_READS,
    params: UserParams,
    answers: User.extend({
      open: z.array(OpenSession),
    }),
    handle: async ({ api, lender, now, params }) => {
      const only = staffNameOf(params.user);
      const [one] = await usersListed(api.db, lender.code, { now, idleMs: IDLE_MS, limit: 1, only });
      if (!one) throw new Problem("not-found");
      const open = (await sessionsOf(api.db, one.id)).filter(
        ({ endsAt, seenAt }) => endsAt > now && seenAt + IDLE_MS > now,
      );
      return {
        ...userShape(one),
        open: open.map(sessionShape),
      };
    },
  }),
  route({
    id: "user.invite",
    method: "POST",
    url: "/v1/users",
    says: {
      en: "Invite somebody: a link that works once, told this once; where he will decide or sign, a second person agrees first",
      zh: "邀请用户：一次性链接仅显示一次；有决定权或签署权的角色须他人复核",
    },
    of: "lender",
    guard: { none: "adds" },
    may: RUNS,
    once: true,
    status: 201,
    body: z.strictObject({
      user: line(60),
      name: z.string().trim().min(1).max(100),
      role: PersonRole,
      party: Party,
      reason: Reason,
    }),
    answers: Granted,
    handle: async ({ body: { user, reason, party, ...rest }, ...asking }) =>
      wished(asking, { wish: "user.invite", user: staffNameOf(user), party: party ?? null, ...rest }, reason),
  }),
  route({
    id: "user.role",
    method: "POST",
    url: "/v1/users/:user/role",
    says: {
      en: "Change somebody's role; his sessions end with it. Where either role decides or signs, a second person agrees first",
      zh: "更改角色，会话随即结束；涉及有决定权或签署权的角色须他人复核",
    },
    of: "lender",
    guard: { by: "user" },
    may: RUNS,
    once: true,
    params: UserParams,
    body: z.strictObject({ role: PersonRole, party: Party, reason: Reason }),
    answers: Granted,
    handle: async ({ params, body: { role, party, reason }, ...asking }) =>
      wished(
        asking,
        { wish: "user.role", user: staffNameOf(params.user), role, party: party ?? null },
        reason,
      ),
  }),
  route({
    id: "user.reset",
    method: "POST",
    url: "/v1/users/:user/reset",
    says: {
      en: "Take away his password, code and passkeys and let him set them anew by a link; for the same roles a second person agrees first",
      zh: "重置密码、动态码与通行密钥，凭一次性链接重新设置；相同角色须他人复核",
    },
    ...ON_USER,
    guard: { by: "user" },
    answers: Granted,
    handle: async ({ params, body, ...asking }) =>
      wished(asking, { wish: "user.reset", user: staffNameOf(params.user) }, body.reason),
  }),
  route({
    id: "user.enable",
    method: "POST",
    url: "/v1/users/:user/enable",
    says: { en: "Let somebody in again who was switched off", zh: "重新启用用户" },
    ...ON_USER,
    guard: { by: "user" },
    answers: Granted,
    handle: async ({ params, body, ...asking }) =>
      wished(asking, { wish: "user.enable", user: staffNameOf(params.user) }, body.reason),
  }),
  route({
    id: "user.link",
    method: "POST",
    url: "/v1/approvals/:approval/link",
    says: {
      en: "The link to which a second person agreed: for who asked for it, once, within a day",
      zh: "领取已复核的一次性链接（申请人，一日内，仅一次）",
    },
    of: "lender",
    guard: { none: "once" },
    may: RUNS,
    once: true,
    params: z.strictObject({ approval: Id }),
    body: z.strictObject({}),
    answers: z.object({ user: z.string(), link: z.string() }),
    handle: async ({ api, who, lender, now, params, request, remark }) => {
      const one = await approval(api.db, lender.code, params.approval);
      const result = one?.result ? (JSON.parse(one.result) as { user?: string; linkGiven?: boolean }) : {};
      const isHis = one?.state === "approved" && one.proposedBy === who.id && LEADS_IN.includes(one.what);
      if (!one || !isHis || result.linkGiven !== false || now - one.decidedAt! > FETCH_MS)
        throw new Problem("not-found");
      const user = result.user!;
      remark(`link for ${user} by approval ${one.id}`);
      // Noted before it is made: should this break off, it is asked for anew and not given twice.
      const taken = { before: one.result!, after: JSON.stringify({ ...result, linkGiven: true }) };
      if (!(await changeApprovalResult(api.db, one.id, taken))) throw new Problem("not-found");
      return { user, link: await linkTo(api, request, user, who, now) };
    },
  }),
  route({
    id: "user.disable",
    method: "POST",
    url: "/v1/users/:user/disable",
    says: { en: "Switch somebody off; all his sessions end at once", zh: "停用用户，会话立即结束" },
    ...ON_USER,
    guard: { by: "user" },
    answers: z.object({ user: z.string(), active: z.boolean() }),
    handle: async ({ api, who, lender, now, params, body, version, remark }) => {
      const known = await mustFind(api, lender, params.user);
      if (known.id === who.id)
        throw refusedBy({ code: "oneself", says: "nobody switches himself off", saysZh: "不能停用自己" });
      remark(`${known.id}: ${body.reason}`);
      if (!(await changeStaff(api.db, known.id, { active: false }, now, version)))
        throw new Problem("changed-meanwhile");
      return { user: known.id, active: false };
    },
  }),
  route({
    id: "user.end-sessions",
    method: "POST",
    url: "/v1/users/:user/sessions/end",
    says: { en: "End all of somebody's sessions at once; he signs in anew", zh: "立即结束某用户的全部会话" },
    ...ON_USER,
    guard: { none: "once" },
    answers: z.object({ user: z.string(), ended: z.int() }),
    handle: async ({ api, lender, params, body, remark }) => {
      const known = await mustFind(api, lender, params.user);
      remark(`${known.id}: ${body.reason}`);
      return { user: known.id, ended: await endSessions(api.db, known.id) };
    },
  }),
];
