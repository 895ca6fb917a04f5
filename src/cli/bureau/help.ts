import type { LETTER_HELP } from "../letter-help.ts";

/** What the command of the credit record takes. */
export const BUREAU_HELP: typeof LETTER_HELP = {
  bureau: {
    usage:
      "arrears bureau month-end [--month 2026-10] [--dry-run] [--lender CODE]\n       arrears bureau report --month 2026-10 --out FILE --by NAME [--format jsonl|csv|metro2] [--decided RULE,RULE] [--dry-run]\n       arrears bureau check FILE\n       arrears bureau show LOAN [--as-of DAY]\n       arrears bureau list [--lender CODE]\n       arrears bureau dispute LOAN --says TEXT --by NAME [--on DAY] [--months 2026-09,2026-10] [--via lender|bureau] [--id ID]\n       arrears bureau answer LOAN --of ID --outcome stands|corrected|deleted --says TEXT --proof FILE|HASH --by NAME [--on DAY]\n       arrears bureau correct LOAN --month 2026-10 --to SIGN --reason TEXT --by NAME [--of ID]\n       arrears bureau delete LOAN --months 2026-09,2026-10 --reason TEXT --by NAME [--of ID]\n       arrears bureau mark LOAN --mark guarantor|in-kind|bad-debt|ended|unknown --reason TEXT --by NAME [--on DAY]\n       arrears bureau unmark LOAN --of ID --reason TEXT --by NAME\n       arrears bureau complain LOAN --to AUTHORITY --says TEXT --by NAME [--on DAY]\n       arrears bureau complaint-answered LOAN --of ID --says TEXT --by NAME [--on DAY]",
    says: {
      en: "The credit record. month-end takes how each loan stood at the end of each closed month; report writes what may be reported, with control\ntotals, and lists what may not and why; show is the borrower's view: what is reported, since when, and when it goes.\nWithout the person's written consent nothing is reported, and nothing bad before he was told.",
      zh: "征信记录。month-end 记录各月末每笔贷款的状态；report 生成可报送内容及控制总数，并列出不可报送者及原因；\nshow 为借款人视角：报送了什么、自何时起、何时消除。未取得书面同意一律不报送，未事先告知不报送不良信息。",
    },
    examples: [
      "arrears bureau month-end",
      "arrears bureau report --month 2026-10 --out bureau-2026-10.jsonl --by mei --dry-run",
      "arrears bureau show L000123",
      'arrears bureau dispute L000123 --says "paid on 9 October" --months 2026-10 --by mei',
    ],
  },
};
