import { writeFileSync } from "node:fs";
import {
  AGENCY_FIELDS,
  type Agency,
  agencyNotes,
  dayAt,
  formatDay,
  type Instant,
  instantAt,
  LENDER_STEPS,
  type LenderSteps,
  type Mandate,
  nearest,
  PLACED_ROLES,
  type PlacedRole,
  parseMoney,
  RECALL_REASONS,
  type RecallReason,
  segmentOf,
} from "../../core/index.ts";
import { type AgencyRow, readAgencyReport } from "../../intake/index.ts";
import { dayOption, mustBeFile, packFor, shelvesOf } from "../../office/book.ts";
import { csvOf } from "../../office/csv.ts";
import { amount, count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { gate, gateFactsOf, type Pack } from "../../policy/index.ts";
import {
  type AgencyReport,
  agencies,
  type CaseFile,
  caseFiles,
  type Database,
  type Lender,
  mandates,
  type NoticeAsked,
  placeSegment,
  putAgency,
  putMandate,
  recall as recallLoans,
  takeReports,
} from "../../store/index.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { withLender } from "./team.ts";

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;
const USUAL = { lender: TEXT, at: TEXT } as const;

const shelvesAt = (io: Io, now: Instant) => ({ ...shelvesOf(io), now: () => now });

function oneOf<T extends string>(value: string | undefined, known: readonly T[], option: string, io: Io): T {
  if (known.includes(value as T)) return value as T;
  const near = value === undefined ? undefined : nearest(value, known);
  throw new WrongUse(
    say.missing[io.language](`--${option}: ${known.join(" | ")}`, `--${option} ${near ?? known[0]}`),
  );
}

// --- agencies and mandates -----------------------------------------------------------------------------------------

export const agency = {
  options: {
    ...USUAL,
    role: TEXT,
    contact: TEXT,
    lawyer: TEXT,
    licence: TEXT,
    listed: FLAG,
    "evaluated-on": TEXT,
    "trained-on": TEXT,
    inactive: FLAG,
    id: TEXT,
    from: TEXT,
    to: TEXT,
    commission: TEXT,
    segment: TEXT,
    most: TEXT,
    out: TEXT,
    "dry-run": FLAG,
  },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const [verb = "list", name, file] = asked.words;
    const verbs = ["list", "add", "mandate", "export", "report"];
    if (!verbs.includes(verb)) {
      const near = nearest(verb, verbs) ?? "list";
      throw new WrongUse(say.missing[io.language](verbs.join(" | "), `arrears agency ${near}`));
    }
    if (verb !== "list" && !name)
      throw new WrongUse(say.missing[io.language]("NAME", `arrears agency ${verb} anxin`));
    return withLender(asked, io, place, async ({ db, lender, now }) => {
      if (verb === "add") await putAgency(db, lender, agencyFrom(asked, name!, io));
      else if (verb === "mandate") await addMandate(db, lender, asked, name!, io);
      else if (verb === "export") return exportCases(db, lender, asked, name!, io, now);
      else if (verb === "report") return takeFile(db, lender, asked, name!, file, io, now);
      return listAgencies(db, lender, verb === "list" ? undefined : name, io, now);
    });
  },
};

function agencyFrom(asked: Asked, name: string, io: Io): Agency {
  const text = <K extends string>(key: K, option: string): Partial<Record<K, string>> => {
    const value = asked.text(option);
    return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;
  };
  const evaluatedOn = dayOption(asked.text("evaluated-on"), "--evaluated-on", io);
  const trainedOn = dayOption(asked.text("trained-on"), "--trained-on", io);
  return {
    name,
    role: oneOf<PlacedRole>(asked.text("role") ?? "agency", PLACED_ROLES, "role", io),
    ...text("contact", "contact"),
    ...text("lawyer", "lawyer"),
    ...text("licence", "licence"),
    ...(asked.flag("listed") ? { listed: true } : {}),
    ...(evaluatedOn === undefined ? {} : { evaluatedOn }),
    ...(trainedOn === undefined ? {} : { trainedOn }),
    active: !asked.flag("inactive"),
  };
}

async function addMandate(db: Database, lender: Lender, asked: Asked, name: string, io: Io): Promise<void> {
  await agencyNamed(db, lender, name, io);
  const id = required(asked, "id", `arrears agency mandate ${name} --id M-2026 --from 2026-01-01`, io);
  const from = dayOption(required(asked, "from", "--from 2026-01-01", io), "--from", io)!;
  const to = dayOption(asked.text("to"), "--to", io);
  const segment = asked.text("segment");
  if (segment !== undefined) readSegment(segment);
  const commission = asked.text("commission");
  const most = wholeOf(asked.text("most"), "most", io);
  const no = await putMandate(db, lender, {
    id,
    agency: name,
    from,
    ...(to === undefined ? {} : { to }),
    segments: segment === undefined ? [] : [segment],
    ...(commission === undefined ? {} : { commissionPercent: commission }),
    ...(most === undefined ? {} : { most }),
  });
  if (no) throw new Declined(`${no.code}: ${no.says}`);
}

