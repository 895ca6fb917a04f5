import { describe, expect, test } from "vitest";
import {
  type Day,
  day,
  type EnforcementFact,
  formatDay,
  type ListMoved,
  minor,
} from "../../src/core/index.ts";
import {
  type EnforcementLife,
  enforcementAfter,
  enforcementDates,
  type Follows,
  listingEnds,
  mayList,
  type PersonKnown,
  remarksOn,
  roundConditions,
  whatFollows,
} from "../../src/legal/index.ts";
import { loadCalendar, loadPack } from "../load.ts";
import { ENFORCEMENT_FROM, enforcementRule } from "./enforcement.ts";

const calendar = loadCalendar("cn");
const pack = loadPack("cn");
const ruleOn = (on: string) => {
  const rule = enforcementRule(pack, calendar, day(on));
  if (!rule.ok) throw new Error(rule.refusal.says);
  return rule.value;
};
const rule = ruleOn("2026-06-01");

const base = (event: string, dated: string) => ({
  on: day(dated),
  at: 0,
  id: "E1",
  event,
  by: "anna",
  dated: day(dated),
});
const applied = (dated: string): EnforcementFact => ({
  kind: "EnforcementApplied",
  ...base("apply", dated),
  debt: "L1",
  court: "某区人民法院",
  judgment: {
    court: "某区人民法院",
    number: "(2025)沪0115民初1号",
    valueOn: day("2025-11-03"),
    performBy: day("2025-12-01"),
    debt: minor(1_000_000),
    outsideBase: minor(0),
  },
  applyBy: day("2027-12-01"),
  late: false,
});
const accepted = (dated: string): EnforcementFact => ({
  kind: "EnforcementAccepted",
  ...base("accept", dated),
  number: "(2026)沪0115执1号",
});
const noticed = (dated: string, performBy: string): EnforcementFact => ({
  kind: "EnforcementNoticed",
  ...base("notice", dated),
  performBy: day(performBy),
  warned: true,
  assetsOrdered: true,
});
const list = (dated: string, more: Omit<Partial<ListMoved>, "dated">): ListMoved => ({
  kind: "ListMoved",
  ...base(`list-${dated}-${more.move}`, dated),
  list: "dishonest",
  move: "decided",
  ...more,
});
const lifeOf = (...facts: readonly EnforcementFact[]): EnforcementLife =>
  facts.reduce<EnforcementLife | undefined>(enforcementAfter, undefined)!;
const dates = (life: EnforcementLife, what?: string, by = rule): string[] =>
  enforcementDates(life, by)
    .filter((one) => what === undefined || one.what === what)
    .map(({ what: name, lastOn, certain }) => `${formatDay(lastOn)} ${name}${certain ? "" : " ?"}`);
const running = (from = "2026-03-02"): EnforcementFact[] => [
  applied(from),
  accepted(from),
  noticed(from, "2026-03-16"),
];

