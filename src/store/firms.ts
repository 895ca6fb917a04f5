import type { Day, Refusal } from "../core/index.ts";
import type { Engagement, FirmLawyer, LawFirm } from "../legal/index.ts";
import type { Lender } from "./catalog.ts";
import type { Sql } from "./sql.ts";

type Of = Pick<Lender, "id">;

export async function firms(sql: Sql, lender: Of): Promise<LawFirm[]> {
  const rows = await sql.query<{ id: string; body: string; active: number }>(
    "select id, body, active from firm where lender = $1 order by id",
    [lender.id],
  );
  return rows.map(({ id, body, active }) => ({ ...JSON.parse(body), id, active: active === 1 }));
}

/** Registers a firm, or says anew what it is. */
export async function putFirm(sql: Sql, lender: Of, { id, active, ...body }: LawFirm): Promise<void> {
  await sql.run(
    `insert into firm (lender, id, body, active) values ($1, $2, $3, $4)
     on conflict (lender, id) do update set body = excluded.body, active = excluded.active`,
    [lender.id, id, JSON.stringify(body), active ? 1 : 0],
  );
}

interface LawyerRow extends Record<string, unknown> {
  readonly id: string;
  readonly firm: string;
  readonly name: string;
  readonly licence: string;
  readonly valid_from: number;
  readonly valid_to: number | null;
  readonly active: number;
}

export async function firmLawyers(sql: Sql, lender: Of): Promise<FirmLawyer[]> {
  const rows = await sql.query<LawyerRow>(
    "select id, firm, name, licence, valid_from, valid_to, active from firm_lawyer where lender = $1 order by firm, id",
    [lender.id],
  );
  return rows.map(({ valid_from, valid_to, active, ...row }) => ({
    ...row,
    validFrom: valid_from as Day,
    ...(valid_to === null ? {} : { validTo: valid_to as Day }),
    active: active === 1,
  }));
}

/** Registers a lawyer, or says anew from when until when his licence is valid. What was approved before stands as it was. */
export async function putFirmLawyer(sql: Sql, lender: Of, lawyer: FirmLawyer): Promise<void> {
  const { firm, id, name, licence, validFrom, validTo, active } = lawyer;
  await sql.run(
    `insert into firm_lawyer (lender, firm, id, name, licence, valid_from, valid_to, active)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (lender, firm, id) do update set name = excluded.name, licence = excluded.licence,
       valid_from = excluded.valid_from, valid_to = excluded.valid_to, active = excluded.active`,
    [lender.id, firm, id, name, licence, validFrom, validTo ?? null, active ? 1 : 0],
  );
}

interface EngagementRow extends Record<string, unknown> {
  readonly id: string;
  readonly firm: string;
  readonly signed_on: number;
  readonly from_day: number;
  readonly to_day: number | null;
  readonly body: string;
}

export async function engagements(sql: Sql, lender: Of): Promise<Engagement[]> {
  const rows = await sql.query<EngagementRow>(
    "select id, firm, signed_on, from_day, to_day, body from engagement where lender = $1 order by id",
    [lender.id],
  );
  return rows.map(({ id, firm, signed_on, from_day, to_day, body }) => ({
    ...JSON.parse(body),
    id,
    firm,
    signedOn: signed_on as Day,
    from: from_day as Day,
    ...(to_day === null ? {} : { to: to_day as Day }),
  }));
}

/** An engagement is a signed contract: recorded once. What can change of it is its last day. */
export async function putEngagement(
  sql: Sql,
  lender: Of,
  engagement: Engagement,
): Promise<Refusal | undefined> {
  const { id, firm, signedOn, from, to, ...body } = engagement;
  const [before] = (await engagements(sql, lender)).filter((one) => one.id === id);
  if (before) {
    const { to: _, ...was } = before;
    const { to: __, ...is } = engagement;
    if (JSON.stringify(sorted(was)) !== JSON.stringify(sorted(is)))
      return {
        code: "engagement-differs",
        says: `engagement ${id} is in the book with other terms; a new contract has a number of its own`,
      };
    await sql.run("update engagement set to_day = $3 where lender = $1 and id = $2", [
      lender.id,
      id,
      to ?? null,
    ]);
    return undefined;
  }
  await sql.run(
    `insert into engagement (lender, id, firm, signed_on, from_day, to_day, body) values ($1, $2, $3, $4, $5, $6, $7)`,
    [lender.id, id, firm, signedOn, from, to ?? null, JSON.stringify(body)],
  );
  return undefined;
}

const sorted = (given: object): [string, unknown][] =>
  Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));

/** What the lender says in its letters, and when it sends none. Money as text, as it was written. */
export interface LetterTerms {
  readonly phone: string;
  readonly waysToPay: readonly string[];
  readonly objections: string;
  /** Least sum that a letter is worth. */
  readonly worth: string;
  /** Days that he has to pay or to answer. */
  readonly answerDays: number;
  /** Days after which a drafted letter is too old to be handed over. */
  readonly freshDays: number;
  /** Where `arrears serve` is reached from outside. */
  readonly verifyBase: string;
  /** `trial`: letters say on each page that they are signed by a certificate for trying. */
  readonly certificate: "trial" | "own";
  /** Sums up to this one go to a payment order next, greater ones to mediation. */
  readonly small: string;
}

export async function letterTerms(sql: Sql, lender: Of): Promise<LetterTerms | undefined> {
  const [row] = await sql.query<{ body: string }>("select body from letter_terms where lender = $1", [
    lender.id,
  ]);
  return row && (JSON.parse(row.body) as LetterTerms);
}

export async function putLetterTerms(sql: Sql, lender: Of, terms: LetterTerms): Promise<void> {
  await sql.run(
    `insert into letter_terms (lender, body) values ($1, $2) on conflict (lender) do update set body = excluded.body`,
    [lender.id, JSON.stringify(terms)],
  );
}

/** Numbers for so many letters of a firm in a year: the first of a run that nobody else gets. */
export async function takeLetterNumbers(
  sql: Sql,
  lender: Of,
  firm: string,
  year: number,
  count: number,
): Promise<number> {
  const [row] = await sql.query<{ last: number }>(
    `insert into letter_number (lender, firm, year, last) values ($1, $2, $3, $4)
     on conflict (lender, firm, year) do update set last = letter_number.last + excluded.last returning last`,
    [lender.id, firm, year, count],
  );
  return row!.last - count + 1;
}
