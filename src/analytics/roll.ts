import { CELL, type Day, formatDay, monthStart } from "../core/index.ts";
import type { Cell, Figure, Report, Rolled, Says, Table } from "./types.ts";
import { cellSays, counted, grouped, inOrder, money, monthSays, monthText, says, shareOf } from "./words.ts";

/** Loans in one place of a day, and their outstanding principal. */
export interface Stock {
  readonly n: number;
  readonly amount: number;
}

/** Where the loans of a book stood at the end of a day, from figures of kind `stock` added up through it. */
export function stockOf(figures: readonly Figure[]): Map<number, Stock> {
  const stock = new Map<number, Stock>();
  for (const { what, x, n, amount } of figures) {
    if (what !== "stock") continue;
    const known = stock.get(Number(x)) ?? { n: 0, amount: 0 };
    stock.set(Number(x), { n: known.n + n, amount: known.amount + amount });
  }
  return stock;
}

export interface MonthMatrix {
  readonly month: number;
  /** By where they stood when the month began, `CELL.fresh` for those booked in it. */
  readonly start: ReadonlyMap<number, Stock>;
  /** By `from to`. */
  readonly moved: ReadonlyMap<string, Stock>;
}

export const movedKey = (from: number, to: number): string => `${from} ${to}`;

/**
 * The matrix of a month: where loans stood at the end of the last one, against where they stand at its end (or, while it
 * runs, at the last close).
 *
 * Takes   the stock at the end of the last month, what was booked in this one, and what moved in it. A loan that did not move
 *         is asked of nobody: it is what the stock has more than moved away.
 * Holds   each row sums to what stood there when the month began.
 */
export function monthMatrix(
  month: number,
  start: ReadonlyMap<number, Stock>,
  booked: Stock,
  rolled: readonly Rolled[],
): MonthMatrix {
  const rows = new Map(start);
  if (booked.n > 0) rows.set(CELL.fresh, booked);
  const moved = new Map<string, Stock>();
  for (const { month: of, from, to, n, amount } of rolled) {
    if (of !== month || isStay(from, to)) continue;
    const key = movedKey(from, to);
    const known = moved.get(key) ?? { n: 0, amount: 0 };
    moved.set(key, { n: known.n + n, amount: known.amount + amount });
  }
  for (const [from, { n, amount }] of rows) {
    let [left, leftAmount] = [n, amount];
    for (const [key, stock] of moved)
      if (Number(key.split(" ")[0]) === from) {
        left -= stock.n;
        leftAmount -= stock.amount;
      }
    moved.set(movedKey(from, from === CELL.fresh ? 0 : from), { n: left, amount: leftAmount });
  }
  return { month, start: rows, moved };
}

/** A new loan that is not past due at the month's end went nowhere. */
const isStay = (from: number, to: number): boolean => from === to || (from === CELL.fresh && to === 0);

