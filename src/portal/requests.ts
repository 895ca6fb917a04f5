import type { Day, HardshipOffer, Instant } from "../core/index.ts";
import type { Source } from "../legal/index.ts";
import { csrfField, linkButton, type Page, printButton, wrongBox } from "./frame.ts";
import { type Further, furtherPart } from "./further.ts";
import { helpLine } from "./help.ts";
import { type Html, html, type Shown } from "./html.ts";
import { dayText, instantText, moneyText, type Said, type Show, say } from "./show.ts";
import { sources } from "./source.ts";

/** One request of the reader as he is shown it. */
export interface RequestShown {
  readonly reference: string;
  readonly what: Said;
  readonly state: Said;
  readonly at: Instant;
  readonly loans: readonly string[];
  readonly words?: string;
  /** The last day on which the lender answers, or on which he may. */
  readonly next?: { readonly says: Said; readonly on: Day; readonly source?: Source };
  /** What stands still because of it, and until when at most. */
  readonly rests?: { readonly says: Said; readonly until?: Day };
  /** The reason of an answer. */
  readonly reason?: Said;
  readonly events: readonly { readonly on: Day; readonly says: Said; readonly words?: string }[];
  /** What he may do himself now. */
  readonly may: readonly RequestAct[];
  readonly version: number;
  readonly offer?: { readonly offer: HardshipOffer; readonly currency: string; readonly decimals: number };
  /** An agreement stands behind it that can be read. */
  readonly agreed: boolean;
  /** How the agreed plan goes, as the closes found it. */
  readonly plan?: Said;
  /** Documents of it, and whether another one can be added. */
  readonly files: readonly DocumentShown[];
  readonly mayAdd: boolean;
  /** To whom he can take it where the answer does not help. */
  readonly further?: Further;
}

export interface DocumentShown {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly at: Instant;
  /** Added by the reader himself, and not by the house. */
  readonly his: boolean;
}

export const REQUEST_ACTS = [
  "informed",
  "withdrawn",
  "review-asked",
  "declined",
  "accepted",
  "lift",
  "escalated",
] as const;
export type RequestAct = (typeof REQUEST_ACTS)[number];

