import {
  type CallReported,
  CHANNELS,
  type ContactChecked,
  type ContactResult,
  type Day,
  dayAt,
  decimalsOf,
  type Fact,
  formatDay,
  formatMoney,
  fromBits,
  type HoldKind,
  type Instant,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  PERSON_HOLDS,
  parseDay,
  type ResultCode,
  type ResultRow,
  toBits,
} from "../core/index.ts";
import type { Action } from "../dayclose/index.ts";
import type { ActionKey, Decided, Message, Standing } from "../dispatch/index.ts";
import type { EventRecord } from "../intake/index.ts";
import type { Permit } from "../policy/index.ts";
import { type Batch, type NewFact, personBatch } from "./batch.ts";
import { type Lender, lenders, products, type Shelves } from "./catalog.ts";
import { type RecordedEvents, recordEvents } from "./events.ts";
import { waitingOf } from "./lookups.ts";
import { lendersOf, Written } from "./outbox.ts";
import { ACT_CODES, actionName, OUTBOX_COLUMNS, STATE } from "./outbox-rows.ts";
import { putProfile, recognised } from "./profile.ts";
import type { BorrowerRow } from "./read.ts";
import { idOf, putFacts } from "./receipts.ts";
import type { Database, Sql } from "./sql.ts";
import { readStanding } from "./standing.ts";
import { claimOf, endCase, loansNamed, refuseTeam as no, supervisorWhat, type TeamRefusal } from "./team.ts";
import { lockBorrower, mark, stateOf, tell } from "./team-action.ts";

type Refusing = { readonly ok: false; readonly code: TeamRefusal; readonly says: string };

/** A call that may be made now: the gate was asked at this second, and the contact is recorded as begun. */
export type CallBegun =
  | { readonly ok: true; readonly may: true; readonly permit: Permit; readonly message: Message }
  | {
      readonly ok: true;
      readonly may: false;
      readonly why: string;
      readonly rules: readonly string[];
      readonly from?: Instant;
    }
  | Refusing;

/**
 * Begins the call of the case that a collector holds: judged again at this second under the borrower's lock, by the very
 * function that decides what dispatch sends, and recorded before he dials.
 *
 * Holds   a call is begun once; from then on it counts as made, whatever is recorded after. Earlier calls that were
 *         planned for the same person go with it.
 */
export async function beginCall(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  { collector, now, lease }: { readonly collector: string; readonly now: Instant; readonly lease: number },
  decide: (standing: Standing) => Decided,
): Promise<CallBegun> {
  const all = await lendersOf(db, shelves);
  return db.tx(async (sql): Promise<CallBegun> => {
    const claim = await claimOf(sql, lender, collector);
    if (!claim) return no("no-case", `${collector} holds no case; arrears next gives him one`);
    if (claim.act !== ACT_CODES.call)
      return no("not-a-call", "the case is a question; arrears result takes its answer");
    const [stood] = await readStanding(sql, [claim], now, all, "team");
    const held = await claimOf(sql, lender, collector);
    if (!held || held.until <= now)
      return no("taken-over", "the lease is over; arrears next gives the case again where it is free");
    if (!stood) return no("already-begun", "the call was begun before, or was cancelled");
    const written = new Written(now, sql.vault);
    written.decide(stood, decide);
    await written.store(sql);
    const [begun] = written.begun;
    if (begun) {
      // The case is the call that was made, which carries the earlier ones.
      await sql.run(
        `update claim set on_day = $3, item = $4, until_at = greatest(until_at, $5) where bucket = $1 and n = $2`,
        [claim.bucket, claim.n, begun.key.on, begun.key.item, now + lease],
      );
      return { ok: true, may: true, permit: begun.permit, message: begun.message };
    }
    const [broken] = written.broken;
    if (broken) throw new Error(broken.says);
    const [cancelled] = written.cancelled;
    if (cancelled) {
      // What may not be called is nobody's case any more.
      await sql.run("delete from claim where bucket = $1 and n = $2", [claim.bucket, claim.n]);
      return { ok: true, may: false, why: cancelled.why, rules: cancelled.rules };
    }
    const [planned] = await sql.query<{ slot: number }>(
      `select slot from outbox where bucket = $1 and n = $2 and act = ${ACT_CODES.call} and state = ${STATE.planned}
       order by on_day desc limit 1`,
      [claim.bucket, claim.n],
    );
    const from = planned ? { from: planned.slot } : {};
    return { ok: true, may: false, why: "later", rules: written.later[0]?.rules ?? [], ...from };
  });
}

