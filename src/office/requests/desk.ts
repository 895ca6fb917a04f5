import { randomBytes } from "node:crypto";
import {
  borrowerN,
  type ComplaintOpened,
  type Day,
  dayAt,
  decimalsOf,
  type Fact,
  formatDay,
  formatMoney,
  type HoldKind,
  type HoldPlaced,
  type Instant,
  isOfferOver,
  isSameKey,
  type Key,
  type Minor,
  minor,
} from "../../core/index.ts";
import type { EventRecord } from "../../intake/index.ts";
import {
  type ComplaintLaw,
  complaintLaw,
  complaintLives,
  type HardshipLaw,
  hardshipLaw,
  hardshipsOf,
  isOpenComplaint,
  isRestingHardship,
  type RequestRefusal,
} from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import {
  atRequests,
  type Database,
  type DeskPerson,
  findKeys,
  LedgerRefused,
  type Lender,
  type MatterWish,
  ownerOfRequest,
  type RequestWish,
} from "../../store/index.ts";
import { packFor } from "../book.ts";
import { refusalWords } from "../refusal-words.ts";

/** Everything that work on complaints and requests needs. */
export interface RequestDesk {
  readonly db: Database;
  readonly lender: Lender;
  readonly pack: Pack;
  readonly complaints: ComplaintLaw;
  readonly hardship: HardshipLaw;
  readonly now: Instant;
  /** Who records: `borrower`, or somebody of the house. */
  readonly by: string;
  reference(prefix: string): string;
}

/** The desk of a lender for a day; says why where no rule of its place was read. */
export async function openRequests(
  given: Pick<RequestDesk, "db" | "lender" | "now" | "by">,
): Promise<
  { readonly ok: true; readonly desk: RequestDesk } | { readonly ok: false; readonly says: string }
> {
  const { db, lender, now } = given;
  const pack = await packFor(db, lender);
  if (!pack) return { ok: false, says: `the pack ${lender.pack} is not here` };
  const on = dayAt(lender.zone, now);
  const [complaints, hardship] = [complaintLaw(pack, on), hardshipLaw(pack, on)];
  if (!complaints.ok) return { ok: false, says: complaints.refusal.says };
  if (!hardship.ok) return { ok: false, says: hardship.refusal.says };
  return {
    ok: true,
    desk: {
      ...given,
      pack,
      complaints: complaints.value,
      hardship: hardship.value,
      reference: madeReference,
    },
  };
}

/** Letters and digits that nobody takes for others, 60 bits of them: no reference is guessed from another. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function madeReference(prefix: string): string {
  const signs = [...randomBytes(12)].map((byte) => SIGNS[byte % 32]!);
  return `${prefix}-${[0, 4, 8].map((at) => signs.slice(at, at + 4).join("")).join("-")}`;
}

/** What became of a wish: told, or why not. */
export type RequestOutcome<T> =
  | { readonly done: true; readonly known: boolean; readonly value: T }
  | { readonly done: false; readonly id: string; readonly refusal: RequestRefusal };

export const refusedOutcome = (id: string, refusal: RequestRefusal): RequestOutcome<never> => ({
  done: false,
  id,
  refusal,
});
export const refusal = (code: string, en: string, zh: string): RequestRefusal => ({ code, says: { en, zh } });

export const ownerOf = ({ bucket, n }: Key): Key => ({ bucket, n: borrowerN(n) });

