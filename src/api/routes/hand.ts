import { z } from "zod";
import { loadWords } from "../../../packs/load.ts";
import { findAll, type WordPlace } from "../../../packs/words.ts";
import { CHANNELS, type Channel, dayAt, formatDay, formatInstant } from "../../core/index.ts";
import { type Judged, judge } from "../../dispatch/index.ts";
import { CONTACT_KINDS, type Rule } from "../../policy/index.ts";
import { handMessages, type Lender, planByHand, takeBackMessage } from "../../store/index.ts";
import { maskText, ownValues } from "../access/fields.ts";
import type { Api } from "../api.ts";
import { refusedBy } from "../http/problem.ts";
import { presence } from "../presence.ts";
import { route } from "../route.ts";
import { LoanParams } from "./loans.ts";
import { HOUSE_READS, LOAN_WORK_READS, MESSAGES } from "./rows.ts";
import { Cite, citeOf, DayText, DryRun, dayOf, line, Says, utc } from "./shapes.ts";

/** What a person at work does with his hands: a message with approved words, a note that is watched, a case that two look at. */

/** How long a message that a person sent can be taken back. */
const UNDO_MS = 60_000;

const Reason = z.object({ rule: z.string(), says: Says.nullable(), cite: Cite.nullable() });
const Hand = z.object({
  step: z.string(),
  what: z.string(),
  via: z.string(),
  action: z.string(),
  verdict: z.enum(["send", "later", "no"]),
  text: z.string().nullable().describe("Word for word what goes out; masked where it names the person"),
  from: z.string().nullable().describe("When it would be allowed"),
  why: z.string().nullable(),
  because: z.array(Reason),
});

type Told = NonNullable<Awaited<ReturnType<typeof planByHand>>>;

function reasons(judged: Judged, rules: readonly Rule[]): z.input<typeof Reason>[] {
  if (judged.kind === "send") return [];
  return judged.rules.map((id) => {
    const rule = rules.find((one) => one.id === id);
    return { rule: id, says: rule ? { ...rule.says } : null, cite: rule ? citeOf(rule) : null };
  });
}

async function handOf(api: Api, lender: Lender, zone: string, own: readonly string[], told: Told) {
  const { judged, step, what, via, action } = told;
  const pack = await api.packFor(lender);
  return {
    step,
    what,
    via,
    action,
    verdict:
      judged.kind === "send"
        ? ("send" as const)
        : judged.kind === "later"
          ? ("later" as const)
          : ("no" as const),
    text: judged.kind === "send" ? maskText(judged.message.text, own) : null,
    from: judged.kind === "later" ? formatInstant(zone, judged.slot) : null,
    why: judged.kind === "cancel" ? judged.why : null,
    because: reasons(judged, pack?.rules ?? []),
  };
}

const PRESENCES = new WeakMap<Api, ReturnType<typeof presence>>();
const presenceOf = (api: Api) => {
  const known = PRESENCES.get(api) ?? presence();
  PRESENCES.set(api, known);
  return known;
};

