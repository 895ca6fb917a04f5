import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../../src/cli/run.ts";
import { freshServerDatabase } from "./database.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON lines. */
  readonly objects: () => Record<string, unknown>[];
}

interface Circumstances {
  /** What is piped in. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const surroundings = (extra: Circumstances["env"]): NodeJS.ProcessEnv => {
  const { LC_ALL: _all, LC_MESSAGES: _messages, ...inherited } = process.env;
  return { ...inherited, LANG: "en_GB.UTF-8", ...extra };
};

const ran = (code: number, out: string, err: string): Ran => ({
  code,
  out,
  err,
  objects: () =>
    out
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line)),
});

/**
 * Runs a command line in a folder, as a person at a terminal in England would, within this process: to start one takes longer
 * than most commands do. What is piped in, races with itself or is stopped from outside is `spawned`.
 */
export function arrears(cwd: string, args: readonly string[], { env }: Circumstances = {}): Promise<Ran> {
  const mine = last.then(async () => {
    const before = {
      cwd: process.cwd(),
      env: process.env,
      out: process.stdout.write,
      err: process.stderr.write,
    };
    const said = { out: "", err: "" };
    const into = (stream: "out" | "err") => (text: string | Uint8Array) => {
      said[stream] += typeof text === "string" ? text : Buffer.from(text).toString("utf8");
      return true;
    };
    process.chdir(cwd);
    process.env = surroundings(env);
    process.stdout.write = into("out");
    process.stderr.write = into("err");
    try {
      return ran(await main(args), said.out, said.err);
    } finally {
      process.chdir(before.cwd);
      process.env = before.env;
      process.stdout.write = before.out;
      process.stderr.write = before.err;
    }
  });
  last = mine.catch(() => {});
  return mine;
}

/** One at a time: the folder, the environment and the streams are the process's own. */
let last: Promise<unknown> = Promise.resolve();

/** The same as a process of its own, from what is built; `ensureBuilt` of `build.ts` goes before it. */
export function spawned(
  cwd: string,
  args: readonly string[],
  { input, env }: Circumstances = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, "bin/arrears"), ...args], {
    cwd,
    env: surroundings(env),
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  child.stdin.end(input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(ran(code ?? -1, out, err)));
  });
}

/** A folder of somebody who works with a book on the server, which opens in a moment. */
export interface Desk {
  readonly folder: string;
  readonly url: string;
  run(...args: string[]): Promise<Ran>;
  /** A line as one types it, with words in quotes kept together. */
  type(line: string): Promise<Ran>;
  /** What such a line says as JSON; it has to go well. */
  told(line: string): Promise<Record<string, unknown>[]>;
  clear(): Promise<void>;
}

export async function desk(name: string, env: Circumstances["env"] = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), `arrears-${name}-`));
  const { url, drop } = await freshServerDatabase();
  const run: Desk["run"] = (...args) => arrears(folder, args, { env: { ...env, ARREARS_DB: url } });
  const type: Desk["type"] = (line) =>
    run(...line.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', "")));
  return {
    folder,
    url,
    run,
    type,
    told: async (line) => {
      const { code, out, err, objects } = await type(`${line} --json`);
      if (code !== 0) throw new Error(`${line}\n${out}${err}`);
      return objects();
    },
    clear: async () => {
      rmSync(folder, { recursive: true, force: true });
      await drop();
    },
  };
}
