import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Refusal } from "../core/index.ts";
import type { Letter } from "../documents/index.ts";
import { sha256 } from "./hash.ts";
import type { Press } from "./press.ts";

export interface BatchItem {
  readonly number: string;
  readonly code: string;
  /** Name of the PDF in the folder. */
  readonly file: string;
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly inputsSha256: string;
}

export interface BatchProgress {
  readonly done: number;
  readonly printed: number;
  readonly skipped: number;
  readonly refused: number;
}

export interface Batch {
  readonly items: readonly BatchItem[];
  readonly skipped: number;
  readonly refused: readonly { readonly number: string; readonly refusal: Refusal }[];
}

/** Letters under way at one time, for each compiler: enough that none waits, few enough that memory stays flat. */
const IN_HAND = 4;

/**
 * Prints many letters into a folder. Running it again goes on where it stopped: a PDF that stands there with the same inputs is
 * left alone. A letter that cannot be printed is named with its reason and does not stop the others.
 *
 * Takes   letters in any number, one after the other, each with its own number; the folder, made where it is missing.
 * Gives   what stands in the folder now, in the order of the letters; and what was refused.
 */
export async function printBatch(
  press: Press,
  letters: Iterable<Letter> | AsyncIterable<Letter>,
  folder: string,
  options: { readonly workers?: number; readonly onProgress?: (progress: BatchProgress) => void } = {},
): Promise<Batch> {
  mkdirSync(folder, { recursive: true });
  const items: (BatchItem | undefined)[] = [];
  const refused: { number: string; refusal: Refusal }[] = [];
  const count = { done: 0, printed: 0, skipped: 0, refused: 0 };
  const under = new Set<Promise<void>>();
  const names = new Set<string>();
  const one = async (letter: Letter, place: number): Promise<void> => {
    const made = await printOne(press, letter, folder);
    if ("refusal" in made) refused.push({ number: letter.number, refusal: made.refusal });
    else items[place] = made.item;
    count[made.was] += 1;
    count.done += 1;
    options.onProgress?.({ ...count });
  };
  const most = (options.workers ?? 1) * IN_HAND;
  let place = 0;
  for await (const letter of letters) {
    const name = fileName(letter.number);
    if (names.has(name))
      throw new Error(`two letters have the number ${letter.number}, or numbers too near to it`);
    names.add(name);
    const work = one(letter, place++).finally(() => under.delete(work));
    under.add(work);
    if (under.size >= most) await Promise.race(under);
  }
  await Promise.all(under);
  return { items: items.filter((item) => item !== undefined), skipped: count.skipped, refused };
}

type Made =
  | { readonly was: "printed" | "skipped"; readonly item: BatchItem }
  | { readonly was: "refused"; readonly refusal: Refusal };

async function printOne(press: Press, letter: Letter, folder: string): Promise<Made> {
  const file = `${fileName(letter.number)}.pdf`;
  const record = join(folder, `${file}.json`);
  let inputsSha256: string;
  try {
    inputsSha256 = press.inputsOf(letter);
  } catch (error) {
    return { was: "refused", refusal: { code: "bad-letter", says: says(error), at: letter.number } };
  }
  const before = standing(record, join(folder, file));
  if (before?.inputsSha256 === inputsSha256) return { was: "skipped", item: before };
  const printed = await press.pdf(letter);
  if (!printed.ok) return { was: "refused", refusal: printed.refusal };
  const { bytes, pages } = printed.value;
  const item: BatchItem = {
    number: letter.number,
    code: letter.code,
    file,
    pages,
    bytes: bytes.length,
    sha256: sha256(bytes),
    inputsSha256,
  };
  whole(join(folder, file), bytes);
  whole(record, `${JSON.stringify(item)}\n`);
  return { was: "printed", item };
}

/** What was printed before and still stands there, byte for byte. */
function standing(record: string, file: string): BatchItem | undefined {
  try {
    const item = JSON.parse(readFileSync(record, "utf8")) as BatchItem;
    return item.sha256 === sha256(readFileSync(file)) ? item : undefined;
  } catch {
    return undefined;
  }
}

/** A file is there whole or not at all, whenever the process ends. */
function whole(path: string, content: Uint8Array | string): void {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}

const says = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A firm's number as the name of a file: letters, figures and Chinese stay, all else becomes a line. */
export const fileName = (number: string): string =>
  number.normalize("NFC").replace(/[^\p{L}\p{N}._-]+/gu, "-");
