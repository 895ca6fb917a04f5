import { addDays } from "../../src/core/index.ts";
import {
  type ChannelAdapter,
  dispatch,
  LEASE_MS,
  type Outbox,
  type Receipt,
} from "../../src/dispatch/index.ts";
import { usePermit } from "../../src/policy/index.ts";
import { type Database, outboxStore, type Shelves, type Sql } from "../../src/store/index.ts";
import {
  at,
  auditSending,
  type Person,
  pay,
  resetBook,
  SENDING_DAY,
  type Seen,
  type Stopped,
  stop,
} from "./sending.ts";
import { draw } from "./world.ts";

export interface ChaosResult {
  readonly seed: number;
  readonly crashes: number;
  readonly seen: number;
  readonly unknown: number;
  readonly stopped: number;
  readonly wrong: readonly string[];
}

const WORKERS = 8;
/**
 * Connections that the book must have: somebody pays while every worker is inside a transaction of its own, and with none
 * left for him all would wait for each other.
 */
export const CHAOS_CONNECTIONS = WORKERS + 1;
const LIVES = 4;
const ANSWER_MS = 10;
const TICK_MS = 5;

class Died extends Error {
  override name = "Died";
}

/**
 * One seed: eight workers, each of which dies up to three times between two of its steps (any statement, any commit, the
 * provider's acceptance, its answer) and is followed by another; a provider that fails, hangs, breaks off before or after
 * it has taken the message, or answers twice; persons who pay or ask to be left alone while it all runs. Then the leases
 * run out, what is left goes out that day or the next, and the provider's log is held against the rules.
 */
export async function chaosRun(
  db: Database,
  shelf: Shelves,
  persons: readonly Person[],
  seed: number,
): Promise<ChaosResult> {
  await resetBook(db);
  const chaos = new Chaos(db, shelf, persons, seed);
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => chaos.lives(worker)));
  // Whoever died is taken for dead; the next morning what was put off goes out.
  chaos.forward(LEASE_MS + 1000);
  await chaos.sweep();
  chaos.to(at(10 * 60, addDays(SENDING_DAY, 1)));
  await chaos.sweep();
  const wrong = await auditSending(db, chaos.seen, chaos.stopped, chaos.now());
  const [row] = await db.query<{ n: number }>("select count(*)::int4 as n from outbox where state = 4");
  return {
    seed,
    crashes: chaos.crashes,
    seen: chaos.seen.length,
    unknown: row!.n,
    stopped: chaos.stopped.length,
    wrong,
  };
}

class Chaos {
  readonly seen: Seen[] = [];
  readonly stopped: Stopped[] = [];
  crashes = 0;
  #clock = at(10 * 60 + 30);
  /** Messages whose last look at the book before the hand-over has begun. */
  readonly #looked = new Set<string>();
  readonly #waiting: { person: Person; kind: string; after: number }[];
  #steps = 0;
  readonly #batch: number;

