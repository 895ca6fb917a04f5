import {
  type Day,
  dayAt,
  type Fact,
  instantAt,
  isPersonFact,
  type LoanBooked,
  type LoanState,
  type Product,
  positionFromFacts,
} from "../../core/index.ts";
import {
  type CaseFacts,
  type CourtTerms,
  courtsFor,
  isOverState,
  type Jurisdiction,
  type JurisdictionAsked,
  type JurisdictionLaw,
  proceedingsOf,
} from "../../legal/index.ts";
import { type ContactMade, gate, type Pack } from "../../policy/index.ts";
import type { DefendantRow, Lender } from "../../store/index.ts";
import { gateKnown } from "../gate/known.ts";
import { limitationOf } from "../limitation/of.ts";

/** A loan with all that is known of it and of its borrower, as the questions about courts take it. */
export interface Booked {
  readonly loan: LoanState;
  readonly product: Product;
  readonly facts: readonly Fact[];
  readonly ofBorrower: readonly Fact[];
  readonly defendant: DefendantRow | undefined;
  readonly contacts: readonly ContactMade[];
}

/** What somebody says beside the book, for one question. */
export interface Said {
  readonly whereabouts?: "known" | "missing";
  readonly wantsMediation?: boolean;
  readonly smallClaimsAgreed?: boolean;
  readonly province?: string;
  readonly residence?: { readonly area: string; readonly since?: Day };
  readonly acceptedOn?: Day;
}

export interface Around {
  readonly lender: Lender;
  readonly pack: Pack | undefined;
  readonly terms: CourtTerms;
  readonly law: JurisdictionLaw;
  readonly on: Day;
}

/** A borrower who was spoken to within so many days has whereabouts that are known. A house rule: no text gives a number. */
const SPOKEN_WITHIN = 180;
/** The hour at which the gate is asked: filings have no quiet hours, and contacts are not what is asked for. */
const TEN = 600;

export const idOf = ({ facts }: Pick<Booked, "facts">): string =>
  (facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked") as LoanBooked).id;

/** The case as the book knows it on a day, and what was said beside it. What is not known stays so. */
export function caseOf(booked: Booked, around: Around, said: Said): CaseFacts | undefined {
  const { loan, product, facts, ofBorrower, defendant, contacts } = booked;
  const { lender, pack, terms, on } = around;
  const position = positionFromFacts(loan, facts, () => product, on);
  if (!position) return undefined;
  const zone = loan.extra?.zone ?? lender.zone;
  const { known, step } = gateKnown(loan, product, {
    id: idOf(booked),
    zone,
    at: instantAt(zone, on, TEN),
    day: on,
    contacts,
    facts: ofBorrower.filter((fact) => isPersonFact(fact) && fact.on <= on).filter(isPersonFact),
  });
  const verdict = (kind: "mediation" | "payment-order" | "suit") => {
    if (!pack) return { verdict: "ask-person", rules: ["pack/none-for-lender"] };
    const decision = gate(pack, { kind, ...step }, known(kind));
    const strict = decision.because.filter(({ outcome }) => outcome.outcome === decision.verdict);
    return { verdict: decision.verdict, rules: strict.map(({ rule }) => rule.id) };
  };
  const own = [...proceedingsOf(ofBorrower).values()].filter(({ debts }) => debts.includes(idOf(booked)));
  const limited = limitationOf(booked, lender, on);
  const spoken = contacts.some(
    ({ at, outcome }) => outcome === "connected" && dayAt(zone, at) > on - SPOKEN_WITHIN,
  );
  const ofProduct = terms.products[product.code];
  const clause = ofProduct?.jurisdiction;
  const province = said.province ?? provinceOf(whereOf(booked, around, said));
  const whereabouts = said.whereabouts ? said.whereabouts === "known" : spoken || undefined;
  return {
    on,
    claim: position.arrears.total,
    band: bandNow(position.band),
    defendantKnown: defendant?.name ? true : undefined,
    whereabouts,
    addressOnFile: defendant?.address ? true : undefined,
    livesInChina: ofProduct?.residentsOnly,
    disputed: (known("suit").holds ?? []).some(({ kind }) => kind === "dispute"),
    otherLoans: Math.max(0, (defendant?.loans ?? 1) - 1),
    preservation: own.some(({ events }) => events.some(({ what }) => what.type === "preserved")),
    inCourt: own.some(({ state }) => !isOverState(state)),
    ...(said.smallClaimsAgreed === undefined ? {} : { smallClaimsAgreed: said.smallClaimsAgreed }),
    wantsMediation: said.wantsMediation,
    arbitrationOnly: ofProduct ? clause?.arbitration === "only" : undefined,
    ...(province === undefined ? {} : { province }),
    judged: facts.some(({ kind }) => kind === "JudgmentEntered"),
    ...(limited && typeof limited !== "string"
      ? {
          limitation: {
            state: limited.state,
            worstOn: limited.worstOn,
            ...(limited.expiresOn === undefined ? {} : { expiresOn: limited.expiresOn }),
          },
        }
      : {}),
    gate: {
      mediation: verdict("mediation"),
      "payment-order": verdict("payment-order"),
      suit: verdict("suit"),
    },
  };
}

const bandNow = (name: string): number => Number(/^M(\d+)/.exec(name)?.[1] ?? 0);

/** What the places of a loan are, for `courtsFor`. */
export function placesOf(
  {
    product,
    defendant,
  }: Pick<Booked, "product"> & { readonly defendant: Pick<DefendantRow, "address"> | undefined },
  terms: CourtTerms,
  said: Said,
): JurisdictionAsked {
  const of = terms.products[product.code];
  const domicile = defendant?.address ? areaIn(defendant.address, terms.courts) : undefined;
  const { area: lenderArea } = terms.lender;
  return {
    for: "suit",
    ...(of?.jurisdiction ? { clause: of.jurisdiction } : {}),
    defendants: [
      {
        ...(domicile === undefined ? {} : { domicile }),
        ...(said.residence ? { habitual: said.residence } : {}),
      },
    ],
    ...(lenderArea === undefined ? {} : { lenderArea }),
    ...(of?.performedAt === undefined ? {} : { performedAt: of.performedAt }),
    ...(of?.madeOnline === undefined ? {} : { madeOnline: of.madeOnline }),
    ...(said.acceptedOn === undefined ? {} : { acceptedOn: said.acceptedOn }),
    courts: terms.courts,
  };
}

/** The known area in which an address lies, by its beginning; the address itself where none is known. */
function areaIn(address: string, courts: Readonly<Record<string, string>>): string {
  const compact = address.replace(/\s+/g, "");
  const [area] = Object.keys(courts)
    .filter((one) => compact.startsWith(one))
    .sort((a, b) => b.length - a.length);
  return area ?? address;
}

const whereOf = (booked: Booked, { terms, law }: Around, said: Said): Jurisdiction =>
  courtsFor(placesOf(booked, terms, said), law);

/** The province of the first court that can hear it: its wage decides what is small. */
function provinceOf({ courts }: Jurisdiction): string | undefined {
  for (const { standing, area, court } of courts) {
    if (standing !== "competent") continue;
    const found = /^(.{2,7}?(?:省|自治区)|北京市|上海市|天津市|重庆市)/.exec(area ?? court ?? "")?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
