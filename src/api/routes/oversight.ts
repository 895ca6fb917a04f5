import { z } from "zod";
import { formatDay } from "../../core/index.ts";
import { checkLoan, gapIn } from "../../dayclose/index.ts";
import { zipOf } from "../../evidence/index.ts";
import { bundleOf } from "../../office/evidence/bundle.ts";
import { enclosuresOf } from "../../office/evidence/enclosures.ts";
import {
  type Approval,
  accesses,
  approval,
  approvalResult,
  approvals,
  contextOf,
  decideApproval,
  loanFile,
  propose,
} from "../../store/index.ts";
import { newId } from "../access/secrets.ts";
import { USER_WISHES } from "../access/user-wishes.ts";
import type { Api } from "../api.ts";
import { keyOf, pageOf } from "../http/cursor.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said } from "../http/said.ts";
import { route } from "../route.ts";
import { noteCorrected } from "./corrections.ts";
import { decideOffer } from "./hardship.ts";
import { type EventAsked, LoanParams, positionOn, recordEvent } from "./loans.ts";
import { AUDITS, DECIDES, OVERSIGHT_READS, PROPOSES } from "./rows.ts";
import { DayText, dayOrNot, Id, Loose, line, Paging, page, Reason, utc, utcOrNull, Words } from "./shapes.ts";
import { grantUser } from "./users.ts";

/** An approved bundle can be fetched for so long; after that it is asked for anew. */
const FETCH_MS = 86_400_000;

const ApprovalShape = z.object({
  id: z.string(),
  what: z.string(),
  subject: z.string(),
  asked: Loose,
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(["proposed", "approved", "refused"]),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  remark: z.string().nullable(),
  result: z.unknown(),
  version: z.int().describe("If-Match takes it"),
});

const shapeOf = (one: Approval): z.input<typeof ApprovalShape> => ({
  id: one.id,
  what: one.what,
  subject: one.subject,
  asked: JSON.parse(one.body) as Record<string, unknown>,
  reason: one.reason,
  proposedBy: one.proposedBy,
  proposedAt: utc(one.proposedAt),
  expiresAt: utc(one.expiresAt),
  state: one.state,
  decidedBy: one.decidedBy,
  decidedAt: utcOrNull(one.decidedAt),
  remark: one.remark,
  result: one.result === null ? null : (JSON.parse(one.result) as unknown),
  version: versionOf(one),
});

/** It is changed once: when it is decided. */
const versionOf = ({ decidedAt }: Approval): number => (decidedAt === null ? 1 : 2);

const ApprovalParams = z.strictObject({ approval: Id });

/** What is done once a second person agreed; what only opens a file is done when it is fetched. */
async function carryOut(api: Api, one: Approval): Promise<unknown> {
  if (one.what === "hardship.offer") return decideOffer(api, one, true);
  if (USER_WISHES.includes(one.what)) return grantUser(api, one);
  if (one.what !== "loan.record") return { allowed: true };
  const { loan, complaint, ...asked } = JSON.parse(one.body) as EventAsked & {
    loan: string;
    complaint?: string;
  };
  const file = await loanFile(api.db, loan, one.lender);
  if (!file) throw new Problem("not-found");
  // Under the id that the proposal gave it: should this be tried twice, it is recorded once.
  const booked = await recordEvent(
    api,
    file,
    { ...asked, id: asked.id ?? `approval/${one.id}` },
    { dryRun: false },
  );
  if (complaint !== undefined) await noteCorrected(api, one, complaint, booked.id);
  return booked;
}

