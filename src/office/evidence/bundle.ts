import {
  type Day,
  decimalsOf,
  type Fact,
  formatDay,
  formatInstant,
  formatMoney,
  formatPercent,
  keyToNumber,
  type LoanBooked,
  positionFromFacts,
  rateFromE8,
  statementOf,
  termsOf,
} from "../../core/index.ts";
import {
  batchText,
  closedPayload,
  FACTS,
  type Files,
  type Head,
  headText,
  isBundlePath,
  MANIFEST,
  type Manifest,
  manifestText,
  partText,
  SEALS,
  type SealedFact,
  type Seals,
  textLeaf,
  toHex,
  treeOf,
  utf8,
} from "../../evidence/index.ts";
import {
  batchRows,
  type Database,
  type HandedHead,
  handedHeads,
  type JournalEntry,
  type LoanFile,
  partsOfBatch,
  sealedFactsOf,
  sealedThrough,
} from "../../store/index.ts";
import { lineSentence } from "../loans/why-words.ts";
import { factSentence } from "../story/facts.ts";
import { ACTOR_NAMES } from "../story/story.ts";
import { csvOf, htmlOf, type Sheet } from "./bundle-pages.ts";
import { sha256 } from "./offline.ts";

/** A paper that goes into the bundle as it is: a contract, a letter. */
export interface Enclosure {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly source: string;
  readonly proves: string;
  readonly pages: string;
}

export interface BundleAsked {
  readonly file: LoanFile;
  readonly asOf: Day;
  /** Heads that the reader holds, beside those that the book knows were handed out. */
  readonly heads: readonly Head[];
  readonly enclosures: readonly Enclosure[];
  readonly verifier: string;
  /** Prints the catalogue; where there is none, it is there as HTML and CSV only. */
  readonly print?: (sheet: Sheet, foot: readonly string[]) => Promise<Uint8Array | undefined>;
}

/** Why no bundle can be made: facts that are not sealed yet, or seals that do not hold. */
export type NoBundle =
  | { readonly no: "unsealed"; readonly facts: number }
  | { readonly no: "seals-broken"; readonly batch: number };

/**
 * The files of a bundle of evidence on a loan, by their paths: the papers, what people read, the facts of the loan and of its
 * borrower with their proofs, and what checks them.
 *
 * Holds   the same book, day and heads give the same bytes. Whatever is in it is in the manifest.
 */
