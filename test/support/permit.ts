import { loadPack } from "../../packs/load.ts";
import { type Channel, day, type Instant, instantAt, type Minor } from "../../src/core/index.ts";
import {
  type ChannelAdapter,
  type Message,
  type Owed,
  type Receipt,
  type Tools,
  textOf,
} from "../../src/dispatch/index.ts";
import { gate, type Pack, type Permit } from "../../src/policy/index.ts";

/** A Friday at noon in Shanghai, when everything that the pack allows at all is allowed. */
export const NOON = instantAt("Asia/Shanghai", day("2026-03-06"), 12 * 60);

export const OWED: Owed = {
  lender: "Demo Bank",
  currency: "CNY",
  loans: 1,
  dpd: 5,
  dueOn: day("2026-03-01"),
  asOf: day("2026-03-06"),
  total: 123_456 as Minor,
  lateInterest: 1_234 as Minor,
};

let pack: Pack | undefined;

/** The gate's own permit for a message; no test makes one by hand. */
export function permitFor(message: Message, at: Instant = NOON): Permit {
  pack ??= loadPack("cn");
  const { via, to, text, loans } = message;
  const step = {
    kind: via,
    to: { role: "borrower", address: to },
    at,
    actor: { role: "lender" },
    debts: loans,
    text,
  } as const;
  const facts = { borrowerZone: "Asia/Shanghai", holds: [], contacts: [], reach: [via] };
  const { permit, because, verdict } = gate(pack, step, facts);
  if (!permit)
    throw new Error(
      `${verdict}: ${because.filter(({ outcome }) => outcome.outcome !== "allow").map(({ rule }) => rule.id)}`,
    );
  return permit;
}

let count = 0;

/** A message as dispatch makes it; each with a name of its own. */
export function messageOf(change: Partial<Message> = {}): Message {
  const via: Channel = change.via ?? "text";
  count += 1;
  const to = {
    text: "19900000000",
    call: "19900000000",
    email: "wang@example.com",
    app: "app-1",
    letter: "Road 1; Shanghai",
  }[via];
  const language = change.language ?? "zh";
  return {
    id: `7-${count * 4096}/2026-03-06/${via === "call" ? "call" : "message"}`,
    via,
    to,
    language,
    what: "reminder",
    text: textOf(language, OWED),
    loans: ["L1"],
    lender: "demo",
    name: "Wang Fang",
    owed: OWED,
    ...change,
  };
}

export const send = (channel: ChannelAdapter, message: Message): Promise<Receipt> =>
  channel.send(permitFor(message), message);

/** A clock that stands, and waits that are over at once but add up. */
export function testTools(start: Instant = NOON): Tools & { readonly waited: number[]; at: Instant } {
  const tools = {
    at: start,
    waited: [] as number[],
    now: (): Instant => tools.at,
    wait: async (ms: number): Promise<void> => {
      tools.waited.push(ms);
      tools.at += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    random: () => 0.5,
  };
  return tools;
}
