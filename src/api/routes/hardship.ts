import { z } from "zod";
import { dayAt } from "../../core/index.ts";
import { agreementText } from "../../documents/index.ts";
import { HARDSHIP_EVENTS_OF_HIS, hardshipsOf } from "../../legal/index.ts";
import {
  agreementOf,
  agreementPdf,
  guarantorOf,
  type HardshipWished,
  hardshipJson,
  moveHardship,
  openRequests,
  requestHardship,
  surplusTold,
  waysFor,
  waysTold,
} from "../../office/requests/index.ts";
import { type Approval, factsOf, findLender, type Lender, propose, sha256Hex } from "../../store/index.ts";
import { newId } from "../access/secrets.ts";
import type { Api } from "../api.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { route, type Who } from "../route.ts";
import { Became, HardshipBody, HardshipEventBody, HardshipShape, Household, Ways } from "./request-shapes.ts";
import {
  becameOf,
  decimalsOfFile,
  deskOf,
  doneOr,
  householdOf,
  keyOfBorrower,
  moneyOf,
  movedAs,
  ownFacts,
  toldTo,
} from "./requests.ts";
import { LOAN_READS, REQUEST_DECIDES, REQUEST_READS, REQUEST_WRITES } from "./rows.ts";
import { DryRun, dayOf, Id, line, Money } from "./shapes.ts";

const BorrowerParams = z.strictObject({ borrower: Id });
const RequestParams = z.strictObject({ borrower: Id, reference: line(60) });
/** Steps that the borrower takes, as the matter of the law calls them. */
const HIS: readonly string[] = [...HARDSHIP_EVENTS_OF_HIS, "accept"];

function wishedOf(body: z.output<typeof HardshipEventBody>, decimals: number): HardshipWished {
  switch (body.type) {
    case "offer": {
      const { way, months, amount, by, guarantor, reason } = body;
      return {
        type: "offer",
        reason,
        asked: {
          way,
          ...(months === undefined ? {} : { months }),
          ...(amount === undefined ? {} : { amount: moneyOf(amount, decimals, "body/amount") }),
          ...(by === undefined ? {} : { by: dayOf(by) }),
          ...(guarantor === undefined ? {} : { guarantor }),
        },
      };
    }
    case "informed":
      return {
        type: "informed",
        words: body.words,
        ...(body.household === undefined ? {} : { household: householdOf(body.household, decimals) }),
      };
    default:
      return Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      ) as unknown as HardshipWished;
  }
}

/** What waits for a second person is put before those who may decide, as everything else that takes two. */
async function putBefore(
  api: Api,
  lender: Lender,
  who: Who,
  now: number,
  given: { readonly reference: string; readonly borrower: string; readonly reason: string },
): Promise<void> {
  await propose(api.db, {
    id: newId(),
    lender: lender.code,
    what: "hardship.offer",
    subject: `request ${given.reference}`,
    body: JSON.stringify({ reference: given.reference, borrower: given.borrower }),
    reason: given.reason,
    proposedBy: who.id,
    proposedAt: now,
  });
}

/** What a second person decided about an offer: it is made, or goes back to be looked at again. */
export async function decideOffer(api: Api, one: Approval, agreed: boolean): Promise<unknown> {
  const lender = await findLender(api.db, one.lender);
  const { reference } = JSON.parse(one.body) as { reference: string };
  const opened = lender && (await openRequests({ db: api.db, lender, now: api.now(), by: one.decidedBy! }));
  if (!opened?.ok) throw new Problem("not-found");
  const wished: HardshipWished = agreed
    ? { type: "approve" }
    : { type: "returned", reason: one.remark ?? "" };
  const outcome = await moveHardship(opened.desk, reference, wished, {}, false);
  // Tried twice, it stands once: the second time there is nothing left to decide.
  if (!outcome.done && outcome.refusal.code === "hardship-offered") return { reference, state: "offered" };
  return { reference, state: doneOr(outcome).value.state };
}