describe("days of the court and of ours", () => {
  // Rules on enforcement work art. 16: seven days; interpretation art. 480: ten; Civil Procedure Law art. 85: a last day off moves.
  test.each([
    // Spring Festival 2026: 15 to 23 February are off, Saturday 14 and Saturday 28 are working days.
    ["2026-02-06", ["2026-02-13 enforcement-accept", "2026-02-24 enforcement-notice"]],
    ["2026-02-07", ["2026-02-14 enforcement-accept", "2026-02-24 enforcement-notice"]],
    ["2026-02-08", ["2026-02-24 enforcement-accept", "2026-02-24 enforcement-notice"]],
    ["2026-02-18", ["2026-02-25 enforcement-accept", "2026-02-28 enforcement-notice"]],
    ["2026-03-02", ["2026-03-09 enforcement-accept", "2026-03-12 enforcement-notice"]],
  ])("applied for on %s: %j", (on, expected) => {
    expect(dates(lifeOf(applied(on)))).toEqual(expected);
  });

  test("beyond the calendar's last year a day is the one by counting alone, never later, and says that it is not certain", () => {
    // 2027-01-02 is a Saturday of a year whose days off are not published.
    expect(dates(lifeOf(applied("2026-12-26")))).toEqual([
      "2027-01-02 enforcement-accept ?",
      "2027-01-05 enforcement-notice ?",
    ]);
    expect(dates(lifeOf(applied("2026-12-24")))).toEqual([
      "2026-12-31 enforcement-accept",
      "2027-01-03 enforcement-notice ?",
    ]);
  });

  test("a case is as a rule closed in six months, after six the upper court may be asked, after three the round may end", () => {
    expect(dates(lifeOf(...running()))).toEqual([
      "2026-03-16 notice-perform",
      "2026-06-02 round-possible",
      "2026-09-02 enforcement-usual-end",
      "2026-09-02 enforcement-upper-court",
    ]);
  });

  test("no law of a day before the Civil Procedure Law of 2023 was read", () => {
    expect(enforcementRule(pack, calendar, (day(ENFORCEMENT_FROM) - 1) as Day)).toMatchObject({
      refusal: { code: "no-text-read" },
    });
    expect(enforcementRule(pack, calendar, day(ENFORCEMENT_FROM)).ok).toBe(true);
  });

  test("a freeze is renewed before it ends; one that was renewed has its new day", () => {
    const freeze = (event: string, dated: string, until: string): EnforcementFact => ({
      kind: "MeasureGranted",
      ...base(event, dated),
      measure: "M1",
      type: "freeze-deposits",
      what: "尾号1234",
      until: day(until),
    });
    const life = lifeOf(...running(), freeze("f1", "2026-03-20", "2027-03-20"));
    expect(dates(life, "measure-renew")).toEqual(["2027-03-20 measure-renew"]);
    // Interpretation art. 485: a year at most for deposits.
    expect(remarksOn(life, freeze("f2", "2026-03-20", "2027-03-20"), {}, rule)).toEqual([]);
    expect(remarksOn(life, freeze("f2", "2026-03-20", "2027-03-21"), {}, rule)[0]).toMatchObject({
      code: "too-long",
    });
    expect(
      dates(
        lifeOf(
          ...running(),
          freeze("f1", "2026-03-20", "2027-03-20"),
          freeze("f2", "2027-03-10", "2028-03-10"),
        ),
        "measure-renew",
      ),
    ).toEqual(["2028-03-10 measure-renew"]);
  });
});

describe("the end of a round", () => {
  const told = { listedIfQualified: true, searched: true, soughtAndSanctioned: true };
  const limited = list("2026-04-01", { list: "consumption", move: "ordered" });
  const ends = (dated: string): EnforcementFact => ({
    kind: "RoundEnded",
    ...base("round", dated),
    approved: "applicant",
    ...told,
  });

  // 法〔2016〕373号 art. 1(4): more than three months since it was accepted; accepted on 2026-03-02.
  test("needs five things, of which more than three months is one", () => {
    const met = (life: EnforcementLife, on: string, more = told) =>
      roundConditions(life, more, day(on), rule).flatMap(({ n, met: is }) => (is ? [n] : []));
    const life = lifeOf(...running(), limited);
    expect(met(life, "2026-06-02")).toEqual([1, 2, 3, 5]);
    expect(met(life, "2026-06-03")).toEqual([1, 2, 3, 4, 5]);
    expect(met(lifeOf(...running()), "2026-06-03")).toEqual([1, 3, 4, 5]);
    expect(met(life, "2026-06-03", { ...told, searched: false, soughtAndSanctioned: false })).toEqual([
      1, 2, 4,
    ]);
    const remarks = remarksOn(lifeOf(...running()), ends("2026-06-02"), {}, rule);
    expect(remarks.map(({ code }) => code)).toEqual(["round-condition-2", "round-condition-4"]);
    expect(remarks[0]!.source).toMatchObject({
      verification: "verified-reprint",
      force: "normative document",
    });
  });

  test("the court looks every six months for five years, and what it did is not waited for again", () => {
    const life = lifeOf(...running(), limited, ends("2026-06-03"));
    const rechecks = dates(life, "assets-recheck");
    expect(rechecks).toHaveLength(10);
    expect([rechecks[0], rechecks.at(-1)]).toEqual([
      "2026-12-03 assets-recheck",
      "2031-06-03 assets-recheck ?",
    ]);
    const searched = enforcementAfter(life, {
      kind: "AssetsSearched",
      ...base("s1", "2026-12-01"),
      found: false,
    })!;
    expect(dates(searched, "assets-recheck")).toHaveLength(9);
    expect(dates(searched, "assets-recheck")[0]).toBe("2027-06-03 assets-recheck ?");
  });

  test("leaves the debt owed, and there is no limit of time for asking again", () => {
    const life = lifeOf(...running(), limited, ends("2026-06-03"));
    expect(said({ life }).find(({ code }) => code === "again")).toMatchObject({
      kind: "may",
      source: { verification: "verified", cite: { at: "art. 517(2)" } },
    });
  });
});

