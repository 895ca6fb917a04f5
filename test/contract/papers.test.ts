import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { options, run } from "../../src/cli/commands/paper.ts";
import { readOptions } from "../../src/cli/options.ts";
import { LIST_COLUMNS } from "../../src/cli/papers/upload.ts";
import { FileText } from "../../src/intake/index.ts";
import type { Io } from "../../src/office/io.ts";
import { moveCases, offerCases } from "../../src/office/letters/cases.ts";
import { type Database, listCases, migrate, openBook } from "../../src/store/index.ts";
import { freshServerDatabase } from "../support/database.ts";
import { ENGAGEMENT, letterBook } from "../support/letters.ts";

/** Two loans of a book, one of them a firm's case; the command is called as the terminal calls it, without a process of its own. */
let folder: string;
let database: Awaited<ReturnType<typeof freshServerDatabase>>;
let db: Database;
const DAY = "2026-03-31";

const SETTINGS = `papers: 1
lender:
  registered_at: 上海市浦东新区
  organisation: limited-company
  ownership: private
agent: { authority: special }
service: { address: 上海市示例路 9 号, recipient: 王律师, phone: 021-55550000, consent: yes, email: court@hengxin.example }
contract:
  security: none
  clauses: { uplift: 第八条, liability: 第八条 }
products:
  - product: micro
    contract: { clauses: { acceleration: 第九条 } }
claims: { until_paid: yes, early: accelerate, security: no, recovery_costs: no, court_fees: yes }
court: { name: 上海市浦东新区人民法院, agreed: no }
mediation: { known: yes, benefits: yes, first: undecided }
`;

/** What the lender says about courts anyway: its particulars are not written twice. */
const TERMS = `lender:
  address: 上海市浦东新区示例路 1 号
  area: 上海市浦东新区
  representative: 陈建国
  representative_title: 董事长
  credit_code: 91310000MA1FL00000
courts: { 上海市浦东新区: 上海市浦东新区人民法院, 安徽省合肥市: 合肥市示例区人民法院 }
products:
  micro: { contract_name: 个人消费借款合同, clauses: { rate: 第三条, late: 第八条 } }
`;

const PARTICULARS = [
  "loan_id,name,registered_address,id_number,contract_number,signed_on,preserved,court",
  "L1,张三,=1+1,310115199003070017,XF-1,2025-12-08,no,",
  "L2,李四,安徽省合肥市示例街 2 号,310115199003070018,XF-2,2025-12-08,no,",
  "L3,王五,安徽省合肥市示例街 3 号,,XF-3,2025-12-08,no,",
  "L9,赵六,安徽省合肥市示例街 9 号,310115199003070017,XF-9,2025-12-08,no,上海市示例区人民法院",
];

