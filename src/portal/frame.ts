import { Html, html, type Shown } from "./html.ts";
import { type Said, type Show, say } from "./show.ts";

/** One page: what stands in its window's title, and its whole content. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Which of the rooms is open. */
  readonly room?: string;
  /** A script of ours that makes the page answer at once; it works without. */
  readonly island?: string;
  /** What the island needs of the reader's own, as it is written into the page. */
  readonly data?: unknown;
  /** Something in the form is wrong: said in the title first, for who hears the page. */
  readonly wrong?: boolean;
}

/**
 * Leaves at once by two presses of Escape or by its button, with nothing of ours left behind "back"; shows the button to print.
 * The only script of a page without island, and nothing needs it.
 */
export const SCRIPT = `(()=>{const f=document.getElementById("leave");let t=0;const go=()=>{document.documentElement.hidden=true;fetch("/leave",{method:"POST",keepalive:true}).catch(()=>{});location.replace("/away")};if(f){f.addEventListener("submit",e=>{e.preventDefault();go()});addEventListener("keydown",e=>{if(e.key!=="Escape")return;if(e.timeStamp-t<1200)go();t=e.timeStamp})}addEventListener("pageshow",e=>{if(e.persisted)location.reload()});const p=document.getElementById("print");if(p){p.hidden=false;p.onclick=()=>print()}})()`;

export const WORDS = {
  skip: { zh: "跳到正文", en: "Skip to the content" },
  brand: { zh: "还款与求助", en: "Facts and help" },
  of: { zh: (name: string) => `${name} · 借款人页面`, en: (name: string) => `${name} · page for borrowers` },
  other: { zh: "English", en: "中文" },
  larger: { zh: "大字", en: "Larger" },
  smaller: { zh: "标准字", en: "Smaller" },
  leave: { zh: "快速离开", en: "Leave now" },
  leaveTitle: { zh: "连按两次 Esc 也可以", en: "Pressing Esc twice does the same" },
  rooms: { zh: "本站内容", en: "Pages" },
  wrong: { zh: "有误：", en: "Error: " },
  check: { zh: "核验函件或短信", en: "Check a letter or message" },
  guides: { zh: "六个常见问题", en: "Six questions" },
  debts: { zh: "我的全部债务", en: "All my debts" },
  borrow: { zh: "借款前算一算", en: "Before I borrow" },
  home: { zh: "首页", en: "Start" },
  enter: { zh: "登录", en: "Sign in" },
  me: { zh: "我欠多少", en: "What I owe" },
  next: { zh: "接下来会怎样", en: "What happens next" },
  ways: { zh: "我能做什么", en: "What I can do" },
  requests: { zh: "我的请求", en: "My requests" },
  rights: { zh: "权利与记录", en: "My rights and record" },
  calendar: { zh: "日历与提醒", en: "Dates and reminders" },
  devices: { zh: "登录与设备", en: "Sign-in and devices" },
  out: { zh: "退出登录", en: "Sign out" },
  print: { zh: "打印或存为文件", en: "Print or save as a file" },
  free: {
    zh: "本页免费。不要向任何人付费“代办”“铲单”。",
    en: "This page is free. Pay nobody to arrange things for you or to clean a record.",
  },
  source: { zh: "依据", en: "Where this stands" },
} as const satisfies Readonly<Record<string, unknown>>;

const OPEN_ROOMS = [
  ["home", "/"],
  ["check", "/check"],
  ["guides", "/guides"],
  ["debts", "/debts"],
  ["borrow", "/borrow"],
  ["enter", "/enter"],
] as const;
const OWN_ROOMS = [
  ["me", "/me"],
  ["next", "/me/next"],
  ["ways", "/me/ways"],
  ["requests", "/me/requests"],
  ["check", "/check"],
  ["guides", "/me/guides"],
  ["rights", "/me/rights"],
  ["debts", "/debts"],
  ["calendar", "/me/calendar"],
  ["devices", "/me/devices"],
] as const;

/** The whole document. `style` is the one of `portalStyle`, `scripts` the addresses of the island and of what it needs. */
export function pageText(
  show: Show,
  style: string,
  { title, body, room, data, wrong }: Page,
  [island, ...needs]: readonly string[] = [],
): string {
  const { language, large, csrf, house } = show;
  const brand = house.name === undefined ? say(WORDS.brand, show) : WORDS.of[language](house.name);
  const isIn = csrf !== undefined;
  return html`<!doctype html>
<html lang="${tagOf(language)}"${large && html` class="large"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${wrong && say(WORDS.wrong, show)}${title} – ${brand}</title>
<link rel="icon" href="/portal/icon.svg" type="image/svg+xml">
<link rel="manifest" href="/portal/manifest.json">
${needs.map((file) => html`<link rel="modulepreload" href="${file}">`)}
<style>${new Html(style)}</style>
</head>
<body>
<div class="frame">
<a class="skip" href="#main">${say(WORDS.skip, show)}</a>
<header class="top"><span>${house.name ?? say(WORDS.brand, show)}</span>${switches(show)}
<form id="leave" method="post" action="/leave"><button class="plain" title="${say(WORDS.leaveTitle, show)}">${say(WORDS.leave, show)}</button></form></header>
<main id="main">
<h1>${title}</h1>
${body}
</main>
<nav class="rooms" aria-label="${say(WORDS.rooms, show)}"><ul>
${(isIn ? OWN_ROOMS : OPEN_ROOMS).map(([name, path]) => html`<li><a href="${path}"${room === name && html` aria-current="page"`}>${say(WORDS[name], show)}</a></li>`)}
</ul>${isIn && html`<form method="post" action="/out">${csrfField(show)}<button class="plain">${say(WORDS.out, show)}</button></form>`}</nav>
<footer><p>${say(WORDS.free, show)}</p></footer>
</div>
${island !== undefined && data !== undefined && html`<script type="application/json" id="data">${new Html(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>`}
${island !== undefined && html`<script type="module" src="${island}"></script>`}
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.text;
}

export const tagOf = (language: Show["language"]): string => (language === "zh" ? "zh-CN" : "en");

function switches({ language, large, path }: Show): Html {
  const other = language === "zh" ? "en" : "zh";
  const to = (question: string): string => `${path}${path.includes("?") ? "&" : "?"}${question}`;
  const size = (large ? WORDS.smaller : WORDS.larger)[language];
  return html`<a href="${to(`lang=${other}`)}" lang="${tagOf(other)}" hreflang="${tagOf(other)}">${WORDS.other[language]}</a><a href="${to(`text=${large ? "usual" : "large"}`)}">${size}</a>`;
}

export const csrfField = ({ csrf }: Show): Shown =>
  csrf !== undefined && html`<input type="hidden" name="csrf" value="${csrf}">`;

export const printButton = (show: Show): Html =>
  html`<p class="noprint"><button type="button" id="print" hidden>${say(WORDS.print, show)}</button></p>`;

/** A button that is a link. */
export const linkButton = (href: string, text: string): Html =>
  html`<a class="button" href="${href}">${text}</a>`;

/** What is wrong with a form, above it, each a link to its field. */
export function wrongBox(show: Show, wrongs: readonly { readonly at: string; readonly says: Said }[]): Shown {
  if (wrongs.length === 0) return undefined;
  const head = { zh: "请更正以下内容", en: "Please put this right" };
  return html`<div class="wrong" role="alert" tabindex="-1" autofocus><strong>${say(head, show)}</strong><ul>${wrongs.map(({ at, says }) => html`<li><a href="#${at}">${say(says, show)}</a></li>`)}</ul></div>`;
}
