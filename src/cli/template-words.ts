import type { Language } from "../office/io.ts";
import type { TemplateState } from "../store/index.ts";

type Words = Readonly<Record<Language, string>>;

export const TEMPLATE_STATES: Readonly<Record<TemplateState, Words>> = {
  proposed: { en: "proposed", zh: "待发布" },
  released: { en: "released", zh: "已发布" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
};

/** What the command on Word templates says. */
export const templateSay = {
  checked: {
    en: (tags: number) =>
      `The template can be used: ${tags} different tags, every field that a letter needs among them.`,
    zh: (tags: number) => `模板可用：共 ${tags} 种标签，必备字段齐全。`,
  },
  refused: {
    en: (file: string) => `${file} cannot be used. Nothing was taken.`,
    zh: (file: string) => `${file} 不可用，未写入任何内容。`,
  },
  proposed: {
    en: (id: string, by: string) =>
      `${id} is in the book, proposed by ${by}. It is used once somebody else releases it.`,
    zh: (id: string, by: string) => `${id} 已提交，提交人：${by}。须由另一人发布后方可使用。`,
  },
  same: {
    en: (id: string, state: string) => `The book has this very file already: ${id}, ${state}.`,
    zh: (id: string, state: string) => `该文件已在库中：${id}，${state}。`,
  },
  released: {
    en: (id: string, by: string) => `${id} is released by ${by}: letters can be printed with it.`,
    zh: (id: string, by: string) => `${id} 已由 ${by} 发布，可用于出函。`,
  },
  withdrawn: {
    en: (id: string, by: string) => `${id} is withdrawn by ${by}.`,
    zh: (id: string, by: string) => `${id} 已由 ${by} 撤回。`,
  },
  unknown: {
    en: (id: string) => `The book has no template ${id}; arrears template list shows those that it has.`,
    zh: (id: string) => `库中没有模板 ${id}；用 arrears template list 查看。`,
  },
  notProposed: {
    en: (id: string, state: string) => `${id} is ${state}; only a proposed version can be released.`,
    zh: (id: string, state: string) => `${id} ${state}；只有待发布的版本可以发布。`,
  },
  samePerson: {
    en: (id: string, by: string) => `${id} was proposed by ${by}; somebody else has to release it.`,
    zh: (id: string, by: string) => `${id} 由 ${by} 提交，须由另一人发布。`,
  },
  withdrawnAlready: {
    en: (id: string) => `${id} is withdrawn already.`,
    zh: (id: string) => `${id} 已经撤回。`,
  },
  none: { en: () => "The book has no templates.", zh: () => "库中没有模板。" },
  heads: {
    en: () => ["template", "state", "by", "SHA-256"],
    zh: () => ["模板", "状态", "操作人", "SHA-256"],
  },
} as const;
