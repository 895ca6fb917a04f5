import { readFileSync, writeFileSync } from "node:fs";
import { type Day, dayAt, formatDay, ymd } from "../../core/index.ts";
import {
  type CaseFacts,
  type CourtTerms,
  ROUTES,
  type RouteFound,
  type WhichWay,
  whichWay,
} from "../../legal/index.ts";
import { aroundOf, caseOfFile, type Looked, lookThrough } from "../../office/advice/book.ts";
import type { Said } from "../../office/advice/case.ts";
import { money, wayJson } from "../../office/advice/json.ts";
import { type Both, ROUTE_WORDS, SAY } from "../../office/advice/words.ts";
import { dayOption, lendersAsked, mustBeFile, withBook } from "../../office/book.ts";
import { courtTermsFor } from "../../office/court/terms.ts";
import { csvOf } from "../../office/csv.ts";
import { amount, count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { usualDay } from "../../office/loans/shown.ts";
import { type Database, loanFile } from "../../store/index.ts";
import { breakEvenText, netText, tellWay } from "../advice/told.ts";
import { oneWordOf, TEXT, wholeOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

const FLAG = { type: "boolean" } as const;
export const options = {
  "as-of": TEXT,
  lender: TEXT,
  terms: TEXT,
  months: TEXT,
  "no-history": FLAG,
  whereabouts: TEXT,
  mediation: TEXT,
  "small-claims-agreed": TEXT,
  province: TEXT,
  all: FLAG,
  from: TEXT,
  "min-dpd": TEXT,
  out: TEXT,
  sort: TEXT,
} as const;

/** How long after a step money counts as its fruit, unless asked otherwise. */
const USUAL_MONTHS = 6;
/** Younger arrears are for reminders; a house rule, and --min-dpd changes it. */
const USUAL_MIN_DPD = 60;

/** Which way for a loan, or for many: conditions, costs, time, what comparable debts brought, and one line of advice. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [id] = asked.words;
  const many = asked.flag("all") || asked.text("from") !== undefined;
  if ((id === undefined) === !many)
    throw new WrongUse(say.missing[io.language]("LOAN | --all | --from FILE", "arrears advise L000123"));
  const { terms } = courtTermsFor(asked.text("terms"), io);
  return withBook(place, io, (db) =>
    id === undefined ? all(db, asked, terms, io) : one(db, asked, id, terms, io),
  );
}

export async function one(
  db: Database,
  asked: Asked,
  id: string,
  terms: CourtTerms,
  io: Io,
): Promise<number> {
  const file = await loanFile(db, id, asked.text("lender"));
  if (!file) throw new Declined(say.noLoan[io.language](id));
  const on = dayOption(asked.text("as-of"), "--as-of", io) ?? usualDay(file, io);
  const said = saidOf(asked, io);
  const { around, law } = await aroundOf(db, file.lender, terms, on);
  const facts = await caseOfFile(db, file, around, said);
  if (!facts) throw new Declined(NOT_YET[io.language](formatDay(on)));
  const months = monthsOf(asked, io);
  const history = asked.flag("no-history")
    ? undefined
    : (await lookThrough(db, around, { months, about: () => false, said }, io)).history;
  const way = whichWay(
    { facts, costs: terms.costs, wages: terms.wages, history: history ?? [], year: ymd(on).year },
    law,
  );
  io.object({ loan: file.id, lender: file.lender.code, ...wayJson(facts, way, history && months) });
  tellWay(file, facts, way, history && months, io);
  return 0;
}

function saidOf(asked: Asked, io: Io): Said {
  const yesNo = (option: string): boolean | undefined => {
    const text = asked.text(option);
    return text === undefined ? undefined : oneWordOf(text, ["yes", "no"], option, io) === "yes";
  };
  const whereabouts = asked.text("whereabouts");
  const [wantsMediation, agreed] = [yesNo("mediation"), yesNo("small-claims-agreed")];
  const province = asked.text("province");
  return {
    ...(whereabouts === undefined
      ? {}
      : { whereabouts: oneWordOf(whereabouts, ["known", "missing"], "whereabouts", io) }),
    ...(wantsMediation === undefined ? {} : { wantsMediation }),
    ...(agreed === undefined ? {} : { smallClaimsAgreed: agreed }),
    ...(province === undefined ? {} : { province }),
  };
}

function monthsOf(asked: Asked, io: Io): number {
  const months = wholeOf(asked, "months", USUAL_MONTHS, io);
  if (months >= 1 && months <= 60) return months;
  throw new WrongUse(say.missing[io.language]("--months 1..60", "--months 6"));
}

// --- many ------------------------------------------------------------------------------------------------------------

interface Row {
  readonly lender: string;
  readonly loan: string;
  readonly facts: CaseFacts;
  readonly way: WhichWay;
}

async function all(db: Database, asked: Asked, terms: CourtTerms, io: Io): Promise<number> {
  const ids = idsIn(asked.text("from"), io);
  const minDpd = wholeOf(asked, "min-dpd", ids ? 1 : USUAL_MIN_DPD, io);
  const [months, said] = [monthsOf(asked, io), saidOf(asked, io)];
  const rows: Row[] = [];
  for (const lender of await lendersAsked(db, asked.text("lender"), io)) {
    const asOf = dayOption(asked.text("as-of"), "--as-of", io);
    const on = asOf ?? (Math.min(lender.closedThrough, dayAt(lender.zone, io.now())) as Day);
    const { around, law } = await aroundOf(db, lender, terms, on);
    const looked: Looked = await lookThrough(
      db,
      around,
      { months, minDpd, said, about: ({ loan }) => ids === undefined || ids.has(loan) },
      io,
    );
    const history = asked.flag("no-history") ? [] : looked.history;
    for (const { loan, facts } of looked.cases) {
      const way = whichWay(
        { facts, costs: terms.costs, wages: terms.wages, history, year: ymd(on).year },
        law,
      );
      rows.push({ lender: lender.code, loan, facts, way });
    }
  }
  const order = ORDERS[oneWordOf(asked.text("sort") ?? "past-due", SORTS, "sort", io)];
  rows.sort((a, b) => order(a) - order(b) || b.facts.claim - a.facts.claim || (a.loan < b.loan ? -1 : 1));
  const found = new Set(rows.map(({ loan }) => loan));
  for (const id of ids ?? []) if (!found.has(id)) io.note(LEFT_OUT[io.language](id, minDpd));
  tellAll(rows, asked.text("out"), io);
  return 0;
}

const SORTS = ["past-due", "net", "break-even", "limitation", "outlay", "advice"] as const;
const LAST = Number.MAX_SAFE_INTEGER;
/** What comes first has the least; a loan without the figure comes last. */
const ORDERS: Readonly<Record<(typeof SORTS)[number], (row: Row) => number>> = {
  "past-due": ({ facts }) => -facts.claim,
  net: ({ way }) => -(takenOf(way)?.net?.mean ?? -LAST),
  "break-even": ({ way }) => takenOf(way)?.breakEven ?? LAST,
  limitation: ({ facts }) => facts.limitation?.worstOn ?? LAST,
  outlay: ({ way }) => takenOf(way)?.outlay ?? LAST,
  advice: ({ way }) => [...ROUTES, "do-not-sue"].indexOf(way.advice.take),
};

/** Loan ids, one a line; what follows a comma is another column. */
function idsIn(file: string | undefined, io: Io): ReadonlySet<string> | undefined {
  if (file === undefined) return undefined;
  mustBeFile(file, io);
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  return new Set(lines.map((line) => line.split(",")[0]!.trim()).filter((id) => id !== "" && id !== "loan"));
}

const FIELDS = [
  "lender",
  "loan",
  "band",
  "past_due",
  "advice",
  "standing",
  "outlay",
  "break_even_percent",
  "net",
  "net_low",
  "net_high",
  "cases",
  "limitation_worst_on",
  "why",
];

function tellAll(rows: readonly Row[], out: string | undefined, io: Io): void {
  const words = SAY[io.language];
  if (out !== undefined) {
    writeFileSync(out, csvOf([FIELDS, ...rows.map(csvRow)]));
    io.object({ loans: rows.length, out });
    io.out(`${out}: ${words.loans(count(rows.length))}`);
    return;
  }
  for (const { lender, loan, facts, way } of rows) {
    const taken = takenOf(way);
    io.object({
      lender,
      loan,
      asOf: formatDay(facts.on),
      band: `M${facts.band}`,
      claim: money(facts.claim),
      advice: { take: way.advice.take, because: way.advice.why },
      standing: taken?.standing ?? null,
      outlay: taken ? money(taken.outlay) : null,
      breakEven: taken?.breakEven ?? null,
      net: taken?.net ? money(taken.net.mean) : null,
      cases: taken?.history.cases ?? way.waiting.cases,
      limitationWorstOn: facts.limitation ? formatDay(facts.limitation.worstOn) : null,
    });
  }
  const shown = rows.map(({ loan, facts, way }) => {
    const taken = takenOf(way);
    return [
      loan,
      `M${facts.band}`,
      amount(facts.claim),
      ROUTE_WORDS[way.advice.take][io.language],
      taken ? amount(taken.outlay) : "–",
      taken ? breakEvenText(taken) : "–",
      taken ? netText(taken) : "–",
      facts.limitation ? formatDay(facts.limitation.worstOn) : "–",
      SHORT_WHY[way.advice.why[0]!]?.[io.language] ?? way.advice.why[0]!,
    ];
  });
  const right = "right" as const;
  const left = "left" as const;
  io.out(table(words.columns, shown, [left, left, right, left, right, right, right, left, left]));
  io.out(words.loans(count(rows.length)));
  io.out(words.note);
}

const takenOf = ({ routes, advice }: WhichWay): RouteFound | undefined =>
  routes.find(({ route }) => route === advice.take);

function csvRow({ lender, loan, facts, way }: Row): string[] {
  const taken = takenOf(way);
  const net = taken?.net;
  return [
    lender,
    loan,
    `M${facts.band}`,
    money(facts.claim),
    way.advice.take,
    taken?.standing ?? "",
    taken ? money(taken.outlay) : "",
    taken ? (taken.breakEven / 100).toFixed(2) : "",
    net ? money(net.mean) : "",
    net ? money(net.low) : "",
    net ? money(net.high) : "",
    String(taken?.history.cases ?? way.waiting.cases),
    facts.limitation ? formatDay(facts.limitation.worstOn) : "",
    way.advice.why.join(" "),
  ];
}

/** The first reason in a word or two, so that a table stays narrow. */
const SHORT_WHY: Readonly<Record<string, Both>> = {
  "limitation-run-out": { en: "time is over", zh: "时效届满" },
  "gate-forbids": { en: "rules forbid", zh: "规则禁止" },
  "nothing-open": { en: "nothing open", zh: "无可行途径" },
  "costs-more-than-it-brings": { en: "costs more", zh: "成本较高" },
  "waiting-brings-more": { en: "waiting pays", zh: "等待更优" },
  "best-net": { en: "best net", zh: "净回收最高" },
  "cheapest-open": { en: "cheapest", zh: "费用最低" },
  "mediation-wanted": { en: "he agrees", zh: "本人同意" },
  "nothing-due": { en: "nothing due", zh: "无逾期" },
  "judged-already": { en: "judged", zh: "已判决" },
  "in-court-already": { en: "in court", zh: "程序中" },
};

const NOT_YET = {
  en: (on: string) => `there is no such loan on ${on} yet`,
  zh: (on: string) => `${on} 尚无此贷款`,
} as const;

const LEFT_OUT = {
  en: (id: string, dpd: number) => `${id}: not in the book, or not ${dpd} days past due: left out`,
  zh: (id: string, dpd: number) => `${id}：账簿中没有，或逾期不足 ${dpd} 天，略过`,
} as const;
