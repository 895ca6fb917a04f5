import { type Day, formatDay } from "../../core/index.ts";
import { type CourtMessage, type KnownCase, WAY_WORDS } from "../../legal/index.ts";
import { openCourt } from "../../office/court/desk.ts";
import { dayJson, type KnownProceeding, livesOf } from "../../office/court/told.ts";
import { Declined, type Io } from "../../office/io.ts";
import { listProceedings } from "../../store/index.ts";
import { withLender } from "../commands/team.ts";
import type { Asked } from "../options.ts";
import { dayName } from "./told.ts";

/**
 * The proceedings of the book that a message may be about: those of its case number, else those whose borrower it names.
 *
 * That one is found says nothing of who wrote the message: numbers and names are on paper that many have read.
 */
export async function proceedingsMeant(
  asked: Asked,
  io: Io,
  place: string,
  read: CourtMessage,
  text: string,
): Promise<KnownProceeding[]> {
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    const opened = await openCourt({ db, lender, now, by: "lender" });
    if (!opened.ok) throw new Declined(opened.says);
    const all = await livesOf(db, await listProceedings(db, lender), opened.court.law);
    const number = read.caseNumber?.text;
    const byNumber = all.filter(
      ({ life }) => number !== undefined && (life.caseNumber === number || life.appealNumber === number),
    );
    if (byNumber.length > 0) return byNumber;
    return all.filter(
      ({ borrower }) => borrower !== undefined && borrower.length > 1 && text.includes(borrower),
    );
  });
}

/** A proceeding as a message is held beside it. */
export function caseOfProceeding({ life, days, borrower }: KnownProceeding): KnownCase {
  const hearing = days.find(({ what }) => what === "hearing");
  return {
    name: life.id,
    court: life.court,
    ...(life.caseNumber === undefined ? {} : { caseNumber: life.caseNumber }),
    ...(hearing ? { hearingOn: hearing.lastOn } : {}),
    ...(borrower === undefined ? {} : { party: borrower }),
  };
}

export const meantJson = ({ life, days }: KnownProceeding, today: Day): Record<string, unknown> => ({
  id: life.id,
  kind: life.way,
  state: life.state,
  court: life.court,
  caseNumber: life.caseNumber ?? null,
  days: days.map((one) => dayJson(one, today)),
});

/** Which proceedings it may be about, and the days that follow from what is recorded of them: those count, not the message's own. */
export function tellMeant(meant: readonly KnownProceeding[], today: Day, io: Io): void {
  const { language } = io;
  const out = (line: string): void => io.out(line);
  const zh = language === "zh";
  out("");
  if (meant.length === 0) {
    out(
      zh
        ? "账簿中没有此案号或此当事人的程序"
        : "no proceeding of this book has that number or names that person",
    );
    return;
  }
  out(
    zh
      ? "账簿中的程序（期限以登记为准）："
      : "proceedings of this book (their days are by what is recorded, not by the message):",
  );
  for (const { life, days } of meant) {
    out(`  ${life.id} · ${WAY_WORDS[life.way][language]} · ${life.court} · ${life.caseNumber ?? "-"}`);
    for (const one of days)
      out(
        `    ${formatDay(one.lastOn)}  ${dayName(one, language)}${one.lastOn < today ? (zh ? "（已过）" : " (over)") : ""}`,
      );
  }
}