function wholeOf(text: string | undefined, option: string, io: Io): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new WrongUse(
      io.language === "zh" ? `--${option} 应为正整数` : `--${option} is a whole number from 1`,
    );
  return Number(text);
}

function readSegment(text: string) {
  const segment = segmentOf(text, (sum) => parseMoney(sum));
  if (segment.ok) return segment.value;
  throw new WrongUse(segment.refusal.says);
}

async function agencyNamed(db: Database, lender: Lender, name: string, io: Io): Promise<Agency> {
  const all = await agencies(db, lender);
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const known = all.map((one) => one.name).join(", ");
  throw new Declined(
    io.language === "zh"
      ? `没有机构 ${name}；已有：${known}`
      : `no agency ${name}; there are: ${known || "none"}`,
  );
}

async function listAgencies(
  db: Database,
  lender: Lender,
  name: string | undefined,
  io: Io,
  now: Instant,
): Promise<number> {
  const all = (await agencies(db, lender)).filter((one) => name === undefined || one.name === name);
  const given = await mandates(db, lender);
  const today = dayAt(lender.zone, now);
  const zh = io.language === "zh";
  const rows: string[][] = [];
  for (const one of all) {
    const own = given.filter((mandate) => mandate.agency === one.name);
    const notes = agencyNotes(one, today);
    io.object({
      ...one,
      ...(one.evaluatedOn === undefined ? {} : { evaluatedOn: formatDay(one.evaluatedOn) }),
      ...(one.trainedOn === undefined ? {} : { trainedOn: formatDay(one.trainedOn) }),
      mandates: own.map(mandateJson),
      notes: notes.map(({ code, says }) => ({ code, says })),
    });
    rows.push([
      one.name,
      one.role,
      own
        .map(({ id, from, to }) => `${id} ${formatDay(from)} – ${to === undefined ? "" : formatDay(to)}`)
        .join("; "),
      notes.map(({ code }) => code).join(", "),
    ]);
  }
  const header = zh ? ["机构", "角色", "委托", "须关注"] : ["agency", "role", "mandates", "to look at"];
  io.out(table(header, rows, ["left", "left", "left", "left"]));
  return 0;
}

const mandateJson = ({ from, to, ...rest }: Mandate) => ({
  ...rest,
  from: formatDay(from),
  to: to === undefined ? null : formatDay(to),
});

// --- placing and recalling -----------------------------------------------------------------------------------------

export const place = {
  options: {
    ...USUAL,
    agency: TEXT,
    mandate: TEXT,
    segment: TEXT,
    until: TEXT,
    "lender-steps": TEXT,
    "dry-run": FLAG,
  },
  run: (asked: Asked, io: Io, at: string): Promise<number> => {
    const name = required(
      asked,
      "agency",
      "arrears place --agency anxin --segment dpd=91..180 --dry-run",
      io,
    );
    const text = asked.text("segment");
    const lenderSteps = oneOf<LenderSteps>(
      asked.text("lender-steps") ?? "pause",
      LENDER_STEPS,
      "lender-steps",
      io,
    );
    const until = dayOption(asked.text("until"), "--until", io);
    return withLender(asked, io, at, async ({ db, lender, now }) => {
      const found = await agencyNamed(db, lender, name, io);
      const mandate = await mandateOf(db, lender, found, asked.text("mandate"), io, now);
      const covered = mandate.segments.map(readSegment);
      const segment = { ...covered[0], ...(text === undefined ? {} : readSegment(text)) };
      // A mandate that names segments covers no other: what is asked for may only be narrower.
      if (text !== undefined && covered[0] && !isWithin(segment, covered[0]))
        throw new Declined(
          io.language === "zh"
            ? `委托 ${mandate.id} 只包括 ${mandate.segments.join("；")}`
            : `mandate ${mandate.id} covers ${mandate.segments.join("; ")} and no more`,
        );
      const today = dayAt(lender.zone, now);
      for (const note of agencyNotes(found, today)) io.note(`${note.code}: ${note.says}`);
      const dryRun = asked.flag("dry-run");
      const pack = await packFor(db, lender);
      const done = await placeSegment(
        db,
        shelvesAt(io, now),
        lender,
        {
          agency: found,
          mandate,
          segment,
          now,
          lenderSteps,
          dryRun,
          ...(until === undefined ? {} : { until }),
          onProgress: (chunk, of) => io.progress("place", chunk, of),
        },
        noticeAskedBy(pack, found, now),
      );
      if (!done.ok) throw new Declined(`${done.refusal.code}: ${done.refusal.says}`);
      const counts = { placed: 0, "notice-first": 0, "notice-underway": 0, refused: 0 };
      const because: Record<string, number> = {};
      for (const one of done.loans) {
        counts[one.became] += 1;
        if (one.why !== undefined) because[one.why] = (because[one.why] ?? 0) + 1;
        io.object({ ...one, arrears: amount(one.arrears).replaceAll(",", "") });
      }
      io.object({ agency: name, mandate: mandate.id, dryRun, ...counts, because });
      tellPlaced(io, counts, because, dryRun);
      return counts.refused > 0 ? 1 : 0;
    });
  },
};