test("a settlement that is broken is resumed within two years of its own last day", () => {
  const settled: EnforcementFact = {
    kind: "EnforcementSettled",
    ...base("settle", "2026-03-20"),
    parts: [
      { dueOn: day("2026-04-20"), amount: minor(500_000) },
      { dueOn: day("2026-05-20"), amount: minor(500_000) },
    ],
  };
  const life = lifeOf(...running(), settled);
  expect(dates(life)).toEqual(["2026-04-20 settlement-part", "2026-05-20 settlement-part"]);
  expect(said({ life }).map(({ code }) => code)).toEqual(expect.arrayContaining(["while-kept", "if-broken"]));
  const broken = enforcementAfter(life, {
    kind: "SettlementBroken",
    ...base("b", "2026-04-21"),
    next: "resume",
  })!;
  // Rules on settlement art. 10(2): from the settlement's last day, 2026-05-20.
  expect(dates(broken)).toEqual(["2028-05-20 settlement-resume ?"]);
});

const said = (more: {
  readonly life: EnforcementLife;
  readonly known?: PersonKnown;
  readonly paid?: boolean;
  readonly today?: string;
}): readonly Follows[] =>
  whatFollows(
    {
      life: more.life,
      known: more.known ?? {},
      paid: more.paid ?? false,
      today: day(more.today ?? "2026-06-01"),
    },
    rule,
  ).follows;
const codes = (follows: readonly Follows[], kind: Follows["kind"]): string[] =>
  follows.filter((one) => one.kind === kind).map(({ code }) => code);

