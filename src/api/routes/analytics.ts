import { z } from "zod";
import { REPORT_IDS, type Report } from "../../analytics/index.ts";
import { decimalsOf, formatDay, formatMoney, parseDay } from "../../core/index.ts";
import { reportOf } from "../../office/analytics/gather.ts";
import { reportJson, tableCsv } from "../../office/analytics/json.ts";
import { FACT_WHATS, type Lender, loansBehind, products, type Wanted } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { cursorOf, pairOf } from "../http/cursor.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { ofSchema, said } from "../http/said.ts";
import { route } from "../route.ts";
import { OVERSIGHT_READS } from "./rows.ts";
import { DayText, dayOf, dayOrNot, Id, line, Paging, page } from "./shapes.ts";

const Says = z.object({ en: z.string(), zh: z.string() });
const Params = z.strictObject({ report: z.enum(REPORT_IDS) });
const Asked = {
  from: DayText.optional().describe(
    "The first day of the month of `to` unless said; two years for vintages and arms",
  ),
  to: DayText.optional().describe("Last day; the last close unless said, and never later"),
  product: Id.optional(),
};
const MAY = { ...OVERSIGHT_READS, integrator: "own-lender" } as const;

async function reportAsked(
  api: Api,
  lender: Lender,
  report: (typeof REPORT_IDS)[number],
  query: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly product?: string | undefined;
  },
): Promise<Report> {
  const own = (await products(api.db)).filter((product) => product.lender === lender.code);
  const made = await reportOf(api.db, lender, own, report, {
    from: dayOrNot(query.from),
    to: dayOrNot(query.to),
    product: query.product,
  });
  if (!made.ok) throw refusedBy(made.refusal);
  return made.value;
}

const Month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, ofSchema("a month, as 2026-03"));
const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;
const Cell = z.coerce.number().int().min(-3).max(60).describe("A band; -1 ended, -2 new, -3 written off");
const BEHIND = ["stock", "roll", "fact", "ever", "booked"] as const;

const Behind = z.strictObject({
  ...Paging,
  of: z.enum(BEHIND).describe("Which kind of figure; a report's `behind` holds the whole query"),
  product: Id.optional(),
  on: DayText.optional(),
  cell: Cell.optional(),
  to: line(10).optional().describe("Last day, or for `roll` where they stood at the end"),
  from: DayText.optional(),
  month: Month.optional(),
  months: z.coerce.number().int().min(0).max(600).optional(),
  level: z.enum(["30", "90"]).optional(),
  what: line(30).optional(),
  x: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .optional(),
  y: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .optional(),
});

/** The figure whose loans are asked for; refused where a part of its query is missing. */
function wantedOf(query: z.output<typeof Behind>): Wanted {
  const need = <T>(value: T | undefined, at: string): T => {
    if (value !== undefined) return value;
    throw new Problem("bad-request", { errors: [{ at, ...said.needs(query.of, at) }] });
  };
  switch (query.of) {
    case "stock":
      return { of: "stock", on: dayOf(need(query.on, "on")), cell: need(query.cell, "cell") };
    case "roll": {
      const to = Number(need(query.to, "to"));
      return {
        of: "roll",
        month: monthOf(need(query.month, "month")),
        cell: need(query.cell, "cell"),
        to: need(Number.isInteger(to) ? to : undefined, "to"),
      };
    }
    case "ever":
      return {
        of: "ever",
        level: Number(need(query.level, "level")),
        month: monthOf(need(query.month, "month")),
        months: need(query.months, "months"),
      };
    case "booked":
      return { of: "booked", month: monthOf(need(query.month, "month")) };
    case "fact": {
      const what = need(query.what, "what");
      return {
        of: "fact",
        what: need(FACT_WHATS.includes(what) ? what : undefined, "what"),
        from: dayOf(need(query.from, "from")),
        to: need(parseDay(need(query.to, "to")), "to"),
        ...(query.x === undefined ? {} : { x: query.x }),
        ...(query.y === undefined ? {} : { y: query.y }),
      };
    }
  }
}