const isWithin = (inner: ReturnType<typeof readSegment>, outer: ReturnType<typeof readSegment>): boolean =>
  (!outer.dpd || (inner.dpd !== undefined && inner.dpd[0] >= outer.dpd[0] && inner.dpd[1] <= outer.dpd[1])) &&
  (!outer.arrears ||
    (inner.arrears !== undefined &&
      inner.arrears[0] >= outer.arrears[0] &&
      inner.arrears[1] <= outer.arrears[1])) &&
  (!outer.products || (inner.products ?? []).every((product) => outer.products!.includes(product)));

async function mandateOf(
  db: Database,
  lender: Lender,
  { name }: Agency,
  id: string | undefined,
  io: Io,
  now: Instant,
): Promise<Mandate> {
  const today = dayAt(lender.zone, now);
  const own = (await mandates(db, lender)).filter((one) => one.agency === name);
  const standing = own.filter(({ from, to }) => from <= today && (to === undefined || today <= to));
  const found =
    id === undefined ? (standing.length === 1 ? standing[0] : undefined) : own.find((one) => one.id === id);
  if (found) return found;
  const zh = io.language === "zh";
  const all = own.map((one) => one.id).join(", ");
  throw new Declined(
    zh
      ? `机构 ${name} 没有可用的委托${id ? ` ${id}` : ""}；已有：${all || "无"}`
      : `${name} has no mandate${id ? ` ${id}` : " in force, or several"}; there are: ${all || "none"}. arrears agency mandate ${name} adds one; --mandate names one`,
  );
}

/**
 * Whether the pack asks that the borrower be told before somebody else collects: the agency's call is forbidden without a
 * notice on the loan, and with one it is not for the same reason.
 */
export function noticeAskedBy(pack: Pack | undefined, { role }: Agency, now: Instant): NoticeAsked {
  return ({ zone, person, loan, lenderKind }) => {
    if (!pack) return true;
    const at = instantAt(zone, dayAt(zone, now), 12 * 60);
    const facts = gateFactsOf({ zone, holds: [], contacts: [], reach: ["call"], person, lenderKind });
    const refusals = (told: boolean): string =>
      gate(
        pack,
        { kind: "call", to: { role: "borrower" }, at, actor: { role, mandate: true }, debts: [loan] },
        told
          ? {
              ...facts,
              notices: [...(facts.notices ?? []), { kind: "outsourcing", at: at - DAYS_BEFORE, debt: loan }],
            }
          : facts,
      )
        .because.filter(({ outcome }) => outcome.outcome === "forbid")
        .map(({ rule }) => rule.id)
        .sort()
        .join();
    return refusals(false) !== refusals(true);
  };
}
const DAYS_BEFORE = 3 * 86_400_000;

function tellPlaced(
  io: Io,
  counts: Readonly<Record<string, number>>,
  because: Readonly<Record<string, number>>,
  dryRun: boolean,
): void {
  const zh = io.language === "zh";
  const [placed, first, underway, refused] = [
    counts.placed!,
    counts["notice-first"]!,
    counts["notice-underway"]!,
    counts.refused!,
  ].map(count);
  io.out(
    zh
      ? `${dryRun ? "试算：" : ""}委外 ${placed} 笔；须先告知 ${first} 笔；告知中 ${underway} 笔；不委外 ${refused} 笔`
      : `${dryRun ? "would be " : ""}placed ${placed}; to be told first ${first}; notice under way ${underway}; not placed ${refused}`,
  );
  for (const [why, times] of Object.entries(because)) io.out(`  ${count(times).padStart(9)}  ${why}`);
  if (!dryRun && counts["notice-first"]! > 0)
    io.out(
      zh
        ? "告知由 arrears dispatch 发送；送达后再次运行本命令即完成委外。"
        : "arrears dispatch sends the notices; run this again once they are delivered, and those loans are placed.",
    );
}

