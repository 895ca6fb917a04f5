import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newLetterCode, readLetterCode, verifyUrl } from "./letter-code.ts";

const code = newLetterCode(randomBytes);
const random = fc.infiniteStream(fc.integer({ min: 0, max: 255 }));
const codes = random.map((stream) =>
  newLetterCode((count) => Uint8Array.from({ length: count }, () => stream.next().value as number)),
);

describe("a letter's code", () => {
  test("has six groups of four and at least 100 bits that nobody can guess", () => {
    expect(code).toMatch(/^([2-9A-HJKMNP-RT-Y]{4}-){5}[2-9A-HJKMNP-RT-Y]{4}$/);
    expect(29n ** 23n).toBeGreaterThan(2n ** 111n);
  });

  test("has by hand the check character that makes the sum of place times symbol a multiple of 29", () => {
    // 23 symbols of value 1: 1 + 2 + … + 23 = 276 = 9 x 29 + 15, so 24 x last must leave 14: 24 x 3 = 72 = 2 x 29 + 14.
    expect(newLetterCode((count) => new Uint8Array(count).fill(1))).toBe("3333-3333-3333-3333-3333-3335");
  });

  test("draws a byte again that would make some characters likelier", () => {
    // 29 x 8 = 232: bytes from 232 on are not used.
    let given = 0;
    const bytes = (count: number) =>
      Uint8Array.from({ length: count }, () => (given++ % 2 === 0 ? 255 : 232 - 1));
    expect(newLetterCode(bytes).startsWith("YYYY-YYYY-YYYY-YYYY-YYYY-YYY")).toBe(true);
  });

  test("is read with small letters, blanks, full-width letters, and S and Z for what they look like", () => {
    fc.assert(
      fc.property(codes, (made) => {
        for (const typed of [
          made,
          made.toLowerCase(),
          made.replaceAll("-", ""),
          ` ${made.replaceAll("-", " – ")}\n`,
          made.replaceAll("5", "s").replaceAll("2", "Z"),
          made.replaceAll("A", "Ａ"),
        ])
          expect(readLetterCode(typed)).toEqual({ ok: true, code: made });
      }),
      { numRuns: 50 },
    );
  });

  test("with one character wrong, or two that changed places, is known as mistyped", () => {
    const place = fc.integer({ min: 0, max: 23 });
    const wrong = fc.constantFrom(..."23456789ABCDEFGHJKMNPQRTUVWXY");
    fc.assert(
      fc.property(codes, place, place, wrong, (made, a, b, other) => {
        const plain = [...made.replaceAll("-", "")];
        const swapped = [...plain];
        [swapped[a], swapped[b]] = [plain[b]!, plain[a]!];
        const changed = plain.with(a, other);
        for (const typed of [swapped, changed])
          if (typed.join("") !== plain.join(""))
            expect(readLetterCode(typed.join(""))).toEqual({ ok: false, why: "check" });
      }),
    );
  });

  test("of another length or with other characters is none", () => {
    expect(readLetterCode(code.slice(0, -1))).toEqual({ ok: false, why: "length" });
    expect(readLetterCode(`${code}2`)).toEqual({ ok: false, why: "length" });
    expect(readLetterCode("")).toEqual({ ok: false, why: "length" });
    expect(readLetterCode(`${code.slice(0, -1)}0`)).toEqual({ ok: false, why: "character" });
    expect(readLetterCode(`${code.slice(0, -1)}/`)).toEqual({ ok: false, why: "character" });
  });

  test("stands in an address", () => {
    expect(verifyUrl("https://letters.example/", code)).toBe(`https://letters.example/verify/${code}`);
  });
});