describe("the list of dishonest debtors", () => {
  test("being unable to pay is no ground, and what is not known is open, never said to follow", () => {
    const life = lifeOf(...running());
    const unable = said({ life, known: { able: false } });
    expect(codes(unable, "may-not")).toEqual(
      expect.arrayContaining(["inability", "able-but-refusing:unable", "obstruction:nothing-shown", "crime"]),
    );
    const unknown = said({ life });
    expect(codes(unknown, "open")).toEqual(["able-but-refusing:ability"]);
    for (const follows of [unable, unknown])
      expect(codes(follows, "may").filter((code) => code in GROUNDS)).toEqual([]);
  });

  test("each ground stands apart: a false report shows that one and no other", () => {
    const falsely: EnforcementFact = { kind: "AssetsReported", ...base("a", "2026-04-01"), outcome: "false" };
    const follows = said({ life: lifeOf(...running(), falsely) });
    expect(codes(follows, "may").filter((code) => code in GROUNDS)).toEqual(["asset-report"]);
    expect(follows.find(({ code }) => code === "asset-report")?.source.cite.at).toBe("art. 1(4)");
    const nothing: EnforcementFact = { ...falsely, outcome: "nothing-to-take" } as EnforcementFact;
    expect(
      codes(said({ life: lifeOf(...running(), nothing) }), "may").filter((code) => code in GROUNDS),
    ).toEqual([]);
  });

  test("with security, with enough seized, or later in order, the first ground is out; a minor is never listed", () => {
    const life = lifeOf(...running());
    for (const known of [{ security: true }, { seizedEnough: true }, { laterInOrder: true }])
      expect(codes(said({ life, known: { able: true, ...known } }), "may-not")).toContain(
        "able-but-refusing:excluded",
      );
    expect(codes(said({ life, known: { minor: true } }), "may-not")).toContain("minor");
    const decided = list("2026-04-01", { ground: "able-but-refusing" });
    expect(remarksOn(life, decided, { minor: true, able: true }, rule).map(({ code }) => code)).toEqual([
      "minor",
    ]);
  });

  test("what rests on a report says so", () => {
    const student = said({ life: lifeOf(...running()), known: { student: true } });
    expect(student.find(({ code }) => code === "student")?.source.verification).toBe("unverified");
    expect(student.find(({ code }) => code === "grace")?.source.verification).toBe("verified-press");
    const ordered = lifeOf(...running(), list("2026-04-01", { list: "consumption", move: "ordered" }));
    expect(said({ life: ordered }).find(({ code }) => code === "relief")?.source.verification).toBe(
      "unverified",
    );
  });

  // Rules on the list art. 10(1): three working days; Tuesday 29 September 2026 is followed by 30 September, then the holiday to 7 October.
  test("without a term it is deleted three working days after full performance", () => {
    const life = lifeOf(...running(), list("2026-04-01", { ground: "able-but-refusing" }));
    expect(dates(life, "list-removal")).toEqual([]);
    const closed = enforcementAfter(life, {
      kind: "EnforcementClosed",
      ...base("z", "2026-09-29"),
      why: "performed",
    })!;
    expect(dates(closed, "list-removal")).toEqual(["2026-10-09 list-removal"]);
    expect(said({ life: closed, paid: true }).find(({ code }) => code === "removal")).toMatchObject({
      kind: "must",
      by: day("2026-10-09"),
    });
    expect(dates(closed, "list-removal-chase")[0]).toBe("2026-10-13 list-removal-chase");
  });

  // Art. 10(2): a listing with a term is deleted three working days after it, and payment alone deletes nothing earlier.
  test("with a term it stays to the end of it, whatever is paid, unless the court decides so", () => {
    const life = lifeOf(...running(), list("2026-04-01", { ground: "asset-report", years: 2 }));
    expect(formatDay(listingEnds(life)!)).toBe("2028-04-01");
    const closed = enforcementAfter(life, {
      kind: "EnforcementClosed",
      ...base("z", "2026-09-29"),
      why: "performed",
    })!;
    expect(dates(closed, "list-removal")).toEqual(["2028-04-04 list-removal ?"]);
    const follows = said({ life: closed, paid: true });
    expect(codes(follows, "must")).not.toContain("removal");
    expect(codes(follows, "may")).toContain("early");
    expect(
      remarksOn(closed, list("2026-10-01", { move: "removed", case: "performed" }), {}, rule).map(
        ({ code }) => code,
      ),
    ).toEqual(["term"]);
  });

  test.each([
    [undefined, ["term-missing"]],
    [1, ["term-wrong"]],
    [2, []],
    [3, []],
    [5, []],
    [6, ["term-wrong"]],
  ])("a term of %s years on the second to sixth ground: %j", (years, expected) => {
    const decided = list("2026-04-01", { ground: "evasion", ...(years === undefined ? {} : { years }) });
    expect(remarksOn(lifeOf(...running()), decided, {}, rule).map(({ code }) => code)).toEqual(expected);
  });

  test("grace is one to three months, as the press gives it; a term on the first ground is none", () => {
    const decided = (until: string) => list("2026-04-01", { ground: "evasion", years: 2, until: day(until) });
    const remarks = (fact: ListMoved) =>
      remarksOn(lifeOf(...running()), fact, { able: true }, rule).map(({ code }) => code);
    expect(remarks(decided("2026-04-30"))).toEqual(["grace"]);
    expect(remarks(decided("2026-05-01"))).toEqual([]);
    expect(remarks(decided("2026-07-01"))).toEqual([]);
    expect(remarks(decided("2026-07-02"))).toEqual(["grace"]);
    expect(remarks(list("2026-04-01", { ground: "able-but-refusing", years: 2 }))).toEqual(["no-term"]);
    const life = lifeOf(...running(), decided("2026-05-01"));
    expect([life.lists.dishonest.state, dates(life, "list-publish")]).toEqual([
      "in-grace",
      ["2026-05-01 list-publish"],
    ]);
  });

  // Arts 5(2), 12(1): 15 days, 3 working days, 10 days, 15 days. 1 May 2026 to 5 May are off, Saturday 9 May is a working day.
  test("application, correction and review have their days", () => {
    const life = lifeOf(...running());
    const datesWith = (dated: string, ...moves: readonly Partial<ListMoved>[]) =>
      dates(
        moves.reduce<EnforcementLife>(
          (one, move) => enforcementAfter(one, list(dated, move as Omit<ListMoved, "dated">))!,
          life,
        ),
      ).filter((one) => /list-decision|correction/.test(one));
    const listed = { ground: "evasion", years: 2 } as const;
    expect(datesWith("2026-04-17", { move: "applied", ground: "evasion" })).toEqual([
      "2026-05-06 list-decision",
    ]);
    expect(datesWith("2026-04-17", listed, { move: "correction-asked" })).toEqual([
      "2026-05-06 correction-answer",
    ]);
    expect(datesWith("2026-05-06", listed, { move: "correction-granted" })).toEqual([
      "2026-05-09 correction-made",
    ]);
    expect(datesWith("2026-04-21", listed, { move: "correction-refused" })).toEqual([
      "2026-05-06 correction-review",
    ]);
    expect(datesWith("2026-04-17", listed, { move: "review-asked" })).toEqual([
      "2026-05-06 correction-review-answer",
    ]);
  });

  // Art. 10(4): six months after a deletion at the creditor's own request.
  test("deleted at the creditor's request, he cannot ask again for six months", () => {
    const life = lifeOf(
      ...running(),
      list("2026-04-01", { ground: "able-but-refusing" }),
      list("2026-05-06", { move: "entitled", case: "creditor-asks" }),
      list("2026-05-08", { move: "removed" }),
    );
    expect(dates(life, "list-again")).toEqual(["2026-11-09 list-again"]);
    const wish = { list: "dishonest", move: "applied", ground: "evasion" } as const;
    const ask = (dated: string) =>
      mayList(life, wish, { dated: day(dated), proof: "p", barredUntil: day("2026-11-09") })?.code;
    expect(ask("2026-11-09")).toBe("list-no-barred");
    expect(ask("2026-11-10")).toBeUndefined();
  });

  test("a list comes with an accepted enforcement, on a named ground, and each move has its place", () => {
    const wish = { list: "dishonest", move: "applied" } as const;
    const moment = { dated: day("2026-04-01"), proof: "p" };
    expect(mayList(lifeOf(applied("2026-03-02")), { ...wish, ground: "evasion" }, moment)?.code).toBe(
      "list-no-round",
    );
    expect(mayList(lifeOf(...running()), wish, moment)?.code).toBe("list-no-ground");
    expect(mayList(lifeOf(...running()), { ...wish, move: "removed" }, moment)?.code).toBe("list-none");
    expect(
      mayList(
        lifeOf(...running(), list("2026-04-01", { ground: "evasion", years: 2 })),
        { ...wish, move: "entitled" },
        moment,
      )?.code,
    ).toBe("list-no-case");
  });
});