export async function bundleOf(db: Database, asked: BundleAsked): Promise<Files | NoBundle> {
  const { file, asOf, enclosures, verifier } = asked;
  const loan = seenBy(file.journal, asOf);
  const person = seenBy(file.ofBorrower, asOf);
  const owner = { bucket: file.borrower.bucket, n: file.borrower.n };
  const keys = [
    { of: "loan" as const, ...file.key, facts: loan.length },
    { of: "borrower" as const, ...owner, facts: person.length },
  ];
  const through = await sealedThrough(db, [file.key, owner]);
  const unsealed = keys.reduce(
    (sum, key) => sum + Math.max(0, key.facts - (through.get(keyToNumber(key)) ?? 0)),
    0,
  );
  if (unsealed > 0) return { no: "unsealed", facts: unsealed };
  const sealed = await sealsOf(
    db,
    file.key.bucket,
    new Map(keys.map(({ n, facts }) => [n, facts])),
    asked.heads,
  );
  if ("no" in sealed) return sealed;
  const files = new Map<string, Uint8Array>();
  const put = (path: string, content: string | Uint8Array): void => {
    if (!isBundlePath(path) || files.has(path)) throw new Error(`${path} cannot stand in a bundle`);
    files.set(path, typeof content === "string" ? utf8(content) : content);
  };
  const catalogue: Entry[] = [];
  const list = (entry: Omit<Entry, "pages"> & { pages?: string }, content: string | Uint8Array): void => {
    put(entry.path, content);
    catalogue.push({ pages: "–", ...entry });
  };
  const lender = `${file.lender.name}`;
  for (const { bytes, ...entry } of enclosures) list(entry, bytes);
  for (const { sheet, path, ...words } of sheetsOf(file, loan, person, asOf)) {
    const source = `${lender} 业务系统按流水生成 / made from the journal of the lender`;
    list({ path: `${path}.html`, source, ...words }, htmlOf(sheet));
    put(`${path}.csv`, csvOf(sheet));
  }
  list(
    {
      path: "permits.jsonl",
      name: "触达许可（判定依据） / Permits, with what was known at each",
      source: `${lender} 合规闸口 / the gate`,
      proves:
        "每次触达发出之前的合规判定及其所依据的事实与规则版本 / what was judged before each contact, by which rules",
    },
    person.flatMap(permitOf).join(""),
  );
  list(
    {
      path: FACTS,
      name: "流水事实及其封存证明 / Facts as sealed, with their proofs",
      source: `${lender} 流水（电子数据） / the journal (electronic data)`,
      proves:
        "上列各项所依据的原始事实，自封存以来未被改动 / the facts behind all that is listed, not changed since they were sealed",
    },
    sealed.facts.map((fact) => `${JSON.stringify(fact)}\n`).join(""),
  );
  list(
    {
      path: SEALS,
      name: "封存批次与日志头 / Seals and the head of the log",
      source: `${lender} 封存日志 / the log of seals`,
      proves: "封存时间与日志的连续性 / when facts were sealed, and that the log only grew",
    },
    `${JSON.stringify(sealed.seals, null, 1)}\n`,
  );
  for (const { path, bytes, head, how } of sealed.stamps)
    list(
      {
        path,
        name: `日志头时间戳（第 ${head.size} 批） / Time-stamp of the head of size ${head.size}`,
        source: how,
        proves:
          "该日志头不晚于时间戳所载时间存在 / that this head existed at the time of the stamp (RFC 3161)",
      },
      bytes,
    );
  put("verify.mjs", verifier);
  put("read-me.txt", readMe(file, asOf));
  const pages = catalogueSheet(file, asOf, catalogue);
  put("catalogue.html", htmlOf(pages, SIGNED));
  put("catalogue.csv", csvOf(pages));
  const printed = await asked.print?.(pages, SIGNED);
  if (printed) put("catalogue.pdf", printed);
  const manifest: Manifest = {
    form: "arrears/bundle/1",
    lender: file.lender.code,
    loan: file.id,
    asOf: formatDay(asOf),
    keys,
    head: sealed.seals.head,
    files: [...files.keys()].sort().map((path) => {
      const bytes = files.get(path)!;
      return { path, bytes: bytes.length, sha256: toHex(sha256(bytes)) };
    }),
  };
  files.set(MANIFEST, utf8(manifestText(sha256, manifest)));
  return files;
}

/** The facts up to the last one that was booked by the day: a journal's beginning, without a gap. */
function seenBy(journal: readonly JournalEntry[], asOf: Day): readonly JournalEntry[] {
  const last = journal.findLastIndex(({ fact }) => fact.on <= asOf);
  return journal.slice(0, last + 1);
}

// --- seals -----------------------------------------------------------------------------------------------------------

interface Sealed {
  readonly facts: readonly SealedFact[];
  readonly seals: Seals;
  readonly stamps: readonly {
    readonly path: string;
    readonly bytes: Uint8Array;
    readonly head: Head;
    readonly how: string;
  }[];
}

