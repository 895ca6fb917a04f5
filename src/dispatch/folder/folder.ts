import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHANNELS, type Instant } from "../../core/index.ts";
import { usePermit } from "../../policy/index.ts";
import type { ChannelAdapter } from "../types.ts";

/**
 * Writes each message as one JSON file into a folder, for trying and for hand-over to systems that watch folders. The
 * file's name is the action's key, and it appears whole or not at all.
 */
export function folderChannel(folder: string, now: () => Instant): ChannelAdapter {
  return {
    name: "folder",
    carries: CHANNELS,
    send: async (permit, message) => {
      const wrong = usePermit(permit, {
        kind: message.via,
        address: message.to,
        text: message.text,
        at: now(),
      });
      if (wrong)
        throw new Error(`a message goes out with a permit of the gate for it, or not at all: ${wrong}`);
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
