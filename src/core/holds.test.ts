import { describe, expect, it } from "vitest";
import type { Day } from "./calendar.ts";
import {
  CHANNELS,
  fromBits,
  type HeldLoan,
  HOLD_KINDS,
  type Hold,
  type HoldKind,
  holdsToSpread,
  toBits,
} from "./holds.ts";

describe("sets as bits", () => {
  it("every set of holds comes back as it was", () => {
    for (let bits = 0; bits < 2 ** HOLD_KINDS.length; bits++)
      expect(toBits(fromBits(bits, HOLD_KINDS), HOLD_KINDS)).toBe(bits);
  });

  it("naming a member twice is naming it once", () => {
    expect(toBits(["text", "app", "text"], CHANNELS)).toBe(0b11);
  });

  // Stored rows hold these: a kind may be appended and never moved.
  it.each([
    ["dispute", 1],
    ["complaint", 2],
    ["hardship", 4],
    ["represented", 8],
    ["cease-contact", 16],
    ["insolvency", 32],
    ["deceased", 64],
    ["minor", 128],
  ] as const)("the hold %s is bit %i for good", (kind, bit) => {
    expect(toBits([kind], HOLD_KINDS)).toBe(bit);
  });

  it.each([
    ["app", 1],
    ["text", 2],
    ["call", 4],
    ["email", 8],
    ["letter", 16],
  ] as const)("the channel %s is bit %i for good", (channel, bit) => {
    expect(toBits([channel], CHANNELS)).toBe(bit);
  });
});

describe("a hold about the person", () => {
  const loan = (n: number, kinds: HoldKind[], until: Partial<Record<HoldKind, Day>> = {}): HeldLoan => ({
    n,
    disbursedOn: 0 as Day,
    kinds,
    until,
  });
  const told = (loans: HeldLoan[], brought: Hold[]) =>
    holdsToSpread(loans, brought).map(({ loan: { n }, hold }) => `${n} ${hold.kind} ${hold.until ?? "open"}`);

  it("that stands on one loan is put on the others with the same end", () => {
    const day = 20_500 as Day;
    expect(told([loan(2, []), loan(1, ["deceased"], { deceased: day })], [])).toEqual([`2 deceased ${day}`]);
  });

  it("that is brought now is put on every loan that has none of its kind", () => {
    const brought: Hold[] = [{ kind: "cease-contact" }];
    expect(told([loan(1, []), loan(2, ["cease-contact"]), loan(3, [])], brought)).toEqual([
      "1 cease-contact open",
      "3 cease-contact open",
    ]);
  });

  it("is more than a hold about one debt: a dispute stays where it was raised", () => {
    expect(told([loan(1, ["dispute"]), loan(2, [])], [{ kind: "complaint" }])).toEqual([]);
  });
});
