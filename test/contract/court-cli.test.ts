import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookStore, openBook } from "../../src/store/index.ts";
import { furnish, loanRecord, shelves } from "../support/book.ts";
import { type Desk, desk } from "../support/cli.ts";

/** A clerk at a terminal, over one book: from the opening to a file of the law firm. */
let clerk: Desk;
beforeAll(async () => {
  clerk = await desk("court-cli");
  const db = await openBook(clerk.url, () => undefined);
  await furnish(db);
  await bookStore(db, shelves()).loans("test-lender", [
    {
      ...loanRecord({ id: "L1", borrower: "B1", disbursedOn: "2025-12-10", installments: 3 }, 2),
      borrower: { name: "王小五" },
    },
    loanRecord({ id: "L2", borrower: "B2", disbursedOn: "2025-12-10", installments: 3 }, 3),
  ]);
  await db.close();
}, 60_000);
afterAll(() => clerk.clear());

const run = (line: string) => clerk.type(line);
const json = (line: string) => clerk.told(line);
const at = (on: string) => `--at ${on}T10:00:00+08:00`;
const ID = "S-L1-20260401";

test("a suit from its opening to its hearing, at the terminal", async () => {
  const [tried] = await json(
    `court open L1 --kind suit --court 上海市浦东新区人民法院 ${at("2026-04-01")} --dry-run`,
  );
  expect(tried).toMatchObject({ id: ID, state: "prepared", dryRun: true, became: "recorded" });
  expect(await json(`court list ${at("2026-04-01")}`)).toEqual([]);
  await json(`court open L1 --kind suit --court 上海市浦东新区人民法院 ${at("2026-04-01")}`);
  const [filed] = await json(`court event ${ID} filed --on 2026-04-02 ${at("2026-04-02")}`);
  expect(filed).toMatchObject({
    state: "filed",
    days: [
      {
        what: "court-accepts",
        by: "court",
        lastOn: "2026-04-09",
        certain: true,
        cite: { law: "cn/civil-procedure-law", at: "art. 126" },
      },
    ],
  });
  const wrong = await run(
    `court event ${ID} accepted --on 2026-04-08 --case-number 1234 --procedure summary ${at("2026-04-08")}`,
  );
  expect([wrong.code, wrong.err]).toEqual([
    1,
    expect.stringContaining("proceeding-no-case-number: the case number does not have the form"),
  ]);
  await json(
    `court event ${ID} accepted --on 2026-04-08 --case-number （2026）沪0115民初1234号 --procedure summary ${at("2026-04-08")}`,
  );
  await json(`court event ${ID} served --on 2026-04-10 --paper complaint --to debtor ${at("2026-04-10")}`);
  await json(
    `court event ${ID} hearing-set --on 2026-04-14 --hearing 2026-04-28 --time 09:30 --place 第三法庭 ${at("2026-04-14")}`,
  );

  const zh = await run(`court show （2026）沪0115民初1234号 ${at("2026-04-14")} --lang zh`);
  expect(zh.out).toContain("2026-04-28  开庭（我方办理；还有 14 天）".replace("（", " (").replace("）", ")"));
  expect(zh.out).toContain("程序 S-L1-20260401：2026-04-10 送达起诉状副本：债务人，直接或邮寄送达");
  const near = await json(`court deadlines --within 14 ${at("2026-04-14")}`);
  expect(near.map(({ lastOn, what, proceeding }) => [lastOn, what, proceeding])).toEqual([
    ["2026-04-27", "answer", ID],
    ["2026-04-27", "object-to-court", ID],
    ["2026-04-28", "hearing", ID],
  ]);
  expect((await json(`court list --stage hearing ${at("2026-04-14")}`)).map(({ id }) => id)).toEqual([ID]);
  expect(await json(`court list --stage ended ${at("2026-04-14")}`)).toEqual([]);
  await json(`court calendar --out court.ics ${at("2026-04-14")}`);
  expect(readFileSync(join(clerk.folder, "court.ics"), "utf8")).toContain("LOCATION:第三法庭\r\n");

  const why = await run(`explain L1 ${at("2026-04-14")}`);
  expect(why.out).toContain(
    "proceeding S-L1-20260401: complaint served on 2026-04-10: on the debtor on paper",
  );
});

test("a mistyped event, option or word is told with the nearest one", async () => {
  const event = await run(`court event ${ID} heared --on 2026-04-28 ${at("2026-04-28")}`);
  expect([event.code, event.err]).toEqual([2, expect.stringContaining(`arrears court event ${ID} heard`)]);
  const column = await run(`court event ${ID} heard --on 2026-04-28 --amount 5.00 ${at("2026-04-28")}`);
  expect([column.code, column.err]).toEqual([
    1,
    expect.stringContaining("unknown-column: heard takes no amount"),
  ]);
  const kind = await run(`court open L2 --kind suite --court X ${at("2026-04-28")}`);
  expect([kind.code, kind.err]).toEqual([2, expect.stringContaining("--kind suit")]);
});

