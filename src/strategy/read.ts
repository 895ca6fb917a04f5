import { type Channel, invariant, type Refusal } from "../core/index.ts";
import { isSequence, scalar, wordOf, type YamlMap, type YamlNode, YamlReader } from "../yaml/index.ts";
import type { Arm, EndedHow, Exit, Pause, Segment, Stage, StageState, Step, Strategy } from "./types.ts";
import {
  ACT_WORDS,
  ARM,
  CADENCE,
  ENDING,
  EVERY,
  EXITS,
  FILE,
  SEGMENT,
  type Shape,
  STAGE,
  STEP,
} from "./vocabulary.ts";

export type ReadStrategy =
  | { readonly ok: true; readonly strategy: Strategy }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

const DEFAULT_MINUTE = 10 * 60;
/** A cadence without an end would unroll without one; no stage needs more repeated steps than this. */
const MAX_STEPS = 2000;
/** Where the steps of a loan that has ended stand in the journal: in the place of a stage. */
const AT_END = "at-end";
const HOLD_OUT_SHARE = { least: 2, most: 5 };

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

/** A map of the file with its plain fields read; lists of maps are read by whoever knows what they are. */
interface Fields extends YamlMap {
  value<T>(key: string): T | undefined;
}

class Reader {
  readonly #yaml: YamlReader;
  /** Where each stage and step stands in the file, for refusals that concern two of them. */
  readonly #places = new Map<Stage | Step | Segment | Arm, YamlNode>();

  constructor(text: string, file: string) {
    this.#yaml = new YamlReader(text, file);
  }

  get refusals(): readonly Refusal[] {
    return this.#yaml.refusals;
  }

