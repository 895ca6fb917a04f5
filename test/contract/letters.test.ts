import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { publicLetters } from "../../src/cli/letters/public.ts";
import { day, type Fact, type LETTER_STATES, minor } from "../../src/core/index.ts";
import { BOOK_CHECKS, gapIn } from "../../src/dayclose/index.ts";
import { readChannels, repliesOf, wireChannels } from "../../src/dispatch/index.ts";
import { leastSample, lettersOf } from "../../src/legal/index.ts";
import { moveCases, offerCases } from "../../src/office/letters/cases.ts";
import { draftLetters } from "../../src/office/letters/draft.ts";
import { lettersDue } from "../../src/office/letters/due.ts";
import { approveBatch, moveLetters, sampleOfBatch } from "../../src/office/letters/moves.ts";
import type { Outcome } from "../../src/office/letters/office.ts";
import { handOverLetters } from "../../src/office/letters/out.ts";
import { signLetters } from "../../src/office/letters/signing.ts";
import { followLetter } from "../../src/office/letters/tracked.ts";
import {
  bookStore,
  factsOf,
  inboundStore,
  type KeptLetter,
  keptFile,
  letterOf,
  listCases,
  listLetters,
  listOutbox,
  loanFile,
  OUTBOX_STATES,
  sha256Hex,
  verifyBook,
} from "../../src/store/index.ts";
import { paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { at, type LetterBook, letterBook, pack, plainSigner } from "../support/letters.ts";
import { testTools } from "../support/permit.ts";
import { emptyBook } from "../support/sql-book.ts";

const DAY = "2026-03-02";
const codes = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(({ id, code }) => `${id} ${code}`).sort();

describe.each(ENGINES)("lawyers' letters over $name", (engine) => {
  let database: TestDatabase;
  let book: LetterBook;
  let folder: string;

  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await emptyBook(database.db);
    folder = mkdtempSync(join(tmpdir(), "arrears-letters-"));
    return () => rmSync(folder, { recursive: true, force: true });
  });

  const start = async (loans: readonly string[]): Promise<void> => {
    book = await letterBook(database.db, loans);
    await book.papers(loans);
  };
  const accepted = async (loans: readonly string[], when = DAY) => {
    const office = await book.office(when);
    await offerCases(office, { engagement: "HX-2026-1", batch: "B1", by: "anna", loans, dryRun: false });
    const cases = await listCases(database.db, book.lender, { batch: "B1" });
    return moveCases(office, cases, { to: "accepted", by: "wang", lawyer: "wang", dryRun: false });
  };
  const owners = async () => (await listCases(database.db, book.lender)).map(({ owner }) => owner);
  const draft = async (when = DAY) =>
    draftLetters(await book.office(when), await owners(), {
      kind: "demand",
      language: "zh-CN",
      by: "anna",
      dryRun: false,
    });
  const letters = (...states: readonly (typeof LETTER_STATES)[number][]): Promise<KeptLetter[]> =>
    listLetters(database.db, book.lender, states.length > 0 ? { states } : {});
  const move = async (kind: "LetterOpened" | "LetterApproved", when: string, lawyer: string) =>
    moveLetters(await book.office(when), await letters("drafted"), lawyer, { kind });
  const approve = async (when = DAY, lawyer = "wang") => {
    await move("LetterOpened", when, lawyer);
    return move("LetterApproved", when, lawyer);
  };
  const sign = async (when = DAY) =>
    signLetters(
      await book.office(when),
      await letters("approved"),
      "wang",
      plainSigner(() => at(when)),
    );
  const out = async (
    when = DAY,
    some?: readonly KeptLetter[],
    { way = "post", channels }: { way?: "post" | "email"; channels?: string } = {},
  ) => {
    const office = await book.office(when);
    const print = `channels:\n  print: { adapter: post, folder: ${JSON.stringify(folder)}, sender: [恒信], service: registered }\nroutes:\n  - { letter: [print] }\n`;
    const read = readChannels(channels ?? print, "channels.yaml");
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    const tools = testTools(office.now);
    const wired = wireChannels(read.file, tools, {});
    const asked = { way, by: "anna", channels: wired.routed, clock: () => office.now };
    const done = await handOverLetters(office, some ?? (await letters("signed")), asked);
    await wired.close();
    return done;
  };
  const inbound = () =>
    inboundStore(
      database.db,
      repliesOf,
      async () => {},
      async () => {},
      followLetter,
    );
  const track = async (letter: KeptLetter, status: "delivered" | "refused" | "returned", on: string) => {
    const action = (await letters()).find(({ id }) => id === letter.id)!.action!;
    return inbound().take(
      {
        kind: "letter",
        id: `EMS/${letter.id}`,
        channel: "print",
        via: "letter",
        at: at(on),
        action,
        status,
        on: day(on),
      },
      at(on),
    );
  };
  const factsOfLoan = async (loan: string): Promise<readonly Fact[]> =>
    (await loanFile(database.db, loan))!.ofBorrower.map(({ fact }) => fact);
  const pay = async (loan: string, amount: number, on: string, id = `P-${loan}`) =>
    bookStore(
      database.db,
      shelves(pack, () => at(on)),
    ).payments("test-lender", [paymentRecord(loan, id, amount, day(on))]);

  test("from mandate to an answer: every step leaves a fact with who, when and what shows it", async () => {
    await start(["L1"]);
    expect(codes(await accepted(["L1"]))).toEqual(["case/L1/1 accepted"]);
    expect(codes(await draft())).toEqual(["hengxin-2026-000001 drafted"]);
    expect(codes(await approve())).toEqual(["hengxin-2026-000001 approved"]);
    expect(codes(await sign())).toEqual(["hengxin-2026-000001 signed"]);
    expect(codes(await out())).toEqual(["hengxin-2026-000001 handed-over"]);
    const [letter] = await letters("handed-over");
    expect(await track(letter!, "delivered", "2026-03-05")).toBe("new");
    expect(await track(letter!, "delivered", "2026-03-05")).toBe("same");
    const office = await book.office("2026-03-10");
    const answer = {
      kind: "LetterAnswered",
      answer: "asks-for-plan",
      dated: day("2026-03-09"),
      words: "三期",
    } as const;
    expect(codes(await moveLetters(office, await letters("delivered"), "anna", answer))).toEqual([
      "hengxin-2026-000001 answered",
    ]);
    expect(codes(await lettersDue(await book.office("2026-03-11")))).toEqual([
      "hengxin-2026-000001 next-proposed",
    ]);
    const facts = await factsOfLoan("L1");
    expect(facts.map(({ kind }) => kind)).toEqual([
      "ContactReported",
      "CaseOffered",
      "CaseAccepted",
      "LetterDrafted",
      "LetterOpened",
      "LetterApproved",
      "LetterSigned",
      "ContactStarted",
      "ContactEnded",
      "LetterHandedOver",
      "LetterTracked",
      "LetterDelivered",
      "LetterAnswered",
      "NextStepProposed",
    ]);
    expect(facts.at(-1)).toMatchObject({ next: "plan-offer" });
    expect(facts.find(({ kind }) => kind === "LetterDelivered")).toMatchObject({
      by: "print",
      dated: day("2026-03-05"),
      proof: `in:print/EMS/${letter!.id}`,
    });
    expect(gapIn((await loanFile(database.db, "L1"))!.ofBorrower)).toBeUndefined();
    expect((await verifyBook(database.db, shelves(pack), BOOK_CHECKS)).findings).toEqual([]);
  });

  test("what leaves the house is the signed file itself, with its hash in the manifest", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    await out();
    const [letter] = await letters("handed-over");
    const files = readdirSync(folder).filter((name) => !name.startsWith("run-"));
    const pdf = files.find((name) => name.endsWith(".pdf"))!;
    const bytes = readFileSync(join(folder, pdf));
    expect(sha256Hex(bytes)).toBe(letter!.file);
    expect(bytes.equals((await keptFile(database.db, letter!.file!))!)).toBe(true);
    const manifest = JSON.parse(
      readFileSync(join(folder, files.find((name) => name.endsWith(".manifest.json"))!), "utf8"),
    );
    expect(manifest.letters[0]).toMatchObject({
      file: pdf,
      sha256: letter!.file,
      label: ["张L1", "上海市示例路2号"],
    });
  });

  test("the contact stands as a law firm's, with mandate and lawyer, and what the gate knew", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    await out();
    const started = (await factsOfLoan("L1")).find((fact) => fact.kind === "ContactStarted");
    expect(started).toMatchObject({
      via: "letter",
      address: "上海市示例路2号",
      judged: { step: { actor: { role: "law-firm", mandate: true, lawyer: "王律师" }, debts: ["L1"] } },
    });
    const all = await listOutbox(database.db, OUTBOX_STATES, 10);
    expect(all.map(({ what, state }) => `${what} ${state}`)).toEqual([
      "lawyers-letter/hengxin-2026-000001 done",
    ]);
  });

  test("paid between approval and hand-over, it is stopped and never leaves", async () => {
    await start(["L1", "L2"]);
    await accepted(["L1", "L2"]);
    await draft();
    await approve();
    await sign();
    await pay("L1", 110_000, DAY);
    expect(codes(await out())).toEqual(
      ["hengxin-2026-000001 stopped", "hengxin-2026-000002 handed-over"]
        .map((line, i) => line.replace(/\d{6}/, ids[i]!))
        .sort(),
    );
    expect((await factsOfLoan("L1")).some(({ kind }) => kind === "ContactStarted")).toBe(false);
    expect((await factsOfLoan("L1")).at(-1)).toMatchObject({ kind: "LetterStopped", why: "paid" });
  });
  const ids = ["000001", "000002"];

  test("a part payment since its date makes its figures untrue: it has to be drafted again", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    await pay("L1", 10_000, DAY);
    expect(codes(await out())).toEqual(["hengxin-2026-000001 letter-no-figures"]);
    expect(await letters("signed")).toHaveLength(1);
  });

  test("nothing is handed over twice, and a second run says so", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    const signed = await letters("signed");
    await out(DAY, signed);
    expect(codes(await out(DAY, signed))).toEqual(["hengxin-2026-000001 letter-handed-over"]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".pdf"))).toHaveLength(1);
  });

  test("a contact that was made by a run which died before it wrote so is written down, and not made again", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    const signed = await letters("signed");
    await out(DAY, signed);
    // As the run left it: the contact ended, the letter still signed.
    await database.db.run("delete from journal where bucket = $1 and n = $2 and kind = 110", [
      signed[0]!.owner.bucket,
      signed[0]!.owner.n,
    ]);
    await database.db.run(
      "update letter set state = 3, handed_over_at = null, action = null where bucket = $1",
      [signed[0]!.owner.bucket],
    );
    expect(codes(await out(DAY, signed))).toEqual(["hengxin-2026-000001 handed-over"]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".pdf"))).toHaveLength(1);
    expect((await letters())[0]!.action).toMatch(/\/letter\/8192$/);
  });

  test("only the lawyer whom the letter names approves it, and only while his licence is valid", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    expect(codes(await approve(DAY, "li"))).toEqual(["hengxin-2026-000001 letter-no-lawyer"]);
    expect(codes(await approve("2026-06-01"))).toEqual(["hengxin-2026-000001 letter-no-lawyer"]);
    expect(codes(await sign())).toEqual([]);
  });

  test("after the engagement's last day nothing is signed or handed over in the firm's name", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    await database.db.run("update engagement set to_day = $1", [day("2026-03-01")]);
    expect(codes(await out())).toEqual(["hengxin-2026-000001 letter-no-engagement"]);
  });

  test("a hold that comes after signing keeps the letter in the house", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    const held = {
      kind: "event",
      line: 1,
      loanId: "L1",
      id: "H1",
      event: { kind: "hold", on: DAY, hold: "dispute" },
    } as const;
    await bookStore(
      database.db,
      shelves(pack, () => at(DAY)),
    ).events("test-lender", [held]);
    expect(codes(await out())).toEqual(["hengxin-2026-000001 letter-no-checks"]);
  });

  test("without the lender's papers nothing is drafted, and what is missing is named", async () => {
    book = await letterBook(database.db, ["L1"]);
    await accepted(["L1"]);
    const [outcome] = await draft();
    expect(outcome).toMatchObject({ id: "L1", done: false, code: "preflight" });
    const missing = outcome!.checks!.filter(({ state }) => state === "missing").map(({ check }) => check);
    expect(missing.sort()).toEqual(["demands", "documents"]);
  });

  test("a declined case has its reason, and is no lawyer's any more", async () => {
    await start(["L1"]);
    const office = await book.office(DAY);
    await offerCases(office, {
      engagement: "HX-2026-1",
      batch: "B1",
      by: "anna",
      loans: ["L1"],
      dryRun: false,
    });
    const cases = await listCases(database.db, book.lender);
    expect(codes(await moveCases(office, cases, { to: "declined", by: "wang", dryRun: false }))).toEqual([
      "case/L1/1 case-no-reason",
    ]);
    const declined = { to: "declined", by: "wang", reason: "acts for the borrower", dryRun: false } as const;
    expect(codes(await moveCases(office, cases, declined))).toEqual(["case/L1/1 declined"]);
    expect(codes(await draft())).toEqual([]);
    // It can be offered again, as a case of its own.
    const again = await offerCases(office, {
      engagement: "HX-2026-1",
      batch: "B2",
      by: "anna",
      loans: ["L1"],
      dryRun: false,
    });
    expect(codes(again)).toEqual(["case/L1/2 offered"]);
  });

  test("a case is called back when its loan is paid, and its letter stopped", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    const cases = await listCases(database.db, book.lender);
    const recalled = { to: "recalled", by: "anna", why: "complaint", dryRun: false } as const;
    expect(codes(await moveCases(await book.office(DAY), cases, recalled))).toEqual(["case/L1/1 recalled"]);
    expect((await letters()).map(({ state }) => state)).toEqual(["stopped"]);
  });

  test("not answered by its deadline, the next step is proposed once", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    await out();
    const [letter] = await letters("handed-over");
    await track(letter!, "delivered", "2026-03-05");
    // Fifteen days: until 17 March.
    expect(codes(await lettersDue(await book.office("2026-03-17")))).toEqual([]);
    expect(codes(await lettersDue(await book.office("2026-03-18")))).toEqual([
      "hengxin-2026-000001 deadline-passed",
      "hengxin-2026-000001 next-proposed",
    ]);
    expect(codes(await lettersDue(await book.office("2026-03-19")))).toEqual([]);
    expect((await factsOfLoan("L1")).at(-1)).toMatchObject({ next: "payment-order" });
  });

  test("by e-mail it goes out with its signed file, and a receipt of the mail server delivers it", async () => {
    const mails: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      onData: (stream, _session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          mails.push(Buffer.concat(parts).toString("latin1"));
          done(null, "queued as 4711");
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const { port } = server.server.address() as AddressInfo;
    await start(["L1"]);
    await database.db.run("update borrower set email = 'zhang@example.com' where bucket >= 0");
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    const [signed] = await letters("signed");
    const done = await out(DAY, undefined, {
      way: "email",
      channels: `channels:\n  mail: { adapter: smtp, host: 127.0.0.1, port: ${port}, security: none, from: Firm <post@firm.example>, domain: firm.example }\nroutes:\n  - { email: [mail] }\n`,
    });
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(codes(done)).toEqual(["hengxin-2026-000001 handed-over"]);
    expect(mails).toHaveLength(1);
    const attached = /\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--[^\r\n]*--\s*$/.exec(mails[0]!)![1]!;
    expect(sha256Hex(Buffer.from(attached, "base64"))).toBe(signed!.file);
    const [sent] = await letters("handed-over");
    const receipt = {
      kind: "delivery",
      id: "r1",
      channel: "mail",
      via: "email",
      status: "delivered",
    } as const;
    expect(
      await inbound().take({ ...receipt, at: at("2026-03-03"), action: sent!.action! }, at("2026-03-03")),
    ).toBe("new");
    expect((await factsOfLoan("L1")).at(-1)).toMatchObject({ kind: "LetterDelivered", way: "email" });
  });

  test("money in full after the hand-over is the answer, and the public page says so", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    const [signed] = await letters("signed");
    const open = publicLetters(database.db);
    expect(await open.byCode(signed!.code as never)).toBeUndefined();
    await out();
    expect(await open.byCode(signed!.code as never)).toMatchObject({
      number: "（2026）恒信律师事务所律函字第1号",
      addressee: "张*",
      standing: { status: "valid" },
    });
    expect(await open.byCode(signed!.id as never)).toBeUndefined();
    await pay("L1", 110_000, "2026-03-03");
    expect(codes(await lettersDue(await book.office("2026-03-04")))).toEqual([
      "hengxin-2026-000001 answered",
    ]);
    expect(await open.byCode(signed!.code as never)).toMatchObject({ standing: { status: "paid" } });
  });

  test("after thirty silent days nobody knows where it is; a late word of the carrier still counts", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    await out();
    const [letter] = await letters("handed-over");
    expect(codes(await lettersDue(await book.office("2026-04-01")))).toEqual([]);
    expect(codes(await lettersDue(await book.office("2026-04-02")))).toEqual([
      "hengxin-2026-000001 next-proposed",
      "hengxin-2026-000001 unknown",
    ]);
    expect(letter).toBeDefined();
  });

  test("a letter that was sent back is drafted anew under its own number", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    const office = await book.office(DAY);
    const before = (await letters())[0]!;
    await moveLetters(office, [before], "wang", { kind: "LetterSentBack", reason: "address unclear" });
    const later = await book.office("2026-03-03");
    const again = await draftLetters(later, [before.owner], {
      kind: "demand",
      language: "zh-CN",
      by: "anna",
      again: [before.id],
      dryRun: false,
    });
    expect(codes(again)).toEqual([`${before.id} drafted`]);
    const after = (await letters())[0]!;
    expect([after.number, after.code, after.dated]).toEqual([before.number, before.code, day("2026-03-03")]);
    expect(letterOf(after).demanded).toBeGreaterThan(letterOf(before).demanded);
  });

  test("a letter that left the house is withdrawn by a second letter, and not by a word", async () => {
    await start(["L1"]);
    await accepted(["L1"]);
    await draft();
    await approve();
    await sign();
    await out();
    const first = (await letters())[0]!;
    const office = await book.office("2026-03-04");
    const alone = { kind: "LetterWithdrawn", reason: "wrong sum" } as const;
    expect(codes(await moveLetters(office, [first], "anna", alone))).toEqual([
      `${first.id} letter-no-second-letter`,
    ]);
    const drafted = await draftLetters(office, [first.owner], {
      kind: "withdrawal",
      language: "zh-CN",
      by: "anna",
      about: { kind: "withdrawal", number: first.number, of: first.dated, why: "wrong sum" },
      aboutLetter: first.id,
      dryRun: false,
    });
    expect(codes(drafted)).toEqual(["hengxin-2026-000002 drafted"]);
    const second = (await letters("drafted"))[0]!;
    expect(codes(await moveLetters(office, [first], "anna", { ...alone, letter: second.id }))).toEqual([
      `${first.id} letter-no-second-letter`,
    ]);
    await approve("2026-03-04");
    await sign("2026-03-04");
    expect(codes(await moveLetters(office, [first], "anna", { ...alone, letter: second.id }))).toEqual([
      `${first.id} withdrawn`,
    ]);
    expect(await publicLetters(database.db).byCode(first.code as never)).toMatchObject({
      standing: { status: "withdrawn" },
    });
  });

  // The server takes the thousand; the embedded database, which is for small books, a fifth of it.
  const many = engine.name === "postgres" ? 1000 : 200;
  test(`${many} letters: checked by sampling, signed, dropped to the print house, half of them tracked back`, async () => {
    const loans = Array.from({ length: many }, (_, i) => `L${i + 1}`);
    await start(loans);
    await accepted(loans);
    expect((await draft()).filter(({ done }) => done)).toHaveLength(many);
    const office = await book.office(DAY);
    const drafted = await letters("drafted");
    expect(new Set(drafted.map(({ number }) => number)).size).toBe(many);
    const asked = { lawyer: "wang", batch: "B1", n: leastSample(many), seed: 4711 };
    expect(asked.n).toBe(many / 10);
    expect(codes(await approveBatch(office, drafted, { ...asked, n: asked.n - 1 }, false))).toEqual([
      "B1 sample-too-small",
    ]);
    const { sample } = await sampleOfBatch(office, drafted, asked);
    const opened = drafted.filter(({ id }) => sample.includes(id));
    await moveLetters(office, opened.slice(1), "wang", { kind: "LetterOpened" });
    expect(codes(await approveBatch(office, drafted, asked, false))).toEqual([
      `${opened[0]!.id} sample-not-opened`,
    ]);
    await moveLetters(office, opened.slice(0, 1), "wang", { kind: "LetterOpened" });
    expect((await approveBatch(office, drafted, asked, false)).filter(({ done }) => done)).toHaveLength(many);
    expect((await sign()).filter(({ done }) => done)).toHaveLength(many);
    expect((await out()).filter(({ done }) => done)).toHaveLength(many);
    expect(readdirSync(folder).filter((name) => name.endsWith(".pdf"))).toHaveLength(many);
    const gone = await letters("handed-over");
    for (const { id, action } of gone.slice(0, many / 2))
      await inbound().take(
        {
          kind: "letter",
          id,
          channel: "print",
          via: "letter",
          at: at("2026-03-05"),
          action: action!,
          status: "delivered",
          on: day("2026-03-05"),
        },
        at("2026-03-05"),
      );
    expect(await letters("delivered")).toHaveLength(many / 2);
    expect(await letters("handed-over")).toHaveLength(many / 2);
    // Of each letter that was signed: an approving lawyer, an engagement that was in force, and a permit.
    for (const loan of ["L1", `L${many / 2}`, `L${many}`]) {
      const file = (await loanFile(database.db, loan))!;
      const [life] = [...lettersOf(file.ofBorrower.map(({ fact }) => fact)).values()];
      expect(life!.approved).toMatchObject({
        by: "wang",
        sample: { batch: "B1", seed: 4711, n: asked.n, of: many },
      });
      expect(
        file.ofBorrower.some(
          ({ fact }) => fact.kind === "ContactStarted" && fact.action === life!.handedOver!.action,
        ),
      ).toBe(true);
      expect(factsOf(file)).toHaveLength(1);
      expect(life!.drafted.demanded).toBeGreaterThan(minor(0));
    }
  }, 120_000);
});
