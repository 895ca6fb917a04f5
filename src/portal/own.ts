import { type Day, formatMinute, type Instant } from "../core/index.ts";
import { eventParts, type Forecast, type ForecastEvent, type Telling } from "../forecast/index.ts";
import type { Source } from "../legal/index.ts";
import type { Own } from "./guide-page.ts";
import type { GuideId } from "./guides.ts";
import { linesFor } from "./help.ts";
import { isOpen, type LoanShown, lateOf } from "./owed.ts";
import { dayText, instantText, moneyText, type Said, type Show, say } from "./show.ts";

/** What is known of one reader, for the six answers. */
export interface OwnKnown {
  readonly on: Day;
  readonly loans: readonly LoanShown[];
  /** Of the loan that is latest. */
  readonly forecast?: Forecast;
  /** Contacts of the last thirty days, newest first. */
  readonly contacts: readonly { readonly at: Instant; readonly via: string }[];
  readonly agreed?: { readonly from: number; readonly to: number };
  /** Minutes of the day between which anybody may be reached, as the place's pack has it. */
  readonly usual?: { readonly from: number; readonly to: number };
  /** Requests to stop that stand. */
  readonly stops: number;
  readonly helper: boolean;
  /** Months that stand as late in what was reported, and when the last of them goes. */
  readonly record?: {
    readonly reported: boolean;
    readonly late: number;
    readonly clearsOn?: Day;
    readonly lasts: boolean;
  };
  /** Proceedings of this lender against him that run. */
  readonly proceedings: readonly {
    readonly court: string;
    readonly number?: string;
    readonly hearing?: { readonly on: Day; readonly minute?: number };
  }[];
  /** Last day of the term of the loan that is meant, where it is still to come. */
  readonly termEndsOn?: Day;
}

type Answer = (
  known: OwnKnown,
  show: Show,
) => { readonly lines: readonly string[]; readonly next: Own["next"] };

const TO: Readonly<Record<string, Own["next"][number]>> = {
  next: { href: "/me/next", says: { zh: "看时间线", en: "See the timeline" } },
  ways: { href: "/me/ways", says: { zh: "我能做什么", en: "What I can do" } },
  plan: { href: "/me/plan", says: { zh: "算我付得起多少", en: "See what I can afford" } },
  contact: { href: "/me/ask/contact", says: { zh: "约定时间，或不要再打", en: "Set times, or stop calls" } },
  complain: { href: "/me/ask/complaint", says: { zh: "投诉", en: "Complain" } },
  record: { href: "/me/rights#record", says: { zh: "看我的记录", en: "See my record" } },
  check: { href: "/check", says: { zh: "读一读这条短信", en: "Read this message" } },
  cannot: {
    href: "/me/ask/cannot-pay",
    says: { zh: "告诉出借人我还不起", en: "Tell the lender that I cannot pay" },
  },
};

/** The answer to one question for one reader. */
export function ownOf(id: GuideId, known: OwnKnown, show: Show): Own {
  const { lines, next } = ANSWERS[id](known, show);
  return { on: known.on, lines, next, sources: sourcesOf(id, known) };
}

