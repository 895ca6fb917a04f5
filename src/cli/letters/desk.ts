import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { InvariantError } from "../../core/index.ts";
import { type ChannelAdapter, readChannels, wireChannels } from "../../dispatch/index.ts";
import { compose, toText } from "../../documents/index.ts";
import { openPress, type Press } from "../../press/index.ts";
import {
  developmentAuthority,
  httpTimeStamps,
  openPkcs12,
  type Signer,
  signPdf,
  type TimeStamps,
} from "../../signing/index.ts";
import type { KeptSignature } from "../../store/index.ts";
import { mustBeFile } from "../book.ts";
import { channelsFile, toolsOf } from "../channels-file.ts";
import { Declined, type Io, WrongUse } from "../io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import type { LetterPress, LetterSigner, Office } from "./office.ts";

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

/** Where the development certificates of a book lie: beside it, for they are no part of it. */
const developmentFolder = (place: string): string =>
  place.includes("://") ? ".arrears.development" : `${place.replace(/[\\/]+$/, "")}.development`;

/**
 * Who signs: the firm's certificate where one is named, else one made here for trying, which the letter then says on each page.
 * The password of a file comes from the environment, never from the command line.
 */
export async function signerOf(office: Office, asked: Asked, place: string, io: Io): Promise<LetterSigner> {
  const file = asked.text("p12");
  const tsa = asked.text("tsa");
  const clock = (): number => office.now;
  if (file === undefined) {
    if (office.terms.certificate === "own")
      throw new WrongUse(
        say.missing[io.language](
          "--p12 FILE",
          "arrears letter sign --all --p12 firm.p12 --password-env FIRM_P12",
        ),
      );
    const [firm] = office.firms;
    const authority = await developmentAuthority(developmentFolder(place), firm?.name ?? office.lender.name);
    return signerWith(authority.signer, authority.timeStamps(clock), clock);
  }
  mustBeFile(file, io);
  const variable = asked.text("password-env");
  const password = variable === undefined ? "" : process.env[variable];
  if (password === undefined)
    throw new Declined(
      io.language === "zh"
        ? `环境变量 ${variable} 未设置`
        : `the environment has no ${variable}, which --password-env names`,
    );
  const signer = await openPkcs12(readFileSync(file), password);
  return signerWith(signer, tsa === undefined ? undefined : httpTimeStamps({ url: tsa }), clock);
}

function signerWith(signer: Signer, timeStamps: TimeStamps | undefined, clock: () => number): LetterSigner {
  const leaf = new X509Certificate(signer.chain[0]!);
  const common = (name: string): string => /^CN=(.*)$/m.exec(name)?.[1] ?? name.replaceAll("\n", ", ");
  const certificate = common(leaf.subject);
  return {
    development: signer.development,
    certificate,
    sign: async (pdf, letter) => {
      const { bytes, record } = await signPdf(pdf, {
        signer,
        ...(timeStamps ? { timeStamps } : {}),
        at: clock(),
        name: letter.firm.name,
        reason: `${letter.number} ${letter.lawyer.name} ${letter.lawyer.licence}`,
      });
      const signature: KeptSignature = {
        signer: certificate,
        issuer: common(leaf.issuer),
        serial: leaf.serialNumber,
        signedAt: record.signedAt,
        ...(record.timeStamp ? { stampedAt: record.timeStamp.at, stampedBy: record.timeStamp.by } : {}),
        development: record.development,
      };
      return { bytes, signature };
    },
  };
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
