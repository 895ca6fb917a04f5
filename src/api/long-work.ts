import { type Day, formatDay, parseDay } from "../core/index.ts";
import { BOOK_CHECKS } from "../dayclose/index.ts";
import { closeLender } from "../office/close/lender.ts";
import { sha256 } from "../office/evidence/offline.ts";
import { sealBook, sealsJson } from "../office/evidence/sealing.ts";
import { differenceOf, namesUsed, touchedJson } from "../office/strategy/diff.ts";
import { compareOnBook, type Question } from "../office/strategy/outlook.ts";
import {
  findLender,
  knownStrategies,
  type Lender,
  lenders,
  verifyBook,
  verifySeals,
} from "../store/index.ts";
import { readStrategy, type Strategy, strategyId } from "../strategy/index.ts";
import type { Api } from "./api.ts";
import type { JobProgress } from "./jobs.ts";
import { quietIo } from "./quiet-io.ts";

/**
 * Work that takes longer than an answer: each kind by its name, from what was asked and kept as JSON, so that the same can be
 * started again. Each tells its steps, and between two of them it can be ended.
 */
export type LongWork = (
  given: { readonly api: Api; readonly lender: Lender; readonly asked: Readonly<Record<string, unknown>> },
  progress: (at: JobProgress) => void,
) => Promise<unknown>;

export const LONG_WORK = { close, verify, "try-book": tryBook } as const satisfies Record<string, LongWork>;
export type LongWorkKind = keyof typeof LONG_WORK;

/** Starts it, and gives the job's id. */
export const startWork = (
  api: Api,
  lender: Lender,
  kind: LongWorkKind,
  asked: Readonly<Record<string, unknown>>,
  by: string,
): Promise<string> =>
  api.jobs.start({ lender: lender.code, kind, asked: JSON.stringify(asked), by }, (progress) =>
    LONG_WORK[kind]({ api, lender, asked }, progress),
  );

async function close(
  { api, lender, asked }: Parameters<LongWork>[0],
  progress: (at: JobProgress) => void,
): Promise<unknown> {
  const io = quietIo(api, progress);
  const current = (await findLender(api.db, lender.code))!;
  const report = await closeLender(api.db, io, current, parseDay(String(asked.through))! as Day);
  await sealBook(api.db, io);
  const sum = (of: (day: (typeof report.days)[number]) => number) =>
    report.days.reduce((all, day) => all + of(day), 0);
  const byRule: Record<string, number> = {};
  for (const day of report.days)
    for (const [rule, times] of Object.entries(day.byRule)) byRule[rule] = (byRule[rule] ?? 0) + times;
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
    byRule,
  };
}

/** Every row against its journal, every seal against its facts. Of another lender's loans only how many findings there are. */
async function verify(
  { api, lender }: Parameters<LongWork>[0],
  progress: (at: JobProgress) => void,
): Promise<unknown> {
  const { loans, facts, findings, unfinished } = await verifyBook(
    api.db,
    api.shelves,
    BOOK_CHECKS,
    (done, of) => progress({ label: "loans", done, of }),
  );
  const seals = await verifySeals(api.db, sha256, [], (done, of) => progress({ label: "seals", done, of }));
  const isAlone = (await lenders(api.db)).length === 1;
  const own = findings.filter((one) => isAlone || one.lender === lender.code);
  return {
    loans,
    facts,
    findings: own.map(({ loan, says }) => ({ loan, says })),
    findingsElsewhere: findings.length - own.length,
    unfinished: unfinished.filter((code) => code === lender.code),
    seals: sealsJson(seals),
  };
}

/** What a version, or a text that nobody has put into the book, would do beside the version that is compared with. */
async function tryBook(
  { api, lender, asked }: Parameters<LongWork>[0],
  progress: (at: JobProgress) => void,
): Promise<unknown> {
  const others = await versionsKnown(api);
  const side = (named: unknown, body: unknown): Strategy => {
    if (typeof body === "string") return mustRead(body);
    const found = others.find((one) => strategyId(one) === named);
    if (!found) throw new Error(`no version ${String(named)}`);
    return found;
  };
  const [a, b] = [side(asked.beside, undefined), side(asked.strategy, asked.body)];
  const current = (await findLender(api.db, lender.code))!;
  const question: Question = {
    lender: current,
    names: await namesUsed(api.db, current, a, b),
    sides: [
      { strategy: a, others },
      { strategy: b, others },
    ],
    first: current.openOn,
    through: parseDay(String(asked.through))!,
  };
  const compared = await compareOnBook(api.db, api.shelves, question, (done, of) =>
    progress({ label: "try-book", done, of }),
  );
  const { of, changes, steps, rules, touched } = differenceOf(question, compared);
  return { ...of, changes, steps, rules, touched: touchedJson(touched) };
}

function mustRead(body: string): Strategy {
  const read = readStrategy(body, "strategy");
  if (!read.ok) throw new Error("the strategy has mistakes");
  return read.strategy;
}

/** Every version of the book that can be read. */
export async function versionsKnown(api: Pick<Api, "db">): Promise<Strategy[]> {
  return (await knownStrategies(api.db)).flatMap(({ name, version, body }) => {
    const read = readStrategy(body, `${name}@${version}`);
    return read.ok ? [read.strategy] : [];
  });
}
