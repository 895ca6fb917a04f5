import { add, type Day, decimalsOf, formatDay, formatMoney, invariant, minor, ymd } from "../core/index.ts";
import { amountWords } from "./amount-words.ts";
import type { Block, LetterDocument, Table } from "./blocks.ts";
import { LATE_INTEREST, type Quoted, REPAY_ON_TIME, VARIATION } from "./law.ts";
import type { DocumentLanguage, Letter, LetterDebt, LetterKind, LetterSubject } from "./letter.ts";
import type { LetterWords, Said } from "./words.ts";
import { EN } from "./words-en.ts";
import { ZH } from "./words-zh.ts";

const WORDS: Readonly<Record<DocumentLanguage, LetterWords>> = { "zh-CN": ZH, en: EN };

/** What each kind has to be about; a demand may name an earlier letter or nothing. */
const SUBJECT: Readonly<Record<LetterKind, LetterSubject["kind"] | undefined>> = {
  demand: undefined,
  acceleration: "acceleration",
  "final-notice": "earlier-letter",
  "dispute-reply": "dispute",
  withdrawal: "withdrawal",
  "settlement-confirmation": "settlement",
};

/**
 * Writes a letter: its data as blocks of plain text, from which every renderer prints the same words.
 *
 * Takes   a letter whose figures were worked out by the ledger.
 * Holds   nothing is computed here but sums that must agree: an open amount is what is due less what was paid, the lines of
 *         a statement add up to its totals, and no more is demanded than can be claimed. Otherwise it throws.
 */
export function compose(letter: Letter): LetterDocument {
  checkFigures(letter);
  const words = WORDS[letter.language];
  const said = saidOf(letter);
  return {
    language: letter.language,
    on: letter.on,
    letterhead: { name: letter.firm.name, lines: words.letterhead(said) },
    title: words.title,
    subtitle: words.subtitle[letter.kind],
    fields: words.fields(said).map(([label, value]) => ({ label, value })),
    salutation: words.salutation(said),
    blocks: numbered(letter.language, BODY[letter.kind](words, said)),
    closing: words.closing[letter.kind],
    signature: words.signature(said),
    check: { url: letter.verifyUrl, alt: words.check.alt, lines: words.check.lines(said) },
    ...(letter.enclosures.length > 0 ? { enclosures: words.enclosures(letter.enclosures) } : {}),
    footer: words.footer(said),
    ...(letter.development ? { warning: words.development } : {}),
  };
}

type Body = (words: LetterWords, said: Said) => readonly Block[];

const heading = (text: string): Block => ({ kind: "heading", text });
const paragraph = (text: string): Block => ({ kind: "paragraph", text });

const mandate: Body = (words, said) => [heading(words.headings.mandate), paragraph(words.mandate(said))];

const facts: Body = (words, said) => [
  heading(words.headings.facts),
  ...said.letter.debts.flatMap((debt, n) => [
    paragraph(words.contract(said, debt, numberOf(words, said, n))),
    ...(debt.missed.length === 0
      ? []
      : [paragraph(words.missed(said, debt)), missedTable(words, said, debt)]),
  ]),
];

const account: Body = (words, said) => [
  heading(words.headings.account),
  ...said.letter.debts.flatMap((debt, n) => [
    paragraph(`${numberOf(words, said, n)}${words.statement(said, debt)}`),
    statementTable(words, said, debt),
    ...(debt.statement.working.length === 0
      ? []
      : [paragraph(words.workingIntro), workingTable(words, said, debt)]),
    ...(debt.statement.ceiling === undefined ? [] : [paragraph(words.ceiling(said, debt.statement.ceiling))]),
  ]),
];

const law = (...quoted: readonly Quoted[]): Body => {
  return (words, said) => [
    heading(words.headings.law),
    paragraph(words.lawIntro),
    ...quoted.map(
      (one): Block =>
        said.letter.language === "en"
          ? { kind: "quote", text: `“${one.quote}” (${one.english})`, source: one.source.en }
          : { kind: "quote", text: `“${one.quote}”`, source: one.source.zh },
    ),
    ...(words.lawNote === undefined ? [] : [paragraph(words.lawNote)]),
  ];
};

const payment: Body = (words, said) => [
  heading(words.headings.pay),
  paragraph(said.letter.kind === "acceleration" ? words.demandAll(said) : words.demand(said)),
  paragraph(words.paidAlready(said)),
  ...ways(words, said),
];

