import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { branchMap, LATE } from "../../test/support/branch-map.ts";
import { type Desk, desk, type Ran } from "../../test/support/cli.ts";

const MAP = branchMap([LATE, "strategy: micro-standard"]);

/** What a person types from the judgment to a round that is ended. */
let place: Desk;
beforeAll(async () => {
  place = await desk("enforce");
  writeFileSync(join(place.folder, "loans.map.yaml"), MAP);
  writeFileSync(
    join(place.folder, "loans.csv"),
    "loan,person,amount,rate,paid_out,n\nL1,B1,1000.00,0.05,2025-12-10,5\n",
  );
  await done("import loans loans.csv --map loans.map.yaml");
}, 60_000);
afterAll(() => place.clear());

const run = (line: string): Promise<Ran> =>
  place.run(...line.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', "")));
async function done(line: string): Promise<Record<string, unknown>[]> {
  const ran = await run(`${line} --json`);
  if (ran.code !== 0) throw new Error(`${line}\n${ran.out}${ran.err}`);
  return ran.objects();
}
/** The refusal of a command that is declined. */
async function refused(line: string): Promise<unknown> {
  const ran = await run(`${line} --json`);
  expect(ran.code).toBe(1);
  return ran.objects()[0]?.refused;
}
const at = (on: string): string => `--at ${on}T10:00:00+08:00 --by anna`;
const APPLY = `enforce apply L1 --court "某某区人民法院" --judgment "(2026)沪0115民初1234号" --id E1`;

test("an application needs a judgment, is tried first, and is made once", async () => {
  expect(await refused(`${APPLY} ${at("2026-03-20")}`)).toBe("no-judgment");
  await done("record judgment L1 --id J1 --on 2026-03-02 --principal 1000.00 --perform-by 2026-03-16");
  const [tried] = await done(`${APPLY} ${at("2026-03-20")} --dry-run`);
  expect(tried).toMatchObject({ enforcement: "E1", done: true, dryRun: true, state: "applied", remarks: [] });
  expect(await done("enforce list")).toEqual([]);
  await done(`${APPLY} ${at("2026-03-20")}`);
  expect(await done(`${APPLY} ${at("2026-03-20")}`)).toMatchObject([{ done: true, known: true }]);
  const [shown] = await done(`enforce show L1 --as-of 2026-03-20 ${at("2026-03-20")}`);
  // 1,000.00 x 0.000175 x 4 days = 0.70.
  expect(shown).toMatchObject({
    enforcement: "E1",
    loan: "L1",
    applyBy: "2028-03-16",
    late: false,
    owed: {
      judgment: "1000.00",
      doubled: "0.70",
      total: "1000.70",
      dayCount: { cite: { verification: "unverified" } },
    },
    dates: [
      { what: "enforcement-accept", by: "court", lastOn: "2026-03-27", certain: true },
      { what: "enforcement-notice", by: "court", lastOn: "2026-03-30" },
    ],
  });
});

test("a law firm's file is taken row by row, once, and what is wrong of it is told with its line", async () => {
  writeFileSync(
    join(place.folder, "events.csv"),
    [
      "enforcement,id,kind,dated,number,perform_by,parts,note",
      'E1,a,accepted,2026-03-23,"(2026)沪0115执567号",,,',
      "E1,b,noticed,2026-03-25,,2026-04-03,,",
      "E1,c,settle,2026-03-30,,,,",
      "E9,d,accepted,2026-03-30,n,,,",
      "E1,e,settled,2026-03-30,,,2026-04-20 500.00; 2026-05-20 500.00,",
      "",
    ].join("\n"),
  );
  const take = async (more = "") => {
    const ran = await run(`enforce import events.csv ${at("2026-04-01")} ${more} --json`);
    return ran.objects().map(({ line, refused: code, added, same }) => [line, code, added, same]);
  };
  const bad = [
    [5, "unknown-enforcement", undefined, undefined],
    [4, "unknown-value", undefined, undefined],
  ];
  expect(await take("--dry-run")).toEqual([...bad, [undefined, 2, 3, 0]]);
  expect(await take()).toEqual([...bad, [undefined, 2, 3, 0]]);
  expect(await take()).toEqual([...bad, [undefined, 2, 0, 3]]);
  const unknown = await run(`enforce event E1 acepted ${at("2026-04-01")}`);
  expect([unknown.code, unknown.err]).toEqual([
    2,
    expect.stringContaining("arrears enforce event E1 accepted"),
  ]);
});

test("a settlement that is kept is not resumed; broken, it is, and money is booked once and undone in order", async () => {
  expect(await refused(`enforce event E1 broken --next resume ${at("2026-04-20")}`)).toBe(
    "enforcement-no-missed",
  );
  await done(`enforce event E1 broken --next resume ${at("2026-04-21")}`);
  await done(`enforce event E1 resumed --why settlement-broken ${at("2026-04-28")}`);
  await done(`enforce event E1 recovered --id R1 --amount 300.00 --how deducted ${at("2026-05-06")}`);
  const [shown] = await done(`enforce show E1 --as-of 2026-05-06 ${at("2026-05-06")}`);
  // 300.00 x 0.000175 x 51 = 2.6775; 700.00 x 0.000175 x 51 = 6.2475.
  expect(shown).toMatchObject({
    state: "noticed",
    owed: {
      debt: "700.00",
      doubled: "8.93",
      steps: [{ part: "300.00", days: 51, how: "deducted" }, { part: "700.00" }],
    },
  });
  const undo = `enforce event E1 reversed --of R1 --note "other case" ${at("2026-05-07")}`;
  expect(await refused(undo)).toBe("payment-stands");
  await done("record reversal L1 --of E1/R1 --on 2026-05-07 --reason mistake");
  await done(undo);
  expect(await refused(`enforce event E1 reversed --of a --note mistake ${at("2026-05-07")}`)).toBe(
    "entry-needed",
  );
  const [after] = await done(`enforce show E1 --as-of 2026-05-07 ${at("2026-05-07")}`);
  expect(after).toMatchObject({ owed: { debt: "1000.00" } });
});

test("the end of a round is told with what is missing, and what follows is never more than the text has", async () => {
  const end = `enforce event E1 round-ended --approved applicant --listed-if-qualified yes --searched yes --sought yes --id RO`;
  const [tried] = await done(`${end} ${at("2026-06-23")} --dry-run`);
  expect((tried!.remarks as { code: string }[]).map(({ code }) => code)).toEqual([
    "round-condition-2",
    "round-condition-4",
  ]);
  await done(`enforce event E1 list --list consumption --move ordered ${at("2026-06-23")}`);
  const [ended] = await done(`${end} ${at("2026-06-24")}`);
  expect(ended).toMatchObject({ state: "round-ended", remarks: [] });
  expect(await refused(`enforce event E1 resumed --why new-assets ${at("2026-07-01")}`)).toBe(
    "enforcement-no-assets",
  );
  const follows = await done(`enforce lists E1 --able no --as-of 2026-07-01 ${at("2026-07-01")}`);
  const by = (code: string) => follows.find((one) => one.code === code);
  expect(by("inability")).toMatchObject({ follows: "may-not", cite: { verification: "house" } });
  expect(by("able-but-refusing:unable")).toMatchObject({ follows: "may-not" });
  expect(by("again")).toMatchObject({ follows: "may", cite: { at: "art. 517(2)" } });
  const days = await done(
    `enforce deadlines --within 200d --who court --as-of 2026-07-01 ${at("2026-07-01")}`,
  );
  expect(days).toMatchObject([
    { enforcement: "E1", what: "assets-recheck", of: "1", lastOn: "2026-12-24", over: false },
  ]);
  expect(await done("enforce list --state round-ended")).toMatchObject([
    {
      enforcement: "E1",
      loan: "L1",
      number: "(2026)沪0115执567号",
      dishonest: "none",
      consumption: "ordered",
    },
  ]);
});

test("a person reads it in either language, and the loan's own story tells it", async () => {
  const shown = await run(`enforce show E1 --as-of 2026-07-01 ${at("2026-07-01")} --lang zh`);
  expect(shown.out).toContain("已终结本次执行程序（债务仍在）");
  expect(shown.out).toContain("未经核实");
  const lists = await run(`enforce lists E1 --able no --as-of 2026-07-01 ${at("2026-07-01")}`);
  expect(lists.out).toContain("does not follow: being unable to pay is no ground for the list");
  const [story] = await done("explain L1");
  const says = (story!.facts as { says: string }[]).map(({ says: one }) => one);
  expect(says).toEqual(
    expect.arrayContaining([
      expect.stringContaining("enforcement E1, 2026-03-23: accepted as (2026)沪0115执567号"),
      expect.stringContaining("enforcement E1, 2026-06-24: the round is ended; the debt stays"),
    ]),
  );
});
