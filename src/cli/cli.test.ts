import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../test/support/build.ts";
import { arrears, type Ran, spawned } from "../../test/support/cli.ts";
import { day } from "../core/index.ts";
import { takeLock } from "../store/lock.ts";
import {
  calcApr,
  calcCourtFee,
  calcDelayInterest,
  calcGate,
  calcLimitation,
  calcPosition,
  calcSchedule,
  table,
  width,
} from "./index.ts";

const strategyFile = fileURLToPath(new URL("../../strategies/micro-standard.v1.yaml", import.meta.url));

let folder = "";
beforeAll(() => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), "arrears-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<Ran> => arrears(folder, args);
const inChinese = (...args: string[]): Promise<Ran> =>
  arrears(folder, args, { env: { LANG: "zh_CN.UTF-8" } });
const keysOf = (value: unknown): string[] => Object.keys(value as object).sort();

describe("help", () => {
  test("lists the commands in the language of the locale", async () => {
    const [english, chinese] = await Promise.all([run("--help"), inChinese("--help")]);
    expect(english.code).toBe(0);
    expect(english.out).toContain("usage: arrears COMMAND");
    expect(english.out).toContain("exit codes: 0 done");
    expect(chinese.code).toBe(0);
    expect(chinese.out).toContain("用法：arrears 命令");
    for (const command of [
      "import",
      "close",
      "show",
      "explain",
      "dispatch",
      "verify",
      "export",
      "calc",
      "sample",
    ]) {
      expect(english.out).toContain(`\n  ${command}`);
      expect(chinese.out).toContain(`\n  ${command}`);
    }
  });

  test("of one command has its usage and lines to copy; --lang beats the locale", async () => {
    const [english, chinese] = await Promise.all([
      run("close", "--help"),
      run("close", "--help", "--lang", "zh"),
    ]);
    expect(english.out).toMatch(/^usage: arrears close[\s\S]*examples:\n {2}arrears close\n/);
    expect(chinese.out).toMatch(/^用法：arrears close[\s\S]*例：\n {2}arrears close\n/);
    expect([english.code, chinese.code]).toEqual([0, 0]);
  });

  test("without a command the same text is wrong use", async () => {
    const { code, out } = await run();
    expect(code).toBe(2);
    expect(out).toContain("usage: arrears COMMAND");
  });
});

describe("wrong use ends with 2 and names the nearest word", () => {
  test.each([
    ["a mistyped command", ["clsoe"], 'no command "clsoe"; did you mean "close"?'],
    [
      "a mistyped option",
      ["close", "--throgh", "2026-01-01"],
      'no option "--throgh" here; did you mean "--through"?',
    ],
    ["an option without its value", ["close", "--through"], "--through is missing"],
    [
      "a day that does not exist",
      ["sample", "--through", "2026-02-30"],
      "is not a calendar day; write it as 2026-03-31",
    ],
    [
      "an instant without its offset",
      ["dispatch", "--at", "2026-03-31T10:00:00"],
      "is not an instant with its offset",
    ],
    [
      "more than one worker on an embedded book",
      ["dispatch", "--workers", "2"],
      "is an embedded book, which takes one worker",
    ],
    ["a number of workers that is none", ["dispatch", "--workers", "many"], "is not a whole number from 1"],
    [
      "to follow a clock that stands",
      ["dispatch", "--follow", "--at", "2026-03-31T10:00:00+08:00"],
      "give one of them",
    ],
    ["a loan that is not named", ["show"], "LOAN is missing; for example: arrears show"],
    [
      "a kind of file that is not known",
      ["import", "lones", "f.csv"],
      "for example: arrears import loans FILE",
    ],
    ["a kind of calculation that is not known", ["calc", "shedule"], 'did you mean "calc schedule"'],
  ])("%s", async (_, args, says) => {
    const { code, err, out } = await run(...args);
    expect(err).toContain(says);
    expect([code, out]).toEqual([2, ""]);
  });

  test("in Chinese for a Chinese locale", async () => {
    const { code, err } = await inChinese("clsoe");
    expect([code, err]).toEqual([
      2,
      "arrears：没有命令“clsoe”；是否指“close”？（arrears --help 列出全部）\n",
    ]);
  });

  test("under --json standard output has the error as an object", async () => {
    const [wrong, missing] = await Promise.all([
      run("clsoe", "--json"),
      run("import", "loans", "nowhere.csv", "--map", "nowhere.yaml", "--json"),
    ]);
    expect(wrong.objects()).toMatchObject([{ error: { code: "wrong-use" } }]);
    expect(missing.objects()).toMatchObject([{ error: { code: "declined" } }]);
    expect([wrong.code, missing.code]).toEqual([2, 1]);
  });
});

const OPENED = "2026-04-25";
const SAMPLE = ["--borrowers", "200", "--opened-on", OPENED, "--through", "2026-06-30"];

