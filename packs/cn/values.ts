import {
  BUREAU_CODES,
  parseDay,
  parseMinute,
  parseMoney,
  parseRate,
  SPECIAL_TRANSACTIONS,
} from "../../src/core/index.ts";
import { DELAY_DAY_COUNTS, OBSTACLE_KINDS, PROOFS, RESTART_KINDS } from "../../src/legal/index.ts";
import { show, type ValueCheck } from "../params.ts";
import { COURT_WORDS } from "./court-values.ts";
import { ENFORCEMENT_VALUES } from "./values-enforcement.ts";

/** The shapes of this pack's values. A file is checked against them before anything is built from it. */

const expected =
  (fine: (value: unknown) => boolean, what: string): ValueCheck =>
  (value) =>
    fine(value) ? undefined : `found ${show(value)}, expected ${what}`;

const keysAre = (value: unknown, keys: readonly string[], optional: readonly string[] = []): boolean => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const found = Object.keys(value);
  return (
    keys.every((key) => found.includes(key)) && found.every((key) => [...keys, ...optional].includes(key))
  );
};
type Values = Readonly<Record<string, unknown>>;

const isRate = (found: unknown): found is string =>
  typeof found === "string" && parseRate(found, "year") !== undefined;
const isMoney = (found: unknown): found is string =>
  typeof found === "string" && (parseMoney(found) ?? -1) >= 0;
const isCount = (found: unknown): found is number => Number.isSafeInteger(found) && (found as number) > 0;
const isEach = (found: unknown, words: readonly string[]): boolean =>
  Array.isArray(found) && found.length === words.length && words.every((word) => found.includes(word));

const span = expected((value) => {
  const { from, to } = (value ?? {}) as Values;
  return (
    typeof from === "string" &&
    typeof to === "string" &&
    parseMinute(from) !== undefined &&
    parseMinute(to) !== undefined &&
    from !== to
  );
}, '{ from: "HH:MM", to: "HH:MM" }');

const count = expected(isCount, "a whole number above zero");
const days: ValueCheck = (value) => count((value as { days?: unknown } | undefined)?.days);
const years: ValueCheck = (value) => count((value as { years?: unknown } | undefined)?.years);

/** The core knows this order and no other. */
const STEPS = ["designated", "due", "least-secured", "heaviest-burden", "earliest-due", "pro-rata"];
const severalDebts = expected(
  (value) => JSON.stringify(value) === JSON.stringify(STEPS),
  `exactly ${STEPS.join(", ")}`,
);

const SLOTS = ["recovery_cost", "interest", "principal"];
const order = expected((value) => isEach(value, SLOTS), `each of ${SLOTS.join(", ")} once`);

const ceiling = expected((value) => {
  const { percent, times_lpr, on_request } = (value ?? {}) as Values;
  if (typeof on_request !== "boolean") return false;
  if (keysAre(value, ["percent", "on_request"])) return isRate(percent);
  return keysAre(value, ["times_lpr", "on_request"]) && isCount(times_lpr);
}, '{ percent: "24" } or { times_lpr: 4 }, with on_request');

const rate = expected(
  (value) => keysAre(value, ["percent"]) && isRate((value as Values).percent),
  '{ percent: "3.85" }',
);

const LICENSED = ["licensed-bank", "consumer-finance"];
/** Lenders that a province supervises and not the banking regulator: the words of `lender.local`. */
export const LOCAL_LENDERS: readonly string[] = [
  "micro-loan",
  "financing-guarantee",
  "regional-equity-market",
  "pawnbroker",
  "financial-leasing",
  "factoring",
  "local-asset-manager",
];
const lenders = (kinds: readonly string[]): ValueCheck =>
  expected((value) => isEach(value, kinds), `each of ${kinds.join(", ")} once`);

const uplift = expected((value) => {
  const { least, most } = (value ?? {}) as Values;
  return (
    keysAre(value, ["least", "most"]) &&
    isMoney(least) &&
    isMoney(most) &&
    parseMoney(least)! <= parseMoney(most)!
  );
}, '{ least: "1.3", most: "1.5" }');

const compound = expected((value) => {
  const { on, at } = (value ?? {}) as Values;
  return keysAre(value, ["on", "at"]) && on === "unpaid-interest" && at === "late-rate";
}, "{ on: unpaid-interest, at: late-rate }");

