import {
  borrowerN,
  CHANNELS,
  type Channel,
  type Day,
  dayAt,
  daysFromDue,
  type Instant,
  loanIndex,
} from "../core/index.ts";
import type { Judged, Pending, PlannedAction, Standing } from "../dispatch/index.ts";
import type { Step, Strategy } from "../strategy/index.ts";
import type { Lender, Shelves } from "./catalog.ts";
import { lendersOf } from "./outbox.ts";
import { ACT_CODES, actionName, OUTBOX_COLUMNS, STATE } from "./outbox-rows.ts";
import type { LoanFile } from "./read.ts";
import type { Database, Sql } from "./sql.ts";
import { readStanding } from "./standing.ts";
import { lockBorrower, mark, stateOf, tell } from "./team-action.ts";

/** A message that a person may send: the step of the strategy whose words it has, by one way. */
export interface HandMessage {
  readonly step: string;
  readonly what: string;
  readonly via: Channel;
  /** The action's name, once it is planned. */
  readonly action: string;
  readonly judged: Judged;
}

interface Asked {
  readonly now: Instant;
  /** When it goes out, if nobody takes it back before. */
  readonly slot: Instant;
  readonly judge: (pending: Pending, now: Instant) => Judged;
}

/** Thrown to undo what was written only to be judged. */
class Looked extends Error {}

const TO_A_PERSON: readonly Channel[] = ["app", "text", "email"];

/**
 * The messages that a person may send about a loan now, each judged at this second exactly as dispatch would: the words are those of the
 * strategy's own steps for the stage that the loan is in, and no others.
 *
 * Holds   nothing is written.
 */
export async function handMessages(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  file: LoanFile,
  asked: Asked,
): Promise<HandMessage[]> {
  const found: HandMessage[] = [];
  for (const { step, via } of await choices(db, shelves, lender, file, asked.now)) {
    const one = await planByHand(db, shelves, lender, file, { ...asked, step: step.key, via, dryRun: true });
    if (one) found.push(one);
  }
  return found;
}

/**
 * Plans one of these messages, to go out at its slot, judged again then.
 *
 * Gives   how it is judged at this second; nothing where there is no such step for the loan now, or it is planned for today already.
 * Holds   it is written only where the gate would let it go now, and not under `dryRun`; one of a loan a day.
 */
export async function planByHand(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  file: LoanFile,
  asked: Asked & { readonly step: string; readonly via: Channel; readonly dryRun: boolean },
): Promise<HandMessage | undefined> {
  const all = await lendersOf(db, shelves);
  const { now, slot, via, dryRun, judge } = asked;
  const zone = file.borrower.zone ?? lender.zone;
  const on = dayAt(zone, now);
  const line = all.contexts.get(lender.id)?.strategy(file.product.strategy);
  const strategy = line?.on(on);
  const step = strategy && messagesOf(strategy, file, on).find(({ key }) => key === asked.step);
  if (!strategy || !step?.by.includes(via)) return undefined;
  const owner = { bucket: file.key.bucket, n: borrowerN(file.key.n) };
  const key = { ...owner, on, act: ACT_CODES.message, item: loanIndex(file.key.n) };
  let told: HandMessage | undefined;
  try {
    await db.tx(async (sql) => {
      const written = await put(sql, lender, key, {
        slot,
        via,
        what: step.what,
        strategy,
        step: step.key,
        n: file.key.n,
        now,
      });
      if (!written) return;
      const [stood] = await readStanding(sql, [owner], now, all);
      const action = stood?.standing?.actions.find((one) => isSame(one, key));
      if (!stood?.standing || !action) return;
      const judged = judge(pendingOf(stood.standing, action), now);
      told = { step: step.key, what: step.what, via, action: actionName(key), judged };
      if (dryRun || judged.kind !== "send") throw new Looked();
    });
  } catch (error) {
    if (!(error instanceof Looked)) throw error;
  }
  return told;
}

