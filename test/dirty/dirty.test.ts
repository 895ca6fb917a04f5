import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import {
  type BadRow,
  type FileSummary,
  type IntakeMap,
  type IntakeRecord,
  parseMap,
  readRecords,
  type Source,
} from "../../src/intake/index.ts";
import { corpus } from "./corpus.ts";

function mapOf(text: string): IntakeMap {
  const map = parseMap(text);
  if (!map.ok) throw new Error(map.refusals.map(({ says }) => says).join("\n"));
  return map.value;
}

async function readAll(source: Source, map: IntakeMap) {
  const reader = readRecords(source, map);
  const records: IntakeRecord[] = [];
  const bad: BadRow[] = [];
  for await (const batch of reader) {
    records.push(...batch.records);
    bad.push(...batch.bad);
  }
  return { records, bad, summary: reader.summary };
}

function expectWhole(records: readonly IntakeRecord[], bad: readonly BadRow[], summary: FileSummary): void {
  expect(summary.good).toBe(records.length);
  expect(summary.bad).toBe(bad.length);
  expect(summary.rows).toBe(records.length + bad.length);
}

const files = corpus();

describe(`${files.length} dirty files`, () => {
  test("are no fewer than 120, each with a name of its own", () => {
    expect(files.length).toBeGreaterThanOrEqual(120);
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  });

  for (const file of files) {
    test(file.name, async () => {
      const map = mapOf(file.map);
      const { records, bad, summary } = await readAll(file.bytes, map);
      expect(bad.map(({ line, code }) => [line, code])).toEqual(file.bad);
      expect(summary.refusals.map(({ code }) => code)).toEqual(file.refusals);
      expect(summary.blank).toBe(file.blank);
      if (file.good >= 0) expect(records).toHaveLength(file.good);
      if (file.records) expect(file.records(records)).toBe(true);
      expectWhole(records, bad, summary);
      for (const row of bad) {
        expect(row.value.length).toBeLessThanOrEqual(480);
        expect(row.raw.length).toBeLessThanOrEqual(10_000);
        expect(row.says).toMatch(/^[A-Z].+[.?]$/s);
      }
      // The same bytes in small pieces of odd sizes give the same: no piece is where a row ends.
      if (file.bytes.length > 100_000 || file.refusals.some((code) => code.startsWith("gzip"))) return;
      const pieces = await readAll(inPieces(file.bytes, 7), map);
      expect(pieces.records).toEqual(records);
      expect(pieces.bad).toEqual(bad);
    });
  }
});

function inPieces(bytes: Buffer, size: number): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return Readable.from(pieces);
}

/** Mulberry32 (Tommy Ettinger, public domain): small, seeded, the same on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function mutate(bytes: Buffer, next: (below: number) => number): Buffer {
  let mutated = Buffer.from(bytes);
  for (let times = 1 + next(6); times > 0 && mutated.length > 0; times--) {
    const at = next(mutated.length);
    const some = mutated.subarray(at, at + next(20));
    switch (next(6)) {
      case 0:
        mutated[at] = next(256);
        break;
      case 1:
        mutated = Buffer.concat([mutated.subarray(0, at), mutated.subarray(at + some.length)]);
        break;
      case 2:
        mutated = Buffer.concat([mutated.subarray(0, at), some, mutated.subarray(at)]);
        break;
      case 3:
        mutated = mutated.subarray(0, at);
        break;
      case 4: {
        const signs = ['"', ",", "\n", "\r", "\0", "\uFFFD", "é", "{", "=", "9".repeat(30)];
        const sign = Buffer.from(signs[next(signs.length)]!);
        mutated = Buffer.concat([mutated.subarray(0, at), sign, mutated.subarray(at)]);
        break;
      }
      default:
        mutated[at] = mutated[at]! ^ (1 << next(8));
    }
  }
  return mutated;
}

test("600 mutated files: nothing is thrown, no row is lost or counted twice", async () => {
  const small = files.filter(({ bytes }) => bytes.length < 5000);
  const next = random(4711);
  for (let round = 0; round < 600; round++) {
    const file = small[next(small.length)]!;
    const bytes = mutate(file.bytes, next);
    const map = mapOf(file.map);
    const whole = await readAll(bytes, map);
    expectWhole(whole.records, whole.bad, whole.summary);
    const { format, rows, blank, encoding, refusals, gzip } = whole.summary;
    // How far a damaged gzip unpacks does depend on the pieces.
    if (refusals.some(({ code }) => code.startsWith("gzip"))) continue;
    const read = await readAll(inPieces(bytes, 1 + next(40)), map);
    expect(read.records).toEqual(whole.records);
    expect(read.bad).toEqual(whole.bad);
    // Where nothing is quoted a row is a line, so lines can be counted without the code under test.
    const text = bytes.toString("utf8");
    if (gzip || encoding !== "utf-8" || refusals.length > 0 || format !== "delimited" || text.includes('"'))
      continue;
    if (/header: false|trailer/.test(file.map)) continue;
    const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
    if (lines.at(-1) === "") lines.pop();
    const first = lines.findIndex((line) => line.trim() !== "");
    expect([round, rows + blank]).toEqual([round, lines.length - first - 1]);
  }
});
