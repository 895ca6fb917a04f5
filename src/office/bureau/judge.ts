import { type Day, dayAt, type Instant, personOf } from "../../core/index.ts";
import { type BureauRule, formatMonth, isDisputed, type Month } from "../../legal/index.ts";
import { type Decision, debtOf, gate, gateFactsOf, type Pack, type Reason } from "../../policy/index.ts";
import type { Lender, ReportCandidate } from "../../store/index.ts";

/** Who decides a filing is the person in whose name a report is made: this rule asks for nobody else. */
const BY_A_PERSON = "house/filings-by-people";
const DISPUTE_RULES = ["cn/bureau-objection", "house/holds"];

export interface Judged {
  readonly verdict: "reported" | "refused" | "asked";
  /** What stands in the way. */
  readonly because: readonly Reason[];
  readonly allowedFrom?: Decision["allowedFrom"];
  readonly disputed: boolean;
  readonly negative: boolean;
}

/**
 * Whether a loan's month may be reported now: the gate says, and a person's decision answers what it leaves to people.
 *
 * Takes   the loan with what is known of its borrower; the rules that the person who makes the report has decided himself.
 * Gives   refused where a rule forbids it, with the earliest instant at which none would; asked where one still asks.
 */
export function judgeReport(
  candidate: Pick<
    ReportCandidate,
    "id" | "loan" | "borrower" | "entry" | "person" | "contacts" | "notes" | "holds" | "product"
  >,
  {
    lender,
    pack,
    rule,
    month,
    now,
    decided,
  }: {
    readonly lender: Lender;
    readonly pack: Pack;
    readonly rule: BureauRule;
    readonly month: Month;
    readonly now: Instant;
    readonly decided: readonly string[];
  },
): Judged {
  const { id, loan, borrower, entry, person, contacts, notes, product } = candidate;
  const zone = borrower.zone ?? lender.zone;
  const today = dayAt(zone, now);
  const holds = standingHolds(candidate, today);
  const negative = rule.negative.codes.includes(entry.code);
  const disputed =
    isDisputed(notes, id, formatMonth(month), today) || holds.some(({ kind }) => kind === "dispute");
  const decision = gate(
    pack,
    {
      kind: "bureau",
      to: { role: "borrower" },
      at: now,
      actor: { role: "lender" },
      debts: [id],
      adverse: negative,
    },
    gateFactsOf({
      zone,
      holds,
      contacts: contacts.filter(({ until }) => until === undefined).map(({ made }) => made),
      reach: [],
      ...(person.length > 0 ? { person: personOf(person) } : {}),
      debts: [debtOf(id, loan.status, undefined)],
      ...(product.lenderKind === undefined ? {} : { lenderKind: product.lenderKind }),
    }),
  );
  const onlyDisputed = holds.every(({ kind }) => kind === "dispute");
  const because = decision.because.filter(({ rule: { id: name }, outcome }) => {
    if (outcome.outcome === "forbid") return true;
    if (outcome.outcome !== "ask-person" || name === BY_A_PERSON || decided.includes(name)) return false;
    // What such a rule asks for is done: the entry goes out marked as disputed.
    return !(disputed && DISPUTE_RULES.includes(name) && (name !== "house/holds" || onlyDisputed));
  });
  const base = { because, disputed, negative };
  if (decision.verdict === "forbid")
    return {
      verdict: "refused",
      ...base,
      ...(decision.allowedFrom === undefined ? {} : { allowedFrom: decision.allowedFrom }),
    };
  return { verdict: because.length > 0 || decision.because.length === 0 ? "asked" : "reported", ...base };
}

const standingHolds = ({ holds }: Pick<ReportCandidate, "holds">, today: Day) =>
  holds.filter(({ until }) => until === undefined || until >= today);
