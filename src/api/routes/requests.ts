import type { Readable } from "node:stream";
import { z } from "zod";
import {
  type ComplaintEvent,
  dayAt,
  decimalsOf,
  type Fact,
  type HouseholdTold,
  type Key,
  type Minor,
  parseMinute,
  parseMoney,
  REQUEST_CHANNELS,
  STEP_KINDS,
  WISH_KINDS,
  type WishMade,
} from "../../core/index.ts";
import { COMPLAINT_EVENTS_OF_HIS, complaintLives, hardshipsOf } from "../../legal/index.ts";
import {
  addFile,
  bookingsOf,
  complaintJson,
  hardshipJson,
  type MoveAsked,
  makeWish,
  moveComplaint,
  openComplaint,
  openRequests,
  proposeBookings,
  type RequestDesk,
  type RequestOutcome,
  type ToldTo,
  wishJson,
} from "../../office/requests/index.ts";
import { keptFile, type Lender, type LoanFile } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said } from "../http/said.ts";
import { type BorrowerFile, route, type Who } from "../route.ts";
import { takeDocument } from "../take-document.ts";
import { tryBookings } from "./corrections.ts";
import {
  Became,
  ComplaintBody,
  ComplaintEventBody,
  ComplaintShape,
  HardshipShape,
  type Household,
  WishShape,
  wordsOf,
} from "./request-shapes.ts";
import { REQUEST_DECIDES, REQUEST_READS, REQUEST_WRITES } from "./rows.ts";
import { DryRun, dayOf, Id, line, Words } from "./shapes.ts";

const BorrowerParams = z.strictObject({ borrower: Id });
const RequestParams = z.strictObject({ borrower: Id, reference: line(60) });

export async function deskOf(api: Api, lender: Lender, now: number, who: Who): Promise<RequestDesk> {
  const by = who.role === "borrower" ? "borrower" : who.id;
  const opened = await openRequests({ db: api.db, lender, now, by });
  if (!opened.ok) throw refusedBy({ code: "no-text-read", says: opened.says });
  return opened.desk;
}

export const keyOfBorrower = ({ files }: BorrowerFile): Key => {
  const { bucket, n } = files[0]!.borrower;
  return { bucket, n };
};

/** A "no" as the problem that it is: not there, changed meanwhile, or refused with its reason. */
export function doneOr<T>(outcome: RequestOutcome<T>): { readonly value: T; readonly known: boolean } {
  if (outcome.done) return outcome;
  const { code, says } = outcome.refusal;
  if (code === "no-such-complaint" || code === "no-such-request") throw new Problem("not-found");
  throw refusedBy({ code, says: says.en, saysZh: says.zh });
}

/** What a move is for: his own request, as it was read. */
export const movedAs = (borrower: BorrowerFile, version: number | undefined): MoveAsked => ({
  owner: keyOfBorrower(borrower),
  ...(version === undefined ? {} : { version }),
});

export const becameOf = (known: boolean, dryRun: boolean) =>
  known ? ("known" as const) : dryRun ? ("would-record" as const) : ("recorded" as const);

export const decimalsOfFile = ({ product }: LoanFile): number => decimalsOf(product.terms.currency);

export const toldTo = (lender: Lender, { files }: BorrowerFile, who: Who, now: number): ToldTo => ({
  today: dayAt(lender.zone, now),
  zone: files[0]!.borrower.zone ?? lender.zone,
  decimals: decimalsOfFile(files[0]!),
  currency: files[0]!.product.terms.currency,
  himself: who.role === "borrower",
});

export const ownFacts = ({ files }: BorrowerFile): readonly Fact[] =>
  files[0]!.ofBorrower.map(({ fact }) => fact);

export function moneyOf(text: string, decimals: number, at: string): Minor {
  const amount = parseMoney(text, decimals);
  if (amount === undefined || amount < 0) throw new Problem("bad-request", { ...said.notAnAmount(text), at });
  return amount;
}

