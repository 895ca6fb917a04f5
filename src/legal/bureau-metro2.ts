import { addDays, type Day, type Minor, ymd, ZERO } from "../core/index.ts";
import type { AccountRow, ReportFormat, ReportMeta } from "./bureau-file.ts";
import { TotalsCount } from "./bureau-file.ts";
import type { MonthEntry } from "./bureau-month.ts";

/**
 * Metro 2, the form in which lenders in the United States report: a header, one base segment a consumer, a trailer, each 426 characters.
 *
 * Positions are those that the Consumer Financial Protection Bureau publishes in its own reader (cfpb/Metro2,
 * django/parse_m2/fields.py), which agree with a second public reader. What codes mean is told by vendors' public guides only; the manual
 * belongs to its publisher, was not read and is not copied. docs/reference/bureau-file.md says field by field what is filled and what is not.
 */
export const METRO2_LENGTH = 426;

type Field = readonly [from: number, to: number];

/** First and last position, counted from 1. */
export const BASE_SEGMENT = {
  recordDescriptor: [1, 4],
  processingIndicator: [5, 5],
  timeStamp: [6, 19],
  identificationNumber: [21, 40],
  consumerAccountNumber: [43, 72],
  portfolioType: [73, 73],
  accountType: [74, 75],
  dateOpened: [76, 83],
  creditLimit: [84, 92],
  highestCredit: [93, 101],
  termsDuration: [102, 104],
  termsFrequency: [105, 105],
  scheduledPayment: [106, 114],
  actualPayment: [115, 123],
  accountStatus: [124, 125],
  paymentRating: [126, 126],
  paymentHistory: [127, 150],
  specialComment: [151, 152],
  complianceCondition: [153, 154],
  currentBalance: [155, 163],
  amountPastDue: [164, 172],
  originalChargeOff: [173, 181],
  dateOfAccountInformation: [182, 189],
  dateOfFirstDelinquency: [190, 197],
  dateClosed: [198, 205],
  dateOfLastPayment: [206, 213],
  surname: [232, 256],
  firstName: [257, 276],
  socialSecurityNumber: [298, 306],
  dateOfBirth: [307, 314],
  telephone: [315, 324],
  ecoa: [325, 325],
  country: [328, 329],
  addressLine1: [330, 361],
} as const satisfies Record<string, Field>;

const HEADER = {
  recordDescriptor: [1, 4],
  recordIdentifier: [5, 10],
  activityDate: [48, 55],
  dateCreated: [56, 63],
  reporterName: [80, 119],
  softwareVendor: [226, 265],
} as const satisfies Record<string, Field>;

const TRAILER = {
  recordDescriptor: [1, 4],
  recordIdentifier: [5, 11],
  totalBaseRecords: [12, 20],
  blockCount: [57, 65],
} as const satisfies Record<string, Field>;

/** Where the trailer counts the records of each account status. */
const STATUS_TOTALS: Readonly<Record<string, Field>> = {
  DA: [66, 74],
  "05": [75, 83],
  "11": [84, 92],
  "13": [93, 101],
  "71": [147, 155],
  "78": [156, 164],
  "80": [165, 173],
  "82": [174, 182],
  "83": [183, 191],
  "84": [192, 200],
  "97": [255, 263],
};

// --- codes ----------------------------------------------------------------------------------------------------------------

/** Delinquent only from thirty days on; beyond, by steps of thirty. */
export function accountStatus(entry: MonthEntry, chargedOff: boolean): string {
  if (entry.code === "C") return "13";
  if (entry.code === "G") return entry.special.includes("assigned") ? "05" : "DA";
  if (chargedOff) return "97";
  const { dpd } = entry;
  if (dpd < 30) return "11";
  if (dpd < 60) return "71";
  if (dpd < 90) return "78";
  if (dpd < 120) return "80";
  if (dpd < 150) return "82";
  return dpd < 180 ? "83" : "84";
}

