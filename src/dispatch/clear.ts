import type { Instant } from "../core/index.ts";
import { type Permit, usePermit } from "../policy/index.ts";
import { NotHandedOver } from "./trouble.ts";
import type { Message, Receipt } from "./types.ts";

/** Permits whose one message surely did not leave: they still stand for that message, and for no other. */
const unspent = new WeakMap<Permit, Message>();

/**
 * Uses a permit up and hands the message over: the frame of every channel.
 *
 * Takes   the permit, which only the gate makes; the message that it was given for; how the carrier is handed it.
 * Holds   one hand-over a permit. A try that surely handed nothing over (`NotHandedOver`) spends nothing: the same
 *         message may be tried again, here or by another channel, while the permit lasts.
 */
export async function handing(
  permit: Permit,
  message: Message,
  now: () => Instant,
  work: () => Promise<Receipt>,
): Promise<Receipt> {
  const at = now();
  if (unspent.get(permit) === message) {
    if (at > permit.expires) throw new NotHandedOver("the permit ran out before the carrier was reached");
    unspent.delete(permit);
  } else {
    const wrong = usePermit(permit, { kind: message.via, address: message.to, text: message.text, at });
    if (wrong)
      throw new Error(`a message goes out with a permit of the gate for it, or not at all: ${wrong}`);
  }
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotHandedOver) unspent.set(permit, message);
    throw error;
  }
}
