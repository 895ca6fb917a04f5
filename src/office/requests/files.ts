import type { Key, RequestFileAdded } from "../../core/index.ts";
import { complaintLives, hardshipsOf } from "../../legal/index.ts";
import { sha256Hex } from "../../store/index.ts";
import { rowOf } from "./complaints.ts";
import {
  bookedOn,
  decideAt,
  findRequest,
  type RequestDesk,
  type RequestOutcome,
  refusal,
  refusedOutcome,
} from "./desk.ts";
import { hardshipRow } from "./hardship-written.ts";

export const MOST_FILE_BYTES = 10_000_000;
export const MOST_FILES = 20;

/** What the bytes are, told by their beginning: a name says nothing. */
export function fileType(bytes: Uint8Array): RequestFileAdded["type"] | undefined {
  const head = Buffer.from(bytes.subarray(0, 8));
  if (head.subarray(0, 5).toString("latin1") === "%PDF-") return "pdf";
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg";
  return head.equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) ? "png" : undefined;
}

/** Adds a document to a request that is not over: PDF, JPEG or PNG, kept under its hash. */
export async function addFile(
  desk: RequestDesk,
  ref: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
  dryRun: boolean,
  owner?: Key,
): Promise<RequestOutcome<RequestFileAdded>> {
  const found = await findRequest(desk, ref, owner);
  const none = refusedOutcome(ref, refusal("no-such-request", `no request ${ref}`, `没有申请 ${ref}`));
  if (!found) return none;
  const type = fileType(file.bytes);
  if (!type)
    return refusedOutcome(
      ref,
      refusal("wrong-file", "a document is a PDF, a JPEG or a PNG", "文件须为 PDF、JPEG 或 PNG"),
    );
  if (file.bytes.length > MOST_FILE_BYTES)
    return refusedOutcome(
      ref,
      refusal("file-too-large", "a document has at most 10 MB", "文件不得超过 10 MB"),
    );
  return decideAt(
    desk,
    found.owner,
    found.id,
    (person, lender) => {
      const complaint = complaintLives(person.facts).get(found.id);
      const hardship = hardshipsOf(person.facts).get(found.id);
      const life = complaint ?? hardship;
      if (!life) return { told: none };
      const sha256 = sha256Hex(file.bytes);
      const same = life.files.find((one) => one.sha256 === sha256);
      if (same) return { told: { done: true, known: true, value: same } };
      if (life.files.length >= MOST_FILES)
        return {
          told: refusedOutcome(
            ref,
            refusal(
              "too-many-files",
              `a request has at most ${MOST_FILES} documents`,
              `每项申请最多 ${MOST_FILES} 份文件`,
            ),
          ),
        };
      const fact: RequestFileAdded = {
        kind: "RequestFileAdded",
        on: bookedOn(person, lender),
        at: desk.now,
        id: life.id,
        by: desk.by,
        sha256,
        name: file.name,
        bytes: file.bytes.length,
        type,
      };
      const row = complaint
        ? rowOf(desk, complaintLives([...person.facts, fact]).get(life.id)!, complaint.opened.at)
        : hardshipRow(desk, hardshipsOf([...person.facts, fact]).get(life.id)!);
      return {
        wish: { facts: [fact], rows: [row], watch: [], events: [], files: [file.bytes] },
        told: { done: true, known: false, value: fact },
      };
    },
    dryRun,
  );
}
