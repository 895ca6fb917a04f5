import { type Day, decimalsOf, formatDay } from "../../core/index.ts";
import { CODE_WORDS, complaintsOf, disputesOf } from "../../legal/index.ts";
import { packFor } from "../../office/book.ts";
import { type CreditRecord, creditRecord, monthJson, sourcesOf } from "../../office/bureau/record.ts";
import { BUREAU_SAY } from "../../office/bureau/words.ts";
import { amount, Declined, dayOrDash, type Io, table } from "../../office/io.ts";
import { bureauEntry, type Database, type LoanFile } from "../../store/index.ts";

export async function showRecord(db: Database, file: LoanFile, asOf: Day, io: Io): Promise<number> {
  const pack = await packFor(db, file.lender);
  if (!pack) throw new Declined(BUREAU_SAY.noPack[io.language](file.lender.pack));
  const record = await creditRecord(db, file, pack, asOf, io.now());
  const { notes } = await bureauEntry(db, file.lender, file.key);
  const disputes = disputesOf(notes, file.id);
  const complaints = complaintsOf(notes, file.id);
  const decimals = decimalsOf(file.product.terms.currency);
  io.object({
    loan: file.id,
    lender: file.lender.code,
    asOf: formatDay(asOf),
    window: record.window,
    months: record.months.map((one) => monthJson(one, decimals)),
    arrears: record.spells.map(({ from, clearedOn }) => ({
      from: formatDay(from),
      clearedOn: clearedOn === undefined ? null : formatDay(clearedOn),
    })),
    held:
      record.held && record.held.verdict !== "reported"
        ? { verdict: record.held.verdict, rules: record.held.because.map(({ rule }) => rule.id) }
        : null,
    disputes: disputes.map(({ opened, state, outcome, answeredOn, late }) => ({
      id: opened.id,
      received: formatDay(opened.received),
      answerBy: formatDay(opened.answerBy),
      months: opened.months,
      says: opened.words,
      state,
      outcome: outcome ?? null,
      answeredOn: answeredOn === undefined ? null : formatDay(answeredOn),
      late,
    })),
    complaints: complaints.map(({ opened, answeredOn }) => ({
      id: opened.id,
      to: opened.to,
      accepted: formatDay(opened.accepted),
      answerBy: formatDay(opened.answerBy),
      answeredOn: answeredOn === undefined ? null : formatDay(answeredOn),
    })),
    sources: sourcesOf(record.law),
  });
  tell(record, file, decimals, io);
  for (const { opened, state, outcome, late } of disputes)
    io.out(
      BUREAU_SAY.disputeLine[io.language](
        opened.id,
        formatDay(opened.received),
        formatDay(opened.answerBy),
        state,
        outcome,
        late,
      ),
    );
  for (const { opened, answeredOn } of complaints)
    io.out(
      BUREAU_SAY.complaintLine[io.language](
        opened.id,
        opened.to,
        formatDay(opened.answerBy),
        dayOrDash(answeredOn),
      ),
    );
  io.out("");
  io.out(BUREAU_SAY.howToCorrect[io.language](file.id, record.law.objection?.days));
  if (record.law.clearing?.repair) io.out(BUREAU_SAY.repair[io.language]());
  return 0;
}

function tell(record: CreditRecord, file: LoanFile, decimals: number, io: Io): void {
  io.out(`${file.id} · ${file.lender.name} · ${formatDay(record.asOf)}`);
  io.out(record.window.trimStart());
  const rows = record.months.map((one) => [
    one.month,
    one.now === one.entry.code ? one.now : `${one.entry.code} → ${one.now}`,
    CODE_WORDS[one.now]?.[io.language] ?? BUREAU_SAY.deleted[io.language](),
    String(one.entry.dpd),
    amount(one.entry.pastDue, decimals),
    one.reports.length > 0 ? one.reports.join(", ") : "–",
    [
      one.disputed ? BUREAU_SAY.disputed[io.language]() : "",
      one.clearing ? BUREAU_SAY.clearing[io.language](one.clearing) : "",
      one.reportableThrough === undefined
        ? ""
        : BUREAU_SAY.through[io.language](formatDay(one.reportableThrough)),
    ]
      .filter((text) => text !== "")
      .join("; "),
  ]);
  io.out(
    table(BUREAU_SAY.showHeads[io.language], rows, [
      "left",
      "left",
      "left",
      "right",
      "right",
      "left",
      "left",
    ]),
  );
  if (record.held && record.held.verdict !== "reported")
    io.out(
      BUREAU_SAY.heldNow[io.language](
        record.held.because.map(({ rule }) => rule.says[io.language]).join(" "),
      ),
    );
}
