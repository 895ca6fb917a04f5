import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LockedError, takeLock } from "./lock.ts";

describe("the lock of an embedded folder", () => {
  let folder: string;
  let lock: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "arrears-lock-"));
    lock = join(folder, "book.lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A real process, alive until it is killed. */
  async function other(): Promise<{ pid: number; end(): Promise<void> }> {
    const child = spawn(process.execPath, ["-e", "console.log('up'); setInterval(() => {}, 1000)"]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    return {
      pid: child.pid!,
      end: async () => {
        child.kill("SIGKILL");
        await ended;
      },
    };
  }
  const startOf = (pid: number): string => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!;
  };

  test("a second process is told which process holds the folder, and what to do", async () => {
    const owner = await other();
    writeFileSync(lock, JSON.stringify({ pid: owner.pid, started: "" }));
    expect(() => takeLock(lock)).toThrow(LockedError);
    expect(() => takeLock(lock)).toThrow(
      `is in use by process ${owner.pid}. Wait until it ends, or give another --db`,
    );
    await owner.end();
  });

  test("the lock of a process that was killed is taken over", async () => {
    const owner = await other();
    writeFileSync(lock, JSON.stringify({ pid: owner.pid, started: "" }));
    await owner.end();
    const release = takeLock(lock);
    expect(JSON.parse(readFileSync(lock, "utf8")).pid).toBe(process.pid);
    release();
    expect(() => readFileSync(lock)).toThrow("ENOENT");
  });

  test.runIf(process.platform === "linux")(
    "a pid that was given to another process since does not hold it",
    async () => {
      const stranger = await other();
      const started = String(Number(startOf(stranger.pid)) - 1);
      writeFileSync(lock, JSON.stringify({ pid: stranger.pid, started }));
      takeLock(lock)();
      await stranger.end();
    },
  );

  test("an empty lock, left by a machine that lost power, is taken over", () => {
    writeFileSync(lock, "");
    takeLock(lock)();
  });

  test("of many processes that find a dead lock at once, one gets it", async () => {
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, started: "" }));
    const script = `
      const { readFileSync, writeFileSync, linkSync, renameSync, unlinkSync } = await import("node:fs");
      const { takeLock } = await import(process.argv[1]);
      try { takeLock(process.argv[2]); console.log("got it"); } catch { console.log("in use"); }
      setTimeout(() => {}, 1500);`;
    const module = await compiled();
    const answers = await Promise.all(
      Array.from(
        { length: 6 },
        () =>
          new Promise<string>((resolve) => {
            const child = spawn(process.execPath, ["--input-type=module", "-e", script, module, lock]);
            child.stdout.once("data", (text) => resolve(String(text).trim()));
            child.stderr.once("data", (text) => resolve(String(text)));
          }),
      ),
    );
    expect(answers.filter((answer) => answer === "got it")).toHaveLength(1);
    expect(answers.filter((answer) => answer === "in use")).toHaveLength(5);
  });

  /** The module alone, as JavaScript that a process of its own can load. */
  async function compiled(): Promise<string> {
    const { stripTypes } = await import("../../test/support/strip.ts");
    const file = join(folder, "lock.mjs");
    writeFileSync(file, await stripTypes(new URL("./lock.ts", import.meta.url)));
    return file;
  }
});