beforeAll(async () => {
  database = await freshServerDatabase();
  db = await openBook(database.url);
  await migrate(db);
  folder = mkdtempSync(join(tmpdir(), "arrears-papers-"));
  writeFileSync(join(folder, "papers.yaml"), SETTINGS);
  writeFileSync(join(folder, "terms.yaml"), TERMS);
  writeFileSync(join(folder, "cases.csv"), `${PARTICULARS.join("\n")}\n`);
  const loans = ["L1", "L2", "L3"];
  const book = await letterBook(db, loans);
  await book.papers(loans);
  const office = await book.office(DAY);
  await offerCases(office, {
    engagement: ENGAGEMENT.id,
    batch: "B1",
    by: "anna",
    loans: ["L1"],
    dryRun: false,
  });
  const cases = await listCases(db, book.lender);
  await moveCases(office, cases, { to: "accepted", by: "wang", lawyer: "wang", dryRun: false });
});
afterAll(async () => {
  await db.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly objects: Record<string, unknown>[];
  readonly text: string;
}

async function paper(...words: readonly string[]): Promise<Ran> {
  const objects: Record<string, unknown>[] = [];
  const lines: string[] = [];
  const io: Io = {
    language: "en",
    json: true,
    out: (text) => lines.push(text),
    object: (value) => objects.push(JSON.parse(JSON.stringify(value))),
    note: () => {},
    progress: () => {},
    now: () => Date.parse(`${DAY}T02:00:00Z`),
  };
  const given = ["--settings", join(folder, "papers.yaml"), "--particulars", join(folder, "cases.csv")];
  given.push("--terms", join(folder, "terms.yaml"));
  const code = await run(
    readOptions([...words, ...(words[0] === "kinds" ? [] : given)], options, "en"),
    io,
    database.url,
  );
  return { code, objects, text: lines.join("\n") };
}

test("a paper is checked, made, and made for many, from one book", async () => {
  // The identity number of L2 does not fit: that row is told, and its loan stands without particulars.
  const checked = await paper("check", "complaint-loan", "L1");
  expect(checked.objects[0]).toMatchObject({ line: 3, column: "id_number", refused: "bad-id-number" });
  const shown = checked.objects[1] as { filed: boolean; fields: Record<string, unknown>[] };
  expect(shown.filed).toBe(true);
  const field = (id: string) => shown.fields.find((one) => one.field === id);
  expect(field("agent.1.name")).toMatchObject({ value: "王律师", from: "engagement" });
  expect(field("demands")).toMatchObject({ value: "2026年2月10日电话催告（已接通）", from: "contacts" });
  expect(field("contract.clause.acceleration")).toBeUndefined();
  expect(field("contract.clause.rate")).toMatchObject({ value: "第三条", from: "contract" });
  expect(field("claim.principal")).toMatchObject({ from: "ledger" });
  expect(field("evidence")!.value).toContain("借款合同（contract.txt）");

  const files = join(folder, "one");
  const made = await paper("make", "complaint-loan", "L1", "--out", files, "--format", "pdf,docx,html,text");
  expect(made.objects.filter(({ made: done }) => done).map(({ format }) => format)).toEqual([
    "pdf",
    "docx",
    "html",
    "text",
  ]);
  expect(readFileSync(join(files, "complaint-loan.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  expect(readFileSync(join(files, "complaint-loan.html"), "utf8")).not.toContain("<script");

  // A payment order is asked for where he is registered, whatever court hears suits.
  const order = await paper("check", "payment-order", "L3");
  const orderFields = order.objects.at(-1)!.fields as Record<string, unknown>[];
  expect(orderFields.find((one) => one.field === "court")).toMatchObject({
    value: "合肥市示例区人民法院",
    from: "computed",
  });

  // L3 has no identity number: nothing is made, unless a draft is asked for, which says that it is one.
  const refused = await paper("make", "complaint-loan", "L3", "--out", files);
  expect(refused.code).toBe(1);
  expect(refused.objects.at(-1)).toMatchObject({ made: false });
  await paper(
    "make",
    "complaint-loan",
    "L3",
    "--out",
    join(files, "draft.txt"),
    "--format",
    "text",
    "--draft",
  );
  expect(readFileSync(join(files, "draft.txt"), "utf8")).toContain("草稿，要素未齐，不得提交");

  const out = join(folder, "filing");
  const kinds = "complaint-loan,evidence-catalogue,authority-special,firm-letter";
  const court = ["--court", "上海市浦东新区人民法院", "--format", "text", "--encoding", "gb18030"];
  const tried = await paper("batch", kinds, ...court, "--out", out, "--dry-run");
  expect(tried.objects.at(-1)).toMatchObject({ cases: 1, leftOut: 1, dryRun: true });
  expect(readdirSync(folder)).not.toContain("filing");
  await paper("batch", kinds, ...court, "--out", out);
  expect(readdirSync(join(out, "L1")).sort()).toEqual(
    kinds.split(",").map((kind, n) => `${n + 1}-${kind}.txt`),
  );
  const list = await textOf(join(out, "list.csv"), "gb18030");
  const [heads, row] = list.split("\r\n");
  expect(heads).toBe(LIST_COLUMNS.join(","));
  // No spreadsheet runs what a borrower's file said.
  expect(row).toContain(",'=1+1,");
  expect(await textOf(join(out, "left-out.csv"), "gb18030")).toMatch(
    /^.*\r\nL3,incomplete,complaint-loan defendant\.id-number/,
  );
  const before = readFileSync(join(out, "list.csv"));
  await paper("batch", kinds, ...court, "--out", out);
  expect(readFileSync(join(out, "list.csv")).equals(before)).toBe(true);

  writeFileSync(join(folder, "loans.txt"), "L1\nNOPE\n");
  const some = await paper(
    "batch",
    "representative-certificate",
    "--loans",
    join(folder, "loans.txt"),
    "--out",
    out,
    "--dry-run",
  );
  expect(some.objects.find(({ leftOut }) => leftOut === "no-loan")).toMatchObject({ loan: "NOPE" });
  expect((await paper("kinds")).objects).toHaveLength(17);
});

async function textOf(file: string, encoding: "gb18030"): Promise<string> {
  let text = "";
  for await (const piece of new FileText(file, encoding).text()) text += piece;
  return text;
}
