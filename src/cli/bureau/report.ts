import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import {
  addDays,
  CONTACT_DAYS,
  type Day,
  dayAt,
  decimalsOf,
  formatInstant,
  type Key,
} from "../../core/index.ts";
import {
  type AccountRow,
  amendedOf,
  type ControlTotals,
  csvFormat,
  formatMonth,
  jsonlFormat,
  lastDayOf,
  type Month,
  metro2Format,
  parseMonth,
  type ReportFormat,
  type ReportMeta,
  TotalsCount,
} from "../../legal/index.ts";
import { mustBeFile, packFor } from "../../office/book.ts";
import { type Judged, judgeReport } from "../../office/bureau/judge.ts";
import { bureauLaw } from "../../office/bureau/law.ts";
import { BUREAU_SAY } from "../../office/bureau/words.ts";
import { count, Declined, type Io, table } from "../../office/io.ts";
import type { Pack } from "../../policy/index.ts";
import {
  type Database,
  findKeys,
  type Lender,
  monthsTaken,
  type PendingChange,
  pendingChanges,
  putReport,
  type ReportCandidate,
  reportCandidates,
  reportOf,
  reportsOf,
} from "../../store/index.ts";

export const FORMATS = ["jsonl", "csv", "metro2"] as const;
export type FormatName = (typeof FORMATS)[number];
const formatNamed = (name: FormatName): ReportFormat =>
  name === "jsonl" ? jsonlFormat : name === "csv" ? csvFormat : metro2Format();

/** Months of history that a form shows. */
const HISTORY: Readonly<Record<FormatName, number>> = { jsonl: 1, csv: 1, metro2: 24 };

export interface ReportAsked {
  readonly month: Month;
  readonly format: FormatName;
  readonly out: string | undefined;
  readonly by: string;
  /** Rules that ask a person, decided by the one who makes the report. */
  readonly decided: readonly string[];
  readonly dryRun: boolean;
}

/**
 * Makes the report of a month: every loan that no report has told of and that the gate lets through, then the corrections and
 * deletions that wait. The file stands where it was asked for once the register knows its hash, and not before.
 */
export async function makeReport(db: Database, lender: Lender, asked: ReportAsked, io: Io): Promise<number> {
  const { month, dryRun, by } = asked;
  const pack = await packFor(db, lender);
  if (!pack) throw new Declined(BUREAU_SAY.noPack[io.language](lender.pack));
  const law = bureauLaw(pack, lastDayOf(month));
  if (!law.ok) throw new Declined(law.refusal.says);
  if (!(await monthsTaken(db, lender)).includes(month))
    throw new Declined(BUREAU_SAY.notTaken[io.language](formatMonth(month)));
  const now = io.now();
  const meta: ReportMeta = {
    lender: lender.code,
    lenderName: lender.name,
    report: ((await reportsOf(db, lender)).at(-1)?.report ?? 0) + 1,
    month: formatMonth(month),
    asOf: lastDayOf(month),
    madeAt: formatInstant(lender.zone, now),
    madeOn: dayAt(lender.zone, now),
    madeBy: by,
    pack: pack.version,
  };
  const format = formatNamed(asked.format);
  const file = new ReportFile(dryRun ? undefined : asked.out);
  const totals = new TotalsCount();
  const loans: Key[] = [];
  const held = new Held(io);
  file.write(format.head(meta));
  const known = { lender, pack, rule: law.value.rule, month, now, decided: asked.decided };
  try {
    for await (const { candidates, done, of } of reportCandidates(db, lender, {
      month,
      months: HISTORY[asked.format],
      ...contactsAsked(pack, meta.madeOn),
    })) {
      for (const candidate of candidates) {
        if (amendedOf(candidate.notes, candidate.id).get(meta.month) === "deleted") continue;
        const judged = judgeReport(candidate, known);
        if (judged.verdict !== "reported") {
          held.add(candidate, judged, lender.zone);
          continue;
        }
        const row = rowOf(candidate, judged, law.value.rule.special?.codes ?? {}, meta);
        file.write(format.account(row, meta));
        const { entry } = row;
        totals.account(
          row.currency,
          row.decimals,
          entry.code,
          entry.outstanding,
          entry.pastDue,
          row.disputed,
        );
        loans.push(candidate.key);
      }
      io.progress(meta.month, done, of, count(loans.length));
    }
    const changes = asked.format === "metro2" ? [] : await changesOf(db, lender);
    for (const { text } of changes.map((one) => written(one, format))) file.write(text);
    totals.corrections = changes.filter(({ fact }) => fact.kind === "BureauCorrected").length;
    totals.deletions = changes.length - totals.corrections;
    const sums = totals.totals();
    file.write(format.tail(sums, file.hash()));
    const nothing = loans.length === 0 && changes.length === 0;
    const sha256 = file.hash();
    if (!dryRun && !nothing) {
      const kept = {
        report: meta.report,
        month,
        format: asked.format,
        accounts: loans.length,
        madeAt: now,
        madeBy: by,
        totals: JSON.stringify(sums),
        sha256,
      };
      if (await putReport(db, lender, kept, loans, changes))
        throw new Declined(BUREAU_SAY.another[io.language]());
      file.keep();
    } else file.drop();
    tell(io, meta, asked, { sums, sha256, nothing, held });
    return held.size > 0 ? 1 : 0;
  } catch (error) {
    file.drop();
    throw error;
  }
}

