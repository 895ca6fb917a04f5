import {
  type Agency,
  type AgencyField,
  arrearsOn,
  askableOf,
  borrowerN,
  type CaseShown,
  type Day,
  dayAt,
  decimalsOf,
  disputeOn,
  dpdOn,
  type Fact,
  formatDay,
  formatMoney,
  holdsOn,
  type Instant,
  inSegment,
  type Key,
  keyToNumber,
  type LoanState,
  type Mandate,
  type Minor,
  mandateTrouble,
  mayAgencySee,
  minor,
  OUTSOURCING,
  openPromise,
  type PersonFact,
  type PersonFacts,
  type Placed,
  type Product,
  personOf,
  placementOn,
  position,
  promisedBy,
  type Recalled,
  type RecallReason,
  type Refusal,
  type Segment,
} from "../core/index.ts";
import { type Batch, personBatch, type Refused } from "./batch.ts";
import { type Lender, products, type Shelves } from "./catalog.ts";
import { addExtras, chunksFor, contactsOf } from "./close-store.ts";
import { recordEvents } from "./events.ts";
import { loansAt, loansByKey } from "./loans-at.ts";
import { findKeys, holdsWaiting, idsOf } from "./lookups.ts";
import { ACT_CODES, OUTBOX_COLUMNS, STATE } from "./outbox-rows.ts";
import { openedPerson, personsOf, recordPersons } from "./persons.ts";
import { openBorrower } from "./profile.ts";
import { distinctKeys, keyArrays, LOAN_COLUMNS, readLoans } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { lockBorrower, tell } from "./team-action.ts";

// --- agencies and mandates -----------------------------------------------------------------------------------------

export async function agencies(sql: Sql, lender: Pick<Lender, "id">): Promise<Agency[]> {
  const rows = await sql.query<{ name: string; role: string; body: string; active: number }>(
    "select name, role, body, active from agency where lender = $1 order by name",
    [lender.id],
  );
  return rows.map(({ name, role, body, active }) => ({
    ...JSON.parse(body),
    name,
    role: role as Agency["role"],
    active: active === 1,
  }));
}

export async function putAgency(sql: Sql, lender: Pick<Lender, "id">, agency: Agency): Promise<void> {
  const { name, role, active, ...body } = agency;
  await sql.run(
    `insert into agency (lender, name, role, body, active) values ($1, $2, $3, $4, $5)
     on conflict (lender, name) do update set role = excluded.role, body = excluded.body, active = excluded.active`,
    [lender.id, name, role, JSON.stringify(body), active ? 1 : 0],
  );
}

export async function mandates(sql: Sql, lender: Pick<Lender, "id">): Promise<Mandate[]> {
  const rows = await sql.query<{ id: string; agency: string; from: number; to: number | null; body: string }>(
    `select id, agency, from_day as "from", to_day as "to", body from mandate where lender = $1 order by id`,
    [lender.id],
  );
  return rows.map(({ id, agency, from, to, body }) => ({
    ...JSON.parse(body),
    id,
    agency,
    from: from as Day,
    ...(to === null ? {} : { to: to as Day }),
  }));
}

/** A mandate is given once; what can change of it is its last day. */
export async function putMandate(
  sql: Sql,
  lender: Pick<Lender, "id">,
  mandate: Mandate,
): Promise<Refusal | undefined> {
  const { id, agency, from, to, ...body } = mandate;
  const text = JSON.stringify(body);
  const [before] = await sql.query<{ agency: string; from: number; body: string }>(
    `select agency, from_day as "from", body from mandate where lender = $1 and id = $2`,
    [lender.id, id],
  );
  if (before) {
    if (before.agency !== agency || before.from !== from || before.body !== text)
      return {
        code: "mandate-differs",
        says: `mandate ${id} is in the book with other terms; give the new terms another id`,
      };
    await sql.run("update mandate set to_day = $3 where lender = $1 and id = $2", [
      lender.id,
      id,
      to ?? null,
    ]);
    return undefined;
  }
  await sql.run(
    "insert into mandate (lender, id, agency, from_day, to_day, body) values ($1, $2, $3, $4, $5, $6)",
    [lender.id, id, agency, from, to ?? null, text],
  );
  return undefined;
}

// --- placing -------------------------------------------------------------------------------------------------------

