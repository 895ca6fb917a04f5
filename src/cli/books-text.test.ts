import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day, minor } from "../core/index.ts";
import { accountPart, BOOK_TEXTS, idOfAccountPart, percentEncoded, type ToldLoan } from "./books-text.ts";

const anyId = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("X", "x", "-", "A", "2", "a", ":", ";", " ", "\n", "贷", "\ud800") }),
);

describe("an id as part of an account's name", () => {
  test.each([
    ["L0000002-1", "L0000002-1"],
    ["a1", "X--a1"],
    ["", "X--"],
    ["-1", "X---1"],
    ["A-", "A--2D"],
    ["A--B", "A--2D-B"],
    ["X--41", "X--2D-41"],
    ["贷", "X----E8--B4--B7"],
    ["A  B", "A--20--20B"],
    ["A:B;C\n", "A--3AB--3BC--0A"],
  ])("%j is %s", (id, part) => {
    expect(accountPart(id)).toBe(part);
    expect(idOfAccountPart(part)).toBe(id);
  });

  test("any id is a name that both programs take, and comes back from it", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const part = accountPart(id);
        expect(part).toMatch(/^[A-Z0-9][A-Za-z0-9-]*$/);
        expect(idOfAccountPart(part)).toBe(id);
        expect(percentEncoded(id)).toMatch(/^[A-Za-z0-9._/~%-]*$/);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("a loan in each format", () => {
  const loan: ToldLoan = {
    id: "A  B\n2026-01-01 x",
    currency: "CNY",
    through: day("2026-02-28"),
    transactions: [
      {
        on: day("2026-01-05"),
        bookedOn: day("2026-01-07"),
        description: "payment received",
        fact: 'P"1\n, date:2020-01-01',
        postings: [
          { account: "Assets:Bank", amount: minor(1005) },
          { account: "Liabilities:Unapplied", amount: minor(-1005) },
        ],
      },
    ],
    balances: new Map([["Liabilities:Unapplied", minor(-1005)]]),
  };
  const part = "A--20--20B--0A2026-01-01--20x";
  const id = "A%20%20B%0A2026-01-01%20x";
  const fact = "P%221%0A%2C%20date%3A2020-01-01";

  test("hledger", () => {
    expect(BOOK_TEXTS.hledger.loan(loan)).toBe(
      `account Liabilities:Unapplied:${part}

2026-01-05 payment received  ; loan:${id}, fact:${fact}, booked:2026-01-07
    Assets:Bank  10.05 CNY
    Liabilities:Unapplied:${part}  -10.05 CNY

2026-02-28 balances by the position  ; loan:${id}
    Liabilities:Unapplied:${part}  0.00 CNY = -10.05 CNY

`,
    );
  });

  test("beancount, whose balances are those of the next morning", () => {
    expect(BOOK_TEXTS.beancount.loan(loan)).toBe(
      `2026-01-05 open Liabilities:Unapplied:${part} CNY
  loan: "${id}"

2026-01-05 * "payment received"
  loan: "${id}"
  fact: "${fact}"
  booked: 2026-01-07
  Assets:Bank  10.05 CNY
  Liabilities:Unapplied:${part}  -10.05 CNY

2026-03-01 balance Liabilities:Unapplied:${part}  -10.05 ~ 0.00 CNY

`,
    );
  });
});
