import { formatInstant } from "../../core/index.ts";
import { withBook } from "../../office/book.ts";
import { inboundOf } from "../../office/channels/file.ts";
import { channelSay } from "../../office/channels/messages.ts";
import { count, type Io, WrongUse } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = { all: { type: "boolean" } } as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [action] = asked.words;
  return withBook(place, io, async (db) => {
    const inbound = inboundOf(db, io);
    if (action === "list") {
      const kept = await inbound.kept(asked.flag("all"));
      for (const { channel, id, receivedAt, settledAt, event } of kept) {
        const received = formatInstant("UTC", receivedAt);
        io.object({ channel, id, receivedAt: received, settled: settledAt !== null, event });
        const about = [event.action, event.reference, event.address].filter(Boolean).join(" ");
        io.out(
          `${received}  ${channel}  ${event.kind}  ${about}${event.kind === "message" ? `  ${event.text}` : ""}`,
        );
      }
      if (kept.length === 0) io.out(channelSay.inboundEmpty[io.language]());
      return 0;
    }
    if (action === "match") {
      const settled = await inbound.settle(io.now());
      const left = (await inbound.kept()).length;
      io.object({ settled, left });
      io.out(channelSay.matched[io.language](count(settled), count(left)));
      return left > 0 ? 1 : 0;
    }
    throw new WrongUse(
      say.missing[io.language](channelSay.inboundActions[io.language](), "arrears inbound list"),
    );
  });
}
