import type { StrategyState } from "../../store/index.ts";
import type { Act, Step } from "../../strategy/index.ts";
import type { Language } from "../io.ts";

type Words = Readonly<Record<Language, string>>;

/** What a step does, for people. */
export const ACT_NAMES: Readonly<Record<Act, Words>> = {
  message: { en: "message", zh: "消息" },
  call: { en: "call", zh: "电话" },
  letter: { en: "letter", zh: "信函" },
  ask: { en: "ask a person", zh: "请人判断" },
  "ask-letter": { en: "letter, by a person", zh: "信函（人工）" },
  "ask-mediation": { en: "mediation, by a person", zh: "调解（人工）" },
  "ask-payment-order": { en: "payment order, by a person", zh: "支付令（人工）" },
  "ask-suit": { en: "suit, by a person", zh: "起诉（人工）" },
  "ask-enforcement": { en: "enforcement, by a person", zh: "申请执行（人工）" },
  "ask-bureau": { en: "bureau notice, by a person", zh: "征信告知（人工）" },
  "ask-matter": { en: "a day of a matter, for a person", zh: "程序期限（人工）" },
};

/** `message: overdue`, `call`, `offer: another-day`. */
export function stepWords({ act, what }: Pick<Step, "act" | "what">, language: Language): string {
  if (act === "call") return ACT_NAMES.call[language];
  const offer = act === "message" && what.startsWith("offer-");
  const name = offer ? (language === "zh" ? "方案" : "offer") : ACT_NAMES[act][language];
  return `${name}${language === "zh" ? "：" : ": "}${offer ? what.slice("offer-".length) : what}`;
}

export const CHANNEL_NAMES: Readonly<Record<string, Words>> = {
  app: { en: "app", zh: "应用内" },
  text: { en: "text", zh: "短信" },
  call: { en: "phone", zh: "电话" },
  email: { en: "email", zh: "邮件" },
  letter: { en: "post", zh: "信函" },
  person: { en: "a person", zh: "人工" },
};

export const STATE_NAMES: Readonly<Record<StrategyState, Words>> = {
  proposed: { en: "proposed", zh: "待发布" },
  released: { en: "released", zh: "已发布" },
  shipped: { en: "as shipped", zh: "随附版本" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
};

export const LAPSE_REASONS: Readonly<Record<string, Words>> = {
  overtaken: { en: "a later step of the same kind is due too", zh: "被更晚的同类动作取代" },
  "stage-over": { en: "its days are over", zh: "已过其期限" },
  "not-in-strategy": { en: "no longer in the plan", zh: "计划中已无此动作" },
};

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  zh: ["一", "二", "三", "四", "五", "六", "日"],
};

/** Of a weekday from 1, Monday, to 7. */
export const weekdayName = (weekday: number, language: Language): string => WEEKDAYS[language][weekday - 1]!;

