import { nearest } from "../../core/index.ts";
import { type Io, WrongUse } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { BUDGET_OPTIONS } from "../relief/budget.ts";
import { plan } from "../relief/plan.ts";
import { ways } from "../relief/ways.ts";

export const options = {
  ...BUDGET_OPTIONS,
  "as-of": { type: "string" },
  lender: { type: "string" },
  now: { type: "string" },
  card: { type: "boolean" },
  budget: { type: "string" },
  currency: { type: "string" },
} as const;

/** The way out: of one loan, or of all debts together. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [what] = asked.words;
  if (what === "ways") return ways(asked, io, place);
  if (what === "plan") return plan(asked, io);
  const near = what === undefined ? undefined : nearest(what, ["ways", "plan"]);
  throw new WrongUse(say.missing[io.language]("ways | plan", `arrears relief ${near ?? "ways"} …`));
}
