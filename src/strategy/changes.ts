import { formatMinute } from "../core/index.ts";
import type { Step, Strategy } from "./types.ts";

/** One difference between two plans. Days are days past due. */
export type Change =
  | { readonly kind: "added" | "removed"; readonly step: string; readonly days: readonly number[] }
  /** The same thing is done under another name, in another stage or on other days. */
  | {
      readonly kind: "moved";
      readonly step: string;
      readonly to: string;
      readonly days: readonly number[];
      readonly toDays: readonly number[];
    }
  | {
      readonly kind: "changed";
      readonly step: string;
      readonly what: "time" | "channels" | "template" | "ends" | "segments" | "arms";
      readonly from: string;
      readonly to: string;
    };

/** A step of a file with all the days on which it repeats. */
interface Repeated {
  readonly name: string;
  readonly days: readonly number[];
  readonly step: Step;
}

/** What changed from one plan to another, in order of days past due; steps are named `stage/step`. */
export function planChanges(a: Strategy, b: Strategy): readonly Change[] {
  const [before, after] = [repeated(a), repeated(b)];
  const changes: { day: number; change: Change }[] = [];
  const gone: Repeated[] = [];
  const come = new Map(after.map((one) => [one.name, one]));
  for (const one of before) {
    const same = come.get(one.name);
    if (!same) {
      gone.push(one);
      continue;
    }
    come.delete(one.name);
    for (const change of between(one, same)) changes.push({ day: same.days[0]!, change });
  }
  for (const one of gone) {
    const twin = [...come.values()].find(
      ({ step }) => step.act === one.step.act && step.what === one.step.what,
    );
    if (twin) {
      come.delete(twin.name);
      changes.push({ day: twin.days[0]!, change: moved(one, twin) });
      for (const change of between(one, twin))
        if (change.kind === "changed") changes.push({ day: twin.days[0]!, change });
    } else changes.push({ day: one.days[0]!, change: { kind: "removed", step: one.name, days: one.days } });
  }
  for (const { name, days } of come.values())
    changes.push({ day: days[0]!, change: { kind: "added", step: name, days } });
  return changes.sort((x, y) => x.day - y.day).map(({ change }) => change);
}

const moved = (from: Repeated, to: Repeated): Change => ({
  kind: "moved",
  step: from.name,
  to: to.name,
  days: from.days,
  toDays: to.days,
});

function between(a: Repeated, b: Repeated): readonly Change[] {
  const changes: Change[] = [];
  if (a.days.join() !== b.days.join()) changes.push(moved(a, b));
  const told = [
    ["time", formatMinute(a.step.minute), formatMinute(b.step.minute)],
    ["channels", a.step.by.join(", "), b.step.by.join(", ")],
    ["template", a.step.what, b.step.what],
    ["ends", a.step.ended?.join(", ") ?? "", b.step.ended?.join(", ") ?? ""],
    ["segments", a.step.segments?.join(", ") ?? "", b.step.segments?.join(", ") ?? ""],
    ["arms", a.step.arms?.join(", ") ?? "", b.step.arms?.join(", ") ?? ""],
  ] as const;
  for (const [what, from, to] of told)
    if (from !== to) changes.push({ kind: "changed", step: b.name, what, from, to });
  return changes;
}

/** Steps of one name in one stage. Two of a file that share it, on different days, are told as one that repeats. */
function repeated({ steps, endings }: Strategy): readonly Repeated[] {
  const byName = new Map<string, { name: string; days: number[]; step: Step }>();
  for (const step of [...steps, ...endings]) {
    const name = step.key.slice(0, step.key.lastIndexOf("@"));
    const known = byName.get(name);
    if (known) known.days.push(step.dpd);
    else byName.set(name, { name, days: [step.dpd], step });
  }
  return [...byName.values()];
}
