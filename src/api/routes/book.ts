import { z } from "zod";
import { formatDay } from "../../core/index.ts";
import { installedPacks } from "../../office/book.ts";
import { ruleJson } from "../../office/gate/json.ts";
import { lawNames } from "../../office/gate/law-names.ts";
import { ownReasons, reasonWords } from "../../office/gate/reasons.ts";
import { Problem } from "../http/problem.ts";
import { route } from "../route.ts";
import { HOUSE_READS, THE_LAW } from "./rows.ts";
import { Cite, Id, Loose, Says } from "./shapes.ts";

const Rule = z.object({
  pack: z.string(),
  version: z.string(),
  id: z.string(),
  says: z.object({ en: z.string(), zh: z.string() }),
  cite: Cite,
  force: z.string(),
  layer: z.string(),
  verification: z
    .string()
    .describe("Whether somebody has found the text in force; an unverified one only asks a person"),
  from: z.string(),
  to: z.string().nullable(),
  governs: z.array(z.string()),
  params: z.array(z.string()),
});

const ruleOf = (
  pack: { readonly place: string; readonly version: string },
  rule: ReturnType<typeof ruleJson>,
): z.input<typeof Rule> => ({
  pack: pack.place,
  version: pack.version,
  id: rule.id,
  says: rule.says,
  cite: rule.cite,
  force: rule.force,
  layer: rule.layer,
  verification: rule.verification,
  from: String(rule.from),
  to: rule.to === undefined ? null : String(rule.to),
  governs: [...rule.governs],
  params: [...(rule.params ?? [])],
});

export const BOOK_ROUTES = [
  route({
    id: "lender.read",
    method: "GET",
    url: "/v1/lender",
    says: { en: "The lender for whom I work, its products and who works for it", zh: "出借人、产品及合作方" },
    of: "lender",
    may: HOUSE_READS,
    scope: "book:read",
    answers: z.object({
      code: z.string(),
      name: z.string(),
      zone: z.string(),
      pack: z.string(),
      openOn: z.string(),
      closedThrough: z.string(),
      products: z.array(
        z.object({
          code: z.string(),
          source: z.string(),
          currency: z.string(),
          strategy: z.string(),
          bandEdges: z.array(z.int()),
        }),
      ),
      agencies: z.array(z.object({ name: z.string(), role: z.string(), active: z.boolean() })),
      firms: z.array(z.object({ id: z.string(), name: z.string(), active: z.boolean() })),
      collectors: z.array(z.object({ id: z.string(), team: z.string(), active: z.boolean() })),
    }),
    handle: async ({ api, lender }) => {
      const [own, parties] = await Promise.all([api.reads.products(lender), api.reads.parties(lender)]);
      return {
        code: lender.code,
        name: lender.name,
        zone: lender.zone,
        pack: lender.pack,
        openOn: formatDay(lender.openOn),
        closedThrough: formatDay(lender.closedThrough),
        products: own.map(({ code, source, terms, strategy, bandEdges }) => ({
          code,
          source,
          currency: terms.currency,
          strategy,
          bandEdges: [...bandEdges],
        })),
        agencies: parties.agencies.map(({ name, role, active }) => ({ name, role, active })),
        firms: parties.firms.map(({ id, name, active }) => ({ id, name, active })),
        collectors: parties.collectors.map(({ id, team, active }) => ({ id, team, active })),
      };
    },
  }),
  route({
    id: "laws.list",
    method: "GET",
    url: "/v1/laws",
    says: {
      en: "What the texts are called that rules cite, and what each reason says for which a step is not made",
      zh: "规则所引法律文件的名称，以及动作未实施的各项理由",
    },
    of: "nothing",
    may: THE_LAW,
    scope: "book:read",
    answers: z.object({
      items: z.array(z.object({ law: z.string(), name: Says })),
      reasons: z.array(z.object({ id: z.string(), says: Says })),
    }),
    handle: async () => ({
      reasons: [
        ...installedPacks().flatMap(({ rules }) => rules.map(({ id, says }) => ({ id, says: { ...says } }))),
        ...ownReasons().map((id) => ({
          id,
          says: { en: reasonWords(undefined, id, "en")!, zh: reasonWords(undefined, id, "zh")! },
        })),
      ],
      items: Object.entries(lawNames()).map(([law, name]) => ({ law, name: { ...name } })),
    }),
  }),
  route({
    id: "rules.list",
    method: "GET",
    url: "/v1/rules",
    says: {
      en: "Every rule of the installed packs, with its text, force and state",
      zh: "合规包全部规则及其法条、效力与核验状态",
    },
    of: "nothing",
    may: THE_LAW,
    scope: "book:read",
    query: z.strictObject({ pack: z.string().max(20).optional() }),
    answers: z.object({ items: z.array(Rule) }),
    handle: async ({ query }) => ({
      items: installedPacks()
        .filter(({ place }) => query.pack === undefined || place === query.pack)
        .flatMap((pack) => pack.rules.map((rule) => ruleOf(pack, ruleJson(rule)))),
    }),
  }),
  route({
    id: "rule.read",
    method: "GET",
    // A rule's id has a slash: `cn/quiet-hours`.
    url: "/v1/rules/:pack/:rule",
    says: {
      en: "One rule, with the values that it reads and when each was in force",
      zh: "单条规则及其参数各时期取值",
    },
    of: "nothing",
    may: THE_LAW,
    scope: "book:read",
    params: z.strictObject({ pack: Id, rule: Id }),
    answers: Rule.extend({ values: z.array(Loose) }),
    handle: async ({ params }) => {
      const id = `${params.pack}/${params.rule}`;
      for (const pack of installedPacks()) {
        const rule = pack.rules.find((one) => one.id === id);
        if (!rule) continue;
        const values = (rule.params ?? []).flatMap((name) =>
          (pack.params[name] ?? []).map((value) => ({ name, ...value })),
        );
        return { ...ruleOf(pack, ruleJson(rule)), values };
      }
      throw new Problem("not-found");
    },
  }),
];
