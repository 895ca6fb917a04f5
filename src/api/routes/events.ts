import { z } from "zod";
import { dayAt, eventOfTexts, formatDay, PERSON_EVENT_KINDS, RECORD_KINDS } from "../../core/index.ts";
import { bookStore, type LoanFile } from "../../store/index.ts";
import { said, saidOf } from "../http/said.ts";
import { route } from "../route.ts";
import { isAboveLimit } from "./loans.ts";
import { LOAN_WRITES_MANY } from "./rows.ts";
import { DayText, DryRun, Id, Reason } from "./shapes.ts";

const MOST = 1000;

export const EVENT_ROUTES = [
  route({
    id: "events.record",
    method: "POST",
    url: "/v1/events",
    says: {
      en: "Record events of many loans, each with an id of its own; row by row, dry run first. What needs a second person is refused here",
      zh: "批量登记贷款事件（每条须有编号），逐行结果，可先试算；须第二人批准的不在此受理",
    },
    of: "lender",
    guard: { none: "rows" },
    may: LOAN_WRITES_MANY,
    scope: "loans:write",
    mostBytes: 1024 * 1024,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      events: z
        .array(
          z.strictObject({
            loan: Id,
            id: Id.describe("The same one again changes nothing"),
            kind: z.enum([...RECORD_KINDS, ...PERSON_EVENT_KINDS] as [string, ...string[]]),
            on: DayText.optional(),
            with: z.record(z.string().max(40), z.string().max(2000)).default({}),
          }),
        )
        .min(1)
        .max(MOST),
      reason: Reason.optional(),
    }),
    answers: z.object({
      dryRun: z.boolean(),
      recorded: z.int(),
      items: z.array(
        z.object({
          loan: z.string(),
          id: z.string(),
          became: z.enum(["recorded", "known", "would-record", "refused"]),
          bookedOn: z.string().nullable(),
          code: z.string().nullable(),
          says: z.string().nullable(),
          saysZh: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender, now, query, body, remark }) => {
      if (body.reason) remark(body.reason);
      const today = dayAt(lender.zone, now);
      const files = new Map<string, LoanFile | undefined>();
      await Promise.all(
        [...new Set(body.events.map(({ loan }) => loan))].map(async (loan) => {
          files.set(loan, await api.reads.loan(lender, loan));
        }),
      );
      const asked = body.events.map((event, i) => ({
        ...event,
        line: i + 1,
        on: event.on ?? formatDay(today),
      }));
      // Several small waivers of one call are one large one: of a loan that has more than one, none is taken here.
      const waivers = new Map<string, number>();
      for (const { loan, kind } of asked)
        if (kind === "waiver" || kind === "settlement") waivers.set(loan, (waivers.get(loan) ?? 0) + 1);
      const needsSecond = (one: (typeof asked)[number]): boolean => {
        const file = files.get(one.loan);
        if (!file || (one.kind !== "waiver" && one.kind !== "settlement")) return false;
        return waivers.get(one.loan)! > 1 || isAboveLimit(api, file, one, today);
      };
      const taken = asked.filter((one) => !needsSecond(one));
      const done = await bookStore(api.db, api.shelves).events(
        lender.code,
        taken.map(({ line, loan, id, kind, on, with: more }) => ({
          kind: "event",
          line,
          loanId: loan,
          id,
          // What the row is stands last: nothing under `with` can be another kind than was judged.
          event: eventOfTexts(new Map([...Object.entries(more), ["kind", kind], ["on", on]])),
        })),
        { actor: "person", dryRun: query.dryRun },
      );
      const items = asked.map(({ line, loan, id, ...one }) => {
        const nothing = { bookedOn: null, code: null, says: null, saysZh: null };
        if (needsSecond({ line, loan, id, ...one }))
          return {
            loan,
            id,
            became: "refused" as const,
            ...nothing,
            code: "second-person",
            ...said.secondPerson(),
          };
        const refused = done.refused.find((row) => row.line === line);
        if (refused)
          return { loan, id, became: "refused" as const, ...nothing, code: refused.code, ...saidOf(refused) };
        const told = done.told.find((row) => row.line === line);
        const became = told?.known ? "known" : query.dryRun ? "would-record" : "recorded";
        return { loan, id, became, ...nothing, bookedOn: told ? formatDay(told.fact.on) : null } as const;
      });
      const recorded = items.filter(({ became }) => became === "recorded" || became === "would-record");
      return { dryRun: query.dryRun, recorded: recorded.length, items };
    },
  }),
];