export function householdOf(given: z.output<typeof Household>, decimals: number): HouseholdTold {
  const { income, living, dependants, dependantsNeed, otherDebts } = given;
  return {
    income: moneyOf(income, decimals, "body/household/income"),
    living: moneyOf(living, decimals, "body/household/living"),
    dependants,
    ...(dependantsNeed === undefined
      ? {}
      : { dependantsNeed: moneyOf(dependantsNeed, decimals, "body/household/dependantsNeed") }),
    otherDebts: moneyOf(otherDebts, decimals, "body/household/otherDebts"),
  };
}

/** Only the house says on which day something came. */
const receivedBy = (who: Who, receivedOn: string | undefined) =>
  receivedOn === undefined || who.role === "borrower" ? {} : { receivedOn: dayOf(receivedOn) };

const without = <T extends Record<string, unknown>>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

function complaintEvent(body: z.output<typeof ComplaintEventBody>, decimals: number): ComplaintEvent {
  if (body.type !== "answered") return without(body) as ComplaintEvent;
  const corrections = body.corrections.map(({ loan, what, amount, of }) => ({
    debt: loan,
    what,
    ...(amount === undefined ? {} : { amount: moneyOf(amount, decimals, "body/corrections") }),
    ...(of === undefined ? {} : { of }),
  }));
  return {
    type: "answered",
    outcome: body.outcome,
    reason: body.reason,
    ...(corrections.length === 0 ? {} : { corrections }),
  };
}