const W = {
  title: { zh: "我的请求", en: "My requests" },
  none: { zh: "您还没有提出过请求。", en: "You have asked for nothing yet." },
  done: { zh: "已收到", en: "It was received" },
  reference: { zh: "编号", en: "Reference" },
  state: { zh: "状态", en: "How it stands" },
  at: { zh: "提交时间", en: "Sent at" },
  loan: { zh: "贷款", en: "Loan" },
  next: { zh: "接下来", en: "What happens next" },
  by: { zh: (on: string) => `不晚于 ${on}`, en: (on: string) => `by ${on}` },
  rests: { zh: (on: string) => `至 ${on}`, en: (on: string) => `until ${on}` },
  keep: { zh: "存一份文件", en: "Keep a copy as a file" },
  keepSays: {
    zh: "记下编号，或存下文件。随时可以回到“我的请求”查看。",
    en: 'Note the reference or keep the file. You can come back to "My requests" at any time.',
  },
  contact: {
    zh: "有问题？打合同上的电话，报编号。",
    en: "A question? Call the number on your contract and give the reference.",
  },
  words: { zh: "您写的", en: "What you wrote" },
  history: { zh: "经过", en: "What happened so far" },
  reason: { zh: "答复理由", en: "The answer and its reason" },
  plan: { zh: "方案履行", en: "How the plan goes" },
  offer: { zh: "出借人提出的方案", en: "What the lender offers" },
  payments: { zh: "什么时候还多少", en: "What is paid when" },
  day: { zh: "日期", en: "day" },
  amount: { zh: "金额", en: "sum" },
  total: { zh: "合计", en: "in all" },
  valid: {
    zh: (on: string) => `方案到 ${on} 有效。不接受也可以。`,
    en: (on: string) => `The offer stands until ${on}. You need not accept it.`,
  },
  grace: {
    zh: (days: number, times: number) => `晚了可以在 ${days} 天内补上，共 ${times} 次，不算违约。`,
    en: (days: number, times: number) =>
      `A late payment can be made up within ${days} days, ${times === 1 ? "once" : `${times} times`}, and is no breach.`,
  },
  read: { zh: "读协议全文", en: "Read the whole agreement" },
  files: { zh: "文件", en: "Documents" },
  noFiles: { zh: "还没有文件。", en: "There are none yet." },
  ours: { zh: "由出借人添加", en: "added by the lender" },
  addFile: { zh: "添加照片或文件", en: "Add a photo or a document" },
  addFileSays: {
    zh: "工资单、法院文书、病历、还款凭证都可以。PDF、JPEG 或 PNG，一个文件最多 10 MB。出借人审核的人能看到。",
    en: "A payslip, a court paper, a doctor's note, a receipt. PDF, JPEG or PNG, 10 MB each at most. Whoever checks it at the lender sees it.",
  },
  cover: {
    zh: "无关的内容和别人的信息，请先遮住。",
    en: "Cover what has nothing to do with it, and what is about other people.",
  },
  chooseFile: { zh: "选择文件", en: "Choose a file" },
  sendFile: { zh: "添加这个文件", en: "Add this file" },
  noFile: { zh: "请先选择一个文件。", en: "Choose a file first." },
  tooLarge: { zh: "文件太大。一个文件最多 10 MB。", en: "The file is too large. It may have 10 MB at most." },
  unsafe: {
    zh: "安全检查发现这个文件可能有害，没有收取。请换一个文件，例如重新拍照。",
    en: "A check found that this file may do harm, so it was not taken. Send another one, for instance a new photo.",
  },
  add: { zh: "补充", en: "Add something" },
  addSays: { zh: "要补充的话", en: "What you want to add" },
  send: { zh: "提交", en: "Send it" },
  withdraw: { zh: "撤回", en: "Take it back" },
  decline: { zh: "不接受这个方案", en: "I do not accept this offer" },
  review: { zh: "请再看一次", en: "Ask for another look" },
  lift: { zh: "撤回这个要求", en: "Take this wish back" },
  agreement: { zh: "协议", en: "The agreement" },
  yes: { zh: "我读过了，同意", en: "I have read it and agree" },
  accept: { zh: "接受", en: "Accept" },
  acceptSays: {
    zh: "按下“接受”，这份协议就成立。签之前可以先问别人。",
    en: 'Once you press "Accept" this agreement counts. You can ask somebody first.',
  },
  tick: { zh: "接受之前，请先勾选已读。", en: "Tick that you have read it before you accept." },
  accepted: { zh: "您已接受这份协议。", en: "You have accepted this agreement." },
} as const;

export const requestsPage = (all: readonly RequestShown[], show: Show): Page => ({
  title: say(W.title, show),
  room: "requests",
  body: html`${all.length === 0 && html`<p>${say(W.none, show)}</p>`}
<ul>${all.map(({ reference, what, state, at }) => html`<li><a href="/me/requests/${reference}">${say(what, show)}</a> · ${say(state, show)}<br><small>${reference} · ${instantText(at, show)}</small></li>`)}</ul>
<p>${linkButton("/me/ways", say({ zh: "我能做什么", en: "What I can do" }, show))}</p>`,
});

