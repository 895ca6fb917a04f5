import { describe, expect, test } from "vitest";
import { loadPack, type Place } from "../../packs/load.ts";
import { day, instantAt, type PersonFact, personOf, placementOn, type StepKind } from "../core/index.ts";
import { gate } from "./gate.ts";
import { actorOf, afterNews, contactReported, debtOf, gateFactsOf } from "./person.ts";

const ZONES: Record<Place, string> = { cn: "Asia/Shanghai", us: "America/New_York" };

/** What the gate says of a step on 6 March 2026 at a time of the day, after what is known of the person. */
function judged(place: Place, kind: StepKind, facts: readonly PersonFact[], minute = 600) {
  const zone = ZONES[place];
  const person = personOf(facts);
  const placement = placementOn(person, "L1", day("2026-03-06"));
  const known = gateFactsOf({
    zone,
    holds: [],
    contacts: person.contacts.map(contactReported),
    reach: ["text", "call", "email", "letter"],
    person,
    placement,
    debts: [debtOf("L1", "open", placement)],
  });
  const step = {
    kind,
    to: { role: "borrower" },
    at: instantAt(zone, day("2026-03-06"), minute),
    actor: actorOf(placement),
    debts: ["L1"],
  } as const;
  return gate(loadPack(place), step, known);
}

const because = (place: Place, kind: StepKind, facts: readonly PersonFact[], minute?: number): string[] =>
  judged(place, kind, facts, minute)
    .because.filter(({ outcome }) => outcome.outcome !== "allow")
    .map(({ rule, outcome }) => `${outcome.outcome} ${rule.id}`);

const on = (place: Place, date: string, id: string, minute = 540) => ({
  on: day(date),
  id,
  at: instantAt(ZONES[place], day(date), minute),
});

describe("what the gate is told of a person", () => {
  test("a stop of texts ends texts and leaves letters: a United States lender", () => {
    const stop: PersonFact = { kind: "StopRequested", ...on("us", "2026-03-06", "S"), kinds: ["text"] };
    expect(because("us", "text", [])).toEqual([]);
    expect(because("us", "text", [stop])).toContain("forbid house/us-stops");
    expect(because("us", "letter", [stop])).toEqual([]);
  });

  test("a stop of texts counts from its minute, and not before", () => {
    const stop: PersonFact = { kind: "StopRequested", ...on("us", "2026-03-06", "S", 601), kinds: ["text"] };
    expect(because("us", "text", [stop], 600)).toEqual([]);
    expect(because("us", "text", [stop], 601)).toContain("forbid house/us-stops");
  });

  test("in China a way that he asked to stop, or consent that he took back, waits for a person", () => {
    const stop: PersonFact = { kind: "StopRequested", ...on("cn", "2026-03-06", "S"), kinds: ["text"] };
    expect(because("cn", "text", [stop])).toEqual(["ask-person cn/private-peace"]);
    expect(because("cn", "letter", [stop])).toEqual([]);
    const back: PersonFact = { kind: "ConsentWithdrawn", ...on("cn", "2026-03-06", "W"), kinds: ["text"] };
    expect(because("cn", "text", [back])).toEqual(["ask-person cn/consent-withdrawn"]);
    expect(because("cn", "call", [back])).toEqual([]);
  });

  test("a notice and a written consent unlock the report to the bureau, which a person then decides", () => {
    const consent: PersonFact = {
      kind: "ConsentGiven",
      ...on("cn", "2025-12-10", "C"),
      kinds: ["bureau"],
      to: "lender",
      by: "writing",
    };
    const notice: PersonFact = {
      kind: "NoticeGiven",
      ...on("cn", "2026-03-01", "N"),
      notice: "bureau-negative",
      debt: "L1",
    };
    expect(because("cn", "bureau", [])).toContain("forbid cn/bureau-notice");
    expect(because("cn", "bureau", [])).toContain("forbid cn/bureau-consent");
    expect(because("cn", "bureau", [consent])).toContain("forbid cn/bureau-notice");
    expect(because("cn", "bureau", [consent, notice])).toEqual(["ask-person house/filings-by-people"]);
    const returned: PersonFact = { kind: "NoticeReturned", ...on("cn", "2026-03-03", "R"), of: "N" };
    expect(because("cn", "bureau", [consent, notice, returned])).toContain("forbid cn/bureau-notice");
    const another: PersonFact = { ...notice, debt: "L2" };
    expect(because("cn", "bureau", [consent, another])).toContain("forbid cn/bureau-notice");
  });

  test("an order not to approach forbids every contact until its end", () => {
    const ban: PersonFact = {
      kind: "ContactBanned",
      ...on("cn", "2026-03-01", "B"),
      until: instantAt(ZONES.cn, day("2026-04-01"), 0),
    };
    expect(because("cn", "letter", [ban])).toEqual(["forbid cn/contact-ban"]);
    expect(judged("cn", "letter", [ban]).allowedFrom).toBe(instantAt(ZONES.cn, day("2026-04-01"), 8 * 60));
  });

  test("times that were agreed narrow the day", () => {
    const agreed: PersonFact = {
      kind: "TimesAgreed",
      ...on("cn", "2026-03-01", "T"),
      from: 18 * 60,
      to: 20 * 60,
    };
    expect(because("cn", "call", [agreed])).toEqual(["forbid cn/quiet-hours"]);
    expect(because("cn", "call", [agreed], 18 * 60)).toEqual([]);
  });
});

