import type { LetterKind } from "../documents/letter.ts";

/** Words of the public page, in both languages side by side. They promise nothing and name no law that was not read. */
export const WORDS = {
  title: { zh: "核验律师函", en: "Check a lawyer's letter" },
  other: { zh: "English", en: "中文" },
  intro: {
    zh: "输入信函上印的核验码，查看该函是否由所列律师事务所发出，以及目前的状态。查询不收集您的任何信息。",
    en: "Type the code that is printed on the letter to see whether the firm named in it sent it, and how it stands today. Nothing about you is collected.",
  },
  code: { zh: "核验码", en: "Code on the letter" },
  codeHint: {
    zh: "24 位，例如 7K3M-9QWX-…；大小写与连字符不影响查询。",
    en: "24 characters, such as 7K3M-9QWX-…; capitals and dashes do not matter.",
  },
  file: { zh: "收到的 PDF 文件（可不选）", en: "The PDF that you received (if you have one)" },
  fileHint: {
    zh: "仅用于比对，计算后即丢弃，不保存。",
    en: "It is only compared, and thrown away at once.",
  },
  check: { zh: "查询", en: "Check" },
  found: { zh: "有这封信函", en: "There is a letter under this code" },
  sameOnPaper: {
    zh: "请逐项与您手中的信函核对。任何一项不同，您手中的就不是这封信函：核验码可能是从别处抄来的。",
    en: "Hold each line against the letter in your hands. If one differs, yours is not this letter: a code can be copied from another one.",
  },
  none: { zh: "没有查到", en: "Nothing was found" },
  noneSays: {
    zh: "没有与此核验码对应的信函。请检查是否输错。如果无误，请勿按该信函付款，并按下述途径核实。",
    en: "There is no letter under this code. Please look whether it was typed correctly. If it was, do not pay on that letter, and ask by the routes below.",
  },
  mistyped: { zh: "核验码输入有误", en: "The code was not typed correctly" },
  mistypedSays: {
    zh: "核验码共 24 位，末位为校验位，此处与输入不符。请对照信函重新输入。",
    en: "A code has 24 characters, and the last one checks the others; here they do not fit. Please type it again from the letter.",
  },
  status: { zh: "状态", en: "Status" },
  number: { zh: "函号", en: "Number" },
  kind: { zh: "类别", en: "Kind" },
  date: { zh: "日期", en: "Date" },
  firm: { zh: "律师事务所", en: "Law firm" },
  lawyer: { zh: "律师", en: "Lawyer" },
  licence: { zh: "执业证号", en: "licence" },
  firmLicence: { zh: "执业许可证号", en: "licence" },
  client: { zh: "委托人", en: "On behalf of" },
  addressee: { zh: "收件人", en: "Addressee" },
  masked: { zh: "只显示首字", en: "only the first character is shown" },
  hash: { zh: "PDF 文件的 SHA-256", en: "SHA-256 of the PDF" },
  signature: { zh: "电子签名", en: "Electronic signature" },
  signer: { zh: "签名证书", en: "Certificate of" },
  issuer: { zh: "证书颁发者", en: "Issued by" },
  serial: { zh: "证书序列号", en: "Serial number" },
  signedAt: { zh: "签名时间", en: "Signed at" },
  stamp: { zh: "可信时间戳", en: "Time stamp" },
  development: {
    zh: "开发用证书，无法律效力：此函仅供试用，不要求任何人做任何事。",
    en: "Development certificate, no legal effect: this letter was made for trying and asks nothing of anybody.",
  },
  compare: { zh: "比对 PDF 文件", en: "Compare the PDF" },
  compareFile: { zh: "收到的 PDF 文件", en: "The PDF that you received" },
  compareButton: { zh: "比对", en: "Compare" },
  same: { zh: "文件一致", en: "The file is the same" },
  sameSays: {
    zh: "您的文件与发出的文件逐字节相同。",
    en: "Your file is, byte for byte, the one that was sent.",
  },
  differs: { zh: "文件不一致", en: "The file is not the same" },
  differsSays: {
    zh: "您的文件不是发出的文件：可能被改动、另存、打印后扫描，或根本是另一个文件。请以下述途径核实，核实前请勿付款。",
    en: "Your file is not the one that was sent: it was changed, saved anew, scanned from paper, or is another file. Ask by the routes below, and do not pay before.",
  },
  noPdf: { zh: "该文件不是 PDF。", en: "It is not a PDF at all." },
  noFile: { zh: "没有选择文件", en: "No file was chosen" },
  yourFile: { zh: "您的文件：", en: "Your file: " },
  routes: { zh: "再用我们无法控制的途径核实", en: "Check by routes that we do not control" },
  routesSays: {
    zh: "伪造的信函可能把您引到伪造的网页。以下途径请自行查找，不要使用信函、短信或本页给出的链接与电话。",
    en: "A forged letter can lead to a forged page. Find these routes by yourself, and use no link or number from the letter, from a message or from this page.",
  },
  routeLawyer: {
    zh: "律师与律所：自行搜索“全国律师诚信信息公示平台”，查询律师姓名、执业证号和律所；再拨打平台上公示的律所电话，询问该函号。",
    en: "Lawyer and firm: search for 全国律师诚信信息公示平台, the public register of lawyers, by yourself; look up name, licence and firm; then call the firm at the number shown there and ask about this letter's number.",
  },
  routeBar: {
    zh: "也可向律所所在地的律师协会或司法行政机关询问。",
    en: "The bar association or the justice bureau at the firm's place can be asked too.",
  },
  routeLender: {
    zh: "出借人：拨打您的借款合同上或其官方应用内的客服电话，确认是否委托了该律所，以及欠款金额。",
    en: "Lender: call the number on your loan contract or in its own app, and ask whether it engaged this firm, and what is owed.",
  },
  routeMoney: {
    zh: "付款只通过出借人自己的渠道；不要付给律所、律师或个人账户。",
    en: "Pay only through the lender's own channels; never to a firm, a lawyer or a person.",
  },
  routesState: {
    zh: "平台与查询步骤据媒体 2022 年对司法部消息的报道，我们未读到官方文件原文（未核验）。以上是建议，不是法律规定。",
    en: "The register and these steps are from press reports of 2022 on a notice of the Ministry of Justice, whose own text we have not read (unverified). This is advice and not law.",
  },
  notCourt: {
    zh: "律师函不是法院文书，不会单凭一封律师函对您采取任何强制措施。",
    en: "A lawyer's letter is not a court paper, and no measure against you follows from it alone.",
  },
  private: {
    zh: "为保护隐私，本页不显示金额、合同、地址和完整姓名。",
    en: "To keep what is private, this page shows no amount, contract, address or full name.",
  },
  onward: { zh: "接下来", en: "What comes next" },
  onwardSays: {
    zh: "函是真的，不等于金额一定对。看看账上欠多少、接下来会怎样、能做什么。",
    en: "That a letter is genuine does not make its sum right. See what the books say you owe, what comes next, and what you can do.",
  },
  onwardLink: { zh: "看我欠多少、怎么办", en: "See what I owe, and what I can do" },
  again: { zh: "查询另一封", en: "Check another letter" },
  tooMany: { zh: "查询过于频繁", en: "Too many look-ups" },
  tooManySays: {
    zh: (seconds: number) => `请在 ${seconds} 秒后再试。`,
    en: (seconds: number) => `Please try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
  },
  tooLarge: { zh: "文件过大", en: "The file is too large" },
  tooLargeSays: {
    zh: (megabytes: number) => `最大 ${megabytes} MB。我们发出的信函远小于此，该文件不是发出的文件。`,
    en: (megabytes: number) =>
      `At most ${megabytes} MB. No letter that was sent is as large, so this file is not one of them.`,
  },
  unreadable: { zh: "无法读取表单", en: "The form could not be read" },
  unreadableSays: { zh: "请返回后重试。", en: "Please go back and try again." },
  nowhere: { zh: "没有这个页面", en: "There is no such page" },
  notSo: { zh: "不支持这种请求", en: "This cannot be asked in that way" },
  trouble: { zh: "暂时无法查询", en: "Nothing can be looked up just now" },
  troubleSays: {
    zh: "这不说明该信函的真伪。请稍后再试，或按下述途径核实。",
    en: "This says nothing about your letter. Please try again later, or ask by the routes below.",
  },
} as const;

export const KINDS: Readonly<Record<LetterKind, { readonly zh: string; readonly en: string }>> = {
  demand: { zh: "催告函", en: "Demand letter" },
  acceleration: { zh: "提前到期通知", en: "Notice of acceleration" },
  "final-notice": { zh: "最后通知", en: "Final notice" },
  "dispute-reply": { zh: "异议答复", en: "Reply to a dispute" },
  withdrawal: { zh: "撤回函", en: "Withdrawal" },
  "settlement-confirmation": { zh: "结清证明", en: "Confirmation of settlement" },
};

export const STANDING = {
  valid: {
    short: { zh: "有效", en: "Valid" },
    says: {
      zh: "该函已发出，未撤回、未被取代。",
      en: "It was sent, and was neither withdrawn nor replaced.",
    },
  },
  withdrawn: {
    short: { zh: "已撤回", en: "Withdrawn" },
    says: { zh: "该函已不再要求任何事项。", en: "It asks nothing of anybody any more." },
  },
  replaced: {
    short: { zh: "已被取代", en: "Replaced" },
    says: { zh: "请以新函为准。", en: "The newer letter counts." },
  },
  paid: {
    short: { zh: "已付清", en: "Paid" },
    says: { zh: "该函所要求的款项已付清。", en: "What it asked for was paid." },
  },
  /** Valid, but for its certificate. */
  trial: {
    short: { zh: "试用件", en: "For trying only" },
    says: { zh: "用开发证书签名，仅供试用。", en: "It was signed with a development certificate." },
  },
} as const;
