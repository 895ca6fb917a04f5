import { type Day, formatMinute } from "../core/index.ts";
import {
  COURT_WAYS,
  type CourtMessage,
  type CourtMessageLaw,
  FOLLOWING_DAY_WORDS,
  KIND_WORDS,
  LINK_WORDS,
  LONGEST_MESSAGE,
  NEVER_GENUINE,
  PART_WORDS,
  POINT_WORDS,
  READING_WORDS,
  SIGN_WORDS,
} from "../legal/index.ts";
import { WORDS as FRAME, type Page, printButton } from "./frame.ts";
import { type Html, html, type Shown } from "./html.ts";
import { dayText, type Said, type Show, say } from "./show.ts";
import { sources } from "./source.ts";

const W = {
  intro: {
    zh: "收到信、短信或开庭通知，先在这里看看。不用登录。贴进来的内容不保存。",
    en: "Did you get a letter, a message or a hearing notice? Look at it here first. No sign-in. What you paste is not kept.",
  },
  letter: { zh: "律师函", en: "A lawyer's letter" },
  letterSays: {
    zh: "函上有 24 位核验码或二维码。输入核验码，就知道这封函是不是真的发出过。",
    en: "It carries a code of 24 characters, or a square code. Type the code to see whether such a letter was sent.",
  },
  letterMeans: {
    zh: "律师函是一次催告。它不是法院文书，单凭它不会发生任何强制措施。它会让诉讼时效重新计算。",
    en: "A lawyer's letter is a demand. It is no court paper, and no measure follows from it alone. It starts the time to claim again.",
  },
  code: { zh: "函上的核验码", en: "The code on the letter" },
  check: { zh: "核验", en: "Check" },
  message: { zh: "短信或开庭通知", en: "A text message or a hearing notice" },
  paste: { zh: "把短信原文贴在这里", en: "Paste the message here, as it came" },
  pasteHint: { zh: "只读文字，不打开其中的链接。", en: "Only its words are read. No link in it is opened." },
  from: { zh: "发来的号码（可不填）", en: "The number it came from (may be left empty)" },
  received: { zh: "哪一天收到", en: "The day it came" },
  read: { zh: "读一读", en: "Read it" },
  how: { zh: "怎样核实这个页面和我们", en: "How to check this page and us" },
  howSays: {
    zh: "假冒的页面也会教人“核实”。所以请用我们控制不了的途径：",
    en: "A false page would tell you how to check it too. So use ways that we do not control:",
  },
  how1: {
    zh: "拿出您的借款合同，或打开出借人的官方应用，拨打上面的客服电话。",
    en: "Take your loan contract, or open the lender's own app, and call the number there.",
  },
  how2: {
    zh: "请对方说出本页的网址和您今天的欠款，与这里对照。",
    en: "Ask them for the address of this page and what you owe today. Compare both with what you see.",
  },
  how3: { zh: "核实之前不要付款，也不要说出验证码。", en: "Until then pay nothing, and tell nobody a code." },
  phone: {
    zh: (phone: string) => `我们登记的电话是 ${phone}。请先与合同上的对照，再拨打。`,
    en: (phone: string) =>
      `The number set down here is ${phone}. Compare it with your contract before you call.`,
  },
  result: { zh: "这条短信", en: "This message" },
  said: { zh: "它说的是", en: "What it says" },
  signs: { zh: "可疑之处", en: "Signs that scams have" },
  lacks: { zh: "真通知通常有，而它没有", en: "What a real one would carry, and this does not" },
  links: { zh: "其中的链接", en: "Links in it" },
  days: { zh: "如果是真的，这些日子重要", en: "If it is real, these days matter" },
  moved: { zh: "遇休息日已顺延", en: "moved because of a day off" },
  unpublished: {
    zh: "当年节假日未公布，按较早的一天算",
    en: "days off of that year are not published: the earlier day is given",
  },
  points: { zh: "如果不理会它", en: "If you leave it unanswered" },
  ways: {
    zh: "自己去核实（据法院公开报道整理，不是官方规定）",
    en: "Check it yourself (after reports of courts; no official text gathers them)",
  },
  again: { zh: "再看一条", en: "Read another one" },
  empty: { zh: "没有可读的内容。", en: "There is nothing to read." },
  cut: { zh: "太长，只读了开头。", en: "It is long. Only its beginning was read." },
  otherPlace: {
    zh: "这里只能读中国法院的短信。请自己查法院书记官的电话，报案号询问。",
    en: "Only messages of Chinese courts can be read here. Find the number of the court's clerk by yourself, and ask there with the case number.",
  },
  noLaw: { zh: "只能读 2024 年以后收到的短信。", en: "Only messages of 2024 and later can be read." },
  kept: { zh: "这条短信没有保存。", en: "This message was not kept." },
} as const;

export interface CheckShown {
  /** Today, as the usual day of receipt. */
  readonly today: Day;
  readonly typed: { readonly text: string; readonly from: string; readonly received: string };
  readonly wrong?: Said;
}

export const CHECK_WRONG = { empty: W.empty, noLaw: W.noLaw, otherPlace: W.otherPlace } as const;

