import { addDays, type ConsentForm, type Day, type Procedure } from "../core/index.ts";
import type { Source } from "./source.ts";

/** The sentences of law on service; parameters `service.*`, and `court.message.*` where messages of courts rest on the same ones. */
export const SERVICE_RULES = [
  "direct",
  "cohabiting-adult",
  "left",
  "mediation-paper",
  "payment-order.left",
  "post",
  "public-notice",
  "public-notice.day",
  "public-notice.not-summary",
  "address-carried",
  "electronic.paper",
  "electronic.arrival",
  "electronic.shown-date",
  "electronic.consent",
  "electronic.consent.express",
  "electronic.consent.before-suit",
  "electronic.consent.pleadings",
  "electronic.consent.accepted",
  "electronic.own-address",
  "electronic.other-address",
  "electronic.replied",
  "electronic.read",
  "electronic.proof",
  "electronic.first",
  "electronic.alert",
  "summary-ways",
  "no-default",
  "default",
] as const;
export type ServiceRule = (typeof SERVICE_RULES)[number];

export interface ServiceLaw {
  readonly noticeDays: number;
  readonly sources: Readonly<Record<ServiceRule, Source>>;
}

/** What there is that shows a consent. */
export interface ConsentShown {
  readonly form: ConsentForm;
  readonly on: Day;
  /** What proves it: the clause, the pleading, the receipt. */
  readonly proof?: string;
}

/** What is served. A hearing notice and a summons tell of a hearing; only the summons is the law's own paper for a default. */
export const PAPERS = [
  "complaint",
  "summons",
  "hearing-notice",
  "judgment",
  "ruling",
  "mediation-paper",
  "payment-order",
] as const;
export type Paper = (typeof PAPERS)[number];

interface Direct {
  readonly way: "direct";
  readonly on: Day;
  readonly receivedBy: "self" | "cohabiting-adult" | "agent" | "other";
  /** He signed the receipt. Without, it is refused or left. */
  readonly signed: boolean;
}
/** Refused and left at his home: before witnesses, or recorded in pictures. */
interface Left {
  readonly way: "left";
  readonly on: Day;
  readonly at: "home" | "elsewhere";
  readonly record: "witness" | "pictures" | "none";
}
interface Post {
  readonly way: "post";
  readonly sentOn: Day;
  /** The day on the receipt. */
  readonly receivedOn?: Day;
  readonly returned?: boolean;
}
interface Electronic {
  readonly way: "electronic";
  readonly sentOn: Day;
  /** `own`: he gave or confirmed the address; `known`: it is known to be his; `unsure`: nobody knows. */
  readonly address: "own" | "known" | "unsure";
  /** The day on which the court's system shows it as sent. */
  readonly arrivedOn?: Day;
  /** The day that he proved instead. */
  readonly provedOn?: Day;
  readonly repliedOn?: Day;
  /** The address's system says that it was read, or something else shows that he has it. */
  readonly readOn?: Day;
  /** He showed a fault of the system, another user or another reader. */
  readonly rebutted?: boolean;
  /** He asked for paper. */
  readonly paperAsked?: boolean;
}
/** Text message, telephone, message, fax, mail: the simple ways of summary procedure. */
interface Simple {
  readonly way: "sms" | "phone" | "message" | "fax";
  readonly on: Day;
  readonly confirmedOn?: Day;
  readonly otherProof?: string;
}
interface PublicNotice {
  readonly way: "public-notice";
  /** The last day on which it was put up or printed. */
  readonly publishedOn: Day;
}
export type ServiceTry = Direct | Left | Post | Electronic | Simple | PublicNotice;

export interface ServiceAsked {
  readonly paper: Paper;
  readonly procedure: Procedure | "payment-order";
  readonly tries: readonly ServiceTry[];
  readonly consents: readonly ConsentShown[];
}

export type ServiceState = "served" | "presumed" | "told-only" | "not-served" | "not-possible";

export interface TryFound {
  readonly way: ServiceTry["way"];
  readonly state: ServiceState;
  /** The day on which it counts, where it does. */
  readonly on?: Day;
  readonly proof: string;
  readonly because: readonly { readonly rule: ServiceRule; readonly source: Source }[];
}