  strategy(): Strategy | undefined {
    if (this.refusals.length > 0) return undefined;
    const root = this.#fields(this.#yaml.root, FILE);
    if (!root) return undefined;
    const segments = this.#list(root, "segments", (node) => this.#segment(node));
    const arms = this.#list(root, "arms", (node) => this.#arm(node));
    const stages = this.#list(root, "stages", (node) => this.#stage(node));
    const steps = stages.flatMap((stage) => stage.steps).sort((a, b) => a.dpd - b.dpd);
    const endings = this.#list(root, "at_end", (node) => this.#ending(node));
    this.#noOverlap(stages.map(({ stage }) => stage));
    this.#uniqueSteps([...steps, ...endings]);
    this.#uniqueEndings(endings);
    this.#uniqueNames(segments, "segments");
    this.#uniqueNames(arms, "arms");
    this.#armShares(arms, root.node);
    const exits = this.#exits(root, stages);
    const whole = steps.map((step) => this.#checked(step, steps, segments, arms));
    const [name, version, from] = [root.value<string>("strategy"), root.value("version"), root.value("from")];
    if (name === undefined || version === undefined || from === undefined) return undefined;
    return {
      name,
      version: version as number,
      from: from as Strategy["from"],
      intent: root.value("intent") ?? "",
      exits,
      segments,
      arms,
      salt: root.value("salt") ?? name,
      stages: stages.map(({ stage }) => stage),
      steps: whole,
      endings,
    };
  }

  #segment(node: YamlNode): Segment | undefined {
    const map = this.#fields(node, SEGMENT);
    const name = map?.value<string>("segment");
    if (!map || name === undefined) return undefined;
    const segment: Segment = {
      name,
      ...given("amount", this.#range(map, "amount", hundredths)),
      ...given("product", map.value<readonly string[]>("product")),
      ...given("reach", map.value<readonly Channel[]>("reach")),
      ...given("noReach", map.value<readonly Channel[]>("no_reach")),
      ...given("timesLate", this.#range(map, "times_late", Number)),
      ...given("dpd", this.#range(map, "dpd", Number)),
    };
    this.#places.set(segment, map.node);
    return segment;
  }

  #arm(node: YamlNode): Arm | undefined {
    const map = this.#fields(node, ARM);
    const [name, share] = [map?.value<string>("arm"), map?.value<number>("share")];
    if (!map || name === undefined || share === undefined) return undefined;
    const holdOut = map.value<boolean>("hold_out") === true;
    if (holdOut && (share < HOLD_OUT_SHARE.least || share > HOLD_OUT_SHARE.most))
      this.#yaml.refuse(
        "hold-out",
        `a hold-out has ${HOLD_OUT_SHARE.least} to ${HOLD_OUT_SHARE.most} percent, and ${name} has ${share}`,
        map.get("share"),
      );
    const arm: Arm = {
      name,
      share,
      ...given("follows", map.value<string>("follows")),
      ...(holdOut ? { holdOut } : {}),
    };
    this.#places.set(arm, map.node);
    return arm;
  }

  #stage(node: YamlNode): { stage: Stage; steps: Step[]; node: YamlNode } | undefined {
    const map = this.#fields(node, STAGE);
    if (!map) return undefined;
    const range = this.#range(map, "dpd", Number);
    if (!range) return undefined;
    const stage: Stage = {
      name: map.value("stage") ?? "?",
      from: range[0],
      to: range[1],
      goal: map.value("goal") ?? "",
      ...given("state", map.value<StageState>("state")),
    };
    this.#places.set(stage, map.node);
    const steps = this.#yaml
      .items(map.get("steps"), "steps", map.node)
      .flatMap((step) => this.#step(step, stage, map));
    return { stage, steps, node: map.node };
  }

  #step(node: YamlNode, stage: Stage, ofStage: Fields): Step[] {
    const map = this.#fields(node, STEP);
    if (!map) return [];
    const words = Object.keys(ACT_WORDS).filter((word) => map.get(word) !== undefined);
    if (words.length !== 1) {
      const says = `a step does one thing: give exactly one of ${Object.keys(ACT_WORDS).join(", ")}`;
      this.#yaml.refuse("one-act", says, map.node);
      return [];
    }
    const word = words[0]!;
    const { act, person } = ACT_WORDS[word]!;
    const dpd = map.value<number>("on_dpd");
    if (dpd === undefined) return [];
    if (dpd < stage.from || dpd > stage.to) {
      const says = `on_dpd ${dpd} lies outside the stage's days ${stage.from}..${stage.to}`;
      this.#yaml.refuse("outside-stage", says, map.get("on_dpd"));
      return [];
    }
    const what = map.value<string>(word) ?? "?";
    const by = this.#by(word, map);
    if (!person && map.get("after"))
      this.#yaml.refuse(
        "after-of-a-question",
        `after is said only of what a person decides`,
        map.get("after"),
      );
    const days = this.#days(map, dpd, stage);
    const name = map.value<string>("name") ?? `${word}-${what}`;
    const filters = this.#filters(map, ofStage);
    const steps = days.map(
      ([on, until]): Step => ({
        key: `${stage.name}/${name}@${on}`,
        stage: stage.name,
        dpd: on,
        until,
        act,
        what: word === "offer" ? `offer-${what}` : what,
        by,
        minute: map.value("at") ?? DEFAULT_MINUTE,
        pauseOn: ofStage.value<readonly Pause[]>("pause_on") ?? [],
        ...given("after", map.value<readonly string[]>("after")),
        ...(stage.state === "written-off" ? { state: stage.state } : {}),
        ...filters,
        ...(map.value("required") === true ? { required: true } : {}),
      }),
    );
    for (const step of steps) this.#places.set(step, map.node);
    this.#hasTitle(word, map);
    return steps;
  }

  #ending(node: YamlNode): Step | undefined {
    const map = this.#fields(node, ENDING);
    const [what, ended] = [map?.value<string>("send"), map?.value<readonly EndedHow[]>("when")];
    if (!map || what === undefined || !ended || !map.get("by")) return undefined;
    const step: Step = {
      key: `${AT_END}/send-${what}@0`,
      stage: AT_END,
      dpd: 0,
      until: Number.POSITIVE_INFINITY,
      act: "message",
      what,
      by: this.#by("send", map),
      minute: map.value("at") ?? DEFAULT_MINUTE,
      pauseOn: [],
      ...(map.value("required") === true ? { required: true } : {}),
      ended,
    };
    this.#places.set(step, map.node);
    return step;
  }

  /** Whom the step is for: those that both the stage and the step name, where they name any. */
  #filters(step: Fields, stage: Fields): Pick<Step, "segments" | "arms"> {
    const both = (key: string): readonly string[] | undefined => {
      const [own, outer] = [step.value<readonly string[]>(key), stage.value<readonly string[]>(key)];
      return own && outer ? own.filter((name) => outer.includes(name)) : (own ?? outer);
    };
    return { ...given("segments", both("segments")), ...given("arms", both("arms")) };
  }

  #by(word: string, map: Fields): readonly Channel[] {
    const [node, { act, by }] = [map.get("by"), ACT_WORDS[word]!];
    if (!by && node)
      this.#yaml.refuse(
        "by-without-send",
        `by is said of send and offer alone; a ${word} has its own way`,
        node,
      );
    if (act === "call") return ["call"];
    if (!by) return [];
    const channels = map.value<readonly Channel[]>("by") ?? [];
    if (channels.length === 0)
      this.#yaml.refuse(
        "no-channel",
        `say by which channels it is sent: by: [${(STEP.fields.by!.kind as { of: readonly string[] }).of.join(", ")}]`,
        node ?? map.node,
      );
    return channels;
  }

  /** Enforcement rests on a title, and says which step gives it. */
  #hasTitle(word: string, map: Fields): void {
    if (!ACT_WORDS[word]!.needs || map.get("after")) return;
    const needs = ACT_WORDS[word]!.needs.join(", ");
    this.#yaml.refuse(
      "missing",
      `after is missing: ${word} names the step that gives its title (${needs})`,
      map.node,
    );
  }

  /** The days past due on which it falls due, each with the last on which it may still be made. */
  #days(map: Fields, dpd: number, stage: Stage): readonly (readonly [number, number])[] {
    const [most, every] = [map.value<string>("at_most"), map.value<string>("every")];
    if (map.get("at_most") && map.get("every")) {
      this.#yaml.refuse("cadence", "a step has one cadence: at_most or every, not both", map.get("every"));
      return [];
    }
    const offsets = offsetsOf(most, every);
    if (offsets === "too-often") {
      const [key, said] = most === undefined ? ["every", every] : ["at_most", most];
      const says = `${key}: "${said}" is no cadence: from once in many days to once a day; write "1 per day" or "2 per week"`;
      this.#yaml.refuse("cadence", says, map.get(key));
      return [];
    }
    if (!offsets) return [[dpd, stage.to]];
    const days: number[] = [];
    for (let round = 0; days.length <= MAX_STEPS && dpd + round <= stage.to; round += offsets.period)
      for (const offset of offsets.at) if (dpd + round + offset <= stage.to) days.push(dpd + round + offset);
    if (!Number.isFinite(stage.to) || days.length > MAX_STEPS) {
      const says = "a daily step needs a stage with an end; give the stage's dpd a last day";
      this.#yaml.refuse("endless", says, map.node);
      return [];
    }
    return days.map((on, i) => [on, (days[i + 1] ?? stage.to + 1) - 1]);
  }

  #range(map: Fields, key: string, read: (text: string) => number): readonly [number, number] | undefined {
    const text = map.value<string>(key);
    if (text === undefined) return undefined;
    const [, low, high] = new RegExp(formOf(map, key)).exec(text)!;
    const range = [read(low!), high === undefined ? Number.POSITIVE_INFINITY : read(high)] as const;
    if (range[1] >= range[0]) return range;
    this.#yaml.refuse("not-a-range", `${key}: "${text}" is not ${expectedOf(map, key)}`, map.get(key));
    return undefined;
  }

  // --- what concerns more than one place -----------------------------------------------------------------------------

  #noOverlap(stages: readonly Stage[]): void {
    const ordered = [...stages].sort((a, b) => a.from - b.from);
    for (let i = 1; i < ordered.length; i++) {
      const after = ordered[i]!;
      const before = ordered.slice(0, i).findLast(({ state }) => state === after.state);
      if (before && after.from <= before.to)
        this.#yaml.refuse(
          "overlap",
          `stages ${before.name} and ${after.name} share day ${after.from} past due`,
          this.#places.get(after),
        );
    }
  }

  #uniqueSteps(steps: readonly Step[]): void {
    const seen = new Set<string>();
    const told = new Set<YamlNode | undefined>();
    for (const step of steps) {
      const node = this.#places.get(step);
      // A daily step would be told once for each of its days.
      if (seen.has(step.key) && !told.has(node)) {
        const says = `two steps are called ${step.key}; give one of them a name`;
        this.#yaml.refuse("same-step", says, node);
        told.add(node);
      }
      seen.add(step.key);
    }
  }

  #uniqueEndings(endings: readonly Step[]): void {
    endings.forEach(({ ended }, i) => {
      const twice = ended!.find((how) => endings.slice(0, i).some((other) => other.ended!.includes(how)));
      if (twice === undefined) return;
      const says = `two endings are for a loan that is ${twice}; one message is sent when a loan ends`;
      this.#yaml.refuse("same-ending", says, this.#places.get(endings[i]!));
    });
  }

  #uniqueNames(all: readonly (Segment | Arm)[], key: string): void {
    all.forEach((one, i) => {
      if (all.findIndex(({ name }) => name === one.name) < i)
        this.#yaml.refuse("same-name", `two ${key} are called ${one.name}`, this.#places.get(one));
    });
  }

  #armShares(arms: readonly Arm[], root: YamlNode): void {
    if (arms.length === 0) return;
    const sum = arms.reduce((total, { share }) => total + share, 0);
    const node = this.#places.get(arms[0]!) ?? root;
    if (sum !== 100)
      this.#yaml.refuse("shares", `the shares of all arms make ${sum} percent; they must make 100`, node);
    const held = arms.filter(({ holdOut }) => holdOut);
    if (held.length > 1)
      this.#yaml.refuse(
        "hold-out",
        `${held.map(({ name }) => name).join(" and ")} are both hold-outs; there is one at most`,
        this.#places.get(held[1]!),
      );
  }

  #exits(root: Fields, stages: readonly { readonly stage: Stage }[]): readonly Exit[] {
    const exits = root.value<readonly Exit[]>("exits") ?? EXITS;
    for (const always of ["cured", "settled"] as const)
      if (!exits.includes(always))
        this.#yaml.refuse("exits", `a loan that is ${always} leaves every plan: list it`, root.get("exits"));
    const after = stages.find(({ stage }) => stage.state === "written-off");
    if (after && exits.includes("written-off"))
      this.#yaml.refuse(
        "exits",
        `stage ${after.stage.name} is for loans written off, and the plan ends there; write exits: [cured, settled]`,
        this.#places.get(after.stage),
      );
    return exits;
  }

  /** A step whose names of segments, arms and earlier steps all exist; earlier ones by their stage and name. */
  #checked(step: Step, all: readonly Step[], segments: readonly Segment[], arms: readonly Arm[]): Step {
    const node = this.#places.get(step)!;
    const mustBe = (
      given: readonly string[] | undefined,
      known: readonly { name: string }[],
      key: string,
    ) => {
      const words = known.map(({ name }) => name);
      for (const name of given ?? []) if (!words.includes(name)) this.#unknownName(name, words, key, node);
    };
    mustBe(step.segments, segments, "segments");
    mustBe(step.arms, arms, "arms");
    if (!step.after) return step;
    const after = step.after.map((name) => this.#earlier(name, step, all, node));
    this.#givesTitle(step, after, all, node);
    return { ...step, after };
  }

  #earlier(name: string, step: Step, all: readonly Step[], node: YamlNode): string {
    const found = all.find(({ key }) => {
      const full = key.slice(0, key.lastIndexOf("@"));
      return full === name || full.slice(full.indexOf("/") + 1) === name;
    });
    if (!found) {
      const known = [...new Set(all.map(({ key }) => key.slice(0, key.lastIndexOf("@"))))];
      this.#unknownName(name, known, "after", node);
      return name;
    }
    const full = found.key.slice(0, found.key.lastIndexOf("@"));
    if (found.dpd >= step.dpd)
      this.#yaml.refuse(
        "not-earlier",
        `${full} is due on day ${found.dpd}, not before day ${step.dpd}`,
        node,
      );
    return full;
  }

  #givesTitle(step: Step, after: readonly string[], all: readonly Step[], node: YamlNode): void {
    const word = Object.entries(ACT_WORDS).find(([, { act }]) => act === step.act)![1];
    if (!word.needs) return;
    const acts = word.needs.map((need) => ACT_WORDS[need]!.act);
    const named = all.filter(({ key }) => after.includes(key.slice(0, key.lastIndexOf("@"))));
    if (!named.some(({ act }) => acts.includes(act)))
      this.#yaml.refuse(
        "needs-a-title",
        `after names none of ${word.needs.join(", ")}, which give a title`,
        node,
      );
  }

  #unknownName(name: string, known: readonly string[], key: string, node: YamlNode): void {
    const there = known.length > 0 ? `there is ${known.join(", ")}` : `the file names no ${key}`;
    this.#yaml.refuse("unknown-name", `${key}: "${name}" is not in this file; ${there}`, node);
  }

  // --- fields --------------------------------------------------------------------------------------------------------

  #fields(node: YamlNode | null | undefined, shape: Shape): Fields | undefined {
    const map = this.#yaml.map(node, Object.keys(shape.fields), shape.where);
    if (!map) return undefined;
    const values = new Map<string, unknown>();
    for (const [key, { kind, required }] of Object.entries(shape.fields)) {
      const at = map.get(key);
      if (kind.is === "list" || (at === undefined && !required)) continue;
      const value = this.#value(at, key, shape, map.node);
      if (value !== undefined) values.set(key, value);
    }
    const fields: Fields = { ...map, value: <T>(key: string) => values.get(key) as T | undefined };
    shapes.set(fields, shape);
    return fields;
  }

  #value(node: YamlNode | undefined, key: string, shape: Shape, parent: YamlNode): unknown {
    const { kind } = shape.fields[key]!;
    const yaml = this.#yaml;
    switch (kind.is) {
      case "text":
        return yaml.text(node, key, parent);
      case "whole":
        return yaml.whole(node, key, parent, kind.least, kind.most);
      case "day":
        return yaml.day(node, key, parent);
      case "minute":
        return yaml.minute(node, key, parent);
      case "flag": {
        const value = scalar(node);
        if (typeof value === "boolean") return value;
        yaml.refuse("not-a-flag", `${key} must be true or false`, node ?? parent);
        return undefined;
      }
      case "form": {
        const value = scalar(node);
        if (typeof value === "string" && new RegExp(kind.form).test(value)) return value;
        yaml.refuse(kind.code, `${key}: "${wordOf(node)}" is not ${kind.expected}`, node ?? parent);
        return undefined;
      }
      case "word":
        return this.#known(node ?? parent, kind.of, key);
      case "words": {
        const items = yaml.items(node, key, parent);
        // Of a message without channels more is said where it is known to be one.
        if (items.length === 0 && isSequence(node) && kind.least && key !== "by")
          yaml.refuse("missing", `${key} names nothing; leave it out, or name something`, node);
        return items.flatMap((item) => this.#known(item, kind.of, key) ?? []);
      }
      case "names": {
        const items = yaml.items(node, key, parent);
        if (items.length === 0 && isSequence(node))
          yaml.refuse("missing", `${key} names nothing; leave it out, or name something`, node);
        return items.flatMap((item) => yaml.text(item, key, item) ?? []);
      }
      case "list":
        return undefined;
    }
  }

  /** A word of the list; `_` and `-` are the same. */
  #known(node: YamlNode, words: readonly string[], key: string): string | undefined {
    const word = wordOf(node);
    const found = words.find((known) => known === word || known.replaceAll("-", "_") === word);
    if (found === undefined) this.#yaml.unknown(word.replaceAll("_", "-"), words, key, node);
    return found;
  }

  #list<T>(map: Fields, key: string, read: (node: YamlNode) => T | undefined): T[] {
    const required = shapes.get(map)!.fields[key]!.required;
    if (!required && map.get(key) === undefined) return [];
    return this.#yaml.items(map.get(key), key, map.node).flatMap((node) => read(node) ?? []);
  }
}

