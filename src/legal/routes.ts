import { addDays, addMonths, type Day, type Minor, minor, mulDivRound } from "../core/index.ts";
import { type CostTerm, type CostWay, type WageFigure, wageOn } from "./court-terms.ts";
import type { CourtFeeLaw, FeeLife, FeesOfLife } from "./fee-life.ts";
import { feesOf } from "./fees.ts";
import { type DoneWay, likeIt, type Recovered, type Recovery, recoveryOf } from "./history.ts";
import type { LimitationState } from "./limitation.ts";
import type { Source } from "./source.ts";

/** The sentences of law on the ways after default; parameters `route.*`, and what they share with other parts of the pack. */
export const ROUTE_RULES = [
  "mediation",
  "mediation.free",
  "mediation.binding",
  "mediation.confirm",
  "mediation.enforced",
  "payment-order.no-other-debts",
  "payment-order.due-and-fixed",
  "payment-order.no-counter-duty",
  "payment-order.in-china",
  "payment-order.serviceable",
  "payment-order.no-preservation",
  "payment-order.no-limit",
  "payment-order.told",
  "payment-order.issued",
  "payment-order.unserved",
  "payment-order.void",
  "payment-order.into-suit",
  "payment-order.answer",
  "suit.defendant",
  "suit.claim",
  "suit.filing",
  "suit.appeal",
  "suit.no-arbitration",
  "summary",
  "summary.not-missing",
  "summary.time",
  "ordinary.time",
  "small-claims.must",
  "small-claims.may",
  "small-claims.wage",
  "small-claims.no-foreign",
  "small-claims.no-appraisal",
  "small-claims.not-missing",
  "small-claims.no-counterclaim",
  "small-claims.time",
] as const;
export type RouteRule = (typeof ROUTE_RULES)[number];

export interface RouteLaw {
  readonly fees: CourtFeeLaw;
  readonly sources: Readonly<Record<RouteRule, Source>>;
  readonly days: Readonly<
    Record<"filing" | "told" | "issued" | "served" | "answer" | "appeal" | "confirm", number>
  >;
  readonly months: Readonly<
    Record<"summary" | "ordinary" | "small-claims", { readonly months: number; readonly more: number }>
  >;
  /** Half and twice the wage, in percent. */
  readonly smallClaims: { readonly must: number; readonly may: number };
}

/** In the order in which they cost: the last is to do nothing before a court. */
export const ROUTES = ["mediation", "payment-order", "small-claims", "summary", "ordinary"] as const;
export type RouteName = (typeof ROUTES)[number];

/** Known, or not: what nobody recorded is not taken for the better. */
export type Maybe = boolean | undefined;

/** One debt as the question is put. What is `undefined` is not known. */
export interface CaseFacts {
  readonly on: Day;
  /** What has fallen due and is claimed. */
  readonly claim: Minor;
  readonly band: number;
  readonly defendantKnown: Maybe;
  /** His whereabouts are known: he was met, answered, or lives where papers reach him. */
  readonly whereabouts: Maybe;
  readonly addressOnFile: Maybe;
  readonly livesInChina: Maybe;
  /** A dispute is on record between them, about this debt or another. */
  readonly disputed: boolean;
  readonly otherLoans: number;
  readonly preservation: boolean;
  readonly counterclaim?: boolean;
  readonly appraisal?: boolean;
  readonly smallClaimsAgreed?: boolean;
  readonly wantsMediation?: Maybe;
  readonly arbitrationOnly?: Maybe;
  /** The province of the court. */
  readonly province?: string;
  /** A judgment on it is in the book: what comes next is enforcement. */
  readonly judged?: boolean;
  /** It is before a court or a mediator already. */
  readonly inCourt?: boolean;
  readonly limitation?: {
    readonly state: LimitationState;
    readonly expiresOn?: Day;
    readonly worstOn: Day;
  };
  /** What the gate says of filing: by way, with the rules that say it. */
  readonly gate: Readonly<
    Partial<
      Record<
        "mediation" | "payment-order" | "suit",
        { readonly verdict: string; readonly rules: readonly string[] }
      >
    >
  >;
}

export type ConditionState = "met" | "not-met" | "not-known";
export interface Condition {
  readonly what: RouteRule;
  readonly state: ConditionState;
  readonly source: Source;
  /** The figures behind it: the claim and the line. */
  readonly claim?: Minor;
  readonly line?: Minor;
  readonly wage?: WageFigure;
  /** Of which wage one would have to know. */
  readonly needs?: { readonly province?: string; readonly year: number };
}

/** A stretch of a way, with the longest that the law gives it. */
export interface Stretch {
  readonly what: "filing" | "told" | "issued" | "served" | "answer" | "trial" | "appeal" | "confirm";
  readonly days?: number;
  readonly months?: number;
  /** Months more with the president's leave. */
  readonly more?: number;
  readonly source: Source;
}