export interface ResultTold {
  readonly collector: string;
  readonly now: Instant;
  readonly row: ResultRow & { readonly code: ResultCode };
  readonly note?: string;
  /** The language that he speaks, where the code asks for it. */
  readonly language?: string;
  /** The promise, as an event that a loan takes, where the code asks for it. */
  readonly promise?: { readonly loanId?: string; readonly event: Readonly<Record<string, unknown>> };
}

export type ResultRecorded =
  | {
      readonly ok: true;
      readonly action: string;
      readonly loans: readonly string[];
      readonly holds: readonly HoldKind[];
      readonly dropped?: string;
      readonly promise?: string;
    }
  | Refusing
  /** What the loan says to the promise: nothing of the result was recorded. */
  | { readonly ok: false; readonly refused: RecordedEvents["refused"] };

/** Thrown to undo the transaction: the promise was refused, and so is the result that rests on it. */
class Undone extends Error {
  readonly refused: RecordedEvents["refused"];
  constructor(refused: RecordedEvents["refused"]) {
    super("the promise was refused");
    this.refused = refused;
  }
}

/**
 * Records what came of a case, with everything that its code brings about, in one transaction: the contact's end, holds,
 * the promise, an address that is used no longer, the language, a question for a supervisor.
 */
export async function recordResult(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  told: ResultTold,
): Promise<ResultRecorded> {
  try {
    return await db.tx((sql) => recordIn(sql, shelves, lender, told));
  } catch (error) {
    if (error instanceof Undone) return { ok: false, refused: error.refused };
    throw error;
  }
}

async function recordIn(
  sql: Sql,
  shelves: Shelves,
  lender: Lender,
  told: ResultTold,
): Promise<ResultRecorded> {
  const { collector, now, row, note } = told;
  // The lender's row in share mode, as any import: a close that begins waits for what is booked on its days.
  const [owner] = await sql.query<Lender & Record<string, unknown>>(
    `select id, code, name, zone, pack, open_on as "openOn", closed_through as "closedThrough" from lender
     where id = $1 for share`,
    [lender.id],
  );
  const claim = await claimOf(sql, lender, collector);
  if (!claim) return no("no-case", `${collector} holds no case`);
  const borrower = await lockBorrower(sql, claim);
  const action = await actionOf(sql, claim);
  const isCall = claim.act === ACT_CODES.call;
  if (isCall !== (row.of === "call"))
    return no(
      "wrong-code",
      isCall
        ? `${row.code} answers a question, and this is a call`
        : `${row.code} is what comes of a call, and this is a question`,
    );
  const state = await stateOf(sql, claim);
  if (isCall && state !== STATE.started && state !== STATE.unknown)
    return no("not-begun", "no call was begun; arrears call asks whether it may be made, and begins it");
  for (const asked of row.asks ?? [])
    if (told[asked] === undefined || told[asked] === "")
      return no("missing", `${row.code} asks for a ${asked}`);

  const base = { on: dayAt(borrower.zone ?? lender.zone, now), at: now, collector };
  const ns = action.steps.map(({ n }) => n);
  const loans = await loansNamed(sql, claim, ns);
  const own = (await products(sql)).filter((product) => product.lender === lender.code);
  const batch = personBatch(sql, owner!, Math.max(shelves.now(), 1), own);
  const holds = row.does.holds ?? [];
  const promise = told.promise && (await takePromise(batch, told, loans, action.id));
  const noted = note === undefined ? {} : { note };
  if (isCall) {
    const ended: Fact = {
      kind: "ContactEnded",
      on: base.on,
      at: now,
      action: action.id,
      outcome: row.outcome!,
      receipt: row.code,
    };
    await tell(sql, claim, ended, now);
    const result: ContactResult = {
      kind: "ContactResult",
      ...base,
      action: action.id,
      code: row.code,
      ...noted,
      ...(holds.length > 0 ? { holds } : {}),
      ...(promise === undefined ? {} : { promise }),
    };
    await tell(sql, claim, result, now);
  } else
    await tell(
      sql,
      claim,
      { kind: "QuestionAnswered", ...base, action: action.id, code: row.code, ...noted },
      now,
    );
  await mark(sql, claim, STATE.done, now);
  await placeHolds(batch, holds, loans, action.id);
  const dropped = row.does.dropsAddress
    ? await dropPhone(batch, claim, borrower, { ...base, code: row.code })
    : undefined;
  if (told.language !== undefined && row.asks?.includes("language")) {
    await sql.run("update borrower set language = $3 where bucket = $1 and n = $2", [
      claim.bucket,
      claim.n,
      told.language,
    ]);
    await tell(sql, claim, { kind: "LanguageNoted", ...base, language: told.language }, now);
  }
  if (row.does.supervisor) await askSupervisor(sql, lender, claim, action, row.code, base.on, now);
  await endCase(sql, lender, claim, collector, now);
  return {
    ok: true,
    action: action.id,
    loans,
    holds,
    ...(dropped === undefined ? {} : { dropped }),
    ...(promise === undefined ? {} : { promise }),
  };
}

