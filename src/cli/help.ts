import type { Language } from "../office/io.ts";
import { ACCESS_HELP } from "./access-help.ts";
import { BUREAU_HELP } from "./bureau/help.ts";
import { ADVISE_HELP } from "./court-help.ts";
import { ENFORCE_HELP } from "./enforce-help.ts";
import { LETTER_HELP } from "./letter-help.ts";
import { PAPER_HELP } from "./paper-help.ts";
import { RELIEF_HELP } from "./relief-help.ts";
import { REQUEST_HELP } from "./request-help.ts";
import { TEAM_HELP } from "./team-help.ts";

export interface Help {
  readonly usage: string;
  readonly says: Readonly<Record<Language, string>>;
  readonly examples: readonly string[];
}

/** Each command's own help: what it takes, what it does, and lines to copy. */
const HELP: Readonly<Record<string, Help>> = {
  ...TEAM_HELP,
  ...LETTER_HELP,
  ...RELIEF_HELP,
  ...ACCESS_HELP,
  ...PAPER_HELP,
  ...ADVISE_HELP,
  ...ENFORCE_HELP,
  ...BUREAU_HELP,
  ...REQUEST_HELP,
  import: {
    usage:
      "arrears import loans|payments|balances FILE --map MAP.yaml [--dry-run] [--quarantine FILE] [--strategies DIR] [--again]\n       arrears import KIND FILE --guess [--out MAP.yaml]\n       arrears import events FILE [--lender CODE] [--dry-run] [--quarantine FILE] [--again]\n       arrears import receipts FILE [--channel NAME] [--dry-run] [--quarantine FILE]",
    says: {
      en: "CSV, TSV or JSON lines, .gz too, in UTF-8, UTF-16 or GB18030. Bad rows go to a quarantine file with line, column,\nvalue and reason. Running a file twice changes nothing.",
      zh: "CSV、TSV 或 JSON 行，可为 .gz，编码 UTF-8、UTF-16 或 GB18030。有误的行写入隔离文件（行号、列、值、原因）。\n同一文件重复导入不会改变任何内容。",
    },
    examples: [
      "arrears import loans loans.csv --guess",
      "arrears import loans loans.csv --map loans.map.yaml --dry-run",
      "arrears import payments payments.csv.gz --map payments.map.yaml",
      "arrears import events events.csv --dry-run",
    ],
  },
  record: {
    usage:
      "arrears record KIND LOAN [--amount …] [--on DAY] [--id ID] [--reason TEXT] [--dry-run] [--lender CODE]\n       KIND: payment, reversal, charge, waiver, pause, resume, acceleration, deferral, extension, restructure, re-age,\n       settlement, refund, write-off, assignment, judgment, hold, lift, promise, promise-withdrawal;\n       of the person: consent, withdrawal, stop, lift-stop, times, agreed-times, notice, notice-return, ban, ban-end,\n       attorney, employer, contact, placement, recall",
    says: {
      en: "Records one event on a loan, or of the person who owes it, by hand: checked against what stands, with before and after.\nTwice is once. A wrong option lists those that the kind takes; docs/reference/cli.md has them all.",
      zh: "在一笔贷款或其借款人名下手工登记一条事件：先按现状核对，再显示登记前后的状况。重复登记不生效。\n选项有误时会列出该种类可用的选项；全部选项见 docs/reference/cli.md。",
    },
    examples: [
      'arrears record charge L000123 --amount 30.00 --charge fee --reason "notary" --dry-run',
      "arrears record waiver L000123 --claim late-interest --amount 12.50 --reason goodwill",
      "arrears record hold L000123 --hold dispute --until 2026-04-30",
      "arrears record promise L000123 --amount 500.00 --by 2026-03-20 --taken-by mei",
      "arrears record reversal L000123 --of P-2026-0001 --reason bounced",
      "arrears record stop L000123 --kinds text,call --at 15:40",
      "arrears record placement L000123 --with Acme --role agency --dry-run",
      "arrears record contact L000123 --via call --at 09:10 --outcome connected --who Acme",
    ],
  },
  analytics: {
    usage:
      "arrears analytics roll|vintage|funnel|contacts|recoveries|promises|agencies|arms|complaints|ages\n       [--from DAY] [--to DAY] [--product CODE | --by product] [--table KEY] [--csv FILE] [--lender CODE] [--json]",
    says: {
      en: "Reports from the figures that the closes keep of each day; what each word means stands under its tables.\nUnder --json each figure has the query of the loans behind it.",
      zh: "由日终逐日汇总生成的报表；各词含义列于表下。加 --json 时，每个数字附有其贷款清单的查询条件。",
    },
    examples: [
      "arrears analytics roll --to 2026-03-31",
      "arrears analytics vintage --table 30-principal --csv vintage.csv",
      "arrears analytics contacts --from 2026-01-01 --to 2026-03-31 --by product --json",
    ],
  },
  close: {
    usage: "arrears close [--through DAY] [--lender CODE] [--no-seal] [--json]",
    says: {
      en: "Closes every day that is not closed yet, through today or the day given. Can be stopped anywhere and run again.\nAt its end the facts are sealed, as arrears seal does; --no-seal leaves that to another time.",
      zh: "对所有未日终的日期执行日终，直至今天或指定日期。可随时中断后重跑。\n结束时封存事实（同 arrears seal）；--no-seal 留待以后。",
    },
    examples: ["arrears close", "arrears close --through 2026-03-31 --json"],
  },
  show: {
    usage: "arrears show LOAN [--why FIGURE | --statement] [--as-of DAY] [--known-on DAY] [--lender CODE]",
    says: {
      en: "A loan's position on a day, past or future, and its schedule; --known-on: as it was believed on an earlier day; --why: how a figure came about (lateInterest, payoff, dpd, claimable …); --statement: every movement with the balance after it.",
      zh: "某日（过去或将来）的贷款状况与还款计划；--known-on：按当时所知；--why：某一数字的计算过程（lateInterest、payoff、dpd、claimable 等）；--statement：逐笔对账单。",
    },
    examples: [
      "arrears show L000123",
      "arrears show L000123 --as-of 2026-03-31 --json",
      "arrears show L000123 --why lateInterest",
      "arrears show L000123 --statement --lang zh",
    ],
  },
  explain: {
    usage: "arrears explain LOAN [--at INSTANT] [--via KIND] [--step STEP] [--lender CODE]",
    says: {
      en: "The loan's story: each step with its reason, each refusal with its rule; and what is allowed at an instant.",
      zh: "贷款经过：每个动作的原因、每次拒绝的规则；以及某一时刻允许什么。",
    },
    examples: [
      "arrears explain L000123",
      "arrears explain L000123 --at 2026-03-31T21:30:00+08:00",
      "arrears explain L000123 --via bureau",
    ],
  },
  limitation: {
    usage:
      "arrears limitation LOAN [--as-of DAY] [--lender CODE]\n       arrears limitation --ending-within DAYS [--past] [--as-of DAY] [--out FILE.csv] [--lender CODE]",
    says: {
      en: "When the time to claim a loan runs out: the usual reckoning, the worst case with nothing counted that is not proved,\nand each event with its proof and its words of law. --ending-within: the loans of the book whose worst case ends in so\nmany days, the nearest first; --past: those too for which it is over.",
      zh: "一笔贷款的诉讼时效何时届满：通常推算、只计有证据事由的最坏情形，以及每一事由的证据与法条。\n--ending-within：最坏情形在若干日内届满的贷款，按时间排列；--past：连同已届满的。",
    },
    examples: [
      "arrears limitation L000123",
      "arrears limitation --ending-within 180d --json",
      "arrears limitation --ending-within 60d --past --out limitation.csv",
    ],
  },
  verify: {
    usage: "arrears verify [--heads FILE]\n       arrears verify BUNDLE [--heads FILE] [--manifest SHA256]",
    says: {
      en: "The book: replays every loan's journal and compares it with its row; finds gaps and loans that sleep too long; and that every\nsealed fact stands as it was sealed. --heads: heads of the log that were handed out before must be the beginning of this one.\nA bundle of evidence, folder or ZIP, offline: one changed byte in any file, a missing fact, an added file is found and named.",
      zh: "账本：重放每笔贷款的流水并与其状态行比较；查缺号与漏醒；核验每条已封存事实未被改动。--heads：此前交出的日志头须为现日志的开端。\n证据包（文件夹或 ZIP），无需联网：任何文件改动一个字节、缺少一条事实或多出一个文件，均会发现并指明。",
    },
    examples: [
      "arrears verify --json",
      "arrears verify --heads head.txt",
      "arrears verify L000123.zip --heads head.txt --lang zh",
    ],
  },
  template: {
    usage:
      "arrears template check FILE.docx\n       arrears template propose FILE.docx --name NAME --by PERSON [--reason TEXT]\n       arrears template release|withdraw NAME@VERSION --by PERSON [--reason TEXT]\n       arrears template list | show NAME@VERSION [--out FILE.docx]",
    says: {
      en: "A law firm's own Word template for letters. check: every field that a letter needs is there, and no tag that is not known. A version\nthat one person proposed is used once another one released it. Tags: docs/reference/letters-text.md.",
      zh: "律师事务所自有的 Word 函件模板。check：核对必备字段是否齐全，有无未知标签。一人提交的版本，须由另一人发布后方可使用。\n标签见 docs/reference/letters-text.md。",
    },
    examples: [
      "arrears template check firm.docx",
      "arrears template propose firm.docx --name mingheng --by Li",
      "arrears template release mingheng@1 --by Wang",
      "arrears template show mingheng@1 --out firm.v1.docx",
    ],
  },
  seal: {
    usage:
      "arrears seal [--follow [--every SECONDS]]\n       arrears seal heads [--out FILE]\n       arrears seal stamp --tsa URL",
    says: {
      en: "Seals all facts that are not sealed yet: one batch, one entry of the log. A close does it at its end; --follow does it again every\n300 seconds. No row of the journal is changed. heads: the heads of the log; --out writes the newest to a file, to be handed outside.\nstamp: has the newest head stamped by a time-stamp authority (RFC 3161); its token goes into every later bundle.",
      zh: "封存尚未封存的全部事实：一批，即日志的一项。日终结束时自动执行；--follow 每 300 秒再执行一次。不改动任何流水。\nheads：列出日志头；加 --out 将最新日志头写入文件，交由外部保管。\nstamp：由时间戳机构（RFC 3161）为最新日志头加盖时间戳，此后的证据包均附该凭证。",
    },
    examples: ["arrears seal", "arrears seal --follow --every 120", "arrears seal heads --out head.txt"],
  },
  evidence: {
    usage: "arrears evidence bundle LOAN --out FOLDER|FILE.zip [--as-of DAY] [--heads FILE] [--lender CODE]",
    says: {
      en: "A bundle of evidence on a loan: contract terms, statement, demands with receipts, permits, the lender's documents, letters, the facts of the loan and\nits borrower with their proofs, a catalogue, a manifest, and verify.mjs, which checks all of it with Node alone. The same book and day give the\nsame bytes. --heads: heads that the reader holds; the bundle then proves that the log goes on from them.",
      zh: "贷款证据包：合同要素、对账单、催告与回执、触达许可、出借人文件、律师函、贷款与借款人的事实及证明、证据目录、清单，以及仅需 Node 即可核验的 verify.mjs。\n同一账本同一日期得到相同字节。--heads：读者持有的日志头，证据包将证明日志由其延续。",
    },
    examples: [
      "arrears evidence bundle L000123 --out L000123.zip",
      "arrears evidence bundle L000123 --as-of 2026-03-31 --out bundle --heads head.txt",
    ],
  },
  erase: {
    usage: "arrears erase BORROWER --by NAME --ground TEXT [--yes] [--lender CODE] [--at INSTANT]",
    says: {
      en: "Takes out of the book what says something of a borrower: of his row, his facts and his loans' facts. Shown first, done with --yes.\nNot while a loan is owed, records must be kept, a hold stands or something waits; the reasons are told. Facts keep their numbers and\ntheir seals: proofs made before and after hold. The erasure itself is a fact.",
      zh: "删除账本中借款人的个人信息：借款人资料、其本人及贷款事实中的个人内容。先预览，加 --yes 执行。\n债务未了结、保存期未满、存在暂停事由或有待处理事项时不可删除，并说明理由。事实的编号与封存证明保持有效；删除本身记为事实。",
    },
    examples: ['arrears erase B000123 --by "Li Na" --ground "his wish of 2031-05-02"'],
  },
  export: {
    usage:
      "arrears export books --format hledger|beancount [--through DAY] [--lender CODE] [--loan LOAN] [--out FILE]",
    says: {
      en: "A lender's books in double entry, for hledger or beancount: every loan's accounts, and assertions that they hold\nwhat its position says. The file is written whole or not at all.",
      zh: "以复式记账导出一个出借人的账，供 hledger 或 beancount 读取：每笔贷款的科目，以及与其状况一致的余额断言。\n文件要么完整写出，要么不写。",
    },
    examples: [
      "arrears export books --format hledger --out books.journal && hledger -f books.journal check",
      "arrears export books --format beancount --loan L000123 && bean-check books.beancount",
    ],
  },
  dispatch: {
    usage:
      "arrears dispatch [--out FOLDER | --channels FILE] [--workers N] [--follow [--every SECONDS]] [--at INSTANT]",
    says: {
      en: "Sends what is due, each message judged again at the second of sending: into a folder, or by the channels of a file.\nAny number of workers and processes may do it at once on a PostgreSQL book; each borrower's messages keep their order and none goes out twice.\n--follow stays and looks again every 30 seconds. Ctrl-C ends what was handed over and begins nothing more.",
      zh: "发送到期的动作，发送当秒再判一次：写入文件夹，或经配置文件中的渠道发出。\nPostgreSQL 账本可由任意多个工作者和进程同时发送；同一借款人的消息保持次序，且不会发送两次。\n--follow 持续运行，每 30 秒再看一次。按 Ctrl-C 后，已交出的等结果并记录，不再开始新的。",
    },
    examples: [
      "arrears dispatch --out outbox",
      "arrears dispatch --channels channels.yaml --workers 4 --follow --db postgres://…",
      "arrears dispatch --at 2026-06-30T10:00:00+08:00",
    ],
  },
  channels: {
    usage: "arrears channels list|test [NAME] [--channels FILE]",
    says: {
      en: "The channels of a file (channels.yaml unless said), and by which each lender's messages go; mistakes with their line.\ntest: reaches for each carrier, or one, and says what answered. Nothing is sent to any borrower.",
      zh: "列出配置文件（默认 channels.yaml）中的渠道及各出借人的路由；有误处指明行号。\ntest：连接每个或某个服务商并说明结果，不向任何借款人发送内容。",
    },
    examples: ["arrears channels list", "arrears channels test sms --channels channels.yaml"],
  },
  listen: {
    usage: "arrears listen [--channels FILE] [--host ADDRESS] [--port N]",
    says: {
      en: "Hears what carriers, telephone systems and print houses call back with, and what comes on SMPP lines, until it is stopped.\nEach call is verified before it is read, and confirmed once it is kept. On 127.0.0.1:8788 unless said.",
      zh: "接收服务商、话务系统、印务方的回调以及 SMPP 连接上的内容，直至停止。\n每个回调先验证后读取，保存后才确认。默认 127.0.0.1:8788。",
    },
    examples: ["arrears listen --channels channels.yaml --db postgres://…"],
  },
  outbox: {
    usage:
      "arrears outbox list [--failed | --unknown | --state STATE] [--limit N]\n       arrears outbox retry ACTION…|--failed --by NAME --reason TEXT [--dry-run] [--yes] [--i-know-it-did-not-go-out]\n       arrears outbox report ACTION OUTCOME [--by NAME] [--note TEXT] [--promised-on DAY --promised-amount A]",
    says: {
      en: "list: what failed or has no known end, with the carrier's last word.\nretry: puts it back by a person's order, which is recorded; judged again like any. Several at once are shown first, and done with --yes.\nreport: what became of a call: connected, promised, refused, third-person, wrong-number, voicemail, busy, no-answer, not-in-service.",
      zh: "list：失败或结果不明的动作及服务商的最后答复。\nretry：按人工指令放回并记录，发送前重新判定。多个动作先展示，加 --yes 执行。\nreport：登记通话结果：connected、promised、refused、third-person、wrong-number、voicemail、busy、no-answer、not-in-service。",
    },
    examples: [
      "arrears outbox list --failed",
      'arrears outbox retry 7-0/2026-03-06/message --by "Li Na" --reason "outage of the carrier" --dry-run',
      'arrears outbox report 7-0/2026-03-06/call no-answer --by "Li Na"',
    ],
  },
  inbound: {
    usage: "arrears inbound list [--all] | match",
    says: {
      en: "What came in and matched no borrower; match tries it again.",
      zh: "收到但尚未对应到借款人的内容；match 重新对应。",
    },
    examples: ["arrears inbound list", "arrears inbound match"],
  },
  strategy: {
    usage:
      "arrears strategy try FILE|NAME@V [--loan LOAN] [--arm ARM] [--from DAY] [--pack PLACE]\n       arrears strategy diff A B [--through DAY] [--lender CODE]\n       arrears strategy propose FILE --by NAME [--reason TEXT]\n       arrears strategy release|withdraw NAME@V --by NAME [--reason TEXT]\n       arrears strategy list | show NAME@V | schema",
    says: {
      en: "try: the calendar that a strategy makes for an example loan or one of the book, each step with the gate's verdict.\ndiff: what two versions would do to the whole book, tomorrow and over 30 days. Two people release a version:\none proposes it, another releases it. Nothing of try and diff is written or sent.",
      zh: "try：策略对示例贷款或账本中某笔贷款形成的日历，每个动作附闸口判定。\ndiff：两个版本对整个账本次日及 30 天内的影响。发布须由两人完成：一人提交，另一人发布。\ntry 与 diff 不写入、不发送。",
    },
    examples: [
      "arrears strategy try strategies/gentle.v1.yaml",
      "arrears strategy diff micro-standard@1 strategies/gentle.v1.yaml",
      "arrears strategy propose mine.v2.yaml --by Li",
      "arrears strategy release mine@2 --by Wang",
    ],
  },
  policy: {
    usage:
      "arrears policy list [--pack PLACE]\n       arrears policy show RULE\n       arrears policy words FILE|- [--pack cn|us] [--kind text] [--language zh] [--actor lender] [--intended suit] [--on DAY]\n       arrears policy replay PERMIT [--db PLACE]\n       arrears policy check FILE [--pack PLACE]\n       arrears policy house [FILE] [--lender CODE] [--dry-run] [--db PLACE]\n       arrears policy coverage [--pack PLACE]",
    says: {
      en: "The rules with their sources and how far each was checked.\nwords: a draft of a message, - for standard input, with everything marked that may not be said, and what it fails to say; {{name}} stands for words to come.\nreplay: a contact judged again with what was known then.\ncheck: what a lender's own settings (house.yaml) tighten, or why they are refused.\nhouse: records a lender's own settings in the book, or tells those that are there; from their first day on each close and each dispatch keeps them.\ncoverage: for each clause of law which rule carries it, or why none does.",
      zh: "规则、出处与核验状态。\nwords：检查一份文字内容（- 为标准输入），标出不得出现的用语和缺少的内容；{{名称}} 为占位。\nreplay：按当时所知重新判定一次触达。\ncheck：出借人自有设置（house.yaml）收紧了什么，或为何被拒。\nhouse：将出借人自有设置记入账本，或列出已有设置；自生效日起，日终与发送均须遵守。\ncoverage：每一条文由哪条规则体现，或为何没有。",
    },
    examples: [
      "arrears policy list",
      "arrears policy show cn/quiet-hours",
      "arrears policy replay 7-4096/2026-03-06/message",
      "arrears policy check house.yaml --pack cn",
      "arrears policy house house.yaml --lender example --dry-run",
      "arrears policy coverage --pack cn --json",
      "arrears policy words draft.txt --kind text --language zh",
      "echo '【{{lender}}】明天还不处理就报警。' | arrears policy words - --lang zh",
    ],
  },
  sign: {
    usage:
      "arrears sign PDF --out FILE (--dev | --p12 FILE | --remote URL --credential ID) [--tsa URL] [--name TEXT] [--reason TEXT]",
    says: {
      en: "Signs a PDF as PAdES baseline: B-T with a time-stamp authority (RFC 3161), B-B without. The bytes that were there stay; the signature is appended.\n\n--p12: a certificate in a PKCS#12 file; its password in ARREARS_P12_PASSWORD or --password-file FILE.\n--remote: a signing service that speaks CSC API v2; ARREARS_SIGN_TOKEN, or ARREARS_SIGN_CLIENT and ARREARS_SIGN_SECRET, and ARREARS_SIGN_PIN.\n--tsa: ARREARS_TSA_AUTHORIZATION is its Authorization header, --tsa-policy OID its policy.\n--dev: certificates made on this machine, in PLACE.development or --dev-folder. They have no legal effect, and say so.",
      zh: "按 PAdES 基线为 PDF 签名：有时间戳机构（RFC 3161）为 B-T，否则为 B-B。原有字节不变，签名追加在后。\n\n--p12：PKCS#12 文件中的证书，密码在 ARREARS_P12_PASSWORD 或 --password-file FILE。\n--remote：支持 CSC API v2 的签名服务；ARREARS_SIGN_TOKEN，或 ARREARS_SIGN_CLIENT 与 ARREARS_SIGN_SECRET，以及 ARREARS_SIGN_PIN。\n--tsa：ARREARS_TSA_AUTHORIZATION 为其 Authorization 头，--tsa-policy OID 为其策略。\n--dev：本机生成的证书，存于 PLACE.development 或 --dev-folder。无法律效力，证书中已写明。",
    },
    examples: [
      "arrears sign letter.pdf --dev --out letter.signed.pdf",
      "ARREARS_P12_PASSWORD=… arrears sign letter.pdf --p12 firm.p12 --tsa https://tsa.example/ --out letter.signed.pdf",
    ],
  },
  "check-signature": {
    usage: "arrears check-signature PDF [--root PEM] [--tsa-root PEM] [--dev [--dev-folder FOLDER]]",
    says: {
      en: "Who signed a PDF and when, whether the signature covers the whole file, and what was changed since. --root names the certificates that a signer's must lead to, --tsa-root those of time-stamp authorities. Exit code 1 where anything is wrong, and its name. Whether a certificate was revoked is not asked.",
      zh: "PDF 由谁、何时签名，签名是否覆盖整个文件，签名后有何改动。--root 为信任的根证书，--tsa-root 为时间戳机构的根证书。有任何问题则退出码为 1，并说明名称。不查询证书是否被吊销。",
    },
    examples: [
      "arrears check-signature letter.signed.pdf --root ca.pem --json",
      "arrears check-signature letter.signed.pdf --dev",
    ],
  },
  serve: {
    usage:
      "arrears serve [--port N] [--host ADDRESS] [--proxy RANGES] [--zone ZONE] [--https] [--waiver-limit SUM] [--portal FILE] [--channels FILE | --out FOLDER] [--no-webhooks] [--log]",
    says: {
      en: "Serves the API (/v1, described by /openapi.json) for whoever may sign in, and the public page /verify: whether a letter is genuine, by the code printed on it. Plain HTML without script, in Chinese and English. --proxy names the reverse proxies (10.0.0.1,10.1.0.0/16) whose X-Forwarded-For is believed. An embedded book is held while it is served; use PostgreSQL to work on it at the same time.\n--https: browsers reach it by HTTPS through a proxy, and cookies go nowhere else. --waiver-limit: waivers above it take two people (1000.00). --log: a line of JSON for each request on standard error. --portal: how borrowers reach each lender (portal.yaml). --channels or --out: how their codes to sign in go out (into the folder outbox unless said). Endpoints for webhooks are told of events; --no-webhooks leaves that to arrears webhook deliver --follow.",
      zh: "提供 API（/v1，说明见 /openapi.json），以及公开核验页 /verify：凭信函上的核验码查询真伪。纯 HTML，无脚本，中英文。--proxy 指明可信的反向代理（10.0.0.1,10.1.0.0/16），只采信其 X-Forwarded-For。嵌入式账本在服务期间被占用；同时工作请用 PostgreSQL。\n--https：浏览器经代理以 HTTPS 访问，Cookie 仅随 HTTPS 发送；--waiver-limit：超过该金额的减免须两人（默认 1000.00）；--log：每个请求在标准错误输出一行 JSON。--portal：借款人如何联系各出借人（portal.yaml）；--channels 或 --out：登录验证码的发送方式（默认写入文件夹 outbox）。同时向推送端点通知事件；--no-webhooks 表示另由 arrears webhook deliver --follow 推送。",
    },
    examples: [
      "arrears serve --db postgres://… --host 127.0.0.1 --proxy 127.0.0.1",
      "arrears serve --port 8789",
    ],
  },
  calc: {
    usage: "arrears calc schedule|position|apr|debts|gate|court-fee|delay-interest|limitation",
    says: {
      en: "JSON lines on standard input to JSON lines on standard output. Money is text, days are ISO.",
      zh: "标准输入的 JSON 行到标准输出的 JSON 行。金额为文本，日期为 ISO。",
    },
    examples: [
      `echo '{"principal":"10000.00","currency":"CNY","disbursedOn":"2026-01-01","installments":10,"every":{"months":1},"method":"equal-principal","rate":{"percent":"0.05","per":"day"}}' | arrears calc schedule`,
      `echo '{"pack":"cn","amount":"50000.00","kind":"case","on":"2026-11-25"}' | arrears calc court-fee`,
      `echo '{"pack":"cn","amount":"20000.00","kind":"summary","on":"2026-11-25","life":{"suit":{"amount":"20000.00","procedure":"summary","end":"withdrawn"}}}' | arrears calc court-fee`,
      `echo '{"pack":"cn","dueOn":"2026-05-20","events":[{"on":"2027-01-10","kind":"message","proof":"delivered"}],"asOf":"2027-02-01"}' | arrears calc limitation`,
      `echo '{"method":"us-actuarial","advances":[{"amount":"5000.00","on":"1978-01-10"}],"payments":[{"amount":"5600.00","on":"1979-01-10"}]}' | arrears calc apr`,
    ],
  },
  court: {
    usage:
      "arrears court read-sms [FILE|-] [--text TEXT] [--from NUMBER] [--received DAY] [--case NUMBER] [--court NAME] [--hearing DAY] [--known]\n       arrears court open LOAN… --kind mediation|payment-order|suit --court NAME [--on DAY] [--procedure P] [--claimed SUM] [--engagement ID --firm ID --lawyer ID] [--letter ID] [--after ID] [--id ID] [--dry-run]\n       arrears court event ID|CASE-NUMBER EVENT --on DAY [its columns as options] [--dry-run]\n       arrears court event ID taken-back --name EVENT --reason WHY\n       arrears court show ID | list [--stage S] [--kind K] [--court NAME] [--loans L1,L2] | deadlines [--within DAYS] | calendar --out FILE.ics\n       arrears court import FILE [--quarantine FILE] [--dry-run]\n       arrears court where LOAN [--for suit|payment-order] [--as-of DAY] [--terms FILE] [--residence AREA --since DAY] [--accepted DAY]",
    says: {
      en: "Reads a text message that is a court's, or is said to be: what it says, signs that scams have, whose its links are, which parts agree with a case you know of, the days that follow if it is real, what happens if it is ignored, and six ways to check it. It never says that a message is genuine.\nExit code 1 where it is doubtful or has signs of a scam. --known holds it beside the proceedings of the book.\nopen, event, import: a proceeding before a court or mediator, and what happens in it, checked by the law of procedure; each answer has the days that follow, with their articles. Nothing is filed by a command. A judgment in force puts its sums into the ledger. Events and their options: docs/reference/proceedings.md.\ndeadlines, calendar: the open days of all that runs; a day beyond the last holiday notice is not before the day shown.\nwhere: which courts can hear a case about a loan, in order, each with its reasons and what is missing to be sure; the clauses and places are those of court-terms.yaml. Exit code 1 where none is found competent.",
      zh: "解读法院短信或自称法院的短信：内容、可疑之处、链接归属、与已知案件是否一致、如属实随之而来的期限、不理会的后果，以及六种核实途径。绝不认定短信为真。\n可疑或有诈骗特征时退出码为 1。--known 与账簿中的程序比对。\nopen、event、import：登记法院或调解程序及其事件，按程序法核对；每次均列出随之而来的期限及法条。命令本身不向法院提交任何材料。生效判决金额记入账务。事件与选项见 docs/reference/proceedings.md。\ndeadlines、calendar：所有进行中程序的期限；放假安排未公布年份的日期为最早可能日期。\nwhere：某笔贷款可由哪些法院管辖，依次列出理由与待补充的信息；条款与地点取自 court-terms.yaml。没有可确定的法院时退出码为 1。",
    },
    examples: [
      "arrears court read-sms message.txt --from 12368",
      "arrears court open L000123 --kind suit --court 上海市浦东新区人民法院",
      "arrears court event S-L000123-20260401 accepted --on 2026-04-08 --case-number （2026）沪0115民初1234号 --procedure summary",
      "arrears court deadlines --within 14",
      "arrears court where L000123",
      "arrears court read-sms --text '【某某区人民法院】……' --case '（2026）浙0106民初1234号' --lang zh",
    ],
  },
  sample: {
    usage: "arrears sample [--borrowers N] [--seed N] [--out DIR] [--opened-on DAY] [--through DAY]",
    says: {
      en: "Writes a simulated book of Chinese micro-loans with its payments, maps and a note on the model.",
      zh: "生成模拟的小额贷款账本：贷款、还款、映射与模型说明。",
    },
    examples: ["arrears sample --borrowers 10000 --seed 7 --out sample"],
  },
  start: {
    usage: "arrears start [--borrowers N] [--no-serve] [--port N]",
    says: {
      en: "Imports the two sample books, closes their days and says what the nights found; then serves the API with a sign-in link for each role, until Ctrl-C. Running it again changes nothing. --no-serve (and a set CI variable) ends after the books.",
      zh: "导入两个示例账本，完成日终并说明结果；随后提供 API 并为每个角色给出登录链接，直至 Ctrl-C。重复运行不会改变任何内容。--no-serve（或设有 CI 变量）则到此为止。",
    },
    examples: ["npm start", "npm start -- --no-serve"],
  },
};

export function help(command: string, language: Language): string {
  const { usage, says, examples } = HELP[command]!;
  const heads =
    language === "zh" ? { usage: "用法：", examples: "例：" } : { usage: "usage: ", examples: "examples:" };
  return `${heads.usage}${usage}\n\n${says[language]}\n\n${heads.examples}\n${examples.map((line) => `  ${line}`).join("\n")}`;
}
