import {
  addDays,
  BUCKETS,
  CHANNELS,
  CHARGE_KINDS,
  CN_DEFAULT_ORDER,
  type Day,
  day,
  decide,
  type Fact,
  HOLD_KINDS,
  hash32,
  isMoneyFact,
  type LoanBooked,
  type Minor,
  type MoneyFact,
  minor,
  type OutsideFact,
  type PersonFact,
  type Product,
  type ProductTerms,
  parseRate,
  REPLANS,
  rateToE8,
  toBits,
  usualFirstDue,
  WAIVABLE_KINDS,
} from "../../src/core/index.ts";
import type { BorrowerRecord, LoanRecord } from "../../src/intake/index.ts";
import type { ProductSettings } from "../../src/store/index.ts";

/** A made-up book and everything that happens to it from outside: all of it from one seed. */
export interface World {
  readonly seed: number;
  readonly opened: Day;
  readonly through: Day;
  readonly products: readonly ProductSettings[];
  /** Strategy files, all in use from some day. */
  readonly strategies: readonly string[];
  readonly loans: readonly LoanRecord[];
  /** In order of arrival; a fact's `on` is the day on which it arrives. */
  readonly events: readonly WorldEvent[];
}

export interface WorldEvent {
  readonly loan: LoanRecord;
  readonly fact: OutsideFact;
}

export interface WorldSize {
  readonly borrowers: number;
  readonly events: number;
  readonly days: number;
  /** Only what files of loans, payments and balances can bring: no reversals, no lifted holds, nothing by hand. */
  readonly filesOnly?: boolean;
}

export const WORLD_LENDER = {
  code: "test-lender",
  name: "Test lender",
  zone: "Asia/Shanghai",
  pack: "cn",
  openOn: day("2026-01-01"),
} as const;

const TERMS: ProductTerms = {
  currency: "CNY",
  every: { months: 1 },
  method: "equal-principal",
  ratePer: "day",
  dayCount: "ACT/365",
  interest: "daily",
  monthEnd: "clamp",
  rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
};

export const WORLD_PRODUCTS: readonly ProductSettings[] = [
  {
    code: "micro",
    source: "kept",
    terms: TERMS,
    lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
    allocation: CN_DEFAULT_ORDER,
    bandEdges: [1, 31, 61, 91],
    strategy: "ladder",
    promises: { keptFromPercent: 90, partial: { fromPercent: 40, pauseDays: 3 }, remindDays: 1 },
  },
  {
    code: "weekly",
    source: "kept",
    terms: { ...TERMS, every: { weeks: 1 }, rounding: { ...TERMS.rounding, residual: "first" } },
    allocation: { ...CN_DEFAULT_ORDER, by: "installment" },
    bandEdges: [1, 8, 15],
    strategy: "compared",
  },
  {
    code: "fed",
    source: "fed",
    terms: TERMS,
    allocation: CN_DEFAULT_ORDER,
    bandEdges: [1, 31, 61],
    strategy: "fed",
    promises: { remindDays: 2 },
  },
];

/**
 * Every act, quiet hours, a pause, repeated steps, and a second version from the fortieth day on. `compared` has segments,
 * arms with a hold-out and one that follows another strategy, and a stage after write-off; its second version moves shares.
 */
