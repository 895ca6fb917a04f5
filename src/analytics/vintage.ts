import { type Day, monthIndex, monthStart } from "../core/index.ts";
import type { Figure, Report, Row, Table } from "./types.ts";
import { counted, grouped, money, monthSays, monthText, percent, says, shareOf } from "./words.ts";

/** What was paid out in one month, and how much of it was ever late. */
export interface Vintage {
  readonly month: number;
  readonly loans: number;
  readonly principal: number;
  /** By months on book: first times in that month. */
  readonly late: { readonly 30: ReadonlyMap<number, Late>; readonly 90: ReadonlyMap<number, Late> };
}

interface Late {
  readonly n: number;
  readonly amount: number;
}

/** Figures of kinds `booked`, `ever-30` and `ever-90` over all days, by the month of the pay-out. */
export function vintagesOf(figures: readonly Figure[]): Vintage[] {
  const months = new Map<
    number,
    { loans: number; principal: number; late: { 30: Map<number, Late>; 90: Map<number, Late> } }
  >();
  for (const { what, x, y, n, amount } of figures) {
    if (what !== "booked" && what !== "ever-30" && what !== "ever-90") continue;
    const month = Number(x);
    const own = months.get(month) ?? { loans: 0, principal: 0, late: { 30: new Map(), 90: new Map() } };
    months.set(month, own);
    if (what === "booked") {
      own.loans += n;
      own.principal += amount;
      continue;
    }
    const late = own.late[what === "ever-30" ? 30 : 90];
    const known = late.get(Number(y)) ?? { n: 0, amount: 0 };
    late.set(Number(y), { n: known.n + n, amount: known.amount + amount });
  }
  return [...months].map(([month, own]) => ({ month, ...own })).sort((a, b) => a.month - b.month);
}

/** Ever late through a month on book, first times added up. */
export function everBy(vintage: Vintage, level: 30 | 90, months: number): Late {
  let [n, amount] = [0, 0];
  for (const [at, late] of vintage.late[level])
    if (at <= months) {
      n += late.n;
      amount += late.amount;
    }
  return { n, amount };
}

const TAKEN_OVER = says(
  "Paid out before the book was counted: what was late before then, and loans that had ended, are not in it.",
  "放款早于开始计数：此前的逾期与已结清的贷款不在其中。",
);

/** Months on book that are shown; later ones lie beyond most micro-loans. */
const MOST_MONTHS = 24;

export function vintageReport(
  vintages: readonly Vintage[],
  {
    currency,
    through,
    from,
    to,
    product,
    since,
  }: {
    readonly currency: string;
    readonly through: Day;
    /** The first day that is counted: of what was late before nothing is known. */
    readonly since: Day;
    readonly from: Day;
    readonly to: Day;
    readonly product?: string;
  },
): Report {
  const [first, last] = [monthIndex(from), monthIndex(to)];
  const shown = vintages.filter(({ month, loans }) => month >= first && month <= last && loans > 0);
  // A month on book is over when the calendar month is: later ones are left open and not shown as a standstill.
  const complete =
    monthStart(monthIndex(through) + 1) - 1 === through ? monthIndex(through) : monthIndex(through) - 1;
  const most = Math.min(MOST_MONTHS, Math.max(0, ...shown.map(({ month }) => complete - month)));
  const months = Array.from({ length: most + 1 }, (_, i) => i);
  const cash = money(currency);
  const table = (level: 30 | 90, by: "n" | "amount"): Table => ({
    key: `${level}-${by === "n" ? "loans" : "principal"}`,
    says:
      by === "n"
        ? says(`Ever more than ${level} days late, % of loans`, `曾逾期${level}天以上的笔数占比（%）`)
        : says(
            `Ever more than ${level} days late, % of principal paid out`,
            `曾逾期${level}天以上的本金占放款额（%）`,
          ),
    of: says("Paid out in", "放款月"),
    columns: [
      { key: "loans", kind: "count", says: says("Loans", "笔数") },
      { key: "principal", kind: "money", says: says("Paid out", "放款额") },
      ...months.map((i) => ({ key: `m${i}`, kind: "share" as const, says: says(`Month ${i}`, `第${i}月`) })),
    ],
    rows: shown.map((vintage): Row => {
      const { month, loans, principal } = vintage;
      const own = product === undefined ? {} : { product };
      return {
        key: monthText(month),
        says: monthSays(month),
        cells: [
          counted(loans, { of: "booked", month: monthText(month), ...own }),
          cash(principal),
          ...months.map((i) => {
            if (month + i > complete || month + i < monthIndex(since)) return { value: null };
            const late = everBy(vintage, level, i);
            const share = shareOf(late[by], by === "n" ? loans : principal);
            return late.n === 0
              ? share
              : {
                  ...share,
                  behind: {
                    of: "ever",
                    level: String(level),
                    month: monthText(month),
                    months: String(i),
                    ...own,
                  },
                };
          }),
        ],
        ...(month < monthIndex(since) ? { caution: TAKEN_OVER } : {}),
      };
    }),
  });
  return {
    id: "vintage",
    currency,
    from,
    to,
    says: sentence(shown, complete),
    tables: [table(30, "n"), table(30, "amount"), table(90, "n"), table(90, "amount")],
    means: [
      says(
        "Month 0 is the calendar month of the pay-out. A loan counts from the month in which it was first more than 30 (90) days past due, once and for good; by principal with what was outstanding on that day, of what was paid out.",
        "第0月为放款当月。首次逾期超过30天（90天）的当月起计入，只计一次、不再移出；按本金计时取当日未还本金占放款额之比。",
      ),
      says(
        "An empty place is a month that is not over, or one before the book was counted. Products without a band that begins on day 31 (91) have no such figure before the next band they have.",
        "空格表示该月尚未结束，或早于开始计数。产品若没有从第31天（第91天）起的账龄段，则要到其下一账龄段才计入。",
      ),
    ],
  };
}

function sentence(vintages: readonly Vintage[], complete: number) {
  const of = vintages.filter(({ month }) => month + 3 <= complete).at(-1);
  if (!of) return [says("No month of pay-outs is three months old yet.", "尚无放款月满三个月。")];
  const { n } = everBy(of, 30, 3);
  const name = monthSays(of.month);
  return [
    says(
      `Of ${grouped(of.loans)} loans paid out in ${name.en}, ${grouped(n)} (${percent(n / of.loans)} %) were ever more than 30 days late by the end of the third month after.`,
      `${name.zh}放款的${grouped(of.loans)}笔中，到第三个月末有${grouped(n)}笔（${percent(n / of.loans)}%）曾逾期30天以上。`,
    ),
  ];
}
