import {
  BAND_CLOSED,
  borrowerN,
  type Day,
  type Fact,
  keyToNumber,
  type LoanState,
  NEVER,
  type Product,
} from "../core/index.ts";
import type { ContactMade } from "../policy/index.ts";
import { armOf, outstandingHundredths, type Strategy, segmentsOf } from "../strategy/index.ts";
import { projectBorrower } from "./project.ts";
import type { CloseContext, WokenBorrower, WokenLoan } from "./types.ts";

/** Two treatments of the same book, over the same days. */
export interface Comparison {
  readonly first: Day;
  readonly through: Day;
  /** Each context's strategy stands for its whole time. */
  readonly sides: readonly [CloseContext, CloseContext];
  /** Whether a product's loans are treated by what is compared; others only share their borrower's day. */
  readonly concerns: (product: Product) => boolean;
}

export interface Counts {
  planned: number;
  asked: number;
  refused: number;
  lapsed: number;
}

/** Over the first day alone, and over all of them. */
export interface Spans<T> {
  readonly first: T;
  readonly all: T;
}

/** What one side makes of a book. */
export interface Outlook {
  /** By `stage/step`. */
  readonly steps: ReadonlyMap<string, Spans<Counts>>;
  /** Refusals and questions by the rule that made them. */
  readonly rules: ReadonlyMap<string, Spans<{ times: number }>>;
  readonly touched: Spans<Touched>;
}

/** Who gets a message or a call, and how much principal is outstanding on the loans that they are about. */
export interface Touched {
  people: number;
  loans: number;
  /** In minor units, by currency. */
  outstanding: Record<string, number>;
}

/**
 * Compares two treatments over a whole book. Borrowers who are alike in everything that a close looks at are closed once and
 * counted: most books have few sorts of loans, whatever their size.
 */
export class OutlookTally {
  readonly #comparison: Comparison;
  readonly #classes = new Map<string, Class>();
  readonly #usesAmount: readonly (readonly [number, number])[];
  readonly #usesTimesLate: boolean;
  readonly #strategies = new Map<number, readonly Strategy[]>();
  borrowers = 0;
  loans = 0;

  constructor(comparison: Comparison, strategies: readonly Strategy[]) {
    this.#comparison = comparison;
    const segments = strategies.flatMap(segmentsOf);
    this.#usesTimesLate = segments.some(({ timesLate }) => timesLate !== undefined);
    this.#usesAmount = segments.flatMap(({ amount }) => (amount ? [amount] : []));
  }

  /** How many sorts of borrowers were told apart so far. */
  get classes(): number {
    return this.#classes.size;
  }

  add(borrower: WokenBorrower): void {
    const { first, sides, concerns } = this.#comparison;
    let key = "";
    let concerned = 0;
    for (const { loan, waiting } of borrower.loans) {
      const product = sides[0].product(loan.product);
      if (concerns(product)) concerned += 1;
      // What arrived and waits is not told apart: such a borrower is a class of his own.
      if (waiting.length > 0) key += `!${keyToNumber(loan)}`;
      key += this.#keyOf(loan, product, first);
    }
    this.borrowers += 1;
    this.loans += concerned;
    if (concerned === 0) return;
    const { contacts } = borrower;
    const seen = contacts.length === 0 ? contacts : toTheMinute(contacts);
    if (seen.length > 0) key += JSON.stringify(seen);
    let known = this.#classes.get(key);
    if (!known) {
      known = this.#project({ ...borrower, contacts: seen });
      this.#classes.set(key, known);
    }
    known.times += 1;
    for (let i = 0; i < borrower.loans.length; i++) {
      const { principal, principalPaid } = borrower.loans[i]!.loan;
      known.outstanding[i]! += principal - principalPaid;
    }
  }

  /** What each side makes of all that was added. */
  outlooks(): readonly [Outlook, Outlook] {
    return [this.#sum(0), this.#sum(1)];
  }

  /** Everything about a loan that decides what steps are made of it while only days pass. */
  #keyOf(loan: LoanState, product: Product, first: Day): string {
    const { status, setAside, dueOn, band, stepsThrough, holds, reach, extra } = loan;
    if (setAside || band === BAND_CLOSED) return "|-";
    if (dueOn === NEVER) return "|n";
    const sums =
      product.source === "kept" &&
      !extra?.books &&
      !(loan.principalPaid >= 0 && loan.principalPaid <= loan.principal)
        ? "?"
        : "";
    let key = `|${sums}${loan.product},${status},${dueOn - first},${band},${stepsThrough},${holds},${reach}`;
    if (this.#usesTimesLate) key += `,${loan.timesLate}`;
    if (this.#usesAmount.length > 0) {
      const amount = outstandingHundredths(loan, product);
      for (const [low, high] of this.#usesAmount) key += low <= amount && amount <= high ? "y" : "n";
    }
    for (const strategy of this.#strategiesOf(loan.product)) {
      const arm = armOf(strategy, keyToNumber({ bucket: loan.bucket, n: borrowerN(loan.n) }));
      if (arm) key += `,${arm.name}`;
    }
    return extra ? key + JSON.stringify(extra) : key;
  }

  #strategiesOf(id: number): readonly Strategy[] {
    let known = this.#strategies.get(id);
    if (!known) {
      const { sides, first } = this.#comparison;
      known = sides.flatMap((side) => side.strategy(side.product(id).strategy)?.on(first) ?? []);
      this.#strategies.set(id, known);
    }
    return known;
  }

  #project(borrower: WokenBorrower): Class {
    const { first, through, sides, concerns } = this.#comparison;
    // Looked at on the first day whatever it slept until: that was reckoned by the strategy of now.
    const loans = borrower.loans.map(
      (woken): WokenLoan => ({
        ...woken,
        loan: {
          ...woken.loan,
          wakeOn: woken.loan.setAside || woken.loan.band === BAND_CLOSED ? NEVER : first,
        },
      }),
    );
    const outcomes = sides.map((side): Outcome => {
      const closed = projectBorrower({ ...borrower, loans }, through, side);
      const facts = closed.loans.map(({ before, facts: all }) =>
        concerns(side.product(before.product)) ? all : [],
      );
      return {
        facts,
        touchedFirst: facts.map((all) => isTouched(all, first, first)),
        touched: facts.map((all) => isTouched(all, first, through)),
      };
    });
    return {
      times: 0,
      outstanding: loans.map(() => 0),
      currencies: loans.map(({ loan }) => sides[0].product(loan.product).terms.currency),
      sides: [summed(outcomes[0]!, first), summed(outcomes[1]!, first)],
    };
  }

