import { z } from "zod";
import { findLender, type Job, jobOf, jobs } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import type { JobProgress } from "../jobs.ts";
import { LONG_WORK, type LongWorkKind, startWork } from "../long-work.ts";
import { route } from "../route.ts";
import { OPERATES, OVERSIGHT_READS, PROPOSES } from "./rows.ts";
import { Id, Loose, utc, utcOrNull } from "./shapes.ts";

export const JobShape = z.object({
  id: z.string(),
  kind: z.string(),
  by: z.string(),
  state: z.enum(["running", "done", "failed", "cancelled"]),
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
export const JOB_ROUTES = [
  route({
    id: "jobs.list",
    method: "GET",
    url: "/v1/jobs",
    says: { en: "Long work, the newest first: what, by whom, and what came of it", zh: "任务列表" },
    of: "lender",
    may: OVERSIGHT_READS,
    query: z.strictObject({
      kind: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: z.object({ items: z.array(JobShape) }),
    handle: async ({ api, lender, query }) => ({
      items: (await jobs(api.db, lender.code, query.kind, query.limit)).map((job) =>
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
  route({
    id: "job.cancel",
    method: "POST",
    url: "/v1/jobs/:job/cancel",
    says: {
      en: "End a job between two of its steps; what it has done by then stays done",
      zh: "取消任务（已完成部分保留）",
    },
    of: "lender",
    guard: { none: "work" },
    may: OPERATES,
    params: JobParams,
    answers: z.object({ job: z.string(), cancelling: z.literal(true) }),
    handle: async ({ api, lender, params }) => {
      const job = await jobOf(api.db, lender.code, params.job);
      if (!job) throw new Problem("not-found");
      if (job.state !== "running")
        throw refusedBy({
          code: "not-running",
          says: `the job is ${job.state}`,
          saysZh: "任务已结束",
        });
      if (!api.jobs.cancel(job.id))
        throw refusedBy({
          code: "runs-elsewhere",
          says: "it runs in another process, or the process that ran it has ended; start it again",
          saysZh: "任务不在本进程运行，或其进程已结束，可重新发起",
        });
      return { job: job.id, cancelling: true as const };
    },
  }),
  route({
    id: "job.retry",
    method: "POST",
    url: "/v1/jobs/:job/retry",
    says: { en: "Start the same again, as a new job", zh: "重新发起任务" },
    of: "lender",
    guard: { none: "work" },
    may: OPERATES,
    status: 202,
    params: JobParams,
    answers: z.object({ job: z.string() }),
    handle: async ({ api, who, lender, params }) => {
      const job = await jobOf(api.db, lender.code, params.job);
      if (!job) throw new Problem("not-found");
      if (!Object.hasOwn(LONG_WORK, job.kind))
        throw refusedBy({
          code: "not-again",
          says: `a ${job.kind} is not started again`,
          saysZh: "此类任务不能重新发起",
        });
      mustBeAlone(api, await jobs(api.db, lender.code, job.kind, 20));
      const asked = JSON.parse(job.asked) as Record<string, unknown>;
      const current = (await findLender(api.db, lender.code))!;
      return { job: await startWork(api, current, job.kind as LongWorkKind, asked, who.id) };
    },
  }),
  route({
    id: "book.verify",
    method: "POST",
    url: "/v1/verify",
    says: {
      en: "Check the whole book: every row against its journal, every seal against its facts",
      zh: "全账簿校验：逐行重放、逐封核对",
    },
    of: "lender",
    guard: { none: "work" },
    may: PROPOSES,
    status: 202,
    answers: z.object({ job: z.string() }),
    handle: async ({ api, who, lender }) => {
      mustBeAlone(api, await jobs(api.db, lender.code, "verify", 20));
      return { job: await startWork(api, lender, "verify", {}, who.id) };
    },
  }),
];

/** One of a kind at a time: a second one would only take the first one's time. */
export function mustBeAlone(api: Api, all: readonly Job[]): void {
  const running = all.find(({ state, id }) => state === "running" && api.jobs.at(id));
  if (running)
    throw refusedBy({
      code: `${running.kind}-running`,
      says: `a ${running.kind} runs already: job ${running.id}`,
      saysZh: `已有同类任务在运行：${running.id}`,
    });
}