/** A month of the history: 0 current, 1 to 6 by steps of thirty days, L charged off, B nothing was reported. */
export function historyCode(entry: MonthEntry | undefined): string {
  if (!entry || entry.code === "#") return "B";
  if (entry.code === "B") return "L";
  return String(Math.min(6, Math.floor(entry.dpd / 30)));
}

/** The day of the first missed payment of the arrears that last; none while fewer than thirty days are behind. */
export function firstDelinquency(
  { dpd, dueAge }: MonthEntry,
  chargedOff: boolean,
  asOf: Day,
): Day | undefined {
  return dpd >= 30 || (chargedOff && dueAge > 0) ? addDays(asOf, -dueAge) : undefined;
}

// --- fields ---------------------------------------------------------------------------------------------------------------

class Line {
  readonly #cells: string[] = Array(METRO2_LENGTH).fill(" ");

  text([from, to]: Field, value: string | null | undefined): this {
    // Fields hold capital letters of the plain alphabet; what is none of them becomes a space.
    const plain = (value ?? "").toUpperCase().replace(/[^A-Z0-9 .,'&#/-]/g, " ");
    return this.#put(from, plain.slice(0, to - from + 1).padEnd(to - from + 1));
  }

  number([from, to]: Field, value: number): this {
    const size = to - from + 1;
    const most = 10 ** size - 1;
    return this.#put(from, String(Math.min(most, Math.max(0, Math.floor(value)))).padStart(size, "0"));
  }

  date(field: Field, on: Day | undefined): this {
    if (on === undefined) return this.number(field, 0);
    const { year, month, day } = ymd(on);
    return this.#put(
      field[0],
      `${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}${String(year).padStart(4, "0")}`,
    );
  }

  finish(): string {
    return `${this.#cells.join("")}\n`;
  }

  #put(from: number, value: string): this {
    for (let i = 0; i < value.length; i++) this.#cells[from - 1 + i] = value[i]!;
    return this;
  }
}

/** Whole units of the currency, cents cut off. */
const whole = (amount: Minor | number, decimals: number): number => Math.floor(amount / 10 ** decimals);

/** A book holds a name in one piece: the last word is taken for the surname. */
function nameOf(name: string | null): { readonly first: string; readonly last: string } {
  const words = (name ?? "").trim().split(/\s+/);
  return { first: words.slice(0, -1).join(" "), last: words.at(-1) ?? "" };
}

function baseSegment(row: AccountRow, { asOf, madeOn, lender }: ReportMeta): string {
  const { entry, decimals, chargedOff } = row;
  const status = accountStatus(entry, chargedOff);
  const name = nameOf(row.name);
  const over = status === "13" || status === "05" || status === "DA";
  const F = BASE_SEGMENT;
  return (
    new Line()
      .number(F.recordDescriptor, METRO2_LENGTH)
      .number(F.processingIndicator, 1)
      .date([6, 13], madeOn)
      .number([14, 19], 0)
      .text(F.identificationNumber, lender)
      .text(F.consumerAccountNumber, row.loan)
      .text(F.portfolioType, "I")
      .text(F.accountType, "01")
      .date(F.dateOpened, row.openedOn)
      .number(F.creditLimit, 0)
      .number(F.highestCredit, whole(row.principal, decimals))
      .number(F.termsDuration, row.installments)
      .text(F.termsFrequency, "M")
      .number(F.scheduledPayment, 0)
      .number(F.actualPayment, 0)
      .text(F.accountStatus, status)
      // With a closed account goes how it stood before: the book tells of one that is paid.
      .text(F.paymentRating, status === "13" ? "0" : "")
      .text(F.paymentHistory, row.history.slice(0, 24).map(historyCode).join("").padEnd(24, "B"))
      .text(F.complianceCondition, row.disputed ? "XB" : "")
      .number(F.currentBalance, over ? 0 : whole(entry.outstanding, decimals))
      .number(F.amountPastDue, over ? 0 : whole(entry.pastDue, decimals))
      .number(F.originalChargeOff, chargedOff ? whole(entry.outstanding, decimals) : ZERO)
      .date(F.dateOfAccountInformation, asOf)
      .date(F.dateOfFirstDelinquency, over ? undefined : firstDelinquency(entry, chargedOff, asOf))
      .date(F.dateClosed, over ? (row.closedOn ?? asOf) : undefined)
      .number(F.dateOfLastPayment, 0)
      .text(F.surname, name.last)
      .text(F.firstName, name.first)
      .number(F.socialSecurityNumber, 0)
      .number(F.dateOfBirth, 0)
      .number(F.telephone, Number((row.phone ?? "").replace(/\D/g, "").slice(-10) || 0))
      .text(F.ecoa, "1")
      .text(F.country, "US")
      .text(F.addressLine1, row.address)
      .finish()
  );
}

