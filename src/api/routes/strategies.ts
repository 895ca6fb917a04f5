import { z } from "zod";
import { addDays, formatDay } from "../../core/index.ts";
import { exampleLoan, triedOn } from "../../office/strategy/tried.ts";
import { STATE_NAMES } from "../../office/strategy/words.ts";
import {
  type Doing,
  jobs,
  type KnownStrategy,
  knownStrategies,
  proposeStrategy,
  releaseStrategy,
  sha256Hex,
  withdrawStrategy,
} from "../../store/index.ts";
import { readStrategy, type Strategy, strategyId } from "../../strategy/index.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { ofSchema, said, saidOf } from "../http/said.ts";
import { startWork, versionsKnown } from "../long-work.ts";
import { quietIo } from "../quiet-io.ts";
import { route, type Who } from "../route.ts";
import { mustBeAlone } from "./jobs.ts";
import { DECIDES, HOUSE_READS, PROPOSES } from "./rows.ts";
import { DayText, dayOrNot, Id, Loose, utc, Words } from "./shapes.ts";

const Brief = z.object({
  strategy: z.string(),
  name: z.string(),
  version: z.int(),
  from: z.string(),
  state: z.string(),
  products: z.array(z.string()),
  events: z.array(z.object({ what: z.string(), by: z.string(), at: z.string(), remark: z.string() })),
  revision: z.int().describe("How many events it has; If-Match takes it"),
});

const VersionParams = z.strictObject({ name: Id, version: z.coerce.number().int().min(1).max(1_000_000) });
const VersionName = z
  .string()
  .max(220)
  .regex(/^[\w-]+@\d{1,7}$/);
/** Over so many days a strategy is tried on the book. */
const TRIED_DAYS = 30;
const MOST_TRIED_DAYS = 366;
const Yaml = z.string().min(1).max(200_000).describe("The strategy file");

const briefOf = (known: KnownStrategy, lender: string): z.input<typeof Brief> => ({
  strategy: `${known.name}@${known.version}`,
  name: known.name,
  version: known.version,
  from: formatDay(known.from),
  state: known.state,
  products: ownProducts(known, lender),
  events: known.events.map(({ what, by, at, remark }) => ({ what, by, at: utc(at), remark })),
  revision: known.events.length,
});

const ownProducts = ({ products }: KnownStrategy, lender: string): string[] =>
  products.filter((one) => one.startsWith(`${lender}/`));

/** Strategies have no lender: what only others' products use is not shown, and what others use too is not decided here. */
const isSeen = (known: KnownStrategy, lender: string): boolean =>
  known.products.length === 0 || ownProducts(known, lender).length > 0;

async function versionOf(
  db: Parameters<typeof knownStrategies>[0],
  { name, version }: z.output<typeof VersionParams>,
  lender: string,
): Promise<KnownStrategy> {
  const known = (await knownStrategies(db, name)).find((one) => one.version === version);
  if (!known || !isSeen(known, lender)) throw new Problem("not-found");
  return known;
}

function readOrRefuse(text: string): Strategy {
  const read = readStrategy(text, "strategy");
  if (read.ok) return read.strategy;
  throw new Problem("refused", {
    refusal: "strategy-has-mistakes",
    says: `the strategy has ${read.refusals.length} mistakes`,
    saysZh: `策略有 ${read.refusals.length} 处错误`,
    errors: read.refusals.slice(0, 50).map((one) => ({ at: one.at ?? "", ...saidOf(one) })),
  });
}

