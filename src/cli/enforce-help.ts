import type { LETTER_HELP } from "./letter-help.ts";

/** What the command of enforcements takes. */
export const ENFORCE_HELP: typeof LETTER_HELP = {
  enforce: {
    usage:
      "arrears enforce list [--state STATE] [--loan LOAN]\n       arrears enforce apply LOAN --court TEXT --judgment NUMBER [--id ID] [--dated DAY] [--debt SUM] [--outside SUM]\n         [--value-on DAY] [--perform-by DAY] [--parts 'DAY SUM; DAY SUM'] [--proof ID] [--note TEXT] [--dry-run]\n       arrears enforce event ENFORCEMENT KIND [--id ID] [--dated DAY] [--proof ID] [--note TEXT] [--dry-run] …\n         accepted --number N | rejected --why W --note TEXT | noticed --perform-by DAY [--warned no] [--assets-ordered no]\n         assets --outcome O | wish --measure M --type T --what TEXT | ended --measure M --why W\n         granted --measure M --type T --what TEXT [--amount SUM] [--until DAY] [--keeps SUM]\n         recovered --amount SUM [--how paid|deducted|sale-ruling|in-kind-ruling|other-sale] [--payment ID]\n         settled --parts 'DAY SUM; DAY SUM' | broken --next resume|sue | stayed --why W [--at-request yes] | resumed --why W [--assets TEXT]\n         round-ended --approved applicant|panel-and-president [--listed-if-qualified yes] [--searched yes] [--sought yes]\n         searched [--found yes] | penalty --penalty fine|detention|crime-reported [--amount SUM] [--days N] | closed --why W\n         list --list dishonest|consumption --move MOVE [--ground G] [--years N] [--until DAY] [--case C] | reversed --of EVENT --note TEXT\n       arrears enforce import FILE [--dry-run]\n       arrears enforce show ENFORCEMENT|LOAN [--as-of DAY]\n       arrears enforce deadlines [--within 30d] [--who us|court|debtor] [--as-of DAY]\n       arrears enforce lists ENFORCEMENT|LOAN [--able yes|no] [--minor yes] [--student yes] [--security yes] [--seized-enough yes]\n         [--later-in-order yes] [--as-of DAY]\n       all: [--by NAME] [--at INSTANT] [--lender CODE] [--json]",
    says: {
      en: "The enforcement of a judgment, from the application to the last deletion. An event is what happened, with its own day; where a court's act\ndeparts from the text it is recorded and a remark says so. Money recovered becomes a payment of the loan, once for its id. lists says what\nmay follow and what may not, on what ground, what lifts it and by when: being unable to pay is no ground. The close watches every day.",
      zh: "判决的强制执行，自申请至名单删除。event 登记发生的事项及其日期；法院行为与条文不符的照常登记并提示。回款即记为贷款还款，同一编号只记一次。\nlists 说明可能与不可能的后果、理由、解除条件与期限：没有履行能力不是纳入理由。各期限由日终关注并提示。",
    },
    examples: [
      'arrears enforce apply L000123 --court "某某区人民法院" --judgment "(2026)沪0115民初1234号" --id E1 --dry-run',
      'arrears enforce event E1 accepted --number "(2026)沪0115执567号" --dated 2026-11-05',
      "arrears enforce event E1 recovered --amount 3000.00 --how deducted --dated 2026-12-01 --id R1",
      "arrears enforce event E1 list --list dishonest --move decided --ground asset-report --years 2 --dated 2026-12-20",
      "arrears enforce deadlines --within 14d --who us",
      "arrears enforce lists E1 --able no",
    ],
  },
};
