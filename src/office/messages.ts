/** Sentences of what commands and HTTP share, in both languages side by side. */
export const say = {
  missing: {
    en: (what: string, example: string) => `${what} is missing; for example: ${example}`,
    zh: (what: string, example: string) => `缺少${what}；例如：${example}`,
  },
  notADay: {
    en: (option: string, text: string) => `${option} "${text}" is not a calendar day; write it as 2026-03-31`,
    zh: (option: string, text: string) => `${option} “${text}”不是日期；请写成 2026-03-31`,
  },
  noFile: {
    en: (file: string) => `cannot read ${file}; check the path`,
    zh: (file: string) => `无法读取 ${file}；请检查路径`,
  },
  notAFile: {
    en: (file: string) => `${file} is a folder; give a file`,
    zh: (file: string) => `${file} 是文件夹；请指定文件`,
  },
  noBook: {
    en: (place: string) =>
      `there is no book at ${place}: import loans first, or run \`arrears start\` for a sample`,
    zh: (place: string) => `${place} 处没有账本；请先导入贷款，或运行 \`arrears start\` 查看示例`,
  },
  emptyBook: {
    en: () => "this book is empty: import loans first, or run `arrears start` for a sample",
    zh: () => "账本为空：请先导入贷款，或运行 `arrears start` 查看示例",
  },
  noLender: {
    en: (code: string, known: string) => `no lender ${code} in this book; there is ${known}`,
    zh: (code: string, known: string) => `账本中没有出借人 ${code}；现有 ${known}`,
  },
  noStrategy: {
    en: (name: string, folders: string) =>
      `no strategy ${name} in ${folders}; give its folder with --strategies`,
    zh: (name: string, folders: string) => `${folders} 中没有策略 ${name}；请用 --strategies 指明文件夹`,
  },
  strategyUnreleased: {
    en: (id: string, file?: string) =>
      `strategy ${id} is not released, and no other version of it is in use. Two people release one:\n${file ? `  arrears strategy propose ${file} --by NAME\n` : ""}  arrears strategy release ${id} --by SECOND_NAME`,
    zh: (id: string, file?: string) =>
      `策略 ${id} 尚未发布，也没有其他版本在用。发布须由两人完成：\n${file ? `  arrears strategy propose ${file} --by 姓名\n` : ""}  arrears strategy release ${id} --by 另一人姓名`,
  },
  strategyNotReleased: {
    en: (id: string, file: string) =>
      `note: ${file} holds ${id}, which is not in the book and is not used; arrears strategy propose takes it in`,
    zh: (id: string, file: string) =>
      `注意：${file} 中的 ${id} 不在账本中，未被使用；可用 arrears strategy propose 提交`,
  },
  strategyChanged: {
    en: (id: string, file: string, diff: string) =>
      `${id} is in the book with another text than ${file} has (- book, + file); a version never changes, so give the change a new version:\n${diff}`,
    zh: (id: string, file: string, diff: string) =>
      `账本中的 ${id} 与 ${file} 内容不同（- 账本，+ 文件）；版本一经收录不可更改，请为修改另立版本号：\n${diff}`,
  },
  strategyHasMistakes: {
    en: (file: string) => `${file} has mistakes:`,
    zh: (file: string) => `${file} 有错误：`,
  },
  mapHasMistakes: {
    en: (file: string) => `${file} has mistakes:`,
    zh: (file: string) => `${file} 有错误：`,
  },
  mapOfOtherKind: {
    en: (file: string, kind: string, asked: string) =>
      `${file} is a map for ${kind}, and ${asked} were asked for`,
    zh: (file: string, kind: string, asked: string) => `${file} 是 ${kind} 的映射，而要求导入的是 ${asked}`,
  },
  sameFile: {
    en: (file: string, on: string) => `${file} was imported on ${on}, byte for byte: nothing to do`,
    zh: (file: string, on: string) => `${file} 已于 ${on} 导入，逐字节相同：无需处理`,
  },
  changedFile: {
    en: (file: string, on: string) =>
      `note: a file named ${file} was imported on ${on} with other content; rows known from it stay as they are`,
    zh: (file: string, on: string) =>
      `注意：同名文件 ${file} 曾于 ${on} 导入，内容不同；其中已有的行保持不变`,
  },
  imported: {
    en: (rows: string, added: string, same: string, updated: string, bad: string) =>
      `${rows} rows: ${added} new, ${same} known already, ${updated} brought news, ${bad} set aside`,
    zh: (rows: string, added: string, same: string, updated: string, bad: string) =>
      `${rows} 行：新增 ${added}，已有 ${same}，有更新 ${updated}，隔离 ${bad}`,
  },
  wouldImport: {
    en: (rows: string, good: string, bad: string) =>
      `dry run, nothing written: ${rows} rows, ${good} good, ${bad} bad`,
    zh: (rows: string, good: string, bad: string) =>
      `试运行，未写入：${rows} 行，${good} 行正确，${bad} 行有误`,
  },
  quarantined: {
    en: (file: string) => `rows set aside, each with line, column, value and reason: ${file}`,
    zh: (file: string) => `被隔离的行（含行号、列、值与原因）：${file}`,
  },
  total: {
    en: (currency: string, sum: string, rows: string) =>
      `control total ${currency === "" ? "" : `${currency} `}${sum} over ${rows} rows`,
    zh: (currency: string, sum: string, rows: string) =>
      `控制总额 ${currency === "" ? "" : `${currency} `}${sum}，共 ${rows} 行`,
  },
  fileRefused: {
    en: (file: string) => `nothing of ${file} was imported:`,
    zh: (file: string) => `${file} 未导入任何内容：`,
  },
  nightHead: {
    en: (lender: string, from: string, to: string) => `${lender}, closed ${from} to ${to}`,
    zh: (lender: string, from: string, to: string) => `${lender}，日终 ${from} 至 ${to}`,
  },
  nightLine: {
    en: (loans: string, steps: string, refused: string, asked: string, cured: string, aside: string) =>
      `${loans} loans · ${steps} steps taken · ${refused} refused · ${asked} ask a person · ${cured} cured · ${aside} set aside`,
    zh: (loans: string, steps: string, refused: string, asked: string, cured: string, aside: string) =>
      `${loans} 笔贷款 · 动作 ${steps} · 被拒 ${refused} · 待人工 ${asked} · 恢复正常 ${cured} · 搁置 ${aside}`,
  },
  commonest: {
    en: () => "commonest reasons of refused steps:",
    zh: () => "被拒动作最常见的原因：",
  },
  bandHeads: {
    en: () => ["band", "loans", "outstanding", "arrears"],
    zh: () => ["账龄段", "笔数", "剩余本金", "逾期欠款"],
  },
  notDue: { en: () => "not past due", zh: () => "未逾期" },
  endedLine: {
    en: (ended: string, writtenOff: string) => `${ended} ended · ${writtenOff} written off (still owed)`,
    zh: (ended: string, writtenOff: string) => `已结清 ${ended} · 已核销（仍欠）${writtenOff}`,
  },
} as const;
