import { z } from "zod";
import {
  type Askable,
  arrearsOn,
  askableOf,
  askableOn,
  bandName,
  bandOf,
  type Day,
  dayAt,
  decimalsOf,
  disputeBy,
  dpdOn,
  eventOfTexts,
  formatDay,
  formatMoney,
  keyToNumber,
  type Minor,
  mayAgencySee,
  PERSON_EVENT_KINDS,
  parseInstant,
  parseMoney,
  positionFromFacts,
  RECORD_KINDS,
  STEP_KINDS,
} from "../../core/index.ts";
import { madeEventId } from "../../intake/index.ts";
import { limitationJson } from "../../office/limitation/json.ts";
import { limitationOfFile } from "../../office/limitation/of.ts";
import { recordOne } from "../../office/loans/recorded.ts";
import { shownOf, usualDay } from "../../office/loans/shown.ts";
import { explained, usualInstant } from "../../office/story/explained.ts";
import { storyOf } from "../../office/story/story.ts";
import {
  factsOf,
  holdsWaiting,
  journalsOf,
  type LoanFile,
  listLoans,
  loanVersion,
  personFactsOf,
  propose,
} from "../../store/index.ts";
import { isToldTo, loanFields, maskDeep, maskText, ownValues } from "../access/fields.ts";
import { hashOf, newId } from "../access/secrets.ts";
import type { Api } from "../api.ts";
import { cursorOf, keyOf, pairOf } from "../http/cursor.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said } from "../http/said.ts";
import { route, type Who } from "../route.ts";
import { HOUSE_READS, LOAN_READS, LOAN_WORK_READS, LOAN_WRITES } from "./rows.ts";
import {
  AskedFor,
  DayText,
  DryRun,
  dayOrNot,
  Id,
  InstantText,
  Loose,
  line,
  Money,
  OfPerson,
  Paging,
  page,
  Reason,
} from "./shapes.ts";

export const LoanParams = z.strictObject({ loan: Id });

const LoanRow = z.object({
  loan: z.string(),
  borrower: z.string(),
  product: z.string(),
  status: z.string(),
  setAside: z.boolean(),
  dpd: z.int(),
  bucket: z.string(),
  outstanding: Money,
  arrears: Money,
  ...AskedFor,
  currency: z.string(),
});

const Arrears = z.object({
  principal: Money,
  interest: Money,
  lateInterest: Money,
  compoundInterest: Money,
  fee: Money,
  penalty: Money,
  recoveryCost: Money,
  total: Money,
});

const Limitation = z.object({ expiresOn: z.string().nullable(), worstOn: z.string(), state: z.string() });

/** What of it a role is not shown is left out, and so is what a loan does not have. */
const Loan = z.object({
  loan: z.string(),
  lender: z.string(),
  product: z.string().optional(),
  source: z.string().optional(),
  currency: z.string(),
  principal: Money.optional(),
  asOf: z.string(),
  status: z.string(),
  dpd: z.int(),
  bucket: z.string(),
  outstanding: Money.optional(),
  arrears: Arrears,
  ...AskedFor,
  dueOn: z.string().nullable(),
  nextDue: z.object({ on: z.string(), amount: Money }).nullable(),
  contractual: Money.optional(),
  payoff: Money,
  unapplied: Money.optional(),
  claimable: Money.optional(),
  ceiling: Loose.optional(),
  promises: z.array(Loose).optional(),
  differences: z.array(Loose).optional(),
  limitation: Limitation.optional(),
  person: z.array(OfPerson).optional(),
  version: z.int().describe("Facts of the loan and of its person; If-Match takes it"),
});

const Installment = z.object({
  n: z.int(),
  dueOn: z.string(),
  days: z.int(),
  principal: Money,
  interest: Money,
  principalPaid: Money,
  interestPaid: Money,
  released: Money,
  balance: Money,
});

