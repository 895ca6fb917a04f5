import { describe, expect, test } from "vitest";
import {
  csrfOf,
  fromBase32,
  hashPassword,
  isPassword,
  maskedToken,
  newSecret,
  newTotpSecret,
  passwordTrouble,
  toBase32,
  totpAt,
  totpStep,
  totpStepOf,
  unmaskedToken,
} from "./secrets.ts";

describe("one-time codes", () => {
  // RFC 6238 appendix B, SHA-1 rows: seconds and the code of eight digits; the key is these twenty characters.
  test.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("at second %i the RFC's key gives %s", (second, code) => {
    expect(totpAt(Buffer.from("12345678901234567890"), totpStep(second * 1000), 8)).toBe(code);
  });

  // RFC 4648 section 10.
  test.each([
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foob", "MZXW6YQ"],
    ["foobar", "MZXW6YTBOI"],
  ])("%s is %s in base32", (text, code) => {
    expect(toBase32(Buffer.from(text))).toBe(code);
    expect(fromBase32(code).toString()).toBe(text);
  });

  test("a code counts in its half minute and the next, and not before or after", () => {
    const key = newTotpSecret();
    const now = 1_800_000_000_000;
    const code = totpAt(fromBase32(key), totpStep(now));
    const at = (seconds: number) => totpStepOf(key, code, now + seconds * 1000);
    expect(at(0)).toBe(totpStep(now));
    expect(at(30)).toBe(totpStep(now));
    expect(at(60)).toBeUndefined();
    expect(at(-30)).toBeUndefined();
    expect(totpStepOf(key, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(totpStep(now));
    expect(totpStepOf(key, "12345", now)).toBeUndefined();
  });
});

test("a token in a page has another face each time, and only the right one is it again", () => {
  const token = csrfOf(newSecret());
  const [one, two] = [maskedToken(token), maskedToken(token)];
  expect(one).not.toBe(two);
  expect(one).not.toContain(token);
  expect(unmaskedToken(one)).toBe(token);
  expect(unmaskedToken(two)).toBe(token);
  for (const other of ["", "x", token, `${one}AAAA`, maskedToken(csrfOf(newSecret()))])
    expect(unmaskedToken(other)).not.toBe(token);
});

describe("passwords", () => {
  test.each([
    ["short", "too-short"],
    ["x".repeat(129), "too-long"],
    ["password12345", "too-plain"],
    ["aaaaaaaaaaaaaa", "too-plain"],
    ["01234567890", "too-short"],
    ["my name is anna", "too-plain"],
    ["five brown horses", undefined],
    ["十二个字符以上的一句话就可以", undefined],
  ])("%s: %s", (password, trouble) => {
    expect(passwordTrouble(password, "anna")).toBe(trouble);
  });

  test("a hash is argon2id at OWASP's cost, and one who has none is refused like one who is wrong", async () => {
    const kept = await hashPassword("five brown horses");
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(kept, "five brown horses")).toBe(true);
    expect(await isPassword(kept, "five brown horse")).toBe(false);
    expect(await isPassword(null, "five brown horses")).toBe(false);
  });
});