test("a message is held beside the proceeding that it names, and is never called genuine", async () => {
  const said = (hearing: string) =>
    `"【上海市浦东新区人民法院】王小五，（2026）沪0115民初1234号一案定于${hearing}9时30分在第三法庭开庭，请准时到庭。电话021-38791234"`;
  const read = async (text: string) => {
    const ran = await run(
      `court read-sms --text ${text} --received 2026-04-15 --known ${at("2026-04-15")} --json`,
    );
    return ran.objects()[0]!;
  };
  const right = await read(said("2026年4月28日"));
  expect(right).toMatchObject({ reading: "has-the-usual-parts", genuine: "never-told-by-text" });
  expect(
    (right.matches as { part: string; agrees: boolean }[]).map(({ part, agrees }) => `${part} ${agrees}`),
  ).toEqual(["case-number true", "court true", "hearing true", "party true"]);
  // The days are those of the proceeding, counted from what is recorded: fifteen from the service on 10 April, not from the message.
  const [meant] = right.proceedings as { id: string; days: { what: string; lastOn: string }[] }[];
  expect([meant!.id, meant!.days.find(({ what }) => what === "answer")?.lastOn]).toEqual([ID, "2026-04-27"]);

  const other = await read(said("2026年4月30日"));
  expect(
    (other.matches as { part: string; agrees: boolean }[]).find(({ part }) => part === "hearing")?.agrees,
  ).toBe(false);
  const scam = await read(
    '"【上海市浦东新区人民法院】王小五，（2026）沪0115民初1234号一案将强制执行，请立即转账至安全账户，点击 http://bad.example.top/pay 处理"',
  );
  expect(scam).toMatchObject({ reading: "signs-of-a-scam", genuine: "never-told-by-text" });
  expect((scam.proceedings as unknown[]).length).toBe(1);
  const stranger = await read(
    '"【杭州市西湖区人民法院】张三，您有（2026）浙0106民初1号案件文书送达。电话0571-12345678"',
  );
  expect(stranger.proceedings).toEqual([]);
});

test("a file of the law firm is tried first, takes what is right, says why not of each other row, and twice changes nothing", async () => {
  await json(
    `court open L2 --kind payment-order --court 上海市浦东新区人民法院 --id PO-7 ${at("2026-04-01")}`,
  );
  writeFileSync(
    join(clerk.folder, "firm.csv"),
    [
      "proceeding,event,on,amount,case_number,principal,interest,paper,to,ground",
      `${ID},heard,2026-04-28,,,,,,,`,
      "PO-7,filed,2026-04-02,,,,,,,",
      "PO-7,accepted,2026-04-07,,（2026）沪0115民督12号,,,,,",
      "PO-7,issued,2026-04-10,,,1000.00,60.00,,,",
      "PO-7,served,2026-04-14,,,,,payment-order,debtor,",
      "PO-7,objected,2026-04-20,,,,,,,inability",
      "PO-8,filed,2026-04-02,,,,,,,",
      "PO-7,issued,2026-04-10,,,1e3,,,,",
      "PO-7,filed,2026-13-02,,,,,,,",
      ",filed,2026-04-02,,,,,,,",
    ].join("\n"),
  );
  const tried = await run(`court import firm.csv --dry-run ${at("2026-04-29")} --json`);
  expect([tried.code, tried.objects().at(-1)]).toEqual([1, expect.objectContaining({ dryRun: true })]);
  expect((await json(`court show PO-7 ${at("2026-04-29")}`))[0]).toMatchObject({ state: "prepared" });

  const first = await run(`court import firm.csv ${at("2026-04-29")} --json`);
  expect(first.code).toBe(1);
  expect(first.objects().at(-1)).toMatchObject({ rows: 10, added: 6, same: 0, bad: 4 });
  expect(
    first
      .objects()
      .filter(({ became }) => became === "refused")
      .map(({ line, code }) => [line, code]),
  ).toEqual([
    [8, "no-such-proceeding"],
    [9, "not-money"],
    [10, "not-a-day"],
  ]);
  const again = await run(`court import firm.csv ${at("2026-04-30")} --json`);
  expect(again.objects().at(-1)).toMatchObject({ added: 0, same: 6, bad: 4 });
  expect((await json(`court show （2026）沪0115民督12号 ${at("2026-04-30")}`))[0]).toMatchObject({
    id: "PO-7",
    state: "served",
    days: [{ what: "object-to-order", by: "debtor", lastOn: "2026-04-29", daysLeft: -1 }],
  });
  writeFileSync(join(clerk.folder, "strange.csv"), "proceeding,event,on,sums\nPO-7,filed,2026-04-02,5\n");
  const strange = await run(`court import strange.csv ${at("2026-04-30")}`);
  expect([strange.code, strange.err]).toEqual([1, expect.stringContaining('did you mean "sum"?')]);
});
