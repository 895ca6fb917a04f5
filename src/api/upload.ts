import { createHash } from "node:crypto";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import type { Request } from "./http.ts";

/** What a form brought. Of a file only its hash is left; not a byte of it is kept, and its name is not read. */
export interface Form {
  readonly code?: string;
  readonly file?: { readonly sha256: string; readonly bytes: number; readonly pdf: boolean };
}

export type ReadForm =
  | { readonly ok: true; readonly form: Form }
  | { readonly ok: false; readonly status: 400 | 413 | 415 };

const CODE_BYTES = 200;
/** What stands around a file in a form. */
const AROUND = 4096;

/**
 * Reads a form with one file by streaming: the file is hashed as it comes in.
 *
 * Refuses  415 what is no `multipart/form-data`, 413 a file of more than `mostBytes`, 400 what cannot be read.
 */
export async function readForm({ headers, body }: Request, mostBytes: number): Promise<ReadForm> {
  const type = headers["content-type"] ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) return { ok: false, status: 415 };
  if (Number(headers["content-length"] ?? 0) > mostBytes + AROUND) return { ok: false, status: 413 };
  let code: string | undefined;
  let file: Form["file"];
  let tooMuch = false;
  let parser: BusboyInstance;
  try {
    parser = new Busboy({
      headers: { "content-type": type },
      limits: {
        fileSize: mostBytes,
        files: 1,
        fields: 2,
        parts: 3,
        fieldSize: CODE_BYTES,
        fieldNameSize: 20,
        headerPairs: 20,
        headerSize: 4096,
      },
    });
  } catch {
    return { ok: false, status: 415 };
  }
  parser.on("field", (name, value) => {
    if (name === "code") code = value;
  });
  parser.on("file", (name, stream) => {
    const hash = createHash("sha256");
    let bytes = 0;
    let head = "";
    stream.on("data", (part: Buffer) => {
      if (head.length < 5) head += part.subarray(0, 5).toString("latin1");
      bytes += part.length;
      hash.update(part);
    });
    stream.on("limit", () => {
      tooMuch = true;
    });
    stream.on("error", () => {});
    stream.on("end", () => {
      // A browser sends an empty part for a file that nobody chose.
      if (name === "file" && bytes > 0)
        file = { sha256: hash.digest("hex"), bytes, pdf: head.startsWith("%PDF-") };
    });
  });
  const finished = new Promise<boolean>((resolve) => {
    parser.on("finish", () => resolve(true));
    parser.on("error", () => resolve(false));
  });
  let length = 0;
  let broken = false;
  finished.then((well) => {
    broken = !well;
  });
  for await (const part of body) {
    length += part.length;
    if (length > mostBytes + AROUND) tooMuch = true;
    if (tooMuch || broken) break;
    if (!parser.write(part))
      await Promise.race([new Promise((resolve) => parser.once("drain", () => resolve(true))), finished]);
  }
  parser.end();
  if (tooMuch) return { ok: false, status: 413 };
  if (!(await finished)) return { ok: false, status: 400 };
  if (tooMuch) return { ok: false, status: 413 };
  return {
    ok: true,
    form: { ...(code === undefined ? {} : { code }), ...(file === undefined ? {} : { file }) },
  };
}
