import type { Day } from "../core/index.ts";
import {
  CERTAINTIES,
  CERTAINTY_WORDS,
  eventParts,
  type Forecast,
  type ForecastEvent,
  type Telling,
} from "../forecast/index.ts";
import { WORDS as FRAME, type Page, printButton } from "./frame.ts";
import { type Html, html, type Shown } from "./html.ts";
import { dayText, moneyText, type Said, type Show, say } from "./show.ts";
import { sources } from "./source.ts";

/** What comes of one loan, and what changes if a sum is paid. */
export interface Next {
  readonly loan: string;
  /** Other open loans of the reader, whose future is a page of its own. */
  readonly others: readonly string[];
  /** The first day on which money can still come. */
  readonly on: Day;
  readonly currency: string;
  readonly decimals: number;
  readonly nothing: Forecast;
  /** The same if the sum that the reader typed is paid. */
  readonly paying?: Forecast;
  /** What he typed, as he typed it, with what is wrong with it. */
  readonly typed?: { readonly pay: string; readonly on: string; readonly wrong?: Said };
  /** Names of days of matters, as the reader is told of them. */
  readonly matter?: (what: string) => Said;
  /** Why nothing can be told. */
  readonly cannot?: Said;
}

const W = {
  intro: {
    zh: "按合同、出借人的计划和规则，下面是如果今天起什么都不还，会依次发生的事。没写在这里的，不会自己发生。",
    en: "If nothing is paid from today on, this is what comes, by your contract, the lender's plan and the rules. What is not written here does not come by itself.",
  },
  key: { zh: "线的样子表示有多确定：", en: "The line shows how sure it is:" },
  list: { zh: "时间线", en: "Timeline" },
  far: { zh: "更远，或没有固定的日子", en: "Later, or on no fixed day" },
  through: { zh: (a: string, b: string) => `${a} 至 ${b}`, en: (a: string, b: string) => `${a} to ${b}` },
  contacts: {
    zh: (messages: number, calls: number) =>
      `出借人联系您：${[messages > 0 ? `消息 ${messages} 次` : "", calls > 0 ? `电话 ${calls} 次` : ""].filter(Boolean).join("，")}。`,
    en: (messages: number, calls: number) =>
      `The lender contacts you: ${[messages > 0 ? `${messages} ${messages === 1 ? "message" : "messages"}` : "", calls > 0 ? `${calls} ${calls === 1 ? "call" : "calls"}` : ""].filter(Boolean).join(", ")}.`,
  },
  contactsNot: {
    zh: "不是法院文书，也不是法院来电。您可以说明哪些时间可以联系。",
    en: "No court paper and no court's call. You can say at which times you may be reached.",
  },
  months: {
    zh: (n: number) => `${n} 个月末在征信记录中可能显示为逾期。`,
    en: (n: number) => `${n} month ends may stand as late in your credit record.`,
  },
  each: { zh: "逐次查看", en: "See each of them" },
  certain: {
    contract: { zh: "会自动发生", en: "comes by itself" },
    intended: { zh: "出借人有此打算", en: "the lender means to" },
    court: { zh: "须法院同意", en: "only if a court agrees" },
  },
  cost: {
    zh: (sum: string) => `当天逾期总额：${sum}。`,
    en: (sum: string) => `Late on that day, in all: ${sum}.`,
  },
  try: { zh: "如果我还一笔钱", en: "If I pay a sum" },
  sum: { zh: "金额（元）", en: "Sum" },
  day: { zh: "哪一天", en: "On which day" },
  look: { zh: "看看会怎样", en: "See what changes" },
  tryHint: { zh: "只是试算，不会扣款，也不会记录。", en: "This only tries it out. Nothing is paid or kept." },
  goes: { zh: "这些就不会来了", en: "These do not come any more" },
  stays: { zh: "仍会来的", en: "What still comes" },
  comes: { zh: "这些会来", en: "These come instead" },
  noneGoes: {
    zh: "这个数还不能让任何一项不来。时间线里写着每一项所需的金额。",
    en: "This sum keeps none of them away. The timeline says what each one needs.",
  },
  others: { zh: "您的其他贷款：", en: "Your other loans:" },
  held: { zh: "因为规则而不会进行的", en: "Kept back by a rule" },
  heldSays: {
    zh: (n: number) => `出借人的计划里有 ${n} 个动作，因规则或暂停而不会进行。`,
    en: (n: number) => `${n} steps of the lender's plan are kept back by a rule or a pause.`,
  },
  later: {
    zh: (day: string) => `再往后（从 ${day} 起）`,
    en: (day: string) => `Later still, from ${day} on`,
  },
  unknown: {
    zh: (day: string) => `${day} 之后的事还无法预测。`,
    en: (day: string) => `What comes after ${day} cannot be foreseen yet.`,
  },
  limit: {
    zh: "出借人今后可能换计划。想知道最新情况，再来看一次。",
    en: "The lender may change its plan. To know how it stands, look again.",
  },
  stop: { zh: "想停下来？", en: "To stop it" },
  toWays: { zh: "看看我能做什么", en: "See what I can do" },
} as const;