describe("a small book, from its files to its messages", () => {
  const place = ["--db", "book", "--json"];
  let loan = "";

  beforeAll(async () => {
    const sample = await run("sample", ...SAMPLE, "--out", "sample", "--json");
    expect(sample.objects()).toMatchObject([{ wrote: "sample", borrowers: 200, seed: 7 }]);
    // Paid out in spring 2026 over ten months: open on the last day of the sample.
    loan = "L0000002-1";
  });

  const take = (kind: string, file = `sample/${kind}.csv`, ...more: string[]) =>
    run("import", kind, file, "--map", `sample/${kind}.map.yaml`, ...place, ...more);

  test("a dry run writes nothing and says what it found", async () => {
    const { code, objects } = await take("loans", undefined, "--dry-run");
    const [report] = objects();
    expect(report).toMatchObject({
      dryRun: true,
      bad: 0,
      blank: 0,
      complete: true,
      refusals: [],
      format: "delimited",
    });
    expect(report!.good).toBe(report!.rows);
    expect(code).toBe(0);
    expect(readdirSync(folder)).not.toContain("book");
  });

  test("an empty book says how to begin", async () => {
    const { code, err } = await run("verify", "--db", "book");
    expect(err).toContain("there is no book at book: import loans first");
    expect(readdirSync(folder)).not.toContain("book");
    expect(code).toBe(1);
  });

  test("loans and payments are taken in once; the same bytes again change nothing", async () => {
    const loans = await take("loans");
    const [report] = loans.objects();
    expect(keysOf(report)).toEqual(
      [
        "added",
        "bad",
        "encoding",
        "file",
        "kind",
        "lender",
        "rows",
        "same",
        "sha256",
        "totals",
        "updated",
      ].sort(),
    );
    expect(report).toMatchObject({ lender: "sample-micro", kind: "loans", bad: 0, same: 0, updated: 0 });
    expect(report!.added).toBe(report!.rows);
    const payments = await take("payments");
    expect(payments.objects()[0]).toMatchObject({ kind: "payments", bad: 0, same: 0 });
    expect([loans.code, payments.code]).toEqual([0, 0]);

    const again = await take("payments");
    expect(again.err).toContain("byte for byte: nothing to do");
    expect(again.objects()).toMatchObject([{ kind: "payments", sameFile: true }]);
    expect(again.code).toBe(0);
    const asked = await take("payments", undefined, "--again");
    expect(asked.objects()[0]).toMatchObject({ added: 0, same: payments.objects()[0]!.rows });
  });

  test("a file of the same name with other content is said so; bad rows go to quarantine with their reasons", async () => {
    const text = readFileSync(join(folder, "sample/payments.csv"), "utf8");
    const rows = [
      "X-1,NOBODY,10.00,2026-06-30",
      `X-2,${loan},1.005,2026-06-30`,
      `X-3,${loan},1.00,2026-06-31`,
    ];
    writeFileSync(join(folder, "payments.csv"), `${text.trimEnd()}\n${rows.join("\n")}\n`);
    const { code, err, objects } = await take("payments", "payments.csv");
    expect(err).toContain("note: a file named payments.csv was imported on");
    expect(objects()[0]).toMatchObject({
      added: 0,
      bad: 3,
      quarantine: "payments.csv.quarantine.csv",
      byCode: { "unknown-loan": 1, "too-many-decimals": 1, "impossible-date": 1 },
    });
    expect(code).toBe(1);
    const quarantine = readFileSync(join(folder, "payments.csv.quarantine.csv"), "utf8");
    expect(quarantine).toMatch(/^line,column,value,code,reason,row\r\n/);
    expect(quarantine).toContain("NOBODY,unknown-loan,");

    // Not done with: the loan may be in the book tomorrow, or the map be put right.
    const again = await take("payments", "payments.csv");
    expect(again.err).not.toContain("nothing to do");
    expect(again.objects()[0]).toMatchObject({ added: 0, bad: 3 });
    expect(again.code).toBe(1);
  });

  test("the close gives one object a day, and a closed day is not closed twice", async () => {
    const closed = await run("close", "--through", "2026-06-30", ...place);
    const days = closed.objects();
    expect(days).toHaveLength(67);
    expect([days[0]!.day, days.at(-1)!.day]).toEqual([OPENED, "2026-06-30"]);
    for (const key of [
      "day",
      "lender",
      "loans",
      "touched",
      "facts",
      "actions",
      "forbidden",
      "asked",
      "setAside",
      "ms",
    ])
      expect(days[0]).toHaveProperty(key);
    expect(days.some(({ actions }) => (actions as number) > 0)).toBe(true);
    expect(closed.code).toBe(0);

    const again = await run("close", "--through", "2026-06-30", ...place);
    expect(again.err).toContain("sample-micro is closed through 2026-06-30");
    expect([again.code, again.out]).toEqual([0, ""]);
  });

  test("a day that has not come is not closed", async () => {
    const ahead = await run("close", "--through", "2099-01-01", ...place);
    expect(ahead.err).toMatch(/2099-01-01 has not come: at sample-micro it is \d{4}-\d\d-\d\d\./);
    expect([ahead.code, ahead.objects()]).toMatchObject([1, [{ error: { code: "declined" } }]]);
  });

  test("show gives the position: its parts add up, and money is text", async () => {
    const { code, objects } = await run("show", loan, ...place);
    const [position] = objects();
    expect(keysOf(position)).toEqual(
      (
        "arrears asOf askable bucket ceiling claimable contractual currency disputed dpd dueOn installments lender limitation loan nextDue " +
        "outstanding payoff principal product source status unapplied"
      ).split(" "),
    );
    expect(position).toMatchObject({ loan, asOf: "2026-06-30", source: "kept", currency: "CNY" });
    const installments = position!.installments as Record<string, string>[];
    const sum = installments.reduce((total, row) => total + Number(row.principal!.replace(".", "")), 0);
    expect(String(sum)).toBe((position!.principal as string).replace(".", ""));
    expect(code).toBe(0);
    const early = await run("show", loan, "--as-of", "2001-01-01", ...place);
    expect(early.err).toContain("there is no such loan on that day: paid out on");
    expect(early.code).toBe(1);
  });

  test("limitation: one loan with its words of law, and those of the book whose end is near, as lines and as a file", async () => {
    const one = await run("limitation", loan, ...place);
    const [found] = one.objects();
    expect(found).toMatchObject({ loan, asOf: "2026-06-30", of: "claim" });
    expect(found!.worstOn! <= found!.expiresOn!).toBe(true);
    expect((found!.because as object[])[0]).toMatchObject({
      effect: "starts",
      cite: { law: "cn/civil-code" },
    });
    expect(one.code).toBe(0);

    const listed = await run("limitation", "--ending-within", "9999d", ...place);
    const rows = listed.objects();
    const ends = rows.map(({ worstOn }) => worstOn as string);
    expect(ends).toEqual([...ends].sort());
    expect(rows.find((row) => row.loan === loan)).toMatchObject({
      worstOn: found!.worstOn,
      expiresOn: found!.expiresOn,
      state: found!.state,
      daysLeft: day(found!.worstOn as string) - day("2026-06-30"),
    });
    // On the edge of its days a loan is among them, and a day below it is not.
    const { daysLeft } = rows[0]!;
    const within = async (days: number) =>
      (await run("limitation", "--ending-within", `${days}`, ...place)).objects().length;
    expect(await within(daysLeft as number)).toBeGreaterThan(0);
    expect(await within((daysLeft as number) - 1)).toBe(0);

    const filed = await run("limitation", "--ending-within", "9999", "--out", "limitation.csv", ...place);
    expect(filed.objects()).toEqual([{ loans: rows.length, out: "limitation.csv" }]);
    const [head, ...lines] = readFileSync(join(folder, "limitation.csv"), "utf8").trimEnd().split("\n");
    expect(head).toBe("lender,loan,worst_on,days_left,expires_on,state,worst_state,outstanding,currency");
    expect(lines).toHaveLength(rows.length);

    const chinese = await inChinese("limitation", loan, ...place.filter((word) => word !== "--json"));
    expect(chinese.out).toContain("债权仍在");
    for (const wrong of [[], [loan, "--ending-within", "5"], ["--ending-within", "soon"]])
      expect((await run("limitation", ...wrong, ...place)).code).toBe(2);
  });

  test("explain tells the story and judges each channel at an instant", async () => {
    const { code, objects } = await run("explain", loan, "--at", "2026-06-30T22:30:00+08:00", ...place);
    const [story] = objects();
    for (const key of ["loan", "lender", "borrower", "otherLoans", "facts", "at", "channels"])
      expect(story).toHaveProperty(key);
    expect((story!.facts as object[])[0]).toMatchObject({ kind: "LoanBooked", by: "import" });
    const channels = story!.channels as {
      via: string;
      verdict: string;
      allowedFrom?: string;
      because: object[];
    }[];
    expect(channels.map(({ via }) => via)).toEqual(["app", "text", "call", "email", "letter"]);
    const call = channels.find(({ via }) => via === "call");
    expect(call).toMatchObject({ verdict: "forbid", allowedFrom: "2026-07-01T08:00:00+08:00" });
    expect(call!.because).toContainEqual(
      expect.objectContaining({ rule: "cn/quiet-hours", outcome: "forbid", force: "recommended standard" }),
    );
    expect(code).toBe(0);
  });

  test("dispatch sends through the folder, each message with its permit, and sends nothing twice", async () => {
    const at = ["--at", "2026-06-30T14:30:00+08:00", "--out", "outbox"];
    const first = await run("dispatch", ...at, ...place);
    const [report] = first.objects();
    expect(keysOf(report)).toEqual([
      "because",
      "cancelled",
      "consolidated",
      "failed",
      "later",
      "leased",
      "sent",
      "unknown",
      "withdrawn",
    ]);
    expect(report!.sent).toBeGreaterThan(0);
    expect(first.code).toBe(0);
    const files = readdirSync(join(folder, "outbox"));
    expect(files).toHaveLength(report!.sent as number);
    const message = JSON.parse(readFileSync(join(folder, "outbox", files[0]!), "utf8"));
    expect(keysOf(message)).toEqual([
      "id",
      "language",
      "lender",
      "loans",
      "permit",
      "text",
      "to",
      "via",
      "what",
    ]);
    expect(message.permit).toMatchObject({ verdict: "allow" });

    const second = await run("dispatch", ...at, ...place);
    expect(second.objects()).toMatchObject([{ sent: 0, cancelled: 0 }]);

    const done = await run("outbox", "list", "--state", "done", "--limit", "3", ...place);
    expect(done.objects()).toHaveLength(3);
    expect(done.objects()[0]).toMatchObject({ state: "done" });
  });

  test("a lender's own settings are held against the pack and recorded, from a day that nothing hangs on", async () => {
    const house = (from: string, rest = "gap_minutes: 240") =>
      writeFileSync(join(folder, "house.yaml"), `house: own\nfrom: "${from}"\n${rest}\n`);
    const settle = (...more: string[]) => run("policy", "house", "house.yaml", ...more, ...place);

    house("2099-01-01", 'quiet_hours: { from: "23:00", to: "07:00" }');
    const looser = await settle();
    expect(looser.code).toBe(1);
    expect(looser.objects()).toMatchObject([
      { ok: false, refusals: [{ loosens: { rule: "cn/quiet-hours" } }] },
    ]);
    house("2026-06-30");
    const early = await settle();
    expect(early.err).toMatch(/what was decided before \d{4}-\d\d-\d\d must stay as it is\. Write from: "/);
    house("2099-01-01");
    const tried = await settle("--dry-run");
    const [, would] = tried.objects();
    expect(would).toEqual({ lender: "sample-micro", from: "2099-01-01", recorded: false, dryRun: true });
    const none = await run("policy", "house", ...place);
    expect(none.objects()).toMatchObject([{ lender: "sample-micro", settings: [], rules: [] }]);

    const done = await settle();
    expect(done.objects()[1]).toEqual({ lender: "sample-micro", from: "2099-01-01", recorded: true });
    const again = await settle();
    expect(again.objects()[1]).toMatchObject({ recorded: false });
    const told = await run("policy", "house", "--db", "book");
    expect(told.out).toContain("lender/gap  2099-01-01 –   At least 240 minutes between two contacts.");
    expect([done.code, again.code, told.code]).toEqual([0, 0, 0]);
  });

  test("verify finds nothing in a book that only the program wrote", async () => {
    const { code, objects } = await run("verify", ...place);
    expect(objects()).toMatchObject([{ findings: [] }]);
    expect(code).toBe(0);
  });

  test.each([
    ["hledger", "books.journal", "= "],
    ["beancount", "books.beancount", " balance "],
  ])("export books writes %s: all loans, or one, whole and in ASCII", async (format, file, assertion) => {
    const all = await run("export", "books", "--format", format, ...place);
    const [report] = all.objects();
    expect(keysOf(report)).toEqual(
      ["findings", "format", "lender", "loans", "through", "transactions", "wrote"].sort(),
    );
    expect(report).toMatchObject({ wrote: file, format, through: "2026-06-30", findings: [] });
    expect(all.code).toBe(0);
    const text = readFileSync(join(folder, file), "utf8");
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain(`Assets:Receivable:Principal:${loan}`);
    expect(text).toContain(assertion);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);

    const args = ["--loan", loan, "--through", "2026-05-31", "--out", "one.txt"];
    const one = await run("export", "books", "--format", format, ...args, ...place);
    expect(one.objects()).toMatchObject([{ wrote: "one.txt", loans: 1, through: "2026-05-31" }]);
    const own = readFileSync(join(folder, "one.txt"), "utf8").match(/Receivable:Principal:\S+/g);
    expect(new Set(own)).toEqual(new Set([`Receivable:Principal:${loan}`]));
    expect(own!.length).toBeGreaterThan(1);
  });

  test("export books says what it cannot do, and leaves what was there", async () => {
    const books = (...args: string[]) => run("export", "books", ...args, "--db", "book");
    const wrong = await books("--format", "hleger");
    expect([wrong.code, wrong.err]).toEqual([
      2,
      'arrears: no format "hleger"; did you mean "hledger"? (there is hledger, beancount)\n',
    ]);
    expect((await books()).code).toBe(2);
    expect((await run("export", "--format", "hledger")).code).toBe(2);
    expect((await books("--format", "hledger", "--loan", "NOBODY")).code).toBe(1);
    expect((await books("--format", "hledger", "--lender", "nobody")).code).toBe(1);
    const nowhere = await books("--format", "hledger", "--out", "nowhere/books.journal");
    expect([nowhere.code, nowhere.out]).toEqual([1, ""]);
  });

  test("a second process on the same folder is told who holds it", async () => {
    const release = takeLock(join(folder, "book.lock"));
    try {
      const { code, err, out } = await run("verify", "--db", "book");
      expect(err).toContain(`is in use by process ${process.pid}`);
      expect(err).toContain("PostgreSQL");
      expect([code, out]).toEqual([1, ""]);
    } finally {
      release();
    }
  });

  test("words and tables are Chinese for a Chinese locale", async () => {
    const { out } = await inChinese("show", loan, "--db", "book");
    expect(out).toContain("逾期天数");
    expect(out).toContain("剩余本金");
  });

  test("a loan of the book can be tried under another strategy", async () => {
    const { code, out } = await run("strategy", "try", strategyFile, "--loan", loan, "--db", "book");
    expect(out).toContain("micro-standard v1");
    expect(out).toContain("that stays unpaid after its due day");
    expect(code).toBe(0);
  });
});