/** Contacts are read where a rule on reports asks for them: it takes a conversation or a letter of any time. */
const contactsAsked = (pack: Pack, on: Day) =>
  pack.rules.some(({ governs, needs }) => governs.includes("bureau") && needs.includes("contacts"))
    ? { contactsFrom: addDays(on, -Math.max(CONTACT_DAYS, 366)) }
    : {};

function rowOf(
  { key: _, id, loan, product, borrower, entry, history }: ReportCandidate,
  { disputed }: Judged,
  codes: Readonly<Record<string, number>>,
  { asOf }: ReportMeta,
): AccountRow {
  const over = entry.code === "C" || entry.code === "G";
  return {
    loan: id,
    borrower: borrower.external_id,
    name: borrower.name,
    phone: borrower.phone,
    address: borrower.address,
    openedOn: loan.disbursedOn,
    currency: product.terms.currency,
    decimals: decimalsOf(product.terms.currency),
    principal: loan.principal,
    installments: loan.installments,
    entry,
    special: entry.special.flatMap((one) => codes[one] ?? []),
    disputed,
    history: [entry, ...history],
    chargedOff: entry.code === "B",
    ...(over ? { closedOn: Math.min(loan.lateOn, asOf) as Day } : {}),
  };
}

type Change = PendingChange & {
  readonly of: ReadonlyMap<string, number | undefined>;
  readonly borrower: string;
};

/** Corrections and deletions that wait, each with the report that told of its months first. */
async function changesOf(db: Database, lender: Lender): Promise<Change[]> {
  const pending = await pendingChanges(db, lender);
  const keys = await findKeys(db, lender, [...new Set(pending.map(({ fact }) => fact.debt))]);
  const changes: Change[] = [];
  for (const one of pending) {
    const months = one.fact.kind === "BureauCorrected" ? [one.fact.month] : one.fact.months;
    const of = new Map<string, number | undefined>();
    for (const month of months)
      of.set(month, await reportOf(db, lender, keys.get(one.fact.debt)!, parseMonth(month)!));
    const [row] = await db.query<{ external_id: string }>(
      "select external_id from borrower where bucket = $1 and n = $2",
      [one.owner.bucket, one.owner.n],
    );
    changes.push({ ...one, of, borrower: row!.external_id });
  }
  return changes;
}

function written({ fact, of, borrower }: Change, format: ReportFormat): { readonly text: string } {
  const { id, debt: loan, reason } = fact;
  const text =
    fact.kind === "BureauCorrected"
      ? format.correction({
          id,
          loan,
          borrower,
          month: fact.month,
          of: of.get(fact.month) ?? null,
          was: fact.was,
          now: fact.to,
          reason,
        })
      : format.deletion({
          id,
          loan,
          borrower,
          months: fact.months.map((month) => ({ month, of: of.get(month) ?? null })),
          reason,
        });
  return { text };
}

/** A file under a name of its own until it is known to the register; nothing where it is only tried. */
class ReportFile {
  readonly #hash = createHash("sha256");
  readonly #place: string | undefined;
  readonly #open: number | undefined;
  #closed = false;

  constructor(place: string | undefined) {
    this.#place = place;
    this.#open = place === undefined ? undefined : openSync(`${place}.part`, "w");
  }