export const WORLD_STRATEGIES: readonly string[] = [
  `strategy: ladder
version: 1
from: "2020-01-01"
intent: For the simulation.
stages:
  - stage: before
    dpd: -3..0
    steps:
      - { on_dpd: -3, send: reminder, by: [app, text] }
  - stage: early
    dpd: 1..15
    pause_on: [hardship, promise_to_pay]
    steps:
      - { on_dpd: 1, send: overdue, by: [app, text], at: "22:30" }
      - { on_dpd: 3, call: borrower, at_most: 1 per day, at: "07:30" }
      - { on_dpd: 10, send: overdue-again, by: [text, email] }
  - stage: late
    dpd: 16..
    pause_on: [promise_to_pay]
    steps:
      - { on_dpd: 20, letter: demand }
      - { on_dpd: 25, ask: lawyers-letter }
`,
  `strategy: ladder
version: 2
from: "2026-02-10"
intent: The same, softer.
stages:
  - stage: before
    dpd: -2..0
    steps:
      - { on_dpd: -2, send: reminder, by: [app, text] }
  - stage: early
    dpd: 1..15
    pause_on: [hardship, dispute, promise_to_pay]
    steps:
      - { on_dpd: 2, send: overdue, by: [app, text, email] }
      - { on_dpd: 7, call: borrower }
      - { on_dpd: 10, send: overdue-again, by: [text, email] }
  - stage: late
    dpd: 16..60
    steps:
      - { on_dpd: 18, letter: demand }
`,
  `strategy: compared
version: 1
from: "2020-01-01"
exits: [cured, settled]
segments:
  - { segment: small, amount: 0..2000.00, times_late: 0..1 }
  - { segment: no-phone, no_reach: [text] }
  - { segment: came-late, dpd: 3.. }
  - { segment: rest }
arms:
  - { arm: champion, share: 55 }
  - { arm: challenger, share: 25 }
  - { arm: other, share: 15, follows: fed@1 }
  - { arm: quiet, share: 5, hold_out: true }
stages:
  - stage: before
    dpd: -2..0
    steps:
      - { on_dpd: -2, send: reminder, by: [app, text, email], required: true }
  - stage: early
    dpd: 1..6
    pause_on: [hardship]
    steps:
      - { on_dpd: 1, send: overdue, by: [app, text, email], at_most: 2 per week, segments: [small, rest] }
      - { on_dpd: 2, call: borrower, every: 2 days, arms: [challenger], at: "07:30" }
      - { on_dpd: 3, offer: smaller-parts, by: [email, app], segments: [no-phone, came-late] }
  - stage: formal
    dpd: 7..
    pause_on: [hold]
    steps:
      - { on_dpd: 9, letter: lawyers-letter }
      - { on_dpd: 14, mediation: court }
      - { on_dpd: 14, bureau: notice }
      - { on_dpd: 20, payment_order: apply, segments: [small] }
      - { on_dpd: 20, suit: claim, after: [letter-lawyers-letter], name: claim }
      - { on_dpd: 30, enforcement: apply, after: [claim] }
  - stage: after
    dpd: 1..
    state: written_off
    steps:
      - { on_dpd: 12, send: options, by: [app, text], segments: [small, rest], arms: [champion] }
      - { on_dpd: 13, ask: review }
`,
  `strategy: compared
version: 2
from: "2026-02-05"
segments:
  - { segment: large, amount: 2000.01.. }
arms:
  - { arm: champion, share: 40 }
  - { arm: new, share: 20 }
  - { arm: challenger, share: 36 }
  - { arm: quiet, share: 4, hold_out: true }
stages:
  - stage: early
    dpd: 1..10
    steps:
      - { on_dpd: 1, send: overdue, by: [text, app] }
      - { on_dpd: 4, call: borrower, arms: [new, challenger] }
      - { on_dpd: 6, send: options, by: [email], segments: [large], required: true }
`,
  `strategy: fed
version: 1
from: "2020-01-01"
intent: For fed loans.
stages:
  - stage: early
    dpd: 1..30
    pause_on: [promise_to_pay]
    steps:
      - { on_dpd: 1, send: overdue, by: [text, app] }
      - { on_dpd: 6, send: overdue-again, by: [text] }
      - { on_dpd: 6, call: borrower }
`,
];

/** A random number below `n`, the same for the same names: nothing depends on what was drawn before. */
export function draw(seed: number, name: string, n: number): number {
  return hash32(`${seed}/${name}`) % n;
}

