import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHANNELS } from "../../core/index.ts";
import { isPermit } from "../../policy/index.ts";
import type { ChannelAdapter } from "../types.ts";

/**
 * Writes each message as one JSON file into a folder, for trying and for hand-over to systems that watch folders. The
 * file's name is the action's key, and it appears whole or not at all.
 */
export function folderChannel(folder: string): ChannelAdapter {
  return {
    name: "folder",
    carries: CHANNELS,
    send: async (permit, message) => {
      if (!isPermit(permit)) throw new Error("a message goes out with a permit of the gate, or not at all");
      const name = `${message.id.replaceAll("/", "_")}.json`;
      mkdirSync(folder, { recursive: true });
      const { verdict, pack, rules } = permit;
      const text = JSON.stringify({ ...message, permit: { verdict, pack, rules } }, null, 2);
      writeFileSync(join(folder, `${name}.part`), `${text}\n`);
      renameSync(join(folder, `${name}.part`), join(folder, name));
      return { outcome: "sent", receipt: name };
    },
  };
}
