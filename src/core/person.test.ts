import { describe, expect, test } from "vitest";
import { type Day, day } from "./calendar.ts";
import { decidePerson, notBefore, personOf, placementOn } from "./person.ts";
import type { PersonFact } from "./person-facts.ts";
import { instantAt } from "./zone.ts";

const ZONE = "Asia/Shanghai";
const at = (on: string, minute = 600): number => instantAt(ZONE, day(on), minute);
/** What every fact has, from its day and its name; it counts from ten in the morning. */
const of = (on: string, id: string) => ({ on: day(on), id, at: at(on) });

const stop = (on: string, id: string, kinds?: ("text" | "call")[]): PersonFact => ({
  kind: "StopRequested",
  ...of(on, id),
  ...(kinds ? { kinds } : {}),
});
const lift = (on: string, ended: string): PersonFact => ({
  kind: "StopLifted",
  ...of(on, `lift ${ended}`),
  of: ended,
});
const reversal = (on: string, undone: string): PersonFact => ({
  kind: "PersonFactReversed",
  ...of(on, `reversal of ${undone}`),
  of: undone,
  reason: "another person",
});
const placed = (on: string, more: Partial<Extract<PersonFact, { kind: "Placed" }>> = {}): PersonFact => ({
  kind: "Placed",
  ...of(on, `placed ${on}`),
  debt: "L1",
  with: "Agency",
  role: "agency",
  from: day(on),
  lenderSteps: "pause",
  ...more,
});
const recalled = (on: string): PersonFact => ({ kind: "Recalled", ...of(on, `recalled ${on}`), debt: "L1" });

describe("what is known of a person on a day", () => {
  test.each<[string, readonly PersonFact[], string, readonly string[]]>([
    ["a stop is not known the day before it was booked", [stop("2026-03-06", "S")], "2026-03-05", []],
    ["a stop is known on its day", [stop("2026-03-06", "S")], "2026-03-06", ["S"]],
    [
      "a lifted stop stands until the day of the lift",
      [stop("2026-03-06", "S"), lift("2026-03-09", "S")],
      "2026-03-08",
      ["S"],
    ],
    [
      "a lifted stop is gone from the day of the lift",
      [stop("2026-03-06", "S"), lift("2026-03-09", "S")],
      "2026-03-09",
      [],
    ],
    [
      "of two stops the one that was named is lifted",
      [stop("2026-03-06", "S"), stop("2026-03-06", "T"), lift("2026-03-06", "T")],
      "2026-03-06",
      ["S"],
    ],
    [
      "a reversed stop was never asked for",
      [stop("2026-03-06", "S"), reversal("2026-03-07", "S")],
      "2026-03-07",
      [],
    ],
    [
      "it stood on the days before its reversal",
      [stop("2026-03-06", "S"), reversal("2026-03-07", "S")],
      "2026-03-06",
      ["S"],
    ],
    [
      "a lift that was recorded by mistake lifts nothing once it is reversed",
      [stop("2026-03-06", "S"), lift("2026-03-07", "S"), reversal("2026-03-08", "lift S")],
      "2026-03-08",
      ["S"],
    ],
  ])("%s", (_, facts, on, stops) => {
    expect(personOf(facts, day(on)).stops.map(({ id }) => id)).toEqual(stops);
  });

  test("consent to calls and texts, of which texts are taken back, stands for calls", () => {
    const facts: PersonFact[] = [
      { kind: "ConsentGiven", ...of("2026-03-01", "C"), kinds: ["call", "text"], to: "lender" },
      { kind: "ConsentWithdrawn", ...of("2026-03-06", "W"), kinds: ["text"] },
    ];
    expect(personOf(facts).consents).toEqual([
      { ...of("2026-03-01", "C"), kinds: ["call"], to: "lender" },
      { ...of("2026-03-01", "C"), kinds: ["text"], to: "lender", withdrawn: at("2026-03-06") },
    ]);
    expect(personOf(facts, day("2026-03-05")).consents).toHaveLength(1);
  });

  test("consent to offers that is taken back leaves consent to reminders", () => {
    const given = { ...of("2026-03-01", "C"), kinds: ["text"] as const, to: "lender" };
    const offers = { ...given, id: "O", purpose: "marketing" as const };
    const facts: PersonFact[] = [
      { kind: "ConsentGiven", ...given },
      { kind: "ConsentGiven", ...offers },
      { kind: "ConsentWithdrawn", ...of("2026-03-06", "W"), kinds: ["text"], purpose: "marketing" },
    ];
    expect(personOf(facts).consents).toEqual([given, { ...offers, withdrawn: at("2026-03-06") }]);
  });

  test("that he took back what nobody had recorded is known all the same", () => {
    const facts: PersonFact[] = [{ kind: "ConsentWithdrawn", ...of("2026-03-06", "W"), kinds: ["text"] }];
    expect(personOf(facts).consents).toMatchObject([
      { kinds: ["text"], at: at("2026-03-06"), withdrawn: at("2026-03-06") },
    ]);
  });

  test("a consent given again after it was taken back stands", () => {
    const facts: PersonFact[] = [
      { kind: "ConsentGiven", ...of("2026-03-01", "C"), kinds: ["text"], to: "lender" },
      { kind: "ConsentWithdrawn", ...of("2026-03-06", "W"), kinds: ["text"] },
      { kind: "ConsentGiven", ...of("2026-03-08", "D"), kinds: ["text"], to: "lender" },
    ];
    const consents = personOf(facts).consents.map(({ id, withdrawn }) => [id, withdrawn !== undefined]);
    expect(consents).toEqual([
      ["C", true],
      ["D", false],
    ]);
  });

  test("a notice that came back is told so, and a ban that was ended early ends then", () => {
    const facts: PersonFact[] = [
      { kind: "NoticeGiven", ...of("2026-03-01", "N"), notice: "bureau-negative", debt: "L1" },
      { kind: "NoticeReturned", ...of("2026-03-05", "R"), of: "N" },
      { kind: "ContactBanned", ...of("2026-03-01", "B"), until: at("2026-06-01") },
      { kind: "ContactBanEnded", ...of("2026-04-01", "E"), of: "B" },
    ];
    const person = personOf(facts);
    expect(person.notices[0]!.returned).toBe(at("2026-03-05"));
    expect(person.bans[0]!.until).toBe(at("2026-04-01"));
    expect(personOf(facts, day("2026-03-04")).notices[0]!.returned).toBeUndefined();
  });

  test("of what the borrower agreed to, and of who speaks for him, the last word stands", () => {
    const facts: PersonFact[] = [
      { kind: "TimesAgreed", ...of("2026-03-01", "T1"), from: 540, to: 600 },
      { kind: "TimesAgreed", ...of("2026-03-02", "T2"), from: 1140, to: 1200 },
      { kind: "AttorneyNoted", ...of("2026-03-01", "A1"), known: true },
      { kind: "AttorneyNoted", ...of("2026-03-02", "A2"), known: false },
    ];
    const { agreed, attorney } = personOf(facts);
    expect([agreed!.id, attorney!.id]).toEqual(["T2", "A2"]);
  });
});

