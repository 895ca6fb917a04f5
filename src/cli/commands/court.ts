import { readFileSync } from "node:fs";
import { courtMessageLaw } from "../../../packs/cn/index.ts";
import { loadCalendar } from "../../../packs/load.ts";
import { type Day, dayAt, formatDay, formatMinute, nearest, weekday } from "../../core/index.ts";
import {
  COURT_WAYS,
  type CourtMessage,
  type CourtMessageLaw,
  FOLLOWING_DAY_WORDS,
  type FollowingDay,
  isShortNotice,
  KIND_WORDS,
  type KnownCase,
  LINK_WORDS,
  LONGEST_MESSAGE,
  type Match,
  NEVER_GENUINE,
  PART_WORDS,
  POINT_WORDS,
  READING_WORDS,
  readCourtMessage,
  SIGN_WORDS,
  type Source,
} from "../../legal/index.ts";
import { dayOption, packOf } from "../../office/book.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { sourceJson } from "../../office/limitation/json.ts";
import { weekdayName } from "../../office/strategy/words.ts";
import { caseOfProceeding, meantJson, proceedingsMeant, tellMeant } from "../court/known.ts";
import { PROCEEDING_VERBS, proceedingOptions, runProceeding } from "../court/verbs.ts";
import { whereOptions, whichCourt } from "../court/where.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

const TEXT = { type: "string" } as const;
export const options = {
  ...proceedingOptions,
  text: TEXT,
  from: TEXT,
  received: TEXT,
  court: TEXT,
  case: TEXT,
  hearing: TEXT,
  known: { type: "boolean" },
  ...whereOptions,
} as const;

const VERBS = ["read-sms", "where", ...PROCEEDING_VERBS] as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [verb, file] = asked.words;
  if (verb === "where") return whichCourt(asked, io, place);
  const proceeding = PROCEEDING_VERBS.find((one) => one === verb);
  if (proceeding) return runProceeding(proceeding, asked, io, place);
  if (verb !== "read-sms") {
    const near = nearest(verb ?? "", VERBS);
    if (verb !== undefined)
      throw new WrongUse(say.unknownCommand[io.language](`court ${verb}`, near && `court ${near}`));
    throw new WrongUse(say.missing[io.language](VERBS.join(" | "), "arrears court read-sms message.txt"));
  }
  const receivedOn = dayOption(asked.text("received"), "--received", io) ?? dayAt("Asia/Shanghai", io.now());
  const law = courtMessageLaw(packOf("cn")!, loadCalendar("cn"), receivedOn);
  if (!law.ok) throw new Declined(law.refusal.says);
  const text = asked.text("text") ?? textOf(file, io);
  if (text.trim() === "") throw new Declined(SAY.empty[io.language]);
  const sender = asked.text("from");
  const said = { text, receivedOn, ...(sender === undefined ? {} : { sender }) };
  const meant = asked.flag("known")
    ? await proceedingsMeant(asked, io, place, readCourtMessage(said, law.value), text)
    : undefined;
  const read = readCourtMessage(
    { ...said, cases: [...casesOf(asked, io), ...(meant ?? []).map(caseOfProceeding)] },
    law.value,
  );
  io.object({
    ...jsonOf(read, receivedOn, law.value),
    ...(meant ? { proceedings: meant.map((one) => meantJson(one, receivedOn)) } : {}),
  });
  tell(read, receivedOn, law.value, text.length > LONGEST_MESSAGE, io);
  if (meant) tellMeant(meant, receivedOn, io);
  return read.reading === "signs-of-a-scam" || read.reading === "doubtful" ? 1 : 0;
}

