/** What `arrears` alone, or `--help`, prints. */
export const USAGE = {
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
} as const;
