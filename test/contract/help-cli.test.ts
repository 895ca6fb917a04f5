import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { day } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { bookStore, closeStore, openBook } from "../../src/store/index.ts";
import { furnish, loanRecord, shelves } from "../support/book.ts";
import { type Desk, desk } from "../support/cli.ts";
import { at as instant, pack } from "../support/letters.ts";

/** Somebody at a terminal who hears complaints and requests for help. */
let clerk: Desk;
beforeAll(async () => {
  clerk = await desk("help-cli");
  const db = await openBook(clerk.url, () => undefined);
  await furnish(db);
  const shelf = shelves(pack, () => instant("2026-02-10"));
  await bookStore(db, shelf).loans("test-lender", [
    loanRecord({ id: "L1", borrower: "B1", disbursedOn: "2026-01-05" }, 2),
    loanRecord({ id: "L2", borrower: "B2", disbursedOn: "2026-01-05" }, 3),
  ]);
  await runClose(closeStore(db, shelf), "test-lender", day("2026-02-09"));
  await db.close();
}, 60_000);
afterAll(() => clerk.clear());

const run = (line: string) => clerk.type(line);
const json = (line: string) => clerk.told(line);
const at = (on: string) => `--at ${on}T10:00:00+08:00`;

test("a complaint at the terminal: tried first, opened, listed by its days, answered in both languages", async () => {
  const open = `complaint open L1 --kind conduct --words "called at 23:10" --by mei ${at("2026-02-10")}`;
  expect((await json(`${open} --dry-run`))[0]).toMatchObject({ became: "would-record", dryRun: true });
  expect(await json(`complaint list ${at("2026-02-10")}`)).toEqual([]);
  const [opened] = await json(open);
  // 15 days from 10 February are the 25th.
  expect(opened).toMatchObject({
    state: "acknowledged",
    answerBy: "2026-02-25",
    daysLeft: 15,
    holds: "complaint",
  });
  const ref = String(opened!.reference);
  expect(await json(`complaint deadlines --within 10 ${at("2026-02-10")}`)).toEqual([]);
  expect(await json(`complaint deadlines --within 10 ${at("2026-02-20")}`)).toMatchObject([
    { reference: ref, daysLeft: 5 },
  ]);
  const bare = await run(`complaint event ${ref} answered --outcome upheld --reason why ${at("2026-02-11")}`);
  expect([bare.code, bare.err]).toEqual([2, expect.stringContaining("--reason-zh")]);
  const [answered] = await json(
    `complaint event ${ref} answered --outcome upheld --reason "it was too late" --reason-zh 时间过晚 --correct "L1 stop" ${at("2026-02-11")}`,
  );
  expect(answered).toMatchObject({
    state: "upheld",
    holds: null,
    pending: [{ loan: "L1", what: "stop" }],
    waiting: [],
  });
  const shown = await run(`complaint show ${ref} --lang zh ${at("2026-02-11")}`);
  expect(shown.out).toContain("时间过晚");
});

test("what an outcome corrects in the ledger waits for a second person with a name, and is booked once", async () => {
  const lateInterest = async () => {
    const [loan] = await json("show L1 --as-of 2026-02-11");
    return (loan!.arrears as { lateInterest: string }).lateInterest;
  };
  const upheld = async (sum: string, by: string) => {
    const [opened] = await json(`complaint open L1 --kind sum-wrong --words "too much" ${at("2026-02-11")}`);
    const ref = String(opened!.reference);
    const reasons = '--reason "not late" --reason-zh 未逾期';
    const corrects = `--correct "L1 waiver ${sum} late-interest"`;
    return {
      ref,
      event: `complaint event ${ref} answered --outcome upheld ${reasons} ${corrects} ${by} ${at("2026-02-11")}`,
    };
  };
  // Six days on 200.00 at 0.075 %.
  expect(await lateInterest()).toBe("0.90");
  const nobody = await run((await upheld("0.50", "")).event);
  expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining("--by")]);
  const tooMuch = await run((await upheld("0.91", "--by mei")).event);
  expect([tooMuch.code, tooMuch.err]).toEqual([1, expect.stringContaining("0.90")]);
  const { ref, event } = await upheld("0.50", "--by mei");
  const [answered] = await json(event);
  const entry = `${ref}/correction-1`;
  expect(answered).toMatchObject({
    pending: [{ loan: "L1", what: "waiver", amount: "0.50" }],
    waiting: [{ loan: "L1", what: "waiver", amount: "0.50", of: "late-interest", entry, proposedBy: "mei" }],
  });
  expect(await lateInterest()).toBe("0.90");
  const shown = await run(`complaint show ${ref} --lang zh ${at("2026-02-12")}`);
  expect(shown.out).toContain("待第二人复核：L1 waiver 0.50 late-interest（mei 提交");
  const approve = (by: string) => `complaint approve ${ref} --by ${by} ${at("2026-02-12")}`;
  const alone = await run(approve("mei"));
  expect([alone.code, alone.err]).toEqual([1, expect.stringContaining("same-person: mei proposed it")]);
  expect(await json(`${approve("sun")} --dry-run`)).toMatchObject([{ entry, became: "would-record" }]);
  expect(await lateInterest()).toBe("0.90");
  expect(await json(approve("sun"))).toMatchObject([{ entry, became: "recorded" }]);
  expect(await lateInterest()).toBe("0.40");
  expect((await json(`complaint show ${ref} ${at("2026-02-12")}`))[0]).toMatchObject({
    pending: [],
    waiting: [],
  });
  const again = await run(approve("sun"));
  expect([again.code, again.err]).toEqual([1, expect.stringContaining("nothing-waits")]);

  const other = await upheld("0.10", "--by mei");
  await json(other.event);
  const back = `complaint return ${other.ref} --by sun ${at("2026-02-12")}`;
  expect((await run(back)).code).toBe(2);
  expect(await json(`${back} --reason "he was late"`)).toMatchObject([{ became: "refused" }]);
  expect(await lateInterest()).toBe("0.40");
  // What was sent back is not proposed again; what waited for a week and a second too long is.
  const propose = (ref: string, on: string) => json(`complaint propose ${ref} --by mei ${at(on)}`);
  expect((await propose(other.ref, "2026-02-12"))[0]).toMatchObject({
    pending: [{ loan: "L1", what: "waiver", amount: "0.10" }],
    waiting: [],
  });
  const late = await upheld("0.20", "--by mei");
  await json(late.event);
  const over = await run(`complaint approve ${late.ref} --by sun ${at("2026-02-18")}`);
  expect([over.code, over.err]).toEqual([1, expect.stringContaining("nothing-waits")]);
  expect((await propose(late.ref, "2026-02-18"))[0]).toMatchObject({ waiting: [{ amount: "0.20" }] });
  expect((await propose(late.ref, "2026-02-18"))[0]!.waiting).toHaveLength(1);
  expect(await json(`complaint approve ${late.ref} --by sun ${at("2026-02-19")}`)).toMatchObject([
    { became: "recorded" },
  ]);
});

