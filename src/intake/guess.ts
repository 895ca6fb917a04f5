import { CURRENCIES, nearest, parseRate, rateToE8 } from "../core/index.ts";
import { type Encoding, FileText, type Source } from "./decode.ts";
import { type DatePattern, datePattern, plain, readNumber } from "./fields.ts";
import { FED_FIELDS, FIELDS, type Field, REQUIRED } from "./map.ts";
import type { IntakeKind } from "./records.ts";
import { RowSplitter, readJsonLine, sniffDelimiter } from "./split.ts";

/** What lenders call our fields, best name first. Compared without case, spaces and signs. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  loan_id: [
    "loan id",
    "loan number",
    "loan no",
    "loan ref",
    "contract id",
    "contract number",
    "contract no",
    "account number",
    "account id",
    "loan key",
    "loan",
    "借据号",
    "借据编号",
    "借款编号",
    "贷款编号",
    "贷款账号",
    "合同号",
    "合同编号",
  ],
  borrower_id: [
    "borrower id",
    "customer id",
    "client id",
    "customer number",
    "customer no",
    "member key",
    "member id",
    "party id",
    "borrower",
    "客户号",
    "客户编号",
    "客户id",
    "借款人编号",
    "借款人id",
    "用户id",
    "证件号码",
    "身份证号",
  ],
  product: [
    "product",
    "product code",
    "product id",
    "loan type",
    "产品",
    "产品代码",
    "产品编号",
    "产品编码",
    "产品名称",
  ],
  currency: ["currency", "currency code", "ccy", "币种", "货币"],
  principal: [
    "principal",
    "loan amount",
    "loan original amount",
    "original amount",
    "principal amount",
    "disbursed amount",
    "funded amount",
    "amount financed",
    "amount",
    "贷款金额",
    "借款金额",
    "放款金额",
    "合同金额",
    "借据金额",
    "本金",
  ],
  rate_percent: [
    "rate percent",
    "interest rate",
    "borrower rate",
    "annual rate",
    "daily rate",
    "monthly rate",
    "nominal rate",
    "apr",
    "rate",
    "日利率",
    "月利率",
    "年利率",
    "执行利率",
    "利率",
    "贷款利率",
  ],
  disbursed_on: [
    "disbursed on",
    "disbursement date",
    "disbursal date",
    "loan origination date",
    "origination date",
    "funded date",
    "start date",
    "issue date",
    "value date",
    "放款日",
    "放款日期",
    "起息日",
    "贷款日期",
    "借款日期",
    "发放日期",
  ],
  first_due_on: [
    "first due on",
    "first due date",
    "first payment date",
    "first installment date",
    "first repayment date",
    "首期还款日",
    "首次还款日",
    "首期还款日期",
    "首个还款日",
    "首期应还日",
  ],
  installments: [
    "installments",
    "number of installments",
    "number of payments",
    "term",
    "term months",
    "loan term",
    "tenor",
    "periods",
    "期数",
    "总期数",
    "贷款期数",
    "分期期数",
    "期限",
  ],
  name: [
    "name",
    "borrower name",
    "customer name",
    "full name",
    "姓名",
    "客户姓名",
    "借款人",
    "借款人姓名",
    "客户名称",
  ],
  phone: [
    "phone",
    "mobile",
    "phone number",
    "mobile number",
    "cell phone",
    "telephone",
    "手机号",
    "手机",
    "手机号码",
    "联系电话",
    "电话",
  ],
  email: ["email", "e-mail", "email address", "mail", "邮箱", "电子邮箱", "电子邮件"],
  app: ["app", "app id", "push token", "app user id", "应用标识", "推送标识"],
  address: [
    "address",
    "postal address",
    "street address",
    "home address",
    "地址",
    "住址",
    "家庭住址",
    "联系地址",
    "通讯地址",
  ],
  zone: ["zone", "time zone", "timezone", "时区"],
  language: ["language", "lang", "locale", "语言"],
  hold: ["hold", "hold kind", "暂停催收", "停催原因"],
  hold_until: ["hold until", "停催至", "停催到期日"],
  as_of: [
    "as of",
    "as of date",
    "reporting date",
    "report date",
    "balance date",
    "data date",
    "snapshot date",
    "数据日期",
    "账务日期",
    "统计日期",
    "报表日期",
  ],
  status: ["status", "loan status", "account status", "状态", "贷款状态", "借据状态", "账户状态"],
  outstanding: [
    "outstanding",
    "outstanding principal",
    "principal balance",
    "remaining principal",
    "current balance",
    "balance",
    "剩余本金",
    "贷款余额",
    "本金余额",
    "未还本金",
    "余额",
  ],
  interest_paid: [
    "interest paid",
    "paid interest",
    "interest received",
    "已还利息",
    "实还利息",
    "累计已还利息",
  ],
  arrears: [
    "arrears",
    "amount past due",
    "past due amount",
    "overdue amount",
    "amount overdue",
    "amount delinquent",
    "逾期金额",
    "逾期总额",
    "欠款金额",
  ],
  charges: [
    "charges",
    "late charges",
    "late fees",
    "penalty",
    "penalties",
    "罚息",
    "逾期利息",
    "逾期罚息",
    "违约金",
  ],
  due_on: [
    "due on",
    "due date",
    "next due date",
    "next payment date",
    "oldest due date",
    "oldest unpaid due date",
    "应还日",
    "应还日期",
    "到期日",
    "下次还款日",
    "下一还款日",
  ],
  payment_id: [
    "payment id",
    "transaction id",
    "payment reference",
    "transaction number",
    "receipt number",
    "reference",
    "交易流水号",
    "流水号",
    "还款流水号",
    "交易号",
    "还款编号",
  ],
  amount: [
    "amount",
    "payment amount",
    "paid amount",
    "repayment amount",
    "amount paid",
    "transaction amount",
    "还款金额",
    "实还金额",
    "交易金额",
    "支付金额",
    "金额",
  ],
  value_on: [
    "value on",
    "value date",
    "payment date",
    "paid on",
    "repayment date",
    "transaction date",
    "effective date",
    "paid date",
    "date",
    "还款日期",
    "还款日",
    "实还日期",
    "实际还款日期",
    "交易日期",
    "起息日",
  ],
  booked_on: [
    "booked on",
    "booking date",
    "posting date",
    "posted date",
    "entry date",
    "记账日期",
    "入账日期",
    "记账日",
  ],
};

/** Days past due as a column: the oldest due day follows from them and the day reported for. */
const DAYS_LATE = [
  "days past due",
  "dpd",
  "days delinquent",
  "days overdue",
  "loan current days delinquent",
  "current days delinquent",
  "逾期天数",
  "当前逾期天数",
];