export const strategySay = {
  noBy: {
    en: () => "say who does it: --by NAME (until people sign in, the name that you give is what is recorded)",
    zh: () => "请用 --by 姓名 指明操作人（在登录功能上线前，以所填姓名为准并记录）",
  },
  notAVersion: {
    en: (word: string) => `"${word}" names no version; write it as micro-loan@1`,
    zh: (word: string) => `“${word}”不是版本；请写成 micro-loan@1`,
  },
  proposed: {
    en: (id: string, by: string, from: string) =>
      `${id} proposed by ${by}: closes do not use it until a second person releases it\n  arrears strategy release ${id} --by SECOND_NAME\nIts first day would be ${from}.`,
    zh: (id: string, by: string, from: string) =>
      `${by} 已提交 ${id}：须由另一人发布后日终才会使用\n  arrears strategy release ${id} --by 另一人姓名\n生效首日为 ${from}。`,
  },
  sameProposed: {
    en: (id: string, state: string) => `${id} is in the book with this very text (${state}): nothing to do`,
    zh: (id: string, state: string) => `账本中已有完全相同的 ${id}（${state}），无需处理`,
  },
  released: {
    en: (id: string, by: string, from: string) => `${id} released by ${by}: in use from ${from}`,
    zh: (id: string, by: string, from: string) => `${by} 已发布 ${id}：自 ${from} 起使用`,
  },
  withdrawn: {
    en: (id: string, by: string) => `${id} withdrawn by ${by}; its number stays taken`,
    zh: (id: string, by: string) => `${by} 已撤回 ${id}；该版本号不再使用`,
  },
  unknown: {
    en: (id: string) => `no ${id} in this book (arrears strategy list), nor a file of that name`,
    zh: (id: string) => `账本中没有 ${id}（可用 arrears strategy list 查看），也没有同名文件`,
  },
  notProposed: {
    en: (id: string, state: string) => `${id} is ${state}; only a proposed version can be released`,
    zh: (id: string, state: string) => `${id} 状态为${state}；仅待发布的版本可以发布`,
  },
  samePerson: {
    en: (id: string, by: string) => `${by} proposed ${id}; a second person releases it`,
    zh: (id: string, by: string) => `${id} 由 ${by} 提交；须由另一人发布`,
  },
  tooEarly: {
    en: (id: string, lender: string, free: string) =>
      `${id} would begin on days of ${lender} that are closed under an earlier version; propose it with from: "${free}" or later, under a new number`,
    zh: (id: string, lender: string, free: string) =>
      `${id} 的起始日在 ${lender} 已按旧版本日终的日期之内；请另立版本号，并写 from: "${free}" 或更晚`,
  },
  inUse: {
    en: (id: string, lender: string, since: string) =>
      `${id} is in use at ${lender} since ${since}, and a version that was used stays; release another one with a later from`,
    zh: (id: string, lender: string, since: string) =>
      `${id} 自 ${since} 起已在 ${lender} 使用，用过的版本不可撤回；请发布起始日更晚的新版本`,
  },
  withdrawnAlready: {
    en: (id: string) => `${id} is withdrawn already: nothing to do`,
    zh: (id: string) => `${id} 已撤回，无需处理`,
  },
  followsUnreleased: {
    en: (id: string, arm: string, follows: string) =>
      `arm ${arm} of ${id} follows ${follows}, which is not in use in this book; release that first`,
    zh: (id: string, arm: string, follows: string) =>
      `${id} 的分组 ${arm} 采用 ${follows}，而后者在本账本中未启用；请先发布它`,
  },
  followsNowhere: {
    en: (arm: string, follows: string, folders: string) =>
      `arm ${arm} follows ${follows}, which is neither in the book nor in ${folders}`,
    zh: (arm: string, follows: string, folders: string) =>
      `分组 ${arm} 采用 ${follows}，账本及 ${folders} 中均无此版本`,
  },
  followsArms: {
    en: (id: string, arm: string, follows: string) =>
      `arm ${arm} of ${id} follows ${follows}, which has arms itself; name a version without arms`,
    zh: (id: string, arm: string, follows: string) =>
      `${id} 的分组 ${arm} 采用 ${follows}，而后者自身设有分组；请指定未设分组的版本`,
  },
  followed: {
    en: (id: string, by: string) => `${id} is followed by an arm of ${by}; withdraw that first`,
    zh: (id: string, by: string) => `${by} 的分组正在采用 ${id}；请先撤回前者`,
  },
  noArm: {
    en: (arm: string, known: string) =>
      known === "" ? `this strategy has no arms; leave --arm out` : `no arm ${arm}; there is ${known}`,
    zh: (arm: string, known: string) =>
      known === "" ? "该策略未设分组；请去掉 --arm" : `没有分组 ${arm}；现有 ${known}`,
  },
  calendarOf: {
    en: (amount: string, dueOn: string, pack: string, zone: string) =>
      `A loan of ${amount} that stays unpaid after its due day ${dueOn}. Judged by ${pack}, times in ${zone}.\nWhat is planned on a day is taken as sent when the next day is judged. Nothing is written or sent.`,
    zh: (amount: string, dueOn: string, pack: string, zone: string) =>
      `一笔 ${amount} 的贷款，应还日 ${dueOn} 之后一直未还。按 ${pack} 判定，时间为 ${zone}。\n当日计划的动作在判定次日时视为已发出。本次试算不写入、不发送。`,
  },
  noPack: { en: () => "no pack: every step asks a person", zh: () => "无合规包：每个动作均须人工决定" },
  armLine: {
    en: (arm: string, share: string, all: string, forced: boolean) =>
      `arm ${arm} (${share} % of borrowers${forced ? ", as asked" : ", as drawn"}); arms: ${all}`,
    zh: (arm: string, share: string, all: string, forced: boolean) =>
      `分组 ${arm}（借款人的 ${share}%，${forced ? "按指定" : "按抽取"}）；全部分组：${all}`,
  },
  segmentLine: {
    en: (all: string) => `segments, the first that fits counts: ${all}`,
    zh: (all: string) => `客群（按顺序，以首个符合者为准）：${all}`,
  },
  stageHead: {
    en: (name: string, days: string, goal: string) => `${name} · days ${days}${goal ? ` · ${goal}` : ""}`,
    zh: (name: string, days: string, goal: string) => `${name} · 第 ${days} 天${goal ? ` · ${goal}` : ""}`,
  },
  stageSegment: {
    en: (segment: string) => `treated as segment ${segment}`,
    zh: (segment: string) => `按客群 ${segment} 处置`,
  },
  calendarHeads: {
    en: () => ["day", "", "dpd", "step", "by", "outcome"],
    zh: () => ["日期", "星期", "逾期天数", "动作", "方式", "结果"],
  },
  quiet: {
    en: (days: number) => `${days} days without a step`,
    zh: (days: number) => `${days} 天无动作`,
  },
  band: { en: (band: number) => `→ M${band}`, zh: (band: number) => `→ M${band}` },
  allowed: { en: () => "allowed", zh: () => "允许" },
  atRisk: {
    en: (rules: string) => `allowed, with a risk on record: ${rules}`,
    zh: (rules: string) => `允许，但须记录风险：${rules}`,
  },
  refused: {
    en: (rules: string, again: string) => `REFUSED by ${rules}${again ? `; tried again ${again}` : ""}`,
    zh: (rules: string, again: string) => `被拒：${rules}${again ? `；${again} 再试` : ""}`,
  },
  eachDay: {
    en: (until: string) => `, tried again each day until ${until}`,
    zh: (until: string) => `，每日再试，直至 ${until}`,
  },
  asks: {
    en: (rules: string, after: string) =>
      `asks a person${rules ? ` (${rules})` : ""}${after ? `; to be behind it: ${after}` : ""}`,
    zh: (rules: string, after: string) =>
      `待人工${rules ? `（${rules}）` : ""}${after ? `；此前应完成：${after}` : ""}`,
  },
  lapsed: { en: (why: string) => `lapsed: ${why}`, zh: (why: string) => `失效：${why}` },
  setAside: { en: (why: string) => `set aside: ${why}`, zh: (why: string) => `搁置：${why}` },
  whyHead: { en: () => "why:", zh: () => "原因：" },
  atEnd: {
    en: (when: string, what: string, by: string, at: string) =>
      `── at its end, when it is ${when}: message ${what}, by ${by}, ${at}`,
    zh: (when: string, what: string, by: string, at: string) =>
      `── 结束时（${when}）：消息 ${what}，方式 ${by}，${at}`,
  },
  ended: {
    "paid-off": { en: () => "paid in full", zh: () => "全部还清" },
    settled: { en: () => "settled", zh: () => "和解结清" },
  },
  noSteps: {
    en: () => "no step of this plan falls on such a loan",
    zh: () => "该计划对这样的贷款没有任何动作",
  },
  diffUse: {
    en: () => "two versions, each a file, a NAME or NAME@VERSION",
    zh: () => "两个版本（文件、名称或 名称@版本）",
  },
  noProduct: {
    en: (names: string, known: string) =>
      `no product of this lender uses ${names}; its products use ${known}. Name one of these as the first`,
    zh: (names: string, known: string) =>
      `该出借人没有产品使用 ${names}；其产品使用 ${known}。请以其中之一作为第一个`,
  },
  diffPast: {
    en: (through: string, first: string) =>
      `--through ${through} lies before ${first}, the next day to be closed`,
    zh: (through: string, first: string) => `--through ${through} 早于下一个待日终日 ${first}`,
  },
  diffHead: {
    en: (a: string, b: string, lender: string, loans: string, borrowers: string) =>
      `A ${a}\nB ${b}\nOn the book of ${lender}: ${loans} loans of ${borrowers} borrowers.`,
    zh: (a: string, b: string, lender: string, loans: string, borrowers: string) =>
      `A ${a}\nB ${b}\n在 ${lender} 的账本上比较：${borrowers} 名借款人的 ${loans} 笔贷款。`,
  },
  diffAssumes: {
    en: (first: string, through: string) =>
      `Closed in thought from ${first} through ${through}, if nothing else happens: nobody pays, no hold comes or goes,\nand what is planned on a day is taken as sent when the next is judged. Nothing is written or sent.`,
    zh: (first: string, through: string) =>
      `假定自 ${first} 至 ${through} 逐日日终且不再发生任何事：无人还款，暂停事项不增不减，\n当日计划的动作在判定次日时视为已发出。本次比较不写入、不发送。`,
  },
  diffSteps: {
    en: (first: string, days: number) => [
      "step",
      `${first} A`,
      "B",
      "±",
      `${days} days A`,
      "B",
      "±",
      "refused A",
      "B",
    ],
    zh: (first: string, days: number) => [
      "动作",
      `${first} A`,
      "B",
      "±",
      `${days} 天 A`,
      "B",
      "±",
      "被拒 A",
      "B",
    ],
  },
  diffRules: {
    en: (first: string, days: number) => [
      "refused or asked because",
      `${first} A`,
      "B",
      `${days} days A`,
      "B",
    ],
    zh: (first: string, days: number) => ["被拒或待人工的原因", `${first} A`, "B", `${days} 天 A`, "B"],
  },
  diffTotals: {
    en: (first: string, days: number) => [
      "reached by a message or call",
      `${first} A`,
      "B",
      `${days} days A`,
      "B",
    ],
    zh: (first: string, days: number) => ["收到消息或电话", `${first} A`, "B", `${days} 天 A`, "B"],
  },
  people: { en: () => "people", zh: () => "人数" },
  loans: { en: () => "loans", zh: () => "贷款笔数" },
  outstanding: {
    en: (currency: string) => `principal outstanding, ${currency}`,
    zh: (currency: string) => `剩余本金（${currency}）`,
  },
  changesHead: { en: () => "what changed in the plan:", zh: () => "计划的变化：" },
  noChanges: { en: () => "the plans have the same steps", zh: () => "两个计划的动作相同" },
  added: {
    en: (step: string, days: string) => `+ ${step} on day ${days}`,
    zh: (step: string, days: string) => `+ 新增 ${step}，第 ${days} 天`,
  },
  removed: {
    en: (step: string, days: string) => `- ${step} on day ${days}`,
    zh: (step: string, days: string) => `- 删去 ${step}，第 ${days} 天`,
  },
  moved: {
    en: (step: string, from: string, to: string) => `> ${step}: ${from} → ${to}`,
    zh: (step: string, from: string, to: string) => `> 移动 ${step}：${from} → ${to}`,
  },
  changed: {
    en: (step: string, what: string, from: string, to: string) => `~ ${step}: ${what} ${from} → ${to}`,
    zh: (step: string, what: string, from: string, to: string) => `~ 修改 ${step}：${what} ${from} → ${to}`,
  },
  what: {
    en: (what: string) =>
      ({
        day: "day",
        time: "time",
        channels: "channels",
        template: "template",
        segments: "segments",
        arms: "arms",
      })[what] ?? what,
    zh: (what: string) =>
      ({ day: "日期", time: "时间", channels: "渠道", template: "模板", segments: "客群", arms: "分组" })[
        what
      ] ?? what,
  },
  everyone: { en: () => "all", zh: () => "全部" },
  none: {
    en: () => "no strategy in this book yet: an import takes in those that its products name",
    zh: () => "账本中还没有策略：导入贷款时会收录产品所指定的策略",
  },
  listHeads: {
    en: () => ["strategy", "from", "state", "proposed by", "released by", "products"],
    zh: () => ["策略", "起始日", "状态", "提交人", "发布人", "产品"],
  },
  event: {
    en: (what: string, by: string, at: string, remark: string) =>
      `${what} by ${by}${at === "" ? "" : ` at ${at}`}${remark === "" ? "" : `: ${remark}`}`,
    zh: (what: string, by: string, at: string, remark: string) =>
      `${at === "" ? "" : `${at} `}${by}：${what}${remark === "" ? "" : `（${remark}）`}`,
  },
} as const;