const Told = z.object({
  on: z.string(),
  kind: z.string(),
  says: z.object({ en: z.string(), zh: z.string() }),
  by: z.string(),
});

const Channel = z.object({
  via: z.string(),
  verdict: z.string(),
  because: z.array(Loose),
  allowedFrom: z.string().optional(),
});

const Seen = z.strictObject({
  asOf: DayText.optional(),
  knownOn: DayText.optional().describe("With what was booked by this day"),
});

/** The loan on a day; refused where it was not paid out by then. */
export function positionOn(file: LoanFile, api: Api, query: z.output<typeof Seen>) {
  const asOf = dayOrNot(query.asOf) ?? usualDay(file, api);
  const knownOn = dayOrNot(query.knownOn);
  const position = positionFromFacts(file.key, factsOf(file), () => file.product, asOf, knownOn);
  if (!position)
    throw refusedBy({
      code: "not-paid-out-yet",
      says: `there is no such loan on that day: it was paid out on ${formatDay(file.stored.disbursedOn)}`,
      saysZh: `该日尚无此贷款：放款日 ${formatDay(file.stored.disbursedOn)}`,
      at: "asOf",
    });
  return { position, seen: knownOn === undefined ? { asOf } : { asOf, knownOn } };
}

/** More bands than any product has edges. */
const MOST_BANDS = 50;