interface TakenAction {
  readonly id: string;
  readonly steps: Action["steps"];
}

async function actionOf(sql: Sql, key: ActionKey): Promise<TakenAction> {
  const [row] = await sql.query<{ steps: string }>(
    "select steps from outbox where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5",
    [key.bucket, key.n, key.on, key.act, key.item],
  );
  return { id: actionName(key), steps: JSON.parse(row!.steps) };
}

/** The promise goes on the loan that it names, else on the only one the call was about. */
async function takePromise(
  batch: Batch,
  { promise, collector }: ResultTold,
  loans: readonly string[],
  action: string,
): Promise<string> {
  const loanId = promise!.loanId ?? (loans.length === 1 ? loans[0]! : undefined);
  if (loanId === undefined || !loans.includes(loanId))
    throw new Undone([
      {
        line: 1,
        column: "loan",
        value: loanId ?? "",
        code: "which-loan",
        says: `the call was about ${loans.join(", ")}; say on which of them he promised`,
      },
    ]);
  const id = `${action}/promise`;
  const record: EventRecord = {
    kind: "event",
    line: 1,
    loanId,
    id,
    event: { ...promise!.event, kind: "promise", takenBy: collector, contact: action },
  };
  const done = await recordEvents(batch, [record], { actor: "person" });
  if (done.refused.length > 0) throw new Undone(done.refused);
  return id;
}

/** Holds as any that a person records: one about the person stands on all his loans. */
async function placeHolds(
  batch: Batch,
  holds: readonly HoldKind[],
  loans: readonly string[],
  action: string,
): Promise<void> {
  const { lender, recordedAt } = batch;
  const on = formatDay(dayAt(lender.zone, recordedAt));
  for (const hold of holds) {
    const concerned = PERSON_HOLDS.includes(hold) ? loans.slice(0, 1) : loans;
    const records = concerned.map(
      (loanId, i): EventRecord => ({
        kind: "event",
        line: i + 1,
        loanId,
        id: `${action}/${hold}`,
        event: { kind: "hold", on, hold },
      }),
    );
    const done = await recordEvents(batch, records, { actor: "person" });
    if (done.refused.length > 0) throw new Undone(done.refused);
  }
}

/** The number is kept out of the way of every later file, and each of his loans is known to be out of its reach. */
async function dropPhone(
  batch: Batch,
  owner: Key,
  borrower: BorrowerRow,
  {
    code,
    ...base
  }: { readonly on: Day; readonly at: Instant; readonly collector: string; readonly code: ResultCode },
): Promise<string | undefined> {
  const { phone } = borrower;
  if (phone === null) return undefined;
  const { sql, lender } = batch;
  const [row] = await sql.query<{ dropped: string | null }>(
    "select dropped from borrower where bucket = $1 and n = $2",
    [owner.bucket, owner.n],
  );
  const dropped = [
    ...new Set([...(JSON.parse(row?.dropped ?? "[]") as string[]), recognised(sql.vault, phone)]),
  ];
  await putProfile(sql, owner, lender.id, borrower, { ...borrower, phone: null });
  await sql.run("update borrower set dropped = $3 where bucket = $1 and n = $2", [
    owner.bucket,
    owner.n,
    JSON.stringify(dropped),
  ]);
  await tell(
    sql,
    owner as ActionKey,
    { kind: "AddressDropped", ...base, field: "phone", address: phone, why: code },
    base.at,
  );
  const loans = await sql.query<{ n: number; day: number; status: number }>(
    "select n, disbursed_on as day, status from loan_state where bucket = $1 and n > $2 and n < $3",
    [owner.bucket, owner.n, owner.n + LOANS_A_BORROWER],
  );
  const keys = loans.map(({ n }) => ({ bucket: owner.bucket, n }));
  const waiting = keys.length === 0 ? new Map<number, Fact[]>() : await waitingOf(sql, keys);
  const news: NewFact[] = [];
  for (const [i, loan] of loans.entries()) {
    const key = keys[i]!;
    // Bits 4 to 8 of the status say which channels have an address; a change that waits says it later.
    const last = (waiting.get(keyToNumber(key)) ?? []).findLast((fact) => fact.kind === "ReachChanged");
    const bits = last && "reach" in last ? last.reach : (loan.status & 0x1f0) >> 4;
    const reach = toBits(
      fromBits(bits, CHANNELS).filter((channel) => channel !== "text" && channel !== "call"),
      CHANNELS,
    );
    if (reach === bits) continue;
    const on = Math.max(lender.openOn, loan.day) as Day;
    const fact = { kind: "ReachChanged", on, reach } as const;
    news.push({ line: 0, key, fact, id: `${idOf(fact)}:${base.at}`, column: "phone", value: phone });
  }
  await putFacts(batch, news, []);
  return phone;
}

