import {
  ASSET_CLASSES,
  BUREAU_CODES,
  fromBits,
  type Minor,
  SPECIAL_TRANSACTIONS,
  toBits,
} from "../core/index.ts";
import type { MonthEntry } from "../legal/index.ts";
import { PackWriter, unpack } from "./packed.ts";

/** Whole numbers of any safe size, in two parts. */
const LOW = 2 ** 28;
const big = (writer: PackWriter, value: number): void => {
  writer.number(value % LOW);
  writer.number(Math.floor(value / LOW));
};

/** Numbers that each loan takes in a packed month. */
const FIELDS = 12;

/** Writes the loans of a bucket at a month's end, in order of their numbers. */
export class MonthPacker {
  readonly #writer = new PackWriter();
  #before = 0;
  count = 0;

  add(n: number, entry: MonthEntry): void {
    const writer = this.#writer;
    writer.number(n - this.#before);
    writer.number(BUREAU_CODES.indexOf(entry.code));
    writer.number(entry.class === undefined ? 0 : ASSET_CLASSES.indexOf(entry.class) + 1);
    writer.number(entry.dpd);
    writer.number(entry.dueAge);
    writer.number(entry.special.length === 0 ? 0 : toBits(entry.special, SPECIAL_TRANSACTIONS));
    big(writer, entry.outstanding);
    big(writer, entry.pastDue);
    big(writer, entry.lateUnits);
    this.#before = n;
    this.count += 1;
  }

  finish(): Uint8Array {
    return this.#writer.finish();
  }
}

/** The loans of a bucket at a month's end, by their numbers. */
export function unpackMonth(bytes: Uint8Array): Map<number, MonthEntry> {
  const numbers = unpack(bytes);
  const loans = new Map<number, MonthEntry>();
  let n = 0;
  for (let i = 0; i + FIELDS <= numbers.length; i += FIELDS) {
    n += numbers[i]!;
    const special = numbers[i + 5]!;
    const least = numbers[i + 2]!;
    loans.set(n, {
      code: BUREAU_CODES[numbers[i + 1]!]!,
      class: least === 0 ? undefined : ASSET_CLASSES[least - 1],
      dpd: numbers[i + 3]!,
      dueAge: numbers[i + 4]!,
      special: special === 0 ? NONE : fromBits(special, SPECIAL_TRANSACTIONS),
      outstanding: (numbers[i + 6]! + numbers[i + 7]! * LOW) as Minor,
      pastDue: (numbers[i + 8]! + numbers[i + 9]! * LOW) as Minor,
      lateUnits: numbers[i + 10]! + numbers[i + 11]! * LOW,
    });
  }
  return loans;
}

const NONE: readonly never[] = [];

/** Numbers of loans, rising. */
export function packNumbers(ns: readonly number[]): Uint8Array {
  const writer = new PackWriter();
  let before = 0;
  for (const n of ns) {
    writer.number(n - before);
    before = n;
  }
  return writer.finish();
}

export function unpackNumbers(bytes: Uint8Array): number[] {
  let n = 0;
  return unpack(bytes).map((step) => {
    n += step;
    return n;
  });
}
