import { dayAt, formatDay, formatInstant } from "../../core/index.ts";
import { complaintsOf, disputesOf, formatMonth } from "../../legal/index.ts";
import { BUREAU_SAY } from "../../office/bureau/words.ts";
import { count, type Io, table } from "../../office/io.ts";
import {
  type Database,
  type Lender,
  monthsTaken,
  notedBorrowers,
  pendingChanges,
  reportsOf,
} from "../../store/index.ts";

/** What is open about a lender's credit record: objections by their last day, complaints, changes that wait, months and reports. */
export async function listBureau(db: Database, lender: Lender, io: Io): Promise<void> {
  const today = dayAt(lender.zone, io.now());
  const noted = await notedBorrowers(db, lender);
  const open = noted
    .flatMap(({ notes }) => disputesOf(notes))
    .filter(({ state }) => state === "open")
    .sort((a, b) => a.opened.answerBy - b.opened.answerBy);
  const complaints = noted
    .flatMap(({ notes }) => complaintsOf(notes))
    .filter(({ answeredOn }) => answeredOn === undefined);
  const waiting = await pendingChanges(db, lender);
  const months = await monthsTaken(db, lender);
  const reports = await reportsOf(db, lender);
  for (const { opened } of open)
    io.object({
      kind: "dispute",
      loan: opened.debt,
      id: opened.id,
      received: formatDay(opened.received),
      answerBy: formatDay(opened.answerBy),
      daysLeft: opened.answerBy - today,
      months: opened.months,
      says: opened.words,
    });
  for (const { opened } of complaints)
    io.object({
      kind: "complaint",
      loan: opened.debt,
      id: opened.id,
      to: opened.to,
      answerBy: formatDay(opened.answerBy),
      daysLeft: opened.answerBy - today,
    });
  for (const { fact } of waiting)
    io.object({
      kind: fact.kind === "BureauCorrected" ? "correction" : "delete",
      loan: fact.debt,
      id: fact.id,
      months: fact.kind === "BureauCorrected" ? [fact.month] : fact.months,
    });
  for (const one of reports)
    io.object({
      kind: "report",
      report: one.report,
      month: formatMonth(one.month),
      format: one.format,
      accounts: one.accounts,
      madeAt: formatInstant(lender.zone, one.madeAt),
      madeBy: one.madeBy,
      sha256: one.sha256,
    });
  io.object({ kind: "months", lender: lender.code, taken: months.map(formatMonth) });
  io.out(`${lender.name}: ${months.map(formatMonth).join(", ") || "–"}`);
  const rows = [
    ...open.map(({ opened }) => [
      BUREAU_SAY.kinds[io.language].dispute,
      opened.debt,
      opened.id,
      formatDay(opened.answerBy),
      count(Math.max(0, opened.answerBy - today)),
    ]),
    ...complaints.map(({ opened }) => [
      BUREAU_SAY.kinds[io.language].complaint,
      opened.debt,
      opened.id,
      formatDay(opened.answerBy),
      count(Math.max(0, opened.answerBy - today)),
    ]),
    ...waiting.map(({ fact }) => [BUREAU_SAY.kinds[io.language].waits, fact.debt, fact.id, "–", ""]),
    ...reports.map((one) => [
      BUREAU_SAY.kinds[io.language].report,
      formatMonth(one.month),
      `${one.report} (${one.format}, ${count(one.accounts)})`,
      one.sha256.slice(0, 16),
      "",
    ]),
  ];
  if (rows.length > 0)
    io.out(table(BUREAU_SAY.listHeads[io.language], rows, ["left", "left", "left", "left", "right"]));
}
