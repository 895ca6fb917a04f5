import {
  type ContactChecked,
  type Day,
  FACT_CODES,
  type Fact,
  keyToNumber,
  type Minor,
  minor,
  promisedBy,
  ZERO,
} from "../core/index.ts";
import { type Lender, products } from "./catalog.ts";
import { INBOX_SELECT, JOURNAL_COLUMNS, readInbox, readJournal } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** What became of the promises that one collector took. */
export interface PromiseCount {
  /** Empty for promises of which nobody is known who took them. */
  readonly collector: string;
  readonly taken: number;
  readonly open: number;
  readonly kept: number;
  readonly broken: number;
  /** Replaced, withdrawn, or no longer needed. */
  readonly dropped: number;
  readonly promised: Minor;
  /** Money that came in time for promises that were kept, and for those that were broken. */
  readonly paidOnKept: Minor;
  readonly paidOnBroken: Minor;
}

interface Counted {
  readonly collector: string;
  readonly amount: Minor;
  status: "open" | "kept" | "broken" | "dropped";
  paid: Minor;
}

const PROMISE_KINDS = [
  FACT_CODES.PromiseMade,
  FACT_CODES.PromiseReplaced,
  FACT_CODES.PromiseWithdrawn,
  FACT_CODES.PromiseKept,
  FACT_CODES.PromiseBroken,
  FACT_CODES.PromiseReopened,
  FACT_CODES.PromiseLapsed,
].join(", ");

/** Promises made from one day to another, by who took them, with what the closes have recorded of each. */
export async function promisesByCollector(
  sql: Sql,
  lender: Lender,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<PromiseCount[]> {
  const promises = new Map<string, Counted>();
  for await (const { key, fact } of factsOfLender(sql, lender, PROMISE_KINDS))
    count(promises, key, fact, from, to);
  const collectors = new Map<string, Counted[]>();
  for (const one of promises.values()) {
    const own = collectors.get(one.collector);
    if (own) own.push(one);
    else collectors.set(one.collector, [one]);
  }
  return [...collectors]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([collector, own]) => summed(collector, own));
}

function summed(collector: string, own: readonly Counted[]): PromiseCount {
  const of = (status: Counted["status"]) => own.filter((one) => one.status === status);
  const sum = (some: readonly Counted[], value: (one: Counted) => Minor): Minor =>
    minor(some.reduce((total, one) => total + value(one), 0));
  return {
    collector,
    taken: own.length,
    open: of("open").length,
    kept: of("kept").length,
    broken: of("broken").length,
    dropped: of("dropped").length,
    promised: sum(own, ({ amount }) => amount),
    paidOnKept: sum(of("kept"), ({ paid }) => paid),
    paidOnBroken: sum(of("broken"), ({ paid }) => paid),
  };
}

function count(promises: Map<string, Counted>, key: number, fact: Fact, from: Day, to: Day): void {
  const named = (id: string): Counted | undefined => promises.get(`${key} ${id}`);
  const turn = (id: string, status: Counted["status"], paid?: Minor): void => {
    const one = named(id);
    if (!one) return;
    one.status = status;
    if (paid !== undefined) one.paid = paid;
  };
  switch (fact.kind) {
    case "PromiseReplaced":
    case "PromiseMade":
      if (fact.kind === "PromiseReplaced") turn(fact.replaces, "dropped");
      if (fact.valueOn >= from && fact.valueOn <= to)
        promises.set(`${key} ${fact.id}`, {
          collector: fact.takenBy ?? "",
          amount: promisedBy(fact.parts, fact.parts.length - 1),
          status: "open",
          paid: ZERO,
        });
      return;
    case "PromiseWithdrawn":
      turn(fact.id, "dropped");
      return;
    case "PromiseKept":
      turn(fact.id, "kept", fact.paid);
      return;
    case "PromiseBroken":
      turn(fact.id, "broken", fact.paid);
      return;
    case "PromiseReopened":
      turn(fact.id, "open", fact.paid);
      return;
    case "PromiseLapsed":
      turn(fact.id, "dropped", fact.paid);
  }
}