  constructor(
    private readonly db: Database,
    private readonly shelf: Shelves,
    persons: readonly Person[],
    private readonly seed: number,
  ) {
    this.#batch = Math.max(4, Math.min(100, Math.floor(persons.length / 24)));
    // One in five pays or stops us at some step of the run; about so many steps are made on it.
    const steps = 400 + persons.length * 2;
    this.#waiting = persons
      .map((person) => ({
        person,
        kind: ["pay", "dispute", "cease-contact", ""][this.#draw(`kind ${person.name}`, 16)] ?? "",
      }))
      .filter(({ kind }) => kind !== "")
      .map((one) => ({ ...one, after: this.#draw(`when ${one.person.name}`, steps) }))
      .sort((a, b) => a.after - b.after);
  }

  now(): number {
    this.#clock += TICK_MS;
    return this.#clock;
  }

  forward(ms: number): void {
    this.#clock += ms;
  }

  to(instant: number): void {
    this.#clock = instant;
  }

  #draw(name: string, n: number): number {
    return draw(this.seed, name, n);
  }

  /** One worker after another at the same place, until one of them does not die. */
  async lives(place: number): Promise<void> {
    for (let life = 0; life < LIVES; life++) {
      const name = `${place}.${life}`;
      const worker = new Worker(life === LIVES - 1 ? 0 : 1 + this.#draw(`death of ${name}`, 45));
      try {
        await this.#dispatch(this.#watched(worker), this.#provider(worker), place);
        return;
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        this.crashes += 1;
      }
    }
  }

  async sweep(): Promise<void> {
    const worker = new Worker(0);
    await this.#dispatch(outboxStore(this.db, this.shelf), this.#provider(worker), 0);
  }

  async #dispatch(outbox: Outbox, channel: ChannelAdapter, place: number): Promise<void> {
    // Clocks of several machines differ a little.
    const now = () => this.now() + place * 100;
    await dispatch(this.#looking(outbox), [channel], now, { batch: this.#batch, answerMs: ANSWER_MS });
  }

  /** Remembers whose last look has begun: what arrives later than that could not be seen. */
  #looking(outbox: Outbox): Outbox {
    return {
      ...outbox,
      unchanged: (begun) => {
        for (const { message } of begun) this.#looked.add(message.id);
        return outbox.unchanged(begun);
      },
    };
  }

  /** The book as one worker reaches it: before each step somebody may pay, and at one of them the worker dies. */
  #watched(worker: Worker): Outbox {
    const step = async (): Promise<void> => {
      this.#steps += 1;
      while (this.#waiting.length > 0 && this.#waiting[0]!.after <= this.#steps)
        await this.#arrives(this.#waiting.shift()!);
      worker.step();
    };
    const watched = (sql: Sql, step: () => Promise<void>): Sql => ({
      ...sql,
      query: async (text, params) => {
        await step();
        return sql.query(text, params);
      },
      run: async (text, params) => {
        await step();
        return sql.run(text, params);
      },
      copyOut: async (text) => {
        await step();
        return sql.copyOut(text);
      },
      copyIn: async (table, columns, bytes) => {
        await step();
        return sql.copyIn(table, columns, bytes);
      },
    });
    // The embedded engine has one connection: while a transaction runs nobody else can record anything.
    const inside = this.db.engine === "postgres" ? step : async () => worker.step();
    const db: Database = {
      ...this.db,
      ...watched(this.db, step),
      tx: async (work) => {
        await step();
        const result = await this.db.tx(async (sql) => {
          const done = await work(watched(sql, inside));
          // Before the commit, and after it.
          worker.step();
          return done;
        });
        worker.step();
        return result;
      },
    };
    return outboxStore(db, this.shelf);
  }

  async #arrives({ person, kind }: { person: Person; kind: string }): Promise<void> {
    if (kind === "pay") await pay(this.db, this.shelf, person);
    else await stop(this.db, this.shelf, person, kind === "dispute" ? "dispute" : "cease-contact");
    const beyond = new Set(this.#looked);
    this.stopped.push({ person: person.name, why: kind === "pay" ? "had paid" : "had stopped us", beyond });
  }

  /** A provider with every fault there is; it keeps its own log, whoever dies. */
  #provider(worker: Worker): ChannelAdapter {
    return {
      name: "provider",
      carries: ["app", "text", "call"],
      atOnce: 10,
      send: async (permit, message) => {
        worker.step();
        const { id, via, to, text } = message;
        const wrong = usePermit(permit, { kind: via, address: to, text, at: permit.step.at });
        if (wrong) throw new Error(wrong);
        const kind = this.#draw(`fate of ${id}`, 20);
        const log = (accepted: boolean, said: Seen["said"]) =>
          this.seen.push({ id, person: to.split(" ")[1]!, via, at: this.#clock, accepted, said });
        switch (kind) {
          case 0:
            log(true, "nothing");
            return new Promise<Receipt>(() => {});
          case 1:
            log(false, "nothing");
            return new Promise<Receipt>(() => {});
          case 2:
            log(true, "nothing");
            throw new Error("broken off after it was taken");
          case 3:
            log(false, "nothing");
            throw new Error("broken off before it was taken");
          case 4:
          case 5:
            log(false, "failed");
            worker.step();
            return { outcome: "failed", receipt: "no such number" };
          case 6: {
            log(true, "sent");
            const answer: Receipt = { outcome: "sent", receipt: id };
            return new Promise<Receipt>((tell) => {
              tell(answer);
              tell(answer);
            });
          }
          default:
            log(true, "sent");
            // The provider has taken it, and the worker dies before it hears so.
            worker.step();
            return { outcome: "sent", receipt: id };
        }
      },
    };
  }
}

/** Dies at one of its steps and does nothing more; never if that is 0. */
class Worker {
  #left: number;
  #dead = false;

  constructor(diesAt: number) {
    this.#left = diesAt;
  }

  step(): void {
    if (this.#dead || --this.#left === 0) {
      this.#dead = true;
      throw new Died("killed");
    }
  }
}
