import type { Language } from "../office/io.ts";

/** What the commands of the collection team take. */
export const TEAM_HELP: Readonly<
  Record<
    string,
    {
      readonly usage: string;
      readonly says: Readonly<Record<Language, string>>;
      readonly examples: readonly string[];
    }
  >
> = {
  collector: {
    usage:
      "arrears collector list | add ID [--name NAME] [--team TEAM] [--languages zh,en] [--products a,b] [--stages early]\n       [--capacity N] [--lead] [--inactive] [--lender CODE]",
    says: {
      en: "Who calls and decides: what each can take, and how many cases a day. Adding one again says anew what he is.\n--lead takes what a supervisor has to look at. A lender with active collectors has its calls made by them: dispatch\nleaves them in the worklist.",
      zh: "催收员：可接的语言、产品、阶段与每日上限。再次 add 即更新。--lead 为主管，处理须主管查看的案件。\n出借人有启用的催收员时，电话由其拨打，dispatch 不再处理。",
    },
    examples: [
      "arrears collector add mei --team north --languages zh --capacity 60",
      "arrears collector list --json",
    ],
  },
  worklist: {
    usage: "arrears worklist [--collector ID] [--limit N] [--at INSTANT] [--lender CODE]",
    says: {
      en: "The calls and questions that are planned by now, in the order in which they are taken, each with its reason:\na supervisor's, a broken promise, the last day of a step, what was left over, questions, today's calls; then the larger\narrears, then who has not been spoken with for longest.",
      zh: "现在应处理的电话与问题，按领取顺序排列并注明缘由：主管查看、失约、动作最后一天、此前遗留、策略提问、今日计划；\n同类中逾期欠款多者在前，再按最久未联系。",
    },
    examples: ["arrears worklist", "arrears worklist --collector mei --json"],
  },
  next: {
    usage: "arrears next --collector ID [--lease MINUTES] [--at INSTANT] [--lender CODE]",
    says: {
      en: "Takes the next case for a collector: nobody else gets the same person before the lease ends or it is given back.\nWho holds a case gets the same one again.",
      zh: "为催收员领取下一件：领取期内他人不会得到同一借款人。手中已有案件时仍给同一件。",
    },
    examples: ["arrears next --collector mei", "arrears next --collector mei --lease 30"],
  },
  call: {
    usage: "arrears call --collector ID [--at INSTANT] [--lender CODE]",
    says: {
      en: "Asks the gate at this second whether the call of the case in hand may be made, and begins it: the number, the words,\nthe rules that were asked. Once begun it counts as made. Exit code 1 where it may not, with the rule and from when.",
      zh: "当秒询问可否拨打手中案件的电话，可则开始：号码、用语、已判定的规则。一经开始即计为一次触达。不可拨打时退出码为 1，并给出规则与可拨打的时间。",
    },
    examples: ["arrears call --collector mei"],
  },
  result: {
    usage:
      'arrears result CODE --collector ID [--note TEXT] [--amount A --by DAY | --parts "DAY A; DAY A"] [--loan LOAN]\n       [--language zh] [--at INSTANT] [--lender CODE]\n       arrears result --list',
    says: {
      en: "Records what came of the call or the question in hand, in a code of the fixed table, and does what it brings about:\na promise is taken, a hold placed, a wrong number used no longer, a supervisor asked. All of it or nothing.",
      zh: "以固定结果码登记手中电话或问题的结果，并同时执行其后果：登记承诺、暂停、停用错号、交主管。要么全部生效，要么全不生效。",
    },
    examples: [
      "arrears result --list",
      "arrears result no-answer --collector mei",
      "arrears result connected-promised --collector mei --amount 500.00 --by 2026-03-20",
      'arrears result dispute-raised --collector mei --note "says that he returned the goods"',
    ],
  },
  release: {
    usage: "arrears release --collector ID [--reason TEXT] [--until INSTANT] [--at INSTANT] [--lender CODE]",
    says: {
      en: "Gives the case in hand back without a result. With --until nobody is given it before that instant, fourteen days off at most.",
      zh: "退回手中案件，不登记结果。给出 --until 时，此前不再分派该案件，最长十四天。",
    },
    examples: ["arrears release --collector mei --reason lunch"],
  },
  promises: {
    usage: "arrears promises [--by collector] [--from DAY] [--to DAY] [--lender CODE]",
    says: {
      en: "Promises to pay that were taken, kept and broken, with their sums, for each collector or agency that took them.",
      zh: "按催收员（或机构）统计承诺还款：登记、守约、失约及金额。",
    },
    examples: [
      "arrears promises --by collector --json",
      "arrears promises --from 2026-03-01 --to 2026-03-31",
    ],
  },
  agency: {
    usage:
      "arrears agency list\n       arrears agency add NAME [--role agency|law-firm] [--contact TEXT] [--lawyer NAME] [--licence TEXT] [--listed]\n         [--evaluated-on DAY] [--trained-on DAY] [--inactive]\n       arrears agency mandate NAME --id ID --from DAY [--to DAY] [--commission PERCENT] [--segment dpd=91..] [--most N]\n       arrears agency export NAME [--out FILE]\n       arrears agency report NAME FILE [--dry-run]",
    says: {
      en: "Who collects for the lender, under which mandate.\nexport: the files of the loans that stand placed with it now, and only what it may see; that each was shown is recorded.\nreport: the contacts that it made and the promises that it took (loan_id, id, at, kind, via, outcome, address, amount, by);\nrows on loans that are not placed with it, or not any more, are refused.",
      zh: "受托机构与委托。\nexport：现时委托给该机构的案件资料，仅含其可见内容，并逐笔留痕。\nreport：导入机构的触达与承诺（loan_id, id, at, kind, via, outcome, address, amount, by）；未委托或已收回的借据一律拒收。",
    },
    examples: [
      "arrears agency add anxin --role agency --listed --evaluated-on 2026-02-01 --trained-on 2026-02-01",
      "arrears agency mandate anxin --id M-2026 --from 2026-01-01 --to 2026-12-31 --segment dpd=91..360 --most 500",
      "arrears agency export anxin --out anxin.csv",
      "arrears agency report anxin contacts.csv",
    ],
  },
  place: {
    usage:
      "arrears place --agency NAME [--mandate ID] [--segment dpd=91..180,product=micro,arrears=500.00..] [--until DAY]\n       [--lender-steps pause|continue|as-agent] [--dry-run] [--at INSTANT] [--lender CODE]",
    says: {
      en: "Places a segment with an agency. A loan with a hold, an open promise or another agency stays here. Where the pack asks\nthat the borrower be told first, the notice is planned, dispatch sends it through the gate, and a second run places the\nloan once it is delivered.",
      zh: "将一批贷款委托给机构。有暂停、待履行承诺或已委托他人的不委外。合规包要求先告知借款人的，先安排告知，由 dispatch 经判定后发送，送达后再次运行即完成委托。",
    },
    examples: [
      "arrears place --agency anxin --segment dpd=91..180 --dry-run",
      "arrears place --agency anxin",
    ],
  },
  recall: {
    usage:
      "arrears recall --agency NAME --reason paid|ended|complaint|other [--loans L1,L2] [--dry-run] [--at INSTANT] [--lender CODE]",
    says: {
      en: "Takes loans back from an agency: its access ends at this instant. paid and ended find their loans themselves.",
      zh: "从机构收回贷款，其访问即时终止。paid（已还清）与 ended（委托到期）自动找出相应贷款。",
    },
    examples: [
      "arrears recall --agency anxin --reason paid",
      "arrears recall --agency anxin --reason complaint --loans L000123",
    ],
  },
  quality: {
    usage:
      "arrears quality sample [--from DAY] [--to DAY] [--each N] [--complaints PERCENT] [--seed N]\n       arrears quality record CONTACT --by NAME --pass | --fail --reasons CODE,CODE [--note TEXT]\n       arrears quality report [--from DAY] [--to DAY]",
    says: {
      en: "sample: contacts to listen to, at least so many of each collector or agency, and those with a complaint; the same seed\ngives the same sample. record: what the check found. report: passed and failed for each collector, and by what.",
      zh: "sample：抽取待质检的触达，每名催收员或机构至少若干，投诉的另加；同一 seed 结果相同。record：登记质检结果。report：按催收员统计合格、不合格及原因。",
    },
    examples: [
      "arrears quality sample --from 2026-03-01 --to 2026-03-31 --each 5 --seed 7",
      "arrears quality record 7-4096/2026-03-06/call --by anna --fail --reasons identity,rude",
      "arrears quality report --json",
    ],
  },
};