const ways: Body = (words, said) => [
  heading(words.headings.ways),
  paragraph(words.ways(said)),
  { kind: "list", items: said.letter.client.waysToPay },
  paragraph(words.neverToUs(said)),
];

const questions: Body = (words, said) => [
  heading(words.headings.questions),
  { kind: "list", items: words.questions(said) },
];

const consequences = (kind: "demand" | "acceleration" | "final-notice"): Body => {
  return (words, said) => [
    heading(words.headings.consequences),
    paragraph(words.consequences[kind](said)),
    paragraph(words.notACourtPaper),
  ];
};

const earlier: Body = (words, said) => {
  const { about } = said.letter;
  return about?.kind === "earlier-letter"
    ? [heading(words.headings.earlier), paragraph(words.earlier(said, about))]
    : [];
};

const both =
  (...parts: readonly Body[]): Body =>
  (words, said) =>
    parts.flatMap((part) => part(words, said));

const BODY: Readonly<Record<LetterKind, Body>> = {
  demand: both(
    mandate,
    facts,
    earlier,
    account,
    law(REPAY_ON_TIME, LATE_INTEREST),
    payment,
    questions,
    consequences("demand"),
  ),
  acceleration: both(
    mandate,
    facts,
    (words, said) => [
      heading(words.headings.acceleration),
      paragraph(words.acceleration(said, aboutOf(said.letter, "acceleration"))),
    ],
    account,
    law(REPAY_ON_TIME, LATE_INTEREST),
    payment,
    questions,
    consequences("acceleration"),
  ),
  "final-notice": both(
    mandate,
    facts,
    earlier,
    account,
    law(REPAY_ON_TIME, LATE_INTEREST),
    payment,
    questions,
    consequences("final-notice"),
  ),
  "dispute-reply": both(
    mandate,
    (words, said) => {
      const about = aboutOf(said.letter, "dispute");
      return [
        heading(words.headings.raised),
        paragraph(words.raised(said, about)),
        { kind: "quote", text: words.raisedQuote(said, about), source: said.letter.addressee.name },
        heading(words.headings.answer),
        paragraph(words.answerIntro(said)),
        paragraph(about.answer),
      ];
    },
    facts,
    account,
    (words, said) => [paragraph(words.disputeFigures(said)), paragraph(words.disputeOpen(said))],
    ways,
    questions,
    (words) => [paragraph(words.notACourtPaper)],
  ),
  withdrawal: both(mandate, (words, said) => {
    const about = aboutOf(said.letter, "withdrawal");
    return [
      heading(words.headings.withdrawn),
      paragraph(words.withdrawn(said, about)),
      paragraph(words.why(said, about)),
      { kind: "list", items: words.withdrawnMeans(said, about) },
      heading(words.headings.questions),
      { kind: "list", items: words.questions(said).filter((_, n) => n !== 1) },
    ];
  }),
  "settlement-confirmation": both(
    mandate,
    facts,
    (words, said) => {
      const about = aboutOf(said.letter, "settlement");
      return [
        heading(words.headings.settlement),
        ...words.settlement(said, about).map(paragraph),
        ...(about.paidOn === undefined ? ways(words, said) : []),
      ];
    },
    law(VARIATION),
    (words, said) => [
      heading(words.headings.questions),
      { kind: "list", items: words.questions(said).filter((_, n) => n !== 1) },
    ],
  ),
};

function aboutOf<K extends LetterSubject["kind"]>(
  letter: Letter,
  kind: K,
): Extract<LetterSubject, { kind: K }> {
  const { about } = letter;
  invariant(about?.kind === kind, `a letter of the kind ${letter.kind} has a subject of the kind ${kind}`);
  return about as Extract<LetterSubject, { kind: K }>;
}

// --- tables ----------------------------------------------------------------------------------------------------------

function table(
  { caption, heads }: { readonly caption: string; readonly heads: readonly string[] },
  left: number,
  rows: readonly (readonly string[])[],
  total: boolean,
): Table {
  return {
    kind: "table",
    caption,
    columns: heads.map((head, n) => ({ head, align: n < left ? "left" : "right" })),
    rows,
    total,
  };
}