test("a guessed map names what it read and is not written over", async () => {
  writeFileSync(
    join(folder, "tape.csv"),
    "loan_no,customer,amount,rate,start,months\nA1,C1,1000.00,0.05,2026-01-05,10\nA2,C2,500.00,0.04,2026-01-06,5\n",
  );
  const first = await run("import", "loans", "tape.csv", "--guess");
  expect(first.out).toContain("wrote tape.map.yaml");
  const map = readFileSync(join(folder, "tape.map.yaml"), "utf8");
  expect(map).toContain("kind: loans");
  expect(map).toContain("loan_id: loan_no");
  const second = await run("import", "loans", "tape.csv", "--guess");
  expect(second.err).toContain("tape.map.yaml exists");
  expect([first.code, second.code]).toEqual([0, 1]);
});

describe("strategy and policy", () => {
  test("a strategy's calendar for an unpaid loan, with what each step becomes", async () => {
    const { code, out } = await run("strategy", "try", strategyFile, "--from", "2026-01-05");
    expect(out).toMatch(/── early · days 1…7 · The borrower knows that the payment is missing/);
    expect(out).toMatch(/2026-02-06 +Fri +1 +→ M1\n +message: overdue +app 10:00 +allowed/);
    expect(out).toMatch(/ask a person: lawyers-letter +a person +asks a person/);
    expect(code).toBe(0);
  });

  test("a strategy with mistakes is refused with place and nearest word", async () => {
    writeFileSync(
      join(folder, "bad.yaml"),
      'strategy: bad\nversion: 1\nfrom: "2026-01-01"\nintnet: x\nstages: []\n',
    );
    const { code, err } = await run("strategy", "try", "bad.yaml");
    expect(err).toMatch(/bad\.yaml:4:1 .*did you mean "intent"\?/);
    expect(code).toBe(1);
  });

  test("a rule is shown with its quote, force, verification state and dated values", async () => {
    const { code, out } = await run("policy", "show", "cn/quiet-hours");
    expect(out).toContain("cn/gbt-45251-2025 5.3");
    expect(out).toContain("industry · recommended standard · verified-press · 2025-02-28");
    expect(out).toContain('{"from":"22:00","to":"08:00"}');
    expect(code).toBe(0);
    const wrong = await run("policy", "show", "cn/quiet-hour");
    expect(wrong.err).toContain("did you mean cn/quiet-hours?");
    expect(wrong.code).toBe(1);
  });

  test("a draft is marked where it may not say what it says, with the rule and what to write instead", async () => {
    writeFileSync(
      join(folder, "draft.txt"),
      "【{{lender}}】您好：\n应还{{amount}}，不还就报警。如金额有误，请联系我们。\n",
    );
    const { code, out } = await run("policy", "words", "draft.txt", "--lang", "zh");
    expect(code).toBe(1);
    expect(out).toContain("2:16  以拘留、逮捕或刑事责任相威胁");
    expect(out).toContain("cn/words/threats");
    writeFileSync(join(folder, "fine.txt"), "【{{lender}}】应还{{amount}}。如金额有误，请联系我们。");
    expect((await run("policy", "words", "fine.txt", "--json")).objects()).toEqual([{ findings: 0 }]);
    expect((await run("policy", "words", "none.txt")).code).toBe(1);
    expect((await run("policy", "words", "fine.txt", "--pack", "xx")).code).toBe(2);
    expect((await run("policy", "show", "cn/words/threats")).out).toContain("恐吓、辱骂、欺诈");
  });

  test("every rule is listed", async () => {
    const { objects } = await run("policy", "list", "--json");
    for (const rule of objects())
      for (const key of [
        "pack",
        "version",
        "id",
        "says",
        "cite",
        "layer",
        "force",
        "verification",
        "from",
        "governs",
      ])
        expect(rule).toHaveProperty(key);
  });
});

