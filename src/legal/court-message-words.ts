import type { FollowingDay, LawPoint, MessageKind, Part, Reading } from "./court-message.ts";
import type { LinkOwner } from "./message-links.ts";
import type { SignCode } from "./message-signs.ts";

type Both = { readonly en: string; readonly zh: string };

export const READING_WORDS: Readonly<Record<Reading, Both>> = {
  "signs-of-a-scam": {
    en: "It has signs that scams have. Do nothing by it: do not pay, open a link, answer, or call its number. Ask the court first.",
    zh: "含有诈骗短信常见的特征。请勿按其转账、点击链接、回复或回拨，先向法院核实。",
  },
  doubtful: {
    en: "It lacks what real ones carry, or has something that real ones seldom have. It may be real all the same: ask the court.",
    zh: "缺少真实通知通常具备的内容，或者有不常见之处。也可能是真的，请向法院核实。",
  },
  "has-the-usual-parts": {
    en: "It has the parts of a real one. That does not make it one, because anybody can copy them: ask the court.",
    zh: "具备真实通知通常的内容，但这些均可仿冒，不能据此认定为真，请向法院核实。",
  },
  "not-of-a-court": {
    en: "It does not say that it comes from a court.",
    zh: "内容未称来自法院。",
  },
};

export const NEVER_GENUINE: Both = {
  en: "No text alone shows that a message is genuine, and a message that is real must not be ignored.",
  zh: "仅凭文字不能认定短信真伪；真的通知也不应置之不理。",
};

export const KIND_WORDS: Readonly<Record<MessageKind, Both>> = {
  hearing: { en: "a hearing", zh: "开庭" },
  filing: { en: "a case that was filed", zh: "立案、应诉" },
  service: { en: "papers to be fetched", zh: "文书送达" },
  mediation: { en: "mediation", zh: "调解" },
  "payment-order": { en: "a payment order", zh: "支付令" },
  judgment: { en: "a judgment or ruling", zh: "裁判文书" },
  enforcement: { en: "enforcement", zh: "执行" },
  other: { en: "something else", zh: "其他" },
};

export const PART_WORDS: Readonly<Record<Part, Both>> = {
  court: { en: "the name of one court, with its place", zh: "具体法院名称" },
  "case-number": { en: "a case number", zh: "案号" },
  parties: { en: "who it is for, or the parties", zh: "收件人或当事人" },
  time: { en: "day and time of the hearing", zh: "开庭日期和时间" },
  place: { en: "where it is held", zh: "开庭地点或方式" },
  contact: { en: "the court's telephone or a clerk's name", zh: "法院电话或书记员" },
};

export const LINK_WORDS: Readonly<Record<LinkOwner, Both>> = {
  courts: {
    en: "under court.gov.cn, where only courts are; go there by typing the address yourself",
    zh: "court.gov.cn 之下，仅法院使用；请自行输入地址访问",
  },
  delivery: {
    en: "a delivery service that some courts use under a name of its own; ask the court whether it sent this",
    zh: "部分法院使用的送达服务，并非法院域名；请先向法院核实",
  },
  government: { en: "a government address, and not the courts' own", zh: "政府网站地址，并非法院域名" },
  "look-alike": { en: "NOT a court's: made to look like one", zh: "不是法院域名，刻意仿冒" },
  short: { en: "hides where it leads; no need to open it", zh: "短链接，看不出去向，不必打开" },
  "bare-number": {
    en: "a bare number instead of a name; some courts have such, anybody else can too",
    zh: "以数字代替域名；个别法院使用，他人亦可使用",
  },
  other: { en: "outside the courts' domains", zh: "法院域名之外" },
};

export const SIGN_WORDS: Readonly<Record<SignCode, Both>> = {
  "asks-to-pay": {
    en: "asks for money; courts do not collect debts by text message",
    zh: "要求付款；法院不以短信催款",
  },
  "account-number": { en: "gives an account to pay into", zh: "给出收款账户" },
  "asks-for-secrets": {
    en: "asks for a code, password, card or identity document",
    zh: "索要验证码、密码、卡号或证件",
  },
  "asks-to-share-screen": {
    en: "asks to share the screen, or names a “safe account”",
    zh: "要求共享屏幕、远程控制或转入“安全账户”",
  },
  "threatens-arrest": {
    en: "threatens arrest or prison, which a civil case cannot bring",
    zh: "以抓捕、判刑相威胁；民事案件不会如此",
  },
  "look-alike-link": { en: "its link is made to look like a court's", zh: "链接仿冒法院域名" },
  "short-link": { en: "its link hides where it leads", zh: "短链接，隐藏去向" },
  "number-link": { en: "its link is a bare number", zh: "链接为数字地址" },
  "link-outside": { en: "its link is outside the courts' domains", zh: "链接在法院域名之外" },
  "asks-to-install": { en: "asks to install something", zh: "要求下载安装软件" },
  "private-contact": { en: "asks to go on by a private account", zh: "要求添加私人账号" },
  "mobile-number": { en: "the only number to call is a mobile", zh: "仅提供手机号码" },
  hurries: { en: "presses for something within hours", zh: "以时限施压" },
  "threatens-to-tell": { en: "threatens to tell others", zh: "以告知他人相威胁" },
  "consequences-too-soon": {
    en: "names what only follows a judgment that was not performed",
    zh: "所称后果只可能在判决生效且未履行之后出现",
  },
  "speaks-for-a-court": {
    en: "speaks of a court case in a firm's or department's name",
    zh: "以公司或部门名义谈论诉讼",
  },
  "case-number-wrong": { en: "its case number does not have the form that courts use", zh: "案号格式不符" },
  "case-number-of-another-province": {
    en: "its case number is of another province than its court",
    zh: "案号与法院所在省份不一致",
  },
  "impossible-day": { en: "names a day that does not exist", zh: "日期不存在" },
  "day-off": { en: "names a day off for the hearing", zh: "开庭日为休息日" },
  "past-day": { en: "names a day that was over when it came", zh: "所称日期在收到时已过" },
  "from-a-mobile": { en: "came from a mobile number", zh: "由手机号码发出" },
  "from-abroad": { en: "came from a number abroad", zh: "由境外号码发出" },
};

