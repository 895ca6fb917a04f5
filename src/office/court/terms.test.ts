import { describe, expect, test } from "vitest";
import { day, minor } from "../../core/index.ts";
import { wageOn } from "../../legal/index.ts";
import { readCourtTerms } from "./terms.ts";

const FILE = `
lender:
  name: 示例消费金融有限公司
  area: 广东省深圳市南山区
  credit_code: 91440300EXAMPLE001
courts:
  广东省深圳市南山区: 深圳市南山区人民法院
wages:
  - { province: 广东省, year: 2025, yuan: "100000.00", source: "an example, not a published figure", published_on: "2026-06-30" }
  - { province: 广东省, year: 2024, yuan: "90000.00", source: "an example, not a published figure" }
costs:
  - { way: suit, kind: lawyer, amount: "800.00", claimable: true }
products:
  CASH:
    jurisdiction:
      clause: 第十七条
      says: 由原告住所地人民法院管辖
      pointed_out: true
      courts:
        - { tie: plaintiff-domicile, area: 广东省深圳市南山区 }
    electronic_service: { clause: 第十八条, to_address_on_file: true }
    signed_at: 广东省深圳市南山区
    made_online: true
    clauses: { rate: 第五条 }
`;

describe("what a lender supplies about courts", () => {
  test("is read as it is written", () => {
    const read = readCourtTerms(FILE, "court-terms.yaml");
    expect(read).toMatchObject({
      ok: true,
      terms: {
        lender: { name: "示例消费金融有限公司", creditCode: "91440300EXAMPLE001" },
        courts: { 广东省深圳市南山区: "深圳市南山区人民法院" },
        costs: [{ way: "suit", kind: "lawyer", amount: minor(80_000), claimable: true }],
        products: {
          CASH: {
            jurisdiction: { inWriting: true, courts: [{ tie: "plaintiff-domicile" }], pointedOut: true },
            electronicService: { toAddressOnFile: true },
            madeOnline: true,
            clauses: { rate: "第五条" },
          },
        },
      },
    });
  });

  test("is refused with every mistake, its place and the nearest word", () => {
    const read = readCourtTerms(
      'costs:\n  - { way: suits, kind: lawyer, amount: "0" }\nwages:\n  - { province: A, year: 1999, yuan: x }\nlendr: {}\n',
      "t.yaml",
    );
    if (read.ok) throw new Error("it was taken");
    expect(read.refusals.map(({ at, says }) => `${at} ${says}`).sort()).toEqual([
      't.yaml:2:12 "suits" is not known in way; did you mean "suit"?',
      't.yaml:2:41 amount: "0" is no amount above zero; write it as "800.00"',
      "t.yaml:4:26 year must be a whole number from 2000 to 2199",
      't.yaml:4:38 yuan: "x" is no amount above zero; write it as "800.00"',
      "t.yaml:4:5 source is missing or empty",
      't.yaml:5:1 "lendr" is not known in court terms; did you mean "lender"?',
    ]);
  });

  // Interpretation art. 272: until the figure of the year before is out, the latest one that is.
  test.each([
    ["2026-06-29", 2024],
    ["2026-06-30", 2025],
  ])("on %s the wage is that of %i", (on, year) => {
    const read = readCourtTerms(FILE, "t.yaml");
    if (!read.ok) throw new Error("refused");
    expect(wageOn(read.terms.wages, "广东省", day(on), 2026)?.year).toBe(year);
  });
});
