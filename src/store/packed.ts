/**
 * Lists of small whole numbers as bytes: seven bits each and a flag that more follow, so that most take one or two bytes.
 * A night touches a tenth of the book; a row for each would weigh as much as its facts.
 */

export class PackWriter {
  #bytes = new Uint8Array(256);
  #at = 0;

  /** A whole number from 0 to 2^31 - 1. */
  number(value: number): void {
    if (this.#at + 5 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    let rest = value;
    for (; rest > 127; rest >>>= 7) this.#bytes[this.#at++] = (rest & 127) | 128;
    this.#bytes[this.#at++] = rest;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }
}

/** The numbers again. */
export function unpack(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) {
      numbers.push(value);
      value = 0;
      shift = 0;
    }
  }
  return numbers;
}

/** Facts of one key that were sealed together: `count` of them from `from` on. */
export interface Run {
  readonly n: number;
  readonly from: number;
  readonly count: number;
}

/** Runs in order of their keys. */
export function packRuns(runs: readonly Run[]): Uint8Array {
  const writer = new PackWriter();
  let before = 0;
  for (const { n, from, count } of runs) {
    writer.number(n - before);
    writer.number(from);
    writer.number(count);
    before = n;
  }
  return writer.finish();
}

export function runsOf(bytes: Uint8Array): Run[] {
  const numbers = unpack(bytes);
  const runs: Run[] = [];
  let n = 0;
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    n += numbers[i]!;
    runs.push({ n, from: numbers[i + 1]!, count: numbers[i + 2]! });
  }
  return runs;
}

/** Keys with the last fact of each that is sealed. */
export function packMarks(marks: ReadonlyMap<number, number>): Uint8Array {
  const writer = new PackWriter();
  let before = 0;
  for (const n of [...marks.keys()].sort((a, b) => a - b)) {
    writer.number(n - before);
    writer.number(marks.get(n)!);
    before = n;
  }
  return writer.finish();
}

export function marksOf(bytes: Uint8Array): Map<number, number> {
  const numbers = unpack(bytes);
  const marks = new Map<number, number>();
  let n = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    n += numbers[i]!;
    marks.set(n, numbers[i + 1]!);
  }
  return marks;
}
