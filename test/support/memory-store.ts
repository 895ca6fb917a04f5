import {
  book,
  borrowerKey,
  borrowerN,
  bucketOf,
  type Day,
  decidePerson,
  evolve,
  type Fact,
  factToText,
  formatDay,
  fromBits,
  HOLD_KINDS,
  holdsToSpread,
  isKept,
  type Key,
  keyToNumber,
  type LoanBooked,
  type LoanState,
  loanIndex,
  loanKey,
  mayAllow,
  NEVER,
  notBefore,
  type OutsideFact,
  PERSON_HOLDS,
  type PersonFact,
  type Product,
  rateToE8,
} from "../../src/core/index.ts";
import type {
  Action,
  Chunk,
  ChunkWork,
  CloseBegun,
  CloseContext,
  CloseStore,
  DayTally,
  WokenBorrower,
} from "../../src/dayclose/index.ts";
import type { BalanceRecord, LoanRecord, PaymentRecord } from "../../src/intake/index.ts";
import { limitationWatchOf } from "../../src/office/limitation/json.ts";
import { type BookedContact, contactReported, type Pack } from "../../src/policy/index.ts";
import type { Book, Recorded, Refused } from "../../src/store/index.ts";
import { strategyLine } from "../../src/strategy/index.ts";
import { bucketRanges, reachBits, WORLD_LENDER, type World } from "../sim/world.ts";
import { strategyOf } from "./book.ts";

/** What a book holds after all its closes, in a form in which two books can be compared. */
export interface Dump {
  readonly loans: Readonly<Record<string, { readonly facts: readonly string[]; readonly state: string }>>;
  readonly actions: readonly string[];
  readonly waiting: readonly string[];
}

export const tellFact = (fact: Fact): string =>
  `${formatDay(fact.on)} ${fact.kind} ${canonical(JSON.parse(factToText(fact)))}`;

export const tellState = ({ bucket: _bucket, n: _n, ...rest }: LoanState): string => canonical(rest);

export const tellAction = (borrower: string, action: Action, idOf: (n: number) => string): string => {
  const { bucket: _bucket, n: _n, steps, on, ...rest } = action;
  const named = steps.map((step) => `${idOf(step.n)} ${step.step}`).sort();
  return `${formatDay(on)} ${borrower} ${canonical({ ...rest, steps: named })}`;
};

/** JSON with sorted keys, so that equal values are equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

interface Waiting {
  readonly key: Key;
  readonly fact: OutsideFact;
}

/**
 * A book in plain maps: what the stores must do, without a database. The simulation's uninterrupted run, and the model
 * to which the engines are compared.
 */
export class MemoryBook implements CloseStore, Book {
  readonly context: CloseContext;
  openOn: Day = WORLD_LENDER.openOn;
  closedThrough = (WORLD_LENDER.openOn - 1) as Day;
  /** Set by tests: wakes every loan on every day, which must change nothing. */
  wakeAll = false;
  /** Set by tests: called before a chunk commits; throwing is a crash. */
  beforeCommit: (chunk: Chunk) => void = () => {};
  contacts = new Map<number, BookedContact[]>();
  /** What is known of each borrower, by his key. */
  persons = new Map<number, PersonFact[]>();
  readonly #products: readonly Product[];
  readonly #chunks: readonly Chunk[];
  readonly #loans = new Map<number, LoanState>();
  readonly #journals = new Map<number, Fact[]>();
  readonly #ids = new Map<string, Key>();
  readonly #names = new Map<number, string>();
  readonly #owners = new Map<string, { key: Key; loans: number }>();
  readonly #ownerNames = new Map<number, string>();
  readonly #counters = new Map<number, number>();
  readonly #receipts = new Map<string, string>();
  readonly #fences = new Map<string, readonly DayTally[]>();
  readonly #outbox = new Map<string, Action>();
  #inbox: Waiting[] = [];