/** A question for whoever leads, beside those that strategies ask: it is in the worklist at once. */
async function askSupervisor(
  sql: Sql,
  lender: Lender,
  key: ActionKey,
  { steps }: TakenAction,
  code: ResultCode,
  on: Day,
  now: Instant,
): Promise<void> {
  const asked = steps.map(({ n }) => ({ n, step: `supervisor/${code}` }));
  await sql.run(
    `insert into outbox (${OUTBOX_COLUMNS.join(", ")})
     values ($1, $1, $2, $3, $4, ${ACT_CODES.ask}, 0, $5, 0, 'person', $6, 'team', 'none', $7)
     on conflict (bucket, n, on_day, act, item) do nothing`,
    [now, key.bucket, key.n, on, lender.id, supervisorWhat(code), JSON.stringify(asked)],
  );
}

/**
 * Records the promise that a call's report brings, checked as any. Where the call was about several loans, or the loan does
 * not allow it, whoever leads the team is asked: the report itself stands either way.
 */
export async function promiseOfCall(
  db: Database,
  shelves: Shelves,
  lenderCode: string,
  owner: Key,
  { action, at, by, promisedOn, promisedAmount }: CallReported,
): Promise<void> {
  const named = /^\d+-\d+\/(\d{4}-\d\d-\d\d)\/call(?:\/(\d+))?(?:\+\d+)?$/.exec(action);
  const lender = (await lenders(db)).find(({ code }) => code === lenderCode);
  if (!named || !lender || promisedOn === undefined || promisedAmount === undefined) return;
  const key = { ...owner, on: parseDay(named[1]!)!, act: ACT_CODES.call, item: Number(named[2] ?? 0) };
  await db.tx(async (sql) => {
    await sql.query("select id from lender where id = $1 for share", [lender.id]);
    await lockBorrower(sql, key);
    if ((await stateOf(sql, key)) === undefined) return;
    const taken = await actionOf(sql, key);
    const loans = await loansNamed(
      sql,
      owner,
      taken.steps.map(({ n }) => n),
    );
    const own = (await products(sql)).filter((product) => product.lender === lender.code);
    const recordedAt = shelves.now();
    const batch = personBatch(sql, lender, recordedAt, own);
    const on = dayAt(lender.zone, at);
    const decimals = decimalsOf(own[0]?.terms.currency ?? "CNY");
    const event = {
      kind: "promise",
      on: formatDay(on),
      by: formatDay(promisedOn),
      amount: formatMoney(promisedAmount, decimals),
      contact: action,
      ...(by === undefined ? {} : { takenBy: by }),
    };
    const [loanId, ...more] = loans;
    const alone = loanId !== undefined && more.length === 0;
    const records: EventRecord[] = alone
      ? [{ kind: "event", line: 1, loanId, id: `${action}/promise`, event }]
      : [];
    const done = await recordEvents(batch, records, { actor: "person" });
    if (!alone || done.refused.length > 0)
      await askSupervisor(
        sql,
        lender,
        key,
        taken,
        "connected-promised",
        dayAt(lender.zone, recordedAt),
        recordedAt,
      );
  });
}

/** Records what a check of a contact found; the last word on a contact stands. */
export async function recordCheck(
  db: Database,
  key: Key,
  zone: string,
  checked: Omit<ContactChecked, "kind" | "on">,
): Promise<void> {
  await db.tx(async (sql) => {
    await lockBorrower(sql, key as ActionKey);
    const fact: ContactChecked = { kind: "ContactChecked", on: dayAt(zone, checked.at), ...checked };
    await tell(sql, key as ActionKey, fact, checked.at);
  });
}
