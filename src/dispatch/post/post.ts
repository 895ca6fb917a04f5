import { createHash } from "node:crypto";
import type { Channel } from "../../core/index.ts";
import type { Tools } from "../care.ts";
import { handing } from "../clear.ts";
import type { Drop } from "../drop.ts";
import type { Ear } from "../inbound.ts";
import { secretBytes, signedEar } from "../signature.ts";
import { NotHandedOver, saysOf } from "../trouble.ts";
import type { ChannelAdapter, Message, Receipt } from "../types.ts";

export interface PostSettings {
  readonly name: string;
  readonly carries: readonly Channel[];
  /** Whom returned letters go to, line by line. */
  readonly sender: readonly string[];
  /** The print house's word for how it is to be posted. */
  readonly service: string;
}

/** A letter as the print house is told of it. */
interface Entry {
  readonly letter: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly language: string;
  readonly service: string;
  readonly label: readonly string[];
  readonly sender: readonly string[];
}

const COLUMNS = ["letter", "file", "sha256", "bytes", "language", "service", "label", "sender"] as const;

/**
 * Letters for a print house: the letter's file, then a manifest with its hash and label, as JSON and as CSV. The JSON is
 * written last and is the hand-over: a letter without it is to be left alone. At the end of a run one manifest lists all its letters.
 */
export function postChannel(settings: PostSettings, tools: Tools, drop: Drop): ChannelAdapter {
  let listed: Entry[] = [];
  return {
    name: settings.name,
    carries: settings.carries,
    send: (permit, message) =>
      handing(permit, message, tools.now, async (): Promise<Receipt> => {
        const stem = message.id.replaceAll("/", "_");
        const letter = message.file?.bytes ?? Buffer.from(`${message.text}\n`);
        const type = message.file?.name.split(".").at(-1) ?? "txt";
        const entry = entryOf(message, `${stem}.${type}`, letter, settings);
        try {
          await drop.put(entry.file, letter);
          await drop.put(`${stem}.manifest.csv`, Buffer.from(csvOf([entry])));
        } catch (error) {
          // The letter's file may be there; without its manifest it counts for nothing, and a second try overwrites it.
          throw error instanceof NotHandedOver ? error : new NotHandedOver(saysOf(error), true);
        }
        await drop.put(`${stem}.manifest.json`, Buffer.from(jsonOf([entry])));
        listed.push(entry);
        return { outcome: "sent", receipt: `${stem}.manifest.json ${entry.sha256}`, references: [stem] };
      }),
    check: () => drop.check(),
    close: async () => {
      const run = listed;
      listed = [];
      if (run.length > 0) {
        const name = `run-${new Date(tools.now()).toISOString().replace(/[:.]/g, "-")}`;
        await drop.put(`${name}.manifest.csv`, Buffer.from(csvOf(run)));
        await drop.put(`${name}.manifest.json`, Buffer.from(jsonOf(run)));
      }
      await drop.close();
    },
  };
}

function entryOf(message: Message, file: string, letter: Buffer, settings: PostSettings): Entry {
  const address = message.to
    .split(/\r?\n|;\s*/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return {
    letter: message.id,
    file,
    sha256: createHash("sha256").update(letter).digest("hex"),
    bytes: letter.length,
    language: message.language,
    service: settings.service,
    label: message.name === undefined ? address : [message.name, ...address],
    sender: settings.sender,
  };
}

const jsonOf = (letters: readonly Entry[]): string => `${JSON.stringify({ letters }, null, 2)}\n`;

const csvOf = (letters: readonly Entry[]): string =>
  [COLUMNS.join(","), ...letters.map((one) => COLUMNS.map((column) => cell(one[column])).join(","))]
    .map((line) => `${line}\r\n`)
    .join("");

/** RFC 4180, and nothing that a spreadsheet would take for a formula. */
function cell(value: Entry[keyof Entry]): string {
  const text = typeof value === "object" ? value.join("\n") : String(value);
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

/** Hears of letters that were delivered, refused or returned, from a print house that signs by Standard Webhooks. */
export function postEar(name: string, secrets: readonly string[]): Ear {
  return signedEar(name, secrets.map(secretBytes));
}