/** What the pack says of a notice to the borrower before somebody else collects: asked of the gate, with and without one. */
export type NoticeAsked = (asked: {
  readonly zone: string;
  readonly person: PersonFacts | undefined;
  readonly loan: string;
  readonly lenderKind: string | undefined;
}) => boolean;

export interface PlacingAsked {
  readonly agency: Agency;
  readonly mandate: Mandate;
  readonly segment: Segment;
  readonly now: Instant;
  readonly until?: Day;
  readonly lenderSteps: Placed["lenderSteps"];
  readonly dryRun: boolean;
  readonly onProgress?: (done: number, of: number) => void;
}

/** What was found of one loan of the segment. */
export interface PlacedLoan {
  readonly loan: string;
  readonly borrower: string;
  readonly dpd: number;
  readonly arrears: Minor;
  /** `placed` with the agency; `notice-first`, which is planned now; `notice-underway`; or why not. */
  readonly became: "placed" | "notice-first" | "notice-underway" | "refused";
  readonly why?: string;
}

/**
 * Places a segment with an agency: each loan looked at by itself, and told why where it is not placed.
 *
 * Holds   where the pack asks that the borrower be told first, the notice is planned as an action that the gate judges at
 *         its second, and the loan is placed only once a run after that finds it delivered. Run it again: what is placed
 *         stays placed, and nothing is done twice.
 */
export async function placeSegment(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  asked: PlacingAsked,
  needsNotice: NoticeAsked,
): Promise<
  { readonly ok: false; readonly refusal: Refusal } | { readonly ok: true; readonly loans: PlacedLoan[] }
> {
  const today = dayAt(lender.zone, asked.now);
  const no = mandateTrouble(asked.agency, asked.mandate, today);
  if (no) return { ok: false, refusal: no };
  const own = (await products(db)).filter((product) => product.lender === lender.code);
  const [count] = await db.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  const chunks = chunksFor(count!.loans);
  const room = {
    left: (asked.mandate.most ?? Number.MAX_SAFE_INTEGER) - (await placedUnder(db, asked.mandate, lender)),
  };
  const loans: PlacedLoan[] = [];
  for (const [i, { from, to }] of chunks.entries()) {
    const range = `bucket >= ${from} and bucket < ${to} and product in (${own.map(({ id }) => id).join(", ") || "-1"})`;
    const found = await db.tx((sql) =>
      placeRange(sql, shelves, lender, own, range, asked, needsNotice, today, room),
    );
    loans.push(...found);
    asked.onProgress?.(i + 1, chunks.length);
  }
  return { ok: true, loans };
}

/** How many loans stand placed under a mandate. */
async function placedUnder(sql: Sql, mandate: Mandate, lender: Lender): Promise<number> {
  let placed = 0;
  const rows = await sql.query<{ bucket: number; n: number; facts: string }>(
    "select bucket, n, facts from person where bucket >= 0 and lender = $1 and facts like '%\"Placed\"%'",
    [lender.id],
  );
  for (const row of rows)
    placed += personOf(JSON.parse(openedPerson(sql, row)) as PersonFact[]).placements.filter(({ id }) =>
      id.startsWith(`place/${mandate.id}/`),
    ).length;
  return placed;
}