function missedTable(words: LetterWords, { letter, day }: Said, { missed }: LetterDebt): Table {
  const plain = plainMoney(letter.currency);
  const total = (of: "due" | "paid" | "open"): string => plain(add(...missed.map((row) => row[of])));
  return table(
    words.missedTable,
    2,
    [
      ...missed.map(({ n, dueOn, due, paid, open }) => [
        String(n),
        day(dueOn),
        plain(due),
        plain(paid),
        plain(open),
      ]),
      [words.missedTable.total, "", total("due"), total("paid"), total("open")],
    ],
    true,
  );
}

function statementTable(words: LetterWords, { letter }: Said, { statement }: LetterDebt): Table {
  const plain = plainMoney(letter.currency);
  const { kinds, total } = words.statementTable;
  return table(
    words.statementTable,
    1,
    [
      ...statement.lines.map(({ kind, contractual, claimable }) => [
        kinds[kind],
        plain(contractual),
        plain(claimable),
      ]),
      [total, plain(statement.contractual), plain(statement.claimable)],
    ],
    true,
  );
}

function workingTable(words: LetterWords, { letter, day }: Said, { statement }: LetterDebt): Table {
  const plain = plainMoney(letter.currency);
  return table(
    words.workingTable,
    1,
    statement.working.map(({ from, to, base, days, rate, product }) => [
      words.period(day(from), day(to)),
      plain(base),
      String(days),
      rate,
      product,
    ]),
    false,
  );
}

// --- figures and days as they are written -----------------------------------------------------------------------------

const numberOf = (words: LetterWords, { letter }: Said, n: number): string =>
  letter.debts.length > 1 ? words.debtNumber(n + 1) : "";

/** `12,345.67` */
export const plainMoney =
  (currency: string) =>
  (amount: number): string =>
    formatMoney(minor(amount), decimalsOf(currency)).replace(/\B(?<!\.\d*)(?=(?:\d{3})+(?!\d))/g, ",");

/** How the amounts and days of a letter are written. */
export function saidOf(letter: Letter): Said {
  const chinese = letter.language === "zh-CN";
  const plain = plainMoney(letter.currency);
  return {
    letter,
    money: (amount) =>
      chinese && letter.currency === "CNY"
        ? `人民币${plain(amount)}元`
        : `${letter.currency} ${plain(amount)}`,
    day: chinese ? chineseDay : formatDay,
    inWords: letter.currency === "CNY" ? amountWords(letter.demanded) : undefined,
    contracts: letter.debts.map(({ contractNumber }) => contractNumber).join(chinese ? "、" : ", "),
  };
}

/** `2026年3月31日` */
export function chineseDay(value: Day): string {
  const { year, month, day } = ymd(value);
  return `${year}年${month}月${day}日`;
}

const CHINESE_NUMBERS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

/** Headings count on their own, so that a letter can be spoken about by its numbers. */
function numbered(language: DocumentLanguage, blocks: readonly Block[]): readonly Block[] {
  let n = 0;
  return blocks.map((block) => {
    if (block.kind !== "heading") return block;
    n += 1;
    return {
      kind: "heading",
      text: language === "zh-CN" ? `${CHINESE_NUMBERS[n - 1]}、${block.text}` : `${n}. ${block.text}`,
    };
  });
}

function checkFigures(letter: Letter): void {
  const subject = SUBJECT[letter.kind];
  if (subject !== undefined) aboutOf(letter, subject);
  invariant(letter.debts.length > 0, `letter ${letter.number} names a debt`);
  invariant(letter.answerBy >= letter.on, `letter ${letter.number} is answered on its day or later`);
  for (const { loan, missed, statement } of letter.debts) {
    for (const row of missed) {
      invariant(
        row.open === row.due - row.paid,
        `${loan}: installment ${row.n} is open by what is due and not paid`,
      );
    }
    const sumOf = (of: "contractual" | "claimable"): number =>
      add(...statement.lines.map((line) => line[of]));
    invariant(
      sumOf("contractual") === statement.contractual,
      `${loan}: the lines add up to what the contract gives`,
    );
    invariant(sumOf("claimable") === statement.claimable, `${loan}: the lines add up to what can be claimed`);
    invariant(
      statement.claimable <= statement.contractual,
      `${loan}: no more is claimed than the contract gives`,
    );
    invariant(statement.asOf === letter.on, `${loan}: the statement is of the day of the letter`);
  }
  const claimable = add(...letter.debts.map(({ statement }) => statement.claimable));
  invariant(letter.demanded <= claimable, `letter ${letter.number} demands no more than can be claimed`);
}
