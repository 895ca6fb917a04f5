import {
  canTake,
  type Day,
  dayAt,
  eventOfTexts,
  formatDay,
  formatInstant,
  formatMoney,
  type Instant,
  NEVER,
  nearest,
  parseInstant,
  RESULT_CODES,
  RESULTS,
  resultOf,
} from "../../core/index.ts";
import { decide } from "../../dispatch/index.ts";
import { dayOption, lendersAsked, shelvesOf, withBook } from "../../office/book.ts";
import { amount, count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { refusalWords } from "../../office/refusal-words.ts";
import { caseJson, REASON_WORDS, teamRefusalWords } from "../../office/team/words.ts";
import {
  beginCall,
  collectors,
  type Database,
  type Lender,
  nextCase,
  promisesByCollector,
  putCollector,
  recordResult,
  releaseCase,
  type TeamMember,
  type TeamRefusal,
  worklist,
} from "../../store/index.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;
const USUAL = { lender: TEXT, at: TEXT } as const;
const MINUTE = 60_000;
const LEASE_MINUTES = 20;
/** A call that was begun keeps its case at least so long. */
const CALL_MINUTES = 60;

interface Place {
  readonly db: Database;
  readonly lender: Lender;
  readonly now: Instant;
}

/** Opens the book for one lender: the only one, or the one that is named. */
export function withLender<T>(
  asked: Asked,
  io: Io,
  place: string,
  work: (at: Place) => Promise<T>,
): Promise<T> {
  const text = asked.text("at");
  const at = text === undefined ? undefined : parseInstant(text);
  if (text !== undefined && at === undefined) throw new WrongUse(say.notAnInstant[io.language]("--at", text));
  return withBook(place, io, async (db) => {
    const [lender, ...more] = await lendersAsked(db, asked.text("lender"), io);
    if (more.length > 0)
      throw new Declined(say.oneLender[io.language]([lender!, ...more].map(({ code }) => code).join(", ")));
    return work({ db, lender: lender!, now: at ?? io.now() });
  });
}

/** The clock of a command is its `--at`, where one is given. */
const shelvesAt = (io: Io, now: Instant) => ({ ...shelvesOf(io), now: () => now });

const declined = ({ code, says }: { code: TeamRefusal; says: string }, io: Io): Declined =>
  new Declined(`${code}: ${teamRefusalWords(code, says, io.language)}`);

const wholeOption = (asked: Asked, option: string, io: Io): number | undefined => {
  const text = asked.text(option);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new WrongUse(
      io.language === "zh"
        ? `--${option}：应为正整数，得到 ${text}`
        : `--${option} is a whole number from 1, found ${text}`,
    );
  return Number(text);
};

// --- collectors --------------------------------------------------------------------------------------------------

export const collector = {
  options: {
    ...USUAL,
    name: TEXT,
    team: TEXT,
    languages: TEXT,
    products: TEXT,
    stages: TEXT,
    capacity: TEXT,
    lead: FLAG,
    inactive: FLAG,
  },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const [verb = "list", id] = asked.words;
    if (verb !== "list" && verb !== "add")
      throw new WrongUse(say.missing[io.language]("list | add", "arrears collector add mei --team north"));
    if (verb === "add" && !id)
      throw new WrongUse(say.missing[io.language]("ID", "arrears collector add mei --team north"));
    return withLender(asked, io, place, async ({ db, lender }) => {
      if (verb === "add") await putCollector(db, lender, memberFrom(asked, id!, io));
      const all = (await collectors(db, lender)).filter((one) => verb === "list" || one.id === id);
      for (const { skills, ...one } of all) io.object({ ...one, ...skills });
      io.out(collectorTable(all, io));
      return 0;
    });
  },
};

function memberFrom(asked: Asked, id: string, io: Io): TeamMember {
  const list = (option: string): readonly string[] | undefined =>
    asked
      .text(option)
      ?.split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "");
  const [languages, products, stages] = [list("languages"), list("products"), list("stages")];
  const capacity = wholeOption(asked, "capacity", io);
  return {
    id,
    name: asked.text("name") ?? id,
    team: asked.text("team") ?? "",
    skills: {
      ...(languages ? { languages } : {}),
      ...(products ? { products } : {}),
      ...(stages ? { stages } : {}),
    },
    lead: asked.flag("lead"),
    active: !asked.flag("inactive"),
    ...(capacity === undefined ? {} : { capacity }),
  };
}