export const LOAN_ROUTES = [
  route({
    id: "loans.list",
    method: "GET",
    url: "/v1/loans",
    says: { en: "Loans of the lender, page by page", zh: "贷款列表" },
    of: "lender",
    may: HOUSE_READS,
    scope: "loans:read",
    query: z.strictObject({
      ...Paging,
      product: Id.optional(),
      band: z.coerce
        .number()
        .int()
        .min(0)
        .max(50)
        .optional()
        .describe("Age band at the last close: 0 is not past due"),
      asOf: DayText.optional().describe(
        "Figures of that day, by replay; a loan not paid out by then is left out. Not together with `band` or `late`, which are the last close's",
      ),
      late: z.enum(["true"]).optional().describe("Every loan that was past due at the last close"),
    }),
    answers: page(LoanRow),
    handle: async ({ api, lender, query }) => {
      const on = dayOrNot(query.asOf);
      if (on !== undefined && (query.band !== undefined || query.late))
        throw new Problem("bad-request", {
          ...said.bandOfPast(),
          at: "query/asOf",
        });
      const own = await api.reads.products(lender);
      const wanted = own.filter(({ code }) => query.product === undefined || code === query.product);
      const after = pairOf("loans", query.cursor);
      const rows = await listLoans(api.db, {
        limit: query.limit + 1,
        products: wanted.map(({ id }) => id),
        ...(after ? { after } : {}),
        ...(query.band !== undefined
          ? { bands: [query.band] }
          : query.late
            ? { bands: Array.from({ length: MOST_BANDS }, (_, i) => i + 1) }
            : {}),
      });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1)?.loan;
      const keys = shown.map(({ loan }) => loan);
      const journals = on === undefined ? undefined : await journalsOf(api.db, keys);
      const holds = on === undefined ? await holdsWaiting(api.db, keys) : undefined;
      return {
        items: shown.flatMap(({ loan, id, borrower }) => {
          const product = own.find((one) => one.id === loan.product)!;
          const { currency } = product.terms;
          const money = (value: number): string => formatMoney(value as Minor, decimalsOf(currency));
          const askedFor = ({ sum, disputed }: Askable) => ({
            disputed: money(disputed),
            askable: money(sum),
          });
          if (journals && on !== undefined) {
            const facts = journals.get(keyToNumber(loan)) ?? [];
            const position = positionFromFacts(loan, facts, () => product, on);
            if (!position) return [];
            return {
              loan: id,
              borrower,
              product: product.code,
              status: position.status,
              setAside: false,
              dpd: position.dpd,
              bucket: position.band,
              outstanding: money(position.outstanding),
              arrears: money(position.arrears.total),
              ...askedFor(askableOf(position, disputeBy(facts, on, on))),
              currency,
            };
          }
          const asOf = Math.max(lender.closedThrough, loan.lateOn, loan.disbursedOn) as Day;
          const dpd = dpdOn(loan, product, asOf);
          const arrears = arrearsOn(loan, product, asOf);
          const since = holds?.get(keyToNumber(loan)) ?? [];
          return {
            loan: id,
            borrower,
            product: product.code,
            status: loan.status,
            setAside: loan.setAside,
            dpd,
            bucket: bandName(bandOf(product, dpd)),
            outstanding: money(loan.principal - loan.principalPaid),
            arrears: money(arrears.total),
            ...askedFor(askableOn(loan, product, asOf, { since, arrears })),
            currency,
          };
        }),
        next: rows.length > query.limit && last ? cursorOf("loans", [last.bucket, last.n]) : null,
      };
    },
  }),
  route({
    id: "loan.read",
    method: "GET",
    url: "/v1/loans/:loan",
    says: { en: "What is owed on a loan on a day", zh: "某日贷款状况" },
    of: "loan",
    shows: "loan",
    may: LOAN_READS,
    scope: "loans:read",
    params: LoanParams,
    query: Seen,
    answers: Loan,
    handle: async ({ api, who, file, query }) => {
      const { position, seen } = positionOn(file, api, query);
      const { json } = shownOf(file, position, seen);
      const { installments: _, ...loan } = json as Record<string, unknown>;
      const shown = loanFields(who.role, maskDeep(loan, ownValues(file)));
      return { ...shown, version: loanVersion(file) } as z.input<typeof Loan>;
    },
  }),
  route({
    id: "loan.schedule",
    method: "GET",
    url: "/v1/loans/:loan/schedule",
    says: { en: "A loan's installments on a day", zh: "还款计划" },
    of: "loan",
    may: { ...LOAN_READS, agency: "never", "agency-collector": "never" },
    scope: "loans:read",
    params: LoanParams,
    query: Seen,
    answers: z.object({ loan: z.string(), asOf: z.string(), items: z.array(Installment) }),
    handle: async ({ api, file, query }) => {
      const { position, seen } = positionOn(file, api, query);
      const { json } = shownOf(file, position, seen);
      const items = (json as unknown as { installments: z.input<typeof Installment>[] }).installments;
      return { loan: file.id, asOf: formatDay(seen.asOf), items };
    },
  }),
  route({
    id: "loan.timeline",
    method: "GET",
    url: "/v1/loans/:loan/timeline",
    says: { en: "What happened, the newest first", zh: "时间线" },
    of: "loan",
    may: LOAN_READS,
    scope: "loans:read",
    params: LoanParams,
    query: z.strictObject({ ...Paging, kind: line(60).optional() }),
    answers: page(Told),
    handle: async ({ who, file, query, now }) => {
      const zone = file.borrower.zone ?? file.lender.zone;
      const since = firstDayFor(who, file, now, zone);
      const story = storyOf(file, undefined).filter(
        ({ fact }) =>
          isToldTo(who.role, fact.kind) &&
          fact.on >= since &&
          (query.kind === undefined || fact.kind === query.kind),
      );
      const [end = story.length] =
        (keyOf("timeline", query.cursor, ["number"]) as [number] | undefined) ?? [];
      const to = Math.max(0, Math.min(end, story.length));
      const from = Math.max(0, to - query.limit);
      const own = ownValues(file);
      return {
        items: story
          .slice(from, to)
          .reverse()
          .map(({ fact, says, by }) => ({
            on: formatDay(fact.on),
            kind: fact.kind,
            says: { en: maskText(says.en, own), zh: maskText(says.zh, own) },
            by,
          })),
        next: from > 0 ? cursorOf("timeline", [from]) : null,
      };
    },
  }),
  route({
    id: "loan.why",
    method: "GET",
    url: "/v1/loans/:loan/why",
    says: {
      en: "Whether the borrower may be contacted now, by each way, and why not",
      zh: "当前可否联系借款人及其依据",
    },
    of: "loan",
    may: LOAN_WORK_READS,
    params: LoanParams,
    query: z.strictObject({
      at: InstantText.optional(),
      via: z.enum(STEP_KINDS as readonly [string, ...string[]]).optional(),
    }),
    answers: z.object({
      loan: z.string(),
      at: z.string(),
      placedWith: z.string().nullable(),
      limitation: Limitation.optional(),
      channels: z.array(Channel),
      person: z.array(OfPerson).nullable(),
    }),
    handle: async ({ api, file, query }) => {
      const zone = file.borrower.zone ?? file.lender.zone;
      const at = query.at === undefined ? usualInstant(file, zone, api) : parseInstant(query.at)!;
      const { json } = await explained(api.db, file, { at, via: query.via as never });
      const { facts: _facts, borrower: _borrower, ...rest } = json;
      return maskDeep(rest, ownValues(file)) as never;
    },
  }),
  route({
    id: "loan.limitation",
    method: "GET",
    url: "/v1/loans/:loan/limitation",
    says: { en: "When the time to claim ends, and by what", zh: "诉讼时效及其依据" },
    of: "loan",
    may: { ...LOAN_READS, agency: "never", "agency-collector": "never" },
    scope: "loans:read",
    params: LoanParams,
    query: z.strictObject({ asOf: DayText.optional() }),
    answers: z.object({
      loan: z.string(),
      asOf: z.string(),
      limitation: Limitation.extend({
        worstState: z.string(),
        of: z.unknown(),
        startsOn: z.string(),
        longStopOn: z.string(),
        because: z.array(Loose),
      }).nullable(),
    }),
    handle: async ({ api, file, query }) => {
      const asOf = dayOrNot(query.asOf) ?? usualDay(file, api);
      const found = limitationOfFile(file, asOf);
      if (typeof found === "string") throw refusedBy({ code: "limitation-unknown", says: found });
      return {
        loan: file.id,
        asOf: formatDay(asOf),
        limitation: (found ? maskDeep(limitationJson(found), ownValues(file)) : null) as never,
      };
    },
  }),
  route({
    id: "loan.record",
    method: "POST",
    url: "/v1/loans/:loan/events",
    says: {
      en: "Record something that happened on a loan; a waiver above the limit waits for a second person",
      zh: "登记贷款事件；超过限额的减免须第二人批准",
    },
    of: "loan",
    guard: { by: "loan" },
    may: LOAN_WRITES,
    scope: "loans:write",
    params: LoanParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      kind: z.enum([...RECORD_KINDS, ...PERSON_EVENT_KINDS] as [string, ...string[]]),
      on: DayText.optional(),
      id: Id.optional(),
      /** The keys that this kind takes, as a column of an events file has them. */
      with: z.record(z.string().max(40), z.string().max(2000)).default({}),
      reason: Reason.optional(),
    }),
    answers: z.object({
      loan: z.string(),
      id: z.string(),
      kind: z.string(),
      became: z.enum(["recorded", "known", "would-record", "proposed"]),
      bookedOn: z.string().nullable(),
      approval: z.string().nullable(),
    }),
    handle: async ({ api, who, lender, file, query, body, request, now, version, remark }) => {
      if (version !== loanVersion(file)) throw new Problem("changed-meanwhile");
      const asked = {
        kind: body.kind,
        on: body.on ?? formatDay(dayAt(lender.zone, now)),
        with: body.with,
        // A new key is a new thing: two like charges of one day are two.
        id: body.id ?? `api/${hashOf(`${who.id} ${request.headers["idempotency-key"]}`).slice(0, 16)}`,
      };
      if (body.reason) remark(body.reason);
      if (isAboveLimit(api, file, asked, dayAt(lender.zone, now)) && !query.dryRun) {
        await recordEvent(api, file, asked, { dryRun: true });
        const id = newId();
        await propose(api.db, {
          id,
          lender: lender.code,
          what: "loan.record",
          subject: `loan ${file.id}`,
          body: JSON.stringify({ loan: file.id, ...asked }),
          reason: body.reason ?? "",
          proposedBy: who.id,
          proposedAt: now,
        });
        return {
          loan: file.id,
          id,
          kind: body.kind,
          became: "proposed" as const,
          bookedOn: null,
          approval: id,
        };
      }
      return recordEvent(api, file, asked, { dryRun: query.dryRun, ifFacts: loanVersion(file) });
    },
  }),
];

