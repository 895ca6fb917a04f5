import { describe, expect, test } from "vitest";
import { loanFields, maskDeep, maskText } from "./fields.ts";
import { maskedPerson } from "./mask.ts";

describe("what is masked", () => {
  test.each([
    ["the number 13812345678 is used no longer", "the number 138****5678 is used no longer"],
    ["+86 13812345678", "861****5678"],
    ["拨打 021-55550000", "拨打 021****0000"],
    ["to zhang.san@example.com", "to z****@example.com"],
    ["身份证 11010519491231002X", "身份证 ******************"],
    ["200.00 by 2026-03-31, entry 20260331000123456789", "200.00 by 2026-03-31, entry 20260331000123456789"],
  ])("%s", (text, shown) => {
    expect(maskText(text)).toBe(shown);
  });

  test("a sentence does not repeat what the borrower's own row says of him", () => {
    expect(maskDeep({ says: ["张三丰 moved to 示例路9号"] }, ["张三丰", "示例路9号"])).toEqual({
      says: ["**** moved to ****"],
    });
  });

  test("of a person enough is left to tell two apart", () => {
    expect(
      maskedPerson({
        name: "张三丰",
        phone: "13812345678",
        email: "z@e.com",
        address: "上海市浦东新区示例路9号",
        app: "t1",
      }),
    ).toEqual({
      name: "张*",
      phone: "138****5678",
      email: "z****@e.com",
      address: "上海市浦东新****",
      app: "****",
    });
    expect(maskedPerson({ phone: "12345" })).toEqual({
      name: null,
      phone: "****45",
      email: null,
      address: null,
      app: null,
    });
  });
});

test("an agency sees of a loan what it needs to speak about it, a borrower nothing of the house's own", () => {
  const loan = { loan: "L1", dpd: 5, outstanding: "10.00", source: "kept", person: [] };
  expect(loanFields("agency-collector", loan)).toEqual({ loan: "L1", dpd: 5 });
  expect(loanFields("borrower", loan)).toEqual({ loan: "L1", dpd: 5, outstanding: "10.00" });
  expect(loanFields("auditor", loan)).toEqual(loan);
});
