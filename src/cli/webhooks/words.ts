/** What `arrears webhook` says. */
export const webhookSay = {
  secret: {
    en: (id: string) => `endpoint ${id}; its secret, told this once:`,
    zh: (id: string) => `端点 ${id}；密钥仅显示这一次：`,
  },
  removed: { en: (id: string) => `removed: ${id}`, zh: (id: string) => `已删除：${id}` },
  unknown: { en: (id: string) => `no endpoint ${id}`, zh: (id: string) => `没有端点 ${id}` },
  badEvents: {
    en: (names: string, all: string) => `no such event: ${names}; there are ${all}, and * for all`,
    zh: (names: string, all: string) => `没有此事件：${names}；可用：${all}，* 表示全部`,
  },
  badUrl: {
    en: (why: string) => `the address cannot be an endpoint: ${why}`,
    zh: (why: string) => `该地址不能作为端点：${why}`,
  },
  tested: {
    en: (status: string) => `a ping was sent: ${status}`,
    zh: (status: string) => `已发送测试事件：${status}`,
  },
  replayed: {
    en: (count: string) => `${count} put on their way again`,
    zh: (count: string) => `已重新投递 ${count} 条`,
  },
  delivered: {
    en: (told: string, failed: string, dead: string) =>
      `${told} delivered, ${failed} to be tried again, ${dead} given up`,
    zh: (told: string, failed: string, dead: string) => `已送达 ${told}，待重试 ${failed}，放弃 ${dead}`,
  },
  heads: {
    en: () => ["id", "lender", "address", "events", "state"],
    zh: () => ["编号", "出借人", "地址", "事件", "状态"],
  },
} as const;