function collectorTable(all: readonly TeamMember[], io: Io): string {
  const zh = io.language === "zh";
  const header = zh
    ? ["编号", "姓名", "小组", "语言", "产品", "阶段", "每日上限", ""]
    : ["id", "name", "team", "languages", "products", "stages", "a day", ""];
  const any = zh ? "不限" : "any";
  const words = (list: readonly string[] | undefined): string => list?.join(", ") || any;
  const rows = all.map(({ id, name, team, skills, capacity, lead, active }) => [
    id,
    name,
    team,
    words(skills.languages),
    words(skills.products),
    words(skills.stages),
    capacity === undefined ? any : String(capacity),
    [lead ? (zh ? "主管" : "lead") : "", active ? "" : zh ? "停用" : "inactive"].filter(Boolean).join(", "),
  ]);
  return table(header, rows, ["left", "left", "left", "left", "left", "left", "right", "left"]);
}

// --- the worklist ------------------------------------------------------------------------------------------------

export const worklistCommand = {
  options: { ...USUAL, collector: TEXT, limit: TEXT },
  run: (asked: Asked, io: Io, place: string): Promise<number> =>
    withLender(asked, io, place, async ({ db, lender, now }) => {
      const limit = wholeOption(asked, "limit", io) ?? 50;
      const all = await worklist(db, shelvesAt(io, now), lender, now);
      const shown = await forCollector(db, lender, asked.text("collector"), all, io);
      for (const one of shown.slice(0, limit)) io.object(caseJson(one, lender.zone));
      const zh = io.language === "zh";
      const header = zh
        ? ["案件", "借款人", "逾期", "逾期欠款", "有异议", "可催收", "阶段", "缘由", "领取"]
        : ["case", "borrower", "dpd", "past due", "disputed", "to ask for", "stage", "why", "held by"];
      const rows = shown
        .slice(0, limit)
        .map(({ case: one, reason }) => [
          one.id,
          one.borrower,
          String(one.dpd),
          amount(one.arrears),
          one.disputed === 0 ? "" : amount(one.disputed),
          amount(one.askable),
          one.stages.join(", "),
          REASON_WORDS[reason][io.language],
          one.claimedBy ?? "",
        ]);
      const [left, right] = ["left", "right"] as const;
      io.out(table(header, rows, [left, left, right, right, right, right, left, left, left]));
      if (shown.length > limit)
        io.out(zh ? `… 共 ${count(shown.length)} 件` : `… ${count(shown.length)} in all`);
      return 0;
    }),
};

async function forCollector<T extends Awaited<ReturnType<typeof worklist>>[number]>(
  db: Database,
  lender: Lender,
  id: string | undefined,
  all: readonly T[],
  io: Io,
): Promise<readonly T[]> {
  if (id === undefined) return all;
  const member = (await collectors(db, lender)).find((one) => one.id === id);
  if (!member)
    throw declined(
      { code: "unknown-collector", says: `no collector ${id}; arrears collector lists them` },
      io,
    );
  return all.filter(({ case: one }) => isFor(member, one));
}

export const next = {
  options: { ...USUAL, collector: TEXT, lease: TEXT },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const id = required(asked, "collector", "arrears next --collector mei", io);
    const lease = (wholeOption(asked, "lease", io) ?? LEASE_MINUTES) * MINUTE;
    return withLender(asked, io, place, async ({ db, lender, now }) => {
      const ranked = await worklist(db, shelvesAt(io, now), lender, now);
      const claimed = await nextCase(db, shelvesAt(io, now), lender, ranked, { collector: id, now, lease });
      if (!claimed.ok) throw declined(claimed, io);
      const { taken, until, again } = claimed;
      const held = { ...taken, case: { ...taken.case, claimedBy: id, claimedUntil: until } };
      io.object({ ...caseJson(held, lender.zone), again });
      const { case: one, reason } = taken;
      io.out(`${one.id} · ${one.borrower} · ${one.loans.join(", ")}`);
      io.out(`${REASON_WORDS[reason][io.language]} · ${one.dpd} dpd · ${amount(one.arrears)}`);
      if (one.disputed > 0)
        io.out(
          io.language === "zh"
            ? `其中有异议，不得催收 ${amount(one.disputed)}；可催收 ${amount(one.askable)}`
            : `of which disputed, not to be asked for ${amount(one.disputed)}; to be asked for ${amount(one.askable)}`,
        );
      const by = formatInstant(lender.zone, until);
      io.out(io.language === "zh" ? `领取至 ${by}` : `yours until ${by}`);
      const then =
        one.act === "call" ? `arrears call --collector ${id}` : `arrears result agreed --collector ${id}`;
      io.out(say.seeIt[io.language](then));
      return 0;
    });
  },
};

