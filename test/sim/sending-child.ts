import { type ChannelAdapter, dispatch } from "../../src/dispatch/index.ts";
import { usePermit } from "../../src/policy/index.ts";
import { openBook, outboxStore } from "../../src/store/index.ts";
import { sendingShelves } from "./sending.ts";

/**
 * The process that is killed: dispatches on a book over HTTP to a provider that outlives it. Its clock begins where it is
 * told and runs on as clocks do.
 */
const [place, provider, startsAt, leaseMs] = process.argv.slice(2) as [string, string, string, string];
const begun = Date.now();
const now = (): number => Number(startsAt) + Date.now() - begun;

const channel: ChannelAdapter = {
  name: "http",
  carries: ["app", "text", "call"],
  atOnce: 10,
  send: async (permit, message) => {
    const { id, via, to, text } = message;
    const wrong = usePermit(permit, { kind: via, address: to, text, at: now() });
    if (wrong) throw new Error(wrong);
    const answer = await fetch(provider, {
      method: "POST",
      headers: { "idempotency-key": id },
      body: JSON.stringify({ id, via, to, at: now() }),
    });
    return (await answer.json()) as Awaited<ReturnType<ChannelAdapter["send"]>>;
  },
};

const db = await openBook(place);
process.stdout.write("open\n");
await dispatch(outboxStore(db, sendingShelves()), [channel], now, {
  workers: 2,
  batch: 20,
  leaseMs: Number(leaseMs),
  answerMs: 400,
});
await db.close();
process.stdout.write("done\n");
// What the provider never answered would keep the process waiting.
process.exit(0);
