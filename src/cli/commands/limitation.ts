import { writeFileSync } from "node:fs";
import {
  addDays,
  type Day,
  decimalsOf,
  formatDay,
  formatMoney,
  type LoanBooked,
  subtract,
} from "../../core/index.ts";
import { earliestEnd } from "../../dayclose/index.ts";
import type { Limitation } from "../../legal/index.ts";
import { dayOption, lendersAsked, todayAt, withBook } from "../../office/book.ts";
import { csvOf } from "../../office/csv.ts";
import { amount, count, Declined, dayOrDash, type Io, table, WrongUse } from "../../office/io.ts";
import { limitationJson, limitationWatchOf } from "../../office/limitation/json.ts";
import {
  LIMITATION_HEADS,
  limitationLine,
  limitationOf,
  limitationOfFile,
} from "../../office/limitation/of.ts";
import { reasonLine, STATE_WORDS } from "../../office/limitation/words.ts";
import { usualDay } from "../../office/loans/shown.ts";
import {
  type Database,
  type Lender,
  type LoanWithJournals,
  loanFile,
  loansWithJournals,
} from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  "as-of": { type: "string" },
  "ending-within": { type: "string" },
  past: { type: "boolean" },
  out: { type: "string" },
  lender: { type: "string" },
} as const;

