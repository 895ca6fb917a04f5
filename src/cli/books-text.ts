import {
  type Account,
  addDays,
  BOOK_ACCOUNTS,
  type Day,
  decimalsOf,
  formatDay,
  formatMoney,
  isLoanAccount,
  type LoanAccount,
  type Minor,
  type Transaction,
} from "../core/index.ts";

/** One loan's part of a book in double entry. */
export interface ToldLoan {
  /** The loan's id at the lender: any text. */
  readonly id: string;
  readonly currency: string;
  readonly transactions: readonly Transaction[];
  /** What its accounts hold by its position; those that are not named hold nothing. */
  readonly balances: ReadonlyMap<LoanAccount, Minor>;
  readonly through: Day;
}

export interface BookHead {
  readonly lender: string;
  readonly through: Day;
  readonly currencies: readonly string[];
}

/** A book as a plain-text accounting program reads it: one head, then each loan, in ASCII alone. */
export interface BookText {
  readonly head: (head: BookHead) => string;
  readonly loan: (loan: ToldLoan) => string;
}

export const BOOK_FORMATS = ["hledger", "beancount"] as const;
export type BookFormat = (typeof BOOK_FORMATS)[number];

// --- ids -------------------------------------------------------------------------------------------------------------

/**
 * An id as the last part of an account's name in both programs: A-Z, a-z, 0-9 and `-` alone, a capital or a digit first.
 *
 * Gives   letters, digits and a `-` before one of them as they are; any other byte of its UTF-8 as `--` and two hex
 *         digits; `X--` before what does not begin as it must.
 * Holds   two ids have two names (`idOfAccountPart` gives the id back), so that no id can be another account, a comment
 *         or a line of its own.
 */
export function accountPart(id: string): string {
  const part = escaped(id, "--", (text, i) =>
    text[i] === "-" ? /[A-Za-z0-9]/.test(text[i + 1] ?? "") : /[A-Za-z0-9]/.test(text[i]!),
  );
  return /^[A-Z0-9]/.test(part) ? part : `X--${part}`;
}

export function idOfAccountPart(part: string): string {
  // Hex digits are capitals: after the prefix stands a small letter, a `-`, or nothing.
  const bare = part.replace(/^X--(?![0-9A-F]{2})/, "");
  return unescaped(bare, /^--([0-9A-F]{2})/);
}

/** An id in a comment, a tag or a quoted text: as in a web address, so that nothing in it means anything there. */
export const percentEncoded = (id: string): string =>
  escaped(id, "%", (text, i) => /[A-Za-z0-9._/~-]/.test(text[i]!));

function escaped(id: string, mark: string, stays: (text: string, i: number) => boolean): string {
  let text = "";
  for (let i = 0; i < id.length; ) {
    const point = id.codePointAt(i)!;
    if (point < 0x80 && stays(id, i)) text += id[i];
    else for (const byte of bytesOf(point)) text += mark + byte.toString(16).toUpperCase().padStart(2, "0");
    i += point > 0xffff ? 2 : 1;
  }
  return text;
}

/** UTF-8, and of half a pair of surrogates what UTF-8 would be, for two such halves are two ids too. */
function bytesOf(point: number): number[] {
  const rest = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x80) return [point];
  if (point < 0x800) return [0xc0 | (point >> 6), rest(0)];
  if (point < 0x10000) return [0xe0 | (point >> 12), rest(6), rest(0)];
  return [0xf0 | (point >> 18), rest(12), rest(6), rest(0)];
}

function unescaped(text: string, mark: RegExp): string {
  let id = "";
  for (let i = 0; i < text.length; ) {
    const bytes: number[] = [];
    for (let found = mark.exec(text.slice(i)); found; found = mark.exec(text.slice(i))) {
      bytes.push(Number.parseInt(found[1]!, 16));
      i += found[0].length;
    }
    id += textOf(bytes);
    if (i < text.length) id += text[i++];
  }
  return id;
}

function textOf(bytes: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++]!;
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let point = more === 0 ? first : first & (0x3f >> more);
    for (let k = 0; k < more; k++) point = (point << 6) | (bytes[i++]! & 0x3f);
    text += String.fromCodePoint(point);
  }
  return text;
}

// --- hledger and beancount ---------------------------------------------------------------------------------------

const SOURCE = "docs/reference/double-entry.md says what each account is";
/** No loan is older; beancount asks for the day on which an account is opened. */
const ALWAYS = "1900-01-01";

