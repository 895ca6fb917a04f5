import type { Instant } from "../core/index.ts";
import { everyRequest } from "./every-request.ts";
import type { Database, Sql } from "./sql.ts";

// --- answers that are given again --------------------------------------------------------------------------------------

export type Keyed =
  | { readonly is: "new" }
  /** The same request is being worked on. */
  | { readonly is: "running" }
  /** The key was used for another request. */
  | { readonly is: "other" }
  | { readonly is: "known"; readonly status: number; readonly body: string };

/** How long an answer is kept, and how long work on a request may take before a second try may take it over. */
const KEPT_MS = 86_400_000;
const RUNNING_MS = 120_000;

/**
 * Takes a request's key, or says what became of the request that has it.
 *
 * Holds   of two requests with one key at the same time one is `new`, the other `running`.
 */
export async function takeKey(
  db: Database,
  { who, key, digest }: { readonly who: string; readonly key: string; readonly digest: string },
  now: Instant,
): Promise<Keyed> {
  return db.tx(async (sql) => {
    await sql.run(
      "delete from kept_answer where who = $1 and key = $2 and (at <= $3 or (status is null and at <= $4))",
      [who, key, now - KEPT_MS, now - RUNNING_MS],
    );
    const taken = await sql.run(
      "insert into kept_answer (who, key, digest, at) values ($1, $2, $3, $4) on conflict (who, key) do nothing",
      [who, key, digest, now],
    );
    if (taken === 1) return { is: "new" };
    const [row] = await sql.query<{ digest: string; status: number | null; body: string | null }>(
      "select digest, status, body from kept_answer where who = $1 and key = $2",
      [who, key],
    );
    if (!row || row.digest !== digest) return { is: "other" };
    return row.status === null
      ? { is: "running" }
      : { is: "known", status: row.status, body: row.body ?? "" };
  });
}

export const keepAnswer = (
  sql: Sql,
  { who, key }: { readonly who: string; readonly key: string },
  answer: { readonly status: number; readonly body: string },
): Promise<number> =>
  sql.run("update kept_answer set status = $3, body = $4 where who = $1 and key = $2", [
    who,
    key,
    answer.status,
    answer.body,
  ]);

/** After trouble that was ours the same key may try again. */
export const forgetKey = (
  sql: Sql,
  { who, key }: { readonly who: string; readonly key: string },
): Promise<number> =>
  sql.run("delete from kept_answer where who = $1 and key = $2 and status is null", [who, key]);

export const dropKeptAnswers = (sql: Sql, now: Instant): Promise<number> =>
  sql.run("delete from kept_answer where at <= $1", [now - KEPT_MS]);

// --- what needs a second person ------------------------------------------------------------------------------------------

export interface Approval {
  readonly id: string;
  readonly lender: string;
  readonly what: string;
  readonly subject: string;
  readonly body: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly expiresAt: Instant;
  readonly state: "proposed" | "approved" | "refused";
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly remark: string | null;
  readonly result: string | null;
}

const APPROVAL = `select a.id, l.code as lender, a.what, a.subject, a.body, a.reason, a.proposed_by as "proposedBy",
  a.proposed_at as "proposedAt", a.expires_at as "expiresAt", a.state, a.decided_by as "decidedBy",
  a.decided_at as "decidedAt", a.remark, a.result from approval a join lender l on l.id = a.lender`;

export type NewApproval = Pick<
  Approval,
  "id" | "lender" | "what" | "subject" | "body" | "reason" | "proposedBy" | "proposedAt"
>;

/** How long a second person has: what waits longer is asked anew, by figures that are still true. */
const WAITS_MS = 7 * 86_400_000;

export const propose = (sql: Sql, one: NewApproval, waitsMs = WAITS_MS): Promise<number> =>
  sql.run(
    `insert into approval (id, lender, what, subject, body, reason, proposed_by, proposed_at, expires_at, state)
     select $1, l.id, $3, $4, $5, $6, $7, $8::int8, $9::int8, 'proposed' from lender l where l.code = $2`,
    [
      one.id,
      one.lender,
      one.what,
      one.subject,
      one.body,
      one.reason,
      one.proposedBy,
      one.proposedAt,
      one.proposedAt + waitsMs,
    ],
  );

export async function approval(sql: Sql, lender: string, id: string): Promise<Approval | undefined> {
  const [row] = await sql.query<Approval & Record<string, unknown>>(
    `${APPROVAL} where a.id = $1 and l.code = $2`,
    [id, lender],
  );
  return row;
}

/** The newest first. */
export const approvals = (sql: Sql, lender: string, limit: number, state?: string): Promise<Approval[]> =>
  sql.query<Approval & Record<string, unknown>>(
    `${APPROVAL} where l.code = $1 and ($2::text is null or a.state = $2) order by a.proposed_at desc, a.id limit $3`,
    [lender, state ?? null, limit],
  );

/** Of one kind about these subjects, whatever became of them: the oldest first. */
export const approvalsOn = (
  sql: Sql,
  lender: string,
  what: string,
  subjects: readonly string[],
): Promise<Approval[]> =>
  sql.query<Approval & Record<string, unknown>>(
    `${APPROVAL} where l.code = $1 and a.what = $2 and a.subject = any($3::text[]) order by a.proposed_at, a.id`,
    [lender, what, subjects],
  );

/**
 * Decides what was proposed.
 *
 * Refuses its proposer (`same-person`), what is decided (`decided`) and what waited too long (`over`).
 * Holds   of any number who decide at once one does; he alone gets `done`.
 */