const TERMS = {
  principal: "10000.00",
  currency: "CNY",
  disbursedOn: "2026-01-01",
  installments: 10,
  every: { months: 1 },
  method: "equal-principal",
  rate: { percent: "0.05", per: "day" },
};

describe("calc answers line by line", () => {
  const calc = (kind: string, ...lines: unknown[]) =>
    spawned(folder, ["calc", kind], {
      input: lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""),
    });

  test("schedule: 10,000.00 at 0.05 % a day in ten equal parts of principal", async () => {
    const { code, objects } = await calc("schedule", TERMS);
    const [plan] = objects() as unknown as [{ installments: object[]; totals: object }];
    // By hand: 31 days x 10,000.00 x 0.0005 = 155.00; 28 days x 9,000.00 x 0.0005 = 126.00.
    expect(plan.installments.slice(0, 2)).toMatchObject([
      { n: 1, dueOn: "2026-02-01", days: 31, principal: "1000.00", interest: "155.00", balance: "9000.00" },
      { n: 2, dueOn: "2026-03-01", days: 28, principal: "1000.00", interest: "126.00", balance: "8000.00" },
    ]);
    expect(plan.totals).toMatchObject({ principal: "10000.00", interest: "832.00", total: "10832.00" });
    expect(code).toBe(0);
  });

  test("position: late interest at 1.5 times the contract rate on overdue principal", async () => {
    const { code, objects } = await calc("position", {
      loan: TERMS,
      policy: { lateInterest: { times: "1.5" } },
      asOf: ["2026-02-05", "2025-12-31"],
    });
    // By hand: 4 days x 1,000.00 x 0.00075 = 3.00.
    expect(objects()[0]!.positions).toMatchObject([
      {
        asOf: "2026-02-05",
        status: "open",
        dpd: 4,
        bucket: "M1",
        arrears: { principal: "1000.00", interest: "155.00", lateInterest: "3.00", total: "1158.00" },
        nextDue: { on: "2026-03-01", amount: "1126.00" },
      },
      { asOf: "2025-12-31", status: "not-paid-out" },
    ]);
    expect(code).toBe(0);
  });

  test("debts: a payment goes to what is due, then to what is least secured", async () => {
    const debts = [
      { id: "to come", amount: "500.00", dueOn: "2026-05-01" },
      { id: "secured", amount: "500.00", dueOn: "2026-01-01", security: 1 },
      { id: "bare", amount: "500.00", dueOn: "2026-03-01" },
    ];
    const asked = { pack: "cn", amount: "700.00", on: "2026-04-01", debts };
    const { objects } = await calc("debts", asked, { ...asked, designated: ["to come"] });
    // Civil Code art. 560: due before not due, then the least secured; what the debtor names comes first.
    expect(objects()[0]).toMatchObject({
      lines: [
        { debt: "bare", amount: "500.00", because: "least-secured" },
        { debt: "secured", amount: "200.00", because: "due-first" },
      ],
      left: "0.00",
      cite: { law: "cn/civil-code", at: "art. 560", force: "law", verification: "verified" },
    });
    expect(objects()[1]!.lines).toMatchObject([
      { debt: "to come", amount: "500.00", because: "designated" },
      { debt: "bare", amount: "200.00" },
    ]);
  });

  test("court-fee: what a court asks for, with its steps and where it stands", async () => {
    const asked = { pack: "cn", amount: "50000.00", on: "2026-11-25" };
    const { code, objects } = await calc(
      "court-fee",
      { ...asked, kind: "case" },
      { ...asked, kind: "payment-order" },
    );
    // Measures on litigation costs, art. 13(1): 50 + 40,000 x 2.5 % = 1,050; art. 14(3): a third of it.
    expect(objects()).toEqual([
      {
        fee: "1050.00",
        steps: [
          { step: "flat", upTo: "10000.00", gives: "50.00" },
          {
            step: "band",
            above: "10000.00",
            upTo: "100000.00",
            part: "40000.00",
            percent: "2.5",
            gives: "1000.00",
          },
        ],
        cite: {
          law: "cn/court-fee-measures",
          at: "art. 13(1)",
          quote: "财产案件根据诉讼请求的金额或者价额，按照下列比例分段累计交纳",
          param: "court-fee.case",
          force: "administrative regulation",
          verification: "verified",
        },
      },
      expect.objectContaining({
        fee: "350.00",
        cite: expect.objectContaining({ at: "art. 14(3)" }),
        scale: expect.objectContaining({ at: "art. 13(1)" }),
      }),
    ]);
    expect(code).toBe(0);
  });

  test("delay-interest: the doubled part and the general interest", async () => {
    const { code, objects } = await calc("delay-interest", {
      pack: "cn",
      debt: "10000.00",
      from: "2026-01-01",
      to: "2026-04-11",
      payments: [{ on: "2026-04-11", amount: "9000.00" }],
      generalRate: { percent: "0.05", per: "day" },
    });
    // Interpretation of 2014, arts 1 and 4: 10,000 x 0.000175 x 100 = 175; 10,000 x 0.0005 x 100 = 500, paid first; 8,500 to the debt.
    expect(objects()[0]).toMatchObject({
      doubled: "175.00",
      general: "500.00",
      left: { debt: "1500.00", general: "0.00", doubled: "175.00" },
      unapplied: "0.00",
      percentPerDay: "0.0175",
      dayCount: { is: "exclusive-start", cite: { verification: "unverified" } },
      cite: { law: "cn/delay-interest-interpretation", at: "art. 1", verification: "verified" },
      steps: [
        {
          part: "8500.00",
          from: "2026-01-01",
          until: "2026-04-11",
          days: 100,
          doubled: "148.75",
          paid: true,
        },
        { part: "1500.00", days: 100, doubled: "26.25", general: "75.00", paid: false },
      ],
    });
    expect(code).toBe(0);
  });

  test("limitation: both ends, the state, and each step with its proof and its words", async () => {
    const asked = { pack: "cn", dueOn: ["2026-04-20", "2026-05-20"], asOf: "2027-02-01" };
    const { code, objects } = await calc(
      "limitation",
      asked,
      { ...asked, dueOn: "2026-05-20", events: [{ on: "2027-01-10", kind: "message", proof: "delivered" }] },
      { ...asked, guarantee: { principalDueOn: "2026-05-20" } },
    );
    // Civil Code arts 189, 201 to 203: three years end on Sunday 2029-05-20; the days off of 2029 are not published.
    const [plain, restarted, guaranteed] = objects();
    expect(plain).toMatchObject({
      expiresOn: "2029-05-21",
      worstOn: "2029-05-20",
      state: "running",
      worstState: "running",
      of: "claim",
      startsOn: "2026-05-20",
      because: [
        { on: "2026-05-20", what: "due", effect: "starts", cite: { law: "cn/civil-code", at: "art. 189" } },
        { on: "2029-05-20", effect: "calendar-unknown", cite: { at: "art. 203(1)" } },
      ],
    });
    expect(restarted).toMatchObject({
      expiresOn: "2030-01-10",
      worstOn: "2030-01-10",
      because: [
        { what: "due", cite: { at: "art. 188(2)" } },
        {
          on: "2027-01-10",
          what: "message",
          proof: "delivered",
          effect: "restarts",
          counts: "worst",
          endsOn: "2030-01-10",
          cite: {
            law: "cn/limitation-interpretation",
            at: "art. 8(1)(2)",
            force: "judicial interpretation",
            verification: "verified",
          },
        },
        { what: "end" },
      ],
    });
    expect(guaranteed).toMatchObject({ guarantee: { endsOn: "2026-11-20", worstOn: "2026-11-20" } });
    expect(code).toBe(0);
  });

  test("apr: the price as a yearly rate, with what it was counted in", async () => {
    const { code, objects } = await calc(
      "apr",
      {
        method: "us-actuarial",
        advances: [{ amount: "1000", on: "1978-01-03" }],
        payments: [{ amount: "1080", on: "1978-09-15" }],
      },
      { method: "us-actuarial", advances: [{ amount: "1000", years: "0" }], payments: [] },
    );
    // Regulation Z, Appendix J (c)(5)(i): 0.08 x 365 / 255 = 11.45 %.
    expect(objects()[0]).toEqual({
      apr: "11.450980",
      method: "us-actuarial",
      advanced: "1000.00",
      paid: "1080.00",
      cost: "80.00",
      unitPeriod: { days: 255 },
      unitPeriodsPerYear: "73/51",
    });
    expect(objects()[1]).toMatchObject({ error: { code: "no-payments", at: "payments" } });
    expect(code).toBe(1);
  });

  test("a line that cannot be computed gives its error, and the next one is computed", async () => {
    const { code, objects } = await calc(
      "schedule",
      "no JSON",
      "",
      { ...TERMS, metod: "bullet" },
      { ...TERMS, method: "balloon" },
      { ...TERMS, principal: 10000 },
      TERMS,
    );
    expect(objects().map((line) => (line.error as { code: string; at: string } | undefined)?.code)).toEqual([
      "not-json",
      "unknown-key",
      "unknown-value",
      "not-an-amount",
      undefined,
    ]);
    expect(objects()[1]).toMatchObject({
      error: { at: "metod", says: '"metod" is not known here; did you mean "method"?' },
    });
    expect(code).toBe(1);
  });
});

