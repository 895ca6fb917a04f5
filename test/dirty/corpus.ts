import { gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import type { IntakeKind, IntakeRecord } from "../../src/intake/index.ts";

/** A file as it should not be, and exactly what must be said of it. */
export interface DirtyFile {
  readonly name: string;
  readonly kind: IntakeKind;
  readonly bytes: Buffer;
  readonly map: string;
  readonly good: number;
  /** Line and code of each bad row, in order. */
  readonly bad: readonly (readonly [line: number, code: string])[];
  /** Codes of what is wrong with the file as a whole. */
  readonly refusals: readonly string[];
  readonly blank: number;
  /** What must be true of the good records. */
  readonly records?: (records: readonly IntakeRecord[]) => boolean;
}

type Told = Partial<Omit<DirtyFile, "name" | "kind" | "bytes" | "map">>;

export const PAYMENTS_MAP = `
map: dirty-payments
kind: payments
lender: { code: demo }
currency: CNY
columns: { loan_id: loan, payment_id: id, amount: amount, value_on: date }
`;

const UNNUMBERED_MAP = PAYMENTS_MAP.replace(" payment_id: id,", "");

export const LOANS_MAP = `
map: dirty-loans
kind: loans
lender: { code: demo, name: Demo, zone: Asia/Shanghai, pack: cn }
products:
  a:
    source: kept
    currency: CNY
    method: equal-installment
    every: { months: 1 }
    rate_per: day
    day_count: ACT/360
    interest: daily
    strategy: standard
columns:
  loan_id: loan
  borrower_id: borrower
  product: product
  principal: principal
  rate_percent: rate
  disbursed_on: paid_out
  first_due_on: first_due
  installments: n
  name: name
  phone: phone
  email: email
  zone: zone
  hold: hold
`;

export const BALANCES_MAP = `
map: dirty-balances
kind: balances
lender: { code: demo }
currency: CNY
columns: { loan_id: loan, as_of: day, status: status, outstanding: left, arrears: arrears, due_on: due }
`;

const PAYMENTS_HEADER = "loan,id,amount,date";
const LOANS_HEADER = "loan,borrower,product,principal,rate,paid_out,first_due,n,name,phone,email,zone,hold";
const BALANCES_HEADER = "loan,day,status,left,arrears,due";

const text = (lines: readonly string[], end = "\n"): string => lines.map((line) => line + end).join("");
const withFormats = (map: string, formats: string): string => `${map}formats: { ${formats} }\n`;

function file(name: string, kind: IntakeKind, map: string, bytes: Buffer | string, told: Told): DirtyFile {
  return {
    name,
    kind,
    map,
    bytes: typeof bytes === "string" ? Buffer.from(bytes) : bytes,
    good: 0,
    bad: [],
    refusals: [],
    blank: 0,
    ...told,
  };
}

const payments = (name: string, bytes: Buffer | string, told: Told, map = PAYMENTS_MAP): DirtyFile =>
  file(name, "payments", map, bytes, told);

const GOOD = (n: number): string => `L${n},P${n},${n}.50,2026-01-0${n}`;
const THREE = [PAYMENTS_HEADER, GOOD(1), GOOD(2), GOOD(3)];

/** One row in question between two good ones: it is taken, or it is bad with this code, and its neighbours are safe. */
function paymentRow(name: string, row: string, code?: string, map = PAYMENTS_MAP, header = PAYMENTS_HEADER) {
  return payments(
    name,
    text([header, GOOD(1), row, GOOD(3)]),
    code === undefined ? { good: 3 } : { good: 2, bad: [[3, code]] },
    map,
  );
}

const amountRow = (name: string, amount: string, code?: string, minor?: number, formats?: string) => {
  const map = formats === undefined ? PAYMENTS_MAP : withFormats(PAYMENTS_MAP, formats);
  const made = payments(
    `amount: ${name}`,
    text([PAYMENTS_HEADER, `L2,P2,"${amount}",2026-01-02`]),
    code === undefined ? { good: 1 } : { bad: [[2, code]] },
    map,
  );
  return minor === undefined
    ? made
    : {
        ...made,
        records: ([one]: readonly IntakeRecord[]) => one?.kind === "payment" && one.amount === minor,
      };
};

const dateRow = (name: string, date: string, code?: string, formats = 'date: "yyyy-MM-dd"') =>
  payments(
    `date: ${name}`,
    text([PAYMENTS_HEADER, `L2,P2,2.00,${date}`, "L3,P3,3.00,x"]),
    code === undefined
      ? { good: 1, bad: [[3, "bad-date"]] }
      : {
          bad: [
            [2, code],
            [3, "bad-date"],
          ],
        },
    withFormats(PAYMENTS_MAP, formats),
  );

const idRow = (name: string, id: string, code?: string) => {
  const made = payments(
    `id: ${name}`,
    text([PAYMENTS_HEADER, `${id},P2,2.00,2026-01-02`]),
    code === undefined ? { good: 1 } : { bad: [[2, code]] },
  );
  return code === undefined
    ? { ...made, records: ([one]: readonly IntakeRecord[]) => one?.loanId === id.trim() }
    : made;
};

const GOOD_LOAN = {
  loan: "L1",
  borrower: "B1",
  product: "a",
  principal: "1000.00",
  rate: "0.05",
  paid_out: "2026-01-31",
  first_due: "",
  n: "12",
  name: "Ann",
  phone: "13800000000",
  email: "a@example.com",
  zone: "",
  hold: "",
};

const loanLine = (change: Partial<typeof GOOD_LOAN>): string =>
  Object.values({ ...GOOD_LOAN, ...change }).join(",");

function loanRow(name: string, change: Partial<typeof GOOD_LOAN>, code?: string): DirtyFile {
  return file(
    `loan: ${name}`,
    "loans",
    LOANS_MAP,
    text([LOANS_HEADER, loanLine(change), loanLine({ loan: "L9" })]),
    code === undefined ? { good: 2 } : { good: 1, bad: [[2, code]] },
  );
}

function balanceRow(name: string, row: string, code?: string): DirtyFile {
  return file(
    `balance: ${name}`,
    "balances",
    BALANCES_MAP,
    text([BALANCES_HEADER, row, "L9,2026-01-31,open,0.00,,"]),
    code === undefined ? { good: 2 } : { good: 1, bad: [[2, code]] },
  );
}

const CHINESE = [LOANS_HEADER, loanLine({ name: "张伟" }), loanLine({ loan: "L2", name: "欧阳娜娜" })];
const namesRead = (records: readonly IntakeRecord[]): boolean =>
  records.map((record) => (record.kind === "loan" ? record.borrower.name : "")).join() === "张伟,欧阳娜娜";

function encodings(): DirtyFile[] {
  const files: DirtyFile[] = [];
  const ends = { LF: "\n", CRLF: "\r\n", CR: "\r" };
  for (const encoding of ["utf8", "utf-16le", "utf-16be", "gb18030", "gbk"]) {
    for (const [endName, end] of Object.entries(ends)) {
      for (const mark of encoding.startsWith("utf") ? [true, false] : [false]) {
        const bytes = iconv.encode(text(CHINESE, end), encoding, { addBOM: mark });
        const name = `${encoding} ${mark ? "with" : "without"} byte-order mark, ${endName}`;
        files.push(file(name, "loans", LOANS_MAP, bytes, { good: 2, records: namesRead }));
      }
    }
  }
  files.push(
    file(
      "gb18030 with its byte-order mark",
      "loans",
      LOANS_MAP,
      iconv.encode(text(CHINESE), "gb18030", { addBOM: true }),
      { good: 2, records: namesRead },
    ),
    file(
      "GBK declared by the map",
      "loans",
      withFormats(LOANS_MAP, "encoding: gbk"),
      iconv.encode(text(CHINESE), "gbk"),
      { good: 2, records: namesRead },
    ),
    file(
      "UTF-8 declared, GBK found",
      "loans",
      withFormats(LOANS_MAP, "encoding: utf-8"),
      iconv.encode(text(CHINESE), "gbk"),
      {
        bad: [
          [2, "bad-encoding"],
          [3, "bad-encoding"],
        ],
      },
    ),
    file(
      "names beyond GBK in GB18030",
      "loans",
      LOANS_MAP,
      iconv.encode(text([LOANS_HEADER, loanLine({ name: "𠮷野㐂" })]), "gb18030"),
      {
        good: 1,
        records: ([one]) => one?.kind === "loan" && one.borrower.name === "𠮷野㐂",
      },
    ),
    payments(
      "invalid UTF-8 in one row of a UTF-8 file",
      Buffer.concat([
        Buffer.from(text([PAYMENTS_HEADER, "贷1,P1,1.00,2026-01-01", "贷2,P2,1.00,2026-01-01"])),
        Buffer.from([0x4c, 0xff, 0xfe]),
        Buffer.from(",P3,1.00,2026-01-01\nL4,P4,1.00,2026-01-01\n"),
      ]),
      { good: 3, bad: [[4, "bad-encoding"]] },
    ),
    payments(
      "GBK after 300 KB of plain text",
      Buffer.concat([
        Buffer.from(text([PAYMENTS_HEADER, ...manyRows(14_000)])),
        iconv.encode("贷款,P9,1.00,2026-01-01\n", "gbk"),
        Buffer.from("L,Q,1.00,2026-01-01\n"),
      ]),
      { good: 14_001, bad: [[14_002, "bad-encoding"]] },
    ),
    payments(
      "UTF-8 cut off in the middle of the last character",
      Buffer.from(`${text([PAYMENTS_HEADER, GOOD(1)])}L2,P2,2.00,2026-01-02年`).subarray(0, -1),
      { good: 1, bad: [[3, "bad-encoding"]] },
    ),
    payments("a byte-order mark and nothing else", Buffer.from([0xef, 0xbb, 0xbf]), {
      refusals: ["empty-file"],
    }),
    payments(
      "an overlong form of a slash",
      Buffer.concat([
        Buffer.from(text([PAYMENTS_HEADER, "贷款,P1,1.00,2026-01-01"])),
        Buffer.from([0xc0, 0xaf]),
        Buffer.from(",P2,1.00,2026-01-01\n"),
      ]),
      { good: 1, bad: [[3, "bad-encoding"]] },
    ),
    payments(
      "UTF-16 with half a surrogate pair",
      Buffer.from(`\uFEFF${text([PAYMENTS_HEADER, GOOD(1), "L\uD800,P2,2.00,2026-01-02"])}`, "utf16le"),
      { good: 1, bad: [[3, "bad-id"]] },
    ),
  );
  return files;
}

function manyRows(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `L${i},M${i},1.00,2026-01-01`);
}

