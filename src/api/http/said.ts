import { refusalWords } from "../../office/refusal-words.ts";

/** A sentence about a request that cannot be read as it was written, in both languages. */
export interface SaidOfRequest {
  readonly says: string;
  readonly saysZh: string;
}

const say = (says: string, saysZh: string): SaidOfRequest => ({ says, saysZh });

/** How a fact stands that is checked before a lawyer puts his name to a letter. */
const CHECK_STATES: Readonly<Record<string, string>> = { missing: "缺失", stops: "有障碍", warn: "提示" };

/** A refusal that the domain says in English, in both languages. */
export const saidOf = (refusal: { readonly code: string; readonly says: string }): SaidOfRequest =>
  say(refusal.says, refusalWords(refusal, "zh"));

/** What was found in a request, and what was expected. */
export const said = {
  badVersion: () => say('If-Match takes one version, as "12"', 'If-Match 只接受一个版本号，如 "12"'),
  badKey: () =>
    say(
      "8 to 100 letters, digits, - or _, new for each thing that is done",
      "8 至 100 个字母、数字、- 或 _，每次操作须用新值",
    ),
  tooDeep: (most: number) => say(`at most ${most} levels are read`, `最多读取 ${most} 层`),
  nul: () => say("a text may not have a NUL character", "文本不得含空字符（NUL）"),
  noMember: (key: string) => say(`a body may not have a member ${key}`, `请求体不得含成员 ${key}`),
  notJson: () => say("the body is not JSON", "请求体不是 JSON"),
  unread: () => say("the request cannot be read as it was sent", "请求无法按所发内容读取"),
  fields: () => say("fields takes names with commas between them", "fields 须为以逗号分隔的名称"),
  onlyLists: () => say("only lists are given as CSV", "仅列表可导出为 CSV"),
  form: () => say("the form cannot be read", "表单无法读取"),
  noFile: () => say("a form has a file `file`", "表单须含文件 `file`"),
  noMap: () =>
    say("a form has a field `map` (YAML) and a file `file`", "表单须含字段 `map`（YAML）与文件 `file`"),
  samePerson: () => say("who proposed it cannot decide it", "提交人不能自行复核"),
  stateIs: (state: string, zh: string) => say(`it is ${state}`, `当前状态：${zh}`),
  secondPerson: () => say("it needs a second person; record it by itself", "须第二人批准，请单独登记"),
  noAction: (action: string) => say(`no action ${action} in the outbox`, `待发动作中没有 ${action}`),
  check: (state: string) => say(state, CHECK_STATES[state] ?? "未通过"),
  brokeOff: () => say("the upload broke off", "上传中断"),
  notASum: (text: string) => say(`"${text}" is no sum of this currency`, `"${text}" 不是该币种的金额`),
  notAnAmount: (text: string) =>
    say(`"${text}" is not an amount; write 500.00`, `"${text}" 不是金额，请写成 500.00`),
  notATime: (text: string) =>
    say(`"${text}" is no time of the day; write 21:30`, `"${text}" 不是时间，请写成 21:30`),
  bandOfPast: () =>
    say(
      "band and late are of the last close; leave them out of a past day",
      "band 与 late 只针对最近一次日终，查看过去日期时请勿使用",
    ),
  needs: (of: string, at: string) => say(`the loans of \`${of}\` need ${at}`, `\`${of}\` 的贷款须注明 ${at}`),
  notSigned: () => say("the letter is not signed yet", "函件尚未签署"),
  unknownMembers: (keys: readonly string[]) =>
    say(`unknown: ${keys.join(", ")}`, `没有此项：${keys.join("、")}`),
} as const;

// --- what a schema found -----------------------------------------------------------------------------------------------

