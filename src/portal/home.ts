import type { Page } from "./frame.ts";
import { GUIDES } from "./guides.ts";
import { HELP_FOR, helpLine, linesFor } from "./help.ts";
import { html } from "./html.ts";
import { type Show, say } from "./show.ts";
import { sources } from "./source.ts";

const W = {
  title: { zh: "收到催收、律师函或开庭短信？", en: "A call, a lawyer's letter, a hearing notice?" },
  calm: {
    zh: "先别付款，也先别删。这里说明这是什么、接下来会怎样、怎么办。",
    en: "Do not pay yet, and do not delete it. Here you see what it is, what comes next, and what you can do.",
  },
  whoOne: {
    zh: (name: string) => `本站由出借人${name}提供给借款人。`,
    en: (name: string) => `The lender ${name} runs these pages for its borrowers.`,
  },
  who: { zh: "本站由出借人提供给借款人。", en: "A lender runs these pages for its borrowers." },
  how: { zh: "怎样确认我们是真的", en: "How to check that we are real" },
  see: { zh: "看我欠多少、怎么办", en: "See what I owe, and what I can do" },
  check: { zh: "核验函件、短信或开庭通知", en: "Check a letter, message or hearing notice" },
  six: { zh: "六个问题", en: "Six questions" },
  plan: { zh: "把全部债务排个还法", en: "Plan all my debts" },
  borrow: { zh: "借款前先算一算", en: "Count before I borrow" },
} as const;

/** Where anybody begins, signed in or not: the night on which a letter came. */
export const homePage = (show: Show): Page => ({
  title: say(W.title, show),
  room: "home",
  body: html`<p>${say(W.calm, show)}</p>
<ul class="ways">
<li><a href="/check">${say(W.check, show)}</a></li>
<li><a href="${show.csrf === undefined ? "/enter" : "/me"}">${say(W.see, show)}</a></li>
<li><a href="/debts">${say(W.plan, show)}</a></li>
<li><a href="/borrow">${say(W.borrow, show)}</a></li>
</ul>
<p>${show.house.name === undefined ? say(W.who, show) : W.whoOne[show.language](show.house.name)} <a href="/check#how">${say(W.how, show)}</a></p>
<h2>${say(W.six, show)}</h2>
<ul>${GUIDES.map(({ id, asks }) => html`<li><a href="/guides/${id}">${say(asks, show)}</a></li>`)}</ul>
${helpLine(show, ...HELP_FOR)}
${show.house.help.map((one) => html`<p>${say(one, show)}</p>`)}
${sources(
  linesFor(show, HELP_FOR).map(({ source }) => source),
  show,
)}`,
});

/** Where the quick exit leads: nothing that says what was read before. */
export const AWAY_TITLE = { zh: "新标签页", en: "New tab" } as const;
