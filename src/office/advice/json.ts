import { formatDay, formatMoney, type Minor } from "../../core/index.ts";
import type { CaseFacts, RouteFound, WhichWay } from "../../legal/index.ts";
import { sourceJson } from "../limitation/json.ts";

export const money = (value: Minor | number): string => formatMoney(value as Minor);

/** Advice with the keys of docs/reference/advise.md. */
export function wayJson(
  facts: CaseFacts,
  way: WhichWay,
  months: number | undefined,
): Record<string, unknown> {
  return {
    asOf: formatDay(facts.on),
    claim: money(facts.claim),
    band: `M${facts.band}`,
    advice: { take: way.advice.take, because: way.advice.why },
    limitation: facts.limitation
      ? {
          state: facts.limitation.state,
          worstOn: formatDay(facts.limitation.worstOn),
          expiresOn: facts.limitation.expiresOn === undefined ? null : formatDay(facts.limitation.expiresOn),
        }
      : null,
    history: months === undefined ? null : { months, waiting: way.waiting },
    ways: way.routes.map(routeJson),
  };
}

const routeJson = (found: RouteFound): Record<string, unknown> => ({
  way: found.route,
  standing: found.standing,
  outlay: money(found.outlay),
  ifWon: totalJson(found.won.total),
  ifLost: totalJson(found.lost.total),
  until: formatDay(found.until),
  latest: formatDay(found.latest),
  history: found.history,
  net: found.net
    ? { mean: money(found.net.mean), low: money(found.net.low), high: money(found.net.high) }
    : null,
  breakEven: found.breakEven,
  gate: found.gate ?? null,
  conditions: found.conditions.map(({ what, state, source, claim, line, wage, needs }) => ({
    what,
    state,
    ...(claim === undefined ? {} : { claim: money(claim) }),
    ...(line === undefined ? {} : { line: money(line) }),
    ...(wage
      ? {
          wage: { province: wage.province, year: wage.year, amount: money(wage.amount), source: wage.source },
        }
      : {}),
    ...(needs ? { needs } : {}),
    cite: sourceJson(source),
  })),
  time: found.time.map(({ source, ...stretch }) => ({ ...stretch, cite: sourceJson(source) })),
});

const totalJson = ({ applicant, debtor, open }: RouteFound["won"]["total"]) => ({
  applicant: money(applicant),
  debtor: money(debtor),
  open: money(open),
});