function layout(): DirtyFile[] {
  return [
    payments(
      "line ends of all three kinds in one file",
      `${PAYMENTS_HEADER}\r\n${GOOD(1)}\n${GOOD(2)}\r${GOOD(3)}\r\nL4,P4,x,2026-01-01\r`,
      { good: 3, bad: [[5, "not-a-number"]] },
    ),
    payments("no end on the last line", text(THREE).trimEnd(), { good: 3 }),
    payments("blank lines between", text([PAYMENTS_HEADER, "", GOOD(1), "   ", GOOD(2), "", ""]), {
      good: 2,
      blank: 4,
    }),
    payments("blank lines before the header", `\n\n${text([...THREE, "L,P,x,2026-01-01"])}`, {
      good: 3,
      bad: [[7, "not-a-number"]],
    }),
    payments("rows of delimiters only", text([...THREE, ",,,", " , , , "]), { good: 3, blank: 2 }),
    payments("a delimiter at the end of each line", text(THREE.map((line) => `${line},`)), { good: 3 }),
    payments(
      "a delimiter at the end of rows but not of the header",
      text([PAYMENTS_HEADER, `${GOOD(1)},`, GOOD(2)]),
      { good: 2 },
    ),
    payments("a row with too few columns", text([PAYMENTS_HEADER, GOOD(1), "L2,P2,2.00", GOOD(3)]), {
      good: 2,
      bad: [[3, "wrong-column-count"]],
    }),
    payments("a row with too many columns", text([PAYMENTS_HEADER, GOOD(1), `${GOOD(2)},x`, GOOD(3)]), {
      good: 2,
      bad: [[3, "wrong-column-count"]],
    }),
    payments(
      "thousands without quotes break the columns",
      text([PAYMENTS_HEADER, "L1,P1,1,000.00,2026-01-01", GOOD(2)]),
      { good: 1, bad: [[2, "wrong-column-count"]] },
    ),
    payments("the last row cut short", `${text(THREE)}L4,P4,4.0`, {
      good: 3,
      bad: [[5, "wrong-column-count"]],
    }),
    payments("the last row cut in its date", `${text(THREE)}L4,P4,4.00,2026-0`, {
      good: 3,
      bad: [[5, "bad-date"]],
    }),
    payments("an empty file", "", { refusals: ["empty-file"] }),
    payments("a file of blank lines", "\n\r\n  \n", { refusals: ["empty-file"] }),
    payments("a header and no rows", text([PAYMENTS_HEADER]), { good: 0 }),
    payments("no header", text([GOOD(1), GOOD(2)]), {
      refusals: ["missing-column", "missing-column", "missing-column", "missing-column"],
    }),
    payments(
      "no header, as the map says",
      text([GOOD(1), GOOD(2)]),
      { good: 2 },
      withFormats(
        PAYMENTS_MAP.replace(
          "loan_id: loan, payment_id: id, amount: amount, value_on: date",
          "loan_id: 1, payment_id: 2, amount: 3, value_on: 4",
        ),
        "header: false",
      ),
    ),
    payments(
      "the header repeated in the middle",
      text([PAYMENTS_HEADER, GOOD(1), PAYMENTS_HEADER, GOOD(2)]),
      { good: 2, bad: [[3, "not-a-number"]] },
    ),
    payments("a column named twice", text(["loan,id,amount,amount,date", "L1,P1,1.00,2.00,2026-01-01"]), {
      refusals: ["duplicate-header"],
    }),
    payments("a column missing", text(["loan,id,amount", "L1,P1,1.00"]), { refusals: ["missing-column"] }),
    payments("a column misspelt", text(["loan,id,amuont,date", "L1,P1,1.00,2026-01-01"]), {
      refusals: ["missing-column"],
    }),
    payments(
      "columns that nobody asked for",
      text(["loan,id,amount,date,x,y", "L1,P1,1.00,2026-01-01,=1+1,z"]),
      { good: 1 },
    ),
    payments(
      "columns in another order, spaces around their names",
      text([" date , amount ,id, loan", "2026-01-01,1.00,P1,L1"]),
      { good: 1 },
    ),
    payments("tabs", text(THREE).replaceAll(",", "\t"), { good: 3 }),
    payments("semicolons", text(THREE).replaceAll(",", ";"), { good: 3 }),
    payments("pipes", text(THREE).replaceAll(",", "|"), { good: 3 }),
    payments(
      "semicolons in a file of commas",
      text([PAYMENTS_HEADER, GOOD(1), GOOD(2).replaceAll(",", ";"), GOOD(3)]),
      { good: 2, bad: [[3, "wrong-column-count"]] },
    ),
    payments(
      "semicolons and decimal commas",
      text(["loan;id;amount;date", "L1;P1;1.234,50;2026-01-01"]),
      { good: 1, records: ([one]) => one?.kind === "payment" && one.amount === 123_450 },
      withFormats(PAYMENTS_MAP, 'decimal: ","'),
    ),
    payments(
      "all values quoted",
      text(
        THREE.map((line) =>
          line
            .split(",")
            .map((cell) => `"${cell}"`)
            .join(","),
        ),
      ),
      { good: 3 },
    ),
    payments(
      "line ends inside quotes",
      text([PAYMENTS_HEADER, '"L1",P1,1.00,2026-01-01']) +
        'L2,P2,"2.00\n",2026-01-02\nL3,P3,"x\r\n\r\ny",2026-01-03\nL4,P4,x,2026-01-04\n',
      {
        good: 2,
        bad: [
          [5, "not-a-number"],
          [8, "not-a-number"],
        ],
      },
    ),
    payments(
      "an unclosed quote in the middle",
      text([PAYMENTS_HEADER, GOOD(1), 'L2,"P2,2.00,2026-01-02', GOOD(3)]),
      { good: 2, bad: [[3, "unclosed-quote"]] },
    ),
    payments(
      "an unclosed quote before rows with quotes",
      text([PAYMENTS_HEADER, 'L1,"P1,1.00,2026-01-01', '"L2",P2,2.00,2026-01-02', GOOD(3)]),
      { good: 2, bad: [[2, "bad-quote"]] },
    ),
    payments("an unclosed quote in the last row", `${text([PAYMENTS_HEADER, GOOD(1)])}L2,P2,"2.00`, {
      good: 1,
      bad: [[3, "unclosed-quote"]],
    }),
    paymentRow("a quote inside a value", 'L"2,P2,2.00,2026-01-02', "bad-quote"),
    paymentRow("text after a closing quote", '"L2"x,P2,2.00,2026-01-02', "bad-quote"),
    paymentRow("doubled quotes inside quotes", '"L""2",P2,2.00,2026-01-02'),
    paymentRow("a delimiter inside quotes", '"L,2",P2,2.00,2026-01-02'),
    paymentRow("a NUL", "L\u00002,P2,2.00,2026-01-02", "nul-byte"),
    paymentRow(
      "a value of one million characters",
      `${"x".repeat(1_000_000)},P2,2.00,2026-01-02`,
      "row-too-long",
    ),
    paymentRow(
      "a quoted value of one million characters",
      `"${"x".repeat(1_100_000)}",P2,2.00,2026-01-02`,
      "row-too-long",
    ),
    paymentRow("a line of five million characters", "y,".repeat(2_500_000), "row-too-long"),
    paymentRow(
      "a value of half a million characters",
      `${"x".repeat(500_000)},P2,2.00,2026-01-02`,
      "id-too-long",
    ),
    paymentRow(
      "an unclosed quote before two megabytes without one",
      'L2,"P2,2.00,2026-01-02',
      "unclosed-quote",
    ),
    payments(
      "an unclosed quote and then 60,000 rows",
      text([PAYMENTS_HEADER, 'L1,"P1,1.00,2026-01-01', ...manyRows(60_000)]),
      { good: 60_000, bad: [[2, "unclosed-quote"]] },
    ),
    payments(
      "thousands of columns",
      text([
        `${PAYMENTS_HEADER},${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(",")}`,
        `${GOOD(1)}${",x".repeat(5000)}`,
        `${GOOD(2)}${",x".repeat(4999)}`,
      ]),
      { good: 1, bad: [[3, "wrong-column-count"]] },
    ),
    payments(
      "random bytes",
      Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) & 255)),
      { refusals: ["bad-header"] },
    ),
  ];
}

