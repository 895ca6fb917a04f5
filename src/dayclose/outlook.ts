import {
  BAND_CLOSED,
  borrowerN,
  type Day,
  daysFromDue,
  type Fact,
  formatInstant,
  type Instant,
  instantAt,
  keyToNumber,
  type LoanState,
  NEVER,
  type Product,
  parseMinute,
} from "../core/index.ts";
import type { BookedContact, StepKind } from "../policy/index.ts";
import { armOf, isQuestion, mayFit, type Strategy, segmentsOf } from "../strategy/index.ts";
import { projectBorrower } from "./project.ts";
import type { Action, CloseContext, ClosedBorrower, WokenBorrower, WokenLoan } from "./types.ts";

/** Two treatments of the same book, over the same days. */
export interface Comparison {
  readonly first: Day;
  readonly through: Day;
  /** All products of the lender. */
  readonly products: readonly Product[];
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
 * Compares two treatments over a whole book. Borrowers who are alike in everything that a close looks at are closed once for
 * each side and counted: most books have few sorts of loans, whatever their size.
 */
export class OutlookTally {
  readonly #comparison: Comparison;
  readonly #sides: readonly [Side, Side];
  borrowers = 0;
  loans = 0;

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
    this.#sides = [sideOf(comparison.sides[0], comparison), sideOf(comparison.sides[1], comparison)];
  }

  /** How many sorts of loans and of borrowers were closed, on both sides together. */
  get classes(): number {
    return this.#sides.reduce((sum, { alone, together }) => sum + alone.size + together.size, 0);
  }