/** What a status column usually says, in our four words. */
const STATUSES: readonly (readonly [RegExp, string])[] = [
  [/cancel|取消|撤销|作废/i, "cancelled"],
  [/charge|written|write|default|核销/i, "written-off"],
  [/complete|paid|closed|settled|finished|结清|已还清/i, "paid-off"],
  [/current|open|active|past|late|overdue|delinquent|final|normal|arrears|正常|逾期|还款中|未结清/i, "open"],
];

const PATTERNS = [
  "yyyy-MM-dd",
  "yyyy/MM/dd",
  "yyyyMMdd",
  "yyyy-MM-dd HH:mm:ss",
  "yyyy/MM/dd HH:mm:ss",
  "yyyy-MM-dd'T'HH:mm:ss",
  "yyyy-MM-dd HH:mm",
  "yyyy/M/d",
  "yyyy-M-d",
  "yyyy年M月d日",
  "yyyy.MM.dd",
  "dd.MM.yyyy",
  "d.M.yyyy",
  "MM/dd/yyyy",
  "dd/MM/yyyy",
  "M/d/yyyy",
  "d/M/yyyy",
  "dd-MM-yyyy",
  "MM-dd-yyyy",
  "dd-MMM-yyyy",
  "d MMM yyyy",
  "yyMMdd",
];

const SAMPLE_ROWS = 500;

interface Head {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly encoding: Encoding;
  readonly delimiter: string;
}

/**
 * Writes a map for a file, to be read and corrected by a person.
 *
 * Takes   the file and what it holds; column names in English or Chinese.
 * Gives   YAML text. What could be told from the file is filled in; what could not is a commented line that says what
 *         to write there. When every required column was found, the text is a map that `parseMap` takes.
 */
export async function guessMap(source: Source, kind: IntakeKind): Promise<string> {
  const head = await readHead(source);
  const found = matchColumns(head.names, kind);
  return write(head, kind, found, typeof source === "string" ? source : "");
}

