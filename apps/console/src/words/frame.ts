import { both } from "./both.ts";

/** What stands around every room. */
export const frame = {
  product: both("Arrears", "Arrears"),
  skip: both("Skip to the content", "跳到正文"),
  rail: both("Rooms", "功能导航"),
  menu: both("Menu", "菜单"),
  search: both(
    "Number of a loan, borrower, letter or case; a name; a phone",
    "贷款号、借款人号、函号、案号，姓名或电话",
  ),
  palette: both("Go to or do …", "前往或执行…"),
  paletteNone: both("Nothing by that name", "没有匹配项"),
  asOf: both("As of", "查看日"),
  asOfToday: both("Now", "当前"),
  asOfOn: both(
    (day: string) => `You see the book as of ${day}. Nothing can be changed while you look back.`,
    (day: string) => `当前显示 ${day} 的账务状况，回看期间不能作任何更改。`,
  ),
  asOfNot: both("This room always shows now.", "本页始终显示当前状况。"),
  asOfLeave: both("Back to now", "回到当前"),
  toDark: both("Dark", "深色"),
  toLight: both("Light", "浅色"),
  otherLanguage: both("中文", "English"),
  help: both("Keys", "快捷键"),
  helpTitle: both("Keys of this page", "本页快捷键"),
  signOut: both("Sign out", "退出登录"),
  close: both("Close", "关闭"),
  cancel: both("Cancel", "取消"),
  more: both("Show more", "显示更多"),
  retry: both("Try again", "重试"),
  loading: both("Loading", "加载中"),
  needed: both("Please fill this in.", "请填写。"),
  sumHint: both("A sum, as 500.00", "金额，如 500.00"),
  reason: both("Reason", "理由"),
  reasonHint: both("At least five characters; it is kept with your name", "至少五个字，与您的姓名一并留痕"),
  request: both(
    (id: string) => `Request ${id}`,
    (id: string) => `请求编号 ${id}`,
  ),
  offline: both(
    "The server cannot be reached. Check the network, then try again.",
    "无法连接服务器，请检查网络后重试。",
  ),
  unknown: both("Something went wrong in this page.", "页面出现问题。"),
  notFound: both("There is no such page.", "没有这个页面。"),
  home: both("To the first room", "返回首页"),
  copy: both("Copy", "复制"),
  keySearch: both("Search", "搜索"),
  keyPalette: both("Go to or do", "命令面板"),
  keyHelp: both("These keys", "本说明"),
  keyClose: both("Close, or leave what is open", "关闭"),
} as const;

export const rooms = {
  today: both("Today", "今日"),
  worklist: both("Worklist", "作业"),
  cases: both("Cases", "案件"),
  placed: both("Placed with us", "委外案件"),
  letters: both("Letters", "律师函"),
  court: both("Court", "诉讼执行"),
  plans: both("Plans", "方案"),
  complaints: both("Complaints", "投诉异议"),
  approvals: both("Second person", "复核"),
  strategy: both("Strategy", "策略"),
  rules: both("Rules", "规则"),
  analytics: both("Analytics", "分析"),
  data: both("Imports and closes", "导入与日终"),
  audit: both("Audit", "审计"),
  users: both("Users", "用户"),
} as const;

/** Languages in which people are written to, by their codes. */
export const languages: Readonly<Record<string, ReturnType<typeof both<string>>>> = {
  zh: both("Chinese", "中文"),
  "zh-CN": both("Chinese", "中文"),
  en: both("English", "英语"),
  es: both("Spanish", "西班牙语"),
  yue: both("Cantonese", "粤语"),
  ug: both("Uyghur", "维吾尔语"),
  bo: both("Tibetan", "藏语"),
};

export const roles: Readonly<Record<string, ReturnType<typeof both<string>>>> = {
  operations: both("operations", "运营"),
  collector: both("collector", "催收员"),
  supervisor: both("supervisor", "主管"),
  compliance: both("compliance", "合规"),
  auditor: both("auditor", "审计"),
  agency: both("agency", "委外机构"),
  "agency-collector": both("agency's collector", "委外催收员"),
  "law-firm": both("law firm", "律所"),
  borrower: both("borrower", "借款人"),
};

