import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transformWithOxc } from "vite";

/** One TypeScript file without its types, for a process that has no compiler. */
export async function stripTypes(file: URL): Promise<string> {
  const path = fileURLToPath(file);
  const { code } = await transformWithOxc(await readFile(path, "utf8"), path);
  return code;
}