export interface RouteFound {
  readonly route: RouteName;
  /** `open`: every condition is met; `unsure`: nothing stands against it and something is not known; `closed`: one is not met. */
  readonly standing: "open" | "unsure" | "closed";
  readonly conditions: readonly Condition[];
  readonly gate?: { readonly verdict: string; readonly rules: readonly string[] };
  /** Where it succeeds in full, and where it brings nothing: the same way, with its fees. */
  readonly won: FeesOfLife;
  readonly lost: FeesOfLife;
  /** What the lender pays for it before anybody gives anything back. */
  readonly outlay: Minor;
  readonly time: readonly Stretch[];
  /** The last day, if it began today and all took as long as it may, without and with leave for more. */
  readonly until: Day;
  readonly latest: Day;
  readonly history: Recovery;
  /** The claim times the shares of the history, less the outlay; absent while the history is thin. */
  readonly net?: { readonly mean: number; readonly low: number; readonly high: number };
  /** In ten-thousandths: how sure it has to be that all is paid, for it to cost nothing in the end. Above 10,000 it cannot pay. */
  readonly breakEven: number;
}

export type AdviceWhy =
  | "limitation-run-out"
  | "limitation-near"
  | "gate-forbids"
  | "nothing-open"
  | "costs-more-than-it-brings"
  | "waiting-brings-more"
  | "best-net"
  | "cheapest-open"
  | "thin-history"
  | "not-all-known"
  | "mediation-wanted"
  | "nothing-due"
  | "judged-already"
  | "in-court-already";

export interface Advice {
  readonly take: RouteName | "do-not-sue";
  readonly why: readonly AdviceWhy[];
}

export interface WhichWay {
  readonly routes: readonly RouteFound[];
  /** What came in on debts like it that nobody took to court. */
  readonly waiting: Recovery;
  readonly advice: Advice;
}

export interface WayAsked {
  readonly facts: CaseFacts;
  readonly costs: readonly CostTerm[];
  readonly wages: readonly WageFigure[];
  readonly history: readonly Recovered[];
  /** The year of the day of filing, whose year before is asked for. */
  readonly year: number;
}

const NEAR_DAYS = 90;
const WHOLE = 10_000;

/**
 * The ways after default for one debt: what each asks, costs, takes and brought before, and one line of advice. Never legal advice.
 *
 * Takes   the debt as the book knows it; what the lender supplies; what comparable debts brought; the law of the day.
 * Gives   every way, closed ones too, in the order of cost. What is not known is said, never assumed; small claims are not decided without the
 *         province's wage.
 * Units   minor units; shares in ten-thousandths. The outlay counts in full: what a court or the debtor gives back is not taken off it, so that
 *         the net errs on the low side.
 * Refuses nothing.
 * Source  `route.*`, `court-fee.*` of the pack; the lender's own costs; the book's own history.
 */
export function whichWay(asked: WayAsked, law: RouteLaw): WhichWay {
  const routes = ROUTES.map((route) => routeOf(route, asked, law));
  const alike = { band: asked.facts.band, owed: asked.facts.claim };
  const waiting = recoveryOf(likeIt(asked.history, "waiting", alike));
  return { routes, waiting, advice: adviceOn(asked.facts, routes, waiting) };
}

const COST_OF: Readonly<Record<RouteName, CostWay>> = {
  mediation: "mediation",
  "payment-order": "payment-order",
  "small-claims": "suit",
  summary: "suit",
  ordinary: "suit",
};
const HISTORY_OF: Readonly<Record<RouteName, DoneWay>> = {
  mediation: "mediation",
  "payment-order": "payment-order",
  "small-claims": "suit",
  summary: "suit",
  ordinary: "suit",
};
const GATE_OF = {
  mediation: "mediation",
  "payment-order": "payment-order",
  "small-claims": "suit",
  summary: "suit",
  ordinary: "suit",
} as const;

function routeOf(route: RouteName, asked: WayAsked, law: RouteLaw): RouteFound {
  const { facts } = asked;
  const conditions = conditionsOf(route, asked, law);
  const gate = facts.gate[GATE_OF[route]];
  const closed = gate?.verdict === "forbid" || conditions.some(({ state }) => state === "not-met");
  const unsure = conditions.some(({ state }) => state === "not-known");
  const [won, lost] = [
    feesOf(lifeOf(route, asked, true), law.fees),
    feesOf(lifeOf(route, asked, false), law.fees),
  ];
  const outlay = won.total.prepaid;
  const time = timeOf(route, law);
  const history = recoveryOf(
    likeIt(asked.history, HISTORY_OF[route], { band: facts.band, owed: facts.claim }),
  );
  return {
    route,
    standing: closed ? "closed" : unsure ? "unsure" : "open",
    conditions,
    ...(gate ? { gate } : {}),
    won,
    lost,
    outlay,
    time,
    until: endOf(facts.on, time, false),
    latest: endOf(facts.on, time, true),
    history,
    ...netOf(history, facts.claim, outlay),
    breakEven: breakEvenOf(outlay, facts.claim),
  };
}