async function sealsOf(
  db: Database,
  bucket: number,
  wanted: ReadonlyMap<number, number>,
  known: readonly Head[],
): Promise<Sealed | NoBundle> {
  const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(toHex);
  const { facts, parts } = await sealedFactsOf(db, sha256, bucket, wanted);
  const batches = await batchRows(db);
  const log = treeOf(
    sha256,
    batches.map((batch) => textLeaf(sha256, batchText(batch))),
  );
  const trees = new Map(parts.map((part) => [part.batch, treeOf(sha256, part.leaves)]));
  const shown: Seals["batches"][number][] = [];
  for (const { batch, bucket: of, facts: count, root } of parts) {
    const others = await partsOfBatch(db, batch);
    const index = others.findIndex((other) => other.bucket === of);
    const ofBatch = treeOf(
      sha256,
      others.map((other) => textLeaf(sha256, partText(other))),
    );
    if (toHex(trees.get(batch)!.root) !== root || toHex(ofBatch.root) !== batches[batch]?.root)
      return { no: "seals-broken", batch };
    shown.push({
      text: batchText(batches[batch]!),
      proof: hexes(log.inclusion(batch)),
      part: {
        text: partText({ bucket: of, facts: count, root }),
        index,
        proof: hexes(ofBatch.inclusion(index)),
      },
    });
  }
  const headAt = (size: number): Head => {
    const last = batches[size - 1]!;
    return { size, root: last.head, at: last.at };
  };
  const handed = (await handedHeads(db)).filter(({ size }) => size <= log.size);
  const earlier = new Map<string, readonly string[]>();
  for (const head of [...handed.map(({ size }) => headAt(size)), ...known])
    if (head.size >= 1 && head.size < log.size)
      earlier.set(headText(head), hexes(log.consistency(head.size)));
  const texts = [...earlier.keys()].sort((a, b) => sizeOf(a) - sizeOf(b) || (a < b ? -1 : 1));
  return {
    facts: facts.map(({ row, text, salt, batch, index }) => {
      const { disclosed } = closedPayload(sha256, row.payload, salt ?? "");
      return {
        fact: text,
        batch,
        index,
        proof: hexes(trees.get(batch)!.inclusion(index)),
        ...(Object.keys(disclosed).length > 0 ? { shown: disclosed } : {}),
      };
    }),
    seals: {
      form: "arrears/seals/1",
      head: headText({ ...headAt(log.size), root: toHex(log.root) }),
      batches: shown,
      earlier: texts.map((head) => ({ head, proof: earlier.get(head)! })),
    },
    stamps: handed.filter(isStamped).map(({ size, token, how }, i) => ({
      path: `timestamps/head-${size}-${i + 1}.tsr`,
      bytes: token,
      head: headAt(size),
      how,
    })),
  };
}

const isStamped = (one: HandedHead): one is HandedHead & { token: Uint8Array } => one.token !== undefined;
const sizeOf = (head: string): number => (JSON.parse(head) as [string, number])[1];

// --- what people read --------------------------------------------------------------------------------------------------

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly source: string;
  readonly proves: string;
  readonly pages: string;
}

interface NamedSheet extends Pick<Entry, "path" | "name" | "proves"> {
  readonly sheet: Sheet;
}

function sheetsOf(
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
function permitOf({ fact, seq }: JournalEntry): string[] {
  if (fact.kind !== "ContactStarted" || typeof fact.judged !== "object") return [];
  const { at, action, via, pack, verdict, rules, judged } = fact;
  return [`${JSON.stringify({ fact: seq, permit: action, at, via, pack, verdict, rules, judged })}\n`];
}

/** Civil procedure asks for a number, a source and what each thing proves; signature and day are put on by whoever submits it. */
function catalogueSheet(file: LoanFile, asOf: Day, entries: readonly Entry[]): Sheet {
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

const SIGNED = ["提交人（签名或者盖章） Submitted by (signature or seal)：", "提交日期 Date："];

const readMe = (file: LoanFile, asOf: Day): string => `证据包 / Bundle of evidence
${file.lender.name} · ${file.id} · 截至 / as of ${formatDay(asOf)}

核验（无需联网，只需 Node.js 20 或更高版本）：
To check it (no network; Node.js 20 or later is all it needs):

    node verify.mjs                      或 / or    arrears verify BUNDLE
    node verify.mjs --heads HEADS        HEADS：此前从出借人取得的日志头文件 / heads of the log that you were given before

任何文件有一个字节被改动、缺失或多出，或任何一条事实被改动或缺失，均会被发现并指明。
One changed byte in any file, a file that is missing or was added, a fact that was changed or is missing: each is found and named.

目录 catalogue.html · 文件清单及摘要 ${MANIFEST} · 事实 ${FACTS} · 封存 ${SEALS}
`;
