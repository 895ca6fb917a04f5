import { z } from "zod";
import {
  dayAt,
  eventOfTexts,
  formatDay,
  formatInstant,
  parseInstant,
  RESULT_CODES,
  RESULTS,
  resultOf,
} from "../../core/index.ts";
import { decide } from "../../dispatch/index.ts";
import { caseJson } from "../../office/team/words.ts";
import { beginCall, caseFiles, collectors, nextCase, recordResult, releaseCase } from "../../store/index.ts";
import { maskText } from "../access/fields.ts";
import { masked } from "../access/mask.ts";
import type { Api } from "../api.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { route, type Who } from "../route.ts";
import { AGENCY_READS, COLLECTS, HOUSE_READS } from "./rows.ts";
import { AskedFor, DayText, Id, InstantText, Money, Says, Words } from "./shapes.ts";

const MINUTE = 60_000;
const LEASE_MS = 20 * MINUTE;
const CALL_MS = 60 * MINUTE;

const Case = z.object({
  action: z.string(),
  act: z.string(),
  what: z.string(),
  borrower: z.string(),
  loans: z.array(z.string()),
  products: z.array(z.string()),
  stages: z.array(z.string()),
  language: z.string().nullable().optional(),
  dpd: z.int(),
  arrears: Money,
  ...AskedFor,
  reason: z.string(),
  says: z.string(),
  since: z.string(),
  lastContact: z.string().nullable(),
  claimedBy: z.string().nullable(),
  claimedUntil: z.string().nullable(),
});

const caseOf = (one: Parameters<typeof caseJson>[0], zone: string): z.input<typeof Case> =>
  caseJson(one, zone) as z.input<typeof Case>;

/** A collector's session says which collector of the team he is; nobody works for another. */
function collectorOf(who: Who): string {
  if (who.party === null)
    throw refusedBy({
      code: "no-collector",
      says: `${who.id} is linked to no collector of the team`,
      saysZh: `${who.id} 未关联催收团队成员`,
    });
  return who.party;
}

const shelvesAt = (api: Api, now: number) => ({ ...api.shelves, now: () => now });