interface Written {
  readonly id: string;
  readonly name: (account: Account) => string;
  readonly money: (amount: Minor) => string;
  /** The loan's own accounts, in the order in which they were met. */
  readonly own: readonly LoanAccount[];
  /** What each holds by the position; what was reversed is no part of it. */
  readonly said: readonly (readonly [LoanAccount, Minor])[];
}

function written({ id, currency, transactions, balances }: ToldLoan): Written {
  const part = accountPart(id);
  const decimals = decimalsOf(currency);
  const met = new Set<LoanAccount>();
  for (const { postings } of transactions)
    for (const { account } of postings) if (isLoanAccount(account)) met.add(account);
  for (const account of balances.keys()) met.add(account);
  const own = [...met];
  return {
    id: percentEncoded(id),
    name: (account) => (isLoanAccount(account) ? `${account}:${part}` : account),
    money: (amount) => formatMoney(amount, decimals),
    own,
    said: own
      .filter((account) => account !== "Liabilities:Reversed")
      .map((account) => [account, balances.get(account) ?? (0 as Minor)] as const),
  };
}

const hledger: BookText = {
  head: ({ lender, through, currencies }) =>
    [
      `; lender ${percentEncoded(lender)}, books through ${formatDay(through)}; ${SOURCE}`,
      "decimal-mark .",
      // The format of amounts: hledger wants a decimal mark even where there are no decimals.
      ...currencies.map((code) => `commodity ${shape(code)} ${code}`),
      ...BOOK_ACCOUNTS.map((account) => `account ${account}`),
      "",
      "",
    ].join("\n"),
  loan: (loan) => {
    const { id, name, money, own, said } = written(loan);
    const { currency } = loan;
    const lines = own.map((account) => `account ${name(account)}`);
    for (const { on, bookedOn, description, fact, postings } of loan.transactions) {
      const tags = [
        `loan:${id}`,
        ...(fact === undefined ? [] : [`fact:${percentEncoded(fact)}`]),
        ...(bookedOn === undefined ? [] : [`booked:${formatDay(bookedOn)}`]),
      ];
      lines.push("", `${formatDay(on)} ${description}  ; ${tags.join(", ")}`);
      for (const { account, amount } of postings)
        lines.push(`    ${name(account)}  ${money(amount)} ${currency}`);
    }
    lines.push("", `${formatDay(loan.through)} balances by the position  ; loan:${id}`);
    for (const [account, amount] of said)
      lines.push(`    ${name(account)}  ${money(0 as Minor)} ${currency} = ${money(amount)} ${currency}`);
    return `${lines.join("\n")}\n\n`;
  },
};

const shape = (currency: string): string => {
  const decimals = decimalsOf(currency);
  return `1000.${"0".repeat(decimals)}`;
};

const beancount: BookText = {
  head: ({ lender, through, currencies }) =>
    [
      `; ${SOURCE}`,
      `option "title" "lender ${percentEncoded(lender)}, books through ${formatDay(through)}"`,
      ...currencies.map((code) => `option "operating_currency" "${code}"`),
      ...BOOK_ACCOUNTS.map((account) => `${ALWAYS} open ${account}`),
      "",
      "",
    ].join("\n"),
  loan: (loan) => {
    const { id, name, money, own, said } = written(loan);
    const { currency, transactions, through } = loan;
    const first = formatDay(transactions[0]?.on ?? through);
    const lines = own.flatMap((account) => [`${first} open ${name(account)} ${currency}`, `  loan: "${id}"`]);
    for (const { on, bookedOn, description, fact, postings } of transactions) {
      lines.push("", `${formatDay(on)} * "${description}"`, `  loan: "${id}"`);
      if (fact !== undefined) lines.push(`  fact: "${percentEncoded(fact)}"`);
      if (bookedOn !== undefined) lines.push(`  booked: ${formatDay(bookedOn)}`);
      for (const { account, amount } of postings)
        lines.push(`  ${name(account)}  ${money(amount)} ${currency}`);
    }
    // A balance of beancount is that of the morning.
    const morning = formatDay(addDays(through, 1));
    lines.push("");
    for (const [account, amount] of said)
      lines.push(`${morning} balance ${name(account)}  ${money(amount)} ~ ${money(0 as Minor)} ${currency}`);
    return `${lines.join("\n")}\n\n`;
  },
};

export const BOOK_TEXTS: Readonly<Record<BookFormat, BookText>> = { hledger, beancount };
