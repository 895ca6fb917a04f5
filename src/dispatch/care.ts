import type { Channel, Instant } from "../core/index.ts";
import { NoAnswer, NotHandedOver } from "./trouble.ts";
import type { ChannelAdapter, Draft, Receipt } from "./types.ts";

/** What every channel is handled with, whatever it speaks. */
export interface Care {
  /** Messages a second at most, and how many of them at once after a pause. */
  readonly perSecond?: number;
  readonly burst?: number;
  /** Hand-overs tried, the first included, while each before surely failed. */
  readonly tries: number;
  readonly firstWaitMs: number;
  /** From the hand-over to the carrier's answer; after that nobody knows. */
  readonly answerWithinMs: number;
  /** Failures in a row after which the channel rests, and for how long at first; each further one doubles it. */
  readonly restAfter: number;
  readonly restMs: number;
}

export const USUAL_CARE: Care = {
  tries: 3,
  firstWaitMs: 500,
  answerWithinMs: 30_000,
  restAfter: 5,
  restMs: 30_000,
};
const LONGEST_REST_MS = 30 * 60_000;

/** The clock, the patience and the dice of the process; tests bring their own. */
export interface Tools {
  now(): Instant;
  wait(ms: number): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

/**
 * A channel with all care around it: no faster than its carrier likes, tried again where nothing was handed over, not
 * waited for without end, and left alone for a while once it fails time after time.
 *
 * Holds   what may have been handed over is never tried again.
 */
export function withCare(channel: ChannelAdapter, care: Care, tools: Tools): ChannelAdapter {
  const timed = withAnswerTime(channel, care.answerWithinMs);
  const paced =
    care.perSecond === undefined ? timed : withPace(timed, care.perSecond, care.burst ?? 1, tools);
  return withRest(withTries(paced, care, tools), care, tools);
}

/** A carrier that hangs leaves an unknown outcome, and the others their turn. */
export function withAnswerTime(channel: ChannelAdapter, ms: number): ChannelAdapter {
  return {
    ...channel,
    send: (permit, message) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new NoAnswer(`${channel.name} gave no answer in ${ms} ms`)), ms);
      });
      return Promise.race([channel.send(permit, message), late]).finally(() => clearTimeout(timer));
    },
  };
}

/** A bucket of tokens: each message takes one, and waits for its own where there is none. */
export function withPace(
  channel: ChannelAdapter,
  perSecond: number,
  burst: number,
  tools: Tools,
): ChannelAdapter {
  let tokens = burst;
  let filled = tools.now();
  return {
    ...channel,
    send: async (permit, message) => {
      const now = tools.now();
      tokens = Math.min(burst, tokens + ((now - filled) / 1000) * perSecond);
      filled = now;
      tokens -= 1;
      // Below nought stand those that wait already: each later one waits that much longer.
      const wait = tokens >= 0 ? 0 : Math.ceil((-tokens / perSecond) * 1000);
      if (wait > permit.expires - now) {
        tokens += 1;
        throw new NotHandedOver(`${channel.name} is busy beyond the life of a permit`);
      }
      if (wait > 0) await tools.wait(wait);
      return channel.send(permit, message);
    },
  };
}

/** Tries again what surely was not handed over and may do in a moment, after a wait that grows and is never the same. */
export function withTries(
  channel: ChannelAdapter,
  { tries, firstWaitMs }: Pick<Care, "tries" | "firstWaitMs">,
  tools: Tools,
): ChannelAdapter {
  return {
    ...channel,
    send: async (permit, message) => {
      for (let tried = 1; ; tried++) {
        try {
          return await channel.send(permit, message);
        } catch (error) {
          if (!(error instanceof NotHandedOver) || !error.passing || tried >= tries) throw error;
          const wait = Math.ceil(tools.random() * firstWaitMs * 2 ** (tried - 1));
          if (tools.now() + wait > permit.expires) throw error;
          await tools.wait(wait);
        }
      }
    },
  };
}

/**
 * Leaves a channel alone that fails time after time. What is planned for it stays planned: an outage makes no dead
 * letters, and no burst when it is over. After the rest one message tries the way for all.
 */
export function withRest(
  channel: ChannelAdapter,
  { restAfter, restMs }: Pick<Care, "restAfter" | "restMs">,
  tools: Tools,
): ChannelAdapter {
  let inARow = 0;
  let rests = 0;
  let until = Number.NEGATIVE_INFINITY;
  let probing = false;
  const failed = (): void => {
    inARow += 1;
    if (inARow < restAfter && rests === 0) return;
    until = tools.now() + Math.min(LONGEST_REST_MS, restMs * 2 ** rests);
    rests += 1;
    inARow = 0;
  };
  const resting = (now: Instant): Instant | undefined =>
    until > now ? until : probing ? now + 1000 : channel.rests?.(now);
  return {
    ...channel,
    rests: resting,
    send: async (permit, message) => {
      if (resting(tools.now()) !== undefined) throw new NotHandedOver(`${channel.name} rests after failures`);
      probing = rests > 0;
      try {
        const receipt = await channel.send(permit, message);
        inARow = 0;
        rests = 0;
        return receipt;
      } catch (error) {
        // A number that does not exist says nothing about the line.
        if (!(error instanceof NotHandedOver) || error.passing) failed();
        throw error;
      } finally {
        probing = false;
      }
    },
  };
}

/**
 * Several channels as one: the first that works takes the message, the next only where the one before surely did not.
 *
 * Takes   what it carries, in the order in which they are asked; the lender whose it is, if of one only.
 */
export function inOrder(
  channels: readonly ChannelAdapter[],
  carries: readonly Channel[],
  now: () => Instant,
  lender?: string,
): ChannelAdapter {
  const awake = (at: Instant) => channels.filter((channel) => channel.rests?.(at) === undefined);
  return {
    name: channels.map(({ name }) => name).join(" › "),
    carries,
    ...(lender === undefined ? {} : { lender }),
    send: async (permit, message): Promise<Receipt> => {
      const failures: NotHandedOver[] = [];
      for (const channel of awake(now())) {
        try {
          return { channel: channel.name, ...(await channel.send(permit, message)) };
        } catch (error) {
          if (!(error instanceof NotHandedOver)) throw error;
          failures.push(error);
        }
      }
      const says = failures.map(({ message: why }) => why).join("; ") || "every channel rests";
      throw new NotHandedOver(says, failures.length === 0 || failures.some(({ passing }) => passing));
    },
    words: (draft: Draft) => (awake(now())[0] ?? channels[0])?.words?.(draft),
    rests: (at) => {
      if (awake(at).length > 0) return undefined;
      return Math.min(...channels.map((channel) => channel.rests?.(at) ?? Number.POSITIVE_INFINITY));
    },
  };
}
