import { both } from "./both.ts";

export const today = {
  lead: both(
    (name: string, day: string) => `${name}, closed through ${day}`,
    (name: string, day: string) => `${name}，账务已日终至 ${day}`,
  ),
  loans: both("Loans in the book", "在账贷款"),
  inArrears: both("In arrears", "逾期贷款"),
  arrears: both("Past due", "逾期欠款"),
  cured: both("Cured", "恢复正常"),
  actions: both("Planned", "计划动作"),
  refused: both("Refused", "被拒动作"),
  asked: both("Left to a person", "待人工决定"),
  night: both(
    (day: string) => `The close of ${day}`,
    (day: string) => `${day} 日终`,
  ),
  noNight: both("No loan had anything to do on that day.", "该日没有贷款需要处理。"),
  why: both("Why steps were stopped", "动作被拦下的原因"),
  rule: both("Rule", "规则"),
  times: both("Times", "次数"),
  noneStopped: both("No step was stopped.", "没有动作被拦下。"),
  bands: both("Arrears by age", "逾期账龄"),
  bandsPast: both(
    "The book is too large to be replayed for a past day; analytics keeps the figures of each day.",
    "账簿过大，无法重算过往日期；每日数据见分析。",
  ),
  agesThen: both("Ages of that day", "当日账龄"),
  band: both("Age", "账龄段"),
  band_loans: both("Loans", "贷款数"),
  bandsOn: both(
    (day: string) => `At the close of ${day}`,
    (day: string) => `截至 ${day} 日终`,
  ),
  days: both("Hearings and days this week", "本周开庭与期限"),
  promises: both("Promises due this week", "本周到期承诺"),
  closing: both(
    (day: string) => `The days are being closed, through ${day}`,
    (day: string) => `正在日终至 ${day}`,
  ),
  closingSome: both("The days are being closed", "正在日终"),
  did: {
    planned: both("Planned steps", "计划动作"),
    refused: both("Refused steps", "被拒动作"),
    asked: both("Left to a person", "待人工决定"),
    cured: both("Cured", "恢复正常"),
    "set-aside": both("Set aside", "已搁置"),
  } as Readonly<Record<string, ReturnType<typeof both<string>>>>,
  didNone: both("None in that close", "该日日终没有"),
  amount: both("Promised", "承诺金额"),
  takenBy: both("Taken by", "受理人"),
  noPromises: both("No promise falls due this week", "本周没有到期承诺"),
  noPromisesMore: both(
    "What was promised since the last close stands here after the next one.",
    "最近一次日终之后的承诺将在下次日终后显示。",
  ),
  waiting: both("Waits for a person", "待人工处理"),
  letters: both("Letters to check", "待核函件"),
  approvals: both("Second person", "待复核"),
  failed: both("Messages that failed", "发送失败"),
  complaints: both("Complaints to answer within a week", "一周内须答复的投诉"),
  hardship: both("Requests for help to answer", "待答复的协商申请"),
  nothingWaits: both(
    "No letter, no second decision, no complaint near its day, no request for help, no failed message.",
    "没有待核函件、待复核事项、临期投诉、待答复的协商申请或发送失败。",
  ),
  nights: both("Nights before", "近期日终"),
  day: both("Day", "日期"),
  touched: both("Touched", "触及"),
  pickAnother: both("Pick another night below.", "可在下方选择其他日期。"),
  lookAt: both("Worth a look", "值得查看"),
  lookWhy: {
    "largest-arrears": both("the largest arrears", "逾期欠款最多"),
    cured: both("cured", "恢复正常"),
    refused: both("has a refused step", "有被拒动作"),
  },
  ended: both(
    (ended: string, off: string) => `${ended} ended, ${off} written off and still owed`,
    (ended: string, off: string) => `已结束 ${ended} 笔，已核销仍欠 ${off} 笔`,
  ),
  and: both("and more", "以上"),
} as const;

export const refusedWords = {
  title: both("Stopped steps", "被拦下的动作"),
  lead: both(
    (day: string) => `In the close of ${day}`,
    (day: string) => `${day} 日终`,
  ),
  back: both("Back to the day", "返回当日"),
  loan: both("Loan", "贷款"),
  step: both("Step", "动作"),
  via: both("By", "渠道"),
  dpd: both("Days past due", "逾期天数"),
  became: both("Outcome", "结果"),
  refused: both("refused", "被拒"),
  asked: both("a person decides", "人工决定"),
  again: both("Looked at again", "再次判断"),
  why: both("Why", "依据"),
  none: both("No loan had a step stopped by this rule in that close.", "该日日终没有动作被此规则拦下。"),
} as const;

export const via: Readonly<Record<string, ReturnType<typeof both<string>>>> = {
  call: both("Call", "电话"),
  text: both("Text message", "短信"),
  email: both("E-mail", "邮件"),
  app: both("App message", "应用消息"),
  letter: both("Letter", "信函"),
  post: both("Post", "邮寄"),
  visit: both("Visit", "上门"),
  person: both("Person", "人工"),
  mediation: both("Mediation", "调解"),
  "payment-order": both("Payment order", "支付令"),
  suit: both("Suit", "起诉"),
  enforcement: both("Enforcement", "强制执行"),
  bureau: both("Credit bureau", "征信报送"),
};

/** `app,text`, as a step names the ways that it may take. */
export const waysOf = (ways: string, say: <T>(words: { readonly en: T; readonly zh: T }) => T): string =>
  ways
    .split(",")
    .map((way) => (via[way] ? say(via[way]) : way))
    .join(" / ");