describe("a placement with an agency", () => {
  const placed = (place: Place, more: Partial<Extract<PersonFact, { kind: "Placed" }>> = {}): PersonFact => ({
    kind: "Placed",
    ...on(place, "2026-03-01", "P"),
    debt: "L1",
    with: "Agency",
    role: "agency",
    from: day("2026-03-01"),
    lenderSteps: "pause",
    ...more,
  });
  const calls = (count: number, debt = "L1"): PersonFact[] =>
    Array.from({ length: count }, (_, i) => ({
      kind: "ContactReported",
      ...on("us", "2026-03-05", `K${i}`, 600 + i),
      via: "call",
      outcome: "no-answer",
      who: "Agency",
      debts: [debt],
    }));
  const rules = (facts: readonly PersonFact[]): string[] =>
    judged("us", "call", facts).because.map(({ rule }) => rule.id);

  test("makes the rules of Regulation F bind, and its recall unbinds them", () => {
    const recall: PersonFact = { kind: "Recalled", ...on("us", "2026-03-05", "R"), debt: "L1" };
    expect(rules([])).not.toContain("us/call-cap");
    expect(rules([placed("us")])).toContain("us/call-cap");
    expect(rules([placed("us"), recall])).not.toContain("us/call-cap");
    expect(rules([placed("us", { from: day("2026-03-07") })])).not.toContain("us/call-cap");
  });

  test("does not bind a debt that was not in default when it was placed", () => {
    expect(rules([placed("us", { inDefault: false })])).not.toContain("us/call-cap");
    expect(rules([placed("us", { inDefault: true })])).toContain("us/call-cap");
  });

  test("binds a unit of the lender that goes under another name", () => {
    expect(rules([placed("us", { role: "lender", with: "Recovery Bureau" })])).toContain("us/call-cap");
  });

  test("with seven calls that the agency reported the eighth is stopped; calls about another debt do not count", () => {
    expect(because("us", "call", [placed("us"), ...calls(6)])).not.toContain("forbid house/us-calls");
    expect(because("us", "call", [placed("us"), ...calls(7)])).toContain("forbid house/us-calls");
    expect(because("us", "call", [placed("us"), ...calls(7, "L2")])).not.toContain("forbid house/us-calls");
  });

  test("in China the calls of the agency and the lender are counted together: three connected a day", () => {
    const connected = ["Agency", "Agency", "lender"].map(
      (who, i): PersonFact => ({
        kind: "ContactReported",
        ...on("cn", "2026-03-06", `K${i}`, 500 + i * 20),
        via: "call",
        outcome: "connected",
        who,
      }),
    );
    expect(because("cn", "call", connected.slice(0, 2))).toEqual([]);
    expect(because("cn", "call", connected)).toContain("forbid cn/connected-calls");
  });

  test("in China waits for the notice that somebody else collects", () => {
    const notice: PersonFact = {
      kind: "NoticeGiven",
      ...on("cn", "2026-03-02", "N"),
      notice: "outsourcing",
      debt: "L1",
    };
    expect(because("cn", "call", [placed("cn")])).toContain("forbid cn/outsourcing-notice");
    expect(because("cn", "call", [placed("cn"), notice])).toEqual([]);
  });

  test("with a law firm asks for its mandate", () => {
    const notice: PersonFact = {
      kind: "NoticeGiven",
      ...on("cn", "2026-03-02", "N"),
      notice: "outsourcing",
      debt: "L1",
    };
    const firm = (mandate?: boolean) =>
      because("cn", "call", [
        placed("cn", { role: "law-firm", ...(mandate === undefined ? {} : { mandate }) }),
        notice,
      ]);
    expect(firm()).toEqual(["ask-person cn/law-firm-mandate"]);
    expect(firm(false)).toEqual(["forbid cn/law-firm-mandate"]);
    expect(firm(true)).toEqual([]);
  });

  test("tells consent by whom it was given to: the actor, the creditor, or somebody before", () => {
    const consent = (id: string, to: string): PersonFact => ({
      kind: "ConsentGiven",
      ...on("us", "2026-03-01", id),
      kinds: ["email"],
      to,
    });
    const person = personOf([
      consent("A", "lender"),
      consent("B", "Agency"),
      consent("C", "Earlier"),
      placed("us"),
    ]);
    const told = (placement = placementOn(person, "L1", day("2026-03-06"))) =>
      gateFactsOf({ zone: ZONES.us, holds: [], contacts: [], reach: [], person, placement }).consents!.map(
        ({ to }) => to,
      );
    expect(told()).toEqual(["creditor", "actor", "earlier-collector"]);
    const alone = gateFactsOf({ zone: ZONES.us, holds: [], contacts: [], reach: [], person });
    expect(alone.consents!.map(({ to }) => to)).toEqual(["actor", "earlier-collector", "earlier-collector"]);
  });
});

describe("a step of a day", () => {
  const zone = ZONES.cn;
  const ten = instantAt(zone, day("2026-03-06"), 600);
  const ends = instantAt(zone, day("2026-03-07"), 0);
  const heard = (date: string, minute: number) =>
    personOf([{ kind: "StopRequested", ...on("cn", date, "S", minute) }]);

  test.each([
    ["is put off to the minute after what became known later that day", "2026-03-06", 900, 901],
    ["is put off when that was the same minute", "2026-03-06", 600, 601],
    ["stays where all was known before", "2026-03-06", 599, 600],
    ["stays where the last word is of an earlier day", "2026-03-05", 900, 600],
    ["stays in the day's last minute", "2026-03-06", 1439, 600],
  ])("%s", (_, date, minute, expected) => {
    expect(afterNews(heard(date, minute), ten, ends)).toBe(instantAt(zone, day("2026-03-06"), expected));
  });

  test("stays where nothing is known", () => {
    expect(afterNews(undefined, ten, ends)).toBe(ten);
  });
});
