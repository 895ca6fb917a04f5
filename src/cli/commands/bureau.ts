import { dayOption, lendersAsked, withBook } from "../../office/book.ts";
import { monthAsked, monthEnd } from "../../office/bureau/month-end.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { usualDay } from "../../office/loans/shown.ts";
import { loanFile } from "../../store/index.ts";
import { atBureauDesk, DESK_VERBS, type DeskVerb } from "../bureau/desk.ts";
import { listBureau } from "../bureau/list.ts";
import { checkReport, FORMATS, makeReport } from "../bureau/report.ts";
import { showRecord } from "../bureau/show.ts";
import { listOf, oneWordOf, TEXT, verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";

const VERBS = ["list", "month-end", "report", "check", "show", ...DESK_VERBS] as const;

export const options = {
  month: TEXT,
  months: TEXT,
  format: TEXT,
  out: TEXT,
  by: TEXT,
  decided: TEXT,
  lender: TEXT,
  "as-of": TEXT,
  on: TEXT,
  id: TEXT,
  of: TEXT,
  says: TEXT,
  reason: TEXT,
  via: TEXT,
  to: TEXT,
  outcome: TEXT,
  proof: TEXT,
  mark: TEXT,
  "dry-run": { type: "boolean" },
} as const;

/** The credit record: months, reports, objections, corrections, and what the borrower sees. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "bureau", io);
  const [, word] = asked.words;
  const isDesk = (DESK_VERBS as readonly string[]).includes(verb);
  if ((isDesk || verb === "show") && !word)
    throw new WrongUse(say.missing[io.language]("LOAN", `arrears bureau ${verb} L000123`));
  return withBook(place, io, async (db) => {
    const lender = asked.text("lender");
    if (verb === "check") {
      if (!word)
        throw new WrongUse(say.missing[io.language]("FILE", "arrears bureau check bureau-2026-10.jsonl"));
      return checkReport(db, await lendersAsked(db, lender, io), word, io);
    }
    if (isDesk || verb === "show") {
      const file = await loanFile(db, word!, lender);
      if (!file) throw new Declined(say.noLoan[io.language](word!));
      if (isDesk) return atBureauDesk(db, file, verb as DeskVerb, asked, io);
      return showRecord(db, file, dayOption(asked.text("as-of"), "--as-of", io) ?? usualDay(file, io), io);
    }
    const month = monthAsked(asked.text("month"), io);
    const dryRun = asked.flag("dry-run");
    let code = 0;
    for (const one of await lendersAsked(db, lender, io)) {
      if (verb === "list") await listBureau(db, one, io);
      else if (verb === "month-end") await monthEnd(db, one, { month, dryRun }, io);
      else {
        if (month === undefined) throw new WrongUse(say.missing[io.language]("--month", "--month 2026-10"));
        const wanted = {
          month,
          format: oneWordOf(asked.text("format") ?? "jsonl", FORMATS, "format", io),
          out: dryRun ? asked.text("out") : required(asked, "out", "--out bureau-2026-10.jsonl", io),
          by: required(asked, "by", "--by mei", io),
          decided: listOf(asked.text("decided") ?? ""),
          dryRun,
        };
        code = Math.max(code, await makeReport(db, one, wanted, io));
      }
    }
    return code;
  });
}