  #sum(side: 0 | 1): Outlook {
    const steps = new Map<string, Spans<Counts>>();
    const rules = new Map<string, Spans<{ times: number }>>();
    const touched = { first: noTouch(), all: noTouch() };
    for (const { times, sides, outstanding, currencies } of this.#classes.values()) {
      const outcome = sides[side];
      for (const { name, kind, first, all } of outcome.steps) {
        const own = entry(steps, name, () => ({ first: noCounts(), all: noCounts() }));
        own.first[kind] += first * times;
        own.all[kind] += all * times;
      }
      for (const { name, first, all } of outcome.rules) {
        const own = entry(rules, name, () => ({ first: { times: 0 }, all: { times: 0 } }));
        own.first.times += first * times;
        own.all.times += all * times;
      }
      for (const span of ["first", "all"] as const) {
        const flags = outcome.touched[span];
        if (flags.includes(true)) touched[span].people += times;
        flags.forEach((is, i) => {
          if (!is) return;
          touched[span].loans += times;
          const currency = currencies[i]!;
          touched[span].outstanding[currency] = (touched[span].outstanding[currency] ?? 0) + outstanding[i]!;
        });
      }
    }
    return { steps, rules, touched };
  }
}

/** Borrowers who are alike: how many, what is outstanding on each of their loans together, and what comes of one. */
interface Class {
  times: number;
  readonly outstanding: number[];
  readonly currencies: readonly string[];
  readonly sides: readonly [Summed, Summed];
}

interface Outcome {
  readonly facts: readonly (readonly Fact[])[];
  readonly touchedFirst: readonly boolean[];
  readonly touched: readonly boolean[];
}

interface Summed {
  readonly steps: readonly {
    readonly name: string;
    readonly kind: keyof Counts;
    readonly first: number;
    readonly all: number;
  }[];
  readonly rules: readonly { readonly name: string; readonly first: number; readonly all: number }[];
  readonly touched: Spans<readonly boolean[]>;
}

function isTouched(facts: readonly Fact[], from: Day, through: Day): boolean {
  return facts.some(({ kind, on }) => kind === "StepPlanned" && from <= on && on <= through);
}

const KINDS = {
  StepPlanned: "planned",
  StepAsked: "asked",
  StepRefused: "refused",
  StepLapsed: "lapsed",
} as const;

/** What became of one borrower, counted by step and by rule. */
function summed({ facts, touchedFirst, touched }: Outcome, firstDay: Day): Summed {
  const steps = new Map<string, { name: string; kind: keyof Counts; first: number; all: number }>();
  const rules = new Map<string, { name: string; first: number; all: number }>();
  for (const fact of facts.flat()) {
    if (!(fact.kind in KINDS)) continue;
    const step = fact as Extract<Fact, { step: string }>;
    const name = step.step.slice(0, step.step.lastIndexOf("@"));
    const kind = KINDS[step.kind];
    const isFirst = step.on === firstDay ? 1 : 0;
    const own = entry(steps, `${kind} ${name}`, () => ({ name, kind, first: 0, all: 0 }));
    own.first += isFirst;
    own.all += 1;
    for (const rule of "rules" in step ? step.rules : []) {
      const count = entry(rules, rule, () => ({ name: rule, first: 0, all: 0 }));
      count.first += isFirst;
      count.all += 1;
    }
  }
  return {
    steps: [...steps.values()],
    rules: [...rules.values()],
    touched: { first: touchedFirst, all: touched },
  };
}

/** Rules look at minutes at the closest; seconds would make every message a sort of its own. */
const toTheMinute = (contacts: readonly ContactMade[]): ContactMade[] =>
  contacts
    .map(({ address: _address, ...contact }) => ({ ...contact, at: contact.at - (contact.at % 60_000) }))
    .sort((a, b) => a.at - b.at);

const noCounts = (): Counts => ({ planned: 0, asked: 0, refused: 0, lapsed: 0 });
const noTouch = (): Touched => ({ people: 0, loans: 0, outstanding: {} });

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