export function nextPage(next: Next, show: Show): Page {
  const { nothing, paying, others, cannot } = next;
  const title = say(FRAME.next, show);
  if (cannot)
    return { title, room: "next", body: html`<p>${say(cannot, show)}</p>${otherLoans(others, show)}` };
  return {
    title,
    room: "next",
    island: "next",
    ...(next.typed?.wrong ? { wrong: true } : {}),
    body: html`<p>${say(W.intro, show)}</p>
${paying ? compared(next, paying, show) : undefined}
${payForm(next, show)}
<h2>${say(W.list, show)}</h2>
${keyList(show)}
${timeline(nothing, next, show)}
<p>${say(W.limit, show)}</p>
<h2>${say(W.stop, show)}</h2>
<p><a class="button" href="/me/ways?loan=${next.loan}">${say(W.toWays, show)}</a></p>
${otherLoans(others, show)}
${sources(
  nothing.events.flatMap(({ because }) => because.flatMap(({ source }) => source ?? [])),
  show,
)}
${printButton(show)}`,
  };
}

const otherLoans = (others: readonly string[], show: Show): Shown =>
  others.length > 0 &&
  html`<p>${say(W.others, show)} ${others.map((id, i) => html`${i > 0 && " · "}<a href="/me/next?loan=${id}">${id}</a>`)}</p>`;

const keyList = (show: Show): Html =>
  html`<ul class="key" aria-label="${say(W.key, show)}">${CERTAINTIES.map((one) => html`<li><span class="${one}" aria-hidden="true"></span>${CERTAINTY_WORDS[one][show.language]}</li>`)}</ul>`;

/** What is told together: contacts that follow each other, and the ends of months in the record. */
type Group = readonly [ForecastEvent, ...ForecastEvent[]];

const CONTACTS: readonly ForecastEvent["kind"][] = ["message", "call"];

/** Events in their order; what repeats itself is one entry, or nobody would read to the end. */
export function grouped(events: readonly ForecastEvent[]): Group[] {
  const groups: ForecastEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && CONTACTS.includes(event.kind) && CONTACTS.includes(last[0]!.kind)) last.push(event);
    else groups.push([event]);
  }
  return groups as unknown as Group[];
}

/** Days that are told at once. Who wants to read on opens the rest: in half a year the same comes again with each instalment. */
const SOON = 92;

/**
 * A day of a matter is foreseen with its reminder, and again on the day after it, when nobody did anything. It is told once, as the day itself; and
 * the same day of two requests once.
 */
function toldOnce(events: readonly ForecastEvent[]): readonly ForecastEvent[] {
  const told = new Set<string>();
  return events.filter(({ kind, what, on, through = on }) => {
    if (kind !== "matter-day") return true;
    const isEcho = through === on && told.has(`${what} ${on - 1}`);
    const name = `${what} ${through}`;
    if (isEcho || told.has(name)) return false;
    told.add(name);
    return true;
  });
}

const isFar = ({ kind, on }: ForecastEvent, { asOf, through }: Forecast): boolean =>
  on <= asOf || on > through || kind === "suit-possible" || kind === "limitation-ends";

export function timeline(
  found: Forecast,
  next: Pick<Next, "on" | "currency" | "decimals" | "matter">,
  show: Show,
): Html {
  const events = toldOnce(found.events);
  const near = events.filter((event) => !isFar(event, found));
  const far = events.filter((event) => isFar(event, found));
  const items = (events: readonly ForecastEvent[]): Html =>
    html`<ol class="line">${grouped(events).map((group) => item(group, next, show))}</ol>`;
  const soon = near.filter(({ on }) => on - found.asOf <= SOON);
  const later = near.slice(soon.length);
  return html`${items(soon)}
${later.length > 0 && html`<details><summary>${W.later[show.language](dayText(later[0]!.on, show))}</summary>${items(later)}</details>`}
${found.unknownFrom && html`<p>${W.unknown[show.language](dayText(found.unknownFrom.on, show))}</p>`}
${far.length > 0 && html`<h3>${say(W.far, show)}</h3>${items(far)}`}
${found.heldBack.length > 0 && html`<p class="soft">${W.heldSays[show.language](found.heldBack.length)}</p>`}`;
}

