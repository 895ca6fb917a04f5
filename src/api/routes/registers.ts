import { z } from "zod";
import {
  addDays,
  COMPLAINT_KINDS,
  COMPLAINT_STATES,
  dayAt,
  formatDay,
  HARDSHIP_STATES,
  keyToNumber,
} from "../../core/index.ts";
import {
  COMPLAINT_KIND_WORDS,
  COMPLAINT_STATE_WORDS,
  HARDSHIP_REASON_WORDS,
  HARDSHIP_STATE_WORDS,
} from "../../legal/index.ts";
import { externalIdsOf, listRequests } from "../../store/index.ts";
import { type Ask, route } from "../route.ts";
import { wordsOf } from "./request-shapes.ts";
import { HOUSE_READS } from "./rows.ts";

const Both = z.object({ en: z.string(), zh: z.string() });
const Row = z.object({
  reference: z.string(),
  borrower: z.string(),
  loans: z.array(z.string()),
  state: z.string(),
  stateWords: Both,
  about: z.array(z.string()),
  aboutWords: z.array(Both),
  receivedOn: z.string(),
  nextOn: z.string().nullable(),
  daysLeft: z.int().nullable(),
});

const Limit = z.coerce.number().int().min(1).max(500).default(200);
const Within = z.coerce
  .number()
  .int()
  .min(0)
  .max(366)
  .optional()
  .describe("Only those with a day within so many");

type RowOut = z.input<typeof Row>;
type Kept = Awaited<ReturnType<typeof listRequests>>[number];

interface Asking extends Pick<Ask<"lender", undefined, undefined, undefined>, "api" | "lender" | "now"> {
  readonly query: {
    readonly limit: number;
    readonly state?: string | undefined;
    readonly kind?: string | undefined;
    readonly within?: number | undefined;
  };
}

/** Rows of a register; `told` says in words what is particular to its sort. */
async function registered(
  sort: "complaint" | "hardship",
  { api, lender, now, query: { state, kind, within, limit } }: Asking,
  told: (one: Kept) => Pick<RowOut, "stateWords" | "about" | "aboutWords">,
): Promise<RowOut[]> {
  const today = dayAt(lender.zone, now);
  const kept = await listRequests(api.db, lender, {
    sort,
    limit,
    ...(state === undefined ? {} : { states: [state] }),
    ...(kind === undefined ? {} : { about: kind }),
    ...(within === undefined ? {} : { nextBy: addDays(today, within) }),
  });
  const names = await externalIdsOf(
    api.db,
    kept.map(({ owner }) => owner),
  );
  return kept.map((one) => ({
    reference: one.id,
    borrower: names.get(keyToNumber(one.owner)) ?? "",
    loans: [...one.loans],
    state: one.state,
    ...told(one),
    receivedOn: formatDay(one.receivedOn),
    nextOn: one.nextOn === null ? null : formatDay(one.nextOn),
    daysLeft: one.nextOn === null ? null : one.nextOn - today,
  }));
}

export const REGISTER_ROUTES = [
  route({
    id: "complaints.list",
    method: "GET",
    url: "/v1/complaints",
    says: { en: "The register of complaints, the nearest day first", zh: "投诉登记簿" },
    of: "lender",
    may: HOUSE_READS,
    scope: "loans:read",
    query: z.strictObject({
      state: wordsOf(COMPLAINT_STATES).optional(),
      kind: wordsOf(COMPLAINT_KINDS).optional(),
      within: Within,
      limit: Limit,
    }),
    answers: z.object({ items: z.array(Row) }),
    handle: async (asking) => ({
      items: await registered("complaint", asking, (one) => ({
        stateWords: COMPLAINT_STATE_WORDS[one.state as keyof typeof COMPLAINT_STATE_WORDS],
        about: [one.about],
        aboutWords: [COMPLAINT_KIND_WORDS[one.about as keyof typeof COMPLAINT_KIND_WORDS]],
      })),
    }),
  }),
  route({
    id: "hardship.list",
    method: "GET",
    url: "/v1/hardship",
    says: { en: "Requests for help and plans, the nearest day first", zh: "协商申请与方案" },
    of: "lender",
    may: HOUSE_READS,
    scope: "loans:read",
    query: z.strictObject({ state: wordsOf(HARDSHIP_STATES).optional(), within: Within, limit: Limit }),
    answers: z.object({ items: z.array(Row) }),
    handle: async (asking) => ({
      items: await registered("hardship", asking, (one) => {
        const about = one.about.split(" ");
        return {
          stateWords: HARDSHIP_STATE_WORDS[one.state as keyof typeof HARDSHIP_STATE_WORDS],
          about,
          aboutWords: about.map(
            (reason) => HARDSHIP_REASON_WORDS[reason as keyof typeof HARDSHIP_REASON_WORDS],
          ),
        };
      }),
    }),
  }),
];
