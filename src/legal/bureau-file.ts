import { type Day, formatDay, formatMoney, type Minor } from "../core/index.ts";
import type { MonthEntry } from "./bureau-month.ts";

/** Who reports, what, and when. */
export interface ReportMeta {
  readonly lender: string;
  readonly lenderName: string;
  readonly report: number;
  /** `2026-10` */
  readonly month: string;
  readonly asOf: Day;
  /** The instant of making, as text with its zone. */
  readonly madeAt: string;
  readonly madeOn: Day;
  readonly madeBy: string;
  readonly pack: string;
}

/** A loan as a report tells of it. */
export interface AccountRow {
  readonly loan: string;
  readonly borrower: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly openedOn: Day;
  readonly currency: string;
  readonly decimals: number;
  readonly principal: number;
  readonly installments: number;
  readonly entry: MonthEntry;
  /** Numbers of its special transactions. */
  readonly special: readonly number[];
  /** An objection to it is open. */
  readonly disputed: boolean;
  /** Earlier months that were reported, newest first. */
  readonly history: readonly (MonthEntry | undefined)[];
  readonly chargedOff: boolean;
  readonly closedOn?: Day | undefined;
}

/** A month of a loan that is told anew, and the report that told of it first. */
export interface CorrectionRow {
  readonly id: string;
  readonly loan: string;
  readonly borrower: string;
  readonly month: string;
  readonly of: number | null;
  readonly was: string;
  readonly now: string;
  readonly reason: string;
}

export interface DeletionRow {
  readonly id: string;
  readonly loan: string;
  readonly borrower: string;
  readonly months: readonly { readonly month: string; readonly of: number | null }[];
  readonly reason: string;
}

/** Sums by which whoever gets a file sees that he has all of it. */
export interface ControlTotals {
  readonly accounts: number;
  readonly corrections: number;
  readonly deletions: number;
  readonly disputed: number;
  /** By currency and sign: loans, outstanding, past due, as text. */
  readonly byStatus: Readonly<
    Record<string, Readonly<Record<string, { loans: number; outstanding: string; pastDue: string }>>>
  >;
}

/** A form in which a report is written. Each part is whole lines. */
export interface ReportFormat {
  readonly name: string;
  head(meta: ReportMeta): string;
  account(row: AccountRow, meta: ReportMeta): string;
  correction(row: CorrectionRow): string;
  deletion(row: DeletionRow): string;
  /** `bodySha256` is the hash of all that stands before it. */
  tail(totals: ControlTotals, bodySha256: string): string;
  /** Reads a file again: its totals as the rows give them, as it says them, and the length of what the hash covers. */
  read(text: string): ReportRead;
}

export interface ReportRead {
  readonly counted: ControlTotals;
  readonly said: ControlTotals;
  /** The text before the trailer, and its hash as the trailer says it; absent where the form has no place for one. */
  readonly body?: string;
  readonly bodySha256?: string;
}

// --- totals --------------------------------------------------------------------------------------------------------------

/** Adds rows up; what it gives is what the trailer says. */
export class TotalsCount {
  readonly #by = new Map<
    string,
    Map<string, { loans: number; outstanding: number; pastDue: number; decimals: number }>
  >();
  #accounts = 0;
  #disputed = 0;
  corrections = 0;
  deletions = 0;

  account(
    currency: string,
    decimals: number,
    code: string,
    outstanding: number,
    pastDue: number,
    disputed: boolean,
  ): void {
    this.#accounts += 1;
    if (disputed) this.#disputed += 1;
    const codes = this.#by.get(currency) ?? new Map();
    this.#by.set(currency, codes);
    const sum = codes.get(code) ?? { loans: 0, outstanding: 0, pastDue: 0, decimals };
    codes.set(code, {
      loans: sum.loans + 1,
      outstanding: sum.outstanding + outstanding,
      pastDue: sum.pastDue + pastDue,
      decimals,
    });
  }

