import type { LetterWords, Said } from "./words.ts";

const asOf = (said: Said): string => said.day(said.letter.on);
const sum = (said: Said, amount: number): string =>
  said.inWords === undefined ? said.money(amount) : `${said.money(amount)} (in words: 人民币${said.inWords})`;
const COURT_DECIDES = "Whether the claim is well founded is for the court to decide by law.";
const lateness = (dpd: number): string =>
  dpd > 0 ? ` On the date of this letter the loan is ${dpd} ${dpd === 1 ? "day" : "days"} past due.` : "";

/** The letters in English. Quotations of law stay in the language of the law. */
export const EN: LetterWords = {
  title: "Lawyer’s Letter",
  subtitle: {
    demand: "Demand for payment",
    acceleration: "Notice that the whole loan is due",
    "final-notice": "Final notice",
    "dispute-reply": "Reply to your objection",
    withdrawal: "Withdrawal of an earlier letter",
    "settlement-confirmation": "Confirmation of settlement",
  },
  letterhead: ({ letter: { firm } }) => [
    `Practice licence ${firm.licence}`,
    [firm.address, `Tel. ${firm.phone}`, ...(firm.email ? [firm.email] : [])].join("  ·  "),
  ],
  fields: ({ letter, day }) => [
    ["Letter no.", letter.number],
    ["Date", day(letter.on)],
    [
      "To",
      letter.addressee.name +
        (letter.addressee.idTail ? ` (identity number ending in ${letter.addressee.idTail})` : ""),
    ],
    ...(letter.addressee.address ? [["Address", letter.addressee.address] as const] : []),
    ["Our client", letter.client.name],
  ],
  salutation: ({ letter }) => `Dear ${letter.addressee.name},`,
  headings: {
    mandate: "Our mandate",
    facts: "The loan",
    account: "Statement of account",
    law: "The law",
    pay: "What we ask",
    ways: "How to pay",
    questions: "To object, to ask for a plan, to check this letter",
    consequences: "If there is no answer",
    acceleration: "The whole loan is due",
    earlier: "Our earlier letter",
    raised: "Your objection",
    answer: "What we found",
    withdrawn: "The letter that is withdrawn",
    settlement: "The settlement",
  },
  mandate: ({ letter, day }) =>
    `${letter.firm.name} (“the firm”) writes for ${letter.client.name} (“our client”) under the mandate ${letter.mandate.number} ` +
    `of ${day(letter.mandate.signedOn)}. The lawyer in charge is ${letter.lawyer.name}. This letter rests on what our client told us and ` +
    "on the documents that our client gave us.",
  contract: ({ letter, money, day }, debt, several) =>
    `${several}You and our client made the loan contract ${debt.contractNumber}${debt.contractOn === undefined ? "" : ` on ${day(debt.contractOn)}`} ` +
    `(loan ${debt.loan}). ${money(debt.principal)} was paid out on ${day(debt.disbursedOn)}, to be repaid in ${debt.installments} ` +
    `${debt.installments === 1 ? "installment" : "installments"}; the agreed rate is ${debt.rate}.` +
    `${letter.kind === "settlement-confirmation" ? "" : lateness(debt.dpd)}`,
  debtNumber: (n) => `(${n}) `,
  missed: () => "These installments are past their due day and not fully paid:",
  missedTable: {
    caption: "Installments past due",
    heads: ["No.", "Due on", "Due", "Paid", "Open"],
    total: "Total",
  },
  statement: ({ day }, { statement }) => `On ${day(statement.asOf)} this is owed on the loan:`,
  statementTable: {
    caption: "Statement of account",
    heads: ["Item", "By the contract", "Most that is claimed"],
    total: "Total",
    kinds: {
      principal: "Principal",
      interest: "Interest",
      lateInterest: "Late interest",
      fee: "Fees",
      penalty: "Liquidated damages",
      recoveryCost: "Cost of recovery",
    },
  },
  workingIntro: "What accrues by the day was worked out so (base × days × rate):",
  workingTable: { caption: "The arithmetic", heads: ["Period", "Base", "Days", "Rate", "Amount"] },
  period: (from, to) => `${from} to ${to}`,
  ceiling: (_, ceiling) =>
    `“Most that is claimed” rests on: ${ceiling}. Our client does not claim what is above it.`,
  lawIntro: "The law that this letter rests on, in its own words:",
  lawNote: "The English renderings are ours and have no force; the Chinese text governs.",
  demand: (said) =>
    `Please pay ${sum(said, said.letter.demanded)} to our client, in one of the ways below, by ${said.day(said.letter.answerBy)} at the latest. ` +
    `This is the amount on ${asOf(said)}.`,
  demandAll: (said) =>
    `As the whole loan is due, please pay ${sum(said, said.letter.demanded)} to our client, in one of the ways below, ` +
    `by ${said.day(said.letter.answerBy)} at the latest. This is the amount on ${asOf(said)}.`,
  paidAlready: (said) =>
    `Payments after ${asOf(said)} are not counted in it. If you have paid, our client’s records decide, and you can compare them with yours ` +
    "by the contacts in this letter; what is paid is not asked for again.",
  ways: () => "These are our client’s own channels:",
  neverToUs: () =>
    "The firm and its lawyers take no payments, and no account of a private person is a way to pay.",
  questions: (said) => [
    `To object to the loan, the amount or anything in this letter: ${said.letter.client.objections}.`,
    `If you cannot pay at once, you can agree a plan with our client. Telephone: ${said.letter.client.phone}.`,
    `To check that this letter is genuine, scan the code at its end, or open the page named there and enter ${said.letter.code}. ` +
      "You can also look up the firm and the lawyer in the public register of the authorities for justice, and ask our client by its " +
      "public telephone line whether it engaged us.",
  ],
  consequences: {
    demand: () =>
      "If by that day you have not paid, objected or agreed anything with our client, our client may pursue its rights under the contract " +
      `and the law, which include a suit in the court that has jurisdiction. ${COURT_DECIDES}`,
    acceleration: () =>
      "If by that day you have not paid, objected or agreed anything with our client, our client may sue for the whole amount that is due in the " +
      `court that has jurisdiction. ${COURT_DECIDES}`,
    "final-notice": () =>
      "This is the last written demand before our client decides whether to sue. If by that day you have not paid, objected or agreed anything " +
      `with our client, it will decide whether to bring a suit in the court that has jurisdiction. ${COURT_DECIDES}`,
  },
  notACourtPaper:
    "This is a lawyer’s letter. It is not a court paper, and no measure follows from it by itself.",
  acceleration: ({ day }, about) =>
    `Under the contract (${about.clause}) our client gives you notice that the whole loan is due from ${day(about.effectiveOn)}. The principal of ` +
    "all later installments is due with it and stands in the account below.",
  earlier: ({ day }, about) =>
    `On ${day(about.of)} we wrote to you about this loan (letter no. ${about.number}). Up to the date of this letter our client has not been paid in full.`,
  raised: ({ day }, about) =>
    `Our client passed on to us the objection that you raised on ${day(about.raisedOn)}. It says:`,
  raisedQuote: (_, about) => about.raised,
  answerIntro: () =>
    "We compared it with the contract, the record of the payout and the record of payments that our client gave us. Our answer:",
  disputeFigures: (said) =>
    `On ${asOf(said)} the amount that our client claims is ${sum(said, said.letter.demanded)}.`,
  disputeOpen: (said) =>
    `If you still object, please send further reasons and documents by ${said.day(said.letter.answerBy)}. While an objection is looked into, ` +
    "our client’s written answer says what happens.",
  withdrawn: ({ day, contracts }, about) =>
    `We withdraw our letter no. ${about.number} of ${day(about.of)}, which was about the loan contract ${contracts}.`,
  why: (_, about) => `Reason: ${about.why}.`,
  withdrawnMeans: (said, about) => [
    `From the date of this letter, letter no. ${about.number} is no longer a claim of our client; its amount, its date and its requests do not apply.`,
    "You need not pay or answer because of it.",
    `What is true of the loan between you and our client, our client’s records say. Telephone: ${said.letter.client.phone}.`,
    "We apologise for the trouble that the letter gave you.",
  ],
  settlement: (said, about) => [
    `On ${said.day(about.agreedOn)} you and our client settled this loan: you pay ${said.money(about.amount)}.`,
    about.paidOn === undefined
      ? "Our client has not received it yet. Once it is paid as agreed, the loan is settled."
      : `Our client received it on ${said.day(about.paidOn)}.`,
    ...(about.settledOn === undefined
      ? []
      : [
          `The loan is settled from ${said.day(about.settledOn)}. Our client claims nothing more from you under it and will not contact you to collect it.`,
        ]),
  ],
  closing: {
    demand: "Please keep this letter.",
    acceleration: "Please keep this letter.",
    "final-notice": "Please keep this letter.",
    "dispute-reply": "This is our answer.",
    withdrawal: "Yours sincerely,",
    "settlement-confirmation": "Please keep this letter: it is your proof of the settlement.",
  },
  signature: ({ letter, day }) => [
    `${letter.firm.name} (seal)`,
    `Lawyer in charge: ${letter.lawyer.name}`,
    `Lawyer’s practice licence: ${letter.lawyer.licence}`,
    day(letter.on),
  ],
  check: {
    alt: "QR code of the page that says whether this letter is genuine",
    lines: ({ letter }) => ["Scan to check this letter", `Code: ${letter.code}`, letter.verifyUrl],
  },
  enclosures: (items) => `Enclosures: ${items.map((item, n) => `${n + 1}. ${item}`).join("; ")}.`,
  footer: ({ letter }) => `${letter.firm.name}  ·  ${letter.number}`,
  development: "Signed with a certificate for trying: this letter has no legal effect.",
};
