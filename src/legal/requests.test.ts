import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import {
  COMPLAINT_STATES,
  type ComplaintEvent,
  type ComplaintMoved,
  type ComplaintOpened,
  day,
  type Fact,
  formatDay,
  HARDSHIP_STATES,
  type HardshipEvent,
  type HardshipMoved,
  type HardshipOffer,
  inParts,
  minor,
} from "../core/index.ts";
import {
  answerDay,
  COMPLAINT_EVENTS,
  COMPLAINT_HOLD,
  COMPLAINT_TRANSITIONS,
  complaintLaw,
  complaintLives,
  complaintWatched,
  HARDSHIP_EVENTS,
  HARDSHIP_TRANSITIONS,
  hardshipDay,
  hardshipLaw,
  hardshipsOf,
  mayMoveComplaint,
  mayMoveHardship,
} from "./index.ts";

const ON = day("2026-03-02");
const law = (place: "cn" | "us") => {
  const made = complaintLaw(loadPack(place), ON);
  if (!made.ok) throw new Error(made.refusal.says);
  return made.value;
};
const help = (() => {
  const made = hardshipLaw(loadPack("cn"), ON);
  if (!made.ok) throw new Error(made.refusal.says);
  return made.value;
})();

const opened = (topic: ComplaintOpened["topic"]): ComplaintOpened => ({
  kind: "ComplaintOpened",
  on: ON,
  at: 0,
  id: "C-1",
  by: "borrower",
  topic,
  receivedOn: ON,
  channel: "portal",
  debts: ["L1"],
  words: "",
});
const moved = (what: ComplaintEvent, n = 1): ComplaintMoved => ({
  kind: "ComplaintMoved",
  on: ON,
  at: 0,
  id: "C-1",
  by: "anna",
  event: `${what.type}-${n}`,
  dated: ON,
  ...inParts(what),
});
const life = (topic: ComplaintOpened["topic"], ...events: readonly ComplaintEvent[]) =>
  complaintLives([opened(topic), ...events.map((one, i) => moved(one, i))]).get("C-1")!;
const by = (one: ReturnType<typeof life>, place: "cn" | "us" = "cn") => {
  const due = answerDay(one, law(place));
  return due && `${formatDay(due.lastOn)} ${due.source.param}`;
};

const MORE: ComplaintEvent = { type: "extended", reason: "complex" };
const AGAIN: ComplaintEvent = { type: "extended", reason: "very complex", approvedBy: "head office" };
const REASON = { en: "why", zh: "理由" };

describe("by when a complaint is answered", () => {
  // Complaint measures: 15, 30, and 30 more. 2026-03-02 + 15 = 17 March; + 30 = 1 April; + 60 = 1 May.
  test.each([
    ["a simple one in fifteen days", life("conduct"), "2026-03-17 complaint.deadline.simple"],
    ["a complex one in thirty", life("conduct", MORE), "2026-04-01 complaint.deadline.complex"],
    [
      "an especially complex one in sixty",
      life("conduct", MORE, AGAIN),
      "2026-05-01 complaint.deadline.extension",
    ],
    ["one about the credit record in twenty", life("credit-record"), "2026-03-22 credit.objection"],
  ])("%s", (_, one, expected) => {
    expect(by(one)).toBe(expected);
  });

  test("in the United States by the house's own fifteen days, and thirty about the credit record", () => {
    expect(by(life("conduct"), "us")).toBe("2026-03-17 hardship.answer");
    expect(by(life("credit-record"), "us")).toBe("2026-04-01 furnish.dispute");
  });

  test("people are told three days before", () => {
    const [watched] = complaintWatched(life("conduct"), law("cn"));
    expect(formatDay(watched!.remindOn!)).toBe("2026-03-14");
  });

  test("the second extension needs a name, a third there is none, and an objection to the credit record gets none", () => {
    const bare: ComplaintEvent = { type: "extended", reason: "again" };
    expect(mayMoveComplaint(life("conduct", MORE), bare, ON, law("cn"))?.code).toBe("complaint-no-approval");
    expect(mayMoveComplaint(life("conduct", MORE, AGAIN), AGAIN, ON, law("cn"))?.code).toBe(
      "complaint-no-more-time",
    );
    expect(mayMoveComplaint(life("credit-record"), MORE, ON, law("cn"))?.code).toBe("complaint-no-more-time");
  });
});

