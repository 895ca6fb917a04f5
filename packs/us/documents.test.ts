import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addDays, day, formatDay, isWorkingDay } from "../../src/core/index.ts";
import { loadCalendar, loadPack } from "../load.ts";
import {
  type DaysOff,
  FORM_B1,
  type Holiday,
  isLimitedContent,
  type LimitedContentMessage,
  lacksOf,
  notLimitedBecause,
  PROMPTS,
  PROTECTIONS_PAGE,
  transferBar,
  type ValidationNotice,
  validationPeriod,
  wordsOf,
} from "./index.ts";

const { params } = loadPack("us");
const theValue = <T>(name: string): T => params[name]![0]!.value as T;
const off: DaysOff = { holidays: theValue<readonly Holiday[]>("holidays.federal"), inLieu: true };
const period = theValue<{ days: number; assumed_receipt: number }>("validation.period");

describe("the validation period", () => {
  // Worked by hand with the calendar of each year.
  test.each([
    ["2026-03-02", "2026-03-09", "2026-04-08", "a plain week: Tuesday to Monday"],
    ["2026-01-15", "2026-01-23", "2026-02-22", "Martin Luther King's birthday on the 19th is left out"],
    ["2026-01-01", "2026-01-08", "2026-02-07", "provided on a holiday"],
    ["2025-12-24", "2026-01-02", "2026-02-01", "Christmas and New Year"],
    [
      "2026-06-30",
      "2026-07-08",
      "2026-08-07",
      "July 4 is a Saturday: the house leaves Friday the 3rd out too",
    ],
    ["2027-06-15", "2027-06-23", "2027-07-23", "Juneteenth is a Saturday: Friday the 18th in lieu"],
    ["2026-11-20", "2026-11-30", "2026-12-30", "Thanksgiving"],
  ])("provided on %s: received on %s, ends on %s (%s)", (provided, received, ends) => {
    const { receivedOn, endsOn } = validationPeriod({ providedOn: day(provided) }, period, off);
    expect([formatDay(receivedOn), formatDay(endsOn)]).toEqual([received, ends]);
  });

  test("without the house's days in lieu it is as 6103(a) alone has it", () => {
    const { receivedOn } = validationPeriod({ providedOn: day("2026-06-30") }, period, {
      ...off,
      inLieu: false,
    });
    expect(formatDay(receivedOn)).toBe("2026-07-07");
  });

  test("what was said by word of mouth is received at once", () => {
    const said = day("2026-03-02");
    expect(validationPeriod({ providedOn: said, receivedOn: said }, period, off).endsOn).toBe(
      addDays(said, 30),
    );
  });
});

describe("federal holidays", () => {
  const calendar = loadCalendar("us");
  // As the government's own lists name the days of (a) for these years.
  test.each([
    ["2024", "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"],
    ["2025", "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"],
    ["2026", "01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25"],
  ])("of %s", (year, days) => {
    const found = [...calendar.daysOff].map(formatDay).filter((on) => on.startsWith(year));
    expect(found.sort()).toEqual(days.split(" ").map((date) => `${year}-${date}`));
  });

  test("a year outside the calendar is an error and never a working day", () => {
    expect(isWorkingDay(calendar, day("2026-11-25"))).toBe(true);
    expect(isWorkingDay(calendar, day("2026-11-26"))).toBe(false);
    expect(() => isWorkingDay(calendar, day("2041-01-02"))).toThrow("no holiday notice for 2041");
  });
});

/** The sample of Model Form B-1. */
const sample: ValidationNotice = {
  disclosure:
    "North South Group is a debt collector. We are trying to collect a debt that you owe to Bank of Rockville. We will use any information you give us to help collect the debt.",
  collector: { name: "North South Group", address: ["P.O. Box 123456", "Pasadena, CA 91111-2222"] },
  consumer: { name: "Person A", address: ["2323 Park Street", "Apartment 342", "Bethesda, MD 20815"] },
  creditorThen: "Bank of Rockville",
  creditorNow: "Bank of Rockville",
  accountNumber: { shown: "123-456-789", full: "123-456-789" },
  itemization: {
    date: "last-statement",
    on: day("2017-01-02"),
    amount: 223_456,
    interest: 7500,
    fees: 2500,
    paid: 5000,
  },
  amountNow: 228_456,
  endsOn: {
    dispute: day("2020-08-28"),
    originalCreditor: day("2020-08-28"),
    assumedValid: day("2020-08-28"),
  },
  protectionsPage: PROTECTIONS_PAGE,
  electronic: false,
  prompts: PROMPTS,
  tearOffAddresses: true,
  isFinancialProduct: true,
};
const fieldsOf = (change: Partial<ValidationNotice>): string[] =>
  lacksOf({ ...sample, ...change }).map(({ field }) => field);

