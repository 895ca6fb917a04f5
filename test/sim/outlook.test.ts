import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { addDays, borrowerN, type Fact, type LoanState, NEVER } from "../../src/core/index.ts";
import {
  type Outlook,
  OutlookTally,
  projectBorrower,
  runClose,
  type WokenBorrower,
} from "../../src/dayclose/index.ts";
import type { BookedContact } from "../../src/policy/index.ts";
import { MemoryBook } from "../support/memory-store.ts";
import { draw, WORLD_LENDER, worldOf } from "./world.ts";

const packs = { cn: loadPack("cn"), us: loadPack("us") };
const DAYS = 30;
const NAMES = ["ladder", "compared", "fed"];

/** A made-up book after some closes, and its borrowers as a comparison would be given them. */
async function bookOf(seed: number, pack: "cn" | "us") {
  const world = worldOf(seed, { borrowers: 8, events: 25, days: 50 });
  const book = new MemoryBook(world, packs[pack]);
  await book.loans(WORLD_LENDER.code, world.loans);
  for (let day = world.opened; day <= world.through; day = addDays(day, 1)) {
    const today = world.events.filter(({ fact }) => fact.on === day);
    await book.put(today.map(({ loan, fact }) => ({ loan: loan.loanId, fact })));
    await runClose(book, WORLD_LENDER.code, day);
  }
  const owners = new Map<string, LoanState[]>();
  for (const { loanId } of world.loans) {
    const loan = book.state(loanId);
    const key = `${loan.bucket}/${borrowerN(loan.n)}`;
    owners.set(key, [...(owners.get(key) ?? []), loan]);
  }
  const first = addDays(world.through, 1);
  const borrowers = [...owners.values()].map((loans, i): WokenBorrower => {
    const at = (first - 1 - draw(seed, `contact ${i}`, 7)) * 86_400_000 + 4 * 3_600_000;
    const made = { at, kind: "call", outcome: "connected" } as const;
    const called: BookedContact[] = draw(seed, `contacted ${i}`, 3) === 0 ? [{ on: first, made }] : [];
    const woken = [...loans].sort((a, b) => a.n - b.n).map((loan) => ({ loan, waiting: [] }));
    return { bucket: loans[0]!.bucket, n: borrowerN(loans[0]!.n), loans: woken, contacts: called };
  });
  return { world, book, borrowers, first, through: addDays(first, DAYS - 1) };
}

type Book = Awaited<ReturnType<typeof bookOf>>;

function tallied({ book, borrowers, first, through, world }: Book, told: boolean): Outlook {
  const products = world.products.map((_, i) => book.context.product(i + 1));
  const tally = new OutlookTally({
    first,
    through,
    products,
    sides: [book.context, book.context],
    concerns: ({ strategy }) => NAMES.includes(strategy),
  });
  if (told) tally.expect(borrowers.flatMap(({ contacts }) => contacts));
  for (const borrower of borrowers) tally.add(borrower);
  const [a, b] = tally.outlooks();
  expect(a).toEqual(b);
  return a;
}

const KINDS = {
  StepPlanned: "planned",
  StepAsked: "asked",
  StepRefused: "refused",
  StepLapsed: "lapsed",
} as const;

/** How often each thing becomes of each step, counted plainly. */
function counts(facts: readonly Fact[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const fact of facts) {
    if (!(fact.kind in KINDS)) continue;
    const { step, kind } = fact as Extract<Fact, { step: string }>;
    const name = `${KINDS[kind as keyof typeof KINDS]} ${step.slice(0, step.lastIndexOf("@"))}`;
    found[name] = (found[name] ?? 0) + 1;
  }
  return found;
}
const countsOf = ({ steps }: Outlook): Record<string, number> =>
  Object.fromEntries(
    [...steps].flatMap(([name, { all }]) =>
      Object.entries(all)
        .filter(([, times]) => times > 0)
        .map(([kind, times]) => [`${kind} ${name}`, times]),
    ),
  );

const seeds = fc.integer({ min: 1, max: 2 ** 31 });

describe("a comparison over the book", () => {
  test.each(["cn", "us"] as const)(
    "counts under %s what closing each borrower by himself gives",
    async (pack) => {
      await fc.assert(
        fc.asyncProperty(seeds, fc.boolean(), async (seed, told) => {
          const made = await bookOf(seed, pack);
          const { book, borrowers, first, through } = made;
          const facts: Fact[] = [];
          let people = 0;
          for (const borrower of borrowers) {
            const loans = borrower.loans.map(({ loan, ...rest }) => ({
              ...rest,
              loan: { ...loan, wakeOn: loan.wakeOn === NEVER && loan.band < 0 ? NEVER : first },
            }));
            const closed = projectBorrower({ ...borrower, loans }, through, book.context);
            const own = closed.loans.flatMap((one) => one.facts);
            facts.push(...own);
            if (own.some(({ kind }) => kind === "StepPlanned")) people += 1;
          }
          const outlook = tallied(made, told);
          expect(countsOf(outlook)).toEqual(counts(facts));
          expect(outlook.touched.all.people).toBe(people);
        }),
        { numRuns: 60 },
      );
    },
  );

  test("is what the coming closes then do, when nothing else happens and nobody is reached in between", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const made = await bookOf(seed, "cn");
        const bare = { ...made, borrowers: made.borrowers.map((one) => ({ ...one, contacts: [] })) };
        const foreseen = countsOf(tallied(bare, true));
        await runClose(made.book, WORLD_LENDER.code, made.through);
        const facts = made.world.loans.flatMap(({ loanId }) =>
          made.book.journal(loanId).filter(({ on }) => on >= made.first),
        );
        expect(foreseen).toEqual(counts(facts));
      }),
      { numRuns: 60 },
    );
  });
});
