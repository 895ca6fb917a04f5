const FIRST_SLOTS = 4096;

/**
 * How often each text was seen, in ten bytes a slot instead of the text: a 64-bit hash and a count.
 *
 * Two texts of a million share a hash with a chance of about 3 in 100 million; callers say what that would cost them.
 */
export class CompactCounts {
  size = 0;
  readonly #capacity: number;
  #high = new Uint32Array(FIRST_SLOTS);
  #low = new Uint32Array(FIRST_SLOTS);
  #count = new Uint16Array(FIRST_SLOTS);

  /** Takes the greatest number of different texts that are kept apart. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get full(): boolean {
    return this.size >= this.#capacity;
  }

  /** How often the text was seen before; from now on once more. `undefined` for a new text when full. */
  add(text: string): number | undefined {
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul((b ^ code) + (b >>> 15), 0x85ebca6b);
    }
    const high = mix(a ^ Math.imul(text.length, 0x9e3779b1));
    const low = mix(b ^ high);
    const slot = find(this.#high, this.#low, this.#count, high, low);
    const seen = this.#count[slot]!;
    if (seen === 0) {
      if (this.full) return undefined;
      this.#high[slot] = high;
      this.#low[slot] = low;
      this.size += 1;
    }
    if (seen < 65_535) this.#count[slot] = seen + 1;
    if (this.size * 4 > this.#count.length * 3) this.#grow();
    return seen;
  }

  #grow(): void {
    const slots = this.#count.length * 2;
    const high = new Uint32Array(slots);
    const low = new Uint32Array(slots);
    const count = new Uint16Array(slots);
    for (let i = 0; i < this.#count.length; i++) {
      if (this.#count[i] === 0) continue;
      const slot = find(high, low, count, this.#high[i]!, this.#low[i]!);
      high[slot] = this.#high[i]!;
      low[slot] = this.#low[i]!;
      count[slot] = this.#count[i]!;
    }
    this.#high = high;
    this.#low = low;
    this.#count = count;
  }
}

function find(high: Uint32Array, low: Uint32Array, count: Uint16Array, h: number, l: number): number {
  const mask = count.length - 1;
  let slot = l & mask;
  while (count[slot] !== 0 && (high[slot] !== h || low[slot] !== l)) slot = (slot + 1) & mask;
  return slot;
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
