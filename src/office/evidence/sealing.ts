import { hash, randomBytes } from "node:crypto";
import {
  type Database,
  type SealedBatch,
  type SealsChecked,
  type SealTools,
  sealFacts,
} from "../../store/index.ts";
import type { Io } from "../io.ts";
import { sealFinding } from "./seal-words.ts";

/** Sixteen bytes a fact: enough that nobody finds an erased value by trying. */
const SALT_BYTES = 16;

export const sealTools = (io: Pick<Io, "now">): SealTools => ({
  // In one call, which costs half of what a hash object does for texts as short as these.
  hash: (bytes) => hash("sha256", bytes, "buffer"),
  salt: () => randomBytes(SALT_BYTES),
  now: io.now,
});

/** Seals what is new in the book, with a bar while it lasts. */
export const sealBook = (db: Database, io: Io): Promise<SealedBatch> =>
  sealFacts(db, sealTools(io), (buckets, of, facts) => io.progress("seal", buckets, of, String(facts)));

export const sealsJson = ({ findings, head, ...counts }: SealsChecked): Record<string, unknown> => ({
  ...counts,
  head: head ?? null,
  findings: findings.map((finding) => ({ ...finding, says: sealFinding(finding, "en") })),
});