  /**
   * Contacts that borrowers to come may have had: a loan of which the same is made whichever of them there were is told by
   * itself even where there were some. Of very many different ones the borrowers are looked at one by one instead.
   */
  expect(contacts: Iterable<BookedContact>): void {
    const all = new Map<string, BookedContact>();
    for (const one of contacts) {
      const [contact] = toTheMinute([one]) as [BookedContact];
      all.set(JSON.stringify(contact), contact);
      if (all.size > MOST_CONTACTS) return;
    }
    for (const side of this.#sides) side.expected = [...all.values()];
  }

  add(borrower: WokenBorrower): void {
    const { sides, concerns } = this.#comparison;
    let concerned = 0;
    for (const { loan } of borrower.loans) if (concerns(sides[0].product(loan.product))) concerned += 1;
    this.borrowers += 1;
    this.loans += concerned;
    if (concerned === 0) return;
    for (const side of this.#sides) this.#count(side, borrower);
  }

  /** What each side makes of all that was added. */
  outlooks(): readonly [Outlook, Outlook] {
    return [summedUp(this.#sides[0]), summedUp(this.#sides[1])];
  }

  #count(side: Side, borrower: WokenBorrower): void {
    const stirred: Stirred[] = [];
    for (const woken of borrower.loans) {
      const key = keyOf(woken, side, this.#comparison);
      if (key !== IDLE) stirred.push({ key, woken });
    }
    if (stirred.length === 0) return;
    const contacted = borrower.contacts.length > 0 && !side.expected;
    if (contacted || borrower.person || !this.#countAlone(side, borrower, stirred))
      this.#countTogether(side, borrower, stirred);
  }

  /**
   * Loans of which each goes its own way, whatever contacts there are about the others: counted one by one. Gives false
   * where that is not so of every one.
   */
  #countAlone(side: Side, borrower: WokenBorrower, stirred: readonly Stirred[]): boolean {
    const classes: Class[] = [];
    for (const { key, woken } of stirred) {
      let known = side.alone.get(key);
      if (!known) {
        known = this.#project(side, { ...borrower, contacts: [], loans: [woken] });
        side.alone.set(key, known);
      }
      if (!known.free && (stirred.length > 1 || borrower.contacts.length > 0)) return false;
      classes.push(known);
    }
    const reached = { first: false, all: false };
    classes.forEach((one, i) => {
      one.times += 1;
      one.outstanding[0]! += outstandingOf(stirred[i]!.woken);
      reached.first ||= one.outcome.touched.first[0]!;
      reached.all ||= one.outcome.touched.all[0]!;
    });
    if (reached.first) side.people.first += 1;
    if (reached.all) side.people.all += 1;
    return true;
  }

  #countTogether(side: Side, borrower: WokenBorrower, stirred: readonly Stirred[]): void {
    const contacts = toTheMinute(borrower.contacts);
    // In any order: which of his loans is which changes nothing in what is made of them together.
    const order = [...stirred].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    // Of whom anything was recorded is a class of his own.
    const own = borrower.person ? `!${keyToNumber(borrower)}` : "";
    const key =
      own + order.map((one) => one.key).join("") + (contacts.length > 0 ? JSON.stringify(contacts) : "");
    let known = side.together.get(key);
    if (!known) {
      known = this.#project(side, { ...borrower, contacts, loans: order.map(({ woken }) => woken) });
      side.together.set(key, known);
    }
    known.times += 1;
    for (const [i, { woken }] of order.entries()) known.outstanding[i]! += outstandingOf(woken);
    if (known.outcome.touched.first.includes(true)) side.people.first += 1;
    if (known.outcome.touched.all.includes(true)) side.people.all += 1;
  }

  #project(side: Side, borrower: WokenBorrower): Class {
    const { context } = side;
    const { first, through, concerns } = this.#comparison;
    // Looked at on the first day whatever it slept until: that was reckoned by the strategy of now.
    const loans = borrower.loans.map(
      (woken): WokenLoan => ({ ...woken, loan: { ...woken.loan, wakeOn: first } }),
    );
    const own = { ...borrower, loans: inKeyOrder(loans) };
    const closed = projectBorrower(own, through, context);
    const facts = loans.map(({ loan }) => {
      const one = closed.loans.find(({ before }) => before.bucket === loan.bucket && before.n === loan.n)!;
      return concerns(context.product(loan.product)) ? one.facts : [];
    });
    return {
      times: 0,
      outstanding: loans.map(() => 0),
      currencies: loans.map(({ loan }) => context.product(loan.product).terms.currency),
      outcome: summed(facts, first),
      free: loans.length === 1 && isFree(side, own, closed, this.#comparison),
    };
  }
}

/** More different recent contacts than this would make the question dearer than what it spares. */
const MOST_CONTACTS = 2000;

interface Stirred {
  readonly key: string;
  readonly woken: WokenLoan;
}

const outstandingOf = ({ loan }: WokenLoan): number => loan.principal - loan.principalPaid;

/**
 * Whether the same is made of a loan however often its borrower is contacted about others: the same with every contact that
 * any plan of this side could bring on every day. More contacts never make a verdict looser (a property of every pack), so what
 * stands under none and under all of them stands under any.
 */
function isFree(
  side: Side,
  own: WokenBorrower,
  alone: ClosedBorrower,
  { first, through }: Comparison,
): boolean {
  const { context, slots } = side;
  const { zone } = context;
  if (own.loans[0]!.loan.extra?.zone !== undefined) return false;
  // A slot that the gate moved is not among those of the plans, and another loan would be judged beside it.
  const isPlanned = ({ via, slot }: Action): boolean => slots.has(slotName(via, minuteOf(slot, zone)));
  if (!alone.actions.every((action) => isQuestion(action.act) || isPlanned(action))) return false;
  side.supposed ??= [...(side.expected ?? []), ...everyContact(slots, first, through, zone)];
  const crowded = projectBorrower(own, through, context, side.supposed);
  return JSON.stringify(crowded.loans[0]!.facts) === JSON.stringify(alone.loans[0]!.facts);
}

const slotName = (via: string, minute: number): string => `${via} ${minute}`;
const minuteOf = (slot: Instant, zone: string): number =>
  parseMinute(formatInstant(zone, slot).slice(11, 16))!;

/** Ways and minutes of the day at which any plan of the side may contact somebody. */
function slotsOf(context: CloseContext, products: readonly Product[], first: Day): ReadonlySet<string> {
  const slots = new Set<string>();
  for (const product of products) {
    const strategy = context.strategy(product.strategy)?.on(first);
    const all = strategy ? [strategy, ...(strategy.draw?.followed.values() ?? [])] : [];
    for (const { by, minute } of all.flatMap(({ steps }) => steps))
      for (const via of by) slots.add(slotName(via, minute));
  }
  return slots;
}

function everyContact(slots: ReadonlySet<string>, first: Day, through: Day, zone: string): BookedContact[] {
  const contacts: BookedContact[] = [];
  for (let day: number = first; day < through; day++) {
    for (const slot of slots) {
      const [via, minute] = slot.split(" ") as [StepKind, string];
      const outcome = via === "call" ? "unknown" : "sent";
      const at = instantAt(zone, day as Day, Number(minute));
      contacts.push({ on: (day + 1) as Day, made: { at, kind: via, outcome } });
    }
  }
  return contacts;
}

const inKeyOrder = (loans: readonly WokenLoan[]): readonly WokenLoan[] =>
  loans.length === 1 ? loans : [...loans].sort((a, b) => a.loan.n - b.loan.n);

/** One of the two treatments. */
interface Side {
  readonly context: CloseContext;
  /** Sorts of loans, each closed by itself. */
  readonly alone: Map<string, Class>;
  /** Sorts of borrowers whose loans have to be closed together. */
  readonly together: Map<string, Class>;
  readonly people: { first: number; all: number };
  /** By product: its strategy, and the days past due of all its steps, of whatever arm or segment. */
  readonly plans: Map<number, PlanOfSide>;
  readonly slots: ReadonlySet<string>;
  supposed?: readonly BookedContact[];
  /** All contacts that any borrower had before the first day. */
  expected?: readonly BookedContact[];
}

interface PlanOfSide {
  readonly strategy: Strategy | undefined;
  readonly days: readonly number[];
}

const sideOf = (context: CloseContext, { products, first }: Comparison): Side => ({
  context,
  alone: new Map(),
  together: new Map(),
  people: { first: 0, all: 0 },
  plans: new Map(),
  slots: slotsOf(context, products, first),
});

function planOfSide({ context, plans }: Side, id: number, first: Day): PlanOfSide {
  let plan = plans.get(id);
  if (!plan) {
    const strategy = context.strategy(context.product(id).strategy)?.on(first);
    const all = strategy ? [strategy, ...(strategy.draw?.followed.values() ?? [])] : [];
    const days = [...new Set(all.flatMap(({ steps }) => steps.map(({ dpd }) => dpd)))].sort((a, b) => a - b);
    plan = { strategy, days };
    plans.set(id, plan);
  }
  return plan;
}

/** Of a loan of which nothing is made over these days. */
const IDLE = "";

/** Everything about a loan that decides what steps are made of it while only days pass. */
function keyOf({ loan, waiting }: WokenLoan, side: Side, { first, through }: Comparison): string {
  const { setAside, dueOn, band, stepsThrough, extra } = loan;
  const product = side.context.product(loan.product);
  // What arrived and waits is not told apart: such a borrower is a class of his own.
  if (waiting.length > 0) return `|!${keyToNumber(loan)}`;
  if (setAside || band === BAND_CLOSED || dueOn === NEVER) return IDLE;
  const { strategy, days } = planOfSide(side, loan.product, first);
  if (!strategy || isIdle(loan, product, days, first, through)) return IDLE;
  const { status, holds, reach } = loan;
  const broken =
    product.source === "kept" &&
    !extra?.books &&
    (loan.principalPaid < 0 || loan.principalPaid > loan.principal);
  let key = `|${broken ? "?" : ""}${loan.product},${status},${dueOn - first},${band},${stepsThrough},${holds},${reach}`;
  const borrower = strategy.arms.length > 0 ? keyToNumber({ bucket: loan.bucket, n: borrowerN(loan.n) }) : 0;
  const arm = armOf(strategy, borrower);
  if (arm) key += `,${arm.name}`;
  for (const segment of segmentsOf(strategy)) {
    const may = mayFit(segment, loan, product);
    key += may ? "y" : "n";
    // The first that fits counts, and this one fits on any day.
    if (may && !segment.dpd && strategy.arms.length === 0) break;
  }
  return extra ? key + JSON.stringify(extra) : key;
}

/** No step falls due over the days, and none is left from before. */
function isIdle(
  loan: LoanState,
  product: Product,
  days: readonly number[],
  first: Day,
  through: Day,
): boolean {
  if (loan.extra || (loan.status !== "open" && loan.status !== "written-off"))
    return loan.extra === undefined;
  const [low, high] = [daysFromDue(loan, product, first), daysFromDue(loan, product, through)];
  // A loan that came late is asked about beyond what falls due.
  if (low > 0 && loan.band === 0) return false;
  return !days.some((dpd) => dpd > loan.stepsThrough && dpd <= high);
}

function summedUp({ alone, together, people }: Side): Outlook {
  const steps = new Map<string, Spans<Counts>>();
  const rules = new Map<string, Spans<{ times: number }>>();
  const touched = { first: noTouch(people.first), all: noTouch(people.all) };
  for (const { times, outcome, outstanding, currencies } of [...alone.values(), ...together.values()]) {
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
      outcome.touched[span].forEach((is, i) => {
        if (!is) return;
        touched[span].loans += times;
        const [sums, currency] = [touched[span].outstanding, currencies[i]!];
        sums[currency] = (sums[currency] ?? 0) + outstanding[i]!;
      });
    }
  }
  return { steps, rules, touched };
}

/** Loans, or borrowers, that are alike: how many, what is outstanding on each of their loans together, and what comes of one. */
interface Class {
  times: number;
  readonly outstanding: number[];
  readonly currencies: readonly string[];
  readonly outcome: Summed;
  /** Of a single loan: the same is made of it whatever contacts there are about others. */
  readonly free: boolean;
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

const isTouched = (facts: readonly Fact[], through: number): boolean =>
  facts.some(({ kind, on }) => kind === "StepPlanned" && on <= through);

const KINDS = {
  StepPlanned: "planned",
  StepAsked: "asked",
  StepRefused: "refused",
  StepLapsed: "lapsed",
} as const;

/** What became of one borrower, counted by step and by rule. */
function summed(facts: readonly (readonly Fact[])[], firstDay: Day): Summed {
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
    touched: {
      first: facts.map((own) => isTouched(own, firstDay)),
      all: facts.map((own) => isTouched(own, Number.POSITIVE_INFINITY)),
    },
  };
}

/** Rules look at minutes at the closest; seconds would make every message a sort of its own. */
const toTheMinute = (contacts: readonly BookedContact[]): BookedContact[] =>
  contacts
    .map(({ made: { address: _address, ...made }, ...booked }) => ({
      ...booked,
      made: { ...made, at: made.at - (made.at % 60_000) },
    }))
    .sort((a, b) => a.made.at - b.made.at);

const noCounts = (): Counts => ({ planned: 0, asked: 0, refused: 0, lapsed: 0 });
const noTouch = (people: number): Touched => ({ people, loans: 0, outstanding: {} });

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
