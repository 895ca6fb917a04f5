import { addDays, type Day, isPublished, realDay, type WorkCalendar, ymd } from "../core/index.ts";
import { type CaseNumber, plainText, readCaseNumber } from "./case-number.ts";
import { lastDay } from "./deadline.ts";
import { type Link, linksIn } from "./message-links.ts";
import { type Sign, signsIn } from "./message-signs.ts";
import type { Source } from "./source.ts";

/** What a message says it is about. */
export type MessageKind =
  | "hearing"
  | "filing"
  | "service"
  | "mediation"
  | "payment-order"
  | "judgment"
  | "enforcement"
  | "other";

/** What a notice of a hearing from a court usually names. */
export type Part = "court" | "case-number" | "parties" | "time" | "place" | "contact";
export const PARTS: readonly Part[] = ["court", "case-number", "parties", "time", "place", "contact"];

export interface Hearing {
  readonly on: Day;
  /** Minutes since midnight, where the message gives a time. */
  readonly minute?: number;
}

/** A case that the reader knows of, from papers that he has or from the book. */
export interface KnownCase {
  readonly name: string;
  readonly court?: string;
  readonly caseNumber?: string;
  readonly hearingOn?: Day;
  /** A party by name. */
  readonly party?: string;
}

/** How a part of the message stands to a known case. */
export interface Match {
  readonly of: string;
  readonly part: "court" | "case-number" | "hearing" | "party";
  readonly known: string | Day;
  readonly said: string | Day;
  readonly agrees: boolean;
}

/**
 * What can be said of it from its text alone. None of them says that it is genuine: every part of a real message can be
 * copied. `signs-of-a-scam` does not say that it is false either; it says that nothing in it may be acted on.
 */
export type Reading = "signs-of-a-scam" | "doubtful" | "has-the-usual-parts" | "not-of-a-court";

/** A day that follows, counted as if it had been served on the day on which the message came. */
export interface FollowingDay {
  readonly what: "hearing" | "answer" | "payment-order-objection" | "appeal";
  readonly on: Day;
  /** Its last day was moved because it is a day off. */
  readonly moved: boolean;
  /** The days off of that year are not published: it may be later, and is taken as the earlier day. */
  readonly unpublished: boolean;
  readonly source?: Source;
}

/** What the law says of such messages, for whoever thinks of leaving it unanswered. */
export type LawPoint = keyof CourtMessageLaw["points"];

/** The law of the place; a pack makes it. */
export interface CourtMessageLaw {
  readonly answer: { readonly days: number; readonly source: Source };
  readonly appeal: { readonly days: number; readonly source: Source };
  readonly objection: { readonly days: number; readonly source: Source };
  readonly hearingNotice: { readonly days: number; readonly source: Source };
  readonly points: {
    readonly alert: Source;
    readonly consent: Source;
    readonly consentBefore: Source;
    readonly arrival: Source;
    readonly otherAddress: Source;
    readonly summary: Source;
    readonly noDefault: Source;
    readonly default: Source;
    readonly noAnswer: Source;
    readonly noticeSummary: Source;
    readonly inability: Source;
  };
  readonly dayOff: Source;
  readonly house: { readonly neverGenuine: Source; readonly ways: Source; readonly links: Source };
  readonly calendar: WorkCalendar;
}

export interface CourtMessage {
  readonly kind: MessageKind;
  readonly reading: Reading;
  readonly court?: string;
  readonly caseNumber?: CaseNumber;
  readonly hearing?: Hearing;
  readonly links: readonly Link[];
  /** Numbers that it gives to be called. */
  readonly phones: readonly string[];
  readonly signs: readonly Sign[];
  readonly lacks: readonly Part[];
  readonly matches: readonly Match[];
  readonly days: readonly FollowingDay[];
  readonly points: readonly LawPoint[];
}

