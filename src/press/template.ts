import { createHash } from "node:crypto";
import type { Tag } from "easy-template-x";
import { strFromU8, unzipSync } from "fflate";
import { nearest, ok, type Refusal, type Result, refuse } from "../core/index.ts";
import { LETTER_TAGS, type Letter, LOOP_TAGS, REQUIRED_TAGS, tagValues } from "../documents/index.ts";
import { withFixedTimes } from "./zip.ts";

/** A firm's own Word file with tags, after it was checked. Only `checkTemplate` makes one. */
export interface LetterTemplate {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly tags: readonly string[];
}

type Library = typeof import("easy-template-x");

async function library(): Promise<Library> {
  try {
    return await import("easy-template-x");
  } catch (error) {
    throw new Error(
      "a firm's own template needs the package easy-template-x: npm install easy-template-x@7.2.8",
      {
        cause: error,
      },
    );
  }
}

/**
 * Checks a firm's own `.docx` before anything is printed with it.
 *
 * Gives   the template; or all that is wrong with it: no Word file (`not-a-docx`), a tag that is not known, with the nearest
 *         known one (`unknown-tag`), a loop that is not closed (`loop-not-closed`), a tag used as what it is not
 *         (`not-a-loop`, `not-a-text`), a field that is missing (`missing-tag`).
 */
export async function checkTemplate(
  bytes: Uint8Array,
): Promise<
  | { readonly ok: true; readonly value: LetterTemplate }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }
> {
  const { TemplateHandler } = await library();
  let tags: readonly Tag[];
  let text: string;
  try {
    text = wordsOutsideTheBody(bytes);
    tags = await new TemplateHandler().parseTags(Buffer.from(bytes));
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      refusals: [refuse("not-a-docx", `the file is no Word document that can be read: ${says}`).refusal],
    };
  }
  const outside = [...text.matchAll(/\{([#/]?)\s*([^{}]+?)\s*\}/g)].map(
    (match): Seen => ({
      name: match[2]!,
      way: match[1] === "#" ? "open" : match[1] === "/" ? "close" : "text",
    }),
  );
  const seen = [...tags.map(seenTag), ...outside];
  const refusals = [...unknown(seen), ...misused(seen), ...loops(seen), ...missing(seen)];
  if (refusals.length > 0) return { ok: false, refusals };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ok: true, value: { bytes, sha256, tags: [...new Set(seen.map(({ name }) => name))].sort() } };
}

interface Seen {
  readonly name: string;
  readonly way: "open" | "close" | "text";
}

const seenTag = ({ name, disposition }: Tag): Seen => ({
  name,
  way: disposition === "Open" ? "open" : disposition === "Close" ? "close" : "text",
});

/** Tags in headers and footers are filled too, so they are read too. */
function wordsOutsideTheBody(bytes: Uint8Array): string {
  const files = unzipSync(bytes, { filter: ({ name }) => /^word\/(?:header|footer)\d*\.xml$/.test(name) });
  return Object.values(files)
    .map((file) => strFromU8(file).replace(/<[^>]*>/g, ""))
    .join("\n");
}

const known = LETTER_TAGS as readonly string[];
const isLoop = (name: string): boolean => (LOOP_TAGS as readonly string[]).includes(name);
const once = (seen: readonly Seen[]): readonly Seen[] => [
  ...new Map(seen.map((one) => [`${one.way} ${one.name}`, one])).values(),
];

function unknown(seen: readonly Seen[]): Refusal[] {
  const names = [...new Set(seen.map(({ name }) => name))].filter((name) => !known.includes(name));
  return names.map((name) => {
    const near = nearest(name, known);
    const hint = near === undefined ? `known are ${known.join(", ")}` : `did you mean {${near}}?`;
    return refuse("unknown-tag", `{${name}} is not a field of a letter; ${hint}`, name).refusal;
  });
}

function misused(seen: readonly Seen[]): Refusal[] {
  return once(seen)
    .filter(({ name }) => known.includes(name))
    .flatMap(({ name, way }) => {
      if (isLoop(name) && way === "text")
        return [refuse("not-a-text", `{${name}} is a list: write {#${name}}{text}{/${name}}`, name).refusal];
      if (!isLoop(name) && way !== "text")
        return [refuse("not-a-loop", `{${name}} is one text: write it without # and /`, name).refusal];
      return [];
    });
}

function loops(seen: readonly Seen[]): Refusal[] {
  const count = (name: string, way: Seen["way"]): number =>
    seen.filter((one) => one.name === name && one.way === way).length;
  return LOOP_TAGS.filter((name) => count(name, "open") !== count(name, "close")).map(
    (name) => refuse("loop-not-closed", `{#${name}} and {/${name}} do not come in pairs`, name).refusal,
  );
}

function missing(seen: readonly Seen[]): Refusal[] {
  const names = new Set(seen.map(({ name }) => name));
  return REQUIRED_TAGS.filter((name) => !names.has(name)).map((name) => {
    const written = isLoop(name) ? `{#${name}}{text}{/${name}}` : `{${name}}`;
    return refuse("missing-tag", `a letter needs ${written}; put it where it belongs`, name).refusal;
  });
}

/** Fills a checked template with a letter. Refuses what the library cannot fill, by its message. */
export async function templateDocx(
  letter: Letter,
  template: LetterTemplate,
): Promise<Result<{ readonly bytes: Uint8Array; readonly inputsSha256: string }>> {
  const { TemplateHandler } = await library();
  const values = tagValues(letter) as unknown as Parameters<
    InstanceType<Library["TemplateHandler"]>["process"]
  >[1];
  const filled = await new TemplateHandler().process(Buffer.from(template.bytes), values);
  const bytes = withFixedTimes(filled, letter.on);
  const inputsSha256 = createHash("sha256")
    .update(template.sha256)
    .update(JSON.stringify(letter))
    .digest("hex");
  return ok({ bytes, inputsSha256 });
}