export const STRATEGY_ROUTES = [
  route({
    id: "strategies.list",
    method: "GET",
    url: "/v1/strategies",
    says: { en: "Versions of strategies that the book knows", zh: "策略版本列表" },
    of: "lender",
    may: HOUSE_READS,
    scope: "strategies:read",
    answers: z.object({ items: z.array(Brief) }),
    handle: async ({ api, lender }) => ({
      items: (await knownStrategies(api.db))
        .filter((known) => isSeen(known, lender.code))
        .map((known) => briefOf(known, lender.code)),
    }),
  }),
  route({
    id: "strategy.read",
    method: "GET",
    url: "/v1/strategies/:name/:version",
    says: { en: "A version with its text", zh: "策略版本及全文" },
    of: "lender",
    shows: "strategy",
    may: HOUSE_READS,
    scope: "strategies:read",
    params: VersionParams,
    answers: Brief.extend({ body: z.string() }),
    handle: async ({ api, lender, params }) => {
      const known = await versionOf(api.db, params, lender.code);
      return { ...briefOf(known, lender.code), body: known.body };
    },
  }),
  route({
    id: "strategy.try",
    method: "POST",
    url: "/v1/strategies/try",
    says: {
      en: "The calendar that a strategy makes for an example loan; nothing is kept",
      zh: "试算策略日历（不保存）",
    },
    of: "lender",
    guard: { none: "keeps" },
    may: PROPOSES,
    once: true,
    body: z.strictObject({ body: Yaml, from: DayText.optional(), arm: z.string().max(60).optional() }),
    answers: z.object({ strategy: z.string(), days: z.array(Loose) }),
    handle: async ({ api, lender, body }) => {
      const strategy = readOrRefuse(body.body);
      const io = quietIo(api);
      const others = await versionsKnown(api);
      const example = exampleLoan(strategy, { from: body.from, pack: lender.pack }, io);
      const { json } = triedOn({ strategy, others }, example, body.arm, io);
      return { strategy: strategyId(strategy), days: json };
    },
  }),
  route({
    id: "strategy.try-book",
    method: "POST",
    url: "/v1/strategies/try-book",
    says: {
      en: "What a version or a text would do to the whole book beside another version, as a job; nothing is kept",
      zh: "全账簿试算：与另一版本对比（任务，不写入）",
    },
    of: "lender",
    guard: { none: "work" },
    may: PROPOSES,
    status: 202,
    mostBytes: 512 * 1024,
    body: z
      .strictObject({
        strategy: VersionName.optional().describe("`name@version`, or `body` instead"),
        body: Yaml.optional(),
        beside: VersionName.describe("The version that it is compared with"),
        through: DayText.optional().describe("Thirty days, unless told otherwise"),
      })
      .refine(
        ({ strategy, body }) => (strategy === undefined) !== (body === undefined),
        ofSchema("one of strategy and body"),
      ),
    answers: z.object({ job: z.string() }),
    handle: async ({ api, who, lender, body }) => {
      const known = (await knownStrategies(api.db)).filter((one) => isSeen(one, lender.code));
      for (const [at, name] of [
        ["beside", body.beside],
        ["strategy", body.strategy],
      ] as const)
        if (name !== undefined && !known.some((one) => `${one.name}@${one.version}` === name))
          throw refusedBy({
            code: "no-such-version",
            says: `the book has no ${name}`,
            saysZh: `账簿中没有 ${name}`,
            at,
          });
      if (body.body !== undefined) readOrRefuse(body.body);
      const through = dayOrNot(body.through) ?? addDays(lender.openOn, TRIED_DAYS - 1);
      if (through < lender.openOn || through - lender.openOn >= MOST_TRIED_DAYS)
        throw refusedBy({
          code: "bad-span",
          says: `days from ${formatDay(lender.openOn)} on are tried, at most ${MOST_TRIED_DAYS}`,
          saysZh: `只能试算 ${formatDay(lender.openOn)} 起、至多 ${MOST_TRIED_DAYS} 天`,
          at: "through",
        });
      mustBeAlone(api, await jobs(api.db, lender.code, "try-book", 20));
      return {
        job: await startWork(api, lender, "try-book", { ...body, through: formatDay(through) }, who.id),
      };
    },
  }),
  route({
    id: "strategy.propose",
    method: "POST",
    url: "/v1/strategies",
    says: {
      en: "Put a version into the book; nobody uses it until a second person releases it",
      zh: "提交策略版本，待第二人发布",
    },
    of: "lender",
    guard: { none: "adds" },
    may: PROPOSES,
    status: 201,
    body: z.strictObject({ body: Yaml, remark: Words.optional() }),
    answers: z.object({ strategy: z.string(), became: z.enum(["new", "same"]) }),
    handle: async ({ api, who, now, body }) => {
      const strategy = readOrRefuse(body.body);
      const { name, version, from } = strategy;
      const done = await proposeStrategy(
        api.db,
        { name, version, from, body: body.body, sha256: sha256Hex(body.body) },
        { by: who.id, at: now, ...(body.remark === undefined ? {} : { remark: body.remark }) },
      );
      if (typeof done === "object")
        throw refusedBy({
          code: "version-taken",
          says: `${strategyId(strategy)} is in the book with another text; give the new text a new version`,
          saysZh: `账簿中已有 ${strategyId(strategy)} 且内容不同，请用新版本号`,
          at: "body.version",
        });
      return { strategy: strategyId(strategy), became: done };
    },
  }),
  route({
    id: "strategy.release",
    method: "POST",
    url: "/v1/strategies/:name/:version/release",
    says: {
      en: "The second person's word: closes use the version from its first day on",
      zh: "第二人发布策略",
    },
    of: "lender",
    guard: { by: "strategy" },
    may: DECIDES,
    params: VersionParams,
    body: z.strictObject({ remark: Words.optional() }),
    answers: z.object({ strategy: z.string(), released: z.literal(true) }),
    handle: async ({ api, who, lender, now, params, body, version }) => {
      const known = await versionOf(api.db, params, lender.code);
      mustBeOurs(known, lender.code);
      const doing = doingOf(who, now, body.remark, version);
      const done = await releaseStrategy(api.db, known, doing);
      if (done === "done") return { strategy: `${known.name}@${known.version}`, released: true as const };
      switch (done.no) {
        case "same-person":
          throw new Problem("second-person", {
            refusal: "same-person",
            says: `${done.by} proposed it; somebody else releases it`,
            saysZh: `由 ${done.by} 提交，须另一人发布`,
          });
        case "not-proposed":
          throw new Problem("decided-already", said.stateIs(done.state, STATE_NAMES[done.state].zh));
        case "too-early":
          throw refusedBy({
            code: "too-early",
            says: `days of ${done.lender} are closed; the first free day is ${formatDay(done.free)}`,
            saysZh: `${done.lender} 已日终，最早可用日期 ${formatDay(done.free)}`,
            at: "from",
          });
        case "changed-meanwhile":
          throw new Problem("changed-meanwhile");
        case "unknown":
          throw new Problem("not-found");
      }
    },
  }),
  route({
    id: "strategy.withdraw",
    method: "POST",
    url: "/v1/strategies/:name/:version/withdraw",
    says: { en: "Take a version back before its first day", zh: "撤回策略版本" },
    of: "lender",
    guard: { by: "strategy" },
    may: PROPOSES,
    params: VersionParams,
    body: z.strictObject({ remark: Words.optional() }),
    answers: z.object({ strategy: z.string(), withdrawn: z.literal(true) }),
    handle: async ({ api, who, lender, now, params, body, version }) => {
      const known = await versionOf(api.db, params, lender.code);
      mustBeOurs(known, lender.code);
      const followed = (await knownStrategies(api.db)).some((other) => {
        const read = readStrategy(other.body, other.name);
        return (
          read.ok && read.strategy.arms.some(({ follows }) => follows === `${known.name}@${known.version}`)
        );
      });
      if (followed)
        throw refusedBy({
          code: "followed",
          says: "an arm of another strategy follows it",
          saysZh: "另一策略的分组跟随此版本",
        });
      const doing = doingOf(who, now, body.remark, version);
      const done = await withdrawStrategy(api.db, known, doing);
      if (done === "done") return { strategy: `${known.name}@${known.version}`, withdrawn: true as const };
      if (done.no === "in-use")
        throw refusedBy({
          code: "in-use",
          says: `days are closed under it since ${formatDay(done.since)}`,
          saysZh: `自 ${formatDay(done.since)} 起已按此版本日终`,
        });
      if (done.no === "changed-meanwhile") throw new Problem("changed-meanwhile");
      throw new Problem(done.no === "unknown" ? "not-found" : "decided-already");
    },
  }),
];

const doingOf = (who: Who, at: number, remark: string | undefined, version: number | undefined): Doing => ({
  by: who.id,
  at,
  ...(remark === undefined ? {} : { remark }),
  ...(version === undefined ? {} : { ifEvents: version }),
});

function mustBeOurs(known: KnownStrategy, lender: string): void {
  if (known.products.length > ownProducts(known, lender).length)
    throw refusedBy({
      code: "shared-strategy",
      says: "products of another lender use it too; whoever runs the book decides it",
      saysZh: "其他出借人的产品也使用该策略，须由账簿运维方决定",
    });
}