export interface CourtMessageAsked {
  readonly text: string;
  readonly receivedOn: Day;
  /** The number or name that it came from, where that is known. */
  readonly sender?: string;
  readonly cases?: readonly KnownCase[];
}

/** Longer than any message a network carries in one piece; a reader gives the text of one message. */
export const LONGEST_MESSAGE = 4000;

/**
 * Reads a text message that is a court's, or is said to be.
 *
 * Takes   the text as it came, at most `LONGEST_MESSAGE` characters; the day it came; what is known of one's own cases.
 * Gives   its parts, how each stands to a known case, signs that scams have, what a real one would carry and this does not, and
 *         the days that follow if it is real.
 * Holds   no reading says that it is genuine; the same text gives the same answer.
 */
export function readCourtMessage(asked: CourtMessageAsked, law: CourtMessageLaw): CourtMessage {
  const text = plain(asked.text);
  const court = courtIn(text);
  const caseNumber = readCaseNumber(text, asked.receivedOn);
  const links = linksIn(text);
  const kind = kindOf(text);
  const hearing = hearingIn(text, asked.receivedOn);
  const phones = phonesIn(text);
  const signs = signsIn({
    text,
    receivedOn: asked.receivedOn,
    links,
    phones,
    isEnforcement: kind === "enforcement",
    ...(caseNumber ? { caseNumber } : {}),
    ...(hearing === "impossible" ? { impossibleDay: true } : {}),
    ...(typeof hearing === "object" ? { hearingOn: hearing.on } : {}),
    ...(asked.sender === undefined ? {} : { sender: asked.sender }),
    ...(court === undefined ? {} : { court }),
    calendar: law.calendar,
  });
  const when = typeof hearing === "object" ? hearing : undefined;
  const lacks = lacking(text, kind, { court, caseNumber, hearing: when, phones });
  const found = {
    ...(court === undefined ? {} : { court }),
    ...(caseNumber ? { caseNumber } : {}),
    ...(when ? { hearing: when } : {}),
  };
  return {
    kind,
    reading: readingOf(text, { kind, court, signs, lacks }),
    ...found,
    links,
    phones,
    signs,
    lacks,
    matches: (asked.cases ?? []).flatMap((one) => matchesOf(one, found, text)),
    days: daysAfter(text, kind, asked.receivedOn, when, law),
    points: pointsFor(kind),
  };
}

const plain = (text: string): string => plainText(text.slice(0, LONGEST_MESSAGE));

const COURT =
  /[\p{Script=Han}]{2,24}?(?:人民法院|互联网法院|金融法院|铁路运输法院|海事法院|知识产权法院)(?:[\p{Script=Han}]{1,10}?人民法庭)?/u;
/** Words that stand before a court's name and are no part of it. */
const BEFORE_NAME =
  /^(?:.*?(?:您好|收到|通知|现由|已由|经由|到达|前往|请到|向|由|在|于|至|到|经|与|及|的|据|系|是))+/u;
/** A name without a place is every court's and no court's. */
const PLACE = /[省市区县旗州盟]|最高|北京|上海|天津|重庆|广州|杭州|自治|高级|中级/u;

function courtIn(text: string): string | undefined {
  const signed = /[【[]([^】\]]{2,40})[】\]]/u.exec(text)?.[1];
  for (const part of [signed, text]) {
    const found = part && COURT.exec(part)?.[0].replace(BEFORE_NAME, "");
    if (found && PLACE.test(found.replace(/人民法院.*/u, ""))) return found;
  }
  return undefined;
}

const KINDS: readonly (readonly [MessageKind, RegExp])[] = [
  ["payment-order", /支付令/u],
  ["enforcement", /被?执行(?:人|案|通知|款|法官|局)|强制执行|失信被执行|限制消费令|财产报告/u],
  ["judgment", /判决书|裁定书|调解书|宣判|上诉期/u],
  ["hearing", /开庭|庭审|到庭|出庭|传票/u],
  ["mediation", /调解/u],
  ["filing", /立案|受理|应诉通知|起诉状|诉讼费/u],
  ["service", /送达|文书|查收|签收/u],
];

