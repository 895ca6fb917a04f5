import { type Minor, parseMoney } from "../core/index.ts";

/** A figure as people type it: full-width digits, commas, spaces and signs of money are passed over. */
export const plainTyped = (text: string): string => text.normalize("NFKC").replaceAll(/[,\s¥元%]/g, "");

/** A sum as people type it, in minor units of two decimals; nothing where it is none. */
export function sumTyped(text: string): Minor | undefined {
  const [whole = "", part] = plainTyped(text).split(".");
  return parseMoney(part === undefined ? whole : `${whole}.${part.padEnd(2, "0")}`, 2);
}
