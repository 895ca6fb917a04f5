import { type Day, dayAt, formatDay } from "../../core/index.ts";
import type { EvidenceItem } from "../../documents/papers/index.ts";
import type { LoanDocumentKind } from "../../legal/index.ts";
import type { Words } from "../../policy/index.ts";
import {
  type Database,
  documentsOf,
  keptFile,
  type LoanFile,
  letterOf,
  lettersAt,
} from "../../store/index.ts";
import type { Enclosure } from "./bundle.ts";

interface Told {
  readonly name: Words;
  readonly proves: Words;
}

const DOCUMENTS: Readonly<Record<LoanDocumentKind, Told>> = {
  contract: {
    name: { zh: "借款合同", en: "Loan contract" },
    proves: { zh: "借贷关系成立及约定的金额、利率、期限", en: "that there is a loan, and on what terms" },
  },
  payout: {
    name: { zh: "放款凭证", en: "Proof of pay-out" },
    proves: { zh: "借款已实际发放", en: "that the money was paid out" },
  },
  ledger: {
    name: { zh: "出借人账务记录", en: "Lender's ledger" },
    proves: { zh: "还款与欠款情况", en: "what was paid and what is owed" },
  },
  identity: {
    name: { zh: "身份材料", en: "Identity" },
    proves: { zh: "借款人身份", en: "who the borrower is" },
  },
  "delivery-address": {
    name: { zh: "送达地址确认", en: "Agreed address" },
    proves: { zh: "双方确认的送达地址", en: "where notices are to be sent" },
  },
  other: {
    name: { zh: "其他材料", en: "Other paper" },
    proves: { zh: "见文件内容", en: "see the paper" },
  },
};

const LETTER: Told = {
  name: { zh: "律师函", en: "Lawyer's letter" },
  proves: {
    zh: "受托律师事务所催告的内容及日期；送达见催告记录",
    en: "what was demanded and when; its delivery stands among the demands",
  },
};

const both = ({ zh, en }: Words): string => `${zh} / ${en}`;

/** The lender's papers on the loan and the signed letters about it, as the book keeps them up to a day. */
export async function enclosuresOf(db: Database, file: LoanFile, asOf: Day): Promise<Enclosure[]> {
  const found = await papersOf(db, file, asOf);
  return found.map(({ of, told, named, on, by, bytes, pages }, n) => ({
    path:
      of === "letter"
        ? `letters/${n + 1}-${slugOf(named.id)}.pdf`
        : `documents/${n + 1}-${of}-${slugOf(named.id)}`,
    bytes,
    name: of === "letter" ? `${both(told.name)} ${named.name}（${on}）` : `${both(told.name)}: ${named.name}`,
    source: of === "letter" ? by : `${file.lender.name}（${by}，${on} 登记 / registered）`,
    proves: both(told.proves),
    pages,
  }));
}

/** The same as a court's list of proofs has them, in its language, with the hash of each. */
export async function evidenceOf(db: Database, file: LoanFile, asOf: Day): Promise<EvidenceItem[]> {
  const found = await papersOf(db, file, asOf);
  return found.map(({ of, told, named, on, by, sha256, pages }) => ({
    name: of === "letter" ? `${told.name.zh}${named.name}（${on}）` : `${told.name.zh}（${named.name}）`,
    proves: told.proves.zh,
    source: of === "letter" ? by : file.lender.name,
    pages,
    sha256,
  }));
}

interface KeptPaper {
  readonly of: LoanDocumentKind | "letter";
  readonly told: Told;
  readonly named: { readonly id: string; readonly name: string };
  readonly on: string;
  readonly by: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly pages: string;
}

async function papersOf(db: Database, file: LoanFile, asOf: Day): Promise<KeptPaper[]> {
  const zone = file.lender.zone;
  const found: KeptPaper[] = [];
  for (const { kind, name, sha256, registeredAt, by } of await documentsOf(db, [file.key])) {
    if (dayAt(zone, registeredAt) > asOf) continue;
    const bytes = await mustHave(db, sha256, name);
    const on = formatDay(dayAt(zone, registeredAt));
    found.push({
      of: kind,
      told: DOCUMENTS[kind],
      named: { id: name, name },
      on,
      by,
      bytes,
      sha256,
      pages: pagesOf(bytes),
    });
  }
  for (const letter of await lettersAt(db, [file.borrower])) {
    if (letter.file === null || letter.dated > asOf || !letter.loans.includes(file.id)) continue;
    const bytes = await mustHave(db, letter.file, letter.number);
    found.push({
      of: "letter",
      told: LETTER,
      named: { id: letter.id, name: letter.number },
      on: formatDay(letter.dated),
      by: letterOf(letter).firm.name,
      bytes,
      sha256: letter.file,
      pages: pagesOf(bytes),
    });
  }
  return found;
}

async function mustHave(db: Database, sha256: string, name: string): Promise<Uint8Array> {
  const bytes = await keptFile(db, sha256);
  if (!bytes) throw new Error(`the book names the file ${sha256} (${name}) and does not have it`);
  return new Uint8Array(bytes);
}

/** A name as paths of a bundle are: the catalogue has it in full. */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/^[-.]+|[-.]+$/g, "");
  return slug.slice(-80).replace(/^[-.]+/, "") || "file";
}

/** Pages of a PDF whose page objects stand open in it; a dash where they do not. */
function pagesOf(bytes: Uint8Array): string {
  const text = new TextDecoder("latin1").decode(bytes);
  const pages = text.startsWith("%PDF-") ? (text.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0) : 0;
  return pages > 0 ? String(pages) : "–";
}
