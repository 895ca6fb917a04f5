import { type Day, formatDay, instantAt } from "../../core/index.ts";
import { type CloseReport, type DayTally, runClose } from "../../dayclose/index.ts";
import { formatMonth } from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import {
  type BookSummary,
  closeStore,
  type Database,
  type Lender,
  makeRoom,
  monthsTaken,
  summarise,
} from "../../store/index.ts";
import { packFor, shelvesOf } from "../book.ts";
import { bureauDue } from "../bureau/due.ts";
import { lastClosedMonth } from "../bureau/month-end.ts";
import { BUREAU_SAY } from "../bureau/words.ts";
import { reasonWords } from "../gate/reasons.ts";
import { amount, count, type Io, table } from "../io.ts";
import { lettersDue } from "../letters/due.ts";
import { openOffice } from "../letters/office.ts";
import { NO_PRESS } from "../letters/press.ts";
import { say } from "../messages.ts";

/** Closes one lender's days with a progress bar and tells what the nights found. */
export async function closeLender(db: Database, io: Io, lender: Lender, through: Day): Promise<CloseReport> {
  const started = io.now();
  const report = await runClose(closeStore(db, shelvesOf(io)), lender.code, through, (progress) => {
    const { loans, seen, touched, actions, refused, setAside } = progress;
    const seconds = Math.max(1, io.now() - started) / 1000;
    const rate = `${count(Math.round(seen / seconds))}/s`;
    const left = seen > 0 ? Math.ceil(((loans - seen) * seconds) / seen) : 0;
    const tail =
      io.language === "zh"
        ? `${count(seen)}/${count(loans)} 笔 · 触及 ${count(touched)} · 动作 ${count(actions)} · 被拒 ${count(refused)} · 搁置 ${count(setAside)} · ${rate} · 剩余 ${left} 秒`
        : `${count(seen)}/${count(loans)} loans · ${count(touched)} touched · ${count(actions)} actions · ${count(refused)} refused · ${count(setAside)} set aside · ${rate} · ${left} s left`;
    io.progress(`${formatDay(through)}`, Math.max(seen, loans === 0 ? 1 : 0), Math.max(loans, 1), tail);
  });
  const ms = Math.max(1, io.now() - started);
  await makeRoom(
    db,
    report.days.reduce((sum, day) => sum + day.touched, 0),
  );
  await closeLetters(db, io, lender, through);
  await closeBureau(db, io, lender, through);
  const summary = await summarise(db, lender.code, through);
  tellDays(io, report, summary.loans, ms);
  tellNight(io, report, summary, await packFor(db, lender));
  return report;
}

/** What the day brought about on lawyers' letters: paid, lost sight of, past their deadline. Of a book without letters nothing. */
async function closeLetters(db: Database, io: Io, lender: Lender, through: Day): Promise<void> {
  const pack = await packFor(db, lender);
  if (!pack) return;
  // At noon of the day that is closed, so that a close of an earlier day sees it as it was.
  const now = Math.min(io.now(), instantAt(lender.zone, through, 12 * 60));
  const office = await openOffice({ db, lender, shelves: shelvesOf(io), now, pack, ...NO_PRESS });
  const outcomes = office ? await lettersDue(office) : [];
  if (outcomes.length === 0) return;
  const letters: Record<string, number> = {};
  for (const { code } of outcomes) letters[code] = (letters[code] ?? 0) + 1;
  io.object({ day: formatDay(through), lender: lender.code, letters });
  const told = Object.entries(letters).map(([code, times]) => `${code} ${count(times)}`);
  io.out(`${io.language === "zh" ? "律师函" : "letters"}: ${told.join(", ")}`);
}

