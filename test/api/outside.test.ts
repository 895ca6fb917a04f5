import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { secretBytes, unsigned, webhookSignature } from "../../src/dispatch/signature.ts";
import { csvOf } from "../../src/office/csv.ts";

/** Rooms that read what strangers wrote: requests, files, carriers' calls, court messages, strategies. */
const ROOMS = [
  "src/api",
  "src/intake",
  "src/dispatch",
  "src/cli",
  "src/office",
  "src/legal",
  "src/core",
  "src/yaml",
  "src/strategy",
  "src/documents",
];

interface Pattern {
  readonly at: string;
  readonly regex: RegExp;
}

/** A pattern as it is written in code: behind a sign after which no division can stand. */
const LITERAL = /(?<=[(=:,[!&|?{};\s])\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)/g;

function patternsIn(folder: string): Pattern[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const path = join(folder, file);
      const code = readFileSync(path, "utf8").replaceAll(/^\s*(?:\*|\/\/).*$/gm, "");
      return [...code.matchAll(LITERAL)].flatMap(([text, body, flags]) => {
        try {
          return [{ at: `${path} ${text}`, regex: new RegExp(body!, flags!.replace(/[gy]/g, "")) }];
        } catch {
          // Two divisions in a line look like one.
          return [];
        }
      });
    });
}

/** Signs that a pattern may dwell on: those it names, and one of each class. */
const signsOf = ({ source }: RegExp): string[] => {
  const named = [...source.replaceAll(/\\[pPu]\{[^}]*\}|\\[a-zA-Z]|[()[\]{}|^$?*+.\\]/g, "")];
  return [...new Set([...named.slice(0, 8), "a", "0", " ", "-", "\n", "中"])];
};

const strain = (regex: RegExp, text: string, times = 2): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    regex.test(text);
    best = Math.min(best, performance.now() - began);
  }
  return best;
};

/** A pattern whose work grows with the square of the text, which this machine, busy as it is, has to do as well. */
const SQUARE = /a*b/;
const LENGTHS = [16, 20, 23, 200, 700, 2000];

/** Whether a text takes far more than the square of its length, as measured beside it: what else the machine does strikes both. */
const isTooMuch = (regex: RegExp, text: string, times: number): boolean =>
  strain(regex, text, times) > 30 * strain(SQUARE, "a".repeat(text.length), times) + 8;

/** The length at which a pattern takes much longer than one that grows with the square; none for one that does not. */
function explodesAt(regex: RegExp): number | undefined {
  const signs = signsOf(regex);
  const units = [...signs, ...signs.slice(0, 6).flatMap((a) => signs.slice(0, 6).map((b) => a + b))];
  for (const length of LENGTHS)
    for (const unit of units) {
      const text = `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)}\u0000!`;
      // Whatever looks like it once is looked at again, until it does not: a pattern that explodes always does.
      if (strain(regex, text) > 8 && [2, 3].every((times) => isTooMuch(regex, text, times))) return length;
    }
  return undefined;
}

describe("patterns that meet what strangers wrote", () => {
  const patterns = ROOMS.flatMap(patternsIn);

  test("are found", () => {
    expect(patterns.length).toBeGreaterThan(150);
  });

  test("a pattern that explodes is told apart from one that does not", () => {
    expect(explodesAt(/^(a+)+$/)).toBeLessThanOrEqual(23);
    expect(explodesAt(/^(?:\d+|\d+-)+$/)).toBeLessThanOrEqual(23);
    expect(explodesAt(/a*a*a*b/)).toBeLessThanOrEqual(700);
    expect(explodesAt(/^[\w-]{8,100}$/)).toBeUndefined();
    expect(explodesAt(SQUARE)).toBeUndefined();
  });

  test("take no text for longer than its length, or its square, explains", () => {
    const bad = patterns.flatMap(({ at, regex }) => {
      const length = explodesAt(regex);
      return length === undefined ? [] : [`${at} at ${length}`];
    });
    expect(bad).toEqual([]);
  }, 120_000);
});

describe("calls of carriers", () => {
  const secret = secretBytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  const at = Date.UTC(2026, 2, 2, 12);
  const body = Buffer.from('{"kind":"message","text":"STOP"}');
  const call = (
    changed: { body?: Buffer; id?: string; seconds?: number; signature?: string; at?: number } = {},
  ) => {
    const seconds = Math.floor(at / 1000);
    return unsigned(
      {
        method: "POST",
        path: ["in", "x"],
        query: new URLSearchParams(),
        headers: {
          "webhook-id": changed.id ?? "m1",
          "webhook-timestamp": String(changed.seconds ?? seconds),
          "webhook-signature": changed.signature ?? webhookSignature(secret, "m1", seconds, body),
        },
        from: "203.0.113.1",
        body: changed.body ?? body,
        at: changed.at ?? at,
      } as Parameters<typeof unsigned>[0],
      [secret],
    );
  };

  test("count only as they were signed: body, id and time are under the signature", () => {
    expect(call()).toBeUndefined();
    expect(call({ body: Buffer.from('{"kind":"message","text":"PAID"}') })).toBe(
      "a signature that is not ours",
    );
    expect(call({ id: "m2" })).toBe("a signature that is not ours");
    expect(call({ seconds: Math.floor(at / 1000) + 1 })).toBe("a signature that is not ours");
    for (const signature of ["", "v1,", "v1,AAAA", "v2,x", "v1a,x ".repeat(200)])
      expect(call({ signature }), signature.slice(0, 10)).toBeDefined();
  });

  test("are not believed six minutes later, or before their time", () => {
    expect(call({ at: at + 6 * 60_000 })).toMatch(/five minutes/);
    expect(call({ at: at - 6 * 60_000 })).toMatch(/five minutes/);
  });
});

describe("lists that a spreadsheet opens", () => {
  test("hold no formula, whatever a name begins with", () => {
    for (const formula of [
      '=HYPERLINK("http://evil.example")',
      "+1+1",
      "-2+3",
      "@SUM(A1)",
      "\t=1",
      "\r=1",
      "＝1+1",
    ]) {
      const cell = csvOf([[formula]]).trimEnd();
      expect(cell.startsWith("'") || cell.startsWith("\"'"), formula).toBe(true);
    }
    expect(csvOf([["张三", "plain, with a comma"]])).toBe('张三,"plain, with a comma"\n');
  });
});