/** The message in a file, or on standard input where that is no terminal. */
function textOf(file: string | undefined, io: Io): string {
  if (file === undefined && process.stdin.isTTY)
    throw new WrongUse(say.missing[io.language]("FILE | --text", "arrears court read-sms message.txt"));
  try {
    return readFileSync(file === undefined || file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new Declined(SAY.unread[io.language](file ?? "-", (error as Error).message));
  }
}

function casesOf(asked: Asked, io: Io): KnownCase[] {
  const [caseNumber, court] = [asked.text("case"), asked.text("court")];
  const hearingOn = dayOption(asked.text("hearing"), "--hearing", io);
  if (caseNumber === undefined && court === undefined && hearingOn === undefined) return [];
  return [
    {
      name: caseNumber ?? court ?? formatDay(hearingOn!),
      ...(caseNumber === undefined ? {} : { caseNumber }),
      ...(court === undefined ? {} : { court }),
      ...(hearingOn === undefined ? {} : { hearingOn }),
    },
  ];
}

const dated = (value: string | Day): string => (typeof value === "number" ? formatDay(value) : value);

function jsonOf(read: CourtMessage, receivedOn: Day, law: CourtMessageLaw): Record<string, unknown> {
  const { kind, reading, court, caseNumber, hearing, links, phones, signs, lacks, matches, days, points } =
    read;
  return {
    reading,
    genuine: "never-told-by-text",
    kind,
    receivedOn: formatDay(receivedOn),
    court: court ?? null,
    caseNumber: caseNumber ?? null,
    hearing: hearing
      ? { on: formatDay(hearing.on), at: hearing.minute === undefined ? null : formatMinute(hearing.minute) }
      : null,
    links,
    phones,
    signs: signs.map((sign) => ({ ...sign, says: SIGN_WORDS[sign.code].en })),
    lacks,
    matches: matches.map((match) => ({ ...match, known: dated(match.known), said: dated(match.said) })),
    days: days.map(({ what, on, moved, unpublished, source }) => ({
      what,
      on: formatDay(on),
      moved,
      unpublished,
      ...(source ? { cite: sourceJson(source) } : {}),
    })),
    law: points.map((point) => ({ point, says: POINT_WORDS[point].en, cite: sourceJson(law.points[point]) })),
    check: COURT_WAYS.en,
  };
}

const SAY = {
  empty: { en: "there is no text to read", zh: "没有可读的内容" },
  unread: {
    en: (file: string, why: string) => `cannot read ${file}: ${why}`,
    zh: (file: string, why: string) => `无法读取 ${file}：${why}`,
  },
  cut: {
    en: `only its first ${LONGEST_MESSAGE} characters were read`,
    zh: `仅读取前 ${LONGEST_MESSAGE} 个字符`,
  },
  heads: {
    says: { en: "it says", zh: "短信内容" },
    signs: { en: "signs that scams have", zh: "可疑之处" },
    lacks: { en: "a real one would carry, and it does not", zh: "真实通知通常具备而此处没有" },
    links: { en: "links", zh: "链接" },
    matches: { en: "beside your case", zh: "与已知案件比对" },
    days: { en: "if it is real", zh: "如果是真的" },
    points: { en: "if you leave it unanswered", zh: "如果不理会" },
    ways: {
      en: "check it by ways of your own (after reports of courts; no official text gathers them)",
      zh: "自行核实（据法院公开报道整理，并非官方规定）",
    },
  },
} as const;

function tell(read: CourtMessage, receivedOn: Day, law: CourtMessageLaw, cut: boolean, io: Io): void {
  const { language } = io;
  const section = (head: keyof typeof SAY.heads, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    io.out("");
    io.out(`${SAY.heads[head][language]}${language === "zh" ? "：" : ":"}`);
    for (const line of lines) io.out(`  ${line}`);
  };
  io.out(READING_WORDS[read.reading][language]);
  io.out(NEVER_GENUINE[language]);
  if (cut) io.out(SAY.cut[language]);
  const { court, caseNumber, hearing } = read;
  const when =
    hearing &&
    `${formatDay(hearing.on)} ${dayName(hearing.on, language)}${hearing.minute === undefined ? "" : ` ${formatMinute(hearing.minute)}`}`;
  const said = [KIND_WORDS[read.kind][language], court, caseNumber?.text, when, ...read.phones];
  section("says", [said.filter((one) => one !== undefined).join(" · ")]);
  section(
    "signs",
    read.signs.map(
      ({ code, weight, found }) =>
        `${weight === "strong" ? "!!" : " !"} ${SIGN_WORDS[code][language]}${found === "" ? "" : `: ${found}`}`,
    ),
  );
  section(
    "lacks",
    read.lacks.map((part) => PART_WORDS[part][language]),
  );
  section(
    "links",
    read.links.map(({ host, whose }) => `${host}: ${LINK_WORDS[whose][language]}`),
  );
  section(
    "matches",
    read.matches.map((match) => matchLine(match, io)),
  );
  // Nobody should begin to reckon by what is probably a scam.
  const mayBeReal = read.reading === "doubtful" || read.reading === "has-the-usual-parts";
  section(
    "days",
    (mayBeReal ? read.days : []).map((day) => dayLine(day, receivedOn, law, io)),
  );
  if (mayBeReal)
    section(
      "points",
      read.points.map((point) => `${POINT_WORDS[point][language]} ${where(law.points[point])}`),
    );
  section(
    "ways",
    COURT_WAYS[language].map((way, i) => `${i + 1}. ${way}`),
  );
}

const dayName = (on: Day, language: Io["language"]): string =>
  `${language === "zh" ? "周" : ""}${weekdayName(weekday(on), language)}`;

const where = ({ cite, verification }: Source): string => `(${cite.law} ${cite.at}, ${verification})`;

function matchLine({ part, known, said, agrees }: Match, { language }: Io): string {
  const name =
    part === "hearing"
      ? FOLLOWING_DAY_WORDS.hearing[language]
      : PART_WORDS[part === "party" ? "parties" : part][language];
  if (agrees) return language === "zh" ? `${name}一致：${dated(said)}` : `${name}: the same, ${dated(said)}`;
  return language === "zh"
    ? `${name}不一致：短信为 ${dated(said)}，已知为 ${dated(known)}`
    : `${name}: it says ${dated(said)}, your case has ${dated(known)}`;
}

function dayLine(
  { what, on, moved, unpublished, source }: FollowingDay,
  receivedOn: Day,
  law: CourtMessageLaw,
  io: Io,
): string {
  const { language } = io;
  const zh = language === "zh";
  const left = on - receivedOn;
  const notes = [
    zh
      ? `收到后第 ${left} 天`
      : left >= 0
        ? `${left} days after the message`
        : `${-left} days before the message`,
    ...(moved ? [zh ? "末日为休息日，顺延" : "its last day is a day off, so the next working day"] : []),
    ...(unpublished
      ? [
          zh
            ? "该年节假日尚未公布，以较早日期为准"
            : "that year's days off are not published: count on this day",
        ]
      : []),
    ...(what === "hearing" && left >= 0 && isShortNotice(on, receivedOn, law)
      ? [zh ? "不足三日，仅简易程序允许" : "under three days' notice, which only summary procedure allows"]
      : []),
    ...(source ? [where(source).slice(1, -1)] : []),
  ];
  return `${formatDay(on)} ${dayName(on, language)}  ${FOLLOWING_DAY_WORDS[what][language]} (${notes.join(zh ? "；" : "; ")})`;
}
