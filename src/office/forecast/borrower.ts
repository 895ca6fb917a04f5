import {
  addDays,
  borrowerN,
  CONTACT_DAYS,
  type Day,
  type Fact,
  keyToNumber,
  type LoanState,
  replay,
} from "../../core/index.ts";
import type { CloseContext, WokenBorrower, WokenLoan } from "../../dayclose/index.ts";
import {
  contactsOf,
  contextOf,
  type Database,
  factsOf,
  type LoanFile,
  loanFile,
  personsOf,
  type Shelves,
} from "../../store/index.ts";

/** A borrower and what his lender's closes go by. */
export interface Standing {
  readonly borrower: WokenBorrower;
  readonly context: CloseContext;
}

/**
 * The borrower of a loan as the close after a day would be given him: all his loans, awake or asleep, what waits, what is known of him. Of a
 * day before the last close, as his journals leave him then.
 */
export async function standingOf(
  db: Database,
  file: LoanFile,
  asOf: Day,
  shelves: Shelves,
): Promise<Standing> {
  const context = await contextOf(db, shelves, file.lender.code);
  const files = [file];
  for (const id of file.siblings) {
    const sibling = await loanFile(db, id, file.lender.code);
    if (sibling) files.push(sibling);
  }
  const owner = { bucket: file.key.bucket, n: borrowerN(file.key.n) };
  const known = ({ on }: { readonly on: Day }): boolean => on <= asOf;
  const past = asOf < file.lender.closedThrough;
  const contacts =
    (await contactsOf(db, [owner], addDays(asOf, -CONTACT_DAYS))).get(keyToNumber(owner)) ?? [];
  const person = ((await personsOf(db, [owner])).get(keyToNumber(owner)) ?? []).filter(
    (fact) => !past || known(fact),
  );
  const journal = file.ofBorrower.map(({ fact }) => fact).filter((fact) => !past || known(fact));
  const loans = files
    .sort((a, b) => a.key.n - b.key.n)
    .flatMap((one) => (past ? (asItStood(one, asOf) ?? []) : asItStands(one)));
  const borrower: WokenBorrower = {
    ...owner,
    loans,
    contacts: past ? contacts.filter(known) : contacts,
    journal,
    ...(person.length > 0 ? { person } : {}),
  };
  return { borrower, context };
}

const asItStands = ({ id, stored, journal, waiting }: LoanFile): WokenLoan => ({
  id,
  loan: stored,
  waiting: waiting.map(({ fact }) => fact) as WokenLoan["waiting"],
  journal: journal.map(({ fact }) => fact),
});

/** Looked at on the next day whatever it slept until: a close of a day on which nothing falls due writes nothing. */
function asItStood(file: LoanFile, asOf: Day): WokenLoan | undefined {
  const facts: readonly Fact[] = factsOf(file).filter(({ on }) => on <= asOf);
  const loan: LoanState | undefined = replay(file.key, facts, () => file.product);
  if (!loan) return undefined;
  return { id: file.id, loan: { ...loan, wakeOn: addDays(asOf, 1) }, waiting: [], journal: facts };
}