export function checkPage(shown: CheckShown, show: Show): Page {
  return {
    title: say(FRAME.check, show),
    room: "check",
    ...(shown.wrong ? { wrong: true } : {}),
    body: html`<p>${say(W.intro, show)}</p>
<h2>${say(W.letter, show)}</h2>
<p>${say(W.letterSays, show)}</p>
<form method="get" action="/check/letter"><label for="code">${say(W.code, show)}</label><input id="code" name="code" type="text" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false"><p><button>${say(W.check, show)}</button></p></form>
<p class="soft">${say(W.letterMeans, show)}</p>
${(show.place ?? "cn") === "cn" ? messageForm(shown, show) : html`<h2>${say(W.message, show)}</h2><p>${say(W.otherPlace, show)}</p>`}
${howToCheck(show)}`,
  };
}

function messageForm({ today, typed, wrong }: CheckShown, show: Show): Html {
  const iso = (day: Day): string => dayText(day, { language: "zh" }).slice(0, 10);
  return html`<h2>${say(W.message, show)}</h2>
<form method="post" action="/check/message">
${wrong && html`<p class="wrong" id="text-wrong" role="alert">${say(wrong, show)}</p>`}
<label for="text">${say(W.paste, show)}</label><span class="hint" id="text-hint">${say(W.pasteHint, show)}</span>
<textarea id="text" name="text" maxlength="${LONGEST_MESSAGE}" autocomplete="off" spellcheck="false" aria-describedby="text-hint${wrong && " text-wrong"}">${typed.text}</textarea>
<div class="grid2"><div><label for="from">${say(W.from, show)}</label><input class="short" id="from" name="from" type="text" autocomplete="off" value="${typed.from}"></div>
<div><label for="received">${say(W.received, show)}</label><input class="short" id="received" name="received" type="date" value="${typed.received === "" ? iso(today) : typed.received}" max="${iso(today)}"></div></div>
<p><button>${say(W.read, show)}</button></p></form>`;
}

export function howToCheck(show: Show): Html {
  const { house, language } = show;
  return html`<h2 id="how">${say(W.how, show)}</h2>
<p>${say(W.howSays, show)}</p>
<ol><li>${say(W.how1, show)}</li><li>${say(W.how2, show)}</li><li>${say(W.how3, show)}</li></ol>
${house.phone !== undefined && html`<p>${W.phone[language](house.phone)}</p>`}`;
}

export interface MessageRead {
  readonly read: CourtMessage;
  readonly law: CourtMessageLaw;
  readonly cut: boolean;
}

/** What can be said of a pasted message: never that it is genuine, and always how to find out. */
export function messagePage({ read, law, cut }: MessageRead, show: Show): Page {
  const { language } = show;
  const { court, caseNumber, hearing } = read;
  const when =
    hearing &&
    `${dayText(hearing.on, show)}${hearing.minute === undefined ? "" : ` ${formatMinute(hearing.minute)}`}`;
  const said = [KIND_WORDS[read.kind][language], court, caseNumber?.text, when, ...read.phones];
  // Nobody should begin to reckon by what is probably a scam.
  const mayBeReal = read.reading === "doubtful" || read.reading === "has-the-usual-parts";
  const used = mayBeReal
    ? [
        ...read.points.map((point) => law.points[point]),
        ...read.days.flatMap(({ source }) => source ?? []),
        law.house.ways,
      ]
    : [law.house.ways];
  return {
    title: say(W.result, show),
    room: "check",
    body: html`<div class="note" role="status"><p><strong>${READING_WORDS[read.reading][language]}</strong></p><p>${NEVER_GENUINE[language]}</p></div>
${cut && html`<p>${say(W.cut, show)}</p>`}
<h2>${say(W.ways, show)}</h2>
<ol>${COURT_WAYS[language].map((way) => html`<li>${way}</li>`)}</ol>
${list(W.said, [said.filter((one) => one !== undefined).join(" · ")], show)}
${list(
  W.signs,
  read.signs.map(({ code, found }) => `${SIGN_WORDS[code][language]}${found === "" ? "" : `: ${found}`}`),
  show,
)}
${list(
  W.lacks,
  read.lacks.map((part) => PART_WORDS[part][language]),
  show,
)}
${list(
  W.links,
  read.links.map(({ host, whose }) => `${host}: ${LINK_WORDS[whose][language]}`),
  show,
)}
${
  mayBeReal &&
  list(
    W.days,
    read.days.map(
      ({ what, on, moved, unpublished }) =>
        `${dayText(on, show)}: ${FOLLOWING_DAY_WORDS[what][language]}${moved ? ` (${say(W.moved, show)})` : ""}${unpublished ? ` (${say(W.unpublished, show)})` : ""}`,
    ),
    show,
  )
}
${
  mayBeReal &&
  list(
    W.points,
    read.points.map((point) => POINT_WORDS[point][language]),
    show,
  )
}
<p>${say(W.kept, show)} <a href="/check">${say(W.again, show)}</a> · <a href="/guides/hearing">${say({ zh: "开庭短信是真的吗", en: "Is a hearing notice real?" }, show)}</a></p>
${sources(used, show)}
${printButton(show)}`,
  };
}

const list = (head: Said, lines: readonly string[], show: Show): Shown =>
  lines.length > 0 &&
  html`<h2>${say(head, show)}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