const shapes = new WeakMap<Fields, Shape>();

function kindOf(map: Fields, key: string) {
  const kind = shapes.get(map)!.fields[key]!.kind;
  invariant(kind.is === "form", "a range is read by its form");
  return kind;
}
const formOf = (map: Fields, key: string): string => kindOf(map, key).form;
const expectedOf = (map: Fields, key: string): string => kindOf(map, key).expected;

/** A field of a value that may be left out. */
const given = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: T });

/** `5000.5` as hundredths: 500,050. */
function hundredths(text: string): number {
  const [whole, fraction = ""] = text.split(".");
  return Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
}

/** Days after the first on which a step repeats within a period, spread evenly. */
function offsetsOf(
  most: string | undefined,
  every: string | undefined,
): { readonly period: number; readonly at: readonly number[] } | "too-often" | undefined {
  if (every !== undefined) {
    const period = Number(new RegExp(EVERY).exec(every)![1]);
    return period === 0 ? "too-often" : { period, at: [0] };
  }
  if (most === undefined) return undefined;
  const [, times, unit, days] = new RegExp(CADENCE).exec(most)!;
  const [count, period] = [Number(times), days === undefined ? (unit === "week" ? 7 : 1) : Number(days)];
  if (count === 0 || count > period) return "too-often";
  return { period, at: Array.from({ length: count }, (_, i) => Math.floor((i * period) / count)) };
}
