import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { letterSigner } from "../../src/cli/signing.ts";
import { moveCases, offerCases } from "../../src/office/letters/cases.ts";
import { draftLetters } from "../../src/office/letters/draft.ts";
import { moveLetters } from "../../src/office/letters/moves.ts";
import { openPressOf } from "../../src/office/letters/press.ts";
import { signLetters } from "../../src/office/letters/signing.ts";
import { developmentAuthority, verifyPdf } from "../../src/signing/index.ts";
import { keptFile, listCases, listLetters, openBook, putLetterTerms } from "../../src/store/index.ts";
import { type Desk, desk } from "../support/cli.ts";
import { freshServerDatabase } from "../support/database.ts";
import { letterBook, TERMS_SAID } from "../support/letters.ts";

/** The sample book, as a person at a terminal meets it: with the real press, a real signature and a print house's folder. */
let clerk: Desk;
beforeAll(async () => {
  // On the server, where opening a book costs a command nothing; the store's own tests go over both.
  clerk = await desk("letter-cli");
}, 120_000);
afterAll(() => clerk.clear());

const run = (line: string) => clerk.type(line);
const done = (line: string) => clerk.told(line);

const AT = "--at 2026-03-31T10:00:00+08:00";

/** Simulated borrowers have neither names nor addresses; a letter needs both. */
function withNames(): void {
  const file = join(clerk.folder, "sample/loans.csv");
  const [head, ...rows] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  writeFileSync(
    file,
    `${head},姓名,地址\n${rows.map((row, i) => `${row},张三,上海市示例路${i}号\n`).join("")}`,
  );
  const map = join(clerk.folder, "sample/loans.map.yaml");
  writeFileSync(
    map,
    readFileSync(map, "utf8").replace("columns:\n", "columns:\n  name: 姓名\n  address: 地址\n"),
  );
}

test("on the sample book: from the mandate to an answered letter", async () => {
  await done("sample --out sample --borrowers 40 --seed 7");
  withNames();
  await done("import loans sample/loans.csv --map sample/loans.map.yaml");
  await done("import payments sample/payments.csv --map sample/payments.map.yaml");
  await done("close --through 2026-03-30");
  await done(
    'firm add hengxin --name "恒信律师事务所" --licence 31310000MD0000000X --address "上海市示例路9号" --phone 021-55550000',
  );
  await done(
    'firm lawyer hengxin wang --name "王明" --licence 13101202010000000 --from 2025-06-01 --to 2026-05-31',
  );
  await done(
    "engagement add HX-2026-1 --firm hengxin --lawyers wang --signed 2026-01-05 --from 2026-01-05 --to 2026-12-31",
  );
  await done(
    'letter terms --phone 95000 --pay "手机银行“还款”" --objections "如有异议请致电 95000" --verify https://letters.example --worth 100.00',
  );

  // The strategy asks for a lawyer's letter on day 61; one command makes cases of its questions.
  const offered = (await done(`letter offer ${AT} --by anna`)).filter(({ became }) => became === "offered");
  const loan = String(offered[0]!.id).split("/")[1]!;
  expect(offered.length).toBeGreaterThan(0);
  await done(`letter accept ${offered[0]!.id} ${AT} --lawyer wang --by wang`);

  const refused = await run(`letter draft --loans ${loan} ${AT} --json`);
  expect(refused.code).toBe(1);
  const [missing] = refused.objects() as { checks: { check: string }[] }[];
  expect(missing!.checks.map(({ check }) => check)).toEqual(["documents", "demands"]);
  for (const kind of ["contract", "payout", "ledger"]) {
    writeFileSync(join(clerk.folder, `${kind}.txt`), `${kind} of ${loan}`);
    await done(`document add ${loan} ${kind}.txt --kind ${kind} --by anna`);
  }
  await done(`record contact ${loan} --via call --on 2026-03-20 --at 10:10 --outcome connected --who lender`);

  const [drafted] = await done(`letter draft --loans ${loan} ${AT} --by anna`);
  const id = String(drafted!.id);
  const unread = await run(`letter approve ${id} ${AT} --lawyer wang --json`);
  expect(unread.out, "nobody approves what he has not read").toContain("letter-no-read");
  const [shown] = await done(`letter show ${id} ${AT} --lawyer wang`);
  const [position] = await done(`show ${loan} --as-of 2026-03-31`);
  expect(Number(shown!.demanded)).toBeLessThanOrEqual(Number((position!.arrears as { total: string }).total));
  expect(String(shown!.text)).toContain(
    (position!.arrears as { principal: string }).principal.replace(/\B(?=(\d{3})+\.)/g, ","),
  );
  // For whoever edits it in Word or reads it elsewhere; a draft's PDF comes with its manifest and labels.
  for (const format of ["docx", "html", "txt"]) {
    const [file] = await done(`letter export ${id} ${AT} --format ${format} --out files`);
    expect(readFileSync(join(clerk.folder, "files", String(file!.file))).length).toBeGreaterThan(1000);
  }
  await done(`letter export ${id} ${AT} --out draft`);
  expect(readdirSync(join(clerk.folder, "draft"))).toEqual(
    expect.arrayContaining(["labels.pdf", "manifest.csv", "manifest.json"]),
  );
  await done(`letter approve ${id} ${AT} --lawyer wang`);
  await done(`letter sign ${id} ${AT} --by wang`);
  await done(`letter hand-over ${id} ${AT} --by anna --out print-house`);

  const pdf = readdirSync(join(clerk.folder, "print-house")).find((name) => name.endsWith(".pdf"))!;
  const [signed] = await done(`letter export ${id} ${AT} --out signed`);
  expect(readFileSync(join(clerk.folder, "signed", String(signed!.file)))).toEqual(
    readFileSync(join(clerk.folder, "print-house", pdf)),
  );
  const authority = await developmentAuthority(join(clerk.folder, ".arrears.development"), "");
  const report = await verifyPdf(readFileSync(join(clerk.folder, "print-house", pdf)), {
    roots: [authority.root],
    at: Date.UTC(2026, 2, 31, 3),
  });
  expect(report).toMatchObject({ ok: true });

  const [out] = await done(`letter show ${id} ${AT}`);
  writeFileSync(
    join(clerk.folder, "tracking.csv"),
    `kind,action,id,via,at,status,on\nletter,${out!.action},EMS1,letter,2026-04-03T09:00:00+08:00,delivered,2026-04-02\n`,
  );
  await done("import receipts tracking.csv --channel print");
  await done(
    `letter answered ${id} --answer asks-for-plan --words "三期" --on 2026-04-08 --at 2026-04-09T10:00:00+08:00 --by anna`,
  );
  const closed = await done("close --through 2026-04-10");
  expect(closed.find(({ letters }) => letters)).toMatchObject({ letters: { "next-proposed": 1 } });
  const [end] = await done(`letter show ${id} --at 2026-04-10T10:00:00+08:00`);
  expect(end).toMatchObject({ state: "next-proposed", delivery: { towardsLimitation: "holds" } });
  expect((end!.history as { kind: string }[]).map(({ kind }) => kind)).toEqual([
    "LetterDrafted",
    "LetterOpened",
    "LetterApproved",
    "LetterSigned",
    "LetterHandedOver",
    "LetterDelivered",
    "LetterAnswered",
    "NextStepProposed",
  ]);
}, 300_000);

