import { type Day, ymd } from "../core/index.ts";

/** A court's number of a case: `（2025）苏0981民初1234号`. */
export interface CaseNumber {
  /** As courts write it, with plain brackets and without blanks. */
  readonly text: string;
  readonly year: number;
  /** The court's short name: a province's character with up to four digits, or 最高法. */
  readonly court: string;
  /** What sort of case: 民初, 执, 民督. */
  readonly sort: string;
  readonly n: number;
  readonly wrong: readonly CaseNumberFault[];
}

export type CaseNumberFault =
  | "year-to-come"
  | "year-too-early"
  | "unknown-court"
  | "unknown-sort"
  | "no-number";

const PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵";
/** Sorts of cases that a borrower can meet, and those that are met with them. The list is ours, from numbers in public use. */
const SORTS = [
  "民初",
  "民终",
  "民再",
  "民申",
  "民监",
  "民特",
  "民督",
  "民催",
  "民撤",
  "民辖",
  "民辖终",
  "民他",
  "民诉前调",
  "诉前调",
  "民调",
  "引调",
  "司调",
  "诉调",
  "财保",
  "行保",
  "执",
  "执恢",
  "执保",
  "执异",
  "执复",
  "执监",
  "执协",
  "执他",
  "破",
  "破申",
  "刑初",
  "刑终",
  "行初",
  "行终",
];

const NUMBER =
  /[([〔【]\s{0,2}(\d{4})\s{0,2}[)\]〕】]\s{0,2}(最高法|[\p{Script=Han}]{1,6}?)\s{0,2}(\d{0,4})\s{0,2}([\p{Script=Han}]{1,6}?)\s{0,2}(?:字第|字|第)?\s{0,2}(\d{0,7})\s{0,2}号/u;

/** The first year in which numbers were written in this way for what a borrower can meet today. */
const FIRST_YEAR = 1990;

/** Full-width letters, digits and brackets as plain ones, and nothing invisible between two characters. */
export const plainText = (text: string): string =>
  text.normalize("NFKC").replace(/[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/gu, "");

/** A case number that somebody wrote by itself, in whatever brackets. */
export const caseNumberOf = (text: string, on: Day): CaseNumber | undefined =>
  readCaseNumber(plainText(text), on);

/**
 * Finds the first case number of a text and checks its form. A form that is right says nothing about the case.
 *
 * Takes   text with plain digits and brackets; the day on which it came.
 */
export function readCaseNumber(text: string, receivedOn: Day): CaseNumber | undefined {
  const found = NUMBER.exec(text);
  if (!found) return undefined;
  const [, yearText, name, digits, sort, nText] = found;
  const year = Number(yearText);
  const n = Number(nText);
  const court = `${name}${digits}`;
  const wrong: CaseNumberFault[] = [];
  if (year > ymd(receivedOn).year) wrong.push("year-to-come");
  if (year < FIRST_YEAR) wrong.push("year-too-early");
  // Before 2016 the court's short name had no digits: 杭西.
  const isOld = year <= 2015;
  const isCourt =
    court === "最高法" ||
    (PROVINCES.includes(name!.slice(0, 1)) && (isOld || (name!.length === 1 && isCode(digits!))));
  if (!isCourt && !(isOld && digits === "")) wrong.push("unknown-court");
  if (!isOld && !SORTS.includes(sort!)) wrong.push("unknown-sort");
  if (nText === "" || n === 0) wrong.push("no-number");
  return { text: `(${yearText})${court}${sort}${nText}号`, year, court, sort: sort!, n, wrong };
}

/** A high court has no digits, an intermediate one two, a basic one four. */
const isCode = (digits: string): boolean => digits.length === 0 || digits.length === 2 || digits.length === 4;

/** The province of a case number's court, as its character; none of the Supreme Court's. */
export const provinceOf = ({ court }: CaseNumber): string | undefined =>
  PROVINCES.includes(court.slice(0, 1)) ? court.slice(0, 1) : undefined;
