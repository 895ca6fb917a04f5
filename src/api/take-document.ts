import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import { Problem, refusedBy } from "./http/problem.ts";
import { said } from "./http/said.ts";
import type { Scanner } from "./scanner.ts";

const MOST_BYTES = 10_000_000;

const FIELD_BYTES = 500;

export interface TakenDocument {
  readonly name: string;
  readonly bytes: Buffer;
  /** What the form had beside the file. */
  readonly fields: URLSearchParams;
}

/**
 * Reads a form with one document, field `file`, and at most so many short fields. It is small enough to be held; its name is told again and
 * never used as a path.
 *
 * Refuses what is no form, has no file, is larger than 10 MB, or in which the scanner found something; where there is a
 * scanner and it cannot be asked, nothing is taken.
 */
export async function takeDocument(
  body: Readable,
  type: string,
  scan: Scanner | undefined,
  mostFields = 0,
): Promise<TakenDocument> {
  const parser = new Busboy({
    headers: { "content-type": type },
    limits: {
      files: 1,
      fields: mostFields,
      parts: 1 + mostFields,
      fieldSize: FIELD_BYTES,
      fileSize: MOST_BYTES,
      headerPairs: 20,
      headerSize: 4096,
    },
  });
  const fields = new URLSearchParams();
  parser.on("field", (field, value) => {
    if (mostFields > 0) fields.append(field, value);
  });
  const parts: Buffer[] = [];
  let name: string | undefined;
  let tooLarge = false;
  parser.on("file", (field, stream, given) => {
    if (field !== "file") {
      stream.resume();
      return;
    }
    name =
      (given ?? "")
        .split(/[\\/]/)
        .at(-1)
        ?.replaceAll(/[^\p{L}\p{N}._ -]/gu, "_")
        .slice(0, 100) || "document";
    stream.on("limit", () => {
      tooLarge = true;
    });
    stream.on("data", (part: Buffer) => parts.push(part));
  });
  try {
    await new Promise<void>((done, failed) => {
      parser.on("finish", () => done());
      parser.on("error", failed);
      body.on("error", failed);
      body.on("aborted", () => failed(new Error("broken off")));
      body.pipe(parser);
    });
  } catch {
    throw new Problem("bad-request", said.form());
  }
  if (tooLarge) throw new Problem("too-large");
  if (name === undefined) throw new Problem("bad-request", { ...said.noFile(), at: "body" });
  const bytes = Buffer.concat(parts);
  await look(scan, bytes);
  return { name, bytes, fields };
}

async function look(scan: Scanner | undefined, bytes: Buffer): Promise<void> {
  let found: string | undefined;
  try {
    found = await scan?.(bytes);
  } catch {
    throw new Problem("unavailable", { retryAfter: 60 });
  }
  if (found !== undefined) throw refusedBy({ code: "file-unsafe", says: `the scanner found ${found} in it` });
}
