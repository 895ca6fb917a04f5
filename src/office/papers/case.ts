import { jurisdictionLaw } from "../../../packs/cn/index.ts";
import {
  type Day,
  type Fact,
  formatDay,
  type LoanBooked,
  parseDay,
  positionFromFacts,
  subtract,
} from "../../core/index.ts";
import type {
  Agent,
  CaseGiven,
  Demand,
  Known,
  PaperSettings,
  Particulars,
} from "../../documents/papers/index.ts";
import {
  type CourtTerms,
  casesOf,
  courtsFor,
  type Engagement,
  type FirmLawyer,
  type LawFirm,
  lettersOf,
  proceedingsOf,
} from "../../legal/index.ts";
import {
  type Database,
  engagements,
  factsOf,
  firmLawyers,
  firms,
  type Lender,
  type LoanFile,
  letterTerms,
} from "../../store/index.ts";
import { placesOf } from "../advice/case.ts";
import { packOf } from "../book.ts";
import { evidenceOf } from "../evidence/enclosures.ts";
import { demandsOn } from "../letters/debts.ts";
import { ceilingOf } from "../loans/ceilings.ts";
import type { Bundled } from "./bundled.ts";

/** What all papers of a lender share, read once. */
export interface PaperDesk {
  readonly db: Database;
  readonly lender: Lender;
  readonly phone?: string;
  readonly firms: readonly LawFirm[];
  readonly lawyers: readonly FirmLawyer[];
  readonly engagements: readonly Engagement[];
  readonly settings: PaperSettings;
  readonly terms: CourtTerms;
  readonly particulars: ReadonlyMap<string, Particulars>;
  readonly court?: string;
  readonly reason?: string;
}

export async function paperDesk(
  db: Database,
  lender: Lender,
  given: Pick<PaperDesk, "settings" | "terms" | "particulars"> & {
    court?: string | undefined;
    reason?: string | undefined;
  },
): Promise<PaperDesk> {
  const { settings, terms: courtTerms, particulars, court, reason } = given;
  const terms = await letterTerms(db, lender);
  return {
    db,
    lender,
    settings,
    terms: courtTerms,
    particulars,
    ...(terms ? { phone: terms.phone } : {}),
    ...(court === undefined ? {} : { court }),
    ...(reason === undefined ? {} : { reason }),
    firms: await firms(db, lender),
    lawyers: await firmLawyers(db, lender),
    engagements: await engagements(db, lender),
  };
}