/** One request: just sent it is a confirmation, later the page to come back to. */
export function requestPage(
  one: RequestShown,
  isNew: boolean,
  wrongs: readonly { at: string; says: Said }[],
  show: Show,
): Page {
  const { reference, what, state, at, loans, words, next, rests, reason, events, offer, agreed, plan } = one;
  const { language } = show;
  const row = (label: Said, value: Shown): Html =>
    html`<tr><th scope="row">${say(label, show)}</th><td>${value}</td></tr>`;
  return {
    title: isNew ? `${say(W.done, show)}: ${say(what, show)}` : say(what, show),
    room: "requests",
    body: html`${wrongBox(show, wrongs)}
<div class="note" role="status"><p><strong>${say(W.reference, show)}: ${reference}</strong></p><p>${say(W.state, show)}: ${say(state, show)}</p></div>
<h2>${say(W.next, show)}</h2>
<ul>${next && html`<li>${say(next.says, show)}${language === "zh" ? "，" : " "}${W.by[language](dayText(next.on, show))}${language === "zh" ? "。" : "."}</li>`}${rests && html`<li>${say(rests.says, show)}${rests.until !== undefined && ` ${W.rests[language](dayText(rests.until, show))}`}${language === "zh" ? "。" : "."}</li>`}<li>${say(W.contact, show)}</li></ul>
${plan && html`<h2>${say(W.plan, show)}</h2><p>${say(plan, show)}</p>`}
${offer && offerTable(one, show)}
${agreed && html`<p>${linkButton(`/me/requests/${reference}/agreement`, say(W.read, show))}</p>`}
${reason && html`<h2>${say(W.reason, show)}</h2><p>${say(reason, show)}</p>${!one.further && helpLine(show, "legal-aid", "consumer", "lender-complaints")}`}
<p>${linkButton(`/me/requests/${reference}/file`, say(W.keep, show))}</p><p class="soft">${say(W.keepSays, show)}</p>
<table><tbody>${row(W.at, instantText(at, show))}${row(W.loan, loans.join(", "))}${words !== undefined && row(W.words, words)}</tbody></table>
${events.length > 0 && html`<h2>${say(W.history, show)}</h2><ul>${events.map(({ on, says, words: said }) => html`<li>${dayText(on, show)}: ${say(says, show)}${said !== undefined && html`<span class="not">${said}</span>`}</li>`)}</ul>`}
${documents(one, show)}
${acts(one, show)}
${furtherPart(one, show)}
${sources([...(next?.source ? [next.source] : []), ...(one.further?.law ?? [])], show)}
${printButton(show)}`,
  };
}