describe("a placed loan", () => {
  test.each<[string, readonly PersonFact[], string, string | undefined]>([
    [
      "is worked by the agency from the first day of its placement",
      [placed("2026-03-06")],
      "2026-03-06",
      "Agency",
    ],
    [
      "is the lender's the day before",
      [placed("2026-03-05", { from: day("2026-03-06") })],
      "2026-03-05",
      undefined,
    ],
    [
      "is the agency's on its last day",
      [placed("2026-03-06", { until: day("2026-03-20") })],
      "2026-03-20",
      "Agency",
    ],
    [
      "is the lender's again the day after",
      [placed("2026-03-06", { until: day("2026-03-20") })],
      "2026-03-21",
      undefined,
    ],
    [
      "is the lender's once it is recalled",
      [placed("2026-03-06"), recalled("2026-03-10")],
      "2026-03-10",
      undefined,
    ],
    [
      "is another agency's once it is placed again",
      [placed("2026-03-06"), recalled("2026-03-10"), placed("2026-03-11", { with: "Other" })],
      "2026-03-11",
      "Other",
    ],
    [
      "is nobody else's for another loan of the borrower",
      [placed("2026-03-06", { debt: "L2" })],
      "2026-03-06",
      undefined,
    ],
  ])("%s", (_, facts, on, whose) => {
    expect(placementOn(personOf(facts, day(on)), "L1", day(on))?.with).toBe(whose);
  });
});

describe("a fact about a person is refused where nothing answers to it", () => {
  test.each<[string, PersonFact, readonly PersonFact[], string]>([
    ["a lift where nothing is stopped", lift("2026-03-06", ""), [], "none-stands"],
    [
      "a lift that does not say which of two",
      lift("2026-03-06", ""),
      [stop("2026-03-01", "S"), stop("2026-03-01", "T")],
      "which-one",
    ],
    ["a lift of a stop of another name", lift("2026-03-06", "X"), [stop("2026-03-01", "S")], "no-such-entry"],
    [
      "a second lift of one stop",
      lift("2026-03-06", "S"),
      [stop("2026-03-01", "S"), lift("2026-03-02", "S")],
      "none-stands",
    ],
    ["a recall of a loan that is placed with nobody", recalled("2026-03-06"), [], "not-placed"],
    ["a second placement over the first", placed("2026-03-06"), [placed("2026-03-01")], "placed-already"],
    ["a reversal of what is not there", reversal("2026-03-06", "X"), [], "no-such-entry"],
    [
      "a second reversal",
      reversal("2026-03-06", "S"),
      [stop("2026-03-01", "S"), reversal("2026-03-02", "S")],
      "already-reversed",
    ],
  ])("%s", (_, wish, facts, code) => {
    expect(decidePerson(wish, facts)).toMatchObject({ ok: false, refusal: { code } });
  });

  test("the only stop that stands is the one that a lift means", () => {
    expect(decidePerson(lift("2026-03-06", ""), [stop("2026-03-01", "S")])).toMatchObject({
      ok: true,
      value: { of: "S" },
    });
  });

  test("a placement whose last day is over makes room for the next", () => {
    const over = placed("2026-03-01", { until: day("2026-03-05") });
    expect(decidePerson(placed("2026-03-06"), [over]).ok).toBe(true);
  });

  test("a recall is booked no earlier than the placement that it ends", () => {
    expect(notBefore(recalled("2026-03-01"), [placed("2026-03-06")])).toBe(day("2026-03-06") as Day);
  });
});
