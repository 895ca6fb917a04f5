/** Sentences of the commands about channels, the outbox and what comes back, in both languages side by side. */
export const channelSay = {
  fileHasMistakes: {
    en: (file: string) => `${file} cannot be used:`,
    zh: (file: string) => `${file} 无法使用：`,
  },
  needsChannels: {
    en: (file: string) =>
      `${file} is not there; docs/channels says what it holds, and --channels names another file`,
    zh: (file: string) => `没有 ${file}；内容见 docs/channels，也可用 --channels 指定其他文件`,
  },
  channelsActions: {
    en: () => "channels list | channels test [NAME]",
    zh: () => "channels list | channels test [名称]",
  },
  noChannel: {
    en: (name: string, near: string) =>
      `no channel is called ${name}${near ? `; did you mean ${near}?` : ""}`,
    zh: (name: string, near: string) => `没有名为 ${name} 的渠道${near ? `；是否为 ${near}？` : ""}`,
  },
  channelWorks: {
    en: (name: string, says: string) => `  ok      ${name}  ${says}`,
    zh: (name: string, says: string) => `  正常    ${name}  ${says}`,
  },
  channelFails: {
    en: (name: string, says: string) => `  FAILED  ${name}  ${says}`,
    zh: (name: string, says: string) => `  失败    ${name}  ${says}`,
  },
  nothingSent: {
    en: () => "Nothing was sent to any borrower.",
    zh: () => "未向任何借款人发送内容。",
  },
  everyLender: {
    en: () => "every lender",
    zh: () => "所有出借人",
  },
  heardAt: {
    en: (path: string) => `heard at ${path}`,
    zh: (path: string) => `回调地址 ${path}`,
  },
  listening: {
    en: (host: string, port: number, ears: string) =>
      `listening on http://${host}:${port} for ${ears || "nothing"}; stop with Ctrl-C`,
    zh: (host: string, port: number, ears: string) =>
      `正在 http://${host}:${port} 接收：${ears || "无"}；按 Ctrl-C 停止`,
  },
  notLoopback: {
    en: (host: string) =>
      `listening on ${host}: put a reverse proxy with TLS before it, carriers' secrets are in the calls`,
    zh: (host: string) => `监听 ${host}：请在其前放置带 TLS 的反向代理，回调中含有密钥`,
  },
  nothingToListen: {
    en: () =>
      "no channel of the file hears anything: give one a callback_token, callback_secret or unsubscribe_key",
    zh: () => "文件中没有渠道可接收回调：请设置 callback_token、callback_secret 或 unsubscribe_key",
  },
  took: {
    en: (fresh: string, same: string, kept: string) =>
      `${fresh} recorded, ${same} known before, ${kept} match nobody yet`,
    zh: (fresh: string, same: string, kept: string) =>
      `新登记 ${fresh} 条，已有 ${same} 条，尚未对应 ${kept} 条`,
  },
  outboxActions: {
    en: () => "outbox list | outbox retry ACTION | outbox report ACTION OUTCOME",
    zh: () => "outbox list | outbox retry 动作 | outbox report 动作 结果",
  },
  outboxEmpty: {
    en: () => "nothing in the outbox has failed or has an unknown end",
    zh: () => "发件箱中没有失败或结果不明的动作",
  },
  unknownEnd: {
    en: () => "begun, and nobody knows its end: it counts as made",
    zh: () => "已开始，结果不明：视为已触达",
  },
  needsBy: {
    en: () => "--by NAME and --reason TEXT: the journal keeps who put it back and why",
    zh: () => "--by 姓名 与 --reason 原因：流水会记录由谁放回及原因",
  },
  wouldSend: {
    en: (action: string, via: string) => `  ${action}  would be sent by ${via}`,
    zh: (action: string, via: string) => `  ${action}  将经 ${via} 发送`,
  },
  wouldNot: {
    en: (action: string, why: string) => `  ${action}  would not be sent: ${why}`,
    zh: (action: string, why: string) => `  ${action}  不会发送：${why}`,
  },
  putBack: {
    en: (action: string) => `  ${action}  is planned again, and judged again when arrears dispatch runs`,
    zh: (action: string) => `  ${action}  已重新计划，运行 arrears dispatch 时重新判定`,
  },
  notPutBack: {
    en: (action: string, says: string) => `  ${action}  ${says}`,
    zh: (action: string, says: string) => `  ${action}  ${says}`,
  },
  swearIt: {
    en: () =>
      "If you know from the carrier that it did not go out, say so with --i-know-it-did-not-go-out; that is recorded under your name.",
    zh: () => "如已向运营商确认未发出，请加 --i-know-it-did-not-go-out；该确认以您的名义记录。",
  },
  bulkNeedsYes: {
    en: (actions: string) => `${actions} would be put back; nothing was changed. Add --yes to do it`,
    zh: (actions: string) => `将放回 ${actions} 个动作；未作任何更改。确认请加 --yes`,
  },
  inboundActions: {
    en: () => "inbound list | inbound match",
    zh: () => "inbound list | inbound match",
  },
  inboundEmpty: {
    en: () => "everything that came in has found its borrower",
    zh: () => "收到的内容均已对应到借款人",
  },
  matched: {
    en: (settled: string, left: string) => `${settled} found their borrower, ${left} match nobody yet`,
    zh: (settled: string, left: string) => `已对应 ${settled} 条，尚未对应 ${left} 条`,
  },
  receiptsRead: {
    en: (rows: string, bad: string) => `${rows} rows, ${bad} set aside`,
    zh: (rows: string, bad: string) => `${rows} 行，${bad} 行被隔离`,
  },
} as const;
