import { existsSync, readFileSync } from "node:fs";
import type { Key, StopRequested } from "../../core/index.ts";
import {
  type ChannelsFile,
  type Inbound,
  readChannels,
  repliesOf,
  type Tools,
} from "../../dispatch/index.ts";
import { type Database, type InboundStore, inboundStore, promiseOfCall } from "../../store/index.ts";
import { shelvesOf } from "../book.ts";
import { Declined, type Io } from "../io.ts";
import { followLetter } from "../letters/tracked.ts";
import { channelSay } from "./messages.ts";
import { recordStops } from "./stops.ts";

export const USUAL_FILE = "channels.yaml";

export function channelsFile(file: string, io: Io): ChannelsFile {
  if (!existsSync(file)) throw new Declined(channelSay.needsChannels[io.language](file));
  const read = readChannels(readFileSync(file, "utf8"), file);
  if (read.ok) return read.file;
  const lines = read.mistakes.map(({ at, says }) => `  ${at}  ${says}`).join("\n");
  throw new Declined(`${channelSay.fileHasMistakes[io.language](file)}\n${lines}`);
}

/** The process's own clock, patience and dice. */
export const toolsOf = (now: () => number): Tools => ({
  now,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
});

/** What comes in, recorded in the book. */
export function inboundOf(db: Database, io: Io): InboundStore {
  const stops = recordStops(db, io);
  return inboundStore(
    db,
    repliesOf,
    (lender: string, owner: Key, stop: StopRequested) => stops(lender, owner, stop),
    (lender, owner, report) => promiseOfCall(db, shelvesOf(io), lender, owner, report),
    followLetter,
  );
}

/** Takes one event and counts what became of it. */
export function counting(
  inbound: InboundStore,
  now: () => number,
): { take(event: Inbound): Promise<void>; readonly counts: { new: number; same: number; kept: number } } {
  const counts = { new: 0, same: 0, kept: 0 };
  return {
    counts,
    take: async (event) => {
      counts[await inbound.take(event, now())] += 1;
    },
  };
}
