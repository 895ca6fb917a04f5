import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day, formatDay, formatMoney, type Minor, minor, parseMoney } from "../../src/core/index.ts";
import {
  type CaseFacts,
  type CostTerm,
  type Recovered,
  type RouteName,
  type WageFigure,
  whichWay,
} from "../../src/legal/index.ts";
import { loadPack } from "../load.ts";
import { routeLaw } from "./routes.ts";

const pack = loadPack("cn");
const money = (text: string): Minor => parseMoney(text.replaceAll(",", ""))!;
const law = (() => {
  const found = routeLaw(pack, day("2026-03-02"));
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
})();

const FACTS: CaseFacts = {
  on: day("2026-03-02"),
  claim: money("20,000"),
  band: 3,
  defendantKnown: true,
  whereabouts: true,
  addressOnFile: true,
  livesInChina: true,
  disputed: false,
  otherLoans: 0,
  preservation: false,
  arbitrationOnly: false,
  province: "广东省",
  gate: {},
};
/** An invented wage: half is 50,000, twice is 200,000. */
const WAGES: WageFigure[] = [
  { province: "广东省", year: 2025, amount: money("100,000"), source: "an example" },
];
const LAWYER: CostTerm[] = [{ way: "suit", kind: "lawyer", amount: money("800") }];

const ask = ({
  facts = {},
  wages = WAGES,
  costs = [],
  history = [],
}: {
  facts?: Partial<CaseFacts>;
  wages?: WageFigure[];
  costs?: CostTerm[];
  history?: Recovered[];
} = {}) => whichWay({ facts: { ...FACTS, ...facts }, wages, costs, history, year: 2026 }, law);
const route = (name: RouteName, asked: Parameters<typeof ask>[0] = {}) =>
  ask(asked).routes.find((found) => found.route === name)!;
const not = (name: RouteName, asked: Parameters<typeof ask>[0]) =>
  route(name, asked)
    .conditions.filter(({ state }) => state !== "met")
    .map(({ what, state, source }) => `${what} ${state} ${source.cite.at}`);

describe("a payment order", () => {
  test("is open where each condition of arts 225 and 427 is met", () => {
    expect(route("payment-order")).toMatchObject({ standing: "open" });
  });

  test.each<[string, Partial<CaseFacts>, string]>([
    ["nothing is due", { claim: money("0") }, "payment-order.due-and-fixed not-met art. 427(1)(ii)"],
    ["a dispute is on record", { disputed: true }, "payment-order.no-other-debts not-met art. 225(1)(i)"],
    ["he has other loans", { otherLoans: 2 }, "payment-order.no-other-debts not-known art. 225(1)(i)"],
    [
      "assets were frozen before",
      { preservation: true },
      "payment-order.no-preservation not-met art. 427(1)(vii)",
    ],
    ["there is no address", { addressOnFile: false }, "payment-order.serviceable not-met art. 427(1)(v)"],
    ["he lives abroad", { livesInChina: false }, "payment-order.in-china not-met art. 427(1)(iv)"],
  ])("where %s: %j", (_, facts, expected) => {
    expect(not("payment-order", { facts })).toEqual([expected]);
  });

  test("cannot reach who is missing, and neither can a simple suit: an ordinary one is left", () => {
    const { routes, advice } = ask({ facts: { whereabouts: false } });
    expect(routes.filter(({ standing }) => standing === "open").map((one) => one.route)).toEqual([
      "ordinary",
    ]);
    expect(advice.take).toBe("ordinary");
  });

  // 5 + 15 + 30 + 15 days: arts 226, 227, interpretation art. 430.
  test("is over in 65 days at most, and costs a third", () => {
    const found = route("payment-order");
    expect(formatDay(found.until)).toBe("2026-05-06");
    expect(formatMoney(found.outlay)).toBe("100.00");
    expect(formatMoney(found.won.total.debtor)).toBe("100.00");
    expect(formatMoney(found.lost.total.applicant)).toBe("100.00");
  });
});

