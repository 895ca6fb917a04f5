import {
  add,
  type Ceiling,
  countedFacts,
  type Day,
  type Fact,
  formatDay,
  type LoanBooked,
  type Minor,
  minor,
  type Position,
  type Product,
} from "../../core/index.ts";
import { claimOfFed, type KeptRead, readKept } from "./claim.ts";
import type { Agent, ClaimFigures, Demand, EvidenceItem, PaperFacts, Wishes } from "./facts.ts";
import { contractOf } from "./gather-contract.ts";
import {
  agreedOf,
  borrowerOf,
  lenderOf,
  maybe,
  type Reader,
  readerOf,
  securityOf,
  wishesOf,
} from "./gather-given.ts";
import type { PaperSettings, Particulars } from "./given.ts";
import type { FieldSource, Known, PaperKind } from "./paper.ts";

/** A case as the edge hands it over: what the book has, and what people gave beside it. */
export interface CaseGiven {
  readonly on: Day;
  readonly loan: string;
  readonly product: Product;
  readonly booked: LoanBooked;
  readonly facts: readonly Fact[];
  readonly ceiling?: Ceiling;
  /** Of a fed loan: its last report on the day, and what it says. */
  readonly reported?: {
    readonly on: Day | undefined;
    readonly position: Position;
    readonly interestPaid: Minor;
  };
  readonly lender: { readonly name: string; readonly phone?: string };
  readonly person: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly address: string | null;
  };
  readonly settings: PaperSettings;
  readonly particulars?: Particulars;
  readonly agents: readonly Agent[];
  readonly firm?: PaperFacts["firm"];
  readonly engagement?: Known;
  readonly demands: readonly Demand[];
  readonly evidence: readonly EvidenceItem[];
  /** The bundle that the proofs were taken from; else they are the documents and letters of the book. */
  readonly bundle?: string;
  readonly court?: Known;
  /** The court that is competent by clause, home or place of performance, of a suit and of a payment order. */
  readonly competent?: { readonly suit?: Known; readonly paymentOrder?: Known };
  readonly proceeding?: Known;
  readonly reason?: string;
}

/** Papers that call the loan in where that is decided. */
const SUITS: readonly PaperKind[] = [
  "complaint-loan",
  "complaint-card",
  "preservation-before-suit",
  "preservation-in-suit",
];

/** Papers in which the parties look at the whole debt, due or not. */
const WHOLE_DEBT: readonly PaperKind[] = ["mediation", "settlement"];

/**
 * Everything that a paper of one kind can say of a case, each value with where it was taken from.
 *
 * Takes   a suit may call the loan in by itself (`claims.early: accelerate`): then all that is owed is claimed, as in mediation and
 *         settlement; of other papers only what has fallen due.
 * Gives   `undefined` where the money was paid out after the day.
 * Holds   a value that was not given and does not follow from the ledger is left out.
 */
export function gatherCase(given: CaseGiven, kind: PaperKind): PaperFacts | undefined {
  const { on, loan, product, booked } = given;
  const kept = product.source === "kept";
  const read = readerOf(given);
  const asked = wishesOf(read);
  const asksAll =
    WHOLE_DEBT.includes(kind) ||
    (SUITS.includes(kind) && asked.early !== undefined && asked.early.value !== "no");
  const ledger = kept
    ? readKept(
        { loan, product, booked, facts: given.facts, ...(given.ceiling ? { ceiling: given.ceiling } : {}) },
        on,
        asksAll,
      )
    : undefined;
  if (kept && !ledger) return undefined;
  const position = ledger?.position ?? given.reported?.position;
  const claim = ledger ? ledger.claim : fedClaim(given, read);
  const contract = contractOf(given, read, ledger);
  // What has fallen due by itself is not called in.
  const wishes: Wishes =
    contract.matured?.value === true && asked.early?.value === "accelerate"
      ? { ...asked, early: { value: "no", source: { from: "computed", at: "contract.matured" } } }
      : asked;
  const fromLedger = (at: string): FieldSource => sourceOf(given, at);
  const late = position && position.dpd > 0 && position.dueOn !== null ? position.dueOn : undefined;
  return {
    on,
    loan,
    currency: product.terms.currency,
    kept,
    lender: lenderOf(given, read),
    agents: given.agents,
    ...maybe("authority", read.word<"general" | "special">("agent.authority")),
    ...maybe("firm", given.firm),
    ...maybe("engagement", given.engagement),
    borrower: borrowerOf(given, read),
    contract,
    ...maybe("claim", claim),
    paid: paidOf(given, read, ledger),
    ...maybe("lateSince", late === undefined ? undefined : { value: late, source: fromLedger("dueOn") }),
    ...maybe("daysLate", position && { value: position.dpd, source: fromLedger("dpd") }),
    demands: {
      value: given.demands,
      source: { from: "contacts", at: `journal of the borrower, through ${formatDay(on)}` },
    },
    security: securityOf(read),
    wishes,
    ...maybe(
      "court",
      given.court ??
        read.column("court") ??
        (kind === "payment-order" ? given.competent?.paymentOrder : undefined) ??
        read.setting("court.name") ??
        given.competent?.suit,
    ),
    ...maybe("competent", kind === "payment-order" ? given.competent?.paymentOrder : given.competent?.suit),
    ...maybe("agreedCourt", agreedOf(read)),
    ...maybe("proceeding", given.proceeding ?? read.column("case_number")),
    preservation: {
      ...maybe("done", read.yesNoColumn("preserved")),
      ...maybe("court", read.column("preservation_court")),
      ...maybe("on", read.dayColumn("preservation_on")),
      ...maybe("number", read.column("preservation_number")),
    },
    ...maybe("property", read.column("property")),
    ...maybe("bond", read.column("bond")),
    ...maybe("urgency", read.column("urgency")),
    ...maybe("conditions", read.yesNoColumn("payment_order_conditions")),
    ...maybe("judgment", judgmentOf(given, read, position)),
    ...maybe("mediator", read.setting("mediation.body")),
    ...maybe("mediatedOn", read.dayColumn("mediated_on")),
    agreement: {
      ...maybe("amount", read.moneyColumn("agreement_amount")),
      ...maybe("by", read.dayColumn("agreement_by")),
      ...maybe("terms", read.column("agreement_terms")),
    },
    ...maybe(
      "withdrawalReason",
      given.reason === undefined
        ? undefined
        : { value: given.reason, source: { from: "option" as const, at: "--reason" } },
    ),
    evidence: given.evidence,
    evidenceSource:
      given.bundle === undefined
        ? { from: "contract", at: "documents and letters of the loan" }
        : { from: "contract", at: `bundle ${given.bundle}` },
    delivery: {
      ...maybe("address", read.setting("service.address")),
      ...maybe("post", read.setting("service.post_code")),
      ...maybe("recipient", read.setting("service.recipient")),
      ...maybe("phone", read.setting("service.phone")),
      ...maybe("email", read.setting("service.email")),
      ...maybe("platform", read.setting("service.platform")),
      ...maybe("consent", read.yesNo("service.consent")),
    },
    card: {
      ...maybe("number", read.column("card_number")),
      ...maybe("holder", read.column("card_holder")),
      ...maybe("issuedOn", read.dayColumn("card_issued_on")),
      ...maybe("fees", read.setting("card.fees")),
      ...maybe("termination", read.setting("card.termination")),
      ...maybe("notice", read.setting("card.notice")),
    },
  };
}