  write(text: string): void {
    this.#hash.update(text);
    if (this.#open !== undefined) writeSync(this.#open, text);
  }

  /** Of all that was written so far. */
  hash(): string {
    return this.#hash.copy().digest("hex");
  }

  keep(): void {
    this.#close();
    if (this.#place !== undefined) renameSync(`${this.#place}.part`, this.#place);
  }

  drop(): void {
    this.#close();
    if (this.#place !== undefined) rmSync(`${this.#place}.part`, { force: true });
  }

  #close(): void {
    if (this.#open !== undefined && !this.#closed) closeSync(this.#open);
    this.#closed = true;
  }
}

/** Loans that were not reported, told one by one in JSON and by rule for people. */
class Held {
  readonly #io: Io;
  readonly byRule = new Map<string, number>();
  readonly #examples: string[][] = [];
  size = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  add({ id, entry }: ReportCandidate, { verdict, because, allowedFrom }: Judged, zone: string): void {
    this.size += 1;
    const rules = because.map(({ rule }) => rule.id);
    for (const rule of rules) this.byRule.set(rule, (this.byRule.get(rule) ?? 0) + 1);
    const from =
      allowedFrom === undefined || allowedFrom === "never"
        ? (allowedFrom ?? null)
        : formatInstant(zone, allowedFrom);
    const says = because.flatMap(({ outcome }) => ("says" in outcome ? [outcome.says] : []));
    this.#io.object({
      loan: id,
      status: entry.code,
      verdict,
      rules,
      says: says.map(({ en }) => en),
      allowedFrom: from,
    });
    if (this.#examples.length < 20)
      this.#examples.push([id, entry.code, rules.join(", "), says[0]?.[this.#io.language] ?? ""]);
  }

  table(): string {
    return table(BUREAU_SAY.heldHeads[this.#io.language], this.#examples, ["left", "left", "left", "left"]);
  }
}

function tell(
  io: Io,
  meta: ReportMeta,
  { format, out, dryRun }: ReportAsked,
  {
    sums,
    sha256,
    nothing,
    held,
  }: {
    readonly sums: ControlTotals;
    readonly sha256: string;
    readonly nothing: boolean;
    readonly held: Held;
  },
): void {
  io.object({
    lender: meta.lender,
    month: meta.month,
    report: nothing ? null : meta.report,
    format,
    ...sums,
    held: held.size,
    heldByRule: Object.fromEntries(held.byRule),
    sha256: nothing ? null : sha256,
    file: dryRun || nothing ? null : (out ?? null),
    dryRun,
  });
  io.out(
    `${meta.lenderName} · ${meta.month} · ${format}${dryRun ? ` · ${BUREAU_SAY.dryRun[io.language]()}` : ""}`,
  );
  if (nothing) io.out(BUREAU_SAY.nothingToReport[io.language]());
  else {
    io.out(totalsTable(sums, io));
    io.out(
      BUREAU_SAY.changes[io.language](count(sums.corrections), count(sums.deletions), count(sums.disputed)),
    );
    if (!dryRun) io.out(`${out}  sha256 ${sha256}`);
  }
  if (held.size === 0) return;
  io.out("");
  io.out(BUREAU_SAY.held[io.language](count(held.size)));
  io.out(held.table());
}

const totalsTable = ({ byStatus }: ControlTotals, io: Io): string =>
  table(
    BUREAU_SAY.totalHeads[io.language],
    Object.entries(byStatus).flatMap(([currency, codes]) =>
      Object.entries(codes).map(([code, { loans, outstanding, pastDue }]) => [
        code,
        count(loans),
        outstanding,
        pastDue,
        currency,
      ]),
    ),
    ["left", "right", "right", "right", "left"],
  );

// --- a file that somebody holds ----------------------------------------------------------------------------------------------

/** Adds a file up again: its totals, the hash that it names, and whether the register knows it. */
export async function checkReport(
  db: Database,
  lenders: readonly Lender[],
  place: string,
  io: Io,
): Promise<number> {
  mustBeFile(place, io);
  const text = readFileSync(place, "utf8");
  const format = formatNamed(text.startsWith("{") ? "jsonl" : text.startsWith("record,") ? "csv" : "metro2");
  let read: ReturnType<ReportFormat["read"]>;
  try {
    read = format.read(text);
  } catch (error) {
    throw new Declined(`${place}: ${(error as Error).message}`);
  }
  const sha256 = createHash("sha256").update(text).digest("hex");
  const bodyHolds =
    read.body === undefined || createHash("sha256").update(read.body).digest("hex") === read.bodySha256;
  const totalsHold = JSON.stringify(read.counted) === JSON.stringify(read.said);
  let known: { readonly lender: string; readonly report: number; readonly month: string } | undefined;
  for (const lender of lenders)
    for (const one of await reportsOf(db, lender))
      if (one.sha256 === sha256)
        known = { lender: lender.code, report: one.report, month: formatMonth(one.month) };
  const holds = bodyHolds && totalsHold && known !== undefined;
  io.object({
    file: place,
    format: format.name,
    sha256,
    totalsHold,
    bodyHolds,
    report: known ?? null,
    counted: read.counted,
    said: read.said,
  });
  io.out(`${place} · ${format.name} · sha256 ${sha256}`);
  io.out(BUREAU_SAY.checked[io.language](totalsHold, bodyHolds));
  io.out(
    known
      ? BUREAU_SAY.inRegister[io.language](known.report, known.month)
      : BUREAU_SAY.notInRegister[io.language](),
  );
  return holds ? 0 : 1;
}