function sourcesOf(id: GuideId, { forecast }: OwnKnown): readonly Omit<Source, "param">[] {
  const kinds = KINDS[id];
  return (forecast?.events ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .slice(0, 3)
    .flatMap(({ because }) => because.flatMap(({ source }) => source ?? []));
}

const KINDS: Readonly<Record<GuideId, readonly ForecastEvent["kind"][]>> = {
  calls: ["call"],
  record: ["record-month", "bureau-notice"],
  hearing: ["suit", "suit-possible"],
  installments: [],
  "handle-calls": [],
  "cannot-pay": ["suit", "enforcement", "court-enforces"],
};

const telling = (known: OwnKnown, show: Show): Telling => {
  const [loan] = known.loans;
  return {
    language: show.language,
    zone: show.zone,
    money: (sum) => moneyText(sum, loan?.currency ?? "CNY", loan?.decimals),
    day: (day) => dayText(day, show),
  };
};

const eventOf = (
  { forecast, on }: OwnKnown,
  ...kinds: readonly ForecastEvent["kind"][]
): ForecastEvent | undefined =>
  forecast?.events.find((event) => kinds.includes(event.kind) && event.on >= on);

/** An event with its day, and what stops it while something still can. */
function told(event: ForecastEvent, known: OwnKnown, show: Show): string[] {
  const { what, stop } = eventParts(event, telling(known, show));
  const lines = [`${dayText(event.on, show)}${show.language === "zh" ? "：" : ": "}${what}`];
  if (stop !== undefined && event.stop!.by >= known.on) lines.push(stop);
  return lines;
}

const of =
  ({ language }: Show) =>
  (zh: string, en: string): string =>
    language === "zh" ? zh : en;

const lateNow = ({ loans }: OwnKnown) => lateOf(loans.filter(isOpen)).total;
const dpdNow = ({ loans }: OwnKnown) =>
  Math.max(0, ...loans.filter(isOpen).map(({ position }) => position.dpd));

/** How it stands today, in one sentence. */
function standing(known: OwnKnown, show: Show): string {
  const say2 = of(show);
  const late = lateNow(known);
  const money = telling(known, show).money;
  if (known.loans.filter(isOpen).length === 0) return say2("您没有未结清的贷款。", "You have no open loan.");
  if (late === 0) return say2("您今天没有逾期。", "Nothing of yours is late today.");
  const days = dpdNow(known);
  return say2(
    `您逾期 ${days} 天，逾期 ${money(late)}。`,
    `You are ${days} ${days === 1 ? "day" : "days"} late with ${money(late)}.`,
  );
}

function nextDue(known: OwnKnown, show: Show): string | undefined {
  const dues = known.loans.filter(isOpen).flatMap(({ position }) => position.nextDue ?? []);
  if (dues.length === 0) return undefined;
  const on = Math.min(...dues.map((due) => due.on)) as Day;
  const sum = dues.filter((due) => due.on === on).reduce((all, { amount }) => all + amount, 0);
  const money = telling(known, show).money(sum);
  return of(show)(
    `下一个还款日：${dayText(on, show)}，${money}。`,
    `Your next due day: ${dayText(on, show)}, ${money}.`,
  );
}

const some = (lines: readonly (string | undefined | readonly string[])[]): string[] =>
  lines.flatMap((line) => line ?? []);

const VIAS: Readonly<Record<string, Said>> = {
  call: { zh: "电话", en: "call" },
  text: { zh: "短信", en: "text" },
  app: { zh: "应用消息", en: "message in the app" },
  email: { zh: "邮件", en: "e-mail" },
  letter: { zh: "信函", en: "letter" },
  visit: { zh: "上门", en: "visit" },
};

function contactsSoFar({ contacts }: OwnKnown, show: Show): string {
  const [last] = contacts;
  const say2 = of(show);
  if (!last)
    return say2("最近 30 天没有联系过您的记录。", "No contact with you is recorded in the last 30 days.");
  const via = say(VIAS[last.via] ?? { zh: last.via, en: last.via }, show);
  return say2(
    `最近 30 天联系过您 ${contacts.length} 次，最后一次：${instantText(last.at, show)}，${via}。`,
    `You were contacted ${contacts.length} ${contacts.length === 1 ? "time" : "times"} in the last 30 days; last ${instantText(last.at, show)}, ${via}.`,
  );
}

function agreedTimes({ agreed, stops }: OwnKnown, show: Show): string[] {
  const say2 = of(show);
  const lines: string[] = [];
  if (agreed)
    lines.push(
      say2(
        `您约定的时间：${formatMinute(agreed.from)}–${formatMinute(agreed.to)}。`,
        `Times that you agreed to: ${formatMinute(agreed.from)}–${formatMinute(agreed.to)}.`,
      ),
    );
  if (stops > 0)
    lines.push(
      say2(`您要求停止联系的记录：${stops} 条。`, `Requests of yours that contacts stop: ${stops}.`),
    );
  return lines;
}

const ANSWERS: Readonly<Record<GuideId, Answer>> = {
  calls: (known, show) => {
    const call = eventOf(known, "call");
    const message = eventOf(known, "message");
    const say2 = of(show);
    return {
      lines: some([
        standing(known, show),
        nextDue(known, show),
        contactsSoFar(known, show),
        call
          ? told(call, known, show)
          : say2("出借人未来半年的计划里没有电话。", "The lender's plan for the next half year has no call."),
        message && !call ? told(message, known, show) : undefined,
        agreedTimes(known, show),
      ]),
      next: [TO.next!, TO.contact!],
    };
  },
  record: (known, show) => {
    const say2 = of(show);
    const month = eventOf(known, "record-month");
    const { record } = known;
    return {
      lines: some([
        standing(known, show),
        record === undefined || !record.reported
          ? say2("这家出借人还没有报送过您的记录。", "This lender has reported nothing of yours yet.")
          : say2(
              `已报送的月份里，有 ${record.late} 个月显示逾期。`,
              `Of the months reported, ${record.late} stand as late.`,
            ),
        record?.clearsOn !== undefined
          ? say2(
              `已结束的逾期，至迟 ${dayText(record.clearsOn, show)} 删除。`,
              `What has ended is deleted by ${dayText(record.clearsOn, show)}.`,
            )
          : undefined,
        record?.lasts && (show.place ?? "cn") === "cn"
          ? say2(
              "逾期还在继续，五年从它结束那天起算。",
              "The lateness goes on. The five years run from the day it ends.",
            )
          : undefined,
        month ? told(month, known, show) : undefined,
      ]),
      next: [TO.record!, TO.next!],
    };
  },
  hearing: (known, show) => {
    const say2 = of(show);
    const suit = eventOf(known, "suit");
    const [courts] = linesFor(show, ["courts"]);
    return {
      lines: some([
        known.proceedings.length === 0
          ? say2(
              "这家出借人的账上，没有对您的诉讼、支付令或调解。别家的案件，我们不知道。",
              "By this lender's books there is no suit, payment order or mediation against you. Of other lenders we do not know.",
            )
          : known.proceedings.map(({ court, number, hearing }) =>
              say2(
                `这家出借人有一个案件：${court}${number === undefined ? "" : `，${number}`}${hearing ? `，开庭 ${dayText(hearing.on, show)}${hearing.minute === undefined ? "" : ` ${formatMinute(hearing.minute)}`}` : ""}。`,
                `This lender has a case: ${court}${number === undefined ? "" : `, ${number}`}${hearing ? `, hearing ${dayText(hearing.on, show)}${hearing.minute === undefined ? "" : ` ${formatMinute(hearing.minute)}`}` : ""}.`,
              ),
            ),
        courts === undefined
          ? say2("不论账上有没有，都请问法院。", "Whatever stands here, ask the court.")
          : say2(
              `不论账上有没有，都请拨打 ${courts.at} 问法院。`,
              `Whatever stands here, ask the court at ${courts.at}.`,
            ),
        suit
          ? told(suit, known, show)
          : say2(
              "出借人未来半年的计划里没有起诉。",
              "The lender's plan for the next half year names no suit.",
            ),
      ]),
      next: [TO.check!, TO.next!],
    };
  },
  installments: (known, show) => {
    const say2 = of(show);
    const late = lateNow(known);
    const { money } = telling(known, show);
    return {
      lines: some([
        standing(known, show),
        late > 0
          ? say2(
              `还 ${money(late)} 就补上了，之后按原计划还。`,
              `Pay ${money(late)} and you have caught up; then it goes on as planned.`,
            )
          : undefined,
        late === 0 && known.termEndsOn !== undefined
          ? say2(
              `还没逾期：可以在 ${dayText(known.termEndsOn, show)} 以前申请展期。`,
              `You are not late: you can ask for more time until ${dayText(known.termEndsOn, show)}.`,
            )
          : undefined,
        say2(
          "每月能还多少，要看您的收支。算一算只要几分钟。",
          "How much a month depends on what you have. Counting it takes some minutes.",
        ),
      ]),
      next: [TO.plan!, TO.ways!],
    };
  },
  "handle-calls": (known, show) => {
    const call = eventOf(known, "call");
    const say2 = of(show);
    return {
      lines: some([
        contactsSoFar(known, show),
        call ? told(call, known, show) : undefined,
        agreedTimes(known, show),
        known.agreed || !known.usual
          ? undefined
          : say2(
              `您还没有约定时间。一般是 ${formatMinute(known.usual.from)} 到 ${formatMinute(known.usual.to)}。`,
              `You have agreed to no times yet. The usual ones are ${formatMinute(known.usual.from)} to ${formatMinute(known.usual.to)}.`,
            ),
        known.helper
          ? say2("账上记着有人代理您。", "The books say that somebody speaks for you.")
          : undefined,
      ]),
      next: [TO.contact!, TO.complain!],
    };
  },
  "cannot-pay": (known, show) => {
    const say2 = of(show);
    const legal = eventOf(known, "lawyers-letter", "mediation", "payment-order", "suit");
    return {
      lines: some([
        standing(known, show),
        legal
          ? told(legal, known, show)
          : say2(
              "出借人未来半年的计划里没有律师函，也没有诉讼。",
              "The lender's plan for the next half year has no lawyer's letter and no suit.",
            ),
        known.proceedings.length === 0
          ? say2("没有判决，也就没有强制执行。", "There is no judgment, so nothing can be enforced.")
          : undefined,
        say2(
          "您说还不起，会登记并给您编号。",
          "If you say that you cannot pay, it is written down and gets a reference.",
        ),
      ]),
      next: [TO.cannot!, TO.plan!],
    };
  },
};
