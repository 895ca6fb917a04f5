import { formatDay, formatMoney, formatPercent, type HoldKind } from "../core/index.ts";
import { HABITS, type Habit, KINDS, type Kind } from "./behaviour.ts";
import { type SampleLoan, type SampleOptions, type SamplePayment, windowOf } from "./borrowers.ts";
import { LENDER, PERIODS, PRODUCT, productCode, TIMES_LATE } from "./product.ts";
import { ROLL_TARGETS, type RollRates, type RollTarget } from "./rolls.ts";

/** Headings as a Chinese lender's export has them, and what the loans map calls each column. */
const LOAN_COLUMNS = {
  loan_id: "借据号",
  borrower_id: "客户号",
  product: "产品",
  principal: "贷款金额",
  rate_percent: "日利率(%)",
  disbursed_on: "放款日",
  first_due_on: "首期还款日",
  installments: "期数",
  phone: "手机号",
  email: "电子邮箱",
  app: "APP标识",
  hold: "暂停催收原因",
  hold_until: "暂停截止日",
} as const;

const PAYMENT_COLUMNS = {
  payment_id: "流水号",
  loan_id: "借据号",
  amount: "还款金额",
  value_on: "还款日期",
} as const;

/** The lender's word for each hold; the map translates it back. */
const HOLD_WORDS: Readonly<Record<HoldKind, string>> = {
  dispute: "异议",
  complaint: "投诉",
  hardship: "经济困难",
  represented: "已委托代理人",
  "cease-contact": "要求停止联系",
  insolvency: "破产程序",
  deceased: "身故",
  minor: "未成年",
};

/** The first line of loans.csv. All lines end with a line feed; no value needs quotes. */
export const LOANS_HEADER = `${Object.values(LOAN_COLUMNS).join(",")}\n`;
export const PAYMENTS_HEADER = `${Object.values(PAYMENT_COLUMNS).join(",")}\n`;

/** Lines of loans.csv, without the header; nothing for no loans. */
export function csvOfLoans(loans: Iterable<SampleLoan>): string {
  let text = "";
  for (const loan of loans) {
    const { hold } = loan;
    const money = formatMoney(loan.principal);
    const contract = `${money},${formatPercent(loan.rate)},${formatDay(loan.disbursedOn)},${formatDay(loan.firstDueOn)}`;
    const reach = `${loan.phone ?? ""},${loan.email ?? ""},${loan.app ?? ""}`;
    const pause = hold ? `${HOLD_WORDS[hold.kind]},${hold.until ? formatDay(hold.until) : ""}` : ",";
    text += `${loan.loanId},${loan.borrowerId},${loan.product},${contract},${loan.installments},${reach},${pause}\n`;
  }
  return text;
}

/** Lines of payments.csv, without the header. */
export function csvOfPayments(payments: Iterable<SamplePayment>): string {
  let text = "";
  for (const { paymentId, loanId, amount, valueOn } of payments) {
    text += `${paymentId},${loanId},${formatMoney(amount)},${formatDay(valueOn)}\n`;
  }
  return text;
}

/** The two map files with which the importer reads the book. */
export function sampleMaps(options: Partial<SampleOptions> = {}): {
  readonly loans: string;
  readonly payments: string;
} {
  const { openedOn } = windowOf(options);
  const { code, name, zone, pack } = LENDER;
  const products = PERIODS.map((periods) => `  ${productCode(periods)}:\n${productYaml()}`).join("\n");
  const holds = Object.entries(HOLD_WORDS).map(([kind, word]) => `      ${word}: ${kind}`);
  const { hold: _hold, ...columns } = LOAN_COLUMNS;
  return {
    loans: `# How loans.csv of the simulated micro-loan book is read.
map: sample-micro-loans
kind: loans
lender: { code: ${code}, name: ${name}, zone: ${zone}, pack: ${pack}, opened_on: ${formatDay(openedOn)} }
products:
${products}
columns:
${columnLines(columns)}
derive:
  hold:
    lookup: ${LOAN_COLUMNS.hold}
    table:
${holds.join("\n")}
`,
    payments: `# How payments.csv of the simulated micro-loan book is read. A payment counts from the day on which it was booked.
map: sample-micro-payments
kind: payments
lender: { code: ${code} }
columns:
${columnLines({ ...PAYMENT_COLUMNS, booked_on: PAYMENT_COLUMNS.value_on })}
`,
  };
}

