import { writeFileSync } from "node:fs";
import {
  addDays,
  type Day,
  dayAt,
  decimalsOf,
  formatDay,
  type Minor,
  nearest,
  PROCEDURES,
  PROCEEDING_KINDS,
  PROCEEDING_STATES,
  parseMoney,
} from "../../core/index.ts";
import { ALL_EVENT_COLUMNS, EVENT_NAMES, type ProceedingLife, proceedingDays } from "../../legal/index.ts";
import { dayOption } from "../../office/book.ts";
import {
  type Court,
  findProceeding,
  moveProceeding,
  type Outcome,
  openCourt,
  takeBack,
} from "../../office/court/desk.ts";
import { courtFeed } from "../../office/court/feed.ts";
import { openProceeding } from "../../office/court/opening.ts";
import { proceedingSentence } from "../../office/court/proceeding-words.ts";
import { dayJson, expectedFees, lifeJson, livesOf, runningProceedings } from "../../office/court/told.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { sourceJson } from "../../office/limitation/json.ts";
import { listProceedings, products } from "../../store/index.ts";
import { feesJson } from "../calc-fees.ts";
import { withLender } from "../commands/team.ts";
import { oneWordOf, TEXT, wholeOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { importCourtEvents } from "./events-file.ts";
import { tellDeadlines, tellFees, tellHistory, tellLife, tellList } from "./told.ts";

/** The subcommands about proceedings, beside those that need no book. */
export const PROCEEDING_VERBS = ["open", "event", "show", "list", "deadlines", "calendar", "import"] as const;
export type ProceedingVerb = (typeof PROCEEDING_VERBS)[number];

const FLAG = { type: "boolean" } as const;
const kebab = (column: string): string => column.replaceAll("_", "-");
/** Columns of events as options; `--court` and `--at` are there already, of the hearing that is `--time`. */
const EVENT_OPTIONS = ALL_EVENT_COLUMNS.filter((column) => column !== "at");

export const proceedingOptions = {
  ...Object.fromEntries(EVENT_OPTIONS.map((column) => [kebab(column), TEXT])),
  lender: TEXT,
  at: TEXT,
  time: TEXT,
  by: TEXT,
  kind: TEXT,
  on: TEXT,
  id: TEXT,
  firm: TEXT,
  engagement: TEXT,
  lawyer: TEXT,
  letter: TEXT,
  after: TEXT,
  claimed: TEXT,
  stage: TEXT,
  loans: TEXT,
  within: TEXT,
  out: TEXT,
  quarantine: TEXT,
  "dry-run": FLAG,
};

const EXAMPLES: Readonly<Record<ProceedingVerb, string>> = {
  open: "arrears court open L000123 --kind suit --court 杭州市上城区人民法院",
  event:
    "arrears court event S-L000123-20260302 accepted --on 2026-03-09 --case-number （2026）浙0102民初1234号 --procedure summary",
  show: "arrears court show S-L000123-20260302",
  list: "arrears court list --stage hearing",
  deadlines: "arrears court deadlines --within 14",
  calendar: "arrears court calendar --out court.ics",
  import: "arrears court import firm.csv --dry-run",
};

export function runProceeding(verb: ProceedingVerb, asked: Asked, io: Io, place: string): Promise<number> {
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    const opened = await openCourt({ db, lender, now, by: asked.text("by") ?? "lender" });
    if (!opened.ok) throw new Declined(opened.says);
    return VERBS[verb](opened.court, asked, io);
  });
}

const VERBS: Readonly<Record<ProceedingVerb, (court: Court, asked: Asked, io: Io) => Promise<number>>> = {
  open,
  event,
  show,
  list,
  deadlines,
  calendar,
  import: (court, asked, io) => {
    const file = asked.words[1];
    if (!file) throw new WrongUse(say.missing[io.language]("FILE", EXAMPLES.import));
    const quarantine = asked.text("quarantine");
    return importCourtEvents(court, io, {
      file,
      dryRun: asked.flag("dry-run"),
      ...(quarantine === undefined ? {} : { quarantine }),
    });
  },
};

const todayOf = ({ lender, now }: Court): Day => dayAt(lender.zone, now);

