import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { exampleOf, readTree, roomsWithCode } from "./tidy.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Inside the repository, so that the examples are compiled like its tests and find its packages. */
const folder = `${root}node_modules/.cache/readme-${process.pid}`;
const tree = readTree(root);

/** The package's own names lead to the sources: an example is tried before anything is built. */
const toSources = (example: string): string =>
  example.replace(
    /(["'])arrears\/(packs\/)?([\w-]+)\1/g,
    (_, quote: string, packs: string | undefined, name: string) =>
      `${quote}${root}${packs ?? "src/"}${name}/index.ts${quote}`,
  );

describe("the example of each README runs", () => {
  mkdirSync(folder, { recursive: true });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const examples = roomsWithCode(tree).flatMap((room) => {
    const example = exampleOf(tree.get(`${room}/README.md`) ?? "");
    return example === undefined ? [] : [{ room, example }];
  });

  test.each(examples)("$room", async ({ room, example }) => {
    const file = `${folder}/${room.replaceAll("/", "-")}.ts`;
    writeFileSync(file, toSources(example));
    await import(/* @vite-ignore */ file);
  });

  test("and an example that is wrong does not", async () => {
    const file = `${folder}/wrong.ts`;
    const wrong =
      'import assert from "node:assert/strict";\nimport { day } from "arrears/core";\nassert.equal(day("2026-03-01"), 1 as number);\n';
    writeFileSync(file, toSources(wrong));
    await expect(import(/* @vite-ignore */ file)).rejects.toThrow("strictly equal");
  });
});