  constructor(world: Pick<World, "products" | "strategies">, pack: Pack | undefined, chunks = 4) {
    this.#products = world.products.map(({ payableOn: _, ...settings }, i) => ({
      ...settings,
      id: i + 1,
      lender: WORLD_LENDER.code,
    }));
    this.#chunks = bucketRanges(chunks);
    const versions = world.strategies.map(strategyOf);
    const lines = new Map(
      versions.map(({ name }) => [
        name,
        strategyLine(
          versions.filter((one) => one.name === name),
          versions,
        ),
      ]),
    );
    const limitation = pack?.place === "cn" ? limitationWatchOf("cn") : undefined;
    this.context = {
      zone: WORLD_LENDER.zone,
      pack,
      product: (id) => this.#products[id - 1]!,
      strategy: (name) => lines.get(name),
      // No world lasts until a claim is old: it is looked at by the row alone, and nobody's journal is asked for.
      ...(limitation ? { limitation } : {}),
    };
  }

  // --- the close -------------------------------------------------------------------------------------------------

  async begin(_lender: string, through: Day): Promise<CloseBegun> {
    this.openOn = Math.max(this.openOn, through + 1) as Day;
    const from = (this.closedThrough + 1) as Day;
    return { from, loans: this.#loans.size, chunks: this.#chunks, context: this.context };
  }

  async closeChunk(
    _lender: string,
    through: Day,
    chunk: Chunk,
    work: ChunkWork,
  ): Promise<readonly DayTally[]> {
    const fence = `${chunk.from}-${chunk.to} ${through}`;
    const before = this.#fences.get(fence);
    if (before) return before;
    const closed = this.#woken(through, chunk).map((borrower) => work.close(borrower));
    const tally = work.newTally();
    for (const one of closed) tally.add(one);
    this.beforeCommit(chunk);
    for (const { loans, actions } of closed) {
      for (const { before, after, facts } of loans) {
        if (after.version !== before.version + facts.length) throw new Error("a version counts the facts");
        this.#loans.set(keyToNumber(after), after);
        this.#journals.get(keyToNumber(after))!.push(...facts);
      }
      for (const action of actions) {
        const id = `${action.bucket}/${action.n} ${action.on} ${action.act} ${action.item}`;
        if (this.#outbox.has(id)) throw new Error(`the action ${id} was planned twice`);
        this.#outbox.set(id, action);
      }
    }
    this.#inbox = this.#inbox.filter(({ key, fact }) => !isIn(chunk, key) || fact.on > through);
    this.#fences.set(fence, tally.days());
    return tally.days();
  }

  async finish(_lender: string, through: Day): Promise<void> {
    this.closedThrough = Math.max(this.closedThrough, through) as Day;
  }

  /** The next day on which a close has something to do. */
  nextWork(): Day {
    let next: number = NEVER;
    for (const { wakeOn } of this.#loans.values()) next = Math.min(next, wakeOn);
    for (const { fact } of this.#inbox) next = Math.min(next, fact.on);
    return next as Day;
  }

  #woken(through: Day, chunk: Chunk): WokenBorrower[] {
    const waiting = new Map<number, OutsideFact[]>();
    const inTime = this.#inbox.filter(({ fact }) => fact.on <= through).sort((a, b) => a.fact.on - b.fact.on);
    for (const { key, fact } of inTime) {
      const own = waiting.get(keyToNumber(key)) ?? [];
      waiting.set(keyToNumber(key), [...own, fact]);
    }
    const borrowers = new Map<
      number,
      { bucket: number; n: number; loans: WokenBorrower["loans"][number][] }
    >();
    for (const loan of [...this.#loans.values()].sort((a, b) => a.bucket - b.bucket || a.n - b.n)) {
      const id = keyToNumber(loan);
      const journal = this.#journals.get(id)!;
      const forced = this.wakeAll && journal[0]!.on <= through;
      if (!isIn(chunk, loan) || !(loan.wakeOn <= through || waiting.has(id) || forced)) continue;
      const n = borrowerN(loan.n);
      const owner = keyToNumber({ bucket: loan.bucket, n });
      const borrower = borrowers.get(owner) ?? { bucket: loan.bucket, n, loans: [] };
      borrowers.set(owner, borrower);
      const awake = forced ? { ...loan, wakeOn: Math.min(loan.wakeOn, through) as Day } : loan;
      borrower.loans.push({ loan: awake, waiting: waiting.get(id) ?? [], journal: [...journal] });
    }
    return [...borrowers.values()].map((one) => {
      const person = this.persons.get(keyToNumber(one))?.filter(isKept);
      const loans = one.loans.map((woken) => ({ ...woken, id: this.#names.get(keyToNumber(woken.loan))! }));
      const contacts = this.contacts.get(keyToNumber(one)) ?? [];
      return { ...one, loans, contacts, ...(person && person.length > 0 ? { person } : {}) };
    });
  }

  // --- imports ---------------------------------------------------------------------------------------------------

  async loans(_lender: string, records: readonly LoanRecord[]): Promise<Recorded> {
    const refused: Refused[] = [];
    const tally = { added: 0, same: 0, updated: 0 };
    const known = new Set(this.#owners.keys());
    const concerned = new Set<string>();
    for (const { loanId, borrowerId, hold } of records) {
      const grown = known.has(borrowerId) && !this.#ids.has(loanId);
      if (grown || (hold && PERSON_HOLDS.includes(hold.kind))) concerned.add(borrowerId);
    }
    for (const record of records) {
      const key = this.#ids.get(record.loanId);
      if (!key) {
        this.#add(record);
        tally.added += 1;
        continue;
      }
      const before = this.#journals.get(keyToNumber(key))![0] as LoanBooked;
      if (before.principal !== record.principal || before.installments !== record.installments) {
        refused.push(no(record.line, "principal", record.loanId, "loan-differs"));
        continue;
      }
      const on = Math.max(this.openOn, before.on) as Day;
      const news = firstFacts(record, before.product, on).slice(1) as OutsideFact[];
      const reach = reachBits(record.borrower);
      if (reach !== this.#lastReach(key)) news.push({ kind: "ReachChanged", on, reach });
      const fresh = news.filter((fact) => this.#take(key, fact) === "new").length;
      tally[fresh > 0 ? "updated" : "same"] += 1;
    }
    for (const id of concerned) this.#spread(id, records);
    return { ...tally, refused };
  }

  /** A hold about the person stands on all of his loans. */
  #spread(borrowerId: string, records: readonly LoanRecord[]): void {
    const { key: owner, loans } = this.#owners.get(borrowerId)!;
    const own = Array.from({ length: loans }, (_, i) => this.#loans.get(keyToNumber(loanKey(owner, i + 1)))!);
    const held = own.map(({ n, disbursedOn, holds, extra }) => ({
      n,
      disbursedOn,
      kinds: fromBits(holds, HOLD_KINDS),
      until: extra?.holdsUntil ?? {},
    }));
    const brought = records.flatMap(({ borrowerId: id, hold }) => (id === borrowerId && hold ? [hold] : []));
    for (const { loan, hold } of holdsToSpread(held, brought)) {
      const on = Math.max(this.openOn, loan.disbursedOn) as Day;
      const fact: OutsideFact = { kind: "HoldPlaced", on, hold: hold.kind, until: hold.until ?? null };
      this.#take({ bucket: owner.bucket, n: loan.n }, fact);
    }
  }

  async payments(_lender: string, records: readonly PaymentRecord[]): Promise<Recorded> {
    const refused: Refused[] = [];
    const tally = { added: 0, same: 0, updated: 0 };
    for (const { paymentId: id, loanId, amount, valueOn, bookedOn, line } of records) {
      const key = this.#ids.get(loanId);
      if (!key) {
        refused.push(no(line, "loan_id", loanId, "unknown-loan"));
        continue;
      }
      const on = Math.max(bookedOn ?? valueOn, valueOn, this.openOn) as Day;
      const taken = this.#take(key, { kind: "PaymentReceived", on, id, amount, valueOn });
      if (taken === "differs") refused.push(no(line, "payment_id", id, "differs-from-accepted"));
      else tally[taken === "new" ? "added" : "same"] += 1;
    }
    return { ...tally, refused };
  }

  async balances(_lender: string, records: readonly BalanceRecord[]): Promise<Recorded> {
    const refused: Refused[] = [];
    const tally = { added: 0, same: 0, updated: 0 };
    for (const record of records) {
      const key = this.#ids.get(record.loanId);
      if (!key) {
        refused.push(no(record.line, "loan_id", record.loanId, "unknown-loan"));
        continue;
      }
      const on = Math.max(this.openOn, record.asOf, this.journal(record.loanId)[0]!.on) as Day;
      tally[this.#take(key, reported(record, on)) === "new" ? "added" : "same"] += 1;
    }
    return { ...tally, refused };
  }

  /** Facts that no file brings, straight into the inbox. */
  async put(entries: readonly { readonly loan: string; readonly fact: OutsideFact }[]): Promise<void> {
    for (const { loan, fact } of entries) {
      const on = Math.max(fact.on, this.openOn) as Day;
      this.#inbox.push({ key: this.#ids.get(loan)!, fact: { ...fact, on } as OutsideFact });
    }
  }

  /** Facts of the person who owes a loan, and what wakes his loans. */
  async tell(entries: readonly { readonly loan: string; readonly fact: PersonFact }[]): Promise<void> {
    for (const { loan, fact: told } of entries) {
      const key = this.#ids.get(loan)!;
      const owner = keyToNumber({ bucket: key.bucket, n: borrowerN(key.n) });
      const wish = { ...told, on: Math.max(told.on, this.openOn) as Day };
      const known = this.persons.get(owner) ?? [];
      const decided = decidePerson(wish, known);
      if (!decided.ok) continue;
      const fact = { ...decided.value, on: notBefore(decided.value, known) };
      this.persons.set(owner, [...known, fact]);
      const contacts = this.contacts.get(owner) ?? [];
      if (fact.kind === "ContactReported")
        this.contacts.set(owner, [...contacts, { on: fact.on, made: contactReported(fact) }]);
      if (fact.kind === "PersonFactReversed") {
        const i = known
          .filter(({ kind }) => kind === "ContactReported")
          .findIndex(({ id }) => id === fact.of);
        if (i >= 0) this.contacts.set(owner, contacts.with(i, { ...contacts[i]!, until: fact.on }));
      }
      if (!mayAllow(fact)) continue;
      const debt = "debt" in fact ? fact.debt : undefined;
      for (const [id, own] of this.#ids) {
        if (own.bucket !== key.bucket || borrowerN(own.n) !== borrowerN(key.n)) continue;
        if (debt !== undefined && debt !== id) continue;
        const on = Math.max(fact.on, this.state(id).disbursedOn) as Day;
        this.#inbox.push({ key: own, fact: { kind: "PersonChanged", on, what: fact.kind, of: fact.id } });
      }
    }
  }

  #add(record: LoanRecord): void {
    const bucket = bucketOf(WORLD_LENDER.code, record.borrowerId);
    let owner = this.#owners.get(record.borrowerId);
    if (!owner) {
      const number = this.#counters.get(bucket) ?? 0;
      this.#counters.set(bucket, number + 1);
      owner = { key: borrowerKey(bucket, number), loans: 0 };
      this.#owners.set(record.borrowerId, owner);
      this.#ownerNames.set(keyToNumber(owner.key), record.borrowerId);
    }
    owner.loans += 1;
    const key = loanKey(owner.key, owner.loans);
    const product = this.#products.find(({ code }) => code === record.product)!;
    const on = Math.max(this.openOn, record.disbursedOn) as Day;
    const facts = firstFacts(record, product.id, on);
    let loan = book(key, facts[0] as LoanBooked, product);
    for (const fact of facts.slice(1)) {
      loan = evolve(loan, fact, product);
      this.#receipts.set(`${keyToNumber(key)} ${idOf(fact)}`, factToText(fact));
    }
    this.#loans.set(keyToNumber(key), loan);
    this.#journals.set(keyToNumber(key), facts);
    this.#ids.set(record.loanId, key);
    this.#names.set(keyToNumber(key), record.loanId);
  }

  #take(key: Key, fact: OutsideFact): "new" | "same" | "differs" {
    const receipt = `${keyToNumber(key)} ${idOf(fact)}`;
    const text = factToText(fact);
    const known = this.#receipts.get(receipt);
    if (known !== undefined) return known === text ? "same" : "differs";
    this.#receipts.set(receipt, text);
    this.#inbox.push({ key, fact });
    return "new";
  }

  #lastReach(key: Key): number {
    const own = this.#inbox
      .filter((one) => keyToNumber(one.key) === keyToNumber(key))
      .map(({ fact }) => fact);
    const all: Fact[] = [...this.#journals.get(keyToNumber(key))!, ...own];
    const last = all.findLast((fact) => fact.kind === "LoanBooked" || fact.kind === "ReachChanged");
    return last && "reach" in last ? last.reach : 0;
  }

  // --- reading ---------------------------------------------------------------------------------------------------

  /** A wrong figure in a row, as no program of ours would write it. */
  plant(loan: string, change: Partial<LoanState>): void {
    const id = keyToNumber(this.#ids.get(loan)!);
    this.#loans.set(id, { ...this.#loans.get(id)!, ...change });
  }

  journal = (loan: string): readonly Fact[] => this.#journals.get(keyToNumber(this.#ids.get(loan)!))!;
  state = (loan: string): LoanState => this.#loans.get(keyToNumber(this.#ids.get(loan)!))!;
  get actions(): readonly Action[] {
    return [...this.#outbox.values()];
  }

  dump(): Dump {
    const loans: Record<string, { facts: string[]; state: string }> = {};
    for (const name of [...this.#ids.keys()].sort())
      loans[name] = { facts: this.journal(name).map(tellFact), state: tellState(this.state(name)) };
    const actions = [...this.#outbox.values()].map((action) =>
      tellAction(
        this.#ownerNames.get(keyToNumber(action))!,
        action,
        (n) => this.#names.get(keyToNumber({ bucket: action.bucket, n }))!,
      ),
    );
    const waiting = this.#inbox.map(
      ({ key, fact }) => `${this.#names.get(keyToNumber(key))} ${tellFact(fact)}`,
    );
    return { loans, actions: actions.sort(), waiting: waiting.sort() };
  }
}

const isIn = (chunk: Chunk, { bucket }: Pick<Key, "bucket">): boolean =>
  bucket >= chunk.from && bucket < chunk.to;

const no = (line: number, column: string, value: string, code: string): Refused => ({
  line,
  column,
  value,
  code,
  says: code,
});

const reported = (record: Omit<BalanceRecord, "kind" | "line" | "loanId">, on: Day): OutsideFact => ({
  kind: "BalanceReported",
  on,
  asOf: record.asOf,
  status: record.status,
  principal: record.principal,
  interestPaid: record.interestPaid,
  arrears: record.arrears,
  charges: record.charges,
  dueOn: record.dueOn ?? null,
});

function firstFacts(record: LoanRecord, product: number, on: Day): Fact[] {
  const facts: Fact[] = [
    {
      kind: "LoanBooked",
      on,
      id: record.loanId,
      product,
      principal: record.principal,
      rateE8: rateToE8(record.rate)!,
      disbursedOn: record.disbursedOn,
      firstDueOn: record.firstDueOn,
      installments: record.installments,
      reach: reachBits(record.borrower),
    },
  ];
  if (record.balance) facts.push(reported(record.balance, on));
  if (record.hold)
    facts.push({ kind: "HoldPlaced", on, hold: record.hold.kind, until: record.hold.until ?? null });
  return facts;
}

function idOf(fact: Fact): string {
  switch (fact.kind) {
    case "PaymentReceived":
      return `pay:${fact.id}`;
    case "BalanceReported":
      return `balance:${factToText(fact)}`;
    case "HoldPlaced":
      return `hold:${fact.hold}:${fact.until}`;
    case "ReachChanged":
      return `reach:${fact.reach}:${fact.on}`;
    default:
      return `${fact.kind}:${factToText(fact)}`;
  }
}

/** The index of a loan under its borrower, as outboxes name it. */
export const indexOf = (n: number): number => loanIndex(n);