export const signIn = {
  title: both("Sign in", "登录"),
  lead: both(
    "For staff. Borrowers find their page by the letter or message they got.",
    "员工入口。借款人请通过收到的函件或短信进入自己的页面。",
  ),
  user: both("User name", "用户名"),
  password: both("Password", "密码"),
  code: both("One-time code", "动态码"),
  codeHint: both("Six digits from your authenticator app", "验证器应用中的六位数字"),
  go: both("Sign in", "登录"),
  linkLead: both(
    "Your link works once. Press the button to use it.",
    "您的链接仅可使用一次，点击按钮即可登录。",
  ),
  linkBad: both(
    "This link does not work any more. It works once, and for a short time. Ask for another.",
    "该链接已失效：每个链接只能使用一次，且有时限。请重新索取。",
  ),
  setUpTitle: both("Set up how you sign in", "设置登录方式"),
  setUpLead: both(
    "Your link was used and works no more. Set a password and a second factor now.",
    "您的链接已使用，不再有效。请现在设置密码与第二因素。",
  ),
  newPassword: both("New password", "新密码"),
  passwordHint: both(
    "12 characters or more; a sentence is good, a common word is refused",
    "12 个字符以上，一句话即可；常见词语不予接受",
  ),
  savePassword: both("Set the password", "设置密码"),
  passwordSaved: both("The password is set.", "密码已设置。"),
  codeTitle: both("Second factor", "第二因素"),
  codeLead: both(
    "Scan this with an authenticator app, then type the six digits it shows.",
    "用验证器应用扫描，然后输入显示的六位数字。",
  ),
  codeKey: both("Or type this key", "或手动输入密钥"),
  confirmCode: both("Confirm the code", "确认动态码"),
  done: both("Both are set. Sign in with them now.", "两项均已设置，请用它们登录。"),
  toSignIn: both("Sign in", "去登录"),
  or: both("or", "或"),
  byPasskey: both("Sign in with a passkey", "用通行密钥登录"),
  byProvider: (name: string) => both(`Go on with ${name}`, `使用${name}登录`),
  passkeyBad: both(
    "The passkey did not let you in. It has to be one that you added here, and be unlocked.",
    "通行密钥未能登录：须为已在此登记并已解锁的密钥。",
  ),
  providerBad: both(
    "The provider did not let you in, or does not know you here. Try again, or sign in otherwise.",
    "身份提供方未予登录，或未与本系统用户关联。请重试或改用其他方式登录。",
  ),
} as const;

export const account = {
  title: both("My sign-in", "我的登录方式"),
  passkeys: both("Passkeys", "通行密钥"),
  lead: both(
    "A passkey is kept by this device or by a key that you carry, and unlocked by you: nobody can be talked out of it by a copied page.",
    "通行密钥保存在本设备或随身安全密钥中，由您本人解锁，仿冒页面无法骗取。",
  ),
  none: both("You have none yet.", "尚未登记。"),
  name: both("What you call it", "名称"),
  nameHint: both("Office laptop", "办公室电脑"),
  password: both("Your password", "您的密码"),
  add: both("Add a passkey", "登记通行密钥"),
  added: both("Added. Your other sessions are ended.", "已登记，其他会话已结束。"),
  remove: both("Remove", "移除"),
  made: both("added", "登记于"),
  used: both("last used", "最近使用"),
  never: both("never used", "未使用过"),
  sessions: both("Where you are signed in", "已登录的会话"),
  thisOne: both("this one", "本会话"),
  endOthers: both("End all others", "结束其他会话"),
  notHere: both(
    "This browser knows no passkeys, or the page is not reached by HTTPS.",
    "当前浏览器不支持通行密钥，或页面未使用 HTTPS。",
  ),
  how: {
    password: both("password and code", "密码与动态码"),
    passkey: both("passkey", "通行密钥"),
    "passkey-and-password": both("passkey and password", "通行密钥与密码"),
    link: both("link", "链接"),
    "link-set-up": both("link, to set up", "设置链接"),
    provider: both("provider of identities", "身份提供方"),
  } as Readonly<Record<string, ReturnType<typeof both<string>>>>,
} as const;
