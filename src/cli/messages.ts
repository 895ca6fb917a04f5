import { say as shared } from "../office/messages.ts";
import { USAGE } from "./usage.ts";

/** Every sentence of the command line, in both languages side by side. */
export const say = {
  ...shared,
  usage: USAGE,
  unknownCommand: {
    en: (word: string, near?: string) =>
      `no command "${word}"${near ? `; did you mean "${near}"?` : ""} (arrears --help lists them)`,
    zh: (word: string, near?: string) =>
      `没有命令“${word}”${near ? `；是否指“${near}”？` : ""}（arrears --help 列出全部）`,
  },
  unknownOption: {
    en: (word: string, near?: string) => `no option "${word}" here${near ? `; did you mean "${near}"?` : ""}`,
    zh: (word: string, near?: string) => `此处没有选项“${word}”${near ? `；是否指“${near}”？` : ""}`,
  },
  badVia: {
    en: (found: string, near: string) => `${found} is no kind of step; did you mean ${near}?`,
    zh: (found: string, near: string) => `“${found}”不是动作类型；可选：${near}`,
  },
  notAnInstant: {
    en: (option: string, text: string) =>
      `${option} "${text}" is not an instant with its offset; write it as 2026-03-31T21:30:00+08:00`,
    zh: (option: string, text: string) =>
      `${option} “${text}”不是带时区的时刻；请写成 2026-03-31T21:30:00+08:00`,
  },
  emptyFile: {
    en: (file: string) => `${file} is empty, expected at least a header: ask for it again`,
    zh: (file: string) => `${file} 为空，至少应有表头；请重新获取`,
  },
  noLoan: {
    en: (id: string) => `no loan ${id} in this book; check the id, or import the loan first`,
    zh: (id: string) => `账本中没有借据 ${id}；请检查编号，或先导入`,
  },
  unfinished: {
    en: (lender: string) => `the last close of ${lender} was broken off: run arrears close again`,
    zh: (lender: string) => `${lender} 的上次日终中断：请再次运行 arrears close`,
  },
  notANumber: {
    en: (option: string, text: string) => `${option} "${text}" is not a whole number above zero`,
    zh: (option: string, text: string) => `${option} “${text}”不是正整数`,
  },
  nothingDue: {
    en: (id: string) => `loan ${id} has nothing due any more; try the strategy on another loan, or on none`,
    zh: (id: string) => `借据 ${id} 已无应还款项；请换一笔贷款试算，或不指定贷款`,
  },
  guessed: {
    en: (file: string) => `wrote ${file}: read it, fill in what is missing, then import with --map ${file}`,
    zh: (file: string) => `已写入 ${file}：请检查并补全，然后用 --map ${file} 导入`,
  },
  closedAlready: {
    en: (lender: string, day: string) => `${lender} is closed through ${day}`,
    zh: (lender: string, day: string) => `${lender} 已日终至 ${day}`,
  },
  longGap: {
    en: (lender: string, from: string, to: string) =>
      `${lender} has days to close from ${from} to ${to}: more than 400. Say how far with --through DAY`,
    zh: (lender: string, from: string, to: string) =>
      `${lender} 待日终区间为 ${from} 至 ${to}，超过 400 天。请用 --through 指明截止日`,
  },
  notYet: {
    en: (lender: string, day: string, today: string) =>
      `${day} has not come: at ${lender} it is ${today}. A closed day stays closed; close through ${today} or an earlier day`,
    zh: (lender: string, day: string, today: string) =>
      `${day} 尚未到来：${lender} 当前日期为 ${today}。日终后不可撤销，请指定 ${today} 或更早的日期`,
  },
  lookAt: { en: () => "three loans to look at:", zh: () => "可以看看这三笔贷款：" },
  why: {
    en: (why: string) =>
      ({
        "largest-arrears": "the largest arrears",
        cured: "late, and cured",
        refused: "a step that was refused",
      })[why] ?? why,
    zh: (why: string) =>
      ({ "largest-arrears": "逾期金额最大", cured: "曾逾期，已恢复正常", refused: "有动作被拒绝" })[why] ??
      why,
  },
  verified: {
    en: (loans: string, facts: string) =>
      `${loans} loans, ${facts} facts: every row equals its journal, no fact is missing`,
    zh: (loans: string, facts: string) => `${loans} 笔贷款、${facts} 条事实：每行等于其流水，无缺失`,
  },
  wordsFine: {
    en: () => "nothing found: no rule on words speaks against this text",
    zh: () => "无发现：没有用语规则反对该文字内容",
  },
  lineMissing: {
    en: (line: string) => `missing: ${line}`,
    zh: (line: string) => `缺少：${line}`,
  },
  findings: { en: (n: string) => `${n} findings:`, zh: (n: string) => `${n} 处发现：` },
  exported: {
    en: (file: string, loans: string, transactions: string, through: string) =>
      `wrote ${file}: ${loans} loans, ${transactions} transactions through ${through}`,
    zh: (file: string, loans: string, transactions: string, through: string) =>
      `已写入 ${file}：${loans} 笔贷款、${transactions} 笔分录，截至 ${through}`,
  },
  noFormat: {
    en: (word: string, known: string, near?: string) =>
      `no format "${word}"${near ? `; did you mean "${near}"?` : ""} (there is ${known})`,
    zh: (word: string, known: string, near?: string) =>
      `没有格式“${word}”${near ? `；是否指“${near}”？` : ""}（现有 ${known}）`,
  },
  whichLender: {
    en: (known: string) =>
      `this book has several lenders, and books in double entry are one lender's: say which with --lender (${known})`,
    zh: (known: string) => `本账本有多个出借人，而复式账属于一个出借人：请用 --lender 指明（${known}）`,
  },
  dispatched: {
    en: (sent: string, cancelled: string, later: string, failed: string, unknown: string) =>
      `${sent} sent · ${cancelled} cancelled · ${later} put off · ${failed} failed · ${unknown} unknown`,
    zh: (sent: string, cancelled: string, later: string, failed: string, unknown: string) =>
      `已发送 ${sent} · 已取消 ${cancelled} · 推迟 ${later} · 失败 ${failed} · 未知 ${unknown}`,
  },
  dispatchedToo: {
    en: (consolidated: string, withdrawn: string, leased: string) =>
      `${consolidated} said within another · ${withdrawn} withdrawn and judged again · ${leased} with another worker`,
    zh: (consolidated: string, withdrawn: string, leased: string) =>
      `并入他条 ${consolidated} · 撤回重判 ${withdrawn} · 由其他进程处理 ${leased}`,
  },
  oneWorkerHere: {
    en: (place: string) =>
      `${place} is an embedded book, which takes one worker; for several use a PostgreSQL server: --db postgres://…`,
    zh: (place: string) =>
      `${place} 是内嵌账本，只能有一个工作者；多个工作者请用 PostgreSQL：--db postgres://…`,
  },
  followsNoStandingClock: {
    en: () => "--follow waits for what falls due, and --at stops the clock: give one of them",
    zh: () => "--follow 会等待到期的动作，而 --at 让时钟停住：两者只能用一个",
  },
  notInRange: {
    en: (option: string, text: string, least: number, most: number) =>
      `${option} ${text} is not a whole number from ${least} to ${most}`,
    zh: (option: string, text: string, least: number, most: number) =>
      `${option} ${text} 不是 ${least} 到 ${most} 之间的整数`,
  },
  houseRefused: {
    en: (file: string, pack: string) => `${file} is refused beside the pack ${pack}:`,
    zh: (file: string, pack: string) => `${file} 与合规包 ${pack} 不符，已拒绝：`,
  },
  houseFine: {
    en: (name: string, from: string, version: string) =>
      `${name} is stricter than the pack from ${from} on (${version}):`,
    zh: (name: string, from: string, version: string) => `${name} 自${from}起比合规包更严（${version}）：`,
  },
  noPack: {
    en: (place: string) => `no pack of ${place} is installed`,
    zh: (place: string) => `未安装 ${place} 合规包`,
  },
  houseTooEarly: {
    en: (name: string, from: string, lender: string, free: string) =>
      `${name} begins on ${from}; at ${lender} what was decided before ${free} must stay as it is. Write from: "${free}" or later`,
    zh: (name: string, from: string, lender: string, free: string) =>
      `${name} 自 ${from} 起生效；${lender} 在 ${free} 之前的判定不得改变。请写 from: "${free}" 或更晚`,
  },
  houseRecorded: {
    en: (lender: string, from: string) => `recorded for ${lender}, in force from ${from}`,
    zh: (lender: string, from: string) => `已为 ${lender} 记录，自 ${from} 起生效`,
  },
  houseWouldBe: {
    en: (lender: string, from: string) => `dry run: would be recorded for ${lender}, in force from ${from}`,
    zh: (lender: string, from: string) => `试运行：将为 ${lender} 记录，自 ${from} 起生效`,
  },
  houseKnown: {
    en: (lender: string) => `${lender} has these settings already: nothing to do`,
    zh: (lender: string) => `${lender} 已有相同设置，无需处理`,
  },
  houseNone: {
    en: (lender: string) => `${lender} has no settings of its own: the pack's rules hold as they are`,
    zh: (lender: string) => `${lender} 没有自有设置，仅适用合规包规则`,
  },
  oneLender: {
    en: (lenders: string) => `the book has several lenders; say which with --lender CODE: ${lenders}`,
    zh: (lenders: string) => `账本中有多家出借人，请用 --lender 指明：${lenders}`,
  },
  houseEmpty: {
    en: () => "  nothing: the file has no setting",
    zh: () => "  无：文件中没有设置",
  },
  noRule: {
    en: (id: string, near?: string) =>
      `no rule ${id}${near ? `; did you mean ${near}?` : ""} (arrears policy list)`,
    zh: (id: string, near?: string) =>
      `没有规则 ${id}${near ? `；是否指 ${near}？` : ""}（arrears policy list）`,
  },
  wrote: { en: (what: string) => `wrote ${what}`, zh: (what: string) => `已写入 ${what}` },
  sampleNote: {
    en: () => "simulated: no real lender and no real person",
    zh: () => "模拟数据：无真实机构，无真实个人",
  },
  badOption: {
    en: (option: string, says: string, kind: string, takes: string) =>
      `${option}: ${says}. A ${kind} takes --on --id${takes ? ` ${takes}` : ""}`,
    zh: (option: string, says: string, kind: string, takes: string) =>
      `${option}：${says}。${kind} 可用选项：--on --id${takes ? ` ${takes}` : ""}`,
  },
  noted: { en: (says: string) => `note: ${says}`, zh: (says: string) => `注意：${says}` },
  recorded: {
    en: (kind: string, loan: string, on: string, state: "new" | "known" | "dry-run") =>
      ({
        new: `${kind} recorded on ${loan}, booked on ${on}`,
        known: `this ${kind} was recorded on ${loan} before: nothing written. A second, equal one needs an --id of its own`,
        "dry-run": `dry run, nothing written: this ${kind} would be recorded on ${loan}, booked on ${on}`,
      })[state],
    zh: (kind: string, loan: string, on: string, state: "new" | "known" | "dry-run") =>
      ({
        new: `已在 ${loan} 登记 ${kind}，记账日 ${on}`,
        known: `${loan} 上已有此 ${kind}：未写入。另一条相同的须用 --id 另给编号`,
        "dry-run": `试运行，未写入：将在 ${loan} 登记 ${kind}，记账日 ${on}`,
      })[state],
  },
  forAllLoans: {
    en: (loans: string) => `known of the borrower, for each of his loans: ${loans}`,
    zh: (loans: string) => `属于借款人本人，对其全部贷款有效：${loans}`,
  },
  recordedId: { en: (id: string) => `id ${id}`, zh: (id: string) => `编号 ${id}` },
  seeIt: { en: (command: string) => `see it: ${command}`, zh: (command: string) => `查看：${command}` },
  undo: { en: (command: string) => `undo it: ${command}`, zh: (command: string) => `撤销：${command}` },
  noUndo: {
    en: () => "a reversal is not undone: record the entry again under another id",
    zh: () => "冲正不可撤销：请用新编号重新登记该笔记录",
  },
  eventsNoMap: {
    en: () => "a file of events has columns called as ours are, and no map; see docs/reference/cli.md",
    zh: () => "事件文件的列名须与本系统一致，不使用映射；见 docs/reference/cli.md",
  },
  trouble: {
    en: (says: string) => `arrears: ${says}`,
    zh: (says: string) => `arrears：${says}`,
  },
} as const;
