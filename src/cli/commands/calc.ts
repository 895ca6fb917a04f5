import { createInterface } from "node:readline";
import { nearest, type Refusal } from "../../core/index.ts";
import { type Io, WrongUse } from "../../office/io.ts";
import { calcApr } from "../calc-apr.ts";
import { calcGate } from "../calc-gate.ts";
import { calcCourtFee, calcDebts, calcDelayInterest } from "../calc-legal.ts";
import { calcLimitation } from "../calc-limitation.ts";
import { calcPosition } from "../calc-position.ts";
import { calcSchedule } from "../calc-terms.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {} as const;

const KINDS = {
  schedule: calcSchedule,
  position: calcPosition,
  apr: calcApr,
  debts: calcDebts,
  gate: calcGate,
  "court-fee": calcCourtFee,
  "delay-interest": calcDelayInterest,
  limitation: calcLimitation,
} as const;

/** JSON lines in, JSON lines out; a line that cannot be computed gives its error and the next one goes on. */
export async function run(asked: Asked, io: Io): Promise<number> {
  const [word] = asked.words;
  const kind = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((known) => known === word);
  if (!kind) {
    const near = nearest(word ?? "", Object.keys(KINDS));
    if (word !== undefined)
      throw new WrongUse(say.unknownCommand[io.language](`calc ${word}`, near && `calc ${near}`));
    throw new WrongUse(
      say.missing[io.language](Object.keys(KINDS).join(" | "), "arrears calc schedule < requests.jsonl"),
    );
  }
  let refused = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const answer = answerOf(KINDS[kind], line);
    if ("error" in answer) refused += 1;
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return refused > 0 ? 1 : 0;
}

type Answer = object | { readonly error: Refusal };

function answerOf(calculate: (request: unknown) => Answer, line: string): Answer {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch (error) {
    return {
      error: { code: "not-json", says: `this line is not JSON: ${(error as Error).message}`, at: "" },
    };
  }
  return calculate(request);
}