async function readHead(source: Source): Promise<Head> {
  const file = new FileText(source);
  let text = "";
  for await (const piece of file.text()) {
    text += piece;
    if (text.length >= 65_536) break;
  }
  const jsonLines = text.trimStart().startsWith("{");
  const delimiter = jsonLines ? "" : sniffDelimiter(text);
  const rows: string[][] = [];
  const objects: Map<string, string>[] = [];
  const splitter = new RowSplitter({ delimiter, jsonLines }, (fields, _line, raw, trouble) => {
    if (trouble || raw.trim() === "" || rows.length > SAMPLE_ROWS || objects.length > SAMPLE_ROWS) return;
    if (!jsonLines) rows.push([...fields].map((field) => field.trim()));
    else {
      const object = readJsonLine(raw);
      if (object) objects.push(object.values);
    }
  });
  splitter.push(text, true);
  const encoding = file.encoding ?? "utf-8";
  if (jsonLines) {
    const names = [...new Set(objects.flatMap((object) => [...object.keys()]))];
    return {
      names,
      rows: objects.map((object) => names.map((name) => object.get(name) ?? "")),
      encoding,
      delimiter,
    };
  }
  return { names: rows[0] ?? [], rows: rows.slice(1), encoding, delimiter };
}

const bare = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

interface Found {
  readonly columns: ReadonlyMap<Field, string>;
  readonly daysLate: string | undefined;
}

/** Same name first, then a name within a name, then a near miss; each column is used once. */
function matchColumns(names: readonly string[], kind: IntakeKind): Found {
  const columns = new Map<Field, string>();
  const free = new Set(names.filter((name) => name !== ""));
  const late = DAYS_LATE.map(bare);
  const daysLate = names.find((name) => late.includes(bare(name)));
  if (daysLate !== undefined) free.delete(daysLate);
  const take = (field: Field, name: string | undefined) => {
    if (name === undefined || columns.has(field)) return;
    columns.set(field, name);
    free.delete(name);
  };
  for (const field of FIELDS[kind])
    for (const word of [field, ...NAMES[field]])
      take(
        field,
        [...free].find((name) => bare(name) === bare(word)),
      );
  for (const field of REQUIRED[kind]) {
    if (columns.has(field)) continue;
    const words = NAMES[field].map(bare);
    take(
      field,
      [...free].find((name) =>
        words.some(
          (word) => word.length >= (/\p{Script=Han}/u.test(word) ? 3 : 6) && bare(name).includes(word),
        ),
      ),
    );
    take(
      field,
      [...free].find(
        (name) =>
          bare(name).length >= 6 &&
          words.some(
            (word) =>
              word.length >= 6 &&
              nearest(bare(name), [word]) !== undefined &&
              Math.abs(word.length - bare(name).length) <= 2,
          ),
      ),
    );
  }
  return { columns, daysLate };
}

/** YAML text that is one scalar whatever is in it. */
const yaml = (text: string): string =>
  /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);

