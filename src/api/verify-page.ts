import { createHash } from "node:crypto";
import { type Day, formatDay, formatInstant, type Instant, weekday, ymd } from "../core/index.ts";
import type { LetterCode } from "../documents/letter-code.ts";
import { Html, html } from "../portal/html.ts";
import type { PublicLetter, PublicSignature } from "./public-letter.ts";
import type { Form } from "./upload.ts";
import { KINDS, STANDING, WORDS } from "./verify-words.ts";

export type PageLanguage = "zh" | "en";

export interface Shown {
  readonly language: PageLanguage;
  /** Zone in which instants are told. */
  readonly zone: string;
  /** Path of this page, which the link to the other language leads to. */
  readonly path: string;
  /** Where the borrower's own pages begin. */
  readonly onward?: string;
}

type Words = (typeof WORDS)[keyof typeof WORDS];
const say = (word: Extract<Words, { zh: string }>, { language }: Shown): string => word[language];

const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f6f7f9;--ink:#1c2127;--soft:#5b6470;--line:#d9dde2;--act:#0f6e6e;--on-act:#fff;--warn:#8a3b12;--warn-ground:#fdf3ec}
@media (prefers-color-scheme:dark){:root{--paper:#1b2027;--ground:#14181d;--ink:#e6e9ed;--soft:#a3adb8;--line:#343c46;--act:#4fb3ae;--on-act:#0c1513;--warn:#f0b48c;--warn-ground:#33231a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.6 system-ui,"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;-webkit-text-size-adjust:100%}
.frame{max-width:680px;margin:0 auto;padding:16px}
header{display:flex;justify-content:space-between;align-items:center;gap:16px;padding:4px 0 12px}
header span{color:var(--soft);font-size:15px}
a{color:var(--act);text-underline-offset:3px}
header a{padding:8px 0}
main{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:20px}
h1{font-size:26px;line-height:1.3;margin:0 0 8px;text-wrap:balance}
h2{font-size:19px;line-height:1.4;margin:32px 0 8px}
p{margin:0 0 12px}
.soft{color:var(--soft);font-size:15px}
dl{margin:20px 0 0;border-top:1px solid var(--line)}
dl div{display:grid;grid-template-columns:9.5em 1fr;gap:2px 16px;padding:10px 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft);font-size:15px;line-height:27px}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
dd small{color:var(--soft);font-size:15px;display:block}
.code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;letter-spacing:.02em}
.hash{font-size:14px;line-height:1.7;word-break:break-all}
.status{font-weight:600}
.note{border-left:4px solid var(--act);padding:8px 12px;margin:16px 0;background:var(--ground)}
.warn{border-left-color:var(--warn);background:var(--warn-ground)}
.note strong{display:block}
.note p:last-child{margin:0}
label{display:block;font-weight:600;margin:20px 0 4px}
.hint{display:block;color:var(--soft);font-size:15px;margin:4px 0 0}
input{font:inherit;color:inherit;max-width:100%}
input[type=text]{width:100%;padding:10px 12px;border:1px solid var(--soft);border-radius:8px;background:var(--paper)}
input[type=file]{width:100%;padding:10px 0;font-size:15px}
button{font:inherit;font-weight:600;margin:20px 0 4px;padding:10px 28px;min-height:48px;border:0;border-radius:8px;background:var(--act);color:var(--on-act);cursor:pointer}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
ol{margin:0 0 12px;padding-left:1.4em}
li{margin:0 0 8px}
footer{color:var(--soft);font-size:15px;padding:16px 4px}
@media (max-width:520px){main{padding:16px}dl div{grid-template-columns:1fr}dt{line-height:1.4}h1{font-size:23px}}
@media print{body{background:#fff}main{border:0;padding:0}form,header a{display:none}}
`;

/** The one style of every page, by its hash: nothing else can be put in, and no script at all. */
export const CONTENT_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Escaped, it would have another hash. */
const STYLE_AS_IT_IS = new Html(STYLE);

function page(show: Shown, heading: string, body: Html): string {
  const { language, path } = show;
  const other = language === "zh" ? "en" : "zh";
  const otherTag = other === "zh" ? "zh-CN" : "en";
  return html`<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${heading === say(WORDS.title, show) ? heading : `${heading} – ${say(WORDS.title, show)}`}</title>
<style>${STYLE_AS_IT_IS}</style>
</head>
<body>
<div class="frame">
<header><span>${say(WORDS.title, show)}</span><a href="${path}?lang=${other}" lang="${otherTag}" hreflang="${otherTag}">${say(WORDS.other, show)}</a></header>
<main>
<h1>${heading}</h1>
${body}
</main>
<footer>${say(WORDS.private, show)}</footer>
</div>
</body>
</html>
`.text;
}
// --- the pages -------------------------------------------------------------------------------------------------------

export const formPage = (show: Shown): string =>
  page(show, say(WORDS.title, show), html`<p>${say(WORDS.intro, show)}</p>${codeForm(show)}${routes(show)}`);

/** A code that nobody was given; it is the same page for all of them. */
export const nothingPage = (show: Shown): string =>
  page(
    show,
    say(WORDS.none, show),
    html`<p>${say(WORDS.noneSays, show)}</p>${routes(show)}<h2>${say(WORDS.again, show)}</h2>${codeForm(show)}`,
  );

export const mistypedPage = (show: Shown): string =>
  page(
    show,
    say(WORDS.mistyped, show),
    html`<p>${say(WORDS.mistypedSays, show)}</p>${codeForm(show)}${routes(show)}`,
  );

/** A page of one heading and one sentence, for whatever else went wrong. */
export const plainPage = (show: Shown, heading: string, sentence?: string): string =>
  page(
    show,
    heading,
    html`${sentence !== undefined && html`<p>${sentence}</p>`}<p><a href="/verify?lang=${show.language}">${say(WORDS.title, show)}</a></p>`,
  );

export const troublePage = (show: Shown): string =>
  page(show, say(WORDS.trouble, show), html`<p>${say(WORDS.troubleSays, show)}</p>${routes(show)}`);

/** What is known of a letter, and how an uploaded file compares with it. */
export function letterPage(
  show: Shown,
  code: LetterCode,
  letter: PublicLetter,
  file?: Form["file"] | "none",
): string {
  const { language } = show;
  const kind = KINDS[letter.kind][language];
  const stands = standing(show, letter);
  const over = letter.standing.status !== "valid";
  const body = html`${over && html`<div class="note${letter.standing.status !== "paid" && " warn"}"><strong>${stands.short}</strong><p>${stands.says}</p></div>`}
<p>${say(WORDS.sameOnPaper, show)}</p>
${file !== undefined && compared(show, letter, file)}
${letter.signature?.development && html`<div class="note warn"><p>${say(WORDS.development, show)}</p></div>`}
<dl>
${row(say(WORDS.status, show), html`<span class="status">${stands.short}</span><small>${stands.says}</small>`)}
${row(say(WORDS.number, show), letter.number)}
${row(say(WORDS.kind, show), kind)}
${row(say(WORDS.date, show), dayText(show, letter.on))}
${row(say(WORDS.firm, show), html`${letter.firm.name}<small>${say(WORDS.firmLicence, show)} ${letter.firm.licence}</small>`)}
${row(say(WORDS.lawyer, show), html`${letter.lawyer.name}<small>${say(WORDS.licence, show)} ${letter.lawyer.licence}</small>`)}
${row(say(WORDS.client, show), letter.client.name)}
${row(say(WORDS.addressee, show), html`${letter.addressee}<small>${say(WORDS.masked, show)}</small>`)}
${row(say(WORDS.code, show), html`<span class="code">${code}</span>`)}
${row(say(WORDS.hash, show), html`<span class="code hash">${letter.sha256}</span>`)}
</dl>
${letter.signature && signature(show, letter.signature)}
<h2>${say(WORDS.compare, show)}</h2>
<form method="post" action="/verify/${code}?lang=${language}" enctype="multipart/form-data">
<label for="file">${say(WORDS.compareFile, show)}</label>
<input id="file" name="file" type="file" accept="application/pdf" required aria-describedby="file-hint">
<span class="hint" id="file-hint">${say(WORDS.fileHint, show)}</span>
<button type="submit">${say(WORDS.compareButton, show)}</button>
</form>
${show.onward !== undefined && html`<h2>${say(WORDS.onward, show)}</h2><p>${say(WORDS.onwardSays, show)}</p><p><a href="${show.onward}?lang=${language}">${say(WORDS.onwardLink, show)}</a></p>`}
${routes(show)}
<p><a href="/verify?lang=${language}">${say(WORDS.again, show)}</a></p>`;
  return page(show, say(WORDS.found, show), body);
}

function row(name: string, value: string | Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>
`;
}

function compared(show: Shown, letter: PublicLetter, file: Exclude<Form["file"], undefined> | "none"): Html {
  if (file === "none")
    return html`<div class="note warn" role="status"><strong>${say(WORDS.noFile, show)}</strong></div>`;
  const same = file.sha256 === letter.sha256;
  const heading = say(same ? WORDS.same : WORDS.differs, show);
  return html`<div class="note${!same && " warn"}" role="status"><strong>${heading}</strong>
<p>${say(same ? WORDS.sameSays : WORDS.differsSays, show)}${!file.pdf && ` ${say(WORDS.noPdf, show)}`}</p>
<p class="soft">${say(WORDS.yourFile, show)}<span class="code hash">${file.sha256}</span></p></div>`;
}

/** How it stands in one word, and in a sentence. A letter that was made for trying is never called valid. */
function standing(show: Shown, { standing: now, signature }: PublicLetter): { short: string; says: string } {
  const { language } = show;
  const words = STANDING[now.status === "valid" && signature?.development ? "trial" : now.status];
  const [short, says] = [words.short[language], words.says[language]];
  if (now.status === "valid") return { short, says };
  const by = now.status !== "replaced" ? "" : language === "zh" ? `（新函：${now.by}）` : ` by ${now.by}`;
  return { short: `${short}${by} · ${dayText(show, now.on)}`, says };
}

function signature(show: Shown, signed: PublicSignature): Html {
  const { stampedAt, stampedBy } = signed;
  return html`<h2>${say(WORDS.signature, show)}</h2>
<dl>
${row(say(WORDS.signer, show), signed.signer)}
${row(say(WORDS.issuer, show), signed.issuer)}
${row(say(WORDS.serial, show), html`<span class="code">${signed.serial}</span>`)}
${row(say(WORDS.signedAt, show), instantText(show, signed.signedAt))}
${stampedAt !== undefined && row(say(WORDS.stamp, show), html`${instantText(show, stampedAt)}${stampedBy !== undefined && html`<small>${stampedBy}</small>`}`)}
</dl>`;
}

const codeForm = (show: Shown): Html => html`
<form method="post" action="/verify?lang=${show.language}" enctype="multipart/form-data">
<label for="code">${say(WORDS.code, show)}</label>
<input id="code" class="code" name="code" type="text" required maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="code-hint">
<span class="hint" id="code-hint">${say(WORDS.codeHint, show)}</span>
<label for="file">${say(WORDS.file, show)}</label>
<input id="file" name="file" type="file" accept="application/pdf" aria-describedby="file-hint">
<span class="hint" id="file-hint">${say(WORDS.fileHint, show)}</span>
<button type="submit">${say(WORDS.check, show)}</button>
</form>`;

const routes = (show: Shown): Html => html`
<h2>${say(WORDS.routes, show)}</h2>
<p>${say(WORDS.routesSays, show)}</p>
<ol>
<li>${say(WORDS.routeLawyer, show)}</li>
<li>${say(WORDS.routeBar, show)}</li>
<li>${say(WORDS.routeLender, show)}</li>
<li>${say(WORDS.routeMoney, show)}</li>
</ol>
<p>${say(WORDS.notCourt, show)}</p>
<p class="soft">${say(WORDS.routesState, show)}</p>`;

const WEEKDAYS = {
  zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
} as const;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

function dayText({ language }: Shown, on: Day): string {
  const name = WEEKDAYS[language][weekday(on) - 1];
  const { year, month, day } = ymd(on);
  return language === "zh" ? `${formatDay(on)} ${name}` : `${name} ${day} ${MONTHS[month - 1]} ${year}`;
}

/** `2026-03-02 09:30:00 (UTC+08:00)` */
function instantText({ zone }: Shown, at: Instant): string {
  const [, on, clock, offset] = /^(.+)T(.{8})(.+)$/.exec(formatInstant(zone, at))!;
  return `${on} ${clock} (UTC${offset})`;
}