/** Bands rise, and only the last has no edge: a gap or an overlap in the scale is a wrong fee. */
const scale = expected((value) => {
  if (!keysAre(value, ["up_to", "flat", "bands"], ["most"])) return false;
  const { up_to, flat, bands, most } = value as Values;
  if (!isMoney(up_to) || !isMoney(flat) || (most !== undefined && !isMoney(most)) || !Array.isArray(bands))
    return false;
  let edge = parseMoney(up_to)!;
  return bands.every((band: unknown, index) => {
    const last = index === bands.length - 1;
    if (!keysAre(band, last ? ["percent"] : ["percent", "up_to"]) || !isRate((band as Values).percent))
      return false;
    if (last) return true;
    const to = (band as Values).up_to;
    if (!isMoney(to) || parseMoney(to)! <= edge) return false;
    edge = parseMoney(to)!;
    return true;
  });
}, "up_to, flat and rising bands, the last one open");

const share = expected(
  (value) => keysAre(value, ["share"]) && /^[1-9]\d?\/[1-9]\d?$/.test(String((value as Values).share)),
  '{ share: "1/2" }',
);

const daily = expected((value) => {
  const { percent, per } = (value ?? {}) as Values;
  return keysAre(value, ["percent", "per"]) && isRate(percent) && per === "day";
}, '{ percent: "0.0175", per: day }');

const dayCount = expected(
  (value) => DELAY_DAY_COUNTS.some((known) => known === value),
  `one of ${DELAY_DAY_COUNTS.join(", ")}`,
);
const delayOrder = expected(
  (value) => Array.isArray(value) && value.join() === "judgment-debt,doubled-part",
  "[judgment-debt, doubled-part], the one order that is built",
);

const months: ValueCheck = (value) => count((value as { months?: unknown } | undefined)?.months);
const lastMonths: ValueCheck = (value) =>
  count((value as { last_months?: unknown } | undefined)?.last_months);
/** A reading of the law of which one is built: its name says which. */
const only = (word: string): ValueCheck =>
  expected((value) => value === word, `${word}, the one reading built`);
const kindOf = (kind: string): ValueCheck =>
  expected(
    (value) => ["demand", "agreement", "proceedings"].includes(value as string),
    `whether ${kind} is a demand, an agreement or proceedings`,
  );
const proofs = expected(
  (value) =>
    keysAre(value, PROOFS) &&
    Object.values(value as Values).every((grade) =>
      ["holds", "doubtful", "nothing"].includes(grade as string),
    ),
  "holds, doubtful or nothing for each kind of proof",
);
const warningDays = expected(
  (value) => Array.isArray(value) && value.every((n, i) => isCount(n) && (i === 0 || n < value[i - 1])),
  "days before the end, falling",
);
const named = <T extends string>(
  prefix: string,
  names: readonly T[],
  check: (name: T) => ValueCheck,
): Readonly<Record<string, ValueCheck>> =>
  Object.fromEntries(names.map((name) => [`${prefix}.${name}`, check(name)]));

const LIMITATION: Readonly<Record<string, ValueCheck>> = {
  "limitation.period": years,
  "limitation.long-stop": years,
  "limitation.long-stop.fixed": only("neither-suspended-nor-interrupted"),
  "limitation.start": only("due-day"),
  "limitation.start.installments": only("last-due-day"),
  "limitation.first-day": only("not-counted"),
  "limitation.last-day": only("corresponding-day-or-end-of-month"),
  "limitation.last-day.off": only("next-working-day"),
  "limitation.last-day.until": only("midnight"),
  "limitation.suspension": lastMonths,
  "limitation.suspension.rest": months,
  ...named("limitation.obstacle", OBSTACLE_KINDS, () => only("obstacle")),
  "limitation.restart": only("anew"),
  "limitation.restart.again": only("each-time"),
  "limitation.restart.part": only("rest-too-unless-given-up"),
  ...named("limitation.restart", ["demand", "agreement", "suit", "like-suit"], () => only("interrupts")),
  ...named("limitation.by", RESTART_KINDS, kindOf),
  "limitation.like-suit": only("interrupts"),
  "limitation.police-report.anew": only("from-knowing-the-decision"),
  "limitation.card": only("interrupts"),
  ...named("limitation.card", ["debit", "sent-to-address-on-file", "police-report"], () =>
    only("interrupts"),
  ),
  "limitation.defence": only("defence-only"),
  "limitation.defence.not-raised-by-court": only("never"),
  "limitation.defence.not-explained-by-court": only("never"),
  "limitation.waiver": only("agreeing-or-performing"),
  "limitation.waiver.agrees": only("defence-lost"),
  "limitation.waiver.new-agreement": only("defence-lost"),
  "limitation.waiver.signed-demand": only("defence-lost-where-agreement-is-found"),
  "limitation.guarantee": months,
  "limitation.guarantee.fixed": only("neither-suspended-nor-interrupted"),
  "limitation.enforcement": years,
  "limitation.enforcement.start": only("last-day-to-perform"),
  "limitation.proofs": proofs,
  "limitation.warnings": warningDays,
};

