import { randomBytes } from "node:crypto";
import type { Io } from "../office/io.ts";
import type { Api } from "./api.ts";
import type { JobProgress } from "./jobs.ts";

/** The edge of a command where there is no terminal: what it would print is dropped, its objects and steps are kept. */
export interface QuietIo extends Io {
  readonly objects: Readonly<Record<string, unknown>>[];
  readonly notes: string[];
}

export function quietIo(api: Pick<Api, "now">, onProgress: (at: JobProgress) => void = () => {}): QuietIo {
  const objects: Readonly<Record<string, unknown>>[] = [];
  const notes: string[] = [];
  return {
    language: "en",
    json: true,
    objects,
    notes,
    out: () => {},
    object: (value) => {
      objects.push(value);
    },
    note: (text) => {
      notes.push(text);
    },
    progress: (label, done, of) => onProgress({ label, done, of }),
    now: () => api.now(),
  };
}

export const randomBytesOf = (count: number): Uint8Array => randomBytes(count);
