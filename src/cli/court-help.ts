/** The help on the ways after default, apart for length. */
export const ADVISE_HELP = {
  advise: {
    usage:
      "arrears advise LOAN [--as-of DAY] [--terms FILE] [--months N] [--no-history] [--whereabouts known|missing]\n       [--mediation yes|no] [--small-claims-agreed yes|no] [--province NAME] [--lender CODE]\n       arrears advise --all | --from FILE [--min-dpd N] [--sort past-due|net|break-even|limitation|outlay|advice] [--out FILE.csv] [--lender CODE]",
    says: {
      en: "Which way after a default: mediation, payment order, small claim, summary or ordinary suit, or not to sue now. For each: its conditions, met or not or not known and what to supply, each with its words of law; what it costs and who bears it; how long the law gives it; what comparable debts of this book brought within --months (6), with count and interval, or the break-even where there are fewer than thirty. One line of advice with its reasons, never legal advice.\nWhat the lender supplies (costs, clauses, wages of provinces) stands in court-terms.yaml, or the file of --terms.\n--all: every loan at least --min-dpd days past due (60); --from: those of a list, one id a line.",
      zh: "逾期后走哪条路：调解、支付令、小额诉讼、简易或普通程序诉讼，或暂不起诉。逐项列出条件（符合、不符合、不明及应补充的内容）及其法条、费用与负担、法定时限、账簿中可比债权在 --months（6）个月内的回收（含案例数与区间；不足三十例时只给盈亏平衡点），以及一行附理由的建议，不构成法律意见。\n出借人提供的费用、条款、各省平均工资写在 court-terms.yaml 或 --terms 所指文件。\n--all：逾期至少 --min-dpd（60）天的全部贷款；--from：名单中的贷款，每行一个借据号。",
    },
    examples: [
      "arrears advise L000123",
      "arrears advise L000123 --whereabouts known --terms court-terms.yaml --lang zh",
      "arrears advise --all --min-dpd 90 --out advice.csv",
      "arrears advise --from ids.txt --json",
    ],
  },
};
