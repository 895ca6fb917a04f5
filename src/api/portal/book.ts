import { courtFeeTiers } from "../../../packs/cn/index.ts";
import {
  addDays,
  askableOf,
  type Day,
  dayAt,
  decimalsOf,
  disputeBy,
  type LoanBooked,
  positionFromFacts,
  statementOf,
  termsOf,
} from "../../core/index.ts";
import { FORECAST_REFUSALS, type Forecast, forecast, type Thought } from "../../forecast/index.ts";
import type { CourtFeeTiers } from "../../legal/index.ts";
import { standingOf } from "../../office/forecast/borrower.ts";
import type { Pack } from "../../policy/index.ts";
import { isOpen, type LoanShown, type Said, wholeOf } from "../../portal/index.ts";
import { factsOf, type Lender, type LoanFile } from "../../store/index.ts";
import type { OwnVisit } from "./visit.ts";

/** Half a year shows every step of the usual plans. */
const FORESEEN_DAYS = 180;

/** The day of a reader's figures: today, or the day after the last close where the closes are behind. */
export function bookDay(lender: Lender, now: number): Day {
  return Math.min(dayAt(lender.zone, now), addDays(lender.closedThrough, 1)) as Day;
}

/** His loans with their figures on a day; one that was not paid out by then is left out. */
export function loansOn(files: readonly LoanFile[], on: Day): LoanShown[] {
  return files.flatMap((file): LoanShown[] => {
    const { product, key, id, stored } = file;
    const facts = factsOf(file);
    const position = positionFromFacts(key, facts, () => product, on);
    if (!position) return [];
    const { currency } = product.terms;
    const { disputed } = askableOf(position, disputeBy(facts, on));
    const lines =
      product.source === "kept"
        ? statementOf(termsOf(facts[0] as LoanBooked, product), facts, product, { asOf: on })
        : undefined;
    return [
      {
        id,
        currency,
        decimals: decimalsOf(currency),
        principal: stored.principal,
        disbursedOn: stored.disbursedOn,
        position,
        ...(disputed > 0 ? { disputed } : {}),
        ...(lines ? { whole: wholeOf(lines) } : {}),
      },
    ];
  });
}

/** The loan that a page is about: the one that is named, else the latest of those that are late, else the first that is open. */
export function loanMeant(visit: OwnVisit, loans: readonly LoanShown[]): LoanShown | undefined {
  const named = visit.params.loan ?? visit.query.get("loan") ?? visit.form.get("loan");
  if (named) return loans.find(({ id }) => id === named);
  return loans.filter(isOpen).sort((a, b) => b.position.dpd - a.position.dpd)[0] ?? loans[0];
}

export type Told =
  | { readonly ok: true; readonly forecast: Forecast }
  | { readonly ok: false; readonly says: Said };

/** What comes of one of his loans from the last close on, and if a sum is paid. */
export async function forecastsOf(
  { api, lender, files }: Pick<OwnVisit, "api" | "lender" | "files">,
  loan: string,
  pays: readonly (Thought | undefined)[],
): Promise<Told[]> {
  const file = files.find(({ id }) => id === loan)!;
  const asOf = Math.max(lender.closedThrough, file.stored.disbursedOn) as Day;
  const { borrower, context } = await standingOf(api.db, file, asOf, api.shelves);
  const question = {
    borrower,
    n: file.key.n,
    asOf,
    through: addDays(asOf, FORESEEN_DAYS),
    context,
    courtFees: feesOf(context.pack),
  };
  return pays.map((pay) => {
    const made = forecast(pay ? { ...question, pay } : question);
    if (made.ok) return { ok: true, forecast: made.value };
    const { code, says } = made.refusal;
    return { ok: false, says: { en: says, zh: FORECAST_REFUSALS[code] ?? says } };
  });
}

function feesOf(pack: Pack | undefined): (on: Day) => CourtFeeTiers | undefined {
  return (on) => {
    const tiers = pack?.place === "cn" ? courtFeeTiers(pack, on) : undefined;
    return tiers?.ok ? tiers.value : undefined;
  };
}