function sourceOf({ product, reported, loan, on }: CaseGiven, at: string): FieldSource {
  return product.source === "kept"
    ? { from: "ledger", at: `position ${loan} ${formatDay(on)}: ${at}` }
    : {
        from: "report",
        at: `balance report ${reported?.on === undefined ? "–" : formatDay(reported.on)}: ${at}`,
      };
}

// --- money -----------------------------------------------------------------------------------------------------------

function paidOf(
  given: CaseGiven,
  read: Reader,
  ledger: KeptRead | undefined,
): NonNullable<PaperFacts["paid"]> {
  const source = (at: string): FieldSource => sourceOf(given, at);
  if (ledger) {
    const through = ledger.paidThrough;
    return {
      principal: { value: ledger.paidPrincipal, source: source("installments, principalPaid") },
      interest: { value: ledger.paidInterest, source: source("installments, interestPaid") },
      ...maybe("sinceLate", sinceLate(given, ledger)),
      ...maybe(
        "through",
        through === undefined ? undefined : { value: through, source: source("installments paid in full") },
      ),
    };
  }
  const { reported, booked } = given;
  if (!reported || reported.on === undefined) return {};
  return {
    principal: {
      value: minor(Math.max(0, booked.principal - reported.position.outstanding)),
      source: source("principal lent less principal reported"),
    },
    interest: { value: reported.interestPaid, source: source("interestPaid") },
    ...maybe("through", read.dayColumn("core_paid_through")),
  };
}

function sinceLate(given: CaseGiven, { position }: KeptRead): Known<Minor> | undefined {
  const { dueOn, dpd } = position;
  if (dueOn === null || dpd === 0) return undefined;
  const payments = countedFacts(given.facts, { asOf: given.on }).flatMap((fact) =>
    fact.kind === "PaymentReceived" && fact.valueOn > dueOn ? [fact.amount] : [],
  );
  return { value: add(...payments), source: sourceOf(given, `payments after ${formatDay(dueOn)}`) };
}

function fedClaim({ reported, loan, on }: CaseGiven, read: Reader): ClaimFigures | undefined {
  if (!reported || reported.on === undefined) return undefined;
  const asOf = read.dayColumn("core_as_of")?.value;
  const [principal, interest, late] = (["core_principal", "core_interest", "core_late"] as const).map(
    (name) => read.moneyColumn(name)?.value,
  );
  const { position } = reported;
  return claimOfFed(
    {
      loan,
      reportedOn: reported.on,
      outstanding: position.outstanding,
      arrears: position.arrears.total,
      ...(asOf !== undefined && principal !== undefined && interest !== undefined && late !== undefined
        ? {
            split: {
              asOf,
              principal,
              interest,
              late,
              compound: read.moneyColumn("core_compound")?.value ?? minor(0),
              fees: read.moneyColumn("core_fees")?.value ?? minor(0),
            },
          }
        : {}),
    },
    on,
  );
}

function judgmentOf(
  { facts, on }: CaseGiven,
  read: Reader,
  position: Position | undefined,
): PaperFacts["judgment"] {
  const entered = facts.findLast((fact) => fact.kind === "JudgmentEntered" && fact.valueOn <= on);
  if (entered?.kind !== "JudgmentEntered") return undefined;
  const source: FieldSource = { from: "ledger", at: `JudgmentEntered ${entered.id}` };
  return {
    ...maybe("number", read.column("judgment_number")),
    ...maybe("court", read.column("judgment_court")),
    ...maybe("on", read.dayColumn("judgment_effective_on")),
    principal: { value: entered.principal, source },
    interest: { value: entered.interest, source },
    costs: { value: entered.costs, source },
    performBy: { value: entered.performBy, source },
    ...maybe(
      "open",
      position && {
        value: position.contractual,
        source: { from: "ledger" as const, at: `position ${formatDay(on)}` },
      },
    ),
  };
}