export const OVERSIGHT_ROUTES = [
  route({
    id: "approvals.list",
    method: "GET",
    url: "/v1/approvals",
    says: { en: "What waits for a second person, and what was decided", zh: "待复核与已复核事项" },
    of: "lender",
    may: OVERSIGHT_READS,
    query: z.strictObject({
      state: z.enum(["proposed", "approved", "refused"]).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: z.object({ items: z.array(ApprovalShape) }),
    handle: async ({ api, lender, query }) => ({
      items: (await approvals(api.db, lender.code, query.limit, query.state)).map(shapeOf),
    }),
  }),
  route({
    id: "approval.read",
    method: "GET",
    url: "/v1/approvals/:approval",
    says: { en: "One of them", zh: "复核事项详情" },
    of: "lender",
    shows: "approval",
    may: OVERSIGHT_READS,
    params: ApprovalParams,
    answers: ApprovalShape,
    handle: async ({ api, lender, params }) => {
      const found = await approval(api.db, lender.code, params.approval);
      if (!found) throw new Problem("not-found");
      return shapeOf(found);
    },
  }),
  route({
    id: "approval.decide",
    method: "POST",
    url: "/v1/approvals/:approval",
    says: { en: "Agree to what somebody else proposed, or refuse it", zh: "复核他人提交的事项" },
    of: "lender",
    guard: { by: "approval" },
    may: DECIDES,
    params: ApprovalParams,
    body: z.strictObject({ decision: z.enum(["approved", "refused"]), remark: Words }),
    answers: ApprovalShape,
    handle: async ({ api, who, lender, now, params, body, version, remark }) => {
      const { approval: id } = params;
      remark(`${body.decision}: ${body.remark}`);
      // The decision and what it brings about are two steps; the first is taken once, the second is safe to repeat.
      const done = await decideApproval(
        api.db,
        { lender: lender.code, id },
        { state: body.decision, by: who.id, at: now, remark: body.remark },
      );
      const found = await approval(api.db, lender.code, id);
      if (done === "unknown" || !found) throw new Problem("not-found");
      if (done === "same-person")
        throw new Problem("second-person", {
          refusal: "same-person",
          ...said.samePerson(),
        });
      if (done === "over")
        throw refusedBy({
          code: "proposal-over",
          says: `it waited until ${utc(found.expiresAt)}; propose it again`,
        });
      const unfinished = found.state === "approved" && found.result === null && found.decidedBy === who.id;
      if (done === "decided" && version !== versionOf(found)) throw new Problem("changed-meanwhile");
      if (done === "decided" && !(unfinished && body.decision === "approved"))
        throw new Problem("decided-already");
      if (found.state === "refused" && found.what === "hardship.offer") await decideOffer(api, found, false);
      if (found.state === "approved")
        await approvalResult(api.db, id, JSON.stringify(await carriedOut(api, found)));
      return shapeOf((await approval(api.db, lender.code, id))!);
    },
  }),
  route({
    id: "loan.verify",
    method: "GET",
    url: "/v1/loans/:loan/verify",
    says: {
      en: "Whether the loan's figures are what its facts give, and no fact is missing",
      zh: "核验贷款账实一致、事实无缺",
    },
    of: "loan",
    may: OVERSIGHT_READS,
    params: LoanParams,
    answers: z.object({ loan: z.string(), facts: z.int(), findings: z.array(z.string()) }),
    handle: async ({ api, lender, file }) => {
      const context = await contextOf(api.db, api.shelves, lender.code);
      const isUnfinished = lender.openOn > lender.closedThrough + 1;
      const found = [
        checkLoan(
          {
            loan: file.stored,
            facts: file.journal,
            product: file.product,
            closedThrough: isUnfinished ? undefined : lender.closedThrough,
          },
          context,
        ),
        gapIn(file.ofBorrower),
      ];
      return {
        loan: file.id,
        facts: file.journal.length,
        findings: found.filter((says): says is string => says !== undefined),
      };
    },
  }),
  route({
    id: "evidence.propose",
    method: "POST",
    url: "/v1/loans/:loan/evidence",
    says: { en: "Ask for a loan's bundle of evidence; a second person agrees", zh: "申请导出证据包，待复核" },
    of: "loan",
    guard: { none: "adds" },
    may: PROPOSES,
    status: 201,
    params: LoanParams,
    body: z.strictObject({ reason: Reason, asOf: DayText.optional() }),
    answers: z.object({ approval: z.string() }),
    handle: async ({ api, who, lender, file, now, body, remark }) => {
      remark(body.reason);
      const { seen } = positionOn(file, api, { asOf: body.asOf });
      const id = newId();
      await propose(api.db, {
        id,
        lender: lender.code,
        what: "evidence.bundle",
        subject: `loan ${file.id}`,
        body: JSON.stringify({ loan: file.id, asOf: formatDay(seen.asOf) }),
        reason: body.reason,
        proposedBy: who.id,
        proposedAt: now,
      });
      return { approval: id };
    },
  }),
  route({
    id: "evidence.fetch",
    method: "GET",
    url: "/v1/approvals/:approval/bundle",
    says: {
      en: "The bundle that was agreed to, for who asked for it, within a day",
      zh: "下载已批准的证据包（申请人，一日内）",
    },
    of: "lender",
    may: PROPOSES,
    params: ApprovalParams,
    streams: true,
    answers: z.unknown(),
    handle: async ({ api, who, lender, params, now, reply, remark }) => {
      const one = await approval(api.db, lender.code, params.approval);
      const mayFetch =
        one?.what === "evidence.bundle" && one.state === "approved" && one.proposedBy === who.id;
      if (!mayFetch || now - one.decidedAt! > FETCH_MS) throw new Problem("not-found");
      const asked = JSON.parse(one.body) as { loan: string; asOf: string };
      const file = await loanFile(api.db, asked.loan, lender.code);
      if (!file) throw new Problem("not-found");
      remark(`bundle of ${asked.loan} by approval ${one.id}`);
      const asOf = dayOrNot(asked.asOf)!;
      const made = await bundleOf(api.db, {
        file,
        asOf,
        heads: [],
        enclosures: await enclosuresOf(api.db, file, asOf),
        verifier: api.verifier(),
      });
      if ("no" in made)
        throw refusedBy(
          made.no === "unsealed"
            ? { code: "unsealed", says: `${made.facts} facts are not sealed yet; the next close seals them` }
            : {
                code: "seals-broken",
                says: `the seals of batch ${made.batch} do not hold; a check of the whole book says where`,
              },
        );
      reply
        .type("application/zip")
        .header("content-disposition", `attachment; filename="evidence-${one.id}.zip"`);
      return Buffer.from(zipOf(made));
    },
  }),
  route({
    id: "audit.list",
    method: "GET",
    url: "/v1/audit",
    says: {
      en: "Who looked at what, who changed what, and who was told no; the newest first",
      zh: "访问与操作留痕",
    },
    of: "lender",
    may: AUDITS,
    query: z.strictObject({
      ...Paging,
      subject: line(220).optional().describe("`loan L1`, `borrower B7`, `letter …`"),
      who: Id.optional(),
    }),
    answers: page(
      z.object({
        at: z.string(),
        request: z.string(),
        who: z.string(),
        role: z.string(),
        action: z.string(),
        purpose: z.object({ en: z.string(), zh: z.string() }).nullable().describe("What the action is for"),
        relation: z.string(),
        subject: z.string(),
        allowed: z.boolean(),
        status: z.int(),
        remark: z.string().nullable(),
      }),
    ),
    handle: async ({ api, lender, query }) => {
      const key = keyOf("audit", query.cursor, ["number", "string"]) as [number, string] | undefined;
      const rows = await accesses(api.db, lender.code, {
        limit: query.limit + 1,
        ...(query.subject === undefined ? {} : { subject: query.subject }),
        ...(query.who === undefined ? {} : { who: query.who }),
        ...(key ? { before: { at: key[0], id: key[1] } } : {}),
      });
      const { shown, next } = pageOf("audit", rows, query.limit, ({ at, id }) => [at, id]);
      return {
        items: shown.map(({ lender: _, id, at, ...row }) => ({
          ...row,
          purpose: api.purpose(row.action) ?? null,
          at: utc(at),
          request: id,
        })),
        next,
      };
    },
  }),
];

/** A "no" of the loan is the result of the approval; trouble of ours leaves it to be tried again. */
async function carriedOut(api: Api, one: Approval): Promise<unknown> {
  try {
    return await carryOut(api, one);
  } catch (error) {
    if (error instanceof Problem && error.code === "refused")
      return { refused: error.more.refusal, says: error.more.says };
    throw error;
  }
}