const GROUNDS = {
  "able-but-refusing": 1,
  obstruction: 1,
  evasion: 1,
  "asset-report": 1,
  "consumption-order": 1,
  "settlement-refused": 1,
};

describe("limits of consumption", () => {
  // Rules on limits art. 1: once the notice's last day is over; 2026-03-16 here.
  test("may follow when the notice was not followed, and must for whoever is listed", () => {
    const life = lifeOf(...running());
    expect(codes(said({ life, today: "2026-03-16" }), "may-not")).toContain("order-not-yet");
    expect(codes(said({ life, today: "2026-03-17" }), "may")).toContain("order-may");
    const listed = lifeOf(...running(), list("2026-04-01", { ground: "evasion", years: 2 }));
    expect(codes(said({ life: listed }), "must")).toContain("order-listed");
    const order = (dated: string) => list(dated, { list: "consumption", move: "ordered" });
    expect(remarksOn(life, order("2026-03-16"), {}, rule).map(({ code }) => code)).toEqual(["order-early"]);
    expect(remarksOn(life, order("2026-03-17"), {}, rule)).toEqual([]);
  });

  test("end with full performance, may end with security or consent, and have nine kinds", () => {
    const life = lifeOf(...running(), list("2026-04-01", { list: "consumption", move: "ordered" }));
    expect(codes(said({ life }), "lifts")).toContain("order");
    expect(codes(said({ life, paid: true }), "must")).toContain("order-lifted");
    expect(pack.params["consumption.items"]![0]!.value).toEqual({ kinds: 9 });
    const closed = enforcementAfter(life, {
      kind: "EnforcementClosed",
      ...base("z", "2026-09-30"),
      why: "performed",
    })!;
    expect(dates(closed, "order-lift")).toEqual(["2026-10-08 order-lift"]);
    const relief = (until: string) =>
      list("2026-05-06", { list: "consumption", move: "relieved", until: day(until) });
    expect(remarksOn(life, relief("2026-06-06"), {}, rule)).toEqual([]);
    expect(remarksOn(life, relief("2026-06-07"), {}, rule)[0]).toMatchObject({
      code: "relief-long",
      source: { verification: "unverified" },
    });
  });
});

test("fine and detention beyond the law are told, and the crime is only of whoever is able", () => {
  const penalty = (more: Record<string, unknown>): EnforcementFact =>
    ({ kind: "PenaltyImposed", ...base("p", "2026-04-01"), ...more }) as EnforcementFact;
  const told = (more: Record<string, unknown>) =>
    remarksOn(lifeOf(...running()), penalty(more), {}, rule).map(({ code }) => code);
  // Civil Procedure Law art. 118.
  expect(told({ penalty: "fine", amount: minor(10_000_000) })).toEqual([]);
  expect(told({ penalty: "fine", amount: minor(10_000_001) })).toEqual(["fine-too-high"]);
  expect(told({ penalty: "detention", days: 15 })).toEqual([]);
  expect(told({ penalty: "detention", days: 16 })).toEqual(["detention-too-long"]);
  expect(told({ penalty: "crime-reported" })).toEqual(["only-if-able"]);
  expect(codes(said({ life: lifeOf(...running()), known: { able: true } }), "open")).toContain("crime");
});
