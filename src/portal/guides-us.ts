import type { Guide, Part } from "./guides.ts";
import type { Said } from "./show.ts";

const said = (zh: string, en: string): Said => ({ zh, en });

/** Regulation F does not speak to everybody, and no law of a state was read: both are said wherever they matter. */
const BINDS = said(
  "这些规则约束代为催收的公司。出借人自己催收的，大多不受其约束。",
  "These rules bind a debt collector. A lender that collects its own loan is mostly outside of them.",
);
const STATES = said(
  "州法可能给您更多。我们没有读过任何一州的法律。",
  "The law of your state may give you more. We have read the law of no state.",
);
const NOW = said("现在可以做", "What you can do now");
const steps = (head: Said, lines: readonly Said[]): Part => ({ head, lines, steps: true });

const READ = "2026-11-26";

/** What the six questions come to in the United States, as far as the federal texts under `law/us` go. */
export const GUIDES_US: readonly Guide[] = [
  {
    id: "calls",
    asks: said("什么时候开始打电话催收？", "When do calls start?"),
    short: said(
      "我们读过的联邦规则没有规定哪一天开始。代收公司只能在您当地早上八点到晚上九点联系。",
      "No federal rule that we read names the day. A debt collector may call from 8 in the morning to 9 at night where you are.",
    ),
    parts: [
      {
        lines: [
          said(
            "同一笔债，七天内打电话超过七次，推定违规。",
            "More than seven calls in seven days about one debt are taken to break the rule.",
          ),
          said("和您谈过以后，七天内不再打。", "Once you have talked, the next call waits for seven days."),
          BINDS,
          STATES,
        ],
      },
      steps(NOW, [
        said("先在还款日之前联系出借人，说明情况。", "Speak to the lender before the due day."),
        said("告诉它哪些时间不方便。", "Say which times do not suit you."),
      ]),
    ],
    law: ["us/contact-hours", "us/call-cap", "us/cool-off", "us/inconvenient-times"],
    reviewedOn: READ,
  },
  {
    id: "record",
    asks: said("会上征信吗？", "Does it go on my credit report?"),
    short: said(
      "可能会。代收公司报送之前，要先和您谈过，或写信并等待一段时间。",
      "It may. A debt collector first has to talk with you about it, or write to you and wait.",
    ),
    parts: [
      {
        lines: [
          said(
            "催收中的债务最长显示七年，从最初拖欠后的第一百八十天起算。",
            "A debt in collection may be shown for seven years. They begin 180 days after the first payment that you missed.",
          ),
          BINDS,
          STATES,
        ],
      },
      steps(said("记错了怎么办", "If it is wrong"), [
        said("把每一项和自己的还款记录对照。", "Compare each line with what you paid."),
        said(
          "向出借人或征信机构提出异议。答复期限我们没有核实。",
          "Object to the lender or to the bureau. By when they answer we could not verify.",
        ),
      ]),
      {
        head: said("别上当", "Do not be taken in"),
        lines: [said("没有人能付费“洗白”征信。", "Nobody can clean a record for money.")],
      },
    ],
    law: ["us/furnish", "furnish.wait", "furnish.age", "furnish.dispute"],
    reviewedOn: READ,
  },
  {
    id: "hearing",
    asks: said("开庭短信是真的吗？", "Is this hearing notice real?"),
    short: said(
      "可能是真的，也可能是假的。只看短信分不出来，要问法院。",
      "It may be real or false. The message alone cannot tell you. Ask the court.",
    ),
    parts: [
      steps(said("怎么问法院", "How to ask the court"), [
        said(
          "不点短信里的链接，不回拨，不转账。",
          "Open no link, call no number, pay nothing from the message.",
        ),
        said(
          "自己查法院书记官的电话，不用短信里的。",
          "Find the number of the court's clerk by yourself, and not in the message.",
        ),
        said(
          "报姓名和案号，问有没有这个案子、哪天之前要答复。",
          "Give your name and the case number. Ask whether there is such a case, and by when you have to answer.",
        ),
      ]),
      {
        head: said("如果是真的", "If it is real"),
        lines: [
          said(
            "按时答复，并到庭。不去也可能被判决。",
            "Answer in time, and go. A court may decide without you.",
          ),
          said(
            "代收公司只能在您居住地或签约地起诉。",
            "A debt collector may sue only where you live or where you signed.",
          ),
          said(
            "诉讼时效已过的债，不得起诉，也不得以起诉相威胁。",
            "Nobody who collects may sue, or say that he will, once the time to sue is over.",
          ),
          said(
            "怎样送达、几天答复，由州法规定，我们没有读过。",
            "How papers reach you, and by when you answer, is for state law. We have read none.",
          ),
        ],
      },
      {
        head: said("律师函不是法院通知", "A lawyer's letter is no court paper"),
        lines: [
          said(
            "律师函是催告。单凭它，不会冻结账户，也不会抓人。",
            "It is a demand. From it alone no account is frozen and nobody is arrested.",
          ),
        ],
      },
    ],
    law: ["us/venue", "us/time-barred", "us/time-barred-threat"],
    reviewedOn: READ,
  },
  {
    id: "installments",
    asks: said("可以分期还吗？", "Can I pay by installments?"),
    short: said(
      "可以商量。我们读过的联邦规则没有规定必须同意。出借人同意才算数。",
      "You can ask. No federal rule that we read says that they must agree. It counts once the lender agrees.",
    ),
    parts: [
      {
        lines: [
          said(
            "先留下生活费，再算每月能还多少。",
            "Keep what you need to live. Then count what you can pay a month.",
          ),
          said("只答应做得到的数。", "Promise only what you can keep."),
          said(
            "协议要写下来：金额、日期、催收停不停。",
            "Have it in writing: sums, days, whether calls stop.",
          ),
          said(
            "还一部分，有的州会让时效重新计算。我们没有读过州法。",
            "In some states a part payment may start the time to sue again. We have read no state law.",
          ),
        ],
      },
      steps(NOW, [
        said("算出每月真正能还的数。", "Count what you can really pay a month."),
        said("向出借人提出方案，附上证明。", "Propose a plan to the lender, with proof."),
      ]),
    ],
    law: ["hardship.answer", "hardship.rest"],
    reviewedOn: READ,
  },
  {
    id: "handle-calls",
    asks: said("怎么应对催收电话？", "How do I handle the calls?"),
    short: said(
      "问清是谁，说实话，不当场答应。可以约定时间，可以书面要求停止。",
      "Ask who calls. Say what is true. Agree to nothing at once. You can set times, and you can write that it shall stop.",
    ),
    parts: [
      steps(said("接电话时", "On the phone"), [
        said("问：您是谁，代表哪家，欠的是哪一笔。", "Ask: who are you, for whom, about which loan."),
        said("记下时间、号码、对方说的话。", "Note the time, the number, what was said."),
        said(
          "不说密码、验证码，不按对方给的账户付款。",
          "Give no password or code. Pay into no account that he names.",
        ),
      ]),
      {
        head: said("您可以要求", "What you may ask for"),
        lines: [
          said("不在某些时间、不在工作单位联系。", "No calls at some times, and none at work."),
          said("不再用某种方式联系。", "No more contact by one way."),
          said(
            "书面写明不再联系：之后只能告诉您几件事。",
            "Write that all contact shall stop: then they may only tell you a few things.",
          ),
          said("有律师的，联系律师。", "That they speak to your lawyer, if you have one."),
          said("不把债务告诉别人。", "That nobody else is told of the debt."),
          said(
            "三十天左右的核实期内书面提出异议：寄出证明之前暂停催收。",
            "Dispute it in writing within the time that the notice names: collecting stops until proof is sent.",
          ),
          BINDS,
        ],
      },
    ],
    law: [
      "us/inconvenient-times",
      "us/workplace",
      "us/stopped-medium",
      "us/cease",
      "us/attorney",
      "us/third-parties",
      "us/dispute",
      "validation.period",
      "help-line.consumer",
    ],
    reviewedOn: READ,
  },
  {
    id: "cannot-pay",
    asks: said("真的还不起怎么办？", "What if I cannot pay at all?"),
    short: said(
      "早说，早求助。债务还在；这家出借人会由人来看您的申请。",
      "Say it early, and ask for help. The debt stays. At this lender a person looks at what you ask for.",
    ),
    parts: [
      {
        lines: [
          said("先保住吃住和看病。", "Home, food and health come first."),
          said(
            "法院能拿走什么、必须留下什么，由州法规定，我们没有读过。",
            "What a court may take, and what it has to leave you, is for state law. We have read none.",
          ),
        ],
      },
      {
        head: said("不要做的", "What not to do"),
        lines: [
          said("不要借新还旧。", "Do not borrow to pay."),
          said("不要付钱给“债务优化”公司。", "Pay no firm that promises to make debts small."),
        ],
      },
      steps(NOW, [
        said("告诉出借人还不起，附上证明。", "Tell the lender that you cannot pay, with proof."),
        said("找免费的法律援助。", "Look for free legal aid."),
      ]),
    ],
    law: ["hardship.answer", "hardship.rest", "help-line.consumer"],
    reviewedOn: READ,
  },
];