const kindOf = (text: string): MessageKind => KINDS.find(([, words]) => words.test(text))?.[0] ?? "other";

const DATE = /(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?/u;
const CLOCK =
  /^[\s,，(（]{0,3}(?:星期.|周.)?[)）\s]{0,2}(上午|早上|下午|晚上|中午)?\s*(\d{1,2}|[一二两三四五六七八九十]{1,2})\s*[时点:]\s*(\d{1,2}|半|整)?/u;
const HOURS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

/** The day of the hearing: the date that stands with it, else the first date with a time of day. */
function hearingIn(text: string, receivedOn: Day): Hearing | "impossible" | undefined {
  if (!/开庭|庭审|到庭|出庭|传唤|调解|参加/u.test(text)) return undefined;
  let first: Hearing | "impossible" | undefined;
  const all = new RegExp(DATE, "gu");
  for (let date = all.exec(text); date; date = all.exec(text)) {
    const [whole, year, month, day] = date;
    // Part of a case number, a sum or an address in the net.
    if (/[\d(（]$/u.test(text.slice(0, date.index)) || (!year && !whole.includes("月"))) continue;
    const clock = CLOCK.exec(text.slice(date.index + whole.length));
    const near = text.slice(Math.max(0, date.index - 12), date.index + whole.length + 40);
    if (!clock && !/定于|于|开庭|到庭|出庭/u.test(near)) continue;
    const on = dayNamed(year, Number(month), Number(day), receivedOn);
    const found = on === undefined ? "impossible" : withMinute(on, clock);
    if (found === "impossible" || (clock && /开庭|庭审|到庭|出庭|参加|定于/u.test(near))) return found;
    first ??= found;
  }
  return first;
}

/** Without a year it is the next such day. */
function dayNamed(year: string | undefined, month: number, day: number, receivedOn: Day): Day | undefined {
  if (year !== undefined) return realDay(Number(year), month, day);
  const thisYear = ymd(receivedOn).year;
  const on = realDay(thisYear, month, day);
  return on === undefined || on >= receivedOn ? on : realDay(thisYear + 1, month, day);
}

function withMinute(on: Day, clock: RegExpExecArray | null): Hearing {
  if (!clock) return { on };
  const [, half, hourText, minuteText] = clock;
  const named = HOURS.indexOf(hourText!.replace("两", "二"));
  const hour = named > 0 ? named : Number(hourText);
  const minute =
    minuteText === "半" ? 30 : minuteText === undefined || minuteText === "整" ? 0 : Number(minuteText);
  const later = (half === "下午" || half === "晚上") && hour < 12 ? 12 : 0;
  return !(hour <= 23 && minute <= 59) ? { on } : { on, minute: (hour + later) * 60 + minute };
}

const PHONE = /(?<![\d-])(?:12368|0\d{2,3}[- ]?\d{7,8}|1[3-9]\d{9}|400[- ]?\d{3}[- ]?\d{4})(?!\d)/gu;

const phonesIn = (text: string): string[] => [...new Set(text.match(PHONE) ?? [])];

interface Found {
  readonly court: string | undefined;
  readonly caseNumber: CaseNumber | undefined;
  readonly hearing: Hearing | undefined;
  readonly phones: readonly string[];
}

function lacking(text: string, kind: MessageKind, found: Found): Part[] {
  const has: Record<Part, boolean> = {
    court: found.court !== undefined,
    "case-number": found.caseNumber !== undefined,
    parties:
      /原告|被告|申请人|被申请人|上诉人|诉[^讼状前]|与.{2,30}(?:纠纷|一案)|当事人|您好|先生|女士/u.test(text),
    // Only where it summons somebody.
    time: kind !== "hearing" || found.hearing?.minute !== undefined,
    place: kind !== "hearing" || /法庭|审判庭|调解室|地址|地点|线上|网上|在线|互联网|会议号|链接/u.test(text),
    contact: found.phones.length > 0 || /书记员|法官助理|承办|联系电话|联系人/u.test(text),
  };
  return PARTS.filter((part) => !has[part]);
}

function readingOf(
  text: string,
  {
    kind,
    court,
    signs,
    lacks,
  }: Pick<CourtMessage, "kind" | "signs" | "lacks"> & { court: string | undefined },
): Reading {
  if (signs.some(({ weight }) => weight === "strong")) return "signs-of-a-scam";
  if (kind === "other" && court === undefined && !/法院|法庭|12368/u.test(text)) return "not-of-a-court";
  if (signs.length > 0 || lacks.includes("court") || lacks.includes("case-number")) return "doubtful";
  return lacks.length > 1 ? "doubtful" : "has-the-usual-parts";
}

function matchesOf(
  { name, court, caseNumber, hearingOn, party }: KnownCase,
  found: Pick<CourtMessage, "court" | "caseNumber" | "hearing">,
  text: string,
): Match[] {
  const matches: Match[] = [];
  const known = caseNumber === undefined ? undefined : plain(caseNumber).replace(/\s/gu, "");
  if (known !== undefined && found.caseNumber) {
    const said = found.caseNumber.text;
    matches.push({ of: name, part: "case-number", known, said, agrees: known === said });
  }
  if (court !== undefined && found.court !== undefined)
    matches.push({
      of: name,
      part: "court",
      known: court,
      said: found.court,
      agrees: isSameCourt(court, found.court),
    });
  if (hearingOn !== undefined && found.hearing)
    matches.push({
      of: name,
      part: "hearing",
      known: hearingOn,
      said: found.hearing.on,
      agrees: hearingOn === found.hearing.on,
    });
  // Courts often leave names out: one that is not there contradicts nothing.
  if (party !== undefined && party.length > 1 && text.includes(party))
    matches.push({ of: name, part: "party", known: party, said: party, agrees: true });
  return matches;
}

/** With or without the province before it. */
const isSameCourt = (a: string, b: string): boolean => a.endsWith(b) || b.endsWith(a);

function daysAfter(
  text: string,
  kind: MessageKind,
  receivedOn: Day,
  hearing: Hearing | undefined,
  law: CourtMessageLaw,
): FollowingDay[] {
  const days: FollowingDay[] = [];
  const period = (
    what: FollowingDay["what"],
    { days: n, source }: { days: number; source: Source },
  ): void => {
    const natural = addDays(receivedOn, n);
    const on = lastDay(natural, law.calendar, true);
    days.push({ what, on, moved: on !== natural, unpublished: !isPublished(law.calendar, natural), source });
  };
  if (hearing) days.push({ what: "hearing", on: hearing.on, moved: false, unpublished: false });
  if (kind === "payment-order") period("payment-order-objection", law.objection);
  else if (kind === "judgment") period("appeal", law.appeal);
  else if (kind === "filing" || kind === "service" || /起诉状|应诉|答辩|举证/u.test(text))
    period("answer", law.answer);
  return days.sort((a, b) => a.on - b.on);
}

const ALWAYS: readonly LawPoint[] = ["alert", "consent", "consentBefore", "arrival", "otherAddress"];

function pointsFor(kind: MessageKind): readonly LawPoint[] {
  switch (kind) {
    case "hearing":
    case "mediation":
      return [...ALWAYS, "summary", "noDefault", "default", "noticeSummary"];
    case "filing":
    case "service":
      return [...ALWAYS, "noAnswer", "noDefault", "default"];
    case "payment-order":
      return [...ALWAYS, "inability"];
    default:
      return ALWAYS;
  }
}

/** Whether it leaves fewer days before the hearing than ordinary procedure asks for. */
export const isShortNotice = (on: Day, receivedOn: Day, { hearingNotice }: CourtMessageLaw): boolean =>
  on - receivedOn < hearingNotice.days;
