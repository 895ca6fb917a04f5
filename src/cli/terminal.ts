import type { Io, Language } from "../office/io.ts";

/** Chinese where the environment asks for it. */
export function languageOf(env: Readonly<Record<string, string | undefined>>, asked?: string): Language {
  const locale = asked || env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return locale.toLowerCase().startsWith("zh") ? "zh" : "en";
}

const BAR = 24;
const REDRAW_MS = 100;

export function terminalIo(language: Language, json: boolean): Io {
  let drawn = 0;
  let told = "";
  let open = false;
  const clear = () => {
    if (open) process.stderr.write("\r\x1b[2K");
    open = false;
  };
  return {
    language,
    json,
    out: (text) => {
      clear();
      if (!json) process.stdout.write(`${text}\n`);
    },
    object: (value) => {
      clear();
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    note: (text) => {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress: (label, done, of, tail = "") => {
      const now = Date.now();
      const last = done >= of;
      if (!process.stderr.isTTY) {
        // Logs and pipes get a line now and then instead of a bar that redraws itself.
        const line = `${label} ${percent(done, of)}% ${tail}`.trimEnd();
        if ((now - drawn < 5000 && !last) || line === told) return;
        drawn = now;
        told = line;
        const entry = json ? JSON.stringify({ progress: label, done, of, says: tail }) : line;
        process.stderr.write(`${entry}\n`);
        return;
      }
      if (now - drawn < REDRAW_MS && !last) return;
      drawn = now;
      const filled = Math.floor((BAR * Math.min(done, of)) / Math.max(1, of));
      const bar = "█".repeat(filled) + "░".repeat(BAR - filled);
      process.stderr.write(`\r\x1b[2K${label} ${bar} ${percent(done, of)}% ${tail}`);
      open = true;
      if (last) {
        process.stderr.write("\n");
        open = false;
      }
    },
    now: () => Date.now(),
  };
}

const percent = (done: number, of: number): string =>
  String(Math.floor((100 * done) / Math.max(1, of))).padStart(3);
