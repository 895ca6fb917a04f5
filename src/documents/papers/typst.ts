import { ymd } from "../../core/index.ts";
import { PAGE_WORDS } from "../blocks.ts";
import type { Paper } from "./paper.ts";

/** What the Typst template of the court papers is given; keys always in one order, because the bytes hang on nothing else. */
export function paperTypstData(paper: Paper, author: string): string {
  const { title, subtitle, blocks, signature, enclosures, on, language = "zh-CN" } = paper;
  return JSON.stringify({
    date: ymd(on),
    author,
    title,
    subtitle: subtitle ?? null,
    blocks,
    signature,
    enclosures: enclosures ?? null,
    page: PAGE_WORDS[language],
    lang: language === "en" ? { lang: "en", region: null } : { lang: "zh", region: "CN" },
  });
}