function write(head: Head, kind: IntakeKind, { columns, daysLate }: Found, file: string): string {
  const chinese = head.names.some((name) => /\p{Script=Han}/u.test(name));
  const values = (field: Field): string[] => {
    const index = head.names.indexOf(columns.get(field) ?? "");
    return index < 0 ? [] : head.rows.map((row) => row[index] ?? "").filter((value) => value !== "");
  };
  const dateFields = FIELDS[kind].filter(
    (field) => field.endsWith("_on") || field === "as_of" || field === "hold_until",
  );
  const dates = guessDates(dateFields.map(values));
  const amounts = (["principal", "amount", "outstanding", "arrears"] as const).flatMap(values);
  const numbers = guessNumbers(amounts);
  const fed =
    kind === "loans" && (columns.has("outstanding") || columns.has("status") || daysLate !== undefined);
  const currency =
    values("currency")
      .map((text) => text.toUpperCase())
      .find((text) => CURRENCIES.includes(text)) ?? (chinese ? "CNY" : "USD");
  const stem = (/([^/\\]+?)(?:\.[A-Za-z]+)*$/.exec(file)?.[1] ?? "").replace(/[^\w.-]+/g, "-").slice(0, 40);
  const name = /^[A-Za-z]/.test(stem) ? stem : `my-${kind}`;
  const lines: string[] = [
    `# A first map, guessed from the file: read each line, above all those that say "check".`,
    `map: ${yaml(name)}`,
    `kind: ${kind}`,
  ];
  if (kind === "loans") {
    lines.push(
      `lender: { code: ${yaml(name)}, name: ${yaml(name)}, zone: ${chinese ? "Asia/Shanghai" : "America/New_York"}, pack: ${chinese ? "cn" : "us"} } # check all four`,
      "products:",
      ...productLines(productCodes(values("product")), columns.get("rate_percent") ?? "", currency, fed),
    );
  } else
    lines.push(
      `lender: { code: ${yaml(name)} } # check: the code of the lender whose loans these are`,
      columns.has("currency") ? "# currency: the file has a column for it" : `currency: ${currency} # check`,
    );
  const derive: string[] = [];
  const constants: string[] = [];
  const todo: string[] = [];
  const given = new Map(columns);
  const rate = given.get("rate_percent");
  if (rate !== undefined && isFraction(values("rate_percent"), rate)) {
    given.delete("rate_percent");
    derive.push(
      `  rate_percent: { times: 100, of: ${yaml(rate)} } # check: the file's rates look like 0.158 for 15.8 %`,
    );
  }
  const statusColumn = given.get("status");
  if (statusColumn !== undefined) {
    const words = [...new Set(values("status"))].slice(0, 40);
    if (
      !words.every((word) => ["open", "paid-off", "written-off", "cancelled"].includes(word.toLowerCase()))
    ) {
      given.delete("status");
      const table = words.map(
        (word) =>
          `${JSON.stringify(word)}: ${STATUSES.find(([pattern]) => pattern.test(word))?.[1] ?? "open"}`,
      );
      derive.push(
        `  status: { lookup: ${yaml(statusColumn)}, table: { ${table.join(", ")} } } # check each word`,
      );
    }
  }
  const wanted = fed ? [...REQUIRED[kind], ...FED_FIELDS] : REQUIRED[kind];
  if (daysLate !== undefined && !given.has("due_on") && kind !== "payments" && given.has("as_of"))
    derive.push(`  due_on: { days_before: as_of, by: ${yaml(daysLate)}, when_above: 0 }`);
  else if (daysLate !== undefined && !given.has("due_on"))
    todo.push(
      `  # due_on: { days_before: as_of, by: ${yaml(daysLate)}, when_above: 0 } # once as_of is given`,
    );
  const one = productCodes(values("product")).length === 0;
  if (kind === "loans" && one && !given.has("product")) constants.push("  product: standard # check");
  lines.push("columns:");
  for (const field of FIELDS[kind]) {
    const column = given.get(field);
    if (column !== undefined) lines.push(`  ${field}: ${yaml(column)}`);
    else if (
      wanted.includes(field) &&
      !derive.some((line) => line.startsWith(`  ${field}:`)) &&
      !constants.some((line) => line.startsWith(`  ${field}:`))
    )
      lines.push(
        `  # ${field}: ? # fill in: ${FILL_IN[field] ?? "the column that holds it"}, or give it under constants or derive`,
      );
  }
  const unused = head.names.filter(
    (column) => column !== "" && ![...columns.values()].includes(column) && column !== daysLate,
  );
  if (unused.length > 0)
    lines.push(`  # not used: ${unused.map((column) => JSON.stringify(column)).join(", ")}`);
  if (constants.length > 0) lines.push("constants:", ...constants);
  if (derive.length > 0) lines.push("derive:", ...derive, ...todo);
  else if (todo.length > 0) lines.push("# derive:", ...todo);
  const delimiters: Readonly<Record<string, string>> = {
    ",": "comma",
    "\t": "tab",
    ";": "semicolon",
    "|": "pipe",
  };
  lines.push(
    "formats:",
    `  encoding: ${head.encoding}`,
    `  delimiter: ${delimiters[head.delimiter] ?? "auto"}`,
    ...dateLines(dates),
    `  decimal: ${JSON.stringify(numbers.decimal)}`,
    `  thousands: ${JSON.stringify(numbers.thousands)}`,
    "  header: true",
    "  on_bad_row: quarantine # or hold: take nothing while one row is bad",
  );
  return `${lines.join("\n")}\n`;
}

