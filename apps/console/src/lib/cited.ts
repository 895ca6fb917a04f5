import { useMemo } from "react";
import type { Lang } from "./format.ts";
import { useSettings } from "./settings.tsx";
import { useAsk } from "./use-ask.ts";

export interface Cite {
  readonly law: string;
  readonly at: string;
}

/** Names do not change while a page is open. */
const FOR_EVER = { keep: true, fresh: Number.POSITIVE_INFINITY } as const;

/** `art. 128(1)` as each language tells it; what is written otherwise stands as it is cited. */
export function placeWords(at: string, lang: Lang): string {
  if (lang === "en") return at;
  if (at === "article number not seen") return "（条号未核）";
  const [, article, paragraph, item] =
    /^art(?:icle|\.) (\d+)(?:\((\d+)\))?(?:\((\d+|[ivx]+)\))?$/.exec(at) ?? [];
  if (article !== undefined)
    return `第${article}条${paragraph ? `第${paragraph}款` : ""}${item ? `第${itemOf(item)}项` : ""}`;
  const [, only] = /^item (\d+)$/.exec(at) ?? [];
  return only === undefined ? ` ${at}` : `第${only}项`;
}

const ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
const itemOf = (text: string): string => (/^\d+$/.test(text) ? text : String(ROMAN.indexOf(text) + 1));

/** `《民法典》第675条`, `Civil Code, art. 675`: the country is the pack's, and is not said each time. */
export function citeWords({ law, at }: Cite, lang: Lang, name: string | undefined): string {
  if (law.startsWith("house/")) return lang === "zh" ? "内部规则" : (name ?? "House rule");
  if (name === undefined) return `${law} ${at}`;
  return lang === "zh"
    ? `《${name.replace(/^中华人民共和国/, "").replaceAll(/[《》]/g, "")}》${placeWords(at, lang)}`
    : `${name.replace(/ of the People's Republic of China/, "")}, ${at}`;
}

/** What a reason says for which a step is not made: a rule's sentence, or the house's. */
export function useReasons(): (id: string) => string {
  const { lang } = useSettings();
  const { data } = useAsk("laws.list", "/v1/laws", {}, FOR_EVER);
  return useMemo(() => {
    const says = new Map(data?.reasons.map((one) => [one.id, one.says[lang]]));
    return (id) => says.get(id) ?? id;
  }, [data, lang]);
}

/** Where a rule stands, by the name that its text has of itself. */
export function useCited(): (cite: Cite) => string {
  const { lang } = useSettings();
  const { data } = useAsk("laws.list", "/v1/laws", {}, FOR_EVER);
  return useMemo(() => {
    const names = new Map(data?.items.map(({ law, name }) => [law, name[lang]]));
    return (cite) => citeWords(cite, lang, names.get(cite.law));
  }, [data, lang]);
}
