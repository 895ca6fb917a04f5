import {
  type Askable,
  askableOf,
  type Day,
  decimalsOf,
  disputeBy,
  type Finding,
  formatMoney,
  NEVER,
  type Position,
  personOf,
  type Seen,
} from "../../core/index.ts";
import { factsOf, type LoanFile, personFactsOf } from "../../store/index.ts";
import { todayAt } from "../book.ts";
import type { Io } from "../io.ts";
import { limitationBrief } from "../limitation/json.ts";
import { limitationShown } from "../limitation/of.ts";
import { personJson } from "../people/known.ts";
import { type Claim, claimOn } from "./claims.ts";
import { findingJson, reportedFindings } from "./findings.ts";
import { claimableJson, positionJson } from "./position-json.ts";
import { type PromiseTold, promiseJson, promisesOfFile } from "./promises.ts";

/** All that is told of a loan on a day, and the same as JSON. */
export function shownOf(file: LoanFile, position: Position, seen: Seen) {
  const claim = claimOn(file, seen);
  const askable = askableSeen(file, position, seen);
  const findings = position.source === "fed" ? reportedFindings(file, seen) : [];
  const promises = promisesOfFile(file, seen);
  const zone = file.borrower.zone ?? file.lender.zone;
  // What was recorded today is booked on the next open day, and known all the same unless an earlier day is asked for.
  const facts = seen.knownOn === undefined ? personFactsOf(file) : personFactsOf(file, seen.knownOn, -1);
  const person = facts.length > 0 ? personOf(facts) : undefined;
  const limited = limitationShown(file, seen.asOf);
  const json = {
    ...jsonOf(file, position, askable, claim, findings, promises),
    ...(limited ? { limitation: limitationBrief(limited) } : {}),
    ...(person ? { person: personJson(person, zone) } : {}),
  };
  return { claim, askable, findings, promises, person, limited, json };
}

/** What may be asked for: of a day before the last closed one by the disputes of then, of a later one by all that is known. */
export function askableSeen(file: LoanFile, position: Position, { asOf, knownOn = NEVER }: Seen): Askable {
  const through = Math.min(knownOn, asOf < file.lender.closedThrough ? asOf : NEVER) as Day;
  return askableOf(position, disputeBy(factsOf(file), asOf, through));
}

/** The last closed day where the book has closed any, so that a sample of the past shows its own last day. */
export function usualDay(file: LoanFile, io: Pick<Io, "now">): Day {
  const { closedThrough, openOn } = file.lender;
  const today = todayAt(file.lender, io);
  return closedThrough >= file.stored.disbursedOn && closedThrough < today
    ? closedThrough
    : (Math.max(openOn - 1, file.stored.disbursedOn) as Day);
}

function jsonOf(
  file: LoanFile,
  position: Position,
  { sum, disputed }: Askable,
  claim: Claim,
  findings: readonly Finding[],
  promises: readonly PromiseTold[],
): Record<string, unknown> {
  const { currency } = file.product.terms;
  const decimals = decimalsOf(currency);
  return {
    loan: file.id,
    lender: file.lender.code,
    product: file.product.code,
    source: position.source,
    currency,
    principal: formatMoney(file.stored.principal, decimals),
    ...positionJson(position, decimals),
    disputed: formatMoney(disputed, decimals),
    askable: formatMoney(sum, decimals),
    ...("ceiling" in claim ? claimableJson(claim.books, file.product, claim.ceiling, decimals) : {}),
    ...(promises.length > 0 ? { promises: promises.map((one) => promiseJson(one, decimals)) } : {}),
    ...(position.source === "fed" ? { differences: findings.map((one) => findingJson(one, decimals)) } : {}),
  };
}
