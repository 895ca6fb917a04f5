import type { Said } from "./show.ts";

/** A part of an answer: a heading of its own, or none, and sentences. */
export interface Part {
  readonly head?: Said;
  readonly lines: readonly Said[];
  /** Steps in an order, and not points. */
  readonly steps?: boolean;
}

export interface Guide {
  readonly id: GuideId;
  /** The question as people ask it. */
  readonly asks: Said;
  /** The answer in a breath. */
  readonly short: Said;
  readonly parts: readonly Part[];
  /** Rules and parameters of the pack that it rests on; what the place does not have is left out. */
  readonly law: readonly string[];
  /** The day on which somebody last read the text beside its sources. */
  readonly reviewedOn: string;
}

export const GUIDE_IDS = [
  "calls",
  "record",
  "hearing",
  "installments",
  "handle-calls",
  "cannot-pay",
] as const;
export type GuideId = (typeof GUIDE_IDS)[number];

const READ = "2026-11-26";

/** What the six questions come to for anybody in mainland China. The same with the reader's own days and sums: `own.ts`. */
export const GUIDES: readonly Guide[] = [
  {
    id: "calls",
    asks: { zh: "什么时候开始打电话催收？", en: "When do calls start?" },
    short: {
      zh: "没有法律规定哪一天开始。合同约定的还款日过了，就可能有人联系您。",
      en: "No law names the day. Once the due day of your contract is over, somebody may contact you.",
    },
    parts: [
      {
        lines: [
          {
            zh: "有的合同有宽限期。宽限期内还上，不算逾期。请看合同。",
            en: "Some contracts give days of grace. Paid within them, you are not late. Look at your contract.",
          },
          {
            zh: "联系本人的时间，一般是早上八点到晚上十点。",
            en: "You may be contacted between 8 in the morning and 10 at night.",
          },
          {
            zh: "出借人和受托机构合计，一天接通不超过三次。",
            en: "The lender and its agencies together should get through to you three times a day at most.",
          },
          {
            zh: "同一个号码，没接通的一天不宜超过六次。",
            en: "One number should not be tried more than six times a day without answer.",
          },
          {
            zh: "这几条是推荐性标准或行业规则，不是法律。",
            en: "These limits are a recommended standard and rules of the trade. They are not law.",
          },
        ],
      },
      {
        head: { zh: "不能做的", en: "What nobody may do" },
        lines: [
          {
            zh: "骚扰、辱骂、威胁，违反法律。可以报警 110。",
            en: "Harassing, insulting or threatening you is against the law. You can call the police, 110.",
          },
          { zh: "不能冒充法院、警察。", en: "Nobody may pose as a court or the police." },
          {
            zh: "联系人不是欠款人。他说不要再打，就不能再打。",
            en: "A contact person does not owe your debt. If he says no, he must not be called again.",
          },
        ],
      },
      {
        head: { zh: "现在可以做", en: "What you can do now" },
        steps: true,
        lines: [
          { zh: "先在还款日之前联系出借人，说明情况。", en: "Speak to the lender before the due day." },
          { zh: "告诉它哪些时间可以联系您。", en: "Say at which times you can be reached." },
          { zh: "需要法律帮助，打 12348。", en: "For legal help call 12348." },
        ],
      },
    ],
    law: [
      "cn/quiet-hours",
      "contact.call-cap.notice-voice",
      "contact.attempt-cap",
      "cn/contact-person-stop",
      "cn/private-peace",
      "help-line.legal-aid",
      "help-line.police",
    ],
    reviewedOn: READ,
  },
  {
    id: "record",
    asks: { zh: "会上征信吗？", en: "Does it go on my credit report?" },
    short: {
      zh: "可能会。出借人要有您的同意，报送之前还要先告诉您。",
      en: "It may. The lender needs your consent, and has to tell you before it reports.",
    },
    parts: [
      {
        lines: [
          {
            zh: "不是每家出借人都报送。合同里会写。",
            en: "Not every lender reports. Your contract says so.",
          },
          { zh: "逾期一天也可能被报送。", en: "Even one day late may be reported." },
          {
            zh: "还清以后，不良记录再保留五年，然后必须删除。",
            en: "A bad record is kept for five years after it has ended. Then it must be deleted.",
          },
          {
            zh: "五年从逾期终止那天算起，不是从逾期那天。",
            en: "The five years run from the day on which the lateness ends, not from its first day.",
          },
        ],
      },
      {
        head: { zh: "记错了怎么办", en: "If it is wrong" },
        lines: [
          { zh: "可以向出借人或征信机构提出异议。", en: "You can object to the lender or to the bureau." },
          {
            zh: "他们要在二十天内核查并书面答复。",
            en: "They have twenty days to check and to answer in writing.",
          },
          {
            zh: "不满意，可以向人民银行分支机构投诉，三十天内答复。",
            en: "If you do not agree, complain to the branch of the central bank. It answers within thirty days.",
          },
        ],
      },
      {
        head: { zh: "别上当", en: "Do not be taken in" },
        lines: [
          { zh: "没有人能付费“洗白”征信。", en: "Nobody can clean a record for money." },
          {
            zh: "您每年可以免费查两次自己的报告。",
            en: "You may see your own report twice a year for free.",
          },
        ],
      },
      {
        head: { zh: "现在可以做", en: "What you can do now" },
        steps: true,
        lines: [
          { zh: "查一查自己的报告。", en: "Get your own report." },
          { zh: "把每一项和自己的还款记录对照。", en: "Compare each line with what you paid." },
          { zh: "有错就提异议。", en: "Object to what is wrong." },
        ],
      },
    ],
    law: [
      "cn/bureau-consent",
      "cn/bureau-notice",
      "credit.retention",
      "credit.objection",
      "credit.complaint",
      "credit.status.days",
    ],
    reviewedOn: READ,
  },
  {
    id: "hearing",
    asks: { zh: "开庭短信是真的吗？", en: "Is this hearing notice real?" },
    short: {
      zh: "可能是真的，也可能是假的。只看短信分不出来，要问法院。",
      en: "It may be real or false. The message alone cannot tell you. Ask the court.",
    },
    parts: [
      {
        head: { zh: "怎么问法院", en: "How to ask the court" },
        steps: true,
        lines: [
          {
            zh: "不点短信里的链接，不回拨，不转账。",
            en: "Open no link, call no number, pay nothing from the message.",
          },
          { zh: "记下法院名称和案号。", en: "Write down the court and the case number." },
          { zh: "拨打法院所在地区号加 12368。", en: "Call 12368, with the area code of the court's place." },
          {
            zh: "报姓名和案号，问有没有这个案子。",
            en: "Give your name and the number, and ask whether there is such a case.",
          },
        ],
      },
      {
        head: { zh: "如果是真的", en: "If it is real" },
        lines: [
          {
            zh: "收到起诉状副本后，有十五天答辩。",
            en: "You have fifteen days to answer once the papers reach you.",
          },
          {
            zh: "请到庭，或申请改期。不去也可能被判决。",
            en: "Go, or ask for another day. A court may decide without you.",
          },
          { zh: "在法院里仍然可以调解、分期。", en: "Mediation and parts are still possible at court." },
          {
            zh: "只凭没有确认过的短信，简易程序中不能缺席判决。",
            en: "On a message that you did not confirm alone, nobody is judged in absence in summary procedure.",
          },
        ],
      },
      {
        head: { zh: "律师函不是法院通知", en: "A lawyer's letter is no court paper" },
        lines: [
          {
            zh: "律师函只是催告。单凭它，不会冻结账户，也不会抓人。",
            en: "It is a demand. From it alone no account is frozen and nobody is arrested.",
          },
          { zh: "它会让诉讼时效重新计算。", en: "It starts the time to claim in court again." },
        ],
      },
    ],
    law: [
      "court.message.alert",
      "court.message.consent",
      "court.message.no-default",
      "court.answer",
      "court.default",
      "court.message.ways",
      "limitation.restart.demand",
      "help-line.courts",
    ],
    reviewedOn: READ,
  },
  {
    id: "installments",
    asks: { zh: "可以分期还吗？", en: "Can I pay by installments?" },
    short: {
      zh: "可以商量。到期前可以申请展期；逾期后可以提出付得起的方案。出借人同意才算数。",
      en: "You can ask. Before the due day ask for more time; after it propose a plan that you can afford. It counts once the lender agrees.",
    },
    parts: [
      {
        lines: [
          {
            zh: "先留下生活费，再算每月能还多少。",
            en: "Keep what you need to live. Then count what you can pay a month.",
          },
          { zh: "只答应做得到的数。", en: "Promise only what you can keep." },
          {
            zh: "协议要写下来：金额、日期、催收停不停、征信怎么报。",
            en: "Have it in writing: sums, days, whether calls stop, what is reported.",
          },
          { zh: "达成分期，诉讼时效会重新计算。", en: "A plan starts the time to claim in court again." },
          {
            zh: "信用卡另有规定：确实困难的，最长可以分五年。",
            en: "Cards have a rule of their own: in real hardship a plan of up to five years.",
          },
        ],
      },
      {
        head: { zh: "别上当", en: "Do not be taken in" },
        lines: [
          {
            zh: "不要付钱给中介“代办停息分期”。自己就能申请，免费。",
            en: "Pay no agent for a plan. You can ask yourself, for free.",
          },
        ],
      },
      {
        head: { zh: "现在可以做", en: "What you can do now" },
        steps: true,
        lines: [
          { zh: "算出每月真正能还的数。", en: "Count what you can really pay a month." },
          { zh: "向出借人提出方案，附上证明。", en: "Propose a plan to the lender, with proof." },
          { zh: "同意以后，按时还第一笔。", en: "Once it agrees, pay the first part in time." },
        ],
      },
    ],
    law: ["way-out.extension", "way-out.agreement", "limitation.by.installment-plan", "card-plan.longest"],
    reviewedOn: READ,
  },
  {
    id: "handle-calls",
    asks: { zh: "怎么应对催收电话？", en: "How do I handle the calls?" },
    short: {
      zh: "问清是谁，说实话，不当场答应。可以约定时间，也可以投诉。",
      en: "Ask who calls. Say what is true. Agree to nothing at once. You can set times, and you can complain.",
    },
    parts: [
      {
        head: { zh: "接电话时", en: "On the phone" },
        steps: true,
        lines: [
          { zh: "问：您是谁，代表哪家，欠的是哪一笔。", en: "Ask: who are you, for whom, about which loan." },
          { zh: "记下时间、号码、对方说的话。", en: "Note the time, the number, what was said." },
          {
            zh: "不说密码、验证码，不按对方给的账户付款。",
            en: "Give no password or code. Pay into no account that he names.",
          },
          {
            zh: "想一想再答应。挂断后可以书面回复。",
            en: "Think before you agree. You can answer later in writing.",
          },
        ],
      },
      {
        head: { zh: "您可以要求", en: "What you may ask for" },
        lines: [
          { zh: "只在某些时间联系您。", en: "Be contacted at some times only." },
          { zh: "不再打给家人、同事、朋友。", en: "No more calls to family, colleagues or friends." },
          { zh: "有代理人的，联系代理人。", en: "That they speak to the person who helps you." },
        ],
      },
      {
        head: { zh: "投诉", en: "Complain" },
        lines: [
          {
            zh: "先向出借人投诉。一般十五天内答复，复杂的三十天。",
            en: "First to the lender. It answers in fifteen days, in thirty where the matter is hard.",
          },
          { zh: "再打 12378。", en: "Then call 12378." },
          { zh: "有威胁、泄露隐私，报警 110。", en: "For threats, or secrets told to others, call 110." },
          {
            zh: "不接电话，债务还在，逾期利息也还在算。",
            en: "Not answering does not end the debt. Late interest runs on.",
          },
        ],
      },
    ],
    law: [
      "cn/quiet-hours",
      "cn/contact-person-stop",
      "cn/debtor-only",
      "cn/private-peace",
      "complaint.deadline.simple",
      "complaint.deadline.complex",
      "help-line.lender-complaints",
      "help-line.police",
    ],
    reviewedOn: READ,
  },
  {
    id: "cannot-pay",
    asks: { zh: "真的还不起怎么办？", en: "What if I cannot pay at all?" },
    short: {
      zh: "还不起本身不是犯罪。债务还在，但生活必需的部分受保护。早说，早求助。",
      en: "Not being able to pay is no crime in itself. The debt stays, but what you need to live is protected. Say it early, and ask for help.",
    },
    parts: [
      {
        lines: [
          {
            zh: "“失信名单”针对有能力而不履行，或有违规行为的人。",
            en: "The list of dishonest debtors is for those who can pay and will not, or who break rules.",
          },
          {
            zh: "判决以后仍不履行，可能被限制高消费。",
            en: "After a judgment that is not performed, a court may limit costly spending.",
          },
          {
            zh: "执行时，必须留下本人和家人的生活必需费用。",
            en: "Enforcement must leave what you and your family need to live.",
          },
          { zh: "到了执行阶段，仍然可以和解、分期。", en: "Even then a settlement in parts is possible." },
          {
            zh: "以后有钱了，债权人可以再申请执行。",
            en: "If you come into money later, the creditor may ask again.",
          },
        ],
      },
      {
        head: { zh: "不要做的", en: "What not to do" },
        lines: [
          { zh: "不要借新还旧。", en: "Do not borrow to pay." },
          { zh: "不要隐藏财产，不要躲避法院。", en: "Do not hide what you own, and do not avoid the court." },
          { zh: "不要付钱给“债务优化”公司。", en: "Pay no firm that promises to make debts small." },
        ],
      },
      {
        head: { zh: "现在可以做", en: "What you can do now" },
        steps: true,
        lines: [
          { zh: "先保住吃住和看病。", en: "Home, food and health come first." },
          { zh: "告诉出借人还不起，附上证明。", en: "Tell the lender that you cannot pay, with proof." },
          { zh: "打 12348，请律师解答。", en: "Call 12348 and ask a lawyer." },
          {
            zh: "心里难受，打 12356 心理援助热线，或告诉身边的人。",
            en: "If it weighs on you, call 12356, a line for distress, or tell somebody near you.",
          },
        ],
      },
    ],
    law: [
      "dishonest.inability",
      "dishonest.ground.able-but-refusing",
      "consumption.may",
      "enforcement.measures.necessities",
      "enforcement.settlement",
      "enforcement.continue",
      "help-line.legal-aid",
      "help-line.distress",
    ],
    reviewedOn: READ,
  },
];