function archives(): DirtyFile[] {
  const whole = text([PAYMENTS_HEADER, ...manyRows(20_000)]);
  const packed = gzipSync(whole);
  const damaged = Buffer.from(packed);
  damaged.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
  return [
    payments("gzip", packed, { good: 20_000 }),
    payments(
      "gzip of GBK",
      gzipSync(iconv.encode(text([PAYMENTS_HEADER, "贷款一号,P1,1.00,2026-01-01"]), "gbk")),
      { good: 1, records: ([one]) => one?.loanId === "贷款一号" },
    ),
    payments(
      "two gzip files one after the other",
      Buffer.concat([gzipSync(text(THREE)), gzipSync("L4,P4,4.00,2026-01-04\n")]),
      { good: 4 },
    ),
    payments("gzip cut short", packed.subarray(0, packed.length - 9), {
      good: -1,
      refusals: ["gzip-cut-short"],
    }),
    payments("gzip cut after its header", packed.subarray(0, 10), { refusals: ["gzip-cut-short"] }),
    payments("gzip damaged in the middle", damaged, { good: -1, refusals: ["gzip-damaged"] }),
    payments("gzip of nothing", gzipSync(""), { refusals: ["empty-file"] }),
    payments("a zip archive under the wrong name", Buffer.from("504b0304140000000800", "hex"), {
      refusals: ["bad-header"],
    }),
  ];
}

