import { formatInstant } from "../../core/index.ts";
import { decide, readInbound } from "../../dispatch/index.ts";
import { lendersAsked, shelvesOf, withBook } from "../../office/book.ts";
import { inboundOf } from "../../office/channels/file.ts";
import { channelSay } from "../../office/channels/messages.ts";
import { count, Declined, type Io, WrongUse } from "../../office/io.ts";
import {
  type Database,
  listOutbox,
  OUTBOX_STATES,
  type OutboxState,
  type Reopened,
  reopenAction,
} from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  failed: { type: "boolean" },
  unknown: { type: "boolean" },
  state: { type: "string" },
  limit: { type: "string" },
  by: { type: "string" },
  reason: { type: "string" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
  "i-know-it-did-not-go-out": { type: "boolean" },
  note: { type: "string" },
  "promised-on": { type: "string" },
  "promised-amount": { type: "string" },
} as const;

const MOST = 1000;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [action, ...words] = asked.words;
  return withBook(place, io, async (db) => {
    await lendersAsked(db, undefined, io);
    if (action === "list") return list(db, asked, io);
    if (action === "retry") return retry(db, words, asked, io);
    if (action === "report") return report(db, words, asked, io);
    throw new WrongUse(
      say.missing[io.language](channelSay.outboxActions[io.language](), "arrears outbox list --failed"),
    );
  });
}

async function list(db: Database, asked: Asked, io: Io): Promise<number> {
  const limit = Number(asked.text("limit") ?? "100");
  if (!Number.isInteger(limit) || limit < 1)
    throw new WrongUse(say.missing[io.language]("--limit", "arrears outbox list --limit 100"));
  const states = statesAsked(asked, io);
  const entries = await listOutbox(db, states, limit);
  for (const entry of entries) {
    const { action, lender, borrower, state, via, what, stateAt } = entry;
    const reason = entry.reason ?? (state === "unknown" ? channelSay.unknownEnd[io.language]() : undefined);
    io.object({
      ...entry,
      stateAt: formatInstant("UTC", stateAt),
      slot: formatInstant("UTC", entry.slot),
      ...(reason === undefined ? {} : { reason }),
    });
    io.out(`${action}  ${state}  ${lender} ${borrower}  ${via} ${what}  ${formatInstant("UTC", stateAt)}`);
    if (reason !== undefined) io.out(`  ${reason}`);
  }
  if (entries.length === 0) io.out(channelSay.outboxEmpty[io.language]());
  return 0;
}

/** What needs somebody, unless a state is named. */
function statesAsked(asked: Asked, io: Io): readonly OutboxState[] {
  const state = asked.text("state");
  if (state !== undefined) {
    if (!isState(state))
      throw new WrongUse(
        say.missing[io.language](`--state ${OUTBOX_STATES.join("|")}`, "arrears outbox list --state planned"),
      );
    return [state];
  }
  const one = asked.flag("failed") !== asked.flag("unknown");
  return one ? [asked.flag("failed") ? "failed" : "unknown"] : ["failed", "unknown"];
}

const isState = (word: string): word is OutboxState => (OUTBOX_STATES as readonly string[]).includes(word);

/** Puts what failed back among the planned: a person's order, recorded, and judged again before it is sent. */
async function retry(db: Database, words: readonly string[], asked: Asked, io: Io): Promise<number> {
  const by = asked.text("by")?.trim();
  const reason = asked.text("reason")?.trim();
  const usage = "arrears outbox retry ACTION --by NAME --reason TEXT --dry-run";
  if (!by || !reason) throw new WrongUse(say.missing[io.language](channelSay.needsBy[io.language](), usage));
  const bulk = words.length === 0 && asked.flag("failed");
  if (words.length === 0 && !bulk) throw new WrongUse(say.missing[io.language]("ACTION", usage));
  const actions = bulk ? (await listOutbox(db, ["failed"], MOST)).map(({ action }) => action) : words;
  const surelyNotSent = asked.flag("i-know-it-did-not-go-out");
  // Many at once are shown before they are done.
  const dryRun = asked.flag("dry-run") || ((bulk || actions.length > 1) && !asked.flag("yes"));
  let refused = 0;
  for (const [done, action] of actions.entries()) {
    const order = { by, reason, surelyNotSent };
    const reopened = await reopenAction(
      db,
      shelvesOf(io),
      action,
      order,
      io.now(),
      dryRun ? decide : undefined,
    );
    if (!reopened.ok) refused += 1;
    tell(action, reopened, dryRun, io);
    if (actions.length > 20) io.progress("retry", done + 1, actions.length);
  }
  if (dryRun && !asked.flag("dry-run")) {
    io.out(channelSay.bulkNeedsYes[io.language](count(actions.length - refused)));
    return 1;
  }
  return refused > 0 ? 1 : 0;
}

function tell(action: string, reopened: Reopened, dryRun: boolean, io: Io): void {
  io.object({ action, ...(dryRun ? { dryRun } : {}), ...reopened });
  if (!reopened.ok) {
    io.out(channelSay.notPutBack[io.language](action, reopened.says));
    if (reopened.code === "unknown-outcome") io.out(`  ${channelSay.swearIt[io.language]()}`);
    return;
  }
  const { would } = reopened;
  if (!would) io.out(channelSay.putBack[io.language](action));
  else if (would.kind === "send") io.out(channelSay.wouldSend[io.language](action, would.via));
  else io.out(channelSay.wouldNot[io.language](action, would.why));
}

/** What became of a call, told by the person who made it. */
async function report(db: Database, words: readonly string[], asked: Asked, io: Io): Promise<number> {
  const [action, outcome] = words;
  if (!action || !outcome)
    throw new WrongUse(
      say.missing[io.language](
        "ACTION OUTCOME",
        "arrears outbox report 7-0/2026-03-06/call no-answer --by NAME",
      ),
    );
  const texts = {
    by: asked.text("by"),
    note: asked.text("note"),
    promised_on: asked.text("promised-on"),
    promised_amount: asked.text("promised-amount"),
  };
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
  // Told twice in the same words it is the same report.
  const id = [action, outcome, ...Object.values(given)].join(" ").slice(0, 200);
  const read = readInbound({ kind: "call", id, action, outcome, ...given }, "person", io.now());
  if (!read.ok) throw new WrongUse(read.says);
  if (asked.flag("dry-run")) {
    io.object({ dryRun: true, event: read.value });
    return 0;
  }
  const taken = await inboundOf(db, io).take(read.value, io.now());
  io.object({ action, outcome, taken });
  const one = (what: string): string => (what === taken ? "1" : "0");
  io.out(channelSay.took[io.language](one("new"), one("same"), one("kept")));
  if (taken === "kept")
    throw new Declined(channelSay.notPutBack[io.language](action, "no such contact was begun"));
  return 0;
}
