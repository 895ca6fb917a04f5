import { describe, expect, test } from "vitest";
import { filesOfZip, zipOf } from "./zip.ts";

const FILES = new Map([
  ["a.txt", new TextEncoder().encode("the first file")],
  ["sub/b.txt", new TextEncoder().encode("the second one")],
]);

describe("an archive", () => {
  test("gives back the files that were packed, and the same files are the same bytes", () => {
    expect(filesOfZip(zipOf(FILES))).toEqual(FILES);
    expect(zipOf(new Map([...FILES].reverse()))).toEqual(zipOf(FILES));
  });

  test("any one changed byte is found; in a file's content it is told which file", () => {
    const packed = zipOf(FILES);
    const text = new TextDecoder("latin1").decode(packed);
    for (let at = 0; at < packed.length; at++) {
      const changed = packed.slice();
      changed[at]! ^= 1;
      expect(typeof filesOfZip(changed), `byte ${at}`).toBe("string");
    }
    for (const [name, content] of FILES) {
      const changed = packed.slice();
      changed[text.indexOf(new TextDecoder().decode(content)) + 3]! ^= 1;
      expect(filesOfZip(changed)).toMatch(new RegExp(`^${name} was changed`));
    }
  });
});
