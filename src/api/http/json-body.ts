import { Problem } from "./problem.ts";
import { said } from "./said.ts";

export const DEEPEST = 16;

/** How deep a JSON text is nested, read without building it: what is too deep is refused before a parser meets it. */
export function depthOf(text: string, most = DEEPEST): number {
  let [depth, deepest] = [0, 0];
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > most) return deepest;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

/** Names by which a body could reach into the prototypes of objects. */
const POISON = new Set(["__proto__", "constructor", "prototype"]);

/** A body as JSON. Refuses what is too deep, is no JSON, or names a prototype. */
export function readJson(text: string): unknown {
  if (depthOf(text) > DEEPEST) throw new Problem("too-deep", said.tooDeep(DEEPEST));
  try {
    return JSON.parse(text, (key, value: unknown) => {
      // No text of the database can hold it.
      if (typeof value === "string" && value.includes("\0")) throw new Problem("bad-request", said.nul());
      if (POISON.has(key)) throw new Problem("bad-request", said.noMember(key));
      return value;
    });
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("bad-request", said.notJson());
  }
}