function item(group: Group, next: Pick<Next, "on" | "currency" | "decimals" | "matter">, show: Show): Html {
  const [first] = group;
  const telling: Telling = {
    language: show.language,
    zone: show.zone,
    money: (sum) => moneyText(sum, next.currency, next.decimals),
    day: (day) => dayText(day, show),
    ...(next.matter ? { matter: (what) => say(next.matter!(what), show) } : {}),
  };
  // A sum that had to come before today stops nothing any more.
  const stop = first.stop && first.stop.by >= next.on ? eventParts(first, telling).stop : undefined;
  const head = html`<span class="when">${when(group, show)} <small>${say(W.certain[first.certainty], show)}</small></span>`;
  if (group.length > 1) {
    const calls = group.filter(({ kind }) => kind === "call").length;
    return html`<li data-sure="${first.certainty}" data-kind="contacts">${head}${W.contacts[show.language](group.length - calls, calls)}<span class="not">${say(W.contactsNot, show)}</span>${stop !== undefined && html`<span class="stop">${stop}</span>`}<details><summary>${say(W.each, show)}</summary><ul>${group.map((event) => html`<li>${dayText(event.on, show)}: ${eventParts(event, telling).what}</li>`)}</ul></details></li>`;
  }
  const { what, not, record } = eventParts(first, telling);
  return html`<li data-sure="${first.certainty}" data-kind="${first.kind}">${head}${what}${not !== undefined && html`<span class="not">${not}</span>`}${record !== undefined && html`<span class="not">${record}</span>`}${stop !== undefined && html`<span class="stop">${stop}</span>`}</li>`;
}

function when(group: Group, show: Show): string {
  const [first] = group;
  // Its reminder is for the lender's people; the day itself is what counts.
  if (first.kind === "matter-day") return dayText(first.through ?? first.on, show);
  const last = group.at(-1)!;
  const end = group.length > 1 ? last.on : (first.through ?? first.on);
  return end === first.on
    ? dayText(first.on, show)
    : W.through[show.language](dayText(first.on, show), dayText(end, show));
}

function payForm({ loan, typed, on, currency, nothing }: Next, show: Show): Html {
  const usual = typed?.on ?? "";
  return html`<form method="get" action="/me/next" id="try" data-loan="${loan}" data-currency="${currency}">
<h2>${say(W.try, show)}</h2>
<p class="hint" id="try-hint">${say(W.tryHint, show)}</p>
<input type="hidden" name="loan" value="${loan}">
${typed?.wrong && html`<p class="wrong" id="pay-wrong" role="alert">${say(typed.wrong, show)}</p>`}
<div class="grid2"><div><label for="pay">${say(W.sum, show)}</label><input class="short" id="pay" name="pay" type="text" inputmode="decimal" autocomplete="off" value="${typed?.pay ?? ""}" aria-describedby="try-hint${typed?.wrong && " pay-wrong"}"></div>
<div><label for="on">${say(W.day, show)}</label><input class="short" id="on" name="on" type="date" value="${usual}" min="${isoOf(on)}" max="${isoOf(nothing.through)}"></div></div>
<p><button>${say(W.look, show)}</button></p>
</form>
<div id="try-answer" aria-live="polite"></div>`;
}

const isoOf = (day: Day): string => dayText(day, { language: "zh" }).slice(0, 10);

const nameOf = ({ on, kind, what, n }: ForecastEvent): string => `${on} ${kind} ${what} ${n}`;

/** What a payment keeps away, and what comes only with it. */
export function difference(
  nothing: Forecast,
  paying: Forecast,
): { goes: ForecastEvent[]; comes: ForecastEvent[] } {
  const only = (one: Forecast, other: Forecast): ForecastEvent[] => {
    const names = new Set(other.events.map(nameOf));
    return one.events.filter((event) => !names.has(nameOf(event)));
  };
  return { goes: only(nothing, paying), comes: only(paying, nothing) };
}

function compared(next: Next, paying: Forecast, show: Show): Html {
  const { goes, comes } = difference(next.nothing, paying);
  const { pay } = paying;
  const sum = moneyText(pay!.amount, next.currency, next.decimals);
  const head = {
    zh: `如果 ${dayText(pay!.on, show)} 还 ${sum}`,
    en: `If ${sum} is paid on ${dayText(pay!.on, show)}`,
  };
  const list = (events: readonly ForecastEvent[]): Html =>
    html`<ol class="line">${grouped(events).map((group) => item(group, next, show))}</ol>`;
  return html`<section aria-labelledby="then"><h2 id="then">${say(head, show)}</h2>
${goes.length === 0 ? html`<p>${say(W.noneGoes, show)}</p>` : html`<h3>${say(W.goes, show)}</h3>${list(goes)}`}
${comes.length > 0 && html`<h3>${say(W.comes, show)}</h3>${list(comes)}`}</section>`;
}