const FILL_IN: Partial<Record<Field, string>> = {
  loan_id: "the column with the loan's number",
  borrower_id: "the column that is the same for all loans of one person",
  product: "the column with the product's code",
  principal: "the column with the amount lent",
  rate_percent: "the column with the interest rate in percent",
  disbursed_on: "the column with the day the money was paid out",
  installments: "the column with the number of installments",
  amount: "the column with the amount paid",
  value_on: "the column with the day the payment counts from",
  as_of: "the day the balances are of",
  status: "the column that says open, paid-off, written-off or cancelled",
  outstanding: "the column with the principal still owed",
};

const productCodes = (values: readonly string[]): string[] =>
  [...new Set(values)].filter((code) => code.length <= 64).slice(0, 50);

function productLines(codes: readonly string[], rateName: string, currency: string, fed: boolean): string[] {
  const per = /日|daily|day/i.test(rateName) ? "day" : /月|month/i.test(rateName) ? "month" : "year";
  return (codes.length > 0 ? codes : ["standard"]).flatMap((code) => [
    `  ${yaml(code)}: # check these terms against the contract`,
    `    source: ${fed ? "fed" : "kept"} # fed: the core system reports balances; kept: the ledger is kept here`,
    `    currency: ${currency}`,
    "    method: equal-installment # or equal-principal",
    "    every: { months: 1 }",
    `    rate_per: ${per}`,
    `    day_count: ${per === "day" ? "ACT/360" : "30/360"}`,
    `    interest: ${per === "day" ? "daily" : "period"}`,
    "    strategy: micro-standard # the strategy's name",
  ]);
}

function guessDates(columns: readonly (readonly string[])[]): { patterns: string[]; unsure: string[] } {
  const patterns = new Set<string>();
  const unsure: string[] = [];
  const known = PATTERNS.map((text) => datePattern(text)).filter(
    (pattern): pattern is DatePattern => pattern !== undefined,
  );
  for (const column of columns) {
    if (column.length === 0) continue;
    const fits = known.filter((pattern) =>
      column.every((value) => typeof pattern.read(plain(value)) === "number"),
    );
    const most =
      fits[0] ??
      known.find(
        (pattern) =>
          column.filter((value) => pattern.read(plain(value)) !== undefined).length * 2 > column.length,
      );
    if (!most) {
      unsure.push(column[0]!);
      continue;
    }
    patterns.add(most.text);
    const other = fits.find((pattern) =>
      column.some((value) => pattern.read(plain(value)) !== most.read(plain(value))),
    );
    if (other) unsure.push(`${column[0]} could also be ${other.text}`);
  }
  return { patterns: [...patterns], unsure };
}

function dateLines({ patterns, unsure }: { patterns: string[]; unsure: string[] }): string[] {
  const list = patterns.map((pattern) => JSON.stringify(pattern));
  const lines =
    list.length === 0
      ? ['  # date: "yyyy-MM-dd" # fill in: how dates are written']
      : [`  date: ${list.length === 1 ? list[0] : `[${list.join(", ")}]`}`];
  for (const text of unsure) lines.push(`  # check: ${JSON.stringify(text)}`);
  return lines;
}

function guessNumbers(values: readonly string[]): { decimal: string; thousands: string } {
  const read = (decimal: string, thousands: string) =>
    values.filter((value) => typeof readNumber(value, { decimal, thousands }) === "string").length;
  const point = read(".", ",");
  const comma = read(",", ".");
  return comma > point ? { decimal: ",", thousands: "." } : { decimal: ".", thousands: "," };
}

/** Whether rates are written as 0.158 for 15.8 %: below one for a year; below 0.005 for a day, where 0.05 % is usual. */
function isFraction(values: readonly string[], name: string): boolean {
  const most = /日|daily|day/i.test(name) ? 500_000 : /月|month/i.test(name) ? 10_000_000 : 100_000_000;
  const sizes = values.map((value) => {
    const number = readNumber(value.replace(/[%％]$/, ""), { decimal: ".", thousands: "" });
    const rate = typeof number === "string" ? parseRate(number, "year") : undefined;
    return rate ? (rateToE8(rate) ?? 0) * 100 : 0;
  });
  return (
    !values.some((value) => /[%％]$/.test(value)) &&
    sizes.some((size) => size > 0) &&
    sizes.every((size) => size < most)
  );
}