describe("the life of a complaint", () => {
  test("each state and event has an answer, and what is decided is over for its days", () => {
    for (const state of COMPLAINT_STATES)
      for (const event of COMPLAINT_EVENTS)
        expect(
          COMPLAINT_TRANSITIONS.filter((one) => one.from === state && one.event === event).length,
        ).toBeLessThan(2);
    const answered = life("conduct", { type: "answered", outcome: "partly", reason: REASON });
    expect([answered.state, answerDay(answered, law("cn"))]).toEqual(["partly", undefined]);
  });

  test("an outcome without its reason in one of the languages is refused, and so are corrections of what was rejected", () => {
    const answer = (more: Partial<Extract<ComplaintEvent, { type: "answered" }>>): ComplaintEvent => ({
      type: "answered",
      outcome: "rejected",
      reason: REASON,
      ...more,
    });
    const code = (what: ComplaintEvent) => mayMoveComplaint(life("conduct"), what, ON, law("cn"))?.code;
    expect(code(answer({ reason: { en: "why", zh: " " } }))).toBe("complaint-no-reason");
    expect(code(answer({ corrections: [{ debt: "L1", what: "waiver" }] }))).toBe("complaint-no-outcome");
    expect(code(answer({}))).toBeUndefined();
  });

  test("a rejected one can go to the regulator, and nothing follows on one that is closed but that", () => {
    const rejected = life("conduct", { type: "answered", outcome: "rejected", reason: REASON });
    expect(mayMoveComplaint(rejected, { type: "escalated", to: "regulator" }, ON, law("cn"))).toBeUndefined();
    const closed = life("conduct", { type: "withdrawn" });
    expect(mayMoveComplaint(closed, MORE, ON, law("cn"))?.code).toBe("complaint-withdrawn");
  });

  test("what contests the claim is a dispute, what contests conduct a complaint", () => {
    expect(COMPLAINT_HOLD["not-mine"]).toBe("dispute");
    expect(COMPLAINT_HOLD["third-person"]).toBe("complaint");
    expect(COMPLAINT_HOLD["credit-record"]).toBeUndefined();
  });

  test("his words stand apart from what happened, where an erasure finds them", () => {
    const fact = moved({ type: "answered", outcome: "upheld", reason: REASON });
    expect(fact.what).toEqual({ type: "answered", outcome: "upheld" });
    expect(fact.reason).toEqual(REASON);
  });
});

const OFFER: HardshipOffer = {
  way: "plan",
  change: {
    change: "restructure",
    firstDueOn: day("2026-04-05"),
    installments: 2,
    interest: "capitalise",
    late: "capitalise",
  },
  payments: [],
  total: minor(0),
  cost: minor(0),
  validUntil: day("2026-03-16"),
  graceDays: 10,
  missesForgiven: 1,
};
const asked: Fact = {
  kind: "HardshipRequested",
  on: ON,
  at: 0,
  id: "H-1",
  by: "borrower",
  receivedOn: ON,
  channel: "portal",
  debt: "L1",
  reasons: ["illness"],
  words: "",
  restsUntil: day("2026-04-01"),
};
const helpLife = (...events: readonly (HardshipEvent & { by?: string })[]) =>
  hardshipsOf([
    asked,
    ...events.map(
      ({ by: who = "anna", ...what }, i): HardshipMoved => ({
        kind: "HardshipMoved",
        on: ON,
        at: 0,
        id: "H-1",
        by: who,
        event: `${i}`,
        dated: ON,
        ...inParts(what as HardshipEvent),
      }),
    ),
  ]).get("H-1")!;
const accept: HardshipEvent = { type: "accepted", text: "t", sha256: "a", language: "en", how: "electronic" };

describe("a request for help", () => {
  test("is answered by a person in fifteen days; another look begins them anew", () => {
    expect(formatDay(hardshipDay(helpLife(), help)!.lastOn)).toBe("2026-03-17");
    expect(hardshipDay(helpLife({ type: "refused", reason: REASON }), help)).toBeUndefined();
    const again = helpLife(
      { type: "refused", reason: REASON },
      { type: "review-asked", words: "look again" },
    );
    expect(again.state).toBe("requested");
  });

  test("is not refused without a reason, and what one proposed another agrees to", () => {
    const dated = { dated: ON, by: "anna" };
    expect(mayMoveHardship(helpLife(), { type: "refused", reason: { en: "", zh: "" } }, dated)?.code).toBe(
      "hardship-no-reason",
    );
    const proposed = helpLife({ type: "proposed", offer: OFFER, reason: "r" });
    expect(mayMoveHardship(proposed, { type: "offered", offer: OFFER }, dated)?.code).toBe(
      "hardship-same-person",
    );
    expect(
      mayMoveHardship(proposed, { type: "offered", offer: OFFER }, { ...dated, by: "sun" }),
    ).toBeUndefined();
  });

  test("an offer is accepted by its own text, until its last day", () => {
    const offered = helpLife({ type: "offered", offer: OFFER });
    const on = (text: string) => ({ dated: day(text), by: "borrower", sha256: "a" });
    expect(mayMoveHardship(offered, accept, on("2026-03-16"))).toBeUndefined();
    expect(mayMoveHardship(offered, accept, on("2026-03-17"))?.code).toBe("hardship-offer-over");
    expect(mayMoveHardship(offered, accept, { ...on("2026-03-16"), sha256: "b" })?.code).toBe(
      "hardship-other-text",
    );
  });

  test("with a guarantor waits for his consent", () => {
    const offered: HardshipEvent = { type: "offered", offer: { ...OFFER, guarantor: "Li" } };
    expect(helpLife(offered, accept).state).toBe("consenting");
    expect(helpLife(offered, accept, { type: "consented", guarantor: "Li", proof: "paper 1" }).state).toBe(
      "running",
    );
    expect(helpLife({ type: "offered", offer: OFFER }, accept).state).toBe("running");
  });

  test("each state and event has one answer at most", () => {
    for (const state of HARDSHIP_STATES)
      for (const event of HARDSHIP_EVENTS)
        expect(
          HARDSHIP_TRANSITIONS.filter((one) => one.from === state && one.event === event).length,
        ).toBeLessThan(2);
  });
});
