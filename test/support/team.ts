import { loadPack } from "../../packs/load.ts";
import {
  type Day,
  day,
  formatDay,
  instantAt,
  type PersonFact,
  type ResultCode,
  resultOf,
  type Skills,
} from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { decide } from "../../src/dispatch/index.ts";
import {
  beginCall,
  bookStore,
  closeStore,
  type Database,
  factsOf,
  findLender,
  type Lender,
  loanFile,
  nextCase,
  putCollector,
  recordResult,
  releaseCase,
  worklist,
} from "../../src/store/index.ts";
import { furnish, loanRecord, OPENED, PRODUCT, shelves } from "./book.ts";
import { emptyBook } from "./sql-book.ts";

const pack = loadPack("cn");
const ZONE = "Asia/Shanghai";
/** Minutes of the lender's day as an instant. */
export const at = (text: string, minute: number): number => instantAt(ZONE, day(text), minute);
export const MINUTE = 60_000;
export const LEASE = 20 * MINUTE;

/** A lender's team at work on one database: the clock is what each act says it is. */
export class Team {
  lender!: Lender;
  #now = at("2026-01-01", 0);
  readonly #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  get shelf() {
    return shelves(pack, () => this.#now);
  }

  async begin(strategy: string): Promise<void> {
    this.#now = at("2026-01-01", 0);
    await emptyBook(this.#db);
    await furnish(this.#db, strategy, { ...PRODUCT, promises: { remindDays: 1 } });
    this.lender = (await findLender(this.#db, "test-lender"))!;
  }

  async hire(id: string, skills: Skills = {}, more: { capacity?: number; lead?: boolean } = {}) {
    const rest = { name: id, team: "north", active: true, lead: false, ...more };
    await putCollector(this.#db, this.lender, { id, skills, ...rest });
  }

  async loans(...ideas: Parameters<typeof loanRecord>[0][]): Promise<void> {
    const book = bookStore(this.#db, this.shelf);
    await book.loans(
      "test-lender",
      ideas.map((idea, i) => loanRecord(idea, i + 2)),
    );
  }

  async closeThrough(text: string): Promise<void> {
    const store = closeStore(this.#db, this.shelf);
    const { closedThrough } = (await findLender(this.#db, "test-lender"))!;
    for (let on = Math.max(OPENED, closedThrough + 1) as Day; on <= day(text); on = (on + 1) as Day) {
      this.#now = Math.max(this.#now, at(formatDay(on), 60));
      await runClose(store, "test-lender", on);
    }
    this.lender = (await findLender(this.#db, "test-lender"))!;
  }

  /** Records something of the borrower of a loan, as of its own instant. */
  async person(loan: string, fact: PersonFact & { readonly at: number }): Promise<void> {
    const { bucket, n } = (await loanFile(this.#db, loan))!.borrower;
    const book = bookStore(this.#db, this.#at(fact.at));
    const { refused } = await book.persons("test-lender", [{ line: 1, owner: { bucket, n }, fact }]);
    if (refused.length > 0) throw new Error(refused[0]!.says);
  }

  list = (now: number) => worklist(this.#db, this.#at(now), this.lender, now);

  async next(collector: string, now: number, db = this.#db) {
    return nextCase(db, this.#at(now), this.lender, await this.list(now), { collector, now, lease: LEASE });
  }

  begun = (collector: string, now: number) =>
    beginCall(this.#db, this.#at(now), this.lender, { collector, now, lease: 60 * MINUTE }, (standing) =>
      decide(standing, now),
    );

  result = (collector: string, code: ResultCode, now: number, more: object = {}) =>
    recordResult(this.#db, this.#at(now), this.lender, { collector, now, row: resultOf(code)!, ...more });

  release = (collector: string, now: number, backAt?: number) =>
    releaseCase(this.#db, this.lender, { collector, now, backAt });

  async facts(id: string): Promise<string[]> {
    const file = (await loanFile(this.#db, id))!;
    return factsOf(file).map(
      (fact) => `${formatDay(fact.on)} ${fact.kind}${"hold" in fact ? ` ${fact.hold}` : ""}`,
    );
  }

  #at(now: number) {
    this.#now = Math.max(this.#now, now);
    return this.shelf;
  }
}