/** Whose these loans are; refused where one is not in the book, they are of several borrowers, or not of the `only` one who may ask. */
export async function ownerOfLoans(
  { db, lender }: Pick<RequestDesk, "db" | "lender">,
  loans: readonly string[],
  only?: Key,
): Promise<{ readonly owner: Key } | { readonly refusal: RequestRefusal }> {
  const keys = await findKeys(db, lender, loans);
  const missing = loans.find((loan) => !keys.has(loan));
  if (loans.length === 0 || missing !== undefined)
    return {
      refusal: refusal("unknown-loan", `no loan ${missing ?? ""} in the book`, `没有贷款 ${missing ?? ""}`),
    };
  const owner = ownerOf(keys.get(loans[0]!)!);
  const stranger = loans.find((loan) => !isSameKey(ownerOf(keys.get(loan)!), owner));
  if (stranger === undefined && only && !isSameKey(only, owner))
    return { refusal: refusal("unknown-loan", "this is not a loan of his", "不是其本人的贷款") };
  return stranger === undefined
    ? { owner }
    : {
        refusal: refusal(
          "two-borrowers",
          `${stranger} is another borrower's; open one for each`,
          `${stranger} 属于另一借款人，请分别登记`,
        ),
      };
}

/** Whose a request is; only his own, where `owner` is named. */
export async function findRequest(
  { db, lender }: Pick<RequestDesk, "db" | "lender">,
  ref: string,
  owner?: Key,
): Promise<{ readonly owner: Key; readonly id: string } | undefined> {
  const found = await ownerOfRequest(db, lender, ref.trim());
  if (!found || !owner) return found;
  return isSameKey(found.owner, owner) ? found : undefined;
}

/** Reads a borrower under lock, decides, and writes; what a ledger refuses is an outcome like any other. */
export async function decideAt<T>(
  desk: RequestDesk,
  owner: Key,
  id: string,
  decide: (
    person: DeskPerson,
    lender: Lender,
  ) => { readonly wish?: RequestWish; readonly told: RequestOutcome<T> },
  dryRun: boolean,
): Promise<RequestOutcome<T>> {
  try {
    const told = await atRequests(desk.db, desk.lender.code, owner, desk.now, decide, { dryRun });
    return told ?? refusedOutcome(id, refusal("unknown-borrower", "the borrower is gone", "借款人已不存在"));
  } catch (error) {
    if (!(error instanceof LedgerRefused)) throw error;
    const { code, says } = error.refused;
    return refusedOutcome(
      id,
      refusal(code, `the ledger: ${says}`, `账务：${refusalWords({ code, says }, "zh")}`),
    );
  }
}

/** Never on a day that is closed. */
export const bookedOn = ({ today }: DeskPerson, { openOn }: Lender): Day => Math.max(today, openOn) as Day;

export const event = (loanId: string, id: string, body: Record<string, unknown>): EventRecord => ({
  kind: "event",
  line: 1,
  loanId,
  id,
  event: { id, ...body } as EventRecord["event"],
});

// --- holds -------------------------------------------------------------------------------------------------------------

const UNTIL_LIFTED = Number.POSITIVE_INFINITY;

/** Whether a hold stands on a loan, with what waits for the close; its last day, where it has one. */
export function holdStanding(facts: readonly Fact[], kind: HoldKind, on: Day): number | undefined {
  let until: number | undefined;
  for (const fact of facts) {
    if (fact.kind === "HoldPlaced" && fact.hold === kind) until = fact.until ?? UNTIL_LIFTED;
    else if (fact.kind === "HoldLifted" && fact.hold === kind) until = undefined;
    // The rest that a request brought ends with its offer.
    else if (fact.kind === "MatterDateCame" && isOfferOver(fact) && kind === "hardship")
      until = until === UNTIL_LIFTED ? until : undefined;
  }
  return until !== undefined && until >= on ? until : undefined;
}

/** Another request of his that still rests on this hold of this loan. */
export function restsOnHold(person: DeskPerson, but: string, debt: string, kind: HoldKind): boolean {
  for (const life of complaintLives(person.facts).values())
    if (
      life.id !== but &&
      life.opened.holds === kind &&
      life.debts.includes(debt) &&
      isOpenComplaint(life.state)
    )
      return true;
  if (kind !== "hardship") return false;
  for (const life of hardshipsOf(person.facts).values())
    if (life.id !== but && life.debt === debt && isRestingHardship(life.state)) return true;
  return false;
}