async function open(court: Court, asked: Asked, io: Io): Promise<number> {
  const loans = asked.words.slice(1);
  if (loans.length === 0) throw new WrongUse(say.missing[io.language]("LOAN…", EXAMPLES.open));
  const way = oneWordOf(asked.text("kind"), PROCEEDING_KINDS, "kind", io);
  const procedure = asked.text("procedure");
  const claimed = asked.text("claimed");
  const [first] = await products(court.db);
  const sum =
    claimed === undefined ? undefined : parseMoney(claimed, decimalsOf(first?.terms.currency ?? "CNY"));
  if (claimed !== undefined && sum === undefined)
    throw new WrongUse(
      io.language === "zh" ? "--claimed 应为金额，如 12500.00" : "--claimed is a sum of money, 12500.00",
    );
  const text = (option: string): Record<string, string> => {
    const value = asked.text(option);
    return value === undefined ? {} : { [option]: value };
  };
  const outcome = await openProceeding(
    court,
    {
      loans,
      way,
      court: required(asked, "court", EXAMPLES.open, io),
      dated: dayOption(asked.text("on"), "--on", io) ?? todayOf(court),
      ...(procedure === undefined ? {} : { procedure: oneWordOf(procedure, PROCEDURES, "procedure", io) }),
      ...(sum === undefined ? {} : { claimed: sum as Minor }),
      ...text("firm"),
      ...text("engagement"),
      ...text("lawyer"),
      ...text("letter"),
      ...text("after"),
      ...text("id"),
    },
    asked.flag("dry-run"),
  );
  return tellOutcome(court, outcome, asked.flag("dry-run"), io);
}

async function event(court: Court, asked: Asked, io: Io): Promise<number> {
  const [, named, name] = asked.words;
  if (!named || !name) throw new WrongUse(say.missing[io.language]("ID EVENT", EXAMPLES.event));
  const dryRun = asked.flag("dry-run");
  if (name === "taken-back") {
    const outcome = await takeBack(
      court,
      named,
      required(
        asked,
        "name",
        `arrears court event ${named} taken-back --name filed --reason "wrong case"`,
        io,
      ),
      asked.text("reason") ?? "",
      dryRun,
    );
    return tellOutcome(court, outcome, dryRun, io);
  }
  if (!EVENT_NAMES.some((one) => one === name)) {
    const near = nearest(name, EVENT_NAMES);
    throw new WrongUse(
      say.missing[io.language](
        EVENT_NAMES.join(" | "),
        `arrears court event ${named} ${near ?? "filed"} --on 2026-03-02`,
      ),
    );
  }
  dayOption(asked.text("on"), "--on", io);
  const texts: Record<string, string | undefined> = {
    on: required(asked, "on", EXAMPLES.event, io),
    id: asked.text("id"),
    at: asked.text("time"),
  };
  for (const column of EVENT_OPTIONS) texts[column] = asked.text(kebab(column));
  return tellOutcome(court, await moveProceeding(court, named, name, texts, dryRun), dryRun, io);
}

function tellOutcome(court: Court, outcome: Outcome, dryRun: boolean, io: Io): number {
  const { language } = io;
  const today = todayOf(court);
  if (!outcome.done) {
    const { code, says } = outcome.refusal;
    io.object({ id: outcome.id, became: "refused", code, says: says.en, ...(dryRun ? { dryRun } : {}) });
    throw new Declined(`${code}: ${says[language]}`);
  }
  const { life, decimals, known, event: name, booked, fed, because } = outcome;
  const days = daysOf(court, life);
  io.object({
    ...lifeJson(life, days, decimals, today),
    became: known ? "known" : "recorded",
    ...(name === undefined ? {} : { event: name }),
    booked,
    fed,
    ...(because ? { because: sourceJson(because) } : {}),
    ...(dryRun ? { dryRun } : {}),
  });
  const zh = language === "zh";
  if (known) io.out(zh ? "此前已登记，未作变动" : "it was recorded before; nothing changed");
  if (dryRun) io.out(zh ? "试运行，未写入" : "dry run: nothing was written");
  if (because)
    io.out(
      zh
        ? `不产生效力：${because.cite.at} ${because.cite.quote}`
        : `it does not count: ${because.cite.law} ${because.cite.at} ${because.cite.quote}`,
    );
  tellLife(io, { life, days }, decimals, today);
  if (booked.length > 0)
    io.out(zh ? `已记入账务：${booked.join(", ")}` : `in the ledger: ${booked.join(", ")}`);
  if (fed.length > 0)
    io.out(
      zh
        ? `由核心系统记账，请另行告知：${fed.join(", ")}`
        : `kept by the core system, which has to be told: ${fed.join(", ")}`,
    );
  return 0;
}