  totals(): ControlTotals {
    const byStatus: Record<
      string,
      Record<string, { loans: number; outstanding: string; pastDue: string }>
    > = {};
    for (const currency of [...this.#by.keys()].sort()) {
      const codes = this.#by.get(currency)!;
      byStatus[currency] = {};
      for (const code of [...codes.keys()].sort()) {
        const { loans, outstanding, pastDue, decimals } = codes.get(code)!;
        byStatus[currency]![code] = {
          loans,
          outstanding: formatMoney(outstanding as Minor, decimals),
          pastDue: formatMoney(pastDue as Minor, decimals),
        };
      }
    }
    return {
      accounts: this.#accounts,
      corrections: this.corrections,
      deletions: this.deletions,
      disputed: this.#disputed,
      byStatus,
    };
  }
}

// --- JSON lines ------------------------------------------------------------------------------------------------------------

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

const accountJson = (row: AccountRow) => {
  const { entry, decimals } = row;
  return {
    record: "account",
    loan: row.loan,
    borrower: row.borrower,
    name: row.name,
    opened: formatDay(row.openedOn),
    currency: row.currency,
    principal: formatMoney(row.principal as Minor, decimals),
    status: entry.code,
    class: entry.class ?? null,
    dpd: entry.dpd,
    outstanding: formatMoney(entry.outstanding, decimals),
    pastDue: formatMoney(entry.pastDue, decimals),
    special: row.special,
    disputed: row.disputed,
  };
};

/** One JSON object a line: a header, accounts, corrections, deletions, and a trailer with the control totals. */
export const jsonlFormat: ReportFormat = {
  name: "jsonl",
  head: (meta) => line({ record: "header", format: "arrears-bureau/1", ...headOf(meta) }),
  account: (row) => line(accountJson(row)),
  correction: (row) => line({ record: "correction", ...row }),
  deletion: (row) => line({ record: "delete", ...row }),
  tail: (totals, bodySha256) => line({ record: "trailer", ...totals, bodySha256 }),
  read: (text) => {
    const lines = text.split("\n").filter((one) => one !== "");
    const count = new TotalsCount();
    let said: (ControlTotals & { bodySha256: string }) | undefined;
    for (const one of lines) {
      const record = JSON.parse(one) as Record<string, never>;
      if (record.record === ("account" as never)) countAccount(count, record);
      else if (record.record === ("correction" as never)) count.corrections += 1;
      else if (record.record === ("delete" as never)) count.deletions += 1;
      else if (record.record === ("trailer" as never)) {
        const { record: _, ...rest } = record;
        said = rest as never;
      }
    }
    if (!said) throw new Error("the file has no trailer: it is not whole");
    const { bodySha256, ...totals } = said;
    return {
      counted: count.totals(),
      said: totals,
      body: text.slice(0, text.lastIndexOf(lines.at(-1)!)),
      bodySha256,
    };
  },
};

const headOf = ({ lender, lenderName, report, month, asOf, madeAt, madeBy, pack }: ReportMeta) => ({
  lender,
  lenderName,
  report,
  month,
  asOf: formatDay(asOf),
  madeAt,
  madeBy,
  pack,
});

function countAccount(count: TotalsCount, record: Readonly<Record<string, string | boolean>>): void {
  const { currency, status, outstanding, pastDue, disputed } = record;
  const decimals = String(outstanding).split(".")[1]?.length ?? 0;
  const minor = (text: unknown): number => Number(String(text).replace(".", ""));
  count.account(
    String(currency),
    decimals,
    String(status),
    minor(outstanding),
    minor(pastDue),
    disputed === true || disputed === "true",
  );
}

// --- CSV ------------------------------------------------------------------------------------------------------------------

const COLUMNS = [
  "record",
  "loan",
  "borrower",
  "name",
  "opened",
  "currency",
  "principal",
  "status",
  "class",
  "dpd",
  "outstanding",
  "past_due",
  "special",
  "disputed",
  "month",
  "of_report",
  "was",
  "reason",
  "value",
] as const;
type Column = (typeof COLUMNS)[number];

const csvCell = (text: string): string => {
  const safe = /^[=+@\t]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const csvRow = (cells: Partial<Record<Column, string>>): string =>
  `${COLUMNS.map((column) => csvCell(cells[column] ?? "")).join(",")}\n`;

/** The same as a table: the first column says what a row is; header and trailer are JSON in the last. */
export const csvFormat: ReportFormat = {
  name: "csv",
  head: (meta) =>
    `${COLUMNS.join(",")}\n${csvRow({ record: "header", value: JSON.stringify(headOf(meta)) })}`,
  account: (row) => {
    const { pastDue, special, disputed, dpd, class: least, name, ...rest } = accountJson(row);
    return csvRow({
      ...rest,
      name: name ?? "",
      class: least ?? "",
      dpd: String(dpd),
      past_due: pastDue,
      special: special.join(" "),
      disputed: String(disputed),
    });
  },
  correction: ({ loan, borrower, month, of, was, now, reason, id }) =>
    csvRow({
      record: "correction",
      loan,
      borrower,
      status: now,
      month,
      of_report: of === null ? "" : String(of),
      was,
      reason,
      value: id,
    }),
  deletion: ({ loan, borrower, months, reason, id }) =>
    csvRow({
      record: "delete",
      loan,
      borrower,
      month: months.map(({ month }) => month).join(" "),
      of_report: months.map(({ of }) => of ?? "").join(" "),
      reason,
      value: id,
    }),
  tail: (totals, bodySha256) =>
    csvRow({ record: "trailer", value: JSON.stringify({ ...totals, bodySha256 }) }),
  read: (text) => {
    const rows = csvRows(text);
    const count = new TotalsCount();
    let said: (ControlTotals & { bodySha256: string }) | undefined;
    for (const row of rows.slice(1)) {
      const cell = (column: Column): string => row[COLUMNS.indexOf(column)] ?? "";
      const record = cell("record");
      if (record === "account")
        countAccount(count, {
          currency: cell("currency"),
          status: cell("status"),
          outstanding: cell("outstanding"),
          pastDue: cell("past_due"),
          disputed: cell("disputed"),
        });
      else if (record === "correction") count.corrections += 1;
      else if (record === "delete") count.deletions += 1;
      else if (record === "trailer") said = JSON.parse(cell("value"));
    }
    if (!said) throw new Error("the file has no trailer: it is not whole");
    const { bodySha256, ...totals } = said;
    return {
      counted: count.totals(),
      said: totals,
      body: text.slice(0, text.lastIndexOf("\ntrailer,") + 1),
      bodySha256,
    };
  },
};

/** Rows and cells of a file that `csvRow` wrote. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const at = text[i]!;
    if (quoted) {
      if (at !== '"') cell += at;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (at === '"') quoted = true;
    else if (at === ",") {
      row.push(cell);
      cell = "";
    } else if (at === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += at;
  }
  return rows;
}
