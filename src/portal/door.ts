import type { Instant } from "../core/index.ts";
import { csrfField, WORDS as FRAME, type Page, wrongBox } from "./frame.ts";
import { html } from "./html.ts";
import { instantText, type Said, type Show, say } from "./show.ts";

const W = {
  title: { zh: "登录", en: "Sign in" },
  intro: {
    zh: "填合同上的姓名（或合同编号）和手机号。如果出借人登记的正是这些，我们发一个验证码到这个手机。短信里不提债务。",
    en: "Give your name (or the number of the loan) and your phone number, as in the contract. If the lender has them so, we send a code to that phone. The message says nothing of a debt.",
  },
  name: { zh: "姓名，或合同编号", en: "Your name, or the number of the loan" },
  nameHint: {
    zh: "这样，别人拿到您的旧号码也看不到您的页面。",
    en: "So nobody who has your old number sees your page.",
  },
  phone: { zh: "手机号", en: "Phone number" },
  send: { zh: "发验证码", en: "Send the code" },
  noSign: {
    zh: "不登录也能核验函件、读六个问题、规划全部债务。",
    en: "Without signing in you can check a letter, read the six questions, and plan all your debts.",
  },
  other: {
    zh: "换了号码，或收不到？请拨打合同上的电话，请出借人发一个一次性链接。",
    en: "A new number, or no code? Call the number of your contract, and ask the lender for a link that works once.",
  },
  codeTitle: { zh: "输入验证码", en: "Type the code" },
  codeIntro: {
    zh: "如果姓名和手机号与登记一致，验证码已经发出。十分钟内有效。",
    en: "If name and number are as the lender has them, a code is on its way. It is good for ten minutes.",
  },
  codeNever: {
    zh: "不要把验证码告诉任何人，也不要告诉我们。",
    en: "Tell this code to nobody, not even to us.",
  },
  code: { zh: "六位验证码", en: "Code of six digits" },
  keep: { zh: "记住这台设备 90 天", en: "Remember this device for 90 days" },
  keepHint: {
    zh: "只在自己的设备上选。可以随时取消。",
    en: "Only on a device of your own. You can take it back at any time.",
  },
  enter: { zh: "进入", en: "Go in" },
  again: { zh: "重新发送", en: "Send another one" },
  wrongCode: {
    zh: "验证码不对，或已过期。请检查，或重新发送。",
    en: "The code is not right, or its time is over. Look again, or ask for another one.",
  },
  tooMany: {
    zh: "次数太多。请过一会儿再试。",
    en: "There were too many tries. Please wait a while.",
  },
  device: { zh: "这台设备已记住您", en: "This device is remembered" },
  deviceSays: {
    zh: "不需要验证码。如果这不是您的设备，请不要继续。",
    en: "No code is needed. Go on only if this device is yours.",
  },
  linkTitle: { zh: "打开您的页面", en: "Open your page" },
  linkSays: {
    zh: "这个链接只能用一次。按下按钮就进入。",
    en: "This link works once. The button lets you in.",
  },
  linkOver: {
    zh: "链接已用过或已过期。请用手机号登录，或请出借人再发一个。",
    en: "The link was used, or its time is over. Sign in by phone, or ask the lender for another one.",
  },
  which: { zh: "您要看哪一家", en: "Which lender" },
  out: { zh: "您已退出", en: "You are signed out" },
  outSays: { zh: "这台设备上没有留下您的资料。", en: "Nothing of yours is left on this device." },
  devicesIntro: {
    zh: "现在登录的，和已记住的设备。不认识的，请结束它。",
    en: "Who is signed in now, and devices that are remembered. End what you do not know.",
  },
  sessions: { zh: "现在登录的", en: "Signed in now" },
  remembered: { zh: "记住的设备", en: "Remembered devices" },
  none: { zh: "没有。", en: "None." },
  this: { zh: "这一次", en: "this one" },
  since: { zh: (at: string) => `自 ${at}`, en: (at: string) => `since ${at}` },
  until: { zh: (at: string) => `到 ${at}`, en: (at: string) => `until ${at}` },
  endAll: { zh: "结束其他所有登录，忘记所有设备", en: "End all others, and forget every device" },
  ended: { zh: "已结束。", en: "Done." },
} as const;

export const DOOR_WRONG = { code: W.wrongCode, tooMany: W.tooMany, link: W.linkOver } as const;

