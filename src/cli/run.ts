import { nearest } from "../core/index.ts";
import { Declined, type Io, WrongUse } from "../office/io.ts";
import { BadKeys, KeyMissing, LockedError } from "../store/index.ts";
import { help } from "./help.ts";
import { say } from "./messages.ts";
import { type Asked, type OptionSpec, readOptions } from "./options.ts";
import { languageOf, terminalIo } from "./terminal.ts";

interface Command {
  readonly options: Readonly<Record<string, OptionSpec>>;
  run(asked: Asked, io: Io, place: string): Promise<number>;
}

/** Each is loaded when it is called: all of them together take longer to load than most take to run. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  import: () => import("./commands/import.ts"),
  record: () => import("./commands/record.ts"),
  close: () => import("./commands/close.ts"),
  show: () => import("./commands/show.ts"),
  explain: () => import("./commands/explain.ts"),
  limitation: () => import("./commands/limitation.ts"),
  forecast: () => import("./commands/forecast.ts"),
  relief: () => import("./commands/relief.ts"),
  complaint: () => import("./commands/complaint.ts"),
  hardship: async () => (await import("./commands/hardship.ts")).hardship,
  plan: async () => (await import("./commands/hardship.ts")).plan,
  bureau: () => import("./commands/bureau.ts"),
  analytics: () => import("./commands/analytics.ts"),
  advise: () => import("./commands/advise.ts"),
  verify: () => import("./commands/verify.ts"),
  seal: () => import("./commands/seal.ts"),
  evidence: () => import("./commands/evidence.ts"),
  erase: () => import("./commands/erase.ts"),
  export: () => import("./commands/export.ts"),
  dispatch: () => import("./commands/dispatch.ts"),
  collector: async () => (await import("./commands/team.ts")).collector,
  worklist: async () => (await import("./commands/team.ts")).worklistCommand,
  next: async () => (await import("./commands/team.ts")).next,
  call: async () => (await import("./commands/team.ts")).call,
  result: async () => (await import("./commands/team.ts")).result,
  release: async () => (await import("./commands/team.ts")).release,
  promises: async () => (await import("./commands/team.ts")).promises,
  agency: async () => (await import("./commands/agency.ts")).agency,
  template: () => import("./commands/template.ts"),
  place: async () => (await import("./commands/agency.ts")).place,
  recall: async () => (await import("./commands/agency.ts")).recall,
  quality: () => import("./commands/quality.ts"),
  firm: async () => (await import("./commands/firm.ts")).firm,
  engagement: async () => (await import("./commands/firm.ts")).engagement,
  document: async () => (await import("./commands/firm.ts")).document,
  letter: () => import("./commands/letter.ts"),
  paper: () => import("./commands/paper.ts"),
  channels: () => import("./commands/channels.ts"),
  listen: () => import("./commands/listen.ts"),
  outbox: () => import("./commands/outbox.ts"),
  inbound: () => import("./commands/inbound.ts"),
  strategy: () => import("./commands/strategy.ts"),
  sign: async () => (await import("./commands/sign.ts")).sign,
  "check-signature": async () => (await import("./commands/sign.ts")).checkSignature,
  serve: () => import("./commands/serve.ts"),
  user: () => import("./commands/user.ts"),
  token: () => import("./commands/token.ts"),
  webhook: () => import("./commands/webhook.ts"),
  keys: () => import("./commands/keys.ts"),
  policy: () => import("./commands/policy.ts"),
  calc: () => import("./commands/calc.ts"),
  court: () => import("./commands/court.ts"),
  enforce: () => import("./commands/enforce.ts"),
  sample: () => import("./commands/sample.ts"),
  start: () => import("./commands/start.ts"),
};

/** Where the book is when `--db` does not say it: `ARREARS_DB`, else a folder beside whatever is done. */
const defaultPlace = (): string => process.env.ARREARS_DB || ".arrears";

/** Runs one command line and gives its exit code: 0 done, 1 refused or findings, 2 wrong use. */
export async function main(args: readonly string[]): Promise<number> {
  const langAt = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const language = languageOf(
    process.env,
    langAt < 0 ? undefined : (args[langAt]!.split("=")[1] ?? args[langAt + 1]),
  );
  const [name, ...rest] = args;
  const json = args.includes("--json");
  const io = terminalIo(language, json);
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      process.stdout.write(`${say.usage[language]()}\n`);
      return name === undefined ? 2 : 0;
    }
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new WrongUse(say.unknownCommand[language](name, nearest(name, Object.keys(COMMANDS))));
    const command = await load();
    const asked = readOptions(rest, command.options, language);
    if (asked.flag("help")) {
      process.stdout.write(`${help(name, language)}\n`);
      return 0;
    }
    return await command.run(asked, io, asked.text("db") ?? defaultPlace());
  } catch (error) {
    return failed(error, io);
  }
}

function failed(error: unknown, io: Io): number {
  const says = error instanceof Error ? error.message : String(error);
  const wrongUse = error instanceof WrongUse;
  const expected =
    wrongUse ||
    error instanceof Declined ||
    error instanceof LockedError ||
    error instanceof KeyMissing ||
    error instanceof BadKeys;
  io.object({ error: { code: wrongUse ? "wrong-use" : expected ? "declined" : "failed", says } });
  io.note(say.trouble[io.language](says));
  if (!expected && process.env.ARREARS_DEBUG) io.note(String((error as Error).stack));
  return wrongUse ? 2 : 1;
}
