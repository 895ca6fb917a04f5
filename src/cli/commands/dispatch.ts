import { parseInstant } from "../../core/index.ts";
import { type ChannelAdapter, dispatch, folderChannel, saysOf, wireChannels } from "../../dispatch/index.ts";
import { type Database, outboxStore } from "../../store/index.ts";
import { lendersAsked, shelvesOf, withBook } from "../book.ts";
import { channelsFile, counting, inboundOf, toolsOf } from "../channels-file.ts";
import { count, type Io, WrongUse } from "../io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  out: { type: "string" },
  at: { type: "string" },
  channels: { type: "string" },
} as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const atText = asked.text("at");
  const at = atText === undefined ? undefined : parseInstant(atText);
  if (atText !== undefined && at === undefined)
    throw new WrongUse(say.notAnInstant[io.language]("--at", atText));
  const now = () => at ?? io.now();
  return withBook(place, io, async (db) => {
    await lendersAsked(db, undefined, io);
    const outbox = outboxStore(db, shelvesOf(io));
    const { channels, close } = channelsAsked(db, asked, io, now);
    try {
      const report = await dispatch(outbox, channels, now, {
        onProgress: ({ sent }, done, of) => io.progress("dispatch", done, of, `${count(sent)} sent`),
      });
      io.object({ ...report });
      const { sent, cancelled, later, failed, unknown } = report;
      io.out(
        say.dispatched[io.language](
          count(sent),
          count(cancelled),
          count(later),
          count(failed),
          count(unknown),
        ),
      );
      for (const [why, times] of Object.entries(report.because)
        .sort((a, b) => b[1] - a[1])
        .slice(0, 8))
        io.out(`  ${count(times).padStart(9)}  ${why}`);
      return failed + unknown > 0 ? 1 : 0;
    } finally {
      await close();
    }
  });
}

/** The channels of a file, or the folder. What a carrier brings on the same connection while it is bound is taken too. */
function channelsAsked(
  db: Database,
  asked: Asked,
  io: Io,
  now: () => number,
): { channels: readonly ChannelAdapter[]; close(): Promise<void> } {
  const file = asked.text("channels");
  if (file === undefined)
    return { channels: [folderChannel(asked.text("out") ?? "outbox", now)], close: async () => {} };
  const wired = wireChannels(channelsFile(file, io), toolsOf(now), process.env);
  const inbound = inboundOf(db, io);
  const { take } = counting(inbound, now);
  for (const channel of wired.named)
    channel.listen?.(take).catch((error: unknown) => io.note(`${channel.name}: ${saysOf(error)}`));
  return {
    channels: wired.routed,
    close: async () => {
      await wired.close();
      await inbound.settle(now());
    },
  };
}
