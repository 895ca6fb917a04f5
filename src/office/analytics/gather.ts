import {
  type Asked,
  agenciesReport,
  agesReport,
  armsReport,
  complaintsReport,
  contactsReport,
  curesByMonth,
  type Figure,
  funnelReport,
  type MonthMatrix,
  monthMatrix,
  promisesReport,
  type Report,
  type ReportId,
  recoveriesReport,
  rollReport,
  stayedTable,
  stockOf,
  vintageReport,
  vintagesOf,
} from "../../analytics/index.ts";
import {
  addDays,
  type Day,
  monthIndex,
  monthStart,
  ok,
  type Product,
  type Refusal,
  type Result,
} from "../../core/index.ts";
import {
  agencyTallies,
  countedFrom,
  type Database,
  dailyCounts,
  FIRST_DAY,
  figuresBetween,
  type Lender,
  lateLoanDays,
  rolledIn,
} from "../../store/index.ts";

/** What a report is asked for; days that are left out are the month of the last close. */
export interface ReportAsked {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** Code of one product; all of one currency where absent. */
  readonly product?: string | undefined;
}

/**
 * A report from the figures of each day.
 *
 * Takes   the lender's products.
 * Refuses days in a wrong order, and products of several currencies at once.
 */
export async function reportOf(
  db: Database,
  lender: Lender,
  own: readonly Product[],
  id: ReportId,
  asked: ReportAsked,
): Promise<Result<Report>> {
  const chosen = own.filter(({ code }) => asked.product === undefined || code === asked.product);
  const no = (code: string, says: string): { ok: false; refusal: Refusal } => ({
    ok: false,
    refusal: { code, says },
  });
  if (chosen.length === 0)
    return no(
      "unknown-product",
      `no product ${asked.product ?? ""}; known are ${own.map(({ code }) => code).join(", ")}`,
    );
  const currencies = [...new Set(chosen.map(({ terms }) => terms.currency))];
  if (currencies.length > 1)
    return no(
      "several-currencies",
      `sums in ${currencies.join(" and ")} are not added up; ask for one product`,
    );
  const through = lender.closedThrough;
  const to = asked.to !== undefined && asked.to < through ? asked.to : through;
  const from = asked.from ?? usualFrom(id, to);
  if (from > to)
    return no("order-of-days", "the first day comes before the last, and not after the last close");
  const ids = chosen.map(({ id }) => id);
  const named: Asked & { through: Day } = {
    from,
    to,
    through,
    currency: currencies[0]!,
    ...(asked.product === undefined ? {} : { product: asked.product }),
  };
  return ok(await REPORTS[id](new Book(db, lender, ids), named));
}

/** A month, but for what needs many to be seen. */
const usualFrom = (id: ReportId, to: Day): Day =>
  monthStart(monthIndex(to) - (id === "vintage" || id === "arms" ? 23 : 0));

/** The figures of a lender's products. */
class Book {
  readonly db: Database;
  readonly lender: Lender;
  readonly products: readonly number[];

  constructor(db: Database, lender: Lender, products: readonly number[]) {
    this.db = db;
    this.lender = lender;
    this.products = products;
  }

  between(whats: readonly string[], from: Day, to: Day): Promise<Figure[]> {
    return figuresBetween(this.db, this.products, whats, { from, to });
  }

  /** Where loans stood at the end of a day. */
  async stock(through: Day) {
    return stockOf(await this.between(["stock"], FIRST_DAY, through));
  }

  async matrix(month: number): Promise<MonthMatrix> {
    const first = monthStart(month);
    const booked = await this.between(["booked"], first, addDays(monthStart(month + 1), -1));
    const sum = booked.reduce((all, { n, amount }) => ({ n: all.n + n, amount: all.amount + amount }), {
      n: 0,
      amount: 0,
    });
    return monthMatrix(
      month,
      await this.stock(addDays(first, -1)),
      sum,
      await rolledIn(this.db, this.products, [month]),
    );
  }
}

type Make = (book: Book, asked: Asked & { readonly through: Day }) => Promise<Report>;

const hadLoans = ({ start }: MonthMatrix): boolean => [...start].some(([cell, { n }]) => cell >= 0 && n > 0);
const before = (day: Day): Day => addDays(day, -1);

const REPORTS: Readonly<Record<ReportId, Make>> = {
  roll: async (book, asked) => {
    const month = monthIndex(asked.to);
    const [now, then] = [await book.matrix(month), await book.matrix(month - 1)];
    return rollReport(now, hadLoans(then) ? then : undefined, asked);
  },
  vintage: async (book, asked) =>
    vintageReport(
      vintagesOf(await book.between(["booked", "ever-30", "ever-90"], FIRST_DAY, asked.through)),
      { ...asked, since: (await countedFrom(book.db, book.products)) ?? asked.from },
    ),
  funnel: async (book, asked) => {
    const figures = await book.between(["move", "cured", "stage-in", "stage-out"], asked.from, asked.to);
    const report = funnelReport(figures, await book.stock(before(asked.from)), asked);
    const months = {
      from: monthStart(monthIndex(asked.from)),
      to: addDays(monthStart(monthIndex(asked.to) + 1), -1),
    };
    const cured = new Map<number, number>();
    for (const { on, n } of await dailyCounts(book.db, book.products, "cured", months))
      cured.set(monthIndex(on), (cured.get(monthIndex(on)) ?? 0) + n);
    const relapsed = await book.between(["relapsed"], asked.from, asked.through);
    const [bands, cures, ...rest] = report.tables;
    return {
      ...report,
      tables: [bands!, cures!, stayedTable(curesByMonth(relapsed, cured, asked.through)), ...rest],
    };
  },
  contacts: async (book, asked) =>
    contactsReport(
      await book.between(["planned", "refused", "asked", "contact"], asked.from, asked.to),
      await lateLoanDays(book.db, book.products, asked),
      asked,
    ),
  recoveries: async (book, asked) =>
    recoveriesReport(
      await book.between(["paid", "charged", "waived", "move"], asked.from, asked.to),
      await book.stock(before(asked.from)),
      asked,
    ),
  promises: async (book, asked) =>
    promisesReport(
      await book.between(
        ["promised", "promise-kept", "promise-broken", "promise-lapsed", "promise-dropped"],
        asked.from,
        asked.to,
      ),
      asked,
    ),
  agencies: async (book, asked) =>
    agenciesReport(await agencyTallies(book.db, book.lender, book.products, asked), asked),
  arms: async (book, asked) => {
    const cohorts = await book.between(["arm-late", "arm-older"], FIRST_DAY, asked.through);
    const meanwhile = await book.between(["arm-paid", "arm-planned", "arm-complaint"], asked.from, asked.to);
    return armsReport([...cohorts, ...meanwhile], asked);
  },
  complaints: async (book, asked) =>
    complaintsReport(
      await book.between(["complaint", "complaint-hold", "contact"], asked.from, asked.to),
      await lateLoanDays(book.db, book.products, asked),
      asked,
    ),
  ages: async (book, asked) => agesReport(await book.stock(asked.to), asked),
};