async function placeRange(
  sql: Sql,
  shelves: Shelves,
  lender: Lender,
  own: readonly Product[],
  range: string,
  asked: PlacingAsked,
  needsNotice: NoticeAsked,
  today: Day,
  room: { left: number },
): Promise<PlacedLoan[]> {
  const stored = readLoans(
    await sql.copyOut(
      `select ${LOAN_COLUMNS.join(", ")} from loan_state where ${range} and due_on < ${today} order by bucket, n`,
    ),
  );
  await addExtras(sql, stored);
  const byId = new Map(own.map((product) => [product.id, product]));
  const some = stored.flatMap(({ loan }) => {
    const product = byId.get(loan.product)!;
    if (loan.setAside || (loan.status !== "open" && loan.status !== "written-off")) return [];
    const dpd = dpdOn(loan, product, today);
    const arrears = arrearsOn(loan, product, Math.max(today, loan.lateOn) as Day).total;
    return dpd > 0 && inSegment(asked.segment, { dpd, arrears, product: product.code })
      ? [{ loan, product, dpd, arrears }]
      : [];
  });
  if (some.length === 0) return [];
  const owners = some.map(({ loan }) => ({ bucket: loan.bucket, n: borrowerN(loan.n) }));
  const persons = await personsOf(sql, owners);
  const ids = await idsOf(
    sql,
    some.map(({ loan }) => loan),
  );
  const people = await peopleNamed(sql, owners);
  const batch = personBatch(sql, lender, Math.max(shelves.now(), asked.now), own);
  const found: PlacedLoan[] = [];
  for (const [i, one] of some.entries()) {
    const key = owners[i]!;
    const owner = people.get(keyToNumber(key))!;
    const facts = persons.get(keyToNumber(key)) ?? [];
    const id = ids.get(keyToNumber(one.loan))!;
    const base = { loan: id, borrower: owner.external_id, dpd: one.dpd, arrears: one.arrears };
    const person = facts.length > 0 ? personOf(facts) : undefined;
    const zone = owner.zone ?? lender.zone;
    const no =
      loanTrouble(one.loan, one.product, person, id, today) ?? (room.left <= 0 ? "mandate-full" : undefined);
    if (no) {
      found.push({ ...base, became: "refused", why: no });
      continue;
    }
    room.left -= 1;
    const asking = { zone, person, loan: id, lenderKind: one.product.lenderKind };
    const told = needsNotice(asking) ? await noticeOf(sql, key, one.loan.n) : "none-needed";
    if (told === "planned") found.push({ ...base, became: "notice-underway" });
    else if (told === undefined) {
      if (!asked.dryRun) await planNotice(batch, key, one.loan, owner, asked, today);
      found.push({ ...base, became: "notice-first" });
    } else {
      if (!asked.dryRun) await place(batch, key, id, asked, today, told);
      found.push({ ...base, became: "placed" });
    }
  }
  return found;
}

/** What keeps a loan with the lender: somebody has to deal with it himself. */
function loanTrouble(
  loan: LoanState,
  product: Product,
  person: PersonFacts | undefined,
  id: string,
  today: Day,
): string | undefined {
  const other =
    person && (placementOn(person, id, today) ?? person.placements.find(({ debt }) => debt === id));
  if (other && (other.until === undefined || other.until >= today)) return `placed-already: ${other.with}`;
  const [hold] = holdsOn(loan, today);
  if (hold) return `held: ${hold.kind}`;
  if (openPromise(loan, product, today)) return "promise-open";
  return undefined;
}

interface OwnerRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly external_id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly app: string | null;
  readonly address: string | null;
  readonly zone: string | null;
  readonly language: string | null;
}

async function peopleNamed(sql: Sql, owners: readonly Key[]): Promise<Map<number, OwnerRow>> {
  const distinct = distinctKeys(owners);
  if (distinct.length === 0) return new Map();
  const rows = await sql.query<OwnerRow>(
    `select b.* from ${keyArrays(distinct)} join borrower b on b.bucket = k.bucket and b.n = k.n`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), openBorrower(sql, row)]));
}

/** What became of a notice on a loan: delivered, on its way, or never begun (or failed, and to be tried again). */
async function noticeOf(
  sql: Sql,
  owner: Key,
  n: number,
): Promise<"planned" | { readonly at: Instant; readonly via: string } | undefined> {
  const rows = await sql.query<{ on: number; item: number; state: number; via: string; at: number }>(
    `select on_day as "on", item, state, via, state_at as at from outbox
     where bucket = $1 and n = $2 and act = ${ACT_CODES.letter} and steps like $3 order by on_day desc limit 1`,
    [owner.bucket, owner.n, `%"n":${n},"step":"${OUTSOURCING}%`],
  );
  const [row] = rows;
  if (!row) return undefined;
  if (row.state === STATE.planned || row.state === STATE.started) return "planned";
  return row.state === STATE.done ? { at: row.at, via: row.via } : undefined;
}

