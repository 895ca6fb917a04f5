import { invariant, type Minor } from "../core/index.ts";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUP = 10_000;

/**
 * An amount in capital Chinese characters, as bank papers and letters of demand write it.
 *
 * Takes   an amount of 0 or more, in fen.
 * Gives   for instance 壹仟肆佰零玖元伍角: 整 after 元 and never after 角 or 分, one 零 for any run of zeros between
 *         figures, and one before 角 or 分 where the unit of yuan is zero.
 * Source  the people's bank's basic rules on filling in bills and settlement vouchers (正确填写票据和结算凭证的基本规定),
 *         known by its published examples, which are the tests. Where the rules leave a choice, the first form of the example.
 */
export function amountWords(amount: Minor): string {
  invariant(amount >= 0, "an amount in words is not negative");
  const yuan = Math.trunc(amount / 100);
  const jiao = Math.trunc(amount / 10) % 10;
  const fen = amount % 10;
  let words = yuan > 0 ? `${integerWords(yuan)}元` : "";
  if (jiao === 0 && fen === 0) return `${words || "零元"}整`;
  if (words !== "" && (jiao === 0 || yuan % 10 === 0)) words += "零";
  if (jiao > 0) words += `${DIGITS[jiao]}角`;
  if (fen > 0) words += `${DIGITS[fen]}分`;
  return words;
}

function integerWords(value: number): string {
  const groups: number[] = [];
  for (let rest = value; rest > 0; rest = Math.trunc(rest / GROUP)) groups.push(rest % GROUP);
  let words = "";
  let gap = false;
  for (let at = groups.length - 1; at >= 0; at--) {
    const group = groups[at]!;
    if (group === 0) {
      gap = words !== "";
      continue;
    }
    if (words !== "" && (gap || group < 1000)) words += "零";
    words += groupWords(group) + unitOf(groups, at);
    gap = false;
  }
  return words;
}

/** 亿 stands once: 壹万亿, but 壹万贰仟亿. */
function unitOf(groups: readonly number[], at: number): string {
  if (at === 3) return groups[2] === 0 ? "万亿" : "万";
  return ["", "万", "亿"][at]!;
}

function groupWords(group: number): string {
  let words = "";
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.trunc(group / 10 ** place) % 10;
    if (digit === 0) {
      gap = words !== "";
      continue;
    }
    words += `${gap ? "零" : ""}${DIGITS[digit]}${PLACES[place]}`;
    gap = false;
  }
  return words;
}
