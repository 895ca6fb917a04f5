import { nearest } from "../core/index.ts";
import { LockedError } from "../store/index.ts";
import { agency, place, recall } from "./commands/agency.ts";
import * as calc from "./commands/calc.ts";
import * as channels from "./commands/channels.ts";
import * as close from "./commands/close.ts";
import * as court from "./commands/court.ts";
import * as dispatch from "./commands/dispatch.ts";
import * as erase from "./commands/erase.ts";
import * as evidence from "./commands/evidence.ts";
import * as explain from "./commands/explain.ts";
import * as exportCommand from "./commands/export.ts";
import { document, engagement, firm } from "./commands/firm.ts";
import * as importCommand from "./commands/import.ts";
import * as inbound from "./commands/inbound.ts";
import * as letter from "./commands/letter.ts";
import * as limitation from "./commands/limitation.ts";
import * as listen from "./commands/listen.ts";
import * as outbox from "./commands/outbox.ts";
import * as policy from "./commands/policy.ts";
import * as quality from "./commands/quality.ts";
import * as record from "./commands/record.ts";
import * as sample from "./commands/sample.ts";
import * as seal from "./commands/seal.ts";
import * as serve from "./commands/serve.ts";
import * as show from "./commands/show.ts";
import { checkSignature, sign } from "./commands/sign.ts";
import * as start from "./commands/start.ts";
import * as strategy from "./commands/strategy.ts";
import * as team from "./commands/team.ts";
import * as template from "./commands/template.ts";
import * as verify from "./commands/verify.ts";
import { help } from "./help.ts";
import { Declined, type Io, languageOf, terminalIo, WrongUse } from "./io.ts";
import { say } from "./messages.ts";
import { type Asked, type OptionSpec, readOptions } from "./options.ts";

interface Command {
  readonly options: Readonly<Record<string, OptionSpec>>;
  run(asked: Asked, io: Io, place: string): Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  import: importCommand,
  record,
  close,
  show,
  explain,
  limitation,
  verify,
  seal,
  evidence,
  erase,
  export: exportCommand,
  dispatch,
  collector: team.collector,
  worklist: team.worklistCommand,
  next: team.next,
  call: team.call,
  result: team.result,
  release: team.release,
  promises: team.promises,
  agency,
  template,
  place,
  recall,
  quality,
  firm,
  engagement,
  document,
  letter,
  channels,
  listen,
  outbox,
  inbound,
  strategy,
  sign,
  "check-signature": checkSignature,
  serve,
  policy,
  calc,
  court,
  sample,
  start,
};

const DEFAULT_PLACE = ".arrears";

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
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command)
      throw new WrongUse(say.unknownCommand[language](name, nearest(name, Object.keys(COMMANDS))));
    const asked = readOptions(rest, command.options, language);
    if (asked.flag("help")) {
      process.stdout.write(`${help(name, language)}\n`);
      return 0;
    }
    return await command.run(asked, io, asked.text("db") ?? DEFAULT_PLACE);
  } catch (error) {
    return failed(error, io);
  }
}

function failed(error: unknown, io: Io): number {
  const says = error instanceof Error ? error.message : String(error);
  const wrongUse = error instanceof WrongUse;
  const expected = wrongUse || error instanceof Declined || error instanceof LockedError;
  io.object({ error: { code: wrongUse ? "wrong-use" : expected ? "declined" : "failed", says } });
  io.note(say.trouble[io.language](says));
  if (!expected && process.env.ARREARS_DEBUG) io.note(String((error as Error).stack));
  return wrongUse ? 2 : 1;
}

// `arrears … | head` closes the pipe: that is an end, not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