export const WORK_ROUTES = [
  route({
    id: "worklist.read",
    method: "GET",
    url: "/v1/worklist",
    says: { en: "Today's cases in the order in which they are to be taken", zh: "作业清单" },
    of: "lender",
    may: HOUSE_READS,
    scope: "loans:read",
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    answers: z.object({ items: z.array(Case), all: z.int() }),
    handle: async ({ api, lender, query }) => {
      const { items, all } = await api.reads.firstCases(lender, query.limit);
      return { items: items.map((one) => caseOf(one, lender.zone)), all };
    },
  }),
  route({
    id: "worklist.next",
    method: "POST",
    url: "/v1/worklist/next",
    says: { en: "Take the next case", zh: "领取下一案件" },
    of: "lender",
    guard: { none: "taken" },
    may: COLLECTS,
    answers: Case.extend({ until: z.string(), again: z.boolean() }),
    handle: async ({ api, lender, now, who }) => {
      const claimed = await nextCase(api.db, shelvesAt(api, now), lender, await api.reads.ranked(lender), {
        collector: collectorOf(who),
        now,
        lease: LEASE_MS,
      });
      if (!claimed.ok) throw refusedBy(claimed);
      const { taken, until, again } = claimed;
      const held = { ...taken, case: { ...taken.case, claimedBy: collectorOf(who), claimedUntil: until } };
      return { ...caseOf(held, lender.zone), until: formatInstant(lender.zone, until), again };
    },
  }),
  route({
    id: "worklist.call",
    method: "POST",
    url: "/v1/worklist/call",
    says: {
      en: "Begin the call of my case: judged at this second, and recorded before the number is given",
      zh: "开始拨打：即时判定，先留痕后给号码",
    },
    of: "lender",
    guard: { none: "taken" },
    may: COLLECTS,
    // A number must not be kept beside a key; a call is begun once by itself.
    once: true,
    answers: z.object({
      may: z.boolean(),
      action: z.string().optional(),
      number: z.string().optional(),
      language: z.string().optional(),
      loans: z.array(z.string()).optional(),
      script: z.string().optional(),
      why: z.string().optional(),
      rules: z.array(z.string()),
      from: z.string().optional(),
    }),
    handle: async ({ api, lender, now, who, remark }) => {
      const asked = { collector: collectorOf(who), now, lease: CALL_MS };
      const begun = await beginCall(api.db, shelvesAt(api, now), lender, asked, (standing) =>
        decide(standing, now),
      );
      if (!begun.ok) throw refusedBy(begun);
      if (!begun.may)
        return {
          may: false,
          why: begun.why,
          rules: [...begun.rules],
          ...(begun.from === undefined ? {} : { from: formatInstant(lender.zone, begun.from) }),
        };
      const { message, permit } = begun;
      remark(`number shown for the call ${message.id}`);
      return {
        may: true,
        action: message.id,
        number: message.to,
        language: message.language,
        loans: [...message.loans],
        script: message.text,
        rules: permit.rules.map((rule) => (typeof rule === "string" ? rule : String(rule))),
      };
    },
  }),
  route({
    id: "worklist.result",
    method: "POST",
    url: "/v1/worklist/result",
    says: { en: "What came of my case: a result, a promise, a note", zh: "登记结果、承诺、备注" },
    of: "lender",
    guard: { none: "taken" },
    may: COLLECTS,
    body: z.strictObject({
      code: z.enum(RESULT_CODES as unknown as [string, ...string[]]),
      note: Words.optional(),
      language: z.string().max(20).optional(),
      promise: z.strictObject({ amount: Money, by: DayText, loan: Id.optional() }).optional(),
    }),
    answers: z.object({
      action: z.string(),
      code: z.string(),
      loans: z.array(z.string()),
      holds: z.array(z.string()),
      dropped: z.string().optional(),
      promise: z.string().optional(),
    }),
    handle: async ({ api, lender, now, who, body }) => {
      const row = resultOf(body.code)!;
      const { promise } = body;
      const done = await recordResult(api.db, shelvesAt(api, now), lender, {
        collector: collectorOf(who),
        now,
        row,
        ...(body.note === undefined ? {} : { note: body.note }),
        ...(body.language === undefined ? {} : { language: body.language }),
        ...(promise === undefined
          ? {}
          : {
              promise: {
                event: eventOfTexts([
                  ["on", formatDay(dayAt(lender.zone, now))],
                  ["amount", promise.amount],
                  ["by", promise.by],
                ]),
                ...(promise.loan === undefined ? {} : { loanId: promise.loan }),
              },
            }),
      });
      if (!done.ok) throw refusedBy("refused" in done ? done.refused[0]! : done);
      return {
        action: done.action,
        code: row.code,
        loans: [...done.loans],
        holds: [...done.holds],
        ...(done.dropped === undefined ? {} : { dropped: maskText(done.dropped) }),
        ...(done.promise === undefined ? {} : { promise: done.promise }),
      };
    },
  }),
  route({
    id: "worklist.release",
    method: "POST",
    url: "/v1/worklist/release",
    says: {
      en: "Give my case back; it comes again, at once or from an instant on",
      zh: "退回案件；可指定再次处理的时间",
    },
    of: "lender",
    guard: { none: "taken" },
    may: COLLECTS,
    body: z.strictObject({
      reason: Words.optional(),
      backAt: InstantText.optional().describe("Nobody is given it before; within fourteen days"),
      backIn: z.int().min(1).max(20_160).optional().describe("The same in minutes from now"),
    }),
    answers: z.object({ released: z.literal(true), backAt: z.string().nullable() }),
    handle: async ({ api, lender, now, who, body }) => {
      const backAt =
        body.backIn !== undefined
          ? now + body.backIn * MINUTE
          : body.backAt === undefined
            ? undefined
            : parseInstant(body.backAt)!;
      const done = await releaseCase(api.db, lender, {
        collector: collectorOf(who),
        now,
        reason: body.reason,
        backAt,
      });
      if (!done.ok) throw refusedBy(done);
      return {
        released: true as const,
        backAt: backAt === undefined ? null : formatInstant(lender.zone, backAt),
      };
    },
  }),
  route({
    id: "placed.list",
    method: "GET",
    url: "/v1/placed",
    says: {
      en: "The loans that are placed with my agency at this instant; that each was shown is kept",
      zh: "当前委外给本机构的案件（查看留痕）",
    },
    of: "lender",
    may: AGENCY_READS,
    answers: z.object({
      items: z.array(
        z.object({
          loan: z.string(),
          placement: z.string(),
          from: z.string(),
          until: z.string().nullable(),
          name: z.string().nullable(),
          phone: z.string().nullable(),
          language: z.string().nullable(),
          zone: z.string(),
          currency: z.string(),
          dpd: z.number(),
          dueOn: z.string().nullable(),
          arrears: Money,
          ...AskedFor,
          payoff: Money,
          promise: z.string().nullable(),
          contactsToday: z.number(),
        }),
      ),
    }),
    handle: async ({ api, lender, now, who }) => {
      if (who.party === null) throw new Problem("not-found");
      const files = await caseFiles(api.db, lender, who.party, now);
      const text = (value: string | number | null): string | null => (value === null ? null : String(value));
      return {
        items: files.map((file) => ({
          ...(file as unknown as Record<string, never>),
          name: file.name === null ? null : masked.name(String(file.name)),
          phone: file.phone === null ? null : masked.phone(String(file.phone)),
          language: text(file.language),
        })) as never,
      };
    },
  }),
  route({
    id: "collectors.list",
    method: "GET",
    url: "/v1/collectors",
    says: { en: "The team: who takes what", zh: "催收团队" },
    of: "lender",
    may: HOUSE_READS,
    scope: "book:read",
    answers: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          team: z.string(),
          lead: z.boolean(),
          active: z.boolean(),
          capacity: z.int().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender }) => ({
      items: (await collectors(api.db, lender)).map(({ id, name, team, lead, active, capacity }) => ({
        id,
        name,
        team,
        lead,
        active,
        capacity: capacity ?? null,
      })),
    }),
  }),
  route({
    id: "worklist.codes",
    method: "GET",
    url: "/v1/worklist/codes",
    says: {
      en: "What can come of a call or a question, and what has to be told with it",
      zh: "结果码及其要求",
    },
    of: "lender",
    may: { ...HOUSE_READS, integrator: "never" },
    answers: z.object({
      items: z.array(
        z.object({
          code: z.string(),
          of: z.enum(["call", "question"]),
          says: Says,
          asks: z.array(z.string()),
          holds: z.array(z.string()),
        }),
      ),
    }),
    handle: async () => ({
      items: RESULTS.map(({ code, of, says, asks = [], does }) => ({
        code,
        of,
        says: { ...says },
        asks: [...asks],
        holds: [...(does.holds ?? [])],
      })),
    }),
  }),
];
