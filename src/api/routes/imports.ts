import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { z } from "zod";
import { type BadRow, checkFile, parseMap } from "../../intake/index.ts";
import { INSTALLED } from "../../office/book.ts";
import { importFile } from "../../office/imports/file.ts";
import { imports } from "../../store/index.ts";
import { maskDeep } from "../access/fields.ts";
import type { Api } from "../api.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said, saidOf } from "../http/said.ts";
import { quietIo } from "../quiet-io.ts";
import { route } from "../route.ts";
import { OPERATES_BY_PROGRAM, OVERSIGHT_READS } from "./rows.ts";
import { DryRun, Loose, utc } from "./shapes.ts";

const KINDS = ["loans", "payments", "balances"] as const;
const MOST_FILE = 200_000_000;
const MOST_MAP = 200_000;
const SHOWN_BAD = 50;

interface Uploaded {
  readonly map: string;
  readonly file: string;
  readonly name: string;
}

/**
 * Reads a form of a map and a file into a folder of ours. Names that the sender gives are told again and never used as
 * paths; what is too large, doubled or missing is refused before any of it is read as data.
 */
async function take(body: Readable, type: string, folder: string): Promise<Uploaded> {
  let map: string | undefined;
  let name: string | undefined;
  const file = join(folder, "upload");
  const parser = new Busboy({
    headers: { "content-type": type },
    limits: {
      files: 1,
      fields: 1,
      parts: 2,
      fileSize: MOST_FILE,
      fieldSize: MOST_MAP,
      fieldNameSize: 20,
      headerPairs: 20,
      headerSize: 4096,
    },
  });
  const trouble = { tooLarge: false };
  let written: Promise<void> | undefined;
  parser.on("field", (field, value, _n, cut) => {
    if (cut) trouble.tooLarge = true;
    else if (field === "map") map = value;
  });
  parser.on("file", (field, stream, given) => {
    if (field !== "file" || written) {
      stream.resume();
      return;
    }
    name =
      given
        .split(/[\\/]/)
        .at(-1)
        ?.replaceAll(/[^\p{L}\p{N}._ -]/gu, "_")
        .slice(0, 100) || "upload";
    stream.on("limit", () => {
      trouble.tooLarge = true;
    });
    written = pipeline(stream, createWriteStream(file, { mode: 0o600 }));
  });
  const read = new Promise<void>((done, failed) => {
    parser.on("finish", () => done());
    parser.on("error", failed);
    body.on("error", failed);
    body.on("aborted", () => failed(new Problem("bad-request", said.brokeOff())));
  });
  body.pipe(parser);
  try {
    await read;
    await written;
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("bad-request", said.form());
  }
  if (trouble.tooLarge) throw new Problem("too-large");
  if (map === undefined || name === undefined)
    throw new Problem("bad-request", { ...said.noMap(), at: "body" });
  return { map, file, name };
}

const Imported = z.object({
  dryRun: z.boolean(),
  kind: z.enum(KINDS),
  name: z.string(),
  rows: z.number(),
  good: z.number().optional(),
  added: z.number().optional(),
  same: z.number().optional(),
  updated: z.number().optional(),
  bad: z.number(),
  sameFile: z.boolean(),
  totals: z.array(Loose),
  refused: z.array(
    z.object({
      line: z.number(),
      column: z.string(),
      code: z.string(),
      says: z.string(),
      saysZh: z.string(),
    }),
  ),
});

export const IMPORT_ROUTES = [
  route({
    id: "import.upload",
    method: "POST",
    url: "/v1/imports/:kind",
    says: { en: "Take a file in, by a map; with dryRun it is only checked", zh: "导入文件（可试运行）" },
    of: "lender",
    guard: { none: "adds" },
    may: OPERATES_BY_PROGRAM,
    scope: "imports:write",
    takesFile: true,
    mostBytes: MOST_FILE + 2 * MOST_MAP,
    params: z.strictObject({ kind: z.enum(KINDS) }),
    query: z.strictObject({ dryRun: DryRun }),
    answers: Imported,
    handle: async ({ api, lender, params, query, request }) => {
      const folder = await mkdtemp(join(api.scratch, "upload-"));
      try {
        const up = await take(request.body as Readable, request.headers["content-type"] ?? "", folder);
        return await imported(api, lender.code, params.kind, up, folder, query.dryRun);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  }),
  route({
    id: "imports.list",
    method: "GET",
    url: "/v1/imports",
    says: { en: "Files that were taken in, the newest first", zh: "导入记录" },
    of: "lender",
    may: OVERSIGHT_READS,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    answers: z.object({
      items: z.array(
        z.object({ kind: z.string(), name: z.string(), sha256: z.string(), at: z.string(), report: Loose }),
      ),
    }),
    handle: async ({ api, lender, query }) => ({
      items: (await imports(api.db, lender.code, query.limit)).map(
        ({ kind, name, sha256, recordedAt, report }) => ({
          kind,
          name,
          sha256,
          at: utc(recordedAt),
          report,
        }),
      ),
    }),
  }),
];

async function imported(
  api: Api,
  lender: string,
  kind: (typeof KINDS)[number],
  up: Uploaded,
  folder: string,
  dryRun: boolean,
): Promise<z.input<typeof Imported>> {
  const parsed = parseMap(up.map, "map", INSTALLED);
  if (!parsed.ok)
    throw new Problem("refused", {
      refusal: "map-has-mistakes",
      errors: parsed.refusals.slice(0, SHOWN_BAD).map((one) => ({ at: one.at ?? "", ...saidOf(one) })),
    });
  const map = parsed.value;
  if (map.kind !== kind)
    throw refusedBy({ code: "map-of-other-kind", says: `the map is for ${map.kind}`, at: "map.kind" });
  // A map names its lender: nobody writes into another one's book by it.
  if (map.lender.code !== lender)
    throw refusedBy({
      code: "other-lender",
      says: `the map is for another lender than yours, ${lender}`,
      at: "map.lender.code",
    });
  if (dryRun) {
    const { summary, bad } = await checkFile(up.file, map);
    return {
      dryRun,
      kind,
      name: up.name,
      rows: summary.rows,
      good: summary.good,
      bad: summary.bad,
      sameFile: false,
      totals: summary.totals.map((total) => ({ ...total })),
      refused: bad.slice(0, SHOWN_BAD).map(refusedRow),
    };
  }
  const io = quietIo(api);
  const quarantine = join(folder, "quarantine.csv");
  const aside: BadRow[] = [];
  const report = await importFile(api.db, io, {
    file: up.file,
    name: up.name,
    map,
    mapFolder: folder,
    quarantine,
    quiet: true,
    onBad: (rows) => {
      aside.push(...rows.slice(0, SHOWN_BAD - aside.length));
    },
  });
  const told = io.objects.at(-1) as { sameFile?: boolean; totals?: Record<string, unknown>[] } | undefined;
  return {
    dryRun,
    kind,
    name: up.name,
    ...report,
    sameFile: told?.sameFile ?? false,
    totals: told?.totals ?? [],
    refused: aside.map(refusedRow),
  };
}

/** Where a row was refused and why, without what it held. */
const refusedRow = ({ line, column, code, says }: BadRow): z.input<typeof Imported>["refused"][number] => ({
  line,
  column,
  code,
  ...saidOf({ code, says: maskDeep(says) }),
});
