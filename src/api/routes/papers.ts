import { z } from "zod";
import { type Day, dayAt, formatDay } from "../../core/index.ts";
import { PAPER_KINDS, PAPERS, type PaperKind } from "../../documents/papers/index.ts";
import { paperDesk } from "../../office/papers/case.ts";
import { asDraft, ENDINGS, filesOf, type MadePaper, papersOfLoan } from "../../office/papers/make.ts";
import { SOURCE_WORDS } from "../../office/papers/words.ts";
import { openPress, type Press } from "../../press/index.ts";
import type { Lender, LoanFile } from "../../store/index.ts";
import { maskText, ownValues } from "../access/fields.ts";
import type { Api } from "../api.ts";
import { courtSetOf } from "../courtroom.ts";
import { refusedBy } from "../http/problem.ts";
import { route } from "../route.ts";
import { LoanParams } from "./loans.ts";
import { PAPER_MAKES, PROCEEDING_READS } from "./rows.ts";
import { Id, line, Says } from "./shapes.ts";

const KINDS = PAPER_KINDS as readonly [PaperKind, ...PaperKind[]];
const PaperParams = z.strictObject({ loan: Id, kind: z.enum(KINDS) });
const Asked = {
  court: line(100).optional().describe("Which court it goes to, where the case does not say"),
  reason: line(500).optional(),
};

const Finding = z.object({
  code: z.string(),
  state: z.enum(["stops", "warn"]),
  field: z.string().nullable(),
  says: Says,
  next: Says.nullable(),
  cite: z.string().nullable(),
});

const Brief = z.object({
  kind: z.enum(KINDS),
  name: Says,
  filed: z.boolean().describe("Nothing that a court needs is missing"),
  stops: z.int(),
  warns: z.int(),
});

const nameOf = (kind: PaperKind) => ({ ...PAPERS.find((one) => one.kind === kind)!.name });

const briefOf = ({ paper, findings, filed }: MadePaper): z.input<typeof Brief> => ({
  kind: paper.kind,
  name: nameOf(paper.kind),
  filed,
  stops: findings.filter(({ state }) => state === "stops").length,
  warns: findings.filter(({ state }) => state === "warn").length,
});

async function made(
  api: Api,
  lender: Lender,
  file: LoanFile,
  kinds: readonly PaperKind[],
  on: Day,
  given: { readonly court?: string | undefined; readonly reason?: string | undefined },
): Promise<readonly MadePaper[]> {
  const { terms, settings } = courtSetOf(api);
  const desk = await paperDesk(api.db, lender, { settings, terms, particulars: new Map(), ...given });
  const papers = await papersOfLoan(desk, file, kinds, on);
  if (!papers)
    throw refusedBy({
      code: "not-paid-out-yet",
      says: `there is no such loan on that day: it was paid out on ${formatDay(file.stored.disbursedOn)}`,
    });
  return papers;
}

/** A compiler takes 150 MB, so papers are printed one after the other. */
let printing: Promise<unknown> = Promise.resolve();

function printed<T>(work: (press: () => Promise<Press>) => Promise<T>): Promise<T> {
  const mine = printing.then(async () => {
    let opened: Promise<Press> | undefined;
    try {
      return await work(() => {
        opened ??= openPress();
        return opened;
      });
    } finally {
      await (await opened)?.close();
    }
  });
  printing = mine.catch(() => {});
  return mine;
}

const TYPES: Readonly<Record<"pdf" | "docx" | "text", string>> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  text: "text/plain; charset=utf-8",
};