/** The first way by which he can be reached carries it: it stands on its own, so that no other message swallows it. */
async function planNotice(
  { sql, lender }: Batch,
  owner: Key,
  loan: LoanState,
  row: OwnerRow,
  { agency, mandate, now }: PlacingAsked,
  today: Day,
): Promise<void> {
  const via = row.app ? "app" : row.phone ? "text" : row.email ? "email" : "letter";
  const steps = [{ n: loan.n, step: `${OUTSOURCING}${agency.name}` }];
  await sql.run(
    `insert into outbox (${OUTBOX_COLUMNS.join(", ")})
     values ($1, $1, $2, $3, $4, ${ACT_CODES.letter}, $5, $6, 0, $7, $8, $9, 'none', $10)
     on conflict (bucket, n, on_day, act, item) do nothing`,
    [
      now,
      owner.bucket,
      owner.n,
      today,
      loan.n - owner.n,
      lender.id,
      via,
      `outsourcing-notice/${agency.name}`,
      `mandate ${mandate.id}`,
      JSON.stringify(steps),
    ],
  );
}

async function place(
  batch: Batch,
  owner: Key,
  loan: string,
  { agency, mandate, now, until, lenderSteps }: PlacingAsked,
  today: Day,
  told: "none-needed" | { readonly at: Instant; readonly via: string },
): Promise<void> {
  const id = `place/${mandate.id}/${loan}/${formatDay(today)}`;
  const base = { on: today, at: now };
  const last = until ?? mandate.to;
  const placed: Placed = {
    kind: "Placed",
    ...base,
    id,
    debt: loan,
    with: agency.name,
    role: agency.role,
    mandate: true,
    ...(agency.lawyer === undefined ? {} : { lawyer: agency.lawyer }),
    from: today,
    ...(last === undefined ? {} : { until: last }),
    lenderSteps,
    inDefault: true,
  };
  const notice: PersonFact[] =
    told === "none-needed"
      ? []
      : [
          {
            kind: "NoticeGiven",
            on: today,
            id: `${id}/notice`,
            at: told.at,
            notice: "outsourcing",
            debt: loan,
            via: told.via as "text",
          },
        ];
  const done = await recordPersons(
    batch,
    [...notice, placed].map((fact, line) => ({ line, owner, fact })),
    { actor: "person" },
  );
  if (done.refused.length > 0) throw new Error(`${loan}: ${done.refused[0]!.says}`);
}

// --- recalling -----------------------------------------------------------------------------------------------------

export interface RecallAsked {
  readonly agency: string;
  readonly reason: RecallReason;
  /** These loans; else every one that is paid (`paid`), or whose mandate is over (`ended`). */
  readonly loans?: readonly string[];
  readonly now: Instant;
  readonly dryRun: boolean;
}

/** Takes loans back: the agency's access ends at this instant. Gives the ids of those that were placed with it. */
export async function recall(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  asked: RecallAsked,
): Promise<{ readonly recalled: readonly string[]; readonly refused: readonly Refused[] }> {
  const today = dayAt(lender.zone, asked.now);
  const own = (await products(db)).filter((product) => product.lender === lender.code);
  return db.tx(async (sql) => {
    const placed = await placedWith(sql, lender, asked.agency);
    const over = (await mandates(sql, lender)).filter(({ to }) => to !== undefined && to < today);
    const wanted = placed.filter(({ fact, loan }) => {
      if (asked.loans) return asked.loans.includes(fact.debt);
      if (asked.reason === "paid")
        return loan !== undefined && loan.status !== "open" && loan.status !== "written-off";
      return (
        (fact.until !== undefined && fact.until < today) ||
        over.some(({ id }) => fact.id.startsWith(`place/${id}/`))
      );
    });
    const missing = (asked.loans ?? []).filter((id) => !placed.some(({ fact }) => fact.debt === id));
    const refused: Refused[] = missing.map((value) => ({
      line: 0,
      column: "loan",
      value,
      code: "not-placed",
      says: `${value} is not placed with ${asked.agency}`,
    }));
    const batch = personBatch(sql, lender, Math.max(shelves.now(), asked.now), own);
    const records = wanted.map(({ owner, fact }, line) => {
      const recalled: Recalled = {
        kind: "Recalled",
        on: today,
        id: `recall/${fact.id}`,
        at: asked.now,
        debt: fact.debt,
        reason: asked.reason,
      };
      return { line, owner, fact: recalled };
    });
    const done = await recordPersons(batch, records, { actor: "person", dryRun: asked.dryRun });
    return { recalled: wanted.map(({ fact }) => fact.debt), refused: [...refused, ...done.refused] };
  });
}

