import { describe, expect, test } from "vitest";
import { day } from "./calendar.ts";
import { eventOfTexts } from "./events.ts";
import { PERSON_EVENT_KINDS, readPersonEvent } from "./person-events.ts";
import { instantAt, parseInstant } from "./zone.ts";

const ZONE = "Asia/Shanghai";
const NOW = parseInstant("2026-03-06T15:40:00+08:00")!;
const context = { id: "made", loan: "L1", zone: ZONE, now: NOW };
const read = (texts: Record<string, string>) =>
  readPersonEvent(eventOfTexts(Object.entries({ on: "2026-03-06", ...texts })), context);
const value = (texts: Record<string, string>) => {
  const result = read(texts);
  if (!result.ok) throw new Error(result.refusal.says);
  return result.value;
};

describe("an event about a person", () => {
  test("of today counts from the minute in which it is recorded", () => {
    expect(value({ kind: "stop", kinds: "text" })).toEqual({
      kind: "StopRequested",
      on: day("2026-03-06"),
      id: "made",
      at: NOW,
      kinds: ["text"],
    });
  });

  test.each([
    ["a wish of an earlier day counts from its first minute", { kind: "stop" }, 0],
    ["consent taken back, too", { kind: "withdrawal", kinds: "text" }, 0],
    ["what may be relied on counts from its last", { kind: "consent", kinds: "text" }, 1439],
    ["a notice, too", { kind: "notice", notice: "bureau-negative" }, 1439],
  ])("%s", (_, texts, minute) => {
    expect(value({ on: "2026-03-02", ...texts }).at).toBe(instantAt(ZONE, day("2026-03-02"), minute));
  });

  test("a time of the day is read on the borrower's clock, an instant with its offset as it stands", () => {
    expect(value({ kind: "stop", at: "09:30" }).at).toBe(parseInstant("2026-03-06T09:30:00+08:00"));
    expect(value({ kind: "stop", at: "2026-03-06T01:30:00Z" }).at).toBe(
      parseInstant("2026-03-06T09:30:00+08:00"),
    );
  });

  test("a notice is about the loan with which it comes, unless it is about all", () => {
    expect(value({ kind: "notice", notice: "bureau-negative" })).toMatchObject({ debt: "L1" });
    expect(value({ kind: "notice", notice: "bureau-negative", debt: "all" })).not.toHaveProperty("debt");
  });

  test("weekdays are told by number or name, spans by the clock", () => {
    expect(value({ kind: "times", weekdays: "Sat, sunday", from: "12:00", to: "14:00" })).toMatchObject({
      kind: "TimesRefused",
      weekdays: [6, 7],
      from: 720,
      to: 840,
    });
  });

  test("a placement pauses the lender's own steps unless it says otherwise, and begins on its day", () => {
    expect(value({ kind: "placement", with: "Agency" })).toMatchObject({
      debt: "L1",
      role: "agency",
      from: day("2026-03-06"),
      lenderSteps: "pause",
    });
    expect(value({ kind: "placement", with: "Agency", lender_steps: "as-agent" })).toMatchObject({
      lenderSteps: "as-agent",
    });
  });

  test("a consent from a JSON request has lists and flags as such", () => {
    const result = readPersonEvent(
      { kind: "attorney", on: "2026-03-06", known: true, answers: false, name: "Ms Li" },
      context,
    );
    expect(result).toMatchObject({ ok: true, value: { known: true, answers: false, name: "Ms Li" } });
  });

  test.each([
    [
      "an outcome is mistyped: the nearest is named",
      { kind: "contact", via: "call", at: "09:00", outcome: "conected" },
      "unknown-value",
      'did you mean "connected"?',
    ],
    ["a key of another kind", { kind: "ban", kinds: "text" }, "unknown-key", "is not known here"],
    ["a contact without its time", { kind: "contact", via: "call" }, "time-missing", "--at"],
    [
      "a contact that is still to come",
      { kind: "contact", via: "call", at: "18:00" },
      "future-day",
      "still to come",
    ],
    ["consent to nothing", { kind: "consent" }, "not-a-list", "one or more"],
    ["a time that is none", { kind: "times", from: "25:00", to: "26:00" }, "not-a-time", "21:30"],
    ["a span with one end", { kind: "agreed-times", from: "09:00" }, "nothing-said", "both ends"],
    ["an agreement about nothing", { kind: "agreed-times" }, "nothing-said", "what was agreed"],
    ["times of no kind", { kind: "times" }, "nothing-said", "which times"],
    ["neither yes nor no", { kind: "employer", forbids: "perhaps" }, "not-yes-or-no", "neither"],
    [
      "a placement that ends before it begins",
      { kind: "placement", with: "A", until: "2026-03-05" },
      "order-of-days",
      "last day",
    ],
    ["an instant without its offset", { kind: "ban", until: "2026-05-01T09:00" }, "not-an-instant", "offset"],
  ])("is refused for %s", (_, texts, code, says) => {
    const result = read(texts);
    expect(result).toMatchObject({ ok: false, refusal: { code } });
    if (!result.ok) expect(result.refusal.says).toContain(says);
  });

  test("each kind that can be recorded is read", () => {
    const least: Record<string, Record<string, string>> = {
      consent: { kinds: "text" },
      withdrawal: { kinds: "text" },
      times: { weekdays: "7" },
      "agreed-times": { connected: "2" },
      notice: { notice: "outsourcing" },
      guarantor: { name: "Li" },
      contact: { via: "call", at: "09:00" },
      placement: { with: "Agency" },
    };
    const kinds = PERSON_EVENT_KINDS.map((kind) => value({ kind, ...least[kind] }).kind);
    expect(new Set(kinds).size).toBe(PERSON_EVENT_KINDS.length);
  });
});