function values(): DirtyFile[] {
  return [
    amountRow("zero", "0", "zero"),
    amountRow("zero with decimals", "0.00", "zero"),
    amountRow("negative", "-5.00", "negative"),
    amountRow("negative zero", "-0.00", "zero"),
    amountRow("1e308", "1e308", "not-a-number"),
    amountRow("1E3", "1E3", "not-a-number"),
    amountRow("NaN", "NaN", "not-a-number"),
    amountRow("Infinity", "Infinity", "not-a-number"),
    amountRow("hexadecimal", "0x10", "not-a-number"),
    amountRow("three decimals", "1.234", "too-many-decimals"),
    amountRow("three decimals, the last one zero", "1.230", undefined, 123),
    amountRow("many zeros after the point", "1.2300000000", undefined, 123),
    amountRow("no digits before the point", ".5", undefined, 50),
    amountRow("nothing after the point", "5.", undefined, 500),
    amountRow("a point alone", ".", "not-a-number"),
    amountRow("a plus sign", "+5.00", undefined, 500),
    amountRow("two points", "1.2.3", "not-a-number"),
    amountRow("thousands", "1,234,567.89", undefined, 123_456_789),
    amountRow("thousands without decimals", "1,000", undefined, 100_000),
    amountRow("thousands in groups of two", "12,34.00", "bad-grouping"),
    amountRow("thousands after the point", "1.000,00", "bad-grouping"),
    amountRow("a thousands sign at the end", "1000,", "bad-grouping"),
    amountRow("thousands where the map has none", "1,000", "not-a-number", undefined, "thousands: none"),
    amountRow("a decimal comma", "1.234,56", undefined, 123_456, 'decimal: ","'),
    amountRow("full-width digits", "１２３．４５", undefined, 12_345),
    amountRow("full-width digits and thousands", "１，２３４．５０", undefined, 123_450),
    amountRow("an Arabic-Indic digit", "١٢", "not-a-number"),
    amountRow("a currency sign", "¥100.00", "not-a-number"),
    amountRow("Chinese numerals", "一百元", "not-a-number"),
    amountRow("accounting brackets", "(5.00)", "not-a-number"),
    amountRow("a minus sign of typography", "−5.00", "negative"),
    amountRow("a trailing minus", "5.00-", "not-a-number"),
    amountRow("beyond nine quadrillion", "99999999999999999999.00", "too-large"),
    amountRow("seventeen digits", "90071992547409.93", "too-large"),
    amountRow("spaces around", "  5.00  ", undefined, 500),
    amountRow("spaces inside", "5 000.00", "not-a-number"),
    amountRow("empty", "", "missing-value"),
    amountRow("a word", "n/a", "not-a-number"),
    amountRow("a formula", "=1+1", "not-a-number"),
    amountRow("ten thousand digits", "9".repeat(10_000), "too-large"),
    dateRow("29 February of a leap year", "2028-02-29"),
    dateRow("29 February of a common year", "2026-02-29", "impossible-date"),
    dateRow("29 February 1900", "1900-02-29", "impossible-date"),
    dateRow("31 April", "2026-04-31", "impossible-date"),
    dateRow("month 13", "2026-13-01", "impossible-date"),
    dateRow("month 0", "2026-00-10", "impossible-date"),
    dateRow("day 0", "2026-01-00", "impossible-date"),
    dateRow("year 0000", "0000-01-01", "impossible-date"),
    dateRow("year 9999", "9999-12-31", "impossible-date"),
    dateRow("another order", "01/02/2026", "bad-date"),
    dateRow("no leading zeros", "2026-1-2", "bad-date"),
    dateRow("a time nobody declared", "2026-01-02 00:00:00", "bad-date"),
    dateRow("a time as declared", "2026-01-02 10:20:30", undefined, 'date: "yyyy-MM-dd HH:mm:ss"'),
    dateRow("hour 25", "2026-01-02 25:00:00", "impossible-date", 'date: "yyyy-MM-dd HH:mm:ss"'),
    dateRow("full-width digits", "２０２６-０１-０２"),
    dateRow("Chinese signs", "2026年1月2日", undefined, 'date: "yyyy年M月d日"'),
    dateRow("a spreadsheet's day number", "45292", "bad-date"),
    dateRow("one of two patterns", "20260102", undefined, 'date: ["yyyy-MM-dd", yyyyMMdd]'),
    dateRow("two patterns that disagree", "01/02/2026", "ambiguous-date", "date: [dd/MM/yyyy, MM/dd/yyyy]"),
    dateRow("two patterns that agree", "02/02/2026", undefined, "date: [dd/MM/yyyy, MM/dd/yyyy]"),
    dateRow(
      "two patterns of which one is impossible",
      "13/02/2026",
      undefined,
      "date: [dd/MM/yyyy, MM/dd/yyyy]",
    ),
    dateRow("two-digit years", "930705", undefined, "date: yyMMdd"),
    dateRow("months by name", "05-Jul-2026", undefined, "date: dd-MMM-yyyy"),
    dateRow("a month of no name", "05-Xyz-2026", "impossible-date", "date: dd-MMM-yyyy"),
    dateRow("empty", "", "missing-value"),
    idRow("leading zeros", "000123"),
    idRow("spaces around", "  L2  "),
    idRow("64 characters", "x".repeat(64)),
    idRow("65 characters", "x".repeat(65), "id-too-long"),
    idRow("empty", "", "missing-value"),
    idRow("spaces only", "   ", "missing-value"),
    idRow("a zero-width space", "L\u200B2", "bad-id"),
    idRow("a zero-width space at the end", "L2\u200B", "bad-id"),
    idRow("a right-to-left mark", "L\u200F2", "bad-id"),
    idRow("a right-to-left override", "L\u202E2", "bad-id"),
    idRow("a soft hyphen", "L\u00AD2", "bad-id"),
    idRow("a tab", "L\t2", "bad-id"),
    idRow("an escape character", "L\u001B2", "bad-id"),
    idRow("what a spreadsheet leaves of a long number", "6.21001E+17", "bad-id"),
    idRow("Chinese characters", "借据2"),
    idRow("an emoji", "L😀2"),
    idRow("__proto__", "__proto__"),
    idRow("constructor", "constructor"),
    idRow("a formula", "=L2"),
    idRow("SQL", "L2'; DROP TABLE loan; --"),
  ];
}

