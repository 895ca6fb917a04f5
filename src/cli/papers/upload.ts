import { formatDay, formatMoney } from "../../core/index.ts";
import type { Paper, PaperFacts } from "../../documents/papers/index.ts";
import { csvCell, encodeText } from "../../intake/index.ts";

export type ListEncoding = "utf-8" | "gb18030";

/** A case of a batch as the list for the court has it. */
export interface ListedCase {
  readonly folder: string;
  readonly facts: PaperFacts;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly paper: Paper }[];
}

/** Columns of the list in their order; what each is stands in docs/reference/papers.md. */
export const LIST_COLUMNS = [
  "序号",
  "文件夹",
  "借据号",
  "案由",
  "受理法院",
  "原告",
  "统一社会信用代码",
  "委托诉讼代理人",
  "被告",
  "证件类型",
  "证件号码",
  "联系电话",
  "住所地",
  "经常居住地",
  "合同编号",
  "标的额",
  "计算截止日",
  "文件",
  "SHA-256",
] as const;

/** The list of a batch, one case a row. No spreadsheet runs a cell of it. */
export function listCsv(cases: readonly ListedCase[], encoding: ListEncoding): Uint8Array {
  return csvBytes([LIST_COLUMNS, ...cases.map(rowOf)], encoding);
}

export const csvBytes = (rows: readonly (readonly string[])[], encoding: ListEncoding): Uint8Array =>
  encodeText(rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join(""), encoding);

function rowOf({ folder, facts, files }: ListedCase, n: number): string[] {
  const { borrower, lender, claim, contract, court, agents } = facts;
  const cause = files.some(({ paper }) => paper.kind === "complaint-card")
    ? "信用卡纠纷"
    : "金融借款合同纠纷";
  const total = claim?.total?.value;
  return [
    String(n + 1),
    folder,
    facts.loan,
    cause,
    court?.value ?? "",
    lender.name.value,
    lender.creditCode?.value ?? "",
    agents.map(({ name }) => name.value).join("；"),
    borrower.name?.value ?? "",
    borrower.idType?.value ?? "",
    borrower.idNumber?.value ?? "",
    borrower.phone?.value ?? "",
    borrower.registered?.value ?? "",
    borrower.habitual?.value ?? "",
    contract.number?.value ?? "",
    total === undefined ? "" : formatMoney(total),
    claim === undefined ? "" : formatDay(claim.asOf),
    files.map(({ name }) => name).join("；"),
    files.map(({ sha256 }) => sha256).join("；"),
  ];
}
