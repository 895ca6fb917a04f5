import type { HelpEntries } from "./letter-help.ts";

/** What the command of the court papers takes. */
export const PAPER_HELP: HelpEntries = {
  paper: {
    usage:
      "arrears paper kinds\n       arrears paper check KIND LOAN [--as-of DAY] [--settings FILE] [--terms FILE] [--particulars FILE] [--court NAME] [--bundle FILE]\n       arrears paper make KIND LOAN --out FILE|DIR [--format pdf,docx,html,text] [--draft] [--reason TEXT] [--as-of DAY] …\n       arrears paper batch KIND,KIND --loans FILE | --court NAME --out DIR [--encoding utf-8|gb18030] [--bundles DIR] [--dry-run] …",
    says: {
      en: "Papers of a court and those that go with them, filled from the book: sums of a day, contract, demands, mandate. What the book does not\nhold comes from papers.yaml (the lender) and from the particulars (a CSV, one row a loan). check shows each field, from where it is, and\nwhat is missing; what is not known stays empty. make refuses while something is missing that the paper needs, unless --draft marks it as a\ndraft. batch makes one folder a case and list.csv for the court; a case that cannot be made stands in left-out.csv with its reason.\n--bundle takes the list of proofs from a bundle of evidence, checked first; else it is the loan's documents and signed letters.\nNothing is filed: a person does that.",
      zh: "法院文书及随附材料，由账册填写：截至当日的金额、合同、催告、委托。账册没有的取自 papers.yaml（出借人）与案件要素表（CSV，每笔一行）。\ncheck 逐项列出内容、来源及缺项；不知道的留空。缺必要要素时 make 拒绝生成，--draft 生成带“草稿”字样的文本。\nbatch 每案一个文件夹并附供法院导入的 list.csv；不能生成的案件及原因写入 left-out.csv。--bundle 以核验无误的证据包为证据清单，否则取贷款文件与已签署的律师函。提交由人完成。",
    },
    examples: [
      "arrears paper check complaint-loan L000123 --particulars cases.csv",
      "arrears paper make complaint-loan L000123 --particulars cases.csv --format pdf,docx --out papers",
      'arrears paper batch complaint-loan,evidence-catalogue,authority-special --court "上海市浦东新区人民法院" --particulars cases.csv --out filing --dry-run',
    ],
  },
};