function repeats(): DirtyFile[] {
  return [
    payments("a payment id twice", text([...THREE, GOOD(2)]), { good: 3, bad: [[5, "duplicate-id"]] }),
    payments(
      "a payment id again on a mended row",
      text([PAYMENTS_HEADER, "L1,P1,x,2026-01-01", "L1,P1,1.00,2026-01-01"]),
      { good: 1, bad: [[2, "not-a-number"]] },
    ),
    payments(
      "ids that differ in leading zeros only",
      text([PAYMENTS_HEADER, "L1,1,1.00,2026-01-01", "L1,01,1.00,2026-01-01", "L1,001,1.00,2026-01-01"]),
      { good: 3 },
    ),
    payments("an empty payment id", text([PAYMENTS_HEADER, "L1,,1.00,2026-01-01"]), {
      bad: [[2, "missing-value"]],
    }),
    payments(
      "equal payments without an id",
      text(["loan,amount,date", ...Array.from({ length: 3 }, () => "L1,1.00,2026-01-01")]),
      {
        good: 3,
        records: (records) =>
          new Set(records.map((record) => record.kind === "payment" && record.paymentId)).size === 3,
      },
      UNNUMBERED_MAP,
    ),
    file(
      "a loan twice",
      "loans",
      LOANS_MAP,
      text([LOANS_HEADER, loanLine({}), loanLine({ name: "Other" })]),
      { good: 1, bad: [[3, "duplicate-id"]] },
    ),
    file(
      "a balance twice for one day, once for another",
      "balances",
      BALANCES_MAP,
      text([
        BALANCES_HEADER,
        "L1,2026-01-31,open,5.00,,",
        "L1,2026-01-31,open,5.00,,",
        "L1,2026-02-28,open,5.00,,",
      ]),
      { good: 2, bad: [[3, "duplicate-id"]] },
    ),
  ];
}