export function worldOf(seed: number, size: WorldSize): World {
  const opened = WORLD_LENDER.openOn;
  const loans: LoanRecord[] = [];
  for (let b = 0; b < size.borrowers; b++) {
    const count = [1, 1, 1, 2, 3][draw(seed, `count ${b}`, 5)]!;
    for (let i = 0; i < count; i++) loans.push(loanOf(seed, b, i, loans.length + 2, opened));
  }
  const events: WorldEvent[] = [];
  const paid = new Map<string, string[]>();
  for (let e = 0; e < size.events && loans.length > 0; e++) {
    const loan = loans[draw(seed, `loan of ${e}`, loans.length)]!;
    const on = addDays(opened, draw(seed, `day of ${e}`, size.days));
    events.push({ loan, fact: factOf(seed, e, loan, on, paid, size.filesOnly ?? false) });
  }
  // A stable sort: what arrives on one day arrives in the order in which it was drawn.
  events.sort((a, b) => a.fact.on - b.fact.on);
  return {
    seed,
    opened,
    through: addDays(opened, size.days - 1),
    products: WORLD_PRODUCTS,
    strategies: WORLD_STRATEGIES,
    loans,
    events: allowed(inOrder(events, addDays(opened, size.days - 1)), opened),
  };
}

function loanOf(seed: number, b: number, i: number, line: number, opened: Day): LoanRecord {
  const of = (what: string, n: number) => draw(seed, `${what} ${b}/${i}`, n);
  const product = ["micro", "micro", "weekly", "fed"][of("product", 4)]!;
  const disbursedOn = addDays(opened, of("disbursed", 80) - 70);
  const every = product === "weekly" ? ({ weeks: 1 } as const) : ({ months: 1 } as const);
  const principal = minor(10_000 + of("principal", 500_000));
  const hold = of("held", 12) === 0 ? { kind: HOLD_KINDS[of("hold", 4)]! } : undefined;
  return {
    kind: "loan",
    line,
    loanId: `L${b}-${i}`,
    borrowerId: `B${b}`,
    product,
    principal,
    rate: parseRate(["0.05", "0.031", "0.0657"][of("rate", 3)]!, "day")!,
    disbursedOn,
    firstDueOn: usualFirstDue(disbursedOn, every, "clamp"),
    installments: 1 + of("installments", 6),
    borrower: reachOf(1 + draw(seed, `reach ${b}`, 15)),
    ...(hold ? { hold } : {}),
    ...(product === "fed"
      ? {
          balance: {
            asOf: addDays(opened, -1),
            status: "open",
            principal,
            interestPaid: minor(0),
            ...owed(seed, `first ${b}/${i}`, principal, opened),
          },
        }
      : {}),
  };
}

const owed = (seed: number, name: string, principal: Minor, on: Day) => {
  const late = draw(seed, `late ${name}`, 3);
  const dueOn = addDays(on, late === 0 ? draw(seed, `ahead ${name}`, 20) : -draw(seed, `behind ${name}`, 40));
  const arrears = dueOn < on ? minor(1 + draw(seed, `arrears ${name}`, principal)) : minor(0);
  return { arrears, charges: minor(Math.min(arrears, draw(seed, `charges ${name}`, 5000))), dueOn };
};

/** A different set of addresses for each number from 0 to 15. */
export const reachOf = (bits: number): BorrowerRecord => ({
  ...(bits & 1 ? { app: "app-1" } : {}),
  ...(bits & 2 ? { phone: "19900000000" } : {}),
  ...(bits & 4 ? { email: "a@example.org" } : {}),
  ...(bits & 8 ? { address: "1 Example Road" } : {}),
});

export const reachBits = (borrower: BorrowerRecord): number =>
  toBits(
    CHANNELS.filter((channel) => {
      if (channel === "text" || channel === "call") return borrower.phone !== undefined;
      if (channel === "letter") return borrower.address !== undefined;
      return borrower[channel] !== undefined;
    }),
    CHANNELS,
  );