describe("calc gate, of a short request", () => {
  const asked = (pack: string, at: string, facts: object, step = {}) =>
    calcGate({ pack, step: { kind: "call", at, ...step }, facts }) as {
      verdict: string;
      because: { rule: string; outcome: string }[];
    };
  const us = { zone: "America/New_York", contacts: [], holds: [] };
  const cn = { zone: "Asia/Shanghai", contacts: [], holds: [] };
  const DAY = { us: "2026-04-07T10:00:00-04:00", cn: "2026-03-31T10:00:00+08:00" };
  const rulesOf = (answer: ReturnType<typeof asked>) => answer.because.map(({ rule }) => rule);

  test("where he is, the contacts and the holds are enough", () => {
    expect(asked("us", DAY.us, us).verdict).toBe("allow");
    expect(asked("cn", DAY.cn, cn).verdict).toBe("allow");
  });

  test("an agency acts in the United States and a lender in China, unless it says who", () => {
    expect(rulesOf(asked("us", DAY.us, us))).toContain("us/call-cap");
    expect(rulesOf(asked("us", DAY.us, us, { actor: { role: "lender" } }))).not.toContain("us/call-cap");
    expect(rulesOf(asked("cn", DAY.cn, cn))).not.toContain("cn/outsourcing-notice");
    expect(asked("cn", DAY.cn, cn, { actor: { role: "agency" } }).verdict).toBe("forbid");
  });

  test.each(["zone", "contacts", "holds"] as const)("without %s a person is asked", (name) => {
    for (const [pack, facts] of [
      ["us", us],
      ["cn", cn],
    ] as const) {
      const { [name]: _, ...rest } = facts;
      expect(asked(pack, DAY[pack], rest).verdict).toBe("ask-person");
    }
  });

  test("no list of notices and of consents is none, and what needs one is refused", () => {
    const { verdict, because } = asked("cn", DAY.cn, cn, { kind: "bureau" });
    expect(verdict).toBe("forbid");
    const refused = because.filter(({ outcome }) => outcome === "forbid").map(({ rule }) => rule);
    expect(refused).toEqual(expect.arrayContaining(["cn/bureau-notice", "cn/bureau-consent"]));
  });
});

