import { addMonths, type Day } from "../core/index.ts";
import type { AgreedClause, AgreedCourt } from "./court-terms.ts";
import type { Source } from "./source.ts";

/** The sentences of law on which court is competent; each is a parameter `jurisdiction.*` of the pack. */
export const JURISDICTION_RULES = [
  "level",
  "defendant",
  "several-defendants",
  "domicile",
  "habitual",
  "plaintiff",
  "contract",
  "performance.agreed",
  "performance.money",
  "performance.not-performed",
  "agreed",
  "agreed.in-writing",
  "agreed.determinable",
  "agreed.several",
  "agreed.standard-terms",
  "agreed.moved",
  "agreed.assigned",
  "agreed.proof",
  "agreed.special-court",
  "agreed.area",
  "agreed.arbitration-or-suit",
  "arbitration",
  "payment-order",
  "objection",
  "answered",
  "internet",
  "internet.pending",
  "internet.designated",
] as const;
export type JurisdictionRule = (typeof JURISDICTION_RULES)[number];

/**
 * The law on which court is competent, on the day of filing. A text that is not in force yet on that day is absent.
 */
export interface JurisdictionLaw {
  readonly on: Day;
  readonly habitualYears: number;
  /** Whether loans are among the cases of the internet courts. */
  readonly internetListed: boolean;
  /** The first day on which they are not. */
  readonly internetUnlistedFrom: Day;
  readonly sources: Readonly<Partial<Record<JurisdictionRule, Source>>>;
}

export interface JurisdictionAsked {
  /** A payment order has a court of its own: the debtor's. */
  readonly for: "suit" | "payment-order";
  readonly clause?: AgreedClause;
  readonly defendants: readonly {
    /** Where he is registered: the area, or the address. */
    readonly domicile?: string;
    readonly habitual?: { readonly area: string; readonly since?: Day };
  }[];
  /** The area of whoever receives the money. */
  readonly lenderArea?: string;
  /** A place of performance that the contract names. */
  readonly performedAt?: string;
  /** The loan was never paid out. */
  readonly neverPerformed?: boolean;
  /** The claim was bought: whether the buyer knew of the clause. */
  readonly assigned?: { readonly knewOfClause: boolean };
  readonly madeOnline?: boolean;
  /** Accepted by the court already, on a day. */
  readonly acceptedOn?: Day;
  /** A High Court designated it to an internet court: by which paper. */
  readonly designatedBy?: string;
  /** The basic court of an area, as far as the lender knows. */
  readonly courts: Readonly<Record<string, string>>;
}

export type CourtBasis = "agreed" | "defendant" | "performance";
/** `displaced`: another ground goes first; `void`: the clause names it without effect; `not-decided`: something is missing, or no text was read. */
export type CourtStanding = "competent" | "displaced" | "void" | "not-decided";
export const MISSING_FACTS = [
  "where-he-lives",
  "since-when",
  "lender-area",
  "court-of-area",
  "which-court",
  "proof-of-connection",
  "pointed-out",
  "made-online",
  "courts-of-level",
  "special-court",
  "law-before",
] as const;
export type MissingFact = (typeof MISSING_FACTS)[number];

export interface CourtReason {
  readonly rule: JurisdictionRule;
  readonly source: Source;
}

export interface CourtFound {
  readonly basis: CourtBasis;
  readonly standing: CourtStanding;
  /** The area, and its court where it is named or known. */
  readonly area?: string;
  readonly court?: string;
  readonly because: readonly CourtReason[];
  readonly missing: readonly MissingFact[];
}

export interface Jurisdiction {
  /** No suit at all where arbitration alone was agreed. */
  readonly suit: "possible" | "arbitration";
  /** In the order in which they are to be thought of: what was agreed, then the defendant's, then the place of performance. */
  readonly courts: readonly CourtFound[];
  /** What is said whichever court it is. */
  readonly notes: readonly CourtReason[];
}

/**
 * Which courts can hear a case about a loan, each with its reasons and what is missing to be sure.
 *
 * Takes   the contract's clause and the places of the parties; the law on the day of filing.
 * Gives   courts in order. A clause that holds leaves the others displaced; a void one leaves them competent.
 * Refuses nothing: what cannot be decided is said to be so, with what is missing.
 * Source  Civil Procedure Law arts 18, 22 to 24, 35, 127, 130; interpretation arts 3, 4, 18, 23, 29 to 33; 法释〔2025〕14号, 15号, 〔2018〕16号.
 */
