import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import {
  CHANNELS,
  type Channel,
  HOLD_KINDS,
  nearest,
  parseDay,
  parseMinute,
  type Refusal,
} from "../core/index.ts";
import type { Pause, Stage, Step, Strategy } from "./types.ts";

export type ReadStrategy =
  | { readonly ok: true; readonly strategy: Strategy }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

const PAUSES: readonly Pause[] = [...HOLD_KINDS, "promise-to-pay"];
const FILE_KEYS = ["strategy", "version", "from", "intent", "stages"];
const STAGE_KEYS = ["stage", "dpd", "goal", "steps", "pause_on"];
const STEP_KEYS = ["name", "on_dpd", "send", "call", "letter", "ask", "by", "at", "at_most"];
/** Nobody else owes the debt, so no strategy can have anyone else called. */
const CALLED = ["borrower"];
const DEFAULT_MINUTE = 10 * 60;
/** A cadence without an end would unroll without one; no stage needs more daily steps than this. */
const MAX_STEPS = 2000;

/**
 * Reads a strategy file: a fixed vocabulary, no expressions. Every mistake is told with its line and column and the
 * nearest known word; nothing is guessed.
 */
export function readStrategy(text: string, file: string): ReadStrategy {
  const reader = new Reader(text, file);
  const strategy = reader.strategy();
  return strategy && reader.refusals.length === 0
    ? { ok: true, strategy }
    : { ok: false, refusals: reader.refusals };
}

class Reader {
  readonly refusals: Refusal[] = [];
  readonly #lines = new LineCounter();
  readonly #file: string;
  readonly #root: Node | null;
  /** Where each stage and step stands in the file, for refusals that concern two of them. */
  readonly #places = new Map<Stage | Step, Node>();

  constructor(text: string, file: string) {
    this.#file = file;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    for (const error of document.errors) this.#refuse("not-yaml", error.message, error.pos[0]);
    this.#root = document.contents as Node | null;
  }

