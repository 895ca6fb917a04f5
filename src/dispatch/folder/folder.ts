import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHANNELS, type Instant } from "../../core/index.ts";
import { handing } from "../clear.ts";
import type { ChannelAdapter } from "../types.ts";

/**
 * Writes each message as one JSON file into a folder, for trying and for hand-over to systems that watch folders. The
 * file's name is the action's key, and it appears whole or not at all.
 */
export function folderChannel(folder: string, now: () => Instant): ChannelAdapter {
  return {
    name: "folder",
    carries: CHANNELS,
    send: (permit, message) =>
      handing(permit, message, now, async () => {
        const file = `${message.id.replaceAll("/", "_")}.json`;
        mkdirSync(folder, { recursive: true });
        const { verdict, pack, rules } = permit;
        // The figures stand in the text; as numbers they would need the reader to know our units. Nor is a name needed here.
        const { owed: _, name: __, file: attached, ...plain } = message;
        const beside = attached && `${message.id.replaceAll("/", "_")}.${attached.name.split(".").at(-1)}`;
        if (beside) writeFileSync(join(folder, beside), attached.bytes);
        const told = { ...plain, ...(beside ? { file: beside } : {}), permit: { verdict, pack, rules } };
        const text = JSON.stringify(told, null, 2);
        writeFileSync(join(folder, `${file}.part`), `${text}\n`);
        renameSync(join(folder, `${file}.part`), join(folder, file));
        return { outcome: "sent", receipt: file };
      }),
  };
}
