/** Every sentence of the command line, in both languages side by side. */
export const say = {
  usage: {
    en: () => `arrears: post-lending software, from a loan's first due date to its end

usage: arrears COMMAND [options]

the book
  import loans FILE --map MAP.yaml    take a lender's loans in        (--guess writes a map to edit)
  import payments | balances FILE     payments and reported balances, each with its map
  import events FILE                  charges, waivers, holds, reversals … in, one a row
  record KIND LOAN [--on DAY] …       one of them by hand             (--dry-run shows what it would change)
  close [--through DAY]               close the days: who is late, what is due, what was not allowed and why
  show LOAN [--as-of DAY]             a loan's position and schedule
  explain LOAN [--at INSTANT]         why each step, why blocked, by which rule, until when
  forecast LOAN [--pay SUM --on DAY]  what comes of it, day by day, and what stops each thing
  relief ways LOAN | plan FILE        the ways out side by side; all debts under one budget

contacts
  dispatch [--out FOLDER]             send what is due, each message judged again at the second of sending
  channels list | test                the carriers of channels.yaml   (dispatch --channels channels.yaml)
  listen                              hear what they call back with: receipts, answers, wishes to stop
  outbox list | retry | report        what failed, put back by a person; what became of a call
  inbound list                        what came in and matched nobody
  worklist | next | call | result     the collectors' queue: take a case, ask whether to call, say what came of it
  promises | quality sample|report    promises kept and broken, contacts checked, for each collector
  agency | place | recall             collection by others: mandates, notices first, what they may see and tell

the legal road
  limitation LOAN                     when the time to claim runs out, with each proof    (--ending-within 60d lists)
  advise LOAN | --all | --from FILE   which way: mediation, payment order, small claim, suit, or not; what it costs and brings
  bureau                              the credit record: months, reports, objections, what the borrower sees
  firm | engagement | document        law firms, their lawyers and contracts; the lender's papers on a loan
  letter                              lawyers' letters, from the case to the answer
  paper kinds|check|make|batch        papers of a court, filled from the book
  template                            a firm's own Word template, checked and released by two people
  sign PDF | check-signature PDF      sign a PDF (PAdES) with a time stamp; who signed it, and what was changed since
  serve [--port N]                    the API, and the public page that says whether a letter is genuine
  user | token                        who may sign in to it, in which role; tokens of programs
  webhook                             events told to the lender's own systems
  keys list | add | rotate            under which keys names, numbers and addresses lie encrypted
  court where LOAN                    which courts can hear it, with reasons and what is missing
  court open LOAN… --kind --court     a proceeding: mediation, payment order, suit; nothing is filed by it
  court event ID EVENT --on DAY       what happened in it; a judgment in force goes into the ledger
  court list | show | deadlines       proceedings, their days and who has to act (calendar --out court.ics)
  court import FILE                   events from the law firm
  court read-sms [FILE]               what a court's text message says, and what to check before believing it
  enforce                             enforcement of a judgment, the list of dishonest debtors, limits of consumption

proofs
  verify                              state = replay of the journal, no gaps, nobody oversleeps, every sealed fact unchanged
  seal | seal heads --out FILE        seal the journal's facts; the log's heads, to be handed outside
  evidence bundle LOAN --out FILE     all that a court may ask for, with proofs   (checked by: verify FILE.zip)
  erase BORROWER --by --ground        what says something of a person, once nothing keeps it; seals hold
  export books --format hledger       double entry, for a second program to check (or: beancount)

plans and rules
  strategy try FILE [--loan LOAN]     the calendar that a strategy makes, nothing sent
  strategy diff A B                   what two strategies would do to the whole book, nothing sent
  strategy propose | release | list   two people release a strategy
  policy list | policy show RULE      the rules with their sources
  policy words FILE|-                 what a draft of a message may not say, and what it fails to say

trying
  calc KIND                           pure calculation, JSON lines in and out: schedule, position, apr, debts, gate,
                                      court-fee, delay-interest, limitation
  sample [--borrowers N] [--seed N]   write a simulated book of micro-loans
  start                               the two sample books, closed and explained

options of every command
  --db PLACE      a folder for the embedded database, or a postgres:// URL (default ARREARS_DB, else .arrears)
  --json          one JSON object a line
  --lang en|zh    language of the words                                        (default: the locale)
  --help          this text, or the command's own

exit codes: 0 done · 1 refused, or findings · 2 wrong use`,
    zh: () => `arrears：贷后管理，从首个应还日到结清

用法：arrears 命令 [选项]

账本
  import loans 文件 --map 映射.yaml   导入贷款（--guess 生成可编辑的映射）
  import payments | balances 文件     导入还款、余额报告，各有其映射
  import events 文件                  导入费用、减免、暂停、冲正等，每行一条
  record 种类 借据号 [--on 日期] …    手工登记其中一条（--dry-run 只看变化）
  close [--through 日期]              日终：谁逾期、该做什么、什么不被允许及原因
  show 借据号 [--as-of 日期]          贷款状况与还款计划
  explain 借据号 [--at 时刻]          每个动作的原因、被哪条规则拦下、何时允许
  forecast 借据号 [--pay 金额 --on 日期]  接下来会发生什么，以及如何避免
  relief ways 借据号 | plan 文件      各种出路的比较；全部债务的还款安排

联系
  dispatch [--out 文件夹]             发送到期的动作，发送当秒再判一次
  channels list | test                channels.yaml 中的渠道（dispatch --channels channels.yaml）
  listen                              接收回执、回复与停止请求
  outbox list | retry | report        失败的动作、人工放回、登记通话结果
  inbound list                        收到但未对应到借款人的内容
  worklist | next | call | result     催收员作业：领取案件、询问可否拨打、登记结果
  promises | quality sample|report    按催收员统计守约失约、质检抽样与结果
  agency | place | recall             委外：委托、先告知、可见范围与回报

法律流程
  limitation 借据号                   诉讼时效何时届满，及每项证据（--ending-within 60d 列出临近届满的）
  advise 借据号 | --all | --from 文件 走哪条路：调解、支付令、小额、诉讼或暂不起诉，费用与回收
  bureau                              征信记录：月末状态、报送、异议、借款人视角
  firm | engagement | document        律师事务所、律师与委托合同；贷款文件
  letter                              律师函：从案件到答复
  paper kinds|check|make|batch        由账册填写的法院文书
  template                            律所自有的 Word 模板：检查，由两人发布
  sign PDF | check-signature PDF      为 PDF 签名（PAdES）并加盖时间戳；谁签名、签名后是否改动
  serve [--port N]                    API 与公开的律师函核验页
  user | token                        谁可登录及其角色；程序所用令牌
  webhook                             向出借人自有系统推送事件
  keys list | add | rotate            姓名、号码、地址加密所用的密钥
  court where 借据号                  可由哪些法院管辖，理由与待补充的信息
  court open 借据号… --kind --court   建立程序：调解、支付令、诉讼；并不提交
  court event 编号 事件 --on 日期     登记程序事件；生效判决记入账务
  court list | show | deadlines       程序、期限与办理方（calendar --out court.ics 导出日历）
  court import 文件                   导入律师事务所报送的事件
  court read-sms [文件]               解读法院短信（短信开庭），列明核实途径
  enforce                             判决的强制执行、失信名单、限制消费

证明
  verify                              状态等于流水重放、无缺号、无漏醒、已封存事实未被改动
  seal | seal heads --out 文件        封存流水事实；列出日志头，交由外部保管
  evidence bundle 借据号 --out 文件   证据包及其证明（核验：verify 文件.zip）
  erase 借款人 --by --ground          保存期满后删除个人信息，封存证明不受影响
  export books --format hledger       复式记账导出，供另一程序核对（或 beancount）

策略与规则
  strategy try 文件 [--loan 借据号]   试算策略日历，不发送
  strategy diff A B                   两个策略对整个账本的影响，不发送
  strategy propose | release | list   策略由两人发布
  policy list | policy show 规则      规则及其出处
  policy words 文件|-                 检查文字内容：不得出现的用语与缺少的内容

试算
  calc 种类                           纯计算，JSON 行进、行出：schedule、position、apr、debts、gate、
                                      court-fee、delay-interest、limitation
  sample [--borrowers N] [--seed N]   生成模拟的小额贷款账本
  start                               两个示例账本：日终并解释

通用选项
  --db 位置       内嵌数据库的文件夹，或 postgres:// 地址（默认环境变量 ARREARS_DB，再则 .arrears）
  --json          每行一个 JSON 对象
  --lang en|zh    语言（默认按系统区域）
  --help          本说明，或该命令的说明

退出码：0 完成 · 1 被拒绝或有发现 · 2 用法错误`,
  },
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
  missing: {
    en: (what: string, example: string) => `${what} is missing; for example: ${example}`,
    zh: (what: string, example: string) => `缺少${what}；例如：${example}`,
  },
  notADay: {
    en: (option: string, text: string) => `${option} "${text}" is not a calendar day; write it as 2026-03-31`,
    zh: (option: string, text: string) => `${option} “${text}”不是日期；请写成 2026-03-31`,
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
  noFile: {
    en: (file: string) => `cannot read ${file}; check the path`,
    zh: (file: string) => `无法读取 ${file}；请检查路径`,
  },
  notAFile: {
    en: (file: string) => `${file} is a folder; give a file`,
    zh: (file: string) => `${file} 是文件夹；请指定文件`,
  },
  emptyFile: {
    en: (file: string) => `${file} is empty, expected at least a header: ask for it again`,
    zh: (file: string) => `${file} 为空，至少应有表头；请重新获取`,
  },
  noBook: {
    en: (place: string) =>
      `there is no book at ${place}: import loans first, or run \`arrears start\` for a sample`,
    zh: (place: string) => `${place} 处没有账本；请先导入贷款，或运行 \`arrears start\` 查看示例`,
  },
  emptyBook: {
    en: () => "this book is empty: import loans first, or run `arrears start` for a sample",
    zh: () => "账本为空：请先导入贷款，或运行 `arrears start` 查看示例",
  },
  noLender: {
    en: (code: string, known: string) => `no lender ${code} in this book; there is ${known}`,
    zh: (code: string, known: string) => `账本中没有出借人 ${code}；现有 ${known}`,
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
  noStrategy: {
    en: (name: string, folders: string) =>
      `no strategy ${name} in ${folders}; give its folder with --strategies`,
    zh: (name: string, folders: string) => `${folders} 中没有策略 ${name}；请用 --strategies 指明文件夹`,
  },
  strategyUnreleased: {
    en: (id: string, file?: string) =>
      `strategy ${id} is not released, and no other version of it is in use. Two people release one:\n${file ? `  arrears strategy propose ${file} --by NAME\n` : ""}  arrears strategy release ${id} --by SECOND_NAME`,
    zh: (id: string, file?: string) =>
      `策略 ${id} 尚未发布，也没有其他版本在用。发布须由两人完成：\n${file ? `  arrears strategy propose ${file} --by 姓名\n` : ""}  arrears strategy release ${id} --by 另一人姓名`,
  },
  strategyNotReleased: {
    en: (id: string, file: string) =>
      `note: ${file} holds ${id}, which is not in the book and is not used; arrears strategy propose takes it in`,
    zh: (id: string, file: string) =>
      `注意：${file} 中的 ${id} 不在账本中，未被使用；可用 arrears strategy propose 提交`,
  },
  strategyChanged: {
    en: (id: string, file: string, diff: string) =>
      `${id} is in the book with another text than ${file} has (- book, + file); a version never changes, so give the change a new version:\n${diff}`,
    zh: (id: string, file: string, diff: string) =>
      `账本中的 ${id} 与 ${file} 内容不同（- 账本，+ 文件）；版本一经收录不可更改，请为修改另立版本号：\n${diff}`,
  },
  strategyHasMistakes: {
    en: (file: string) => `${file} has mistakes:`,
    zh: (file: string) => `${file} 有错误：`,
  },
  mapHasMistakes: {
    en: (file: string) => `${file} has mistakes:`,
    zh: (file: string) => `${file} 有错误：`,
  },
  mapOfOtherKind: {
    en: (file: string, kind: string, asked: string) =>
      `${file} is a map for ${kind}, and ${asked} were asked for`,
    zh: (file: string, kind: string, asked: string) => `${file} 是 ${kind} 的映射，而要求导入的是 ${asked}`,
  },
  sameFile: {
    en: (file: string, on: string) => `${file} was imported on ${on}, byte for byte: nothing to do`,
    zh: (file: string, on: string) => `${file} 已于 ${on} 导入，逐字节相同：无需处理`,
  },
  changedFile: {
    en: (file: string, on: string) =>
      `note: a file named ${file} was imported on ${on} with other content; rows known from it stay as they are`,
    zh: (file: string, on: string) =>
      `注意：同名文件 ${file} 曾于 ${on} 导入，内容不同；其中已有的行保持不变`,
  },
  imported: {
    en: (rows: string, added: string, same: string, updated: string, bad: string) =>
      `${rows} rows: ${added} new, ${same} known already, ${updated} brought news, ${bad} set aside`,
    zh: (rows: string, added: string, same: string, updated: string, bad: string) =>
      `${rows} 行：新增 ${added}，已有 ${same}，有更新 ${updated}，隔离 ${bad}`,
  },
  wouldImport: {
    en: (rows: string, good: string, bad: string) =>
      `dry run, nothing written: ${rows} rows, ${good} good, ${bad} bad`,
    zh: (rows: string, good: string, bad: string) =>
      `试运行，未写入：${rows} 行，${good} 行正确，${bad} 行有误`,
  },
  quarantined: {
    en: (file: string) => `rows set aside, each with line, column, value and reason: ${file}`,
    zh: (file: string) => `被隔离的行（含行号、列、值与原因）：${file}`,
  },
  total: {
    en: (currency: string, sum: string, rows: string) =>
      `control total ${currency === "" ? "" : `${currency} `}${sum} over ${rows} rows`,
    zh: (currency: string, sum: string, rows: string) =>
      `控制总额 ${currency === "" ? "" : `${currency} `}${sum}，共 ${rows} 行`,
  },
  fileRefused: {
    en: (file: string) => `nothing of ${file} was imported:`,
    zh: (file: string) => `${file} 未导入任何内容：`,
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
  notOpenYet: {
    en: (lender: string, from: string) => `${lender} has nothing to close before ${from}`,
    zh: (lender: string, from: string) => `${lender} 在 ${from} 之前无可日终`,
  },
  nightHead: {
    en: (lender: string, from: string, to: string) => `${lender}, closed ${from} to ${to}`,
    zh: (lender: string, from: string, to: string) => `${lender}，日终 ${from} 至 ${to}`,
  },
  nightLine: {
    en: (loans: string, steps: string, refused: string, asked: string, cured: string, aside: string) =>
      `${loans} loans · ${steps} steps taken · ${refused} refused · ${asked} ask a person · ${cured} cured · ${aside} set aside`,
    zh: (loans: string, steps: string, refused: string, asked: string, cured: string, aside: string) =>
      `${loans} 笔贷款 · 动作 ${steps} · 被拒 ${refused} · 待人工 ${asked} · 恢复正常 ${cured} · 搁置 ${aside}`,
  },
  commonest: {
    en: () => "commonest reasons of refused steps:",
    zh: () => "被拒动作最常见的原因：",
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
  bandHeads: {
    en: () => ["band", "loans", "outstanding", "arrears"],
    zh: () => ["账龄段", "笔数", "剩余本金", "逾期欠款"],
  },
  notDue: { en: () => "not past due", zh: () => "未逾期" },
  endedLine: {
    en: (ended: string, writtenOff: string) => `${ended} ended · ${writtenOff} written off (still owed)`,
    zh: (ended: string, writtenOff: string) => `已结清 ${ended} · 已核销（仍欠）${writtenOff}`,
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
