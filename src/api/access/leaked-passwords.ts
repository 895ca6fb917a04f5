import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/** Longer than any line of such a file: forty digits, a colon, a count. */
const LINE = 80;

/**
 * Whether a password was ever leaked, by a list in a file: a line a password, its SHA-1 in hexadecimal, in order, what follows a
 * colon not read. So the lists are that are given away; they have gigabytes, and are looked into by halves, never read whole.
 * Nothing is asked of anybody: no part of a password leaves this machine.
 */
export async function isLeaked(path: string, password: string): Promise<boolean> {
  const wanted = createHash("sha1").update(password, "utf8").digest("hex").toUpperCase();
  const file = await open(path);
  try {
    let [from, to] = [0, (await file.stat()).size];
    // The line that is wanted begins in [from, to).
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      const line = await lineFrom(file, middle);
      if (line === undefined || line.begins >= to) {
        to = middle;
        continue;
      }
      if (line.hash === wanted) return true;
      if (line.hash < wanted) from = line.begins + 1;
      else to = middle;
    }
    return false;
  } finally {
    await file.close();
  }
}

/** The first line that begins at a byte or after it. */
async function lineFrom(
  file: FileHandle,
  at: number,
): Promise<{ readonly begins: number; readonly hash: string } | undefined> {
  // One byte before tells whether a line begins just here.
  const start = Math.max(0, at - 1);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * LINE), 0, 2 * LINE, start);
  const text = buffer.toString("latin1", 0, bytesRead);
  const skipped = at === 0 ? 0 : text.indexOf("\n") + 1;
  if (at > 0 && skipped === 0) return undefined;
  const hash = /^[0-9A-F]{40}(?=[:\r\n]|$)/i.exec(text.slice(skipped))?.[0];
  return hash === undefined ? undefined : { begins: start + skipped, hash: hash.toUpperCase() };
}