describe("the terms that calc takes", () => {
  const refusalOf = (more: object) => calcSchedule({ ...TERMS, ...more });
  const rows = (more: object) =>
    (calcSchedule({ ...TERMS, ...more }) as { installments: { principal: string; interest: string }[] })
      .installments;

  test("graces: interest alone, interest later, no interest", () => {
    // 155.00 and 140.00 run first; the third period has 31 days x 5.00.
    const graces = { installments: 4, graceOnPrincipal: 2, graceOnInterest: 2 };
    expect(rows(graces).map(({ principal, interest }) => `${principal} + ${interest}`)).toEqual([
      "0.00 + 0.00",
      "0.00 + 0.00",
      "5000.00 + 450.00",
      "5000.00 + 75.00",
    ]);
    expect(rows({ interestFree: 1 })[0]!.interest).toBe("0.00");
    expect(rows({ graceOnPrincipal: 0 })[0]!.interest).toBe("155.00");
  });

  test("a position shows the graces of its loan", () => {
    const answer = calcPosition({ loan: { ...TERMS, graceOnPrincipal: 2 }, asOf: ["2026-02-05"] });
    expect(answer).toMatchObject({ positions: [{ arrears: { principal: "0.00", interest: "155.00" } }] });
  });

  test.each([
    [{ graceOnPrincipal: 10 }, "not-in-range", "graceOnPrincipal"],
    [{ graceOnInterest: -1 }, "not-in-range", "graceOnInterest"],
    [{ interestFree: "1" }, "not-in-range", "interestFree"],
    [{ installments: 601 }, "not-in-range", "installments"],
    [{ installments: 600, every: { months: 12 } }, "not-in-range", "installments"],
    [{ rounding: { installmentMultiple: "0.00" } }, "not-an-amount", "rounding.installmentMultiple"],
    [{ rounding: { installmentMultiple: "0.001" } }, "not-an-amount", "rounding.installmentMultiple"],
    [{ rounding: { unit: 5 } }, "not-an-amount", "rounding.unit"],
    [{ rounding: { installmentMode: "ceiling" } }, "unknown-value", "rounding.installmentMode"],
    [{ rounding: { residual: "both" } }, "unknown-value", "rounding.residual"],
    [{ principal: "90071992547409.92" }, "not-an-amount", "principal"],
    [{ principal: "90071992547409.91" }, "impossible", ""],
    [{ rounding: { installmentMultiple: "100000.00" } }, "impossible", ""],
    [{ firstDueOn: "2026-02-29" }, "not-a-day", "firstDueOn"],
    [{ rate: { percent: "-1", per: "year" } }, "not-a-rate", "rate.percent"],
    [{ rate: { percent: 5, per: "year" } }, "not-a-rate", "rate.percent"],
  ])("%o is refused", (more, code, at) => {
    expect(refusalOf(more)).toMatchObject({ error: { code, at } });
  });

  test("36,500 % a year, one cent and 600 installments are computed", () => {
    const extreme = { principal: "0.01", installments: 600, rate: { percent: "36500", per: "year" } };
    expect(calcSchedule({ ...TERMS, ...extreme })).toMatchObject({ totals: { principal: "0.01" } });
  });
});

