import { type Instant, InvariantError } from "../core/index.ts";
import { judge } from "./judge.ts";
import { NotHandedOver } from "./trouble.ts";
import type { ActionKey, ChannelAdapter, Judged, Message, Outbox, Pending, Receipt } from "./types.ts";

export interface DispatchReport {
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
  readonly cancelled: number;
  readonly later: number;
  /** Reasons of cancelled and postponed actions, by rule or cause. */
  readonly because: Readonly<Record<string, number>>;
}

const BATCH = 500;
/** An action that could not go out for this long is stale: the closes since have planned what is due now. */
const STALE_MS = 3 * 86_400_000;

/**
 * Sends what is due: each action judged again at the second of sending, its contact recorded before it is handed over.
 *
 * Holds   at most once: an action that was begun and whose end nobody knows counts as made.
 */
export async function dispatch(
  outbox: Outbox,
  channels: readonly ChannelAdapter[],
  now: () => Instant,
  onProgress: (report: DispatchReport, done: number, of: number) => void = () => {},
): Promise<DispatchReport> {
  const report = {
    sent: 0,
    failed: 0,
    unknown: 0,
    cancelled: 0,
    later: 0,
    because: {} as Record<string, number>,
  };
  const count = (reasons: readonly string[]) => {
    for (const reason of reasons) report.because[reason] = (report.because[reason] ?? 0) + 1;
  };
  // Our own bug on one borrower leaves his action planned and untouched; the others are sent.
  const broken = new Set<string>();
  const brokenBy = (error: unknown, key: ActionKey): undefined => {
    if (!(error instanceof InvariantError)) throw error;
    broken.add(nameOf(key));
    count([`broken: ${error.message}`]);
  };
  const of = await outbox.waiting(now());
  let done = 0;
  const stale = await outbox.lapse(now() - STALE_MS, now(), (lapsed) => onProgress(report, lapsed, of));
  if (stale > 0) {
    report.cancelled += stale;
    done += stale;
    report.because.stale = stale;
  }
  // Actions put off to a later minute come up again only when that minute has come; each pass takes the rest.
  for (;;) {
    const keys = (await outbox.due(now(), BATCH + broken.size)).filter((key) => !broken.has(nameOf(key)));
    if (keys.length === 0) return report;
    for (const key of keys) {
      done += 1;
      const judged = await outbox
        .take(key, now(), (pending) => judgeFor(channels, pending, now()))
        .catch((error: unknown) => brokenBy(error, key));
      if (!judged) continue;
      if (judged.kind === "cancel") {
        report.cancelled += 1;
        count(judged.rules.length > 0 ? judged.rules : [judged.why]);
      } else if (judged.kind === "later") {
        report.later += 1;
        count(judged.rules);
      } else {
        const receipt = await handOver(channels, judged);
        report[receipt?.outcome ?? "unknown"] += 1;
        await outbox.end(key, judged.message.id, receipt, now());
      }
    }
    onProgress(report, Math.min(done, of), of);
  }
}

const nameOf = ({ bucket, n, on, act, item }: ActionKey): string => [bucket, n, on, act, item].join(" ");

/** The channel that carries a message: its lender's own before one for everybody. */
const channelFor = (
  channels: readonly ChannelAdapter[],
  { via, lender }: Pick<Message, "via" | "lender">,
): ChannelAdapter | undefined => {
  const able = channels.filter(({ carries }) => carries.includes(via));
  return (
    able.find((channel) => channel.lender !== undefined && channel.lender === lender) ??
    able.find((channel) => channel.lender === undefined)
  );
};

/** Judged in the words that its channel can carry. While the channel rests the action stays planned, and is judged anew. */
export function judgeFor(channels: readonly ChannelAdapter[], pending: Pending, now: Instant): Judged {
  const judged = judge(pending, now, (draft) => channelFor(channels, draft)?.words?.(draft));
  if (judged.kind !== "send") return judged;
  const until = channelFor(channels, judged.message)?.rests?.(now);
  return until === undefined ? judged : { kind: "later", slot: until, rules: ["channel/rests"] };
}

/** A channel that throws may have sent: nobody knows, so there is no receipt and no second try. */
async function handOver(
  channels: readonly ChannelAdapter[],
  judged: Extract<Judged, { kind: "send" }>,
): Promise<Receipt | undefined> {
  const message: Message = judged.message;
  const channel = channelFor(channels, message);
  if (!channel) return { outcome: "failed", receipt: `no channel carries ${message.via}` };
  try {
    return await channel.send(judged.permit, message);
  } catch (error) {
    if (error instanceof NotHandedOver)
      return { outcome: "failed", receipt: `not handed over: ${error.message}`, channel: channel.name };
    return undefined;
  }
}