describe("a small claim", () => {
  // Civil Procedure Law art. 165: at or below half; above it and up to twice by agreement.
  test.each([
    ["50,000.00", undefined, "open"],
    ["50,000.01", undefined, "unsure"],
    ["50,000.01", true, "open"],
    ["50,000.01", false, "closed"],
    ["200,000.00", true, "open"],
    ["200,000.01", true, "closed"],
  ] as const)("of %s, agreed %s: %s", (claim, agreed, standing) => {
    const facts = { claim: money(claim), ...(agreed === undefined ? {} : { smallClaimsAgreed: agreed }) };
    expect(route("small-claims", { facts }).standing).toBe(standing);
  });

  test("cannot be decided without the province's wage, and says which", () => {
    const line = (asked: Parameters<typeof ask>[0]) =>
      route("small-claims", asked).conditions.find(({ what }) => what === "small-claims.must")!;
    expect(line({ wages: [] })).toMatchObject({
      state: "not-known",
      needs: { province: "广东省", year: 2025 },
    });
    const { province: _, ...elsewhere } = FACTS;
    expect(
      whichWay({ facts: elsewhere, wages: WAGES, costs: [], history: [], year: 2026 }, law).routes[2],
    ).toMatchObject({ standing: "unsure" });
  });

  test("of a debt in dispute is no simple case (art. 160), and an ordinary suit is", () => {
    expect(route("small-claims", { facts: { disputed: true } }).standing).toBe("closed");
    expect(route("ordinary", { facts: { disputed: true } }).standing).toBe("open");
  });
});

// Counted by hand from 2026-03-02: seven days to file, then two, three or six months, one or six more, and fifteen days to appeal but for small claims.
test.each([
  ["small-claims", "2026-05-09", "2026-06-09", "150.00"],
  ["summary", "2026-06-24", "2026-07-24", "150.00"],
  ["ordinary", "2026-09-24", "2027-03-24", "300.00"],
] as const)("a suit of %s ends by %s, with leave by %s, for %s", (name, until, latest, outlay) => {
  const found = route(name);
  expect([formatDay(found.until), formatDay(found.latest), formatMoney(found.outlay)]).toEqual([
    until,
    latest,
    outlay,
  ]);
});

test("arbitration that was agreed alone closes every suit (art. 127), and nobody knows where no contract was read", () => {
  expect(not("ordinary", { facts: { arbitrationOnly: true } })).toEqual([
    "suit.no-arbitration not-met art. 127(2)",
  ]);
  expect(route("ordinary", { facts: { arbitrationOnly: undefined } }).standing).toBe("unsure");
});

const cases = (n: number, recovered: string, way: Recovered["way"] = "suit", owed = "20,000"): Recovered[] =>
  Array.from({ length: n }, () => ({
    way,
    on: day("2025-01-01"),
    band: 3,
    owed: money(owed),
    recovered: money(recovered),
  }));

describe("what comparable debts brought", () => {
  test("is no figure below thirty cases; the break-even stands in its place", () => {
    const found = route("summary", { history: cases(29, "10,000"), costs: LAWYER });
    expect(found.history).toEqual({ cases: 29 });
    expect(found.net).toBeUndefined();
    // 150 + 800 of 20,000 are 4.75 %.
    expect(found.breakEven).toBe(475);
  });

  test("is the mean share of thirty, less the outlay counted in full", () => {
    const found = route("summary", { history: cases(30, "10,000"), costs: LAWYER });
    expect(found.history).toEqual({ cases: 30, share: { mean: 5000, low: 5000, high: 5000 } });
    expect(found.net).toEqual({ mean: 905_000, low: 905_000, high: 905_000 });
  });

  // Half pay all, half nothing: the spread is 5,085 of 10,000, its error over 30 cases 928, and 1.96 of it 1,820.
  test("has an interval that the spread makes", () => {
    const history = [...cases(15, "20,000"), ...cases(15, "0")];
    expect(route("summary", { history }).history.share).toEqual({ mean: 5000, low: 3180, high: 6820 });
  });

  test("counts only debts of the same band and size", () => {
    const history = [...cases(30, "10,000", "suit", "60,000"), ...cases(3, "10,000")];
    expect(route("summary", { history }).history.cases).toBe(3);
  });
});

