import { z } from "zod";
import { dayAt, formatDay } from "../../core/index.ts";
import { jobs } from "../../store/index.ts";
import { refusedBy } from "../http/problem.ts";
import { startWork } from "../long-work.ts";
import { route } from "../route.ts";
import { JobShape, jobShape, mustBeAlone } from "./jobs.ts";
import { OPERATES_BY_PROGRAM, OVERSIGHT_READS } from "./rows.ts";
import { DayText, dayOf } from "./shapes.ts";

/** A close of so many days at once is meant, or a mistake: the command line asks for it by name. */
const LONG_GAP = 400;

export const CLOSE_ROUTES = [
  route({
    id: "close.start",
    method: "POST",
    url: "/v1/closes",
    says: { en: "Close the lender's days through a day", zh: "启动日终" },
    of: "lender",
    guard: { none: "work" },
    may: OPERATES_BY_PROGRAM,
    scope: "closes:write",
    status: 202,
    body: z.strictObject({ through: DayText }),
    answers: z.object({ job: z.string() }),
    handle: async ({ api, who, lender, now, body }) => {
      const through = dayOf(body.through);
      const today = dayAt(lender.zone, now);
      if (through > today)
        throw refusedBy({
          code: "not-yet",
          says: `it is ${formatDay(today)} there; a day is closed when it is over`,
          saysZh: `当地为 ${formatDay(today)}；未过完的日期不能日终`,
          at: "through",
        });
      if (through <= lender.closedThrough)
        throw refusedBy({
          code: "closed-already",
          says: `days are closed through ${formatDay(lender.closedThrough)}`,
          saysZh: `已日终至 ${formatDay(lender.closedThrough)}`,
          at: "through",
        });
      if (through - lender.closedThrough > LONG_GAP)
        throw refusedBy({
          code: "long-gap",
          says: `that would close ${through - lender.closedThrough} days; at most ${LONG_GAP} at a time`,
          saysZh: `将日终 ${through - lender.closedThrough} 天；一次至多 ${LONG_GAP} 天`,
          at: "through",
        });
      mustBeAlone(api, await jobs(api.db, lender.code, "close", 20));
      return { job: await startWork(api, lender, "close", { through: body.through }, who.id) };
    },
  }),
  route({
    id: "closes.list",
    method: "GET",
    url: "/v1/closes",
    says: { en: "Closes that were started here, the newest first", zh: "日终记录" },
    of: "lender",
    may: OVERSIGHT_READS,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    answers: z.object({ items: z.array(JobShape) }),
    handle: async ({ api, lender, query }) => ({
      items: (await jobs(api.db, lender.code, "close", query.limit)).map((job) =>
        jobShape(job, api.jobs.at(job.id)),
      ),
    }),
  }),
];