export function courtsFor(asked: JurisdictionAsked, law: JurisdictionLaw): Jurisdiction {
  const reason = reasons(law);
  if (asked.for === "payment-order") {
    const own = defendantCourts(asked, law).map((court) => ({
      ...court,
      because: [...reason("payment-order"), ...court.because],
    }));
    return { suit: "possible", courts: own, notes: [] };
  }
  if (asked.clause?.arbitration === "only")
    return { suit: "arbitration", courts: [], notes: reason("arbitration") };
  const agreed = agreedCourts(asked, law);
  const settled = agreed.some(({ standing }) => standing === "competent");
  const unsure = agreed.some(({ standing }) => standing === "not-decided");
  const byLaw = [...defendantCourts(asked, law), ...performanceCourts(asked, law)].map((court) =>
    settled
      ? { ...court, standing: "displaced" as const }
      : unsure && court.standing === "competent"
        ? { ...court, standing: "not-decided" as const }
        : court,
  );
  const alternative = asked.clause?.arbitration === "or-suit";
  return {
    suit: "possible",
    courts: [...agreed, ...byLaw],
    notes: [
      ...(alternative ? reason("agreed.arbitration-or-suit") : []),
      ...reason("level", "plaintiff", "objection", "answered"),
    ],
  };
}

const reasons =
  ({ sources }: JurisdictionLaw) =>
  (...rules: readonly JurisdictionRule[]): CourtReason[] =>
    rules.flatMap((rule) => {
      const source = sources[rule];
      return source ? [{ rule, source }] : [];
    });

/** The area's court where it is known; whoever does not know it has to look it up. */
function at(
  area: string | undefined,
  { courts }: JurisdictionAsked,
  named?: string,
): { area?: string; court?: string; missing: MissingFact[] } {
  const court = named ?? (area === undefined ? undefined : courts[area]);
  return {
    ...(area === undefined ? {} : { area }),
    ...(court === undefined ? {} : { court }),
    missing: area !== undefined && court === undefined ? ["court-of-area"] : [],
  };
}

function defendantCourts(asked: JurisdictionAsked, law: JurisdictionLaw): CourtFound[] {
  const reason = reasons(law);
  const basis = "defendant" as const;
  const suitRules = asked.for === "suit" ? (["contract"] as const) : [];
  const found = asked.defendants.map(({ domicile, habitual }): CourtFound => {
    const livesThere =
      habitual?.since === undefined
        ? undefined
        : addMonths(habitual.since, 12 * law.habitualYears, "clamp") <= law.on;
    if (habitual && livesThere === undefined)
      return {
        basis,
        standing: "not-decided",
        ...at(habitual.area, asked),
        because: reason("defendant", ...suitRules, "habitual"),
        missing: ["since-when"],
      };
    if (habitual && livesThere)
      return {
        basis,
        standing: "competent",
        ...at(habitual.area, asked),
        because: reason("defendant", ...suitRules, "habitual"),
      };
    if (domicile === undefined)
      return {
        basis,
        standing: "not-decided",
        because: reason("defendant", ...suitRules),
        missing: ["where-he-lives"],
      };
    return {
      basis,
      standing: "competent",
      ...at(domicile, asked),
      because: reason("defendant", ...suitRules, "domicile"),
    };
  });
  const several = asked.defendants.length > 1 ? reason("several-defendants") : [];
  return found.map((court) => ({ ...court, because: [...court.because, ...several] }));
}

function performanceCourts(asked: JurisdictionAsked, law: JurisdictionLaw): CourtFound[] {
  const reason = reasons(law);
  const basis = "performance" as const;
  // Nothing of it was performed: the place that was agreed on does not count unless somebody lives there, which is for people to see.
  if (asked.neverPerformed)
    return [
      {
        basis,
        standing: "not-decided",
        because: reason("contract", "performance.not-performed"),
        missing: ["where-he-lives"],
      },
    ];
  if (asked.performedAt !== undefined)
    return [
      {
        basis,
        standing: "competent",
        ...at(asked.performedAt, asked),
        because: reason("contract", "performance.agreed"),
      },
    ];
  if (asked.lenderArea === undefined)
    return [
      {
        basis,
        standing: "not-decided",
        because: reason("contract", "performance.money"),
        missing: ["lender-area"],
      },
    ];
  return [
    {
      basis,
      standing: "competent",
      ...at(asked.lenderArea, asked),
      because: reason("contract", "performance.money"),
    },
  ];
}

