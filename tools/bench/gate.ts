import { loadPack } from "../../packs/load.ts";
import { type Decision, gate } from "../../src/policy/index.ts";
import { perCpuSecond } from "./cpu.ts";
import { type Found, Peers, SPARED, type Told } from "./gate-peers.ts";
import { gateSamples } from "./gate-sample.ts";

const SAMPLES = 16_384;
const SECONDS_MEASURED = 2;
/** Decisions between two looks at the clock; asynchronous engines get them all at once. */
const BATCH = 128;

/**
 * Full decisions of the gate a CPU second, under the `cn` pack: every rule's outcome with its sentence and citation, and
 * a permit or the earliest allowed instant. Beside it three rule engines with the same rules, in one run. Before it
 * measures it checks that all of them find the same outcome of every rule on every sample.
 */
export async function benchGate(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const seconds = Number(args.get("seconds") ?? SECONDS_MEASURED);
  const pack = loadPack("cn");
  const samples = gateSamples(Number(args.get("samples") ?? SAMPLES));
  const peers = new Peers(pack);
  const told = samples.map((sample) => peers.tell(sample));
  const engines = {
    jsonRulesEngine: args.has("alone") ? undefined : peers.jsonRulesEngine(),
    jsonLogic: args.has("alone") ? undefined : peers.jsonLogic(),
    zen: args.has("alone") ? undefined : await peers.zen(),
  };

  progress("checking that all find the same");
  const verdicts: Record<string, number> = {};
  for (const [i, { step, facts }] of samples.entries()) {
    const decision = gate(pack, step, facts);
    verdicts[decision.verdict] = (verdicts[decision.verdict] ?? 0) + 1;
    for (const [name, find] of Object.entries(engines)) {
      const same = find === undefined || shown(await find(told[i]!)) === shown(foundBy(decision));
      if (!same)
        throw new Error(
          `${name} finds ${shown(await find!(told[i]!))}, the gate ${shown(foundBy(decision))}`,
        );
    }
  }

  progress("the gate");
  let permits = 0;
  const own = await perCpuSecond(seconds, anew(samples), (batch) => {
    for (const { step, facts } of batch) if (gate(pack, step, facts).permit) permits++;
  });
  if (permits === 0) throw new Error("the gate gave no permit");
  const rate = async (name: string, find: ((one: Told) => unknown) | undefined) => {
    if (find === undefined) return undefined;
    progress(name);
    return perCpuSecond(seconds, anew(told), (batch) => Promise.all(batch.map((one) => find(one))));
  };
  const jsonRulesEngine = await rate("json-rules-engine", engines.jsonRulesEngine);
  const jsonLogic = await rate("json-logic-js", engines.jsonLogic);
  const zen = await rate("zen-engine", engines.zen);
  const ratio = (other: number | undefined) => (other === undefined ? "not measured" : own / other);
  const rounded = (other: number | undefined) => (other === undefined ? "not measured" : Math.round(other));
  return {
    bench: "gate",
    samples: samples.length,
    verdicts,
    target: 1_000_000,
    decisionsACpuSecond: Math.round(own),
    jsonRulesEngineACpuSecond: rounded(jsonRulesEngine),
    jsonLogicACpuSecond: rounded(jsonLogic),
    zenACpuSecond: rounded(zen),
    targetRatioToJsonRulesEngine: 50,
    ratioToJsonRulesEngine: ratio(jsonRulesEngine),
    ratioToJsonLogic: ratio(jsonLogic),
    ratioToZen: ratio(zen),
    sparedTheOthers: SPARED,
  };
}

/** The next batch, again and again, as facts come out of a database: no object of it was ever judged before. */
function anew<T>(all: readonly T[]): () => readonly T[] {
  const texts = all.map((one) => JSON.stringify(one));
  let from = 0;
  return () => {
    const batch = texts.slice(from, from + BATCH).map((text) => JSON.parse(text) as T);
    from = (from + BATCH) % texts.length;
    return batch;
  };
}

const foundBy = ({ because }: Decision): Found =>
  because
    .filter(({ outcome }) => outcome.outcome !== "allow")
    .map(({ rule, outcome }) => [rule.id, outcome.outcome] as const);

/** A rule that both asks and forbids forbids: of the holds of a loan the strictest speaks. */
function shown(found: Found): string {
  const forbids = new Set(found.filter(([, outcome]) => outcome === "forbid").map(([rule]) => rule));
  return found
    .filter(([rule, outcome]) => outcome === "forbid" || !forbids.has(rule))
    .map((one) => one.join(" "))
    .sort()
    .join(", ");
}