function factOf(
  seed: number,
  e: number,
  loan: LoanRecord,
  on: Day,
  paid: Map<string, string[]>,
  filesOnly: boolean,
): OutsideFact {
  const of = (what: string, n: number) => draw(seed, `${what} of ${e}`, n);
  const kind = of("kind", 20);
  if (kind < 3)
    return {
      kind: "HoldPlaced",
      on,
      hold: HOLD_KINDS[of("hold", 4)]!,
      until: of("open", 3) === 0 ? null : addDays(on, of("until", 12)),
    };
  if (kind < 5) return { kind: "ReachChanged", on, reach: reachBits(reachOf(of("reach", 16))) };
  if (kind < 7 && !filesOnly) return { kind: "HoldLifted", on, hold: HOLD_KINDS[of("hold", 4)]! };
  if (kind > 17 && !filesOnly) return promiseOf(of, e, loan, on);
  if (loan.product === "fed") {
    const status = (["open", "open", "open", "open", "open", "open", "paid-off", "written-off"] as const)[
      of("status", 8)
    ]!;
    const asOf = addDays(on, -1 - (of("stale", 4) === 0 ? of("behind", 5) : 0));
    const principal = minor(status === "paid-off" ? 0 : of("left", loan.principal + 1));
    const { dueOn, ...sums } = owed(seed, `report ${e}`, loan.principal, on);
    return {
      kind: "BalanceReported",
      on,
      asOf,
      status,
      principal,
      interestPaid: minor(of("interest", 1000)),
      ...(status === "paid-off" ? { arrears: minor(0), charges: minor(0), dueOn: null } : { ...sums, dueOn }),
    };
  }
  const before = paid.get(loan.loanId) ?? [];
  if (!filesOnly && of("by hand", 3) === 0) {
    paid.set(loan.loanId, [...before, `H${e}`]);
    return byHand(of, `H${e}`, loan, on);
  }
  if (kind < 10 && !filesOnly && before.length > 0) {
    const id = before[of("which", before.length)]!;
    return { kind: "EntryReversed", on, id, reason: "bounced" };
  }
  const id = `P${e}`;
  paid.set(loan.loanId, [...before, id]);
  const valueOn = Math.max(loan.disbursedOn, on - (of("late", 3) === 0 ? of("behind", 25) : 0)) as Day;
  const part = Math.ceil(loan.principal / loan.installments);
  const amount = minor(1 + (of("whole", 6) === 0 ? loan.principal * 2 : of("amount", Math.ceil(part * 1.5))));
  return { kind: "PaymentReceived", on: Math.max(on, valueOn) as Day, id, amount, valueOn };
}

/** Promises as no careful collector takes them: several at once, replaced and withdrawn whether they are there or not. */
function promiseOf(
  of: (what: string, n: number) => number,
  e: number,
  loan: LoanRecord,
  on: Day,
): OutsideFact {
  const other = `PR${of("other", e + 1)}`;
  if (of("withdrawn", 5) === 0) return { kind: "PromiseWithdrawn", on, id: other, reason: "" };
  const valueOn = addDays(on, of("told late", 4) === 0 ? -of("behind", 5) : 0);
  const first = addDays(valueOn, of("first", 9));
  const amount = minor(1 + of("promised", loan.principal));
  const more = minor(1 + of("promised more", loan.principal));
  const parts = [
    { on: first, amount },
    ...(of("second", 3) === 0 ? [{ on: addDays(first, 1 + of("next", 9)), amount: more }] : []),
  ];
  const made = { on, id: `PR${e}`, valueOn, parts };
  return of("replaced", 5) === 0
    ? { kind: "PromiseReplaced", ...made, replaces: other }
    : { kind: "PromiseMade", ...made };
}