function lifeOf(route: RouteName, { facts, costs }: WayAsked, won: boolean): FeeLife {
  const own = costs.filter(({ way }) => way === COST_OF[route]);
  const amount = facts.claim;
  switch (route) {
    case "mediation":
      return { costs: own };
    case "payment-order":
      return { paymentOrder: { amount, end: won ? "unopposed" : "opposed" }, costs: own };
    default:
      return {
        suit: { amount, procedure: route, end: { kind: "judgment", debtorBears: won ? "all" : "none" } },
        costs: own,
      };
  }
}

function netOf({ share }: Recovery, claim: Minor, outlay: Minor): Pick<RouteFound, "net"> {
  if (!share) return {};
  const of = (part: number) => mulDivRound(claim, part, WHOLE, "half-even") - outlay;
  return { net: { mean: of(share.mean), low: of(share.low), high: of(share.high) } };
}

/** Rounded up: a hair below the line still loses. */
const breakEvenOf = (outlay: Minor, claim: Minor): number =>
  claim === 0 ? WHOLE + 1 : Math.min(WHOLE + 1, mulDivRound(outlay, WHOLE, claim, "up"));

// --- conditions ------------------------------------------------------------------------------------------------------

function conditionsOf(route: RouteName, asked: WayAsked, law: RouteLaw): readonly Condition[] {
  const { facts } = asked;
  const is = (what: RouteRule, holds: Maybe, more: Partial<Condition> = {}): Condition => ({
    what,
    state: holds === undefined ? "not-known" : holds ? "met" : "not-met",
    source: law.sources[what],
    ...more,
  });
  const due = is("payment-order.due-and-fixed", facts.claim > 0, { claim: facts.claim });
  const suit = [
    is("suit.defendant", facts.defendantKnown),
    is("suit.claim", facts.claim > 0, { claim: facts.claim }),
    is("suit.no-arbitration", facts.arbitrationOnly === undefined ? undefined : !facts.arbitrationOnly),
  ];
  switch (route) {
    case "mediation":
      return [is("mediation", facts.wantsMediation)];
    case "payment-order":
      return [
        due,
        is("payment-order.no-other-debts", facts.disputed ? false : facts.otherLoans > 0 ? undefined : true),
        // The loan was paid out: the lender owes nothing in return.
        is("payment-order.no-counter-duty", true),
        is("payment-order.in-china", both(facts.livesInChina, facts.whereabouts)),
        is("payment-order.serviceable", both(facts.addressOnFile, facts.whereabouts)),
        is("payment-order.no-preservation", !facts.preservation),
      ];
    case "ordinary":
      return suit;
    case "summary":
      return [...suit, is("summary", !facts.disputed), is("summary.not-missing", facts.whereabouts)];
    case "small-claims":
      return [
        ...suit,
        is("summary", !facts.disputed),
        smallEnough(asked, law),
        is("small-claims.not-missing", facts.whereabouts),
        is("small-claims.no-foreign", facts.livesInChina),
        is("small-claims.no-appraisal", !(facts.appraisal ?? false)),
        is("small-claims.no-counterclaim", !(facts.counterclaim ?? false)),
      ];
  }
}

/** One `no` is enough; a `yes` needs both. */
const both = (one: Maybe, other: Maybe): Maybe =>
  one === false || other === false ? false : one === undefined || other === undefined ? undefined : true;

/** At or below half of the wage it must be a small claim; up to twice it may, if both agree; without the wage nobody knows. */
function smallEnough({ facts, wages, year }: WayAsked, law: RouteLaw): Condition {
  const needs = { ...(facts.province === undefined ? {} : { province: facts.province }), year: year - 1 };
  const wage = facts.province === undefined ? undefined : wageOn(wages, facts.province, facts.on, year);
  const must = law.sources["small-claims.must"];
  if (!wage)
    return { what: "small-claims.must", state: "not-known", source: must, claim: facts.claim, needs };
  const line = (percent: number) => mulDivRound(wage.amount, percent, 100, "down");
  const base = { claim: facts.claim, wage };
  const half = line(law.smallClaims.must);
  if (facts.claim <= half)
    return { what: "small-claims.must", state: "met", source: must, ...base, line: half };
  const twice = line(law.smallClaims.may);
  const may = law.sources["small-claims.may"];
  const state =
    facts.claim > twice
      ? "not-met"
      : facts.smallClaimsAgreed === undefined
        ? "not-known"
        : facts.smallClaimsAgreed
          ? "met"
          : "not-met";
  return { what: "small-claims.may", state, source: may, ...base, line: twice };
}