/** An agency sees what happened since the loan was placed with it. */
function firstDayFor(who: Who, file: LoanFile, now: number, zone: string): number {
  if (who.role !== "agency" && who.role !== "agency-collector") return Number.NEGATIVE_INFINITY;
  const placed = mayAgencySee(personFactsOf(file), who.party ?? "", file.id, now, dayAt(zone, now));
  return placed.ok ? placed.value.from : Number.POSITIVE_INFINITY;
}

export interface EventAsked {
  readonly kind: string;
  readonly on: string;
  readonly id?: string | undefined;
  readonly with: Readonly<Record<string, string>>;
}

const WAIVERS = ["waiver", "settlement"];
/** Waivers of so many days count together: several small ones are one large one. */
const WAIVERS_DAYS = 30;

function waivedSince(file: LoanFile, day: number): number {
  const facts = factsOf(file);
  const reversed = new Set(facts.flatMap((fact) => (fact.kind === "EntryReversed" ? [fact.id] : [])));
  return facts.reduce(
    (sum, fact) =>
      fact.kind === "ClaimWaived" && fact.on >= day && !reversed.has(fact.id) ? sum + fact.amount : sum,
    0,
  );
}

/** Giving up money above the limit takes two people. A sum that cannot be read is left to the loan's own refusal. */
export function isAboveLimit(
  api: Api,
  file: LoanFile,
  { kind, with: more }: EventAsked,
  now: number,
): boolean {
  if (!WAIVERS.includes(kind)) return false;
  const { currency } = file.product.terms;
  const amount = more.amount === undefined ? 0 : (parseMoney(more.amount, decimalsOf(currency)) ?? 0);
  // A settlement gives up what is above its sum, whatever that is: it always takes two.
  return kind === "settlement" || amount + waivedSince(file, now - WAIVERS_DAYS) > api.waiverLimit;
}

/** Records one event as a person would at the terminal; the same id again changes nothing. */
export async function recordEvent(
  api: Api,
  file: LoanFile,
  asked: EventAsked,
  how: { readonly dryRun: boolean; readonly ifFacts?: number },
): Promise<{
  loan: string;
  id: string;
  kind: string;
  became: "recorded" | "known" | "would-record";
  bookedOn: string | null;
  approval: null;
}> {
  const { kind, on, with: more } = asked;
  // What a route decides by stands last: nothing under `with` can be another kind than was judged.
  const texts = new Map([...Object.entries(more), ["kind", kind], ["on", on]]);
  const id = asked.id ?? madeEventId(file.id, texts);
  const event = eventOfTexts(texts);
  const done = await recordOne(api.db, api.shelves, file.lender.code, { loan: file.id, id, event }, how);
  if ("refused" in done) {
    const { refused } = done;
    if (refused.code === "changed-meanwhile") throw new Problem("changed-meanwhile");
    throw refusedBy({ ...refused, at: `body/with/${refused.column}` });
  }
  const { became, bookedOn } = done;
  return { loan: file.id, id, kind, became, bookedOn: formatDay(bookedOn), approval: null };
}
