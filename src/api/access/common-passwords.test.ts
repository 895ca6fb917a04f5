import { describe, expect, test } from "vitest";
import { isCommon } from "./common-passwords.ts";
import { passwordTrouble } from "./secrets.ts";

describe("a password", () => {
  test.each([
    "password1234",
    "Password2026!",
    "P@ssw0rd12345",
    "passwordpassword",
    "qwertyuiop123",
    "1qaz2wsx3edc",
    "iloveyou1314520",
    "woaini5201314",
    "Summer2025!!!",
    "WelcomeAdmin1",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "123456789012",
    "19900131abcd",
    "dragon_monkey_99",
    "letmein-letmein",
    "zxcvbnm,./12",
    "beijing20080808",
  ])("that everybody tries is refused: %s", (password) => {
    expect(isCommon(password)).toBe(true);
  });

  test.each([
    "five brown horses",
    "correct horse battery staple",
    "Kx9#vLq2!mWz",
    "mein Hund mag Regen",
    "窗外的雨下了三天三夜没有停过",
    "tr0mbone-quilt-mandate",
    "8264019375526",
    "gravel, otter, pewter",
  ])("that nobody guesses is taken, whatever it is made of: %s", (password) => {
    expect(isCommon(password)).toBe(false);
  });

  test("of words of this place is refused: the user's own, the lender's, the product's", () => {
    expect(passwordTrouble("anna.lindgren-99", "anna.lindgren")).toBe("too-plain");
    expect(passwordTrouble("Arrears-2026-!!", "anna")).toBe("too-plain");
    expect(passwordTrouble("sunflowerbank77", "anna", "Anna", "sunflowerbank")).toBe("too-plain");
    expect(passwordTrouble("gravel, otter, pewter", "anna", "Anna", "sunflowerbank")).toBeUndefined();
  });

  test("more than the three thousand of ASVS 6.2.4 are known by what they are made of", () => {
    const words = [
      "password",
      "welcome",
      "dragon",
      "monkey",
      "football",
      "princess",
      "sunshine",
      "iloveyou",
      "letmein",
      "master",
    ];
    const made = new Set<string>();
    for (const word of words)
      for (const [i, written] of [word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)].entries())
        for (let year = 1960; year <= 2030; year++)
          for (const tail of ["", "!"])
            made.add(`${written}${i === 0 ? "" : "_"}${year}${tail}`.padEnd(12, "1"));
    expect(made.size).toBeGreaterThan(3000);
    expect([...made].filter((password) => !isCommon(password))).toEqual([]);
  });

  test("of the longest kind is judged with work that grows with its length", () => {
    for (const password of ["1".repeat(128), "pass".repeat(32), "qwerty1234".repeat(12), "ab".repeat(64)])
      expect(isCommon(password)).toBe(true);
  });
});
