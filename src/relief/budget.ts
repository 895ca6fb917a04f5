import { type Minor, minor, ok, type Result, refuse, ZERO } from "../core/index.ts";

/** A month of a household, as its person tells it. Every sum is his own: no floor for living costs was read that could stand in. */
export interface Budget {
  /** What comes in for certain, after tax. */
  readonly income: Minor;
  /** What he himself needs to live: home, food, health, the way to work. */
  readonly living: Minor | undefined;
  /** Who lives on his income beside him, and what they need together. */
  readonly dependants: number;
  readonly dependantsNeed?: Minor | undefined;
  /** What he pays on other debts, and means to go on paying. */
  readonly otherDebts: Minor;
}

export interface Surplus {
  /** What can really be paid in a month; never below zero. */
  readonly amount: Minor;
  /** By how much the month falls short, where it does. */
  readonly short: Minor;
  readonly needed: Minor;
  /** What is left to live on, all of it, once the surplus is paid. */
  readonly leftToLiveOn: Minor;
}

/**
 * What can really be paid in a month.
 *
 * Refuses `no-living-costs`, `no-dependants-costs`: nothing is guessed, and nobody is told that he can pay with what he eats;
 *         `negative`: a sum below zero.
 * Units   minor units a month.
 * Holds   leftToLiveOn >= living + dependantsNeed wherever the surplus is above zero.
 */
export function surplusOf(budget: Budget): Result<Surplus> {
  const { income, living, dependants, dependantsNeed, otherDebts } = budget;
  if (living === undefined)
    return refuse(
      "no-living-costs",
      "living costs are not told: type what a month of home, food and health costs you; no published floor was read that could stand in",
      "living",
    );
  if (dependants > 0 && dependantsNeed === undefined)
    return refuse(
      "no-dependants-costs",
      `${dependants} live on this income: type what they need together in a month`,
      "dependantsNeed",
    );
  const needs = dependantsNeed ?? ZERO;
  for (const [at, value] of Object.entries({ income, living, dependants, dependantsNeed: needs, otherDebts }))
    if (value < 0) return refuse("negative", `${at} is below 0; a sum of a month is 0 or more`, at);
  const needed = living + needs + otherDebts;
  const amount = minor(Math.max(0, income - needed));
  return ok({
    amount,
    short: minor(Math.max(0, needed - income)),
    needed: minor(needed),
    leftToLiveOn: minor(Math.max(0, income - otherDebts - amount)),
  });
}
