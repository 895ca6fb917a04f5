import { InvariantError } from "../../core/index.ts";
import { type ChannelAdapter, readChannels, wireChannels } from "../../dispatch/index.ts";
import { compose, toText } from "../../documents/index.ts";
import { channelsFile, toolsOf } from "../../office/channels/file.ts";
import { Declined, type Io } from "../../office/io.ts";
import type { LetterPress, LetterSigner, Office } from "../../office/letters/office.ts";
import { say } from "../../office/messages.ts";
import { openPress, type Press } from "../../press/index.ts";
import type { Asked } from "../options.ts";
import { letterSigner, signingAsked } from "../signing.ts";

/** The press, opened when something is first printed: what is only looked at as text needs no compiler and no fonts. */
export function openPressOf(workers?: number): { readonly press: LetterPress; close(): Promise<void> } {
  let opened: Promise<Press> | undefined;
  const open = (): Promise<Press> => {
    opened ??= openPress(workers === undefined ? {} : { workers });
    return opened;
  };
  return {
    press: {
      // Who sends it stands first, as in any message: the gate looks for it there.
      text: (letter) => `【${letter.firm.name}】\n${toText(compose(letter))}`,
      pdf: async (letter) => {
        const printed = await (await open()).pdf(letter);
        if (!printed.ok) throw new Error(printed.refusal.says);
        return printed.value.bytes;
      },
    },
    close: async () => {
      await (await opened)?.close();
    },
  };
}

/** For work that makes no letter. */
export const NO_PRESS: Pick<Office, "press" | "randomBytes"> = {
  press: {
    text: () => invariantNever(),
    pdf: () => invariantNever(),
  },
  randomBytes: () => invariantNever(),
};
function invariantNever(): never {
  throw new InvariantError("nothing is drafted or rendered here");
}

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