/** What his open complaints contest of a loan: all of it, or so much; nothing where none contests the claim. */
export function contested(facts: readonly Fact[], debt: string): "whole" | Minor | undefined {
  let part = 0;
  for (const { state, opened, debts } of complaintLives(facts).values()) {
    if (opened.holds !== "dispute" || !debts.includes(debt) || !isOpenComplaint(state)) continue;
    const own = partContested(opened);
    if (own === undefined) return "whole";
    part += own;
  }
  return part === 0 ? undefined : minor(part);
}

/** A sum of one loan can be contested in part; whose debt it is, cannot. */
export const partContested = ({ topic, debts, disputed }: ComplaintOpened): Minor | undefined =>
  topic === "sum-wrong" && debts.length === 1 ? disputed : undefined;

/**
 * The hold for dispute as it has to stand after these facts, where it stands otherwise now.
 *
 * Holds   a hold on the whole that no complaint asked for was placed by somebody else, and stays as it is.
 */
export function disputing(
  person: DeskPerson,
  lender: Lender,
  { id, debt, facts }: { id: string; debt: string; facts: readonly Fact[] },
): EventRecord[] {
  const on = bookedOn(person, lender);
  const loan = person.loans.find((one) => one.id === debt)!;
  const after = contested([...person.facts, ...facts], debt);
  const standing = holdStanding(loan.facts, "dispute", on) !== undefined;
  const now = standing ? (partOfHold(loan.facts) ?? "whole") : undefined;
  if (now === "whole" && contested(person.facts, debt) !== "whole") return [];
  if (after === undefined)
    return standing ? [event(debt, `${id}/lift`, { kind: "lift", on: formatDay(on), hold: "dispute" })] : [];
  if (now === after) return [];
  return [
    event(debt, `${id}/hold`, {
      kind: "hold",
      on: formatDay(on),
      hold: "dispute",
      ...(after === "whole" ? {} : { part: formatMoney(after, decimalsOf(loan.product.terms.currency)) }),
    }),
  ];
}

const partOfHold = (facts: readonly Fact[]): Minor | undefined =>
  facts.findLast((fact): fact is HoldPlaced => fact.kind === "HoldPlaced" && fact.hold === "dispute")?.part;

/** The hold placed on a loan, unless one stands that lasts as long. */
export function placing(
  person: DeskPerson,
  lender: Lender,
  { id, debt, kind, until }: { id: string; debt: string; kind: HoldKind; until?: Day },
): EventRecord[] {
  const on = bookedOn(person, lender);
  const loan = person.loans.find((one) => one.id === debt)!;
  const standing = holdStanding(loan.facts, kind, on);
  if (standing !== undefined && standing >= (until ?? UNTIL_LIFTED)) return [];
  return [
    event(debt, id, {
      kind: "hold",
      on: formatDay(on),
      hold: kind,
      ...(until === undefined ? {} : { until: formatDay(until) }),
    }),
  ];
}

/** The hold lifted, where it stands and nothing else of his rests on it. */
export function lifting(
  person: DeskPerson,
  lender: Lender,
  { id, ref, debt, kind }: { id: string; ref: string; debt: string; kind: HoldKind },
): EventRecord[] {
  const on = bookedOn(person, lender);
  const loan = person.loans.find((one) => one.id === debt)!;
  if (holdStanding(loan.facts, kind, on) === undefined || restsOnHold(person, ref, debt, kind)) return [];
  return [event(debt, id, { kind: "lift", on: formatDay(on), hold: kind })];
}

/** The days of a request as the closes of its loan watch them from now on. */
export function watching(
  person: DeskPerson,
  lender: Lender,
  {
    id,
    debt,
    of,
    version,
    dates,
  }: { id: string; debt: string; of: string; version: number; dates: MatterWish["fact"]["dates"] },
): MatterWish {
  return {
    loan: person.loans.find((one) => one.id === debt)!.key,
    owner: person.key,
    on: bookedOn(person, lender),
    fact: {
      id: `${id}#${version}`,
      matter: id,
      of,
      dates,
      ...(dates.length === 0 ? { ended: true as const } : {}),
    },
  };
}
