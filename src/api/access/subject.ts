import { dayAt, type Instant, mayAgencySee } from "../../core/index.ts";
import { engagementInForce } from "../../legal/index.ts";
import {
  type Database,
  engagements,
  keptLetter,
  type Lender,
  type LoanFile,
  listCases,
  personFactsOf,
} from "../../store/index.ts";
import type { Api } from "../api.ts";
import type { Subjects, Who } from "../route.ts";
import { firmOf } from "./party.ts";
import type { Relation, SubjectKind } from "./roles.ts";

/** What a request is about, as far as it is the asker's lender's, and how he stands to it. */
export interface Found {
  readonly relation: Relation;
  /** For the log: `loan L1`. */
  readonly subject: string;
  /** Missing where there is no such thing at his lender: whether another lender has it is not looked up. */
  readonly found?: Subjects[SubjectKind];
}

export interface Named {
  readonly loan?: string;
  readonly borrower?: string;
  readonly letter?: string;
}

/** Looks up what a request names, always within the lender of whoever asks. */
export async function subjectOf(
  { db, reads }: Pick<Api, "db" | "reads">,
  who: Who,
  of: SubjectKind,
  named: Named,
  now: Instant,
): Promise<Found> {
  if (of === "nothing") return { relation: "anybody", subject: "", found: {} };
  const { lender } = who;
  switch (of) {
    case "lender":
      return { relation: "own-lender", subject: "", found: { lender } };
    case "loan": {
      const subject = `loan ${named.loan}`;
      const file = await reads.loan(lender, named.loan!);
      if (!file) return { relation: "other-lender", subject };
      return {
        relation: await relationToLoans(db, who, lender, [file], now),
        subject,
        found: { lender, file },
      };
    }
    case "borrower": {
      const externalId = named.borrower!;
      const subject = `borrower ${externalId}`;
      const files = await reads.loansOf(lender, externalId);
      if (files.length === 0) return { relation: "other-lender", subject };
      const seen = await seenOf(db, who, lender, files, now);
      return {
        relation: await relationToLoans(db, who, lender, files, now),
        subject,
        found: { lender, borrower: { externalId, files: seen } },
      };
    }
    case "letter": {
      const subject = `letter ${named.letter}`;
      const letter = await keptLetter(db, named.letter!);
      // A letter's loans are of one lender, whose book they must be found in.
      const file =
        letter && letter.id === named.letter ? await reads.loan(lender, letter.loans[0]!) : undefined;
      if (
        !letter ||
        !file ||
        file.borrower.bucket !== letter.owner.bucket ||
        file.borrower.n !== letter.owner.n
      )
        return { relation: "other-lender", subject };
      const found = { lender, letter };
      if (who.role === "law-firm") {
        const inForce = await isEngaged(db, lender, letter.firm, letter.engagement, now);
        const relation =
          letter.firm !== firmOf(who.party) ? "not-mandated" : inForce ? "mandated" : "mandate-over";
        return { relation, subject, found };
      }
      if (who.role === "borrower")
        return {
          relation: file.borrower.external_id === who.party ? "himself" : "somebody-else",
          subject,
          found,
        };
      if (isAgency(who)) return { relation: "not-placed", subject, found };
      return { relation: "own-lender", subject, found };
    }
  }
}

const isAgency = ({ role }: Who): boolean => role === "agency" || role === "agency-collector";

/** The best relation to any of these loans, which are of one borrower. */
async function relationToLoans(
  db: Database,
  who: Who,
  lender: Lender,
  files: readonly LoanFile[],
  now: Instant,
): Promise<Relation> {
  if (isAgency(who)) {
    const all = files.map((file) => placement(file, who.party ?? "", now));
    return all.includes("placed") ? "placed" : all.includes("recalled") ? "recalled" : "not-placed";
  }
  if (who.role === "law-firm") {
    const all = await Promise.all(
      files.map((file) => mandate(db, lender, file, firmOf(who.party) ?? "", now)),
    );
    return all.includes("mandated")
      ? "mandated"
      : all.includes("mandate-over")
        ? "mandate-over"
        : "not-mandated";
  }
  if (who.role === "borrower")
    return files[0]!.borrower.external_id === who.party ? "himself" : "somebody-else";
  return "own-lender";
}

/** Of a borrower's loans those that an agency or firm has; a borrower and the house see all of them. */
async function seenOf(
  db: Database,
  who: Who,
  lender: Lender,
  files: readonly LoanFile[],
  now: Instant,
): Promise<readonly LoanFile[]> {
  if (isAgency(who)) return files.filter((file) => placement(file, who.party ?? "", now) === "placed");
  if (who.role !== "law-firm") return files;
  const all = await Promise.all(files.map((file) => mandate(db, lender, file, firmOf(who.party) ?? "", now)));
  return files.filter((_, i) => all[i] === "mandated");
}

/** A loan that was recalled, or whose placement ran out, is gone at the same instant. */
export function placement(
  file: LoanFile,
  agency: string,
  now: Instant,
): "placed" | "recalled" | "not-placed" {
  const zone = file.borrower.zone ?? file.lender.zone;
  const seen = mayAgencySee(personFactsOf(file), agency, file.id, now, dayAt(zone, now));
  if (seen.ok) return "placed";
  return seen.refusal.code === "never-placed" ? "not-placed" : "recalled";
}

async function mandate(
  db: Database,
  lender: Lender,
  file: LoanFile,
  firm: string,
  now: Instant,
): Promise<"mandated" | "mandate-over" | "not-mandated"> {
  const cases = await listCases(db, lender, { firm, loans: [file.id] });
  if (cases.length === 0) return "not-mandated";
  for (const { state, engagement } of cases) {
    const stands = state === "offered" || state === "accepted";
    if (stands && (await isEngaged(db, lender, firm, engagement, now))) return "mandated";
  }
  return "mandate-over";
}

/** Whether a firm may act under an engagement now. */
export async function isEngaged(
  db: Database,
  lender: Lender,
  firm: string,
  engagement: string,
  now: Instant,
): Promise<boolean> {
  const found = (await engagements(db, lender)).find((one) => one.id === engagement && one.firm === firm);
  return found !== undefined && engagementInForce(found, dayAt(lender.zone, now));
}
