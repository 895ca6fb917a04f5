import { writeFileSync } from "node:fs";
import { REPORT_IDS, type Report, type ReportId, type Table } from "../../analytics/index.ts";
import { formatDay, nearest } from "../../core/index.ts";
import { reportOf } from "../../office/analytics/gather.ts";
import { reportJson, tableCsv } from "../../office/analytics/json.ts";
import { dayOption, lendersAsked, withBook } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { products } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  from: { type: "string" },
  to: { type: "string" },
  product: { type: "string" },
  by: { type: "string" },
  table: { type: "string" },
  csv: { type: "string" },
  lender: { type: "string" },
} as const;

/** A report from the figures that the closes keep of each day. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [id] = asked.words;
  if (id === undefined || !isReport(id)) {
    const near = id === undefined ? "roll" : (nearest(id, REPORT_IDS) ?? "roll");
    throw new WrongUse(say.missing[io.language](REPORT_IDS.join(" | "), `arrears analytics ${near}`));
  }
  if (asked.text("by") !== undefined && asked.text("by") !== "product")
    throw new WrongUse(say.missing[io.language]("--by product", `arrears analytics ${id} --by product`));
  const from = dayOption(asked.text("from"), "--from", io);
  const to = dayOption(asked.text("to"), "--to", io);
  return withBook(place, io, async (db) => {
    const shown: { readonly report: Report; readonly name: string }[] = [];
    const lenders = await lendersAsked(db, asked.text("lender"), io);
    for (const lender of lenders) {
      const own = (await products(db)).filter((product) => product.lender === lender.code);
      if (own.length === 0) continue;
      const each = asked.text("by") === "product" ? own.map(({ code }) => code) : [asked.text("product")];
      for (const product of each) {
        const made = await reportOf(db, lender, own, id, { from, to, product });
        if (!made.ok && lenders.length === 1) throw new Declined(made.refusal.says);
        if (!made.ok) {
          io.note(`${lender.code}: ${made.refusal.says}`);
          continue;
        }
        const name = product === undefined ? lender.name : `${lender.name} · ${product}`;
        io.object({ lender: lender.code, product: product ?? null, ...reportJson(made.value) });
        shown.push({ report: made.value, name });
      }
    }
    const file = asked.text("csv");
    if (file !== undefined)
      write(
        shown.map(({ report }) => report),
        asked.text("table"),
        file,
        io,
      );
    else for (const { report, name } of shown) print(report, name, asked.text("table"), io);
    return 0;
  });
}

const isReport = (id: string): id is ReportId => (REPORT_IDS as readonly string[]).includes(id);

function tableOf(report: Report, key: string | undefined, io: Io): Table {
  const found = key === undefined ? report.tables[0] : report.tables.find((one) => one.key === key);
  if (found) return found;
  throw new WrongUse(
    say.missing[io.language](`--table ${report.tables.map((one) => one.key).join("|")}`, "--table loans"),
  );
}

function write(reports: readonly Report[], key: string | undefined, file: string, io: Io): void {
  if (reports.length > 1) throw new WrongUse(WORDS.oneOnly[io.language]);
  for (const report of reports) {
    writeFileSync(file, tableCsv(tableOf(report, key, io), io.language));
    io.note(WORDS.written[io.language](file));
  }
}

function print(report: Report, name: string, key: string | undefined, io: Io): void {
  const { language } = io;
  io.out(`${name} · ${formatDay(report.from)} … ${formatDay(report.to)} · ${report.currency}`);
  for (const one of report.says) io.out(one[language]);
  for (const { key: of, says, of: first, columns, rows } of key === undefined
    ? report.tables
    : [tableOf(report, key, io)]) {
    if (rows.length === 0) continue;
    io.out("");
    io.out(`${says[language]}  (--table ${of})`);
    io.out(
      table(
        [first[language], ...columns.map((column) => column.says[language])],
        rows.map((row) => [
          `${row.says[language]}${row.caution ? " *" : ""}`,
          ...row.cells.map(({ value }) => value ?? "–"),
        ]),
        ["left", ...columns.map(() => "right" as const)],
      ),
    );
    const caution = rows.find((row) => row.caution)?.caution;
    if (caution) io.out(`* ${caution[language]}`);
  }
  io.out("");
  for (const one of report.means) io.out(one[language]);
  io.out("");
}

const WORDS = {
  oneOnly: {
    en: "a file holds one report: name one --lender and one --product",
    zh: "一个文件只存一份报表：请以 --lender 与 --product 各指定一个",
  },
  written: {
    en: (file: string) => `written to ${file}`,
    zh: (file: string) => `已写入 ${file}`,
  },
};
