import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, test } from "vitest";
import { openBrowser } from "../support/browser.ts";

/** The loan of src/forecast/README.md, told by the engine in a browser that has nothing of Node. */
const STORY = `(() => {
  const { book, CN_DEFAULT_ORDER, day, formatDay, formatMoney, minor, parseRate, forecast, surplusOf, cheapest } = globalThis.engine;
  const product = {
    id: 1, lender: "demo", code: "micro", source: "kept",
    terms: { currency: "CNY", every: { months: 1 }, method: "equal-principal", ratePer: "day", dayCount: "ACT/365", interest: "daily", monthEnd: "clamp",
      rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) } },
    lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
    allocation: CN_DEFAULT_ORDER, bandEdges: [1, 31, 61], strategy: "none",
  };
  const booked = { kind: "LoanBooked", on: day("2026-01-01"), id: "L1", product: 1, principal: minor(300000), rateE8: 50000,
    disbursedOn: day("2026-01-01"), firstDueOn: day("2026-02-01"), installments: 3, reach: 0 };
  const loan = book({ bucket: 7, n: 4097 }, booked, product);
  const borrower = { bucket: 7, n: 4096, loans: [{ loan, waiting: [], journal: [booked], id: "L1" }], contacts: [], journal: [] };
  const context = { zone: "Asia/Shanghai", pack: undefined, product: () => product, strategy: () => undefined };
  const made = forecast({ borrower, n: loan.n, asOf: day("2026-01-20"), through: day("2026-03-10"), context });
  const month = surplusOf({ income: minor(600000), living: minor(420000), dependants: 0, otherDebts: minor(120000) });
  const owed = (id, balance, percent) => ({ id, balance: minor(balance), rate: parseRate(percent, "year"), minimum: minor(0) });
  const plan = cheapest({ asOf: day("2026-01-15"), budget: month.value.amount, debts: [owed("a", 100000, "24"), owed("b", 50000, "12")] });
  return {
    told: made.value.events.map(({ on, kind, stop }) => [formatDay(on), kind, stop ? formatMoney(stop.amount) + " by " + formatDay(stop.by) : ""].join(" ").trim()),
    interest: formatMoney(plan.value.optimum.interest),
  };
})()`;

test("the engine itself runs in a browser: a forecast, a month, all debts, to the same cent as in the rooms' own examples", async () => {
  const folder = mkdtempSync(join(tmpdir(), "arrears-engine-"));
  const src = join(import.meta.dirname, "../../src");
  writeFileSync(
    join(folder, "entry.ts"),
    `import * as core from "${src}/core/index.ts";
import { forecast } from "${src}/forecast/index.ts";
import * as relief from "${src}/relief/index.ts";
(globalThis as Record<string, unknown>).engine = { ...core, ...relief, forecast };
`,
  );
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: {
      outDir: join(folder, "out"),
      lib: { entry: join(folder, "entry.ts"), formats: ["iife"], name: "made", fileName: () => "engine.js" },
    },
  });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.evaluate(readFileSync(join(folder, "out/engine.js"), "utf8"));
    expect(await page.evaluate(STORY)).toEqual({
      told: [
        "2026-02-01 due",
        "2026-02-02 late 1046.50 by 2026-02-01",
        "2026-03-01 due",
        "2026-03-04 older 1098.50 by 2026-03-03",
      ],
      interest: "41.83",
    });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