const columnLines = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([field, heading]) => `  ${field}: ${heading}`)
    .join("\n");

function productYaml(): string {
  const { terms, allocation, bandEdges, lateInterest, lenderKind, source, strategy } = PRODUCT;
  const { mode, residual, installmentMultiple } = terms.rounding;
  const lines = [
    `source: ${source}`,
    `currency: ${terms.currency}`,
    `method: ${terms.method}`,
    "every: { months: 1 }",
    `rate_per: ${terms.ratePer}`,
    `day_count: ${terms.dayCount}`,
    `interest: ${terms.interest}`,
    `month_end: ${terms.monthEnd}`,
    `rounding: { mode: ${mode}, residual: ${residual}, installment_multiple: "${formatMoney(installmentMultiple)}" }`,
    `late_interest: { times: "${TIMES_LATE}", on: ${lateInterest!.on} }`,
    `lender_kind: ${lenderKind}`,
    "allocation:",
    `  by: ${allocation.by}`,
    "  order:",
    ...allocation.order.map((slot) => `    - ${slot}`),
    `buckets: [${bandEdges.join(", ")}]`,
    `strategy: ${strategy}`,
  ];
  return lines.map((line) => `    ${line}`).join("\n");
}

// --- README ----------------------------------------------------------------------------------------------------

/** README.md of a sample book: what it is, how it was made, and how near its roll rates are to the targets. */
export function sampleReadme(options: SampleOptions, rates: RollRates): string {
  const { openedOn, through } = windowOf(options);
  const from = formatDay(openedOn);
  const to = formatDay(through);
  return `# A simulated book of micro-loans

**Simulated; no real lender, no real person.** 本目录为模拟数据，不涉及任何真实机构和个人。

${options.borrowers} borrowers, ${rates.loans} loans, ${rates.payments} payments; seed ${options.seed}, book opened on ${from}, payments through ${to}.
The same seed gives the same bytes:

\`\`\`sh
${commandOf(options)}
\`\`\`

${table([
  ["file", "holds"],
  ["`loans.csv`", `loans open on ${from} or paid out later`],
  ["`payments.csv`", `all their payments since pay-out, also those before ${from}`],
  ["`loans.map.yaml`, `payments.map.yaml`", "how `arrears import` reads the two"],
])}

Phone numbers run from 199 0000 0001 and mail goes to example.com. The numbers are made up but could be somebody's:
connect no live channel to this book.

## The loans

5, 10 or 20 monthly installments of equal principal with interest for each day, at 0.020 % to 0.050 % a day; late interest
at ${TIMES_LATE} times that rate on overdue principal; 500 to 50,000 yuan, half of the loans below about 3,200. One to three loans a borrower.
Due days are spread over the month; a few fall on the 29th to 31st. About 3 % of borrowers have no phone on file and about
2 % no address at all; about 1.5 % carry a hold (dispute, complaint, hardship, represented, contact stopped, deceased),
some until a day.

## How people pay

Each borrower has a kind, which no file shows. Some are struck by an event on an unforeseen day.

${kindTable()}

On a due day with nothing overdue he pays or misses. Once something is overdue he pays on any day with a probability that
falls with days past due and rises on his payday (the 5th, 10th, 15th, 20th, 25th or last of a month).

${habitTable()}

_all_ is everything overdue or due that day on all his loans, the one overdue longest first; _loan_ the same for that one
loan; _installment_ its oldest installment with the late interest; _part_ a round sum below that. A bounced direct debit is
a miss that is mostly made good within days. Each amount is what the loan's position shows on that day, late interest
included; some people round up to a whole yuan.

## Roll rates

Measured on the two files, not on what the model knows. A case counts if it begins between ${from} and ${to} and can be
watched for 30 days; a balance is the principal outstanding when the case begins.

${rollTable(rates)}

What each line counts, and what its target range leans on. The ranges are this project's own; published figures are few and
disagree with each other, because some count loans and some balances, and because "month" is cut differently.

${ROLL_TARGETS.map(targetLine).join("\n")}

The parameters were set by hand until the rates by count lay in the ranges for 10,000 borrowers. Of fewer than ${FEW} cases
nothing is said: chance alone carries them outside.

Open loans on ${to} by band: ${rates.bandsAtEnd.map((count, band) => `${band === 0 ? "nothing overdue" : `M${band}`} ${count}`).join(", ")}.
`;
}

