import type { Instant } from "../core/index.ts";
import type { Permit } from "../policy/index.ts";
import { channelFor } from "./judge.ts";
import { NotHandedOver } from "./trouble.ts";
import type { Begun, ChannelAdapter, Ended, Ending, Message, Outbox } from "./types.ts";

/** A channel that has said nothing for so long: nobody knows whether the message went out. */
export const ANSWER_MS = 60_000;
/** Messages of one batch that are with a channel at the same time, unless it says how many it takes. */
const AT_ONCE = 16;

/**
 * Hands begun contacts over and gives how each ended. In waves: before each, the book is asked once for all of it whether
 * anything arrived since the judgment, a payment or a stop; what it concerns is withdrawn and judged again.
 */
export async function handOver(
  outbox: Outbox,
  channels: readonly ChannelAdapter[],
  begun: readonly Begun[],
  now: () => Instant,
  stopped: () => boolean,
  answerMs: number = ANSWER_MS,
): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (let at = 0; at < begun.length; ) {
    const channel = channelFor(channels, begun[at]!.message);
    const wave = begun.slice(at, at + (channel?.atOnce ?? AT_ONCE));
    at += wave.length;
    const same = stopped() ? [] : await outbox.unchanged(wave);
    const endings = wave.map(async (one, i): Promise<Ended> => {
      const why = stopped() ? "stopped" : !same[i] ? "changed" : isOver(one, now()) ? "too-late" : undefined;
      if (why) return { begun: one, ending: { outcome: "withdrawn", why } };
      return { begun: one, ending: await send(channelFor(channels, one.message), one, answerMs) };
    });
    ended.push(...(await Promise.all(endings)));
  }
  return ended;
}

/** Hands over one message that nothing has to be looked up for: a code that somebody waits for. */
export const handOne = (
  channels: readonly ChannelAdapter[],
  permit: Permit,
  message: Message,
): Promise<Ending> => send(channelFor(channels, message), { permit, message }, ANSWER_MS);

/** A clock that was set back does not make a permit younger. */
const isOver = ({ permit }: Begun, now: Instant): boolean => now > permit.expires || now < permit.step.at;

/** A channel that throws or says nothing may have sent: nobody knows, so there is no second try. */
async function send(
  channel: ChannelAdapter | undefined,
  { permit, message }: Pick<Begun, "permit" | "message">,
  answerMs: number,
): Promise<Ending> {
  if (!channel) return { outcome: "failed", receipt: `no channel carries ${message.via}` };
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Ending>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: "unknown" }), answerMs);
  });
  try {
    return await Promise.race([channel.send(permit, message), silence]);
  } catch (error) {
    if (error instanceof NotHandedOver)
      return { outcome: "failed", receipt: `not handed over: ${error.message}`, channel: channel.name };
    return { outcome: "unknown" };
  } finally {
    clearTimeout(timer);
  }
}