function documents({ reference, files, mayAdd, version }: RequestShown, show: Show): Shown {
  if (files.length === 0 && !mayAdd) return undefined;
  const { language } = show;
  const list = files.map(
    ({ sha256, name, bytes, at, his }) =>
      html`<li><a href="/me/requests/${reference}/files/${sha256}">${name}</a> · ${sizeText(bytes)} · ${instantText(at, show)}${!his && html` · ${say(W.ours, show)}`}</li>`,
  );
  const form = html`<details><summary>${say(W.addFile, show)}</summary><form method="post" action="/me/requests/${reference}/files" enctype="multipart/form-data">${csrfField(show)}<input type="hidden" name="version" value="${version}">
<label for="file">${say(W.chooseFile, show)}</label><span class="hint" id="file-hint">${say(W.addFileSays, show)} ${say(W.cover, show)}</span><input id="file" name="file" type="file" accept="application/pdf,image/jpeg,image/png" required aria-describedby="file-hint"><p><button>${say(W.sendFile, show)}</button></p></form></details>`;
  return html`<h2 id="files">${say(W.files, show)}</h2>${files.length === 0 ? html`<p>${say(W.noFiles, show)}</p>` : html`<ul lang="${language === "zh" ? "zh-CN" : "en"}">${list}</ul>`}${mayAdd && form}`;
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export const FILE_WRONG = { none: W.noFile, "too-large": W.tooLarge, unsafe: W.unsafe } as const;

function offerTable({ offer: made }: RequestShown, show: Show): Shown {
  if (!made) return undefined;
  const { offer, currency, decimals } = made;
  const { language } = show;
  return html`<h2>${say(W.offer, show)}</h2>
<table class="tight"><caption>${say(W.payments, show)}</caption><thead><tr><th scope="col">${say(W.day, show)}</th><th scope="col" class="n">${say(W.amount, show)}</th></tr></thead><tbody>${offer.payments.map(({ on, amount }) => html`<tr><th scope="row">${dayText(on, show)}</th><td class="n">${moneyText(amount, currency, decimals)}</td></tr>`)}<tr class="total"><th scope="row">${say(W.total, show)}</th><td class="n">${moneyText(offer.total, currency, decimals)}</td></tr></tbody></table>
<p>${W.valid[language](dayText(offer.validUntil, show))} ${W.grace[language](offer.graceDays, offer.missesForgiven)}</p>`;
}

function acts({ reference, may, version }: RequestShown, show: Show): Html {
  const form = (act: RequestAct, label: Said, more: Shown = undefined): Html =>
    html`<form method="post" action="/me/requests/${reference}">${csrfField(show)}<input type="hidden" name="version" value="${version}"><input type="hidden" name="act" value="${act}">${more}<p><button>${say(label, show)}</button></p></form>`;
  const wordsField = (id: string): Html =>
    html`<label for="${id}">${say(W.addSays, show)}</label><textarea id="${id}" name="words" maxlength="2000"></textarea>`;
  return html`${may.includes("informed") && html`<details><summary>${say(W.add, show)}</summary>${form("informed", W.send, wordsField("informed"))}</details>`}${may.includes("review-asked") && html`<details><summary>${say(W.review, show)}</summary>${form("review-asked", W.send, wordsField("review"))}</details>`}${may.includes("declined") && form("declined", W.decline)}${may.includes("withdrawn") && form("withdrawn", W.withdraw)}${may.includes("lift") && form("lift", W.lift)}`;
}

export interface AgreementShown {
  readonly reference: string;
  readonly title: string;
  readonly parties: readonly string[];
  readonly clauses: readonly string[];
  readonly heads: readonly [string, string];
  readonly payments: readonly (readonly [string, string])[];
  readonly total: string;
  readonly sha256: string;
  readonly version: number;
  readonly mayAccept: boolean;
  readonly accepted: boolean;
}

/** The agreement word for word, and the one act that binds: nothing is ticked beforehand. */
export function agreementPage(made: AgreementShown, wrong: Said | undefined, show: Show): Page {
  const { reference, title, parties, clauses, heads, payments, total, sha256, version, mayAccept, accepted } =
    made;
  return {
    title: say(W.agreement, show),
    room: "requests",
    ...(wrong ? { wrong: true } : {}),
    body: html`${wrongBox(show, wrong ? [{ at: "read", says: wrong }] : [])}
${accepted && html`<p class="note" role="status">${say(W.accepted, show)}</p>`}
<article class="paper"><h2>${title}</h2>${parties.map((one) => html`<p>${one}</p>`)}<ol>${clauses.map((one) => html`<li>${one}</li>`)}</ol>
<table class="tight"><thead><tr><th scope="col">${heads[0]}</th><th scope="col" class="n">${heads[1]}</th></tr></thead><tbody>${payments.map(([day, sum]) => html`<tr><th scope="row">${day}</th><td class="n">${sum}</td></tr>`)}</tbody></table><p>${total}</p></article>
${mayAccept && html`<form method="post" action="/me/requests/${reference}/agreement">${csrfField(show)}<input type="hidden" name="version" value="${version}"><input type="hidden" name="sha256" value="${sha256}"><p>${say(W.acceptSays, show)}</p>${helpLine(show, "legal-aid", "consumer")}<label class="pick"><input type="checkbox" id="read" name="read" value="yes"><span>${say(W.yes, show)}</span></label><p><button class="act">${say(W.accept, show)}</button> ${linkButton(`/me/requests/${reference}`, say({ zh: "先不接受", en: "Not now" }, show))}</p></form>`}
<p>${linkButton(`/me/requests/${reference}/file`, say(W.keep, show))}</p>
${printButton(show)}`,
  };
}

export const TICK_FIRST: Said = W.tick;

/** A request as plain text, for a file of his own. */
export function requestText(one: RequestShown, show: Show): string {
  const { language } = show;
  const lines = [
    `${say(W.reference, show)}: ${one.reference}`,
    `${say(one.what, show)} · ${say(one.state, show)}`,
    `${say(W.at, show)}: ${instantText(one.at, show)}`,
    `${say(W.loan, show)}: ${one.loans.join(", ")}`,
    ...(one.words === undefined ? [] : [`${say(W.words, show)}: ${one.words}`]),
    ...(one.next ? [`${say(one.next.says, show)} ${W.by[language](dayText(one.next.on, show))}`] : []),
    ...(one.rests
      ? [
          `${say(one.rests.says, show)}${one.rests.until === undefined ? "" : ` ${W.rests[language](dayText(one.rests.until, show))}`}`,
        ]
      : []),
    ...one.events.map(({ on, says }) => `${dayText(on, show)}: ${say(says, show)}`),
  ];
  return `${lines.join("\n")}\n`;
}
