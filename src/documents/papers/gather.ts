import {
  add,
  type Ceiling,
  countedFacts,
  type Day,
  type Fact,
  formatDay,
  formatPercent,
  type LoanBooked,
  lateRateADay,
  type Minor,
  minor,
  type PlanReplaced,
  type Position,
  type Product,
  parseDay,
  parseMoney,
  rateFromE8,
  schedule,
  termsOf,
} from "../../core/index.ts";
import { chineseDay } from "../compose.ts";
import { LATE_INTEREST, REPAY_ON_TIME } from "../law.ts";
import { claimOfFed, type KeptRead, percentAYear, readKept, timesText } from "./claim.ts";
import {
  type Agent,
  CLAUSES,
  type ClaimFigures,
  type Contract,
  type Demand,
  type EvidenceItem,
  type Organisation,
  type Ownership,
  type PaperFacts,
  type PersonParty,
  type RepaymentMethod,
  type Security,
  type Wishes,
} from "./facts.ts";
import { isIdNumber, type PaperSettings, type Particulars } from "./given.ts";
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
  readonly court?: Known;
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
    ...maybe("court", given.court ?? read.column("court") ?? read.setting("court.name")),
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

const maybe = <K extends string, T>(key: K, value: T | undefined): { readonly [key in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: T };

function sourceOf({ product, reported, loan, on }: CaseGiven, at: string): FieldSource {
  return product.source === "kept"
    ? { from: "ledger", at: `position ${loan} ${formatDay(on)}: ${at}` }
    : {
        from: "report",
        at: `balance report ${reported?.on === undefined ? "–" : formatDay(reported.on)}: ${at}`,
      };
}

// --- what people gave ------------------------------------------------------------------------------------------------

type Reader = ReturnType<typeof readerOf>;

function readerOf({ settings, particulars, product }: CaseGiven) {
  const setting = (key: string): Known | undefined => {
    const own = `products.${product.code}.${key}`;
    const at = settings.has(own) ? own : key;
    const value = settings.get(at);
    return value === undefined ? undefined : { value, source: { from: "settings", at } };
  };
  const column = (name: string): Known | undefined => {
    const value = particulars?.get(name);
    return value === undefined ? undefined : { value, source: { from: "particulars", at: name } };
  };
  const as = <T>(known: Known | undefined, of: (text: string) => T | undefined): Known<T> | undefined => {
    const value = known && of(known.value);
    return known && value !== undefined ? { value, source: known.source } : undefined;
  };
  const isYes = (text: string): boolean => text === "yes";
  return {
    setting,
    column,
    word: <T extends string>(key: string) => as(setting(key), (text) => text as T),
    wordColumn: <T extends string>(name: string) => as(column(name), (text) => text as T),
    yesNo: (key: string) => as(setting(key), isYes),
    yesNoColumn: (name: string) => as(column(name), isYes),
    dayColumn: (name: string) => as(column(name), parseDay),
    moneyColumn: (name: string) => as(column(name), (text) => parseMoney(text)),
  };
}

function lenderOf({ lender }: CaseGiven, read: Reader): PaperFacts["lender"] {
  const book = (at: string, value: string | undefined): Known | undefined =>
    value === undefined ? undefined : { value, source: { from: "lender", at } };
  return {
    name: read.setting("lender.name") ?? book("name in the book", lender.name)!,
    ...maybe("address", read.setting("lender.address")),
    ...maybe("registeredAt", read.setting("lender.registered_at")),
    ...maybe("representative", read.setting("lender.representative")),
    ...maybe("representativeTitle", read.setting("lender.representative_title")),
    ...maybe("phone", read.setting("lender.phone") ?? book("letter terms", lender.phone)),
    ...maybe("creditCode", read.setting("lender.credit_code")),
    ...maybe("organisation", read.word<Organisation>("lender.organisation")),
    ...maybe("ownership", read.word<Ownership>("lender.ownership")),
  };
}

function borrowerOf({ person }: CaseGiven, read: Reader): PersonParty {
  const book = (at: string, value: string | null): Known | undefined =>
    value === null ? undefined : { value, source: { from: "person", at } };
  const id = read.column("id_number");
  const type = read.column("id_type");
  const isCitizen =
    id !== undefined && isIdNumber(id.value) && (type === undefined || /身份证/.test(type.value));
  const byNumber: FieldSource = { from: "computed", at: "id_number (GB 11643)" };
  const born = isCitizen
    ? parseDay(`${id.value.slice(6, 10)}-${id.value.slice(10, 12)}-${id.value.slice(12, 14)}`)
    : undefined;
  return {
    ...maybe("name", read.column("name") ?? book("name", person.name)),
    ...maybe(
      "sex",
      read.wordColumn<"male" | "female">("sex") ??
        (isCitizen
          ? {
              value: Number(id.value[16]) % 2 === 1 ? ("male" as const) : ("female" as const),
              source: byNumber,
            }
          : undefined),
    ),
    ...maybe(
      "bornOn",
      read.dayColumn("born_on") ?? (born === undefined ? undefined : { value: born, source: byNumber }),
    ),
    ...maybe("ethnicity", read.column("ethnicity")),
    ...maybe("employer", read.column("employer")),
    ...maybe("position", read.column("position")),
    ...maybe("phone", read.column("phone") ?? book("phone", person.phone?.replace(/^\+86/, "") ?? null)),
    // An address in the book is where letters go; nobody said that it is the one of the household register.
    ...maybe("registered", read.column("registered_address")),
    ...maybe("habitual", read.column("habitual_address") ?? book("address", person.address)),
    ...maybe("idType", type ?? (isCitizen ? { value: "居民身份证", source: byNumber } : undefined)),
    ...maybe("idNumber", id),
  };
}

function securityOf(read: Reader): Security {
  const none = read.setting("contract.security");
  const things = read.column("security_things");
  const guarantor = read.column("guarantor");
  const given = things !== undefined || guarantor !== undefined;
  return {
    ...maybe(
      "none",
      given
        ? { value: false, source: (things ?? guarantor)!.source }
        : none && { value: true, source: none.source },
    ),
    ...maybe("things", things),
    ...maybe("guarantor", guarantor),
    ...maybe("signedOn", read.dayColumn("guarantee_signed_on")),
    ...maybe("kind", read.wordColumn<"general" | "joint">("guarantee_kind")),
    ...maybe("said", read.column("guarantee_terms")),
  };
}

const LAW: Known = {
  value: `${REPAY_ON_TIME.source.zh}、${LATE_INTEREST.source.zh.replace("《中华人民共和国民法典》", "")}`,
  source: { from: "law", at: `${REPAY_ON_TIME.law} ${REPAY_ON_TIME.at}, ${LATE_INTEREST.at}` },
};

function wishesOf(read: Reader): Wishes {
  const costs = read.setting("claims.recovery_costs");
  return {
    ...maybe("untilPaid", read.yesNo("claims.until_paid")),
    ...maybe("early", read.word<"accelerate" | "terminate" | "no">("claims.early")),
    ...maybe("security", read.yesNo("claims.security")),
    ...maybe(
      "recoveryCosts",
      costs && { value: costs.value === "no" ? (false as const) : costs.value, source: costs.source },
    ),
    ...maybe("courtFees", read.yesNo("claims.court_fees")),
    ...maybe("other", read.column("other") ?? read.setting("claims.other")),
    basis: read.setting("claims.law") ?? LAW,
    ...maybe("mediationKnown", read.yesNo("mediation.known")),
    ...maybe("mediationBenefits", read.yesNo("mediation.benefits")),
    ...maybe("mediation", read.word<"yes" | "no" | "undecided">("mediation.first")),
  };
}

function agreedOf(read: Reader): Known<string | false> | undefined {
  const agreed = read.setting("court.agreed");
  const clause = read.setting("contract.clauses.jurisdiction");
  if (!agreed) return undefined;
  if (agreed.value === "no") return { value: false, source: agreed.source };
  return {
    value: clause ? `${clause.value}：${agreed.value}` : agreed.value,
    source: clause ? { from: "contract", at: clause.source.at } : agreed.source,
  };
}

// --- the contract ----------------------------------------------------------------------------------------------------

function contractOf(given: CaseGiven, read: Reader, ledger: KeptRead | undefined): Contract {
  const { product, booked, facts, on } = given;
  const terms = termsOf(booked, product);
  const source: FieldSource = { from: "ledger", at: "LoanBooked" };
  const rate = rateFromE8(booked.rateE8, terms.ratePer);
  const plan = schedule(terms);
  const through = read.dayColumn("through") ?? {
    value: plan.at(-1)!.dueOn,
    source: { from: "ledger" as const, at: "LoanBooked, plan" },
  };
  const late = product.lateInterest;
  const clause = (known: Known | undefined): Known | undefined =>
    known && {
      value: known.value,
      source: {
        from: "contract",
        at: `${read.setting("contract.name")?.value ?? "contract"}, ${known.source.at}`,
      },
    };
  const clauses = Object.fromEntries(
    CLAUSES.flatMap((which) => {
      const known = clause(read.setting(`contract.clauses.${which}`));
      return known ? [[which, known] as const] : [];
    }),
  );
  const method = read.word<RepaymentMethod>("contract.method") ?? {
    value: methodOf(product),
    source: { from: "ledger" as const, at: `product ${product.code}` },
  };
  const said = read.setting("contract.method_said");
  const matured = ledger
    ? { value: ledger.matured, source: { from: "ledger" as const, at: "plan" } }
    : (read.yesNoColumn("matured") ??
      (through.value < on
        ? { value: true, source: { from: "computed" as const, at: "contract.through" } }
        : undefined));
  return {
    ...maybe("name", read.column("contract_name") ?? read.setting("contract.name")),
    ...maybe("number", read.column("contract_number")),
    ...maybe("signedOn", read.dayColumn("signed_on")),
    ...maybe("signedAt", read.column("signed_at")),
    principal: { value: booked.principal, source },
    disbursed: { value: booked.principal, source },
    disbursedOn: { value: booked.disbursedOn, source },
    through,
    ...maybe("matured", matured),
    rate: { value: { percent: formatPercent(rate), per: terms.ratePer }, source },
    ...maybe(
      "late",
      late && {
        value: {
          percentAYear: percentAYear(lateRateADay(rate, product), product),
          ...("times" in late.rate ? { uplift: timesText(late.rate.times) } : {}),
        },
        source: { from: "ledger" as const, at: `product ${product.code}` },
      },
    ),
    ...maybe(
      "compound",
      late && {
        value: late.compound === true,
        source: { from: "ledger" as const, at: `product ${product.code}` },
      },
    ),
    method,
    ...maybe("methodSaid", said?.value),
    clauses,
    replans: facts
      .filter((fact): fact is PlanReplaced => fact.kind === "PlanReplaced" && fact.valueOn <= on)
      .map((fact) => ({
        value: replanSaid(fact, product),
        source: { from: "ledger", at: `PlanReplaced ${fact.id}` },
      })),
  };
}

function methodOf({ terms }: Product): RepaymentMethod {
  if (terms.method !== "interest-only") return terms.method === "flat" ? "other" : terms.method;
  const months = "months" in terms.every ? terms.every.months : 0;
  const known: Readonly<Record<number, RepaymentMethod>> = {
    1: "monthly-interest",
    3: "quarterly-interest",
    12: "yearly-interest",
  };
  return known[months] ?? "other";
}

const HOW: Readonly<Record<PlanReplaced["how"], string>> = {
  deferral: "延期还款",
  extension: "展期",
  restructure: "债务重组",
  "re-age": "重新安排还款计划",
};
const INTEREST = {
  carry: "截至变更日的利息于变更后首期归还",
  capitalise: "截至变更日的利息计入本金",
  waive: "截至变更日的利息予以减免",
};
const LATE = { keep: "罚息及费用继续计欠", capitalise: "罚息及费用计入本金", waive: "罚息及费用予以减免" };
const PER = { day: "日", month: "月", year: "年" } as const;

function replanSaid(fact: PlanReplaced, { terms }: Product): string {
  const parts = [
    `自${chineseDay(fact.firstDueOn)}起${fact.installments === undefined ? "按剩余期数" : `分${fact.installments}期`}归还`,
    ...(fact.rateE8 === undefined
      ? []
      : [`利率变更为${PER[terms.ratePer]}利率${formatPercent(rateFromE8(fact.rateE8, terms.ratePer))}%`]),
    INTEREST[fact.interest],
    LATE[fact.late],
  ];
  return `合同变更：${chineseDay(fact.valueOn)}，双方变更还款安排（${HOW[fact.how]}），${parts.join("；")}。`;
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