const isTrue = expected((value) => value === true, "true: the text is all there is");
/** What is said of a court's message and of how it serves: texts without a number. */
const COURT_TEXTS = [
  "message.consent",
  "message.consent-forms",
  "message.arrival",
  "message.other-address",
  "message.alert",
  "message.summary",
  "message.no-default",
  "message.never-genuine",
  "message.ways",
  "message.links",
  "default",
  "hearing-notice.summary",
  "answer.none",
  "payment-order.inability",
  "day-count",
  "day-off",
];

/** A fee between two amounts, of which the court or the province chooses. */
const between = expected((value) => {
  const { least, most } = (value ?? {}) as Values;
  return (
    keysAre(value, ["least", "most"]) &&
    isMoney(least) &&
    isMoney(most) &&
    parseMoney(least)! < parseMoney(most)!
  );
}, '{ least: "50", most: "100" }');
const FIVE_PLACES = ["defendant-domicile", "performance", "signing", "plaintiff-domicile", "object"];
const fivePlaces = expected((value) => isEach(value, FIVE_PLACES), `each of ${FIVE_PLACES.join(", ")} once`);
const COURTS: Readonly<Record<string, ValueCheck>> = {
  ...Object.fromEntries(Object.entries(COURT_WORDS).map(([name, word]) => [name, only(word)])),
  "court-fee.enforcement.no-amount": between,
  "court-fee.jurisdiction-objection": between,
  "court-fee.refund-days": days,
  "court-fee.relief.reduced": rate,
  "court-fee.settled": share,
  "jurisdiction.agreed": fivePlaces,
  "jurisdiction.habitual": years,
  "jurisdiction.internet": expected(
    (value) => value === "listed" || value === "not-listed",
    "listed or not-listed: whether loans are among the cases of the internet courts",
  ),
  "route.small-claims.may": rate,
  "route.small-claims.must": rate,
};
/** Proceedings: texts without a number. */
const PROCEEDING_TEXTS = [
  "fee.unpaid",
  "objection",
  "objection.waived",
  "time.converted",
  "time.not-counted",
  "small-claims.final",
  "small-claims.not.foreign",
  "small-claims.not.appraisal",
  "small-claims.not.whereabouts",
  "small-claims.not.counterclaim",
  "small-claims.not.other",
  "small-claims.converted",
  "small-claims.objection",
  "summary.missing",
  "summary.converted",
  "summary.no-public-notice",
  "service.electronic-day",
  "service.left",
  "service.consent.express",
  "service.consent.agreed-before",
  "service.consent.address-given",
  "service.consent.acted-on",
  "appeal.rulings",
  "appeal.final",
  "effective",
  "withdrawal",
  "mediation.first",
  "mediation.effective",
  "mediation.effective-day",
  "mediation.confirmed",
  "payment-order.ends",
  "payment-order.enforce",
  "payment-order.oral",
  "payment-order.late",
  "payment-order.void",
  "payment-order.suit",
  "payment-order.deemed-suit",
  "payment-order.filed-day",
];
/** And those with days. */
const PROCEEDING_DAYS = [
  "accept",
  "fee",
  "copy",
  "answer.small-claims",
  "service.public-notice",
  "appeal.ruling",
  "appeal.copy",
  "appeal.answer",
  "appeal.time.ruling",
  "mediation.confirm",
  "payment-order.accept",
  "payment-order.issue",
  "payment-order.unserved",
  "payment-order.refuse-suit",
  "preservation.sue",
  "remind",
];
const trialTime = expected(
  (value) => keysAre(value, ["months", "extension"]) && Object.values(value as Values).every(isCount),
  "months, and the months by which they can be extended",
);
const beyond = expected((value) => {
  const { beyond: days } = (value ?? {}) as Values;
  return keysAre(value, ["beyond"]) && Number.isSafeInteger(days) && (days as number) >= 0;
}, "{ beyond: 90 }");
const negative = expected(
  (value) =>
    Array.isArray(value) && value.every((code) => (BUREAU_CODES as readonly unknown[]).includes(code)),
  `signs of a month, out of ${BUREAU_CODES.join(" ")}`,
);
const firstDaysLate = expected((value) => {
  const from = (value as { from?: unknown } | undefined)?.from;
  return (
    Array.isArray(from) &&
    from.length === 7 &&
    from.every((n, i) => isCount(n) && (i === 0 || n > from[i - 1]))
  );
}, "{ from: seven days past due, rising }");
const special = expected(
  (value) => keysAre(value, SPECIAL_TRANSACTIONS) && Object.values(value as Values).every(isCount),
  `a number for each of ${SPECIAL_TRANSACTIONS.join(", ")}`,
);
const REPAIR_DAYS = ["from", "to", "paid_early_by", "hidden_early_from", "paid_by"];
const repair = expected(
  (value) =>
    keysAre(value, [...REPAIR_DAYS, "most"]) &&
    isMoney((value as Values).most) &&
    REPAIR_DAYS.every((key) => parseDay(String((value as Values)[key])) !== undefined),
  `days for ${REPAIR_DAYS.join(", ")} and a sum for most`,
);