function loans(): DirtyFile[] {
  return [
    loanRow("as it should be", {}),
    loanRow("unknown product", { product: "b" }, "unknown-product"),
    loanRow("product __proto__", { product: "__proto__" }, "unknown-product"),
    loanRow("no product", { product: "" }, "missing-value"),
    loanRow("no borrower", { borrower: "" }, "missing-value"),
    loanRow("principal of zero", { principal: "0.00" }, "zero"),
    loanRow("negative principal", { principal: "-1.00" }, "negative"),
    loanRow("a rate of zero", { rate: "0" }),
    loanRow("a negative rate", { rate: "-0.05" }, "negative"),
    loanRow("a rate with a percent sign", { rate: "0.05%" }),
    loanRow("a rate of 99999 %", { rate: "99999" }, "bad-rate"),
    loanRow("a rate with ten decimals", { rate: "0.0500000001" }, "bad-rate"),
    loanRow("no installments", { n: "0" }, "out-of-range"),
    loanRow("601 installments", { n: "601" }, "out-of-range"),
    loanRow("600 installments", { n: "600" }),
    loanRow("half an installment", { n: "1.5" }, "not-a-whole-number"),
    loanRow("installments as 12.0", { n: "12.0" }),
    loanRow("first due day on the day of pay-out", { first_due: "2026-01-31" }, "due-before-payout"),
    loanRow("first due day before pay-out", { first_due: "2026-01-01" }, "due-before-payout"),
    loanRow("first due day given", { first_due: "2026-02-10" }),
    loanRow("unknown zone", { zone: "Mars/Olympus" }, "unknown-zone"),
    loanRow("known zone", { zone: "Asia/Urumqi" }),
    loanRow("unknown hold", { hold: "disput" }, "unknown-hold"),
    loanRow("known hold", { hold: "Dispute" }),
    loanRow("a phone with letters", { phone: "138-CALL-NOW" }, "bad-phone"),
    loanRow("a phone too short", { phone: "1380" }, "bad-phone"),
    loanRow("a phone too long", { phone: "1".repeat(21) }, "bad-phone"),
    loanRow("a phone with a country code", { phone: "+86 138-0000-0000" }),
    loanRow("a phone in full-width digits", { phone: "１３８００００００００" }),
    loanRow("no phone", { phone: "" }),
    loanRow("an e-mail without @", { email: "a.example.com" }, "bad-email"),
    loanRow("an e-mail with two @", { email: "a@b@example.com" }, "bad-email"),
    loanRow("a name of 201 characters", { name: "n".repeat(201) }, "too-long"),
    ...["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx"].map((name) => ({
      ...loanRow(`a name that is a formula: ${JSON.stringify(name)}`, { name }),
      records: ([one]: readonly IntakeRecord[]) => one?.kind === "loan" && one.borrower.name === name,
    })),
    file(
      "loan: a quoted name that begins with CR",
      "loans",
      LOANS_MAP,
      text([LOANS_HEADER, loanLine({ name: '"\rx"' }), loanLine({ loan: "L9", n: "x" })]),
      {
        good: 1,
        bad: [[4, "not-a-whole-number"]],
        records: ([one]) => one?.kind === "loan" && one.borrower.name === "\rx",
      },
    ),
    ...["😀 张", "אבג\u200F", "O'Brien", "Ĺ\u0301"].map((name) =>
      loanRow(`a name such as ${name}`, { name }),
    ),
    balanceRow("as it should be", "L1,2026-01-31,open,10.00,1.00,2026-01-15"),
    balanceRow("unknown status", "L1,2026-01-31,sleeping,10.00,,", "unknown-status"),
    balanceRow("negative outstanding", "L1,2026-01-31,open,-0.01,,", "negative"),
    balanceRow("negative arrears", "L1,2026-01-31,open,10.00,-1.00,", "negative"),
    balanceRow("no day", "L1,,open,10.00,,", "missing-value"),
    balanceRow("impossible due day", "L1,2026-01-31,open,10.00,,2026-02-30", "impossible-date"),
  ];
}