// --- time ------------------------------------------------------------------------------------------------------------

function timeOf(route: RouteName, { sources, days, months }: RouteLaw): readonly Stretch[] {
  const filing: Stretch = { what: "filing", days: days.filing, source: sources["suit.filing"] };
  const trial = (of: "summary" | "ordinary" | "small-claims"): Stretch => ({
    what: "trial",
    ...months[of],
    source: sources[`${of}.time`],
  });
  const appeal: Stretch = { what: "appeal", days: days.appeal, source: sources["suit.appeal"] };
  switch (route) {
    case "mediation":
      return [{ what: "confirm", days: days.confirm, source: sources["mediation.confirm"] }];
    case "payment-order":
      return [
        { what: "told", days: days.told, source: sources["payment-order.told"] },
        { what: "issued", days: days.issued, source: sources["payment-order.issued"] },
        { what: "served", days: days.served, source: sources["payment-order.unserved"] },
        { what: "answer", days: days.answer, source: sources["payment-order.answer"] },
      ];
    // Final at once: no time for an appeal.
    case "small-claims":
      return [filing, trial("small-claims")];
    default:
      return [filing, trial(route), appeal];
  }
}

/** By counting alone, without days off: an outlook and no deadline. */
function endOf(from: Day, time: readonly Stretch[], withMore: boolean): Day {
  let on = from;
  for (const { days = 0, months = 0, more = 0 } of time)
    on = addDays(addMonths(on, months + (withMore ? more : 0), "clamp"), days);
  return on;
}

// --- advice ----------------------------------------------------------------------------------------------------------

function adviceOn(facts: CaseFacts, routes: readonly RouteFound[], waiting: Recovery): Advice {
  if (facts.judged) return { take: "do-not-sue", why: ["judged-already"] };
  if (facts.inCourt) return { take: "do-not-sue", why: ["in-court-already"] };
  if (facts.claim <= 0) return { take: "do-not-sue", why: ["nothing-due"] };
  const limits: AdviceWhy[] = [];
  if (facts.limitation?.state === "expired") limits.push("limitation-run-out");
  else if (facts.limitation && facts.limitation.worstOn - facts.on <= NEAR_DAYS)
    limits.push("limitation-near");
  const able = routes.filter(({ standing }) => standing !== "closed");
  const forbidden = routes.every(({ gate }) => gate?.verdict === "forbid");
  if (forbidden) return { take: "do-not-sue", why: ["gate-forbids", ...limits] };
  const mediation = able.find(({ route }) => route === "mediation");
  // Run out: a suit meets a defence; an agreement gives the defence up.
  if (limits[0] === "limitation-run-out")
    return { take: mediation ? "mediation" : "do-not-sue", why: limits };
  if (facts.wantsMediation && mediation) return { take: "mediation", why: ["mediation-wanted", ...limits] };
  const before = able.filter(({ route }) => route !== "mediation");
  if (before.length === 0) return { take: "do-not-sue", why: ["nothing-open", ...limits] };
  const known = before.filter(({ net }) => net !== undefined);
  if (known.length > 0) {
    const best = known.reduce((a, b) => (b.net!.mean > a.net!.mean ? b : a));
    if (best.net!.mean <= 0) return { take: "do-not-sue", why: ["costs-more-than-it-brings", ...limits] };
    const idle = waiting.share && mulDivRound(facts.claim, waiting.share.mean, WHOLE, "half-even");
    if (idle !== undefined && idle >= best.net!.mean)
      return { take: "do-not-sue", why: ["waiting-brings-more", ...limits] };
    return { take: best.route, why: ["best-net", ...sure(best), ...limits] };
  }
  const paying = before.filter(({ breakEven }) => breakEven < WHOLE);
  if (paying.length === 0) return { take: "do-not-sue", why: ["costs-more-than-it-brings", ...limits] };
  const cheapest = cheapestOf(paying);
  return { take: cheapest.route, why: ["cheapest-open", "thin-history", ...sure(cheapest), ...limits] };
}

/** Of those whose conditions are all known the one with the least outlay; else of all. Equal outlay: the quicker one, as they stand in order. */
function cheapestOf(routes: readonly RouteFound[]): RouteFound {
  const open = routes.filter(({ standing }) => standing === "open");
  return (open.length > 0 ? open : routes).reduce((a, b) => (b.outlay < a.outlay ? b : a));
}

const sure = ({ standing }: RouteFound): AdviceWhy[] => (standing === "unsure" ? ["not-all-known"] : []);

/** A sum of the lender, for a table: what a way brings on the mean, or nothing while nobody knows. */
export const netShown = ({ net }: RouteFound): Minor | undefined => (net ? minor(net.mean) : undefined);
