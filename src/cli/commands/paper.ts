import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Day, formatDay, formatMoney, nearest } from "../../core/index.ts";
import {
  PAPER_KINDS,
  PAPERS,
  type PaperField,
  type PaperFinding,
  type PaperKind,
} from "../../documents/papers/index.ts";
import { dayOption, mustBeFile, todayAt } from "../../office/book.ts";
import { courtTermsFor } from "../../office/court/terms.ts";
import { count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { evidenceOfBundle } from "../../office/papers/bundled.ts";
import { type PaperDesk, paperDesk } from "../../office/papers/case.ts";
import {
  asDraft,
  filesOf,
  folderNames,
  type MadePaper,
  PAPER_FORMATS,
  type PaperFile,
  type PaperFormat,
  papersOfLoan,
  placed,
  writeAll,
} from "../../office/papers/make.ts";
import { SOURCE_WORDS } from "../../office/papers/words.ts";
import { openPress, type Press } from "../../press/index.ts";
import { type Database, type Lender, type LoanFile, loanFile } from "../../store/index.ts";
import { listOf, oneWordOf, TEXT, verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { particularsFrom, settingsFrom } from "../papers/given.ts";
import { csvBytes, type ListEncoding, type ListedCase, listCsv } from "../papers/upload.ts";
import { withLender } from "./team.ts";

const FLAG = { type: "boolean" } as const;
const VERBS = ["kinds", "make", "check", "batch"] as const;

export const options = {
  lender: TEXT,
  at: TEXT,
  "as-of": TEXT,
  settings: TEXT,
  terms: TEXT,
  particulars: TEXT,
  court: TEXT,
  reason: TEXT,
  out: TEXT,
  format: TEXT,
  draft: FLAG,
  loans: TEXT,
  bundle: TEXT,
  bundles: TEXT,
  encoding: TEXT,
  "dry-run": FLAG,
} as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "paper", io);
  if (verb === "kinds") return kinds(io);
  const { terms } = courtTermsFor(asked.text("terms"), io);
  const settings = settingsFrom(asked.text("settings"), terms, io);
  const { of: particulars, bad } = await particularsFrom(asked.text("particulars"), io);
  for (const { line, column, value, code, says } of bad) {
    io.object({ line, column, value, refused: code, says });
    io.out(`${asked.text("particulars")}:${line}  ${column}: ${says}`);
  }
  const kindsAsked = kindsOf(asked, verb === "batch", io);
  return withLender(asked, io, place, async ({ db, lender }) => {
    const desk = await paperDesk(db, lender, {
      settings,
      terms,
      particulars,
      court: asked.text("court"),
      reason: asked.text("reason"),
    });
    const done =
      verb === "batch"
        ? await batch(desk, kindsAsked, asked, io)
        : await single(verb, desk, kindsAsked[0]!, asked, io);
    return bad.length > 0 ? 1 : done;
  });
}

function kinds(io: Io): number {
  for (const { kind, name } of PAPERS) io.object({ paper: kind, name: name.zh, english: name.en });
  io.out(
    table(
      io.language === "zh" ? ["种类", "名称"] : ["kind", "paper"],
      PAPERS.map(({ kind, name }) => [kind, io.language === "zh" ? name.zh : `${name.zh}  ${name.en}`]),
      ["left", "left"],
    ),
  );
  return 0;
}

function kindsOf(asked: Asked, many: boolean, io: Io): PaperKind[] {
  const word = asked.words[1];
  const usage = many
    ? "arrears paper batch complaint-loan,authority-special --court NAME --out DIR"
    : "arrears paper make complaint-loan L000123 --out DIR";
  if (word === undefined) throw new WrongUse(say.missing[io.language]("KIND", usage));
  const wanted = many ? listOf(word) : [word];
  for (const one of wanted)
    if (!PAPER_KINDS.includes(one as PaperKind))
      throw new WrongUse(
        say.missing[io.language](
          `KIND: ${PAPER_KINDS.join(" | ")}`,
          nearest(one, PAPER_KINDS) ?? PAPER_KINDS[0]!,
        ),
      );
  return wanted as PaperKind[];
}

