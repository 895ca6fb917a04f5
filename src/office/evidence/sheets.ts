import {
  type Day,
  decimalsOf,
  type Fact,
  formatDay,
  formatInstant,
  formatMoney,
  formatPercent,
  type LoanBooked,
  positionFromFacts,
  rateFromE8,
  statementOf,
  termsOf,
} from "../../core/index.ts";
import { FACTS, MANIFEST, SEALS } from "../../evidence/index.ts";
import type { JournalEntry, LoanFile } from "../../store/index.ts";
import { lineSentence } from "../loans/statement-words.ts";
import { factSentence } from "../story/facts.ts";
import { ACTOR_NAMES } from "../story/story.ts";
import type { Sheet } from "./bundle-pages.ts";

export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly source: string;
  readonly proves: string;
  readonly pages: string;
}

interface NamedSheet extends Pick<Entry, "path" | "name" | "proves"> {
  readonly sheet: Sheet;
}

export function sheetsOf(
  file: LoanFile,
  loan: readonly JournalEntry[],
  person: readonly JournalEntry[],
  asOf: Day,
): NamedSheet[] {
  const about = [
    `${file.lender.name} · ${file.id} · 截至 / as of ${formatDay(asOf)}`,
    `借款人 / borrower ${file.borrower.name ?? file.borrower.external_id}`,
  ];
  return [
    {
      path: "contract",
      name: "合同要素与还款计划 / Terms of the contract and its plan",
      proves: "借款金额、利率、期限及各期应还日 / what was lent, at which rate, and when it fell due",
      sheet: {
        title: "合同要素与还款计划 Terms and plan",
        notes: [...about, ...termsLines(file, loan)],
        ...planRows(file, loan, asOf),
      },
    },
    {
      path: "statement",
      name: "对账单 / Statement of account",
      proves: "放款、计息、还款及截至当日欠款余额 / pay-out, interest, payments and what is owed on the day",
      sheet: { title: "对账单 Statement of account", notes: about, ...statementRows(file, loan, asOf) },
    },
    {
      path: "demands",
      name: "催告与触达记录及回执 / Demands and contacts, with receipts",
      proves:
        "何时以何方式催告、送达结果及借款人的答复 / when and how he was asked to pay, what came of it, what he answered",
      sheet: { title: "催告与触达记录 Demands and contacts", notes: about, ...demandRows(file, person) },
    },
    {
      path: "history",
      name: "全部流水 / All facts in order",
      proves:
        "上列各项的完整经过；序号与 facts.jsonl 一致 / everything that happened; numbers are those of facts.jsonl",
      sheet: { title: "全部流水 All facts", notes: about, ...historyRows(file, loan, person) },
    },
  ];
}

const factsIn = (journal: readonly JournalEntry[]): Fact[] => journal.map(({ fact }) => fact);
const bookedIn = (loan: readonly JournalEntry[]): LoanBooked | undefined =>
  factsIn(loan).find((fact): fact is LoanBooked => fact.kind === "LoanBooked");

function termsLines(file: LoanFile, loan: readonly JournalEntry[]): string[] {
  const booked = bookedIn(loan);
  if (!booked) return [];
  const { currency, ratePer, method, dayCount } = file.product.terms;
  const rate = formatPercent(rateFromE8(booked.rateE8, ratePer));
  const principal = formatMoney(booked.principal, decimalsOf(currency));
  return [
    `本金 principal ${principal} ${currency} · 放款日 paid out ${formatDay(booked.disbursedOn)} · 利率 rate ${rate} % (per ${ratePer})`,
    `期数 installments ${booked.installments} · 还款方式 method ${method} · 计息基准 day count ${dayCount} · 首期应还日 first due ${formatDay(booked.firstDueOn)}`,
  ];
}

type Rows = Pick<Sheet, "heads" | "rows" | "figures">;

