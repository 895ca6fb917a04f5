import type { Day } from "../../core/index.ts";
import { type CloseContext, type Outlook, OutlookTally } from "../../dayclose/index.ts";
import {
  contextOf,
  type Database,
  type Lender,
  products,
  type Shelves,
  scanBorrowers,
  strategies,
} from "../../store/index.ts";
import { type Strategy, strategyId, strategyLine } from "../../strategy/index.ts";
import type { NamedStrategy } from "../book.ts";

export interface Compared {
  readonly outlooks: readonly [Outlook, Outlook];
  readonly borrowers: number;
  readonly loans: number;
  /** Sorts of borrowers that were told apart; each was closed once for each side. */
  readonly classes: number;
}

/** What is compared, of which lender, over which days. */
export interface Question {
  readonly lender: Lender;
  readonly names: readonly string[];
  readonly sides: readonly [NamedStrategy, NamedStrategy];
  readonly first: Day;
  readonly through: Day;
}

/** Closes a lender's whole book in thought, under each of two strategies, as if nothing else happened. */
export async function compareOnBook(
  db: Database,
  shelves: Shelves,
  { lender, names, sides, first, through }: Question,
  onProgress?: (done: number, of: number) => void,
): Promise<Compared> {
  const context = await contextOf(db, shelves, lender.code);
  const used = (await strategies(db)).map(({ body }) => shelves.readStrategy(body));
  const [a, b] = sides;
  const lines = [
    standing(
      a,
      used.filter((one) => one.name === a.strategy.name && one.version < a.strategy.version),
    ),
    standing(b, [
      ...used.filter((one) => one.name === b.strategy.name && one.version < b.strategy.version),
      ...(a.strategy.name === b.strategy.name ? [a.strategy] : []),
    ]),
  ] as const;
  const treated = (strategy: Strategy): CloseContext => {
    const line = { on: () => strategy, changesAfter: () => undefined, step: () => undefined };
    return { ...context, strategy: (name) => (names.includes(name) ? line : context.strategy(name)) };
  };
  const tally = new OutlookTally({
    first,
    through,
    products: (await products(db)).filter((product) => product.lender === lender.code),
    sides: [treated(lines[0]), treated(lines[1])],
    concerns: ({ strategy }) => names.includes(strategy),
  });
  await scanBorrowers(
    db,
    lender,
    first,
    { contacts: (made) => tally.expect(made), borrower: (one) => tally.add(one) },
    onProgress,
  );
  const { borrowers, loans, classes } = tally;
  return { outlooks: tally.outlooks(), borrowers, loans, classes };
}

/** The strategy as its line would hold it, with the arms that borrowers keep from the versions before. */
function standing({ strategy, others }: NamedStrategy, before: readonly Strategy[]): Strategy {
  const earlier = before.filter(
    (one, i) => before.findIndex((two) => strategyId(two) === strategyId(one)) === i,
  );
  const line = [...earlier.map((one) => ({ ...one, from: -1 as Day })), { ...strategy, from: 0 as Day }];
  return strategyLine(line, [...others, ...before]).on(0 as Day)!;
}