export const HAND_ROUTES = [
  route({
    id: "loan.messages",
    method: "GET",
    url: "/v1/loans/:loan/messages",
    says: {
      en: "Messages that may be sent by hand now: approved words only, each judged at this second, with why not",
      zh: "当前可人工发送的消息：仅限已批准文本，逐条即时判定并说明原因",
    },
    of: "loan",
    may: MESSAGES,
    params: LoanParams,
    answers: z.object({ loan: z.string(), items: z.array(Hand) }),
    handle: async ({ api, lender, file, now }) => {
      const zone = file.borrower.zone ?? lender.zone;
      const own = ownValues(file);
      const shelves = { ...api.shelves, now: () => now };
      const found = await handMessages(api.db, shelves, lender, file, { now, slot: now, judge });
      return {
        loan: file.id,
        items: await Promise.all(found.map((told) => handOf(api, lender, zone, own, told))),
      };
    },
  }),
  route({
    id: "loan.message-send",
    method: "POST",
    url: "/v1/loans/:loan/messages",
    says: {
      en: "Send one of them: it waits a minute in which it can be taken back, and is judged again before it goes",
      zh: "人工发送消息：一分钟内可撤回，发送前再次判定",
    },
    of: "loan",
    guard: { none: "now" },
    may: MESSAGES,
    params: LoanParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      step: line(120),
      via: z.enum(CHANNELS as unknown as readonly [Channel, ...Channel[]]),
    }),
    answers: Hand.extend({ planned: z.boolean(), until: z.string().nullable() }),
    handle: async ({ api, lender, file, now, query, body, remark }) => {
      const zone = file.borrower.zone ?? lender.zone;
      const slot = now + UNDO_MS;
      const shelves = { ...api.shelves, now: () => now };
      const asked = { now, slot, judge, step: body.step, via: body.via, dryRun: query.dryRun };
      const told = await planByHand(api.db, shelves, lender, file, asked);
      if (!told)
        throw refusedBy({
          code: "no-such-message",
          says: "there is no such message for this loan now, or one was sent by hand today already",
          saysZh: "该贷款当前没有此消息，或今日已人工发送过",
        });
      const planned = told.judged.kind === "send" && !query.dryRun;
      if (planned) remark(`message ${body.step} by ${body.via} sent by hand`);
      return {
        ...(await handOf(api, lender, zone, ownValues(file), told)),
        planned,
        until: planned ? formatInstant(zone, slot) : null,
      };
    },
  }),
  route({
    id: "loan.message-take-back",
    method: "POST",
    url: "/v1/loans/:loan/messages/take-back",
    says: {
      en: "Take a message by hand back before it goes out; what has gone cannot be called back",
      zh: "撤回尚未发出的人工消息；已发出的无法撤回",
    },
    of: "loan",
    guard: { none: "now" },
    may: MESSAGES,
    params: LoanParams,
    body: z.strictObject({
      on: DayText.optional().describe("The day on which it was sent by hand; today where absent"),
    }),
    answers: z.object({ loan: z.string(), on: z.string(), takenBack: z.literal(true) }),
    handle: async ({ api, lender, file, now, body, remark }) => {
      const on = body.on === undefined ? dayAt(file.borrower.zone ?? lender.zone, now) : dayOf(body.on);
      if ((await takeBackMessage(api.db, lender, file, on, now)) === "not-planned")
        throw refusedBy({
          code: "gone-out",
          says: "it has gone out, or there is none: what is sent cannot be called back",
          saysZh: "消息已发出或不存在，无法撤回",
        });
      remark("message by hand taken back");
      return { loan: file.id, on: formatDay(on), takenBack: true as const };
    },
  }),
  route({
    id: "words.check",
    method: "POST",
    url: "/v1/words/check",
    says: {
      en: "What of a text may not be said, and which lines it lacks, by the rules on words; nothing is kept",
      zh: "按用语规则检查文本：不得使用的表述与缺少的必备内容（不留存）",
    },
    of: "lender",
    guard: { none: "keeps" },
    may: { ...HOUSE_READS, auditor: "never", integrator: "never" },
    once: true,
    body: z.strictObject({
      text: z.string().max(4000),
      kind: z.enum(CONTACT_KINDS as unknown as readonly [string, ...string[]]).default("call"),
    }),
    answers: z.object({
      forbidden: z.array(
        z.object({
          from: z.int(),
          to: z.int(),
          found: z.string(),
          what: Says,
          rule: z.string(),
          says: Says,
          suggestion: Says,
          cite: Cite,
          verification: z.string(),
        }),
      ),
      required: z.array(z.object({ what: Says, rule: z.string(), cite: Cite, verification: z.string() })),
    }),
    handle: async ({ lender, now, body }) => {
      const place = WORD_PLACES.find((one) => one === lender.pack) ?? "cn";
      const context = {
        kind: CONTACT_KINDS.find((kind) => kind === body.kind)!,
        on: dayAt(lender.zone, now),
        actor: "lender" as const,
      };
      const found = findAll(body.text, context, { own: loadWords(place), house: loadWords("house") });
      return {
        forbidden: found
          .filter(({ kind }) => kind === "forbidden")
          .map(({ from, to, found: text, what, rule, suggestion }) => ({
            from,
            to,
            found: text,
            what: { ...what },
            rule: rule.id,
            says: { ...rule.says },
            suggestion: { ...suggestion },
            cite: citeOf(rule),
            verification: rule.verification,
          })),
        required: found
          .filter(({ kind }) => kind === "required")
          .map(({ what, rule }) => ({
            what: { ...what },
            rule: rule.id,
            cite: citeOf(rule),
            verification: rule.verification,
          })),
      };
    },
  }),
  route({
    id: "loan.presence",
    method: "GET",
    url: "/v1/loans/:loan/presence",
    says: { en: "I look at this loan; who else does", zh: "我正在查看；还有谁在查看" },
    of: "loan",
    may: LOAN_WORK_READS,
    params: LoanParams,
    answers: z.object({ others: z.array(z.object({ name: z.string(), since: z.string() })) }),
    handle: async ({ api, file, who, now }) => ({
      others: presenceOf(api)
        .here(`${file.lender.code} ${file.id}`, { id: who.id, name: who.name }, now)
        .map(({ name, since }) => ({ name, since: utc(since) })),
    }),
  }),
];

const WORD_PLACES: readonly WordPlace[] = ["cn", "us"];
