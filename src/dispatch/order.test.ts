import { describe, expect, test } from "vitest";
import { PRODUCT as MICRO } from "../../test/support/book.ts";
import { book, type Day, day, instantAt, type LoanState, minor, type Product } from "../core/index.ts";
import { type Strategy, strategyLine } from "../strategy/index.ts";
import { decide } from "./order.ts";
import type { Judged, Pending, PlannedAction, Standing } from "./types.ts";

const ZONE = "Asia/Shanghai";
const TODAY = day("2026-03-10");
const NOW = instantAt(ZONE, TODAY, 600);
const step = (name: string, dpd: number, until = 60) => ({
  key: `late/${name}@${dpd}`,
  stage: "late",
  dpd,
  until,
  act: "message",
  what: name,
  by: ["app", "text"],
  minute: 600,
  pauseOn: [],
});
const plan = (name: string, ...steps: ReturnType<typeof step>[]) =>
  strategyLine([{ name, version: 1, from: day("2020-01-01"), arms: [], steps } as unknown as Strategy]);
const STRATEGIES: Record<string, ReturnType<typeof plan>> = {
  one: plan("one", step("first", 1), step("second", 5), step("short", 2, 3)),
  other: plan("other", step("a", 5), step("b", 5)),
};

const { payableOn: _, ...TERMS_OF_MICRO } = MICRO;
const PRODUCT: Product = { ...TERMS_OF_MICRO, id: 1, lender: "test", strategy: "one" };

/** Loan `index` of borrower 0, its first installment due so many days ago. */
const loan = (index: number, daysLate: number, strategy = "one"): Standing["loans"][number] => {
  const dueOn = (TODAY - daysLate) as Day;
  const state = book(
    { bucket: 0, n: index },
    {
      kind: "LoanBooked",
      on: (dueOn - 31) as Day,
      id: `L${index}`,
      product: 1,
      principal: minor(100_000),
      rateE8: 50_000,
      disbursedOn: (dueOn - 31) as Day,
      firstDueOn: dueOn,
      installments: 12,
      reach: 3,
    },
    PRODUCT,
  );
  return { id: `L${index}`, loan: state as LoanState, product: { ...PRODUCT, strategy } };
};

const action = (
  on: string,
  steps: [n: number, key: string][],
  change: Partial<PlannedAction> = {},
): PlannedAction => ({
  bucket: 0,
  n: 0,
  on: day(on),
  act: "message",
  item: 0,
  via: "app",
  what: steps[0]![1].split("/")[1]!.split("@")[0]!,
  slot: instantAt(ZONE, day(on), 600),
  strategy: "one@1",
  pack: "p",
  steps: steps.map(([n, key]) => ({ n, step: key })),
  tried: [],
  ...change,
});

const standing = (loans: Standing["loans"], actions: readonly PlannedAction[]): Standing =>
  ({
    addressee: { zone: ZONE },
    loans,
    contacts: ["a contact"],
    person: "what is known of him",
    context: { strategy: (name: string) => STRATEGIES[name] },
    actions,
  }) as unknown as Standing;

/** Decides with a judge that sends everything, and gives what it was asked. */
function decided(given: Standing, judged: (pending: Pending) => Judged = () => ({ kind: "send" }) as Judged) {
  const asked: Pending[] = [];
  const result = decide(given, NOW, (pending) => {
    asked.push(pending);
    return judged(pending);
  });
  return { result, asked };
}