const formatsOf = (asked: Asked, io: Io): PaperFormat[] =>
  listOf(asked.text("format") ?? "pdf").map((one) => oneWordOf(one, PAPER_FORMATS, "format", io));

const dayOf = (asked: Asked, lender: Lender, io: Io): Day =>
  dayOption(asked.text("as-of"), "--as-of", io) ?? todayAt(lender, io);

// --- one paper -------------------------------------------------------------------------------------------------------

async function single(
  verb: "make" | "check",
  desk: PaperDesk,
  kind: PaperKind,
  asked: Asked,
  io: Io,
): Promise<number> {
  const id = asked.words[2];
  if (!id) throw new WrongUse(say.missing[io.language]("LOAN", `arrears paper ${verb} ${kind} L000123`));
  const { lender } = desk;
  const on = dayOf(asked, lender, io);
  const file = await mustFind(desk.db, lender, id, io);
  const bundle = asked.text("bundle");
  const bundled = bundle === undefined ? undefined : evidenceOfBundle(bundle, id);
  if (typeof bundled === "string") throw new Declined(bundled);
  const [made] = (await papersOfLoan(desk, file, [kind], on, bundled)) ?? [];
  if (!made) throw new Declined(notYet(file, io));
  if (verb === "check") return checked(made, io);
  const { paper, facts, findings, filed } = made;
  const draft = !filed && asked.flag("draft");
  if (!filed && !draft) {
    io.object({
      paper: kind,
      loan: id,
      asOf: formatDay(on),
      made: false,
      findings: findings.map(findingJson),
    });
    tellFindings(findings, io);
    io.out(
      io.language === "zh"
        ? "缺少必要要素，未生成。补齐后重试，或加 --draft 生成带“草稿”字样的文本。"
        : "What the paper needs is missing, so it was not made. Fill it, or give --draft for a text marked as a draft.",
    );
    return 1;
  }
  const out = required(asked, "out", `arrears paper make ${kind} ${id} --out papers`, io);
  const press = pressDesk();
  try {
    const shown = draft ? asDraft(paper) : paper;
    const files = await filesOf(shown, facts.lender.name.value, formatsOf(asked, io), press.press);
    if (typeof files === "string") throw new Declined(files);
    const all = placed(out, files);
    writeAll(all.map(({ path, file: { bytes } }) => ({ path, bytes })));
    for (const { path, file: one } of all) {
      io.object({
        paper: kind,
        loan: id,
        asOf: formatDay(on),
        made: true,
        draft,
        ...fileJson(one),
        file: path,
      });
      io.out(path);
    }
    if (findings.length > 0) io.object({ paper: kind, loan: id, findings: findings.map(findingJson) });
    tellFindings(findings, io);
    return 0;
  } finally {
    await press.close();
  }
}

/** The press, opened when something is first printed. */
function pressDesk() {
  let opened: Promise<Press> | undefined;
  return {
    press: (): Promise<Press> => {
      opened ??= openPress();
      return opened;
    },
    close: async (): Promise<void> => (await opened)?.close(),
  };
}

async function mustFind(db: Database, lender: Lender, id: string, io: Io): Promise<LoanFile> {
  const file = await loanFile(db, id, lender.code);
  if (!file) throw new Declined(say.noLoan[io.language](id));
  return file;
}

const notYet = (file: LoanFile, io: Io): string =>
  io.language === "zh"
    ? `${file.id}：该日尚未放款（${formatDay(file.stored.disbursedOn)}）`
    : `${file.id} is paid out later, on ${formatDay(file.stored.disbursedOn)}`;

const fileJson = ({ format, sha256, pages, bytes }: PaperFile) => ({
  format,
  bytes: bytes.length,
  sha256,
  ...(pages === undefined ? {} : { pages }),
});

