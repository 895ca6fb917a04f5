import { CALL_OUTCOMES, type Channel } from "../../core/index.ts";
import type { Tools } from "../care.ts";
import { handing } from "../clear.ts";
import type { Drop } from "../drop.ts";
import type { Ear } from "../inbound.ts";
import { secretBytes, signedEar } from "../signature.ts";
import type { ChannelAdapter, Message, Receipt } from "../types.ts";

export interface TaskSettings {
  readonly name: string;
  readonly carries: readonly Channel[];
  /** Link that begins the call; `{to}` and `{id}` stand for the number and the task. */
  readonly link: string;
  /** How long after the judgment the call may be begun: the hours in which it is allowed go by. */
  readonly validMinutes: number;
}

/**
 * A call is made by a person. The adapter leaves a task, one file each, for the worklist or the telephone system that picks
 * files up; what became of it is told by `arrears outbox report`, a signed callback or a file.
 */
export function taskChannel(settings: TaskSettings, tools: Tools, drop: Drop): ChannelAdapter {
  return {
    name: settings.name,
    carries: settings.carries,
    send: (permit, message) =>
      handing(permit, message, tools.now, async (): Promise<Receipt> => {
        const file = `${message.id.replaceAll("/", "_")}.call.json`;
        const { verdict, pack, rules } = permit;
        const before = new Date(tools.now() + settings.validMinutes * 60_000).toISOString();
        const task = {
          ...taskOf(message, settings.link),
          beginBefore: before,
          permit: { verdict, pack, rules },
        };
        await drop.put(file, Buffer.from(`${JSON.stringify(task, null, 2)}\n`));
        return { outcome: "sent", receipt: file, references: [message.id] };
      }),
    check: () => drop.check(),
    close: () => drop.close(),
  };
}

/** The text is what may be said, as it was judged. */
function taskOf({ id, to, name, language, what, text, loans, lender }: Message, link: string): object {
  const href = link.replaceAll("{to}", encodeURIComponent(to)).replaceAll("{id}", encodeURIComponent(id));
  return {
    task: id,
    to,
    ...(name === undefined ? {} : { name }),
    link: href,
    language,
    what,
    say: text,
    loans,
    ...(lender === undefined ? {} : { lender }),
    outcomes: CALL_OUTCOMES,
  };
}

/** Hears what became of calls, from a telephone system that signs by Standard Webhooks. */
export function taskEar(name: string, secrets: readonly string[]): Ear {
  return signedEar(name, secrets.map(secretBytes));
}
