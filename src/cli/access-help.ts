import type { Help } from "./help.ts";

/** What the commands on users and tokens take. */
export const ACCESS_HELP: Readonly<Record<string, Help>> = {
  user: {
    usage:
      "arrears user list | add NAME --role ROLE [--party WHO] [--name TEXT] [--lender CODE] [--base URL]\n       arrears user link NAME [--base URL] | role NAME --role ROLE [--party WHO] | disable NAME | enable NAME\n       arrears user identity NAME --issuer URL --subject ID | --email ADDRESS",
    says: {
      en: "Who may sign in to the API, for one lender, in one role (docs/reference/access.md has what each may). add and link give a link\nthat works once within a day: by it he sets a password and an app for one-time codes, and nothing else. --party says which agency,\nfirm:lawyer, collector or borrower he is. A change of role and disable end his sessions at once.",
      zh: "谁可登录 API，属于哪个出借人、何种角色（各角色权限见 docs/reference/access.md）。add 与 link 给出一日内有效的一次性链接，\n仅用于设置密码与动态码。--party 指明其所属机构、律所:律师、催收员或借款人。更改角色或停用时会话立即结束。",
    },
    examples: [
      "arrears user add anna --role operations --lender sample-micro",
      "arrears user add wang --role law-firm --party hengxin:wang",
      "arrears user disable anna",
    ],
  },
  keys: {
    usage: "arrears keys list | add | rotate [--dry-run] | drop KEY",
    says: {
      en: "The keys under which names, numbers, addresses and whatever else says something of a person lie encrypted. They are in the file that\nARREARS_KEYS names; for a book in a folder, else, in FOLDER.keys beside it, made at first use. Never back them up with the book.\nadd makes a key for everything new; rotate brings what is there under it, in batches: broken off, it goes on when run again. Old keys\nopen old values until drop. list ends with 1 where something lies open or under an older key.",
      zh: "账簿中姓名、号码、地址及其他个人信息加密所用的密钥，存放在 ARREARS_KEYS 所指文件中；文件夹账簿默认存于旁边的 文件夹.keys，\n首次使用时生成。切勿与账簿一同备份。add 为新数据生成密钥；rotate 分批将已有数据改用新密钥，中断后可再次运行继续。\n旧密钥在 drop 之前仍可读取旧数据。有明文或旧密钥数据时 list 以 1 结束。",
    },
    examples: [
      "arrears keys list",
      "ARREARS_KEYS=/etc/arrears/keys.json arrears keys add --db postgres://…",
      "arrears keys rotate --dry-run",
    ],
  },
  token: {
    usage: "arrears token list | add NAME --scopes LIST [--days N] [--lender CODE] | revoke ID",
    says: {
      en: "Tokens by which programs ask the API, within scopes: book:read, loans:read, loans:write, letters:read, strategies:read,\nimports:write, closes:write. The secret is shown once; only its hash is kept.",
      zh: "程序访问 API 的令牌及其范围：book:read、loans:read、loans:write、letters:read、strategies:read、imports:write、closes:write。\n密文仅显示一次，库中只存散列。",
    },
    examples: [
      "arrears token add core-system --scopes loans:read,imports:write --days 90",
      "arrears token list",
    ],
  },
  webhook: {
    usage:
      "arrears webhook list | add URL [--events LIST] [--lender CODE] | rotate ID | remove ID | test ID\n       arrears webhook replay ID [--state dead|delivered] [--ids LIST] | deliver [--follow] [--allow NETWORKS]",
    says: {
      en: "Where the lender's own systems are told of events, signed by Standard Webhooks (docs/guide/webhooks.md). deliver looks what was\nrecorded, sends what is due and ends; --follow goes on until it is stopped. An endpoint is on the internet, by HTTPS, unless --allow\n(or ARREARS_WEBHOOK_ALLOW) names its network. The secret is shown once; after rotate the old one signs too for a day.",
      zh: "向出借人自有系统推送事件，按 Standard Webhooks 签名（docs/guide/webhooks.md）。deliver 汇集新事实、投递到期事件后结束；--follow 持续运行。\n端点须为公网 HTTPS 地址，除非 --allow（或 ARREARS_WEBHOOK_ALLOW）列出其网络。密钥仅显示一次；rotate 后旧密钥并行一天。",
    },
    examples: [
      "arrears webhook add https://core.example.com/arrears --events payment.received,promise.broken",
      "arrears webhook deliver --follow",
    ],
  },
};