/** Facts of some kinds on a lender's loans, journaled and then waiting, in the order in which they count. */
async function* factsOfLender(
  sql: Sql,
  lender: Lender,
  kinds: string,
): AsyncGenerator<{ key: number; fact: Fact }> {
  const own = (await products(sql)).filter((product) => product.lender === lender.code).map(({ id }) => id);
  if (own.length === 0) return;
  const columns = (columns: readonly string[]): string => columns.map((column) => `j.${column}`).join(", ");
  const journal = await sql.copyOut(
    `select ${columns(JOURNAL_COLUMNS)} from journal j join loan_state l on l.bucket = j.bucket and l.n = j.n
     where j.kind in (${kinds}) and l.product in (${own.join(", ")}) order by j.bucket, j.n, j.seq`,
  );
  for (const entry of readJournal(journal, sql.vault)) yield { key: keyToNumber(entry), fact: entry.fact };
  const inbox = await sql.copyOut(
    `select ${columns(INBOX_SELECT.split(", "))} from inbox j where j.lender = ${lender.id} and j.kind in (${kinds})
     order by j.bucket, j.n, j.on_day, j.recorded_at, j.ord`,
  );
  for (const entry of readInbox(inbox, sql.vault)) yield { key: keyToNumber(entry), fact: entry.fact };
}

// --- contacts that can be checked ----------------------------------------------------------------------------------

/** A contact as a checker finds it. */
export interface ContactToCheck {
  readonly contact: string;
  readonly by: string;
  readonly complaint: boolean;
  readonly on: Day;
  readonly at: number;
  readonly code: string;
  readonly borrower: string;
  readonly key: { readonly bucket: number; readonly n: number };
  /** What was found of it, where it was checked. */
  readonly checked?: ContactChecked;
}

const CONTACT_KINDS = [FACT_CODES.ContactResult, FACT_CODES.ContactReported, FACT_CODES.ContactChecked].join(
  ", ",
);

/** Contacts of a period, made by collectors or reported by agencies, each with what was found of it. */
export async function contactsToCheck(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<ContactToCheck[]> {
  const names = new Map(
    (
      await sql.query<{ bucket: number; n: number; id: string }>(
        `select distinct b.bucket, b.n, b.external_id as id from journal j
         join borrower b on b.bucket = j.bucket and b.n = j.n
         where b.lender = $1 and j.kind in (${CONTACT_KINDS}) and j.on_day >= $2`,
        [lender.id, from],
      )
    ).map(({ id, ...key }) => [keyToNumber(key), id]),
  );
  const columns = JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ");
  const found = new Map<string, ContactToCheck>();
  for (const { bucket, n, fact } of readJournal(
    await sql.copyOut(
      `select ${columns} from journal j where j.kind in (${CONTACT_KINDS}) and j.on_day >= ${from}
       order by j.bucket, j.n, j.seq`,
    ),
    sql.vault,
  )) {
    const borrower = names.get(keyToNumber({ bucket, n }));
    if (borrower === undefined) continue;
    const key = { bucket, n };
    if (fact.kind === "ContactResult" && fact.on <= to)
      found.set(fact.action, {
        contact: fact.action,
        by: fact.collector,
        complaint: fact.code === "complaint-raised",
        on: fact.on,
        at: fact.at,
        code: fact.code,
        borrower,
        key,
      });
    else if (fact.kind === "ContactReported" && fact.on <= to)
      found.set(`${bucket}-${n}/${fact.id}`, {
        contact: `${bucket}-${n}/${fact.id}`,
        by: fact.who,
        complaint: false,
        on: fact.on,
        at: fact.at,
        code: fact.outcome,
        borrower,
        key,
      });
    else if (fact.kind === "ContactChecked") {
      const one = found.get(fact.contact);
      if (one) found.set(fact.contact, { ...one, checked: fact });
    }
  }
  return withComplaints(sql, [...found.values()]);
}

/** Who complained in the days after a contact complained, as far as one can know, about it. */
async function withComplaints(sql: Sql, contacts: readonly ContactToCheck[]): Promise<ContactToCheck[]> {
  if (contacts.length === 0) return [];
  const first = contacts.reduce((least, { on }) => Math.min(least, on), Number.MAX_SAFE_INTEGER);
  const placed = await sql.query<{ bucket: number; owner: number; day: number }>(
    `select j.bucket, (j.n - j.n % 4096)::int4 as owner, j.on_day as day from journal j
     where j.kind = ${FACT_CODES.HoldPlaced} and j.on_day >= $1 and j.payload like '%"complaint"%'`,
    [first],
  );
  const days = new Map<number, number[]>();
  for (const { bucket, owner, day } of placed) {
    const key = keyToNumber({ bucket, n: owner });
    days.set(key, [...(days.get(key) ?? []), day]);
  }
  return contacts.map((one) =>
    one.complaint ||
    !days.get(keyToNumber(one.key))?.some((day) => day >= one.on && day <= one.on + COMPLAINT_DAYS)
      ? one
      : { ...one, complaint: true },
  );
}

/** A complaint placed so many days after a contact makes it worth listening to. */
const COMPLAINT_DAYS = 7;
