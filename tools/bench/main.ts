import { benchApi } from "./api.ts";
import { benchClose } from "./close.ts";
import { benchDispatch } from "./dispatch.ts";
import { benchGate } from "./gate.ts";
import { benchImport } from "./import.ts";
import { benchLetters } from "./letters.ts";
import { benchMonthEnd } from "./month-end.ts";
import { benchPortal } from "./portal.ts";
import { benchPosition } from "./position.ts";
import { benchSchedule } from "./schedule.ts";
import { benchSeal } from "./seal.ts";
import { benchStrategyDiff } from "./strategy-diff.ts";
import { benchWords } from "./words.ts";

const BENCHES = {
  api: benchApi,
  close: benchClose,
  dispatch: benchDispatch,
  gate: benchGate,
  import: benchImport,
  letters: benchLetters,
  "month-end": benchMonthEnd,
  portal: benchPortal,
  position: benchPosition,
  schedule: benchSchedule,
  seal: benchSeal,
  "strategy-diff": benchStrategyDiff,
  words: benchWords,
} as const;

/** `npm run bench -- NAME [--option value] [--json]`: figures as ratios against a baseline of the same run. */
async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const bench = BENCHES[name as keyof typeof BENCHES];
  if (!bench) {
    process.stderr.write(`usage: npm run bench -- ${Object.keys(BENCHES).join("|")} [--json]\n`);
    return 2;
  }
  const args = new Map<string, string>();
  for (let i = 0; i < rest.length; i++) {
    const next = rest[i + 1];
    if (rest[i]!.startsWith("--"))
      args.set(rest[i]!.slice(2), next && !next.startsWith("--") ? next : "true");
  }
  const figures = await bench(args, (text) => process.stderr.write(`${text}\n`));
  if (args.has("json")) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else
    for (const [key, value] of Object.entries(figures))
      process.stdout.write(`${key.padEnd(30)} ${show(value)}\n`);
  return 0;
}

const show = (value: unknown): string =>
  typeof value === "number"
    ? Number.isInteger(value)
      ? String(value)
      : value.toFixed(3)
    : JSON.stringify(value);

process.exitCode = await main(process.argv.slice(2));