export const recall = {
  options: { ...USUAL, agency: TEXT, reason: TEXT, loans: TEXT, "dry-run": FLAG },
  run: (asked: Asked, io: Io, at: string): Promise<number> => {
    const name = required(asked, "agency", "arrears recall --agency anxin --reason paid", io);
    const reason = oneOf<RecallReason>(asked.text("reason"), RECALL_REASONS, "reason", io);
    const loans = asked
      .text("loans")
      ?.split(",")
      .map((id) => id.trim());
    if (!loans && reason !== "paid" && reason !== "ended")
      throw new WrongUse(
        say.missing[io.language](
          "--loans L1,L2",
          `arrears recall --agency ${name} --reason ${reason} --loans L1`,
        ),
      );
    return withLender(asked, io, at, async ({ db, lender, now }) => {
      const dryRun = asked.flag("dry-run");
      const done = await recallLoans(db, shelvesAt(io, now), lender, {
        agency: name,
        reason,
        now,
        dryRun,
        ...(loans ? { loans } : {}),
      });
      for (const loan of done.recalled) io.object({ loan, agency: name, reason, dryRun });
      for (const { value, code, says } of done.refused) io.object({ loan: value, refused: code, says });
      const zh = io.language === "zh";
      io.out(
        zh
          ? `${dryRun ? "试算：" : ""}收回 ${count(done.recalled.length)} 笔`
          : `${dryRun ? "would be " : ""}recalled ${count(done.recalled.length)}`,
      );
      for (const { says } of done.refused) io.out(`  ${says}`);
      return done.refused.length > 0 ? 1 : 0;
    });
  },
};

// --- what an agency sees, and tells --------------------------------------------------------------------------------

async function exportCases(
  db: Database,
  lender: Lender,
  asked: Asked,
  name: string,
  io: Io,
  now: Instant,
): Promise<number> {
  await agencyNamed(db, lender, name, io);
  const files = await caseFiles(db, lender, name, now);
  const out = asked.text("out");
  if (out !== undefined) {
    writeFileSync(out, casesCsv(files));
    io.object({ agency: name, loans: files.length, out });
    io.out(
      io.language === "zh" ? `${out}：${count(files.length)} 笔` : `${out}: ${count(files.length)} loans`,
    );
    return 0;
  }
  for (const file of files) io.object(file);
  io.out(casesCsv(files).trimEnd());
  return 0;
}

const casesCsv = (files: readonly CaseFile[]): string =>
  csvOf([
    AGENCY_FIELDS,
    ...files.map((file) => AGENCY_FIELDS.map((field) => (file[field] === null ? "" : String(file[field])))),
  ]);

const REPORT_ROWS = 1000;

async function takeFile(
  db: Database,
  lender: Lender,
  asked: Asked,
  name: string,
  file: string | undefined,
  io: Io,
  now: Instant,
): Promise<number> {
  if (!file)
    throw new WrongUse(say.missing[io.language]("FILE", `arrears agency report ${name} contacts.csv`));
  mustBeFile(file, io);
  await agencyNamed(db, lender, name, io);
  const dryRun = asked.flag("dry-run");
  const total = { contacts: 0, promises: 0, same: 0 };
  const bad: { line: number; column: string; value: string; code: string; says: string }[] = [];
  const reader = readAgencyReport(file, { batchRows: REPORT_ROWS });
  for await (const batch of reader) {
    const reports = batch.records.map(reportOf);
    const done = await takeReports(db, shelvesAt(io, now), lender, name, reports, now, dryRun);
    total.contacts += done.contacts;
    total.promises += done.promises;
    total.same += done.same;
    bad.push(...batch.bad, ...done.refused);
  }
  for (const { line, column, value, code, says } of bad)
    io.object({ line, column, value, refused: code, says });
  io.object({ agency: name, file, dryRun, ...total, refused: bad.length });
  const zh = io.language === "zh";
  io.out(
    zh
      ? `${file}：触达 ${count(total.contacts)} 条，承诺 ${count(total.promises)} 条，重复 ${count(total.same)} 条，拒收 ${count(bad.length)} 条`
      : `${file}: ${count(total.contacts)} contacts, ${count(total.promises)} promises, ${count(total.same)} known, ${count(bad.length)} refused`,
  );
  for (const { line, code, says } of bad.slice(0, 20)) io.out(`  ${line}  ${code}: ${says}`);
  const { refusals, complete } = reader.summary;
  if (refusals.length > 0 || !complete)
    throw new Declined(
      `${say.fileRefused[io.language](file)}\n${refusals.map(({ says }) => `  ${says}`).join("\n")}`,
    );
  return bad.length > 0 ? 1 : 0;
}

function reportOf({ line, loanId, id, at, kind, via, outcome, address, event }: AgencyRow): AgencyReport {
  if (kind === "promise") return { line, loanId, id, at, told: { kind, event } };
  const fact = { via: via as "call", outcome: outcome as "connected", ...(address ? { address } : {}) };
  return { line, loanId, id, at, told: { kind, fact } };
}
