import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type BadRow, QuarantineFile } from "../../intake/index.ts";

/** SHA-256 of a file's bytes. */
export async function digest(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest("hex");
}

/** A quarantine file that exists only once a row needs it. */
export class Quarantine {
  readonly path: string;
  readonly byCode: Record<string, number> = {};
  rows = 0;
  #file: QuarantineFile | undefined;

  constructor(path: string) {
    this.path = path;
  }

  async add(bad: readonly BadRow[]): Promise<void> {
    if (bad.length === 0) return;
    this.#file ??= new QuarantineFile(this.path);
    for (const row of bad) this.byCode[row.code] = (this.byCode[row.code] ?? 0) + 1;
    this.rows += bad.length;
    await this.#file.write(bad);
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}