export async function decideApproval(
  sql: Sql,
  { lender, id }: Pick<Approval, "lender" | "id">,
  word: {
    readonly state: "approved" | "refused";
    readonly by: string;
    readonly at: Instant;
    readonly remark: string;
  },
): Promise<"done" | "unknown" | "same-person" | "decided" | "over"> {
  const changed = await sql.run(
    `update approval set state = $3, decided_by = $4, decided_at = $5, remark = $6
     where id = $1 and lender = (select l.id from lender l where l.code = $2) and state = 'proposed'
       and proposed_by <> $4 and expires_at > $5`,
    [id, lender, word.state, word.by, word.at, word.remark],
  );
  if (changed === 1) return "done";
  const found = await approval(sql, lender, id);
  if (!found) return "unknown";
  if (found.state !== "proposed") return "decided";
  return found.proposedBy === word.by ? "same-person" : "over";
}

export const approvalResult = (sql: Sql, id: string, result: string): Promise<number> =>
  sql.run("update approval set result = $2 where id = $1", [id, result]);

/** Changes a result that is still what it was when it was read; of two at once one does. */
export const changeApprovalResult = async (
  sql: Sql,
  id: string,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<boolean> =>
  (await sql.run("update approval set result = $3 where id = $1 and result = $2", [id, before, after])) === 1;

// --- long work -------------------------------------------------------------------------------------------------------

export interface Job {
  readonly id: string;
  readonly lender: string;
  readonly kind: string;
  readonly asked: string;
  readonly by: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly result: string | null;
}

const JOB = `select j.id, l.code as lender, j.kind, j.asked, j.by_whom as by, j.state, j.started_at as "startedAt",
  j.ended_at as "endedAt", j.result from job j join lender l on l.id = j.lender`;

export const beginJob = (
  sql: Sql,
  job: Pick<Job, "id" | "lender" | "kind" | "asked" | "by" | "startedAt">,
): Promise<number> =>
  sql.run(
    `insert into job (id, lender, kind, asked, by_whom, state, started_at)
     select $1, l.id, $3, $4, $5, 'running', $6::int8 from lender l where l.code = $2`,
    [job.id, job.lender, job.kind, job.asked, job.by, job.startedAt],
  );

export const endJob = (
  sql: Sql,
  id: string,
  end: { readonly state: "done" | "failed" | "cancelled"; readonly at: Instant; readonly result: string },
): Promise<number> =>
  sql.run("update job set state = $2, ended_at = $3, result = $4 where id = $1", [
    id,
    end.state,
    end.at,
    end.result,
  ]);

/** The newest first; of one kind, or of all. */
export const jobs = (sql: Sql, lender: string, kind: string | undefined, limit: number): Promise<Job[]> =>
  sql.query<Job & Record<string, unknown>>(
    `${JOB} where l.code = $1 and ($2::text is null or j.kind = $2) order by j.started_at desc, j.id limit $3`,
    [lender, kind ?? null, limit],
  );

export async function jobOf(sql: Sql, lender: string, id: string): Promise<Job | undefined> {
  const [row] = await sql.query<Job & Record<string, unknown>>(`${JOB} where l.code = $1 and j.id = $2`, [
    lender,
    id,
  ]);
  return row;
}

// --- who looked at what ----------------------------------------------------------------------------------------------

export interface Access {
  readonly lender: string;
  readonly at: Instant;
  readonly id: string;
  readonly who: string;
  readonly role: string;
  readonly action: string;
  readonly relation: string;
  readonly subject: string;
  readonly allowed: boolean;
  readonly status: number;
  readonly remark: string | null;
}

const WRITE_ACCESSES = everyRequest(
  `insert into access_log (lender, at, id, who, role, action, relation, subject, allowed, status, remark)
   select l.id, a.at, a.id, a.who, a.role, a.action, a.relation, a.subject, a.allowed, a.status, a.remark
   from unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
     $9::int2[], $10::int2[], $11::text[])
     as a(lender, at, id, who, role, action, relation, subject, allowed, status, remark)
   join lender l on l.code = a.lender`,
);

/** Many at once, by one statement. Of lenders that the book does not have nothing is written. */
export const writeAccesses = (sql: Sql, all: readonly Access[]): Promise<number> =>
  sql.run(WRITE_ACCESSES, [
    all.map(({ lender }) => lender),
    all.map(({ at }) => at),
    all.map(({ id }) => id),
    all.map(({ who }) => who),
    all.map(({ role }) => role),
    all.map(({ action }) => action),
    all.map(({ relation }) => relation),
    all.map(({ subject }) => subject),
    all.map(({ allowed }) => (allowed ? 1 : 0)),
    all.map(({ status }) => status),
    all.map(({ remark }) => remark),
  ]);

/** The newest first; those before an instant and id, for the next page. */
export async function accesses(
  sql: Sql,
  lender: string,
  asked: {
    readonly subject?: string;
    readonly who?: string;
    readonly before?: { readonly at: Instant; readonly id: string };
    readonly limit: number;
  },
): Promise<Access[]> {
  const { subject, who, before, limit } = asked;
  const rows = await sql.query<Omit<Access, "allowed"> & { allowed: number } & Record<string, unknown>>(
    `select $1::text as lender, a.at, a.id, a.who, a.role, a.action, a.relation, a.subject, a.allowed, a.status, a.remark
     from access_log a where a.lender = (select l.id from lender l where l.code = $1)
       and ($2::text is null or a.subject = $2) and ($3::text is null or a.who = $3)
       and (a.at, a.id) < ($4::int8, $5::text) order by a.at desc, a.id desc limit $6`,
    [lender, subject ?? null, who ?? null, before?.at ?? Number.MAX_SAFE_INTEGER, before?.id ?? "", limit],
  );
  return rows.map((row) => ({ ...row, allowed: row.allowed === 1 }));
}
