import type { EscalatedTo } from "../core/index.ts";
import type { Source } from "../legal/index.ts";
import { csrfField } from "./frame.ts";
import { helpLine, linesFor } from "./help.ts";
import { type Html, html, type Shown } from "./html.ts";
import type { RequestShown } from "./requests.ts";
import { type Said, type Show, say } from "./show.ts";

/** To whom a complaint can be taken, the next of them first. */
export interface Further {
  readonly to: readonly EscalatedTo[];
  /** Days in which the authority answers, where a text says so: only of the credit record. */
  readonly recordDays?: number;
  readonly law: readonly Source[];
}

const W = {
  title: { zh: "如果答复没有解决问题", en: "If the answer does not help" },
  any: {
    zh: "可以一步一步来，也可以直接找外面的机构。找别人不会让您失去什么。",
    en: "You can go step by step, or go outside at once. You lose nothing by asking somebody else.",
  },
  inside: {
    zh: "先请出借人的总部再看一次。在下面选“出借人总部”。",
    en: "First ask the lender's head office for another look. Choose it below.",
  },
  record: {
    zh: (days: number) => `关于征信记录：可以向人民银行分支机构投诉。受理后 ${days} 天内书面答复。`,
    en: (days: number) =>
      `About the credit record: complain to the branch of the central bank. It answers in writing within ${days} days.`,
  },
  outside: {
    zh: "再向监管部门投诉。投诉时请报编号，并附上出借人的答复。",
    en: "Then complain to the authority. Give the reference, and add the lender's answer.",
  },
  court: {
    zh: "也可以申请调解，或向法院起诉。",
    en: "You can also ask for mediation, or go to court.",
  },
  noDay: {
    zh: "总部几天内答复，我们没有读到规定。",
    en: "We have read no rule that says by when the head office answers.",
  },
  summary: { zh: "再往上反映，并登记在这里", en: "Take it further, and have it noted here" },
  to: { zh: "找谁", en: "To whom" },
  number: { zh: "对方给的编号（可不填）", en: "The number that they gave you (may be left empty)" },
  send: { zh: "登记", en: "Note it" },
  choose: { zh: "请选择找谁。", en: "Choose to whom." },
} as const;

export const CHOOSE_TO_WHOM: Said = W.choose;

const TO: Readonly<Record<EscalatedTo, Said>> = {
  "head-office": { zh: "出借人总部：请再看一次", en: "the lender's head office: please look again" },
  regulator: { zh: "监管部门：我已投诉", en: "the authority: I have complained there" },
  mediation: { zh: "调解组织：我已申请", en: "mediation: I have asked for it" },
  court: { zh: "法院：我已起诉", en: "a court: I have sued" },
  bureau: {
    zh: "征信机构或人民银行：我已投诉",
    en: "the credit bureau or the central bank: I have complained",
  },
};

/** The ladder of who can be asked next, and the form by which the lender learns of it. */
export function furtherPart({ reference, version, may, further }: RequestShown, show: Show): Shown {
  if (!further || !may.includes("escalated")) return undefined;
  const { language } = show;
  const inside = further.to.includes("head-office");
  const outside = linesFor(show, ["consumer", "lender-complaints"]).length > 0;
  const choice = (to: EscalatedTo): Html =>
    html`<label class="pick"><input type="radio" name="to" value="${to}"><span>${say(TO[to], show)}</span></label>`;
  return html`<h2 id="further">${say(W.title, show)}</h2>
<p>${say(W.any, show)}</p>
<ol>${inside && html`<li>${say(W.inside, show)} <span class="not">${say(W.noDay, show)}</span></li>`}${further.recordDays !== undefined && html`<li>${W.record[language](further.recordDays)}</li>`}${outside && html`<li>${say(W.outside, show)}${helpLine(show, "consumer", "lender-complaints")}</li>`}<li>${say(W.court, show)}</li></ol>
<details><summary>${say(W.summary, show)}</summary><form method="post" action="/me/requests/${reference}">${csrfField(show)}<input type="hidden" name="version" value="${version}"><input type="hidden" name="act" value="escalated">
<fieldset id="to" tabindex="-1"><legend>${say(W.to, show)}</legend>${further.to.map(choice)}</fieldset>
<label for="their-number">${say(W.number, show)}</label><input class="short" id="their-number" name="reference" type="text" maxlength="60" autocomplete="off"><p><button>${say(W.send, show)}</button></p></form></details>`;
}

/** Where it was taken, as the history tells it. */
export const takenTo = (to: EscalatedTo): Said => {
  const [zh, en] = [TO[to].zh.split("：")[0]!, TO[to].en.split(": ")[0]!];
  return { zh, en };
};
