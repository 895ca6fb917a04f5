import { type Day, day } from "../core/index.ts";
import type { Source } from "../legal/index.ts";
import { WORDS as FRAME, linkButton, type Page, printButton } from "./frame.ts";
import { GUIDES, type Guide, type GuideId, type Part } from "./guides.ts";
import { GUIDES_US } from "./guides-us.ts";
import { type HelpFor, helpLine } from "./help.ts";
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
  places: {
    cn: { zh: "适用于中国大陆。", en: "For mainland China." },
    us: {
      zh: "适用于美国，只依据联邦规则。",
      en: "For the United States, by federal rules alone.",
    },
  },
  none: {
    zh: "这家出借人所在的地方，我们还没有写一般的回答。别处的法律不适用，所以这里不写。",
    en: "For the place of this lender there are no general answers yet. The law of another place would be wrong here, so it is not shown.",
  },
  next: { zh: "下一步", en: "Next" },
  more: { zh: "其他问题", en: "The other questions" },
} as const;

const OF_PLACES: Readonly<Record<string, readonly Guide[]>> = { cn: GUIDES, us: GUIDES_US };

/** The six answers by the law of a place; nothing where nobody wrote them. */
export const guideOf = (id: GuideId, place: string | undefined): Guide | undefined =>
  OF_PLACES[place ?? "cn"]?.find((one) => one.id === id);

/** The questions, each with its short answer; `own` where they are answered for the reader. */
export const guidesPage = (own: boolean, show: Show): Page => ({
  title: say(FRAME.guides, show),
  room: "guides",
  body: html`<p>${say(own ? W.introOwn : W.intro, show)}</p>
${GUIDES.map(({ id, asks }) => {
  const guide = guideOf(id, show.place);
  return html`<h2><a href="${own ? "/me" : ""}/guides/${id}">${say(asks, show)}</a></h2>${guide && html`<p>${say(guide.short, show)}</p>`}`;
})}
${guideOf("calls", show.place) === undefined && html`<p class="note">${say(W.none, show)}</p>`}`,
});

const FREE: readonly HelpFor[] = ["legal-aid", "consumer"];

/** What a question comes to for one reader. */
export interface Own {
  readonly on: Day;
  readonly lines: readonly string[];
  /** Where he goes next. */
  readonly next: readonly { readonly href: string; readonly says: Said }[];
  readonly sources: readonly Omit<Source, "param">[];
}

/** One question, answered by the law of the reader's place, and with what is his own where he is signed in. */
export function guidePage(id: GuideId, law: readonly Source[], own: Own | undefined, show: Show): Page {
  const guide = guideOf(id, show.place);
  // Free help, and whoever the answer names.
  const lines = (show.help ?? []).filter(
    (one) => FREE.includes(one.for) || law.some(({ param }) => param === one.source.param),
  );
  return {
    title: say(GUIDES.find((one) => one.id === id)!.asks, show),
    room: "guides",
    body: html`${guide && html`<p><strong>${say(guide.short, show)}</strong></p>`}
${own ? ownPart(own, show) : html`<p><a href="/me/guides/${id}">${say(W.signIn, show)}</a></p>`}
${guide ? general(guide, own !== undefined, show) : html`<p class="note">${say(W.none, show)}</p>`}
${helpLine(show, ...lines.map((one) => one.for))}
${sources([...law, ...lines.map(({ source }) => source), ...(own?.sources ?? [])], show)}
<h2>${say(W.more, show)}</h2>
<ul>${GUIDES.filter((one) => one.id !== id).map((one) => html`<li><a href="${own ? "/me" : ""}/guides/${one.id}">${say(one.asks, show)}</a></li>`)}</ul>
${printButton(show)}`,
  };
}

function general(guide: Guide, deep: boolean, show: Show): Html {
  const { language } = show;
  const place = W.places[(show.place ?? "cn") as keyof typeof W.places];
  return html`${deep && html`<h2>${say(W.general, show)}</h2>`}
${guide.parts.map((part) => partOf(part, deep, show))}
<p class="soft">${W.reviewed[language](dayText(day(guide.reviewedOn), show))} ${say(place, show)}</p>`;
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