export interface ServiceFound {
  /** The first day on which any of it counts; the earliest of several ways. */
  readonly servedOn?: Day;
  readonly state: ServiceState;
  readonly tries: readonly TryFound[];
  /** The form of consent that is shown first, where electronic service is tried. */
  readonly consent?: ConsentShown & { readonly source: Source };
  /** Whether the court may give judgment in his absence on this alone: `undefined` where no hearing is told of. */
  readonly defaultJudgment?: "may" | "not" | "not-known";
  readonly defaultBecause: readonly { readonly rule: ServiceRule; readonly source: Source }[];
}

/**
 * When a paper of a court was served, by which way, on which proof, and what may follow where he does not come.
 *
 * Takes   what was tried, what consent to electronic service is shown, the law on the day.
 * Gives   what each try is worth and the first day that counts. A message by text, telephone or the like serves in summary procedure, but never
 *         carries a judgment in his absence without his confirmation or other proof that he has it.
 * Refuses nothing: a way that the law does not open here is `not-possible` and says by which sentence.
 * Source  Civil Procedure Law arts 87 to 91, 95, 147; interpretation arts 133, 135 to 138, 140, 261, 429; rules on litigation online arts 29 to 32.
 */
export function served(asked: ServiceAsked, law: ServiceLaw): ServiceFound {
  const consent = [...asked.consents].sort((a, b) => a.on - b.on)[0];
  const tries = asked.tries.map((one) => judge(one, asked, consent, law));
  const counted = tries
    .filter(({ on, state }) => on !== undefined && (state === "served" || state === "presumed"))
    .sort((a, b) => a.on! - b.on!);
  const first = counted[0];
  const several = counted.length > 1 && counted.every(({ way }) => way === "electronic");
  const told = tries.find(({ state }) => state === "told-only");
  const state = first?.state ?? told?.state ?? tries.find(({ state: one }) => one === "not-served")?.state;
  return {
    ...(first ? { servedOn: first.on! } : {}),
    state: state ?? (tries.length > 0 ? "not-possible" : "not-served"),
    tries: several
      ? tries.map((one) =>
          one === first ? { ...one, because: [...one.because, ...reasons(law)("electronic.first")] } : one,
        )
      : tries,
    ...(consent ? { consent: { ...consent, source: consentSource(consent.form, law) } } : {}),
    ...defaultOf(asked, tries, law),
  };
}

const reasons =
  ({ sources }: ServiceLaw) =>
  (...rules: readonly ServiceRule[]): { rule: ServiceRule; source: Source }[] =>
    rules.map((rule) => ({ rule, source: sources[rule] }));

const CONSENT_RULES: Readonly<Record<ConsentForm, ServiceRule>> = {
  express: "electronic.consent.express",
  "agreed-before": "electronic.consent.before-suit",
  "address-given": "electronic.consent.pleadings",
  "acted-on": "electronic.consent.accepted",
};
/** Where a form of consent stands. */
export const consentSource = (form: ConsentForm, { sources }: ServiceLaw): Source =>
  sources[CONSENT_RULES[form]];

function judge(
  one: ServiceTry,
  { paper, procedure }: ServiceAsked,
  consent: ConsentShown | undefined,
  law: ServiceLaw,
): TryFound {
  const reason = reasons(law);
  const found = (
    state: ServiceState,
    on: Day | undefined,
    proof: string,
    ...rules: readonly ServiceRule[]
  ): TryFound => ({
    way: one.way,
    state,
    ...(on === undefined ? {} : { on }),
    proof,
    because: reason(...rules),
  });
  switch (one.way) {
    case "direct":
      if (!one.signed) return found("not-served", undefined, "unsigned", "direct");
      if (one.receivedBy === "other") return found("not-served", undefined, "signed-by-other", "direct");
      // A mediation paper goes to himself, or to whom he named.
      if (one.receivedBy === "cohabiting-adult" && paper === "mediation-paper")
        return found("not-served", undefined, "signed-by-family", "mediation-paper");
      return found(
        "served",
        one.on,
        "signed-receipt",
        ...(one.receivedBy === "cohabiting-adult" ? (["cohabiting-adult"] as const) : []),
        "direct",
      );
    case "left":
      if (paper === "mediation-paper") return found("not-possible", undefined, "left", "mediation-paper");
      if (one.at !== "home" || one.record === "none")
        return found("not-served", undefined, "left-without-record", "left");
      return found(
        "served",
        one.on,
        one.record,
        "left",
        ...(paper === "payment-order" ? (["payment-order.left"] as const) : []),
      );
    case "post":
      if (one.receivedOn === undefined || one.returned)
        return found("not-served", undefined, one.returned ? "returned" : "no-receipt", "post");
      return found("served", one.receivedOn, "postal-receipt", "post");
    case "electronic":
      return electronic(one, consent, found);
    case "public-notice":
      if (procedure === "payment-order" || paper === "payment-order")
        return found("not-possible", undefined, "public-notice", "public-notice");
      if (procedure !== "ordinary")
        return found("not-possible", undefined, "public-notice", "public-notice.not-summary");
      return found(
        "served",
        addDays(one.publishedOn, law.noticeDays),
        "publication",
        "public-notice",
        "public-notice.day",
      );
    default:
      return simple(one, procedure, found);
  }
}