export const ANALYTICS_ROUTES = [
  route({
    id: "analytics.read",
    method: "GET",
    url: "/v1/analytics/:report",
    says: {
      en: "A report from the figures that the closes keep of each day; no loan is read for it",
      zh: "分析报表（取自日终逐日汇总，不扫描贷款）",
    },
    of: "lender",
    may: MAY,
    scope: "book:read",
    params: Params,
    query: z.strictObject(Asked),
    answers: z.object({
      report: z.enum(REPORT_IDS),
      currency: z.string(),
      from: z.string(),
      to: z.string(),
      says: z.array(Says),
      tables: z.array(
        z.object({
          key: z.string(),
          says: Says,
          of: Says,
          columns: z.array(
            z.object({
              key: z.string(),
              kind: z.enum(["text", "count", "money", "share", "range"]),
              says: Says,
            }),
          ),
          rows: z.array(
            z.object({
              key: z.string(),
              says: Says,
              cells: z.array(
                z.object({
                  value: z.string().nullable(),
                  behind: z
                    .record(z.string(), z.string())
                    .nullable()
                    .describe("The query of `GET /v1/analytics/loans` that lists its loans"),
                }),
              ),
              caution: Says.nullable(),
            }),
          ),
        }),
      ),
      means: z.array(Says),
    }),
    handle: async ({ api, lender, params, query }) =>
      reportJson(await reportAsked(api, lender, params.report, query)),
  }),
  route({
    id: "analytics.file",
    method: "GET",
    url: "/v1/analytics/:report/file",
    says: { en: "A table of the report as CSV", zh: "报表中一张表的CSV文件" },
    of: "lender",
    may: MAY,
    scope: "book:read",
    params: Params,
    query: z.strictObject({
      ...Asked,
      table: line(40).optional().describe("Its key; the first table unless said"),
      lang: z.enum(["en", "zh"]).default("en"),
    }),
    streams: true,
    answers: z.unknown(),
    handle: async ({ api, lender, params, query, reply }) => {
      const report = await reportAsked(api, lender, params.report, query);
      const table = report.tables.find(({ key }) => query.table === undefined || key === query.table);
      if (!table) throw new Problem("not-found");
      const name = `${report.id}-${table.key}-${formatDay(report.from)}-${formatDay(report.to)}.csv`;
      reply.type("text/csv; charset=utf-8").header("content-disposition", `attachment; filename="${name}"`);
      return tableCsv(table, query.lang);
    },
  }),
  route({
    id: "analytics.loans",
    method: "GET",
    url: "/v1/analytics/loans",
    says: {
      en: "The loans behind one figure of a report, told from their journals",
      zh: "某项数字所含的贷款",
    },
    of: "lender",
    may: MAY,
    scope: "loans:read",
    query: Behind,
    answers: page(z.object({ loan: z.string(), on: z.string().nullable(), amount: z.string().nullable() })),
    handle: async ({ api, lender, query }) => {
      const own = (await products(api.db)).filter(
        ({ lender: of, code }) =>
          of === lender.code && (query.product === undefined || code === query.product),
      );
      const after = pairOf("analytics", query.cursor);
      const { items, next } = await loansBehind(
        api.db,
        own.map(({ id }) => id),
        wantedOf(query),
        { limit: query.limit, ...(after ? { after } : {}) },
      );
      const decimals = decimalsOf(own[0]?.terms.currency ?? "CNY");
      return {
        items: items.map(({ loan, on, amount }) => ({
          loan,
          on: on === undefined ? null : formatDay(on),
          amount: amount === undefined ? null : formatMoney(amount, decimals),
        })),
        next: next ? cursorOf("analytics", [next.bucket, next.n]) : null,
      };
    },
  }),
];