export function enterPage(
  { wrong, device }: { readonly wrong?: Said; readonly device: boolean },
  show: Show,
): Page {
  return {
    title: say(W.title, show),
    room: "enter",
    ...(wrong ? { wrong: true } : {}),
    body: html`${wrong && html`<p class="wrong" role="alert">${say(wrong, show)}</p>`}
${device && html`<h2>${say(W.device, show)}</h2><p>${say(W.deviceSays, show)}</p><form method="post" action="/enter/device"><button class="act">${say(W.enter, show)}</button></form>`}
<p>${say(W.intro, show)}</p>
<form method="post" action="/enter">
<label for="name">${say(W.name, show)}</label><span class="hint" id="name-hint">${say(W.nameHint, show)}</span><input class="short" id="name" name="name" type="text" maxlength="60" autocomplete="name" required aria-describedby="name-hint">
<label for="phone">${say(W.phone, show)}</label><input class="short" id="phone" name="phone" type="tel" maxlength="30" autocomplete="tel" inputmode="tel" required>
<p><button class="act">${say(W.send, show)}</button></p></form>
<p class="soft">${say(W.other, show)}</p>
<p class="soft">${say(W.noSign, show)}</p>`,
  };
}

export function codePage(
  { ticket, wrong }: { readonly ticket: string; readonly wrong?: Said },
  show: Show,
): Page {
  return {
    title: say(W.codeTitle, show),
    room: "enter",
    ...(wrong ? { wrong: true } : {}),
    body: html`${wrongBox(show, wrong ? [{ at: "code", says: wrong }] : [])}
<p>${say(W.codeIntro, show)}</p>
<p><strong>${say(W.codeNever, show)}</strong></p>
<form method="post" action="/enter/code"><input type="hidden" name="ticket" value="${ticket}">
<label for="code">${say(W.code, show)}</label><input class="short" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required>
<label class="pick"><input type="checkbox" name="keep" value="yes" aria-describedby="keep-hint"><span>${say(W.keep, show)}<span class="hint" id="keep-hint">${say(W.keepHint, show)}</span></span></label>
<p><button class="act">${say(W.enter, show)}</button></p></form>
<p><a href="/enter">${say(W.again, show)}</a></p>`,
  };
}

export const linkPage = (secret: string, show: Show): Page => ({
  title: say(W.linkTitle, show),
  room: "enter",
  body: html`<p>${say(W.linkSays, show)}</p><form method="post" action="/in"><input type="hidden" name="link" value="${secret}"><button class="act">${say(W.enter, show)}</button></form>`,
});

/** Lenders of one book at which the same person is known. */
export const whichPage = (
  {
    ticket,
    at,
  }: { readonly ticket: string; readonly at: readonly { readonly id: string; readonly name: string }[] },
  show: Show,
): Page => ({
  title: say(W.which, show),
  room: "enter",
  body: html`<form method="post" action="/enter/which"><input type="hidden" name="ticket" value="${ticket}">${at.map(({ id, name }) => html`<p><button name="at" value="${id}">${name}</button></p>`)}</form>`,
});

export const outPage = (show: Show): Page => ({
  title: say(W.out, show),
  body: html`<p>${say(W.outSays, show)}</p><p><a href="/">${say(FRAME.home, show)}</a></p>`,
});

export interface DevicesShown {
  readonly sessions: readonly {
    readonly createdAt: Instant;
    readonly endsAt: Instant;
    readonly isThis: boolean;
  }[];
  readonly devices: readonly {
    readonly createdAt: Instant;
    readonly endsAt: Instant;
    readonly isThis: boolean;
  }[];
  readonly ended: boolean;
}

export function devicesPage({ sessions, devices, ended }: DevicesShown, show: Show): Page {
  const { language } = show;
  const list = (rows: DevicesShown["sessions"]) =>
    rows.length === 0
      ? html`<p>${say(W.none, show)}</p>`
      : html`<ul>${rows.map(({ createdAt, endsAt, isThis }) => html`<li>${W.since[language](instantText(createdAt, show))}, ${W.until[language](instantText(endsAt, show))}${isThis && html` · <strong>${say(W.this, show)}</strong>`}</li>`)}</ul>`;
  return {
    title: say(FRAME.devices, show),
    room: "devices",
    body: html`${ended && html`<p class="note" role="status">${say(W.ended, show)}</p>`}<p>${say(W.devicesIntro, show)}</p>
<h2>${say(W.sessions, show)}</h2>${list(sessions)}
<h2>${say(W.remembered, show)}</h2>${list(devices)}
<form method="post" action="/me/devices">${csrfField(show)}<button>${say(W.endAll, show)}</button></form>`,
  };
}
