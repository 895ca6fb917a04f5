import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON lines. */
  readonly objects: () => Record<string, unknown>[];
}

/** Builds `dist` where it is missing or older than a source file. */
export function ensureBuilt(): void {
  const main = join(root, "dist/src/cli/main.js");
  const sources = ["src", "packs"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(root, folder, file),
    ),
  );
  const newest = Math.max(
    ...sources
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => statSync(file).mtimeMs),
  );
  if (existsSync(main) && statSync(main).mtimeMs >= newest) return;
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const built = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], {
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
}

/** Runs the built command in a folder, as a person at a terminal in England would. */
export function arrears(
  cwd: string,
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const { LC_ALL: _all, LC_MESSAGES: _messages, ...inherited } = process.env;
  const env = { ...inherited, LANG: "en_GB.UTF-8", ...options.env };
  const child = spawn(process.execPath, [join(root, "bin/arrears"), ...args], { cwd, env });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const objects = () =>
        out
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => JSON.parse(line));
      resolve({ code: code ?? -1, out, err, objects });
    });
  });
}
