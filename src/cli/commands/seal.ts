import { writeFileSync } from "node:fs";
import { formatInstant } from "../../core/index.ts";
import { type Head, headText, utf8 } from "../../evidence/index.ts";
import { withBook } from "../../office/book.ts";
import { sha256 } from "../../office/evidence/offline.ts";
import { headLine, sealSay, tellSealed } from "../../office/evidence/seal-words.ts";
import { sealBook } from "../../office/evidence/sealing.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { httpTimeStamps } from "../../signing/index.ts";
import {
  type Database,
  handedHeads,
  lenders,
  noteHanded,
  type SealedBatch,
  sealHeads,
} from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { stopSignal } from "../stop-signal.ts";

export const options = {
  out: { type: "string" },
  follow: { type: "boolean" },
  every: { type: "string" },
  tsa: { type: "string" },
} as const;

const USUAL_SECONDS = 300;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [verb] = asked.words;
  if (verb !== undefined && verb !== "heads" && verb !== "stamp")
    throw new WrongUse(say.missing[io.language]("heads | stamp", "arrears seal heads --out head.txt"));
  const tsa = asked.text("tsa");
  if (verb === "stamp" && !tsa)
    throw new WrongUse(
      say.missing[io.language]("--tsa URL", "arrears seal stamp --tsa https://tsa.example/"),
    );
  return withBook(place, io, async (db) => {
    if (verb === "heads") return tellHeads(db, io, asked.text("out"));
    if (verb === "stamp") return stampHead(db, io, tsa!);
    const seconds = secondsOf(asked.text("every"), io);
    if (!asked.flag("follow")) return tell(await sealBook(db, io), io);
    const stop = stopSignal();
    try {
      let code = 0;
      while (!stop.asked) {
        code = Math.max(code, tell(await sealBook(db, io), io, true));
        await stop.within(seconds * 1000);
      }
      return code;
    } finally {
      stop.close();
    }
  });
}

function secondsOf(text: string | undefined, io: Io): number {
  if (text === undefined) return USUAL_SECONDS;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new WrongUse(say.missing[io.language]("--every SECONDS", `--every ${USUAL_SECONDS}`));
}

/** Of those who follow, a round without news says nothing. */
function tell(sealed: SealedBatch, io: Io, quiet = false): number {
  const { facts, head, gaps } = sealed;
  if (quiet && facts === 0 && gaps.length === 0) return 0;
  io.object({
    facts,
    head: head ? headJson(head) : null,
    gaps: gaps.map(({ bucket, n, seq }) => ({ key: `${bucket}/${n}`, missing: seq })),
  });
  tellSealed(sealed, io.language, io.out);
  return gaps.length > 0 ? 1 : 0;
}

const headJson = (head: Head): Record<string, unknown> => ({ ...head, text: headText(head) });

async function tellHeads(db: Database, io: Io, out: string | undefined): Promise<number> {
  const heads = await sealHeads(db);
  if (heads.length === 0) throw new Declined(sealSay.noSeals[io.language]());
  const handed = new Map((await handedHeads(db)).map((one) => [one.size, one]));
  const [lender] = await lenders(db);
  const zone = lender?.zone ?? "UTC";
  for (const head of heads) {
    const given = handed.get(head.size);
    io.object({
      ...headJson(head),
      handed: given ? { how: given.how, at: formatInstant(zone, given.handedAt) } : null,
    });
    io.out(`${headLine(head, zone)}${given ? `  → ${given.how}` : ""}`);
  }
  if (out === undefined) return 0;
  // The newest: it stands for all before it. Each later bundle proves that it goes on from this one.
  const newest = heads.at(-1)!;
  writeFileSync(out, `${headText(newest)}\n`);
  await noteHanded(db, [{ size: newest.size, handedAt: io.now(), how: "file" }]);
  io.out(sealSay.headsWritten[io.language](newest.size, out));
  return 0;
}

/** The newest head is stamped by an authority: from then on it is shown to have existed, by somebody who is not the lender. */
async function stampHead(db: Database, io: Io, url: string): Promise<number> {
  const head = (await sealHeads(db)).at(-1);
  if (!head) throw new Declined(sealSay.noSeals[io.language]());
  const { token, at, by } = await httpTimeStamps({ url }).stamp(sha256(utf8(headText(head))));
  await noteHanded(db, [{ size: head.size, handedAt: at, how: `RFC 3161: ${by}`, token }]);
  io.object({ ...headJson(head), stampedAt: formatInstant("UTC", at), by });
  io.out(sealSay.stamped[io.language](head.size, formatInstant("UTC", at), by));
  return 0;
}