describe("the validation notice", () => {
  test("the sample of Model Form B-1 lacks nothing", () => {
    expect(lacksOf(sample)).toEqual([]);
  });

  // The comments' own cases: the change, what is found, the comment.
  const itemized = sample.itemization as Extract<ValidationNotice["itemization"], { date: string }>;
  const cases: readonly (readonly [string, string, Partial<ValidationNotice>, readonly string[]])[] = [
    [
      "34(c)(2)(ii)-1",
      "a known middle name and suffix are left out",
      { consumer: { ...sample.consumer, knownName: "Person Middle A Jr." } },
      ["consumer"],
    ],
    [
      "34(b)(3)-1",
      "the number as of the last statement, the amount as of the charge-off",
      {
        accountNumber: { shown: "6789", full: "123-456-789", asOf: "last-statement" },
        itemization: { ...itemized, date: "charge-off" },
      },
      ["itemization"],
    ],
    [
      "34(c)(2)(iv)-1",
      "a card shows its last four digits",
      { accountNumber: { shown: "6789", full: "123-456-789" } },
      [],
    ],
    [
      "34(c)(2)(iv)-1",
      "one digit cannot be recognized",
      { accountNumber: { shown: "9", full: "123-456-789" } },
      ["accountNumber"],
    ],
    [
      "34(c)(2)(viii)-1",
      "no interest since: 0 is said",
      { itemization: { ...itemized, interest: 0 }, amountNow: 220_956 },
      [],
    ],
    [
      "34(c)(2)(viii)-1",
      "a field is blank",
      { itemization: { ...itemized, interest: undefined as never } },
      ["interest", "amountNow"],
    ],
    [
      "34(c)(2)(viii)-3",
      "a separate page, and a line that names it",
      { itemization: { separatePage: "See the enclosed separate page for an itemization of the debt" } },
      [],
    ],
    [
      "34(c)(2)(viii)-3",
      "a separate page that no line names",
      { itemization: { separatePage: "" } },
      ["itemization"],
    ],
    [
      "34(c)(2)(viii)-4",
      "several debts, one itemization",
      { debts: [{ amountNow: 128_456 }, { amountNow: 100_000 }] },
      [],
    ],
    [
      "34(c)(2)(ix)-2",
      "several debts whose sum is another",
      { debts: [{ amountNow: 128_456 }] },
      ["amountNow"],
    ],
    [
      "34(c)(3)(v)-1",
      "sent electronically, with both ways",
      {
        electronic: true,
        electronicDisputes: "www.example.com/dispute",
        electronicRequests: "www.example.com/request",
      },
      [],
    ],
    [
      "34(c)(3)(v)-1",
      "sent electronically, with one way only",
      { electronic: true, electronicDisputes: "www.example.com/dispute" },
      ["electronic"],
    ],
    [
      "34(c)(5)-1",
      "a mortgage's periodic statement, and a line that names it",
      {
        itemization: { separatePage: "See the enclosed periodic statement for an itemization of the debt." },
      },
      [],
    ],
    [
      "34(d)(3)(iv)(A)-2",
      "a reverse side that the front names",
      { optional: { reverse: { text: "…", front: "Notice: See reverse side for important information." } } },
      [],
    ],
    [
      "34(d)(3)(iv)(A)-2",
      "a reverse side that the front does not name",
      { optional: { reverse: { text: "…" } } },
      ["reverse"],
    ],
    ["34(d)(3)(vii)-1", "a merchant's brand", { optional: { brand: "XYZ Store" } }, []],
    ["34(d)(3)(vii)-2", "an affinity brand", { optional: { brand: "College of Columbia" } }, []],
    ["34(d)(3)(vii)-3", "a facility", { optional: { brand: "ABC Hospital" } }, []],
  ];
  test.each(cases)("comment %s: %s", (at, _, change, lacks) => {
    expect(fieldsOf(change)).toEqual(lacks);
    expect(page("us/reg-f-interpretations")).toContain(`## ${at} — `);
  });

  test.each([
    ["creditorThen", { creditorThen: "" }],
    ["creditorNow", { creditorNow: "" }],
    ["disclosure", { disclosure: " " }],
    ["collector", { collector: { name: "North South Group", address: [] } }],
    ["endsOn", { endsOn: { ...sample.endsOn, assumedValid: day("2020-08-29") } }],
    ["protectionsPage", { protectionsPage: "www.example.com" }],
    ["prompts", { prompts: [...PROMPTS].reverse() }],
    ["tearOff", { tearOffAddresses: false }],
    ["language", { language: "es", prompts: ["Esta no es mi deuda."] }],
  ] as const)("%s is missed", (field, change) => {
    expect(fieldsOf(change as Partial<ValidationNotice>)).toEqual([field]);
  });

  test("a debt that is no financial product needs neither the creditor of then nor the Bureau's page", () => {
    const { creditorThen: _, protectionsPage: __, ...rest } = sample;
    expect(lacksOf({ ...rest, isFinancialProduct: false })).toEqual([]);
  });

  test("each field of the form names a paragraph of the regulation", () => {
    const clauses = [...page("us/reg-f-1006-34").matchAll(/^## (\S+) — /gm)].map(([, at]) => at!);
    for (const { at, name } of FORM_B1)
      expect(
        clauses.some((clause) => at.startsWith(clause)),
        name,
      ).toBe(true);
  });
});

describe("the limited-content message", () => {
  const robin: LimitedContentMessage = {
    business: "ABC Inc",
    persons: ["Robin Smith", "Jim Johnson"],
    phones: ["1-800-555-1212"],
    asksForReply: true,
    forConsumer: true,
  };

  test("the comment's examples are messages of limited content", () => {
    expect(notLimitedBecause(robin)).toBeUndefined();
    expect(page("us/reg-f-interpretations").replace(/[\s>]+/g, " ")).toContain(
      wordsOf({ ...robin, business: "ABC Inc" }),
    );
    const optional = {
      ...robin,
      persons: ["Robin Smith"],
      salutation: "Hi",
      saidAt: "4:15 p.m. on Wednesday, September 1",
      anyRepresentative: true,
      suggestedTimes:
        "today until 6:00 p.m. Eastern time, or any weekday from 8:00 a.m. to 6:00 p.m. Eastern time",
    };
    expect(notLimitedBecause(optional)).toBeUndefined();
    expect(page("us/reg-f-interpretations").replace(/[\s>]+/g, " ")).toContain(wordsOf(optional));
    expect(isLimitedContent(wordsOf(optional))).toBe(true);
  });

  test("its words are known again, and any others are not", () => {
    const from = { ...robin, salutation: "Good morning Ana", anyRepresentative: true };
    for (const message of [robin, from, { ...robin, phones: ["1-800-555-1212", "(212) 555-0100"] }])
      expect(isLimitedContent(wordsOf(message)), wordsOf(message)).toBe(true);
    const words = wordsOf(robin);
    for (const other of [
      words.replace("ABC Inc", "ABC Debt Recovery"),
      words.replace("ABC Inc", "the ABC Inc credit card receivables group"),
      words.replace("or Jim Johnson", "or our agents for overdue accounts"),
      words.replace("Please", "It is about your loan. Please"),
      words.replace("1-800-555-1212", "our office"),
      `${words} Thank you.`,
      words.replace("Please contact me or Jim Johnson at", "I can be found at"),
      "",
      `${words} ${"x".repeat(100_000)}`,
    ])
      expect(isLimitedContent(other), other.slice(0, 200)).toBe(false);
  });

  test.each([
    ["2(j)-1", { other: "this message is from a debt collector" }, "says more"],
    ["2(j)-2", { forConsumer: false }, "somebody other"],
    ["2(j)(2)-1", { other: "the credit card receivables group" }, "says more"],
    ["2(j)(1)-1", { business: "ABC Debt Collectors" }, "shows that it collects"],
    ["2(j)(1)-1", { persons: [] }, "natural person"],
    ["2(j)(1)-1", { phones: [] }, "no number"],
    ["2(j)(1)-1", { asksForReply: false }, "reply"],
  ] as const)("comment %s: %o is none", (_, change, why) => {
    expect(notLimitedBecause({ ...robin, ...change })).toContain(why);
  });
});

describe("sale and placement", () => {
  test.each([
    ["open", "buyer", "none"],
    ["paid", "buyer", "forbidden"],
    ["settled", "collector", "forbidden"],
    ["discharged", "buyer", "forbidden"],
    ["paid", "owner", "none"],
    ["paid", "merger", "none"],
    ["settled", "securitization", "none"],
    [undefined, "buyer", "not-known"],
  ] as const)("a debt that is %s, to a %s: %s", (state, to, bar) => {
    expect(transferBar(state === undefined ? {} : { state }, to).bar).toBe(bar);
  });

  test("a lien outlives a discharge, if the discharge is told", () => {
    const state = "discharged";
    expect(transferBar({ state }, "buyer", { lien: true, dischargeTold: true }).bar).toBe("none");
    expect(transferBar({ state }, "buyer", { lien: true, dischargeTold: false }).bar).toBe("forbidden");
  });
});

function page(law: string): string {
  return readFileSync(new URL(`../../law/${law}.md`, import.meta.url), "utf8");
}
