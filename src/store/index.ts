import { resolve } from "node:path";
import { vaultFor } from "./book-keys.ts";
import { migrate } from "./migrate.ts";
import { openEmbedded } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";
import { type Calendars, carrying, type Database } from "./sql.ts";

export * from "./access.ts";
export * from "./advice.ts";
export * from "./agencies.ts";
export * from "./book.ts";
export { forgetKeyOf, type KnownKey, knownKeys, vaultFor } from "./book-keys.ts";
export * from "./borrower-requests.ts";
export {
  type MonthTaken,
  type MonthTally,
  type MonthWork,
  monthsOf,
  monthsTaken,
  type SignTotal,
  takeMonthEnd,
} from "./bureau.ts";
export * from "./bureau-desk.ts";
export * from "./bureau-report.ts";
export * from "./catalog.ts";
export { chunksFor, closeStore, contactsOf, contextOf, journalsOf, makeRoom } from "./close-store.ts";
export { CopyReader, CopyWriter } from "./copy.ts";
export * from "./enforcement.ts";
export { type Erasure, type ErasureAsked, eraseBorrower } from "./erase.ts";
export { statementName } from "./every-request.ts";
export * from "./figures.ts";
export * from "./files.ts";
export * from "./firms.ts";
export * from "./hand-messages.ts";
export {
  type FollowLetter,
  type InboundStore,
  inboundStore,
  type KeptInbound,
  type RecordStop,
} from "./inbound.ts";
export {
  BadKeys,
  type BookKey,
  type Keyring,
  keySource,
  readKeyring,
  withNewKey,
  writeKeyring,
} from "./keyring.ts";
export * from "./letter-templates.ts";
export * from "./letters.ts";
export * from "./letters-out.ts";
export { type LoanWithJournals, loansWithJournals } from "./limitation.ts";
export { loanFilesById, loanFilesOfOwners } from "./loan-files.ts";
export { LockedError, takeLock } from "./lock.ts";
export { findKeys, holdsWaiting, idsOf } from "./lookups.ts";
export { type MatterWish, watchMatters } from "./matters.ts";
export { type Migration, migrate, migrations } from "./migrate.ts";
export {
  type DayFact,
  factsOfDay,
  type StoppedAsked,
  type StoppedStep,
  stoppedBy,
  talliesBetween,
} from "./nights.ts";
export { outboxStore } from "./outbox.ts";
export {
  actionKeyOf,
  listOutbox,
  type OutboxEntry,
  ownActions,
  type Reopened,
  reopenAction,
} from "./outbox-people.ts";
export { OUTBOX_STATES, type OutboxState } from "./outbox-rows.ts";
export { type OpenPromise, promisesDue, summariseOn } from "./past.ts";
export { personRowOf, personsOf, recordPersons } from "./persons.ts";
export { openEmbedded } from "./pglite.ts";
export * from "./portal.ts";
export { openPostgres } from "./postgres.ts";
export {
  atCourt,
  type CourtWish,
  type KeptProceeding,
  LedgerRefused,
  listProceedings,
  namesOf,
  ownerOfProceeding,
  type ProceedingsAsked,
} from "./proceedings.ts";
export { findPeople, openBorrower } from "./profile.ts";
export * from "./read.ts";
export { rekey, rowsBehind } from "./rekey.ts";
export * from "./releases.ts";
export * from "./requests.ts";
export { ACTORS, type Actor, type InboxEntry, type JournalEntry, LOAN_COLUMNS } from "./rows.ts";
export { scanBorrowers } from "./scan.ts";
export * from "./seal-check.ts";
export {
  type HandedHead,
  handedHeads,
  noteHanded,
  type SealedBatch,
  type SealTools,
  sealFacts,
  sealHeads,
} from "./seals.ts";
export * from "./sign-in.ts";
export {
  type Calendars,
  carrying,
  type Database,
  isPassing,
  type Param,
  type Row,
  type Sql,
  sqlState,
  withCalendars,
} from "./sql.ts";
export * from "./staff-list.ts";
export {
  type ClaimAsked,
  type Claimed,
  claimOf,
  collectors,
  nextCase,
  putCollector,
  releaseCase,
  type TeamMember,
  type TeamRefusal,
} from "./team.ts";
export * from "./team-calls.ts";
export * from "./team-reports.ts";
export { together } from "./together.ts";
export {
  isSealed,
  KeyMissing,
  opened,
  openedOrNull,
  sealed,
  sealedOrNull,
  type Vault,
  vaultOf,
} from "./vault.ts";
export * from "./webhooks.ts";

/**
 * Opens a book: a `postgres://` URL, or a folder for the embedded database. Brings its tables up to date. `calendars` are
 * for products whose loans can be paid on the next working day; `keys` is what `ARREARS_KEYS` says.
 */
export async function openBook(
  place: string,
  calendars?: Calendars,
  connections?: number,
  keys: string | undefined = process.env.ARREARS_KEYS,
): Promise<Database> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1];
  if (scheme !== undefined && !/^postgres(ql)?$/.test(scheme))
    throw new Error(`no book can be opened at ${scheme}://…: give a folder or a postgres:// address`);
  const db = /^postgres(ql)?:\/\//.test(place)
    ? await openPostgres(place, connections === undefined ? {} : { max: connections })
    : await openEmbedded(resolve(place));
  try {
    await migrate(db);
    const vault = await vaultFor(db, place, keys, Date.now());
    return carrying(db, { ...(calendars ? { calendar: calendars } : {}), ...(vault ? { vault } : {}) });
  } catch (error) {
    await db.close();
    throw error;
  }
}
export * from "./verify.ts";
export { casesNow, type WorkCase, worklist } from "./worklist.ts";
