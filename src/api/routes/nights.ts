import { z } from "zod";
import { type Fact, formatDay } from "../../core/index.ts";
import { reasonWords } from "../../office/gate/reasons.ts";
import type { Pack } from "../../policy/index.ts";
import { type DayFact, factsOfDay, products, stoppedBy } from "../../store/index.ts";
import { keyOf, pageOf } from "../http/cursor.ts";
import { ofSchema } from "../http/said.ts";
import { type Ask, route } from "../route.ts";
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

interface Asking extends Pick<Ask<"lender", undefined, undefined, undefined>, "api" | "lender"> {
  readonly query: { readonly day: string; readonly cursor?: string | undefined; readonly limit: number };
}

/** A page of what a night did to this lender's loans. */
async function ofNight<T extends Pick<DayFact, "key" | "seq">>(
  list: string,
  { api, lender, query }: Asking,
  read: (asked: Parameters<typeof factsOfDay>[2]) => Promise<readonly T[]>,
) {
  const after = keyOf(list, query.cursor, ["number", "number", "number"]) as
    | [number, number, number]
    | undefined;
  const own = (await products(api.db)).filter(({ lender: of }) => of === lender.code);
  const found = await read({
    day: dayOf(query.day),
    products: own.map(({ id }) => id),
    limit: query.limit + 1,
    ...(after ? { after: { bucket: after[0], n: after[1], seq: after[2] } } : {}),
  });
  return pageOf(list, found, query.limit, ({ key, seq }) => [key.bucket, key.n, seq]);
}

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
    handle: async (asking) => {
      const { api, lender, query } = asking;
      const { shown, next } = await ofNight("stopped", asking, (asked) =>
        stoppedBy(api.db, { ...asked, rule: query.rule }),
      );
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
        next,
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
    handle: async (asking) => {
      const { api, query } = asking;
      const { shown, next } = await ofNight("did", asking, (asked) =>
        factsOfDay(api.db, DID[query.what], asked),
      );
      return {
        items: shown.map(({ loan, fact }) => ({
          loan,
          step: "step" in fact ? String(fact.step) : null,
          via: "via" in fact ? String(fact.via) : null,
          dpd: "dpd" in fact ? Number(fact.dpd) : null,
          rules: "rules" in fact ? [...(fact.rules as readonly string[])] : [],
        })),
        next,
      };
    },
  }),
];