/** When the time to claim a loan runs out; or the loans of the book for which that is near. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [id] = asked.words;
  const within = daysAsked(asked.text("ending-within"), io);
  if ((id === undefined) === (within === undefined))
    throw new WrongUse(
      say.missing[io.language]("LOAN | --ending-within", "arrears limitation --ending-within 180d"),
    );
  return withBook(place, io, (db) =>
    id === undefined ? list(db, asked, within!, io) : one(db, asked, id, io),
  );
}

async function one(db: Database, asked: Asked, id: string, io: Io): Promise<number> {
  const file = await loanFile(db, id, asked.text("lender"));
  if (!file) throw new Declined(say.noLoan[io.language](id));
  const asOf = dayOption(asked.text("as-of"), "--as-of", io) ?? usualDay(file, io);
  const found = limitationOfFile(file, asOf);
  if (found === undefined) throw new Declined(WORDS.noLaw[io.language](file.lender.pack, formatDay(asOf)));
  if (typeof found === "string") throw new Declined(found);
  io.object({
    loan: file.id,
    lender: file.lender.code,
    asOf: formatDay(asOf),
    ...limitationJson(found),
  });
  const words = LIMITATION_HEADS[io.language];
  io.out(`${file.id} · ${file.lender.name} · ${file.product.code} · ${formatDay(asOf)}`);
  io.out(`${words.ends}: ${limitationLine(found, io)}`);
  io.out("");
  for (const reason of found.because) io.out(reasonLine(reason, io.language));
  io.out("");
  io.out(words.note);
  return 0;
}

interface Near {
  readonly loan: string;
  readonly outstanding: string;
  readonly currency: string;
  readonly found: Limitation;
}

async function list(db: Database, asked: Asked, within: number, io: Io): Promise<number> {
  const rows: (Near & { readonly lender: string; readonly asOf: Day })[] = [];
  let looked = 0;
  for (const lender of await lendersAsked(db, asked.text("lender"), io)) {
    const watch = limitationWatchOf(lender.pack);
    if (!watch) {
      io.note(WORDS.noLaw[io.language](lender.pack, lender.code));
      continue;
    }
    const asOf = dayOption(asked.text("as-of"), "--as-of", io) ?? lastDay(lender, io);
    const until = addDays(asOf, within);
    const maybe = loansWithJournals(
      db,
      lender.code,
      (loan, product) => earliestEnd(loan, product, watch) <= until,
    );
    for await (const { loans, done, of } of maybe) {
      io.progress("limitation", done, of, `${count(looked)}`);
      looked += loans.length;
      for (const booked of loans) {
        const near = nearOf(booked, lender, asOf);
        if (!near || near.found.worstOn > until) continue;
        if (near.found.worstOn >= asOf || asked.flag("past"))
          rows.push({ ...near, lender: lender.code, asOf });
      }
    }
  }
  rows.sort((a, b) => a.found.worstOn - b.found.worstOn || (a.loan < b.loan ? -1 : 1));
  tell(rows, asked.text("out"), io);
  return 0;
}

function nearOf(booked: LoanWithJournals, lender: Lender, asOf: Day): Near | undefined {
  const found = limitationOf(booked, lender, asOf);
  if (found === undefined || typeof found === "string") return undefined;
  const { loan, product, facts } = booked;
  const { currency } = product.terms;
  return {
    loan: (facts[0] as LoanBooked).id,
    outstanding: formatMoney(subtract(loan.principal, loan.principalPaid), decimalsOf(currency)),
    currency,
    found,
  };
}

const FIELDS = [
  "lender",
  "loan",
  "worst_on",
  "days_left",
  "expires_on",
  "state",
  "worst_state",
  "outstanding",
  "currency",
];

function tell(
  rows: readonly (Near & { readonly lender: string; readonly asOf: Day })[],
  out: string | undefined,
  io: Io,
): void {
  const cells = rows.map(({ lender, loan, outstanding, currency, found, asOf }) => [
    lender,
    loan,
    formatDay(found.worstOn),
    String(found.worstOn - asOf),
    found.expiresOn === undefined ? "" : formatDay(found.expiresOn),
    found.state,
    found.worstState,
    outstanding,
    currency,
  ]);
  if (out !== undefined) {
    writeFileSync(out, csvOf([FIELDS, ...cells]));
    io.object({ loans: rows.length, out });
    io.out(`${out}: ${WORDS.loans[io.language](count(rows.length))}`);
    return;
  }
  for (const { lender, loan, outstanding, currency, found, asOf } of rows)
    io.object({
      lender,
      loan,
      asOf: formatDay(asOf),
      expiresOn: found.expiresOn === undefined ? null : formatDay(found.expiresOn),
      worstOn: formatDay(found.worstOn),
      daysLeft: found.worstOn - asOf,
      state: found.state,
      worstState: found.worstState,
      of: found.of,
      outstanding,
      currency,
    });
  const { columns } = LIMITATION_HEADS[io.language];
  const shown = rows.map(({ lender, loan, outstanding, found, asOf }) => [
    loan,
    lender,
    formatDay(found.worstOn),
    String(found.worstOn - asOf),
    dayOrDash(found.expiresOn),
    STATE_WORDS[found.state][io.language],
    amount(Number(outstanding.replace(".", "")), outstanding.includes(".") ? 2 : 0),
  ]);
  io.out(table(columns, shown, ["left", "left", "left", "right", "left", "left", "right"]));
  io.out(WORDS.loans[io.language](count(rows.length)));
}

/** The last closed day where the book has closed any. */
const lastDay = (lender: Lender, io: Io): Day =>
  lender.closedThrough + 1 < lender.openOn
    ? todayAt(lender, io)
    : (Math.min(lender.closedThrough, todayAt(lender, io)) as Day);

function daysAsked(text: string | undefined, io: Io): number | undefined {
  if (text === undefined) return undefined;
  const days = /^(\d{1,4})d?$/.exec(text)?.[1];
  if (days === undefined) throw new WrongUse(WORDS.badDays[io.language](text));
  return Number(days);
}

const WORDS = {
  loans: {
    en: (n: string) => `${n} ${n === "1" ? "loan" : "loans"}`,
    zh: (n: string) => `${n} 笔`,
  },
  noLaw: {
    en: (pack: string, what: string) => `the pack ${pack} has no law on limitation that was read (${what})`,
    zh: (pack: string, what: string) => `合规包 ${pack} 没有已读到的诉讼时效法条（${what}）`,
  },
  badDays: {
    en: (text: string) => `--ending-within is "${text}", expected days such as 180d`,
    zh: (text: string) => `--ending-within 为“${text}”，应为天数，如 180d`,
  },
} as const;
