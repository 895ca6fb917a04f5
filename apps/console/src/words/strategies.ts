import { both } from "./both.ts";

type Table = Readonly<Record<string, ReturnType<typeof both<string>>>>;

export const strategyWords = {
  lead: both(
    "What is done with whom on which day. One person proposes a version, another releases it.",
    "何日对何人采取何种动作。一人提交，另一人发布。",
  ),
  versions: both("Versions", "版本"),
  none: both("No strategy in the book", "尚无策略"),
  edit: both("Write a new version", "编写新版本"),
  editing: both("New version", "新版本"),
  tryIt: both("Try it", "试算"),
  tried: both("What it does with an example loan", "示例贷款的动作日历"),
  onBook: both("Dry run on the whole book", "全账簿试算"),
  onBookLead: both(
    "How many of each action on the next day and over thirty days, what would be refused and why, beside another version. Nothing is written.",
    "次日与三十天内各动作数量、将被拒的数量与原因，并与另一版本对比；不写入任何数据。",
  ),
  beside: both("Compared with", "对比版本"),
  besideOne: both(
    (name: string) => `beside ${name}`,
    (name: string) => `对比 ${name}`,
  ),
  tryBook: both("Dry run", "全账簿试算"),
  running: both("Every loan is looked at …", "正在逐笔试算…"),
  failed: both("The dry run did not end. Start it again.", "试算未完成，请重新发起。"),
  compared: both(
    (a: string, b: string, loans: string, first: string, through: string) =>
      `${a} and ${b} on ${loans} loans, on ${first} and through ${through}`,
    (a: string, b: string, loans: string, first: string, through: string) =>
      `${a} 与 ${b}，共 ${loans} 笔贷款，${first} 当日及至 ${through}`,
  ),
  dayOf: both(
    (name: string) => `Next day, ${name}`,
    (name: string) => `次日 ${name}`,
  ),
  refusedOf: both(
    (name: string) => `Refused, ${name}`,
    (name: string) => `被拒 ${name}`,
  ),
  allOf: both(
    (name: string) => `30 days, ${name}`,
    (name: string) => `30 天 ${name}`,
  ),
  whyRefused: both("Why steps would be refused: next day, then all days", "被拒原因：次日，及全部天数"),
  nothing: both("It does nothing with the example loan.", "对示例贷款没有动作。"),
  propose: both("Propose for release", "提交发布"),
  proposed: both("It is in the book and waits for a second person.", "已入库，等待第二人发布。"),
  release: both("Release", "发布"),
  released: both("Released: closes use it from its first day on.", "已发布，自起用日起用于日终。"),
  withdraw: both("Withdraw", "撤回"),
  withdrawn: both("Withdrawn.", "已撤回。"),
  from: both("From", "起用日"),
  products: both("Products", "产品"),
  state: both("State", "状态"),
  history: both("Who decided", "流转记录"),
  second: both("Release is for a second person: whoever proposed it cannot.", "须由提交人以外的第二人发布。"),
  states: {
    proposed: both("waits for a second person", "待复核"),
    released: both("in force", "已发布"),
    withdrawn: both("withdrawn", "已撤回"),
    shipped: both("shipped with the program", "随程序提供"),
  } as Table,
  events: {
    proposed: both("proposed", "提交"),
    released: both("released", "发布"),
    withdrawn: both("withdrew", "撤回"),
    shipped: both("shipped", "随程序提供"),
  } as Table,
  day: both("Day", "日期"),
  dpd: both("Days past due", "逾期天数"),
  step: both("Step", "动作"),
  outcome: both("Outcome", "结果"),
  outcomes: {
    StepPlanned: both("planned", "计划"),
    StepRefused: both("refused", "被拒"),
    StepAsked: both("a person decides", "待人工决定"),
    StepLapsed: both("lapsed", "失效"),
  } as Table,
} as const;