type Found = (
  state: ServiceState,
  on: Day | undefined,
  proof: string,
  ...rules: readonly ServiceRule[]
) => TryFound;

function electronic(one: Electronic, consent: ConsentShown | undefined, found: Found): TryFound {
  const agreed: readonly ServiceRule[] = consent
    ? ["electronic.consent", CONSENT_RULES[consent.form]]
    : ["electronic.consent"];
  const paper: readonly ServiceRule[] = one.paperAsked ? ["electronic.paper"] : [];
  const day = one.provedOn ?? one.arrivedOn;
  if (one.address === "own" && consent !== undefined) {
    if (day === undefined)
      return found("not-served", undefined, "no-arrival", ...agreed, "electronic.own-address");
    return found(
      "served",
      day,
      one.provedOn === undefined ? "court-system" : "proved-by-him",
      ...agreed,
      "electronic.own-address",
      "electronic.arrival",
      "electronic.shown-date",
      "electronic.proof",
      ...paper,
    );
  }
  // To an address that he neither gave nor confirmed, arrival is not enough; what he does with it is, and is consent as well.
  if (one.address !== "unsure") {
    if (one.repliedOn !== undefined)
      return found(
        "served",
        one.repliedOn,
        "reply",
        "electronic.consent.accepted",
        "electronic.other-address",
        "electronic.replied",
        ...paper,
      );
    if (one.readOn !== undefined && !one.rebutted && consent !== undefined)
      return found(
        "presumed",
        one.readOn,
        "read",
        ...agreed,
        "electronic.other-address",
        "electronic.read",
        ...paper,
      );
  }
  return found(
    "not-served",
    undefined,
    consent === undefined ? "no-consent" : one.rebutted ? "rebutted" : "arrival-only",
    ...agreed,
    "electronic.other-address",
  );
}

function simple(one: Simple, procedure: ServiceAsked["procedure"], found: Found): TryFound {
  if (procedure === "ordinary" || procedure === "payment-order")
    return found("told-only", undefined, one.way, "electronic.alert");
  if (one.confirmedOn !== undefined)
    return found("served", one.confirmedOn, "confirmed", "summary-ways", "no-default");
  if (one.otherProof !== undefined)
    return found("served", one.on, one.otherProof, "summary-ways", "no-default");
  return found("told-only", undefined, one.way, "summary-ways", "no-default");
}

function defaultOf(
  { paper, procedure }: ServiceAsked,
  tries: readonly TryFound[],
  law: ServiceLaw,
): Pick<ServiceFound, "defaultJudgment" | "defaultBecause"> {
  if (paper !== "summons" && paper !== "hearing-notice") return { defaultBecause: [] };
  const reason = reasons(law);
  const counted = tries.some(({ state }) => state === "served");
  const simpleWays = procedure === "summary" || procedure === "small-claims";
  // In ordinary procedure the law asks for a summons; a notice by another way is none.
  if (paper === "hearing-notice" && !simpleWays)
    return { defaultJudgment: "not", defaultBecause: reason("default") };
  if (counted) return { defaultJudgment: "may", defaultBecause: reason("default") };
  if (tries.some(({ state }) => state === "presumed"))
    return { defaultJudgment: "not-known", defaultBecause: reason("default", "electronic.read") };
  const told = tries.some(({ state }) => state === "told-only");
  return {
    defaultJudgment: "not",
    defaultBecause: reason("default", ...(told ? (["no-default"] as const) : [])),
  };
}
