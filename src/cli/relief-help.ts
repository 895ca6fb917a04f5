import type { Help } from "./help.ts";

/** Help of the commands for the person who owes. */
export const RELIEF_HELP: Readonly<Record<string, Help>> = {
  forecast: {
    usage: "arrears forecast LOAN [--pay AMOUNT [--on DAY]] [--as-of DAY] [--through DAY] [--lender CODE]",
    says: {
      en: "What comes of a loan if nothing is paid, or if a sum is: each event with its day, how sure it is, what it is not, and the smallest sum that\nkeeps it away and by when. Made by the coming closes themselves, in thought; nothing is written. --as-of: as it stood on an earlier day.",
      zh: "如不还款（或还一笔款），接下来会发生什么：每一事项的日期、确定程度、它不是什么，以及最少还多少、何时之前可避免。\n由日终程序预演得出，不写入任何内容。--as-of：按更早日期的状况。",
    },
    examples: [
      "arrears forecast L000123",
      "arrears forecast L000123 --pay 500.00 --on 2026-04-02",
      "arrears forecast L000123 --through 2027-03-31 --json",
    ],
  },
  relief: {
    usage:
      "arrears relief ways LOAN [--surplus AMOUNT | --income AMOUNT --living AMOUNT [--dependants N --dependants-need AMOUNT] [--other-debts AMOUNT]] [--now AMOUNT] [--card] [--as-of DAY] [--lender CODE]\n       arrears relief plan FILE.csv|FILE.json (--budget AMOUNT | --income AMOUNT --living AMOUNT …) [--as-of DAY] [--currency CODE]",
    says: {
      en: "ways: every way out of one loan side by side, kept to its end by the ledger: sum, cost, months, the most that a month asks for; those that\ncannot be gone with the reason. No plan is proposed above what can really be paid.\nplan: all debts of a person, other lenders' too, under one monthly budget; dearest first, smallest first, soonest legal day first, and the cheapest. Needs no book.",
      zh: "ways：一笔贷款的各种出路并列比较（合计、成本、月数、单月最多），由账务按履行到底计算；不可行的说明原因。不提出超过真正付得起金额的方案。\nplan：个人全部债务（含其他出借人）在每月预算下的安排：先还最贵、先还最小、先还最早涉诉，以及成本最低。无需账本。",
    },
    examples: [
      "arrears relief ways L000123 --surplus 800.00 --now 300.00",
      "arrears relief ways L000123 --income 6000 --living 3500 --dependants 1 --dependants-need 1200",
      "arrears relief plan debts.csv --budget 1500.00",
    ],
  },
};