/** A sentence of a schema of ours in Chinese, by the English one, which the schema itself says. */
const OWN = {
  "a day, as 2026-03-31": "日期，如 2026-03-31",
  "a month, as 2026-03": "月份，如 2026-03",
  "an instant with its offset, as 2026-03-31T21:30:00+08:00": "带时区的时刻，如 2026-03-31T21:30:00+08:00",
  "one of strategy and body": "strategy 与 body 二者择一",
  "a rule's id, as cn/quiet-hours": "规则编号，如 cn/quiet-hours",
} as const;

/** The sentence that a schema says where its own test fails; each is known in Chinese. */
export const ofSchema = (says: keyof typeof OWN): string => says;

const KINDS: Readonly<Record<string, string>> = {
  string: "文本",
  number: "数字",
  int: "整数",
  boolean: "真假值",
  object: "对象",
  array: "列表",
  record: "对象",
  date: "日期",
};
const kind = (name: unknown): string => KINDS[String(name)] ?? String(name);

/** What a schema did not like, as zod tells it, in Chinese; each kind of issue has its sentence. */
const ISSUES: Readonly<Record<string, (issue: Readonly<Record<string, unknown>>) => string>> = {
  invalid_type: ({ expected }) => `须为${kind(expected)}`,
  too_big: ({ origin, maximum }) =>
    origin === "string"
      ? `最多 ${maximum} 个字符`
      : origin === "array"
        ? `最多 ${maximum} 项`
        : `不得大于 ${maximum}`,
  too_small: ({ origin, minimum }) =>
    origin === "string"
      ? `至少 ${minimum} 个字符`
      : origin === "array"
        ? `至少 ${minimum} 项`
        : `不得小于 ${minimum}`,
  invalid_format: ({ format, pattern }) =>
    pattern === undefined ? `格式不符：${String(format)}` : `须符合 ${String(pattern)}`,
  not_multiple_of: ({ divisor }) => `须为 ${String(divisor)} 的倍数`,
  unrecognized_keys: ({ keys }) => said.unknownMembers(asList(keys)).saysZh,
  invalid_union: () => "与任何一种写法都不符",
  invalid_key: () => "键名不符",
  invalid_element: () => "有一项不符",
  invalid_value: ({ values }) => `须为其一：${asList(values).join("、")}`,
  custom: () => "内容不符",
};
export const ISSUE_KINDS = Object.keys(ISSUES);

/** At most so many names are told: what somebody sends is not sent back at any length. */
const MOST_NAMES = 10;
const asList = (value: unknown): string[] =>
  Array.isArray(value) ? value.slice(0, MOST_NAMES).map((one) => String(one)) : [];

/** What a schema found at one place, in both languages. */
export function saidOfIssue(
  code: string,
  message: string | undefined,
  params: Readonly<Record<string, unknown>>,
): SaidOfRequest {
  if (code === "unrecognized_keys") return said.unknownMembers(asList(params.keys));
  const own = Object.hasOwn(OWN, message ?? "") ? OWN[message as keyof typeof OWN] : undefined;
  return say(message ?? code, own ?? (ISSUES[code] ?? ISSUES.custom!)(params));
}

// --- which language -----------------------------------------------------------------------------------------------------

/**
 * Which of our languages somebody would rather read, by `Accept-Language` (RFC 9110, 12.5.4); English where he names neither.
 * Only so much of the header is looked at.
 */
export function languageOf(header: string | undefined): "en" | "zh" {
  let best: { readonly language: "en" | "zh"; readonly q: number } = { language: "en", q: 0 };
  for (const part of (header ?? "").slice(0, 500).split(",")) {
    const [range = "", ...weights] = part.trim().toLowerCase().split(";");
    const language = range.startsWith("zh") ? "zh" : range.startsWith("en") ? "en" : undefined;
    const weight = weights.map((one) => /^\s*q=([\d.]{1,5})\s*$/.exec(one)?.[1]).find(Boolean);
    const q = weight === undefined ? 1 : Number(weight);
    if (language && q > best.q) best = { language, q };
  }
  return best.language;
}
