import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { courtFeeTiers } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import {
  addDays,
  borrowerN,
  type Day,
  type Fact,
  keyToNumber,
  type LoanState,
  minor,
  type OutsideFact,
  positionFromFacts,
} from "../../src/core/index.ts";
import {
  type Action,
  type CloseContext,
  closeBorrower,
  runClose,
  type WokenBorrower,
} from "../../src/dayclose/index.ts";
import { type ForecastEvent, forecast } from "../../src/forecast/index.ts";
import type { BookedContact, StepKind } from "../../src/policy/index.ts";
import { isQuestion } from "../../src/strategy/index.ts";
import { MemoryBook } from "../support/memory-store.ts";
import { draw, toldOf, WORLD_LENDER, type World, worldOf } from "./world.ts";

const packs = { cn: loadPack("cn"), us: loadPack("us") };
const DAYS = 45;
const tiers = (on: Day) => {
  const found = courtFeeTiers(packs.cn, on);
  return found.ok ? found.value : undefined;
};

/** A made-up book after some closes, with what became known of its people; and its borrowers as a forecast is given them. */
async function bookOf(seed: number, pack: "cn" | "us") {
  const world = worldOf(seed, { borrowers: 5, events: 18, days: 45 });
  const book = new MemoryBook(world, packs[pack]);
  await book.loans(WORLD_LENDER.code, world.loans);
  const told = toldOf(world, 4);
  for (let day = world.opened; day <= world.through; day = addDays(day, 1)) {
    await book.tell(told.filter(({ fact }) => fact.on === day));
    const today = world.events.filter(({ fact }) => fact.on === day);
    await book.put(today.map(({ loan, fact }) => ({ loan: loan.loanId, fact })));
    if (day === addDays(world.opened, 20)) await book.put(partsDisputed(world, day));
    await runClose(book, WORLD_LENDER.code, day);
  }
  const owners = new Map<number, { id: string; loan: LoanState }[]>();
  for (const { loanId } of world.loans) {
    const loan = book.state(loanId);
    const key = keyToNumber({ bucket: loan.bucket, n: borrowerN(loan.n) });
    owners.set(key, [...(owners.get(key) ?? []), { id: loanId, loan }]);
  }
  const borrowers = [...owners].map(([key, loans]): WokenBorrower => {
    const person = book.persons.get(key);
    return {
      bucket: loans[0]!.loan.bucket,
      n: borrowerN(loans[0]!.loan.n),
      loans: loans
        .sort((a, b) => a.loan.n - b.loan.n)
        .map(({ id, loan }) => ({ id, loan, waiting: [], journal: book.journal(id) })),
      contacts: book.contacts.get(key) ?? [],
      journal: person ?? [],
      ...(person && person.length > 0 ? { person } : {}),
    };
  });
  return { world, book, borrowers, asOf: world.through, through: addDays(world.through, DAYS) };
}

/** Of every third loan a part of the sum is contested, from a few fen to more than any installment. */
const partsDisputed = ({ seed, loans }: World, on: Day) =>
  loans.flatMap(({ loanId }): { loan: string; fact: OutsideFact }[] =>
    draw(seed, `contested ${loanId}`, 3) > 0
      ? []
      : [
          {
            loan: loanId,
            fact: {
              kind: "HoldPlaced",
              on,
              hold: "dispute",
              until: null,
              part: minor(1 + draw(seed, `part of ${loanId}`, 60_000)),
            },
          },
        ],
  );

const idOf = ({ journal }: { readonly journal?: readonly Fact[] }): string =>
  (journal![0] as Extract<Fact, { kind: "LoanBooked" }>).id;

/** What is planned on a day is sent on it, and known from the day after. */
const sent = ({ on, via, slot, act }: Action): BookedContact => ({
  on: addDays(on, 1),
  made: { at: slot, kind: via as StepKind, outcome: act === "call" ? "unknown" : "sent" },
});

/** Closes every single day, the sleeping ones too, and lets what was planned go out: nothing of the forecast's own. */
function dayByDay(borrower: WokenBorrower, first: Day, through: Day, context: CloseContext) {
  let { loans, contacts } = borrower;
  const facts: Fact[][] = loans.map(() => []);
  for (let day = first; day <= through; day = addDays(day, 1)) {
    const closed = closeBorrower({ ...borrower, loans, contacts }, day, context);
    closed.loans.forEach((one, i) => {
      facts[i]!.push(...one.facts);
    });
    contacts = [...contacts, ...closed.actions.filter(({ act }) => !isQuestion(act)).map(sent)];
    loans = loans.map((woken, i) => ({
      ...woken,
      loan: closed.loans[i]!.after,
      waiting: woken.waiting.filter(({ on }) => on > day),
      journal: [...woken.journal!, ...closed.loans[i]!.facts],
    }));
  }
  return facts;
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 });
const isAhead = ({ loan }: { readonly loan: LoanState }): boolean =>
  loan.status === "open" || loan.status === "written-off";

