import { type ChannelAdapter, readChannels, wireChannels } from "../../dispatch/index.ts";
import { channelsFile, toolsOf } from "../../office/channels/file.ts";
import { Declined, type Io } from "../../office/io.ts";
import type { LetterSigner, Office } from "../../office/letters/office.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { letterSigner, signingAsked } from "../signing.ts";

// --- signing ---------------------------------------------------------------------------------------------------------

/** Who signs: the firm's certificate where one is named, else one made here for trying, which the letter then says on each page. */
export async function signerOf(office: Office, asked: Asked, place: string, io: Io): Promise<LetterSigner> {
  const { firms, lender, terms } = office;
  const now = (): number => office.now;
  const firm = firms[0]?.name ?? lender.name;
  return letterSigner(
    await signingAsked({ asked, io, place, firm, now, mayTry: terms.certificate !== "own" }),
    now,
  );
}

// --- carrying --------------------------------------------------------------------------------------------------------

/** The channels of a file, or a folder for a print house that watches one. */
export function carriersOf(
  asked: Asked,
  io: Io,
  office: Office,
): { readonly channels: readonly ChannelAdapter[]; close(): Promise<void> } {
  const named = asked.text("channels");
  const out = asked.text("out") ?? "print-house";
  const file = named === undefined ? folderFile(out, office, io) : channelsFile(named, io);
  const wired = wireChannels(
    file,
    toolsOf(() => office.now),
    process.env,
  );
  return { channels: wired.routed, close: () => wired.close() };
}

function folderFile(folder: string, { firms }: Office, io: Io) {
  const sender = firms.length === 1 ? [firms[0]!.name, firms[0]!.address] : ["-"];
  const read = readChannels(
    `channels:\n  print: ${JSON.stringify({ adapter: "post", folder, sender, service: "registered" })}\nroutes:\n  - { letter: [print] }\n`,
    folder,
  );
  if (read.ok) return read.file;
  throw new Declined(
    `${say.noFile[io.language](folder)}: ${read.mistakes.map(({ says }) => says).join("; ")}`,
  );
}
