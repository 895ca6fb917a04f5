import { CHANNELS, nearest } from "../../core/index.ts";
import { type ChannelsFile, saysOf, wireChannels } from "../../dispatch/index.ts";
import { channelsFile, toolsOf, USUAL_FILE } from "../../office/channels/file.ts";
import { channelSay } from "../../office/channels/messages.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = { channels: { type: "string" } } as const;

export async function run(asked: Asked, io: Io): Promise<number> {
  const [action, name] = asked.words;
  const file = channelsFile(asked.text("channels") ?? USUAL_FILE, io);
  if (action === "list") return list(file, io);
  if (action === "test") return test(file, name, io);
  throw new WrongUse(
    say.missing[io.language](channelSay.channelsActions[io.language](), "arrears channels list"),
  );
}

function list(file: ChannelsFile, io: Io): number {
  for (const { name, adapter, carries } of file.channels) {
    io.object({ channel: name, adapter, carries });
    io.out(`${name}  ${adapter}  ${carries.join(", ")}`);
  }
  for (const { lender, by } of file.routes) {
    io.object({ route: lender ?? null, ...by });
    io.out(lender ?? channelSay.everyLender[io.language]());
    for (const via of CHANNELS) if (by[via]) io.out(`  ${via.padEnd(7)}${by[via].join(" › ")}`);
  }
  return 0;
}

/** Reaches for each carrier; nothing is sent to any borrower. */
async function test(file: ChannelsFile, name: string | undefined, io: Io): Promise<number> {
  const names = file.channels.map((one) => one.name);
  if (name !== undefined && !names.includes(name))
    throw new Declined(channelSay.noChannel[io.language](name, nearest(name, names) ?? ""));
  let failed = 0;
  for (const one of name === undefined ? names : [name]) {
    try {
      const { named, close } = wireChannels(file, toolsOf(io.now), process.env, one);
      try {
        const says = (await named[0]!.check?.()) ?? "";
        io.object({ channel: one, ok: true, says });
        io.out(channelSay.channelWorks[io.language](one, says));
      } finally {
        await close();
      }
    } catch (error) {
      failed += 1;
      io.object({ channel: one, ok: false, says: saysOf(error) });
      io.out(channelSay.channelFails[io.language](one, saysOf(error)));
    }
  }
  io.out(channelSay.nothingSent[io.language]());
  return failed > 0 ? 1 : 0;
}
