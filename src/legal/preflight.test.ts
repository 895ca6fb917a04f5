import { describe, expect, test } from "vitest";
import { addDays, day, type Minor } from "../core/index.ts";
import { type CheckName, type PreflightAsked, type PreflightDebt, passes, preflight } from "./preflight.ts";
import { leastSample, sampleOf } from "./sampling.ts";

const ON = day("2026-03-02");
const DEBT: PreflightDebt = {
  loan: "L1",
  status: "open",
  currency: "CNY",
  contractual: 50_000 as Minor,
  claimable: 48_000 as Minor,
  dpd: 47,
  kept: true,
  holds: [],
  documents: (["contract", "payout", "ledger", "identity", "delivery-address"] as const).map((kind) => ({
    kind,
    name: `${kind}.pdf`,
    sha256: "ab".repeat(32),
  })),
  limitation: { state: "running", expiresOn: day("2029-03-10"), worstOn: day("2029-03-10") },
};
const GOOD: PreflightAsked = {
  on: ON,
  firm: { id: "hx", name: "恒信", licence: "1", address: "a", phone: "1", active: true },
  engagement: {
    id: "E1",
    firm: "hx",
    scope: "letters",
    signedOn: day("2026-01-05"),
    from: day("2026-01-05"),
    to: ON,
    lawyers: ["wang"],
  },
  lawyer: {
    id: "wang",
    firm: "hx",
    name: "王",
    licence: "2",
    validFrom: day("2025-06-01"),
    validTo: ON,
    active: true,
  },
  debts: [DEBT],
  name: "张三",
  address: "上海",
  demands: [{ at: "2026-02-10", via: "call", action: "A1", receipt: "ok" }],
  worth: 48_000 as Minor,
  limitationWarnDays: 180,
};
const stateOf = (check: CheckName, change: Partial<PreflightAsked> = {}, debt: Partial<PreflightDebt> = {}) =>
  preflight({ ...GOOD, ...change, debts: [{ ...DEBT, ...debt }] }).find((one) => one.check === check)!.state;

test("with everything there, each check passes and says what shows it", () => {
  const checks = preflight(GOOD);
  expect(checks.map(({ check, state }) => `${check} ${state}`)).toEqual([
    "engagement ok",
    "lawyer ok",
    "debt ok",
    "figures ok",
    "hold ok",
    "limitation ok",
    "documents ok",
    "identity ok",
    "address ok",
    "demands ok",
    "promise ok",
    "worth ok",
  ]);
  expect(passes(checks)).toBe(true);
  expect(checks.filter(({ check, proof }) => proof === undefined && check !== "promise")).toEqual([]);
});

test("nothing checked is not passed", () => expect(passes([])).toBe(false));

describe("on either side of an edge", () => {
  const { engagement, lawyer } = GOOD;
  test.each([
    ["the engagement's last day", "engagement", { on: ON }, "ok"],
    ["the day after it", "engagement", { on: addDays(ON, 1) }, "stops"],
    ["the day before it was signed", "engagement", { on: day("2026-01-04") }, "stops"],
    [
      "signed later than its term begins, before the signature",
      "engagement",
      { on: day("2026-01-06"), engagement: { ...engagement!, signedOn: day("2026-01-07") } },
      "stops",
    ],
    ["a firm that is not active", "engagement", { firm: { ...GOOD.firm!, active: false } }, "stops"],
    ["no engagement", "engagement", { engagement: undefined }, "missing"],
    ["the licence's last day", "lawyer", { on: ON }, "ok"],
    [
      "a licence that ended the day before",
      "lawyer",
      { lawyer: { ...lawyer!, validTo: addDays(ON, -1) } },
      "stops",
    ],
    ["a lawyer whom the engagement does not name", "lawyer", { lawyer: { ...lawyer!, id: "li" } }, "stops"],
    ["a lawyer of another firm", "lawyer", { lawyer: { ...lawyer!, firm: "other" } }, "stops"],
    ["no lawyer", "lawyer", { lawyer: undefined }, "missing"],
    ["a sum of exactly what a letter is worth", "worth", {}, "ok"],
    ["a cent less", "worth", { worth: 48_001 as Minor }, "stops"],
    ["no name", "identity", { name: null }, "missing"],
    ["no address", "address", { address: null }, "missing"],
    ["no earlier demand", "demands", { demands: [] }, "missing"],
    [
      "an earlier demand without a receipt",
      "demands",
      { demands: [{ at: "2026-02-10", via: "text", action: "A1" }] },
      "warn",
    ],
    ["an open promise", "promise", { promiseUntil: ON }, "stops"],
  ] as const)("%s", (_, check, change, state) => expect(stateOf(check, change)).toBe(state));

  test.each([
    ["a day past due", "debt", { dpd: 1 }, "ok"],
    ["nothing past due", "debt", { dpd: 0, contractual: 0 as Minor }, "stops"],
    ["paid off", "debt", { status: "paid-off" }, "stops"],
    ["written off and still owed", "debt", { status: "written-off" }, "ok"],
    ["assigned to another creditor", "debt", { status: "assigned" }, "stops"],
    ["a fed loan", "figures", { kept: false }, "missing"],
    ["no ceiling", "figures", { claimable: undefined }, "missing"],
    ["set aside", "figures", { broken: "set aside" }, "missing"],
    ["a dispute", "hold", { holds: [{ kind: "dispute" }] }, "stops"],
    [
      "no contract registered",
      "documents",
      { documents: DEBT.documents.filter(({ kind }) => kind !== "contract") },
      "missing",
    ],
    [
      "only what is needed",
      "documents",
      { documents: DEBT.documents.filter(({ kind }) => ["contract", "payout", "ledger"].includes(kind)) },
      "ok",
    ],
    ["no limitation known", "limitation", { limitation: undefined }, "missing"],
    [
      "limitation ended",
      "limitation",
      { limitation: { state: "expired", expiresOn: addDays(ON, -1), worstOn: addDays(ON, -1) } },
      "warn",
    ],
    [
      "180 days to the worst end",
      "limitation",
      { limitation: { state: "running", expiresOn: addDays(ON, 400), worstOn: addDays(ON, 180) } },
      "warn",
    ],
    [
      "181 days to it",
      "limitation",
      { limitation: { state: "running", expiresOn: addDays(ON, 400), worstOn: addDays(ON, 181) } },
      "ok",
    ],
  ] as const)("%s", (_, check, debt, state) =>
    expect(stateOf(check, {}, debt as Partial<PreflightDebt>)).toBe(state),
  );
});

describe("a sample", () => {
  const ids = Array.from({ length: 40 }, (_, i) => `hx-${i}`);
  test("is the same for the same letters and seed, in whatever order they come", () => {
    expect(sampleOf([...ids].reverse(), 5, 7)).toEqual(sampleOf(ids, 5, 7));
    expect(sampleOf(ids, 5, 8)).not.toEqual(sampleOf(ids, 5, 7));
    expect(sampleOf(ids, 50, 7)).toHaveLength(40);
  });

  test("keeps what is left of it when a letter of the batch is stopped", () => {
    const before = sampleOf(ids, 5, 7);
    const after = sampleOf(
      ids.filter((id) => id !== before[0]),
      5,
      7,
    );
    expect(before.slice(1).every((id) => after.includes(id))).toBe(true);
    expect(after).toHaveLength(5);
  });

  test.each([
    [1, 1],
    [5, 5],
    [6, 5],
    [50, 5],
    [51, 6],
    [1000, 100],
    [1250, 125],
    [10_000, 125],
  ])("of %d letters has at least %d", (of, n) => expect(leastSample(of)).toBe(n));
});