export const PAPER_ROUTES = [
  route({
    id: "loan.papers",
    method: "GET",
    url: "/v1/loans/:loan/papers",
    says: {
      en: "Every court paper that can be made for a loan, and whether it can be filed as things stand",
      zh: "可生成的诉讼文书及要素是否齐全",
    },
    of: "loan",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: LoanParams,
    query: z.strictObject(Asked),
    answers: z.object({ loan: z.string(), asOf: z.string(), items: z.array(Brief) }),
    handle: async ({ api, lender, file, now, query }) => {
      const on = dayAt(lender.zone, now);
      const papers = await made(api, lender, file, PAPER_KINDS, on, query);
      return { loan: file.id, asOf: formatDay(on), items: papers.map(briefOf) };
    },
  }),
  route({
    id: "loan.paper",
    method: "GET",
    url: "/v1/loans/:loan/papers/:kind",
    says: {
      en: "A court paper checked: each field with where it comes from, and what is missing; the person's own values masked",
      zh: "诉讼文书校验：要素、来源与缺项（个人信息脱敏）",
    },
    of: "loan",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: PaperParams,
    query: z.strictObject(Asked),
    answers: Brief.extend({
      loan: z.string(),
      asOf: z.string(),
      title: z.string(),
      fields: z.array(
        z.object({
          field: z.string(),
          label: z.string(),
          english: z.string(),
          need: z.string(),
          value: z.string().nullable(),
          from: Says.nullable(),
          at: z.string().nullable(),
          why: Says.nullable(),
          next: Says.nullable(),
        }),
      ),
      findings: z.array(Finding),
    }),
    handle: async ({ api, lender, file, now, params, query }) => {
      const on = dayAt(lender.zone, now);
      const [one] = await made(api, lender, file, [params.kind], on, query);
      const own = ownValues(file);
      return {
        ...briefOf(one!),
        loan: file.id,
        asOf: formatDay(on),
        title: `${one!.paper.title}${one!.paper.subtitle ?? ""}`,
        fields: one!.paper.fields.map(({ id, label, gloss, need, value, source, empty }) => ({
          field: id,
          label,
          english: gloss,
          need,
          value: value === undefined ? null : maskText(value, own),
          from: source ? { ...SOURCE_WORDS[source.from] } : null,
          at: source ? source.at : null,
          why: empty ? { ...empty.why } : null,
          next: empty ? { ...empty.next } : null,
        })),
        findings: one!.findings.map(({ code, state, field, says, next, cite }) => ({
          code,
          state,
          field: field ?? null,
          says: { en: maskText(says.en, own), zh: maskText(says.zh, own) },
          next: next ? { ...next } : null,
          cite: cite ?? null,
        })),
      };
    },
  }),
  route({
    id: "loan.paper-file",
    method: "GET",
    url: "/v1/loans/:loan/papers/:kind/file",
    says: {
      en: "The paper itself, as PDF, Word or text; one with a gap only as a draft that says so",
      zh: "下载文书（PDF、Word、文本）；要素不齐的仅可下载草稿",
    },
    of: "loan",
    may: PAPER_MAKES,
    scope: "loans:write",
    params: PaperParams,
    query: z.strictObject({
      ...Asked,
      format: z.enum(["pdf", "docx", "text"]).default("pdf"),
      draft: z.enum(["true", "false"]).default("false"),
    }),
    streams: true,
    answers: z.unknown(),
    handle: async ({ api, lender, file, now, params, query, reply, remark }) => {
      const { format, draft, ...given } = query;
      const [one] = await made(api, lender, file, [params.kind], dayAt(lender.zone, now), given);
      const { paper, facts, filed, findings } = one!;
      if (!filed && draft !== "true")
        throw refusedBy({
          code: "incomplete",
          says: `a court needs what is missing: ${findings.flatMap(({ state, says }) => (state === "stops" ? [says.en] : [])).join("; ")}`,
          saysZh: `缺少必要要素：${findings.flatMap(({ state, says }) => (state === "stops" ? [says.zh] : [])).join("；")}`,
        });
      const files = await printed((press) =>
        filesOf(filed ? paper : asDraft(paper), facts.lender.name.value, [format], press),
      );
      if (typeof files === "string") throw refusedBy({ code: "not-printed", says: files });
      remark(`paper ${params.kind} as ${format}${filed ? "" : ", a draft"}`);
      reply
        .type(TYPES[format])
        .header(
          "content-disposition",
          `attachment; filename="${file.id.replaceAll(/[^\w-]/g, "_")}-${params.kind}${filed ? "" : "-draft"}.${ENDINGS[format]}"`,
        );
      return Buffer.from(files[0]!.bytes);
    },
  }),
];
