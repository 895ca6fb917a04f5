import { ROLE_WORDS, type Role } from "../api/access/roles.ts";

/** What commands on users, tokens and serving say. */
export const accessSay = {
  serving: {
    en: (host: string, port: number) =>
      `console at http://${host}:${port}/console/ · API at http://${host}:${port}/v1, described by /openapi.json`,
    zh: (host: string, port: number) =>
      `控制台：http://${host}:${port}/console/ · API：http://${host}:${port}/v1，说明见 /openapi.json`,
  },
  linksHead: {
    en: () => "sign-in links, each for one use within eight hours:",
    zh: () => "登录链接，各限用一次，八小时内有效：",
  },
  stop: { en: () => "stop with Ctrl-C", zh: () => "按 Ctrl-C 停止" },
  added: {
    en: (id: string, role: Role) =>
      `${id} may sign in as ${ROLE_WORDS[role].en}; send him this link, for one use within a day:`,
    zh: (id: string, role: Role) =>
      `${id} 可以${ROLE_WORDS[role].zh}身份登录；请转交以下一次性链接（一日内有效）：`,
  },
  link: {
    en: (id: string) => `a link for ${id}, for one use within a day; it sets password and code anew:`,
    zh: (id: string) => `${id} 的一次性链接（一日内有效），用于重设密码与动态码：`,
  },
  changed: {
    en: (id: string) => `${id} was changed; all his sessions are ended`,
    zh: (id: string) => `已更改 ${id}；其全部会话已结束`,
  },
  taken: {
    en: (id: string) => `the name ${id} is taken, and is never given twice`,
    zh: (id: string) => `用户名 ${id} 已被使用，且不再分配`,
  },
  nobody: {
    en: (id: string) => `nobody is called ${id}; arrears user list`,
    zh: (id: string) => `没有用户 ${id}；见 arrears user list`,
  },
  needsParty: {
    en: (role: Role) =>
      `a ${ROLE_WORDS[role].en} is somebody at the lender: say by --party which (an agency's name, firm:lawyer, a collector's id, a borrower's id)`,
    zh: (role: Role) =>
      `${ROLE_WORDS[role].zh}须用 --party 指明是谁（机构名称、律所:律师、催收员编号、借款人编号）`,
  },
  noParty: {
    en: (party: string) => `the lender knows no ${party}; register it first, or check the name`,
    zh: (party: string) => `出借人名下没有 ${party}；请先登记，或核对名称`,
  },
  token: {
    en: (until: string) => `shown this once, good until ${until}; send it as "Authorization: Bearer …":`,
    zh: (until: string) => `仅显示一次，有效期至 ${until}；以 "Authorization: Bearer …" 发送：`,
  },
  revoked: { en: (id: string) => `token ${id} is revoked`, zh: (id: string) => `令牌 ${id} 已吊销` },
  noToken: {
    en: (id: string) => `no token ${id} is in use; arrears token list`,
    zh: (id: string) => `没有在用的令牌 ${id}；见 arrears token list`,
  },
  providersBad: {
    en: (file: string, says: readonly string[]) => `${file} cannot be used:\n  ${says.join("\n  ")}`,
    zh: (file: string, says: readonly string[]) => `${file} 不可用：\n  ${says.join("\n  ")}`,
  },
  identityKnown: {
    en: (id: string) => `${id} may sign in by this identity`,
    zh: (id: string) => `${id} 可用此身份登录`,
  },
  identityTaken: {
    en: () => "somebody has this identity already",
    zh: () => "此身份已关联其他用户",
  },
  noKeySource: {
    en: () =>
      "a book on a server has no keys of its own: name a file in ARREARS_KEYS, kept where the database and its backups are not, and run arrears keys add",
    zh: () =>
      "服务器上的账簿没有自带密钥：请用 ARREARS_KEYS 指明一个密钥文件（不与数据库及其备份放在一起），再运行 arrears keys add",
  },
  noKeys: {
    en: () => "no keys: names, numbers and addresses lie open in this book",
    zh: () => "没有密钥：本账簿中的姓名、号码与地址以明文保存",
  },
  keysInText: {
    en: () =>
      "the keys stand in ARREARS_KEYS itself, which this command cannot write: change the document where you keep it, or name a file",
    zh: () => "密钥写在 ARREARS_KEYS 变量本身，本命令无法改写：请在其存放处修改，或改为指明文件",
  },
  keyHeads: { en: () => ["key", "made", ""], zh: () => ["密钥", "生成时间", ""] },
  keyCurrent: { en: () => "for everything new", zh: () => "用于新数据" },
  keyOld: { en: () => "older values may be under it", zh: () => "旧数据可能仍用此密钥" },
  keyBehind: {
    en: (what: string, rows: number) =>
      `${what}: ${rows} rows lie open or under an older key: arrears keys rotate`,
    zh: (what: string, rows: number) => `${what}：${rows} 行为明文或仍用旧密钥：arrears keys rotate`,
  },
  keyAdded: {
    en: (id: string, file: string) =>
      `${id} is the key for everything new. ${file}: keep a copy where the book and its backups are not; without it nobody reads them. arrears keys rotate brings what is there under it.`,
    zh: (id: string, file: string) =>
      `新数据将使用密钥 ${id}。请将 ${file} 另存一份，与账簿及其备份分开；失去密钥即无法读取。已有数据请用 arrears keys rotate 更换。`,
  },
  keyRows: {
    en: (what: string, rows: number) => `${what}: ${rows} rows`,
    zh: (what: string, rows: number) => `${what}：${rows} 行`,
  },
  keyRotated: {
    en: (id: string, rows: number, dry: boolean) =>
      dry
        ? `${rows} rows would be brought under ${id}; nothing was changed`
        : `${rows} rows were brought under ${id}`,
    zh: (id: string, rows: number, dry: boolean) =>
      dry ? `将有 ${rows} 行改用 ${id}；未作任何更改` : `${rows} 行已改用 ${id}`,
  },
  keyNotOld: {
    en: (id: string) => `${id} is no older key of the file; arrears keys list`,
    zh: (id: string) => `${id} 不是文件中的旧密钥；见 arrears keys list`,
  },
  keyInUse: {
    en: (id: string, rows: number) =>
      `${rows} rows are not under the current key yet, and may be under ${id}: arrears keys rotate`,
    zh: (id: string, rows: number) => `尚有 ${rows} 行未改用当前密钥，可能仍用 ${id}：arrears keys rotate`,
  },
  keyDropped: {
    en: (id: string) =>
      `${id} is gone from the file; backups that are older than the rotation need it still: keep a copy for them`,
    zh: (id: string) => `${id} 已从文件中移除；更换之前的备份仍需此密钥，请为其保留一份`,
  },
  userHeads: {
    en: () => ["name", "role", "lender", "of", "sets up by", ""],
    zh: () => ["用户名", "角色", "出借人", "所属", "登录方式", ""],
  },
  tokenHeads: {
    en: () => ["id", "name", "lender", "scopes", "until", ""],
    zh: () => ["编号", "名称", "出借人", "范围", "有效期至", ""],
  },
} as const;