/** Objections to the credit record that wait for an answer, and months whose end nobody has taken. Of most books nothing. */
async function closeBureau(db: Database, io: Io, lender: Lender, through: Day): Promise<void> {
  const pack = await packFor(db, lender);
  if (!pack) return;
  const now = Math.min(io.now(), instantAt(lender.zone, through, 12 * 60));
  for (const { loan, dispute, answerBy, daysLeft } of await bureauDue(db, lender, pack, through, now)) {
    const says = { loan, dispute, answerBy: formatDay(answerBy), daysLeft };
    io.object({ day: formatDay(through), lender: lender.code, bureau: says });
    io.out(BUREAU_SAY.reminder[io.language](dispute, loan, says.answerBy, daysLeft));
  }
  const [newest] = (await monthsTaken(db, lender)).slice(-1);
  const last = lastClosedMonth({ ...lender, closedThrough: through });
  if (newest !== undefined && newest < last) io.note(BUREAU_SAY.monthWaits[io.language](formatMonth(last)));
}

/** One line a day under `--json`. `ms` is the run's time, shared out by loans touched. */
function tellDays(io: Io, report: CloseReport, loans: number, ms: number): void {
  const touched = report.days.reduce((sum, day) => sum + day.touched, 0);
  for (const tally of report.days) {
    io.object({
      day: formatDay(tally.day),
      lender: report.lender,
      loans,
      touched: tally.touched,
      facts: tally.facts,
      actions: tally.actions,
      forbidden: tally.refused,
      asked: tally.asked,
      setAside: tally.setAside,
      cured: tally.cured,
      byRule: tally.byRule,
      ms: Math.round((ms * tally.touched) / Math.max(1, touched)),
    });
  }
}

const sumOf = (days: readonly DayTally[], of: (day: DayTally) => number): string =>
  count(days.reduce((sum, day) => sum + of(day), 0));

function tellNight(io: Io, report: CloseReport, summary: BookSummary, pack: Pack | undefined): void {
  const { language } = io;
  const { days } = report;
  io.out("");
  io.out(
    say.nightHead[language](
      summary.lender.name,
      formatDay(days[0]?.day ?? report.from),
      formatDay(report.through),
    ),
  );
  io.out(
    say.nightLine[language](
      count(summary.loans),
      sumOf(days, (day) => day.actions),
      sumOf(days, (day) => day.refused),
      sumOf(days, (day) => day.asked),
      sumOf(days, (day) => day.cured),
      count(summary.setAside),
    ),
  );
  tellBands(io, summary);
  const reasons = commonest(days);
  if (reasons.length > 0) {
    io.out(say.commonest[language]());
    for (const [rule, times] of reasons)
      io.out(`  ${count(times).padStart(9)}  ${rule}  ${reasonWords(pack, rule, language) ?? ""}`);
  }
}

export function tellBands(io: Io, summary: BookSummary): void {
  const { language } = io;
  const name = (band: number): string => (band === 0 ? say.notDue[language]() : `M${band}`);
  const rows = summary.bands.map(({ band, loans, outstanding, arrears }) => [
    name(band),
    count(loans),
    amount(outstanding),
    amount(arrears),
  ]);
  const all = (of: "loans" | "outstanding" | "arrears"): number =>
    summary.bands.reduce((sum, band) => sum + band[of], 0);
  rows.push(["=", count(all("loans")), amount(all("outstanding")), amount(all("arrears"))]);
  const [band, loans, outstanding, arrears] = say.bandHeads[language]() as [string, string, string, string];
  const heads = [band, loans, `${outstanding} ${summary.currency}`, `${arrears} ${summary.currency}`];
  io.out(table(heads, rows, ["left", "right", "right", "right"]));
  io.out(say.endedLine[language](count(summary.ended), count(summary.writtenOff)));
}

/** The three commonest reasons why a step was refused or put to a person. */
function commonest(days: readonly DayTally[]): [string, number][] {
  const byRule = new Map<string, number>();
  for (const day of days) {
    for (const [rule, times] of Object.entries(day.byRule)) {
      if (rule === "strategy/ask-person") continue;
      byRule.set(rule, (byRule.get(rule) ?? 0) + times);
    }
  }
  return [...byRule].sort((a, b) => b[1] - a[1]).slice(0, 3);
}
