import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import {
  type Account,
  balancesFromFacts,
  type Day,
  decimalsOf,
  formatDay,
  formatMoney,
  InvariantError,
  isLoanAccount,
  type LoanBooked,
  type Minor,
  nearest,
  type Product,
  type Transaction,
  transactionsFromFacts,
} from "../../core/index.ts";
import { dayOption, lendersAsked, withBook } from "../../office/book.ts";
import { count, Declined, type Io, WrongUse } from "../../office/io.ts";
import {
  type Database,
  factsOf,
  type Lender,
  type LoanFacts,
  loanFile,
  moneyFactsByRange,
  products,
} from "../../store/index.ts";
import { BOOK_FORMATS, BOOK_TEXTS, type BookFormat, type ToldLoan } from "../books-text.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  format: { type: "string" },
  lender: { type: "string" },
  through: { type: "string" },
  loan: { type: "string" },
  out: { type: "string" },
} as const;

const EXAMPLE = "arrears export books --format hledger --out books.journal";
const USUAL_FILE: Readonly<Record<BookFormat, string>> = {
  hledger: "books.journal",
  beancount: "books.beancount",
};
const FINDINGS_TOLD = 100;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [what] = asked.words;
  if (what !== "books") throw new WrongUse(say.missing[io.language]("export books", EXAMPLE));
  const format = formatAsked(asked, io);
  const through = dayOption(asked.text("through"), "--through", io);
  const out = asked.text("out") ?? USUAL_FILE[format];
  return withBook(place, io, async (db) => {
    const { lender, parts } = await partsAsked(db, asked, io);
    const last = through ?? lender.closedThrough;
    const currencies = await currenciesOf(db, lender);
    const told = { loans: 0, transactions: 0, findings: [] as Finding[] };
    let findings = 0;
    await writeWhole(out, async (write) => {
      write(BOOK_TEXTS[format].head({ lender: lender.code, through: last, currencies }));
      for await (const { loans, done, of } of parts) {
        for (const loan of loans) {
          const one = toldLoan(loan, last);
          for (const finding of one.findings) {
            findings += 1;
            if (told.findings.length < FINDINGS_TOLD) told.findings.push(finding);
          }
          if (!one.told) continue;
          told.loans += 1;
          told.transactions += one.told.transactions.length;
          write(BOOK_TEXTS[format].loan(one.told));
        }
        io.progress("export", done, Math.max(1, of));
      }
    });
    io.object({ wrote: out, format, lender: lender.code, through: formatDay(last), ...told });
    io.out(say.exported[io.language](out, count(told.loans), count(told.transactions), formatDay(last)));
    if (findings > 0) io.out(say.findings[io.language](count(findings)));
    for (const { loan, says } of told.findings) io.out(`  ${loan}  ${says}`);
    return findings > 0 ? 1 : 0;
  });
}

function formatAsked(asked: Asked, io: Io): BookFormat {
  const text = asked.text("format");
  if (text === undefined) throw new WrongUse(say.missing[io.language]("--format", EXAMPLE));
  const format = BOOK_FORMATS.find((known) => known === text);
  if (format) return format;
  throw new WrongUse(say.noFormat[io.language](text, BOOK_FORMATS.join(", "), nearest(text, BOOK_FORMATS)));
}

interface Part {
  readonly loans: readonly LoanFacts[];
  readonly done: number;
  readonly of: number;
}

/** One lender's loans, range by range, or the one that is asked for. Books are a lender's: two never share a file. */
async function partsAsked(
  db: Database,
  asked: Asked,
  io: Io,
): Promise<{ lender: Lender; parts: AsyncIterable<Part> | Part[] }> {
  const id = asked.text("loan");
  const lenders = await lendersAsked(db, asked.text("lender"), io);
  if (id !== undefined) {
    const file = await loanFile(db, id, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](id));
    const loans = [{ key: file.key, product: file.product, facts: factsOf(file) }];
    return { lender: file.lender, parts: [{ loans, done: 1, of: 1 }] };
  }
  const [lender, other] = lenders;
  if (other) throw new Declined(say.whichLender[io.language](lenders.map(({ code }) => code).join(", ")));
  return { lender: lender!, parts: moneyFactsByRange(db, lender!.code) };
}

async function currenciesOf(db: Database, lender: Lender): Promise<string[]> {
  const own = (await products(db)).filter((product) => product.lender === lender.code);
  return [...new Set(own.map(({ terms }) => terms.currency))].sort();
}

interface Finding {
  readonly loan: string;
  readonly says: string;
}

/** A loan in double entry, and where it does not agree with its position; none before its pay-out. */
function toldLoan(
  { key, product, facts }: LoanFacts,
  through: Day,
): { readonly told?: ToldLoan; readonly findings: readonly Finding[] } {
  const { id } = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked")!;
  try {
    const transactions = transactionsFromFacts(facts, () => product, { asOf: through });
    if (!transactions) return { findings: [] };
    const balances = balancesFromFacts(key, facts, () => product, { asOf: through })!;
    const { currency } = product.terms;
    const findings = differences(transactions, balances, product).map((says) => ({ loan: id, says }));
    return { told: { id, currency, transactions, balances, through }, findings };
  } catch (error) {
    // A loan whose facts contradict each other is left out and named; the others are not its fault.
    if (!(error instanceof InvariantError)) throw error;
    return { findings: [{ loan: id, says: error.message }] };
  }
}

function differences(
  transactions: readonly Transaction[],
  balances: ReadonlyMap<Account, Minor>,
  { terms }: Product,
): string[] {
  const sums = new Map<Account, number>();
  for (const { postings } of transactions)
    for (const { account, amount } of postings) sums.set(account, (sums.get(account) ?? 0) + amount);
  const money = (amount: number) => formatMoney(amount as Minor, decimalsOf(terms.currency));
  const says: string[] = [];
  for (const account of new Set([...sums.keys(), ...balances.keys()])) {
    if (!isLoanAccount(account) || account === "Liabilities:Reversed") continue;
    const [sum, said] = [sums.get(account) ?? 0, balances.get(account) ?? 0];
    if (sum !== said)
      says.push(`${account}: its postings come to ${money(sum)}, its position says ${money(said)}`);
  }
  return says;
}

/** Writes a file whole or not at all: under another name beside it, and then in its place. */
async function writeWhole(
  file: string,
  work: (write: (text: string) => void) => Promise<void>,
): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  const handle = openSync(beside, "w");
  let open = true;
  try {
    await work((text) => writeAll(handle, Buffer.from(text)));
    fsyncSync(handle);
    closeSync(handle);
    open = false;
    renameSync(beside, file);
  } catch (error) {
    if (open) closeSync(handle);
    rmSync(beside, { force: true });
    throw error;
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(handle, bytes, from);
}
