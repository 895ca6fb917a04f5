import { both } from "./both.ts";

type Table = Readonly<Record<string, ReturnType<typeof both<string>>>>;

/** Columns of the files, as a map names them. */
export const columnWords: Table = {
  payment_id: both("payment number", "流水号"),
  loan_id: both("loan number", "贷款号"),
  borrower_id: both("borrower number", "借款人号"),
  amount: both("amount", "金额"),
  value_on: both("value date", "起息日"),
  booked_on: both("booking date", "记账日"),
  due_on: both("due date", "应还日"),
  disbursed_on: both("pay-out date", "放款日"),
  principal: both("principal", "本金"),
  product: both("product", "产品"),
  currency: both("currency", "币种"),
  status: both("state", "状态"),
  phone: both("phone", "电话"),
  email: both("e-mail", "电子邮箱"),
  name: both("name", "姓名"),
};

/** What was found in a cell, as the English sentence quotes it. */
export const foundIn = (says: string): string | undefined => /^Found "([^"]*)"/.exec(says)?.[1];

/** The Chinese sentence without the English one that stands in brackets behind it. */
export const inChinese = (saysZh: string): string => saysZh.replace(/（Found [\s\S]*）$/, "");
