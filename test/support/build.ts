import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What `tsconfig.build.json` compiles. */
const SOURCES = ["src", "packs", "tools/bench", "test/sim", "test/support"];

/** Builds `dist` where it is missing or older than a source file: what runs as a process of its own runs from there. */
export function ensureBuilt(): void {
  const built = join(root, "dist/src/cli/main.js");
  const sources = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(root, folder, file),
    ),
  );
  const newest = Math.max(
    ...sources
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => statSync(file).mtimeMs),
  );
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const made = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], {
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`the build failed:\n${made.stdout}${made.stderr}`);
}
