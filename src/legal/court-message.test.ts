import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { courtMessageLaw } from "../../packs/cn/index.ts";
import { loadCalendar, loadPack } from "../../packs/load.ts";
import { type Day, day, formatDay, formatMinute } from "../core/index.ts";
import { type CourtMessage, type KnownCase, readCourtMessage } from "./court-message.ts";

interface Entry {
  readonly text: string;
  readonly sender?: string;
  readonly reading: string;
  readonly has?: {
    readonly kind?: string;
    readonly court?: string;
    readonly case?: string;
    readonly hearing?: string;
    readonly links?: readonly string[];
    readonly days?: readonly string[];
  };
  readonly signs?: readonly string[];
  readonly lacks?: readonly string[];
}
const corpus = parse(readFileSync(new URL("../../test/court-messages/corpus.yaml", import.meta.url), "utf8"))
  .messages as readonly Entry[];
const MONDAY = day("2026-03-02");
const lawOn = (on: Day) => {
  const law = courtMessageLaw(loadPack("cn"), loadCalendar("cn"), on);
  if (!law.ok) throw new Error(law.refusal.says);
  return law.value;
};
const LAW = lawOn(MONDAY);
const read = (
  text: string,
  more: { sender?: string; cases?: readonly KnownCase[]; on?: Day } = {},
): CourtMessage => readCourtMessage({ text, receivedOn: more.on ?? MONDAY, ...more }, LAW);
const when = ({ hearing }: CourtMessage): string | undefined =>
  hearing &&
  `${formatDay(hearing.on)}${hearing.minute === undefined ? "" : ` ${formatMinute(hearing.minute)}`}`;

describe("a message is read as a careful person would", () => {
  test.each(corpus.map((one) => [one.text, one] as const))("%s", (text, one) => {
    const found = read(text, one.sender === undefined ? {} : { sender: one.sender });
    const { kind, court, case: number, hearing, links, days } = one.has ?? {};
    expect([found.reading, found.signs.map(({ code }) => code)]).toEqual([
      one.reading,
      expect.arrayContaining([...(one.signs ?? [])]),
    ]);
    if (kind) expect(found.kind).toBe(kind);
    if (court) expect(found.court).toBe(court);
    if (number) expect(found.caseNumber?.text).toBe(number);
    if (hearing) expect(when(found)).toBe(hearing);
    if (links) expect(found.links.map(({ whose }) => whose)).toEqual(links);
    if (days) expect(found.days.map(({ what }) => what)).toEqual(days);
    if (one.lacks) expect(found.lacks).toEqual(expect.arrayContaining([...one.lacks]));
  });

  test("the corpus has forty messages and more, and none of them is called genuine", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(40);
    for (const { text } of corpus) expect(JSON.stringify(read(text))).not.toMatch(/genuine|真实有效/);
  });
});

const NOTICE =
  "【东台市人民法院】王五：您与某某公司借款合同纠纷一案，案号（2026）苏0981民初88号，定于2026年3月20日上午9时30分在第三审判庭开庭，请查收起诉状副本。电话0515-85212345。";

test("its parts are held beside a case that is known", () => {
  const cases = [
    {
      name: "papers",
      court: "江苏省东台市人民法院",
      caseNumber: "(2026) 苏0981民初89号",
      hearingOn: day("2026-03-20"),
    },
  ];
  expect(read(NOTICE, { cases }).matches).toEqual([
    {
      of: "papers",
      part: "case-number",
      known: "(2026)苏0981民初89号",
      said: "(2026)苏0981民初88号",
      agrees: false,
    },
    { of: "papers", part: "court", known: "江苏省东台市人民法院", said: "东台市人民法院", agrees: true },
    { of: "papers", part: "hearing", known: day("2026-03-20"), said: day("2026-03-20"), agrees: true },
  ]);
});