/** The matrix by count, by balance and in percent, and what rolled on, beside the month before. */
export function rollReport(
  matrix: MonthMatrix,
  before: MonthMatrix | undefined,
  {
    currency,
    through,
    product,
  }: { readonly currency: string; readonly through: Day; readonly product?: string },
): Report {
  const { month } = matrix;
  const last = (monthStart(month + 1) - 1) as Day;
  const cells = new Set<number>([0]);
  for (const [key, { n }] of matrix.moved)
    if (n !== 0) for (const part of key.split(" ")) cells.add(Number(part));
  const froms = inOrder(cells).filter((cell) => (matrix.start.get(cell)?.n ?? 0) !== 0);
  const tos = inOrder(cells).filter((cell) => cell !== CELL.fresh);
  const at = (from: number, to: number): Stock => matrix.moved.get(movedKey(from, to)) ?? { n: 0, amount: 0 };
  const behind = (from: number, to: number) => ({
    of: "roll",
    month: monthText(month),
    cell: String(from),
    to: String(to),
    ...(product === undefined ? {} : { product }),
  });
  const table = (
    key: string,
    name: Says,
    kind: "count" | "money" | "share",
    cellOf: (from: number, to: number) => Cell,
    startOf: (from: number) => Cell | undefined,
  ): Table => ({
    key,
    says: name,
    of: says("From", "月初"),
    columns: [
      ...(startOf(0) ? [{ key: "start", kind, says: says("At the start", "月初数") }] : []),
      ...tos.map((to) => ({ key: `to${to}`, kind, says: cellSays(to) })),
    ],
    rows: froms.map((from) => {
      const start = startOf(from);
      return {
        key: String(from),
        says: cellSays(from),
        cells: [...(start ? [start] : []), ...tos.map((to) => cellOf(from, to))],
      };
    }),
  });
  const cash = money(currency);
  const linked = (cell: Cell, from: number, to: number): Cell =>
    at(from, to).n === 0 ? cell : { ...cell, behind: behind(from, to) };
  const stood = (cell: Cell, from: number): Cell =>
    from === CELL.fresh
      ? cell
      : {
          ...cell,
          behind: {
            of: "stock",
            on: formatDay((monthStart(month) - 1) as Day),
            cell: String(from),
            ...(product === undefined ? {} : { product }),
          },
        };
  const start = (from: number): Stock => matrix.start.get(from) ?? { n: 0, amount: 0 };
  return {
    id: "roll",
    currency,
    from: monthStart(month),
    to: (last < through ? last : through) as Day,
    says: rollSentences(matrix, before),
    tables: [
      table(
        "share",
        says("Share of loans, %", "笔数占比（%）"),
        "share",
        (from, to) => linked(shareOf(at(from, to).n, start(from).n), from, to),
        () => undefined,
      ),
      table(
        "loans",
        says("Loans", "笔数"),
        "count",
        (from, to) => linked(counted(at(from, to).n), from, to),
        (from) => stood(counted(start(from).n), from),
      ),
      table(
        "balance",
        says("Principal", "本金余额"),
        "money",
        (from, to) => linked(cash(at(from, to).amount), from, to),
        (from) => stood(cash(start(from).amount), from),
      ),
      table(
        "balance-share",
        says("Share of principal, %", "余额占比（%）"),
        "share",
        (from, to) => linked(shareOf(at(from, to).amount, start(from).amount), from, to),
        () => undefined,
      ),
    ],
    means: [
      says(
        `Where a loan stood at the close of the last day of ${monthSays(month - 1).en}, against where it stands at the close of ${last <= through ? `the last day of ${monthSays(month).en}` : formatDay(through)}. What happened in between and was undone does not show.`,
        `以${monthSays(month - 1).zh}末日终为起点，对照${last <= through ? `${monthSays(month).zh}末日终` : formatDay(through)}的状态；月内发生又恢复的变动不显示。`,
      ),
      says(
        "By principal, a loan counts with what was outstanding when it first left its band in the month; what was repaid before that stayed.",
        "按余额计时，以当月首次离开原账龄段时的未还本金计；此前归还的部分计入“未移动”。",
      ),
    ],
  };
}

function rollSentences(matrix: MonthMatrix, before: MonthMatrix | undefined): Says[] {
  const sentences: Says[] = [];
  const n = (of: MonthMatrix, from: number, to: number): number => of.moved.get(movedKey(from, to))?.n ?? 0;
  const name = (cell: number): Says => cellSays(cell);
  for (const from of [0, 1, 2]) {
    const to = from + 1;
    const [now, then] = [n(matrix, from, to), before ? n(before, from, to) : undefined];
    if (now === 0 && !then) continue;
    const { en, zh } = monthSays(matrix.month);
    const more = then === undefined ? undefined : now - then;
    const past = monthSays(matrix.month - 1);
    const [difference, 差] =
      more === undefined
        ? ["", ""]
        : more === 0
          ? [`, as many as in ${past.en}`, `，与${past.zh}持平`]
          : [
              `, ${grouped(Math.abs(more))} ${more > 0 ? "more" : "fewer"} than in ${past.en}`,
              `，比${past.zh}${more > 0 ? "多" : "少"}${grouped(Math.abs(more))}笔`,
            ];
    const fromEn = from === 0 ? "not past due" : name(from).en;
    sentences.push(
      says(
        `${grouped(now)} ${now === 1 ? "loan" : "loans"} rolled from ${fromEn} to ${name(to).en} in ${en}${difference}.`,
        `${zh}有${grouped(now)}笔从${name(from).zh}滚动到${name(to).zh}${差}。`,
      ),
    );
  }
  if (sentences.length === 0)
    sentences.push(
      says(
        `No loan rolled to an older band in ${monthSays(matrix.month).en}.`,
        `${monthSays(matrix.month).zh}没有贷款滚入更高账龄段。`,
      ),
    );
  return sentences;
}
