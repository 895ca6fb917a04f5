import { jurisdictionLaw, routeLaw } from "../../../packs/cn/index.ts";
import {
  borrowerN,
  type Day,
  type Key,
  keyToNumber,
  type LoanState,
  type Product,
} from "../../core/index.ts";
import {
  type CaseFacts,
  type CourtTerms,
  type Recovered,
  type RouteLaw,
  recoveriesOf,
} from "../../legal/index.ts";
import { contactsBy } from "../../policy/index.ts";
import {
  contactsOf,
  type Database,
  defendantsOf,
  factsOf,
  type Lender,
  type LoanFile,
  type LoanWithJournals,
  loansWithJournals,
} from "../../store/index.ts";
import { packFor } from "../book.ts";
import { count, Declined, type Io } from "../io.ts";
import { type Around, type Booked, caseOf, idOf, type Said } from "./case.ts";

export interface Looked {
  /** What each step of every loan brought in, as far as its time is over. */
  readonly history: readonly Recovered[];
  readonly cases: readonly { readonly loan: string; readonly facts: CaseFacts }[];
}

export interface PassAsked {
  readonly months: number;
  /** Which loans are asked about; none for the history alone. */
  readonly about: (one: { readonly loan: string; readonly facts: CaseFacts }) => boolean;
  /** Days past due from which a loan may be asked about: younger ones are not built at all. */
  readonly minDpd?: number;
  readonly said: Said;
}

/** The bands of which a wait is watched: from the third on, or the last where there are fewer. */
const WATCHED_BAND = 3;

/**
 * One pass over a lender's book: what steps brought in, and the cases that are asked about.
 *
 * Reads the rows of all buckets once and the journals only of loans that were ever late.
 */
export async function lookThrough(
  db: Database,
  around: Around,
  { months, about, minDpd, said }: PassAsked,
  io: Io,
): Promise<Looked> {
  const { lender, on } = around;
  const asOf = Math.min(on, lender.closedThrough) as Day;
  const history: Recovered[] = [];
  const cases: { loan: string; facts: CaseFacts }[] = [];
  const wanted = (loan: LoanState) => loan.timesLate > 0 || loan.band > 0;
  for await (const { loans, done, of } of loansWithJournals(db, lender.code, wanted)) {
    for (const one of loans)
      history.push(
        ...recoveriesOf({ key: one.loan, ...one }, { asOf, months, fromBand: fromBand(one.product) }),
      );
    const near = minDpd === undefined ? [] : loans.filter(({ loan }) => isLate(loan, on, minDpd));
    for (const booked of await bookedOf(db, near, on)) {
      const facts = caseOf(booked, around, said);
      const found = facts && { loan: idOf(booked), facts };
      if (found && about(found)) cases.push(found);
    }
    io.progress("advise", done, of, count(history.length));
  }
  io.progress("advise", 1, 1, count(history.length));
  return { history, cases };
}

const fromBand = ({ bandEdges }: Product): number => Math.min(WATCHED_BAND, bandEdges.length);

const isLate = ({ status, dueOn }: LoanState, on: Day, minDpd: number): boolean =>
  (status === "open" || status === "written-off") && on - dueOn >= minDpd;

/** The same loans with who the defendant is and how he was spoken to. */
export async function bookedOf(db: Database, loans: readonly LoanWithJournals[], on: Day): Promise<Booked[]> {
  const owners = new Map<number, Key>();
  for (const { loan } of loans) owners.set(keyToNumber(ownerOf(loan)), ownerOf(loan));
  if (owners.size === 0) return [];
  const defendants = await defendantsOf(db, [...owners.values()]);
  const contacts = await contactsOf(db, [...owners.values()], 0 as Day);
  return loans.map((one) => {
    const owner = keyToNumber(ownerOf(one.loan));
    return {
      ...one,
      defendant: defendants.get(owner),
      contacts: contactsBy(contacts.get(owner) ?? [], on),
    };
  });
}

const ownerOf = ({ bucket, n }: Key): Key => ({ bucket, n: borrowerN(n) });

/** The same of a loan whose file is at hand. */
export async function caseOfFile(
  db: Database,
  file: LoanFile,
  around: Around,
  said: Said,
): Promise<CaseFacts | undefined> {
  const ofBorrower = file.ofBorrower.map(({ fact }) => fact);
  const loan = { loan: file.stored, product: file.product, facts: factsOf(file), ofBorrower };
  const [booked] = await bookedOf(db, [loan], around.on);
  return booked && caseOf(booked, around, said);
}

/** What advice on a lender's loans goes by on a day. */
export async function aroundOf(
  db: Database,
  lender: Lender,
  terms: CourtTerms,
  on: Day,
): Promise<{ around: Around; law: RouteLaw }> {
  const pack = await packFor(db, lender);
  if (lender.pack !== "cn" || !pack)
    throw new Declined(`the pack ${lender.pack} has no law on the ways after default`);
  const [places, law] = [jurisdictionLaw(pack, on), routeLaw(pack, on)];
  if (!places.ok) throw new Declined(places.refusal.says);
  if (!law.ok) throw new Declined(law.refusal.says);
  return { around: { lender, pack, terms, law: places.value, on }, law: law.value };
}