const findingJson = ({ code, state, field, says, next, cite }: PaperFinding) => ({
  code,
  state,
  ...(field === undefined ? {} : { field }),
  says: says.en,
  zh: says.zh,
  ...(next === undefined ? {} : { next: next.en }),
  ...(cite === undefined ? {} : { cite }),
});

function tellFindings(findings: readonly PaperFinding[], io: Io): void {
  for (const { state, says, next, cite } of findings) {
    const mark =
      state === "stops" ? (io.language === "zh" ? "阻断" : "stops") : io.language === "zh" ? "提示" : "note";
    const to = next === undefined ? "" : ` → ${next[io.language]}`;
    io.out(`  ${mark}  ${says[io.language]}${to}${cite === undefined ? "" : `  [${cite}]`}`);
  }
}

function checked({ paper, facts, findings, filed }: MadePaper, io: Io): number {
  io.object({
    paper: paper.kind,
    loan: facts.loan,
    asOf: formatDay(facts.on),
    filed,
    fields: paper.fields.map(fieldJson),
    findings: findings.map(findingJson),
  });
  const zh = io.language === "zh";
  io.out(`${paper.title}${paper.subtitle ?? ""} · ${facts.loan} · ${formatDay(facts.on)}`);
  io.out(
    table(
      zh ? ["要素", "内容", "来源"] : ["field", "value", "from"],
      paper.fields.map((field) => [
        zh ? field.label : `${field.label} ${field.gloss}`,
        shorten(field.value ?? (zh ? "（空）" : "(empty)")),
        field.source ? `${SOURCE_WORDS[field.source.from][io.language]} ${field.source.at}` : "",
      ]),
      ["left", "left", "left"],
    ),
  );
  tellFindings(findings, io);
  io.out(filed ? (zh ? "可以提交。" : "It can be filed.") : zh ? "尚不能提交。" : "It cannot be filed yet.");
  return filed ? 0 : 1;
}

const LONGEST = 48;
const shorten = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const fieldJson = ({ id, label, gloss, need, value, source, empty, cite }: PaperField) => ({
  field: id,
  label,
  english: gloss,
  need,
  value: value ?? null,
  ...(source ? { from: source.from, at: source.at } : {}),
  ...(empty ? { why: empty.why.en, next: empty.next.en } : {}),
  ...(cite === undefined ? {} : { cite }),
});

// --- many ------------------------------------------------------------------------------------------------------------

interface LeftOut {
  readonly loan: string;
  readonly code: string;
  readonly says: string;
}

/** Papers of many cases, one folder each, with the list that a court takes. A case that cannot be made is listed and costs nothing else. */
async function batch(desk: PaperDesk, kinds: readonly PaperKind[], asked: Asked, io: Io): Promise<number> {
  const { lender } = desk;
  const ids = loansAsked(asked, desk, io);
  const on = dayOf(asked, lender, io);
  const dryRun = asked.flag("dry-run");
  const encoding: ListEncoding = oneWordOf(
    asked.text("encoding") ?? "utf-8",
    ["utf-8", "gb18030"] as const,
    "encoding",
    io,
  );
  const out = dryRun
    ? (asked.text("out") ?? ".")
    : required(asked, "out", `arrears paper batch ${kinds.join(",")} --court NAME --out DIR --dry-run`, io);
  const formats = formatsOf(asked, io);
  const folders = folderNames(ids);
  const listed: ListedCase[] = [];
  const left: LeftOut[] = [];
  const press = pressDesk();
  try {
    for (const [n, id] of ids.entries()) {
      io.progress("papers", n, ids.length);
      const found = await oneCase(desk, id, kinds, on, io, asked.text("bundles"));
      if ("code" in found) {
        left.push(found);
        continue;
      }
      const written = dryRun ? [] : await filesOfCase(found, formats, press.press);
      if (typeof written === "string") {
        left.push({ loan: id, code: "not-printed", says: written });
        continue;
      }
      const folder = folders[n]!;
      writeAll(written.map(({ name, bytes }) => ({ path: join(out, folder, name), bytes })));
      const { facts } = found[0]!;
      listed.push({ folder, facts, files: written });
      io.object({
        loan: id,
        folder,
        papers: kinds,
        ...(facts.claim?.total ? { total: formatMoney(facts.claim.total.value) } : {}),
        files: written.map(({ name, sha256 }) => ({ file: name, sha256 })),
      });
    }
  } finally {
    await press.close();
  }
  io.progress("papers", ids.length, ids.length);
  for (const { loan, code, says } of left) {
    io.object({ loan, leftOut: code, says });
    io.out(`${loan}  ${code}: ${says}`);
  }
  if (!dryRun) {
    const heads = ["借据号", "原因代码", "原因"];
    writeAll([
      { path: join(out, "list.csv"), bytes: listCsv(listed, encoding) },
      {
        path: join(out, "left-out.csv"),
        bytes: csvBytes([heads, ...left.map(({ loan, code, says }) => [loan, code, says])], encoding),
      },
    ]);
  }
  io.object({ cases: listed.length, leftOut: left.length, asOf: formatDay(on), dryRun, out });
  io.out(
    io.language === "zh"
      ? `${out}：${count(listed.length)} 件，未列入 ${count(left.length)} 件${dryRun ? "（试运行，未写入）" : ""}`
      : `${out}: ${count(listed.length)} cases, ${count(left.length)} left out${dryRun ? " (dry run, nothing written)" : ""}`,
  );
  return left.length > 0 ? 1 : 0;
}