describe("the advice", () => {
  const advice = (asked: Parameters<typeof ask>[0] = {}) => ask(asked).advice;

  test("without a history: the cheapest way that is open, and that nobody knows what it brings", () => {
    expect(advice()).toEqual({ take: "payment-order", why: ["cheapest-open", "thin-history"] });
  });

  test("a way whose conditions are all known goes before a cheaper one that is unsure", () => {
    expect(advice({ facts: { otherLoans: 1 } }).take).toBe("small-claims");
    expect(advice({ facts: { otherLoans: 1 }, wages: [] }).take).toBe("summary");
  });

  test("with a history: the way that brings most", () => {
    expect(advice({ history: cases(30, "10,000"), costs: LAWYER })).toEqual({
      take: "small-claims",
      why: ["best-net"],
    });
  });

  test("do not sue where it costs more than it brings, or the wait brings as much", () => {
    expect(advice({ history: cases(30, "500"), costs: LAWYER })).toEqual({
      take: "do-not-sue",
      why: ["costs-more-than-it-brings"],
    });
    const both = [...cases(30, "10,000"), ...cases(30, "10,000", "waiting")];
    expect(advice({ history: both, costs: LAWYER })).toEqual({
      take: "do-not-sue",
      why: ["waiting-brings-more"],
    });
  });

  test("do not sue for less than it costs, even if it were sure", () => {
    const costs: CostTerm[] = [...LAWYER, { way: "payment-order", kind: "service", amount: money("600") }];
    expect(advice({ facts: { claim: money("500") }, costs })).toEqual({
      take: "do-not-sue",
      why: ["costs-more-than-it-brings"],
    });
  });

  test("mediation where he wants it, and where the time to claim is over", () => {
    expect(advice({ facts: { wantsMediation: true } }).take).toBe("mediation");
    const limitation = { state: "expired" as const, worstOn: day("2025-01-01") };
    expect(advice({ facts: { limitation } })).toEqual({ take: "mediation", why: ["limitation-run-out"] });
  });

  test("says when the worst case of limitation is ninety days away", () => {
    const near = (worstOn: string) =>
      advice({ facts: { limitation: { state: "running", worstOn: day(worstOn) } } }).why.includes(
        "limitation-near",
      );
    expect([near("2026-05-31"), near("2026-06-01")]).toEqual([true, false]);
  });

  test("nothing is due, or the gate forbids: no way", () => {
    expect(advice({ facts: { claim: money("0") } }).take).toBe("do-not-sue");
    const no = { verdict: "forbid", rules: ["house/holds"] };
    expect(advice({ facts: { gate: { mediation: no, "payment-order": no, suit: no } } })).toEqual({
      take: "do-not-sue",
      why: ["gate-forbids"],
    });
  });

  test("never takes a way that is closed, and never shows a net without thirty cases", () => {
    const maybe = fc.constantFrom(true, false, undefined);
    fc.assert(
      fc.property(
        fc.record({
          claim: fc.integer({ min: 1, max: 50_000_000 }).map((fen) => minor(fen)),
          whereabouts: maybe,
          addressOnFile: maybe,
          livesInChina: maybe,
          arbitrationOnly: maybe,
          wantsMediation: maybe,
          disputed: fc.boolean(),
          otherLoans: fc.nat(2),
        }),
        fc.nat(40),
        (facts, n) => {
          const found = ask({ facts, history: cases(n, "7,000") });
          for (const one of found.routes) if (one.history.cases < 30) expect(one.net).toBeUndefined();
          const taken = found.routes.find((one) => one.route === found.advice.take);
          if (taken) expect(taken.standing).not.toBe("closed");
        },
      ),
      { numRuns: 150 },
    );
  });
});

test("every condition, stretch of time and fee carries its sentence", () => {
  for (const { conditions, time, won } of ask().routes) {
    for (const { source } of [...conditions, ...time]) expect(source.cite.quote.length).toBeGreaterThan(3);
    for (const line of won.lines) if (line.fee) expect(line.because.length).toBeGreaterThan(0);
  }
});

test("a day before the law as revised in 2023 is refused", () => {
  expect(routeLaw(pack, day("2023-12-31"))).toMatchObject({ refusal: { code: "no-text-read" } });
});
