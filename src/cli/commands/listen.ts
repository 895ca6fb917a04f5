import { once } from "node:events";
import { inboundServer, saysOf, type Wired, wireChannels } from "../../dispatch/index.ts";
import { lendersAsked, withBook } from "../../office/book.ts";
import { channelsFile, counting, inboundOf, toolsOf, USUAL_FILE } from "../../office/channels/file.ts";
import { channelSay } from "../../office/channels/messages.ts";
import { count, Declined, type Io, WrongUse } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { stopped } from "../stopped.ts";

export const options = {
  channels: { type: "string" },
  host: { type: "string" },
  port: { type: "string" },
} as const;

const USUAL_PORT = 8788;
/** Reports that were quicker than their receipt are tried again so often. */
const SETTLE_MS = 30_000;

/** Hears what comes back until it is stopped. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const file = channelsFile(asked.text("channels") ?? USUAL_FILE, io);
  const host = asked.text("host") ?? "127.0.0.1";
  const portText = asked.text("port") ?? String(USUAL_PORT);
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535)
    throw new WrongUse(say.missing[io.language]("--port", "arrears listen --port 8788"));
  return withBook(place, io, async (db) => {
    await lendersAsked(db, undefined, io);
    const inbound = inboundOf(db, io);
    const { take, counts } = counting(inbound, io.now);
    const wired = wireChannels(file, toolsOf(io.now), process.env);
    const lines = wired.named.filter((channel) => channel.listen);
    if (wired.ears.length + lines.length === 0) throw new Declined(channelSay.nothingToListen[io.language]());
    const log = (says: string): void => io.note(says);
    const server = inboundServer({ ears: wired.ears, take, now: io.now, log });
    server.listen(port, host);
    await once(server, "listening");
    const bound = server.address() as { port: number };
    const heard = [...wired.ears.map(({ name }) => `/in/${name}`), ...lines.map(({ name }) => name)].join(
      ", ",
    );
    io.object({ listening: true, host, port: bound.port, ears: wired.ears.map(({ name }) => name) });
    io.out(channelSay.listening[io.language](host, bound.port, heard));
    if (!/^(?:127\.|::1$|localhost$)/.test(host)) io.note(channelSay.notLoopback[io.language](host));
    for (const line of lines)
      line.listen!(take).catch((error: unknown) => log(`${line.name}: ${saysOf(error)}`));
    const settling = setInterval(() => {
      inbound.settle(io.now()).catch((error: unknown) => log(saysOf(error)));
    }, SETTLE_MS);
    await stopped();
    clearInterval(settling);
    await end(server, wired);
    io.object({ listening: false, ...counts });
    io.out(channelSay.took[io.language](count(counts.new), count(counts.same), count(counts.kept)));
    return 0;
  });
}

async function end(server: ReturnType<typeof inboundServer>, wired: Wired): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await wired.close();
}
