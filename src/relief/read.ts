import { ok, parseRate, type Result, ZERO } from "../core/index.ts";
import { dayAt, Impossible, type Json, known, moneyAt, moneyOrZeroAt, textAt } from "../core/json-in.ts";
import type { OwedDebt } from "./debts.ts";

export const DEBT_KEYS = ["id", "balance", "ratePercentAYear", "minimum", "legalBy", "legalAmount"] as const;

/**
 * Reads one debt as it was typed or imported.
 *
 * Takes   an object with `DEBT_KEYS`, money as text, days as `2026-03-31`; `minimum` and the two of a legal day may be absent, the latter together.
 * Refuses what cannot be read, with the key.
 */
export function readDebt(record: Json, decimals: number): Result<OwedDebt> {
  try {
    known(record, DEBT_KEYS, "");
    const { id, balance, ratePercentAYear, minimum, legalBy, legalAmount } = record;
    const rate = typeof ratePercentAYear === "string" ? parseRate(ratePercentAYear, "year") : undefined;
    if (!rate)
      throw new Impossible(
        "not-a-rate",
        `"${ratePercentAYear}" is no rate; write percent a year as text, "18.25"`,
        "ratePercentAYear",
      );
    if ((legalBy === undefined) !== (legalAmount === undefined))
      throw new Impossible("half-a-legal-day", "a legal day has its day and its sum", "legalBy");
    return ok({
      id: textAt(id, "id"),
      balance: moneyAt(balance, decimals, "balance"),
      rate,
      minimum: minimum === undefined ? ZERO : moneyOrZeroAt(minimum, decimals, "minimum"),
      ...(legalBy === undefined
        ? {}
        : {
            legal: { by: dayAt(legalBy, "legalBy"), amount: moneyAt(legalAmount, decimals, "legalAmount") },
          }),
    });
  } catch (error) {
    if (error instanceof Impossible) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
