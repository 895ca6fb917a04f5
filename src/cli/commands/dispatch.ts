import { parseInstant } from "../../core/index.ts";
import {
  type ChannelAdapter,
  type DispatchReport,
  dispatch,
  folderChannel,
  saysOf,
  wireChannels,
} from "../../dispatch/index.ts";
import { lendersAsked, shelvesOf, withBook } from "../../office/book.ts";
import { channelsFile, counting, inboundOf, toolsOf } from "../../office/channels/file.ts";
import { count, type Io, WrongUse } from "../../office/io.ts";
import { type Database, outboxStore } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { stopSignal } from "../stop-signal.ts";

export const options = {
  out: { type: "string" },
  at: { type: "string" },
  channels: { type: "string" },
  workers: { type: "string" },
  follow: { type: "boolean" },
  every: { type: "string" },
} as const;

/** More batches than this at a time is more processes' work: one has one core. */
const MOST_WORKERS = 32;
const EVERY_SECONDS = 30;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const atText = asked.text("at");
  const at = atText === undefined ? undefined : parseInstant(atText);
  if (atText !== undefined && at === undefined)
    throw new WrongUse(say.notAnInstant[io.language]("--at", atText));
  const now = () => at ?? io.now();
  const workers = numberAsked(asked, io, "workers", 1, MOST_WORKERS);
  const every = numberAsked(asked, io, "every", EVERY_SECONDS, 86_400);
  if (asked.flag("follow") && at !== undefined) throw new WrongUse(say.followsNoStandingClock[io.language]());
  if (workers > 1 && !place.includes("://")) throw new WrongUse(say.oneWorkerHere[io.language](place));
  const stop = stopSignal();
  try {
    return await withBook(
      place,
      io,
      async (db) => {
        await lendersAsked(db, undefined, io);
        const outbox = outboxStore(db, shelvesOf(io));
        const { channels, close } = channelsAsked(db, asked, io, now);
        const pass = () =>
          dispatch(outbox, channels, now, {
            workers,
            stopped: () => stop.asked,
            onProgress: ({ sent }, done, of) => io.progress("dispatch", done, of, `${count(sent)} sent`),
          });
        try {
          if (!asked.flag("follow")) return tell(await pass(), io);
          let code = 0;
          while (!stop.asked) {
            const report = await pass();
            if (didAnything(report)) code = Math.max(code, tell(report, io));
            await stop.within(every * 1000);
          }
          return code;
        } finally {
          await close();
        }
      },
      workers + 1,
    );
  } finally {
    stop.close();
  }
}

function numberAsked(asked: Asked, io: Io, name: string, usual: number, most: number): number {
  const text = asked.text(name);
  const value = text === undefined ? usual : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new WrongUse(say.notInRange[io.language](`--${name}`, text!, 1, most));
  return value;
}

const didAnything = ({ because: _, leased: __, ...counts }: DispatchReport): boolean =>
  Object.values(counts).some((n) => n > 0);

function tell(report: DispatchReport, io: Io): number {
  io.object({ ...report });
  const { sent, cancelled, later, failed, unknown, consolidated, withdrawn, leased } = report;
  io.out(
    say.dispatched[io.language](count(sent), count(cancelled), count(later), count(failed), count(unknown)),
  );
  if (consolidated + withdrawn + leased > 0)
    io.out(say.dispatchedToo[io.language](count(consolidated), count(withdrawn), count(leased)));
  for (const [why, times] of Object.entries(report.because)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8))
    io.out(`  ${count(times).padStart(9)}  ${why}`);
  return failed + unknown > 0 ? 1 : 0;
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