/** What no file of payments brings: charges, waivers, pauses, new plans and the rest, as somebody may wish for them. */
function byHand(of: (what: string, n: number) => number, id: string, loan: LoanRecord, on: Day): MoneyFact {
  const valueOn = Math.max(loan.disbursedOn, on - (of("late", 3) === 0 ? of("behind", 25) : 0)) as Day;
  const common = { on: Math.max(on, valueOn) as Day, id, valueOn };
  const some = minor(1 + of("some", 3000));
  const share = minor(1 + of("share", loan.principal));
  const later = addDays(valueOn, 1 + of("later", 40));
  const lateInterest = of("stops", 2) === 0 ? "stops" : "runs";
  switch (of("wish", 14)) {
    case 0:
    case 1:
    case 2:
      return {
        kind: "ChargeAdded",
        ...common,
        charge: CHARGE_KINDS[of("charge", 3)]!,
        amount: some,
        reason: "",
      };
    case 3:
    case 4:
      return {
        kind: "ClaimWaived",
        ...common,
        claim: WAIVABLE_KINDS[of("claim", 6)]!,
        amount: some,
        reason: "",
      };
    case 5:
    case 6:
      return {
        kind: "AgeingPaused",
        ...common,
        ...(of("open", 3) === 0 ? {} : { until: later }),
        lateInterest,
      };
    case 7:
      return { kind: "AgeingResumed", ...common };
    case 8:
    case 9:
      return {
        kind: "PlanReplaced",
        ...common,
        how: REPLANS[of("how", 4)]!,
        firstDueOn: later,
        ...(of("as many", 2) === 0 ? {} : { installments: 1 + of("many", 5) }),
        interest: (["carry", "capitalise", "waive"] as const)[of("interest", 3)]!,
        late: (["keep", "capitalise", "waive"] as const)[of("keeps", 3)]!,
      };
    case 10:
      return { kind: "LoanAccelerated", ...common };
    case 11:
      return { kind: "SettlementAgreed", ...common, amount: share, by: later };
    case 12:
      return { kind: "RefundPaid", ...common, amount: some };
    default: {
      const end = of("end", 3);
      if (end === 0) return { kind: "WrittenOff", ...common, lateInterest };
      if (end === 1) return { kind: "LoanAssigned", ...common, to: "another" };
      return {
        kind: "JudgmentEntered",
        ...common,
        principal: share,
        interest: some,
        costs: some,
        performBy: later,
      };
    }
  }
}

/** Files bring payments whatever became of the loan; what is recorded by hand is asked about first. */
const TAKEN_ALL_THE_SAME = ["loan-closed", "loan-assigned", "already-reversed"];

/** Leaves out what the loan refuses as it stands when the wish arrives. */
function allowed(events: readonly WorldEvent[], opened: Day): WorldEvent[] {
  const journals = new Map<string, Fact[]>();
  return events.filter(({ loan, fact }) => {
    const i = WORLD_PRODUCTS.findIndex(({ code }) => code === loan.product);
    const { payableOn: _, ...settings } = WORLD_PRODUCTS[i]!;
    const product: Product = { ...settings, id: i + 1, lender: WORLD_LENDER.code };
    if (product.source === "fed" || !(isMoneyFact(fact) || fact.kind === "EntryReversed")) return true;
    const facts = journals.get(loan.loanId) ?? [bookedFrom(loan, product.id, opened)];
    journals.set(loan.loanId, facts);
    const decided = decide(fact, { facts, product, today: fact.on });
    const kept = decided.ok
      ? !decided.value.known
      : fact.kind === "PaymentReceived" || fact.kind === "EntryReversed"
        ? TAKEN_ALL_THE_SAME.includes(decided.refusal.code)
        : false;
    if (kept) facts.push(fact);
    return kept;
  });
}

const bookedFrom = (loan: LoanRecord, product: number, opened: Day): LoanBooked => ({
  kind: "LoanBooked",
  on: Math.max(opened, loan.disbursedOn) as Day,
  id: loan.loanId,
  product,
  principal: loan.principal,
  rateE8: rateToE8(loan.rate)!,
  disbursedOn: loan.disbursedOn,
  firstDueOn: loan.firstDueOn,
  installments: loan.installments,
  reach: 0,
});