test("a known party that it names agrees, and one that it leaves out contradicts nothing", () => {
  const of = (party: string) => read(NOTICE, { cases: [{ name: "P1", party }] }).matches;
  expect(of("王五")).toEqual([{ of: "P1", part: "party", known: "王五", said: "王五", agrees: true }]);
  expect(of("赵六")).toEqual([]);
  // One character is in every message.
  expect(of("王")).toEqual([]);
});

test("a scam that knows the number, the court and the name of a case stays a scam", () => {
  const scam = NOTICE.replace("请查收起诉状副本", "请立即转账至安全账户 6222020000000000000");
  const found = read(scam, {
    cases: [{ name: "P1", court: "东台市人民法院", caseNumber: "(2026)苏0981民初88号", party: "王五" }],
  });
  expect(found.reading).toBe("signs-of-a-scam");
  expect(found.matches.every(({ agrees }) => agrees)).toBe(true);
});

describe("days that follow, counted by hand", () => {
  const answerBy = (text: string): [string, boolean, boolean] => {
    const { days } = read(NOTICE, { on: day(text) });
    const { on, moved, unpublished } = days.find(({ what }) => what === "answer")!;
    return [formatDay(on), moved, unpublished];
  };
  // Art. 128: fifteen days, the day of receipt not counted (art. 85).
  test("fifteen days after Monday 2 March are Tuesday 17 March", () => {
    expect(answerBy("2026-03-02")).toEqual(["2026-03-17", false, false]);
  });
  test("a last day on a Saturday is moved to the Monday", () => {
    // 6 March + 15 = Saturday 21 March 2026.
    expect(answerBy("2026-03-06")).toEqual(["2026-03-23", true, false]);
  });
  test("a last day in the Spring Festival is moved to the first working day after it", () => {
    // 2 February + 15 = 17 February 2026, New Year's Day of the lunar year; the holiday runs from the 15th to the 23rd.
    expect(answerBy("2026-02-02")).toEqual(["2026-02-24", true, false]);
  });
  test("where the days off of the year are not published, the earlier day is taken and it is said", () => {
    // 20 December 2026 + 15 = 4 January 2027.
    expect(answerBy("2026-12-20")).toEqual(["2027-01-04", false, true]);
  });
});

test("before the text of the law that was read begins, nothing is said of its days", () => {
  expect(courtMessageLaw(loadPack("cn"), loadCalendar("cn"), day("2023-12-31"))).toMatchObject({
    ok: false,
    refusal: { code: "no-text-read" },
  });
  expect(courtMessageLaw(loadPack("cn"), loadCalendar("cn"), day("2024-01-01")).ok).toBe(true);
});

describe("properties", () => {
  const piece = fc.constantFrom(
    ...corpus.flatMap(({ text }) => text.split(/(?<=[，。：！ ])/u)),
    "http://",
    "（2026）",
    "号",
    "6222 0212 3456 7890",
    "\u200b",
  );
  test("whatever it is put together of, it is read, and a request for money with an account is never passed over", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(12), (pieces, at) => {
        const asks = "请转账至账户6222021234567890123。";
        const text = [...pieces.slice(0, at), "。", asks, ...pieces.slice(at)].join("");
        expect(read(text).reading).toBe("signs-of-a-scam");
      }),
    );
  });
  test("full-width letters, blanks that nobody sees and another form of brackets change nothing", () => {
    const wide = NOTICE.replace(/[0-9]/gu, (one) =>
      String.fromCharCode(one.charCodeAt(0) + 0xfee0),
    ).replaceAll("院", "院\u200b");
    expect(read(wide)).toEqual(read(NOTICE));
    expect(read(NOTICE.replaceAll("（", "(").replaceAll("）", ")"))).toEqual(read(NOTICE));
  });
  test("a text of a million characters is read as far as a message can be long", () => {
    expect(read("（2026".repeat(200_000)).reading).toBe("not-of-a-court");
  });
});