describe("the pure parts", () => {
  test("the calculations are functions too", () => {
    expect(calcSchedule(TERMS)).toHaveProperty("totals");
    expect(calcPosition({ loan: TERMS, asOf: [] })).toEqual({ positions: [] });
    expect(calcSchedule("text")).toMatchObject({ error: { code: "not-an-object" } });
  });

  test.each<[string, object, string, string]>([
    ["a kind of fee that is not known", { kind: "cases" }, "unknown-value", "kind"],
    ["a place without a pack", { pack: "xx" }, "unknown-value", "pack"],
    ["no amount", { amount: "0" }, "not-an-amount", "amount"],
    ["no day", { on: undefined }, "not-a-day", "on"],
    ["a day before the measures", { on: "2007-03-31" }, "no-text-read", "on"],
    ["a key too many", { amout: "1" }, "unknown-key", "amout"],
  ])("court-fee with %s is answered with an error", (_, change, code, at) => {
    const asked = { pack: "cn", amount: "1.00", kind: "case", on: "2026-11-25", ...change };
    expect(calcCourtFee(asked)).toMatchObject({ error: { code, at } });
  });

  test.each([
    [calcCourtFee, { amount: "1.00", kind: "case", on: "2026-11-25" }, "court fees"],
    [calcDelayInterest, { debt: "1.00", from: "2026-01-01", to: "2026-02-01" }, "interest for delayed"],
  ])("a pack without a law on it says so, and speaks of no day: %#", (calc, asked, what) => {
    const says = expect.stringContaining(`the pack us has no ${what}`);
    expect(calc({ pack: "us", ...asked })).toMatchObject({
      error: { code: "no-text-read", at: "pack", says },
    });
  });

  test.each<[string, object, string, string]>([
    ["days in the wrong order", { to: "2025-12-31" }, "order-of-days", "to"],
    [
      "a payment after the last day",
      { payments: [{ on: "2026-02-02", amount: "1.00" }] },
      "order-of-days",
      "payments[0].on",
    ],
    ["a delay from before the interpretation", { from: "2014-07-30" }, "no-text-read", "from"],
    [
      "a rate that is none",
      { generalRate: { percent: "x", per: "day" } },
      "not-a-rate",
      "generalRate.percent",
    ],
  ])("delay-interest with %s is answered with an error", (_, change, code, at) => {
    const asked = { pack: "cn", debt: "1.00", from: "2026-01-01", to: "2026-02-01", ...change };
    expect(calcDelayInterest(asked)).toMatchObject({ error: { code, at } });
  });

  test.each<[object, string, string, string]>([
    [{ dueon: "2026-05-20" }, "unknown-key", "dueon", 'did you mean "dueOn"?'],
    [{ dueOn: [] }, "no-due-day", "dueOn", "at least one day"],
    [{ dueOn: "2017-09-30" }, "no-text-read", "dueOn", "2017-10-01"],
    [{ asOf: "2020-12-31" }, "no-text-read", "asOf", "2021-01-01"],
    [{ pack: "us" }, "no-text-read", "pack", "has no limitation"],
    [{ events: [{ on: "2027-01-10", kind: "mesage" }] }, "unknown-value", "events[0].kind", '"message"'],
    [
      { events: [{ on: "2027-01-10", kind: "message", proof: "deliverd" }] },
      "unknown-value",
      "events[0].proof",
      '"delivered"',
    ],
    [
      { events: [{ on: "2027-01-10", kind: "suit", proof: "filed", endedOn: "2027-01-09" }] },
      "order-of-days",
      "events[0].endedOn",
      "2027-01-10",
    ],
    [
      { events: [{ on: "2027-01-10", kind: "letter", endedOn: "2027-01-11" }] },
      "unknown-key",
      "events[0].endedOn",
      "known are",
    ],
  ])("limitation refuses %j", (change, code, at, says) => {
    const asked = { pack: "cn", dueOn: "2026-05-20", asOf: "2027-02-01", ...change };
    expect(calcLimitation(asked)).toMatchObject({
      error: { code, at, says: expect.stringContaining(says) },
    });
  });

  test.each([
    [{ advances: [{ amount: "1", at: "0" }] }, "unknown-key", "advances[0].at"],
    [{ advances: [{ amount: "-1", years: "0" }] }, "not-an-amount", "advances[0].amount"],
    [{ advances: [{ amount: "1" }] }, "mixed-times", "advances[0]"],
    [{ advances: [{ amount: "1", on: "2026-01-01" }] }, "mixed-times", "payments[0]"],
    [{ advances: [{ amount: "1", years: 0 }] }, "not-a-number", "advances[0].years"],
    [{ unitPeriod: { month: 1 } }, "unknown-key", "unitPeriod.month"],
    [{ unitPeriod: { months: 1, weeks: 1 } }, "one-unit", "unitPeriod"],
    [{ unitPeriod: { months: 13 } }, "not-in-range", "unitPeriod.months"],
    [{ method: "irr" }, "unknown-value", "method"],
    [{ advances: [] }, "no-advances", "advances"],
  ])("apr refuses %o", (change, code, at) => {
    const request = {
      method: "us-actuarial",
      advances: [{ amount: "1", years: "0" }],
      payments: [{ amount: "1", years: "1" }],
    };
    expect(calcApr({ ...request, ...change })).toMatchObject({ error: { code, at } });
  });

  test("a table counts Chinese characters as two columns", () => {
    expect([width("逾期"), width("dpd"), width("，")]).toEqual([4, 3, 2]);
    expect(table(["账龄段", "n"], [["M1", "12"]], ["left", "right"])).toBe(
      "账龄段   n\n──────  ──\nM1      12",
    );
  });
});