export const POINT_WORDS: Readonly<Record<LawPoint, Both>> = {
  alert: {
    en: "A text message may tell that papers were delivered; by itself it delivers nothing.",
    zh: "短信可以提醒查阅已送达的材料，本身不等于送达。",
  },
  consent: {
    en: "Courts deliver electronically with the consent of the one who receives.",
    zh: "电子送达须经受送达人同意。",
  },
  consentBefore: {
    en: "That consent may stand in the loan contract: look there.",
    zh: "贷款合同中可能已约定同意电子送达，请查看合同。",
  },
  arrival: {
    en: "At an address that you gave or confirmed, it counts from its arrival, read or not.",
    zh: "送达至本人提供或确认的电子地址的，信息到达即为送达，不论是否已读。",
  },
  otherAddress: {
    en: "At another address of yours it counts only if you answer, act on it, or are shown to have read it.",
    zh: "送达至未确认的本人地址的，须回复、作出诉讼行为或有证据证明已阅知。",
  },
  summary: { en: "In summary procedure a court may summon by text message.", zh: "简易程序可以用短信传唤。" },
  noDefault: {
    en: "But without your confirmation, or other proof that you got it, there is no judgment by default on such a notice.",
    zh: "但未经本人确认、又无其他证据证明已收到的，不得缺席判决。",
  },
  default: {
    en: "Who was duly summoned and stays away without good reason can be judged in absence: go, or ask for another day.",
    zh: "经传票传唤无正当理由拒不到庭的，可以缺席判决：应当到庭，或申请改期。",
  },
  noAnswer: {
    en: "A case goes on without your answer; you lose the chance to be heard in writing.",
    zh: "不答辩不影响审理，但失去书面陈述的机会。",
  },
  noticeSummary: {
    en: "Ordinary procedure gives three days' notice of a hearing; summary procedure need not.",
    zh: "普通程序应在开庭三日前通知；简易程序不受此限。",
  },
  inability: {
    en: "That you cannot pay, or need time, is no objection to a payment order; that the debt or the sum is wrong is one.",
    zh: "仅称无力偿还、请求延期不影响支付令效力；对债务本身有异议才构成异议。",
  },
};

/** Ways that the reader finds himself: none of them stands in the message. */
export const COURT_WAYS: { readonly en: readonly string[]; readonly zh: readonly string[] } = {
  en: [
    "Do not pay, open, answer or call by the message itself.",
    "Write down the court, the case number, the judge or clerk.",
    "Call 12368 (with the court's area code), or the court's number from its own site or a directory.",
    "Look under “my cases” in the mini-program 人民法院在线服务, or at 中国审判流程信息公开网.",
    "Paper by post bears the mark 法院专递.",
    "Go to the court's litigation service hall with your identity card.",
  ],
  zh: [
    "不按短信转账、点击、回复或回拨。",
    "记下法院、案号、法官或书记员姓名。",
    "拨打12368（加法院所在地区号），或另行查得的法院公开电话。",
    "在“人民法院在线服务”小程序“我的案件”或中国审判流程信息公开网查询。",
    "纸质材料的邮件应有“法院专递”标识。",
    "携带身份证到该法院诉讼服务大厅查询。",
  ],
};

/** The days that follow, where the message is real. */
export const FOLLOWING_DAY_WORDS: Readonly<Record<FollowingDay["what"], Both>> = {
  hearing: { en: "hearing", zh: "开庭" },
  answer: {
    en: "last day to answer, if the papers reached you on the day of the message",
    zh: "答辩期限届满（按短信当日收到材料计）",
  },
  "payment-order-objection": {
    en: "last day to pay or to object in writing, if the order reached you on the day of the message",
    zh: "清偿或书面异议期限届满（按短信当日收到计）",
  },
  appeal: {
    en: "last day to appeal, if it was served on the day of the message",
    zh: "上诉期限届满（按短信当日送达计）",
  },
};