interface Standing {
  readonly owner: Key;
  readonly fact: Placed;
  readonly facts: readonly PersonFact[];
  readonly key: Key | undefined;
  readonly loan: LoanState | undefined;
}

/** Everything that stands placed with an agency, with the loan. */
async function placedWith(sql: Sql, lender: Lender, agency: string): Promise<Standing[]> {
  const rows = await sql.query<{ bucket: number; n: number; facts: string }>(
    "select bucket, n, facts from person where bucket >= 0 and lender = $1 and facts like $2",
    [lender.id, `%"with":${JSON.stringify(agency).replaceAll(/[\\%_]/g, "\\$&")}%`],
  );
  const standing = rows.flatMap(({ bucket, n, facts }) => {
    const all = JSON.parse(openedPerson(sql, { bucket, n, facts })) as PersonFact[];
    return personOf(all)
      .placements.filter((placed) => placed.with === agency)
      .map((fact) => ({ owner: { bucket, n }, fact, facts: all }));
  });
  const keys = await findKeys(
    sql,
    lender,
    standing.map(({ fact }) => fact.debt),
  );
  const loans = loansByKey(await loansAt(sql, [...keys.values()]));
  return standing.map((one) => {
    const key = keys.get(one.fact.debt);
    return { ...one, key, loan: key && loans.get(keyToNumber(key)) };
  });
}

// --- what it gets to see -------------------------------------------------------------------------------------------

export type CaseFile = Readonly<Record<AgencyField, string | number | null>>;

/** The files of the loans that an agency may see at this instant; that each was shown is a fact before it is given. */
export async function caseFiles(
  db: Database,
  lender: Lender,
  agency: string,
  now: Instant,
): Promise<CaseFile[]> {
  const byId = new Map((await products(db)).map((product) => [product.id, product]));
  return db.tx(async (sql) => {
    const files: CaseFile[] = [];
    const placed = await placedWith(sql, lender, agency);
    const people = await peopleNamed(
      sql,
      placed.map(({ owner }) => owner),
    );
    const since = (dayAt(lender.zone, now) - 1) as Day;
    const contacts = await contactsOf(
      sql,
      placed.map(({ owner }) => owner),
      since,
    );
    const holds = await holdsWaiting(
      sql,
      placed.flatMap(({ loan }) => loan ?? []),
    );
    for (const { owner, fact, facts, loan } of placed) {
      const row = people.get(keyToNumber(owner));
      if (!loan || !row) continue;
      const zone = row.zone ?? lender.zone;
      const today = dayAt(zone, now);
      if (!mayAgencySee(facts, agency, fact.debt, now, today).ok) continue;
      const made = (contacts.get(keyToNumber(owner)) ?? []).filter(
        ({ made: one }) => dayAt(zone, one.at) === today,
      );
      files.push(
        fileOf(fact, loan, byId.get(loan.product)!, row, {
          lender,
          today,
          zone,
          contacts: made.length,
          since: holds.get(keyToNumber(loan)) ?? [],
        }),
      );
      const shown: CaseShown = {
        kind: "CaseShown",
        on: today,
        at: now,
        agency,
        debt: fact.debt,
        placement: fact.id,
      };
      await lockBorrower(sql, owner);
      await tell(sql, owner, shown, now);
    }
    return files;
  });
}

function fileOf(
  placed: Placed,
  loan: LoanState,
  product: Product,
  row: OwnerRow,
  seen: {
    readonly lender: Lender;
    readonly today: Day;
    readonly zone: string;
    readonly contacts: number;
    readonly since: readonly Fact[];
  },
): CaseFile {
  const asOf = Math.max(seen.today, loan.lateOn) as Day;
  const seenOn = position(loan, product, asOf);
  const { arrears, dpd, dueOn, payoff } = seenOn;
  const { sum, disputed } = askableOf(seenOn, disputeOn(loan, seen.today, seen.since));
  const decimals = decimalsOf(product.terms.currency);
  const promise = openPromise(loan, product, seen.today);
  const promised = promise && promisedBy(promise.parts, promise.parts.length - 1);
  return {
    loan: placed.debt,
    placement: placed.id,
    from: formatDay(placed.from),
    until: placed.until === undefined ? null : formatDay(placed.until),
    lender: seen.lender.name,
    name: row.name,
    phone: row.phone,
    address: row.address,
    language: row.language,
    zone: seen.zone,
    currency: product.terms.currency,
    dpd,
    dueOn: dueOn === null ? null : formatDay(dueOn),
    arrears: formatMoney(arrears.total, decimals),
    disputed: formatMoney(disputed, decimals),
    askable: formatMoney(sum, decimals),
    payoff: formatMoney(payoff, decimals),
    promise:
      promise && promised !== undefined
        ? `${formatMoney(minor(promised), decimals)} by ${formatDay(promise.parts.at(-1)!.on)}`
        : null,
    contactsToday: seen.contacts,
  };
}