export const release = {
  options: { ...USUAL, collector: TEXT, reason: TEXT, until: TEXT },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const id = required(asked, "collector", "arrears release --collector mei", io);
    return withLender(asked, io, place, async ({ db, lender, now }) => {
      const until = asked.text("until");
      const backAt = until === undefined ? undefined : parseInstant(until);
      if (until !== undefined && backAt === undefined)
        throw new WrongUse(say.notAnInstant[io.language]("--until", until));
      const done = await releaseCase(db, lender, {
        collector: id,
        now,
        reason: asked.text("reason"),
        backAt,
      });
      if (!done.ok) throw declined(done, io);
      io.object({ collector: id, released: true });
      io.out(io.language === "zh" ? `${id} 已退回案件` : `${id} gave the case back`);
      return 0;
    });
  },
};

// --- the call and what came of it ----------------------------------------------------------------------------------

export const call = {
  options: { ...USUAL, collector: TEXT },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const id = required(asked, "collector", "arrears call --collector mei", io);
    return withLender(asked, io, place, async ({ db, lender, now }) => {
      const lease = CALL_MINUTES * MINUTE;
      const begun = await beginCall(
        db,
        shelvesAt(io, now),
        lender,
        { collector: id, now, lease },
        (standing) => decide(standing, now),
      );
      if (!begun.ok) throw declined(begun, io);
      const zh = io.language === "zh";
      if (begun.may) {
        const { message, permit } = begun;
        io.object({
          collector: id,
          may: true,
          action: message.id,
          number: message.to,
          language: message.language,
          loans: message.loans,
          script: message.text,
          permit: { verdict: permit.verdict, pack: permit.pack, rules: permit.rules },
        });
        io.out(zh ? `可以拨打 ${message.to}` : `you may call ${message.to} now`);
        io.out(message.text);
        io.out(say.seeIt[io.language](`arrears result CODE --collector ${id}`));
        return 0;
      }
      const { why } = begun;
      const from = begun.from === undefined ? undefined : formatInstant(lender.zone, begun.from);
      io.object({ collector: id, may: false, why, rules: begun.rules, ...(from ? { from } : {}) });
      const rules = begun.rules.join(", ");
      io.out(
        zh
          ? `不可拨打：${why}${rules ? ` ${rules}` : ""}${from ? `；${from} 起可` : ""}`
          : `no call: ${why}${rules ? ` ${rules}` : ""}${from ? `; allowed from ${from}` : ""}`,
      );
      return 1;
    });
  },
};

export const result = {
  options: {
    ...USUAL,
    collector: TEXT,
    note: TEXT,
    amount: TEXT,
    by: TEXT,
    parts: TEXT,
    loan: TEXT,
    language: TEXT,
    list: FLAG,
  },
  run: async (asked: Asked, io: Io, place: string): Promise<number> => {
    if (asked.flag("list")) return listResults(io);
    const [code] = asked.words;
    const row = code === undefined ? undefined : resultOf(code);
    if (!row) {
      const near = code === undefined ? undefined : nearest(code, RESULT_CODES);
      throw new WrongUse(
        say.missing[io.language](
          `CODE: ${RESULT_CODES.join(", ")}`,
          `arrears result ${near ?? "no-answer"} --collector mei`,
        ),
      );
    }
    const id = required(asked, "collector", `arrears result ${row.code} --collector mei`, io);
    return withLender(asked, io, place, async ({ db, lender, now }) => {
      const done = await recordResult(db, shelvesAt(io, now), lender, {
        collector: id,
        now,
        row,
        ...given(asked, "note"),
        ...given(asked, "language"),
        ...promiseGiven(asked, dayAt(lender.zone, now)),
      });
      if (!done.ok && "refused" in done) {
        const [refused] = done.refused;
        throw new Declined(`${refused!.code}: ${refusalWords(refused!, io.language)}`);
      }
      if (!done.ok) throw declined(done, io);
      const { ok: _, ...told } = done;
      io.object({ collector: id, code: row.code, ...told });
      io.out(`${told.action} · ${row.says[io.language]}`);
      const zh = io.language === "zh";
      if (told.holds.length > 0)
        io.out(`${zh ? "已暂停：" : "held: "}${told.holds.join(", ")} · ${told.loans.join(", ")}`);
      if (told.dropped !== undefined)
        io.out(zh ? `号码 ${told.dropped} 不再使用` : `the number ${told.dropped} is used no longer`);
      if (told.promise !== undefined) io.out(zh ? `承诺 ${told.promise}` : `promise ${told.promise}`);
      return 0;
    });
  },
};