const statusTotals = new WeakMap<ReportFormat, Map<string, number>>();

/** A writer of one file: it counts the statuses that its trailer tells. */
export function metro2Format(): ReportFormat {
  const format: ReportFormat = {
    name: "metro2",
    head: ({ lenderName, asOf, madeOn }) =>
      new Line()
        .number(HEADER.recordDescriptor, METRO2_LENGTH)
        .text(HEADER.recordIdentifier, "HEADER")
        .date(HEADER.activityDate, asOf)
        .date(HEADER.dateCreated, madeOn)
        .text(HEADER.reporterName, lenderName)
        .text(HEADER.softwareVendor, "ARREARS")
        .finish(),
    account: (row, meta) => {
      const counts = statusTotals.get(format)!;
      const status = accountStatus(row.entry, row.chargedOff);
      counts.set(status, (counts.get(status) ?? 0) + 1);
      return baseSegment(row, meta);
    },
    // A change is told by the loan's own segment of the next month; a file has no record of its own for it.
    correction: () => "",
    deletion: () => "",
    tail: (totals) => {
      const counts = statusTotals.get(format)!;
      const line = new Line()
        .number([1, METRO2_LENGTH], 0)
        .number(TRAILER.recordDescriptor, METRO2_LENGTH)
        .text(TRAILER.recordIdentifier, "TRAILER")
        .number(TRAILER.totalBaseRecords, totals.accounts)
        .text([21, 29], "")
        .number(TRAILER.blockCount, totals.accounts + 2)
        .text([408, 426], "");
      for (const [status, count] of counts) line.number(STATUS_TOTALS[status]!, count);
      return line.finish();
    },
    read: (text) => {
      const lines = text.split("\n").filter((one) => one !== "");
      const wrong = lines.findIndex((one) => one.length !== METRO2_LENGTH);
      if (wrong >= 0)
        throw new Error(
          `line ${wrong + 1} has ${lines[wrong]!.length} characters, expected ${METRO2_LENGTH}`,
        );
      const at = (one: string, [from, to]: Field): string => one.slice(from - 1, to);
      const trailer = lines.at(-1)!;
      if (at(trailer, TRAILER.recordIdentifier) !== "TRAILER")
        throw new Error("the file has no trailer: it is not whole");
      const count = new TotalsCount();
      const said = new TotalsCount();
      for (const one of lines.slice(1, -1))
        count.account(
          "USD",
          0,
          at(one, BASE_SEGMENT.accountStatus),
          0,
          0,
          at(one, BASE_SEGMENT.complianceCondition) === "XB",
        );
      for (const [status, field] of Object.entries(STATUS_TOTALS))
        for (let i = 0; i < Number(at(trailer, field)); i++) said.account("USD", 0, status, 0, 0, false);
      const total = Number(at(trailer, TRAILER.totalBaseRecords));
      return {
        counted: { ...count.totals(), disputed: 0 },
        said: { ...said.totals(), accounts: total },
      };
    },
  };
  statusTotals.set(format, new Map());
  return format;
}