function agreedCourts(asked: JurisdictionAsked, law: JurisdictionLaw): CourtFound[] {
  const { clause } = asked;
  if (!clause || clause.courts.length === 0) return [];
  const reason = reasons(law);
  const basis = "agreed" as const;
  const common = reason("agreed", "agreed.in-writing");
  if (!clause.inWriting)
    return clause.courts.map((court) => ({
      basis,
      standing: "void",
      ...at(court.area, asked, court.court),
      because: common,
      missing: [],
    }));
  const bought = asked.assigned && !asked.assigned.knewOfClause;
  const several = clause.courts.length > 1 ? reason("agreed.several") : [];
  return clause.courts.map((court) => {
    const judged = judgeAgreed(court, clause, asked, law);
    const because = [
      ...common,
      ...judged.because,
      ...several,
      ...(asked.assigned ? reason("agreed.assigned") : []),
    ];
    const standing = bought && judged.standing === "competent" ? "void" : judged.standing;
    return { basis, ...judged, standing, because };
  });
}

function judgeAgreed(
  agreed: AgreedCourt,
  clause: AgreedClause,
  asked: JurisdictionAsked,
  law: JurisdictionLaw,
): Omit<CourtFound, "basis"> {
  const reason = reasons(law);
  const area = agreed.area ?? areaOf(agreed, asked);
  const place = at(area, asked, agreed.court);
  const as = (
    standing: CourtStanding,
    rules: readonly JurisdictionRule[],
    missing: readonly MissingFact[] = [],
  ) => ({ ...place, standing, because: reason(...rules), missing: [...place.missing, ...missing] });
  const name = agreed.court ?? "";
  if (name.includes("互联网法院")) return judgeInternet(as, asked, law);
  if (name.includes("金融法院")) return as("not-decided", ["agreed.special-court"], ["special-court"]);
  if (/中级|高级|最高/.test(name)) return as("not-decided", ["level"], ["courts-of-level"]);
  if (agreed.tie === "other" && agreed.proof === undefined)
    return law.sources["agreed.proof"]
      ? as("void", ["agreed.proof"], ["proof-of-connection"])
      : as("not-decided", [], ["proof-of-connection", "law-before"]);
  // "The court with jurisdiction" names no court: the law's own grounds stand.
  if (area === undefined && agreed.court === undefined)
    return as("not-decided", ["agreed.determinable"], ["which-court"]);
  const byArea: JurisdictionRule[] = agreed.court === undefined ? ["agreed.area"] : [];
  const proof: JurisdictionRule[] = agreed.tie === "other" ? ["agreed.proof"] : [];
  const moved: JurisdictionRule[] =
    agreed.tie === "plaintiff-domicile" || agreed.tie === "defendant-domicile" ? ["agreed.moved"] : [];
  if (clause.pointedOut === true)
    return as("competent", ["agreed.determinable", ...byArea, ...proof, ...moved]);
  // It holds until the consumer says that it was not pointed out to him.
  const rules: JurisdictionRule[] = [
    "agreed.determinable",
    ...byArea,
    ...proof,
    ...moved,
    "agreed.standard-terms",
  ];
  return clause.pointedOut === false ? as("competent", rules) : as("competent", rules, ["pointed-out"]);
}

/** Where a clause speaks of a party's own place, that is known from the parties. */
function areaOf(
  { tie }: AgreedCourt,
  { lenderArea, defendants, performedAt }: JurisdictionAsked,
): string | undefined {
  switch (tie) {
    case "plaintiff-domicile":
      return lenderArea;
    case "defendant-domicile":
      return defendants[0]?.domicile;
    case "performance":
      return performedAt ?? lenderArea;
    default:
      return undefined;
  }
}

function judgeInternet(
  as: (
    standing: CourtStanding,
    rules: readonly JurisdictionRule[],
    missing?: readonly MissingFact[],
  ) => Omit<CourtFound, "basis">,
  asked: JurisdictionAsked,
  law: JurisdictionLaw,
): Omit<CourtFound, "basis"> {
  if (law.internetListed) {
    if (asked.madeOnline === undefined) return as("not-decided", ["internet"], ["made-online"]);
    return as(asked.madeOnline ? "competent" : "void", ["internet"]);
  }
  // Accepted while the older list stood: the later text leaves the case where it is.
  if (asked.acceptedOn !== undefined && asked.acceptedOn < law.internetUnlistedFrom)
    return as("competent", ["internet", "internet.pending"]);
  if (asked.designatedBy !== undefined) return as("competent", ["internet", "internet.designated"]);
  return as("void", ["internet", "internet.designated"]);
}
