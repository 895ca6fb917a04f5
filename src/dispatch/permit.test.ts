import { expect, test } from "vitest";
import type { Permit } from "../policy/index.ts";
import type { ChannelAdapter, Message } from "./types.ts";

/** Never called: the compiler has to refuse each line, and refuses this file where it does not. */
function unsendable(channel: ChannelAdapter, message: Message, permit: Permit): void {
  // @ts-expect-error a message alone goes nowhere
  void channel.send(message);
  // @ts-expect-error nor with nothing in the permit's place
  void channel.send(undefined, message);
  // @ts-expect-error nor with a promise of one
  void channel.send(Promise.resolve(permit), message);
  // @ts-expect-error nor with one that may be missing
  void channel.send(permit as Permit | undefined, message);
  const { step, pack, verdict, rules, facts, expires } = permit;
  // @ts-expect-error nor with everything that a permit says, written down by hand
  void channel.send({ step, pack, verdict, rules, facts, expires }, message);
  // @ts-expect-error nor is a way out one that takes no permit
  const adapter: ChannelAdapter = { name: "a", carries: [], send: async (text: string) => text };
  void adapter;
  void channel.send(permit, message);
}

test("sending without a permit does not compile", () => {
  expect(unsendable).toBeTypeOf("function");
});