const targetLine = ({ name, means, anchors }: RollTarget): string => {
  const leansOn = anchors.map(({ figure, checked }) => `${figure} (${checked})`).join("; ");
  return `- **${name}**: ${means}. Leans on: ${leansOn}.`;
};

function commandOf({ borrowers, seed, openedOn, through }: SampleOptions): string {
  const opened = openedOn === undefined ? "" : ` --opened-on ${formatDay(openedOn)}`;
  const until = through === undefined ? "" : ` --through ${formatDay(through)}`;
  return `arrears sample --borrowers ${borrowers} --seed ${seed}${opened}${until} --out DIR`;
}

function kindTable(): string {
  const rows = Object.entries(KINDS).map(([name, kind]: [string, Kind]) => [
    name,
    percent(kind.share / totalShare()),
    kind.before,
    eventOf(kind),
  ]);
  return table([["kind", "share", "habit", "event"], ...rows], [1]);
}

function eventOf({ event }: Kind): string {
  if (!event) return "–";
  const habit = event.firstLoanOnly ? `${event.habit}, on his oldest loan alone` : event.habit;
  return event.days
    ? `${habit}; for ${event.days[0]} to ${event.days[1]} days, then ${event.after}`
    : `${habit}, for good`;
}

const totalShare = (): number => Object.values(KINDS).reduce((sum, kind) => sum + kind.share, 0);

function habitTable(): string {
  const rows = Object.entries(HABITS).map(([name, habit]: [string, Habit]) => [
    name,
    habit.misses === habit.missesBeforePayday
      ? percent(habit.misses)
      : `${percent(habit.misses)}; ${percent(habit.missesBeforePayday)} in the 8 days before payday`,
    habit.paysADay.map((share) => percent(share)).join(" · "),
    habit.paysOnPayday.map((share) => percent(share, 0)).join(" · "),
    habit.howMuch.map(([share, what]) => `${what} ${percent(share, 0)}`).join(", "),
  ]);
  const days = "1–7 · 8–30 · 31–60 · 61–90 · 91+ days past due";
  return table([
    ["habit", "misses a due day", `pays on a day, at ${days}`, "on payday", "pays what"],
    ...rows,
  ]);
}

const FEW = 300;

function rollTable(rates: RollRates): string {
  const rows = rates
    .lines()
    .map((line) => [
      line.name,
      String(line.cases),
      percent(line.byCount),
      percent(line.byBalance),
      `${percent(line.least, 0)} – ${percent(line.most, 0)}`,
      line.cases < FEW ? "too few cases" : line.within ? "yes" : "no",
    ]);
  const head = ["rate", "cases", "by count", "by balance", "target range", "by count within"];
  return table([head, ...rows], [1, 2, 3]);
}

/** A Markdown table, padded so that it can be read as it stands; the columns named are set to the right. */
function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const padded = rows.map((row) =>
    line(row.map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))),
  );
  const rule = line(
    widths.map((width, i) => (right.includes(i) ? `${"-".repeat(width - 1)}:` : "-".repeat(width))),
  );
  return [padded[0], rule, ...padded.slice(1)].join("\n");
}

const percent = (share: number, decimals = 1): string => `${(share * 100).toFixed(decimals)} %`;