/** Takes a message that a person planned back, while it has not gone out. Says what it is where that is too late. */
export async function takeBackMessage(
  db: Database,
  lender: Lender,
  file: LoanFile,
  on: Day,
  now: Instant,
): Promise<"cancelled" | "not-planned"> {
  const owner = { bucket: file.key.bucket, n: borrowerN(file.key.n) };
  const key = { ...owner, on, act: ACT_CODES.message, item: loanIndex(file.key.n) };
  return db.tx(async (sql) => {
    await lockBorrower(sql, owner);
    if ((await stateOf(sql, key)) !== STATE.planned) return "not-planned";
    await mark(sql, key, STATE.cancelled, now);
    await tell(
      sql,
      owner,
      {
        kind: "ActionCancelled",
        on: dayAt(file.borrower.zone ?? lender.zone, now),
        at: now,
        action: actionName(key),
        why: "taken-back",
        rules: [],
      },
      now,
    );
    return "cancelled";
  });
}

async function choices(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  file: LoanFile,
  now: Instant,
): Promise<{ readonly step: Step; readonly via: Channel }[]> {
  const all = await lendersOf(db, shelves);
  const on = dayAt(file.borrower.zone ?? lender.zone, now);
  const strategy = all.contexts.get(lender.id)?.strategy(file.product.strategy)?.on(on);
  if (!strategy) return [];
  const own = new Map<string, { step: Step; via: Channel }>();
  // The latest step of a kind speaks for its like.
  for (const step of messagesOf(strategy, file, on))
    for (const via of step.by) if (TO_A_PERSON.includes(via)) own.set(`${step.what} ${via}`, { step, via });
  return [...own.values()];
}

/** Steps of the stage that the loan is in which say something to its borrower. */
function messagesOf(strategy: Strategy, { stored, product }: LoanFile, on: Day): Step[] {
  if (stored.status !== "open") return [];
  const dpd = daysFromDue(stored, product, on);
  return strategy.steps.filter(
    ({ act, dpd: from, until, state, by }) =>
      act === "message" &&
      (state ?? "open") === "open" &&
      dpd >= from &&
      dpd <= until &&
      by.some((via) => CHANNELS.includes(via)),
  );
}

interface Written {
  readonly slot: Instant;
  readonly now: Instant;
  readonly via: Channel;
  readonly what: string;
  readonly strategy: Strategy;
  readonly step: string;
  readonly n: number;
}
type Row = {
  readonly bucket: number;
  readonly n: number;
  readonly on: Day;
  readonly act: number;
  readonly item: number;
};

async function put(sql: Sql, lender: Lender, key: Row, told: Written): Promise<boolean> {
  const { slot, now, via, what, strategy, step, n } = told;
  // What was taken back today makes room for another.
  await sql.run(
    `delete from outbox where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5 and state = ${STATE.cancelled}`,
    [key.bucket, key.n, key.on, key.act, key.item],
  );
  const rows = await sql.run(
    `insert into outbox (${OUTBOX_COLUMNS.join(", ")})
     values ($1, $2, $3, $4, $5, $6, $7, $8, ${STATE.planned}, $9, $10, $11, 'hand', $12)
     on conflict (bucket, n, on_day, act, item) do nothing`,
    [
      slot,
      now,
      key.bucket,
      key.n,
      key.on,
      key.act,
      key.item,
      lender.id,
      via,
      what,
      `${strategy.name}@${strategy.version}`,
      JSON.stringify([{ n, step }]),
    ],
  );
  return rows === 1;
}

const isSame = (action: PlannedAction, { on, item }: Row): boolean =>
  action.act === "message" && action.on === on && action.item === item;

/** The standing with this one action in it, as the second judgment takes it. */
function pendingOf({ actions: _, ...standing }: Standing, action: PlannedAction): Pending {
  return { ...standing, action, id: actionName({ ...action, act: ACT_CODES[action.act] }) };
}
