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
  userHeads: {
    en: () => ["name", "role", "lender", "of", "sets up by", ""],
    zh: () => ["用户名", "角色", "出借人", "所属", "登录方式", ""],
  },
  tokenHeads: {
    en: () => ["id", "name", "lender", "scopes", "until", ""],
    zh: () => ["编号", "名称", "出借人", "范围", "有效期至", ""],
  },
} as const;