test("a register of somebody else comes in once; what cannot be read is told by line", async () => {
  writeFileSync(
    join(clerk.folder, "register.csv"),
    "id,loan,kind,received,words\nR1,L1,privacy,2026-02-09,told my boss\nR2,L1,thunder,2026-02-09,x\nR3,L9,conduct,2026-02-09,x\n",
  );
  const first = await run(`complaint import register.csv ${at("2026-02-12")} --json`);
  expect(first.code).toBe(1);
  expect(first.objects().map(({ line, became, code }) => [line, became, code])).toEqual([
    [2, "recorded", undefined],
    [3, "refused", "unknown-kind"],
    [4, "refused", "unknown-loan"],
    [undefined, undefined, undefined],
  ]);
  const again = await run(`complaint import register.csv ${at("2026-02-12")} --json`);
  expect(again.objects()[0]).toMatchObject({ became: "known" });
});

test("help at the terminal: checked, offered, the agreement read, accepted by its hash, listed as a plan", async () => {
  const [asked] = await json(
    `hardship request L2 --reasons illness,job-loss --words "in hospital" --income 4000 --living 3500 ${at("2026-02-10")}`,
  );
  expect(asked).toMatchObject({
    state: "requested",
    restsUntil: "2026-03-12",
    household: { surplus: "500.00" },
  });
  const ref = String(asked!.reference);
  const twice = await run(`hardship request L2 --reasons illness --words again ${at("2026-02-10")}`);
  expect([twice.code, twice.err]).toEqual([1, expect.stringContaining("already-asked")]);
  const [ways] = await json(`hardship check ${ref} ${at("2026-02-10")}`);
  expect(ways).toMatchObject({ surplus: "500.00" });
  const [offered] = await json(
    `hardship offer ${ref} --way plan --reason affordable --by anna ${at("2026-02-10")}`,
  );
  expect(offered).toMatchObject({ state: "offered", offer: { validUntil: "2026-02-24" } });
  const [agreement] = await json(`hardship agreement ${ref} --language en ${at("2026-02-11")}`);
  const [accepted] = await json(
    `hardship accept ${ref} --language en --sha256 ${agreement!.sha256} --how paper ${at("2026-02-11")}`,
  );
  expect(accepted).toMatchObject({ state: "running", accepted: { how: "paper" }, plan: "beginning" });
  expect(await json(`plan list ${at("2026-02-11")}`)).toMatchObject([
    { reference: ref, loan: "L2", plan: "beginning" },
  ]);
  const shown = await run(`plan list --lang zh ${at("2026-02-11")}`);
  expect(shown.out).toContain("履行情况");
});

test("a refusal without its reason in Chinese is a wrong use", async () => {
  const [asked] = await json(`hardship request L1 --reasons other --words "no money" ${at("2026-02-12")}`);
  const ref = String(asked!.reference);
  const bare = await run(`hardship refuse ${ref} --reason no ${at("2026-02-12")}`);
  expect(bare.code).toBe(2);
  const [refused] = await json(
    `hardship refuse ${ref} --reason "no income" --reason-zh 没有收入 ${at("2026-02-12")}`,
  );
  expect(refused).toMatchObject({ state: "refused", refused: { zh: "没有收入" } });
});
