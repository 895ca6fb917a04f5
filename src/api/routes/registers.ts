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
import { route } from "../route.ts";
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
    handle: async ({ api, lender, now, query }) => {
      const today = dayAt(lender.zone, now);
      const kept = await listRequests(api.db, lender, {
        sort: "complaint",
        limit: query.limit,
        ...(query.state === undefined ? {} : { states: [query.state] }),
        ...(query.kind === undefined ? {} : { about: query.kind }),
        ...(query.within === undefined ? {} : { nextBy: addDays(today, query.within) }),
      });
      const names = await externalIdsOf(
        api.db,
        kept.map(({ owner }) => owner),
      );
      return {
        items: kept.map((one) => ({
          reference: one.id,
          borrower: names.get(keyToNumber(one.owner)) ?? "",
          loans: [...one.loans],
          state: one.state,
          stateWords: COMPLAINT_STATE_WORDS[one.state as keyof typeof COMPLAINT_STATE_WORDS],
          about: [one.about],
          aboutWords: [COMPLAINT_KIND_WORDS[one.about as keyof typeof COMPLAINT_KIND_WORDS]],
          receivedOn: formatDay(one.receivedOn),
          nextOn: one.nextOn === null ? null : formatDay(one.nextOn),
          daysLeft: one.nextOn === null ? null : one.nextOn - today,
        })),
      };
    },
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
    handle: async ({ api, lender, now, query }) => {
      const today = dayAt(lender.zone, now);
      const kept = await listRequests(api.db, lender, {
        sort: "hardship",
        limit: query.limit,
        ...(query.state === undefined ? {} : { states: [query.state] }),
        ...(query.within === undefined ? {} : { nextBy: addDays(today, query.within) }),
      });
      const names = await externalIdsOf(
        api.db,
        kept.map(({ owner }) => owner),
      );
      return {
        items: kept.map((one) => ({
          reference: one.id,
          borrower: names.get(keyToNumber(one.owner)) ?? "",
          loans: [...one.loans],
          state: one.state,
          stateWords: HARDSHIP_STATE_WORDS[one.state as keyof typeof HARDSHIP_STATE_WORDS],
          about: one.about.split(" "),
          aboutWords: one.about
            .split(" ")
            .map((reason) => HARDSHIP_REASON_WORDS[reason as keyof typeof HARDSHIP_REASON_WORDS]),
          receivedOn: formatDay(one.receivedOn),
          nextOn: one.nextOn === null ? null : formatDay(one.nextOn),
          daysLeft: one.nextOn === null ? null : one.nextOn - today,
        })),
      };
    },
  }),
];
