import { type Day, day } from "../core/index.ts";
import type { Source } from "../legal/index.ts";
import { WORDS as FRAME, linkButton, type Page, printButton } from "./frame.ts";
import { GUIDES, type Guide, type Part } from "./guides.ts";
import { type Html, html } from "./html.ts";
import { dayText, type Said, type Show, say } from "./show.ts";
import { sources } from "./source.ts";

const W = {
  intro: {
    zh: "大家在夜里最常问的六个问题。不用登录。",
    en: "Six questions that people ask at night. No sign-in.",
  },
  introOwn: { zh: "用您自己的日期和金额来回答。", en: "Answered with your own days and sums." },
  yours: { zh: "对您来说", en: "For you" },
  yoursOf: { zh: (on: string) => `按 ${on} 的账目。`, en: (on: string) => `By the books of ${on}.` },
  signIn: {
    zh: "登录后，用您自己的日期和金额回答。",
    en: "Signed in, you get the answer with your own days and sums.",
  },
  general: { zh: "一般的回答", en: "The answer for anybody" },
  reviewed: {
    zh: (on: string) => `核对日期：${on}。这是说明，不是法律意见。`,
    en: (on: string) => `Read beside its sources on ${on}. This explains; it is no legal advice.`,
  },
  place: { zh: "适用于中国大陆。", en: "For mainland China." },
  next: { zh: "下一步", en: "Next" },
  more: { zh: "其他问题", en: "The other questions" },
} as const;

/** The questions, each with its short answer; `own` where they are answered for the reader. */
export const guidesPage = (own: boolean, show: Show): Page => ({
  title: say(FRAME.guides, show),
  room: "guides",
  body: html`<p>${say(own ? W.introOwn : W.intro, show)}</p>
${GUIDES.map(({ id, asks, short }) => html`<h2><a href="${own ? "/me" : ""}/guides/${id}">${say(asks, show)}</a></h2><p>${say(short, show)}</p>`)}`,
});

/** What a question comes to for one reader. */
export interface Own {
  readonly on: Day;
  readonly lines: readonly string[];
  /** Where he goes next. */
  readonly next: readonly { readonly href: string; readonly says: Said }[];
  readonly sources: readonly Omit<Source, "param">[];
}

export function guidePage(guide: Guide, law: readonly Source[], own: Own | undefined, show: Show): Page {
  const { language } = show;
  return {
    title: say(guide.asks, show),
    room: "guides",
    body: html`<p><strong>${say(guide.short, show)}</strong></p>
${own ? ownPart(own, show) : html`<p><a href="/me/guides/${guide.id}">${say(W.signIn, show)}</a></p>`}
${own && html`<h2>${say(W.general, show)}</h2>`}
${guide.parts.map((part) => partOf(part, own !== undefined, show))}
<p class="soft">${W.reviewed[language](dayText(day(guide.reviewedOn), show))} ${say(W.place, show)}</p>
${sources([...law, ...(own?.sources ?? [])], show)}
<h2>${say(W.more, show)}</h2>
<ul>${GUIDES.filter(({ id }) => id !== guide.id).map(({ id, asks }) => html`<li><a href="${own ? "/me" : ""}/guides/${id}">${say(asks, show)}</a></li>`)}</ul>
${printButton(show)}`,
  };
}

function ownPart({ on, lines, next }: Own, show: Show): Html {
  return html`<div class="note"><h2>${say(W.yours, show)}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul><p class="soft">${W.yoursOf[show.language](dayText(on, show))}</p></div>
<p>${next.map(({ href, says }) => html`${linkButton(href, say(says, show))} `)}</p>`;
}

function partOf({ head, lines, steps }: Part, deep: boolean, show: Show): Html {
  const items = lines.map((line) => html`<li>${say(line, show)}</li>`);
  const list = steps ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  if (!head) return list;
  return html`${deep ? html`<h3>${say(head, show)}</h3>` : html`<h2>${say(head, show)}</h2>`}${list}`;
}