  strategy(): Strategy | undefined {
    if (this.refusals.length > 0) return undefined;
    const root = this.#map(this.#root, FILE_KEYS, "the file");
    if (!root) return undefined;
    const name = this.#text(root.get("strategy"), "strategy", root.node);
    const version = this.#whole(root.get("version"), "version", root.node);
    const fromText = this.#text(root.get("from"), "from", root.node);
    const from = fromText === undefined ? undefined : parseDay(fromText);
    if (fromText !== undefined && from === undefined)
      this.#refuseAt(
        "not-a-day",
        `from: "${fromText}" is not a calendar day; write it as "2026-01-31"`,
        root.get("from"),
      );
    const stages = this.#items(root.get("stages"), "stages", root.node).map((node) => this.#stage(node));
    const good = stages.filter((stage) => stage !== undefined);
    this.#noOverlap(good.map(({ stage }) => stage));
    const steps = good.flatMap((stage) => stage.steps).sort((a, b) => a.dpd - b.dpd);
    this.#unique(steps);
    const intent = this.#remark(root.get("intent"), "intent");
    if (name === undefined || version === undefined || from === undefined) return undefined;
    return {
      name,
      version,
      from,
      intent,
      stages: good.map(({ stage }) => stage),
      steps,
    };
  }

  #stage(node: Node): { stage: Stage; steps: Step[] } | undefined {
    const map = this.#map(node, STAGE_KEYS, "a stage");
    if (!map) return undefined;
    const name = this.#text(map.get("stage"), "stage", map.node) ?? "?";
    const range = this.#range(map.get("dpd"), map.node);
    if (!range) return undefined;
    const stage: Stage = {
      name,
      from: range[0],
      to: range[1],
      goal: this.#remark(map.get("goal"), "goal"),
    };
    this.#places.set(stage, map.node);
    const pauseOn = this.#words(map.get("pause_on"), "pause_on", PAUSES);
    const steps = this.#items(map.get("steps"), "steps", map.node).flatMap((step) =>
      this.#step(step, stage, pauseOn),
    );
    return { stage, steps };
  }

  #step(node: Node, stage: Stage, pauseOn: readonly Pause[]): Step[] {
    const map = this.#map(node, STEP_KEYS, "a step");
    if (!map) return [];
    const acts = ["send", "call", "letter", "ask"].filter((act) => map.get(act) !== undefined);
    if (acts.length !== 1) {
      this.#refuseAt(
        "one-act",
        "a step does one thing: give exactly one of send, call, letter, ask",
        map.node,
      );
      return [];
    }
    const actKey = acts[0]!;
    const what = this.#text(map.get(actKey), actKey, map.node) ?? "?";
    const dpd = this.#whole(map.get("on_dpd"), "on_dpd", map.node);
    if (dpd === undefined) return [];
    if (dpd < stage.from || dpd > stage.to) {
      this.#refuseAt(
        "outside-stage",
        `on_dpd ${dpd} lies outside the stage's days ${stage.from}..${stage.to}`,
        map.get("on_dpd"),
      );
      return [];
    }
    if (actKey === "call" && what !== "?" && !CALLED.includes(what))
      this.#unknown(what, CALLED, "call", map.get("call")!);
    const by = this.#by(actKey, map.get("by"), map.node);
    const minute = this.#minute(map.get("at"));
    const name = map.get("name") ? this.#text(map.get("name"), "name", map.node) : `${actKey}-${what}`;
    const daily = this.#daily(map.get("at_most"), stage, map.node);
    const days = daily ? rangeOf(dpd, stage.to) : [dpd];
    if (days.length > MAX_STEPS) {
      this.#refuseAt(
        "endless",
        "a daily step needs a stage with an end; give the stage's dpd a last day",
        map.node,
      );
      return [];
    }
    const act = actKey === "send" ? "message" : (actKey as Step["act"]);
    const steps = days.map(
      (on): Step => ({
        key: `${stage.name}/${name}@${on}`,
        stage: stage.name,
        dpd: on,
        until: daily ? on : stage.to,
        act,
        what,
        by,
        minute: minute ?? DEFAULT_MINUTE,
        pauseOn,
      }),
    );
    for (const step of steps) this.#places.set(step, map.node);
    return steps;
  }

  #by(act: string, node: Node | undefined, parent: Node): readonly Channel[] {
    if (act !== "send" && node)
      this.#refuseAt("by-without-send", `by is said of send alone; a ${act} has its own way`, node);
    if (act === "call") return ["call"];
    if (act === "letter") return ["letter"];
    if (act === "ask") return [];
    const by = this.#words(node, "by", CHANNELS);
    if (by.length === 0)
      this.#refuseAt(
        "no-channel",
        `say by which channels it is sent: by: [${CHANNELS.join(", ")}]`,
        node ?? parent,
      );
    return by;
  }

  #minute(node: Node | undefined): number | undefined {
    if (node === undefined) return undefined;
    const text = isScalar(node) ? String(node.value) : "";
    const minute = parseMinute(text);
    if (minute === undefined || minute >= 1440)
      this.#refuseAt(
        "not-a-time",
        `at: "${text}" is not a time of day; write it as "10:00", in quotes`,
        node,
      );
    return minute;
  }

  /** `at_most: 1 per day` repeats the step on every day left in its stage. */
  #daily(node: Node | undefined, stage: Stage, parent: Node): boolean {
    if (node === undefined) return false;
    const text = isScalar(node) ? String(node.value) : "";
    if (!/^1 per day$/.test(text))
      this.#refuseAt("cadence", `at_most: "${text}" is not known; the cadence is "1 per day"`, node);
    if (!Number.isFinite(stage.to))
      this.#refuseAt(
        "endless",
        "a daily step needs a stage with an end; give the stage's dpd a last day",
        parent,
      );
    return Number.isFinite(stage.to);
  }

  #range(node: Node | undefined, parent: Node): readonly [number, number] | undefined {
    const text = isScalar(node) ? String(node.value) : "";
    const match = /^(-?\d+)\.\.(-?\d+)?$/.exec(text);
    const from = Number(match?.[1]);
    const to = match?.[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]);
    if (!match || to < from) {
      this.#refuseAt(
        "not-a-range",
        `dpd: "${text}" is not a range of days; write 1..7, -3..0 or 121..`,
        node ?? parent,
      );
      return undefined;
    }
    return [from, to];
  }

  #noOverlap(stages: readonly Stage[]): void {
    const ordered = [...stages].sort((a, b) => a.from - b.from);
    for (let i = 1; i < ordered.length; i++) {
      const [before, after] = [ordered[i - 1]!, ordered[i]!];
      if (after.from <= before.to)
        this.#refuseAt(
          "overlap",
          `stages ${before.name} and ${after.name} share day ${after.from} past due`,
          this.#places.get(after),
        );
    }
  }

  #unique(steps: readonly Step[]): void {
    const seen = new Set<string>();
    const told = new Set<Node | undefined>();
    for (const step of steps) {
      const node = this.#places.get(step);
      // A daily step would be told once for each of its days.
      if (seen.has(step.key) && !told.has(node)) {
        this.#refuseAt("same-step", `two steps are called ${step.key}; give one of them a name`, node);
        told.add(node);
      }
      seen.add(step.key);
    }
  }

  #words<T extends string>(node: Node | undefined, key: string, known: readonly T[]): readonly T[] {
    if (node === undefined) return [];
    const words: T[] = [];
    for (const item of this.#items(node, key, node)) {
      const word = isScalar(item) ? String(item.value).replaceAll("_", "-") : "";
      if ((known as readonly string[]).includes(word)) words.push(word as T);
      else this.#unknown(word, known, key, item);
    }
    return words;
  }

  #items(node: Node | undefined, key: string, parent: Node): Node[] {
    if (isSeq(node)) return node.items as Node[];
    this.#refuseAt("not-a-list", `${key} must be a list`, node ?? parent);
    return [];
  }

  #text(node: Node | undefined, key: string, parent: Node): string | undefined {
    if (isScalar(node) && (typeof node.value === "string" || typeof node.value === "number")) {
      const text = String(node.value);
      if (text !== "") return text;
    }
    this.#refuseAt("missing", `${key} is missing or empty`, node ?? parent);
    return undefined;
  }

  /** Text that may be left out. */
  #remark(node: Node | undefined, key: string): string {
    return node === undefined ? "" : (this.#text(node, key, node) ?? "");
  }

  #whole(node: Node | undefined, key: string, parent: Node): number | undefined {
    if (isScalar(node) && Number.isSafeInteger(node.value)) return node.value as number;
    this.#refuseAt("not-a-number", `${key} must be a whole number`, node ?? parent);
    return undefined;
  }

  #map(node: Node | null | undefined, keys: readonly string[], where: string) {
    if (!isMap(node)) {
      this.#refuseAt("not-a-map", `${where} must be a map with ${keys.join(", ")}`, node ?? undefined);
      return undefined;
    }
    const values = new Map<string, Node>();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      if (!keys.includes(key)) this.#unknown(key, keys, where, pair.key as Node);
      else if (pair.value) values.set(key, pair.value as Node);
    }
    return { node: node as Node, get: (key: string): Node | undefined => values.get(key) };
  }

  #unknown(word: string, known: readonly string[], where: string, node: Node): void {
    const near = nearest(word, known);
    const hint = near ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
    this.#refuseAt("unknown-word", `"${word}" is not known in ${where}; ${hint}`, node);
  }

  #refuseAt(code: string, says: string, node: Node | undefined): void {
    this.#refuse(code, says, node?.range?.[0] ?? 0);
  }

  #refuse(code: string, says: string, offset: number): void {
    const { line, col } = this.#lines.linePos(offset);
    // An empty file has no line for the reader, but it has one for people.
    this.refusals.push({ code, says, at: `${this.#file}:${Math.max(1, line)}:${Math.max(1, col)}` });
  }
}

const rangeOf = (from: number, to: number): number[] => {
  const days: number[] = [];
  for (let day = from; day <= to && days.length <= MAX_STEPS; day++) days.push(day);
  return days;
};
