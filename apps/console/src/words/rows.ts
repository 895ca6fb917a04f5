import { both } from "./both.ts";

type Table = Readonly<Record<string, ReturnType<typeof both<string>>>>;

/** What is wrong with a row of a file, by its code: the whole sentence, with what was found, is in the quarantine's own file. */
export const rowWords: Table = {
  "ambiguous-date": both("The date can be read in two ways", "日期有两种读法"),
  "bad-date": both("This is no date", "不是日期"),
  "bad-email": both("This is no e-mail address", "不是电子邮箱地址"),
  "bad-grouping": both("The thousands are grouped wrongly", "千分位分隔有误"),
  "bad-id": both("This is no number that can be kept", "编号格式有误"),
  "bad-json": both("This is no JSON", "不是 JSON"),
  "bad-phone": both("This is no phone number", "不是电话号码"),
  "bad-rate": both("This is no rate", "不是利率"),
  "due-before-payout": both("It falls due before it was paid out", "到期日早于放款日"),
  "duplicate-id": both("The number stands twice in the file", "编号在文件中重复"),
  "id-too-long": both("The number is too long", "编号过长"),
  "impossible-date": both("There is no such day", "该日期不存在"),
  "missing-value": both("It is empty and has to be filled in", "缺少必填内容"),
  negative: both("It is below zero", "小于零"),
  "not-a-number": both("This is no number", "不是数字"),
  "not-a-whole-number": both("This is no whole number", "不是整数"),
  "out-of-range": both("It is out of range", "超出范围"),
  "too-large": both("It is too large", "数值过大"),
  "too-long": both("It is too long", "内容过长"),
  "too-many-decimals": both("It has too many decimals", "小数位过多"),
  "too-many-without-id": both("Too many rows have no number", "无编号的行过多"),
  "unknown-currency": both("The currency is not known", "币种未知"),
  "unknown-hold": both("The hold is not known", "暂停种类未知"),
  "unknown-language": both("The language is not known", "语言未知"),
  "unknown-product": both("The product is not known", "产品未知"),
  "unknown-status": both("The state is not known", "状态未知"),
  "unknown-value": both("The value is not known", "取值未知"),
  "unknown-zone": both("The time zone is not known", "时区未知"),
  "wrong-column-count": both("The row has another number of columns", "列数不符"),
};

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

/** What was found in a cell, as the sentence quotes it. */
export const foundIn = (says: string): string | undefined => /^Found "([^"]*)"/.exec(says)?.[1];