function jsonLines(): DirtyFile[] {
  const good = '{"loan":"L1","id":"P1","amount":1.50,"date":"2026-01-01"}';
  const one = (name: string, line: string, code?: string, records?: DirtyFile["records"]): DirtyFile => ({
    ...payments(
      `JSON lines: ${name}`,
      text([good, line]),
      code === undefined ? { good: 2 } : { good: 1, bad: [[2, code]] },
    ),
    ...(records ? { records } : {}),
  });
  return [
    one("as they should be", '{"loan":"L2","id":"P2","amount":"2.00","date":"2026-01-02"}'),
    one("a broken line", '{"loan":"L2","id":"P2","amount":', "bad-json"),
    one("a line that is no object", "[1,2,3]", "bad-json"),
    one("a line that is a number", "7", "bad-json"),
    one(
      "__proto__ as a key",
      '{"__proto__":{"loan":"X","polluted":true},"loan":"L2","id":"P2","amount":"2","date":"2026-01-02"}',
      undefined,
      () => !("polluted" in {}),
    ),
    one(
      "constructor as a key and nothing else",
      '{"constructor":{"prototype":{"polluted":true}}}',
      "missing-value",
    ),
    one("a key twice", '{"loan":"L2","loan":"L3","id":"P2","amount":"2","date":"2026-01-02"}', "bad-json"),
    one("an object for an id", '{"loan":{"a":1},"id":"P2","amount":"2","date":"2026-01-02"}', "bad-json"),
    one("null for an amount", '{"loan":"L2","id":"P2","amount":null,"date":"2026-01-02"}', "missing-value"),
    one("an exponent", '{"loan":"L2","id":"P2","amount":1e3,"date":"2026-01-02"}', "not-a-number"),
    one(
      "a long number keeps its digits",
      '{"loan":9007199254740993,"id":"P2","amount":0.10,"date":"2026-01-02"}',
      undefined,
      (records) => records[1]?.loanId === "9007199254740993",
    ),
    one("an escaped NUL", '{"loan":"L\\u0000","id":"P2","amount":"2","date":"2026-01-02"}', "nul-byte"),
    one(
      "half a surrogate pair",
      '{"loan":"L\\ud800","id":"P2","amount":"2","date":"2026-01-02"}',
      "bad-encoding",
    ),
    one(
      "quotes and line ends in a text",
      '{"loan":"L\\"2","id":"P2","amount":"2","date":"2026-01-02","note":"a\\nb, c"}',
    ),
    one("braces in a text", '{"note":"}{][,:","loan":"L2","id":"P2","amount":"2","date":"2026-01-02"}'),
    one(
      "nested values that nobody asked for",
      '{"x":{"y":[1,{"z":2}]},"loan":"L2","id":"P2","amount":"2","date":"2026-01-02"}',
    ),
    payments("JSON lines: a byte-order mark and CRLF", `\uFEFF${good}\r\n\r\n`, { good: 1, blank: 1 }),
    payments("JSON lines: cut short", text([good]) + good.slice(0, 20), { good: 1, bad: [[2, "bad-json"]] }),
    payments("JSON lines: deeply nested", text([good]) + "[".repeat(100_000), {
      good: 1,
      bad: [[2, "bad-json"]],
    }),
    payments("one JSON list", `[${good}]`, { refusals: ["json-list"] }),
  ];
}

