import type { Source } from "../legal/index.ts";
import type { Force, Verification } from "../policy/index.ts";
import { html, type Shown } from "./html.ts";
import { type Said, type Show, say } from "./show.ts";

const FORCES: Readonly<Record<Force, Said>> = {
  law: { zh: "法律", en: "law" },
  "administrative regulation": { zh: "行政法规", en: "administrative regulation" },
  "judicial interpretation": { zh: "司法解释", en: "judicial interpretation" },
  "departmental rule": { zh: "部门规章", en: "departmental rule" },
  "normative document": { zh: "规范性文件", en: "normative document" },
  "recommended standard": { zh: "推荐性标准，不是法律", en: "a recommended standard, not law" },
  "self-regulation": { zh: "行业自律规则，不是法律", en: "a rule that the trade gave itself, not law" },
  "house rule": { zh: "本系统自定的规则，不是法律", en: "a rule of this software, not law" },
};

const STATES: Readonly<Record<Verification, Said>> = {
  verified: { zh: "已按官方文本核对", en: "checked against the official text" },
  "verified-reprint": { zh: "已按转载文本核对", en: "checked against a reprint" },
  "verified-press": { zh: "仅按新闻报道核对", en: "checked against press reports only" },
  unverified: { zh: "未核实：没有读到官方文本", en: "NOT VERIFIED: nobody here has read the official text" },
  house: { zh: "自定", en: "our own" },
};

/** Where something stands, its force, and how far its text was checked; the text itself word for word. */
export function sourceText({ cite, force, verification }: Omit<Source, "param">, show: Show): string {
  const named = show.laws[cite.law];
  const name = named ? say(named, show) : cite.law;
  const at =
    show.language === "zh" ? cite.at.replace(/^art(?:icle|\.) (\d+)(?:\((\d+)\))?$/, "第$1条") : cite.at;
  return `${name} ${at} · ${say(FORCES[force], show)} · ${say(STATES[verification], show)}`;
}

const HEAD = { zh: "依据与核对情况", en: "Where this stands, and how far it was checked" };

/** Each source once, in a part that opens. */
export function sources(found: readonly Omit<Source, "param">[], show: Show): Shown {
  const seen = new Map(found.map((one) => [`${one.cite.law} ${one.cite.at} ${one.cite.quote}`, one]));
  if (seen.size === 0) return undefined;
  return html`<details><summary>${say(HEAD, show)}</summary>${[...seen.values()].map((one) => html`<p class="source">${sourceText(one, show)}<br><q lang="${/[一-鿿]/.test(one.cite.quote) ? "zh-CN" : "en"}">${one.cite.quote}</q></p>`)}</details>`;
}
