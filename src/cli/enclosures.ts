import { type Day, dayAt, formatDay } from "../core/index.ts";
import type { LoanDocumentKind } from "../legal/index.ts";
import { type Database, documentsOf, keptFile, type LoanFile, letterOf, lettersAt } from "../store/index.ts";
import type { Enclosure } from "./bundle.ts";

const DOCUMENTS: Readonly<Record<LoanDocumentKind, { readonly name: string; readonly proves: string }>> = {
  contract: {
    name: "借款合同 / Loan contract",
    proves: "借贷关系成立及约定的金额、利率、期限 / that there is a loan, and on what terms",
  },
  payout: { name: "放款凭证 / Proof of pay-out", proves: "借款已实际发放 / that the money was paid out" },
  ledger: {
    name: "出借人账务记录 / Lender's ledger",
    proves: "还款与欠款情况 / what was paid and what is owed",
  },
  identity: { name: "身份材料 / Identity", proves: "借款人身份 / who the borrower is" },
  "delivery-address": {
    name: "送达地址确认 / Agreed address",
    proves: "双方确认的送达地址 / where notices are to be sent",
  },
  other: { name: "其他材料 / Other paper", proves: "见文件内容 / see the paper" },
};

/** The lender's papers on the loan and the signed letters about it, as the book keeps them up to a day. */
export async function enclosuresOf(db: Database, file: LoanFile, asOf: Day): Promise<Enclosure[]> {
  const zone = file.lender.zone;
  const found: Enclosure[] = [];
  const documents = await documentsOf(db, [file.key]);
  for (const { kind, name, sha256, registeredAt, by } of documents) {
    if (dayAt(zone, registeredAt) > asOf) continue;
    const bytes = await mustHave(db, sha256, name);
    const { name: title, proves } = DOCUMENTS[kind];
    found.push({
      path: `documents/${found.length + 1}-${kind}-${slugOf(name)}`,
      bytes,
      name: `${title}: ${name}`,
      source: `${file.lender.name}（${by}，${formatDay(dayAt(zone, registeredAt))} 登记 / registered）`,
      proves,
      pages: pagesOf(bytes),
    });
  }
  for (const letter of await lettersAt(db, [file.borrower])) {
    if (letter.file === null || letter.dated > asOf || !letter.loans.includes(file.id)) continue;
    const bytes = await mustHave(db, letter.file, letter.number);
    const { firm } = letterOf(letter);
    found.push({
      path: `letters/${found.length + 1}-${slugOf(letter.id)}.pdf`,
      bytes,
      name: `律师函 / Lawyer's letter ${letter.number}（${formatDay(letter.dated)}）`,
      source: firm.name,
      proves:
        "受托律师事务所催告的内容及日期；送达见催告记录 / what was demanded and when; its delivery stands among the demands",
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