/** The loans of a file, one a line; else those of the particulars whose court it is. */
function loansAsked(asked: Asked, { particulars, settings }: PaperDesk, io: Io): string[] {
  const file = asked.text("loans");
  if (file !== undefined) {
    mustBeFile(file, io);
    const lines = readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/);
    return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== "" && line !== "loan_id"))];
  }
  const court = asked.text("court");
  if (court === undefined || particulars.size === 0)
    throw new WrongUse(
      say.missing[io.language](
        "--loans FILE | --court NAME --particulars FILE",
        "arrears paper batch complaint-loan --court NAME --particulars cases.csv --out DIR",
      ),
    );
  const usual = settings.get("court.name");
  return [...particulars].flatMap(([id, own]) => ((own.get("court") ?? usual) === court ? [id] : []));
}

async function oneCase(
  desk: PaperDesk,
  id: string,
  kinds: readonly PaperKind[],
  on: Day,
  io: Io,
  bundles: string | undefined,
): Promise<readonly MadePaper[] | LeftOut> {
  const file = await loanFile(desk.db, id, desk.lender.code);
  if (!file) return { loan: id, code: "no-loan", says: say.noLoan[io.language](id) };
  const bundled = bundles === undefined ? undefined : evidenceOfBundle(join(bundles, `${id}.zip`), id);
  if (typeof bundled === "string") return { loan: id, code: "bundle", says: bundled };
  const made = await papersOfLoan(desk, file, kinds, on, bundled);
  if (!made) return { loan: id, code: "not-yet", says: notYet(file, io) };
  const stops = made.flatMap(({ paper, findings }) =>
    findings.flatMap(({ state, says, field, code }) =>
      state === "stops" ? [`${paper.kind} ${field ?? code}: ${says[io.language]}`] : [],
    ),
  );
  return stops.length > 0 ? { loan: id, code: "incomplete", says: stops.join("; ") } : made;
}

type WrittenFile = ListedCase["files"][number] & { readonly bytes: Uint8Array };

async function filesOfCase(
  made: readonly MadePaper[],
  formats: readonly PaperFormat[],
  press: () => Promise<Press>,
): Promise<WrittenFile[] | string> {
  const all: WrittenFile[] = [];
  for (const [n, { paper, facts }] of made.entries()) {
    const files = await filesOf(paper, facts.lender.name.value, formats, press, `${n + 1}-${paper.kind}`);
    if (typeof files === "string") return files;
    all.push(...files.map(({ name, sha256, bytes }) => ({ name, sha256, paper, bytes })));
  }
  return all;
}
