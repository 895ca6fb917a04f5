import { parseMoney } from "../../src/core/index.ts";
import { show, type ValueCheck } from "../params.ts";

/** The shapes of what the pack knows of enforcement, of the list of dishonest debtors and of limits of consumption. */

const expected =
  (fine: (value: unknown) => boolean, what: string): ValueCheck =>
  (value) =>
    fine(value) ? undefined : `found ${show(value)}, expected ${what}`;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/** Whole numbers above zero under exactly these names. */
const counts = (...names: readonly string[]): ValueCheck =>
  expected(
    (value) => {
      const found = (value ?? {}) as Readonly<Record<string, unknown>>;
      return Object.keys(found).length === names.length && names.every((name) => isCount(found[name]));
    },
    `{ ${names.map((name) => `${name}: 1`).join(", ")} }`,
  );

const word = (one: string): ValueCheck => expected((value) => value === one, `"${one}"`);
const text = expected((value) => value === true, "true: the text is all there is");
const unverified = word("unverified");
const fine = expected(
  (value) => (parseMoney((value as { most?: string } | undefined)?.most ?? "") ?? -1) > 0,
  '{ most: "100000" }',
);

const texts = (prefix: string, names: readonly string[]): Readonly<Record<string, ValueCheck>> =>
  Object.fromEntries(names.map((name) => [`${prefix}.${name}`, text]));

export const ENFORCEMENT_VALUES: Readonly<Record<string, ValueCheck>> = {
  "enforcement.accept": counts("days"),
  "enforcement.usual-time": counts("months"),
  "enforcement.upper-court": counts("months"),
  "enforcement.notice": counts("days"),
  "enforcement.late-application": word("defence-only"),
  "enforcement.asset-report": counts("years"),
  "enforcement.measures.longest": counts("deposits", "movables", "other"),
  "enforcement.continue": word("no-limit"),
  "enforcement.continue.time": word("no-limit"),
  "enforcement.settlement.broken": word("resume-or-sue"),
  "enforcement.settlement.resume-from": word("last-day-of-settlement"),
  "enforcement.round.again": word("no-limit"),
  "enforcement.round.conditions": counts("months"),
  "enforcement.round.resumed": word("no-limit"),
  "enforcement.round.recheck": counts("months", "years"),
  "enforcement.refusal.fine": fine,
  "enforcement.refusal.detention": counts("days"),
  "enforcement.reminders": counts("days"),
  "enforcement.chase": counts("working_days"),
  ...texts("enforcement", [
    "notice.measures",
    "late-application.paid",
    "asset-report.order",
    "measures",
    "measures.income",
    "measures.necessities",
    "measures.other",
    "measures.renewal",
    "stay",
    "end",
    "double-interest",
    "settlement",
    "settlement.performed",
    "settlement.broken.law",
    "settlement.kept",
    "settlement.resumed",
    "settlement.sued",
    "settlement.paid",
    "round",
    "refusal",
    "refusal.crime",
    "refusal.crime.able",
    "refusal.crime.after-penalty",
  ]),
  "dishonest.ground.able-but-refusing": word("no-term"),
  "dishonest.ground.obstruction": word("term"),
  "dishonest.ground.evasion": word("term"),
  "dishonest.ground.asset-report": word("term"),
  "dishonest.ground.consumption-order": word("term"),
  "dishonest.ground.settlement-refused": word("term"),
  "dishonest.inability": word("no-ground"),
  "dishonest.term": counts("years"),
  "dishonest.term.longer": counts("least", "most"),
  "dishonest.minors": word("never"),
  "dishonest.students": unverified,
  "dishonest.decision": counts("days"),
  "dishonest.grace": counts("least", "most"),
  "dishonest.wrong": counts("working_days"),
  "dishonest.removal": counts("working_days"),
  "dishonest.removal.term": counts("working_days"),
  "dishonest.again.bar": counts("months"),
  "dishonest.correction.answer": counts("days"),
  "dishonest.correction.made": counts("working_days"),
  "dishonest.correction.review": counts("days"),
  "dishonest.correction.review.answer": counts("days"),
  ...texts("dishonest", [
    "grounds",
    "early",
    "not-listed",
    "warning",
    "decision.form",
    "grace.publication",
    "credit-bureau",
    "notified",
    "again",
    "correction",
    "correction.no-stay",
  ]),
  "consumption.items": counts("kinds"),
  "consumption.temporary": counts("months"),
  ...texts("consumption", [
    "may",
    "must",
    "factors",
    "application",
    "order",
    "permission",
    "lift.may",
    "lift.must",
    "breach",
  ]),
  ...texts("delay-interest", ["pause", "start", "start.period", "stop", "deduction"]),
  "delay-interest.practice.bank-penalty-parallel": unverified,
  "delay-interest.practice.base-without-liquidated-damages": unverified,
  "delay-interest.practice.no-request": unverified,
};
