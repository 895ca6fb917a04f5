import { randomBytes } from "node:crypto";
import { type Database, type SealedBatch, type SealTools, sealFacts } from "../store/index.ts";
import type { Io } from "./io.ts";
import { sha256 } from "./offline.ts";

/** Sixteen bytes a fact: enough that nobody finds an erased value by trying. */
const SALT_BYTES = 16;

export const sealTools = (io: Pick<Io, "now">): SealTools => ({
  hash: sha256,
  salt: () => randomBytes(SALT_BYTES),
  now: io.now,
});

/** Seals what is new in the book, with a bar while it lasts. */
export const sealBook = (db: Database, io: Io): Promise<SealedBatch> =>
  sealFacts(db, sealTools(io), (buckets, of, facts) => io.progress("seal", buckets, of, String(facts)));
