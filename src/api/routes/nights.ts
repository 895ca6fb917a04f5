import { z } from "zod";
import { type Fact, formatDay } from "../../core/index.ts";
import { reasonWords } from "../../office/gate/reasons.ts";
import type { Pack } from "../../policy/index.ts";
import { factsOfDay, products, stoppedBy } from "../../store/index.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { ofSchema } from "../http/said.ts";
import { route } from "../route.ts";
import { HOUSE_READS } from "./rows.ts";
import { DayText, dayOf, Paging, page, Says } from "./shapes.ts";

const RuleId = z.string().regex(/^[\w/-]{1,100}$/, ofSchema("a rule's id, as cn/quiet-hours"));

/** A day later than any: a step that lapses with its stage, with no day to try it again. */
const NO_DAY = 2_000_000;

/** What a rule says, where its pack has words for it. */
export function ruleSays(pack: Pack | undefined, rule: string): z.input<typeof Says> | null {
  const en = reasonWords(pack, rule, "en");
  const zh = reasonWords(pack, rule, "zh");
  return en !== undefined && zh !== undefined ? { en, zh } : null;
}

/** What a night did to loans, each with the facts that say so. */
const DID = {
  planned: ["StepPlanned"],
  refused: ["StepRefused"],
  asked: ["StepAsked"],
  cured: ["Cured"],
  "set-aside": ["SetAside"],
} as const satisfies Record<string, readonly Fact["kind"][]>;
type Did = keyof typeof DID;
const DIDS = Object.keys(DID) as [Did, ...Did[]];

/** The loans behind the figures of a night. */
export const NIGHT_ROUTES = [
  route({
    id: "today.refused",
    method: "GET",
    url: "/v1/today/refused",
    says: { en: "The steps that one rule stopped in one night", zh: "某日被某条规则拦下的动作" },
    of: "lender",
    may: { ...HOUSE_READS, integrator: "never" },
    query: z.strictObject({ ...Paging, day: DayText, rule: RuleId }),
    answers: page(
      z.object({
        loan: z.string(),
        step: z.string(),
        via: z.string(),
        strategy: z.string(),
        dpd: z.int(),
        became: z.enum(["refused", "asked"]),
        rules: z.array(z.string()),
        again: z.string().nullable(),
      }),
    ).extend({ says: Says.nullable() }),
    handle: async ({ api, lender, query }) => {
      const after = keyOf("stopped", query.cursor, ["number", "number", "number"]) as
        | [number, number, number]
        | undefined;
      const own = (await products(api.db)).filter(({ lender: of }) => of === lender.code);
      const found = await stoppedBy(api.db, {
        day: dayOf(query.day),
        rule: query.rule,
        products: own.map(({ id }) => id),
        limit: query.limit + 1,
        ...(after ? { after: { bucket: after[0], n: after[1], seq: after[2] } } : {}),
      });
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        says: ruleSays(await api.packFor(lender), query.rule),
        items: shown.map(({ loan, fact }) => ({
          loan,
          step: fact.step,
          via: fact.via,
          strategy: fact.strategy,
          dpd: fact.dpd,
          became: fact.kind === "StepRefused" ? ("refused" as const) : ("asked" as const),
          rules: [...fact.rules],
          again: fact.kind === "StepRefused" && fact.retryOn < NO_DAY ? formatDay(fact.retryOn) : null,
        })),
        next:
          found.length > shown.length && last
            ? cursorOf("stopped", [last.key.bucket, last.key.n, last.seq])
            : null,
      };
    },
  }),
  route({
    id: "today.did",
    method: "GET",
    url: "/v1/today/did",
    says: {
      en: "The loans behind a figure of a night: planned, refused, asked, cured, set aside",
      zh: "某日日终数字对应的贷款：计划、被拒、待人工、恢复正常、搁置",
    },
    of: "lender",
    may: { ...HOUSE_READS, integrator: "never" },
    query: z.strictObject({ ...Paging, day: DayText, what: z.enum(DIDS) }),
    answers: page(
      z.object({
        loan: z.string(),
        step: z.string().nullable(),
        via: z.string().nullable(),
        dpd: z.int().nullable(),
        rules: z.array(z.string()),
      }),
    ),
    handle: async ({ api, lender, query }) => {
      const after = keyOf("did", query.cursor, ["number", "number", "number"]) as
        | [number, number, number]
        | undefined;
      const own = (await products(api.db)).filter(({ lender: of }) => of === lender.code);
      const found = await factsOfDay(api.db, DID[query.what], {
        day: dayOf(query.day),
        products: own.map(({ id }) => id),
        limit: query.limit + 1,
        ...(after ? { after: { bucket: after[0], n: after[1], seq: after[2] } } : {}),
      });
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(({ loan, fact }) => ({
          loan,
          step: "step" in fact ? String(fact.step) : null,
          via: "via" in fact ? String(fact.via) : null,
          dpd: "dpd" in fact ? Number(fact.dpd) : null,
          rules: "rules" in fact ? [...(fact.rules as readonly string[])] : [],
        })),
        next:
          found.length > shown.length && last
            ? cursorOf("did", [last.key.bucket, last.key.n, last.seq])
            : null,
      };
    },
  }),
];