// --- what it tells -------------------------------------------------------------------------------------------------

/** One row of what an agency reports. */
export interface AgencyReport {
  readonly line: number;
  readonly loanId: string;
  readonly id: string;
  readonly at: Instant;
  /** A contact that it made, or a promise that it took. */
  readonly told:
    | {
        readonly kind: "contact";
        readonly fact: Omit<
          Extract<PersonFact, { kind: "ContactReported" }>,
          "kind" | "on" | "id" | "at" | "who" | "debts"
        >;
      }
    | { readonly kind: "promise"; readonly event: Readonly<Record<string, unknown>> };
}

export interface AgencyTold {
  readonly contacts: number;
  readonly promises: number;
  readonly same: number;
  readonly refused: readonly Refused[];
}

/**
 * Takes what an agency reports: contacts count for the caps of everybody, promises are checked as any.
 *
 * Refuses a row on a loan that it may not see: never placed with it, not yet, or recalled — then by the instant of the
 *         contact and by today alike, for what comes after a recall is nobody's to tell but the lender's.
 */
export async function takeReports(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  agency: string,
  reports: readonly AgencyReport[],
  now: Instant,
  dryRun = false,
): Promise<AgencyTold> {
  const own = (await products(db)).filter((product) => product.lender === lender.code);
  return db.tx(async (sql) => {
    const batch = personBatch(sql, lender, Math.max(shelves.now(), now), own);
    const refused: Refused[] = [];
    const keys = await findKeys(sql, lender, [...new Set(reports.map(({ loanId }) => loanId))]);
    const owners = [...keys.values()].map(({ bucket, n }) => ({ bucket, n: borrowerN(n) }));
    const persons = await personsOf(sql, owners);
    const good: { readonly report: AgencyReport; readonly owner: Key }[] = [];
    for (const report of reports) {
      const key = keys.get(report.loanId);
      const owner = key && { bucket: key.bucket, n: borrowerN(key.n) };
      const facts = (owner && persons.get(keyToNumber(owner))) ?? [];
      const may = [report.at, now].map((at) =>
        mayAgencySee(facts, agency, report.loanId, at, dayAt(lender.zone, at)),
      );
      const no = may.find((one) => !one.ok);
      if (report.at > now)
        refused.push({
          line: report.line,
          column: "at",
          value: "",
          code: "future",
          says: "a contact that has not been made yet",
        });
      else if (no && !no.ok) {
        const { code, says, at = "loan_id" } = no.refusal;
        refused.push({ line: report.line, column: at, value: report.loanId, code, says });
      } else if (owner) good.push({ report, owner });
    }
    const today = dayAt(lender.zone, now);
    const contacts = good.flatMap(({ report, owner }) => {
      if (report.told.kind !== "contact") return [];
      const fact: PersonFact = {
        kind: "ContactReported",
        on: today,
        id: `${agency}/${report.id}`,
        at: report.at,
        ...report.told.fact,
        debts: [report.loanId],
        who: agency,
      };
      return [{ line: report.line, owner, fact }];
    });
    const said = await recordPersons(batch, contacts, { actor: "import", dryRun });
    const events = good.flatMap(({ report }) =>
      report.told.kind === "promise"
        ? [
            {
              kind: "event" as const,
              line: report.line,
              loanId: report.loanId,
              id: `${agency}/${report.id}`,
              event: { ...report.told.event, kind: "promise", takenBy: agency },
            },
          ]
        : [],
    );
    const promised = await recordEvents(batch, events, { actor: "import", dryRun });
    return {
      contacts: said.added,
      promises: promised.added,
      same: said.same + promised.same,
      refused: [...refused, ...said.refused, ...promised.refused].sort((a, b) => a.line - b.line),
    };
  });
}