function planRows(file: LoanFile, loan: readonly JournalEntry[], asOf: Day): Rows {
  const decimals = decimalsOf(file.product.terms.currency);
  const money = (value: number): string => formatMoney(value as never, decimals);
  const position = positionFromFacts(file.key, factsIn(loan), () => file.product, asOf);
  return {
    heads: ["期 n", "应还日 due on", "本金 principal", "利息 interest", "已还 paid", "余额 balance after"],
    figures: [2, 3, 4, 5],
    rows: (position?.installments ?? []).map((row) => [
      String(row.n),
      formatDay(row.dueOn),
      money(row.principal),
      money(row.interest),
      money(row.principalPaid + row.interestPaid),
      money(row.balance),
    ]),
  };
}

function statementRows(file: LoanFile, loan: readonly JournalEntry[], asOf: Day): Rows {
  const { product } = file;
  const decimals = decimalsOf(product.terms.currency);
  const money = (value: number): string => formatMoney(value as never, decimals);
  const facts = factsIn(loan);
  const booked = bookedIn(loan);
  if (product.source === "fed" || !booked)
    return {
      heads: [
        "报送日 as of",
        "状态 status",
        "剩余本金 principal",
        "逾期 past due",
        "费用 charges",
        "最早未还应还日 oldest unpaid",
      ],
      figures: [2, 3, 4],
      rows: facts.flatMap((fact) =>
        fact.kind === "BalanceReported" && fact.asOf <= asOf
          ? [
              [
                formatDay(fact.asOf),
                fact.status,
                money(fact.principal),
                money(fact.arrears),
                money(fact.charges),
                fact.dueOn === null ? "–" : formatDay(fact.dueOn),
              ],
            ]
          : [],
      ),
    };
  const terms = termsOf(booked, product);
  const telling = { decimals, terms, product };
  const lines = statementOf(terms, facts, product, { asOf }) ?? [];
  return {
    heads: [
      "起息日 value day",
      "摘要",
      "entry",
      "本金 principal",
      "利息 interest",
      "逾期利息 late interest",
      "费用 charges",
      "未分配款 held",
      "余额 balance",
    ],
    figures: [3, 4, 5, 6, 7, 8],
    rows: lines.map((line) => [
      formatDay(line.on),
      lineSentence(line, { ...telling, language: "zh" }),
      lineSentence(line, { ...telling, language: "en" }),
      money(line.change.principal),
      money(line.change.interest),
      money(line.change.lateInterest),
      money(line.change.fee + line.change.penalty + line.change.recoveryCost),
      money(line.change.unapplied),
      money(line.balance),
    ]),
  };
}

/** Kinds of the borrower's facts that tell how he was asked and what he said. */
const OF_DEMANDS: ReadonlySet<Fact["kind"]> = new Set([
  "ContactStarted",
  "ContactEnded",
  "ContactWithdrawn",
  "ContactReported",
  "ContactResult",
  "ContactReopened",
  "DeliveryReported",
  "MessageReceived",
  "CallReported",
  "LetterTracked",
  "NoticeGiven",
  "NoticeReturned",
  "LetterApproved",
  "LetterSigned",
  "LetterHandedOver",
  "LetterDelivered",
  "LetterRefused",
  "LetterReturned",
  "LetterLost",
  "LetterAnswered",
  "LetterDeadlinePassed",
  "LetterWithdrawn",
  "LetterReplaced",
]);

const textIn = (fact: Fact, member: string): string => {
  const value = (fact as unknown as Readonly<Record<string, unknown>>)[member];
  return typeof value === "string" ? value : "";
};