/** An entry is reversed after it arrived, and nothing arrives for a loan before it is paid out. */
function inOrder(events: readonly WorldEvent[], through: Day): WorldEvent[] {
  const kept: WorldEvent[] = [];
  const arrived = new Set<string>();
  for (const event of [...events].sort((a, b) => a.fact.on - b.fact.on)) {
    const { fact, loan } = event;
    if (fact.on < loan.disbursedOn || fact.on > through) continue;
    if (fact.kind === "EntryReversed" && !arrived.has(fact.id)) continue;
    if (isMoneyFact(fact)) arrived.add(fact.id);
    kept.push(event);
  }
  return kept;
}

/** Ranges of buckets, so that a small book has several transactions a night. */
export const bucketRanges = (count: number): { from: number; to: number }[] =>
  Array.from({ length: count }, (_, i) => ({
    from: Math.floor((i * BUCKETS) / count),
    to: Math.floor(((i + 1) * BUCKETS) / count),
  }));

export interface ToldOfPerson {
  readonly loan: string;
  readonly fact: PersonFact;
}

/** What becomes known of the people of a world, on any of its days: wishes, notices, placements, contacts of others. */
export function toldOf(world: World, count: number): ToldOfPerson[] {
  const days = world.through - world.opened + 1;
  const told = Array.from({ length: count }, (_, i): ToldOfPerson => {
    const of = (what: string, n: number) => draw(world.seed, `person ${what} of ${i}`, n);
    const loan = world.loans[of("loan", world.loans.length)]!.loanId;
    const on = addDays(world.opened, of("day", days));
    // Between midnight and 23:59 in Shanghai, where the borrowers live.
    const at = on * 86_400_000 - 8 * 3_600_000 + of("minute", 1440) * 60_000;
    return { loan, fact: personFactOf(of, { on, id: `T${i}`, at }, loan) };
  });
  return told.sort((a, b) => a.fact.on - b.fact.on);
}

function personFactOf(
  of: (what: string, n: number) => number,
  common: { readonly on: Day; readonly id: string; readonly at: number },
  debt: string,
): PersonFact {
  const kinds = [(["app", "text", "call", "letter"] as const)[of("way", 4)]!];
  const until = common.at + of("until", 20) * 86_400_000;
  switch (of("kind", 14)) {
    case 0:
      return { kind: "ConsentGiven", ...common, kinds, to: "lender" };
    case 1:
      return { kind: "ConsentWithdrawn", ...common, kinds };
    case 2:
    case 3:
      return { kind: "StopRequested", ...common, kinds, ...(of("one", 2) === 0 ? { debt } : {}) };
    case 4:
    case 5:
      return { kind: "StopLifted", ...common, of: "" };
    case 6:
      return { kind: "TimesAgreed", ...common, from: 8 * 60 + of("from", 600), to: 20 * 60 };
    case 7:
      return { kind: "NoticeGiven", ...common, notice: "outsourcing", debt };
    case 8:
      return { kind: "ContactBanned", ...common, until };
    case 9:
      return {
        kind: "ContactReported",
        ...common,
        via: "call",
        outcome: "connected",
        who: "an agency",
        debts: [debt],
      };
    case 10:
    case 11:
      return {
        kind: "Placed",
        ...common,
        debt,
        with: "an agency",
        role: "agency",
        from: addDays(common.on, of("from", 3)),
        ...(of("open", 2) === 0 ? {} : { until: addDays(common.on, 3 + of("length", 20)) }),
        lenderSteps: (["pause", "continue", "as-agent"] as const)[of("steps", 3)]!,
      };
    case 12:
      return { kind: "Recalled", ...common, debt };
    default:
      return { kind: "PersonFactReversed", ...common, of: `T${of("which", 20)}`, reason: "" };
  }
}
