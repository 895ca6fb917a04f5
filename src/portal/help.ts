import type { Source } from "../legal/index.ts";
import { html, type Shown } from "./html.ts";
import { type Said, type Show, say } from "./show.ts";

/** For what somebody is asked; which of them there are, the pack of the place says (`help-line.*`). */
export const HELP_FOR = [
  "legal-aid",
  "consumer",
  "lender-complaints",
  "courts",
  "distress",
  "police",
] as const;
export type HelpFor = (typeof HELP_FOR)[number];

/** A number or a site where somebody else helps, with where it stands and how far that was checked. */
export interface HelpLine {
  readonly for: HelpFor;
  readonly at: string;
  readonly source: Source;
}

const NAMES: Readonly<Record<HelpFor, Said>> = {
  "legal-aid": { zh: "法律援助", en: "legal aid" },
  consumer: { zh: "消费者金融保护局", en: "Consumer Financial Protection Bureau" },
  "lender-complaints": { zh: "金融消费投诉", en: "complaints about a lender" },
  courts: { zh: "法院", en: "courts" },
  distress: { zh: "心理援助", en: "distress" },
  police: { zh: "人身受到威胁", en: "threats to your safety" },
};

const W = {
  head: { zh: "也可以问别人：", en: "Others whom you can ask: " },
  unread: {
    zh: (numbers: string) => `（${numbers} 未核实：来自公开报道，没有读到官方文本。）`,
    en: (numbers: string) => `(Not verified: ${numbers}. From public reports; no official text was read.)`,
  },
} as const;

export const linesFor = ({ help = [] }: Show, names: readonly HelpFor[]): readonly HelpLine[] =>
  names.flatMap((name) => help.find((one) => one.for === name) ?? []);

/** Where else somebody can ask, and which of it nobody here has verified; nothing where the place's pack names none. */
export function helpLine(show: Show, ...names: readonly HelpFor[]): Shown {
  const lines = linesFor(show, names);
  if (lines.length === 0) return undefined;
  const zh = show.language === "zh";
  const told = lines.map((one) => `${say(NAMES[one.for], show)} ${one.at}`).join(zh ? "；" : "; ");
  const unread = lines
    .filter(({ source }) => source.verification === "unverified")
    .map(({ at }) => at)
    .join(zh ? "、" : ", ");
  return html`<p>${say(W.head, show)}${told}${zh ? "。" : "."}${unread !== "" && html` <small>${W.unread[show.language](unread)}</small>`}</p>`;
}