export const HARDSHIP_ROUTES = [
  route({
    id: "loan.ways",
    method: "POST",
    url: "/v1/loans/:loan/ways",
    says: {
      en: "Every way out of a loan side by side, by what can really be paid in a month; nothing is recorded",
      zh: "按实际还款能力比较各种出路；不作登记",
    },
    of: "loan",
    guard: { none: "keeps" },
    may: { ...LOAN_READS, auditor: "never", agency: "never", "agency-collector": "never" },
    scope: "loans:read",
    once: true,
    params: z.strictObject({ loan: Id }),
    body: z.strictObject({
      household: Household.optional(),
      surplus: Money.optional(),
      months: z.int().min(2).max(600).optional(),
    }),
    answers: Ways,
    handle: async ({ api, lender, file, now, who, body }) => {
      const desk = await deskOf(api, lender, now, who);
      const decimals = decimalsOfFile(file);
      const household = body.household ? surplusTold(householdOf(body.household, decimals)) : undefined;
      const surplus =
        body.surplus === undefined ? household?.amount : moneyOf(body.surplus, decimals, "body/surplus");
      const today = dayAt(lender.zone, now);
      const made = waysFor(
        {
          facts: factsOf(file),
          product: file.product,
          pack: desk.pack,
          law: desk.hardship,
          today,
          surplus,
          guarantor: guarantorOf(
            file.ofBorrower.map((one) => one.fact),
            file.id,
          ),
        },
        body.months,
      );
      if (!made.ok) throw refusedBy(made.refusal);
      return waysTold(made.value, { surplus, ...(household ? { household } : {}) }, decimals) as never;
    },
  }),
  route({
    id: "hardship.request",
    method: "POST",
    url: "/v1/borrowers/:borrower/hardship",
    says: {
      en: "Ask for help with a loan: confirmed at once, and collection rests while it is looked at",
      zh: "申请协商还款：即时确认收到，审核期间暂停催收",
    },
    of: "borrower",
    guard: { none: "adds" },
    may: REQUEST_WRITES,
    scope: "loans:write",
    status: 201,
    params: BorrowerParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: HardshipBody,
    answers: z.object({ became: Became, request: HardshipShape }),
    handle: async ({ api, lender, borrower, who, now, query, body }) => {
      const desk = await deskOf(api, lender, now, who);
      const to = toldTo(lender, borrower, who, now);
      const { loan, reasons, words, channel, receivedOn, household, wish } = body;
      const outcome = await requestHardship(
        desk,
        {
          loan,
          reasons: [...new Set(reasons)],
          words,
          channel: who.role === "borrower" && channel !== "app" ? "portal" : channel,
          ...(receivedOn === undefined || who.role === "borrower" ? {} : { receivedOn: dayOf(receivedOn) }),
          ...(household === undefined ? {} : { household: householdOf(household, to.decimals) }),
          ...(wish === undefined ? {} : { wish: moneyOf(wish, to.decimals, "body/wish") }),
        },
        query.dryRun,
        keyOfBorrower(borrower),
      );
      const { value, known } = doneOr(outcome);
      const stored = borrower.files.find(({ id }) => id === loan)?.stored;
      return {
        became: becameOf(known, query.dryRun),
        request: hardshipJson(value, desk.hardship, to, stored) as never,
      };
    },
  }),
  route({
    id: "hardship.read",
    method: "GET",
    url: "/v1/borrowers/:borrower/hardship/:reference",
    says: { en: "A request for help with its offer and days", zh: "协商申请详情" },
    of: "borrower",
    shows: "hardship",
    may: REQUEST_READS,
    scope: "loans:read",
    params: RequestParams,
    answers: HardshipShape,
    handle: async ({ api, lender, borrower, who, now, params }) => {
      const desk = await deskOf(api, lender, now, who);
      const life = hardshipsOf(ownFacts(borrower)).get(params.reference);
      if (!life) throw new Problem("not-found");
      const stored = borrower.files.find(({ id }) => id === life.debt)?.stored;
      return hardshipJson(life, desk.hardship, toldTo(lender, borrower, who, now), stored) as never;
    },
  }),
  route({
    id: "hardship.ways",
    method: "GET",
    url: "/v1/borrowers/:borrower/hardship/:reference/ways",
    says: {
      en: "What could be offered today, side by side, with what is not possible and why",
      zh: "可提出的方案比较",
    },
    of: "borrower",
    may: { ...REQUEST_READS, borrower: "never" },
    scope: "loans:read",
    params: RequestParams,
    query: z.strictObject({ months: z.coerce.number().int().min(2).max(600).optional() }),
    answers: Ways,
    handle: async ({ api, lender, borrower, who, now, params, query }) => {
      const desk = await deskOf(api, lender, now, who);
      const life = hardshipsOf(ownFacts(borrower)).get(params.reference);
      const file = life && borrower.files.find(({ id }) => id === life.debt);
      if (!life || !file) throw new Problem("not-found");
      const household = surplusTold(life.household);
      const made = waysFor(
        {
          facts: factsOf(file),
          product: file.product,
          pack: desk.pack,
          law: desk.hardship,
          today: dayAt(lender.zone, now),
          surplus: household?.amount,
          guarantor: guarantorOf(ownFacts(borrower), life.debt),
        },
        query.months,
      );
      if (!made.ok) throw refusedBy(made.refusal);
      return waysTold(
        made.value,
        { surplus: household?.amount, ...(household ? { household } : {}) },
        decimalsOfFile(file),
      ) as never;
    },
  }),
  route({
    id: "hardship.event",
    method: "POST",
    url: "/v1/borrowers/:borrower/hardship/:reference/events",
    says: {
      en: "Offer, refuse, accept, withdraw: what happens to a request; he himself can add, accept, decline, withdraw, ask for another look",
      zh: "登记申请进展：提出方案、拒绝、接受、撤回等",
    },
    of: "borrower",
    guard: { by: "hardship" },
    may: REQUEST_DECIDES,
    scope: "loans:write",
    params: RequestParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: HardshipEventBody,
    answers: z.object({ became: Became, request: HardshipShape }),
    handle: async ({ api, lender, borrower, who, now, params, query, body, version }) => {
      if (who.role === "borrower" && !HIS.includes(body.type))
        throw refusedBy({ code: "not-his-to-say", says: `a borrower can say ${HIS.join(", ")}` });
      const desk = await deskOf(api, lender, now, who);
      const to = toldTo(lender, borrower, who, now);
      const { value, known } = doneOr(
        await moveHardship(
          desk,
          params.reference,
          wishedOf(body, to.decimals),
          movedAs(borrower, version),
          query.dryRun,
        ),
      );
      if (value.state === "proposed" && body.type === "offer" && !query.dryRun)
        await putBefore(api, lender, who, now, {
          reference: value.id,
          borrower: borrower.externalId,
          reason: body.reason,
        });
      const stored = borrower.files.find(({ id }) => id === value.debt)?.stored;
      return {
        became: becameOf(known, query.dryRun),
        request: hardshipJson(value, desk.hardship, to, stored) as never,
      };
    },
  }),
  route({
    id: "hardship.agreement",
    method: "GET",
    url: "/v1/borrowers/:borrower/hardship/:reference/agreement",
    says: {
      en: "The agreement that the offer makes, word for word, with the hash by which it is accepted",
      zh: "方案对应的协议全文及其哈希",
    },
    of: "borrower",
    may: REQUEST_READS,
    scope: "loans:read",
    params: RequestParams,
    query: z.strictObject({ language: z.enum(["zh-CN", "en"]).default("zh-CN") }),
    answers: z.object({
      reference: z.string(),
      language: z.enum(["zh-CN", "en"]),
      title: z.string(),
      parties: z.array(z.string()),
      clauses: z.array(z.string()),
      heads: z.array(z.string()),
      payments: z.array(z.array(z.string())),
      total: z.string(),
      text: z.string(),
      sha256: z.string(),
      accepted: z.boolean(),
    }),
    handle: async ({ lender, borrower, who, params, query }) => {
      const life = hardshipsOf(ownFacts(borrower)).get(params.reference);
      const file = life && borrower.files.find(({ id }) => id === life.debt);
      const hidden = who.role === "borrower" && life?.state === "proposed";
      const language = life?.accepted?.language ?? query.language;
      const made =
        life && file && !hidden
          ? agreementOf(life, { lender, borrower: file.borrower, product: file.product }, language)
          : undefined;
      if (!life || !made) throw new Problem("not-found");
      // What was accepted is kept word for word: no later version of the words changes it.
      const text = life.accepted?.text ?? agreementText(made);
      return {
        reference: life.id,
        language,
        title: made.title,
        parties: [...made.parties],
        clauses: [...made.clauses],
        heads: [...made.heads],
        payments: made.payments.map((row) => [...row]),
        total: made.total,
        text,
        sha256: sha256Hex(text),
        accepted: life.accepted !== undefined,
      };
    },
  }),
  route({
    id: "hardship.agreement-file",
    method: "GET",
    url: "/v1/borrowers/:borrower/hardship/:reference/agreement.pdf",
    says: { en: "The agreement as PDF, to keep", zh: "下载协议 PDF" },
    of: "borrower",
    may: REQUEST_READS,
    scope: "loans:read",
    params: RequestParams,
    query: z.strictObject({ language: z.enum(["zh-CN", "en"]).default("zh-CN") }),
    streams: true,
    answers: z.unknown(),
    handle: async ({ lender, borrower, who, params, query, reply, remark }) => {
      const life = hardshipsOf(ownFacts(borrower)).get(params.reference);
      const file = life && borrower.files.find(({ id }) => id === life.debt);
      if (!life?.offer || !file || (who.role === "borrower" && life.state === "proposed"))
        throw new Problem("not-found");
      const language = life.accepted?.language ?? query.language;
      const made = await agreementPdf(
        life,
        { lender, borrower: file.borrower, product: file.product },
        file.borrower.zone ?? lender.zone,
        language,
      );
      if (!made.ok)
        throw new Problem("refused", {
          refusal: made.refusal.code,
          says: made.refusal.says.en,
          saysZh: made.refusal.says.zh,
        });
      remark(`agreement ${life.id} as PDF`);
      reply.type("application/pdf").header("content-disposition", `attachment; filename="${life.id}.pdf"`);
      return Buffer.from(made.bytes);
    },
  }),
];
