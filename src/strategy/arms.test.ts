import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { day } from "../core/index.ts";
import { armOf, SLOTS, slotOf, slotsFor } from "./arms.ts";
import { strategyLine } from "./due.ts";
import { readStrategy } from "./read.ts";
import type { Arm, Strategy } from "./types.ts";

function strategy(
  version: number,
  from: string,
  arms: Readonly<Record<string, number>>,
  more = "",
): Strategy {
  const text = `strategy: compared
version: ${version}
from: "${from}"
${more}arms:
${Object.entries(arms)
  .map(([arm, share]) => `  - { arm: ${arm}, share: ${share} }`)
  .join("\n")}
stages: []
`;
  const read = readStrategy(text, "x.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.refusals));
  return read.strategy;
}

describe("the draw of arms", () => {
  it("follows the published vectors: MurmurHash3 of salt/borrower, modulo 100", () => {
    // Whoever checks a draw from outside must come to these; worked out by an implementation in another language.
    const vectors: readonly (readonly [string, number, number])[] = [
      ["spring", 0, 69],
      ["spring", 1, 59],
      ["spring", 4096, 91],
      ["spring", 2_147_483_648, 88],
      ["micro-loan", 8_793_945_538_560, 90],
      ["春季", 12_288, 28],
    ];
    for (const [salt, borrower, slot] of vectors)
      expect([salt, borrower, slotOf(salt, borrower)]).toEqual([salt, borrower, slot]);
  });

  const arms = fc
    .array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 })
    .filter((shares) => shares.slice(1).reduce((a, b) => a + b, 0) < 100)
    .map((shares): Arm[] => {
      const others = shares.slice(1).map((share, i) => ({ name: `arm ${i}`, share }));
      return [
        { name: "champion", share: 100 - others.reduce((sum, { share }) => sum + share, 0) },
        ...others,
      ];
    });

  it("gives each arm exactly its share of the slots", () => {
    fc.assert(
      fc.property(arms, (all) => {
        const slots = slotsFor(all);
        for (const { name, share } of all) expect(slots.filter((arm) => arm === name)).toHaveLength(share);
      }),
    );
  });

  it("moves nobody between two arms that are kept when one is added", () => {
    fc.assert(
      fc.property(arms, fc.integer({ min: 1, max: 30 }), (all, share) => {
        const champion = all[0]!;
        fc.pre(champion.share > share);
        const added = [
          { ...champion, share: champion.share - share },
          ...all.slice(1),
          { name: "new", share },
        ];
        const before = slotsFor(all);
        slotsFor(added, before).forEach((arm, slot) => {
          if (arm !== before[slot]) expect([before[slot], arm]).toEqual(["champion", "new"]);
        });
      }),
    );
  });

  it("moves borrowers only from arms that shrink to arms that grow, and no more than it must", () => {
    fc.assert(
      fc.property(arms, arms, (first, second) => {
        const before = slotsFor(first);
        const after = slotsFor(second, before);
        const shareIn = (all: readonly Arm[], name: string) =>
          all.find((arm) => arm.name === name)?.share ?? 0;
        let moved = 0;
        after.forEach((arm, slot) => {
          const from = before[slot]!;
          if (arm === from) return;
          moved += 1;
          expect(shareIn(second, from)).toBeLessThan(shareIn(first, from));
          expect(shareIn(second, arm)).toBeGreaterThan(shareIn(first, arm));
        });
        const grown = second.reduce(
          (sum, { name, share }) => sum + Math.max(0, share - shareIn(first, name)),
          0,
        );
        expect(moved).toBe(grown);
      }),
    );
  });

  it("keeps a borrower's arm over the versions of a line, and draws anew under another salt", () => {
    const line = strategyLine([
      strategy(1, "2026-01-01", { champion: 90, challenger: 10 }),
      strategy(2, "2026-02-01", { champion: 70, challenger: 10, third: 20 }),
      strategy(3, "2026-03-01", { champion: 90, challenger: 10 }, "salt: other\n"),
    ]);
    const inArm = (on: string, arm: string): number[] =>
      Array.from({ length: 5000 }, (_, borrower) => borrower).filter(
        (borrower) => armOf(line.on(day(on))!, borrower)?.name === arm,
      );
    const first = inArm("2026-01-15", "challenger");
    expect(inArm("2026-02-15", "challenger")).toEqual(first);
    expect(inArm("2026-03-15", "challenger")).not.toEqual(first);
    // 10 % of 5,000 within four standard deviations (21.2) of 500.
    expect(Math.abs(first.length - 500)).toBeLessThan(85);
  });
});

describe("two arms that are treated alike", () => {
  /** Whether the borrower cured, whatever arm he is in: one in four, by a hash of his own. */
  const cured = (borrower: number): boolean => slotOf("cured", borrower) < 25;
  const BORROWERS = 2000;

  it("are told apart by mistake about as often as a test at 5 % says: 35 to 65 of 1,000 salts", () => {
    const cures = Array.from({ length: BORROWERS }, (_, borrower) => cured(borrower));
    const total = cures.filter(Boolean).length;
    let found = 0;
    for (let seed = 1; seed <= 1000; seed++) {
      let [inA, curedA] = [0, 0];
      for (let borrower = 0; borrower < BORROWERS; borrower++) {
        if (slotOf(`seed ${seed}`, borrower) >= SLOTS / 2) continue;
        inA += 1;
        if (cures[borrower]) curedA += 1;
      }
      // Two proportions, pooled: under no difference z is normal, and |z| > 1.96 in 5 % of all draws.
      const [rateA, rateB] = [curedA / inA, (total - curedA) / (BORROWERS - inA)];
      const pooled = total / BORROWERS;
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / inA + 1 / (BORROWERS - inA)));
      if (Math.abs(rateA - rateB) / error > 1.96) found += 1;
    }
    // Binomial: 1,000 draws at 5 % give 50, with a standard deviation of 6.9; 35 to 65 is 2.2 of them to either side.
    expect(found).toBeGreaterThanOrEqual(35);
    expect(found).toBeLessThanOrEqual(65);
  });

  it("would not be called alike if one of them cured three in ten instead of one in four", () => {
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) {
      let [inA, curedA, curedB] = [0, 0, 0];
      for (let borrower = 0; borrower < 8000; borrower++) {
        const a = slotOf(`seed ${seed}`, borrower) < SLOTS / 2;
        const yes = slotOf("cured", borrower) < (a ? 30 : 25);
        if (a) inA += 1;
        if (yes && a) curedA += 1;
        else if (yes) curedB += 1;
      }
      const pooled = (curedA + curedB) / 8000;
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / inA + 1 / (8000 - inA)));
      if (Math.abs(curedA / inA - curedB / (8000 - inA)) / error > 1.96) found += 1;
    }
    // 0.05 over an error of 0.0101 is almost five of them: found nearly always.
    expect(found).toBeGreaterThan(95);
  });
});
