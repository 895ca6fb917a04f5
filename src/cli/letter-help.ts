import type { Language } from "../office/io.ts";

/** Of each command what it takes, what it does, and lines to copy. */
export type HelpEntries = Readonly<
  Record<
    string,
    {
      readonly usage: string;
      readonly says: Readonly<Record<Language, string>>;
      readonly examples: readonly string[];
    }
  >
>;

/** What the commands of the lawyers' letters take. */
export const LETTER_HELP: HelpEntries = {
  firm: {
    usage:
      "arrears firm list\n       arrears firm add ID --name NAME --licence TEXT --address TEXT --phone TEXT [--email TEXT] [--numbers PATTERN] [--inactive]\n       arrears firm lawyer FIRM ID --name NAME --licence TEXT --from DAY [--to DAY] [--inactive]",
    says: {
      en: "Law firms and their lawyers, with licence numbers and the days on which they are valid. Adding one again says anew what it is.\n--numbers is how the firm numbers its letters: {year} and {n} stand for the year and the count in it.",
      zh: "律师事务所及其律师，含执业证号与有效期。再次 add 即更新。--numbers 为函号格式，{year} 为年份，{n} 为当年序号。",
    },
    examples: [
      'arrears firm add hengxin --name "恒信律师事务所" --licence 31310000MD0000000X --address "上海市示例路9号" --phone 021-55550000',
      'arrears firm lawyer hengxin wang --name "王律师" --licence 13101202010000000 --from 2026-06-01 --to 2027-05-31',
    ],
  },
  engagement: {
    usage:
      "arrears engagement list\n       arrears engagement add NUMBER --firm FIRM --lawyers A,B --signed DAY --from DAY [--to DAY] [--scope TEXT] [--fee TEXT]",
    says: {
      en: "The written contracts by which the lender engages firms: scope, fee, term, and the lawyers whom each names. A contract is\nrecorded once; only its last day can be moved.",
      zh: "出借人与律所的书面委托合同：范围、费用、期限与承办律师。合同一经登记不再更改，仅可调整到期日。",
    },
    examples: [
      "arrears engagement add HX-2026-1 --firm hengxin --lawyers wang,li --signed 2026-01-05 --from 2026-01-05 --to 2026-12-31",
    ],
  },
  document: {
    usage:
      "arrears document list LOAN\n       arrears document add LOAN FILE --kind contract|payout|ledger|identity|delivery-address|other --by NAME\n       arrears document get SHA256 --out FILE",
    says: {
      en: "The lender's papers on a loan, kept in the book under the hash of their bytes. A letter needs contract, payout and ledger.",
      zh: "出借人关于贷款的文件，按哈希值保存在账册中。发函须有 contract、payout 与 ledger。",
    },
    examples: [
      "arrears document add L000123 contract.pdf --kind contract --by anna",
      "arrears document list L000123 --json",
    ],
  },
  letter: {
    usage:
      "arrears letter list [--state STATE] [--lawyer ID] | show LETTER [--lawyer ID] [--out FILE] | cases [--state STATE] [--batch B]\n       arrears letter terms [--phone TEXT] [--pay 'WAY; WAY'] [--objections TEXT] [--verify URL] [--worth SUM] [--small SUM]\n         [--answer-days N] [--fresh-days N] [--certificate trial|own]\n       arrears letter offer [--engagement NUMBER] [--loans L1,L2] [--batch B] [--dry-run]\n       arrears letter accept --lawyer ID | decline --reason TEXT | recall --why paid|engagement-over|complaint|other  CASE… | --batch B | --loans L1 | --all\n       arrears letter preflight LOAN…\n       arrears letter draft [--kind KIND] [--language zh|en] --loans L1 | --batch B | --all [--about LETTER] [--again LETTER…] [--dry-run]\n       arrears letter check --lawyer ID --batch B | --all [--n N] [--seed N]\n       arrears letter approve --lawyer ID LETTER… | --batch B --n N --seed N\n       arrears letter send-back LETTER… --lawyer ID --reason TEXT\n       arrears letter sign LETTER… | --batch B | --all [--p12 FILE | --remote URL --credential ID] [--tsa URL]\n       arrears letter export LETTER… | --batch B | --all [--format pdf|docx|html|txt] [--template NAME] [--out DIR]\n       arrears letter hand-over LETTER… | --batch B | --all [--way post|email|portal] [--out DIR | --channels FILE] [--dry-run]\n       arrears letter delivered | refused | returned LETTER… --proof FILE|ID [--way WAY] [--on DAY] [--received-by NAME] [--reason TEXT]\n       arrears letter answered LETTER… --answer pays|paid|disputes|asks-for-plan|complains|other [--words TEXT] [--proof FILE|ID]\n       arrears letter stop LETTER… --reason TEXT | withdraw LETTER… --reason TEXT [--letter SECOND] | replace LETTER… --reason TEXT --letter SECOND\n       arrears letter due\n       all: [--by NAME] [--at INSTANT] [--lender CODE] [--json]",
    says: {
      en: "Lawyers' letters, from the case to the answer. offer without --loans takes every loan for which a strategy asks for one.\npreflight shows each check with what proves it; what is missing is named, and nothing doubtful is drafted. check draws a\nsample; show --lawyer records that the lawyer opened a letter; approve takes a batch once its sample was opened. hand-over\nasks the gate at this second, as for any contact, and stops what is paid. due does what time and money bring about; close runs it.",
      zh: "律师函：从案件到答复。offer 不带 --loans 时取策略要求发律师函的全部贷款。preflight 逐项列出检查及凭证，有缺失则不起草。\ncheck 抽样；show --lawyer 记录律师已查看；抽样全部查看后 approve 可批量通过。hand-over 当秒判定，如同任何触达，已还清的即停止。\ndue 处理到期与还款引起的变化，日终时自动运行。",
    },
    examples: [
      "arrears letter offer --dry-run",
      "arrears letter accept --batch B-2026-03-02 --lawyer wang --by wang",
      "arrears letter draft --all",
      "arrears letter check --all --lawyer wang",
      "arrears letter sign --all --by wang",
      "arrears letter hand-over --all --out print-house",
      "arrears import receipts tracking.csv --channel print",
    ],
  },
};
