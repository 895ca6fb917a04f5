import {
  CURRENCIES,
  DAY_COUNTS,
  day,
  decimalsOf,
  dueDay,
  formatDay,
  formatMoney,
  type LoanTerms,
  METHODS,
  type Minor,
  minor,
  RATE_PERIODS,
  RESIDUALS,
  ROUNDING_MODES,
  type Rounding,
  schedule,
  usualFirstDue,
} from "../core/index.ts";
import {
  answering,
  dayAt,
  everyAt,
  Impossible,
  type Json,
  known,
  mapAt,
  moneyAt,
  oneOf,
  rateAt,
  wholeAt,
} from "./json-in.ts";

const LAST_DAY = day("2199-12-31");

/** `arrears calc schedule`: terms in, the plan out. */
export const calcSchedule = answering((request) => {
  const terms = termsAt(request, "");
  const money = (value: number) => formatMoney(value as Minor, decimalsOf(terms.currency));
  const plan = schedule(terms);
  const sum = (of: "principal" | "interest") => plan.reduce((total, row) => total + row[of], 0);
  return {
    installments: plan.map((row) => ({
      n: row.n,
      dueOn: formatDay(row.dueOn),
      days: row.days,
      principal: money(row.principal),
      interest: money(row.interest),
      fee: money(0),
      penalty: money(0),
      total: money(row.principal + row.interest),
      balance: money(row.balance),
    })),
    totals: {
      principal: money(sum("principal")),
      interest: money(sum("interest")),
      fee: money(0),
      penalty: money(0),
      total: money(sum("principal") + sum("interest")),
    },
  };
});

const GRACES = ["graceOnPrincipal", "graceOnInterest", "interestFree"] as const;
const TERM_KEYS = [
  "principal",
  "currency",
  "disbursedOn",
  "firstDueOn",
  "installments",
  "every",
  "method",
  "rate",
  "dayCount",
  "interest",
  "monthEnd",
  ...GRACES,
  "rounding",
];

/** A loan as a request writes it: `calc schedule` takes it bare, others under a key; `at` is where it stands. */
export function termsAt(request: Json, at: string): LoanTerms {
  const path = (key: string) => (at ? `${at}.${key}` : key);
  known(request, TERM_KEYS, at);
  const currency = oneOf(request.currency ?? "CNY", CURRENCIES, path("currency"));
  const principal = moneyAt(request.principal, decimalsOf(currency), path("principal"));
  const disbursedOn = dayAt(request.disbursedOn, path("disbursedOn"));
  const every = everyAt(request.every ?? { months: 1 }, path("every"));
  const monthEnd = oneOf(request.monthEnd ?? "clamp", ["clamp", "roll"] as const, path("monthEnd"));
  const installments = wholeAt(request.installments, 1, 600, path("installments"));
  const firstDueOn =
    request.firstDueOn === undefined || request.firstDueOn === null
      ? usualFirstDue(disbursedOn, every, monthEnd)
      : dayAt(request.firstDueOn, path("firstDueOn"));
  if (firstDueOn <= disbursedOn)
    throw new Impossible(
      "order-of-days",
      "the first due day must come after the pay-out day",
      path("firstDueOn"),
    );
  const rate = mapAt(request.rate, path("rate"));
  known(rate, ["percent", "per"], path("rate"));
  requireDays({ disbursedOn, firstDueOn, every, monthEnd }, installments, path("installments"));
  return {
    principal,
    currency,
    disbursedOn,
    firstDueOn,
    installments,
    every,
    method: oneOf(request.method, METHODS, path("method")),
    rate: rateAt(rate.percent, rate.per, path("rate")),
    ratePer: oneOf(rate.per, RATE_PERIODS, path("rate.per")),
    dayCount: oneOf(request.dayCount ?? "ACT/365", DAY_COUNTS, path("dayCount")),
    interest: oneOf(request.interest ?? "daily", ["daily", "period"] as const, path("interest")),
    monthEnd,
    rounding: roundingAt(mapAt(request.rounding ?? {}, path("rounding")), currency, path("rounding")),
    ...gracesAt(request, installments, path),
  };
}

/** A plan that ends beyond the last year that a day can be written in is refused before it is made. */
function requireDays(terms: Parameters<typeof dueDay>[0], installments: number, at: string): void {
  if (dueDay(terms, installments) > LAST_DAY)
    throw new Impossible(
      "not-in-range",
      `${installments} installments end after ${formatDay(LAST_DAY)}; write fewer, or a shorter period`,
      at,
    );
}

function gracesAt(
  request: Json,
  installments: number,
  path: (key: string) => string,
): Partial<Record<(typeof GRACES)[number], number>> {
  const graces: Partial<Record<(typeof GRACES)[number], number>> = {};
  for (const key of GRACES) {
    const value = request[key];
    if (value === undefined || value === 0) continue;
    // A plan must keep an installment that repays principal, one that bears its interest, and a period that earns any.
    graces[key] = wholeAt(value, 0, installments - 1, path(key));
  }
  return graces;
}

function roundingAt(rounding: Json, currency: string, at: string): Rounding {
  known(rounding, ["mode", "installmentMode", "unit", "installmentMultiple", "residual"], at);
  const { installmentMode, unit, installmentMultiple } = rounding;
  const decimals = decimalsOf(currency);
  const multiple =
    installmentMultiple === undefined
      ? minor(1)
      : moneyAt(installmentMultiple, decimals, `${at}.installmentMultiple`);
  return {
    mode: oneOf(rounding.mode ?? "half-even", ROUNDING_MODES, `${at}.mode`),
    residual: oneOf(rounding.residual ?? "last", RESIDUALS, `${at}.residual`),
    installmentMultiple: multiple,
    ...(installmentMode === undefined
      ? {}
      : { installmentMode: oneOf(installmentMode, ROUNDING_MODES, `${at}.installmentMode`) }),
    ...(unit === undefined ? {} : { unit: moneyAt(unit, decimals, `${at}.unit`) }),
  };
}