function controls(): DirtyFile[] {
  const controlled = (name: string, control: string, refusals: readonly string[]) =>
    payments(`control: ${name}`, text(THREE), { good: 3, refusals }, `${PAYMENTS_MAP}control: ${control}\n`);
  const trailer = withFormats(PAYMENTS_MAP, 'trailer: { starts_with: "TOTAL", rows: 1, total: 2 }');
  const trailed = (name: string, lines: readonly string[], told: Told) =>
    payments(`trailer: ${name}`, text(lines), told, trailer);
  return [
    controlled("rows and total agree", '{ rows: 3, total: "7.50" }', []),
    controlled("rows differ", "{ rows: 4 }", ["control-total"]),
    controlled("total differs by a cent", '{ total: "7.51" }', ["control-total"]),
    controlled("both differ", '{ rows: 2, total: "7.49" }', ["control-total", "control-total"]),
    trailed("agrees", [...THREE, "TOTAL,3,7.50"], { good: 3 }),
    trailed("agrees, and counts a bad row too", [...THREE, "L4,P4,1.00,x", "TOTAL,4,8.50"], {
      good: 3,
      bad: [[5, "bad-date"]],
    }),
    trailed("rows differ", [...THREE, "TOTAL,4,7.50"], { good: 3, refusals: ["control-total"] }),
    trailed("total differs", [...THREE, "TOTAL,3,7.00"], { good: 3, refusals: ["control-total"] }),
    trailed("missing", THREE, { good: 3, refusals: ["control-total"] }),
    trailed("not the last row", [...THREE.slice(0, 3), "TOTAL,3,7.50", GOOD(3)], {
      good: 3,
      refusals: ["control-total"],
    }),
    payments(
      "one bad row holds the file",
      text([...THREE, "L4,P4,x,2026-01-01"]),
      { good: 3, bad: [[5, "not-a-number"]], refusals: ["held"] },
      withFormats(PAYMENTS_MAP, "on_bad_row: hold"),
    ),
  ];
}

export function corpus(): DirtyFile[] {
  return [
    ...encodings(),
    ...layout(),
    ...archives(),
    ...values(),
    ...repeats(),
    ...loans(),
    ...jsonLines(),
    ...controls(),
  ];
}
