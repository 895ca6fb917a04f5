import { z } from "zod";
import { closeLender } from "../../cli/commands/close.ts";
import { sealBook } from "../../cli/sealing.ts";
import { type Day, dayAt, formatDay } from "../../core/index.ts";
import { findLender, type Job, jobOf, jobs } from "../../store/index.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import type { JobProgress } from "../jobs.ts";
import { quietIo } from "../quiet-io.ts";
import { route } from "../route.ts";
import { OPERATES_BY_PROGRAM, OVERSIGHT_READS } from "./rows.ts";
import { DayText, dayOf, Id, Loose, utc, utcOrNull } from "./shapes.ts";

export const JobShape = z.object({
  id: z.string(),
  kind: z.string(),
  by: z.string(),
  state: z.enum(["running", "done", "failed"]),
  asked: Loose,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  progress: z.object({ label: z.string(), done: z.number(), of: z.number() }).nullable(),
  result: z.unknown(),
});

export const jobShape = (job: Job, progress: JobProgress | undefined): z.input<typeof JobShape> => ({
  id: job.id,
  kind: job.kind,
  by: job.by,
  state: job.state,
  asked: JSON.parse(job.asked) as Record<string, unknown>,
  startedAt: utc(job.startedAt),
  endedAt: utcOrNull(job.endedAt),
  progress: progress ?? null,
  result: job.result === null ? null : (JSON.parse(job.result) as unknown),
});

const JobParams = z.strictObject({ job: Id });
/** How often a stream of events says that it is alive, so that no proxy ends it. */
const BEAT_MS = 15_000;
/** A close of so many days at once is meant, or a mistake: the command line asks for it by name. */
const LONG_GAP = 400;

export const CLOSE_ROUTES = [
  route({
    id: "close.start",
    method: "POST",
    url: "/v1/closes",
    says: { en: "Close the lender's days through a day", zh: "启动日终" },
    of: "lender",
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
          at: "through",
        });
      if (through <= lender.closedThrough)
        throw refusedBy({
          code: "closed-already",
          says: `days are closed through ${formatDay(lender.closedThrough)}`,
          at: "through",
        });
      if (through - lender.closedThrough > LONG_GAP)
        throw refusedBy({
          code: "long-gap",
          says: `that would close ${through - lender.closedThrough} days; at most ${LONG_GAP} at a time`,
          at: "through",
        });
      const running = (await jobs(api.db, lender.code, "close", 1)).find(
        ({ state, id }) => state === "running" && api.jobs.at(id),
      );
      if (running)
        throw refusedBy({ code: "close-running", says: `a close runs already: job ${running.id}` });
      const job = await api.jobs.start(
        { lender: lender.code, kind: "close", asked: JSON.stringify({ through: body.through }), by: who.id },
        async (progress) => {
          const io = quietIo(api, progress);
          const current = (await findLender(api.db, lender.code))!;
          const report = await closeLender(api.db, io, current, through as Day);
          await sealBook(api.db, io);
          const sum = (of: (day: (typeof report.days)[number]) => number) =>
            report.days.reduce((all, day) => all + of(day), 0);
          return {
            from: formatDay(report.from),
            through: formatDay(report.through),
            loans: report.loans,
            touched: sum(({ touched }) => touched),
            facts: sum(({ facts }) => facts),
            actions: sum(({ actions }) => actions),
            refused: sum(({ refused }) => refused),
            asked: sum(({ asked }) => asked),
            setAside: sum(({ setAside }) => setAside),
            cured: sum(({ cured }) => cured),
            byRule: byRuleOf(report.days),
          };
        },
      );
      return { job };
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
  route({
    id: "job.read",
    method: "GET",
    url: "/v1/jobs/:job",
    says: { en: "A piece of long work: who started it, where it stands, what came of it", zh: "任务详情" },
    of: "lender",
    may: OVERSIGHT_READS,
    params: JobParams,
    answers: JobShape,
    handle: async ({ api, lender, params }) => {
      const job = await jobOf(api.db, lender.code, params.job);
      if (!job) throw new Problem("not-found");
      return jobShape(job, api.jobs.at(job.id));
    },
  }),
  route({
    id: "job.progress",
    method: "GET",
    url: "/v1/jobs/:job/progress",
    says: {
      en: "The same as it goes on, as server-sent events; ends with the job",
      zh: "任务进度（服务器推送）",
    },
    of: "lender",
    may: OVERSIGHT_READS,
    params: JobParams,
    streams: true,
    answers: z.unknown(),
    handle: async ({ api, lender, params, reply, request }) => {
      const job = await jobOf(api.db, lender.code, params.job);
      if (!job) throw new Problem("not-found");
      const headers = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([key, value]) => [key, String(value)]),
      );
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...headers,
        "content-type": "text/event-stream; charset=utf-8",
        "x-accel-buffering": "no",
      });
      const send = (event: string, data: unknown): void => {
        raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      };
      const beat = setInterval(() => raw.write(": alive\n\n"), BEAT_MS);
      const at = api.jobs.at(job.id);
      if (at) send("progress", at);
      let stop = (): void => {};
      const end = (): void => {
        clearInterval(beat);
        stop();
        raw.end();
      };
      request.raw.on("close", () => {
        clearInterval(beat);
        stop();
      });
      stop = api.jobs.follow(job.id, (now) => {
        if (now) return send("progress", now);
        void jobOf(api.db, lender.code, job.id).then((done) => {
          if (done) send("end", jobShape(done, undefined));
          end();
        }, end);
      });
      return undefined;
    },
  }),
];

function byRuleOf(
  days: readonly { readonly byRule: Readonly<Record<string, number>> }[],
): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { byRule } of days)
    for (const [rule, times] of Object.entries(byRule)) all[rule] = (all[rule] ?? 0) + times;
  return all;
}