/** A loan of the book as papers are filled from it. */
export async function caseOfLoan(
  desk: PaperDesk,
  file: LoanFile,
  on: Day,
  bundled?: Bundled,
): Promise<CaseGiven> {
  const { lender, settings, particulars, court, reason, phone } = desk;
  const facts = factsOf(file);
  const booked = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked")!;
  const ceiling =
    file.product.source === "kept" ? ceilingOf(lender, file.product, file.stored, on) : undefined;
  const own = particulars.get(file.id);
  return {
    on,
    loan: file.id,
    product: file.product,
    booked,
    facts,
    ...(ceiling?.ok ? { ceiling: ceiling.value } : {}),
    ...reportOf(file, facts, on),
    lender: { name: lender.name, ...(phone === undefined ? {} : { phone }) },
    person: { name: file.borrower.name, phone: file.borrower.phone, address: file.borrower.address },
    settings,
    ...(own ? { particulars: own } : {}),
    ...agentsOf(desk, file, on),
    demands: demandsOf(file, on),
    evidence: bundled?.items ?? (await evidenceOf(desk.db, file, on)),
    ...(bundled ? { bundle: bundled.place } : {}),
    competent: competentFor(desk, file, own?.get("registered_address"), on),
    ...proceedingOf(file, on),
    ...(court === undefined
      ? {}
      : { court: { value: court, source: { from: "option" as const, at: "--court" } } }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * The first court that can hear it by what the contract, the household register and the place of performance say; none where that is
 * not certain. Where letters go is not where he is registered, so it is not asked.
 */
function competentFor(
  { lender, terms }: PaperDesk,
  { product }: LoanFile,
  registered: string | undefined,
  on: Day,
): NonNullable<CaseGiven["competent"]> {
  const pack = packOf(lender.pack);
  const law = lender.pack === "cn" && pack ? jurisdictionLaw(pack, on) : undefined;
  if (!law?.ok) return {};
  const defendant = registered === undefined ? undefined : { address: registered };
  const find = (way: "suit" | "payment-order"): Known | undefined => {
    const asked = { ...placesOf({ product, defendant }, terms, {}), for: way };
    const found = courtsFor(asked, law.value).courts.find(
      ({ standing, court }) => standing === "competent" && court !== undefined,
    );
    return found && { value: found.court!, source: { from: "computed", at: `court where: ${found.basis}` } };
  };
  const [suit, paymentOrder] = [find("suit"), find("payment-order")];
  return { ...(suit ? { suit } : {}), ...(paymentOrder ? { paymentOrder } : {}) };
}

/** The proceeding on this loan that was opened last: its court, and its number once a court gave one. */
function proceedingOf({ id, ofBorrower }: LoanFile, on: Day): Pick<CaseGiven, "proceeding" | "court"> {
  const known = ofBorrower.flatMap(({ fact }) => (fact.on <= on ? [fact] : []));
  const life = [...proceedingsOf(known).values()].findLast(
    ({ debts, way }) => way !== "mediation" && debts.includes(id),
  );
  if (!life) return {};
  const source = { from: "proceeding" as const, at: life.id };
  return {
    court: { value: life.court, source },
    ...(life.caseNumber === undefined ? {} : { proceeding: { value: life.caseNumber, source } }),
  };
}

function reportOf({ key, product }: LoanFile, facts: readonly Fact[], on: Day): Pick<CaseGiven, "reported"> {
  if (product.source !== "fed") return {};
  const position = positionFromFacts(key, facts, () => product, on);
  if (!position) return {};
  const last = facts
    .flatMap((fact) => (fact.kind === "BalanceReported" && fact.asOf <= on ? [fact] : []))
    .reduce<Extract<Fact, { kind: "BalanceReported" }> | undefined>(
      (newest, fact) => (newest && newest.asOf > fact.asOf ? newest : fact),
      undefined,
    );
  return {
    reported: {
      on: last?.asOf,
      position,
      interestPaid: last?.interestPaid ?? subtract(position.payoff, position.payoff),
    },
  };
}

/** The firm that accepted the loan as its case, and its lawyer; nobody where none did. */
function agentsOf(
  { firms: all, lawyers, engagements: contracts }: PaperDesk,
  { id, ofBorrower }: LoanFile,
  on: Day,
): Pick<CaseGiven, "agents" | "firm" | "engagement"> {
  const known = ofBorrower.flatMap(({ fact }) => (fact.on <= on ? [fact] : []));
  const mine = [...casesOf(known).values()].findLast(
    ({ state, offered }) => state === "accepted" && offered.debt === id,
  );
  const engagement = contracts.find(({ id: number }) => number === mine?.offered.engagement);
  const firm = all.find(({ id: name }) => name === mine?.offered.firm);
  const lawyer = lawyers.find((one) => one.firm === firm?.id && one.id === mine?.lawyer);
  if (!engagement || !firm || !lawyer) return { agents: [] };
  const from = <T>(value: T): Known<T> => ({
    value,
    source: { from: "engagement", at: `${engagement.id} ${formatDay(engagement.signedOn)}` },
  });
  const agent: Agent = {
    name: from(lawyer.name),
    unit: from(firm.name),
    title: from("律师"),
    phone: from(firm.phone),
    licence: from(lawyer.licence),
  };
  const { name, licence, address, phone } = firm;
  return { agents: [agent], firm: from({ name, licence, address, phone }), engagement: from(engagement.id) };
}

const VIA: Readonly<Record<string, string>> = {
  app: "应用消息催告",
  text: "短信催告",
  email: "电子邮件催告",
  call: "电话催告",
  letter: "信函催告",
};
const CAME: Readonly<Record<string, string>> = {
  delivered: "已送达",
  connected: "已接通",
  "no-answer": "未接听",
  voicemail: "语音留言",
  busy: "占线",
  "not-in-service": "停机或空号",
  "wrong-number": "非本人号码",
  sent: "已发出",
  bounced: "退回",
};
const LETTERS: Readonly<Record<string, string>> = {
  LetterDelivered: "已签收",
  LetterRefused: "拒收",
  LetterReturned: "退回",
};

/** Contacts and letters that asked for money, in the order of their days. */
function demandsOf({ ofBorrower, id, lender }: LoanFile, on: Day): Demand[] {
  const facts = ofBorrower.flatMap(({ fact }) => (fact.on <= on ? [fact] : []));
  const contacts = demandsOn(facts, [id], lender.zone).map(({ at, via, outcome }): Demand => {
    const came = outcome === undefined ? undefined : CAME[outcome];
    return { on: parseDay(at)!, how: VIA[via] ?? via, ...(came === undefined ? {} : { came }) };
  });
  const letters = [...lettersOf(facts).values()]
    .filter(({ handedOver, drafted }) => handedOver !== undefined && drafted.debts.includes(id))
    .map(({ handedOver, drafted, facts: life }): Demand => {
      const came = life.map(({ kind }) => LETTERS[kind]).findLast((word) => word !== undefined);
      return {
        on: handedOver!.on,
        how: `发出律师函${drafted.number}`,
        ...(came === undefined ? {} : { came }),
      };
    });
  return [...contacts, ...letters].sort((a, b) => a.on - b.on);
}