const daysOf = ({ law }: Court, life: ProceedingLife) => proceedingDays(life, law);

async function show(court: Court, asked: Asked, io: Io): Promise<number> {
  const named = asked.words[1];
  if (!named) throw new WrongUse(say.missing[io.language]("ID", EXAMPLES.show));
  const found = await findProceeding(court, named);
  const kept = found
    ? (await listProceedings(court.db, court.lender)).filter(({ id }) => id === found.id)
    : [];
  const [known] = await livesOf(court.db, kept, court.law);
  if (!known)
    throw new Declined(
      io.language === "zh"
        ? `没有程序 ${named}；arrears court list 可查`
        : `no proceeding ${named}; arrears court list shows them`,
    );
  const today = todayOf(court);
  const fees = expectedFees(court, known.life);
  io.object({
    ...lifeJson(known.life, known.days, 2, today),
    events: known.life.events.map(({ event: id, dated, what, by }) => ({
      id,
      on: formatDay(dated),
      by,
      event: what.type,
      says: proceedingSentence({ ...known.life.events[0]!, event: id, dated, what, by }).en,
    })),
    expectedFees: fees ? feesJson(fees) : null,
    takenBack: known.life.takenBack.map(({ event: id, reason, by }) => ({ id, reason, by })),
  });
  tellLife(io, known, 2, today);
  if (fees) tellFees(io, fees);
  tellHistory(io, known.life, 2);
  return 0;
}

async function list(court: Court, asked: Asked, io: Io): Promise<number> {
  const stage = asked.text("stage");
  const kind = asked.text("kind");
  const loans = asked
    .text("loans")
    ?.split(",")
    .map((one) => one.trim());
  const where = asked.text("court");
  const kept = await listProceedings(court.db, court.lender, {
    ...(stage === undefined ? {} : { states: [oneWordOf(stage, PROCEEDING_STATES, "stage", io)] }),
    ...(kind === undefined ? {} : { ways: [oneWordOf(kind, PROCEEDING_KINDS, "kind", io)] }),
    ...(where === undefined ? {} : { court: where }),
    ...(loans === undefined ? {} : { loans }),
  });
  const found = await livesOf(court.db, kept, court.law);
  const today = todayOf(court);
  for (const { life, days } of found) io.object(lifeJson(life, days, 2, today));
  tellList(io, found, today);
  return 0;
}

async function deadlines(court: Court, asked: Asked, io: Io): Promise<number> {
  const today = todayOf(court);
  const until = addDays(today, wholeOf(asked, "within", 30, io));
  const found = (await runningProceedings(court))
    .flatMap((known) => known.days.map((day) => ({ known, day })))
    .filter(({ day }) => day.what !== "notice-of-hearing" && day.lastOn <= until)
    .sort((a, b) => a.day.lastOn - b.day.lastOn);
  for (const { known, day } of found)
    io.object({
      proceeding: known.life.id,
      kind: known.life.way,
      court: known.life.court,
      caseNumber: known.life.caseNumber ?? null,
      loans: known.life.debts,
      ...dayJson(day, today),
    });
  tellDeadlines(io, found, today);
  return 0;
}

async function calendar(court: Court, asked: Asked, io: Io): Promise<number> {
  const out = required(asked, "out", EXAMPLES.calendar, io);
  const found = await runningProceedings(court);
  const text = courtFeed(found, court);
  writeFileSync(out, text);
  const entries = text.split("BEGIN:VEVENT").length - 1;
  io.object({ out, proceedings: found.length, entries });
  io.out(io.language === "zh" ? `${out}：${entries} 个日期` : `${out}: ${entries} days`);
  return 0;
}
