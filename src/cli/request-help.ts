import type { LETTER_HELP } from "./letter-help.ts";

/** What the commands of complaints, requests for help and plans take. */
export const REQUEST_HELP: typeof LETTER_HELP = {
  complaint: {
    usage:
      "arrears complaint list [--state STATE] [--kind KIND]\n       arrears complaint open LOAN… --kind KIND --words TEXT [--channel C] [--received DAY] [--disputed SUM] [--happened DAY] [--against NAME] [--id OUTSIDE] [--dry-run]\n         KIND: sum-wrong, not-mine, identity-theft, conduct, privacy, third-person, letter-false, credit-record, other\n       arrears complaint show REFERENCE\n       arrears complaint event REFERENCE EVENT [--on DAY] [--id ID] [--dry-run]\n         acknowledged | asked --words T | informed --words T | extended --reason T [--approved-by NAME] |\n         answered --outcome upheld|partly|rejected --reason T --reason-zh T [--correct 'LOAN waiver SUM CLAIM; LOAN reversal ENTRY'] |\n         corrected --entry ID --reason T | escalated --to head-office|regulator|mediation|court|bureau [--reference N] |\n         withdrawn [--reason T] | closed --reason T | noted --words T\n       arrears complaint approve REFERENCE --by NAME [--dry-run]\n       arrears complaint return REFERENCE --by NAME --reason T\n       arrears complaint propose REFERENCE --by NAME\n       arrears complaint deadlines [--within 30]\n       arrears complaint import FILE [--quarantine FILE] [--dry-run]\n       all: [--by NAME] [--at INSTANT] [--lender CODE] [--json]",
    says: {
      en: "Complaints and disputes: received, confirmed at once, answered by the law's own day, which the close watches. One that contests the claim or the\nconduct stops contact from the minute of its record; its outcome lifts that. A waiver or a reversal that an outcome\ncorrects is tried in the ledger and waits for a second person: approve books it, return sends it back, propose puts\nbefore somebody anew what waited for more than a week. Columns of a file: id, loan, kind, received, words; channel, disputed,\nagainst, happened. Taking it twice changes nothing.",
      zh: "投诉与异议：登记即确认收到，依规定期限答复，期限由日终关注。对债权或催收行为的投诉自登记时起暂停联系，处理决定作出后解除。\n处理决定中的减免或冲正先行校验，再由第二人复核：approve 入账，return 退回，逾一周未复核的用 propose 重新提交。\n导入文件列：id、loan、kind、received、words；可选 channel、disputed、against、happened。重复导入不改变内容。",
    },
    examples: [
      'arrears complaint open L000123 --kind conduct --words "called at 23:10" --channel phone',
      "arrears complaint deadlines --within 7",
      'arrears complaint event C-7K4M-0XQ2-9RTD answered --outcome upheld --reason "…" --reason-zh "…" --correct "L000123 waiver 12.00 late-interest" --by mei',
      "arrears complaint approve C-7K4M-0XQ2-9RTD --by sun",
      "arrears complaint import register.csv --dry-run",
    ],
  },
  hardship: {
    usage:
      "arrears hardship list [--state STATE]\n       arrears hardship request LOAN --reasons R,R --words TEXT [--income SUM --living SUM] [--dependants N --dependants-need SUM] [--other-debts SUM] [--wish SUM] [--dry-run]\n         R: illness, job-loss, income-fell, family, disaster, accident, business-failed, other\n       arrears hardship show|check REFERENCE [--months N]\n       arrears hardship file REFERENCE FILE\n       arrears hardship offer REFERENCE --way plan|hardship|extension|settlement --reason T [--months N] [--amount SUM --pay-by DAY] [--guarantor NAME]\n       arrears hardship approve|return REFERENCE [--reason T]\n       arrears hardship agreement REFERENCE [--language zh-CN|en]\n       arrears hardship accept REFERENCE --sha256 HASH [--language L] [--how paper|call|electronic]\n       arrears hardship refuse REFERENCE --reason T --reason-zh T\n       arrears hardship ask|inform|review|note REFERENCE --words T\n       arrears hardship consent REFERENCE --guarantor NAME --proof ID\n       arrears hardship go-on REFERENCE --reason T\n       arrears hardship decline|withdraw|end REFERENCE [--reason T]\n       all: [--by NAME] [--at INSTANT] [--lender CODE] [--dry-run] [--json]",
    says: {
      en: "Requests for help. From the request on collection rests; a person answers. check shows what could be offered, never above what he can really pay.\nAbove the limit, and for a settlement, offer waits until somebody else approves it. An agreement is accepted by the hash of its text, which\nis kept with it; then the plan is in the ledger and the close watches it. A refusal gives its reason in both languages.\nA plan that is heavier than the contract waits for the written consent of whoever answers for the loan (record guarantor), or for go-on: without it.",
      zh: "协商还款申请。自申请时起暂停催收，由人工答复。check 列出可提出的方案，均不超过其实际还款能力。\n超过限额的方案及和解须由另一人 approve 后提出。协议以文本哈希接受并留存全文，随即入账并由日终跟踪。拒绝须以中英文说明理由。\n方案加重债务且贷款有保证人（record guarantor 登记）的，须经其书面同意（consent），或者不经其同意继续（go-on）。",
    },
    examples: [
      'arrears hardship request L000123 --reasons illness --words "in hospital" --income 6000 --living 4500',
      "arrears hardship check H-7K4M-0XQ2-9RTD",
      'arrears hardship offer H-7K4M-0XQ2-9RTD --way plan --reason "fits his budget" --by anna --dry-run',
      "arrears hardship approve H-7K4M-0XQ2-9RTD --by sun",
    ],
  },
  plan: {
    usage:
      "arrears plan list [--state kept|missed|broken|completed|ended]\n       arrears plan show REFERENCE",
    says: {
      en: "Agreed plans, and how each stands by the last close: kept, missed and still to be made up, not kept any more, completed.",
      zh: "已达成的分期协议及其履行情况（依最近一次日终）。",
    },
    examples: ["arrears plan list --state missed"],
  },
};