export const REQUEST_ROUTES = [
  route({
    id: "requests.list",
    method: "GET",
    url: "/v1/borrowers/:borrower/requests",
    says: { en: "What a borrower asked for, the newest first", zh: "借款人的投诉、申请与要求" },
    of: "borrower",
    may: REQUEST_READS,
    scope: "loans:read",
    params: BorrowerParams,
    answers: z.object({
      items: z.array(z.discriminatedUnion("sort", [ComplaintShape, HardshipShape, WishShape])),
    }),
    handle: async ({ api, lender, borrower, who, now }) => {
      const desk = await deskOf(api, lender, now, who);
      const to = toldTo(lender, borrower, who, now);
      const facts = ownFacts(borrower);
      const loanOf = (id: string) => borrower.files.find((file) => file.id === id)?.stored;
      const items = [
        ...[...complaintLives(facts).values()].map((life) => ({
          at: life.opened.at,
          item: complaintJson(life, desk.complaints, to),
        })),
        ...[...hardshipsOf(facts).values()].map((life) => ({
          at: life.requested.at,
          item: hardshipJson(life, desk.hardship, to, loanOf(life.debt)),
        })),
        ...facts
          .filter((fact): fact is WishMade => fact.kind === "WishMade")
          .map((fact) => ({ at: fact.at, item: wishJson(fact, to) })),
      ];
      return { items: items.sort((a, b) => b.at - a.at).map(({ item }) => item) as never };
    },
  }),
  route({
    id: "complaint.open",
    method: "POST",
    url: "/v1/borrowers/:borrower/complaints",
    says: {
      en: "Complain, or contest a claim: its receipt is confirmed and what it stops is stopped at once",
      zh: "投诉或提出异议：即时确认收到并暂停相应催收",
    },
    of: "borrower",
    guard: { none: "adds" },
    may: REQUEST_WRITES,
    scope: "loans:write",
    status: 201,
    params: BorrowerParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: ComplaintBody,
    answers: z.object({ became: Became, complaint: ComplaintShape }),
    handle: async ({ api, lender, borrower, who, now, query, body }) => {
      const desk = await deskOf(api, lender, now, who);
      const to = toldTo(lender, borrower, who, now);
      const { loans, kind, words, channel, receivedOn, disputed, happenedOn, against } = body;
      const outcome = await openComplaint(
        desk,
        {
          loans,
          topic: kind,
          words,
          channel: who.role === "borrower" && channel !== "app" ? "portal" : channel,
          ...receivedBy(who, receivedOn),
          ...(disputed === undefined ? {} : { disputed: moneyOf(disputed, to.decimals, "body/disputed") }),
          ...(happenedOn === undefined ? {} : { happenedOn: dayOf(happenedOn) }),
          ...(against === undefined ? {} : { against }),
        },
        query.dryRun,
        keyOfBorrower(borrower),
      );
      const { value, known } = doneOr(outcome);
      return {
        became: becameOf(known, query.dryRun),
        complaint: complaintJson(value, desk.complaints, to) as never,
      };
    },
  }),
  route({
    id: "complaint.read",
    method: "GET",
    url: "/v1/borrowers/:borrower/complaints/:reference",
    says: { en: "A complaint with its days and what happened", zh: "投诉详情" },
    of: "borrower",
    shows: "complaint",
    may: REQUEST_READS,
    scope: "loans:read",
    params: RequestParams,
    answers: ComplaintShape,
    handle: async ({ api, lender, borrower, who, now, params }) => {
      const desk = await deskOf(api, lender, now, who);
      const life = complaintLives(ownFacts(borrower)).get(params.reference);
      if (!life) throw new Problem("not-found");
      return complaintJson(life, desk.complaints, toldTo(lender, borrower, who, now)) as never;
    },
  }),
  route({
    id: "complaint.event",
    method: "POST",
    url: "/v1/borrowers/:borrower/complaints/:reference/events",
    says: {
      en: "Record what happened to a complaint; he himself can add, take it further, or withdraw it",
      zh: "登记投诉进展；借款人可补充、升级或撤回",
    },
    of: "borrower",
    guard: { by: "complaint" },
    may: REQUEST_DECIDES,
    scope: "loans:write",
    params: RequestParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: ComplaintEventBody,
    answers: z.object({ became: Became, complaint: ComplaintShape }),
    handle: async ({ api, lender, borrower, who, now, params, query, body, version }) => {
      if (who.role === "borrower" && !COMPLAINT_EVENTS_OF_HIS.includes(body.type))
        throw refusedBy({
          code: "not-his-to-say",
          says: `a borrower can say ${COMPLAINT_EVENTS_OF_HIS.join(", ")}`,
        });
      const desk = await deskOf(api, lender, now, who);
      const to = toldTo(lender, borrower, who, now);
      const asked = movedAs(borrower, version);
      const what = complaintEvent(body, to.decimals);
      const { id } = complaintLives(ownFacts(borrower)).get(params.reference) ?? { id: params.reference };
      const bookings = bookingsOf(what, id, { decimals: to.decimals, on: to.today });
      await tryBookings(api, borrower, bookings);
      const { value, known } = doneOr(await moveComplaint(desk, params.reference, what, asked, query.dryRun));
      if (!query.dryRun) await proposeBookings({ db: api.db, lender, by: who.id, now }, id, bookings);
      return {
        became: becameOf(known, query.dryRun),
        complaint: complaintJson(value, desk.complaints, to) as never,
      };
    },
  }),
  route({
    id: "wish.make",
    method: "POST",
    url: "/v1/borrowers/:borrower/wishes",
    says: {
      en: "Wishes about contact and who speaks for him: heeded from this minute on",
      zh: "联系要求与代理人：即时生效",
    },
    of: "borrower",
    guard: { none: "adds" },
    may: REQUEST_WRITES,
    scope: "loans:write",
    status: 201,
    params: BorrowerParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      loan: Id.optional().describe("One of his loans; the first where it does not matter"),
      wish: wordsOf(WISH_KINDS),
      words: Words.optional(),
      channel: wordsOf(REQUEST_CHANNELS).default("portal"),
      kinds: z.array(wordsOf(STEP_KINDS)).max(20).optional().describe("Ways that shall stop"),
      address: line(200).optional().describe("The number or address that shall not be used"),
      from: z.string().max(5).optional(),
      to: z.string().max(5).optional(),
      weekdays: z.array(z.int().min(1).max(7)).max(7).optional().describe("1 Monday to 7 Sunday"),
      representative: line(100).optional(),
      of: line(60).optional().describe("The wish that is taken back"),
    }),
    answers: z.object({
      became: Became,
      reference: z.string(),
      wish: z.string(),
      facts: z.array(z.string()).describe("Facts of his person that it became"),
    }),
    handle: async ({ api, lender, borrower, who, now, query, body }) => {
      const desk = await deskOf(api, lender, now, who);
      const { loan = borrower.files[0]!.id, wish, channel, from, to, ...more } = body;
      const outcome = await makeWish(
        desk,
        {
          loan,
          wish,
          channel: who.role === "borrower" && channel !== "app" ? "portal" : channel,
          ...without(more),
          ...minuteOf("from", from),
          ...minuteOf("to", to),
        } as never,
        query.dryRun,
        keyOfBorrower(borrower),
      );
      const { value, known } = doneOr(outcome);
      return {
        became: becameOf(known, query.dryRun),
        reference: value.id,
        wish: value.wish,
        facts: [...value.became],
      };
    },
  }),
  route({
    id: "request.file-add",
    method: "POST",
    url: "/v1/borrowers/:borrower/requests/:reference/files",
    says: { en: "Add a document to a request: PDF, JPEG or PNG, at most 10 MB", zh: "为申请补充文件" },
    of: "borrower",
    guard: { none: "adds" },
    may: REQUEST_WRITES,
    scope: "loans:write",
    takesFile: true,
    mostBytes: 10_100_000,
    params: RequestParams,
    query: z.strictObject({ dryRun: DryRun }),
    answers: z.object({ became: Became, sha256: z.string(), name: z.string(), bytes: z.int() }),
    handle: async ({ api, lender, borrower, who, now, params, query, request }) => {
      const desk = await deskOf(api, lender, now, who);
      const file = await takeDocument(
        request.body as Readable,
        request.headers["content-type"] ?? "",
        api.scan,
      );
      const outcome = await addFile(desk, params.reference, file, query.dryRun, keyOfBorrower(borrower));
      const { value, known } = doneOr(outcome);
      const { sha256, name, bytes } = value;
      return { became: becameOf(known, query.dryRun), sha256, name, bytes };
    },
  }),
  route({
    id: "request.file",
    method: "GET",
    url: "/v1/borrowers/:borrower/requests/:reference/files/:sha256",
    says: { en: "A document of a request", zh: "下载申请文件" },
    of: "borrower",
    may: REQUEST_READS,
    scope: "loans:read",
    params: z.strictObject({ borrower: Id, reference: line(60), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    streams: true,
    answers: z.unknown(),
    handle: async ({ api, borrower, params, reply, remark }) => {
      const facts = ownFacts(borrower);
      const life = complaintLives(facts).get(params.reference) ?? hardshipsOf(facts).get(params.reference);
      const file = life?.files.find(({ sha256 }) => sha256 === params.sha256);
      const bytes = file && (await keptFile(api.db, file.sha256));
      if (!file || !bytes) throw new Problem("not-found");
      remark(`document ${file.sha256.slice(0, 12)} of ${params.reference}`);
      reply
        .type(file.type === "pdf" ? "application/pdf" : `image/${file.type}`)
        // Never shown as a page of ours: what somebody else made does not run here.
        .header("content-disposition", `attachment; filename="${params.reference}.${file.type}"`);
      return bytes;
    },
  }),
];

function minuteOf<K extends string>(key: K, text: string | undefined): { [Name in K]?: number } {
  if (text === undefined) return {};
  const minute = parseMinute(text);
  if (minute === undefined)
    throw new Problem("bad-request", {
      ...said.notATime(text),
      at: `body/${key}`,
    });
  return { [key]: minute } as { [Name in K]?: number };
}