describe("a forecast of paying nothing", () => {
  test.each(["cn", "us"] as const)(
    "is what the closes then write and plan under %s, day by day, while what they plan is sent",
    async (pack) => {
      await fc.assert(
        fc.asyncProperty(seeds, async (seed) => {
          const { book, borrowers, asOf, through } = await bookOf(seed, pack);
          const foreseen = borrowers.flatMap((borrower) =>
            borrower.loans.filter(isAhead).map(({ loan, journal }) => {
              const made = forecast({ borrower, n: loan.n, asOf, through, context: book.context });
              expect(made.ok).toBe(true);
              return { borrower, id: idOf({ journal: journal! }), ...(made.ok ? made.value : undefined!) };
            }),
          );
          for (let day = addDays(asOf, 1); day <= through; day = addDays(day, 1)) {
            await runClose(book, WORLD_LENDER.code, day);
            for (const action of book.actions) {
              if (action.on !== day || isQuestion(action.act)) continue;
              const key = keyToNumber(action);
              book.contacts.set(key, [...(book.contacts.get(key) ?? []), sent(action)]);
            }
          }
          for (const { id, borrower, facts, actions } of foreseen) {
            expect(facts).toEqual(book.journal(id).filter(({ on }) => on > asOf));
            const own = book.actions.filter(
              ({ on, bucket, n }) => on > asOf && bucket === borrower.bucket && n === borrower.n,
            );
            expect(actions).toEqual(own);
          }
        }),
        { numRuns: 5 },
      );
    },
  );

  test("tells each fact of the close in at most one event, and no step of the lender's plan is left out", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { book, borrowers, asOf, through } = await bookOf(seed, "cn");
        for (const borrower of borrowers)
          for (const { loan } of borrower.loans.filter(isAhead)) {
            const made = forecast({ borrower, n: loan.n, asOf, through, context: book.context });
            if (!made.ok) throw new Error(made.refusal.says);
            const told = made.value.events.flatMap(({ fact }) => fact ?? []);
            expect(new Set(told).size).toBe(told.length);
            for (const fact of made.value.facts)
              if (fact.kind === "StepPlanned" || fact.kind === "StepAsked" || fact.kind === "BandEntered")
                expect(told).toContain(fact);
            const days = made.value.events.map(({ on }) => on);
            expect(days).toEqual([...days].sort((a, b) => a - b));
          }
      }),
      { numRuns: 3 },
    );
  });
});

/** The borrower with money of a day on its way to the books, which take it on the morrow. */
function paying(borrower: WokenBorrower, n: number, amount: number, valueOn: Day): WokenBorrower {
  const fact: OutsideFact = {
    kind: "PaymentReceived",
    on: addDays(valueOn, 1),
    id: "told later",
    amount: minor(amount),
    valueOn,
  };
  const loans = borrower.loans.map((one) => (one.loan.n === n ? { ...one, waiting: [fact] } : one));
  return { ...borrower, loans };
}

const happens = ({ fact }: ForecastEvent, facts: readonly Fact[]): boolean =>
  facts.some(
    (one) =>
      one.on === fact!.on &&
      one.kind === fact!.kind &&
      ("step" in fact! ? "step" in one && one.step === fact.step : true) &&
      ("band" in fact! ? "band" in one && one.band === fact.band : true),
  );

test("each sum that is said to stop something does when it is paid on its day, and one fen less does not", async () => {
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const { book, borrowers, asOf, through } = await bookOf(seed, "cn");
      const { context } = book;
      for (const borrower of borrowers) {
        for (const [i, { loan }] of borrower.loans.entries()) {
          if (!isAhead({ loan }) || context.product(loan.product).source !== "kept") continue;
          const made = forecast({ borrower, n: loan.n, asOf, through, context, courtFees: tiers });
          if (!made.ok) throw new Error(made.refusal.says);
          const stopped = made.value.events.filter(({ stop, fact }) => stop && fact);
          const one = stopped[draw(seed, `event of ${loan.n}`, Math.max(1, stopped.length))];
          if (!one) continue;
          const { amount, by } = one.stop!;
          const after = (sum: number) =>
            dayByDay(paying(borrower, loan.n, sum, by), addDays(asOf, 1), one.on, context)[i]!;
          expect(happens(one, after(amount))).toBe(false);
          expect(happens(one, after(amount - 1))).toBe(true);
          tried += 1;
        }
      }
    }),
    { numRuns: 8 },
  );
  expect(tried).toBeGreaterThan(5);
});

test("the figures of each event are those of the ledger on its day", async () => {
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const { book, borrowers, asOf, through } = await bookOf(seed, "cn");
      for (const borrower of borrowers)
        for (const { loan, journal } of borrower.loans.filter(isAhead)) {
          const product = book.context.product(loan.product);
          if (product.source !== "kept" || loan.setAside) continue;
          const made = forecast({ borrower, n: loan.n, asOf, through, context: book.context });
          if (!made.ok) throw new Error(made.refusal.says);
          for (const { on, fact, pastDue, payoff, dpd } of made.value.events) {
            if (!fact) continue;
            const then = positionFromFacts({ bucket: 0, n: 0 }, journal!, () => product, on)!;
            expect([pastDue, payoff, dpd]).toEqual([then.arrears.total, then.payoff, then.dpd]);
          }
        }
    }),
    { numRuns: 3 },
  );
});