test("twenty letters by the real press: each its own PDF, signed, under its own hash", async () => {
  const { url, drop } = await freshServerDatabase();
  const db = await openBook(url);
  const { press, close } = openPressOf(1);
  try {
    const loans = Array.from({ length: 20 }, (_, i) => `L${i + 1}`);
    const book = await letterBook(db, loans);
    await book.papers(loans);
    await putLetterTerms(db, book.lender, { ...TERMS_SAID, certificate: "trial" });
    const office = await book.office("2026-03-02", press);
    const offer = { engagement: "HX-2026-1", batch: "B1", by: "anna", loans, dryRun: false };
    await offerCases(office, offer);
    const accept = { to: "accepted", by: "wang", lawyer: "wang", dryRun: false } as const;
    await moveCases(office, await listCases(db, book.lender), accept);
    const owners = (await listCases(db, book.lender)).map(({ owner }) => owner);
    const drafted = await draftLetters(office, owners, {
      kind: "demand",
      language: "zh-CN",
      by: "anna",
      dryRun: false,
    });
    expect(drafted.filter(({ done: made }) => made)).toHaveLength(20);
    for (const kind of ["LetterOpened", "LetterApproved"] as const)
      await moveLetters(office, await listLetters(db, book.lender), "wang", { kind });
    const authority = await developmentAuthority(join(clerk.folder, "twenty"), "恒信律师事务所");
    const now = () => office.now;
    const signer = await letterSigner(
      { signer: authority.signer, timeStamps: authority.timeStamps(now) },
      now,
    );
    await signLetters(office, await listLetters(db, book.lender), "wang", signer);
    const signed = await listLetters(db, book.lender, { states: ["signed"] });
    expect(new Set(signed.map(({ file }) => file)).size).toBe(20);
    for (const { file } of signed.slice(0, 3)) {
      const report = await verifyPdf((await keptFile(db, file!))!, {
        roots: [authority.root],
        at: office.now,
      });
      expect(report).toMatchObject({ ok: true });
    }
  } finally {
    await close();
    await db.close();
    await drop();
  }
}, 120_000);
