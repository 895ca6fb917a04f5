import { type Courier, courierOf, folderChannel, wireChannels } from "../dispatch/index.ts";
import { channelsFile, toolsOf } from "../office/channels/file.ts";
import type { Io } from "../office/io.ts";

/** Puts codes into a folder, from which they are read where nothing is really sent. */
export const folderCourier = (folder: string, io: Pick<Io, "now">): Courier =>
  courierOf([folderChannel(folder, io.now)], io.now);

/** By the channels of a file, or into a folder. */
export function courierAsked(
  { channels: file, out }: { readonly channels: string | undefined; readonly out: string | undefined },
  io: Io,
): { readonly courier: Courier; close(): Promise<void> } {
  if (file === undefined) return { courier: folderCourier(out ?? "outbox", io), close: async () => {} };
  const wired = wireChannels(channelsFile(file, io), toolsOf(io.now), process.env);
  return { courier: courierOf(wired.routed, io.now), close: () => wired.close() };
}
