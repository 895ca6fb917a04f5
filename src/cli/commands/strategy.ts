import { type Io, WrongUse } from "../../office/io.ts";
import { strategySchema } from "../../strategy/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { differ } from "./strategy-diff.ts";
import { list, propose, release, show, withdraw } from "./strategy-release.ts";
import { tryOut } from "./strategy-try.ts";

export const options = {
  loan: { type: "string" },
  lender: { type: "string" },
  pack: { type: "string" },
  from: { type: "string" },
  arm: { type: "string" },
  through: { type: "string" },
  by: { type: "string" },
  reason: { type: "string" },
} as const;

type Verb = (asked: Asked, io: Io, place: string) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  try: tryOut,
  diff: differ,
  propose,
  release,
  withdraw,
  list,
  show,
  schema: async (_asked, io) => {
    // For an editor and for scripts alike: the schema is JSON whatever else is asked for.
    const schema = strategySchema();
    io.object(schema);
    io.out(JSON.stringify(schema, null, 2));
    return 0;
  },
};

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = asked.words[0] ?? "";
  const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!work)
    throw new WrongUse(
      say.missing[io.language](
        Object.keys(VERBS).join("|"),
        "arrears strategy try strategies/gentle.v1.yaml",
      ),
    );
  return work(asked, io, place);
}