function demandRows(file: LoanFile, person: readonly JournalEntry[]): Rows {
  const zone = file.borrower.zone ?? file.lender.zone;
  const decimals = decimalsOf(file.product.terms.currency);
  return {
    heads: [
      "流水号 fact",
      "时间 at",
      "方式 by",
      "地址 address",
      "动作 action",
      "经过",
      "what happened",
      "结果 outcome",
      "回执 receipt",
    ],
    rows: person
      .filter(({ fact }) => OF_DEMANDS.has(fact.kind))
      .map(({ fact, seq, recordedAt }) => {
        const says = factSentence(fact, decimals, zone);
        const at = "at" in fact && typeof fact.at === "number" ? fact.at : recordedAt;
        return [
          String(seq),
          formatInstant(zone, at),
          textIn(fact, "via") || textIn(fact, "way") || textIn(fact, "channel"),
          textIn(fact, "address"),
          textIn(fact, "action"),
          says.zh,
          says.en,
          textIn(fact, "outcome") || textIn(fact, "status"),
          textIn(fact, "receipt") || textIn(fact, "proof"),
        ];
      }),
  };
}

function historyRows(file: LoanFile, loan: readonly JournalEntry[], person: readonly JournalEntry[]): Rows {
  const zone = file.borrower.zone ?? file.lender.zone;
  const decimals = decimalsOf(file.product.terms.currency);
  const rows = [
    ...loan.map((entry) => ["贷款 loan", entry] as const),
    ...person.map((entry) => ["借款人 borrower", entry] as const),
  ];
  return {
    heads: [
      "流水 journal",
      "号 n",
      "账务日 booked on",
      "记录时间 recorded at",
      "记录者 by",
      "事实 fact",
      "说明",
      "says",
    ],
    rows: rows.map(([of, { fact, seq, recordedAt, actor }]) => {
      const says = factSentence(fact, decimals, zone);
      return [
        of,
        String(seq),
        formatDay(fact.on),
        formatInstant(zone, recordedAt),
        ACTOR_NAMES[actor] ?? String(actor),
        fact.kind,
        says.zh,
        says.en,
      ];
    }),
  };
}

/** What a contact was judged by: with the pack of its version the same answer comes out again. */
export function permitOf({ fact, seq }: JournalEntry): string[] {
  if (fact.kind !== "ContactStarted" || typeof fact.judged !== "object") return [];
  const { at, action, via, pack, verdict, rules, judged } = fact;
  return [`${JSON.stringify({ fact: seq, permit: action, at, via, pack, verdict, rules, judged })}\n`];
}

/** Civil procedure asks for a number, a source and what each thing proves; signature and day are put on by whoever submits it. */
export function catalogueSheet(file: LoanFile, asOf: Day, entries: readonly Entry[]): Sheet {
  return {
    title: "证据目录 Catalogue of evidence",
    notes: [
      `${file.lender.name} · 贷款 loan ${file.id} · 借款人 borrower ${file.borrower.name ?? file.borrower.external_id} · 截至 as of ${formatDay(asOf)}`,
      "电子数据以证据包所附文件为准；核验方法见 read-me.txt。 The files of this bundle are the electronic data; read-me.txt says how to check them.",
    ],
    heads: ["编号 No.", "证据名称 Name", "来源 Source", "证明对象和内容 Proves", "页数 Pages", "文件 File"],
    rows: entries.map(({ name, source, proves, pages, path }, i) => [
      String(i + 1),
      name,
      source,
      proves,
      pages,
      path,
    ]),
  };
}

export const SIGNED = ["提交人（签名或者盖章） Submitted by (signature or seal)：", "提交日期 Date："];

export const readMe = (file: LoanFile, asOf: Day): string => `证据包 / Bundle of evidence
${file.lender.name} · ${file.id} · 截至 / as of ${formatDay(asOf)}

核验（无需联网，只需 Node.js 20 或更高版本）：
To check it (no network; Node.js 20 or later is all it needs):

    node verify.mjs                      或 / or    arrears verify BUNDLE
    node verify.mjs --heads HEADS        HEADS：此前从出借人取得的日志头文件 / heads of the log that you were given before

任何文件有一个字节被改动、缺失或多出，或任何一条事实被改动或缺失，均会被发现并指明。
One changed byte in any file, a file that is missing or was added, a fact that was changed or is missing: each is found and named.

目录 catalogue.html · 文件清单及摘要 ${MANIFEST} · 事实 ${FACTS} · 封存 ${SEALS}
`;