const given = <K extends string>(asked: Asked, option: K): Partial<Record<K, string>> => {
  const value = asked.text(option);
  return (value === undefined ? {} : { [option]: value }) as Partial<Record<K, string>>;
};

/** What he promised, under the names of a promise's own options. */
function promiseGiven(asked: Asked, today: Day) {
  const texts = ["amount", "by", "parts"].flatMap((option): [string, string][] => {
    const value = asked.text(option);
    return value === undefined ? [] : [[option, value]];
  });
  if (texts.length === 0) return {};
  const loanId = asked.text("loan");
  const event = eventOfTexts([["on", formatDay(today)], ...texts]);
  return { promise: { event, ...(loanId === undefined ? {} : { loanId }) } };
}

function listResults(io: Io): number {
  for (const { code, of, outcome, asks, does, says } of RESULTS)
    io.object({ code, of, outcome: outcome ?? null, asks: asks ?? [], does, says });
  const zh = io.language === "zh";
  const header = zh ? ["结果码", "含义", "须填", "后果"] : ["code", "means", "asks for", "does"];
  const rows = RESULTS.map(({ code, asks, does, says }) => [
    code,
    says[io.language],
    (asks ?? []).join(", "),
    [
      ...(does.holds ?? []).map((hold) => (zh ? `暂停 ${hold}` : `hold ${hold}`)),
      does.dropsAddress ? (zh ? "停用号码" : "drops the number") : "",
      does.supervisor ? (zh ? "交主管" : "to a supervisor") : "",
    ]
      .filter(Boolean)
      .join(", "),
  ]);
  io.out(table(header, rows, ["left", "left", "left", "left"]));
  return 0;
}

// --- promises ------------------------------------------------------------------------------------------------------

export const promises = {
  options: { lender: TEXT, at: TEXT, by: TEXT, from: TEXT, to: TEXT },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const by = asked.text("by") ?? "collector";
    if (by !== "collector")
      throw new WrongUse(say.missing[io.language]("--by collector", "arrears promises --by collector"));
    const from = dayOption(asked.text("from"), "--from", io) ?? (0 as Day);
    const to = dayOption(asked.text("to"), "--to", io) ?? NEVER;
    return withLender(asked, io, place, async ({ db, lender }) => {
      const counts = await promisesByCollector(db, lender, { from, to });
      for (const { promised, paidOnKept, paidOnBroken, ...one } of counts)
        io.object({
          ...one,
          keptShare: shareOf(one.kept, one.kept + one.broken),
          promised: formatMoney(promised),
          paidOnKept: formatMoney(paidOnKept),
          paidOnBroken: formatMoney(paidOnBroken),
        });
      const zh = io.language === "zh";
      const header = zh
        ? ["催收员", "承诺", "等待", "守约", "失约", "其他", "守约率", "承诺金额", "守约到账", "失约到账"]
        : [
            "collector",
            "taken",
            "open",
            "kept",
            "broken",
            "other",
            "kept %",
            "promised",
            "came (kept)",
            "came (broken)",
          ];
      const rows = counts.map((one) => [
        one.collector || "–",
        ...[one.taken, one.open, one.kept, one.broken, one.dropped].map(String),
        shareOf(one.kept, one.kept + one.broken) ?? "–",
        amount(one.promised),
        amount(one.paidOnKept),
        amount(one.paidOnBroken),
      ]);
      io.out(table(header, rows, ["left", ...Array<"right">(9).fill("right")]));
      return 0;
    });
  },
};

/** A share in percent with one decimal, as text; none of nothing. */
export const shareOf = (part: number, whole: number): string | null =>
  whole === 0 ? null : `${Math.round((part * 1000) / whole) / 10}`;

function isFor(
  member: TeamMember,
  one: Parameters<typeof canTake>[1] & { readonly supervisor?: boolean },
): boolean {
  return canTake(member, one) && (!one.supervisor || member.lead);
}
