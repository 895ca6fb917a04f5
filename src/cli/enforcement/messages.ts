/** What the command of enforcements says beside its tables. */
export const WORDS = {
  noLaw: {
    en: (pack: string) => `the pack ${pack} has no law on enforcement that was read`,
    zh: (pack: string) => `合规包 ${pack} 没有已读到的强制执行法条`,
  },
  noSum: {
    en: (option: string, text: string) => `${option} is a sum such as 1234.50, found ${text}`,
    zh: (option: string, text: string) => `${option} 应为金额（如 1234.50），得到 ${text}`,
  },
  unknown: {
    en: (id: string) => `there is no enforcement ${id}; arrears enforce list shows them`,
    zh: (id: string) => `没有执行案件 ${id}；arrears enforce list 可查`,
  },
  known: { en: "was recorded before; nothing is changed", zh: "此前已登记，未作变更" },
  dry: { en: " (dry run: nothing is written)", zh: "（试运行：未写入）" },
  imported: {
    en: (file: string, added: string, same: string, refused: string) =>
      `${file}: ${added} recorded, ${same} known, ${refused} refused`,
    zh: (file: string, added: string, same: string, refused: string) =>
      `${file}：登记 ${added} 条，重复 ${same} 条，拒收 ${refused} 条`,
  },
  owed: {
    en: (judgment: string, doubled: string, total: string) =>
      `owed: ${total} (judgment ${judgment}, doubled part of the interest for delay ${doubled}; which days count is our reading, unverified)`,
    zh: (judgment: string, doubled: string, total: string) =>
      `尚欠：${total}（判决债务 ${judgment}，加倍部分债务利息 ${doubled}；计息天数为本项目理解，未经核实）`,
  },
  dateHeads: {
    en: ["last day", "enforcement", "what", "who", "where it stands"],
    zh: ["末日", "执行", "事项", "谁", "依据"],
  },
  heads: {
    en: ["enforcement", "loan", "state", "dishonest list", "consumption", "number"],
    zh: ["执行", "借据", "状态", "失信名单", "限制消费", "案号"],
  },
  badDays: {
    en: (text: string) => `--within is "${text}", expected days such as 30d`,
    zh: (text: string) => `--within 为“${text}”，应为天数，如 30d`,
  },
  note: {
    en: "A court decides; this says what the texts allow on what is recorded here, and is no legal advice.",
    zh: "以上为依据现有登记对法条的说明，最终由法院决定，不构成法律意见。",
  },
} as const;