const isLine = expected(
  (value) => keysAre(value, ["at"]) && typeof (value as Values).at === "string",
  '{ at: "12345" }',
);
const HELP_LINES = ["courts", "distress", "legal-aid", "lender-complaints", "police"];

export const KNOWN: Readonly<Record<string, ValueCheck>> = {
  ...Object.fromEntries(HELP_LINES.map((name) => [`help-line.${name}`, isLine])),
  "allocation.order": order,
  "allocation.several-debts": severalDebts,
  "card-plan.longest": years,
  "complaint.deadline.complex": days,
  "complaint.deadline.extension": days,
  "complaint.deadline.simple": days,
  "complaint.review": isTrue,
  "compound-interest": compound,
  "contact.attempt-cap": count,
  "contact.call-cap.interactive": count,
  "contact.call-cap.notice-voice": count,
  "contact.lost-after-calls": count,
  "contact.quiet-hours": span,
  "contact.quiet-hours.consent": span,
  "contact.visit-staff": count,
  "cost-ceiling.licensed": ceiling,
  "cost-ceiling.private": ceiling,
  "cost-ceiling.private.older-contracts": ceiling,
  "court-fee.case": scale,
  "court-fee.enforcement": scale,
  "court-fee.payment-order": share,
  "court-fee.preservation": scale,
  "court-fee.summary": share,
  "credit.class.doubtful": beyond,
  "credit.class.loss": beyond,
  "credit.class.special-mention": beyond,
  "credit.class.substandard": beyond,
  "credit.complaint": days,
  "credit.negative": negative,
  "credit.objection": days,
  "credit.reminders": warningDays,
  "credit.repair": repair,
  "credit.repair.check": days,
  "credit.retention": years,
  "credit.special": special,
  "credit.status.days": firstDaysLate,
  "credit.status.signs": isTrue,
  "credit.status.window": months,
  "delay-interest.day-count": dayCount,
  "hardship.answer": days,
  "hardship.grace": expected(
    (value) => keysAre(value, ["days", "times"]) && Object.values(value as Values).every(isCount),
    "{ days: 10, times: 1 }",
  ),
  "hardship.length": expected(
    (value) => keysAre(value, ["usual", "hardship"]) && Object.values(value as Values).every(isCount),
    "{ usual: 24, hardship: 60 }",
  ),
  "hardship.limit": expected(
    (value) => keysAre(value, ["above"]) && isMoney((value as Values).above),
    '{ above: "50000.00" }',
  ),
  "hardship.offer": days,
  "hardship.remind": days,
  "hardship.rest": days,
  ...Object.fromEntries(COURT_TEXTS.map((name) => [`court.${name}`, isTrue])),
  "court.hearing-notice": days,
  "court.answer": days,
  "court.appeal": days,
  "court.payment-order": days,
  "delay-interest.order": delayOrder,
  "delay-interest.rate": daily,
  ...ENFORCEMENT_VALUES,
  ...LIMITATION,
  ...COURTS,
  "late-interest.uplift": uplift,
  "late-interest.uplift.misuse": uplift,
  "lender.licensed": lenders(LICENSED),
  "lender.local": lenders(LOCAL_LENDERS),
  "liquidated-damages.excess": rate,
  "lpr.one-year": rate,
  "way-out.agreement": only("both-agree"),
  "way-out.guarantor": only("not-for-what-is-heavier"),
  "way-out.guarantor.term": only("guarantee-period-stays"),
  "way-out.extension": only("asked-before-the-term-ends"),
  "way-out.late-interest": only("as-agreed-or-by-rule"),
  "way-out.prepayment": only("interest-for-the-days-used"),
  "way-out.return": only("as-agreed"),
  ...Object.fromEntries(PROCEEDING_TEXTS.map((name) => [`proceeding.${name}`, isTrue])),
  ...Object.fromEntries(PROCEEDING_DAYS.map((name) => [`proceeding.${name}`, days])),
  "proceeding.appeal.time": months,
  "proceeding.time.ordinary": trialTime,
  "proceeding.time.summary": trialTime,
  "proceeding.time.small-claims": trialTime,
  "record.retention": years,
  "record.retention.standard": years,
};