describe("what is due for one borrower", () => {
  test("is judged with everything that is known of him", () => {
    const { asked } = decided(standing([loan(1, 5)], [action("2026-03-10", [[1, "late/second@5"]])]));
    expect(asked).toMatchObject([
      { contacts: ["a contact"], person: "what is known of him", id: "0-0/2026-03-10/message" },
    ]);
  });

  test.each<
    [
      string,
      [index: number, late: number, strategy?: string][],
      [n: number, key: string],
      [n: number, key: string],
      string,
      string,
    ]
  >([
    [
      "the step of the later day",
      [
        [1, 6],
        [2, 1],
      ],
      [1, "late/second@5"],
      [2, "late/first@1"],
      "late/second@5",
      "second",
    ],
    [
      "in whichever order they were planned",
      [
        [1, 5],
        [2, 1],
      ],
      [2, "late/first@1"],
      [1, "late/second@5"],
      "late/second@5",
      "second",
    ],
    [
      "of one day the name that comes last, over two strategies",
      [
        [1, 5, "other"],
        [2, 5],
      ],
      [1, "late/b@5"],
      [2, "late/second@5"],
      "late/second@5",
      "second",
    ],
    [
      "of one name that of the loan booked last",
      [
        [1, 5],
        [2, 5],
      ],
      [1, "late/second@5"],
      [2, "late/second@5"],
      "late/second@5",
      "second",
    ],
    [
      "only what is still due: a stage that is over leads nothing",
      [
        [1, 9],
        [2, 1],
      ],
      [1, "late/short@2"],
      [2, "late/first@1"],
      "late/first@1",
      "first",
    ],
  ])("goes out as %s", (_, loans, early, late, leading, what) => {
    const { result, asked } = decided(
      standing(
        loans.map(([index, days, strategy]) => loan(index, days, strategy)),
        [action("2026-03-09", [early]), action("2026-03-10", [late])],
      ),
    );
    expect(result.consolidated.map(({ by }) => by.step)).toEqual([leading]);
    expect(asked).toMatchObject([{ action: { on: day("2026-03-10"), what } }]);
  });

  test("of one loan the step that was planned last stands", () => {
    const { asked } = decided(
      standing(
        [loan(1, 5)],
        [action("2026-03-06", [[1, "late/first@1"]]), action("2026-03-10", [[1, "late/second@5"]])],
      ),
    );
    expect(asked.map(({ action: { steps } }) => steps)).toEqual([[{ n: 1, step: "late/second@5" }]]);
  });

  test("waits for the later one where that has its minute still to come", () => {
    const later = action("2026-03-10", [[2, "late/first@1"]], { slot: NOW + 1 });
    const { result, asked } = decided(
      standing([loan(1, 6), loan(2, 1)], [action("2026-03-09", [[1, "late/second@5"]]), later]),
    );
    expect(asked).toEqual([]);
    expect(result.carriers).toMatchObject([{ on: day("2026-03-10"), what: "second", slot: NOW + 1 }]);
    expect(result.more).toBe(false);
  });

  test("what was put off beyond today is left where it is", () => {
    const put = action("2026-03-09", [[1, "late/second@5"]], { slot: NOW + 86_400_000 });
    const { result } = decided(
      standing([loan(1, 5), loan(2, 1)], [put, action("2026-03-10", [[2, "late/first@1"]])]),
    );
    expect(result.consolidated).toEqual([]);
  });

  test("is judged one after another until one is sent; the rest waits for its end", () => {
    const call = action("2026-03-10", [[1, "late/second@5"]], { act: "call", slot: NOW - 1 });
    const message = action("2026-03-10", [[1, "late/second@5"]], { slot: NOW });
    const letter = action("2026-03-10", [[1, "late/second@5"]], { act: "letter", item: 1, slot: NOW });
    const all = standing([loan(1, 5)], [letter, message, call]);
    const refusing = decided(all, ({ action: { act } }) =>
      act === "call" ? { kind: "cancel", why: "no", rules: [] } : ({ kind: "send" } as Judged),
    );
    expect(refusing.asked.map(({ action: { act } }) => act)).toEqual(["call", "message"]);
    expect(refusing.result.more).toBe(true);
  });

  test("a second channel's contact has a name of its own", () => {
    const { asked } = decided(
      standing([loan(1, 5)], [action("2026-03-10", [[1, "late/second@5"]], { tried: ["app"] })]),
    );
    expect(asked[0]!.id).toBe("0-0/2026-03-10/message+2");
  });
});
