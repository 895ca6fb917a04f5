import type { Day, Instant, ReplyFact, StopRequested } from "../core/index.ts";
import { asksToStop, type Inbound } from "./inbound.ts";

/** Whose an event turned out to be, and what of his contacts it is about. */
export interface Whose {
  /** The contact that it answers, where it names one. */
  readonly action?: string;
  /** His address as it is on file: where that contact went to, or the one that he answered from. */
  readonly address?: string;
  /** The address is others' too. */
  readonly shared: boolean;
  readonly on: Day;
  readonly now: Instant;
}

export interface Replied {
  readonly reply?: ReplyFact;
  /** A wish that binds from now on. */
  readonly stop?: StopRequested;
}

const LONGEST_TEXT = 2000;

/**
 * What an event is in the book of the borrower whose it is.
 *
 * Gives   the reply itself; a stop where he asked for one, in words or by a button.
 * Holds   pure: the same event gives the same facts under the same ids, however often it comes.
 */
export function repliesOf(event: Inbound, whose: Whose): Replied {
  const { on, action } = whose;
  // A clock of the source that is ahead does not make a wish begin later.
  const at = Math.min(event.at, whose.now);
  const base = { on, at, id: event.id, channel: event.channel };
  // As steps name it: a wish that names the number in another form would bind nothing.
  const address = whose.address ?? event.address ?? "";
  switch (event.kind) {
    case "delivery": {
      const { via, status, reason } = event;
      if (action === undefined) return {};
      return {
        reply: { kind: "DeliveryReported", ...base, via, action, status, ...(reason ? { reason } : {}) },
      };
    }
    case "message": {
      const stop = asksToStop(event.text);
      const text = event.text.slice(0, LONGEST_TEXT);
      const reply: ReplyFact = {
        kind: "MessageReceived",
        ...base,
        via: event.via,
        address,
        text,
        ...(action === undefined ? {} : { action }),
        ...(stop ? { wish: "stop" as const } : {}),
        ...(whose.shared ? { shared: true as const } : {}),
      };
      return stop ? { reply, stop: stopOf(event, address, base, text) } : { reply };
    }
    case "stop":
      return { stop: stopOf(event, address, base) };
    case "call": {
      if (action === undefined) return {};
      const { kind: _, channel: __, via: ___, reference: ____, address: _____, ...said } = event;
      const reply: ReplyFact = {
        kind: "CallReported",
        ...said,
        ...base,
        action,
        // Whoever picked up is not the borrower: the number stays known as somebody else's.
        ...(event.outcome === "wrong-number" && address !== "" ? { address } : {}),
      };
      return { reply };
    }
    case "letter": {
      if (action === undefined) return {};
      const { status, reason } = event;
      return {
        reply: {
          kind: "LetterTracked",
          ...base,
          action,
          status,
          dated: event.on,
          ...(reason ? { reason } : {}),
        },
      };
    }
  }
}

const stopId = ({ channel, id }: Inbound): string => `${channel}/${id}`;

/** For the way and the address that he answered on, in writing: a reply by the medium it came by is read as writing. */
const stopOf = (
  event: Inbound,
  address: string,
  { on, at }: { readonly on: Day; readonly at: Instant },
  words?: string,
): StopRequested => ({
  kind: "StopRequested",
  on,
  at,
  id: stopId(event),
  kinds: [event.via],
  ...(address === "" ? {} : { address }),
  written: true,
  ...(words === undefined ? {} : { words: words.slice(0, 200) }),
});
